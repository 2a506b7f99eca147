//! A pack ready to run: loaded, analysed, without errors. What stands in the way is shown, and is the exit code.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::slice;

use rulec_check::{Analysis, analyse, analyse_to_decide, look_over, prove_with};
use rulec_eval::CaseInput;
use rulec_eval::pack::{Loaded, Pack};
use rulec_eval::report::texts;
use rulec_program::pack_file::{self, PackFileError};
use rulec_program::program::Program;
use rulec_program::seal::Sealed;
use rulec_syntax::diagnostic::{Diagnostic, Level};
use rulec_syntax::source::Sources;

use crate::args::{PackArgs, ResultFormat, RunPackArgs};
use crate::failure::Failure;
use crate::findings;
use crate::listing::{self, Listing};
use crate::load;
use crate::output::Output;
use crate::places::Places;
use crate::trial;

/// The pack that the build script compiled.
static BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/built-in.rulepack"));

/// Its texts, for commands that show or add to them.
static BUILT_IN_TEXTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/built-in.json"));

/// A sound pack.
pub struct Ready {
    /// Its texts.
    pub sources: Sources,
    /// Where they lie, for other machines.
    pub places: Places,
    /// What was settled about it.
    pub analysis: Analysis,
    /// The program.
    pub program: Sealed,
    /// How many warnings there are.
    pub warnings: usize,
}

/// A pack to decide with.
pub enum Runnable {
    /// Loaded from its texts.
    Checked {
        /// The program.
        program: Box<Sealed>,
        /// How many warnings there are.
        warnings: usize,
    },
    /// Compiled: a case loads its part of it. It has no warnings.
    Compiled {
        /// The file.
        pack: Box<Pack<'static>>,
        /// Where it lies; none for the one that is built in.
        path: Option<PathBuf>,
    },
}

/// The pack, or the exit code of a command that cannot go on without it.
pub enum Readiness<T = Ready> {
    /// It can run.
    Ready(Box<T>),
    /// It has errors (1), or a file or an added expression could not be read (2); they are on standard error, with `--format json` on standard output.
    NotReady(u8),
}

impl load::Loaded {
    /// Analyses all that was loaded.
    pub fn analyse(&self) -> Analysis {
        analyse(&self.input, &self.sources)
    }

    /// Looks for what is wrong with it, and makes no program of it.
    pub fn look_over(&self) -> Analysis {
        look_over(&self.input, &self.sources)
    }

    /// The program, if nothing that was loaded keeps it from deciding.
    fn to_decide(&self, locale: Option<&str>) -> Option<Sealed> {
        let is_error = |it: &Diagnostic| it.level == Level::Error;
        if self.findings.iter().any(is_error) {
            return None;
        }
        let analysis = analyse_to_decide(&self.input, &self.sources, locale);
        analysis
            .program
            .filter(|_| !analysis.findings.iter().any(is_error))
    }

    /// The same, and what can be proved of the packs; `gaps` shows a case for each gap.
    pub fn prove(&self, gaps: bool) -> Analysis {
        prove_with(&self.input, &self.sources, gaps, &|program, path, span| {
            trial::recorded(program, &self.sources, path, span)
        })
    }

    /// Everything that loading, parsing and analysing found, in order.
    pub fn all_findings(&self, analysis: &Analysis) -> Vec<Diagnostic> {
        let mut all = self.findings.clone();
        all.extend(analysis.findings.iter().cloned());
        findings::in_order(&all, &self.sources)
    }
}

/// Loads and analyses the pack of a command that needs its texts: the one that is built in, or another.
pub fn ready(args: &PackArgs, output: &mut Output) -> Result<Readiness, Failure> {
    ready_and(args, output, |_| Ok(()))
}

/// Like [`ready`]; `change` may add to what was loaded before it is analysed.
pub fn ready_and(
    args: &PackArgs,
    output: &mut Output,
    change: impl FnOnce(&mut load::Loaded) -> Result<(), Failure>,
) -> Result<Readiness, Failure> {
    let Some(path) = &args.pack else {
        let texts = serde_json::from_slice(BUILT_IN_TEXTS)
            .map_err(|error| Failure::new(format!("cannot use the built-in pack: {error}")))?;
        let readiness = analysed(load::Loaded::from_carried(texts), output, change)?;
        mention_rules_here(output);
        return Ok(readiness);
    };
    ready_with(slice::from_ref(path), &args.packs, output, change)
}

/// The pack of a command that needs no texts: the one that is built in, a compiled one, or one that is loaded and analysed. Of a
/// pack without errors warnings are looked for only on request.
pub fn runnable(
    args: &RunPackArgs,
    with_warnings: bool,
    locale: Option<&str>,
    output: &mut Output,
) -> Result<Readiness<Runnable>, Failure> {
    let Some(path) = &args.pack else {
        let runnable = Runnable::compiled(BUILT_IN, None)?;
        mention_rules_here(output);
        return Ok(Readiness::Ready(Box::new(runnable)));
    };
    if let Some(bytes) = load::pack_file(path)? {
        // It is needed until the process ends.
        let bytes: &'static [u8] = Vec::leak(bytes);
        let runnable = Runnable::compiled(bytes, Some(path.clone()))?;
        return Ok(Readiness::Ready(Box::new(runnable)));
    }
    // Standard input can be read once only.
    if !with_warnings && path != Path::new("-") {
        let loaded = load::load_without_tests(slice::from_ref(path), &args.packs)?;
        if let Some(program) = loaded.to_decide(locale) {
            return Ok(Readiness::Ready(Box::new(Runnable::Checked {
                program: Box::new(program),
                warnings: 0,
            })));
        }
    }
    Ok(
        match ready_with(slice::from_ref(path), &args.packs, output, |_| Ok(()))? {
            Readiness::Ready(ready) => Readiness::Ready(Box::new(Runnable::Checked {
                program: Box::new(ready.program),
                warnings: ready.warnings,
            })),
            Readiness::NotReady(code) => Readiness::NotReady(code),
        },
    )
}

impl Runnable {
    fn compiled(bytes: &'static [u8], path: Option<PathBuf>) -> Result<Runnable, Failure> {
        match Pack::open(bytes) {
            Ok(pack) => Ok(Runnable::Compiled {
                // What has no path is built in.
                pack: Box::new(match path {
                    Some(_) => pack,
                    None => pack.trusted(),
                }),
                path,
            }),
            Err(error) => Err(damaged(path.as_deref(), &error)),
        }
    }

    /// How many warnings the pack has.
    pub fn warnings(&self) -> usize {
        match self {
            Runnable::Checked { warnings, .. } => *warnings,
            Runnable::Compiled { .. } => 0,
        }
    }

    /// The whole program.
    pub fn whole(self) -> Result<Sealed, Failure> {
        match self {
            Runnable::Checked { program, .. } => Ok(*program),
            Runnable::Compiled { pack, path } => {
                let program = pack.program();
                program.map_err(|error| damaged(path.as_deref(), &error))
            }
        }
    }

    /// What many cases need: the whole program, and the pack whose parts decide. A program that cannot be compiled has no parts.
    pub fn for_batch(self) -> Result<(Sealed, Option<Pack<'static>>), Failure> {
        match self {
            Runnable::Checked { program, .. } => {
                // They are needed until the process ends.
                let bytes = pack_file::write(&program).ok().map(Vec::leak);
                let pack = bytes.and_then(|it| Pack::open(it).ok());
                Ok((*program, pack.map(Pack::trusted)))
            }
            Runnable::Compiled { pack, path } => {
                let program = pack.program();
                let program = program.map_err(|error| damaged(path.as_deref(), &error))?;
                Ok((program, Some(*pack)))
            }
        }
    }

    /// What a case needs.
    pub fn for_case(self, input: &CaseInput) -> Result<ForCase, Failure> {
        match self {
            Runnable::Checked { program, .. } => Ok(ForCase {
                has_rules: !program.rules.is_empty(),
                loaded: Loaded::whole(*program),
                pack: None,
            }),
            Runnable::Compiled { pack, path } => {
                let lost = |error| damaged(path.as_deref(), &error);
                Ok(ForCase {
                    has_rules: pack.file().rule_count().map_err(lost)? > 0,
                    loaded: pack.load(input).map_err(lost)?,
                    pack: Some(*pack),
                })
            }
        }
    }

    /// What recognises a text, with the translations that are wanted.
    pub fn recognising(self, locale: Option<&str>) -> Result<Program, Failure> {
        match self {
            Runnable::Checked { program, .. } => Ok((**program).clone()),
            Runnable::Compiled { pack, path } => {
                let file = pack.file();
                let nearest = texts::nearest(locale.unwrap_or("en"), file.locales());
                let nearest = nearest.and_then(|at| file.locales().nth(at));
                let known = file.known(|it| Some(it) == nearest);
                known.map_err(|error| damaged(path.as_deref(), &error))
            }
        }
    }
}

/// What one case needs of a pack.
pub struct ForCase {
    /// The program, or the part of it that decides.
    pub loaded: Loaded,
    /// The whole pack has a rule.
    pub has_rules: bool,
    pack: Option<Pack<'static>>,
}

impl ForCase {
    /// What recognises texts of the whole pack.
    pub fn known(&self) -> &Program {
        let known = self.pack.as_ref().and_then(|it| it.known().ok());
        known.unwrap_or(&self.loaded.program)
    }
}

fn damaged(path: Option<&Path>, error: &PackFileError) -> Failure {
    match path {
        None => Failure::new(format!("cannot use the built-in pack: {error}")),
        Some(path) => Failure::new(format!("cannot use `{}`: {error}", path.display()))
            .help("compile it anew with `rulec compile`")
            .about(path),
    }
}

/// Who stands in the folder of a pack may take it for the one that was run.
fn mention_rules_here(output: &mut Output) {
    if load::has_rules(Path::new(".")) {
        let text = "the built-in pack is used; `--pack .` takes the rules of this folder";
        output.note("note", text);
    }
}

/// The packs at these paths, for a command that takes no other.
pub fn ready_with(
    paths: &[PathBuf],
    folders: &[PathBuf],
    output: &mut Output,
    change: impl FnOnce(&mut load::Loaded) -> Result<(), Failure>,
) -> Result<Readiness, Failure> {
    analysed(load::load(paths, folders)?, output, change)
}

fn analysed(
    mut loaded: load::Loaded,
    output: &mut Output,
    change: impl FnOnce(&mut load::Loaded) -> Result<(), Failure>,
) -> Result<Readiness, Failure> {
    let own = loaded.sources.iter().count();
    change(&mut loaded)?;
    let mut analysis = loaded.analyse();
    let mut errors = loaded.all_findings(&analysis);
    let warnings = findings::count(&errors, Level::Warning);
    let code = if loaded.unreadable() { 2 } else { 1 };
    let all = match output.results() {
        ResultFormat::Text => None,
        format => Some(in_format(format, &errors, &loaded, code)),
    };
    errors.retain(|finding| finding.level == Level::Error);
    match analysis.program.take() {
        Some(program) if errors.is_empty() => Ok(Readiness::Ready(Box::new(Ready {
            places: loaded.places(),
            sources: loaded.sources,
            analysis,
            program,
            warnings,
        }))),
        _ => {
            if let Some(all) = all {
                output.write_all(all.as_bytes())?;
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
            Ok(Readiness::NotReady(code))
        }
    }
}

/// All findings as programs read them, of a command that could not go on.
fn in_format(
    format: ResultFormat,
    findings: &[Diagnostic],
    loaded: &load::Loaded,
    exit: u8,
) -> String {
    if format == ResultFormat::Json {
        return format!("{}\n", findings::to_json(findings, &loaded.sources));
    }
    let places = loaded.places();
    let fails = |it: &Diagnostic| it.level == Level::Error;
    let listing = Listing {
        command: "rulec",
        entries: &listing::entries(findings, &loaded.sources, &places, fails),
        files: &[],
        exit,
    };
    listing::for_machines(format, &listing)
}
