//! `rulec why-not`: what would have to be otherwise for a rule to be confirmed.

use rulec_eval::explain::text::render_why_not;
use rulec_eval::report::VerdictWord;

use crate::args::WhyNot;
use crate::diagnosing::{Asked, explain};
use crate::failure::Failure;
use crate::output::Output;

/// Looks for what would confirm one rule.
pub fn run(args: &WhyNot, output: &mut Output) -> Result<u8, Failure> {
    let asked = Asked {
        rule: Some(&args.rule),
        answer: &|session, rule| session.why_not(rule?),
        text: &render_why_not,
        code: &|why_not| {
            let confirmed = why_not.verdict == VerdictWord::Confirmed;
            if confirmed || !why_not.ways.is_empty() {
                0
            } else {
                4
            }
        },
    };
    explain(&args.of, &asked, output)
}
