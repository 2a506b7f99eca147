//! Which parts of a quantifier's filter or body do not mention any variable: they have one value for all elements.
//!
//! Deciding computes them once a state; without that `a overlaps (each x in b where …)` inside of a quantifier over `c` would
//! filter `b` once for each element of `c`.

use crate::node::{NodeId, Nodes, Op};

/// Per node: it costs more than a look at its operands, stands in a quantifier, and has no variable of one around it.
pub(super) fn of(nodes: &Nodes) -> Vec<bool> {
    let free = free_variables(nodes);
    let mut inside = vec![false; nodes.ops.len()];
    let mut hoisted = vec![false; nodes.ops.len()];
    for at in (0..nodes.ops.len()).rev() {
        let Some(op) = nodes.ops.get(at).copied() else {
            continue;
        };
        let here = inside.get(at).copied().unwrap_or_default();
        if let Some(place) = hoisted.get_mut(at) {
            *place = here && free.get(at) == Some(&None) && is_costly(op);
        }
        let mut enter = |node: NodeId, inner: bool| {
            if let Some(place) = inside.get_mut(node.0 as usize) {
                *place |= inner;
            }
        };
        nodes.each_operand(op, |it| enter(it, here));
        if let Op::Any { filter, .. } | Op::Each { filter, .. } = op {
            filter.into_iter().for_each(|it| enter(it, true));
        }
        if let Op::Any { body, .. } = op {
            enter(body, true);
        }
    }
    hoisted
}

/// Per node: the outermost variable that it mentions and does not bind. Variables are numbered by their nesting.
fn free_variables(nodes: &Nodes) -> Vec<Option<u32>> {
    let mut free: Vec<Option<u32>> = Vec::with_capacity(nodes.ops.len());
    for op in &nodes.ops {
        let mut outermost: Option<u32> = None;
        nodes.each_operand(*op, |it| {
            let of = free.get(it.0 as usize).copied().flatten();
            outermost = match (outermost, of) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        });
        free.push(match *op {
            Op::Variable(number) => Some(number),
            // Its own variable is the innermost one of what stands in it; its list stands outside.
            Op::Any { variable, .. } | Op::Each { variable, .. } => {
                outermost.filter(|it| *it < variable)
            }
            _ => outermost,
        });
    }
    free
}

fn is_costly(op: Op) -> bool {
    matches!(
        op,
        Op::Project(..)
            | Op::Overlaps(..)
            | Op::Any { .. }
            | Op::Each { .. }
            | Op::Count(_)
            | Op::Min(_)
            | Op::Max(_)
            | Op::Size(_)
            | Op::Call(..)
            | Op::List(_)
    )
}
