//! Text to tree and back: parsing with recovery per statement, positions, diagnostics as data, and
//! the formatter.
//!
//! Parsing never fails: it returns a tree and findings. This crate does not know what a name means,
//! which types exist, or where facts come from.

// What the grammar library derives without its `std` feature names this crate. That feature would measure
// the stack at every call; `scan` bounds the nesting before the grammar reads, so nothing is gained by it.
extern crate alloc;

pub mod ast;
pub mod diagnostic;
pub mod format;
mod grammar;
pub mod parse;
pub mod source;
pub mod template;

pub use parse::{CODES, Parsed, parse, parse_expression};
