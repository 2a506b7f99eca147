//! A sealed pack as formulas over cells, for the proofs of the checker.

#[allow(dead_code, reason = "the encoding that splits places is being built")]
pub(crate) mod domain;
