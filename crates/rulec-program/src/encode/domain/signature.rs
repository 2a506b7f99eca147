//! Cells told apart by their answers: the signature of a value is the row of answers to all tests.

use rulec_facts::value::Partial;
use rustc_hash::FxHashMap;

use super::Test;

/// Tests, and the number of each signature that was met.
#[derive(Debug, Clone)]
pub(super) struct Signatures {
    tests: Vec<Test>,
    known: FxHashMap<Vec<u64>, u32>,
}

impl Signatures {
    pub(super) fn new(tests: &[Test]) -> Signatures {
        Signatures {
            tests: tests.to_vec(),
            known: FxHashMap::default(),
        }
    }

    pub(super) fn tests(&self) -> &[Test] {
        &self.tests
    }

    fn row(&self, value: &Partial) -> Vec<u64> {
        let mut row = vec![0u64; self.tests.len().div_ceil(64)];
        for (at, test) in self.tests.iter().enumerate() {
            if test.holds(value)
                && let Some(word) = row.get_mut(at / 64)
            {
                *word |= 1 << (at % 64);
            }
        }
        row
    }

    /// The cell of a value; a new one if its signature is new.
    pub(super) fn add(&mut self, value: &Partial) -> u32 {
        let next = self.known.len() as u32;
        let row = self.row(value);
        *self.known.entry(row).or_insert(next)
    }

    /// The cell of a value.
    pub(super) fn find(&self, value: &Partial) -> Option<u32> {
        self.known.get(&self.row(value)).copied()
    }

    pub(super) fn count(&self) -> u32 {
        self.known.len() as u32
    }

    /// For each test the cells in which it holds, ascending.
    pub(super) fn holds(&self) -> Vec<Vec<u32>> {
        let mut holds: Vec<Vec<u32>> = vec![Vec::new(); self.tests.len()];
        for (row, cell) in &self.known {
            for (at, cells) in holds.iter_mut().enumerate() {
                if row
                    .get(at / 64)
                    .is_some_and(|word| word >> (at % 64) & 1 == 1)
                {
                    cells.push(*cell);
                }
            }
        }
        for cells in &mut holds {
            cells.sort_unstable();
        }
        holds
    }
}
