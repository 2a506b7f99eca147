//! Conditions in plain words: what a check or a step asks, by the titles of facts and derived facts, in the locale.
//!
//! What has no such form (quantifiers, arithmetic) stays as the rule's text, which [`crate::express`] writes.

use std::cell::Cell;

use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Partial, Value};
use rulec_program::node::{Comparison, NodeId, Op, Operands, TextTest};

use super::brief::{self, At};
use super::fill::Fill;
use crate::express;

/// What must hold after a repair, each part of an `and` by itself; `denied` says how what must not hold is said.
pub(super) fn parts(
    fill: &Fill<'_, '_>,
    node: NodeId,
    denied: &'static str,
) -> Vec<(NodeId, String)> {
    match fill.program.nodes.op(node) {
        Some(Op::And(list)) => {
            let all = fill.program.nodes.list(list).iter();
            all.flat_map(|it| parts(fill, *it, denied)).collect()
        }
        _ => vec![(node, said(fill, node, true, denied))],
    }
}

/// The condition in one line.
pub(crate) fn whole(fill: &Fill<'_, '_>, node: NodeId) -> String {
    that(fill, node, true)
}

/// That the condition holds, or that it does not, in one line.
pub(crate) fn that(fill: &Fill<'_, '_>, node: NodeId, holds: bool) -> String {
    said(fill, node, holds, "plain-false")
}

/// What the condition asks: of what is true or not, that is its title.
pub(crate) fn asked(fill: &Fill<'_, '_>, node: NodeId) -> String {
    said(fill, node, true, "")
}

fn said(fill: &Fill<'_, '_>, node: NodeId, holds: bool, denied: &'static str) -> String {
    let (raw, denied) = (Cell::new(false), Cell::new(denied));
    Plain { fill, denied, raw }.at(node, holds, None)
}

struct Plain<'f, 't, 'p> {
    fill: &'f Fill<'t, 'p>,
    /// How it is said that something is not so: titles are often sentences themselves, and some of them deny. Empty where it is asked.
    denied: Cell<&'static str>,
    /// Some part had to stay as it was written.
    raw: Cell<bool>,
}

/// The word between the parts of what stands around.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    And,
    Or,
}

impl Plain<'_, '_, '_> {
    /// `yes`: that it holds, else that it does not.
    fn at(&self, node: NodeId, yes: bool, around: Option<Joint>) -> String {
        let Some(op) = self.op(node) else {
            return String::new();
        };
        // A denied `and` is the `or` of what is denied, also among three values.
        let said = match op {
            Op::Not(inner) => return self.at(inner, !yes, around),
            Op::And(list) if yes => return self.joined(list, yes, Joint::And, around),
            Op::And(list) => return self.joined(list, yes, Joint::Or, around),
            Op::Or(list) if yes => return self.joined(list, yes, Joint::Or, around),
            Op::Or(list) => return self.joined(list, yes, Joint::And, around),
            Op::Slot(_) | Op::Let(_) | Op::Field(..) => self.truth(node, yes),
            Op::Compare(Comparison::Equal, left, right) => self.equal(left, right, yes),
            Op::Compare(kind, left, right) => self.ordered(kind, left, right, yes),
            Op::IsAbsent(it) => self.about(it, if yes { "value-absent" } else { "plain-there" }),
            Op::IsEmpty(it) => self.about(it, if yes { "value-none" } else { "plain-some" }),
            Op::IsBase64(it) if yes => self.about(it, "plain-base64"),
            Op::Member(left, right) | Op::Within(left, right) => self.member(left, right, yes),
            Op::Overlaps(left, right) => {
                let key = match (self.is_of_networks(right), yes) {
                    (true, true) => "plain-networks-overlap",
                    (true, false) => "plain-networks-apart",
                    (false, true) => "plain-overlaps",
                    (false, false) => "plain-apart",
                };
                self.two(key, left, right)
            }
            Op::TextTest(test, left, right) => self.text_test(test, left, right, yes),
            Op::Any {
                list, filter, body, ..
            } => self.any(list, filter, body, yes),
            Op::Reported(code) => self.reported(code, yes),
            _ => None,
        };
        said.unwrap_or_else(|| self.as_written(node, yes))
    }

    fn op(&self, node: NodeId) -> Option<Op> {
        self.fill.program.nodes.op(node)
    }

    fn as_written(&self, node: NodeId, yes: bool) -> String {
        self.raw.set(true);
        match yes {
            true => express::text(self.fill.program, node),
            false => express::denial(self.fill.program, node),
        }
    }

    fn joined(&self, list: Operands, yes: bool, joint: Joint, around: Option<Joint>) -> String {
        let all = self.fill.program.nodes.list(list).iter();
        let said: Vec<String> = all.map(|it| self.at(*it, yes, Some(joint))).collect();
        let word = match joint {
            Joint::And => "plain-and",
            Joint::Or => "plain-or",
        };
        let text = said.join(&self.fill.texts.word(word));
        match around {
            Some(around) if around != joint => {
                let text = [("text", text.as_str())];
                self.fill.texts.word_with("plain-group", &text)
            }
            _ => text,
        }
    }

    fn truth(&self, node: NodeId, yes: bool) -> Option<String> {
        let asked = self.denied.get().is_empty();
        if yes && !asked {
            return self.about(node, "value-yes");
        }
        let subject = self.fill.title_of_node(node)?;
        if asked {
            return Some(subject);
        }
        let subject = [("subject", subject.as_str())];
        Some(self.fill.texts.word_with(self.denied.get(), &subject))
    }

    /// A constant has its text from the type of the other side.
    fn equal(&self, left: NodeId, right: NodeId, yes: bool) -> Option<String> {
        let (subject, value) = match (self.constant(left), self.constant(right)) {
            (None, Some(value)) => (left, value),
            (Some(value), None) => (right, value),
            (None, None) if yes => return self.two("plain-same", left, right),
            (None, None) => return self.two("plain-differs", left, right),
            _ => return None,
        };
        if let Partial::Known(Value::Bool(it)) = value {
            return self.truth(subject, it == yes);
        }
        let value = self.shown(subject, &value, self.fill.program.type_of(subject));
        self.says(subject, value, yes)
    }

    /// `x > 3` was lowered to `3 < x`. What is not less need not be as much: it may not be there.
    fn ordered(&self, kind: Comparison, left: NodeId, right: NodeId, yes: bool) -> Option<String> {
        let (subject, value, key) = match (self.constant(left), self.constant(right), kind) {
            (None, Some(value), Comparison::Less) => {
                (left, value, ["plain-less", "plain-not-less"])
            }
            (None, Some(value), _) => (left, value, ["plain-at-most", "plain-not-at-most"]),
            (Some(value), None, Comparison::Less) => {
                (right, value, ["plain-more", "plain-not-more"])
            }
            (Some(value), None, _) => (right, value, ["plain-at-least", "plain-not-at-least"]),
            (None, None, Comparison::Less) => return self.two("plain-less-than", left, right),
            (None, None, _) => return self.two("plain-no-more-than", left, right),
            _ => return None,
        };
        let value = self.shown(subject, &value, self.fill.program.type_of(subject));
        self.says_as(key, subject, &value, yes)
    }

    fn member(&self, left: NodeId, right: NodeId, yes: bool) -> Option<String> {
        if let Some(value) = self.constant(left) {
            let list = self.fill.program.type_of(right);
            let value = self.shown(right, &value, list.and_then(Type::member).or(list));
            return self.says_as(["plain-with", "plain-without"], right, &value, yes);
        }
        let ty = self.fill.program.type_of(left);
        let values: Option<Vec<String>> = match (self.op(right)?, self.constant(right)) {
            (Op::List(list), _) => {
                let all = self.fill.program.nodes.list(list).iter();
                all.map(|it| Some(self.shown(left, &self.constant(*it)?, ty)))
                    .collect()
            }
            (_, Some(Partial::Known(Value::List(all) | Value::Set(all)))) => Some(
                all.iter()
                    .map(|it| self.shown(left, &it.value, ty))
                    .collect(),
            ),
            _ => None,
        };
        match values {
            Some(values) => {
                let value = values.join(&self.fill.texts.word("plain-or"));
                self.says(left, value, yes)
            }
            None => {
                let key = match (self.is_of_networks(right), yes) {
                    (true, true) => "plain-inside",
                    (true, false) => "plain-not-inside",
                    (false, true) => "plain-among",
                    (false, false) => "plain-not-among",
                };
                self.two(key, left, right)
            }
        }
    }

    /// A network, or several: what is in one need not be equal to it.
    fn is_of_networks(&self, node: NodeId) -> bool {
        let ty = self.fill.program.type_of(node);
        let ty = ty.map(|it| it.member().unwrap_or(it));
        ty.is_some_and(|it| matches!(it.kind, Kind::Cidr))
    }

    fn text_test(&self, test: TextTest, left: NodeId, right: NodeId, yes: bool) -> Option<String> {
        let value = self.shown(
            left,
            &self.constant(right)?,
            self.fill.program.type_of(left),
        );
        let key = match test {
            TextTest::Contains => ["plain-containing", "plain-not-containing"],
            TextTest::StartsWith => ["plain-beginning", "plain-not-beginning"],
            TextTest::EndsWith => ["plain-ending", "plain-not-ending"],
            TextTest::Matches => ["plain-like", "plain-not-like"],
        };
        self.says_as(key, left, &value, yes)
    }

    /// Only where the body has plain words too: `x` means nothing to a reader.
    fn any(&self, list: NodeId, filter: Option<NodeId>, body: NodeId, yes: bool) -> Option<String> {
        if let (Some(Op::Member(element, right)), None) = (self.op(body), filter)
            && let (Some(Op::Variable(_)), true) = (self.op(element), yes)
        {
            let key = match self.is_of_networks(right) {
                true => "plain-some-inside",
                false => "plain-overlaps",
            };
            return self.two(key, list, right);
        }
        let before = self.raw.replace(false);
        let denied = self.denied.replace("plain-false");
        let parts = filter.into_iter().chain([body]);
        let joint = filter.map(|_| Joint::And);
        let parts: Vec<String> = parts.map(|it| self.at(it, true, joint)).collect();
        let said = parts.join(&self.fill.texts.word("plain-and"));
        self.denied.set(denied);
        if self.raw.replace(before) {
            return None;
        }
        self.says_as(["plain-any", "plain-no"], list, &said, yes)
    }

    fn reported(&self, code: NodeId, yes: bool) -> Option<String> {
        let Some(Partial::Known(Value::Code(code))) = self.constant(code) else {
            return None;
        };
        let key = if yes {
            "plain-reported"
        } else {
            "plain-not-reported"
        };
        let value = brief::code(&code);
        Some(self.fill.texts.word_with(key, &[("value", &value)]))
    }

    fn constant(&self, node: NodeId) -> Option<Partial> {
        match self.op(node)? {
            Op::Constant(at) => self.fill.program.nodes.constant(at).cloned(),
            _ => None,
        }
    }

    fn shown(&self, subject: NodeId, value: &Partial, ty: Option<&Type>) -> String {
        let at = At {
            owner: self.fill.owner_of(subject),
            reads: Vec::new(),
        };
        self.fill.brief(value, ty, &at)
    }

    fn about(&self, node: NodeId, key: &str) -> Option<String> {
        self.says(node, self.fill.texts.word(key), true)
    }

    /// By the one word or, where it is not so, by the other.
    fn says_as(&self, keys: [&str; 2], subject: NodeId, value: &str, yes: bool) -> Option<String> {
        let [is, is_not] = keys;
        let key = if yes { is } else { is_not };
        let value = self.fill.texts.word_with(key, &[("value", value)]);
        self.says(subject, value, true)
    }

    fn says(&self, subject: NodeId, value: String, yes: bool) -> Option<String> {
        let subject = self.fill.title_of_node(subject)?;
        let value = match yes {
            true => value,
            false => self.fill.texts.word_with("plain-not", &[("value", &value)]),
        };
        let both = [("subject", subject.as_str()), ("value", value.as_str())];
        Some(self.fill.texts.word_with("plain-is", &both))
    }

    fn two(&self, key: &str, left: NodeId, right: NodeId) -> Option<String> {
        let left = self.fill.title_of_node(left)?;
        let right = self.fill.title_of_node(right)?;
        let both = [("left", left.as_str()), ("right", right.as_str())];
        Some(self.fill.texts.word_with(key, &both))
    }
}
