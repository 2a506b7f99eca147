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
    tally.packs += 1;
    if outcome.err.contains("the pack has errors") {
        assert!(!dir.join("kept").exists() && !pack.join("kept.rules").exists());
        tally.refused += 1;
        return;
    }
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

/// Rules that are confirmed together, so that there is something to show.
const TWICE: &str = r#"pack p 1.0.0

fact n: int in 0..9
    ask "N?"

symptom s =
    | text "It fails."

rule r:
    symptom s
    when n > 3
    => fix "Mend it."

rule r-2:
    symptom s
    when n > 4
    => fix "Mend it otherwise."

"#;

fn index(dir: &Path) -> Vec<Json> {
    let text = fs::read_to_string(dir.join("kept/witnesses.json")).unwrap();
    let index: Json = serde_json::from_str(&text).unwrap();
    index["witnesses"].as_array().unwrap().clone()
}

fn names(dir: &Path) -> Vec<String> {
    let index = index(dir);
    let names = index.iter().map(|it| it["case"].as_str().unwrap());
    names.map(str::to_owned).collect()
}

#[test]
fn what_was_kept_stays_while_the_pack_has_errors() {
    let dir = tempfile::tempdir().unwrap();
    let main = dir.path().join("pack/main.rules");
    fs::create_dir(dir.path().join("pack")).unwrap();
    fs::write(&main, TWICE).unwrap();
    let keep = || {
        let arguments = [
            "check",
            "pack",
            "--gaps",
            "--fail-on",
            "never",
            "--save-witnesses",
            "kept",
            "--as-tests=pack/kept.rules",
        ];
        rulec_at(dir.path(), &arguments, "")
    };
    let tests = || fs::read_to_string(dir.path().join("pack/kept.rules")).unwrap();
    keep().ends_with(0);
    let (cases, kept) = (names(dir.path()), tests());
    assert!(!cases.is_empty() && kept.contains("test "), "{kept}");
    fs::write(&main, TWICE.replace("n > 3", "m > 3")).unwrap();
    keep()
        .says("nothing is written to kept")
        .says("nothing is written to pack/kept.rules");
    assert_eq!((names(dir.path()), tests()), (cases.clone(), kept));
    for case in &cases {
        assert!(
            dir.path()
                .join("kept")
                .join(case)
                .join("case.json")
                .is_file()
        );
    }
    // Tests that name what is gone hinder nothing: they are written anew.
    fs::write(&main, TWICE.replace("rule r:", "rule other:")).unwrap();
    keep().hides("nothing is written").hides("unknown-");
    assert!(tests().contains("other"), "{}", tests());
}

#[test]
fn kept_cases_are_never_written_over_what_somebody_else_put_there() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("pack")).unwrap();
    fs::write(dir.path().join("pack/main.rules"), TWICE).unwrap();
    let keep = || {
        let arguments = ["check", "pack", "--gaps", "--save-witnesses", "kept"];
        rulec_at(dir.path(), &arguments, "");
        names(dir.path())
    };
    let first = keep();
    let taken = first.first().unwrap().clone();
    let folder = dir.path().join("kept").join(&taken);
    // The index does not name it any more, so it is somebody else's.
    let left: Vec<Json> = index(dir.path()).into_iter().skip(1).collect();
    let text = serde_json::json!({ "format": 1, "witnesses": left }).to_string();
    fs::write(dir.path().join("kept/witnesses.json"), text).unwrap();
    fs::write(folder.join("case.json"), "mine").unwrap();
    let second = keep();
    assert!(!second.contains(&taken), "{second:?}");
    assert_eq!(second.len(), first.len());
    assert_eq!(
        fs::read_to_string(folder.join("case.json")).unwrap(),
        "mine"
    );
    let mut folded: Vec<String> = second.iter().map(|it| it.to_lowercase()).collect();
    folded.sort();
    folded.dedup();
    assert_eq!(folded.len(), second.len(), "{second:?}");
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_kept_case_is_not_followed() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("pack")).unwrap();
    fs::write(dir.path().join("pack/main.rules"), TWICE).unwrap();
    let arguments = ["check", "pack", "--gaps", "--save-witnesses", "kept"];
    rulec_at(dir.path(), &arguments, "");
    let first = names(dir.path()).first().unwrap().clone();
    let mine = dir.path().join("mine");
    fs::rename(dir.path().join("kept").join(&first), &mine).unwrap();
    fs::write(mine.join("case.json"), "mine").unwrap();
    std::os::unix::fs::symlink(&mine, dir.path().join("kept").join(&first)).unwrap();
    rulec_at(dir.path(), &arguments, "");
    assert_eq!(fs::read_to_string(mine.join("case.json")).unwrap(), "mine");
    assert!(!names(dir.path()).contains(&first));
}

#[test]
fn no_two_kept_cases_have_one_name() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("pack")).unwrap();
    // In both rules two parts say something only where something is unknown.
    let rule = |name: &str, when: &str| {
        format!("rule {name}:\n    symptom s\n    when {when}\n    => fix \"Mend it.\"\n\n")
    };
    let mut text = "pack p 1.0.0\n\n".to_owned();
    for fact in ["a", "b", "c", "d"] {
        text += &format!("fact {fact}: bool\n    ask \"{fact}?\"\n\n");
    }
    text += "symptom s =\n    | text \"It fails.\"\n\n";
    text += &(rule("r", "(a or b) and (not a or b)") + &rule("r-2", "(c or d) and (not c or d)"));
    fs::write(dir.path().join("pack/main.rules"), &text).unwrap();
    let arguments = ["check", "pack", "--gaps", "--fail-on", "never"];
    let arguments = [
        &arguments[..],
        &["--format", "json", "--save-witnesses", "kept"],
    ]
    .concat();
    let outcome = rulec_at(dir.path(), &arguments, "");
    let findings = outcome.json()["findings"].as_array().unwrap().clone();
    let shown = findings.iter().filter(|it| !it["witness"].is_null());
    let left_out = outcome.err.matches("is not kept").count();
    let mut names = names(dir.path());
    assert_eq!(shown.count(), names.len() + left_out, "{names:?}");
    assert!(
        names.iter().any(|it| it == "redundant-literal-r-2"),
        "{names:?}"
    );
    names.sort();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "{names:?}");
    for name in &names {
        assert!(
            dir.path()
                .join("kept")
                .join(name)
                .join("case.json")
                .is_file()
        );
    }
}
