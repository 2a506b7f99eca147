//! Quantifiers, `each`, lists and functions.

use std::sync::Arc;

use compact_str::CompactString;
use rulec_facts::types::{Kind, Type};
use rulec_program::node::{Function, NodeId, Op};
use rulec_syntax::ast::{Expr, ExprKind, Name, Quantifier};
use rulec_syntax::source::Span;

use super::operators::is_ordered;
use super::{Reader, Typed, Variable};
use crate::analysed::span_of;
use crate::codes;
use crate::index::DeclarationId;
use crate::names::{Found, nearest, suggest};
use crate::types::{error_type, is_error, same_kind, shown};
use crate::vocabulary;

/// Functions of the language.
const FUNCTIONS: [&str; 8] = [
    "count",
    "min",
    "max",
    "size",
    "certificate",
    "code",
    "version",
    "length",
];

impl<'a> Reader<'_, 'a> {
    pub(super) fn quantified(
        &mut self,
        quantifier: Quantifier,
        variable: &'a Name,
        list: &'a Expr,
        filter: Option<&'a Expr>,
        body: &'a Expr,
        span: Span,
    ) -> Typed {
        let over = self.over(variable, list);
        let number = u32::try_from(self.variables.len()).unwrap_or(u32::MAX);
        self.enter(variable, list, &over);
        let filter = filter.map(|it| self.condition(it));
        let mut inner = self.condition(body);
        self.variables.pop();
        if quantifier == Quantifier::All {
            inner = self.bool(Op::Not(inner), body.place.0).node;
        }
        let any = Op::Any {
            list: over.node,
            variable: number,
            filter,
            body: inner,
        };
        let any = self.bool(any, span);
        match quantifier {
            Quantifier::Any => any,
            Quantifier::All | Quantifier::No => self.not(any, span),
        }
    }

    pub(super) fn each(
        &mut self,
        variable: &'a Name,
        list: &'a Expr,
        filter: Option<&'a Expr>,
        span: Span,
    ) -> Typed {
        let over = self.over(variable, list);
        let number = u32::try_from(self.variables.len()).unwrap_or(u32::MAX);
        self.enter(variable, list, &over);
        let filter = filter.map(|it| self.condition(it));
        self.variables.pop();
        if is_error(&over.ty) {
            return self.error(span);
        }
        let ty = Type::of(over.ty.kind.clone());
        self.node(
            Op::Each {
                list: over.node,
                variable: number,
                filter,
            },
            ty,
            span,
        )
    }

    /// The list of a quantifier; the error type if it is none.
    fn over(&mut self, variable: &Name, list: &'a Expr) -> Typed {
        let read = self.expr(list, None);
        if is_error(&read.ty) || matches!(read.ty.kind, Kind::List(_) | Kind::Set(_)) {
            return read;
        }
        let message = format!(
            "`{}` runs over a list or set, found {}",
            variable.text,
            shown(&read.ty)
        );
        self.mismatch(list.place.0, message, None)
    }

    fn enter(&mut self, variable: &'a Name, list: &'a Expr, over: &Typed) {
        let outer = self.variables.iter().any(|it| it.name == variable.text);
        if outer {
            self.shadow(variable, "an outer variable");
        } else if let Some(pack) = self.analysed.pack(self.pack)
            && let Some(id) = pack.values.get(variable.text.as_str()).copied()
        {
            let kind = self
                .analysed
                .index
                .get(id)
                .map_or("fact", |it| it.kind.name());
            self.shadow(variable, &format!("a {kind}"));
        }
        let ty = over.ty.member().cloned().unwrap_or_else(error_type);
        let origin = self.origin(list);
        self.variables.push(Variable {
            name: &variable.text,
            ty,
            origin,
        });
    }

    fn shadow(&mut self, variable: &Name, what: &str) {
        let finding = codes::SHADOWED_NAME
            .at(
                span_of(variable),
                format!("`{}` is also the name of {what}", variable.text),
            )
            .help("choose another name for the variable");
        self.analysed.report(finding);
    }

    /// The fact whose elements a list has, with the fields on the way; none for what is computed.
    fn origin(&self, list: &Expr) -> Option<(DeclarationId, CompactString)> {
        match &list.kind {
            ExprKind::Path(path) => {
                let text = &path.name.text;
                let (head, rest) = text.split_once('.').unwrap_or((text, ""));
                let variable = self.variables.iter().rev().find(|it| it.name == head);
                if let Some(variable) = variable.filter(|_| path.pack.is_none()) {
                    let (id, prefix) = variable.origin.clone()?;
                    let joined = match (prefix.is_empty(), rest.is_empty()) {
                        (true, _) => CompactString::from(rest),
                        (_, true) => prefix,
                        _ => compact_str::format_compact!("{prefix}.{rest}"),
                    };
                    return Some((id, joined));
                }
                match self.analysed.find_value(self.pack, path) {
                    Found::Name(id, rest) => Some((id, CompactString::from(rest))),
                    _ => None,
                }
            }
            ExprKind::Each { list, .. } => self.origin(list),
            _ => None,
        }
    }

    pub(super) fn list(&mut self, items: &'a [Expr], span: Span, want: Option<&Type>) -> Typed {
        let want = want.filter(|it| !is_error(it));
        let member = want.and_then(Type::member).cloned();
        let mut broken = false;
        let mut read: Vec<Typed> = Vec::with_capacity(items.len());
        let mut known: Option<Type> = None;
        for item in items {
            let hint = member.as_ref().or(known.as_ref()).cloned();
            let one = self.expr(item, hint.as_ref());
            if is_error(&one.ty) {
                broken = true;
            } else if let Some(first) = &known {
                if !same_kind(first, &one.ty) {
                    let message = format!(
                        "the members of a list have one type: {} and {}",
                        shown(first),
                        shown(&one.ty)
                    );
                    return self.mismatch(item.place.0, message, None);
                }
            } else {
                known = Some(Type::of(one.ty.kind.clone()));
            }
            read.push(one);
        }
        if broken {
            return self.error(span);
        }
        let Some(member) = known.or(member) else {
            let message = "the members of this list are of no known type".to_owned();
            return self.mismatch(span, message, Some("ask `is empty` instead".to_owned()));
        };
        let nodes: Vec<NodeId> = read.iter().map(|it| it.node).collect();
        let operands = self.room.nodes.push_operands(&nodes);
        self.node(
            Op::List(operands),
            Type::of(Kind::List(Arc::new(member))),
            span,
        )
    }

    pub(super) fn call(&mut self, name: &'a Name, operands: &'a [Expr], span: Span) -> Typed {
        if !FUNCTIONS.contains(&name.text.as_str()) {
            let finding = codes::UNKNOWN_FUNCTION.at(
                span_of(name),
                format!("there is no function `{}`", name.text),
            );
            let near = nearest(&name.text, FUNCTIONS.iter().copied());
            let finding = match near {
                Some(_) => suggest(finding, near, span_of(name)),
                None => finding.help(format!(
                    "functions are {}",
                    FUNCTIONS.map(|it| format!("`{it}`")).join(", ")
                )),
            };
            self.analysed.report(finding);
            return self.error(span);
        }
        let [operand] = operands else {
            let message = format!(
                "`{}` takes one operand, found {}",
                name.text,
                operands.len()
            );
            return self.mismatch(span, message, None);
        };
        let read = self.expr(operand, None);
        if is_error(&read.ty) {
            return self.error(span);
        }
        match name.text.as_str() {
            "count" | "min" | "max" => self.of_list(&name.text, &read, operand, span),
            "size" => self.size(&read, operand, span),
            function => self.of_text(function, &read, operand, span),
        }
    }

    fn of_list(&mut self, function: &str, read: &Typed, operand: &Expr, span: Span) -> Typed {
        let Some(member) = read.ty.member().cloned() else {
            let message = format!(
                "`{function}` takes a list or set, found {}",
                shown(&read.ty)
            );
            return self.mismatch(operand.place.0, message, None);
        };
        if function == "count" {
            return self.node(Op::Count(read.node), Type::of(Kind::Int(None)), span);
        }
        if !is_ordered(&member) {
            let message = format!(
                "`{function}` takes numbers, versions, times or durations, found {}",
                shown(&read.ty)
            );
            return self.mismatch(operand.place.0, message, None);
        }
        let op = if function == "min" {
            Op::Min(read.node)
        } else {
            Op::Max(read.node)
        };
        let kind = match member.kind {
            Kind::Duration(_) => Kind::Duration(None),
            kind => kind,
        };
        self.node(op, Type::of(kind).optional(), span)
    }

    fn size(&mut self, read: &Typed, operand: &Expr, span: Span) -> Typed {
        let networks = read.ty.member().unwrap_or(&read.ty);
        if !matches!(networks.kind, Kind::Cidr) {
            let message = format!("`size` takes networks, found {}", shown(&read.ty));
            return self.mismatch(
                operand.place.0,
                message,
                Some("how many elements a list has: `count`".to_owned()),
            );
        }
        let ty = Type {
            kind: Kind::Int(None),
            optional: read.ty.optional,
        };
        self.node(Op::Size(read.node), ty, span)
    }

    fn of_text(&mut self, function: &str, read: &Typed, operand: &Expr, span: Span) -> Typed {
        if !matches!(read.ty.kind, Kind::Text) {
            let message = format!("`{function}` takes a text, found {}", shown(&read.ty));
            let help = (function == "length" && read.ty.member().is_some())
                .then(|| "how many elements a list has: `count`".to_owned());
            return self.mismatch(operand.place.0, message, help);
        }
        let (function, ty) = match function {
            "certificate" => match vocabulary::builtin_type("Certificate") {
                Some(ty) => (Function::Certificate, ty.optional()),
                None => return self.error(span),
            },
            "code" => (Function::Code, Type::of(Kind::Code).optional()),
            "version" => (Function::Version, Type::of(Kind::Version).optional()),
            _ => (
                Function::Length,
                Type {
                    kind: Kind::Int(None),
                    optional: read.ty.optional,
                },
            ),
        };
        self.node(Op::Call(function, read.node), ty, span)
    }
}
