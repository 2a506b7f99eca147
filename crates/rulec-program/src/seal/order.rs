//! Who waits for whom: rules for those that override them, `otherwise` for the ordinary rules of its symptoms (V3, V5).
//!
//! A symptom stands between its `otherwise` rules and its ordinary ones, so that the graph stays as small as the program.

use super::Faults;
use crate::program::{Program, RuleId, SymptomId};

/// Longest chain of waiting rules that is followed by recursion.
const MAX_CHAIN: u32 = 200;

#[derive(Debug, Clone, Default)]
pub(super) struct Order {
    ordinary: Vec<Vec<RuleId>>,
    rules: Vec<RuleId>,
    pub(super) deep: bool,
}

impl Order {
    pub(super) fn of(program: &Program, faults: &mut Faults) -> Order {
        let is_ordinary = |rule: &RuleId| {
            let rule = program.rules.get(rule.0 as usize);
            rule.is_some_and(|rule| !rule.otherwise)
        };
        let ordinary = program.symptoms.iter().map(|symptom| {
            let rules = symptom.rules.iter().copied();
            rules.filter(is_ordinary).collect()
        });
        let mut order = Order {
            ordinary: ordinary.collect(),
            ..Order::default()
        };
        order.sort(program, faults);
        order
    }

    pub(super) fn ordinary(&self, symptom: SymptomId) -> &[RuleId] {
        self.ordinary
            .get(symptom.0 as usize)
            .map_or(&[], Vec::as_slice)
    }

    pub(super) fn rules(&self) -> &[RuleId] {
        &self.rules
    }

    /// What a rule or (numbered after all rules) a symptom waits for.
    fn waits_for(&self, program: &Program, vertex: usize) -> Vec<usize> {
        let count = program.rules.len();
        match program.rules.get(vertex) {
            None => {
                let symptom = SymptomId((vertex - count) as u32);
                self.ordinary(symptom)
                    .iter()
                    .map(|it| it.0 as usize)
                    .collect()
            }
            Some(rule) => {
                let overriding = rule.overridden_by.iter().map(|it| it.0 as usize);
                let symptoms = rule.symptoms.iter().map(|it| count + it.0 as usize);
                let symptoms = symptoms.filter(|_| rule.otherwise);
                overriding.chain(symptoms).collect()
            }
        }
    }

    /// Kahn's sort; what is left over stands in or before a cycle.
    fn sort(&mut self, program: &Program, faults: &mut Faults) {
        let count = program.rules.len() + program.symptoms.len();
        let waits: Vec<Vec<usize>> = (0..count).map(|at| self.waits_for(program, at)).collect();
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); count];
        let mut left: Vec<usize> = Vec::with_capacity(count);
        for (at, all) in waits.iter().enumerate() {
            left.push(all.len());
            for it in all {
                if let Some(users) = users.get_mut(*it) {
                    users.push(at);
                }
            }
        }
        let mut chain = vec![0u32; count];
        let mut ready: Vec<usize> = (0..count)
            .rev()
            .filter(|at| left.get(*at) == Some(&0))
            .collect();
        let mut done = 0;
        while let Some(at) = ready.pop() {
            done += 1;
            if at < program.rules.len() {
                self.rules.push(RuleId(at as u32));
            }
            let next = chain.get(at).copied().unwrap_or(0) + 1;
            for user in users.get(at).into_iter().flatten().rev() {
                if let Some(chain) = chain.get_mut(*user) {
                    *chain = next.max(*chain);
                }
                if let Some(left) = left.get_mut(*user) {
                    *left -= 1;
                    if *left == 0 {
                        ready.push(*user);
                    }
                }
            }
        }
        self.deep = chain.iter().any(|it| *it > MAX_CHAIN);
        if done < count {
            let stuck = |at: &usize| left.get(*at).is_some_and(|it| *it > 0);
            cycle(program, &waits, stuck, faults);
        }
    }
}

/// Walks from a stuck vertex to stuck vertices until one comes twice; says the rules of that round.
fn cycle(
    program: &Program,
    waits: &[Vec<usize>],
    stuck: impl Fn(&usize) -> bool,
    faults: &mut Faults,
) {
    let mut walk: Vec<usize> = Vec::new();
    let mut at = (0..waits.len()).find(|it| stuck(it));
    let mut met = vec![false; waits.len()];
    while let Some(here) = at {
        let Some(seen) = met.get_mut(here) else { break };
        if *seen {
            walk.drain(..walk.iter().position(|it| *it == here).unwrap_or(0));
            break;
        }
        *seen = true;
        walk.push(here);
        at = waits
            .get(here)
            .into_iter()
            .flatten()
            .copied()
            .find(|it| stuck(it));
    }
    let rules = walk.iter().filter_map(|it| program.rules.get(*it));
    let names: Vec<&str> = rules.clone().map(|rule| rule.named.name.as_str()).collect();
    let place = rules.map(|rule| rule.named.place).next();
    faults.add(
        place,
        format!(
            "rules wait for each other in a circle: `{}`",
            names.join("`, `")
        ),
    );
}
