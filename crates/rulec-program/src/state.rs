//! What is known of one case: a partial value a slot, and the complaint.
//!
//! Knows nothing of sources and rounds: whoever runs the case puts in what it has learnt.

use std::sync::Arc;

use rulec_facts::code::Code;
use rulec_facts::reason::{Reason, Why};
use rulec_facts::value::Partial;

use crate::cells::{Cell, Layout};
use crate::node::SlotId;
use crate::program::SymptomId;
use crate::seal::Sealed;

/// What is known. Made for one program; numbers are that program's.
#[derive(Debug, Clone)]
pub struct State {
    slots: Vec<Partial>,
    layout: Arc<Layout>,
    /// What the slots say, as decision code reads it.
    cells: Vec<Cell>,
    reported: Vec<bool>,
    codes: Vec<Code>,
    answers: Vec<Option<bool>>,
}

impl PartialEq for State {
    fn eq(&self, other: &State) -> bool {
        // Cells follow from slots.
        self.slots == other.slots
            && self.reported == other.reported
            && self.codes == other.codes
            && self.answers == other.answers
    }
}

impl State {
    /// Nothing is known: every slot is unknown (not-collected), nothing is reported, no question is answered (T6).
    pub fn new(program: &Sealed) -> State {
        let detail: Arc<str> = Arc::from("");
        let slots = program.slots.iter().map(|slot| {
            Partial::Unknown(Arc::from([Reason {
                fact: slot.named.name.clone(),
                why: Why::NotCollected,
                detail: Arc::clone(&detail),
            }]))
        });
        State {
            slots: slots.collect(),
            layout: Arc::clone(program.layout()),
            cells: program.layout().unknown(),
            reported: vec![false; program.symptoms.len()],
            codes: Vec::new(),
            answers: vec![None; program.symptoms.len()],
        }
    }

    /// What is known of a slot; none if the program has no such slot.
    pub fn get(&self, slot: SlotId) -> Option<&Partial> {
        self.slots.get(slot.0 as usize)
    }

    /// Sets a slot; ignored if the program has no such slot.
    pub fn set(&mut self, slot: SlotId, value: Partial) {
        if let Some(place) = self.slots.get_mut(slot.0 as usize) {
            self.layout.set(&mut self.cells, slot.0, &value);
            *place = value;
        }
    }

    /// Facts and fields as decision code reads them.
    #[inline]
    pub(crate) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// All slots in order.
    pub fn slots(&self) -> &[Partial] {
        &self.slots
    }

    /// The complaint names the symptom, one of its codes or texts (V4).
    pub fn report(&mut self, symptom: SymptomId) {
        self.set_reported(symptom, true);
    }

    /// Says whether the complaint names the symptom.
    pub fn set_reported(&mut self, symptom: SymptomId, reported: bool) {
        if let Some(place) = self.reported.get_mut(symptom.0 as usize) {
            *place = reported;
        }
    }

    /// The complaint names the symptom.
    pub fn is_reported(&self, symptom: SymptomId) -> bool {
        self.reported
            .get(symptom.0 as usize)
            .copied()
            .unwrap_or(false)
    }

    /// The complaint has the code (T7).
    pub fn report_code(&mut self, code: Code) {
        // Sorted: a pasted log has thousands, and they mostly come in order.
        if let Err(at) = self.codes.binary_search(&code) {
            self.codes.insert(at, code);
        }
    }

    /// Codes of the complaint, sorted.
    pub fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// The answer to the symptom's question; none takes it back.
    pub fn answer(&mut self, symptom: SymptomId, answer: Option<bool>) {
        if let Some(place) = self.answers.get_mut(symptom.0 as usize) {
            *place = answer;
        }
    }

    /// The answer to the symptom's question, once given.
    pub fn answered(&self, symptom: SymptomId) -> Option<bool> {
        self.answers.get(symptom.0 as usize).copied().flatten()
    }
}
