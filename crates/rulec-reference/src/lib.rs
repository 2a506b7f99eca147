//! What the language means, once more and slowly: an evaluator written from the pages that say it, to hold
//! the engine against, and a generator of small packs and cases to hold it on. For tests only.
//!
//! It shares no code with the engine but the tree of the parser. Nothing here is fast, remembered or cut
//! short: each function follows one clause and names it. It does not check packs (what it cannot follow is
//! an error in words), fetches nothing, and leaves out `certificate`, packs that use others, and pasted texts.

mod address;
mod case;
mod codes;
mod compare;
mod evaluate;
pub mod findings;
mod functions;
pub mod generate;
mod infer;
mod lists;
mod literal;
mod needs;
mod program;
pub mod proof;
mod tally;
mod types;
mod value;
mod verdict;

use std::collections::BTreeMap;

use rulec_syntax::ast;

pub use tally::Tally;
pub use value::{Needs, Truth};

/// Why something could not be followed, in words.
pub type Fails<T> = Result<T, String>;

/// What a test comes to.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Each rule's verdict, by name; an open one with what it needs.
    pub rules: BTreeMap<String, Truth>,
    /// For each symptom whether it is present.
    pub symptoms: BTreeMap<String, Truth>,
    /// How often each operator gave which outcome.
    pub tally: Tally,
}

/// Evaluates the test of that name in the pack that `files` are.
///
/// # Errors
/// What the pack holds and this evaluator does not follow.
pub fn evaluate(files: &[&ast::File], test: &str) -> Fails<Outcome> {
    let program = program::Program::new(files)?;
    let case = case::Case::new(&program, test)?;
    verdict::outcome(&program, &case)
}
