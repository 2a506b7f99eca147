//! Values, whole and partial (clauses T1 to T7).
//!
//! A [`Partial`] is what is known of a quantity: a value, absent, or unknown with reasons. Records and lists
//! hold partial values themselves, so that one unreadable field costs that field only.

use std::cmp::Ordering;
use std::net::IpAddr;
use std::sync::Arc;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::fold;
use crate::nesting;
use crate::reason::Reasons;

/// What is known of a quantity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Partial {
    /// A value; its fields and elements may be partial in turn.
    Known(Value),
    /// Knowledge that it is not there.
    Absent,
    /// Not known, and why.
    Unknown(Reasons),
}

impl Partial {
    /// The value, if there is one.
    pub fn known(&self) -> Option<&Value> {
        match self {
            Partial::Known(value) => Some(value),
            _ => None,
        }
    }

    /// Absent, or a value inside which nothing is unknown or undecided.
    pub fn is_total(&self) -> bool {
        match self {
            Partial::Known(value) => value.is_total(),
            Partial::Absent => true,
            Partial::Unknown(_) => false,
        }
    }

    /// Unknown as a whole; a record with unknown fields is not.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Partial::Unknown(_))
    }
}

/// A value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// `bool`.
    Bool(bool),
    /// Facts are 64 bit, expressions exact (T2).
    Int(i128),
    /// `string`; equality is without case (T4).
    Text(Text),
    /// Number of the member in its enum type.
    Enum(u16),
    /// `version`.
    Version(Version),
    /// Nanoseconds since 1970-01-01T00:00:00Z, UTC.
    Time(i128),
    /// Nanoseconds.
    Duration(i128),
    /// `ip`.
    Ip(IpAddr),
    /// `cidr`, host bits zero.
    Cidr(IpNet),
    /// `code`, canonical.
    Code(Code),
    /// One partial value a field, in the order of the record type.
    Record(#[serde(deserialize_with = "nesting::bounded")] Arc<[Partial]>),
    /// A list; order is invisible to expressions.
    List(#[serde(deserialize_with = "nesting::bounded")] Arc<[Element]>),
    /// A set; no two known members are equal.
    Set(#[serde(deserialize_with = "nesting::bounded")] Arc<[Element]>),
}

impl Value {
    /// A text.
    pub fn text(raw: &str) -> Value {
        Value::Text(Text::new(raw))
    }

    /// The elements of a list or set.
    pub fn elements(&self) -> Option<&[Element]> {
        match self {
            Value::List(elements) | Value::Set(elements) => Some(elements),
            _ => None,
        }
    }

    /// Nothing inside it is unknown or undecided.
    pub fn is_total(&self) -> bool {
        match self {
            Value::Record(fields) => fields.iter().all(Partial::is_total),
            Value::List(elements) | Value::Set(elements) => elements
                .iter()
                .all(|element| element.certain && element.value.is_total()),
            _ => true,
        }
    }
}

/// An element of a list or set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Element {
    /// What is known of it; never `Absent`.
    pub value: Partial,
    /// It certainly belongs to the list; false: membership unknown (`each … where` with an unknown condition).
    pub certain: bool,
}

impl Element {
    /// An element that certainly belongs.
    pub fn certain(value: Partial) -> Element {
        Element {
            value,
            certain: true,
        }
    }
}

/// A text that compares without case, by simple Unicode folding (T4). It is stored as it was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Text {
    raw: Arc<str>,
    folded: Option<Arc<str>>,
}

impl Text {
    /// Takes a text; folds it once.
    pub fn new(raw: &str) -> Text {
        Text {
            raw: Arc::from(raw),
            folded: fold::fold(raw).map(Arc::from),
        }
    }

    /// As it was read.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// Folded, for comparisons.
    pub fn folded(&self) -> &str {
        self.folded.as_deref().unwrap_or(&self.raw)
    }
}

impl From<String> for Text {
    fn from(raw: String) -> Text {
        Text::new(&raw)
    }
}

impl From<Text> for String {
    fn from(text: Text) -> String {
        text.raw.as_ref().to_owned()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.folded() == other.folded()
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.folded().cmp(other.folded())
    }
}

impl std::hash::Hash for Text {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.folded().hash(state);
    }
}

/// Dotted numbers compared part by part; trailing zero parts are dropped, so `1.0` is `1` (T2).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Vec<u64>")]
pub struct Version(Arc<[u64]>);

impl From<Vec<u64>> for Version {
    fn from(parts: Vec<u64>) -> Version {
        Version::new(&parts)
    }
}

impl Version {
    /// Drops trailing zero parts.
    pub fn new(parts: &[u64]) -> Version {
        let used = parts
            .iter()
            .rposition(|part| *part != 0)
            .map_or(0, |at| at + 1);
        Version(parts.iter().take(used).copied().collect())
    }

    /// Parts without trailing zeros; empty for `0`.
    pub fn parts(&self) -> &[u64] {
        &self.0
    }
}
