//! A fact that has no place to be read and no question: only a case that gives it by name can know it.

use rulec_syntax::ast::Item;
use rulec_syntax::diagnostic::{Code, Diagnostic, Level};

use super::{Check, Run, Subject};
use crate::index::Kind;

static UNOBTAINABLE_FACT: Code = Code {
    name: "unobtainable-fact",
    level: Level::Warning,
    page: include_str!("../../../../book/src/diagnostics/unobtainable-fact.md"),
};

pub(super) const CHECK: Check = Check {
    code: &UNOBTAINABLE_FACT,
    run: Run::Reads(run),
};

fn run(subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    if !subject.sound {
        return;
    }
    for (id, declared) in subject.analysed.of_kind(Kind::Fact) {
        let Some(Item::Fact(fact)) = subject.analysed.item(id) else {
            continue;
        };
        if declared.pack < subject.roots && fact.sources.is_empty() && fact.ask.is_none() {
            findings.push(
                UNOBTAINABLE_FACT
                    .at(declared.name_span, format!("nobody can find out `{}`: it has no `from` and no `ask`", declared.name))
                    .help("say where it is read with `from`, or ask a person with `ask`; until then a case must give it by name"),
            );
        }
    }
}
