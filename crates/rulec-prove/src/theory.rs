//! What the cells mean, as far as it matters: a theory looks at a candidate point and says why it is not real.

pub mod difference;
pub mod regular;
pub mod sameness;

mod assumed;

pub use assumed::Assumed;

use crate::{Cube, Formulas, Point, Variable};

/// Knows which points are real.
pub trait Theory {
    /// Nothing if a real point has these cells. Else cubes in which no real point lies; the point lies in at least one of them, as far
    /// as it is not free there.
    ///
    /// The theory may give cells to variables that the point leaves free, to test one completion instead of all: cubes that it
    /// returns hold for the completed point then, and an answer carries the cells that it set.
    fn refute(&mut self, formulas: &Formulas, point: &mut Point) -> Vec<Cube>;

    /// The cell that `variable` should have in a point, if nothing else speaks against it; the lowest one if there is none.
    fn prefer(&self, _variable: Variable) -> Option<u32> {
        None
    }
}

/// The theory in which each point is real.
#[derive(Debug, Clone, Copy, Default)]
pub struct Free;

impl Theory for Free {
    fn refute(&mut self, _: &Formulas, _: &mut Point) -> Vec<Cube> {
        Vec::new()
    }
}
