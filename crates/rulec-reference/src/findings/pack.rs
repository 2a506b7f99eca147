//! A pack as the clauses look at it: rules, symptoms, assumptions and fixes by number, conditions with their lets opened.

use std::collections::{BTreeMap, BTreeSet};

use rulec_syntax::ast::{self, Expr, FixRef, Item, Plan, Verify};

use super::rewrite::inlined;
use super::shape::{self, Shape};
use crate::Fails;
use crate::program::{Overriding, Program, SymptomSign};
use crate::value::Code;

/// A pack.
pub struct Pack<'a> {
    pub program: Program<'a>,
    /// In order of name.
    pub rules: Vec<Rule<'a>>,
    pub symptoms: Vec<Symptom>,
    /// As written, and with lets opened.
    pub assumes: Vec<(&'a Expr, Expr)>,
    pub fixes: BTreeMap<String, Fix>,
    /// Lets as written.
    pub lets: BTreeMap<String, Expr>,
    /// Facts and params.
    pub shapes: BTreeMap<String, Shape>,
    pub params: BTreeSet<String>,
}

/// A rule; V1.
pub struct Rule<'a> {
    pub name: String,
    pub written: &'a ast::Rule,
    /// `S(r)`; none for a latent fault.
    pub symptoms: Option<BTreeSet<usize>>,
    /// The rules that it overrides; V5.
    pub overrides: BTreeSet<usize>,
    pub otherwise: bool,
    /// With lets opened.
    pub when: Option<Expr>,
}

/// A symptom; V4.
pub struct Symptom {
    pub name: String,
    pub codes: Vec<Code>,
    pub asked: bool,
    pub seen: Vec<Expr>,
}

/// A fix.
#[derive(Default)]
pub struct Fix {
    pub excludes: BTreeSet<String>,
    /// All of them together, lets opened.
    pub verify: Vec<Expr>,
}

impl<'a> Pack<'a> {
    /// Reads a pack.
    pub fn new(files: &[&'a ast::File]) -> Fails<Pack<'a>> {
        let program = Program::new(files)?;
        let lets: BTreeMap<String, Expr> = program
            .lets
            .iter()
            .map(|(name, (value, _))| (name.clone(), (*value).clone()))
            .collect();
        let mut pack = Pack {
            rules: Vec::new(),
            symptoms: Vec::new(),
            assumes: Vec::new(),
            fixes: BTreeMap::new(),
            shapes: BTreeMap::new(),
            params: BTreeSet::new(),
            lets,
            program,
        };
        pack.shapes = shape::of_places(files)?;
        for statement in files.iter().flat_map(|file| &file.statements) {
            match &statement.item {
                Item::Assume(assume) => {
                    let opened = pack.opened(&assume.condition);
                    pack.assumes.push((&assume.condition, opened));
                }
                Item::Fix(fix) => pack.fix(fix),
                Item::Param(param) => {
                    pack.params.insert(param.name.text.to_string());
                }
                _ => {}
            }
        }
        pack.read_symptoms();
        pack.read_rules()?;
        Ok(pack)
    }

    /// F2: a `let` means its expression.
    pub fn opened(&self, expr: &Expr) -> Expr {
        inlined(expr, &self.lets, &self.program)
    }

    fn fix(&mut self, fix: &ast::Fix) {
        let verify = fix.verify.iter().filter_map(|verify| match verify {
            Verify::Condition(condition) => Some(self.opened(condition)),
            Verify::Text(_) => None,
        });
        let read = Fix {
            verify: verify.collect(),
            excludes: fix.excludes.iter().map(|it| it.text.to_string()).collect(),
        };
        self.fixes.insert(fix.name.text.to_string(), read);
    }

    fn read_symptoms(&mut self) {
        for (name, signs) in &self.program.symptoms {
            let mut symptom = Symptom {
                name: name.clone(),
                codes: Vec::new(),
                asked: false,
                seen: Vec::new(),
            };
            for sign in signs {
                match sign {
                    SymptomSign::Code(code) => symptom.codes.push(code.clone()),
                    SymptomSign::Ask => symptom.asked = true,
                    SymptomSign::SeenWhen(condition) => {
                        symptom.seen.push(self.opened(condition));
                    }
                }
            }
            self.symptoms.push(symptom);
        }
    }

    fn read_rules(&mut self) -> Fails<()> {
        let names: Vec<&String> = self.program.rules.keys().collect();
        let number = |name: &str| names.iter().position(|own| *own == name);
        let symptoms: Vec<Option<BTreeSet<usize>>> = self
            .program
            .rules
            .values()
            .map(|rule| {
                let named = rule.symptoms.as_ref()?;
                let at = |(_, symptom): &(usize, &Symptom)| named.contains(&symptom.name);
                let numbered = self.symptoms.iter().enumerate().filter(at);
                Some(numbered.map(|(at, _)| at).collect())
            })
            .collect();
        let mut rules = Vec::new();
        for (at, (name, rule)) in self.program.rules.iter().enumerate() {
            let overrides = match &rule.overrides {
                // V5: every other rule of its symptoms.
                Overriding::All => (0..names.len())
                    .filter(|other| *other != at && share(&symptoms[at], &symptoms[*other]))
                    .collect(),
                Overriding::Listed(listed) => {
                    let found: Option<BTreeSet<usize>> =
                        listed.iter().map(|name| number(name)).collect();
                    found.ok_or_else(|| format!("`{name}` overrides an unknown rule"))?
                }
            };
            rules.push(Rule {
                name: name.clone(),
                written: rule.written,
                symptoms: symptoms[at].clone(),
                overrides,
                otherwise: rule.otherwise,
                when: rule.when.map(|when| self.opened(when)),
            });
        }
        self.rules = rules;
        Ok(())
    }
}

/// Whether two rules have a symptom in common.
pub fn share(left: &Option<BTreeSet<usize>>, right: &Option<BTreeSet<usize>>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => !left.is_disjoint(right),
        _ => false,
    }
}

impl Rule<'_> {
    /// What carrying out its plan can mean: with `or` each fix is a choice of its own, else all of them are one (C3).
    pub fn choices(&self) -> Vec<Vec<String>> {
        match &self.written.plan {
            Plan::NoFix(_) => Vec::new(),
            Plan::Fixes { first, link, rest } => {
                let all: Vec<String> = std::iter::once(first).chain(rest).map(fix_name).collect();
                match link {
                    ast::Link::Or => all.into_iter().map(|fix| vec![fix]).collect(),
                    _ => vec![all],
                }
            }
        }
    }

    /// All fixes of its plan.
    pub fn fixes(&self) -> BTreeSet<String> {
        self.choices().into_iter().flatten().collect()
    }

    /// How its fixes belong together; none for a plan of one or no fix.
    pub fn link(&self) -> Option<ast::Link> {
        match &self.written.plan {
            Plan::Fixes { link, rest, .. } if !rest.is_empty() => Some(*link),
            _ => None,
        }
    }
}

/// A fix without a name is known by its words, which no name looks like.
fn fix_name(fix: &FixRef) -> String {
    match fix {
        FixRef::Name(name) => name.text.to_string(),
        FixRef::Text(text) => format!("\"{}\"", text.text),
    }
}
