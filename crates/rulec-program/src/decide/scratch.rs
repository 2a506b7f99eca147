//! What a decider remembers: verdicts, symptoms, derived facts, reported codes. One scratch serves many states: an entry counts only
//! if it bears the number of the present one, so that nothing is cleared and nothing is allocated anew.

use rulec_facts::code::Code;
use rulec_facts::truth::Truth;
use rulec_facts::value::{Partial, Value};
use rustc_hash::FxHashMap;

use super::{Term, Verdict};
use crate::code::Leaves;
use crate::decide::Because;
use crate::node::{LetId, NodeId};
use crate::program::{RuleId, SymptomId};
use crate::seal::Sealed;

/// A leaf that decided a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// The leaf; with the `not` above it, if one stands directly there.
    pub node: NodeId,
    /// Its own truth.
    pub truth: Truth,
}

/// Memory of a [`super::Decider`], for any program; it grows to the largest that it has served.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) epoch: u32,
    rules: Vec<RuleMemory>,
    present: Vec<Stamped<Truth>>,
    unclaimed: Vec<Stamped<Truth>>,
    lets: Vec<(u32, Term<'static>)>,
    /// Parts of quantifiers that are the same for all elements; few programs have any.
    hoisted: FxHashMap<NodeId, Term<'static>>,
    /// Of the condition that was looked at last.
    pub(super) kept: Vec<Kept>,
    pub(super) reported: Reported,
    /// What certain texts are taken for, whatever they are.
    pins: FxHashMap<Box<str>, Partial>,
}

#[derive(Debug, Clone, Copy)]
struct Stamped<T> {
    epoch: u32,
    value: T,
}

/// What is known of a rule: its verdict and its condition, each of the state that its number names.
#[derive(Debug, Clone, Copy)]
struct RuleMemory {
    judged: u32,
    decided: u32,
    leaves: Leaves,
    verdict: Verdict,
    condition: Truth,
}

const NOTHING: RuleMemory = RuleMemory {
    judged: 0,
    decided: 0,
    leaves: Leaves::NONE,
    verdict: Verdict {
        truth: Truth::Unknown,
        because: Because::Symptom,
    },
    condition: Truth::Unknown,
};

impl<T: Copy> Stamped<T> {
    fn get(all: &[Stamped<T>], at: u32, epoch: u32) -> Option<T> {
        let it = all.get(at as usize)?;
        (it.epoch == epoch).then_some(it.value)
    }

    fn set(all: &mut [Stamped<T>], at: u32, epoch: u32, value: T) {
        if let Some(place) = all.get_mut(at as usize) {
            *place = Stamped { epoch, value };
        }
    }

    fn grow(all: &mut Vec<Stamped<T>>, len: usize, value: T) {
        if all.len() < len {
            all.resize(len, Stamped { epoch: 0, value });
        }
    }
}

impl Scratch {
    /// From now on `certificate` of this text gives this value: a case of the checker says so, which cannot sign certificates.
    pub fn pin(&mut self, text: &str, value: Partial) {
        self.pins.insert(text.into(), value);
    }

    /// Takes all texts for what they are again.
    pub fn unpin(&mut self) {
        self.pins.clear();
    }

    /// Begins a state; entry number 0 is never the present one.
    pub(super) fn start(&mut self, program: &Sealed) {
        self.epoch = match self.epoch.checked_add(1) {
            Some(next) => next,
            None => {
                *self = Scratch::default();
                1
            }
        };
        let (rules, symptoms) = (program.rules.len(), program.symptoms.len());
        if self.rules.len() < rules {
            self.rules.resize(rules, NOTHING);
        }
        Stamped::grow(&mut self.present, symptoms, Truth::Unknown);
        Stamped::grow(&mut self.unclaimed, symptoms, Truth::Unknown);
        if self.lets.len() < program.lets.len() {
            self.lets
                .resize_with(program.lets.len(), || (0, Term::unknown()));
        }
        if !self.hoisted.is_empty() {
            self.hoisted.clear();
        }
    }

    #[inline]
    pub(super) fn verdict(&self, rule: RuleId) -> Option<Verdict> {
        let it = self.rules.get(rule.0 as usize)?;
        (it.judged == self.epoch).then_some(it.verdict)
    }

    #[inline]
    pub(super) fn remember_verdict(&mut self, rule: RuleId, verdict: Verdict) {
        if let Some(it) = self.rules.get_mut(rule.0 as usize) {
            it.judged = self.epoch;
            it.verdict = verdict;
        }
    }

    #[inline]
    pub(super) fn condition(&self, rule: RuleId) -> Option<Truth> {
        let it = self.rules.get(rule.0 as usize)?;
        (it.decided == self.epoch).then_some(it.condition)
    }

    #[inline]
    pub(super) fn remember_condition(&mut self, rule: RuleId, truth: Truth, leaves: Leaves) {
        if let Some(it) = self.rules.get_mut(rule.0 as usize) {
            it.decided = self.epoch;
            it.leaves = leaves;
            it.condition = truth;
        }
    }

    /// The truths of the tests of a condition that was decided; of one that is not in clauses they are nothing.
    pub(super) fn leaves(&self, rule: RuleId) -> Option<Leaves> {
        let it = self.rules.get(rule.0 as usize)?;
        (it.decided == self.epoch).then_some(it.leaves)
    }

    pub(super) fn present(&self, symptom: SymptomId) -> Option<Truth> {
        Stamped::get(&self.present, symptom.0, self.epoch)
    }

    pub(super) fn remember_present(&mut self, symptom: SymptomId, truth: Truth) {
        Stamped::set(&mut self.present, symptom.0, self.epoch, truth);
    }

    pub(super) fn unclaimed(&self, symptom: SymptomId) -> Option<Truth> {
        Stamped::get(&self.unclaimed, symptom.0, self.epoch)
    }

    pub(super) fn remember_unclaimed(&mut self, symptom: SymptomId, truth: Truth) {
        Stamped::set(&mut self.unclaimed, symptom.0, self.epoch, truth);
    }

    pub(super) fn has_let(&self, id: LetId) -> bool {
        self.let_value(id).is_some()
    }

    pub(super) fn let_value(&self, id: LetId) -> Option<&Term<'static>> {
        let (epoch, value) = self.lets.get(id.0 as usize)?;
        (*epoch == self.epoch).then_some(value)
    }

    pub(super) fn remember_let(&mut self, id: LetId, value: Term<'static>) {
        if let Some(place) = self.lets.get_mut(id.0 as usize) {
            *place = (self.epoch, value);
        }
    }

    pub(super) fn hoisted(&self, node: NodeId) -> Option<&Term<'static>> {
        self.hoisted.get(&node)
    }

    pub(super) fn remember_hoisted(&mut self, node: NodeId, value: Term<'static>) {
        self.hoisted.insert(node, value);
    }

    /// What this text is taken for, if that was said.
    pub(super) fn pinned(&self, text: &str) -> Option<&Partial> {
        self.pins.get(text)
    }
}

/// Codes of the facts that report (T7); those of the complaint stand in the state.
#[derive(Debug, Default)]
pub(super) struct Reported {
    epoch: u32,
    codes: Vec<(Code, bool)>,
    /// Some fact, field or element is unknown: there may be more.
    pub(super) open: bool,
}

impl Reported {
    /// Begins to gather; true if that was done for this state.
    pub(super) fn start(&mut self, epoch: u32) -> bool {
        if self.epoch == epoch {
            return true;
        }
        self.epoch = epoch;
        self.codes.clear();
        self.open = false;
        false
    }

    /// Adds the codes of a value: a code, a record with a code in that field, or a list or set of these.
    pub(super) fn add(&mut self, value: &Partial, field: Option<u32>, certain: bool) {
        match (value, field) {
            (Partial::Unknown(_), _) => self.open = true,
            (Partial::Known(Value::Code(code)), _) => self.codes.push((code.clone(), certain)),
            (Partial::Known(Value::Record(fields)), Some(field)) => {
                if let Some(value) = fields.get(field as usize) {
                    self.add(value, None, certain);
                }
            }
            (Partial::Known(Value::List(all) | Value::Set(all)), field) => {
                for element in all.iter() {
                    self.add(&element.value, field, certain && element.certain);
                }
            }
            _ => {}
        }
    }

    pub(super) fn holds(&self, code: &Code) -> Truth {
        let mut same = self.codes.iter().filter(|(it, _)| it == code).peekable();
        let met = same.peek().is_some();
        match same.any(|(_, certain)| *certain) {
            true => Truth::True,
            false if met || self.open => Truth::Unknown,
            false => Truth::False,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.codes.is_empty() && !self.open
    }
}
