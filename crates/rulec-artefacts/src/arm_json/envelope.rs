//! Error bodies in their five shapes, and what an error says about the place that was asked.

use rulec_facts::provider::{Answer, Provenance};
use rulec_facts::reason::Why;
use rulec_facts::source::arm_key;
use serde_json::{Map, Value as Json};

use super::ArmError;

/// Longest message that is kept, characters.
const LONGEST: usize = 500;

/// The error in a body: `{"error": {"code"…}}`, `{"code"…}`, `{"Error": {"Code"…}}`, `{"Code"…}`; an empty or foreign body has none.
pub(crate) fn error_of(body: &Json) -> Option<(String, String)> {
    let object = body.as_object()?;
    let inner = member(object, "error")
        .and_then(Json::as_object)
        .unwrap_or(object);
    let code = match member(inner, "code")? {
        Json::String(code) => code.clone(),
        Json::Number(code) => code.to_string(),
        _ => return None,
    };
    let message = member(inner, "message")
        .and_then(Json::as_str)
        .unwrap_or("");
    Some((code, one_line(message)))
}

/// The member of that name, without case: the services write it in either.
pub(super) fn member<'a>(object: &'a Map<String, Json>, name: &str) -> Option<&'a Json> {
    let found = object
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value)
}

/// A text of a service, on one line, without control characters, shortened.
pub(crate) fn one_line(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or("")),
        None => line,
    }
}

/// Why a list is not whole of which a further page was answered so.
pub fn failed_page(status: u16, body: &Json) -> (Why, String) {
    let (code, message) = error_of(body).unwrap_or_default();
    let error = ArmError {
        status,
        code,
        message,
    };
    error.of_page()
}

impl ArmError {
    /// What the error says about the place: *not there* only for a 404 that is about the asked resource itself.
    pub fn answer(&self, path: &str, from: Provenance) -> Answer {
        if self.status == 404 && self.is_about(path) {
            return Answer::NotThere(from);
        }
        self.unknown(from)
    }

    /// Unknown, with what was said, and what repairs it.
    pub(crate) fn unknown(&self, from: Provenance) -> Answer {
        let why = match self.status {
            401 | 403 => Why::Denied,
            408 | 429 | 502..=504 => Why::TimedOut,
            404 | 410 => Why::Missing,
            200..=299 => Why::Malformed,
            _ => Why::NotCollected,
        };
        let mut detail = self.shown();
        if let Some(repair) = self.repair() {
            detail.push_str("; ");
            detail.push_str(&repair);
        }
        Answer::Unknown(why, detail, from)
    }

    /// Why a list is not whole of which this came for a further page: *not there* is the page, never a member.
    pub(crate) fn of_page(&self) -> (Why, String) {
        match self.unknown(Provenance::default()) {
            Answer::Unknown(Why::Missing | Why::Malformed, detail, _) => (Why::OverBudget, detail),
            Answer::Unknown(why, detail, _) => (why, detail),
            _ => (Why::OverBudget, self.shown()),
        }
    }

    /// `403 AuthorizationFailed: …`.
    pub fn shown(&self) -> String {
        let mut text = format!("HTTP {}", self.status);
        for part in [&self.code, &self.message] {
            if !part.is_empty() {
                text.push_str(if part == &self.code { " " } else { ": " });
                text.push_str(part);
            }
        }
        text
    }

    /// The code is that of a missing resource, and the message names no other resource than the asked one.
    fn is_about(&self, path: &str) -> bool {
        let missing = ["ResourceNotFound", "NotFound"]
            .iter()
            .any(|code| self.code.eq_ignore_ascii_case(code));
        missing
            && quoted_resource(&self.message).is_none_or(|named| {
                let named = arm_key(&named);
                arm_key(path).ends_with(&format!("/{}", named.trim_start_matches('/')))
            })
    }
}

/// `Microsoft.Network/routeTables/rt` in `The Resource 'Microsoft.Network/routeTables/rt' under resource group …`.
fn quoted_resource(message: &str) -> Option<String> {
    let quoted = message.split('\'').skip(1).step_by(2);
    quoted
        .filter(|text| text.contains('/'))
        .map(str::to_owned)
        .next()
}
