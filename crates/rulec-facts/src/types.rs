//! Types of facts and expressions.

use std::sync::Arc;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::nesting;
use crate::value::{Partial, Value};

/// A type; `optional` says that a value may be absent (`T?`) and belongs to the whole type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Type {
    /// Which.
    pub kind: Kind,
    /// `T?`.
    pub optional: bool,
}

/// Kinds of types.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// `bool`.
    Bool,
    /// `int`, with its range, both ends inclusive.
    Int(Option<(i64, i64)>),
    /// `string`.
    Text,
    /// `enum { … }`.
    Enum(Arc<EnumType>),
    /// `version`.
    Version,
    /// `time`.
    Time,
    /// `duration`, with the unit of bare numbers in nanoseconds.
    Duration(Option<i128>),
    /// `ip`.
    Ip,
    /// `cidr`.
    Cidr,
    /// `code`.
    Code,
    /// `list of T`; members are not optional.
    List(#[serde(deserialize_with = "nesting::bounded")] Arc<Type>),
    /// `set of T`; members are not optional.
    Set(#[serde(deserialize_with = "nesting::bounded")] Arc<Type>),
    /// A record.
    Record(#[serde(deserialize_with = "nesting::bounded")] Arc<RecordType>),
}

impl Type {
    /// The type without `?`.
    pub fn of(kind: Kind) -> Type {
        Type {
            kind,
            optional: false,
        }
    }

    /// The same type with `?`.
    #[must_use]
    pub fn optional(mut self) -> Type {
        self.optional = true;
        self
    }

    /// The type of a member, for lists and sets.
    pub fn member(&self) -> Option<&Type> {
        match &self.kind {
            Kind::List(member) | Kind::Set(member) => Some(member),
            _ => None,
        }
    }

    /// The record, for records.
    pub fn record(&self) -> Option<&Arc<RecordType>> {
        match &self.kind {
            Kind::Record(record) => Some(record),
            _ => None,
        }
    }

    /// Some field in it is secret, at any depth. Types are not circular and nest as far as a text may.
    pub fn has_secret(&self) -> bool {
        match &self.kind {
            Kind::List(member) | Kind::Set(member) => member.has_secret(),
            Kind::Record(record) => record.has_secret(),
            _ => false,
        }
    }
}

impl RecordType {
    /// Some field in it is secret, at any depth.
    pub fn has_secret(&self) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|field| field.secret || field.ty.has_secret())
    }
}

/// A record: fields in the order declared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordType {
    /// `type NAME`; none for a record written in place.
    pub name: Option<CompactString>,
    /// Fields.
    pub fields: Vec<FieldType>,
}

impl RecordType {
    /// Number and field of that name; names compare exactly.
    pub fn field(&self, name: &str) -> Option<(usize, &FieldType)> {
        self.fields
            .iter()
            .enumerate()
            .find(|(_, field)| field.name == name)
    }
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldType {
    /// snake_case.
    pub name: CompactString,
    /// Its type.
    pub ty: Type,
    /// Where in the element; none: the member of the field's own name.
    pub at: Option<CompactString>,
    /// What *not there* means (clause S3).
    pub default: Option<Partial>,
    /// The question for it.
    pub ask: Option<CompactString>,
    /// Never shown.
    pub secret: bool,
    /// First sentence of its description.
    pub title: Option<CompactString>,
}

/// An enum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EnumType {
    /// `type NAME`; none for an enum written in place.
    pub name: Option<CompactString>,
    /// Members in the order declared; the member after `else` comes last.
    pub members: Vec<EnumMember>,
    /// Declared with `else`: the last member stands for everything else.
    pub open: bool,
}

impl EnumType {
    /// Number of the member of that name, without case.
    pub fn member(&self, name: &str) -> Option<u16> {
        let exact = self.members.iter().position(|member| member.name == name);
        let at = exact.or_else(|| {
            let wanted = crate::value::Text::new(name);
            let same = |member: &EnumMember| crate::value::Text::new(&member.name) == wanted;
            self.members.iter().position(same)
        });
        at.and_then(|at| u16::try_from(at).ok())
    }
}

/// A member of an enum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EnumMember {
    /// As named in rules.
    pub name: CompactString,
    /// As a source spells it, if otherwise: an int or a text.
    pub wire: Option<Value>,
    /// As a person reads it.
    pub label: Option<CompactString>,
}
