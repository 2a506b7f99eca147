//! Facts that a person wrote down, as JSON or YAML: full names and values (S1).
//!
//! Reads text, never files. A scalar of YAML stays the text that was written, so that `1.10`, `010`, `no` and `0x80090326` are
//! read by the declared type ([`crate::decode::decode_given`]), not by YAML. Hostile text costs bounded time and memory.

mod json;
mod yaml;

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value as Json;

pub use json::{json_with, strict_json};
pub use yaml::{Yaml, yaml};

/// Longest text that is read, in bytes.
pub const LONGEST: usize = 64 << 20;

/// Why a text could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextError {
    /// From 1.
    pub line: u32,
    /// From 1, in Unicode scalar values.
    pub column: u32,
    /// For a person.
    pub message: String,
}

impl fmt::Display for TextError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "line {}, column {}: {}",
            self.line, self.column, self.message
        )
    }
}

impl std::error::Error for TextError {}

/// A given value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenValue {
    /// The value; scalars of YAML are texts.
    pub value: Json,
    /// Line and column of its name, from 1; none where the format does not say.
    pub place: Option<(u32, u32)>,
}

/// Given values by full name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Given {
    values: BTreeMap<String, GivenValue>,
}

impl Given {
    /// The value of that name.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.values.get(name).map(|it| &it.value)
    }

    /// Line and column where the name stands.
    pub fn place(&self, name: &str) -> Option<(u32, u32)> {
        self.values.get(name).and_then(|it| it.place)
    }

    /// Names and values, in order of name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &GivenValue)> {
        self.values
            .iter()
            .map(|(name, value)| (name.as_str(), value))
    }

    /// Adds or replaces a value.
    pub fn insert(&mut self, name: &str, value: Json, place: Option<(u32, u32)>) {
        self.values
            .insert(name.to_owned(), GivenValue { value, place });
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// None at all.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// The format of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON.
    Json,
    /// YAML 1.2, one document.
    Yaml,
    /// JSON if it begins with a brace and is JSON, else YAML.
    Either,
}

impl Format {
    /// By the end of a file's name.
    pub fn of_name(name: &str) -> Format {
        let name = name.to_ascii_lowercase();
        if name.ends_with(".json") {
            Format::Json
        } else if name.ends_with(".yaml") || name.ends_with(".yml") {
            Format::Yaml
        } else {
            Format::Either
        }
    }
}

/// Reads facts from bytes in UTF-8; a byte order mark is skipped.
///
/// # Errors
/// No UTF-8, too long, not in that format, a name twice, or not names with values.
pub fn facts(bytes: &[u8], format: Format) -> Result<Given, TextError> {
    let text = utf8(bytes)?;
    match format {
        Format::Json => from_json(text),
        Format::Yaml => from_yaml(text),
        Format::Either if !text.trim_start().starts_with('{') => from_yaml(text),
        Format::Either => match from_json(text) {
            Ok(given) => Ok(given),
            Err(error) => from_yaml(text).map_err(|_| error),
        },
    }
}

/// The text of bytes in UTF-8, without a byte order mark.
///
/// # Errors
/// No UTF-8, with the place; UTF-16 is named as such; too long.
pub fn utf8(bytes: &[u8]) -> Result<&str, TextError> {
    let at_start = |message: &str| TextError {
        line: 1,
        column: 1,
        message: message.to_owned(),
    };
    if bytes.len() > LONGEST {
        return Err(at_start("the text is longer than 64 MiB"));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(at_start("the text is in UTF-16; save it as UTF-8"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or(&[]);
        let (line, column) = end_of(&String::from_utf8_lossy(before));
        TextError {
            line,
            column,
            message: "the text is not UTF-8".to_owned(),
        }
    })
}

fn from_json(text: &str) -> Result<Given, TextError> {
    let mut given = Given::default();
    match strict_json(text)? {
        Json::Object(object) => {
            for (name, value) in object {
                given.insert(&name, value, None);
            }
            Ok(given)
        }
        _ => Err(not_facts()),
    }
}

fn from_yaml(text: &str) -> Result<Given, TextError> {
    let parsed = yaml(text)?;
    let mut given = Given::default();
    match &parsed.value {
        Json::Null => Ok(given),
        Json::Object(object) => {
            for (name, value) in object {
                given.insert(name, value.clone(), parsed.place(&[name]));
            }
            Ok(given)
        }
        _ => Err(not_facts()),
    }
}

fn not_facts() -> TextError {
    TextError {
        line: 1,
        column: 1,
        message: "names with values are wanted, as in `{\"os.build\": 19045}`".to_owned(),
    }
}

/// Line and column just after a text, both from 1.
fn end_of(text: &str) -> (u32, u32) {
    let line = text.matches('\n').count() + 1;
    let column = text.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (small(line), small(column))
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
