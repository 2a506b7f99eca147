//! Spellings of a code, read one at a time.

use super::{Code, Number, canonical_kind, tables};
use crate::literal::quoted;

/// Bit 31: an HRESULT that says failure.
const FAILURE: u64 = 0x8000_0000;

impl Code {
    /// The code of a kind in any spelling: decimal, hexadecimal with or without `0x`, signed, a symbol; for `arm`, `nps` and other
    /// kinds a number or a word as written.
    ///
    /// # Errors
    /// A message: no such code can be (`http 9999`), or a symbol that is not known, with the nearest one.
    pub fn parse(kind: &str, text: &str) -> Result<Code, String> {
        let text = text.trim();
        let canonical = canonical_kind(kind);
        if text.is_empty() {
            return Err(format!("a `{canonical}` code is a number or a word"));
        }
        match canonical.as_str() {
            "ras" | "win32" | "hresult" => windows(kind, &canonical, text),
            "http" => match number(text) {
                Some(number @ 100..=599) => Ok(Code::new("http", number)),
                _ => Err(format!(
                    "{} is not an HTTP status: these are 100 to 599",
                    quoted(text)
                )),
            },
            "aadsts" => {
                let digits = strip_prefix_folded(text, "aadsts").unwrap_or(text);
                match decimal(digits) {
                    Some(number) if number <= u64::from(u32::MAX) => {
                        Ok(Code::new("aadsts", number))
                    }
                    _ => Err(format!(
                        "{} is not an Entra code: write `aadsts 650057`",
                        quoted(text)
                    )),
                }
            }
            "arm" => Ok(Code::new("arm", text)),
            _ => Ok(Code::new(kind, number_or_word(text))),
        }
    }

    /// Every identity that a text can spell (clause V4), the likeliest first; the text is nothing but the code.
    ///
    /// - A small number is `ras` if `raserror.h` names it, `win32` up to 65535, and in decimal also `http` from 100 to 599 and `aadsts` with
    ///   five to seven digits.
    /// - A 32-bit number with its first bit set, signed, unsigned, or hexadecimal with or without `0x`, is an HRESULT, unwrapped.
    /// - A symbol is what the table says; `AADSTS650057` is `aadsts`; `IAS_…` is `nps`; a word like `InvalidResourceName` is `arm`.
    /// - A kind in front (`ras 798`) leaves one.
    ///
    /// Numbers of `nps` and of unknown kinds need their kind in front.
    pub fn spelled(text: &str) -> Vec<Code> {
        let text = text.trim();
        if let Some((kind, rest)) = text.split_once(char::is_whitespace) {
            let word = kind.bytes().all(|b| b.is_ascii_alphanumeric());
            return match Code::parse(kind, rest.trim().trim_matches('"')) {
                Ok(code) if word && is_known(kind) => vec![code],
                _ => Vec::new(),
            };
        }
        if let Some(digits) = strip_prefix_folded(text, "aadsts") {
            return decimal(digits)
                .map(|number| Code::new("aadsts", number))
                .into_iter()
                .collect();
        }
        match number(text) {
            Some(number) => of_number(number, decimal(text).is_some(), text.len()),
            None => of_word(text),
        }
    }

    /// The one identity that a text means where only one can be (`code(text)`, a fact of type `code`): the first of [`Code::spelled`],
    /// so that a small number is a RAS code if `raserror.h` names it, else a Win32 code, never an HTTP status.
    pub fn of_text(text: &str) -> Option<Code> {
        Code::spelled(text).into_iter().next()
    }
}

fn is_known(kind: &str) -> bool {
    let canonical = canonical_kind(kind);
    super::KINDS.iter().any(|(name, _)| *name == canonical)
}

/// Kinds with 32-bit numbers and symbols.
fn windows(written: &str, kind: &str, text: &str) -> Result<Code, String> {
    let Some(number) = number(text) else {
        return symbol(kind, text);
    };
    if number > u64::from(u32::MAX) {
        return Err(format!("{} does not fit in 32 bits", quoted(text)));
    }
    let small = number < 0x1_0000;
    let code = Code::new(kind, number);
    match kind {
        "ras" if small && !(600..1000).contains(&number) => Err(format!(
            "RAS codes lie between 600 and 999; write `win32 {number}`"
        )),
        "hresult" if small && number > 1 => Err(format!(
            "{} is not an HRESULT; write `win32 {number}`{}",
            quoted(text),
            match tables::name("ras", number) {
                Some(_) => format!(" or `ras {number}`"),
                None => String::new(),
            }
        )),
        "win32" | "ras" if &*code.kind == "hresult" => Err(format!(
            "{} is not a `{written}` code; write `{code}`",
            quoted(text)
        )),
        _ => Ok(code),
    }
}

fn symbol(kind: &str, text: &str) -> Result<Code, String> {
    let wanted = text.to_ascii_uppercase();
    match tables::symbol(&wanted) {
        Some(row) if row.kind == kind => Ok(Code::new(row.kind, row.number)),
        Some(row) => Err(format!(
            "`{}` is not a `{kind}` code; write `{} {}`",
            row.name, row.kind, row.name
        )),
        None => {
            let nearest = tables::rows()
                .filter(|row| row.kind == kind)
                .map(|row| (strsim::osa_distance(row.name, clip(&wanted)), row.name))
                .min();
            let hint = match nearest {
                Some((distance, name)) if distance <= name.len() / 4 => {
                    format!("did you mean `{name}`?")
                }
                _ => "write its number".to_owned(),
            };
            Err(format!(
                "no `{kind}` code is called {}; {hint}",
                quoted(text)
            ))
        }
    }
}

/// No symbol is longer.
fn clip(text: &str) -> &str {
    text.char_indices()
        .nth(80)
        .and_then(|(end, _)| text.get(..end))
        .unwrap_or(text)
}

fn of_number(number: u64, decimal: bool, length: usize) -> Vec<Code> {
    let mut codes = Vec::new();
    if number < 0x1_0000 {
        if tables::name("ras", number).is_some() {
            codes.push(Code::new("ras", number));
        }
        codes.push(Code::new("win32", number));
        if decimal && (100..=599).contains(&number) {
            codes.push(Code::new("http", number));
        }
    } else if number <= u64::from(u32::MAX)
        && (number >= FAILURE || !decimal || tables::name("hresult", number).is_some())
    {
        codes.push(Code::new("hresult", number));
    }
    if decimal && (5..=7).contains(&length) {
        codes.push(Code::new("aadsts", number));
    }
    codes
}

fn of_word(text: &str) -> Vec<Code> {
    let plain = text.len() <= 200
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !plain {
        return Vec::new();
    }
    let upper = text.to_ascii_uppercase();
    if let Some(row) = tables::symbol(&upper) {
        return vec![Code::new(row.kind, row.number)];
    }
    if upper.starts_with("IAS_") {
        return vec![Code::new("nps", text)];
    }
    let capitals = text.bytes().filter(u8::is_ascii_uppercase).count();
    let camel = capitals >= 2 && text.bytes().any(|b| b.is_ascii_lowercase());
    if camel && !text.contains('_') {
        return vec![Code::new("arm", text)];
    }
    Vec::new()
}

fn strip_prefix_folded<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix)
        .then(|| text.get(prefix.len()..))?
}

/// Decimal digits only, no leading zeros.
pub(super) fn decimal(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (digits && (text == "0" || !text.starts_with('0')))
        .then(|| text.parse().ok())
        .flatten()
}

/// The unsigned number of any numeric spelling of a Windows code. Eight hexadecimal digits of which the first is 8 or C are an
/// HRESULT without its `0x`, also where all are decimal.
pub(super) fn number(text: &str) -> Option<u64> {
    if let Some(digits) = strip_prefix_folded(text, "0x") {
        let number = hexadecimal(digits)?;
        // An HRESULT that was widened with its sign.
        return Some(match number {
            0xFFFF_FFFF_8000_0000.. => number & 0xFFFF_FFFF,
            number => number,
        });
    }
    if let Some(digits) = text.strip_prefix(['-', '\u{2212}']) {
        let number = decimal(digits)?;
        return (1..=FAILURE).contains(&number).then(|| (1 << 32) - number);
    }
    let bare = text.len() == 8
        && text.starts_with(['8', 'c', 'C'])
        && text.bytes().all(|b| b.is_ascii_hexdigit());
    if bare {
        return hexadecimal(text);
    }
    decimal(text)
}

fn hexadecimal(digits: &str) -> Option<u64> {
    let all = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
    all.then(|| u64::from_str_radix(digits, 16).ok()).flatten()
}

/// For kinds without a table: a number as a rule writes it, else the word.
fn number_or_word(text: &str) -> Number {
    let hex = strip_prefix_folded(text, "0x").and_then(hexadecimal);
    match hex.or_else(|| decimal(text)) {
        Some(number) => Number::Number(number),
        None => Number::from(text),
    }
}
