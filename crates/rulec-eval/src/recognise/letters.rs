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
    /// What the letters before each place weigh, in halves.
    halves: Vec<u32>,
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
            halves: Vec::new(),
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
        letters.weighed()
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
        let triples = self.chars.windows(3);
        let last = self.chars.len().checked_sub(2);
        let last = last.and_then(|from| self.chars.get(from..));
        let places = 0_u32..;
        places
            .zip(triples.chain(last))
            .filter_map(|(at, letters)| gram(at, letters))
    }

    /// What a part of the letters weighs.
    pub(super) fn weight(&self, from: usize, to: usize) -> f32 {
        let until = |place: usize| self.halves.get(place).copied();
        match (until(from), until(to)) {
            (Some(before), Some(all)) if before < all => (all - before) as f32 / 2.0,
            _ => 0.0,
        }
    }

    /// Nothing is added any more.
    fn weighed(mut self) -> Letters {
        let mut sum = 0;
        self.halves.reserve_exact(self.chars.len() + 1);
        self.halves.push(sum);
        self.halves.extend(self.chars.iter().map(|c| {
            sum += halves(*c);
            sum
        }));
        self
    }
}

/// The run at the start of three letters, or of two at the end of all.
fn gram(at: u32, letters: &[char]) -> Option<Gram> {
    let (first, second, third) = match *letters {
        [first, second, third] => (first, second, Some(third)),
        [first, second] => (first, second, None),
        _ => return None,
    };
    if first == GAP || second == GAP {
        return None;
    }
    let key = packed(first) << 42 | packed(second) << 21;
    if writes_no_blanks(first) || writes_no_blanks(second) {
        return Some(Gram { at, key, length: 2 });
    }
    let third = third.filter(|it| *it != GAP && !writes_no_blanks(*it))?;
    Some(Gram {
        at,
        key: key | packed(third),
        length: 3,
    })
}

fn packed(c: char) -> u64 {
    u64::from(u32::from(blank(c)))
}

/// A wrapped line is a blank like any other for a run of letters.
fn blank(c: char) -> char {
    if c == BREAK { ' ' } else { c }
}

/// What a letter weighs: of scripts that need no blanks one says as much as two or three of others.
pub(super) fn weight(c: char) -> f32 {
    halves(c) as f32 / 2.0
}

fn halves(c: char) -> u32 {
    match c {
        GAP | ' ' | BREAK => 0,
        c if writes_no_blanks(c) => 5,
        _ => 2,
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
