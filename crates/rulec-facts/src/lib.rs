//! What checker, evaluator and providers must agree on without knowing each other: values, types, operators
//! on values, failure codes, the table of source kinds, requests and answers, and the `Provider` trait.
//!
//! No I/O, no clock, no syntax of rule files.

pub mod certificate;
pub mod code;
pub mod decode;
pub mod fixture;
pub mod fold;
pub mod literal;
mod nesting;
pub mod ops;
pub mod path;
pub mod provider;
pub mod reason;
pub mod show;
pub mod source;
pub mod truth;
pub mod types;
pub mod untold;
pub mod value;
pub mod written;
