//! Text to tree, on generated packs of 100, 1,000 and 10,000 rules; beside it a copy of the same text in
//! memory, so that a figure can be judged on any machine.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rulec_syntax::parse::parse;
use rulec_syntax::source::FileId;

/// Rules and facts of a pack.
const SIZES: [(usize, usize); 3] = [(100, 60), (1_000, 500), (10_000, 2_000)];

fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse");
    group
        .sample_size(20)
        .measurement_time(Duration::from_secs(3));
    for (rules, facts) in SIZES {
        let text = rulec_generate::pack(1, rules, facts);
        let parsed = parse(FileId(0), &text);
        assert!(parsed.findings.is_empty(), "{:?}", parsed.findings.first());
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("tree", rules), &text, |bencher, text| {
            bencher.iter_with_large_drop(|| parse(FileId(0), black_box(text)));
        });
        group.bench_with_input(BenchmarkId::new("copy", rules), &text, |bencher, text| {
            bencher.iter(|| black_box(text.as_str()).to_owned());
        });
        let (tree, copy) = (
            rate(&text, |text| parse(FileId(0), text)),
            rate(&text, |text| text.to_owned()),
        );
        println!(
            "{rules} rules, {} bytes: tree {tree:.0} MB/s, copy {copy:.0} MB/s",
            text.len()
        );
    }
    group.finish();
}

/// Megabytes (10^6) of text a second, the best of several runs; taking the result down is not counted.
fn rate<T>(text: &str, mut run: impl FnMut(&str) -> T) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..20 {
        let start = Instant::now();
        let result = black_box(run(black_box(text)));
        best = best.min(start.elapsed().as_secs_f64());
        drop(result);
    }
    text.len() as f64 / best / 1e6
}

criterion_group!(benches, bench);
criterion_main!(benches);
