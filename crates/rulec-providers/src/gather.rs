//! Asks many places side by side, each with a deadline of its own and all with one: a place that hangs costs its own answer only.
//!
//! Providers are blocking and promise to keep their budget; one that does not is left behind on its thread, and what it says later is not
//! heard any more.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use rulec_facts::provider::{Answer, Provenance, Provider, Request};
use rulec_facts::reason::Why;

/// A place, and who is asked for it.
#[derive(Clone)]
pub struct Asked {
    /// What it is known by to the caller.
    pub number: u32,
    /// The place.
    pub request: Request,
    /// Who answers for it.
    pub provider: Arc<dyn Provider>,
}

/// How long, and how many at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For each place, from the moment at which it is asked.
    pub each: Duration,
    /// For all of them.
    pub all: Duration,
    /// Places that are being asked at one time; one that hangs counts until its deadline.
    pub at_once: usize,
}

/// What happens while places are asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The place of that number is being asked.
    Begun(u32),
    /// It has answered, or its time is over.
    Answered(u32, Answer),
    /// Nothing happened for a moment.
    Waiting,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Every place has an answer.
    Whole,
    /// Somebody stopped it; places without an answer were told to nobody.
    Stopped,
}

/// How often it is looked whether somebody has stopped it.
const LOOK: Duration = Duration::from_millis(50);

/// How long after its budget a provider is waited for, which is about to say itself why it has no answer.
const GRACE: Duration = Duration::from_millis(250);

/// What is being asked now.
struct Running {
    number: u32,
    request: Request,
    over: Instant,
}

/// Asks all places, and tells each answer as it comes, in whatever order. Ends early when `stop` is set or `tell` breaks.
pub fn gather(
    asked: Vec<Asked>,
    limits: Limits,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(Event) -> ControlFlow<()>,
) -> Ended {
    let start = Instant::now();
    let mut waiting: VecDeque<Asked> = asked.into();
    let mut running: Vec<Running> = Vec::new();
    let (sender, answers) = mpsc::channel();
    while !(waiting.is_empty() && running.is_empty()) {
        if stop.load(Ordering::SeqCst) {
            return Ended::Stopped;
        }
        while running.len() < limits.at_once.max(1)
            && let Some(next) = waiting.pop_front()
        {
            let left = limits.all.saturating_sub(start.elapsed());
            let number = next.number;
            let flow = match left.is_zero() {
                true => tell(Event::Answered(number, over(&next.request, limits.all))),
                false => {
                    running.push(begin(next, left.min(limits.each), &sender));
                    tell(Event::Begun(number))
                }
            };
            if flow.is_break() {
                return Ended::Stopped;
            }
        }
        let next = running.iter().map(|it| it.over).min();
        let wait = next.map_or(Duration::ZERO, |it| {
            it.saturating_duration_since(Instant::now())
        });
        let event = match answers.recv_timeout(wait.min(LOOK)) {
            Ok((number, answer)) => {
                let at = running.iter().position(|it| it.number == number);
                // Of one whose time was over nothing is heard any more.
                at.map(|at| {
                    running.swap_remove(at);
                    Event::Answered(number, answer)
                })
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                let now = Instant::now();
                let at = running.iter().position(|it| it.over <= now);
                Some(at.map_or(Event::Waiting, |at| {
                    let it = running.swap_remove(at);
                    Event::Answered(it.number, over(&it.request, limits.each))
                }))
            }
        };
        if event.is_some_and(|it| tell(it).is_break()) {
            return Ended::Stopped;
        }
    }
    Ended::Whole
}

fn begin(asked: Asked, budget: Duration, answers: &Sender<(u32, Answer)>) -> Running {
    let Asked {
        number,
        request,
        provider,
    } = asked;
    let running = Running {
        number,
        request: request.clone(),
        over: Instant::now() + budget + GRACE,
    };
    let sender = answers.clone();
    let refused = answers.clone();
    let kept = request.clone();
    let work = move || {
        let fetch = AssertUnwindSafe(|| provider.fetch(&request, budget));
        let answer = panic::catch_unwind(fetch)
            .unwrap_or_else(|_| unknown(&request, Why::NotCollected, "its source broke down"));
        // Nobody listens any more once the time is over.
        let _ = sender.send((number, answer));
    };
    if thread::Builder::new().spawn(work).is_err() {
        let answer = unknown(&kept, Why::NotCollected, "the machine has no thread left");
        let _ = refused.send((number, answer));
    }
    running
}

fn over(request: &Request, limit: Duration) -> Answer {
    let detail = format!("no answer within {} s", limit.as_secs_f64());
    unknown(request, Why::TimedOut, &detail)
}

/// Nothing is known of a place.
pub fn unknown(request: &Request, why: Why, detail: &str) -> Answer {
    let from = Provenance {
        kind: format!("{} {}", request.system, request.kind),
        ..Provenance::default()
    };
    Answer::Unknown(why, detail.to_owned(), from)
}

#[cfg(test)]
mod tests;
