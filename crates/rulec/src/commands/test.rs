//! `rulec test`: the tests of a pack, in the manner of a test runner.

use std::io::Write;
use std::path::PathBuf;

use rulec_check::tests::TestCase;
use rulec_syntax::source::Span;
use serde_json::json;

use crate::args::{Format, Test};
use crate::failure::Failure;
use crate::output::Output;
use crate::ready::{Readiness, Ready, ready_with};
use crate::trial::{self, Fault};

/// Runs or lists the tests of the root pack; 1 if one failed.
pub fn run(args: &Test, output: &mut Output) -> Result<u8, Failure> {
    let path = args.path.clone().unwrap_or_else(|| PathBuf::from("."));
    let ready = match ready_with(&[path], &args.packs, output, |_| Ok(()))? {
        Readiness::Ready(ready) => ready,
        Readiness::NotReady(code) => return Ok(code),
    };
    let filter = args.filter.as_deref().unwrap_or("");
    let own = ready.analysis.tests.iter().filter(|test| test.pack.0 == 0);
    let chosen: Vec<&TestCase> = own.filter(|test| test.name.contains(filter)).collect();
    if chosen.is_empty() && !filter.is_empty() {
        return Err(Failure::new(format!("no test has `{filter}` in its name"))
            .help("`rulec test --list` names them"));
    }
    if args.list {
        return list(&ready, &chosen, args.format, output);
    }
    let results: Vec<(&TestCase, Vec<Fault>)> = match args.format {
        Format::Json => chosen
            .into_iter()
            .map(|test| (test, trial::run(&ready, test).failures))
            .collect(),
        Format::Text => run_shown(&ready, chosen, output)?,
    };
    let failed = results
        .iter()
        .filter(|(_, failures)| !failures.is_empty())
        .count();
    if args.format == Format::Json {
        let tests: Vec<_> = results
            .iter()
            .map(|(test, failures)| as_json(&ready, test, failures))
            .collect();
        writeln!(
            output,
            "{:#}",
            json!({ "format": 1, "tests": tests, "passed": results.len() - failed, "failed": failed })
        )?;
    } else {
        for (test, failures) in results.iter().filter(|(_, failures)| !failures.is_empty()) {
            print_failures(&ready, test, failures, output)?;
        }
        let bold = anstyle::Style::new().bold();
        writeln!(
            output,
            "\n{bold}{} {}: {} passed, {failed} failed{bold:#}",
            results.len(),
            if results.len() == 1 { "test" } else { "tests" },
            results.len() - failed
        )?;
    }
    Ok(u8::from(failed > 0))
}

fn run_shown<'t>(
    ready: &Ready,
    chosen: Vec<&'t TestCase>,
    output: &mut Output,
) -> Result<Vec<(&'t TestCase, Vec<Fault>)>, Failure> {
    let green = anstyle::AnsiColor::Green.on_default();
    let red = anstyle::AnsiColor::Red.on_default().bold();
    let mut results = Vec::new();
    for test in chosen {
        let failures = trial::run(ready, test).failures;
        if failures.is_empty() {
            writeln!(output, "{green}ok{green:#}    {}", test.name)?;
        } else {
            writeln!(output, "{red}FAIL{red:#}  {}", test.name)?;
        }
        if output.is_terminal() {
            output.flush()?;
        }
        results.push((test, failures));
    }
    Ok(results)
}

fn list(
    ready: &Ready,
    chosen: &[&TestCase],
    format: Format,
    output: &mut Output,
) -> Result<u8, Failure> {
    if format == Format::Json {
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
    let span = if span == Span::default() {
        test.place
    } else {
        span
    };
    ready
        .sources
        .get(span.file)
        .map_or_else(String::new, |file| {
            format!("{}:{}", file.path, file.line_column(span.start).line)
        })
}

fn named(ready: &Ready, test: &TestCase) -> serde_json::Value {
    let file = ready.sources.get(test.place.file);
    json!({
        "name": test.name,
        "file": file.map(|file| &file.path),
        "line": file.map(|file| file.line_column(test.place.start).line),
    })
}

fn as_json(ready: &Ready, test: &TestCase, failures: &[Fault]) -> serde_json::Value {
    let mut object = named(ready, test);
    let failures: Vec<_> = failures
        .iter()
        .map(|it| json!({ "place": place(ready, it.span, test), "message": it.message, "because": it.because }))
        .collect();
    if let serde_json::Value::Object(fields) = &mut object {
        fields.insert("passed".into(), json!(failures.is_empty()));
        fields.insert("failures".into(), json!(failures));
    }
    object
}
