//! Cells against the evaluator's own operators, on random tests and random values.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use rulec_facts::code::Code;
use rulec_facts::types::{EnumMember, EnumType};
use rulec_facts::value::Version;

use super::*;

mod natural;
mod networks;
mod texts;

/// A small generator (splitmix64), the same on every machine.
pub(super) struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub(super) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    pub(super) fn chance(&mut self, of_ten: usize) -> bool {
        self.below(10) < of_ten
    }
}

/// What a comparison of many random domains saw.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub domains: usize,
    pub values: usize,
    pub many: usize,
    pub exact: usize,
    pub absent: usize,
}

/// Everything that a domain promises, for one random one: `any` draws values of the type, from near its tests and from far away.
pub(super) fn holds_what_it_promises(
    ty: &Type,
    tests: &[Test],
    any: &mut dyn FnMut() -> Value,
    seen: &mut Seen,
) {
    let domain = Domain::split(ty, tests, 4096).unwrap();
    seen.domains += 1;
    let told = |value: &Partial, cell: u32| {
        for (number, test) in tests.iter().enumerate() {
            let mask = domain.holds(number).unwrap();
            assert_eq!(
                mask.contains(cell),
                test.holds(value),
                "{test:?} on {value:?} in cell {cell}, tests {tests:?}"
            );
        }
    };
    for _ in 0..60 {
        let value = Partial::Known(any());
        let cell = domain.cell_of(&value);
        let cell = cell.unwrap_or_else(|| panic!("no cell for {value:?} among {tests:?}"));
        assert!(cell < domain.cells());
        told(&value, cell);
        seen.values += 1;
    }
    for cell in 0..domain.cells() {
        let room = domain.room(cell);
        let first = domain.value(cell, 0);
        assert!(first.is_some(), "cell {cell} of {tests:?} is empty");
        let mut values: Vec<Partial> = Vec::new();
        for nth in 0..5 {
            let Some(value) = domain.value(cell, nth) else {
                break;
            };
            assert_eq!(domain.cell_of(&value), Some(cell), "{value:?} of {tests:?}");
            told(&value, cell);
            let equal = |it: &Partial| ops::equal(it, true, &value, true) == Truth::True;
            assert!(!values.iter().any(equal), "{value:?} twice in {tests:?}");
            values.push(value);
        }
        match room {
            Room::Exactly(count) => {
                assert_eq!(
                    values.len() as u64,
                    count.min(5),
                    "cell {cell} of {tests:?}"
                );
                assert!(domain.value(cell, count as u32).is_none());
                seen.exact += 1;
            }
            Room::Many => {
                assert_eq!(values.len(), 5);
                seen.many += 1;
            }
        }
    }
    if let Some(absent) = domain.absent() {
        told(&Partial::Absent, absent);
        assert_eq!(domain.value(absent, 0), Some(Partial::Absent));
        seen.absent += 1;
    }
}

/// No kind of cell may be missing from a comparison.
pub(super) fn enough(seen: &Seen, exact: bool, many: bool) {
    println!("{seen:?}");
    assert!(seen.values >= 60 * seen.domains);
    assert!(!exact || seen.exact > seen.domains / 4, "{seen:?}");
    assert!(!many || seen.many > seen.domains / 4, "{seen:?}");
    assert!(seen.absent * 5 > seen.domains, "{seen:?}");
}

pub(super) fn maybe(kind: Kind, random: &mut Random) -> Type {
    let ty = Type::of(kind);
    if random.chance(4) { ty.optional() } else { ty }
}

const ORDERS: [Order; 5] = [
    Order::Equal,
    Order::Less,
    Order::LessEqual,
    Order::Greater,
    Order::GreaterEqual,
];

/// Up to six comparisons with constants that `constant` draws; sometimes the place is also ordered.
fn comparisons(random: &mut Random, mut constant: impl FnMut(&mut Random) -> Value) -> Vec<Test> {
    let mut tests = Vec::new();
    for _ in 0..random.below(7) {
        let order = if random.chance(4) {
            Order::Equal
        } else {
            *random.one(&ORDERS)
        };
        tests.push(Test::Compare(order, constant(random)));
    }
    if random.chance(3) {
        tests.push(Test::Ordered);
    }
    tests
}

#[test]
fn numbers_are_cut_where_the_tests_change() {
    let mut seen = Seen::default();
    let mut random = Random(1);
    for _ in 0..400 {
        let range = match random.below(4) {
            0 => None,
            1 => Some((i64::MIN, i64::MAX)),
            2 => Some((0, 1)),
            _ => {
                let low = random.below(20) as i64 - 10;
                Some((low, low + random.below(20) as i64))
            }
        };
        let kind = Kind::Int(range);
        let (low, high) = range.unwrap_or((i64::MIN, i64::MAX));
        let (low, high) = (i128::from(low), i128::from(high));
        let near = |random: &mut Random| match random.below(8) {
            0 => low - 1 + random.below(3) as i128,
            1 => high - 1 + random.below(3) as i128,
            2 => 7600 + random.below(30_000) as i128,
            _ => random.below(25) as i128 - 12,
        };
        let tests = comparisons(&mut random, |random| Value::Int(near(random)));
        let ty = maybe(kind, &mut random);
        let mut values = Random(random.next());
        let mut any = || Value::Int(near(&mut values).clamp(low, high));
        holds_what_it_promises(&ty, &tests, &mut any, &mut seen);
    }
    enough(&seen, true, true);
}

/// What a solver of differences says of a place: between these two, in this cell.
#[test]
fn a_number_can_be_had_between_two_others() {
    let mut random = Random(13);
    let (mut found, mut none) = (0, 0);
    for _ in 0..300 {
        let mut tests = comparisons(&mut random, |random| Value::Int(random.below(40) as i128));
        tests.push(Test::Ordered);
        let domain = Domain::split(&Type::of(Kind::Int(Some((-5, 45)))), &tests, 100).unwrap();
        for cell in 0..domain.cells() {
            let (Some(low), Some(high)) = domain.interval(cell).unwrap() else {
                panic!("both ends are set");
            };
            for end in [low, high] {
                let value = Partial::Known(Value::Int(end));
                assert_eq!(domain.cell_of(&value), Some(cell));
            }
            let from = random.below(50) as i128 - 5;
            let to = from + random.below(9) as i128;
            match domain.near(cell, from, to) {
                Some(Value::Int(number)) => {
                    assert!(from.max(low) <= number && number <= to.min(high));
                    found += 1;
                }
                other => {
                    assert!(other.is_none() && from.max(low) > to.min(high));
                    none += 1;
                }
            }
        }
    }
    assert!(found > 100 && none > 100, "{found} {none}");
}

#[test]
fn small_ranges_are_counted_exactly() {
    let mut random = Random(2);
    for _ in 0..300 {
        let low = random.below(20) as i64 - 10;
        let high = low + random.below(12) as i64;
        let tests = comparisons(&mut random, |random| {
            Value::Int(random.below(30) as i128 - 13)
        });
        let domain = Domain::split(&Type::of(Kind::Int(Some((low, high)))), &tests, 100).unwrap();
        let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
        for number in low..=high {
            let value = Partial::Known(Value::Int(number.into()));
            *counts.entry(domain.cell_of(&value).unwrap()).or_default() += 1;
        }
        assert_eq!(counts.len() as u32, domain.cells());
        for (cell, count) in counts {
            assert_eq!(domain.room(cell), Room::Exactly(count), "{tests:?}");
            let all = (0..20).filter_map(|nth| domain.value(cell, nth)).count();
            assert_eq!(all as u64, count);
        }
    }
}

#[test]
fn times_and_durations_are_cut_to_the_nanosecond() {
    let mut seen = Seen::default();
    let mut random = Random(3);
    let day = 86_400_000_000_000i128;
    for round in 0..300 {
        let time = round % 2 == 0;
        let near = |random: &mut Random| {
            let days = *random.one(&[0, 1, 20_000, 20_500, 20_501]);
            let base = days * day + random.below(3) as i128 - 1;
            if time { base } else { base - 500 * day }
        };
        let value = move |number| {
            if time {
                Value::Time(number)
            } else {
                Value::Duration(number)
            }
        };
        let tests = comparisons(&mut random, |random| value(near(random)));
        let kind = if time {
            Kind::Time
        } else {
            Kind::Duration(None)
        };
        let ty = maybe(kind, &mut random);
        let mut values = Random(random.next());
        let mut any = || value(near(&mut values));
        holds_what_it_promises(&ty, &tests, &mut any, &mut seen);
    }
    enough(&seen, true, true);
}

#[test]
fn versions_have_no_gaps_but_a_least_one() {
    let mut seen = Seen::default();
    let mut random = Random(4);
    let part = |random: &mut Random| *random.one(&[0, 0, 1, 2, 9, 10, u64::MAX - 1, u64::MAX]);
    let version = |random: &mut Random| {
        let parts: Vec<u64> = (0..random.below(4)).map(|_| part(random)).collect();
        Value::Version(Version::new(&parts))
    };
    for _ in 0..400 {
        let tests = comparisons(&mut random, version);
        let ty = maybe(Kind::Version, &mut random);
        let mut values = Random(random.next());
        holds_what_it_promises(&ty, &tests, &mut || version(&mut values), &mut seen);
    }
    enough(&seen, true, true);
}

#[test]
fn enums_and_truth_values_and_codes_know_equality() {
    let mut seen = Seen::default();
    let mut random = Random(5);
    let code = |random: &mut Random| {
        let kind = *random.one(&["ras", "win32", "hresult", "aadsts", "custom"]);
        Value::Code(match random.below(3) {
            0 => Code::new(kind, *random.one(&[5, 691, 50_000, 50_001, 0x8007_0005])),
            1 => Code::new("arm", *random.one(&["NotFound", "notfound", "Conflict"])),
            _ => Code::new(kind, random.below(1000) as u64),
        })
    };
    for round in 0..400 {
        let members = 1 + random.below(9);
        let (kind, draw): (Kind, Draw) = match round % 3 {
            0 => (Kind::Bool, Box::new(|random| Value::Bool(random.chance(5)))),
            1 => {
                let draw = move |random: &mut Random| Value::Enum(random.below(members) as u16);
                (Kind::Enum(members_of(members)), Box::new(draw))
            }
            _ => (Kind::Code, Box::new(code)),
        };
        let mut tests = Vec::new();
        for _ in 0..random.below(5) {
            tests.push(Test::Compare(Order::Equal, draw(&mut random)));
        }
        let ty = maybe(kind, &mut random);
        let mut values = Random(random.next());
        holds_what_it_promises(&ty, &tests, &mut || draw(&mut values), &mut seen);
    }
    enough(&seen, true, true);
}

/// Draws a value of a type.
type Draw = Box<dyn Fn(&mut Random) -> Value>;

fn members_of(count: usize) -> Arc<EnumType> {
    let member = |at| EnumMember {
        name: format!("m{at}").into(),
        wire: None,
        label: None,
    };
    Arc::new(EnumType {
        name: None,
        members: (0..count).map(member).collect(),
        open: false,
    })
}

#[test]
fn a_limit_is_said_and_not_passed() {
    let tests: Vec<Test> = (0..20)
        .map(|at| Test::Compare(Order::Less, Value::Int(at)))
        .collect();
    let ty = Type::of(Kind::Int(None));
    assert_eq!(Domain::split(&ty, &tests, 21).unwrap().cells(), 21);
    let refused = Domain::split(&ty, &tests, 20).unwrap_err();
    assert_eq!((refused.what, refused.limit), ("cells", 20));
    assert!(Domain::split(&ty.optional(), &tests, 21).is_err());
}
