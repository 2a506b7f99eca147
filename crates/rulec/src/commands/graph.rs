//! `rulec graph`: who depends on whom, as dot, mermaid, JSON or a picture; all of it, or a part.

use std::io::Write;

use rulec_check::graph::{Graph as Dependencies, Node, NodeKind};
use serde_json::json;

use crate::args::{Graph, GraphFormat};
use crate::failure::Failure;
use crate::output::Output;
use crate::picture::{self, choose};
use crate::ready::{Readiness, ready};

/// Prints the graph of a sound pack.
pub fn run(args: &Graph, output: &mut Output) -> Result<u8, Failure> {
    let ready = match ready(&args.packs, output)? {
        Readiness::Ready(ready) => ready,
        Readiness::NotReady(code) => return Ok(code),
    };
    let whole = ready.analysis.graph();
    let pack = ready
        .program
        .packs
        .first()
        .map_or("", |it| it.name.as_str());
    let (graph, about) = if let Some(name) = &args.symptom {
        let found = choose::of_symptom(&whole, name);
        let graph = found.ok_or_else(|| unknown(&whole, name, true))?;
        let title = whole
            .nodes
            .iter()
            .find(|it| it.kind == NodeKind::Symptom && it.name == *name)
            .and_then(|it| it.title.clone());
        (graph, title.map_or(name.clone(), |it| it.to_string()))
    } else if let Some(name) = &args.around {
        let found = choose::around(&whole, name);
        let graph = found.ok_or_else(|| unknown(&whole, name, false))?;
        (graph, format!("around {name}"))
    } else {
        (whole, pack.to_owned())
    };
    let overview = args.symptom.is_none() && args.around.is_none() && !args.all;
    let text = match args.format {
        GraphFormat::Svg if overview => picture::overview(&graph, pack),
        GraphFormat::Svg => picture::detail(&graph, &about),
        GraphFormat::Dot => dot(&graph),
        GraphFormat::Mermaid => mermaid(&graph),
        GraphFormat::Json => as_json(&graph),
    };
    output.write_all(text.as_bytes())?;
    Ok(0)
}

fn unknown(graph: &Dependencies, name: &str, symptom: bool) -> Failure {
    let what = if symptom { "symptom " } else { "" };
    let help = match rulec_check::nearest(name, choose::names(graph, symptom)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`rulec list` names everything that the pack declares".to_owned(),
    };
    Failure::new(format!("the pack declares no {what}`{name}`")).help(help)
}

fn dot(graph: &Dependencies) -> String {
    let mut text =
        String::from("digraph rulec {\n  rankdir = LR\n  node [fontname = \"sans-serif\"]\n");
    for (number, node) in graph.nodes.iter().enumerate() {
        let label = quoted(&node.name);
        text.push_str(&format!(
            "  n{number} [label = {label}, shape = {}]\n",
            shape(node.kind)
        ));
    }
    for edge in &graph.edges {
        text.push_str(&format!(
            "  n{} -> n{} [label = \"{}\"]\n",
            edge.from,
            edge.to,
            edge.kind.name()
        ));
    }
    text.push_str("}\n");
    text
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn shape(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Param => "house",
        NodeKind::Fact => "box",
        NodeKind::Field => "plaintext",
        NodeKind::Let => "ellipse",
        NodeKind::Symptom => "octagon",
        NodeKind::Rule => "diamond",
        NodeKind::Fix => "component",
    }
}

fn mermaid(graph: &Dependencies) -> String {
    let mut text = String::from("flowchart LR\n");
    for (number, node) in graph.nodes.iter().enumerate() {
        text.push_str(&format!("  n{number}{}\n", mermaid_shape(node)));
    }
    for edge in &graph.edges {
        text.push_str(&format!(
            "  n{} -->|{}| n{}\n",
            edge.from,
            edge.kind.name(),
            edge.to
        ));
    }
    text
}

fn mermaid_shape(node: &Node) -> String {
    let label = format!("\"{}\"", node.name.replace('"', "#quot;"));
    match node.kind {
        NodeKind::Param => format!("[/{label}/]"),
        NodeKind::Fact | NodeKind::Field => format!("[{label}]"),
        NodeKind::Let => format!("({label})"),
        NodeKind::Symptom => format!("{{{{{label}}}}}"),
        NodeKind::Rule => format!("{{{label}}}"),
        NodeKind::Fix => format!("[[{label}]]"),
    }
}

fn as_json(graph: &Dependencies) -> String {
    let nodes: Vec<_> = graph
        .nodes
        .iter()
        .map(|it| json!({ "kind": it.kind.name(), "name": it.name, "pack": it.pack, "title": it.title }))
        .collect();
    let edges: Vec<_> = graph
        .edges
        .iter()
        .map(|it| json!({ "from": it.from, "to": it.to, "kind": it.kind.name() }))
        .collect();
    format!(
        "{:#}\n",
        json!({ "format": 1, "nodes": nodes, "edges": edges })
    )
}
