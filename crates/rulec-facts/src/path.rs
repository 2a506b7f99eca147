//! Path languages: which part of a document a fact or field wants (`at`).
//!
//! A path is compiled once and then only selects. It never converts: what a node means for a declared type is the
//! business of [`crate::decode`].

use std::borrow::Cow;

use serde_json::{Map, Value as Json};
use serde_json_path::JsonPath;

use crate::untold;

mod cost;

use cost::{Cost, MOST_DESCENTS};

/// The language of `at`, one a source kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PathLanguage {
    /// RFC 9535, `$` is the document or the element.
    Json,
    /// Name of a registry value, or a text with names in braces: `{A}.{B}`.
    Registry,
    /// Name of an event field, or `Data[N]`: the N-th insertion string, counted from 0.
    Event,
    /// A label of a text output; compares without case.
    Label,
    /// Local names of XML elements, `a/b/c`: the first anywhere, each further one a child; `@name` is an attribute.
    Xml,
    /// `SECTION/KEY`, cut at the last stroke.
    Ini,
    /// A pattern for lines with named parts: `ADD {prefix} MASK {mask} *`.
    Lines,
    /// The kind has no `at`; its fields go by their names.
    None,
}

impl PathLanguage {
    /// For people: what may stand after `at`.
    pub fn describe(self) -> &'static str {
        match self {
            PathLanguage::Json => "a JSONPath (RFC 9535)",
            PathLanguage::Registry => "the name of a value, or `{A}.{B}`",
            PathLanguage::Event => "the name of a field, or `Data[N]` counted from 0",
            PathLanguage::Label => "a label",
            PathLanguage::Xml => "element names, `a/b/c`",
            PathLanguage::Ini => "`SECTION/KEY`",
            PathLanguage::Lines => "a pattern with named parts",
            PathLanguage::None => "nothing",
        }
    }
}

/// Where a path stands: at the fact itself, or at a field of one of its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// Relative to the document.
    Fact,
    /// Relative to the element.
    Field,
}

/// Whether `text` is a path of that language; the error says what is wrong with it.
pub fn check_path(language: PathLanguage, level: Level, text: &str) -> Result<(), String> {
    CompiledPath::compile(language, level, text).map(|_| ())
}

/// A path, ready to select.
#[derive(Debug, Clone)]
pub struct CompiledPath {
    steps: Steps,
    /// It names at most one node in every document.
    singular: bool,
    cost: Cost,
}

#[derive(Debug, Clone)]
enum Steps {
    Json(Box<JsonPath>),
    /// Literal text and names by turns; one name alone is the value itself.
    Members(Vec<Piece>),
    Data(usize),
    EventField(String),
    Elements(Vec<String>),
    Section(String, String),
    Pattern(Vec<Piece>),
    /// The document itself.
    Whole,
}

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Text(String),
    Name(String),
    /// `*` in a line pattern.
    Any,
}

impl CompiledPath {
    /// Compiles a path; the error says what is wrong, for the person who wrote it.
    pub fn compile(language: PathLanguage, level: Level, text: &str) -> Result<Self, String> {
        let several = |steps| CompiledPath {
            steps,
            singular: false,
            cost: Cost::default(),
        };
        let one = |steps| CompiledPath {
            steps,
            singular: true,
            cost: Cost::default(),
        };
        if text.trim().is_empty() {
            return Err("the path is empty".to_owned());
        }
        Ok(match language {
            PathLanguage::Json => {
                let path = JsonPath::parse(text).map_err(|error| {
                    format!(
                        "not a JSONPath: {} at character {}",
                        error.message(),
                        error.position() + 1
                    )
                })?;
                let cost = Cost::of(text);
                if cost.descents > MOST_DESCENTS {
                    return Err(format!(
                        "more than {MOST_DESCENTS} `..` in one path: each multiplies the work; name the members between"
                    ));
                }
                CompiledPath {
                    steps: Steps::Json(Box::new(path)),
                    singular: is_singular(text),
                    cost,
                }
            }
            PathLanguage::Registry => one(Steps::Members(names_in_braces(text)?)),
            PathLanguage::Lines if level == Level::Field => {
                one(Steps::Members(names_in_braces(text)?))
            }
            PathLanguage::Label => one(Steps::Members(vec![Piece::Name(text.trim().to_owned())])),
            PathLanguage::Event => one(event_path(text)?),
            PathLanguage::Xml => several(element_path(text)?),
            PathLanguage::Ini if level == Level::Field => {
                one(Steps::Members(vec![Piece::Name(text.trim().to_owned())]))
            }
            PathLanguage::Ini => one(match text.rsplit_once('/') {
                Some((section, key)) if !key.trim().is_empty() => {
                    Steps::Section(section.to_owned(), key.trim().to_owned())
                }
                _ => return Err("a section and a key are wanted: `SECTION/KEY`".to_owned()),
            }),
            PathLanguage::Lines => several(Steps::Pattern(line_pattern(text)?)),
            PathLanguage::None => return Err("this kind has no `at`".to_owned()),
        })
    }

    /// The path of a fact without `at`: the document itself.
    pub fn whole() -> Self {
        CompiledPath {
            steps: Steps::Whole,
            singular: true,
            cost: Cost::default(),
        }
    }

    /// It names at most one node, whatever the document; an array there is the list, not one element of it.
    pub fn is_singular(&self) -> bool {
        self.singular
    }

    /// Only the document itself.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self.steps, Steps::Whole)
    }

    /// The nodes, in the order of the document; nulls are left out, because null is *not there* (S3).
    /// The flag says that a singular path was applied to each record of a document that is a list.
    pub fn select<'d>(&self, document: &'d Json) -> Nodes<'d> {
        if self.cost.is_over_budget(document) {
            return Nodes {
                found: Vec::new(),
                spread: false,
                over_budget: true,
            };
        }
        let mut spread = false;
        let mut found: Vec<Cow<'d, Json>> = match &self.steps {
            Steps::Whole => vec![Cow::Borrowed(document)],
            Steps::Json(path) => path
                .query(document)
                .all()
                .into_iter()
                .map(Cow::Borrowed)
                .collect(),
            Steps::Elements(names) => elements(document, names),
            Steps::Section(section, key) => member(document, section)
                .and_then(|it| member(it, key))
                .map(Cow::Borrowed)
                .into_iter()
                .collect(),
            Steps::Pattern(pieces) => lines(document, pieces),
            each => match document.as_array() {
                Some(records) => {
                    spread = true;
                    records
                        .iter()
                        .filter_map(|record| of_member(each, record))
                        .collect()
                }
                None => of_record(each, document).into_iter().collect(),
            },
        };
        found.retain(|node| !node.is_null());
        Nodes {
            found,
            spread,
            over_budget: false,
        }
    }
}

/// What a path selected.
#[derive(Debug, Clone)]
pub struct Nodes<'d> {
    /// In the order of the document, without nulls.
    pub found: Vec<Cow<'d, Json>>,
    /// One node a record of a list, although the path names one value of a record.
    pub spread: bool,
    /// The path would visit too many nodes of this document; nothing was looked at.
    pub over_budget: bool,
}

/// The member of that name: exactly, else the only one without case; several: none. Where the object says that others are not told, that.
pub(crate) fn member<'d>(object: &'d Json, name: &str) -> Option<&'d Json> {
    let object = object.as_object()?;
    if let Some(found) = object.get(name) {
        return Some(found);
    }
    let wanted = crate::value::Text::new(name);
    let mut same = object
        .iter()
        .filter(|(key, _)| crate::value::Text::new(key) == wanted);
    match (same.next(), same.next()) {
        (Some((_, found)), None) => Some(found),
        (None, _) => untold::rest_of(object),
        _ => None,
    }
}

/// The field that goes by its own name.
pub(crate) fn own_member<'d>(
    language: PathLanguage,
    element: &'d Json,
    name: &str,
) -> Option<Cow<'d, Json>> {
    match language {
        PathLanguage::Event => event_field(element, name).map(Cow::Borrowed),
        PathLanguage::Xml if element.get("children").is_some() => {
            let mut found = children(element).filter(|it| local_name(it) == name);
            found.next().map(leaf)
        }
        _ => member(element, name).map(Cow::Borrowed),
    }
}

/// Of a member of a list: whether it belongs there travels along.
fn of_member<'d>(steps: &Steps, record: &'d Json) -> Option<Cow<'d, Json>> {
    match untold::membership(record) {
        Some((_, _, false)) => Some(Cow::Borrowed(record)),
        Some(_) => Some(untold::carry(record, of_record(steps, record)?)),
        None => of_record(steps, record),
    }
}

fn of_record<'d>(steps: &Steps, record: &'d Json) -> Option<Cow<'d, Json>> {
    match steps {
        Steps::Members(pieces) => members(pieces, record),
        Steps::Data(at) => record.get("strings")?.get(at).map(Cow::Borrowed),
        Steps::EventField(name) => event_field(record, name).map(Cow::Borrowed),
        _ => None,
    }
}

fn event_field<'d>(record: &'d Json, name: &str) -> Option<&'d Json> {
    record
        .get("data")
        .and_then(|data| member(data, name))
        .or_else(|| member(record, name))
}

/// One name: the value itself. Names in a text: the text with all of them filled, if all are there.
fn members<'d>(pieces: &[Piece], record: &'d Json) -> Option<Cow<'d, Json>> {
    if let [Piece::Name(name)] = pieces {
        return member(record, name).map(Cow::Borrowed);
    }
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(literal) => text.push_str(literal),
            Piece::Any => {}
            Piece::Name(name) => match member(record, name)? {
                Json::String(value) => text.push_str(value),
                Json::Number(value) => text.push_str(&value.to_string()),
                Json::Null => return None,
                other => return Some(Cow::Borrowed(other)),
            },
        }
    }
    Some(Cow::Owned(Json::String(text)))
}

/// Names and indexes only: no wildcard, slice, union, filter or descent outside of quotes.
fn is_singular(path: &str) -> bool {
    let mut quote = None;
    let mut brackets = 0_u32;
    let mut before = ' ';
    let mut escaped = false;
    for c in path.chars() {
        if let Some(end) = quote {
            if escaped {
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if c == end {
                quote = None;
            }
        } else {
            match c {
                '\'' | '"' => quote = Some(c),
                '[' => brackets += 1,
                ']' => brackets = brackets.saturating_sub(1),
                '*' | '?' => return false,
                ':' | ',' if brackets > 0 => return false,
                '.' if before == '.' => return false,
                _ => {}
            }
        }
        before = c;
    }
    true
}

/// `NAME`, or a text with `{NAME}`s; `{{` and `}}` are braces.
fn names_in_braces(text: &str) -> Result<Vec<Piece>, String> {
    let pieces = pieces(text)?;
    if pieces.iter().any(|piece| matches!(piece, Piece::Name(_))) {
        return Ok(pieces);
    }
    let name: String = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            _ => "",
        })
        .collect();
    Ok(vec![Piece::Name(name)])
}

fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut out = Vec::new();
    let mut literal = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '{' | '}' if rest.peek() == Some(&c) => {
                rest.next();
                literal.push(c);
            }
            '}' => return Err("`}` without `{`; a literal brace is `}}`".to_owned()),
            '{' => {
                let mut name = String::new();
                loop {
                    match rest.next() {
                        Some('}') => break,
                        Some(c) => name.push(c),
                        None => return Err("`{` without `}`; a literal brace is `{{`".to_owned()),
                    }
                }
                if name.trim().is_empty() {
                    return Err("a name is missing between the braces".to_owned());
                }
                if !literal.is_empty() {
                    out.push(Piece::Text(std::mem::take(&mut literal)));
                }
                out.push(Piece::Name(name.trim().to_owned()));
            }
            c => literal.push(c),
        }
    }
    if !literal.is_empty() {
        out.push(Piece::Text(literal));
    }
    Ok(out)
}

fn event_path(text: &str) -> Result<Steps, String> {
    let text = text.trim();
    let Some(rest) = text.strip_prefix("Data[") else {
        return Ok(Steps::EventField(text.to_owned()));
    };
    rest.strip_suffix(']')
        .and_then(|number| number.parse().ok())
        .map(Steps::Data)
        .ok_or_else(|| "a number from 0 is wanted: `Data[3]`".to_owned())
}

fn element_path(text: &str) -> Result<Steps, String> {
    let names: Vec<String> = text
        .trim()
        .split('/')
        .map(|name| name.trim().to_owned())
        .collect();
    if names.iter().any(String::is_empty) {
        return Err("an element name is missing between two strokes".to_owned());
    }
    let attribute_inside = names.iter().rev().skip(1).any(|name| name.starts_with('@'));
    if attribute_inside {
        return Err("an attribute can only stand last".to_owned());
    }
    Ok(Steps::Elements(names))
}

/// An element is `{"name", "attributes": {…}, "text", "children": […]}`, names without prefix.
fn elements<'d>(root: &'d Json, names: &[String]) -> Vec<Cow<'d, Json>> {
    let Some((first, rest)) = names.split_first() else {
        return Vec::new();
    };
    if let (Some(attribute), true) = (first.strip_prefix('@'), rest.is_empty()) {
        return attribute_of(root, attribute).into_iter().collect();
    }
    let mut at = Vec::new();
    let mut waiting = vec![root];
    while let Some(element) = waiting.pop() {
        if local_name(element) == first {
            at.push(element);
        }
        let below: Vec<&Json> = children(element).collect();
        waiting.extend(below.into_iter().rev());
    }
    for name in rest {
        if let Some(attribute) = name.strip_prefix('@') {
            return at
                .into_iter()
                .filter_map(|it| attribute_of(it, attribute))
                .collect();
        }
        at = at
            .into_iter()
            .flat_map(children)
            .filter(|it| local_name(it) == name)
            .collect();
    }
    at.into_iter().map(leaf).collect()
}

fn attribute_of<'d>(element: &'d Json, name: &str) -> Option<Cow<'d, Json>> {
    member(element.get("attributes")?, name).map(Cow::Borrowed)
}

fn children(element: &Json) -> impl Iterator<Item = &Json> {
    element
        .get("children")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
}

fn local_name(element: &Json) -> &str {
    element.get("name").and_then(Json::as_str).unwrap_or("")
}

/// An element without elements inside is its text.
fn leaf(element: &Json) -> Cow<'_, Json> {
    if children(element).next().is_some() {
        Cow::Borrowed(element)
    } else {
        Cow::Borrowed(element.get("text").unwrap_or(&Json::Null))
    }
}

fn line_pattern(text: &str) -> Result<Vec<Piece>, String> {
    let mut out = Vec::new();
    for piece in pieces(text)? {
        let Piece::Text(literal) = piece else {
            if matches!(out.last(), Some(Piece::Name(_) | Piece::Any)) {
                return Err("two parts need a text between them".to_owned());
            }
            out.push(piece);
            continue;
        };
        for (at, part) in literal.split('*').enumerate() {
            if at > 0 {
                out.push(Piece::Any);
            }
            if !part.is_empty() {
                out.push(Piece::Text(part.to_owned()));
            }
        }
    }
    if out.iter().any(|piece| matches!(piece, Piece::Name(_))) {
        Ok(out)
    } else {
        Err("a pattern needs a named part: `{name}`".to_owned())
    }
}

/// One object of named parts for each line that fits; a document of lines is a list of texts. A line that is hidden may fit.
fn lines<'d>(document: &Json, pieces: &[Piece]) -> Vec<Cow<'d, Json>> {
    document
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|line| match (line.as_str(), untold::of(line)) {
            (Some(text), _) => fit(text.trim(), pieces).map(Json::Object),
            (None, Some((why, detail))) => Some(untold::more(why, detail)),
            (None, None) => None,
        })
        .map(Cow::Owned)
        .collect()
}

/// Each part takes the shortest run up to the next text; runs of blanks in a pattern fit runs of blanks in a line.
fn fit(line: &str, pieces: &[Piece]) -> Option<Map<String, Json>> {
    let mut parts = Map::new();
    let mut rest = line;
    let mut open: Option<&Piece> = None;
    for piece in pieces {
        let Piece::Text(wanted) = piece else {
            open = Some(piece);
            continue;
        };
        let (before, after) = if wanted.trim().is_empty() {
            rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()))
        } else {
            let wanted = wanted.trim();
            let at = rest.find(wanted)?;
            let (before, from) = rest.split_at(at);
            (before, from.strip_prefix(wanted)?)
        };
        match open.take() {
            Some(part) => take(&mut parts, part, before)?,
            None if !before.trim().is_empty() => return None,
            None => {}
        }
        rest = after.trim_start();
    }
    match open {
        Some(part) => take(&mut parts, part, rest)?,
        None if !rest.trim().is_empty() => return None,
        None => {}
    }
    Some(parts)
}

fn take(parts: &mut Map<String, Json>, part: &Piece, text: &str) -> Option<()> {
    if let Piece::Name(name) = part {
        let text = text.trim();
        if text.is_empty() || text.contains(char::is_whitespace) {
            return None;
        }
        parts.insert(name.clone(), Json::String(text.to_owned()));
    }
    Some(())
}

#[cfg(test)]
mod tests;
