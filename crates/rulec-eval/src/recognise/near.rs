//! Texts that are almost known: cut short, misspelt, wrapped in a mail, worded a little differently.
//!
//! All texts of a program are cut into runs of letters (`letters`), and a table tells for each run which texts have it. A pasted text is walked
//! through once: each run in it adds its weight to the texts that have it, each letter in between takes a little away, so that the best
//! stretch of the text is found for each of them (a maximal sub-array). The few best are then compared letter by letter (`align`), and
//! that comparison alone is the score. A run weighs the more the fewer symptoms have it.

use rulec_program::program::SymptomId;
use rustc_hash::FxHashMap;

use super::align::{self, Likeness};
use super::folded::{Folded, fold};
use super::letters::{Gram, Letters, weight};

/// A near text counts from this score on. Chosen on one half of the texts that belong to nothing, see the page on recognition.
pub const THRESHOLD: f32 = 0.84;

/// Texts lighter than this are recognised only word for word.
const LIGHTEST: f32 = 24.0;

/// What a letter without a known run takes away.
const DECAY: f32 = 0.35;

/// The walk adds whole numbers of that part of a letter, so that what it finds does not hang on rounding.
const UNIT: f64 = (1_u64 << 32) as f64;

/// Texts that are compared letter by letter, for one window; those that have less than that share of the best are not.
const COMPARED: usize = 6;
const SHARE_OF_BEST: f32 = 0.6;

/// Longer texts with the same words that are compared besides.
const RIVALS: usize = 2;

/// A run that more texts have than this finds none of them, and takes nothing away either.
const COMMON: usize = 24;

/// Share of a text's weight without which it is not compared.
const WORTH_COMPARING: f32 = 0.2;

/// Two symptoms whose texts explain the same words, with less than this between them, are not told apart.
const APART: f32 = 8.0;

/// A rival that much below the threshold still makes a match uncertain.
const RIVAL: f32 = 0.3;

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
    /// In units.
    weight: i64,
    first: u32,
    /// None where it is too common.
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
            let (folded, breaks) = fold(text);
            let letters = align::Known::of(Letters::of(&folded, &breaks));
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
        near.weigh(&all);
        near
    }

    /// Makes the table; a text that has a run twice stands there twice. Texts are in the order of their symptoms.
    fn weigh(&mut self, all: &[(u64, u32)]) {
        let symptom = |texts: &[Text], at: u32| texts.get(at as usize).map(|it| it.symptom);
        let symptoms = self.texts.chunk_by(|a, b| a.symptom == b.symptom).count() as f32;
        self.runs.reserve(all.len() / 2);
        for group in all.chunk_by(|a, b| a.0 == b.0) {
            let Some((key, _)) = group.first().copied() else {
                continue;
            };
            let same = |a: &(u64, u32), b: &(u64, u32)| {
                symptom(&self.texts, a.1) == symptom(&self.texts, b.1)
            };
            let having = group.chunk_by(same).count() as f32;
            let weight = (1.0 + symptoms / having).ln();
            let mut run = Run {
                weight: units(weight),
                first: u32::try_from(self.owners.len()).unwrap_or(u32::MAX),
                count: 0,
            };
            let owners = group.chunk_by(|a, b| a.1 == b.1);
            if owners.clone().count() <= COMMON {
                for owner in owners {
                    let Some((_, at)) = owner.first().copied() else {
                        continue;
                    };
                    self.owners.push(at);
                    run.count += 1;
                    if let Some(text) = self.texts.get_mut(at as usize) {
                        text.weight += weight * owner.len() as f32;
                    }
                }
            }
            self.runs.insert(key, run);
        }
    }

    /// Near texts of a pasted one, window by window: time grows with its length, memory does not.
    pub(super) fn find(&self, folded: &Folded) -> NearTexts {
        settle(self.best(folded))
    }

    /// The best text of each symptom, whatever its score.
    pub(super) fn best(&self, folded: &Folded) -> Vec<Found> {
        let letters = Letters::of(&folded.text, &folded.breaks);
        let mut grams: Vec<Gram> = Vec::with_capacity(letters.chars.len());
        grams.extend(letters.grams());
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
        let stretches = self.walk(window);
        let worth = |text: &Text, stretch: &Stretch| stretch.best() / (text.weight + 8.0);
        let mut promising: Vec<(f32, &Text, &Stretch)> = self
            .texts
            .iter()
            .zip(&stretches)
            .map(|(text, stretch)| (worth(text, stretch), text, stretch))
            .filter(|it| it.0 >= WORTH_COMPARING)
            .collect();
        promising.sort_by(|a, b| b.0.total_cmp(&a.0));
        promising.truncate(COMPARED);
        let best = promising
            .first()
            .map_or((0.0, 0.0), |it| (it.0, it.2.best()));
        promising.retain(|it| it.0 >= SHARE_OF_BEST * best.0);
        // Longer texts that have the same words, of which the rest is missing here: without them a part that two texts share would
        // be taken for the shorter.
        let chosen: Vec<usize> = promising.iter().map(|it| it.1.number).collect();
        let zipped = self.texts.iter().zip(&stretches);
        let mut rivals: Vec<(f32, &Text, &Stretch)> = zipped
            .filter(|(text, it)| {
                it.best() > SHARE_OF_BEST * best.1 && !chosen.contains(&text.number)
            })
            .map(|(text, it)| (it.best(), text, it))
            .collect();
        rivals.sort_by(|a, b| b.0.total_cmp(&a.0));
        if best.1 > 0.0 {
            promising.extend(rivals.into_iter().take(RIVALS));
        }
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

    /// The best stretch of a window for each text.
    fn walk(&self, window: &[Gram]) -> Vec<Stretch> {
        let mut stretches = vec![Stretch::default(); self.texts.len()];
        let decay = units(DECAY);
        let mut taken = 0;
        for gram in window {
            let Some(run) = self.runs.get(&gram.key) else {
                taken += decay;
                continue;
            };
            if run.count == 0 {
                continue;
            }
            taken += decay;
            let first = run.first as usize;
            let owners = self.owners.get(first..first + run.count as usize);
            for owner in owners.unwrap_or_default() {
                if let Some(stretch) = stretches.get_mut(*owner as usize) {
                    stretch.add(taken, gram.at, run.weight);
                }
            }
        }
        stretches
    }
}

fn units(letters: f32) -> i64 {
    (f64::from(letters) * UNIT).round() as i64
}

/// The stretch of a pasted text that has most of one known text.
#[derive(Debug, Clone, Copy, Default)]
struct Stretch {
    /// What its runs have added, above what letters since the beginning of the window had taken away when it began. So nothing is to be done
    /// for a letter that adds nothing.
    level: i64,
    best: i64,
    start: u32,
    from: u32,
    to: u32,
}

impl Stretch {
    /// A run; `taken` is what letters since the beginning of the window have taken away.
    fn add(&mut self, taken: i64, at: u32, weight: i64) {
        if self.level <= taken {
            self.level = taken;
            self.start = at;
        }
        self.level += weight;
        let sum = self.level - taken;
        if sum > self.best {
            self.best = sum;
            self.from = self.start;
            self.to = at;
        }
    }

    fn best(&self) -> f32 {
        (self.best as f64 / UNIT) as f32
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(texts: &[&str]) -> Near {
        let texts = texts.iter().enumerate();
        Near::of(texts.map(|(at, text)| (SymptomId(at as u32), at, *text)))
    }

    fn first(near: &Near, text: &str) -> Option<usize> {
        let found = near.find(&Folded::of(text));
        found.sure.first().map(|it| it.number)
    }

    const TIMEOUT: &str =
        "The connection could not be established because the remote server is not responding";
    const REFUSED: &str =
        "the connection could not be established because the remote server refused the connection";
    const CERTIFICATE: &str = "Für diese Verbindung wurde kein gültiges Zertifikat gefunden";
    const CHAIN: &str = "憑證鏈結已處理，但它終止於信任提供者所未信任的根憑證";

    #[test]
    fn what_is_missing_costs_little_and_what_is_replaced_much() {
        let near = near(&[TIMEOUT, CERTIFICATE, CHAIN]);
        let misread =
            "The conection cou1d not be estblished becouse the remote servr is not respondlng";
        assert_eq!(first(&near, misread), Some(0));
        assert_eq!(
            first(&near, "The connection could not be established because"),
            Some(0)
        );
        assert_eq!(first(&near, REFUSED), None);
        assert_eq!(
            first(&near, "fur diese verbindung wurde kein gultiges zertifikat"),
            Some(1)
        );
        assert_eq!(
            first(
                &near,
                "憑證鏈結己處理，但它終止於信任提供者所未信任的根憑証"
            ),
            Some(2)
        );
    }

    #[test]
    fn a_cut_text_must_not_go_on_with_something_else() {
        let near = near(&[TIMEOUT]);
        let half = "The connection could not be established";
        assert_eq!(first(&near, half), Some(0));
        assert_eq!(first(&near, &format!("hello\n{half}\nbye")), Some(0));
        let other = "since the disk of the server is full";
        assert_eq!(first(&near, &format!("{half} {other}")), None);
    }

    #[test]
    fn the_text_that_explains_more_of_the_same_words_counts() {
        let both = near(&[TIMEOUT, REFUSED]);
        let text = "The connectlon could not be establlshed because the remote server refused the connectlon";
        assert_eq!(first(&both, text), Some(1));
        let found = both.find(&Folded::of(
            "The connection could not be established because the remote",
        ));
        assert_eq!((found.sure.len(), found.undecided.len()), (0, 2));
    }

    #[test]
    fn a_text_that_repeats_itself_costs_no_more_than_another() {
        let long = "to be or not to be ".repeat(2_000);
        let near = near(&[&long, TIMEOUT]);
        let begun = std::time::Instant::now();
        let _ = near.find(&Folded::of(&"to be or not ".repeat(20_000)));
        let _ = near.find(&Folded::of(&"the remote server is ".repeat(20_000)));
        assert!(begun.elapsed().as_secs() < 30);
    }

    proptest! {
        #[test]
        fn any_two_texts_can_be_compared(known in "(the |server |…|\\PC){8,60}", pasted in "(the |server |\n|\\PC){0,80}") {
            let near = near(&[&known, TIMEOUT]);
            for text in [&pasted, &known] {
                for found in near.best(&Folded::of(text)) {
                    prop_assert!((0.0..1.0).contains(&found.likeness.score));
                    prop_assert!(found.likeness.from <= found.likeness.to);
                }
            }
        }
    }
}
