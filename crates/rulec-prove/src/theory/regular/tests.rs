//! Automata, products and searches against all short words.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeMap;

use super::*;

struct Random(u64);

impl Random {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(end)) as u32
    }
}

/// A random table of up to five states, and its automaton. One in three reads no more than a few letters before all is lost.
fn any(random: &mut Random, letters: u32) -> (Vec<u32>, Vec<bool>, Automaton) {
    let states = 1 + random.below(5);
    let onwards = random.below(3) == 0;
    let mut next: Vec<u32> = (0..states * letters)
        .map(|_| random.below(states))
        .collect();
    let mut accepts: Vec<bool> = (0..states).map(|_| random.below(2) == 0).collect();
    if onwards {
        for (at, to) in next.iter_mut().enumerate() {
            let from = at as u32 / letters;
            *to = (from + 1 + random.below(2)).min(states - 1);
        }
        accepts[states as usize - 1] = false;
    }
    let step = |state: &u32, letter: u32| next[(state * letters + letter) as usize];
    let accept = |state: &u32| accepts[*state as usize];
    let automaton = Automaton::explore(letters, 0, step, accept, 100).unwrap();
    (next.clone(), accepts.clone(), automaton)
}

fn words(letters: u32, longest: usize) -> Vec<Vec<u32>> {
    let mut all: Vec<Vec<u32>> = vec![Vec::new()];
    let mut at = 0;
    while at < all.len() {
        if all[at].len() < longest {
            for letter in 0..letters {
                let mut word = all[at].clone();
                word.push(letter);
                all.push(word);
            }
        }
        at += 1;
    }
    all
}

#[test]
fn a_least_automaton_answers_as_its_table() {
    let mut random = Random(1);
    let all = words(2, 7);
    let mut smaller = 0;
    for _ in 0..500 {
        let (next, accepts, automaton) = any(&mut random, 2);
        for word in &all {
            let end = word
                .iter()
                .fold(0, |state, letter| next[(state * 2 + letter) as usize]);
            assert_eq!(
                automaton.accepts(word.iter().copied()),
                accepts[end as usize]
            );
        }
        assert!(automaton.states() as usize <= accepts.len());
        smaller += u32::from((automaton.states() as usize) < accepts.len());
    }
    assert!(smaller > 100, "{smaller}");
}

#[test]
fn a_product_counts_and_lists_its_words() {
    let mut random = Random(2);
    let all = words(2, 9);
    let (mut finite, mut endless) = (0, 0);
    for _ in 0..300 {
        let automata: Vec<Automaton> = (0..1 + random.below(3))
            .map(|_| any(&mut random, 2).2)
            .collect();
        let product = Product::of(2, &automata, 1000, 1000).unwrap();
        let counts = product.counts(&[1, 1]);
        let weighted = product.counts(&[3, 2]);
        let mut rows: BTreeMap<u32, Vec<&Vec<u32>>> = BTreeMap::new();
        for word in &all {
            let row = product.row_of(word.iter().copied());
            let answers: Vec<bool> = automata
                .iter()
                .map(|it| it.accepts(word.iter().copied()))
                .collect();
            assert_eq!(product.rows()[row as usize], answers);
            rows.entry(row).or_default().push(word);
        }
        for row in 0..product.rows().len() as u32 {
            let known = rows.get(&row).cloned().unwrap_or_default();
            let listed: Vec<Vec<u32>> = product.words(row).take(20).collect();
            assert!(listed.windows(2).all(|two| two[0].len() <= two[1].len()));
            // The last length may be listed in part.
            let whole = match counts[row as usize] {
                ENDLESS => listed.last().map_or(0, Vec::len).min(10),
                _ => 10,
            };
            let short = |word: &&Vec<u32>| word.len() < whole;
            let mut all_listed: Vec<&Vec<u32>> = listed.iter().filter(short).collect();
            all_listed.sort_by_key(|word| (word.len(), (*word).clone()));
            let expected: Vec<&Vec<u32>> = known.iter().copied().filter(|it| short(it)).collect();
            if counts[row as usize] == ENDLESS {
                assert_eq!(listed.len(), 20);
                assert_eq!(all_listed, expected);
                endless += 1;
            } else if known.len() <= 20 {
                assert_eq!(all_listed, expected);
                assert_eq!(counts[row as usize], known.len() as u64);
                let weight =
                    |word: &&Vec<u32>| word.iter().map(|it| [3, 2][*it as usize]).product::<u64>();
                assert_eq!(
                    weighted[row as usize],
                    known.iter().map(weight).sum::<u64>()
                );
                finite += 1;
            }
        }
    }
    assert!(finite > 100 && endless > 200, "{finite} {endless}");
}

#[test]
fn a_search_finds_a_word_or_the_least_clash() {
    let mut random = Random(3);
    let (mut found, mut clashes, mut large) = (0, 0, 0);
    for _ in 0..800 {
        // Mostly what some word answers, so that few tests clash in pairs.
        let word: Vec<u32> = (0..random.below(6)).map(|_| random.below(2)).collect();
        let tests: Vec<(Automaton, bool)> = (0..2 + random.below(5))
            .map(|_| {
                let automaton = any(&mut random, 2).2;
                let answer = automaton.accepts(word.iter().copied());
                (automaton, answer != (random.below(4) == 0))
            })
            .collect();
        let asked: Vec<(&Automaton, bool)> = tests.iter().map(|(it, yes)| (it, *yes)).collect();
        let possible = |of: &[usize]| {
            let automata: Vec<Automaton> = of.iter().map(|at| tests[*at].0.clone()).collect();
            let wanted: Vec<bool> = of.iter().map(|at| tests[*at].1).collect();
            Product::of(2, &automata, 1000, 1000)
                .unwrap()
                .rows()
                .contains(&wanted)
        };
        match search(2, &asked, 1000) {
            Search::Word(word) => {
                assert!(
                    asked
                        .iter()
                        .all(|(it, yes)| it.accepts(word.iter().copied()) == *yes)
                );
                found += 1;
            }
            Search::Clash(core) => {
                assert!(!possible(&core));
                for at in 0..core.len() {
                    let mut less = core.clone();
                    less.remove(at);
                    assert!(possible(&less), "{at} of {core:?} is not needed");
                }
                clashes += 1;
                large += u32::from(core.len() > 2);
            }
            Search::Undecided => panic!("these are small"),
        }
    }
    assert!(
        found > 200 && clashes > 200 && large > 0,
        "{found} {clashes} {large}"
    );
}

/// Any two of them go together.
#[test]
fn three_tests_can_clash() {
    let has = |wanted: u32| {
        let step = move |state: &bool, letter: u32| *state || letter == wanted;
        Automaton::explore(3, false, step, |it| *it, 9).unwrap()
    };
    let short = Automaton::explore(3, 0, |it, _| (it + 1).min(2), |it| *it < 2, 9).unwrap();
    let (first, second, third) = (has(0), has(1), has(2));
    let asked = [
        (&third, false),
        (&first, true),
        (&short, true),
        (&second, true),
    ];
    assert_eq!(search(3, &asked, 100), Search::Clash(vec![1, 2, 3]));
}

#[test]
fn limits_are_said() {
    let count = |states| {
        let step = |state: &u32, _| (state + 1).min(9);
        Automaton::explore(1, 0u32, step, |state| state % 2 == 0, states)
    };
    assert_eq!(count(9), Err(TooMany::States));
    let automaton = count(10).unwrap();
    assert_eq!(
        Product::of(1, std::slice::from_ref(&automaton), 3, 9).unwrap_err(),
        TooMany::States
    );
    assert_eq!(
        Product::of(1, std::slice::from_ref(&automaton), 30, 1).unwrap_err(),
        TooMany::Rows
    );
    let asked = [(&automaton, true), (&automaton, false)];
    assert_eq!(search(1, &asked, 100), Search::Clash(vec![0, 1]));
    let last =
        Automaton::explore(1, 0u32, |state, _| (state + 1).min(9), |it| *it == 9, 99).unwrap();
    assert_eq!(search(1, &[(&last, true)], 5), Search::Undecided);
}
