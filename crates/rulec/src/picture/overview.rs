//! The overview: a box a symptom on either side, and between them what several symptoms share.

use std::collections::{BTreeMap, BTreeSet};

use rulec_check::graph::{EdgeKind, Graph, Node, NodeKind};

use super::text::Font;
use super::{Card, Join, Kind, MARKS, Picture};

/// What more symptoms than this share is named once for all: lines to most boxes would tell nothing.
const MANY: usize = 6;

/// `1 cause`, `2 causes`.
pub fn counted(count: usize, word: &str) -> String {
    counted_as(count, word, &format!("{word}s"))
}

/// The same where the plural has a form of its own.
pub fn counted_as(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// What a symptom is made of, by number of node.
#[derive(Default)]
struct Made {
    causes: BTreeSet<u32>,
    facts: BTreeSet<u32>,
    fixes: BTreeSet<u32>,
}

/// The overview of a pack.
pub fn overview(graph: &Graph, pack: &str) -> String {
    let made = made(graph);
    let shared = shared(&made);
    let (many, few): (Vec<_>, Vec<_>) = shared.into_iter().partition(|(by, _)| by.len() > MANY);
    let groups: Vec<(Vec<u32>, Vec<u32>)> = few;
    let mut order = chain(&made, &groups);
    // Those that share nothing with few stand below the others.
    let joined = |it: &u32| groups.iter().any(|(by, _)| by.contains(it));
    order.sort_by_key(|it| !joined(it));
    let mut cards: Vec<Card> = Vec::new();
    let mut number: BTreeMap<u32, usize> = BTreeMap::new();
    let mut heights = [0.0, 0.0];
    for symptom in order {
        let Some(made) = made.get(&symptom) else {
            continue;
        };
        let mut card = symptom_card(graph, symptom, made);
        let [left, right] = heights;
        card.column = if right < left { 2 } else { 0 };
        let height = card.size().height;
        heights = if right < left {
            [left, right + height]
        } else {
            [left + height, right]
        };
        number.insert(symptom, cards.len());
        cards.push(card);
    }
    let mut joins = Vec::new();
    for (color, (by, what)) in groups.iter().enumerate() {
        let card = cards.len();
        cards.push(shared_card(graph, by.len(), what));
        let ends = by.iter().filter_map(|it| number.get(it));
        joins.extend(ends.map(|symptom| Join {
            from: *symptom,
            to: card,
            class: COLORS.get(color % COLORS.len()).copied().unwrap_or("c0"),
        }));
    }
    if !many.is_empty() {
        cards.push(many_card(graph, &many));
    }
    let symptoms = counted(made.len(), "symptom");
    let picture = Picture {
        title: format!("{pack}: {symptoms}, and what they share"),
        subtitle: "the detail of one: rulec graph --format svg --symptom NAME".to_owned(),
        cards,
        joins,
    };
    picture.draw()
}

/// Lines of one box have one colour, so that an eye can follow them.
const COLORS: [&str; 6] = ["c0", "c1", "c2", "c3", "c4", "c5"];

fn node(graph: &Graph, number: u32) -> Option<&Node> {
    graph.nodes.get(number as usize)
}

fn kind(graph: &Graph, number: u32) -> Option<NodeKind> {
    node(graph, number).map(|it| it.kind)
}

/// Causes, facts and fixes of each symptom.
fn made(graph: &Graph) -> BTreeMap<u32, Made> {
    let mut out: BTreeMap<u32, Vec<(u32, EdgeKind)>> = BTreeMap::new();
    for edge in &graph.edges {
        out.entry(edge.from).or_default().push((edge.to, edge.kind));
    }
    let of = |number: u32| out.get(&number).map_or(&[][..], Vec::as_slice);
    let mut made: BTreeMap<u32, Made> = BTreeMap::new();
    for number in 0..graph.nodes.len() as u32 {
        if kind(graph, number) == Some(NodeKind::Symptom) {
            made.entry(number).or_default();
        }
    }
    for rule in 0..graph.nodes.len() as u32 {
        if kind(graph, rule) != Some(NodeKind::Rule) {
            continue;
        }
        let mut facts = BTreeSet::new();
        let mut seen = BTreeSet::from([rule]);
        let mut pending = vec![rule];
        while let Some(at) = pending.pop() {
            let known = |it: &&(u32, EdgeKind)| {
                matches!(it.1, EdgeKind::Uses | EdgeKind::Locator | EdgeKind::FieldOf)
            };
            for (to, _) in of(at).iter().filter(known) {
                if seen.insert(*to) {
                    pending.push(*to);
                }
            }
        }
        let is_fact = |it: &u32| matches!(kind(graph, *it), Some(NodeKind::Fact | NodeKind::Param));
        facts.extend(seen.into_iter().filter(is_fact));
        for (symptom, _) in of(rule).iter().filter(|it| it.1 == EdgeKind::Explains) {
            let made = made.entry(*symptom).or_default();
            made.causes.insert(rule);
            made.facts.extend(&facts);
            let fixes = of(rule).iter().filter(|it| it.1 == EdgeKind::RepairedBy);
            made.fixes.extend(fixes.map(|it| it.0));
        }
    }
    made
}

/// What the same symptoms share, with them.
fn shared(made: &BTreeMap<u32, Made>) -> Vec<(Vec<u32>, Vec<u32>)> {
    let mut users: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (symptom, made) in made {
        let all = made.causes.iter().chain(&made.facts).chain(&made.fixes);
        for it in all {
            users.entry(*it).or_default().push(*symptom);
        }
    }
    let mut groups: BTreeMap<Vec<u32>, Vec<u32>> = BTreeMap::new();
    for (what, by) in users.into_iter().filter(|(_, by)| by.len() > 1) {
        groups.entry(by).or_default().push(what);
    }
    groups.into_iter().collect()
}

/// Symptoms that share much next to each other: each time the one with the most in common with the last ones.
fn chain(made: &BTreeMap<u32, Made>, groups: &[(Vec<u32>, Vec<u32>)]) -> Vec<u32> {
    let mut left: Vec<u32> = made.keys().copied().collect();
    let mut order: Vec<u32> = Vec::new();
    let mut common: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    for (by, what) in groups {
        for (one, other) in by.iter().flat_map(|it| by.iter().map(move |by| (*it, *by))) {
            *common.entry((one, other)).or_default() += what.len() as f64 / by.len() as f64;
        }
    }
    let common = |one: u32, other: u32| common.get(&(one, other)).copied().unwrap_or(0.0);
    while !left.is_empty() {
        let score = |it: u32| {
            let last = order.iter().rev().take(3).zip([1.0, 0.6, 0.3]);
            last.map(|(near, weight)| common(it, *near) * weight)
                .sum::<f64>()
        };
        // The first of the best.
        let best = left
            .iter()
            .enumerate()
            .rev()
            .max_by(|a, b| score(*a.1).total_cmp(&score(*b.1)))
            .map(|(at, _)| at);
        order.push(left.remove(best.unwrap_or(0)));
    }
    order
}

fn symptom_card(graph: &Graph, symptom: u32, made: &Made) -> Card {
    let name = node(graph, symptom).map_or("", |it| &it.name);
    let title = node(graph, symptom).and_then(|it| it.title.as_deref());
    let mut card = Card::new(Kind::Symptom, 0, title.unwrap_or(name));
    if let Some(title) = title {
        card.text(title, Font::Heading, "");
    }
    card.text(name, Font::Code, "faint");
    let counts = format!(
        "{} · {} · {}",
        counted(made.causes.len(), "cause"),
        counted(made.facts.len(), "fact"),
        counted_as(made.fixes.len(), "fix", "fixes")
    );
    card.text(&counts, Font::Plain, "");
    card
}

/// The place of a kind in the list of marks.
fn mark(kind: NodeKind) -> usize {
    match kind {
        NodeKind::Rule => 0,
        NodeKind::Fix => 2,
        _ => 1,
    }
}

/// Causes first, then what is known, then fixes.
fn shared_card(graph: &Graph, by: usize, what: &[u32]) -> Card {
    let mut card = Card::new(
        Kind::Shared,
        1,
        &format!("shared by {}", counted(by, "symptom")),
    );
    let nodes = what.iter().filter_map(|it| node(graph, *it));
    let mut named: Vec<(usize, &str)> = nodes.map(|it| (mark(it.kind), &*it.name)).collect();
    named.sort_unstable();
    for (mark, name) in named {
        let (mark, tint, _) = MARKS.get(mark).copied().unwrap_or_default();
        card.text(&format!("{mark} {name}"), Font::Code, tint);
    }
    card
}

/// What many symptoms share, without lines.
fn many_card(graph: &Graph, many: &[(Vec<u32>, Vec<u32>)]) -> Card {
    let mut named: Vec<(usize, usize, &str)> = Vec::new();
    for (by, what) in many {
        let names = what.iter().filter_map(|it| node(graph, *it));
        named.extend(names.map(|it| (by.len(), mark(it.kind), it.name.as_str())));
    }
    named.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(b.2)));
    let mut card = Card::new(Kind::Shared, 1, "shared by many symptoms, without lines");
    card.text("shared by many symptoms", Font::Heading, "");
    for (count, mark, name) in named {
        let (mark, tint, _) = MARKS.get(mark).copied().unwrap_or_default();
        card.text(&format!("{mark} {name} ({count})"), Font::Code, tint);
    }
    card
}
