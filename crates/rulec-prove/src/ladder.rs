//! Asking a question: engines tried one after the other under counted limits, each candidate point shown to the theory.

use crate::cdcl::Cdcl;
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
    /// Splits of the last, long search, those of the first included.
    pub large_nodes: u64,
    /// Points that the theory may refuse.
    pub rounds: u64,
    /// Literals read by the searches that split.
    pub work: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            nodes: 500,
            conflicts: 200_000,
            large_nodes: 20_000,
            rounds: 2_000,
            work: 50_000_000,
        }
    }
}

impl Limits {
    /// Takes off what was spent on searches that were not short; whether there is something left.
    fn pay(&mut self, spent: &Spent) -> bool {
        self.large_nodes = self.large_nodes.saturating_sub(spent.nodes);
        self.conflicts = self.conflicts.saturating_sub(spent.conflicts);
        self.work = self.work.saturating_sub(spent.work);
        self.work > 0 && (self.large_nodes > 0 || self.conflicts > 0)
    }
}

/// The limit that ended a question without an answer, with its count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// All searches ended; the last one after so many splits ([`Limits::large_nodes`]).
    Nodes(u64),
    /// The theory refused so many points ([`Limits::rounds`]).
    Rounds(u64),
    /// So many literals were read ([`Limits::work`]).
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

/// Roots that have no point together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Core {
    /// Their places, in order.
    pub roots: Vec<usize>,
    /// Whether each is needed. Not so if a question about fewer of them was undecided.
    pub minimal: bool,
}

/// What the last question cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spent {
    /// Splits.
    pub nodes: u64,
    /// Conflicts of the search that learns from them.
    pub conflicts: u64,
    /// Points that the theory refused.
    pub rounds: u64,
    /// Literals read by the searches that split.
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
    spent: Spent,
}

/// What came of one rung of the ladder.
enum Rung {
    Answer(Answer),
    /// Its own limit was reached.
    Next,
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
        self.spent = Spent::default();
        if let Rung::Answer(answer) = self.cover(formulas, theory, limits, limits.nodes) {
            return answer;
        }
        if let Rung::Answer(answer) = self.learn(formulas, theory, limits) {
            return answer;
        }
        match self.cover(formulas, theory, limits, limits.large_nodes) {
            Rung::Answer(answer) => answer,
            Rung::Next => Answer::Undecided(Limit::Nodes(limits.large_nodes)),
        }
    }

    /// Fewer roots that have no point together, if all these have none: from the first to the last each one is left out without which there
    /// is still none. So what remains hangs on the order of the roots alone, not on how the answer was found. All the questions that this
    /// takes may together cost as much as the limits allow one; then the core is not minimal.
    pub fn minimal_core(
        &mut self,
        formulas: &Formulas,
        roots: &[FormulaId],
        theory: &mut dyn Theory,
        limits: &Limits,
    ) -> Option<Core> {
        let Answer::None { core: mut known } = self.ask(formulas, roots, theory, limits) else {
            return None;
        };
        let mut kept: Vec<usize> = (0..roots.len()).collect();
        let mut minimal = true;
        let mut left_over = *limits;
        for place in 0..roots.len() {
            let left: Vec<usize> = kept.iter().copied().filter(|it| *it != place).collect();
            // Those that are known to clash without it need not be asked again.
            if known.binary_search(&place).is_ok() {
                let fewer = left.iter().filter_map(|it| roots.get(*it).copied());
                let answer = self.ask(formulas, &fewer.collect::<Vec<_>>(), theory, limits);
                if !left_over.pay(&self.spent()) {
                    return Some(Core {
                        roots: known,
                        minimal: false,
                    });
                }
                match answer {
                    Answer::Point(_) => continue,
                    Answer::Undecided(_) => {
                        minimal = false;
                        continue;
                    }
                    Answer::None { core } => {
                        known = core
                            .iter()
                            .filter_map(|it| left.get(*it).copied())
                            .collect();
                    }
                }
            }
            kept = left;
        }
        Some(Core {
            roots: kept,
            minimal,
        })
    }

    /// What the last question cost.
    #[must_use]
    pub fn spent(&self) -> Spent {
        Spent {
            nodes: self.cover.nodes,
            work: self.cover.work,
            ..self.spent
        }
    }

    /// Splits, up to `nodes` times since the question began.
    fn cover(
        &mut self,
        formulas: &Formulas,
        theory: &mut dyn Theory,
        limits: &Limits,
        nodes: u64,
    ) -> Rung {
        loop {
            match self.cover.search(&self.problem, nodes, limits.work) {
                Found::Covered => return none(&self.cover.core),
                Found::Limit if self.cover.work >= limits.work && nodes == limits.large_nodes => {
                    return Rung::Answer(Answer::Undecided(Limit::Work(limits.work)));
                }
                Found::Limit => return Rung::Next,
                Found::Outside => {}
            }
            let cover = &self.cover;
            let domain = |problem, local| cover.domain(problem, local);
            take_point(&mut self.point, &self.problem, domain, theory);
            if let Some(answer) = self.show(formulas, theory, limits) {
                return Rung::Answer(answer);
            }
        }
    }

    /// Searches with batsat.
    fn learn(&mut self, formulas: &Formulas, theory: &mut dyn Theory, limits: &Limits) -> Rung {
        let mut cdcl = Cdcl::new(&self.problem, limits.conflicts, false);
        loop {
            let found = cdcl.search(&self.problem);
            self.spent.conflicts = cdcl.conflicts();
            match found {
                Found::Covered => return none(&self.roots_behind(cdcl.conflicts())),
                Found::Limit => return Rung::Next,
                Found::Outside => {}
            }
            let domain = |problem, local| cdcl.domain(problem, local);
            take_point(&mut self.point, &self.problem, domain, theory);
            if let Some(answer) = self.show(formulas, theory, limits) {
                return Rung::Answer(answer);
            }
        }
    }

    /// The roots behind a contradiction that batsat met after so many conflicts: all, if it does not find
    /// fewer at little cost.
    fn roots_behind(&self, conflicts: u64) -> Vec<u32> {
        let all = || (0..self.problem.roots).collect();
        if self.problem.roots <= 1 {
            return all();
        }
        let mut cdcl = Cdcl::new(&self.problem, conflicts.min(10_000) + 100, true);
        match cdcl.search(&self.problem) {
            Found::Covered => cdcl.core,
            Found::Outside | Found::Limit => all(),
        }
    }

    /// Shows the point to the theory; an answer, or none if it was refused and its cubes are clauses now.
    fn show(
        &mut self,
        formulas: &Formulas,
        theory: &mut dyn Theory,
        limits: &Limits,
    ) -> Option<Answer> {
        let cubes = theory.refute(formulas, &mut self.point);
        if cubes.is_empty() {
            return Some(Answer::Point(self.point.clone()));
        }
        if self.spent.rounds >= limits.rounds {
            return Some(Answer::Undecided(Limit::Rounds(limits.rounds)));
        }
        self.spent.rounds += 1;
        for cube in &cubes {
            self.problem.forbid(formulas, cube);
        }
        None
    }
}

fn none(core: &[u32]) -> Rung {
    let core = core.iter().map(|root| *root as usize).collect();
    Rung::Answer(Answer::None { core })
}

/// A point of the domains that a search left.
fn take_point<'a>(
    point: &mut Point,
    problem: &'a Problem,
    domain: impl Fn(&'a Problem, u32) -> &'a [u64],
    theory: &dyn Theory,
) {
    let cells = (0..count(&problem.locals)).filter_map(|local| {
        let name = at(&problem.locals, local).name?;
        let domain = domain(problem, local);
        let has = |cell: &u32| {
            let word = domain.get((cell / u64::BITS) as usize);
            word.is_some_and(|word| word >> (cell % u64::BITS) & 1 == 1)
        };
        let preferred = theory.prefer(name).filter(has);
        let cell = preferred.or_else(|| cells_of(domain).next())?;
        Some((name, cell))
    });
    point.refill(cells);
}
