//! Files are known by what is in them, and requests are answered through the same door as in a run.

use rulec_facts::provider::{Answer, Request};
use rulec_facts::reason::Why;
use serde_json::Value as Json;

use super::*;

fn request(system: &str, kind: &str, locator: &str) -> Request {
    Request {
        system: system.to_owned(),
        kind: kind.to_owned(),
        locator: Some(locator.to_owned()),
        arguments: Vec::new(),
        on: None,
        secret: false,
    }
}

fn evidence(files: &[(&str, &str)]) -> Evidence {
    let mut evidence = Evidence::default();
    for (name, text) in files {
        assert_eq!(evidence.take(name, text.as_bytes().to_vec()), [], "{name}");
    }
    evidence
}

fn document(evidence: &Evidence, request: &Request) -> Json {
    match evidence.answer(request) {
        (Answer::Found(json, from), files) => {
            assert!(from.file.is_some() && !files.is_empty());
            Json::clone(&json)
        }
        other => panic!("{request:?}: {other:?}"),
    }
}

#[test]
fn names_of_files_do_not_matter() {
    let wide: Vec<u8> = "\u{FEFF}Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\A]\r\n\"v\"=dword:00000001\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let mut evidence = Evidence::default();
    assert_eq!(evidence.take("mail attachment.txt", wide), []);
    let registry = request("windows", "registry", "HKLM\\A");
    assert!(evidence.answers(&registry));
    assert_eq!(document(&evidence, &registry)["v"], 1);
    let other = evidence
        .answer(&request("windows", "registry", "HKLM\\B"))
        .0;
    assert!(matches!(other, Answer::Unknown(Why::NotCollected, ..)));
    assert!(!evidence.answers(&request("windows", "routes", "")));
}

#[test]
fn interfaces_of_printed_routes_have_the_names_of_adapters_where_these_are_told() {
    let routes = "IPv4\n  0.0.0.0  0.0.0.0  10.0.0.1  10.0.0.5  25\n  10.9.0.0  255.255.0.0  On-link  10.9.0.2  26\n";
    let adapters = "Windows IP Configuration\n\n   Host Name . . . : h\n\nEthernet adapter Office:\n\n   Connection-specific DNS Suffix  . : \n   Description . . . . . . . . . . . : A Card\n   Physical Address. . . . . . . . . : 00-50-56-C0-00-01\n   Link-local IPv6 Address . . . . . : fe80::1%7(Preferred)\n   IPv4 Address. . . . . . . . . . . : 10.0.0.5(Preferred)\n   Subnet Mask . . . . . . . . . . . : 255.255.255.0\n";
    let ask = request("windows", "routes", "");
    let alone = document(&evidence(&[("r.txt", routes)]), &ask);
    assert_eq!(alone[0]["interface"], "10.0.0.5");
    let both = evidence(&[("r.txt", routes), ("i.txt", adapters)]);
    let found = document(&both, &ask);
    assert_eq!(found[0]["interface"], "Office");
    assert_eq!(found[1]["interface"], "10.9.0.2");
    let adapters = document(&both, &request("windows", "adapters", ""));
    let prefixes = serde_json::json!(["10.0.0.0/24", "fe80::/64"]);
    assert_eq!(adapters[0]["prefixes"], prefixes);
}

#[test]
fn an_export_counts_more_than_what_systeminfo_tells() {
    let info = "OS:    Microsoft Windows 10 Pro\nVersion:   10.0.19045 N/A Build 19045\nKB:     1\n    [01]: KB1\n";
    let key = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
    let alone = evidence(&[("i.txt", info)]);
    assert_eq!(
        document(&alone, &request("windows", "registry", key))["CurrentBuildNumber"],
        "19045"
    );
    let export = format!("REGEDIT4\n\n[{key}]\n\"CurrentBuildNumber\"=\"22631\"\n");
    for files in [
        [("i.txt", info), ("r.reg", &export)],
        [("r.reg", &export), ("i.txt", info)],
    ] {
        let both = evidence(&files);
        assert_eq!(
            document(&both, &request("windows", "registry", key))["CurrentBuildNumber"],
            "22631"
        );
    }
}

#[test]
fn a_file_is_found_by_the_end_of_its_path() {
    let files = [
        ("p/a/routes.txt", "ADD 10.0.0.0 MASK 255.0.0.0 x\n"),
        ("p/b/routes.txt", "ADD 11.0.0.0 MASK 255.0.0.0 x\n"),
    ];
    let evidence = evidence(&files);
    let lines = |path: &str| evidence.answer(&request("file", "lines", path)).0;
    let Answer::Found(found, _) = lines("C:\\Users\\u\\B\\routes.txt") else {
        panic!("not found")
    };
    assert_eq!(found[0], "ADD 11.0.0.0 MASK 255.0.0.0 x");
    assert!(matches!(
        lines("C:\\x\\routes.txt"),
        Answer::Unknown(Why::NotCollected, ..)
    ));
    assert!(matches!(
        lines("C:\\x\\other.txt"),
        Answer::Unknown(Why::NotCollected, ..)
    ));
}

#[test]
fn a_store_that_a_person_names_has_its_chain_and_no_word_of_keys() {
    let leaf = include_str!("../certificates/samples/leaf.pem");
    let root = include_str!("../certificates/samples/root.pem");
    let mut evidence = evidence(&[("leaf.cer", leaf), ("root.cer", root)]);
    assert_eq!(
        evidence.assign_store("CurrentUser\\My", &["leaf.cer".to_owned()]),
        Vec::<String>::new()
    );
    assert_eq!(
        evidence.assign_store("CurrentUser\\Root", &["gone.cer".to_owned()]),
        ["gone.cer"]
    );
    let found = document(
        &evidence,
        &request("windows", "certificates", "currentuser\\my"),
    );
    assert_eq!(
        found[0]["root_thumbprint"],
        "A2FC2E4E2CBF3A3B5492F5792D1A1E6A072B342F"
    );
    assert!(found[0]["has_private_key"].is_object());
    let file = document(&evidence, &request("file", "certificates", "C:\\leaf.cer"));
    assert!(file[0]["has_private_key"].is_object());
    assert!(file[0]["strong_protection"].is_object());
}

#[test]
fn a_listing_is_no_proof_of_what_it_does_not_have() {
    let item = |at: usize| format!("{{\"ServiceName\":\"s{at}\",\"Status\":4,\"StartType\":2}}");
    let services: Vec<String> = (0..30).map(item).collect();
    let info = "OS:    Microsoft Windows 10 Pro\nVersion:   10.0.19045 N/A Build 19045\nKB:     2\n    [01]: KB1\n    [02]: KB2\n";
    let services = format!("[{}]", services.join(","));
    let updates = "[{\"HotFixID\":\"KB9\"}]";
    let rules = "[{\"Namespace\":\".a\",\"NameServers\":\"10.0.0.1\"}]";
    let files = [
        ("s.json", services.as_str()),
        ("u.json", updates),
        ("n.json", rules),
    ];
    let evidence = evidence(&files);
    let asked = evidence.answer(&request("windows", "service", "IKEEXT")).0;
    assert!(
        matches!(asked, Answer::Unknown(Why::NotCollected, ..)),
        "{asked:?}"
    );
    for kind in ["updates", "nrpt"] {
        let list = document(&evidence, &request("windows", kind, ""));
        assert_eq!(
            list.as_array().map(Vec::len),
            Some(2),
            "one and the mark: {list}"
        );
    }
    for files in [
        [("i.txt", info), ("u.json", updates)],
        [("u.json", updates), ("z.txt", info)],
    ] {
        let both = super::tests::evidence(&files);
        let list = document(&both, &request("windows", "updates", ""));
        assert_eq!(
            list,
            serde_json::json!(["KB1", "KB2"]),
            "the whole list counts more"
        );
    }
}

#[test]
fn a_certificate_that_cannot_be_read_leaves_its_store_open() {
    let export = "REGEDIT4\n\n[HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\MY\\Certificates]\n\n\
                  [HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\MY\\Certificates\\AA]\n\"Blob\"=hex:01,02\n";
    let evidence = evidence(&[("r.reg", export)]);
    let list = document(
        &evidence,
        &request("windows", "certificates", "LocalMachine\\My"),
    );
    assert_eq!(list.as_array().map(Vec::len), Some(1), "{list}");
}

#[test]
fn damaged_files_are_told_and_cost_themselves() {
    let mut evidence = Evidence::default();
    for (name, bytes) in [
        ("a.xml", &b"<a>\n<b></a>"[..]),
        ("b.cer", &[0x30, 0x82, 0x10, 0x00, 0x02][..]),
        ("c.evtx", b"ElfFile\0rubbish"),
        ("d.json", b"{"),
        ("e.reg", b"REGEDIT4\n[HKLM\\A]\nrubbish\n\"v\"=\"1\"\n"),
    ] {
        assert_eq!(evidence.take(name, bytes.to_vec()).len(), 1, "{name}");
    }
    assert_eq!(evidence.take("f.bin", vec![0, 1, 2, 3]), []);
    let found = document(&evidence, &request("windows", "registry", "HKLM\\A"));
    assert_eq!(found["v"], "1");
}

const SHARED: &str = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/g/providers/Microsoft.Network/connections/c/sharedkey";

#[test]
fn no_secret_leaves_a_reader() {
    let secret = "hunter2-hunter2";
    let files = [
        (
            "a.xml",
            format!("<a><serversecret>{secret}</serversecret><b password=\"{secret}\"/></a>"),
        ),
        (
            "b.pbk",
            format!(
                "[x]\nType=2\nVpnStrategy=5\nPreSharedKey={secret}\nA=https://x/?sig={secret}\n"
            ),
        ),
        (
            "c.ovpn",
            format!("client\n<tls-auth>\n{secret}\n</tls-auth>\nPre-shared key: {secret}\n"),
        ),
        (
            "f.json",
            format!(
                "{{\"request\": {{\"method\": \"GET\", \"uri\": \"https://management.azure.com{SHARED}?api-version=2024-05-01\"}}, \
                 \"response\": {{\"status\": 200, \"body\": {{\"value\": \"{secret}\"}}}}}}"
            ),
        ),
        (
            "g.json",
            format!("{{\"response\": {{\"body\": \"{{\\\"passwords\\\":[\\\"{secret}\\\"]}}\"}}}}"),
        ),
        (
            "d.json",
            format!("{{\"sharedKey\": \"{secret}\", \"u\": \"https://x/?sig={secret}&a=1\"}}"),
        ),
        (
            "e.reg",
            format!("REGEDIT4\n[HKLM\\A]\n\"DefaultPassword\"=\"{secret}\"\n"),
        ),
    ];
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let evidence = evidence(&files);
    for (system, kind, locator) in [
        ("file", "xml", "a.xml"),
        ("file", "ini", "b.pbk"),
        ("file", "lines", "b.pbk"),
        ("file", "lines", "c.ovpn"),
        ("file", "json", "d.json"),
        ("file", "json", "f.json"),
        ("file", "json", "g.json"),
        ("azure", "arm", SHARED),
        ("windows", "registry", "HKLM\\A"),
    ] {
        let found = document(&evidence, &request(system, kind, locator)).to_string();
        assert!(!found.contains(secret), "{kind}: {found}");
    }
}
