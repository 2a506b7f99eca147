//! Places where facts are read, in the words of a person: `Windows registry: HKLM\…, value "Enabled"`. JSON has the clause as written.

use rulec_facts::path::PathLanguage;
use rulec_facts::show::SECRET;
use rulec_facts::source as kinds;
use rulec_program::node::{NodeId, Op};
use rulec_program::program::{Piece, Slot, Source as Clause, Template};
use rulec_program::seal::Sealed;

use super::brief::{bounded, duration_words};
use super::fill::Fill;
use super::texts::Texts;
use crate::express;
use crate::place::{self, Resolved};

/// A `from` clause; what is not known of its place stands there as its title in brackets.
pub(crate) fn of_clause(fill: &mut Fill<'_, '_>, clause: &Clause) -> String {
    let one = match place::resolve(&mut fill.look, clause) {
        Resolved::One(request) if request.secret => Some(SECRET.to_owned()),
        Resolved::One(request) => request.locator,
        _ => None,
    };
    let locator = match (one, &clause.locator) {
        (Some(locator), _) => Some(locator),
        (None, Some(locator)) => Some(filled(fill, locator)),
        (None, None) => None,
    };
    let name = format!("{} {}", clause.system, clause.kind);
    let mut parts = vec![with_locator(fill.texts, &name, locator.as_deref())];
    for (word, values) in &clause.arguments {
        let mut values: Vec<String> = values.iter().map(|it| filled(fill, it)).collect();
        // `since 7d`.
        if word.as_str() == "since" {
            for it in &mut values {
                *it = duration_words(fill.texts, it);
            }
        }
        parts.push(part(
            fill.texts,
            &format!("place-{word}"),
            &values.join(", "),
        ));
    }
    if let Some(list) = clause.each {
        let list = fill
            .title_of_node(list)
            .unwrap_or_else(|| express::text(fill.program, list));
        parts.push(part(fill.texts, "place-each", &list));
    }
    if let Some(on) = &clause.on {
        let on = filled(fill, on);
        parts.push(part(fill.texts, "place-on", &on));
    }
    if let Some(at) = &clause.at {
        let key = match kinds::find(&clause.system, &clause.kind).map(|it| it.path) {
            Some(PathLanguage::Registry) => "place-at-value",
            Some(PathLanguage::Json | PathLanguage::Xml | PathLanguage::Event) => "place-at-field",
            Some(PathLanguage::Lines) => "place-at-lines",
            _ => "place-at-entry",
        };
        parts.push(part(fill.texts, key, at.strip_prefix("$.").unwrap_or(at)));
    }
    bounded(&parts.join(&fill.texts.word("comma")))
}

/// Which value of its key a fact is read from, where only one place of the fact could have answered.
pub(super) fn registry_value(slot: &Slot, kind: &str) -> Option<String> {
    let of_kind = |it: &&Clause| kind.split_once(' ') == Some((&it.system, &it.kind));
    let mut all = slot.sources.iter().filter(of_kind);
    let (only, more) = (all.next()?, all.next());
    let path = kinds::find(&only.system, &only.kind)?.path;
    let registry = path == PathLanguage::Registry;
    only.at.clone().filter(|_| registry && more.is_none())
}

/// What one must be to read a place, as its kind says it.
pub(crate) fn privilege(texts: &Texts, english: &str) -> String {
    own_sentence(texts, "privilege", english).unwrap_or_else(|| english.to_owned())
}

/// A fixed English sentence in the locale; its key is made of its letters.
pub(super) fn own_sentence(texts: &Texts, about: &str, english: &str) -> Option<String> {
    let letters = english
        .chars()
        .filter(|c| !matches!(c, '`' | '\'' | ';' | ','));
    let key: String = letters.map(|c| if c == ' ' { '-' } else { c }).collect();
    texts.own(&format!("{about}-{}", key.to_ascii_lowercase()))
}

/// What was read: the kind as it is written, and its place.
pub(super) fn of_source(texts: &Texts, kind: &str, place: &str) -> String {
    with_locator(texts, kind, Some(place).filter(|it| !it.is_empty()))
}

/// A place as it is written, its kind before it.
pub(super) fn of_written(texts: &Texts, written: &str) -> String {
    let mut words = written.splitn(3, ' ');
    let known = words.next().zip(words.next());
    match known.filter(|(system, kind)| kinds::find(system, kind).is_some()) {
        Some((system, kind)) => with_locator(texts, &format!("{system} {kind}"), words.next()),
        None => written.to_owned(),
    }
}

/// A kind that is nobody's here is shown as it is.
fn with_locator(texts: &Texts, name: &str, locator: Option<&str>) -> String {
    let key = format!("place-{}", name.replace(' ', "-"));
    let known = name
        .split_once(' ')
        .and_then(|(system, kind)| kinds::find(system, kind));
    let word = match known {
        Some(_) => texts.word(&key),
        None => name.to_owned(),
    };
    match locator {
        Some(locator) => bounded(&format!("{word}{}{locator}", texts.word("colon"))),
        None => word,
    }
}

fn part(texts: &Texts, key: &str, value: &str) -> String {
    texts.word_with(key, &[("value", value)])
}

fn filled(fill: &mut Fill<'_, '_>, template: &Template) -> String {
    let mut text = String::new();
    for piece in &template.pieces {
        match piece {
            Piece::Text(piece) => text.push_str(piece),
            Piece::Hole(name, node) if of_element(fill.program, *node) => {
                text.push_str(&format!("[{name}]"));
            }
            Piece::Hole(name, node) => text.push_str(&fill.hole(*node, name)),
        }
    }
    text
}

/// The element of `each x in LIST`, or a field of it: no value of its own.
fn of_element(program: &Sealed, node: NodeId) -> bool {
    match program.nodes.op(node) {
        Some(Op::Variable(_)) => true,
        Some(Op::Field(of, _)) => of_element(program, of),
        _ => false,
    }
}
