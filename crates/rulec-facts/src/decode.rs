//! From an answer to a value: nodes, null, absent, unexpected (clauses S1 to S3, T8, T9).
//!
//! A document is what a place answered; `at` picks nodes in it; the declared type says what they mean. What does not fit
//! is unknown (malformed) for that field or member alone; properties that nothing asks for are ignored. Live and offline answers come
//! this same way. Which source is asked next, and where values are kept, is not decided here.

mod given;
mod kept;
mod scalar;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::ops;
use crate::path::{CompiledPath, Level, Nodes, PathLanguage, own_member};
use crate::provider::Answer;
use crate::reason::{Reason, Reasons, Why};
use crate::types::{Kind, RecordType, Type};
use crate::untold;
use crate::value::{Element, Partial, Value};
use scalar::Node;

pub use given::{GIVEN_AS_UNKNOWN, GivenError, GivenSeed, decode_given, twice};
pub use kept::decode_kept;

/// Scalars of a raw text that a reason quotes.
const QUOTED: usize = 80;

/// What an answer means for a fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Settled: a value (parts of it may be unknown), or absent. No further source is asked.
    Settled(Partial),
    /// Unknown as a whole (malformed, missing, or what the source says): the next source is asked.
    Unsettled(Reasons),
}

impl Outcome {
    /// The same as a partial value.
    pub fn into_partial(self) -> Partial {
        match self {
            Outcome::Settled(value) => value,
            Outcome::Unsettled(reasons) => Partial::Unknown(reasons),
        }
    }

    fn of(value: Partial) -> Outcome {
        match value {
            Partial::Unknown(reasons) => Outcome::Unsettled(reasons),
            settled => Outcome::Settled(settled),
        }
    }
}

/// Selects and decodes once; compile a [`Decoder`] where it happens more often.
///
/// `at` that is no path of its language leaves the fact unknown (unsupported): the checker refuses it before.
pub fn select_and_decode(
    fact: &str,
    ty: &Type,
    default: Option<&Partial>,
    at: Option<&str>,
    language: PathLanguage,
    document: &Json,
) -> Outcome {
    match Decoder::new(ty, default, language, at) {
        Ok(decoder) => decoder.document(fact, document),
        Err(error) => Outcome::Unsettled(reasons(fact, Why::Unsupported, &error)),
    }
}

/// One `from` of a fact, ready to turn answers into values: all its paths are compiled.
#[derive(Debug, Clone)]
pub struct Decoder {
    ty: Type,
    default: Option<Partial>,
    secret: bool,
    language: PathLanguage,
    at: CompiledPath,
    plan: Plan,
}

/// The paths of a type, in its own shape.
#[derive(Debug, Clone)]
enum Plan {
    Scalar,
    Many(Box<Plan>),
    /// A path a field; none: the member of its own name.
    Record(Vec<(Option<CompiledPath>, Plan)>),
}

impl Decoder {
    /// Compiles `at` and the paths of all fields.
    ///
    /// # Errors
    /// A path that is none in this language; the message names the field.
    pub fn new(
        ty: &Type,
        default: Option<&Partial>,
        language: PathLanguage,
        at: Option<&str>,
    ) -> Result<Decoder, String> {
        let at = match at {
            Some(text) => CompiledPath::compile(language, Level::Fact, text)?,
            None => CompiledPath::whole(),
        };
        Ok(Decoder {
            ty: ty.clone(),
            default: default.cloned(),
            secret: false,
            language,
            at,
            plan: plan(ty, language, 0)?,
        })
    }

    /// The same for a secret fact: reasons never quote what was found.
    #[must_use]
    pub fn secret(mut self, secret: bool) -> Decoder {
        self.secret = secret;
        self
    }

    /// What an answer means.
    pub fn answer(&self, fact: &str, answer: &Answer) -> Outcome {
        match answer {
            Answer::Found(document, _) => self.document(fact, document),
            Answer::NotThere(_) => self.not_there(fact),
            Answer::Unknown(why, detail, _) => Outcome::Unsettled(reasons(fact, *why, detail)),
        }
    }

    /// What a document means.
    pub fn document(&self, fact: &str, document: &Json) -> Outcome {
        let nodes = self.at.select(document);
        let place = Place::fact(fact, self.secret);
        if nodes.over_budget {
            return Outcome::of(place.over_budget());
        }
        if nodes.found.is_empty() && self.at.is_whole() {
            return self.not_there(fact);
        }
        let singular = self.at.is_singular() && !nodes.spread;
        Outcome::of(self.read().nodes(
            &place,
            Slot {
                ty: &self.ty,
                default: self.default.as_ref(),
            },
            &self.plan,
            nodes,
            singular,
        ))
    }

    /// The place was read and nothing was there (S3).
    pub fn not_there(&self, fact: &str) -> Outcome {
        let slot = Slot {
            ty: &self.ty,
            default: self.default.as_ref(),
        };
        Outcome::of(slot.not_there(&Place::fact(fact, self.secret)))
    }

    /// The answers of `each x in LIST`, in the list's order, each with what `x` was.
    ///
    /// `joined` says that one answer may have several nodes (its path is not singular, or the kind yields a list): then they
    /// are one list, and an unknown answer makes it unknown. Otherwise an unknown answer is an unknown element. A record with a field `key` gets `x` there.
    pub fn each(&self, fact: &str, answers: &[(String, Answer)], joined: bool) -> Outcome {
        let (Some(member), Plan::Many(plan)) = (self.ty.member(), &self.plan) else {
            let detail = "a list is wanted for `each`";
            return Outcome::Unsettled(reasons(fact, Why::Unsupported, detail));
        };
        let root = Place::fact(fact, self.secret);
        let slot = Slot {
            ty: member,
            default: None,
        };
        let mut elements = Vec::new();
        for (at, (key, answer)) in answers.iter().enumerate() {
            let place = root.index(at);
            let found = match answer {
                Answer::Found(document, _) => self.keyed(key, member, self.at.select(document)),
                Answer::NotThere(_) if joined => {
                    return Outcome::of(place.unknown(Why::Missing, "nothing is there"));
                }
                Answer::NotThere(_) => {
                    elements.push(Element::certain(slot.not_there(&place)));
                    continue;
                }
                Answer::Unknown(why, detail, _) if joined => {
                    return Outcome::Unsettled(reasons(fact, *why, detail));
                }
                Answer::Unknown(why, detail, _) => {
                    elements.push(Element::certain(place.unknown(*why, detail)));
                    continue;
                }
            };
            if joined && found.over_budget {
                return Outcome::of(place.over_budget());
            }
            if joined {
                let singular = self.at.is_singular() && !found.spread;
                self.read()
                    .members(&place, member, plan, found, singular, &mut elements);
            } else {
                let value = self.read().nodes(&place, slot, plan, found, true);
                elements.push(Element::certain(value));
            }
        }
        Outcome::Settled(Partial::Known(gather(&self.ty, elements)))
    }

    /// Puts what `x` was into records that have a field for it.
    fn keyed<'d>(&self, key: &str, member: &Type, mut nodes: Nodes<'d>) -> Nodes<'d> {
        let wants = member
            .record()
            .is_some_and(|record| record.field("key").is_some());
        if wants {
            for node in &mut nodes.found {
                if let Json::Object(object) = node.to_mut() {
                    object.insert("key".to_owned(), Json::String(key.to_owned()));
                }
            }
        }
        nodes
    }

    fn read(&self) -> Read {
        Read {
            language: self.language,
        }
    }
}

/// Types are finite and written by a person; deeper ones are refused rather than followed.
const DEEPEST_TYPE: usize = 64;

fn plan(ty: &Type, language: PathLanguage, depth: usize) -> Result<Plan, String> {
    if depth > DEEPEST_TYPE {
        return Err("the type is nested too deeply".to_owned());
    }
    Ok(match &ty.kind {
        Kind::List(member) | Kind::Set(member) => {
            Plan::Many(Box::new(plan(member, language, depth + 1)?))
        }
        Kind::Record(record) => {
            let mut fields = Vec::with_capacity(record.fields.len());
            for field in &record.fields {
                let path = match &field.at {
                    Some(text) => Some(
                        CompiledPath::compile(language, Level::Field, text)
                            .map_err(|error| format!("field `{}`: {error}", field.name))?,
                    ),
                    None => None,
                };
                fields.push((path, plan(&field.ty, language, depth + 1)?));
            }
            Plan::Record(fields)
        }
        _ => Plan::Scalar,
    })
}

/// A type with what *not there* means for it.
#[derive(Clone, Copy)]
struct Slot<'t> {
    ty: &'t Type,
    default: Option<&'t Partial>,
}

impl Slot<'_> {
    fn not_there(self, place: &Place<'_>) -> Partial {
        match self.default {
            Some(default) => default.clone(),
            None if self.ty.optional => Partial::Absent,
            None => place.unknown(Why::Missing, "nothing is there"),
        }
    }
}

struct Read {
    language: PathLanguage,
}

impl Read {
    /// Nodes of a path as a value. A singular path that picks an array picks the list itself, another path picks its elements.
    fn nodes(
        &self,
        place: &Place<'_>,
        slot: Slot<'_>,
        plan: &Plan,
        nodes: Nodes<'_>,
        singular: bool,
    ) -> Partial {
        if nodes.over_budget {
            return place.over_budget();
        }
        if let [node] = nodes.found.as_slice()
            && let Some((why, detail)) = untold::of(node)
        {
            return place.unknown(why, detail);
        }
        if let (Some(member), Plan::Many(plan)) = (slot.ty.member(), plan) {
            if nodes.found.is_empty() && singular && slot.ty.optional {
                return slot.not_there(place);
            }
            let mut elements = Vec::new();
            self.members(place, member, plan, nodes, singular, &mut elements);
            return Partial::Known(gather(slot.ty, elements));
        }
        // Where one value is wanted, one that may be there as well leaves it open which.
        let doubt = nodes.found.iter().find_map(|it| untold::membership(it));
        if let Some((why, detail, _)) = doubt {
            return place.unknown(why, detail);
        }
        match nodes.found.as_slice() {
            [] => slot.not_there(place),
            [node] => self.value(place, slot.ty, plan, node),
            several => place.unknown(
                Why::Malformed,
                &format!("{} values where one is wanted", several.len()),
            ),
        }
    }

    fn members(
        &self,
        place: &Place<'_>,
        member: &Type,
        plan: &Plan,
        nodes: Nodes<'_>,
        singular: bool,
        elements: &mut Vec<Element>,
    ) {
        let mut add = |node: &Json| {
            let place = place.index(elements.len());
            let value = match untold::membership(node) {
                Some((why, detail, false)) => place.unknown(why, detail),
                _ => self.value(&place, member, plan, untold::held(node)),
            };
            let certain = untold::membership(node).is_none();
            elements.push(Element { value, certain });
        };
        for node in &nodes.found {
            match node.as_array() {
                Some(inside) if singular => {
                    inside.iter().filter(|it| !it.is_null()).for_each(&mut add)
                }
                _ => add(node),
            }
        }
    }

    /// A node that is there as a value of that type.
    fn value(&self, place: &Place<'_>, ty: &Type, plan: &Plan, node: &Json) -> Partial {
        if let Some((why, detail)) = untold::of(node) {
            return place.unknown(why, detail);
        }
        match (&ty.kind, plan) {
            (Kind::Record(record), Plan::Record(paths)) => self.record(place, record, paths, node),
            (Kind::List(member) | Kind::Set(member), Plan::Many(plan)) => match node {
                Json::Array(_) => {
                    let mut elements = Vec::new();
                    let nodes = Nodes {
                        found: vec![Cow::Borrowed(node)],
                        spread: false,
                        over_budget: false,
                    };
                    self.members(place, member, plan, nodes, true, &mut elements);
                    Partial::Known(gather(ty, elements))
                }
                other => place.malformed(other, "a list is wanted", member.has_secret()),
            },
            _ => {
                let node = match (self.language, node) {
                    (PathLanguage::Lines, Json::Object(parts)) if parts.len() == 1 => {
                        parts.values().next().unwrap_or(node)
                    }
                    _ => node,
                };
                match scalar::read(&ty.kind, &node.into()) {
                    Ok(value) => Partial::Known(value),
                    Err(message) => place.unfit(&message),
                }
            }
        }
    }

    fn record(
        &self,
        place: &Place<'_>,
        record: &RecordType,
        paths: &[(Option<CompiledPath>, Plan)],
        node: &Json,
    ) -> Partial {
        if let (true, Json::String(text)) = (crate::certificate::is_certificate(record), node) {
            return match crate::certificate::certificate(text) {
                Some(value) => Partial::Known(value),
                None => place.malformed(node, "not one certificate in PEM or base64", false),
            };
        }
        if !node.is_object() {
            return place.malformed(node, "a record is wanted", record.has_secret());
        }
        let fields = record
            .fields
            .iter()
            .zip(paths)
            .map(|(field, (path, plan))| {
                let place = place.field(&field.name, field.secret);
                let slot = Slot {
                    ty: &field.ty,
                    default: field.default.as_ref(),
                };
                match path {
                    Some(path) => {
                        let nodes = path.select(node);
                        let singular = path.is_singular() && !nodes.spread;
                        self.nodes(&place, slot, plan, nodes, singular)
                    }
                    None => {
                        let found = own_member(self.language, node, &field.name);
                        let nodes = Nodes {
                            found: found.into_iter().filter(|it| !it.is_null()).collect(),
                            spread: false,
                            over_budget: false,
                        };
                        self.nodes(&place, slot, plan, nodes, true)
                    }
                }
            });
        Partial::Known(Value::Record(fields.collect()))
    }
}

/// Elements as the list or set of that type; those of a set once each and in canonical order.
fn gather(ty: &Type, elements: Vec<Element>) -> Value {
    match &ty.kind {
        Kind::Set(member) => ops::set(elements, member),
        _ => Value::List(elements.into()),
    }
}

fn reasons(fact: &str, why: Why, detail: &str) -> Reasons {
    Arc::from([Reason {
        fact: fact.into(),
        why,
        detail: Arc::from(detail),
    }])
}

/// Where in a fact something was found; written out only where it did not fit.
struct Place<'a> {
    above: Option<&'a Place<'a>>,
    step: Step<'a>,
    secret: bool,
}

enum Step<'a> {
    Fact(&'a str),
    Field(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    fn fact(name: &'a str, secret: bool) -> Place<'a> {
        Place {
            above: None,
            step: Step::Fact(name),
            secret,
        }
    }

    fn field<'b>(&'b self, name: &'b str, secret: bool) -> Place<'b> {
        Place {
            above: Some(self),
            step: Step::Field(name),
            secret: self.secret || secret,
        }
    }

    fn index(&self, at: usize) -> Place<'_> {
        Place {
            above: Some(self),
            step: Step::Index(at),
            secret: self.secret,
        }
    }

    fn fact_name(&self) -> &str {
        match (&self.step, self.above) {
            (Step::Fact(name), _) => name,
            (_, Some(above)) => above.fact_name(),
            _ => "",
        }
    }

    fn unknown(&self, why: Why, detail: &str) -> Partial {
        let detail = match self.above {
            Some(_) => format!("`{self}`: {detail}"),
            None => detail.to_owned(),
        };
        Partial::Unknown(reasons(self.fact_name(), why, &detail))
    }

    /// A path that would visit too many nodes of the document.
    fn over_budget(&self) -> Partial {
        let detail = "the path would visit too many nodes of the document";
        self.unknown(Why::OverBudget, detail)
    }

    /// A node that does not fit, and what was wanted. What stands in place of a record with secrets may be one.
    fn malformed(&self, node: &Json, wanted: &str, hidden: bool) -> Partial {
        self.unfit(&format!("{wanted}, found {}", found(&node.into(), hidden)))
    }

    fn unfit(&self, message: &str) -> Partial {
        let shown = if self.secret {
            "the value does not fit; it is secret and not shown"
        } else {
            message
        };
        self.unknown(Why::Malformed, shown)
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(above) = self.above {
            above.fmt(out)?;
        }
        match &self.step {
            Step::Fact(name) => out.write_str(name),
            Step::Field(name) => write!(out, ".{name}"),
            Step::Index(at) => write!(out, "[{at}]"),
        }
    }
}

/// What was found, by its form alone where it may hold a secret.
fn found(node: &Node<'_>, hidden: bool) -> String {
    match node {
        Node::List(_) | Node::Record => quoted(node),
        _ if hidden => "one value, which may be secret and is not shown".to_owned(),
        _ => quoted(node),
    }
}

/// What was found, in backticks: one line, cut after its first 80 scalars.
fn quoted(node: &Node<'_>) -> String {
    match node {
        Node::Text(text) => quoted_text(text),
        Node::List(items) => format!("a list of {items}"),
        Node::Record => "a record".to_owned(),
        Node::Null => quoted_text("null"),
        Node::Bool(value) => quoted_text(&value.to_string()),
        Node::Number(number) => quoted_text(&number.to_string()),
    }
}

fn quoted_text(text: &str) -> String {
    let mut out = String::from("`");
    for (at, c) in text.chars().enumerate() {
        if at == QUOTED {
            out.push('…');
            break;
        }
        out.push(if c.is_control() || c == '`' { '·' } else { c });
    }
    out.push('`');
    out
}

#[cfg(test)]
mod tests;
