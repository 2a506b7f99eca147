//! The cases of findings that `rulec check` keeps: each saved one runs, each test passes as it stands; over the bad examples of the book
//! and over generated packs of every type.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail"
)]

#[path = "started.rs"]
mod started;

use std::fs;
use std::path::Path;

use rulec_reference::generate::small;
use serde_json::Value as Json;
use started::rulec_at;

/// Generated packs of a run; `RULEC_CASES` multiplies them.
const PACKS: u64 = 16;

/// What came of packs.
#[derive(Debug, Default)]
struct Tally {
    packs: usize,
    /// Packs with errors, which cannot run.
    refused: usize,
    findings: usize,
    cases: usize,
    tests: usize,
    runs: usize,
    codes: std::collections::BTreeSet<String>,
    left_out: Vec<String>,
}

/// Keeps the cases of a pack and runs them in every way.
fn keep(dir: &Path, text: &str, tally: &mut Tally) {
    let pack = dir.join("pack");
    fs::create_dir(&pack).unwrap();
    fs::write(pack.join("main.rules"), text).unwrap();
    let arguments = [
        "check",
        "pack",
        "--gaps",
        "--fail-on",
        "never",
        "--format",
        "json",
        "--save-witnesses",
        "kept",
        "--as-tests=pack/kept.rules",
    ];
    let outcome = rulec_at(dir, &arguments, "");
    outcome.ends_with(0);
    let findings = outcome.json()["findings"].as_array().unwrap().clone();
    let shown: Vec<&Json> = findings
        .iter()
        .filter(|it| !it["witness"].is_null())
        .collect();
    let index = fs::read_to_string(dir.join("kept/witnesses.json")).unwrap();
    let index: Json = serde_json::from_str(&index).unwrap();
    let cases = index["witnesses"].as_array().unwrap();
    let tests = fs::read_to_string(pack.join("kept.rules")).unwrap();
    let count = tests.lines().filter(|it| it.starts_with("test ")).count();
    // Nothing is passed over in silence.
    let left_out = outcome.err.matches("is not kept").count();
    assert_eq!(
        shown.len() * 2,
        cases.len() + count + left_out,
        "{text}\n{}",
        outcome.err
    );
    tally.packs += 1;
    if outcome.err.contains("the pack has errors") {
        tally.refused += 1;
        return;
    }
    tally.findings += shown.len();
    tally.cases += cases.len();
    tally.tests += count;
    tally.codes.extend(
        shown
            .iter()
            .map(|it| it["code"].as_str().unwrap().to_owned()),
    );
    let lines = outcome.err.lines().filter(|it| it.contains("is not kept"));
    tally.left_out.extend(lines.map(str::to_owned));
    if count > 0 {
        pass(dir, count);
    }
    if let Some(case) = cases.first() {
        run(dir, case, tally);
    }
}

/// The tests that were written pass, and stand in the one layout.
fn pass(dir: &Path, count: usize) {
    let passed = rulec_at(dir, &["test", "pack"], "");
    passed.ends_with(0);
    let kept = passed.out.lines().filter(|it| it.starts_with("ok"));
    assert!(kept.count() >= count, "{}", passed.out);
    rulec_at(dir, &["fmt", "--check", "pack/kept.rules"], "").ends_with(0);
}

/// Runs a kept case as anybody would, and holds its verdicts against the index.
fn run(dir: &Path, case: &Json, tally: &mut Tally) {
    let folder = format!("kept/{}", case["case"].as_str().unwrap());
    let arguments = [
        "run", "--pack", "pack", "--case", &folder, "--format", "json",
    ];
    let report = rulec_at(dir, &arguments, "").json();
    let verdicts = report["verdicts"].as_array().unwrap();
    for (word, key) in [
        ("confirmed", "confirmed"),
        ("ruled-out", "ruled_out"),
        ("open", "open"),
    ] {
        for rule in case[key].as_array().unwrap() {
            // What is not in question is not told.
            let line = verdicts.iter().find(|it| it["rule"] == *rule);
            if let Some(line) = line {
                assert_eq!(line["verdict"], word, "{rule} in {folder}: {case}");
                tally.runs += 1;
            }
        }
    }
}

#[test]
fn cases_of_the_book_run_and_pass() {
    let pages = concat!(env!("CARGO_MANIFEST_DIR"), "/../../book/src/diagnostics");
    let mut tally = Tally::default();
    let mut pages: Vec<_> = fs::read_dir(pages)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    pages.sort();
    let proved = [
        "conflicting-rules",
        "contradicting-fixes",
        "gap",
        "overlapping-causes",
        "redundant-literal",
        "subsumed-rule",
        "two-otherwise",
        "unreachable-rule",
    ];
    for page in pages {
        let code = page.file_stem().unwrap().to_str().unwrap();
        if !proved.contains(&code) {
            continue;
        }
        let text = fs::read_to_string(&page).unwrap();
        let (_, example) = text.split_once("```rulec bad\n").expect(code);
        let (example, _) = example.split_once("\n```").unwrap();
        let lines = example.lines().map(|it| it.strip_prefix('~').unwrap_or(it));
        let example: String = lines.map(|it| format!("{it}\n")).collect();
        let dir = tempfile::tempdir().unwrap();
        let before = tally.findings;
        keep(dir.path(), &example, &mut tally);
        let shows = !["redundant-literal", "subsumed-rule", "unreachable-rule"].contains(&code);
        assert!(!shows || tally.findings > before, "{code} shows no case");
    }
    assert!(
        tally.packs == proved.len() && tally.cases == tally.findings,
        "{tally:?}"
    );
    assert!(tally.tests == tally.findings && tally.runs > 5, "{tally:?}");
}

#[test]
fn cases_of_generated_packs_run_and_pass() {
    let times = std::env::var("RULEC_CASES")
        .ok()
        .and_then(|it| it.parse().ok());
    let mut tally = Tally::default();
    for seed in 0..PACKS * times.unwrap_or(1) {
        let dir = tempfile::tempdir().unwrap();
        keep(dir.path(), &small::draw(seed, 0), &mut tally);
    }
    println!("{tally:#?}");
    assert!(
        tally.findings as u64 > PACKS && tally.codes.len() >= 3,
        "{tally:?}"
    );
    assert!(tally.cases * 100 >= tally.findings * 95, "{tally:?}");
    assert!(tally.tests * 100 >= tally.findings * 90, "{tally:?}");
}

#[test]
fn what_a_person_wrote_is_not_written_over() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("pack")).unwrap();
    fs::write(dir.path().join("pack/main.rules"), small::draw(1, 0)).unwrap();
    fs::write(dir.path().join("mine.rules"), "// mine\n").unwrap();
    fs::create_dir(dir.path().join("other")).unwrap();
    fs::write(dir.path().join("other/note.txt"), "mine").unwrap();
    let check = |more: &str| rulec_at(dir.path(), &["check", "pack", more], "");
    check("--as-tests=mine.rules")
        .ends_with(2)
        .says("was not written by");
    check("--save-witnesses=other")
        .ends_with(2)
        .says("holds something else");
    assert_eq!(
        fs::read_to_string(dir.path().join("mine.rules")).unwrap(),
        "// mine\n"
    );
    // Twice is the same, and a case of somebody else beside them stays.
    let save = |_: u32| {
        rulec_at(
            dir.path(),
            &["check", "pack", "--gaps", "--save-witnesses", "kept"],
            "",
        );
        fs::read_to_string(dir.path().join("kept/witnesses.json")).unwrap()
    };
    let first = save(1);
    fs::create_dir(dir.path().join("kept/mine")).unwrap();
    assert_eq!(save(2), first);
    assert!(dir.path().join("kept/mine").is_dir());
    // Alone on standard output, tests can be redirected.
    let tests = check("--as-tests");
    assert!(tests.out.starts_with("// Written by"), "{}", tests.out);
}
