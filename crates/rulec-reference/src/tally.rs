//! How often each operator gave which outcome: proof that a run exercised them.

use std::cell::RefCell;
use std::collections::BTreeMap;

/// Counts by operator and outcome (`T`, `F`, `U`, `value`, `absent`, `bounded`).
#[derive(Debug, Clone, Default)]
pub struct Tally(RefCell<BTreeMap<(&'static str, &'static str), u64>>);

impl Tally {
    pub(crate) fn count(&self, operator: &'static str, outcome: &'static str) {
        *self.0.borrow_mut().entry((operator, outcome)).or_default() += 1;
    }

    /// How often this operator gave this outcome.
    pub fn of(&self, operator: &str, outcome: &str) -> u64 {
        let counts = self.0.borrow();
        counts
            .iter()
            .filter(|((of, gave), _)| *of == operator && *gave == outcome)
            .map(|(_, count)| count)
            .sum()
    }

    /// Adds the counts of another run.
    pub fn add(&self, other: &Tally) {
        for (key, count) in other.0.borrow().iter() {
            *self.0.borrow_mut().entry(*key).or_default() += count;
        }
    }

    /// All counts, by operator and outcome.
    pub fn counts(&self) -> BTreeMap<(&'static str, &'static str), u64> {
        self.0.borrow().clone()
    }
}
