//! The report as JSON, format 1. The schema is `book/src/reference/report.schema.json`; the order of everything is part of the promise.

use std::borrow::Cow;
use std::fmt::Write;

use rulec_facts::show::visible;

use super::Report;

/// One line, for batches and tools.
pub fn line(report: &Report) -> String {
    let json = serde_json::to_string(report).unwrap_or_else(|error| failed(&error));
    escaped(&json).into_owned()
}

/// Indented, for people who look at it.
pub fn pretty(report: &Report) -> String {
    let json = serde_json::to_string_pretty(report).unwrap_or_else(|error| failed(&error));
    escaped(&json).into_owned()
}

/// JSON that means the same, in which no character is left that a terminal obeys or that turns the direction of what stands around it:
/// JSON itself leaves all but the first 32 as they are.
pub fn escaped(json: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c == '\n' || visible(c) == c;
    // All others begin with one of these bytes: mostly there is none.
    let begins =
        |byte: u8| byte < b' ' && byte != b'\n' || [0x7f, 0xc2, 0xd8, 0xe2].contains(&byte);
    if !json.bytes().any(begins) || json.chars().all(is_plain) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        match is_plain(c) {
            true => out.push(c),
            // Writing to a text cannot fail; all of these are below U+10000.
            false => _ = write!(out, "\\u{:04x}", u32::from(c)),
        }
    }
    Cow::Owned(out)
}

/// A report holds texts, numbers and lists only; should that ever change, the line still says so.
fn failed(error: &serde_json::Error) -> String {
    serde_json::json!({ "format": super::FORMAT, "error": error.to_string() }).to_string()
}
