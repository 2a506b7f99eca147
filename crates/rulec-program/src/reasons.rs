//! Why what is undecided is unknown: the reasons of the parts that were read, in the order of the text.
//!
//! What a fact holds besides is unknown for reasons of its own, which decide nothing here. Needs are whole facts: [`crate::needs`].

use std::sync::Arc;

use rulec_facts::reason::{Reason, Reasons};
use rulec_facts::truth::Truth;
use rulec_facts::value::{Partial, Value};
use rustc_hash::FxHashSet;

use crate::decide::{Decider, Elements};
use crate::needs::codes_open;
use crate::node::{LetId, NodeId, Op};
use crate::program::RuleId;

/// Reasons that are kept of one expression.
const REASONS: usize = 64;

impl<'a> Decider<'a> {
    /// Why an undecided expression is unknown, each reason once.
    pub fn reasons(&mut self, node: NodeId) -> Reasons {
        let mut read = Read::up_to(REASONS);
        self.read(node, &mut read);
        self.read_lets(&mut read);
        Arc::from(read.found)
    }

    /// Why an undecided rule is open, as far as its condition and the presence of its symptoms are: each reason once.
    pub fn reasons_of_rule(&mut self, id: RuleId) -> Vec<Reason> {
        let program = self.program;
        let mut read = Read::up_to(usize::MAX);
        let Some(rule) = program.rules.get(id.0 as usize) else {
            return read.found;
        };
        if !self.verdict(id).is_unknown() {
            return read.found;
        }
        if let Some(when) = rule.when {
            self.read(when, &mut read);
        }
        for symptom in &rule.symptoms {
            if !self.present(*symptom).is_unknown() {
                continue;
            }
            let Some(it) = program.symptoms.get(symptom.0 as usize) else {
                continue;
            };
            if it.codes.iter().any(|code| self.reported(code).is_unknown()) {
                self.read_reporting(&mut read);
            }
            for condition in &it.seen {
                self.read(*condition, &mut read);
            }
        }
        self.read_lets(&mut read);
        read.found
    }

    /// Derived facts that were met, one after the other instead of one inside the other.
    fn read_lets(&mut self, read: &mut Read) {
        while let Some(id) = read.pending.pop() {
            if let Some(it) = self.program.lets.get(id.0 as usize) {
                let around = std::mem::take(&mut self.variables);
                self.read(it.value, read);
                self.variables = around;
            }
        }
    }

    /// Reasons of an expression under the variables that are set.
    fn read(&mut self, node: NodeId, read: &mut Read) {
        let program = self.program;
        let Some(op) = program.nodes.op(node) else {
            return;
        };
        if read.is_full() || self.is_decided(node, op) {
            return;
        }
        match op {
            Op::Constant(_) => {}
            Op::Slot(_) | Op::Field(..) | Op::Variable(_) => self.read_part(node, op, read),
            Op::Let(id) => read.look_through(id),
            Op::Project(of, _) => {
                let all = Elements::of(self.term_of(node));
                self.read_elements(of, &all, read);
            }
            Op::Reported(code) => {
                self.read(code, read);
                self.read_reporting(read);
            }
            Op::Any {
                list, filter, body, ..
            } => self.read_quantifier(list, filter, Some(body), read),
            Op::Each { list, filter, .. } => self.read_quantifier(list, filter, None, read),
            Op::Match { scrutinee, arms } => match self.arm(scrutinee, arms) {
                Ok(value) => self.read(value, read),
                Err(_) => self.read(scrutinee, read),
            },
            _ => program.nodes.each_operand(op, |it| self.read(it, read)),
        }
    }

    /// A fact, a field or an element: its own reasons, or those of what it was computed from.
    fn read_part(&mut self, node: NodeId, op: Op, read: &mut Read) {
        let before = read.met;
        self.term_of(node).with(|value| read.add(value));
        if read.met > before {
            return;
        }
        match op {
            Op::Field(of, _) => self.read(of, read),
            Op::Variable(_) => {
                if let Some(list) = self.program.list_of_variable(node) {
                    self.read(list, read);
                }
            }
            _ => {}
        }
    }

    /// Elements that are unknown as a whole; whether the others belong is told by their list.
    fn read_elements(&mut self, list: NodeId, all: &Elements<'a>, read: &mut Read) {
        let mut open = matches!(all, Elements::Unknown(_));
        for at in 0..all.len() {
            let Some((value, membership)) = all.get(at) else {
                break;
            };
            open |= membership.is_unknown();
            value.with(|value| {
                if value.is_unknown() {
                    read.add(value);
                }
            });
        }
        if open {
            self.read(list, read);
        }
    }

    fn read_quantifier(
        &mut self,
        list: NodeId,
        filter: Option<NodeId>,
        body: Option<NodeId>,
        read: &mut Read,
    ) {
        let all = Elements::of(self.term_of(list));
        if body.is_none() || matches!(all, Elements::Unknown(_)) {
            self.read_elements(list, &all, read);
        }
        for at in 0..all.len() {
            let Some((value, membership)) = all.get(at) else {
                break;
            };
            if read.is_full() {
                break;
            }
            let undecided = self.under(value.clone(), |it| {
                let kept = filter.map_or(Truth::True, |filter| it.truth_of(filter));
                let kept = kept.and(membership);
                match body {
                    Some(body) if kept != Truth::False => kept.and(it.truth_of(body)),
                    _ => kept,
                }
                .is_unknown()
            });
            if !undecided {
                continue;
            }
            self.under(value, |it| {
                for part in filter.into_iter().chain(body) {
                    it.read(part, read);
                }
            });
            if membership.is_unknown() && body.is_some() {
                self.read(list, read);
            }
        }
    }

    /// The codes that facts report and that are not known.
    fn read_reporting(&mut self, read: &mut Read) {
        let program = self.program;
        for slot in program.reporting() {
            let field = program.slots.get(slot.0 as usize).and_then(|it| it.reports);
            if let (Some(value), Some(field)) = (self.state.get(*slot), field)
                && codes_open(value, field)
            {
                read.add_codes(value, field);
            }
        }
    }
}

/// What was read so far.
struct Read {
    found: Vec<Reason>,
    known: FxHashSet<Reason>,
    most: usize,
    /// Reasons that were met, those that were known already included.
    met: usize,
    lets: FxHashSet<LetId>,
    pending: Vec<LetId>,
}

impl Read {
    fn up_to(most: usize) -> Read {
        Read {
            found: Vec::new(),
            known: FxHashSet::default(),
            most,
            met: 0,
            lets: FxHashSet::default(),
            pending: Vec::new(),
        }
    }

    fn is_full(&self) -> bool {
        self.found.len() >= self.most
    }

    fn look_through(&mut self, id: LetId) {
        if self.lets.insert(id) {
            self.pending.push(id);
        }
    }

    /// Reasons of a value and of its parts.
    fn add(&mut self, value: &Partial) {
        match value {
            Partial::Unknown(reasons) => {
                for reason in reasons.iter() {
                    self.met += 1;
                    if !self.is_full() && self.known.insert(reason.clone()) {
                        self.found.push(reason.clone());
                    }
                }
            }
            Partial::Known(Value::Record(fields)) => fields.iter().for_each(|it| self.add(it)),
            Partial::Known(Value::List(all) | Value::Set(all)) => {
                all.iter().for_each(|it| self.add(&it.value));
            }
            _ => {}
        }
    }

    /// Reasons of the codes in a value: in that field of a record, or of the records of a list.
    fn add_codes(&mut self, value: &Partial, field: Option<u32>) {
        match (value, field) {
            (Partial::Known(Value::Record(fields)), Some(field)) => {
                if let Some(value) = fields.get(field as usize) {
                    self.add(value);
                }
            }
            (Partial::Known(Value::List(all) | Value::Set(all)), field) => {
                all.iter().for_each(|it| self.add_codes(&it.value, field));
            }
            _ => self.add(value),
        }
    }
}
