//! What a claim demands: formulas that have to be true together, and the elements of lists that they ask for.

use rulec_prove::FormulaId;

use super::{Engine, Label, Root};
use crate::encode::copies::Needs;
use crate::encode::dropped::Way;
use crate::encode::encoder::Encoder;
use crate::encode::memory::Begun;
use crate::encode::prover::{Claim, Split, Subject};
use crate::encode::verdicts::Part;
use crate::node::{NodeId, Op};
use crate::program::RuleId;

impl Engine<'_> {
    pub(super) fn claims(&mut self, claims: &[Claim]) -> Vec<Root> {
        let mut roots = Vec::new();
        for (claim, number) in claims.iter().zip(0..) {
            self.claim(claim, number, &mut roots);
        }
        roots
    }

    /// The roots of a claim.
    fn claim(&mut self, claim: &Claim, number: u32, roots: &mut Vec<Root>) {
        let begun = self.encoder.memory.begin();
        match *claim {
            Claim::Condition(node, true) => self.conjuncts(node, roots),
            Claim::Confirmed(rule, true) => {
                let rule_of = self.encoder.program.rules.get(rule.0 as usize);
                if let Some(when) = rule_of.and_then(|it| it.when) {
                    self.conjuncts(when, roots);
                }
                self.rest_of_rule(rule, number, roots);
            }
            Claim::Matters(rule, literal) => self.matters(rule, literal, number, roots),
            Claim::Condition(..)
            | Claim::Confirmed(..)
            | Claim::ConfirmedWithout(..)
            | Claim::Present(..) => {
                let Some((subject, truth)) = claim.parts() else {
                    return;
                };
                let label = match subject {
                    Subject::Condition(node) => Label::Literal(node),
                    Subject::Rule(rule) | Subject::Without(rule, _) => Label::Rule(rule),
                    Subject::Present(_) => Label::Symptom(number),
                };
                let rails = self.subject(subject);
                let formula = match truth {
                    true => rails.t,
                    false => self.encoder.logic.false_of(rails),
                };
                roots.push(self.root(formula, label, begun));
            }
        }
    }

    /// All of a rule's verdict but its condition.
    fn rest_of_rule(&mut self, rule: RuleId, number: u32, roots: &mut Vec<Root>) {
        let begun = self.encoder.memory.begin();
        for (part, rails) in self.encoder.parts_around(rule) {
            let label = match part {
                Part::Rule(other) => Label::Rule(other),
                Part::Condition | Part::Symptom => Label::Symptom(number),
            };
            roots.push(self.root(rails.t, label, begun));
        }
    }

    fn wanted(&mut self, node: NodeId, truth: bool, roots: &mut Vec<Root>) {
        if truth {
            return self.conjuncts(node, roots);
        }
        let begun = self.encoder.memory.begin();
        let rails = self.encoder.truth(node);
        let formula = self.encoder.logic.false_of(rails);
        roots.push(self.root(formula, Label::Literal(node), begun));
    }

    pub(super) fn root(&self, formula: FormulaId, label: Label, begun: Begun) -> Root {
        Root {
            formula,
            label,
            lists: self.encoder.memory.has_met(begun),
        }
    }

    pub(crate) fn can_matter(&mut self, rule: RuleId, literal: NodeId) -> bool {
        self.way(rule, literal).is_some()
    }

    /// Where a literal of a rule's condition changes its verdict, if that hangs on the condition alone.
    fn way(&mut self, rule: RuleId, literal: NodeId) -> Option<Way> {
        let program = self.encoder.program;
        let when = program.rules.get(rule.0 as usize)?.when?;
        match self.hangs_on_condition_alone(rule, literal) {
            true => self.drop(rule, literal).way(program, when),
            false => None,
        }
    }

    fn hangs_on_condition_alone(&mut self, rule: RuleId, literal: NodeId) -> bool {
        let program = self.encoder.program;
        self.replay
            .dropping
            .is_in_condition_alone(program, rule, literal)
    }

    fn matters(&mut self, rule: RuleId, literal: NodeId, number: u32, roots: &mut Vec<Root>) {
        let way = self.way(rule, literal);
        debug_assert!(way.is_some(), "asked of a literal that cannot be asked so");
        let way = way.unwrap_or_default();
        for (node, truth) in &way.wanted {
            self.wanted(*node, *truth, roots);
        }
        if let Some((node, becomes)) = way.differs {
            let begun = self.encoder.memory.begin();
            let with = self.encoder.truth(node);
            let without = self.without(rule, literal, |encoder| encoder.truth(node));
            let logic = &mut self.encoder.logic;
            let (not_with, not_without) = (logic.false_of(with), logic.false_of(without));
            let more = logic.and([without.t, not_with]);
            let less = logic.and([with.t, not_without]);
            let formula = match becomes {
                Some(true) => more,
                Some(false) => less,
                None => logic.or([more, less]),
            };
            roots.push(self.root(formula, Label::Whole, begun));
        }
        self.rest_of_rule(rule, number, roots);
    }

    /// The roots of two subjects that come out differently, over partial states.
    pub(super) fn differing(&mut self, a: Subject, b: Subject, how: Split) -> Vec<Root> {
        if let (Subject::Without(rule, literal), Subject::Rule(of)) = (a, b)
            && of == rule
            && let Some(roots) = self.only_open(rule, literal, how)
        {
            return roots;
        }
        let begun = self.encoder.memory.begin();
        let (first, second) = (self.subject(a), self.subject(b));
        let formula = self.split(first, second, how);
        vec![self.root(formula, Label::Whole, begun)]
    }

    /// The shorter rule is decided while the other is open, or the other way round. Whether a rule becomes more easily true without a literal,
    /// and less easily false, tells which half of the verdicts has to be looked at.
    fn only_open(&mut self, rule: RuleId, literal: NodeId, how: Split) -> Option<Vec<Root>> {
        let program = self.encoder.program;
        let when = program.rules.get(rule.0 as usize)?.when?;
        if !self.hangs_on_condition_alone(rule, literal) {
            return None;
        }
        let becomes = self.drop(rule, literal).becomes(program, when)?;
        let begun = self.encoder.memory.begin();
        let long = self.encoder.truth(when);
        let short = self.without(rule, literal, |encoder| encoder.truth(when));
        let (decided, open) = match how {
            Split::Earlier => (short, long),
            Split::Later => (long, short),
            Split::Any | Split::NotFollowed | Split::Opposite => return None,
        };
        let parts = self.encoder.parts_around(rule);
        let logic = &mut self.encoder.logic;
        let (decided_false, open_false) = (logic.false_of(decided), logic.false_of(open));
        let mut formulas = vec![logic.not(open_false)];
        let not_true = logic.not(open.t);
        // What is decided earlier without the literal is true if the rule becomes more easily so; what is decided later was false.
        if becomes == (how == Split::Earlier) {
            formulas.extend([decided.t, not_true]);
            formulas.extend(parts.iter().map(|(_, it)| it.t));
        } else {
            formulas.push(decided_false);
            let mut not_all = vec![not_true];
            for (_, part) in &parts {
                let gone = logic.false_of(*part);
                formulas.push(logic.not(gone));
                not_all.push(logic.not(part.t));
            }
            formulas.push(logic.or(not_all));
        }
        let roots = formulas.into_iter();
        Some(roots.map(|it| self.root(it, Label::Whole, begun)).collect())
    }

    pub(super) fn need_claims(&mut self, needs: &mut Needs, claims: &[Claim]) {
        for claim in claims {
            match (claim.parts(), *claim) {
                (Some((subject, truth)), _) => {
                    need_subject(&mut self.encoder, needs, subject, truth);
                }
                (None, Claim::Matters(rule, literal)) => self.need_way(needs, rule, literal),
                (None, _) => {}
            }
        }
    }

    fn need_way(&mut self, needs: &mut Needs, rule: RuleId, literal: NodeId) {
        let way = self.way(rule, literal).unwrap_or_default();
        for (node, truth) in way.wanted {
            self.encoder.need(needs, node, truth);
        }
        if let Some((node, _)) = way.differs {
            self.encoder.need(needs, node, true);
            self.encoder.need(needs, node, false);
        }
        self.encoder.need_rest_of_rule(needs, rule);
    }

    /// Each operand of an `and` is a root of its own, so that a core can name it.
    fn conjuncts(&mut self, node: NodeId, roots: &mut Vec<Root>) {
        let program = self.encoder.program;
        if let Some(Op::And(list)) = program.nodes.op(node) {
            for it in program.nodes.list(list) {
                self.conjuncts(*it, roots);
            }
            return;
        }
        let begun = self.encoder.memory.begin();
        let formula = self.encoder.truth(node).t;
        roots.push(self.root(formula, Label::Literal(node), begun));
    }
}

pub(super) fn need_subject(
    encoder: &mut Encoder<'_>,
    needs: &mut Needs,
    subject: Subject,
    truth: bool,
) {
    match subject {
        Subject::Condition(node) => encoder.need(needs, node, truth),
        Subject::Rule(rule) | Subject::Without(rule, _) => encoder.need_rule(needs, rule, truth),
        Subject::Present(symptom) => encoder.need_present(needs, symptom, truth),
    }
}
