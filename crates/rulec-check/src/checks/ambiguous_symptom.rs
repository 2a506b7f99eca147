//! One code or text that two symptoms claim: whoever reports it names both.

use std::collections::BTreeMap;

use rulec_facts::value::Text;
use rulec_program::program::Symptom;
use rulec_syntax::diagnostic::{Code, Diagnostic, Level};

use super::{Check, Run, Subject};
use crate::texts::{Line, Row, lines};

static AMBIGUOUS_SYMPTOM: Code = Code {
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
    let mut claimed: BTreeMap<String, &Symptom> = BTreeMap::new();
    for symptom in &subject.program.symptoms {
        for (sign, shown) in signs(symptom) {
            match claimed.get(&sign) {
                Some(first) if first.named != symptom.named => {
                    let message = format!(
                        "the {shown} is claimed by `{}` and by `{}`",
                        first.named.name, symptom.named.name
                    );
                    findings.push(
                        AMBIGUOUS_SYMPTOM
                            .at(subject.span(symptom.named.place), message)
                            .also(subject.span(first.named.place), "the other symptom")
                            .help("leave it to one of them, or make them one symptom with several texts"),
                    );
                }
                Some(_) => {}
                None => {
                    claimed.insert(sign, symptom);
                }
            }
        }
    }
}

/// Texts of one locale that two symptoms of a pack claim.
fn local_texts(subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let analysed = subject.analysed;
    for file in analysed.packs.iter().flat_map(|pack| &pack.input.texts) {
        let text = analysed.sources.get(file.id).map_or("", |it| &*it.text);
        let mut claimed: BTreeMap<String, Row<'_>> = BTreeMap::new();
        for line in lines(file.id, text) {
            let Line::Row(row) = line else { continue };
            let words: Vec<&str> = row.text.split_whitespace().collect();
            let sign = Text::new(&words.join(" ")).folded().to_string();
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

/// What the symptom is recognised by, in one spelling, and for a person.
fn signs(symptom: &Symptom) -> Vec<(String, String)> {
    let codes = symptom
        .codes
        .iter()
        .map(|code| (format!("code {code:?}"), format!("code `{code}`")));
    let texts = symptom.texts.iter().map(|text| {
        let words: Vec<&str> = text.split_whitespace().collect();
        (
            format!("text {}", Text::new(&words.join(" ")).folded()),
            format!("text `{text}`"),
        )
    });
    codes.chain(texts).collect()
}
