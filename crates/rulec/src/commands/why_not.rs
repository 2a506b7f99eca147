//! `rulec why-not`: what would have to be otherwise for a rule to be confirmed.

use std::io::Write;

use rulec_eval::explain::text::render_why_not;
use rulec_eval::report::VerdictWord;
use rulec_eval::report::texts::Texts;

use crate::args::{Format, WhyNot};
use crate::diagnosing::diagnosed;
use crate::failure::Failure;
use crate::output::Output;
use crate::ready::Readiness;

/// Looks for what would confirm one rule.
pub fn run(args: &WhyNot, output: &mut Output) -> Result<u8, Failure> {
    let mut diagnosed = match diagnosed(&args.of, output)? {
        Readiness::Ready(diagnosed) => *diagnosed,
        Readiness::NotReady(code) => return Ok(code),
    };
    let rule = diagnosed.rule(&args.rule)?;
    let damaged = diagnosed.damaged();
    let locale = diagnosed.locale.clone();
    let session = diagnosed.session(Some(rule));
    let Some(why_not) = session.why_not(rule) else {
        return Ok(2);
    };
    match args.of.format {
        Format::Json => output.json_of(&why_not)?,
        Format::Text => {
            let texts = Texts::new(session.program(), locale.as_deref());
            let page = render_why_not(&why_not, &texts, output.width(), output.style());
            output.write_all(page.as_bytes())?;
        }
    }
    let found = why_not.verdict == VerdictWord::Confirmed || !why_not.ways.is_empty();
    Ok(match (damaged, found) {
        (true, _) => 2,
        (false, true) => 0,
        (false, false) => 4,
    })
}
