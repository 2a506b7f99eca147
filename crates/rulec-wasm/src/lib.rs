//! The checker as a WebAssembly module: texts of rules in, findings out, proofs included.
//!
//! It reads no files and knows no browser. [`check`] is the same on every machine; the other functions are how a host calls it, with JSON
//! in the module's memory: `room(n)` gives the address at which the host writes n bytes, `run()` checks them and gives the number of bytes of the answer,
//! `answer()` its address. One call at a time.

mod request;

use std::sync::{Mutex, MutexGuard, PoisonError};

use rulec_check::prove;
use rulec_check::shown::Shown;
use rulec_syntax::diagnostic::{Diagnostic, Level};
use rulec_syntax::source::{Sources, Span};
use serde_json::{Value as Json, json};

pub use request::{Pack, Request, Side, Text};

/// Checks packs and proves what can be proved. A request that cannot be read gives `{"error": …}`.
///
/// Spans are bytes in the file of that path. Each finding with a case has that case's verdicts by the numbers of rules.
pub fn check(request: &str) -> String {
    match serde_json::from_str::<Request>(request) {
        Ok(request) => answer_to(request).to_string(),
        Err(error) => json!({ "error": format!("this is no request: {error}") }).to_string(),
    }
}

fn answer_to(request: Request) -> Json {
    let gaps = request.gaps;
    let mut sources = Sources::new();
    let mut findings = Vec::new();
    let input = request.read(&mut sources, &mut findings);
    let analysis = prove(&input, &sources, gaps);
    // Those of the parser come first, in the order of the files.
    findings.sort_by(|a, b| {
        let place = |it: &Diagnostic| (path(&sources, it.span).to_owned(), it.span.start);
        place(a).cmp(&place(b))
    });
    findings.extend(analysis.findings);
    let told = findings.iter().filter(|it| it.level != Level::Off);
    let told: Vec<Json> = told
        .map(|it| {
            let case = analysis.shown.iter().find(|shown| shown.belongs_to(it));
            one(it, case, &sources)
        })
        .collect();
    json!({ "findings": told, "sealed": analysis.program.is_some() })
}

fn one(finding: &Diagnostic, case: Option<&Shown>, sources: &Sources) -> Json {
    let related = finding.related.iter();
    let related: Vec<Json> = related
        .map(|it| json!({ "at": place(it.span, sources), "message": it.message }))
        .collect();
    let repairs = finding.repairs.iter();
    let repairs: Vec<Json> = repairs
        .map(|it| json!({ "at": place(it.span, sources), "title": it.title, "text": it.text, "applies": it.applies.name() }))
        .collect();
    let verdicts = case.map(|it| {
        let verdicts = it.verdicts.iter();
        let verdicts: Vec<Json> = verdicts
            .map(|(rule, truth)| json!([rule.0, format!("{truth:?}")]))
            .collect();
        verdicts
    });
    json!({
        "code": finding.code.name, "level": finding.level.name(), "at": place(finding.span, sources), "message": finding.message,
        "help": finding.help, "related": related, "witness": finding.witness, "verdicts": verdicts, "repairs": repairs,
    })
}

fn place(span: Span, sources: &Sources) -> Json {
    json!([path(sources, span), span.start, span.end])
}

fn path(sources: &Sources, span: Span) -> &str {
    sources.get(span.file).map_or("", |it| it.path.as_str())
}

/// What the host wrote, or what it has not fetched yet.
static BYTES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

fn bytes() -> MutexGuard<'static, Vec<u8>> {
    BYTES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes room for a request of that many bytes and gives its address.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    let mut bytes = bytes();
    *bytes = vec![0; length];
    bytes.as_mut_ptr()
}

/// Checks the request and gives the number of bytes of the answer, UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn run() -> usize {
    let request = std::mem::take(&mut *bytes());
    let answer = match String::from_utf8(request) {
        Ok(request) => check(&request),
        Err(_) => json!({ "error": "this is no UTF-8 text" }).to_string(),
    };
    let mut bytes = bytes();
    *bytes = answer.into_bytes();
    bytes.len()
}

/// The address of the answer, until the next `room`.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    bytes().as_ptr()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = "pack small 1.0.0\n    language 1\n\nfact a: int\n    ask \"A?\"\n\nrule r:\n    when a > 10 and a < 11\n    => fix \"Do it.\"\n";

    fn asked(text: &str) -> String {
        let file = json!({ "path": "small.rules", "text": text });
        json!({ "packs": [{ "name": "small", "files": [file] }], "roots": 1 }).to_string()
    }

    #[test]
    fn what_is_proved_is_told() {
        let answer: Json = serde_json::from_str(&check(&asked(RULES))).unwrap_or_default();
        let codes = answer["findings"].as_array().map(|all| {
            let codes = all.iter().filter_map(|it| it["code"].as_str());
            codes.map(str::to_owned).collect::<Vec<_>>()
        });
        assert_eq!(
            codes,
            Some(vec!["unsatisfiable-condition".to_owned()]),
            "{answer}"
        );
    }

    #[test]
    fn what_is_no_request_is_said() {
        for text in ["", "[]", "{\"packs\": 1}"] {
            assert!(check(text).contains("this is no request"), "{text}");
        }
    }
}
