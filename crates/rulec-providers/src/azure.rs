//! Azure itself: `azure arm`, `activity`, `metrics`, `logs` and `graph`, asked by REST with the sign-ins that people have.
//!
//! What comes back is put into the same form as a recorded exchange and read by the reader of case folders, so that live and offline
//! answers cannot differ. HTTP and sign-ins lie behind [`Wire`] and [`SignIn`]; those of the real world need the cargo feature `azure`.

mod cloud;
mod conversation;
#[cfg(feature = "azure")]
mod http;
#[cfg(feature = "azure")]
mod identity;
mod record;
mod token;
mod wire;

use std::collections::BTreeSet;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rulec_artefacts::arm_json::Method;
use rulec_artefacts::azure_ask::{Ask, Audience};
use rulec_artefacts::evidence::Evidence;
use rulec_facts::fixture::strict_json;
use rulec_facts::provider::{Answer, Provider, Request};
use rulec_facts::reason::Why;
use serde_json::Value as Json;

use crate::gather::unknown;
use conversation::{Conversation, Outcome, is_passing, retry_after};

pub use cloud::{Cloud, Endpoint};
#[cfg(feature = "azure")]
pub use http::Http;
#[cfg(feature = "azure")]
pub use identity::{Identity, IdentityKind};
pub use record::Recorder;
pub use token::{GivenToken, SignIn, Token};
pub use wire::{Call, Clock, Fault, MachineClock, Reply, Wire};

/// How long and how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// For one message and its answer.
    pub attempt: Duration,
    /// For one question that is read.
    pub read: Duration,
    /// For one question that is an action: it may take a minute.
    pub action: Duration,
    /// For all questions of a case together.
    pub case: Duration,
    /// First pause before the same is sent again, where the service names none; doubled each time.
    pub pause: Duration,
    /// Pause before an operation is looked at again, where the service names none.
    pub poll: Duration,
    /// Messages for one answer, the first included.
    pub attempts: u32,
    /// Messages that are sent again, in all of a case.
    pub retries: u32,
    /// Bytes of all answers to one question.
    pub room: usize,
    /// Pages of a list.
    pub pages: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        let seconds = Duration::from_secs;
        Limits {
            attempt: seconds(20),
            read: seconds(45),
            action: seconds(90),
            case: seconds(110),
            pause: seconds(1),
            poll: seconds(5),
            attempts: 4,
            retries: 24,
            room: 32 << 20,
            pages: 100,
        }
    }
}

/// What a conversation needs from outside.
struct Parts {
    wire: Box<dyn Wire>,
    sign_in: Box<dyn SignIn>,
    clock: Box<dyn Clock>,
    limits: Limits,
}

/// What conversations have in common, that go on side by side.
struct Shared {
    /// Tokens that were handed out, to keep them out of everything.
    tokens: Vec<Token>,
    /// Messages that may be sent again.
    retries: u32,
}

impl Shared {
    /// Takes one of the retries that are left.
    fn retry(shared: &Mutex<Shared>) -> bool {
        let mut shared = lock(shared);
        let left = shared.retries.checked_sub(1);
        shared.retries = left.unwrap_or(0);
        left.is_some()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The cloud as a provider. Each place is asked once, failures included; different places may be asked side by side.
pub struct Azure {
    parts: Parts,
    cloud: Mutex<Known>,
    shared: Mutex<Shared>,
    /// Held while one asks for a token, so that the next one finds it.
    signing_in: Mutex<()>,
    state: Mutex<State>,
    /// A question was settled.
    settled: Condvar,
}

/// What is known of the cloud.
struct Known {
    cloud: Cloud,
    /// It was asked about itself.
    learnt: bool,
}

struct State {
    evidence: Evidence,
    asked: BTreeSet<String>,
    /// Of these, the questions that have no answer yet.
    pending: BTreeSet<String>,
    time: Spent,
    recorder: Option<Recorder>,
    failure: Option<String>,
}

/// Time in which at least one question was open.
#[derive(Default)]
struct Spent {
    before: Duration,
    open: u32,
    since: Duration,
}

impl Spent {
    fn begin(&mut self, now: Duration) {
        if self.open == 0 {
            self.since = now;
        }
        self.open += 1;
    }

    fn end(&mut self, now: Duration) {
        self.open = self.open.saturating_sub(1);
        if self.open == 0 {
            self.before += now.saturating_sub(self.since);
        }
    }

    fn until(&self, now: Duration) -> Duration {
        match self.open {
            0 => self.before,
            _ => self.before + now.saturating_sub(self.since),
        }
    }
}

impl Azure {
    /// Asks that cloud.
    pub fn new(cloud: Cloud, wire: Box<dyn Wire>, sign_in: Box<dyn SignIn>) -> Azure {
        let clock = Box::new(MachineClock::default());
        Azure::with(cloud, wire, sign_in, clock, Limits::default())
    }

    /// Like [`Azure::new`], with a clock and limits.
    pub fn with(
        cloud: Cloud,
        wire: Box<dyn Wire>,
        sign_in: Box<dyn SignIn>,
        clock: Box<dyn Clock>,
        limits: Limits,
    ) -> Azure {
        let retries = limits.retries;
        Azure {
            parts: Parts {
                wire,
                sign_in,
                clock,
                limits,
            },
            cloud: Mutex::new(Known {
                cloud,
                learnt: false,
            }),
            shared: Mutex::new(Shared {
                tokens: Vec::new(),
                retries,
            }),
            signing_in: Mutex::new(()),
            state: Mutex::new(State {
                evidence: Evidence::default(),
                asked: BTreeSet::new(),
                pending: BTreeSet::new(),
                time: Spent::default(),
                recorder: None,
                failure: None,
            }),
            settled: Condvar::new(),
        }
    }

    /// Gives all questions of a case together so much time.
    #[must_use]
    pub fn within(mut self, time: Duration) -> Azure {
        self.parts.limits.case = time;
        self
    }

    /// Keeps what is answered from now on.
    #[must_use]
    pub fn recording(self, recorder: Recorder) -> Azure {
        self.state().recorder = Some(recorder);
        self
    }

    /// Why not all that was answered could be kept.
    pub fn record_failure(&self) -> Option<String> {
        self.state().failure.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Asks, and says what came of it as a recorded exchange. Nothing is locked meanwhile that others wait for.
    fn ask(&self, ask: &Ask, budget: Duration) -> Json {
        let limits = &self.parts.limits;
        let own = match ask.method {
            Method::Get => limits.read,
            Method::Post => limits.action,
        };
        let now = self.parts.clock.elapsed();
        let left = {
            let mut state = self.state();
            let left = limits.case.saturating_sub(state.time.until(now));
            state.time.begin(now);
            left
        };
        let deadline = now.saturating_add(budget.min(own).min(left));
        let endpoint = self.learn(deadline).endpoint(ask.audience).cloned();
        let (url, outcome) = match &endpoint {
            None => {
                let detail = format!("the cloud does not tell where {} is", ask.audience.name());
                (String::new(), Outcome::Failure(Why::Unsupported, detail))
            }
            Some(endpoint) => {
                let outcome = Conversation {
                    parts: &self.parts,
                    endpoint,
                    audience: ask.audience,
                    shared: &self.shared,
                    signing_in: &self.signing_in,
                    deadline,
                    read: 0,
                }
                .ask(ask);
                (endpoint.url.clone(), outcome)
            }
        };
        self.state().time.end(self.parts.clock.elapsed());
        let query = if ask.query.is_empty() { "" } else { "?" };
        let url = format!("{url}{}{query}{}", ask.path, ask.query);
        record::exchange(ask, &url, &outcome)
    }

    /// Asks a cloud that was given by its address who else belongs to it, without a token; again where that may help. What is not known
    /// when the time is over is asked for with the next question.
    fn learn(&self, deadline: Duration) -> Cloud {
        let mut known = lock(&self.cloud);
        if let Some(url) = known.cloud.metadata().filter(|_| !known.learnt) {
            self.learn_from(url, &mut known, deadline);
        }
        known.cloud.clone()
    }

    fn learn_from(&self, url: String, known: &mut Known, deadline: Duration) {
        let limits = &self.parts.limits;
        let call = Call {
            method: Method::Get,
            url,
            token: None,
            body: None,
        };
        let mut pause = limits.pause;
        for attempt in 1..=limits.attempts {
            let left = deadline.saturating_sub(self.parts.clock.elapsed());
            if left.is_zero() {
                return;
            }
            let limit = left.min(limits.attempt);
            let reply = self.parts.wire.send(&call, limit, LARGEST_METADATA);
            let told = match &reply {
                Ok(reply) if is_passing(reply.status) => retry_after(reply),
                Err(fault) if fault.passes() => None,
                // It took all its time: enough for this question.
                Err(Fault::TimedOut) => return,
                _ => {
                    self.learnt(known, reply);
                    return;
                }
            };
            let wait = told.unwrap_or(pause);
            let left = deadline.saturating_sub(self.parts.clock.elapsed());
            if attempt == limits.attempts || wait >= left || !Shared::retry(&self.shared) {
                return;
            }
            self.parts.clock.sleep(wait);
            pause = pause.saturating_mul(2);
        }
    }

    fn learnt(&self, known: &mut Known, reply: Result<Reply, Fault>) {
        known.learnt = true;
        if let Ok(Reply {
            status: 200, body, ..
        }) = reply
            && let Ok(told) = strict_json(&String::from_utf8_lossy(&body))
        {
            known.cloud.learn(&told);
            self.parts.sign_in.cloud(&known.cloud);
        }
    }
}

/// What a cloud tells of itself, bytes.
const LARGEST_METADATA: usize = 1 << 20;

impl State {
    /// Keeps the exchange of that number as evidence and in the record; of a place that is a secret itself only as evidence.
    fn keep(&mut self, number: usize, exchange: &Json, secret: bool) {
        let mut bytes = serde_json::to_vec_pretty(exchange).unwrap_or_default();
        bytes.push(b'\n');
        let name = record::file_name(number);
        if let Some(recorder) = self.recorder.as_ref().filter(|_| !secret)
            && let Err(error) = recorder.write(&name, &bytes)
        {
            self.failure = Some(format!("cannot write `{name}`: {error}"));
        }
        // Of our own making: there is nothing to tell about it.
        let _ = self.evidence.take(&name, bytes);
    }
}

impl Provider for Azure {
    fn name(&self) -> &str {
        "Azure"
    }

    fn answers(&self, request: &Request) -> bool {
        let kinds = ["arm", "activity", "metrics", "logs", "graph"];
        request.system == "azure" && kinds.contains(&request.kind.as_str())
    }

    fn fetch(&self, request: &Request, budget: Duration) -> Answer {
        let mut state = self.state();
        match Ask::of(request) {
            Ok(ask) if state.asked.insert(ask.key()) => {
                let number = state.asked.len();
                state.pending.insert(ask.key());
                drop(state);
                let exchange = self.ask(&ask, budget);
                state = self.state();
                state.pending.remove(&ask.key());
                state.keep(number, &exchange, request.secret);
                self.settled.notify_all();
            }
            // Somebody else is asking it.
            Ok(ask) => {
                let key = ask.key();
                let pending = |state: &mut State| state.pending.contains(&key);
                let waited = self.settled.wait_timeout_while(state, budget, pending);
                let (guard, waited) = waited.unwrap_or_else(PoisonError::into_inner);
                if waited.timed_out() {
                    let detail = "the time for this question is over";
                    return unknown(request, Why::TimedOut, detail);
                }
                state = guard;
            }
            // What is never asked is kept as such, so that the case answers the same way.
            Err((why, detail)) => {
                let exchange = record::refused(request, why, &detail);
                if state.asked.insert(exchange.to_string()) {
                    let number = state.asked.len();
                    state.keep(number, &exchange, request.secret);
                }
            }
        }
        let (answer, _) = state.evidence.answer(request);
        match state.recorder {
            Some(_) if !request.secret => answer,
            _ => without_file(answer),
        }
    }
}

/// The files of what is not recorded do not exist.
fn without_file(mut answer: Answer) -> Answer {
    let (Answer::Found(_, from) | Answer::NotThere(from) | Answer::Unknown(_, _, from)) =
        &mut answer;
    from.file = None;
    answer
}

/// What has to be granted to the sign-in for a request, in the words of the system, and by whom.
///
/// # Errors
/// It is never asked; why.
pub fn permission(request: &Request) -> Result<(Audience, String), String> {
    let ask = Ask::of(request).map_err(|(_, detail)| detail)?;
    Ok((ask.audience, ask.permission))
}
