//! Which facts a report is about: those on which what is in question can hang, and those that it may show.
//!
//! A case may give hundreds of facts of which a complaint needs ten; what is given and read by nothing in question is no part of its report.
//! Settled by what is in question alone, like the rules themselves (V7), so that it does not grow while places are read.

use rulec_program::node::{NodeId, Op, SlotId};
use rulec_program::program::{Program, RuleId, SymptomId, Verify};
use rustc_hash::FxHashSet;

use crate::session::Session;
use crate::told;

/// By the number of a slot: something in question can read it. Conditions of rules and of their symptoms, derived facts, causes, repairs
/// with their checks, places that are named after a fact, facts that report codes (T7), assumes, and what the caller asks for.
pub(crate) fn readable(session: &Session<'_>) -> Vec<bool> {
    let program = session.program;
    let mut walk = Walk {
        program,
        slots: vec![false; program.slots.len()],
        nodes: vec![false; program.nodes.ops.len()],
        symptoms: FxHashSet::default(),
        left: Vec::new(),
    };
    let scope = &session.scope;
    for rule in scope.rules.iter().chain(&scope.latent) {
        walk.rule(*rule);
    }
    for slot in program.reporting().iter().chain(&session.look_at) {
        walk.slot(*slot);
    }
    walk.left.extend(&session.evaluate);
    let assumes = program.assumes.iter();
    walk.left.extend(assumes.map(|it| it.condition));
    walk.follow();
    walk.slots
}

struct Walk<'p> {
    program: &'p Program,
    slots: Vec<bool>,
    nodes: Vec<bool>,
    symptoms: FxHashSet<SymptomId>,
    left: Vec<NodeId>,
}

impl Walk<'_> {
    fn rule(&mut self, id: RuleId) {
        let program = self.program;
        let Some(rule) = program.rules.get(id.0 as usize) else {
            return;
        };
        self.left.extend(rule.when);
        told::nodes(program, id, &mut self.left);
        for symptom in &rule.symptoms {
            if self.symptoms.insert(*symptom) {
                let symptom = program.symptoms.get(symptom.0 as usize);
                self.left.extend(symptom.iter().flat_map(|it| &it.seen));
            }
        }
        let fixes = rule.plan.fixes.iter();
        for fix in fixes.filter_map(|it| program.fixes.get(it.0 as usize)) {
            for check in &fix.verify {
                match check {
                    Verify::Condition(node) => self.left.push(*node),
                    Verify::Text(text) => self.left.extend(told::holes(text)),
                }
            }
        }
    }

    fn slot(&mut self, id: SlotId) {
        let program = self.program;
        let Some(is_met) = self.slots.get_mut(id.0 as usize) else {
            return;
        };
        if std::mem::replace(is_met, true) {
            return;
        }
        let slot = program.slots.get(id.0 as usize);
        for source in slot.iter().flat_map(|it| &it.sources) {
            self.left.extend(told::source_holes(source));
            self.left.extend(source.each);
        }
    }

    fn follow(&mut self) {
        while let Some(node) = self.left.pop() {
            let Some(is_met) = self.nodes.get_mut(node.0 as usize) else {
                continue;
            };
            if std::mem::replace(is_met, true) {
                continue;
            }
            let Some(op) = self.program.nodes.op(node) else {
                continue;
            };
            match op {
                Op::Slot(slot) => self.slot(slot),
                Op::Let(at) => {
                    let value = self.program.lets.get(at.0 as usize).map(|it| it.value);
                    self.left.extend(value);
                }
                _ => {}
            }
            let left = &mut self.left;
            self.program.nodes.each_operand(op, |it| left.push(it));
        }
    }
}
