//! Rules and symptoms as formulas (V1 to V5, T7).

use rulec_facts::code::Code;
use rulec_facts::types::Kind;
use rulec_facts::value::{Partial, Value};

use super::atlas::Shape;
use super::encoder::{Encoder, Meaning};
use super::term::{Member, Members, Rails, Sym};
use crate::node::NodeId;
use crate::program::{Program, RuleId, SymptomId};

/// The codes that a program names, sorted (Findings: a total state says of each whether the complaint has it).
pub(crate) fn codes(program: &Program) -> Vec<Code> {
    fn gather(value: &Value, codes: &mut Vec<Code>) {
        match value {
            Value::Code(code) => codes.push(code.clone()),
            Value::Record(fields) => fields
                .iter()
                .filter_map(Partial::known)
                .for_each(|it| gather(it, codes)),
            Value::List(all) | Value::Set(all) => all
                .iter()
                .filter_map(|it| it.value.known())
                .for_each(|it| gather(it, codes)),
            _ => {}
        }
    }
    let mut codes = Vec::new();
    for constant in &program.nodes.constants {
        if let Partial::Known(value) = constant {
            gather(value, &mut codes);
        }
    }
    for symptom in &program.symptoms {
        codes.extend(symptom.codes.iter().cloned());
    }
    codes.sort_unstable();
    codes.dedup();
    codes
}

impl Encoder<'_> {
    /// `conf(r)` (V1).
    pub(crate) fn confirmed(&mut self, rule: RuleId) -> Rails {
        // A derived fact that is changed may lie anywhere.
        let remembered = self.dropped.lets.is_empty();
        if remembered && let Some(known) = self.remembered_rule(rule) {
            return known;
        }
        let begun = self.memory.begin();
        let rails = self.confirmed_afresh(rule);
        if remembered {
            self.keep_rule(rule, begun, rails);
        }
        rails
    }

    /// `conf(r)` without looking whether it is remembered: its own condition may be changed.
    pub(crate) fn confirmed_afresh(&mut self, rule: RuleId) -> Rails {
        let parts = self.confirmed_parts(rule);
        let two = self.two();
        let rails: Vec<Rails> = parts.iter().map(|(_, it)| *it).collect();
        self.logic.all(&rails, two)
    }

    /// The parts of V1, all of which have to hold.
    pub(crate) fn confirmed_parts(&mut self, id: RuleId) -> Vec<(Part, Rails)> {
        let mut parts = Vec::new();
        if let Some(when) = self.program.rules.get(id.0 as usize).and_then(|it| it.when) {
            parts.push((Part::Condition, self.truth(when)));
        }
        parts.extend(self.parts_around(id));
        parts
    }

    /// Those besides the rule's own condition.
    pub(crate) fn parts_around(&mut self, id: RuleId) -> Vec<(Part, Rails)> {
        let program = self.program;
        let Some(rule) = program.rules.get(id.0 as usize) else {
            let unknown = self.opaque();
            return vec![(Part::Symptom, unknown)];
        };
        let mut parts = Vec::new();
        if !rule.is_latent() {
            self.symptom_parts(id, &mut parts);
        }
        for other in &rule.overridden_by {
            let other_confirmed = self.confirmed(*other);
            parts.push((Part::Rule(*other), self.logic.negate(other_confirmed)));
        }
        parts
    }

    fn symptom_parts(&mut self, id: RuleId, parts: &mut Vec<(Part, Rails)>) {
        let (program, two) = (self.program, self.two());
        let Some(rule) = program.rules.get(id.0 as usize) else {
            return;
        };
        if let ([symptom], true) = (rule.symptoms.as_slice(), rule.otherwise) {
            let present = self.present(*symptom);
            parts.push((Part::Symptom, present));
            for other in program.ordinary_rules(*symptom) {
                if *other != id {
                    let confirmed = self.confirmed(*other);
                    parts.push((Part::Rule(*other), self.logic.negate(confirmed)));
                }
            }
            return;
        }
        let mut found = Vec::with_capacity(rule.symptoms.len());
        for symptom in &rule.symptoms {
            let mut here = vec![self.present(*symptom)];
            if rule.otherwise {
                for other in program.ordinary_rules(*symptom) {
                    if *other != id {
                        let confirmed = self.confirmed(*other);
                        here.push(self.logic.negate(confirmed));
                    }
                }
            }
            found.push(self.logic.all(&here, two));
        }
        parts.push((Part::Symptom, self.logic.any(&found, two)));
    }

    /// `present(s)` (V4).
    pub(crate) fn present(&mut self, id: SymptomId) -> Rails {
        let remembered = self.dropped.lets.is_empty();
        if remembered && let Some(known) = self.remembered_symptom(id) {
            return known;
        }
        let begun = self.memory.begin();
        let rails = self.present_afresh(id);
        if remembered {
            self.keep_symptom(id, begun, rails);
        }
        rails
    }

    fn present_afresh(&mut self, id: SymptomId) -> Rails {
        let (program, two) = (self.program, self.two());
        let Some(symptom) = program.symptoms.get(id.0 as usize) else {
            return self.opaque();
        };
        let mut parts = vec![self.always_known(Meaning::Reported(id))];
        for code in &symptom.codes {
            let sym = Sym::Constant(Partial::Known(Value::Code(code.clone())));
            parts.push(self.reported_sym(&sym));
        }
        if !symptom.asks.is_empty() {
            let answer = self.variable(Meaning::Answer(id), 2);
            let answer = self.logic.is(answer, 1);
            let answered = match two {
                true => {
                    let answered = self.variable(Meaning::Answered(id), 2);
                    self.logic.is(answered, 1)
                }
                false => self.logic.yes(),
            };
            parts.push(self.on_known(answered, answer));
        }
        for condition in &symptom.seen {
            parts.push(self.truth(*condition));
        }
        self.logic.any(&parts, two)
    }

    /// A truth that is an input of the case.
    fn always_known(&mut self, meaning: Meaning) -> Rails {
        let variable = self.variable(meaning, 2);
        let value = self.logic.is(variable, 1);
        let yes = self.logic.yes();
        self.on_known(yes, value)
    }

    /// T7.
    pub(super) fn reported(&mut self, code: NodeId) -> Rails {
        let two = self.two();
        let term = self.term(code);
        let mut parts = Vec::with_capacity(term.len());
        for choice in term.iter() {
            parts.push((choice.guard, self.reported_sym(&choice.sym)));
        }
        self.logic.guarded(&parts, two)
    }

    /// Numbers of the named codes that a code can be: of a constant one at most.
    fn numbers_of(&self, code: &Sym) -> std::ops::Range<u32> {
        match code {
            Sym::Constant(Partial::Known(Value::Code(code))) => {
                match self.codes.binary_search(code) {
                    Ok(at) => at as u32..at as u32 + 1,
                    Err(_) => 0..0,
                }
            }
            _ => 0..self.codes.len() as u32,
        }
    }

    fn reported_sym(&mut self, code: &Sym) -> Rails {
        if self.two() && !matches!(code, Sym::Constant(_)) {
            // An unknown one is told only by nothing at all being reported.
            return self.opaque();
        }
        let two = self.two();
        let one = self.one(code.clone());
        let mut parts = Vec::new();
        for number in self.numbers_of(code) {
            let named = self.codes.get(number as usize).cloned();
            let named = named.map_or(Partial::Absent, |it| Partial::Known(Value::Code(it)));
            let same = self.is_member(code, &Sym::Constant(named));
            if same.t == self.logic.no() {
                continue;
            }
            let complained = self.always_known(Meaning::Code(number));
            parts.push(self.logic.all(&[same, complained], two));
        }
        let members = self.reporting();
        for member in &members.all {
            let same = self.over_pairs(&one, &member.value, Self::is_member);
            parts.push(self.logic.all(&[member.belongs, same], two));
        }
        let found = self.logic.any(&parts, two);
        match found.f {
            None => found,
            // While a fact that reports is unknown there may be more.
            Some(f) => Rails {
                t: found.t,
                f: Some(self.logic.and([members.known, f])),
            },
        }
    }

    /// Codes of the facts that report.
    fn reporting(&mut self) -> Members {
        let program = self.program;
        let two = self.two();
        let (mut known, mut all) = (Vec::new(), Vec::new());
        for id in program.reporting() {
            let Some(slot) = program.slots.get(id.0 as usize) else {
                continue;
            };
            let (Some(field), Some(place)) = (slot.reports, self.slot(*id)) else {
                continue;
            };
            let whole = self.one(Sym::Place(place));
            let elements = match Shape::of(&slot.ty) {
                Shape::Elements => {
                    let members = self.members_of(&whole);
                    known.push(members.known);
                    members.all.clone()
                }
                _ => vec![Member {
                    belongs: self.logic.rails(true, two),
                    value: whole,
                }],
            };
            for element in elements {
                let value = match field {
                    Some(field) => self.field(&element.value, field),
                    None => element.value,
                };
                self.reporting_value(element.belongs, &value, &mut known, &mut all);
            }
        }
        Members {
            known: self.logic.and(known),
            all,
            is_set: false,
            open: false,
        }
    }

    fn reporting_value(
        &mut self,
        belongs: Rails,
        value: &super::term::Term,
        known: &mut Vec<rulec_prove::FormulaId>,
        all: &mut Vec<Member>,
    ) {
        let two = self.two();
        let gone = self.logic.false_of(belongs);
        for choice in value.iter() {
            let elsewhere = self.logic.not(choice.guard);
            let is_list = match &choice.sym {
                Sym::Place(place) => {
                    matches!(self.kind_at(*place), Some(Kind::List(_) | Kind::Set(_)))
                }
                _ => false,
            };
            let here = Rails {
                t: choice.guard,
                f: two.then_some(elsewhere),
            };
            if is_list {
                let one = self.one(choice.sym.clone());
                let inner = self.members_of(&one);
                known.push(self.logic.or([gone, elsewhere, inner.known]));
                for member in &inner.all {
                    all.push(Member {
                        belongs: self.logic.all(&[belongs, here, member.belongs], two),
                        value: std::sync::Arc::clone(&member.value),
                    });
                }
                continue;
            }
            let absent = self.absent_sym(&choice.sym);
            let is_known = self.known_sym(&choice.sym);
            known.push(self.logic.or([gone, elsewhere, is_known]));
            let there = self.logic.not(absent);
            let there = self.on_known(is_known, there);
            all.push(Member {
                belongs: self.logic.all(&[belongs, here, there], two),
                value: self.one(choice.sym.clone()),
            });
        }
    }
}

/// A part of V1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Symptom,
    Condition,
    Rule(RuleId),
}
