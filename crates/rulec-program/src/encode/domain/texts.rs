//! Texts: tests as finite automata over folded letters, cells as the rows of answers that occur (T4).
//!
//! Every test but one looks at the folded text. `is base64` looks at the text as it is written, so that two texts which are equal may
//! answer it differently: such a row of answers becomes two cells, twins, whose values are equal in pairs.
//!
//! A constant with which the place is compared by `==` is a cell of its own, so that many constants cost no automata.

use rulec_facts::ops;
use rulec_facts::value::{Text, Value};
use rulec_prove::theory::regular::{self, Automaton, ENDLESS, Product};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Order, Room, Shape, Split, Test, TooMany};

mod automata;
mod letters;
pub(crate) mod loose;
mod natural;

use letters::Letters;

/// States of the automaton of one test.
const STATES_OF_TEST: u32 = 1 << 12;
/// States of all tests together; fewer if there are many tests or letters.
const STATES: u32 = 1 << 18;
/// States × letters × tests that a split may walk.
const STEPS: u64 = 1 << 22;
/// Words that are looked at for a value.
const WORDS: usize = 1 << 16;

/// The cells of a text.
#[derive(Debug, Clone)]
pub(super) struct Texts {
    letters: Letters,
    product: Product,
    cells: Vec<Cell>,
    /// Constants by their folded spelling.
    named: FxHashMap<Box<str>, Twins>,
    /// By row of the product.
    rows: Vec<Twins>,
    /// Spellings to try first.
    natural: Vec<String>,
    /// Parts of the constants, as they are spelled.
    parts: Vec<String>,
    base64: bool,
}

#[derive(Debug, Clone)]
struct Cell {
    /// The constant that it holds alone; none: all other texts of the row.
    named: Option<Text>,
    /// By number.
    row: u32,
    /// Whether its texts are base64, if that is asked.
    base64: Option<bool>,
    room: Room,
}

/// The cell of texts that are not base64, or of all if that is not asked, and the cell of texts that are.
type Twins = [Option<u32>; 2];

/// How a test is answered.
#[derive(Clone, Copy)]
enum Answer {
    /// By the automaton of that number.
    Automaton(usize),
    Base64,
    /// By equality, or never.
    Constant,
}

pub(super) fn split(tests: &[Test], limit: u32) -> Result<Split, TooMany> {
    let letters = Letters::of(tests);
    let (automata, answers) = automata_of(tests, &letters)?;
    let base64 = tests.contains(&Test::IsBase64);
    let work = u64::from(letters.count()) * automata.len().max(1) as u64;
    let states = STATES.min(u32::try_from(STEPS / work).unwrap_or(STATES));
    let product = Product::of(letters.count(), &automata, states, limit)
        .map_err(|what| too_many(what, states, limit))?;
    let mut texts = Texts {
        natural: natural::spellings(tests),
        parts: natural::parts(tests),
        rows: vec![[None, None]; product.rows().len()],
        named: FxHashMap::default(),
        cells: Vec::new(),
        letters,
        product,
        base64,
    };
    texts.name(tests);
    texts.add_rows();
    if texts.cells.len() > limit as usize {
        return Err(too_many(regular::TooMany::Rows, states, limit));
    }
    Ok(Split {
        cells: texts.cells.len() as u32,
        holds: tests
            .iter()
            .zip(&answers)
            .map(|(test, answer)| texts.holds(test, *answer))
            .collect(),
        shape: Shape::Texts(Box::new(texts)),
    })
}

fn too_many(what: regular::TooMany, states: u32, cells: u32) -> TooMany {
    match what {
        regular::TooMany::States => TooMany {
            what: "states of the tests on a text",
            limit: states.into(),
        },
        regular::TooMany::Rows => TooMany {
            what: "cells",
            limit: cells.into(),
        },
    }
}

/// The automata of the tests that need one. `is base64` has two, for a spelling that is and for one that is not; they come last.
fn automata_of(
    tests: &[Test],
    letters: &Letters,
) -> Result<(Vec<Automaton>, Vec<Answer>), TooMany> {
    let refused = |what| too_many(what, STATES_OF_TEST, 0);
    let mut automata = Vec::new();
    let mut answers = Vec::with_capacity(tests.len());
    for test in tests {
        answers.push(match test {
            Test::IsBase64 => Answer::Base64,
            _ => match automata::of_test(test, letters, STATES_OF_TEST) {
                None => Answer::Constant,
                Some(automaton) => {
                    automata.push(automaton.map_err(refused)?);
                    Answer::Automaton(automata.len() - 1)
                }
            },
        });
    }
    if tests.contains(&Test::IsBase64) {
        for wanted in [false, true] {
            automata.push(automata::base64(letters, wanted, STATES_OF_TEST).map_err(refused)?);
        }
    }
    Ok((automata, answers))
}

impl Texts {
    fn add(&mut self, cell: Cell) -> u32 {
        self.cells.push(cell);
        self.cells.len() as u32 - 1
    }

    /// A cell for each constant and each way to spell it that matters.
    fn name(&mut self, tests: &[Test]) {
        for test in tests {
            let Test::Compare(Order::Equal, Value::Text(text)) = test else {
                continue;
            };
            if self.named.contains_key(text.folded()) {
                continue;
            }
            let row = self.product.row_of(self.letters.word(text.folded()));
            let twins = [false, true].map(|wanted| {
                let there = match self.base64 {
                    true => spelling(text, wanted).is_some(),
                    false => !wanted,
                };
                there.then(|| {
                    self.add(Cell {
                        named: Some(text.clone()),
                        row,
                        base64: self.base64.then_some(wanted),
                        room: Room::Exactly(1),
                    })
                })
            });
            self.named.insert(text.folded().into(), twins);
        }
    }

    /// A cell for each row that has more words than those with a name, and each way to spell these. Cells of which a person thinks first come
    /// first: words, then what the tests ask for, then nothing; and last what is no base64 just because of an odd letter.
    fn add_rows(&mut self) {
        let mut counts = self.product.counts(&self.letters.weights());
        for named in self.named.keys() {
            let row = self.product.row_of(self.letters.word(named));
            match counts.get_mut(row as usize) {
                Some(count) if *count != ENDLESS => *count -= 1,
                _ => {}
            }
        }
        let plain = self.product.row_of(self.letters.word("contoso"));
        let empty = self.product.row_of([]);
        let mut rows: Vec<(u32, u64)> = (0..).zip(counts).filter(|(_, count)| *count > 0).collect();
        rows.sort_by_key(|(row, _)| (*row != plain, *row == empty, *row));
        let spelled = |texts: &Texts, row: u32| match texts
            .product
            .rows()
            .get(row as usize)
            .map(Vec::as_slice)
        {
            Some([.., not, is]) if texts.base64 => [*not, *is],
            _ => [true, false],
        };
        for odd in [false, true] {
            for (row, count) in &rows {
                let [not, is] = spelled(self, *row);
                let wanted = [(false, not && is == odd), (true, is && !odd)];
                for (wanted, _) in wanted.into_iter().filter(|(_, here)| *here) {
                    let cell = self.add(Cell {
                        named: None,
                        row: *row,
                        base64: self.base64.then_some(wanted),
                        room: Room::of((*count).into()),
                    });
                    let twins = self.rows.get_mut(*row as usize);
                    if let Some(place) = twins.and_then(|it| it.get_mut(usize::from(wanted))) {
                        *place = Some(cell);
                    }
                }
            }
        }
    }

    /// The cells in which a test holds.
    fn holds(&self, test: &Test, answer: Answer) -> Vec<u32> {
        if let Test::Compare(Order::Equal, Value::Text(text)) = test {
            let twins = self.named.get(text.folded()).copied();
            return twins.unwrap_or_default().into_iter().flatten().collect();
        }
        let cells = (0..).zip(&self.cells);
        cells
            .filter(|(_, cell)| match answer {
                Answer::Base64 => cell.base64 == Some(true),
                Answer::Automaton(at) => {
                    let row = self.product.rows().get(cell.row as usize);
                    row.and_then(|row| row.get(at)).copied().unwrap_or_default()
                }
                Answer::Constant => false,
            })
            .map(|(at, _)| at)
            .collect()
    }

    fn twins(&self, folded: &str) -> Twins {
        match self.named.get(folded) {
            Some(twins) => *twins,
            None => {
                let row = self.product.row_of(self.letters.word(folded)) as usize;
                self.rows.get(row).copied().unwrap_or_default()
            }
        }
    }

    pub(super) fn cell_of(&self, value: &Value) -> Option<u32> {
        let Value::Text(text) = value else {
            return None;
        };
        let [not, is] = self.twins(text.folded());
        if self.base64 && ops::is_base64_text(text.raw()) {
            is
        } else {
            not
        }
    }

    /// The other cell that has the same texts but for their spelling.
    pub(super) fn twin(&self, cell: u32) -> Option<u32> {
        let known = self.cells.get(cell as usize)?;
        let twins = match &known.named {
            Some(text) => self.named.get(text.folded())?,
            None => self.rows.get(known.row as usize)?,
        };
        let mut others = twins.iter().flatten();
        others.find(|other| **other != cell).copied()
    }

    pub(super) fn room(&self, cell: u32) -> Room {
        let cell = self.cells.get(cell as usize);
        cell.map_or(Room::Exactly(0), |cell| cell.room)
    }

    /// Twins give equal texts for equal numbers.
    pub(super) fn value(&self, cell: u32, nth: u32) -> Option<Value> {
        let cell = self.cells.get(cell as usize)?;
        let text = match &cell.named {
            Some(text) => (nth == 0).then(|| text.clone())?,
            None => self.texts(cell.row).nth(nth as usize)?,
        };
        match cell.base64 {
            None => Some(Value::Text(text)),
            Some(wanted) => spelling(&text, wanted).map(|raw| Value::text(&raw)),
        }
    }

    /// The different texts of a row that have no name.
    fn texts(&self, row: u32) -> impl Iterator<Item = Text> + '_ {
        let natural = self.natural.iter().map(|raw| Text::new(raw));
        let words = self.product.words(row).take(WORDS);
        let more = words.flat_map(|word| self.letters.spell(word));
        let more = more.map(|folded| natural::respelled(folded, &self.parts));
        let inside = move |text: &Text| {
            !self.named.contains_key(text.folded())
                && self.product.row_of(self.letters.word(text.folded())) == row
        };
        let mut seen: FxHashSet<Text> = FxHashSet::default();
        natural
            .chain(more.map(|raw| Text::new(&raw)))
            .filter(inside)
            .filter(move |text| seen.insert(text.clone()))
    }
}

/// A spelling of the text that is base64, or one that is not: as it stands if that does, else with a letter in the other case. Only the last
/// letter before the padding matters; and two letters outside ASCII are equal to `k` and `s`, which base64 does not know.
fn spelling(text: &Text, wanted: bool) -> Option<String> {
    let good = |raw: &String| ops::is_base64_text(raw) == wanted;
    let both = [text.raw(), text.folded()];
    let as_it_is = both.into_iter().map(str::to_owned);
    let last = both.into_iter().filter_map(|raw| {
        let data = raw.trim_end_matches('=');
        let (at, letter) = data.char_indices().next_back()?;
        let other = if letter.is_ascii_lowercase() {
            letter.to_ascii_uppercase()
        } else {
            letter.to_ascii_lowercase()
        };
        let mut raw = raw.to_owned();
        raw.replace_range(at..at + letter.len_utf8(), other.encode_utf8(&mut [0; 4]));
        Some(raw)
    });
    let outside = [('k', "\u{212A}"), ('s', "\u{17F}")];
    let outside = outside.into_iter().filter_map(|(letter, other)| {
        let raw = text.folded();
        raw.contains(letter).then(|| raw.replacen(letter, other, 1))
    });
    as_it_is.chain(last).chain(outside).find(good)
}
