//! Verdicts of rules and presence of symptoms (V1 to V5).

use std::collections::BTreeMap;
use std::ops::Not as _;

use crate::case::Case;
use crate::evaluate::{Evaluator, Scope};
use crate::program::{Overriding, Program, Rule, SymptomSign};
use crate::tally::Tally;
use crate::value::{Needs, Partial, Scalar, Truth};
use crate::{Fails, Outcome};

/// Every rule's verdict and every symptom's presence in a case.
pub fn outcome(program: &Program<'_>, case: &Case) -> Fails<Outcome> {
    let evaluator = Evaluator {
        program,
        case,
        tally: Tally::default(),
    };
    let mut rules = BTreeMap::new();
    for name in program.rules.keys() {
        rules.insert(name.clone(), evaluator.confirmed(name)?);
    }
    let mut symptoms = BTreeMap::new();
    for name in program.symptoms.keys() {
        symptoms.insert(name.clone(), evaluator.present(name)?);
    }
    Ok(Outcome {
        rules,
        symptoms,
        tally: evaluator.tally,
    })
}

impl Evaluator<'_, '_> {
    fn rule(&self, name: &str) -> Fails<&Rule<'_>> {
        let found = self.program.rules.get(name);
        found.ok_or_else(|| format!("no rule `{name}`"))
    }

    /// V1: `conf(r)`.
    fn confirmed(&self, name: &str) -> Fails<Truth> {
        let rule = self.rule(name)?;
        let when = match rule.when {
            Some(condition) => self.truth(condition, &Scope::default())?,
            None => Truth::True,
        };
        let under = match &rule.symptoms {
            // A latent fault.
            None => Truth::True,
            Some(symptoms) => {
                let mut parts = Vec::new();
                for symptom in symptoms {
                    let present = self.present(symptom)?;
                    let free = self.free(name, symptom)?;
                    parts.push(Truth::all(&[present, free]));
                }
                Truth::any(&parts)
            }
        };
        let mut parts = vec![when, under];
        for other in self.overriding(name)? {
            parts.push(self.confirmed(&other)?.not());
        }
        Ok(Truth::all(&parts))
    }

    /// The rules that override one; V5: `overrides all` means every other rule of the overrider's symptoms.
    pub fn overriding(&self, name: &str) -> Fails<Vec<String>> {
        let own = self.rule(name)?;
        let mut found = Vec::new();
        for (other, rule) in &self.program.rules {
            let overrides = match &rule.overrides {
                Overriding::Listed(names) => names.iter().any(|listed| listed == name),
                Overriding::All => other != name && share(own, rule),
            };
            if overrides {
                found.push(other.clone());
            }
        }
        Ok(found)
    }

    /// V3: `free(r, s)`.
    fn free(&self, name: &str, symptom: &str) -> Fails<Truth> {
        if !self.rule(name)?.otherwise {
            return Ok(Truth::True);
        }
        let mut parts = Vec::new();
        for (other, rule) in &self.program.rules {
            let of_symptom = rule
                .symptoms
                .as_ref()
                .is_some_and(|symptoms| symptoms.iter().any(|own| own == symptom));
            if of_symptom && other != name && !rule.otherwise {
                parts.push(self.confirmed(other)?.not());
            }
        }
        Ok(Truth::all(&parts))
    }

    /// V4: `present(s)`.
    fn present(&self, name: &str) -> Fails<Truth> {
        let signs = self
            .program
            .symptoms
            .get(name)
            .ok_or_else(|| format!("no symptom `{name}`"))?;
        let mut parts = vec![Truth::known(self.case.symptoms.contains(name))];
        for sign in signs {
            parts.push(match sign {
                // The complaint's codes are among the reported ones.
                SymptomSign::Code(code) => {
                    self.is_reported(&Partial::Known(Scalar::Code(code.clone())))?
                }
                SymptomSign::Ask => Truth::Unknown(Needs::of(&format!("symptom {name}"))),
                SymptomSign::SeenWhen(condition) => self.truth(condition, &Scope::default())?,
            });
        }
        Ok(Truth::any(&parts))
    }
}

/// Whether two rules have a symptom in common.
fn share(left: &Rule<'_>, right: &Rule<'_>) -> bool {
    let (Some(left), Some(right)) = (&left.symptoms, &right.symptoms) else {
        return false;
    };
    left.iter().any(|symptom| right.contains(symptom))
}
