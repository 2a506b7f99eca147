//! A rule that is confirmed only where another one with the same fixes is, and adds nothing to it.

use rulec_program::program::RuleId;
use rulec_syntax::diagnostic::{Applies, Code, Level};

use super::proving::Proving;
use super::relation::{Relation, adds_something, relation};
use super::{Check, Run};
use crate::repairs;

static SUBSUMED_RULE: Code = Code {
    name: "subsumed-rule",
    level: Level::Warning,
    page: include_str!("../../../../book/src/diagnostics/subsumed-rule.md"),
};

pub(super) const CHECK: Check = Check {
    code: &SUBSUMED_RULE,
    run: Run::Proves(run),
};

fn run(proving: &mut Proving<'_, '_>) {
    if proving.is_contradictory() {
        return;
    }
    for (first, second) in proving.meeting().of_one_plan() {
        match relation(proving, first, second) {
            Ok(Relation::FirstWithin) => subsumed(proving, first, second),
            Ok(Relation::SecondWithin) => subsumed(proving, second, first),
            Ok(Relation::BothWithin) => {
                subsumed(proving, first, second);
                subsumed(proving, second, first);
            }
            // Said by `duplicate-rule`.
            Ok(Relation::Same | Relation::None) => {}
            Err(why) => proving.undecided(&SUBSUMED_RULE, second, &why),
        }
    }
}

fn subsumed(proving: &mut Proving<'_, '_>, less: RuleId, more: RuleId) {
    if adds_something(proving, less, more) {
        return;
    }
    let (one, two) = (proving.name(less), proving.name(more));
    let message = format!(
        "`{one}` adds nothing to `{two}`: where it is confirmed, that is too, with the same fixes"
    );
    let finding = SUBSUMED_RULE
        .at(proving.span(less), message)
        .also(proving.span(more), "the rule that says the same and more")
        .help("remove it, or say what is special about it: its own `cause`, another fix")
        .repaired(repairs::without_rule(
            proving.subject,
            proving.program,
            less,
            Applies::Unsafe,
        ));
    proving.report(finding);
}
