//! The table of checks: each reads what is known of a program and says what it finds. One file a check, its name
//! the code's; a check's finding never keeps a program from being used, unless the check says so by its level.

use rulec_program::program::Program;
use rulec_syntax::diagnostic::{Code, Diagnostic};

use crate::analysed::Analysed;
use crate::tests::TestCase;

/// A check.
pub struct Check {
    /// What it finds.
    pub code: &'static Code,
    /// Finds it.
    pub run: fn(&Subject<'_, '_>, &mut Vec<Diagnostic>),
}

/// What checks look at.
pub struct Subject<'s, 'a> {
    /// Names, types, places.
    pub analysed: &'s Analysed<'a>,
    /// The program; parts of it are missing or meaningless where there are errors.
    pub program: &'s Program,
    /// Its tests.
    pub tests: &'s [TestCase],
}

/// All checks, by code.
pub static CHECKS: &[Check] = &[];

/// Runs all checks.
pub(crate) fn run(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for check in CHECKS {
        (check.run)(subject, &mut findings);
    }
    findings
}
