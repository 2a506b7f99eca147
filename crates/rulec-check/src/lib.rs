//! What text means: names, types, order, and what can be proved about them.

pub mod input;
