//! The typed tree of a rule file: what was written, with places and comments.
//!
//! Nodes compare by what they say, never by where they stand: [`Place`] is equal to every other place, and
//! comments and blank lines are no part of a statement's identity. Texts are *cooked*: quotes are taken
//! off and `""` is one quote; braces stay as written, [`crate::template`] reads them.

pub mod expr;

use compact_str::CompactString;

use crate::source::Span;
pub use expr::{
    Arm, Binary, CodeLiteral, CodeNumber, Expr, ExprKind, Literal, LiteralKind, Path, Pattern,
    Quantifier, Test, Value, ValueKind,
};

/// Where a node stands. Equal to every other place, so that trees compare by content.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place(pub Span);

impl PartialEq for Place {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Place {}

/// A name as written: `certificate-without-key`, `gateway.p2s.roots`, `azure.p2s`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The characters.
    pub text: CompactString,
    /// Where.
    pub place: Place,
}

/// A quoted text, cooked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Without quotes; `""` is `"`.
    pub text: CompactString,
    /// Where, quotes included.
    pub place: Place,
}

/// A comment (`// …`), kept for the formatter.
#[derive(Debug, Clone)]
pub struct Comment {
    /// With its slashes, without the line end and trailing blanks.
    pub text: CompactString,
    /// Where.
    pub place: Place,
    /// It stands alone on its line.
    pub own_line: bool,
    /// An empty line stands before it.
    pub blank_before: bool,
}

/// A rule file.
#[derive(Debug, Clone, Default)]
pub struct File {
    /// In the order of the text. A statement that could not be parsed is missing here and is a finding.
    pub statements: Vec<Statement>,
    /// Comments after the last statement.
    pub tail: Vec<Comment>,
    /// What the missing statements were about, so that nobody reports their names as unknown.
    pub lost: Vec<LostStatement>,
    /// Something in the text is an error, even where every statement could be read.
    pub faulty: bool,
}

/// A statement that could not be read; a finding says why.
#[derive(Debug, Clone)]
pub struct LostStatement {
    /// Its keyword, or the one that was probably meant.
    pub keyword: CompactString,
    /// The word after its keyword: what it probably declares.
    pub name: Option<Name>,
    /// All of it.
    pub place: Place,
}

impl PartialEq for File {
    fn eq(&self, other: &Self) -> bool {
        self.statements == other.statements
    }
}

/// `///` lines above a statement, field or member: one entry a line, without slashes and one blank after them.
pub type Doc = Vec<CompactString>;

/// One statement.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Its description.
    pub doc: Doc,
    /// What it says.
    pub item: Item,
    /// Findings accepted here.
    pub allows: Vec<Allow>,
    /// From its keyword to its last clause.
    pub place: Place,
    /// Comments before and inside it, in order of place.
    pub comments: Vec<Comment>,
    /// An empty line stands before it (before its comments and description).
    pub blank_before: bool,
}

impl PartialEq for Statement {
    fn eq(&self, other: &Self) -> bool {
        self.doc == other.doc && self.item == other.item && self.allows == other.allows
    }
}

/// `allow CODE "reason"`.
#[derive(Debug, Clone, PartialEq)]
pub struct Allow {
    /// The finding's code.
    pub code: Name,
    /// Why it is accepted.
    pub reason: Text,
}

/// What a statement says.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each variant is described at its struct")]
pub enum Item {
    Pack(Pack),
    Use(Use),
    Param(Param),
    Type(TypeDef),
    Fact(Fact),
    Let(Let),
    Assume(Assume),
    Symptom(Symptom),
    Rule(Rule),
    Fix(Fix),
    Test(TestCase),
}

/// `pack NAME VERSION [language N] [level CODE LEVEL "reason"]…`
#[derive(Debug, Clone, PartialEq)]
pub struct Pack {
    /// Dotted kebab-case.
    pub name: Name,
    /// `1.0.0`, as written.
    pub version: Name,
    /// Version of the language.
    pub language: Option<Literal>,
    /// Levels set for the whole pack.
    pub levels: Vec<LevelClause>,
}

/// `level CODE LEVEL "reason"`.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelClause {
    /// The finding's code.
    pub code: Name,
    /// `off`, `note`, `warning` or `error`.
    pub level: Name,
    /// Why.
    pub reason: Text,
}

/// `use NAME`.
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    /// The other pack.
    pub name: Name,
}

/// `param NAME: TYPE [ask "…"]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Param {
    /// Dotted snake_case.
    pub name: Name,
    /// Its type; [`TypeKind::Arm`] fills itself.
    pub ty: TypeExpr,
    /// The question for it.
    pub ask: Option<Text>,
}

/// `type NAME = TYPE`.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// Begins with an upper-case letter.
    pub name: Name,
    /// A record or enum.
    pub ty: TypeExpr,
}

/// A type as written.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeExpr {
    /// Which.
    pub kind: TypeKind,
    /// `T?`: may be absent. Belongs to the whole type, so never set on the member of a list or set.
    pub optional: bool,
    /// Where.
    pub place: Place,
}

/// Kinds of types.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the names are those of the language")]
pub enum TypeKind {
    Bool,
    /// With `in LOW..HIGH`, both inclusive.
    Int(Option<(Literal, Literal)>),
    String,
    Version,
    Time,
    /// With the unit of bare numbers: `duration in s`.
    Duration(Option<Name>),
    Ip,
    Cidr,
    Code,
    Enum(Vec<Member>, Option<Name>),
    List(Box<TypeExpr>),
    Set(Box<TypeExpr>),
    Record(Vec<Field>),
    Named(Name),
    /// `arm "Microsoft.Network/virtualNetworkGateways"`: a string; only in params.
    Arm(Text),
}

/// A member of an enum: `B = 7`, `C = "wire" "label"`.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its description.
    pub doc: Doc,
    /// Letters, digits, `_`.
    pub name: Name,
    /// How a source spells it: a number or a text.
    pub wire: Option<Literal>,
    /// How a person reads it.
    pub label: Option<Text>,
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its description.
    pub doc: Doc,
    /// Dotless snake_case.
    pub name: Name,
    /// Its type.
    pub ty: TypeExpr,
    /// Where in the element.
    pub at: Option<Text>,
    /// What *not there* means.
    pub default: Option<Value>,
    /// The question for it.
    pub ask: Option<Text>,
    /// Never shown.
    pub secret: bool,
}

/// `fact NAME: TYPE` with its clauses.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Dotted snake_case.
    pub name: Name,
    /// Its type.
    pub ty: TypeExpr,
    /// Places, in the order in which they are tried.
    pub sources: Vec<Source>,
    /// What *not there* means.
    pub default: Option<Value>,
    /// The question for it.
    pub ask: Option<Text>,
    /// The field whose codes count as reported.
    pub reports: Option<Name>,
    /// How long it takes to get.
    pub cost: Option<Literal>,
    /// Never shown.
    pub secret: bool,
}

/// `from PLACE KIND "locator" [word argument]… [each x in LIST] [on "…"] [at "…"]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// `azure`, `windows`, `file`, `network`, or a third party's word.
    pub system: Name,
    /// `arm`, `registry`, …
    pub kind: Name,
    /// The locator, a template.
    pub locator: Option<Text>,
    /// Arguments, in the order written.
    pub arguments: Vec<Argument>,
    /// `each x in LIST`.
    pub each: Option<(Name, Path)>,
    /// `on "{machine}"`.
    pub on: Option<Text>,
    /// `at "path"`.
    pub at: Option<Text>,
    /// From `from` to its last argument.
    pub place: Place,
}

/// `id 20227, 20226`, `post`, `as system`.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// The word.
    pub name: Name,
    /// What follows it; none for a flag.
    pub values: Vec<ArgumentValue>,
}

/// A value of an argument.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "plain")]
pub enum ArgumentValue {
    Text(Text),
    Literal(Literal),
    /// A word, after `as` and `status` only.
    Word(Name),
}

/// `let NAME [: TYPE] = EXPR`.
#[derive(Debug, Clone, PartialEq)]
pub struct Let {
    /// Dotted snake_case.
    pub name: Name,
    /// Declared type.
    pub ty: Option<TypeExpr>,
    /// What it stands for.
    pub value: Expr,
}

/// `assume EXPR`.
#[derive(Debug, Clone, PartialEq)]
pub struct Assume {
    /// What can be taken for granted.
    pub condition: Expr,
}

/// `symptom NAME =` with its signs.
#[derive(Debug, Clone, PartialEq)]
pub struct Symptom {
    /// Kebab-case.
    pub name: Name,
    /// By what it is recognised.
    pub signs: Vec<Sign>,
}

/// One `| …` of a symptom.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the names are those of the language")]
pub enum Sign {
    Code(CodeLiteral),
    Text(Text),
    Hint(Text),
    Ask(Text),
    SeenWhen(Expr),
}

/// `rule NAME:` with its clauses, or the short form `symptom "CODE" [when EXPR] => PLAN`.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Kebab-case; none in the short form.
    pub name: Option<Name>,
    /// Under which symptoms.
    pub symptoms: Symptoms,
    /// The condition.
    pub when: Option<Expr>,
    /// `otherwise`.
    pub otherwise: Option<Place>,
    /// `overrides …`.
    pub overrides: Overrides,
    /// `common`, `occasional` or `rare`.
    pub likelihood: Option<Name>,
    /// The cause, a template.
    pub cause: Option<Text>,
    /// What repairs it.
    pub plan: Plan,
}

/// Symptoms of a rule.
#[derive(Debug, Clone, PartialEq)]
pub enum Symptoms {
    /// No clause: a latent fault.
    None,
    /// `symptom any`.
    Any(Place),
    /// `symptom A, B`.
    Listed(Vec<SymptomRef>),
}

/// A symptom by its name or by a code.
#[derive(Debug, Clone, PartialEq)]
pub enum SymptomRef {
    /// By name.
    Name(Name),
    /// `"0x80090326"`.
    Code(Text),
}

/// What a rule overrides.
#[derive(Debug, Clone, PartialEq)]
pub enum Overrides {
    /// No clause.
    None,
    /// `overrides all`.
    All(Place),
    /// `overrides A, B`.
    Listed(Vec<Name>),
}

/// What stands after `=>`.
#[derive(Debug, Clone, PartialEq)]
pub enum Plan {
    /// `no fix`.
    NoFix(Place),
    /// `fix A`, then others of one kind.
    Fixes {
        /// The first.
        first: FixRef,
        /// How the others follow; any for a plan of one.
        link: Link,
        /// The others.
        rest: Vec<FixRef>,
    },
}

impl Plan {
    /// Its fixes in the order written.
    pub fn fixes(&self) -> impl Iterator<Item = &FixRef> {
        let (first, rest) = match self {
            Plan::NoFix(_) => (None, &[][..]),
            Plan::Fixes { first, rest, .. } => (Some(first), rest.as_slice()),
        };
        first.into_iter().chain(rest)
    }

    /// How many of its fixes are written in it, as words.
    pub fn written(&self) -> usize {
        let written = |it: &&FixRef| matches!(it, FixRef::Text(_));
        self.fixes().filter(written).count()
    }
}

/// How the fixes of a plan belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// All, in this order.
    And,
    /// A choice, best first.
    Or,
    /// The next if the `verify` of the one before fails.
    Else,
    /// Relief until then.
    Meanwhile,
}

/// A fix by its name or by the words of its one step.
#[derive(Debug, Clone, PartialEq)]
pub enum FixRef {
    /// By name.
    Name(Name),
    /// `fix "TEXT"`.
    Text(Text),
}

/// `fix NAME:` with its clauses.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// Kebab-case.
    pub name: Name,
    /// In order.
    pub steps: Vec<Step>,
    /// What it can break.
    pub risks: Vec<Risk>,
    /// Privileges.
    pub needs: Vec<Need>,
    /// Fixes that must not be combined with it.
    pub excludes: Vec<Name>,
    /// How one sees that it worked; each `verify` clause one entry.
    pub verify: Vec<Verify>,
    /// How to take it back.
    pub undo: Vec<Text>,
    /// Links.
    pub docs: Vec<Text>,
}

/// `step "…" [when E]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// A template.
    pub text: Text,
    /// Left out where false.
    pub when: Option<Expr>,
}

/// `risk LEVEL [for WHOM] ["note"]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Risk {
    /// `none`, `restart`, `outage`, `data-loss`, `security`.
    pub level: Name,
    /// `user`, `machine`, `network`, `gateway`, `all-clients`, `tenant`.
    pub scope: Option<Name>,
    /// More about it.
    pub note: Option<Text>,
}

/// A privilege that a fix needs.
#[derive(Debug, Clone, PartialEq)]
pub enum Need {
    /// `administrator`.
    Administrator(Place),
    /// `azure "ROLE"`.
    Azure(Text),
    /// `entra "ROLE"`.
    Entra(Text),
}

/// `verify E` or `verify "…"`.
#[derive(Debug, Clone, PartialEq)]
pub enum Verify {
    /// On facts fetched anew.
    Condition(Expr),
    /// By a person.
    Text(Text),
}

/// `test "…":`.
#[derive(Debug, Clone, PartialEq)]
pub struct TestCase {
    /// Its name.
    pub name: Text,
    /// In order.
    pub lines: Vec<TestLine>,
}

/// One line of a test.
#[derive(Debug, Clone, PartialEq)]
pub enum TestLine {
    /// `given case "path"`.
    GivenCase(Text),
    /// `given "other test"`.
    GivenTest(Text),
    /// `pasted "…"`.
    Pasted(Text),
    /// `symptom A, "0x…"`.
    Symptom(Vec<SymptomRef>),
    /// `now = TIME`.
    Now(Literal),
    /// `NAME = V`.
    Set(Path, Value),
    /// `expect …`.
    Expect(Expect),
}

/// `expect …`.
#[derive(Debug, Clone, PartialEq)]
pub enum Expect {
    /// `expect confirmed A, B`.
    Confirmed(Vec<Name>),
    /// `expect ruled out A, B`.
    RuledOut(Vec<Name>),
    /// `expect open A, B [needs f, g]`.
    Open {
        /// The rules.
        rules: Vec<Name>,
        /// Facts of which each must be among the needs.
        needs: Vec<Path>,
    },
    /// `expect nothing else confirmed`.
    NothingElse(Place),
    /// `expect others`: other confirmed rules are no failure.
    Others(Place),
}
