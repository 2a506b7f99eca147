//! Values that a person gives: in a case, a file of facts, a test or a param (S1, T8).
//!
//! Names are those of the language, not those of a source. Null is *not there*; `{"unknown": "denied"}` is unknown, at any level. What
//! does not fit is a mistake of the person and is said so, never unknown.

use std::fmt;

use serde_json::{Map, Value as Json};

use super::{Place, QUOTED, Slot, found, gather, quoted, scalar};
use crate::reason::Why;
use crate::types::{Kind, RecordType, Type};
use crate::value::{Element, Partial, Value};

/// Lists in lists in records: deeper than any type a person writes.
const DEEPEST: usize = 64;

/// Detail of what is given as unknown.
pub const GIVEN_AS_UNKNOWN: &str = "given as unknown";

/// A given value that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenError {
    /// `gateway.p2s.pool[1]`.
    pub path: String,
    /// What is wrong, for a person.
    pub message: String,
}

impl fmt::Display for GivenError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "`{}`: {}", self.path, self.message)
    }
}

impl std::error::Error for GivenError {}

/// Reads a given value. A field that a given record leaves out is unknown (not-collected), at null it is *not there* with its default.
///
/// # Errors
/// A value outside its range, closed enum or format, a field that the record does not have, a reason that there is not.
pub fn decode_given(
    fact: &str,
    ty: &Type,
    default: Option<&Partial>,
    given: &Json,
) -> Result<Partial, GivenError> {
    let slot = Slot { ty, default };
    quantity(&Place::fact(fact, false), slot, given, 0)
}

fn quantity(
    place: &Place<'_>,
    slot: Slot<'_>,
    given: &Json,
    depth: usize,
) -> Result<Partial, GivenError> {
    if given.is_null() {
        return Ok(slot.not_there(place));
    }
    if depth > DEEPEST {
        return Err(wrong(place, "the value is nested too deeply".to_owned()));
    }
    if let Some(unknown) = marker(place, slot.ty, given)? {
        return Ok(unknown);
    }
    value(place, slot.ty, given, depth).map(Partial::Known)
}

/// `{"unknown": REASON}`; without a reason nobody looked.
fn marker(place: &Place<'_>, ty: &Type, given: &Json) -> Result<Option<Partial>, GivenError> {
    let Some(reason) = given
        .as_object()
        .filter(|it| it.len() == 1)
        .and_then(|it| it.get("unknown"))
    else {
        return Ok(None);
    };
    if ty
        .record()
        .is_some_and(|record| record.field("unknown").is_some())
    {
        return Ok(None);
    }
    let why = match reason {
        Json::Null => Some(Why::NotCollected),
        Json::String(text) if text.is_empty() => Some(Why::NotCollected),
        Json::String(text) => Why::from_name(text.trim()),
        _ => None,
    };
    let Some(why) = why else {
        let names: Vec<String> = Why::ALL
            .iter()
            .map(|why| format!("`{}`", why.name()))
            .collect();
        return Err(wrong(
            place,
            format!(
                "{} is no reason; reasons are {}",
                found(reason, ty.has_secret()),
                names.join(", ")
            ),
        ));
    };
    Ok(Some(place.unknown(why, GIVEN_AS_UNKNOWN)))
}

fn value(place: &Place<'_>, ty: &Type, given: &Json, depth: usize) -> Result<Value, GivenError> {
    match &ty.kind {
        Kind::List(member) | Kind::Set(member) => {
            let Json::Array(items) = given else {
                return Err(wrong(
                    place,
                    format!(
                        "a list is wanted, found {}",
                        found(given, member.has_secret())
                    ),
                ));
            };
            let mut elements = Vec::with_capacity(items.len());
            for (at, item) in items.iter().enumerate() {
                let place = place.index(at);
                if item.is_null() {
                    return Err(wrong(
                        &place,
                        "a member of a list cannot be null".to_owned(),
                    ));
                }
                let slot = Slot {
                    ty: member,
                    default: None,
                };
                elements.push(Element::certain(quantity(&place, slot, item, depth + 1)?));
            }
            Ok(gather(ty, elements))
        }
        Kind::Record(record) => match given {
            Json::Object(object) => fields(place, record, object, depth),
            Json::String(text) if crate::certificate::is_certificate(record) => {
                crate::certificate::certificate(text).ok_or_else(|| {
                    wrong(
                        place,
                        format!("{} is not one certificate in PEM or base64", quoted(given)),
                    )
                })
            }
            other => Err(wrong(
                place,
                format!(
                    "a record is wanted, found {}",
                    found(other, record.has_secret())
                ),
            )),
        },
        kind => scalar::read(kind, given).map_err(|message| wrong(place, message)),
    }
}

fn fields(
    place: &Place<'_>,
    record: &RecordType,
    object: &Map<String, Json>,
    depth: usize,
) -> Result<Value, GivenError> {
    if let Some(name) = object.keys().find(|name| record.field(name).is_none()) {
        let names: Vec<String> = record
            .fields
            .iter()
            .map(|field| format!("`{}`", field.name))
            .collect();
        let name: String = name.chars().take(QUOTED).collect();
        return Err(wrong(
            place,
            format!(
                "there is no field `{name}`; fields are {}",
                names.join(", ")
            ),
        ));
    }
    let mut values = Vec::with_capacity(record.fields.len());
    for field in &record.fields {
        let place = place.field(&field.name, field.secret);
        let slot = Slot {
            ty: &field.ty,
            default: field.default.as_ref(),
        };
        values.push(match object.get(field.name.as_str()) {
            Some(given) => quantity(&place, slot, given, depth + 1)?,
            None => place.unknown(Why::NotCollected, "not given"),
        });
    }
    Ok(Value::Record(values.into()))
}

fn wrong(place: &Place<'_>, message: String) -> GivenError {
    GivenError {
        path: place.to_string(),
        message: if place.secret {
            "the value does not fit; it is secret and not shown".to_owned()
        } else {
            message
        },
    }
}
