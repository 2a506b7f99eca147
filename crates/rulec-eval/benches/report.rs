//! What it takes to make and to write a report of 10,000 verdicts, half of them confirmed, each with its evidence and its repair; what to
//! find out next where 200 rules are open.
//!
//! Yardstick: a second for each renderer. Prints the size of what is written as well.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a bench"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use rulec_eval::report::text::{Length, Style, render};
use rulec_eval::report::texts::Texts;
use rulec_eval::report::{html, json, markdown};
use rulec_eval::{Case, Session};
use rulec_program::seal::Sealed;
use serde_json::json;

#[path = "../tests/world/mod.rs"]
mod world;

use world::{World, fact, int};

/// Rules, each with a fact of its own: every other one holds.
fn many(count: usize) -> Sealed {
    let name = |at: usize| format!("f{at:05}");
    let mut world = World::new((0..count).map(|at| fact(&name(at), int())).collect());
    world.symptom("broken");
    let step = world.template("Mend it.");
    let fix = world.fix("mend");
    fix.named.title = Some("Mend it".to_owned());
    fix.steps = vec![(step, None)];
    for at in 0..count {
        let condition = world.is_int(&name(at), 1);
        let cause = world.template(&format!("Number {at} is {{{}}}.", name(at)));
        let rule = format!("rule-{at:05}");
        let rule = world.rule_with(&rule, &["broken"], Some(condition), &[], &["mend"]);
        rule.named.title = Some(format!("Number {at} is wrong"));
        rule.cause = Some(cause);
    }
    world.seal()
}

fn session(program: &Sealed, known: usize) -> Session<'_> {
    let names: Vec<String> = (0..known).map(|at| format!("f{at:05}")).collect();
    let facts = names.iter().enumerate();
    let facts: Vec<(&str, serde_json::Value)> = facts
        .map(|(at, name)| (name.as_str(), json!(at % 2)))
        .collect();
    let mut case = world::input(&[], &facts);
    case.symptoms = vec!["broken".to_owned()];
    Session::new(program, Case::new(program, case).unwrap())
}

/// The fastest of a few runs: what it costs when nothing else runs.
fn fastest(runs: u32, mut run: impl FnMut() -> usize) -> (Duration, usize) {
    let mut best = (Duration::MAX, 0);
    for _ in 0..runs {
        let begun = Instant::now();
        let size = black_box(run());
        best = best.min((begun.elapsed(), size));
    }
    best
}

fn print(name: &str, (time, size): (Duration, usize)) {
    println!(
        "{name:<12} {:>8.1} ms {:>9} kB",
        time.as_secs_f64() * 1e3,
        size / 1000
    );
}

fn figures() {
    let program = many(10_000);
    let session = session(&program, 10_000);
    let report = session.report();
    let texts = Texts::new(&program, None);
    println!(
        "{} verdicts; the yardstick is 1000 ms",
        report.verdicts.len()
    );
    print("report", fastest(3, || session.report().verdicts.len()));
    print(
        "text",
        fastest(3, || render(&report, &texts, 80, Style::coloured()).len()),
    );
    print(
        "markdown",
        fastest(3, || markdown::render(&report, &texts, Length::Full).len()),
    );
    print(
        "html",
        fastest(3, || html::render(&report, &texts, Length::Full).len()),
    );
    print("json", fastest(3, || json::pretty(&report).len()));
}

fn bench(criterion: &mut Criterion) {
    figures();
    let open = many(200);
    let asked = session(&open, 0);
    criterion.bench_function("next of 200 open rules", |it| {
        it.iter(|| asked.next().facts.len())
    });
    let program = many(1_000);
    let known = session(&program, 1_000);
    let report = known.report();
    let texts = Texts::new(&program, None);
    criterion.bench_function("html of 1000 verdicts", |it| {
        it.iter(|| html::render(&report, &texts, Length::Full).len());
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = bench
}
criterion_main!(benches);
