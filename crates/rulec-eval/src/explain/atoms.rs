//! What is known of a case, in the smallest parts that count by themselves: fields of records, whole lists, answers of persons.
//!
//! The complaint is no part: it is what the case is about.

use std::collections::BTreeMap;

use rulec_facts::types::Type;
use rulec_facts::value::{Partial, Value};
use rulec_program::node::SlotId;
use rulec_program::program::SymptomId;
use rulec_program::proof::Reads;
use rulec_program::seal::Sealed;
use rulec_program::state::State;

use crate::progress::not_collected;

/// A part of what is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Atom {
    /// A fact or field, and all that it holds.
    Part(SlotId, Vec<u32>),
    /// That a record is there; any of its fields says so too.
    There(SlotId, Vec<u32>),
    /// What a person said of a symptom.
    Answer(SymptomId),
}

/// The parts that are known, of those that count.
pub(crate) fn known(program: &Sealed, state: &State, reads: &Reads) -> Vec<Atom> {
    let mut atoms = Vec::new();
    let mut slots: Vec<SlotId> = reads.parts.iter().map(|(slot, _)| *slot).collect();
    slots.dedup();
    for id in slots {
        let (Some(slot), Some(value)) = (program.slots.get(id.0 as usize), state.get(id)) else {
            continue;
        };
        let of_slot = reads.parts.iter().filter(|(slot, _)| *slot == id);
        let paths: Vec<&[u32]> = of_slot.map(|(_, path)| path.as_slice()).collect();
        gather(id, value, &slot.ty, &paths, &mut Vec::new(), &mut atoms);
    }
    let answered = reads.asks.iter().copied();
    let answered = answered.filter(|it| state.answered(*it).is_some());
    atoms.extend(answered.map(Atom::Answer));
    atoms
}

fn gather(
    slot: SlotId,
    value: &Partial,
    ty: &Type,
    wanted: &[&[u32]],
    path: &mut Vec<u32>,
    atoms: &mut Vec<Atom>,
) {
    let (fields, record) = match (value, ty.record()) {
        (Partial::Unknown(_), _) => return,
        (Partial::Known(Value::Record(fields)), Some(record)) => (fields, record),
        _ => {
            atoms.push(Atom::Part(slot, path.clone()));
            return;
        }
    };
    for ((inner, field), at) in fields.iter().zip(&record.fields).zip(0..) {
        path.push(at);
        let counts = |it: &&[u32]| it.starts_with(path) || path.starts_with(it);
        if wanted.iter().any(counts) {
            gather(slot, inner, &field.ty, wanted, path, atoms);
        }
        path.pop();
    }
    // After its fields: what stands last is left out last, and a field would say more than counts.
    atoms.push(Atom::There(slot, path.clone()));
}

/// The state with its complaint, of which nothing else is known.
pub(crate) fn bare(program: &Sealed, state: &State) -> State {
    let mut bare = State::new(program);
    for symptom in (0..program.symptoms.len() as u32).map(SymptomId) {
        bare.set_reported(symptom, state.is_reported(symptom));
    }
    for code in state.codes() {
        bare.report_code(code.clone());
    }
    bare
}

/// The bare state with the kept ones of these parts.
pub(crate) fn keep(
    program: &Sealed,
    state: &State,
    bare: &State,
    atoms: &[Atom],
    kept: &[bool],
) -> State {
    let mut less = bare.clone();
    let mut slots: BTreeMap<SlotId, Vec<&Atom>> = BTreeMap::new();
    for (atom, kept) in atoms.iter().zip(kept) {
        match atom {
            Atom::Part(slot, _) | Atom::There(slot, _) => {
                let of_slot = slots.entry(*slot).or_default();
                of_slot.extend(kept.then_some(atom));
            }
            Atom::Answer(symptom) if *kept => less.answer(*symptom, state.answered(*symptom)),
            Atom::Answer(_) => {}
        }
    }
    for (id, kept) in slots {
        let (Some(slot), Some(value)) = (program.slots.get(id.0 as usize), state.get(id)) else {
            continue;
        };
        let unknown = Partial::Unknown(not_collected(slot, ""));
        let value = only(value, &kept, &mut Vec::new(), &unknown);
        less.set(id, value);
    }
    less
}

fn only(value: &Partial, kept: &[&Atom], path: &mut Vec<u32>, unknown: &Partial) -> Partial {
    let is_kept = |path: &[u32]| {
        kept.iter().any(|it| match it {
            Atom::Part(_, of) | Atom::There(_, of) => of == path,
            Atom::Answer(_) => false,
        })
    };
    let fields = match value {
        Partial::Known(Value::Record(fields)) => fields,
        Partial::Unknown(_) => return value.clone(),
        _ if is_kept(path) => return value.clone(),
        _ => return unknown.clone(),
    };
    let mut there = is_kept(path);
    let mut less = Vec::new();
    for (inner, at) in fields.iter().zip(0..) {
        path.push(at);
        let inner = only(inner, kept, path, unknown);
        path.pop();
        there |= !inner.is_unknown();
        less.push(inner);
    }
    match there {
        true => Partial::Known(Value::Record(less.into())),
        false => unknown.clone(),
    }
}
