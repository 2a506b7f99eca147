//! Questions for a person, one at a time, once no place is left to read (L1, N2). A run without a person never looks here.

use std::sync::Arc;

use rulec_facts::decode;
use rulec_facts::provider::Provenance;
use rulec_facts::reason::{Reason, Why};
use rulec_facts::types::{FieldType, Type};
use rulec_facts::value::{Partial, Value};
use rulec_program::decide::{Decider, Scratch};
use rulec_program::node::SlotId;
use rulec_program::program::{Slot, SymptomId};
use serde_json::Value as Json;

use crate::case::{Misuse, Problem};
use crate::plan::Planner;
use crate::progress::{Failure, PartGiven, Progress, path_text};
use crate::report::detail::NOT_KNOWN;
use crate::report::fill;
use crate::report::texts::{self, Texts};
use crate::session::Session;

/// What a question is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// Whether a symptom is there; the number counts its questions. The answer is a bool.
    Symptom(SymptomId, usize),
    /// A fact or param.
    Slot(SlotId),
    /// A field of a fact: numbers of fields from the outermost.
    Field(SlotId, Vec<u32>),
}

/// A question for a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What it is about.
    pub about: About,
    /// Name of the symptom, fact or field.
    pub name: String,
    /// What to ask, in the locale of the case.
    pub text: String,
    /// The type of the answer; none for yes or no.
    pub ty: Option<Type>,
}

/// What a person said.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// A value, read by the declared type.
    Value(Json),
    /// It is not there (S3).
    NotThere,
    /// The person does not know: unknown (not-collected).
    DoNotKnow,
}

impl Session<'_> {
    /// The next question that could still change a verdict; none while requests are outstanding. Symptoms first, then facts by name.
    pub fn question(&self) -> Option<Question> {
        if !self.finished() {
            return None;
        }
        let mut scratch = Scratch::default();
        let mut decider = Decider::new(self.program, &self.state, &mut scratch);
        let mut symptoms = Vec::new();
        let mut needed = Vec::new();
        for rule in &self.scope.rules {
            let needs = decider.needs_of_rule(*rule);
            symptoms.extend(needs.asks.iter().copied());
            needed.push(needs);
        }
        symptoms.sort_unstable();
        if let Some(question) = symptoms.into_iter().find_map(|it| self.about_symptom(it)) {
            return Some(question);
        }
        let mut planner = Planner::new(self, decider);
        planner.want(&needed);
        // Locators may wait for facts that no verdict names: everything that was met on the way counts.
        let met: Vec<SlotId> = planner.met().collect();
        met.into_iter()
            .find_map(|it| self.about_slot(it, &[Vec::new()]))
    }

    /// Takes the answer to a question and plans what follows from it.
    ///
    /// # Errors
    /// A value that does not fit its type; the question stays.
    pub fn reply(&mut self, question: &Question, reply: &Reply) -> Result<(), Misuse> {
        match &question.about {
            About::Symptom(symptom, number) => {
                self.reply_symptom(question, *symptom, *number, reply)?
            }
            About::Slot(id) => self.reply_slot(question, *id, reply)?,
            About::Field(id, path) => self.reply_field(question, *id, path, reply)?,
        }
        self.plan();
        Ok(())
    }

    fn texts(&self) -> Texts {
        Texts::new(self.program, self.locale.as_deref())
    }

    pub(crate) fn about_symptom(&self, id: SymptomId) -> Option<Question> {
        let symptom = self.program.symptoms.get(id.0 as usize)?;
        let number = self.asked_symptoms.get(&id).copied().unwrap_or(0);
        Some(Question {
            about: About::Symptom(id, number),
            name: symptom.named.name.to_string(),
            text: texts::question(&self.texts(), symptom, number)?,
            ty: None,
        })
    }

    /// A question about a fact, or about the first field of it that lies on one of these paths or leads to one.
    pub(crate) fn about_slot(&self, id: SlotId, wanted: &[Vec<u32>]) -> Option<Question> {
        let slot = self.program.slots.get(id.0 as usize)?;
        let progress = self.slots.get(id.0 as usize)?;
        if let (Some(english), false, true) =
            (&slot.ask, progress.asked, progress.settled.is_none())
        {
            let key = texts::key(fill::slot_kind(slot), &slot.named.name);
            let text = self.texts().of_pack(&key, "question", &[]);
            return Some(Question {
                about: About::Slot(id),
                name: slot.named.name.to_string(),
                text: text.unwrap_or_else(|| english.clone()),
                ty: Some(slot.ty.clone()),
            });
        }
        let value = self.state.get(id)?;
        // What is read first; what only tells that a record is there, which is read, after it.
        let leads_to = |path: &[u32]| wanted.iter().any(|it| it.starts_with(path));
        let lies_in = |path: &[u32]| leads_to(path) || wanted.iter().any(|it| path.starts_with(it));
        let find = |is_wanted: &dyn Fn(&[u32]) -> bool| {
            let asked = Asked {
                before: &progress.asked_fields,
                is_wanted,
            };
            asked_field(value, &slot.ty, &mut Vec::new(), asked)
        };
        let (path, field, record) = find(&leads_to).or_else(|| find(&lies_in))?;
        let key = texts::key("type", &format!("{record}-{}", field.name));
        let text = self.texts().of_pack(&key, "question", &[]);
        Some(Question {
            name: format!("{}.{}", slot.named.name, path_text(&slot.ty, &path)),
            about: About::Field(id, path),
            text: text.or_else(|| field.ask.as_ref().map(ToString::to_string))?,
            ty: Some(field.ty.clone()),
        })
    }

    fn reply_symptom(
        &mut self,
        question: &Question,
        id: SymptomId,
        number: usize,
        reply: &Reply,
    ) -> Result<(), Misuse> {
        let said = match reply {
            Reply::Value(Json::Bool(said)) => Some(*said),
            Reply::NotThere => Some(false),
            Reply::DoNotKnow => None,
            Reply::Value(_) => return Err(unfit(question, "yes or no is wanted".to_owned())),
        };
        self.asked_symptoms.insert(id, number + 1);
        let last = self
            .program
            .symptoms
            .get(id.0 as usize)
            .is_none_or(|it| number + 1 >= it.asks.len());
        match said {
            Some(true) => self.state.answer(id, Some(true)),
            // All of them denied: it is not so. One of them unknown: it stays unknown.
            Some(false) if last && !self.unsure.contains(&id) => {
                self.state.answer(id, Some(false));
            }
            Some(false) => {}
            None => {
                self.unsure.insert(id);
            }
        }
        Ok(())
    }

    fn reply_slot(&mut self, question: &Question, id: SlotId, reply: &Reply) -> Result<(), Misuse> {
        let Some(slot) = self.program.slots.get(id.0 as usize) else {
            return Ok(());
        };
        let given = said(question, slot, &slot.ty, slot.default.as_ref(), reply)?;
        let Some(progress) = self.slots.get_mut(id.0 as usize) else {
            return Ok(());
        };
        progress.asked = true;
        match given {
            Partial::Unknown(reasons) => progress.failures.push(Failure {
                reasons,
                from: by_person(question),
            }),
            value => progress.settled = Some((value, by_person(question))),
        }
        self.refresh(id);
        Ok(())
    }

    fn reply_field(
        &mut self,
        question: &Question,
        id: SlotId,
        path: &[u32],
        reply: &Reply,
    ) -> Result<(), Misuse> {
        let Some(slot) = self.program.slots.get(id.0 as usize) else {
            return Ok(());
        };
        let Some(ty) = question.ty.as_ref() else {
            return Ok(());
        };
        let default = field_at(&slot.ty, path).and_then(|it| it.default.as_ref());
        let given = said(question, slot, ty, default, reply)?;
        let Some(progress) = self.slots.get_mut(id.0 as usize) else {
            return Ok(());
        };
        progress.asked_fields.push(path.to_vec());
        if !given.is_unknown() {
            progress.parts.push(PartGiven {
                path: path.to_vec(),
                value: given,
                from: by_person(question),
            });
        }
        self.refresh(id);
        Ok(())
    }
}

/// A person can still be asked for the slot or a field of it.
pub(crate) fn can_ask(slot: &Slot, progress: &Progress, value: Option<&Partial>) -> bool {
    let whole = slot.ask.is_some() && !progress.asked && progress.settled.is_none();
    whole
        || value.is_some_and(|value| {
            let asked = Asked {
                before: &progress.asked_fields,
                is_wanted: &|_| true,
            };
            asked_field(value, &slot.ty, &mut Vec::new(), asked).is_some()
        })
}

/// What a person's answer comes to; "do not know" is unknown (S3).
fn said(
    question: &Question,
    slot: &Slot,
    ty: &Type,
    default: Option<&Partial>,
    reply: &Reply,
) -> Result<Partial, Misuse> {
    let json = match reply {
        Reply::Value(json) => json,
        Reply::NotThere => &Json::Null,
        Reply::DoNotKnow => {
            return Ok(Partial::Unknown(Arc::from([Reason {
                fact: slot.named.name.clone(),
                why: Why::NotCollected,
                detail: Arc::from(NOT_KNOWN),
            }])));
        }
    };
    decode::decode_given(&question.name, ty, default, json)
        .map_err(|error| unfit(question, error.to_string()))
}

fn unfit(question: &Question, why: String) -> Misuse {
    Misuse {
        name: question.name.clone(),
        problem: Problem::DoesNotFit(why),
        nearest: None,
    }
}

fn by_person(question: &Question) -> Provenance {
    Provenance {
        kind: "ask".to_owned(),
        place: question.text.clone(),
        ..Provenance::default()
    }
}

/// Which fields are asked for.
#[derive(Clone, Copy)]
struct Asked<'a> {
    before: &'a [Vec<u32>],
    is_wanted: &'a dyn Fn(&[u32]) -> bool,
}

/// The first unknown field with a question that was not put yet, with the name of its record. Fields inside lists are not asked for.
fn asked_field<'t>(
    value: &Partial,
    ty: &'t Type,
    path: &mut Vec<u32>,
    asked: Asked<'_>,
) -> Option<(Vec<u32>, &'t FieldType, &'t str)> {
    let record = ty.record()?;
    let fields = match value {
        Partial::Known(Value::Record(fields)) => Some(fields),
        Partial::Unknown(_) => None,
        _ => return None,
    };
    for (at, field) in record.fields.iter().enumerate() {
        let inner = match fields {
            Some(fields) => fields.get(at)?,
            None => value,
        };
        path.push(u32::try_from(at).ok()?);
        let is_new = !asked.before.contains(path) && (asked.is_wanted)(path);
        if inner.is_unknown() && field.ask.is_some() && is_new {
            let name = record.name.as_deref().unwrap_or_default();
            return Some((path.clone(), field, name));
        }
        if let Some(found) = asked_field(inner, &field.ty, path, asked) {
            return Some(found);
        }
        path.pop();
    }
    None
}

fn field_at<'t>(ty: &'t Type, path: &[u32]) -> Option<&'t FieldType> {
    let (first, rest) = path.split_first()?;
    let field = ty.record()?.fields.get(*first as usize)?;
    match rest.is_empty() {
        true => Some(field),
        false => field_at(&field.ty, rest),
    }
}
