//! `--facts cases.jsonl`: one case a line in, one report a line out, as they come. A bad line costs itself.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use rulec_eval::report::json;
use rulec_eval::report::texts::Texts;
use rulec_eval::{CaseInput, LineError, Lines, Pack, Report, run_session};
use rulec_program::seal::Sealed;

use crate::args::{CaseArgs, FailOn, ReportFormat, Run};
use crate::commands::run::{BUDGET, exit_code};
use crate::failure::Failure;
use crate::harmless;
use crate::opening::{self, Opened};
use crate::output::Output;

/// Longest line, bytes.
const LONGEST: u64 = 64 << 20;

/// What some editors put before a text in UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// More than a case takes, bytes; none of them is touched.
const PIECE: usize = 16 << 20;

/// The facts are a file of cases.
pub fn is_batch(args: &CaseArgs) -> bool {
    let name = args.facts.as_deref().and_then(Path::extension);
    name.is_some_and(|it| it.eq_ignore_ascii_case("jsonl") || it.eq_ignore_ascii_case("ndjson"))
}

/// A batch has nobody to ask, and goes on to a program.
pub fn refuse(args: &Run) -> Result<(), Failure> {
    if args.ask {
        return Err(Failure::new("a batch has nobody to ask").help("run one case with `--ask`"));
    }
    match args.format {
        ReportFormat::Text | ReportFormat::Json => Ok(()),
        ReportFormat::Markdown | ReportFormat::Html => {
            let failure = Failure::new("a batch is written as JSON, one line a case");
            Err(failure.help("run one case for a report to read"))
        }
    }
}

/// Runs all lines; the exit code is the first of 2, 1 (only where asked for), 4, 0 that occurred.
pub fn run(
    args: &Run,
    (program, pack): (&Sealed, Option<&Pack<'_>>),
    locale: Option<&str>,
    output: &mut Output,
) -> Result<u8, Failure> {
    let Some(path) = args.case.facts.as_deref() else {
        return Ok(2);
    };
    let (base, input) = shared(args, locale, output)?;
    let reader = Lines::new(program, pack, input).map_err(|wrong| opening::misuse(&wrong))?;
    let file = File::open(path).map_err(|error| Failure::unreadable(path, &error))?;
    let mut lines = BufReader::new(file);
    keep_memory();
    let mut batch = Batch {
        args,
        program,
        reader,
        base,
        texts: None,
        written: Vec::new(),
    };
    let mut worst = if batch.base.damaged() { 2 } else { 0 };
    let (mut line, mut cases) = (Vec::new(), 0u64);
    for number in 1u64.. {
        let is_whole = match next_line(&mut lines, &mut line) {
            Ok(Some(is_whole)) => is_whole,
            Ok(None) => break,
            Err(error) => return Err(Failure::unreadable(path, &error)),
        };
        let text = match number {
            1 => beginning(path, &line)?,
            _ => &line,
        };
        if text.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        cases += 1;
        let report = match is_whole {
            true => batch.report(text),
            false => Err(format!("the line is longer than {} MB", LONGEST >> 20)),
        };
        worst = worse(worst, batch.write(number, report, output)?);
    }
    match cases {
        0 => Ok(worse(worst, empty(args, path, output))),
        _ => Ok(worst),
    }
}

/// What all cases share.
fn shared(
    args: &Run,
    locale: Option<&str>,
    output: &mut Output,
) -> Result<(Opened, CaseInput), Failure> {
    let shared = CaseArgs {
        facts: None,
        case: args.case.case.clone(),
        params: args.case.params.clone(),
        now: args.case.now.clone(),
    };
    let mut base = opening::open(&shared, output)?;
    let mut input = std::mem::take(&mut base.input);
    let typed = opening::complaint(&args.seen.symptom)?;
    if !typed.is_empty() {
        input.texts = typed;
    }
    input.all = args.all;
    input.locale = locale.map(str::to_owned).or(input.locale);
    Ok((base, input))
}

/// What failed to gather cases often leaves a file without one: that is no clean bill.
fn empty(args: &Run, path: &Path, output: &mut Output) -> u8 {
    let name = harmless::line(&path.display().to_string());
    let text = format!("`{name}` has no case: nothing was looked at");
    output.note("warning", &text);
    match args.fail_on.contains(&FailOn::Never) {
        true => 0,
        false => 4,
    }
}

/// Reads a line, false for what is too long, of which the beginning is read; none at the end.
fn next_line(lines: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<Option<bool>> {
    line.clear();
    if lines.by_ref().take(LONGEST + 1).read_until(b'\n', line)? == 0 {
        return Ok(None);
    }
    let is_whole = line.len() as u64 <= LONGEST;
    if !is_whole && line.last() != Some(&b'\n') {
        // It is its own loss; the cases after it are not.
        lines.skip_until(b'\n')?;
    }
    Ok(Some(is_whole))
}

/// The first line, without the mark that some editors put before a text.
fn beginning<'l>(path: &Path, line: &'l [u8]) -> Result<&'l [u8], Failure> {
    if line.starts_with(b"\xff\xfe") || line.starts_with(b"\xfe\xff") {
        let name = path.display();
        let failure = Failure::new(format!("`{name}` is in UTF-16"));
        return Err(failure.help("save it as UTF-8").about(path));
    }
    Ok(line.strip_prefix(MARK).unwrap_or(line))
}

/// Lets the memory of one case serve the next. The C library of Linux gives the end of the heap back after each case, and a page that is
/// asked for anew costs more than what is done with it; once a large piece was returned, it keeps as much as that.
fn keep_memory() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(PIECE)));
}

fn worse(old: u8, new: u8) -> u8 {
    let rank = |code: u8| match code {
        2 => 3,
        1 => 2,
        4 => 1,
        _ => 0,
    };
    if rank(new) > rank(old) { new } else { old }
}

fn write_error(line: u64, message: &str, output: &mut Output) -> Result<(), Failure> {
    let object = serde_json::json!({ "format": 1, "line": line, "error": message });
    output.exact(&format!("{object}\n"))?;
    Ok(())
}

/// A batch that runs.
struct Batch<'p> {
    args: &'p Run,
    program: &'p Sealed,
    reader: Lines<'p>,
    base: Opened,
    /// Of the locale of the last case.
    texts: Option<(Option<String>, Texts)>,
    /// A line of the output.
    written: Vec<u8>,
}

impl Batch<'_> {
    /// Writes what came of a line; the exit code of it alone.
    fn write(
        &mut self,
        number: u64,
        report: Result<Report, String>,
        output: &mut Output,
    ) -> Result<u8, Failure> {
        let code = match report {
            Ok(report) => {
                json::write_line(&report, &mut self.written);
                output.exact_json(&self.written)?;
                exit_code(&report, &self.args.fail_on)
            }
            Err(message) => {
                write_error(number, &message, output)?;
                2
            }
        };
        if output.is_terminal() {
            output.flush()?;
        }
        Ok(code)
    }

    fn report(&mut self, line: &[u8]) -> Result<Report, String> {
        let text = std::str::from_utf8(line).map_err(|_| "the line is not UTF-8".to_owned())?;
        let case = self.reader.read(text);
        let mut case = case.map_err(|error| match error {
            LineError::Misuses(wrong) => opening::misuse(&wrong).to_string(),
            other => other.to_string(),
        })?;
        let last = self.texts.take();
        let last = last.filter(|(of, _)| of.as_deref() == case.locale());
        let (_, texts) = self.texts.insert(last.unwrap_or_else(|| {
            let texts = Texts::new(self.program, case.locale());
            (case.locale().map(str::to_owned), texts)
        }));
        let mut session = case.session();
        run_session(&mut session, &self.base.providers(), BUDGET);
        Ok(session.report_in(texts))
    }
}
