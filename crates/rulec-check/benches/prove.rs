//! What proving costs: generated packs of 1,000 to 50,000 rules, read and proved; seconds, memory and findings.
//!
//! Prints a line a pack, and does not measure many times: a proof of 10,000 rules is long enough to be told once. `RULEC_RULES` names other
//! numbers of rules, with commas, `RULEC_PACKS` folders of packs (`RULEC_SHOW` prints what is found, `RULEC_GAPS` each gap), and with `RULEC_WORST` the
//! packs are those on which a search has to work hard (whose names hold its text).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a bench that cannot go on stops"
)]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use rulec_check::{Input, PackInput, RuleFile, analyse, prove};
use rulec_syntax::parse::parse;
use rulec_syntax::source::{SourceFile, Sources};

mod worst;

fn main() {
    println!("pack | parse | analyse | prove on top | peak memory | findings");
    if let Ok(wanted) = std::env::var("RULEC_WORST") {
        let packs = worst::packs();
        let packs = packs.iter().filter(|(name, _)| name.contains(&wanted));
        return packs.for_each(|(name, text)| measure(name, text));
    }
    if let Ok(folders) = std::env::var("RULEC_PACKS") {
        return folders.split(',').for_each(measure_pack);
    }
    let named = std::env::var("RULEC_RULES").unwrap_or_else(|_| "1000,10000".to_owned());
    for rules in named.split(',') {
        let rules: usize = rules.trim().parse().expect("a number of rules");
        let (facts, assumed) = (rules / 5, rules / 40);
        let mut text = rulec_generate::pack(7, rules, facts);
        text.push('\n');
        text.push_str(&rulec_generate::assumptions(7, facts, assumed));
        measure(
            &format!("{rules} rules, {facts} facts, {assumed} assumptions"),
            &text,
        );
    }
}

/// A pack of a folder, with the packs beside it that it uses.
fn measure_pack(folder: &str) {
    let mut sources = Sources::new();
    let mut waiting = vec![std::path::PathBuf::from(folder)];
    let mut input = Input {
        packs: Vec::new(),
        roots: 1,
    };
    while let Some(folder) = waiting.pop() {
        let pack = read_pack(&folder, &mut sources);
        let beside = pack.uses().map(|it| it.text.replace('.', "-"));
        let beside: Vec<_> = beside.map(|name| folder.with_file_name(name)).collect();
        input.packs.push(pack);
        waiting.extend(beside);
    }
    report(folder, Duration::ZERO, &input, &sources);
}

fn read_pack(folder: &std::path::Path, sources: &mut Sources) -> PackInput {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder of rules")
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == "rules"))
        .collect();
    files.sort();
    let mut pack = PackInput::new("bench");
    for file in files {
        let text = std::fs::read_to_string(&file).expect("rules");
        let id = sources.add(SourceFile::new(
            file.to_string_lossy().into_owned(),
            text.as_str(),
        ));
        let tree = parse(id, &text).file;
        pack.files.push(RuleFile { id, tree });
    }
    pack
}

fn measure(name: &str, text: &str) {
    let mut sources = Sources::new();
    let id = sources.add(SourceFile::new("bench.rules", text));
    let (parsed, reading) = timed(|| parse(id, text));
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
    report(name, reading, &input, &sources);
}

fn report(what: &str, reading: Duration, input: &Input, sources: &Sources) {
    let (_, analysing) = timed(|| analyse(input, sources));
    let gaps = std::env::var_os("RULEC_GAPS").is_some();
    let (analysis, proving) = timed(|| prove(input, sources, gaps));
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
        "{what} | {:.3} s | {:.3} s | {:.3} s | {} | {findings:?}",
        reading.as_secs_f64(),
        analysing.as_secs_f64(),
        proving.saturating_sub(analysing).as_secs_f64(),
        peak()
    );
    if std::env::var_os("RULEC_SHOW").is_some() {
        for finding in &analysis.findings {
            println!("{finding:#?}");
        }
    }
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
