//! The yardstick: the rules of a seed as one function of plain Rust.

use crate::made::{FACTS, Fact, SYMPTOMS};
use crate::workload::RULES;
use crate::{Contestant, Fired};

const F: u8 = 0;
const T: u8 = 1;
const U: u8 = 2;

include!("../../rulec-program/benches/decide/logic.in");

include!(concat!(env!("OUT_DIR"), "/yardstick.rs"));

/// Conditions of all rules.
type Function = fn(&[Fact; FACTS], &mut [u8; RULES]);

/// The function of a seed, and the cases.
pub struct HandWritten {
    function: Function,
    cases: Vec<[Fact; FACTS]>,
}

impl HandWritten {
    pub fn new(seed: u64, cases: &[Vec<Fact>]) -> HandWritten {
        let function: Function = match seed {
            7 => seed_7,
            8 => seed_8,
            _ => seed_9,
        };
        let cases = cases.iter().map(|it| {
            let mut all = [Fact::Unknown; FACTS];
            all.copy_from_slice(it);
            all
        });
        HandWritten {
            function,
            cases: cases.collect(),
        }
    }
}

impl Contestant for HandWritten {
    fn name(&self) -> &'static str {
        "plain Rust"
    }

    fn all(&mut self, case: usize) -> Fired {
        let mut out = [F; RULES];
        (self.function)(std::hint::black_box(&self.cases[case]), &mut out);
        (0..RULES).filter(|at| out[*at] == T).collect()
    }

    fn one(&mut self, case: usize, symptom: usize) -> Fired {
        // It has no index: all rules are decided.
        let all = self.all(case);
        all.into_iter()
            .filter(|rule| rule % SYMPTOMS == symptom)
            .collect()
    }
}
