//! What was recognised in a text, without a case: the value behind `rulec symptom`. Its schema is `book/src/reference/symptom.schema.json`.

use std::collections::BTreeMap;

use rulec_facts::code::{Code, Number};
use rulec_program::program::{Program, SymptomId};
use serde::Serialize;
use serde_json::Value as Json;

use super::texts::{self, Texts};
use super::{By, FORMAT, brief};
use crate::recognise::{Match, Recognised};

/// What was recognised.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// [`FORMAT`].
    pub format: u32,
    /// What it is, best first; empty when it belongs to nothing. A `hint` only points to its symptom.
    pub candidates: Vec<Candidate>,
    /// Symptoms whose near texts fit equally well: it is one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub undecided: Vec<Candidate>,
    /// The codes in it, in the order met.
    pub codes: Vec<CodeLine>,
}

/// A symptom that it may be.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// Its name.
    pub symptom: String,
    /// 1 for what is exact.
    pub score: f64,
    /// What it was recognised by.
    pub by: By,
    /// First sentence of its description, for people.
    #[serde(skip)]
    pub title: Option<String>,
    /// What was found, for people.
    #[serde(skip)]
    pub matched: String,
    /// The code as it was pasted, and what it is, for people.
    #[serde(skip)]
    pub spelled: Option<String>,
}

/// A code, and what it means.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CodeLine {
    /// Canonical kind.
    pub kind: String,
    /// A number, or the word.
    pub number: Json,
    /// Its symbol, or the phrase of an HTTP status.
    pub name: Option<&'static str>,
    /// A sentence, in English.
    pub meaning: Option<&'static str>,
    /// As a rule writes it, for people.
    #[serde(skip)]
    pub shown: String,
    /// Symptoms that claim it, for people.
    #[serde(skip)]
    pub claimed_by: Vec<String>,
}

impl Said {
    /// From what was recognised in a program's texts.
    pub fn new(program: &Program, recognised: &Recognised, texts: &Texts) -> Said {
        let (hints, undecided): (Vec<&Match>, Vec<&Match>) = recognised
            .candidates
            .iter()
            .partition(|it| it.by == By::Hint);
        let sure = recognised.symptoms.iter().chain(hints);
        Said {
            format: FORMAT,
            candidates: ranked(sure.map(|it| candidate(program, it, texts)).collect()),
            undecided: ranked(
                undecided
                    .into_iter()
                    .map(|it| candidate(program, it, texts))
                    .collect(),
            ),
            codes: codes(program, &recognised.codes),
        }
    }

    /// Some symptom is named, not only pointed to.
    pub fn is_recognised(&self) -> bool {
        self.candidates.iter().any(|it| it.by != By::Hint)
    }
}

fn candidate(program: &Program, found: &Match, texts: &Texts) -> Candidate {
    let SymptomId(at) = found.symptom;
    let symptom = program.symptoms.get(at as usize);
    Candidate {
        symptom: symptom.map_or_else(String::new, |it| it.named.name.to_string()),
        score: found.score,
        by: found.by,
        title: symptom.and_then(|it| {
            let english = it.named.title.clone()?;
            let key = texts::key("symptom", &it.named.name);
            Some(texts.of_pack(&key, "title", &[]).unwrap_or(english))
        }),
        matched: found.matched.clone(),
        spelled: found.code.as_ref().map(brief::spelled),
    }
}

fn ranked(mut all: Vec<Candidate>) -> Vec<Candidate> {
    all.sort_by(|a, b| {
        let scores = b.score.total_cmp(&a.score);
        scores.then(a.by.cmp(&b.by)).then(a.symptom.cmp(&b.symptom))
    });
    all
}

/// An identity that has no name and that nobody claims is left out where the same number spells one that has.
fn codes(program: &Program, all: &[Code]) -> Vec<CodeLine> {
    let lines: Vec<CodeLine> = all.iter().map(|code| line(program, code)).collect();
    let told = |line: &CodeLine| line.name.is_some() || !line.claimed_by.is_empty();
    let mut known: BTreeMap<String, bool> = BTreeMap::new();
    for line in &lines {
        *known.entry(line.number.to_string()).or_default() |= told(line);
    }
    let kept = lines.into_iter().filter(|line| {
        told(line)
            || !known
                .get(&line.number.to_string())
                .copied()
                .unwrap_or(false)
    });
    kept.collect()
}

fn line(program: &Program, code: &Code) -> CodeLine {
    let claiming = program.symptoms.iter().filter(|it| it.codes.contains(code));
    CodeLine {
        kind: code.kind.to_string(),
        number: match &code.number {
            Number::Number(number) => (*number).into(),
            Number::Word(word) => word.raw().into(),
        },
        name: code.title(),
        meaning: code.meaning(),
        shown: brief::code_words(&code.to_string()),
        claimed_by: claiming.map(|it| it.named.name.to_string()).collect(),
    }
}
