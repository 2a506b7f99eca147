//! A pack of this repository as a program, without the binary: its rules, texts and what it uses. What a test leaves out of the texts is its choice.

use std::fs;
use std::path::{Path, PathBuf};

use rulec_check::{Input, PackInput, RuleFile, analyse, input::SideFile};
use rulec_program::seal::Sealed;
use rulec_syntax::parse::parse;
use rulec_syntax::source::{FileId, SourceFile, Sources};

/// Where the packs are.
pub fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules")
}

fn files(dir: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|it| it == ending))
        .collect();
    found.sort();
    found
}

fn add(sources: &mut Sources, path: &Path, change: impl Fn(String) -> String) -> (FileId, String) {
    let text = change(fs::read_to_string(path).unwrap());
    let name = path.display().to_string();
    (sources.add(SourceFile::new(&name, text.clone())), text)
}

/// The pack of that folder; `change` sees each file of texts.
pub fn program(folder: &str, change: impl Fn(String) -> String) -> Sealed {
    let mut sources = Sources::new();
    let mut packs: Vec<PackInput> = Vec::new();
    let mut wanted = vec![folder.to_owned()];
    while let Some(name) = wanted.pop() {
        let dir = rules().join(&name);
        let mut pack = PackInput::new(&name.replace('-', "."));
        for path in files(&dir, "rules") {
            let (id, text) = add(&mut sources, &path, |text| text);
            pack.files.push(RuleFile {
                id,
                tree: parse(id, &text).file,
            });
        }
        for path in files(&dir.join("texts"), "tsv") {
            let (id, _) = add(&mut sources, &path, &change);
            let locale = path.file_stem().unwrap().to_string_lossy().into_owned();
            pack.texts.push(SideFile { id, locale });
        }
        let uses = pack.uses().map(|it| it.text.replace('.', "-"));
        let known = |name: &String| {
            packs
                .iter()
                .any(|it| it.name_hint.replace('.', "-") == *name)
        };
        wanted.extend(uses.filter(|it| !known(it)));
        packs.push(pack);
    }
    let analysis = analyse(&Input { packs, roots: 1 }, &sources);
    analysis.program.expect("the pack is sound")
}
