//! From process start to report: `rulec run` on a small case folder of a pack of this repository; beside it
//! `rulec --version`, which is what starting any process of this size costs here and now.
#![allow(missing_docs, clippy::expect_used, reason = "a bench")]

use std::process::{Command, Stdio};
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};

const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/azure-p2s");
const CASE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../rules/azure-p2s/cases/s03-default-route"
);
/// Runs of each for the best and the middle one.
const RUNS: usize = 101;

/// Runs the binary to its end; the report goes to a pipe that nobody needs to draw.
fn start(arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_rulec"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the binary starts");
    assert!(!output.stdout.is_empty(), "{arguments:?} says nothing");
}

/// Milliseconds of the fastest run and of the middle one.
fn times(arguments: &[&str]) -> (f64, f64) {
    let mut all: Vec<f64> = (0..RUNS)
        .map(|_| {
            let begin = Instant::now();
            start(arguments);
            begin.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    all.sort_by(f64::total_cmp);
    let at = |index: usize| all.get(index).copied().unwrap_or_default();
    (at(0), at(RUNS / 2))
}

fn bench(criterion: &mut Criterion) {
    let run = ["run", "--pack", PACK, "--case", CASE];
    let (fastest, middle) = times(&run);
    let (version, _) = times(&["--version"]);
    println!(
        "rulec run: best {fastest:.2} ms, middle {middle:.2} ms; rulec --version: best {version:.2} ms (ratio {:.1})",
        fastest / version
    );
    let mut group = criterion.benchmark_group("start");
    group.sample_size(20);
    group.bench_function("run", |bencher| bencher.iter(|| start(&run)));
    group.bench_function("version", |bencher| bencher.iter(|| start(&["--version"])));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
