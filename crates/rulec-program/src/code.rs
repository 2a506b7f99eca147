//! Decision code: the conditions of all rules as one run of steps, derived from the arena at the seal.
//!
//! It holds nothing that the arena does not say. Negations are pushed down to the leaves, and the leaves that are
//! frequent (a fact or field, tested against a constant) need no walk through nodes; all others are left to the arena.

use std::num::NonZeroU32;

use rulec_facts::truth::Truth;
use rulec_facts::value::Value;

use crate::cells::{Cell, CellKind, CellState, Layout};
use crate::decide::Kept;
use crate::node::{Comparison, LetId, NodeId, Nodes, Op};
use crate::program::{Program, RuleId, SymptomId};
use crate::seal::Statics;

/// One step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    /// What to do.
    pub what: What,
    /// For leaves: the truth in the condition by what the cell is and whether its number fits, two bits each.
    answers: u16,
    /// For leaves: the truth in the condition is that of the shown node turned around.
    shown_turned: bool,
    /// For leaves: the truth in the condition is that of the leaf turned around.
    turned: bool,
    /// The node that a person is told of: the leaf, or the `not` right above it.
    shown: NodeId,
    /// The leaf in the arena.
    pub leaf: NodeId,
}

/// What a step does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum What {
    /// All steps up to `end`.
    And { end: u32 },
    /// One of the steps up to `end`.
    Or { end: u32 },
    /// The number of a cell lies between both, or at one of them.
    Range { cell: u32, low: i64, high: i64 },
    /// The number of a cell is one of these in the table of numbers.
    OneOf { cell: u32, start: u32, end: u32 },
    /// A derived fact.
    Let(LetId),
    /// Anything else.
    Node,
}

/// Answers of a leaf for a cell that is unknown, absent, known and does not fit, known and fits.
#[derive(Clone, Copy)]
struct Answers {
    unknown: Truth,
    absent: Truth,
    misfit: Truth,
    fit: Truth,
}

/// Every comparison with a constant that is there: O3, and O6 for a list of constants.
const COMPARED: Answers = Answers {
    unknown: Truth::Unknown,
    absent: Truth::False,
    misfit: Truth::False,
    fit: Truth::True,
};

/// Nothing is in an empty list, not even what is unknown (O6).
const IN_NOTHING: Answers = Answers {
    unknown: Truth::False,
    ..COMPARED
};

/// O4.
const IS_ABSENT: Answers = Answers {
    unknown: Truth::Unknown,
    absent: Truth::True,
    misfit: Truth::False,
    fit: Truth::False,
};

/// A truth as a number: `and` is the least, `or` the greatest, `not` the difference to 2.
pub(crate) type Rank = u8;

pub(crate) const FALSE: Rank = 0;
pub(crate) const TRUE: Rank = 2;

/// The truth of a rank.
#[inline]
pub(crate) fn truth(rank: Rank) -> Truth {
    const TRUTHS: [Truth; 3] = [Truth::False, Truth::Unknown, Truth::True];
    TRUTHS
        .get(usize::from(rank))
        .copied()
        .unwrap_or(Truth::Unknown)
}

/// The rank of a truth.
#[inline]
pub(crate) fn rank(truth: Truth) -> Rank {
    match truth {
        Truth::False => FALSE,
        Truth::Unknown => 1,
        Truth::True => TRUE,
    }
}

impl Answers {
    fn packed(self, turned: bool) -> u16 {
        let one = |truth: Truth, at: u16| {
            let truth = if turned { !truth } else { truth };
            u16::from(rank(truth)) << (2 * at)
        };
        let pairs = [
            (self.unknown, self.unknown),
            (self.absent, self.absent),
            (self.misfit, self.fit),
        ];
        let each = (0u16..).zip(pairs);
        each.fold(0, |all, (at, (misfit, fit))| {
            all | one(misfit, 2 * at) | one(fit, 2 * at + 1)
        })
    }
}

impl Step {
    /// The leaf's truth in the condition, by its cell; none where only the arena can tell.
    #[inline]
    pub(crate) fn answer(&self, cell: Cell, fits: bool) -> Option<Rank> {
        let at = 2 * (cell.what as u32) + u32::from(fits);
        let rank = ((self.answers >> (2 * at)) & 3) as Rank;
        (cell.what != CellState::Other).then_some(rank)
    }

    /// The leaf's truth in the condition, by its own.
    #[inline]
    pub(crate) fn turn(&self, own: Truth) -> Rank {
        let rank = rank(own);
        if self.turned { TRUE - rank } else { rank }
    }

    /// The leaf as it is kept, by its truth in the condition.
    #[inline]
    pub(crate) fn kept(&self, rank: Rank) -> Kept {
        let own = if self.shown_turned { TRUE - rank } else { rank };
        Kept {
            node: self.shown,
            truth: truth(own),
        }
    }
}

/// What a verdict looks at, in one place: rules themselves lie far apart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    /// First step of the condition.
    pub first: Option<NonZeroU32>,
    symptoms: (u32, u32),
    overridden_by: (u32, u32),
    pub otherwise: bool,
    /// It has no symptom clause.
    pub latent: bool,
}

/// Steps of all rules.
#[derive(Debug, Clone, Default)]
pub(crate) struct Code {
    /// Number 0 is no step, so that a head can say that there is none.
    steps: Vec<Step>,
    heads: Vec<Head>,
    symptoms: Vec<SymptomId>,
    overridden_by: Vec<RuleId>,
    numbers: Vec<i64>,
}

impl Code {
    /// Code and cells of a program.
    pub(crate) fn of(program: &Program, statics: &Statics) -> (Code, Layout) {
        let kinds = program.slots.iter().map(|it| CellKind::of(&it.ty.kind));
        let mut maker = Maker {
            nodes: &program.nodes,
            statics,
            code: Code::default(),
            layout: Layout::of_slots(kinds.collect()),
        };
        maker.code.steps.push(Step::group(What::And { end: 0 }));
        for rule in &program.rules {
            let first = rule.when.and_then(|when| {
                let first = maker.code.steps.len() as u32;
                maker.condition(when, false);
                NonZeroU32::new(first)
            });
            let code = &mut maker.code;
            let head = Head {
                first,
                symptoms: append(&mut code.symptoms, &rule.symptoms),
                overridden_by: append(&mut code.overridden_by, &rule.overridden_by),
                otherwise: rule.otherwise,
                latent: rule.is_latent(),
            };
            code.heads.push(head);
        }
        (maker.code, maker.layout)
    }

    #[inline]
    pub(crate) fn head(&self, rule: RuleId) -> Option<Head> {
        self.heads.get(rule.0 as usize).copied()
    }

    #[inline]
    pub(crate) fn symptoms(&self, head: Head) -> &[SymptomId] {
        let (start, end) = head.symptoms;
        self.symptoms
            .get(start as usize..end as usize)
            .unwrap_or(&[])
    }

    #[inline]
    pub(crate) fn overridden_by(&self, head: Head) -> &[RuleId] {
        let (start, end) = head.overridden_by;
        self.overridden_by
            .get(start as usize..end as usize)
            .unwrap_or(&[])
    }

    #[inline]
    pub(crate) fn steps(&self) -> &[Step] {
        &self.steps
    }

    #[inline]
    pub(crate) fn numbers(&self, start: u32, end: u32) -> &[i64] {
        self.numbers
            .get(start as usize..end as usize)
            .unwrap_or(&[])
    }
}

fn append<T: Copy>(all: &mut Vec<T>, new: &[T]) -> (u32, u32) {
    let start = all.len() as u32;
    all.extend_from_slice(new);
    (start, all.len() as u32)
}

struct Maker<'a> {
    nodes: &'a Nodes,
    statics: &'a Statics,
    code: Code,
    layout: Layout,
}

impl Step {
    /// A step that is no leaf.
    fn group(what: What) -> Step {
        Step {
            what,
            answers: 0,
            shown_turned: false,
            turned: false,
            shown: NodeId(0),
            leaf: NodeId(0),
        }
    }
}

impl Maker<'_> {
    /// Steps of a condition; `turned` if an odd number of `not` stands above.
    fn condition(&mut self, node: NodeId, turned: bool) {
        let (mut leaf, mut turned) = (node, turned);
        let mut shown = node;
        while let Some(Op::Not(of)) = self.nodes.op(leaf) {
            shown = leaf;
            leaf = of;
            turned = !turned;
        }
        let (list, is_and) = match self.nodes.op(leaf) {
            Some(Op::And(list)) => (list, !turned),
            Some(Op::Or(list)) => (list, turned),
            _ => {
                let (what, answers) = self.leaf(leaf).unwrap_or((What::Node, COMPARED));
                self.code.steps.push(Step {
                    what,
                    answers: answers.packed(turned),
                    shown_turned: turned != (shown != leaf),
                    turned,
                    shown,
                    leaf,
                });
                return;
            }
        };
        let at = self.code.steps.len();
        self.code.steps.push(Step::group(What::Node));
        for operand in self.nodes.list(list) {
            self.condition(*operand, turned);
        }
        let end = self.code.steps.len() as u32;
        if let Some(step) = self.code.steps.get_mut(at) {
            step.what = match is_and {
                true => What::And { end },
                false => What::Or { end },
            };
        }
    }

    /// A leaf that needs no walk through nodes.
    fn leaf(&mut self, node: NodeId) -> Option<(What, Answers)> {
        match self.nodes.op(node)? {
            Op::Let(id) => Some((What::Let(id), COMPARED)),
            Op::Slot(_) | Op::Field(..) => {
                let cell = self.cell(node)?;
                let is_bool = self.layout.kind(cell) == CellKind::Bool;
                is_bool.then_some((range(cell, 1, 1), COMPARED))
            }
            Op::IsAbsent(of) => {
                let cell = self.cell(of)?;
                let numbers = self.layout.kind(cell) != CellKind::Other;
                numbers.then_some((range(cell, 0, 0), IS_ABSENT))
            }
            Op::Compare(comparison, a, b) => self.comparison(comparison, a, b),
            Op::Member(of, list) => self.one_of(of, list),
            _ => None,
        }
    }

    /// The cell of a fact, or of a field of one.
    fn cell(&mut self, node: NodeId) -> Option<u32> {
        let mut fields = Vec::new();
        let mut at = node;
        let slot = loop {
            match self.nodes.op(at)? {
                Op::Field(of, field) => {
                    fields.push(field);
                    at = of;
                }
                Op::Slot(slot) => break slot,
                _ => return None,
            }
        };
        if fields.is_empty() {
            return Some(slot.0);
        }
        fields.reverse();
        let kind = CellKind::of(&self.statics.type_of(node)?.kind);
        self.layout.path(slot.0, &fields, kind)
    }

    /// A constant that is not absent.
    fn constant(&self, node: NodeId) -> Option<&Value> {
        match self.nodes.op(node)? {
            Op::Constant(number) => self.nodes.constant(number)?.known(),
            _ => None,
        }
    }

    fn comparison(
        &mut self,
        comparison: Comparison,
        a: NodeId,
        b: NodeId,
    ) -> Option<(What, Answers)> {
        let (fact, value, fact_is_left) = match (self.constant(a), self.constant(b)) {
            (None, Some(value)) => (a, value.clone(), true),
            (Some(value), None) => (b, value.clone(), false),
            _ => return None,
        };
        let cell = self.cell(fact)?;
        let kind = self.layout.kind(cell);
        let number = self.layout.constant(kind, &value)?;
        let ordered = matches!(kind, CellKind::Int | CellKind::Time | CellKind::Duration);
        let what = match comparison {
            Comparison::Equal => range(cell, number, number),
            _ if !ordered => return None,
            Comparison::LessEqual if fact_is_left => range(cell, i64::MIN, number),
            Comparison::LessEqual => range(cell, number, i64::MAX),
            Comparison::Less if fact_is_left => range(cell, i64::MIN, number.checked_sub(1)?),
            Comparison::Less => range(cell, number.checked_add(1)?, i64::MAX),
        };
        Some((what, COMPARED))
    }

    /// Membership in a constant list, or in a list made of constants alone.
    fn one_of(&mut self, fact: NodeId, list: NodeId) -> Option<(What, Answers)> {
        let members: Vec<Value> = match self.nodes.op(list)? {
            Op::Constant(number) => {
                let all = self.nodes.constant(number)?.known()?.elements()?.iter();
                all.map(|it| it.value.known().cloned())
                    .collect::<Option<_>>()?
            }
            Op::List(operands) => {
                let all = self.nodes.list(operands).iter();
                all.map(|it| self.constant(*it).cloned())
                    .collect::<Option<_>>()?
            }
            _ => return None,
        };
        let cell = self.cell(fact)?;
        let kind = self.layout.kind(cell);
        let layout = &mut self.layout;
        let numbers = members.iter().map(|it| layout.constant(kind, it));
        let numbers = numbers.collect::<Option<Vec<i64>>>()?;
        let answers = if numbers.is_empty() {
            IN_NOTHING
        } else {
            COMPARED
        };
        let (start, end) = append(&mut self.code.numbers, &numbers);
        Some((What::OneOf { cell, start, end }, answers))
    }
}

fn range(cell: u32, low: i64, high: i64) -> What {
    What::Range { cell, low, high }
}
