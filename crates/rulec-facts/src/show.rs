//! Values as JSON, as text for a person and as a test writes them.
//!
//! Canonical: members of lists and sets are sorted by their JSON bytes (T3), enum members stand by name, absent is null,
//! an unknown place is `{"unknown": reason}`, an element that perhaps belongs is `{"perhaps": …}`, a secret field is `[secret]`. Hiding a
//! fact that is secret as a whole is the caller's. Does not read values; that is [`crate::literal`] and [`crate::decode`].
//!
//! Answers come from anywhere, so in texts control characters are shown as their pictures (`␛`) and never reach a terminal. Nothing is
//! shortened here.

use std::fmt::Write;

use serde_json::{Map, Value as Json, json as object};

use crate::code::{Code, Number};
use crate::literal::{self, UNITS};
use crate::reason::{self, Reason, Why};
use crate::types::{FieldType, Kind, Type};
use crate::value::{Element, Partial, Value, Version};

/// What stands in place of a secret value.
pub const SECRET: &str = "[secret]";

/// What stands for an empty list or set where a person reads it.
pub const NONE: &str = "none";

/// Largest whole number that every JSON reader keeps exact.
const EXACT: u64 = 1 << 53;

/// Canonical JSON of a partial value of that type.
pub fn json(value: &Partial, ty: &Type) -> Json {
    partial_json(value, ty, Form::Shown)
}

/// Canonical JSON of a value of that type.
pub fn value_json(value: &Value, ty: &Type) -> Json {
    known_json(value, ty, Form::Shown)
}

/// The value as a person reads it: labels of enum members, lists with commas (`none` if empty), records as `name: value` without what is absent,
/// durations in several units, codes with their symbol, `absent`, `unknown (denied)`.
pub fn text(value: &Partial, ty: &Type) -> String {
    let mut out = String::new();
    write_partial(&mut out, value, ty, Style::People);
    out
}

/// The value as a person reads it.
pub fn value_text(value: &Value, ty: &Type) -> String {
    let mut out = String::new();
    write_value(&mut out, value, ty, Style::People);
    out
}

/// As a test writes it: `"text"`, `[a, b]`, `{ name: value }`, `absent`, `unknown denied`. Reads back as the same value, but for
/// control characters, which the language cannot write.
pub fn source(value: &Partial, ty: &Type) -> String {
    let mut out = String::new();
    write_partial(&mut out, value, ty, Style::Source);
    out
}

/// A value that has no parts, as the language writes it but for the quotes of a text; enum members need their type.
pub fn scalar_text(value: &Value, ty: Option<&Type>) -> String {
    match value {
        Value::Bool(it) => it.to_string(),
        Value::Int(it) => it.to_string(),
        Value::Text(it) => it.raw().to_owned(),
        Value::Enum(at) => member_name(*at, ty, Style::Source),
        Value::Version(it) => version(it),
        Value::Time(it) => time(*it),
        Value::Duration(it) => duration(*it),
        Value::Ip(it) => it.to_string(),
        Value::Cidr(it) => it.to_string(),
        Value::Code(it) => code(it),
        Value::Record(_) | Value::List(_) | Value::Set(_) => String::new(),
    }
}

/// The reason that stands for all: the first that is not `unsupported` (S4).
pub fn main_reason(reasons: &[Reason]) -> Why {
    reason::leading(reasons).map_or(Why::NotCollected, |it| it.why)
}

/// `1.10`, at least `0`.
pub fn version(version: &Version) -> String {
    let parts: Vec<String> = version.parts().iter().map(u64::to_string).collect();
    match parts.len() {
        0 => "0".to_owned(),
        _ => parts.join("."),
    }
}

/// RFC 3339 with `Z`; a sum outside the years 0..9999 has a sign before its year.
pub fn time(nanoseconds: i128) -> String {
    literal::time_text(nanoseconds)
}

/// As the language writes it, in the largest unit that gives a whole number: `7d`, `90min`, `500ms`.
pub fn duration(nanoseconds: i128) -> String {
    if nanoseconds == 0 {
        return "0s".to_owned();
    }
    UNITS
        .iter()
        .find(|(_, size)| nanoseconds % size == 0)
        .map(|(unit, size)| format!("{}{unit}", nanoseconds / size))
        .unwrap_or_default()
}

/// For a person, in several units: `1d 1h`, `-5min`.
pub fn duration_text(nanoseconds: i128) -> String {
    if nanoseconds == 0 {
        return "0s".to_owned();
    }
    let mut rest = nanoseconds.unsigned_abs();
    let mut parts = Vec::new();
    for (unit, size) in UNITS {
        let size = size.unsigned_abs();
        if rest >= size {
            parts.push(format!("{}{unit}", rest / size));
            rest %= size;
        }
    }
    let sign = if nanoseconds < 0 { "-" } else { "" };
    format!("{sign}{}", parts.join(" "))
}

/// `ras 798`, `hresult 0x80090326`, `arm InvalidResourceName`; [`Code::described`] adds the symbol.
pub fn code(code: &Code) -> String {
    code.to_string()
}

/// A character as it may be shown: control characters as pictures, C1 controls and marks that turn the direction replaced.
pub fn visible(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c => c,
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    People,
    Source,
}

fn write_partial(out: &mut String, value: &Partial, ty: &Type, style: Style) {
    match value {
        Partial::Absent => out.push_str("absent"),
        Partial::Unknown(reasons) => {
            let why = main_reason(reasons).name();
            // Writing to a text cannot fail.
            let _ = match style {
                Style::People => write!(out, "unknown ({why})"),
                Style::Source => write!(out, "unknown {why}"),
            };
        }
        Partial::Known(value) => write_value(out, value, ty, style),
    }
}

fn write_value(out: &mut String, value: &Value, ty: &Type, style: Style) {
    match value {
        Value::Text(text) if style == Style::Source => {
            out.push('"');
            for c in text.raw().chars() {
                match c {
                    '"' | '{' | '}' => out.extend([c, c]),
                    _ => out.push(visible(c)),
                }
            }
            out.push('"');
        }
        Value::Record(fields) => write_record(out, fields, ty, style),
        Value::List(elements) | Value::Set(elements) => write_list(out, elements, ty, style),
        value => {
            let text = match value {
                Value::Enum(at) => member_name(*at, Some(ty), style),
                Value::Duration(it) if style == Style::People => duration_text(*it),
                Value::Code(it) if style == Style::People => it.described(),
                scalar => scalar_text(scalar, Some(ty)),
            };
            out.extend(text.chars().map(visible));
        }
    }
}

fn member_name(at: u16, ty: Option<&Type>, style: Style) -> String {
    let member = match ty.map(|it| &it.kind) {
        Some(Kind::Enum(of)) => of.members.get(usize::from(at)),
        _ => None,
    };
    match member {
        Some(it) if style == Style::People => it.label.as_ref().unwrap_or(&it.name).to_string(),
        Some(it) => it.name.to_string(),
        None => at.to_string(),
    }
}

fn with_types<'a>(
    fields: &'a [Partial],
    ty: &'a Type,
) -> impl Iterator<Item = (&'a FieldType, &'a Partial)> {
    let types = ty.record().map_or(&[][..], |it| it.fields.as_slice());
    types.iter().zip(fields)
}

fn write_record(out: &mut String, fields: &[Partial], ty: &Type, style: Style) {
    out.push_str("{ ");
    let left_out = |value: &Partial| style == Style::People && matches!(value, Partial::Absent);
    let shown = with_types(fields, ty).filter(|(_, value)| !left_out(value));
    for (at, (field, value)) in shown.enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        out.push_str(&field.name);
        out.push_str(": ");
        if field.secret && value.known().is_some() {
            out.push_str(SECRET);
        } else {
            write_partial(out, value, &field.ty, style);
        }
    }
    out.push_str(" }");
}

fn write_list(out: &mut String, elements: &[Element], ty: &Type, style: Style) {
    let Some(member) = ty.member() else {
        return;
    };
    if style == Style::Source {
        out.push('[');
    } else if elements.is_empty() {
        out.push_str(NONE);
    }
    let mut sorted: Vec<(String, &Element)> = elements
        .iter()
        .map(|it| (key(it, member, Form::Shown), it))
        .collect();
    sorted.sort_by(|left, right| left.0.cmp(&right.0));
    for (at, (_, element)) in sorted.into_iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        if !element.certain {
            out.push_str("perhaps ");
        }
        write_partial(out, &element.value, member, style);
    }
    if style == Style::Source {
        out.push(']');
    }
}

/// The order of elements in reports and proofs (T3): by the bytes of their canonical JSON, certain ones first among equals.
pub fn sort(elements: &mut [Element], member: &Type) {
    elements.sort_by_cached_key(|it| (key(it, member, Form::Whole), !it.certain));
}

/// A text that two total values of the type share if and only if they are equal (`==`).
pub fn identity(value: &Partial, ty: &Type) -> String {
    partial_json(value, ty, Form::Folded).to_string()
}

fn key(element: &Element, member: &Type, form: Form) -> String {
    partial_json(&element.value, member, form).to_string()
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// Secrets hidden.
    Shown,
    /// Secrets included.
    Whole,
    /// Secrets included, all texts folded.
    Folded,
}

fn partial_json(value: &Partial, ty: &Type, form: Form) -> Json {
    match value {
        Partial::Absent => Json::Null,
        Partial::Unknown(reasons) => object!({ "unknown": main_reason(reasons).name() }),
        Partial::Known(value) => known_json(value, ty, form),
    }
}

fn known_json(value: &Value, ty: &Type, form: Form) -> Json {
    match value {
        Value::Bool(it) => Json::Bool(*it),
        Value::Int(it) => match i64::try_from(*it) {
            Ok(small) if small.unsigned_abs() <= EXACT => Json::from(small),
            _ => Json::String(it.to_string()),
        },
        Value::Record(fields) => {
            let fields = with_types(fields, ty)
                .map(|(field, value)| (field.name.to_string(), field_json(field, value, form)));
            Json::Object(Map::from_iter(fields))
        }
        Value::List(elements) | Value::Set(elements) => list_json(elements, ty, form),
        Value::Text(it) if form == Form::Folded => Json::String(it.folded().to_owned()),
        Value::Code(it) if form == Form::Folded => Json::String(match &it.number {
            Number::Number(number) => format!("{} {number}", it.kind),
            Number::Word(word) => format!("{} \"{}\"", it.kind, word.folded()),
        }),
        scalar => Json::String(scalar_text(scalar, Some(ty))),
    }
}

fn field_json(field: &FieldType, value: &Partial, form: Form) -> Json {
    match value {
        Partial::Known(_) if field.secret && form == Form::Shown => SECRET.into(),
        value => partial_json(value, &field.ty, form),
    }
}

fn list_json(elements: &[Element], ty: &Type, form: Form) -> Json {
    let Some(member) = ty.member() else {
        return Json::Array(Vec::new());
    };
    let mut parts: Vec<(String, Json)> = elements
        .iter()
        .map(|it| {
            let value = partial_json(&it.value, member, form);
            let shown = if it.certain {
                value
            } else {
                object!({ "perhaps": value })
            };
            (shown.to_string(), shown)
        })
        .collect();
    parts.sort_by(|left, right| left.0.cmp(&right.0));
    parts.into_iter().map(|(_, shown)| shown).collect()
}

#[cfg(test)]
mod tests;
