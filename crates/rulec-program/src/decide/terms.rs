//! Values of expressions: operators of [`rulec_facts::ops`] over the arena, with quantifiers, `each`, `match` and derived facts.

use std::sync::Arc;

use rulec_facts::ops::{self, Amount};
use rulec_facts::reason::Reasons;
use rulec_facts::truth::Truth;
use rulec_facts::types::{FieldType, Type};
use rulec_facts::value::{Element, Partial, Value};

use super::Decider;
use crate::node::{Function, NodeId, Op, Operands, Pattern};

/// What is known of an expression.
#[derive(Debug, Clone)]
pub(crate) enum Term<'a> {
    /// Stands in the state or the program.
    Ref(&'a Partial),
    /// Was computed.
    Own(Partial),
    /// A number within bounds (O7); always `Amount::Within`.
    Bounded(Amount),
}

impl<'a> Term<'a> {
    /// Unknown for reasons that follow from the expression (N1).
    pub(crate) fn unknown() -> Self {
        Term::Own(Partial::Unknown(Reasons::default()))
    }

    /// As every operator but comparisons and `+ - c` takes it: a bounded number is unknown (O7).
    pub(crate) fn settled(self) -> Term<'a> {
        match self {
            Term::Bounded(amount) => Term::Own(amount.into_partial()),
            other => other,
        }
    }

    pub(crate) fn into_partial(self) -> Partial {
        match self {
            Term::Ref(value) => value.clone(),
            Term::Own(value) => value,
            Term::Bounded(amount) => amount.into_partial(),
        }
    }

    /// Calls with what is known, as every operator but comparisons takes it.
    pub(crate) fn with<T>(&self, see: impl FnOnce(&Partial) -> T) -> T {
        match self {
            Term::Ref(value) => see(value),
            Term::Own(value) => see(value),
            Term::Bounded(amount) => see(&amount.clone().into_partial()),
        }
    }

    pub(crate) fn owned(self) -> Term<'static> {
        match self {
            Term::Ref(value) => Term::Own(value.clone()),
            Term::Own(value) => Term::Own(value),
            Term::Bounded(amount) => Term::Bounded(amount),
        }
    }

    pub(crate) fn amount(self) -> Amount {
        match self {
            Term::Bounded(amount) => amount,
            other => Amount::Plain(other.into_partial()),
        }
    }

    /// As a condition.
    pub(crate) fn truth(&self) -> Truth {
        match self {
            Term::Ref(value) => truth_of_value(value),
            Term::Own(value) => truth_of_value(value),
            Term::Bounded(_) => Truth::Unknown,
        }
    }

    /// Nothing in it is unknown or undecided.
    pub(crate) fn is_total(&self) -> bool {
        match self {
            Term::Ref(value) => value.is_total(),
            Term::Own(value) => value.is_total(),
            Term::Bounded(_) => false,
        }
    }
}

impl From<Amount> for Term<'_> {
    fn from(amount: Amount) -> Self {
        match amount {
            Amount::Plain(value) => Term::Own(value),
            within @ Amount::Within(..) => Term::Bounded(within),
        }
    }
}

/// A Boolean value as truth. A seal lets nothing stand as a condition that can be absent.
#[inline]
pub(super) fn truth_of_value(value: &Partial) -> Truth {
    match value {
        Partial::Known(Value::Bool(it)) => Truth::from(*it),
        Partial::Known(_) | Partial::Absent => Truth::False,
        Partial::Unknown(_) => Truth::Unknown,
    }
}

pub(super) fn value_of_truth(truth: Truth) -> Term<'static> {
    match truth {
        Truth::True => Term::Own(Partial::Known(Value::Bool(true))),
        Truth::False => Term::Own(Partial::Known(Value::Bool(false))),
        Truth::Unknown => Term::unknown(),
    }
}

/// Elements that a quantifier runs over.
#[derive(Debug, Clone)]
pub(crate) enum Elements<'a> {
    /// The list is unknown as a whole.
    Unknown(Reasons),
    /// In the state or the program.
    Ref(&'a [Element]),
    /// Computed.
    Own(Arc<[Element]>),
}

impl<'a> Elements<'a> {
    /// Absent counts as empty (O6).
    pub(crate) fn of(list: Term<'a>) -> Elements<'a> {
        match list.settled() {
            Term::Ref(list) => match ops::elements(list) {
                Ok(all) => Elements::Ref(all),
                Err(reasons) => Elements::Unknown(reasons.clone()),
            },
            Term::Own(Partial::Known(Value::List(all) | Value::Set(all))) => Elements::Own(all),
            Term::Own(Partial::Unknown(reasons)) => Elements::Unknown(reasons),
            _ => Elements::Ref(&[]),
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Elements::Unknown(_) => 0,
            Elements::Ref(all) => all.len(),
            Elements::Own(all) => all.len(),
        }
    }

    pub(crate) fn to_vec(&self) -> Vec<Element> {
        match self {
            Elements::Unknown(_) => Vec::new(),
            Elements::Ref(all) => all.to_vec(),
            Elements::Own(all) => all.to_vec(),
        }
    }

    /// All of them, with their place and membership.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (usize, Term<'a>, Truth)> {
        (0..self.len()).filter_map(|at| {
            let (value, membership) = self.get(at)?;
            Some((at, value, membership))
        })
    }

    /// The element's value, and whether it certainly belongs.
    pub(crate) fn get(&self, at: usize) -> Option<(Term<'a>, Truth)> {
        let (value, certain) = match self {
            Elements::Unknown(_) => return None,
            Elements::Ref(all) => all.get(at).map(|it| (Term::Ref(&it.value), it.certain))?,
            Elements::Own(all) => {
                let it = all.get(at)?;
                (Term::Own(it.value.clone()), it.certain)
            }
        };
        let membership = match certain {
            true => Truth::True,
            false => Truth::Unknown,
        };
        Some((value, membership))
    }
}

impl<'a> Decider<'a> {
    /// The value of an expression under the variables that are set.
    pub(crate) fn term_of(&mut self, node: NodeId) -> Term<'a> {
        let (program, state) = (self.program, self.state);
        let Some(op) = program.nodes.op(node) else {
            return Term::unknown();
        };
        match op {
            Op::Constant(number) => {
                let constant = program.nodes.constant(number);
                constant.map_or_else(Term::unknown, Term::Ref)
            }
            Op::Slot(slot) => state.get(slot).map_or_else(Term::unknown, Term::Ref),
            Op::Let(id) => self.let_term(id),
            Op::Variable(number) => match self.variables.get(number as usize) {
                Some(value) => value.clone(),
                None => Term::unknown(),
            },
            Op::Field(of, field) => match self.term_of(of).settled() {
                Term::Ref(record) => Term::Ref(ops::field(record, field as usize)),
                other => Term::Own(other.with(|it| ops::field(it, field as usize).clone())),
            },
            Op::Project(..)
            | Op::Each { .. }
            | Op::Count(_)
            | Op::Min(_)
            | Op::Max(_)
            | Op::Size(_)
            | Op::Call(..)
            | Op::List(_) => match program.is_hoisted(node) {
                true => self.once(node, |it| it.costly(op)),
                false => self.costly(op),
            },
            Op::Match { scrutinee, arms } => match self.arm(scrutinee, arms) {
                Ok(value) => self.term_of(value),
                Err(reasons) => Term::Own(Partial::Unknown(reasons)),
            },
            Op::Add(a, b) => self.sum(a, b, ops::add, Amount::add),
            Op::Subtract(a, b) => self.sum(a, b, ops::subtract, Amount::subtract),
            _ => value_of_truth(self.truth_of(node)),
        }
    }

    fn costly(&mut self, op: Op) -> Term<'a> {
        match op {
            Op::Project(of, field) => self.project(of, field),
            Op::Each { list, filter, .. } => self.each(list, filter),
            Op::Count(list) => {
                let list = self.term_of(list);
                list.with(ops::count).into()
            }
            Op::Min(list) => Term::Own(self.term_of(list).with(ops::min)),
            Op::Max(list) => Term::Own(self.term_of(list).with(ops::max)),
            Op::Size(of) => Term::Own(self.term_of(of).with(ops::size)),
            Op::Call(function, of) => self.call(function, of),
            Op::List(list) => self.list(list),
            _ => Term::unknown(),
        }
    }

    /// The value of a node that mentions no variable: computed for the first element, remembered for the others.
    pub(super) fn once(
        &mut self,
        node: NodeId,
        compute: impl FnOnce(&mut Self) -> Term<'a>,
    ) -> Term<'a> {
        if let Some(known) = self.scratch.hoisted(node) {
            return known.clone();
        }
        let value = compute(self).owned();
        self.scratch.remember_hoisted(node, value.clone());
        value
    }

    /// The value of a `match` (O9).
    ///
    /// # Errors
    /// The scrutinee is unknown: its reasons.
    pub(crate) fn arm(&mut self, scrutinee: NodeId, arms: Operands) -> Result<NodeId, Reasons> {
        let nodes = &self.program.nodes;
        let value = self.term_of(scrutinee).settled();
        let fits = |value: &Partial| match value {
            Partial::Unknown(reasons) => Err(reasons.clone()),
            known => Ok(nodes.arms_of(arms).iter().find(|arm| {
                let mut patterns = arm.patterns.iter();
                arm.patterns.is_empty()
                    || patterns.any(|pattern| match (pattern, known) {
                        (Pattern::Absent, Partial::Absent) => true,
                        (Pattern::Constant(number), Partial::Known(value)) => {
                            let constant = nodes.constant(*number).and_then(Partial::known);
                            constant.is_some_and(|it| ops::equal_values(it, value) == Truth::True)
                        }
                        _ => false,
                    })
            })),
        };
        // The checker has seen to it that some arm fits; a value that none takes is not known to be anything.
        let arm = value.with(fits)?;
        arm.map(|arm| arm.value).ok_or_else(Reasons::default)
    }

    fn project(&mut self, of: NodeId, field: u32) -> Term<'a> {
        let program = self.program;
        let Some(ty) = field_type(program.type_of(of), field) else {
            return Term::unknown();
        };
        let list = self.term_of(of);
        Term::Own(list.with(|it| ops::project(it, field as usize, ty)))
    }

    fn each(&mut self, list: NodeId, filter: Option<NodeId>) -> Term<'a> {
        let list = self.term_of(list).settled();
        let Some(filter) = filter else { return list };
        let is_set = list.with(|it| matches!(it, Partial::Known(Value::Set(_))));
        let all = Elements::of(list);
        if let Elements::Unknown(reasons) = all {
            return Term::Own(Partial::Unknown(reasons));
        }
        let mut kept = Vec::new();
        for at in 0..all.len() {
            let Some((value, membership)) = all.get(at) else {
                break;
            };
            let truth = membership.and(self.under(value.clone(), |it| it.truth_of(filter)));
            if truth != Truth::False {
                kept.push(Element {
                    value: value.into_partial(),
                    certain: truth == Truth::True,
                });
            }
        }
        Term::Own(Partial::Known(match is_set {
            true => Value::Set(Arc::from(kept)),
            false => Value::List(Arc::from(kept)),
        }))
    }

    /// Calls with one more variable set.
    pub(crate) fn under<T>(&mut self, value: Term<'a>, call: impl FnOnce(&mut Self) -> T) -> T {
        self.variables.push(value);
        let result = call(self);
        self.variables.pop();
        result
    }

    fn call(&mut self, function: Function, of: NodeId) -> Term<'a> {
        let text = self.term_of(of);
        Term::Own(match function {
            Function::Code => text.with(ops::code),
            Function::Version => text.with(ops::version),
            Function::Length => text.with(ops::length),
            Function::Certificate => match text.into_partial() {
                Partial::Known(Value::Text(text)) => self.certificate_of(text.raw()),
                Partial::Known(_) | Partial::Absent => Partial::Absent,
                unknown @ Partial::Unknown(_) => unknown,
            },
        })
    }

    fn list(&mut self, list: Operands) -> Term<'a> {
        let program = self.program;
        let operands: Vec<(Partial, bool)> = program
            .nodes
            .list(list)
            .iter()
            .map(|it| {
                let value = self.term_of(*it).into_partial();
                (value, program.can_be_absent(*it))
            })
            .collect();
        Term::Own(ops::list(
            operands.iter().map(|(value, optional)| (value, *optional)),
        ))
    }

    fn sum(
        &mut self,
        a: NodeId,
        b: NodeId,
        plain: impl Fn(&Partial, &Partial) -> Partial,
        bounded: impl Fn(&Amount, &Amount) -> Amount,
    ) -> Term<'a> {
        let a = self.term_of(a);
        let b = self.term_of(b);
        if matches!((&a, &b), (Term::Bounded(_), _) | (_, Term::Bounded(_))) {
            return bounded(&a.amount(), &b.amount()).into();
        }
        Term::Own(a.with(|a| b.with(|b| plain(a, b))))
    }
}

/// The declaration of a field of the members of a list.
fn field_type(list: Option<&Type>, field: u32) -> Option<&FieldType> {
    let record = list?.member()?.record()?;
    record.fields.get(field as usize)
}
