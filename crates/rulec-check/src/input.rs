//! What the checker is given: parsed rule files, and the side files of each pack. Loading them is not done here.

use rulec_facts::source::SourceKind;
use rulec_syntax::ast::{File, Item, Name};
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
    /// Kinds of sources that plug-ins add, from `sources/*.json`.
    pub kinds: Vec<&'static SourceKind>,
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

    /// The name of the pack, if one of its files says it.
    pub fn name(&self) -> Option<&Name> {
        self.items().find_map(|item| match item {
            Item::Pack(pack) => Some(&pack.name),
            _ => None,
        })
    }

    /// Names of the packs that it uses, in the order of its files: what the caller has to load.
    pub fn uses(&self) -> impl Iterator<Item = &Name> {
        self.items().filter_map(|item| match item {
            Item::Use(it) => Some(&it.name),
            _ => None,
        })
    }

    fn items(&self) -> impl Iterator<Item = &Item> {
        let statements = self.files.iter().flat_map(|file| &file.tree.statements);
        statements.map(|statement| &statement.item)
    }
}

/// All packs of one run.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// Root packs, then those that can be used; a pack that nothing uses is left out of the program.
    pub packs: Vec<PackInput>,
    /// How many of them are roots; the first gives the program its name.
    pub roots: usize,
}
