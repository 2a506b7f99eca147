//! Which rules can have something to do with each other: those with one plan, one symptom, or fixes that stand to each other in some way.
//!
//! All other pairs are never looked at, so that what checks ask grows with the pack and not with its square.

use std::collections::{BTreeMap, BTreeSet};

use rulec_program::program::{FixId, RuleId};
use rulec_program::seal::Sealed;
use rustc_hash::FxHashMap;

/// Rules by what they share.
pub struct Meeting {
    by_plan: Vec<Vec<RuleId>>,
    /// By rule: the number of its plan; plans with the same fixes have one.
    plans: Vec<usize>,
    by_fix: FxHashMap<FixId, Vec<RuleId>>,
    by_symptom: Vec<Vec<RuleId>>,
    otherwise_by_symptom: Vec<Vec<RuleId>>,
    /// By rule: where it is written, and whether it stands in a pack that was asked for.
    placed: Vec<(rulec_program::node::Place, bool)>,
}

impl Meeting {
    /// Reads the rules; the first `roots` packs were asked for.
    pub fn of(program: &Sealed, roots: u32) -> Meeting {
        let same = same_words(program);
        let same = |fix: &FixId| same.get(fix).copied().unwrap_or(*fix);
        let mut numbers: BTreeMap<(Vec<FixId>, String), usize> = BTreeMap::new();
        let (mut by_plan, mut plans) = (Vec::<Vec<RuleId>>::new(), Vec::new());
        let mut by_fix: FxHashMap<FixId, Vec<RuleId>> = FxHashMap::default();
        let mut placed = Vec::with_capacity(program.rules.len());
        for (number, rule) in (0u32..).zip(&program.rules) {
            let fixes = rule.plan.fixes.iter().map(same).collect();
            let plan = (fixes, format!("{:?}", rule.plan.link));
            let plan = *numbers.entry(plan).or_insert(by_plan.len());
            match by_plan.get_mut(plan) {
                Some(rules) => rules.push(RuleId(number)),
                None => by_plan.push(vec![RuleId(number)]),
            }
            plans.push(plan);
            for fix in &rule.plan.fixes {
                by_fix.entry(*fix).or_default().push(RuleId(number));
            }
            placed.push((rule.named.place, rule.named.pack.0 < roots));
        }
        let otherwise = |it: &&RuleId| {
            let rule = program.rules.get(it.0 as usize);
            rule.is_some_and(|it| it.otherwise)
        };
        let symptoms = program.symptoms.iter();
        let last_words = symptoms
            .clone()
            .map(|it| it.rules.iter().filter(otherwise).copied().collect());
        Meeting {
            by_plan,
            plans,
            by_fix,
            by_symptom: symptoms.map(|it| it.rules.clone()).collect(),
            otherwise_by_symptom: last_words.collect(),
            placed,
        }
    }

    /// The same fixes, in the same order and way.
    pub fn have_one_plan(&self, one: RuleId, two: RuleId) -> bool {
        let plan = |it: RuleId| self.plans.get(it.0 as usize);
        plan(one).is_some() && plan(one) == plan(two)
    }

    /// Every two rules with the same plan.
    pub fn of_one_plan(&self) -> Vec<(RuleId, RuleId)> {
        self.within(&self.by_plan)
    }

    /// Every two rules that share a symptom; on request only of those with `otherwise`.
    pub fn of_one_symptom(&self, only_otherwise: bool) -> Vec<(RuleId, RuleId)> {
        match only_otherwise {
            true => self.within(&self.otherwise_by_symptom),
            false => self.within(&self.by_symptom),
        }
    }

    /// Every two rules of which one has the first fix of one of the pairs and the other has the second.
    pub fn of_fixes(&self, pairs: impl Iterator<Item = (FixId, FixId)>) -> Vec<(RuleId, RuleId)> {
        let mut found = BTreeSet::new();
        let rules = |fix: FixId| self.by_fix.get(&fix).map_or(&[][..], Vec::as_slice);
        for (a, b) in pairs {
            for one in rules(a) {
                for two in rules(b).iter().filter(|it| *it != one) {
                    found.insert((*one.min(two), *one.max(two)));
                }
            }
        }
        self.placed(found)
    }

    fn within(&self, groups: &[Vec<RuleId>]) -> Vec<(RuleId, RuleId)> {
        let mut found = BTreeSet::new();
        for group in groups {
            for (at, one) in group.iter().enumerate() {
                let later = group.iter().skip(at + 1);
                found.extend(later.map(|two| (*one.min(two), *one.max(two))));
            }
        }
        self.placed(found)
    }

    /// Those of which one stands in a pack that was asked for; the rule that is written first in front.
    fn placed(&self, pairs: BTreeSet<(RuleId, RuleId)>) -> Vec<(RuleId, RuleId)> {
        let place = |it: RuleId| self.placed.get(it.0 as usize).copied();
        let of_two = |(one, two): (RuleId, RuleId)| {
            let (first, second) = (place(one)?, place(two)?);
            (first.1 || second.1).then_some(match second.0 < first.0 {
                true => (two, one),
                false => (one, two),
            })
        };
        pairs.into_iter().filter_map(of_two).collect()
    }
}

/// Of fixes that are written in plans with the same words, the first.
fn same_words(program: &Sealed) -> FxHashMap<FixId, FixId> {
    let mut first: FxHashMap<String, FixId> = FxHashMap::default();
    let mut same = FxHashMap::default();
    for (number, fix) in (0u32..).zip(&program.fixes) {
        if fix.unnamed {
            let words = format!("{:?}", fix.steps);
            let it = *first.entry(words).or_insert(FixId(number));
            same.insert(FixId(number), it);
        }
    }
    same
}
