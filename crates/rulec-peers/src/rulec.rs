//! rulec: the sealed program and its decision code.

use rulec_facts::truth::Truth;
use rulec_program::decide::{Decider, Scratch};
use rulec_program::program::{RuleId, SymptomId};
use rulec_program::seal::Sealed;
use rulec_program::state::State;

use crate::made::{Fact, MadeRule};
use crate::{Contestant, Fired, pack};

/// Program, states, memory.
pub struct Rulec {
    program: Sealed,
    states: Vec<State>,
    scratch: Scratch,
    /// The leaves that decided each verdict are read, too.
    reasons: bool,
}

impl Rulec {
    pub fn new(rules: &[MadeRule], cases: &[Vec<Fact>], reasons: bool) -> Rulec {
        let program = pack::program(rules);
        let states = cases.iter().map(|it| pack::state(&program, it)).collect();
        Rulec {
            program,
            states,
            scratch: Scratch::default(),
            reasons,
        }
    }
}

fn decide(decider: &mut Decider<'_>, rule: RuleId, reasons: bool, fired: &mut Fired) {
    if decider.judge(rule).truth == Truth::True {
        fired.push(rule.0 as usize);
    }
    if reasons {
        std::hint::black_box(decider.kept(rule));
    }
}

impl Contestant for Rulec {
    fn name(&self) -> &'static str {
        if self.reasons {
            "rulec, with reasons"
        } else {
            "rulec"
        }
    }

    fn all(&mut self, case: usize) -> Fired {
        let mut decider = Decider::new(&self.program, &self.states[case], &mut self.scratch);
        let mut fired = Fired::new();
        for rule in 0..self.program.rules.len() {
            decide(&mut decider, RuleId(rule as u32), self.reasons, &mut fired);
        }
        fired
    }

    fn one(&mut self, case: usize, symptom: usize) -> Fired {
        let mut decider = Decider::new(&self.program, &self.states[case], &mut self.scratch);
        let mut fired = Fired::new();
        let symptom = SymptomId(symptom as u32);
        std::hint::black_box(decider.present(symptom));
        for rule in &self.program.symptoms[symptom.0 as usize].rules {
            decide(&mut decider, *rule, self.reasons, &mut fired);
        }
        fired
    }
}
