//! Lists and sets: membership, counting, extremes, projection, construction (clauses O4, O6 to O8, O11, O13, F2, T3).

use std::cmp::Ordering;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::ops::amount::Amount;
use crate::ops::compare;
use crate::ops::networks;
use crate::reason::{self, Reasons};
use crate::show;
use crate::truth::Truth;
use crate::types::{FieldType, Kind, Type};
use crate::untold;
use crate::value::{Element, Partial, Value};

/// `e is absent` (O4).
#[inline]
pub fn is_absent(operand: &Partial) -> Truth {
    match operand {
        Partial::Absent => Truth::True,
        Partial::Unknown(_) => Truth::Unknown,
        Partial::Known(_) => Truth::False,
    }
}

/// The elements that a quantifier runs over: none for an absent list (O6).
///
/// # Errors
/// The list is unknown as a whole: its reasons.
#[inline]
pub fn elements(list: &Partial) -> Result<&[Element], &Reasons> {
    match list {
        Partial::Known(value) => Ok(value.elements().unwrap_or(&[])),
        Partial::Absent => Ok(&[]),
        Partial::Unknown(reasons) => Err(reasons),
    }
}

/// `e in L`, `L contains e` (O6): equal to a member, or for networks inside one.
#[inline]
pub fn member(e: &Partial, list: &Partial) -> Truth {
    if *e == Partial::Absent {
        return Truth::False;
    }
    let Ok(elements) = elements(list) else {
        return Truth::Unknown;
    };
    let mut found = Truth::False;
    for element in elements {
        match is_member(e, &element.value) {
            Truth::True if element.certain => return Truth::True,
            Truth::False => {}
            _ => found = Truth::Unknown,
        }
    }
    found
}

/// `e ==` this one member (O6), or for networks `e` inside it.
#[inline]
pub fn is_member(e: &Partial, member: &Partial) -> Truth {
    match (e, member) {
        (Partial::Absent, _) | (_, Partial::Absent) => Truth::False,
        (Partial::Known(e), Partial::Known(network @ Value::Cidr(_))) => {
            networks::within_values(e, network).into()
        }
        (Partial::Known(e), Partial::Known(member)) => compare::equal_values(e, member),
        _ => Truth::Unknown,
    }
}

/// `L is empty` (O6, O7): of a list, set or text; T for an absent one.
#[inline]
pub fn is_empty(operand: &Partial) -> Truth {
    match operand {
        Partial::Absent => Truth::True,
        Partial::Unknown(_) => Truth::Unknown,
        Partial::Known(Value::Text(text)) => text.raw().is_empty().into(),
        Partial::Known(value) => {
            let elements = value.elements().unwrap_or(&[]);
            if elements.iter().any(|element| element.certain) {
                Truth::False
            } else if elements.is_empty() {
                Truth::True
            } else {
                Truth::Unknown
            }
        }
    }
}

/// `count(L)` (O7): 0 for an absent list; unknown, without bounds, for an unknown one.
pub fn count(list: &Partial) -> Amount {
    let all = match elements(list) {
        Ok(all) => all,
        Err(reasons) => return Amount::Plain(Partial::Unknown(reasons.clone())),
    };
    let low = if matches!(list, Partial::Known(Value::Set(_))) {
        // Members of which something is unknown may turn out equal to others.
        let known = all
            .iter()
            .filter(|element| element.certain && element.value.is_total())
            .count();
        known.max(usize::from(all.iter().any(|element| element.certain)))
    } else {
        all.iter().filter(|element| element.certain).count()
    };
    // A mark for any number of further members leaves no upper bound.
    let high = match all.iter().any(is_many) {
        true => i128::from(i64::MAX),
        false => number(all.len()),
    };
    Amount::between(number(low), high, || open_reasons(all))
}

fn is_many(element: &Element) -> bool {
    let unknown = match &element.value {
        Partial::Unknown(reasons) => reasons,
        _ => return false,
    };
    !element.certain && untold::is_many(unknown)
}

fn number(count: usize) -> i128 {
    i128::try_from(count).unwrap_or(i128::MAX)
}

/// Reasons of elements that are unknown as a whole.
fn open_reasons(all: &[Element]) -> Reasons {
    reason::merge_all(all.iter().filter_map(|element| match &element.value {
        Partial::Unknown(reasons) => Some(reasons),
        _ => None,
    }))
}

/// `min(L)` (O8): of numbers, versions, times or durations; absent for an empty or absent list.
pub fn min(list: &Partial) -> Partial {
    extreme(list, Ordering::Less)
}

/// `max(L)` (O8).
pub fn max(list: &Partial) -> Partial {
    extreme(list, Ordering::Greater)
}

fn extreme(list: &Partial, wanted: Ordering) -> Partial {
    let all = match elements(list) {
        Ok(all) => all,
        Err(reasons) => return Partial::Unknown(reasons.clone()),
    };
    let mut best: Option<&Value> = None;
    for element in all {
        match &element.value {
            Partial::Absent => {}
            Partial::Known(value) if element.certain => {
                if best.is_none_or(|best| compare::order(value, best) == Some(wanted)) {
                    best = Some(value);
                }
            }
            _ => return Partial::Unknown(open_reasons(all)),
        }
    }
    best.map_or(Partial::Absent, |best| Partial::Known(best.clone()))
}

/// The field of a record (T9): absent of an absent record, unknown of an unknown one.
#[inline]
pub fn field(record: &Partial, number: usize) -> &Partial {
    match record {
        Partial::Known(Value::Record(fields)) => fields.get(number).unwrap_or(&Partial::Absent),
        Partial::Known(_) => &Partial::Absent,
        Partial::Absent | Partial::Unknown(_) => record,
    }
}

/// `L.f` (O11): the list of the fields, memberships kept, absent ones left out. `field` is the declaration of the member's field:
/// an unknown one whose type has `?` has an undecided membership; one that is a list or set is flattened, and unknown makes
/// the result unknown.
///
/// Elements of a *set* that may turn out equal to others have an undecided membership in the list, or it would promise more
/// elements than there may be.
pub fn project(list: &Partial, number: usize, field: &FieldType) -> Partial {
    let all = match elements(list) {
        Ok(all) => all,
        Err(reasons) => return Partial::Unknown(reasons.clone()),
    };
    let flat = matches!(field.ty.kind, Kind::List(_) | Kind::Set(_));
    let doubtful = match list {
        Partial::Known(value) => doubtful(value),
        _ => Vec::new(),
    };
    let mut out = Vec::with_capacity(all.len());
    let mut unknown: Option<Reasons> = None;
    for (at, element) in all.iter().enumerate() {
        let certain = element.certain && !doubtful.get(at).copied().unwrap_or(false);
        match self::field(&element.value, number) {
            Partial::Absent => {}
            Partial::Unknown(reasons) if flat => {
                unknown = Some(match unknown {
                    Some(before) => reason::merge(&before, reasons),
                    None => reasons.clone(),
                });
            }
            value @ Partial::Unknown(_) => out.push(Element {
                value: value.clone(),
                certain: certain && !field.ty.optional,
            }),
            Partial::Known(value) if flat => flatten(value, certain, &mut out),
            value @ Partial::Known(_) => out.push(Element {
                value: value.clone(),
                certain,
            }),
        }
    }
    match unknown {
        Some(reasons) => Partial::Unknown(reasons),
        None => Partial::Known(Value::List(Arc::from(out))),
    }
}

fn flatten(value: &Value, certain: bool, out: &mut Vec<Element>) {
    let doubtful = doubtful(value);
    let inner = value.elements().unwrap_or(&[]);
    out.extend(inner.iter().enumerate().map(|(at, element)| Element {
        value: element.value.clone(),
        certain: certain && element.certain && !doubtful.get(at).copied().unwrap_or(false),
    }));
}

/// Where more members than this are partly unknown, they are not compared with the others.
const COMPARED: usize = 256;

/// For a set: which elements may turn out equal to another one, so that they count as undecided in a list; empty for none. Total
/// members never do, or `1` would no longer be certain in `[1, ?]`. Others do if any other member, undecided ones included, may be equal:
/// every choice of one that stays would be taken back when more is known.
pub fn doubtful(value: &Value) -> Vec<bool> {
    let Value::Set(all) = value else {
        return Vec::new();
    };
    let open = all.iter().filter(|it| !it.value.is_total()).count();
    if open == 0 {
        return Vec::new();
    }
    let may_be_equal = |at: usize, element: &Element| {
        all.iter().enumerate().any(|(other_at, other)| {
            let equal = || compare::equal(&element.value, false, &other.value, false);
            at != other_at && equal() != Truth::False
        })
    };
    all.iter()
        .enumerate()
        .map(|(at, element)| {
            !element.value.is_total() && (open > COMPARED || may_be_equal(at, element))
        })
        .collect()
}

/// `[a, b]` (O13): an absent operand is left out, an unknown one is an unknown element, with undecided membership if its static type
/// can be absent (`true` beside it).
pub fn list<'a>(operands: impl IntoIterator<Item = (&'a Partial, bool)>) -> Partial {
    let elements: Vec<Element> = operands
        .into_iter()
        .filter(|(operand, _)| **operand != Partial::Absent)
        .map(|(operand, optional)| Element {
            value: operand.clone(),
            certain: !(optional && operand.is_unknown()),
        })
        .collect();
    Partial::Known(Value::List(Arc::from(elements)))
}

/// A set of these elements in canonical order: of equal ones the first in that order is kept (F2), certain if one of them is;
/// members of which something is unknown are all kept (T3).
pub fn set(mut elements: Vec<Element>, member: &Type) -> Value {
    show::sort(&mut elements, member);
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    let mut kept: Vec<Element> = Vec::with_capacity(elements.len());
    for element in elements {
        if !element.value.is_total() {
            kept.push(element);
            continue;
        }
        match places.entry(show::identity(&element.value, member)) {
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(kept.len());
                kept.push(element);
            }
            std::collections::hash_map::Entry::Occupied(place) => {
                if let Some(first) = kept.get_mut(*place.get()) {
                    first.certain |= element.certain;
                }
            }
        }
    }
    Value::Set(Arc::from(kept))
}
