//! Azure resources as people save them.
//!
//! Read are: a resource as `az rest` or `az … show` prints it (the command line flattens `properties`; it is put back), a list
//! (`{"value": […]}` or a bare array), a recorded exchange (`{"request": {"method", "uri"}, "response": {"status", "headers", "body"}}`), an
//! array of exchanges, and an example of the API's specification. Which answer belongs to which request is decided by
//! the resource's `id` or the exchange's address, never by the name of the file. Does no I/O.

mod envelope;
mod index;
mod repair;
mod shape;

use std::sync::Arc;

use rulec_facts::fixture::strict_json;
use rulec_facts::reason::Why;
use serde_json::Value as Json;

use crate::secrets;

pub use envelope::failed_page;
pub(crate) use envelope::{error_of, one_line};
pub use index::{ArmIndex, Resource, continues};

/// What stands as `recorder` in an exchange that a run of `rulec` recorded.
pub const RECORDER: &str = "rulec";

/// How a place was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    /// A read.
    Get,
    /// An action.
    Post,
}

/// One answer found in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedAnswer {
    /// How it was asked; a bare resource counts as read.
    pub method: Method,
    /// Address without host and query, as [`rulec_facts::source::arm_path`] gives it.
    pub path: String,
    /// Whole address of an exchange, for the further pages of a list.
    pub uri: Option<String>,
    /// What came back.
    pub outcome: Outcome,
    /// When, RFC 3339, if the exchange says.
    pub time: Option<String>,
    /// It stood inside another resource; an answer of its own is better.
    pub nested: bool,
    /// The exchange in which exactly this was asked.
    pub asked: Option<Asked>,
    /// A run of `rulec` recorded it: it was asked for by name, and fills no param.
    pub recorded: bool,
}

/// An exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its address and what was sent along, by which it is found.
    pub key: String,
    /// It was filtered or cut: it answers nothing but exactly this request.
    pub part: bool,
}

/// What came back.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A document.
    Found(Arc<Json>),
    /// An error.
    Failed(ArmError),
    /// 202: the operation had not ended; its result lies at one of these addresses.
    Pending(Vec<String>),
    /// It exists, as a list without properties says (`az resource list`); what it is like was not saved.
    Summary,
    /// The recorder got no answer, and says why.
    Unanswered(Why, String),
}

/// An error of Azure Resource Manager.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArmError {
    /// HTTP status.
    pub status: u16,
    /// `ResourceNotFound`, …; empty where the body does not say.
    pub code: String,
    /// What the service said, one line.
    pub message: String,
}

/// A file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// What is wrong.
    pub message: String,
    /// Line, from 1; 0 where there is none.
    pub line: u32,
    /// Column, from 1; 0 where there is none.
    pub column: u32,
}

/// The answers in one file; none for JSON that is not about Azure.
///
/// # Errors
/// Text that is not UTF-8 or UTF-16 with its mark, and JSON that is cut, malformed or nested beyond 128 levels, or in which a name
/// stands twice in one object: nothing says which of the two values holds.
pub fn read(bytes: &[u8]) -> Result<Vec<SavedAnswer>, Unreadable> {
    let text = decode(bytes)?;
    if text.trim().is_empty() {
        return Err(unreadable("the file is empty", 0, 0));
    }
    let json = strict_json(&text).map_err(|error| Unreadable {
        message: error.message,
        line: error.line,
        column: error.column,
    })?;
    let mut answers = shape::answers(json);
    for answer in &mut answers {
        if let Outcome::Found(document) = &mut answer.outcome {
            let document = Arc::make_mut(document);
            match secrets::names_secret(&answer.path) {
                true => secrets::hide_all(document),
                false => secrets::hide(document),
            }
        }
    }
    Ok(answers)
}

fn unreadable(message: impl Into<String>, line: u32, column: u32) -> Unreadable {
    Unreadable {
        message: message.into(),
        line,
        column,
    }
}

/// UTF-8 with or without its mark; UTF-16 with one, as PowerShell writes it.
fn decode(bytes: &[u8]) -> Result<String, Unreadable> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => {
            let rest = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
            String::from_utf8(rest.to_vec()).map_err(|error| {
                let valid = rest.get(..error.utf8_error().valid_up_to()).unwrap_or(&[]);
                let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
                let column = valid
                    .iter()
                    .rev()
                    .take_while(|byte| **byte != b'\n')
                    .count()
                    + 1;
                let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
                unreadable("this is not UTF-8 text", number(line), number(column))
            })
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Unreadable> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    match String::from_utf16(&units) {
        Ok(text) if rest.is_empty() => Ok(text),
        _ => Err(unreadable(
            "this is not UTF-16 text, although it begins like one",
            0,
            0,
        )),
    }
}

#[cfg(test)]
mod tests;
