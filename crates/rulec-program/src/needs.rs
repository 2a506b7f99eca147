//! Which facts an undecided verdict or expression still needs (N1), and for which rules it waits.
//!
//! What of it can be had is not known here: that depends on sources (N2).

use std::collections::BTreeSet;

use rulec_facts::truth::Truth;
use rulec_facts::value::{Partial, Value};
use rustc_hash::FxHashSet;

use crate::decide::{Decider, Elements};
use crate::node::{LetId, NodeId, Op, SlotId};
use crate::program::{RuleId, SymptomId};

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
        let mut met: FxHashSet<RuleId> = FxHashSet::default();
        // Twice on the way: to find what it waits for, and to take that in. Chains of overriding rules are long, and every rule of
        // one is asked about: each rule is looked at once.
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
                    let new = waits.into_iter().filter(|it| met.insert(*it));
                    stack.extend(new.map(|it| (it, None)));
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
        while let Some((id, origin)) = gather.pending.pop() {
            let Some(it) = self.program.lets.get(id.0 as usize) else {
                continue;
            };
            let around = std::mem::take(&mut self.variables);
            match origin {
                true => self.origin(it.value, gather),
                false => self.need(it.value, gather),
            }
            self.variables = around;
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
            Op::Let(id) => gather.look_through(id, false),
            Op::Variable(_) => self.origin(node, gather),
            Op::Reported(code) => {
                self.need(code, gather);
                self.need_reporting(gather);
            }
            Op::Any {
                list, filter, body, ..
            } => self.need_elements(list, filter, Some(body), gather),
            Op::Each { list, filter, .. } => self.need_elements(list, filter, None, gather),
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

    /// A quantifier or `each`: what its list needs and guards, or what its undecided elements need.
    fn need_elements(
        &mut self,
        list: NodeId,
        filter: Option<NodeId>,
        body: Option<NodeId>,
        gather: &mut Gather,
    ) {
        let all = Elements::of(self.term_of(list));
        if let Elements::Unknown(_) = all {
            self.need(list, gather);
            self.guard(list, filter.into_iter().chain(body), gather);
            return;
        }
        for at in 0..all.len() {
            let Some((value, membership)) = all.get(at) else {
                break;
            };
            let known = value.is_total();
            let holds = self.under(value, |it| {
                let kept = filter.map_or(Truth::True, |filter| it.truth_of(filter));
                let kept = kept.and(membership);
                match body {
                    Some(body) if kept != Truth::False => kept.and(it.truth_of(body)),
                    _ => kept,
                }
            });
            let undecided =
                holds.is_unknown() || (body.is_none() && holds == Truth::True && !known);
            if !undecided {
                continue;
            }
            if membership.is_unknown() {
                self.need(list, gather);
            }
            if body.is_none() && !known {
                self.origin(list, gather);
            }
            if let Some((value, _)) = all.get(at) {
                self.under(value, |it| {
                    for part in filter.into_iter().chain(body) {
                        it.need(part, gather);
                    }
                });
            }
        }
    }

    /// The facts from which a value comes that is not known to the end: of an element, those of its list.
    fn origin(&mut self, node: NodeId, gather: &mut Gather) {
        let program = self.program;
        match program.nodes.op(node) {
            Some(Op::Variable(_)) => {
                if let Some(list) = program.list_of_variable(node) {
                    self.origin(list, gather);
                }
            }
            Some(Op::Field(of, _) | Op::Project(of, _)) => self.origin(of, gather),
            Some(Op::Each { list, .. }) => self.origin(list, gather),
            Some(Op::Let(id)) => gather.look_through(id, true),
            Some(Op::Match { scrutinee, arms }) => {
                if let Ok(value) = self.arm(scrutinee, arms) {
                    self.origin(value, gather);
                }
            }
            Some(_) => self.need(node, gather),
            None => {}
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
            ..Gather::default()
        };
        self.need(guard, &mut inner);
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
    /// Derived facts met, and whether as the origin of a value.
    lets: FxHashSet<(LetId, bool)>,
    pending: Vec<(LetId, bool)>,
}

impl Gather {
    fn look_through(&mut self, id: LetId, origin: bool) {
        if self.lets.insert((id, origin)) {
            self.pending.push((id, origin));
        }
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
