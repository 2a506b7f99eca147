//! Any text as a pack: analysing ends, and each finding stands inside the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rulec_check::{Input, PackInput, RuleFile, analyse};
use rulec_syntax::parse::parse;
use rulec_syntax::source::{SourceFile, Sources};

fuzz_target!(|text: &str| {
    let mut sources = Sources::new();
    let id = sources.add(SourceFile::new("a.rules", text));
    let mut pack = PackInput::new("fuzz");
    pack.files.push(RuleFile { id, tree: parse(id, text).file });
    let analysis = analyse(&Input { packs: vec![pack], roots: 1 }, &sources);
    for finding in &analysis.findings {
        assert!(finding.span.end as usize <= text.len());
    }
});
