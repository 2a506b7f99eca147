//! The sealed pack: names, types and order are settled; conditions stand in one flat arena with their places.
//!
//! Built by `rulec-check` from text or read from a [`pack_file`], validated once by [`seal`], decided by
//! [`decide`]. Knows no syntax and does no I/O.

mod cells;
mod certificates;
mod code;
pub mod decide;
pub mod differ;
pub mod encode;
pub mod needs;
pub mod node;
pub mod pack_file;
pub mod program;
pub mod proof;
mod reasons;
pub mod seal;
pub mod state;
pub mod why;
