//! The part of a graph that a person asks for. A field stands for its fact.

use std::collections::{BTreeMap, BTreeSet};

use rulec_check::graph::{Edge, EdgeKind, Graph, NodeKind};

/// A symptom, its causes, and all that these need and are repaired by; none if there is no such symptom.
pub fn of_symptom(graph: &Graph, name: &str) -> Option<Graph> {
    let symptom = numbers(graph)
        .find(|it| named(graph, *it, name) && kind(graph, *it) == Some(NodeKind::Symptom))?;
    let explains = |it: &&Edge| it.kind == EdgeKind::Explains;
    let mut out: BTreeMap<u32, Vec<&Edge>> = BTreeMap::new();
    for edge in &graph.edges {
        out.entry(edge.from).or_default().push(edge);
    }
    let rules = graph.edges.iter().filter(explains);
    let mut kept: BTreeSet<u32> = rules
        .filter(|it| it.to == symptom)
        .map(|it| it.from)
        .collect();
    let mut pending: Vec<u32> = kept.iter().copied().collect();
    while let Some(at) = pending.pop() {
        for edge in out.get(&at).into_iter().flatten() {
            // Other symptoms of a cause are named, not followed; what it overrides belongs to them.
            let follow = !matches!(
                edge.kind,
                EdgeKind::Overrides | EdgeKind::Excludes | EdgeKind::Otherwise
            );
            let to_symptom = kind(graph, edge.to) == Some(NodeKind::Symptom);
            if follow && kept.insert(edge.to) && !to_symptom {
                pending.push(edge.to);
            }
        }
    }
    kept.insert(symptom);
    Some(part(graph, &kept))
}

/// Everything of that name, and what is joined to it directly; none if nothing has it.
pub fn around(graph: &Graph, name: &str) -> Option<Graph> {
    let own = numbers(graph).filter(|it| named(graph, *it, name));
    let mut centre: BTreeSet<u32> = own.collect();
    if centre.is_empty() {
        return None;
    }
    let fields = graph.edges.iter().filter(|it| it.kind == EdgeKind::FieldOf);
    for edge in fields {
        if centre.contains(&edge.to) {
            centre.insert(edge.from);
        }
    }
    let mut kept = centre.clone();
    for edge in &graph.edges {
        if centre.contains(&edge.from) {
            kept.insert(edge.to);
        }
        if centre.contains(&edge.to) {
            kept.insert(edge.from);
        }
    }
    // A field that was met brings its fact.
    for edge in graph.edges.iter().filter(|it| it.kind == EdgeKind::FieldOf) {
        if kept.contains(&edge.from) {
            kept.insert(edge.to);
        }
    }
    Some(part(graph, &kept))
}

/// All names that can be asked for.
pub fn names(graph: &Graph, only_symptoms: bool) -> impl Iterator<Item = &str> {
    let fitting = graph
        .nodes
        .iter()
        .filter(move |it| !only_symptoms || it.kind == NodeKind::Symptom);
    fitting.map(|it| it.name.as_str())
}

fn numbers(graph: &Graph) -> impl Iterator<Item = u32> + use<> {
    0..u32::try_from(graph.nodes.len()).unwrap_or(u32::MAX)
}

fn kind(graph: &Graph, number: u32) -> Option<NodeKind> {
    graph.nodes.get(number as usize).map(|it| it.kind)
}

fn named(graph: &Graph, number: u32, name: &str) -> bool {
    let node = graph.nodes.get(number as usize);
    node.is_some_and(|it| it.name == name)
}

/// These nodes and the edges between them, numbered anew.
fn part(graph: &Graph, kept: &BTreeSet<u32>) -> Graph {
    let new: BTreeMap<u32, u32> = kept.iter().copied().zip(0..).collect();
    let nodes = kept.iter().filter_map(|it| graph.nodes.get(*it as usize));
    let edges = graph.edges.iter().filter_map(|edge| {
        Some(Edge {
            from: *new.get(&edge.from)?,
            to: *new.get(&edge.to)?,
            kind: edge.kind,
        })
    });
    Graph {
        nodes: nodes.cloned().collect(),
        edges: edges.collect(),
    }
}
