//! What was written already, by node or rule and by how many copies the lists have that it names.
//!
//! Two questions rarely need the same numbers of copies of all lists, but most nodes name few lists or none: what is written of them is
//! found again as long as *these* lists have as many copies as before.

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

/// No set is known yet.
const NONE: u32 = u32::MAX;

/// The set of no lists.
const PLAIN: u32 = 0;

/// What was written of one kind of thing, by its number. Most things name no lists: those lie in a table.
#[derive(Debug)]
struct Kept<T> {
    plain: [Vec<Option<T>>; 2],
    listed: FxHashMap<(Mode, u32, Numbers), T>,
    /// Which lists are named. Grows while more of it is written: a list inside a list of no elements is not met.
    sets: Vec<u32>,
}

impl<T> Default for Kept<T> {
    fn default() -> Kept<T> {
        Kept {
            plain: [Vec::new(), Vec::new()],
            listed: FxHashMap::default(),
            sets: Vec::new(),
        }
    }
}

impl<T: Clone> Kept<T> {
    fn set(&self, of: u32) -> u32 {
        self.sets.get(of as usize).copied().unwrap_or(NONE)
    }

    fn plain(&mut self, mode: Mode) -> &mut Vec<Option<T>> {
        let [total, partial] = &mut self.plain;
        match mode {
            Mode::Total => total,
            Mode::Partial => partial,
        }
    }

    fn find(&mut self, (mode, of): (Mode, u32), now: &mut Now, copies: &Copies) -> Option<T> {
        match self.set(of) {
            NONE => None,
            PLAIN => self.plain(mode).get(of as usize)?.clone(),
            set => {
                let numbers = now.sets.numbers(set, copies);
                let found = self.listed.get(&(mode, of, numbers)).cloned()?;
                now.met_again(set);
                Some(found)
            }
        }
    }

    fn keep(
        &mut self,
        (mode, of): (Mode, u32),
        begun: Begun,
        now: &mut Now,
        copies: &Copies,
        it: T,
    ) {
        let before = self.set(of);
        let set = now.grown(before, begun);
        if set != before {
            put(&mut self.sets, of, set, NONE);
        }
        if set == PLAIN {
            return put(self.plain(mode), of, Some(it), None);
        }
        let numbers = now.sets.numbers(set, copies);
        self.listed.insert((mode, of, numbers), it);
    }

    /// Forgets what was written; which lists are named where stays true.
    fn forget(&mut self) {
        self.plain = [Vec::new(), Vec::new()];
        self.listed = FxHashMap::default();
    }
}

fn put<T: Clone>(table: &mut Vec<T>, at: u32, it: T, empty: T) {
    let at = at as usize;
    if table.len() <= at {
        table.resize(at + 1, empty);
    }
    if let Some(place) = table.get_mut(at) {
        *place = it;
    }
}

/// Remembered formulas.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    truths: Kept<Rails>,
    terms: Kept<Term>,
    rules: Kept<Rails>,
    symptoms: Kept<Rails>,
    now: Now,
}

/// What is being written.
#[derive(Debug, Default)]
struct Now {
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
        self.now.sets.now.clear();
    }

    /// Forgets formulas; which lists are named where stays true.
    pub(crate) fn forget(&mut self) {
        self.truths.forget();
        self.terms.forget();
        self.rules.forget();
        self.symptoms.forget();
        self.other_copies();
    }

    /// A list was met.
    pub(crate) fn meet(&mut self, list: KindId) {
        self.now.met.push(list);
    }

    /// Something begins to be written.
    pub(crate) fn begin(&self) -> Begun {
        Begun(self.now.met.len())
    }

    /// A list was met since.
    pub(crate) fn has_met(&self, begun: Begun) -> bool {
        self.now.met.len() > begun.0
    }

    pub(crate) fn truth(&mut self, mode: Mode, node: NodeId, copies: &Copies) -> Option<Rails> {
        self.truths.find((mode, node.0), &mut self.now, copies)
    }

    pub(crate) fn term(&mut self, mode: Mode, node: NodeId, copies: &Copies) -> Option<Term> {
        self.terms.find((mode, node.0), &mut self.now, copies)
    }

    pub(crate) fn rule(&mut self, mode: Mode, rule: RuleId, copies: &Copies) -> Option<Rails> {
        self.rules.find((mode, rule.0), &mut self.now, copies)
    }

    pub(crate) fn symptom(&mut self, mode: Mode, id: SymptomId, copies: &Copies) -> Option<Rails> {
        self.symptoms.find((mode, id.0), &mut self.now, copies)
    }

    pub(crate) fn keep_truth(
        &mut self,
        (mode, node): (Mode, NodeId),
        begun: Begun,
        copies: &Copies,
        rails: Rails,
    ) {
        let key = (mode, node.0);
        self.truths.keep(key, begun, &mut self.now, copies, rails);
    }

    pub(crate) fn keep_term(
        &mut self,
        (mode, node): (Mode, NodeId),
        begun: Begun,
        copies: &Copies,
        term: &Term,
    ) {
        let (key, term) = ((mode, node.0), Arc::clone(term));
        self.terms.keep(key, begun, &mut self.now, copies, term);
    }

    pub(crate) fn keep_rule(
        &mut self,
        (mode, rule): (Mode, RuleId),
        begun: Begun,
        copies: &Copies,
        rails: Rails,
    ) {
        let key = (mode, rule.0);
        self.rules.keep(key, begun, &mut self.now, copies, rails);
    }

    pub(crate) fn keep_symptom(
        &mut self,
        (mode, symptom): (Mode, SymptomId),
        begun: Begun,
        copies: &Copies,
        rails: Rails,
    ) {
        let key = (mode, symptom.0);
        self.symptoms.keep(key, begun, &mut self.now, copies, rails);
    }

    /// Nothing is being written: what was met is nobody's.
    pub(crate) fn end(&mut self) {
        self.now.met.clear();
    }
}

impl Now {
    /// What was found names its lists as if it were written anew.
    fn met_again(&mut self, set: u32) {
        if let Some(lists) = self.sets.all.get(set as usize) {
            self.met.extend_from_slice(lists);
        }
    }

    /// The lists of the set `before`, with those that were met since something began; what was met is told once from now on.
    fn grown(&mut self, before: u32, begun: Begun) -> u32 {
        let met_none = self.met.len() <= begun.0;
        if met_none && matches!(before, PLAIN | NONE) {
            return PLAIN;
        }
        let mut lists: Vec<KindId> = self.met.drain(begun.0.min(self.met.len())..).collect();
        let known = self.sets.all.get(before as usize);
        lists.extend(known.iter().flat_map(|it| it.iter()).copied());
        lists.sort_unstable();
        lists.dedup();
        self.met.extend_from_slice(&lists);
        match self.sets.by_lists.get(lists.as_slice()) {
            Some(set) => *set,
            None => {
                let lists: Arc<[KindId]> = Arc::from(lists);
                let set = self.sets.all.len() as u32;
                self.sets.all.push(Arc::clone(&lists));
                self.sets.by_lists.insert(lists, set);
                set
            }
        }
    }
}

/// Sets of lists; each different one has a number.
#[derive(Debug)]
struct Sets {
    all: Vec<Arc<[KindId]>>,
    by_lists: FxHashMap<Arc<[KindId]>, u32>,
    by_copies: FxHashMap<(u32, Box<[u32]>), u32>,
    /// By set, for the present numbers of copies.
    now: Vec<Option<Numbers>>,
}

impl Default for Sets {
    fn default() -> Sets {
        let none: Arc<[KindId]> = Arc::from([]);
        Sets {
            all: vec![Arc::clone(&none)],
            by_lists: FxHashMap::from_iter([(none, PLAIN)]),
            by_copies: FxHashMap::default(),
            now: Vec::new(),
        }
    }
}

impl Sets {
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
