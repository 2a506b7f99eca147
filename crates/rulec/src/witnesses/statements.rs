//! A `test` for each finding, in the language itself: checked and run in its pack before it is written.

use std::collections::BTreeSet;

use rulec_check::Analysis;
use rulec_check::shown::Shown;
use rulec_check::tests::TestCase;
use rulec_facts::written;
use rulec_program::program::SymptomId;
use rulec_program::seal::Sealed;
use rulec_syntax::diagnostic::Diagnostic;

use super::{LeftOut, expected, folders, of_findings};
use crate::load::Loaded;
use crate::ready::Ready;
use crate::statement::Statement;
use crate::statement::tried::{self, Draft};
use crate::trial;

/// First line of a file of such tests; one that begins otherwise is not written over.
pub const HEAD: &str = "// Written by `rulec check --as-tests`: each test is a case that shows a finding, and passes as long as the finding stands.";

/// What was written.
pub struct Statements {
    /// The file's text.
    pub text: String,
    /// How many tests it holds.
    pub count: usize,
    /// Findings without one.
    pub left_out: Vec<LeftOut>,
}

/// The cases of these findings as tests.
pub fn statements(
    (analysis, program): (&Analysis, &Sealed),
    findings: &[Diagnostic],
    mut loaded: Loaded,
) -> Statements {
    let mut left_out = Vec::new();
    let (mut drafts, mut cases) = (Vec::new(), Vec::new());
    for (name, shown) in of_findings(analysis, program, findings, BTreeSet::new()) {
        match statement(program, shown, &name) {
            Ok(text) => {
                let pack = loaded.root_of(shown.span.file);
                drafts.push(Draft::new(text, "test", pack, &mut loaded));
                cases.push(shown);
            }
            Err(why) => left_out.push(LeftOut::new(shown, &loaded.sources, why)),
        }
    }
    let sources = loaded.sources.clone();
    let faults = tried::faults(&drafts, loaded, |ready, test, number| {
        cases
            .get(number)
            .and_then(|shown| fault(ready, test, shown))
    });
    let mut text = format!("{HEAD}\n");
    let mut count = 0;
    for (draft, shown) in drafts.into_iter().zip(cases) {
        match faults.iter().find(|(file, _)| *file == draft.file) {
            Some((_, why)) => left_out.push(LeftOut::new(shown, &sources, why.clone())),
            None => {
                text.push('\n');
                text.push_str(&draft.text);
                count += 1;
            }
        }
    }
    Statements {
        text,
        count,
        left_out,
    }
}

/// Why the test does not stand for the finding, if it does not.
fn fault(ready: &Ready, test: &TestCase, shown: &Shown) -> Option<String> {
    if let Some(name) = other_value(ready, test, shown) {
        return Some(format!(
            "the value of `{name}` would be read as another one"
        ));
    }
    let failures = trial::run(ready, test).failures;
    (!failures.is_empty()).then(|| why_not(&ready.program, shown))
}

/// A fact that the test gives another value than the case has.
fn other_value<'r>(ready: &'r Ready, test: &TestCase, shown: &Shown) -> Option<&'r str> {
    let state = &shown.witness.state;
    let other = test.sets.iter().find(|set| {
        let wanted = state.get(set.slot).filter(|_| set.path.is_empty());
        !wanted.is_some_and(|it| written::is_same(it, &set.value))
    })?;
    let slot = ready.program.slots.get(other.slot.0 as usize)?;
    Some(&slot.named.name)
}

fn why_not(program: &Sealed, shown: &Shown) -> String {
    for (number, symptom) in (0u32..).zip(&program.symptoms) {
        if shown.witness.state.answered(SymptomId(number)) == Some(false) {
            return format!(
                "a test cannot say no to the question of `{}`; `--save-witnesses` can",
                symptom.named.name
            );
        }
    }
    folders::why_not(shown)
}

/// The statement, in the one layout.
fn statement(program: &Sealed, shown: &Shown, name: &str) -> Result<String, String> {
    let mut statement = Statement::new(program, Some(&shown.message), name);
    let state = &shown.witness.state;
    for (number, _) in (0u32..).zip(&program.symptoms) {
        let id = SymptomId(number);
        if state.is_reported(id) || state.answered(id) == Some(true) {
            statement.symptom(id);
        }
    }
    for code in state.codes() {
        statement.code(code);
    }
    statement.values(state, false).map_err(|name| {
        format!("the language cannot write the value of `{name}`; `--save-witnesses` can")
    })?;
    statement.expect(&expected(program, shown));
    Ok(statement.text())
}
