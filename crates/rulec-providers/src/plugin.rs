//! Plug-ins: executables of third parties that answer for kinds of their own, asked in lines of JSON.
//!
//! A plug-in is another's program and is not trusted: it is asked only about kinds under its own system word, within a deadline, and what
//! it says is read within bounds. Whatever it does wrong costs its own answers. What it answered is kept in the form of a recorded exchange
//! and read by the reader of case folders, so that live and recorded answers cannot differ. The protocol stands in the book, page "Plug-ins".

mod kit;
mod process;
mod serve;
#[cfg(target_os = "linux")]
mod strays;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rulec_artefacts::evidence::Evidence;
use rulec_artefacts::plugin_answers;
use rulec_artefacts::secrets;
use rulec_facts::provider::{Answer, Provenance, Provider, Request};
use rulec_facts::reason::Why;
use rulec_facts::source::{self, Description};
use serde_json::{Value as Json, json};

use crate::azure::Recorder;
use process::{Process, Trouble};

pub use kit::{Finding, Report, test};
pub use serve::serve;

/// How long and how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// To start and describe itself.
    pub describe: Duration,
    /// For one question.
    pub fetch: Duration,
    /// To end when it is not needed any more.
    pub end: Duration,
    /// Bytes of one line.
    pub line: usize,
    /// Bytes of all lines of one process.
    pub total: usize,
    /// Times that it is started in a run.
    pub starts: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            describe: Duration::from_secs(10),
            fetch: Duration::from_secs(30),
            end: Duration::from_secs(2),
            line: 8 << 20,
            total: 64 << 20,
            starts: 3,
        }
    }
}

/// A plug-in that described itself, as a provider. Each place is asked once, failures included.
pub struct Plugin {
    path: PathBuf,
    limits: Limits,
    description: Arc<Description>,
    told: Json,
    state: Mutex<State>,
}

struct State {
    process: Option<Process>,
    starts: u32,
    evidence: Evidence,
    /// The number of each question.
    asked: BTreeMap<Request, usize>,
    recorder: Option<Recorder>,
    failure: Option<String>,
}

impl std::fmt::Debug for Plugin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plugin")
            .field("path", &self.path)
            .field("description", &self.description)
            .finish_non_exhaustive()
    }
}

/// The executable of that name, `rulec-provider-NAME`, in a list of folders as `PATH` is one.
pub fn find(name: &str, folders: &std::ffi::OsStr) -> Option<PathBuf> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() || !name.chars().all(plain) {
        return None;
    }
    let file = format!("rulec-provider-{name}{}", std::env::consts::EXE_SUFFIX);
    let all = std::env::split_paths(folders).filter(|it| it.is_absolute());
    let mut all = all.map(|it| it.join(&file));
    all.find(|it| it.is_file())
}

impl Plugin {
    /// Starts it and asks what it is.
    ///
    /// # Errors
    /// It cannot be started, does not describe itself, or describes what no plug-in may.
    pub fn start(path: &Path, limits: Limits) -> Result<Plugin, String> {
        let mut process = Process::start(path, &limits)?;
        let told = process
            .ask(json!({ "ask": "describe" }), limits.describe)
            .map_err(|it| it.to_string())?;
        let description = source::describe(&without_id(told.clone()))?;
        Ok(Plugin {
            path: path.to_owned(),
            limits,
            description,
            told: without_id(told),
            state: Mutex::new(State {
                process: Some(process),
                starts: 1,
                evidence: Evidence::default(),
                asked: BTreeMap::new(),
                recorder: None,
                failure: None,
            }),
        })
    }

    /// What it said of itself, to be saved beside a pack.
    pub fn told(&self) -> &Json {
        &self.told
    }

    /// What that means.
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// Keeps what is answered from now on.
    #[must_use]
    pub fn recording(self, recorder: Recorder) -> Plugin {
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

    /// Asks; whatever goes wrong is an answer too. What goes wrong ends the process, and the next question starts another.
    fn ask(&self, state: &mut State, request: &Request, budget: Duration) -> Json {
        let limit = budget.min(self.limits.fetch);
        let mut process = match state.process.take() {
            Some(process) => process,
            None if state.starts >= self.limits.starts => {
                let detail = format!(
                    "`{}` failed {} times and is not started again",
                    self.description.name, state.starts
                );
                return unknown(Why::NotCollected, &detail);
            }
            None => match Process::start(&self.path, &self.limits) {
                Ok(process) => {
                    state.starts += 1;
                    process
                }
                Err(detail) => return unknown(Why::Unsupported, &detail),
            },
        };
        if request.secret {
            process.hush();
        }
        let trouble = match process.ask(question(request, limit), limit) {
            Ok(mut answer) => match plugin_answers::answer(&answer, Provenance::default()) {
                Ok(_) => {
                    state.process = Some(process);
                    if let Some(found) = answer.get_mut("found") {
                        secrets::hide(found);
                    }
                    return without_id(answer);
                }
                Err(why) => Trouble::new(Why::Malformed, why),
            },
            Err(trouble) => trouble,
        };
        // What it wrote about a secret place may repeat the place.
        let detail = match request.secret {
            true => "the plug-in failed".to_owned(),
            false => trouble.to_string(),
        };
        unknown(trouble.why, &detail)
    }
}

/// One `fetch` of the protocol.
fn question(request: &Request, limit: Duration) -> Json {
    let arguments: BTreeMap<&String, &Vec<String>> =
        request.arguments.iter().map(|(a, b)| (a, b)).collect();
    json!({
        "ask": "fetch",
        "kind": request.kind,
        "locator": request.locator,
        "arguments": arguments,
        "on": request.on,
        "secret": request.secret,
        "budget_ms": u64::try_from(limit.as_millis()).unwrap_or(u64::MAX),
    })
}

fn unknown(why: Why, detail: &str) -> Json {
    json!({ "unknown": why.name(), "detail": plugin_answers::one_line(detail) })
}

fn without_id(mut json: Json) -> Json {
    if let Some(object) = json.as_object_mut() {
        object.shift_remove("id");
    }
    json
}

impl Provider for Plugin {
    fn name(&self) -> &str {
        &self.description.name
    }

    fn answers(&self, request: &Request) -> bool {
        let mut kinds = self.description.kinds.iter();
        kinds.any(|it| it.system == request.system && it.kind == request.kind)
    }

    fn fetch(&self, request: &Request, budget: Duration) -> Answer {
        let mut state = self.state();
        if !state.asked.contains_key(request) {
            let number = state.asked.len() + 1;
            state.asked.insert(request.clone(), number);
            let answer = self.ask(&mut state, request, budget);
            let exchange = plugin_answers::exchange(request, &answer);
            state.keep(&self.description.system, number, &exchange, request.secret);
        }
        let (mut answer, _) = state.evidence.answer(request);
        if state.recorder.is_none() || request.secret {
            let (Answer::Found(_, from) | Answer::NotThere(from) | Answer::Unknown(_, _, from)) =
                &mut answer;
            from.file = None;
        }
        answer
    }
}

impl State {
    /// Keeps an exchange as evidence and in the record; of a place that is a secret itself only as evidence.
    fn keep(&mut self, system: &str, number: usize, exchange: &Json, secret: bool) {
        let name = format!("plugins/{system}-{number:04}.json");
        let bytes = format!("{exchange:#}\n").into_bytes();
        if let Some(recorder) = self.recorder.as_ref().filter(|_| !secret)
            && let Err(error) = recorder.write(&name, &bytes)
        {
            self.failure = Some(format!("cannot write `{name}`: {error}"));
        }
        // Of our own making: there is nothing to tell about it.
        let _ = self.evidence.take(&name, bytes);
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
