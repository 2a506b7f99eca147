//! Every block of rules of the language's design pages, and the sketch of its spelling: each is read, formatted,
//! the same tree afterwards, and formatted for good.
//!
//! The pages lie outside the project: beside the folder that `RULEC_REAL_DATA` names, or in `../shared` beside
//! the workspace. Where they are missing the tests count as ignored. The same constructs are held by
//! snapshots in `format.rs`, which need nothing.

use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};
use rulec_syntax::format::format_text;
use rulec_syntax::parse::parse;
use rulec_syntax::source::FileId;

fn main() {
    let arguments = Arguments::from_args();
    let shared = shared_folder();
    let mut trials = Vec::new();
    for page in ["design/language.md", "p2s/sketch/spelling.rules"] {
        let path = shared.join(page);
        match std::fs::read_to_string(&path) {
            Ok(text) if page.ends_with(".md") => {
                let blocks = blocks_of_rules(&text);
                trials.push(Trial::test(format!("{page} has blocks of rules"), {
                    let count = blocks.len();
                    move || {
                        if count > 0 {
                            Ok(())
                        } else {
                            Err("none found".into())
                        }
                    }
                }));
                for (line, block) in blocks {
                    trials.push(Trial::test(format!("{page} line {line}"), move || {
                        holds(&block)
                    }));
                }
            }
            Ok(text) => trials.push(Trial::test(page, move || holds(&text))),
            Err(_) => trials.push(Trial::test(page, || Ok(())).with_ignored_flag(true)),
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn shared_folder() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    match std::env::var_os("RULEC_REAL_DATA") {
        Some(real_data) => Path::new(&real_data).join(".."),
        None => workspace.join("../shared"),
    }
}

/// Fenced blocks that begin with a statement, with the line of their fence.
fn blocks_of_rules(page: &str) -> Vec<(usize, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (number, line) in page.lines().enumerate() {
        match (&mut open, line.starts_with("```")) {
            (None, true) => open = Some((number + 1, String::new())),
            (Some(_), true) => {
                blocks.extend(open.take().filter(|(_, text)| begins_with_statement(text)))
            }
            (Some((_, text)), false) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, false) => {}
        }
    }
    blocks
}

fn begins_with_statement(text: &str) -> bool {
    let keywords = [
        "pack ", "use ", "param ", "type ", "fact ", "let ", "assume ", "symptom ", "rule ",
        "fix ", "test ",
    ];
    text.lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with("//"))
        .is_some_and(|line| keywords.iter().any(|keyword| line.starts_with(keyword)))
}

fn holds(text: &str) -> Result<(), Failed> {
    let before = parse(FileId(0), text);
    if let Some(finding) = before.findings.first() {
        return Err(format!("{} at byte {}", finding.message, finding.span.start).into());
    }
    let formatted = format_text(FileId(0), text).text;
    let after = parse(FileId(0), &formatted);
    if after.file != before.file {
        return Err(format!("another tree after formatting:\n{formatted}").into());
    }
    let twice = format_text(FileId(0), &formatted).text;
    if twice != formatted {
        return Err(format!("not formatted for good:\n{formatted}\n{twice}").into());
    }
    Ok(())
}
