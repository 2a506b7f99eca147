//! Random small questions, and their answers by trying every point.

use rulec_prove::{Cube, FormulaId, Formulas, Mask, Point, Theory, Variable};

/// A small generator of numbers (splitmix64), the same on every machine.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: u32) -> u32 {
        u32::try_from(self.next() % u64::from(bound.max(1))).unwrap()
    }

    pub fn one_in(&mut self, chances: u32) -> bool {
        self.below(chances) == 0
    }
}

/// Formulas over a few variables whose points can all be tried.
pub struct World {
    pub formulas: Formulas,
    pub variables: Vec<Variable>,
    sizes: Vec<u32>,
}

impl World {
    /// At most `most` points in all; sometimes a variable has more than 64 cells.
    pub fn mixed(random: &mut Random, most: u32) -> World {
        let sizes = (0..2 + random.below(6)).map(|_| match random.below(24) {
            0 => 66 + random.below(70),
            1..=3 => 1 + random.below(9),
            _ => 2 + random.below(3),
        });
        World::new(most, sizes.collect())
    }

    /// About seven small variables: enough for questions that need splits.
    pub fn tight(random: &mut Random) -> World {
        let sizes = (0..8).map(|_| 2 + random.below(8) / 7);
        World::new(200, sizes.collect())
    }

    fn new(most: u32, wanted: Vec<u32>) -> World {
        let mut formulas = Formulas::new();
        let mut variables = Vec::new();
        let mut sizes = Vec::new();
        for cells in wanted {
            if sizes.iter().product::<u32>() * cells <= most {
                variables.push(formulas.variable(cells));
                sizes.push(cells);
            }
        }
        if variables.is_empty() {
            variables.push(formulas.variable(2));
            sizes.push(2);
        }
        World {
            formulas,
            variables,
            sizes,
        }
    }

    /// An `or` of two or three literals or small cubes.
    pub fn clause(&mut self, random: &mut Random) -> FormulaId {
        let parts: Vec<_> = (0..2 + random.below(2))
            .map(|_| {
                let literals: Vec<_> = (0..1 + random.below(5) / 4)
                    .map(|_| {
                        let variable = self.any(random);
                        let cell = random.below(self.formulas.cells(variable));
                        self.formulas.is(variable, cell)
                    })
                    .collect();
                self.formulas.and(literals)
            })
            .collect();
        self.formulas.or(parts)
    }

    pub fn mask(&self, random: &mut Random, variable: Variable) -> Mask {
        let cells = self.formulas.cells(variable);
        let kept = 1 + random.below(3);
        Mask::of(cells, (0..cells).filter(|_| random.below(4) < kept))
    }

    pub fn any(&self, random: &mut Random) -> Variable {
        self.variables[random.below(self.variables.len() as u32) as usize]
    }

    pub fn formula(&mut self, random: &mut Random, depth: u32) -> FormulaId {
        let made = if depth == 0 || random.one_in(4) {
            let variable = self.any(random);
            let mask = self.mask(random, variable);
            self.formulas.literal(variable, mask)
        } else {
            let parts: Vec<_> = (0..1 + random.below(4))
                .map(|_| self.formula(random, depth - 1))
                .collect();
            if random.one_in(2) {
                self.formulas.and(parts)
            } else {
                self.formulas.or(parts)
            }
        };
        if random.one_in(4) {
            self.formulas.not(made)
        } else {
            made
        }
    }

    pub fn cube(&self, random: &mut Random) -> Cube {
        let literals = (0..1 + random.below(4)).map(|_| {
            let variable = self.any(random);
            (variable, self.mask(random, variable))
        });
        Cube::new(literals.collect::<Vec<_>>())
    }

    /// All points, each as one cell a variable.
    pub fn points(&self) -> impl Iterator<Item = Point> + '_ {
        let total: u32 = self.sizes.iter().product();
        (0..total).map(|mut number| {
            Point::new(
                self.variables
                    .iter()
                    .zip(&self.sizes)
                    .map(|(variable, size)| {
                        let cell = number % size;
                        number /= size;
                        (*variable, cell)
                    }),
            )
        })
    }

    /// At which points each formula is true.
    pub fn truth(&self, formulas: &[FormulaId]) -> Vec<Vec<bool>> {
        let at_point = |point: Point| {
            let value = |formula: &FormulaId| {
                self.formulas
                    .value(*formula, |variable| point.cell(variable))
                    .unwrap()
            };
            formulas.iter().map(value).collect()
        };
        self.points().map(at_point).collect()
    }
}

/// A theory that hides cubes and tells of one or all of those that the point may lie in.
#[derive(Clone)]
pub struct Hidden {
    pub cubes: Vec<Cube>,
    /// Tell of all cubes that stand against the point, not just of one.
    pub all: bool,
    /// Free variables are given this cell before the point is judged.
    pub completes: Option<u32>,
}

impl Theory for Hidden {
    fn refute(&mut self, formulas: &Formulas, point: &mut Point) -> Vec<Cube> {
        if let Some(cell) = self.completes {
            for cube in &self.cubes {
                for (variable, _) in cube.literals() {
                    point.set(*variable, cell % formulas.cells(*variable));
                }
            }
        }
        let against = self
            .cubes
            .iter()
            .filter(|cube| cube.holds(point) != Some(false));
        against
            .take(if self.all { usize::MAX } else { 1 })
            .cloned()
            .collect()
    }
}
