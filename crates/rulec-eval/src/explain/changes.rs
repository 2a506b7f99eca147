//! What could be otherwise: the parts of facts that a rule reads, each with values that its tests tell apart.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rulec_facts::types::{Kind, RecordType, Type};
use rulec_facts::value::{Element, Partial, Value};
use rulec_program::decide::{Decider, Scratch};
use rulec_program::node::{NodeId, Op, SlotId};
use rulec_program::program::{RuleId, SymptomId};
use rulec_program::seal::Sealed;
use rulec_program::state::State;

use super::ask_next::cells;
use crate::progress::{lay_over, not_collected};
use crate::session::Session;
use crate::walk::walk;

/// New records that are tried as elements of one list.
const MOST_ELEMENTS: usize = 24;
/// Two new records that are tried as one list.
const MOST_PAIRS: usize = 300;
/// Ways to turn one element that are tried.
const MOST_TURNS: usize = 300;
/// Elements of a list that are tried otherwise.
const MOST_TURNED: usize = 4;

/// Something that could be otherwise.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Part {
    /// A fact or field.
    Fact(SlotId, Vec<u32>),
    /// The complaint names the symptom, or a person says that it is there.
    Symptom(SymptomId),
}

/// A part with what it could be.
#[derive(Debug, Clone)]
pub(crate) struct Changeable {
    pub(crate) part: Part,
    /// Its value now.
    pub(crate) now: Partial,
    /// What it could be, its value now among them if it is known.
    pub(crate) values: Vec<Partial>,
}

/// Everything on which the verdict of the rule can hang.
pub(crate) fn changeable(session: &Session<'_>, rule: RuleId) -> Vec<Changeable> {
    let program = session.program;
    let mut scratch = Scratch::default();
    let look = Decider::new(program, &session.state, &mut scratch);
    let reads = look.reads(rule);
    let tests = tests(program, &look.conditions(rule));
    let mut found = Vec::new();
    for (id, path) in &reads.parts {
        let (Some(slot), Some(value)) = (program.slots.get(id.0 as usize), session.state.get(*id))
        else {
            continue;
        };
        let Some(ty) = type_at(&slot.ty, path) else {
            continue;
        };
        let now = at(value, path, &|| Partial::Unknown(not_collected(slot, "")));
        let nodes = tests
            .get(&(*id, path.clone()))
            .map_or(&[][..], Vec::as_slice);
        let known = cells::known(&look, nodes);
        let on = On {
            program,
            tests: nodes,
            known: &known,
        };
        let mut values = on.values(ty, &now);
        if !now.is_unknown() {
            // As it is comes first: what is near to the case is found first.
            values.retain(|it| *it != now);
            values.insert(0, now.clone());
        }
        found.push(Changeable {
            part: Part::Fact(*id, path.clone()),
            now,
            values,
        });
    }
    let own = program.rules.get(rule.0 as usize);
    for symptom in own.into_iter().flat_map(|it| &it.symptoms) {
        if session.state.is_reported(*symptom) {
            continue;
        }
        let said = |it: bool| Partial::Known(Value::Bool(it));
        let now = session.state.answered(*symptom).map_or(said(false), said);
        found.push(Changeable {
            part: Part::Symptom(*symptom),
            now,
            values: vec![said(false), said(true)],
        });
    }
    found
}

/// The conditions in which each part stands.
fn tests(program: &Sealed, conditions: &[NodeId]) -> BTreeMap<(SlotId, Vec<u32>), Vec<NodeId>> {
    let mut found: BTreeMap<(SlotId, Vec<u32>), Vec<NodeId>> = BTreeMap::new();
    let state = State::new(program);
    let mut scratch = Scratch::default();
    let look = Decider::new(program, &state, &mut scratch);
    let mut left: Vec<NodeId> = conditions.to_vec();
    let mut met = BTreeSet::new();
    while let Some(node) = left.pop() {
        let Some(op) = program.nodes.op(node).filter(|_| met.insert(node)) else {
            continue;
        };
        match op {
            Op::And(_) | Op::Or(_) | Op::Not(_) => {
                program.nodes.each_operand(op, |it| left.push(it));
            }
            Op::Let(id) => left.extend(program.lets.get(id.0 as usize).map(|it| it.value)),
            _ => {
                for part in look.reads_of(node).parts {
                    found.entry(part).or_default().push(node);
                }
            }
        }
    }
    found
}

/// Tests, with the values of facts that may be compared with what they read.
struct On<'o> {
    program: &'o Sealed,
    tests: &'o [NodeId],
    known: &'o [Value],
}

impl On<'_> {
    /// Values that these tests tell apart.
    fn values(&self, ty: &Type, now: &Partial) -> Vec<Partial> {
        let mut found = match &ty.kind {
            Kind::List(member) | Kind::Set(member) => self.lists(ty, member, now),
            Kind::Record(record) => {
                let unknown = |_| Partial::Unknown(Arc::from([]));
                let fields = record.fields.iter().map(unknown);
                vec![Partial::Known(Value::Record(fields.collect()))]
            }
            _ => return cells::values(self.program, ty, self.tests, self.known),
        };
        if ty.optional {
            found.push(Partial::Absent);
        }
        found
    }

    /// The present ones without one; none; the present ones with one that is otherwise, and with one more; one alone. What is nearest
    /// comes first.
    fn lists(&self, ty: &Type, member: &Type, now: &Partial) -> Vec<Partial> {
        let list = |elements: Vec<Element>| {
            Partial::Known(match ty.kind {
                Kind::Set(_) => Value::Set(elements.into()),
                _ => Value::List(elements.into()),
            })
        };
        let before: Vec<Element> = match now {
            Partial::Known(value) => value.elements().unwrap_or_default().to_vec(),
            _ => Vec::new(),
        };
        let without = |at: usize| {
            let mut fewer = before.clone();
            let old = fewer.remove(at);
            (old, fewer)
        };
        let turned = before.len().min(MOST_TURNED);
        let mut found: Vec<Partial> = (0..turned).map(|at| list(without(at).1)).collect();
        // The last one without itself is none already.
        if before.len() != 1 {
            found.push(list(Vec::new()));
        }
        for at in 0..turned {
            let (old, fewer) = without(at);
            for element in self.turned(member, &old.value) {
                let mut other = fewer.clone();
                other.push(Element::certain(element));
                found.push(list(other));
            }
        }
        let new = self.elements(member).into_iter().map(Element::certain);
        let new: Vec<Element> = new.filter(|it| !before.contains(it)).collect();
        for element in &new {
            found.push(list(vec![element.clone()]));
            if !before.is_empty() {
                let mut more = before.clone();
                more.push(element.clone());
                found.push(list(more));
            }
        }
        let pairs = new.iter().enumerate().flat_map(|(at, first)| {
            let others = new.iter().skip(at + 1);
            others.map(move |second| vec![first.clone(), second.clone()])
        });
        found.extend(pairs.take(MOST_PAIRS).map(list));
        found
    }

    /// Members with values that the tests tell apart; of a record each combination of the fields that they read, as far as there are
    /// not too many.
    fn elements(&self, member: &Type) -> Vec<Partial> {
        let Some(record) = member.record() else {
            return match member.member().is_some() {
                true => Vec::new(),
                false => cells::values(self.program, member, self.tests, self.known),
            };
        };
        let read = self.fields_read(record);
        let mut found: Vec<Vec<Partial>> = vec![Vec::new()];
        for (at, field) in record.fields.iter().enumerate() {
            let mut values = match read.contains(&at) {
                true => self.scalars(&field.ty),
                false => Vec::new(),
            };
            if values.is_empty() {
                values.push(Partial::Unknown(Arc::from([])));
            }
            let more = found.iter().flat_map(|before| {
                values.iter().map(move |value| {
                    let mut fields = before.clone();
                    fields.push(value.clone());
                    fields
                })
            });
            found = more.collect();
            thin(&mut found);
        }
        let records = found.into_iter();
        records
            .map(|it| Partial::Known(Value::Record(it.into())))
            .collect()
    }

    /// A record with one of the fields otherwise that the tests read, or with two.
    fn turned(&self, member: &Type, old: &Partial) -> Vec<Partial> {
        let (Some(record), Partial::Known(Value::Record(fields))) = (member.record(), old) else {
            return Vec::new();
        };
        let mut by_field: Vec<Vec<(usize, Partial)>> = Vec::new();
        for at in self.fields_read(record) {
            let values = record.fields.get(at).map(|it| self.scalars(&it.ty));
            let new = values.into_iter().flatten();
            let new = new.filter(|it| fields.get(at) != Some(it));
            by_field.push(new.map(|it| (at, it)).collect());
        }
        // Fields that can be otherwise in one way alone first: their pairs are few.
        by_field.sort_by_key(Vec::len);
        let single: Vec<(usize, Partial)> = by_field.into_iter().flatten().collect();
        let turn = |changes: &[&(usize, Partial)]| {
            let mut fields = fields.to_vec();
            for (at, value) in changes {
                if let Some(place) = fields.get_mut(*at) {
                    *place = value.clone();
                }
            }
            Partial::Known(Value::Record(fields.into()))
        };
        let mut found: Vec<Partial> = single.iter().map(|it| turn(&[it])).collect();
        for (at, first) in single.iter().enumerate() {
            for second in single.iter().skip(at + 1).filter(|it| it.0 != first.0) {
                found.push(turn(&[first, second]));
            }
        }
        found.truncate(MOST_TURNS);
        found
    }

    fn scalars(&self, ty: &Type) -> Vec<Partial> {
        match ty.record().is_some() || ty.member().is_some() {
            true => Vec::new(),
            false => cells::values(self.program, ty, self.tests, self.known),
        }
    }

    /// Numbers of the fields of such records that the tests read.
    fn fields_read(&self, record: &Arc<RecordType>) -> BTreeSet<usize> {
        let mut read = BTreeSet::new();
        for test in self.tests {
            walk(self.program, *test, &mut |op| {
                if let Op::Field(of, at) | Op::Project(of, at) = op {
                    let ty = self.program.type_of(of);
                    let own = ty.and_then(|it| it.record().or_else(|| it.member()?.record()));
                    if own == Some(record) {
                        read.insert(at as usize);
                    }
                }
            });
        }
        read
    }
}

/// Keeps some of many, spread over all.
fn thin(all: &mut Vec<Vec<Partial>>) {
    let count = all.len();
    if count > MOST_ELEMENTS {
        let step = count.div_ceil(MOST_ELEMENTS) | 1;
        let mut at = 0;
        all.retain(|_| {
            at += 1;
            (at - 1) % step == 0
        });
    }
}

/// Puts a value in the place of a part.
pub(crate) fn put(session: &Session<'_>, state: &mut State, part: &Part, value: &Partial) {
    match part {
        Part::Fact(id, path) => {
            let slot = session.program.slots.get(id.0 as usize);
            if let (Some(slot), Some(before)) = (slot, state.get(*id)) {
                let value = lay_over(before.clone(), &slot.ty, path, value, slot);
                state.set(*id, value);
            }
        }
        Part::Symptom(symptom) => {
            let there = *value == Partial::Known(Value::Bool(true));
            state.set_reported(*symptom, there);
        }
    }
}

fn type_at<'t>(ty: &'t Type, path: &[u32]) -> Option<&'t Type> {
    let Some((first, rest)) = path.split_first() else {
        return Some(ty);
    };
    type_at(&ty.record()?.fields.get(*first as usize)?.ty, rest)
}

pub(crate) fn at(value: &Partial, path: &[u32], unknown: &dyn Fn() -> Partial) -> Partial {
    let Some((first, rest)) = path.split_first() else {
        return value.clone();
    };
    match value {
        Partial::Known(Value::Record(fields)) => fields
            .get(*first as usize)
            .map_or_else(unknown, |it| at(it, rest, unknown)),
        // A field of what is not there is not there (T9).
        Partial::Absent => Partial::Absent,
        _ => unknown(),
    }
}
