//! `rulec why`: the proof of a verdict.

use rulec_eval::explain::text::render_proof;
use rulec_eval::report::VerdictWord;

use crate::args::Why;
use crate::diagnosing::{Asked, explain};
use crate::failure::Failure;
use crate::output::Output;

/// Proves one verdict.
pub fn run(args: &Why, output: &mut Output) -> Result<u8, Failure> {
    let asked = Asked {
        rule: Some(&args.rule),
        answer: &|session, rule| session.why(rule?, args.full),
        text: &render_proof,
        code: &|proof| match proof.verdict {
            VerdictWord::Open => 4,
            _ => 0,
        },
    };
    explain(&args.of, &asked, output)
}
