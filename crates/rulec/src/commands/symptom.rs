//! `rulec symptom`: what a text is, without a case.

use std::io::Write;

use rulec_eval::Recogniser;
use rulec_eval::recognise::nearest_name;
use rulec_eval::report::said::Said;
use rulec_eval::report::text::{Style, render_said};
use rulec_eval::report::texts::Texts;

use crate::args::{Format, Symptom};
use crate::failure::Failure;
use crate::output::Output;
use crate::ready::{Readiness, runnable};
use crate::{locale, opening};

/// Recognises one text; 4 if it names no symptom.
pub fn run(args: &Symptom, output: &mut Output) -> Result<u8, Failure> {
    let texts = opening::complaint(&joined(&args.text)?)?;
    if texts.iter().all(|it| it.trim().is_empty()) {
        return Err(Failure::new("there is no text to recognise")
            .help("give what the person sees: a code, a message, `-` or `@FILE`"));
    }
    let locale = args.told.locale.clone().or_else(locale::of_environment);
    let ready = match runnable(&args.packs, false, locale.as_deref(), output)? {
        Readiness::Ready(ready) => *ready,
        Readiness::NotReady(code) => return Ok(code),
    };
    let known = ready.recognising(locale.as_deref())?;
    let recognised = Recogniser::new(&known).recognise(&texts, &[]);
    let words = Texts::new(&known, locale.as_deref());
    let said = Said::new(&known, &recognised, &words);
    match args.told.format {
        Format::Json => {
            let json = serde_json::to_string_pretty(&said).map_err(std::io::Error::from)?;
            writeln!(output, "{json}")?;
        }
        Format::Text => {
            let style = if output.colored() {
                Style::coloured()
            } else {
                Style::plain()
            };
            let text = render_said(&said, &words, output.width(), style);
            output.write_all(text.trim_start_matches('\n').as_bytes())?;
        }
    }
    suggest(&known, &recognised.unrecognised, output);
    Ok(if said.is_recognised() { 0 } else { 4 })
}

/// A misspelt name of a symptom is told with the nearest one.
pub fn suggest(program: &rulec_program::program::Program, texts: &[String], output: &mut Output) {
    for text in texts {
        if let Some(name) = nearest_name(program, text) {
            let text = format!(
                "no symptom is named `{}`; did you mean `{name}`?",
                text.trim()
            );
            output.note("note", &text);
        }
    }
}

/// Words that a shell took apart are one text; files and standard input are texts of their own.
fn joined(words: &[String]) -> Result<Vec<String>, Failure> {
    let elsewhere = |it: &String| it == "-" || it.starts_with('@');
    if words.iter().filter(|it| *it == "-").count() > 1 {
        return Err(Failure::new(
            "standard input is asked for twice, and can be read once only",
        ));
    }
    let mut texts: Vec<String> = Vec::new();
    for group in words.chunk_by(|a, b| !elsewhere(a) && !elsewhere(b)) {
        texts.push(group.join(" "));
    }
    Ok(texts)
}
