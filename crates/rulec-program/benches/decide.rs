//! Deciding one case: 1,000 rules over 500 facts, with what decided them kept, the same with the deciding literals of every rule listed,
//! and one symptom with its literals; beside it the conditions of the same rules as plain Rust (no verdicts, nothing kept), whose answers
//! must be the same.
#![allow(
    missing_docs,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::expect_used,
    reason = "a bench"
)]

use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use rulec_facts::truth::Truth;
use rulec_program::decide::{Decider, Scratch};
use rulec_program::program::{RuleId, SymptomId};
use rulec_program::seal::Sealed;
use rulec_program::state::State;

use made::Fact;

#[path = "decide/made.rs"]
mod made;
#[path = "decide/pack.rs"]
mod pack;

const RULES: usize = 1000;
const CASES: u64 = 64;

const F: u8 = 0;
const T: u8 = 1;
const U: u8 = 2;

include!("decide/logic.in");

#[inline(never)]
fn yardstick(f: &[Fact; made::FACTS], out: &mut [u8; RULES]) {
    include!("decide/yardstick.in")
}

fn number_of(truth: Truth) -> u8 {
    match truth {
        Truth::False => F,
        Truth::True => T,
        Truth::Unknown => U,
    }
}

/// The truth of every literal is kept, whoever asks for it afterwards.
fn decide_all(program: &Sealed, state: &State, scratch: &mut Scratch) {
    let mut decider = Decider::new(program, state, scratch);
    for rule in 0..RULES {
        black_box(decider.judge(RuleId(rule as u32)));
    }
}

fn decide_and_list(program: &Sealed, state: &State, scratch: &mut Scratch) -> usize {
    let mut decider = Decider::new(program, state, scratch);
    let mut kept = 0;
    for rule in 0..RULES {
        let rule = RuleId(rule as u32);
        black_box(decider.judge(rule));
        kept += decider.kept(rule).len();
    }
    kept
}

fn decide_symptom(program: &Sealed, state: &State, scratch: &mut Scratch, symptom: SymptomId) {
    let mut decider = Decider::new(program, state, scratch);
    black_box(decider.present(symptom));
    for rule in &program.symptoms[symptom.0 as usize].rules {
        black_box(decider.judge(*rule));
        black_box(decider.kept(*rule));
    }
}

/// Both say the same of every condition, and the conditions are of every truth.
fn check(program: &Sealed, facts: &[[Fact; made::FACTS]], states: &[State]) {
    let mut scratch = Scratch::default();
    let mut counts = [0; 3];
    let mut verdicts = [0; 3];
    for (facts, state) in facts.iter().zip(states) {
        let mut out = [F; RULES];
        yardstick(facts, &mut out);
        let mut decider = Decider::new(program, state, &mut scratch);
        for (at, expected) in out.iter().enumerate() {
            let rule = RuleId(at as u32);
            let when = program.rules[at].when.expect("a condition");
            let slow = decider.truth(when);
            let fast = decider.condition(rule);
            assert_eq!(slow, fast, "rule {at}");
            assert_eq!(number_of(fast), *expected, "rule {at}");
            counts[*expected as usize] += 1;
            verdicts[number_of(decider.verdict(rule)) as usize] += 1;
        }
    }
    println!("conditions F/T/U: {counts:?}; verdicts F/T/U: {verdicts:?}");
    assert!(counts.iter().all(|it| *it > 100), "a truth is missing");
}

/// Ratios within one run are what counts; the machine is shared.
fn report(program: &Sealed, facts: &[[Fact; made::FACTS]], states: &[State]) {
    let mut scratch = Scratch::default();
    let mut best = [f64::MAX; 4];
    for _ in 0..200 {
        let start = Instant::now();
        for state in states {
            decide_all(program, state, &mut scratch);
        }
        best[0] = best[0].min(start.elapsed().as_secs_f64() * 1e6 / states.len() as f64);
        let start = Instant::now();
        let mut out = [F; RULES];
        for facts in facts {
            yardstick(black_box(facts), &mut out);
            black_box(&out);
        }
        best[1] = best[1].min(start.elapsed().as_secs_f64() * 1e6 / states.len() as f64);
        let start = Instant::now();
        for (at, state) in states.iter().enumerate() {
            let symptom = SymptomId((at % made::SYMPTOMS) as u32);
            decide_symptom(program, state, &mut scratch, symptom);
        }
        best[2] = best[2].min(start.elapsed().as_secs_f64() * 1e6 / states.len() as f64);
        let start = Instant::now();
        for state in states {
            black_box(decide_and_list(program, state, &mut scratch));
        }
        best[3] = best[3].min(start.elapsed().as_secs_f64() * 1e6 / states.len() as f64);
    }
    let [all, rust, one, listed] = best;
    println!(
        "one case, best of 200: all {all:.2} µs, plain Rust {rust:.2} µs (ratio {:.2}), every reason listed {listed:.2} µs (ratio {:.2}), \
         one symptom {one:.3} µs",
        all / rust,
        listed / rust
    );
}

fn bench(criterion: &mut Criterion) {
    let rules = made::rules(7, RULES);
    if std::env::var_os("WRITE_YARDSTICK").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/decide/yardstick.in");
        std::fs::write(path, made::as_rust(&rules)).expect("the yardstick can be written");
        return;
    }
    let program = pack::program(&rules);
    let facts: Vec<[Fact; made::FACTS]> = (0..CASES)
        .map(|seed| {
            made::case(seed)
                .try_into()
                .unwrap_or([Fact::Unknown; made::FACTS])
        })
        .collect();
    let states: Vec<State> = facts.iter().map(|it| pack::state(&program, it)).collect();
    check(&program, &facts, &states);
    report(&program, &facts, &states);
    let mut scratch = Scratch::default();
    let mut group = criterion.benchmark_group("decide");
    let mut turn = 0;
    group.bench_function("1,000 rules, kept", |bencher| {
        bencher.iter(|| {
            turn = (turn + 1) % states.len();
            decide_all(&program, &states[turn], &mut scratch)
        });
    });
    group.bench_function("1,000 conditions in plain Rust", |bencher| {
        let mut out = [F; RULES];
        bencher.iter(|| {
            turn = (turn + 1) % states.len();
            yardstick(black_box(&facts[turn]), &mut out);
            black_box(&out);
        });
    });
    group.bench_function("one symptom, kept", |bencher| {
        bencher.iter(|| {
            turn = (turn + 1) % states.len();
            let symptom = SymptomId((turn % made::SYMPTOMS) as u32);
            decide_symptom(&program, &states[turn], &mut scratch, symptom);
        });
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
