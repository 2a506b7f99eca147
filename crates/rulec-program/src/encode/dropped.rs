//! A literal that is left out (C6): which nodes and derived facts come out different without it, and where that can be seen.

use std::sync::Arc;

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

/// By node: the nodes that have it as an operand; what names a derived fact stands with its value.
#[derive(Debug)]
struct Above {
    starts: Vec<u32>,
    nodes: Vec<NodeId>,
}

impl Above {
    fn of(program: &Sealed) -> Above {
        let count = program.nodes.ops.len();
        let mut pairs: Vec<(NodeId, NodeId)> = Vec::new();
        for (op, at) in program.nodes.ops.iter().zip(0..) {
            program
                .nodes
                .each_operand(*op, |it| pairs.push((it, NodeId(at))));
            if let Op::Let(id) = op
                && let Some(it) = program.lets.get(id.0 as usize)
            {
                pairs.push((it.value, NodeId(at)));
            }
        }
        pairs.sort_unstable();
        let mut starts = vec![0; count + 1];
        for (below, _) in &pairs {
            if let Some(place) = starts.get_mut(below.0 as usize + 1) {
                *place += 1;
            }
        }
        let mut sum = 0;
        for place in &mut starts {
            sum += *place;
            *place = sum;
        }
        Above {
            starts,
            nodes: pairs.into_iter().map(|(_, above)| above).collect(),
        }
    }

    fn of_node(&self, node: NodeId) -> &[NodeId] {
        let at = node.0 as usize;
        let bounds = self.starts.get(at).zip(self.starts.get(at + 1));
        let found = bounds.and_then(|(from, to)| self.nodes.get(*from as usize..*to as usize));
        found.unwrap_or_default()
    }
}

/// Finds what is changed by leaving a literal out; remembers the last one.
#[derive(Debug, Default)]
pub(crate) struct Dropping {
    above: Option<Above>,
    last: Option<(RuleId, Arc<Dropped>)>,
    /// The nodes of the last rule's condition, operands first.
    below: Option<(RuleId, Vec<NodeId>)>,
    /// Of the last literal: whether nothing of a rule's verdict but its own condition hangs on it.
    alone: Option<(RuleId, bool)>,
}

impl Dropping {
    /// What comes out different without a literal.
    pub(crate) fn of(&mut self, program: &Sealed, rule: RuleId, literal: NodeId) -> Arc<Dropped> {
        if let Some((of, it)) = &self.last
            && it.node == Some(literal)
            && (*of == rule || it.is_of_all())
        {
            return Arc::clone(it);
        }
        let above = self.above.get_or_insert_with(|| Above::of(program));
        let below = match self.below.take() {
            Some((of, nodes)) if of == rule => nodes,
            _ => condition_of(program, rule).map_or_else(Vec::new, |it| nodes_below(program, it)),
        };
        let found = Arc::new(Dropped::of(program, above, (rule, &below), literal));
        self.below = Some((rule, below));
        self.last = Some((rule, Arc::clone(&found)));
        self.alone = None;
        found
    }

    /// Whether nothing of a rule's verdict but its own condition hangs on the literal.
    pub(crate) fn is_in_condition_alone(
        &mut self,
        program: &Sealed,
        rule: RuleId,
        literal: NodeId,
    ) -> bool {
        let dropped = self.of(program, rule, literal);
        match self.alone {
            Some((of, known)) if of == rule => known,
            _ => {
                let found = dropped.is_in_condition_alone(program, rule);
                self.alone = Some((rule, found));
                found
            }
        }
    }
}

impl Dropped {
    /// Without `node`, an operand of an `and` or `or` in the rule's own condition or in a derived fact.
    fn of(
        program: &Sealed,
        above: &Above,
        (rule, below): (RuleId, &[NodeId]),
        node: NodeId,
    ) -> Dropped {
        let mut dropped = Dropped {
            node: Some(node),
            ..Dropped::default()
        };
        dropped.around.insert(node);
        if let Some(when) = condition_of(program, rule)
            && dropped.taint(program, below, when)
        {
            return dropped;
        }
        let mut waiting = vec![node];
        while let Some(node) = waiting.pop() {
            for it in above.of_node(node) {
                if let Some(Op::Let(id)) = program.nodes.op(*it) {
                    dropped.lets.insert(id);
                }
                if dropped.around.insert(*it) {
                    waiting.push(*it);
                }
            }
        }
        dropped
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
            let mut holds = false;
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

    fn is_in_condition_alone(&self, program: &Sealed, rule: RuleId) -> bool {
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

fn condition_of(program: &Sealed, rule: RuleId) -> Option<NodeId> {
    program.rules.get(rule.0 as usize)?.when
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
