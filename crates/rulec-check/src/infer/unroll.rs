//! What the lists of derived facts come to once all names in them are followed: `let b = [a, a]` is twice as long as `a`, and a
//! short text could make itself into more than any memory holds. What is too much is an error, so that no run begins.

use rulec_program::node::{NodeId, Op};
use rulec_syntax::source::Span;

use super::{Reader, Room};
use crate::codes;

/// Elements of a list that come from other derived facts; those that stand there as text are bounded by the text.
const MOST_ELEMENTS: usize = 10_000;
/// Lists in lists.
const MOST_NESTING: usize = 64;

/// Elements of a list, of lists in it too, and how deep these stand.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Unrolled {
    elements: usize,
    nesting: usize,
}

impl Unrolled {
    fn or(self, other: Unrolled) -> Unrolled {
        Unrolled {
            elements: self.elements.max(other.elements),
            nesting: self.nesting.max(other.nesting),
        }
    }
}

impl Room {
    /// What a node comes to; `all` has those before it, from number `start` on.
    fn unrolled(&self, op: Op, start: usize, all: &[Unrolled]) -> Unrolled {
        let of = |node: NodeId| {
            let at = (node.0 as usize).checked_sub(start);
            let known = at.and_then(|at| all.get(at).copied());
            known.unwrap_or_default()
        };
        match op {
            Op::Let(id) => {
                let known = self.unrolled.get(id.0 as usize).copied();
                known.unwrap_or_default()
            }
            Op::List(operands) => {
                let mut sum = Unrolled::default();
                for inner in self.nodes.list(operands).iter().map(|it| of(*it)) {
                    sum.elements = sum.elements.saturating_add(inner.elements.max(1));
                    sum.nesting = sum.nesting.max(inner.nesting);
                }
                sum.nesting += 1;
                sum
            }
            Op::Each { list, .. } | Op::Project(list, _) | Op::Min(list) | Op::Max(list) => {
                of(list)
            }
            Op::Match { arms, .. } => {
                let arms = self.nodes.arms_of(arms).iter();
                arms.fold(Unrolled::default(), |most, arm| most.or(of(arm.value)))
            }
            _ => Unrolled::default(),
        }
    }
}

impl Reader<'_, '_> {
    /// Notes what the derived fact comes to whose expression was read into the nodes from `start` on; false after a finding.
    pub(crate) fn unroll(&mut self, start: usize, span: Span) -> bool {
        let room = &self.room;
        let nodes = &room.nodes;
        let mut all: Vec<Unrolled> = Vec::with_capacity(nodes.ops.len().saturating_sub(start));
        // Of the lists that stand here: what names another list as it is makes nothing longer.
        let mut most = Unrolled::default();
        for op in nodes.ops.iter().skip(start) {
            let here = room.unrolled(*op, start, &all);
            if let Op::List(_) = op {
                most = most.or(here);
            }
            all.push(here);
        }
        let last = all.last().copied().unwrap_or_default();
        let fits = most.elements <= MOST_ELEMENTS.max(all.len()) && most.nesting <= MOST_NESTING;
        self.room
            .unrolled
            .push(if fits { last } else { Unrolled::default() });
        if !fits {
            let message = format!(
                "with the lists that it names this comes to {} elements in {} lists in each other; {MOST_ELEMENTS} elements in {MOST_NESTING} lists are allowed",
                most.elements, most.nesting
            );
            let finding = codes::TOO_LARGE
                .at(span, message)
                .help("name each list once");
            self.analysed.report(finding);
        }
        fits
    }
}
