//! The search that learns from its conflicts, for questions on which splitting takes too long: batsat.
//!
//! Cells of a variable that no clause tells apart are one class; a class is a Boolean, a variable with two classes one Boolean
//! in all. When a later clause of the theory cuts a class in two, two new Booleans are tied to the old one. Roots can be made
//! assumptions, so that those behind a contradiction are known; what is learnt carries them along, which costs a multiple if there
//! are many, so it is done only once a contradiction is certain.

use batsat::{Callbacks, ClauseKind, Lit, Solver, SolverInterface, SolverOpts, lbool};

use crate::cells::{disjoint, full_word, within};
use crate::cover::Found;
use crate::problem::{Literal, NONE, Problem};
use crate::rows::{at, count, put, span};

/// Up to so many classes are told to exclude each other pair by pair.
const PAIRWISE: usize = 8;

/// Counts conflicts, and stops the search at the limit: batsat has no limit of its own that can be set from outside.
struct Counter {
    conflicts: u64,
    limit: u64,
}

impl Callbacks for Counter {
    fn on_new_clause(&mut self, _: &[Lit], kind: ClauseKind) {
        self.conflicts += u64::from(matches!(kind, ClauseKind::Learnt));
    }

    fn stop(&self) -> bool {
        self.conflicts >= self.limit
    }
}

/// Cells of one variable that no clause tells apart, and the Boolean that says that the variable lies in them.
struct Class {
    cells: Vec<u64>,
    lit: Lit,
}

/// One question given to batsat.
pub(crate) struct Cdcl {
    solver: Solver<Counter>,
    /// By variable.
    classes: Vec<Vec<Class>>,
    /// By root: the assumption that switches its clauses on. None if the roots behind a contradiction are not wanted.
    switches: Option<Vec<Option<Lit>>>,
    assumptions: Vec<Lit>,
    /// Clauses that were handed over.
    known: u32,
    /// The cells left of each variable, as in the table of domains of the other search.
    domains: Vec<u64>,
    /// The roots behind a contradiction, if they are wanted.
    pub core: Vec<u32>,
}

impl Cdcl {
    /// A search that ends after so many conflicts, and perhaps finds the roots behind a contradiction.
    pub fn new(problem: &Problem, conflicts: u64, wants_core: bool) -> Cdcl {
        let counter = Counter {
            conflicts: 0,
            limit: conflicts,
        };
        let mut cdcl = Cdcl {
            solver: Solver::new(SolverOpts::default(), counter),
            classes: Vec::new(),
            switches: wants_core.then(|| vec![None; problem.roots as usize]),
            assumptions: Vec::new(),
            known: 0,
            domains: Vec::new(),
            core: Vec::new(),
        };
        cdcl.add_variables(problem);
        cdcl
    }

    /// Conflicts met so far.
    pub fn conflicts(&self) -> u64 {
        self.solver.cb().conflicts
    }

    /// The cells of which the last point takes one.
    pub fn domain(&self, problem: &Problem, variable: u32) -> &[u64] {
        let local = at(&problem.locals, variable);
        span(&self.domains, local.domain, local.width)
    }

    /// Looks for a point. May be called again after the problem has got further clauses; conflicts are counted over all calls.
    pub fn search(&mut self, problem: &Problem) -> Found {
        self.add_variables(problem);
        for clause in self.known..count(&problem.clauses) {
            self.cut_classes(problem, clause);
            self.add_clause(problem, clause);
        }
        self.known = count(&problem.clauses);
        let found = self.solver.solve_limited(&self.assumptions);
        if found == lbool::TRUE {
            self.take_domains(problem);
            Found::Outside
        } else if found == lbool::FALSE {
            self.core = self.roots_behind();
            Found::Covered
        } else {
            Found::Limit
        }
    }

    fn roots_behind(&self) -> Vec<u32> {
        let switches = self.switches.iter().flatten().zip(0..);
        let behind = switches.filter(|(switch, _)| {
            switch.is_some_and(|lit| self.solver.unsat_core_contains_var(lit.var()))
        });
        behind.map(|(_, root)| root).collect()
    }

    /// Gives new variables their classes: those that all clauses of now make.
    fn add_variables(&mut self, problem: &Problem) {
        for variable in count(&self.classes)..count(&problem.locals) {
            let local = at(&problem.locals, variable);
            let full = (0..local.width).map(|word| full_word(local.cells, word));
            let mut cells = vec![full.collect::<Vec<u64>>()];
            let mut next = local.newest;
            while next != NONE {
                let literal = at(&problem.literals, next);
                cut(&mut cells, problem.mask_of(literal));
                next = literal.older;
            }
            let lits = self.add_choice(cells.len());
            let classes = cells.into_iter().zip(lits);
            self.classes
                .push(classes.map(|(cells, lit)| Class { cells, lit }).collect());
        }
    }

    /// Booleans of which exactly one is true.
    fn add_choice(&mut self, classes: usize) -> Vec<Lit> {
        let first = self.new_lit();
        match classes {
            0 | 1 => {
                self.add(vec![first]);
                vec![first]
            }
            2 => vec![first, !first],
            _ => {
                let mut lits = vec![first];
                lits.extend((1..classes).map(|_| self.new_lit()));
                self.add(lits.clone());
                self.exclude(&lits);
                lits
            }
        }
    }

    /// Says that at most one of these is true.
    fn exclude(&mut self, lits: &[Lit]) {
        if lits.len() <= PAIRWISE {
            for (number, one) in lits.iter().enumerate() {
                for other in lits.iter().skip(number + 1) {
                    self.add(vec![!*one, !*other]);
                }
            }
            return;
        }
        // A chain of Booleans, each saying that one so far was true, takes linear space.
        let mut earlier: Option<Lit> = None;
        for lit in lits {
            let so_far = self.new_lit();
            self.add(vec![!*lit, so_far]);
            if let Some(earlier) = earlier {
                self.add(vec![!earlier, so_far]);
                self.add(vec![!earlier, !*lit]);
            }
            earlier = Some(so_far);
        }
    }

    /// Cuts classes that a clause cuts, as a clause of the theory may do.
    fn cut_classes(&mut self, problem: &Problem, clause: u32) {
        for literal in problem.literals_of(clause) {
            let mask = problem.mask_of(*literal);
            let Some(classes) = self.classes.get_mut(literal.variable as usize) else {
                continue;
            };
            let is_cut =
                |class: &Class| !disjoint(&class.cells, mask) && !within(&class.cells, mask);
            let (old, mut kept): (Vec<_>, Vec<_>) =
                std::mem::take(classes).into_iter().partition(is_cut);
            for class in old {
                let mut parts = vec![class.cells];
                cut(&mut parts, mask);
                let (one, other) = (self.new_lit(), self.new_lit());
                self.add(vec![!class.lit, one, other]);
                self.add(vec![!one, class.lit]);
                self.add(vec![!other, class.lit]);
                self.add(vec![!one, !other]);
                let lits = [one, other];
                kept.extend(
                    parts
                        .into_iter()
                        .zip(lits)
                        .map(|(cells, lit)| Class { cells, lit }),
                );
            }
            if let Some(classes) = self.classes.get_mut(literal.variable as usize) {
                *classes = kept;
            }
        }
    }

    fn add_clause(&mut self, problem: &Problem, clause: u32) {
        let mut lits = Vec::new();
        for literal in problem.literals_of(clause) {
            self.add_literal(problem, *literal, &mut lits);
        }
        lits.extend(
            self.switch_of(at(&problem.clauses, clause).root)
                .map(|switch| !switch),
        );
        self.add(lits);
    }

    fn add_literal(&self, problem: &Problem, literal: Literal, lits: &mut Vec<Lit>) {
        let mask = problem.mask_of(literal);
        let classes = self
            .classes
            .get(literal.variable as usize)
            .map_or(&[][..], |it| it);
        let outside: Vec<_> = classes
            .iter()
            .filter(|class| disjoint(&class.cells, mask))
            .collect();
        match outside.as_slice() {
            [only] => lits.push(!only.lit),
            _ => lits.extend(
                classes
                    .iter()
                    .filter(|it| within(&it.cells, mask))
                    .map(|it| it.lit),
            ),
        }
    }

    /// The assumption of a root, made when it is first met; none if there is no root, or roots do not matter.
    fn switch_of(&mut self, root: u32) -> Option<Lit> {
        let known = *self.switches.as_ref()?.get(root as usize)?;
        if known.is_some() {
            return known;
        }
        let lit = self.new_lit();
        put(self.switches.as_mut()?, root, Some(lit));
        self.assumptions.push(lit);
        Some(lit)
    }

    fn take_domains(&mut self, problem: &Problem) {
        self.domains.clear();
        for (variable, classes) in (0..count(&problem.locals)).zip(&self.classes) {
            let is_true = |class: &&Class| self.solver.value_lit(class.lit) == lbool::TRUE;
            let taken = classes.iter().find(is_true).or(classes.first());
            debug_assert!(taken.is_some(), "variable {variable} has no class");
            self.domains
                .extend(taken.map_or(&[][..], |class| &class.cells));
        }
    }

    fn new_lit(&mut self) -> Lit {
        Lit::new(self.solver.new_var_default(), true)
    }

    fn add(&mut self, mut lits: Vec<Lit>) {
        // Whether the clauses contradict each other already shows at the next search.
        self.solver.add_clause_reuse(&mut lits);
    }
}

/// Cuts each set of cells in what lies inside the mask and outside of it.
fn cut(sets: &mut Vec<Vec<u64>>, mask: &[u64]) {
    for number in 0..sets.len() {
        let Some(set) = sets.get_mut(number) else {
            return;
        };
        if disjoint(set, mask) || within(set, mask) {
            continue;
        }
        let outside = set
            .iter()
            .zip(mask)
            .map(|(word, mask)| word & !mask)
            .collect();
        set.iter_mut()
            .zip(mask)
            .for_each(|(word, mask)| *word &= mask);
        sets.push(outside);
    }
}
