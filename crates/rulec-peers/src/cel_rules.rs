//! CEL: a program for each rule, facts in one map.

use std::collections::HashMap;

use cel::{Context, Program, Value};

use crate::atoms::{self, Atom, Constant};
use crate::made::{Fact, MadeRule, SYMPTOMS};
use crate::{Contestant, Fired};

/// Programs by rule, contexts by case.
pub struct Cel {
    programs: Vec<Program>,
    contexts: Vec<Context<'static, 'static>>,
}

impl Cel {
    pub fn new(rules: &[MadeRule], cases: &[Vec<Fact>]) -> Cel {
        let programs = rules.iter().map(|rule| {
            let source = atoms::infix(&rule.when, atom);
            Program::compile(&source).unwrap_or_else(|fault| panic!("{source}: {fault}"))
        });
        Cel {
            programs: programs.collect(),
            contexts: cases.iter().map(|it| context(it)).collect(),
        }
    }

    fn fires(&self, rule: usize, case: usize) -> bool {
        self.programs[rule].execute(&self.contexts[case]) == Ok(Value::Bool(true))
    }
}

fn context(case: &[Fact]) -> Context<'static, 'static> {
    let facts = case.iter().enumerate().filter_map(|(at, it)| {
        let value = match atoms::value(at, *it)? {
            Constant::Bool(it) => Value::Bool(it),
            Constant::Number(it) => Value::Int(it),
            Constant::Word(it) => Value::from(it),
            Constant::Absent => Value::Null,
        };
        Some((format!("f{at}"), value))
    });
    let facts: HashMap<String, Value> = facts.collect();
    let mut context = Context::default();
    context.add_variable_from_value("i", facts);
    context
}

fn atom((fact, test, with): &Atom) -> String {
    let sign = test.sign();
    let with = match with {
        Constant::Bool(it) => it.to_string(),
        Constant::Number(it) => it.to_string(),
        Constant::Word(it) => format!("{it:?}"),
        Constant::Absent => "null".to_owned(),
    };
    format!("has(i.f{fact}) && i.f{fact} {sign} {with}")
}

impl Contestant for Cel {
    fn name(&self) -> &'static str {
        "cel 0.15"
    }

    fn all(&mut self, case: usize) -> Fired {
        (0..self.programs.len())
            .filter(|rule| self.fires(*rule, case))
            .collect()
    }

    fn one(&mut self, case: usize, symptom: usize) -> Fired {
        let rules = (symptom..self.programs.len()).step_by(SYMPTOMS);
        rules.filter(|rule| self.fires(*rule, case)).collect()
    }
}
