//! Which expressions of two programs are the same, whatever their numbers: a number for each shape.
//!
//! A shape says nothing of places, and names facts by their number in the merged program. What has variables of a quantifier around it has a
//! shape too, but only what has none can stand for another.

use rustc_hash::FxHashMap;

use crate::node::{LetId, NodeId, Nodes, Op, Pattern, SlotId};

/// Shapes met so far.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    known: FxHashMap<Shape, u32>,
}

/// An operation with the shapes of its operands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Shape {
    /// The operation with numbers of its program taken out.
    op: Op,
    operands: Vec<u32>,
    /// A constant, and the patterns of a match, as they are told for an engineer.
    constants: Vec<String>,
}

/// How the numbers of a program become those of the merged one.
pub(super) struct Numbers<'a> {
    pub slots: &'a [SlotId],
    pub lets: &'a [Option<LetId>],
    /// Facts report here that do not in the other program: what is reported is something else.
    pub own_reports: Option<u32>,
}

impl Shapes {
    /// The shape of a node whose operands have these shapes, and whether it mentions a variable that it does not bind.
    pub(super) fn of(
        &mut self,
        nodes: &Nodes,
        op: Op,
        operands: Vec<u32>,
        numbers: &Numbers<'_>,
    ) -> Option<u32> {
        let mut constants = Vec::new();
        let constant = |number: u32| nodes.constant(number).map(|it| format!("{it:?}"));
        match op {
            Op::Constant(number) => constants.push(constant(number)?),
            Op::Match { arms, .. } => {
                for arm in nodes.arms_of(arms) {
                    for pattern in &arm.patterns {
                        constants.push(match pattern {
                            Pattern::Absent => String::new(),
                            Pattern::Constant(number) => constant(*number)?,
                        });
                    }
                    constants.push("=>".to_owned());
                }
            }
            Op::Reported(_) => constants.extend(numbers.own_reports.map(|it| it.to_string())),
            _ => {}
        }
        let shape = Shape {
            op: bare(op, numbers)?,
            operands,
            constants,
        };
        let next = u32::try_from(self.known.len()).ok()?;
        Some(*self.known.entry(shape).or_insert(next))
    }
}

/// The operation without what stands in its operands.
fn bare(op: Op, numbers: &Numbers<'_>) -> Option<Op> {
    let none = NodeId(0);
    let list = crate::node::Operands::default();
    let mut op = op;
    op.each_direct_operand(|it| *it = none);
    Some(match op {
        Op::Constant(_) => Op::Constant(0),
        Op::Slot(slot) => Op::Slot(*numbers.slots.get(slot.0 as usize)?),
        Op::Let(it) => Op::Let(numbers.lets.get(it.0 as usize).copied().flatten()?),
        Op::And(_) => Op::And(list),
        Op::Or(_) => Op::Or(list),
        Op::List(_) => Op::List(list),
        Op::Match { scrutinee, .. } => Op::Match {
            scrutinee,
            arms: list,
        },
        op => op,
    })
}

/// The variables of an expression.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Variables {
    /// The outermost that it mentions and does not bind.
    free: Option<u32>,
    /// The outermost that it binds.
    bound: Option<u32>,
}

impl Variables {
    /// Those of an operation, from those of its operands.
    pub(super) fn of(op: Op, operands: &[Variables]) -> Variables {
        let free = operands.iter().filter_map(|it| it.free).min();
        let bound = operands.iter().filter_map(|it| it.bound).min();
        match op {
            Op::Variable(number) => Variables {
                free: Some(number),
                bound,
            },
            Op::Any { variable, .. } | Op::Each { variable, .. } => Variables {
                free: free.filter(|it| *it < variable),
                bound: Some(bound.map_or(variable, |it| it.min(variable))),
            },
            _ => Variables { free, bound },
        }
    }

    /// It means the same wherever it stands. One that binds variables has one scope, so it may be shared only where it stands in no
    /// quantifier: there the variable that it binds is the first.
    pub(super) fn can_be_shared(self) -> bool {
        self.free.is_none() && matches!(self.bound, None | Some(0))
    }
}
