//! A message or attribute of a Fluent file that no text of the pack asks for.

use rulec_syntax::diagnostic::{Code, Diagnostic, Level};

use super::{Check, Run, Subject};
use crate::names::nearest;
use crate::translation::{Message, Translations};

static UNUSED_TRANSLATION: Code = Code {
    name: "unused-translation",
    level: Level::Warning,
    page: include_str!("../../../../book/src/diagnostics/unused-translation.md"),
};

pub(super) const CHECK: Check = Check {
    code: &UNUSED_TRANSLATION,
    run: Run::Reads(run),
};

fn run(subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    if !subject.sound {
        return;
    }
    for of_pack in subject.translations_of_roots() {
        for message in of_pack.files.iter().flat_map(|file| &file.messages) {
            look(of_pack, message, findings);
        }
    }
}

fn look(of_pack: &Translations<'_>, message: &Message<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(wanted) = of_pack.of_key(message.key) else {
        let text = format!("nothing in the pack asks for `{}`", message.key);
        let keys = of_pack.wanted.iter().map(|it| it.key.as_str());
        let finding = UNUSED_TRANSLATION.at(message.span, text);
        findings.push(match nearest(message.key, keys) {
            Some(near) => finding.help(format!("did you mean `{near}`? if not, remove it")),
            None => finding.help("remove it"),
        });
        return;
    };
    if wanted.allows(UNUSED_TRANSLATION.name) {
        return;
    }
    if message.value {
        findings.push(
            UNUSED_TRANSLATION
                .at(
                    message.span,
                    format!(
                        "`{}` has a value: the texts of a statement are attributes",
                        message.key
                    ),
                )
                .help("write it as an attribute on a line of its own: `    .title = …`"),
        );
    }
    for attribute in &message.attributes {
        if wanted.text(attribute.name).is_some() {
            continue;
        }
        let known: Vec<String> = wanted
            .texts
            .iter()
            .map(|it| format!("`.{}`", it.attribute))
            .collect();
        let text = format!("`{}` has no English `.{}`", message.key, attribute.name);
        findings.push(
            UNUSED_TRANSLATION
                .at(attribute.span, text)
                .also(wanted.span, "what it translates")
                .help(format!(
                    "remove it; the texts there are {}",
                    known.join(", ")
                )),
        );
    }
}
