//! Markdown suites: one heading is one test. Also runs the examples of the book.
//!
//! The ```` ```rulec ```` blocks below a heading are the files of one pack; a line that begins with `~` is hidden in the book and
//! belongs to the text here. `// error: [code]`, `// warning: [code]` or `// note: [code]` at the end of a line announces a finding that begins on that line;
//! what is announced must come, and no other error or warning may (`unused-…` and notes only count where announced).
//! Where there are no errors, the tests in the blocks must pass. In `tests/suite`, what stands below the title of a page
//! belongs to each of its headings.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value as Json;

/// A heading with its blocks.
struct Section {
    title: String,
    /// Of its heading.
    level: usize,
    blocks: Vec<String>,
}

/// A finding: file, line, level, code.
type Found = (String, u64, String, String);

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut pages = Vec::new();
    markdown(&root.join("tests/suite"), &mut pages);
    let suites = pages.len();
    for page in [
        "tour.md",
        "language.md",
        "writing-rules.md",
        "testing-rules.md",
    ] {
        pages.push(root.join("book/src").join(page));
    }
    let mut trials = Vec::new();
    for (number, page) in pages.into_iter().enumerate() {
        let text =
            fs::read_to_string(&page).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
        let stem = page
            .file_stem()
            .map_or_else(String::new, |it| it.to_string_lossy().into_owned());
        let mut sections = sections(&text);
        if number < suites {
            inherit(&mut sections);
        }
        for section in sections {
            let name = format!("{stem}: {}", section.title);
            trials.push(Trial::test(name, move || run(&section)));
        }
    }
    assert!(
        trials.len() > 10,
        "only {} sections were found",
        trials.len()
    );
    libtest_mimic::run(&arguments, trials).exit();
}

fn markdown(dir: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(dir).map_or_else(
        |_| Vec::new(),
        |all| all.flatten().map(|it| it.path()).collect(),
    );
    entries.sort();
    for path in entries {
        if path.is_dir() {
            markdown(&path, found);
        } else if path.extension().is_some_and(|it| it == "md") {
            found.push(path);
        }
    }
}

/// Gives the blocks below the title to all other headings.
fn inherit(sections: &mut Vec<Section>) {
    if sections.first().is_some_and(|it| it.level == 1) {
        let shared = sections.remove(0).blocks;
        for section in sections {
            section.blocks.splice(0..0, shared.iter().cloned());
        }
    }
}

fn sections(text: &str) -> Vec<Section> {
    let mut all = Vec::new();
    let mut title = String::new();
    let mut level = 0;
    let mut blocks = Vec::new();
    let mut block: Option<String> = None;
    let mut fenced = false;
    for line in text.lines() {
        if let Some(open) = &mut block {
            if line.starts_with("```") {
                blocks.extend(block.take());
            } else {
                open.push_str(line.strip_prefix('~').unwrap_or(line));
                open.push('\n');
            }
        } else if line == "```rulec" {
            block = Some(String::new());
        } else if line.starts_with("```") {
            fenced = !fenced;
        } else if line.starts_with('#') && !fenced {
            push(&mut all, &title, level, &mut blocks);
            title = line.trim_start_matches('#').trim().to_owned();
            level = line.len() - line.trim_start_matches('#').len();
        }
    }
    push(&mut all, &title, level, &mut blocks);
    all
}

fn push(all: &mut Vec<Section>, title: &str, level: usize, blocks: &mut Vec<String>) {
    if !blocks.is_empty() {
        all.push(Section {
            title: title.to_owned(),
            level,
            blocks: std::mem::take(blocks),
        });
    }
}

fn run(section: &Section) -> Result<(), Failed> {
    let dir = tempfile::tempdir()?;
    let mut wanted = Vec::new();
    for (number, block) in section.blocks.iter().enumerate() {
        let file = format!("part-{}.rules", number + 1);
        announced(&file, block, &mut wanted);
        fs::write(dir.path().join(&file), block)?;
    }
    let (status, output) = rulec(
        dir.path(),
        &["check", "--no-prove", "--format", "json", "."],
    )?;
    let parsed: Json =
        serde_json::from_str(&output).map_err(|error| format!("{error}: {output}"))?;
    let mut found = Vec::new();
    let mut errors = 0;
    for finding in parsed["findings"].as_array().into_iter().flatten() {
        let one = one(finding);
        errors += usize::from(one.2 == "error");
        let minor = one.2 == "note" || one.3.starts_with("unused-");
        if !minor || wanted.contains(&one) {
            found.push(one);
        }
    }
    wanted.sort();
    found.sort();
    if wanted != found {
        return Err(difference(&wanted, &found, &parsed).into());
    }
    if (status == 1) != (errors > 0) {
        return Err(format!("{errors} errors, yet the exit code is {status}").into());
    }
    if errors > 0
        || !section
            .blocks
            .iter()
            .any(|block| block.contains("\ntest \"") || block.starts_with("test \""))
    {
        return Ok(());
    }
    let (status, output) = rulec(dir.path(), &["test", "."])?;
    if status == 0 {
        Ok(())
    } else {
        Err(output.into())
    }
}

fn announced(file: &str, block: &str, wanted: &mut Vec<Found>) {
    for (line, text) in block.lines().enumerate() {
        for part in text.split("// ").skip(1) {
            for level in ["error", "warning", "note"] {
                if let Some(rest) = part
                    .strip_prefix(level)
                    .and_then(|rest| rest.strip_prefix(": ["))
                {
                    let code = rest.split(']').next().unwrap_or("");
                    wanted.push((
                        file.to_owned(),
                        line as u64 + 1,
                        level.to_owned(),
                        code.to_owned(),
                    ));
                }
            }
        }
    }
}

fn one(finding: &Json) -> Found {
    let text = |key: &str| finding[key].as_str().unwrap_or("").to_owned();
    (
        text("file"),
        finding["line"].as_u64().unwrap_or(0),
        text("level"),
        text("code"),
    )
}

fn difference(wanted: &[Found], found: &[Found], all: &Json) -> String {
    let messages: BTreeMap<Found, &str> = all["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| (one(it), it["message"].as_str().unwrap_or("")))
        .collect();
    let mut text = String::new();
    for it in wanted.iter().filter(|it| !found.contains(it)) {
        text.push_str(&format!(
            "missing: {}:{} {}: [{}]\n",
            it.0, it.1, it.2, it.3
        ));
    }
    for it in found.iter().filter(|it| !wanted.contains(it)) {
        let message = messages.get(it).unwrap_or(&"");
        text.push_str(&format!(
            "unexpected: {}:{} {}: [{}] {message}\n",
            it.0, it.1, it.2, it.3
        ));
    }
    if text.is_empty() {
        text.push_str(&format!("the same finding more than once: {found:?}\n"));
    }
    text
}

fn rulec(dir: &Path, arguments: &[&str]) -> Result<(i32, String), Failed> {
    let output = Command::new(env!("CARGO_BIN_EXE_rulec"))
        .args(arguments)
        .current_dir(dir)
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    if arguments.contains(&"json") {
        return Ok((
            output.status.code().unwrap_or(-1),
            String::from_utf8_lossy(&output.stdout).into_owned(),
        ));
    }
    Ok((output.status.code().unwrap_or(-1), text))
}
