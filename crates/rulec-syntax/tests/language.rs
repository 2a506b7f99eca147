//! Each example of the language's page, and a sketch of the first pack, parse without a finding.

use std::fs;
use std::path::{Path, PathBuf};

use rulec_syntax::ast::{File, Item};
use rulec_syntax::parse::parse;
use rulec_syntax::source::{FileId, SourceFile};

/// The tree of a text without findings.
fn clean(text: &str) -> File {
    let parsed = parse(FileId(0), text);
    let source = SourceFile::new("x.rules", text);
    let shown: Vec<String> = parsed
        .findings
        .iter()
        .map(|finding| {
            let at = source.line_column(finding.span.start);
            format!(
                "{}:{} {}: {} ({:?})",
                at.line, at.column, finding.code.name, finding.message, finding.help
            )
        })
        .collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
    parsed.file
}

#[test]
fn the_page_of_the_language_parses() {
    let file = clean(include_str!("fixtures/language.rules"));
    assert_eq!(file.statements.len(), 25);
    assert!(matches!(
        file.statements.last().map(|last| &last.item),
        Some(Item::Test(_))
    ));
}

#[test]
fn the_sketch_parses() {
    let file = clean(include_str!("fixtures/spelling.rules"));
    assert_eq!(file.statements.len(), 47);
}

/// The workspace's folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn rule_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            rule_files(&path, found);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "rules")
        {
            found.push(path);
        }
    }
}

#[test]
fn the_packs_of_the_repository_parse() {
    let mut files = Vec::new();
    rule_files(&root().join("rules"), &mut files);
    rule_files(&root().join("tests/fixtures"), &mut files);
    assert!(files.len() > 3, "{files:?}");
    for path in files {
        println!("{}", path.display());
        clean(&fs::read_to_string(&path).unwrap());
    }
}

#[test]
fn the_examples_of_the_book_parse() {
    let mut count = 0;
    for page in ["tour", "language", "writing-rules", "testing-rules"] {
        let text = fs::read_to_string(root().join(format!("book/src/{page}.md"))).unwrap();
        for block in blocks(&text, "rulec") {
            if !block.contains("error: [") {
                println!("{page}: {block}");
                clean(&block);
                count += 1;
            }
        }
    }
    assert!(count > 10, "{count}");
}

/// The fenced blocks of that kind, hidden lines included.
fn blocks(markdown: &str, kind: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    for line in markdown.lines() {
        match &mut open {
            Some(block) if line.starts_with("```") => {
                found.push(std::mem::take(block));
                open = None;
            }
            Some(block) => {
                block.push_str(line.strip_prefix('~').unwrap_or(line));
                block.push('\n');
            }
            None if line == format!("```{kind}") => open = Some(String::new()),
            None => {}
        }
    }
    found
}
