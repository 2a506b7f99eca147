//! How much of a known text stands in a stretch of a pasted one, letter by letter.
//!
//! Runs of letters that both have, in the same order, are laid on each other (a longest increasing sequence). What is left is told apart:
//!
//! - *missing*: letters of the known text to which nothing corresponds, as where a line was cut. It costs little.
//! - *replaced*: other letters stand in their place. One or two are a slip of the eye and cost little; a whole word or the end of a sentence says
//!   something else, so the cost grows with the square. `… could not be established because the remote server is not responding` and `… because the
//!   remote server refused the connection` differ in one place of a dozen letters, and are two errors.
//! - *between*: letters of the pasted text to which nothing corresponds. They cost almost nothing, and nothing at all where the known text has `…`.

use std::sync::OnceLock;

use super::folded::Bits;
use super::letters::{BREAK, GAP, Gram, Letters, weight};
use super::near::worth;

/// What replaced letters cost: their square by this.
const REPLACED: f32 = 4.0;
/// What a missing letter costs, at an end and inside.
const MISSING: f32 = 0.08;
const MISSING_INSIDE: f32 = 0.5;
/// Missing inside counts from this many letters on.
const SLIP: f32 = 6.0;
/// What a letter between costs.
const BETWEEN: f32 = 0.05;
/// A match lighter than this loses in proportion, as does one with less than that share of the text.
const LIGHTEST_MATCH: f32 = 18.0;
const SMALLEST_SHARE: f32 = 0.4;
/// A common run of at most this weight next to a hole of at least that is chance.
const CHANCE: f32 = 3.0;
const HOLE: f32 = 5.0;
/// What a letter between two common runs takes away when the best stretch of them is looked for.
const FAR: f32 = 0.15;
const FAR_OVER_GAP: f32 = 0.02;
/// Longest hole that is compared letter by letter.
const SMALL_HOLE: usize = 20;
/// Common runs that are looked at: more than two texts of a thousand letters have, unless both say one thing over and over.
const MOST_HITS: usize = 20_000;
/// Letters of the pasted text that are counted where a match begins or ends: more than any known text has.
const FARTHEST: usize = 1_000;
/// Share of a small hole that must be the same letters in the same order for it to be noise.
const NOISE: f32 = 0.4;
/// Less than this of what a score needs, and the rest is not looked at; noise may add that share.
const HOPELESS: f32 = 0.6;
const NOISE_AT_MOST: f32 = 0.04;
/// A line at least this heavy is taken to go on in the next.
const WRAPPED: f32 = 60.0;

/// The letters of a known text.
pub(super) struct Known {
    letters: Letters,
    weight: f32,
    /// Made when it is first compared.
    grams: OnceLock<Grams>,
}

/// The runs of a known text.
struct Grams {
    /// By key, place and length.
    sorted: Vec<(u64, u32, u32)>,
    /// Their keys: most runs of a pasted text are none of them.
    keys: Bits,
}

/// How alike two texts are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Likeness {
    /// From 0 to 1.
    pub(super) score: f32,
    /// What is common, less what is replaced, in letters.
    pub(super) evidence: f32,
    /// The stretch of the pasted text, letters.
    pub(super) from: u32,
    pub(super) to: u32,
}

impl Likeness {
    /// They are about the same words.
    pub(super) fn overlaps(&self, other: &Likeness) -> bool {
        self.from < other.to && other.from < self.to
    }
}

/// A common run: where it stands in the known text and in the pasted one.
#[derive(Debug, Clone, Copy)]
struct Common {
    known: (usize, usize),
    pasted: (usize, usize),
}

/// What lies between two common runs: letters of the known text and of the pasted one, and those that are the same after all.
#[derive(Debug, Clone, Copy, Default)]
struct Hole {
    known: f32,
    pasted: f32,
    same: f32,
}

impl Grams {
    fn of(letters: &Letters) -> Grams {
        let grams = letters.grams();
        let mut sorted: Vec<_> = grams.map(|it| (it.key, it.at, it.length)).collect();
        sorted.sort_unstable();
        let mut keys = Bits::new(10);
        sorted.iter().for_each(|it| keys.set(it.0));
        Grams { sorted, keys }
    }
}

impl Known {
    pub(super) fn of(letters: Letters) -> Known {
        Known {
            weight: letters.weight(0, letters.chars.len()),
            letters,
            grams: OnceLock::new(),
        }
    }

    /// What its letters weigh, without digits.
    pub(super) fn worth(&self) -> f32 {
        worth(&self.letters.chars)
    }

    /// The keys of its runs.
    pub(super) fn keys(&self) -> impl Iterator<Item = u64> + '_ {
        self.letters.grams().map(|it| it.key)
    }

    fn places(&self, key: u64) -> &[(u64, u32, u32)] {
        let grams = self.grams.get_or_init(|| Grams::of(&self.letters));
        if !grams.keys.may_have(key) {
            return &[];
        }
        let first = grams.sorted.partition_point(|it| it.0 < key);
        let rest = grams.sorted.get(first..).unwrap_or_default();
        let count = rest.iter().take_while(|it| it.0 == key).count();
        rest.get(..count).unwrap_or_default()
    }

    /// Compares with the pasted text around a stretch of it; `grams` are all of its runs.
    pub(super) fn compare(
        &self,
        pasted: &Letters,
        grams: &[Gram],
        from: u32,
        to: u32,
    ) -> Option<Likeness> {
        let around = u32::try_from(self.letters.chars.len() / 2).ok()?;
        // A text that says one thing over and over makes a stretch of any length.
        let from = from.max(to.saturating_sub(around.saturating_mul(8)));
        let first = grams.partition_point(|it| it.at < from.saturating_sub(around));
        let end = grams.partition_point(|it| it.at <= to.saturating_add(around));
        let mut hits = Vec::new();
        for gram in grams.get(first..end)? {
            // Later places first, so that one run of the pasted text is laid on one place only.
            for (_, at, length) in self.places(gram.key).iter().rev() {
                hits.push((*at as usize, gram.at as usize, *length as usize));
            }
            if hits.len() > MOST_HITS {
                break;
            }
        }
        let chain = longest_increasing(&hits);
        let mut common = joined(self.densest(&chain));
        // What is common is the most that the score can come from.
        let most: f32 = common
            .iter()
            .map(|it| self.weight_of(it.known.0, it.known.1))
            .sum();
        if most + NOISE_AT_MOST * self.weight < HOPELESS * SMALLEST_SHARE * self.weight {
            return None;
        }
        let pair = Pair {
            known: self,
            pasted,
            ends: segment(pasted, &common)?,
        };
        let holes = pair.without_chance(&mut common);
        pair.likeness(&common, &holes)
    }

    fn weight_of(&self, from: usize, to: usize) -> f32 {
        self.letters.weight(from, to)
    }

    fn has_gap(&self, from: usize, to: usize) -> bool {
        let part = self.letters.chars.get(from..to).unwrap_or_default();
        part.contains(&GAP)
    }

    /// The part of a chain in which its members are close together.
    fn densest<'c>(&self, chain: &'c [Hit]) -> &'c [Hit] {
        let (mut best, mut range) = (0.0, 0..0);
        let (mut sum, mut start) = (0.0_f32, 0);
        let mut before: Option<Hit> = None;
        for (at, hit) in chain.iter().enumerate() {
            if let Some((known, pasted, _)) = before {
                let far = hit.1.saturating_sub(pasted + 1);
                let far = match self.has_gap(known, hit.0) {
                    true => FAR_OVER_GAP * far as f32,
                    false => FAR * far.max(hit.0.saturating_sub(known + 1)) as f32,
                };
                sum -= far;
                if sum <= 0.0 {
                    sum = 0.0;
                    start = at;
                }
            }
            sum += if hit.2 == 2 { 2.0 } else { 1.0 };
            if sum > best {
                best = sum;
                range = start..at + 1;
            }
            before = Some(*hit);
        }
        chain.get(range).unwrap_or_default()
    }
}

/// A run in both texts: place in the known one, in the pasted one, length.
type Hit = (usize, usize, usize);

/// The longest sequence in which both places grow. Hits are sorted by the place in the pasted text, then by falling place in the known one.
fn longest_increasing(hits: &[Hit]) -> Vec<Hit> {
    let mut tails: Vec<(usize, usize)> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(hits.len());
    for (at, hit) in hits.iter().enumerate() {
        let length = tails.partition_point(|(place, _)| *place < hit.0);
        before.push(length.checked_sub(1).and_then(|it| Some(tails.get(it)?.1)));
        match tails.get_mut(length) {
            Some(tail) => *tail = (hit.0, at),
            None => tails.push((hit.0, at)),
        }
    }
    let mut chain = Vec::with_capacity(tails.len());
    let mut next = tails.last().map(|tail| tail.1);
    while let Some(at) = next {
        chain.extend(hits.get(at));
        next = before.get(at).copied().flatten();
    }
    chain.reverse();
    chain
}

/// Hits that touch on one diagonal, made one.
fn joined(chain: &[Hit]) -> Vec<Common> {
    let mut all: Vec<Common> = Vec::new();
    for (known, pasted, length) in chain.iter().copied() {
        let mut new = Common {
            known: (known, known + length),
            pasted: (pasted, pasted + length),
        };
        if let Some(last) = all.last_mut() {
            let one_diagonal = known + last.pasted.0 == pasted + last.known.0;
            if one_diagonal && known <= last.known.1 {
                last.known.1 = last.known.1.max(new.known.1);
                last.pasted.1 = last.pasted.1.max(new.pasted.1);
                continue;
            }
            let shared = last.known.1.saturating_sub(known);
            let shared = shared.max(last.pasted.1.saturating_sub(pasted));
            if shared >= length {
                continue;
            }
            new.known.0 += shared;
            new.pasted.0 += shared;
        }
        all.push(new);
    }
    all
}

/// The lines of the pasted text in which the match lies; a long line goes on in the next.
fn segment(pasted: &Letters, common: &[Common]) -> Option<(usize, usize)> {
    let chars = &pasted.chars;
    let start_of = |end: usize| {
        let line = chars.get(..end).unwrap_or_default();
        line.iter()
            .rposition(|c| *c == BREAK)
            .map_or(0, |it| it + 1)
    };
    let end_of = |start: usize| {
        let rest = chars.get(start..).unwrap_or_default();
        let length = rest.iter().position(|c| *c == BREAK);
        start + length.unwrap_or(rest.len())
    };
    let mut start = start_of(common.first()?.pasted.0);
    // Three lines on either side say enough.
    for _ in 0..3 {
        let Some(end) = start.checked_sub(1) else {
            break;
        };
        let before = start_of(end);
        if pasted.weight(before, end) < WRAPPED {
            break;
        }
        start = before;
    }
    let mut end = end_of(common.last()?.pasted.1);
    for _ in 0..3 {
        if end >= chars.len() || pasted.weight(start_of(end), end) < WRAPPED {
            break;
        }
        end = end_of(end + 1);
    }
    Some((start, end))
}

struct Pair<'a> {
    known: &'a Known,
    pasted: &'a Letters,
    /// The segment of the pasted text.
    ends: (usize, usize),
}

impl Pair<'_> {
    fn pasted_weight(&self, from: usize, to: usize) -> f32 {
        self.pasted.weight(from, to)
    }

    /// What lies before, between and behind the common runs.
    fn holes(&self, common: &[Common]) -> Vec<Hole> {
        (0..=common.len())
            .map(|at| self.hole_at(common, at))
            .collect()
    }

    /// What lies before the common run of that number, or behind the last.
    fn hole_at(&self, common: &[Common], at: usize) -> Hole {
        let left = at.checked_sub(1).and_then(|before| common.get(before));
        let ends = |known: (usize, usize), pasted: (usize, usize)| Hole {
            known: self.known.weight_of(known.0, known.1),
            pasted: self.pasted_weight(pasted.0, pasted.1),
            same: 0.0,
        };
        match (left, common.get(at)) {
            (Some(left), Some(right)) => self.hole(left, right),
            (None, Some(first)) => {
                let from = self.ends.0.max(first.pasted.0.saturating_sub(FARTHEST));
                ends((0, first.known.0), (from, first.pasted.0))
            }
            (Some(last), None) => {
                let to = self.ends.1.min(last.pasted.1 + FARTHEST);
                let length = self.known.letters.chars.len();
                ends((last.known.1, length), (last.pasted.1, to))
            }
            (None, None) => Hole::default(),
        }
    }

    fn hole(&self, left: &Common, right: &Common) -> Hole {
        let (known, pasted) = (
            (left.known.1, right.known.0),
            (left.pasted.1, right.pasted.0),
        );
        let mut hole = Hole {
            known: self.known.weight_of(known.0, known.1),
            pasted: self.pasted_weight(pasted.0, pasted.1),
            same: 0.0,
        };
        if self.known.has_gap(known.0, known.1) {
            hole.pasted = if hole.known > 3.0 {
                hole.pasted.min(hole.known)
            } else {
                0.0
            };
        }
        if let (Some(a), Some(b)) = (
            self.known.letters.chars.get(known.0..known.1),
            self.pasted.chars.get(pasted.0..pasted.1),
        ) && (1..=SMALL_HOLE).contains(&a.len())
            && (1..=SMALL_HOLE).contains(&b.len())
        {
            let same = common_letters(a, b);
            if same >= NOISE * hole.known.max(hole.pasted) {
                hole.known = (hole.known - same).max(0.0);
                hole.pasted = (hole.pasted - same).max(0.0);
                hole.same = same;
            }
        }
        hole
    }

    /// Takes out short common runs at the edge of a hole: a few letters are the same in any two sentences of one language. What is left
    /// between the others.
    fn without_chance(&self, common: &mut Vec<Common>) -> Vec<Hole> {
        let mut holes = self.holes(common);
        let mut at = 0;
        while common.len() > 1 && at < common.len() {
            let big = |hole: Option<&Hole>| hole.is_some_and(|it| it.known.min(it.pasted) > HOLE);
            let chance = common
                .get(at)
                .is_some_and(|run| self.known.weight_of(run.known.0, run.known.1) <= CHANCE)
                && (big(holes.get(at)) || big(holes.get(at + 1)));
            if !chance {
                at += 1;
                continue;
            }
            common.remove(at);
            holes.remove(at);
            if let Some(hole) = holes.get_mut(at) {
                *hole = self.hole_at(common, at);
            }
            // The hole before the run to the left has grown.
            at = at.saturating_sub(1);
        }
        holes
    }

    fn likeness(&self, common: &[Common], holes: &[Hole]) -> Option<Likeness> {
        let (first, rest) = holes.split_first()?;
        let (last, inner) = rest.split_last()?;
        let mut matched: f32 = common
            .iter()
            .map(|it| self.known.weight_of(it.known.0, it.known.1))
            .sum();
        let (mut cost, mut missing) = (0.0, 0.0);
        for hole in inner {
            let least = hole.known.min(hole.pasted);
            cost += replaced(((hole.known + hole.pasted) / 2.0).min(2.0 * least));
            cost += BETWEEN * (hole.pasted - hole.known).max(0.0);
            missing += hole.known - least;
            if hole.known - least > SLIP {
                cost += MISSING_INSIDE * (hole.known - least);
            }
            matched += hole.same;
        }
        // Where a part is cut off, the rest of the line must not go on with something else.
        let (before, behind) = (first.known.min(first.pasted), last.known.min(last.pasted));
        let cut = first.known - before + last.known - behind;
        let more = first.pasted - before + last.pasted - behind;
        missing += cut;
        let ends = replaced(before) + replaced(behind) + replaced(cut.min(more));
        cost += ends * (1.0 + 2.0 * missing / self.known.weight.max(1.0));
        let mut score = matched / (matched + cost + MISSING * missing);
        score *= (matched / LIGHTEST_MATCH).min(1.0);
        score *= (matched / (SMALLEST_SHARE * self.known.weight)).min(1.0);
        Some(Likeness {
            score: score.min(0.99),
            evidence: matched - cost,
            from: u32::try_from(common.first()?.pasted.0).ok()?,
            to: u32::try_from(common.last()?.pasted.1).ok()?,
        })
    }
}

fn replaced(letters: f32) -> f32 {
    letters * letters / REPLACED
}

/// Weight of the longest common sequence of two short texts.
fn common_letters(a: &[char], b: &[char]) -> f32 {
    let mut row = [0.0_f32; SMALL_HOLE + 1];
    for left in a {
        let mut diagonal = 0.0;
        let mut before = 0.0_f32;
        for (right, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            *cell = match left == right {
                true => diagonal + weight(*left),
                false => above.max(before),
            };
            diagonal = above;
            before = *cell;
        }
    }
    row.get(b.len()).copied().unwrap_or_default()
}
