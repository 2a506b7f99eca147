//! Packs from texts and folders, for the tests of this crate.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read its input fails"
)]

use std::fmt::Write as _;
use std::path::Path;

use rulec_check::{Analysis, Input, PackInput, RuleFile, SideFile, analyse, prove};
use rulec_syntax::diagnostic::Diagnostic;
use rulec_syntax::parse::parse;
use rulec_syntax::source::{SourceFile, Sources};

/// Parsed packs and what was said about them.
pub struct Checked {
    pub sources: Sources,
    pub parse_findings: Vec<Diagnostic>,
    pub analysis: Analysis,
}

/// Checks packs given as lists of (path, text), `locales/*.ftl` and `texts/*.tsv` included; the first is the root.
pub fn check_packs(packs: &[&[(&str, &str)]]) -> Checked {
    read_packs(packs, analyse)
}

/// The same with proofs, each gap shown.
#[allow(dead_code)]
pub fn prove_packs(packs: &[&[(&str, &str)]]) -> Checked {
    read_packs(packs, |input, sources| prove(input, sources, true))
}

fn read_packs(packs: &[&[(&str, &str)]], read: impl Fn(&Input, &Sources) -> Analysis) -> Checked {
    let mut sources = Sources::new();
    let mut input = Input {
        packs: Vec::new(),
        roots: 1,
    };
    let mut parse_findings = Vec::new();
    for files in packs {
        let mut pack = PackInput::new("test.pack");
        for (path, text) in *files {
            let id = sources.add(SourceFile::new(*path, *text));
            let locale = |folder, ending| {
                let name = path.strip_prefix(folder)?.strip_suffix(ending)?;
                Some(SideFile {
                    id,
                    locale: String::from(name),
                })
            };
            if let Some(file) = locale("locales/", ".ftl") {
                pack.locales.push(file);
                continue;
            }
            if let Some(file) = locale("texts/", ".tsv") {
                pack.texts.push(file);
                continue;
            }
            let parsed = parse(id, text);
            parse_findings.extend(parsed.findings);
            pack.files.push(RuleFile {
                id,
                tree: parsed.file,
            });
        }
        input.packs.push(pack);
    }
    let analysis = read(&input, &sources);
    Checked {
        sources,
        parse_findings,
        analysis,
    }
}

/// Checks one text; that a short text leaves things unused is not reported.
#[allow(dead_code)]
pub fn check(text: &str) -> Checked {
    let mut checked = check_packs(&[&[("main.rules", text)]]);
    checked
        .analysis
        .findings
        .retain(|it| !it.code.name.starts_with("unused-") && it.code.name != "unobtainable-fact");
    checked
}

/// Checks the rule files of a folder, with the folders of the packs that it uses.
#[allow(dead_code)]
pub fn check_folder(folder: &Path, used: &[&Path]) -> Checked {
    let packs: Vec<Vec<(String, String)>> = std::iter::once(folder)
        .chain(used.iter().copied())
        .map(rule_files)
        .collect();
    let packs: Vec<Vec<(&str, &str)>> = packs
        .iter()
        .map(|files| {
            files
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str()))
                .collect()
        })
        .collect();
    let packs: Vec<&[(&str, &str)]> = packs.iter().map(Vec::as_slice).collect();
    check_packs(&packs)
}

/// Name and text of each rule file of a folder, by name.
fn rule_files(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|it| it == "rules"))
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                std::fs::read_to_string(&path).unwrap(),
            )
        })
        .collect();
    files.sort();
    files
}

impl Checked {
    /// All findings, the parser's first.
    pub fn all(&self) -> Vec<&Diagnostic> {
        self.parse_findings
            .iter()
            .chain(&self.analysis.findings)
            .collect()
    }

    /// `code` of each finding in order.
    #[allow(dead_code)]
    pub fn codes(&self) -> Vec<&'static str> {
        self.all().iter().map(|it| it.code.name).collect()
    }

    /// One line a finding, with its place, help, related places.
    #[allow(dead_code)]
    pub fn printed(&self) -> String {
        let mut out = String::new();
        for it in self.all() {
            let file = self.sources.get(it.span.file).unwrap();
            let at = file.line_column(it.span.start);
            let text = self.sources.slice(it.span);
            writeln!(
                out,
                "{}:{}:{} {} [{}] {}",
                file.path,
                at.line,
                at.column,
                it.level.name(),
                it.code.name,
                it.message
            )
            .unwrap();
            writeln!(out, "    at: {}", text.lines().next().unwrap_or_default()).unwrap();
            if let Some(help) = &it.help {
                writeln!(out, "    help: {help}").unwrap();
            }
            for other in &it.related {
                let at = self
                    .sources
                    .get(other.span.file)
                    .unwrap()
                    .line_column(other.span.start);
                writeln!(out, "    {}:{} {}", at.line, at.column, other.message).unwrap();
            }
            for line in it.witness.iter().flat_map(|it| it.lines()) {
                writeln!(out, "    case: {line}").unwrap();
            }
            for repair in &it.repairs {
                writeln!(out, "    repair: {}: {:?}", repair.title, repair.text).unwrap();
            }
        }
        out
    }
}
