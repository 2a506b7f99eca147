//! `rulec verify`: a case after the repair beside the same case before it, through the real binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value as Json, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn before() -> PathBuf {
    root().join("rules/azure-p2s/cases/s03-default-route")
}

/// The case a day later, each JSON file of `azure/` as `change` leaves it; `None` leaves it out.
fn after(change: impl Fn(&str, Json) -> Option<Json>) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let case = "symptoms: []\nnow: 2026-11-02T00:00:00Z\n";
    fs::write(dir.path().join("case.yaml"), case).unwrap();
    fs::create_dir(dir.path().join("azure")).unwrap();
    for entry in fs::read_dir(before().join("azure")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let json = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        if let Some(json) = change(&name, json) {
            fs::write(dir.path().join("azure").join(name), json.to_string()).unwrap();
        }
    }
    dir
}

/// The route is gone from the table, as the fix says.
fn repaired() -> tempfile::TempDir {
    after(|name, mut json| {
        if name == "route-table.json" {
            let routes = json["properties"]["routes"].as_array_mut().unwrap();
            routes.retain(|it| it["name"] != "default-to-firewall");
        }
        Some(json)
    })
}

/// Exit code and standard output.
fn verify(after: &Path, more: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_rulec"))
        .current_dir(root())
        .args(["verify", "--pack", "rules/azure-p2s"])
        .arg(after)
        .arg("--since")
        .arg(before())
        .args(more)
        .env("LC_ALL", "C")
        .output()
        .unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(errors, "");
    let text = String::from_utf8(output.stdout).unwrap();
    (output.status.code().unwrap(), text)
}

/// The JSON, which fits its schema, and the exit code.
fn verified(after: &Path, more: &[&str]) -> (i32, Json) {
    let arguments: Vec<&str> = ["--format", "json"].iter().chain(more).copied().collect();
    let (code, text) = verify(after, &arguments);
    let json: Json = serde_json::from_str(&text).unwrap();
    let schema = root().join("book/src/reference/verified.schema.json");
    let schema: Json = serde_json::from_str(&fs::read_to_string(schema).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&json)
        .map(|it| it.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
    (code, json)
}

/// Pairs of texts.
type Pairs = Vec<(String, String)>;

/// Rule and change of each cause; check and result of each check.
fn in_short(json: &Json) -> (Pairs, Pairs) {
    let pair = |json: &Json, first: &str, second: &str| {
        let text = |key: &str| json[key].as_str().unwrap().to_owned();
        (text(first), text(second))
    };
    let causes = json["causes"].as_array().unwrap().iter();
    let fixes = json["fixes"].as_array().unwrap().iter();
    let checks = fixes.flat_map(|it| it["checks"].as_array().unwrap());
    (
        causes.map(|it| pair(it, "rule", "change")).collect(),
        checks.map(|it| pair(it, "check", "result")).collect(),
    )
}

fn pairs(all: &[(&str, &str)]) -> Pairs {
    let all = all.iter();
    all.map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect()
}

const RULE: &str = "gateway-subnet-default-route";

#[test]
fn a_repair_that_worked_has_its_cause_gone_and_its_checks_hold() {
    let dir = repaired();
    let (code, json) = verified(dir.path(), &[]);
    let (causes, checks) = in_short(&json);
    assert_eq!(causes, pairs(&[(RULE, "gone")]));
    assert!(!checks.is_empty());
    assert!(
        checks.iter().all(|it| it.1 == "holds" || it.1 == "person"),
        "{checks:?}"
    );
    assert_eq!(json["fixes"][0]["rules"], json!([RULE]));
    // Other rules of the symptom are still open, as they were.
    assert_eq!(code, 4);
    let (code, _) = verify(dir.path(), &["--fail-on", "confirmed"]);
    assert_eq!(code, 4);
    let (code, _) = verify(dir.path(), &["--fail-on", "never"]);
    assert_eq!(code, 0);
}

#[test]
fn what_was_not_repaired_is_still_there_and_its_check_fails() {
    let dir = after(|_, json| Some(json));
    let (code, json) = verified(dir.path(), &[]);
    let (causes, checks) = in_short(&json);
    assert_eq!(causes, pairs(&[(RULE, "still")]));
    assert!(checks.iter().any(|it| it.1 == "fails"), "{checks:?}");
    assert_eq!(code, 4);
    let (code, _) = verify(dir.path(), &["--fail-on", "confirmed"]);
    assert_eq!(code, 1);
}

#[test]
fn without_evidence_nothing_is_said_to_have_worked() {
    let dir = after(|name, json| (name != "route-table.json").then_some(json));
    let (code, json) = verified(dir.path(), &[]);
    let (causes, checks) = in_short(&json);
    assert_eq!(causes, pairs(&[(RULE, "unknown")]));
    assert!(checks.iter().any(|it| it.1 == "unknown"), "{checks:?}");
    assert!(!checks.iter().any(|it| it.1 == "holds"), "{checks:?}");
    assert_eq!(json["causes"][0]["needs"], json!(["gateway_subnet.routes"]));
    assert_eq!(code, 4);
}

#[test]
fn a_cause_that_the_repair_brought_is_new() {
    let dir = after(|name, mut json| {
        if name == "route-table.json" {
            let routes = json["properties"]["routes"].as_array_mut().unwrap();
            routes.retain(|it| it["name"] != "default-to-firewall");
        } else if name == "gateway.json" {
            json["properties"]["provisioningState"] = json!("Failed");
        }
        Some(json)
    });
    let (_, json) = verified(dir.path(), &[]);
    let (causes, _) = in_short(&json);
    assert_eq!(
        causes,
        pairs(&[("gateway-change-failed", "new"), (RULE, "gone")])
    );
}

#[test]
fn people_read_it_in_their_language() {
    let dir = repaired();
    let (_, english) = verify(dir.path(), &[]);
    let title = format!("  gone: Default route on GatewaySubnet [{RULE}]");
    assert!(english.contains(&title), "{english}");
    assert!(
        english.contains("    passed: not true afterwards: "),
        "{english}"
    );
    let (_, chinese) = verify(dir.path(), &["--locale", "zh-TW"]);
    assert!(chinese.contains("  已消失："), "{chinese}");
    assert!(chinese.contains("    通過：處理後不成立："), "{chinese}");
}

/// What cannot be written as asked is refused, not written as something else.
#[test]
fn a_page_is_of_one_case_that_asks_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let batch = dir.path().join("cases.jsonl");
    fs::write(&batch, "{}\n").unwrap();
    let run = |more: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_rulec"))
            .current_dir(root())
            .args(["run", "--pack", "rules/azure-p2s"])
            .args(more)
            .output()
            .unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        (output.status.code().unwrap(), output.stdout.len(), errors)
    };
    let batch = batch.to_str().unwrap();
    for format in ["markdown", "html"] {
        let (code, bytes, errors) = run(&["--facts", batch, "--format", format]);
        assert_eq!((code, bytes), (2, 0));
        assert!(errors.contains("a batch is written as JSON"), "{errors}");
        let case = ["--symptom", "0x80090326", "--format", format, "--ask"];
        let (code, bytes, errors) = run(&case);
        assert_eq!((code, bytes), (2, 0));
        assert!(errors.contains("`--ask` talks where"), "{errors}");
    }
}
