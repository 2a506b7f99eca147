//! Comments and descriptions: what stands above a statement, and where each comment stands.

use compact_str::CompactString;

use super::scan::{is_description, line_end, trimmed};
use crate::ast::{Comment, Doc, Place};
use crate::source::{FileId, Span};

/// The comment at a range of `text`, the whole text of the file.
pub(super) fn comment(file: FileId, text: &str, start: usize, end: usize) -> Comment {
    let line_start = before(text, start);
    let own_line = is_blank(text.as_bytes().get(line_start..start).unwrap_or_default());
    Comment {
        text: CompactString::from(text.get(start..end).unwrap_or_default()),
        place: Place(Span::new(file, start as u32, end as u32)),
        own_line,
        blank_before: own_line && blank_line_before(text, line_start),
    }
}

/// What stands above a statement.
#[derive(Default)]
pub(super) struct Lead {
    pub(super) doc: Doc,
    pub(super) comments: Vec<Comment>,
    /// Where the description begins.
    pub(super) doc_at: Option<(usize, usize)>,
    /// It begins with an empty line.
    pub(super) blank_before: bool,
}

/// Reads comments, descriptions and blank lines from `start` to `end`; nothing else stands there.
pub(super) fn lead(file: FileId, text: &str, start: usize, end: usize) -> Lead {
    let bytes = text.as_bytes();
    let mut lead = Lead::default();
    let mut at = start;
    while at < end {
        let line = line_end(bytes, at).min(end);
        let indent = bytes
            .get(at..line)
            .unwrap_or_default()
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
        let first = at + indent;
        if first == line {
            lead.blank_before |= at == start && at > 0;
        } else if is_description(bytes, first) {
            let last = trimmed(bytes, first, line);
            lead.doc_at.get_or_insert((first, last));
            lead.doc
                .push(description(text.get(first..last).unwrap_or_default()));
        } else {
            let last = trimmed(bytes, first, line);
            lead.comments.push(comment(file, text, first, last));
        }
        at = line + 1;
    }
    lead
}

/// A line of description without its slashes and one blank after them.
pub(super) fn description(line: &str) -> CompactString {
    let text = line.trim_end();
    let text = text.strip_prefix("///").unwrap_or(text);
    CompactString::from(text.strip_prefix(' ').unwrap_or(text))
}

/// The first byte of the line in which `at` stands.
fn before(text: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', text.as_bytes().get(..at).unwrap_or_default())
        .map_or(0, |found| found + 1)
}

fn blank_line_before(text: &str, line_start: usize) -> bool {
    let Some(end) = line_start.checked_sub(1) else {
        return false;
    };
    let start = before(text, end);
    is_blank(text.as_bytes().get(start..end).unwrap_or_default())
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_whitespace)
}
