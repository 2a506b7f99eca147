//! A symptom by which nobody can recognise anything: it has no code, no text, no `seen when` and no `ask`.

use rulec_syntax::diagnostic::{Code, Diagnostic, Level};

use super::{Check, Run, Subject};
use crate::index::Kind;
use rulec_syntax::ast::{Item, Sign};

static UNOBSERVABLE_SYMPTOM: Code = Code {
    name: "unobservable-symptom",
    level: Level::Error,
    page: include_str!("../../../../book/src/diagnostics/unobservable-symptom.md"),
};

pub(super) const CHECK: Check = Check {
    code: &UNOBSERVABLE_SYMPTOM,
    run: Run::Reads(run),
};

fn run(subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for (id, declared) in subject.analysed.of_kind(Kind::Symptom) {
        let Some(Item::Symptom(symptom)) = subject.analysed.item(id) else {
            continue;
        };
        if symptom
            .signs
            .iter()
            .all(|sign| matches!(sign, Sign::Hint(_)))
        {
            findings.push(
                UNOBSERVABLE_SYMPTOM
                    .at(declared.name_span, format!("nothing tells that `{}` is there", declared.name))
                    .help("give it a `code`, a `text`, a `seen when` or an `ask`; a `hint` alone never makes it present"),
            );
        }
    }
}
