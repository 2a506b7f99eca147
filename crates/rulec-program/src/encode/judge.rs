//! Looks at candidates: finds values for their places, makes a case of them and replays it.
//!
//! A candidate whose case does not do what it claims is no proof of anything unless it was shown to have no case. It is passed over, and
//! remembered: *no point* is no proof then.

use rulec_prove::{Cube, Formulas, Mask, Point, Theory, Variable};

use super::atlas::{PlaceId, Step};
use super::concrete::{Base, Pin, Scene, Told};
use super::encoder::{Between, Encoder, Meaning};
use super::prover::{Claim, Question, Split, Subject};
use super::replay::Replay;
use crate::node::NodeId;
use crate::state::State;

/// What is asked of a state.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Asked<'a> {
    /// Of a total state.
    All(&'a [Claim]),
    /// Of a partial state.
    Differ(Subject, Subject, Split),
}

impl<'a> Asked<'a> {
    pub(crate) fn of(question: &'a Question) -> Asked<'a> {
        match question {
            Question::All(claims) => Asked::All(claims),
            Question::Differ(a, b, how) => Asked::Differ(*a, *b, *how),
        }
    }
}

/// The theory of one question.
pub(crate) struct Judge<'a, 'p> {
    pub encoder: &'a Encoder<'p>,
    pub replay: &'a mut Replay,
    pub asked: Asked<'a>,
    /// Assumptions that share variables with the question.
    pub assumes: &'a [NodeId],
    pub base: Option<&'a Base>,
    /// Also points that are states beyond doubt are replayed.
    pub strict: bool,
    /// Candidates that may be passed over.
    pub passes: u32,
    /// The case that does what is asked.
    pub found: Option<State>,
    /// A candidate was passed over for this node.
    pub passed: Option<NodeId>,
    /// A candidate in which everything is handled was not replayed: a fault of the encoder.
    pub broken: bool,
}

impl Theory for Judge<'_, '_> {
    fn refute(&mut self, _: &Formulas, point: &mut Point) -> Vec<Cube> {
        if !self.strict && point.iter().all(|(it, _)| self.encoder.is_plain(it)) {
            // Its case is made and replayed if somebody wants to see it.
            return Vec::new();
        }
        self.complete(point);
        // First as it stands: what it names suffices nearly always.
        let bare = match Scene::of(self.encoder, point, None) {
            Ok(scene) => scene,
            Err(cubes) => return cubes,
        };
        if let Asked::All(_) = self.asked {
            let state = bare.state(Told::Named);
            if self.does(&state, &state, bare.pins()) {
                self.found = Some(state);
                return Vec::new();
            }
        }
        let whole = match Scene::of(self.encoder, point, self.base) {
            Ok(scene) => scene,
            Err(cubes) => {
                // Whatever the base added stands in the cubes; it is only one way to complete the candidate.
                return self.only_of(point, cubes);
            }
        };
        let total = whole.state(Told::All);
        let state = match self.asked {
            Asked::All(_) => total.clone(),
            Asked::Differ(..) => whole.state(Told::Masked),
        };
        if self.does(&state, &total, whole.pins()) {
            self.found = Some(state);
            return Vec::new();
        }
        vec![self.pass_over(point)]
    }
}

impl Judge<'_, '_> {
    fn does(&mut self, state: &State, total: &State, pins: &[Pin]) -> bool {
        self.replay.pin(pins);
        let program = self.encoder.program;
        let claimed = match self.asked {
            Asked::All(claims) => self.replay.fulfils(program, state, claims),
            Asked::Differ(a, b, how) => self.replay.differs(program, state, (a, b), how),
        };
        claimed && self.replay.holds(program, total, self.assumes)
    }

    /// Gives cells to places that stand to others in some way, and to members of sets, which differ.
    fn complete(&self, point: &mut Point) {
        let encoder = self.encoder;
        let mut places: Vec<PlaceId> = Vec::new();
        let mut free: Vec<NodeId> = Vec::new();
        for (variable, cell) in point.iter() {
            match encoder.meaning(variable) {
                Some(
                    Meaning::Difference(a, b, _) | Meaning::Same(a, b) | Meaning::Between(_, a, b),
                ) => places.extend([*a, *b]),
                Some(Meaning::Test(place, _)) => places.push(*place),
                Some(Meaning::Free(node, _)) => free.push(*node),
                // What a function gives needs a text that gives it.
                Some(Meaning::Cell(place) | Meaning::Absent(place)) => {
                    places.extend(encoder.atlas.argument(*place));
                }
                Some(Meaning::Length(place, copies)) if encoder.is_set(*place) => {
                    let elements = (0..cell.min(*copies)).map(Step::Element);
                    places.extend(elements.filter_map(|it| encoder.atlas.find_inside(*place, it)));
                }
                _ => {}
            }
        }
        let cells = places
            .into_iter()
            .filter_map(|it| encoder.find(&Meaning::Cell(it)));
        let around = free.into_iter().flat_map(|it| encoder.variables_around(it));
        for variable in cells.chain(around) {
            if point.cell(variable).is_none() {
                let cell = self.base.and_then(|it| it.point.cell(variable));
                point.set(variable, cell.unwrap_or(0));
            }
        }
    }

    /// Cubes that name variables which the point leaves free: the point gets the cells of the base there.
    fn only_of(&mut self, point: &mut Point, cubes: Vec<Cube>) -> Vec<Cube> {
        if let Some(base) = self.base {
            for cube in &cubes {
                for (variable, _) in cube.literals() {
                    if let Some(cell) = base.point.cell(*variable) {
                        point.set(*variable, cell);
                    }
                }
            }
        }
        cubes
    }

    /// A cube around the candidate that leaves out nothing but what was not handled.
    fn pass_over(&mut self, point: &Point) -> Cube {
        let formulas = &self.encoder.logic.formulas;
        let mut soft: Vec<Variable> = Vec::new();
        let mut node = None;
        for (variable, _) in point.iter() {
            let doubtful = self.doubtful(variable);
            if !doubtful.is_empty() {
                node = node.or_else(|| self.encoder.written(variable));
                soft.extend(doubtful);
            }
        }
        if self.passes == 0 {
            // Enough: nothing is left to be looked at.
            self.passed = self.passed.or(node);
            self.broken |= soft.is_empty();
            return Cube::default();
        }
        self.passes -= 1;
        if soft.is_empty() {
            self.broken = true;
            soft = point.iter().map(|(variable, _)| variable).collect();
        } else {
            self.passed = self.passed.or(node);
        }
        soft.sort_unstable();
        soft.dedup();
        Cube::new(soft.into_iter().filter_map(|variable| {
            let cell = point.cell(variable)?;
            Some((variable, Mask::of(formulas.cells(variable), [cell])))
        }))
    }

    /// The variables on which it hangs whether a variable that is not handled exactly can be as it is; none for others.
    fn doubtful(&self, variable: Variable) -> Vec<Variable> {
        let encoder = self.encoder;
        let cell = |place| encoder.find(&Meaning::Cell(place));
        let mut all = vec![variable];
        match encoder.meaning(variable) {
            // With other values of what the term names it may come out as it should.
            Some(Meaning::Free(node, _)) => all.extend(encoder.variables_around(*node)),
            Some(Meaning::Many(number)) => all.extend(encoder.variables_of_many(*number)),
            Some(Meaning::Test(place, _)) => all.extend(cell(*place)),
            // That such members differ is not looked at, or not together with other things that are said of them.
            Some(Meaning::Length(place, _)) if encoder.is_set_of_loose_members(*place) => {}
            Some(Meaning::Between(
                Between::Text(_) | Between::Within | Between::Overlaps,
                a,
                b,
            )) => {
                all.extend(cell(*a));
                all.extend(cell(*b));
            }
            Some(Meaning::Cell(place) | Meaning::Absent(place)) => {
                match encoder.atlas.argument(*place) {
                    Some(text) => all.extend(cell(text)),
                    None => return Vec::new(),
                }
            }
            _ => return Vec::new(),
        }
        all
    }
}
