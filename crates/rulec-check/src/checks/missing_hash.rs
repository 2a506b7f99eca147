//! A translation without the hash of its English text: nobody could tell when it becomes stale.

use rulec_syntax::diagnostic::{Code, Diagnostic, Level};
use rulec_syntax::source::Span;

use super::{Check, Run, Subject};
use crate::translation::{English, Message, Wanted, hash_comment};

static MISSING_HASH: Code = Code {
    name: "missing-hash",
    level: Level::Error,
    page: include_str!("../../../../book/src/diagnostics/missing-hash.md"),
};

pub(super) const CHECK: Check = Check {
    code: &MISSING_HASH,
    run: Run::Reads(run),
};

fn run(subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for of_pack in subject.translations {
        for message in of_pack.files.iter().flat_map(|file| &file.messages) {
            if let Some(wanted) = of_pack.of_key(message.key) {
                look(wanted, message, findings);
            }
        }
    }
}

fn look(wanted: &Wanted<'_>, message: &Message<'_>, findings: &mut Vec<Diagnostic>) {
    let translated = |text: &&English| {
        message
            .attributes
            .iter()
            .any(|it| it.name == text.attribute)
    };
    let texts: Vec<&English> = wanted.texts.iter().filter(translated).collect();
    if texts.is_empty() {
        return;
    }
    let comment = hash_comment(texts.iter().copied());
    match message.comment {
        Some(written) => incomplete(&texts, message, written, &comment, findings),
        None => findings.push(bare(message, &comment)),
    }
}

/// No comment at all.
fn bare(message: &Message<'_>, comment: &str) -> Diagnostic {
    let start = Span::new(message.span.file, message.span.start, message.span.start);
    MISSING_HASH
        .at(
            message.span,
            format!("no comment says of which English text `{}` is", message.key),
        )
        .help(format!(
            "if it is up to date, put this line above it: `# {comment}`"
        ))
        .repair(
            "the translation is up to date",
            start,
            format!("# {comment}\n"),
        )
}

/// A comment that lacks an attribute, or has something else than a hash.
fn incomplete(
    texts: &[&English],
    message: &Message<'_>,
    written: Span,
    comment: &str,
    findings: &mut Vec<Diagnostic>,
) {
    for hash in message.hashes.iter().filter(|it| !it.is_hash()) {
        findings.push(
            MISSING_HASH
                .at(hash.span, "this is no hash: six hexadecimal digits are")
                .help(format!(
                    "if the translation is up to date, the line is `# {comment}`"
                )),
        );
    }
    let lacks = |text: &&&English| {
        !message
            .hashes
            .iter()
            .any(|it| it.attribute == text.attribute)
    };
    let names: Vec<String> = texts
        .iter()
        .filter(lacks)
        .map(|it| format!("`.{}`", it.attribute))
        .collect();
    if !names.is_empty() {
        findings.push(
            MISSING_HASH
                .at(
                    written,
                    format!("no hash of {} stands here", names.join(", ")),
                )
                .help(format!(
                    "if the translation is up to date, the line is `# {comment}`"
                ))
                .repair("the translation is up to date", written, comment),
        );
    }
}
