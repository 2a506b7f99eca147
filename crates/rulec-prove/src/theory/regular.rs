//! Sets of words that finite automata tell: tests on texts, decided exactly.
//!
//! Letters are numbers; what they stand for, and how a test becomes an automaton, is the caller's. An [`Automaton`] answers one test.
//! A [`Product`] runs many at once and says which rows of answers occur, how many words have each, and which words these are.
//! Where there are too many rows, [`search`] looks for one word with given answers to some tests, without building the rest.
//! Every limit is a count of states.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

mod search;

pub use search::{Search, search};

/// A number that stands for all counts from there on: without end, or beyond 64 bits.
pub const ENDLESS: u64 = u64::MAX;

/// A counted limit was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooMany {
    /// States of an automaton.
    States,
    /// Different rows of answers.
    Rows,
}

/// A deterministic automaton with a next state for each state and letter; state 0 is the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Automaton {
    letters: u32,
    next: Vec<u32>,
    accepts: Vec<bool>,
}

impl Automaton {
    /// Walks all states that words over `letters` letters reach from `start`.
    ///
    /// # Errors
    /// There are more than `limit`.
    pub fn explore<S: Clone + Eq + Hash>(
        letters: u32,
        start: S,
        step: impl Fn(&S, u32) -> S,
        accepts: impl Fn(&S) -> bool,
        limit: u32,
    ) -> Result<Automaton, TooMany> {
        let (states, next) = walk(letters, start, step, |_| true, limit)?;
        let automaton = Automaton {
            letters,
            next,
            accepts: states.iter().map(accepts).collect(),
        };
        Ok(automaton.least())
    }

    /// How many states.
    #[must_use]
    pub fn states(&self) -> u32 {
        self.accepts.len() as u32
    }

    /// The answer for a word.
    #[must_use]
    pub fn accepts(&self, word: impl IntoIterator<Item = u32>) -> bool {
        let step = |state, letter| self.next(state, letter);
        self.accepting(word.into_iter().fold(0, step))
    }

    fn next(&self, state: u32, letter: u32) -> u32 {
        let at = state as usize * self.letters as usize + letter as usize;
        self.next.get(at).copied().unwrap_or_default()
    }

    fn accepting(&self, state: u32) -> bool {
        self.accepts
            .get(state as usize)
            .copied()
            .unwrap_or_default()
    }

    /// The same answers with as few states as there can be: states that no word tells apart become one (Moore).
    fn least(self) -> Automaton {
        let mut class: Vec<u32> = self.accepts.iter().map(|it| u32::from(*it)).collect();
        let mut classes = 0;
        loop {
            let mut known: FxHashMap<Vec<u32>, u32> = FxHashMap::default();
            let states = 0..self.states();
            let finer = states.map(|state| {
                let of = |state: u32| class.get(state as usize).copied().unwrap_or_default();
                let letters = 0..self.letters;
                let row = letters.map(|letter| of(self.next(state, letter)));
                let row: Vec<u32> = std::iter::once(of(state)).chain(row).collect();
                let next = known.len() as u32;
                *known.entry(row).or_insert(next)
            });
            class = finer.collect();
            // Classes are numbered as their first states come, so that state 0 stays the first.
            if known.len() == classes {
                break;
            }
            classes = known.len();
        }
        let mut next = vec![0; classes * self.letters as usize];
        let mut accepts = vec![false; classes];
        for (state, class_of_state) in class.iter().enumerate() {
            for letter in 0..self.letters {
                let to = self.next(state as u32, letter) as usize;
                let at = *class_of_state as usize * self.letters as usize + letter as usize;
                if let (Some(place), Some(to)) = (next.get_mut(at), class.get(to)) {
                    *place = *to;
                }
            }
            if let Some(place) = accepts.get_mut(*class_of_state as usize) {
                *place = self.accepting(state as u32);
            }
        }
        Automaton {
            letters: self.letters,
            next,
            accepts,
        }
    }
}

/// All states that are reached, in the order of their discovery, and the next ones of each.
fn walk<S: Clone + Eq + Hash>(
    letters: u32,
    start: S,
    step: impl Fn(&S, u32) -> S,
    mut admits: impl FnMut(&S) -> bool,
    limit: u32,
) -> Result<(Vec<S>, Vec<u32>), TooMany> {
    admits(&start);
    let mut states = vec![start.clone()];
    let mut known = FxHashMap::default();
    known.insert(start, 0u32);
    let mut next = Vec::new();
    let mut at = 0;
    while let Some(state) = states.get(at).cloned() {
        for letter in 0..letters {
            let to = step(&state, letter);
            let number = match known.get(&to) {
                Some(number) => *number,
                None => {
                    let number = states.len() as u32;
                    if number >= limit {
                        return Err(TooMany::States);
                    }
                    if !admits(&to) {
                        return Err(TooMany::Rows);
                    }
                    states.push(to.clone());
                    known.insert(to, number);
                    number
                }
            };
            next.push(number);
        }
        at += 1;
    }
    Ok((states, next))
}

/// Many automata over the same letters, run at once.
#[derive(Debug, Clone)]
pub struct Product {
    letters: u32,
    next: Vec<u32>,
    /// The number of each state's row.
    row: Vec<u32>,
    rows: Vec<Vec<bool>>,
}

impl Product {
    /// Runs the automata side by side; their letters are the first `letters`.
    ///
    /// # Errors
    /// More than `states` states, or more than `rows` different rows of answers.
    pub fn of(
        letters: u32,
        automata: &[Automaton],
        states: u32,
        rows: u32,
    ) -> Result<Product, TooMany> {
        let start: Vec<u32> = vec![0; automata.len()];
        let step = |state: &Vec<u32>, letter| {
            let both = state.iter().zip(automata);
            both.map(|(state, automaton)| automaton.next(*state, letter))
                .collect()
        };
        let row_of = |state: &Vec<u32>| -> Vec<bool> {
            let both = state.iter().zip(automata);
            both.map(|(it, automaton)| automaton.accepting(*it))
                .collect()
        };
        // Too many rows mostly show long before all states are there.
        let mut met = FxHashSet::default();
        let admits = |state: &Vec<u32>| {
            met.insert(row_of(state));
            met.len() <= rows as usize
        };
        let (states, next) = walk(letters, start, step, admits, states)?;
        let mut known: FxHashMap<Vec<bool>, u32> = FxHashMap::default();
        let mut product = Product {
            letters,
            next,
            row: Vec::with_capacity(states.len()),
            rows: Vec::new(),
        };
        for state in &states {
            let row = row_of(state);
            let number = known.len() as u32;
            let number = *known.entry(row.clone()).or_insert(number);
            if number as usize == product.rows.len() {
                product.rows.push(row);
            }
            product.row.push(number);
        }
        if product.rows.len() > rows as usize {
            return Err(TooMany::Rows);
        }
        Ok(product)
    }

    /// The rows of answers that some word has.
    #[must_use]
    pub fn rows(&self) -> &[Vec<bool>] {
        &self.rows
    }

    /// The row of a word, by its number.
    #[must_use]
    pub fn row_of(&self, word: impl IntoIterator<Item = u32>) -> u32 {
        let state = word
            .into_iter()
            .fold(0, |state, letter| self.next(state, letter));
        self.row.get(state as usize).copied().unwrap_or_default()
    }

    fn next(&self, state: u32, letter: u32) -> u32 {
        let at = state as usize * self.letters as usize + letter as usize;
        self.next.get(at).copied().unwrap_or_default()
    }

    fn next_of(&self, state: u32) -> &[u32] {
        let start = state as usize * self.letters as usize;
        self.next
            .get(start..start + self.letters as usize)
            .unwrap_or_default()
    }

    /// How many words each row has, a letter counting as many times as it has `weights`; [`ENDLESS`] from there on.
    #[must_use]
    pub fn counts(&self, weights: &[u64]) -> Vec<u64> {
        let states = self.row.len();
        let mut before = vec![0u32; states];
        for to in &self.next {
            if let Some(before) = before.get_mut(*to as usize) {
                *before += 1;
            }
        }
        // Each state is reached, so that one which is on a cycle or behind one is reached by words without end; the others come in order.
        let mut words = vec![ENDLESS; states];
        let start_is_free = before.first() == Some(&0);
        let mut order: VecDeque<u32> = start_is_free.then_some(0).into_iter().collect();
        let mut sums = vec![0u64; states];
        if let Some(first) = sums.first_mut() {
            *first = 1;
        }
        while let Some(state) = order.pop_front() {
            let count = sums.get(state as usize).copied().unwrap_or_default();
            if let Some(words) = words.get_mut(state as usize) {
                *words = count;
            }
            for (to, weight) in self.next_of(state).iter().zip(weights) {
                let to = *to as usize;
                let (Some(sum), Some(before)) = (sums.get_mut(to), before.get_mut(to)) else {
                    continue;
                };
                *sum = sum.saturating_add(count.saturating_mul(*weight));
                *before -= 1;
                if *before == 0 {
                    order.push_back(to as u32);
                }
            }
        }
        let mut counts = vec![0u64; self.rows.len()];
        for (row, words) in self.row.iter().zip(words) {
            if let Some(count) = counts.get_mut(*row as usize) {
                *count = count.saturating_add(words);
            }
        }
        counts
    }

    /// The words of a row, each once, shortest first, without end if there are.
    #[must_use]
    pub fn words(&self, row: u32) -> Words<'_> {
        let mut words = Words {
            far: self.far(row),
            product: self,
            nodes: Vec::new(),
            open: BinaryHeap::new(),
        };
        words.push(0, 0, None);
        words
    }

    /// How many letters each state is away from the row.
    fn far(&self, row: u32) -> Vec<Option<u32>> {
        let mut from: Vec<Vec<u32>> = vec![Vec::new(); self.row.len()];
        for state in 0..self.row.len() as u32 {
            for to in self.next_of(state) {
                if let Some(from) = from.get_mut(*to as usize)
                    && from.last() != Some(&state)
                {
                    from.push(state);
                }
            }
        }
        let mut far: Vec<Option<u32>> = vec![None; self.row.len()];
        let mut order = VecDeque::new();
        for (state, of) in self.row.iter().enumerate() {
            if *of == row {
                order.push_back((state as u32, 0));
            }
        }
        while let Some((state, steps)) = order.pop_front() {
            match far.get_mut(state as usize) {
                Some(known @ None) => *known = Some(steps),
                _ => continue,
            }
            for before in from.get(state as usize).into_iter().flatten() {
                order.push_back((*before, steps + 1));
            }
        }
        far
    }
}

/// The words of a row, one by one.
#[derive(Debug)]
pub struct Words<'p> {
    product: &'p Product,
    far: Vec<Option<u32>>,
    /// Prefixes: the one that it continues, and its last letter.
    nodes: Vec<Option<(u32, u32)>>,
    /// Length of the shortest word with this prefix, how much of it is left (so that one word is finished before all its
    /// neighbours are begun), number of the prefix, its state.
    open: BinaryHeap<Reverse<(u32, u32, u32, u32)>>,
}

impl Words<'_> {
    fn push(&mut self, state: u32, length: u32, from: Option<(u32, u32)>) {
        let Some(Some(far)) = self.far.get(state as usize) else {
            return;
        };
        let node = self.nodes.len() as u32;
        self.nodes.push(from);
        self.open.push(Reverse((length + far, *far, node, state)));
    }

    fn word(&self, node: u32) -> Vec<u32> {
        let mut word = Vec::new();
        let mut at = node;
        while let Some(Some((before, letter))) = self.nodes.get(at as usize) {
            word.push(*letter);
            at = *before;
        }
        word.reverse();
        word
    }
}

impl Iterator for Words<'_> {
    type Item = Vec<u32>;

    fn next(&mut self) -> Option<Vec<u32>> {
        while let Some(Reverse((whole, left, node, state))) = self.open.pop() {
            let length = whole - left;
            for (letter, to) in (0..).zip(self.product.next_of(state)) {
                self.push(*to, length + 1, Some((node, letter)));
            }
            if left == 0 {
                return Some(self.word(node));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
