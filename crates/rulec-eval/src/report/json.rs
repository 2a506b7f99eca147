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

/// The same with a line feed, into a buffer that held another line: who writes many need not ask for new memory each time.
pub fn write_line(report: &Report, line: &mut Vec<u8>) {
    line.clear();
    let plain = serde_json::to_writer(&mut *line, report).is_ok()
        && std::str::from_utf8(line).is_ok_and(|it| matches!(escaped(it), Cow::Borrowed(_)));
    if !plain {
        *line = self::line(report).into_bytes();
    }
    line.push(b'\n');
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
    let begins = |byte: u8| {
        let high = (byte == 0xc2) | (byte == 0xd8) | (byte == 0xe2);
        (byte < b' ') & (byte != b'\n') | (byte == 0x7f) | high
    };
    // Each piece to its end: so a compiler makes a few instructions of it, and a report is long.
    let begins_in = |piece: &[u8]| piece.iter().fold(false, |any, byte| any | begins(*byte));
    if !json.as_bytes().chunks(64).any(begins_in) || json.chars().all(is_plain) {
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
