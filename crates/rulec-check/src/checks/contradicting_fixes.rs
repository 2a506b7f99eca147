//! Two rules that can be confirmed together while no case could show that both their fixes worked.

use rulec_syntax::diagnostic::{Code, Level};

use super::proving::{Proving, clash};
use super::shared_facts::verifying_together;
use super::{Check, Run};

static CONTRADICTING_FIXES: Code = Code {
    name: "contradicting-fixes",
    level: Level::Warning,
    page: include_str!("../../../../book/src/diagnostics/contradicting-fixes.md"),
};

pub(super) const CHECK: Check = Check {
    code: &CONTRADICTING_FIXES,
    run: Run::Proves(run),
};

fn run(proving: &mut Proving<'_, '_>) {
    if proving.is_contradictory() {
        return;
    }
    let related = verifying_together(proving.program);
    for (first, second) in proving.meeting().of_fixes(related.iter().copied()) {
        let (Some(one), Some(two)) = (proving.rule(first), proving.rule(second)) else {
            continue;
        };
        let pairs = one
            .plan
            .fixes
            .iter()
            .flat_map(|a| two.plan.fixes.iter().map(move |b| (*a, *b)));
        let mut never = Vec::new();
        for (a, b) in pairs.filter(|(a, b)| related.contains(&(*a.min(b), *a.max(b)))) {
            match proving.never_both_verified(a, b) {
                Ok(true) => never.push((a, b)),
                Ok(false) => {}
                Err(why) => proving.undecided(&CONTRADICTING_FIXES, second, &why),
            }
        }
        let Some((a, b)) = clash(one, two, |a, b| never.contains(&(a, b))) else {
            continue;
        };
        if let Some(found) = proving.together(&CONTRADICTING_FIXES, first, second) {
            let message = format!(
                "`{}` and `{}` can be confirmed together, but no case fulfils the `verify` of both `{}` and `{}`",
                proving.name(first),
                proving.name(second),
                proving.fix_name(a),
                proving.fix_name(b)
            );
            let finding = CONTRADICTING_FIXES
                .at(proving.span(second), message)
                .also(proving.span(first), "the other rule")
                .also(proving.fix_span(a), "this fix")
                .also(proving.fix_span(b), "and this one")
                .help("let one fix exclude the other and say which rule wins, or verify what both leave true")
                .repaired(proving.overriding(first, second));
            proving.report_with(second, finding, &found);
        }
    }
}
