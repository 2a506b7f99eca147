//! Clauses T, O and F, decided over the arena: each test names its clause.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use builder::*;
use rulec_facts::reason::Why;
use rulec_facts::truth::Truth::{False, True, Unknown};
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Partial, Value};
use rulec_program::decide::{Decider, Scratch};
use rulec_program::node::{Comparison, Function, Op, TextTest};

mod builder;

#[test]
fn t1_an_unknown_result_carries_the_reasons_of_the_facts_it_needs() {
    let mut b = Builder::default();
    let a = b.fact("a", bool_type());
    let c = b.fact("c", bool_type());
    let (a_node, c_node) = (b.get(a), b.get(c));
    let both = b.and(&[a_node, c_node]);
    let value = b.term(
        both,
        &[
            (a, unknown_of("a", Why::TimedOut)),
            (c, unknown_of("c", Why::Denied)),
        ],
    );
    let Partial::Unknown(reasons) = value else {
        panic!("{value:?}")
    };
    let whys: Vec<_> = reasons
        .iter()
        .map(|it| (it.fact.as_str(), it.why))
        .collect();
    assert_eq!(whys, [("a", Why::TimedOut), ("c", Why::Denied)]);
}

#[test]
fn t7_c_in_reported_asks_the_complaint_then_the_facts_that_report() {
    let wanted = code("ras", 798);
    let case = |fact: Option<Partial>, complaint: &[u64]| {
        let mut b = Builder::default();
        let event = record_type(&[
            ("code", Type::of(Kind::Code).optional()),
            ("at", int_type()),
        ]);
        let events = b.fact("events", list_of(event));
        b.program.slots[0].reports = Some(Some(0));
        let node = b.constant(Partial::Known(Value::Code(wanted.clone())));
        let reported = b.push(Op::Reported(node));
        b.derive(reported);
        let program = b.seal();
        let mut state = state(&program, &[]);
        if let Some(fact) = fact {
            state.set(events, fact);
        }
        for number in complaint {
            state.report_code(code("ras", *number));
        }
        Decider::new(&program, &state, &mut Scratch::default()).truth(reported)
    };
    let event = |it: Partial| record([it, unknown()]);
    let of = |number| Partial::Known(Value::Code(code("ras", number)));
    assert_eq!(case(None, &[798]), True);
    assert_eq!(case(None, &[800]), Unknown);
    assert_eq!(case(Some(list([event(of(800))])), &[]), False);
    assert_eq!(
        case(Some(list([event(of(800)), event(of(798))])), &[]),
        True
    );
    assert_eq!(
        case(Some(list([event(unknown()), event(of(798))])), &[]),
        True
    );
    assert_eq!(case(Some(list([event(unknown())])), &[]), Unknown);
    assert_eq!(case(Some(list([event(Partial::Absent)])), &[]), False);
    assert_eq!(case(Some(list([unknown()])), &[]), Unknown);
}

#[test]
fn t9_a_field_of_an_absent_record_is_absent_and_of_an_unknown_one_unknown() {
    for (record, expected) in [
        (Partial::Absent, True),
        (unknown(), Unknown),
        (record([int(1)]), False),
    ] {
        let mut b = Builder::default();
        let a = b.fact("a", record_type(&[("n", int_type())]).optional());
        let a_node = b.get(a);
        let field = b.field(a_node, 0);
        let absent = b.push(Op::IsAbsent(field));
        assert_eq!(b.truth(absent, &[(a, record)]), expected);
    }
}

#[test]
fn o1_o2_not_and_or_are_kleene_without_case_split() {
    let mut b = Builder::default();
    let x = b.fact("x", bool_type());
    let y = b.fact("y", bool_type());
    let z = b.fact("z", bool_type());
    let (xn, yn, zn) = (b.get(x), b.get(y), b.get(z));
    let not_x = b.not(xn);
    let nodes = [
        not_x,
        b.and(&[xn, yn]),
        b.and(&[xn, zn]),
        b.or(&[xn, yn]),
        b.or(&[xn, zn]),
        b.or(&[xn, not_x]),
        b.equal(xn, xn),
    ];
    let truths = b.truths(&nodes, &[(y, yes()), (z, no())]);
    assert_eq!(
        truths,
        [Unknown, Unknown, False, True, Unknown, Unknown, Unknown]
    );
}

/// `absent == x` for unknown x, by the static type of x.
fn absent_against(
    unknown_side: impl Fn(&mut Builder) -> rulec_program::node::NodeId,
) -> rulec_facts::truth::Truth {
    let mut b = Builder::default();
    let other = unknown_side(&mut b);
    let z = b.fact("z", int_type().optional());
    let absent = b.get(z);
    let equal = b.equal(absent, other);
    b.truth(equal, &[(z, Partial::Absent)])
}

#[test]
#[allow(clippy::too_many_lines, reason = "one row for each operator")]
fn o3_an_absent_operand_differs_from_an_unknown_one_that_cannot_be_absent() {
    let plain = absent_against(|b| {
        let a = b.fact("a", int_type());
        b.get(a)
    });
    assert_eq!(plain, False);
    let optional = absent_against(|b| {
        let a = b.fact("a", int_type().optional());
        b.get(a)
    });
    assert_eq!(optional, Unknown);
    let count = absent_against(|b| {
        let a = b.fact("a", list_of(int_type()));
        let a = b.get(a);
        b.push(Op::Count(a))
    });
    assert_eq!(count, False);
    let min = absent_against(|b| {
        let a = b.fact("a", list_of(int_type()));
        let a = b.get(a);
        b.push(Op::Min(a))
    });
    assert_eq!(min, Unknown);
    let field_of_optional = absent_against(|b| {
        let a = b.fact("a", record_type(&[("n", int_type())]).optional());
        let a = b.get(a);
        b.field(a, 0)
    });
    assert_eq!(field_of_optional, Unknown);
    let field = absent_against(|b| {
        let a = b.fact("a", record_type(&[("n", int_type())]));
        let a = b.get(a);
        b.field(a, 0)
    });
    assert_eq!(field, False);
    let through_let = absent_against(|b| {
        let a = b.fact("a", int_type().optional());
        let a = b.get(a);
        let it = b.derive(a);
        b.push(Op::Let(it))
    });
    assert_eq!(through_let, Unknown);
    for (branch, expected) in [(true, Unknown), (false, False)] {
        let matching = absent_against(|b| {
            let a = b.fact("a", bool_type());
            let c = match branch {
                true => b.fact("c", int_type().optional()),
                false => b.fact("c", int_type()),
            };
            let (a, c) = (b.get(a), b.get(c));
            let one = b.int(1);
            b.matching(a, &[(&[Some(yes())], one), (&[], c)])
        });
        assert_eq!(matching, expected);
    }
    let version = {
        let mut b = Builder::default();
        let a = b.fact("a", text_type());
        let z = b.fact("z", Type::of(Kind::Version).optional());
        let (a, zn) = (b.get(a), b.get(z));
        let version = b.call(Function::Version, a);
        let equal = b.equal(version, zn);
        b.truth(equal, &[(z, Partial::Absent)])
    };
    assert_eq!(version, Unknown);
}

#[test]
fn o3_orders_and_texts_against_absent_are_false_and_their_negation_is_true() {
    let mut b = Builder::default();
    let a = b.fact("a", int_type().optional());
    let n = b.fact("n", int_type());
    let s = b.fact("s", text_type().optional());
    let t = b.fact("t", text_type());
    let (an, nn, sn, tn) = (b.get(a), b.get(n), b.get(s), b.get(t));
    let less = b.less(an, nn);
    let less_equal = b.less_equal(nn, an);
    let same = b.equal(an, nn);
    let mut nodes = vec![less, less_equal, b.not(less), b.not(same)];
    for test in [
        TextTest::Contains,
        TextTest::StartsWith,
        TextTest::EndsWith,
        TextTest::Matches,
    ] {
        nodes.push(b.text_test(test, sn, tn));
    }
    nodes.push(b.push(Op::IsBase64(sn)));
    let truths = b.truths(&nodes, &[(a, Partial::Absent), (s, Partial::Absent)]);
    assert_eq!(
        truths,
        [False, False, True, True, False, False, False, False, False]
    );
}

#[test]
fn o4_is_absent_is_true_false_or_unknown() {
    for (value, expected) in [
        (Partial::Absent, True),
        (unknown(), Unknown),
        (int(1), False),
    ] {
        let mut b = Builder::default();
        let a = b.fact("a", int_type().optional());
        let an = b.get(a);
        let absent = b.push(Op::IsAbsent(an));
        assert_eq!(b.truth(absent, &[(a, value)]), expected);
    }
}

#[test]
fn o5_any_is_the_or_over_elements_of_membership_filter_and_body() {
    // any x in xs where x < 5: x == y
    let case = |xs: Partial, y: Partial| {
        let mut b = Builder::default();
        let xs_slot = b.fact("xs", list_of(int_type()));
        let y_slot = b.fact("y", int_type());
        let list = b.get(xs_slot);
        let x = b.var(0);
        let five = b.int(5);
        let filter = b.less(x, five);
        let yn = b.get(y_slot);
        let body = b.equal(x, yn);
        let any = b.any(list, 0, Some(filter), body);
        b.truth(any, &[(xs_slot, xs), (y_slot, y)])
    };
    assert_eq!(case(unknown(), int(1)), Unknown);
    assert_eq!(case(list([]), unknown()), False);
    assert_eq!(case(list([int(1), int(2)]), int(2)), True);
    assert_eq!(case(list([int(7)]), int(7)), False);
    assert_eq!(case(list([int(7)]), unknown()), False);
    assert_eq!(case(list([unknown(), int(2)]), int(2)), True);
    assert_eq!(case(list([unknown(), int(3)]), int(2)), Unknown);
}

#[test]
fn o5_all_and_no_are_any_under_not_also_where_they_are_nested() {
    // all a in as: any b in bs: a == b
    let case = |xs: Partial, ys: Partial| {
        let mut b = Builder::default();
        let xs_slot = b.fact("as", list_of(int_type()));
        let ys_slot = b.fact("bs", list_of(int_type()));
        let outer = b.get(xs_slot);
        let inner = b.get(ys_slot);
        let (x, y) = (b.var(0), b.var(1));
        let same = b.equal(x, y);
        let any = b.any(inner, 1, None, same);
        let not = b.not(any);
        let none = b.any(outer, 0, None, not);
        let all = b.not(none);
        b.truth(all, &[(xs_slot, xs), (ys_slot, ys)])
    };
    assert_eq!(case(list([int(1), int(2)]), list([int(2), int(1)])), True);
    assert_eq!(case(list([int(1), int(3)]), list([int(2), int(1)])), False);
    assert_eq!(
        case(list([int(1), int(3)]), list([unknown(), int(1)])),
        Unknown
    );
    assert_eq!(case(list([]), unknown()), True);
    assert_eq!(case(list([int(1)]), unknown()), Unknown);
    assert_eq!(case(list([unknown()]), list([])), False);
}

#[test]
fn o6_an_absent_list_counts_as_the_empty_one() {
    let mut b = Builder::default();
    let item = record_type(&[("n", int_type())]);
    let t = b.fact("t", text_type().optional());
    let xs = b.fact("xs", list_of(item).optional());
    let list = b.get(xs);
    let one = b.int(1);
    let mut is_one = || {
        let x = b.var(0);
        let n = b.field(x, 0);
        b.equal(n, one)
    };
    let (body, filter) = (is_one(), is_one());
    let any = b.any(list, 0, None, body);
    let count = b.push(Op::Count(list));
    let zero = b.int(0);
    let ns = b.push(Op::Project(list, 0));
    let min = b.push(Op::Min(ns));
    let each = b.each(list, 0, filter);
    let tn = b.get(t);
    let nodes = [
        any,
        b.equal(count, zero),
        b.push(Op::IsEmpty(list)),
        b.push(Op::IsEmpty(ns)),
        b.push(Op::IsEmpty(each)),
        b.push(Op::IsAbsent(min)),
        b.push(Op::Member(one, ns)),
        b.push(Op::IsEmpty(tn)),
    ];
    let truths = b.truths(&nodes, &[(xs, Partial::Absent), (t, Partial::Absent)]);
    assert_eq!(truths, [False, True, True, True, True, True, False, True]);
}

#[test]
fn o6_member_is_the_or_over_elements() {
    let case = |e: Partial, xs: Partial| {
        let mut b = Builder::default();
        let e_slot = b.fact("e", int_type().optional());
        let xs_slot = b.fact("xs", list_of(int_type()));
        let (e_node, list) = (b.get(e_slot), b.get(xs_slot));
        let member = b.push(Op::Member(e_node, list));
        b.truth(member, &[(e_slot, e), (xs_slot, xs)])
    };
    assert_eq!(case(Partial::Absent, unknown()), False);
    assert_eq!(case(unknown(), list([])), False);
    assert_eq!(case(unknown(), list([int(1)])), Unknown);
    assert_eq!(case(int(1), list([unknown(), int(1)])), True);
    assert_eq!(case(int(2), list([unknown(), int(1)])), Unknown);
    assert_eq!(case(int(2), list([int(1)])), False);
}

#[test]
fn o7_bounds_of_a_count_decide_comparisons_and_plus_shifts_them() {
    let mut b = Builder::default();
    let item = record_type(&[("up", bool_type())]);
    let n = b.fact("n", int_type().optional());
    let xs = b.fact("xs", list_of(item));
    let list_node = b.get(xs);
    let x = b.var(0);
    let up = b.field(x, 0);
    let each = b.each(list_node, 0, up);
    // Three elements: up, not up, unknown: between 1 and 2.
    let count = b.push(Op::Count(each));
    let [zero, one, two, three, ten] = [0, 1, 2, 3, 10].map(|it| b.int(it));
    let shifted = b.push(Op::Add(count, ten));
    let lowered = b.push(Op::Subtract(shifted, ten));
    let twelve = b.int(12);
    let nn = b.get(n);
    let listed = b.list(&[zero, one]);
    let nodes = [
        b.less(zero, count),
        b.less_equal(one, count),
        b.less(one, count),
        b.less_equal(count, two),
        b.equal(count, three),
        b.equal(count, one),
        b.less(ten, shifted),
        b.less(twelve, shifted),
        b.equal(lowered, zero),
        b.push(Op::IsEmpty(each)),
        b.equal(count, nn),
        b.push(Op::Member(count, listed)),
        b.push(Op::IsAbsent(count)),
    ];
    let state = [
        (
            xs,
            list([record([yes()]), record([no()]), record([unknown()])]),
        ),
        (n, Partial::Absent),
    ];
    let truths = b.truths(&nodes, &state);
    assert_eq!(
        truths,
        [
            True, True, Unknown, True, False, Unknown, True, False, False, False, False, Unknown,
            False
        ]
    );
}

#[test]
fn o7_unknown_members_of_a_set_may_be_equal_to_others() {
    let case = |xs: Partial, at_least: i128| {
        let mut b = Builder::default();
        let slot = b.fact("xs", set_of(int_type()));
        let node = b.get(slot);
        let count = b.push(Op::Count(node));
        let bound = b.int(at_least);
        let reached = b.less_equal(bound, count);
        b.truth(reached, &[(slot, xs)])
    };
    assert_eq!(case(set([unknown(), unknown()]), 1), True);
    assert_eq!(case(set([unknown(), unknown()]), 2), Unknown);
    assert_eq!(case(set([unknown(), int(1)]), 2), Unknown);
    assert_eq!(case(set([unknown(), int(1)]), 3), False);
    assert_eq!(case(unknown(), 0), Unknown);
}

#[test]
fn o8_min_and_max_want_every_value() {
    let case = |xs: Partial| {
        let mut b = Builder::default();
        let item = record_type(&[("n", int_type().optional())]);
        let slot = b.fact("xs", list_of(item));
        let node = b.get(slot);
        let ns = b.push(Op::Project(node, 0));
        let max = b.push(Op::Max(ns));
        b.term(max, &[(slot, xs)])
    };
    let of = |it| record([it]);
    assert_eq!(
        case(list([of(int(1)), of(int(5)), of(Partial::Absent)])),
        int(5)
    );
    assert_eq!(case(list([of(Partial::Absent)])), Partial::Absent);
    assert_eq!(case(list([])), Partial::Absent);
    assert!(case(list([of(int(1)), of(unknown())])).is_unknown());
    assert!(case(unknown()).is_unknown());
}

#[test]
fn o9_match_takes_the_branch_of_its_value() {
    let case = |e: Partial, c: Partial| {
        let mut b = Builder::default();
        let c_slot = b.fact("c", int_type());
        let e_slot = b.fact("e", enum_type(&["A", "B", "C"]).optional());
        let (cn, en) = (b.get(c_slot), b.get(e_slot));
        let one = b.int(1);
        let two = b.int(2);
        let of = |at| Some(Partial::Known(Value::Enum(at)));
        let value = b.matching(en, &[(&[of(0), of(1)], one), (&[None], two), (&[], cn)]);
        b.term(value, &[(e_slot, e), (c_slot, c)])
    };
    let member = |at| Partial::Known(Value::Enum(at));
    assert_eq!(case(member(1), unknown()), int(1));
    assert_eq!(case(Partial::Absent, unknown()), int(2));
    assert_eq!(case(member(2), int(9)), int(9));
    // Unknown even where all branches agree.
    assert!(case(unknown(), int(1)).is_unknown());
}

#[test]
fn o9_an_absent_value_without_its_own_branch_takes_else() {
    let mut b = Builder::default();
    let e = b.fact("e", int_type().optional());
    let en = b.get(e);
    let one = b.int(1);
    let two = b.int(2);
    let value = b.matching(en, &[(&[Some(int(7))], one), (&[], two)]);
    assert_eq!(b.term(value, &[(e, Partial::Absent)]), int(2));
}

#[test]
fn o10_sums_of_absent_are_absent_and_of_unknown_unknown() {
    let case = |a: Partial, c: Partial| {
        let mut b = Builder::default();
        let x = b.fact("a", int_type().optional());
        let y = b.fact("c", int_type());
        let (xn, yn) = (b.get(x), b.get(y));
        let sum = b.push(Op::Add(xn, yn));
        b.term(sum, &[(x, a), (y, c)])
    };
    assert_eq!(case(int(1), int(2)), int(3));
    assert_eq!(case(Partial::Absent, unknown()), Partial::Absent);
    assert!(case(int(1), unknown()).is_unknown());
    // Exact beyond 64 bits (T2).
    assert_eq!(case(int(i128::from(i64::MAX)), int(1)), int(1 << 63));
}

#[test]
fn o11_projection_leaves_absent_fields_out_and_flattens_lists() {
    let mut b = Builder::default();
    let item = record_type(&[
        ("n", int_type().optional()),
        ("tags", set_of(int_type()).optional()),
    ]);
    let xs = b.fact("xs", list_of(item));
    let node = b.get(xs);
    let ns = b.push(Op::Project(node, 0));
    let tags = b.push(Op::Project(node, 1));
    let (one, seven) = (b.int(1), b.int(7));
    let count = b.push(Op::Count(ns));
    let nodes = [
        b.push(Op::Member(one, ns)),
        b.equal(count, one),
        b.push(Op::Member(seven, tags)),
        b.push(Op::Member(one, tags)),
    ];
    let known = list([
        record([int(1), set([int(7)])]),
        record([Partial::Absent, Partial::Absent]),
    ]);
    assert_eq!(b.truths(&nodes, &[(xs, known)]), [True, True, True, False]);
}

#[test]
fn o11_an_unknown_optional_field_may_be_left_out_and_an_unknown_list_spoils_the_result() {
    let mut b = Builder::default();
    let item = record_type(&[("n", int_type().optional()), ("tags", set_of(int_type()))]);
    let xs = b.fact("xs", list_of(item));
    let node = b.get(xs);
    let ns = b.push(Op::Project(node, 0));
    let tags = b.push(Op::Project(node, 1));
    let seven = b.int(7);
    let nodes = [b.push(Op::IsEmpty(ns)), b.push(Op::Member(seven, tags))];
    let value = list([
        record([unknown(), set([int(7)])]),
        record([Partial::Absent, unknown()]),
    ]);
    assert_eq!(b.truths(&nodes, &[(xs, value)]), [Unknown, Unknown]);
}

#[test]
fn o12_overlap_and_containment_of_networks() {
    let mut b = Builder::default();
    let net = Type::of(Kind::Cidr);
    let pool = b.fact("pool", list_of(net.clone()));
    let target = b.fact("target", Type::of(Kind::Ip).optional());
    let vnet = b.fact("vnet", list_of(net.clone()));
    let zone = b.fact("zone", net);
    let (pool_node, target_node) = (b.get(pool), b.get(target));
    let (vnet_node, zone_node) = (b.get(vnet), b.get(zone));
    let nodes = [
        b.push(Op::Overlaps(pool_node, vnet_node)),
        b.push(Op::Member(target_node, vnet_node)),
        b.push(Op::Within(target_node, zone_node)),
        b.push(Op::Member(zone_node, vnet_node)),
    ];
    let state = |pool_value, vnet_value, target_value| {
        [
            (pool, pool_value),
            (vnet, vnet_value),
            (target, target_value),
            (zone, cidr("10.1.2.0/24")),
        ]
    };
    let decide = {
        for node in nodes {
            b.derive(node);
        }
        let program = b.seal();
        move |facts: &[(rulec_program::node::SlotId, Partial)]| {
            let state = builder::state(&program, facts);
            let mut scratch = Scratch::default();
            let mut decider = Decider::new(&program, &state, &mut scratch);
            nodes.map(|it| decider.truth(it))
        }
    };
    let wide = || list([cidr("10.1.0.0/16")]);
    assert_eq!(
        decide(&state(list([cidr("10.1.2.0/24")]), wide(), ip("10.1.2.3"))),
        [True, True, True, True]
    );
    assert_eq!(
        decide(&state(list([cidr("10.2.0.0/16")]), wide(), ip("10.2.0.1"))),
        [False, False, False, True]
    );
    // Known to be empty on one side, unknown on the other.
    assert_eq!(
        decide(&state(unknown(), list([]), unknown())),
        [False, False, Unknown, False]
    );
    // An absent operand is F, also against unknown (O6 first).
    assert_eq!(
        decide(&state(list([]), unknown(), Partial::Absent)),
        [False, False, False, Unknown]
    );
}

#[test]
fn o13_a_list_leaves_absent_operands_out_and_keeps_unknown_ones_as_elements() {
    let mut b = Builder::default();
    let a = b.fact("a", int_type());
    let c = b.fact("c", int_type().optional());
    let (an, cn) = (b.get(a), b.get(c));
    let list = b.list(&[an, cn]);
    let count = b.push(Op::Count(list));
    let [one, two, three] = [1, 2, 3].map(|it| b.int(it));
    let nodes = [
        b.equal(count, one),
        b.push(Op::Member(three, list)),
        b.less_equal(one, count),
        b.less_equal(two, count),
    ];
    for node in nodes {
        b.derive(node);
    }
    let program = b.seal();
    let decide = |facts: &[_]| {
        let state = state(&program, facts);
        let mut scratch = Scratch::default();
        let mut decider = Decider::new(&program, &state, &mut scratch);
        nodes.map(|it| decider.truth(it))
    };
    assert_eq!(
        decide(&[(a, int(3)), (c, Partial::Absent)]),
        [True, True, True, False]
    );
    // An unknown operand of a type with `?` may yet be left out: monotone.
    assert_eq!(
        decide(&[(a, unknown()), (c, unknown())]),
        [Unknown, Unknown, True, Unknown]
    );
}

#[test]
fn f1_functions_are_strict_and_what_cannot_be_turned_is_absent() {
    let case = |function, value: Partial| {
        let mut b = Builder::default();
        let t = b.fact("t", text_type().optional());
        let node = b.get(t);
        let call = b.call(function, node);
        b.term(call, &[(t, value)])
    };
    for function in [
        Function::Certificate,
        Function::Code,
        Function::Version,
        Function::Length,
    ] {
        assert!(case(function, unknown()).is_unknown());
        assert_eq!(case(function, Partial::Absent), Partial::Absent);
    }
    assert_eq!(case(Function::Length, text("añb")), int(3));
    assert_eq!(
        case(Function::Certificate, text("no certificate")),
        Partial::Absent
    );
    assert_eq!(case(Function::Version, text("one")), Partial::Absent);
}

#[test]
fn f2_a_let_means_its_expression_also_inside_a_quantifier() {
    let mut b = Builder::default();
    let xs = b.fact("xs", list_of(int_type()));
    let ys = b.fact("ys", list_of(int_type()));
    let ys_node = b.get(ys);
    let (inner, seven) = (b.var(0), b.int(7));
    let is_seven = b.equal(inner, seven);
    let has_seven = b.any(ys_node, 0, None, is_seven);
    let it = b.derive(has_seven);
    let xs_node = b.get(xs);
    let x = b.var(0);
    let one = b.int(1);
    let is_one = b.equal(x, one);
    let named = b.push(Op::Let(it));
    let both = b.and(&[is_one, named]);
    let any = b.any(xs_node, 0, None, both);
    let truth = b.truth(
        any,
        &[(xs, list([int(2), int(1)])), (ys, list([int(3), int(7)]))],
    );
    assert_eq!(truth, True);
}

#[test]
fn f3_size_wants_every_member() {
    let case = |nets: Partial| {
        let mut b = Builder::default();
        let slot = b.fact("nets", list_of(Type::of(Kind::Cidr)).optional());
        let node = b.get(slot);
        let size = b.push(Op::Size(node));
        b.term(size, &[(slot, nets)])
    };
    assert_eq!(
        case(list([cidr("10.0.0.0/24"), cidr("10.0.0.0/25")])),
        int(256)
    );
    assert!(case(list([cidr("10.0.0.0/24"), unknown()])).is_unknown());
    assert_eq!(case(Partial::Absent), Partial::Absent);
}

#[test]
fn comparisons_read_the_same_with_the_constant_on_either_side() {
    for comparison in [Comparison::Equal, Comparison::Less, Comparison::LessEqual] {
        for value in [1, 2, 3] {
            for swapped in [false, true] {
                let mut b = Builder::default();
                let a = b.fact("a", int_type());
                let an = b.get(a);
                let two = b.int(2);
                let (left, right) = if swapped { (two, an) } else { (an, two) };
                let node = b.push(Op::Compare(comparison, left, right));
                let rule = b.rule("r", &[], Some(node));
                let (l, r) = if swapped { (2, value) } else { (value, 2) };
                let expected = match comparison {
                    Comparison::Equal => l == r,
                    Comparison::Less => l < r,
                    Comparison::LessEqual => l <= r,
                };
                let program = b.seal();
                let state = state(&program, &[(a, int(value))]);
                let mut scratch = Scratch::default();
                let mut decider = Decider::new(&program, &state, &mut scratch);
                assert_eq!(decider.condition(rule), expected.into());
                assert_eq!(decider.truth(node), expected.into());
            }
        }
    }
}
