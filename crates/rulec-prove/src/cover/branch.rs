//! What to do next where nothing is forced: pure cells, unconnected parts, the next split.

use super::{Agenda, Cover, Reason, Side, Split};
use crate::cells::disjoint;
use crate::problem::{Literal, NONE, Problem};
use crate::rows::{at, count, put, span};

/// Notes about the variables of the part that is being looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct Branching {
    round: u64,
    /// By variable: the round in which it was last met, in how many open clauses, and its part's representative.
    met: Vec<u64>,
    uses: Vec<u32>,
    leader: Vec<u32>,
    /// By word of the domains: cells in which all open clauses of the variable hold.
    meet: Vec<u64>,
    /// The variables met in this round, in order.
    order: Vec<u32>,
    /// The shortest open clause, and how many of its literals can hold.
    shortest: u32,
    length: u32,
    /// Open clauses with the place of their part, to be sorted.
    grouped: Vec<(u32, u32)>,
    /// The literals of a clause that can hold.
    open: Vec<Literal>,
}

impl Branching {
    fn begin(&mut self, problem: &Problem) {
        self.round += 1;
        let variables = problem.locals.len();
        if self.met.len() < variables {
            self.met.resize(variables, 0);
            self.uses.resize(variables, 0);
            self.leader.resize(variables, 0);
        }
        if self.meet.len() < problem.domains as usize {
            self.meet.resize(problem.domains as usize, 0);
        }
        self.order.clear();
        self.shortest = NONE;
        self.length = NONE;
    }

    fn meet(&mut self, problem: &Problem, literal: Literal) {
        let local = at(&problem.locals, literal.variable);
        let mask = span(&problem.words, literal.mask, local.width);
        let words = self.meet.iter_mut().skip(local.domain as usize);
        if at(&self.met, literal.variable) == self.round {
            words.zip(mask).for_each(|(word, mask)| *word &= mask);
            let uses = at(&self.uses, literal.variable);
            put(&mut self.uses, literal.variable, uses + 1);
            return;
        }
        words.zip(mask).for_each(|(word, mask)| *word = *mask);
        put(&mut self.met, literal.variable, self.round);
        put(&mut self.uses, literal.variable, 1);
        put(&mut self.leader, literal.variable, literal.variable);
        self.order.push(literal.variable);
    }

    fn leader_of(&mut self, variable: u32) -> u32 {
        let mut now = variable;
        loop {
            let next = at(&self.leader, now);
            if next == now {
                return now;
            }
            let after = at(&self.leader, next);
            put(&mut self.leader, now, after);
            now = after;
        }
    }

    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.leader_of(one), self.leader_of(other));
        put(&mut self.leader, one.max(other), one.min(other));
    }
}

impl Cover {
    /// Turns the agenda to a connected part with open clauses; whether there is one.
    pub(super) fn choose_part(&mut self, problem: &Problem, agenda: &mut Agenda) -> bool {
        loop {
            self.gather(problem, agenda);
            if agenda.start < agenda.end {
                return true;
            }
            if agenda.next == NONE {
                return false;
            }
            *agenda = at(&self.parts, agenda.next);
        }
    }

    /// Puts the open clauses of the agenda as a new run at the end of the pool, with notes about their variables.
    fn gather(&mut self, problem: &Problem, agenda: &mut Agenda) {
        self.branching.begin(problem);
        let start = count(&self.pool);
        for place in agenda.start..agenda.end {
            let clause = at(&self.pool, place);
            if self.is_open(problem, clause) {
                self.pool.push(clause);
                let length = count(&self.branching.open);
                if length < self.branching.length {
                    self.branching.length = length;
                    self.branching.shortest = clause;
                }
                self.note(problem);
            }
        }
        (agenda.start, agenda.end) = (start, count(&self.pool));
    }

    /// Gathers the literals of a clause that can hold; false if it holds already.
    fn is_open(&mut self, problem: &Problem, clause: u32) -> bool {
        let mut open = std::mem::take(&mut self.branching.open);
        open.clear();
        let mut holds = false;
        for literal in problem.literals_of(clause) {
            self.work += 1;
            match self.side(problem, *literal) {
                Side::True => {
                    holds = true;
                    break;
                }
                Side::Open => open.push(*literal),
                Side::False => {}
            }
        }
        self.branching.open = open;
        !holds
    }

    /// Notes the variables of the literals that can hold.
    fn note(&mut self, problem: &Problem) {
        let open = std::mem::take(&mut self.branching.open);
        let mut first = NONE;
        for literal in &open {
            self.branching.meet(problem, *literal);
            match first {
                NONE => first = literal.variable,
                first => self.branching.join(first, literal.variable),
            }
        }
        self.branching.open = open;
    }

    /// Takes cells in which all open clauses of their variable hold; whether there were any.
    pub(super) fn take_pure_cells(&mut self, problem: &Problem) -> bool {
        let before = self.steps.len();
        let branching = std::mem::take(&mut self.branching);
        for variable in &branching.order {
            let local = at(&problem.locals, *variable);
            let meet = span(&branching.meet, local.domain, local.width);
            if !disjoint(meet, self.domain(problem, *variable)) {
                self.narrow_to(problem, *variable, meet.iter().copied(), Reason::Pure);
            }
        }
        self.branching = branching;
        // Clauses that a pure cell fulfils force nothing.
        self.seen = count(&self.steps);
        self.steps.len() > before
    }

    /// Splits the variable with most open clauses in the shortest one, in the smallest unconnected part of the agenda,
    /// which the agenda begins with from then on.
    pub(super) fn split(&mut self, problem: &Problem, mut agenda: Agenda) -> Agenda {
        self.part(problem, &mut agenda);
        let mut best = (0, Literal::default());
        for literal in problem.literals_of(self.branching.shortest) {
            let uses = at(&self.branching.uses, literal.variable);
            if uses > best.0 && self.side(problem, *literal) != Side::False {
                best = (uses, *literal);
            }
        }
        let literal = best.1;
        self.splits.push(Split {
            step: count(&self.steps),
            variable: literal.variable,
            mask: literal.mask,
            agenda,
            clashes: count(&self.clashes),
            pool: count(&self.pool),
            parts: count(&self.parts),
        });
        self.narrow(problem, literal, false, Reason::Split);
        agenda
    }

    /// If the agenda falls into unconnected parts: leaves the smallest in it, and puts the others behind it.
    fn part(&mut self, problem: &Problem, agenda: &mut Agenda) {
        let mut grouped = std::mem::take(&mut self.branching.grouped);
        grouped.clear();
        for place in agenda.start..agenda.end {
            let clause = at(&self.pool, place);
            let open = |it: &&Literal| self.side(problem, **it) != Side::False;
            let literal = problem.literals_of(clause).iter().find(open);
            let leader = literal.map_or(NONE, |it| self.branching.leader_of(it.variable));
            grouped.push((leader, clause));
        }
        let first = grouped.first().map(|(leader, _)| *leader);
        if grouped.iter().any(|(leader, _)| Some(*leader) != first) {
            grouped.sort_unstable();
            let mut runs: Vec<_> = grouped.chunk_by(|one, other| one.0 == other.0).collect();
            runs.sort_by_key(|run| run.len());
            let mut next = agenda.next;
            for run in runs.iter().rev() {
                let start = count(&self.pool);
                self.pool.extend(run.iter().map(|(_, clause)| *clause));
                *agenda = Agenda {
                    start,
                    end: count(&self.pool),
                    next,
                };
                next = count(&self.parts);
                self.parts.push(*agenda);
            }
            self.gather(problem, agenda);
        }
        self.branching.grouped = grouped;
    }
}
