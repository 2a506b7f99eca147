//! Which comment stands at which clause or element.
//!
//! A comment alone on its line stays before the clause or element that follows it, or in which it stands; a
//! comment at a line's end stays with the clause or element that began last before it. What follows the last
//! clause is *dangling*. Where a line can end with one comment only, earlier ones move above the line.
//! Every comment is in exactly one of these places: none is lost.

use super::layout::Anchor;
use crate::ast::{Comment, Place};

/// Comments of one statement by anchor.
#[derive(Debug, Default)]
pub(super) struct Attached<'c> {
    anchors: Vec<AtAnchor<'c>>,
    dangling: Vec<&'c str>,
}

#[derive(Debug, Default, Clone)]
struct AtAnchor<'c> {
    leading: Vec<Leading<'c>>,
    trailing: Option<&'c str>,
}

/// A comment above a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leading<'c> {
    /// With its slashes.
    pub(super) text: &'c str,
    /// A blank line stands above it.
    pub(super) blank_before: bool,
}

impl<'c> From<&'c Comment> for Leading<'c> {
    fn from(comment: &'c Comment) -> Self {
        Leading {
            text: &comment.text,
            blank_before: comment.blank_before,
        }
    }
}

impl<'c> Attached<'c> {
    /// Finds the anchor of each comment. The comments stand in order of place.
    pub(super) fn new(anchors: &[Anchor], comments: &'c [Comment]) -> Self {
        if comments.is_empty() {
            return Self::default();
        }
        let by_place = ByPlace::new(anchors);
        let mut attached = Attached {
            anchors: vec![AtAnchor::default(); anchors.len()],
            dangling: Vec::new(),
        };
        for comment in comments {
            let at = comment.place.0.start;
            let behind = if comment.own_line {
                None
            } else {
                by_place.trailed_by(at)
            };
            match behind {
                Some(id) => {
                    if let Some(earlier) = attached.trail(id, comment) {
                        let above = by_place.without_heads(id);
                        attached.lead(above, earlier);
                    }
                }
                None => attached.lead(by_place.led_by(at), Leading::from(comment)),
            }
        }
        attached
    }

    fn lead(&mut self, target: Option<usize>, comment: Leading<'c>) {
        match target.and_then(|id| self.anchors.get_mut(id)) {
            Some(place) => place.leading.push(comment),
            None => self.dangling.push(comment.text),
        }
    }

    /// Puts a comment at an anchor's line end; gives back the one that stood there.
    fn trail(&mut self, id: usize, comment: &'c Comment) -> Option<Leading<'c>> {
        let earlier = self.anchors.get_mut(id)?.trailing.replace(&comment.text)?;
        Some(Leading {
            text: earlier,
            blank_before: false,
        })
    }

    /// The comments above the first anchor, which belong above the whole statement; they are taken out.
    pub(super) fn take_first(&mut self) -> Vec<Leading<'c>> {
        self.anchors
            .first_mut()
            .map(|first| std::mem::take(&mut first.leading))
            .unwrap_or_default()
    }

    /// Takes out the last `count` dangling comments.
    pub(super) fn take_dangling(&mut self, count: usize) -> Vec<&'c str> {
        let keep = self.dangling.len().saturating_sub(count);
        self.dangling.split_off(keep)
    }

    /// Comments after the last clause.
    pub(super) fn dangling(&self) -> &[&'c str] {
        &self.dangling
    }

    /// Comments above an anchor.
    pub(super) fn leading(&self, id: usize) -> &[Leading<'c>] {
        self.anchors.get(id).map_or(&[], |place| &place.leading)
    }

    /// Some stand above an anchor.
    pub(super) fn has_leading(&self, id: usize) -> bool {
        !self.leading(id).is_empty()
    }

    /// The comment at the end of an anchor's line.
    pub(super) fn trailing(&self, id: usize) -> Option<&'c str> {
        self.anchors.get(id).and_then(|place| place.trailing)
    }
}

/// Anchors that have a place, by their first byte, outer ones first.
struct ByPlace<'l> {
    anchors: &'l [Anchor],
    order: Vec<(u32, u32, usize)>,
}

impl<'l> ByPlace<'l> {
    fn new(anchors: &'l [Anchor]) -> Self {
        let mut order: Vec<_> = anchors
            .iter()
            .enumerate()
            .filter(|(_, anchor)| anchor.start != u32::MAX)
            .map(|(id, anchor)| (anchor.start, anchor.depth, id))
            .collect();
        order.sort_unstable();
        ByPlace { anchors, order }
    }

    /// The anchor that follows `at` within the innermost one around it, else that one.
    fn led_by(&self, at: u32) -> Option<usize> {
        let next = self.order.partition_point(|(start, ..)| *start < at);
        match (self.follower(next), self.around(next, at)) {
            (Some((start, _, id)), Some(around)) if *start < self.end(around) => Some(*id),
            (_, Some(around)) => self.without_heads(around),
            (follower, None) => follower.map(|(.., id)| *id),
        }
    }

    /// The innermost anchor that began before `at` and ends after it.
    fn around(&self, next: usize, at: u32) -> Option<usize> {
        let (.., last) = self.order.get(next.checked_sub(1)?)?;
        let mut id = *last;
        while self.end(id) <= at {
            id = self.anchors.get(id)?.parent?;
        }
        Some(id)
    }

    /// The anchor that began last before `at`, or the widest around it that has ended by then; none where it
    /// goes on with other anchors in it, so that the comment stands above the next of them.
    fn trailed_by(&self, at: u32) -> Option<usize> {
        let next = self.order.partition_point(|(start, ..)| *start < at);
        let (.., last) = self.order.get(next.checked_sub(1)?)?;
        let mut id = *last;
        if let Some((start, ..)) = self.follower(next)
            && *start < self.end(id)
        {
            return None;
        }
        while let Some(parent) = self.anchors.get(id).and_then(|anchor| anchor.parent)
            && self.end(parent) <= at
        {
            id = parent;
        }
        Some(id)
    }

    /// The anchor around or at `id` above which a comment can stand: no head, and the widest of those that
    /// begin at the same byte.
    fn without_heads(&self, mut id: usize) -> Option<usize> {
        loop {
            let anchor = self.anchors.get(id)?;
            match anchor.parent {
                Some(parent) if anchor.head || self.start(parent) == anchor.start => id = parent,
                _ => return Some(id),
            }
        }
    }

    /// The first anchor from `next` on above which a comment can stand.
    fn follower(&self, next: usize) -> Option<&(u32, u32, usize)> {
        self.order
            .get(next..)?
            .iter()
            .find(|(.., id)| !self.is_head(*id))
    }

    fn is_head(&self, id: usize) -> bool {
        self.anchors.get(id).is_some_and(|anchor| anchor.head)
    }

    fn start(&self, id: usize) -> u32 {
        self.anchors.get(id).map_or(u32::MAX, |anchor| anchor.start)
    }

    fn end(&self, id: usize) -> u32 {
        self.anchors.get(id).map_or(0, |anchor| anchor.end)
    }
}

/// The words, texts and signs of a statement with their places; made only where comments must be placed.
#[derive(Debug, Default)]
pub(super) struct Words<'a> {
    words: Vec<Word<'a>>,
}

#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    start: u32,
    text: &'a str,
}

impl Word<'_> {
    fn end(&self) -> u32 {
        self.start + self.text.len() as u32
    }
}

impl<'a> Words<'a> {
    /// Reads the words of `text` between two bytes.
    pub(super) fn new(text: &'a str, start: u32, end: u32) -> Self {
        let mut words = Vec::new();
        let mut rest = text.get(start as usize..end as usize).unwrap_or("");
        let mut at = start;
        while let Some(first) = rest.chars().next() {
            let length = length_of_first(rest, first);
            let (text, after) = rest.split_at(length);
            if !first.is_whitespace() && !text.starts_with("//") {
                words.push(Word { start: at, text });
            }
            at += length as u32;
            rest = after;
        }
        Words { words }
    }

    /// Where the keywords begin that end directly before `start`; opening brackets between are skipped.
    pub(super) fn before(&self, start: u32, keywords: &[&str]) -> u32 {
        let mut next = self.words.partition_point(|word| word.start < start);
        let mut found = start;
        for keyword in keywords.iter().rev() {
            let Some(word) = self
                .words
                .get(..next)
                .and_then(|words| words.iter().rposition(|word| word.text != "("))
            else {
                return start;
            };
            match self.words.get(word) {
                Some(word) if word.text == *keyword => found = word.start,
                _ => return start,
            }
            next = word;
        }
        found
    }

    /// The last word within `place` if it is `text`, or the last such word there.
    pub(super) fn last_of(&self, place: Place, text: &str) -> Option<(u32, u32)> {
        let end = self.words.partition_point(|word| word.start < place.0.end);
        self.words
            .get(..end)?
            .iter()
            .rev()
            .take_while(|word| word.start >= place.0.start)
            .find(|word| word.text == text)
            .map(|word| (word.start, word.end()))
    }

    /// The first word `text` from byte `from` on.
    pub(super) fn first_after(&self, from: u32, text: &str) -> Option<(u32, u32)> {
        let begin = self.words.partition_point(|word| word.start < from);
        self.words
            .get(begin..)?
            .iter()
            .find(|word| word.text == text)
            .map(|word| (word.start, word.end()))
    }
}

fn length_of_first(rest: &str, first: char) -> usize {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let run = |belongs: &dyn Fn(char) -> bool| rest.find(|c| !belongs(c)).unwrap_or(rest.len());
    if first == '"' {
        let inner = rest.get(1..).unwrap_or("");
        return inner.find(['"', '\n']).map_or(rest.len(), |at| at + 2);
    }
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if is_word(first) {
        return run(&is_word);
    }
    first.len_utf8()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    fn place(start: u32, end: u32) -> Place {
        Place(Span::new(FileId(0), start, end))
    }

    #[test]
    fn keywords_are_found_before_a_place_even_through_brackets_and_comments() {
        let text = "  | seen when // \"why\"\n (a or b)";
        let words = Words::new(text, 0, text.len() as u32);
        let a = text.find("a or").unwrap() as u32;
        assert_eq!(words.before(a, &["|", "seen", "when"]), 2);
        assert_eq!(words.before(a, &["cause"]), a);
    }

    #[test]
    fn words_in_texts_and_comments_are_no_words() {
        let text = "ask \"secret }\" // secret }\n secret }";
        let words = Words::new(text, 0, text.len() as u32);
        let secret = text.rfind("secret").unwrap() as u32;
        assert_eq!(words.first_after(3, "secret"), Some((secret, secret + 6)));
        let whole = place(0, text.len() as u32);
        assert_eq!(
            words.last_of(whole, "}").map(|found| found.0),
            Some(secret + 7)
        );
    }
}
