//! What a seal refuses, and that it ends on deep programs.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use builder::*;
use rulec_facts::truth::Truth::{True, Unknown};
use rulec_program::decide::{Decider, Scratch};
use rulec_program::node::{NodeId, Op, Operands, SlotId};
use rulec_program::program::RuleId;
use rulec_program::seal::MAX_DEPTH;
use rulec_program::state::State;

mod builder;

/// The program is refused, and for this reason.
fn refused(b: Builder, reason: &str) {
    let faults = b.try_seal().unwrap_err();
    assert!(
        faults.iter().any(|it| it.message.contains(reason)),
        "{reason}: {faults:?}"
    );
}

#[test]
fn operands_stand_before_what_uses_them() {
    let mut b = Builder::default();
    let node = b.push(Op::Not(NodeId(1)));
    b.constant(yes());
    b.derive(node);
    refused(b, "an operand stands after");
}

#[test]
fn numbers_are_in_range() {
    for op in [
        Op::Slot(SlotId(9)),
        Op::Constant(9),
        Op::Let(rulec_program::node::LetId(9)),
    ] {
        let mut b = Builder::default();
        let node = b.push(op);
        b.derive(node);
        refused(b, "not there");
    }
    let mut b = Builder::default();
    let node = b.push(Op::And(Operands { start: 4, len: 4 }));
    b.derive(node);
    refused(b, "not there");
    let mut b = Builder::default();
    b.derive(NodeId(7));
    refused(b, "not there");
}

#[test]
fn variables_stand_in_their_scope() {
    let mut b = Builder::default();
    let x = b.var(0);
    b.derive(x);
    refused(b, "no list binds");

    let mut b = Builder::default();
    let xs = b.fact("xs", list_of(bool_type()));
    let x = b.var(0);
    let list = b.get(xs);
    let any = b.any(list, 0, None, x);
    b.derive(any);
    refused(b, "before its list");

    let mut b = Builder::default();
    let xs = b.fact("xs", list_of(bool_type()));
    let list = b.get(xs);
    let x = b.var(0);
    let first = b.any(list, 0, None, x);
    let second = b.any(list, 0, None, x);
    b.derive(first);
    b.derive(second);
    refused(b, "two scopes");
}

#[test]
fn conditions_are_conditions_and_fields_exist() {
    let mut b = Builder::default();
    let n = b.fact("n", int_type());
    let node = b.get(n);
    b.rule("r", &[], Some(node));
    refused(b, "not true or false");

    let mut b = Builder::default();
    let n = b.fact("n", bool_type().optional());
    let node = b.get(n);
    b.rule("r", &[], Some(node));
    refused(b, "not true or false");

    let mut b = Builder::default();
    let n = b.fact("n", record_type(&[("a", int_type())]));
    let node = b.get(n);
    let field = b.field(node, 1);
    b.derive(field);
    refused(b, "no such field");
}

#[test]
fn tables_are_sorted_and_agree() {
    let mut b = Builder::default();
    b.fact("b", int_type());
    b.fact("a", int_type());
    refused(b, "not sorted");

    let mut b = Builder::default();
    let s = b.symptom("s");
    b.rule("r", &[s], None);
    b.program.symptoms[0].rules.clear();
    refused(b, "does not name it");

    let mut b = Builder::default();
    b.symptom("s");
    b.program.symptoms[0].rules.push(RuleId(3));
    refused(b, "does not have it");
}

#[test]
fn derived_facts_stand_after_those_that_they_name() {
    let mut b = Builder::default();
    let later = b.push(Op::Let(rulec_program::node::LetId(1)));
    b.derive(later);
    let constant = b.constant(yes());
    b.derive(constant);
    refused(b, "stands before one that it names");
}

#[test]
fn v5_rules_that_wait_for_each_other_are_refused_with_the_whole_circle() {
    let mut b = Builder::default();
    let s = b.symptom("s");
    let t = b.symptom("t");
    // `first` waits for `second` of its symptom, which `third` overrides, which waits for `first`'s kind.
    let first = b.rule("first", &[s], None);
    let second = b.rule("second", &[s], None);
    let third = b.rule("third", &[t], None);
    b.otherwise(first);
    b.overrides(third, second);
    b.overrides(first, third);
    let faults = b.try_seal().unwrap_err();
    assert_eq!(faults.len(), 1);
    for name in ["first", "second", "third"] {
        assert!(faults[0].message.contains(name), "{}", faults[0]);
    }
}

#[test]
fn nesting_is_bounded() {
    let mut b = Builder::default();
    let mut node = b.constant(yes());
    for _ in 0..=MAX_DEPTH {
        node = b.push(Op::Not(node));
    }
    b.derive(node);
    refused(b, "nests deeper");
}

#[test]
fn long_chains_of_derived_facts_are_decided_needed_and_explained_without_recursion() {
    let mut b = Builder::default();
    let f = b.fact("f", bool_type());
    let mut node = b.get(f);
    for _ in 0..50_000 {
        let it = b.derive(node);
        let named = b.push(Op::Let(it));
        node = b.push(Op::Not(named));
    }
    let rule = b.rule("r", &[], Some(node));
    let program = b.seal();
    let mut scratch = Scratch::default();
    let known = state(&program, &[(f, yes())]);
    let mut decider = Decider::new(&program, &known, &mut scratch);
    assert_eq!(decider.verdict(rule), True);
    assert_eq!(decider.why(rule).evidence.len(), 1);
    let open = State::new(&program);
    let mut decider = Decider::new(&program, &open, &mut scratch);
    assert_eq!(decider.verdict(rule), Unknown);
    assert_eq!(decider.needs_of_rule(rule).slots, [f]);
}

#[test]
fn long_chains_of_overriding_rules_are_decided_without_recursion() {
    let mut b = Builder::default();
    let s = b.symptom("s");
    let mut rules: Vec<RuleId> = Vec::new();
    for at in 0..20_000 {
        let rule = b.rule(&format!("r{at:06}"), &[s], None);
        if let Some(before) = rules.last() {
            b.overrides(*before, rule);
        }
        rules.push(rule);
    }
    let program = b.seal();
    let mut state = State::new(&program);
    state.report(s);
    let mut scratch = Scratch::default();
    let mut decider = Decider::new(&program, &state, &mut scratch);
    // Every second one is overridden by one that is confirmed.
    assert_eq!(decider.verdict(rules[19_998]), True);
    assert_eq!(decider.verdict(rules[19_999]), !True);
}
