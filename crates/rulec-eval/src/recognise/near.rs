//! Texts that are almost known: cut short, misspelt, wrapped in a mail, worded a little differently.
//!
//! All texts of a program are cut into runs of letters (`letters`), and a table tells for each run which texts have it. A pasted text is walked
//! through once: each run in it adds its weight to the texts that have it, each letter in between takes a little away, so that the best
//! stretch of the text is found for each of them (a maximal sub-array). The few best are then compared letter by letter (`align`), and
//! that comparison alone is the score. A run weighs the more the fewer symptoms have it.

use rulec_program::program::SymptomId;
use rustc_hash::FxHashMap;

use super::align::{self, Likeness};
use super::folded::Folded;
use super::letters::{Gram, Letters, weight};

/// A near text counts from this score on. Chosen on one half of the texts that belong to nothing, see the page on recognition.
pub const THRESHOLD: f32 = 0.84;

/// Texts lighter than this are recognised only word for word.
const LIGHTEST: f32 = 24.0;

/// What a letter without a known run takes away.
const DECAY: f32 = 0.35;

/// Texts that are compared letter by letter, for one window.
const COMPARED: usize = 8;

/// Share of a text's weight without which it is not compared.
const WORTH_COMPARING: f32 = 0.2;

/// Two symptoms whose texts explain the same words, with less than this between them, are not told apart.
const APART: f32 = 5.0;

/// A rival that much below the threshold still makes a match uncertain.
const RIVAL: f32 = 0.15;

/// Letters of a pasted text that are looked at together, and how much of one window is looked at again with the next.
const WINDOW: usize = 16_384;
const OVERLAP: usize = 1_024;

/// The texts of a program, ready to be found.
pub(super) struct Near {
    texts: Vec<Text>,
    runs: FxHashMap<u64, Run>,
    /// Texts that have a run, one run after the other.
    owners: Vec<u32>,
}

struct Text {
    symptom: SymptomId,
    /// Number of the text among all of the program.
    number: usize,
    letters: align::Known,
    /// Sum of the weights of its runs.
    weight: f32,
}

struct Run {
    weight: f32,
    first: u32,
    count: u32,
}

/// A text that is near to a part of a pasted one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) symptom: SymptomId,
    /// Number of the text.
    pub(super) number: usize,
    pub(super) likeness: Likeness,
}

/// Near texts: those that are sure, best first, and those of which several are equally good.
#[derive(Debug, Default)]
pub(super) struct NearTexts {
    pub(super) sure: Vec<Found>,
    pub(super) undecided: Vec<Found>,
}

impl Near {
    /// Of numbered texts.
    pub(super) fn of<'p>(texts: impl Iterator<Item = (SymptomId, usize, &'p str)>) -> Near {
        let mut near = Near {
            texts: Vec::new(),
            runs: FxHashMap::default(),
            owners: Vec::new(),
        };
        let mut all: Vec<(u64, u32)> = Vec::new();
        for (symptom, number, text) in texts {
            let letters = align::Known::of(&Letters::of(&Folded::of(text)));
            let Ok(at) = u32::try_from(near.texts.len()) else {
                break;
            };
            if letters.worth() < LIGHTEST {
                continue;
            }
            all.extend(letters.keys().map(|key| (key, at)));
            near.texts.push(Text {
                symptom,
                number,
                letters,
                weight: 0.0,
            });
        }
        all.sort_unstable();
        all.dedup();
        near.weigh(&all);
        near
    }

    fn weigh(&mut self, all: &[(u64, u32)]) {
        let mut symptoms: Vec<SymptomId> = self.texts.iter().map(|it| it.symptom).collect();
        symptoms.sort_unstable();
        symptoms.dedup();
        let total = symptoms.len() as f32;
        for group in all.chunk_by(|a, b| a.0 == b.0) {
            let owners = group.iter().filter_map(|it| self.texts.get(it.1 as usize));
            let mut having: Vec<SymptomId> = owners.map(|it| it.symptom).collect();
            having.sort_unstable();
            having.dedup();
            let weight = (1.0 + total / having.len() as f32).ln();
            let run = Run {
                weight,
                first: u32::try_from(self.owners.len()).unwrap_or(u32::MAX),
                count: u32::try_from(group.len()).unwrap_or(u32::MAX),
            };
            for (key, owner) in group {
                self.owners.push(*owner);
                if let Some(text) = self.texts.get_mut(*owner as usize) {
                    text.weight += weight * text.letters.count(*key) as f32;
                }
                self.runs.entry(*key).or_insert(Run { ..run });
            }
        }
    }

    /// Near texts of a pasted one, window by window: time grows with its length, memory does not.
    pub(super) fn find(&self, folded: &Folded) -> NearTexts {
        settle(self.best(folded))
    }

    /// The best text of each symptom, whatever its score.
    pub(super) fn best(&self, folded: &Folded) -> Vec<Found> {
        let letters = Letters::of(folded);
        let grams: Vec<Gram> = letters.grams().collect();
        let mut best: Vec<Found> = Vec::new();
        let mut from = 0;
        loop {
            let until = (from + WINDOW).min(grams.len());
            let window = grams.get(from..until).unwrap_or_default();
            for found in self.in_window(&letters, &grams, window) {
                keep(&mut best, found);
            }
            if until == grams.len() {
                break;
            }
            from = until - OVERLAP;
        }
        best
    }

    fn in_window(&self, letters: &Letters, all: &[Gram], window: &[Gram]) -> Vec<Found> {
        let mut stretches = vec![Stretch::default(); self.texts.len()];
        for gram in window {
            let Some(run) = self.runs.get(&gram.key) else {
                continue;
            };
            let first = run.first as usize;
            let owners = self.owners.get(first..first + run.count as usize);
            for owner in owners.unwrap_or_default() {
                if let Some(stretch) = stretches.get_mut(*owner as usize) {
                    stretch.add(gram.at, run.weight);
                }
            }
        }
        let worth = |text: &Text, stretch: &Stretch| stretch.best / (text.weight + 12.0);
        let mut promising: Vec<(f32, &Text, &Stretch)> = self
            .texts
            .iter()
            .zip(&stretches)
            .map(|(text, stretch)| (worth(text, stretch), text, stretch))
            .filter(|it| it.0 >= WORTH_COMPARING)
            .collect();
        promising.sort_by(|a, b| b.0.total_cmp(&a.0));
        promising.truncate(COMPARED);
        let compared = promising.into_iter().filter_map(|(_, text, stretch)| {
            let likeness = text
                .letters
                .compare(letters, all, stretch.from, stretch.to)?;
            Some(Found {
                symptom: text.symptom,
                number: text.number,
                likeness,
            })
        });
        compared.collect()
    }
}

/// The stretch of a pasted text that has most of one known text.
#[derive(Debug, Clone, Copy, Default)]
struct Stretch {
    sum: f32,
    start: u32,
    last: u32,
    best: f32,
    from: u32,
    to: u32,
}

impl Stretch {
    fn add(&mut self, at: u32, weight: f32) {
        let left = self.sum - DECAY * (at - self.last) as f32;
        if left > 0.0 {
            self.sum = left + weight;
        } else {
            self.sum = weight;
            self.start = at;
        }
        self.last = at;
        if self.sum > self.best {
            self.best = self.sum;
            self.from = self.start;
            self.to = at;
        }
    }
}

/// The best of each symptom.
fn keep(best: &mut Vec<Found>, new: Found) {
    match best.iter_mut().find(|it| it.symptom == new.symptom) {
        Some(old) if old.likeness.score >= new.likeness.score => {}
        Some(old) => *old = new,
        None => best.push(new),
    }
}

/// Sure is what reaches the threshold and has no rival for the same words.
fn settle(mut all: Vec<Found>) -> NearTexts {
    all.retain(|it| it.likeness.score >= THRESHOLD - RIVAL);
    all.sort_by(|a, b| {
        let scores = b.likeness.score.total_cmp(&a.likeness.score);
        scores.then(a.symptom.cmp(&b.symptom))
    });
    let mut result = NearTexts::default();
    let mut undecided = Vec::new();
    for (at, found) in all.iter().enumerate() {
        if found.likeness.score < THRESHOLD {
            continue;
        }
        let evidence = found.likeness.evidence;
        let others = all.iter().enumerate().filter(|(other, _)| *other != at);
        let same_words: Vec<(usize, f32)> = others
            .filter(|(_, other)| other.likeness.overlaps(&found.likeness))
            .map(|(other, it)| (other, it.likeness.evidence - evidence))
            .collect();
        if same_words.iter().any(|(_, more)| *more >= APART) {
            continue; // Another text explains these words, and more.
        }
        let rivals = same_words.iter().filter(|(_, more)| *more > -APART);
        let rivals: Vec<usize> = rivals.map(|it| it.0).collect();
        if rivals.is_empty() {
            result.sure.push(found.clone());
        } else {
            undecided.push(at);
            undecided.extend(rivals);
        }
    }
    undecided.sort_unstable();
    undecided.dedup();
    let undecided = undecided.into_iter().filter_map(|at| all.get(at)).cloned();
    result.undecided = undecided.collect();
    result
}

/// What the letters of a text weigh that are no digits: a text that is little but a number is known by its code alone.
pub(super) fn worth(chars: &[char]) -> f32 {
    let letters = chars.iter().filter(|c| !c.is_ascii_digit());
    letters.map(|c| weight(*c)).sum()
}
