//! `rulec run`: a case in, a report and an exit code out.

use std::io::Write;
use std::time::Duration;

use rulec_eval::report::text::{Length, render_as};
use rulec_eval::report::texts::Texts;
use rulec_eval::report::{Scope, VerdictWord, html, json, markdown};
use rulec_eval::{Report, Session, run_session};

use crate::args::{FailOn, ReportFormat, Run};
use crate::commands::symptom;
use crate::failure::Failure;
use crate::harmless;
use crate::opening::{self, Opened};
use crate::output::Output;
use crate::ready::{Readiness, Runnable, runnable};
use crate::{batch, dialogue, live, locale};

/// Time for all sources of a case together.
pub const BUDGET: Duration = Duration::from_secs(120);

/// Open rules of a case without a complaint of which it is still told what to find out.
const FEW_OPEN: usize = 10;

/// Files that nothing read, as many as are named in a report.
const MOST_FILES: usize = 20;

/// Diagnoses one case, or a batch of them.
pub fn run(args: &Run, output: &mut Output) -> Result<u8, Failure> {
    let with_warnings = args.fail_on.contains(&FailOn::Warning);
    let locale = args.locale.clone().or_else(locale::of_environment);
    let ready = match runnable(&args.packs, with_warnings, locale.as_deref(), output)? {
        Readiness::Ready(ready) => *ready,
        Readiness::NotReady(code) => return Ok(code),
    };
    let warnings = ready.warnings();
    let code = report(args, ready, locale, output)?;
    let warned = with_warnings && warnings > 0;
    if !warned || code == 2 {
        return Ok(code);
    }
    let ending = if warnings == 1 { "" } else { "s" };
    let text = format!("the pack has {warnings} warning{ending}; `rulec check` shows them");
    output.note("warning", &text);
    Ok(1)
}

fn report(
    args: &Run,
    ready: Runnable,
    locale: Option<String>,
    output: &mut Output,
) -> Result<u8, Failure> {
    if batch::is_batch(&args.case) {
        batch::refuse(args)?;
        live::refuse_batch(&args.live)?;
        let (program, pack) = ready.for_batch()?;
        return batch::run(args, (&program, pack.as_ref()), locale.as_deref(), output);
    }
    let mut opened = open_case(args, locale, output)?;
    let locale = opened.input.locale.clone();
    let pack = ready.for_case(&opened.input)?;
    live::record(
        args.record.as_deref(),
        &mut opened,
        &pack.loaded.program,
        output,
    )?;
    let input = std::mem::take(&mut opened.input);
    let session = pack.loaded.session(input);
    let mut session = session.map_err(|wrong| opening::misuse(&wrong.0))?;
    run_session(&mut session, &opened.providers(), BUDGET);
    let texts = Texts::new(&pack.loaded.program, locale.as_deref());
    if args.ask {
        dialogue::run(&mut session, args, &opened, &texts, output)?;
    }
    let report = shown_report(&session, &texts, args);
    let shown = Shown {
        texts,
        length: if args.full {
            Length::Full
        } else {
            Length::Short
        },
    };
    match args.format {
        // The last event of a dialogue.
        ReportFormat::Json if args.ask => {
            let event = serde_json::json!({ "event": "report", "report": report });
            writeln!(output, "{event}")?;
        }
        format => write_report(&shown, &report, format, output)?,
    }
    if args.format == ReportFormat::Text {
        write_folder(&opened, &shown.texts, output)?;
    }
    if args.format != ReportFormat::Json && report.scope == Scope::All {
        output.flush()?;
        output.note(
            "note",
            "all symptoms were looked at; say what the person sees with `--symptom TEXT`",
        );
    }
    if !report.unrecognised.is_empty() {
        symptom::suggest(pack.known(), &report.unrecognised, output);
    }
    if !pack.has_rules {
        output.flush()?;
        output.note("warning", "the pack has no rule: nothing was looked at");
    }
    if lost(&opened, output) || opened.damaged() {
        return Ok(2);
    }
    Ok(exit_code(&report, &args.fail_on))
}

/// With what to find out next, unless so much is open that the report only counts it: then it would take long, and say little.
fn shown_report(session: &Session<'_>, texts: &Texts, args: &Run) -> Report {
    let report = session.report_in(texts);
    let told = report.scope != Scope::All || args.full || open(&report) <= FEW_OPEN;
    match told && open(&report) > 0 {
        true => session.guide(report, texts),
        false => report,
    }
}

fn open(report: &Report) -> usize {
    let all = report.verdicts.iter();
    all.filter(|it| it.verdict == VerdictWord::Open).count()
}

/// Something that was answered could not be kept; it is told.
fn lost(opened: &Opened, output: &mut Output) -> bool {
    let plugins = opened.plugins.iter().map(|it| it.record_failure());
    let cloud = opened.live.iter().map(|it| it.record_failure());
    let machine = opened.recorded.iter().map(|it| it.failure());
    let failures: Vec<String> = cloud.chain(machine).chain(plugins).flatten().collect();
    for failure in &failures {
        output.mistake(&format!("{failure}; the record lacks this answer"));
    }
    !failures.is_empty()
}

/// The case, with what was typed for it.
fn open_case(args: &Run, locale: Option<String>, output: &mut Output) -> Result<Opened, Failure> {
    opening::one_reader(&args.case, &args.seen.symptom, args.ask)?;
    let mut opened = opening::open(&args.case, output)?;
    if let Some(path) = &args.answers {
        opened.input.said = opening::answers(path)?;
    }
    let typed = opening::complaint(&args.seen.symptom)?;
    if !typed.is_empty() {
        opened.input.texts = typed;
    }
    opened.input.all = args.all;
    if args.locale.is_some() || opened.input.locale.is_none() {
        opened.input.locale = locale;
    }
    live::open(&args.live, &mut opened)?;
    Ok(opened)
}

/// In whose words, and how much of it.
struct Shown {
    texts: Texts,
    length: Length,
}

fn write_report(
    shown: &Shown,
    report: &Report,
    format: ReportFormat,
    output: &mut Output,
) -> Result<(), Failure> {
    let Shown { texts, length } = shown;
    match format {
        ReportFormat::Json => output.write_all(json::pretty(report).as_bytes())?,
        ReportFormat::Markdown => output.exact(&markdown::render(report, texts, *length))?,
        ReportFormat::Html => output.exact(&html::render(report, texts, *length))?,
        ReportFormat::Text => {
            let style = output.style();
            let page = render_as(report, texts, output.width(), style, *length);
            output.write_all(page.as_bytes())?;
        }
    }
    Ok(())
}

/// What of the case folder is not in the report: input that could not be read, and the files, if it needed none of them.
fn write_folder(opened: &Opened, texts: &Texts, output: &mut Output) -> Result<(), Failure> {
    let Some(folder) = &opened.folder else {
        return Ok(());
    };
    if !folder.findings.is_empty() {
        writeln!(output, "\n{}", texts.word("folder-unreadable"))?;
    }
    for finding in &folder.findings {
        writeln!(output, "  {}", harmless::line(&finding.to_string()))?;
    }
    if folder.nothing_read() {
        let unread = folder.unread();
        let shown: Vec<&str> = unread.iter().copied().take(MOST_FILES).collect();
        let names = harmless::line(&shown.join(", "));
        let text = match unread.len() - shown.len() {
            0 => texts.word_with("folder-unread", &[("files", &names)]),
            more => {
                let more = more.to_string();
                let parts = [("files", names.as_str()), ("count", more.as_str())];
                texts.word_with("folder-unread-more", &parts)
            }
        };
        writeln!(output, "\n{text}")?;
    }
    Ok(())
}

/// 0 settled, 4 something open or nothing recognised; 1 for a confirmed cause or fault where asked for.
pub fn exit_code(report: &Report, fail_on: &[FailOn]) -> u8 {
    if fail_on.contains(&FailOn::Never) {
        return 0;
    }
    let any = |word: VerdictWord| report.verdicts.iter().any(|it| it.verdict == word);
    if fail_on.contains(&FailOn::Confirmed) && any(VerdictWord::Confirmed) {
        1
    } else if any(VerdictWord::Open)
        || report.scope == Scope::Unrecognised
        || report.verdicts.is_empty() && report.scope == Scope::All
    {
        // A program without rules looked at nothing: that is no clean bill.
        4
    } else {
        0
    }
}
