//! Constants and codes: which kind a word of digits is, and what a kind with its number says.

use compact_str::CompactString;

use super::build::{Builder, Built};
use super::codes::BAD_LITERAL;
use super::nodes::Node;
use super::trap::swallowed;
use crate::ast::{CodeLiteral, CodeNumber, Literal, LiteralKind, Name, Place, Text};
use crate::grammar::Rule;

/// Units of durations.
pub(super) const UNITS: [&str; 5] = ["d", "h", "min", "s", "ms"];

impl Builder<'_> {
    /// The next part as a number, duration, time, address or dotted number.
    pub(super) fn number(&mut self) -> Built<Literal> {
        let node = self.must(Rule::number)?;
        self.as_number(node)
    }

    /// A part of rule `number` as a constant.
    pub(super) fn as_number(&mut self, node: Node) -> Built<Literal> {
        let text = self.slice(node);
        let Some(kind) = kind_of(text) else {
            let message = format!("`{text}` is not a number, duration, time, address or version");
            let finding = BAD_LITERAL.at(self.span(node), message);
            return self.lose(finding.help(advice(self.slice(node))));
        };
        Ok(Literal {
            kind,
            text: CompactString::from(text),
            place: Place(self.span(node)),
        })
    }

    /// A part of rule `constant` that is `true` or `false`.
    pub(super) fn as_bool(&self, node: Node) -> Literal {
        Literal {
            kind: LiteralKind::Bool,
            text: CompactString::from(self.slice(node)),
            place: Place(self.span(node)),
        }
    }

    /// A part that is a kind, blanks and a number, symbol or text; `gap` is the first blank in it.
    pub(super) fn as_code(&mut self, node: Node, gap: u32) -> Built<CodeLiteral> {
        let kind_end = node.start + gap;
        let kind = Name {
            text: CompactString::from(self.cut(node.start, kind_end)),
            place: Place(self.range(node.start, kind_end)),
        };
        if kind.text.contains(|sign: char| {
            !(sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_')
        }) {
            let message = format!(
                "`{}` is not a kind of code, and nothing else is followed by a number or text",
                kind.text
            );
            let finding = BAD_LITERAL.at(kind.place.0, message);
            return self.lose(
                finding.help("put an operator between them, or write a code as in `ras 798`"),
            );
        }
        if self.is_clause(&kind.text) {
            return self.lose(swallowed(kind.place.0, &kind.text));
        }
        let rest = self.cut(kind_end, node.end);
        let start = node.end - rest.trim_start_matches([' ', '\t']).len() as u32;
        let place = Place(self.range(start, node.end));
        let written = self.cut(start, node.end);
        let number = match written.as_bytes().first() {
            Some(b'"') => CodeNumber::Text(Text {
                text: super::build::cooked(written),
                place,
            }),
            Some(b'0'..=b'9') => CodeNumber::Number(Literal {
                kind: if written.starts_with("0x") {
                    LiteralKind::Hex
                } else {
                    LiteralKind::Int
                },
                text: CompactString::from(written),
                place,
            }),
            _ => CodeNumber::Word(Name {
                text: CompactString::from(written),
                place,
            }),
        };
        Ok(CodeLiteral {
            kind,
            number,
            place: Place(self.span(node)),
        })
    }

    /// The next part as a code.
    pub(super) fn code(&mut self) -> Built<CodeLiteral> {
        let node = self.must(Rule::code)?;
        match blank_in(self.slice(node)) {
            Some(gap) => self.as_code(node, gap),
            None => self.unforeseen(),
        }
    }
}

/// The first blank of a word: behind it stands a code's number.
pub(super) fn blank_in(word: &str) -> Option<u32> {
    word.bytes()
        .position(|byte| byte == b' ' || byte == b'\t')
        .map(|at| at as u32)
}

/// The kind of a constant that begins with a digit, a sign or a colon.
pub(super) fn kind_of(text: &str) -> Option<LiteralKind> {
    let (signed, bare) = match text.strip_prefix('-') {
        Some(bare) => (true, bare),
        None => (false, text),
    };
    let bytes = bare.as_bytes();
    if bytes.iter().all(u8::is_ascii_digit) {
        return Some(LiteralKind::Int);
    }
    if let Some(digits) = bare.strip_prefix("0x") {
        let all = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        return (all && !signed).then_some(LiteralKind::Hex);
    }
    if let Some(unit) = unit_of(bare) {
        return UNITS.contains(&unit).then_some(LiteralKind::Duration);
    }
    if signed {
        return None;
    }
    if is_date(bytes) {
        return Some(LiteralKind::Time);
    }
    if bytes.contains(&b'/') {
        return Some(LiteralKind::Cidr);
    }
    if bytes.contains(&b':') {
        return Some(LiteralKind::Ipv6);
    }
    let dotted = bytes
        .iter()
        .all(|byte| byte.is_ascii_digit() || *byte == b'.');
    dotted.then_some(LiteralKind::Dotted)
}

/// The letters behind a number's digits, if digits and letters are all there is.
fn unit_of(bare: &str) -> Option<&str> {
    let unit = bare.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let letters = !unit.is_empty() && unit.bytes().all(|byte| byte.is_ascii_lowercase());
    (letters && unit.len() < bare.len()).then_some(unit)
}

fn is_date(bytes: &[u8]) -> bool {
    bytes.get(4) == Some(&b'-') && bytes.iter().take(4).all(u8::is_ascii_digit)
}

fn advice(text: &str) -> String {
    let bare = text.trim_start_matches('-');
    if unit_of(bare).is_some() {
        return format!("the units of durations are `{}`", UNITS.join("`, `"));
    }
    if bare.starts_with("0x") {
        return "after `0x` stand the digits 0 to 9 and a to f".to_owned();
    }
    if text.starts_with('-') {
        return "only numbers and durations have a sign".to_owned();
    }
    "a text stands in quotes; a name begins with a letter".to_owned()
}
