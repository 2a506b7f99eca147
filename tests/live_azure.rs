//! `rulec run --live azure`, from the sign-in to the report, against a cloud on loopback that answers with recorded exchanges of our own
//! making. Needs the feature `azure`; run by `.ci/azure`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value as Json;

const TOKEN: &str = "cli-token-of-the-test-1234";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn fixture(case: &str) -> PathBuf {
    root().join("tests/fixtures/live-azure").join(case)
}

/// What was asked of the cloud.
type Heard = Arc<Mutex<Vec<String>>>;

/// A cloud that knows these exchanges, by method and address without host.
fn cloud(case: &str) -> (String, Heard) {
    let mut known = BTreeMap::new();
    for file in fs::read_dir(fixture(case).join("azure")).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let exchange: Json = serde_json::from_str(&text).unwrap();
        let request = &exchange["request"];
        let uri = request["uri"].as_str().unwrap();
        let path = uri.splitn(4, '/').nth(3).unwrap();
        let method = request["method"].as_str().unwrap();
        known.insert(format!("{method} /{path}"), exchange["response"].clone());
    }
    serve(move |line, url| {
        if line.starts_with("GET /metadata/endpoints") {
            let own = format!(r#"{{"microsoftGraphResourceId": "{url}"}}"#);
            return (200, String::new(), own);
        }
        if line.starts_with("POST ") && !line.contains("done") {
            let result = format!("location: {url}/done?{}\r\nretry-after: 0\r\n", line.len());
            return (202, result, "null".to_owned());
        }
        let found = match line.starts_with("GET /done") {
            true => known
                .iter()
                .find(|(key, _)| key.starts_with("POST"))
                .map(|(_, it)| it),
            false => known.get(line),
        };
        match found {
            Some(response) => {
                let date = response["headers"]["date"].as_str().unwrap();
                (
                    200,
                    format!("date: {date}\r\n"),
                    response["body"].to_string(),
                )
            }
            None => (
                404,
                String::new(),
                r#"{"error": {"code": "UnknownToTheTest", "message": "m"}}"#.to_owned(),
            ),
        }
    })
}

/// A server on loopback; who does not have the token gets 401.
fn serve(answer: impl Fn(&str, &str) -> (u16, String, String) + Send + 'static) -> (String, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (own, heard) = (url.clone(), Heard::default());
    let kept = Arc::clone(&heard);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let head = head(&mut stream);
            let line = head
                .lines()
                .next()
                .unwrap_or("")
                .trim_end_matches(" HTTP/1.1")
                .replace("%27", "'");
            kept.lock().unwrap().push(line.clone());
            let open = line.contains("/metadata/") || line.contains("/msi/");
            let signed_in = head.contains(&format!("Bearer {TOKEN}"));
            let (status, headers, body) = match open || signed_in {
                true => answer(&line, &own),
                false => (
                    401,
                    String::new(),
                    r#"{"error": {"code": "InvalidAuthenticationToken", "message": "m"}}"#
                        .to_owned(),
                ),
            };
            let length = body.len();
            let text = format!(
                "HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
            );
            let _ = stream.write_all(text.as_bytes());
        }
    });
    (url, heard)
}

fn head(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    while !text.windows(4).any(|it| it == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(count) if count > 0 => text.extend_from_slice(&buffer[..count]),
            _ => break,
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// A folder with an `az` that does this.
fn az(script: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("az");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    let mut rights = fs::metadata(&path).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut rights, 0o755);
    fs::set_permissions(&path, rights).unwrap();
    folder
}

fn signed_in() -> tempfile::TempDir {
    az(&format!(
        r#"echo '{{"accessToken": "{TOKEN}", "expires_on": 4102444800, "tokenType": "Bearer"}}'"#
    ))
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn rulec(az: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rulec"));
    for name in [
        "AZURE_CLIENT_SECRET",
        "AZURE_FEDERATED_TOKEN_FILE",
        "IDENTITY_ENDPOINT",
        "RULEC_LOCALE",
    ] {
        command.env_remove(name);
    }
    let output = command
        .current_dir(root())
        .args(arguments)
        .env("LC_ALL", "C")
        .env("PATH", format!("{}:/usr/bin:/bin", az.display()))
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let ran = Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    };
    for text in [&ran.out, &ran.err] {
        assert!(
            !text.contains("panicked") && !text.contains(TOKEN),
            "{text}"
        );
    }
    ran
}

/// What the fixture says that a person knows, as arguments.
fn given(case: &str, folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(fixture(case).join("case.json")).unwrap();
    let known: Json = serde_json::from_str(&text).unwrap();
    let facts = folder.join("facts.json");
    fs::write(&facts, known["facts"].to_string()).unwrap();
    let mut arguments = vec!["--facts".to_owned(), facts.display().to_string()];
    for (name, value) in known["params"].as_object().unwrap() {
        let value = value.as_str().unwrap();
        arguments.extend(["--param".to_owned(), format!("{name}={value}")]);
    }
    let symptom = known["symptoms"][0].as_str().unwrap();
    let now = known["now"].as_str().unwrap();
    for (word, value) in [("--symptom", symptom), ("--now", now)] {
        arguments.extend([word.to_owned(), value.to_owned()]);
    }
    arguments
}

/// Live, recorded, and the record read again: the same report, byte for byte, that confirms this rule.
fn answers(case: &str, rule: &str) -> Vec<String> {
    let (url, heard) = cloud(case);
    let folder = tempfile::tempdir().unwrap();
    let az = signed_in();
    let record = folder.path().join("record");
    let record = record.to_str().unwrap();
    for format in ["json", "text", "markdown", "html"] {
        let _ = fs::remove_dir_all(record);
        let mut arguments = given(case, folder.path());
        let live = [
            "run", "--live", "azure", "--cloud", &url, "--record", record, "--format", format,
        ];
        arguments.splice(0..0, live.map(str::to_owned));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let live = rulec(az.path(), &[], &arguments);
        assert!([0, 4].contains(&live.code), "{}\n{}", live.out, live.err);
        let replayed = rulec(
            az.path(),
            &[],
            &["run", "--case", record, "--format", format],
        );
        assert_eq!(replayed.out, live.out, "{case} as {format}");
        assert_eq!((replayed.code, replayed.err), (live.code, live.err));
        if format == "json" {
            let report: Json = serde_json::from_str(&live.out).unwrap();
            let verdicts = report["verdicts"].as_array().unwrap();
            let found = verdicts.iter().find(|it| it["rule"] == rule).unwrap();
            assert_eq!(found["verdict"], "confirmed", "{case}: {found:#}");
        }
        for file in fs::read_dir(Path::new(record).join("azure")).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            assert!(
                !text.contains(TOKEN) && !text.contains("UnknownToTheTest"),
                "{case}: {text}"
            );
        }
    }
    let mut heard = heard.lock().unwrap().clone();
    let all = heard.len();
    heard.truncate(all / 4);
    heard
}

#[test]
fn s05_a_gateway_without_a_pool() {
    answers("s05", "point-to-site-not-configured");
}

#[test]
fn s12_sessions_are_asked_by_a_long_action() {
    let heard = answers("s12", "address-pool-share-used-up");
    assert!(
        heard.iter().any(|it| it.starts_with("GET /done")),
        "{heard:?}"
    );
}

#[test]
fn s16_a_peering_after_the_package_is_in_the_activity_log() {
    let heard = answers("s16", "package-before-route");
    let mut once = heard.clone();
    once.sort();
    once.dedup();
    assert_eq!(
        once.len(),
        heard.len(),
        "each place is read once: {heard:?}"
    );
}

#[test]
fn s25_sign_ins_and_policies_come_from_the_directory() {
    let heard = answers("s25", "sign-in-frequency-too-short");
    assert!(
        heard
            .iter()
            .any(|it| it.starts_with("GET /v1.0/auditLogs/signIns?")),
        "{heard:?}"
    );
}

#[test]
fn s27_the_resolver_and_the_zone() {
    answers("s27", "azure-dns-out-of-reach");
}

const GATEWAY: &str = "gateway_id=/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworkGateways/gw";

/// Why the gateway is not known.
fn reason(az: &Path, variables: &[(&str, &str)], more: &[&str]) -> String {
    let mut arguments = vec![
        "run",
        "--live",
        "azure",
        "--param",
        GATEWAY,
        "--symptom",
        "File download error. Target URI is not specified.",
        "--format",
        "json",
    ];
    arguments.extend(more);
    let ran = rulec(az, variables, &arguments);
    assert_eq!(ran.code, 4, "{}\n{}", ran.out, ran.err);
    let report: Json = serde_json::from_str(&ran.out).unwrap();
    let facts = report["facts"].as_array().unwrap().iter();
    let open = report["open"].as_array().unwrap().iter();
    let gateway: Vec<String> = facts
        .chain(open)
        .filter(|it| it["name"] == "gateway" || it["fact"] == "gateway")
        .map(Json::to_string)
        .collect();
    assert!(!gateway.is_empty(), "{report:#}");
    gateway.join("\n")
}

#[test]
fn a_sign_in_that_is_missing_or_over_is_told_with_its_command() {
    let (url, heard) = cloud("s05");
    let cases = [
        (
            "echo 'ERROR: Please run '\"'az login'\"' to setup account.' >&2; exit 1",
            "nobody is signed in with the Azure CLI: `az login`",
        ),
        (
            "echo 'ERROR: AADSTS70043: The refresh token has expired or is invalid' >&2; exit 1",
            "the sign-in of the Azure CLI has expired: `az login`",
        ),
        (
            "echo 'ERROR: AADSTS50020: User account from identity provider does not exist in tenant' >&2; exit 1",
            "not known in the tenant: `az login --tenant 11-22`",
        ),
        ("exit 127", "no Azure CLI on this machine"),
    ];
    for (script, wanted) in cases {
        let az = az(script);
        let told = reason(az.path(), &[], &["--cloud", &url, "--tenant", "11-22"]);
        let wanted = wanted.replace("`az login`", "`az login --tenant 11-22`");
        assert!(
            told.contains("not signed in to Azure Resource Manager"),
            "{told}"
        );
        assert!(told.contains("denied") && told.contains(&wanted), "{told}");
    }
    let heard = heard.lock().unwrap();
    assert!(
        heard.iter().all(|it| it.contains("/metadata/")),
        "{heard:?}"
    );
}

#[test]
fn a_managed_identity_signs_in() {
    let (url, heard) = serve(|line, _| {
        match line.contains("/msi/token") {
        true => (200, "content-type: application/json\r\n".to_owned(), format!(r#"{{"access_token": "{TOKEN}", "expires_on": "4102444800", "resource": "x", "token_type": "Bearer"}}"#)),
        false => (403, String::new(), r#"{"error": {"code": "AuthorizationFailed", "message": "The client 'c' with object id 'o-1' does not have authorization to perform action 'Microsoft.Network/virtualNetworkGateways/read' over scope '/subscriptions/s' or the scope is invalid."}}"#.to_owned()),
    }
    });
    let endpoint = format!("{url}/msi/token");
    let variables = [
        ("IDENTITY_ENDPOINT", endpoint.as_str()),
        ("IDENTITY_HEADER", "header-of-the-test"),
    ];
    let none = az("exit 1");
    for more in [&[][..], &["--sign-in", "managed-identity"]] {
        let mut arguments = vec!["--cloud", url.as_str()];
        arguments.extend(more);
        let told = reason(none.path(), &variables, &arguments);
        assert!(
            told.contains(
                "az role assignment create --assignee o-1 --role Reader --scope /subscriptions/s"
            ),
            "{told}"
        );
    }
    assert!(
        heard
            .lock()
            .unwrap()
            .iter()
            .any(|it| it.contains("/msi/token"))
    );
}

#[test]
fn a_token_from_a_file_signs_in_and_is_never_shown() {
    let (url, _) = cloud("s05");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    fs::write(&file, format!("{TOKEN}\n")).unwrap();
    let none = az("exit 1");
    let told = reason(
        none.path(),
        &[],
        &["--cloud", &url, "--token", file.to_str().unwrap()],
    );
    assert!(told.contains("UnknownToTheTest"), "{told}");
}

#[test]
fn what_a_pack_declares_secret_is_left_out_of_the_record_and_told() {
    let (url, _) = cloud("s05");
    let folder = tempfile::tempdir().unwrap();
    let az = signed_in();
    let record = folder.path().join("record");
    let mut arguments = given("s05", folder.path());
    let live = ["run", "--live", "azure", "--cloud", &url, "--record"];
    arguments.splice(0..0, live.map(str::to_owned));
    arguments.insert(live.len(), record.display().to_string());
    let link = "download.link=https://x.example/p.zip?hush";
    arguments.extend(["--param".to_owned(), link.to_owned()]);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ran = rulec(az.path(), &[], &arguments);
    assert!([0, 4].contains(&ran.code), "{}\n{}", ran.out, ran.err);
    assert!(
        ran.err
            .contains("`download.link` is secret and not in the record"),
        "{}",
        ran.err
    );
    let case = fs::read_to_string(record.join("case.json")).unwrap();
    assert!(
        case.contains("gateway_id") && !case.contains("hush"),
        "{case}"
    );
    assert!(!ran.out.contains("hush") && !ran.err.contains("hush"));
}

/// Rules and verdicts of a case.
fn verdicts(az: &Path, arguments: &[&str]) -> Vec<String> {
    let ran = rulec(az, &[], arguments);
    assert!([0, 4].contains(&ran.code), "{}\n{}", ran.out, ran.err);
    let report: Json = serde_json::from_str(&ran.out).unwrap();
    let all = report["verdicts"].as_array().unwrap().iter();
    all.map(|it| format!("{} {}", it["rule"], it["verdict"]))
        .collect()
}

#[test]
fn what_is_collected_gives_the_verdicts_of_the_cloud_itself() {
    for (case, rule) in [
        ("s05", "point-to-site-not-configured"),
        ("s12", "address-pool-share-used-up"),
        ("s16", "package-before-route"),
        ("s25", "sign-in-frequency-too-short"),
        ("s27", "azure-dns-out-of-reach"),
    ] {
        let (url, heard) = cloud(case);
        let folder = tempfile::tempdir().unwrap();
        let az = signed_in();
        let given = given(case, folder.path());
        let live = ["--live", "azure", "--cloud", &url];
        let with = |first: &[&str], more: &[&str]| -> Vec<String> {
            let all = first.iter().chain(&live).chain(more);
            let all = all.map(|it| (*it).to_owned());
            all.chain(given.iter().cloned()).collect()
        };
        let run = with(&["run"], &["--format", "json"]);
        let run: Vec<&str> = run.iter().map(String::as_str).collect();
        let wanted = verdicts(az.path(), &run);
        assert!(
            wanted.contains(&format!("\"{rule}\" \"confirmed\"")),
            "{wanted:?}"
        );
        let asked = heard.lock().unwrap().len();
        for (name, raw) in [("sent", false), ("sent.zip", false), ("raw", true)] {
            let out = folder.path().join(name);
            let out = out.to_str().unwrap();
            let more: &[&str] = if raw {
                &["--yes", "--raw", "-o", out]
            } else {
                &["--yes", "-o", out]
            };
            let collect = with(&["collect"], more);
            let collect: Vec<&str> = collect.iter().map(String::as_str).collect();
            let before = heard.lock().unwrap().len();
            let ran = rulec(az.path(), &[], &collect);
            assert!([0, 4].contains(&ran.code), "{}\n{}", ran.out, ran.err);
            let same = heard.lock().unwrap().len() - before;
            assert_eq!(same, asked, "{case}: it asks what a run asks");
            let read = verdicts(az.path(), &["run", "--case", out, "--format", "json"]);
            assert_eq!(read, wanted, "{case} {name}");
        }
    }
}

#[test]
fn nothing_is_collected_before_somebody_agrees() {
    let (url, heard) = cloud("s05");
    let folder = tempfile::tempdir().unwrap();
    let az = signed_in();
    let out = folder.path().join("sent");
    let mut arguments = given("s05", folder.path());
    let out = out.to_str().unwrap();
    let live = ["collect", "--live", "azure", "--cloud", &url, "-o", out];
    arguments.splice(0..0, live.map(str::to_owned));
    let collect: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ran = rulec(az.path(), &[], &collect);
    assert_eq!(ran.code, 2, "{}\n{}", ran.out, ran.err);
    assert!(ran.err.contains("`--yes` agrees"), "{}", ran.err);
    let plan: Vec<&str> = collect.iter().copied().chain(["--plan"]).collect();
    let ran = rulec(az.path(), &[], &plan);
    assert_eq!(ran.code, 0, "{}\n{}", ran.out, ran.err);
    assert!(
        ran.out
            .contains("needs Microsoft.Network/virtualNetworkGateways/read"),
        "{}",
        ran.out
    );
    assert!(heard.lock().unwrap().is_empty());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
