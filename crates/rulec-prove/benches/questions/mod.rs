//! Generated packs as formulas over cells, the questions that a checker asks about them, and classic hard questions.

use rulec_prove::{Answer, Assumed, FormulaId, Formulas, Free, Limits, Mask, Solver, Variable};

/// A small generator of numbers (splitmix64), the same on every machine.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap()
    }
}

/// What a pack is generated from.
#[derive(Clone, Copy)]
pub struct Size {
    pub rules: usize,
    pub variables: usize,
    pub assumptions: usize,
    /// Rules of one symptom, and the variables that they choose from.
    pub bucket: usize,
    pub bucket_variables: usize,
}

/// One rule: its literals, and the earlier rules of its bucket that override it.
pub struct Rule {
    literals: Vec<FormulaId>,
    when: FormulaId,
    overridden_by: Vec<usize>,
}

/// A generated pack.
pub struct Pack {
    pub formulas: Formulas,
    pub rules: Vec<Rule>,
    #[allow(dead_code, reason = "those who ask other solvers read it")]
    pub assumptions: Vec<FormulaId>,
    pub theory: Assumed<Free>,
    size: Size,
}

impl Pack {
    /// Half of the variables are Booleans, the others have up to 20 cells; rules have 2 to 8 literals, one in four overrides another.
    pub fn new(size: Size) -> Pack {
        let mut random = Random(7);
        let mut formulas = Formulas::new();
        let variables: Vec<Variable> = (0..size.variables)
            .map(|_| {
                let cells = if random.below(2) == 0 {
                    2
                } else {
                    3 + random.below(18)
                };
                formulas.variable(u32::try_from(cells).unwrap())
            })
            .collect();
        let mut rules: Vec<Rule> = Vec::new();
        for first in (0..size.rules).step_by(size.bucket) {
            let offset = random.below(size.variables - size.bucket_variables + 1);
            let own = &variables[offset..offset + size.bucket_variables];
            for number in first..(first + size.bucket).min(size.rules) {
                let literals = literals(&mut formulas, &mut random, own);
                let when = formulas.and(literals.iter().copied());
                let mut overridden_by = Vec::new();
                while number > first && random.below(4) == 0 {
                    overridden_by.push(first + random.below(number - first));
                }
                rules.push(Rule {
                    literals,
                    when,
                    overridden_by,
                });
            }
        }
        let mut theory = Assumed::new(Free);
        let mut assumptions = Vec::new();
        for _ in 0..size.assumptions {
            let parts: Vec<_> = (0..2 + random.below(2))
                .map(|_| {
                    let variable = variables[random.below(size.variables)];
                    literal(&mut formulas, &mut random, variable)
                })
                .collect();
            let assumption = formulas.or(parts);
            theory.add(&formulas, assumption, &[]);
            assumptions.push(assumption);
        }
        let settled = theory.settle(&formulas, &mut Solver::new(), &Limits::default());
        assert!(matches!(settled, Answer::Point(_)), "{settled:?}");
        Pack {
            formulas,
            rules,
            assumptions,
            theory,
            size,
        }
    }

    /// All questions, each a list of roots that must be true together.
    pub fn questions(&mut self) -> Questions {
        let mut questions = Questions::default();
        let formulas = &mut self.formulas;
        for rule in &self.rules {
            questions.add("satisfiable", [rule.when]);
            let not = formulas.not(rule.when);
            questions.add("always true", [not]);
            for dropped in 0..rule.literals.len() {
                let others = rule
                    .literals
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| *at != dropped);
                let opposite = formulas.not(rule.literals[dropped]);
                questions.add("redundant", others.map(|(_, it)| *it).chain([opposite]));
            }
            let overriding = rule.overridden_by.iter().map(|by| self.rules[*by].when);
            let overriding: Vec<_> = overriding.map(|when| formulas.not(when)).collect();
            questions.add("covered", overriding.into_iter().chain([rule.when]));
        }
        let mut random = Random(11);
        for bucket in self.rules.chunks(self.size.bucket) {
            for rule in bucket.iter().chain(bucket.iter().take(bucket.len() / 2)) {
                let other = &bucket[random.below(bucket.len())];
                questions.add("conflicting", [rule.when, other.when]);
            }
            let none = bucket.iter().map(|rule| formulas.not(rule.when));
            questions.add("gap", none.collect::<Vec<_>>());
        }
        questions
    }
}

fn literals(formulas: &mut Formulas, random: &mut Random, own: &[Variable]) -> Vec<FormulaId> {
    let mut chosen: Vec<Variable> = Vec::new();
    for _ in 0..2 + random.below(7) {
        let variable = own[random.below(own.len())];
        if !chosen.contains(&variable) {
            chosen.push(variable);
        }
    }
    chosen
        .into_iter()
        .map(|it| literal(formulas, random, it))
        .collect()
}

/// Mostly one cell or a few in a row, as comparisons make them.
fn literal(formulas: &mut Formulas, random: &mut Random, variable: Variable) -> FormulaId {
    let cells = formulas.cells(variable);
    let first = u32::try_from(random.below(cells as usize)).unwrap();
    let mask = match random.below(4) {
        0 if cells > 2 => Mask::of(cells, first.max(1)..cells),
        1 if cells > 2 => Mask::of(cells, [first]).complement(cells),
        _ => Mask::of(cells, [first]),
    };
    formulas.literal(variable, mask)
}

/// Questions of several kinds, kept flat.
#[derive(Default)]
pub struct Questions {
    roots: Vec<FormulaId>,
    ends: Vec<(&'static str, usize)>,
}

impl Questions {
    fn add(&mut self, kind: &'static str, roots: impl IntoIterator<Item = FormulaId>) {
        self.roots.extend(roots);
        self.ends.push((kind, self.roots.len()));
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &[FormulaId])> {
        let starts = [0].into_iter().chain(self.ends.iter().map(|(_, end)| *end));
        starts
            .zip(&self.ends)
            .map(|(start, (kind, end))| (*kind, &self.roots[start..*end]))
    }
}

/// So many pigeons into one hole fewer.
pub fn pigeons(count: u32) -> (Formulas, Vec<FormulaId>) {
    let mut formulas = Formulas::new();
    let holes = count - 1;
    let nests: Vec<_> = (0..count).map(|_| formulas.variable(holes)).collect();
    let mut roots = Vec::new();
    for (number, one) in nests.iter().enumerate() {
        for other in &nests[number + 1..] {
            for hole in 0..holes {
                let both = [formulas.is(*one, hole), formulas.is(*other, hole)];
                let both = formulas.and(both);
                roots.push(formulas.not(both));
            }
        }
    }
    (formulas, roots)
}

/// Clauses of three literals over Booleans.
pub fn three_literals(variables: usize, clauses: usize, seed: u64) -> (Formulas, Vec<FormulaId>) {
    let mut random = Random(seed);
    let mut formulas = Formulas::new();
    let all: Vec<_> = (0..variables).map(|_| formulas.variable(2)).collect();
    let clause = |_| {
        let mut chosen: Vec<usize> = Vec::new();
        while chosen.len() < 3 {
            let it = random.below(variables);
            if !chosen.contains(&it) {
                chosen.push(it);
            }
        }
        let parts: Vec<_> = chosen
            .iter()
            .map(|it| formulas.is(all[*it], u32::from(random.below(2) == 0)))
            .collect();
        formulas.or(parts)
    };
    let roots = (0..clauses).map(clause).collect();
    (formulas, roots)
}

/// So many Booleans whose sum must be even and odd at once: each once from the left and once from the right, through formulas of pairs.
pub fn parity(count: usize) -> (Formulas, Vec<FormulaId>) {
    let mut formulas = Formulas::new();
    let bits: Vec<_> = (0..count).map(|_| formulas.variable(2)).collect();
    let bits: Vec<_> = bits.iter().map(|bit| formulas.is(*bit, 1)).collect();
    let forward = bits
        .iter()
        .copied()
        .reduce(|sum, bit| differ(&mut formulas, sum, bit))
        .unwrap();
    let backward = bits
        .iter()
        .rev()
        .copied()
        .reduce(|sum, bit| differ(&mut formulas, sum, bit))
        .unwrap();
    let even = formulas.not(backward);
    (formulas, vec![forward, even])
}

fn differ(formulas: &mut Formulas, one: FormulaId, other: FormulaId) -> FormulaId {
    let (not_one, not_other) = (formulas.not(one), formulas.not(other));
    let first = formulas.and([one, not_other]);
    let second = formulas.and([not_one, other]);
    formulas.or([first, second])
}
