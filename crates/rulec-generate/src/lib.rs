//! Packs and cases made by a seed: as large as wanted, the same on every machine, for benches and tests.
//!
//! What comes out is a text, as a person would write it; this crate knows no other crate of the project.
//! Names and types are right, each condition can hold (a rule asks each fact once), and nothing is
//! circular. Rules of different symptoms may overlap, as in a real pack.

mod facts;
mod rules;

use std::fmt::Write as _;

pub use facts::{Fact, Kind, facts};

/// Rules that share one symptom.
const RULES_PER_SYMPTOM: usize = 4;
/// Rules that share one fix.
const RULES_PER_FIX: usize = 3;
/// Rules that one file of [`pack_files`] holds.
const RULES_PER_FILE: usize = 100;

/// A pack as one text: `facts` facts, then symptoms, `rules` rules and their fixes.
///
/// A rule statement has about 220 bytes. The same arguments give the same text.
pub fn pack(seed: u64, rules: usize, facts: usize) -> String {
    let mut text = String::with_capacity(rules * 320 + facts * 150);
    for (_, part) in pack_files(seed, rules, facts) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&part);
    }
    text
}

/// A pack whose rules say no more than they must: 10,000 rules over 2,000 facts have 2.4 MB, near the size for which the project's goals of
/// speed were set (2.2 MB).
pub fn terse_pack(seed: u64, rules: usize, facts: usize) -> String {
    let all = self::facts(seed, facts);
    let mut random = Random::new(seed ^ 0x7e25_e000);
    let rules = rules::terse(&mut random, &all, rules);
    format!("{}\n{}\n{rules}", head(), facts::statements(&all))
}

/// Assumptions for [`pack`] with the same seed and number of facts, to be written behind it: each that one of two or three literals is true.
pub fn assumptions(seed: u64, facts: usize, count: usize) -> String {
    let all = self::facts(seed, facts);
    rules::assumptions(&mut Random::new(seed ^ 0xa55_0a55), &all, count)
}

/// The same pack as files of one folder: name and text of `pack.rules`, `facts.rules`, `rules-000.rules`, …
pub fn pack_files(seed: u64, rules: usize, facts: usize) -> Vec<(String, String)> {
    let all = self::facts(seed, facts);
    let mut files = vec![
        ("pack.rules".to_owned(), head()),
        ("facts.rules".to_owned(), facts::statements(&all)),
    ];
    let mut random = Random::new(seed ^ 0x5eed_0f2e);
    let mut first = 0;
    while first < rules {
        let last = (first + RULES_PER_FILE).min(rules);
        let text = rules::statements(&mut random, &all, first, last);
        files.push((format!("rules-{:03}.rules", first / RULES_PER_FILE), text));
        first = last;
    }
    files
}

/// A case as a JSON object from the names of facts to values; about `known` of 100 facts are in it.
pub fn case(seed: u64, facts: &[Fact], known: u64) -> String {
    let mut random = Random::new(seed ^ 0xca5e);
    let mut text = String::from("{");
    for fact in facts {
        let is_known = random.below(100) < known;
        let value = fact.value(&mut random);
        if is_known {
            let comma = if text.len() > 1 { "," } else { "" };
            let _ = write!(text, "{comma}\n  \"{}\": {value}", fact.name);
        }
    }
    text.push_str("\n}\n");
    text
}

fn head() -> String {
    "/// Made by a seed.\npack generated 1.0.0\n    language 1\n\ntype Entry = {\n    label: string\n    active: bool\n    weight: int\n    state: enum { Ready, Busy, Failed, else other }\n}\n"
        .to_owned()
}

/// A small generator of numbers (xorshift with a multiplication); good enough for texts, of no other use.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Any seed will do.
    pub fn new(seed: u64) -> Self {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number from 0 to `limit` - 1; 0 where `limit` is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        (self.next() >> 11).checked_rem(limit).unwrap_or(0)
    }

    /// One of these; the text is empty where there are none.
    pub fn choose<'a>(&mut self, of: &[&'a str]) -> &'a str {
        let at = self.below(of.len() as u64) as usize;
        of.get(at).copied().unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_pack() {
        assert_eq!(pack(7, 50, 40), pack(7, 50, 40));
        assert_ne!(pack(7, 50, 40), pack(8, 50, 40));
    }

    #[test]
    fn a_rule_has_about_220_bytes() {
        let text = pack(1, 1_000, 500);
        let rules: Vec<&str> = text
            .split("\n\n")
            .filter(|it| it.starts_with("rule "))
            .collect();
        assert_eq!(rules.len(), 1_000);
        let average = rules.iter().map(|rule| rule.len()).sum::<usize>() / rules.len();
        assert!((200..=240).contains(&average), "{average}");
    }

    #[test]
    fn files_hold_what_the_one_text_holds() {
        let files = pack_files(3, 250, 100);
        assert_eq!(files.len(), 5);
        let joined: Vec<String> = files.into_iter().map(|(_, text)| text).collect();
        assert_eq!(joined.join("\n"), pack(3, 250, 100));
    }

    #[test]
    fn a_case_knows_its_share_of_facts() {
        let facts = facts(1, 500);
        let known = case(1, &facts, 80)
            .lines()
            .filter(|line| line.contains(": "))
            .count();
        assert!((350..=450).contains(&known), "{known}");
    }
}
