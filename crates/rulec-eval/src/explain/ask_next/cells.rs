//! Values of a scalar that tests tell apart: at, below and above each constant that they name, and one that none of them names.

use rulec_facts::certificate;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Partial, Text, Value, Version};
use rulec_program::decide::Decider;
use rulec_program::node::{Function, NodeId, Op};
use rulec_program::seal::Sealed;

use crate::walk::walk;

/// In nanoseconds.
const SECOND: i128 = 1_000_000_000;
/// Elements of a list whose times are looked at.
const MOST: usize = 12;
/// A text that no rule names.
pub(crate) const OTHER: &str = "\u{2026}";

/// One value at least in each cell that these tests have on a scalar of that type, as far as constants tell; `known` are values of
/// facts that may stand beside it.
pub(crate) fn values(
    program: &Sealed,
    ty: &Type,
    tests: &[NodeId],
    known: &[Value],
) -> Vec<Partial> {
    let mut constants: Vec<Value> = known.to_vec();
    let (mut parts, mut length) = (false, false);
    for test in tests {
        walk(program, *test, &mut |op| match op {
            Op::Constant(number) => collect(program.nodes.constant(number), &mut constants),
            Op::TextTest(..) => parts = true,
            Op::IsEmpty(_) | Op::IsBase64(_) | Op::Call(..) => length = true,
            _ => {}
        });
    }
    let all = match ty.kind {
        Kind::Text => texts(&constants, parts, length),
        _ => all_of(&ty.kind, &constants),
    };
    let mut found: Vec<Partial> = all.into_iter().map(Partial::Known).collect();
    if ty.optional {
        found.push(Partial::Absent);
    }
    found
}

fn collect(value: Option<&Partial>, constants: &mut Vec<Value>) {
    match value {
        Some(Partial::Known(Value::List(all) | Value::Set(all))) => {
            for it in all.iter() {
                collect(Some(&it.value), constants);
            }
        }
        Some(Partial::Known(value)) => constants.push(value.clone()),
        _ => {}
    }
}

fn all_of(kind: &Kind, constants: &[Value]) -> Vec<Value> {
    match kind {
        Kind::Bool => vec![Value::Bool(false), Value::Bool(true)],
        Kind::Enum(of) => {
            let members = 0..of.members.len();
            let members = members.filter_map(|at| u16::try_from(at).ok());
            members.map(Value::Enum).collect()
        }
        Kind::Int(range) => {
            let (low, high) = range.unwrap_or((i64::MIN, i64::MAX));
            let (low, high) = (i128::from(low), i128::from(high));
            let near = near(constants, |it| match it {
                Value::Int(it) => Some(*it),
                _ => None,
            });
            let near = near.into_iter().chain([low.max(0).min(high), low, high]);
            let fits = near.filter(|it| (low..=high).contains(it));
            fits.map(Value::Int).collect()
        }
        Kind::Time => near_or_zero(constants, |it| match it {
            Value::Time(it) => Some(*it),
            _ => None,
        })
        .map(Value::Time)
        .collect(),
        Kind::Duration(_) => near_or_zero(constants, |it| match it {
            Value::Duration(it) => Some(*it),
            _ => None,
        })
        .map(Value::Duration)
        .collect(),
        Kind::Version => versions(constants),
        Kind::Code | Kind::Ip | Kind::Cidr => {
            let same = |it: &&Value| match kind {
                Kind::Code => matches!(it, Value::Code(_)),
                Kind::Ip => matches!(it, Value::Ip(_)),
                _ => matches!(it, Value::Cidr(_)),
            };
            constants.iter().filter(same).cloned().collect()
        }
        Kind::Text | Kind::List(_) | Kind::Set(_) | Kind::Record(_) => Vec::new(),
    }
}

fn near(constants: &[Value], number: impl Fn(&Value) -> Option<i128>) -> Vec<i128> {
    let numbers = constants.iter().filter_map(number);
    numbers.flat_map(|it| [it - 1, it, it + 1]).collect()
}

/// Nanoseconds: a second before and after each, which is what people say, and what lies next to each.
fn near_or_zero(
    constants: &[Value],
    number: impl Fn(&Value) -> Option<i128>,
) -> impl Iterator<Item = i128> {
    let numbers: Vec<i128> = constants.iter().filter_map(&number).collect();
    let seconds = numbers
        .into_iter()
        .flat_map(|it| [it - SECOND, it + SECOND]);
    seconds.chain(near(constants, number)).chain([0])
}

/// The least, each constant, and what comes right after it: what lies between two constants is there.
fn versions(constants: &[Value]) -> Vec<Value> {
    let mut found = vec![Value::Version(Version::new(&[]))];
    for it in constants {
        if let Value::Version(version) = it {
            found.push(it.clone());
            let after: Vec<u64> = version.parts().iter().copied().chain([0, 1]).collect();
            found.push(Value::Version(Version::new(&after)));
        }
    }
    found
}

/// Another text and each constant; where tests look at parts of texts each with something before, after and on both sides, the stars of
/// a pattern standing for nothing; where they look at the length the empty one.
fn texts(constants: &[Value], parts: bool, length: bool) -> Vec<Value> {
    let mut found = vec![OTHER.to_owned()];
    if parts || length {
        found.push(String::new());
    }
    for it in constants {
        let Value::Text(text) = it else {
            continue;
        };
        found.push(text.raw().to_owned());
        if parts {
            let plain = text.raw().replace('*', "").replace('?', "x");
            found.push(format!("{plain}{OTHER}"));
            found.push(format!("{OTHER}{plain}"));
            found.push(format!("{OTHER}{plain}{OTHER}"));
            found.push(plain);
        }
    }
    let texts = found.iter().map(|it| Value::Text(Text::new(it)));
    texts.collect()
}

/// The scalars that are known of what these tests read: other facts may be compared with them. Of lists the times in their elements,
/// and in the certificates that tests read in them: `now` is compared with these.
pub(crate) fn known(look: &Decider<'_>, tests: &[NodeId]) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    for test in tests {
        let mut reads_certificates = false;
        walk(look.program(), *test, &mut |op| {
            reads_certificates |= matches!(op, Op::Call(Function::Certificate, _));
        });
        for (slot, path) in look.reads_of(*test).parts {
            let mut value = look.state().get(slot);
            for at in path {
                value = match value {
                    Some(Partial::Known(Value::Record(fields))) => fields.get(at as usize),
                    _ => None,
                };
            }
            if let Some(Partial::Known(list)) = value
                && let Some(elements) = list.elements()
            {
                for it in elements.iter().take(MOST) {
                    times(&it.value, reads_certificates, &mut found);
                }
            }
            if let Some(Partial::Known(value)) = value
                && value.elements().is_none()
                && !matches!(value, Value::Record(_))
                && !found.contains(value)
            {
                found.push(value.clone());
            }
        }
    }
    found
}

/// The times of an element, and of certificates in it.
fn times(value: &Partial, in_certificates: bool, found: &mut Vec<Value>) {
    match value {
        Partial::Known(it @ Value::Time(_)) if !found.contains(it) => found.push(it.clone()),
        Partial::Known(Value::Record(fields)) => {
            for it in fields.iter() {
                times(it, in_certificates, found);
            }
        }
        Partial::Known(Value::Text(text)) if in_certificates => {
            let read = certificate::certificate(text.raw());
            if let Some(read @ Value::Record(_)) = read {
                times(&Partial::Known(read), false, found);
            }
        }
        _ => {}
    }
}
