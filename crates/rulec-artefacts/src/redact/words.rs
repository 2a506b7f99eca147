//! Words that say nothing of anybody: those of the pack, of `rulec`'s own messages, of Windows, Azure and plain English.

use std::collections::HashSet;
use std::net::IpAddr;

use ipnet::IpNet;
use serde_json::Value as Json;

use super::fold;

/// One a line, lower case.
const OWN: &str = include_str!("words.txt");

/// Members of a program that hold examples of names, not names.
const EXAMPLES: &[&str] = &["ask", "asks"];

/// Words that stay, folded.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    words: HashSet<String>,
    /// Two letters that stand side by side in a text without blanks between words.
    pairs: HashSet<(char, char)>,
    networks: Vec<IpNet>,
}

impl Default for Vocabulary {
    fn default() -> Vocabulary {
        Vocabulary {
            words: OWN.lines().map(fold).collect(),
            pairs: HashSet::new(),
            networks: Vec::new(),
        }
    }
}

impl Vocabulary {
    /// With the words of a pack, given as JSON: a pack is public.
    pub fn of(pack: &Json) -> Vocabulary {
        let mut all = Vocabulary::default();
        all.take(pack);
        all
    }

    fn take(&mut self, json: &Json) {
        match json {
            Json::String(text) => self.take_text(text),
            Json::Array(items) => items.iter().for_each(|it| self.take(it)),
            Json::Object(members) => {
                for (name, value) in members {
                    self.take_text(name);
                    if !EXAMPLES.contains(&name.as_str()) {
                        self.take(value);
                    }
                }
            }
            _ => {}
        }
    }

    fn take_text(&mut self, text: &str) {
        if let Ok(network) = text.parse() {
            self.networks.push(network);
        } else if let Ok(address) = text.parse::<IpAddr>() {
            self.networks.push(address.into());
        }
        self.words.insert(fold(text));
        // Names of people in examples look like addresses of mail.
        for part in text.split_whitespace().filter(|it| !it.contains('@')) {
            for word in part.split(|c: char| !c.is_alphanumeric()) {
                if !word.is_empty() && !self.words.contains(word) {
                    self.words.insert(fold(word));
                }
                let letters = word.chars().zip(word.chars().skip(1));
                self.pairs
                    .extend(letters.filter(|(a, b)| is_dense(*a) && is_dense(*b)));
            }
        }
    }

    /// The word, folded, says nothing of anybody.
    pub(super) fn has(&self, folded: &str) -> bool {
        self.words.contains(folded)
    }

    /// Each two letters of the word stand side by side in a text of the pack.
    pub(super) fn has_pairs(&self, word: &str) -> bool {
        let pairs = word.chars().zip(word.chars().skip(1));
        let mut dense = pairs
            .filter(|(a, b)| is_dense(*a) || is_dense(*b))
            .peekable();
        dense.peek().is_some() && dense.all(|pair| self.pairs.contains(&pair))
    }

    /// Addresses and networks that the pack names.
    pub(super) fn networks(&self) -> impl Iterator<Item = IpNet> + '_ {
        self.networks.iter().copied()
    }
}

/// A letter of a script that sets no blanks between words.
pub(super) fn is_dense(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '\u{e00}'..='\u{e7f}')
}
