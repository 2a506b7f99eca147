//! A line of ordered values, cut into pieces by tests that each hold on one stretch of it; pieces that all tests answer
//! alike are one cell.

use rustc_hash::FxHashMap;

use super::TooMany;

/// A stretch: its first point, and the point after it; none: to the end of the line.
pub(super) type Stretch<T> = (T, Option<T>);

/// The line.
#[derive(Debug, Clone)]
pub(super) struct Line<T> {
    /// Where each piece begins, ascending; the first is the beginning of the line.
    starts: Vec<T>,
    /// The cell of each piece.
    cells: Vec<u32>,
    /// The pieces of each cell, ascending.
    pieces: Vec<Vec<u32>>,
}

impl<T: Ord + Clone> Line<T> {
    /// Cuts the line that begins at `first` by stretches that lie within it; none: the test holds nowhere. With `ordered` each
    /// piece is a cell of its own.
    pub(super) fn cut(
        first: T,
        stretches: &[Option<Stretch<T>>],
        ordered: bool,
        limit: u32,
    ) -> Result<Line<T>, TooMany> {
        let mut starts = vec![first];
        for (start, end) in stretches.iter().flatten() {
            starts.push(start.clone());
            starts.extend(end.clone());
        }
        starts.sort_unstable();
        starts.dedup();
        let mut line = Line {
            cells: Vec::with_capacity(starts.len()),
            starts,
            pieces: Vec::new(),
        };
        line.group(stretches, ordered);
        if line.pieces.len() > limit as usize {
            return Err(TooMany {
                what: "cells",
                limit: limit.into(),
            });
        }
        Ok(line)
    }

    /// Walks the line once; at each start some tests begin or end to hold.
    fn group(&mut self, stretches: &[Option<Stretch<T>>], ordered: bool) {
        let mut turns: Vec<Vec<usize>> = vec![Vec::new(); self.starts.len()];
        for (test, stretch) in stretches.iter().enumerate() {
            let Some((start, end)) = stretch else {
                continue;
            };
            for at in [Some(start), end.as_ref()].into_iter().flatten() {
                if let Ok(at) = self.starts.binary_search(at)
                    && let Some(turns) = turns.get_mut(at)
                {
                    turns.push(test);
                }
            }
        }
        let mut answers = vec![0u64; stretches.len().div_ceil(64)];
        let mut known: FxHashMap<Vec<u64>, u32> = FxHashMap::default();
        for (piece, turns) in turns.iter().enumerate() {
            for test in turns {
                if let Some(word) = answers.get_mut(test / 64) {
                    *word ^= 1 << (test % 64);
                }
            }
            let next = self.pieces.len() as u32;
            let cell = if ordered {
                next
            } else {
                *known.entry(answers.clone()).or_insert(next)
            };
            self.cells.push(cell);
            match self.pieces.get_mut(cell as usize) {
                Some(pieces) => pieces.push(piece as u32),
                None => self.pieces.push(vec![piece as u32]),
            }
        }
    }

    /// How many cells.
    pub(super) fn count(&self) -> u32 {
        self.pieces.len() as u32
    }

    /// The cell of a point; none before the beginning of the line.
    pub(super) fn cell_of(&self, point: &T) -> Option<u32> {
        let after = self.starts.partition_point(|start| start <= point);
        self.cells.get(after.checked_sub(1)?).copied()
    }

    /// The cells of a stretch, each once, ascending.
    pub(super) fn cells_of(&self, stretch: Option<&Stretch<T>>) -> Vec<u32> {
        let Some((start, end)) = stretch else {
            return Vec::new();
        };
        let from = self.starts.partition_point(|it| it < start);
        let to = match end {
            Some(end) => self.starts.partition_point(|it| it < end),
            None => self.starts.len(),
        };
        let mut cells = self.cells.get(from..to).unwrap_or_default().to_vec();
        cells.sort_unstable();
        cells.dedup();
        cells
    }

    /// The stretches of a cell, ascending.
    pub(super) fn stretches(&self, cell: u32) -> impl Iterator<Item = Stretch<T>> + '_ {
        let pieces = self.pieces.get(cell as usize).map(Vec::as_slice);
        pieces.unwrap_or_default().iter().filter_map(|piece| {
            let piece = *piece as usize;
            let start = self.starts.get(piece)?.clone();
            Some((start, self.starts.get(piece + 1).cloned()))
        })
    }
}
