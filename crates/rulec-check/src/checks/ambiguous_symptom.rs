//! One code or text that two symptoms claim: whoever reports it names both.

use std::collections::BTreeMap;

use rulec_facts::code::Code;
use rulec_facts::value::Text;
use rulec_program::program::Symptom;
use rulec_syntax::diagnostic::{self, Diagnostic, Level};
use rustc_hash::FxHashMap;

use super::{Check, Run, Subject};
use crate::texts::{Line, Row, lines};

static AMBIGUOUS_SYMPTOM: diagnostic::Code = diagnostic::Code {
    name: "ambiguous-symptom",
    level: Level::Warning,
    page: include_str!("../../../../book/src/diagnostics/ambiguous-symptom.md"),
};

pub(super) const CHECK: Check = Check {
    code: &AMBIGUOUS_SYMPTOM,
    run: Run::Reads(run),
};

fn run(subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    if !subject.sound {
        return;
    }
    local_texts(subject, findings);
    let mut codes: FxHashMap<&Code, &Symptom> = FxHashMap::default();
    let mut texts: FxHashMap<String, &Symptom> = FxHashMap::default();
    for symptom in &subject.program.symptoms {
        for code in &symptom.codes {
            let first = *codes.entry(code).or_insert(symptom);
            twice(
                subject,
                first,
                symptom,
                || format!("code `{code}`"),
                findings,
            );
        }
        for text in &symptom.texts {
            let first = *texts.entry(folded(text)).or_insert(symptom);
            twice(
                subject,
                first,
                symptom,
                || format!("text `{text}`"),
                findings,
            );
        }
    }
}

/// Says so if the symptom that claimed something first is another one.
fn twice(
    subject: &Subject<'_, '_>,
    first: &Symptom,
    symptom: &Symptom,
    shown: impl Fn() -> String,
    findings: &mut Vec<Diagnostic>,
) {
    if std::ptr::eq(first, symptom) || first.named == symptom.named {
        return;
    }
    let message = format!(
        "the {} is claimed by `{}` and by `{}`",
        shown(),
        first.named.name,
        symptom.named.name
    );
    let finding = AMBIGUOUS_SYMPTOM
        .at(subject.span(symptom.named.place), message)
        .also(subject.span(first.named.place), "the other symptom")
        .help("leave it to one of them, or make them one symptom with several texts");
    findings.push(finding);
}

/// A text as texts are compared: white space and case do not count.
fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    Text::new(&words.join(" ")).folded().to_string()
}

/// Texts of one locale that two symptoms of a pack claim.
fn local_texts(subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let analysed = subject.analysed;
    for file in analysed.packs.iter().flat_map(|pack| &pack.input.texts) {
        let text = analysed.sources.get(file.id).map_or("", |it| &*it.text);
        let mut claimed: BTreeMap<String, Row<'_>> = BTreeMap::new();
        for line in lines(file.id, text) {
            let Line::Row(row) = line else { continue };
            let sign = folded(row.text);
            match claimed.get(&sign) {
                Some(first) if first.symptom != row.symptom => {
                    let message = format!(
                        "in `{}` this text is claimed by `{}` and by `{}`",
                        file.locale, first.symptom, row.symptom
                    );
                    findings.push(
                        AMBIGUOUS_SYMPTOM
                            .at(row.text_span, message)
                            .also(first.text_span, "the other symptom")
                            .help("leave it to one of them"),
                    );
                }
                Some(_) => {}
                None => {
                    claimed.insert(sign, row);
                }
            }
        }
    }
}
