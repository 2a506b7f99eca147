//! What differs between two programs besides verdicts, by name: facts, assumptions, texts that are recognised, plans.

use std::collections::{BTreeMap, BTreeSet};

use super::case::rule_name;
use super::merge::{Merged, symptom_name};
use crate::program::{RuleId, SymptomId};
use crate::seal::Sealed;

/// What differs, by name or text, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outline {
    /// Facts and params that only the old program has.
    pub facts_gone: Vec<String>,
    /// Facts and params that only the new program has.
    pub facts_new: Vec<String>,
    /// Facts and params of other types.
    pub facts_of_other_type: Vec<String>,
    /// Assumptions that only the old program has, as written.
    pub assumes_gone: Vec<String>,
    /// Assumptions that only the new program has.
    pub assumes_new: Vec<String>,
    /// Symptoms that are recognised by other texts.
    pub texts: Vec<String>,
    /// Rules with another plan, cause or likelihood.
    pub plans: Vec<String>,
}

impl Outline {
    /// Nothing differs.
    pub fn is_empty(&self) -> bool {
        *self == Outline::default()
    }
}

/// Reads both.
pub(super) fn outline(old: &Sealed, new: &Sealed, merged: &Merged) -> Outline {
    let (facts_gone, facts_new) = only(&facts(old), &facts(new));
    let (assumes_gone, assumes_new) = only(&assumes(old), &assumes(new));
    Outline {
        facts_gone,
        facts_new,
        facts_of_other_type: merged.other_types.iter().cloned().collect(),
        assumes_gone,
        assumes_new,
        texts: other(&texts(old), &texts(new)),
        plans: other(&plans(old), &plans(new)),
    }
}

fn only(old: &BTreeSet<String>, new: &BTreeSet<String>) -> (Vec<String>, Vec<String>) {
    let gone = old.difference(new).cloned().collect();
    (gone, new.difference(old).cloned().collect())
}

/// Names that both have, with something else.
fn other(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<String> {
    let both = old
        .iter()
        .filter(|(name, text)| new.get(*name).is_some_and(|it| it != *text));
    both.map(|(name, _)| name.clone()).collect()
}

fn facts(program: &Sealed) -> BTreeSet<String> {
    let slots = program.slots.iter();
    slots
        .map(|it| {
            let ambiguous = program.slot_named(&it.named.name).is_none();
            program.shown_name(&it.named, ambiguous)
        })
        .collect()
}

fn assumes(program: &Sealed) -> BTreeSet<String> {
    program.assumes.iter().map(|it| it.text.clone()).collect()
}

fn texts(program: &Sealed) -> BTreeMap<String, String> {
    let all = (0u32..).zip(&program.symptoms);
    all.map(|(at, it)| {
        let mut texts: Vec<&String> = it.texts.iter().chain(&it.hints).collect();
        texts.sort();
        (symptom_name(program, SymptomId(at)), format!("{texts:?}"))
    })
    .collect()
}

fn plans(program: &Sealed) -> BTreeMap<String, String> {
    let fix = |id: &crate::program::FixId| program.fixes.get(id.0 as usize);
    let all = (0u32..).zip(&program.rules);
    all.map(|(at, it)| {
        let fixes = it.plan.fixes.iter().filter_map(fix);
        let fixes: Vec<String> = fixes.map(|it| it.named.name.to_string()).collect();
        let cause = it.cause.as_ref().map(|it| {
            let pieces = it.pieces.iter().map(|piece| match piece {
                crate::program::Piece::Text(text) => text.clone(),
                crate::program::Piece::Hole(name, _) => format!("{{{name}}}"),
            });
            pieces.collect::<String>()
        });
        let text = format!("{fixes:?} {:?} {:?} {cause:?}", it.plan.link, it.likelihood);
        (rule_name(program, RuleId(at)), text)
    })
    .collect()
}
