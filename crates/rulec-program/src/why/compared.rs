//! The values that a leaf compares: of a test on `certificate(r.data).not_after` the time, of one on a derived number the number.
//!
//! What a fact holds is not always what a condition looks at; whoever reads a proof wants to see the latter.

use rulec_facts::truth::Truth;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::Partial;

use super::{MAX_LETS, Path, Seen};
use crate::decide::Decider;
use crate::node::{Comparison, Function, LetId, NodeId, Op};

/// A value that a leaf compares.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The term.
    pub node: NodeId,
    /// Where it comes from.
    pub root: Root,
    /// Its value.
    pub value: Partial,
    /// Its type.
    pub ty: Option<Type>,
    /// What it is compared with, where that is one value.
    pub other: Option<Other>,
}

/// Where a compared value comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Root {
    /// It stands in a fact as it is.
    Fact(Seen),
    /// A function read it from a text that stands in a fact: the function, and the names of the fields after it.
    Function(Function, Seen, Vec<String>),
    /// A derived fact.
    Let(LetId),
    /// Counted, added up or chosen.
    Computed,
}

/// The other side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Other {
    /// The term.
    pub node: NodeId,
    /// `<`, `<=`, `>`, `>=`, `==`, `!=`, as it came out, also against each of a list; none for a test between texts.
    pub relation: Option<&'static str>,
    /// Its value.
    pub value: Partial,
    /// Its type.
    pub ty: Option<Type>,
    /// What it was added up from, where it was.
    pub sum: Option<Sum>,
}

/// `t + 5min`, `now - 7d`.
#[derive(Debug, Clone, PartialEq)]
pub struct Sum {
    /// The value before the sign, and its type.
    pub of: (Partial, Option<Type>),
    /// Added, or taken away.
    pub plus: bool,
    /// The value after the sign, and its type.
    pub by: (Partial, Option<Type>),
}

impl<'a> Decider<'a> {
    /// The values that a leaf compares, under the variables that are set.
    pub(super) fn compared(&mut self, leaf: NodeId) -> Vec<Compared> {
        let program = self.program;
        let mut leaf = leaf;
        while let Some(Op::Not(of)) = program.nodes.op(leaf) {
            leaf = of;
        }
        let mut found = Vec::new();
        let sides = match program.nodes.op(leaf) {
            Some(
                Op::Compare(_, a, b) | Op::TextTest(_, a, b) | Op::Member(a, b) | Op::Within(a, b),
            ) => {
                vec![(a, Some(b)), (b, Some(a))]
            }
            Some(Op::IsAbsent(of) | Op::IsBase64(of)) => vec![(of, None)],
            _ => Vec::new(),
        };
        for (side, other) in sides {
            let other = other.and_then(|it| self.other(leaf, side, it));
            self.gather(side, other, 0, &mut found);
        }
        found
    }

    fn other(&mut self, leaf: NodeId, side: NodeId, node: NodeId) -> Option<Other> {
        let value = self.term_of(node).into_partial();
        let both = [&value, &self.term_of(side).into_partial()];
        if both.iter().any(|it| it.known().is_none()) {
            return None;
        }
        let relation = match (self.program.nodes.op(leaf)?, self.truth_of(leaf)) {
            (_, Truth::Unknown) => return None,
            (Op::Compare(kind, left, _), holds) => {
                Some(relation(kind, left == side, holds == Truth::True))
            }
            (Op::TextTest(..), _) => None,
            // One of none of these.
            (Op::Member(one, _), Truth::False) if one == side => Some("!="),
            _ => return None,
        };
        Some(Other {
            node,
            relation,
            value,
            ty: self.program.type_of(node).cloned(),
            sum: self.summands(node),
        })
    }

    fn summands(&mut self, node: NodeId) -> Option<Sum> {
        let (of, by, plus) = match self.program.nodes.op(node)? {
            Op::Add(of, by) => (of, by, true),
            Op::Subtract(of, by) => (of, by, false),
            _ => return None,
        };
        let mut side = |it| {
            let ty = self.program.type_of(it).cloned();
            (self.term_of(it).into_partial(), ty)
        };
        let (of, by) = (side(of), side(by));
        Some(Sum { of, plus, by })
    }

    fn gather(
        &mut self,
        node: NodeId,
        other: Option<Other>,
        depth: u32,
        found: &mut Vec<Compared>,
    ) {
        let program = self.program;
        let Some(op) = program.nodes.op(node).filter(|_| depth < MAX_LETS) else {
            return;
        };
        let scalar = program.type_of(node).is_some_and(is_scalar);
        let value = self.term_of(node).into_partial();
        let root = match op {
            Op::Slot(_) | Op::Field(..) | Op::Variable(_) => match self.path(node, 0) {
                Some(path) => path_seen(path, &value, program.type_of(node)).map(Root::Fact),
                None => self.read_by_function(node),
            },
            Op::Let(id) => Some(Root::Let(id)),
            Op::Count(_) | Op::Min(_) | Op::Max(_) | Op::Size(_) | Op::Call(..) => {
                Some(Root::Computed)
            }
            _ => None,
        };
        if let Some(root) = root.filter(|_| scalar && !value.is_unknown()) {
            found.push(Compared {
                node,
                root,
                value,
                ty: program.type_of(node).cloned(),
                other,
            });
            return;
        }
        // What a sum is made of says more than the sum.
        if let Op::Add(..) | Op::Subtract(..) = op {
            program
                .nodes
                .each_operand(op, |it| self.gather(it, None, depth + 1, found));
        }
    }

    /// A field of what a function made of a text.
    fn read_by_function(&mut self, node: NodeId) -> Option<Root> {
        let program = self.program;
        let (mut next, mut fields) = (node, Vec::new());
        for _ in 0..MAX_LETS {
            match program.nodes.op(next)? {
                Op::Field(of, at) => {
                    let record = program.type_of(of)?.record()?;
                    fields.insert(0, record.fields.get(at as usize)?.name.to_string());
                    next = of;
                }
                Op::Let(id) => next = program.lets.get(id.0 as usize)?.value,
                Op::Call(function, of) => {
                    let path = self.path(of, 0)?;
                    let text = self.term_of(of).into_partial();
                    let seen = path_seen(path, &text, program.type_of(of))?;
                    return Some(Root::Function(function, seen, fields));
                }
                _ => return None,
            }
        }
        None
    }
}

fn path_seen(path: Path, value: &Partial, ty: Option<&Type>) -> Option<Seen> {
    Some(path.seen(value.clone(), ty.cloned()))
}

fn is_scalar(ty: &Type) -> bool {
    !matches!(
        ty.kind,
        Kind::Bool | Kind::Record(_) | Kind::List(_) | Kind::Set(_)
    )
}

/// How it came out, seen from the left or the right side.
fn relation(kind: Comparison, from_left: bool, holds: bool) -> &'static str {
    match (kind, from_left, holds) {
        (Comparison::Equal, _, true) => "==",
        (Comparison::Equal, _, false) => "!=",
        (Comparison::Less, true, true) | (Comparison::LessEqual, false, false) => "<",
        (Comparison::Less, true, false) | (Comparison::LessEqual, false, true) => ">=",
        (Comparison::Less, false, true) | (Comparison::LessEqual, true, false) => ">",
        (Comparison::Less, false, false) | (Comparison::LessEqual, true, true) => "<=",
    }
}
