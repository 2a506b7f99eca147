//! Types with their names resolved.

use std::collections::BTreeMap;

use rulec_syntax::ast::{self, TypeExpr, TypeKind};

use crate::Fails;

/// A type; `optional` belongs to the whole of it (T9).
#[derive(Debug, Clone, PartialEq)]
pub struct Type {
    pub kind: Kind,
    pub optional: bool,
}

/// Kinds of types.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Bool,
    Int,
    Text,
    Enum(Enumeration),
    Version,
    Time,
    Duration,
    Ip,
    Cidr,
    Code,
    List(Box<Kind>),
    Set(Box<Kind>),
    Record(Vec<Field>),
}

/// An enum.
#[derive(Debug, Clone, PartialEq)]
pub struct Enumeration {
    /// Names with the wire value, if one is declared.
    pub members: Vec<(String, Option<String>)>,
    /// The member that takes all else.
    pub other: Option<String>,
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub name: String,
    pub ty: Type,
    pub default: Option<ast::Value>,
}

impl Type {
    /// A type whose values are never absent.
    pub fn certain(kind: Kind) -> Type {
        Type {
            kind,
            optional: false,
        }
    }

    /// A type whose values may be absent.
    pub fn optional(kind: Kind) -> Type {
        Type {
            kind,
            optional: true,
        }
    }
}

impl Kind {
    /// The kind of a list's or set's elements.
    pub fn element(&self) -> Option<&Kind> {
        match self {
            Kind::List(element) | Kind::Set(element) => Some(element),
            _ => None,
        }
    }

    /// A field of a record.
    pub fn field(&self, name: &str) -> Option<&Field> {
        match self {
            Kind::Record(fields) => fields.iter().find(|field| field.name == name),
            _ => None,
        }
    }
}

/// Reads a type; `named` are the definitions of the program.
pub fn read(written: &TypeExpr, named: &BTreeMap<String, &TypeExpr>) -> Fails<Type> {
    let kind = match &written.kind {
        TypeKind::Bool => Kind::Bool,
        TypeKind::Int(_) => Kind::Int,
        TypeKind::String | TypeKind::Arm(_) => Kind::Text,
        TypeKind::Version => Kind::Version,
        TypeKind::Time => Kind::Time,
        TypeKind::Duration(_) => Kind::Duration,
        TypeKind::Ip => Kind::Ip,
        TypeKind::Cidr => Kind::Cidr,
        TypeKind::Code => Kind::Code,
        TypeKind::Enum(members, other) => Kind::Enum(enumeration(members, other.as_ref())),
        TypeKind::List(element) => Kind::List(Box::new(read(element, named)?.kind)),
        TypeKind::Set(element) => Kind::Set(Box::new(read(element, named)?.kind)),
        TypeKind::Record(fields) => Kind::Record(record(fields, named)?),
        TypeKind::Named(name) => {
            let definition = named
                .get(name.text.as_str())
                .ok_or_else(|| format!("no type `{}`", name.text))?;
            let defined = read(definition, named)?;
            return Ok(Type {
                optional: written.optional || defined.optional,
                kind: defined.kind,
            });
        }
    };
    Ok(Type {
        kind,
        optional: written.optional,
    })
}

fn enumeration(members: &[ast::Member], other: Option<&ast::Name>) -> Enumeration {
    Enumeration {
        members: members
            .iter()
            .map(|member| {
                let wire = member.wire.as_ref().map(|wire| wire.text.to_string());
                (member.name.text.to_string(), wire)
            })
            .collect(),
        other: other.map(|name| name.text.to_string()),
    }
}

fn record(fields: &[ast::Field], named: &BTreeMap<String, &TypeExpr>) -> Fails<Vec<Field>> {
    fields
        .iter()
        .map(|field| {
            Ok(Field {
                name: field.name.text.to_string(),
                ty: read(&field.ty, named)?,
                default: field.default.clone(),
            })
        })
        .collect()
}
