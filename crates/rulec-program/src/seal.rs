//! Validates a program once, whoever made it, and derives what deciding needs. Later code relies on it.
//!
//! It judges numbers and shapes, not texts: what a person would want to hear was said by the checker before.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use rulec_facts::types::Type;
use rulec_facts::value::Partial;

use crate::cells::Layout;
use crate::certificates::Certificates;
use crate::code::Code;
use crate::node::{NodeId, Place, SlotId};
use crate::program::{Named, Program, RuleId, SymptomId};
use order::Order;
pub(crate) use statics::Statics;

mod arena;
mod hoist;
mod order;
mod statics;
mod tables;

/// Nesting of one expression, in nodes; lets are not looked through.
pub const MAX_DEPTH: u32 = 400;

/// A program that was found sound. It can be read like a [`Program`] and no longer changed.
#[derive(Debug, Clone)]
pub struct Sealed {
    program: Program,
    statics: Statics,
    order: Order,
    code: Code,
    layout: Arc<Layout>,
    reporting: Vec<SlotId>,
    hoisted: Vec<bool>,
    certificates: Certificates,
}

/// Why a program is not sound. For an engineer of the tool, or for one who holds a damaged file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealError {
    /// What is wrong.
    pub message: String,
    /// The statement or expression, where there is one.
    pub place: Option<Place>,
}

impl fmt::Display for SealError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for SealError {}

impl Program {
    /// Checks that numbers are in range, operands stand before what uses them, variables are in scope, tables are
    /// sorted and agree with each other, operands have the shape that their operation wants, and that nothing waits for itself.
    ///
    /// # Errors
    /// Everything that was found wrong, tables first; expressions are not looked at while numbers are out of range.
    pub fn seal(self) -> Result<Sealed, Vec<SealError>> {
        let mut faults = Faults::default();
        tables::check(&self, &mut faults);
        let scopes = arena::check(&self, &mut faults);
        faults.stop()?;
        let statics = Statics::of(&self, &scopes, &mut faults);
        let order = Order::of(&self, &mut faults);
        faults.stop()?;
        let (code, layout) = Code::of(&self, &statics);
        let slots = self.slots.iter().enumerate();
        let reporting = slots.filter(|(_, slot)| slot.reports.is_some());
        Ok(Sealed {
            code,
            layout: Arc::new(layout),
            hoisted: hoist::of(&self.nodes),
            reporting: reporting.map(|(at, _)| SlotId(at as u32)).collect(),
            program: self,
            statics,
            order,
            certificates: Certificates::default(),
        })
    }
}

impl Deref for Sealed {
    type Target = Program;
    fn deref(&self) -> &Program {
        &self.program
    }
}

impl Sealed {
    /// The certificate that a text holds, absent if it holds none (F1); remembered for the life of the program.
    pub fn certificate(&self, text: &str) -> Partial {
        self.certificates.of(text)
    }

    /// The static type of a node; none where the value alone tells it (an enum member written as a constant, `[]`).
    pub fn type_of(&self, node: NodeId) -> Option<&Type> {
        self.statics.type_of(node)
    }

    /// The static type of the node admits absent (O3).
    pub fn can_be_absent(&self, node: NodeId) -> bool {
        self.statics.can_be_absent(node)
    }

    /// The list over which the variable node ranges; none for other nodes.
    pub fn list_of_variable(&self, node: NodeId) -> Option<NodeId> {
        self.statics.list_of_variable(node)
    }

    /// Rules of the symptom without `otherwise`, sorted (V3).
    pub fn ordinary_rules(&self, symptom: SymptomId) -> &[RuleId] {
        self.order.ordinary(symptom)
    }

    /// Rules in an order in which each stands after those that it waits for.
    pub fn rules_in_order(&self) -> &[RuleId] {
        self.order.rules()
    }

    /// Facts whose codes count as reported, sorted (T7).
    pub fn reporting(&self) -> &[SlotId] {
        &self.reporting
    }

    /// The node has one value for all elements of the quantifiers around it.
    pub(crate) fn is_hoisted(&self, node: NodeId) -> bool {
        self.hoisted.get(node.0 as usize).copied().unwrap_or(false)
    }

    /// Which cells its states have.
    pub(crate) fn layout(&self) -> &Arc<Layout> {
        &self.layout
    }

    pub(crate) fn code(&self) -> &Code {
        &self.code
    }

    /// Lets name lets so deeply that they are to be evaluated in order instead of on demand.
    pub(crate) fn has_deep_lets(&self) -> bool {
        self.statics.deep
    }

    /// Rules wait for rules so deeply that they are to be decided in order instead of on demand.
    pub(crate) fn has_deep_rules(&self) -> bool {
        self.order.deep
    }
}

/// Findings of a seal; no more than a screenful is kept.
#[derive(Debug, Default)]
struct Faults {
    found: Vec<SealError>,
}

impl Faults {
    const KEPT: usize = 100;

    fn add(&mut self, place: Option<Place>, message: impl Into<String>) {
        if self.found.len() < Faults::KEPT {
            self.found.push(SealError {
                message: message.into(),
                place,
            });
        }
    }

    fn named(&mut self, named: &Named, message: impl fmt::Display) {
        self.add(Some(named.place), format!("`{}`: {message}", named.name));
    }

    fn stop(&mut self) -> Result<(), Vec<SealError>> {
        match self.found.is_empty() {
            true => Ok(()),
            false => Err(std::mem::take(&mut self.found)),
        }
    }
}
