//! Decides questions over variables with finitely many values: is there a point that fulfils all these formulas?
//!
//! Knows neither syntax nor facts: what a variable, its cells and a theory's cubes stand for is the caller's affair.
//! Everything is deterministic and counted, never timed; no threads, no input, no output.
//!
//! ```
//! use rulec_prove::{Answer, Formulas, Free, Limits, Solver};
//!
//! let mut formulas = Formulas::new();
//! let colour = formulas.variable(3);
//! let wet = formulas.variable(2);
//! let red = formulas.is(colour, 0);
//! let green_or_wet = {
//!     let green = formulas.is(colour, 1);
//!     let wet = formulas.is(wet, 1);
//!     formulas.or([green, wet])
//! };
//! let mut solver = Solver::new();
//! match solver.ask(&formulas, &[red, green_or_wet], &mut Free, &Limits::default()) {
//!     Answer::Point(point) => assert_eq!(point.cell(wet), Some(1)),
//!     other => panic!("{other:?}"),
//! }
//! ```

mod cdcl;
mod cells;
mod cover;
mod cube;
mod formula;
mod ladder;
mod problem;
mod rows;
pub mod theory;

pub use cells::{Mask, Space, Variable};
pub use cube::{Cube, Point};
pub use formula::{FormulaId, Formulas, Shape};
pub use ladder::{Answer, Core, Limit, Limits, Solver, Spent, ask};
pub use theory::{Assumed, Free, Theory};
