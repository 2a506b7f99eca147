//! From text to an ordered program: 100, 1,000 and 10,000 rules, parsed, named, typed, ordered, sealed.
//!
//! Beside it a yardstick: copying the same text in memory.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rulec_check::{Input, PackInput, RuleFile, analyse};
use rulec_syntax::parse::parse;
use rulec_syntax::source::{SourceFile, Sources};

/// A repeatable sequence of numbers.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// A pack of so many rules, two to eight literals each, over so many facts.
fn pack(rules: u64, facts: u64) -> String {
    let mut dice = Dice(7);
    let mut text = String::from("pack bench.pack 1.0.0\n\n");
    for fact in 0..facts {
        let ty = ["bool", "int in 0..1000", "string", "enum { red, green, blue, else other }", "list of cidr"][(fact % 5) as usize];
        writeln!(text, "/// Quantity number {fact}.\nfact group{}.fact_{fact}: {ty}\n    ask \"What is {fact}?\"\n", fact % 20).unwrap();
    }
    let symptoms = (rules / 20).max(1);
    for symptom in 0..symptoms {
        writeln!(text, "symptom trouble-{symptom} =\n    | text \"Trouble number {symptom} came up.\"\n").unwrap();
    }
    for rule in 0..rules {
        writeln!(text, "rule cause-{rule}:\n    symptom trouble-{}", dice.below(symptoms)).unwrap();
        let literals: Vec<String> = (0..2 + dice.below(7)).map(|_| literal(&mut dice, facts)).collect();
        let (first, rest) = literals.split_at(literals.len() / 2);
        writeln!(text, "    when {}\n        and ({})", first.join(" and "), rest.join(" or ")).unwrap();
        writeln!(text, "    cause \"Number {rule} is the cause.\"\n    => fix \"Repair number {rule}.\"\n").unwrap();
    }
    text
}

fn literal(dice: &mut Dice, facts: u64) -> String {
    let fact = dice.below(facts);
    let name = format!("group{}.fact_{fact}", fact % 20);
    match fact % 5 {
        0 => name,
        1 => format!("{name} < {}", dice.below(1000)),
        2 => format!("{name} == \"value {}\"", dice.below(50)),
        3 => format!("{name} != {}", ["red", "green", "blue"][dice.below(3) as usize]),
        _ => format!("10.{}.0.0/16 in {name}", dice.below(256)),
    }
}

fn check(text: &str) -> usize {
    let mut sources = Sources::new();
    let id = sources.add(SourceFile::new("bench.rules", text));
    let parsed = parse(id, text);
    assert!(parsed.findings.is_empty());
    analyse_tree(parsed.file, id, &sources)
}

fn analyse_tree(tree: rulec_syntax::ast::File, id: rulec_syntax::source::FileId, sources: &Sources) -> usize {
    let mut pack = PackInput::new("bench");
    pack.files.push(RuleFile { id, tree });
    let analysis = analyse(&Input { packs: vec![pack], roots: 1 }, sources);
    assert!(analysis.findings.is_empty(), "{:?}", analysis.findings.first());
    analysis.program.map_or(0, |program| program.rules.len())
}

fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("check");
    group.sample_size(20);
    for (rules, facts) in [(100, 60), (1_000, 500), (10_000, 2_000)] {
        let text = pack(rules, facts);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("copy", rules), &text, |bencher, text| {
            bencher.iter(|| black_box(text.as_bytes().to_vec()));
        });
        group.bench_with_input(BenchmarkId::new("parse", rules), &text, |bencher, text| {
            bencher.iter(|| black_box(parse(rulec_syntax::source::FileId(0), text)));
        });
        group.bench_with_input(BenchmarkId::new("parse_and_check", rules), &text, |bencher, text| {
            bencher.iter(|| assert_eq!(black_box(check(text)) as u64, rules));
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
