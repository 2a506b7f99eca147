//! Texts, piece by piece: addresses, GUIDs, accounts and words are looked at one by one, what stands between them stays.
//!
//! A piece is replaced alike wherever it stands, so that a text that begins with another, ends with it or has it in it still does.

use std::net::{IpAddr, Ipv4Addr};

use super::words::is_dense;
use super::{Redactor, Sort, fold, tokens};

/// Longest run of digits that is a port, a year, an error or an amount.
const LONGEST_NUMBER: usize = 6;
/// Longest run of digits at the end of a word.
const LONGEST_ENDING: usize = 4;
/// Shortest word of hexadecimal digits that is a thumbprint, a serial number or an identifier.
const SHORTEST_HEX: usize = 16;

/// Longest text that is taken for an address or an identifier, bytes.
const LONGEST_SHAPE: usize = 256;

/// Names of persons in paths of their profiles.
pub(super) fn profiles(text: &str) -> Vec<&str> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for folder in [
        "\\users\\",
        "/users/",
        "/home/",
        "\\documents and settings\\",
    ] {
        for (at, _) in lower.match_indices(folder) {
            let rest = text.get(at + folder.len()..).unwrap_or("");
            let name = rest
                .split(['\\', '/', '"', '\'', '\n', '\r', '<', ':'])
                .next();
            found.extend(name.filter(|it| !it.is_empty() && it.len() < 64));
        }
    }
    found
}

impl Redactor {
    /// A text with tokens.
    pub fn text(&mut self, text: &str) -> String {
        let instead = match self.instead.is_empty() {
            true => None,
            false => self.instead.get(&fold(text)).cloned(),
        };
        if let Some(instead) = instead {
            if instead != text {
                self.count(Sort::Certificate, &instead, Some(text));
            }
            return instead;
        }
        match self.blob(text) {
            Some(text) => text,
            None => self.plain(text),
        }
    }

    /// A text that is no certificate as a whole.
    pub(super) fn plain(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        let mut inside = false;
        while let Some(c) = rest.chars().next() {
            let found = match inside {
                true => None,
                false => self.structured(rest),
            };
            let length = match found {
                Some((length, new)) => {
                    out.push_str(&new);
                    length
                }
                None if c.is_alphanumeric() => {
                    let length = run(rest, char::is_alphanumeric);
                    let word = rest.get(..length).unwrap_or("");
                    out.push_str(&self.word(word));
                    length
                }
                None => {
                    out.push(c);
                    c.len_utf8()
                }
            };
            inside = rest
                .get(..length)
                .and_then(|it| it.chars().next_back())
                .is_some_and(char::is_alphanumeric);
            rest = rest.get(length..).unwrap_or("");
        }
        out
    }

    /// What a text begins with, if that is more than a word: its length, and what stands in its place.
    fn structured(&mut self, rest: &str) -> Option<(usize, String)> {
        let first = rest
            .chars()
            .next()
            .filter(|it| it.is_ascii_hexdigit() || matches!(it, ':' | 'S' | 's'))?;
        if matches!(first, 'S' | 's') {
            return self.sid(head(rest));
        }
        // What is looked for is short; a long run of its letters would be gone through at each of them.
        let rest = head(rest);
        if let Some(length) = time(rest).or_else(|| object_identifier(rest)) {
            return Some((length, rest.get(..length)?.to_owned()));
        }
        let shaped = [
            (Sort::Guid, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"),
            (Sort::Mac, "xx-xx-xx-xx-xx-xx"),
            (Sort::Mac, "xx:xx:xx:xx:xx:xx"),
        ];
        for (sort, shape) in shaped {
            if let Some(found) = shaped_as(rest, shape) {
                let new = self.digits(sort, found);
                return Some((found.len(), new));
            }
        }
        self.address_in(rest)
    }

    /// An address, with the length of its network if that is one.
    fn address_in(&mut self, rest: &str) -> Option<(usize, String)> {
        let length = run(rest, |c| c.is_ascii_hexdigit() || matches!(c, ':' | '.'));
        let found = rest.get(..length)?.trim_end_matches('.');
        let (address, found) = match found.parse::<IpAddr>() {
            Ok(address) => (address, found),
            Err(_) => four_parts(found)?,
        };
        let after = rest.get(found.len()..)?;
        if after.starts_with(|c: char| c.is_alphanumeric()) {
            return None;
        }
        let bits = after
            .strip_prefix('/')
            .map(|it| it.get(..run(it, |c| c.is_ascii_digit())).unwrap_or(""));
        let network = bits.and_then(|it| ipnet::IpNet::new(address, it.parse().ok()?).ok());
        let network = network.filter(|it| it.network() == it.addr());
        let new = match network {
            Some(network) => self.network(network).addr(),
            None => self.address(address),
        };
        match new == address {
            true => Some((found.len(), found.to_owned())),
            false => Some((found.len(), new.to_string())),
        }
    }

    /// The identifier of an account: what every machine has of them stays.
    fn sid(&mut self, rest: &str) -> Option<(usize, String)> {
        let length = run(rest, |c| c.is_ascii_alphanumeric() || c == '-');
        let found = rest.get(..length)?;
        let mut parts = found.split('-');
        let (head, revision) = (parts.next()?, parts.next()?);
        let parts: Vec<&str> = parts.collect();
        let numbers = |it: &&str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        if !head.eq_ignore_ascii_case("S")
            || revision != "1"
            || parts.len() < 2
            || !parts.iter().all(numbers)
        {
            return None;
        }
        let mut out = vec![head.to_owned(), revision.to_owned()];
        for part in parts {
            // Relative numbers below a thousand are those of accounts that every domain has.
            out.push(match part.len() > 3 {
                true => self.digits(Sort::Sid, part),
                false => part.to_owned(),
            });
        }
        Some((length, out.join("-")))
    }

    fn digits(&mut self, sort: Sort, found: &str) -> String {
        let folded = fold(found);
        if self.vocabulary.has(&folded)
            || found
                .bytes()
                .all(|it| !it.is_ascii_hexdigit() || it == b'0')
        {
            return found.to_owned();
        }
        let token = self.tokens.digits(&folded, &self.vocabulary);
        let upper = found.bytes().any(|it| it.is_ascii_uppercase());
        let token = if upper {
            token.to_ascii_uppercase()
        } else {
            token
        };
        self.count(sort, &token, Some(found));
        token
    }

    fn word(&mut self, word: &str) -> String {
        let folded = fold(word);
        if let Some(instead) = self.instead.get(&folded).cloned() {
            let upper = word.bytes().any(|it| it.is_ascii_uppercase());
            let instead = if upper {
                instead.to_ascii_uppercase()
            } else {
                instead.to_ascii_lowercase()
            };
            if instead != word {
                self.count(Sort::Certificate, &instead, Some(word));
            }
            return instead;
        }
        if self.users.contains(&folded) {
            return self.token(Sort::User, word, &folded);
        }
        if self.is_harmless(word, &folded) {
            return word.to_owned();
        }
        if word.bytes().all(|it| it.is_ascii_digit()) {
            return self.digits(Sort::Number, word);
        }
        if word.len() >= SHORTEST_HEX && word.bytes().all(|it| it.is_ascii_hexdigit()) {
            return self.digits(Sort::Certificate, word);
        }
        self.token(Sort::Name, word, &folded)
    }

    fn token(&mut self, sort: Sort, word: &str, folded: &str) -> String {
        let token = tokens::like(word, self.tokens.word(folded, &self.vocabulary));
        self.count(sort, &token, Some(word));
        token
    }

    fn is_harmless(&self, word: &str, folded: &str) -> bool {
        if self.vocabulary.has(folded) || (word.is_ascii() && word.len() == 1) {
            return true;
        }
        if word.len() == 8 && u64::from_str_radix(word, 16).is_ok_and(is_code) {
            return true;
        }
        if word.bytes().all(|it| it.is_ascii_digit()) {
            return word.len() <= LONGEST_NUMBER || word.parse().is_ok_and(is_decimal_code);
        }
        if let Some(digits) = folded.strip_prefix("0x") {
            return digits.len() <= 8 && digits.bytes().all(|it| it.is_ascii_hexdigit());
        }
        if word.chars().any(is_dense) {
            return self.vocabulary.has_pairs(word);
        }
        let letters = folded.trim_end_matches(|c: char| c.is_ascii_digit());
        let ending = folded.len() - letters.len();
        match (letters.len(), ending) {
            (_, 0) | (0, _) => self.is_measure(folded),
            (1, ending) => ending <= 2,
            // The number of an update.
            (2, _) if letters == "kb" => true,
            _ => ending <= LONGEST_ENDING && self.vocabulary.has(letters),
        }
    }

    /// A number with its unit.
    fn is_measure(&self, folded: &str) -> bool {
        let unit = folded.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = folded.len() - unit.len();
        (1..=LONGEST_ENDING).contains(&digits) && (unit.len() == 1 || self.vocabulary.has(unit))
    }
}

/// An address at the start of dotted numbers, with a port behind it after `:` or `.`.
fn four_parts(text: &str) -> Option<(IpAddr, &str)> {
    let end = text
        .match_indices(['.', ':'])
        .nth(3)
        .map_or(text.len(), |(at, _)| at);
    let found = text.get(..end)?;
    let address: Ipv4Addr = found.parse().ok()?;
    Some((IpAddr::V4(address), found))
}

/// Length of an object identifier: five numbers or more, the first of them below three.
fn object_identifier(text: &str) -> Option<usize> {
    let length = run(text, |c| c.is_ascii_digit() || c == '.');
    let found = text.get(..length)?.trim_end_matches('.');
    let first = found.split('.').next()?;
    (found.matches('.').count() >= 4 && matches!(first, "0" | "1" | "2")).then_some(found.len())
}

/// Failure codes of Windows: HRESULTs and NTSTATUS of what is in use.
fn is_code(number: u64) -> bool {
    matches!(number, 0x8000_0000..=0x80ff_ffff | 0xc000_0000..=0xc0ff_ffff)
}

/// The same in decimal, or behind a minus sign.
fn is_decimal_code(number: u64) -> bool {
    is_code(number) || is_code((1u64 << 32).saturating_sub(number))
}

/// The first bytes of a text, whole letters.
fn head(text: &str) -> &str {
    let cut = (0..4).find_map(|less| text.get(..LONGEST_SHAPE - less));
    cut.unwrap_or(text)
}

/// Length of the run of such letters at the start.
fn run(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.find(|c| !fits(c)).unwrap_or(text.len())
}

/// The start of the text, if it has that shape and ends there; `x` is a hexadecimal digit.
fn shaped_as<'t>(text: &'t str, shape: &str) -> Option<&'t str> {
    let found = text.get(..shape.len())?;
    let fits = found
        .bytes()
        .zip(shape.bytes())
        .all(|(byte, shape)| match shape {
            b'x' => byte.is_ascii_hexdigit(),
            other => byte == other,
        });
    let after = text.get(shape.len()..)?;
    let ends = !after.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == ':')
        || after
            .strip_prefix('-')
            .is_some_and(|it| !it.starts_with(|c: char| c.is_ascii_hexdigit()));
    (fits && ends).then_some(found)
}

/// The length of a time as RFC 3339 writes it.
fn time(text: &str) -> Option<usize> {
    let head = text.get(..19)?;
    let fits = head
        .bytes()
        .zip("0000-00-00T00:00:00".bytes())
        .all(|(byte, shape)| match shape {
            b'0' => byte.is_ascii_digit(),
            b'T' => byte == b'T' || byte == b' ',
            other => byte == other,
        });
    let after = text.get(19..)?;
    let fraction = match after.strip_prefix('.') {
        Some(it) => 1 + run(it, |c| c.is_ascii_digit()),
        None => 0,
    };
    let zone = after.get(fraction..)?.starts_with(['Z', 'z']);
    fits.then_some(19 + fraction + usize::from(zone))
}
