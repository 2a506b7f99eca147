//! All questions about generated packs of 300, 10,000 and 50,000 rules, one edited bucket of them, and classic hard questions.
//!
//! `cargo bench -p rulec-prove`. Prints what came of the questions before it times them.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a bench"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use rulec_prove::{Answer, FormulaId, Formulas, Free, Limits, Solver, Theory};

mod questions;

use questions::{Pack, Questions, Size};

const ORDINARY: Size = Size {
    rules: 10_000,
    variables: 2_000,
    assumptions: 250,
    bucket: 25,
    bucket_variables: 60,
};
const LARGE: Size = Size {
    rules: 50_000,
    variables: 10_000,
    assumptions: 1_250,
    ..ORDINARY
};
const BUCKET: Size = Size {
    rules: 300,
    variables: 60,
    assumptions: 8,
    bucket: 300,
    bucket_variables: 60,
};

fn ask_all(pack: &mut Pack, questions: &Questions, solver: &mut Solver) -> usize {
    let mut points = 0;
    for (_, roots) in questions.iter() {
        let answer = solver.ask(&pack.formulas, roots, &mut pack.theory, &Limits::default());
        points += usize::from(matches!(black_box(answer), Answer::Point(_)));
    }
    points
}

/// What came of the questions of each kind: points, none, undecided.
fn describe(name: &str, pack: &mut Pack, questions: &Questions) {
    let mut kinds: BTreeMap<&str, [u64; 4]> = BTreeMap::new();
    let mut solver = Solver::new();
    for (kind, roots) in questions.iter() {
        let counts = kinds.entry(kind).or_default();
        match solver.ask(&pack.formulas, roots, &mut pack.theory, &Limits::default()) {
            Answer::Point(_) => counts[0] += 1,
            Answer::None { .. } => counts[1] += 1,
            Answer::Undecided(_) => counts[2] += 1,
        }
        counts[3] += solver.spent().nodes;
    }
    println!(
        "{name}: {} questions; points, none, undecided, splits: {kinds:?}",
        questions.len()
    );
}

fn packs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("packs");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200));
    for (name, size) in [
        ("300 rules of one symptom", BUCKET),
        ("10,000 rules", ORDINARY),
        ("50,000 rules", LARGE),
    ] {
        let begun = Instant::now();
        let mut pack = Pack::new(size);
        let made = begun.elapsed();
        let questions = pack.questions();
        println!(
            "{name}: made in {made:?}, questions in {:?}",
            begun.elapsed() - made
        );
        describe(name, &mut pack, &questions);
        let mut solver = Solver::new();
        group.bench_function(name, |bench| {
            bench.iter(|| ask_all(&mut pack, &questions, &mut solver))
        });
    }
    group.finish();
}

fn hard(criterion: &mut Criterion) {
    let mut cases: Vec<(String, (Formulas, Vec<FormulaId>))> = vec![
        (
            "11 pigeons into 10 holes".to_owned(),
            questions::pigeons(11),
        ),
        ("8 pigeons into 7 holes".to_owned(), questions::pigeons(8)),
        ("parity of 20".to_owned(), questions::parity(20)),
    ];
    for seed in 0..6 {
        cases.push((
            format!("850 rules of 3 literals over 200, {seed}"),
            questions::three_literals(200, 850, seed),
        ));
    }
    for (name, (formulas, roots)) in &cases {
        let begun = Instant::now();
        let mut solver = Solver::new();
        let answer = solver.ask(formulas, roots, &mut Free, &Limits::default());
        let what = match answer {
            Answer::Point(_) => "a point".to_owned(),
            Answer::None { core } => format!("none, by {} of {}", core.len(), roots.len()),
            Answer::Undecided(limit) => format!("undecided at {limit:?}"),
        };
        println!(
            "{name}: {what} in {:?}; {:?}",
            begun.elapsed(),
            solver.spent()
        );
    }
    let (formulas, roots) = questions::pigeons(8);
    criterion.bench_function("8 pigeons into 7 holes", |bench| {
        let theory: &mut dyn Theory = &mut Free;
        bench.iter(|| black_box(Solver::new().ask(&formulas, &roots, theory, &Limits::default())));
    });
}

criterion_group!(all, packs, hard);
criterion_main!(all);
