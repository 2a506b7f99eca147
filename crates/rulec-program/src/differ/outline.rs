//! What differs between two programs besides verdicts, by name: facts and how they are read, assumptions, symptoms, plans, fixes.

use std::collections::{BTreeMap, BTreeSet};

use super::merge::{Merged, Told};

/// What differs, by name or text, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outline {
    /// Facts and params that only the old program has.
    pub facts_gone: Vec<String>,
    /// Facts and params that only the new program has.
    pub facts_new: Vec<String>,
    /// Facts and params of other types.
    pub facts_of_other_type: Vec<String>,
    /// Facts and params with another source, default or question, or whose values are spelt otherwise there.
    pub facts_read_otherwise: Vec<String>,
    /// Assumptions that only the old program has, as written.
    pub assumes_gone: Vec<String>,
    /// Assumptions that only the new program has.
    pub assumes_new: Vec<String>,
    /// Assumptions that are written as before and mean something else.
    pub assumes_changed: Vec<String>,
    /// Symptoms that only the old program has.
    pub symptoms_gone: Vec<String>,
    /// Symptoms that only the new program has.
    pub symptoms_new: Vec<String>,
    /// Symptoms with other codes or questions.
    pub symptoms_of_other_codes: Vec<String>,
    /// Symptoms that are recognised by other texts.
    pub texts: Vec<String>,
    /// Rules with another plan, cause or likelihood.
    pub plans: Vec<String>,
    /// Fixes with other content.
    pub fixes: Vec<String>,
}

impl Outline {
    /// Nothing differs.
    pub fn is_empty(&self) -> bool {
        *self == Outline::default()
    }
}

/// Reads both.
pub(super) fn outline(merged: &Merged) -> Outline {
    let (old, new) = (&merged.told.0, &merged.told.1);
    let mut outline = Outline {
        facts_gone: only(&old.facts, &new.facts),
        facts_new: only(&new.facts, &old.facts),
        facts_of_other_type: merged.other_types.iter().cloned().collect(),
        facts_read_otherwise: other(&old.facts, &new.facts),
        symptoms_gone: only(&old.symptoms, &new.symptoms),
        symptoms_new: only(&new.symptoms, &old.symptoms),
        symptoms_of_other_codes: other(&old.symptoms, &new.symptoms),
        texts: other(&old.texts, &new.texts),
        plans: other(&old.plans, &new.plans),
        fixes: other(&old.fixes, &new.fixes),
        ..Outline::default()
    };
    assumes(old, new, &mut outline);
    outline
}

/// Assumptions are the same if they mean the same, however they are written.
fn assumes(old: &Told, new: &Told, outline: &mut Outline) {
    let only = |one: &Told, other: &Told| -> BTreeSet<String> {
        let all = one.assumes.iter();
        all.filter(|it| !other.assumes.contains_key(it.0))
            .map(|it| it.1.clone())
            .collect()
    };
    let (gone, more) = (only(old, new), only(new, old));
    outline.assumes_changed = gone.intersection(&more).cloned().collect();
    outline.assumes_gone = gone.difference(&more).cloned().collect();
    outline.assumes_new = more.difference(&gone).cloned().collect();
}

/// Names that the other does not have.
fn only(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) -> Vec<String> {
    let names = one.keys().filter(|it| !other.contains_key(*it));
    names.cloned().collect()
}

/// Names that both have, with something else.
fn other(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<String> {
    let both = old
        .iter()
        .filter(|(name, text)| new.get(*name).is_some_and(|it| it != *text));
    both.map(|(name, _)| name.clone()).collect()
}
