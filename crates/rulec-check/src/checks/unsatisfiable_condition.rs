//! A condition that is true in no case that the assumptions admit.

use rulec_program::encode::Proof;
use rulec_syntax::diagnostic::{Code, Level};

use super::proving::Proving;
use super::{Check, Run};

static UNSATISFIABLE_CONDITION: Code = Code {
    name: "unsatisfiable-condition",
    level: Level::Error,
    page: include_str!("../../../../book/src/diagnostics/unsatisfiable-condition.md"),
};

pub(super) const CHECK: Check = Check {
    code: &UNSATISFIABLE_CONDITION,
    run: Run::Proves(run),
};

fn run(proving: &mut Proving<'_, '_>) {
    if proving.is_contradictory() {
        return;
    }
    for rule in proving.rules_of_roots() {
        match proving.condition(rule) {
            Proof::Possible(_) => {}
            Proof::Undecided(why) => proving.undecided(&UNSATISFIABLE_CONDITION, rule, &why),
            Proof::Impossible(core) => {
                let message = format!("the condition of `{}` is never true", proving.name(rule));
                let finding = UNSATISFIABLE_CONDITION
                    .at(proving.span(rule), message)
                    .help("look at the parts that clash: mostly a bound is turned around, or `and` stands for `or`");
                let finding = proving.blame(finding, &core, "this clashes");
                proving.report(finding);
            }
        }
    }
}
