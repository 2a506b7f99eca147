//! What tests write down, as states: to judge it, and as cases that show what is possible where a search tells nothing.
//!
//! Recorded cases are read by whoever asks for proofs, if at all; pasted texts are not recognised here.

use std::cell::RefCell;
use std::sync::Arc;

use compact_str::CompactString;
use rulec_facts::types::Type;
use rulec_facts::value::{Partial, Value};
use rulec_program::encode::{Claim, Found, Proof};
use rulec_program::node::SlotId;
use rulec_program::program::{RuleId, SymptomId};
use rulec_program::seal::Sealed;
use rulec_program::state::State;
use rulec_syntax::source::{FileId, Span};
use rustc_hash::FxHashMap;

use super::proving::Proving;
use crate::ReadCase;
use crate::tests::{Complaint, Given, TestCase};

/// The case of a test.
pub struct WrittenCase {
    /// What it writes down.
    pub bare: State,
    /// With usual values for the rest.
    pub whole: State,
}

/// The cases of all tests.
pub struct WrittenCases {
    pub all: Vec<WrittenCase>,
    /// By rule: those in which one thing can change its verdict.
    pub near: Vec<Vec<usize>>,
    /// By fact, once asked for: the values that tests give it, each once.
    pub values: FxHashMap<SlotId, Vec<Partial>>,
}

impl Proving<'_, '_> {
    /// Whether some admissible case fulfils all claims, of which it need not be shown. Looked at first is what the tests show of the rule, as a
    /// look is cheaper than a search; all of them where a search cannot tell.
    pub fn exists(&mut self, claims: &[Claim]) -> Proof {
        let elsewhere = || Proof::Possible(Arc::new(Found::elsewhere()));
        let rule = claims.iter().find_map(|it| self.rule_of(it));
        if rule.is_some_and(|it| self.a_near_case_shows(it, claims)) {
            return elsewhere();
        }
        match self.possible(claims) {
            Proof::Undecided(why) => {
                match self.a_case_shows(claims) || self.a_varied_case_shows(claims) {
                    true => elsewhere(),
                    false => Proof::Undecided(why),
                }
            }
            told => told,
        }
    }

    /// A case of a test shows it in which one thing can change the rule's verdict, with the complaint that the rule is about.
    fn a_near_case_shows(&mut self, rule: RuleId, claims: &[Claim]) -> bool {
        let symptoms = self.rule(rule).map_or(&[][..], |it| &it.symptoms);
        let mut cases = self.written_cases();
        let WrittenCases { all, near, .. } = &mut cases;
        let mut near = near.get(rule.0 as usize).into_iter().flatten();
        let shown = near.any(|number| {
            let Some(state) = all.get_mut(*number).map(|it| &mut it.whole) else {
                return false;
            };
            let before: Vec<bool> = symptoms.iter().map(|it| state.is_reported(*it)).collect();
            symptoms.iter().for_each(|it| state.set_reported(*it, true));
            let shown = self.prover.shows(state, state, claims);
            for (symptom, before) in symptoms.iter().zip(before) {
                state.set_reported(*symptom, before);
            }
            shown
        });
        self.written = Some(cases);
        shown
    }

    fn a_case_shows(&mut self, claims: &[Claim]) -> bool {
        let cases = self.written_cases();
        let mut all = cases.all.iter();
        let shown = all.any(|it| self.prover.shows(&it.bare, &it.whole, claims));
        self.written = Some(cases);
        shown
    }

    /// The rule that a claim is about.
    pub(super) fn rule_of(&self, claim: &Claim) -> Option<RuleId> {
        match *claim {
            Claim::Confirmed(rule, _)
            | Claim::ConfirmedWithout(rule, ..)
            | Claim::Matters(rule, _) => Some(rule),
            Claim::Condition(node, _) => self.rule_with(node),
            Claim::Present(..) => None,
        }
    }

    /// The cases of all tests, taken out of their place.
    pub(super) fn written_cases(&mut self) -> WrittenCases {
        if let Some(known) = self.written.take() {
            return known;
        }
        let mut cases = WrittenCases {
            all: self.cases_of_tests(),
            near: vec![Vec::new(); self.program.rules.len()],
            values: FxHashMap::default(),
        };
        for (number, case) in cases.all.iter().enumerate() {
            for rule in self.prover.nearly_confirmed(&case.whole) {
                if let Some(near) = cases.near.get_mut(rule.0 as usize) {
                    near.push(number);
                }
            }
        }
        cases
    }

    /// An admissible case, in which most of what tests write down fits too.
    pub fn usual(&mut self) -> Option<State> {
        match self.admissible() {
            Proof::Possible(found) => Some(self.witness(&found)?.total),
            _ => None,
        }
    }

    /// The case of each test, with usual values for what it does not write down.
    fn cases_of_tests(&mut self) -> Vec<WrittenCase> {
        let (program, tests) = (self.program, self.subject.tests);
        if tests.is_empty() {
            return Vec::new();
        }
        let mut usual = self.usual().unwrap_or_else(|| State::new(program));
        for number in 0..program.symptoms.len() as u32 {
            usual.set_reported(SymptomId(number), false);
        }
        let nothing = State::new(program);
        let read = Recorded {
            read_case: self.read_case,
            known: RefCell::default(),
        };
        let on = |test, state: &State| {
            let mut state = state.clone();
            give(program, tests, test, &mut state, (tests.len(), Some(&read)));
            complain(program, tests, test, &mut state, tests.len());
            state
        };
        let case = |test| WrittenCase {
            bare: on(test, &nothing),
            whole: on(test, &usual),
        };
        tests.iter().map(case).collect()
    }
}

/// Recorded cases, each read once.
pub(super) struct Recorded<'r> {
    read_case: &'r ReadCase<'r>,
    known: RefCell<FxHashMap<(CompactString, FileId), Option<State>>>,
}

impl Recorded<'_> {
    /// Puts what is known of a case into a state.
    fn give(&self, program: &Sealed, path: &CompactString, span: Span, state: &mut State) {
        let mut known = self.known.borrow_mut();
        let key = (path.clone(), span.file);
        let case = known
            .entry(key)
            .or_insert_with(|| (self.read_case)(program, path, span));
        let values = case.iter().flat_map(|it| it.slots());
        for (number, value) in (0u32..).zip(values) {
            if !value.is_unknown() {
                state.set(SlotId(number), value.clone());
            }
        }
    }
}

/// Puts what a test writes down into a state, after what it starts from: a chain of at most all tests, as circles are errors of their own.
pub(super) fn give(
    program: &Sealed,
    tests: &[TestCase],
    test: &TestCase,
    state: &mut State,
    (chain, recorded): (usize, Option<&Recorded<'_>>),
) {
    for given in &test.given {
        match (given, chain.checked_sub(1)) {
            (Given::Test(number), Some(chain)) => {
                if let Some(other) = tests.get(*number as usize) {
                    give(program, tests, other, state, (chain, recorded));
                }
            }
            (Given::Case(path, span), _) => {
                if let Some(recorded) = recorded {
                    recorded.give(program, path, *span, state);
                }
            }
            (Given::Test(_), None) => {}
        }
    }
    if let (Some(now), Some(slot)) = (test.now, program.slot_named("now")) {
        state.set(slot, Partial::Known(Value::Time(now)));
    }
    for set in &test.sets {
        let (Some(old), Some(slot)) = (state.get(set.slot), program.slots.get(set.slot.0 as usize))
        else {
            continue;
        };
        let value = with(old, &slot.ty, &set.path, &set.value);
        state.set(set.slot, value);
    }
}

/// A value with a part replaced; a record of which nothing else is known comes to be known by it.
fn with(old: &Partial, ty: &Type, path: &[u32], value: &Partial) -> Partial {
    let (Some((field, rest)), Some(record)) = (path.split_first(), ty.record()) else {
        return value.clone();
    };
    let unknown = Partial::Unknown(std::sync::Arc::from([]));
    let mut fields: Vec<Partial> = match old {
        Partial::Known(Value::Record(fields)) => fields.to_vec(),
        _ => vec![unknown; record.fields.len()],
    };
    if let (Some(place), Some(inner)) = (
        fields.get_mut(*field as usize),
        record.fields.get(*field as usize),
    ) {
        *place = with(place, &inner.ty, rest, value);
    }
    Partial::Known(Value::Record(fields.into()))
}

/// Reports what a test reports, and those that it starts from.
fn complain(
    program: &Sealed,
    tests: &[TestCase],
    test: &TestCase,
    state: &mut State,
    chain: usize,
) {
    for given in &test.given {
        if let (Given::Test(number), Some(chain)) = (given, chain.checked_sub(1))
            && let Some(other) = tests.get(*number as usize)
        {
            complain(program, tests, other, state, chain);
        }
    }
    for complaint in &test.complaint {
        match complaint {
            Complaint::Symptom(symptom) => state.set_reported(*symptom, true),
            Complaint::Code(_, codes) => {
                for code in codes {
                    state.report_code(code.clone());
                    for (number, symptom) in (0..).zip(&program.symptoms) {
                        if symptom.codes.contains(code) {
                            state.set_reported(SymptomId(number), true);
                        }
                    }
                }
            }
            Complaint::Pasted(_) => {}
        }
    }
}
