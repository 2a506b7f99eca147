//! A literal that is left out (C6): which nodes and derived facts come out different without it, and where that can be seen.

use rustc_hash::FxHashSet;

use crate::node::{LetId, NodeId, Op};
use crate::program::RuleId;
use crate::seal::Sealed;

/// A literal that is left out, and what holds it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dropped {
    pub node: Option<NodeId>,
    pub around: FxHashSet<NodeId>,
    pub lets: FxHashSet<LetId>,
}

impl Dropped {
    /// Without `node`, an operand of an `and` or `or` in the rule's own condition or in a derived fact.
    pub(crate) fn of(program: &Sealed, rule: RuleId, node: NodeId) -> Dropped {
        let mut dropped = Dropped {
            node: Some(node),
            ..Dropped::default()
        };
        dropped.around.insert(node);
        let when = program.rules.get(rule.0 as usize).and_then(|it| it.when);
        if let Some(when) = when
            && dropped.taint(program, &nodes_below(program, when), when)
        {
            return dropped;
        }
        for (at, it) in program.lets.iter().enumerate() {
            if dropped.taint(program, &nodes_below(program, it.value), it.value) {
                dropped.lets.insert(LetId(at as u32));
            }
        }
        let all: Vec<NodeId> = (0..program.nodes.ops.len() as u32).map(NodeId).collect();
        dropped.taint(program, &all, node);
        dropped
    }

    /// It is without this node.
    pub(crate) fn is_same(&self, node: NodeId) -> bool {
        self.node == Some(node)
    }

    /// The node lies in a derived fact: it is left out for all rules.
    pub(crate) fn is_of_all(&self) -> bool {
        !self.lets.is_empty()
    }

    /// Marks those of the nodes, operands first, that hold it; whether the root does.
    fn taint(&mut self, program: &Sealed, nodes: &[NodeId], root: NodeId) -> bool {
        for node in nodes {
            let Some(op) = program.nodes.op(*node) else {
                continue;
            };
            let mut holds = matches!(op, Op::Let(id) if self.lets.contains(&id));
            program
                .nodes
                .each_operand(op, |it| holds |= self.around.contains(&it));
            if holds {
                self.around.insert(*node);
            }
        }
        self.around.contains(&root)
    }
}

/// Where it can be seen, everything being known, that a condition comes out different without a literal.
#[derive(Debug, Clone, Default)]
pub(crate) struct Way {
    /// No other operand on the way up decides.
    pub wanted: Vec<(NodeId, bool)>,
    /// Beyond `and`, `or` and `not`: what holds the literal, which has to differ; and what it is without the literal then, if that is told.
    pub differs: Option<(NodeId, Option<bool>)>,
}

impl Dropped {
    /// The way to the literal; none if it stands in two operands.
    pub(crate) fn way(&self, program: &Sealed, at: NodeId) -> Option<Way> {
        let (list, is_and) = match program.nodes.op(at)? {
            Op::Not(of) => return self.way(program, of),
            Op::Let(id) => return self.way(program, program.lets.get(id.0 as usize)?.value),
            Op::And(list) => (program.nodes.list(list), true),
            Op::Or(list) => (program.nodes.list(list), false),
            _ => {
                return self.around.contains(&at).then(|| Way {
                    wanted: Vec::new(),
                    differs: Some((at, self.becomes(program, at))),
                });
            }
        };
        let mut found = None;
        let mut wanted = Vec::with_capacity(list.len());
        for it in list {
            if !self.around.contains(it) {
                wanted.push((*it, is_and));
                continue;
            }
            let inside = match self.node == Some(*it) {
                true => Way {
                    // Without it the operands left decide as if it were true in an `and`, false in an `or`.
                    wanted: vec![(*it, !is_and)],
                    differs: None,
                },
                false => self.way(program, *it)?,
            };
            if found.replace(inside).is_some() {
                return None;
            }
        }
        let mut way = found?;
        way.wanted.extend(wanted);
        Some(way)
    }

    /// What a node that holds the literal is without it where it is something else with it; none if it can be either.
    pub(crate) fn becomes(&self, program: &Sealed, at: NodeId) -> Option<bool> {
        let op = program.nodes.op(at)?;
        if !self.around.contains(&at) {
            return None;
        }
        let all = |operands: &[NodeId]| {
            let mut found = None;
            for it in operands.iter().filter(|it| self.around.contains(it)) {
                let one = match (self.node == Some(*it), op) {
                    (true, Op::And(_)) => true,
                    (true, Op::Or(_)) => false,
                    (true, _) => return None,
                    (false, _) => self.becomes(program, *it)?,
                };
                if found.replace(one).is_some_and(|it| it != one) {
                    return None;
                }
            }
            found
        };
        match op {
            Op::Not(of) => self.becomes(program, of).map(|it| !it),
            Op::Let(id) => self.becomes(program, program.lets.get(id.0 as usize)?.value),
            Op::And(list) | Op::Or(list) => all(program.nodes.list(list)),
            Op::Any {
                list, filter, body, ..
            } if !self.around.contains(&list) => match filter {
                Some(filter) => all(&[filter, body]),
                None => all(&[body]),
            },
            _ => None,
        }
    }

    /// Whether nothing of a rule's verdict but its own condition hangs on the literal.
    pub(crate) fn is_in_condition_alone(&self, program: &Sealed, rule: RuleId) -> bool {
        if self.lets.is_empty() {
            return true;
        }
        let held = |node: &NodeId| self.around.contains(node);
        let (mut waiting, mut seen) = (vec![rule], FxHashSet::default());
        while let Some(id) = waiting.pop() {
            let Some(it) = program.rules.get(id.0 as usize) else {
                return false;
            };
            if !seen.insert(id) {
                continue;
            }
            if id != rule && it.when.as_ref().is_some_and(held) {
                return false;
            }
            waiting.extend(&it.overridden_by);
            for symptom in &it.symptoms {
                let of = program.symptoms.get(symptom.0 as usize);
                if of.is_none_or(|it| it.seen.iter().any(held)) {
                    return false;
                }
                if it.otherwise {
                    waiting.extend(program.ordinary_rules(*symptom));
                }
            }
        }
        true
    }
}

/// Nodes of an expression, operands first; derived facts are not looked through.
fn nodes_below(program: &Sealed, root: NodeId) -> Vec<NodeId> {
    let (mut waiting, mut found) = (vec![root], FxHashSet::default());
    while let Some(node) = waiting.pop() {
        if let Some(op) = program.nodes.op(node)
            && found.insert(node)
        {
            program.nodes.each_operand(op, |it| waiting.push(it));
        }
    }
    let mut sorted: Vec<NodeId> = found.into_iter().collect();
    sorted.sort_unstable();
    sorted
}
