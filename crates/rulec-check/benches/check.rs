//! From text to findings (parsed, named, typed, ordered) and to a sealed program: 100, 1,000 and 10,000 rules.
//!
//! Beside it two yardsticks: copying the same text in memory, and parsing alone.

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rulec_check::{Analysis, Input, PackInput, RuleFile, analyse, look_over};
use rulec_syntax::parse::parse;
use rulec_syntax::source::{FileId, SourceFile, Sources};

/// A text with its tree, ready to be analysed.
fn parsed(text: &str) -> (Input, Sources) {
    let mut sources = Sources::new();
    let id = sources.add(SourceFile::new("bench.rules", text));
    let parsed = parse(id, text);
    assert!(parsed.findings.is_empty());
    let mut pack = PackInput::new("bench");
    pack.files.push(RuleFile {
        id,
        tree: parsed.file,
    });
    (
        Input {
            packs: vec![pack],
            roots: 1,
        },
        sources,
    )
}

/// A way to read packs.
type Way = fn(&Input, &Sources) -> Analysis;

/// What reading gives, with what it was made of, so that a bench need not count taking that down: `rulec` itself leaves it to its end.
fn read(text: &str, how: Way) -> (Analysis, Input) {
    let (input, sources) = parsed(text);
    (how(&input, &sources), input)
}

fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("check");
    group.sample_size(20);
    let packs = [(100, 60), (1_000, 500), (10_000, 2_000)].map(|(rules, facts)| {
        let text = rulec_generate::pack(7, rules, facts);
        (rules.to_string(), rules, text)
    });
    let terse = rulec_generate::terse_pack(7, 10_000, 2_000);
    println!("10,000 terse rules: {} bytes", terse.len());
    let terse = ("10000_terse".to_owned(), 10_000, terse);
    for (name, rules, text) in packs.into_iter().chain([terse]) {
        let (analysis, _) = read(&text, analyse);
        assert!(
            analysis
                .program
                .is_some_and(|program| program.rules.len() == rules),
            "{:?}",
            analysis.findings.first()
        );
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("copy", &name), &text, |bencher, text| {
            bencher.iter(|| black_box(text.as_bytes().to_vec()));
        });
        group.bench_with_input(BenchmarkId::new("parse", &name), &text, |bencher, text| {
            bencher.iter_with_large_drop(|| parse(FileId(0), black_box(text)));
        });
        let ways: [(&str, Way); 2] = [("look_over", look_over), ("check", analyse)];
        let tree = parsed(&text);
        for (way, how) in ways {
            group.bench_with_input(
                BenchmarkId::new(way, &name),
                &tree,
                |bencher, (input, sources)| {
                    bencher.iter_batched(|| (), |()| how(input, sources), BatchSize::PerIteration);
                },
            );
            group.bench_with_input(
                BenchmarkId::new(format!("parse_and_{way}"), &name),
                &text,
                |bencher, text| {
                    bencher.iter_batched(|| (), |()| read(text, how), BatchSize::PerIteration);
                },
            );
        }
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
