//! Random questions over small spaces, answered by the solver and by trying every point.
//!
//! `RULEC_QUESTIONS` and `RULEC_SEED` in the environment ask more questions, or others.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a test may fail loudly"
)]

use rulec_prove::{Answer, FormulaId, Limits, Point, Solver};

mod random;

use random::{Hidden, Random, World};

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

/// How often each thing came.
#[derive(Debug, Default)]
struct Shares {
    points: u32,
    none: u32,
    clashing_with_theory: u32,
    refuted: u32,
    split: u32,
    small_cores: u32,
}

/// A world with formulas, and all its points.
struct Trial {
    world: World,
    pool: Vec<FormulaId>,
    points: Vec<Point>,
    /// By point, then by formula of the pool.
    truth: Vec<Vec<bool>>,
    theory: Hidden,
    /// By point: whether no hidden cube holds it.
    real: Vec<bool>,
}

impl Trial {
    fn new(random: &mut Random) -> Trial {
        let tight = random.one_in(2);
        let mut world = if tight {
            World::tight(random)
        } else {
            World::mixed(random, 300)
        };
        let hidden = if random.one_in(2) {
            0
        } else {
            random.below(12)
        };
        let cubes: Vec<_> = (0..hidden).map(|_| world.cube(random)).collect();
        let completes = random.one_in(2).then(|| random.below(4));
        let pool: Vec<_> = if tight {
            (0..40).map(|_| world.clause(random)).collect()
        } else {
            (0..12).map(|_| world.formula(random, 3)).collect()
        };
        let points: Vec<_> = world.points().collect();
        let real = |point: &Point| cubes.iter().all(|cube| cube.holds(point) == Some(false));
        Trial {
            truth: world.truth(&pool),
            real: points.iter().map(real).collect(),
            theory: Hidden {
                cubes,
                all: random.one_in(2),
                completes,
                rounds: 0,
            },
            world,
            pool,
            points,
        }
    }

    /// Numbers of points that make all these formulas of the pool true.
    fn fulfilling(&self, roots: &[usize], real: bool) -> impl Iterator<Item = usize> {
        (0..self.points.len()).filter(move |at| {
            roots.iter().all(|root| self.truth[*at][*root]) && (!real || self.real[*at])
        })
    }

    fn ask(&mut self, roots: &[usize], solver: &mut Solver, limits: &Limits) -> Answer {
        self.theory.rounds = 0;
        let roots: Vec<_> = roots.iter().map(|at| self.pool[*at]).collect();
        solver.ask(&self.world.formulas, &roots, &mut self.theory, limits)
    }

    /// Whether the answer to this question is right; an undecided one is not wrong.
    fn check(&self, roots: &[usize], answer: &Answer) {
        match answer {
            Answer::Point(point) => {
                let agrees = |at: usize| {
                    point
                        .iter()
                        .all(|(v, cell)| self.points[at].cell(v) == Some(cell))
                };
                assert!(
                    self.fulfilling(roots, true).any(agrees),
                    "not a point of {roots:?}: {point:?}"
                );
            }
            Answer::None { core } => {
                assert!(
                    core.windows(2).all(|pair| pair[0] < pair[1]),
                    "not in order: {core:?}"
                );
                let kept: Vec<_> = core.iter().map(|at| roots[*at]).collect();
                assert!(
                    self.fulfilling(&kept, true).next().is_none(),
                    "{core:?} of {roots:?} has a point"
                );
            }
            Answer::Undecided(_) => {}
        }
    }
}

#[test]
fn every_answer_agrees_with_trying_all_points() {
    let questions = number("RULEC_QUESTIONS", 120_000);
    let mut random = Random(number("RULEC_SEED", 1));
    let mut shares = Shares::default();
    let mut solver = Solver::new();
    for _ in 0..questions.div_ceil(64) {
        let mut trial = Trial::new(&mut random);
        for number in 0..64 {
            let share = if trial.pool.len() > 12 {
                4 + number % 8
            } else {
                1 + number % 4
            };
            let roots = 0..trial.pool.len();
            let roots: Vec<usize> = roots.filter(|_| random.below(16) < share).collect();
            let answer = trial.ask(&roots, &mut solver, &Limits::default());
            trial.check(&roots, &answer);
            shares.refuted += u32::from(trial.theory.rounds > 1);
            shares.split += u32::from(solver.spent().nodes > 0);
            match answer {
                Answer::Point(_) => shares.points += 1,
                Answer::None { core } => {
                    shares.none += 1;
                    shares.clashing_with_theory +=
                        u32::from(trial.fulfilling(&roots, false).next().is_some());
                    shares.small_cores += u32::from(core.len() < roots.len());
                }
                Answer::Undecided(limit) => panic!("undecided at {limit:?}"),
            }
        }
    }
    println!("{shares:?}");
    let share = |count: u32| f64::from(count) / questions as f64;
    assert!(
        share(shares.points) > 0.2 && share(shares.none) > 0.2,
        "{shares:?}"
    );
    assert!(
        share(shares.clashing_with_theory) > 0.02 && share(shares.refuted) > 0.05,
        "{shares:?}"
    );
    assert!(
        share(shares.split) > 0.05 && share(shares.small_cores) > 0.1,
        "{shares:?}"
    );
}
