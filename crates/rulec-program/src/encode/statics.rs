//! What is told of a node before any question: which variables it mentions, and whether lists lie in it.

use crate::node::{NodeId, Op};
use crate::seal::Sealed;

/// Variables from this number on are not told apart.
const LAST: u32 = 63;

/// Facts about nodes.
#[derive(Debug, Default)]
pub(crate) struct Statics {
    free: Vec<u64>,
    lists: Vec<bool>,
}

impl Statics {
    pub(crate) fn of(program: &Sealed) -> Statics {
        let count = program.nodes.ops.len();
        let mut statics = Statics {
            free: vec![0; count],
            lists: vec![false; count],
        };
        // Operands stand before what uses them; derived facts may stand anywhere, each after those that it names.
        let mut lets = vec![false; program.lets.len()];
        for (at, it) in program.lets.iter().enumerate() {
            let found = statics.below(program, it.value, &lets);
            if let Some(place) = lets.get_mut(at) {
                *place = found;
            }
        }
        for at in 0..count {
            statics.node(program, NodeId(at as u32), &lets);
        }
        statics
    }

    /// Does the nodes of a derived fact before those that name it; gives whether lists lie in it.
    fn below(&mut self, program: &Sealed, root: NodeId, lets: &[bool]) -> bool {
        let (mut waiting, mut found) = (vec![root], rustc_hash::FxHashSet::default());
        while let Some(node) = waiting.pop() {
            if let Some(op) = program.nodes.op(node)
                && found.insert(node)
            {
                program.nodes.each_operand(op, |it| waiting.push(it));
            }
        }
        let mut sorted: Vec<NodeId> = found.into_iter().collect();
        sorted.sort_unstable();
        for node in sorted {
            self.node(program, node, lets);
        }
        self.has_lists(root)
    }

    fn node(&mut self, program: &Sealed, node: NodeId, lets: &[bool]) {
        let Some(op) = program.nodes.op(node) else {
            return;
        };
        let (mut free, mut lists) = (0, false);
        program.nodes.each_operand(op, |it| {
            free |= self.mentions(it);
            lists |= self.has_lists(it);
        });
        match op {
            Op::Variable(number) => free = 1 << number.min(LAST),
            Op::Any { list, variable, .. } | Op::Each { list, variable, .. } if variable < LAST => {
                free = (free & !(1 << variable)) | self.mentions(list);
            }
            Op::Let(id) => lists |= lets.get(id.0 as usize).copied().unwrap_or(true),
            Op::Reported(_) => lists = true,
            _ => {}
        }
        let is_list = program
            .type_of(node)
            .is_some_and(|ty| ty.member().is_some());
        let at = node.0 as usize;
        if let (Some(place), Some(in_lists)) = (self.free.get_mut(at), self.lists.get_mut(at)) {
            *place = free;
            *in_lists = lists || is_list;
        }
    }

    /// The variables that it mentions, of quantifiers around it.
    pub(crate) fn mentions(&self, node: NodeId) -> u64 {
        self.free.get(node.0 as usize).copied().unwrap_or(u64::MAX)
    }

    /// It mentions none.
    pub(crate) fn is_closed(&self, node: NodeId) -> bool {
        self.mentions(node) == 0
    }

    /// It mentions this one.
    pub(crate) fn has_variable(&self, node: NodeId, number: u32) -> bool {
        self.mentions(node) & (1 << number.min(LAST)) != 0
    }

    /// What is written of it may hang on how many copies lists have.
    pub(crate) fn has_lists(&self, node: NodeId) -> bool {
        self.lists.get(node.0 as usize).copied().unwrap_or(true)
    }
}
