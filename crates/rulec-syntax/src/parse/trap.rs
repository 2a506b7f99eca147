//! Traps of expressions: written so that two readers could read two things. Each finding has its repair.

use super::build::{Builder, Built};
use super::codes::{
    CHAINED_COMPARISON, HYPHEN_IN_NAME, LOOSE_QUANTIFIER, MISSING_SEPARATOR, MIXED_AND_OR,
    SYNTAX_ERROR,
};
use super::expr::{Operands, around};
use super::nodes::Node;
use crate::ast::{Expr, ExprKind, Name, Place};
use crate::diagnostic::Diagnostic;
use crate::grammar::Rule;
use crate::source::Span;

/// `and` or `or`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    And,
    Or,
}

impl Builder<'_> {
    /// `a and b or c`: a finding with both ways to group it; the tree takes the first.
    pub(super) fn mixed(&mut self, operands: Operands) -> Expr {
        let (start, end) = around(&operands.ranges);
        let place = self.range(start, end);
        let and_first = self.grouped(&operands, Link::And, start, end);
        let or_first = self.grouped(&operands, Link::Or, start, end);
        self.find(
            MIXED_AND_OR
                .at(place, "`and` and `or` stand at one level")
                .help("put parentheses around what belongs together")
                .repair("take the `and`s together", place, and_first)
                .repair("take the `or`s together", place, or_first),
        );
        let Operands {
            exprs,
            ranges,
            links,
        } = operands;
        let (mut alternatives, mut places) = (Vec::new(), Vec::new());
        let (mut group, mut own) = (Vec::new(), Vec::new());
        for (at, (expr, range)) in exprs.into_iter().zip(ranges).enumerate() {
            group.push(expr);
            own.push(range);
            if links.get(at) != Some(&Link::And) {
                places.push(around(&own));
                alternatives.push(self.joined(std::mem::take(&mut group), &own, Link::And));
                own.clear();
            }
        }
        self.joined(alternatives, &places, Link::Or)
    }

    /// The text from `start` to `end` with parentheses around each run of operands joined by `tight`.
    fn grouped(&self, operands: &Operands, tight: Link, start: u32, end: u32) -> String {
        let mut text = String::with_capacity((end - start) as usize + 8);
        let mut copied = start;
        let links = &operands.links;
        for (at, (from, to)) in operands.ranges.iter().copied().enumerate() {
            let before = at.checked_sub(1).and_then(|at| links.get(at)) == Some(&tight);
            let after = links.get(at) == Some(&tight);
            if after && !before {
                text.push_str(self.cut(copied, from));
                text.push('(');
                copied = from;
            }
            if before && !after {
                text.push_str(self.cut(copied, to));
                text.push(')');
                copied = to;
            }
        }
        text.push_str(self.cut(copied, end));
        text
    }

    /// One more comparison follows `first`: `a < b < c`. The tree takes it as `a < b and b < c`.
    pub(super) fn chained(&mut self, start: u32, first: Expr, end: u32) -> Built<Expr> {
        let mut parts = vec![first];
        let mut repair = Some(self.cut(start, self.last_end()).to_owned());
        while self.comparison_follows(end) {
            let middle = match parts.last().map(|part| &part.kind) {
                Some(ExprKind::Binary(_, _, right)) => Some((**right).clone()),
                _ => None,
            };
            let (Some(middle), Some(Rule::operator)) = (middle, self.peek()) else {
                repair = None;
                break;
            };
            let operand = self.outer_text(middle.place.0);
            let operator_at = self.next_start();
            let (expr, _) = self.compare(operator_at, middle, end)?;
            parts.push(expr);
            if let Some(text) = &mut repair {
                let rest = self.cut(operator_at, self.last_end()).to_owned();
                text.push_str(&format!(" and {operand} {rest}"));
            }
        }
        let place = self.range(start, end.max(self.last_end()).min(self.text.len() as u32));
        let place = if repair.is_some() {
            self.range(start, self.last_end())
        } else {
            place
        };
        let mut finding = CHAINED_COMPARISON
            .at(place, "comparisons do not chain")
            .help("write `a < b and b < c`, or put parentheses around one comparison");
        let Some(text) = repair else {
            return self.lose(finding);
        };
        finding = finding.repair("compare twice", place, format!("({text})"));
        self.find(finding);
        Ok(Expr {
            kind: ExprKind::And(parts),
            place: Place(place),
        })
    }

    /// The text of an operand, in parentheses where it stood in some.
    fn outer_text(&self, place: Span) -> String {
        let start = place.start.saturating_sub(self.base);
        let end = place.end.saturating_sub(self.base);
        let inner = self.cut(start, end);
        let before = self.text.get(..start as usize).unwrap_or("").trim_end();
        if before.ends_with('(') {
            return format!("({inner})");
        }
        inner.to_owned()
    }

    /// `a-b` is one name to some readers and a difference to others: names on both sides of a minus
    /// sign and no blank between are a finding.
    pub(super) fn check_hyphen(&mut self, left: &Expr, sign: Node, right: &Expr) -> Built<()> {
        let touches = left.place.0.end == self.base + sign.start
            && right.place.0.start == self.base + sign.end;
        let names = matches!(left.kind, ExprKind::Path(_))
            && matches!(right.kind, ExprKind::Path(_) | ExprKind::Call(..));
        if !touches || !names {
            return Ok(());
        }
        let start = left.place.0.start - self.base;
        let rest = self.text.get(start as usize..).unwrap_or("");
        let end = start + hyphenated_length(rest) as u32;
        let finding = hyphenated(self.range(start, end), self.cut(start, end));
        self.lose(finding)
    }

    /// Whether a word begins a clause of this statement.
    pub(super) fn is_clause(&self, word: &str) -> bool {
        self.keyword
            .is_some_and(|keyword| keyword.clauses().contains(&word))
    }

    /// Whether a name is the next clause's word, read as a condition because none stands before it:
    /// first on its line, behind a word that wants a condition. Behind a comparison it may be an enum member.
    pub(super) fn swallows(&self, node: Node) -> bool {
        if !self.first_on_line(node.start) || !self.is_clause(self.slice(node)) {
            return false;
        }
        let before = self.cut(0, node.start).trim_end();
        let wants = ["when", "and", "or", "not", "verify", "where", ":"];
        wants.iter().any(|word| before.ends_with(word))
    }

    /// Between two arms, fields, members or entries stands a comma or a line end.
    pub(super) fn check_separated(&mut self, before: Option<u32>, start: u32) {
        let Some(end) = before else { return };
        if self.cut(end, start).contains([',', '\n']) {
            return;
        }
        let place = self.range(end, end);
        self.find(
            MISSING_SEPARATOR
                .at(
                    self.range(start, start + 1),
                    "expected `,` or a new line before this",
                )
                .repair("put a comma", place, ","),
        );
    }

    /// Each part of the body that `and` joins must mention the variable.
    pub(super) fn check_body(&mut self, node: Node, variable: &Name, body: &Expr, body_at: usize) {
        let parts: &[Expr] = match &body.kind {
            ExprKind::And(parts) => parts,
            _ => std::slice::from_ref(body),
        };
        let loose = |part: &&Expr| !mentions(part, &variable.text);
        let Some(first) = parts.iter().find(loose) else {
            return;
        };
        let message = format!(
            "this does not mention `{}`, yet stands in its body",
            variable.text
        );
        let mut finding = LOOSE_QUANTIFIER
            .at(first.place.0, message)
            .also(variable.place.0, "the variable");
        let bound = parts
            .iter()
            .take_while(|part| mentions(part, &variable.text))
            .count();
        let all_behind = parts
            .iter()
            .skip(bound)
            .all(|part| !mentions(part, &variable.text));
        // Parentheses around the whole body are no part of its place.
        let begins = self.nodes.get(body_at).map(|node| self.base + node.start);
        let bare = begins == Some(body.place.0.start);
        let cut = bound
            .checked_sub(1)
            .and_then(|last| parts.get(last))
            .map(|last| self.close_after(last, first));
        if let (true, true, Some(cut)) = (all_behind, bare, cut) {
            let inner = self.cut(node.start, cut);
            let place = self.range(node.start, cut);
            finding = finding
                .help("put parentheses around the quantifier, or name its variable in each part of its body")
                .repair("end the body here", place, format!("({inner})"));
        } else {
            finding =
                finding.help("move it out of the body: what it says is the same for every element");
        }
        self.find(finding);
    }

    /// Where `part` ends, closing parentheses included, seen from `next`: before the `and` between them.
    fn close_after(&self, part: &Expr, next: &Expr) -> u32 {
        let from = part.place.0.end.saturating_sub(self.base);
        let to = next.place.0.start.saturating_sub(self.base);
        self.nodes
            .iter()
            .find(|node| node.rule == Rule::operator && node.start >= from && node.end <= to)
            .map_or(from, |operator| {
                let between = self.cut(from, operator.start);
                from + between.trim_end().len() as u32
            })
    }
}

/// The finding for a clause's word where a condition or value is missing.
pub(super) fn swallowed(place: Span, word: &str) -> Diagnostic {
    SYNTAX_ERROR
        .at(
            place,
            format!("expected a condition or value, found the clause `{word}`"),
        )
        .help("something is missing before this clause")
}

/// How long a name with hyphens at the start of `text` is.
pub(super) fn hyphenated_length(text: &str) -> usize {
    text.bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
        .count()
}

/// The finding for `a-b` at a place.
pub(super) fn hyphenated(place: Span, written: &str) -> Diagnostic {
    let joined = written.replace('-', "_");
    let spaced = written.replace('-', " - ");
    HYPHEN_IN_NAME
        .at(
            place,
            format!("`{written}` has a hyphen, and names in expressions have none"),
        )
        .help(format!("did you mean `{joined}`, or `{spaced}`?"))
        .repair("join the words", place, joined)
        .repair("subtract", place, spaced)
}

/// Whether an expression names `variable`.
fn mentions(expr: &Expr, variable: &str) -> bool {
    let within = |inner: &Expr| mentions(inner, variable);
    match &expr.kind {
        ExprKind::Literal(_) | ExprKind::Code(_) | ExprKind::Now | ExprKind::Reported => false,
        ExprKind::Path(path) => {
            path.pack.is_none() && path.name.text.split('.').next() == Some(variable)
        }
        ExprKind::Field(inner, _) | ExprKind::Not(inner) => within(inner),
        ExprKind::Is { operand, .. } => within(operand),
        ExprKind::Call(_, parts)
        | ExprKind::And(parts)
        | ExprKind::Or(parts)
        | ExprKind::List(parts) => parts.iter().any(within),
        ExprKind::Binary(_, left, right) => within(left) || within(right),
        ExprKind::Quantified {
            list, filter, body, ..
        } => within(list) || within(body) || filter.as_deref().is_some_and(within),
        ExprKind::Each { list, filter, .. } => {
            within(list) || filter.as_deref().is_some_and(within)
        }
        ExprKind::Match { scrutinee, arms } => {
            within(scrutinee) || arms.iter().any(|arm| within(&arm.value))
        }
    }
}
