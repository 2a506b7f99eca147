//! `rulec next`: what to find out next.

use rulec_eval::explain::text::render_next;

use crate::args::Next;
use crate::diagnosing::{Asked, explain};
use crate::failure::Failure;
use crate::output::Output;

/// Facts that are shown unless all are asked for.
const FEW: usize = 5;

/// Says what open verdicts need.
pub fn run(args: &Next, output: &mut Output) -> Result<u8, Failure> {
    let most = if args.full { usize::MAX } else { FEW };
    let asked = Asked {
        rule: None,
        answer: &|session, _| Some(session.next()),
        text: &|next, texts, width, style| render_next(next, texts, width, style, most),
        code: &|next| if next.open.is_empty() { 0 } else { 4 },
    };
    explain(&args.of, &asked, output)
}
