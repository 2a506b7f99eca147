//! Values that a case keeps of an earlier one, as [`crate::written::kept`] writes them: with all reasons, and with members that may belong.
//!
//! They were written for the types of some pack, and are read for those of this one: what does not fit is unknown for that part alone.

use std::sync::Arc;

use serde_json::Value as Json;

use super::{Place, gather, scalar};
use crate::reason::{Reason, Why};
use crate::types::{Kind, Type};
use crate::value::{Element, Partial, Value};
use crate::written::{PERHAPS, UNKNOWN};

/// Reads a kept value.
pub fn decode_kept(fact: &str, ty: &Type, kept: &Json) -> Partial {
    quantity(&Place::fact(fact, false), ty, kept)
}

fn quantity(place: &Place<'_>, ty: &Type, kept: &Json) -> Partial {
    if let Some(reasons) = marked(kept, UNKNOWN) {
        let reasons = reasons.as_array().map_or(&[][..], Vec::as_slice);
        return match reasons.iter().map(reason).collect::<Option<Vec<_>>>() {
            Some(reasons) if !reasons.is_empty() => Partial::Unknown(Arc::from(reasons)),
            _ => place.unknown(Why::Malformed, "its reasons cannot be read"),
        };
    }
    match (&ty.kind, kept) {
        (_, Json::Null) if ty.optional => Partial::Absent,
        (_, Json::Null) => place.unknown(Why::Missing, "nothing is there"),
        (Kind::List(member) | Kind::Set(member), Json::Array(items)) => {
            let elements = items.iter().enumerate();
            let elements = elements.map(|(at, item)| element(&place.index(at), member, item));
            Partial::Known(gather(ty, elements.collect()))
        }
        (Kind::Record(record), Json::Object(object)) => {
            let fields = record.fields.iter().map(|field| {
                let place = place.field(&field.name, field.secret);
                match object.get(field.name.as_str()) {
                    Some(kept) => quantity(&place, &field.ty, kept),
                    None => place.unknown(Why::NotCollected, "the kept case has no such field"),
                }
            });
            Partial::Known(Value::Record(fields.collect()))
        }
        (kind, kept) => match scalar::read(kind, &kept.into()) {
            Ok(value) => Partial::Known(value),
            Err(message) => place.unfit(&message),
        },
    }
}

fn element(place: &Place<'_>, member: &Type, kept: &Json) -> Element {
    let perhaps = marked(kept, PERHAPS);
    let (inside, certain) = (perhaps.unwrap_or(kept), perhaps.is_none());
    // No member is absent.
    let value = match inside {
        Json::Null => place.unknown(Why::Malformed, "a member of a list cannot be null"),
        inside => quantity(place, member, inside),
    };
    Element { value, certain }
}

/// What such a mark holds.
fn marked<'k>(kept: &'k Json, mark: &str) -> Option<&'k Json> {
    let object = kept.as_object().filter(|it| it.len() == 1)?;
    object.get(mark)
}

fn reason(kept: &Json) -> Option<Reason> {
    let [fact, why, detail] = kept.as_array()?.as_slice() else {
        return None;
    };
    Some(Reason {
        fact: fact.as_str()?.into(),
        why: Why::from_name(why.as_str()?)?,
        detail: Arc::from(detail.as_str()?),
    })
}
