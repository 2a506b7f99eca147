//! `rulec check`: every mistake of packs, with its place.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::slice;

use rulec_check::Analysis;
use rulec_program::seal::Sealed;
use rulec_syntax::diagnostic::{Code, Diagnostic, Level};

use crate::args::{Check, FailOn, ResultFormat};
use crate::failure::Failure;
use crate::findings;
use crate::fixing;
use crate::listing::baseline::{self, Forgiven};
use crate::listing::{self, Listing};
use crate::load::{self, Loaded};
use crate::output::Output;
use crate::trial;
use crate::watch::{self, Watched};
use crate::witnesses;

/// Checks the packs; 0 clean, 1 errors, 2 a file could not be read.
pub fn run(args: &Check, output: &mut Output) -> Result<u8, Failure> {
    if let Some(name) = &args.explain {
        return explain(name, output);
    }
    if args.watch {
        return watch::repeat(output, |output, watched| once(args, output, watched));
    }
    once(args, output, &mut Watched::default())
}

fn once(args: &Check, output: &mut Output, watched: &mut Watched) -> Result<u8, Failure> {
    let here = [PathBuf::from(".")];
    let paths = if args.paths.is_empty() {
        &here[..]
    } else {
        &args.paths
    };
    if args.fix
        && let fixing::Ending::Ended(code) = fixing::run(args, paths, output)?
    {
        return Ok(code);
    }
    for path in paths.iter().filter(|_| args.watch) {
        watched.path(path);
    }
    let mut loaded = load::load(paths, &args.packs)?;
    if let Some(Some(file)) = &args.as_tests {
        // It is written anew: what it says of a pack as it was hinders nothing.
        refuse_foreign(file)?;
        loaded.forget_file(file);
    }
    watched.homes(&loaded.homes);
    let analysis = match args.no_prove {
        true => loaded.look_over(),
        false => loaded.prove(args.gaps),
    };
    let mut findings = loaded.all_findings(&analysis);
    if let Some(file) = &args.write_baseline {
        return write_baseline(file, &findings, &loaded, output);
    }
    let forgiven = match &args.baseline {
        Some(file) => {
            let places = loaded.places();
            let forgiven = baseline::forgive(file, &mut findings, &loaded.sources, &places)?;
            Some(forgiven)
        }
        None => None,
    };
    let code = exit_code(args, &findings);
    if args.as_tests == Some(None) {
        print_tests(args, &analysis, &findings, loaded, output)?;
        return Ok(code);
    }
    print(args, &findings, &loaded, code, output)?;
    if let (Some(forgiven), ResultFormat::Text) = (forgiven, args.format) {
        tell_forgiven(&forgiven, output)?;
    }
    let unproved = asks_for_proofs(args) && analysis.program.is_none();
    if unproved && args.format == ResultFormat::Text {
        writeln!(
            output,
            "nothing is proved of a pack with errors: mend them first"
        )?;
    }
    keep_cases(args, &analysis, &findings, loaded, output)?;
    Ok(code)
}

/// Something is asked for that proofs alone give: then it is said that there are none.
fn asks_for_proofs(args: &Check) -> bool {
    let keeps = args.save_witnesses.is_some() || args.as_tests.is_some();
    args.prove || args.gaps || args.fix || keeps
}

/// The program, if no part of the packs is lost: of others no case is kept, and what was kept before stays.
fn whole<'a>(analysis: &'a Analysis, loaded: &Loaded) -> Option<&'a Sealed> {
    let lost = findings::count(&loaded.findings, Level::Error) > 0;
    analysis.program.as_ref().filter(|_| !lost)
}

fn tell_nothing_kept(place: &str, output: &mut Output) {
    let text = format!("nothing is written to {place}: the pack has errors, and cannot run");
    output.note("note", &text);
}

/// Writes the cases that show findings to where they are wanted.
fn keep_cases(
    args: &Check,
    analysis: &Analysis,
    findings: &[Diagnostic],
    loaded: Loaded,
    output: &mut Output,
) -> Result<(), Failure> {
    let tests = args.as_tests.iter().flatten();
    let Some(program) = whole(analysis, &loaded) else {
        for place in args.save_witnesses.iter().chain(tests) {
            tell_nothing_kept(&place.display().to_string(), output);
        }
        return Ok(());
    };
    if let Some(dir) = &args.save_witnesses {
        let (count, left_out) =
            witnesses::save(dir, (analysis, program), findings, &loaded.sources)?;
        tell_kept(args, count, "case", dir, output)?;
        witnesses::tell(&left_out, output);
    }
    if let Some(Some(file)) = &args.as_tests {
        let tests = witnesses::statements((analysis, program), findings, loaded);
        witnesses::replace(file, &tests.text)?;
        tell_kept(args, tests.count, "test", file, output)?;
        witnesses::tell(&tests.left_out, output);
    }
    Ok(())
}

/// What a person wrote is not written over.
fn refuse_foreign(file: &Path) -> Result<(), Failure> {
    match fs::read_to_string(file) {
        Ok(text) if !text.starts_with(witnesses::HEAD) && !text.trim().is_empty() => {
            let text = format!("`{}` was not written by `--as-tests`", file.display());
            Err(Failure::new(text)
                .help("give a file of its own: it is written anew each time")
                .about(file))
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Failure::unreadable(file, &error))
        }
        _ => Ok(()),
    }
}

fn tell_kept(
    args: &Check,
    count: usize,
    what: &str,
    place: &Path,
    output: &mut Output,
) -> Result<(), Failure> {
    let text = format!("{} written to {}", plural(count, what), place.display());
    match args.format {
        ResultFormat::Text => writeln!(output, "{text}")?,
        _ => output.note("note", &text),
    }
    Ok(())
}

/// Tests alone on standard output, so that they can be redirected; the findings go to standard error.
fn print_tests(
    args: &Check,
    analysis: &Analysis,
    findings: &[Diagnostic],
    loaded: Loaded,
    output: &mut Output,
) -> Result<(), Failure> {
    if args.format != ResultFormat::Text {
        return Err(
            Failure::new("tests and findings cannot both go to standard output")
                .help("write the tests into a file: `--as-tests=FILE`"),
        );
    }
    let colored = output.colored();
    let text = findings::to_text(findings, &loaded.sources, colored, output.width());
    output.stderr(&text);
    let Some(program) = whole(analysis, &loaded) else {
        let place = "standard output".to_owned();
        let dir = args.save_witnesses.iter();
        for place in dir.map(|it| it.display().to_string()).chain([place]) {
            tell_nothing_kept(&place, output);
        }
        return Ok(());
    };
    if let Some(dir) = &args.save_witnesses {
        let (count, left_out) =
            witnesses::save(dir, (analysis, program), findings, &loaded.sources)?;
        let text = format!("{} written to {}", plural(count, "case"), dir.display());
        output.note("note", &text);
        witnesses::tell(&left_out, output);
    }
    let tests = witnesses::statements((analysis, program), findings, loaded);
    output.exact(&tests.text)?;
    witnesses::tell(&tests.left_out, output);
    Ok(())
}

fn print(
    args: &Check,
    findings: &[Diagnostic],
    loaded: &Loaded,
    code: u8,
    output: &mut Output,
) -> Result<(), Failure> {
    match args.format {
        ResultFormat::Json => {
            writeln!(output, "{}", findings::to_json(findings, &loaded.sources))?;
        }
        ResultFormat::Text => {
            let text =
                findings::to_text(findings, &loaded.sources, output.colored(), output.width());
            output.write_all(text.as_bytes())?;
            summary(findings, loaded, output)?;
        }
        format => {
            let places = loaded.places();
            let fails = |it: &Diagnostic| exit_code(args, slice::from_ref(it)) != 0;
            let files: Vec<String> = places.iter().map(|it| it.path.clone()).collect();
            let listing = Listing {
                command: "rulec check",
                entries: &listing::entries(findings, &loaded.sources, &places, fails),
                files: &files,
                exit: code,
            };
            let text = listing::for_machines(format, &listing);
            output.write_all(text.as_bytes())?;
            if format == ResultFormat::Github {
                summary(findings, loaded, output)?;
            }
        }
    }
    Ok(())
}

fn write_baseline(
    file: &Path,
    findings: &[Diagnostic],
    loaded: &Loaded,
    output: &mut Output,
) -> Result<u8, Failure> {
    let count = baseline::write(file, findings, &loaded.sources, &loaded.places())?;
    let count = plural(count, "finding");
    writeln!(output, "{count} written to {}", file.display())?;
    if loaded.unreadable() {
        let text = "what could not be read was not checked; `rulec check` shows it";
        output.note("warning", text);
        return Ok(2);
    }
    Ok(0)
}

fn tell_forgiven(forgiven: &Forgiven, output: &mut Output) -> Result<(), Failure> {
    if forgiven.shown_before > 0 {
        let count = plural(forgiven.shown_before, "finding");
        writeln!(output, "{count} of the baseline not shown")?;
    }
    if forgiven.gone > 0 {
        let count = plural(forgiven.gone, "finding");
        writeln!(
            output,
            "{count} of the baseline not found any more; `--write-baseline` renews it"
        )?;
    }
    Ok(())
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
        .chain([&load::UNREADABLE_FILE, &trial::FAILED_TEST])
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
