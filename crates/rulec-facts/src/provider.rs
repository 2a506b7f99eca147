//! Requests, answers and the trait behind which the world lies.
//!
//! A request names a *place* (system, kind, resolved locator and arguments); an answer is the *document* found there, as
//! JSON, whatever the place is: an ARM resource, the values of a registry key, the certificates of a store. Which part
//! of it a fact wants (`at`) and how that becomes a value is decided in [`crate::decode`], the same for
//! live and offline answers.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value as Json;

use crate::reason::Why;
use crate::source;

/// A place that is to be read, all braces filled.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Request {
    /// `azure`, `windows`, `file`, `network`, or a third party's word.
    pub system: String,
    /// `arm`, `registry`, …
    pub kind: String,
    /// Resolved locator.
    pub locator: Option<String>,
    /// Arguments in order of name: word and its values as text.
    pub arguments: Vec<(String, Vec<String>)>,
    /// Resolved `on`.
    pub on: Option<String>,
    /// A secret fact was filled in: never show the locator.
    pub secret: bool,
}

impl Request {
    /// `azure arm "…"`, for people; the locator of a secret request is hidden.
    pub fn shown(&self) -> String {
        let locator = match &self.locator {
            Some(_) if self.secret => " \"[secret]\"".to_owned(),
            Some(locator) => format!(" \"{locator}\""),
            None => String::new(),
        };
        format!("{} {}{locator}", self.system, self.kind)
    }

    /// What identifies the place (S6): ARM ids compare without case.
    pub fn place_key(&self) -> String {
        let locator = self.locator.as_deref().unwrap_or("");
        let locator = match self.system.as_str() {
            "azure" => source::arm_key(locator),
            _ => locator.to_owned(),
        };
        format!(
            "{:?}",
            (&self.system, &self.kind, locator, &self.arguments, &self.on)
        )
    }
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Provenance {
    /// `azure arm`, `given`, `ask`, `default`, …
    pub kind: String,
    /// Resolved locator, fact name or question.
    pub place: String,
    /// File inside the case folder, with `/`.
    pub file: Option<String>,
    /// When it was observed, RFC 3339, if the answer says.
    pub time: Option<String>,
}

/// What a place answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A document; JSON null counts as *not there* only where a path selects it.
    Found(Arc<Json>, Provenance),
    /// The place was read, and nothing was there (S3).
    NotThere(Provenance),
    /// Not known: why, and what came back.
    Unknown(Why, String, Provenance),
}

/// The door to one part of the world. Blocking; the caller decides on threads.
pub trait Provider: Send + Sync {
    /// For people: `case folder`, `Azure`, …
    fn name(&self) -> &str;

    /// It is the one to ask for this request.
    fn answers(&self, request: &Request) -> bool;

    /// Reads the place; returns within `budget`, as `TimedOut` if need be.
    fn fetch(&self, request: &Request, budget: Duration) -> Answer;
}
