//! The letters of some tests: each character that a test names, and classes of all others.

use rulec_facts::fold;
use rulec_facts::ops;
use rulec_facts::value::Text;
use rustc_hash::FxHashMap;

use crate::encode::domain::{Room, Test};

/// What texts without a reason are spelled with.
const SPELLED: &str = "contoso";
/// Characters that are tried for a class, the usual ones first.
const USUAL: &str = "abcdefghijklmnopqrstuvwxyz0123456789-._ ";

/// Folded characters as numbers.
#[derive(Debug, Clone)]
pub(super) struct Letters {
    ascii: Vec<u32>,
    named: FxHashMap<char, u32>,
    /// The letter of every other character.
    rest: u32,
    classes: Vec<Class>,
}

/// What a letter stands for.
#[derive(Debug, Clone)]
struct Class {
    /// Its ASCII characters, or the one that a test names.
    chars: Vec<char>,
    /// And all that no test names outside ASCII.
    open: bool,
    base64: Base64,
}

/// What base64 makes of a folded character: of its spellings in lower and upper case, one may fit and the other not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Base64 {
    /// In the alphabet; else `=`, or nothing.
    pub data: bool,
    pub padding: bool,
    /// A spelling with its last two bits zero, one with others; the same for four bits.
    pub two_zero: bool,
    pub two_other: bool,
    pub four_zero: bool,
    pub four_other: bool,
    /// Some character outside ASCII is equal to it.
    pub outside: bool,
}

impl Base64 {
    fn of(letter: char) -> Base64 {
        if letter == '=' {
            return Base64 {
                padding: true,
                ..Base64::default()
            };
        }
        let mut found = Base64 {
            outside: matches!(letter, 'k' | 's'),
            ..Base64::default()
        };
        for spelled in [letter, letter.to_ascii_uppercase()] {
            let fits = |rest: &str| ops::is_base64_text(&format!("{rest}{spelled}"));
            if !fits("AAA") {
                continue;
            }
            found.data = true;
            let with = |before: &str, after: &str| {
                ops::is_base64_text(&format!("{before}{spelled}{after}"))
            };
            let (two, four) = (with("AA", "="), with("A", "=="));
            found.two_zero |= two;
            found.two_other |= !two;
            found.four_zero |= four;
            found.four_other |= !four;
        }
        found
    }
}

impl Letters {
    /// The letters that the tests tell apart.
    pub(super) fn of(tests: &[Test]) -> Letters {
        let base64 = tests.contains(&Test::IsBase64);
        let mut named: Vec<char> = tests.iter().flat_map(named_by).collect();
        named.sort_unstable_by_key(|c| (!c.is_alphanumeric(), *c));
        named.dedup();
        let look = |c: char| {
            if base64 {
                Base64::of(c)
            } else {
                Base64::default()
            }
        };
        let mut letters = Letters {
            ascii: vec![0; 128],
            named: FxHashMap::default(),
            rest: 0,
            classes: Vec::new(),
        };
        letters.classes.push(Class {
            chars: Vec::new(),
            open: true,
            base64: Base64::default(),
        });
        let usual = USUAL.chars().chain((0..128u8).map(char::from));
        let folded = |c: &char| !c.is_ascii_uppercase();
        let mut seen = Vec::new();
        for c in usual.filter(folded) {
            if named.contains(&c) || seen.contains(&c) {
                continue;
            }
            seen.push(c);
            let base64 = look(c);
            let known = letters.classes.iter().position(|it| it.base64 == base64);
            let class = known.unwrap_or(letters.classes.len());
            if known.is_none() {
                letters.classes.push(Class {
                    chars: Vec::new(),
                    open: false,
                    base64,
                });
            }
            letters.put(c, class);
        }
        for c in named {
            letters.classes.push(Class {
                chars: Vec::new(),
                open: false,
                base64: look(c),
            });
            letters.put(c, letters.classes.len() - 1);
        }
        letters
    }

    fn put(&mut self, c: char, class: usize) {
        if let Some(class) = self.classes.get_mut(class) {
            class.chars.push(c);
        }
        match self.ascii.get_mut(c as usize) {
            Some(place) => *place = class as u32,
            None => {
                self.named.insert(c, class as u32);
            }
        }
    }

    pub(super) fn count(&self) -> u32 {
        self.classes.len() as u32
    }

    pub(super) fn letter(&self, c: char) -> u32 {
        match self.ascii.get(c as usize) {
            Some(letter) => *letter,
            None => self.named.get(&c).copied().unwrap_or(self.rest),
        }
    }

    pub(super) fn base64(&self, letter: u32) -> Base64 {
        let class = self.classes.get(letter as usize);
        class.map(|class| class.base64).unwrap_or_default()
    }

    /// A folded text as letters.
    pub(super) fn word<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = u32> + 'a {
        folded.chars().map(|c| self.letter(c))
    }

    /// How many characters each letter stands for; for the open class a number beyond every bound.
    pub(super) fn weights(&self) -> Vec<u64> {
        let weight = |class: &Class| match class.open {
            true => Room::BOUND + 1,
            false => class.chars.len() as u64,
        };
        self.classes.iter().map(weight).collect()
    }

    /// The texts that a word stands for, the first ones by their looks.
    pub(super) fn spell(&self, word: Vec<u32>) -> impl Iterator<Item = String> + '_ {
        let weights = self.weights();
        let weight = move |letter: u32| weights.get(letter as usize).copied().unwrap_or(1);
        let all = word
            .iter()
            .map(|letter| u128::from(weight(*letter)))
            .fold(1, u128::saturating_mul);
        let all = u64::try_from(all).unwrap_or(u64::MAX);
        (0..all).map_while(move |mut number| {
            let mut text = String::new();
            for (at, letter) in word.iter().enumerate() {
                let radix = weight(*letter);
                text.push(self.char(*letter, at, number % radix)?);
                number /= radix;
            }
            Some(text)
        })
    }

    /// The nth character of a letter at a position. The first one is that of a word, if the letter has it, so that long texts read.
    fn char(&self, letter: u32, position: usize, nth: u64) -> Option<char> {
        let class = self.classes.get(letter as usize)?;
        let wanted = SPELLED.chars().nth(position % SPELLED.len());
        let turn = class
            .chars
            .iter()
            .position(|c| Some(*c) == wanted)
            .unwrap_or(0);
        let count = class.chars.len();
        let nth = usize::try_from(nth).ok()?;
        if nth < count {
            return class.chars.get((nth + turn) % count).copied();
        }
        if !class.open {
            return None;
        }
        let outside = ('\u{A1}'..=char::MAX).filter(|c| {
            let folded = fold::fold(c.encode_utf8(&mut [0; 4])).is_none();
            folded && !c.is_control() && !self.named.contains_key(c)
        });
        outside.into_iter().nth(nth - count)
    }
}

/// The folded characters that a test's constant has.
fn named_by(test: &Test) -> Vec<char> {
    let text: Option<&Text> = match test {
        Test::Text(_, text) | Test::TextOf(text, _) => Some(text),
        _ => None,
    };
    let mut named: Vec<char> = text
        .map(|it| it.folded().chars().collect())
        .unwrap_or_default();
    if matches!(test, Test::TextOf(_, crate::node::TextTest::Matches)) {
        // The place is the pattern.
        named.extend(['*', '?']);
    }
    named
}
