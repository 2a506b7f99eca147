//! The proof of one verdict, by default on a smallest set of facts that forces it.

use rulec_facts::truth::Truth;
use rulec_facts::types::Type;
use rulec_facts::value::Partial;
use rulec_program::decide::{Decider, Scratch};
use rulec_program::node::SlotId;
use rulec_program::program::RuleId;
use rulec_program::proof::{Shown, Step, What};
use rulec_program::state::State;
use rulec_program::why::Seen;

use super::atoms::{self, Atom};
use super::smallest::{Limit, smallest};
use super::{Claim, Elsewhere, Forced, ForcingFact, Proof, SaidOfSymptom, StepLine, TruthWord};
use crate::express;
use crate::progress::path_text;
use crate::report::build::{self, Build};
use crate::report::fill::{Fill, TextOf};
use crate::report::plain;
use crate::report::reads::Reads;
use crate::report::texts::Texts;
use crate::report::{FORMAT, VerdictWord};
use crate::session::Session;

impl Session<'_> {
    /// Why the rule has its verdict; none if the program has no such rule. `full` keeps every step on all that is known, else a
    /// smallest set of facts that forces the verdict is looked for, and only what matters is kept.
    pub fn why(&self, rule: RuleId, full: bool) -> Option<Proof> {
        let program = self.program;
        let texts = Texts::new(program, self.locale.as_deref());
        let mut scratch = Scratch::default();
        let verdict = Decider::new(program, &self.state, &mut scratch).judge(rule);
        let forcing = match full || verdict.truth.is_unknown() {
            true => None,
            false => Some(forcing(self, rule, verdict.truth)),
        };
        let state = forcing.as_ref().map_or(&self.state, |it| &it.state);
        let mut scratch = Scratch::default();
        let step = Decider::new(program, state, &mut scratch).proof(rule, !full);
        let mut scratch = Scratch::default();
        let fill = Fill {
            program,
            texts: &texts,
            look: Decider::new(program, &self.state, &mut scratch),
        };
        let mut tell = Tell {
            session: self,
            build: Build::new(self, fill),
            reads: Reads::of(program, program.rules.get(rule.0 as usize)?.when),
        };
        let told = program.rules.get(rule.0 as usize)?;
        let cause = told.cause.as_ref().map(|cause| {
            let of = TextOf {
                kind: "rule",
                name: &told.named.name,
                attribute: "cause",
            };
            tell.build.fill.template(of, cause)
        });
        Some(Proof {
            format: FORMAT,
            pack: build::pack(program),
            locale: texts.locale().to_owned(),
            rule: tell.build.rule_name(rule),
            title: tell.build.fill.title("rule", &told.named),
            cause,
            verdict: match verdict.truth {
                Truth::True => VerdictWord::Confirmed,
                Truth::False => VerdictWord::RuledOut,
                Truth::Unknown => VerdictWord::Open,
            },
            because: build::because(verdict.because),
            symptoms: tell.symptoms(),
            forced: forcing.map(|it| tell.forced(&it)),
            proof: tell.step(&step),
        })
    }
}

/// A smallest set of parts that forces a verdict, and the state in which nothing else is known.
struct Forcing {
    atoms: Vec<Atom>,
    exact: bool,
    checks: u32,
    state: State,
}

fn forcing(session: &Session<'_>, rule: RuleId, truth: Truth) -> Forcing {
    let program = session.program;
    let mut scratch = Scratch::default();
    let reads = Decider::new(program, &session.state, &mut scratch).reads(rule);
    let all = atoms::known(program, &session.state, &reads);
    let bare = atoms::bare(program, &session.state);
    let mut enough = |kept: &[bool]| {
        let less = atoms::keep(program, &session.state, &bare, &all, kept);
        Decider::new(program, &less, &mut scratch).verdict(rule) == truth
    };
    let found = smallest(all.len(), Limit::default(), &mut enough);
    let mut kept = vec![false; all.len()];
    for at in &found.kept {
        if let Some(place) = kept.get_mut(*at) {
            *place = true;
        }
    }
    Forcing {
        state: atoms::keep(program, &session.state, &bare, &all, &kept),
        atoms: all
            .into_iter()
            .zip(kept)
            .filter_map(|(atom, kept)| kept.then_some(atom))
            .collect(),
        exact: found.exact,
        checks: found.checks,
    }
}

/// Puts steps and parts into names and values.
struct Tell<'s, 'p, 't> {
    session: &'s Session<'p>,
    build: Build<'s, 'p, 't>,
    /// What the condition reads of records.
    reads: Reads,
}

impl Tell<'_, '_, '_> {
    fn symptoms(&self) -> Vec<crate::report::SymptomLine> {
        let found = self.session.recognised.symptoms.iter();
        found.map(|it| self.build.symptom(it)).collect()
    }

    fn forced(&self, forcing: &Forcing) -> Forced {
        let mut facts = Vec::new();
        let mut answers = Vec::new();
        for atom in &forcing.atoms {
            match atom {
                Atom::Part(slot, path) => facts.extend(self.fact(*slot, path, false)),
                Atom::There(slot, path) => facts.extend(self.fact(*slot, path, true)),
                Atom::Answer(symptom) => answers.push(SaidOfSymptom {
                    symptom: self.build.symptom_name(*symptom),
                    answer: self.session.state.answered(*symptom) == Some(true),
                }),
            }
        }
        Forced {
            facts,
            answers,
            smallest: forcing.exact,
            checks: forcing.checks,
        }
    }

    fn fact(&self, id: SlotId, path: &[u32], only_there: bool) -> Option<ForcingFact> {
        let slot = self.session.program.slots.get(id.0 as usize)?;
        let (value, ty, secret) = part(self.session.state.get(id)?, &slot.ty, path)?;
        let seen = Seen {
            slot: id,
            path: path_text(&slot.ty, path),
            value: value.clone(),
            ty: Some(ty.clone()),
            secret: secret || slot.secret,
        };
        let told = self.build.told(&seen, &Reads::default(), "");
        Some(ForcingFact {
            fact: told.fact,
            path: told.path,
            only_there,
            value: match only_there {
                true => serde_json::Value::Null,
                false => told.value,
            },
            shown: match only_there {
                true => self.build.fill.texts.word("plain-there"),
                false => told.shown,
            },
            title: told.title,
            source: told.source,
        })
    }

    fn step(&mut self, step: &Step) -> StepLine {
        let (claim, name, title) = self.named(&step.what);
        let program = self.session.program;
        let node = match &step.what {
            What::Not(Some(node))
            | What::And(node)
            | What::Or(node)
            | What::Any(node)
            | What::Test(node) => Some(*node),
            _ => None,
        };
        let text = node.map(|it| express::text(program, it));
        let test = text.clone().unwrap_or_default();
        let facts = step.seen.iter();
        let facts = facts.map(|it| self.build.told(it, &self.reads, &test));
        let facts: Vec<_> = facts
            .map(|it| crate::report::Evidence { test: None, ..it })
            .collect();
        StepLine {
            claim,
            // An element is called by its place in the fact.
            name: match claim {
                Claim::Element => facts.first().map(|it| it.path.clone()),
                _ => name,
            },
            title,
            said: node.map(|it| plain::whole(&self.build.fill, it)),
            text,
            truth: truth_word(step.truth),
            facts,
            parts: step.parts.iter().map(|it| self.step(it)).collect(),
            left_out: step.left_out,
            elsewhere: match step.shown {
                Shown::Here => None,
                Shown::Before => Some(Elsewhere::Before),
                Shown::Deeper => Some(Elsewhere::Deeper),
            },
        }
    }

    fn named(&self, what: &What) -> (Claim, Option<String>, Option<String>) {
        let program = self.session.program;
        let rule = |claim, id: &RuleId| {
            let rule = program.rules.get(id.0 as usize);
            let title = rule.and_then(|it| self.build.fill.title("rule", &it.named));
            (claim, Some(self.build.rule_name(*id)), title)
        };
        let symptom = |claim, id: &rulec_program::program::SymptomId| {
            let symptom = program.symptoms.get(id.0 as usize);
            let title = symptom.and_then(|it| self.build.fill.title("symptom", &it.named));
            (claim, Some(self.build.symptom_name(*id)), title)
        };
        match what {
            What::Rule(id) => rule(Claim::Rule, id),
            What::Symptoms(_) => (Claim::Symptoms, None, None),
            What::Free(id) => symptom(Claim::Free, id),
            What::Present(id) => symptom(Claim::Present, id),
            What::Unclaimed(id) => symptom(Claim::Unclaimed, id),
            What::Named(id) => symptom(Claim::Named, id),
            What::Answered(id) => symptom(Claim::Answered, id),
            What::Reported(code) => (
                Claim::Reported,
                Some(code.to_string()),
                code.title().map(str::to_owned),
            ),
            What::Not(_) => (Claim::Not, None, None),
            What::And(_) => (Claim::And, None, None),
            What::Or(_) => (Claim::Or, None, None),
            What::Let(id, _) => {
                let it = program.lets.get(id.0 as usize);
                let title = it.and_then(|it| self.build.fill.title("let", &it.named));
                let name = it.map(|it| it.named.name.to_string());
                (Claim::Let, name, title)
            }
            What::Any(_) => (Claim::Any, None, None),
            What::Element(_) => (Claim::Element, None, None),
            What::Test(_) => (Claim::Test, None, None),
        }
    }
}

fn truth_word(truth: Truth) -> TruthWord {
    match truth {
        Truth::True => TruthWord::True,
        Truth::False => TruthWord::False,
        Truth::Unknown => TruthWord::Unknown,
    }
}

/// The part of a value at a path of fields, and whether a field on the way is secret.
fn part<'v>(
    value: &'v Partial,
    ty: &'v Type,
    path: &[u32],
) -> Option<(&'v Partial, &'v Type, bool)> {
    let Some((first, rest)) = path.split_first() else {
        return Some((value, ty, false));
    };
    let Partial::Known(rulec_facts::value::Value::Record(fields)) = value else {
        return None;
    };
    let field = ty.record()?.fields.get(*first as usize)?;
    let inner = fields.get(*first as usize)?;
    let (value, ty, secret) = part(inner, &field.ty, rest)?;
    Some((value, ty, secret || field.secret))
}
