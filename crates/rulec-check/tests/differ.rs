//! What two packs say differently: by hand, and for random edits of generated packs against every state of both.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

#[path = "differ/edits.rs"]
mod edits;
mod support;

use std::collections::{BTreeMap, BTreeSet};

use rulec_program::differ::{Difference, Kind, Why, difference};
use rulec_program::encode::Limits;
use rulec_program::seal::Sealed;
use rulec_reference::findings::{Becomes, Changed, changes};
use rulec_reference::generate::small;
use rulec_syntax::parse::parse;
use rulec_syntax::source::FileId;
use support::check;

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

symptom t =
    | code ras 798
    | ask "Does it stop?"
"#;

fn program(statements: &str) -> Sealed {
    let text = format!("{PACK}\n{statements}");
    let checked = check(&text);
    checked.analysis.program.unwrap_or_else(|| panic!("{text}"))
}

fn rule(name: &str, symptom: &str, more: &str) -> String {
    format!("rule {name}:\n    symptom {symptom}\n{more}    => no fix\n\n")
}

fn compared(old: &str, new: &str) -> Difference {
    difference(&program(old), &program(new), Limits::default()).unwrap()
}

/// `symptom rule kind` of each change.
fn told(difference: &Difference) -> Vec<String> {
    let mut told = Vec::new();
    for bucket in &difference.buckets {
        let symptom = bucket.symptom.as_deref().unwrap_or("-");
        for it in &bucket.changes {
            told.push(format!("{symptom} {} {:?}", it.rule, it.kind));
        }
        for it in &bucket.open {
            told.push(format!("{symptom} {} open {:?}", it.rule, it.why));
        }
    }
    told.sort();
    told
}

#[test]
fn what_is_written_otherwise_and_means_the_same_is_no_difference() {
    let old = rule("r", "s", "    when a and n > 3\n") + &rule("q", "t", "    when not (a or b)\n");
    let new =
        rule("q", "t", "    when not a and not b\n") + &rule("r", "s", "    when n >= 4 and a\n");
    let difference = compared(&old, &new);
    assert_eq!(told(&difference), Vec::<String>::new());
    assert!(difference.outline.is_empty(), "{:?}", difference.outline);
    assert_eq!(difference.compared, 2);
}

#[test]
fn a_bound_that_is_moved_gains_cases() {
    let old = rule("r", "s", "    when n > 3\n");
    let difference = compared(&old, &rule("r", "s", "    when n > 2\n"));
    assert_eq!(told(&difference), ["s r Gain"]);
    let change = &difference.buckets[0].changes[0];
    assert_eq!(
        (change.before.len(), &change.after),
        (0, &vec!["r".to_owned()])
    );
    assert_eq!(change.case.reported, ["s"]);
    assert_eq!(change.case.facts.len(), 1, "{:?}", change.case);
}

#[test]
fn a_rule_that_comes_before_another_changes_causes() {
    let one = rule("r", "s", "    when a\n");
    let difference = compared(
        &one,
        &(one.clone() + &rule("q", "s", "    when b\n    overrides r\n")),
    );
    assert_eq!(told(&difference), ["s q Change", "s q Gain", "s r Change"]);
    let back = compared(
        &(one.clone() + &rule("q", "s", "    when b\n    overrides r\n")),
        &one,
    );
    assert_eq!(told(&back), ["s q Change", "s q Lose", "s r Change"]);
}

#[test]
fn presence_and_last_words_are_compared_too() {
    let rules = rule("r", "t", "    when a\n") + &rule("last", "t", "    otherwise\n");
    let old = program(&rules);
    let text =
        format!("{PACK}\n{rules}").replace("    | ask \"Does it stop?\"\n", "    | seen when b\n");
    let new = check(&text).analysis.program.unwrap();
    let found = difference(&old, &new, Limits::default()).unwrap();
    assert_eq!(
        told(&found),
        ["t last Gain", "t last Lose", "t r Gain", "t r Lose"]
    );
    // A person says yes, and the new pack does not ask.
    let lost = found.buckets[0]
        .changes
        .iter()
        .find(|it| it.kind == Kind::Lose)
        .unwrap();
    assert_eq!(lost.case.answers, [("t".to_owned(), true)]);
}

#[test]
fn facts_that_report_are_compared_too() {
    let rules = rule("r", "t", "");
    let old = program(&rules);
    let fact = "fact failures: list of { code: code at \"$.c\", n: int at \"$.n\" }\n    from azure arm \"/x\" at \"$.f\"\n";
    let silent = check(&format!("{PACK}\n{fact}\n{rules}"))
        .analysis
        .program
        .unwrap();
    let telling = format!("{PACK}\n{fact}    reports code\n\n{rules}");
    let telling = check(&telling).analysis.program.unwrap();
    assert!(told(&difference(&old, &silent, Limits::default()).unwrap()).is_empty());
    let found = difference(&silent, &telling, Limits::default()).unwrap();
    assert_eq!(told(&found), ["t r Gain"]);
    let found = difference(&telling, &silent, Limits::default()).unwrap();
    assert_eq!(told(&found), ["t r Lose"]);
    assert!(told(&difference(&telling, &telling, Limits::default()).unwrap()).is_empty());
}

#[test]
fn a_fact_of_another_type_is_said_and_decides_nothing() {
    let rules = rule("r", "s", "    when n > 3\n") + &rule("q", "s", "    when a\n");
    let old = program(&rules);
    let text = format!("{PACK}\n{rules}").replace("int in 0..9", "int in 0..99");
    let new = check(&text.replace("n > 3", "n > 4"))
        .analysis
        .program
        .unwrap();
    let found = difference(&old, &new, Limits::default()).unwrap();
    assert_eq!(found.outline.facts_of_other_type, ["n"]);
    let open = &found.buckets[0].open;
    assert_eq!(open.len(), 1, "{open:?}");
    assert_eq!(
        (open[0].rule.as_str(), &open[0].why),
        ("r", &Why::OtherType("n".to_owned()))
    );
    assert!(found.buckets[0].changes.is_empty());
}

#[test]
fn only_cases_that_both_admit_are_looked_at() {
    let old = rule("r", "s", "    when n > 3\n");
    let new = rule("r", "s", "    when n > 3 and n < 9\n") + "assume n < 9\n";
    let difference = compared(&old, &new);
    assert_eq!(told(&difference), Vec::<String>::new());
    assert_eq!(difference.outline.assumes_new, ["n < 9"]);
    let never = compared(&(old + "assume n > 8\n"), &new);
    assert!(never.contradictory);
}

#[test]
fn assumptions_are_compared_by_what_they_mean() {
    let rules = rule("r", "s", "    when n > 3\n");
    let sane = "let sane = n < 9\n\nassume sane\n";
    let old = format!("{rules}{sane}");
    let found = compared(&old, &old.replace("n < 9", "n < 7"));
    assert_eq!(found.outline.assumes_changed, ["sane"]);
    assert!(found.outline.assumes_gone.is_empty() && found.outline.assumes_new.is_empty());
    // Another name for the same is the same.
    let named = compared(&old, &old.replace("sane", "fine"));
    assert!(named.outline.is_empty(), "{:?}", named.outline);
}

#[test]
fn quantifiers_that_were_not_edited_are_the_same() {
    let fact = "fact items: list of { up: bool at \"$.u\", n: int in 0..3 at \"$.n\" }\n    ask \"Items?\"\n\nlet some = any x in items: x.up\n\n";
    let body = "    when (any x in items: x.up and (any y in items: y.n > x.n)) and some\n";
    let old = fact.to_owned()
        + &rule("r", "s", body)
        + &rule("q", "s", "    when any z in items: z.up\n");
    let new = fact.replace("some", "one")
        + &rule("q", "s", "    when one\n")
        + &rule("r", "s", &body.replace("some", "one").replace('x', "w"));
    let new = new.replace("any x in items: x.up\n", "any k in items: k.up\n");
    assert_eq!(told(&compared(&old, &new)), Vec::<String>::new());
    let other = new.replace("> w.n", ">= w.n");
    assert_eq!(told(&compared(&old, &other)), ["s r Change"]);
}

/// How often what came.
#[derive(Debug, Default)]
struct Tally {
    pairs: u64,
    same: u64,
    outcomes: BTreeMap<&'static str, u64>,
    open: u64,
    passed_over: BTreeMap<String, u64>,
}

fn engine(difference: &Difference) -> BTreeSet<Changed> {
    let mut found = BTreeSet::new();
    for bucket in &difference.buckets {
        for it in &bucket.changes {
            let becomes = match it.kind {
                Kind::Gain => Becomes::Gain,
                Kind::Lose => Becomes::Lose,
                Kind::Change => Becomes::Change,
            };
            found.insert((bucket.symptom.clone(), it.rule.clone(), becomes));
        }
    }
    found
}

/// What is found is there; what is not found is not there, unless it is said that it could not be told.
fn judge(found: &Difference, expected: &BTreeSet<Changed>, packs: &str) {
    let theirs = engine(found);
    let told = format!("{:?} in {packs}", told(found));
    let invented: Vec<&Changed> = theirs.difference(expected).collect();
    assert!(invented.is_empty(), "invented: {invented:?}\n{told}");
    let unsure = |it: &&Changed| {
        let bucket = found.buckets.iter().find(|bucket| bucket.symptom == it.0);
        bucket.is_some_and(|bucket| bucket.open.iter().any(|open| open.rule == it.1))
    };
    let missed = expected.difference(&theirs).filter(|it| !unsure(it));
    let missed: Vec<&Changed> = missed.collect();
    assert!(missed.is_empty(), "missed: {missed:?}\n{told}");
}

/// Both ways: what the states say, the prover says, and nothing else.
fn compare(seed: u64, tally: &mut Tally) {
    let text = small::draw(seed, seed % 7);
    let edited = edits::edited(&text, seed);
    // What one way gains, the other loses.
    let (text, edited) = match seed % 2 {
        0 => (text, edited),
        _ => (edited, text),
    };
    let (old, new) = (parse(FileId(0), &text), parse(FileId(0), &edited));
    assert!(
        new.findings.is_empty(),
        "seed {seed}: {:?}\n{edited}",
        new.findings
    );
    let (one, two) = (
        check(&text).analysis.program,
        check(&edited).analysis.program,
    );
    let (Some(one), Some(two)) = (one, two) else {
        *tally
            .passed_over
            .entry("it has errors".to_owned())
            .or_default() += 1;
        return;
    };
    let expected = match changes(&old.file, &new.file) {
        Ok(expected) => expected,
        Err(why) => {
            *tally.passed_over.entry(why).or_default() += 1;
            return;
        }
    };
    let found = difference(&one, &two, Limits::default()).unwrap();
    assert!(!found.contradictory, "seed {seed}\n{text}\n====\n{edited}");
    let open = found
        .buckets
        .iter()
        .map(|it| it.open.len() as u64)
        .sum::<u64>();
    judge(
        &found,
        &expected,
        &format!("seed {seed}\n{text}\n====\n{edited}"),
    );
    tally.pairs += 1;
    tally.open += open;
    tally.same += u64::from(expected.is_empty());
    for (_, _, becomes) in &expected {
        let word = match becomes {
            Becomes::Gain => "gain",
            Becomes::Lose => "lose",
            Becomes::Change => "change",
        };
        *tally.outcomes.entry(word).or_default() += 1;
    }
}

#[test]
fn edits_of_generated_packs_differ_exactly_where_their_states_do() {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|it| it.parse::<u64>().ok())
    };
    let first = number("RULEC_FIRST").unwrap_or(0);
    let packs = number("RULEC_PACKS").unwrap_or(60 * number("RULEC_CASES").unwrap_or(1));
    let mut tally = Tally::default();
    for seed in first..first + packs {
        compare(seed, &mut tally);
    }
    println!("{tally:#?}");
    if packs >= 60 {
        assert!(tally.pairs * 3 > packs, "{tally:?}");
        assert!(tally.same * 10 > tally.pairs, "{tally:?}");
        assert!(tally.open * 20 < tally.pairs, "{tally:?}");
        for word in ["gain", "lose", "change"] {
            let count = tally.outcomes.get(word).copied().unwrap_or(0);
            assert!(count * 20 > tally.pairs, "{word}: {tally:?}");
        }
    }
}
