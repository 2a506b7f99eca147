//! Claims as roots of a question, the assumptions that share variables with them, and what the answer means.

use std::sync::Arc;

use rulec_prove::{Answer, Cube, FormulaId, Point, Solver, Theory, Variable};
use rustc_hash::{FxHashMap, FxHashSet};

use super::atlas::PlaceId;
use super::concrete::{Base, Scene, Told};
use super::copies::{Copies, Needs, NotEnough};
use super::dropped::Dropped;
use super::encoder::{Encoder, Meaning, Mode};
use super::judge::{Asked, Judge};
use super::prover::{
    Claim, Core, Found, Limits, Proof, Question, Reason, Split, Subject, Undecided, Witness,
};
use super::replay::Replay;
use super::term::Rails;
use super::verdicts::Part;
use crate::node::{NodeId, Op};
use crate::program::{RuleId, SymptomId, Verify};
use crate::seal::Sealed;
use crate::state::State;

/// What a root of a question stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Label {
    Assume(u32),
    Literal(NodeId),
    Rule(RuleId),
    Symptom(u32),
    Whole,
}

/// An assumption as a formula.
#[derive(Debug)]
struct Assumed {
    number: u32,
    node: NodeId,
    root: FormulaId,
    variables: Arc<[Variable]>,
}

#[derive(Debug)]
pub(crate) struct Engine<'p> {
    encoder: Encoder<'p>,
    solver: Solver,
    replay: Replay,
    limits: Limits,
    assumes: Vec<Assumed>,
    /// Which assumptions name a variable.
    naming: FxHashMap<Variable, Vec<usize>>,
    /// Variables of the assumptions that stand for what is not handled.
    soft: Vec<Variable>,
    /// The variables of an assumption's formula, with those that they are linked to.
    linked: FxHashMap<FormulaId, Arc<[Variable]>>,
    /// Needs of the assumptions alone, and the copies that they come to.
    needs: Arc<Needs>,
    alone: (Arc<Copies>, Option<NotEnough>),
    /// The literal that was last left out of something.
    dropped: Option<(RuleId, Dropped)>,
    base: Ground,
}

/// Whether the assumptions can hold together.
#[derive(Debug, Clone)]
enum Ground {
    NotAsked,
    Holds(Base),
    Clashes(Core),
    Unknown,
}

impl<'p> Engine<'p> {
    pub(crate) fn new(program: &'p Sealed, limits: Limits) -> Engine<'p> {
        let mut encoder = Encoder::new(program);
        for mode in [Mode::Total, Mode::Partial] {
            encoder.mode = mode;
            gather(&mut encoder);
        }
        encoder.mode = Mode::Total;
        encoder.settle(limits.cells);
        Engine::with(encoder, limits)
    }

    /// For partial states, with the division of an engine for total ones.
    pub(crate) fn partial(total: &Engine<'p>) -> Engine<'p> {
        Engine::with(Encoder::like(&total.encoder, false), total.limits)
    }

    fn with(mut encoder: Encoder<'p>, limits: Limits) -> Engine<'p> {
        let (program, named_sets) = (encoder.program, encoder.named_sets);
        let mut needs = Needs::times(if named_sets { 1 } else { 2 });
        for assume in &program.assumes {
            encoder.need(&mut needs, assume.condition, true);
        }
        let (copies, not_enough) = encoder.count_copies(&needs, limits.copies);
        let copies = Arc::new(copies);
        encoder.set_copies(&copies);
        let mut engine = Engine {
            encoder,
            solver: Solver::new(),
            replay: Replay::default(),
            limits,
            assumes: Vec::new(),
            naming: FxHashMap::default(),
            soft: Vec::new(),
            linked: FxHashMap::default(),
            needs: Arc::new(needs),
            alone: (copies, not_enough),
            dropped: None,
            base: Ground::NotAsked,
        };
        engine.assume();
        engine
    }

    /// Writes the assumptions for the present numbers of copies.
    fn assume(&mut self) {
        let program = self.encoder.program;
        let mut changed = false;
        for (assume, number) in program.assumes.iter().zip(0..) {
            let known = self.assumes.get(number as usize);
            if known.is_some() && !self.encoder.statics.has_lists(assume.condition) {
                continue;
            }
            let root = self.encoder.truth(assume.condition).t;
            if known.is_some_and(|it| it.root == root) {
                continue;
            }
            changed = true;
            let variables = match self.linked.get(&root) {
                Some(known) => Arc::clone(known),
                None => {
                    let named = self.encoder.logic.formulas.variables(root);
                    let variables: Arc<[Variable]> = Arc::from(self.with_linked(named));
                    self.linked.insert(root, Arc::clone(&variables));
                    variables
                }
            };
            let written = Assumed {
                number,
                node: assume.condition,
                root,
                variables,
            };
            match self.assumes.get_mut(number as usize) {
                Some(place) => *place = written,
                None => self.assumes.push(written),
            }
        }
        if changed {
            self.index_assumptions();
        }
    }

    fn index_assumptions(&mut self) {
        self.naming.clear();
        self.soft.clear();
        for (at, it) in self.assumes.iter().enumerate() {
            for variable in it.variables.iter() {
                self.naming.entry(*variable).or_default().push(at);
                if let Some(Meaning::Free(..)) = self.encoder.meaning(*variable) {
                    self.soft.push(*variable);
                }
            }
        }
    }

    /// With the variables of places that relations link, which no formula need name.
    fn with_linked(&mut self, mut named: Vec<Variable>) -> Vec<Variable> {
        let encoder = &mut self.encoder;
        let mut linked: Vec<PlaceId> = Vec::new();
        for variable in &named {
            match encoder.meaning(*variable) {
                Some(
                    Meaning::Difference(a, b, _) | Meaning::Same(a, b) | Meaning::Between(_, a, b),
                ) => linked.extend([*a, *b]),
                Some(Meaning::Test(place, _)) => linked.push(*place),
                Some(Meaning::Cell(place) | Meaning::Absent(place)) => {
                    linked.extend(encoder.atlas.argument(*place));
                }
                _ => {}
            }
        }
        for place in linked {
            named.extend(encoder.cell(place));
        }
        named.sort_unstable();
        named.dedup();
        named
    }

    pub(crate) fn possible(&mut self, claims: &[Claim]) -> Proof {
        if let Some(proof) = self.clash() {
            return proof;
        }
        let enough = self.copies_for(|encoder, needs| {
            for claim in claims {
                need_claim(encoder, needs, claim);
            }
        });
        let mut roots = Vec::new();
        for (claim, number) in claims.iter().zip(0..) {
            self.claim(claim, number, &mut roots);
        }
        self.ask(roots, Question::All(claims.to_vec()), enough)
    }

    pub(crate) fn differs(&mut self, a: Subject, b: Subject, how: Split) -> Proof {
        if let Some(proof) = self.clash() {
            return proof;
        }
        let enough = self.copies_for(|encoder, needs| {
            for subject in [a, b] {
                for truth in [true, false] {
                    need_subject(encoder, needs, subject, truth);
                }
            }
        });
        self.encoder.mode = Mode::Partial;
        let (first, second) = (self.subject(a), self.subject(b));
        self.encoder.mode = Mode::Total;
        let root = self.split(first, second, how);
        let asked = Question::Differ(a, b, how);
        self.ask(vec![(root, Label::Whole)], asked, enough)
    }

    /// The assumptions clash: then nothing is possible.
    fn clash(&mut self) -> Option<Proof> {
        if let Ground::NotAsked = self.base {
            self.base = match self.encoder.program.assumes.is_empty() {
                true => Ground::Holds(Base::default()),
                false => self.ground(),
            };
        }
        match &self.base {
            Ground::Clashes(core) => Some(Proof::Impossible(core.clone())),
            _ => None,
        }
    }

    fn ground(&mut self) -> Ground {
        let enough = self.copies_for(|_, _| {});
        let roots: Vec<FormulaId> = self.assumes.iter().map(|it| it.root).collect();
        let nodes: Vec<NodeId> = self.assumes.iter().map(|it| it.node).collect();
        let mut judge = Judge {
            encoder: &self.encoder,
            replay: &mut self.replay,
            asked: Asked::All(&[]),
            assumes: &nodes,
            base: None,
            strict: true,
            passes: self.limits.passes,
            found: None,
            passed: None,
            broken: false,
        };
        let formulas = &self.encoder.logic.formulas;
        let answer = self
            .solver
            .ask(formulas, &roots, &mut judge, &self.limits.search);
        debug_assert!(
            !judge.broken,
            "a candidate in which everything is handled did not replay"
        );
        match answer {
            Answer::Point(point) => {
                Base::of(&self.encoder, point).map_or(Ground::Unknown, Ground::Holds)
            }
            Answer::None { core }
                if judge.passed.is_none() && !judge.broken && enough.is_none() =>
            {
                let numbers = core
                    .iter()
                    .filter_map(|at| Some(self.assumes.get(*at)?.number));
                Ground::Clashes(Core {
                    assumes: numbers.collect(),
                    ..Core::default()
                })
            }
            _ => Ground::Unknown,
        }
    }

    /// Sets the numbers of copies for a question; why they are no proof, if they are none.
    fn copies_for(&mut self, add: impl FnOnce(&mut Encoder<'p>, &mut Needs)) -> Option<NotEnough> {
        self.encoder.memory.end();
        let mut needs = Needs::above(&self.needs);
        add(&mut self.encoder, &mut needs);
        let (copies, not_enough) = match needs.is_empty() {
            true => self.alone.clone(),
            false => {
                let (copies, not_enough) = self.encoder.count_copies(&needs, self.limits.copies);
                (Arc::new(copies), not_enough)
            }
        };
        self.set_copies(&copies);
        not_enough
    }

    fn set_copies(&mut self, copies: &Arc<Copies>) {
        if self.encoder.set_copies(copies) || self.assumes.is_empty() {
            self.assume();
        }
    }

    /// Asks whether a point fulfils the roots and the assumptions that share variables with them.
    fn ask(
        &mut self,
        mut roots: Vec<(FormulaId, Label)>,
        asked: Question,
        enough: Option<NotEnough>,
    ) -> Proof {
        let claimed: Vec<FormulaId> = roots.iter().map(|(root, _)| *root).collect();
        let mut nodes = Vec::new();
        for at in self.connected(&claimed) {
            if let Some(it) = self.assumes.get(at) {
                roots.push((it.root, Label::Assume(it.number)));
                nodes.push(it.node);
            }
        }
        let base = match &self.base {
            Ground::Holds(base) => Some(base),
            _ => None,
        };
        let formulas: Vec<FormulaId> = roots.iter().map(|(root, _)| *root).collect();
        let mut judge = Judge {
            encoder: &self.encoder,
            replay: &mut self.replay,
            asked: Asked::of(&asked),
            assumes: &nodes,
            base,
            // What is unknown hangs together in ways that the plain variables of a partial state do not tell.
            strict: matches!(asked, Question::Differ(..)),
            passes: self.limits.passes,
            found: None,
            passed: None,
            broken: false,
        };
        let arena = &self.encoder.logic.formulas;
        let answer = self
            .solver
            .ask(arena, &formulas, &mut judge, &self.limits.search);
        let (found, passed, broken) = (judge.found.take(), judge.passed, judge.broken);
        // Of partial states the formulas promise no more than that nothing is left out: what is unknown together stands for itself there.
        debug_assert!(
            !broken || matches!(asked, Question::Differ(..)),
            "a candidate in which everything is handled did not replay"
        );
        match answer {
            Answer::Point(point) => self.found(point, asked, found),
            Answer::Undecided(limit) => self.undecided(passed, Reason::Search(limit)),
            Answer::None { .. } if broken => self.undecided(passed, Reason::Replay),
            Answer::None { .. } if passed.is_some() => self.undecided(passed, Reason::Term),
            Answer::None { core } => match enough {
                Some(it) if it.limited => {
                    self.undecided(Some(it.node), Reason::Elements(it.copies))
                }
                Some(it) => self.undecided(Some(it.node), Reason::Alternation),
                None => {
                    let labels = core.iter().filter_map(|at| Some(roots.get(*at)?.1));
                    Proof::Impossible(Core::of(labels))
                }
            },
        }
    }

    fn undecided(&self, node: Option<NodeId>, reason: Reason) -> Proof {
        Proof::Undecided(Undecided {
            node,
            place: node.map(|it| self.encoder.program.nodes.place(it)),
            reason,
        })
    }

    fn found(&self, point: Point, asked: Question, state: Option<State>) -> Proof {
        match &self.base {
            Ground::Holds(_) => Proof::Possible(Arc::new(Found {
                point,
                copies: Arc::clone(self.encoder.copies()),
                asked,
                state,
            })),
            _ => self.undecided(None, Reason::Assumptions),
        }
    }

    /// The case of a point that was found, replayed.
    pub(crate) fn witness(&mut self, found: &Found) -> Result<Witness, Undecided> {
        let broken = Undecided {
            node: None,
            place: None,
            reason: Reason::Replay,
        };
        self.set_copies(&found.copies);
        let Ground::Holds(base) = &self.base else {
            return Err(broken);
        };
        let nodes: Vec<NodeId> = self.assumes.iter().map(|it| it.node).collect();
        let mut point = found.point.clone();
        let state = match &found.state {
            Some(state) => state.clone(),
            None => {
                let mut judge = Judge {
                    encoder: &self.encoder,
                    replay: &mut self.replay,
                    asked: Asked::of(&found.asked),
                    assumes: &[],
                    base: Some(base),
                    strict: true,
                    passes: 0,
                    found: None,
                    passed: None,
                    broken: false,
                };
                judge.refute(&self.encoder.logic.formulas, &mut point);
                let Some(state) = judge.found.take() else {
                    debug_assert!(false, "a plain point did not replay: {:?}", found.asked);
                    return Err(broken);
                };
                state
            }
        };
        let Ok(scene) = Scene::of(&self.encoder, &point, Some(base)) else {
            return Err(broken);
        };
        let total = scene.state(Told::All);
        let pins = scene.pins().to_vec();
        self.replay.pin(&pins);
        if !self.replay.holds(self.encoder.program, &total, &nodes) {
            debug_assert!(
                false,
                "a witness whose assumptions do not hold: {:?}\n{:?}\n{:?}\nbase {:?}",
                self.encoder.program.assumes,
                total.slots(),
                self.told(&point),
                self.told(&base.point),
            );
            return Err(broken);
        }
        Ok(Witness { state, total, pins })
    }

    /// A point in words, for who looks for a fault.
    fn told(&self, point: &rulec_prove::Point) -> Vec<(Option<&Meaning>, u32)> {
        let cells = point.iter();
        cells
            .map(|(variable, cell)| (self.encoder.meaning(variable), cell))
            .collect()
    }

    /// Numbers of the assumptions that share variables with the roots, directly or by others, in order.
    fn connected(&mut self, roots: &[FormulaId]) -> Vec<usize> {
        if self.assumes.is_empty() {
            return Vec::new();
        }
        let arena = &self.encoder.logic.formulas;
        let named = roots.iter().flat_map(|it| arena.variables(*it)).collect();
        let mut waiting = self.with_linked(named);
        let mut seen: FxHashSet<Variable> = waiting.iter().copied().collect();
        let mut found: FxHashSet<usize> = FxHashSet::default();
        // What is not handled in an assumption hangs on values that no variable tells: it is looked at with every question.
        waiting.extend(self.soft.iter().copied().filter(|it| seen.insert(*it)));
        while let Some(variable) = waiting.pop() {
            if let Some(Meaning::Free(node, _)) = self.encoder.meaning(variable) {
                // A candidate may give other values to what such a term names.
                let around = self.encoder.variables_around(*node).into_iter();
                waiting.extend(around.filter(|it| seen.insert(*it)));
            }
            for at in self.naming.get(&variable).into_iter().flatten() {
                if found.insert(*at) {
                    let all = self.assumes.get(*at).map_or(&[][..], |it| &*it.variables);
                    waiting.extend(all.iter().copied().filter(|it| seen.insert(*it)));
                }
            }
        }
        let mut sorted: Vec<usize> = found.into_iter().collect();
        sorted.sort_unstable();
        sorted
    }

    /// The roots of a claim.
    fn claim(&mut self, claim: &Claim, number: u32, roots: &mut Vec<(FormulaId, Label)>) {
        match *claim {
            Claim::Condition(node, true) => self.conjuncts(node, roots),
            Claim::Condition(node, false) => {
                let rails = self.encoder.truth(node);
                let root = self.encoder.logic.false_of(rails);
                roots.push((root, Label::Literal(node)));
            }
            Claim::Confirmed(rule, true) => {
                for (part, rails) in self.encoder.confirmed_parts(rule) {
                    match part {
                        Part::Condition(when) => self.conjuncts(when, roots),
                        Part::Rule(other) => roots.push((rails.t, Label::Rule(other))),
                        Part::Symptom => roots.push((rails.t, Label::Symptom(number))),
                    }
                }
            }
            Claim::Confirmed(rule, false) => {
                let rails = self.encoder.confirmed(rule);
                let root = self.encoder.logic.false_of(rails);
                roots.push((root, Label::Rule(rule)));
            }
            Claim::ConfirmedWithout(rule, _, truth) => {
                let (subject, _) = claim.parts();
                let rails = self.subject(subject);
                let root = match truth {
                    true => rails.t,
                    false => self.encoder.logic.false_of(rails),
                };
                roots.push((root, Label::Rule(rule)));
            }
            Claim::Present(symptom, truth) => {
                let rails = self.encoder.present(symptom);
                let root = match truth {
                    true => rails.t,
                    false => self.encoder.logic.false_of(rails),
                };
                roots.push((root, Label::Symptom(number)));
            }
        }
    }

    /// Each operand of an `and` is a root of its own, so that a core can name it.
    fn conjuncts(&mut self, node: NodeId, roots: &mut Vec<(FormulaId, Label)>) {
        let program = self.encoder.program;
        if let Some(Op::And(list)) = program.nodes.op(node) {
            for it in program.nodes.list(list) {
                self.conjuncts(*it, roots);
            }
            return;
        }
        let root = self.encoder.truth(node).t;
        roots.push((root, Label::Literal(node)));
    }

    fn subject(&mut self, subject: Subject) -> Rails {
        match subject {
            Subject::Condition(node) => self.encoder.truth(node),
            Subject::Rule(rule) => self.encoder.confirmed(rule),
            Subject::Present(symptom) => self.encoder.present(symptom),
            Subject::Without(rule, node) => {
                let before = self.dropped.take();
                let dropped = match before {
                    Some((of, it)) if it.is_same(node) && (of == rule || it.is_of_all()) => it,
                    _ => Dropped::of(self.encoder.program, rule, node),
                };
                self.encoder.dropped = dropped;
                let rails = self.encoder.confirmed_afresh(rule);
                let dropped = std::mem::take(&mut self.encoder.dropped);
                self.dropped = Some((rule, dropped));
                rails
            }
        }
    }

    fn split(&mut self, a: Rails, b: Rails, how: Split) -> FormulaId {
        let logic = &mut self.encoder.logic;
        let (a_false, b_false) = (logic.false_of(a), logic.false_of(b));
        let (not_a, not_b) = (logic.not(a.t), logic.not(b.t));
        let (not_a_false, not_b_false) = (logic.not(a_false), logic.not(b_false));
        let (a_open, b_open) = ([not_a, not_a_false], [not_b, not_b_false]);
        match how {
            Split::Any => {
                let parts = [
                    [a.t, not_b],
                    [not_a, b.t],
                    [a_false, not_b_false],
                    [not_a_false, b_false],
                ];
                let parts = parts.map(|it| logic.and(it));
                logic.or(parts)
            }
            Split::Earlier => {
                let decided = logic.or([a.t, a_false]);
                let [first, second] = b_open;
                logic.and([decided, first, second])
            }
            Split::Later => {
                let decided = logic.or([b.t, b_false]);
                let [first, second] = a_open;
                logic.and([decided, first, second])
            }
            Split::NotFollowed => logic.and([a.t, not_b]),
            Split::Opposite => {
                let one = logic.and([a.t, b_false]);
                let other = logic.and([a_false, b.t]);
                logic.or([one, other])
            }
        }
    }

    pub(crate) fn minimal(&mut self, claims: &[Claim], core: &Core) -> Core {
        if let Some(Proof::Impossible(core)) = self.clash() {
            let roots = self
                .assumes
                .iter()
                .map(|it| (it.root, Label::Assume(it.number)));
            let roots = roots.collect();
            return self.shrink(roots, &core);
        }
        self.copies_for(|encoder, needs| {
            for claim in claims {
                need_claim(encoder, needs, claim);
            }
        });
        let mut roots = Vec::new();
        for (claim, number) in claims.iter().zip(0..) {
            self.claim(claim, number, &mut roots);
        }
        let assumes = self
            .assumes
            .iter()
            .map(|it| (it.root, Label::Assume(it.number)));
        roots.extend(assumes);
        self.shrink(roots, core)
    }

    /// Leaves out one after the other, assumptions first, while nothing is possible all the same.
    fn shrink(&mut self, roots: Vec<(FormulaId, Label)>, core: &Core) -> Core {
        let mut kept: Vec<(FormulaId, Label)> = roots
            .into_iter()
            .filter(|(_, label)| core.has(*label))
            .collect();
        let is_assume = |label: &Label| matches!(label, Label::Assume(_));
        kept.sort_by_key(|(_, label)| !is_assume(label));
        let mut at = 0;
        while at < kept.len() {
            let mut fewer = kept.clone();
            fewer.remove(at);
            let formulas: Vec<FormulaId> = fewer.iter().map(|(root, _)| *root).collect();
            match self.has_none(&formulas) {
                true => kept = fewer,
                false => at += 1,
            }
        }
        Core::of(kept.into_iter().map(|(_, label)| label))
    }

    /// For certain no point fulfils these.
    fn has_none(&mut self, roots: &[FormulaId]) -> bool {
        let mut theory = Consistent {
            encoder: &self.encoder,
        };
        let arena = &self.encoder.logic.formulas;
        let answer = self
            .solver
            .ask(arena, roots, &mut theory, &self.limits.search);
        matches!(answer, Answer::None { .. })
    }
}

/// The theory that knows relations alone: what it refutes has no state.
struct Consistent<'a, 'p> {
    encoder: &'a Encoder<'p>,
}

impl rulec_prove::Theory for Consistent<'_, '_> {
    fn refute(&mut self, _: &rulec_prove::Formulas, point: &mut rulec_prove::Point) -> Vec<Cube> {
        match super::concrete::Scene::of(self.encoder, point, None) {
            Ok(_) => Vec::new(),
            Err(cubes) => cubes,
        }
    }
}

impl Core {
    fn of(labels: impl Iterator<Item = Label>) -> Core {
        let mut core = Core::default();
        for label in labels {
            match label {
                Label::Assume(number) => core.assumes.push(number),
                Label::Literal(node) => core.literals.push(node),
                Label::Rule(rule) => core.rules.push(rule),
                Label::Symptom(number) => core.symptoms.push(number),
                Label::Whole => {}
            }
        }
        core.assumes.sort_unstable();
        core.assumes.dedup();
        core.literals.dedup();
        core.rules.sort_unstable();
        core.rules.dedup();
        core.symptoms.dedup();
        core
    }

    fn has(&self, label: Label) -> bool {
        match label {
            Label::Assume(number) => self.assumes.contains(&number),
            Label::Literal(node) => self.literals.contains(&node),
            Label::Rule(rule) => self.rules.contains(&rule),
            Label::Symptom(number) => self.symptoms.contains(&number),
            Label::Whole => true,
        }
    }
}

fn need_claim(encoder: &mut Encoder<'_>, needs: &mut Needs, claim: &Claim) {
    let (subject, truth) = claim.parts();
    need_subject(encoder, needs, subject, truth);
}

fn need_subject(encoder: &mut Encoder<'_>, needs: &mut Needs, subject: Subject, truth: bool) {
    match subject {
        Subject::Condition(node) => encoder.need(needs, node, truth),
        Subject::Rule(rule) | Subject::Without(rule, _) => encoder.need_rule(needs, rule, truth),
        Subject::Present(symptom) => encoder.need_present(needs, symptom, truth),
    }
}

/// Meets every test of the program once.
fn gather(encoder: &mut Encoder<'_>) {
    let program = encoder.program;
    for it in &program.lets {
        encoder.term(it.value);
    }
    let whens = program.rules.iter().filter_map(|it| it.when);
    let assumes = program.assumes.iter().map(|it| it.condition);
    let seen = program
        .symptoms
        .iter()
        .flat_map(|it| it.seen.iter().copied());
    let fixes = program.fixes.iter().flat_map(|fix| {
        let verify = fix.verify.iter().filter_map(|it| match it {
            Verify::Condition(node) => Some(*node),
            Verify::Text(_) => None,
        });
        verify.chain(fix.steps.iter().filter_map(|(_, when)| *when))
    });
    for node in whens.chain(assumes).chain(seen).chain(fixes) {
        encoder.truth(node);
    }
    for number in 0..program.symptoms.len() as u32 {
        encoder.present(SymptomId(number));
    }
}
