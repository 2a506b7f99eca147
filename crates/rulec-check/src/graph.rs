//! The dependency graph as a plain value: what depends on what.
//!
//! Nodes are sorted by kind, name and pack, edges by node, so that output never follows the order of files.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;
use rulec_program::program::{Named, Program};

use crate::index::{DeclarationId, Index, Kind, Reference};
use crate::infer::FieldUse;

/// Kinds of nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the language")]
pub enum NodeKind {
    Param,
    Fact,
    /// A field of a param or fact that something names.
    Field,
    Let,
    Symptom,
    Rule,
    Fix,
}

impl NodeKind {
    /// Stable word: `param`, `fact`, `field`, `let`, …
    pub fn name(self) -> &'static str {
        match self {
            NodeKind::Param => "param",
            NodeKind::Fact => "fact",
            NodeKind::Field => "field",
            NodeKind::Let => "let",
            NodeKind::Symptom => "symptom",
            NodeKind::Rule => "rule",
            NodeKind::Fix => "fix",
        }
    }
}

/// A node.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Its name; a field has its path.
    pub name: CompactString,
    /// Its pack.
    pub pack: CompactString,
    /// First sentence of its description.
    pub title: Option<CompactString>,
}

/// Kinds of edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EdgeKind {
    /// An expression or text of `from` names `to`.
    Uses,
    /// The place of the fact `from` is found through `to`.
    Locator,
    /// `from` is a field of `to`.
    FieldOf,
    /// The rule `from` explains the symptom `to`.
    Explains,
    /// The rule `from` is repaired by the fix `to`.
    RepairedBy,
    /// The rule `from` overrides the rule `to`.
    Overrides,
    /// The rule `from` holds only where no ordinary rule of the symptom `to` does.
    Otherwise,
    /// The fix `from` must not be combined with `to`.
    Excludes,
}

impl EdgeKind {
    /// Stable word.
    pub fn name(self) -> &'static str {
        match self {
            EdgeKind::Uses => "uses",
            EdgeKind::Locator => "locator",
            EdgeKind::FieldOf => "field-of",
            EdgeKind::Explains => "explains",
            EdgeKind::RepairedBy => "repaired-by",
            EdgeKind::Overrides => "overrides",
            EdgeKind::Otherwise => "otherwise",
            EdgeKind::Excludes => "excludes",
        }
    }
}

/// An edge between two nodes of [`Graph::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edge {
    /// What depends.
    pub from: u32,
    /// On what.
    pub to: u32,
    /// How.
    pub kind: EdgeKind,
}

/// The dependency graph of a program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graph {
    /// Sorted.
    pub nodes: Vec<Node>,
    /// Sorted, each once.
    pub edges: Vec<Edge>,
}

/// The graph of what could be read; `overrides all`, `symptom any` and `otherwise` need the program.
pub(crate) fn build(
    index: &Index,
    packs: &[String],
    uses: &[FieldUse],
    program: Option<&Program>,
) -> Graph {
    let mut making = Making {
        index,
        packs,
        keys: BTreeMap::new(),
        edges: BTreeSet::new(),
    };
    for (id, _) in index.iter() {
        making.declared(id);
    }
    for it in uses {
        making.field_use(it);
    }
    for it in &index.references {
        making.reference(it);
    }
    if let Some(program) = program {
        making.precedence(program);
    }
    making.finish()
}

type Key = (NodeKind, CompactString, CompactString);

struct Making<'i> {
    index: &'i Index,
    packs: &'i [String],
    keys: BTreeMap<Key, Option<CompactString>>,
    edges: BTreeSet<(Key, Key, EdgeKind)>,
}

impl Making<'_> {
    fn key(&self, id: DeclarationId) -> Option<Key> {
        let it = self.index.get(id)?;
        let kind = match it.kind {
            Kind::Param => NodeKind::Param,
            Kind::Fact => NodeKind::Fact,
            Kind::Let => NodeKind::Let,
            Kind::Symptom => NodeKind::Symptom,
            Kind::Rule => NodeKind::Rule,
            Kind::Fix => NodeKind::Fix,
            Kind::Type | Kind::Test => return None,
        };
        Some((kind, it.name.clone(), self.pack(it.pack)))
    }

    fn pack(&self, number: u32) -> CompactString {
        self.packs
            .get(number as usize)
            .map(CompactString::from)
            .unwrap_or_default()
    }

    fn declared(&mut self, id: DeclarationId) {
        if let (Some(key), Some(it)) = (self.key(id), self.index.get(id)) {
            self.keys.insert(key, it.title.clone());
        }
    }

    fn edge(&mut self, from: Key, to: Key, kind: EdgeKind) {
        self.edges.insert((from, to, kind));
    }

    fn field_use(&mut self, it: &FieldUse) {
        let Some(of) = self.key(it.of) else {
            return;
        };
        // Fields of derived facts are fields of what these are made of.
        let named = if it.path.is_empty() || of.0 == NodeKind::Let {
            of
        } else {
            let field = (
                NodeKind::Field,
                compact_str::format_compact!("{}.{}", of.1, it.path),
                of.2.clone(),
            );
            self.keys.entry(field.clone()).or_default();
            self.edge(field.clone(), of, EdgeKind::FieldOf);
            field
        };
        if let Some(from) = it.from.and_then(|id| self.key(id)) {
            let kind = if from.0 == NodeKind::Fact {
                EdgeKind::Locator
            } else {
                EdgeKind::Uses
            };
            self.edge(from, named, kind);
        }
    }

    fn reference(&mut self, it: &Reference) {
        let (Some(from), Some(to)) = (it.from.and_then(|id| self.key(id)), self.key(it.to)) else {
            return;
        };
        let kind = match (from.0, to.0) {
            (NodeKind::Rule, NodeKind::Symptom) => EdgeKind::Explains,
            (NodeKind::Rule, NodeKind::Fix) => EdgeKind::RepairedBy,
            (NodeKind::Rule, NodeKind::Rule) => EdgeKind::Overrides,
            (NodeKind::Fix, NodeKind::Fix) => EdgeKind::Excludes,
            // Uses of fields are known with their paths.
            _ if it.field => return,
            (NodeKind::Fact, _) => EdgeKind::Locator,
            _ => EdgeKind::Uses,
        };
        self.edge(from, to, kind);
    }

    fn precedence(&mut self, program: &Program) {
        let key =
            |kind: NodeKind, named: &Named| (kind, named.name.clone(), self.pack(named.pack.0));
        let rules: Vec<Key> = program
            .rules
            .iter()
            .map(|it| key(NodeKind::Rule, &it.named))
            .collect();
        let symptoms: Vec<Key> = program
            .symptoms
            .iter()
            .map(|it| key(NodeKind::Symptom, &it.named))
            .collect();
        for (own, rule) in rules.iter().zip(&program.rules) {
            for by in &rule.overridden_by {
                if let Some(by) = rules.get(by.0 as usize) {
                    self.edge(by.clone(), own.clone(), EdgeKind::Overrides);
                }
            }
            for symptom in &rule.symptoms {
                if let Some(symptom) = symptoms.get(symptom.0 as usize) {
                    self.edge(own.clone(), symptom.clone(), EdgeKind::Explains);
                    if rule.otherwise {
                        self.edge(own.clone(), symptom.clone(), EdgeKind::Otherwise);
                    }
                }
            }
        }
    }

    fn finish(self) -> Graph {
        let numbers: BTreeMap<&Key, u32> = self.keys.keys().zip(0u32..).collect();
        let edges = self.edges.iter().filter_map(|(from, to, kind)| {
            Some(Edge {
                from: *numbers.get(from)?,
                to: *numbers.get(to)?,
                kind: *kind,
            })
        });
        let edges: Vec<Edge> = edges.collect();
        let nodes = self.keys.iter().map(|((kind, name, pack), title)| Node {
            kind: *kind,
            name: name.clone(),
            pack: pack.clone(),
            title: title.clone(),
        });
        let nodes: Vec<Node> = nodes.collect();
        let mut edges = edges;
        edges.sort_unstable();
        Graph { nodes, edges }
    }
}
