//! Tests on texts (clauses O3, T4): under simple case folding, in Unicode scalar values.

use crate::truth::Truth;
use crate::value::{Partial, Value};

/// `a contains b` on two texts.
#[inline]
pub fn contains(a: &Partial, b: &Partial) -> Truth {
    test(a, b, |text, part| text.contains(part))
}

/// `a starts with b`.
#[inline]
pub fn starts_with(a: &Partial, b: &Partial) -> Truth {
    test(a, b, |text, part| text.starts_with(part))
}

/// `a ends with b`.
#[inline]
pub fn ends_with(a: &Partial, b: &Partial) -> Truth {
    test(a, b, |text, part| text.ends_with(part))
}

/// `a matches b`; see [`glob`].
#[inline]
pub fn matches(a: &Partial, b: &Partial) -> Truth {
    test(a, b, |text, pattern| glob(pattern, text))
}

#[inline]
fn test(a: &Partial, b: &Partial, holds: impl Fn(&str, &str) -> bool) -> Truth {
    match (a, b) {
        (Partial::Absent, _) | (_, Partial::Absent) => Truth::False,
        (Partial::Known(Value::Text(a)), Partial::Known(Value::Text(b))) => {
            Truth::from(holds(a.folded(), b.folded()))
        }
        (Partial::Known(_), Partial::Known(_)) => Truth::False,
        _ => Truth::Unknown,
    }
}

/// The whole text fits the pattern: `*` is any run, `?` one scalar value, everything else itself. Both are folded already.
///
/// Every piece between two `*` is put at its first place, which is never worse than a later one; so there is no
/// going back. Linear, but for pieces with `?`: those take at most length of piece × length of text.
pub fn glob(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = strip_piece(first, text) else {
        return false;
    };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(last) = pieces.pop() else {
        // No `*` at all.
        return rest.is_empty();
    };
    for piece in pieces {
        match find_piece(piece, rest) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    ends_with_piece(last, rest)
}

/// What follows the piece at the start of the text.
fn strip_piece<'a>(piece: &str, text: &'a str) -> Option<&'a str> {
    if !piece.contains('?') {
        return text.strip_prefix(piece);
    }
    let mut rest = text.chars();
    for wanted in piece.chars() {
        let found = rest.next()?;
        if wanted != '?' && wanted != found {
            return None;
        }
    }
    Some(rest.as_str())
}

/// What follows the first place of the piece.
fn find_piece<'a>(piece: &str, text: &'a str) -> Option<&'a str> {
    if !piece.contains('?') {
        return text.split_once(piece).map(|(_, after)| after);
    }
    let mut rest = text;
    loop {
        if let Some(after) = strip_piece(piece, rest) {
            return Some(after);
        }
        let mut left = rest.chars();
        left.next()?;
        rest = left.as_str();
    }
}

fn ends_with_piece(piece: &str, text: &str) -> bool {
    if !piece.contains('?') {
        return text.ends_with(piece);
    }
    let mut left = text.chars();
    piece.chars().rev().all(|wanted| {
        left.next_back()
            .is_some_and(|found| wanted == '?' || wanted == found)
    })
}

/// `a is base64` (O3); see [`is_base64_text`].
#[inline]
pub fn is_base64(a: &Partial) -> Truth {
    match a {
        Partial::Absent => Truth::False,
        Partial::Unknown(_) => Truth::Unknown,
        Partial::Known(Value::Text(text)) => Truth::from(is_base64_text(text.raw())),
        Partial::Known(_) => Truth::False,
    }
}

/// The text is pure base64 of RFC 4648: standard alphabet, padded to a multiple of four characters, the unused bits of the last
/// one zero. White space, line breaks and `-----BEGIN` lines are not base64: to find these is what the test is for. The empty text is
/// base64 (of nothing).
pub fn is_base64_text(text: &str) -> bool {
    let bytes = text.as_bytes();
    if !bytes.len().is_multiple_of(4) {
        return false;
    }
    let padding = bytes.iter().rev().take_while(|byte| **byte == b'=').count();
    let data = bytes.get(..bytes.len() - padding).unwrap_or_default();
    let unused = match padding {
        0 => 0,
        1 => 0b11,
        2 => 0b1111,
        _ => return false,
    };
    data.iter().all(|byte| sextet(*byte).is_some())
        && data
            .last()
            .and_then(|byte| sextet(*byte))
            .is_none_or(|bits| bits & unused == 0)
}

fn sextet(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}
