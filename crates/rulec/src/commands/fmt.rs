//! `rulec fmt`: the one canonical layout.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use rulec_syntax::diagnostic::Diagnostic;
use rulec_syntax::format::format_text;
use rulec_syntax::source::{SourceFile, Sources};
use similar::TextDiff;

use crate::args::Fmt;
use crate::failure::Failure;
use crate::findings;
use crate::harmless;
use crate::output::Output;

/// Formats files in place, or says what would change.
pub fn run(args: &Fmt, output: &mut Output) -> Result<u8, Failure> {
    let here = [PathBuf::from(".")];
    let paths = if args.paths.is_empty() {
        &here[..]
    } else {
        &args.paths
    };
    let mut total = Total::default();
    for path in paths {
        if path == Path::new("-") {
            total.standard_input(args, output)?;
        } else {
            for file in rule_files(path)? {
                total.file(args, &file, output)?;
            }
        }
    }
    total.print_findings(output);
    if args.check && total.changed > 0 {
        output.note(
            "fmt",
            &format!("{} would change; run `rulec fmt` on them", total.changed),
        );
    }
    let differs = (args.check || args.diff) && total.changed > 0;
    Ok(u8::from(differs || !total.findings.is_empty()))
}

#[derive(Default)]
struct Total {
    sources: Sources,
    findings: Vec<Diagnostic>,
    changed: usize,
}

impl Total {
    fn standard_input(&mut self, args: &Fmt, output: &mut Output) -> Result<(), Failure> {
        let mut text = String::new();
        io::stdin()
            .lock()
            .read_to_string(&mut text)
            .map_err(|error| Failure::unreadable(Path::new("-"), &error))?;
        let formatted = self.format("standard input", &text);
        if args.check || args.diff {
            self.compare(args, "standard input", &text, &formatted, output)
        } else {
            output.exact(&formatted)?;
            Ok(())
        }
    }

    fn file(&mut self, args: &Fmt, path: &Path, output: &mut Output) -> Result<(), Failure> {
        let text = fs::read_to_string(path).map_err(|error| Failure::unreadable(path, &error))?;
        let shown = path.to_string_lossy().replace('\\', "/");
        let formatted = self.format(&shown, &text);
        if args.check || args.diff {
            return self.compare(args, &shown, &text, &formatted, output);
        }
        if formatted != text {
            self.changed += 1;
            replace(path, &formatted)?;
            writeln!(output, "formatted {}", harmless::line(&shown))?;
        }
        Ok(())
    }

    /// Statements that cannot be read stay as they are and are findings.
    fn format(&mut self, shown: &str, text: &str) -> String {
        let file = self.sources.add(SourceFile::new(shown, text));
        let formatted = format_text(file, text);
        self.findings.extend(formatted.findings);
        formatted.text
    }

    fn compare(
        &mut self,
        args: &Fmt,
        shown: &str,
        old: &str,
        new: &str,
        output: &mut Output,
    ) -> Result<(), Failure> {
        if old == new {
            return Ok(());
        }
        self.changed += 1;
        if args.diff {
            let diff = TextDiff::from_lines(old, new);
            let unified = diff.unified_diff().header(shown, shown).to_string();
            output.exact(&unified)?;
        } else {
            writeln!(output, "{}", harmless::line(shown))?;
        }
        Ok(())
    }

    /// To standard error: standard output may be the formatted text.
    fn print_findings(&self, output: &mut Output) {
        let sorted = findings::in_order(&self.findings, &self.sources);
        let colored = output.colored();
        output.stderr(&findings::to_text(
            &sorted,
            &self.sources,
            colored,
            output.width(),
        ));
    }
}

/// Writes beside the file and renames, so that no half-written file is ever seen.
fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let beside = path.with_extension("rules.new");
    let fail = |error: io::Error| Failure::unwritable(path, &error);
    let mode = fs::metadata(path).map_err(fail)?.permissions();
    fs::write(&beside, text).map_err(fail)?;
    fs::set_permissions(&beside, mode).map_err(fail)?;
    fs::rename(&beside, path).map_err(fail)
}

fn rule_files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let about = fs::metadata(path).map_err(|error| Failure::unreadable(path, &error))?;
    if about.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path).map_err(|error| Failure::unreadable(path, &error))? {
        let file = entry
            .map_err(|error| Failure::unreadable(path, &error))?
            .path();
        if file.extension().is_some_and(|ending| ending == "rules") {
            found.push(file);
        }
    }
    found.sort();
    Ok(found)
}
