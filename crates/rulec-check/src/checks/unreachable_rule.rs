//! A rule whose condition can hold, and which other rules always override.

use rulec_program::encode::Proof;
use rulec_syntax::diagnostic::{Code, Level};

use super::proving::Proving;
use super::{Check, Run};

static UNREACHABLE_RULE: Code = Code {
    name: "unreachable-rule",
    level: Level::Error,
    page: include_str!("../../../../book/src/diagnostics/unreachable-rule.md"),
};

pub(super) const CHECK: Check = Check {
    code: &UNREACHABLE_RULE,
    run: Run::Proves(run),
};

fn run(proving: &mut Proving<'_, '_>) {
    if proving.is_contradictory() {
        return;
    }
    for rule in proving.rules_of_roots() {
        // Where no rule comes before it, the condition alone decides, and a symptom can always be reported.
        if !matches!(proving.condition(rule), Proof::Possible(_)) {
            continue;
        }
        match proving.confirmed(rule) {
            Proof::Possible(_) => {}
            Proof::Undecided(why) => proving.undecided(&UNREACHABLE_RULE, rule, &why),
            Proof::Impossible(core) => {
                let message = format!(
                    "`{}` is never confirmed: where its condition holds, another rule always comes first",
                    proving.name(rule)
                );
                let finding = UNREACHABLE_RULE
                    .at(proving.span(rule), message)
                    .help("say of the other rules what they really need, or remove this one");
                let finding = proving.blame(finding, &core, "this comes first");
                proving.report(finding);
            }
        }
    }
}
