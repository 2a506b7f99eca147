//! Types of expressions, both ways at once: what stands there says its type, and literals, enum members and
//! empty lists take that which is expected. Each expression becomes nodes of the program's arena as it is read.
//!
//! What has no type after a finding has the error type, about which nothing more is said.

mod lists;
mod matches;
mod operators;
mod paths;
mod texts;
mod unroll;

use compact_str::CompactString;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Partial, Value};
use rulec_program::node::{NodeId, Nodes, Op, Place};
use rulec_syntax::ast::{Expr, ExprKind, Literal};
use rulec_syntax::source::Span;

use crate::analysed::Analysed;
use crate::codes;
use crate::index::DeclarationId;
use crate::types::{error_type, is_error, shown};

pub(crate) use texts::Holes;
pub(crate) use unroll::Unrolled;

/// An expression that was read: its node and its type.
#[derive(Debug, Clone)]
pub(crate) struct Typed {
    pub node: NodeId,
    pub ty: Type,
}

/// A variable of a quantifier, `each`, or the `each x in` of a source.
pub(crate) struct Variable<'a> {
    pub name: &'a str,
    pub ty: Type,
    /// The fact or param whose elements it stands for, and the fields on the way.
    pub origin: Option<(DeclarationId, CompactString)>,
}

/// A fact or param of which somebody names a field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FieldUse {
    pub from: Option<DeclarationId>,
    pub of: DeclarationId,
    /// Dotted.
    pub path: CompactString,
}

/// What expressions are read into; one for a whole program.
#[derive(Debug, Default)]
pub(crate) struct Room {
    pub nodes: Nodes,
    /// Per declaration: the slot or derived fact that it is.
    pub bindings: Vec<Option<Op>>,
    /// The slot of `now`.
    pub now: Option<Op>,
    /// Per `FileId`: the file's number in the program.
    pub files: Vec<u32>,
    pub field_uses: Vec<FieldUse>,
    /// Per derived fact, in order: what its lists come to.
    pub(crate) unrolled: Vec<Unrolled>,
}

impl Room {
    /// A room in which so many bytes of text find their place without its moving.
    pub(crate) fn for_texts(bytes: usize) -> Room {
        let mut room = Room::default();
        room.nodes.ops.reserve(bytes / 16);
        room.nodes.places.reserve(bytes / 16);
        room.nodes.operands.reserve(bytes / 32);
        room.nodes.constants.reserve(bytes / 64);
        room
    }

    /// A place as the program keeps it.
    pub(crate) fn place(&self, span: Span) -> Place {
        let file = self
            .files
            .get(span.file.0 as usize)
            .copied()
            .unwrap_or_default();
        Place {
            file,
            start: span.start,
            end: span.end,
        }
    }
}

/// Reads the expressions of one statement.
pub(crate) struct Reader<'r, 'a> {
    pub analysed: &'r mut Analysed<'a>,
    pub room: &'r mut Room,
    pub pack: u32,
    pub owner: Option<DeclarationId>,
    pub variables: Vec<Variable<'a>>,
    /// Operands that may be absent, and of which a comparison says that they are not (A2).
    pub implied: Vec<&'a Expr>,
}

impl<'r, 'a> Reader<'r, 'a> {
    pub(crate) fn new(
        analysed: &'r mut Analysed<'a>,
        room: &'r mut Room,
        pack: u32,
        owner: Option<DeclarationId>,
    ) -> Self {
        Reader {
            analysed,
            room,
            pack,
            owner,
            variables: Vec::new(),
            implied: Vec::new(),
        }
    }

    /// A condition: `bool`, never absent (T9).
    pub(crate) fn condition(&mut self, expr: &'a Expr) -> NodeId {
        let read = self.expr(expr, Some(&Type::of(Kind::Bool)));
        self.must_be_condition(&read, expr.place.0);
        read.node
    }

    fn must_be_condition(&mut self, read: &Typed, span: Span) {
        if is_error(&read.ty) {
            return;
        }
        if !matches!(read.ty.kind, Kind::Bool) {
            let message = format!("expected a condition, found {}", shown(&read.ty));
            self.analysed.report(codes::TYPE_MISMATCH.at(span, message));
        } else if read.ty.optional {
            let text = self.analysed.sources.slice(span).to_owned();
            let finding = codes::OPTIONAL_CONDITION
                .at(
                    span,
                    format!("`{text}` may be absent, and absent is neither true nor false"),
                )
                .help(format!(
                    "say which counts: `{text} == true`, or `{text} != false`"
                ))
                .repair("compare it with `true`", span, format!("({text} == true)"));
            self.analysed.report(finding);
        }
    }

    /// An expression; `want` is the type that is expected, if one is known. That it comes out so is
    /// the caller's to check.
    pub(crate) fn expr(&mut self, expr: &'a Expr, want: Option<&Type>) -> Typed {
        let span = expr.place.0;
        match &expr.kind {
            ExprKind::Literal(literal) => self.literal(literal, want),
            ExprKind::Code(code) => match self.analysed.read_code(code) {
                Some(code) => self.constant(Value::Code(code), Type::of(Kind::Code), span),
                None => self.error(span),
            },
            ExprKind::Now => self.now(span),
            ExprKind::Reported => {
                let finding = codes::MISPLACED_REPORTED
                    .at(
                        span,
                        "`reported` stands only under `in`, `not in` and `contains`",
                    )
                    .help("ask for a code: `ras 798 in reported`");
                self.analysed.report(finding);
                self.error(span)
            }
            ExprKind::Path(path) => self.path(path, span, want),
            ExprKind::Field(inner, name) => {
                let read = self.expr(inner, None);
                self.fields(read, &name.text, name.place.0, span)
            }
            ExprKind::Call(name, operands) => self.call(name, operands, span),
            ExprKind::Not(inner) => {
                let node = self.condition(inner);
                self.bool(Op::Not(node), span)
            }
            ExprKind::And(operands) => self.junction(operands, true, span),
            ExprKind::Or(operands) => self.junction(operands, false, span),
            ExprKind::Binary(operator, left, right) => {
                self.binary(*operator, left, right, expr, want)
            }
            ExprKind::Is {
                operand,
                negated,
                test,
            } => self.is(operand, *negated, *test, span),
            ExprKind::Quantified {
                quantifier,
                variable,
                list,
                filter,
                body,
            } => self.quantified(*quantifier, variable, list, filter.as_deref(), body, span),
            ExprKind::Each {
                variable,
                list,
                filter,
            } => self.each(variable, list, filter.as_deref(), span),
            ExprKind::List(items) => self.list(items, span, want),
            ExprKind::Match { scrutinee, arms } => self.match_(scrutinee, arms, span, want),
        }
    }

    fn junction(&mut self, operands: &'a [Expr], and: bool, span: Span) -> Typed {
        let nodes: Vec<NodeId> = operands.iter().map(|it| self.condition(it)).collect();
        let operands = self.room.nodes.push_operands(&nodes);
        self.bool(
            if and {
                Op::And(operands)
            } else {
                Op::Or(operands)
            },
            span,
        )
    }

    fn literal(&mut self, literal: &'a Literal, want: Option<&Type>) -> Typed {
        let span = literal.place.0;
        let want = want.filter(|it| !is_error(it));
        let Some((ty, value)) = self.analysed.read_literal(literal, want) else {
            return self.error(span);
        };
        self.constant(value, ty, span)
    }

    fn now(&mut self, span: Span) -> Typed {
        match self.room.now {
            Some(op) => self.node(op, Type::of(Kind::Time), span),
            None => self.error(span),
        }
    }

    pub(crate) fn node(&mut self, op: Op, ty: Type, span: Span) -> Typed {
        let place = self.room.place(span);
        Typed {
            node: self.room.nodes.push(op, place),
            ty,
        }
    }

    fn bool(&mut self, op: Op, span: Span) -> Typed {
        self.node(op, Type::of(Kind::Bool), span)
    }

    fn not(&mut self, typed: Typed, span: Span) -> Typed {
        self.bool(Op::Not(typed.node), span)
    }

    fn constant(&mut self, value: Value, ty: Type, span: Span) -> Typed {
        let place = self.room.place(span);
        let node = self.room.nodes.push_constant(Partial::Known(value), place);
        Typed { node, ty }
    }

    /// A node for something about which a finding was made; the program is not built then.
    pub(crate) fn error(&mut self, span: Span) -> Typed {
        self.constant(Value::Bool(false), error_type(), span)
    }

    fn mismatch(&mut self, span: Span, message: String, help: Option<String>) -> Typed {
        let finding = codes::TYPE_MISMATCH.at(span, message);
        let finding = match help {
            Some(help) => finding.help(help),
            None => finding,
        };
        self.analysed.report(finding);
        self.error(span)
    }
}
