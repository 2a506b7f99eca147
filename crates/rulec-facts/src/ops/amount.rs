//! Numbers that are known only within bounds (clause O7), and `+`, `-` (clause O10).

use crate::ops::compare;
use crate::reason::{self, Reasons};
use crate::truth::Truth;
use crate::value::{Partial, Value};

/// Both ends inclusive, `low <= high`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// Least.
    pub low: i128,
    /// Greatest.
    pub high: i128,
}

/// What is known of a number: as of any quantity, or bounds of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Amount {
    /// As of any quantity; a known one has no bounds but itself.
    Plain(Partial),
    /// Present and within bounds, `low < high`; with the reasons why it is no closer.
    Within(Bounds, Reasons),
}

impl From<Partial> for Amount {
    fn from(value: Partial) -> Amount {
        Amount::Plain(value)
    }
}

impl Amount {
    /// The number between these bounds: a value where they are equal.
    pub fn between(low: i128, high: i128, reasons: impl FnOnce() -> Reasons) -> Amount {
        if low == high {
            Amount::Plain(Partial::Known(Value::Int(low)))
        } else {
            Amount::Within(Bounds { low, high }, reasons())
        }
    }

    /// As every operator but comparisons and `+ - c` takes it: a bounded number is unknown (O7).
    pub fn into_partial(self) -> Partial {
        match self {
            Amount::Plain(value) => value,
            Amount::Within(_, reasons) => Partial::Unknown(reasons),
        }
    }

    /// `self == other` (O3, O7). `…_optional` as in [`compare::equal`]; a bounded number is never absent.
    pub fn equal(&self, optional: bool, other: &Amount, other_optional: bool) -> Truth {
        match (self, other) {
            (Amount::Plain(a), Amount::Plain(b)) => compare::equal(a, optional, b, other_optional),
            (Amount::Plain(Partial::Absent), _) | (_, Amount::Plain(Partial::Absent)) => {
                Truth::False
            }
            _ => match (self.bounds(), other.bounds()) {
                (Some(a), Some(b)) if a.high < b.low || b.high < a.low => Truth::False,
                _ => Truth::Unknown,
            },
        }
    }

    /// `self < other` (O3, O7).
    pub fn less(&self, other: &Amount) -> Truth {
        match (self, other) {
            (Amount::Plain(a), Amount::Plain(b)) => compare::less(a, b),
            _ => self.by_bounds(other, |a, b| {
                if a.high < b.low {
                    Truth::True
                } else if a.low >= b.high {
                    Truth::False
                } else {
                    Truth::Unknown
                }
            }),
        }
    }

    /// `self <= other` (O3, O7).
    pub fn less_equal(&self, other: &Amount) -> Truth {
        match (self, other) {
            (Amount::Plain(a), Amount::Plain(b)) => compare::less_equal(a, b),
            _ => self.by_bounds(other, |a, b| {
                if a.high <= b.low {
                    Truth::True
                } else if a.low > b.high {
                    Truth::False
                } else {
                    Truth::Unknown
                }
            }),
        }
    }

    fn by_bounds(&self, other: &Amount, decide: impl Fn(Bounds, Bounds) -> Truth) -> Truth {
        if let (Amount::Plain(Partial::Absent), _) | (_, Amount::Plain(Partial::Absent)) =
            (self, other)
        {
            return Truth::False;
        }
        match (self.bounds(), other.bounds()) {
            (Some(a), Some(b)) => decide(a, b),
            _ => Truth::Unknown,
        }
    }

    fn bounds(&self) -> Option<Bounds> {
        match self {
            Amount::Plain(Partial::Known(Value::Int(value))) => Some(Bounds {
                low: *value,
                high: *value,
            }),
            Amount::Plain(_) => None,
            Amount::Within(bounds, _) => Some(*bounds),
        }
    }

    /// `self + other` (O10); a known number shifts bounds (O7).
    #[must_use]
    pub fn add(&self, other: &Amount) -> Amount {
        match (self, other) {
            (Amount::Within(bounds, reasons), Amount::Plain(Partial::Known(Value::Int(by))))
            | (Amount::Plain(Partial::Known(Value::Int(by))), Amount::Within(bounds, reasons)) => {
                bounds.shifted(*by, reasons)
            }
            _ => Amount::Plain(add(
                &self.clone().into_partial(),
                &other.clone().into_partial(),
            )),
        }
    }

    /// `self - other` (O10); a known number on the right shifts bounds (O7).
    #[must_use]
    pub fn subtract(&self, other: &Amount) -> Amount {
        match (self, other) {
            (Amount::Within(bounds, reasons), Amount::Plain(Partial::Known(Value::Int(by)))) => {
                bounds.shifted(by.saturating_neg(), reasons)
            }
            _ => Amount::Plain(subtract(
                &self.clone().into_partial(),
                &other.clone().into_partial(),
            )),
        }
    }
}

impl Bounds {
    fn shifted(self, by: i128, reasons: &Reasons) -> Amount {
        let low = self.low.saturating_add(by);
        let high = self.high.saturating_add(by);
        Amount::between(low, high, || reasons.clone())
    }
}

/// `a + b` (O10): int + int, duration + duration, time + duration in either order. Absent if one is absent, even against
/// unknown. Facts have 64 bits and times 70, so that sums are exact; one beyond 128 bits (a chain of more than 60 doublings) stops at
/// the end of the range.
pub fn add(a: &Partial, b: &Partial) -> Partial {
    combine(a, b, |a, b| match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some(Value::Int(a.saturating_add(*b))),
        (Value::Duration(a), Value::Duration(b)) => Some(Value::Duration(a.saturating_add(*b))),
        (Value::Time(a), Value::Duration(b)) | (Value::Duration(a), Value::Time(b)) => {
            Some(Value::Time(a.saturating_add(*b)))
        }
        _ => None,
    })
}

/// `a - b` (O10): int - int, duration - duration, time - duration (a time), time - time (a duration); else as [`add`].
pub fn subtract(a: &Partial, b: &Partial) -> Partial {
    combine(a, b, |a, b| match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some(Value::Int(a.saturating_sub(*b))),
        (Value::Duration(a), Value::Duration(b)) | (Value::Time(a), Value::Time(b)) => {
            Some(Value::Duration(a.saturating_sub(*b)))
        }
        (Value::Time(a), Value::Duration(b)) => Some(Value::Time(a.saturating_sub(*b))),
        _ => None,
    })
}

fn combine(a: &Partial, b: &Partial, values: impl Fn(&Value, &Value) -> Option<Value>) -> Partial {
    match (a, b) {
        (Partial::Absent, _) | (_, Partial::Absent) => Partial::Absent,
        (Partial::Unknown(a), Partial::Unknown(b)) => Partial::Unknown(reason::merge(a, b)),
        (Partial::Unknown(reasons), _) | (_, Partial::Unknown(reasons)) => {
            Partial::Unknown(reasons.clone())
        }
        (Partial::Known(a), Partial::Known(b)) => {
            values(a, b).map_or(Partial::Absent, Partial::Known)
        }
    }
}
