//! COVER: is this box of cells inside a union of cubes, and if not, which point lies outside?
//!
//! The cubes are the complements of a [`Problem`]'s clauses. A cube that no longer meets the box is dropped (its clause
//! holds), one that could be left in one variable only narrows that variable (unit), cells that lie in no cube are taken at
//! once (pure), what falls into unconnected parts is answered part by part, and only then a variable is split in two.
//! A clash is traced back to the splits and roots behind it: splits that had no share in it are not tried the other way.

use crate::cells::{disjoint, full_word, within};
use crate::problem::{Literal, NONE, Problem};
use crate::rows::{at, count, put, span};

mod branch;
mod clash;

use branch::Branching;
use clash::{Clash, Tracer};

/// How a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// The domains hold points, all of them outside of all cubes.
    Outside,
    /// Every point of the box lies in a cube.
    Covered,
    /// More splits were needed than allowed.
    Limit,
}

/// Why a domain became smaller.
#[derive(Debug, Clone, Copy)]
enum Reason {
    /// The other literals of the clause are false.
    Clause(u32),
    /// A split, tried first with this half.
    Split,
    /// The other half of a split, after the first one clashed; the number is the clash's.
    Flipped(u32),
    /// Cells in which all open clauses hold.
    Pure,
}

/// One step of the search: what the domain of a variable was before.
#[derive(Debug, Clone, Copy)]
struct Step {
    variable: u32,
    reason: Reason,
    /// Where the old domain lies in the table of old words.
    old: u32,
}

/// A split that stands.
#[derive(Debug, Clone, Copy)]
struct Split {
    step: u32,
    variable: u32,
    /// The half that is tried first.
    mask: u32,
    /// What was to do when it was made.
    agenda: Agenda,
    /// How long the tables were.
    clashes: u32,
    pool: u32,
    parts: u32,
}

/// Which clauses are still to be looked at: a run of the pool, and after it further parts, linked.
#[derive(Debug, Clone, Copy, Default)]
struct Agenda {
    start: u32,
    end: u32,
    /// The part that comes next; none if this is the last one.
    next: u32,
}

/// What a clause is worth in the present domains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Worth {
    Holds,
    /// No literal can hold.
    Clash,
    /// Only this literal can hold.
    Unit(u32),
    Open,
}

/// What a literal is in the present domains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    False,
    True,
    Open,
}

/// The search; one value serves many questions and keeps its memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cover {
    domains: Vec<u64>,
    steps: Vec<Step>,
    old: Vec<u64>,
    /// Steps whose variable's clauses have been looked at.
    seen: u32,
    splits: Vec<Split>,
    clashes: Vec<Clash>,
    /// Clauses to look at, in runs.
    pool: Vec<u32>,
    parts: Vec<Agenda>,
    tracer: Tracer,
    branching: Branching,
    /// Clauses and variables that have been taken over from the problem, and steps that hold without any split.
    known: u32,
    variables: u32,
    settled: u32,
    /// Splits made and literals read since the question began.
    pub nodes: u64,
    pub work: u64,
    /// The roots behind a cover, by number.
    pub core: Vec<u32>,
}

impl Cover {
    /// Forgets the last question.
    pub fn begin(&mut self) {
        self.domains.clear();
        self.steps.clear();
        self.old.clear();
        self.seen = 0;
        self.known = 0;
        self.variables = 0;
        self.settled = 0;
        self.nodes = 0;
        self.work = 0;
        self.core.clear();
    }

    /// The domain of a variable.
    pub fn domain(&self, problem: &Problem, variable: u32) -> &[u64] {
        let local = at(&problem.locals, variable);
        span(&self.domains, local.domain, local.width)
    }

    /// Looks for a point until `nodes` splits or `work` literals are spent, counted from the beginning of the question. May be called again
    /// after the problem has got further clauses.
    pub fn search(&mut self, problem: &Problem, nodes: u64, work: u64) -> Found {
        self.undo(problem, self.settled);
        self.splits.clear();
        self.clashes.clear();
        self.pool.clear();
        self.parts.clear();
        let mut clash = self.take_over(problem);
        if clash.is_none() {
            clash = self.propagate(problem);
            self.settled = count(&self.steps);
        }
        self.pool.extend(0..count(&problem.clauses));
        let mut agenda = Agenda {
            start: 0,
            end: count(&self.pool),
            next: NONE,
        };
        loop {
            if let Some(clause) = clash.take() {
                let Some(back) = self.turn_back(problem, clause) else {
                    return Found::Covered;
                };
                agenda = back;
                clash = self.propagate(problem);
                continue;
            }
            if !self.choose_part(problem, &mut agenda) {
                return Found::Outside;
            }
            if self.take_pure_cells(problem) {
                continue;
            }
            if self.nodes >= nodes || self.work >= work {
                return Found::Limit;
            }
            self.nodes += 1;
            agenda = self.split(problem, agenda);
            clash = self.propagate(problem);
        }
    }

    /// Gives new variables their domains and looks once at each new clause; a clause that clashes.
    fn take_over(&mut self, problem: &Problem) -> Option<u32> {
        let variables = count(&problem.locals);
        for variable in self.variables..variables {
            let local = at(&problem.locals, variable);
            let words = (0..local.width).map(|word| full_word(local.cells, word));
            self.domains.extend(words);
        }
        self.variables = variables;
        let clauses = self.known..count(&problem.clauses);
        self.known = clauses.end;
        // First those of one literal, so that the others are looked at in domains that are small already.
        let is_unit = |clause: &u32| problem.literals_of(*clause).len() <= 1;
        let (units, longer) = (
            clauses.clone().filter(is_unit),
            clauses.filter(|it| !is_unit(it)),
        );
        units
            .chain(longer)
            .find(|clause| self.look_at(problem, *clause))
    }

    /// Looks at all clauses of all variables whose domains became smaller; a clause that clashes.
    fn propagate(&mut self, problem: &Problem) -> Option<u32> {
        while self.seen < count(&self.steps) {
            let variable = self
                .steps
                .get(self.seen as usize)
                .map_or(0, |step| step.variable);
            self.seen += 1;
            let mut next = at(&problem.locals, variable).newest;
            while next != NONE {
                let literal = at(&problem.literals, next);
                if self.look_at(problem, literal.clause) {
                    return Some(literal.clause);
                }
                next = literal.older;
            }
        }
        None
    }

    /// Narrows what the clause narrows; whether it clashes.
    fn look_at(&mut self, problem: &Problem, clause: u32) -> bool {
        // A clause that was added in this round is looked at when it is its turn.
        if clause >= self.known {
            return false;
        }
        match self.worth(problem, clause) {
            Worth::Holds | Worth::Open => false,
            Worth::Clash => true,
            Worth::Unit(literal) => {
                let literal = at(&problem.literals, literal);
                self.narrow(problem, literal, false, Reason::Clause(clause));
                false
            }
        }
    }

    fn worth(&mut self, problem: &Problem, clause: u32) -> Worth {
        let mut found = NONE;
        let mut more = false;
        let start = at(&problem.clauses, clause).start;
        for (literal, number) in problem.literals_of(clause).iter().zip(start..) {
            self.work += 1;
            match self.side(problem, *literal) {
                Side::False => continue,
                Side::True => return Worth::Holds,
                Side::Open => {}
            }
            more |= found != NONE;
            found = number;
        }
        match found {
            NONE => Worth::Clash,
            _ if more => Worth::Open,
            literal => Worth::Unit(literal),
        }
    }

    /// What a literal is in the present domain of its variable.
    #[inline]
    fn side(&self, problem: &Problem, literal: Literal) -> Side {
        let local = at(&problem.locals, literal.variable);
        let (none, all) = match local.width {
            // Nearly all have up to 64 cells.
            1 => {
                let (domain, mask) = (
                    at(&self.domains, local.domain),
                    at(&problem.words, literal.mask),
                );
                (domain & mask == 0, domain & !mask == 0)
            }
            width => {
                let domain = span(&self.domains, local.domain, width);
                let mask = span(&problem.words, literal.mask, width);
                (disjoint(domain, mask), within(domain, mask))
            }
        };
        match (none, all) {
            (true, _) => Side::False,
            (_, true) => Side::True,
            _ => Side::Open,
        }
    }

    /// Leaves in the domain what lies in the literal's mask, or outside of it.
    fn narrow(&mut self, problem: &Problem, literal: Literal, outside: bool, reason: Reason) {
        let flip = if outside { u64::MAX } else { 0 };
        let mask = problem.mask_of(literal);
        self.narrow_to(
            problem,
            literal.variable,
            mask.iter().map(|word| word ^ flip),
            reason,
        );
    }

    fn narrow_to(
        &mut self,
        problem: &Problem,
        variable: u32,
        mask: impl Iterator<Item = u64>,
        reason: Reason,
    ) {
        let local = at(&problem.locals, variable);
        let old = count(&self.old);
        self.steps.push(Step {
            variable,
            reason,
            old,
        });
        let domain = self
            .domains
            .iter_mut()
            .skip(local.domain as usize)
            .take(local.width as usize);
        for (word, mask) in domain.zip(mask) {
            self.old.push(*word);
            *word &= mask;
        }
    }

    /// Takes back all steps from `step` on.
    fn undo(&mut self, problem: &Problem, step: u32) {
        while count(&self.steps) > step {
            let Some(Step { variable, old, .. }) = self.steps.pop() else {
                return;
            };
            let local = at(&problem.locals, variable);
            let words = self.old.get(old as usize..).unwrap_or(&[]);
            for (word, number) in words.iter().zip(local.domain..) {
                put(&mut self.domains, number, *word);
            }
            self.old.truncate(old as usize);
        }
        self.seen = self.seen.min(step);
    }

    /// Takes back the last split that had a share in the clash and takes its other half; none if no split had one.
    fn turn_back(&mut self, problem: &Problem, clause: u32) -> Option<Agenda> {
        let clash = self.trace(problem, clause);
        let Some(last) = clash.splits.first().copied() else {
            self.core = clash.roots();
            return None;
        };
        while let Some(split) = self.splits.pop() {
            if split.step != last {
                continue;
            }
            self.undo(problem, split.step);
            self.clashes.truncate(split.clashes as usize);
            let number = count(&self.clashes);
            self.clashes.push(clash.without(last));
            self.pool.truncate(split.pool as usize);
            self.parts.truncate(split.parts as usize);
            let half = Literal {
                variable: split.variable,
                mask: split.mask,
                ..Literal::default()
            };
            self.narrow(problem, half, true, Reason::Flipped(number));
            return Some(split.agenda);
        }
        debug_assert!(false, "a clash names a split that does not stand");
        None
    }
}
