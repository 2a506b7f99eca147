//! Layout of types: enums on one line where they fit, records of several fields one field a line.

use super::expr::Brackets;
use super::layout::{Layout, Op};
use crate::ast::{Doc, Field, Member, Name, Place, TypeExpr, TypeKind, Value, ValueKind};

impl<'a> Layout<'a> {
    pub(super) fn type_expr(&mut self, ty: &'a TypeExpr) {
        self.touch(ty.place);
        match &ty.kind {
            TypeKind::Bool => self.text("bool"),
            TypeKind::Int(None) => self.text("int"),
            TypeKind::Int(Some((low, high))) => {
                self.text("int in ");
                self.literal(low);
                self.text("..");
                self.literal(high);
            }
            TypeKind::String => self.text("string"),
            TypeKind::Version => self.text("version"),
            TypeKind::Time => self.text("time"),
            TypeKind::Duration(None) => self.text("duration"),
            TypeKind::Duration(Some(unit)) => {
                self.text("duration in ");
                self.name(unit);
            }
            TypeKind::Ip => self.text("ip"),
            TypeKind::Cidr => self.text("cidr"),
            TypeKind::Code => self.text("code"),
            TypeKind::Enum(members, other) => self.enumeration(members, other.as_ref(), ty.place),
            TypeKind::List(element) => {
                self.text("list of ");
                self.type_expr(element);
            }
            TypeKind::Set(element) => {
                self.text("set of ");
                self.type_expr(element);
            }
            TypeKind::Record(fields) => self.record(fields, ty.place),
            TypeKind::Named(name) => self.name(name),
            TypeKind::Arm(kind) => {
                self.text("arm ");
                self.quote(kind);
            }
        }
        if ty.optional {
            self.text("?");
        }
    }

    fn enumeration(&mut self, members: &'a [Member], other: Option<&'a Name>, place: Place) {
        self.text("enum ");
        self.group(|l| {
            l.opening(place.0.start, "{");
            l.ops.push(Op::Indent);
            for (at, member) in members.iter().enumerate() {
                l.line();
                l.anchor(&[], |l| l.member(member));
                if at + 1 < members.len() || other.is_some() {
                    l.text(",");
                }
            }
            if let Some(other) = other {
                l.line();
                l.anchor(&["else"], |l| {
                    l.text("else ");
                    l.name(other);
                });
            }
            l.closing(place, "}", |l| {
                l.ops.push(Op::Dedent);
                l.line();
            });
        });
    }

    fn member(&mut self, member: &'a Member) {
        self.doc(&member.doc);
        self.name(&member.name);
        if let Some(wire) = &member.wire {
            self.text(" = ");
            self.literal(wire);
        }
        if let Some(label) = &member.label {
            self.text(" ");
            self.quote(label);
        }
    }

    fn record(&mut self, fields: &'a [Field], place: Place) {
        self.elements(&FIELDS, place, fields, |l, field| l.field(field));
    }

    /// `name: type at "…" default V secret`, then the question on its own line.
    fn field(&mut self, field: &'a Field) {
        self.doc(&field.doc);
        self.group(|l| {
            l.head(|l| {
                l.name(&field.name);
                l.text(": ");
                l.type_expr(&field.ty);
            });
            l.indent(|l| {
                if let Some(at) = &field.at {
                    l.line();
                    l.anchor(&["at"], |l| {
                        l.text("at ");
                        l.quote(at);
                    });
                }
                if let Some(default) = &field.default {
                    l.line();
                    l.anchor(&["default"], |l| {
                        l.text("default ");
                        l.value(default);
                    });
                }
                if field.secret {
                    // Behind `unknown` the same line would hold its reason.
                    match field.default.as_ref().is_some_and(ends_in_unknown) {
                        true => l.hard_line(),
                        false => l.line(),
                    }
                    l.anchor(&[], |l| {
                        l.text("secret");
                        l.touch_word_after(field.ty.place, "secret");
                    });
                }
            });
        });
        if let Some(ask) = &field.ask {
            self.indent(|l| {
                l.hard_line();
                l.anchor(&["ask"], |l| {
                    l.text("ask ");
                    l.quote(ask);
                });
            });
        }
    }

    /// Description lines of a field or member.
    fn doc(&mut self, doc: &'a Doc) {
        for line in doc {
            self.text(doc_line(line));
            self.hard_line();
        }
    }
}

fn ends_in_unknown(value: &Value) -> bool {
    match &value.kind {
        ValueKind::Unknown(reason) => reason.is_none(),
        ValueKind::Of(_, element) => ends_in_unknown(element),
        _ => false,
    }
}

/// A line of a description.
pub(super) fn doc_line(line: &str) -> String {
    if line.is_empty() {
        "///".to_owned()
    } else {
        format!("/// {line}")
    }
}

const FIELDS: Brackets = Brackets {
    open: "{",
    close: "}",
    pad: " ",
    commas: false,
    spread: true,
};
