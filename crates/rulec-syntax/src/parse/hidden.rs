//! Characters that nobody sees but that change what a reader takes a text for: marks of direction, and characters without width.

use super::codes::HIDDEN_CHARACTER;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// Findings of this kind in one text; a file with more has another trouble.
const MOST: usize = 100;

/// Adds a finding for each run of hidden characters.
pub(super) fn find(file: FileId, text: &str, findings: &mut Vec<Diagnostic>) {
    if text.is_ascii() {
        return;
    }
    let mut places = text
        .char_indices()
        .filter(|(at, c)| is_hidden(*c) && !is_proper(text, *at, *c))
        .peekable();
    let mut found = 0;
    while let Some((start, first)) = places.next() {
        let mut end = start + first.len_utf8();
        while let Some((_, c)) = places.next_if(|(at, _)| *at == end) {
            end += c.len_utf8();
        }
        let span = Span::new(file, start as u32, end as u32);
        let message = format!(
            "a character that nobody sees, U+{:04X}; {}",
            u32::from(first),
            effect(first)
        );
        findings.push(
            HIDDEN_CHARACTER
                .at(span, message)
                .help("take it out")
                .repair("take it out", span, ""),
        );
        found += 1;
        if found == MOST {
            return;
        }
    }
}

fn is_hidden(c: char) -> bool {
    turns(c)
        || matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The mark at the start of a file, and joiners within a script or a picture that needs them.
fn is_proper(text: &str, at: usize, c: char) -> bool {
    let (before, from) = text.split_at(at);
    let needs = |it: Option<char>| it.is_some_and(|it| u32::from(it) >= 0x590 && !is_hidden(it));
    match c {
        '\u{feff}' => at == 0,
        '\u{200c}' | '\u{200d}' => needs(before.chars().next_back()) && needs(from.chars().nth(1)),
        _ => false,
    }
}

fn effect(c: char) -> &'static str {
    if turns(c) {
        "it changes the order in which the text is shown"
    } else {
        "what looks alike is not the same because of it"
    }
}
