//! What was written already, by node or rule and by how many copies the lists have that it names.
//!
//! Two questions rarely need the same numbers of copies of all lists, but most nodes name few lists or none: what is written of them is
//! found again as long as *these* lists have as many copies as before.

use std::hash::Hash;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::atlas::KindId;
use super::copies::Copies;
use super::encoder::Mode;
use super::term::{Rails, Term};
use crate::node::NodeId;
use crate::program::{RuleId, SymptomId};

/// The number of a set of lists, and the number of its present numbers of copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Numbers(u32);

/// Remembered formulas.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    truths: FxHashMap<(Mode, NodeId, Numbers), Rails>,
    terms: FxHashMap<(Mode, NodeId, Numbers), Term>,
    rules: FxHashMap<(Mode, RuleId, Numbers), Rails>,
    symptoms: FxHashMap<(Mode, SymptomId, Numbers), Rails>,
    /// Which lists are named by a node, by a rule, by a symptom. Grows while more of it is written: a list inside a list of no elements is not met.
    of_node: FxHashMap<NodeId, u32>,
    of_rule: FxHashMap<RuleId, u32>,
    of_symptom: FxHashMap<SymptomId, u32>,
    sets: Sets,
    /// Lists that were met since the outermost node began.
    met: Vec<KindId>,
}

/// Where something began.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Begun(usize);

impl Memory {
    /// Lists have other numbers of copies from now on.
    pub(crate) fn other_copies(&mut self) {
        self.sets.now.clear();
    }

    /// Forgets formulas; which lists are named where stays true.
    pub(crate) fn forget(&mut self) {
        self.truths.clear();
        self.terms.clear();
        self.rules.clear();
        self.symptoms.clear();
        self.other_copies();
    }

    /// A list was met.
    pub(crate) fn meet(&mut self, list: KindId) {
        self.met.push(list);
    }

    /// Something begins to be written.
    pub(crate) fn begin(&self) -> Begun {
        Begun(self.met.len())
    }

    /// A list was met since.
    pub(crate) fn has_met(&self, begun: Begun) -> bool {
        self.met.len() > begun.0
    }

    pub(crate) fn truth(&mut self, mode: Mode, node: NodeId, copies: &Copies) -> Option<Rails> {
        let set = self.of_node.get(&node).copied()?;
        let numbers = self.sets.numbers(set, copies);
        let found = self.truths.get(&(mode, node, numbers)).copied()?;
        self.met_again(set);
        Some(found)
    }

    pub(crate) fn term(&mut self, mode: Mode, node: NodeId, copies: &Copies) -> Option<Term> {
        let set = self.of_node.get(&node).copied()?;
        let numbers = self.sets.numbers(set, copies);
        let found = self.terms.get(&(mode, node, numbers)).cloned()?;
        self.met_again(set);
        Some(found)
    }

    pub(crate) fn rule(&mut self, mode: Mode, rule: RuleId, copies: &Copies) -> Option<Rails> {
        let set = self.of_rule.get(&rule).copied()?;
        let numbers = self.sets.numbers(set, copies);
        let found = self.rules.get(&(mode, rule, numbers)).copied()?;
        self.met_again(set);
        Some(found)
    }

    pub(crate) fn symptom(&mut self, mode: Mode, id: SymptomId, copies: &Copies) -> Option<Rails> {
        let set = self.of_symptom.get(&id).copied()?;
        let numbers = self.sets.numbers(set, copies);
        let found = self.symptoms.get(&(mode, id, numbers)).copied()?;
        self.met_again(set);
        Some(found)
    }

    pub(crate) fn keep_truth(
        &mut self,
        (mode, node): (Mode, NodeId),
        begun: Begun,
        copies: &Copies,
        rails: Rails,
    ) {
        let set = self
            .sets
            .grown(&mut self.of_node, node, &mut self.met, begun);
        let numbers = self.sets.numbers(set, copies);
        self.truths.insert((mode, node, numbers), rails);
    }

    pub(crate) fn keep_term(
        &mut self,
        (mode, node): (Mode, NodeId),
        begun: Begun,
        copies: &Copies,
        term: &Term,
    ) {
        let set = self
            .sets
            .grown(&mut self.of_node, node, &mut self.met, begun);
        let numbers = self.sets.numbers(set, copies);
        self.terms.insert((mode, node, numbers), Arc::clone(term));
    }

    pub(crate) fn keep_rule(
        &mut self,
        (mode, rule): (Mode, RuleId),
        begun: Begun,
        copies: &Copies,
        rails: Rails,
    ) {
        let set = self
            .sets
            .grown(&mut self.of_rule, rule, &mut self.met, begun);
        let numbers = self.sets.numbers(set, copies);
        self.rules.insert((mode, rule, numbers), rails);
    }

    pub(crate) fn keep_symptom(
        &mut self,
        (mode, symptom): (Mode, SymptomId),
        begun: Begun,
        copies: &Copies,
        rails: Rails,
    ) {
        let set = self
            .sets
            .grown(&mut self.of_symptom, symptom, &mut self.met, begun);
        let numbers = self.sets.numbers(set, copies);
        self.symptoms.insert((mode, symptom, numbers), rails);
    }

    /// What was found names its lists as if it were written anew.
    fn met_again(&mut self, set: u32) {
        if let Some(lists) = self.sets.all.get(set as usize) {
            self.met.extend_from_slice(lists);
        }
    }

    /// Nothing is being written: what was met is nobody's.
    pub(crate) fn end(&mut self) {
        self.met.clear();
    }
}

/// Sets of lists; each different one has a number.
#[derive(Debug, Default)]
struct Sets {
    all: Vec<Arc<[KindId]>>,
    by_lists: FxHashMap<Arc<[KindId]>, u32>,
    by_copies: FxHashMap<(u32, Box<[u32]>), u32>,
    /// By set, for the present numbers of copies.
    now: Vec<Option<Numbers>>,
}

impl Sets {
    /// The lists that `of` names, with those that were met since it began; what was met is told once from now on.
    fn grown<T: Eq + Hash>(
        &mut self,
        known: &mut FxHashMap<T, u32>,
        of: T,
        met: &mut Vec<KindId>,
        begun: Begun,
    ) -> u32 {
        let mut lists: Vec<KindId> = met.drain(begun.0.min(met.len())..).collect();
        let before = known.get(&of).and_then(|it| self.all.get(*it as usize));
        lists.extend(before.iter().flat_map(|it| it.iter()).copied());
        lists.sort_unstable();
        lists.dedup();
        met.extend_from_slice(&lists);
        let set = match self.by_lists.get(lists.as_slice()) {
            Some(set) => *set,
            None => {
                let lists: Arc<[KindId]> = Arc::from(lists);
                let set = self.all.len() as u32;
                self.all.push(Arc::clone(&lists));
                self.by_lists.insert(lists, set);
                set
            }
        };
        known.insert(of, set);
        set
    }

    fn numbers(&mut self, set: u32, copies: &Copies) -> Numbers {
        if let Some(Some(known)) = self.now.get(set as usize) {
            return *known;
        }
        let lists = self.all.get(set as usize).map_or(&[][..], |it| it);
        let counts: Box<[u32]> = lists.iter().map(|it| copies.of(*it)).collect();
        let next = self.by_copies.len() as u32;
        let found = Numbers(*self.by_copies.entry((set, counts)).or_insert(next));
        if self.now.len() <= set as usize {
            self.now.resize(set as usize + 1, None);
        }
        if let Some(place) = self.now.get_mut(set as usize) {
            *place = Some(found);
        }
        found
    }
}
