//! Asking a question: engines tried one after the other under counted limits, each candidate point shown to the theory.

use crate::cells::cells_of;
use crate::cover::{Cover, Found};
use crate::problem::Problem;
use crate::rows::{at, count};
use crate::{FormulaId, Formulas, Point, Theory};

/// How much a question may cost. All are counts, so that an answer is the same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Splits of the first, short search.
    pub nodes: u64,
    /// Conflicts of the search that learns from them.
    pub conflicts: u64,
    /// Splits of the last, long search.
    pub large_nodes: u64,
    /// Cubes asked of the theory, one after the other.
    pub rounds: u64,
    /// Literals read by the searches, together.
    pub work: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            nodes: 1_000,
            conflicts: 50_000,
            large_nodes: 20_000,
            rounds: 2_000,
            work: 200_000_000,
        }
    }
}

/// The limit that ended a question without an answer, with its count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// All searches ended; the last one after so many splits.
    Nodes(u64),
    /// The theory refused so many points.
    Rounds(u64),
    /// So many literals were read.
    Work(u64),
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A real point at which all roots are true. It has a cell for each variable that the roots, and the theory's cubes, name.
    Point(Point),
    /// There is none.
    None {
        /// Places of roots, in order, that already have no point together; not always the fewest ([`Solver::minimal_core`]).
        core: Vec<usize>,
    },
    /// A limit was reached.
    Undecided(Limit),
}

/// What the last question cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spent {
    /// Splits.
    pub nodes: u64,
    /// Points that the theory refused.
    pub rounds: u64,
    /// Literals read.
    pub work: u64,
}

/// Whether some real point makes all `roots` true. Who asks more than once should keep a [`Solver`].
pub fn ask(
    formulas: &Formulas,
    roots: &[FormulaId],
    theory: &mut dyn Theory,
    limits: &Limits,
) -> Answer {
    Solver::new().ask(formulas, roots, theory, limits)
}

/// Answers questions, one after the other; keeps memory between them, but nothing that could change an answer.
#[derive(Debug, Clone, Default)]
pub struct Solver {
    problem: Problem,
    cover: Cover,
    point: Point,
    rounds: u64,
}

impl Solver {
    /// A solver that was asked nothing yet.
    #[must_use]
    pub fn new() -> Solver {
        Solver::default()
    }

    /// Whether some real point makes all `roots` true. Reads only what the roots reach.
    pub fn ask(
        &mut self,
        formulas: &Formulas,
        roots: &[FormulaId],
        theory: &mut dyn Theory,
        limits: &Limits,
    ) -> Answer {
        self.problem.load(formulas, roots);
        self.cover.begin();
        self.rounds = 0;
        loop {
            match self.cover.search(
                &self.problem,
                limits.nodes + limits.large_nodes,
                limits.work,
            ) {
                Found::Covered => {
                    let core = self.cover.core.iter().map(|root| *root as usize);
                    return Answer::None {
                        core: core.collect(),
                    };
                }
                Found::Limit if self.cover.work >= limits.work => {
                    return Answer::Undecided(Limit::Work(limits.work));
                }
                Found::Limit => {
                    return Answer::Undecided(Limit::Nodes(limits.nodes + limits.large_nodes));
                }
                Found::Outside => {}
            }
            self.take_point(theory);
            let cubes = theory.refute(formulas, &mut self.point);
            if cubes.is_empty() {
                return Answer::Point(self.point.clone());
            }
            self.rounds += 1;
            if self.rounds > limits.rounds {
                return Answer::Undecided(Limit::Rounds(limits.rounds));
            }
            for cube in &cubes {
                debug_assert_ne!(
                    cube.holds(&self.point),
                    Some(false),
                    "a cube beside the point"
                );
                self.problem.forbid(formulas, cube);
            }
        }
    }

    /// What the last question cost.
    #[must_use]
    pub fn spent(&self) -> Spent {
        Spent {
            nodes: self.cover.nodes,
            rounds: self.rounds,
            work: self.cover.work,
        }
    }

    /// A point of the domains that the search left.
    fn take_point(&mut self, theory: &dyn Theory) {
        let (problem, cover) = (&self.problem, &self.cover);
        let cells = (0..count(&problem.locals)).filter_map(|local| {
            let name = at(&problem.locals, local).name?;
            let domain = cover.domain(problem, local);
            let has = |cell: &u32| {
                let word = domain.get((cell / u64::BITS) as usize);
                word.is_some_and(|word| word >> (cell % u64::BITS) & 1 == 1)
            };
            let preferred = theory.prefer(name).filter(has);
            let cell = preferred.or_else(|| cells_of(domain).next())?;
            Some((name, cell))
        });
        self.point.refill(cells);
    }
}
