//! Rego by regorus, compiled for its virtual machine: a set of the rules that hold, and one for each symptom.

use std::fmt::Write as _;
use std::sync::Arc;

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::RegoVM;
use regorus::{Engine, Value};

use crate::atoms::{self, Atom, Constant};
use crate::made::{Fact, MadeRule, SYMPTOMS};
use crate::{Contestant, Fired};

/// A machine for all rules and one for those of a symptom (one program takes 65,535 instructions at most), and inputs by case.
pub struct Rego {
    all: RegoVM,
    by_symptom: RegoVM,
    inputs: Vec<Value>,
}

impl Rego {
    pub fn new(rules: &[MadeRule], cases: &[Vec<Fact>]) -> Rego {
        let entries: Vec<String> = (0..SYMPTOMS).map(entry).collect();
        let all = machine(
            &source(rules, |_| "all".to_owned()),
            &["data.bench.all".to_owned()],
        );
        let by_symptom = machine(
            &source(rules, |rule| format!("s{}", rule.symptom)),
            &entries,
        );
        let inputs = cases.iter().map(|case| {
            let facts = case
                .iter()
                .enumerate()
                .filter_map(|(at, it)| Some((format!("f{at}"), json(atoms::value(at, *it)?))));
            let facts: serde_json::Map<String, serde_json::Value> = facts.collect();
            let text = serde_json::Value::from(facts).to_string();
            Value::from_json_str(&text).expect("input is JSON")
        });
        Rego {
            all,
            by_symptom,
            inputs: inputs.collect(),
        }
    }
}

fn entry(symptom: usize) -> String {
    format!("data.bench.s{symptom}")
}

fn machine(source: &str, entries: &[String]) -> RegoVM {
    let mut engine = Engine::new();
    engine
        .add_policy("rules.rego".into(), source.into())
        .expect("the policy parses");
    let first = Arc::from(entries[0].as_str());
    let policy = engine
        .compile_with_entrypoint(&first)
        .expect("the policy compiles");
    let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
    let program = Compiler::compile_from_policy(&policy, &entries).expect("the program compiles");
    let mut machine = RegoVM::new();
    machine.load_program(program);
    machine
}

fn run(machine: &mut RegoVM, input: &Value, entry: &str) -> Fired {
    machine.set_input(input.clone());
    let fired = machine.execute_entry_point_by_name(entry).expect("it runs");
    let mut fired: Fired = match fired.as_set() {
        Ok(all) => all
            .iter()
            .filter_map(|it| it.as_u32().ok())
            .map(|it| it as usize)
            .collect(),
        Err(_) => Fired::new(),
    };
    fired.sort_unstable();
    fired
}

/// Every rule adds its number to the set that `set` names.
fn source(rules: &[MadeRule], set: impl Fn(&MadeRule) -> String) -> String {
    let mut out = String::from("package bench\n\nimport rego.v1\n\n");
    for (at, rule) in rules.iter().enumerate() {
        let mut body = Vec::new();
        for (part, groups) in atoms::condition(&rule.when).iter().enumerate() {
            let group = |group: &Vec<Atom>| {
                let all: Vec<String> = group.iter().map(atom).collect();
                all.join("; ")
            };
            match groups.as_slice() {
                [only] => body.push(group(only)),
                several => {
                    for it in several {
                        let _ = writeln!(out, "o{at}_{part} if {{ {} }}", group(it));
                    }
                    body.push(format!("o{at}_{part}"));
                }
            }
        }
        let body = body.join("; ");
        let _ = writeln!(out, "{} contains {at} if {{ {body} }}", set(rule));
    }
    out
}

fn json(it: Constant) -> serde_json::Value {
    match it {
        Constant::Bool(it) => it.into(),
        Constant::Number(it) => it.into(),
        Constant::Word(it) => it.into(),
        Constant::Absent => serde_json::Value::Null,
    }
}

fn atom((fact, test, with): &Atom) -> String {
    let sign = test.sign();
    format!("input.f{fact} {sign} {}", json(*with))
}

impl Contestant for Rego {
    fn name(&self) -> &'static str {
        "regorus 0.14 (bytecode)"
    }

    fn all(&mut self, case: usize) -> Fired {
        run(&mut self.all, &self.inputs[case], "data.bench.all")
    }

    fn one(&mut self, case: usize, symptom: usize) -> Fired {
        run(&mut self.by_symptom, &self.inputs[case], &entry(symptom))
    }
}
