//! What values a declared type has, ranges included; each list under a key: its path, with `[]` for an element.

use std::collections::BTreeMap;

use rulec_syntax::ast::{self, Item, TypeExpr, TypeKind};

use crate::Fails;
use crate::literal;
use crate::types::{self, Kind};
use crate::value::Scalar;

/// A type with its ranges.
#[derive(Debug, Clone)]
pub struct Shape {
    pub body: Body,
    pub optional: bool,
}

/// What stands before the question mark.
#[derive(Debug, Clone)]
pub enum Body {
    /// Anything but `int` and what has parts.
    Scalar(Kind),
    Int(Option<(i128, i128)>),
    List(Box<Shape>),
    Set(Box<Shape>),
    Record(Vec<(String, Shape)>),
}

/// Facts and params.
pub fn of_places(files: &[&ast::File]) -> Fails<BTreeMap<String, Shape>> {
    let items = || {
        let statements = files.iter().flat_map(|file| &file.statements);
        statements.map(|statement| &statement.item)
    };
    let mut named = BTreeMap::new();
    for item in items() {
        if let Item::Type(definition) = item {
            named.insert(definition.name.text.to_string(), &definition.ty);
        }
    }
    let mut found = BTreeMap::new();
    for item in items() {
        let (name, ty, default) = match item {
            Item::Fact(fact) => (&fact.name, &fact.ty, fact.default.is_some()),
            Item::Param(param) => (&param.name, &param.ty, false),
            _ => continue,
        };
        let shape = read(ty, &named)?;
        if default && shape.optional {
            // S3 never lets it be absent, the type says that it can: which of them counts is not settled.
            return Err(format!("`{}` has a default and can be absent", name.text));
        }
        found.insert(name.text.to_string(), shape);
    }
    Ok(found)
}

fn read(written: &TypeExpr, named: &BTreeMap<String, &TypeExpr>) -> Fails<Shape> {
    let body = match &written.kind {
        TypeKind::Int(None) => Body::Int(None),
        TypeKind::Int(Some((low, high))) => Body::Int(Some((end(low)?, end(high)?))),
        TypeKind::List(element) => Body::List(Box::new(read(element, named)?)),
        TypeKind::Set(element) => Body::Set(Box::new(read(element, named)?)),
        TypeKind::Record(fields) => {
            let mut shapes = Vec::new();
            for field in fields {
                let shape = read(&field.ty, named)?;
                if field.default.is_some() && shape.optional {
                    return Err("a field has a default and can be absent".to_owned());
                }
                shapes.push((field.name.text.to_string(), shape));
            }
            Body::Record(shapes)
        }
        TypeKind::Named(name) => {
            let definition = named.get(name.text.as_str());
            let definition = definition.ok_or_else(|| format!("no type `{}`", name.text))?;
            let defined = read(definition, named)?;
            return Ok(Shape {
                optional: written.optional || defined.optional,
                body: defined.body,
            });
        }
        _ => Body::Scalar(types::read(written, named)?.kind),
    };
    Ok(Shape {
        body,
        optional: written.optional,
    })
}

fn end(written: &ast::Literal) -> Fails<i128> {
    match literal::read(written, Some(&Kind::Int))? {
        Scalar::Int(number) => Ok(number),
        other => Err(format!("{other:?} is no end of a range")),
    }
}
