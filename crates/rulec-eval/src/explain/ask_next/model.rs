//! From a session to a model: open verdicts as gates over tests, tests over the cells of what they read, costs of finding out.

use std::collections::{BTreeMap, BTreeSet};

use rulec_facts::code::Code;
use rulec_facts::source as kinds;
use rulec_facts::truth::Truth;
use rulec_facts::types::Type;
use rulec_facts::value::{Partial, Value};
use rulec_program::decide::{Decider, Scratch};
use rulec_program::needs::Needs;
use rulec_program::node::{LetId, NodeId, Op, SlotId};
use rulec_program::program::{Likelihood, Origin, Rule, RuleId, SymptomId};

use super::cells;
use super::worlds::{Cause, Gate, Group, Model};
use crate::express;
use crate::progress::lay_over;
use crate::session::Session;

/// Derived facts inside derived facts that are looked through; deeper ones are tests as a whole.
const DEEPEST: u32 = 60;
/// What it takes to ask a person, seconds.
const PERSON: f64 = 30.0;
/// What it takes to say when it is, seconds.
const CLOCK: f64 = 1.0;
/// What a place costs more that takes a privilege, seconds: somebody who has it must be found.
const PRIVILEGE: f64 = 20.0;

/// What can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Topic {
    Symptom(SymptomId),
    Fact(SlotId),
}

/// A test that is open.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Test {
    Node(NodeId),
    Reported(Code),
    Answered(SymptomId),
}

/// What is open in a session.
pub(crate) struct Open {
    pub(crate) model: Model,
    pub(crate) topics: Vec<Topic>,
    /// The tests of each group.
    pub(crate) tests: Vec<Vec<Test>>,
    /// The rules of the model's goals.
    pub(crate) rules: Vec<RuleId>,
    /// What each topic is needed for, by number of rule; of what only assumptions name nothing.
    pub(crate) needed: BTreeMap<Topic, BTreeSet<RuleId>>,
    /// The parts of facts that open tests read; of a fact that only places wait for there is none.
    parts: BTreeMap<SlotId, BTreeSet<Vec<u32>>>,
}

impl Open {
    /// The fields of the fact that count; the fact itself where all of it does.
    pub(crate) fn paths(&self, fact: SlotId) -> Vec<Vec<u32>> {
        match self.parts.get(&fact) {
            Some(paths) => paths.iter().cloned().collect(),
            None => vec![Vec::new()],
        }
    }
}

/// Reads a session.
pub(crate) fn open(session: &Session<'_>) -> Open {
    let mut scratch = Scratch::default();
    let mut builder = Builder {
        session,
        look: Decider::new(session.program, &session.state, &mut scratch),
        gates: Vec::new(),
        tests: Vec::new(),
        known_tests: BTreeMap::new(),
        rules: BTreeMap::new(),
        lets: BTreeMap::new(),
        presences: BTreeMap::new(),
    };
    builder.read()
}

/// A test with what it takes to know it.
struct Leaf {
    test: Test,
    topics: Vec<Topic>,
    /// The only part that it reads and that is not known, if that is one scalar.
    part: Option<(SlotId, Vec<u32>)>,
}

struct Builder<'s, 'p> {
    session: &'s Session<'p>,
    look: Decider<'s>,
    gates: Vec<Gate>,
    /// In [`Gate::Test`] of a gate in the making: the number of the test, and 0.
    tests: Vec<Leaf>,
    known_tests: BTreeMap<String, usize>,
    rules: BTreeMap<RuleId, usize>,
    lets: BTreeMap<LetId, usize>,
    presences: BTreeMap<SymptomId, usize>,
}

impl Builder<'_, '_> {
    fn read(&mut self) -> Open {
        let program = self.session.program;
        let scope = &self.session.scope.rules;
        let mut goals = Vec::new();
        let mut rules = Vec::new();
        let mut causes = Vec::new();
        let mut needed: BTreeMap<Topic, BTreeSet<RuleId>> = BTreeMap::new();
        for id in program.rules_in_order() {
            let Some(rule) = program.rules.get(id.0 as usize) else {
                continue;
            };
            if scope.binary_search(id).is_err() {
                continue;
            }
            let gate = self.rule(*id, rule);
            self.rules.insert(*id, gate);
            if !self.look.verdict(*id).is_unknown() {
                continue;
            }
            goals.push(gate);
            rules.push(*id);
            if !rule.otherwise {
                let weight = weight(rule.likelihood);
                causes.push(Cause { gate, weight });
            }
            for topic in topics_of(&self.look.needs_of_rule(*id)) {
                needed.entry(topic).or_default().insert(*id);
            }
        }
        let assumes = self.assumes(&needed);
        let mut all: BTreeSet<Topic> = needed.keys().copied().collect();
        all.extend(self.tests.iter().flat_map(|it| it.topics.iter().copied()));
        let topics: Vec<Topic> = all.into_iter().collect();
        let (groups, tests) = self.groups(&topics);
        Open {
            model: Model {
                gates: std::mem::take(&mut self.gates),
                groups,
                costs: topics.iter().map(|it| cost(self.session, *it)).collect(),
                goals,
                causes,
                none: weight(None),
                assumes,
            },
            topics,
            tests,
            rules,
            parts: self.parts(),
            needed,
        }
    }

    fn parts(&self) -> BTreeMap<SlotId, BTreeSet<Vec<u32>>> {
        let mut parts: BTreeMap<SlotId, BTreeSet<Vec<u32>>> = BTreeMap::new();
        for leaf in &self.tests {
            let read = match &leaf.test {
                Test::Node(node) => self.look.reads_of(*node).parts,
                Test::Reported(_) => {
                    let all = self.session.program.reporting().iter();
                    all.map(|it| (*it, Vec::new())).collect()
                }
                Test::Answered(_) => Vec::new(),
            };
            for (slot, path) in read {
                parts.entry(slot).or_default().insert(path);
            }
        }
        parts
    }

    fn gate(&mut self, gate: Gate) -> usize {
        self.gates.push(gate);
        self.gates.len() - 1
    }

    fn known(&mut self, truth: Truth) -> usize {
        self.gate(Gate::Known(truth))
    }

    /// V1.
    fn rule(&mut self, id: RuleId, rule: &Rule) -> usize {
        let truth = self.look.verdict(id);
        if !truth.is_unknown() {
            return self.known(truth);
        }
        let mut parts: Vec<usize> = Vec::new();
        parts.extend(rule.when.map(|when| self.condition(when, 0)));
        if !rule.is_latent() {
            let mut symptoms = Vec::new();
            for symptom in &rule.symptoms {
                let mut both = vec![self.present(*symptom)];
                if rule.otherwise {
                    let others = self.session.program.ordinary_rules(*symptom);
                    both.extend(others.iter().map(|it| self.denied(*it)));
                }
                symptoms.push(self.gate(Gate::All(both)));
            }
            parts.push(self.gate(Gate::Any(symptoms)));
        }
        parts.extend(rule.overridden_by.iter().map(|it| self.denied(*it)));
        self.gate(Gate::All(parts))
    }

    fn denied(&mut self, rule: RuleId) -> usize {
        match self.rules.get(&rule).copied() {
            Some(gate) => self.gate(Gate::Not(gate)),
            None => {
                let truth = !self.look.verdict(rule);
                self.known(truth)
            }
        }
    }

    /// V4.
    fn present(&mut self, id: SymptomId) -> usize {
        if let Some(gate) = self.presences.get(&id) {
            return *gate;
        }
        let gate = self.find_present(id);
        self.presences.insert(id, gate);
        gate
    }

    fn find_present(&mut self, id: SymptomId) -> usize {
        let program = self.session.program;
        let truth = self.look.present(id);
        let Some(symptom) = program
            .symptoms
            .get(id.0 as usize)
            .filter(|_| truth.is_unknown())
        else {
            return self.known(truth);
        };
        let mut parts = Vec::new();
        for code in &symptom.codes {
            if self.look.reported(code).is_unknown() {
                parts.push(self.reported(code));
            }
        }
        if !symptom.asks.is_empty() && self.session.state.answered(id).is_none() {
            let topics = vec![Topic::Symptom(id)];
            let test = Test::Answered(id);
            parts.push(self.test(format!("symptom {}", id.0), test, topics, None));
        }
        for condition in &symptom.seen {
            parts.push(self.condition(*condition, 0));
        }
        self.gate(Gate::Any(parts))
    }

    fn reported(&mut self, code: &Code) -> usize {
        let slots = self.session.program.reporting().iter();
        let state = &self.session.state;
        let open = slots.filter(|it| !state.get(**it).is_some_and(Partial::is_total));
        let topics = open.map(|it| Topic::Fact(*it)).collect();
        self.test(
            format!("code {code}"),
            Test::Reported(code.clone()),
            topics,
            None,
        )
    }

    /// A condition that stands in no quantifier.
    fn condition(&mut self, node: NodeId, lets: u32) -> usize {
        let program = self.session.program;
        let truth = self.look.truth(node);
        if !truth.is_unknown() {
            return self.known(truth);
        }
        match program.nodes.op(node) {
            Some(Op::And(list)) => {
                let all = program.nodes.list(list).iter();
                let parts = all.map(|it| self.condition(*it, lets)).collect();
                self.gate(Gate::All(parts))
            }
            Some(Op::Or(list)) => {
                let all = program.nodes.list(list).iter();
                let parts = all.map(|it| self.condition(*it, lets)).collect();
                self.gate(Gate::Any(parts))
            }
            Some(Op::Not(of)) => {
                let of = self.condition(of, lets);
                self.gate(Gate::Not(of))
            }
            Some(Op::Let(id)) if lets < DEEPEST => {
                if let Some(gate) = self.lets.get(&id) {
                    return *gate;
                }
                let Some(it) = program.lets.get(id.0 as usize) else {
                    return self.known(truth);
                };
                let gate = self.condition(it.value, lets + 1);
                self.lets.insert(id, gate);
                gate
            }
            _ => {
                let topics = topics_of(&self.look.needs_of(node));
                let part = self.only_part(node);
                let text = express::text(program, node);
                self.test(text, Test::Node(node), topics, part)
            }
        }
    }

    /// The one scalar that the test reads and that is not known.
    fn only_part(&self, node: NodeId) -> Option<(SlotId, Vec<u32>)> {
        let parts = self.look.reads_of(node).parts;
        let is_open = |(slot, path): &&(SlotId, Vec<u32>)| {
            let value = self.session.state.get(*slot);
            !value
                .and_then(|it| at(it, path))
                .is_some_and(Partial::is_total)
        };
        let mut open = parts.iter().filter(is_open);
        let (slot, path) = open.next().filter(|_| open.next().is_none())?;
        let ty = &self.session.program.slots.get(slot.0 as usize)?.ty;
        let ty = type_at(ty, path)?;
        (ty.record().is_none() && ty.member().is_none()).then(|| (*slot, path.clone()))
    }

    /// Tests that read the same are one.
    fn test(
        &mut self,
        text: String,
        test: Test,
        topics: Vec<Topic>,
        part: Option<(SlotId, Vec<u32>)>,
    ) -> usize {
        if topics.is_empty() {
            return self.known(Truth::Unknown);
        }
        let next = self.tests.len();
        let number = *self.known_tests.entry(text).or_insert(next);
        if number == next {
            self.tests.push(Leaf { test, topics, part });
        }
        self.gate(Gate::Test(number, 0))
    }

    /// Assumptions that are open and say something of what is needed.
    fn assumes(&mut self, needed: &BTreeMap<Topic, BTreeSet<RuleId>>) -> Vec<usize> {
        let mut gates = Vec::new();
        for assume in &self.session.program.assumes {
            let topics = topics_of(&self.look.needs_of(assume.condition));
            if topics.iter().any(|it| needed.contains_key(it)) {
                gates.push(self.condition(assume.condition, 0));
            }
        }
        gates
    }

    /// Tests on one scalar share its cells; every other test is true or false by itself.
    fn groups(&mut self, topics: &[Topic]) -> (Vec<Group>, Vec<Vec<Test>>) {
        let mut by_part: BTreeMap<(SlotId, Vec<u32>), Vec<usize>> = BTreeMap::new();
        for (number, leaf) in self.tests.iter().enumerate() {
            if let Some(part) = &leaf.part {
                by_part.entry(part.clone()).or_default().push(number);
            }
        }
        let mut groups: Vec<(Group, Vec<usize>)> = Vec::new();
        let mut placed: BTreeSet<usize> = BTreeSet::new();
        for ((slot, path), leaves) in by_part {
            let rows = self.rows(slot, &path, &leaves);
            if rows.len() > 1 {
                placed.extend(leaves.iter().copied());
                let topics = self.numbers(&leaves, topics);
                groups.push((Group { rows, topics }, leaves));
            }
        }
        for number in (0..self.tests.len()).filter(|it| !placed.contains(it)) {
            let topics = self.numbers(&[number], topics);
            let rows = vec![vec![false], vec![true]];
            groups.push((Group { rows, topics }, vec![number]));
        }
        let mut places: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for (group, (_, leaves)) in groups.iter().enumerate() {
            places.extend(
                leaves
                    .iter()
                    .zip(0..)
                    .map(|(leaf, test)| (*leaf, (group, test))),
            );
        }
        for gate in &mut self.gates {
            if let Gate::Test(number, _) = gate
                && let Some((group, test)) = places.get(number)
            {
                *gate = Gate::Test(*group, *test);
            }
        }
        let tests = groups.iter().map(|(_, leaves)| {
            let all = leaves.iter().filter_map(|it| self.tests.get(*it));
            all.map(|it| it.test.clone()).collect()
        });
        let tests = tests.collect();
        (groups.into_iter().map(|(group, _)| group).collect(), tests)
    }

    fn numbers(&self, leaves: &[usize], topics: &[Topic]) -> Vec<usize> {
        let leaves = leaves.iter().filter_map(|it| self.tests.get(*it));
        let of = leaves.flat_map(|it| &it.topics);
        let all: BTreeSet<usize> = of.filter_map(|it| topics.binary_search(it).ok()).collect();
        all.into_iter().collect()
    }

    /// What comes out of the tests for each value that they tell apart.
    fn rows(&self, id: SlotId, path: &[u32], leaves: &[usize]) -> Vec<Vec<bool>> {
        let program = self.session.program;
        let nodes: Vec<NodeId> = leaves
            .iter()
            .filter_map(|it| match self.tests.get(*it)?.test {
                Test::Node(node) => Some(node),
                _ => None,
            })
            .collect();
        let (Some(slot), Some(before)) =
            (program.slots.get(id.0 as usize), self.session.state.get(id))
        else {
            return Vec::new();
        };
        let Some(ty) = type_at(&slot.ty, path) else {
            return Vec::new();
        };
        let mut scratch = Scratch::default();
        let mut rows: BTreeSet<Vec<bool>> = BTreeSet::new();
        let known = cells::known(&self.look, &nodes);
        for value in cells::values(program, ty, &nodes, &known) {
            let mut state = self.session.state.clone();
            state.set(id, lay_over(before.clone(), &slot.ty, path, &value, slot));
            let mut look = Decider::new(program, &state, &mut scratch);
            let truths = nodes.iter().map(|it| match look.truth(*it) {
                Truth::True => Some(true),
                Truth::False => Some(false),
                Truth::Unknown => None,
            });
            rows.extend(truths.collect::<Option<Vec<bool>>>());
        }
        rows.into_iter().collect()
    }
}

fn weight(likelihood: Option<Likelihood>) -> f64 {
    match likelihood {
        Some(Likelihood::Common) => 9.0,
        Some(Likelihood::Occasional) | None => 3.0,
        Some(Likelihood::Rare) => 1.0,
    }
}

fn topics_of(needs: &Needs) -> Vec<Topic> {
    let facts = needs.all().into_iter().map(Topic::Fact);
    let asks = needs.asks.iter().map(|it| Topic::Symptom(*it));
    asks.chain(facts).collect()
}

/// Seconds: what the fact says, else the first place that was not tried, else a person.
pub(crate) fn cost(session: &Session<'_>, topic: Topic) -> f64 {
    let Topic::Fact(id) = topic else {
        return PERSON;
    };
    let slot = session.program.slots.get(id.0 as usize);
    let Some(slot) = slot else {
        return PERSON;
    };
    if slot.origin == Origin::Now {
        return CLOCK;
    }
    let next = session.slots.get(id.0 as usize).map_or(0, |it| it.next);
    let source = slot.sources.get(next).or(slot.sources.first());
    let kind = source.and_then(|it| kinds::find(&it.system, &it.kind));
    let own = slot.cost.map(|it| it as f64 / 1e9);
    let time = own.or_else(|| kind.map(|it| it.cost.as_secs_f64()));
    let privileged = kind.is_some_and(|it| it.privilege != "none");
    let privilege = if privileged { PRIVILEGE } else { 0.0 };
    time.map_or(PERSON, |it| it + privilege).max(0.001)
}

/// The part of a value at a path of fields; none if it is not reached.
fn at<'v>(value: &'v Partial, path: &[u32]) -> Option<&'v Partial> {
    let Some((first, rest)) = path.split_first() else {
        return Some(value);
    };
    match value {
        Partial::Known(Value::Record(fields)) => at(fields.get(*first as usize)?, rest),
        // A field of what is not there is not there.
        Partial::Absent => Some(value),
        _ => None,
    }
}

fn type_at<'t>(ty: &'t Type, path: &[u32]) -> Option<&'t Type> {
    let Some((first, rest)) = path.split_first() else {
        return Some(ty);
    };
    type_at(&ty.record()?.fields.get(*first as usize)?.ty, rest)
}
