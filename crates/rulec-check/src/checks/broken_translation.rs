//! A Fluent file, or a part of it, that cannot be read.

use rulec_syntax::diagnostic::{Code, Diagnostic, Level};

use super::{Check, Run, Subject};

static BROKEN_TRANSLATION: Code = Code {
    name: "broken-translation",
    level: Level::Error,
    page: include_str!("../../../../book/src/diagnostics/broken-translation.md"),
};

pub(super) const CHECK: Check = Check {
    code: &BROKEN_TRANSLATION,
    run: Run::Reads(run),
};

fn run(subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let files = subject.translations.iter().flat_map(|it| &it.files);
    for (span, fault) in files.flat_map(|file| &file.faults) {
        findings.push(
            BROKEN_TRANSLATION
                .at(*span, format!("this is no Fluent: {fault}"))
                .help("a message is `KIND-NAME =` in the first column and, indented below it, `.attribute = text`"),
        );
    }
}
