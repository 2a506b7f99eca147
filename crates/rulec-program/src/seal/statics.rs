//! Static types of nodes: what deciding must know before it sees values (O3: can a term be absent; O11: types of fields),
//! and whether operands have the shape that their operation wants. Units and ranges were the checker's business.

use std::sync::Arc;

use rulec_facts::source::certificate_type;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Partial, Value};

use super::Faults;
use super::arena::Scopes;
use crate::node::{Function, NodeId, Op, Operands};
use crate::program::Program;

/// Longest chain of nodes, lets looked through, that is followed by recursion.
const MAX_CHAIN: u32 = 600;

#[derive(Debug, Clone, Default)]
pub(crate) struct Statics {
    types: Vec<Option<Type>>,
    absent: Vec<bool>,
    lists: Scopes,
    pub(super) deep: bool,
}

impl Statics {
    pub(super) fn of(program: &Program, scopes: &Scopes, faults: &mut Faults) -> Statics {
        let count = program.nodes.ops.len();
        let mut work = Work {
            program,
            faults,
            chains: vec![0; count],
            done: vec![false; count],
            let_done: vec![false; program.lets.len()],
            statics: Statics {
                types: vec![None; count],
                absent: vec![false; count],
                lists: scopes.clone(),
                deep: false,
            },
        };
        for (at, it) in program.lets.iter().enumerate() {
            for node in work.below(it.value) {
                work.node(node);
            }
            if let Some(done) = work.let_done.get_mut(at) {
                *done = true;
            }
        }
        for at in 0..count {
            if work.done.get(at) == Some(&false) {
                work.node(NodeId(at as u32));
            }
        }
        work.statements();
        work.statics
    }

    pub(crate) fn type_of(&self, node: NodeId) -> Option<&Type> {
        self.types.get(node.0 as usize)?.as_ref()
    }

    pub(super) fn can_be_absent(&self, node: NodeId) -> bool {
        self.absent.get(node.0 as usize).copied().unwrap_or(true)
    }

    pub(super) fn list_of_variable(&self, node: NodeId) -> Option<NodeId> {
        self.lists.get(node.0 as usize).copied().flatten()
    }
}

/// What an operation wants of an operand.
#[derive(Clone, Copy)]
enum Wants {
    Condition,
    Elements,
    Text,
    Code,
    Ordered,
}

struct Work<'a, 'f> {
    program: &'a Program,
    faults: &'f mut Faults,
    chains: Vec<u32>,
    done: Vec<bool>,
    let_done: Vec<bool>,
    statics: Statics,
}

impl Work<'_, '_> {
    /// Nodes of an expression that are not done yet, operands first.
    fn below(&self, root: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        let mut stack = vec![root];
        let mut seen = rustc_hash::FxHashSet::default();
        while let Some(node) = stack.pop() {
            let done = self.done.get(node.0 as usize).copied().unwrap_or(true);
            let Some(op) = self.program.nodes.op(node).filter(|_| !done) else {
                continue;
            };
            if seen.insert(node) {
                found.push(node);
                self.program.nodes.each_operand(op, |it| stack.push(it));
            }
        }
        found.sort_unstable();
        found
    }

    fn node(&mut self, node: NodeId) {
        let Some(op) = self.program.nodes.op(node) else {
            return;
        };
        let at = node.0 as usize;
        self.chain(node, op);
        self.shape(node, op);
        let ty = self.type_of(node, op);
        let absent = self.can_be_absent(op);
        if let Some(place) = self.statics.types.get_mut(at) {
            *place = ty.map(|ty| Type {
                optional: absent,
                ..ty
            });
        }
        if let Some(place) = self.statics.absent.get_mut(at) {
            *place = absent;
        }
        if let Some(done) = self.done.get_mut(at) {
            *done = true;
        }
    }

    fn chain(&mut self, node: NodeId, op: Op) {
        let chain = |it: NodeId| self.chains.get(it.0 as usize).copied().unwrap_or(0);
        let mut longest = 0;
        let mut too_early = false;
        if let Op::Let(it) = op {
            let at = it.0 as usize;
            longest = self.program.lets.get(at).map_or(0, |it| chain(it.value));
            too_early = self.let_done.get(at) != Some(&true);
        }
        let nodes = &self.program.nodes;
        nodes.each_operand(op, |it| longest = longest.max(chain(it)));
        if too_early {
            self.fault(node, "a derived fact stands before one that it names");
        }
        if let Some(chain) = self.chains.get_mut(node.0 as usize) {
            *chain = longest + 1;
        }
        self.statics.deep |= longest >= MAX_CHAIN;
    }

    fn fault(&mut self, node: NodeId, message: &str) {
        self.faults
            .add(Some(self.program.nodes.place(node)), message);
    }

    fn kind(&self, node: NodeId) -> Option<&Kind> {
        self.statics.type_of(node).map(|ty| &ty.kind)
    }

    fn absent(&self, node: NodeId) -> bool {
        self.statics.can_be_absent(node)
    }

    fn type_of(&mut self, node: NodeId, op: Op) -> Option<Type> {
        let program = self.program;
        match op {
            Op::Constant(number) => constant_type(program.nodes.constant(number)?),
            Op::Slot(slot) => program.slots.get(slot.0 as usize).map(|it| it.ty.clone()),
            Op::Let(it) => {
                let it = program.lets.get(it.0 as usize)?;
                let of_value = self.statics.type_of(it.value).cloned();
                Some(of_value.unwrap_or_else(|| it.ty.clone()))
            }
            Op::Variable(_) => {
                let list = self.statics.list_of_variable(node)?;
                self.statics.type_of(list)?.member().cloned()
            }
            Op::Field(of, field) => self.field(node, self.statics.type_of(of).cloned(), field),
            Op::Project(of, field) => {
                let member = self.statics.type_of(of).and_then(Type::member).cloned();
                let field = self.field(node, member, field)?;
                let inner = field.member().cloned();
                let inner = inner.unwrap_or_else(|| Type::of(field.kind));
                Some(Type::of(Kind::List(Arc::new(inner))))
            }
            Op::Each { list, .. } => self.statics.type_of(list).cloned(),
            Op::Count(_) | Op::Size(_) | Op::Call(Function::Length, _) => {
                Some(Type::of(Kind::Int(None)))
            }
            Op::Min(list) | Op::Max(list) => self.statics.type_of(list)?.member().cloned(),
            Op::Call(Function::Certificate, _) => Some(Type::of(Kind::Record(certificate_type()))),
            Op::Call(Function::Code, _) => Some(Type::of(Kind::Code)),
            Op::Call(Function::Version, _) => Some(Type::of(Kind::Version)),
            Op::Match { arms, .. } => {
                let mut arms = program.nodes.arms_of(arms).iter();
                arms.find_map(|arm| self.statics.type_of(arm.value).cloned())
            }
            Op::List(list) => self.list_type(list),
            Op::Add(a, b) | Op::Subtract(a, b) => self.sum(op, a, b),
            _ => Some(Type::of(Kind::Bool)),
        }
    }

    fn field(&mut self, node: NodeId, of: Option<Type>, field: u32) -> Option<Type> {
        let of = of?;
        let found = of
            .record()
            .and_then(|record| record.fields.get(field as usize));
        if found.is_none() {
            self.fault(node, "a field of what has no such field");
        }
        found.map(|field| field.ty.clone())
    }

    fn list_type(&self, list: Operands) -> Option<Type> {
        let mut members = self.program.nodes.list(list).iter();
        let member = members.find_map(|it| self.kind(*it).cloned())?;
        Some(Type::of(Kind::List(Arc::new(Type::of(member)))))
    }

    fn sum(&self, op: Op, a: NodeId, b: NodeId) -> Option<Type> {
        let kinds = (self.kind(a)?, self.kind(b)?);
        Some(Type::of(match (kinds, op) {
            ((Kind::Time, Kind::Time), Op::Subtract(..)) => Kind::Duration(None),
            ((Kind::Time, _) | (_, Kind::Time), _) => Kind::Time,
            ((Kind::Duration(_), _), _) => Kind::Duration(None),
            _ => Kind::Int(None),
        }))
    }

    /// O3, O8, O9, O10, F1, F3, T9: which terms can be absent.
    fn can_be_absent(&self, op: Op) -> bool {
        let program = self.program;
        match op {
            Op::Constant(number) => program.nodes.constant(number) == Some(&Partial::Absent),
            Op::Slot(slot) => {
                let slot = program.slots.get(slot.0 as usize);
                slot.is_some_and(|slot| slot.ty.optional)
            }
            Op::Let(it) => {
                let it = program.lets.get(it.0 as usize);
                it.is_some_and(|it| self.absent(it.value))
            }
            Op::Field(of, field) => {
                let record = self.statics.type_of(of).and_then(Type::record);
                let field = record.and_then(|it| it.fields.get(field as usize));
                self.absent(of) || field.is_none_or(|field| field.ty.optional)
            }
            Op::Min(_) | Op::Max(_) => true,
            Op::Call(Function::Length, of) | Op::Size(of) => self.absent(of),
            Op::Call(..) => true,
            Op::Match { arms, .. } => {
                let mut arms = program.nodes.arms_of(arms).iter();
                arms.any(|arm| self.absent(arm.value))
            }
            Op::Add(a, b) | Op::Subtract(a, b) => self.absent(a) || self.absent(b),
            _ => false,
        }
    }

    fn shape(&mut self, node: NodeId, op: Op) {
        let program = self.program;
        match op {
            Op::Not(of) => self.want(of, Wants::Condition),
            Op::And(list) | Op::Or(list) => {
                for it in program.nodes.list(list) {
                    self.want(*it, Wants::Condition);
                }
            }
            Op::Compare(comparison, a, b) if comparison != crate::node::Comparison::Equal => {
                self.want(a, Wants::Ordered);
                self.want(b, Wants::Ordered);
            }
            Op::TextTest(_, a, b) => {
                self.want(a, Wants::Text);
                self.want(b, Wants::Text);
            }
            Op::IsBase64(of) | Op::Call(_, of) => self.want(of, Wants::Text),
            Op::Member(_, list) | Op::Count(list) | Op::Min(list) | Op::Max(list) => {
                self.want(list, Wants::Elements);
            }
            Op::Project(list, _) => self.want(list, Wants::Elements),
            Op::Any {
                list, filter, body, ..
            } => {
                self.want(list, Wants::Elements);
                filter
                    .into_iter()
                    .for_each(|it| self.want(it, Wants::Condition));
                self.want(body, Wants::Condition);
            }
            Op::Each { list, filter, .. } => {
                self.want(list, Wants::Elements);
                filter
                    .into_iter()
                    .for_each(|it| self.want(it, Wants::Condition));
            }
            Op::Reported(of) => self.want(of, Wants::Code),
            Op::Match { arms, .. } => self.arms(node, arms),
            _ => {}
        }
    }

    fn arms(&mut self, node: NodeId, arms: Operands) {
        let arms = self.program.nodes.arms_of(arms);
        let last = arms.len().saturating_sub(1);
        let catches_all = |at: usize| arms.get(at).is_some_and(|arm| arm.patterns.is_empty());
        if arms.is_empty() || (0..last).any(catches_all) {
            self.fault(
                node,
                "a `match` without arms, or with `else` before its end",
            );
        }
    }

    fn want(&mut self, node: NodeId, wants: Wants) {
        let Some(kind) = self.kind(node) else { return };
        let (fits, message) = match wants {
            Wants::Condition => (
                matches!(kind, Kind::Bool) && !self.absent(node),
                "a condition is not true or false",
            ),
            Wants::Elements => (
                matches!(kind, Kind::List(_) | Kind::Set(_)),
                "neither a list nor a set",
            ),
            Wants::Text => (matches!(kind, Kind::Text), "not a text"),
            Wants::Code => (matches!(kind, Kind::Code), "not a code"),
            Wants::Ordered => (
                matches!(
                    kind,
                    Kind::Int(_) | Kind::Version | Kind::Time | Kind::Duration(_)
                ),
                "has no order",
            ),
        };
        if !fits {
            self.fault(node, message);
        }
    }

    /// Conditions of statements are conditions.
    fn statements(&mut self) {
        let program = self.program;
        let seen = program
            .symptoms
            .iter()
            .flat_map(|it| it.seen.iter().copied());
        let whens = program.rules.iter().filter_map(|it| it.when);
        let assumes = program.assumes.iter().map(|it| it.condition);
        let fixes = program.fixes.iter();
        let steps = fixes.flat_map(|fix| fix.steps.iter().filter_map(|(_, when)| *when));
        for node in seen.chain(whens).chain(assumes).chain(steps) {
            self.want(node, Wants::Condition);
        }
    }
}

/// The type of a constant; an enum member's and an empty list's are not told by the value.
fn constant_type(value: &Partial) -> Option<Type> {
    Some(Type::of(match value.known()? {
        Value::Bool(_) => Kind::Bool,
        Value::Int(_) => Kind::Int(None),
        Value::Text(_) => Kind::Text,
        Value::Version(_) => Kind::Version,
        Value::Time(_) => Kind::Time,
        Value::Duration(_) => Kind::Duration(None),
        Value::Ip(_) => Kind::Ip,
        Value::Cidr(_) => Kind::Cidr,
        Value::Code(_) => Kind::Code,
        Value::List(all) => Kind::List(Arc::new(constant_type(&all.first()?.value)?)),
        Value::Set(all) => Kind::Set(Arc::new(constant_type(&all.first()?.value)?)),
        Value::Enum(_) | Value::Record(_) => return None,
    }))
}
