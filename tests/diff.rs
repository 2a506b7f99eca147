//! `rulec diff`: what it prints, how it ends, compiled packs, and stored cases.

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

use started::rulec_at;

const PACK: &str = r#"pack p 1.0.0

fact n: int in 0..9
    ask "N?"

fact names: list of string
    ask "Names?"

symptom s =
    | text "It fails."

rule r:
    symptom s
    when n > 3
    => fix "Mend it."
"#;

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "old.rules", PACK);
    dir
}

fn write(dir: &Path, name: &str, text: &str) {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn packs_that_mean_the_same_end_with_0_whatever_their_form() {
    let dir = folder();
    write(
        dir.path(),
        "new.rules",
        &PACK.replace("n > 3", "not n <= 3"),
    );
    let diff = |old: &str, new: &str| rulec_at(dir.path(), &["diff", old, new], "");
    diff("old.rules", "new.rules")
        .ends_with(0)
        .says("no case has other confirmed causes: proved")
        .says("1 compared");
    rulec_at(
        dir.path(),
        &["compile", "old.rules", "-o", "old.rulepack"],
        "",
    )
    .ends_with(0);
    diff("old.rulepack", "new.rules")
        .ends_with(0)
        .says("no case has other confirmed causes");
    diff("old.rulepack", "nowhere").ends_with(2);
    write(
        dir.path(),
        "bad.rules",
        "pack p 1.0.0\n\nlet a = nothing.here\n",
    );
    diff("old.rules", "bad.rules")
        .ends_with(1)
        .says("unknown-name");
}

#[test]
fn a_difference_is_told_with_its_case() {
    let dir = folder();
    write(
        dir.path(),
        "new.rules",
        &PACK
            .replace("n > 3", "n > 2")
            .replace("Mend it", "Do mend it"),
    );
    let told = rulec_at(dir.path(), &["diff", "old.rules", "new.rules"], "");
    told.ends_with(1)
        .says("cases gain a cause with `r`")
        .says("n = 3")
        .says("before: no cause; after: r");
    told.says("another plan, cause or likelihood: r")
        .says("1 symptom differs");
    let json = rulec_at(
        dir.path(),
        &["diff", "new.rules", "old.rules", "--format", "json"],
        "",
    );
    json.ends_with(1);
    let json = json.json();
    assert_eq!(
        (&json["format"], &json["result"]),
        (&1.into(), &"different".into())
    );
    let change = &json["symptoms"][0]["changes"][0];
    assert_eq!(
        (&change["kind"], &change["rule"]),
        (&"lose".into(), &"r".into())
    );
    assert_eq!(change["case"]["facts"]["n"], 3);
    assert_eq!(change["case"]["symptoms"][0], "s");
}

#[test]
fn what_is_not_decided_ends_with_3_and_its_reason() {
    let dir = folder();
    write(
        dir.path(),
        "new.rules",
        &PACK
            .replace("int in 0..9", "int in 0..8")
            .replace("n > 3", "n > 4"),
    );
    let told = rulec_at(dir.path(), &["diff", "old.rules", "new.rules"], "");
    told.ends_with(3)
        .says("it depends on `n`, which has another type")
        .says("1 question is undecided");
    let json = rulec_at(
        dir.path(),
        &["diff", "old.rules", "new.rules", "--format", "json"],
        "",
    );
    assert_eq!(json.json()["result"], "undecided");
    write(dir.path(), "one.rules", &format!("{PACK}\nassume n < 2\n"));
    let two = PACK.replace("n > 3", "n > 4");
    write(dir.path(), "two.rules", &format!("{two}\nassume n > 2\n"));
    rulec_at(dir.path(), &["diff", "one.rules", "two.rules"], "")
        .ends_with(3)
        .says("nothing can be compared");
}

#[test]
fn stored_cases_are_run_with_both() {
    let dir = folder();
    write(
        dir.path(),
        "new.rules",
        &PACK.replace("n > 3", "n > 5 and count(names) > 0"),
    );
    for (case, text) in [
        ("a", "n: 4"),
        ("b", "n: 7"),
        ("c", "n: 1"),
        ("d", "n: 8\n  names: [x]"),
    ] {
        write(
            dir.path(),
            &format!("cases/{case}/case.yaml"),
            &format!("symptoms: [s]\nfacts:\n  {text}\n"),
        );
    }
    let arguments = ["diff", "old.rules", "new.rules", "--corpus", "cases"];
    let told = rulec_at(dir.path(), &arguments, "");
    told.ends_with(1)
        .says("case a: loses r")
        .says("case b: loses r; newly open r");
    told.says("4 stored cases replayed: 0 gained a cause, 2 lost one, 1 with something newly open, 0 with something no longer open");
    told.hides("case d").hides("case c");
    write(
        dir.path(),
        "cases/e/case.yaml",
        "symptoms: [s]\nfacts:\n  m: 4\n",
    );
    let told = rulec_at(dir.path(), &arguments, "");
    told.ends_with(2)
        .says("no fact or param is named `m`")
        .says("the case is left out");
    let json = rulec_at(
        dir.path(),
        &[&arguments[..], &["--format", "json"]].concat(),
        "",
    )
    .json();
    assert_eq!(
        (&json["corpus"]["cases"], &json["corpus"]["lost"]),
        (&4.into(), &2.into())
    );
    assert_eq!(json["corpus"]["failed"][0]["case"], "e");
    fs::create_dir(dir.path().join("none")).unwrap();
    rulec_at(
        dir.path(),
        &["diff", "old.rules", "new.rules", "--corpus", "none"],
        "",
    )
    .ends_with(2);
}

#[test]
fn the_pack_of_the_project_is_equal_to_itself_in_another_order() {
    let dir = tempfile::tempdir().unwrap();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules");
    let old = format!("{root}/azure-p2s");
    // The same statements in one file, last ones first.
    let mut files: Vec<_> = fs::read_dir(&old)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.retain(|it| it.extension().is_some_and(|it| it == "rules"));
    files.sort();
    files.reverse();
    let new = dir.path().join("azure-p2s");
    fs::create_dir(&new).unwrap();
    let texts: Vec<String> = files
        .iter()
        .map(|it| fs::read_to_string(it).unwrap())
        .collect();
    fs::write(new.join("all.rules"), texts.join("\n")).unwrap();
    let arguments = ["diff", &old, new.to_str().unwrap(), "--packs", root];
    let told = rulec_at(dir.path(), &arguments, "");
    told.ends_with(0)
        .says("no case has other confirmed causes")
        .hides("facts")
        .hides("with other")
        .hides("assumed")
        .hides("another plan");
}

#[test]
fn what_verdicts_do_not_show_is_listed() {
    let dir = folder();
    let diff = |old: &str, new: &str| {
        write(dir.path(), "one.rules", old);
        write(dir.path(), "two.rules", new);
        rulec_at(dir.path(), &["diff", "one.rules", "two.rules"], "")
    };
    let nothing = "no case has other confirmed causes: proved";
    let sane = format!("{PACK}\nlet sane = n < 8\n\nassume sane\n");
    diff(&sane, &sane).ends_with(0).hides("assumed");
    diff(&sane, &sane.replace("n < 8", "n < 7"))
        .ends_with(0)
        .says("assumed with another meaning: sane")
        .says(nothing);
    diff(&sane, &sane.replace("assume sane", "assume n < 8")).says("assumed only by");
    diff(PACK, &PACK.replace("N?", "Which n?"))
        .ends_with(0)
        .says("facts read otherwise: n")
        .says(nothing);
    let code = PACK.replace("It fails.\"", "It fails.\"\n    | code ras 798");
    diff(&code, &code.replace("798", "799")).says("symptoms with other codes or questions: s");
    let more = format!("{PACK}\nsymptom t =\n    | text \"It stops.\"\n");
    diff(PACK, &more).says("symptoms only in the new pack: t");
    diff(&more, PACK).says("symptoms only in the old pack: t");
    let fix = "\nlet high = n > 5\n\nfix one:\n    step \"Do one.\" when high\n    verify high\n";
    let fixed = PACK.replace("fix \"Mend it.\"", "fix one") + fix;
    diff(&fixed, &fixed).ends_with(0).hides("fixes");
    diff(&fixed, &fixed.replace("n > 5", "n > 6"))
        .ends_with(0)
        .says("fixes with other content: one")
        .hides("another plan");
    diff(&fixed, &fixed.replace("Do one", "Do this one")).says("fixes with other content: one");
}

#[test]
fn a_stored_case_that_was_open_and_is_ruled_out_counts_as_changed() {
    let dir = folder();
    let new = PACK.replace("n > 3", "n > 5 and count(names) > 0");
    write(dir.path(), "new.rules", &new);
    write(dir.path(), "ruled.rules", &PACK.replace("n > 3", "n > 9"));
    let case = "symptoms: [s]\nfacts:\n  n: 7\n";
    write(dir.path(), "cases/b/case.yaml", case);
    let replay = |new: &str| {
        let arguments = ["diff", "new.rules", new, "--corpus", "cases"];
        rulec_at(dir.path(), &arguments, "")
    };
    replay("old.rules")
        .says("case b: gains r")
        .hides("no longer open r");
    replay("ruled.rules")
        .says("case b: no longer open r")
        .says("1 with something no longer open");
}
