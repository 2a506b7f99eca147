//! One node as one scalar: the conversions that a declared type allows (T8).

use std::borrow::Cow;
use std::cell::OnceCell;

use serde_json::{Number, Value as Json};

use crate::code::Code;
use crate::fold;
use crate::literal;
use crate::types::{EnumType, Kind};
use crate::value::{Text, Value};

use super::{quoted, quoted_text};

/// Members that a message lists.
const LISTED: usize = 8;

/// A node of a document, as far as reading one scalar goes.
#[derive(Debug, Clone)]
pub(super) enum Node<'a> {
    Null,
    Bool(bool),
    Number(Number),
    Text(&'a str),
    /// With so many items.
    List(usize),
    Record,
}

impl<'a> From<&'a Json> for Node<'a> {
    fn from(json: &'a Json) -> Node<'a> {
        match json {
            Json::Null => Node::Null,
            Json::Bool(it) => Node::Bool(*it),
            Json::Number(it) => Node::Number(it.clone()),
            Json::String(it) => Node::Text(it),
            Json::Array(items) => Node::List(items.len()),
            Json::Object(_) => Node::Record,
        }
    }
}

/// Reads a node; the error is for a person and quotes what was found.
pub(super) fn read(kind: &Kind, node: &Node<'_>) -> Result<Value, String> {
    match kind {
        Kind::Bool => bool(node).map(Value::Bool),
        Kind::Int(range) => int(node, *range).map(Value::Int),
        Kind::Text => match node {
            Node::Text(text) => Ok(Value::Text(Text::new(text))),
            other => Err(format!("{} is not a text", quoted(other))),
        },
        Kind::Enum(members) => choice(members, node).map(Value::Enum),
        Kind::Version => literal::version(&token(node, "a version")?).map(Value::Version),
        Kind::Time => literal::time(text(node, "a time")?).map(Value::Time),
        Kind::Duration(unit) => duration(node, *unit).map(Value::Duration),
        Kind::Ip => literal::ip(text(node, "an address")?).map(Value::Ip),
        Kind::Cidr => cidr(text(node, "a network")?),
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
fn text<'a>(node: &Node<'a>, wanted: &str) -> Result<&'a str, String> {
    match node {
        Node::Text(text) => Ok(text.trim()),
        other => Err(format!("{} is not {wanted}", quoted(other))),
    }
}

/// A text without blanks around it, or a whole number.
fn token<'a>(node: &Node<'a>, wanted: &str) -> Result<Cow<'a, str>, String> {
    match node {
        Node::Number(number) if !number.is_f64() => Ok(Cow::Owned(number.to_string())),
        other => text(other, wanted).map(Cow::Borrowed),
    }
}

fn bool(node: &Node<'_>) -> Result<bool, String> {
    let word = match node {
        Node::Bool(value) => return Ok(*value),
        Node::Text(text) => Cow::Borrowed(text.trim()),
        Node::Number(number) => Cow::Owned(number.to_string()),
        _ => Cow::Borrowed(""),
    };
    let is_any = |words: [&str; 4]| words.iter().any(|it| word.eq_ignore_ascii_case(it));
    if is_any(["1", "true", "yes", "enabled"]) {
        Ok(true)
    } else if is_any(["0", "false", "no", "disabled"]) {
        Ok(false)
    } else {
        Err(format!("{} is neither true nor false", quoted(node)))
    }
}

fn int(node: &Node<'_>, range: Option<(i64, i64)>) -> Result<i128, String> {
    let value = match node {
        Node::Number(number) => match whole(number) {
            Some(value) => value,
            None => return Err(format!("{} is not an integer of 64 bits", quoted(node))),
        },
        other => literal::int_fact(text(other, "an integer")?)?,
    };
    match range {
        Some((low, high)) if value < i128::from(low) || value > i128::from(high) => {
            Err(format!("{} is outside {low}..{high}", quoted(node)))
        }
        _ => Ok(value),
    }
}

/// A number without a fraction that 64 bits hold; `3.0` and `1e3` are whole.
fn whole(number: &Number) -> Option<i128> {
    if let Some(value) = number.as_i64() {
        return Some(i128::from(value));
    }
    let value = number.as_f64()?;
    // From 2^53 on a float no longer says which integer was meant: 9007199254740993.0 is read as 2^53.
    (value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0).then_some(value as i128)
}

/// By wire value, then by name, both without case; else the member after `else`, for texts and numbers.
fn choice(members: &EnumType, node: &Node<'_>) -> Result<u16, String> {
    let found = match node {
        Node::Text(text) => Cow::Borrowed(text.trim()),
        Node::Number(number) => Cow::Owned(number.to_string()),
        Node::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        other => return Err(format!("{} is none of {}", quoted(other), listed(members))),
    };
    let number = OnceCell::new();
    let number = || *number.get_or_init(|| literal::int(&found).ok());
    let wire = members
        .members
        .iter()
        .position(|member| match &member.wire {
            Some(Value::Int(wire)) => number() == Some(*wire),
            Some(Value::Text(wire)) => fold::same(wire.raw(), &found),
            _ => false,
        });
    let by_name = || {
        let mut all = members.members.iter();
        all.position(|member| fold::same(&member.name, &found))
    };
    let other = || {
        let is_open = members.open && !matches!(node, Node::Bool(_));
        is_open.then(|| members.members.len().saturating_sub(1))
    };
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
fn duration(node: &Node<'_>, unit: Option<i128>) -> Result<i128, String> {
    let found = match node {
        Node::Number(number) => Cow::Owned(number.to_string()),
        other => Cow::Borrowed(text(other, "a duration")?),
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
