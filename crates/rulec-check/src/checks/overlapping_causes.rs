//! Two causes of one symptom that can be confirmed together, neither overriding the other.

use rulec_syntax::diagnostic::{Code, Level};

use super::proving::Proving;
use super::{Check, Run};

static OVERLAPPING_CAUSES: Code = Code {
    name: "overlapping-causes",
    level: Level::Off,
    page: include_str!("../../../../book/src/diagnostics/overlapping-causes.md"),
};

pub(super) const CHECK: Check = Check {
    code: &OVERLAPPING_CAUSES,
    run: Run::Proves(run),
};

fn run(proving: &mut Proving<'_, '_>) {
    if !proving.is_wanted(&OVERLAPPING_CAUSES) || proving.is_contradictory() {
        return;
    }
    for (first, second) in proving.meeting().of_one_symptom(false) {
        if proving.override_each_other(first, second) {
            continue;
        }
        if let Some(found) = proving.together(&OVERLAPPING_CAUSES, first, second) {
            let (one, two) = (proving.name(first), proving.name(second));
            let message = format!("`{one}` and `{two}` can be confirmed together");
            let finding = OVERLAPPING_CAUSES
                .at(proving.span(second), message)
                .also(proving.span(first), "the other cause")
                .help(format!("say which one comes first: `overrides {one}`"))
                .repaired(proving.overriding(first, second));
            proving.report_with(second, finding, &found);
        }
    }
}
