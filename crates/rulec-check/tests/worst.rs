//! Packs on which a search has to work hard come to an end, with the finding that is true or with `undecided`; never with silence that was not
//! proved. How long it takes is measured by `cargo bench -p rulec-check --bench prove`; limits are counts, so that it is the same everywhere.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

#[allow(dead_code, reason = "each test uses its share")]
mod support;
#[path = "../benches/worst/mod.rs"]
mod worst;

use std::collections::BTreeMap;

use support::prove_packs;

/// Findings of the pack whose name holds that.
fn found(name: &str) -> BTreeMap<&'static str, usize> {
    let packs = worst::packs();
    let (_, text) = packs.iter().find(|(it, _)| it.contains(name)).unwrap();
    let checked = prove_packs(&[&[("worst.rules", text)]]);
    let mut found = BTreeMap::new();
    for finding in &checked.analysis.findings {
        *found.entry(finding.code.name).or_default() += 1;
    }
    found
}

#[test]
fn whether_pigeons_fit_into_too_few_holes_is_undecided_and_said_once() {
    assert_eq!(found("pigeons"), [("gap", 1), ("undecided", 1)].into());
}

#[test]
fn a_parity_that_is_worked_out_from_both_sides_never_differs() {
    let expected = [("gap", 1), ("unsatisfiable-condition", 1)];
    assert_eq!(found("parity"), expected.into());
}

#[test]
fn sixteen_patterns_on_one_text_are_told_apart() {
    assert_eq!(found("patterns"), [("gap", 1)].into());
}

#[test]
fn three_hundred_rules_of_one_symptom_leave_no_gap() {
    assert_eq!(found("300 rules"), [].into());
}
