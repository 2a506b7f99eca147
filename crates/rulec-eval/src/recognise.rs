//! From what a person pasted to symptoms: by name, by code, by text, by a near text.
//!
//! What is exact decides: near texts are looked for only where a text names no symptom by a code or word for word, and score below 1. A
//! hint makes a candidate and never a symptom (V4), and so do several near texts that fit equally well. A [`Recogniser`] belongs to a program
//! and may be kept; everything that it needs of the program's texts is made when it is first asked for.

mod align;
mod folded;
mod letters;
mod near;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rulec_facts::code::{self, Code, Number};
use rulec_facts::show;
use rulec_facts::value::{Partial, Value};
use rulec_program::program::{Program, SymptomId};

use crate::report::By;
use folded::{Folded, Pattern, Place, fold};
use near::{Near, NearTexts};

pub use near::THRESHOLD;

/// Bytes of a pasted text that are folded together, and how much of one part is looked at again with the next: no known text is longer.
const PART: usize = 1 << 16;
const OVERLAP: usize = 1 << 13;

/// Score of a hint.
const HINT: f64 = 0.5;

/// What a complaint says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recognised {
    /// Symptoms that it names, sorted.
    pub symptoms: Vec<Match>,
    /// Symptoms that it may mean and does not name, sorted: a hint points to them, or several near texts fit equally well.
    pub candidates: Vec<Match>,
    /// Every code in it, in the order met; a bare number stands for each identity that it can spell, the likeliest first. Each once.
    pub codes: Vec<Code>,
    /// Texts in which nothing was recognised, as given.
    pub unrecognised: Vec<String>,
}

/// A symptom, and by what it was recognised.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// Which.
    pub symptom: SymptomId,
    /// By what.
    pub by: By,
    /// 1 for what is exact, less for a near text or a hint.
    pub score: f64,
    /// The name, code or text that was found.
    pub matched: String,
    /// The code, and how it was spelled.
    pub code: Option<Spelled>,
}

/// A code as it was met.
#[derive(Debug, Clone, PartialEq)]
pub struct Spelled {
    /// What stood in the text.
    pub text: String,
    /// What it is.
    pub code: Code,
}

/// Reads complaints about one program.
pub struct Recogniser<'p> {
    program: &'p Program,
    /// Codes that are words (`arm InvalidResourceName`), folded.
    words: OnceLock<Vec<(String, &'p Code)>>,
    /// Every text and hint, in the order of symptoms.
    texts: Vec<Known<'p>>,
    near: OnceLock<Near>,
}

/// A text by which a symptom is recognised.
struct Known<'p> {
    symptom: SymptomId,
    hint: bool,
    pattern: Pattern<'p>,
}

/// What was met in one pasted text so far.
#[derive(Default)]
struct Met {
    codes: Vec<Code>,
    known: BTreeSet<Code>,
    spelled: BTreeMap<Code, String>,
    matches: BTreeMap<SymptomId, Match>,
    hints: BTreeMap<SymptomId, Match>,
}

/// Reads a complaint: pasted texts, and symptoms named directly.
pub fn recognise(program: &Program, texts: &[String], named: &[SymptomId]) -> Recognised {
    Recogniser::new(program).recognise(texts, named)
}

/// The symptom whose name is most like a text that has the form of one.
pub fn nearest_name<'p>(program: &'p Program, text: &str) -> Option<&'p str> {
    let text = text.trim();
    let form = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if text.len() > 100 || !text.contains('-') || !text.bytes().all(form) {
        return None;
    }
    let names = program.symptoms.iter().map(|it| it.named.name.as_str());
    crate::case::nearest_of(text, names)
}

impl<'p> Recogniser<'p> {
    /// For a program. Costs next to nothing.
    pub fn new(program: &'p Program) -> Recogniser<'p> {
        let mut texts = Vec::new();
        for (at, symptom) in (0..).zip(&program.symptoms) {
            let local = symptom.local_texts.iter().map(|(_, text)| text);
            let all = symptom.texts.iter().chain(local).map(|it| (false, it));
            let hints = symptom.hints.iter().map(|it| (true, it));
            texts.extend(all.chain(hints).map(|(hint, text)| Known {
                symptom: SymptomId(at),
                hint,
                pattern: Pattern::new(text),
            }));
        }
        Recogniser {
            program,
            words: OnceLock::new(),
            texts,
            near: OnceLock::new(),
        }
    }

    /// Makes everything now that would be made when it is first needed: the index of near texts, and every text folded.
    pub fn warm(&self) {
        let _ = (self.near(), self.words());
        self.texts.iter().for_each(|it| it.pattern.warm());
    }

    /// Reads a complaint: pasted texts, and symptoms named directly.
    pub fn recognise(&self, texts: &[String], named: &[SymptomId]) -> Recognised {
        let mut found: BTreeMap<SymptomId, Match> = BTreeMap::new();
        let mut candidates: BTreeMap<SymptomId, Match> = BTreeMap::new();
        let mut result = Recognised::default();
        let mut known = BTreeSet::new();
        for symptom in named {
            keep(&mut found, self.by_name(*symptom));
        }
        for text in texts {
            let met = self.read(text);
            if met.matches.is_empty() {
                result.unrecognised.push(text.clone());
            }
            let all = [(&mut found, met.matches), (&mut candidates, met.hints)];
            for (place, new) in all {
                new.into_values().for_each(|it| keep(place, it));
            }
            let new = met.codes.into_iter();
            result
                .codes
                .extend(new.filter(|it| known.insert(it.clone())));
        }
        candidates.retain(|symptom, _| !found.contains_key(symptom));
        result.symptoms = found.into_values().collect();
        result.candidates = candidates.into_values().collect();
        result
    }

    /// The symptom with the nearest text, and its score, whether or not that is enough: what [`THRESHOLD`] was chosen by.
    pub fn nearest(&self, text: &str) -> Option<(SymptomId, f64)> {
        let parts = parts(text).into_iter();
        let all = parts.flat_map(|it| self.near().best(&Folded::of(it)));
        let best = all.max_by(|a, b| a.likeness.score.total_cmp(&b.likeness.score))?;
        Some((best.symptom, f64::from(best.likeness.score)))
    }

    fn by_name(&self, symptom: SymptomId) -> Match {
        let name = self.program.symptoms.get(symptom.0 as usize);
        Match {
            symptom,
            by: By::Name,
            score: 1.0,
            matched: name.map_or_else(String::new, |it| it.named.name.to_string()),
            code: None,
        }
    }

    /// One pasted text.
    fn read(&self, text: &str) -> Met {
        let mut met = Met::default();
        if let Some(symptom) = self.program.symptom_named(text.trim()) {
            keep(&mut met.matches, self.by_name(symptom));
            return met;
        }
        let parts = parts(text);
        let mut last = None;
        for part in &parts {
            let folded = Folded::of(part);
            self.exact(part, &folded, &mut met);
            last = Some(folded);
        }
        match (parts.as_slice(), last) {
            _ if !met.matches.is_empty() => {}
            ([_], Some(folded)) => self.take_near(self.near().find(&folded), &mut met),
            // Folded again: all parts of a long text at once would be another copy of it.
            (parts, _) => parts
                .iter()
                .for_each(|it| self.take_near(self.near().find(&Folded::of(it)), &mut met)),
        }
        met.hints.retain(|it, _| !met.matches.contains_key(it));
        met
    }

    /// Codes, and texts word for word.
    fn exact(&self, part: &str, folded: &Folded, met: &mut Met) {
        for (place, codes) in code::scan(part) {
            let text = part.get(place).unwrap_or_default();
            for code in &codes {
                let spelled = met.spelled.entry(code.clone());
                spelled.or_insert_with(|| text.to_owned());
            }
            met.add(codes);
        }
        for (word, code) in self.words() {
            if folded.has_word(word) {
                met.add(vec![(*code).clone()]);
            }
        }
        for (symptom, it) in (0..).map(SymptomId).zip(&self.program.symptoms) {
            if let Some(code) = it.codes.iter().find(|code| met.known.contains(*code)) {
                let mut found = exact(symptom, By::Code, show::code(code));
                found.code = met.spelled.get(code).map(|text| Spelled {
                    text: text.clone(),
                    code: code.clone(),
                });
                keep(&mut met.matches, found);
            }
        }
        let mut places: Vec<(&Known<'_>, Place)> = Vec::new();
        for known in &self.texts {
            let Some(place) = known.pattern.find(folded) else {
                continue;
            };
            if known.hint {
                let mut hint = exact(known.symptom, By::Hint, known.pattern.text.to_owned());
                hint.score = HINT;
                keep(&mut met.hints, hint);
            } else if !self.is_other_kind(known.symptom, known.pattern.text, &met.known) {
                places.push((known, place));
            }
        }
        for (known, place) in &places {
            let mut others = places.iter().filter(|it| it.0.symptom != known.symptom);
            if !others.any(|(_, other)| place.is_explained_by(other)) {
                let text = known.pattern.text.to_owned();
                keep(&mut met.matches, exact(known.symptom, By::Text, text));
            }
        }
    }

    /// The text is told by a number that stands here as a code of another kind: `Error 405` in `Win32 error 405`.
    fn is_other_kind(&self, symptom: SymptomId, text: &str, met: &BTreeSet<Code>) -> bool {
        let symptom = self.program.symptoms.get(symptom.0 as usize);
        let codes = symptom.map_or(&[][..], |it| &it.codes);
        let mut numbers = text.split(|c: char| !c.is_ascii_digit());
        let claimed = |digits: &str| {
            let number = digits.parse::<u64>().ok().map(Number::Number);
            number.is_some_and(|it| codes.iter().any(|code| code.number == it))
        };
        numbers.any(claimed) && !codes.iter().any(|code| met.contains(code))
    }

    fn take_near(&self, near: NearTexts, met: &mut Met) {
        let all = near.sure.into_iter().map(|it| (true, it));
        for (sure, it) in all.chain(near.undecided.into_iter().map(|it| (false, it))) {
            let text = self.texts.get(it.number).map_or("", |it| it.pattern.text);
            let found = Match {
                symptom: it.symptom,
                by: By::Near,
                // Two digits: more would be pretence.
                score: (f64::from(it.likeness.score) * 100.0).round() / 100.0,
                matched: text.to_owned(),
                code: None,
            };
            keep(
                if sure {
                    &mut met.matches
                } else {
                    &mut met.hints
                },
                found,
            );
        }
    }

    fn words(&self) -> &[(String, &'p Code)] {
        self.words.get_or_init(|| {
            let constants = self.program.nodes.constants.iter();
            let constants = constants.filter_map(|it| match it {
                Partial::Known(Value::Code(code)) => Some(code),
                _ => None,
            });
            let claimed = self.program.symptoms.iter().flat_map(|it| &it.codes);
            let words = claimed
                .chain(constants)
                .filter_map(|code| match &code.number {
                    Number::Word(word) => Some((fold(word.raw()).0, code)),
                    Number::Number(_) => None,
                });
            words.collect()
        })
    }

    fn near(&self) -> &Near {
        self.near.get_or_init(|| {
            let texts = self.texts.iter().enumerate();
            let texts = texts.filter(|(_, it)| !it.hint);
            Near::of(texts.map(|(number, it)| (it.symptom, number, it.pattern.text)))
        })
    }
}

impl Met {
    fn add(&mut self, codes: Vec<Code>) {
        for code in codes {
            if self.known.insert(code.clone()) {
                self.codes.push(code);
            }
        }
    }
}

fn exact(symptom: SymptomId, by: By, matched: String) -> Match {
    Match {
        symptom,
        by,
        score: 1.0,
        matched,
        code: None,
    }
}

/// The better of two matches stays: name before code before text before what is near, then the higher score.
fn keep(all: &mut BTreeMap<SymptomId, Match>, new: Match) {
    match all.get(&new.symptom) {
        Some(old) if (old.by, -old.score) <= (new.by, -new.score) => {}
        _ => {
            all.insert(new.symptom, new);
        }
    }
}

/// A long text in overlapping parts, cut at line ends where there are any.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    loop {
        let rest = text.get(from..).unwrap_or_default();
        if rest.len() <= PART {
            parts.push(rest);
            return parts;
        }
        let head = rest.get(..code::border(rest, PART)).unwrap_or_default();
        let line = head.rfind('\n').filter(|end| *end > PART / 2);
        let head = head.get(..line.unwrap_or(head.len())).unwrap_or_default();
        parts.push(head);
        let next = code::border(head, head.len() - OVERLAP);
        let tail = head.get(next..).unwrap_or_default();
        from += next + tail.find('\n').map_or(0, |it| it + 1);
    }
}
