//! `rulec next`: what to find out next.

use std::io::Write;

use rulec_eval::explain::text::render_next;
use rulec_eval::report::texts::Texts;

use crate::args::{Format, Next};
use crate::diagnosing::diagnosed;
use crate::failure::Failure;
use crate::output::Output;
use crate::ready::Readiness;

/// Facts that are shown unless all are asked for.
const FEW: usize = 5;

/// Says what open verdicts need.
pub fn run(args: &Next, output: &mut Output) -> Result<u8, Failure> {
    let mut diagnosed = match diagnosed(&args.of, output)? {
        Readiness::Ready(diagnosed) => *diagnosed,
        Readiness::NotReady(code) => return Ok(code),
    };
    let damaged = diagnosed.damaged();
    let locale = diagnosed.locale.clone();
    let session = diagnosed.session(None);
    let next = session.next();
    match args.of.format {
        Format::Json => output.json_of(&next)?,
        Format::Text => {
            let texts = Texts::new(session.program(), locale.as_deref());
            let most = if args.full { usize::MAX } else { FEW };
            let page = render_next(&next, &texts, output.width(), output.style(), most);
            output.write_all(page.as_bytes())?;
        }
    }
    Ok(match (damaged, next.open.is_empty()) {
        (true, _) => 2,
        (false, true) => 0,
        (false, false) => 4,
    })
}
