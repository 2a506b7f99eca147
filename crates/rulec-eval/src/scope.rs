//! What is in question (V7, V8): settled when the case is opened, from the complaint alone.

use std::collections::BTreeSet;

use rulec_program::program::{RuleId, SymptomId};
use rulec_program::seal::Sealed;
use rulec_program::state::State;

use crate::recognise::Recognised;
use crate::report;

/// What is in question.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    pub(crate) kind: report::Scope,
    /// Sorted.
    pub(crate) symptoms: Vec<SymptomId>,
    /// Rules of these symptoms, latent faults, and the rules that they need by V1; sorted.
    pub(crate) rules: Vec<RuleId>,
    /// Rules of other symptoms that are looked at on request (V8); sorted.
    pub(crate) latent: Vec<RuleId>,
}

impl Scope {
    pub(crate) fn new(
        program: &Sealed,
        recognised: &Recognised,
        complaint: bool,
        all: bool,
    ) -> Scope {
        let kind = match (complaint, recognised.symptoms.is_empty()) {
            (false, _) => report::Scope::All,
            (true, false) => report::Scope::Complaint,
            (true, true) => report::Scope::Unrecognised,
        };
        let symptoms: Vec<SymptomId> = match kind {
            report::Scope::All => (0..program.symptoms.len() as u32).map(SymptomId).collect(),
            report::Scope::Complaint => recognised.symptoms.iter().map(|it| it.symptom).collect(),
            report::Scope::Unrecognised => Vec::new(),
        };
        let mut left: Vec<RuleId> = symptoms
            .iter()
            .filter_map(|it| program.symptoms.get(it.0 as usize))
            .flat_map(|it| it.rules.iter().copied())
            .collect();
        left.extend(
            rules(program)
                .filter(|(_, rule)| rule.symptoms.is_empty())
                .map(|(id, _)| id),
        );
        let rules_needed = needed(program, left);
        let latent = match all {
            true => rules(program)
                .filter(|(id, rule)| {
                    !rules_needed.contains(id) && rule.when.is_some() && !rule.otherwise
                })
                .map(|(id, _)| id)
                .collect(),
            false => Vec::new(),
        };
        Scope {
            kind,
            symptoms,
            rules: rules_needed.into_iter().collect(),
            latent,
        }
    }

    /// The state with every symptom present (V8).
    pub(crate) fn all_present(program: &Sealed, state: &State) -> State {
        let mut state = state.clone();
        for at in 0..program.symptoms.len() as u32 {
            state.report(SymptomId(at));
        }
        state
    }
}

fn rules(program: &Sealed) -> impl Iterator<Item = (RuleId, &rulec_program::program::Rule)> {
    (0..).map(RuleId).zip(&program.rules)
}

/// With the rules that V1 looks at: those that override one, and the ordinary ones before an `otherwise`.
fn needed(program: &Sealed, mut left: Vec<RuleId>) -> BTreeSet<RuleId> {
    let mut found = BTreeSet::new();
    while let Some(id) = left.pop() {
        let Some(rule) = program.rules.get(id.0 as usize) else {
            continue;
        };
        if !found.insert(id) {
            continue;
        }
        left.extend(rule.overridden_by.iter().copied());
        if rule.otherwise {
            let before = rule
                .symptoms
                .iter()
                .flat_map(|it| program.ordinary_rules(*it));
            left.extend(before.copied().filter(|other| *other != id));
        }
    }
    found
}
