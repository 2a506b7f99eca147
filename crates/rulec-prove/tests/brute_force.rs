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

use rulec_prove::{Answer, Assumed, FormulaId, Limits, Point, Solver};

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
    learned: u32,
    undecided: u32,
}

impl Shares {
    fn count(
        &mut self,
        trial: &Trial,
        roots: &[usize],
        answer: &Answer,
        solver: &Solver,
        number: usize,
    ) {
        let spent = solver.spent();
        self.refuted += u32::from(spent.rounds > 0);
        self.split += u32::from(spent.nodes > 0);
        self.learned += u32::from(spent.conflicts > 0);
        match answer {
            Answer::Point(_) => self.points += 1,
            Answer::None { core } => {
                self.none += 1;
                self.clashing_with_theory +=
                    u32::from(trial.fulfilling(roots, false).next().is_some());
                self.small_cores += u32::from(core.len() < roots.len());
            }
            Answer::Undecided(limit) => {
                assert_eq!(number % 4, 3, "undecided at {limit:?}");
                self.undecided += 1;
            }
        }
    }
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

/// Limits under which each rung of the ladder gets its share: all; the learning search first; only the long search; nearly nothing.
fn limits(number: usize) -> Limits {
    let all = Limits::default();
    match number % 4 {
        0 => all,
        1 => Limits { nodes: 0, ..all },
        2 => Limits {
            nodes: 0,
            conflicts: 0,
            ..all
        },
        _ => Limits {
            nodes: 1,
            conflicts: 1,
            large_nodes: 2,
            rounds: 1,
            work: 200,
        },
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
                4 + number / 4 % 8
            } else {
                1 + number / 4 % 4
            };
            let roots = 0..trial.pool.len();
            let roots: Vec<usize> = roots.filter(|_| random.below(16) < share as u32).collect();
            let answer = trial.ask(&roots, &mut solver, &limits(number));
            trial.check(&roots, &answer);
            if number % 8 < 4 {
                // What was asked before changes no answer.
                let fresh = trial.ask(&roots, &mut Solver::new(), &limits(number));
                assert_eq!(fresh, answer, "{roots:?}");
            }
            shares.count(&trial, &roots, &answer, &solver, number);
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
    assert!(
        share(shares.learned) > 0.05 && share(shares.undecided) > 0.01,
        "{shares:?}"
    );
    assert!(share(shares.undecided) < 0.2, "{shares:?}");
}

#[test]
fn minimal_cores_clash_and_need_each_root() {
    let mut random = Random(number("RULEC_SEED", 2));
    let mut solver = Solver::new();
    let (mut cores, mut shorter, mut with_theory) = (0, 0, 0);
    for _ in 0..number("RULEC_QUESTIONS", 6_000).div_ceil(12) {
        let mut trial = Trial::new(&mut random);
        for number in 0..12 {
            let share = if trial.pool.len() > 12 { 10 } else { 5 };
            let roots = 0..trial.pool.len();
            let roots: Vec<usize> = roots.filter(|_| random.below(16) < share).collect();
            let ids: Vec<_> = roots.iter().map(|at| trial.pool[*at]).collect();
            let formulas = &trial.world.formulas;
            let found = solver.minimal_core(formulas, &ids, &mut trial.theory, &limits(number % 3));
            let clashes = trial.fulfilling(&roots, true).next().is_none();
            assert_eq!(found.is_some(), clashes, "{roots:?}");
            let Some(core) = found else {
                continue;
            };
            let mut wanted: Vec<usize> = roots.clone();
            for root in &roots {
                let left: Vec<usize> = wanted.iter().copied().filter(|it| it != root).collect();
                if trial.fulfilling(&left, true).next().is_none() {
                    wanted = left;
                }
            }
            let kept: Vec<usize> = core.roots.iter().map(|at| roots[*at]).collect();
            assert_eq!(kept, wanted, "of {roots:?}");
            assert!(core.minimal);
            cores += 1;
            shorter += u32::from(kept.len() > 1 && kept.len() < roots.len());
            with_theory += u32::from(trial.fulfilling(&kept, false).next().is_some());
        }
    }
    println!(
        "{cores} cores, {shorter} of several roots but not all, {with_theory} with the theory"
    );
    assert!(cores > 1_000 && shorter > 500 && with_theory > 100);
}

/// Whether a point that agrees with this one, and with the settled one where it is free, makes the roots and assumptions true.
fn completes(trial: &Trial, theory: &Assumed<Hidden>, point: &Point, wanted: &[usize]) -> bool {
    let agrees = |full: &Point| {
        full.iter()
            .all(|(variable, cell)| match point.cell(variable) {
                Some(it) => it == cell,
                None => theory.settled(variable).is_none_or(|it| it == cell),
            })
    };
    trial
        .fulfilling(wanted, true)
        .any(|at| agrees(&trial.points[at]))
}

#[test]
fn assumptions_that_are_looked_at_where_touched_hold_everywhere() {
    let mut random = Random(number("RULEC_SEED", 3));
    let mut solver = Solver::new();
    let (mut points, mut none, mut by_assumption, mut contradictory) = (0, 0, 0, 0);
    for round in 0..number("RULEC_QUESTIONS", 24_000).div_ceil(12) {
        let trial = Trial::new(&mut random);
        let assumed: Vec<usize> = (0..trial.pool.len()).filter(|_| random.one_in(8)).collect();
        let mut theory = Assumed::new(trial.theory.clone());
        // Without a settled point it must be right, too, if each variable touches each assumption.
        let settle = round % 4 != 0;
        let alone = settle && trial.theory.cubes.is_empty();
        let also = if alone {
            &[][..]
        } else {
            &trial.world.variables
        };
        for at in &assumed {
            theory.add(&trial.world.formulas, trial.pool[*at], also);
        }
        if settle {
            let answer = theory.settle(&trial.world.formulas, &mut solver, &Limits::default());
            trial.check(&assumed, &answer);
            if let Answer::None { .. } = answer {
                contradictory += 1;
                continue;
            }
        }
        for number in 0..12 {
            let roots: Vec<usize> = (0..trial.pool.len()).filter(|_| random.one_in(6)).collect();
            let ids: Vec<_> = roots.iter().map(|at| trial.pool[*at]).collect();
            let wanted: Vec<usize> = roots.iter().chain(&assumed).copied().collect();
            match solver.ask(
                &trial.world.formulas,
                &ids,
                &mut theory,
                &limits(number % 3),
            ) {
                Answer::Point(point) => {
                    let names = |id: &FormulaId| !trial.world.formulas.variables(*id).is_empty();
                    let touched = settle || ids.iter().any(names);
                    let right = completes(&trial, &theory, &point, &wanted);
                    assert!(right || !touched, "{roots:?} {assumed:?} {point:?}");
                    points += 1;
                }
                Answer::None { .. } => {
                    assert!(trial.fulfilling(&wanted, true).next().is_none());
                    none += 1;
                    by_assumption += u32::from(trial.fulfilling(&roots, true).next().is_some());
                }
                Answer::Undecided(limit) => panic!("undecided at {limit:?}"),
            }
        }
    }
    println!(
        "{points} points, {none} none, {by_assumption} by assumptions, {contradictory} contradictory"
    );
    assert!(points > 5_000 && none > 5_000 && by_assumption > 500 && contradictory > 10);
}
