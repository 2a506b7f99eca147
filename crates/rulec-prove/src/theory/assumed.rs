//! Formulas that hold at every real point, looked at only where a point touches them.
//!
//! One point at which all of them hold is found first. A candidate point is completed by it: what the candidate leaves free in the
//! formulas that it touches is taken from there, and the formulas that it does not touch hold there already. So most
//! questions read a few formulas out of hundreds.

use crate::rows::at;
use crate::{Answer, Cube, FormulaId, Formulas, Limits, Point, Solver, Theory, Variable};

/// Formulas that always hold, on top of what another theory knows.
#[derive(Debug, Clone)]
pub struct Assumed<T> {
    rest: T,
    assumed: Vec<Assumption>,
    /// By variable: the assumptions that it touches, and its cell at the settled point.
    touched: Vec<Vec<u32>>,
    settled: Vec<Option<u32>>,
    /// By assumption: the last round in which it was looked at.
    seen: Vec<u64>,
    round: u64,
}

#[derive(Debug, Clone)]
struct Assumption {
    formula: FormulaId,
    variables: Vec<Variable>,
}

impl<T: Theory> Assumed<T> {
    /// Nothing is assumed yet.
    pub fn new(rest: T) -> Assumed<T> {
        Assumed {
            rest,
            assumed: Vec::new(),
            touched: Vec::new(),
            settled: Vec::new(),
            seen: Vec::new(),
            round: 0,
        }
    }

    /// Assumes `formula`. `also` are variables that it does not name, but that the other theory ties to variables that it does.
    pub fn add(&mut self, formulas: &Formulas, formula: FormulaId, also: &[Variable]) {
        let mut variables = formulas.variables(formula);
        variables.extend_from_slice(also);
        variables.sort_unstable();
        variables.dedup();
        let number = crate::rows::count(&self.assumed);
        for variable in &variables {
            let place = variable.number() as usize;
            if self.touched.len() <= place {
                self.touched.resize(place + 1, Vec::new());
            }
            if let Some(touched) = self.touched.get_mut(place) {
                touched.push(number);
            }
        }
        self.assumed.push(Assumption { formula, variables });
        self.seen.push(0);
    }

    /// Finds a point at which all assumptions hold; to be called after the last [`Assumed::add`]. Another answer than a point says that there is
    /// none (with its core, by the order in which they were added), or that it is not known; the assumptions are then
    /// judged wherever a point touches them, and completed without regard to each other.
    pub fn settle(&mut self, formulas: &Formulas, solver: &mut Solver, limits: &Limits) -> Answer {
        let roots: Vec<FormulaId> = self.assumed.iter().map(|it| it.formula).collect();
        let answer = solver.ask(formulas, &roots, &mut self.rest, limits);
        if let Answer::Point(point) = &answer {
            self.settled = vec![None; formulas.space().len() as usize];
            for (variable, cell) in point.iter() {
                crate::rows::put(&mut self.settled, variable.number(), Some(cell));
            }
        }
        answer
    }

    /// The other theory.
    pub fn rest(&mut self) -> &mut T {
        &mut self.rest
    }

    /// The cell of a variable at the settled point, if an assumption names it.
    #[must_use]
    pub fn settled(&self, variable: Variable) -> Option<u32> {
        self.settled
            .get(variable.number() as usize)
            .copied()
            .flatten()
    }

    /// The assumptions that the point touches and that were not looked at in this round, in the order of the point.
    fn touched_by(&mut self, point: &Point) -> Vec<u32> {
        let mut found = Vec::new();
        for (variable, _) in point.iter() {
            let touched = self.touched.get(variable.number() as usize);
            for number in touched.map_or(&[][..], |it| it) {
                if at(&self.seen, *number) != self.round {
                    crate::rows::put(&mut self.seen, *number, self.round);
                    found.push(*number);
                }
            }
        }
        found
    }

    /// Gives the free variables of these assumptions their cells of the settled point, then looks which assumptions are false.
    fn judge(&self, formulas: &Formulas, touched: &[u32], point: &mut Point) -> Vec<Cube> {
        let assumptions = touched
            .iter()
            .filter_map(|it| self.assumed.get(*it as usize));
        for variable in assumptions.clone().flat_map(|it| &it.variables) {
            let cell = self
                .settled(*variable)
                .or_else(|| self.rest.prefer(*variable));
            point.set(*variable, cell.unwrap_or(0));
        }
        let against = |it: &Assumption| formulas.why_false(it.formula, |it| point.cell(it));
        assumptions.filter_map(against).collect()
    }
}

impl<T: Theory> Theory for Assumed<T> {
    fn refute(&mut self, formulas: &Formulas, point: &mut Point) -> Vec<Cube> {
        self.round += 1;
        loop {
            let touched = self.touched_by(point);
            let cubes = self.judge(formulas, &touched, point);
            if !cubes.is_empty() {
                return cubes;
            }
            let before = point.len();
            let cubes = self.rest.refute(formulas, point);
            // What the other theory has set may touch further assumptions.
            if !cubes.is_empty() || point.len() == before {
                return cubes;
            }
        }
    }

    fn prefer(&self, variable: Variable) -> Option<u32> {
        self.rest
            .prefer(variable)
            .or_else(|| self.settled(variable))
    }
}
