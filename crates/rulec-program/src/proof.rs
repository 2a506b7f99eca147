//! The proof of a verdict as a tree: V1 to V4 and the conditions below, each step with its truth, down to the tests on facts.
//!
//! [`crate::why`] tells the leaves that decided; this keeps what stands between, and every alternative of an `or` that holds. It walks
//! the arena on demand. Words are chosen elsewhere.

use rulec_facts::code::Code;
use rulec_facts::truth::Truth;
use rulec_facts::types::Type;
use rustc_hash::FxHashSet;

use crate::decide::{Decider, Elements, Term};
use crate::node::{LetId, NodeId, Op, SlotId};
use crate::program::{RuleId, SymptomId};
use crate::why::{MAX_LETS, Seen, Seens, in_canonical_order};

/// Steps of one proof; what lies deeper is only counted as [`Shown::Deeper`].
const MOST_STEPS: u32 = 4_000;
/// Rules inside rules that are told; deeper ones stand with their verdict alone.
const DEEPEST_RULE: u32 = 24;
/// Elements of one quantifier that are told.
const MOST_ELEMENTS: usize = 12;

/// A step of a proof: a part of V1, a condition or a test.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What is claimed.
    pub what: What,
    /// Its truth.
    pub truth: Truth,
    /// Of a test or an element: the facts and fields that it looks at.
    pub seen: Vec<Seen>,
    /// What it follows from, see [`What::joins`].
    pub parts: Vec<Step>,
    /// Elements that are not told, because there are too many.
    pub left_out: u32,
    /// Whether its parts are here.
    pub shown: Shown,
}

/// Whether the parts of a step are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Here.
    Here,
    /// At an earlier step for the same rule or derived fact.
    Before,
    /// Nowhere: too deep or too many.
    Deeper,
}

/// What a step claims.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The rule is confirmed (V1).
    Rule(RuleId),
    /// Some symptom of the rule is there, and free for it.
    Symptoms(RuleId),
    /// This symptom is there, and no ordinary rule of it is confirmed: for a rule with `otherwise`.
    Free(SymptomId),
    /// The symptom is present (V4).
    Present(SymptomId),
    /// No ordinary rule of the symptom is confirmed (V3).
    Unclaimed(SymptomId),
    /// The complaint names the symptom.
    Named(SymptomId),
    /// The code is reported (T7).
    Reported(Code),
    /// A person said that the symptom is there.
    Answered(SymptomId),
    /// The only part does not hold; the node, unless a rule is denied.
    Not(Option<NodeId>),
    /// All parts hold.
    And(NodeId),
    /// Some part holds.
    Or(NodeId),
    /// A derived fact: what its only part is.
    Let(LetId, NodeId),
    /// Some element of a list fulfils filter and body.
    Any(NodeId),
    /// An element, and whether it belongs to its list: it does, and filter and body hold.
    Element(Truth),
    /// A comparison, a test or a Boolean fact; with the `not` above it, if one stands directly there.
    Test(NodeId),
}

/// How the truth of a step follows from its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joins {
    /// From all.
    All,
    /// From any.
    Any,
    /// From what the only one is not.
    Not,
    /// From the only one.
    Same,
    /// From the facts.
    Leaf,
}

impl What {
    /// How the truth of such a step follows from its parts.
    pub fn joins(&self) -> Joins {
        match self {
            What::Rule(_)
            | What::Free(_)
            | What::Unclaimed(_)
            | What::And(_)
            | What::Element(_) => Joins::All,
            What::Symptoms(_) | What::Present(_) | What::Or(_) | What::Any(_) => Joins::Any,
            What::Not(_) => Joins::Not,
            What::Let(..) => Joins::Same,
            What::Named(_) | What::Reported(_) | What::Answered(_) | What::Test(_) => Joins::Leaf,
        }
    }
}

/// A proof in the making.
struct Making {
    /// Leave out parts that do not matter for what stands above them.
    reduced: bool,
    left: u32,
    rules: FxHashSet<RuleId>,
    lets: FxHashSet<LetId>,
    depth: u32,
}

impl Making {
    /// The part says something for a whole of that truth.
    fn keeps(&self, joins: Joins, whole: Truth, part: Truth) -> bool {
        if !self.reduced {
            return true;
        }
        let decides_alone = match joins {
            Joins::All => whole == Truth::False,
            Joins::Any => whole == Truth::True,
            _ => false,
        };
        !(decides_alone || whole.is_unknown()) || part == whole
    }

    fn is_full(&mut self) -> bool {
        self.left = self.left.saturating_sub(1);
        self.left == 0
    }
}

impl<'a> Decider<'a> {
    /// The proof of the rule's verdict; `reduced` leaves out parts that do not matter: of a false `and` those that are not false, of
    /// a true `or` those that are not true, of what is open what is decided.
    pub fn proof(&mut self, rule: RuleId, reduced: bool) -> Step {
        let mut making = Making {
            reduced,
            left: MOST_STEPS,
            rules: FxHashSet::default(),
            lets: FxHashSet::default(),
            depth: 0,
        };
        self.prove_rule(rule, &mut making)
    }

    fn prove_rule(&mut self, id: RuleId, making: &mut Making) -> Step {
        let mut step = Step::new(What::Rule(id), self.verdict(id));
        let program = self.program;
        let Some(rule) = program.rules.get(id.0 as usize) else {
            return step;
        };
        step.shown = match making.depth >= DEEPEST_RULE || making.is_full() {
            true => Shown::Deeper,
            false if making.rules.insert(id) => Shown::Here,
            false => Shown::Before,
        };
        if step.shown != Shown::Here {
            return step;
        }
        making.depth += 1;
        if !rule.is_latent() {
            let truth = self.under_symptoms(id);
            if making.keeps(Joins::All, step.truth, truth) {
                let part = self.prove_symptoms(id, truth, making);
                step.parts.push(part);
            }
        }
        if let Some(when) = rule.when {
            let truth = self.truth(when);
            if making.keeps(Joins::All, step.truth, truth) {
                let part = self.prove(when, truth, 0, making);
                step.parts.push(part);
            }
        }
        let others = rule.overridden_by.iter().copied();
        self.deny_rules(others, &mut step, making);
        making.depth -= 1;
        step
    }

    /// Adds that each of these rules is not confirmed.
    fn deny_rules(
        &mut self,
        rules: impl Iterator<Item = RuleId>,
        step: &mut Step,
        making: &mut Making,
    ) {
        for other in rules {
            let truth = !self.verdict(other);
            if making.keeps(Joins::All, step.truth, truth) {
                let mut denied = Step::new(What::Not(None), truth);
                denied.parts.push(self.prove_rule(other, making));
                step.parts.push(denied);
            }
        }
    }

    fn under_symptoms(&mut self, id: RuleId) -> Truth {
        let program = self.program;
        let symptoms = program.rules.get(id.0 as usize).map(|it| &it.symptoms);
        let mut found = Truth::False;
        for symptom in symptoms.into_iter().flatten() {
            found = found.or(self.present(*symptom).and(self.free(id, *symptom)));
        }
        found
    }

    fn prove_symptoms(&mut self, id: RuleId, truth: Truth, making: &mut Making) -> Step {
        let program = self.program;
        let mut step = Step::new(What::Symptoms(id), truth);
        let Some(rule) = program.rules.get(id.0 as usize) else {
            return step;
        };
        for symptom in &rule.symptoms {
            let (present, free) = (self.present(*symptom), self.free(id, *symptom));
            let here = present.and(free);
            if !making.keeps(Joins::Any, truth, here) {
                continue;
            }
            if !rule.otherwise {
                step.parts.push(self.prove_present(*symptom, making));
                continue;
            }
            let mut both = Step::new(What::Free(*symptom), here);
            if making.keeps(Joins::All, here, present) {
                both.parts.push(self.prove_present(*symptom, making));
            }
            if making.keeps(Joins::All, here, free) {
                let mut unclaimed = Step::new(What::Unclaimed(*symptom), free);
                let others = program.ordinary_rules(*symptom).iter().copied();
                self.deny_rules(others, &mut unclaimed, making);
                both.parts.push(unclaimed);
            }
            step.parts.push(both);
        }
        step
    }

    fn prove_present(&mut self, id: SymptomId, making: &mut Making) -> Step {
        let program = self.program;
        let mut step = Step::new(What::Present(id), self.present(id));
        let Some(symptom) = program.symptoms.get(id.0 as usize) else {
            return step;
        };
        let named = Truth::from(self.state.is_reported(id));
        if making.keeps(Joins::Any, step.truth, named) {
            step.parts.push(Step::new(What::Named(id), named));
        }
        for code in &symptom.codes {
            let truth = self.reported(code);
            if making.keeps(Joins::Any, step.truth, truth) {
                let mut leaf = Step::new(What::Reported(code.clone()), truth);
                if self.state.codes().binary_search(code).is_err() {
                    leaf.seen = self.all_reporting();
                }
                step.parts.push(leaf);
            }
        }
        if !symptom.asks.is_empty() {
            let truth = self.state.answered(id).map_or(Truth::Unknown, Truth::from);
            if making.keeps(Joins::Any, step.truth, truth) {
                step.parts.push(Step::new(What::Answered(id), truth));
            }
        }
        for condition in &symptom.seen {
            let truth = self.truth(*condition);
            if making.keeps(Joins::Any, step.truth, truth) {
                step.parts.push(self.prove(*condition, truth, 0, making));
            }
        }
        step
    }

    fn all_reporting(&self) -> Vec<Seen> {
        let mut seen = Seens::default();
        for slot in self.program.reporting() {
            seen.push_slot(self, *slot);
        }
        seen.found
    }

    /// The proof of a condition of that truth, under the variables that are set.
    fn prove(&mut self, node: NodeId, truth: Truth, lets: u32, making: &mut Making) -> Step {
        let program = self.program;
        if making.is_full() {
            let mut step = Step::new(What::Test(node), truth);
            step.shown = Shown::Deeper;
            return step;
        }
        match program.nodes.op(node) {
            Some(Op::And(list)) => {
                let what = What::And(node);
                self.prove_operands(what, program.nodes.list(list), truth, lets, making)
            }
            Some(Op::Or(list)) => {
                let what = What::Or(node);
                self.prove_operands(what, program.nodes.list(list), truth, lets, making)
            }
            Some(Op::Not(of)) if self.has_parts(of) => {
                let mut step = Step::new(What::Not(Some(node)), truth);
                step.parts.push(self.prove(of, !truth, lets, making));
                step
            }
            Some(Op::Let(id)) if lets < MAX_LETS => self.prove_let(id, node, truth, lets, making),
            Some(Op::Any {
                list, filter, body, ..
            }) => {
                let mut step = Step::new(What::Any(node), truth);
                self.prove_elements(list, filter, body, lets, &mut step, making);
                step
            }
            _ => {
                let mut step = Step::new(What::Test(node), truth);
                let mut seen = Seens::default();
                self.look(node, lets, &mut seen);
                step.seen = seen.found;
                step
            }
        }
    }

    fn has_parts(&self, node: NodeId) -> bool {
        matches!(
            self.program.nodes.op(node),
            Some(Op::And(_) | Op::Or(_) | Op::Not(_) | Op::Let(_) | Op::Any { .. })
        )
    }

    fn prove_operands(
        &mut self,
        what: What,
        operands: &[NodeId],
        truth: Truth,
        lets: u32,
        making: &mut Making,
    ) -> Step {
        let joins = what.joins();
        let mut step = Step::new(what, truth);
        for operand in operands {
            let here = self.truth_of(*operand);
            if making.keeps(joins, truth, here) {
                step.parts.push(self.prove(*operand, here, lets, making));
            }
        }
        step
    }

    fn prove_let(
        &mut self,
        id: LetId,
        node: NodeId,
        truth: Truth,
        lets: u32,
        making: &mut Making,
    ) -> Step {
        let mut step = Step::new(What::Let(id, node), truth);
        if !making.lets.insert(id) {
            step.shown = Shown::Before;
            return step;
        }
        if let Some(it) = self.program.lets.get(id.0 as usize) {
            let around = std::mem::take(&mut self.variables);
            step.parts
                .push(self.prove(it.value, truth, lets + 1, making));
            self.variables = around;
        }
        step
    }

    /// The elements that decide, in canonical order: of a true quantifier those that fulfil it, else those that do not.
    fn prove_elements(
        &mut self,
        list: NodeId,
        filter: Option<NodeId>,
        body: NodeId,
        lets: u32,
        step: &mut Step,
        making: &mut Making,
    ) {
        let mut seen = Seens::default();
        self.look(list, lets, &mut seen);
        step.seen = seen.found;
        let all = Elements::of(self.term_of(list));
        let ty = self.program.type_of(list).and_then(Type::member);
        for element in in_canonical_order(&all, ty) {
            let membership = match element.certain {
                true => Truth::True,
                false => Truth::Unknown,
            };
            let value = Term::Own(element.value);
            let truth = self.under(value.clone(), |it| it.holds(membership, filter, body));
            if !making.keeps(Joins::Any, step.truth, truth) {
                continue;
            }
            if step.parts.len() >= MOST_ELEMENTS || making.is_full() {
                step.left_out += 1;
                continue;
            }
            let path = self.element_path(list, &value, lets);
            let seen = path.map(|it| it.seen(value.clone().into_partial(), ty.cloned()));
            let mut part = Step::new(What::Element(membership), truth);
            part.seen.extend(seen);
            self.under(value, |it| {
                for test in filter.into_iter().chain([body]) {
                    let here = it.truth_of(test);
                    if making.keeps(Joins::All, truth, here) {
                        part.parts.push(it.prove(test, here, lets, making));
                    }
                }
            });
            step.parts.push(part);
        }
    }

    /// Every fact, field of a fact and symptom's question that the verdict can hang on, by the parts of V1 and the texts of conditions.
    pub fn reads(&self, rule: RuleId) -> Reads {
        let mut reads = Reads::default();
        let (nodes, reporting) = self.below(rule, &mut reads);
        self.read_nodes(nodes, reporting, &mut reads);
        reads.asks.sort_unstable();
        reads
    }

    /// The conditions on which the verdict can hang: of the rule, of those that it waits for, and of their symptoms.
    pub fn conditions(&self, rule: RuleId) -> Vec<NodeId> {
        self.below(rule, &mut Reads::default()).0
    }

    /// The same, with whether reported codes count; notes the symptoms that a person may be asked about.
    fn below(&self, rule: RuleId, reads: &mut Reads) -> (Vec<NodeId>, bool) {
        let program = self.program;
        let mut met: FxHashSet<RuleId> = FxHashSet::default();
        let mut symptoms: FxHashSet<SymptomId> = FxHashSet::default();
        let mut nodes: Vec<NodeId> = Vec::new();
        let mut left = vec![rule];
        let mut reporting = false;
        while let Some(id) = left.pop() {
            let Some(rule) = program.rules.get(id.0 as usize).filter(|_| met.insert(id)) else {
                continue;
            };
            nodes.extend(rule.when);
            left.extend(rule.overridden_by.iter().copied());
            for symptom in &rule.symptoms {
                if rule.otherwise {
                    left.extend(program.ordinary_rules(*symptom).iter().copied());
                }
                let new = symptoms.insert(*symptom) && !self.state.is_reported(*symptom);
                let it = program.symptoms.get(symptom.0 as usize);
                if let Some(it) = it.filter(|_| new) {
                    nodes.extend(it.seen.iter().copied());
                    reporting |= !it.codes.is_empty();
                    if !it.asks.is_empty() {
                        reads.asks.push(*symptom);
                    }
                }
            }
        }
        (nodes, reporting)
    }

    /// Every fact and field that a condition can hang on.
    pub fn reads_of(&self, node: NodeId) -> Reads {
        let mut reads = Reads::default();
        self.read_nodes(vec![node], false, &mut reads);
        reads
    }

    fn read_nodes(&self, mut left: Vec<NodeId>, mut reporting: bool, reads: &mut Reads) {
        let program = self.program;
        let mut met: FxHashSet<NodeId> = FxHashSet::default();
        while let Some(node) = left.pop() {
            let Some(op) = program.nodes.op(node).filter(|_| met.insert(node)) else {
                continue;
            };
            match op {
                Op::Let(id) => left.extend(program.lets.get(id.0 as usize).map(|it| it.value)),
                Op::Slot(_) | Op::Field(..) => match self.field_path(node) {
                    Some(read) => reads.parts.push(read),
                    None => program.nodes.each_operand(op, |it| left.push(it)),
                },
                Op::Reported(_) => {
                    reporting = true;
                    program.nodes.each_operand(op, |it| left.push(it));
                }
                _ => program.nodes.each_operand(op, |it| left.push(it)),
            }
        }
        if reporting {
            let facts = program.reporting().iter();
            reads.parts.extend(facts.map(|slot| (*slot, Vec::new())));
        }
        reads.parts.sort();
        reads.parts.dedup();
    }

    /// The fact and the numbers of fields, if the node is nothing else.
    fn field_path(&self, node: NodeId) -> Option<(SlotId, Vec<u32>)> {
        match self.program.nodes.op(node)? {
            Op::Slot(slot) => Some((slot, Vec::new())),
            Op::Field(of, at) => {
                let (slot, mut path) = self.field_path(of)?;
                path.push(at);
                Some((slot, path))
            }
            _ => None,
        }
    }
}

/// What a verdict or condition can hang on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reads {
    /// Facts, with the numbers of fields from the outermost; sorted.
    pub parts: Vec<(SlotId, Vec<u32>)>,
    /// Symptoms whose question counts; sorted.
    pub asks: Vec<SymptomId>,
}

impl Step {
    fn new(what: What, truth: Truth) -> Step {
        Step {
            what,
            truth,
            seen: Vec::new(),
            parts: Vec::new(),
            left_out: 0,
            shown: Shown::Here,
        }
    }
}
