//! Tests of the operators: each clause by name, and that none takes back what it said when more is known.

mod clauses;
mod monotone;
mod networks;
mod texts;

use std::sync::Arc;

use crate::reason::{Reason, Reasons, Why};
use crate::types::{FieldType, Kind, Type};
use crate::value::{Element, Partial, Value};

fn why(fact: &str) -> Reasons {
    Arc::from([Reason {
        fact: fact.into(),
        why: Why::Denied,
        detail: Arc::from(""),
    }])
}

fn unknown() -> Partial {
    Partial::Unknown(why("x"))
}

fn int(value: i128) -> Partial {
    Partial::Known(Value::Int(value))
}

fn text(value: &str) -> Partial {
    Partial::Known(Value::text(value))
}

fn record(fields: &[Partial]) -> Partial {
    Partial::Known(Value::Record(Arc::from(fields)))
}

fn list(values: &[Partial]) -> Partial {
    Partial::Known(Value::List(elements(values)))
}

fn set(values: &[Partial]) -> Partial {
    Partial::Known(Value::Set(elements(values)))
}

fn elements(values: &[Partial]) -> Arc<[Element]> {
    values.iter().cloned().map(Element::certain).collect()
}

fn perhaps(value: Partial) -> Element {
    Element {
        value,
        certain: false,
    }
}

fn list_of(elements: Vec<Element>) -> Partial {
    Partial::Known(Value::List(Arc::from(elements)))
}

fn set_of(elements: Vec<Element>) -> Partial {
    Partial::Known(Value::Set(Arc::from(elements)))
}

fn field(kind: Kind, optional: bool) -> FieldType {
    FieldType {
        name: "f".into(),
        ty: Type { kind, optional },
        at: None,
        default: None,
        ask: None,
        secret: false,
        title: None,
    }
}
