//! A folded text as letters alone, cut into the short runs by which near texts are found.
//!
//! Marks on letters, punctuation and the blanks of scripts that need none are gone: `Gateway-Namens` and `gateway namens`, `été` and `ete`,
//! `VPN サーバー` and `VPNサーバー` are the same.

use unicode_normalization::char::decompose_canonical;

use super::folded::writes_no_blanks;

/// Stands for `…`: any words.
pub(super) const GAP: char = '…';

/// Stands between lines.
pub(super) const BREAK: char = '\n';

/// Letters, single blanks between words, [`GAP`] and [`BREAK`].
pub(super) struct Letters {
    pub(super) chars: Vec<char>,
}

/// A run of letters: three, or two where one of the first two says as much as a syllable.
#[derive(Clone, Copy)]
pub(super) struct Gram {
    /// Place of its first letter.
    pub(super) at: u32,
    /// Its letters, packed.
    pub(super) key: u64,
    /// How many.
    pub(super) length: u32,
}

impl Letters {
    /// Of a folded text, and the places of its line breaks.
    pub(super) fn of(text: &str, breaks: &[usize]) -> Letters {
        let mut letters = Letters {
            chars: Vec::with_capacity(text.len()),
        };
        let mut breaks = breaks.iter().peekable();
        for (at, c) in text.char_indices() {
            match c {
                'a'..='z' | '0'..='9' => letters.chars.push(c),
                GAP => letters.part(GAP),
                ' ' if breaks.next_if(|it| **it == at).is_some() => letters.part(BREAK),
                c if c.is_ascii() => letters.part(' '),
                c => letters.push(c),
            }
        }
        while letters.chars.last() == Some(&' ') {
            letters.chars.pop();
        }
        letters
    }

    fn push(&mut self, c: char) {
        if writes_no_blanks(c) && c.is_alphanumeric() {
            if self.chars.last() == Some(&' ') {
                self.chars.pop();
            }
            self.chars.push(c);
            return;
        }
        match bare(c) {
            Some(c) => self.chars.push(c),
            None if is_mark(c) => {}
            None => self.part(' '),
        }
    }

    /// Something between words; the strongest of several stays.
    fn part(&mut self, part: char) {
        match self.chars.last().copied() {
            None if part == ' ' => {}
            Some(' ') => {
                self.chars.pop();
                self.chars.push(part);
            }
            Some(BREAK | GAP) => {}
            Some(last) if part == ' ' && writes_no_blanks(last) => {}
            _ => self.chars.push(part),
        }
    }

    /// All runs, in order of place. None goes over a [`GAP`].
    pub(super) fn grams(&self) -> impl Iterator<Item = Gram> + '_ {
        let at = |place: usize| self.chars.get(place).copied();
        (0..self.chars.len()).filter_map(move |place| {
            let (first, second) = (blank(at(place)?), blank(at(place + 1)?));
            if first == GAP || second == GAP {
                return None;
            }
            if writes_no_blanks(first) || writes_no_blanks(second) {
                return Some(gram(place, first, second, '\0', 2));
            }
            let third = blank(at(place + 2)?);
            (third != GAP && !writes_no_blanks(third)).then(|| gram(place, first, second, third, 3))
        })
    }
}

fn gram(at: usize, first: char, second: char, third: char, length: u32) -> Gram {
    let part = |c: char| u64::from(u32::from(c));
    Gram {
        at: u32::try_from(at).unwrap_or(u32::MAX),
        key: part(first) << 42 | part(second) << 21 | part(third),
        length,
    }
}

/// A wrapped line is a blank like any other for a run of letters.
fn blank(c: char) -> char {
    if c == BREAK { ' ' } else { c }
}

/// What a letter weighs: of scripts that need no blanks one says as much as two or three of others.
pub(super) fn weight(c: char) -> f32 {
    match c {
        GAP | ' ' | BREAK => 0.0,
        c if writes_no_blanks(c) => 2.5,
        _ => 1.0,
    }
}

/// The letter without its mark; none for what is no letter or digit.
fn bare(c: char) -> Option<char> {
    let c = match c {
        'ı' => 'i',
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        c => c,
    };
    if !c.is_alphanumeric() {
        return None;
    }
    let marked = matches!(u32::from(c), 0x00C0..=0x024F | 0x0370..=0x052F | 0x1E00..=0x1FFF);
    let mut first = None;
    if marked {
        decompose_canonical(c, |part| {
            first.get_or_insert(part);
        });
    }
    first.or(Some(c))
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}
