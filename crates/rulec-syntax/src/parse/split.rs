//! A text cut into statements before any grammar sees it.
//!
//! A statement begins at a lower-case letter in column one; comments, blank lines and `} ] )` there
//! continue it. Nothing here knows what a statement says, so an editor can call it on every key press.

use memchr::memchr;

/// One statement's share of a text. Pieces follow each other without a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// First byte: of its description, comments and blank lines.
    pub start: usize,
    /// First byte of the statement itself.
    pub head: usize,
    /// Byte after its last line, and after the comments that belong to it.
    pub end: usize,
    /// How it begins.
    pub kind: PieceKind,
}

/// How a piece begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// With a lower-case letter in column one.
    Statement,
    /// With anything else in column one, or with text before the first statement.
    Stray,
    /// It holds only what stands after the last statement: comments and blank lines.
    Tail,
}

/// Cuts a text into statements; linear, without allocation.
pub fn split(text: &str) -> Split<'_> {
    let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    Split { text, at }
}

/// Pieces of a text, in order. See [`split`].
#[derive(Debug, Clone)]
pub struct Split<'t> {
    text: &'t str,
    at: usize,
}

/// What a line is to the splitter.
enum Line {
    Blank,
    Comment,
    Description,
    /// Column one holds a letter, digit or sign that begins something.
    Head(PieceKind),
    /// Indented text, or a closing bracket in column one.
    Continued,
}

impl Iterator for Split<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let start = self.at;
        let (head, kind) = self.find_head(start)?;
        let end = match kind {
            PieceKind::Tail => self.text.len(),
            _ => self.find_end(self.line_end(head)),
        };
        self.at = end;
        Some(Piece {
            start,
            head,
            end,
            kind,
        })
    }
}

impl Split<'_> {
    /// The first line that is not a comment, a description or blank; none at the end of the text.
    fn find_head(&self, start: usize) -> Option<(usize, PieceKind)> {
        let mut at = start;
        while at < self.text.len() {
            match self.line(at) {
                Line::Head(kind) => return Some((at, kind)),
                Line::Continued => return Some((at, PieceKind::Stray)),
                Line::Blank | Line::Comment | Line::Description => at = self.line_end(at),
            }
        }
        (start < at).then_some((at, PieceKind::Tail))
    }

    /// Where a statement ends whose first line ends at `at`.
    fn find_end(&self, mut at: usize) -> usize {
        // Where the comments and blank lines began that may belong to the next statement.
        let mut border = None;
        while at < self.text.len() {
            match self.line(at) {
                Line::Head(_) => break,
                Line::Continued => border = None,
                Line::Comment => {}
                Line::Blank | Line::Description => {
                    border.get_or_insert(at);
                }
            }
            at = self.line_end(at);
        }
        border.unwrap_or(at)
    }

    fn line(&self, at: usize) -> Line {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        match rest {
            [b'a'..=b'z', ..] => Line::Head(PieceKind::Statement),
            [b' ' | b'\t' | b'\r' | b'\n' | b'/', ..] => inner_line(rest),
            [b'}' | b']' | b')', ..] | [] => Line::Continued,
            _ => Line::Head(PieceKind::Stray),
        }
    }

    /// The byte after the line end that follows `at`.
    fn line_end(&self, at: usize) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        memchr(b'\n', rest).map_or(self.text.len(), |found| at + found + 1)
    }
}

/// A line that begins with white space or a slash.
fn inner_line(rest: &[u8]) -> Line {
    let indent = rest
        .iter()
        .position(|byte| !matches!(byte, b' ' | b'\t' | b'\r'))
        .unwrap_or(rest.len());
    match rest.get(indent..).unwrap_or_default() {
        [] | [b'\n', ..] => Line::Blank,
        [b'/', b'/', b'/', b'/', ..] => Line::Comment,
        [b'/', b'/', b'/', ..] => Line::Description,
        [b'/', b'/', ..] => Line::Comment,
        _ if indent == 0 => Line::Head(PieceKind::Stray),
        _ => Line::Continued,
    }
}
