//! Questions that are hard or large: limits stop them, and nothing of them overflows.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

#[allow(dead_code, reason = "only its numbers are used here")]
mod random;

use random::Random;
use rulec_prove::{Answer, FormulaId, Formulas, Free, Limit, Limits, Solver};

/// So many pigeons into one hole fewer, one root a pair and hole.
fn pigeons(count: u32) -> (Formulas, Vec<FormulaId>) {
    let mut formulas = Formulas::new();
    let nests: Vec<_> = (0..count).map(|_| formulas.variable(count - 1)).collect();
    let mut roots = Vec::new();
    for (number, one) in nests.iter().enumerate() {
        for other in &nests[number + 1..] {
            for hole in 0..count - 1 {
                let both = [formulas.is(*one, hole), formulas.is(*other, hole)];
                let both = formulas.and(both);
                roots.push(formulas.not(both));
            }
        }
    }
    (formulas, roots)
}

#[test]
fn each_rung_decides_a_small_pigeonhole() {
    let (formulas, roots) = pigeons(6);
    let all = Limits::default();
    for limits in [
        all,
        Limits { nodes: 0, ..all },
        Limits {
            nodes: 0,
            conflicts: 0,
            ..all
        },
    ] {
        let mut solver = Solver::new();
        let answer = solver.ask(&formulas, &roots, &mut Free, &limits);
        assert_eq!(
            answer,
            Answer::None {
                core: (0..roots.len()).collect()
            },
            "under {limits:?}"
        );
        let spent = solver.spent();
        assert_eq!(
            spent.conflicts > 0,
            limits.nodes == 0 && limits.conflicts > 0,
            "{spent:?}"
        );
        // One pair and hole less, and there is room.
        let answer = solver.ask(&formulas, &roots[1..], &mut Free, &limits);
        assert!(
            matches!(answer, Answer::Point(_)),
            "{answer:?} under {limits:?}"
        );
    }
}

#[test]
fn limits_stop_each_rung_and_say_which() {
    let (formulas, roots) = pigeons(11);
    let limits = Limits {
        nodes: 50,
        conflicts: 700,
        large_nodes: 300,
        ..Limits::default()
    };
    let mut solver = Solver::new();
    let answer = solver.ask(&formulas, &roots, &mut Free, &limits);
    assert_eq!(answer, Answer::Undecided(Limit::Nodes(300)));
    let spent = solver.spent();
    assert_eq!(spent.nodes, 300);
    // It looks at the limit where nothing clashes, so a run of clashes may pass it a little.
    assert!((700..800).contains(&spent.conflicts), "{spent:?}");
    let answer = solver.ask(
        &formulas,
        &roots,
        &mut Free,
        &Limits {
            work: 1_000,
            ..limits
        },
    );
    assert_eq!(answer, Answer::Undecided(Limit::Work(1_000)));
    assert_eq!(
        solver.minimal_core(&formulas, &roots, &mut Free, &limits),
        None
    );
}

#[test]
fn a_core_that_costs_too_much_to_shorten_is_said_to_be_so() {
    let (formulas, roots) = pigeons(6);
    let tight = Limits {
        work: 30_000,
        ..Limits::default()
    };
    let mut solver = Solver::new();
    let core = solver
        .minimal_core(&formulas, &roots, &mut Free, &tight)
        .unwrap();
    assert!(!core.minimal);
    assert_eq!(core.roots.len(), roots.len());
    let core = solver
        .minimal_core(&formulas, &roots, &mut Free, &Limits::default())
        .unwrap();
    assert!(core.minimal);
}

/// Links of a chain, each in the next: `link = (link and x) or y`.
fn chain(links: u32) -> (Formulas, FormulaId) {
    let mut formulas = Formulas::new();
    let first = formulas.variable(3);
    let mut link = formulas.is(first, 1);
    for number in 0..links {
        let (x, y) = (formulas.variable(2), formulas.variable(2));
        let (x, y) = (formulas.is(x, 1), formulas.is(y, number % 2));
        let both = formulas.and([link, x]);
        link = formulas.or([both, y]);
    }
    (formulas, link)
}

#[test]
fn long_chains_of_formulas_need_no_stack() {
    let (mut formulas, link) = chain(20_000);
    let opposite = formulas.not(link);
    assert_eq!(formulas.not(opposite), link);
    let mut solver = Solver::new();
    for root in [link, opposite] {
        let Answer::Point(point) = solver.ask(&formulas, &[root], &mut Free, &Limits::default())
        else {
            panic!("undecided: {:?}", solver.spent());
        };
        assert_eq!(formulas.value(root, |it| point.cell(it)), Some(true));
        assert_eq!(formulas.why_false(root, |it| point.cell(it)), None);
        let other = if root == link { opposite } else { link };
        let why = formulas.why_false(other, |it| point.cell(it)).unwrap();
        assert_eq!(why.holds(&point), Some(true));
    }
    let both = solver.ask(&formulas, &[link, opposite], &mut Free, &Limits::default());
    assert!(!matches!(both, Answer::Point(_)), "{both:?}");
    assert_eq!(formulas.variables(link).len(), 40_001);
}

#[test]
fn parts_that_do_not_touch_are_answered_one_by_one() {
    // Sixty small pigeonholes with room, and one without: were they searched as one, each dead end would be met again and again.
    let mut formulas = Formulas::new();
    let mut roots = Vec::new();
    for place in 0..61 {
        let (pigeons, holes) = if place == 30 { (4, 3) } else { (4, 4) };
        let nests: Vec<_> = (0..pigeons).map(|_| formulas.variable(holes)).collect();
        for (number, one) in nests.iter().enumerate() {
            for other in &nests[number + 1..] {
                for hole in 0..holes {
                    let both = [formulas.is(*one, hole), formulas.is(*other, hole)];
                    let both = formulas.and(both);
                    roots.push(formulas.not(both));
                }
            }
        }
    }
    let mut solver = Solver::new();
    let limits = Limits {
        conflicts: 0,
        ..Limits::default()
    };
    let Answer::None { core } = solver.ask(&formulas, &roots, &mut Free, &limits) else {
        panic!("{:?}", solver.spent());
    };
    assert_eq!(core.len(), 18);
    assert!(solver.spent().nodes < 250, "{:?}", solver.spent());
}

/// Random clauses of three literals over eight Booleans of their own, near the border between some point and none.
fn small_part(formulas: &mut Formulas, random: &mut Random) -> (Vec<FormulaId>, bool) {
    let bits: Vec<_> = (0..8).map(|_| formulas.variable(2)).collect();
    let clauses = (0..40).map(|_| {
        let parts = [0, 1, 2].map(|_| formulas.is(bits[random.below(8) as usize], random.below(2)));
        formulas.or(parts)
    });
    let clauses: Vec<_> = clauses.collect();
    let at = |point: u32, bit: u32| point >> (bit - bits[0].number()) & 1;
    let holds = |point: u32| {
        let all = |root: &FormulaId| {
            formulas.value(*root, |it| Some(at(point, it.number()))) == Some(true)
        };
        clauses.iter().all(all)
    };
    let possible = (0..256).any(holds);
    (clauses, possible)
}

#[test]
fn no_part_is_forgotten_after_a_turn_back() {
    let mut random = Random(5);
    let mut solver = Solver::new();
    let (mut points, mut none, mut nodes) = (0, 0, 0);
    let limits = Limits {
        nodes: 20_000,
        ..Limits::default()
    };
    for round in 0..400 {
        let mut formulas = Formulas::new();
        let (mut roots, mut wrong) = (Vec::new(), Vec::new());
        for _ in 0..6 {
            let (clauses, possible) = small_part(&mut formulas, &mut random);
            // In every second round only parts that have a point.
            if possible || round % 2 == 0 {
                let place = roots.len();
                wrong.extend((!possible).then(|| place..place + clauses.len()));
                roots.extend(clauses);
            }
        }
        match solver.ask(&formulas, &roots, &mut Free, &limits) {
            Answer::Point(point) => {
                let is_true =
                    |root: &FormulaId| formulas.value(*root, |it| point.cell(it)) == Some(true);
                assert!(roots.iter().all(is_true), "round {round}");
                points += 1;
            }
            Answer::None { core } => {
                let inside =
                    |part: &std::ops::Range<usize>| core.iter().all(|at| part.contains(at));
                assert!(
                    wrong.iter().any(inside),
                    "round {round}: {core:?}, {wrong:?}"
                );
                none += 1;
            }
            Answer::Undecided(limit) => panic!("{limit:?}"),
        }
        nodes += solver.spent().nodes;
    }
    println!("{points} points, {none} none, {nodes} splits");
    assert!(points > 100 && none > 100 && nodes > 1_500);
}
