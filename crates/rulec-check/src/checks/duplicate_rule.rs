//! Two rules with the same verdict in every case and the same fixes.

use rulec_program::program::RuleId;
use rulec_syntax::diagnostic::{Applies, Code, Level, Repair};

use super::proving::Proving;
use super::relation::{Relation, adds_something, relation};
use super::{Check, Run};
use crate::repairs;

static DUPLICATE_RULE: Code = Code {
    name: "duplicate-rule",
    level: Level::Warning,
    page: include_str!("../../../../book/src/diagnostics/duplicate-rule.md"),
};

pub(super) const CHECK: Check = Check {
    code: &DUPLICATE_RULE,
    run: Run::Proves(run),
};

fn run(proving: &mut Proving<'_, '_>) {
    if proving.is_contradictory() {
        return;
    }
    for (first, second) in proving.meeting().of_one_plan() {
        match relation(proving, first, second) {
            Ok(Relation::Same) => {
                let (one, two) = (proving.name(first), proving.name(second));
                let message = format!(
                    "`{two}` has the same verdict as `{one}` in every case, and the same fixes"
                );
                let finding = DUPLICATE_RULE
                    .at(proving.span(second), message)
                    .also(proving.span(first), "the same rule")
                    .help("keep one of them")
                    .repaired(merged(proving, first, second));
                proving.report(finding);
            }
            Ok(_) => {}
            Err(why) => proving.undecided(&DUPLICATE_RULE, second, &why),
        }
    }
}

/// One of the two less; safe if it says nothing that the other does not.
fn merged(proving: &Proving<'_, '_>, first: RuleId, second: RuleId) -> Option<Repair> {
    let without = |less: RuleId, more: RuleId| {
        let (one, other) = (proving.rule(less)?, proving.rule(more)?);
        let same = one.symptoms == other.symptoms && one.otherwise == other.otherwise;
        let applies = match same && !adds_something(proving, less, more) {
            true => Applies::Safe,
            false => Applies::Unsafe,
        };
        repairs::without_rule(proving.subject, proving.program, less, applies)
    };
    let found = [without(second, first), without(first, second)];
    let found = found.into_iter().flatten();
    // The later one goes, unless only the earlier one can.
    found.reduce(|best, it| if it.applies > best.applies { it } else { best })
}
