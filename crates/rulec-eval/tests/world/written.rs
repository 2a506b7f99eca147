//! Programs from text.

use rulec_check::{Input, PackInput, RuleFile, analyse};
use rulec_program::seal::Sealed;
use rulec_syntax::source::{SourceFile, Sources};

pub fn compile(text: &str) -> Sealed {
    let mut sources = Sources::new();
    let id = sources.add(SourceFile::new("test.rules", text));
    let parsed = rulec_syntax::parse::parse(id, text);
    assert!(parsed.findings.is_empty(), "{:?}\n{text}", parsed.findings);
    let mut pack = PackInput::new("test.pack");
    pack.files.push(RuleFile {
        id,
        tree: parsed.file,
    });
    let analysis = analyse(
        &Input {
            packs: vec![pack],
            roots: 1,
        },
        &sources,
    );
    let findings: Vec<&String> = analysis.findings.iter().map(|it| &it.message).collect();
    analysis
        .program
        .unwrap_or_else(|| panic!("{findings:?}\n{text}"))
}
