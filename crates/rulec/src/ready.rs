//! A pack ready to run: loaded, analysed, without errors. What stands in the way is shown, and is the exit code.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::slice;

use rulec_check::{Analysis, analyse};
use rulec_program::pack_file::{PackFile, PackFileError};
use rulec_program::seal::Sealed;
use rulec_syntax::diagnostic::{Diagnostic, Level};
use rulec_syntax::source::Sources;
use serde_json::Value as Json;

use crate::args::{PackArgs, RunPackArgs};
use crate::failure::Failure;
use crate::findings;
use crate::load::{self, Loaded};
use crate::output::Output;

/// The pack that the build script compiled.
static BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/built-in.rulepack"));

/// A sound pack.
pub struct Ready {
    /// Its texts.
    pub sources: Sources,
    /// What was settled about it.
    pub analysis: Analysis,
    /// The program.
    pub program: Sealed,
    /// How many warnings there are.
    pub warnings: usize,
}

/// What deciding needs of a pack.
pub struct Runnable {
    /// The program.
    pub program: Sealed,
    /// How many warnings there are; a compiled pack has none.
    pub warnings: usize,
}

/// The pack, or the exit code of a command that cannot go on without it.
pub enum Readiness<T = Ready> {
    /// It can run.
    Ready(Box<T>),
    /// It has errors (1), or a file or an added expression could not be read (2); they are on standard error, with `--format json` on standard output.
    NotReady(u8),
}

impl Loaded {
    /// Analyses all that was loaded.
    pub fn analyse(&self) -> Analysis {
        analyse(&self.input, &self.sources)
    }

    /// Everything that loading, parsing and analysing found, in order.
    pub fn all_findings(&self, analysis: &Analysis) -> Vec<Diagnostic> {
        let mut all = self.findings.clone();
        all.extend(analysis.findings.iter().cloned());
        findings::in_order(&all, &self.sources)
    }
}

/// Loads and analyses the pack of a command.
pub fn ready(args: &PackArgs, output: &mut Output) -> Result<Readiness, Failure> {
    let path = args.pack.clone().unwrap_or_else(|| PathBuf::from("."));
    ready_with(&[path], &args.packs, output, |_| Ok(()))
}

/// The program of a command that needs no texts: the one that is built in, of a compiled pack, or of one that is loaded and analysed.
pub fn program(args: &RunPackArgs, output: &mut Output) -> Result<Readiness<Runnable>, Failure> {
    let runnable = |program, warnings| Readiness::Ready(Box::new(Runnable { program, warnings }));
    let Some(path) = &args.pack else {
        let program = compiled(BUILT_IN)
            .map_err(|error| Failure::new(format!("cannot use the built-in pack: {error}")))?;
        mention_rules_here(&program, output);
        return Ok(runnable(program, 0));
    };
    if let Some(bytes) = load::pack_file(path)? {
        let program = compiled(&bytes).map_err(|error| {
            Failure::new(format!("cannot use `{}`: {error}", path.display()))
                .help("compile it anew with `rulec compile`")
                .about(path)
        })?;
        return Ok(runnable(program, 0));
    }
    Ok(
        match ready_with(slice::from_ref(path), &args.packs, output, |_| Ok(()))? {
            Readiness::Ready(ready) => runnable(ready.program, ready.warnings),
            Readiness::NotReady(code) => Readiness::NotReady(code),
        },
    )
}

/// Who stands in the folder of a pack may take it for the one that was run.
fn mention_rules_here(program: &Sealed, output: &mut Output) {
    if load::has_rules(Path::new(".")) {
        let name = program.packs.first().map_or("", |it| &it.name);
        let text = format!(
            "the built-in pack `{name}` is used; `--pack .` takes the rules of this folder"
        );
        output.note("note", &text);
    }
}

fn compiled(bytes: &[u8]) -> Result<Sealed, PackFileError> {
    PackFile::open(bytes)?.program(|_| true)
}

/// Like [`ready`]; `change` may add to what was loaded before it is analysed.
pub fn ready_with(
    paths: &[PathBuf],
    folders: &[PathBuf],
    output: &mut Output,
    change: impl FnOnce(&mut Loaded) -> Result<(), Failure>,
) -> Result<Readiness, Failure> {
    let mut loaded = load::load(paths, folders)?;
    let own = loaded.sources.iter().count();
    change(&mut loaded)?;
    let mut analysis = loaded.analyse();
    let mut errors = loaded.all_findings(&analysis);
    let warnings = findings::count(&errors, Level::Warning);
    let all = if output.json() {
        findings::to_json(&errors, &loaded.sources)
    } else {
        Json::Null
    };
    errors.retain(|finding| finding.level == Level::Error);
    match analysis.program.take() {
        Some(program) if errors.is_empty() => Ok(Readiness::Ready(Box::new(Ready {
            sources: loaded.sources,
            analysis,
            program,
            warnings,
        }))),
        _ => {
            if output.json() {
                writeln!(output, "{all}")?;
            } else {
                let text =
                    findings::to_text(&errors, &loaded.sources, output.colored(), output.width());
                output.stderr(&text);
            }
            let count = errors.len();
            let ending = if count == 1 { "" } else { "s" };
            let asked = loaded.sources.iter().nth(own).map(|(id, _)| id);
            if !errors.is_empty() && errors.iter().all(|it| Some(it.span.file) == asked) {
                output.note(
                    "not run",
                    &format!("the expression has {count} error{ending}"),
                );
                return Ok(Readiness::NotReady(2));
            }
            output.note(
                "not run",
                &format!("the pack has {count} error{ending}; `rulec check` shows all findings"),
            );
            Ok(Readiness::NotReady(if loaded.unreadable() { 2 } else { 1 }))
        }
    }
}
