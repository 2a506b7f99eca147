//! A case folder for each finding: `case.json`, the answers where a person said yes or no, and an index of all of them.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use rulec_check::Analysis;
use rulec_check::shown::Shown;
use rulec_eval::{Session, run_session};
use rulec_facts::value::Partial;
use rulec_facts::{show, written};
use rulec_program::decide::{Decider, Scratch};
use rulec_program::program::{Origin, SymptomId};
use rulec_program::seal::Sealed;
use rulec_program::state::State;
use rulec_providers::case_folder::ANSWERS;
use rulec_syntax::diagnostic::Diagnostic;
use rulec_syntax::source::Sources;
use serde_json::{Map, Value as Json, json};

use super::{LeftOut, expected, of_findings, replace};
use crate::commands::run::BUDGET;
use crate::failure::Failure;
use crate::opening;

/// The index: which case belongs to which finding, and what comes out.
const INDEX: &str = "witnesses.json";
const CASE: &str = "case.json";

/// Keeps the cases of these findings in a folder; how many, and which are left out.
pub fn save(
    dir: &Path,
    (analysis, program): (&Analysis, &Sealed),
    findings: &[Diagnostic],
    sources: &Sources,
) -> Result<(usize, Vec<LeftOut>), Failure> {
    let taken = prepare(dir)?;
    let (mut index, mut left_out) = (Vec::new(), Vec::new());
    for (name, shown) in of_findings(analysis, program, findings, taken) {
        let folder = dir.join(&name);
        match keep(&folder, program, shown)? {
            Ok(()) => index.push(entry(&name, program, shown, sources)),
            Err(why) => {
                clear(&folder)?;
                left_out.push(LeftOut::new(shown, sources, why));
            }
        }
    }
    let count = index.len();
    write_index(dir, index)?;
    Ok((count, left_out))
}

/// Empties a folder that was written before; one that holds something else is left alone. The names in it that somebody else uses.
fn prepare(dir: &Path) -> Result<BTreeSet<String>, Failure> {
    let fail = |error: io::Error| Failure::unwritable(dir, &error);
    fs::create_dir_all(dir).map_err(fail)?;
    if fs::read_dir(dir).map_err(fail)?.next().is_none() {
        return Ok(BTreeSet::new());
    }
    let foreign = || {
        let text = format!("`{}` holds something else than kept cases", dir.display());
        Failure::new(text)
            .help("give an empty folder, or one that `--save-witnesses` wrote")
            .about(dir)
    };
    let text = fs::read_to_string(dir.join(INDEX)).map_err(|_| foreign())?;
    let index: Json = serde_json::from_str(&text).map_err(|_| foreign())?;
    let cases = index.get("witnesses").and_then(Json::as_array);
    let cases = cases.ok_or_else(foreign)?;
    for name in cases.iter().filter_map(|it| it.get("case")?.as_str()) {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if !name.is_empty() && name.chars().all(plain) && is_folder(&dir.join(name)) {
            clear(&dir.join(name))?;
        }
    }
    let mut taken = BTreeSet::new();
    for entry in fs::read_dir(dir).map_err(fail)? {
        let name = entry.map_err(fail)?.file_name();
        taken.insert(name.to_string_lossy().to_lowercase());
    }
    Ok(taken)
}

/// A folder itself, not a link to one: what lies elsewhere is not ours.
fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|it| it.is_dir())
}

/// Takes away what was written into a case folder, and the folder if nothing else is in it.
fn clear(folder: &Path) -> Result<(), Failure> {
    for file in [CASE, ANSWERS] {
        match fs::remove_file(folder.join(file)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(Failure::unwritable(folder, &error));
            }
            _ => {}
        }
    }
    // Somebody has put something there, or there is none.
    let _ = fs::remove_dir(folder);
    Ok(())
}

fn write_index(dir: &Path, witnesses: Vec<Json>) -> Result<(), Failure> {
    let index = json!({ "format": 1, "witnesses": witnesses });
    replace(&dir.join(INDEX), &format!("{index:#}\n"))
}

fn entry(name: &str, program: &Sealed, shown: &Shown, sources: &Sources) -> Json {
    let expected = expected(program, shown);
    let file = sources.get(shown.span.file);
    json!({
        "case": name,
        "code": shown.code.name,
        "message": shown.message,
        "file": file.map(|it| it.path.as_str()),
        "line": file.map(|it| it.line_column(shown.span.start).line),
        "confirmed": expected.confirmed,
        "ruled_out": expected.ruled_out,
        "open": expected.open,
    })
}

/// Writes a case, reads it back and runs it; why it is not kept, if it is not.
fn keep(folder: &Path, program: &Sealed, shown: &Shown) -> Result<Result<(), String>, Failure> {
    let case = match case(program, &shown.witness.state) {
        Ok(case) => case,
        Err(why) => return Ok(Err(why)),
    };
    fs::create_dir_all(folder).map_err(|error| Failure::unwritable(folder, &error))?;
    replace(&folder.join(CASE), &format!("{case:#}\n"))?;
    let answers = answers(program, &shown.witness.state);
    if !answers.is_empty() {
        replace(&folder.join(ANSWERS), &answers)?;
    }
    Ok(replay(folder, program, shown))
}

/// The case file.
fn case(program: &Sealed, state: &State) -> Result<Json, String> {
    let mut symptoms: Vec<String> = Vec::new();
    for (number, symptom) in (0u32..).zip(&program.symptoms) {
        if state.is_reported(SymptomId(number)) {
            let ambiguous = program.symptom_named(&symptom.named.name).is_none();
            symptoms.push(program.shown_name(&symptom.named, ambiguous));
        }
    }
    symptoms.extend(state.codes().iter().map(show::code));
    let mut object = Map::new();
    if !symptoms.is_empty() {
        object.insert("symptoms".to_owned(), json!(symptoms));
    }
    let (mut params, mut facts) = (Map::new(), Map::new());
    for (slot, value) in program.slots.iter().zip(state.slots()) {
        if value.is_unknown() {
            continue;
        }
        let ambiguous = program.slot_named(&slot.named.name).is_none();
        let name = program.shown_name(&slot.named, ambiguous);
        let text = written::json(value, &slot.ty);
        let text = text.ok_or_else(|| format!("`{name}` cannot be written"))?;
        match slot.origin {
            Origin::Now => object.insert("now".to_owned(), text),
            Origin::Param { .. } => params.insert(name, text),
            Origin::Fact => facts.insert(name, text),
        };
    }
    for (key, named) in [("params", params), ("facts", facts)] {
        if !named.is_empty() {
            object.insert(key.to_owned(), Json::Object(named));
        }
    }
    Ok(Json::Object(object))
}

/// What a person said of symptoms, a line each.
fn answers(program: &Sealed, state: &State) -> String {
    let mut lines = String::new();
    for (number, symptom) in (0u32..).zip(&program.symptoms) {
        if let Some(answer) = state.answered(SymptomId(number)) {
            let ambiguous = program.symptom_named(&symptom.named.name).is_none();
            let name = program.shown_name(&symptom.named, ambiguous);
            lines.push_str(&json!({ "name": name, "answer": answer }).to_string());
            lines.push('\n');
        }
    }
    lines
}

/// The folder is read as any other, and comes out as the finding says.
fn replay(folder: &Path, program: &Sealed, shown: &Shown) -> Result<(), String> {
    let opened = opening::open_folder(folder).map_err(|failure| failure.to_string())?;
    if let Some(finding) = opened.folder.iter().flat_map(|it| &it.findings).next() {
        return Err(finding.to_string());
    }
    let providers = opened.providers();
    let case =
        opening::fit(program, opened.input.clone()).map_err(|failure| failure.to_string())?;
    let mut session = Session::new(program, case);
    run_session(&mut session, &providers, BUDGET);
    let wanted = &shown.witness.state;
    let slots = program.slots.iter().zip(session.state().slots());
    for ((slot, read), written) in slots.zip(wanted.slots()) {
        if !written::is_same(read, written) {
            return Err(why_other(&slot.named.name, written));
        }
    }
    let mut scratch = Scratch::default();
    let mut decider = Decider::new(program, session.state(), &mut scratch);
    for (rule, truth) in &shown.verdicts {
        if decider.verdict(*rule) != *truth {
            return Err(why_not(shown));
        }
    }
    Ok(())
}

fn why_other(name: &str, written: &Partial) -> String {
    match written {
        // Null is what a place says that has nothing: then the default counts.
        Partial::Absent => format!("`{name}` has a default, and is never absent in a case"),
        _ => format!("the value of `{name}` would be read as another one"),
    }
}

/// Why a case does not do in a session what it does for the checker.
pub(super) fn why_not(shown: &Shown) -> String {
    match shown.witness.pins.is_empty() {
        true => "a session does not come out as the finding says".to_owned(),
        false => "it stands for a certificate that nobody has at hand".to_owned(),
    }
}
