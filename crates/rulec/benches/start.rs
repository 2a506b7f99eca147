//! From process start to report: `rulec run` on a small case folder with the built-in pack and with the same pack as a folder;
//! compiled packs of 100 to 10,000 rules to the first answer about one symptom; a batch of 10,000 cases.
//!
//! Beside the first two `rulec --version`, which is what starting any process of this size costs here and now; beside the batch
//! reading its lines as JSON and nothing more.
#![allow(missing_docs, clippy::expect_used, reason = "a bench")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use rulec_eval::{CaseInput, Pack};

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

/// Milliseconds of the fastest of many runs of something in this process.
fn fastest(mut what: impl FnMut()) -> f64 {
    let run = |_| {
        let begin = Instant::now();
        what();
        begin.elapsed().as_secs_f64() * 1e3
    };
    (0..RUNS).map(run).fold(f64::MAX, f64::min)
}

/// The first answer about one symptom of a compiled pack, as another tool has it: file, table, part, verdicts.
fn first_answer(file: &Path) -> usize {
    let bytes = std::fs::read(file).expect("the pack is there");
    let input = CaseInput {
        symptoms: vec!["trouble-3".to_owned()],
        ..CaseInput::default()
    };
    let pack = Pack::open(&bytes).expect("a pack");
    let loaded = pack.load(&input).expect("its part");
    let session = loaded.session(input).expect("a case");
    session.report().verdicts.len()
}

/// A folder with packs of this many rules over this many facts, each as one compiled file.
fn compiled(folder: &Path, rules: usize, facts: usize) -> PathBuf {
    let source = folder.join(format!("rules-{rules}"));
    std::fs::create_dir_all(&source).expect("a folder");
    for (name, text) in rulec_generate::pack_files(7, rules, facts) {
        std::fs::write(source.join(name), text).expect("a file");
    }
    let file = folder.join(format!("{rules}.rulepack"));
    start(&["compile", text(&source), "-o", text(&file)]);
    file
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of ours")
}

fn cold(folder: &Path) {
    for (rules, facts) in [(100, 60), (1_000, 500), (10_000, 2_000)] {
        let file = compiled(folder, rules, facts);
        let answer = fastest(|| {
            black_box(first_answer(&file));
        });
        let read = fastest(|| {
            black_box(std::fs::read(&file).expect("the pack is there"));
        });
        let (run, _) = times(&["run", "--pack", text(&file), "--symptom", "trouble-3"]);
        let bytes = std::fs::metadata(&file).expect("the pack is there").len();
        println!(
            "{rules} rules, {bytes} bytes: first answer {answer:.3} ms, of it reading the file {read:.3}; as a process {run:.2} ms"
        );
    }
}

/// Cases of a batch; of one without a complaint, whose reports are long.
const CASES: u64 = 10_000;
const LONG_CASES: u64 = 500;

/// Symptoms of the pack of 1,000 rules.
const SYMPTOMS: u64 = 250;

/// Each line names a symptom of its own, behind its facts; all lines ask about one symptom; no line says what is wrong.
fn batches(folder: &Path) {
    let facts = rulec_generate::facts(7, 500);
    let case = |seed| rulec_generate::case(seed, &facts, 80).replace('\n', " ");
    let own: Vec<String> = (0..CASES)
        .map(|seed| {
            let symptom = seed % SYMPTOMS;
            let case = case(seed);
            format!("{{\"facts\": {case}, \"symptoms\": [\"trouble-{symptom}\"]}}")
        })
        .collect();
    batch(folder, "a symptom each", &own, &[]);
    let one: Vec<String> = (0..CASES).map(case).collect();
    batch(folder, "one symptom", &one, &["--symptom", "trouble-3"]);
    let few = one.get(..LONG_CASES as usize).unwrap_or(&one);
    batch(folder, "no symptom", few, &[]);
}

fn batch(folder: &Path, what: &str, lines: &[String], more: &[&str]) {
    let file = folder.join("1000.rulepack");
    let cases = folder.join("cases.jsonl");
    std::fs::write(&cases, lines.join("\n")).expect("a file");
    let run = ["run", "--pack", text(&file), "--facts", text(&cases)];
    let run = [&run[..], &["--format", "json"], more].concat();
    let seconds = |what: &dyn Fn()| {
        let begin = Instant::now();
        what();
        begin.elapsed().as_secs_f64()
    };
    // In turn, the best of three: what else runs on the machine comes and goes.
    let (mut whole, mut parse) = (f64::MAX, f64::MAX);
    for _ in 0..3 {
        whole = whole.min(seconds(&|| start(&run)));
        parse = parse.min(seconds(&|| {
            for line in lines {
                black_box(serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
            }
        }));
    }
    let (count, bytes) = (lines.len(), lines.iter().map(String::len).sum::<usize>());
    println!(
        "{count} cases, {bytes} bytes, {what}: batch {whole:.3} s, reading them as JSON {parse:.3} s, ratio {:.2}",
        whole / parse
    );
}

fn bench(criterion: &mut Criterion) {
    let run = ["run", "--case", CASE];
    let folder = ["run", "--pack", PACK, "--case", CASE];
    let (version, _) = times(&["--version"]);
    for (what, arguments) in [
        ("built-in pack", &run[..]),
        ("folder of rules", &folder[..]),
    ] {
        let (fastest, middle) = times(arguments);
        println!(
            "rulec run, {what}: best {fastest:.2} ms, middle {middle:.2} ms; rulec --version: best {version:.2} ms (ratio {:.1})",
            fastest / version
        );
    }
    let made = tempfile::tempdir().expect("a folder");
    cold(made.path());
    batches(made.path());
    let mut group = criterion.benchmark_group("start");
    group.sample_size(20);
    group.bench_function("run", |bencher| bencher.iter(|| start(&run)));
    group.bench_function("version", |bencher| bencher.iter(|| start(&["--version"])));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
