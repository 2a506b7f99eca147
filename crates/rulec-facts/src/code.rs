//! Failure codes: one identity, many spellings (clause T7).
//!
//! Known kinds are `ras`, `win32` (also written `winsock`, `ipsec`, `ike`), `hresult` (also `sspi`, `cryptoapi`, `trust`, `eap`, `wam`),
//! `http`, `aadsts`, `arm` and `nps`; any other kind is taken as written. An HRESULT that wraps a Win32 number (facility 7) is that
//! Win32 code, or the RAS code if `raserror.h` names its low word: `0x8007026f` is `ras 623`, whereas the literal `win32 623` stays
//! what it says. Codes inside a sentence are found by [`scan`].

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::value::Text;

mod context;
mod parse;
mod scan;
mod tables;

pub use context::border;
pub use scan::scan;

/// A canonical code. Equal only to the same number (or word) of the same kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Code {
    /// Canonical kind, lower case: `ras`, `win32`, `hresult`, `http`, `aadsts`, `arm`, `nps`, or any other word.
    pub kind: Arc<str>,
    /// Number or word.
    pub number: Number,
}

/// What identifies a code within its kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Number {
    /// A number; known kinds are 32 bit.
    Number(u64),
    /// A word; compares without case.
    Word(Text),
}

impl From<u64> for Number {
    fn from(number: u64) -> Number {
        Number::Number(number)
    }
}

impl From<&str> for Number {
    fn from(word: &str) -> Number {
        Number::Word(Text::new(word))
    }
}

/// The kinds that normalise, with their other names.
pub const KINDS: [(&str, &[&str]); 7] = [
    ("ras", &[]),
    ("win32", &["winsock", "ipsec", "ike"]),
    ("hresult", &["sspi", "cryptoapi", "trust", "eap", "wam"]),
    ("http", &[]),
    ("aadsts", &[]),
    ("arm", &[]),
    ("nps", &[]),
];

/// The canonical name of a kind, lower case.
pub fn canonical_kind(kind: &str) -> String {
    let kind = kind.to_ascii_lowercase();
    KINDS
        .iter()
        .find(|(name, aliases)| *name == kind || aliases.contains(&kind.as_str()))
        .map_or(kind, |(name, _)| (*name).to_owned())
}

impl Code {
    /// The canonical code of a kind (or its other name) and a number or word. Wrapped numbers of `ras`, `win32` and `hresult` are
    /// unwrapped. Whether such a code can be is not asked; [`Code::parse`] does.
    pub fn new(kind: &str, number: impl Into<Number>) -> Code {
        let kind = canonical_kind(kind);
        let number = number.into();
        match number {
            Number::Number(number @ 0x1_0000..=0xFFFF_FFFF)
                if matches!(kind.as_str(), "ras" | "win32" | "hresult") =>
            {
                Code::of_hresult(number)
            }
            number => Code {
                kind: Arc::from(kind),
                number,
            },
        }
    }

    /// The identity of a 32-bit HRESULT.
    fn of_hresult(number: u64) -> Code {
        let low = number & 0xFFFF;
        let (kind, number) = match number >> 16 {
            0x8007 if tables::name("ras", low).is_some() => ("ras", low),
            0x8007 => ("win32", low),
            _ => ("hresult", number),
        };
        Code {
            kind: Arc::from(kind),
            number: Number::Number(number),
        }
    }

    /// Its symbol, if it is known: `ERROR_NO_EAPTLS_CERTIFICATE`.
    pub fn name(&self) -> Option<&'static str> {
        match &self.number {
            Number::Number(number) => tables::name(&self.kind, *number),
            Number::Word(_) => None,
        }
    }

    /// What people call it: its symbol, or for an HTTP status its phrase.
    pub fn title(&self) -> Option<&'static str> {
        self.name().or_else(|| {
            let (name, _) = self.known()?;
            (!name.is_empty()).then_some(name)
        })
    }

    /// What it means, in one English sentence without a full stop, if it is known.
    pub fn meaning(&self) -> Option<&'static str> {
        self.known().map(|(_, meaning)| meaning)
    }

    fn known(&self) -> Option<(&'static str, &'static str)> {
        match &self.number {
            Number::Number(number) => tables::meaning(&self.kind, *number),
            Number::Word(_) => None,
        }
    }

    /// For a person: `ras 798 (ERROR_NO_EAPTLS_CERTIFICATE)`.
    pub fn described(&self) -> String {
        match self.name() {
            Some(name) => format!("{self} ({name})"),
            None => self.to_string(),
        }
    }
}

/// As a rule writes it: `ras 798`, `hresult 0x80090326`, `arm InvalidResourceName`, `nps "…"`.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = &self.kind;
        match &self.number {
            Number::Number(number) if &**kind == "hresult" => write!(f, "{kind} 0x{number:08X}"),
            Number::Number(number) => write!(f, "{kind} {number}"),
            Number::Word(word) => {
                let word = word.raw();
                let plain = word.starts_with(|c: char| c.is_ascii_uppercase())
                    && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
                if plain {
                    write!(f, "{kind} {word}")
                } else {
                    write!(f, "{kind} \"{}\"", word.replace('"', "\"\""))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
