//! Which rule waits for which (V5): circles of `overrides` and `otherwise`.
//!
//! A symptom stands between its `otherwise` rules and its ordinary ones, so that the graph stays as small as the program.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use rulec_program::program::Program;
use rulec_syntax::ast::Overrides;
use rulec_syntax::source::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use super::RuleParts;
use crate::analysed::Analysed;
use crate::codes;
use crate::index::DeclarationId;
use crate::order::shortest_circle;

/// Why a rule waits.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wait {
    /// This rule overrides it; where that is said.
    Overridden(u32, Span),
}

/// Who waits for whom.
pub(super) struct Waits {
    /// Declarations of the rules, by their numbers.
    rules: Vec<DeclarationId>,
    overridden: Vec<(u32, u32, Span)>,
    otherwise: FxHashMap<u32, Span>,
    all: FxHashMap<u32, Span>,
}

impl Waits {
    pub(super) fn new(rules: Vec<DeclarationId>) -> Waits {
        Waits {
            rules,
            overridden: Vec::new(),
            otherwise: FxHashMap::default(),
            all: FxHashMap::default(),
        }
    }

    /// Notes what a rule's own clauses say.
    pub(super) fn note_rule(&mut self, number: u32, part: &RuleParts<'_>) {
        if let Some(place) = part.rule.otherwise {
            self.otherwise.insert(number, place.0);
        }
        if let Overrides::All(place) = part.rule.overrides {
            self.all.insert(number, place.0);
        }
    }

    /// Where a rule says `overrides all`.
    pub(super) fn overrides_all(&self, rule: u32) -> Option<Span> {
        self.all.get(&rule).copied()
    }

    /// A rule waits.
    pub(super) fn add(&mut self, rule: u32, wait: Wait) {
        let Wait::Overridden(by, span) = wait;
        self.overridden.push((rule, by, span));
    }

    /// Reports each circle once, whole.
    pub(super) fn check(&self, program: &Program, analysed: &mut Analysed<'_>) {
        if self.overridden.is_empty() {
            return;
        }
        let edges = self.edges(program);
        let rules = self.rules.len();
        let mut graph: DiGraph<u32, ()> =
            DiGraph::with_capacity(rules + program.symptoms.len(), edges.len());
        let count = u32::try_from(rules + program.symptoms.len()).unwrap_or(u32::MAX);
        for number in 0..count {
            graph.add_node(number);
        }
        let mut itself: FxHashSet<u32> = FxHashSet::default();
        for (from, to, _) in &edges {
            graph.add_edge(
                NodeIndex::new(*from as usize),
                NodeIndex::new(*to as usize),
                (),
            );
            if from == to {
                itself.insert(*from);
            }
        }
        for group in kosaraju_scc(&graph) {
            let mut members: Vec<u32> = group
                .iter()
                .filter_map(|it| graph.node_weight(*it).copied())
                .collect();
            let alone = matches!(members.as_slice(), [one] if !itself.contains(one));
            if !alone {
                members.sort_unstable();
                self.report(&members, &edges, analysed);
            }
        }
    }

    /// Rules by number; symptoms are numbered after all rules.
    fn edges(&self, program: &Program) -> Vec<(u32, u32, Span)> {
        let mut edges = self.overridden.clone();
        let first = u32::try_from(self.rules.len()).unwrap_or(u32::MAX);
        let mut waited: FxHashSet<u32> = FxHashSet::default();
        for (number, rule) in (0u32..).zip(&program.rules) {
            let Some(span) = self.otherwise.get(&number) else {
                continue;
            };
            for symptom in &rule.symptoms {
                edges.push((number, first + symptom.0, *span));
                waited.insert(symptom.0);
            }
        }
        for (symptom, it) in (0u32..).zip(&program.symptoms) {
            if !waited.contains(&symptom) {
                continue;
            }
            let ordinary = it
                .rules
                .iter()
                .filter(|rule| !self.otherwise.contains_key(&rule.0));
            edges.extend(ordinary.map(|rule| (first + symptom, rule.0, Span::default())));
        }
        edges
    }

    fn report(&self, members: &[u32], edges: &[(u32, u32, Span)], analysed: &mut Analysed<'_>) {
        let inside: FxHashSet<u32> = members.iter().copied().collect();
        let Some(first) = members.first().copied() else {
            return;
        };
        let mut out: FxHashMap<u32, Vec<(u32, Span)>> = FxHashMap::default();
        for (from, to, span) in edges {
            if inside.contains(from) && inside.contains(to) {
                out.entry(*from).or_default().push((*to, *span));
            }
        }
        let circle = shortest_circle(first, |from| out.get(&from).cloned().unwrap_or_default());
        // Symptoms on the way are left out: a rule waits for the ordinary rule behind them.
        let steps: Vec<(u32, Span)> = circle
            .into_iter()
            .filter(|(node, _)| (*node as usize) < self.rules.len())
            .collect();
        let name = |rule: u32| self.rule_name(rule, analysed);
        let mut path: Vec<String> = steps
            .iter()
            .map(|(rule, _)| format!("`{}`", name(*rule)))
            .collect();
        path.push(format!("`{}`", name(first)));
        let message = match steps.as_slice() {
            [_] => format!("`{}` overrides itself", name(first)),
            _ => format!(
                "the precedence of rules runs in a circle: {}",
                path.join(" waits for ")
            ),
        };
        let declaration = self.rules.get(first as usize).copied();
        let span = declaration
            .map(|id| analysed.name_span(id))
            .unwrap_or_default();
        let mut finding = codes::CIRCULAR_PRECEDENCE
            .at(span, message)
            .help("a rule waits for those that override it, and with `otherwise` for the ordinary rules of its symptoms: take one of these clauses out");
        for (at, (rule, place)) in steps.iter().enumerate() {
            let next = steps.get(at + 1).map_or(first, |(rule, _)| *rule);
            let why = if self.otherwise.get(rule) == Some(place) {
                format!(
                    "`{}` holds only where `{}` does not",
                    name(*rule),
                    name(next)
                )
            } else {
                format!("`{}` overrides `{}`", name(next), name(*rule))
            };
            finding = finding.also(*place, why);
        }
        analysed.report(finding);
    }

    fn rule_name(&self, rule: u32, analysed: &Analysed<'_>) -> String {
        let id = self.rules.get(rule as usize).copied();
        let declaration = id.and_then(|id| analysed.index.get(id));
        declaration
            .map(|it| it.name.to_string())
            .unwrap_or_default()
    }
}
