//! Small random packs and cases as text, each the same for the same seed: every type, operator, quantifier and
//! way of a rule that the language has. What comes out is meant to be free of errors.

mod cases;
mod conditions;
mod lists;
mod model;
mod random;
mod rules;
pub mod small;
mod terms;
mod values;

use std::collections::BTreeMap;

pub use random::Random;

use model::Model;

/// A pack and its cases.
#[derive(Debug, Clone)]
pub struct GeneratedPack {
    /// All statements but the tests, the `pack` statement first; their order is of no account.
    pub statements: Vec<String>,
    /// Its cases, each a `test` of the pack.
    pub cases: Vec<Case>,
    model: Model,
    /// Symptoms with a question; nothing but naming them settles them.
    asked: Vec<String>,
}

/// A case: what is written of it. What is not written is unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Name of the test.
    pub name: String,
    /// How it relates to the cases before it.
    pub kind: CaseKind,
    /// Lines of the complaint: names of symptoms, or codes in quotes.
    complaint: Vec<String>,
    now: Option<String>,
    facts: BTreeMap<String, Value>,
    /// The case that its test begins with.
    given: Option<usize>,
}

/// How a case came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseKind {
    /// Written for itself.
    First,
    /// The case of that number with one unknown less.
    Refined(usize),
    /// The case of that number with no unknown left.
    Total(usize),
}

/// A value as a test writes it; a field that is not in its record is unknown.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Known(String),
    Absent,
    Unknown(Option<&'static str>),
    List(Vec<Value>),
    Record(Vec<(String, Value)>),
}

/// How large packs are.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Facts and params.
    pub places: usize,
    /// Rules.
    pub rules: usize,
    /// How deep conditions nest.
    pub depth: usize,
    /// Cases that are written for themselves.
    pub cases: usize,
    /// Steps of refinement behind each of these.
    pub refinements: usize,
}

impl Default for Size {
    fn default() -> Size {
        Size {
            places: 7,
            rules: 5,
            depth: 2,
            cases: 2,
            refinements: 2,
        }
    }
}

/// A pack with its cases.
pub fn generate(seed: u64, size: Size) -> GeneratedPack {
    let mut random = Random::new(seed);
    let mut model = Model::new(&mut random, size.places);
    let mut statements = vec!["pack generated 1.0.0\n    language 1".to_owned()];
    statements.extend(model.declarations());
    statements.extend(conditions::lets(&mut model, &mut random, size.depth));
    let rules = rules::rules(&model, &mut random, size);
    statements.extend(rules.statements);
    let mut pack = GeneratedPack {
        statements,
        cases: Vec::new(),
        model,
        asked: rules.asked,
    };
    for _ in 0..size.cases {
        let first = pack.first_case(&mut random, &rules.complaints);
        let number = pack.push(first);
        let total = pack.total(number, &mut random);
        let mut last = number;
        for _ in 0..size.refinements {
            match pack.refine(last, &mut random) {
                Some(refined) => last = pack.push(refined),
                None => break,
            }
        }
        pack.push(total);
    }
    pack
}

impl GeneratedPack {
    /// All of it as one file.
    pub fn text(&self) -> String {
        let tests = (0..self.cases.len()).map(|number| self.test(number));
        let all: Vec<String> = self.statements.iter().cloned().chain(tests).collect();
        join(&all)
    }

    /// The same statements in another order, in several files.
    pub fn shuffled(&self, random: &mut Random, files: usize) -> Vec<String> {
        let tests = (0..self.cases.len()).map(|number| self.test(number));
        let mut all: Vec<String> = self.statements.iter().cloned().chain(tests).collect();
        random.shuffle(&mut all);
        let each = all.len().div_ceil(files.max(1)).max(1);
        all.chunks(each).map(join).collect()
    }

    /// The pack with, for every unknown of each of its cases, one more case in which that alone has a value.
    pub fn with_each_addition(&self, random: &mut Random) -> GeneratedPack {
        let mut pack = self.clone();
        for from in 0..self.cases.len() {
            for at in 0..self.unknowns(from) {
                if let Some(case) = pack.refine_at(from, at, random) {
                    pack.push(case);
                }
            }
        }
        pack
    }

    fn push(&mut self, case: Case) -> usize {
        let number = self.cases.len();
        let name = format!("case {number}");
        self.cases.push(Case { name, ..case });
        number
    }
}

fn join(statements: &[String]) -> String {
    let mut text = statements.join("\n\n");
    text.push('\n');
    text
}
