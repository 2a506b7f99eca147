//! What the texts about a rule name: its cause, and steps, risks and undo of its fixes. Verdicts do not depend on it.

use rulec_facts::source as kinds;
use rulec_program::node::{NodeId, SlotId};
use rulec_program::program::{Fix, Piece, Program, RuleId, Source, Template};
use rulec_program::seal::Sealed;
use rustc_hash::FxHashSet;

use crate::walk;

/// Adds the expressions that these texts show, and the conditions of steps.
pub(crate) fn nodes(program: &Program, rule: RuleId, found: &mut Vec<NodeId>) {
    let Some(rule) = program.rules.get(rule.0 as usize) else {
        return;
    };
    found.extend(rule.cause.iter().flat_map(holes));
    for fix in &rule.plan.fixes {
        if let Some(fix) = program.fixes.get(fix.0 as usize) {
            of_fix(fix, found);
        }
    }
}

fn of_fix(fix: &Fix, found: &mut Vec<NodeId>) {
    for (step, when) in &fix.steps {
        found.extend(when);
        found.extend(holes(step));
    }
    let notes = fix.risks.iter().filter_map(|it| it.note.as_ref());
    found.extend(notes.chain(&fix.undo).flat_map(holes));
}

pub(crate) fn holes(text: &Template) -> impl Iterator<Item = NodeId> + '_ {
    text.pieces.iter().filter_map(|piece| match piece {
        Piece::Hole(_, node) => Some(*node),
        Piece::Text(_) => None,
    })
}

/// The expressions that a place is named after.
pub(crate) fn source_holes(source: &Source) -> impl Iterator<Item = NodeId> + '_ {
    let arguments = source.arguments.iter().flat_map(|(_, values)| values);
    let texts = source.locator.iter().chain(&source.on).chain(arguments);
    texts.flat_map(holes)
}

/// No place of the fact needs consent, nor one of a fact that its places are named after.
pub(crate) fn is_harmless(program: &Sealed, slot: SlotId) -> bool {
    let mut seen = FxHashSet::default();
    let mut left = vec![slot];
    while let Some(next) = left.pop() {
        let Some(slot) = program.slots.get(next.0 as usize) else {
            return false;
        };
        if !seen.insert(next) {
            continue;
        }
        for source in &slot.sources {
            if kinds::find(&source.system, &source.kind).is_none_or(|it| it.consent) {
                return false;
            }
            for node in source_holes(source).chain(source.each) {
                walk::slots(program, node, &mut left);
            }
        }
    }
    true
}
