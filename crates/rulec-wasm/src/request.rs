//! What is to be checked, as JSON.

use rulec_check::{Input, PackInput, RuleFile, SideFile};
use rulec_syntax::diagnostic::Diagnostic;
use rulec_syntax::parse::parse;
use rulec_syntax::source::{SourceFile, Sources};
use serde::{Deserialize, Serialize};

/// Packs to check.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Root packs, then those that they use.
    pub packs: Vec<Pack>,
    /// How many of them are roots.
    pub roots: usize,
    /// Show a case for each gap.
    #[serde(default)]
    pub gaps: bool,
}

/// One pack.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Name where no file of it says one.
    pub name: String,
    /// Rule files, in any order.
    pub files: Vec<Text>,
    /// Translations.
    #[serde(default)]
    pub locales: Vec<Side>,
    /// Texts of other languages.
    #[serde(default)]
    pub texts: Vec<Side>,
}

/// A rule file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// How findings name it.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// A file beside the rules.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// How findings name it.
    pub path: String,
    /// `zh-TW`.
    pub locale: String,
    /// What it says.
    pub text: String,
}

impl Request {
    /// Parses all files.
    pub(crate) fn read(self, sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> Input {
        let packs = self.packs.into_iter();
        Input {
            packs: packs.map(|it| it.read(sources, findings)).collect(),
            roots: self.roots,
        }
    }
}

impl Pack {
    fn read(self, sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> PackInput {
        let mut pack = PackInput::new(&self.name);
        for file in self.files {
            let id = sources.add(SourceFile::new(file.path, file.text.as_str()));
            let parsed = parse(id, &file.text);
            findings.extend(parsed.findings);
            pack.files.push(RuleFile {
                id,
                tree: parsed.file,
            });
        }
        // The checker wants them in order of path.
        let path = |it: &RuleFile| sources.get(it.id).map(|it| it.path.clone());
        pack.files.sort_by_cached_key(path);
        let mut side = |all: Vec<Side>| -> Vec<SideFile> {
            let files = all.into_iter().map(|it| SideFile {
                id: sources.add(SourceFile::new(it.path, it.text)),
                locale: it.locale,
            });
            files.collect()
        };
        pack.locales = side(self.locales);
        pack.texts = side(self.texts);
        pack
    }
}
