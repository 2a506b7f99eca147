//! Everything that may still be read for the verdicts in question, before anything is read: what a person agrees to.
//!
//! It is an upper bound. What is read in the end is what [`Session::requests`] asks for, which is among it: answers close questions, and open
//! none that are not listed here.

use std::collections::{BTreeMap, BTreeSet};

use rulec_facts::provider::Request;
use rulec_facts::source as kinds;
use rulec_facts::truth::Truth;
use rulec_program::decide::{Decider, Scratch};
use rulec_program::node::{NodeId, SlotId};
use rulec_program::program::{Slot, Source};
use rulec_program::seal::Sealed;

use crate::place::{self, PartRequest, Resolved};
use crate::plan::{self, Planner};
use crate::question;
use crate::report::build;
use crate::session::Session;
use crate::{settle, told, walk};

/// Seconds that a place takes of whose kind nothing is known.
const SOME_TIME: f64 = 1.0;

/// A fact that may still be looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// Full name.
    pub name: String,
    /// First sentence of its description.
    pub title: Option<String>,
    /// Where it is looked for, in order: the next one only where those before it leave it unknown.
    pub places: Vec<WantedPlace>,
    /// A person can be asked for it.
    pub question: bool,
    /// Facts that a place of it is named after, that are not known, and that no place tells: somebody has to give them.
    pub waits_for: Vec<String>,
    /// Seconds until it is read, after those that its places are named after, and all else at the same time.
    pub seconds: f64,
}

/// A place that may be read for a fact.
#[derive(Debug, Clone, PartialEq)]
pub struct WantedPlace {
    /// `azure`, …
    pub system: String,
    /// `arm`, …
    pub kind: String,
    /// As it is written, with what is not known now in braces.
    pub locator: Option<String>,
    /// It is on another machine.
    pub on: bool,
    /// For people: with everything filled in that is known now, the rest in braces. A secret is hidden.
    pub shown: String,
    /// What is asked, one for each element of a list, as far as it is known now.
    pub requests: Vec<Request>,
    /// More requests may come of it: not everything that it is named after is known.
    pub open: bool,
}

impl Session<'_> {
    /// What may still be read or asked for the verdicts in question, in order of name.
    pub fn wanted(&self) -> Vec<Wanted> {
        let mut scratch = Scratch::default();
        let mut look = Decider::new(self.program, &self.state, &mut scratch);
        let open = plan::open_rules(self, &mut look);
        let mut needs = plan::presence_needs(&mut look, &open);
        needs.extend(open.iter().map(|rule| look.needs_of_rule(*rule)));
        needs.extend(plan::latent_needs(self));
        let mut planner = Planner::new(self, look);
        planner.want(&needs);
        planner.want_asked_for();
        want_told(self, &mut planner);
        let met: BTreeSet<SlotId> = planner.met().collect();
        let mut ends = BTreeMap::new();
        let mut all: Vec<Wanted> = met
            .into_iter()
            .filter_map(|slot| wanted(self, &mut planner, slot, &mut ends))
            .collect();
        all.sort_by(|a, b| a.name.cmp(&b.name));
        all
    }
}

/// What the texts about a rule name is read once it is confirmed: any rule that is not ruled out may be.
fn want_told(session: &Session<'_>, planner: &mut Planner<'_, '_>) {
    let mut nodes = Vec::new();
    for rule in &session.scope.rules {
        if planner.look.verdict(*rule) != Truth::False {
            told::nodes(session.program, *rule, &mut nodes);
        }
    }
    for node in nodes {
        for slot in &planner.look.needs_of(node).slots {
            if told::is_harmless(session.program, *slot) {
                planner.reach(*slot);
            }
        }
    }
}

fn wanted(
    session: &Session<'_>,
    planner: &mut Planner<'_, '_>,
    id: SlotId,
    ends: &mut BTreeMap<SlotId, f64>,
) -> Option<Wanted> {
    let at = id.0 as usize;
    let (slot, progress) = (session.program.slots.get(at)?, session.slots.get(at)?);
    if progress.settled.is_some() {
        return None;
    }
    let question = question::can_ask(slot, progress, session.state.get(id));
    let left = slot.sources.iter().skip(progress.next);
    let mut waits_for = Vec::new();
    let places: Vec<WantedPlace> = left
        .map(|source| wanted_place(session, planner, source, &mut waits_for))
        .collect();
    if places.is_empty() && !question {
        return None;
    }
    waits_for.sort();
    waits_for.dedup();
    let ambiguous = session.program.slot_named(&slot.named.name).is_none();
    Some(Wanted {
        name: session.program.shown_name(&slot.named, ambiguous),
        title: slot.named.title.clone(),
        places,
        question,
        waits_for,
        seconds: end(session, id, ends),
    })
}

fn wanted_place(
    session: &Session<'_>,
    planner: &mut Planner<'_, '_>,
    source: &Source,
    waits_for: &mut Vec<String>,
) -> WantedPlace {
    let (requests, open) = match place::resolve(&mut planner.look, source) {
        Resolved::One(request) => (vec![request], false),
        Resolved::Each(parts) => {
            let open = parts
                .iter()
                .any(|it| matches!(it.request, PartRequest::Unknown(_)));
            let sent = parts.into_iter().filter_map(|it| match it.request {
                PartRequest::Send(request) => Some(request),
                _ => None,
            });
            (sent.collect(), open)
        }
        Resolved::NotThere => (Vec::new(), false),
        Resolved::Unknown(reasons, _) => {
            let untold = |name: &str| {
                let slot = session.program.slot_named(name)?;
                let slot = session.program.slots.get(slot.0 as usize)?;
                slot.sources.is_empty().then(|| name.to_owned())
            };
            waits_for.extend(reasons.iter().filter_map(|it| untold(&it.fact)));
            (Vec::new(), true)
        }
    };
    WantedPlace {
        system: source.system.to_string(),
        kind: source.kind.to_string(),
        locator: source.locator.as_ref().map(settle::template_text),
        on: source.on.is_some(),
        shown: build::place_line(planner, source),
        requests,
        open,
    }
}

/// When a fact is read, in seconds from now. What its places are named after is read before it; S5 has no cycles.
fn end(session: &Session<'_>, id: SlotId, ends: &mut BTreeMap<SlotId, f64>) -> f64 {
    if let Some(known) = ends.get(&id) {
        return *known;
    }
    ends.insert(id, 0.0);
    let at = id.0 as usize;
    let (Some(slot), Some(progress)) = (session.program.slots.get(at), session.slots.get(at))
    else {
        return 0.0;
    };
    let Some(source) = slot.sources.get(progress.next) else {
        return 0.0;
    };
    if progress.settled.is_some() {
        return 0.0;
    }
    let mut start: f64 = 0.0;
    for before in named_after(session.program, source) {
        start = start.max(end(session, before, ends));
    }
    let end = start + cost(slot, source);
    ends.insert(id, end);
    end
}

fn cost(slot: &Slot, source: &Source) -> f64 {
    let kind = kinds::find(&source.system, &source.kind);
    let own = slot.cost.map(|it| it as f64 / 1e9);
    own.or_else(|| kind.map(|it| it.cost.as_secs_f64()))
        .unwrap_or(SOME_TIME)
}

/// The facts that a place is named after.
fn named_after(program: &Sealed, source: &Source) -> Vec<SlotId> {
    let mut nodes: Vec<NodeId> = told::source_holes(source).collect();
    nodes.extend(source.each);
    let mut found = Vec::new();
    for node in nodes {
        walk::slots(program, node, &mut found);
    }
    found
}
