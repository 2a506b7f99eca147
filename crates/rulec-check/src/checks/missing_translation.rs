//! A text that a locale of the pack lacks: reports show it in English. The finding prints what a translator can paste.

use rulec_syntax::diagnostic::{Code, Diagnostic, Level};
use rulec_syntax::source::Span;
use rustc_hash::FxHashMap;

use super::{Check, Run, Subject};
use crate::translation::{English, Message, Translation, Translations, Wanted, hash_comment, line};

static MISSING_TRANSLATION: Code = Code {
    name: "missing-translation",
    level: Level::Warning,
    page: include_str!("../../../../book/src/diagnostics/missing-translation.md"),
};

pub(super) const CHECK: Check = Check {
    code: &MISSING_TRANSLATION,
    run: Run::Reads(run),
};

/// So many missing messages of one locale are a finding each; more are one finding, which has them all.
const FEW: usize = 12;

fn run(subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    if !subject.sound {
        return;
    }
    for of_pack in subject.translations_of_roots() {
        for file in &of_pack.files {
            // Where a broken part does not even begin with a name, anything may be in it.
            if !file.lost.contains(&"") {
                of_file(of_pack, file, findings);
            }
        }
    }
}

fn of_file(of_pack: &Translations<'_>, file: &Translation<'_>, findings: &mut Vec<Diagnostic>) {
    let end = Span::new(file.file, file.length, file.length);
    let translated: FxHashMap<&str, &Message<'_>> =
        file.messages.iter().map(|it| (it.key, it)).collect();
    let mut whole = Vec::new();
    for wanted in &of_pack.wanted {
        if wanted.allows(MISSING_TRANSLATION.name) || file.lost.contains(&wanted.key.as_str()) {
            continue;
        }
        match translated.get(wanted.key.as_str()) {
            Some(message) => findings.extend(parts(file, wanted, message)),
            None if !wanted.key.is_ascii() => findings.push(unspeakable(wanted)),
            None => whole.push(wanted),
        }
    }
    if whole.len() > FEW {
        let pasted: Vec<String> = whole.iter().map(|it| lines_of(it)).collect();
        let message = format!(
            "`{}` lacks {} of {} messages",
            file.locale,
            whole.len(),
            of_pack.wanted.len()
        );
        findings.push(
            MISSING_TRANSLATION
                .at(end, message)
                .help(advice(&pasted.join("\n")))
                .repair("add the English texts", end, appended(&pasted)),
        );
        return;
    }
    for wanted in whole {
        let pasted = lines_of(wanted);
        let message = format!("`{}` is not translated into `{}`", wanted.key, file.locale);
        findings.push(
            MISSING_TRANSLATION
                .at(end, message)
                .also(wanted.span, "the English text")
                .help(advice(&pasted))
                .repair("add the English text", end, appended(&[pasted])),
        );
    }
}

/// What is missing in a message that is there.
fn parts(file: &Translation<'_>, wanted: &Wanted<'_>, message: &Message<'_>) -> Option<Diagnostic> {
    let is_there = |text: &&English| {
        message
            .attributes
            .iter()
            .any(|it| it.name == text.attribute)
    };
    let missing: Vec<&English> = wanted.texts.iter().filter(|it| !is_there(it)).collect();
    let first = missing.first()?;
    let names: Vec<String> = missing
        .iter()
        .map(|it| format!("`.{}`", it.attribute))
        .collect();
    let lines: Vec<String> = missing.iter().map(|it| line(it)).collect();
    let hashes = hash_comment(missing.iter().copied());
    let hashes = hashes.trim_start_matches("of ");
    let text = format!(
        "`{}` has no {} in `{}`",
        wanted.key,
        names.join(", "),
        file.locale
    );
    let finding = MISSING_TRANSLATION
        .at(message.span, text)
        .also(first.span, "the English text")
        .help(format!(
            "add `, {hashes}` to its comment, and put this below the message, translated:\n{}",
            lines.join("\n")
        ));
    Some(finding)
}

fn unspeakable(wanted: &Wanted<'_>) -> Diagnostic {
    MISSING_TRANSLATION
        .at(
            wanted.span,
            format!(
                "`{}` cannot be translated: a message of Fluent is named with ASCII letters only",
                wanted.key
            ),
        )
        .help("give it a name of its own")
}

/// A message with its comment, English where the translation goes.
fn lines_of(wanted: &Wanted<'_>) -> String {
    let lines: Vec<String> = wanted.texts.iter().map(line).collect();
    let hashes = hash_comment(&wanted.texts);
    format!("# {hashes}\n{} =\n{}\n", wanted.key, lines.join("\n"))
}

fn advice(pasted: &str) -> String {
    format!(
        "add this to the file and translate what stands behind `=`:\n{}",
        pasted.trim_end()
    )
}

/// At the end of a file, behind an empty line.
fn appended(messages: &[String]) -> String {
    format!("\n\n{}", messages.join("\n"))
}
