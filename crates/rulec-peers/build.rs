//! Writes the rules of each seed as one function of plain Rust: the yardstick.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

#[allow(dead_code, reason = "only the rules are written here")]
#[path = "../rulec-program/benches/decide/made.rs"]
mod made;
#[path = "src/workload.rs"]
mod workload;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/workload.rs");
    println!("cargo::rerun-if-changed=../rulec-program/benches/decide/made.rs");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?;
    let mut text = String::new();
    for seed in workload::SEEDS {
        write_seed(seed, &mut text);
    }
    fs::write(Path::new(&out).join("yardstick.rs"), text)
}

/// Rules that stand in one function: the compiler takes long over large ones.
const TOGETHER: usize = 25;

fn write_seed(seed: u64, text: &mut String) {
    let head = "f: &[Fact; FACTS], out: &mut [u8; RULES]";
    let rules = made::rules(seed, workload::RULES);
    let mut calls = String::new();
    let mut numbered: Vec<(usize, made::MadeRule)> = rules.into_iter().enumerate().collect();
    let mut part = 0;
    while !numbered.is_empty() {
        let rest = numbered.split_off(numbered.len().min(TOGETHER));
        let lines: Vec<String> = numbered
            .iter()
            .map(|(at, rule)| made::line(*at, rule))
            .collect();
        let _ = writeln!(
            text,
            "#[inline(never)]\nfn seed_{seed}_{part}({head}) {{\n{}\n}}",
            lines.join("\n")
        );
        let _ = writeln!(calls, "    seed_{seed}_{part}(f, out);");
        numbered = rest;
        part += 1;
    }
    let _ = writeln!(text, "fn seed_{seed}({head}) {{\n{calls}}}");
}
