//! Tests of a text that are too many to be cells: a dozen `contains` have thousands of rows of answers.
//!
//! Each test is a truth value of its own then, and a theory asks here whether some text answers the tests of a candidate point like that.
//! The answer is a text, or tests that clash, or that a limit was reached.

use rulec_facts::value::{Partial, Text, Value};
use rulec_prove::theory::regular::{Automaton, Search, search};
use rustc_hash::FxHashMap;

use super::letters::Letters;
use super::{STATES_OF_TEST, automata, natural, spelling};
use crate::encode::domain::{Order, Test, TooMany};

/// States that one search walks.
const STATES_OF_SEARCH: u32 = 1 << 15;

/// The tests, ready to be asked about.
#[derive(Debug, Clone)]
pub(crate) struct Loose {
    tests: Vec<Test>,
    letters: Letters,
    natural: Vec<String>,
    automata: FxHashMap<Key, Option<Automaton>>,
}

/// What an automaton tells.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Test(usize),
    /// A spelling that is base64, or one that is not.
    Base64(bool),
    Word(Vec<u32>),
}

/// An answer that is asked for, and who wants it.
struct Asked {
    key: Key,
    yes: bool,
    tests: Vec<usize>,
    /// Also the texts that are taken.
    others: bool,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Found {
    Text(Text),
    /// Numbers of tests that no text answers as wanted, ascending; none of them can be left out, unless a limit was reached on the way.
    Clash(Vec<usize>),
    Undecided(TooMany),
}

impl Loose {
    pub(crate) fn new(tests: &[Test]) -> Loose {
        let mut loose = Loose {
            letters: Letters::of(tests),
            natural: natural::spellings(tests),
            tests: tests.to_vec(),
            automata: FxHashMap::default(),
        };
        let regular = (0..tests.len()).map(Key::Test);
        for key in regular.chain([false, true].map(Key::Base64)) {
            let made = loose.automaton(&key);
            loose.automata.insert(key, made);
        }
        loose
    }

    /// How many tests.
    pub(crate) fn tests(&self) -> usize {
        self.tests.len()
    }

    /// A text that answers these tests (by number) as wanted and is equal to none of `others`.
    pub(crate) fn find(&self, wanted: &[(usize, bool)], others: &[Text]) -> Found {
        for (at, yes) in wanted {
            if let (Some(Test::Compare(Order::Equal, Value::Text(text))), true) =
                (self.tests.get(*at), *yes)
            {
                return self.named(&text.clone(), *at, wanted, others);
            }
        }
        let natural = self.natural.iter().map(|raw| Text::new(raw));
        let base64 = self.base64(wanted);
        let spelled = natural.filter_map(|text| match base64 {
            Some(yes) => spelling(&text, yes).map(|raw| Text::new(&raw)),
            None => Some(text),
        });
        let mut fitting = spelled.filter(|text| {
            !others.contains(text)
                && wanted
                    .iter()
                    .all(|(at, yes)| self.answers(*at, text) == *yes)
        });
        match fitting.next() {
            Some(text) => Found::Text(text),
            None => self.search(wanted, others, base64),
        }
    }

    /// What is wanted of `is base64`.
    fn base64(&self, wanted: &[(usize, bool)]) -> Option<bool> {
        let is_base64 = |at: &usize| self.tests.get(*at) == Some(&Test::IsBase64);
        wanted
            .iter()
            .find(|(at, _)| is_base64(at))
            .map(|(_, yes)| *yes)
    }

    fn answers(&self, test: usize, text: &Text) -> bool {
        let value = Partial::Known(Value::Text(text.clone()));
        self.tests.get(test).is_some_and(|test| test.holds(&value))
    }

    /// The text is known; only its spelling is free.
    fn named(&self, text: &Text, name: usize, wanted: &[(usize, bool)], others: &[Text]) -> Found {
        let clash = |other: usize| {
            let mut both = vec![name, other];
            both.sort_unstable();
            both.dedup();
            Found::Clash(both)
        };
        for (at, yes) in wanted {
            let fits = match self.tests.get(*at) {
                Some(Test::IsBase64) => spelling(text, *yes).is_some(),
                _ => self.answers(*at, text) == *yes,
            };
            if !fits {
                return clash(*at);
            }
        }
        if others.contains(text) {
            return no_room();
        }
        match self.base64(wanted) {
            None => Found::Text(text.clone()),
            Some(yes) => match spelling(text, yes) {
                Some(raw) => Found::Text(Text::new(&raw)),
                None => clash(name),
            },
        }
    }

    /// Texts that must not be found are asked for only when they are found, because there may be many.
    fn search(&self, wanted: &[(usize, bool)], others: &[Text], base64: Option<bool>) -> Found {
        let mut asked: Vec<Asked> = Vec::new();
        let mut named: Vec<(Text, Option<usize>)> =
            others.iter().map(|text| (text.clone(), None)).collect();
        for (at, yes) in wanted {
            let (key, yes) = match self.tests.get(*at) {
                Some(Test::Compare(Order::Equal, Value::Text(text))) => {
                    named.push((text.clone(), Some(*at)));
                    continue;
                }
                Some(Test::IsBase64) => (Key::Base64(*yes), true),
                Some(test) if automata::is_regular(test) => (Key::Test(*at), *yes),
                // Such a test holds for no text.
                _ if *yes => return Found::Clash(vec![*at]),
                _ => continue,
            };
            asked.push(Asked {
                key,
                yes,
                tests: vec![*at],
                others: false,
            });
        }
        loop {
            let word = match self.ask(&asked) {
                Ok(Search::Word(word)) => word,
                Ok(Search::Clash(core)) => return clash(&asked, &core),
                Ok(Search::Undecided) => return Found::Undecided(limit(STATES_OF_SEARCH)),
                Err(limit) => return Found::Undecided(limit),
            };
            let spelled = self.letters.spell(word.clone()).take(named.len() + 1);
            let texts: Vec<Text> = spelled.map(|raw| Text::new(&raw)).collect();
            let is_named = |text: &&Text| named.iter().any(|(it, _)| it == *text);
            if let Some(text) = texts.iter().find(|text| !is_named(text)) {
                let raw = base64.and_then(|yes| spelling(text, yes));
                return Found::Text(raw.map_or_else(|| text.clone(), |raw| Text::new(&raw)));
            }
            // All texts of this word are taken.
            let taken = named.iter().filter(|(text, _)| texts.contains(text));
            let taken: Vec<Option<usize>> = taken.map(|(_, test)| *test).collect();
            asked.push(Asked {
                key: Key::Word(word),
                yes: false,
                tests: taken.iter().flatten().copied().collect(),
                others: taken.contains(&None),
            });
        }
    }

    fn ask(&self, asked: &[Asked]) -> Result<Search, TooMany> {
        // Words that are taken are new with each question.
        let words: Vec<Option<Automaton>> =
            asked.iter().map(|asked| self.word(&asked.key)).collect();
        let mut tests = Vec::with_capacity(asked.len());
        for (Asked { key, yes, .. }, word) in asked.iter().zip(&words) {
            let known = self.automata.get(key).and_then(Option::as_ref);
            match known.or(word.as_ref()) {
                Some(automaton) => tests.push((automaton, *yes)),
                None => return Err(limit(STATES_OF_TEST)),
            }
        }
        Ok(search(self.letters.count(), &tests, STATES_OF_SEARCH))
    }

    fn word(&self, key: &Key) -> Option<Automaton> {
        match key {
            Key::Word(_) => self.automaton(key),
            _ => None,
        }
    }

    fn automaton(&self, key: &Key) -> Option<Automaton> {
        let made = match key {
            Key::Test(at) => {
                automata::of_test(self.tests.get(*at)?, &self.letters, STATES_OF_TEST)?
            }
            Key::Base64(yes) => automata::base64(&self.letters, *yes, STATES_OF_TEST),
            Key::Word(word) => automata::word(word, &self.letters, STATES_OF_TEST),
        };
        made.ok()
    }
}

/// The tests of a core; where room is lacking for one text more, the tests are not to blame.
fn clash(asked: &[Asked], core: &[usize]) -> Found {
    let core: Vec<&Asked> = core.iter().filter_map(|at| asked.get(*at)).collect();
    if core.iter().any(|asked| asked.others) {
        return no_room();
    }
    let mut tests: Vec<usize> = core.iter().flat_map(|it| it.tests.clone()).collect();
    tests.sort_unstable();
    tests.dedup();
    Found::Clash(tests)
}

fn no_room() -> Found {
    Found::Undecided(TooMany {
        what: "different texts that answer the same tests",
        limit: 0,
    })
}

fn limit(states: u32) -> TooMany {
    TooMany {
        what: "states of the tests on a text",
        limit: states.into(),
    }
}
