//! Clauses T4 and O3 on texts; globs against a matcher that tries everything.

use std::cell::Cell;

use proptest::prelude::*;

use super::text;
use crate::ops;
use crate::truth::Truth::{False, True};

#[test]
fn t4_tests_on_texts_are_without_case() {
    let name = text("Microsoft.Network/virtualNetworkGateways");
    assert_eq!(ops::contains(&name, &text("NETWORK/")), True);
    assert_eq!(ops::starts_with(&name, &text("microsoft.")), True);
    assert_eq!(ops::ends_with(&name, &text("GATEWAYS")), True);
    assert_eq!(ops::matches(&name, &text("*network/VIRTUAL*ways")), True);
    assert_eq!(ops::contains(&name, &text("subnet")), False);
    assert_eq!(ops::contains(&name, &text("")), True);
}

#[test]
fn t4_a_question_mark_is_one_scalar_value() {
    assert_eq!(ops::matches(&text("a😀c"), &text("a?c")), True);
    assert_eq!(ops::matches(&text("ae\u{301}c"), &text("a?c")), False);
    assert_eq!(ops::matches(&text("ΣΑΣ"), &text("σας")), True);
    assert_eq!(ops::matches(&text(""), &text("*")), True);
    assert_eq!(ops::matches(&text(""), &text("?")), False);
    assert_eq!(ops::matches(&text("ab"), &text("a")), False);
}

#[test]
fn a_hostile_glob_takes_no_longer_than_pattern_times_text() {
    let long = "a".repeat(20_000);
    let pattern = format!("{}b", "*a?".repeat(500));
    let begun = std::time::Instant::now();
    assert!(!ops::glob(&pattern, &long));
    // Going back would take longer than the age of the world.
    assert!(begun.elapsed().as_secs() < 20);
}

#[test]
fn base64_is_pure_padded_and_canonical() {
    for good in ["", "TWFu", "TWE=", "TQ==", "+/+/"] {
        assert!(ops::is_base64_text(good), "{good}");
    }
    let bad = [
        "TWF",
        "TQ=",
        "TQ",
        "T===",
        "====",
        "TWFu\n",
        " TWFu",
        "TW Fu",
        "-_-_",
        "TR==",
        "TWF=",
        "TQ==TQ==",
        "-----BEGIN CERTIFICATE-----",
        "ＴＷＦ",
    ];
    for bad in bad {
        assert!(!ops::is_base64_text(bad), "{bad}");
    }
}

/// Tries every split.
fn naive(pattern: &[char], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some(('*', rest)) => (0..=text.len()).any(|at| naive(rest, &text[at..])),
        Some((wanted, rest)) => text
            .split_first()
            .is_some_and(|(found, left)| (*wanted == '?' || wanted == found) && naive(rest, left)),
    }
}

#[test]
fn a_glob_matches_exactly_what_trying_everything_matches() {
    let (yes, no) = (Cell::new(0), Cell::new(0));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 4000,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&("[ab?*é]{0,8}", "[abé]{0,10}"), |(pattern, text)| {
            let letters = |it: &str| it.chars().collect::<Vec<_>>();
            let found = ops::glob(&pattern, &text);
            prop_assert_eq!(found, naive(&letters(&pattern), &letters(&text)));
            let tally = if found { &yes } else { &no };
            tally.set(tally.get() + 1);
            Ok(())
        })
        .unwrap();
    let (yes, no) = (yes.get(), no.get());
    assert!(yes > 200 && no > 200, "{yes} matched, {no} did not");
}

proptest! {
    #[test]
    fn is_base64_agrees_with_the_library(text in "[A-Za-z0-9+/= ]{0,12}") {
        use base64::Engine;
        let decoded = base64::engine::general_purpose::STANDARD.decode(&text).is_ok();
        prop_assert_eq!(ops::is_base64_text(&text), decoded);
    }
}
