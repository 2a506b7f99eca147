//! Cases of tests with another value for a fact or two: where a search tells nothing, a small step from what somebody wrote down often shows it.
//!
//! Values are those that other tests give the fact, and their neighbours. All is looked at by the evaluator, in a fixed order, up to a count.

use rulec_facts::truth::Truth;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Element, Partial, Value};
use rulec_program::decide::{Decider, Scratch};
use rulec_program::encode::{Claim, Fits, Limits, fits};
use rulec_program::node::{NodeId, Op, SlotId};
use rulec_program::program::{RuleId, SymptomId};
use rulec_program::seal::Sealed;
use rulec_program::state::State;
use rustc_hash::FxHashSet;

use super::proving::Proving;
use super::written_cases::{WrittenCase, WrittenCases};

/// States that are looked at for one question.
const MOST_STATES: usize = 1_500;
/// Tests that are varied.
const MOST_TESTS: usize = 12;
/// Tests of which it is asked whether what they leave open can be as the assumptions want it.
const MOST_COMPLETED: usize = 2;
/// Values of one fact.
const MOST_VALUES: usize = 120;
/// Values of each of two facts that are varied together.
const MOST_OF_TWO: usize = 24;
/// Facts that are varied.
const MOST_FACTS: usize = 8;
/// How deep lists and records are varied.
const DEEPEST: u32 = 3;

/// Nanoseconds of a day.
const DAY: i128 = 86_400 * 1_000_000_000;

impl Proving<'_, '_> {
    /// A case of a test shows it, with other values for one or two of the facts on which it hangs.
    pub(super) fn a_varied_case_shows(&mut self, claims: &[Claim]) -> bool {
        let slots = self.slots_of(claims);
        let rules: Vec<RuleId> = claims.iter().filter_map(|it| self.rule_of(it)).collect();
        let symptoms: Vec<SymptomId> = rules
            .iter()
            .filter_map(|it| self.rule(*it))
            .flat_map(|it| it.symptoms.iter().copied())
            .collect();
        let mut cases = self.written_cases();
        let near = rules.iter().filter_map(|it| cases.near.get(it.0 as usize));
        let mut numbers: Vec<usize> = near.flatten().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        let values: Vec<(SlotId, Vec<Partial>)> = slots
            .into_iter()
            .map(|slot| (slot, values_in(&mut cases, slot)))
            .collect();
        let mut near: Vec<Near> = Vec::new();
        for number in numbers.into_iter().take(MOST_TESTS) {
            let Some(WrittenCase { bare, whole }) = cases.all.get(number) else {
                continue;
            };
            let (mut bare, mut whole) = (bare.clone(), whole.clone());
            for symptom in &symptoms {
                bare.set_reported(*symptom, true);
                whole.set_reported(*symptom, true);
            }
            let varied = values.iter().filter_map(|(slot, others)| {
                let ty = &self.program.slots.get(slot.0 as usize)?.ty;
                Some((*slot, variations(whole.get(*slot)?, ty, others, DEEPEST)))
            });
            let varied = varied.collect();
            near.push(Near {
                bare,
                whole,
                varied,
            });
        }
        self.written = Some(cases);
        self.shown_near(&mut near, claims)
    }

    /// By one of them as it stands, else with another value for one fact, else for two.
    fn shown_near(&mut self, near: &mut [Near], claims: &[Claim]) -> bool {
        let mut completed = 0;
        for it in &*near {
            if self.prover.shows(&it.whole, &it.whole, claims) {
                return true;
            }
            // Whatever is left open: then it may be as the assumptions want it.
            if completed < MOST_COMPLETED
                && self.prover.fulfils(&it.bare, claims)
                && breaks_none(self.program, &it.bare)
            {
                completed += 1;
                if fits(self.program, &it.bare, &Limits::default()) == Fits::Yes {
                    return true;
                }
            }
        }
        let prover = &mut self.prover;
        let mut left = MOST_STATES;
        let mut shows = |state: &State| {
            let looked = left > 0 && prover.shows(state, state, claims);
            left = left.saturating_sub(1);
            looked
        };
        near.iter_mut().any(|it| it.with_one(&mut shows))
            || near.iter_mut().any(|it| it.with_two(&mut shows))
    }

    /// The facts on which a claim hangs: of a literal those that it names, else those of the conditions.
    fn slots_of(&self, claims: &[Claim]) -> Vec<SlotId> {
        let literals = claims.iter().filter_map(|it| match it {
            Claim::Matters(_, literal) | Claim::ConfirmedWithout(_, literal, _) => Some(*literal),
            _ => None,
        });
        let literals: Vec<NodeId> = literals.collect();
        let roots = match literals.is_empty() {
            false => literals,
            true => {
                let rules = claims
                    .iter()
                    .filter_map(|it| self.rule(self.rule_of(it)?)?.when);
                rules.collect()
            }
        };
        let mut slots = slots_below(self.program, roots);
        slots.truncate(MOST_FACTS);
        slots
    }
}

/// The case of a test, and other values for facts.
struct Near {
    bare: State,
    whole: State,
    varied: Vec<(SlotId, Vec<Partial>)>,
}

impl Near {
    fn with_one(&mut self, shows: &mut impl FnMut(&State) -> bool) -> bool {
        let (varied, state) = (&self.varied, &mut self.whole);
        varied.iter().any(|(slot, values)| {
            let shown = |value: &Partial| with_value(state, *slot, value, &mut *shows);
            values.iter().any(shown)
        })
    }

    fn with_two(&mut self, shows: &mut impl FnMut(&State) -> bool) -> bool {
        let state = &mut self.whole;
        for (at, (first, of_first)) in self.varied.iter().enumerate() {
            for (second, of_second) in self.varied.iter().skip(at + 1) {
                for one in of_first.iter().take(MOST_OF_TWO) {
                    let shown = with_value_in(state, *first, one, |state| {
                        let mut other = of_second.iter().take(MOST_OF_TWO);
                        other.any(|it| with_value(state, *second, it, &mut *shows))
                    });
                    if shown {
                        return true;
                    }
                }
            }
        }
        false
    }
}

/// What is said of the state with another value of a fact.
fn with_value(
    state: &mut State,
    slot: SlotId,
    value: &Partial,
    look: &mut impl FnMut(&State) -> bool,
) -> bool {
    with_value_in(state, slot, value, |state| look(state))
}

fn with_value_in(
    state: &mut State,
    slot: SlotId,
    value: &Partial,
    look: impl FnOnce(&mut State) -> bool,
) -> bool {
    let Some(old) = state.get(slot).cloned() else {
        return false;
    };
    state.set(slot, value.clone());
    let said = look(state);
    state.set(slot, old);
    said
}

/// No assumption is false of it: what is known of a list in part is judged by the evaluator alone.
fn breaks_none(program: &Sealed, state: &State) -> bool {
    let mut scratch = Scratch::default();
    let mut decider = Decider::new(program, state, &mut scratch);
    let mut assumes = program.assumes.iter();
    assumes.all(|it| decider.truth(it.condition) != Truth::False)
}

/// Facts and params that expressions name, through derived facts, in order.
fn slots_below(program: &Sealed, roots: Vec<NodeId>) -> Vec<SlotId> {
    let (mut waiting, mut seen) = (roots, FxHashSet::default());
    let mut slots = Vec::new();
    while let Some(node) = waiting.pop() {
        let Some(op) = program.nodes.op(node).filter(|_| seen.insert(node)) else {
            continue;
        };
        match op {
            Op::Slot(slot) => slots.push(slot),
            Op::Let(id) => waiting.extend(program.lets.get(id.0 as usize).map(|it| it.value)),
            _ => {}
        }
        program.nodes.each_operand(op, |it| waiting.push(it));
    }
    slots.sort_unstable();
    slots.dedup();
    slots
}

/// The values that tests give a fact, each once.
fn values_in(cases: &mut WrittenCases, slot: SlotId) -> Vec<Partial> {
    let all = &cases.all;
    let known = cases.values.entry(slot).or_insert_with(|| {
        let mut found: Vec<Partial> = Vec::new();
        for value in all.iter().filter_map(|it| it.whole.get(slot)) {
            if !value.is_unknown() && found.len() < MOST_VALUES && !found.contains(value) {
                found.push(value.clone());
            }
        }
        found
    });
    known.clone()
}

/// Other values for a place: those that others have there, and small changes of its own.
fn variations(old: &Partial, ty: &Type, others: &[Partial], deep: u32) -> Vec<Partial> {
    let mut found: Vec<Partial> = others.to_vec();
    if ty.optional {
        found.push(Partial::Absent);
    }
    if let (Partial::Known(value), Some(deep)) = (old, deep.checked_sub(1)) {
        changes(value, ty, others, deep, &mut found);
    }
    let mut kept: Vec<Partial> = Vec::with_capacity(found.len());
    for value in found {
        if value != *old && !kept.contains(&value) {
            kept.push(value);
        }
        if kept.len() >= MOST_VALUES {
            break;
        }
    }
    kept
}

fn changes(value: &Value, ty: &Type, others: &[Partial], deep: u32, found: &mut Vec<Partial>) {
    let mut add = |it: Value| found.push(Partial::Known(it));
    match value {
        Value::Bool(it) => add(Value::Bool(!it)),
        Value::Int(it) => {
            let (least, most) = match ty.kind {
                Kind::Int(Some((least, most))) => (least, most),
                _ => (i64::MIN, i64::MAX),
            };
            let range = i128::from(least)..=i128::from(most);
            let near = [it - 1, it + 1, 0].into_iter();
            near.filter(|it| range.contains(it))
                .for_each(|it| add(Value::Int(it)));
        }
        Value::Time(it) => {
            let days = [-1, 1, -400, 400].into_iter();
            days.for_each(|days| add(Value::Time(it + days * DAY)));
        }
        Value::Duration(it) => {
            let near = [0, -it, it - DAY, it + DAY].into_iter();
            near.for_each(|it| add(Value::Duration(it)));
        }
        Value::Record(fields) => {
            let types = ty.record().map_or(&[][..], |it| &it.fields);
            for (at, (field, of)) in fields.iter().zip(types).enumerate() {
                let of_others = others.iter().filter_map(|it| match it {
                    Partial::Known(Value::Record(fields)) => fields.get(at).cloned(),
                    _ => None,
                });
                let of_others: Vec<Partial> = of_others.collect();
                for changed in variations(field, &of.ty, &of_others, deep) {
                    add(Value::Record(with(fields, at, changed).into()));
                }
            }
        }
        Value::Set(_) | Value::List(_) => found.extend(of_elements(value, ty, others, deep)),
        _ => {}
    }
}

/// Lists and sets with an element less, more, or another one.
fn of_elements(value: &Value, ty: &Type, others: &[Partial], deep: u32) -> Vec<Partial> {
    let mut found = Vec::new();
    let mut add = |it: Value| found.push(Partial::Known(it));
    match value {
        Value::Set(members) => {
            for fewer in without_each(members) {
                add(Value::Set(fewer.into()));
            }
        }
        Value::List(elements) => {
            for fewer in without_each(elements) {
                add(Value::List(fewer.into()));
            }
            let Some(of) = ty.member() else {
                return found;
            };
            let all = others.iter().filter_map(|it| match it {
                Partial::Known(Value::List(elements)) => Some(elements.iter()),
                _ => None,
            });
            let all: Vec<Partial> = all.flatten().map(|it| it.value.clone()).collect();
            for one in &all {
                let more = elements
                    .iter()
                    .cloned()
                    .chain([Element::certain(one.clone())]);
                add(Value::List(more.collect()));
            }
            for (at, element) in elements.iter().enumerate() {
                for changed in variations(&element.value, of, &all, deep) {
                    let changed = Element::certain(changed);
                    add(Value::List(with(elements, at, changed).into()));
                }
            }
        }
        _ => {}
    }
    found
}

fn with<T: Clone>(all: &[T], at: usize, it: T) -> Vec<T> {
    let mut all = all.to_vec();
    if let Some(place) = all.get_mut(at) {
        *place = it;
    }
    all
}

/// None of them, then all but one of them.
fn without_each(all: &[Element]) -> Vec<Vec<Element>> {
    let mut found = vec![Vec::new()];
    for left_out in 0..all.len() {
        let kept = all.iter().enumerate().filter(|(at, _)| *at != left_out);
        found.push(kept.map(|(_, it)| it.clone()).collect());
    }
    found
}
