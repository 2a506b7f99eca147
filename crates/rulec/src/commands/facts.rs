//! `rulec facts`: what a case yields, value by value or reason by reason, and the files that nothing read.

use std::io::Write;

use rulec_eval::report::{FactLine, Known};
use rulec_eval::{Session, run_session};
use rulec_program::node::SlotId;
use serde_json::json;

use crate::args::{Facts, Format};
use crate::commands::run::BUDGET;
use crate::failure::Failure;
use crate::harmless;
use crate::live;
use crate::opening;
use crate::output::Output;
use crate::ready::{Readiness, runnable};

/// Looks for every fact of the pack; 2 if something of the case could not be read.
pub fn run(args: &Facts, output: &mut Output) -> Result<u8, Failure> {
    let program = match runnable(&args.packs, false, None, output)? {
        Readiness::Ready(ready) => ready.whole()?,
        Readiness::NotReady(code) => return Ok(code),
    };
    let mut opened = opening::open(&args.case, output)?;
    live::open(&args.live, &mut opened)?;
    let mut case = opening::fit(&program, std::mem::take(&mut opened.input))?;
    let prefix = args.prefix.as_deref().unwrap_or("");
    let slots = (0u32..).map(SlotId).zip(&program.slots);
    let wanted = slots.filter(|(_, slot)| slot.named.name.starts_with(prefix));
    case.look_at(wanted.map(|(id, _)| id).collect(), Vec::new());
    let mut session = Session::new(&program, case);
    run_session(&mut session, &opened.providers(), BUDGET);
    let report = session.report();
    let facts: Vec<&FactLine> = report
        .facts
        .iter()
        .filter(|it| it.name.starts_with(prefix))
        .collect();
    let unread = opened
        .folder
        .as_ref()
        .map(|folder| folder.unread())
        .unwrap_or_default();
    match args.format {
        Format::Json => {
            let object = json!({ "format": 1, "facts": facts, "unread_files": unread });
            writeln!(output, "{object:#}")?;
        }
        Format::Text => print(&facts, &unread, output)?,
    }
    if facts.is_empty() && !prefix.is_empty() {
        return Err(
            Failure::new(format!("no fact or param begins with `{prefix}`"))
                .help("`rulec list facts` names them"),
        );
    }
    Ok(if opened.damaged() { 2 } else { 0 })
}

fn print(facts: &[&FactLine], unread: &[&str], output: &mut Output) -> Result<(), Failure> {
    let known = facts
        .iter()
        .filter(|it| matches!(it.known, Known::Value(_)))
        .count();
    for fact in facts {
        match &fact.known {
            Known::Value(_) => writeln!(output, "{} = {}", fact.name, fact.shown)?,
            Known::Unknown(reason) => writeln!(output, "{}: unknown ({reason})", fact.name)?,
        }
        for reason in &fact.reasons {
            // The reason alone stands behind the name already.
            let other = (reason.fact != fact.name).then_some(reason.fact.as_str());
            let detail = Some(reason.detail.as_str()).filter(|it| !it.is_empty());
            let about: Vec<&str> = other.into_iter().chain(detail).collect();
            if !about.is_empty() {
                writeln!(
                    output,
                    "    {}: {}",
                    reason.reason,
                    harmless::line(&about.join(": "))
                )?;
            }
        }
        if let (Known::Value(_), Some(source)) = (&fact.known, &fact.source) {
            let file = source
                .file
                .as_deref()
                .map_or_else(String::new, |file| format!(" in {file}"));
            let time = source
                .time
                .as_deref()
                .map_or_else(String::new, |time| format!(", {time}"));
            writeln!(
                output,
                "    {}",
                harmless::line(&format!(
                    "from {} {}{file}{time}",
                    source.kind, source.place
                ))
            )?;
        }
    }
    writeln!(output, "\n{} of {} known", known, facts.len())?;
    if !unread.is_empty() {
        writeln!(
            output,
            "files that nothing read: {}",
            harmless::line(&unread.join(", "))
        )?;
    }
    Ok(())
}
