//! Dotted names: variables, facts, params, derived facts and their fields; enum members where one is expected.

use std::sync::Arc;

use compact_str::CompactString;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::Value;
use rulec_program::node::Op;
use rulec_syntax::ast::Path;
use rulec_syntax::source::Span;

use super::{FieldUse, Reader, Typed};
use crate::analysed::span_of;
use crate::codes;
use crate::index;
use crate::names::{Found, nearest, suggest};
use crate::types::{error_type, is_error, shown};

/// Kinds of declarations that an expression can name.
const VALUES: [index::Kind; 3] = [index::Kind::Param, index::Kind::Fact, index::Kind::Let];

impl<'a> Reader<'_, 'a> {
    pub(crate) fn path(&mut self, path: &Path, span: Span, want: Option<&Type>) -> Typed {
        if let Some(read) = self.variable(path, span) {
            return read;
        }
        if let Some(read) = self.member(path, span, want) {
            return read;
        }
        let head_span = span_of(&path.name);
        match self.analysed.find_value(self.pack, path) {
            Found::Name(id, rest) => {
                let used = path.name.text.len() - rest.len() - usize::from(!rest.is_empty());
                let named = prefix_span(head_span, used);
                if rest.is_empty() {
                    self.analysed.refer(self.owner, id, named);
                } else {
                    self.analysed.refer_field(self.owner, id, named);
                    self.note_fields(id, "", rest);
                }
                let op = self.room.bindings.get(id.0 as usize).copied().flatten();
                let ty = self
                    .analysed
                    .type_of(id)
                    .cloned()
                    .unwrap_or_else(error_type);
                let read = match op {
                    Some(op) => self.node(op, ty, named),
                    None => self.error(named),
                };
                self.fields(read, rest, suffix_span(head_span, rest.len()), span)
            }
            Found::Ambiguous(first, second) => {
                self.analysed
                    .report_ambiguous(span, &path.name.text, first, second);
                self.error(span)
            }
            Found::Broken => self.error(span),
            Found::NoPack => {
                if let Some(pack) = &path.pack {
                    let message = format!("pack `{}` is not used here", pack.text);
                    let help = format!("add `use {}`", pack.text);
                    self.analysed
                        .report(codes::UNKNOWN_PACK.at(span_of(pack), message).help(help));
                }
                self.error(span)
            }
            Found::Missing => self.unknown(path, span, want),
        }
    }

    /// A variable shadows everything else: it stands next to its use.
    fn variable(&mut self, path: &Path, span: Span) -> Option<Typed> {
        if path.pack.is_some() || self.variables.is_empty() {
            return None;
        }
        let (head, rest) = path
            .name
            .text
            .split_once('.')
            .unwrap_or((&path.name.text, ""));
        let at = self.variables.iter().rposition(|it| it.name == head)?;
        let number = u32::try_from(at).ok()?;
        let (ty, origin) = self
            .variables
            .get(at)
            .map(|it| (it.ty.clone(), it.origin.clone()))?;
        if let Some((id, prefix)) = origin {
            self.note_fields(id, &prefix, rest);
        }
        let whole = span_of(&path.name);
        let read = self.node(Op::Variable(number), ty, prefix_span(whole, head.len()));
        Some(self.fields(read, rest, suffix_span(whole, rest.len()), span))
    }

    /// An enum member, if an enum is expected and has it; also a code's symbol where a code is.
    fn member(&mut self, path: &Path, span: Span, want: Option<&Type>) -> Option<Typed> {
        if path.pack.is_some() || path.name.text.contains('.') {
            return None;
        }
        let want = want?;
        let Kind::Enum(members) = &want.kind else {
            return None;
        };
        let number = members.member(&path.name.text)?;
        let ty = Type::of(want.kind.clone());
        Some(self.constant(Value::Enum(number), ty, span))
    }

    /// A name that is nothing: what it should have been depends on what is expected.
    fn unknown(&mut self, path: &Path, span: Span, want: Option<&Type>) -> Typed {
        let name = &path.name;
        let word = path.pack.is_none() && !name.text.contains('.');
        match want.map(|it| &it.kind) {
            // The other operand has no type: this word may well be a member of its enum.
            Some(_) if word && want.is_some_and(is_error) => {}
            Some(Kind::Enum(members)) if word => {
                let members = members.clone();
                let value = self
                    .analysed
                    .nearest_declared(self.pack, &name.text, &VALUES);
                match (
                    nearest(
                        &name.text,
                        members.members.iter().map(|it| it.name.as_str()),
                    ),
                    value,
                ) {
                    (None, Some(value)) => self.report_unknown(path, Some(value)),
                    _ => self.analysed.report_no_member(&name.text, span, &members),
                }
            }
            Some(Kind::Code) if word && name.text.starts_with(|c: char| c.is_ascii_uppercase()) => {
                if let Some(code) = self.analysed.read_symbol(name) {
                    return self.constant(Value::Code(code), Type::of(Kind::Code), span);
                }
            }
            _ => self.report_unknown_value(path),
        }
        self.error(span)
    }

    fn report_unknown_value(&mut self, path: &Path) {
        let name = path.name.text.as_str();
        let (head, rest) = name.split_once('.').unwrap_or((name, ""));
        let variable = nearest(head, self.variables.iter().map(|it| it.name));
        // A misspelt variable is told by its fields; a whole name is nearer than that.
        let near = self.analysed.nearest_declared(self.pack, name, &VALUES);
        let near = near.or_else(|| {
            let variable = variable?;
            Some(if rest.is_empty() {
                CompactString::from(variable)
            } else {
                CompactString::from(format!("{variable}.{rest}"))
            })
        });
        let near = near.or_else(|| self.nearest_prefix(name));
        self.report_unknown(path, near);
    }

    /// `gatway.p2s.pool`: the fact's own name is misspelt, its fields are not.
    fn nearest_prefix(&self, name: &str) -> Option<CompactString> {
        crate::names::prefixes(name)
            .skip(1)
            .find_map(|(head, rest)| {
                let near = self.analysed.nearest_declared(self.pack, head, &VALUES)?;
                Some(CompactString::from(format!("{near}.{rest}")))
            })
    }

    fn report_unknown(&mut self, path: &Path, near: Option<CompactString>) {
        let span = span_of(&path.name);
        let message = format!(
            "there is no fact, param or derived fact `{}`",
            path.name.text
        );
        let finding = codes::UNKNOWN_NAME.at(span, message);
        self.analysed
            .report(suggest(finding, near.as_deref(), span));
    }

    /// Fields of a value, one after another; `names` is dotted, or empty.
    pub(super) fn fields(
        &mut self,
        read: Typed,
        names: &str,
        names_span: Span,
        whole: Span,
    ) -> Typed {
        if names.is_empty() {
            return read;
        }
        let mut read = read;
        let mut start = names_span.start;
        for name in names.split('.') {
            let length = u32::try_from(name.len()).unwrap_or_default();
            let span = Span::new(names_span.file, start, start + length);
            let so_far = Span::new(whole.file, whole.start.min(span.start), span.end);
            read = self.field(&read, name, span, so_far);
            start += length + 1;
        }
        read
    }

    fn field(&mut self, read: &Typed, name: &str, span: Span, so_far: Span) -> Typed {
        if is_error(&read.ty) {
            return self.error(so_far);
        }
        let (record, of_list) = match &read.ty.kind {
            Kind::Record(record) => (record.clone(), false),
            Kind::List(member) | Kind::Set(member) => match &member.kind {
                Kind::Record(record) => (record.clone(), true),
                _ => return self.no_fields(read, name, span),
            },
            _ => return self.no_fields(read, name, span),
        };
        let Some((at, field)) = record.field(name) else {
            self.analysed.report_no_field(name, span, &record);
            return self.error(so_far);
        };
        let number = u32::try_from(at).unwrap_or(u32::MAX);
        if is_error(&field.ty) {
            return self.error(so_far);
        }
        if !of_list {
            let mut ty = field.ty.clone();
            ty.optional |= read.ty.optional;
            return self.node(Op::Field(read.node, number), ty, so_far);
        }
        // O11: absent fields are left out, fields that are lists are joined.
        let member = match &field.ty.kind {
            Kind::List(inner) | Kind::Set(inner) => inner.clone(),
            kind => Arc::new(Type::of(kind.clone())),
        };
        self.node(
            Op::Project(read.node, number),
            Type::of(Kind::List(member)),
            so_far,
        )
    }

    fn no_fields(&mut self, read: &Typed, name: &str, span: Span) -> Typed {
        let message = format!("{} has no fields, so no `{name}`", shown(&read.ty));
        self.analysed.report(codes::UNKNOWN_FIELD.at(span, message));
        self.error(span)
    }

    pub(crate) fn note_fields(&mut self, of: index::DeclarationId, prefix: &str, rest: &str) {
        let path = match (prefix.is_empty(), rest.is_empty()) {
            (true, _) => CompactString::from(rest),
            (false, true) => CompactString::from(prefix),
            (false, false) => compact_str::format_compact!("{prefix}.{rest}"),
        };
        self.room.field_uses.push(FieldUse {
            from: self.owner,
            of,
            path,
        });
    }
}

fn prefix_span(span: Span, length: usize) -> Span {
    let length = u32::try_from(length).unwrap_or_default();
    Span::new(span.file, span.start, span.start + length)
}

fn suffix_span(span: Span, length: usize) -> Span {
    let length = u32::try_from(length).unwrap_or_default();
    Span::new(span.file, span.end.saturating_sub(length), span.end)
}
