//! From what a person pasted to symptoms: by name, by code, by text.
//!
//! Everything here is exact (after folding of width, case and white space); near texts will be a further step behind the same
//! function, with a score below 1. A hint makes a candidate and never a symptom (V4).

use std::collections::BTreeMap;

use rulec_facts::code::{self, Code, Number};
use rulec_facts::show;
use rulec_facts::value::{Partial, Value};
use rulec_program::program::{Program, Symptom, SymptomId};
use unicode_normalization::UnicodeNormalization;

use crate::report::By;

/// What a complaint says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recognised {
    /// Symptoms that it names, sorted.
    pub symptoms: Vec<Match>,
    /// Symptoms that a hint points to and that it does not name, sorted.
    pub candidates: Vec<Match>,
    /// Every code in it; a bare number stands for each identity that it can spell. Sorted, each once.
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
    /// 1 for what is exact.
    pub score: f64,
    /// The name, code or text that was found.
    pub matched: String,
}

/// Reads a complaint: pasted texts, and symptoms named directly.
pub fn recognise(program: &Program, texts: &[String], named: &[SymptomId]) -> Recognised {
    let mut found: BTreeMap<SymptomId, Match> = BTreeMap::new();
    let mut candidates: BTreeMap<SymptomId, Match> = BTreeMap::new();
    let mut result = Recognised::default();
    let known = Known::of(program);
    for symptom in named {
        keep(&mut found, by_name(program, *symptom));
    }
    for text in texts {
        let matches = in_text(program, &known, text, &mut result.codes);
        if !matches.iter().any(|it| it.by != By::Hint) {
            result.unrecognised.push(text.clone());
        }
        for it in matches {
            let place = if it.by == By::Hint {
                &mut candidates
            } else {
                &mut found
            };
            keep(place, it);
        }
    }
    candidates.retain(|symptom, _| !found.contains_key(symptom));
    result.codes.sort();
    result.codes.dedup();
    result.symptoms = found.into_values().collect();
    result.candidates = candidates.into_values().collect();
    result
}

/// The better of two matches stays: name before code before text.
fn keep(all: &mut BTreeMap<SymptomId, Match>, new: Match) {
    let rank = |by: By| match by {
        By::Name => 0,
        By::Code => 1,
        By::Text => 2,
        By::Hint => 3,
    };
    match all.get(&new.symptom) {
        Some(old) if rank(old.by) <= rank(new.by) => {}
        _ => {
            all.insert(new.symptom, new);
        }
    }
}

fn by_name(program: &Program, symptom: SymptomId) -> Match {
    let name = program
        .symptoms
        .get(symptom.0 as usize)
        .map_or_else(String::new, |it| it.named.name.to_string());
    Match {
        symptom,
        by: By::Name,
        score: 1.0,
        matched: name,
    }
}

/// What the program looks for, folded once for all texts of a complaint.
struct Known<'p> {
    /// Codes that are words (`arm InvalidResourceName`), folded.
    words: Vec<(String, &'p Code)>,
    symptoms: Vec<KnownSymptom<'p>>,
}

struct KnownSymptom<'p> {
    codes: &'p [Code],
    texts: Vec<Pattern<'p>>,
    hints: Vec<Pattern<'p>>,
}

/// A text with its folded pieces between `…`.
struct Pattern<'p> {
    text: &'p str,
    pieces: Vec<String>,
}

impl<'p> Known<'p> {
    fn of(program: &'p Program) -> Known<'p> {
        let constants = program.nodes.constants.iter().filter_map(|it| match it {
            Partial::Known(Value::Code(code)) => Some(code),
            _ => None,
        });
        let claimed = program.symptoms.iter().flat_map(|it| &it.codes);
        let words = claimed
            .chain(constants)
            .filter_map(|code| match &code.number {
                Number::Word(word) => Some((fold(word.raw()), code)),
                Number::Number(_) => None,
            });
        Known {
            words: words.collect(),
            symptoms: program.symptoms.iter().map(KnownSymptom::of).collect(),
        }
    }
}

impl<'p> KnownSymptom<'p> {
    fn of(symptom: &'p Symptom) -> KnownSymptom<'p> {
        let local = symptom.local_texts.iter().map(|(_, text)| text);
        let texts = symptom.texts.iter().chain(local);
        KnownSymptom {
            codes: &symptom.codes,
            texts: texts.map(|it| Pattern::of(it)).collect(),
            hints: symptom.hints.iter().map(|it| Pattern::of(it)).collect(),
        }
    }
}

fn in_text(program: &Program, known: &Known<'_>, text: &str, codes: &mut Vec<Code>) -> Vec<Match> {
    if let Some(symptom) = program.symptom_named(text.trim()) {
        return vec![by_name(program, symptom)];
    }
    let folded = fold(text);
    let mut spelled: Vec<Code> = code::scan(text)
        .into_iter()
        .flat_map(|(_, codes)| codes)
        .collect();
    let words = known.words.iter();
    spelled.extend(
        words
            .filter(|(word, _)| find_whole(&folded, word, 0).is_some())
            .map(|(_, code)| (*code).clone()),
    );
    spelled.sort();
    spelled.dedup();
    let mut matches = Vec::new();
    for (at, symptom) in known.symptoms.iter().enumerate() {
        let Ok(at) = u32::try_from(at) else { break };
        if let Some((by, matched)) = best(symptom, &spelled, &folded) {
            matches.push(Match {
                symptom: SymptomId(at),
                by,
                score: if by == By::Hint { 0.5 } else { 1.0 },
                matched,
            });
        }
    }
    codes.extend(spelled);
    matches
}

/// `spelled` is sorted.
fn best(symptom: &KnownSymptom<'_>, spelled: &[Code], folded: &str) -> Option<(By, String)> {
    let mut codes = symptom.codes.iter();
    if let Some(code) = codes.find(|code| spelled.binary_search(code).is_ok()) {
        return Some((By::Code, show::code(code)));
    }
    let found = |patterns: &[Pattern<'_>]| {
        let mut patterns = patterns.iter();
        let pattern = patterns.find(|it| it.occurs(folded))?;
        Some(pattern.text.to_owned())
    };
    if let Some(text) = found(&symptom.texts) {
        return Some((By::Text, text));
    }
    found(&symptom.hints).map(|hint| (By::Hint, hint))
}

impl<'p> Pattern<'p> {
    fn of(text: &'p str) -> Pattern<'p> {
        let folded = fold(text);
        let pieces = folded
            .split('…')
            .map(|piece| piece.trim_matches(is_outside))
            .filter(|piece| !piece.is_empty());
        Pattern {
            text,
            pieces: pieces.map(str::to_owned).collect(),
        }
    }

    /// It stands in the folded text: its pieces in this order, none cutting a word in two.
    fn occurs(&self, folded: &str) -> bool {
        let mut from = 0;
        for piece in &self.pieces {
            match find_whole(folded, piece, from) {
                Some(end) => from = end,
                None => return false,
            }
        }
        !self.pieces.is_empty()
    }
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

fn writes_no_blanks(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x2E80..=0x9FFF
        | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Width, case, white space, quotes and invisible characters folded away; `…` stays what it is.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = true;
    for part in text.split_inclusive('…') {
        let (part, dots) = match part.strip_suffix('…') {
            Some(part) => (part, true),
            None => (part, false),
        };
        for c in part.nfkc().flat_map(char::to_lowercase).nfkc() {
            fold_char(c, &mut blank, &mut out);
        }
        if dots {
            out.push('…');
            blank = false;
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn fold_char(c: char, blank: &mut bool, out: &mut String) {
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
            if !*blank {
                out.push(' ');
                *blank = true;
            }
        }
        c => {
            out.push(match c {
                '‘' | '’' | '‚' | '′' | '`' => '\'',
                '“' | '”' | '„' | '«' | '»' => '"',
                '‐'..='―' | '−' => '-',
                other => other,
            });
            *blank = false;
        }
    }
}
