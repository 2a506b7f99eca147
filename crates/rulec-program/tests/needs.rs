//! Clause N1 where a list is known in part: only what could still change the answer is needed. Each test names its clause.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use builder::*;
use rulec_facts::value::Partial;
use rulec_program::decide::{Decider, Scratch};
use rulec_program::node::{NodeId, Op, SlotId};
use rulec_program::program::RuleId;
use rulec_program::seal::Sealed;

mod builder;

/// `items` with fields `up` and `n`, a fact `flag`, and `each i in items where i.up OP flag` as a derived fact.
struct Filtered {
    b: Builder,
    items: SlotId,
    flag: SlotId,
    each: NodeId,
}

fn filtered(join: fn(&mut Builder, &[NodeId]) -> NodeId) -> Filtered {
    let mut b = Builder::default();
    let item = record_type(&[("up", bool_type()), ("n", int_type())]);
    let flag = b.fact("flag", bool_type());
    let items = b.fact("items", list_of(item));
    let list = b.get(items);
    let i = b.var(0);
    let up = b.field(i, 0);
    let flag_node = b.get(flag);
    let filter = join(&mut b, &[up, flag_node]);
    let each = b.each(list, 0, filter);
    let derived = b.derive(each);
    let each = b.push(Op::Let(derived));
    Filtered {
        b,
        items,
        flag,
        each,
    }
}

fn needs(program: &Sealed, node: NodeId, facts: &[(SlotId, Partial)]) -> Vec<SlotId> {
    let state = state(program, facts);
    let mut scratch = Scratch::default();
    Decider::new(program, &state, &mut scratch)
        .needs_of(node)
        .all()
}

#[test]
fn n1_o7_whether_a_list_is_empty_needs_nothing_of_what_its_elements_are() {
    let mut it = filtered(Builder::and);
    let empty = it.b.push(Op::IsEmpty(it.each));
    let count = it.b.push(Op::Count(it.each));
    let fields = it.b.push(Op::Project(it.each, 1));
    let of_fields = it.b.push(Op::IsEmpty(fields));
    for node in [empty, count, of_fields] {
        it.b.derive(node);
    }
    let program = it.b.seal();
    let items = list([record([yes(), unknown()])]);
    for node in [empty, count, of_fields] {
        let found = needs(&program, node, &[(it.items, items.clone())]);
        assert_eq!(found, [it.flag]);
    }
    let undecided = list([record([unknown(), int(1)])]);
    let found = needs(&program, empty, &[(it.items, undecided), (it.flag, yes())]);
    assert_eq!(found, [it.items]);
}

#[test]
fn n1_o6_an_element_that_is_another_one_has_no_part_in_a_membership() {
    let mut it = filtered(Builder::or);
    let one = it.b.int(1);
    let fields = it.b.push(Op::Project(it.each, 1));
    let member = it.b.push(Op::Member(one, fields));
    it.b.derive(member);
    let program = it.b.seal();
    let ask = |second: Partial| {
        let items = list([record([yes(), unknown()]), record([no(), second])]);
        needs(&program, member, &[(it.items, items)])
    };
    // Whether the second belongs hangs on the flag, and matters only if it is 1.
    assert_eq!(ask(int(2)), [it.items]);
    assert_eq!(ask(int(1)), [it.flag, it.items]);
}

#[test]
fn n1_o5_o13_of_a_list_that_is_written_out_the_undecided_operands_are_needed() {
    let mut b = Builder::default();
    let facts = ["f", "g"].map(|name| b.fact(name, int_type()));
    let other = b.fact("other", bool_type());
    let operands = facts.map(|fact| b.get(fact));
    let list = b.list(&operands);
    let x = b.var(0);
    let one = b.int(1);
    let more = b.less(one, x);
    let least = b.less(x, one);
    let either = b.or(&[more, least]);
    let zero = b.int(0);
    let is_zero = b.equal(x, zero);
    let other_node = b.get(other);
    let also = b.and(&[is_zero, other_node]);
    let body = b.and(&[either, also]);
    let any = b.any(list, 0, None, body);
    b.derive(any);
    let program = b.seal();
    let facts_known = [(facts[0], int(1)), (other, yes())];
    assert_eq!(needs(&program, any, &facts_known), [facts[1]]);
    let one_decided = [(facts[0], int(0))];
    assert_eq!(needs(&program, any, &one_decided), [facts[1], other]);
}

/// `r2` waits for `r1`, and `r0` for both: whichever is looked at first, each takes in what it waits for.
#[test]
fn n1_v1_a_rule_that_two_others_wait_for_is_a_need_of_both() {
    let mut b = Builder::default();
    let facts = [0, 1, 2].map(|at| b.fact(&format!("f{at}"), bool_type()));
    let rules: [RuleId; 3] = [0, 1, 2].map(|at| {
        let when = b.get(facts[at]);
        b.rule(&format!("r{at}"), &[], Some(when))
    });
    b.overrides(rules[1], rules[0]);
    b.overrides(rules[2], rules[0]);
    b.overrides(rules[1], rules[2]);
    let program = b.seal();
    let state = state(&program, &[(facts[0], yes()), (facts[2], yes())]);
    let mut scratch = Scratch::default();
    let mut decider = Decider::new(&program, &state, &mut scratch);
    for rule in rules {
        assert_eq!(decider.needs_of_rule(rule).slots, [facts[1]]);
    }
}
