//! Decision code: the conditions of all rules as one run of steps, derived from the arena at the seal.
//!
//! It holds nothing that the arena does not say. Negations are pushed down to the leaves, and the leaves that are
//! frequent (a fact or field, tested against a constant) need no walk through nodes; all others are left to the arena.

use std::num::NonZeroU32;

use rulec_facts::truth::Truth;
use rulec_facts::value::{Element, Partial, Value};

use crate::decide::Kept;
use crate::node::{Comparison, LetId, NodeId, Nodes, Op, SlotId};
use crate::program::{Program, RuleId, SymptomId};

/// One step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    /// What to do.
    pub what: What,
    /// For leaves: the result is to be turned around.
    pub turned: bool,
    /// For leaves: the shown node is the `not` above.
    pub shown_turned: bool,
    /// The node that a person is told of.
    pub shown: NodeId,
}

impl Step {
    /// The leaf's truth in the condition.
    #[inline]
    pub(crate) fn turn(&self, raw: Truth) -> Truth {
        if self.turned { !raw } else { raw }
    }

    /// The leaf as it is kept.
    #[inline]
    pub(crate) fn kept(&self, raw: Truth) -> Kept {
        Kept {
            node: self.shown,
            truth: if self.shown_turned { !raw } else { raw },
        }
    }
}

/// What a step does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum What {
    /// All steps up to `end`.
    And { end: u32 },
    /// One of the steps up to `end`.
    Or { end: u32 },
    /// Tests a fact.
    Slot { slot: SlotId, test: Test },
    /// Tests a field of a fact.
    Field { path: u32, test: Test },
    /// A derived fact.
    Let(LetId),
    /// Anything else.
    Node(NodeId),
}

/// A test of a value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Test {
    /// It is true.
    Holds,
    /// Equal to this truth value.
    Is(bool),
    /// Equal to this enum member.
    Member(u16),
    /// Against a number.
    Equal(i64),
    Less(i64),
    LessEqual(i64),
    Greater(i64),
    GreaterEqual(i64),
    /// Equal to a constant.
    Same(u32),
    /// In a constant list.
    OneOf(u32),
    /// It is absent.
    Absent,
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
    paths: Vec<(SlotId, Vec<u32>)>,
    /// Lists of constants, numbered after the program's own constants.
    lists: Vec<Partial>,
}

impl Code {
    pub(crate) fn of(program: &Program) -> Code {
        let mut maker = Maker {
            nodes: &program.nodes,
            code: Code::default(),
        };
        maker.code.steps.push(Step {
            what: What::And { end: 0 },
            turned: false,
            shown_turned: false,
            shown: NodeId(0),
        });
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
                latent: rule.symptoms.is_empty() && !rule.any_symptom,
            };
            code.heads.push(head);
        }
        maker.code
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
    pub(crate) fn path(&self, number: u32) -> Option<(SlotId, &[u32])> {
        let (slot, fields) = self.paths.get(number as usize)?;
        Some((*slot, fields))
    }

    #[inline]
    pub(crate) fn constant<'a>(&'a self, nodes: &'a Nodes, number: u32) -> Option<&'a Partial> {
        match (number as usize).checked_sub(nodes.constants.len()) {
            None => nodes.constant(number),
            Some(at) => self.lists.get(at),
        }
    }
}

fn append<T: Copy>(all: &mut Vec<T>, new: &[T]) -> (u32, u32) {
    let start = all.len() as u32;
    all.extend_from_slice(new);
    (start, all.len() as u32)
}

struct Maker<'a> {
    nodes: &'a Nodes,
    code: Code,
}

impl Maker<'_> {
    /// Steps of a condition; `turned` if an odd number of `not` stands above.
    fn condition(&mut self, node: NodeId, turned: bool) {
        let (mut node, mut turned) = (node, turned);
        // The node that is shown: the leaf, or the `not` right above it.
        let mut shown = node;
        while let Some(Op::Not(of)) = self.nodes.op(node) {
            shown = node;
            node = of;
            turned = !turned;
        }
        match self.nodes.op(node) {
            Some(Op::And(list) | Op::Or(list)) => {
                let at = self.code.steps.len();
                self.code.steps.push(Step {
                    what: What::Node(node),
                    turned: false,
                    shown_turned: false,
                    shown: node,
                });
                for operand in self.nodes.list(list) {
                    self.condition(*operand, turned);
                }
                let end = self.code.steps.len() as u32;
                let is_and = matches!(self.nodes.op(node), Some(Op::And(_))) != turned;
                if let Some(step) = self.code.steps.get_mut(at) {
                    step.what = match is_and {
                        true => What::And { end },
                        false => What::Or { end },
                    };
                }
            }
            _ => {
                let what = self.leaf(node);
                self.code.steps.push(Step {
                    what,
                    turned,
                    shown_turned: shown != node,
                    shown,
                });
            }
        }
    }

    fn leaf(&mut self, node: NodeId) -> What {
        let fast = match self.nodes.op(node) {
            Some(Op::Let(id)) => Some(What::Let(id)),
            Some(Op::Slot(_) | Op::Field(..)) => self.tested(node, Test::Holds),
            Some(Op::IsAbsent(of)) => self.tested(of, Test::Absent),
            Some(Op::Compare(comparison, a, b)) => self.comparison(comparison, a, b),
            Some(Op::Member(of, list)) => match self.constant_list(list) {
                Some(list) => self.tested(of, Test::OneOf(list)),
                None => None,
            },
            _ => None,
        };
        fast.unwrap_or(What::Node(node))
    }

    /// A test of a fact or of a field of one.
    fn tested(&mut self, node: NodeId, test: Test) -> Option<What> {
        let mut fields = Vec::new();
        let mut at = node;
        loop {
            match self.nodes.op(at)? {
                Op::Field(of, field) => {
                    fields.push(field);
                    at = of;
                }
                Op::Slot(slot) if fields.is_empty() => return Some(What::Slot { slot, test }),
                Op::Slot(slot) => {
                    fields.reverse();
                    let path = self.code.paths.len() as u32;
                    self.code.paths.push((slot, fields));
                    return Some(What::Field { path, test });
                }
                _ => return None,
            }
        }
    }

    fn comparison(&mut self, comparison: Comparison, a: NodeId, b: NodeId) -> Option<What> {
        let constant = |node: NodeId| match self.nodes.op(node) {
            Some(Op::Constant(number)) => {
                let value = self.nodes.constant(number)?.known()?;
                Some((number, value))
            }
            _ => None,
        };
        // `on_right`: the fact stands on the left.
        let (fact, number, value, on_right) = match (constant(a), constant(b)) {
            (None, Some((number, value))) => (a, number, value, true),
            (Some((number, value)), None) => (b, number, value, false),
            _ => return None,
        };
        let int = match value {
            Value::Int(it) => i64::try_from(*it).ok(),
            _ => None,
        };
        let test = match (comparison, value, int) {
            (Comparison::Equal, Value::Bool(it), _) => Test::Is(*it),
            (Comparison::Equal, Value::Enum(it), _) => Test::Member(*it),
            (Comparison::Equal, _, Some(it)) => Test::Equal(it),
            (Comparison::Equal, _, None) => Test::Same(number),
            (Comparison::Less, _, Some(it)) if on_right => Test::Less(it),
            (Comparison::Less, _, Some(it)) => Test::Greater(it),
            (Comparison::LessEqual, _, Some(it)) if on_right => Test::LessEqual(it),
            (Comparison::LessEqual, _, Some(it)) => Test::GreaterEqual(it),
            _ => return None,
        };
        self.tested(fact, test)
    }

    /// The number of a constant list, or of a list made of constants alone.
    fn constant_list(&mut self, list: NodeId) -> Option<u32> {
        let operands = match self.nodes.op(list)? {
            Op::Constant(number) => return Some(number),
            Op::List(operands) => self.nodes.list(operands),
            _ => return None,
        };
        let mut members = Vec::with_capacity(operands.len());
        for operand in operands {
            let Op::Constant(number) = self.nodes.op(*operand)? else {
                return None;
            };
            match self.nodes.constant(number)? {
                Partial::Absent => {}
                value => members.push(Element::certain(value.clone())),
            }
        }
        let list = Partial::Known(Value::List(members.into()));
        self.code.lists.push(list);
        Some((self.nodes.constants.len() + self.code.lists.len() - 1) as u32)
    }
}
