//! Conditions in clauses: `and` over single tests and over `or`s of them, or the same with `and` and `or` exchanged, which is that
//! form turned around. Nearly all conditions that people write are.
//!
//! All tests of such a condition are made, one after another without a branch, and their truths put together by a few operations
//! on words: looking at tests until one decides makes fewer, but a processor cannot foresee where that ends, and guessing wrong
//! costs as much as several tests.

use std::ops::Range;

use super::{ASK, Code, Probe, Rank, Shown, TRUE, What};
use crate::cells::Cell;
use crate::decide::Kept;
use crate::node::NodeId;

/// A condition in clauses. Each test has a place of two bits in a word; behind those of each clause one place is free, its *end*.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clauses {
    ends: u64,
    /// First probe, and how many.
    first: u32,
    len: u16,
    /// `or` over `and`s: what is decided is its opposite.
    turned: bool,
    /// Of the first place in the table of what is shown.
    shown: u32,
}

/// The truths of the tests of a condition, as ranks: they say what decided it, too.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Leaves(u64);

/// Stands where a clause ends.
const NOTHING: Shown = Shown {
    node: NodeId(0),
    turned: false,
};

/// The lower bit of each place.
const LOW: u64 = 0x5555_5555_5555_5555;

impl Clauses {
    /// The condition has another form, or there is none.
    pub(super) const NONE: Clauses = Clauses {
        ends: 0,
        first: 0,
        len: 0,
        turned: false,
        shown: 0,
    };

    #[inline]
    pub(super) fn are_there(self) -> bool {
        self.len != 0
    }

    #[inline]
    pub(super) fn probes(self) -> Range<usize> {
        self.first as usize..self.first as usize + usize::from(self.len)
    }

    /// All below the last end, and the bits with which clauses begin.
    #[inline]
    fn bits(self) -> (u64, u64) {
        let all = u64::MAX >> (self.ends.leading_zeros() & 63);
        (all, (self.ends << 2 | 1) & all)
    }

    /// The truth of the condition; none if some cell cannot tell.
    #[inline]
    pub(crate) fn truth(self, leaves: Leaves) -> Option<Rank> {
        let (all, starts) = self.bits();
        let (yes, not_no) = self.upright(leaves);
        // What is added to the first bit of a clause reaches its end if all bits between are set.
        let tests = all & !self.ends;
        let failed = ((tests & !not_no) + starts) & self.ends;
        let undecided = ((tests & !yes) + starts) & self.ends;
        let rank = Rank::from(failed == 0) + Rank::from(undecided == 0);
        let rank = if self.turned { TRUE - rank } else { rank };
        leaves.are_truths().then_some(rank)
    }

    /// The lower bits of the tests that are true, and of those that are not false, as an `and` over `or`s has them.
    #[inline]
    fn upright(self, Leaves(ranks): Leaves) -> (u64, u64) {
        let (yes, open) = (ranks >> 1 & LOW, ranks & LOW);
        match self.turned {
            true => (LOW & !(yes | open), LOW & !yes),
            false => (yes, yes | open),
        }
    }

    /// The tests that decided the condition: of a clause that is true the first that is; all of one that is not; and of all clauses
    /// only the first that is false, if there is one. The lower bits of their places.
    #[inline]
    fn deciding(self, leaves: Leaves) -> u64 {
        let (yes, not_no) = self.upright(leaves);
        let (mut found, mut ends, mut start) = (0, self.ends, 1u64);
        while ends != 0 {
            let end = ends & ends.wrapping_neg();
            let clause = (end - start) & LOW;
            if not_no & clause == 0 {
                return clause;
            }
            let first = yes & clause;
            found |= match first {
                0 => clause,
                _ => first & first.wrapping_neg(),
            };
            start = end << 2;
            ends ^= end;
        }
        found
    }
}

impl Leaves {
    /// Of no condition.
    pub(crate) const NONE: Leaves = Leaves(0);

    /// Makes all tests of a condition.
    #[inline]
    pub(crate) fn of(probes: &[Probe], cells: &[Cell]) -> Leaves {
        let mut ranks = 0;
        for probe in probes {
            // A cell that is not there can tell nothing.
            let rank = cells
                .get(probe.cell as usize)
                .map_or(ASK, |it| probe.rank(*it));
            ranks |= u64::from(rank) << (probe.bit & 63);
        }
        Leaves(ranks)
    }

    #[inline]
    fn are_truths(self) -> bool {
        self.0 >> 1 & self.0 & LOW == 0
    }
}

impl Code {
    /// Finds the clauses of the last condition, which begins at a step, and gives its probes their places.
    pub(super) fn find_clauses(&mut self, first: usize) -> Option<Clauses> {
        let turned = matches!(self.steps.get(first)?.what, What::Or { .. });
        let (mut ends, mut bits, mut number, mut at) = (0u64, Vec::new(), None, first);
        let mut shown = Vec::new();
        while let Some(step) = self.steps.get(at) {
            let clause = match step.what {
                // `and` directly in `and` is one `and`; the same of `or`.
                What::And { .. } if !turned => at..at,
                What::Or { .. } if turned => at..at,
                What::And { end } | What::Or { end } => at + 1..end as usize,
                _ => at..at + 1,
            };
            at = clause.end.max(at + 1);
            let before = shown.len();
            for step in self.steps.get(clause)? {
                match step.what {
                    What::Probe(it) => {
                        number = number.or(Some(it));
                        bits.push(u8::try_from(2 * shown.len()).ok()?);
                        shown.push(step.shown);
                    }
                    What::And { .. } if turned => {}
                    What::Or { .. } if !turned => {}
                    _ => return None,
                }
            }
            if shown.len() > before {
                ends |= 1u64.checked_shl(u32::try_from(2 * shown.len()).ok()?)?;
                shown.push(NOTHING);
            }
        }
        let clauses = Clauses {
            ends,
            first: number?,
            len: bits.len() as u16,
            turned,
            shown: self.shown.len() as u32,
        };
        // Leaves lie in the order of the text, and each is a probe.
        let probes = self.probes.get_mut(clauses.probes())?;
        for (probe, bit) in probes.iter_mut().zip(bits) {
            probe.bit = bit;
        }
        self.shown.append(&mut shown);
        Some(clauses)
    }

    /// Puts into `kept` what decided a condition in clauses; no if some cell could not tell.
    pub(crate) fn keep(&self, clauses: Clauses, leaves: Leaves, kept: &mut Vec<Kept>) -> bool {
        let shown = self.shown.get(clauses.shown as usize..).unwrap_or(&[]);
        let mut deciding = clauses.deciding(leaves);
        while deciding != 0 {
            let bit = deciding.trailing_zeros();
            deciding &= deciding - 1;
            let rank = (leaves.0 >> (bit & 63) & 3) as Rank;
            if let Some(shown) = shown.get(bit as usize / 2) {
                kept.push(shown.kept(rank));
            }
        }
        leaves.are_truths()
    }
}
