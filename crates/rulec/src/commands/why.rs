//! `rulec why`: the proof of a verdict.

use std::io::Write;

use rulec_eval::explain::text::render_proof;
use rulec_eval::report::VerdictWord;
use rulec_eval::report::texts::Texts;

use crate::args::{Format, Why};
use crate::diagnosing::diagnosed;
use crate::failure::Failure;
use crate::output::Output;
use crate::ready::Readiness;

/// Proves one verdict.
pub fn run(args: &Why, output: &mut Output) -> Result<u8, Failure> {
    let mut diagnosed = match diagnosed(&args.of, output)? {
        Readiness::Ready(diagnosed) => *diagnosed,
        Readiness::NotReady(code) => return Ok(code),
    };
    let rule = diagnosed.rule(&args.rule)?;
    let damaged = diagnosed.damaged();
    let locale = diagnosed.locale.clone();
    let session = diagnosed.session(Some(rule));
    let Some(proof) = session.why(rule, args.full) else {
        return Ok(2);
    };
    match args.of.format {
        Format::Json => output.json_of(&proof)?,
        Format::Text => {
            let texts = Texts::new(session.program(), locale.as_deref());
            let page = render_proof(&proof, &texts, output.width(), output.style());
            output.write_all(page.as_bytes())?;
        }
    }
    Ok(match (damaged, proof.verdict) {
        (true, _) => 2,
        (false, VerdictWord::Open) => 4,
        _ => 0,
    })
}
