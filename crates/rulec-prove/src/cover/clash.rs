//! Tracing a clash back to the splits and roots behind it.

use super::{Cover, Reason};
use crate::problem::{NONE, Problem};
use crate::rows::{at, count};

/// What clashed: splits by the numbers of their steps, the last one first, and roots as a set of bits.
#[derive(Debug, Clone, Default)]
pub(super) struct Clash {
    pub splits: Vec<u32>,
    roots: Vec<u64>,
}

impl Clash {
    pub fn roots(&self) -> Vec<u32> {
        crate::cells::cells_of(&self.roots).collect()
    }

    pub fn without(mut self, split: u32) -> Clash {
        self.splits.retain(|it| *it != split);
        self
    }

    fn add_root(&mut self, root: u32) {
        if root == NONE {
            return;
        }
        let word = (root / u64::BITS) as usize;
        if self.roots.len() <= word {
            self.roots.resize(word + 1, 0);
        }
        if let Some(word) = self.roots.get_mut(word) {
            *word |= 1 << (root % u64::BITS);
        }
    }

    fn add_roots(&mut self, other: &[u64]) {
        if self.roots.len() < other.len() {
            self.roots.resize(other.len(), 0);
        }
        for (word, more) in self.roots.iter_mut().zip(other) {
            *word |= more;
        }
    }
}

/// Which variables and steps the present trace needs, each noted under the trace's number.
#[derive(Debug, Clone, Default)]
pub(super) struct Tracer {
    trace: u64,
    variables: Vec<u64>,
    steps: Vec<u64>,
}

impl Tracer {
    fn begin(&mut self, variables: u32, steps: u32) {
        self.trace += 1;
        // Rows are never cleared: a number of an older trace is as good as none.
        if self.variables.len() < variables as usize {
            self.variables.resize(variables as usize, 0);
        }
        if self.steps.len() < steps as usize {
            self.steps.resize(steps as usize, 0);
        }
    }

    fn need_clause(&mut self, problem: &Problem, clause: u32, clash: &mut Clash) {
        clash.add_root(at(&problem.clauses, clause).root);
        for literal in problem.literals_of(clause) {
            crate::rows::put(&mut self.variables, literal.variable, self.trace);
        }
    }
}

impl Cover {
    /// The splits and roots behind a clause whose literals are all false.
    pub(super) fn trace(&mut self, problem: &Problem, clause: u32) -> Clash {
        let mut clash = Clash::default();
        let tracer = &mut self.tracer;
        tracer.begin(self.variables, count(&self.steps));
        tracer.need_clause(problem, clause, &mut clash);
        for (number, step) in (0..count(&self.steps)).zip(&self.steps).rev() {
            let asked = at(&tracer.steps, number) == tracer.trace;
            if !asked && at(&tracer.variables, step.variable) != tracer.trace {
                continue;
            }
            match step.reason {
                Reason::Clause(clause) => tracer.need_clause(problem, clause, &mut clash),
                Reason::Split => clash.splits.push(number),
                Reason::Flipped(earlier) => {
                    let Some(earlier) = self.clashes.get(earlier as usize) else {
                        continue;
                    };
                    clash.add_roots(&earlier.roots);
                    for split in &earlier.splits {
                        crate::rows::put(&mut tracer.steps, *split, tracer.trace);
                    }
                }
                // Cells that were taken because all open clauses hold in them made no literal false that was not so before.
                Reason::Pure => {}
            }
        }
        clash
    }
}
