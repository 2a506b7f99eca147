//! The table of checks: each reads what is known of a program and says what it finds. One file a check, its name
//! the code's; a check's finding never keeps a program from being used, unless the check says so by its level.

mod always_true_condition;
mod ambiguous_symptom;
mod bad_locale;
mod broken_assumption;
mod broken_texts;
mod broken_translation;
mod conflicting_rules;
mod contradicting_fixes;
mod contradictory_assumptions;
mod duplicate_rule;
mod duplicate_translation;
mod empty_pack;
mod gap;
mod meeting;
mod missing_hash;
mod missing_translation;
mod overlapping_causes;
mod override_across_symptoms;
mod proving;
mod redundant_literal;
mod relation;
mod shared_facts;
mod stale_translation;
mod subsumed_rule;
mod two_otherwise;
mod undecided;
mod unknown_variable;
mod unobservable_symptom;
mod unobtainable_fact;
mod unreachable_rule;
mod unsatisfiable_condition;
mod unused;
mod unused_translation;
mod varied_cases;
mod witness;
mod written_cases;

use rulec_program::node::Place;
use rulec_program::program::Program;
use rulec_syntax::diagnostic::{Code, Diagnostic, Level};
use rulec_syntax::source::{FileId, Span};

use crate::analysed::Analysed;
use crate::shown::Shown;
use crate::tests::TestCase;
use crate::translation::Translations;

pub use proving::Proving;

/// A check.
pub struct Check {
    /// What it finds.
    pub code: &'static Code,
    /// Finds it.
    pub run: Run,
}

/// How a check works.
pub enum Run {
    /// It reads what is known of the program.
    Reads(fn(&Subject<'_, '_>, &mut Vec<Diagnostic>)),
    /// It asks what can be true in some case; runs only on a program that holds together, and only where proofs are wanted.
    Proves(fn(&mut Proving<'_, '_>)),
}

/// What checks look at.
pub struct Subject<'s, 'a> {
    /// Names, types, places.
    pub analysed: &'s Analysed<'a>,
    /// The program; parts of it are missing or meaningless where there are errors.
    pub program: &'s Program,
    /// Its tests.
    pub tests: &'s [TestCase],
    /// How many of the packs were asked for; the others are used by them.
    pub roots: u32,
    /// Nothing is missing: no statement was lost, and there is no error so far.
    pub sound: bool,
    /// The rule files in the order of the program's places.
    pub files: &'s [FileId],
    /// Translations of each pack.
    pub translations: &'s [Translations<'a>],
}

impl<'a> Subject<'_, 'a> {
    /// Translations of the packs that were asked for; those of used packs are their authors' business.
    pub fn translations_of_roots(&self) -> impl Iterator<Item = &Translations<'a>> {
        self.translations.iter().take(self.roots as usize)
    }

    /// A place of the program as a place of a text.
    pub fn span(&self, place: Place) -> Span {
        let file = self
            .files
            .get(place.file as usize)
            .copied()
            .unwrap_or_default();
        Span::new(file, place.start, place.end)
    }

    /// The pack declares a rule; else it is there for other packs.
    pub fn has_rules(&self, pack: u32) -> bool {
        self.program
            .rules
            .iter()
            .any(|rule| rule.named.pack.0 == pack)
    }
}

/// All checks, by code.
pub static CHECKS: &[Check] = &[
    always_true_condition::CHECK,
    ambiguous_symptom::CHECK,
    bad_locale::CHECK,
    broken_assumption::CHECK,
    broken_texts::CHECK,
    broken_translation::CHECK,
    conflicting_rules::CHECK,
    contradicting_fixes::CHECK,
    contradictory_assumptions::CHECK,
    duplicate_rule::CHECK,
    duplicate_translation::CHECK,
    empty_pack::CHECK,
    gap::CHECK,
    missing_hash::CHECK,
    missing_translation::CHECK,
    overlapping_causes::CHECK,
    override_across_symptoms::CHECK,
    redundant_literal::CHECK,
    stale_translation::CHECK,
    subsumed_rule::CHECK,
    two_otherwise::CHECK,
    undecided::CHECK,
    unknown_variable::CHECK,
    unobservable_symptom::CHECK,
    unobtainable_fact::CHECK,
    unreachable_rule::CHECK,
    unsatisfiable_condition::CHECK,
    unused::FACT,
    unused::FIX,
    unused::LET,
    unused::PARAM,
    unused::SYMPTOM,
    unused::TYPE,
    unused_translation::CHECK,
];

/// Runs the checks that read, those whose findings are at least of that level.
pub(crate) fn read(subject: &Subject<'_, '_>, lowest: Level) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for check in CHECKS.iter().filter(|it| it.code.level >= lowest) {
        if let Run::Reads(run) = check.run {
            run(subject, &mut findings);
        }
    }
    findings
}

/// Runs the checks that prove.
pub(crate) fn prove(mut proving: Proving<'_, '_>) -> (Vec<Diagnostic>, Vec<Shown>) {
    for check in CHECKS {
        if let Run::Proves(run) = check.run {
            run(&mut proving);
        }
    }
    proving.into_findings()
}
