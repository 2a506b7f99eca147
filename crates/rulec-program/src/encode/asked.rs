//! What a found point was asked for, for whoever tells of it.

use super::prover::{Claim, Found, Question, Subject};
use crate::program::{RuleId, SymptomId};

fn subjects(claim: &Claim) -> Vec<Subject> {
    match *claim {
        Claim::Matters(rule, literal) => {
            vec![Subject::Rule(rule), Subject::Without(rule, literal)]
        }
        _ => claim.parts().into_iter().map(|(it, _)| it).collect(),
    }
}

impl Found {
    fn subjects(&self) -> Vec<Subject> {
        match &self.asked {
            Question::All(claims) => claims.iter().flat_map(subjects).collect(),
            Question::Differ(one, other, _) => vec![*one, *other],
        }
    }

    /// The symptoms whose presence was asked about.
    pub fn symptoms(&self) -> Vec<SymptomId> {
        let subjects = self.subjects().into_iter();
        let symptoms = subjects.filter_map(|it| match it {
            Subject::Present(symptom) => Some(symptom),
            _ => None,
        });
        symptoms.collect()
    }

    /// The rules whose verdicts were asked about, in order, each once.
    pub fn rules(&self) -> Vec<RuleId> {
        let subjects = self.subjects().into_iter();
        let mut rules: Vec<RuleId> = subjects
            .filter_map(|it| match it {
                Subject::Rule(rule) | Subject::Without(rule, _) => Some(rule),
                Subject::Condition(_) | Subject::Present(_) => None,
            })
            .collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    }
}
