//! What checker, evaluator and providers must agree on without knowing each other: values, types, operators
//! on values, failure codes, the table of source kinds, requests and answers, and the `Provider` trait.
//!
//! No I/O, no clock, no syntax of rule files.

pub mod code;
pub mod fold;
pub mod literal;
pub mod ops;
pub mod provider;
pub mod reason;
pub mod show;
pub mod truth;
pub mod types;
pub mod value;
