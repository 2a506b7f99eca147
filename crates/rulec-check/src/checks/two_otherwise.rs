//! Two rules with `otherwise` that can be confirmed together.

use rulec_program::program::Rule;
use rulec_syntax::diagnostic::{Code, Level};

use super::proving::Proving;
use super::{Check, Run};

static TWO_OTHERWISE: Code = Code {
    name: "two-otherwise",
    level: Level::Warning,
    page: include_str!("../../../../book/src/diagnostics/two-otherwise.md"),
};

pub(super) const CHECK: Check = Check {
    code: &TWO_OTHERWISE,
    run: Run::Proves(run),
};

fn run(proving: &mut Proving<'_, '_>) {
    if proving.is_contradictory() {
        return;
    }
    let otherwise = |rule: Option<&Rule>| rule.is_some_and(|it| it.otherwise);
    for (first, second) in proving.meeting().of_one_symptom(true) {
        if !otherwise(proving.rule(first)) || !otherwise(proving.rule(second)) {
            continue;
        }
        if proving.override_each_other(first, second) {
            continue;
        }
        if let Some(found) = proving.together(&TWO_OTHERWISE, first, second) {
            let message = format!(
                "`{}` and `{}` both say `otherwise` and can be confirmed together",
                proving.name(first),
                proving.name(second)
            );
            let finding = TWO_OTHERWISE
                .at(proving.span(second), message)
                .also(proving.span(first), "the other last word")
                .help("make them one rule whose plan says what comes first")
                .repaired(proving.overriding(first, second));
            proving.report_with(second, finding, &found);
        }
    }
}
