//! A rule that overrides another one which has symptoms that the first has not.

use rulec_syntax::diagnostic::{Code, Level};

use super::proving::Proving;
use super::{Check, Run};

static OVERRIDE_ACROSS_SYMPTOMS: Code = Code {
    name: "override-across-symptoms",
    level: Level::Warning,
    page: include_str!("../../../../book/src/diagnostics/override-across-symptoms.md"),
};

pub(super) const CHECK: Check = Check {
    code: &OVERRIDE_ACROSS_SYMPTOMS,
    run: Run::Proves(run),
};

fn run(proving: &mut Proving<'_, '_>) {
    let program = proving.program;
    for rule in proving.rules_of_roots() {
        let Some(overridden) = proving.rule(rule) else {
            continue;
        };
        for by in &overridden.overridden_by {
            let Some(overriding) = proving.rule(*by) else {
                continue;
            };
            let missing = overridden
                .symptoms
                .iter()
                .find(|it| !overriding.symptoms.contains(it));
            let missing = missing.and_then(|it| program.symptoms.get(it.0 as usize));
            if let (Some(symptom), false) = (missing, overriding.symptoms.is_empty()) {
                let message = format!(
                    "`{}` overrides `{}`, which also has the symptom `{}`: there it never does",
                    overriding.named.name, overridden.named.name, symptom.named.name
                );
                let finding = OVERRIDE_ACROSS_SYMPTOMS
                    .at(proving.span(*by), message)
                    .also(proving.span(rule), "what is overridden")
                    .help(format!(
                        "give `{}` this symptom too, or split the other rule",
                        overriding.named.name
                    ));
                proving.report(finding);
            }
        }
    }
}
