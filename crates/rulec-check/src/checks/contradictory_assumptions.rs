//! Assumptions that no case fulfils together: under them everything could be proved, so nothing else is.

use rulec_program::encode::Proof;
use rulec_syntax::diagnostic::{Code, Level};
use rulec_syntax::source::Span;

use super::proving::Proving;
use super::{Check, Run, undecided};

static CONTRADICTORY_ASSUMPTIONS: Code = Code {
    name: "contradictory-assumptions",
    level: Level::Error,
    page: include_str!("../../../../book/src/diagnostics/contradictory-assumptions.md"),
};

pub(super) const CHECK: Check = Check {
    code: &CONTRADICTORY_ASSUMPTIONS,
    run: Run::Proves(run),
};

fn run(proving: &mut Proving<'_, '_>) {
    let core = match proving.admissible() {
        Proof::Possible(_) => return,
        Proof::Impossible(core) => core,
        Proof::Undecided(why) => {
            let span = proving.assume_span(0);
            let finding =
                undecided::of_assumptions(proving, &CONTRADICTORY_ASSUMPTIONS, span, &why);
            return proving.report(finding);
        }
    };
    let core = proving.minimal(&[], &core);
    let spans: Vec<Span> = core
        .assumes
        .iter()
        .map(|it| proving.assume_span(*it))
        .collect();
    let Some((last, others)) = spans.split_last() else {
        return;
    };
    let message = match others.len() {
        0 => "no case fulfils this assumption".to_owned(),
        1 => "no case fulfils this assumption together with another one".to_owned(),
        more => format!("no case fulfils this assumption together with {more} others"),
    };
    let finding = CONTRADICTORY_ASSUMPTIONS
        .at(*last, message)
        .help("nothing else is proved until one of them is mended");
    let others = others.iter();
    let finding = others.fold(finding, |finding, it| finding.also(*it, "this one"));
    proving.report(finding);
}
