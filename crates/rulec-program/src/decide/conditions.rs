//! Truth of conditions: over the arena, and by the decision code of a rule.

use rulec_facts::ops::{self, Amount};
use rulec_facts::truth::Truth;
use rulec_facts::value::Partial;

use super::terms::value_of_truth;
use super::{Decider, Elements, Term};
use crate::code::{self, FALSE, Rank, Step, TRUE, What};
use crate::node::{Comparison, NodeId, Op, TextTest};

impl<'a> Decider<'a> {
    /// Truth of a condition under the variables that are set.
    pub(crate) fn truth_of(&mut self, node: NodeId) -> Truth {
        let nodes = &self.program.nodes;
        let Some(op) = nodes.op(node) else {
            return Truth::Unknown;
        };
        match op {
            Op::Not(of) => !self.truth_of(of),
            Op::And(list) => self.fold(nodes.list(list), Truth::True),
            Op::Or(list) => self.fold(nodes.list(list), Truth::False),
            Op::Let(id) => self.let_truth(id),
            Op::Compare(comparison, a, b) => self.compare(comparison, a, b),
            Op::TextTest(test, a, b) => self.both(a, b, |a, b| match test {
                TextTest::Contains => ops::contains(a, b),
                TextTest::StartsWith => ops::starts_with(a, b),
                TextTest::EndsWith => ops::ends_with(a, b),
                TextTest::Matches => ops::matches(a, b),
            }),
            Op::Member(a, list) => self.both(a, list, ops::member),
            Op::Within(a, b) => self.both(a, b, ops::within),
            Op::Overlaps(..) | Op::Any { .. } => match self.program.is_hoisted(node) {
                true => {
                    let once = self.once(node, |it| value_of_truth(it.costly_truth(op)));
                    once.truth()
                }
                false => self.costly_truth(op),
            },
            Op::Reported(code) => {
                let code = self.term_of(code).into_partial();
                self.term_reported(&code)
            }
            Op::IsAbsent(of) => match self.term_of(of) {
                // A bounded number is there.
                Term::Bounded(_) => Truth::False,
                other => other.with(ops::is_absent),
            },
            Op::IsEmpty(of) => self.term_of(of).with(ops::is_empty),
            Op::IsBase64(of) => self.term_of(of).with(ops::is_base64),
            _ => self.term_of(node).truth(),
        }
    }

    fn costly_truth(&mut self, op: Op) -> Truth {
        match op {
            Op::Overlaps(a, b) => self.both(a, b, ops::overlaps),
            Op::Any {
                list, filter, body, ..
            } => self.any(list, filter, body),
            _ => Truth::Unknown,
        }
    }

    /// `and` (from T) or `or` (from F) over operands, which are looked at until one decides.
    fn fold(&mut self, operands: &[NodeId], neutral: Truth) -> Truth {
        let mut result = neutral;
        for operand in operands {
            let truth = self.truth_of(*operand);
            if truth == !neutral {
                return truth;
            }
            if truth == Truth::Unknown {
                result = truth;
            }
        }
        result
    }

    fn both(&mut self, a: NodeId, b: NodeId, test: impl Fn(&Partial, &Partial) -> Truth) -> Truth {
        let a = self.term_of(a);
        let b = self.term_of(b);
        a.with(|a| b.with(|b| test(a, b)))
    }

    fn compare(&mut self, comparison: Comparison, a: NodeId, b: NodeId) -> Truth {
        let program = self.program;
        let optional = (program.can_be_absent(a), program.can_be_absent(b));
        let a = self.term_of(a);
        let b = self.term_of(b);
        if matches!((&a, &b), (Term::Bounded(_), _) | (_, Term::Bounded(_))) {
            let (a, b): (Amount, Amount) = (a.amount(), b.amount());
            return match comparison {
                Comparison::Equal => a.equal(optional.0, &b, optional.1),
                Comparison::Less => a.less(&b),
                Comparison::LessEqual => a.less_equal(&b),
            };
        }
        a.with(|a| {
            b.with(|b| match comparison {
                Comparison::Equal => ops::equal(a, optional.0, b, optional.1),
                Comparison::Less => ops::less(a, b),
                Comparison::LessEqual => ops::less_equal(a, b),
            })
        })
    }

    /// O5: `or` over elements of (membership and filter and body).
    fn any(&mut self, list: NodeId, filter: Option<NodeId>, body: NodeId) -> Truth {
        let all = Elements::of(self.term_of(list));
        if let Elements::Unknown(_) = all {
            return Truth::Unknown;
        }
        let mut found = Truth::False;
        for at in 0..all.len() {
            let Some((value, membership)) = all.get(at) else {
                break;
            };
            let here = self.under(value, |it| it.holds(membership, filter, body));
            found = found.or(here);
            if found == Truth::True {
                break;
            }
        }
        found
    }

    /// Membership and filter and body, for the element that the innermost variable is.
    pub(crate) fn holds(
        &mut self,
        membership: Truth,
        filter: Option<NodeId>,
        body: NodeId,
    ) -> Truth {
        let mut truth = membership;
        if let Some(filter) = filter {
            truth = truth.and(self.truth_of(filter));
        }
        match truth {
            Truth::False => truth,
            _ => truth.and(self.truth_of(body)),
        }
    }

    /// Runs the decision code of a condition. Keeps the leaves that decided it from `start` on; gives its truth, and where they end.
    pub(super) fn run(&mut self, first: usize, start: usize) -> (Truth, usize) {
        let steps = self.program.code().steps();
        let Some(step) = steps.get(first) else {
            return (Truth::Unknown, start);
        };
        let (rank, end) = match step.what {
            What::And { end } => self.group::<true>(steps, first, end, start),
            What::Or { end } => self.group::<false>(steps, first, end, start),
            _ => {
                let rank = self.leaf(step);
                self.scratch.keep(start, step.kept(rank));
                (rank, start + 1)
            }
        };
        (code::truth(rank), end)
    }

    /// `and` or `or` over the steps up to `end`. Once one decides, nothing is kept of those before it.
    fn group<const AND: bool>(
        &mut self,
        steps: &'a [Step],
        at: usize,
        end: u32,
        start: usize,
    ) -> (Rank, usize) {
        let deciding = if AND { FALSE } else { TRUE };
        let mut result = TRUE - deciding;
        let mut kept = start;
        let mut next = at + 1;
        while next < end as usize {
            let Some(step) = steps.get(next) else { break };
            let rank = match step.what {
                What::And { end } => {
                    let (rank, after) = self.group::<true>(steps, next, end, kept);
                    next = end as usize;
                    if rank == deciding {
                        return (rank, self.scratch.keep_only(start, kept, after));
                    }
                    kept = after;
                    rank
                }
                What::Or { end } => {
                    let (rank, after) = self.group::<false>(steps, next, end, kept);
                    next = end as usize;
                    if rank == deciding {
                        return (rank, self.scratch.keep_only(start, kept, after));
                    }
                    kept = after;
                    rank
                }
                _ => {
                    let rank = self.leaf(step);
                    next += 1;
                    if rank == deciding {
                        self.scratch.keep(start, step.kept(rank));
                        return (rank, start + 1);
                    }
                    self.scratch.keep(kept, step.kept(rank));
                    kept += 1;
                    rank
                }
            };
            result = if AND {
                result.min(rank)
            } else {
                result.max(rank)
            };
        }
        (result, kept)
    }

    /// The truth of a leaf in its condition.
    #[inline]
    fn leaf(&mut self, step: &Step) -> Rank {
        let answer = match step.what {
            What::Range { cell, low, high } => self.state.cell(cell).and_then(|cell| {
                // Without a branch: which way it goes cannot be foreseen.
                step.answer(cell, (cell.number >= low) & (cell.number <= high))
            }),
            What::OneOf { cell, start, end } => self.state.cell(cell).and_then(|cell| {
                let numbers = self.program.code().numbers(start, end).iter();
                let fits = numbers.fold(false, |fits, it| fits | (*it == cell.number));
                step.answer(cell, fits)
            }),
            What::Let(id) => return step.turn(self.let_truth(id)),
            _ => None,
        };
        match answer {
            Some(rank) => rank,
            None => step.turn(self.truth_of(step.leaf)),
        }
    }
}
