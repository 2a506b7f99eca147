//! From a pack to questions over cells, and back to cases: what can hold together, and what cannot.
//!
//! A [`Prover`] takes claims on one admissible total state (Findings, C1 to C11) and says that some state fulfils them, with one that was
//! replayed by [`crate::decide`]; or that none does, with what clashes; or that it cannot tell, with the term and the limit.

mod around;
mod asked;
mod atlas;
mod between;
mod classes;
mod concrete;
mod copies;
#[allow(
    dead_code,
    reason = "some of what a domain tells is asked by its tests alone"
)]
mod domain;
mod dropped;
mod elements;
mod encoder;
mod engine;
mod given;
mod judge;
mod logic;
mod many;
mod meaning;
mod memory;
mod networks;
mod prover;
mod relations;
mod replay;
mod scalar;
mod statics;
mod term;
mod verdicts;

pub use given::{Fits, fits};
pub use prover::{
    Claim, Core, Found, Limits, Proof, Prover, Reason, Split, Subject, Undecided, Witness,
};
