//! `spelling.rules`, the sketch with every construct of the language, means what its page says: with the names that it
//! leaves out it checks without an error, is formatted, and each group of its statements has its meaning as tests.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The sketch with two fields of a type that it leaves out, beside what else it leaves out.
fn packs() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for folder in ["azure-p2s", "windows-base"] {
        let from = root().join("tests/fixtures/spelling").join(folder);
        fs::create_dir(dir.path().join(folder)).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap();
            fs::copy(&path, dir.path().join(folder).join(name)).unwrap();
        }
    }
    let sketch = root().join("crates/rulec-syntax/tests/fixtures/spelling.rules");
    let sketch = fs::read_to_string(sketch).unwrap();
    let field = "    protocols: set of Protocol ";
    let whole = sketch.replace(
        field,
        &format!("    auth: set of Auth\n    sessions: list of Session\n{field}"),
    );
    assert_ne!(whole, sketch, "the type `P2s` is there no more");
    fs::write(dir.path().join("azure-p2s/spelling.rules"), whole).unwrap();
    dir
}

fn rulec(dir: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_rulec"))
        .args(arguments)
        .current_dir(dir)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    (output.status.code(), text.into_owned())
}

#[test]
fn it_checks_without_an_error() {
    let dir = packs();
    let (code, text) = rulec(dir.path(), &["check", "azure-p2s"]);
    assert_eq!(code, Some(0), "{text}");
}

/// The sketch's own two tests show how tests are written. What they expect cannot come out: the semantics make a rule open
/// while one that overrides it is (V1), and while no certificate of the user is known. So they fail, and nothing else does.
fn holds(text: &str) {
    assert!(text.contains("34 tests: 32 passed, 2 failed"), "{text}");
    let failed: Vec<&str> = text.lines().filter(|it| it.starts_with("FAIL")).collect();
    assert_eq!(failed, ["FAIL  no private key", "FAIL  pasted sentence"]);
    for wanted in ["expected confirmed", "expected ruled out"] {
        let line = format!(
            "{wanted} `certificate-without-key`, but it is open\n      it waits for takes-no-certificates"
        );
        assert!(text.contains(&line), "{text}");
    }
}

#[test]
fn it_means_what_the_page_says() {
    let dir = packs();
    let (code, text) = rulec(dir.path(), &["test", "azure-p2s"]);
    assert_eq!(code, Some(1), "{text}");
    holds(&text);
}

#[test]
fn formatted_it_means_the_same() {
    let dir = packs();
    let (code, text) = rulec(dir.path(), &["fmt", "azure-p2s"]);
    assert_eq!(code, Some(0), "{text}");
    let (code, text) = rulec(dir.path(), &["fmt", "--check", "azure-p2s"]);
    assert_eq!(code, Some(0), "{text}");
    holds(&rulec(dir.path(), &["test", "azure-p2s"]).1);
}

/// The long example of the language's page, its own test included.
#[test]
fn the_example_of_the_page_means_what_it_says() {
    let dir = tempfile::tempdir().unwrap();
    let fixtures = root().join("crates/rulec-syntax/tests/fixtures");
    let left_out = root().join("tests/fixtures/spelling/language/left-out.rules");
    fs::copy(
        fixtures.join("language.rules"),
        dir.path().join("language.rules"),
    )
    .unwrap();
    fs::copy(left_out, dir.path().join("left-out.rules")).unwrap();
    let (code, text) = rulec(dir.path(), &["check", "."]);
    assert_eq!(code, Some(0), "{text}");
    let (code, text) = rulec(dir.path(), &["test", "."]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("7 tests: 7 passed"), "{text}");
}

/// The first block of rules of the README, statement by statement.
#[test]
fn the_rule_of_the_readme_is_a_rule_of_the_pack() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let block = readme.split("```rulec\n").nth(1).unwrap();
    let block = block.split("\n```").next().unwrap();
    assert!(block.contains("\nrule "), "{block}");
    let mut pack = String::new();
    for entry in fs::read_dir(root().join("rules/azure-p2s")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "rules") {
            pack.push_str(&fs::read_to_string(path).unwrap());
        }
    }
    for statement in block.split("\n\n") {
        assert!(pack.contains(statement), "not in the pack:\n{statement}");
    }
}
