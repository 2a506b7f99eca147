//! Two rules that can be confirmed together while their fixes exclude each other.

use rulec_program::program::FixId;
use rulec_syntax::diagnostic::{Code, Level};

use super::proving::{Proving, clash};
use super::{Check, Run};

static CONFLICTING_RULES: Code = Code {
    name: "conflicting-rules",
    level: Level::Error,
    page: include_str!("../../../../book/src/diagnostics/conflicting-rules.md"),
};

pub(super) const CHECK: Check = Check {
    code: &CONFLICTING_RULES,
    run: Run::Proves(run),
};

fn run(proving: &mut Proving<'_, '_>) {
    if proving.is_contradictory() {
        return;
    }
    let program = proving.program;
    let excluding = (0u32..).zip(&program.fixes);
    let pairs = excluding.flat_map(|(number, fix)| {
        let others = fix.excludes.iter();
        others.map(move |other| (FixId(number), *other))
    });
    let excludes = |a: FixId, b: FixId| {
        let fix = program.fixes.get(a.0 as usize);
        fix.is_some_and(|it| it.excludes.contains(&b))
    };
    for (first, second) in proving.meeting().of_fixes(pairs) {
        let (Some(one), Some(two)) = (proving.rule(first), proving.rule(second)) else {
            continue;
        };
        let Some((a, b)) = clash(one, two, excludes) else {
            continue;
        };
        if let Some(found) = proving.together(&CONFLICTING_RULES, first, second) {
            let (one, two) = (proving.name(first), proving.name(second));
            let message = format!(
                "`{one}` and `{two}` can be confirmed together, but the fixes `{}` and `{}` exclude each other",
                proving.fix_name(a),
                proving.fix_name(b)
            );
            let finding = CONFLICTING_RULES
                .at(proving.span(second), message)
                .also(proving.span(first), "the other rule")
                .help(format!(
                    "say which one wins (`overrides {one}`), or what tells the two causes apart"
                ))
                .repaired(proving.overriding(first, second));
            proving.report_with(second, finding, &found);
        }
    }
}
