//! Canonical codes (T7), for the kinds and numbers that the generator writes: no wrappers of other kinds.

use rulec_syntax::ast::{CodeLiteral, CodeNumber};

use crate::Fails;
use crate::value::Code;

/// Symbols of the numbers that the generator writes.
const SYMBOLS: &[(&str, u64)] = &[
    ("SEC_E_ILLEGAL_MESSAGE", 0x8009_0326),
    ("CERT_E_EXPIRED", 0x800B_0101),
    ("CERT_E_UNTRUSTEDROOT", 0x800B_0109),
];

/// The canonical pair of a code literal.
pub fn of_literal(literal: &CodeLiteral) -> Fails<Code> {
    let kind = match literal.kind.text.as_str() {
        "sspi" | "hresult" => "hresult",
        other => other,
    };
    let word = match &literal.number {
        CodeNumber::Number(number) => {
            let text = number.text.as_str();
            let read = match text.strip_prefix("0x") {
                Some(digits) => u64::from_str_radix(digits, 16),
                None => text.parse(),
            };
            let number = read.map_err(|_| format!("`{text}` is no number"))?;
            return Ok(Code::Number(kind.to_owned(), number));
        }
        CodeNumber::Word(word) => word.text.as_str(),
        CodeNumber::Text(text) => text.text.as_str(),
    };
    Ok(match SYMBOLS.iter().find(|(symbol, _)| *symbol == word) {
        Some((_, number)) if kind == "hresult" => Code::Number(kind.to_owned(), *number),
        _ => Code::Word(kind.to_owned(), word.to_owned()),
    })
}

/// The code that a text spells: a hexadecimal HRESULT or one of its symbols; none for anything else.
pub fn of_text(text: &str) -> Option<Code> {
    let number = match text.strip_prefix("0x") {
        Some(digits) if digits.len() == 8 => u64::from_str_radix(digits, 16).ok()?,
        _ => SYMBOLS.iter().find(|(symbol, _)| *symbol == text)?.1,
    };
    Some(Code::Number("hresult".to_owned(), number))
}
