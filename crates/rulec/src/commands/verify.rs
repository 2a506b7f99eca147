//! `rulec verify`: a case after the repair beside the same case before it.

use std::io::Write;
use std::path::Path;

use rulec_eval::report::text::render_verified;
use rulec_eval::report::texts::Texts;
use rulec_eval::report::verified::{CheckResult, Verified, conditions, verified};
use rulec_eval::{CaseInput, Session, run_session};

use super::run::{BUDGET, exit_code};
use crate::args::{FailOn, Format, Verify};
use crate::failure::Failure;
use crate::locale;
use crate::opening::{self, Opened};
use crate::output::Output;
use crate::ready::{Readiness, runnable};

/// Runs both cases and says what has changed.
pub fn run(args: &Verify, output: &mut Output) -> Result<u8, Failure> {
    let locale = args.told.locale.clone().or_else(locale::of_environment);
    let ready = match runnable(&args.packs, false, locale.as_deref(), output)? {
        Readiness::Ready(ready) => *ready,
        Readiness::NotReady(code) => return Ok(code),
    };
    let program = ready.whole()?;
    let mut before = open(&args.since, output)?;
    let mut after = open(&args.after, output)?;
    let mut complaint = opening::complaint(&args.symptom)?;
    for text in before.input.texts.iter().chain(&after.input.texts) {
        if !complaint.contains(text) {
            complaint.push(text.clone());
        }
    }
    for opened in [&mut before, &mut after] {
        opened.input.texts.clone_from(&complaint);
        if args.told.locale.is_some() || opened.input.locale.is_none() {
            opened.input.locale.clone_from(&locale);
        }
    }
    let locale = after.input.locale.clone();
    let input = std::mem::take(&mut before.input);
    let mut old = Session::new(&program, opening::fit(&program, input)?);
    run_session(&mut old, &before.providers(), BUDGET);
    let input: CaseInput = std::mem::take(&mut after.input);
    let mut case = opening::fit(&program, input)?;
    case.look_at(Vec::new(), conditions(&old));
    let mut new = Session::new(&program, case);
    run_session(&mut new, &after.providers(), BUDGET);
    let result = verified(&old, &new);
    match args.told.format {
        Format::Json => output.json_of(&result)?,
        Format::Text => {
            let texts = Texts::new(&program, locale.as_deref());
            let page = render_verified(&result, &texts, output.width(), output.style());
            output.write_all(page.as_bytes())?;
        }
    }
    if before.damaged() || after.damaged() {
        return Ok(2);
    }
    Ok(ending(
        &result,
        exit_code(&new.report(), &args.fail_on),
        &args.fail_on,
    ))
}

fn open(path: &Path, output: &mut Output) -> Result<Opened, Failure> {
    let opened = opening::open_folder(path)?;
    for finding in opened.folder.iter().flat_map(|it| &it.findings) {
        output.mistake(&format!("{finding}; the comparison lacks this input"));
    }
    Ok(opened)
}

/// As for `run`; a check that fails counts like a cause, one that is not known like an open verdict.
fn ending(result: &Verified, of_run: u8, fail_on: &[FailOn]) -> u8 {
    let mut checks = result.fixes.iter().flat_map(|it| &it.checks);
    let fails = checks.any(|it| it.result == CheckResult::Fails);
    match of_run {
        0 | 4 if fail_on.contains(&FailOn::Never) => 0,
        0 | 4 if fail_on.contains(&FailOn::Confirmed) && fails => 1,
        0 if result.is_open() => 4,
        code => code,
    }
}
