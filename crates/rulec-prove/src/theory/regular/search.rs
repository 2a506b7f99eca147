//! One word with given answers to some tests, or the tests that clash.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use rustc_hash::FxHashSet;

use super::Automaton;

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Search {
    /// A word with these answers.
    Word(Vec<u32>),
    /// There is none: numbers of tests that already clash, none of which can be left out.
    Clash(Vec<usize>),
    /// The limit was reached.
    Undecided,
}

/// Looks for a word over `letters` letters that each automaton answers as wanted. Looks at no more than about `limit` states for each of at
/// most `tests²` searches; the first ones are over two tests and small.
///
/// The search goes where the tests are soonest all answered, so that a word is found fast where there are many; that there is none is
/// found fast where two tests clash, else by walking everything.
#[must_use]
pub fn search(letters: u32, tests: &[(&Automaton, bool)], limit: u32) -> Search {
    let ways: Vec<Way<'_>> = tests.iter().map(|test| Way::of(*test)).collect();
    let all: Vec<usize> = (0..tests.len()).collect();
    let find = |of: &[usize], limit: u32| {
        let ways: Vec<&Way<'_>> = of.iter().filter_map(|at| ways.get(*at)).collect();
        walk(letters, &ways, limit)
    };
    for (at, first) in all.iter().enumerate() {
        if find(&[*first], limit) == Found::Nothing {
            return Search::Clash(vec![*first]);
        }
        for second in all.iter().take(at) {
            if find(&[*second, *first], limit) == Found::Nothing {
                return Search::Clash(vec![*second, *first]);
            }
        }
    }
    match find(&all, limit) {
        Found::Word(word) => Search::Word(word),
        Found::Undecided => Search::Undecided,
        Found::Nothing => {
            let mut core = all;
            let mut at = 0;
            while at < core.len() {
                let mut less = core.clone();
                less.remove(at);
                if find(&less, limit) == Found::Nothing {
                    core = less;
                } else {
                    at += 1;
                }
            }
            Search::Clash(core)
        }
    }
}

#[derive(PartialEq, Eq)]
enum Found {
    Word(Vec<u32>),
    Nothing,
    Undecided,
}

/// A test, and how many letters each of its states is away from the wanted answer; none: it is never reached.
struct Way<'a> {
    automaton: &'a Automaton,
    far: Vec<Option<u32>>,
}

impl Way<'_> {
    fn of((automaton, wanted): (&Automaton, bool)) -> Way<'_> {
        let states = automaton.states();
        let mut from: Vec<Vec<u32>> = vec![Vec::new(); states as usize];
        for state in 0..states {
            for letter in 0..automaton.letters {
                if let Some(from) = from.get_mut(automaton.next(state, letter) as usize) {
                    from.push(state);
                }
            }
        }
        let mut far = vec![None; states as usize];
        let good = (0..states).filter(|state| automaton.accepting(*state) == wanted);
        let mut order: VecDeque<(u32, u32)> = good.map(|state| (state, 0)).collect();
        while let Some((state, steps)) = order.pop_front() {
            match far.get_mut(state as usize) {
                Some(known @ None) => *known = Some(steps),
                _ => continue,
            }
            for before in from.get(state as usize).into_iter().flatten() {
                order.push_back((*before, steps + 1));
            }
        }
        Way { automaton, far }
    }
}

/// Best first: the sum of the ways that are left, then the length.
fn walk(letters: u32, ways: &[&Way<'_>], limit: u32) -> Found {
    let far = |state: &[u32]| {
        let both = state.iter().zip(ways);
        both.map(|(state, way)| way.far.get(*state as usize).copied().flatten())
            .sum::<Option<u32>>()
    };
    let start: Vec<u32> = vec![0; ways.len()];
    let Some(left) = far(&start) else {
        return Found::Nothing;
    };
    let mut nodes: Vec<Option<(u32, u32)>> = vec![None];
    let mut seen: FxHashSet<Vec<u32>> = FxHashSet::default();
    seen.insert(start.clone());
    let mut open = BinaryHeap::new();
    open.push(Reverse((left, 0u32, 0u32, start)));
    while let Some(Reverse((left, length, node, state))) = open.pop() {
        if left == 0 {
            return Found::Word(word(&nodes, node));
        }
        for letter in 0..letters {
            let both = state.iter().zip(ways);
            let to: Vec<u32> = both
                .map(|(it, way)| way.automaton.next(*it, letter))
                .collect();
            let Some(left) = far(&to) else {
                continue;
            };
            if seen.contains(&to) {
                continue;
            }
            if nodes.len() as u32 >= limit {
                return Found::Undecided;
            }
            let number = nodes.len() as u32;
            nodes.push(Some((node, letter)));
            seen.insert(to.clone());
            open.push(Reverse((left, length + 1, number, to)));
        }
    }
    Found::Nothing
}

fn word(nodes: &[Option<(u32, u32)>], node: u32) -> Vec<u32> {
    let mut word = Vec::new();
    let mut at = node;
    while let Some(Some((before, letter))) = nodes.get(at as usize) {
        word.push(*letter);
        at = *before;
    }
    word.reverse();
    word
}
