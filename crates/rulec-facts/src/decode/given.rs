//! Values that a person gives: in a case, a file of facts, a test or a param (S1, T8).
//!
//! Names are those of the language, not those of a source. Null is *not there*; `{"unknown": "denied"}` is unknown, at any level. What
//! does not fit is a mistake of the person and is said so, never unknown.
//!
//! A value is read from whatever serde reads: from JSON at hand, or from a text as it comes, of which no tree is made.

use std::borrow::Cow;
use std::fmt;

use rustc_hash::FxHashSet;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value as Json};

use super::scalar::Node;
use super::{Place, QUOTED, Slot, found, gather, quoted, scalar};
use crate::reason::Why;
use crate::types::{Kind, RecordType, Type};
use crate::value::{Element, Partial, Value};

/// Lists in lists in records: deeper than any type a person writes.
const DEEPEST: usize = 64;

/// The only name in what is given as unknown.
const UNKNOWN: &str = "unknown";

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
    let seed = GivenSeed { fact, ty, default };
    // JSON at hand is JSON.
    seed.deserialize(given).unwrap_or_else(|error| {
        Err(GivenError {
            path: fact.to_owned(),
            message: error.to_string(),
        })
    })
}

/// Like [`decode_given`], from a reader, of which the value is read to its end even where it does not fit. The reader fails where it must,
/// and where a name stands twice in an object.
#[derive(Debug, Clone, Copy)]
pub struct GivenSeed<'a> {
    /// Full name, for messages.
    pub fact: &'a str,
    /// Its type.
    pub ty: &'a Type,
    /// What *not there* means.
    pub default: Option<&'a Partial>,
}

impl<'de> DeserializeSeed<'de> for GivenSeed<'_> {
    type Value = Result<Partial, GivenError>;
    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        let mut wrong = None;
        let quantity = Quantity {
            place: &Place::fact(self.fact, false),
            slot: Slot {
                ty: self.ty,
                default: self.default,
            },
            is_member: false,
            depth: 0,
            wrong: &mut wrong,
        };
        let value = quantity.deserialize(reader)?;
        Ok(wrong.map_or(Ok(value), Err))
    }
}

/// The error of a reader for a name that stands twice in an object.
pub fn twice<E: Error>(name: &str) -> E {
    let name: String = name.chars().take(QUOTED).collect();
    E::custom(format!("`{name}` stands twice"))
}

/// A value that is read. The first mistake is noted, and what stands for the value then does not count.
struct Quantity<'a, 'p> {
    place: &'a Place<'p>,
    slot: Slot<'a>,
    /// Of a list, so that it cannot be absent.
    is_member: bool,
    depth: usize,
    wrong: &'a mut Option<GivenError>,
}

impl Quantity<'_, '_> {
    fn wrong(self, message: String) -> Partial {
        self.wrong.get_or_insert_with(|| wrong(self.place, message));
        Partial::Absent
    }

    fn too_deep(&self) -> bool {
        self.depth > DEEPEST
    }

    /// What is no list and no object, or does not fit.
    fn node(self, node: &Node<'_>) -> Partial {
        if self.too_deep() {
            return self.wrong("the value is nested too deeply".to_owned());
        }
        let read = match (&self.slot.ty.kind, node) {
            (Kind::List(member) | Kind::Set(member), _) => Err(format!(
                "a list is wanted, found {}",
                found(node, member.has_secret())
            )),
            (Kind::Record(record), Node::Text(text))
                if crate::certificate::is_certificate(record) =>
            {
                crate::certificate::certificate(text).ok_or_else(|| {
                    format!("{} is not one certificate in PEM or base64", quoted(node))
                })
            }
            (Kind::Record(record), _) => Err(format!(
                "a record is wanted, found {}",
                found(node, record.has_secret())
            )),
            (kind, _) => scalar::read(kind, node),
        };
        match read {
            Ok(value) => Partial::Known(value),
            Err(message) => self.wrong(message),
        }
    }

    /// `{"unknown": REASON}`; without a reason nobody looked.
    fn unknown(self, reason: &Json) -> Partial {
        if self.too_deep() {
            return self.wrong("the value is nested too deeply".to_owned());
        }
        let why = match reason {
            Json::Null => Some(Why::NotCollected),
            Json::String(text) if text.is_empty() => Some(Why::NotCollected),
            Json::String(text) => Why::from_name(text.trim()),
            _ => None,
        };
        if let Some(why) = why {
            return self.place.unknown(why, GIVEN_AS_UNKNOWN);
        }
        let names: Vec<String> = Why::ALL
            .iter()
            .map(|why| format!("`{}`", why.name()))
            .collect();
        let found = found(&reason.into(), self.slot.ty.has_secret());
        let names = names.join(", ");
        self.wrong(format!("{found} is no reason; reasons are {names}"))
    }

    fn fields<'de, A: MapAccess<'de>>(
        self,
        record: &RecordType,
        mut entries: A,
    ) -> Result<Partial, A::Error> {
        let marks_unknown = record.field(UNKNOWN).is_none();
        let was_wrong = self.wrong.is_some();
        let mut values: Vec<Option<Partial>> = vec![None; record.fields.len()];
        let mut others = Others::default();
        while let Some(key) = entries.next_key_seed(FieldName(record))? {
            let at = match key {
                Key::Field(at) => at,
                Key::Other(name) => {
                    let first = values.iter().all(Option::is_none);
                    others.read(name, first && marks_unknown, &mut entries)?;
                    continue;
                }
            };
            let (Some(field), Some(value)) = (record.fields.get(at), values.get_mut(at)) else {
                continue;
            };
            if value.is_some() {
                return Err(twice(&field.name));
            }
            let read = entries.next_value_seed(Quantity {
                place: &self.place.field(&field.name, field.secret),
                slot: Slot {
                    ty: &field.ty,
                    default: field.default.as_ref(),
                },
                is_member: false,
                depth: self.depth + 1,
                wrong: &mut *self.wrong,
            })?;
            *value = Some(read);
        }
        if values.iter().all(Option::is_none)
            && let Some(reason) = others.only_unknown()
        {
            return Ok(self.unknown(reason));
        }
        if self.too_deep() {
            return Ok(self.wrong("the value is nested too deeply".to_owned()));
        }
        if let Some(name) = &others.first {
            // A name that there is not explains more than what does not fit beside it.
            if !was_wrong {
                *self.wrong = None;
            }
            return Ok(self.wrong(no_such_field(record, name)));
        }
        let fields = record.fields.iter().zip(values);
        let fields = fields.map(|(field, value)| {
            let place = || self.place.field(&field.name, field.secret);
            value.unwrap_or_else(|| place().unknown(Why::NotCollected, "not given"))
        });
        Ok(Partial::Known(Value::Record(fields.collect())))
    }
}

fn no_such_field(record: &RecordType, name: &str) -> String {
    let names: Vec<String> = record
        .fields
        .iter()
        .map(|field| format!("`{}`", field.name))
        .collect();
    let name: String = name.chars().take(QUOTED).collect();
    let names = names.join(", ");
    format!("there is no field `{name}`; fields are {names}")
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

/// Names in an object that are no fields.
#[derive(Default)]
struct Others {
    first: Option<String>,
    met: FxHashSet<String>,
    /// What stands after `unknown`, if that came first.
    reason: Option<Json>,
}

impl Others {
    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        name: String,
        may_mark: bool,
        entries: &mut A,
    ) -> Result<(), A::Error> {
        if !self.met.insert(name.clone()) {
            return Err(twice(&name));
        }
        if may_mark && self.first.is_none() && name == UNKNOWN {
            self.reason = Some(entries.next_value()?);
        } else {
            entries.next_value::<IgnoredAny>()?;
        }
        self.first.get_or_insert(name);
        Ok(())
    }

    /// The reason, if nothing else was met.
    fn only_unknown(&self) -> Option<&Json> {
        self.reason.as_ref().filter(|_| self.met.len() == 1)
    }
}

impl<'de> DeserializeSeed<'de> for Quantity<'_, '_> {
    type Value = Partial;
    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Partial, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Quantity<'_, '_> {
    type Value = Partial;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Partial, E> {
        Ok(match self.is_member {
            true => self.wrong("a member of a list cannot be null".to_owned()),
            false => self.slot.not_there(self.place),
        })
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Partial, E> {
        Ok(self.node(&Node::Bool(value)))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Partial, E> {
        Ok(self.node(&Node::Number(value.into())))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Partial, E> {
        Ok(self.node(&Node::Number(value.into())))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Partial, E> {
        let number = Number::from_f64(value);
        let number = number.ok_or_else(|| E::custom("the number is out of range"))?;
        Ok(self.node(&Node::Number(number)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Partial, E> {
        Ok(self.node(&Node::Text(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Partial, A::Error> {
        let ty = self.slot.ty;
        let Some(member) = ty.member().filter(|_| !self.too_deep()) else {
            let mut count = 0;
            while items.next_element::<IgnoredAny>()?.is_some() {
                count += 1;
            }
            return Ok(self.node(&Node::List(count)));
        };
        let mut elements = Vec::with_capacity(items.size_hint().unwrap_or_default());
        loop {
            let place = self.place.index(elements.len());
            let element = Quantity {
                place: &place,
                slot: Slot {
                    ty: member,
                    default: None,
                },
                is_member: true,
                depth: self.depth + 1,
                wrong: &mut *self.wrong,
            };
            match items.next_element_seed(element)? {
                Some(value) => elements.push(Element::certain(value)),
                None => break,
            }
        }
        Ok(Partial::Known(gather(ty, elements)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Partial, A::Error> {
        if let Some(record) = self.slot.ty.record() {
            return self.fields(record, entries);
        }
        let mut others = Others::default();
        while let Some(name) = entries.next_key::<Cow<'de, str>>()? {
            others.read(name.into_owned(), true, &mut entries)?;
        }
        Ok(match others.only_unknown() {
            Some(reason) => self.unknown(reason),
            None => self.node(&Node::Record),
        })
    }
}

/// A name in an object that is a record.
enum Key {
    Field(usize),
    Other(String),
}

struct FieldName<'t>(&'t RecordType);

impl<'de> DeserializeSeed<'de> for FieldName<'_> {
    type Value = Key;
    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Key, D::Error> {
        reader.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for FieldName<'_> {
    type Value = Key;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
        Ok(match self.0.field(name) {
            Some((at, _)) => Key::Field(at),
            None => Key::Other(name.to_owned()),
        })
    }
}
