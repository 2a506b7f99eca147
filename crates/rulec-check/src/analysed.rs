//! What is known of a program while and after it is analysed: the one value that all steps and checks read.

use compact_str::CompactString;
use rulec_facts::types::Type;
use rulec_syntax::ast::{Item, Name, Statement};
use rulec_syntax::diagnostic::Diagnostic;
use rulec_syntax::source::{Sources, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::index::{Declaration, DeclarationId, Index, Kind, Reference};
use crate::input::PackInput;

/// A program under analysis.
pub struct Analysed<'a> {
    /// All texts.
    pub sources: &'a Sources,
    /// Packs in the program's order: roots first, the others by name.
    pub packs: Vec<PackNames<'a>>,
    /// Declarations and references.
    pub index: Index,
    /// The statement of each declaration, by its number; none for one made by the checker.
    pub statements: Vec<Option<&'a Statement>>,
    /// The type of each param, fact and derived fact, and what each type name means.
    pub types: Vec<Option<Type>>,
    /// Everything found so far.
    pub findings: Vec<Diagnostic>,
    /// Elements that `N of V` gave so far.
    pub(crate) repeated: usize,
    /// Per type statement: fields of its values, those of records in records included.
    pub(crate) fields: FxHashMap<DeclarationId, usize>,
}

/// A pack with what is visible in it.
pub struct PackNames<'a> {
    /// Its files.
    pub input: &'a PackInput,
    /// `azure.p2s`.
    pub name: CompactString,
    /// Its `pack` statement.
    pub statement: Option<&'a Statement>,
    /// Itself, then the packs that it uses, in order of name.
    pub visible: Vec<u32>,
    /// A `use` could not be followed: a name that is not found may come from there.
    pub incomplete: bool,
    /// A statement of it could not be read.
    pub lost: bool,
    /// Names of statements that could not be read.
    pub broken: FxHashSet<&'a str>,
    /// Params, facts and derived facts.
    pub values: FxHashMap<&'a str, DeclarationId>,
    /// Types.
    pub types: FxHashMap<&'a str, DeclarationId>,
    /// Symptoms that are declared.
    pub symptoms: FxHashMap<&'a str, DeclarationId>,
    /// Rules, those without a name of their own included.
    pub rules: FxHashMap<CompactString, DeclarationId>,
    /// Fixes, those written in a plan included.
    pub fixes: FxHashMap<CompactString, DeclarationId>,
    /// Tests.
    pub tests: FxHashMap<&'a str, DeclarationId>,
}

impl<'a> Analysed<'a> {
    /// The pack of that number.
    pub fn pack(&self, number: u32) -> Option<&PackNames<'a>> {
        self.packs.get(number as usize)
    }

    /// All statements with their pack's number and their declaration, if they declare a name.
    pub fn all_statements(&self) -> impl Iterator<Item = (u32, &'a Statement)> + use<'a> {
        let packs: Vec<_> = (0u32..)
            .zip(self.packs.iter().map(|pack| pack.input))
            .collect();
        packs.into_iter().flat_map(|(number, pack)| {
            let statements = pack.files.iter().flat_map(|file| &file.tree.statements);
            statements.map(move |statement| (number, statement))
        })
    }

    /// Declarations of a kind with their statements.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (DeclarationId, &Declaration)> {
        self.index.iter().filter(move |(_, it)| it.kind == kind)
    }

    /// What the statement of a declaration says.
    pub fn item(&self, id: DeclarationId) -> Option<&'a Item> {
        let statement = self.statements.get(id.0 as usize).copied().flatten()?;
        Some(&statement.item)
    }

    /// The settled type of a value or type name.
    pub fn type_of(&self, id: DeclarationId) -> Option<&Type> {
        self.types.get(id.0 as usize)?.as_ref()
    }

    /// Room for what the statements declare and name, so that nothing moves while it is gathered.
    pub(crate) fn reserve(&mut self) {
        let mut all = 0;
        for pack in &mut self.packs {
            let statements = pack.input.files.iter().flat_map(|it| &it.tree.statements);
            let (mut rules, mut fixes, mut values) = (0, 0, 0);
            for statement in statements {
                match &statement.item {
                    Item::Rule(it) => {
                        rules += 1;
                        fixes += it.plan.written();
                    }
                    Item::Fix(_) => fixes += 1,
                    Item::Param(_) | Item::Fact(_) | Item::Let(_) => values += 1,
                    _ => all += 1,
                }
            }
            all += rules + fixes + values;
            pack.rules.reserve(rules);
            pack.fixes.reserve(fixes);
            pack.values.reserve(values);
        }
        self.index.declarations.reserve(all);
        self.statements.reserve(all);
        self.types.reserve(all);
        // A name and what stands around it, on the average of packs.
        self.index.references.reserve(self.bytes() / 40);
    }

    /// Bytes of all rule files.
    pub(crate) fn bytes(&self) -> usize {
        let files = self.packs.iter().flat_map(|pack| &pack.input.files);
        files
            .filter_map(|file| self.sources.get(file.id))
            .map(|it| it.text.len())
            .sum()
    }

    pub(crate) fn set_type(&mut self, id: DeclarationId, ty: Type) {
        if let Some(slot) = self.types.get_mut(id.0 as usize) {
            *slot = Some(ty);
        }
    }

    pub(crate) fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    pub(crate) fn refer(&mut self, from: Option<DeclarationId>, to: DeclarationId, span: Span) {
        self.index.references.push(Reference {
            from,
            to,
            span,
            field: false,
        });
    }

    /// Like [`Self::refer`], for a name that goes on with a field.
    pub(crate) fn refer_field(
        &mut self,
        from: Option<DeclarationId>,
        to: DeclarationId,
        span: Span,
    ) {
        self.index.references.push(Reference {
            from,
            to,
            span,
            field: true,
        });
    }

    /// Adds a declaration and gives its number.
    pub(crate) fn declare(
        &mut self,
        declaration: Declaration,
        statement: Option<&'a Statement>,
    ) -> DeclarationId {
        let id = DeclarationId(u32::try_from(self.index.declarations.len()).unwrap_or(u32::MAX));
        self.index.declarations.push(declaration);
        self.statements.push(statement);
        self.types.push(None);
        id
    }

    /// Where the name of a declaration stands.
    pub(crate) fn name_span(&self, id: DeclarationId) -> Span {
        self.index
            .get(id)
            .map(|it| it.name_span)
            .unwrap_or_default()
    }
}

/// The place of a name.
pub(crate) fn span_of(name: &Name) -> Span {
    name.place.0
}

/// The first sentence of a description without its full stop, and all of it; none without a description.
pub(crate) fn described(doc: &[CompactString]) -> (Option<String>, Option<String>) {
    if doc.is_empty() {
        return (None, None);
    }
    let whole = match doc {
        [one] => one.trim().to_owned(),
        many => many.join(" ").trim().to_owned(),
    };
    let bytes = whole.as_bytes();
    let end = bytes.iter().enumerate().find_map(|(at, byte)| {
        let ends = matches!(byte, b'.' | b'?' | b'!')
            && bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
        ends.then_some(if *byte == b'.' { at } else { at + 1 })
    });
    let title = whole.get(..end.unwrap_or(whole.len())).unwrap_or(&whole);
    (Some(title.to_owned()), Some(whole))
}
