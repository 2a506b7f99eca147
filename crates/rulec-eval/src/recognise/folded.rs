//! A pasted text without what makes no difference: width, case, white space, quotes, invisible characters. And whether a known text
//! stands in it, word for word.
//!
//! Built so that one complaint can be held against the texts of many locales without folding these: what cannot occur is seen from its
//! letters alone.

use std::cell::OnceCell;
use std::sync::OnceLock;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// A text folded, with what makes a search in it cheap.
pub(super) struct Folded {
    /// The folded text; `…` stays what it is.
    pub(super) text: String,
    /// Where a blank of it stands for a line break, bytes, ascending.
    pub(super) breaks: Vec<usize>,
    /// Bits of its characters, made when a text is looked for that was never folded.
    letters: OnceCell<Bits>,
    /// Bits of its runs of [`RUN`] bytes.
    runs: Bits,
}

/// Bytes that are looked up together.
const RUN: usize = 6;
const RUN_BITS: u64 = (1 << (8 * RUN)) - 1;

impl Folded {
    /// Folds a text.
    pub(super) fn of(text: &str) -> Folded {
        let (text, breaks) = fold(text);
        let mut runs = Bits::new(15);
        let (head, tail) = text.as_bytes().split_at(text.len().min(RUN - 1));
        let mut run = packed(head);
        for byte in tail {
            run = (run << 8 | u64::from(*byte)) & RUN_BITS;
            runs.set(run);
        }
        Folded {
            text,
            breaks,
            letters: OnceCell::new(),
            runs,
        }
    }

    fn letters(&self) -> &Bits {
        self.letters.get_or_init(|| {
            let mut letters = Bits::new(10);
            let all = self.text.chars().map(|c| u64::from(u32::from(c)));
            all.for_each(|it| letters.set(it));
            letters
        })
    }

    /// No run of the folded piece is missing.
    fn may_hold(&self, piece: &str) -> bool {
        let mut runs = piece.as_bytes().chunks_exact(RUN);
        runs.all(|run| self.runs.may_have(packed(run)))
    }

    /// The folded word stands in it, cutting no other.
    pub(super) fn has_word(&self, word: &str) -> bool {
        self.may_hold(word) && find_whole(&self.text, word, 0).is_some()
    }
}

fn packed(run: &[u8]) -> u64 {
    run.iter().fold(0, |all, byte| all << 8 | u64::from(*byte))
}

/// A set that may say yes where it is no.
pub(super) struct Bits {
    words: Vec<u64>,
    shift: u32,
}

impl Bits {
    /// Of `1 << log` bits, at least 64.
    pub(super) fn new(log: u32) -> Bits {
        Bits {
            words: vec![0; 1 << (log - 6)],
            shift: 64 - log,
        }
    }

    fn place(&self, key: u64) -> (usize, u64) {
        let bit = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift;
        ((bit >> 6) as usize, 1 << (bit & 63))
    }

    pub(super) fn set(&mut self, key: u64) {
        let (word, bit) = self.place(key);
        if let Some(word) = self.words.get_mut(word) {
            *word |= bit;
        }
    }

    pub(super) fn may_have(&self, key: u64) -> bool {
        let (word, bit) = self.place(key);
        self.words.get(word).is_none_or(|it| it & bit != 0)
    }
}

/// A known text, folded when it is first looked for.
pub(super) struct Pattern<'p> {
    /// As it stands in the pack.
    pub(super) text: &'p str,
    pieces: OnceLock<Vec<String>>,
}

impl<'p> Pattern<'p> {
    pub(super) fn new(text: &'p str) -> Pattern<'p> {
        Pattern {
            text,
            pieces: OnceLock::new(),
        }
    }

    /// Folds it now.
    pub(super) fn warm(&self) {
        let _ = self.pieces();
    }

    /// Its folded pieces between `…`.
    fn pieces(&self) -> &[String] {
        self.pieces.get_or_init(|| {
            let (folded, _) = fold(self.text);
            let pieces = folded
                .split('…')
                .map(|piece| piece.trim_matches(is_outside))
                .filter(|piece| !piece.is_empty());
            pieces.map(str::to_owned).collect()
        })
    }

    /// Where it stands in the text: its pieces in this order, none cutting a word in two.
    pub(super) fn find(&self, folded: &Folded) -> Option<Place> {
        if self.pieces.get().is_none() && !may_occur(self.text, folded) {
            return None;
        }
        let pieces = self.pieces();
        if !pieces.iter().all(|piece| folded.may_hold(piece)) {
            return None;
        }
        let mut place = Place {
            start: usize::MAX,
            end: 0,
            own: 0,
            gaps: pieces.len() > 1,
        };
        for piece in pieces {
            place.end = find_whole(&folded.text, piece, place.end)?;
            place.start = place.start.min(place.end - piece.len());
            place.own += piece.len();
        }
        (place.own > 0).then_some(place)
    }
}

/// Where a known text stands in a folded one, bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    start: usize,
    end: usize,
    /// Bytes that are its own, not those of its gaps.
    own: usize,
    gaps: bool,
}

impl Place {
    /// The other one says more about the same words, some of which are any words to this one.
    pub(super) fn is_explained_by(&self, other: &Place) -> bool {
        self.gaps && self.start < other.end && other.start < self.end && other.own > self.own
    }
}

/// Some letter of an unfolded text stands nowhere in the folded one: it cannot occur. Judges only letters whose folding does not
/// depend on their neighbours; a text with a mark that composes is not judged.
fn may_occur(text: &str, folded: &Folded) -> bool {
    let composes = |c: char| matches!(u32::from(c), 0x0300..=0x036F | 0x1100..=0x11FF | 0x3099..=0x309A | 0xFF9E..=0xFF9F);
    let plain = |c: &char| {
        c.is_ascii_alphanumeric()
            || matches!(u32::from(*c), 0x00E0..=0x00FF | 0x0430..=0x045F | 0x3041..=0x3096
                | 0x30A1..=0x30FA | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3)
    };
    let mut chars = text.chars().filter(plain);
    let letters = folded.letters();
    let all = chars.all(|c| {
        let c = c.to_ascii_lowercase();
        letters.may_have(u64::from(u32::from(c)))
    });
    all || text.chars().any(composes)
}

/// What may be missing at the ends of a text without making it another.
fn is_outside(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | '。' | '!' | '"' | '\'' | ',' | ';')
}

/// End of the first occurrence at or after `from` that cuts no word.
fn find_whole(text: &str, piece: &str, from: usize) -> Option<usize> {
    let mut from = from;
    loop {
        let start = from + text.get(from..)?.find(piece)?;
        let end = start + piece.len();
        let before = text.get(..start)?.chars().next_back();
        let after = text.get(end..)?.chars().next();
        let first = piece.chars().next();
        let last = piece.chars().next_back();
        if !joins(before, first) && !joins(last, after) {
            return Some(end);
        }
        from = start + first.map_or(1, char::len_utf8);
    }
}

/// Two neighbours are parts of one word. Scripts that write no blanks between words have no such border.
fn joins(left: Option<char>, right: Option<char>) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !writes_no_blanks(c));
    part(left) && part(right)
}

/// Of a script in which one character says as much as a syllable, or words are not set apart.
pub(super) fn writes_no_blanks(c: char) -> bool {
    // Most letters are known by the first comparison.
    u32::from(c) >= 0x0E00
        && matches!(u32::from(c), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x2E80..=0x9FFF
        | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// The folded text, and where its line breaks were.
pub(super) fn fold(text: &str) -> (String, Vec<usize>) {
    let mut out = Out {
        text: String::with_capacity(text.len()),
        breaks: Vec::new(),
        blank: true,
    };
    let mut rest = text;
    while !rest.is_empty() {
        let plain = plain_length(rest);
        let (head, tail) = rest.split_at(plain);
        out.push_ascii(head);
        let other = tail
            .char_indices()
            .position(|(at, c)| at > 0 && c.is_ascii());
        let end = match other {
            Some(count) => tail.char_indices().nth(count).map_or(tail.len(), |it| it.0),
            None => tail.len(),
        };
        let (other, next) = tail.split_at(end);
        out.push_other(other);
        rest = next;
    }
    out.text.truncate(out.text.trim_end().len());
    (out.text, out.breaks)
}

/// Bytes of the ASCII run at the start, without its last character where another follows: that one may compose with what follows.
fn plain_length(text: &str) -> usize {
    match text.bytes().position(|byte| !byte.is_ascii()) {
        Some(end) => end.saturating_sub(1),
        None => text.len(),
    }
}

/// How many bytes at the start of an ASCII text are of a kind.
fn count_while(text: &str, mut kind: impl FnMut(u8) -> bool) -> usize {
    let end = text.bytes().position(|byte| !kind(byte));
    end.unwrap_or(text.len())
}

struct Out {
    text: String,
    breaks: Vec<usize>,
    /// The last character is a blank, or there is none.
    blank: bool,
}

impl Out {
    /// What needs no folding but its case is taken at once, with the single blanks in it.
    fn push_ascii(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let mut blank = self.blank;
            let as_it_is = |byte: u8| {
                let before = std::mem::replace(&mut blank, byte == b' ');
                matches!(byte, b'!'..=b'_' | b'a'..=b'~') || byte == b' ' && !before
            };
            let (plain, next) = rest.split_at(count_while(rest, as_it_is));
            let from = self.text.len();
            self.text.push_str(plain);
            if let Some(new) = self.text.get_mut(from..) {
                new.make_ascii_lowercase();
            }
            if let Some(last) = plain.bytes().next_back() {
                self.blank = last == b' ';
            }
            let mut others = next.chars();
            others.next().into_iter().for_each(|c| self.push(c));
            rest = others.as_str();
        }
    }

    /// A run that is not all ASCII.
    fn push_other(&mut self, text: &str) {
        for part in text.split_inclusive('…') {
            let (part, dots) = match part.strip_suffix('…') {
                Some(part) => (part, true),
                None => (part, false),
            };
            if is_nfkc_quick(part.chars()) == IsNormalized::Yes {
                part.chars().for_each(|c| self.push_lower(c));
            } else {
                part.nfkc()
                    .flat_map(char::to_lowercase)
                    .nfkc()
                    .for_each(|c| self.push(c));
            }
            if dots {
                self.text.push('…');
                self.blank = false;
            }
        }
    }

    fn push_lower(&mut self, c: char) {
        if writes_no_blanks(c) {
            self.push(c);
        } else {
            c.to_lowercase().for_each(|c| self.push(c));
        }
    }

    fn push(&mut self, c: char) {
        match c {
            // Zero width, bidirectional marks, soft hyphen, variation selectors, and the dot that lower case leaves of a Turkish İ.
            '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{00AD}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{0307}' => {}
            c if c.is_whitespace() || c.is_control() => {
                if !self.blank {
                    self.text.push(' ');
                    self.blank = true;
                }
                // Also where the blank is there already: ` \n`.
                let at = self.text.len().saturating_sub(1);
                if matches!(c, '\n' | '\u{2028}' | '\u{2029}') && self.breaks.last() != Some(&at) {
                    self.breaks.push(at);
                }
            }
            c => {
                self.text.push(match c {
                    '‘' | '’' | '‚' | '′' | '`' => '\'',
                    '“' | '”' | '„' | '«' | '»' => '"',
                    '‐'..='―' | '−' => '-',
                    other => other,
                });
                self.blank = false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slow(text: &str) -> String {
        let mut out = Out {
            text: String::new(),
            breaks: Vec::new(),
            blank: true,
        };
        for part in text.split_inclusive('…') {
            let bare = part.trim_end_matches('…');
            let folded = bare.nfkc().flat_map(char::to_lowercase).nfkc();
            folded.for_each(|c| out.push(c));
            if bare.len() < part.len() {
                out.text.push('…');
                out.blank = false;
            }
        }
        out.text.truncate(out.text.trim_end().len());
        out.text
    }

    #[test]
    fn line_breaks_are_remembered() {
        let folded = Folded::of("One\r\n two \n\nthree");
        assert_eq!(folded.text, "one two three");
        assert_eq!(folded.breaks, [3, 7]);
    }

    #[test]
    fn a_turkish_i_and_full_width_are_folded() {
        let text = "İSTEMCİ Ｅｒｒｏｒ　７９８ ﾃﾞｰﾀ";
        assert_eq!(Folded::of(text).text, "istemci error 798 データ");
    }

    proptest! {
        #[test]
        fn the_short_way_folds_as_the_long_one(text in "[a-zA-Z .…\n]{0,5}\\PC{0,8}[éİＡ가\u{301}\u{307}か\u{3099}]{0,3}[a-z ]{0,4}\\PC{0,4}") {
            prop_assert_eq!(Folded::of(&text).text, slow(&text));
        }

        #[test]
        fn what_stands_in_a_text_is_never_ruled_out(
            before in "[a-z\n]{0,4}", known in "\\PC{1,20}", after in "[A-Z .]{0,4}"
        ) {
            let folded = Folded::of(&format!("{before} {known} {after}"));
            let pattern = Pattern::new(&known);
            if pattern.pieces().iter().all(|piece| folded.text.contains(piece.as_str())) {
                prop_assert!(may_occur(&known, &folded));
            }
        }
    }
}
