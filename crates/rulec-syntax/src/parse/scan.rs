//! One pass over a statement's bytes before the grammar reads it: brackets, quotes, comments, foreign letters.
//!
//! It bounds what the grammar may recurse into, so that no text can exhaust the stack, and it names
//! the faults that no grammar can place well: an open quote, a bracket without its partner.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

/// Deepest nesting of brackets, and the most quantifiers of one statement.
pub(crate) const DEEPEST: usize = 64;
/// Longest statement, in bytes.
pub(crate) const LONGEST: usize = 1 << 20;
/// Stands for a comment's bytes: white space to the grammar and yet no blank, of which some words must be apart.
const COMMENT: char = '\u{c}';
/// Stands for the bytes of a letter that no word of the language has: it fits nowhere.
const FOREIGN: char = '\u{1}';
/// Stands between two statements that the grammar reads in one call.
pub(crate) const BORDER: char = '\u{2}';
/// Bytes of words.
static LETTERS: [bool; 256] = letters();

const fn letters() -> [bool; 256] {
    let mut letters = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        #[allow(clippy::indexing_slicing, reason = "every byte has its place")]
        {
            letters[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_';
        }
        byte += 1;
    }
    letters
}

/// What makes a statement unreadable, with its place in the scanned text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A quote that its line does not close: from the quote to the line's end.
    OpenQuote(usize, usize),
    /// A bracket that is never closed.
    OpenBracket(usize),
    /// A closing bracket without its opening one; the opening one that it would have to close, if any.
    StrayBracket(usize, Option<usize>),
    /// The bracket or word with which it becomes too deep.
    TooDeep(usize, usize),
    /// A character that no text file holds.
    Control(usize),
    /// It has more than [`LONGEST`] bytes.
    TooLong,
}

/// A range of the scanned text that the grammar shall not see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// A comment; else letters that only texts and comments may have.
    pub(crate) comment: bool,
}

/// Looks at one statement; what the grammar shall not see is added to `marks`, in order.
pub(crate) fn scan(text: &str, marks: &mut Vec<Mark>) -> Result<(), Fault> {
    if text.len() > LONGEST {
        return Err(Fault::TooLong);
    }
    let bytes = text.as_bytes();
    let mut open = Open::default();
    let mut nesting = Nesting::default();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => at = nesting.word(bytes, at),
            b'"' => at = quoted(bytes, at)?,
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                let end = line_end(bytes, at);
                if !is_description(bytes, at) {
                    marks.push(Mark {
                        start: at,
                        end: trimmed(bytes, at, end),
                        comment: true,
                    });
                }
                at = end;
            }
            b'(' | b'[' | b'{' => {
                open.push(at, byte)?;
                at += 1;
            }
            b')' | b']' | b'}' => {
                open.close(at, byte)?;
                at += 1;
            }
            b'\t' | b'\n' | b'\r' => at += 1,
            0..=31 | 127 => return Err(Fault::Control(at)),
            128.. => {
                let end = run_end(bytes, at, |byte| byte >= 128);
                marks.push(Mark {
                    start: at,
                    end,
                    comment: false,
                });
                at = end;
            }
            _ => at += 1,
        }
    }
    if let Some((at, _)) = open.last() {
        return Err(Fault::OpenBracket(at));
    }
    nesting.too_deep.map_or(Ok(()), Err)
}

/// The text as the grammar reads it: of equal length, what is marked as signs that no statement can hold.
pub(crate) fn bare<'t>(text: &'t str, marks: &[Mark]) -> Cow<'t, str> {
    if marks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bare = String::with_capacity(text.len());
    add_bare(&mut bare, text, marks);
    Cow::Owned(bare)
}

/// Adds the text as the grammar reads it. See [`bare`].
pub(crate) fn add_bare(bare: &mut String, text: &str, marks: &[Mark]) {
    let mut from = 0;
    for mark in marks {
        let sign = if mark.comment { COMMENT } else { FOREIGN };
        bare.push_str(text.get(from..mark.start).unwrap_or_default());
        bare.extend(std::iter::repeat_n(sign, mark.end - mark.start));
        from = mark.end;
    }
    bare.push_str(text.get(from..).unwrap_or_default());
}

/// The first byte at or after `at` for which `part` does not hold.
fn run_end(bytes: &[u8], at: usize, part: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest.iter().position(|byte| !part(*byte));
    at + length.unwrap_or(rest.len())
}

fn is_letter(byte: u8) -> bool {
    LETTERS.get(usize::from(byte)).copied().unwrap_or(false)
}

/// Words that nest without brackets, counted. Texts and comments hold none.
#[derive(Default)]
struct Nesting {
    count: usize,
    /// Where they became more than [`DEEPEST`].
    too_deep: Option<Fault>,
}

impl Nesting {
    /// The byte after the word that begins at `at`.
    fn word(&mut self, bytes: &[u8], at: usize) -> usize {
        let end = run_end(bytes, at, is_letter);
        let word = bytes.get(at..end).unwrap_or_default();
        if matches!(word, b"any" | b"all" | b"no" | b"each" | b"match") {
            self.count += 1;
            if self.count > DEEPEST {
                self.too_deep.get_or_insert(Fault::TooDeep(at, end));
            }
        }
        end
    }
}

/// Brackets that are open.
struct Open {
    stack: [(u32, u8); DEEPEST],
    depth: usize,
}

impl Default for Open {
    fn default() -> Self {
        Self {
            stack: [(0, 0); DEEPEST],
            depth: 0,
        }
    }
}

impl Open {
    fn push(&mut self, at: usize, byte: u8) -> Result<(), Fault> {
        let slot = self
            .stack
            .get_mut(self.depth)
            .ok_or(Fault::TooDeep(at, at + 1))?;
        *slot = (at as u32, byte);
        self.depth += 1;
        Ok(())
    }

    fn last(&self) -> Option<(usize, u8)> {
        let (at, byte) = *self.stack.get(self.depth.checked_sub(1)?)?;
        Some((at as usize, byte))
    }

    fn close(&mut self, at: usize, byte: u8) -> Result<(), Fault> {
        match self.last() {
            Some((_, b'(')) if byte == b')' => {}
            Some((_, b'[')) if byte == b']' => {}
            Some((_, b'{')) if byte == b'}' => {}
            other => return Err(Fault::StrayBracket(at, other.map(|(at, _)| at))),
        }
        self.depth -= 1;
        Ok(())
    }
}

/// The byte after a quoted text that begins at `at`.
fn quoted(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    let mut from = at + 1;
    loop {
        let rest = bytes.get(from..).unwrap_or_default();
        let Some(found) = memchr2(b'"', b'\n', rest) else {
            return Err(Fault::OpenQuote(at, trimmed(bytes, at, bytes.len())));
        };
        let stop = from + found;
        if rest.get(found) == Some(&b'\n') {
            return Err(Fault::OpenQuote(at, trimmed(bytes, at, stop)));
        }
        if let Some(control) = control_in(bytes, from, stop) {
            return Err(Fault::Control(control));
        }
        if bytes.get(stop + 1) != Some(&b'"') {
            return Ok(stop + 1);
        }
        from = stop + 2;
    }
}

fn control_in(bytes: &[u8], from: usize, to: usize) -> Option<usize> {
    let inner = bytes.get(from..to).unwrap_or_default();
    let is_control = |byte: &u8| (*byte < 32 && *byte != b'\t') || *byte == 127;
    // The common case has none: one branch-free pass.
    if !inner.iter().fold(false, |any, byte| any | is_control(byte)) {
        return None;
    }
    inner.iter().position(is_control).map(|found| from + found)
}

/// Whether the two slashes at `at` begin a description: three slashes, not four.
pub(crate) fn is_description(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 2) == Some(&b'/') && bytes.get(at + 3) != Some(&b'/')
}

/// The line end at or after `at`.
pub(crate) fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr(b'\n', bytes.get(at..).unwrap_or_default()).map_or(bytes.len(), |found| at + found)
}

/// `end` without the white space before it.
pub(crate) fn trimmed(bytes: &[u8], start: usize, end: usize) -> usize {
    let inner = bytes.get(start..end).unwrap_or_default();
    start + inner.trim_ascii_end().len()
}
