//! Which facts an undecided verdict or expression still needs (N1), and for which rules it waits.
//!
//! What of it can be had is not known here: that depends on sources (N2).

use std::collections::BTreeSet;

use rulec_facts::truth::Truth;
use rulec_facts::value::{Partial, Value};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::decide::Decider;
use crate::needs::elements::{Frame, Wanted};
use crate::node::{LetId, NodeId, Op, SlotId};
use crate::program::{RuleId, SymptomId};

mod elements;

/// What is needed; empty if all is decided. All lists are sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Needs {
    /// Facts, params and `now`.
    pub slots: Vec<SlotId>,
    /// Facts that matter only once the facts that guard them are known (a quantifier's body while its list is unknown).
    pub guarded: Vec<Guarded>,
    /// Symptoms whose question is not answered.
    pub asks: Vec<SymptomId>,
    /// Undecided rules that V1 looks at for this verdict, directly. What these need is already among the rest.
    pub waits_for: Vec<RuleId>,
}

/// Facts behind a guard.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Guarded {
    /// They matter only while one of these can be had (N2).
    pub by: Vec<SlotId>,
    /// Unknown facts of the body or branches.
    pub slots: Vec<SlotId>,
}

impl Needs {
    /// Nothing is needed.
    pub fn is_empty(&self) -> bool {
        *self == Needs::default()
    }

    /// All facts, guarded ones included, sorted.
    pub fn all(&self) -> Vec<SlotId> {
        let guarded = self.guarded.iter().flat_map(|it| it.slots.iter().copied());
        let all: BTreeSet<SlotId> = self.slots.iter().copied().chain(guarded).collect();
        all.into_iter().collect()
    }

    /// The facts to fetch, sorted: those that can be had, guarded ones only while their guard has a need that can be had (N2).
    pub fn wanted(&self, obtainable: impl Fn(SlotId) -> bool) -> Vec<SlotId> {
        let guarded = self.guarded.iter();
        let open = guarded.filter(|it| it.by.iter().any(|slot| obtainable(*slot)));
        let slots = open.flat_map(|it| &it.slots).chain(&self.slots);
        let all: BTreeSet<SlotId> = slots.copied().filter(|slot| obtainable(*slot)).collect();
        all.into_iter().collect()
    }
}

impl<'a> Decider<'a> {
    /// What the rule's verdict needs (N1 over the parts of V1).
    pub fn needs_of_rule(&mut self, rule: RuleId) -> Needs {
        // Twice on the way: to find what it waits for, and to take that in. Chains of overriding rules are long, and every rule of
        // one is asked about: each rule is looked at once. One that several wait for lies here several times, so that it is settled
        // before each of them; only the first time counts.
        let mut stack: Vec<(RuleId, Option<Needs>)> = vec![(rule, None)];
        while let Some((next, own)) = stack.pop() {
            if self.needs.contains_key(&next) {
                continue;
            }
            match own {
                Some(own) => {
                    let needs = self.with_needs_of_others(own);
                    self.needs.insert(next, needs);
                }
                None => {
                    let own = self.own_needs(next);
                    let waits = own.waits_for.clone();
                    stack.push((next, Some(own)));
                    stack.extend(waits.into_iter().map(|it| (it, None)));
                }
            }
        }
        self.needs.get(&rule).cloned().unwrap_or_default()
    }

    fn own_needs(&mut self, rule: RuleId) -> Needs {
        let mut gather = Gather::default();
        let mut waits_for = self.need_rule(rule, &mut gather);
        waits_for.sort_unstable();
        waits_for.dedup();
        Needs {
            waits_for,
            ..gather.needs()
        }
    }

    /// With what the rules need that it waits for.
    fn with_needs_of_others(&self, mut own: Needs) -> Needs {
        for other in own.waits_for.iter().filter_map(|it| self.needs.get(it)) {
            own.slots.extend_from_slice(&other.slots);
            own.guarded.extend_from_slice(&other.guarded);
            own.asks.extend_from_slice(&other.asks);
        }
        own.slots.sort_unstable();
        own.slots.dedup();
        own.guarded.sort_unstable();
        own.guarded.dedup();
        own.asks.sort_unstable();
        own.asks.dedup();
        own
    }

    /// What the presence of a symptom needs.
    pub fn needs_of_presence(&mut self, symptom: SymptomId) -> Needs {
        let mut gather = Gather::default();
        self.need_presence(symptom, &mut gather);
        self.settle(&mut gather);
        gather.needs()
    }

    /// What an expression needs that stands in no quantifier.
    pub fn needs_of(&mut self, node: NodeId) -> Needs {
        let mut gather = Gather::default();
        self.need(node, &mut gather);
        self.settle(&mut gather);
        gather.needs()
    }

    /// Adds what one rule needs itself; gives the undecided rules that it waits for.
    fn need_rule(&mut self, id: RuleId, gather: &mut Gather) -> Vec<RuleId> {
        let program = self.program;
        let mut waits = Vec::new();
        let Some(rule) = program.rules.get(id.0 as usize) else {
            return waits;
        };
        if !self.verdict(id).is_unknown() {
            return waits;
        }
        if let Some(when) = rule.when {
            self.need(when, gather);
            self.settle(gather);
        }
        for other in &rule.overridden_by {
            if self.verdict(*other).is_unknown() {
                waits.push(*other);
            }
        }
        let mut symptoms: Vec<(SymptomId, Truth, Truth)> = Vec::new();
        for symptom in &rule.symptoms {
            let (present, free) = (self.present(*symptom), self.free(id, *symptom));
            symptoms.push((*symptom, present, free));
        }
        if symptoms
            .iter()
            .any(|(_, present, free)| present.and(*free) == Truth::True)
        {
            return waits;
        }
        for (symptom, present, free) in symptoms {
            if !present.and(free).is_unknown() {
                continue;
            }
            self.need_presence(symptom, gather);
            self.settle(gather);
            if free.is_unknown() {
                for other in program.ordinary_rules(symptom) {
                    if self.verdict(*other).is_unknown() {
                        waits.push(*other);
                    }
                }
            }
        }
        waits
    }

    fn need_presence(&mut self, id: SymptomId, gather: &mut Gather) {
        let program = self.program;
        if !self.present(id).is_unknown() || !gather.presences.insert(id) {
            return;
        }
        let Some(symptom) = program.symptoms.get(id.0 as usize) else {
            return;
        };
        if symptom
            .codes
            .iter()
            .any(|code| self.reported(code).is_unknown())
        {
            self.need_reporting(gather);
        }
        if !symptom.asks.is_empty() && self.state.answered(id).is_none() {
            gather.asks.insert(id);
        }
        for condition in &symptom.seen {
            self.need(*condition, gather);
        }
    }

    /// The facts that report codes and are not known to the end.
    fn need_reporting(&mut self, gather: &mut Gather) {
        let program = self.program;
        for slot in program.reporting() {
            let field = program.slots.get(slot.0 as usize).and_then(|it| it.reports);
            let open = match (self.state.get(*slot), field) {
                (Some(value), Some(field)) => codes_open(value, field),
                _ => true,
            };
            if open {
                gather.slots.insert(*slot);
            }
        }
    }

    /// Looks through the derived facts that were met, one after the other instead of one inside the other.
    fn settle(&mut self, gather: &mut Gather) {
        while let Some((id, part)) = gather.pending.pop() {
            let Some(it) = self.program.lets.get(id.0 as usize) else {
                continue;
            };
            // A let stands outside of every quantifier: its variables are its own.
            let around = std::mem::take(&mut self.variables);
            let frames = std::mem::take(&mut gather.frames);
            match part {
                Part::Whole => self.need(it.value, gather),
                Part::Elements(wanted) => self.need_elements(it.value, &wanted, gather),
            }
            self.variables = around;
            gather.frames = frames;
        }
    }

    /// N1 for an expression under the variables that are set.
    fn need(&mut self, node: NodeId, gather: &mut Gather) {
        let program = self.program;
        let Some(op) = program.nodes.op(node) else {
            return;
        };
        if self.is_decided(node, op) {
            return;
        }
        match op {
            Op::Constant(_) => {}
            Op::Slot(slot) => {
                gather.slots.insert(slot);
            }
            Op::Let(id) => gather.look_through(id, Part::Whole),
            Op::Variable(number) => gather.want_variable(number),
            Op::Reported(code) => {
                self.need(code, gather);
                self.need_reporting(gather);
            }
            Op::Count(list) | Op::IsEmpty(list) => self.need_membership(list, gather),
            Op::Member(item, list) => self.need_member(item, list, gather),
            Op::Overlaps(a, b) => self.need_overlap(a, b, gather),
            Op::Any {
                list, filter, body, ..
            } => self.need_any(list, filter, body, gather),
            Op::Each { .. } | Op::Project(..) | Op::List(_) => self.need_list(node, gather),
            Op::Match { scrutinee, arms } => match self.arm(scrutinee, arms) {
                Ok(value) => self.need(value, gather),
                Err(_) => {
                    self.need(scrutinee, gather);
                    let arms = program.nodes.arms_of(arms);
                    self.guard(scrutinee, arms.iter().map(|arm| arm.value), gather);
                }
            },
            _ => program.nodes.each_operand(op, |it| self.need(it, gather)),
        }
    }

    pub(crate) fn is_decided(&mut self, node: NodeId, op: Op) -> bool {
        match op {
            Op::Not(_)
            | Op::And(_)
            | Op::Or(_)
            | Op::Compare(..)
            | Op::TextTest(..)
            | Op::Member(..)
            | Op::Within(..)
            | Op::Overlaps(..)
            | Op::Reported(_)
            | Op::IsAbsent(_)
            | Op::IsEmpty(_)
            | Op::IsBase64(_)
            | Op::Any { .. } => !self.truth_of(node).is_unknown(),
            _ => self.term_of(node).is_total(),
        }
    }

    /// Adds the unknown facts below `parts`, guarded by what `guard` needs.
    fn guard(
        &mut self,
        guard: NodeId,
        parts: impl IntoIterator<Item = NodeId>,
        gather: &mut Gather,
    ) {
        if gather.only_unguarded {
            return;
        }
        let slots = self.unknown_below(parts);
        if slots.is_empty() {
            return;
        }
        let mut inner = Gather {
            only_unguarded: true,
            frames: gather.frames.iter().map(Frame::again).collect(),
            ..Gather::default()
        };
        self.need(guard, &mut inner);
        self.need_of_variables(&mut inner);
        self.settle(&mut inner);
        gather.guarded.insert(Guarded {
            by: inner.slots.into_iter().collect(),
            slots: slots.into_iter().collect(),
        });
    }

    /// Facts below these nodes that are not known to the end; derived facts are looked through.
    fn unknown_below(&mut self, parts: impl IntoIterator<Item = NodeId>) -> BTreeSet<SlotId> {
        let program = self.program;
        let mut found = Gather::default();
        let mut met: FxHashSet<NodeId> = FxHashSet::default();
        let mut stack: Vec<NodeId> = parts.into_iter().collect();
        while let Some(node) = stack.pop() {
            let Some(op) = program.nodes.op(node) else {
                continue;
            };
            if !met.insert(node) {
                continue;
            }
            match op {
                Op::Slot(slot) if !self.state.get(slot).is_some_and(Partial::is_total) => {
                    found.slots.insert(slot);
                }
                Op::Let(id) => stack.extend(program.lets.get(id.0 as usize).map(|it| it.value)),
                Op::Reported(_) => self.need_reporting(&mut found),
                // Of a partly known fact only the field that stands here counts.
                Op::Field(..) | Op::Project(..) if self.is_known_field(node) => continue,
                _ => {}
            }
            program.nodes.each_operand(op, |it| stack.push(it));
        }
        found.slots
    }

    /// A field of a fact, however deep, that is known to the end.
    fn is_known_field(&mut self, node: NodeId) -> bool {
        let mut root = self.program.nodes.op(node);
        while let Some(Op::Field(of, _) | Op::Project(of, _)) = root {
            root = self.program.nodes.op(of);
        }
        matches!(root, Some(Op::Slot(_))) && self.term_of(node).is_total()
    }
}

/// Needs in the making.
#[derive(Default)]
struct Gather {
    only_unguarded: bool,
    slots: BTreeSet<SlotId>,
    guarded: BTreeSet<Guarded>,
    asks: BTreeSet<SymptomId>,
    presences: BTreeSet<SymptomId>,
    /// Quantifiers around the node that is looked at, outermost first: one for each variable that is set.
    frames: Vec<Frame>,
    /// Derived facts met, and what of them was wanted.
    lets: FxHashMap<LetId, Part>,
    pending: Vec<(LetId, Part)>,
}

/// What is wanted of a derived fact.
enum Part {
    /// Everything.
    Whole,
    /// Some elements of its list.
    Elements(Wanted),
}

impl Gather {
    fn look_through(&mut self, id: LetId, part: Part) {
        let new = match (self.lets.get_mut(&id), part) {
            (Some(Part::Whole), _) => None,
            (Some(Part::Elements(met)), Part::Elements(wanted)) => {
                let new = met.add(wanted);
                (!new.is_empty()).then_some(Part::Elements(new))
            }
            (Some(met), Part::Whole) => {
                *met = Part::Whole;
                Some(Part::Whole)
            }
            (None, Part::Whole) => {
                self.lets.insert(id, Part::Whole);
                Some(Part::Whole)
            }
            (None, Part::Elements(wanted)) => {
                self.lets.insert(id, Part::Elements(wanted.clone()));
                Some(Part::Elements(wanted))
            }
        };
        self.pending.extend(new.map(|part| (id, part)));
    }

    fn needs(self) -> Needs {
        Needs {
            slots: self.slots.into_iter().collect(),
            guarded: self.guarded.into_iter().collect(),
            asks: self.asks.into_iter().collect(),
            waits_for: Vec::new(),
        }
    }
}

/// A code that this value reports may be unknown.
pub(crate) fn codes_open(value: &Partial, field: Option<u32>) -> bool {
    match (value, field) {
        (Partial::Unknown(_), _) => true,
        (Partial::Known(Value::Record(fields)), Some(field)) => fields
            .get(field as usize)
            .is_some_and(|it| codes_open(it, None)),
        (Partial::Known(Value::List(all) | Value::Set(all)), field) => all
            .iter()
            .any(|it| !it.certain || codes_open(&it.value, field)),
        _ => false,
    }
}
