//! A condition that is true whenever its facts are known.

use rulec_program::encode::{Claim, Proof};
use rulec_syntax::diagnostic::{Code, Level};

use super::proving::Proving;
use super::{Check, Run};
use crate::repairs;

static ALWAYS_TRUE_CONDITION: Code = Code {
    name: "always-true-condition",
    level: Level::Warning,
    page: include_str!("../../../../book/src/diagnostics/always-true-condition.md"),
};

pub(super) const CHECK: Check = Check {
    code: &ALWAYS_TRUE_CONDITION,
    run: Run::Proves(run),
};

fn run(proving: &mut Proving<'_, '_>) {
    if proving.is_contradictory() {
        return;
    }
    for rule in proving.rules_of_roots() {
        let Some(when) = proving.rule(rule).and_then(|it| it.when) else {
            continue;
        };
        match proving.exists(&[Claim::Condition(when, false)]) {
            Proof::Possible(_) => {}
            Proof::Undecided(why) => proving.undecided(&ALWAYS_TRUE_CONDITION, rule, &why),
            Proof::Impossible(core) => {
                let message = format!(
                    "the condition of `{}` is true whenever its facts are known",
                    proving.name(rule)
                );
                let finding = ALWAYS_TRUE_CONDITION
                    .at(proving.node_span(when), message)
                    .help("mostly a bound is wrong; a rule that shall always hold needs a symptom and no condition");
                let repair = repairs::without_condition(proving.subject, proving.program, rule);
                let finding = finding.repaired(repair);
                let finding = proving.blame(finding, &core, "because of this");
                proving.report(finding);
            }
        }
    }
}
