//! Each example of the language's page, and a sketch of the first pack, parse without a finding.

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
