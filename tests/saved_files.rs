//! `rulec facts` on what a customer sends of Windows, through the real binary and the built-in pack: files with names that say nothing,
//! in the encodings that Windows writes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::fs;
use std::process::Command;

use serde_json::Value as Json;

/// UTF-16LE with its mark, as `reg export` writes.
fn wide(text: &str) -> Vec<u8> {
    let units = "\u{FEFF}".encode_utf16().chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

const EXPORT: &str = "Windows Registry Editor Version 5.00\r\n\r\n\
    [HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]\r\n\
    \"CurrentBuildNumber\"=\"22631\"\r\n\"UBR\"=dword:00001146\r\n\r\n\
    [HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Services\\RasMan\\IKEv2]\r\n\r\n\
    [HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Control\\Lsa]\r\n\"DisableDomainCreds\"=dword:00000001\r\n";

/// `ipconfig /all` of a German Windows in the code page 850; 0x84 is `ä`, 0x81 is `ü`.
const ADAPTERS: &[u8] =
    b"\r\nWindows-IP-Konfiguration\r\n\r\n   Prim\x84res DNS-Suffix . . . . . . . :\r\n\r\n\
Drahtlos-LAN-Adapter B\x81ro:\r\n\r\n\
\x20  Verbindungsspezifisches DNS-Suffix:\r\n\
\x20  Beschreibung. . . . . . . . . . . : A Card\r\n\
\x20  Physische Adresse . . . . . . . . : 00-00-5E-00-53-01\r\n\
\x20  IPv4-Adresse  . . . . . . . . . . : 192.168.178.23(Bevorzugt)\r\n\
\x20  Subnetzmaske  . . . . . . . . . . : 255.255.255.0\r\n\
\x20  Standardgateway . . . . . . . . . : 192.168.178.1\r\n\
\x20  DNS-Server  . . . . . . . . . . . : 192.168.178.1\r\n";

const PHONEBOOK: &str = "[Büro]\r\nType=2\r\nUseRasCredentials=1\r\nVpnStrategy=7\r\nCustomAuthKey=26\r\nIpPrioritizeRemote=0\r\n\
    PreSharedKey=hunter2-hunter2\r\nDEVICE=vpn\r\nPhoneNumber=g.example\r\n";

fn facts(folder: &std::path::Path, prefix: &str) -> (i32, Json) {
    let output = Command::new(env!("CARGO_BIN_EXE_rulec"))
        .args(["facts", prefix, "--format", "json", "--case"])
        .arg(folder)
        .args(["--param", "profile=BÜRO"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains("hunter2"), "{text}");
    (
        output.status.code().unwrap(),
        serde_json::from_str(&text).unwrap(),
    )
}

/// A fact of that name: value, why it is unknown, and its file.
fn fact(report: &Json, name: &str) -> Json {
    let all = report["facts"].as_array().unwrap();
    let found = all.iter().find(|it| it["name"] == name);
    found
        .unwrap_or_else(|| panic!("no `{name}` in {report:#}"))
        .clone()
}

#[test]
fn raw_files_of_windows_answer_the_facts_of_the_pack() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("1"), wide(EXPORT)).unwrap();
    fs::write(folder.path().join("2.txt"), ADAPTERS).unwrap();
    fs::write(folder.path().join("3.dat"), PHONEBOOK).unwrap();
    let (code, report) = facts(folder.path(), "");
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(report["unread_files"], serde_json::json!([]));
    let build = fact(&report, "os.build");
    assert_eq!(build["value"], 22631, "{build:#}");
    assert_eq!(build["source"]["file"], "1");
    assert_eq!(fact(&report, "os.version")["value"], "22631.4422");
    assert_eq!(fact(&report, "lsa.disable_domain_creds")["value"], 1);
    // The key was exported without the value: the default. Of another key nothing is known.
    assert_eq!(fact(&report, "ikev2.disable_cert_req_payload")["value"], 0);
    let other = fact(&report, "certs.root_update_off");
    assert!(other.to_string().contains("not-collected"), "{other:#}");
    let adapters = fact(&report, "net.adapters");
    assert_eq!(adapters["value"][0]["name"], "Büro", "{adapters:#}");
    let entry = fact(&report, "ras.entry");
    assert_eq!(entry["value"]["vpn_strategy"], "ikev2_only", "{entry:#}");
    assert_eq!(entry["source"]["file"], "3.dat");
}

#[test]
fn a_damaged_file_is_told_and_the_rest_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("1.reg"), wide(EXPORT)).unwrap();
    fs::write(folder.path().join("2.xml"), "<VpnProfile>\n<VpnServer>").unwrap();
    fs::write(folder.path().join("3.cer"), [0x30, 0x82, 0x10, 0x00, 0x30]).unwrap();
    let (code, report) = facts(folder.path(), "os.build");
    assert_eq!(code, 2, "something of the case could not be read");
    assert_eq!(fact(&report, "os.build")["value"], 22631);
}

/// What a run of `rulec run --live azure --record` kept, in the form that it writes: verdicts come from the recorded answers alone.
#[test]
fn recorded_answers_of_azure_give_their_causes() {
    let cases = [
        ("s05", "point-to-site-not-configured"),
        ("s12", "address-pool-share-used-up"),
        ("s16", "package-before-route"),
        ("s25", "sign-in-frequency-too-short"),
        ("s27", "azure-dns-out-of-reach"),
    ];
    let records =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/live-azure");
    for (case, rule) in cases {
        let output = Command::new(env!("CARGO_BIN_EXE_rulec"))
            .args(["run", "--format", "json", "--case"])
            .arg(records.join(case))
            .output()
            .unwrap();
        let report: Json = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{case}: {}", String::from_utf8_lossy(&output.stderr)));
        let found = report["verdicts"]
            .as_array()
            .unwrap()
            .iter()
            .find(|it| it["rule"] == rule);
        assert_eq!(found.unwrap()["verdict"], "confirmed", "{case}");
    }
}
