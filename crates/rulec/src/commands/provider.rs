//! `rulec provider`: a plug-in tried, or what it says of itself.

use std::io::Write;

use rulec_providers::plugin::{self, Limits};
use serde_json::json;

use crate::args::Format;
use crate::args::provider::{Provider, ProviderCommand, Test};
use crate::failure::Failure;
use crate::output::Output;
use crate::{harmless, live};

/// Starts the executable that was named, and no other.
pub fn run(args: &Provider, output: &mut Output) -> Result<u8, Failure> {
    match &args.command {
        ProviderCommand::Test(args) => test(args, output),
        ProviderCommand::Describe(args) => {
            let plugin = live::plugin(&args.provider)?;
            writeln!(output, "{:#}", plugin.told())?;
            Ok(0)
        }
    }
}

fn test(args: &Test, output: &mut Output) -> Result<u8, Failure> {
    let path = live::executable(&args.provider)?;
    let report = plugin::test(&path, &Limits::default());
    let wrong = report.findings.len();
    if args.format == Format::Json {
        let findings = report.findings.iter();
        let findings: Vec<_> = findings
            .map(|it| json!({ "check": it.check, "message": it.message, "help": it.help }))
            .collect();
        let object = json!({ "format": 1, "checks": report.checks, "findings": findings });
        writeln!(output, "{object:#}")?;
        return Ok(u8::from(wrong > 0));
    }
    for it in &report.findings {
        writeln!(output, "{}: {}", it.check, harmless::line(&it.message))?;
        writeln!(output, "  help: {}", it.help)?;
    }
    if wrong > 0 {
        writeln!(output)?;
    }
    let checks = report.checks.len();
    let ending = if checks == 1 { "" } else { "s" };
    writeln!(
        output,
        "{checks} check{ending}: {} passed, {wrong} failed",
        checks - wrong
    )?;
    Ok(u8::from(wrong > 0))
}
