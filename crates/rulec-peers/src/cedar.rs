//! Cedar: a policy for each rule; the symptom is the action, the facts are the context.

use std::str::FromStr;

use cedar_policy::{
    Authorizer, Context, Entities, EntityUid, Policy, PolicyId, PolicySet, Request,
};

use crate::atoms::{self, Atom, Constant};
use crate::made::{Fact, MadeRule, SYMPTOMS};
use crate::{Contestant, Fired};

/// Policies for all rules and for those of one symptom, and the contexts by case.
pub struct Cedar {
    authorizer: Authorizer,
    entities: Entities,
    all: PolicySet,
    by_symptom: PolicySet,
    contexts: Vec<Context>,
    actions: Vec<EntityUid>,
}

impl Cedar {
    pub fn new(rules: &[MadeRule], cases: &[Vec<Fact>]) -> Cedar {
        let (mut all, mut by_symptom) = (PolicySet::new(), PolicySet::new());
        for (at, rule) in rules.iter().enumerate() {
            let when = atoms::infix(&rule.when, atom);
            let action = format!("action == Action::\"s{}\"", rule.symptom);
            for (set, action) in [(&mut all, "action"), (&mut by_symptom, action.as_str())] {
                let source = format!("permit(principal, {action}, resource) when {{ {when} }};");
                let id = PolicyId::new(at.to_string());
                let policy = Policy::parse(Some(id), &source).expect("the policy parses");
                set.add(policy).expect("no name stands twice");
            }
        }
        Cedar {
            authorizer: Authorizer::new(),
            entities: Entities::empty(),
            all,
            by_symptom,
            contexts: cases.iter().map(|it| context(it)).collect(),
            actions: (0..SYMPTOMS)
                .map(|at| entity(&format!("Action::\"s{at}\"")))
                .collect(),
        }
    }

    fn run(&self, case: usize, symptom: usize, policies: &PolicySet) -> Fired {
        let (person, machine) = (entity("User::\"u\""), entity("Machine::\"m\""));
        let (action, context) = (self.actions[symptom].clone(), self.contexts[case].clone());
        let request = Request::new(person, action, machine, context, None).expect("a request");
        let answer = self
            .authorizer
            .is_authorized(&request, policies, &self.entities);
        let fired = answer.diagnostics().reason();
        let mut fired: Fired = fired.filter_map(|it| it.to_string().parse().ok()).collect();
        fired.sort_unstable();
        fired
    }
}

fn entity(text: &str) -> EntityUid {
    EntityUid::from_str(text).expect("an entity")
}

fn context(case: &[Fact]) -> Context {
    let facts = case.iter().enumerate().filter_map(|(at, it)| {
        let value = match atoms::value(at, *it)? {
            Constant::Bool(it) => it.into(),
            Constant::Number(it) => it.into(),
            Constant::Word(it) => it.into(),
            Constant::Absent => ABSENT.into(),
        };
        Some((format!("f{at}"), value))
    });
    let facts: serde_json::Map<String, serde_json::Value> = facts.collect();
    Context::from_json_value(facts.into(), None).expect("a context")
}

/// Cedar has no null.
const ABSENT: &str = "(absent)";

fn atom((fact, test, with): &Atom) -> String {
    let sign = test.sign();
    let with = match with {
        Constant::Bool(it) => it.to_string(),
        Constant::Number(it) => it.to_string(),
        Constant::Word(it) => format!("{it:?}"),
        Constant::Absent => format!("{ABSENT:?}"),
    };
    format!("context has f{fact} && context.f{fact} {sign} {with}")
}

impl Contestant for Cedar {
    fn name(&self) -> &'static str {
        "cedar-policy 4.14"
    }

    fn all(&mut self, case: usize) -> Fired {
        self.run(case, 0, &self.all)
    }

    fn one(&mut self, case: usize, symptom: usize) -> Fired {
        self.run(case, symptom, &self.by_symptom)
    }
}
