//! A2: which operands an `assume` silently says are present.

use rulec_syntax::ast::{Binary, Expr, ExprKind, Test};

use super::pack::Pack;
use crate::case::Case;
use crate::evaluate::{Evaluator, Scope};
use crate::needs::parts;
use crate::tally::Tally;

/// Paths that can be absent and are compared without a guard; true where it is certain that the assumption says so: an
/// ordering or an `==` with a constant that must be true by itself.
pub fn implied(pack: &Pack<'_>, assume: &Expr) -> Vec<(String, bool)> {
    let case = Case::default();
    let evaluator = Evaluator {
        program: &pack.program,
        case: &case,
        tally: Tally::default(),
    };
    let mut guarded = Vec::new();
    guards(assume, &mut guarded);
    let mut found = Vec::new();
    walk(assume, true, &evaluator, &mut found);
    found.retain(|(path, _)| !guarded.contains(path));
    found
}

/// Operands of `is absent` and `is present`.
fn guards(expr: &Expr, found: &mut Vec<String>) {
    if let ExprKind::Is { operand, test, .. } = &expr.kind
        && matches!(test, Test::Absent | Test::Present)
        && let ExprKind::Path(path) = &operand.kind
    {
        found.push(path.name.text.to_string());
    }
    for part in parts(expr) {
        guards(part, found);
    }
}

fn walk(expr: &Expr, alone: bool, evaluator: &Evaluator<'_, '_>, found: &mut Vec<(String, bool)>) {
    if let ExprKind::And(operands) = &expr.kind {
        for operand in operands {
            walk(operand, alone, evaluator, found);
        }
        return;
    }
    let ExprKind::Binary(operator, left, right) = &expr.kind else {
        // Below anything else a comparison need not be true.
        for part in parts(expr) {
            walk(part, false, evaluator, found);
        }
        return;
    };
    let scope = Scope::default();
    for (side, other) in [(left, right), (right, left)] {
        let ExprKind::Path(path) = &side.kind else {
            walk(side, false, evaluator, found);
            continue;
        };
        if !evaluator.can_be_absent(side, &scope) {
            continue;
        }
        let ordering = matches!(
            operator,
            Binary::Less | Binary::LessEqual | Binary::Greater | Binary::GreaterEqual
        );
        let value = *operator == Binary::Equal && !evaluator.can_be_absent(other, &scope);
        found.push((path.name.text.to_string(), alone && (ordering || value)));
    }
}
