//! What a person wants who goes on from a report: what to find out next, and which conditions keep open verdicts open.
//!
//! It takes longer than the report itself, because the next fact is chosen by what its answers would settle; who runs many cases
//! leaves it out.

use std::collections::HashMap;

use rulec_facts::truth::Truth;
use rulec_program::decide::{Decider, Scratch};
use rulec_program::node::{LetId, NodeId};
use rulec_program::proof::{Step, What};

use super::build::Build;
use super::fill::Fill;
use super::texts::Texts;
use super::{OpenTest, Report, VerdictLine, VerdictWord, brief, plain};
use crate::express;
use crate::session::Session;

/// Facts that are named, the best first.
const NEXT: usize = 3;
/// Conditions that are told of one rule.
const TESTS: usize = 12;

impl Session<'_> {
    /// The report with [`Report::next`] and [`super::VerdictLine::not_known`], for people. [`Session::report`] is the same without these.
    pub fn guided_report(&self) -> Report {
        self.guided_report_in(&Texts::new(self.program, self.locale.as_deref()))
    }

    /// Like [`Session::guided_report`], for a caller that has the texts of the case's locale.
    pub fn guided_report_in(&self, texts: &Texts) -> Report {
        self.guide(self.report_in(texts), texts)
    }

    /// Adds to a report of this session what [`Session::guided_report_in`] says beside.
    pub fn guide(&self, mut report: Report, texts: &Texts) -> Report {
        let next = self.next_in(texts);
        let lines = next.facts.iter().zip(0..).filter(|(it, _)| !it.symptom);
        let ranks: HashMap<&str, usize> = lines.map(|(it, at)| (it.name.as_str(), at)).collect();
        for fact in &mut report.open {
            let rank = ranks.get(fact.name.as_str()).copied();
            fact.rank = rank.unwrap_or(usize::MAX);
        }
        report.next = next.facts.into_iter().take(NEXT).collect();
        not_known(self, texts, &mut report);
        report
    }
}

fn not_known(session: &Session<'_>, texts: &Texts, report: &mut Report) {
    let program = session.program;
    let mut scratch = Scratch::default();
    let fill = Fill {
        program,
        texts,
        look: Decider::new(program, &session.state, &mut scratch),
    };
    let build = Build::new(session, fill);
    let mut scratch = Scratch::default();
    let mut look = Decider::new(program, &session.state, &mut scratch);
    let lines = report.verdicts.iter_mut();
    let open = lines.filter(|it| it.verdict == VerdictWord::Open);
    let mut open: HashMap<String, &mut VerdictLine> =
        open.map(|it| (it.rule.clone(), it)).collect();
    for id in &session.scope.rules {
        let Some(line) = open.remove(&build.rule_name(*id)) else {
            continue;
        };
        let mut found = Vec::new();
        gather(&look.proof(*id, true), &build.fill, &mut found);
        line.not_known = found;
    }
}

/// The conditions of a proof that nobody knows; what has a title is not looked into. Questions and other rules stand elsewhere.
fn gather(step: &Step, fill: &Fill<'_, '_>, found: &mut Vec<OpenTest>) {
    if step.truth != Truth::Unknown || found.len() >= TESTS {
        return;
    }
    let node = match &step.what {
        What::Let(id, node) if has_title(fill, *id) => Some(*node),
        What::Test(node) | What::Any(node) => Some(*node),
        What::Not(Some(node)) if step.parts.iter().all(|it| is_leaf(it, fill)) => Some(*node),
        _ => None,
    };
    if let Some(node) = node {
        return add(node, fill, found);
    }
    if let What::Reported(code) = &step.what {
        let text = format!("{code} in reported");
        let name = brief::code(code);
        let said = fill
            .texts
            .word_with("proof-reported-true", &[("name", &name)]);
        return put(OpenTest { text, said }, found);
    }
    for part in &step.parts {
        // Which other rules it waits for stands in a line of its own.
        if !matches!(part.what, What::Rule(_)) {
            gather(part, fill, found);
        }
    }
}

fn is_leaf(step: &Step, fill: &Fill<'_, '_>) -> bool {
    match &step.what {
        What::Let(id, _) => has_title(fill, *id),
        What::Test(_) | What::Any(_) => true,
        _ => false,
    }
}

fn has_title(fill: &Fill<'_, '_>, id: LetId) -> bool {
    let it = fill.program.lets.get(id.0 as usize);
    it.is_some_and(|it| it.named.title.is_some())
}

fn add(node: NodeId, fill: &Fill<'_, '_>, found: &mut Vec<OpenTest>) {
    let test = OpenTest {
        text: express::text(fill.program, node),
        said: plain::asked(fill, node),
    };
    put(test, found);
}

fn put(test: OpenTest, found: &mut Vec<OpenTest>) {
    if !found.contains(&test) {
        found.push(test);
    }
}
