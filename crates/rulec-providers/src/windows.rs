//! Windows itself: `windows …` and `file …`, asked by its calls on the machine that this runs on.
//!
//! What comes back is put through the readers of saved files, so that live and offline answers are the same documents. The calls lie
//! behind [`System`]; what is made of their answers compiles and is tested everywhere.

mod adapters;
mod dialling;
mod keys;
mod logs;
#[cfg(windows)]
mod machine;
mod printed;
mod saved;
mod stores;
mod system;

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use rulec_facts::provider::{Answer, Provenance, Provider, Request};
use rulec_facts::reason::Why;
use rulec_windows::{Read, Trouble};
use serde_json::{Value as Json, json};

use printed::Once;

pub use system::{Entry, System};

/// Kinds of `windows` that are answered.
const KINDS: &[&str] = &[
    "adapters",
    "appx",
    "certificates",
    "cm-profile",
    "command",
    "connection",
    "device",
    "drivers",
    "events",
    "nrpt",
    "phonebook",
    "phonebooks",
    "power",
    "proxy",
    "registry",
    "routes",
    "service",
    "system",
    "updates",
];

/// Kinds of `file` that are answered.
const FILES: &[&str] = &["certificates", "crl", "ini", "json", "lines", "xml"];

/// Time for one place; a command may take longer.
const USUAL: Duration = Duration::from_secs(20);
/// Time for what a command prints.
const COMMAND: Duration = Duration::from_secs(60);
/// A command is stopped so much before its place counts as late, so that it can say so itself.
const BEFORE: Duration = Duration::from_millis(500);

/// This Windows machine as a provider.
pub struct Windows {
    system: Arc<dyn System>,
    once: Arc<Once>,
}

impl Windows {
    /// The machine that this runs on.
    #[cfg(windows)]
    pub fn here() -> Windows {
        Windows::with(Arc::new(machine::Machine))
    }

    /// A machine behind the door.
    pub fn with(system: Arc<dyn System>) -> Windows {
        Windows {
            system,
            once: Arc::default(),
        }
    }
}

impl Provider for Windows {
    fn name(&self) -> &str {
        "Windows"
    }

    fn answers(&self, request: &Request) -> bool {
        let kinds = match request.system.as_str() {
            "windows" => KINDS,
            "file" => FILES,
            _ => return false,
        };
        kinds.contains(&request.kind.as_str())
    }

    fn fetch(&self, request: &Request, budget: Duration) -> Answer {
        let from = Provenance {
            kind: format!("{} {}", request.system, request.kind),
            place: request.locator.clone().unwrap_or_default(),
            ..Provenance::default()
        };
        let own = match request.kind.as_str() {
            "command" | "system" | "updates" => COMMAND,
            _ => USUAL,
        };
        let limit = own.min(budget);
        let (sender, answers) = mpsc::channel();
        let (system, once) = (Arc::clone(&self.system), Arc::clone(&self.once));
        let (asked, place) = (request.clone(), from.clone());
        // A call that hangs cannot be stopped, only left behind.
        let begun = thread::Builder::new().spawn(move || {
            let answer = answer(&*system, &once, &asked, limit, place);
            // Nobody listens any more once the time is over.
            let _ = sender.send(answer);
        });
        if begun.is_err() {
            return unknown(Trouble::new(Why::NotCollected, "no thread is left"), from);
        }
        match answers.recv_timeout(limit) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => {
                let detail = format!("no answer within {} s", limit.as_secs());
                unknown(Trouble::new(Why::TimedOut, detail), from)
            }
            Err(RecvTimeoutError::Disconnected) => unknown(
                Trouble::new(Why::NotCollected, "its reader broke down"),
                from,
            ),
        }
    }
}

fn answer(
    system: &dyn System,
    once: &Once,
    request: &Request,
    limit: Duration,
    from: Provenance,
) -> Answer {
    if request.on.as_deref().is_some_and(|it| !it.is_empty()) {
        let detail = "only the machine is asked on which `rulec` runs, no other";
        return unknown(Trouble::new(Why::Unsupported, detail), from);
    }
    if request.system == "file" {
        return match saved::file(system, request) {
            Ok(Some(answer)) => without_file(answer),
            Ok(None) => Answer::NotThere(from),
            Err(trouble) => unknown(trouble, from),
        };
    }
    if request.kind == "events" {
        return logs::records(system, request, from.clone())
            .unwrap_or_else(|trouble| unknown(trouble, from));
    }
    match document(system, once, request, limit.saturating_sub(BEFORE)) {
        Ok(Some(document)) => Answer::Found(document.into(), from),
        Ok(None) => Answer::NotThere(from),
        Err(trouble) => unknown(trouble, from),
    }
}

/// What is found at a place of `windows`, but for event logs.
fn document(system: &dyn System, once: &Once, request: &Request, limit: Duration) -> Read<Json> {
    let locator = request.locator.as_deref().unwrap_or("");
    match request.kind.as_str() {
        "adapters" => adapters::adapters(system),
        "appx" => keys::app(system, locator),
        "certificates" => stores::certificates(system, locator),
        "cm-profile" => dialling::profile(system, locator),
        "command" => printed::command(system, locator, limit),
        "connection" => dialling::connection(system, locator),
        "device" => Ok(system.device(locator)?.map(|it| {
            let name = it.name;
            json!({ "name": name, "problem": it.problem })
        })),
        "drivers" => keys::drivers(system),
        "nrpt" => keys::nrpt(system),
        "phonebook" => dialling::phonebook(system, locator),
        "phonebooks" => dialling::phonebooks(system),
        "power" => {
            let it = system.power()?;
            Ok(Some(json!({
                "standby-timeout-ac": it.standby_ac,
                "standby-timeout-dc": it.standby_dc,
                "hibernate-timeout-ac": it.hibernate_ac,
                "hibernate-timeout-dc": it.hibernate_dc,
            })))
        }
        "proxy" => keys::proxy(system),
        "registry" => keys::key(system, locator),
        "routes" => adapters::routes(system),
        "service" => Ok(system
            .service(locator)?
            .map(|it| json!({ "name": locator, "state": it.state, "start": it.start }))),
        "system" => once.system(system, limit),
        "updates" => once.updates(system, limit),
        _ => Err(Trouble::new(
            Why::Unsupported,
            "this kind is not answered live",
        )),
    }
}

fn unknown(trouble: Trouble, from: Provenance) -> Answer {
    Answer::Unknown(trouble.why, trouble.detail, from)
}

/// A file of the machine is none of the case.
fn without_file(mut answer: Answer) -> Answer {
    let (Answer::Found(_, from) | Answer::NotThere(from) | Answer::Unknown(_, _, from)) =
        &mut answer;
    from.file = None;
    answer
}

#[cfg(test)]
mod tests;
