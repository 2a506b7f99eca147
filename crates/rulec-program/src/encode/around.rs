//! What a term that is not handled hangs on: with other values there, a candidate may do what it says.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::atlas::{KindId, Shape, Step};
use super::encoder::{Encoder, Meaning};
use crate::node::{NodeId, Op};
use rulec_facts::types::Type;
use rulec_prove::Variable;

impl Encoder<'_> {
    /// Notes what a term names.
    pub(super) fn look_around(&mut self, node: NodeId) {
        if self.around_terms.contains_key(&node) {
            return;
        }
        let program = self.program;
        let (mut waiting, mut seen) = (vec![node], FxHashSet::default());
        let mut kinds: Vec<KindId> = Vec::new();
        while let Some(node) = waiting.pop() {
            if !seen.insert(node) {
                continue;
            }
            let Some(op) = program.nodes.op(node) else {
                continue;
            };
            match op {
                Op::Let(id) => waiting.extend(program.lets.get(id.0 as usize).map(|it| it.value)),
                Op::Slot(_) | Op::Field(..) | Op::Project(..) | Op::Variable(_) => {
                    for kind in self.kinds_of(node) {
                        kinds.push(kind);
                        kinds.extend(self.element_of_scalars(kind));
                    }
                }
                _ => {}
            }
            program.nodes.each_operand(op, |it| waiting.push(it));
        }
        kinds.sort_unstable();
        kinds.dedup();
        self.around_terms.insert(node, Arc::from(kinds));
    }

    fn element_of_scalars(&mut self, kind: KindId) -> Option<KindId> {
        let ty = self.atlas.kind(kind)?.ty.clone();
        let member = Type::member(&ty)?;
        let scalar = Shape::of(member) == Shape::Scalar;
        scalar.then(|| self.atlas.inside_kind(kind, Step::Element(0), member))
    }

    /// The variables of places that a term names, for the present numbers of copies.
    pub(super) fn variables_around(&self, node: NodeId) -> Vec<Variable> {
        let kinds = self.around_terms.get(&node);
        let named = kinds.iter().flat_map(|it| it.iter());
        let all = named.flat_map(|it| self.of_kind.get(it).into_iter().flatten());
        let present = |it: &&Variable| match self.meaning(**it) {
            Some(Meaning::Length(place, copies)) => {
                self.copies().of(self.atlas.kind_of(*place)) == *copies
            }
            _ => true,
        };
        all.filter(present).copied().collect()
    }
}
