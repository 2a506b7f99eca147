//! Decides rules, symptoms and expressions on what is known, exactly as the law says (O1 to O13, V1 to V5).
//!
//! A [`Decider`] looks at one state; it remembers what it has decided in a [`Scratch`], which serves one state after another
//! without new memory. What is needed further is told by [`crate::needs`], what decided a verdict by [`crate::why`].

use std::num::NonZeroU32;

use rulec_facts::code::Code;
use rulec_facts::truth::Truth;
use rulec_facts::value::{Partial, Value};
use rustc_hash::FxHashMap;

use crate::code::{self, Head, Leaves};
use crate::needs::Needs;
use crate::node::{LetId, NodeId};
use crate::program::{RuleId, SymptomId};
use crate::seal::Sealed;
use crate::state::State;
pub use scratch::{Kept, Scratch};
pub(crate) use terms::{Elements, Term};

mod conditions;
mod scratch;
mod terms;

/// The part of V1 that decided a verdict or left it open; a confirmed rule has `Condition`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Because {
    /// Presence of its symptoms.
    Symptom,
    /// Its own condition.
    Condition,
    /// A rule that overrides it.
    Overridden,
    /// An ordinary rule of its symptom.
    Otherwise,
}

impl Because {
    /// As reports spell it.
    pub fn name(self) -> &'static str {
        match self {
            Because::Symptom => "symptom",
            Because::Condition => "condition",
            Because::Overridden => "overridden",
            Because::Otherwise => "otherwise",
        }
    }
}

/// A verdict with the part that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// T confirmed, F ruled out, U open.
    pub truth: Truth,
    /// By which part of V1.
    pub because: Because,
}

/// Decides on one state. Nothing in it may change while it lives; make another one for the next state.
pub struct Decider<'a> {
    pub(crate) program: &'a Sealed,
    pub(crate) state: &'a State,
    scratch: &'a mut Scratch,
    /// Values of the variables of the quantifiers around the node that is looked at.
    pub(crate) variables: Vec<Term<'a>>,
    /// What rules need, once somebody asked.
    pub(crate) needs: FxHashMap<RuleId, Needs>,
    /// An operand of `and` or `or` that is looked at as if it were not there; what is asked by [`Decider::truth`] alone knows of it.
    left_out: Option<NodeId>,
}

impl<'a> Decider<'a> {
    /// Starts on a state; what the scratch remembers of other states is forgotten, what it knows of texts is kept.
    pub fn new(program: &'a Sealed, state: &'a State, scratch: &'a mut Scratch) -> Decider<'a> {
        Decider::without(program, state, scratch, None)
    }

    /// The same for conditions that are looked at without an operand of an `and` or `or`, in derived facts as well. What verdicts and symptoms
    /// hang on may not hold it.
    pub(crate) fn without(
        program: &'a Sealed,
        state: &'a State,
        scratch: &'a mut Scratch,
        left_out: Option<NodeId>,
    ) -> Decider<'a> {
        scratch.start(program);
        let mut decider = Decider {
            program,
            state,
            scratch,
            variables: Vec::new(),
            needs: FxHashMap::default(),
            left_out,
        };
        if program.has_deep_lets() {
            // Each stands after those that it names: no recursion through lets is left.
            for at in 0..program.lets.len() {
                decider.remember_let(LetId(at as u32));
            }
        }
        decider
    }

    /// The program that is decided.
    pub fn program(&self) -> &'a Sealed {
        self.program
    }

    /// The state that is decided on.
    pub fn state(&self) -> &'a State {
        self.state
    }

    /// `conf(r)` (V1): T confirmed, F ruled out, U open.
    pub fn verdict(&mut self, rule: RuleId) -> Truth {
        self.judge(rule).truth
    }

    /// `conf(r)` with the part of V1 that gave it.
    pub fn judge(&mut self, rule: RuleId) -> Verdict {
        if let Some(known) = self.scratch.verdict(rule) {
            return known;
        }
        if self.program.has_deep_rules() {
            for rule in self.program.rules_in_order() {
                let verdict = self.judge_afresh(*rule);
                self.scratch.remember_verdict(*rule, verdict);
            }
        }
        let verdict = self.judge_afresh(rule);
        self.scratch.remember_verdict(rule, verdict);
        verdict
    }

    /// `present(s)` (V4).
    #[inline]
    pub fn present(&mut self, symptom: SymptomId) -> Truth {
        if self.state.is_reported(symptom) {
            return Truth::True;
        }
        if let Some(known) = self.scratch.present(symptom) {
            return known;
        }
        let truth = self.seen(symptom);
        self.scratch.remember_present(symptom, truth);
        truth
    }

    /// `free(r, s)` (V3).
    pub fn free(&mut self, rule: RuleId, symptom: SymptomId) -> Truth {
        let rules = &self.program.rules;
        match rules.get(rule.0 as usize) {
            Some(rule) if rule.otherwise => self.unclaimed(symptom),
            _ => Truth::True,
        }
    }

    /// The condition of a rule; T without one. The leaves that decided it are kept.
    pub fn condition(&mut self, rule: RuleId) -> Truth {
        if let Some(known) = self.scratch.condition(rule) {
            return known;
        }
        let code = self.program.code();
        match code.head(rule).and_then(|head| head.first) {
            None => Truth::True,
            Some(first) => self.run_condition(rule, first),
        }
    }

    /// The leaves of the rule's condition that decided it (U3), in source order; of an undecided condition those that were looked at.
    /// Empty before the condition was decided, or if the rule has none.
    pub fn kept(&mut self, rule: RuleId) -> &[Kept] {
        self.scratch.kept.clear();
        let code = self.program.code();
        let first = code.head(rule).and_then(|head| head.first);
        let Some((first, leaves)) = first.zip(self.scratch.leaves(rule)) else {
            return &[];
        };
        let kept = &mut self.scratch.kept;
        let clauses = code.clauses(rule);
        if !clauses.is_some_and(|it| code.keep(it, leaves, kept)) {
            self.run(first.get() as usize);
        }
        &self.scratch.kept
    }

    /// Truth of a condition that stands in no quantifier.
    pub fn truth(&mut self, node: NodeId) -> Truth {
        self.truth_of(node)
    }

    /// What is known of the value of an expression that stands in no quantifier; a number of which only bounds are known is unknown (O7).
    /// An unknown one carries reasons: those of the facts that it needs.
    pub fn term(&mut self, node: NodeId) -> Partial {
        match self.term_of(node).into_partial() {
            Partial::Unknown(reasons) if reasons.is_empty() => Partial::Unknown(self.reasons(node)),
            value => value,
        }
    }

    /// As [`Decider::term`], for an expression whose variable 0 stands for this element: a hole in a source with `each x in`.
    pub fn term_for(&mut self, node: NodeId, element: &Partial) -> Partial {
        let around = std::mem::take(&mut self.variables);
        self.variables.push(Term::Own(element.clone()));
        let value = self.term_of(node).into_partial();
        self.variables = around;
        value
    }

    /// `code in reported` (T7).
    pub fn reported(&mut self, code: &Code) -> Truth {
        if self.state.codes().binary_search(code).is_ok() {
            return Truth::True;
        }
        self.collect_reported();
        self.scratch.reported.holds(code)
    }

    /// Some symptom of the rule is present; T for a latent fault (V1).
    pub fn any_present(&mut self, rule: RuleId) -> Truth {
        match self.program.code().head(rule) {
            Some(head) => self.over_symptoms(head, |_, _| Truth::True),
            None => Truth::Unknown,
        }
    }

    fn run_condition(&mut self, rule: RuleId, first: NonZeroU32) -> Truth {
        let code = self.program.code();
        let mut leaves = Leaves::NONE;
        let clauses = code.clauses(rule).and_then(|clauses| {
            leaves = Leaves::of(code.probes_of(clauses), self.state.cells());
            clauses.truth(leaves)
        });
        let truth = match clauses {
            Some(rank) => code::truth(rank),
            None => self.run(first.get() as usize),
        };
        self.scratch.remember_condition(rule, truth, leaves);
        truth
    }

    fn judge_afresh(&mut self, id: RuleId) -> Verdict {
        let code = self.program.code();
        let Some(head) = code.head(id) else {
            return Verdict {
                truth: Truth::Unknown,
                because: Because::Symptom,
            };
        };
        let mut parts = Parts::default();
        if parts.add(
            Because::Symptom,
            self.over_symptoms(head, |_, _| Truth::True),
        ) {
            return parts.verdict();
        }
        if let Some(first) = head.first {
            let known = self.scratch.condition(id);
            let truth = known.unwrap_or_else(|| self.run_condition(id, first));
            if parts.add(Because::Condition, truth) {
                return parts.verdict();
            }
        }
        let mut standing = Truth::True;
        for other in code.overridden_by(head) {
            standing = standing.and(!self.verdict(*other));
            if standing == Truth::False {
                break;
            }
        }
        if parts.add(Because::Overridden, standing) {
            return parts.verdict();
        }
        if head.otherwise {
            let left = self.over_symptoms(head, Decider::unclaimed);
            parts.add(Because::Otherwise, left);
        }
        parts.verdict()
    }

    /// `or` over the rule's symptoms of (present and `also`).
    fn over_symptoms(&mut self, head: Head, also: impl Fn(&mut Self, SymptomId) -> Truth) -> Truth {
        if head.latent {
            return Truth::True;
        }
        let mut found = Truth::False;
        for symptom in self.program.code().symptoms(head) {
            let mut here = self.present(*symptom);
            if here != Truth::False {
                here = here.and(also(self, *symptom));
            }
            found = found.or(here);
            if found == Truth::True {
                break;
            }
        }
        found
    }

    /// No ordinary rule of the symptom is confirmed.
    fn unclaimed(&mut self, symptom: SymptomId) -> Truth {
        if let Some(known) = self.scratch.unclaimed(symptom) {
            return known;
        }
        let program = self.program;
        let mut truth = Truth::True;
        for rule in program.ordinary_rules(symptom) {
            truth = truth.and(!self.verdict(*rule));
            if truth == Truth::False {
                break;
            }
        }
        self.scratch.remember_unclaimed(symptom, truth);
        truth
    }

    /// V4 for a symptom that the complaint does not name.
    fn seen(&mut self, id: SymptomId) -> Truth {
        let program = self.program;
        let Some(symptom) = program.symptoms.get(id.0 as usize) else {
            return Truth::Unknown;
        };
        let mut truth = Truth::False;
        for code in &symptom.codes {
            truth = truth.or(self.reported(code));
        }
        if !symptom.asks.is_empty() {
            let answer = self.state.answered(id);
            truth = truth.or(answer.map_or(Truth::Unknown, Truth::from));
        }
        for condition in &symptom.seen {
            if truth == Truth::True {
                break;
            }
            truth = truth.or(self.truth_of(*condition));
        }
        truth
    }

    /// Gathers the codes of the facts that report, once a state.
    fn collect_reported(&mut self) {
        if self.scratch.reported.start(self.scratch.epoch) {
            return;
        }
        let program = self.program;
        for slot in program.reporting() {
            let field = program.slots.get(slot.0 as usize).and_then(|it| it.reports);
            match (self.state.get(*slot), field) {
                (Some(value), Some(field)) => self.scratch.reported.add(value, field, true),
                _ => self.scratch.reported.open = true,
            }
        }
    }

    fn remember_let(&mut self, id: LetId) {
        if self.scratch.has_let(id) {
            return;
        }
        let program = self.program;
        let Some(it) = program.lets.get(id.0 as usize) else {
            return;
        };
        // A let stands outside of every quantifier: its variables are its own.
        let around = std::mem::take(&mut self.variables);
        let value = self.term_of(it.value).owned();
        self.variables = around;
        self.scratch.remember_let(id, value);
    }

    pub(crate) fn let_truth(&mut self, id: LetId) -> Truth {
        self.remember_let(id);
        self.scratch
            .let_value(id)
            .map_or(Truth::Unknown, Term::truth)
    }

    pub(crate) fn let_term(&mut self, id: LetId) -> Term<'a> {
        self.remember_let(id);
        match self.scratch.let_value(id) {
            Some(value) => value.clone(),
            None => Term::unknown(),
        }
    }

    /// `certificate(text)` (F1).
    pub(crate) fn certificate_of(&self, text: &str) -> Partial {
        let pinned = self.scratch.pinned(text).cloned();
        pinned.unwrap_or_else(|| self.program.certificate(text))
    }

    /// `e in reported` for any term: F for an absent one; an unknown one is undecided unless nothing is reported.
    pub(crate) fn term_reported(&mut self, term: &Partial) -> Truth {
        match term {
            Partial::Known(Value::Code(code)) => self.reported(code),
            Partial::Known(_) | Partial::Absent => Truth::False,
            Partial::Unknown(_) => {
                self.collect_reported();
                let reported = &self.scratch.reported;
                match self.state.codes().is_empty() && reported.is_empty() {
                    true => Truth::False,
                    false => Truth::Unknown,
                }
            }
        }
    }
}

/// Puts the parts of V1 together in the order in which a reader is told of them.
#[derive(Default)]
struct Parts {
    undecided: Option<Because>,
    failed: Option<Because>,
}

impl Parts {
    /// Adds a part; true once the verdict is F, when no further part matters.
    fn add(&mut self, part: Because, truth: Truth) -> bool {
        match truth {
            Truth::True => {}
            Truth::Unknown => {
                self.undecided.get_or_insert(part);
            }
            Truth::False => self.failed = Some(part),
        }
        self.failed.is_some()
    }

    fn verdict(&self) -> Verdict {
        let (truth, because) = match (self.failed, self.undecided) {
            (Some(part), _) => (Truth::False, part),
            (None, Some(part)) => (Truth::Unknown, part),
            (None, None) => (Truth::True, Because::Condition),
        };
        Verdict { truth, because }
    }
}
