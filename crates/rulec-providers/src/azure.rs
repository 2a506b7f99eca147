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
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rulec_artefacts::arm_json::Method;
use rulec_artefacts::azure_ask::{Ask, Audience};
use rulec_artefacts::evidence::Evidence;
use rulec_facts::fixture::strict_json;
use rulec_facts::provider::{Answer, Provider, Request};
use rulec_facts::reason::Why;

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

/// The cloud as a provider. Each place is asked once, failures included.
pub struct Azure {
    parts: Parts,
    state: Mutex<State>,
}

struct State {
    cloud: Cloud,
    /// The cloud was asked about itself.
    learnt: bool,
    evidence: Evidence,
    asked: BTreeSet<String>,
    tokens: Vec<Token>,
    retries: u32,
    /// Time that questions have taken.
    spent: Duration,
    recorder: Option<Recorder>,
    failure: Option<String>,
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
            state: Mutex::new(State {
                cloud,
                learnt: false,
                evidence: Evidence::default(),
                asked: BTreeSet::new(),
                tokens: Vec::new(),
                retries,
                spent: Duration::ZERO,
                recorder: None,
                failure: None,
            }),
        }
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
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks, and keeps the answer as evidence.
    fn ask(&self, state: &mut State, ask: &Ask, secret: bool, budget: Duration) {
        let limits = &self.parts.limits;
        let own = match ask.method {
            Method::Get => limits.read,
            Method::Post => limits.action,
        };
        let now = self.parts.clock.elapsed();
        let left = limits.case.saturating_sub(state.spent);
        let deadline = now.saturating_add(budget.min(own).min(left));
        self.learn(state, deadline);
        let endpoint = state.cloud.endpoint(ask.audience).cloned();
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
                    tokens: &mut state.tokens,
                    retries: &mut state.retries,
                    deadline,
                    read: 0,
                }
                .ask(ask);
                (endpoint.url.clone(), outcome)
            }
        };
        state.spent += self.parts.clock.elapsed().saturating_sub(now);
        let query = if ask.query.is_empty() { "" } else { "?" };
        let url = format!("{url}{}{query}{}", ask.path, ask.query);
        let exchange = record::exchange(ask, &url, &outcome);
        state.keep(&exchange, secret);
    }

    /// Asks a cloud that was given by its address who else belongs to it, without a token; again where that may help. What is not known
    /// when the time is over is asked for with the next question.
    fn learn(&self, state: &mut State, deadline: Duration) {
        let Some(url) = state.cloud.metadata().filter(|_| !state.learnt) else {
            return;
        };
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
                    self.learnt(state, reply);
                    return;
                }
            };
            let wait = told.unwrap_or(pause);
            let left = deadline.saturating_sub(self.parts.clock.elapsed());
            if attempt == limits.attempts || state.retries == 0 || wait >= left {
                return;
            }
            state.retries -= 1;
            self.parts.clock.sleep(wait);
            pause = pause.saturating_mul(2);
        }
    }

    fn learnt(&self, state: &mut State, reply: Result<Reply, Fault>) {
        state.learnt = true;
        if let Ok(Reply {
            status: 200, body, ..
        }) = reply
            && let Ok(told) = strict_json(&String::from_utf8_lossy(&body))
        {
            state.cloud.learn(&told);
            self.parts.sign_in.cloud(&state.cloud);
        }
    }
}

/// What a cloud tells of itself, bytes.
const LARGEST_METADATA: usize = 1 << 20;

impl State {
    /// Keeps an exchange as evidence and in the record; of a place that is a secret itself only as evidence.
    fn keep(&mut self, exchange: &serde_json::Value, secret: bool) {
        let mut bytes = serde_json::to_vec_pretty(exchange).unwrap_or_default();
        bytes.push(b'\n');
        let name = record::file_name(self.asked.len());
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
                self.ask(&mut state, &ask, request.secret, budget);
            }
            Ok(_) => {}
            // What is never asked is kept as such, so that the case answers the same way.
            Err((why, detail)) => {
                let exchange = record::refused(request, why, &detail);
                if state.asked.insert(exchange.to_string()) {
                    state.keep(&exchange, request.secret);
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
