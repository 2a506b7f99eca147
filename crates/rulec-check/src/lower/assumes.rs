//! Assumptions, and what they say without saying it: that the operand of a comparison is present (A2).

use rulec_program::program::{Assume, PackId};
use rulec_syntax::ast::{Expr, ExprKind, Item, Test};
use rulec_syntax::source::Sources;

use super::Lowering;
use crate::codes;

impl<'a> Lowering<'a> {
    /// Reads all `assume`s.
    pub(super) fn assumes(&mut self) {
        for (pack, statement) in self.analysed.all_statements() {
            let Item::Assume(it) = &statement.item else {
                continue;
            };
            let mut reader = self.reader(pack, None);
            let condition = reader.condition(&it.condition);
            let implied = std::mem::take(&mut reader.implied);
            self.warn_implied(&it.condition, &implied);
            let place = self.room.place(statement.place.0);
            let text = self.analysed.sources.slice(it.condition.place.0).to_owned();
            self.program.assumes.push(Assume {
                place,
                pack: PackId(pack),
                condition,
                text,
            });
        }
        self.program
            .assumes
            .sort_by_key(|it| (it.place.file, it.place.start));
    }

    fn warn_implied(&mut self, condition: &'a Expr, implied: &[&'a Expr]) {
        let sources = self.analysed.sources;
        let mut guarded = Vec::new();
        guards(condition, sources, &mut guarded);
        for operand in implied {
            let text = sources.slice(operand.place.0);
            let is_guarded = guarded.iter().any(|guard| {
                text.strip_prefix(guard)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            });
            if is_guarded {
                continue;
            }
            let finding = codes::ASSUME_IMPLIES_PRESENT
                .at(
                    operand.place.0,
                    format!("this also assumes that `{text}` is present"),
                )
                .help(format!(
                    "say what holds where it is not there: `{text} is absent or …`"
                ));
            self.analysed.report(finding);
        }
    }
}

/// The texts of what a condition asks `is absent` or `is present` of.
fn guards<'t>(expr: &Expr, sources: &'t Sources, found: &mut Vec<&'t str>) {
    let mut inner = |it: &Expr| guards(it, sources, found);
    match &expr.kind {
        ExprKind::Is {
            operand,
            test: Test::Absent | Test::Present,
            ..
        } => found.push(sources.slice(operand.place.0)),
        ExprKind::Not(it) => inner(it),
        ExprKind::And(all) | ExprKind::Or(all) => all.iter().for_each(inner),
        ExprKind::Binary(_, left, right) => {
            inner(left);
            inner(right);
        }
        ExprKind::Quantified { filter, body, .. } => {
            filter.iter().for_each(|it| inner(it));
            inner(body);
        }
        _ => {}
    }
}
