//! What the checker is given: parsed rule files, and the side files of each pack. Loading them is not done here.

use rulec_syntax::ast::File;
use rulec_syntax::source::FileId;

/// One pack as it was read. The texts of all files stand in `Sources` under their numbers.
#[derive(Debug, Clone, Default)]
pub struct PackInput {
    /// Name for a pack without a `pack` statement, from its folder or file: `azure.p2s`.
    pub name_hint: String,
    /// Rule files, in order of path.
    pub files: Vec<RuleFile>,
    /// `locales/*.ftl`.
    pub locales: Vec<SideFile>,
    /// `texts/*.tsv`.
    pub texts: Vec<SideFile>,
}

/// A parsed rule file.
#[derive(Debug, Clone)]
pub struct RuleFile {
    /// Its text.
    pub id: FileId,
    /// Its tree; statements that did not parse are missing and are findings of the parser.
    pub tree: File,
}

/// A file beside the rules.
#[derive(Debug, Clone)]
pub struct SideFile {
    /// Its text.
    pub id: FileId,
    /// From its name: `zh-TW`.
    pub locale: String,
}

impl PackInput {
    /// A pack without files.
    pub fn new(name_hint: &str) -> PackInput {
        PackInput {
            name_hint: name_hint.to_owned(),
            ..PackInput::default()
        }
    }
}
