//! A literal that is left out (C6): which nodes and derived facts come out different without it.

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
