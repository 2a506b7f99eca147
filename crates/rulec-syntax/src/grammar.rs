//! The parser that is derived from `grammar/rulec.pest`, and nothing else.

#![allow(missing_docs, reason = "derived; the grammar carries the comments")]

use pest_derive::Parser;

/// Reads one statement, or one expression.
#[derive(Parser)]
#[grammar = "../../../grammar/rulec.pest"]
pub(crate) struct Reader;
