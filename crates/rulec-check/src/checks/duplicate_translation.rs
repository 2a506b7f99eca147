//! A message that a Fluent file has twice, or an attribute that a message has twice: only one of them is shown.

use rulec_syntax::diagnostic::{Code, Diagnostic, Level};
use rulec_syntax::source::Span;
use rustc_hash::FxHashMap;

use super::{Check, Run, Subject};

static DUPLICATE_TRANSLATION: Code = Code {
    name: "duplicate-translation",
    level: Level::Error,
    page: include_str!("../../../../book/src/diagnostics/duplicate-translation.md"),
};

pub(super) const CHECK: Check = Check {
    code: &DUPLICATE_TRANSLATION,
    run: Run::Reads(run),
};

fn run(subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for file in subject.translations.iter().flat_map(|it| &it.files) {
        let messages = file.messages.iter().map(|it| (it.key, it.span));
        once(
            messages,
            |name| format!("`{name}` is translated twice"),
            findings,
        );
        for message in &file.messages {
            let attributes = message.attributes.iter().map(|it| (it.name, it.span));
            let told = |name: &str| format!("`{}` has `.{name}` twice", message.key);
            once(attributes, told, findings);
        }
    }
}

fn once<'a>(
    names: impl Iterator<Item = (&'a str, Span)>,
    told: impl Fn(&str) -> String,
    findings: &mut Vec<Diagnostic>,
) {
    let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
    for (name, span) in names {
        if let Some(first) = seen.get(name) {
            findings.push(
                DUPLICATE_TRANSLATION
                    .at(span, told(name))
                    .also(*first, "the first one")
                    .help("remove one of them"),
            );
        } else {
            seen.insert(name, span);
        }
    }
}
