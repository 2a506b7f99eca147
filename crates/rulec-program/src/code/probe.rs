//! One fact or field, tested against constants: the leaf that is frequent, in half a line of a processor's cache.

use super::Rank;
use crate::cells::Cell;

/// Asks whether the number of a cell lies in a range, and is one of the members there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Probe {
    /// Number of the cell.
    pub cell: u32,
    /// The truth in the condition, by what the cell is and whether its number fits, two bits each.
    answers: u16,
    /// Where a condition in clauses has its truth, two bits.
    pub bit: u8,
    /// The least number that fits, and the greatest.
    low: i64,
    high: i64,
    /// Which of the first 64 fit; of a longer range all do.
    members: u64,
}

impl Probe {
    /// The number lies between both, or at one of them.
    pub(super) fn range(cell: u32, low: i64, high: i64) -> Probe {
        Probe {
            cell,
            answers: 0,
            bit: 0,
            low,
            high,
            members: u64::MAX,
        }
    }

    /// The number is one of these; none if they lie too far apart.
    pub(super) fn members(cell: u32, numbers: &[i64]) -> Option<Probe> {
        let low = numbers.iter().copied().min().unwrap_or(0);
        let high = numbers.iter().copied().max().unwrap_or(0);
        if high - low >= i64::from(u64::BITS) {
            return None;
        }
        let bits = numbers.iter().map(|it| 1 << (it - low));
        let members = bits.fold(0, |all, bit: u64| all | bit);
        Some(Probe {
            members,
            ..Probe::range(cell, low, high)
        })
    }

    pub(super) fn answering(self, answers: u16) -> Probe {
        Probe { answers, ..self }
    }

    /// The truth in the condition, or that the cell cannot tell. Without a branch, nor a comparison of which a compiler would make one:
    /// which way it goes cannot be foreseen. No difference overflows ([`crate::cells::MOST`]).
    #[inline]
    pub(crate) fn rank(&self, cell: Cell) -> Rank {
        let above = cell.number.wrapping_sub(self.low);
        let outside = (above | self.high.wrapping_sub(cell.number)) as u64 >> 63;
        let fits = (self.members >> (above & 63)) & !outside & 1;
        let at = cell.what as u32 + 2 * fits as u32;
        ((self.answers >> at) & 3) as Rank
    }
}
