//! A value written so that it is read back equal: in a `test`, and in a file of facts.
//!
//! Unlike [`crate::show`] this hides and prettifies nothing: it is for values that somebody made up, as the checker does for its cases.
//! What a form cannot write is none, never something near it.

use serde_json::{Map, Value as Json, json as object};

use crate::show;
use crate::types::{FieldType, Kind, Type};
use crate::value::{Element, Partial, Value};

/// Largest whole number that every reader of JSON keeps exact.
const EXACT: i128 = 1 << 53;

/// As a test writes it. None for line ends in a text, durations finer than a millisecond, and members of which it is not known whether they belong.
pub fn source(value: &Partial, ty: &Type) -> Option<String> {
    match value {
        Partial::Absent => Some("absent".to_owned()),
        Partial::Unknown(reasons) => Some(format!("unknown {}", show::main_reason(reasons).name())),
        Partial::Known(value) => known_source(value, ty),
    }
}

fn known_source(value: &Value, ty: &Type) -> Option<String> {
    match value {
        Value::Text(it) => text(it.raw()),
        Value::Record(fields) => {
            let mut parts = Vec::new();
            for (field, value) in fields_of(ty).iter().zip(fields.iter()) {
                // A field that is not written is unknown for want of looking.
                if !value.is_unknown() {
                    parts.push(format!("{}: {}", field.name, source(value, &field.ty)?));
                }
            }
            Some(match parts.is_empty() {
                true => "{}".to_owned(),
                false => format!("{{ {} }}", parts.join(", ")),
            })
        }
        Value::List(elements) | Value::Set(elements) => {
            let member = ty.member()?;
            let mut parts: Vec<(String, usize)> = Vec::new();
            for element in elements.iter() {
                let text = certain(element).and_then(|it| source(it, member))?;
                match parts.last_mut() {
                    Some((last, times)) if *last == text => *times += 1,
                    _ => parts.push((text, 1)),
                }
            }
            let parts = parts.into_iter().map(|(text, times)| match times {
                1 => text,
                times => format!("{times} of {text}"),
            });
            Some(format!("[{}]", parts.collect::<Vec<_>>().join(", ")))
        }
        // The language has no smaller unit.
        Value::Duration(it) if it % 1_000_000 != 0 => None,
        scalar => Some(show::scalar_text(scalar, Some(ty))),
    }
}

/// A text in quotes, as a test writes it; it ends on its line. Braces of a value are read as they stand. None if control characters are in it.
pub fn text(text: &str) -> Option<String> {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.extend([c, c]),
            c if c.is_control() => return None,
            c => out.push(c),
        }
    }
    out.push('"');
    Some(out)
}

/// As a file of facts says it ([`crate::decode::decode_given`]). None for members of which it is not known whether they belong.
pub fn json(value: &Partial, ty: &Type) -> Option<Json> {
    match value {
        Partial::Absent => Some(Json::Null),
        Partial::Unknown(reasons) => {
            Some(object!({ "unknown": show::main_reason(reasons).name() }))
        }
        Partial::Known(value) => known_json(value, ty),
    }
}

fn known_json(value: &Value, ty: &Type) -> Option<Json> {
    Some(match value {
        Value::Bool(it) => Json::Bool(*it),
        Value::Int(it) => match i64::try_from(*it) {
            Ok(small) if it.abs() <= EXACT => Json::from(small),
            _ => Json::String(it.to_string()),
        },
        Value::Text(text) => Json::String(text.raw().to_owned()),
        Value::Enum(at) => member_json(*at, ty)?,
        Value::Record(fields) => {
            let mut object = Map::new();
            for (field, value) in fields_of(ty).iter().zip(fields.iter()) {
                if !value.is_unknown() {
                    object.insert(field.name.to_string(), json(value, &field.ty)?);
                }
            }
            Json::Object(object)
        }
        Value::List(elements) | Value::Set(elements) => {
            let member = ty.member()?;
            let elements = elements.iter();
            let all = elements.map(|it| certain(it).and_then(|it| json(it, member)));
            Json::Array(all.collect::<Option<_>>()?)
        }
        scalar => Json::String(show::scalar_text(scalar, Some(ty))),
    })
}

/// Key of an object that stands for something unknown, and of one that stands for a member that may belong; no field is named so.
pub(crate) const UNKNOWN: &str = "?";
pub(crate) const PERHAPS: &str = "??";

/// With everything that is known of it, as [`crate::decode::decode_kept`] reads it: every reason, and members that may belong.
pub fn kept(value: &Partial, ty: &Type) -> Option<Json> {
    match value {
        Partial::Absent => Some(Json::Null),
        Partial::Unknown(reasons) => {
            let reasons = reasons.iter();
            let all = reasons.map(|it| object!([it.fact, it.why.name(), &*it.detail]));
            Some(object!({ UNKNOWN: all.collect::<Vec<_>>() }))
        }
        Partial::Known(Value::Record(fields)) => {
            let mut object = Map::new();
            for (field, value) in fields_of(ty).iter().zip(fields.iter()) {
                object.insert(field.name.to_string(), kept(value, &field.ty)?);
            }
            Some(Json::Object(object))
        }
        Partial::Known(Value::List(elements) | Value::Set(elements)) => {
            let member = ty.member()?;
            let all = elements.iter().map(|it| match it.certain {
                true => kept(&it.value, member),
                false => kept(&it.value, member).map(|it| object!({ PERHAPS: it })),
            });
            Some(Json::Array(all.collect::<Option<_>>()?))
        }
        Partial::Known(value) => known_json(value, ty),
    }
}

/// A member as a source spells it, which is looked for before names.
fn member_json(at: u16, ty: &Type) -> Option<Json> {
    let Kind::Enum(of) = &ty.kind else {
        return None;
    };
    let member = of.members.get(usize::from(at))?;
    match &member.wire {
        Some(wire) => known_json(wire, ty),
        None => Some(Json::String(member.name.to_string())),
    }
}

fn fields_of(ty: &Type) -> &[FieldType] {
    ty.record().map_or(&[], |it| it.fields.as_slice())
}

fn certain(element: &Element) -> Option<&Partial> {
    element.certain.then_some(&element.value)
}

/// The same is known of both, whyever something is not.
pub fn is_same(one: &Partial, other: &Partial) -> bool {
    match (one, other) {
        (Partial::Unknown(_), Partial::Unknown(_)) => true,
        (Partial::Known(Value::Record(one)), Partial::Known(Value::Record(other))) => {
            one.len() == other.len() && one.iter().zip(other.iter()).all(|(a, b)| is_same(a, b))
        }
        (Partial::Known(one), Partial::Known(other)) => match (one.elements(), other.elements()) {
            (Some(a), Some(b)) => {
                std::mem::discriminant(one) == std::mem::discriminant(other)
                    && a.len() == b.len()
                    && a.iter()
                        .zip(b)
                        .all(|(a, b)| a.certain == b.certain && is_same(&a.value, &b.value))
            }
            _ => one == other,
        },
        _ => one == other,
    }
}

#[cfg(test)]
mod tests;
