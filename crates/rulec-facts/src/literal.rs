//! Constants as text, turned into values: numbers, versions, durations, addresses; times in [`time`].
//!
//! The same functions read what a rule says, what a case says and what a source answered. Every function is total: the
//! error is a message for a person, which quotes at most the first characters of the text. Printing back is in
//! [`crate::show`]. Which of them fits a dotted token is decided by the declared type, not here.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::value::Version;

mod time;

pub use time::{days_from_civil, time, time_text};

/// Characters of a text that a message quotes.
const QUOTED: usize = 60;

/// The text in backticks, cut after its first 60 characters: messages stay short whatever a source answered.
pub fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}

/// `true` or `false`, without case.
///
/// # Errors
/// Anything else.
pub fn bool(text: &str) -> Result<bool, String> {
    if text.eq_ignore_ascii_case("true") {
        Ok(true)
    } else if text.eq_ignore_ascii_case("false") {
        Ok(false)
    } else {
        Err(format!("{} is neither `true` nor `false`", quoted(text)))
    }
}

/// An integer of an expression (clause T2): decimal or `0x` hexadecimal, with an optional sign, within 128 bits.
///
/// # Errors
/// No integer, or one that does not fit.
pub fn int(text: &str) -> Result<i128, String> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, text.get(1..).unwrap_or_default()),
        Some(b'+') => (false, text.get(1..).unwrap_or_default()),
        _ => (false, text),
    };
    let (radix, digits) = match digits.get(..2) {
        Some("0x" | "0X") => (16, digits.get(2..).unwrap_or_default()),
        _ => (10, digits),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return Err(format!("{} is not an integer", quoted(text)));
    }
    if radix == 10 && digits.len() <= 18 {
        let value = digits
            .bytes()
            .fold(0i64, |value, digit| value * 10 + i64::from(digit - b'0'));
        return Ok(i128::from(if negative { -value } else { value }));
    }
    // The sign goes along, so that the least number needs no larger type.
    let signed = format!("{}{digits}", if negative { "-" } else { "" });
    i128::from_str_radix(&signed, radix)
        .map_err(|_| format!("{} is too large for an integer", quoted(text)))
}

/// An integer that a fact can hold (clause T2): as [`int`], within 64 bits.
///
/// # Errors
/// No integer, or one that does not fit.
pub fn int_fact(text: &str) -> Result<i128, String> {
    let value = int(text)?;
    if i64::try_from(value).is_err() {
        return Err(format!("{} does not fit in 64 bits", quoted(text)));
    }
    Ok(value)
}

/// Dotted numbers: any number of parts, each 0..2^64-1 (clause T2).
///
/// # Errors
/// A part that is no number, is empty or too large.
pub fn version(text: &str) -> Result<Version, String> {
    let mut parts = Vec::new();
    for part in text.split('.') {
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!(
                "{} is not a version: it consists of numbers with dots between them",
                quoted(text)
            ));
        }
        let number: u64 = part
            .parse()
            .map_err(|_| format!("a part of the version {} is too large", quoted(text)))?;
        parts.push(number);
    }
    Ok(Version::new(&parts))
}

/// Units of durations, longest first, in nanoseconds.
pub const UNITS: [(&str, i128); 7] = [
    ("d", 86_400_000_000_000),
    ("h", 3_600_000_000_000),
    ("min", 60_000_000_000),
    ("s", 1_000_000_000),
    ("ms", 1_000_000),
    ("us", 1_000),
    ("ns", 1),
];

/// A unit of durations in nanoseconds: `d h min s ms us ns`.
pub fn unit(name: &str) -> Option<i128> {
    UNITS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, length)| *length)
}

/// A duration in nanoseconds: an integer with a unit and an optional sign: `7d`, `30min`, `-500ms`.
///
/// # Errors
/// No number, no unit, an unknown unit, or a number that does not fit.
pub fn duration(text: &str) -> Result<i128, String> {
    let end = text
        .char_indices()
        .position(|(at, c)| !(c.is_ascii_digit() || (at == 0 && (c == '-' || c == '+'))))
        .unwrap_or(text.len());
    // The prefix is ASCII, so characters and bytes are the same.
    let (number, name) = text.split_at_checked(end).unwrap_or((text, ""));
    let shape = || {
        format!(
            "{} is not a duration: write a whole number and a unit, `d`, `h`, `min`, `s`, `ms`, `us` or `ns`",
            quoted(text)
        )
    };
    let length = unit(name).ok_or_else(shape)?;
    let number = int(number).map_err(|_| shape())?;
    number
        .checked_mul(length)
        .ok_or_else(|| format!("the duration {} is too long", quoted(text)))
}

/// An address of version 4 or 6 (clause T5); a mapped v6 address stays v6.
///
/// # Errors
/// No address, or one with a zone.
pub fn ip(text: &str) -> Result<IpAddr, String> {
    text.parse()
        .map_err(|_| format!("{} is not an IP address", quoted(text)))
}

/// A network: address and length of its prefix, `10.0.0.0/8` (clause T5).
///
/// # Errors
/// No network, or host bits after the prefix; the message names the network that holds the address.
pub fn cidr(text: &str) -> Result<IpNet, String> {
    let shape = || {
        format!(
            "{} is not a network: write an address and a length, as in `10.0.0.0/8`",
            quoted(text)
        )
    };
    let (address, length) = text.split_once('/').ok_or_else(shape)?;
    let address: IpAddr = address.parse().map_err(|_| shape())?;
    if length.is_empty() || length.len() > 3 || !length.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(shape());
    }
    let length: u8 = length.parse().map_err(|_| shape())?;
    let network = IpNet::new(address, length)
        .map_err(|_| format!("the prefix of {} is longer than its address", quoted(text)))?;
    let whole = network.trunc();
    if whole != network {
        return Err(format!(
            "{} has host bits; the network is `{whole}`",
            quoted(text)
        ));
    }
    Ok(network)
}

#[cfg(test)]
mod tests;
