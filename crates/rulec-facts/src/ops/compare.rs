//! Equality and order (clause O3).

use std::cmp::Ordering;

use crate::truth::Truth;
use crate::value::{Element, Partial, Value};

/// `a == b` (O3). `…_optional`: the operand's static type can be absent; it decides what an unknown operand is against an absent one.
#[inline]
pub fn equal(a: &Partial, a_optional: bool, b: &Partial, b_optional: bool) -> Truth {
    match (a, b) {
        (Partial::Known(a), Partial::Known(b)) => equal_values(a, b),
        (Partial::Absent, Partial::Absent) => Truth::True,
        (Partial::Absent, Partial::Known(_)) | (Partial::Known(_), Partial::Absent) => Truth::False,
        (Partial::Absent, Partial::Unknown(_)) if !b_optional => Truth::False,
        (Partial::Unknown(_), Partial::Absent) if !a_optional => Truth::False,
        _ => Truth::Unknown,
    }
}

/// Equality of two values of one type. Scalars are always decided: texts without case (T4), enums by number, versions without trailing
/// zeros, codes by identity. Records (as members of sets) are equal if all fields are, undecided if unknown fields leave it open.
#[inline]
pub fn equal_values(a: &Value, b: &Value) -> Truth {
    Truth::from(match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Int(a), Value::Int(b))
        | (Value::Time(a), Value::Time(b))
        | (Value::Duration(a), Value::Duration(b)) => a == b,
        (Value::Enum(a), Value::Enum(b)) => a == b,
        (Value::Text(a), Value::Text(b)) => a == b,
        (Value::Version(a), Value::Version(b)) => a == b,
        (Value::Ip(a), Value::Ip(b)) => a == b,
        (Value::Cidr(a), Value::Cidr(b)) => a == b,
        (Value::Code(a), Value::Code(b)) => a == b,
        _ => return equal_structures(a, b),
    })
}

fn equal_structures(a: &Value, b: &Value) -> Truth {
    match (a, b) {
        (Value::Record(a), Value::Record(b)) => {
            if a.len() != b.len() {
                return Truth::False;
            }
            let mut all = Truth::True;
            for (a, b) in a.iter().zip(b.iter()) {
                // Whether a field may be absent is not known here; `true` is the careful answer.
                all = all.and(equal(a, true, b, true));
                if all == Truth::False {
                    break;
                }
            }
            all
        }
        (Value::List(a), Value::List(b)) => equal_lists(a, b, false),
        (Value::Set(a), Value::Set(b)) => equal_lists(a, b, true),
        _ => Truth::False,
    }
}

/// Equal as bags or sets; decided only where both are total.
fn equal_lists(a: &[Element], b: &[Element], sets: bool) -> Truth {
    let total = |all: &[Element]| all.iter().all(|it| it.certain && it.value.is_total());
    if !total(a) || !total(b) {
        return Truth::Unknown;
    }
    if !sets && a.len() != b.len() {
        return Truth::False;
    }
    let times = |all: &[Element], one: &Element| {
        all.iter()
            .filter(|it| equal(&it.value, true, &one.value, true) == Truth::True)
            .count()
    };
    let same = |one: &Element| {
        let (left, right) = (times(a, one), times(b, one));
        left == right || (sets && left > 0 && right > 0)
    };
    Truth::from(a.iter().all(same) && b.iter().all(same))
}

/// `a < b` (O3) on int, version, time and duration: F if one is absent, even against unknown.
#[inline]
pub fn less(a: &Partial, b: &Partial) -> Truth {
    ordered(a, b, Ordering::is_lt)
}

/// `a <= b` (O3), likewise.
#[inline]
pub fn less_equal(a: &Partial, b: &Partial) -> Truth {
    ordered(a, b, Ordering::is_le)
}

#[inline]
fn ordered(a: &Partial, b: &Partial, holds: impl Fn(Ordering) -> bool) -> Truth {
    match (a, b) {
        (Partial::Absent, _) | (_, Partial::Absent) => Truth::False,
        (Partial::Known(a), Partial::Known(b)) => Truth::from(order(a, b).is_some_and(holds)),
        _ => Truth::Unknown,
    }
}

/// The order of two numbers, versions, times or durations; none for other values.
#[inline]
pub(super) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Int(a), Value::Int(b))
        | (Value::Time(a), Value::Time(b))
        | (Value::Duration(a), Value::Duration(b)) => Some(a.cmp(b)),
        (Value::Version(a), Value::Version(b)) => Some(a.cmp(b)),
        _ => None,
    }
}
