//! `places.tsv` of the pack: each fact of the survey with the fact of the pack that stands for it and the place where that is read.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rulec_facts::types::Type;
use rulec_program::program::{Origin, Program, Slot};

/// A line.
#[derive(Debug)]
pub struct Placed {
    /// Name in the survey.
    #[allow(dead_code, reason = "shown where the line is at fault")]
    pub survey: String,
    /// Name in the pack, of a fact, a field or a derived fact; none where the pack has no such.
    pub fact: Option<String>,
    /// `windows registry`, …; `derived`; `ask`.
    pub place: String,
    /// More about it; the reason where there is no fact, or only a person.
    pub note: String,
}

/// All lines; one that has not four columns fails.
pub fn read(root: &Path) -> Vec<Placed> {
    let text = fs::read_to_string(root.join("rules/azure-p2s/places.tsv")).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("survey\tfact\tplace\tnote"));
    let mut seen = BTreeSet::new();
    lines
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let [survey, fact, place, note] = columns[..] else {
                panic!("not four columns: {line}");
            };
            assert!(seen.insert((survey, fact)), "twice: {line}");
            Placed {
                survey: survey.to_owned(),
                fact: (!fact.is_empty()).then(|| fact.to_owned()),
                place: place.to_owned(),
                note: note.to_owned(),
            }
        })
        .collect()
}

/// What is wrong with a line, if anything is.
pub fn fault(program: &Program, placed: &Placed) -> Option<String> {
    let reasoned = placed.note.len() > 20;
    let Some(fact) = &placed.fact else {
        return (!reasoned || !placed.place.is_empty())
            .then(|| "without a fact, the note says why".to_owned());
    };
    if placed.place == "derived" {
        let derived = program.lets.iter().any(|it| it.named.name == *fact);
        return (!derived).then(|| "no such derived fact".to_owned());
    }
    let Some(slot) = slot(program, fact) else {
        return Some("no such fact or field".to_owned());
    };
    let places: Vec<String> = slot
        .sources
        .iter()
        .map(|it| format!("{} {}", it.system, it.kind))
        .collect();
    match placed.place.as_str() {
        "ask" if !places.is_empty() => Some(format!("it is read: {places:?}")),
        "ask" if !reasoned => Some("why only a person?".to_owned()),
        "ask" => None,
        place if places.iter().any(|it| it == place) => None,
        _ => Some(format!("it is read from {places:?}")),
    }
}

/// The fact of that name, or the one whose field it names.
fn slot<'p>(program: &'p Program, path: &str) -> Option<&'p Slot> {
    let facts = program.slots.iter().filter(|it| it.origin == Origin::Fact);
    let whole = |slot: &Slot| -> Option<bool> {
        let rest = path.strip_prefix(slot.named.name.as_str())?;
        let mut ty = &slot.ty;
        for word in rest.split('.').skip(1) {
            let record = ty.record().or_else(|| ty.member().and_then(Type::record))?;
            ty = &record.field(word)?.1.ty;
        }
        Some(rest.is_empty() || rest.starts_with('.'))
    };
    facts
        .filter(|it| whole(it) == Some(true))
        .max_by_key(|it| it.named.name.len())
}
