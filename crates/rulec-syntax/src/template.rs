//! Texts with holes: causes, steps, undo and risk notes, locators.
//!
//! `{path}` is a hole, `{{` and `}}` are braces. What may stand in a hole is settled by who uses it: a
//! path in causes and locators, the name of a registry value in `at "{A}.{B}"`.

use crate::ast::Text;
use crate::source::Span;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Characters as shown: `{{` is `{`.
    Literal(String),
    /// `{path}`
    Hole(Hole),
}

/// A hole of a text. Offsets are bytes of the cooked text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole {
    /// What stands in it, without blanks around it; never empty.
    pub path: String,
    /// Where `path` begins.
    pub start: usize,
    /// The byte after its end.
    pub end: usize,
}

/// Why braces cannot be read, with the byte of the cooked text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BraceError {
    /// A `{` without its `}`.
    Open(usize),
    /// A `}` without its `{`.
    Stray(usize),
    /// `{}`
    Empty(usize),
}

impl BraceError {
    /// Where: a byte of the cooked text.
    pub fn offset(self) -> usize {
        match self {
            BraceError::Open(at) | BraceError::Stray(at) | BraceError::Empty(at) => at,
        }
    }

    /// What is wrong, for people.
    pub fn message(self) -> &'static str {
        match self {
            BraceError::Open(_) => "this `{` is never closed",
            BraceError::Stray(_) => "this `}` closes nothing",
            BraceError::Empty(_) => "nothing stands between these braces",
        }
    }
}

/// Takes a cooked text apart. Literals are never empty and never stand side by side.
pub fn read(text: &str) -> Result<Vec<Piece>, BraceError> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = memchr::memchr2(b'{', b'}', rest.as_bytes()).unwrap_or(rest.len());
        literal.push_str(rest.get(..plain).unwrap_or_default());
        at += plain;
        match text.as_bytes().get(at..).unwrap_or_default() {
            [] => break,
            [b'{', b'{', ..] => {
                literal.push('{');
                at += 2;
            }
            [b'}', b'}', ..] => {
                literal.push('}');
                at += 2;
            }
            [b'{', ..] => {
                if !literal.is_empty() {
                    pieces.push(Piece::Literal(std::mem::take(&mut literal)));
                }
                let (hole, after) = hole(text, at)?;
                pieces.push(Piece::Hole(hole));
                at = after;
            }
            _ => return Err(BraceError::Stray(at)),
        }
    }
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    Ok(pieces)
}

/// The hole whose brace stands at `open`, and the byte after it.
fn hole(text: &str, open: usize) -> Result<(Hole, usize), BraceError> {
    let inner = text.get(open + 1..).unwrap_or_default();
    let close = memchr::memchr2(b'{', b'}', inner.as_bytes())
        .filter(|at| inner.as_bytes().get(*at) == Some(&b'}'))
        .ok_or(BraceError::Open(open))?;
    let written = inner.get(..close).unwrap_or_default();
    let path = written.trim();
    if path.is_empty() {
        return Err(BraceError::Empty(open));
    }
    let start = open + 1 + (written.len() - written.trim_start().len());
    let hole = Hole {
        path: path.to_owned(),
        start,
        end: start + path.len(),
    };
    Ok((hole, open + 1 + close + 1))
}

/// Where bytes `start..end` of a cooked text stand in its file: behind the quote, and each `"` is two there.
pub fn place(text: &Text, start: usize, end: usize) -> Span {
    let Span {
        file,
        start: quote,
        end: last,
    } = text.place.0;
    let at = |offset: usize| {
        let offset = offset.min(text.text.len());
        let before = text.text.as_bytes().get(..offset).unwrap_or_default();
        let quotes = before.iter().filter(|byte| **byte == b'"').count();
        (quote + 1 + (offset + quotes) as u32).min(last)
    };
    Span::new(file, at(start), at(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ast::Place;
    use crate::source::FileId;

    fn holes(text: &str) -> Vec<String> {
        let pieces = read(text).unwrap();
        pieces
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Hole(hole) => {
                    assert_eq!(text.get(hole.start..hole.end), Some(hole.path.as_str()));
                    Some(hole.path)
                }
                Piece::Literal(_) => None,
            })
            .collect()
    }

    #[test]
    fn holes_are_found_with_their_offsets() {
        assert_eq!(holes("{gateway.subnet}/../.."), ["gateway.subnet"]);
        assert_eq!(holes("a { b } c {d}"), ["b", "d"]);
        assert_eq!(
            holes("{CurrentBuildNumber}.{UBR}"),
            ["CurrentBuildNumber", "UBR"]
        );
        assert!(holes("no hole").is_empty());
    }

    #[test]
    fn doubled_braces_are_braces() {
        let text = r"Class\{{4D36E972-E325}}\*";
        assert_eq!(
            read(text).unwrap(),
            [Piece::Literal(r"Class\{4D36E972-E325}\*".to_owned())]
        );
        assert_eq!(holes("{{{a}}}"), ["a"]);
    }

    #[test]
    fn wrong_braces_are_named_with_their_place() {
        assert_eq!(read("a {b"), Err(BraceError::Open(2)));
        assert_eq!(read("a {b {c}"), Err(BraceError::Open(2)));
        assert_eq!(read("a } b"), Err(BraceError::Stray(2)));
        assert_eq!(read("{ }"), Err(BraceError::Empty(0)));
    }

    #[test]
    fn a_place_in_the_cooked_text_is_found_in_the_source() {
        let source = r#"x = "say ""hi"" to {name}""#;
        let text = Text {
            text: r#"say "hi" to {name}"#.into(),
            place: Place(Span::new(FileId(3), 4, source.len() as u32)),
        };
        let Some(Piece::Hole(hole)) = read(&text.text).unwrap().pop() else {
            panic!("no hole");
        };
        let span = place(&text, hole.start, hole.end);
        assert_eq!(&source[span.start as usize..span.end as usize], "name");
    }
}
