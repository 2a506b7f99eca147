//! Cubes (a set of cells for each of a few variables) and points (one cell for each of a few variables).

use crate::{Mask, Variable};

/// All points in which each of these variables lies in its mask; the variables in order, each once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cube(Vec<(Variable, Mask)>);

impl Cube {
    /// The cube with these literals; a variable that comes twice must lie in both masks.
    #[must_use]
    pub fn new(literals: impl IntoIterator<Item = (Variable, Mask)>) -> Cube {
        let mut sorted: Vec<_> = literals.into_iter().collect();
        sorted.sort_by_key(|(variable, _)| *variable);
        let mut cube: Vec<(Variable, Mask)> = Vec::with_capacity(sorted.len());
        for (variable, mask) in sorted {
            match cube.last_mut() {
                Some((last, met)) if *last == variable => *met = met.and(&mask),
                _ => cube.push((variable, mask)),
            }
        }
        Cube(cube)
    }

    /// The literals, in order of variables.
    #[must_use]
    pub fn literals(&self) -> &[(Variable, Mask)] {
        &self.0
    }

    /// Whether the point lies in the cube: `None` if that hangs on variables that the point leaves free.
    #[must_use]
    pub fn holds(&self, point: &Point) -> Option<bool> {
        let mut open = false;
        for (variable, mask) in &self.0 {
            match point.cell(*variable) {
                Some(cell) if !mask.contains(cell) => return Some(false),
                Some(_) => {}
                None => open = true,
            }
        }
        (!open).then_some(true)
    }
}

/// A cell for each of some variables; the others are free.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Point(Vec<(Variable, u32)>);

impl Point {
    /// The point with these cells; of a variable that comes twice the first counts.
    #[must_use]
    pub fn new(cells: impl IntoIterator<Item = (Variable, u32)>) -> Point {
        let mut point: Vec<_> = cells.into_iter().collect();
        point.sort_by_key(|(variable, _)| *variable);
        point.dedup_by_key(|(variable, _)| *variable);
        Point(point)
    }

    /// The cell of `variable`, if it is not free.
    #[must_use]
    pub fn cell(&self, variable: Variable) -> Option<u32> {
        let found = self.0.binary_search_by_key(&variable, |(it, _)| *it);
        let (_, cell) = self.0.get(found.ok()?)?;
        Some(*cell)
    }

    /// Gives a free variable a cell; one that has a cell keeps it.
    pub fn set(&mut self, variable: Variable, cell: u32) {
        if let Err(at) = self.0.binary_search_by_key(&variable, |(it, _)| *it) {
            self.0.insert(at, (variable, cell));
        }
    }

    /// How many variables are not free.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether all variables are free.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The variables that are not free with their cells, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Variable, u32)> + '_ {
        self.0.iter().copied()
    }

    /// Takes the memory of the point for another one.
    pub(crate) fn refill(&mut self, cells: impl Iterator<Item = (Variable, u32)>) {
        self.0.clear();
        self.0.extend(cells);
        self.0.sort_unstable();
    }
}
