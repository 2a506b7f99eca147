//! Clauses S1 to S3, T3, T8 and T9, and the points of *From an answer to a value*.

use std::sync::Arc;

use serde_json::json;

use super::*;
use crate::provider::Provenance;
use crate::truth::Truth;
use crate::types::{EnumMember, EnumType, FieldType};
use crate::untold;
use crate::value::Text;

fn of(kind: Kind) -> Type {
    Type::of(kind)
}

fn list(member: Type) -> Type {
    of(Kind::List(Arc::new(member)))
}

fn set(member: Type) -> Type {
    of(Kind::Set(Arc::new(member)))
}

fn int() -> Type {
    of(Kind::Int(None))
}

fn text() -> Type {
    of(Kind::Text)
}

fn field(name: &str, ty: Type, at: Option<&str>) -> FieldType {
    FieldType {
        name: name.into(),
        ty,
        at: at.map(Into::into),
        default: None,
        ask: None,
        secret: false,
        title: None,
    }
}

fn record(fields: Vec<FieldType>) -> Type {
    of(Kind::Record(Arc::new(RecordType { name: None, fields })))
}

fn choice(open: bool) -> Type {
    let member = |name: &str, wire: Option<Value>| EnumMember {
        name: name.into(),
        wire,
        label: None,
    };
    let mut members = vec![
        member("user", Some(Value::Int(0))),
        member("deny", Some(Value::text("force-deny"))),
        member("Plain", None),
    ];
    if open {
        members.push(member("other", None));
    }
    of(Kind::Enum(Arc::new(EnumType {
        name: None,
        members,
        open,
    })))
}

fn found(ty: &Type, at: &str, document: &Json) -> Outcome {
    select_and_decode("f", ty, None, Some(at), PathLanguage::Json, document)
}

/// The value of a document itself.
fn whole(ty: &Type, document: &Json) -> Partial {
    select_and_decode("f", ty, None, None, PathLanguage::Json, document).into_partial()
}

fn why(value: &Partial) -> Option<(Why, &str)> {
    match value {
        Partial::Unknown(reasons) => reasons.first().map(|it| (it.why, &*it.detail)),
        _ => None,
    }
}

fn number(value: i128) -> Partial {
    Partial::Known(Value::Int(value))
}

fn numbers(outcome: &Outcome) -> Vec<Option<i128>> {
    let Outcome::Settled(Partial::Known(Value::List(elements) | Value::Set(elements))) = outcome
    else {
        panic!("no list: {outcome:?}");
    };
    elements
        .iter()
        .map(|it| match it.value {
            Partial::Known(Value::Int(value)) => Some(value),
            _ => None,
        })
        .collect()
}

#[test]
fn s3_one_node_is_the_value_none_is_missing_several_are_malformed() {
    let document = json!({"a": [1, 2], "b": 3});
    assert_eq!(found(&int(), "$.b", &document), Outcome::Settled(number(3)));
    let none = found(&int(), "$.c", &document).into_partial();
    assert_eq!(why(&none), Some((Why::Missing, "nothing is there")));
    let several = found(&int(), "$.a[*]", &document).into_partial();
    assert_eq!(
        why(&several),
        Some((Why::Malformed, "2 values where one is wanted"))
    );
}

#[test]
fn s3_none_and_null_of_an_optional_type_are_absent() {
    let document = json!({"a": null});
    for at in ["$.a", "$.b"] {
        assert_eq!(
            found(&int().optional(), at, &document),
            Outcome::Settled(Partial::Absent),
            "{at}"
        );
    }
}

#[test]
fn s3_a_default_stands_for_nothing_there_and_never_for_an_unknown() {
    let decoder = Decoder::new(&int(), Some(&number(0)), PathLanguage::Json, Some("$.a")).unwrap();
    assert_eq!(
        decoder.document("f", &json!({})),
        Outcome::Settled(number(0))
    );
    assert_eq!(
        decoder.document("f", &json!({"a": null})),
        Outcome::Settled(number(0))
    );
    let there = Answer::NotThere(Provenance::default());
    assert_eq!(decoder.answer("f", &there), Outcome::Settled(number(0)));
    let denied = Answer::Unknown(Why::Denied, "403".to_owned(), Provenance::default());
    assert_eq!(
        why(&decoder.answer("f", &denied).into_partial()),
        Some((Why::Denied, "403"))
    );
    let malformed = decoder.document("f", &json!({"a": "x"})).into_partial();
    assert_eq!(why(&malformed).map(|it| it.0), Some(Why::Malformed));
}

#[test]
fn s3_a_list_takes_all_nodes_and_none_is_empty_but_not_there_is_missing() {
    let ty = list(int());
    let document = json!({"a": [1, 2], "n": null, "e": [], "o": [{"x": 5}, {"x": null}, {}]});
    assert_eq!(
        numbers(&found(&ty, "$.a[*]", &document)),
        [Some(1), Some(2)]
    );
    for at in ["$.b[*]", "$.n[*]", "$.e[*]", "$.b", "$.n", "$.e"] {
        assert!(numbers(&found(&ty, at, &document)).is_empty(), "{at}");
    }
    assert_eq!(
        numbers(&found(&ty, "$.o[*].x", &document)),
        [Some(5)],
        "null is not there"
    );
    let decoder = Decoder::new(&ty, None, PathLanguage::Json, Some("$.a[*]")).unwrap();
    assert_eq!(
        why(&decoder.not_there("f").into_partial()).map(|it| it.0),
        Some(Why::Missing)
    );
}

#[test]
fn a_singular_path_to_an_array_is_the_list_and_to_another_node_its_only_member() {
    let ty = list(int());
    let document = json!({"a": [1, null, 2], "b": 7, "c": [[1, 2], [3]]});
    assert_eq!(numbers(&found(&ty, "$.a", &document)), [Some(1), Some(2)]);
    assert_eq!(
        numbers(&found(&ty, "$['a']", &document)),
        [Some(1), Some(2)]
    );
    assert_eq!(numbers(&found(&ty, "$.b", &document)), [Some(7)]);
    assert_eq!(
        numbers(&found(&ty, "$.c[*]", &document)),
        [None, None],
        "an array is no int"
    );
}

#[test]
fn an_optional_list_is_absent_where_its_own_member_is_missing_or_null() {
    let ty = set(text()).optional();
    for document in [json!({}), json!({"eku": null})] {
        assert_eq!(
            found(&ty, "$.eku", &document),
            Outcome::Settled(Partial::Absent)
        );
        let empty = found(&ty, "$.eku[*]", &document);
        assert_eq!(
            empty,
            Outcome::Settled(Partial::Known(Value::Set(Arc::from([]))))
        );
    }
    let none = found(&ty, "$.eku", &json!({"eku": []}));
    assert_eq!(
        none,
        Outcome::Settled(Partial::Known(Value::Set(Arc::from([]))))
    );
}

#[test]
fn t8_what_does_not_fit_is_malformed_for_that_field_or_member_alone() {
    let route = record(vec![
        field("prefix", of(Kind::Cidr), Some("$.properties.addressPrefix")),
        field("hop", text(), Some("$.properties.nextHopType")),
    ]);
    let document = json!({"routes": [
        {"properties": {"addressPrefix": "10.0.0.1/8", "nextHopType": "None", "new": 1}},
        {"properties": {"addressPrefix": "10.0.0.0/8", "nextHopType": 5}},
        "no record",
    ]});
    let Outcome::Settled(Partial::Known(Value::List(routes))) =
        found(&list(route), "$.routes[*]", &document)
    else {
        panic!("no list");
    };
    let Partial::Known(Value::Record(first)) = &routes[0].value else {
        panic!("no record");
    };
    let (kind, detail) = why(&first[0]).unwrap();
    assert_eq!(kind, Why::Malformed);
    assert!(
        detail.starts_with("`f[0].prefix`: `10.0.0.1/8` has host bits"),
        "{detail}"
    );
    assert_eq!(
        first[1],
        Partial::Known(Value::text("none")),
        "without case"
    );
    let Partial::Known(Value::Record(second)) = &routes[1].value else {
        panic!("no record");
    };
    assert!(!second[0].is_unknown() && second[1].is_unknown());
    assert_eq!(why(&routes[2].value).map(|it| it.0), Some(Why::Malformed));
}

#[test]
fn t8_ranges_closed_enums_and_formats_bind_what_was_observed() {
    let ranged = of(Kind::Int(Some((0, 1))));
    assert_eq!(whole(&ranged, &json!(1)), number(1));
    assert_eq!(
        why(&whole(&ranged, &json!(2))),
        Some((Why::Malformed, "`2` is outside 0..1"))
    );
    let closed = choice(false);
    assert!(whole(&closed, &json!("elsewhere")).is_unknown());
    let open = choice(true);
    let other = Partial::Known(Value::Enum(3));
    assert_eq!(whole(&open, &json!("elsewhere")), other);
    assert_eq!(whole(&open, &json!(99)), other);
    for odd in [json!(true), json!({}), json!([1])] {
        assert!(
            whole(&open, &odd).is_unknown(),
            "outside an open enum only a text or number is `other`: {odd}"
        );
    }
}

#[test]
fn an_enum_goes_by_member_or_wire_value_without_case() {
    let ty = choice(false);
    for (found, member) in [
        (json!(0), 0),
        (json!("0"), 0),
        (json!("USER"), 0),
        (json!("Force-Deny"), 1),
        (json!("deny"), 1),
        (json!("plain"), 2),
    ] {
        assert_eq!(
            whole(&ty, &found),
            Partial::Known(Value::Enum(member)),
            "{found}"
        );
    }
}

#[test]
fn words_and_numbers_become_bool() {
    let yes = Partial::Known(Value::Bool(true));
    for found in [
        json!(1),
        json!("1"),
        json!(true),
        json!("TRUE"),
        json!("Yes"),
        json!("Enabled"),
    ] {
        assert_eq!(whole(&of(Kind::Bool), &found), yes, "{found}");
    }
    for found in [json!(2), json!("on"), json!(""), json!([])] {
        assert!(whole(&of(Kind::Bool), &found).is_unknown(), "{found}");
    }
}

#[test]
fn texts_and_whole_numbers_become_int() {
    for found in [
        json!(17),
        json!("17"),
        json!(" 17 "),
        json!("0x11"),
        json!(17.0),
    ] {
        assert_eq!(whole(&int(), &found), number(17), "{found}");
    }
    for found in [
        json!(1.5),
        json!("1.5"),
        json!(u64::MAX),
        json!(9_007_199_254_740_993.0_f64),
        json!(1e300),
        json!("99999999999999999999"),
        json!(true),
    ] {
        assert!(whole(&int(), &found).is_unknown(), "{found}");
    }
}

#[test]
fn a_bare_number_is_a_duration_where_the_type_says_its_unit() {
    let seconds = of(Kind::Duration(Some(1_000_000_000)));
    for (found, milliseconds) in [
        (json!(10), 10_000),
        (json!("10"), 10_000),
        (json!(0.5), 500),
        (json!("2min"), 120_000),
    ] {
        let wanted = Partial::Known(Value::Duration(milliseconds * 1_000_000));
        assert_eq!(whole(&seconds, &found), wanted, "{found}");
    }
    assert!(whole(&of(Kind::Duration(None)), &json!(10)).is_unknown());
}

#[test]
fn every_spelling_of_a_code_is_one_code() {
    let spellings = [
        json!("0x80090326"),
        json!(-2_146_893_018),
        json!(2_148_074_278_u64),
        json!("SEC_E_ILLEGAL_MESSAGE"),
    ];
    let first = whole(&of(Kind::Code), &spellings[0]);
    assert!(!first.is_unknown());
    for found in &spellings {
        assert_eq!(whole(&of(Kind::Code), found), first, "{found}");
    }
}

#[test]
fn versions_times_and_addresses_are_read_from_text() {
    let same = |kind: Kind, one: &str, other: &str| {
        let ty = of(kind);
        let value = whole(&ty, &json!(one));
        assert!(!value.is_unknown(), "{one}");
        assert_eq!(value, whole(&ty, &json!(other)), "{one} {other}");
    };
    same(Kind::Version, "10.0.17134.1", "10.0.17134.1.0");
    same(Kind::Cidr, "10.1.0.0/255.255.0.0", "10.1.0.0/16");
    same(
        Kind::Time,
        "2019-04-30T17:21:53.8919128Z",
        "2019-04-30T19:21:53.8919128+02:00",
    );
    for (kind, odd) in [
        (Kind::Version, json!(1.10)),
        (Kind::Ip, json!("167.220.2.232:45522")),
        (Kind::Cidr, json!("10.1.0.0/255.0.255.0")),
        (Kind::Text, json!(5)),
    ] {
        assert!(whole(&of(kind), &odd).is_unknown(), "{odd}");
    }
}

#[test]
fn t9_a_field_goes_by_its_path_or_its_name_and_null_is_not_there() {
    let mut with_default = field("port", int(), None);
    with_default.default = Some(number(443));
    let ty = record(vec![
        field("name", text(), None),
        field("sku", text(), Some("$.properties.sku.name")),
        field("tag", text().optional(), None),
        field("ports", list(int()), None),
        with_default,
        field("must", int(), None),
    ]);
    let Partial::Known(Value::Record(fields)) = whole(
        &ty,
        &json!({"Name": "g", "properties": {"sku": {"name": "VpnGw1"}}, "tag": null, "port": null}),
    ) else {
        panic!("no record");
    };
    assert_eq!(
        fields[0],
        Partial::Known(Value::text("g")),
        "without case where that is one member"
    );
    assert_eq!(fields[1], Partial::Known(Value::text("VpnGw1")));
    assert_eq!(fields[2], Partial::Absent);
    assert_eq!(fields[3], Partial::Known(Value::List(Arc::from([]))));
    assert_eq!(fields[4], number(443));
    assert_eq!(
        why(&fields[5]),
        Some((Why::Missing, "`f.must`: nothing is there"))
    );
    let two = whole(
        &record(vec![field("name", text().optional(), None)]),
        &json!({"NAME": "a", "Name": "b"}),
    );
    assert_eq!(
        two,
        Partial::Known(Value::Record(Arc::from([Partial::Absent]))),
        "which one is not said"
    );
}

#[test]
fn t9_an_absent_record_is_absent_and_a_node_that_is_none_is_malformed() {
    let ty = record(vec![field("a", int(), None)]).optional();
    assert_eq!(
        found(&ty, "$.p2s", &json!({"x": 1})),
        Outcome::Settled(Partial::Absent)
    );
    let odd = found(&ty, "$.p2s", &json!({"p2s": "text"})).into_partial();
    assert_eq!(
        why(&odd),
        Some((Why::Malformed, "a record is wanted, found `text`"))
    );
}

#[test]
fn t3_a_set_has_equal_members_once_and_keeps_the_first_in_canonical_order() {
    let document = json!(["b", "A", "a", "B", "B"]);
    let Partial::Known(Value::Set(members)) = whole(&set(text()), &document) else {
        panic!("no set");
    };
    let raw: Vec<&str> = members
        .iter()
        .filter_map(|it| match &it.value {
            Partial::Known(Value::Text(text)) => Some(Text::raw(text)),
            _ => None,
        })
        .collect();
    assert_eq!(raw, ["A", "B"]);
    let Partial::Known(Value::List(all)) = whole(&list(text()), &document) else {
        panic!("no list");
    };
    assert_eq!(all.len(), 5, "a list keeps duplicates");
    let Partial::Known(Value::Set(unknown)) = whole(&set(int()), &json!(["x", "x", 1])) else {
        panic!("no set");
    };
    assert_eq!(unknown.len(), 3, "unknown members may differ");
}

#[test]
fn a_reason_quotes_little_and_a_secret_not_at_all() {
    let long = "x".repeat(10_000);
    let detail_of = |value: &Partial| why(value).unwrap().1.to_owned();
    let shown = detail_of(&whole(&of(Kind::Ip), &json!(long)));
    assert!(shown.chars().count() < 200, "{shown}");
    let record_found = detail_of(&whole(&int(), &json!([long])));
    assert!(!record_found.contains("xxx"));
    let decoder = Decoder::new(&of(Kind::Ip), None, PathLanguage::Json, None)
        .unwrap()
        .secret(true);
    let hidden = detail_of(&decoder.document("f", &json!("hunter2")).into_partial());
    assert!(!hidden.contains("hunter2"), "{hidden}");
    let mut key = field("key", int(), None);
    key.secret = true;
    let Partial::Known(Value::Record(fields)) =
        whole(&record(vec![key]), &json!({"key": "hunter2"}))
    else {
        panic!("no record");
    };
    assert!(!detail_of(&fields[0]).contains("hunter2"));
}

fn answer(document: Json) -> Answer {
    Answer::Found(Arc::new(document), Provenance::default())
}

#[test]
fn each_element_is_one_answer_and_an_unknown_answer_an_unknown_element() {
    let ty = list(record(vec![
        field("key", text(), None),
        field("n", int(), None),
    ]));
    let decoder = Decoder::new(&ty, None, PathLanguage::Json, None).unwrap();
    let denied = Answer::Unknown(Why::Denied, "403".to_owned(), Provenance::default());
    let answers = [
        ("a".to_owned(), answer(json!({"n": 1}))),
        ("b".to_owned(), denied),
    ];
    let Outcome::Settled(Partial::Known(Value::List(elements))) =
        decoder.each("f", &answers, false)
    else {
        panic!("no list");
    };
    let first = Partial::Known(Value::Record(Arc::from([
        Partial::Known(Value::text("a")),
        number(1),
    ])));
    assert_eq!(elements[0].value, first);
    assert_eq!(why(&elements[1].value).map(|it| it.0), Some(Why::Denied));
}

#[test]
fn each_joins_answers_of_several_nodes_and_one_unknown_answer_makes_all_unknown() {
    let ty = list(int());
    let decoder = Decoder::new(&ty, None, PathLanguage::Json, Some("$[*]")).unwrap();
    let mut answers = vec![
        ("a".to_owned(), answer(json!([1, 2]))),
        ("b".to_owned(), answer(json!([3]))),
    ];
    assert_eq!(
        numbers(&decoder.each("f", &answers, true)),
        [Some(1), Some(2), Some(3)]
    );
    answers.push((
        "c".to_owned(),
        Answer::Unknown(Why::TimedOut, String::new(), Provenance::default()),
    ));
    assert_eq!(
        why(&decoder.each("f", &answers, true).into_partial()).map(|it| it.0),
        Some(Why::TimedOut)
    );
}

#[test]
fn s1_given_null_is_not_there_and_given_unknown_is_unknown_at_any_level() {
    let ty = record(vec![
        field("a", int().optional(), None),
        field("b", list(int()), None),
    ]);
    let value = decode_given(
        "f",
        &ty,
        None,
        &json!({"a": null, "b": [1, {"unknown": "denied"}]}),
    )
    .unwrap();
    let Partial::Known(Value::Record(fields)) = &value else {
        panic!("no record");
    };
    assert_eq!(fields[0], Partial::Absent);
    let Partial::Known(Value::List(members)) = &fields[1] else {
        panic!("no list");
    };
    assert_eq!(why(&members[1].value).map(|it| it.0), Some(Why::Denied));
    let unknown = decode_given("f", &ty, None, &json!({"unknown": "timed-out"})).unwrap();
    assert_eq!(why(&unknown).map(|it| it.0), Some(Why::TimedOut));
    assert_eq!(
        decode_given("f", &int(), Some(&number(7)), &json!(null)),
        Ok(number(7))
    );
    let missing = decode_given("f", &list(int()), None, &json!(null)).unwrap();
    assert_eq!(
        why(&missing).map(|it| it.0),
        Some(Why::Missing),
        "not there is never an empty list"
    );
}

#[test]
fn a_field_that_a_given_record_leaves_out_was_not_collected() {
    let ty = record(vec![
        field("a", int().optional(), None),
        field("b", int(), None),
    ]);
    let Ok(Partial::Known(Value::Record(fields))) =
        decode_given("f", &ty, None, &json!({"b": "2"}))
    else {
        panic!("no record");
    };
    assert_eq!(why(&fields[0]).map(|it| it.0), Some(Why::NotCollected));
    assert_eq!(fields[1], number(2));
}

#[test]
fn t8_a_given_value_that_does_not_fit_is_a_mistake_with_its_path() {
    let ty = record(vec![field("pool", list(of(Kind::Cidr)), None)]);
    let path = |given: Json| decode_given("g", &ty, None, &given).unwrap_err().path;
    assert_eq!(
        path(json!({"pool": ["10.0.0.0/8", "10.0.0.1/8"]})),
        "g.pool[1]"
    );
    assert_eq!(path(json!({"pool": "10.0.0.0/8"})), "g.pool");
    assert_eq!(path(json!({"pol": []})), "g");
    assert_eq!(path(json!({"pool": [null]})), "g.pool[0]");
    assert_eq!(path(json!({"unknown": "lost"})), "g");
    assert_eq!(path(json!(5)), "g");
    let error = decode_given("g", &choice(false), None, &json!("x")).unwrap_err();
    assert_eq!(error.message, "`x` is none of `user`, `deny`, `Plain`");
}

#[test]
fn texts_of_yaml_are_read_by_the_declared_type() {
    let read = |ty: &Type, text: &str| decode_given("f", ty, None, &json!(text)).unwrap();
    assert_ne!(
        read(&of(Kind::Version), "1.10"),
        read(&of(Kind::Version), "1.1")
    );
    assert_eq!(read(&text(), "010"), Partial::Known(Value::text("010")));
    assert_eq!(read(&int(), "010"), number(10));
    assert_eq!(read(&text(), "no"), Partial::Known(Value::text("no")));
    assert_eq!(
        read(&of(Kind::Bool), "no"),
        Partial::Known(Value::Bool(false))
    );
    assert!(!read(&of(Kind::Code), "0x80090326").is_unknown());
}

mod any;

#[test]
fn what_a_document_does_not_tell_is_unknown_and_never_absent() {
    let mut record = serde_json::Map::from_iter([("a".to_owned(), json!(1))]);
    untold::rest(&mut record, Why::NotCollected, "the text does not tell");
    let document = Json::Object(record);
    let optional = Type::of(Kind::Int(None)).optional();
    let at = |path| {
        select_and_decode(
            "f",
            &optional,
            Some(&Partial::Known(Value::Int(7))),
            Some(path),
            PathLanguage::Registry,
            &document,
        )
    };
    assert_eq!(at("a"), Outcome::Settled(Partial::Known(Value::Int(1))));
    for path in ["b", "{a}.{b}"] {
        let Outcome::Unsettled(reasons) = at(path) else {
            panic!("{path} is settled")
        };
        assert_eq!(
            (reasons[0].why, &*reasons[0].detail),
            (Why::NotCollected, "the text does not tell")
        );
    }
}

#[test]
fn whether_a_member_belongs_to_its_list_travels_through_a_path() {
    let known = serde_json::Map::from_iter([("a".to_owned(), json!(1))]);
    let document = json!([
        { "a": 2 },
        untold::perhaps(known, Why::Malformed, "no time"),
        untold::more(Why::Malformed, "a chunk"),
    ]);
    let list = Type::of(Kind::List(Arc::new(Type::of(Kind::Int(None)))));
    let seen = |document: &Json, path: &str| {
        let outcome = select_and_decode(
            "f",
            &list,
            None,
            Some(path),
            PathLanguage::Registry,
            document,
        );
        let Outcome::Settled(Partial::Known(Value::List(members))) = outcome else {
            panic!("{outcome:?}")
        };
        let seen = members.iter().map(|it| (it.certain, it.value.is_unknown()));
        seen.collect::<Vec<_>>()
    };
    assert_eq!(
        seen(&document, "a"),
        [(true, false), (false, false), (false, true)]
    );
    assert_eq!(seen(&document, "b"), [(false, true)]);
    let lines = json!(["x 1", untold::value(Why::Denied, "hidden"), "y 2"]);
    let of_lines =
        |ty: &Type| select_and_decode("f", ty, None, Some("x {n}"), PathLanguage::Lines, &lines);
    let Outcome::Settled(Partial::Known(Value::List(members))) = of_lines(&list) else {
        panic!("no list")
    };
    assert_eq!(members.len(), 2, "a hidden line may fit");
    let one = Type::of(Kind::Int(None));
    assert!(matches!(of_lines(&one), Outcome::Unsettled(_)));
}

#[test]
fn a_rest_of_unknown_length_has_no_upper_bound_and_one_more_has() {
    use crate::ops::{self, Amount};
    let list = Type::of(Kind::List(Arc::new(Type::of(Kind::Int(None)))));
    let count = |mark: Json| {
        let document = json!([1, mark]);
        let outcome = select_and_decode("f", &list, None, None, PathLanguage::None, &document);
        let Outcome::Settled(known) = outcome else {
            panic!("{outcome:?}")
        };
        ops::count(&known)
    };
    let three = Amount::Plain(Partial::Known(Value::Int(3)));
    let one = count(untold::more(Why::Malformed, "one"));
    let many = count(untold::many(Why::Malformed, "a chunk"));
    assert_eq!(one.less(&three), Truth::True);
    assert_eq!(many.less(&three), Truth::Unknown);
    let zero = Amount::Plain(Partial::Known(Value::Int(0)));
    assert_eq!(zero.less(&many), Truth::True);
}

#[test]
fn a_list_may_have_members_that_are_not_told() {
    let known = serde_json::Map::from_iter([("a".to_owned(), json!(1))]);
    let document = json!([
        { "a": 2 },
        untold::perhaps(known, Why::Malformed, "no time"),
        untold::more(Why::NotCollected, "a selection"),
    ]);
    let record = RecordType {
        name: None,
        fields: vec![FieldType {
            name: "a".into(),
            ty: Type::of(Kind::Int(None)),
            at: None,
            default: None,
            ask: None,
            secret: false,
            title: None,
        }],
    };
    let ty = Type::of(Kind::List(Arc::new(Type::of(Kind::Record(Arc::new(
        record,
    ))))));
    let outcome = select_and_decode("f", &ty, None, None, PathLanguage::None, &document);
    let Outcome::Settled(Partial::Known(Value::List(members))) = outcome else {
        panic!("{outcome:?}")
    };
    let seen: Vec<(bool, bool)> = members
        .iter()
        .map(|it| (it.certain, it.value.is_unknown()))
        .collect();
    assert_eq!(seen, [(true, false), (false, false), (false, true)]);
    let whole = select_and_decode(
        "f",
        &ty,
        None,
        None,
        PathLanguage::None,
        &untold::value(Why::Denied, "no"),
    );
    assert!(matches!(whole, Outcome::Unsettled(_)));
}
