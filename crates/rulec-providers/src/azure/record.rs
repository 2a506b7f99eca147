//! Keeps what was asked and answered as a case folder that answers the same way.
//!
//! Each answer is a file of its own, written whole before it is used: a run that is stopped leaves what it has learnt.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rulec_artefacts::arm_json::{Method, RECORDER};
use rulec_artefacts::azure_ask::Ask;
use rulec_facts::provider::Request;
use rulec_facts::reason::Why;
use rulec_facts::source::arm_path;
use serde_json::{Map, Value as Json, json};

use super::conversation::Outcome;

/// A folder that a run is recorded in.
#[derive(Debug, Clone)]
pub struct Recorder {
    folder: PathBuf,
}

impl Recorder {
    /// A new folder, or an empty one.
    ///
    /// # Errors
    /// It cannot be made, or there is something in it.
    pub fn new(folder: &Path) -> io::Result<Recorder> {
        fs::create_dir_all(folder)?;
        if fs::read_dir(folder)?.next().is_some() {
            let message = "there is something in it, and nothing is overwritten";
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
        }
        Ok(Recorder {
            folder: folder.to_owned(),
        })
    }

    /// Writes a file of the case; it is there whole, or not at all.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let whole = self.folder.join(name);
        let begun = self.folder.join(format!("{name}.part"));
        if let Some(folder) = whole.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&begun, bytes)?;
        fs::rename(&begun, &whole)
    }
}

/// The name of the file of an answer, counted from 1.
pub(super) fn file_name(number: usize) -> String {
    format!("azure/{number:04}.json")
}

/// A request that is never sent, and why; under an address that the reader takes for one of its kind.
pub(super) fn refused(request: &Request, why: Why, detail: &str) -> Json {
    let post = request.arguments.iter().any(|(word, _)| word == "post");
    let locator = request.locator.as_deref().unwrap_or("");
    let uri = match request.kind.as_str() {
        "activity" => "/providers/Microsoft.Insights/eventtypes/management/values".to_owned(),
        "metrics" => "/providers/Microsoft.Insights/metrics".to_owned(),
        "logs" => "/v1/query".to_owned(),
        "graph" => "/v1.0/refused".to_owned(),
        _ => arm_path(locator).unwrap_or_else(|_| "/refused".to_owned()),
    };
    json!({
        "recorder": RECORDER,
        "request": { "method": if post { "POST" } else { "GET" }, "uri": uri },
        "failure": { "reason": why.name(), "detail": detail },
    })
}

/// An exchange, in the form that the reader of case folders takes.
pub(super) fn exchange(ask: &Ask, url: &str, outcome: &Outcome) -> Json {
    let method = match ask.method {
        Method::Get => "GET",
        Method::Post => "POST",
    };
    let mut request = json!({ "method": method, "uri": url });
    if let (Some(request), Some(body)) = (request.as_object_mut(), &ask.body) {
        request.insert("body".to_owned(), body.clone());
    }
    let mut exchange = Map::new();
    exchange.insert("recorder".to_owned(), RECORDER.into());
    exchange.insert("request".to_owned(), request);
    match outcome {
        Outcome::Reply {
            status,
            headers,
            body,
        } => {
            let headers: Map<String, Json> = headers
                .iter()
                .map(|(name, value)| (name.clone(), value.clone().into()))
                .collect();
            let response = json!({ "status": status, "headers": headers, "body": body });
            exchange.insert("response".to_owned(), response);
        }
        Outcome::Failure(why, detail) => {
            let failure = json!({ "reason": why.name(), "detail": detail });
            exchange.insert("failure".to_owned(), failure);
        }
    }
    Json::Object(exchange)
}
