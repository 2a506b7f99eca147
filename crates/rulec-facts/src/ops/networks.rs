//! Addresses and networks (clauses T5, O3, O12, F3). Versions 4 and 6 never mix.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::ops::compare;
use crate::reason;
use crate::truth::Truth;
use crate::value::{Element, Partial, Value};

/// `x in n`: an address or network within one network, itself included; F if one is absent, even against unknown.
#[inline]
pub fn within(x: &Partial, network: &Partial) -> Truth {
    match (x, network) {
        (Partial::Absent, _) | (_, Partial::Absent) => Truth::False,
        (Partial::Known(x), Partial::Known(network)) => Truth::from(within_values(x, network)),
        _ => Truth::Unknown,
    }
}

#[inline]
pub(super) fn within_values(x: &Value, network: &Value) -> bool {
    match (x, network) {
        (Value::Ip(x), Value::Cidr(network)) => network.contains(x),
        (Value::Cidr(x), Value::Cidr(network)) => network.contains(x),
        _ => false,
    }
}

/// `A overlaps B` (O12): for lists and sets, some member of one overlaps some member of the other; a scalar counts as its own only
/// member. Members overlap as networks, for other types if they are equal. F as soon as either side is absent or known to be empty.
pub fn overlaps(a: &Partial, b: &Partial) -> Truth {
    let (a, b) = (Side::of(a), Side::of(b));
    if a.is_empty() || b.is_empty() {
        return Truth::False;
    }
    match (a, b) {
        (Side::Unknown, _) | (_, Side::Unknown) => Truth::Unknown,
        (Side::One(a), Side::One(b)) => one_overlaps(a, true, b, true),
        (Side::One(a), Side::Many(b)) | (Side::Many(b), Side::One(a)) => any_overlaps(a, true, b),
        (Side::Many(a), Side::Many(b)) => {
            let mut found = Truth::False;
            for element in a {
                found = found.or(any_overlaps(&element.value, element.certain, b));
                if found == Truth::True {
                    break;
                }
            }
            found
        }
    }
}

/// An operand of `overlaps`.
enum Side<'a> {
    Unknown,
    One(&'a Partial),
    Many(&'a [Element]),
}

impl<'a> Side<'a> {
    fn of(operand: &'a Partial) -> Side<'a> {
        match operand {
            Partial::Unknown(_) => Side::Unknown,
            Partial::Absent => Side::Many(&[]),
            Partial::Known(value) => match value.elements() {
                Some(elements) => Side::Many(elements),
                None => Side::One(operand),
            },
        }
    }

    fn is_empty(&self) -> bool {
        matches!(self, Side::Many([]))
    }
}

fn any_overlaps(a: &Partial, certain: bool, others: &[Element]) -> Truth {
    let mut found = Truth::False;
    for other in others {
        found = found.or(one_overlaps(a, certain, &other.value, other.certain));
        if found == Truth::True {
            break;
        }
    }
    found
}

fn one_overlaps(a: &Partial, a_certain: bool, b: &Partial, b_certain: bool) -> Truth {
    let overlap = match (a, b) {
        (Partial::Absent, _) | (_, Partial::Absent) => Truth::False,
        (Partial::Known(a), Partial::Known(b)) => overlap_values(a, b),
        _ => Truth::Unknown,
    };
    if a_certain && b_certain {
        overlap
    } else {
        overlap.and(Truth::Unknown)
    }
}

fn overlap_values(a: &Value, b: &Value) -> Truth {
    match (a, b) {
        (Value::Ip(a), Value::Cidr(b)) | (Value::Cidr(b), Value::Ip(a)) => b.contains(a).into(),
        // Of two networks one holds the other, or they are apart.
        (Value::Cidr(a), Value::Cidr(b)) => (a.contains(b) || b.contains(a)).into(),
        _ => compare::equal_values(a, b),
    }
}

/// `size(n)` (F3): addresses in the union, at most 2^63-1. A list with an unknown or undecided member counts as unknown, an
/// absent network or list as absent.
pub fn size(networks: &Partial) -> Partial {
    let value = match networks {
        Partial::Known(value) => value,
        other => return other.clone(),
    };
    let Some(elements) = value.elements() else {
        return Partial::Known(Value::Int(union(ranges([value]))));
    };
    let open = |element: &&Element| !element.certain || element.value.is_unknown();
    if elements.iter().any(|element| open(&element)) {
        return Partial::Unknown(reason::merge_all(elements.iter().filter_map(|element| {
            match &element.value {
                Partial::Unknown(reasons) => Some(reasons),
                _ => None,
            }
        })));
    }
    let values = elements.iter().filter_map(|element| element.value.known());
    Partial::Known(Value::Int(union(ranges(values))))
}

/// First and last address of each network: version 6 or not, then numbers.
fn ranges<'a>(values: impl IntoIterator<Item = &'a Value>) -> Vec<(bool, u128, u128)> {
    let mut ranges: Vec<_> = values
        .into_iter()
        .filter_map(|value| match value {
            Value::Cidr(IpNet::V4(net)) => Some((
                false,
                u128::from(net.network().to_bits()),
                u128::from(net.broadcast().to_bits()),
            )),
            Value::Cidr(IpNet::V6(net)) => {
                Some((true, net.network().to_bits(), net.broadcast().to_bits()))
            }
            Value::Ip(IpAddr::V4(ip)) => {
                Some((false, u128::from(ip.to_bits()), u128::from(ip.to_bits())))
            }
            Value::Ip(IpAddr::V6(ip)) => Some((true, ip.to_bits(), ip.to_bits())),
            _ => None,
        })
        .collect();
    ranges.sort_unstable();
    ranges
}

/// Numbers in the union of sorted ranges, at most 2^63-1.
fn union(ranges: Vec<(bool, u128, u128)>) -> i128 {
    let limit = u128::from(i64::MAX.unsigned_abs());
    let mut total: u128 = 0;
    let mut covered: Option<(bool, u128)> = None;
    for (family, first, last) in ranges {
        let first = match covered {
            Some((known, end)) if known == family && end >= first => {
                if end >= last {
                    continue;
                }
                end + 1
            }
            _ => first,
        };
        // `::/0` has one address more than a u128 can count; the limit is far below.
        total = total
            .saturating_add((last - first).saturating_add(1))
            .min(limit);
        covered = Some((family, last));
    }
    i128::try_from(total).unwrap_or(i128::from(i64::MAX))
}
