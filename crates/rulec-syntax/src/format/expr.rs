//! Layout of expressions, literals and values: where they may break and which brackets they need.
//!
//! Brackets are no nodes of the tree, so this is the one place that knows where the grammar wants them.

use std::borrow::Cow;

use super::layout::{Layout, Op};
use crate::ast::{
    Arm, Binary, CodeLiteral, CodeNumber, Expr, ExprKind, Literal, LiteralKind, Name, Path,
    Pattern, Place, Quantifier, Test, Text, Value, ValueKind,
};
use crate::source::Span;

/// Where an expression stands, from loose to tight: what may stand bare in one may in those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    /// Alone: after a keyword, in brackets, after a colon or an arrow.
    Whole,
    /// Between `and`s or `or`s, or after `not`.
    Condition,
    /// Beside a comparison, before `is`.
    Compared,
    /// Beside `+` or `-`, after the `in` of a quantifier.
    Operand,
    /// Before a dot.
    Base,
}

impl<'a> Layout<'a> {
    /// An expression with nothing after it that could belong to it.
    pub(super) fn expr(&mut self, expr: &'a Expr) {
        self.expr_in(expr, Slot::Whole, true);
    }

    /// `last`: nothing follows before the next clause, closing bracket or comma.
    fn expr_in(&mut self, expr: &'a Expr, slot: Slot, last: bool) {
        if stands_bare(expr, slot, last) {
            self.bare(expr, last);
        } else {
            self.text("(");
            self.bare(expr, true);
            self.text(")");
        }
    }

    fn bare(&mut self, expr: &'a Expr, last: bool) {
        self.touch(expr.place);
        match &expr.kind {
            ExprKind::Literal(literal) => self.literal(literal),
            ExprKind::Code(code) => self.code(code),
            ExprKind::Now => self.text("now"),
            ExprKind::Reported => self.text("reported"),
            ExprKind::Path(path) => self.path(path),
            ExprKind::Field(base, name) => {
                self.expr_in(base, Slot::Base, false);
                self.text(".");
                self.name(name);
            }
            ExprKind::Call(name, arguments) => self.call(name, arguments, expr.place),
            ExprKind::Not(operand) => {
                self.text("not ");
                self.expr_in(operand, Slot::Condition, last);
            }
            ExprKind::And(operands) => self.chain("and ", operands, last),
            ExprKind::Or(operands) => self.chain("or ", operands, last),
            ExprKind::Binary(operator, left, right) => self.binary(*operator, left, right, last),
            ExprKind::Is {
                operand,
                negated,
                test,
            } => {
                self.expr_in(operand, Slot::Compared, false);
                self.text(if *negated { " is not " } else { " is " });
                self.text(test_word(*test));
            }
            ExprKind::Quantified {
                quantifier,
                variable,
                list,
                filter,
                body,
            } => self.quantified(*quantifier, variable, list, filter.as_deref(), body),
            ExprKind::Each {
                variable,
                list,
                filter,
            } => self.group(|l| l.each("each ", variable, list, filter.as_deref(), last)),
            ExprKind::List(elements) => {
                self.elements(&LIST, expr.place, elements, |l, element| l.expr(element));
            }
            ExprKind::Match { scrutinee, arms } => {
                self.text("match ");
                self.expr_in(scrutinee, Slot::Whole, false);
                self.text(" ");
                let braces = Place(Span {
                    start: scrutinee.place.0.end,
                    ..expr.place.0
                });
                self.elements(&BRACES, braces, arms, Layout::arm);
            }
        }
    }

    /// `a and b and c`, broken before each word.
    fn chain(&mut self, word: &'static str, operands: &'a [Expr], last: bool) {
        let count = operands.len();
        self.group(|l| {
            l.ops.push(Op::Indent);
            for (at, operand) in operands.iter().enumerate() {
                if at > 0 {
                    l.line();
                }
                l.anchor(&[], |l| {
                    if at > 0 {
                        l.text(word);
                    }
                    l.expr_in(operand, Slot::Condition, last && at + 1 == count);
                });
            }
            l.ops.push(Op::Dedent);
        });
    }

    /// An operator between two operands; a chain of `+` and `-` is laid out as one row.
    fn binary(&mut self, operator: Binary, left: &'a Expr, right: &'a Expr, last: bool) {
        let mut row = vec![(operator, right)];
        let mut first = left;
        while is_sum(operator)
            && let ExprKind::Binary(inner, left, right) = &first.kind
            && is_sum(*inner)
        {
            row.push((*inner, right));
            first = left;
        }
        self.group(|l| {
            l.head(|l| l.expr_in(first, operand_slot(operator), false));
            l.ops.push(Op::Indent);
            for (at, (operator, right)) in row.into_iter().enumerate().rev() {
                if opens_bracket(right) {
                    l.text(" ");
                } else {
                    l.line();
                }
                l.text(operator.symbol());
                l.text(" ");
                let slot = operand_slot(operator);
                match at {
                    0 => l.expr_in(right, slot, last),
                    _ => l.head(|l| l.expr_in(right, slot, false)),
                }
            }
            l.ops.push(Op::Dedent);
        });
    }

    /// `any x in L where P: Q`, broken after the colon first.
    fn quantified(
        &mut self,
        quantifier: Quantifier,
        variable: &'a Name,
        list: &'a Expr,
        filter: Option<&'a Expr>,
        body: &'a Expr,
    ) {
        let word = match quantifier {
            Quantifier::Any => "any ",
            Quantifier::All => "all ",
            Quantifier::No => "no ",
        };
        self.group(|l| {
            l.group(|l| l.each(word, variable, list, filter, false));
            l.opening(filter.unwrap_or(list).place.0.end, ":");
            l.indent(|l| {
                l.line();
                l.anchor(&[], |l| l.expr(body));
            });
        });
    }

    fn each(
        &mut self,
        word: &'static str,
        variable: &'a Name,
        list: &'a Expr,
        filter: Option<&'a Expr>,
        last: bool,
    ) {
        self.head(|l| {
            l.text(word);
            l.name(variable);
            l.text(" in ");
            l.expr_in(list, Slot::Operand, last && filter.is_none());
        });
        if let Some(filter) = filter {
            self.indent(|l| {
                l.line();
                l.anchor(&["where"], |l| {
                    l.text("where ");
                    l.expr_in(filter, Slot::Whole, last);
                });
            });
        }
    }

    fn call(&mut self, name: &'a Name, arguments: &'a [Expr], place: Place) {
        self.name(name);
        match arguments {
            [only] => {
                self.text("(");
                self.expr(only);
                self.text(")");
            }
            _ => self.elements(&CALL, place, arguments, |l, argument| l.expr(argument)),
        }
    }

    fn arm(&mut self, arm: &'a Arm) {
        for (at, pattern) in arm.patterns.iter().enumerate() {
            if at > 0 {
                self.text(" or ");
            }
            match pattern {
                Pattern::Absent(place) => self.word_at("absent", *place),
                Pattern::Else(place) => self.word_at("else", *place),
                Pattern::Word(name) => self.name(name),
                Pattern::Literal(literal) => self.literal(literal),
                Pattern::Code(code) => self.code(code),
            }
        }
        self.text(" => ");
        self.expr(&arm.value);
    }

    /// A value of a test or after `default`.
    pub(super) fn value(&mut self, value: &'a Value) {
        self.touch(value.place);
        match &value.kind {
            ValueKind::Literal(literal) => self.literal(literal),
            ValueKind::Word(name) => self.name(name),
            ValueKind::Code(code) => self.code(code),
            ValueKind::Absent => self.text("absent"),
            ValueKind::Unknown(reason) => {
                self.text("unknown");
                if let Some(reason) = reason {
                    self.text(" ");
                    self.name(reason);
                }
            }
            ValueKind::Of(count, element) => {
                self.literal(count);
                self.text(" of ");
                self.value(element);
            }
            ValueKind::List(elements) => {
                self.elements(&LIST, value.place, elements, Layout::value);
            }
            ValueKind::Record(fields) => {
                self.elements(&BRACES, value.place, fields, |l, (name, value)| {
                    l.name(name);
                    l.text(": ");
                    l.value(value);
                });
            }
        }
    }

    /// Elements in brackets, the first and last such ones at `place`: on one line, or one a line.
    pub(super) fn elements<T>(
        &mut self,
        brackets: &'static Brackets,
        place: Place,
        elements: &'a [T],
        mut element: impl FnMut(&mut Self, &'a T),
    ) {
        let line = |text| match brackets.spread && elements.len() > 1 {
            true => Op::Hard,
            false => Op::Line(text),
        };
        self.group(|l| {
            l.opening(place.0.start, brackets.open);
            l.ops.push(Op::Indent);
            for (at, one) in elements.iter().enumerate() {
                if at > 0 {
                    l.ops.push(brackets.comma());
                }
                l.ops.push(line(if at == 0 { brackets.pad } else { " " }));
                l.anchor(&[], |l| element(l, one));
            }
            l.closing(place, brackets.close, |l| {
                l.ops.push(Op::Dedent);
                if !elements.is_empty() {
                    l.ops.push(line(brackets.pad));
                }
            });
        });
    }

    pub(super) fn literal(&mut self, literal: &'a Literal) {
        self.touch(literal.place);
        if literal.kind == LiteralKind::Text {
            self.text(quoted(&literal.text));
        } else {
            self.text(literal.text.as_str());
        }
    }

    /// `ras 798`.
    pub(super) fn code(&mut self, code: &'a CodeLiteral) {
        self.touch(code.place);
        self.name(&code.kind);
        self.text(" ");
        match &code.number {
            CodeNumber::Number(number) => self.literal(number),
            CodeNumber::Word(word) => self.name(word),
            CodeNumber::Text(text) => self.quote(text),
        }
    }

    pub(super) fn path(&mut self, path: &'a Path) {
        if let Some(pack) = &path.pack {
            self.name(pack);
            self.text("/");
        }
        self.name(&path.name);
    }

    pub(super) fn name(&mut self, name: &'a Name) {
        self.word_at(name.text.as_str(), name.place);
    }

    pub(super) fn quote(&mut self, text: &'a Text) {
        self.touch(text.place);
        self.text(quoted(&text.text));
    }

    /// A word that stands at `place`.
    pub(super) fn word_at(&mut self, word: &'a str, place: Place) {
        self.touch(place);
        self.text(word);
    }
}

/// How elements are enclosed and parted.
#[derive(Debug)]
pub(super) struct Brackets {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    /// Inside the brackets, on one line.
    pub(super) pad: &'static str,
    /// Commas also where each element has its line.
    pub(super) commas: bool,
    /// Several elements never share a line.
    pub(super) spread: bool,
}

impl Brackets {
    fn comma(&self) -> Op<'static> {
        if self.commas {
            Op::Text(Cow::Borrowed(","))
        } else {
            Op::FlatComma
        }
    }
}

const LIST: Brackets = Brackets {
    open: "[",
    close: "]",
    pad: "",
    commas: true,
    spread: false,
};

const CALL: Brackets = Brackets {
    open: "(",
    close: ")",
    pad: "",
    commas: true,
    spread: false,
};

const BRACES: Brackets = Brackets {
    open: "{",
    close: "}",
    pad: " ",
    commas: true,
    spread: false,
};

/// No brackets are needed around `expr` where it stands.
fn stands_bare(expr: &Expr, slot: Slot, last: bool) -> bool {
    let loosest = match &expr.kind {
        ExprKind::And(_) | ExprKind::Or(_) => Slot::Whole,
        ExprKind::Binary(operator, ..) if is_sum(*operator) => Slot::Compared,
        ExprKind::Not(_) | ExprKind::Binary(..) | ExprKind::Is { .. } => Slot::Condition,
        ExprKind::Quantified { .. } | ExprKind::Each { .. } if !last => return false,
        ExprKind::Call(..) => Slot::Base,
        _ => Slot::Operand,
    };
    slot <= loosest
}

fn operand_slot(operator: Binary) -> Slot {
    if is_sum(operator) {
        Slot::Operand
    } else {
        Slot::Compared
    }
}

fn is_sum(operator: Binary) -> bool {
    matches!(operator, Binary::Plus | Binary::Minus)
}

/// The expression begins with a bracket or a name and a bracket, where it can break better than before it.
fn opens_bracket(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::List(_) | ExprKind::Call(..) | ExprKind::Match { .. }
    )
}

fn test_word(test: Test) -> &'static str {
    match test {
        Test::Absent => "absent",
        Test::Present => "present",
        Test::Empty => "empty",
        Test::Base64 => "base64",
    }
}

/// A text in quotes as the language writes it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
