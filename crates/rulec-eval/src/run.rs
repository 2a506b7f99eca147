//! The blocking loop: brings each request of a session to the first provider that answers such requests.

use std::time::{Duration, Instant};

use rulec_facts::provider::{Answer, Provenance, Provider, Request};
use rulec_facts::reason::Why;

use crate::report::detail::{TIME_OVER, UNREAD};
use crate::session::Session;

/// Runs a session to its end. `budget` is the time for the whole case; each request gets what is left of it, and what is asked
/// after it is over is unknown (timed-out). Returns the number of requests sent.
pub fn run_session(
    session: &mut Session<'_>,
    providers: &[&dyn Provider],
    budget: Duration,
) -> u32 {
    let start = Instant::now();
    while !session.finished() {
        for (id, request) in session.requests() {
            let left = budget.saturating_sub(start.elapsed());
            session.answer(id, fetch(&request, providers, left));
        }
    }
    session.requests_made()
}

/// The answer of the first provider that is the one to ask.
fn fetch(request: &Request, providers: &[&dyn Provider], left: Duration) -> Answer {
    let from = Provenance {
        kind: format!("{} {}", request.system, request.kind),
        ..Provenance::default()
    };
    let Some(provider) = providers.iter().find(|it| it.answers(request)) else {
        let detail = format!("{UNREAD}`{} {}`", request.system, request.kind);
        return Answer::Unknown(Why::Unsupported, detail, from);
    };
    if left.is_zero() {
        let detail = TIME_OVER.to_owned();
        return Answer::Unknown(Why::TimedOut, detail, from);
    }
    provider.fetch(request, left)
}
