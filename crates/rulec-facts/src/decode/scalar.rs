//! One node as one scalar: the conversions that a declared type allows (T8).

use serde_json::Value as Json;

use crate::code::Code;
use crate::literal;
use crate::types::{EnumType, Kind};
use crate::value::{Text, Value};

use super::{quoted, quoted_text};

/// Members that a message lists.
const LISTED: usize = 8;

/// Reads a node; the error is for a person and quotes what was found.
pub(super) fn read(kind: &Kind, node: &Json) -> Result<Value, String> {
    match kind {
        Kind::Bool => bool(node).map(Value::Bool),
        Kind::Int(range) => int(node, *range).map(Value::Int),
        Kind::Text => match node {
            Json::String(text) => Ok(Value::Text(Text::new(text))),
            other => Err(format!("{} is not a text", quoted(other))),
        },
        Kind::Enum(members) => choice(members, node).map(Value::Enum),
        Kind::Version => literal::version(&token(node, "a version")?).map(Value::Version),
        Kind::Time => literal::time(&text(node, "a time")?).map(Value::Time),
        Kind::Duration(unit) => duration(node, *unit).map(Value::Duration),
        Kind::Ip => literal::ip(&text(node, "an address")?).map(Value::Ip),
        Kind::Cidr => cidr(&text(node, "a network")?),
        Kind::Code => {
            let spelling = token(node, "a code")?;
            Code::of_text(&spelling)
                .map(Value::Code)
                .ok_or_else(|| format!("{} is not a code", quoted(node)))
        }
        Kind::List(_) | Kind::Set(_) | Kind::Record(_) => {
            Err(format!("{} does not fit", quoted(node)))
        }
    }
}

/// A text without blanks around it.
fn text(node: &Json, wanted: &str) -> Result<String, String> {
    match node {
        Json::String(text) => Ok(text.trim().to_owned()),
        other => Err(format!("{} is not {wanted}", quoted(other))),
    }
}

/// A text without blanks around it, or a whole number.
fn token(node: &Json, wanted: &str) -> Result<String, String> {
    match node {
        Json::Number(number) if !number.is_f64() => Ok(number.to_string()),
        other => text(other, wanted),
    }
}

fn bool(node: &Json) -> Result<bool, String> {
    let word = match node {
        Json::Bool(value) => return Ok(*value),
        Json::String(text) => text.trim().to_ascii_lowercase(),
        Json::Number(number) => number.to_string(),
        _ => String::new(),
    };
    match word.as_str() {
        "1" | "true" | "yes" | "enabled" => Ok(true),
        "0" | "false" | "no" | "disabled" => Ok(false),
        _ => Err(format!("{} is neither true nor false", quoted(node))),
    }
}

fn int(node: &Json, range: Option<(i64, i64)>) -> Result<i128, String> {
    let value = match node {
        Json::Number(number) => match whole(number) {
            Some(value) => value,
            None => return Err(format!("{} is not an integer of 64 bits", quoted(node))),
        },
        other => literal::int_fact(&text(other, "an integer")?)?,
    };
    match range {
        Some((low, high)) if value < i128::from(low) || value > i128::from(high) => {
            Err(format!("{} is outside {low}..{high}", quoted(node)))
        }
        _ => Ok(value),
    }
}

/// A number without a fraction that 64 bits hold; `3.0` and `1e3` are whole.
fn whole(number: &serde_json::Number) -> Option<i128> {
    if let Some(value) = number.as_i64() {
        return Some(i128::from(value));
    }
    let value = number.as_f64()?;
    // From 2^53 on a float no longer says which integer was meant: 9007199254740993.0 is read as 2^53.
    (value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0).then_some(value as i128)
}

/// By wire value, then by name, both without case; else the member after `else`, for texts and numbers.
fn choice(members: &EnumType, node: &Json) -> Result<u16, String> {
    let found = match node {
        Json::String(text) => text.trim().to_owned(),
        Json::Number(number) => number.to_string(),
        Json::Bool(value) => value.to_string(),
        other => return Err(format!("{} is none of {}", quoted(other), listed(members))),
    };
    let wanted = Text::new(&found);
    let number = literal::int(&found).ok();
    let wire = members
        .members
        .iter()
        .position(|member| match &member.wire {
            Some(Value::Int(wire)) => number == Some(*wire),
            Some(Value::Text(wire)) => *wire == wanted,
            _ => false,
        });
    let by_name = || {
        members
            .members
            .iter()
            .position(|member| Text::new(&member.name) == wanted)
    };
    let other =
        || (members.open && !node.is_boolean()).then(|| members.members.len().saturating_sub(1));
    wire.or_else(by_name)
        .or_else(other)
        .and_then(|at| u16::try_from(at).ok())
        .ok_or_else(|| format!("{} is none of {}", quoted(node), listed(members)))
}

fn listed(members: &EnumType) -> String {
    let mut names: Vec<String> = members
        .members
        .iter()
        .take(LISTED)
        .map(|member| format!("`{}`", member.name))
        .collect();
    if members.members.len() > LISTED {
        names.push("…".to_owned());
    }
    names.join(", ")
}

/// A number with its unit, or a bare number where the type says its unit.
fn duration(node: &Json, unit: Option<i128>) -> Result<i128, String> {
    let found = match node {
        Json::Number(number) => number.to_string(),
        other => text(other, "a duration")?,
    };
    match unit.and_then(|unit| bare(&found, unit)) {
        Some(value) => Ok(value),
        None => literal::duration(&found),
    }
}

/// A decimal number times the unit, if that is a whole number of nanoseconds.
fn bare(text: &str, unit: i128) -> Option<i128> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.strip_prefix(['-', '+']).unwrap_or(whole);
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if digits.is_empty() || !plain(digits) || !plain(fraction) || fraction.len() > 12 {
        return None;
    }
    let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let number: i128 = format!("{whole}{fraction}").parse().ok()?;
    let product = number.checked_mul(unit)?;
    (product % scale == 0).then_some(product / scale)
}

/// A network; the length may be written as a mask, as in the output of `route print`.
fn cidr(text: &str) -> Result<Value, String> {
    if let Some((address, mask)) = text.split_once('/')
        && let Ok(mask) = mask.parse::<std::net::Ipv4Addr>()
    {
        let length = ipnet::ipv4_mask_to_prefix(mask)
            .map_err(|_| format!("{} is not a mask", quoted_text(&mask.to_string())))?;
        return literal::cidr(&format!("{address}/{length}")).map(Value::Cidr);
    }
    literal::cidr(text).map(Value::Cidr)
}
