//! Every value of every type, written and read back.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::code::Code;
use crate::decode::{decode_given, decode_kept};
use crate::ops;
use crate::reason::{Reason, Why};
use crate::source::BuiltIn;
use crate::types::{EnumMember, EnumType, RecordType};
use crate::value::Version;

fn field(name: &str, ty: Type) -> FieldType {
    FieldType {
        name: name.into(),
        ty,
        at: None,
        default: None,
        ask: None,
        secret: name == "b",
        title: None,
    }
}

fn choice() -> Type {
    let member = |name: &str, wire| EnumMember {
        name: name.into(),
        wire,
        label: None,
    };
    Type::of(Kind::Enum(Arc::new(EnumType {
        name: None,
        members: vec![
            member("Up", Some(Value::Int(7))),
            member("Down", Some(Value::text("is down"))),
            member("other", None),
        ],
        open: true,
    })))
}

fn any_type() -> impl Strategy<Value = Type> {
    let kinds = vec![
        Kind::Bool,
        Kind::Int(None),
        Kind::Text,
        choice().kind,
        Kind::Version,
        Kind::Time,
        Kind::Duration(None),
        Kind::Duration(Some(1_000_000_000)),
        Kind::Ip,
        Kind::Cidr,
        Kind::Code,
        BuiltIn::Certificate.ty().kind,
    ];
    let leaf = prop::sample::select(kinds).prop_map(Type::of);
    leaf.prop_recursive(3, 12, 3, |inside| {
        let fields = prop::collection::vec((inside.clone(), any::<bool>()), 1..4);
        prop_oneof![
            inside
                .clone()
                .prop_map(|it| Type::of(Kind::List(Arc::new(it)))),
            inside.prop_map(|it| Type::of(Kind::Set(Arc::new(it)))),
            fields.prop_map(|fields| {
                let fields = fields.into_iter().zip(["a", "b", "c"]);
                let fields = fields.map(|((ty, optional), name)| {
                    field(name, if optional { ty.optional() } else { ty })
                });
                Type::of(Kind::Record(Arc::new(RecordType {
                    name: None,
                    fields: fields.collect(),
                })))
            }),
        ]
    })
}

fn unknown() -> Partial {
    Partial::Unknown(Arc::from([Reason {
        fact: "f".into(),
        why: Why::Denied,
        detail: Arc::from(""),
    }]))
}

/// A value of that type, partial inside; `top` is neither unknown nor absent.
fn value_of(ty: &Type, member: bool) -> BoxedStrategy<Partial> {
    let known = known_of(ty).prop_map(Partial::Known);
    match (ty.optional && !member, member) {
        (true, _) => {
            prop_oneof![6 => known, 1 => Just(Partial::Absent), 1 => Just(unknown())].boxed()
        }
        (_, _) => prop_oneof![7 => known, 1 => Just(unknown())].boxed(),
    }
}

fn known_of(ty: &Type) -> BoxedStrategy<Value> {
    match &ty.kind {
        Kind::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Kind::Int(_) => any::<i64>().prop_map(|it| Value::Int(it.into())).boxed(),
        Kind::Text => ".{0,8}|[{}\"a ]{0,5}|\u{212a}"
            .prop_map(|it| Value::text(&it))
            .boxed(),
        Kind::Enum(_) => (0u16..3).prop_map(Value::Enum).boxed(),
        Kind::Version => prop::collection::vec(any::<u64>(), 0..5)
            .prop_map(|it| Value::Version(Version::new(&it)))
            .boxed(),
        // The years 0..9999.
        Kind::Time => (-62_167_219_200_i128..253_402_300_800, 0i128..1_000_000_000)
            .prop_map(|(seconds, more)| Value::Time(seconds * 1_000_000_000 + more))
            .boxed(),
        Kind::Duration(_) => prop_oneof![
            any::<i64>().prop_map(|it| Value::Duration(it.into())),
            (-400i128..400).prop_map(|it| Value::Duration(it * 3_600_000_000_000)),
        ]
        .boxed(),
        Kind::Ip => prop_oneof![
            any::<[u8; 4]>().prop_map(|it| Value::Ip(it.into())),
            any::<[u8; 16]>().prop_map(|it| Value::Ip(it.into())),
        ]
        .boxed(),
        Kind::Cidr => (any::<[u8; 4]>(), 0u8..=32)
            .prop_map(|(address, length)| {
                let address: std::net::IpAddr = address.into();
                Value::Cidr(ipnet::IpNet::new(address, length).unwrap().trunc())
            })
            .boxed(),
        Kind::Code => prop::sample::select(vec![
            Code::new("ras", 798u64),
            Code::new("hresult", 0x8009_0326_u64),
            Code::new("win32", 5u64),
            Code::new("arm", "InvalidResourceName"),
            Code::new("nps", "some words"),
        ])
        .prop_map(Value::Code)
        .boxed(),
        Kind::List(of) => prop::collection::vec(value_of(of, true), 0..4)
            .prop_map(|all| Value::List(all.into_iter().map(Element::certain).collect()))
            .boxed(),
        Kind::Set(of) => {
            let of = Arc::clone(of);
            prop::collection::vec(value_of(&of, true), 0..4)
                .prop_map(move |all| ops::set(all.into_iter().map(Element::certain).collect(), &of))
                .boxed()
        }
        Kind::Record(record) => {
            let fields: Vec<BoxedStrategy<Partial>> = record
                .fields
                .iter()
                .map(|it| value_of(&it.ty, false))
                .collect();
            fields
                .prop_map(|fields| Value::Record(fields.into()))
                .boxed()
        }
    }
}

fn typed() -> impl Strategy<Value = (Type, Partial)> {
    any_type().prop_flat_map(|ty| {
        let value = value_of(&ty, false);
        (Just(ty), value)
    })
}

proptest! {
    #[test]
    fn what_a_file_of_facts_says_is_read_back_equal((ty, value) in typed()) {
        let written = json(&value, &ty).unwrap();
        let read = decode_given("f", &ty, None, &written);
        let read = read.map_err(|error| TestCaseError::fail(format!("{error}: {written}")))?;
        prop_assert!(is_same(&read, &value), "{written}: {read:?} for {value:?}");
    }

    #[test]
    fn what_a_case_keeps_is_read_back_with_reasons_and_doubts((ty, value) in typed()) {
        let value = doubted(value);
        let written = kept(&value, &ty).unwrap();
        let text = written.to_string();
        let read: Json = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(decode_kept("f", &ty, &read), value, "{}", text);
    }
}

/// The same with doubt about every second member of its lists.
fn doubted(value: Partial) -> Partial {
    let Partial::Known(value) = value else {
        return value;
    };
    Partial::Known(match value {
        Value::List(all) => Value::List(
            all.iter()
                .enumerate()
                .map(|(at, it)| Element {
                    value: doubted(it.value.clone()),
                    certain: at % 2 == 0,
                })
                .collect(),
        ),
        Value::Record(fields) => Value::Record(fields.iter().cloned().map(doubted).collect()),
        other => other,
    })
}

#[test]
fn what_was_kept_for_another_type_is_unknown_for_that_part_alone() {
    let ty = BuiltIn::Service.ty();
    let read = decode_kept(
        "f",
        &ty,
        &object!({ "name": 7, "start": "manual", "more": 1 }),
    );
    let Partial::Known(Value::Record(fields)) = &read else {
        panic!("{read:?}")
    };
    let whys: Vec<Option<Why>> = fields
        .iter()
        .map(|it| match it {
            Partial::Unknown(reasons) => Some(reasons[0].why),
            _ => None,
        })
        .collect();
    assert_eq!(whys, [Some(Why::Malformed), Some(Why::NotCollected), None]);
    for broken in [
        "{\"?\": 1}",
        "{\"?\": []}",
        "{\"?\": [[\"f\", \"none\", \"\"]]}",
    ] {
        let broken: Json = serde_json::from_str(broken).unwrap();
        assert!(decode_kept("f", &ty, &broken).is_unknown());
    }
}

#[test]
fn a_test_cannot_write_the_end_of_a_line_in_a_text() {
    let ty = Type::of(Kind::Text);
    let written = |text| source(&Partial::Known(Value::text(text)), &ty);
    assert_eq!(written("a\nb"), None);
    assert_eq!(
        written("a \"b\" {c}").as_deref(),
        Some("\"a \"\"b\"\" {c}\"")
    );
}

#[test]
fn equal_members_are_counted_and_secrets_are_written() {
    let record = Type::of(Kind::Record(Arc::new(RecordType {
        name: None,
        fields: vec![
            field("a", Type::of(Kind::Int(None))),
            field("b", Type::of(Kind::Text)),
        ],
    })));
    let member = |a: i128| {
        let fields = [
            Partial::Known(Value::Int(a)),
            Partial::Known(Value::text("x")),
        ];
        Element::certain(Partial::Known(Value::Record(Arc::from(fields))))
    };
    let list = Partial::Known(Value::List(Arc::from([member(1), member(1), member(2)])));
    let ty = Type::of(Kind::List(Arc::new(record)));
    let written = source(&list, &ty);
    assert_eq!(
        written.as_deref(),
        Some("[2 of { a: 1, b: \"x\" }, { a: 2, b: \"x\" }]")
    );
    let perhaps = Element {
        value: Partial::Known(Value::Int(1)),
        certain: false,
    };
    let list = Partial::Known(Value::List(Arc::from([perhaps])));
    let ty = Type::of(Kind::List(Arc::new(Type::of(Kind::Int(None)))));
    assert_eq!((source(&list, &ty), json(&list, &ty)), (None, None));
}
