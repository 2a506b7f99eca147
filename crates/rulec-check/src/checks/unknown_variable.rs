//! A translation that names what it cannot have: a variable that the English text lacks, a term that is not there.
//! Where one is named, the report would show the English text.

use rulec_syntax::diagnostic::{Code, Diagnostic, Level};

use super::{Check, Run, Subject};
use crate::names::{nearest, suggest};
use crate::translation::{Attribute, English, Translation};

static UNKNOWN_VARIABLE: Code = Code {
    name: "unknown-variable",
    level: Level::Error,
    page: include_str!("../../../../book/src/diagnostics/unknown-variable.md"),
};

pub(super) const CHECK: Check = Check {
    code: &UNKNOWN_VARIABLE,
    run: Run::Reads(run),
};

fn run(subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for of_pack in subject.translations {
        for file in &of_pack.files {
            for message in &file.messages {
                let wanted = of_pack.of_key(message.key);
                for attribute in &message.attributes {
                    references(file, attribute, findings);
                    if let Some(english) = wanted.and_then(|it| it.text(attribute.name)) {
                        variables(message.key, attribute, english, findings);
                    }
                }
            }
        }
    }
}

fn variables(
    key: &str,
    attribute: &Attribute<'_>,
    english: &English,
    findings: &mut Vec<Diagnostic>,
) {
    let known = english.variables();
    for (name, span) in &attribute.variables {
        if known.iter().any(|it| it == name) {
            continue;
        }
        let text = format!(
            "the English text of `{key}.{}` has no `${name}`",
            attribute.name
        );
        let finding = UNKNOWN_VARIABLE
            .at(*span, text)
            .also(english.span, "the English text");
        let near = nearest(name, known.iter().map(String::as_str));
        findings.push(match (near, known.is_empty()) {
            (Some(near), _) => suggest(finding, Some(near), *span),
            (None, true) => finding.help("it has no names in braces; write the words themselves"),
            (None, false) => finding.help(format!("it has `${}`", known.join("`, `$"))),
        });
    }
}

fn references(file: &Translation<'_>, attribute: &Attribute<'_>, findings: &mut Vec<Diagnostic>) {
    for (what, name, span) in &attribute.references {
        if *what == "term" && file.terms.contains(name) {
            continue;
        }
        let finding =
            UNKNOWN_VARIABLE.at(*span, format!("there is no {what} `{name}` to use here"));
        findings.push(finding.help(
            "a translation uses variables, `{ $name }`, and terms of its own file, `{ -name }`",
        ));
    }
}
