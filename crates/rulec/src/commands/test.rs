//! `rulec test`: the tests of a pack, in the manner of a test runner.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rulec_check::tests::TestCase;
use rulec_syntax::source::Span;
use serde_json::json;

use crate::args::{PackArgs, ResultFormat, Test};
use crate::failure::Failure;
use crate::listing::entry::{Entry, Key, Region};
use crate::listing::{self, Listing, junit};
use crate::load;
use crate::output::Output;
use crate::ready::{Readiness, Ready, ready_and, ready_with};
use crate::recorded::Recording;
use crate::trial::{self, Fault};
use crate::watch::{self, Watched};

/// A test and what came of it.
struct Done<'t> {
    test: &'t TestCase,
    failures: Vec<Fault>,
    time: Duration,
}

/// Runs or lists the tests of the root pack; 1 if one failed.
pub fn run(args: &Test, output: &mut Output) -> Result<u8, Failure> {
    if let Some(case) = &args.from {
        return write(args, case, output);
    }
    if args.watch {
        return watch::repeat(output, |output, watched| once(args, output, watched));
    }
    once(args, output, &mut Watched::default())
}

/// A case as a statement, on standard output.
fn write(args: &Test, case: &Path, output: &mut Output) -> Result<u8, Failure> {
    if !matches!(args.format, ResultFormat::Text | ResultFormat::Json) {
        return Err(Failure::new("a statement has no results for this format")
            .help("`--from` goes with `--format text` and `json`"));
    }
    let here = Path::new(".");
    let packs = PackArgs {
        pack: args
            .path
            .clone()
            .or_else(|| load::has_rules(here).then(|| here.to_owned())),
        packs: args.packs.clone(),
    };
    let mut loaded = None;
    let ready = ready_and(&packs, output, |it| {
        loaded = Some(it.with_texts(&BTreeMap::new()));
        Ok(())
    });
    let ready = match ready? {
        Readiness::Ready(ready) => ready,
        Readiness::NotReady(code) => return Ok(code),
    };
    let loaded = loaded.unwrap_or_default();
    let recording = Recording {
        case,
        name: args.name.as_deref(),
        link: args.link,
    };
    let recorded = recording.write(&ready, &loaded)?;
    if args.format == ResultFormat::Json {
        let object = json!({
            "format": 1,
            "name": recorded.name,
            "statement": recorded.text,
            "linked": recorded.linked,
        });
        writeln!(output, "{object:#}")?;
        return Ok(0);
    }
    output.write_all(recorded.text.as_bytes())?;
    if let Some(why) = recorded.linked.filter(|_| !args.link) {
        output.flush()?;
        let text = format!("the test starts from the case where it lies, since {why}");
        output.note("note", &text);
    }
    Ok(0)
}

fn once(args: &Test, output: &mut Output, watched: &mut Watched) -> Result<u8, Failure> {
    let path = args.path.clone().unwrap_or_else(|| PathBuf::from("."));
    if args.watch {
        watched.path(&path);
    }
    let ready = ready_with(&[path], &args.packs, output, |loaded| {
        watched.homes(&loaded.homes);
        Ok(())
    });
    let ready = match ready? {
        Readiness::Ready(ready) => ready,
        Readiness::NotReady(code) => return Ok(code),
    };
    for case in ready.analysis.tests.iter().filter(|_| args.watch) {
        for path in trial::cases(&ready, case) {
            watched.case(&path);
        }
    }
    let filter = args.filter.as_deref().unwrap_or("");
    let own = ready.analysis.tests.iter().filter(|test| test.pack.0 == 0);
    let chosen: Vec<&TestCase> = own.filter(|test| test.name.contains(filter)).collect();
    if chosen.is_empty() && !filter.is_empty() {
        return Err(Failure::new(format!("no test has `{filter}` in its name"))
            .help("`rulec test --list` names them"));
    }
    if args.list {
        if !matches!(args.format, ResultFormat::Text | ResultFormat::Json) {
            return Err(Failure::new("a list has no results for this format")
                .help("`--list` goes with `--format text` and `json`"));
        }
        return list(&ready, &chosen, args.format, output);
    }
    let results = match args.format {
        ResultFormat::Text => run_shown(&ready, chosen, output)?,
        _ => chosen.into_iter().map(|test| one(&ready, test)).collect(),
    };
    let failed = results.iter().filter(|it| !it.failures.is_empty()).count();
    print(args.format, &ready, &results, failed, output)?;
    Ok(u8::from(failed > 0))
}

fn one<'t>(ready: &Ready, test: &'t TestCase) -> Done<'t> {
    let start = Instant::now();
    let failures = trial::run(ready, test).failures;
    Done {
        test,
        failures,
        time: start.elapsed(),
    }
}

fn print(
    format: ResultFormat,
    ready: &Ready,
    results: &[Done<'_>],
    failed: usize,
    output: &mut Output,
) -> Result<(), Failure> {
    let passed = results.len() - failed;
    match format {
        ResultFormat::Json => {
            let tests: Vec<_> = results.iter().map(|it| as_json(ready, it)).collect();
            let all = json!({ "format": 1, "tests": tests, "passed": passed, "failed": failed });
            writeln!(output, "{all:#}")?;
        }
        ResultFormat::Text => {
            for done in results.iter().filter(|it| !it.failures.is_empty()) {
                print_failures(ready, done.test, &done.failures, output)?;
            }
            writeln!(output)?;
            summary(passed, failed, output)?;
        }
        ResultFormat::Junit => {
            let suite = suite(ready, results);
            output.write_all(junit::document("rulec test", &[suite])?.as_bytes())?;
        }
        ResultFormat::Sarif | ResultFormat::Github => {
            let entries = results.iter().flat_map(|done| {
                let faults = done.failures.iter();
                faults.map(move |fault| entry(ready, done.test, fault))
            });
            let listing = Listing {
                command: "rulec test",
                entries: &entries.collect::<Vec<_>>(),
                files: &[],
                exit: u8::from(failed > 0),
            };
            let text = listing::for_machines(format, &listing);
            output.write_all(text.as_bytes())?;
            if format == ResultFormat::Github {
                summary(passed, failed, output)?;
            }
        }
    }
    Ok(())
}

fn summary(passed: usize, failed: usize, output: &mut Output) -> Result<(), Failure> {
    let (bold, count) = (anstyle::Style::new().bold(), passed + failed);
    let tests = if count == 1 { "test" } else { "tests" };
    // A log of CI is no terminal, whatever the colour of the rest.
    let bold = if output.results() == ResultFormat::Text {
        bold
    } else {
        anstyle::Style::new()
    };
    writeln!(
        output,
        "{bold}{count} {tests}: {passed} passed, {failed} failed{bold:#}"
    )?;
    Ok(())
}

/// A failed expectation as a finding.
fn entry(ready: &Ready, test: &TestCase, fault: &Fault) -> Entry {
    let span = own_place(fault.span, test);
    let file = ready.places.get(span.file);
    let name = crate::harmless::line(&test.name);
    Entry {
        code: &trial::FAILED_TEST,
        level: trial::FAILED_TEST.level,
        title: name.clone(),
        message: format!("test \"{name}\": {}", fault.message),
        details: fault.because.clone(),
        region: Region::new(span, &ready.sources, &ready.places),
        related: Vec::new(),
        fixes: Vec::new(),
        fails: true,
        key: Key::new(trial::FAILED_TEST.name, span, &ready.sources, &file),
    }
}

/// The tests of the pack as one suite.
fn suite(ready: &Ready, results: &[Done<'_>]) -> junit::Suite {
    let case = |done: &Done<'_>| {
        let lines = done.failures.iter().map(|it| {
            let place = place(ready, it.span, done.test);
            let lines = [format!("{place}: {}", it.message)].into_iter();
            lines
                .chain(it.because.clone())
                .collect::<Vec<_>>()
                .join("\n    ")
        });
        let lines: Vec<String> = lines.collect();
        let outcome = done.failures.first().map(|first| {
            junit::Outcome::Failed(junit::Failed {
                kind: trial::FAILED_TEST.name.to_owned(),
                message: first.message.clone(),
                text: lines.join("\n"),
            })
        });
        junit::Case {
            name: done.test.name.to_string(),
            class: ready.places.get(done.test.place.file).path,
            outcome: outcome.unwrap_or(junit::Outcome::Passed),
            time: Some(done.time),
        }
    };
    let name = ready.places.iter().next().map(|it| it.pack.clone());
    junit::Suite {
        name: name.unwrap_or_default(),
        cases: results.iter().map(case).collect(),
    }
}

fn run_shown<'t>(
    ready: &Ready,
    chosen: Vec<&'t TestCase>,
    output: &mut Output,
) -> Result<Vec<Done<'t>>, Failure> {
    let green = anstyle::AnsiColor::Green.on_default();
    let red = anstyle::AnsiColor::Red.on_default().bold();
    let mut results = Vec::new();
    for test in chosen {
        let done = one(ready, test);
        if done.failures.is_empty() {
            writeln!(output, "{green}ok{green:#}    {}", test.name)?;
        } else {
            writeln!(output, "{red}FAIL{red:#}  {}", test.name)?;
        }
        if output.is_terminal() {
            output.flush()?;
        }
        results.push(done);
    }
    Ok(results)
}

fn list(
    ready: &Ready,
    chosen: &[&TestCase],
    format: ResultFormat,
    output: &mut Output,
) -> Result<u8, Failure> {
    if format == ResultFormat::Json {
        let tests: Vec<_> = chosen.iter().map(|test| named(ready, test)).collect();
        writeln!(output, "{:#}", json!({ "format": 1, "tests": tests }))?;
    } else {
        for test in chosen {
            writeln!(output, "{}", test.name)?;
        }
    }
    Ok(0)
}

fn print_failures(
    ready: &Ready,
    test: &TestCase,
    failures: &[Fault],
    output: &mut Output,
) -> Result<(), Failure> {
    writeln!(output, "\n{}", test.name)?;
    for fault in failures {
        writeln!(
            output,
            "  {}: {}",
            place(ready, fault.span, test),
            fault.message
        )?;
        for line in &fault.because {
            writeln!(output, "      {line}")?;
        }
    }
    Ok(())
}

/// `file:line` of a fault; that of the test where the fault has no place of its own.
fn place(ready: &Ready, span: Span, test: &TestCase) -> String {
    let span = own_place(span, test);
    ready
        .sources
        .get(span.file)
        .map_or_else(String::new, |file| {
            format!("{}:{}", file.path, file.line_column(span.start).line)
        })
}

/// The place of a fault, or of its test.
fn own_place(span: Span, test: &TestCase) -> Span {
    if span == Span::default() {
        test.place
    } else {
        span
    }
}

fn named(ready: &Ready, test: &TestCase) -> serde_json::Value {
    let file = ready.sources.get(test.place.file);
    json!({
        "name": test.name,
        "file": file.map(|file| &file.path),
        "line": file.map(|file| file.line_column(test.place.start).line),
    })
}

fn as_json(ready: &Ready, done: &Done<'_>) -> serde_json::Value {
    let test = done.test;
    let mut object = named(ready, test);
    let failures: Vec<_> = done
        .failures
        .iter()
        .map(|it| json!({ "place": place(ready, it.span, test), "message": it.message, "because": it.because }))
        .collect();
    if let serde_json::Value::Object(fields) = &mut object {
        fields.insert("passed".into(), json!(failures.is_empty()));
        fields.insert("failures".into(), json!(failures));
    }
    object
}
