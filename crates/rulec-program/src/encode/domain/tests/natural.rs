//! Values that a person can believe.

use rulec_facts::show;

use super::*;

/// The first values of each cell, as a rule would write them.
fn first_values(ty: &Type, tests: &[Test]) -> Vec<String> {
    let domain = Domain::split(ty, tests, 100).unwrap();
    let value = |cell| domain.value(cell, 0).unwrap();
    (0..domain.cells())
        .map(|cell| show::source(&value(cell), ty))
        .collect()
}

fn compare(order: Order, value: Value) -> Test {
    Test::Compare(order, value)
}

#[test]
fn builds_are_builds() {
    let tests = [
        compare(Order::GreaterEqual, Value::Int(7600)),
        compare(Order::GreaterEqual, Value::Int(22_000)),
    ];
    let values = first_values(&Type::of(Kind::Int(None)), &tests);
    assert_eq!(values, ["7599", "19045", "22631"]);
}

#[test]
fn small_numbers_stay_at_their_constant() {
    let tests = [compare(Order::Equal, Value::Int(0))];
    let values = first_values(&Type::of(Kind::Int(None)), &tests);
    assert_eq!(values, ["1", "0"]);
    let tests = [compare(Order::Less, Value::Int(5))];
    let values = first_values(&Type::of(Kind::Int(Some((0, 20)))), &tests);
    assert_eq!(values, ["4", "5"]);
}

#[test]
fn times_are_of_these_years_and_versions_of_real_systems() {
    let day = 86_400_000_000_000i128;
    let now = Value::Time(20_758 * day + 1);
    let tests = [compare(Order::LessEqual, now)];
    let values = first_values(&Type::of(Kind::Time), &tests);
    assert_eq!(values, ["2026-11-01T00:00:00Z", "2027-11-01T00:00:00Z"]);
    let tests = [compare(Order::Less, Value::Version(Version::new(&[10])))];
    let values = first_values(&Type::of(Kind::Version), &tests);
    assert_eq!(values, ["2.1", "10.0.19045"]);
}
