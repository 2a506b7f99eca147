//! A case in progress: which places to read next, what their answers settle, when there is nothing left to learn.
//!
//! Sans I/O: the caller sends [`Session::requests`] wherever it likes, brings [`Session::answer`]s in any order, and is done at
//! [`Session::finished`]. A round's answers are applied together (L1), so the result does not depend on their order. Nothing
//! here reads a clock, a file or a global.

use std::collections::{BTreeMap, BTreeSet};

use rulec_facts::provider::{Answer, Request};
use rulec_facts::value::Partial;
use rulec_program::node::{NodeId, SlotId};
use rulec_program::program::SymptomId;
use rulec_program::seal::Sealed;
use rulec_program::state::State;

use crate::case::Case;
use crate::plan::{self, Item};
use crate::progress::{Failure, PartGiven, Progress};
use crate::recognise::{Recognised, Recogniser};
use crate::report::Report;
use crate::report::texts::Texts;
use crate::scope::Scope;
use crate::settle;

/// Number of a request of one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(pub u32);

/// One case of one program.
#[derive(Debug, Clone)]
pub struct Session<'p> {
    pub(crate) program: &'p Sealed,
    pub(crate) recognised: Recognised,
    pub(crate) scope: Scope,
    pub(crate) state: State,
    pub(crate) slots: Vec<Progress>,
    pub(crate) locale: Option<String>,
    pub(crate) look_at: Vec<SlotId>,
    pub(crate) evaluate: Vec<NodeId>,
    pub(crate) asked_symptoms: BTreeMap<SymptomId, usize>,
    /// Symptoms of which a person did not know the answer to a question.
    pub(crate) unsure: BTreeSet<SymptomId>,
    /// Answers by place, failures included: a place is read once per case (S6).
    places: BTreeMap<String, Answer>,
    /// What is asked now and not answered yet.
    outstanding: BTreeMap<RequestId, (String, Request)>,
    /// What the answers of this round are for.
    round: Vec<Item>,
    sent: u32,
    rounds: u32,
}

impl<'p> Session<'p> {
    /// Opens a case: reads the complaint, settles what is in question (V7), plans the first round.
    pub fn new(program: &'p Sealed, case: Case) -> Session<'p> {
        Session::with(program, &Recogniser::new(program), case)
    }

    /// Like [`Session::new`], for a caller that opens many cases of one program and keeps its recogniser.
    pub fn with(program: &'p Sealed, recogniser: &Recogniser<'_>, case: Case) -> Session<'p> {
        let recognised = recogniser.recognise(&case.texts, &case.symptoms);
        Session::knowing(program, recognised, case)
    }

    /// Like [`Session::new`], for a caller that has read the complaint before.
    pub fn knowing(program: &'p Sealed, recognised: Recognised, case: Case) -> Session<'p> {
        let complaint = !case.texts.is_empty() || !case.symptoms.is_empty();
        let scope = Scope::new(program, &recognised, complaint, case.all);
        let mut state = State::new(program);
        for it in &recognised.symptoms {
            state.report(it.symptom);
        }
        for code in &recognised.codes {
            state.report_code(code.clone());
        }
        for (symptom, answer) in &case.answers {
            state.answer(*symptom, Some(*answer));
        }
        let mut session = Session {
            program,
            recognised,
            scope,
            state,
            slots: vec![Progress::default(); program.slots.len()],
            locale: case.locale,
            look_at: case.look_at,
            evaluate: case.evaluate,
            asked_symptoms: BTreeMap::new(),
            unsure: BTreeSet::new(),
            places: BTreeMap::new(),
            outstanding: BTreeMap::new(),
            round: Vec::new(),
            sent: 0,
            rounds: 0,
        };
        for given in case.given {
            session.take_given(given);
        }
        for kept in case.kept {
            if let Some(progress) = session.slots.get_mut(kept.slot.0 as usize) {
                progress.kept = Some((kept.value, kept.from));
            }
        }
        session.take_unknown(case.not_known, case.unsure);
        for at in 0..program.slots.len() as u32 {
            // Of all others the state knows what there is to know: nobody looked.
            let progress = session.slots.get(at as usize);
            if progress.is_some_and(Progress::touched) {
                session.refresh(SlotId(at));
            }
        }
        session.plan();
        session
    }

    /// The places to read now: those of this round that have no answer yet, in a fixed order.
    pub fn requests(&self) -> Vec<(RequestId, Request)> {
        self.outstanding
            .iter()
            .map(|(id, (_, request))| (*id, request.clone()))
            .collect()
    }

    /// Brings what a place answered. The last answer of a round plans the next. An unknown or answered number is ignored.
    pub fn answer(&mut self, id: RequestId, answer: Answer) {
        let Some((place, _)) = self.outstanding.remove(&id) else {
            return;
        };
        self.places.insert(place, answer);
        if self.outstanding.is_empty() {
            self.apply();
            self.plan();
        }
    }

    /// Nothing is left that a place could still tell; a person may ([`Session::question`]).
    pub fn finished(&self) -> bool {
        self.outstanding.is_empty()
    }

    /// Requests made so far.
    pub fn requests_made(&self) -> u32 {
        self.sent
    }

    /// Rounds of requests so far.
    pub fn rounds(&self) -> u32 {
        self.rounds
    }

    /// What is known now.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The program of the case.
    pub fn program(&self) -> &'p Sealed {
        self.program
    }

    /// What came out so far; final once the session is finished (N3).
    pub fn report(&self) -> Report {
        self.report_in(&Texts::new(self.program, self.locale.as_deref()))
    }

    /// Like [`Session::report`], for a caller that has the texts of the case's locale: to show the report, or for its next case.
    pub fn report_in(&self, texts: &Texts) -> Report {
        crate::report::build::report(self, texts)
    }

    fn take_given(&mut self, given: crate::case::GivenSlot) {
        let Some(progress) = self.slots.get_mut(given.slot.0 as usize) else {
            return;
        };
        match (&given.value, given.path.is_empty()) {
            // A param that no resource fills is not settled: a person may still be asked.
            (Partial::Unknown(reasons), true) if given.from.kind == "case" => {
                progress.failures.push(Failure {
                    reasons: reasons.clone(),
                    from: given.from,
                });
            }
            (_, true) => progress.settled = Some((given.value, given.from)),
            (_, false) => progress.parts.push(PartGiven {
                path: given.path,
                value: given.value,
                from: given.from,
            }),
        }
    }

    /// What a person did not know is not asked again.
    fn take_unknown(&mut self, facts: Vec<(SlotId, Vec<u32>)>, symptoms: Vec<SymptomId>) {
        for (slot, path) in facts {
            if let Some(progress) = self.slots.get_mut(slot.0 as usize) {
                match path.is_empty() {
                    true => progress.asked = true,
                    false => progress.asked_fields.push(path),
                }
            }
        }
        for symptom in symptoms {
            let count = self.program.symptoms.get(symptom.0 as usize);
            let count = count.map_or(0, |it| it.asks.len());
            self.asked_symptoms.insert(symptom, count);
            self.unsure.insert(symptom);
        }
    }

    /// Puts what is known of a slot into the state.
    pub(crate) fn refresh(&mut self, id: SlotId) {
        let at = id.0 as usize;
        if let (Some(slot), Some(progress)) = (self.program.slots.get(at), self.slots.get(at)) {
            self.state.set(id, progress.value(slot));
        }
    }

    /// Plans rounds until one has something to send, or nothing is left.
    pub(crate) fn plan(&mut self) {
        loop {
            self.round = plan::next_round(self);
            if self.round.is_empty() {
                return;
            }
            self.send();
            if !self.outstanding.is_empty() {
                self.rounds += 1;
                return;
            }
            self.apply();
        }
    }

    /// Requests of the round whose place was not read before.
    fn send(&mut self) {
        let kept = |item: &&Item| {
            let progress = self.slots.get(item.slot.0 as usize);
            progress.is_some_and(|it| it.kept.is_some())
        };
        let round = self.round.iter().filter(|it| !kept(it));
        let requests = round.flat_map(Item::requests);
        let mut waits = BTreeSet::new();
        for request in requests {
            let place = request.place_key();
            if self.places.contains_key(&place) || !waits.insert(place.clone()) {
                continue;
            }
            self.outstanding
                .insert(RequestId(self.sent), (place, request.clone()));
            self.sent += 1;
        }
    }

    /// Applies the answers of the round together.
    fn apply(&mut self) {
        for item in std::mem::take(&mut self.round) {
            let at = item.slot.0 as usize;
            let (Some(slot), Some(progress)) = (self.program.slots.get(at), self.slots.get_mut(at))
            else {
                continue;
            };
            settle::apply(slot, &item, &self.places, progress);
            self.refresh(item.slot);
        }
    }
}
