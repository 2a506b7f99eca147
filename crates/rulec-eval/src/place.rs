//! From a `from` clause to requests: braces filled from what is known (S5), one request an element for `each x in LIST`.
//!
//! Does not send anything and does not read answers.

use std::sync::Arc;

use rulec_facts::provider::Request;
use rulec_facts::reason::Reasons;
use rulec_facts::show;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Element, Partial, Value};
use rulec_program::node::{NodeId, Op, SlotId};
use rulec_program::program::{Origin, Piece, Source, Template};
use rulec_program::seal::Sealed;

use crate::walk;
use rulec_program::decide::Decider;

/// What a source clause comes to, at this state.
#[derive(Debug, Clone)]
pub(crate) enum Resolved {
    /// One place.
    One(Request),
    /// A place an element of the list.
    Each(Vec<Part>),
    /// A name in the locator is absent (S5).
    NotThere,
    /// A name in the locator is unknown (S5); the nodes that are.
    Unknown(Reasons, Vec<NodeId>),
}

/// The part of one element.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// The place, or why there is none.
    pub(crate) request: PartRequest,
    /// The element, as text; it becomes the field `key`.
    pub(crate) key: Option<String>,
    /// The element certainly belongs to the list.
    pub(crate) certain: bool,
}

/// The place of one element.
#[derive(Debug, Clone)]
pub(crate) enum PartRequest {
    /// Read this.
    Send(Request),
    /// A name is absent.
    NotThere,
    /// A name is unknown.
    Unknown(Reasons),
}

/// Fills a source clause.
pub(crate) fn resolve(look: &mut Decider<'_>, source: &Source) -> Resolved {
    let Some(list) = source.each else {
        return match Filler::new(look, None).request(source) {
            Filled::Done(request) => Resolved::One(request),
            Filled::Absent => Resolved::NotThere,
            Filled::Unknown(reasons, nodes) => Resolved::Unknown(reasons, nodes),
        };
    };
    let elements = match look.term(list) {
        Partial::Unknown(reasons) => return Resolved::Unknown(reasons, vec![list]),
        Partial::Absent => return Resolved::Each(Vec::new()),
        Partial::Known(Value::List(elements) | Value::Set(elements)) => elements,
        Partial::Known(_) => return Resolved::Each(Vec::new()),
    };
    let member = look.program().type_of(list).and_then(Type::member).cloned();
    let parts = elements
        .iter()
        .map(|element| part(look, source, element, member.as_ref()))
        .collect();
    Resolved::Each(parts)
}

fn part(look: &mut Decider<'_>, source: &Source, element: &Element, ty: Option<&Type>) -> Part {
    let key = match (&element.value, ty) {
        (Partial::Known(Value::Record(_)), _) => None,
        (Partial::Known(value), ty) => Some(wire_text(value, ty)),
        _ => None,
    };
    let mut filler = Filler::new(look, Some(&element.value));
    let request = match filler.request(source) {
        Filled::Done(request) => PartRequest::Send(request),
        Filled::Absent => PartRequest::NotThere,
        Filled::Unknown(reasons, _) => PartRequest::Unknown(reasons),
    };
    let key = key.or_else(|| filler.first_hole.take());
    Part {
        request,
        key,
        certain: element.certain,
    }
}

/// The text of a value for a place: enum members as their source spells them.
fn wire_text(value: &Value, ty: Option<&Type>) -> String {
    if let (Value::Enum(at), Some(Kind::Enum(members))) = (value, ty.map(|it| &it.kind))
        && let Some(wire) = members
            .members
            .get(usize::from(*at))
            .and_then(|it| it.wire.as_ref())
    {
        return show::scalar_text(wire, None);
    }
    show::scalar_text(value, ty)
}

/// Which part of a source clause a value is filled into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SourcePart {
    Place,
    Argument,
}

/// What filling a template gives.
enum Filled<T> {
    Done(T),
    Absent,
    Unknown(Reasons, Vec<NodeId>),
}

struct Filler<'l, 'p, 'e> {
    look: &'l mut Decider<'p>,
    element: Option<&'e Partial>,
    secret: bool,
    /// What the first hole was filled with: the `key` of an element that is a record.
    first_hole: Option<String>,
}

impl<'l, 'p, 'e> Filler<'l, 'p, 'e> {
    fn new(look: &'l mut Decider<'p>, element: Option<&'e Partial>) -> Self {
        Filler {
            look,
            element,
            secret: false,
            first_hole: None,
        }
    }

    fn request(&mut self, source: &Source) -> Filled<Request> {
        let mut failed: Vec<Filled<()>> = Vec::new();
        let mut fill =
            |it: &mut Self, part, template| it.optional(source, part, template, &mut failed);
        let locator = fill(self, SourcePart::Place, source.locator.as_ref());
        let on = fill(self, SourcePart::Place, source.on.as_ref());
        let mut arguments = Vec::new();
        for (word, templates) in &source.arguments {
            let mut values = Vec::new();
            for template in templates {
                values.extend(fill(self, SourcePart::Argument, Some(template)));
            }
            arguments.push((word.to_string(), values));
        }
        if let Err(it) = self.now(source, &mut arguments) {
            failed.push(it);
        }
        let mut absent = false;
        let mut unknown: Option<(Reasons, Vec<NodeId>)> = None;
        for it in failed {
            match it {
                Filled::Done(()) => {}
                Filled::Absent => absent = true,
                Filled::Unknown(reasons, nodes) => match &mut unknown {
                    None => unknown = Some((reasons, nodes)),
                    Some((all, all_nodes)) => {
                        *all = merge(all, &reasons);
                        all_nodes.extend(nodes);
                    }
                },
            }
        }
        // One absent name is enough (S5), whatever the unknown ones turn out to be.
        if absent {
            return Filled::Absent;
        }
        if let Some((reasons, nodes)) = unknown {
            return Filled::Unknown(reasons, nodes);
        }
        Filled::Done(Request {
            system: source.system.to_string(),
            kind: source.kind.to_string(),
            locator: locator.map(|it| settle_locator(source, it)),
            arguments,
            on,
            secret: self.secret,
        })
    }

    fn optional(
        &mut self,
        source: &Source,
        part: SourcePart,
        template: Option<&Template>,
        failed: &mut Vec<Filled<()>>,
    ) -> Option<String> {
        match self.fill(source, part, template?) {
            Filled::Done(text) => Some(text),
            Filled::Absent => {
                failed.push(Filled::Absent);
                None
            }
            Filled::Unknown(reasons, nodes) => {
                failed.push(Filled::Unknown(reasons, nodes));
                None
            }
        }
    }

    fn fill(&mut self, source: &Source, part: SourcePart, template: &Template) -> Filled<String> {
        let mut text = String::new();
        let mut absent = false;
        let mut unknown: Option<(Reasons, Vec<NodeId>)> = None;
        for piece in &template.pieces {
            let node = match piece {
                Piece::Text(piece) => {
                    text.push_str(piece);
                    continue;
                }
                Piece::Hole(_, node) => *node,
            };
            self.secret |= is_secret(self.look.program(), node);
            match self.hole(node) {
                Partial::Absent => absent = true,
                Partial::Unknown(reasons) => match &mut unknown {
                    None => unknown = Some((reasons, vec![node])),
                    Some((all, nodes)) => {
                        *all = merge(all, &reasons);
                        nodes.push(node);
                    }
                },
                Partial::Known(value) => {
                    let filled = wire_text(&value, self.look.program().type_of(node));
                    self.first_hole.get_or_insert_with(|| filled.clone());
                    text.push_str(&escape(source, part, &filled));
                }
            }
        }
        match unknown {
            _ if absent => Filled::Absent,
            Some((reasons, nodes)) => Filled::Unknown(reasons, nodes),
            None => Filled::Done(text),
        }
    }

    /// `since` counts from the case's own time, which goes along (T6).
    fn now(
        &mut self,
        source: &Source,
        arguments: &mut Vec<(String, Vec<String>)>,
    ) -> Result<(), Filled<()>> {
        if !source.arguments.iter().any(|(word, _)| word == "since") {
            return Ok(());
        }
        let program = self.look.program();
        let Some(slot) = program.slots.iter().position(|it| it.origin == Origin::Now) else {
            return Ok(());
        };
        match self.look.state().get(SlotId(slot as u32)) {
            Some(Partial::Known(now)) => {
                arguments.push(("now".to_owned(), vec![show::scalar_text(now, None)]));
                arguments.sort();
                Ok(())
            }
            Some(Partial::Unknown(reasons)) => {
                Err(Filled::Unknown(Arc::clone(reasons), Vec::new()))
            }
            _ => Err(Filled::Absent),
        }
    }

    /// The value of a hole: a name or a field of one, so that the element of `each` needs no environment elsewhere.
    fn hole(&mut self, node: NodeId) -> Partial {
        match self.look.program().nodes.ops.get(node.0 as usize).copied() {
            Some(Op::Variable(_)) => self.element.cloned().unwrap_or(Partial::Absent),
            Some(Op::Field(record, at)) => match self.hole(record) {
                Partial::Known(Value::Record(fields)) => {
                    fields.get(at as usize).cloned().unwrap_or(Partial::Absent)
                }
                Partial::Known(_) => Partial::Absent,
                other => other,
            },
            _ => self.look.term(node),
        }
    }
}

/// The reasons of both, in order, each once.
pub(crate) fn merge(first: &Reasons, second: &Reasons) -> Reasons {
    let mut all = first.to_vec();
    for reason in second.iter() {
        if !all.contains(reason) {
            all.push(reason.clone());
        }
    }
    Arc::from(all)
}

/// A secret fact or field stands in the expression, through derived facts too.
#[must_use]
pub fn is_secret(program: &Sealed, node: NodeId) -> bool {
    let mut secret = false;
    walk::walk(program, node, &mut |op| match op {
        Op::Slot(SlotId(at)) => {
            secret |= program.slots.get(at as usize).is_some_and(|it| it.secret);
        }
        Op::Field(record, at) | Op::Project(record, at) => {
            secret |= walk::field(program, record, at).is_some_and(|it| it.secret);
        }
        _ => {}
    });
    secret
}

/// A value in a place must stay what it is: it may not climb out of its path, add a query or end a quotation.
fn escape(source: &Source, part: SourcePart, text: &str) -> String {
    match (source.system.as_str(), part) {
        ("azure", SourcePart::Argument) => text
            .replace('\\', "\\\\")
            .replace('\'', "\\'")
            .replace('"', "\\\""),
        (system, _) => rulec_facts::source::escape(system, &source.kind, text),
    }
}

/// `/..` in the locator of an ARM resource drops a segment; values cannot bring one in.
fn settle_locator(source: &Source, locator: String) -> String {
    if source.system != "azure" || !locator.contains("/..") {
        return locator;
    }
    let mut segments: Vec<&str> = Vec::new();
    for segment in locator.split('/') {
        if segment == ".." {
            segments.pop();
        } else {
            segments.push(segment);
        }
    }
    segments.join("/")
}
