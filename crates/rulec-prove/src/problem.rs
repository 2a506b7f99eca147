//! The clauses of one question, with variables numbered from 0: what its roots reach, and nothing else.
//!
//! A clause lists literals of which one must hold; it is the complement of a cube in which no wanted point lies. A nested
//! `and` under an `or` gets an auxiliary variable (cell 1: the `and` must hold), made once however often it is reached. Only
//! that direction is written down, since formulas are in negation normal form and all roots are wanted true.

use crate::cells::{full_word, words_for};
use crate::formula::{Join, Node};
use crate::rows::{at, count, put, put_grown, span};
use crate::{Cube, FormulaId, Formulas, Variable};

/// No clause, no root, no further literal.
pub(crate) const NONE: u32 = u32::MAX;

/// A variable of the question.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Local {
    /// The variable outside; none of an auxiliary one.
    pub name: Option<Variable>,
    pub cells: u32,
    /// Words of its masks, and where its own cells begin in a table of all domains.
    pub width: u32,
    pub domain: u32,
    /// The newest literal of the variable; the others hang on it.
    pub newest: u32,
    /// The last draft of a clause that had the variable, and where its mask begins there.
    draft: u32,
    drafted: u32,
}

/// One literal of a clause.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Literal {
    pub variable: u32,
    /// Where the mask begins in the table of words.
    pub mask: u32,
    pub clause: u32,
    /// The next older literal of the same variable.
    pub older: u32,
}

/// One clause: a run of literals, and the root that demands it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Clause {
    pub start: u32,
    pub end: u32,
    /// None of a definition of an auxiliary variable or of a theory's cube.
    pub root: u32,
}

/// What was last noted for a variable or formula outside, and in which question.
#[derive(Debug, Clone, Copy, Default)]
struct Note {
    question: u32,
    local: u32,
}

/// The question that is being answered. One value serves many questions, one after the other, and keeps its memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Problem {
    pub locals: Vec<Local>,
    pub clauses: Vec<Clause>,
    pub literals: Vec<Literal>,
    pub words: Vec<u64>,
    /// Words of all domains together.
    pub domains: u32,
    pub roots: u32,
    question: u32,
    named: Vec<Note>,
    gates: Vec<Note>,
    waiting: Vec<(FormulaId, u32, u32)>,
    /// The literals of the clause that is being written: variable and its mask's place.
    draft: Vec<(u32, u32)>,
    drafts: u32,
    alternatives: Vec<FormulaId>,
}

impl Problem {
    /// Begins a new question with these roots.
    pub fn load(&mut self, formulas: &Formulas, roots: &[FormulaId]) {
        self.clear();
        self.roots = count(roots);
        for (root, number) in roots.iter().zip(0..) {
            self.waiting.push((*root, number, NONE));
            while let Some((formula, root, gate)) = self.waiting.pop() {
                self.demand(formulas, formula, root, gate);
            }
        }
    }

    /// Adds a clause that forbids `cube`.
    pub fn forbid(&mut self, formulas: &Formulas, cube: &Cube) {
        self.begin(NONE);
        for (variable, mask) in cube.literals() {
            let outside = mask.complement(formulas.cells(*variable));
            self.write(formulas, *variable, outside.words());
        }
        self.finish(NONE);
    }

    /// The literals of a clause.
    pub fn literals_of(&self, clause: u32) -> &[Literal] {
        let clause = at(&self.clauses, clause);
        span(&self.literals, clause.start, clause.end - clause.start)
    }

    /// The mask of a literal.
    pub fn mask_of(&self, literal: Literal) -> &[u64] {
        span(
            &self.words,
            literal.mask,
            at(&self.locals, literal.variable).width,
        )
    }

    fn clear(&mut self) {
        self.locals.clear();
        self.clauses.clear();
        self.literals.clear();
        self.words.clear();
        self.domains = 0;
        self.drafts = 0;
        self.waiting.clear();
        self.question = self.question.wrapping_add(1);
        if self.question == 0 {
            // After 2^32 questions the numbers come again, so what was noted under them must go.
            self.named.clear();
            self.gates.clear();
            self.question = 1;
        }
    }

    /// Demands `formula`, unless the auxiliary variable `gate` is off.
    fn demand(&mut self, formulas: &Formulas, formula: FormulaId, root: u32, gate: u32) {
        match formulas.node(formula) {
            Node::Constant(true) => {}
            Node::Joined(Join::And, ..) => {
                let parts = formulas.parts(formula).iter().rev();
                self.waiting.extend(parts.map(|part| (*part, root, gate)));
            }
            Node::Constant(false) | Node::Literal(..) | Node::Joined(Join::Or, ..) => {
                self.begin(gate);
                self.write_alternatives(formulas, formula);
                self.finish(root);
            }
        }
    }

    fn write_alternatives(&mut self, formulas: &Formulas, formula: FormulaId) {
        let mut waiting = std::mem::take(&mut self.alternatives);
        waiting.push(formula);
        while let Some(now) = waiting.pop() {
            match formulas.node(now) {
                Node::Constant(_) => {}
                Node::Literal(variable, mask) => self.write(formulas, *variable, mask.words()),
                Node::Joined(Join::Or, ..) => waiting.extend(formulas.parts(now).iter().rev()),
                Node::Joined(Join::And, ..) => {
                    let gate = self.gate(formulas, now);
                    self.write_words(gate, &[0b10]);
                }
            }
        }
        self.alternatives = waiting;
    }

    /// The auxiliary variable of an `and`, whose parts are put on the list of demands when it is first met.
    fn gate(&mut self, formulas: &Formulas, formula: FormulaId) -> u32 {
        let note = self
            .gates
            .get(formula.0 as usize)
            .copied()
            .unwrap_or_default();
        if note.question == self.question {
            return note.local;
        }
        let local = self.variable(None, 2);
        let note = Note {
            question: self.question,
            local,
        };
        put_grown(&mut self.gates, formula.0, note);
        let parts = formulas.parts(formula).iter().rev();
        self.waiting.extend(parts.map(|part| (*part, NONE, local)));
        local
    }

    fn begin(&mut self, gate: u32) {
        self.draft.clear();
        self.drafts += 1;
        if gate != NONE {
            self.write_words(gate, &[0b01]);
        }
    }

    fn write(&mut self, formulas: &Formulas, variable: Variable, mask: &[u64]) {
        let note = self
            .named
            .get(variable.0 as usize)
            .copied()
            .unwrap_or_default();
        let local = if note.question == self.question {
            note.local
        } else {
            let local = self.variable(Some(variable), formulas.cells(variable));
            let note = Note {
                question: self.question,
                local,
            };
            put_grown(&mut self.named, variable.0, note);
            local
        };
        self.write_words(local, mask);
    }

    fn write_words(&mut self, variable: u32, mask: &[u64]) {
        let place = count(&self.words);
        let drafts = self.drafts;
        let Some(local) = self.locals.get_mut(variable as usize) else {
            return;
        };
        if local.draft == drafts {
            let words = self.words.iter_mut().skip(local.drafted as usize);
            for (word, more) in words.zip(mask) {
                *word |= more;
            }
            return;
        }
        (local.draft, local.drafted) = (drafts, place);
        self.draft.push((variable, place));
        self.words.extend_from_slice(mask);
    }

    /// Writes the clause down, unless a literal of it holds everywhere.
    fn finish(&mut self, root: u32) {
        let holds = |(variable, place): &(u32, u32)| {
            let local = at(&self.locals, *variable);
            let mask = span(&self.words, *place, local.width);
            let mut words = mask.iter().zip(0..);
            words.all(|(word, at)| *word == full_word(local.cells, at))
        };
        if self.draft.iter().any(holds) {
            return;
        }
        let clause = count(&self.clauses);
        let start = count(&self.literals);
        for (variable, mask) in &self.draft {
            let number = count(&self.literals);
            let mut local = at(&self.locals, *variable);
            self.literals.push(Literal {
                variable: *variable,
                mask: *mask,
                clause,
                older: local.newest,
            });
            local.newest = number;
            put(&mut self.locals, *variable, local);
        }
        let end = count(&self.literals);
        self.clauses.push(Clause { start, end, root });
    }

    fn variable(&mut self, name: Option<Variable>, cells: u32) -> u32 {
        let number = count(&self.locals);
        let width = words_for(cells);
        self.locals.push(Local {
            name,
            cells,
            width,
            domain: self.domains,
            newest: NONE,
            draft: 0,
            drafted: 0,
        });
        self.domains += width;
        number
    }
}
