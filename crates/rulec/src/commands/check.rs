//! `rulec check`: every mistake of packs, with its place.

use std::io::Write;
use std::path::PathBuf;

use rulec_syntax::diagnostic::{Code, Diagnostic, Level};

use crate::args::{Check, FailOn, Format};
use crate::failure::Failure;
use crate::findings;
use crate::load::{self, Loaded};
use crate::output::Output;

/// Checks the packs; 0 clean, 1 errors, 2 a file could not be read.
pub fn run(args: &Check, output: &mut Output) -> Result<u8, Failure> {
    if let Some(name) = &args.explain {
        return explain(name, output);
    }
    let here = [PathBuf::from(".")];
    let paths = if args.paths.is_empty() {
        &here[..]
    } else {
        &args.paths
    };
    let loaded = load::load(paths, &args.packs)?;
    let analysis = match args.prove {
        true => loaded.prove(args.gaps),
        false => loaded.analyse(),
    };
    let findings = loaded.all_findings(&analysis);
    match args.format {
        Format::Json => writeln!(output, "{}", findings::to_json(&findings, &loaded.sources))?,
        Format::Text => {
            let text =
                findings::to_text(&findings, &loaded.sources, output.colored(), output.width());
            output.write_all(text.as_bytes())?;
            summary(&findings, &loaded, output)?;
            if args.prove && analysis.program.is_none() {
                writeln!(
                    output,
                    "nothing is proved of a pack with errors: mend them first"
                )?;
            }
        }
    }
    Ok(exit_code(args, &findings))
}

fn exit_code(args: &Check, findings: &[Diagnostic]) -> u8 {
    if findings.iter().any(|it| it.code == &load::UNREADABLE_FILE) {
        return 2;
    }
    if args.fail_on.contains(&FailOn::Never) {
        return 0;
    }
    let warnings = args.fail_on.contains(&FailOn::Warning);
    let undecided = args.fail_on.contains(&FailOn::Undecided);
    if findings::count(findings, Level::Error) > 0
        || (warnings && findings::count(findings, Level::Warning) > 0)
    {
        1
    } else if undecided && findings.iter().any(|it| it.code.name == "undecided") {
        3
    } else {
        0
    }
}

fn summary(findings: &[Diagnostic], loaded: &Loaded, output: &mut Output) -> Result<(), Failure> {
    let files = loaded.sources.iter().count();
    let counts: Vec<String> = [Level::Error, Level::Warning, Level::Note]
        .into_iter()
        .map(|level| (level, findings::count(findings, level)))
        .filter(|(_, count)| *count > 0)
        .map(|(level, count)| plural(count, level.name()))
        .collect();
    let files = plural(files, "file");
    if counts.is_empty() {
        writeln!(output, "{files} checked, no findings")?;
    } else {
        writeln!(output, "{files} checked: {}", counts.join(", "))?;
        writeln!(output, "`rulec check --explain CODE` explains a finding")?;
    }
    Ok(())
}

fn plural(count: usize, word: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {word}{ending}")
}

/// All codes of all crates.
pub fn codes() -> Vec<&'static Code> {
    let mut all: Vec<&'static Code> = rulec_syntax::CODES
        .iter()
        .copied()
        .chain(rulec_check::codes())
        .chain([&load::UNREADABLE_FILE])
        .collect();
    all.sort_by_key(|code| code.name);
    all
}

fn explain(name: &str, output: &mut Output) -> Result<u8, Failure> {
    let codes = codes();
    if let Some(code) = codes.iter().find(|code| code.name == name) {
        writeln!(output, "{}", code.page.trim_end())?;
        return Ok(0);
    }
    let names: Vec<&str> = codes.iter().map(|code| code.name).collect();
    let help = match rulec_check::nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("codes: {}", names.join(", ")),
    };
    Err(Failure::new(format!("there is no code `{name}`")).help(help))
}
