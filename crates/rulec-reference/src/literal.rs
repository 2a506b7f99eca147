//! Constants as written, read by the type that stands where they stand (T2, T4, T5).

use rulec_syntax::ast::{Literal, LiteralKind};

use crate::Fails;
use crate::address::{Address, Network};
use crate::codes;
use crate::types::{Enumeration, Kind};
use crate::value::Scalar;

const SECOND: i128 = 1_000_000_000;

/// Reads a constant; without an expected type by its form alone, which `1.2.3` has not.
pub fn read(literal: &Literal, expected: Option<&Kind>) -> Fails<Scalar> {
    let text = literal.text.as_str();
    match (literal.kind, expected) {
        (LiteralKind::Bool, _) => Ok(Scalar::Bool(text == "true")),
        (LiteralKind::Int | LiteralKind::Dotted, Some(Kind::Version)) => version(text),
        (LiteralKind::Int | LiteralKind::Hex, Some(Kind::Enum(of))) => member_of_wire(text, of),
        (LiteralKind::Int, _) => Ok(Scalar::Int(number(text, 10)?)),
        (LiteralKind::Hex, _) => Ok(Scalar::Int(number(text.trim_start_matches("0x"), 16)?)),
        (LiteralKind::Duration, _) => duration(text),
        (LiteralKind::Time, _) => time(text),
        (LiteralKind::Dotted | LiteralKind::Ipv6, Some(Kind::Ip)) => {
            Ok(Scalar::Ip(Address::read(text)?))
        }
        (LiteralKind::Ipv6, _) => Ok(Scalar::Ip(Address::read(text)?)),
        (LiteralKind::Cidr, _) => Ok(Scalar::Cidr(Network::read(text)?)),
        (LiteralKind::Text, Some(Kind::Enum(of))) => member_of_wire(text, of),
        (LiteralKind::Text, Some(Kind::Code)) => {
            let code = codes::of_text(text).ok_or_else(|| format!("`{text}` is no code"))?;
            Ok(Scalar::Code(code))
        }
        (LiteralKind::Text, _) => Ok(Scalar::Text(text.to_owned())),
        (LiteralKind::Dotted, _) => Err(format!("`{text}` stands where its type is not known")),
    }
}

/// T8: a text or number outside the enum is its `else` member.
fn member_of_wire(text: &str, of: &Enumeration) -> Fails<Scalar> {
    let found = of.members.iter().find(|(name, wire)| {
        fold(name) == fold(text) || wire.as_ref().is_some_and(|wire| fold(wire) == fold(text))
    });
    found
        .map(|(name, _)| name)
        .or(of.other.as_ref())
        .map(|name| Scalar::Member(name.clone()))
        .ok_or_else(|| format!("no member `{text}`"))
}

/// T4: simple case folding, for the letters that the generator writes.
pub fn fold(text: &str) -> String {
    text.chars().map(fold_one).collect()
}

fn fold_one(sign: char) -> char {
    if sign == 'ς' {
        return 'σ';
    }
    let mut lower = sign.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(only), None) => only,
        _ => sign,
    }
}

/// T2: any number of parts, trailing zeros dropped.
pub fn version(text: &str) -> Fails<Scalar> {
    let mut parts = Vec::new();
    for part in text.split('.') {
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let part = part.parse().ok().filter(|_| digits);
        parts.push(part.ok_or_else(|| format!("`{text}` is no version"))?);
    }
    while parts.last() == Some(&0) {
        parts.pop();
    }
    Ok(Scalar::Version(parts))
}

fn number(text: &str, base: u32) -> Fails<i128> {
    i128::from_str_radix(text, base).map_err(|_| format!("`{text}` is no number"))
}

fn duration(text: &str) -> Fails<Scalar> {
    let digits = text.trim_end_matches(|sign: char| sign.is_ascii_lowercase());
    let unit = match &text[digits.len()..] {
        "d" => 86_400 * SECOND,
        "h" => 3_600 * SECOND,
        "min" => 60 * SECOND,
        "s" => SECOND,
        "ms" => SECOND / 1_000,
        _ => return Err(format!("`{text}` is no duration")),
    };
    Ok(Scalar::Duration(number(digits, 10)? * unit))
}

/// A date, alone or with a time of day and `Z`.
fn time(text: &str) -> Fails<Scalar> {
    let bad = || format!("`{text}` is no time that this reader follows");
    let (date, clock) = match text.split_once('T') {
        Some((date, clock)) => (date, clock.strip_suffix('Z').ok_or_else(bad)?),
        None => (text, "00:00:00"),
    };
    let date = split(date, '-').ok_or_else(bad)?;
    let clock = split(clock, ':').ok_or_else(bad)?;
    let [year, month, day] = date[..] else {
        return Err(bad());
    };
    let [hour, minute, second] = clock[..] else {
        return Err(bad());
    };
    let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    Ok(Scalar::Time(seconds * SECOND))
}

fn split(text: &str, at: char) -> Option<Vec<i128>> {
    text.split(at).map(|part| part.parse().ok()).collect()
}

/// Days since 1970, counted one month at a time.
fn days(year: i128, month: i128, day: i128) -> i128 {
    let leap = |year: i128| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let mut total = 0;
    for passed in 1970..year {
        total += if leap(passed) { 366 } else { 365 };
    }
    for passed in year..1970 {
        total -= if leap(passed) { 366 } else { 365 };
    }
    for passed in 1..month {
        total += match passed {
            2 if leap(year) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
    }
    total + day - 1
}
