//! A translation whose English text has changed since: the hash above it is that of another text.

use rulec_syntax::diagnostic::{Code, Diagnostic, Level};

use super::{Check, Run, Subject};

static STALE_TRANSLATION: Code = Code {
    name: "stale-translation",
    level: Level::Warning,
    page: include_str!("../../../../book/src/diagnostics/stale-translation.md"),
};

pub(super) const CHECK: Check = Check {
    code: &STALE_TRANSLATION,
    run: Run::Reads(run),
};

fn run(subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    if !subject.sound {
        return;
    }
    for of_pack in subject.translations_of_roots() {
        let messages = of_pack.files.iter().flat_map(|file| &file.messages);
        for message in messages {
            let wanted = of_pack.of_key(message.key);
            let Some(wanted) = wanted.filter(|it| !it.allows(STALE_TRANSLATION.name)) else {
                continue;
            };
            for entry in message.hashes.iter().filter(|it| it.is_hash()) {
                let is_there = message
                    .attributes
                    .iter()
                    .any(|it| it.name == entry.attribute);
                let english = wanted.text(entry.attribute).filter(|_| is_there);
                let Some(english) = english.filter(|it| it.hash() != entry.hash) else {
                    continue;
                };
                let hash = english.hash();
                let text = format!(
                    "the English text of `{}.{}` has changed: its hash is now `{hash}`",
                    message.key, entry.attribute
                );
                findings.push(
                    STALE_TRANSLATION
                        .at(entry.span, text)
                        .also(english.span, "the English text")
                        .help(format!("mend the translation, then write `{hash}`"))
                        .repair("the translation is right for this text", entry.span, hash),
                );
            }
        }
    }
}
