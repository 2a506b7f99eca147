//! The oracle of findings itself: what the clauses say of packs that were worked out by hand, what it enumerates, and the
//! comparison of it with an engine.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on must fail"
)]

use std::collections::BTreeSet;

use rulec_reference::findings::{Run, compare, findings, findings_with_spare, small_enough};
use rulec_syntax::parse::parse;
use rulec_syntax::source::FileId;

/// Facts, symptoms and fixes of all packs below.
const PACK: &str = r#"pack p 1.0.0
    language 1

type Item = {
    up: bool at "$.up"
    n: int in 0..1? at "$.n"
}

type Flag = {
    up: bool at "$.up"
}

fact flags: list of Flag
    ask "Flags?"

fact a: bool
    ask "A?"

fact b: bool
    ask "B?"

fact o: bool?
    ask "O?"

fact n: int in 0..3
    ask "N?"

fact i: int
    ask "I?"

fact m: int?
    ask "M?"

fact v: version
    ask "V?"

fact x: string
    ask "X?"

fact c: cidr
    ask "C?"

fact h: ip
    ask "H?"

fact t: time
    ask "T?"

fact items: list of Item
    ask "Items?"

fact marks: set of string
    ask "Marks?"

symptom s =
    | text "It fails."

symptom u =
    | text "It stops."

fix mend:
    step "Mend it."
    excludes swap

fix swap:
    step "Swap it."

fix wait:
    step "Wait."

fix on:
    step "Switch it on."
    verify a

fix off:
    step "Switch it off."
    verify not a

fix free:
    step "Free it."
    verify b
"#;

/// A pack of the facts above and these statements.
fn pack(statements: &str) -> String {
    format!("{PACK}\n{statements}")
}

/// What is certain of it, as `code subject`.
fn certain(statements: &str) -> BTreeSet<String> {
    let text = pack(statements);
    let parsed = parse(FileId(0), &text);
    assert!(parsed.findings.is_empty(), "{:?}", parsed.findings);
    let found = findings(&parsed.file).unwrap();
    let certain = found.findings.iter().filter(|it| it.doubt.is_none());
    certain
        .map(|it| format!("{} {}", it.code, it.subject))
        .collect()
}

/// The findings of one code.
fn of(code: &str, statements: &str) -> Vec<String> {
    let code = format!("{code} ");
    let found = certain(statements);
    let own = found.iter().filter_map(|it| it.strip_prefix(&code));
    own.map(str::to_owned).collect()
}

fn none() -> Vec<String> {
    Vec::new()
}

/// Literals that are redundant in the rule `r`, as they are written, each with how.
fn redundant(statements: &str) -> Vec<String> {
    let text = pack(statements);
    let found = of("redundant-literal", statements);
    let words = found.iter().map(|subject| {
        let mut parts = subject.rsplitn(3, ' ');
        let kind = parts.next().unwrap();
        let (start, end) = parts.next().unwrap().split_once("..").unwrap();
        let (start, end): (usize, usize) = (start.parse().unwrap(), end.parse().unwrap());
        let owner = parts.next().unwrap();
        format!("{owner}: {} {kind}", text.get(start..end).unwrap())
    });
    words.collect()
}

/// A rule without a symptom.
fn when(condition: &str) -> String {
    format!("rule r:\n    when {condition}\n    => no fix\n")
}

fn is_unsatisfiable(condition: &str) -> bool {
    of("unsatisfiable-condition", &when(condition)) == ["r"]
}

fn is_always_true(condition: &str) -> bool {
    of("always-true-condition", &when(condition)) == ["r"]
}

#[test]
fn c1_assumptions_that_no_state_keeps_are_all_that_is_reported() {
    let clash = "assume a\n\nassume not a\n\nrule r:\n    when a and not a\n    => no fix\n";
    let only = BTreeSet::from(["contradictory-assumptions ".to_owned()]);
    assert_eq!(certain(clash), only);
    // Between 10 and 11 is no number.
    assert_eq!(certain("assume i > 10\n\nassume i < 11\n"), only);
}

#[test]
fn c1_assumptions_that_some_state_keeps_are_none() {
    assert!(certain("assume a or b\n\nassume not a\n").is_empty());
    assert!(certain("assume i > 10\n\nassume i < 12\n").is_empty());
    assert!(certain("assume v > 1.2\n\nassume v < 1.2.0.1\n").is_empty());
}

#[test]
fn c2_a_condition_that_holds_nowhere_alone_is_reported() {
    let statements = format!(
        "{}\nrule q:\n    when b\n    => no fix\n",
        when("n > 1 and n < 2")
    );
    let only = BTreeSet::from(["unsatisfiable-condition r".to_owned()]);
    assert_eq!(certain(&statements), only);
    assert!(!is_unsatisfiable("n > 1 and n < 3"));
    // Under the assumptions.
    let assumed = format!("assume not a or not b\n\n{}", when("a and b"));
    assert_eq!(of("unsatisfiable-condition", &assumed), ["r"]);
    let assumed = format!("assume not a or b\n\n{}", when("a and b"));
    assert_eq!(of("unsatisfiable-condition", &assumed), none());
}

/// Three rules of a symptom; the first two override the third.
fn covered(first: &str, second: &str, symptom: &str) -> String {
    let rule = |name: &str, symptom: &str, more: &str| {
        format!("rule {name}:\n    symptom {symptom}\n    {more}\n    => no fix\n\n")
    };
    [
        rule("p", symptom, &format!("when {first}\n    overrides r")),
        rule("q", symptom, &format!("when {second}\n    overrides r")),
        rule("r", "s", "when n > 0"),
    ]
    .concat()
}

#[test]
fn c2_a_rule_that_others_cover_is_unreachable() {
    assert_eq!(of("unreachable-rule", &covered("a", "not a", "s")), ["r"]);
    assert_eq!(
        of("unreachable-rule", &covered("a", "not a and b", "s")),
        none()
    );
    // V2: an overriding rule counts through its own symptom too, which may not be there.
    assert_eq!(of("unreachable-rule", &covered("a", "not a", "u")), none());
}

#[test]
fn c2_a_last_resort_that_is_never_left_is_unreachable() {
    let rules = |second: &str| {
        format!(
            "rule p:\n    symptom s\n    when a\n    => no fix\n\nrule q:\n    symptom s\n    when {second}\n    => no fix\n\nrule r:\n    symptom s\n    otherwise\n    => no fix\n"
        )
    };
    assert_eq!(of("unreachable-rule", &rules("not a")), ["r"]);
    assert_eq!(of("unreachable-rule", &rules("n > 0")), none());
}

/// Two rules without symptoms.
fn two(first: (&str, &str), second: (&str, &str)) -> String {
    let rule = |name: &str, (when, plan): (&str, &str)| {
        format!("rule {name}:\n    when {when}\n    => {plan}\n\n")
    };
    [rule("p", first), rule("r", second)].concat()
}

#[test]
fn c3_rules_whose_fixes_exclude_each_other_conflict_where_both_can_hold() {
    let pack = two(("a", "fix swap"), ("b", "fix mend"));
    assert_eq!(of("conflicting-rules", &pack), ["p, r"]);
    let apart = two(("a", "fix swap"), ("b and not a", "fix mend"));
    assert_eq!(of("conflicting-rules", &apart), none());
    let other = two(("a", "fix swap"), ("b", "fix wait"));
    assert_eq!(of("conflicting-rules", &other), none());
}

#[test]
fn c3_with_or_rules_conflict_only_if_every_choice_clashes() {
    let choice = two(("a", "fix swap or fix wait"), ("b", "fix mend"));
    assert_eq!(of("conflicting-rules", &choice), none());
    let both = two(("a", "fix swap and fix wait"), ("b", "fix mend"));
    assert_eq!(of("conflicting-rules", &both), ["p, r"]);
}

#[test]
fn c3_a_plan_of_fixes_that_exclude_each_other_needs_no_state() {
    for (link, expected) in [
        ("and", vec!["r"]),
        ("meanwhile", vec!["r"]),
        ("or", vec![]),
        ("else", vec![]),
    ] {
        let rule = format!("rule r:\n    when a\n    => fix mend {link} fix swap\n");
        assert_eq!(of("self-excluding-fixes", &rule), expected, "{link}");
    }
    let rule = "rule r:\n    when a\n    => fix mend and fix wait\n";
    assert_eq!(of("self-excluding-fixes", rule), none());
}

#[test]
fn c4_fixes_contradict_whose_success_no_state_shows_together() {
    let pack = two(("b", "fix on"), ("n > 0", "fix off"));
    assert_eq!(of("contradicting-fixes", &pack), ["p, r"]);
    let other = two(("b", "fix on"), ("n > 0", "fix free"));
    assert_eq!(of("contradicting-fixes", &other), none());
    let apart = two(("b", "fix on"), ("not b", "fix off"));
    assert_eq!(of("contradicting-fixes", &apart), none());
    // Only under the assumption.
    let assumed = two(("n > 0", "fix off"), ("n > 1", "fix free"));
    assert_eq!(of("contradicting-fixes", &assumed), none());
    let assumed = format!("assume a or not b\n\n{assumed}");
    assert_eq!(of("contradicting-fixes", &assumed), ["p, r"]);
}

#[test]
fn c5_a_condition_that_every_total_state_fulfils_is_always_true() {
    assert!(is_always_true("n >= 0"));
    assert!(!is_always_true("n >= 1"));
    assert!(is_always_true("a or not a"));
    assert!(is_always_true("i > 10 or i < 11"));
    assert!(!is_always_true("i > 10 or i < 10"));
    // O3: neither holds of what is absent.
    assert!(!is_always_true("o == true or o == false"));
    assert!(is_always_true("o == true or o != true"));
    let bare = "rule r:\n    symptom s\n    => no fix\n";
    assert_eq!(of("always-true-condition", bare), none());
}

#[test]
fn c6_a_literal_that_another_implies_is_redundant() {
    assert_eq!(redundant(&when("n > 1 and n > 0")), ["rule r: n > 0 safe"]);
    assert_eq!(redundant(&when("a and (a or b)")), ["rule r: b safe"]);
    assert_eq!(redundant(&when("a and b")), none());
    assert_eq!(redundant(&when("a")), none());
}

#[test]
fn c6_a_literal_can_be_redundant_on_total_states_only() {
    // With a unknown and b true, `a or b` is true already.
    assert_eq!(
        redundant(&when("a or (not a and b)")),
        ["rule r: not a total-only"]
    );
    let assumed = format!("assume not a or b\n\n{}", when("a and b"));
    assert_eq!(redundant(&assumed), ["rule r: b total-only"]);
    // O9, O2: no case split, so each branch of these is needed.
    assert_eq!(redundant(&when("(a and b) or (not a and n > 0)")), none());
}

#[test]
fn c6_a_literal_that_repeats_what_overrides_the_rule_is_redundant() {
    let rules = |first: &str| {
        format!(
            "rule q:\n    when {first}\n    overrides r\n    => no fix\n\n{}",
            when("a and not b")
        )
    };
    assert_eq!(redundant(&rules("b")), ["rule r: not b safe"]);
    assert_eq!(redundant(&rules("b and n > 1")), none());
}

#[test]
fn c6_a_literal_of_a_let_is_judged_by_all_rules_that_use_it() {
    let one = "let both = a and n > 0\n\nrule r:\n    when both and n > 1\n    => no fix\n\n";
    assert_eq!(redundant(one), ["let both: n > 0 safe"]);
    let two = format!("{one}rule q:\n    when both\n    => fix wait\n");
    assert_eq!(redundant(&two), none());
}

#[test]
fn c6_a_literal_within_a_quantifier_is_one() {
    let needed = when("any x in items: x.up and x.n == 0");
    assert_eq!(redundant(&needed), none());
    let implied = when("any x in items: x.n == 1 and x.n != 0");
    assert_eq!(redundant(&implied), ["rule r: x.n != 0 safe"]);
}

#[test]
fn c6_is_not_reported_for_a_rule_that_nothing_confirms() {
    assert_eq!(redundant(&when("n > 1 and n > 0 and n < 1")), none());
}

/// Two rules of a symptom with one fix.
fn same_fix(first: &str, second: &str) -> String {
    format!(
        "rule p:\n    symptom s\n    when {first}\n    => fix wait\n\nrule r:\n    symptom s\n    {second}\n    => fix wait\n"
    )
}

#[test]
fn c7_rules_of_equal_verdicts_and_fixes_are_duplicates() {
    let pack = same_fix("a and b", "when b and a");
    assert_eq!(of("duplicate-rule", &pack), ["p, r"]);
    assert_eq!(
        of(
            "duplicate-rule",
            &pack.replace("fix wait\n\n", "fix free\n\n")
        ),
        none()
    );
    // Equal on total states, but this one is decided earlier.
    let pack = same_fix("a or b", "when a or (not a and b)");
    assert_eq!(of("duplicate-rule", &pack), none());
    assert_eq!(of("subsumed-rule", &pack), ["r by p"]);
}

#[test]
fn c7_a_rule_that_implies_another_and_adds_nothing_is_subsumed() {
    let narrow = "when a and b";
    assert_eq!(of("subsumed-rule", &same_fix("a", narrow)), ["r by p"]);
    assert_eq!(of("subsumed-rule", &same_fix("a", "when b")), none());
    for more in ["cause \"It is so.\"", "likelihood rare"] {
        let pack = same_fix("a", &format!("{narrow}\n    {more}"));
        assert_eq!(of("subsumed-rule", &pack), none(), "{more}");
    }
    let pack = same_fix("a", narrow).replace("rule r:\n    symptom s", "rule r:\n    symptom s, u");
    assert_eq!(of("subsumed-rule", &pack), none());
    let pack = same_fix("a", narrow).replace("rule p:\n    symptom s", "rule p:\n    symptom s, u");
    assert_eq!(of("subsumed-rule", &pack), ["r by p"]);
}

#[test]
fn c8_causes_of_one_symptom_overlap_where_both_can_be_confirmed() {
    assert_eq!(of("overlapping-causes", &same_fix("a", "when b")), ["p, r"]);
    assert_eq!(
        of("overlapping-causes", &same_fix("a", "when b and not a")),
        none()
    );
    let pack = same_fix("a", "when b\n    overrides p");
    assert_eq!(of("overlapping-causes", &pack), none());
    let pack = same_fix("a", "when b").replace("rule r:\n    symptom s", "rule r:\n    symptom u");
    assert_eq!(of("overlapping-causes", &pack), none());
}

#[test]
fn c8_two_last_resorts_that_can_both_be_confirmed_are_reported() {
    let pack = same_fix("a\n    otherwise", "otherwise");
    assert_eq!(of("two-otherwise", &pack), ["p, r"]);
    let pack = same_fix("a\n    otherwise", "when not a\n    otherwise");
    assert_eq!(of("two-otherwise", &pack), none());
    let pack = same_fix("a", "otherwise");
    assert_eq!(of("two-otherwise", &pack), none());
}

#[test]
fn c9_a_symptom_with_rules_of_which_none_need_be_confirmed_has_a_gap() {
    assert_eq!(of("gap", &same_fix("a", "when b")), ["s"]);
    assert_eq!(of("gap", &same_fix("a", "when not a")), none());
    assert_eq!(of("gap", &same_fix("o == true", "when o == false")), ["s"]);
    assert_eq!(of("gap", &same_fix("o == true", "when o != true")), none());
    let closed = format!(
        "{}\nrule z:\n    symptom any\n    otherwise\n    => no fix\n",
        same_fix("a", "when b")
    );
    assert_eq!(of("gap", &closed), none());
    assert_eq!(of("gap", &when("a")), none());
}

#[test]
fn c9_an_override_of_a_rule_with_other_symptoms_goes_across() {
    let rules = |of_first: &str, of_second: &str| {
        format!(
            "rule e:\n    symptom {of_first}\n    when a\n    overrides r\n    => no fix\n\nrule r:\n    {of_second}\n    when b\n    => no fix\n"
        )
    };
    let code = "override-across-symptoms";
    assert_eq!(of(code, &rules("s", "symptom u")), ["e over r"]);
    assert_eq!(of(code, &rules("s", "symptom s, u")), ["e over r"]);
    assert_eq!(of(code, &rules("s, u", "symptom s")), none());
    assert_eq!(of(code, &rules("s", "")), none());
}

#[test]
fn c10_a_test_whose_state_no_admissible_one_refines_is_broken() {
    let test = |line: &str| format!("test \"one\":\n    {line}\n    expect others\n");
    let single = format!("assume not a\n\n{}", test("a = true"));
    assert_eq!(of("broken-assumption", &single), ["one"]);
    let single = format!("assume not a\n\n{}", test("b = true"));
    assert_eq!(of("broken-assumption", &single), none());
    // Neither assumption is false, but nothing keeps both.
    let both = |line: &str| format!("assume a == b\n\nassume not a or not b\n\n{}", test(line));
    assert_eq!(of("broken-assumption", &both("b = true")), ["one"]);
    assert_eq!(of("broken-assumption", &both("b = false")), none());
}

#[test]
fn c10_values_of_a_test_are_judged_whatever_the_rules_name() {
    let test = |line: &str| {
        format!(
            "assume i != 40\n\nassume no x in items: x.up\n\ntest \"one\":\n    {line}\n    expect others\n"
        )
    };
    assert_eq!(of("broken-assumption", &test("i = 40")), ["one"]);
    assert_eq!(of("broken-assumption", &test("i = 41")), none());
    let broken = "items = [{ up: false }, {}, { up: true }]";
    assert_eq!(of("broken-assumption", &test(broken)), ["one"]);
    assert_eq!(
        of(
            "broken-assumption",
            &test("items = [{ up: false }, {}, {}]")
        ),
        none()
    );
}

#[test]
fn a2_an_assumption_can_silently_say_that_a_value_is_there() {
    let code = "assume-implies-present";
    assert_eq!(of(code, "assume m >= 1\n"), ["m"]);
    assert_eq!(of(code, "assume m == 1\n"), ["m"]);
    assert_eq!(of(code, "assume m != 1\n"), none());
    assert_eq!(of(code, "assume m is absent or m >= 1\n"), none());
    assert_eq!(of(code, "assume i >= 1\n"), none());
}

#[test]
fn texts_of_every_kind_are_enumerated() {
    assert!(is_unsatisfiable(
        "x starts with \"ab\" and not x starts with \"A\""
    ));
    assert!(is_unsatisfiable(
        "x matches \"a*\" and x matches \"*b\" and length(x) == 1"
    ));
    assert!(!is_unsatisfiable(
        "x matches \"a*\" and x matches \"*b\" and length(x) == 2"
    ));
    assert!(!is_unsatisfiable(
        "x contains \"aa\" and not x starts with \"a\" and x ends with \"b\""
    ));
    assert!(is_unsatisfiable("x is empty and x contains \"b\""));
    assert!(!is_unsatisfiable(
        "x is base64 and x starts with \"ab\" and x != \"abcd\""
    ));
    assert!(is_unsatisfiable("x is base64 and length(x) == 3"));
    assert!(is_unsatisfiable(
        "x != \"a\" and x matches \"?\" and not x matches \"*\""
    ));
}

#[test]
fn networks_and_addresses_of_every_kind_are_enumerated() {
    let between = "c in 10.0.0.0/8 and c contains 10.1.0.0/16 and c != 10.0.0.0/8";
    assert!(!is_unsatisfiable(&format!(
        "{between} and c != 10.1.0.0/16"
    )));
    assert!(is_unsatisfiable(&format!(
        "{between} and not c in 10.0.0.0/9 and c != 10.1.0.0/16"
    )));
    assert!(is_unsatisfiable("c in 10.1.0.7/32 and c != 10.1.0.7/32"));
    assert!(is_unsatisfiable(
        "c overlaps 10.1.0.0/16 and not c in 10.1.0.0/16 and not c contains 10.1.0.0/16"
    ));
    assert!(is_unsatisfiable("h in 10.0.0.0/8 and h in fd00::/8"));
    assert!(!is_unsatisfiable(
        "not h in 0.0.0.0/0 and not h in fd00::/8"
    ));
    assert!(is_unsatisfiable(
        "h in 10.0.0.0/8 and not h in 10.0.0.0/9 and not h in 10.128.0.0/9"
    ));
}

#[test]
fn orders_of_every_kind_are_enumerated() {
    assert!(is_unsatisfiable("v < 0.0"));
    assert!(!is_unsatisfiable("v < 0.1 and v != 0.0"));
    assert!(!is_unsatisfiable("v > 1.2 and v < 1.2.0.1"));
    assert!(is_unsatisfiable("v > 1.2 and v <= 1.2.0"));
    assert!(is_unsatisfiable("now - t > 30d and t + 7d > now"));
    assert!(!is_unsatisfiable("now - t > 7d and t + 30d > now"));
    assert!(is_unsatisfiable(
        "t < 2026-01-01 and now >= 2026-01-01 and t + 30d > now + 60d"
    ));
    assert!(!is_unsatisfiable(
        "t < 2026-01-01 and now >= 2026-01-01 and t + 30d > now"
    ));
    assert!(is_unsatisfiable(
        "i + 1 > n and i < n and n != i + 1 and i + 5 < n"
    ));
    assert!(!is_unsatisfiable("i + 3 < n"));
}

#[test]
fn lists_are_as_long_as_can_matter() {
    assert!(is_unsatisfiable(
        "(any x in items: x.up) and (all x in items: not x.up)"
    ));
    assert!(!is_unsatisfiable(
        "(any x in items: x.up) and (any x in items: not x.up)"
    ));
    let three = |which: &str| format!("count(each x in flags where {which}) >= 3");
    let six = format!("{} and {}", three("x.up"), three("not x.up"));
    assert!(!is_unsatisfiable(&six));
    assert!(is_unsatisfiable(&format!("{six} and count(flags) < 6")));
    assert!(!is_unsatisfiable(
        "marks contains \"a\" and marks contains \"b\" and count(marks) == 3"
    ));
    assert!(is_unsatisfiable(
        "marks contains \"a\" and marks contains \"B\" and count(marks) == 1"
    ));
    assert!(is_unsatisfiable(
        "(any y in items: y.n == 1) and not 1 in items.n"
    ));
}

#[test]
fn codes_and_questions_make_symptoms_present() {
    let rules = |sign: &str| {
        format!(
            "symptom w =\n    | {sign}\n\nrule p:\n    symptom w\n    when ras 691 not in reported\n    => fix wait\n"
        )
    };
    // Having the code reports the symptom, so then nothing is confirmed.
    assert_eq!(of("gap", &rules("code ras 691")), ["w"]);
    let seen =
        "symptom w =\n    | seen when a\n\nrule p:\n    symptom w\n    when a\n    => fix wait\n";
    assert_eq!(of("gap", seen), ["w"]);
    assert_eq!(
        of(
            "gap",
            &seen.replace("when a\n    =>", "when a or not a\n    =>")
        ),
        none()
    );
}

/// Differences are seen both ways: of findings that are left out, and of findings that are made up.
#[test]
fn a_comparison_notices_what_is_missed_and_what_is_invented() {
    let run = Run { first: 0, packs: 4 };
    let codes = ["gap", "redundant-literal", "unreachable-rule"];
    let silent = compare(run, &codes, |_| Vec::new()).unwrap();
    assert!(silent.differences.iter().all(|it| it.contains("missed: ")));
    assert!(!silent.differences.is_empty());
    let honest = |text: &str| -> Vec<(String, String)> {
        let found = findings(&parse(FileId(0), text).file).unwrap();
        let all = found.findings.into_iter();
        all.map(|it| (it.code.to_owned(), it.subject)).collect()
    };
    let same = compare(run, &codes, honest).unwrap();
    assert_eq!(same.differences, none());
    let liar = |text: &str| {
        let mut found = honest(text);
        found.push(("gap".to_owned(), "no such symptom".to_owned()));
        found
    };
    let lies = compare(run, &codes, liar).unwrap();
    assert_eq!(lies.differences.len(), 4);
    assert!(
        lies.differences
            .iter()
            .all(|it| it.contains("invented: gap no such symptom"))
    );
}

/// The values and elements that are enumerated are enough: with one more of each nothing else is found.
#[test]
fn more_values_than_enough_change_nothing() {
    let run = Run::from_environment(60).unwrap();
    let mut compared = 0;
    for seed in run.first..run.first + run.packs {
        let (text, found) = small_enough(seed, &mut 0).unwrap();
        match findings_with_spare(&parse(FileId(0), &text).file, 1) {
            Ok(more) => {
                assert_eq!(found.findings, more.findings, "seed {seed}:\n{text}");
                compared += 1;
            }
            Err(error) => assert!(error.starts_with("too "), "seed {seed}: {error}"),
        }
    }
    println!("compared {compared} of {}", run.packs);
    assert!(compared * 2 > run.packs);
}

/// Packs that have each finding, of a hundred.
const SHARES: &[(&str, u64)] = &[
    ("contradictory-assumptions", 1),
    ("unsatisfiable-condition", 10),
    ("unreachable-rule", 10),
    ("conflicting-rules", 3),
    ("contradicting-fixes", 1),
    ("always-true-condition", 10),
    ("redundant-literal", 30),
    ("duplicate-rule", 8),
    ("subsumed-rule", 10),
    ("overlapping-causes", 30),
    ("gap", 20),
    ("two-otherwise", 3),
    ("override-across-symptoms", 1),
    ("self-excluding-fixes", 2),
    ("assume-implies-present", 1),
    ("broken-assumption", 5),
];

#[test]
fn every_finding_has_its_share_of_the_packs() {
    let run = Run::from_environment(100).unwrap();
    let found = compare(run, &[], |_| Vec::new()).unwrap();
    println!("{}", found.summary(0));
    let missed = found.missed(SHARES);
    assert!(missed.is_empty(), "met too seldom: {missed:#?}");
}
