//! The table of source kinds: what may stand after `from`, what it yields, what it needs.
//!
//! A row says everything that checker, evaluator, providers and `rulec sources` have to agree on. Reading a place is the
//! business of a provider; what `at` means is that of [`crate::path`].

mod azure;
mod built_in;
mod described;
mod other;
mod windows;

use std::time::Duration;

use crate::path::{CompiledPath, Level, PathLanguage};
use crate::types::{Kind, Type};

pub use azure::{arm_key, arm_path};
pub use built_in::{BuiltIn, built_in_types, certificate_type};
pub use described::{Description, LONGEST_DESCRIPTION, PROTOCOL, describe};

/// A row of the table.
#[derive(Debug)]
pub struct SourceKind {
    /// `azure`, `windows`, `file`, `network`, or the word of a plug-in.
    pub system: &'static str,
    /// `arm`, `registry`, …
    pub kind: &'static str,
    /// What it reads, one sentence without full stop.
    pub title: &'static str,
    /// What stands in quotes after the kind.
    pub locator: Locator,
    /// Words that may follow, in order of name.
    pub arguments: &'static [Argument],
    /// `each x in LIST` may follow.
    pub each: bool,
    /// The language of `at`, here and in the fields of its records.
    pub path: PathLanguage,
    /// Whether `at` may or must stand at the fact.
    pub at: Presence,
    /// What comes out.
    pub result: Yields,
    /// Privilege that reading needs on the machine or service.
    pub privilege: &'static str,
    /// What has to be granted, in the words of the system.
    pub permission: &'static str,
    /// What counts as *not there* (S3).
    pub not_there: &'static str,
    /// Usual time to answer; `cost` of a fact overrides it.
    pub cost: Duration,
    /// It sends something to the network or asks a person for consent.
    pub consent: bool,
    /// A clause that works.
    pub example: &'static str,
}

/// What stands in quotes after the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locator {
    /// Nothing.
    None,
    /// It must stand; what it names.
    Required(&'static str),
    /// It must be one of these texts, without case.
    OneOf(&'static [&'static str]),
}

/// Whether something may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "plain")]
pub enum Presence {
    Never,
    Optional,
    Required,
}

/// A word that may follow the locator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argument {
    /// The word.
    pub word: &'static str,
    /// What follows it.
    pub value: ArgumentValue,
    /// It must stand.
    pub required: bool,
    /// What it is for.
    pub about: &'static str,
}

/// What follows an argument's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentValue {
    /// Nothing: the word itself says it.
    Flag,
    /// One text in quotes.
    Text,
    /// One number from 1.
    Number,
    /// One or more numbers with commas.
    Numbers,
    /// A duration.
    Duration,
    /// One of these words, or one of them as a text, without case.
    OneOf(&'static [&'static str]),
}

/// What a kind yields.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Yields {
    /// Whatever type the fact declares.
    Declared,
    /// The fact must declare one of these.
    One(&'static [Shape]),
    /// A list of one of these records or of a declared one; with `newest 1` one of them, which may be absent.
    Records(&'static [BuiltIn]),
    /// What a plug-in says, for clauses without `at`.
    Described(&'static Type),
}

/// A fixed result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `list of RECORD`.
    ListOf(BuiltIn),
    /// `RECORD`.
    One(BuiltIn),
    /// `RECORD?`.
    Optional(BuiltIn),
    /// `set of string`.
    SetOfText,
    /// `list of ip`.
    ListOfIp,
    /// `duration`.
    Duration,
    /// `enum { open, filtered, refused }`.
    Port,
}

impl Shape {
    /// A list or set.
    pub fn is_list(self) -> bool {
        matches!(self, Shape::ListOf(_) | Shape::SetOfText | Shape::ListOfIp)
    }

    /// The type; built-in records by name.
    pub fn ty(self) -> Type {
        match self {
            Shape::ListOf(record) => list(record.ty()),
            Shape::One(record) => record.ty(),
            Shape::Optional(record) => record.ty().optional(),
            Shape::SetOfText => Type::of(Kind::Set(std::sync::Arc::new(Type::of(Kind::Text)))),
            Shape::ListOfIp => list(Type::of(Kind::Ip)),
            Shape::Duration => Type::of(Kind::Duration(None)),
            Shape::Port => built_in::choice(
                &[("open", None), ("filtered", None), ("refused", None)],
                false,
            ),
        }
    }
}

impl SourceKind {
    /// The argument of that word.
    pub fn argument(&self, word: &str) -> Option<&'static Argument> {
        self.arguments.iter().find(|argument| argument.word == word)
    }

    /// With `each x in LIST`: one answer may have several nodes, so that all answers are joined into one list.
    pub fn joins(&self, at: Option<&str>) -> bool {
        let lists =
            matches!(self.result, Yields::One(shapes) if shapes.iter().all(|it| it.is_list()));
        lists
            || at.is_some_and(|text| {
                CompiledPath::compile(self.path, Level::Fact, text)
                    .is_ok_and(|path| !path.is_singular())
            })
    }

    /// Whether a fact may declare this type; `newest` is the number after that word, `each` says that `each x in LIST` stands there. The
    /// error lists the types that fit.
    pub fn fits(&self, ty: &Type, newest: Option<u64>, each: bool) -> Result<(), Vec<Type>> {
        if each {
            return self.fits_each(ty);
        }
        let fitting: Vec<Type> = match self.result {
            Yields::Declared => return Ok(()),
            Yields::Described(result) => match described::can_be(result, ty) {
                true => return Ok(()),
                false => vec![result.clone()],
            },
            Yields::One(shapes) => shapes.iter().map(|shape| shape.ty()).collect(),
            Yields::Records(records) if newest == Some(1) => {
                if ty.optional && is_declared_record(ty) {
                    return Ok(());
                }
                records
                    .iter()
                    .map(|record| record.ty().optional())
                    .collect()
            }
            Yields::Records(records) => {
                if matches!(&ty.kind, Kind::List(member) if is_declared_record(member)) {
                    return Ok(());
                }
                records.iter().map(|record| list(record.ty())).collect()
            }
        };
        if fitting.iter().any(|it| same_shape(it, ty)) {
            Ok(())
        } else {
            Err(fitting)
        }
    }

    /// A list of what one request yields, or of a declared record that has its fields beside `key`.
    fn fits_each(&self, ty: &Type) -> Result<(), Vec<Type>> {
        let Yields::One(shapes) = self.result else {
            return match ty.member() {
                Some(_) if !ty.optional => Ok(()),
                _ => Err(Vec::new()),
            };
        };
        let fitting: Vec<Type> = shapes
            .iter()
            .map(|shape| shape.ty())
            .map(|mut one| match one.member() {
                Some(_) => one,
                None => {
                    one.optional = false;
                    list(one)
                }
            })
            .collect();
        let declared = ty.member().is_some_and(is_declared_record) && !ty.optional;
        if declared || fitting.iter().any(|it| same_shape(it, ty)) {
            Ok(())
        } else {
            Err(fitting)
        }
    }

    /// `azure arm`.
    pub fn name(&self) -> String {
        format!("{} {}", self.system, self.kind)
    }
}

/// All rows, in order of system and kind.
pub fn all() -> impl Iterator<Item = &'static SourceKind> {
    azure::KINDS
        .iter()
        .chain(other::FILE)
        .chain(other::NETWORK)
        .chain(windows::KINDS)
}

/// The row of that system and kind; words compare exactly.
pub fn find(system: &str, kind: &str) -> Option<&'static SourceKind> {
    all().find(|row| row.system == system && row.kind == kind)
}

/// The systems, in order.
pub fn systems() -> [&'static str; 4] {
    ["azure", "file", "network", "windows"]
}

/// Fills a value into a locator: what would lead out of the place it names is written so that it no longer does (S5).
///
/// In addresses (`azure`) `?`, `#`, `&`, `\`, `%` and control characters are percent-encoded, and a `..` of the value stays a name; in those of
/// the directory `'` is doubled, because values stand between two of them. Elsewhere control characters are left out and `..` and `*` cannot
/// climb or widen.
pub fn escape(system: &str, kind: &str, value: &str) -> String {
    if system == "azure" {
        return azure::escape(value, kind == "graph");
    }
    let clean: String = value.chars().filter(|c| !c.is_control()).collect();
    match system {
        "windows" | "file" => clean
            .split_inclusive(['\\', '/'])
            .filter(|part| !matches!(part.trim_end_matches(['\\', '/']), ".." | "*"))
            .collect(),
        _ => clean,
    }
}

fn list(member: Type) -> Type {
    Type::of(Kind::List(std::sync::Arc::new(member)))
}

fn is_declared_record(ty: &Type) -> bool {
    let built_in = |name: &str| BuiltIn::named(name).is_some();
    ty.record()
        .is_some_and(|record| !record.name.as_deref().is_some_and(built_in))
}

/// A fact may narrow an enum's spelling or drop the name; what counts is the kind and, for records, the name.
fn same_shape(wanted: &Type, declared: &Type) -> bool {
    if wanted.optional != declared.optional {
        return false;
    }
    match (&wanted.kind, &declared.kind) {
        (Kind::List(a) | Kind::Set(a), Kind::List(b) | Kind::Set(b)) => same_shape(a, b),
        (Kind::Record(a), Kind::Record(b)) => a.name == b.name,
        (Kind::Enum(wanted), Kind::Enum(declared)) => {
            declared.open
                || wanted
                    .members
                    .iter()
                    .all(|it| declared.member(&it.name).is_some())
        }
        (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

const fn argument(word: &'static str, value: ArgumentValue, about: &'static str) -> Argument {
    Argument {
        word,
        value,
        required: false,
        about,
    }
}

const fn needed(word: &'static str, value: ArgumentValue, about: &'static str) -> Argument {
    Argument {
        word,
        value,
        required: true,
        about,
    }
}

#[cfg(test)]
mod tests;
