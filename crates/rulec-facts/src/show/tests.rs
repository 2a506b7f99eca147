//! Tests of [`super`].

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
    assert_eq!(time(253_402_300_800_000_000_000), "+10000-01-01T00:00:00Z");
    assert_eq!(version(&Version::new(&[1, 10, 0])), "1.10");
    assert_eq!(version(&Version::new(&[])), "0");
    let hresult = Code {
        kind: Arc::from("hresult"),
        number: Number::Number(0x8009_0326),
    };
    assert_eq!(code(&hresult), "hresult 0x80090326");
}

#[test]
fn t3_elements_that_perhaps_belong_are_said_to() {
    let ty = Type::of(Kind::List(Arc::new(Type::of(Kind::Int(None)))));
    let value = Value::List(Arc::from([Element {
        value: Partial::Known(Value::Int(1)),
        certain: false,
    }]));
    assert_eq!(value_json(&value, &ty).to_string(), r#"[{"perhaps":1}]"#);
    assert_eq!(value_text(&value, &ty), "perhaps 1");
    assert_eq!(value_text(&Value::List(Arc::from([])), &ty), "none");
}

#[test]
fn values_are_written_as_a_test_writes_them() {
    let ty = Type::of(Kind::List(Arc::new(Type::of(Kind::Text))));
    let text_of = |it: &str| Partial::Known(Value::Text(Text::new(it)));
    let value = Partial::Known(list(&[text_of("say \"{x}\""), text_of("a")]));
    assert_eq!(source(&value, &ty), r#"["a", "say ""{{x}}"""]"#);
    assert_eq!(source(&Partial::Absent, &ty), "absent");
}

#[test]
fn control_characters_never_reach_a_terminal() {
    let ty = Type::of(Kind::Text);
    let value = Value::Text(Text::new("a\u{1b}[31m\u{202e}b\n"));
    assert_eq!(value_text(&value, &ty), "a␛[31m\u{fffd}b␊");
}

#[test]
fn a_person_reads_labels_and_symbols_and_json_has_names() {
    use crate::types::{EnumMember, EnumType};
    let ty = Type::of(Kind::Enum(Arc::new(EnumType {
        name: None,
        members: vec![EnumMember {
            name: "vpn_list".into(),
            wire: None,
            label: Some("from the VPN list".into()),
        }],
        open: false,
    })));
    assert_eq!(value_text(&Value::Enum(0), &ty), "from the VPN list");
    assert_eq!(value_json(&Value::Enum(0), &ty), "vpn_list");
    let code_type = Type::of(Kind::Code);
    let value = Value::Code(Code::new("ras", 798_u64));
    assert_eq!(
        value_text(&value, &code_type),
        "ras 798 (ERROR_NO_EAPTLS_CERTIFICATE)"
    );
    assert_eq!(value_json(&value, &code_type), "ras 798");
}

#[test]
fn numbers_beyond_2_to_53_are_texts_in_json() {
    let ty = Type::of(Kind::Int(None));
    assert_eq!(
        value_json(&Value::Int(1 << 53), &ty),
        9_007_199_254_740_992_i64
    );
    assert_eq!(
        value_json(&Value::Int((1 << 53) + 1), &ty),
        "9007199254740993"
    );
}
