//! What must be known before what: derived facts among each other, and facts through their locators (S5).
//!
//! Gives the order in which derived facts are read, and reports definitions that run in a circle.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use rulec_syntax::ast::{Expr, ExprKind, Fact, Item, Name, Path, Place, Source, Text};
use rulec_syntax::source::Span;
use rulec_syntax::template;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysed::Analysed;
use crate::codes;
use crate::index::{DeclarationId, Kind};
use crate::names::Found;
use crate::types::error_type;

/// One value naming another, and where.
#[derive(Debug, Clone, Copy)]
struct Edge {
    from: DeclarationId,
    to: DeclarationId,
    span: Span,
}

/// Derived facts, each after those that it names. Those in a circle have the error type.
pub(crate) fn order_values(analysed: &mut Analysed<'_>) -> Vec<DeclarationId> {
    let edges = edges(analysed);
    let mut nodes: Vec<DeclarationId> = analysed
        .index
        .iter()
        .filter(|(_, it)| matches!(it.kind, Kind::Param | Kind::Fact | Kind::Let))
        .map(|(id, _)| id)
        .collect();
    nodes.sort_by_cached_key(|id| analysed.index.get(*id).map(|it| (it.name.clone(), it.pack)));
    let mut graph: DiGraph<DeclarationId, Span> = DiGraph::with_capacity(nodes.len(), edges.len());
    let numbers: FxHashMap<DeclarationId, NodeIndex> =
        nodes.iter().map(|id| (*id, graph.add_node(*id))).collect();
    let mut loops: FxHashSet<DeclarationId> = FxHashSet::default();
    for edge in &edges {
        if let (Some(from), Some(to)) = (numbers.get(&edge.from), numbers.get(&edge.to)) {
            graph.add_edge(*from, *to, edge.span);
            if from == to {
                loops.insert(edge.from);
            }
        }
    }
    let mut order = Vec::new();
    for group in kosaraju_scc(&graph) {
        let members: Vec<DeclarationId> = group
            .iter()
            .filter_map(|it| graph.node_weight(*it).copied())
            .collect();
        let alone = matches!(members.as_slice(), [one] if !loops.contains(one));
        if !alone {
            report_circle(analysed, &members, &edges);
        }
        let lets = members.iter().copied().filter(|id| {
            analysed
                .index
                .get(*id)
                .is_some_and(|it| it.kind == Kind::Let)
        });
        order.extend(lets);
    }
    order
}

fn edges(analysed: &Analysed<'_>) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (id, declaration) in analysed.index.iter() {
        let mut note = |path: &Path| {
            if let Found::Name(to, _) = analysed.find_value(declaration.pack, path) {
                edges.push(Edge {
                    from: id,
                    to,
                    span: path.name.place.0,
                });
            }
        };
        match analysed.item(id) {
            Some(Item::Let(it)) => walk_paths(&it.value, &mut Vec::new(), &mut note),
            Some(Item::Fact(it)) => locator_paths(it, &mut note),
            _ => {}
        }
    }
    edges
}

/// Names in the texts and lists of a fact's sources.
fn locator_paths(fact: &Fact, note: &mut impl FnMut(&Path)) {
    for source in &fact.sources {
        let variable = source.each.as_ref().map(|(name, _)| name.text.as_str());
        if let Some((_, list)) = &source.each {
            note(list);
        }
        for text in source_texts(source) {
            for path in text_paths(text) {
                let head = path.name.text.split('.').next();
                if variable.is_none() || head != variable {
                    note(&path);
                }
            }
        }
    }
}

/// The texts of a source in which braces name facts.
pub(crate) fn source_texts(source: &Source) -> impl Iterator<Item = &Text> {
    let arguments = source.arguments.iter().flat_map(|it| &it.values);
    let arguments = arguments.filter_map(|value| match value {
        rulec_syntax::ast::ArgumentValue::Text(text) => Some(text),
        _ => None,
    });
    source.locator.iter().chain(&source.on).chain(arguments)
}

/// The paths in the holes of a text; none if its braces cannot be read.
fn text_paths(text: &Text) -> Vec<Path> {
    if !text.text.contains('{') {
        return Vec::new();
    }
    let pieces = template::read(&text.text).unwrap_or_default();
    let holes = pieces.into_iter().filter_map(|piece| match piece {
        template::Piece::Hole(hole) => Some(hole_path(text, &hole)),
        template::Piece::Literal(_) => None,
    });
    holes.collect()
}

/// What stands in a hole, as a path.
pub(crate) fn hole_path(text: &Text, hole: &template::Hole) -> Path {
    let name = |written: &str, start: usize| Name {
        text: written.into(),
        place: Place(template::place(text, start, start + written.len())),
    };
    match hole.path.split_once('/') {
        Some((pack, rest)) => Path {
            pack: Some(name(pack, hole.start)),
            name: name(rest, hole.start + pack.len() + 1),
        },
        None => Path {
            pack: None,
            name: name(&hole.path, hole.start),
        },
    }
}

/// Every path of an expression that no variable of it hides.
pub(crate) fn walk_paths<'e>(
    expr: &'e Expr,
    hidden: &mut Vec<&'e str>,
    note: &mut impl FnMut(&Path),
) {
    match &expr.kind {
        ExprKind::Path(path) => {
            let head = path.name.text.split('.').next().unwrap_or_default();
            if path.pack.is_some() || !hidden.contains(&head) {
                note(path);
            }
        }
        ExprKind::Literal(_) | ExprKind::Code(_) | ExprKind::Now | ExprKind::Reported => {}
        ExprKind::Field(inner, _) | ExprKind::Not(inner) => walk_paths(inner, hidden, note),
        ExprKind::Is { operand, .. } => walk_paths(operand, hidden, note),
        ExprKind::Call(_, operands)
        | ExprKind::And(operands)
        | ExprKind::Or(operands)
        | ExprKind::List(operands) => {
            for operand in operands {
                walk_paths(operand, hidden, note);
            }
        }
        ExprKind::Binary(_, left, right) => {
            walk_paths(left, hidden, note);
            walk_paths(right, hidden, note);
        }
        ExprKind::Quantified {
            variable,
            list,
            filter,
            body,
            ..
        } => {
            walk_paths(list, hidden, note);
            hidden.push(&variable.text);
            for inner in filter.as_deref().into_iter().chain([&**body]) {
                walk_paths(inner, hidden, note);
            }
            hidden.pop();
        }
        ExprKind::Each {
            variable,
            list,
            filter,
        } => {
            walk_paths(list, hidden, note);
            hidden.push(&variable.text);
            if let Some(filter) = filter {
                walk_paths(filter, hidden, note);
            }
            hidden.pop();
        }
        ExprKind::Match { scrutinee, arms } => {
            walk_paths(scrutinee, hidden, note);
            for arm in arms {
                walk_paths(&arm.value, hidden, note);
            }
        }
    }
}

/// The shortest circle through the first of these by name, with all its places.
fn report_circle(analysed: &mut Analysed<'_>, members: &[DeclarationId], edges: &[Edge]) {
    let inside: FxHashSet<DeclarationId> = members.iter().copied().collect();
    let key = |id: &DeclarationId| analysed.index.get(*id).map(|it| (it.name.clone(), it.pack));
    let Some(first) = members.iter().copied().min_by_key(key) else {
        return;
    };
    let circle = shortest_circle(first, |from| {
        let out = edges
            .iter()
            .filter(|edge| edge.from == from && inside.contains(&edge.to));
        out.map(|edge| (edge.to, edge.span)).collect()
    });
    let name = |id: DeclarationId| {
        analysed
            .index
            .get(id)
            .map(|it| it.name.clone())
            .unwrap_or_default()
    };
    let mut path: Vec<String> = circle
        .iter()
        .map(|(id, _)| format!("`{}`", name(*id)))
        .collect();
    path.push(format!("`{}`", name(first)));
    let message = format!("`{}` depends on itself: {}", name(first), path.join(" → "));
    let mut finding = codes::CIRCULAR_DEFINITION
        .at(analysed.name_span(first), message)
        .help("each value is settled after those that it names: break the circle at one of these places");
    for (at, (id, span)) in circle.iter().enumerate() {
        let next = circle.get(at + 1).map_or(first, |(id, _)| *id);
        finding = finding.also(*span, format!("`{}` names `{}`", name(*id), name(next)));
    }
    for id in members {
        let undeclared = matches!(analysed.item(*id), Some(Item::Let(it)) if it.ty.is_none());
        if undeclared {
            analysed.set_type(*id, error_type());
        }
    }
    analysed.report(finding);
}

/// The shortest way from a node back to itself: each node with the place at which it names the next.
pub(crate) fn shortest_circle<N: Copy + Eq + std::hash::Hash, P: Copy>(
    first: N,
    out: impl Fn(N) -> Vec<(N, P)>,
) -> Vec<(N, P)> {
    let mut came: FxHashMap<N, (N, P)> = FxHashMap::default();
    let mut open = std::collections::VecDeque::from([first]);
    while let Some(node) = open.pop_front() {
        for (next, place) in out(node) {
            if next == first {
                let mut way = vec![(node, place)];
                let mut at = node;
                while at != first {
                    let Some((before, place)) = came.get(&at).copied() else {
                        break;
                    };
                    way.push((before, place));
                    at = before;
                }
                way.reverse();
                return way;
            }
            if let std::collections::hash_map::Entry::Vacant(free) = came.entry(next) {
                free.insert((node, place));
                open.push_back(next);
            }
        }
    }
    Vec::new()
}
