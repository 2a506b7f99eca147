//! Clauses O3 to O13, F1 and F2, one by one.

use std::sync::Arc;

use super::{
    elements, field, int, list, list_of, perhaps, record, set, set_of, text, unknown, why,
};
use crate::literal;
use crate::ops::{self, Amount, Bounds};
use crate::truth::Truth::{False, True, Unknown};
use crate::types::{Kind, Type};
use crate::value::{Element, Partial, Value, Version};

fn version(text: &str) -> Partial {
    Partial::Known(Value::Version(literal::version(text).unwrap()))
}

fn bounded(low: i128, high: i128) -> Amount {
    Amount::Within(Bounds { low, high }, why("x"))
}

fn exactly(value: i128) -> Amount {
    Amount::Plain(int(value))
}

#[test]
fn o3_equality_of_absent_operands() {
    let absent = Partial::Absent;
    assert_eq!(ops::equal(&absent, true, &absent, true), True);
    assert_eq!(ops::equal(&absent, true, &int(1), false), False);
    assert_eq!(ops::equal(&int(1), true, &absent, true), False);
}

#[test]
fn o3_absent_is_not_equal_to_an_unknown_that_cannot_be_absent() {
    let absent = Partial::Absent;
    assert_eq!(ops::equal(&absent, true, &unknown(), false), False);
    assert_eq!(ops::equal(&unknown(), false, &absent, true), False);
    assert_eq!(ops::equal(&absent, true, &unknown(), true), Unknown);
    assert_eq!(ops::equal(&unknown(), true, &absent, true), Unknown);
}

#[test]
fn o3_an_unknown_is_not_equal_to_itself() {
    assert_eq!(ops::equal(&unknown(), false, &unknown(), false), Unknown);
}

#[test]
fn o3_absent_operand_is_false_even_against_unknown() {
    type Operator = fn(&Partial, &Partial) -> crate::truth::Truth;
    let operators: [(&str, Operator); 9] = [
        ("<", ops::less),
        ("<=", ops::less_equal),
        ("contains", ops::contains),
        ("starts with", ops::starts_with),
        ("ends with", ops::ends_with),
        ("matches", ops::matches),
        ("in cidr", ops::within),
        ("overlaps", ops::overlaps),
        ("in", ops::member),
    ];
    for (name, operator) in operators {
        assert_eq!(operator(&Partial::Absent, &unknown()), False, "{name}");
        assert_eq!(operator(&unknown(), &Partial::Absent), False, "{name}");
        assert_eq!(operator(&unknown(), &unknown()), Unknown, "{name}");
    }
    assert_eq!(ops::is_base64(&Partial::Absent), False);
    assert_eq!(ops::is_base64(&unknown()), Unknown);
}

#[test]
fn o3_order_is_of_numbers_versions_times_and_durations() {
    assert_eq!(ops::less(&int(9), &int(10)), True);
    assert_eq!(ops::less(&int(10), &int(10)), False);
    assert_eq!(ops::less_equal(&int(10), &int(10)), True);
    assert_eq!(
        ops::less(&version("16299.334"), &version("16299.1000")),
        True
    );
    assert_eq!(ops::less(&version("10"), &version("10.0.1")), True);
    let time = |text| Partial::Known(Value::Time(literal::time(text).unwrap()));
    assert_eq!(
        ops::less(&time("2026-01-01"), &time("2026-01-01T01:00:00+00:30")),
        True
    );
    let duration = |text| Partial::Known(Value::Duration(literal::duration(text).unwrap()));
    assert_eq!(ops::less_equal(&duration("60min"), &duration("1h")), True);
}

#[test]
fn t2_trailing_zero_parts_do_not_count() {
    assert_eq!(
        ops::equal(&version("1.0.0"), false, &version("1"), false),
        True
    );
    assert_eq!(
        ops::equal(&version("0.0"), false, &version("0"), false),
        True
    );
    assert_eq!(ops::less_equal(&version("1.0"), &version("1")), True);
    assert_eq!(Version::new(&[1, 10, 0]).parts(), [1, 10]);
}

#[test]
fn t4_texts_are_equal_without_case() {
    assert_eq!(ops::equal(&text("ÄbC"), false, &text("äBc"), false), True);
    assert_eq!(ops::equal(&text("ß"), false, &text("ss"), false), False);
    assert_eq!(
        ops::equal(&text("e\u{301}"), false, &text("é"), false),
        False
    );
    assert_eq!(ops::member(&text("AA11"), &list(&[text("aa11")])), True);
}

#[test]
fn o4_is_absent() {
    assert_eq!(ops::is_absent(&Partial::Absent), True);
    assert_eq!(ops::is_absent(&unknown()), Unknown);
    assert_eq!(ops::is_absent(&int(0)), False);
}

#[test]
fn o6_an_absent_list_is_as_an_empty_one() {
    let absent = Partial::Absent;
    assert_eq!(ops::elements(&absent), Ok(&[][..]));
    assert_eq!(ops::member(&int(1), &absent), False);
    assert_eq!(ops::member(&unknown(), &absent), False);
    assert_eq!(ops::count(&absent), exactly(0));
    assert_eq!(ops::is_empty(&absent), True);
    assert_eq!(ops::min(&absent), Partial::Absent);
    assert_eq!(ops::max(&absent), Partial::Absent);
    let f = field(Kind::Int(None), false);
    assert_eq!(ops::project(&absent, 0, &f), list(&[]));
}

#[test]
fn o6_membership_with_unknowns() {
    let some = list(&[int(1), unknown()]);
    assert_eq!(ops::member(&int(1), &some), True);
    assert_eq!(ops::member(&int(2), &some), Unknown);
    assert_eq!(ops::member(&unknown(), &some), Unknown);
    assert_eq!(ops::member(&unknown(), &list(&[])), False);
    assert_eq!(ops::member(&int(1), &unknown()), Unknown);
    assert_eq!(ops::member(&Partial::Absent, &unknown()), False);
    let undecided = list_of(vec![perhaps(int(1)), Element::certain(int(2))]);
    assert_eq!(ops::member(&int(1), &undecided), Unknown);
    assert_eq!(ops::member(&int(2), &undecided), True);
    assert_eq!(ops::member(&int(3), &undecided), False);
}

#[test]
fn o6_emptiness() {
    assert_eq!(ops::is_empty(&list(&[])), True);
    assert_eq!(ops::is_empty(&list(&[unknown()])), False);
    assert_eq!(ops::is_empty(&list_of(vec![perhaps(int(1))])), Unknown);
    assert_eq!(ops::is_empty(&unknown()), Unknown);
    assert_eq!(ops::is_empty(&text("")), True);
    assert_eq!(ops::is_empty(&text(" ")), False);
}

#[test]
fn o7_counts_of_lists() {
    assert_eq!(ops::count(&unknown()), Amount::Plain(unknown()));
    assert_eq!(ops::count(&list(&[int(1), int(1), unknown()])), exactly(3));
    let open = list_of(vec![
        Element::certain(int(1)),
        perhaps(int(2)),
        perhaps(unknown()),
    ]);
    assert_eq!(ops::count(&open), bounded(1, 3));
}

#[test]
fn o7_counts_of_sets_with_unknown_members() {
    assert_eq!(
        ops::count(&set(&[int(1), int(2), unknown()])),
        bounded(2, 3)
    );
    assert_eq!(ops::count(&set(&[unknown(), unknown()])), bounded(1, 2));
    assert_eq!(ops::count(&set(&[unknown()])), exactly(1));
    let undecided = set_of(vec![perhaps(int(1)), perhaps(unknown())]);
    let Amount::Within(bounds, _) = ops::count(&undecided) else {
        panic!("decided");
    };
    assert_eq!((bounds.low, bounds.high), (0, 2));
}

#[test]
fn o7_bounds_decide_comparisons_where_they_can() {
    let two_to_four = bounded(2, 4);
    assert_eq!(exactly(1).less(&two_to_four), True);
    assert_eq!(two_to_four.less(&exactly(2)), False);
    assert_eq!(two_to_four.less(&exactly(4)), Unknown);
    assert_eq!(two_to_four.less_equal(&exactly(4)), True);
    assert_eq!(exactly(5).less_equal(&two_to_four), False);
    assert_eq!(two_to_four.equal(false, &exactly(5), false), False);
    assert_eq!(two_to_four.equal(false, &exactly(3), false), Unknown);
    assert_eq!(two_to_four.equal(false, &bounded(5, 9), false), False);
    assert_eq!(two_to_four.less(&bounded(5, 9)), True);
    let absent = Amount::Plain(Partial::Absent);
    assert_eq!(two_to_four.less(&absent), False);
    assert_eq!(two_to_four.equal(false, &absent, true), False);
    let open = Amount::Plain(unknown());
    assert_eq!(two_to_four.equal(false, &open, true), Unknown);
    assert_eq!(two_to_four.less(&open), Unknown);
}

#[test]
fn o7_constants_shift_bounds_and_all_else_takes_them_as_unknown() {
    let two_to_four = bounded(2, 4);
    assert_eq!(two_to_four.add(&exactly(3)), bounded(5, 7));
    assert_eq!(exactly(3).add(&two_to_four), bounded(5, 7));
    assert_eq!(two_to_four.subtract(&exactly(3)), bounded(-1, 1));
    let open = Amount::Plain(unknown());
    assert_eq!(exactly(3).subtract(&two_to_four), open);
    assert_eq!(two_to_four.add(&two_to_four), open);
    let absent = Amount::Plain(Partial::Absent);
    assert_eq!(two_to_four.add(&absent), absent);
    assert_eq!(two_to_four.into_partial(), unknown());
}

#[test]
fn o8_extremes() {
    assert_eq!(ops::min(&list(&[int(3), int(1), int(2)])), int(1));
    assert_eq!(ops::max(&list(&[int(3), int(1), int(2)])), int(3));
    assert_eq!(ops::min(&list(&[])), Partial::Absent);
    assert_eq!(ops::min(&unknown()), unknown());
    assert_eq!(ops::min(&list(&[int(1), unknown()])), unknown());
    let undecided = list_of(vec![Element::certain(int(1)), perhaps(int(2))]);
    assert!(ops::max(&undecided).is_unknown());
    let versions = list(&[version("1.9"), version("1.10")]);
    assert_eq!(ops::max(&versions), version("1.10"));
}

#[test]
fn o10_absent_goes_before_unknown() {
    assert_eq!(ops::add(&Partial::Absent, &unknown()), Partial::Absent);
    assert_eq!(ops::subtract(&unknown(), &Partial::Absent), Partial::Absent);
    assert_eq!(ops::add(&unknown(), &int(1)), unknown());
}

#[test]
fn o10_reasons_of_both_operands_are_kept_once_each() {
    let a = Partial::Unknown(why("a"));
    let b = Partial::Unknown(why("b"));
    let Partial::Unknown(reasons) = ops::add(&ops::add(&a, &b), &a) else {
        panic!("known");
    };
    let facts: Vec<&str> = reasons.iter().map(|reason| &*reason.fact).collect();
    assert_eq!(facts, ["a", "b"]);
}

#[test]
fn o10_sums_of_each_type() {
    let time = |text| Partial::Known(Value::Time(literal::time(text).unwrap()));
    let duration = |text| Partial::Known(Value::Duration(literal::duration(text).unwrap()));
    assert_eq!(ops::add(&int(2), &int(3)), int(5));
    assert_eq!(ops::subtract(&int(2), &int(3)), int(-1));
    assert_eq!(
        ops::add(&time("2026-02-28"), &duration("1d")),
        time("2026-03-01")
    );
    assert_eq!(
        ops::subtract(&time("2026-03-01"), &duration("24h")),
        time("2026-02-28")
    );
    assert_eq!(
        ops::subtract(&time("2026-03-01"), &time("2026-02-28")),
        duration("1d")
    );
    assert_eq!(
        ops::add(&duration("1h"), &duration("30min")),
        duration("90min")
    );
}

#[test]
fn t2_sums_of_64_bit_numbers_do_not_wrap() {
    let greatest = int(i128::from(i64::MAX));
    assert_eq!(
        ops::add(&greatest, &greatest),
        int(2 * i128::from(i64::MAX))
    );
    let last = Partial::Known(Value::Time(literal::time("9999-12-31T23:59:59Z").unwrap()));
    let second = Partial::Known(Value::Duration(1_000_000_000));
    assert_eq!(ops::less(&last, &ops::add(&last, &second)), True);
}

#[test]
fn t9_fields_of_absent_and_unknown_records() {
    let both = record(&[int(1), unknown()]);
    assert_eq!(ops::field(&both, 0), &int(1));
    assert_eq!(ops::field(&both, 1), &unknown());
    assert_eq!(ops::field(&Partial::Absent, 0), &Partial::Absent);
    assert_eq!(ops::field(&unknown(), 0), &unknown());
}

#[test]
fn o11_projection_leaves_absent_fields_out() {
    let f = field(Kind::Int(None), true);
    let records = list(&[record(&[int(1)]), record(&[Partial::Absent])]);
    assert_eq!(ops::project(&records, 0, &f), list(&[int(1)]));
}

#[test]
fn o11_an_unknown_field_has_undecided_membership_if_it_may_be_absent() {
    let records = list(&[record(&[int(1)]), record(&[unknown()]), unknown()]);
    let plain = field(Kind::Int(None), false);
    assert_eq!(
        ops::project(&records, 0, &plain),
        list(&[int(1), unknown(), unknown()])
    );
    let optional = field(Kind::Int(None), true);
    assert_eq!(
        ops::project(&records, 0, &optional),
        list_of(vec![
            Element::certain(int(1)),
            perhaps(unknown()),
            perhaps(unknown())
        ])
    );
}

#[test]
fn o11_memberships_are_kept() {
    let records = list_of(vec![perhaps(record(&[int(1)]))]);
    let f = field(Kind::Int(None), false);
    assert_eq!(
        ops::project(&records, 0, &f),
        list_of(vec![perhaps(int(1))])
    );
    assert_eq!(ops::project(&unknown(), 0, &f), unknown());
}

#[test]
fn o11_lists_are_flattened_and_an_unknown_one_makes_the_result_unknown() {
    let f = field(Kind::List(Arc::new(Type::of(Kind::Int(None)))), true);
    let inner = list_of(vec![Element::certain(int(1)), perhaps(int(2))]);
    let known = list_of(vec![
        Element::certain(record(std::slice::from_ref(&inner))),
        Element::certain(record(&[Partial::Absent])),
        perhaps(record(&[list(&[int(3)])])),
    ]);
    assert_eq!(
        ops::project(&known, 0, &f),
        list_of(vec![
            Element::certain(int(1)),
            perhaps(int(2)),
            perhaps(int(3))
        ])
    );
    let partly = list(&[record(&[inner]), record(&[unknown()])]);
    assert_eq!(ops::project(&partly, 0, &f), unknown());
}

#[test]
fn o11_members_of_a_set_that_may_be_equal_do_not_all_count() {
    let f = field(Kind::Set(Arc::new(Type::of(Kind::Int(None)))), false);
    let records = list(&[record(&[set(&[int(1), unknown()])])]);
    assert_eq!(
        ops::project(&records, 0, &f),
        list_of(vec![Element::certain(int(1)), perhaps(unknown())])
    );
    let g = field(Kind::Int(None), false);
    let pairs = set(&[
        record(&[int(1), int(1)]),
        record(&[int(1), unknown()]),
        record(&[int(2), unknown()]),
    ]);
    assert_eq!(
        ops::project(&pairs, 0, &g),
        list_of(vec![
            Element::certain(int(1)),
            perhaps(int(1)),
            Element::certain(int(2))
        ])
    );
}

#[test]
fn o13_list_literals() {
    let (absent, open) = (Partial::Absent, unknown());
    assert_eq!(
        ops::list([(&int(1), false), (&absent, true), (&open, false)]),
        list(&[int(1), unknown()])
    );
    assert_eq!(
        ops::list([(&open, true)]),
        list_of(vec![perhaps(unknown())])
    );
}

#[test]
fn f1_functions_are_strict() {
    for function in [ops::length, ops::version, ops::code] {
        assert_eq!(function(&unknown()), unknown());
        assert_eq!(function(&Partial::Absent), Partial::Absent);
    }
    assert_eq!(ops::length(&text("e\u{301}😀")), int(3));
    assert_eq!(ops::version(&text("10.0.19045")), version("10.0.19045"));
    assert_eq!(ops::version(&text("10.x")), Partial::Absent);
    assert_eq!(ops::code(&text("no code")), Partial::Absent);
}

#[test]
fn f2_of_equal_members_the_first_in_canonical_order_is_kept() {
    let ty = Type::of(Kind::Text);
    for order in [["b", "aa", "AA"], ["AA", "b", "aa"], ["aa", "AA", "b"]] {
        let members = order.map(text);
        let made = ops::set(elements(&members).to_vec(), &ty);
        let raw: Vec<&str> = made
            .elements()
            .unwrap()
            .iter()
            .map(|element| match &element.value {
                Partial::Known(Value::Text(text)) => text.raw(),
                _ => "",
            })
            .collect();
        assert_eq!(raw, ["AA", "b"]);
    }
}

#[test]
fn t3_unknown_members_of_a_set_are_kept_and_certain_ones_stay_certain() {
    let ty = Type::of(Kind::Int(None));
    let made = ops::set(
        vec![
            perhaps(int(1)),
            Element::certain(unknown()),
            Element::certain(int(1)),
            Element::certain(unknown()),
        ],
        &ty,
    );
    assert_eq!(Partial::Known(made), set(&[int(1), unknown(), unknown()]));
}

#[test]
fn t3_a_set_of_codes_has_each_identity_once() {
    use crate::code::Code;
    let code = |word: &str| Element::certain(Partial::Known(Value::Code(Code::new("arm", word))));
    let made = ops::set(
        vec![code("NotFound"), code("notfound"), code("Other")],
        &Type::of(Kind::Code),
    );
    assert_eq!(made.elements().map(<[Element]>::len), Some(2));
}
