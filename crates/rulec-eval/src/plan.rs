//! Which facts to look for next (N1, N2, L1), and in which of their places (S2, S5). Decides nothing and sends nothing.

use std::collections::{BTreeMap, BTreeSet};

use rulec_facts::provider::Request;
use rulec_facts::reason::Reasons;
use rulec_facts::truth::Truth;
use rulec_program::needs::Needs;
use rulec_program::node::{NodeId, SlotId};
use rulec_program::program::{RuleId, SymptomId};

use rulec_program::decide::{Decider, Scratch};

use crate::place::{self, PartRequest, Resolved};
use crate::question;
use crate::scope::Scope;
use crate::session::Session;
use crate::told;

/// What a round does for one slot.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) slot: SlotId,
    /// Sources whose locator names a fact that nobody can tell any more: passed over.
    pub(crate) failed: Vec<(usize, Reasons)>,
    /// The source to read, with its places.
    pub(crate) then: Option<(usize, Resolved)>,
    /// The source after the failed ones waits for a fact that a person may tell.
    pub(crate) blocked: Option<Reasons>,
}

impl Item {
    /// The places to read.
    pub(crate) fn requests(&self) -> impl Iterator<Item = &Request> {
        let one = match &self.then {
            Some((_, Resolved::One(request))) => Some(request),
            _ => None,
        };
        let parts = match &self.then {
            Some((_, Resolved::Each(parts))) => parts.as_slice(),
            _ => &[],
        };
        let parts = parts.iter().filter_map(|part| match &part.request {
            PartRequest::Send(request) => Some(request),
            _ => None,
        });
        one.into_iter().chain(parts)
    }
}

/// By whom a fact can still be learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// By nobody.
    Never,
    /// By a person only.
    Person,
    /// From a place.
    Fetch,
}

/// The items of the next round, in order of slots; none if no place is left that a verdict in question needs.
pub(crate) fn next_round(session: &Session<'_>) -> Vec<Item> {
    let mut scratch = Scratch::default();
    let mut look = Decider::new(session.program, &session.state, &mut scratch);
    let open = open_rules(session, &mut look);
    let presence = presence_needs(&mut look, &open);
    let mut planner = Planner::new(session, look);
    planner.want(&presence);
    if planner.items.is_empty() {
        let needs: Vec<Needs> = open
            .iter()
            .map(|rule| planner.look.needs_of_rule(*rule))
            .collect();
        planner.want(&needs);
        planner.want(&latent_needs(session));
        planner.want_asked_for();
    }
    if planner.items.is_empty() {
        planner.want_told(&session.scope.rules);
    }
    planner.items.into_values().collect()
}

/// Rules in question whose verdict is not known yet.
pub(crate) fn open_rules(session: &Session<'_>, look: &mut Decider<'_>) -> Vec<RuleId> {
    let rules = session.scope.rules.iter().copied();
    rules
        .filter(|rule| look.verdict(*rule).is_unknown())
        .collect()
}

/// What decides whether the symptoms of undecided rules are present.
pub(crate) fn presence_needs(look: &mut Decider<'_>, open: &[RuleId]) -> Vec<Needs> {
    let program = look.program();
    let mut symptoms: BTreeSet<SymptomId> = BTreeSet::new();
    for rule in open {
        if look.any_present(*rule).is_unknown() {
            let rule = program.rules.get(rule.0 as usize);
            symptoms.extend(rule.into_iter().flat_map(|it| it.symptoms.iter().copied()));
        }
    }
    let symptoms = symptoms.into_iter();
    symptoms.map(|it| look.needs_of_presence(it)).collect()
}

/// What the rules of other symptoms need, each symptom taken as present (V8).
pub(crate) fn latent_needs(session: &Session<'_>) -> Vec<Needs> {
    if session.scope.latent.is_empty() {
        return Vec::new();
    }
    let state = Scope::all_present(session.program, &session.state);
    let mut scratch = Scratch::default();
    let mut look = Decider::new(session.program, &state, &mut scratch);
    let open = session.scope.latent.iter();
    open.map(|rule| look.needs_of_rule(*rule)).collect()
}

/// Finds out for a slot by whom it can still be learnt, noting on the way what the round has to do for it.
pub(crate) struct Planner<'s, 'p> {
    session: &'s Session<'p>,
    pub(crate) look: Decider<'s>,
    reach: BTreeMap<SlotId, Reach>,
    pub(crate) items: BTreeMap<SlotId, Item>,
}

impl<'s, 'p> Planner<'s, 'p> {
    pub(crate) fn new(session: &'s Session<'p>, look: Decider<'s>) -> Planner<'s, 'p> {
        Planner {
            session,
            look,
            reach: BTreeMap::new(),
            items: BTreeMap::new(),
        }
    }

    /// Notes what the round has to do for these needs; guarded ones only while their guard can be learnt (N2).
    pub(crate) fn want(&mut self, needs: &[Needs]) {
        for needs in needs {
            for slot in &needs.slots {
                self.reach(*slot);
            }
            for guarded in &needs.guarded {
                if guarded
                    .by
                    .iter()
                    .any(|slot| self.reach(*slot) > Reach::Never)
                {
                    for slot in &guarded.slots {
                        self.reach(*slot);
                    }
                }
            }
        }
    }

    /// Notes what a caller asked for beyond verdicts.
    pub(crate) fn want_asked_for(&mut self) {
        for slot in &self.session.look_at {
            self.reach(*slot);
        }
        for node in &self.session.evaluate {
            let needs = self.look.needs_of(*node);
            self.want(&[needs]);
        }
    }

    /// Notes what the texts about confirmed rules name, when nothing more can settle a verdict. It changes none, so that nothing is
    /// asked for it that needs consent.
    fn want_told(&mut self, rules: &[RuleId]) {
        let program = self.session.program;
        let mut nodes = Vec::new();
        for rule in rules {
            if self.look.verdict(*rule) == Truth::True {
                told::nodes(program, *rule, &mut nodes);
            }
        }
        for node in nodes {
            for slot in &self.look.needs_of(node).slots {
                if told::is_harmless(program, *slot) {
                    self.reach(*slot);
                }
            }
        }
    }

    /// Every slot that was looked at so far, those that locators wait for included.
    pub(crate) fn met(&self) -> impl Iterator<Item = SlotId> {
        self.reach.keys().copied()
    }

    /// By whom the slot can still be learnt. Locators are acyclic (S5); a slot met again on its own way counts as never.
    pub(crate) fn reach(&mut self, id: SlotId) -> Reach {
        if let Some(known) = self.reach.get(&id) {
            return *known;
        }
        self.reach.insert(id, Reach::Never);
        let reach = self.find_reach(id);
        self.reach.insert(id, reach);
        reach
    }

    fn find_reach(&mut self, id: SlotId) -> Reach {
        let session = self.session;
        let at = id.0 as usize;
        let (Some(slot), Some(progress)) = (session.program.slots.get(at), session.slots.get(at))
        else {
            return Reach::Never;
        };
        let person = question::can_ask(slot, progress, session.state.get(id));
        if progress.settled.is_some() {
            return if person { Reach::Person } else { Reach::Never };
        }
        let mut item = Item {
            slot: id,
            failed: Vec::new(),
            then: None,
            blocked: None,
        };
        let mut reach = Reach::Never;
        for (number, source) in slot.sources.iter().enumerate().skip(progress.next) {
            match place::resolve(&mut self.look, source) {
                Resolved::Unknown(reasons, nodes) => match self.reach_of_nodes(&nodes) {
                    Reach::Never => item.failed.push((number, reasons)),
                    waits => {
                        reach = waits;
                        item.blocked = (waits == Reach::Person).then_some(reasons);
                        break;
                    }
                },
                resolved => {
                    reach = Reach::Fetch;
                    item.then = Some((number, resolved));
                    break;
                }
            }
        }
        let changes = item.blocked != progress.blocked;
        if item.then.is_some() || !item.failed.is_empty() || changes {
            self.items.insert(id, item);
        }
        match reach {
            Reach::Never if person => Reach::Person,
            reach => reach,
        }
    }

    /// All unknowns of a locator must be obtainable (N2); it waits for the one that takes a person.
    fn reach_of_nodes(&mut self, nodes: &[NodeId]) -> Reach {
        let mut all = Vec::new();
        for node in nodes {
            all.extend(self.look.needs_of(*node).all());
        }
        let mut fetch = false;
        for slot in &all {
            match self.reach(*slot) {
                Reach::Never => return Reach::Never,
                Reach::Person => {}
                Reach::Fetch => fetch = true,
            }
        }
        match (all.is_empty(), fetch) {
            (true, _) => Reach::Never,
            (_, true) => Reach::Fetch,
            (_, false) => Reach::Person,
        }
    }
}
