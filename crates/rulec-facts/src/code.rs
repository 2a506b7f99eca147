//! Failure codes: one identity, many spellings (clause T7).

use std::sync::Arc;

/// A canonical code. Equal only to the same number (or word) of the same kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code {
    /// Canonical kind, lower case: `ras`, `win32`, `hresult`, `http`, `aadsts`, `arm`, `nps`, or any other word.
    pub kind: Arc<str>,
    /// Number or word.
    pub number: Number,
}

/// What identifies a code within its kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Number {
    /// A number; known kinds are 32 bit.
    Number(u64),
    /// A word, folded.
    Word(Arc<str>),
}
