//! An operand of `and` or `or` less.

use rulec_syntax::ast::{Expr, ExprKind, Item};
use rulec_syntax::diagnostic::{Applies, Repair};
use rulec_syntax::source::Span;

use super::{holds_comment, statement_at, text};
use crate::checks::Subject;

/// Takes out the operand that stands at a place of a rule's condition or of a derived fact.
pub(crate) fn without_operand(
    subject: &Subject<'_, '_>,
    leaf: Span,
    applies: Applies,
) -> Option<Repair> {
    let statement = statement_at(subject, leaf)?;
    let root = match &statement.item {
        Item::Rule(rule) => rule.when.as_ref()?,
        Item::Let(it) => &it.value,
        _ => return None,
    };
    let (operands, at) = group(root, leaf)?;
    let text = text(subject, leaf);
    let own = extent(text, leaf);
    let (start, end) = match at.checked_sub(1).and_then(|it| operands.get(it)) {
        Some(before) => (extent(text, before.place.0).1, own.1),
        None => (own.0, extent(text, operands.get(1)?.place.0).0),
    };
    let gone = text.get(start..end)?;
    let span = Span::new(
        leaf.file,
        u32::try_from(start).ok()?,
        u32::try_from(end).ok()?,
    );
    if !is_balanced(gone) || holds_comment(statement, span.start, span.end) {
        return None;
    }
    let written = text.get(leaf.start as usize..leaf.end as usize)?;
    Some(Repair {
        applies,
        title: format!("take `{written}` out"),
        span,
        text: String::new(),
    })
}

/// The operands among which one stands at that place.
fn group(expr: &Expr, leaf: Span) -> Option<(&[Expr], usize)> {
    let place = expr.place.0;
    if leaf.start < place.start || place.end < leaf.end {
        return None;
    }
    let parts: Vec<&Expr> = match &expr.kind {
        ExprKind::And(all) | ExprKind::Or(all) => {
            let at = all.iter().position(|it| it.place.0 == leaf);
            if let Some(at) = at {
                return Some((all, at));
            }
            all.iter().collect()
        }
        ExprKind::Not(of) => vec![of],
        ExprKind::Field(of, _) => vec![of],
        ExprKind::Call(_, all) | ExprKind::List(all) => all.iter().collect(),
        ExprKind::Binary(_, a, b) => vec![a, b],
        ExprKind::Is { operand, .. } => vec![operand],
        ExprKind::Quantified {
            list, filter, body, ..
        } => [list, body]
            .into_iter()
            .chain(filter)
            .map(|it| &**it)
            .collect(),
        ExprKind::Each { list, filter, .. } => {
            [list].into_iter().chain(filter).map(|it| &**it).collect()
        }
        ExprKind::Match { scrutinee, arms } => {
            let values = arms.iter().map(|it| &it.value);
            std::iter::once(&**scrutinee).chain(values).collect()
        }
        ExprKind::Literal(_)
        | ExprKind::Code(_)
        | ExprKind::Now
        | ExprKind::Reported
        | ExprKind::Path(_) => Vec::new(),
    };
    parts.into_iter().find_map(|it| group(it, leaf))
}

/// An expression with the parentheses around it alone, in bytes.
pub(super) fn extent(text: &str, span: Span) -> (usize, usize) {
    let (mut start, mut end) = (span.start as usize, span.end as usize);
    loop {
        let before = text.get(..start).unwrap_or_default().trim_end();
        let after = text.get(end..).unwrap_or_default();
        let blank = after.len() - after.trim_start().len();
        if !before.ends_with('(') || !after.trim_start().starts_with(')') || is_call(before) {
            return (start, end);
        }
        start = before.len() - 1;
        end += blank + 1;
    }
}

/// The parenthesis belongs to a function.
fn is_call(before: &str) -> bool {
    let name = before.strip_suffix('(').unwrap_or_default();
    let word = name.len()
        - name
            .trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '_')
            .len();
    let word = name.get(name.len() - word..).unwrap_or_default();
    !word.is_empty() && !["and", "or", "not", "when", "where", "in"].contains(&word)
}

/// As many parentheses are opened as closed, texts aside.
fn is_balanced(text: &str) -> bool {
    let (mut depth, mut quoted) = (0i32, false);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0 && !quoted
}
