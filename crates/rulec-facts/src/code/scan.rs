//! Codes inside a pasted sentence.
//!
//! Looks only for what is a code by its shape; which symptom it stands for, and texts and words of a program's own codes, are the recogniser's. A
//! token is a run of ASCII letters, digits and `_`; other letters end it, so that `錯誤798` holds a number. What counts:
//!
//! - `0x…` anywhere; eight hexadecimal digits beginning with 8 or C, three of them decimal; `-` and ten digits; `AADSTS…`;
//!   symbols of the table in upper case with a `_` (or `WSA…`);
//! - a plain decimal number of three to ten digits (one or two, if the text is nothing else) without leading zero, unless it is part of something longer (`10.0.798.1`,
//!   `2026-11-01`, `1,460`, `08:30`, a GUID, a path), follows a word like `port`, `build` or `SMTP` (whose replies are numbers of their own), is an amount
//!   of money or percent, or counts something: one that is followed by a word (`800 users`) needs a word like `error` near it, in any of the
//!   languages that texts come in, or one like `when` behind it;
//! - with a kind right before it (`HTTP 405`, `HTTP/1.1 503`, `win32 87`) a number means that kind alone, and nothing
//!   if it cannot be one (`HTTP 812`; `arm` names words, not numbers); `error`, `status` and `code` may stand between.
//!
//! Not told apart: years and amounts at the end of a sentence. Most give codes that no symptom has.

use std::ops::Range;

use super::{Code, KINDS, context, parse, tables};

/// Words that may stand between a kind and its number.
const BETWEEN: [&str; 4] = ["error", "status", "code", "errorcode"];

/// The codes in a text, in order of place: the bytes of each (with its sign, without a kind before it), and every identity that it can spell.
/// Linear in the text.
pub fn scan(text: &str) -> Vec<(Range<usize>, Vec<Code>)> {
    let mut found = Vec::new();
    let mut before = "";
    let tokens = Tokens { text, at: 0 };
    for range in tokens {
        let token = text.get(range.clone()).unwrap_or_default();
        if let Some((place, codes)) = read(text, range, token, before)
            && !codes.is_empty()
        {
            found.push((place, codes));
        }
        // `HTTP error 800`, `RAS status code 812`, `HTTP/1.1 503`: the kind is still the one before.
        let between = BETWEEN.iter().any(|it| token.eq_ignore_ascii_case(it));
        let version = token.len() == 1 && before.eq_ignore_ascii_case("http");
        if !((between || version) && is_kind(before)) {
            before = token;
        }
    }
    found
}

/// Runs of ASCII letters, digits and `_`.
struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Tokens<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let rest = self.text.as_bytes().get(self.at..)?;
        let start = self.at + rest.iter().position(part)?;
        let rest = self.text.as_bytes().get(start..)?;
        let length = rest.iter().position(|byte| !part(byte));
        self.at = start + length.unwrap_or(rest.len());
        Some(start..self.at)
    }
}

fn read(
    text: &str,
    range: Range<usize>,
    token: &str,
    before: &str,
) -> Option<(Range<usize>, Vec<Code>)> {
    if token.len() > 80 {
        return None;
    }
    let hex = token
        .get(..2)
        .is_some_and(|head| head.eq_ignore_ascii_case("0x"));
    if hex {
        // `0x80090326L`, as headers write it.
        let digits = token.trim_end_matches(['l', 'L']);
        let place = range.start..range.start + digits.len();
        return Some((place, of_kind(before, digits)));
    }
    if token.bytes().all(|byte| byte.is_ascii_digit()) {
        return number(text, range, token, before);
    }
    if token.len() == 8 && parse::number(token).is_some() {
        let digits = token.bytes().filter(u8::is_ascii_digit).count();
        let code = digits >= 3 && !is_glued(text, &range);
        return code.then(|| (range, Code::spelled(token)));
    }
    let symbol =
        (token.contains('_') || token.starts_with("WSA")) && tables::symbol(token).is_some();
    let entra = token.len() > 6
        && token
            .get(..6)
            .is_some_and(|head| head.eq_ignore_ascii_case("aadsts"));
    (symbol || entra).then(|| (range, Code::spelled(token)))
}

/// A token of digits only.
fn number(
    text: &str,
    range: Range<usize>,
    token: &str,
    before: &str,
) -> Option<(Range<usize>, Vec<Code>)> {
    let head = text.get(..range.start).unwrap_or_default();
    if let Some(head) = head.strip_suffix(['-', '\u{2212}']) {
        // Any other number after a dash is a small one, or joined to a word.
        let place = head.len()..range.end;
        if token.len() != 10 || is_glued(text, &place) || head.ends_with(is_part) {
            return None;
        }
        let spelling = text.get(place.clone()).unwrap_or_default();
        return Some((place, of_kind(before, spelling)));
    }
    // One or two digits are a code only where nothing else can be meant.
    let alone = is_kind(before) || text.trim() == token;
    let shortest = if alone { 1 } else { 3 };
    if !(shortest..=10).contains(&token.len()) || token.starts_with('0') || is_glued(text, &range) {
        return None;
    }
    let told = is_kind(before) || context::is_code(text, &range, before);
    told.then(|| (range, of_kind(before, token)))
}

fn is_kind(word: &str) -> bool {
    kind(word).is_some()
}

fn kind(word: &str) -> Option<&'static str> {
    KINDS
        .iter()
        .flat_map(|(name, aliases)| std::iter::once(name).chain(aliases.iter()))
        .find(|kind| **kind != "arm" && word.eq_ignore_ascii_case(kind))
        .copied()
}

fn of_kind(before: &str, spelling: &str) -> Vec<Code> {
    match kind(before).map(|kind| Code::parse(kind, spelling)) {
        Some(Ok(code)) => vec![code],
        // `HTTP 812` is no code of that kind, and a number of one kind is not the same number of another.
        Some(Err(_)) if parse::number(spelling).is_some_and(|it| it < 0x1_0000) => Vec::new(),
        _ => Code::spelled(spelling),
    }
}

fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The token is part of something longer: joined by a mark to what is before or after it.
fn is_glued(text: &str, range: &Range<usize>) -> bool {
    let mut head = text.get(..range.start).unwrap_or_default().chars().rev();
    let tail = text.get(range.end..).unwrap_or_default();
    // Hungarian declines numbers: `798-es hiba`.
    let declined = ["-es ", "-as ", "-os ", "-ös "];
    let tail = match declined.iter().find(|it| tail.starts_with(**it)) {
        Some(ending) => tail.get(ending.len()..).unwrap_or_default(),
        None => tail,
    };
    let mut tail = tail.chars();
    let before = joined(head.next(), head.next());
    let (mark, next) = (tail.next(), tail.next());
    before || joined(mark, next) || mark == Some('%')
}

/// `.`, `-`, `/`, `\` and `@` join letters and digits; `:` and `,` join only digits, because of `code:798`.
fn joined(mark: Option<char>, beyond: Option<char>) -> bool {
    match (mark, beyond) {
        (Some('.' | '-' | '/' | '\\' | '@'), Some(c)) => is_part(c),
        (Some(':' | ','), Some(c)) => c.is_ascii_digit(),
        _ => false,
    }
}
