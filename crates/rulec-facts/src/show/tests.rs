//! Tests of [`super`].

use std::sync::Arc;

use super::*;
use crate::code::Number;
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
    assert_eq!(time(253_402_300_800_000_000_000), "+10000-01-01T00:00:00Z");
    assert_eq!(version(&Version::new(&[1, 10, 0])), "1.10");
    assert_eq!(version(&Version::new(&[])), "0");
    let hresult = Code {
        kind: Arc::from("hresult"),
        number: Number::Number(0x8009_0326),
    };
    assert_eq!(code(&hresult), "hresult 0x80090326");
}
