//! Any text: formatting keeps the tree and all comments, and is done after one time.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rulec_syntax::format::format_text;
use rulec_syntax::parse::parse;
use rulec_syntax::source::FileId;

fuzz_target!(|text: &str| {
    let once = format_text(FileId(0), text).text;
    let before = parse(FileId(0), text);
    let after = parse(FileId(0), &once);
    assert!(before.file == after.file, "the tree changed");
    assert_eq!(once, format_text(FileId(0), &once).text, "formatting twice differs");
    assert_eq!(comments(&before.file), comments(&after.file), "comments changed");
});

fn comments(file: &rulec_syntax::ast::File) -> Vec<String> {
    let inside = file.statements.iter().flat_map(|it| &it.comments);
    let mut all: Vec<String> = inside.chain(&file.tail).map(|it| it.text.to_string()).collect();
    all.sort();
    all
}
