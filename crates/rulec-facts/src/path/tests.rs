//! Paths of documents that are not JSON, and paths that are none.

use std::sync::Arc;

use serde_json::json;

use super::*;
use crate::decode::select_and_decode;
use crate::types::{FieldType, Kind, RecordType, Type};
use crate::value::{Partial, Value};

fn read(kind: Kind, language: PathLanguage, at: Option<&str>, document: &Json) -> Partial {
    select_and_decode("f", &Type::of(kind), None, at, language, document).into_partial()
}

fn text(raw: &str) -> Partial {
    Partial::Known(Value::text(raw))
}

fn records(fields: &[(&str, Kind, Option<&str>)]) -> Kind {
    let fields = fields
        .iter()
        .map(|(name, kind, at)| FieldType {
            name: (*name).into(),
            ty: Type::of(kind.clone()),
            at: at.map(Into::into),
            default: None,
            ask: None,
            secret: false,
            title: None,
        })
        .collect();
    let record = RecordType { name: None, fields };
    Kind::List(Arc::new(Type::of(Kind::Record(Arc::new(record)))))
}

#[test]
fn a_registry_value_goes_by_its_name_or_is_put_together() {
    let key = json!({"CurrentBuildNumber": "19045", "UBR": 3448, "Default": null});
    let registry = |kind, at| read(kind, PathLanguage::Registry, Some(at), &key);
    assert_eq!(
        registry(Kind::Int(None), "currentbuildnumber"),
        Partial::Known(Value::Int(19045))
    );
    assert_eq!(
        registry(Kind::Text, "{CurrentBuildNumber}.{UBR}"),
        text("19045.3448")
    );
    for missing in ["{UBR}.{Missing}", "Missing", "Default"] {
        assert!(registry(Kind::Text, missing).is_unknown(), "{missing}");
    }
}

#[test]
fn a_path_of_subkeys_takes_one_value_of_each() {
    let keys = json!([{"key": "0001", "DriverVersion": "1.2"}, {"key": "0002"}, {"key": "0003", "DriverVersion": "2"}]);
    let list = Kind::List(Arc::new(Type::of(Kind::Text)));
    let Partial::Known(Value::List(found)) =
        read(list, PathLanguage::Registry, Some("DriverVersion"), &keys)
    else {
        panic!("no list");
    };
    assert_eq!(found.len(), 2);
}

#[test]
fn an_event_field_goes_by_its_name_or_its_position_from_0() {
    let events = json!([{"time": "2026-01-01T00:00:00Z", "strings": ["co", "u", "vpn", "809"], "data": {"Reason": "23"}}]);
    let ty = records(&[
        ("code", Kind::Code, Some("Data[3]")),
        ("reason", Kind::Int(None), Some("reason")),
        ("time", Kind::Time, None),
    ]);
    let found = read(ty, PathLanguage::Event, None, &events);
    assert!(found.is_total(), "{found:?}");
}

#[test]
fn lines_that_fit_a_pattern_are_records_of_its_parts() {
    let lines = json!([
        "ADD 10.0.0.0 MASK 255.255.0.0 default METRIC default",
        "rem",
        "ADD  10.2.0.0   MASK 255.255.255.0 default",
        "ADD 10.3.0.0 MASK"
    ]);
    let ty = records(&[("prefix", Kind::Cidr, Some("{prefix}/{mask}"))]);
    let pattern = Some("ADD {prefix} MASK {mask} *");
    let found = read(ty, PathLanguage::Lines, pattern, &lines);
    assert!(found.is_total(), "{found:?}");
    let Partial::Known(Value::List(routes)) = found else {
        panic!("no list");
    };
    assert_eq!(routes.len(), 2);
}

#[test]
fn xml_goes_by_local_names_and_ini_by_section_and_key() {
    let xml = json!({"name": "azvpnprofile", "attributes": {}, "children": [
        {"name": "clientauth", "attributes": {}, "children": [
            {"name": "aad", "attributes": {"nil": "false"}, "children": [
                {"name": "audience", "attributes": {}, "text": "41b2", "children": []}]}]}]});
    let found = |kind, at| read(kind, PathLanguage::Xml, Some(at), &xml);
    assert_eq!(found(Kind::Text, "aad/audience"), text("41b2"));
    assert_eq!(
        found(Kind::Bool, "aad/@nil"),
        Partial::Known(Value::Bool(false))
    );
    assert!(found(Kind::Text, "audience/aad").is_unknown());
    let ini = json!({"Connection Manager": {"ServiceName": "vpn"}});
    let at = Some("connection manager/servicename");
    assert_eq!(read(Kind::Text, PathLanguage::Ini, at, &ini), text("vpn"));
}

#[test]
fn only_names_and_indexes_make_a_path_singular() {
    let singular = |path| {
        CompiledPath::compile(PathLanguage::Json, Level::Fact, path)
            .unwrap()
            .is_singular()
    };
    for path in ["$", "$.a.b", "$['a*']", "$.a[0]", "$[\"x,y:z..\"].b"] {
        assert!(singular(path), "{path}");
    }
    for path in [
        "$[*]",
        "$.a[*].b",
        "$..a",
        "$[0,1]",
        "$[1:2]",
        "$[?@.a == 'x']",
    ] {
        assert!(!singular(path), "{path}");
    }
}

#[test]
fn paths_that_are_none_are_refused_with_words() {
    for (language, text) in [
        (PathLanguage::Json, "properties.x"),
        (PathLanguage::Json, "$.a["),
        (PathLanguage::Json, "$..*..*..*"),
        (PathLanguage::Json, ""),
        (PathLanguage::Registry, "{A"),
        (PathLanguage::Registry, "A}"),
        (PathLanguage::Event, "Data[x]"),
        (PathLanguage::Xml, "a//b"),
        (PathLanguage::Ini, "key"),
        (PathLanguage::Lines, "ADD *"),
        (PathLanguage::None, "a"),
    ] {
        let error = check_path(language, Level::Fact, text).unwrap_err();
        assert!(!error.is_empty() && !error.ends_with('.'), "{error}");
    }
}

#[test]
fn a_path_that_costs_too_much_is_unknown_over_budget() {
    let large = json!({ "a": vec![1; 5_000] });
    let kind = Kind::List(Arc::new(Type::of(Kind::Int(None))));
    let found = read(kind, PathLanguage::Json, Some("$.a[?@ == $.a[0]]"), &large);
    let Partial::Unknown(reasons) = found else {
        panic!("{found:?}");
    };
    assert!(format!("{reasons:?}").contains("OverBudget"), "{reasons:?}");
}
