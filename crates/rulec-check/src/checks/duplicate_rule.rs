//! Two rules with the same verdict in every case and the same fixes.

use rulec_syntax::diagnostic::{Code, Level};

use super::proving::Proving;
use super::relation::{Relation, relation};
use super::{Check, Run};

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
                    .help("keep one of them");
                proving.report(finding);
            }
            Ok(_) => {}
            Err(why) => proving.undecided(&DUPLICATE_RULE, second, &why),
        }
    }
}
