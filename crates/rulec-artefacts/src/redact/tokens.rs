//! Tokens: what stands in place of a word, by a keyed hash. Equal words have equal tokens, different words different ones.

use std::collections::{HashMap, HashSet};

use super::Vocabulary;

/// Tokens are of these: no word looks like them.
const LETTERS: &[u8; 16] = b"bcdfghjkmnpqrtvz";
const DIGITS: &[u8; 16] = b"0123456789012345";
const HEX: &[u8; 16] = b"0123456789abcdef";

/// Shortest token of a word.
const SHORTEST: usize = 4;

/// The key, and the tokens that were given out.
#[derive(Debug)]
pub(super) struct Tokens {
    key: [u8; 32],
    of: HashMap<String, String>,
    taken: HashSet<String>,
}

impl Tokens {
    pub(super) fn new(key: [u8; 32]) -> Tokens {
        Tokens {
            key,
            of: HashMap::new(),
            taken: HashSet::new(),
        }
    }

    /// Bytes that hang on the key, on what they are for, and on what they are made of.
    pub(super) fn stream(&self, what: &str, of: &[u8], out: &mut [u8]) {
        let mut hash = blake3::Hasher::new_keyed(&self.key);
        hash.update(&[u8::try_from(what.len()).unwrap_or(u8::MAX)]);
        hash.update(what.as_bytes());
        hash.update(of);
        hash.finalize_xof().fill(out);
    }

    /// The token of a word, lower case: an `x` and letters without vowels, as long as the word.
    pub(super) fn word(&mut self, folded: &str, vocabulary: &Vocabulary) -> String {
        let length = folded.chars().count().max(SHORTEST);
        self.unique("word", folded, vocabulary, |bytes| {
            let letters = bytes.iter().take(length - 1);
            std::iter::once('x')
                .chain(letters.map(|it| pick(LETTERS, *it)))
                .collect()
        })
    }

    /// Digits in place of digits, hexadecimal ones in place of such; what else is in it stays.
    pub(super) fn digits(&mut self, folded: &str, vocabulary: &Vocabulary) -> String {
        let hexadecimal = folded.chars().any(|it| it.is_ascii_alphabetic());
        let alphabet = if hexadecimal { HEX } else { DIGITS };
        self.unique("digits", folded, vocabulary, |bytes| {
            folded
                .chars()
                .zip(bytes.iter().cycle())
                .map(|(c, it)| match c.is_ascii_hexdigit() {
                    true => pick(alphabet, *it),
                    false => c,
                })
                .collect()
        })
    }

    /// The token of a secret text.
    pub(super) fn secret(&self, folded: &str) -> String {
        let mut bytes = [0; 8];
        self.stream("secret", folded.as_bytes(), &mut bytes);
        let letters = bytes.iter().map(|it| pick(LETTERS, *it));
        std::iter::once('x').chain(letters).collect()
    }

    /// Of the tokens that a word may have the first that no other word has, and that means nothing.
    fn unique(
        &mut self,
        what: &str,
        folded: &str,
        vocabulary: &Vocabulary,
        form: impl Fn(&[u8]) -> String,
    ) -> String {
        let name = format!("{what}\0{folded}");
        if let Some(token) = self.of.get(&name) {
            return token.clone();
        }
        let mut token = String::new();
        let mut bytes = vec![0; folded.len().max(64)];
        for attempt in 0u32..1_000 {
            let of = format!("{attempt}\0{folded}");
            self.stream(what, of.as_bytes(), &mut bytes);
            token = form(&bytes);
            if token != folded && !self.taken.contains(&token) && !vocabulary.has(&token) {
                break;
            }
        }
        self.taken.insert(token.clone());
        self.of.insert(name, token.clone());
        token
    }
}

fn pick(alphabet: &[u8; 16], byte: u8) -> char {
    let at = usize::from(byte % 16);
    alphabet.get(at).copied().map_or('x', char::from)
}

/// A token in the case of what it stands for: all upper, first upper, or lower.
pub(super) fn like(word: &str, token: String) -> String {
    let upper = word.chars().any(char::is_uppercase);
    let lower = word.chars().any(char::is_lowercase);
    if upper && !lower {
        return token.to_ascii_uppercase();
    }
    if !word.starts_with(char::is_uppercase) {
        return token;
    }
    let mut all = token.chars();
    let first = all.next().map(|it| it.to_ascii_uppercase());
    first.into_iter().chain(all).collect()
}
