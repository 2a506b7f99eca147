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
use crate::node::NodeId;
use crate::program::{RuleId, SymptomId, Verify};
use crate::seal::Sealed;
use crate::state::State;

mod claims;
mod sizes;

use claims::need_subject;
use sizes::{Weight, short};

/// What a root of a question stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Label {
    Assume(u32),
    Literal(NodeId),
    Rule(RuleId),
    Symptom(u32),
    Whole,
}

/// What has to be true.
#[derive(Debug, Clone, Copy)]
struct Root {
    formula: FormulaId,
    label: Label,
    /// What is written of it hangs on how many elements lists have.
    lists: bool,
}

/// An assumption as a formula.
#[derive(Debug)]
struct Assumed {
    number: u32,
    node: NodeId,
    root: FormulaId,
    lists: bool,
    variables: Arc<[Variable]>,
}

impl Assumed {
    fn root(&self) -> Root {
        Root {
            formula: self.root,
            label: Label::Assume(self.number),
            lists: self.lists,
        }
    }
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
    /// The numbers of copies with which every question is asked first.
    few: Arc<Copies>,
    /// Conflicts of searches that ended without an answer.
    in_vain: u64,
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
            few: Engine::few(),
            in_vain: 0,
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
            let lists = self.encoder.statics.has_lists(assume.condition);
            if known.is_some() && !lists {
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
                lists,
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
        let asked = Question::All(claims.to_vec());
        let add = |it: &mut Self, needs: &mut Needs| it.need_claims(needs, claims);
        self.in_sizes(add, |it| it.claims(claims), &asked)
    }

    pub(crate) fn differs(&mut self, a: Subject, b: Subject, how: Split) -> Proof {
        if let Some(proof) = self.clash() {
            return proof;
        }
        let asked = Question::Differ(a, b, how);
        let add = |it: &mut Self, needs: &mut Needs| {
            for subject in [a, b] {
                for truth in [true, false] {
                    need_subject(&mut it.encoder, needs, subject, truth);
                }
            }
        };
        let write = |it: &mut Self| {
            it.encoder.mode = Mode::Partial;
            let roots = it.differing(a, b, how);
            it.encoder.mode = Mode::Total;
            roots
        };
        self.in_sizes(add, write, &asked)
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

    /// Asks whether a point fulfils the roots and the assumptions that share variables with them.
    fn ask(&mut self, mut roots: Vec<Root>, asked: &Question, weight: Weight) -> Option<Proof> {
        let claimed: Vec<FormulaId> = roots.iter().map(|it| it.formula).collect();
        let mut nodes = Vec::new();
        for at in self.connected(&claimed) {
            if let Some(it) = self.assumes.get(at) {
                roots.push(it.root());
                nodes.push(it.node);
            }
        }
        let base = match &self.base {
            Ground::Holds(base) => Some(base),
            _ => None,
        };
        let formulas: Vec<FormulaId> = roots.iter().map(|it| it.formula).collect();
        let mut judge = Judge {
            encoder: &self.encoder,
            replay: &mut self.replay,
            asked: Asked::of(asked),
            assumes: &nodes,
            base,
            // What is unknown hangs together in ways that the plain variables of a partial state do not tell.
            strict: matches!(asked, Question::Differ(..)),
            passes: weight.passes(self.limits.passes),
            found: None,
            passed: None,
            broken: false,
        };
        let arena = &self.encoder.logic.formulas;
        let limits = match self.in_vain < self.limits.in_vain {
            true => weight.limits(&self.limits.search),
            false => short(&self.limits.search),
        };
        let answer = self.solver.ask(arena, &formulas, &mut judge, &limits);
        let (found, passed, broken) = (judge.found.take(), judge.passed, judge.broken);
        // Of partial states the formulas promise no more than that nothing is left out: what is unknown together stands for itself there.
        debug_assert!(
            !broken || matches!(asked, Question::Differ(..)),
            "a candidate in which everything is handled did not replay"
        );
        if let Answer::Undecided(_) = answer {
            self.in_vain += self.solver.spent().conflicts;
        }
        let few = matches!(weight, Weight::Few);
        Some(match answer {
            Answer::Point(point) => self.found(point, asked.clone(), found),
            Answer::Undecided(_) if few => return None,
            Answer::None { .. } if few && (broken || passed.is_some()) => return None,
            Answer::Undecided(limit) => self.undecided(passed, Reason::Search(limit)),
            Answer::None { .. } if broken => self.undecided(passed, Reason::Replay),
            Answer::None { .. } if passed.is_some() => self.undecided(passed, Reason::Term),
            Answer::None { core } => {
                let core = core.iter().filter_map(|at| roots.get(*at));
                match weight {
                    Weight::Few if core.clone().any(|it| it.lists) => return None,
                    Weight::Enough(Some(it)) => self.undecided(Some(it.node), it.reason()),
                    _ => Proof::Impossible(Core::of(core.map(|it| it.label))),
                }
            }
        })
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

    pub(crate) fn nearly_confirmed(&mut self, state: &State) -> Vec<RuleId> {
        self.replay.nearly_confirmed(self.encoder.program, state)
    }

    pub(crate) fn fulfils(&mut self, state: &State, claims: &[Claim]) -> bool {
        self.replay.pin(&[]);
        self.replay.fulfils(self.encoder.program, state, claims)
    }

    pub(crate) fn shows(&mut self, state: &State, whole: &State, claims: &[Claim]) -> bool {
        let program = self.encoder.program;
        let nodes: Vec<NodeId> = program.assumes.iter().map(|it| it.condition).collect();
        self.replay.pin(&[]);
        let of_either = [state, whole];
        let kinds = 1 + usize::from(!std::ptr::eq(state, whole));
        let mut of_either = of_either.into_iter().take(kinds);
        of_either.any(|it| self.replay.fulfils(program, it, claims))
            && self.replay.holds(program, whole, &nodes)
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
        let touches = |it: &Variable| {
            self.naming.contains_key(it)
                || matches!(self.encoder.meaning(*it), Some(Meaning::Free(..)))
        };
        if self.soft.is_empty() && !waiting.iter().any(touches) {
            // Most questions: no assumption has a say.
            return Vec::new();
        }
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

    fn subject(&mut self, subject: Subject) -> Rails {
        match subject {
            Subject::Condition(node) => self.encoder.truth(node),
            Subject::Rule(rule) => self.encoder.confirmed(rule),
            Subject::Present(symptom) => self.encoder.present(symptom),
            Subject::Without(rule, node) => {
                self.without(rule, node, |encoder| encoder.confirmed_afresh(rule))
            }
        }
    }

    /// What is written while a literal is left out.
    fn without(
        &mut self,
        rule: RuleId,
        literal: NodeId,
        write: impl FnOnce(&mut Encoder<'p>) -> Rails,
    ) -> Rails {
        self.encoder.dropped = self.drop(rule, literal);
        let rails = write(&mut self.encoder);
        self.encoder.dropped = Arc::default();
        rails
    }

    /// What comes out different without a literal.
    fn drop(&mut self, rule: RuleId, literal: NodeId) -> Arc<Dropped> {
        let program = self.encoder.program;
        self.replay.dropping.of(program, rule, literal)
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
            let roots = self.assumes.iter().map(Assumed::root).collect();
            return self.shrink(roots, &core);
        }
        self.copies_for(|it, needs| it.need_claims(needs, claims));
        let mut roots = self.claims(claims);
        roots.extend(self.assumes.iter().map(Assumed::root));
        self.shrink(roots, core)
    }

    /// Leaves out one after the other, assumptions first, while nothing is possible all the same.
    fn shrink(&mut self, roots: Vec<Root>, core: &Core) -> Core {
        let mut kept: Vec<Root> = roots.into_iter().filter(|it| core.has(it.label)).collect();
        kept.sort_by_key(|it| !matches!(it.label, Label::Assume(_)));
        let mut at = 0;
        while at < kept.len() {
            let mut fewer = kept.clone();
            fewer.remove(at);
            let formulas: Vec<FormulaId> = fewer.iter().map(|it| it.formula).collect();
            match self.has_none(&formulas) {
                true => kept = fewer,
                false => at += 1,
            }
        }
        Core::of(kept.into_iter().map(|it| it.label))
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
pub(crate) struct Consistent<'a, 'p> {
    pub encoder: &'a Encoder<'p>,
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
