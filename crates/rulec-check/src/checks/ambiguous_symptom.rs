//! One code or text that two symptoms claim: whoever reports it names both.

use std::collections::BTreeMap;

use rulec_facts::value::Text;
use rulec_program::program::Symptom;
use rulec_syntax::diagnostic::{Code, Diagnostic, Level};

use super::{Check, Subject};

static AMBIGUOUS_SYMPTOM: Code = Code {
    name: "ambiguous-symptom",
    level: Level::Warning,
    page: include_str!("../../../../book/src/diagnostics/ambiguous-symptom.md"),
};

pub(super) const CHECK: Check = Check {
    code: &AMBIGUOUS_SYMPTOM,
    run,
};

fn run(subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    if !subject.sound {
        return;
    }
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
