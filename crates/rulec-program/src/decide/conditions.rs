//! Truth of conditions: over the arena, and by the decision code of a rule.

use rulec_facts::ops::{self, Amount};
use rulec_facts::truth::Truth;
use rulec_facts::value::Partial;

use super::terms::value_of_truth;
use super::{Decider, Elements, Term};
use crate::code::{self, ASK, FALSE, Rank, Step, TRUE, What};
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
            if self.left_out == Some(*operand) {
                continue;
            }
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

    /// Runs the decision code of a condition step by step. The leaves that decided it are kept in the scratch.
    pub(super) fn run(&mut self, first: usize) -> Truth {
        self.scratch.kept.clear();
        let steps = self.program.code().steps();
        let rank = match steps.get(first) {
            Some(step) => self.step(steps, first, step).0,
            None => return Truth::Unknown,
        };
        code::truth(rank)
    }

    /// A step, and the number of the next one beside it.
    fn step(&mut self, steps: &'a [Step], at: usize, step: &Step) -> (Rank, usize) {
        match step.what {
            What::And { end } => (self.group::<true>(steps, at, end), end as usize),
            What::Or { end } => (self.group::<false>(steps, at, end), end as usize),
            _ => {
                let rank = self.leaf(step);
                self.scratch.kept.push(step.shown.kept(rank));
                (rank, at + 1)
            }
        }
    }

    /// `and` or `or` over the steps up to `end`. Once one decides, nothing is kept of those before it.
    fn group<const AND: bool>(&mut self, steps: &'a [Step], at: usize, end: u32) -> Rank {
        let deciding = if AND { FALSE } else { TRUE };
        let mut result = TRUE - deciding;
        let start = self.scratch.kept.len();
        let mut next = at + 1;
        while next < end as usize {
            let Some(step) = steps.get(next) else { break };
            let before = self.scratch.kept.len();
            let (rank, after) = self.step(steps, next, step);
            if rank == deciding {
                self.scratch.kept.drain(start..before);
                return rank;
            }
            next = after;
            result = if AND {
                result.min(rank)
            } else {
                result.max(rank)
            };
        }
        result
    }

    /// The truth of a leaf in its condition.
    fn leaf(&mut self, step: &Step) -> Rank {
        let rank = match step.what {
            What::Probe(number) => {
                let probe = self.program.code().probe(number);
                let cell = probe.and_then(|it| self.state.cells().get(it.cell as usize));
                probe.zip(cell).map_or(ASK, |(it, cell)| it.rank(*cell))
            }
            What::Let(id) => return step.turn(self.let_truth(id)),
            _ => ASK,
        };
        match rank {
            ASK => step.turn(self.truth_of(step.leaf)),
            rank => rank,
        }
    }
}
