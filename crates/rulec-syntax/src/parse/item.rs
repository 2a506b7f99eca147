//! Statements that declare: packs, uses, params, types, facts, lets, assumes. `rule`, `fix` and `test`
//! are read in files of their own.

use super::build::{Builder, Built};
use super::codes::{MISPLACED_DESCRIPTION, SYNTAX_ERROR, UNKNOWN_CLAUSE};
use super::names::Naming;
use super::nearest::nearest;
use super::nodes::Node;
use super::types::keep;
use crate::ast::Place;
use crate::ast::{
    Allow, Argument, ArgumentValue, Assume, Fact, Item, Let, LevelClause, Name, Pack, Param,
    Source, TypeDef, TypeKind, Use,
};
use crate::diagnostic::Diagnostic;
use crate::grammar::Rule;
use crate::source::Span;

/// Arguments of the sources that are known here; a third party may have others.
pub(crate) const ARGUMENTS: [&str; 13] = [
    "api",
    "as",
    "id",
    "metric",
    "newest",
    "operation",
    "post",
    "provider",
    "query",
    "server",
    "since",
    "status",
    "at",
];

/// Keywords of statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words of the language")]
pub enum Keyword {
    Pack,
    Use,
    Param,
    Type,
    Fact,
    Let,
    Assume,
    Symptom,
    Rule,
    Fix,
    Test,
}

impl Keyword {
    /// All, in the order of the language's page.
    pub const ALL: [Keyword; 11] = [
        Keyword::Pack,
        Keyword::Use,
        Keyword::Param,
        Keyword::Type,
        Keyword::Fact,
        Keyword::Let,
        Keyword::Assume,
        Keyword::Symptom,
        Keyword::Rule,
        Keyword::Fix,
        Keyword::Test,
    ];

    /// As written.
    pub fn word(self) -> &'static str {
        match self {
            Keyword::Pack => "pack",
            Keyword::Use => "use",
            Keyword::Param => "param",
            Keyword::Type => "type",
            Keyword::Fact => "fact",
            Keyword::Let => "let",
            Keyword::Assume => "assume",
            Keyword::Symptom => "symptom",
            Keyword::Rule => "rule",
            Keyword::Fix => "fix",
            Keyword::Test => "test",
        }
    }

    /// The keyword of that spelling.
    pub fn from_word(word: &str) -> Option<Keyword> {
        Keyword::ALL
            .into_iter()
            .find(|keyword| keyword.word() == word)
    }

    /// With its article: `a rule`, `an assume`.
    pub(super) fn noun(self) -> String {
        let article = if self == Keyword::Assume { "an" } else { "a" };
        format!("{article} {}", self.word())
    }

    pub(super) fn grammar(self) -> Rule {
        match self {
            Keyword::Pack => Rule::pack_statement,
            Keyword::Use => Rule::use_statement,
            Keyword::Param => Rule::param_statement,
            Keyword::Type => Rule::type_statement,
            Keyword::Fact => Rule::fact_statement,
            Keyword::Let => Rule::let_statement,
            Keyword::Assume => Rule::assume_statement,
            Keyword::Symptom => Rule::symptom_statement,
            Keyword::Rule => Rule::rule_statement,
            Keyword::Fix => Rule::fix_statement,
            Keyword::Test => Rule::test_statement,
        }
    }

    /// Words with which its clauses begin.
    pub(super) fn clauses(self) -> &'static [&'static str] {
        match self {
            Keyword::Pack => &["language", "level", "allow"],
            Keyword::Use | Keyword::Let | Keyword::Assume => &["allow"],
            Keyword::Param => &["ask", "allow"],
            Keyword::Type => &["at", "default", "ask", "secret", "allow"],
            Keyword::Fact => &[
                "from", "default", "ask", "reports", "cost", "secret", "allow",
            ],
            Keyword::Symptom => &["code", "text", "hint", "ask", "seen", "when", "allow"],
            Keyword::Rule => &[
                "symptom",
                "when",
                "otherwise",
                "overrides",
                "likelihood",
                "cause",
                "allow",
            ],
            Keyword::Fix => &[
                "step", "risk", "needs", "excludes", "verify", "undo", "docs", "allow",
            ],
            Keyword::Test => &["given", "pasted", "symptom", "expect", "now", "allow"],
        }
    }
}

impl Builder<'_> {
    /// Reads the parts of a statement with this keyword, and what it accepts.
    pub(super) fn item(&mut self, keyword: Keyword) -> Built<(Item, Vec<Allow>)> {
        let mut allows = Vec::new();
        let item = match keyword {
            Keyword::Pack => Item::Pack(self.pack(&mut allows)?),
            Keyword::Use => Item::Use(Use {
                name: self.declared(Naming::Pack)?,
            }),
            Keyword::Param => Item::Param(self.param(&mut allows)?),
            Keyword::Type => Item::Type(self.type_def()?),
            Keyword::Fact => Item::Fact(self.fact(&mut allows)?),
            Keyword::Let => Item::Let(self.let_item()?),
            Keyword::Assume => Item::Assume(Assume {
                condition: self.expression()?,
            }),
            Keyword::Symptom => self.symptom_or_rule(&mut allows)?,
            Keyword::Rule => Item::Rule(self.rule(&mut allows)?),
            Keyword::Fix => Item::Fix(self.fix(&mut allows)?),
            Keyword::Test => Item::Test(self.test(&mut allows)?),
        };
        while self.peek() == Some(Rule::allow) {
            allows.push(self.allow()?);
        }
        if self.peek().is_some() {
            return self.unforeseen();
        }
        Ok((item, allows))
    }

    /// `allow CODE "reason"`
    pub(super) fn allow(&mut self) -> Built<Allow> {
        self.must(Rule::allow)?;
        self.must(Rule::allow_word)?;
        let code = self.name()?;
        let reason = self.text()?;
        Ok(Allow { code, reason })
    }

    fn pack(&mut self, allows: &mut Vec<Allow>) -> Built<Pack> {
        let name = self.declared(Naming::Pack)?;
        let version = self.must(Rule::version)?;
        let version = self.as_name(version);
        let mut pack = Pack {
            name,
            version,
            language: None,
            levels: Vec::new(),
        };
        let mut seen = Vec::new();
        loop {
            match self.peek() {
                Some(Rule::language_word) => {
                    let word = self.must(Rule::language_word)?;
                    let fresh = self.once(&mut seen, word);
                    keep(&mut pack.language, self.number()?, fresh);
                }
                Some(Rule::level_word) => {
                    self.at += 1;
                    let (code, level, reason) = (self.name()?, self.name()?, self.text()?);
                    pack.levels.push(LevelClause {
                        code,
                        level,
                        reason,
                    });
                }
                Some(Rule::allow) => allows.push(self.allow()?),
                _ => return Ok(pack),
            }
        }
    }

    fn param(&mut self, allows: &mut Vec<Allow>) -> Built<Param> {
        let name = self.declared(Naming::Param)?;
        self.must(Rule::colon)?;
        let ty = self.type_expr()?;
        let mut ask = None;
        let mut seen = Vec::new();
        loop {
            match self.peek() {
                Some(Rule::ask_word) => {
                    let word = self.must(Rule::ask_word)?;
                    let fresh = self.once(&mut seen, word);
                    keep(&mut ask, self.text()?, fresh);
                }
                Some(Rule::allow) => allows.push(self.allow()?),
                _ => return Ok(Param { name, ty, ask }),
            }
        }
    }

    fn type_def(&mut self) -> Built<TypeDef> {
        let name = self.declared(Naming::Type)?;
        self.must(Rule::equals)?;
        let ty = self.type_expr()?;
        let named = matches!(ty.kind, TypeKind::Enum(..) | TypeKind::Record(_));
        if !named || ty.optional {
            let finding = SYNTAX_ERROR.at(ty.place.0, "expected a record or an enum");
            self.find(finding.help("write `type T = { field: type }` or `type T = enum { A, B }`"));
        }
        Ok(TypeDef { name, ty })
    }

    fn fact(&mut self, allows: &mut Vec<Allow>) -> Built<Fact> {
        let name = self.declared(Naming::Fact)?;
        self.must(Rule::colon)?;
        let ty = self.type_expr()?;
        let mut fact = Fact {
            name,
            ty,
            sources: Vec::new(),
            default: None,
            ask: None,
            reports: None,
            cost: None,
            secret: false,
        };
        let mut seen = Vec::new();
        loop {
            match self.peek() {
                Some(Rule::source) => fact.sources.push(self.source()?),
                Some(Rule::allow) => allows.push(self.allow()?),
                Some(_) => self.fact_clause(&mut fact, &mut seen)?,
                None => return Ok(fact),
            }
        }
    }

    fn fact_clause(&mut self, fact: &mut Fact, seen: &mut Vec<(Rule, Span)>) -> Built<()> {
        let Some(word) = self.next() else {
            return Ok(());
        };
        let fresh = self.once(seen, word);
        match word.rule {
            Rule::default_word => keep(&mut fact.default, self.value()?, fresh),
            Rule::ask_word => keep(&mut fact.ask, self.text()?, fresh),
            Rule::reports_word => keep(&mut fact.reports, self.name()?, fresh),
            Rule::cost_word => keep(&mut fact.cost, self.number()?, fresh),
            Rule::secret_word => fact.secret = true,
            _ => {
                self.at -= 1;
                return self.unforeseen();
            }
        }
        Ok(())
    }

    /// `from PLACE KIND "locator" …`
    fn source(&mut self) -> Built<Source> {
        let node = self.must(Rule::source)?;
        self.must(Rule::from_word)?;
        let system = self.name()?;
        let kind = self.name()?;
        let locator = self.optional_text();
        if let Some(text) = &locator {
            self.check_template(text);
        }
        let mut source = Source {
            system,
            kind,
            locator,
            arguments: Vec::new(),
            each: None,
            on: None,
            at: None,
            place: Place::default(),
        };
        let mut seen = Vec::new();
        while self.within(node.end) {
            self.source_part(&mut source, &mut seen)?;
        }
        source.place = self.so_far(node);
        Ok(source)
    }

    fn source_part(&mut self, source: &mut Source, seen: &mut Vec<(Rule, Span)>) -> Built<()> {
        let Some(part) = self.next() else {
            return Ok(());
        };
        if part.rule == Rule::argument {
            source.arguments.push(self.argument(part)?);
            return Ok(());
        }
        let fresh = self.once(seen, part);
        match part.rule {
            Rule::at_word => keep(&mut source.at, self.text()?, fresh),
            Rule::on_word => keep(&mut source.on, self.text()?, fresh),
            Rule::each_word => {
                let variable = self.variable()?;
                self.must(Rule::in_word)?;
                keep(&mut source.each, (variable, self.path()?), fresh);
            }
            _ => {
                self.at -= 1;
                return self.unforeseen();
            }
        }
        Ok(())
    }

    fn argument(&mut self, node: Node) -> Built<Argument> {
        if let Some(word) = self.eat(Rule::word_argument) {
            let name = self.as_name(word);
            let value = ArgumentValue::Word(self.name()?);
            return Ok(Argument {
                name,
                values: vec![value],
            });
        }
        let name = self.name()?;
        self.check_argument(node, &name)?;
        let mut values = Vec::new();
        while self.within(node.end) {
            values.push(match self.eat(Rule::string) {
                Some(text) => ArgumentValue::Text(self.as_text(text)),
                None => ArgumentValue::Literal(self.number()?),
            });
        }
        Ok(Argument { name, values })
    }

    /// A misspelt clause looks like an argument of the source before it; clauses begin their line.
    fn check_argument(&mut self, node: Node, name: &Name) -> Built<()> {
        if ARGUMENTS.contains(&name.text.as_str()) || !self.first_on_line(node.start) {
            return Ok(());
        }
        match nearest(&name.text, Keyword::Fact.clauses().iter().copied()) {
            Some(meant) => self.lose(unknown_clause(
                name.place.0,
                Keyword::Fact,
                &name.text,
                meant,
            )),
            None => Ok(()),
        }
    }

    fn let_item(&mut self) -> Built<Let> {
        let name = self.declared(Naming::Let)?;
        let ty = match self.eat(Rule::colon) {
            Some(_) => Some(self.type_expr()?),
            None => None,
        };
        self.must(Rule::equals)?;
        let value = self.expression()?;
        Ok(Let { name, ty, value })
    }
}

/// The finding for a clause's word with a slip in it.
pub(super) fn unknown_clause(place: Span, keyword: Keyword, word: &str, meant: &str) -> Diagnostic {
    UNKNOWN_CLAUSE
        .at(place, format!("{} has no clause `{word}`", keyword.noun()))
        .help(format!("did you mean `{meant}`?"))
        .repair(format!("write `{meant}`"), place, meant)
}

/// The finding for a description that describes nothing.
pub(super) fn misplaced_description(place: Span) -> Diagnostic {
    MISPLACED_DESCRIPTION
        .at(
            place,
            "this description stands before no statement, field or member",
        )
        .help("a remark begins with two slashes: `//`")
}
