//! Claims looked at by the evaluator itself (C11): what was found as a point must hold of its case.

use rulec_facts::truth::Truth;

use super::concrete::Pin;
use super::dropped::Dropping;
use super::prover::{Claim, Split, Subject};
use crate::decide::{Decider, Scratch};
use crate::node::{NodeId, Op};
use crate::program::{Program, RuleId, SymptomId};
use crate::seal::Sealed;
use crate::state::State;

/// Decides claims on states; remembers the last program in which something was left out.
#[derive(Debug, Default)]
pub(crate) struct Replay {
    scratch: Scratch,
    /// For the changed program.
    other: Scratch,
    changed: Option<(NodeId, Box<Sealed>)>,
    /// What was left out last.
    pub dropping: Dropping,
}

impl Replay {
    /// From now on these texts have these certificates, and no others.
    pub(crate) fn pin(&mut self, pins: &[Pin]) {
        for scratch in [&mut self.scratch, &mut self.other] {
            scratch.unpin();
            for (text, value) in pins {
                scratch.pin(text.raw(), value.clone());
            }
        }
    }

    /// The state does what all claims say.
    pub(crate) fn fulfils(&mut self, program: &Sealed, state: &State, claims: &[Claim]) -> bool {
        claims.iter().all(|claim| {
            let Some((subject, wanted)) = claim.parts() else {
                let Claim::Matters(rule, node) = *claim else {
                    return false;
                };
                let of_two = (Subject::Rule(rule), Subject::Without(rule, node));
                return self.differs(program, state, of_two, Split::Opposite);
            };
            self.truth(program, state, subject) == Truth::from(wanted)
        })
    }

    /// Of the operands of the `and` that each rule's condition is at most one is not true: what can change such a verdict is one thing alone.
    pub(crate) fn nearly_confirmed(&mut self, program: &Sealed, state: &State) -> Vec<RuleId> {
        self.pin(&[]);
        let mut decider = Decider::new(program, state, &mut self.scratch);
        let mut near = Vec::new();
        for (rule, number) in program.rules.iter().zip(0..) {
            let Some(when) = rule.when else { continue };
            let one = [when];
            let operands = match program.nodes.op(when) {
                Some(Op::And(list)) => program.nodes.list(list),
                _ => &one,
            };
            let missing = operands
                .iter()
                .filter(|it| decider.truth(**it) != Truth::True);
            if missing.take(2).count() < 2 {
                near.push(RuleId(number));
            }
        }
        near
    }

    /// The conditions are all true.
    pub(crate) fn holds(&mut self, program: &Sealed, state: &State, conditions: &[NodeId]) -> bool {
        let mut decider = Decider::new(program, state, &mut self.scratch);
        conditions
            .iter()
            .all(|it| decider.truth(*it) == Truth::True)
    }

    /// The two come out in that way.
    pub(crate) fn differs(
        &mut self,
        program: &Sealed,
        state: &State,
        (a, b): (Subject, Subject),
        how: Split,
    ) -> bool {
        let a = self.truth(program, state, a);
        let b = self.truth(program, state, b);
        how.fits(a, b)
    }

    fn truth(&mut self, program: &Sealed, state: &State, subject: Subject) -> Truth {
        match subject {
            Subject::Without(rule, node) => self.without(program, state, rule, node),
            _ => {
                let mut decider = Decider::new(program, state, &mut self.scratch);
                match subject {
                    Subject::Condition(node) => decider.truth(node),
                    Subject::Rule(rule) | Subject::Without(rule, _) => decider.verdict(rule),
                    Subject::Present(symptom) => decider.present(symptom),
                }
            }
        }
    }

    /// The verdict of a rule without a literal.
    fn without(&mut self, program: &Sealed, state: &State, rule: RuleId, node: NodeId) -> Truth {
        let when = program.rules.get(rule.0 as usize).and_then(|it| it.when);
        if let Some(when) = when
            && self.dropping.is_in_condition_alone(program, rule, node)
        {
            let left_out = Some(node);
            let mut decider = Decider::without(program, state, &mut self.scratch, left_out);
            let condition = decider.truth(when);
            return verdict_with(program, &mut decider, rule, condition);
        }
        if self.changed.as_ref().is_none_or(|(it, _)| *it != node) {
            self.changed = changed(program, node).map(|it| (node, Box::new(it)));
        }
        match &self.changed {
            Some((_, changed)) => {
                let state = moved(changed, state);
                Decider::new(changed, &state, &mut self.other).verdict(rule)
            }
            None => Truth::Unknown,
        }
    }
}

/// V1 with that condition in place of the rule's own.
fn verdict_with(
    program: &Sealed,
    decider: &mut Decider<'_>,
    id: RuleId,
    condition: Truth,
) -> Truth {
    let Some(rule) = program.rules.get(id.0 as usize) else {
        return Truth::Unknown;
    };
    let mut verdict = condition;
    if !rule.is_latent() {
        let mut under = Truth::False;
        for symptom in &rule.symptoms {
            let free = match rule.otherwise {
                true => free(program, decider, *symptom),
                false => Truth::True,
            };
            under = under.or(decider.present(*symptom).and(free));
        }
        verdict = verdict.and(under);
    }
    for other in &rule.overridden_by {
        verdict = verdict.and(!decider.verdict(*other));
    }
    verdict
}

fn free(program: &Sealed, decider: &mut Decider<'_>, symptom: SymptomId) -> Truth {
    let mut free = Truth::True;
    for other in program.ordinary_rules(symptom) {
        free = free.and(!decider.verdict(*other));
    }
    free
}

/// The program without an operand of an `and` or `or`.
fn changed(program: &Sealed, node: NodeId) -> Option<Sealed> {
    let mut changed: Program = Program::clone(program);
    for at in 0..changed.nodes.ops.len() {
        let op = changed.nodes.ops.get(at).copied()?;
        let (Op::And(list) | Op::Or(list)) = op else {
            continue;
        };
        let operands = changed.nodes.list(list);
        if !operands.contains(&node) {
            continue;
        }
        let mut left: Vec<NodeId> = operands.iter().copied().filter(|it| *it != node).collect();
        if let [one] = left.as_slice() {
            // An operation has two operands at least; twice the same is the same.
            left.push(*one);
        }
        let left = changed.nodes.push_operands(&left);
        if let Some(place) = changed.nodes.ops.get_mut(at) {
            *place = match op {
                Op::And(_) => Op::And(left),
                _ => Op::Or(left),
            };
        }
    }
    changed.seal().ok()
}

/// The same facts for another program with the same slots and symptoms.
fn moved(program: &Sealed, state: &State) -> State {
    let mut other = State::new(program);
    for (value, number) in state.slots().iter().zip(0..) {
        other.set(crate::node::SlotId(number), value.clone());
    }
    for number in 0..program.symptoms.len() as u32 {
        let symptom = SymptomId(number);
        other.set_reported(symptom, state.is_reported(symptom));
        other.answer(symptom, state.answered(symptom));
    }
    for code in state.codes() {
        other.report_code(code.clone());
    }
    other
}

impl Split {
    /// The truths stand to each other in that way.
    pub(crate) fn fits(self, a: Truth, b: Truth) -> bool {
        match self {
            Split::Any => a != b,
            Split::Earlier => a != Truth::Unknown && b == Truth::Unknown,
            Split::Later => a == Truth::Unknown && b != Truth::Unknown,
            Split::NotFollowed => a == Truth::True && b != Truth::True,
            Split::Opposite => a != Truth::Unknown && b != Truth::Unknown && a != b,
        }
    }
}
