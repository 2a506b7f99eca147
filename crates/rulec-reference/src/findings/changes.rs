//! What two small packs say differently, by looking at every total state that the assumptions of both admit: for each symptom, which
//! rules are confirmed by one pack and not by the other, and what becomes of the causes of such a state.
//!
//! The packs have the same facts and the same symptoms but for their `seen when`.

use std::collections::BTreeSet;

use rulec_syntax::ast::{self, Expr};

use super::pack::Pack;
use super::rows::{named, reports, verdicts};
use super::space::{Kleene, Node, Source, Space};
use super::survey::Survey;
use crate::Fails;

/// What becomes of the causes of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Becomes {
    /// There were none.
    Gain,
    /// There are none any more.
    Lose,
    /// There are others.
    Change,
}

/// A symptom (none: rules without one), a rule that only one pack confirms there, and what becomes of the causes.
pub type Changed = (Option<String>, String, Becomes);

/// What is worked out of a pack.
struct Version<'v, 'a> {
    pack: &'v Pack<'a>,
    whens: Vec<Option<Node>>,
    signs: Vec<Vec<Node>>,
}

/// All changes.
///
/// # Errors
/// Packs of other facts or symptoms, what is not enumerated, or what is not small; "contradictory" if no state is admitted by both.
pub fn changes(old: &ast::File, new: &ast::File) -> Fails<BTreeSet<Changed>> {
    let (old, new) = (Pack::new(&[old])?, Pack::new(&[new])?);
    let shapes = format!("{:?}", old.shapes) == format!("{:?}", new.shapes);
    let symptoms = |pack: &Pack<'_>| -> Vec<String> {
        let all = pack.symptoms.iter();
        all.map(|it| format!("{} {:?} {}", it.name, it.codes, it.asked))
            .collect()
    };
    if !shapes || symptoms(&old) != symptoms(&new) {
        return Err("the packs have other facts or symptoms".to_owned());
    }
    let survey = Survey::of(&old, &conditions(&new))?;
    let mut space = Space::new(&old, &survey)?;
    if !space.is_possible() {
        return Err("contradictory".to_owned());
    }
    let before = Version::new(&old, &mut space)?;
    let after = Version::new(&new, &mut space)?;
    let mut assumed = Vec::new();
    for (_, condition) in &new.assumes {
        assumed.push(space.node(condition)?);
    }
    let assumed = Node::And(assumed);
    let mut all = before.nodes();
    all.extend(after.nodes());
    all.push(&assumed);
    let visible = space.mentioned(&all);
    let mut found = BTreeSet::new();
    let mut admitted = false;
    for state in space.states(&visible, true)? {
        let truths = space.truths(&state);
        if space.decide(&assumed, &truths) != Kleene::True {
            continue;
        }
        admitted = true;
        for reports in reports(&old, &named(&old, &space, &state)) {
            if !reports.contains(&Kleene::Unknown) {
                let one = before.causes(&space, &truths, &reports);
                let two = after.causes(&space, &truths, &reports);
                compare(&old, &one, &two, &mut found);
            }
        }
    }
    match admitted {
        true => Ok(found),
        false => Err("contradictory".to_owned()),
    }
}

/// What a pack looks at.
fn conditions(pack: &Pack<'_>) -> Vec<Expr> {
    let whens = pack.rules.iter().filter_map(|it| it.when.clone());
    let seen = pack.symptoms.iter().flat_map(|it| it.seen.iter().cloned());
    let assumes = pack.assumes.iter().map(|it| it.1.clone());
    whens.chain(seen).chain(assumes).collect()
}

/// The causes of each symptom in order, and of none.
type Causes = Vec<BTreeSet<String>>;

fn compare(pack: &Pack<'_>, one: &Causes, two: &Causes, found: &mut BTreeSet<Changed>) {
    let names = pack.symptoms.iter().map(|it| Some(it.name.clone()));
    for ((name, before), after) in names.chain([None]).zip(one).zip(two) {
        let becomes = match (before.is_empty(), after.is_empty()) {
            (true, _) => Becomes::Gain,
            (_, true) => Becomes::Lose,
            _ => Becomes::Change,
        };
        for rule in before.symmetric_difference(after) {
            found.insert((name.clone(), rule.clone(), becomes));
        }
    }
}

impl<'v, 'a> Version<'v, 'a> {
    fn new(pack: &'v Pack<'a>, space: &mut Space<'_, '_>) -> Fails<Version<'v, 'a>> {
        let mut version = Version {
            pack,
            whens: Vec::new(),
            signs: Vec::new(),
        };
        for rule in &pack.rules {
            version.whens.push(match &rule.when {
                Some(when) => Some(space.node(when)?),
                None => None,
            });
        }
        for symptom in &pack.symptoms {
            let mut signs = Vec::new();
            for seen in &symptom.seen {
                signs.push(space.node(seen)?);
            }
            for code in &symptom.codes {
                signs.push(space.leaf(Source::Reported(code.clone()))?);
            }
            version.signs.push(signs);
        }
        Ok(version)
    }

    fn nodes(&self) -> Vec<&Node> {
        let whens = self.whens.iter().flatten();
        whens.chain(self.signs.iter().flatten()).collect()
    }

    /// V1 to V4.
    fn causes(&self, space: &Space<'_, '_>, truths: &[Kleene], reports: &[Kleene]) -> Causes {
        let signs = self.signs.iter().zip(reports);
        let present: Vec<Kleene> = signs
            .map(|(signs, reported)| {
                let seen = signs.iter().map(|sign| space.decide(sign, truths));
                seen.fold(*reported, Kleene::max)
            })
            .collect();
        let whens = self.whens.iter();
        let when: Vec<Kleene> = whens
            .map(|when| match when {
                Some(when) => space.decide(when, truths),
                None => Kleene::True,
            })
            .collect();
        let conf = verdicts(self.pack, &present, &when);
        let symptoms = (0..self.pack.symptoms.len()).map(Some).chain([None]);
        symptoms
            .map(|symptom| {
                let rules = self.pack.rules.iter().zip(&conf);
                let causes = rules.filter(|(rule, conf)| {
                    let here = match (symptom, &rule.symptoms) {
                        (None, None) => true,
                        (Some(at), Some(all)) => all.contains(&at) && present[at] == Kleene::True,
                        _ => false,
                    };
                    here && **conf == Kleene::True
                });
                causes.map(|(rule, _)| rule.name.clone()).collect()
            })
            .collect()
    }
}
