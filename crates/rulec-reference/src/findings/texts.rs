//! Texts that tell patterns apart: for each combination of what patterns say of a text, so many texts as are wanted.
//!
//! Every predicate is a pattern of `*`, `?` and letters, read letter by letter; a state is the set of positions that a
//! pattern can be in. The texts of a combination are those that lead to some state of all patterns together. The k
//! shortest texts that lead to a state begin with texts that are among the k shortest of the state before, so
//! k for each state are all that has to be gone on from, and none is missed.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::Fails;
use crate::literal::fold;

/// States beyond which a pack is not small.
const STATES: usize = 4_000;

/// A pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct Glob(Vec<Token>);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    Letter(char),
    /// `?`
    One,
    /// `*`
    Run,
}

type Positions = BTreeSet<usize>;

/// What all patterns and `is base64` are in after a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    patterns: Vec<Positions>,
    base64: Option<Base64>,
}

/// Length modulo four, padding, and whether something else was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Base64 {
    length: u8,
    padding: u8,
    spoiled: bool,
}

impl Glob {
    pub fn equal(text: &str) -> Glob {
        Glob(letters(text))
    }

    pub fn starts(text: &str) -> Glob {
        let mut tokens = letters(text);
        tokens.push(Token::Run);
        Glob(tokens)
    }

    pub fn ends(text: &str) -> Glob {
        let mut tokens = vec![Token::Run];
        tokens.extend(letters(text));
        Glob(tokens)
    }

    pub fn contains(text: &str) -> Glob {
        let mut tokens = vec![Token::Run];
        tokens.extend(letters(text));
        tokens.push(Token::Run);
        Glob(tokens)
    }

    pub fn matches(pattern: &str) -> Glob {
        let token = |letter| match letter {
            '*' => Token::Run,
            '?' => Token::One,
            letter => Token::Letter(letter),
        };
        Glob(fold(pattern).chars().map(token).collect())
    }

    /// All texts of that length.
    pub fn of_length(length: i128) -> Glob {
        Glob((0..length).map(|_| Token::One).collect())
    }

    fn start(&self) -> Positions {
        self.closed(BTreeSet::from([0]))
    }

    /// With what a `*` lets pass without a letter.
    fn closed(&self, mut at: Positions) -> Positions {
        for position in 0..self.0.len() {
            if at.contains(&position) && self.0.get(position) == Some(&Token::Run) {
                at.insert(position + 1);
            }
        }
        at
    }

    fn step(&self, at: &Positions, letter: char) -> Positions {
        let mut after = Positions::new();
        for position in at {
            match self.0.get(*position) {
                Some(Token::Run) => after.insert(*position),
                Some(Token::One) => after.insert(position + 1),
                Some(Token::Letter(own)) if *own == letter => after.insert(position + 1),
                _ => false,
            };
        }
        self.closed(after)
    }

    fn takes(&self, at: &Positions) -> bool {
        at.contains(&self.0.len())
    }
}

fn letters(text: &str) -> Vec<Token> {
    fold(text).chars().map(Token::Letter).collect()
}

impl Base64 {
    fn step(self, letter: char) -> Base64 {
        let length = (self.length + 1) % 4;
        if letter == '=' {
            let padding = (self.padding + 1).min(3);
            return Base64 {
                length,
                padding,
                ..self
            };
        }
        let known = letter.is_ascii_alphanumeric() || letter == '+' || letter == '/';
        Base64 {
            length,
            padding: self.padding,
            spoiled: self.spoiled || !known || self.padding > 0,
        }
    }

    fn takes(self) -> bool {
        self.length == 0 && self.padding <= 2 && !self.spoiled
    }
}

/// `each` texts, or as many as there are, for every combination of what the patterns say that some text has.
pub fn texts(globs: &[Glob], base64: bool, each: usize) -> Fails<Vec<String>> {
    let mut alphabet: BTreeSet<char> = BTreeSet::new();
    for token in globs.iter().flat_map(|glob| &glob.0) {
        if let Token::Letter(letter) = token {
            alphabet.insert(*letter);
        }
    }
    // Letters that no pattern names are alike; so many that `each` texts of one letter can be told apart.
    let strangers: Vec<char> = ('a'..='z')
        .rev()
        .filter(|letter| !alphabet.contains(letter))
        .collect();
    alphabet.extend(strangers.into_iter().take(each));
    if base64 {
        alphabet.extend(['=', '!']);
    }
    let first = State {
        patterns: globs.iter().map(Glob::start).collect(),
        base64: base64.then(Base64::default),
    };
    let mut reached: BTreeMap<State, usize> = BTreeMap::new();
    let mut kept: BTreeMap<(Vec<bool>, bool), Vec<String>> = BTreeMap::new();
    let mut queue = VecDeque::from([(first, String::new())]);
    while let Some((state, text)) = queue.pop_front() {
        let times = reached.entry(state.clone()).or_default();
        if *times == each {
            continue;
        }
        *times += 1;
        if reached.len() > STATES {
            return Err("too many texts".to_owned());
        }
        let says = globs.iter().zip(&state.patterns);
        let says: Vec<bool> = says.map(|(glob, at)| glob.takes(at)).collect();
        let texts = kept
            .entry((says, state.base64.is_some_and(Base64::takes)))
            .or_default();
        if texts.len() < each {
            texts.push(text.clone());
        }
        for letter in &alphabet {
            let patterns = globs.iter().zip(&state.patterns);
            let after = State {
                patterns: patterns.map(|(glob, at)| glob.step(at, *letter)).collect(),
                base64: state.base64.map(|state| state.step(*letter)),
            };
            queue.push_back((after, format!("{text}{letter}")));
        }
    }
    Ok(kept.into_values().flatten().collect())
}
