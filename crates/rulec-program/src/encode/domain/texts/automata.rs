//! Tests as automata.

use rulec_facts::value::Text;
use rulec_prove::theory::regular::{Automaton, TooMany};

use super::letters::{Base64, Letters};
use crate::encode::domain::{Order, Test};
use crate::node::TextTest;

/// A part of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Letter(u32),
    One,
    Run,
}

/// The automaton of a test; none for tests that equality answers, or nothing.
pub(super) fn of_test(
    test: &Test,
    letters: &Letters,
    limit: u32,
) -> Option<Result<Automaton, TooMany>> {
    Some(match test {
        Test::Text(test, constant) => pattern(&parts(*test, constant, letters), letters, limit),
        Test::TextOf(constant, test) => of_constant(constant, *test, letters, limit),
        Test::IsEmpty => length(Order::Equal, 0, letters, limit),
        Test::Length(order, number) => length(*order, *number, letters, limit),
        _ => return None,
    })
}

/// A test has an automaton.
pub(super) fn is_regular(test: &Test) -> bool {
    matches!(
        test,
        Test::Text(..) | Test::TextOf(..) | Test::IsEmpty | Test::Length(..)
    )
}

/// One word alone.
pub(super) fn word(word: &[u32], letters: &Letters, limit: u32) -> Result<Automaton, TooMany> {
    let parts: Vec<Part> = word.iter().copied().map(Part::Letter).collect();
    pattern(&parts, letters, limit)
}

/// Each test on a text against a constant is a pattern.
fn parts(test: TextTest, constant: &Text, letters: &Letters) -> Vec<Part> {
    let plain = constant
        .folded()
        .chars()
        .map(|c| Part::Letter(letters.letter(c)));
    let run = || std::iter::once(Part::Run);
    match test {
        TextTest::Contains => run().chain(plain).chain(run()).collect(),
        TextTest::StartsWith => plain.chain(run()).collect(),
        TextTest::EndsWith => run().chain(plain).collect(),
        TextTest::Matches => {
            let part = |c| match c {
                '*' => Part::Run,
                '?' => Part::One,
                c => Part::Letter(letters.letter(c)),
            };
            constant.folded().chars().map(part).collect()
        }
    }
}

/// A state is the set of places of the pattern that the text may have come to. Whoever has come to a run may stay there, so that
/// places before the last run that was reached can no longer help.
fn pattern(parts: &[Part], letters: &Letters, limit: u32) -> Result<Automaton, TooMany> {
    let settle = |mut places: Vec<u32>| {
        let mut at = 0;
        while let Some(place) = places.get(at).copied() {
            if parts.get(place as usize) == Some(&Part::Run) {
                places.push(place + 1);
            }
            at += 1;
        }
        places.sort_unstable();
        places.dedup();
        let is_run = |place: &&u32| parts.get(**place as usize) == Some(&Part::Run);
        let last = places.iter().filter(is_run).max().copied().unwrap_or(0);
        places.retain(|place| *place >= last);
        places
    };
    let step = |places: &Vec<u32>, letter: u32| {
        let next = places
            .iter()
            .filter_map(|place| match parts.get(*place as usize)? {
                Part::Letter(wanted) => (*wanted == letter).then_some(place + 1),
                Part::One => Some(place + 1),
                Part::Run => Some(*place),
            });
        settle(next.collect())
    };
    let end = parts.len() as u32;
    let accepts = |places: &Vec<u32>| places.last() == Some(&end);
    Automaton::explore(letters.count(), settle(vec![0]), step, accepts, limit)
}

/// Tests in which the place is the second operand: which part of the constant the text may have come to.
fn of_constant(
    constant: &Text,
    test: TextTest,
    letters: &Letters,
    limit: u32,
) -> Result<Automaton, TooMany> {
    let word: Vec<u32> = letters.word(constant.folded()).collect();
    let end = word.len() as u32;
    let (run, one) = (letters.letter('*'), letters.letter('?'));
    let wild = test == TextTest::Matches;
    let start = match test {
        TextTest::Contains | TextTest::EndsWith => (0..=end).collect(),
        TextTest::StartsWith | TextTest::Matches => vec![0],
    };
    let step = |places: &Vec<u32>, letter: u32| -> Vec<u32> {
        if wild && letter == run {
            let from = places.first().copied().unwrap_or(end + 1);
            return (from..=end).collect();
        }
        let next = |place: &u32| {
            let found = word.get(*place as usize)?;
            (*found == letter || (wild && letter == one)).then_some(place + 1)
        };
        places.iter().filter_map(next).collect()
    };
    let accepts = |places: &Vec<u32>| match test {
        TextTest::Contains | TextTest::StartsWith => !places.is_empty(),
        TextTest::EndsWith | TextTest::Matches => places.last() == Some(&end),
    };
    Automaton::explore(letters.count(), start, step, accepts, limit)
}

/// Counts up to just beyond the constant.
fn length(order: Order, number: i128, letters: &Letters, limit: u32) -> Result<Automaton, TooMany> {
    let most = number.max(0).saturating_add(1);
    let accepts = |length: &i128| match order {
        Order::Equal => *length == number,
        Order::Less => *length < number,
        Order::LessEqual => *length <= number,
        Order::Greater => *length > number,
        Order::GreaterEqual => *length >= number,
    };
    let step = |length: &i128, _| (length + 1).min(most);
    Automaton::explore(letters.count(), 0, step, accepts, limit)
}

/// Where a text stands that may become base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct Reading {
    /// Length, modulo 4.
    length: u8,
    padding: u8,
    last: Base64,
    /// It is none in any spelling, whatever follows.
    broken: bool,
    /// Some character has a spelling outside ASCII.
    outside: bool,
}

/// Texts that have a spelling which is base64, or one which is not.
pub(super) fn base64(letters: &Letters, wanted: bool, limit: u32) -> Result<Automaton, TooMany> {
    let step = |before: &Reading, letter: u32| {
        let found = letters.base64(letter);
        let mut next = *before;
        next.length = (before.length + 1) % 4;
        next.outside |= found.outside;
        if found.padding {
            next.padding += 1;
            next.broken |= next.padding > 2;
            next.padding = next.padding.min(2);
        } else {
            next.broken |= !found.data || before.padding > 0;
            next.last = found;
        }
        if next.broken {
            next = Reading {
                broken: true,
                ..Reading::default()
            };
        }
        next
    };
    let accepts = |at: &Reading| {
        if at.broken || at.length != 0 {
            return !wanted;
        }
        match (at.padding, wanted) {
            (0, true) => true,
            (1, true) => at.last.two_zero,
            (_, true) => at.last.four_zero,
            (0, false) => at.outside,
            (1, false) => at.outside || at.last.two_other,
            (_, false) => at.outside || at.last.four_other,
        }
    };
    Automaton::explore(letters.count(), Reading::default(), step, accepts, limit)
}
