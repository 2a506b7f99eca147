//! `--facts cases.jsonl`: one case a line in, one report a line out, as they come. A bad line costs itself.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use rulec_eval::report::json;
use rulec_eval::report::texts::Texts;
use rulec_eval::{CaseInput, Given, Recogniser, Session, run_session};
use rulec_facts::fixture::strict_json;
use rulec_program::program::Program;
use rulec_program::seal::Sealed;
use serde_json::{Map, Value as Json};

use crate::args::{CaseArgs, ReportFormat, Run};
use crate::commands::run::{BUDGET, exit_code};
use crate::failure::Failure;
use crate::opening;
use crate::output::Output;

/// Longest line, bytes.
const LONGEST: u64 = 64 << 20;

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
    program: &Sealed,
    locale: Option<&str>,
    output: &mut Output,
) -> Result<u8, Failure> {
    let Some(path) = args.case.facts.as_deref() else {
        return Ok(2);
    };
    let shared = CaseArgs {
        facts: None,
        case: args.case.case.clone(),
        params: args.case.params.clone(),
        now: args.case.now.clone(),
    };
    let mut base = opening::open(&shared, output)?;
    let typed = opening::complaint(&args.seen.symptom)?;
    if !typed.is_empty() {
        base.input.texts = typed;
    }
    base.input.all = args.all;
    let file = File::open(path).map_err(|error| Failure::unreadable(path, &error))?;
    let mut lines = BufReader::new(file);
    let mut worst = if base.damaged() { 2 } else { 0 };
    keep_memory();
    let mut kept = Kept::new(program);
    let (mut line, mut written) = (Vec::new(), Vec::new());
    for number in 1u64.. {
        line.clear();
        let read = lines
            .by_ref()
            .take(LONGEST + 1)
            .read_until(b'\n', &mut line);
        if read.map_err(|error| Failure::unreadable(path, &error))? == 0 {
            break;
        }
        if line.len() as u64 > LONGEST {
            let rest = skip_rest(&line, &mut lines);
            rest.map_err(|error| Failure::unreadable(path, &error))?;
            let message = format!("the line is longer than {} MB", LONGEST >> 20);
            write_error(number, &message, output)?;
            worst = worse(worst, 2);
            continue;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let mut input = base.input.clone();
        input.locale = locale.map(str::to_owned).or(input.locale);
        let code = match one(&line, &mut kept, input, &base) {
            Ok(report) => {
                json::write_line(&report, &mut written);
                output.exact_json(&written)?;
                exit_code(&report, &args.fail_on)
            }
            Err(message) => {
                write_error(number, &message, output)?;
                2
            }
        };
        worst = worse(worst, code);
        if output.is_terminal() {
            output.flush()?;
        }
    }
    Ok(worst)
}

/// Lets the memory of one case serve the next. The C library of Linux gives the end of the heap back after each case, and a page that is
/// asked for anew costs more than what is done with it; once a large piece was returned, it keeps as much as that.
fn keep_memory() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(PIECE)));
}

/// The rest of a line that is too long is its own loss; the cases after it are not.
fn skip_rest(line: &[u8], lines: &mut impl BufRead) -> std::io::Result<()> {
    if line.last() != Some(&b'\n') {
        lines.skip_until(b'\n')?;
    }
    Ok(())
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

/// What one case leaves for the next.
struct Kept<'p> {
    program: &'p Sealed,
    recogniser: Recogniser<'p>,
    /// Of the locale of the last case.
    texts: Option<(Option<String>, Texts)>,
}

impl<'p> Kept<'p> {
    fn new(program: &'p Sealed) -> Kept<'p> {
        Kept {
            program,
            recogniser: Recogniser::new(program),
            texts: None,
        }
    }

    fn texts(&mut self, locale: Option<String>) -> &Texts {
        let last = self.texts.take().filter(|(of, _)| *of == locale);
        let last = last.unwrap_or_else(|| {
            let texts = Texts::new(self.program, locale.as_deref());
            (locale, texts)
        });
        &self.texts.insert(last).1
    }
}

fn one(
    line: &[u8],
    kept: &mut Kept<'_>,
    mut input: CaseInput,
    base: &opening::Opened,
) -> Result<rulec_eval::Report, String> {
    let text = std::str::from_utf8(line).map_err(|_| "the line is not UTF-8".to_owned())?;
    let json = strict_json(text.trim())
        .map_err(|error| format!("column {}: {}", error.column, error.message))?;
    let Json::Object(object) = json else {
        return Err("the line is no object of names with values".to_owned());
    };
    let program = kept.program;
    take(object, program, &mut input)?;
    let locale = input.locale.clone();
    let case = rulec_eval::Case::new(program, input)
        .map_err(|wrong| opening::misuse(&wrong).to_string())?;
    let mut session = Session::with(program, &kept.recogniser, case);
    run_session(&mut session, &base.providers(), BUDGET);
    Ok(session.report_in(kept.texts(locale)))
}

/// A line is facts by full name, or an object with the keys of a case file.
fn take(object: Map<String, Json>, program: &Program, input: &mut CaseInput) -> Result<(), String> {
    let whole = ["facts", "symptoms", "params"]
        .iter()
        .any(|key| object.contains_key(*key) && program.slot_named(key).is_none());
    if !whole {
        give(object, input);
        return Ok(());
    }
    for (key, value) in object {
        match (key.as_str(), value) {
            ("facts" | "params", Json::Object(named)) => give(named, input),
            ("symptoms", Json::Array(texts)) => {
                let texts = texts.into_iter().map(text_of).collect::<Option<Vec<_>>>();
                input.texts = texts.ok_or("a symptom is a text or a code")?;
            }
            ("symptoms", one @ (Json::String(_) | Json::Number(_))) => {
                input.texts = text_of(one).into_iter().collect();
            }
            ("now", Json::String(now)) => input.now = Some(now),
            ("locale", Json::String(locale)) => input.locale = Some(locale),
            (other, _) => {
                return Err(format!(
                    "`{other}` is no key of a case, or its value does not fit"
                ));
            }
        }
    }
    Ok(())
}

/// A code may be a number: `-2146893018`.
fn text_of(symptom: Json) -> Option<String> {
    match symptom {
        Json::String(text) => Some(text),
        Json::Number(code) => Some(code.to_string()),
        _ => None,
    }
}

fn give(named: Map<String, Json>, input: &mut CaseInput) {
    input
        .given
        .extend(named.into_iter().map(|(name, value)| Given {
            name,
            value,
            file: None,
        }));
}
