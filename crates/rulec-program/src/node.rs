//! Expressions as a flat arena.
//!
//! Every node stands after its operands, so an arena has no cycles and can be checked in one pass.
//! Sugar is gone: `!=` is `not ==`, `not in` is `not in`, `no` and `all` are `any` under `not`, `is present` is `not absent`,
//! `is empty` stays. Code literals, enum members and units are settled as constants.

use rulec_facts::value::Partial;
use serde::{Deserialize, Serialize};

/// Number of a node in [`Nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NodeId(pub u32);

/// Number of a fact, param or `now` in the program's slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SlotId(pub u32);

/// Number of a derived fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LetId(pub u32);

/// Where a node was written: file (number in [`crate::program::Program::files`]) and bytes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
pub struct Place {
    /// File.
    pub file: u32,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

/// A range of [`Nodes::operands`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Operands {
    /// First.
    pub start: u32,
    /// How many.
    pub len: u32,
}

/// What a node computes. Truths are Boolean terms: one arena serves both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Op {
    /// Number in [`Nodes::constants`].
    Constant(u32),
    /// A fact, param or `now`.
    Slot(SlotId),
    /// A derived fact.
    Let(LetId),
    /// The variable of an enclosing quantifier: 0 is the outermost of the expression.
    Variable(u32),
    /// Field number of a record (absent record: absent; unknown record: unknown).
    Field(NodeId, u32),
    /// `L.f`: the field number over a list or set of records (O11).
    Project(NodeId, u32),
    /// O1.
    Not(NodeId),
    /// O2, two or more operands in source order.
    And(Operands),
    /// O2.
    Or(Operands),
    /// O3: `==`, `<`, `<=` (`>` and `>=` are the other two with operands exchanged).
    Compare(Comparison, NodeId, NodeId),
    /// O3: on two texts.
    TextTest(TextTest, NodeId, NodeId),
    /// O6: first operand is a member of the list or set (equality, or inside a member for ip/cidr in a list of cidr).
    Member(NodeId, NodeId),
    /// O3: ip or cidr within one cidr.
    Within(NodeId, NodeId),
    /// O12.
    Overlaps(NodeId, NodeId),
    /// `c in reported` (T7).
    Reported(NodeId),
    /// O4.
    IsAbsent(NodeId),
    /// O6, O7: list, set or text.
    IsEmpty(NodeId),
    /// Text is base64.
    IsBase64(NodeId),
    /// O5: list, variable's number, filter, body.
    Any {
        /// The list.
        list: NodeId,
        /// Number of its variable.
        variable: u32,
        /// After `where`.
        filter: Option<NodeId>,
        /// After the colon.
        body: NodeId,
    },
    /// `each x in L where p`.
    Each {
        /// The list.
        list: NodeId,
        /// Number of its variable.
        variable: u32,
        /// After `where`.
        filter: Option<NodeId>,
    },
    /// O7.
    Count(NodeId),
    /// O8.
    Min(NodeId),
    /// O8.
    Max(NodeId),
    /// F3: a network, or a list or set of networks.
    Size(NodeId),
    /// F1.
    Call(Function, NodeId),
    /// O9: scrutinee; operands are the values of the arms, patterns in [`Nodes::arms`].
    Match {
        /// What is matched.
        scrutinee: NodeId,
        /// Range of [`Nodes::arms`].
        arms: Operands,
    },
    /// O13.
    List(Operands),
    /// O10.
    Add(NodeId, NodeId),
    /// O10.
    Subtract(NodeId, NodeId),
}

/// Comparisons of O3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "plain")]
pub enum Comparison {
    Equal,
    Less,
    LessEqual,
}

/// Tests between two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "plain")]
pub enum TextTest {
    Contains,
    StartsWith,
    EndsWith,
    Matches,
}

/// Functions from text to structure (F1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are those of the language")]
pub enum Function {
    Certificate,
    Code,
    Version,
    Length,
}

/// One arm of a `match`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Arm {
    /// What it takes; empty for `else`.
    pub patterns: Vec<Pattern>,
    /// Its value.
    pub value: NodeId,
}

/// A pattern.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Pattern {
    /// `absent`.
    Absent,
    /// A constant, number in [`Nodes::constants`].
    Constant(u32),
}

/// The arena.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Nodes {
    /// Operations, operands first.
    pub ops: Vec<Op>,
    /// The place of each.
    pub places: Vec<Place>,
    /// Operand lists.
    pub operands: Vec<NodeId>,
    /// Arms of all matches.
    pub arms: Vec<Arm>,
    /// Constants; each is total.
    pub constants: Vec<Partial>,
}

impl Op {
    /// Calls `visit` with each operand that stands in the operation itself, not in a list of operands or arms.
    pub fn each_direct_operand(&mut self, mut visit: impl FnMut(&mut NodeId)) {
        match self {
            Op::Constant(_)
            | Op::Slot(_)
            | Op::Let(_)
            | Op::Variable(_)
            | Op::And(_)
            | Op::Or(_)
            | Op::List(_) => {}
            Op::Field(a, _)
            | Op::Project(a, _)
            | Op::Not(a)
            | Op::Reported(a)
            | Op::IsAbsent(a)
            | Op::IsEmpty(a)
            | Op::IsBase64(a)
            | Op::Count(a)
            | Op::Min(a)
            | Op::Max(a)
            | Op::Size(a)
            | Op::Call(_, a)
            | Op::Match { scrutinee: a, .. } => visit(a),
            Op::Compare(_, a, b)
            | Op::TextTest(_, a, b)
            | Op::Member(a, b)
            | Op::Within(a, b)
            | Op::Overlaps(a, b)
            | Op::Add(a, b)
            | Op::Subtract(a, b) => {
                visit(a);
                visit(b);
            }
            Op::Any {
                list, filter, body, ..
            } => {
                visit(list);
                filter.iter_mut().for_each(&mut visit);
                visit(body);
            }
            Op::Each { list, filter, .. } => {
                visit(list);
                filter.iter_mut().for_each(visit);
            }
        }
    }
}

impl Nodes {
    /// Adds a node.
    pub fn push(&mut self, op: Op, place: Place) -> NodeId {
        self.ops.push(op);
        self.places.push(place);
        NodeId(self.ops.len() as u32 - 1)
    }

    /// Adds an operand list.
    pub fn push_operands(&mut self, operands: &[NodeId]) -> Operands {
        let start = self.operands.len() as u32;
        self.operands.extend_from_slice(operands);
        Operands {
            start,
            len: operands.len() as u32,
        }
    }

    /// Adds a constant node.
    pub fn push_constant(&mut self, value: Partial, place: Place) -> NodeId {
        self.constants.push(value);
        let at = self.constants.len() as u32 - 1;
        self.push(Op::Constant(at), place)
    }

    /// The operation of a node.
    pub fn op(&self, node: NodeId) -> Option<Op> {
        self.ops.get(node.0 as usize).copied()
    }

    /// The place of a node; the start of the first file where there is none.
    pub fn place(&self, node: NodeId) -> Place {
        self.places
            .get(node.0 as usize)
            .copied()
            .unwrap_or_default()
    }

    /// A constant.
    pub fn constant(&self, number: u32) -> Option<&Partial> {
        self.constants.get(number as usize)
    }

    /// The arms of a match.
    pub fn arms_of(&self, arms: Operands) -> &[Arm] {
        let start = arms.start as usize;
        self.arms
            .get(start..start.saturating_add(arms.len as usize))
            .unwrap_or(&[])
    }

    /// Calls `visit` with each operand of an operation, in source order; lets are not looked through.
    pub fn each_operand(&self, op: Op, mut visit: impl FnMut(NodeId)) {
        match op {
            Op::Constant(_) | Op::Slot(_) | Op::Let(_) | Op::Variable(_) => {}
            Op::Field(a, _)
            | Op::Project(a, _)
            | Op::Not(a)
            | Op::Reported(a)
            | Op::IsAbsent(a)
            | Op::IsEmpty(a)
            | Op::IsBase64(a)
            | Op::Count(a)
            | Op::Min(a)
            | Op::Max(a)
            | Op::Size(a)
            | Op::Call(_, a) => visit(a),
            Op::Compare(_, a, b)
            | Op::TextTest(_, a, b)
            | Op::Member(a, b)
            | Op::Within(a, b)
            | Op::Overlaps(a, b)
            | Op::Add(a, b)
            | Op::Subtract(a, b) => {
                visit(a);
                visit(b);
            }
            Op::And(list) | Op::Or(list) | Op::List(list) => {
                self.list(list).iter().copied().for_each(visit);
            }
            Op::Any {
                list, filter, body, ..
            } => {
                visit(list);
                filter.into_iter().for_each(&mut visit);
                visit(body);
            }
            Op::Each { list, filter, .. } => {
                visit(list);
                filter.into_iter().for_each(visit);
            }
            Op::Match { scrutinee, arms } => {
                visit(scrutinee);
                self.arms_of(arms).iter().for_each(|arm| visit(arm.value));
            }
        }
    }

    /// An operand list.
    pub fn list(&self, operands: Operands) -> &[NodeId] {
        let start = operands.start as usize;
        self.operands
            .get(start..start.saturating_add(operands.len as usize))
            .unwrap_or(&[])
    }
}
