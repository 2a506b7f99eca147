//! A line of `texts/<locale>.tsv` that cannot be used: wrong columns, nothing to recognise, a symptom that is not there.

use rulec_syntax::diagnostic::{Code, Diagnostic, Level};

use super::{Check, Run, Subject};
use crate::codes::UNKNOWN_SYMPTOM;
use crate::names::{nearest, suggest};
use crate::texts::{HEADER, Line, lines};

static BROKEN_TEXTS: Code = Code {
    name: "broken-texts",
    level: Level::Error,
    page: include_str!("../../../../book/src/diagnostics/broken-texts.md"),
};

pub(super) const CHECK: Check = Check {
    code: &BROKEN_TEXTS,
    run: Run::Reads(run),
};

fn run(subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let analysed = subject.analysed;
    for pack in &analysed.packs {
        for file in &pack.input.texts {
            let text = analysed.sources.get(file.id).map_or("", |it| &*it.text);
            for line in lines(file.id, text) {
                let finding = match line {
                    Line::Header(_, HEADER) => continue,
                    Line::Header(span, _) => BROKEN_TEXTS
                        .at(span, "the header line is missing")
                        .help("the first line is `symptom`, `text` and `source`, with tabs between them"),
                    Line::Columns(span, count) => BROKEN_TEXTS
                        .at(span, format!("this line has {count} columns, not three"))
                        .help("a line is symptom, text and source, with a tab between them"),
                    Line::Row(row) if row.text.is_empty() => BROKEN_TEXTS
                        .at(row.line, format!("nothing to recognise `{}` by stands here", row.symptom))
                        .help("write what a person sees, `…` for what differs, or remove the line"),
                    Line::Row(row) => {
                        let name = row.symptom;
                        let lost = pack.lost || pack.broken.contains(name);
                        if lost || pack.symptoms.contains_key(name) {
                            continue;
                        }
                        let finding = UNKNOWN_SYMPTOM
                            .at(row.symptom_span, format!("there is no symptom `{name}` in this pack"));
                        let near = nearest(name, pack.symptoms.keys().copied());
                        suggest(finding, near, row.symptom_span)
                    }
                };
                findings.push(finding);
            }
        }
    }
}
