//! Decision code: the conditions of all rules as one run of steps, derived from the arena at the seal.
//!
//! It holds nothing that the arena does not say. Negations are pushed down to the leaves, and the leaves that are
//! frequent (a fact or field, tested against a constant) need no walk through nodes; all others are left to the arena.

use std::num::NonZeroU32;

use rulec_facts::truth::Truth;
use rulec_facts::value::Value;

use crate::cells::{CellKind, Layout, MOST};
use crate::decide::Kept;
use crate::node::{Comparison, LetId, NodeId, Nodes, Op};
use crate::program::{Program, RuleId, SymptomId};
use crate::seal::Statics;

pub(crate) use clauses::{Clauses, Leaves};
pub(crate) use probe::Probe;

mod clauses;
mod probe;

/// One step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    /// What to do.
    pub what: What,
    /// For leaves: the truth in the condition is that of the leaf turned around.
    turned: bool,
    /// For leaves: what a person is told of it.
    pub shown: Shown,
    /// The leaf in the arena.
    pub leaf: NodeId,
}

/// The node that a person is told of: a leaf, or the `not` right above it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown {
    node: NodeId,
    /// The truth in the condition is that of the node turned around.
    turned: bool,
}

/// What a step does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum What {
    /// All steps up to `end`.
    And { end: u32 },
    /// One of the steps up to `end`.
    Or { end: u32 },
    /// The probe of that number.
    Probe(u32),
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
/// No truth: only the arena can tell.
pub(crate) const ASK: Rank = 3;

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
    /// By what the cell is and whether its number fits, two bits each.
    fn packed(self, turned: bool) -> u16 {
        let one = |truth: Truth| {
            let truth = if turned { !truth } else { truth };
            u16::from(rank(truth))
        };
        let all = [
            one(self.unknown),
            one(self.unknown),
            one(self.absent),
            one(self.absent),
            one(self.misfit),
            one(self.fit),
            u16::from(ASK),
            u16::from(ASK),
        ];
        all.iter().rev().fold(0, |packed, one| packed << 2 | one)
    }
}

impl Step {
    /// The leaf's truth in the condition, by its own.
    #[inline]
    pub(crate) fn turn(&self, own: Truth) -> Rank {
        let rank = rank(own);
        if self.turned { TRUE - rank } else { rank }
    }
}

impl Shown {
    /// The leaf as it is kept, by its truth in the condition.
    #[inline]
    pub(crate) fn kept(self, rank: Rank) -> Kept {
        let own = if self.turned { TRUE - rank } else { rank };
        Kept {
            node: self.node,
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
    probes: Vec<Probe>,
    /// What is told of each place of the conditions in clauses.
    shown: Vec<Shown>,
    /// By rule.
    clauses: Vec<Clauses>,
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
            let clauses = first.and_then(|first| code.find_clauses(first.get() as usize));
            code.clauses.push(clauses.unwrap_or(Clauses::NONE));
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
    pub(crate) fn probe(&self, number: u32) -> Option<&Probe> {
        self.probes.get(number as usize)
    }

    /// The condition of a rule as clauses, where it has that form.
    #[inline]
    pub(crate) fn clauses(&self, rule: RuleId) -> Option<Clauses> {
        let clauses = *self.clauses.get(rule.0 as usize)?;
        clauses.are_there().then_some(clauses)
    }

    /// The probes of a condition in clauses.
    #[inline]
    pub(crate) fn probes_of(&self, clauses: Clauses) -> &[Probe] {
        self.probes.get(clauses.probes()).unwrap_or(&[])
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
            turned: false,
            shown: Shown {
                node: NodeId(0),
                turned: false,
            },
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
                let what = self.leaf(leaf, turned).unwrap_or(What::Node);
                let shown = Shown {
                    node: shown,
                    turned: turned != (shown != leaf),
                };
                self.code.steps.push(Step {
                    what,
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
    fn leaf(&mut self, node: NodeId, turned: bool) -> Option<What> {
        let (probe, answers) = match self.nodes.op(node)? {
            Op::Let(id) => return Some(What::Let(id)),
            Op::Slot(_) | Op::Field(..) => {
                let cell = self.cell(node)?;
                let is_bool = self.layout.kind(cell) == CellKind::Bool;
                is_bool.then_some((Probe::range(cell, 1, 1), COMPARED))?
            }
            Op::IsAbsent(of) => {
                let cell = self.cell(of)?;
                let numbers = self.layout.kind(cell) != CellKind::Other;
                numbers.then_some((Probe::range(cell, 0, 0), IS_ABSENT))?
            }
            Op::Compare(comparison, a, b) => (self.comparison(comparison, a, b)?, COMPARED),
            Op::Member(of, list) => self.one_of(of, list)?,
            _ => return None,
        };
        let number = self.code.probes.len() as u32;
        self.code
            .probes
            .push(probe.answering(answers.packed(turned)));
        Some(What::Probe(number))
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

    fn comparison(&mut self, comparison: Comparison, a: NodeId, b: NodeId) -> Option<Probe> {
        let (fact, value, fact_is_left) = match (self.constant(a), self.constant(b)) {
            (None, Some(value)) => (a, value.clone(), true),
            (Some(value), None) => (b, value.clone(), false),
            _ => return None,
        };
        let cell = self.cell(fact)?;
        let kind = self.layout.kind(cell);
        let number = self.layout.constant(kind, &value)?;
        let ordered = matches!(kind, CellKind::Int | CellKind::Time | CellKind::Duration);
        let (low, high) = match comparison {
            Comparison::Equal => (number, number),
            _ if !ordered => return None,
            Comparison::LessEqual if fact_is_left => (-MOST, number),
            Comparison::LessEqual => (number, MOST),
            Comparison::Less if fact_is_left => (-MOST, number - 1),
            Comparison::Less => (number + 1, MOST),
        };
        Some(Probe::range(cell, low, high))
    }

    /// Membership in a constant list, or in a list made of constants alone, whose numbers lie near each other.
    fn one_of(&mut self, fact: NodeId, list: NodeId) -> Option<(Probe, Answers)> {
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
        Some((Probe::members(cell, &numbers)?, answers))
    }
}
