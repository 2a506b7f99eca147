//! What a program declares and who names whom: for `rulec list`, `show`, and for checks on uses.

use compact_str::CompactString;
use rulec_syntax::source::Span;

/// Number of a declaration in [`Index::declarations`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeclarationId(pub u32);

/// Kinds of declarations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the language")]
pub enum Kind {
    Param,
    Type,
    Fact,
    Let,
    Symptom,
    Rule,
    Fix,
    Test,
}

impl Kind {
    /// As people call it: `fact`, `derived fact`, …
    pub fn name(self) -> &'static str {
        match self {
            Kind::Param => "param",
            Kind::Type => "type",
            Kind::Fact => "fact",
            Kind::Let => "derived fact",
            Kind::Symptom => "symptom",
            Kind::Rule => "rule",
            Kind::Fix => "fix",
            Kind::Test => "test",
        }
    }

    /// Its keyword.
    pub fn keyword(self) -> &'static str {
        match self {
            Kind::Let => "let",
            other => other.name(),
        }
    }
}

/// Something that is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// What.
    pub kind: Kind,
    /// Its name within its pack; an unnamed rule, fix or symptom has the name that it is called by (U2).
    pub name: CompactString,
    /// Number of its pack in the program.
    pub pack: u32,
    /// Where the name stands; for an unnamed one, the words that name it.
    pub name_span: Span,
    /// Its statement.
    pub span: Span,
    /// The statement in the tree: file of the pack and number in it. None for one that could not be read.
    pub statement: Option<(u32, u32)>,
    /// It has no name of its own.
    pub unnamed: bool,
    /// First sentence of its description.
    pub title: Option<CompactString>,
}

/// One statement naming another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// Who; none for an `assume`.
    pub from: Option<DeclarationId>,
    /// What is named.
    pub to: DeclarationId,
    /// Where.
    pub span: Span,
    /// A field of it is named, not the whole.
    pub field: bool,
}

/// All declarations, and who names whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Index {
    /// In the order of packs, files and places; those made by the checker follow.
    pub declarations: Vec<Declaration>,
    /// In the order in which they were met.
    pub references: Vec<Reference>,
}

impl Index {
    /// A declaration.
    pub fn get(&self, id: DeclarationId) -> Option<&Declaration> {
        self.declarations.get(id.0 as usize)
    }

    /// All with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (DeclarationId, &Declaration)> {
        (0u32..).map(DeclarationId).zip(&self.declarations)
    }

    /// Those of a name, of any kind; `PACK/NAME` is looked up by the caller.
    pub fn named<'a>(
        &'a self,
        name: &'a str,
    ) -> impl Iterator<Item = (DeclarationId, &'a Declaration)> {
        self.iter().filter(move |(_, it)| it.name == name)
    }
}
