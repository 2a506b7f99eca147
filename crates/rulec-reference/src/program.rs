//! The declarations of a pack by name. Order of statements and files is invisible from here on.

use std::collections::BTreeMap;

use rulec_syntax::ast::{self, Item, Overrides, Sign, SymptomRef, Symptoms, TypeExpr};

use crate::types::{self, Type};
use crate::value::Code;
use crate::{Fails, codes};

/// A pack.
pub struct Program<'a> {
    /// Facts and params with their types.
    pub places: BTreeMap<String, Place>,
    pub lets: BTreeMap<String, (&'a ast::Expr, Option<Type>)>,
    pub symptoms: BTreeMap<String, Vec<SymptomSign<'a>>>,
    pub rules: BTreeMap<String, Rule<'a>>,
    pub tests: BTreeMap<String, &'a ast::TestCase>,
}

/// A fact or param.
pub struct Place {
    pub ty: Type,
    pub default: Option<ast::Value>,
    /// The field whose codes count as reported.
    pub reports: Option<String>,
}

/// By what a symptom is recognised, as far as a case without pasted texts can have it.
pub enum SymptomSign<'a> {
    Code(Code),
    Ask,
    SeenWhen(&'a ast::Expr),
}

/// A rule; V1.
pub struct Rule<'a> {
    /// As it stands in the pack.
    pub written: &'a ast::Rule,
    /// `S(r)`; none for a latent fault.
    pub symptoms: Option<Vec<String>>,
    pub when: Option<&'a ast::Expr>,
    pub otherwise: bool,
    pub overrides: Overriding,
}

/// What a rule overrides.
pub enum Overriding {
    All,
    Listed(Vec<String>),
}

impl<'a> Program<'a> {
    /// Collects what the files declare.
    pub fn new(files: &[&'a ast::File]) -> Fails<Program<'a>> {
        let items: Vec<&'a Item> = files
            .iter()
            .flat_map(|file| &file.statements)
            .map(|statement| &statement.item)
            .collect();
        let named = named_types(&items);
        let mut program = Program {
            places: BTreeMap::new(),
            lets: BTreeMap::new(),
            symptoms: BTreeMap::new(),
            rules: BTreeMap::new(),
            tests: BTreeMap::new(),
        };
        for item in &items {
            program.declare(item, &named)?;
        }
        for item in &items {
            if let Item::Rule(rule) = item {
                program.implicit_symptoms(rule)?;
            }
        }
        for item in &items {
            if let Item::Rule(rule) = item {
                program.rule(rule)?;
            }
        }
        Ok(program)
    }

    fn declare(&mut self, item: &'a Item, named: &BTreeMap<String, &TypeExpr>) -> Fails<()> {
        match item {
            Item::Fact(fact) => {
                let place = Place {
                    ty: types::read(&fact.ty, named)?,
                    default: fact.default.clone(),
                    reports: fact.reports.as_ref().map(|field| field.text.to_string()),
                };
                self.places.insert(fact.name.text.to_string(), place);
            }
            Item::Param(param) => {
                let place = Place {
                    ty: types::read(&param.ty, named)?,
                    default: None,
                    reports: None,
                };
                self.places.insert(param.name.text.to_string(), place);
            }
            Item::Let(defined) => {
                let ty = match &defined.ty {
                    Some(ty) => Some(types::read(ty, named)?),
                    None => None,
                };
                let name = defined.name.text.to_string();
                self.lets.insert(name, (&defined.value, ty));
            }
            Item::Symptom(symptom) => {
                let signs = signs(&symptom.signs)?;
                self.symptoms.insert(symptom.name.text.to_string(), signs);
            }
            Item::Test(test) => {
                self.tests.insert(test.name.text.to_string(), test);
            }
            Item::Use(_) => return Err("several packs are not followed".to_owned()),
            Item::Pack(_) | Item::Type(_) | Item::Assume(_) | Item::Rule(_) | Item::Fix(_) => {}
        }
        Ok(())
    }

    /// U2: a code that no symptom claims is a symptom of its own.
    fn implicit_symptoms(&mut self, rule: &ast::Rule) -> Fails<()> {
        let Symptoms::Listed(listed) = &rule.symptoms else {
            return Ok(());
        };
        for symptom in listed {
            if let SymptomRef::Code(text) = symptom
                && self.claimed(&text.text)?.is_none()
            {
                let code = read_code(&text.text)?;
                let name = implicit_name(&code);
                self.symptoms.insert(name, vec![SymptomSign::Code(code)]);
            }
        }
        Ok(())
    }

    /// U2: the one symptom that claims a code.
    fn claimed(&self, text: &str) -> Fails<Option<String>> {
        let code = read_code(text)?;
        let claims = |signs: &Vec<SymptomSign<'_>>| {
            signs
                .iter()
                .any(|sign| matches!(sign, SymptomSign::Code(own) if *own == code))
        };
        let mut found = self.symptoms.iter().filter(|(_, signs)| claims(signs));
        let first = found.next().map(|(name, _)| name.clone());
        match found.next() {
            Some(_) => Err(format!("several symptoms claim `{text}`")),
            None => Ok(first),
        }
    }

    fn rule(&mut self, rule: &'a ast::Rule) -> Fails<()> {
        let symptoms = match &rule.symptoms {
            Symptoms::None => None,
            Symptoms::Any(_) => Some(self.symptoms.keys().cloned().collect()),
            Symptoms::Listed(listed) => {
                let mut names = Vec::new();
                for symptom in listed {
                    names.push(self.symptom(symptom)?);
                }
                Some(names)
            }
        };
        let overrides = match &rule.overrides {
            Overrides::None => Overriding::Listed(Vec::new()),
            Overrides::All(_) => Overriding::All,
            Overrides::Listed(names) => {
                Overriding::Listed(names.iter().map(|name| name.text.to_string()).collect())
            }
        };
        let name = rule_name(rule, symptoms.as_deref())?;
        let rule = Rule {
            written: rule,
            symptoms,
            when: rule.when.as_ref(),
            otherwise: rule.otherwise.is_some(),
            overrides,
        };
        match self.rules.insert(name.clone(), rule) {
            None => Ok(()),
            Some(_) => Err(format!("two rules are called `{name}`")),
        }
    }

    /// The symptom that a name or code means.
    pub fn symptom(&self, symptom: &SymptomRef) -> Fails<String> {
        match symptom {
            SymptomRef::Name(name) => Ok(name.text.to_string()),
            SymptomRef::Code(text) => {
                let claimed = self.claimed(&text.text)?;
                claimed.ok_or_else(|| format!("`{}` is no symptom", text.text))
            }
        }
    }
}

fn named_types<'a>(items: &[&'a Item]) -> BTreeMap<String, &'a TypeExpr> {
    let mut named = BTreeMap::new();
    for item in items {
        if let Item::Type(definition) = item {
            named.insert(definition.name.text.to_string(), &definition.ty);
        }
    }
    named
}

fn signs(written: &[Sign]) -> Fails<Vec<SymptomSign<'_>>> {
    let mut found = Vec::new();
    for sign in written {
        match sign {
            Sign::Code(code) => found.push(SymptomSign::Code(codes::of_literal(code)?)),
            Sign::Ask(_) => found.push(SymptomSign::Ask),
            Sign::SeenWhen(condition) => found.push(SymptomSign::SeenWhen(condition)),
            Sign::Text(_) | Sign::Hint(_) => {}
        }
    }
    Ok(found)
}

/// U2: "called by kind and number", in the form of a symptom's name.
fn implicit_name(code: &Code) -> String {
    match code {
        Code::Number(kind, number) if kind == "hresult" => format!("{kind}-{number:#010x}"),
        Code::Number(kind, number) => format!("{kind}-{number}"),
        Code::Word(kind, word) => format!("{kind}-{word}"),
    }
}

fn read_code(text: &str) -> Fails<Code> {
    codes::of_text(text).ok_or_else(|| format!("`{text}` spells no code that is followed"))
}

/// U2: a rule without a name is called by its symptom and the words of its fix.
fn rule_name(rule: &ast::Rule, symptoms: Option<&[String]>) -> Fails<String> {
    if let Some(name) = &rule.name {
        return Ok(name.text.to_string());
    }
    let symptom = symptoms.and_then(|symptoms| symptoms.first());
    let (Some(symptom), ast::Plan::Fixes { first, .. }) = (symptom, &rule.plan) else {
        return Err("a rule without a name".to_owned());
    };
    let fix = match first {
        ast::FixRef::Name(name) => &name.text,
        ast::FixRef::Text(text) => &text.text,
    };
    let words: Vec<String> = fix
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    Ok(format!("{symptom}/{}", words.join("-")))
}
