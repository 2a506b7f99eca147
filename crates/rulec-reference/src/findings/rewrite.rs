//! Conditions rewritten: lets opened (F2), and one literal dropped at a time (C6).

use std::collections::BTreeMap;

use rulec_syntax::ast::{Expr, ExprKind, Name, Place};
use rulec_syntax::source::Span;

use crate::case::longest;
use crate::program::Program;

/// A condition without one of its literals.
#[derive(Debug, Clone)]
pub struct Dropped {
    /// Where the literal stands.
    pub span: Span,
    /// It stands in a quantifier, a `where` or a `match`, not right in the condition.
    pub inner: bool,
    /// It is a `not` with an `and` or `or` in it, whose own operands are literals too.
    pub compound: bool,
    /// What is left.
    pub rest: Expr,
}

/// The expression with each let replaced by what it stands for.
pub fn inlined(expr: &Expr, lets: &BTreeMap<String, Expr>, program: &Program<'_>) -> Expr {
    open(expr, lets, program, &mut Vec::new())
}

fn open(
    expr: &Expr,
    lets: &BTreeMap<String, Expr>,
    program: &Program<'_>,
    bound: &mut Vec<String>,
) -> Expr {
    if let ExprKind::Path(path) = &expr.kind {
        let text = path.name.text.as_str();
        let first = text.split('.').next().unwrap_or(text);
        if bound.iter().any(|variable| variable == first) {
            return expr.clone();
        }
        let names = program.places.keys().chain(lets.keys());
        let Some(value) = longest(names, text).and_then(|name| Some((name, lets.get(name)?)))
        else {
            return expr.clone();
        };
        let (name, value) = value;
        // A let sees no variable of the place where it is used.
        let value = open(value, lets, program, &mut Vec::new());
        return match text.get(name.len() + 1..) {
            None => value,
            Some(fields) => Expr {
                kind: ExprKind::Field(
                    Box::new(value),
                    Name {
                        text: fields.into(),
                        place: Place::default(),
                    },
                ),
                place: expr.place,
            },
        };
    }
    let mut opened = expr.clone();
    let variable = variable(expr);
    for (at, child) in children(&mut opened).into_iter().enumerate() {
        // The list of a quantifier stands outside its variable.
        let inside = variable.as_ref().filter(|_| at > 0);
        bound.extend(inside.cloned());
        *child = open(child, lets, program, bound);
        if inside.is_some() {
            bound.pop();
        }
    }
    opened
}

/// The variable that a quantifier or `each` binds.
pub fn variable(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Quantified { variable, .. } | ExprKind::Each { variable, .. } => {
            Some(variable.text.to_string())
        }
        _ => None,
    }
}

/// The expressions right below one, a quantifier's list first.
pub fn children(expr: &mut Expr) -> Vec<&mut Expr> {
    match &mut expr.kind {
        ExprKind::Literal(_)
        | ExprKind::Code(_)
        | ExprKind::Now
        | ExprKind::Reported
        | ExprKind::Path(_) => Vec::new(),
        ExprKind::Field(inner, _) | ExprKind::Not(inner) => vec![inner.as_mut()],
        ExprKind::Is { operand, .. } => vec![operand.as_mut()],
        ExprKind::Call(_, parts)
        | ExprKind::And(parts)
        | ExprKind::Or(parts)
        | ExprKind::List(parts) => parts.iter_mut().collect(),
        ExprKind::Binary(_, left, right) => vec![left.as_mut(), right.as_mut()],
        ExprKind::Quantified {
            list, filter, body, ..
        } => {
            let mut all = vec![list.as_mut()];
            all.extend(filter.as_deref_mut());
            all.push(body.as_mut());
            all
        }
        ExprKind::Each { list, filter, .. } => {
            let mut all = vec![list.as_mut()];
            all.extend(filter.as_deref_mut());
            all
        }
        ExprKind::Match { scrutinee, arms } => {
            let mut all = vec![scrutinee.as_mut()];
            all.extend(arms.iter_mut().map(|arm| &mut arm.value));
            all
        }
    }
}

/// C6: "a leaf of `and`/`or`, one at a time": an operand of an `and` or `or` that is neither itself, wherever
/// in the expression.
pub fn drops(expr: &Expr) -> Vec<Dropped> {
    let mut found = Vec::new();
    if let ExprKind::And(operands) | ExprKind::Or(operands) = &expr.kind {
        for (at, operand) in operands.iter().enumerate() {
            if !is_joined(operand) {
                found.push(Dropped {
                    span: operand.place.0,
                    inner: false,
                    compound: holds_joined(operand),
                    rest: without(expr, at),
                });
            }
        }
    }
    let deeper = !is_joined(expr) && !matches!(expr.kind, ExprKind::Not(_));
    let mut copy = expr.clone();
    let below: Vec<Vec<Dropped>> = children(&mut copy).iter().map(|it| drops(it)).collect();
    for (at, dropped) in below.into_iter().enumerate() {
        for mut dropped in dropped {
            let mut whole = expr.clone();
            for (number, child) in children(&mut whole).into_iter().enumerate() {
                if number == at {
                    *child = dropped.rest.clone();
                }
            }
            dropped.inner |= deeper;
            dropped.rest = whole;
            found.push(dropped);
        }
    }
    found
}

fn is_joined(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::And(_) | ExprKind::Or(_))
}

/// A `not` of something joined.
fn holds_joined(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Not(inner) => is_joined(inner) || holds_joined(inner),
        _ => false,
    }
}

/// An `and` or `or` without one of its operands; of two the other is left.
fn without(expr: &Expr, at: usize) -> Expr {
    let mut rest = expr.clone();
    let left = match &mut rest.kind {
        ExprKind::And(operands) | ExprKind::Or(operands) => {
            operands.remove(at);
            match operands.as_slice() {
                [only] => Some(only.clone()),
                _ => None,
            }
        }
        _ => None,
    };
    left.unwrap_or(rest)
}
