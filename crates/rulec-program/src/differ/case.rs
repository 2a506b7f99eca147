//! A case of two programs: what is known of it by name, and what comes out in each.

use rulec_facts::code::Code;
use rulec_facts::truth::Truth;
use rulec_facts::types::Type;
use rulec_facts::value::{Partial, Text};

use super::merge::{Merged, Role};
use crate::decide::{Decider, Scratch};
use crate::encode::Witness;
use crate::program::{RuleId, SymptomId};
use crate::seal::Sealed;
use crate::state::State;

/// What is known of a case that two programs judge differently.
#[derive(Debug, Clone, PartialEq)]
pub struct DifferingCase {
    /// `now`, params and facts that matter, by name.
    pub facts: Vec<(String, Type, Partial)>,
    /// Symptoms that are reported.
    pub reported: Vec<String>,
    /// What a person answers to the questions of symptoms.
    pub answers: Vec<(String, bool)>,
    /// Codes of the complaint.
    pub codes: Vec<Code>,
    /// Texts that a function is taken to read so.
    pub pins: Vec<(Text, Partial)>,
}

/// Which causes of a symptom a program names.
#[derive(Debug, Default)]
pub(super) struct Causes {
    pub confirmed: Vec<String>,
    open: Vec<String>,
}

impl Causes {
    /// Certainly none.
    pub(super) fn is_none(&self) -> bool {
        self.confirmed.is_empty() && self.open.is_empty()
    }

    /// The rule is certainly no cause.
    pub(super) fn denies(&self, rule: &str) -> bool {
        !self.confirmed.iter().chain(&self.open).any(|it| it == rule)
    }
}

impl DifferingCase {
    /// What of a witness matters.
    pub(super) fn of(merged: &Merged, witness: &Witness) -> DifferingCase {
        let mut case = DifferingCase {
            facts: Vec::new(),
            reported: Vec::new(),
            answers: Vec::new(),
            codes: witness.state.codes().to_vec(),
            pins: witness.pins.clone(),
        };
        let slots = merged.program.slots.iter().zip(witness.state.slots());
        for ((slot, value), role) in slots.zip(&merged.roles) {
            let said = match value {
                Partial::Known(rulec_facts::value::Value::Bool(it)) => *it,
                _ => false,
            };
            match role {
                _ if value.is_unknown() => {}
                Role::Fact(name) => case
                    .facts
                    .push((name.clone(), slot.ty.clone(), value.clone())),
                Role::Reported(symptom) if said => case.reported.push(symptom.clone()),
                Role::Reported(_) => {}
                Role::Answered(symptom) => case.answers.push((symptom.clone(), said)),
            }
        }
        case
    }

    /// The case as a program knows it; what it does not know is left out.
    pub fn state(&self, program: &Sealed) -> State {
        let mut state = State::new(program);
        for (name, ty, value) in &self.facts {
            let Some(id) = program.slot_named(name) else {
                continue;
            };
            let slot = program.slots.get(id.0 as usize);
            if slot.is_some_and(|it| super::merge::same_values(&it.ty, ty)) {
                state.set(id, value.clone());
            }
        }
        for name in &self.reported {
            if let Some(id) = program.symptom_named(name) {
                state.report(id);
            }
        }
        for (name, answer) in &self.answers {
            if let Some(id) = program.symptom_named(name) {
                state.answer(id, Some(*answer));
            }
        }
        for code in &self.codes {
            state.report_code(code.clone());
            // Having a code of a symptom is a report of it.
            for (number, symptom) in (0u32..).zip(&program.symptoms) {
                if symptom.codes.contains(code) {
                    state.report(SymptomId(number));
                }
            }
        }
        state
    }

    /// The causes of a symptom, or the confirmed rules without one.
    pub(super) fn causes(&self, program: &Sealed, symptom: Option<&str>) -> Causes {
        let state = self.state(program);
        let mut scratch = Scratch::default();
        for (text, value) in &self.pins {
            scratch.pin(text.raw(), value.clone());
        }
        let mut decider = Decider::new(program, &state, &mut scratch);
        let (rules, present): (Vec<RuleId>, Truth) = match symptom {
            None => {
                let rules = (0u32..).zip(&program.rules);
                let latent = rules.filter(|(_, rule)| rule.is_latent());
                (latent.map(|(at, _)| RuleId(at)).collect(), Truth::True)
            }
            Some(name) => match program.symptom_named(name) {
                None => return Causes::default(),
                Some(id) => {
                    let rules = program.symptoms.get(id.0 as usize);
                    let rules = rules.map_or_else(Vec::new, |it| it.rules.clone());
                    (rules, decider.present(id))
                }
            },
        };
        let mut causes = Causes::default();
        for id in rules {
            let name = rule_name(program, id);
            match decider.verdict(id).and(present) {
                Truth::True => causes.confirmed.push(name),
                Truth::Unknown => causes.open.push(name),
                Truth::False => {}
            }
        }
        causes
    }
}

/// The name by which a rule is found again in the other program.
pub(super) fn rule_name(program: &Sealed, id: RuleId) -> String {
    let Some(rule) = program.rules.get(id.0 as usize) else {
        return String::new();
    };
    let ambiguous = program.rule_named(&rule.named.name).is_none();
    program.shown_name(&rule.named, ambiguous)
}
