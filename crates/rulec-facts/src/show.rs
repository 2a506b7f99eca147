//! Values as JSON and as text for a person.
//!
//! Canonical: members of lists and sets are sorted by their JSON bytes (T3), enum members stand by name, absent is null,
//! an unknown place is `{"unknown": reason}`, a secret field is `[secret]`. Does not read values; that is [`crate::decode`].

use jiff::Timestamp;
use serde_json::{Map, Value as Json};

use crate::code::{Code, Number};
use crate::reason::{Reason, Why};
use crate::types::{FieldType, Kind, Type};
use crate::value::{Element, Partial, Value, Version};

/// What stands in place of a secret value.
pub const SECRET: &str = "[secret]";

/// Largest whole number that every JSON reader keeps exact.
const EXACT: i128 = 1 << 53;

/// Canonical JSON of a partial value of that type.
pub fn json(value: &Partial, ty: &Type) -> Json {
    match value {
        Partial::Absent => Json::Null,
        Partial::Unknown(reasons) => unknown(reasons),
        Partial::Known(value) => value_json(value, ty),
    }
}

/// Canonical JSON of a value of that type.
pub fn value_json(value: &Value, ty: &Type) -> Json {
    match value {
        Value::Bool(it) => Json::Bool(*it),
        Value::Int(it) if it.abs() <= EXACT => i64::try_from(*it).map_or(Json::Null, Json::from),
        Value::Record(fields) => Json::Object(record(fields, ty)),
        Value::List(elements) | Value::Set(elements) => Json::Array(elements_json(elements, ty)),
        scalar => Json::String(scalar_text(scalar, Some(ty))),
    }
}

/// The value as a person reads it: lists with commas, records as `name: value`, absent as `absent`, unknown as `unknown (reason)`.
pub fn text(value: &Partial, ty: &Type) -> String {
    match value {
        Partial::Absent => "absent".to_owned(),
        Partial::Unknown(reasons) => format!("unknown ({})", main_reason(reasons).name()),
        Partial::Known(value) => value_text(value, ty),
    }
}

/// The value as a person reads it.
pub fn value_text(value: &Value, ty: &Type) -> String {
    match value {
        Value::Record(fields) => {
            let parts: Vec<String> = with_types(fields, ty)
                .filter(|(_, value)| !matches!(value, Partial::Absent))
                .map(|(field, value)| format!("{}: {}", field.name, field_text(field, value)))
                .collect();
            format!("{{ {} }}", parts.join(", "))
        }
        Value::List(elements) | Value::Set(elements) => {
            let Some(member) = ty.member() else {
                return String::new();
            };
            let mut parts: Vec<(String, String)> = elements
                .iter()
                .map(|it| (sort_key(&it.value, member), element_text(it, member)))
                .collect();
            parts.sort();
            let parts: Vec<String> = parts.into_iter().map(|(_, text)| text).collect();
            parts.join(", ")
        }
        scalar => scalar_text(scalar, Some(ty)),
    }
}

/// A value that has no parts, as the language writes it but for the quotes of a text; enum members need their type.
pub fn scalar_text(value: &Value, ty: Option<&Type>) -> String {
    match value {
        Value::Bool(it) => it.to_string(),
        Value::Int(it) => it.to_string(),
        Value::Text(it) => it.raw().to_owned(),
        Value::Enum(at) => member_name(*at, ty),
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
    reasons
        .iter()
        .find(|it| it.why != Why::Unsupported)
        .or(reasons.first())
        .map_or(Why::NotCollected, |it| it.why)
}

/// `1.10`, at least `0`.
pub fn version(version: &Version) -> String {
    let parts: Vec<String> = version.parts().iter().map(u64::to_string).collect();
    match parts.len() {
        0 => "0".to_owned(),
        _ => parts.join("."),
    }
}

/// RFC 3339 with `Z`; a sum outside of the calendar in nanoseconds since 1970.
pub fn time(nanoseconds: i128) -> String {
    match Timestamp::from_nanosecond(nanoseconds) {
        Ok(time) => time.to_string(),
        Err(_) => format!("{nanoseconds}ns"),
    }
}

/// In the largest unit that gives a whole number: `7d`, `90min`, `500ms`.
pub fn duration(nanoseconds: i128) -> String {
    const UNITS: [(&str, i128); 5] = [
        ("d", 86_400_000_000_000),
        ("h", 3_600_000_000_000),
        ("min", 60_000_000_000),
        ("s", 1_000_000_000),
        ("ms", 1_000_000),
    ];
    if nanoseconds == 0 {
        return "0s".to_owned();
    }
    UNITS
        .iter()
        .find(|(_, size)| nanoseconds % size == 0)
        .map_or_else(
            || format!("{nanoseconds}ns"),
            |(unit, size)| format!("{}{unit}", nanoseconds / size),
        )
}

/// `ras 798`, `hresult 0x80090326`, `arm "invalidresourcename"`.
pub fn code(code: &Code) -> String {
    match &code.number {
        Number::Number(number) if &*code.kind == "hresult" => {
            format!("{} 0x{number:08x}", code.kind)
        }
        Number::Number(number) => format!("{} {number}", code.kind),
        Number::Word(word) => format!("{} \"{}\"", code.kind, word.replace('"', "\"\"")),
    }
}

fn unknown(reasons: &[Reason]) -> Json {
    let mut object = Map::new();
    object.insert("unknown".to_owned(), main_reason(reasons).name().into());
    Json::Object(object)
}

fn record(fields: &[Partial], ty: &Type) -> Map<String, Json> {
    with_types(fields, ty)
        .map(|(field, value)| (field.name.to_string(), field_json(field, value)))
        .collect()
}

fn with_types<'a>(
    fields: &'a [Partial],
    ty: &'a Type,
) -> impl Iterator<Item = (&'a FieldType, &'a Partial)> {
    let types = ty.record().map_or(&[][..], |it| it.fields.as_slice());
    types.iter().zip(fields)
}

fn field_json(field: &FieldType, value: &Partial) -> Json {
    match value {
        Partial::Known(_) if field.secret => SECRET.into(),
        value => json(value, &field.ty),
    }
}

fn field_text(field: &FieldType, value: &Partial) -> String {
    match value {
        Partial::Known(_) if field.secret => SECRET.to_owned(),
        value => text(value, &field.ty),
    }
}

fn elements_json(elements: &[Element], ty: &Type) -> Vec<Json> {
    let Some(member) = ty.member() else {
        return Vec::new();
    };
    let mut parts: Vec<(String, Json)> = elements
        .iter()
        .map(|it| {
            let shown = element_json(it, member);
            (shown.to_string(), shown)
        })
        .collect();
    parts.sort_by(|left, right| left.0.cmp(&right.0));
    parts.into_iter().map(|(_, shown)| shown).collect()
}

/// `{"perhaps": value}` where it is not known whether the element belongs to the list.
fn element_json(element: &Element, member: &Type) -> Json {
    let shown = json(&element.value, member);
    if element.certain {
        return shown;
    }
    let mut object = Map::new();
    object.insert("perhaps".to_owned(), shown);
    Json::Object(object)
}

fn element_text(element: &Element, member: &Type) -> String {
    let shown = text(&element.value, member);
    if element.certain {
        shown
    } else {
        format!("perhaps {shown}")
    }
}

fn sort_key(value: &Partial, ty: &Type) -> String {
    json(value, ty).to_string()
}

fn member_name(at: u16, ty: Option<&Type>) -> String {
    let member = match ty.map(|it| &it.kind) {
        Some(Kind::Enum(members)) => members.members.get(usize::from(at)),
        _ => None,
    };
    member.map_or_else(|| at.to_string(), |it| it.name.to_string())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::types::RecordType;
    use crate::value::Text;

    fn list(values: &[Partial]) -> Value {
        Value::List(values.iter().cloned().map(Element::certain).collect())
    }

    #[test]
    fn t3_lists_are_shown_in_canonical_order_and_unknown_members_keep_their_reason() {
        let ty = Type::of(Kind::List(Arc::new(Type::of(Kind::Text))));
        let unknown = Partial::Unknown(Arc::from([Reason {
            fact: "a".into(),
            why: Why::Denied,
            detail: Arc::from(""),
        }]));
        let text_of = |it: &str| Partial::Known(Value::Text(Text::new(it)));
        let value = list(&[text_of("b"), unknown, text_of("a")]);
        assert_eq!(
            value_json(&value, &ty).to_string(),
            r#"["a","b",{"unknown":"denied"}]"#
        );
        assert_eq!(value_text(&value, &ty), "a, b, unknown (denied)");
    }

    #[test]
    fn secret_fields_are_hidden_and_absent_ones_are_null() {
        let field = |name: &str, secret| FieldType {
            name: name.into(),
            ty: Type::of(Kind::Text).optional(),
            at: None,
            default: None,
            ask: None,
            secret,
            title: None,
        };
        let ty = Type::of(Kind::Record(Arc::new(RecordType {
            name: None,
            fields: vec![field("key", true), field("note", false)],
        })));
        let value = Value::Record(Arc::from([
            Partial::Known(Value::Text(Text::new("hunter2"))),
            Partial::Absent,
        ]));
        assert_eq!(
            value_json(&value, &ty).to_string(),
            r#"{"key":"[secret]","note":null}"#
        );
        assert_eq!(value_text(&value, &ty), "{ key: [secret] }");
    }

    #[test]
    fn scalars_are_written_as_the_language_writes_them() {
        assert_eq!(duration(90 * 60_000_000_000), "90min");
        assert_eq!(duration(0), "0s");
        assert_eq!(time(0), "1970-01-01T00:00:00Z");
        assert_eq!(time(i128::MAX), format!("{}ns", i128::MAX));
        assert_eq!(version(&Version::new(&[1, 10, 0])), "1.10");
        assert_eq!(version(&Version::new(&[])), "0");
        let hresult = Code {
            kind: Arc::from("hresult"),
            number: Number::Number(0x8009_0326),
        };
        assert_eq!(code(&hresult), "hresult 0x80090326");
    }
}
