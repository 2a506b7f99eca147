//! What proving costs: generated packs of 1,000 to 50,000 rules, read and proved; seconds, memory and findings.
//!
//! Prints a line a pack, and does not measure many times: a proof of 10,000 rules is long enough to be told once. `RULEC_RULES` names other
//! numbers of rules, with commas.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench that cannot go on stops"
)]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use rulec_check::{Input, PackInput, RuleFile, analyse, prove};
use rulec_syntax::parse::parse;
use rulec_syntax::source::{SourceFile, Sources};

fn main() {
    let named = std::env::var("RULEC_RULES").unwrap_or_else(|_| "1000,10000".to_owned());
    println!("rules facts | parse | analyse | prove on top | peak memory | findings");
    for rules in named.split(',') {
        let rules: usize = rules.trim().parse().expect("a number of rules");
        measure(rules, rules / 5);
    }
}

fn measure(rules: usize, facts: usize) {
    let text = rulec_generate::pack(7, rules, facts);
    let mut sources = Sources::new();
    let id = sources.add(SourceFile::new("bench.rules", text.as_str()));
    let (parsed, reading) = timed(|| parse(id, &text));
    assert!(parsed.findings.is_empty());
    let mut pack = PackInput::new("bench");
    pack.files.push(RuleFile {
        id,
        tree: parsed.file,
    });
    let input = Input {
        packs: vec![pack],
        roots: 1,
    };
    let (_, analysing) = timed(|| analyse(&input, &sources));
    let (analysis, proving) = timed(|| prove(&input, &sources, false));
    assert!(
        analysis.program.is_some(),
        "{:?}",
        analysis.findings.first()
    );
    let mut findings: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &analysis.findings {
        *findings.entry(finding.code.name).or_default() += 1;
    }
    println!(
        "{rules} {facts} | {:.3} s | {:.3} s | {:.3} s | {} | {findings:?}",
        reading.as_secs_f64(),
        analysing.as_secs_f64(),
        proving.saturating_sub(analysing).as_secs_f64(),
        peak()
    );
}

fn timed<T>(call: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let result = call();
    (result, begun.elapsed())
}

/// The most memory that this process had so far; only where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    line.map_or_else(|| "not told".to_owned(), |it| it.trim().to_owned())
}
