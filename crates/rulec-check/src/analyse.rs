//! The door: packs in; findings, index, tests and, where nothing is wrong, a sealed program out.

use rulec_program::encode::{Limits, Prover};
use rulec_program::seal::Sealed;
use rulec_program::state::State;
use rulec_syntax::diagnostic::{Diagnostic, Level};
use rulec_syntax::source::{FileId, Sources, Span};

use crate::analysed::Analysed;
use crate::checks::{self, Proving, Subject};
use crate::codes;
use crate::declare::declare;
use crate::graph::{Graph, build};
use crate::index::Index;
use crate::infer::FieldUse;
use crate::input::Input;
use crate::lower::{Lowered, lower};
use crate::settings;
use crate::shown::Shown;
use crate::tests::TestCase;
use crate::translation::Translations;
use crate::types::settle_types;

/// What is known of packs.
#[derive(Debug)]
pub struct Analysis {
    /// The program; none where a finding or a broken statement prevents it, or where only findings were asked for.
    pub program: Option<Sealed>,
    /// In order of file (by path) and place. Findings of the parser are not among them.
    pub findings: Vec<Diagnostic>,
    /// Declarations and references.
    pub index: Index,
    /// All tests, those of used packs included.
    pub tests: Vec<TestCase>,
    /// The cases of those findings that were proved by one; numbers are those of the program.
    pub shown: Vec<Shown>,
    packs: Vec<String>,
    field_uses: Vec<FieldUse>,
}

impl Analysis {
    /// The dependency graph, of what could be read.
    pub fn graph(&self) -> Graph {
        build(
            &self.index,
            &self.packs,
            &self.field_uses,
            self.program.as_deref(),
        )
    }
}

/// Reads packs; never fails. Nothing is proved.
pub fn analyse(input: &Input, sources: &Sources) -> Analysis {
    analyse_for(input, sources, Purpose::Check)
}

/// Reads packs for a caller that wants what is wrong with them and no program; never fails. Nothing is proved.
pub fn look_over(input: &Input, sources: &Sources) -> Analysis {
    analyse_for(input, sources, Purpose::LookOver)
}

/// Reads packs for a caller that wants their program and no more: what only warns is not looked for, nor are faults of translations other
/// than those into this locale. Where a pack changes levels of findings there is no program, and [`analyse`] has to say.
pub fn analyse_to_decide(input: &Input, sources: &Sources, locale: Option<&str>) -> Analysis {
    analyse_for(input, sources, Purpose::Decide(locale))
}

/// Reads packs, and proves what can be proved of them; `gaps` shows a case for each gap instead of counting them.
pub fn prove(input: &Input, sources: &Sources, gaps: bool) -> Analysis {
    prove_with(input, sources, gaps, &|_, _, _| None)
}

/// Gives what is read of a recorded case, for a test that starts from it: the program, the path as it is written, and its place. None where it cannot be read.
pub type ReadCase<'r> = dyn Fn(&Sealed, &str, Span) -> Option<State> + 'r;

/// Like [`prove`], with the recorded cases of tests: what they show needs no search.
pub fn prove_with(
    input: &Input,
    sources: &Sources,
    gaps: bool,
    read_case: &ReadCase<'_>,
) -> Analysis {
    analyse_for(input, sources, Purpose::Prove { gaps, read_case })
}

/// What packs are read for.
#[derive(Clone, Copy)]
enum Purpose<'l> {
    /// Findings alone.
    LookOver,
    Check,
    /// With proofs, and a case for each gap.
    Prove {
        gaps: bool,
        read_case: &'l ReadCase<'l>,
    },
    /// With the translations into this locale.
    Decide(Option<&'l str>),
}

fn analyse_for(input: &Input, sources: &Sources, purpose: Purpose<'_>) -> Analysis {
    let mut analysed = declare(input, sources);
    settle_types(&mut analysed);
    let Lowered {
        mut analysed,
        room,
        program,
        tests,
    } = lower(analysed);
    let mut findings = std::mem::take(&mut analysed.findings);
    let meaningless = analysed.packs.iter().any(|pack| pack.lost)
        || findings.iter().any(|it| it.level == Level::Error);
    let files = files_in_order(&analysed);
    let translations = translations(&analysed, purpose);
    let roots = u32::try_from(input.roots).unwrap_or(u32::MAX);
    let subject = Subject {
        analysed: &analysed,
        program: &program,
        tests: &tests,
        roots,
        sound: !meaningless,
        files: &files,
        translations: &translations,
    };
    let lowest = match purpose {
        Purpose::LookOver | Purpose::Check | Purpose::Prove { .. } => Level::Off,
        Purpose::Decide(_) => Level::Error,
    };
    findings.extend(checks::read(&subject, lowest));
    settings::apply(&analysed, &mut findings);
    let refused = meaningless
        || findings.iter().any(|it| it.level == Level::Error)
        || lowest == Level::Error && settings::are_there(&analysed);
    let proves = matches!(purpose, Purpose::Prove { .. }) && has_meaning(&analysed, &findings);
    let wanted = !matches!(purpose, Purpose::LookOver) && (proves || !refused);
    let sealed = wanted.then(|| seal(program, &analysed, &mut findings));
    let sealed = sealed.flatten();
    let mut shown = Vec::new();
    if let (Purpose::Prove { gaps, read_case }, true, Some(sealed)) = (purpose, proves, &sealed) {
        let subject = Subject {
            program: sealed,
            analysed: &analysed,
            tests: &tests,
            roots,
            sound: true,
            files: &files,
            translations: &translations,
        };
        shown = proved(&subject, sealed, (gaps, read_case), &mut findings);
    }
    sort(&mut findings, sources);
    Analysis {
        program: sealed.filter(|_| !refused),
        findings,
        shown,
        packs: (analysed.packs.iter().map(|it| it.name.to_string())).collect(),
        index: analysed.index,
        tests,
        field_uses: room.field_uses,
    }
}

/// Nothing was lost, and what errors there are leave every rule its verdict: those about plans that cannot be carried out.
fn has_meaning(analysed: &Analysed<'_>, findings: &[Diagnostic]) -> bool {
    let about_plan = |it: &Diagnostic| it.code.name == codes::SELF_EXCLUDING_FIXES.name;
    let mut errors = findings.iter().filter(|it| it.level == Level::Error);
    !analysed.packs.iter().any(|pack| pack.lost) && errors.all(about_plan)
}

/// The translations that are looked at, of each pack.
fn translations<'a>(analysed: &Analysed<'a>, purpose: Purpose<'_>) -> Vec<Translations<'a>> {
    let wanted = |it: &str| match purpose {
        Purpose::LookOver | Purpose::Check | Purpose::Prove { .. } => true,
        Purpose::Decide(locale) => Some(it) == locale,
    };
    let packs = (0u32..).zip(&analysed.packs);
    packs
        .map(|(number, _)| Translations::of_pack(analysed, number, wanted))
        .collect()
}

/// Adds what can be proved of a program, with the packs' settings applied; the cases that show some of it.
fn proved(
    subject: &Subject<'_, '_>,
    program: &Sealed,
    (gaps, read_case): (bool, &ReadCase<'_>),
    all: &mut Vec<Diagnostic>,
) -> Vec<Shown> {
    let prover = Prover::new(program, Limits::default());
    let proving = Proving::new(subject, program, prover, (gaps, read_case));
    let (mut findings, mut shown) = checks::prove(proving);
    settings::apply(subject.analysed, &mut findings);
    shown.retain(|it| findings.iter().any(|finding| it.belongs_to(finding)));
    all.extend(findings);
    shown
}

/// A program that is refused here is a fault of this crate.
fn seal(
    program: rulec_program::program::Program,
    analysed: &Analysed<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Sealed> {
    let files = files_in_order(analysed);
    match program.seal() {
        Ok(sealed) => Some(sealed),
        Err(faults) => {
            for fault in faults {
                let span = fault.place.and_then(|place| {
                    let file = files.get(place.file as usize)?;
                    Some(Span::new(*file, place.start, place.end))
                });
                let message = format!(
                    "the checker made a program that does not hold together: {}",
                    fault.message
                );
                findings.push(
                    codes::INTERNAL_ERROR
                        .at(span.unwrap_or_default(), message)
                        .help("this is a fault of rulec: please report it with this pack"),
                );
            }
            None
        }
    }
}

/// Rule files as the program numbers them: by path.
fn files_in_order(analysed: &Analysed<'_>) -> Vec<FileId> {
    let ids = analysed
        .packs
        .iter()
        .flat_map(|pack| &pack.input.files)
        .map(|it| it.id);
    let path = |id| analysed.sources.get(id).map_or("", |it| it.path.as_str());
    let mut files: Vec<_> = ids.map(|id| (path(id), id)).collect();
    files.sort_unstable();
    files.into_iter().map(|(_, id)| id).collect()
}

fn sort(findings: &mut Vec<Diagnostic>, sources: &Sources) {
    findings.sort_by(|a, b| {
        let key = |it: &Diagnostic| (it.span.file, it.span.start, it.span.end, it.code.name);
        let path = |it: &Diagnostic| sources.get(it.span.file).map_or("", |it| it.path.as_str());
        path(a)
            .cmp(path(b))
            .then_with(|| key(a).cmp(&key(b)))
            .then_with(|| a.message.cmp(&b.message))
    });
    findings.dedup();
}
