//! `rulec check --fix`: the finding is gone, nothing else has come, comments are there, and what is called safe changes no verdict: held
//! against every state by the reference evaluator.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail"
)]

#[cfg(unix)]
#[path = "fixing/files.rs"]
mod files;
#[path = "started.rs"]
mod started;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rulec_reference::findings::{Becomes, changes};
use rulec_reference::generate::small;
use rulec_syntax::ast::{File, Item};
use rulec_syntax::parse::parse;
use rulec_syntax::source::FileId;
use started::{Outcome, rulec_at};

/// Generated packs of a run; `RULEC_CASES` multiplies them.
const PACKS: u64 = 12;

/// What every pack below has.
const PACK: &str = r#"pack p 1.0.0

fact a: bool
    ask "A?"

fact b: bool
    ask "B?"

fact n: int in 0..9
    ask "N?"

symptom s =
    | text "It fails."

fix one:
    step "Do one."
    excludes two

fix two:
    step "Do two."
"#;

fn pack(statements: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(
        dir.path().join("p.rules"),
        format!("{PACK}\n{}\n", statements.trim_end()),
    )
    .unwrap();
    dir
}

fn text(dir: &Path) -> String {
    fs::read_to_string(dir.join("p.rules")).unwrap()
}

fn fix(dir: &Path, more: &[&str]) -> Outcome {
    let arguments = [
        &["check", "p.rules", "--fix", "--fail-on", "never"][..],
        more,
    ]
    .concat();
    rulec_at(dir, &arguments, "")
}

/// How often each finding is there.
fn counts(dir: &Path) -> BTreeMap<(String, String), usize> {
    let arguments = [
        "check",
        "p.rules",
        "--gaps",
        "--format",
        "json",
        "--fail-on",
        "never",
    ];
    let json = rulec_at(dir, &arguments, "").json();
    let mut counts = BTreeMap::new();
    for it in json["findings"].as_array().unwrap() {
        let word = |key: &str| it[key].as_str().unwrap().to_owned();
        *counts.entry((word("code"), word("message"))).or_default() += 1;
    }
    counts
}

fn of_code(counts: &BTreeMap<(String, String), usize>, code: &str) -> usize {
    counts
        .iter()
        .filter(|it| it.0.0 == code)
        .map(|it| it.1)
        .sum()
}

/// Rules that use everything, so that nothing else is to be said.
const USED: &str =
    "rule used:\n    symptom s\n    when a and b and n == 7\n    => fix one or fix two\n\n";

#[test]
fn a_part_that_changes_nothing_goes_and_comments_stay() {
    let rule = "rule r:\n    symptom s\n    // about the bound\n    when n > 3 and\n        n > 2 // weaker\n        and (a or\n            b)\n    => fix one\n";
    let dir = pack(&format!("{USED}{rule}"));
    fix(dir.path(), &[]).ends_with(0);
    let kept = text(dir.path());
    assert!(
        !kept.contains("n > 2") && kept.contains("// weaker"),
        "{kept}"
    );
    assert!(kept.contains("// about the bound"), "{kept}");
    let rule = rule.replace(" // weaker", "");
    let dir = pack(&format!(
        "{USED}{rule}let odd   =  a  // as it was\n\nrule q:\n    symptom s\n    when odd and n < 2\n    => fix two\n"
    ));
    let outcome = fix(dir.path(), &[]);
    outcome
        .ends_with(0)
        .says("fixed `redundant-literal` in p.rules:")
        .says("take `n > 2` out");
    let fixed = text(dir.path());
    assert!(
        fixed.contains("    // about the bound\n    when n > 3 and (a or b)\n"),
        "{fixed}"
    );
    assert!(fixed.contains("let odd   =  a  // as it was"), "{fixed}");
    fix(dir.path(), &[]).hides("fixed");
    assert_eq!(text(dir.path()), fixed);
}

#[test]
fn of_two_parts_that_say_the_same_one_goes() {
    let dir = pack(&format!(
        "{USED}rule r:\n    symptom s\n    when (a and n < 3) and a\n    => fix one\n"
    ));
    fix(dir.path(), &[]).says("fixed `redundant-literal`");
    let fixed = text(dir.path());
    let when = fixed.lines().rfind(|it| it.contains("when")).unwrap();
    assert_eq!(when.matches('a').count(), 2, "{fixed}");
    assert!(when.contains("n < 3"), "{fixed}");
}

#[test]
fn a_derived_fact_is_changed_only_if_it_is_asked_for() {
    // A step, `verify` and an assumption ask for it too, and say something else without the part.
    let rules = "let wide = n > 3 and n > 2 and a\n\nlet low = b and (n < 3 or n < 9)\n\nassume not a or n > 3 or low\n\nfix three:\n    step \"Do three.\" when wide\n    verify wide\n\nrule r:\n    symptom s\n    when wide\n    => fix three\n\nlet lonely = n > 8\n\ntype Lone = enum { x, y }\n\nfix alone:\n    step \"Do it alone.\"\n";
    let dir = pack(&format!("{USED}{rules}"));
    let before = text(dir.path());
    fix(dir.path(), &[]).hides("fixed");
    assert_eq!(text(dir.path()), before);
    fix(dir.path(), &["--unsafe"]).says("take `n > 2` out");
    let fixed = text(dir.path());
    for gone in ["n > 2", "lonely", "Lone =", "fix alone"] {
        assert!(!fixed.contains(gone), "{gone}: {fixed}");
    }
}

#[test]
fn rules_that_are_there_twice_become_one() {
    let rule = |name: &str| {
        format!(
            "/// Doubled.\nrule {name}:\n    symptom s\n    when a and n < 3\n    => fix one\n\n"
        )
    };
    let dir = pack(&format!("{}{}{USED}", rule("r"), rule("q")));
    let before = text(dir.path());
    fix(dir.path(), &["--diff"]).ends_with(1).says("-rule ");
    assert_eq!(text(dir.path()), before);
    fix(dir.path(), &[]).says("remove the rule");
    let fixed = text(dir.path());
    assert_eq!(fixed.matches("/// Doubled.").count(), 1, "{fixed}");
    assert_eq!(of_code(&counts(dir.path()), "duplicate-rule"), 0);
    rulec_at(dir.path(), &["fmt", "--check", "p.rules"], "").ends_with(0);
    // One that something names stays, and the other goes.
    let named = format!(
        "{}{}{USED}rule z:\n    symptom s\n    when b and n > 5\n    overrides q\n    => fix two\n",
        rule("r"),
        rule("q")
    );
    let dir = pack(&named);
    fix(dir.path(), &[]);
    assert!(text(dir.path()).contains("rule q:"), "{}", text(dir.path()));
}

#[test]
fn what_changes_the_meaning_waits_to_be_asked_for() {
    let rules = "rule r:\n    symptom s\n    when a\n    => fix one\n\nrule q:\n    symptom s\n    when b and n < 9\n    => fix two\n";
    let dir = pack(rules);
    let before = text(dir.path());
    fix(dir.path(), &[]).hides("fixed").says("--fix --unsafe");
    assert_eq!(text(dir.path()), before);
    let outcome = fix(dir.path(), &["--unsafe"]);
    outcome
        .says("fixed `conflicting-rules`")
        .says("let `q` override `r`");
    let fixed = text(dir.path());
    assert!(
        fixed.contains("    when b and n < 9\n    overrides r\n    => fix two"),
        "{fixed}"
    );
    assert_eq!(of_code(&counts(dir.path()), "conflicting-rules"), 0);
    fix(dir.path(), &["--unsafe"]).hides("fixed");
    fix(dir.path(), &["--unsafe", "--gaps"]).says("add the rule `s-otherwise`");
    assert_eq!(
        of_code(&counts(dir.path()), "gap"),
        0,
        "{}",
        text(dir.path())
    );
    rulec_at(dir.path(), &["fmt", "--check", "p.rules"], "").ends_with(0);
}

#[test]
fn a_condition_that_always_holds_goes_if_it_is_asked_for() {
    let dir = pack(&format!(
        "{USED}rule r:\n    symptom s\n    when n >= 0\n    => fix one or fix two\n"
    ));
    fix(dir.path(), &["--unsafe"]).says("take the condition out");
    assert!(
        text(dir.path()).contains("rule r:\n    symptom s\n    => fix one or fix two\n"),
        "{}",
        text(dir.path())
    );
}

#[test]
fn nothing_is_changed_in_a_pack_with_errors_and_standard_input_is_refused() {
    let dir =
        pack("rule r:\n    symptom s\n    when n > 3 and n > 2 and nothing.here\n    => fix one\n");
    let before = text(dir.path());
    let outcome = rulec_at(dir.path(), &["check", "p.rules", "--fix"], "");
    outcome.ends_with(1).says("nothing is changed");
    assert_eq!(text(dir.path()), before);
    rulec_at(dir.path(), &["check", "-", "--fix"], &before)
        .ends_with(2)
        .says("standard input");
}

fn rules(file: &File) -> Vec<String> {
    let names = file.statements.iter().filter_map(|it| match &it.item {
        Item::Rule(rule) => rule.name.as_ref(),
        _ => None,
    });
    names.map(|it| it.text.to_string()).collect()
}

#[test]
fn generated_packs_mean_the_same_after_safe_repairs_and_have_nothing_new_after_any() {
    let times = std::env::var("RULEC_CASES")
        .ok()
        .and_then(|it| it.parse().ok());
    let (mut safe, mut judged, mut other) = (0, 0, 0);
    for seed in 0..PACKS * times.unwrap_or(1) {
        let dir = tempfile::tempdir().unwrap();
        let original = small::draw(seed, 1);
        fs::write(dir.path().join("p.rules"), &original).unwrap();
        let before = counts(dir.path());
        fix(dir.path(), &[]);
        let fixed = text(dir.path());
        if fixed != original {
            safe += 1;
            let (old, new) = (
                parse(FileId(0), &original).file,
                parse(FileId(0), &fixed).file,
            );
            let left = rules(&new);
            if let Ok(changes) = changes(&old, &new) {
                judged += 1;
                for (symptom, rule, becomes) in changes {
                    let gone = !left.contains(&rule) && becomes == Becomes::Change;
                    assert!(
                        gone,
                        "seed {seed}: {symptom:?} {rule} {becomes:?}\n{original}\n====\n{fixed}"
                    );
                }
            }
        }
        fix(dir.path(), &["--unsafe"]);
        let last = text(dir.path());
        other += u64::from(last != fixed);
        let after = counts(dir.path());
        for (key, count) in &after {
            let fewer =
                key.0 == "redundant-literal" && of_code(&after, &key.0) < of_code(&before, &key.0);
            let known = before.get(key).copied().unwrap_or(0);
            assert!(
                *count <= known || fewer,
                "seed {seed}: {key:?}\n{original}\n====\n{last}"
            );
        }
        fix(dir.path(), &["--unsafe"]);
        assert_eq!(text(dir.path()), last, "seed {seed}");
    }
    println!("{safe} repaired, {judged} judged, {other} by changing the meaning");
    assert!(
        safe >= 3 && judged >= 2 && other >= 3,
        "{safe} {judged} {other}"
    );
}
