//! What a case gives, checked against a program before anything is looked at (S1, T6, T8).
//!
//! A wrong name or a value that does not fit is a [`Misuse`]: the caller's mistake, told with the nearest name that exists.
//! Reads no files: JSON values come from the caller.

use std::collections::BTreeSet;
use std::fmt;

use rulec_facts::decode::{self, GivenError};
use rulec_facts::provider::Provenance;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Partial, Text, Value};
use rulec_program::node::{NodeId, SlotId};
use rulec_program::pack_file::Part;
use rulec_program::program::{Origin, Program, Slot, SymptomId};
use rulec_program::seal::Sealed;
use serde_json::Value as Json;

use crate::kept::{Kept, KeptSlot};
use crate::progress::not_collected;
use crate::report::detail::{NONE_OF, ONLY};

/// Kind of the provenance of a time that nobody gave.
pub(crate) const CLOCK: &str = "clock";

/// What a caller knows of a case.
#[derive(Debug, Clone, Default)]
pub struct CaseInput {
    /// What a person pasted or typed: texts, codes, or names of symptoms.
    pub texts: Vec<String>,
    /// Names of symptoms that must exist.
    pub symptoms: Vec<String>,
    /// The case's own time, RFC 3339; without it `now` is unknown (T6).
    pub now: Option<String>,
    /// The file that says so, for the report.
    pub now_file: Option<String>,
    /// Nobody gave it: it is the time of the run.
    pub now_of_run: bool,
    /// Params, facts and fields by full name (`os.build`, `gateway.p2s.revoked`).
    pub given: Vec<Given>,
    /// Answers to questions about symptoms: name, and whether it is so.
    pub answers: Vec<(String, bool)>,
    /// What persons have said when they were asked, by name of fact, field or symptom; later ones replace earlier ones.
    pub said: Vec<Said>,
    /// Cloud resources that the case has; they fill `arm` params.
    pub resources: Vec<Resource>,
    /// What was known of a case that was kept in place of its files.
    pub kept: Vec<Kept>,
    /// Locale of the report's texts: `zh-TW`.
    pub locale: Option<String>,
    /// Look at the rules of other symptoms too (V8).
    pub all: bool,
}

/// A value by name. JSON null is *not there* (S3), `{"unknown": "denied"}` says why nobody knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Full name of a param, a fact, or a field of one.
    pub name: String,
    /// Its value; texts are read by the declared type, so `"0x10"` fits an int.
    pub value: Json,
    /// The file that says so, for the report.
    pub file: Option<String>,
}

impl Given {
    /// A value by name, from no file.
    pub fn new(name: &str, value: impl Into<Json>) -> Given {
        Given {
            name: name.to_owned(),
            value: value.into(),
            file: None,
        }
    }
}

/// What a person said.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Full name of a param, a fact, a field of one, or a symptom.
    pub name: String,
    /// A value as of [`Given`], a bool for a symptom; none if the person did not know.
    pub value: Option<Json>,
    /// Who.
    pub by: Option<String>,
    /// When, RFC 3339.
    pub at: Option<String>,
    /// The file that keeps it, for the report.
    pub file: Option<String>,
}

/// A cloud resource of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// `Microsoft.Network/virtualNetworkGateways`; compares without case.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// The file that has it, for the report.
    pub file: Option<String>,
}

/// A mistake of the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misuse {
    /// The name that was given.
    pub name: String,
    /// What is wrong with it.
    pub problem: Problem,
    /// The nearest name that exists.
    pub nearest: Option<String>,
}

/// What is wrong with something given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// No fact, field or param has that name.
    NoSuchFact,
    /// No symptom has that name.
    NoSuchSymptom,
    /// A derived fact: only what is observed can be given.
    Derived,
    /// The name goes through a list: the list itself must be given.
    ThroughList,
    /// The value does not fit the type (T8); what is wrong.
    DoesNotFit(String),
    /// Given twice.
    Twice,
    /// The symptom has no question to answer.
    NoQuestion,
}

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match &self.problem {
            Problem::NoSuchFact => write!(f, "no fact or param is named `{name}`"),
            Problem::NoSuchSymptom => write!(f, "no symptom is named `{name}`"),
            Problem::Derived => write!(f, "`{name}` is derived, not observed"),
            Problem::ThroughList => write!(f, "`{name}` lies inside a list"),
            Problem::DoesNotFit(why) => write!(f, "the value of `{name}` does not fit: {why}"),
            Problem::Twice => write!(f, "`{name}` is given twice"),
            Problem::NoQuestion => write!(f, "the symptom `{name}` asks nothing"),
        }
    }
}

impl std::error::Error for Misuse {}

/// Every mistake in what was given of a case, in the order given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misuses(pub Vec<Misuse>);

impl fmt::Display for Misuses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, it) in self.0.iter().enumerate() {
            let between = if at == 0 { "" } else { "\n" };
            write!(f, "{between}{it}; {}", it.help())?;
        }
        Ok(())
    }
}

impl std::error::Error for Misuses {}

impl Misuse {
    /// What to do next.
    pub fn help(&self) -> String {
        match (&self.problem, &self.nearest) {
            (_, Some(nearest)) => format!("did you mean `{nearest}`?"),
            (Problem::Derived, _) => "give the facts that it is made of".to_owned(),
            (Problem::ThroughList, _) => "give the whole list".to_owned(),
            (Problem::DoesNotFit(_), _) => {
                "give a value of the declared type, null for what is not there, or {\"unknown\": \"denied\"}".to_owned()
            }
            (Problem::Twice, _) => "keep one of them".to_owned(),
            (Problem::NoQuestion, _) => "name it as a symptom, or leave it out".to_owned(),
            (Problem::NoSuchFact | Problem::NoSuchSymptom, _) => {
                "`rulec list` shows the names of a pack".to_owned()
            }
        }
    }
}

/// A case that fits its program.
#[derive(Debug, Clone, Default)]
pub struct Case {
    pub(crate) texts: Vec<String>,
    pub(crate) symptoms: Vec<SymptomId>,
    pub(crate) given: Vec<GivenSlot>,
    pub(crate) kept: Vec<KeptSlot>,
    pub(crate) answers: Vec<(SymptomId, bool)>,
    /// Facts and fields of which a person did not know the answer.
    pub(crate) not_known: Vec<(SlotId, Vec<u32>)>,
    /// Symptoms of which a person did not.
    pub(crate) unsure: Vec<SymptomId>,
    pub(crate) locale: Option<String>,
    pub(crate) all: bool,
    pub(crate) look_at: Vec<SlotId>,
    pub(crate) evaluate: Vec<NodeId>,
}

/// What is given of one slot.
#[derive(Debug, Clone)]
pub(crate) struct GivenSlot {
    pub(crate) slot: SlotId,
    /// Numbers of fields from the outermost; empty for the slot as a whole.
    pub(crate) path: Vec<u32>,
    pub(crate) value: Partial,
    pub(crate) from: Provenance,
}

impl Case {
    /// Checks names and values against the program.
    ///
    /// # Errors
    /// Every mistake, in the order given.
    pub fn new(program: &Sealed, input: CaseInput) -> Result<Case, Vec<Misuse>> {
        let mut wrong = Vec::new();
        let mut case = Case {
            locale: input.locale,
            all: input.all,
            ..Case::default()
        };
        for name in &input.symptoms {
            match find_symptom(program, name) {
                Ok(symptom) => case.symptoms.push(symptom),
                Err(misuse) => wrong.push(misuse),
            }
        }
        for (name, answer) in &input.answers {
            match asked_symptom(program, name) {
                Ok(symptom) => case.answers.push((symptom, *answer)),
                Err(misuse) => wrong.push(misuse),
            }
        }
        let now = input.now.map(|now| Given {
            name: "now".to_owned(),
            value: Json::String(now),
            file: input.now_file,
        });
        let mut met = BTreeSet::new();
        case.given.reserve(input.given.len());
        for given in now.into_iter().chain(input.given) {
            match given_slot(program, given) {
                Ok(new) if !met.insert((new.slot, new.path.clone())) => {
                    wrong.push(misuse(&new.from.place, Problem::Twice))
                }
                Ok(mut new) => {
                    if input.now_of_run && new.from.place == "now" {
                        new.from.kind = CLOCK.to_owned();
                    }
                    case.given.push(new);
                }
                Err(misuse) => wrong.push(misuse),
            }
        }
        for said in &input.said {
            if let Err(misuse) = case.take_said(program, said) {
                wrong.push(misuse);
            }
        }
        case.take_kept(program, &input.kept);
        case.fill_params(program, &input.resources);
        case.sort();
        case.texts = input.texts;
        if wrong.is_empty() {
            Ok(case)
        } else {
            Err(wrong)
        }
    }

    /// What was said last of a thing stands; what is given besides as a fact stands before it (S1).
    fn take_said(&mut self, program: &Sealed, said: &Said) -> Result<(), Misuse> {
        if program.symptom_named(&said.name).is_some() {
            let symptom = asked_symptom(program, &said.name)?;
            self.answers.retain(|(other, _)| *other != symptom);
            self.unsure.retain(|other| *other != symptom);
            match &said.value {
                None => self.unsure.push(symptom),
                Some(Json::Bool(answer)) => self.answers.push((symptom, *answer)),
                Some(_) => {
                    let problem = Problem::DoesNotFit("yes or no is wanted".to_owned());
                    return Err(misuse(&said.name, problem));
                }
            }
            return Ok(());
        }
        let given = Given {
            name: said.name.clone(),
            value: said.value.clone().unwrap_or(Json::Null),
            file: said.file.clone(),
        };
        let mut new = given_slot(program, given)?;
        let same = |slot: SlotId, path: &[u32]| slot == new.slot && path == new.path;
        self.not_known.retain(|(slot, path)| !same(*slot, path));
        if said.value.is_none() {
            self.not_known.push((new.slot, new.path));
            return Ok(());
        }
        let given = |it: &&GivenSlot| same(it.slot, &it.path) && it.from.kind != "ask";
        if self.given.iter().any(|it| given(&it)) {
            return Ok(());
        }
        self.given.retain(|it| !same(it.slot, &it.path));
        new.from = Provenance {
            kind: "ask".to_owned(),
            place: said.by.clone().unwrap_or_default(),
            file: said.file.clone(),
            time: said.at.clone(),
        };
        self.given.push(new);
        Ok(())
    }

    /// Gives a typed value of a slot, or of the field at that path; it replaces what was given of the same place or inside it.
    pub fn give(&mut self, slot: SlotId, path: Vec<u32>, value: Partial, from: Provenance) {
        self.given
            .retain(|old| old.slot != slot || !old.path.starts_with(&path));
        self.given.push(GivenSlot {
            slot,
            path,
            value,
            from,
        });
        self.sort();
    }

    /// Gives values; what a person said, what was kept and what was filled in of the same facts and fields stands back.
    pub(crate) fn give_before(&mut self, mut given: Vec<GivenSlot>) {
        given.sort_by(|a, b| (a.slot, &a.path).cmp(&(b.slot, &b.path)));
        let is_new = |slot: SlotId, path: &Vec<u32>| {
            let found = given.binary_search_by(|it| (it.slot, &it.path).cmp(&(slot, path)));
            found.is_err()
        };
        self.given.retain(|it| is_new(it.slot, &it.path));
        self.kept.retain(|it| is_new(it.slot, &it.path));
        self.given.extend(given);
        self.sort();
    }

    /// Whole values first, so that a field given beside its record is laid over it.
    pub(crate) fn sort(&mut self) {
        self.given
            .sort_by(|a, b| (a.slot, &a.path).cmp(&(b.slot, &b.path)));
    }

    /// Replaces the complaint: texts as a person pastes them, and symptoms.
    pub fn complain(&mut self, texts: Vec<String>, symptoms: Vec<SymptomId>) {
        self.texts = texts;
        self.symptoms = symptoms;
    }

    /// Facts and params of which something is given, kept or said.
    pub(crate) fn slots(&self) -> impl Iterator<Item = SlotId> + '_ {
        let given = self.given.iter().map(|it| it.slot);
        let kept = self.kept.iter().map(|it| it.slot);
        given
            .chain(kept)
            .chain(self.not_known.iter().map(|it| it.0))
    }

    /// The same by the numbers of a part of the program, which has all facts and symptoms of which something is given.
    pub(crate) fn within(&self, part: &Part) -> Case {
        let mut case = self.clone();
        case.symptoms = self
            .symptoms
            .iter()
            .filter_map(|it| part.symptom(*it))
            .collect();
        case.given = self
            .given
            .iter()
            .filter_map(|it| {
                let slot = part.slot(it.slot)?;
                Some(GivenSlot { slot, ..it.clone() })
            })
            .collect();
        let kept = self.kept.iter().filter_map(|it| {
            let slot = part.slot(it.slot)?;
            Some(KeptSlot { slot, ..it.clone() })
        });
        case.kept = kept.collect();
        let answers = self.answers.iter();
        let answers = answers.filter_map(|(it, answer)| Some((part.symptom(*it)?, *answer)));
        case.answers = answers.collect();
        let not_known = self.not_known.iter();
        let not_known = not_known.filter_map(|(it, path)| Some((part.slot(*it)?, path.clone())));
        case.not_known = not_known.collect();
        let unsure = self.unsure.iter().filter_map(|it| part.symptom(*it));
        case.unsure = unsure.collect();
        case
    }

    /// Also looks at the rules of other symptoms (V8).
    pub fn look_at_all(&mut self, all: bool) {
        self.all = all;
    }

    /// Also looks for these facts, and for what these expressions need, whether or not a verdict does.
    pub fn look_at(&mut self, slots: Vec<SlotId>, expressions: Vec<NodeId>) {
        self.look_at = slots;
        self.evaluate = expressions;
    }

    /// `param p: arm "TYPE"` is the only resource of that type; none or several leave it unknown, and say so.
    fn fill_params(&mut self, program: &Program, resources: &[Resource]) {
        for (at, slot) in program.slots.iter().enumerate() {
            let Origin::Param { arm: Some(kind) } = &slot.origin else {
                continue;
            };
            let Some(id) = u32::try_from(at).ok().map(SlotId) else {
                return;
            };
            if self.given.iter().any(|it| it.slot == id) {
                continue;
            }
            self.given.push(filled(id, slot, kind, resources));
        }
    }
}

fn filled(id: SlotId, slot: &Slot, kind: &str, resources: &[Resource]) -> GivenSlot {
    let mut ids: Vec<&str> = resources
        .iter()
        .filter(|it| it.kind.eq_ignore_ascii_case(kind))
        .map(|it| it.id.as_str())
        .collect();
    ids.sort_by_key(|id| id.to_ascii_lowercase());
    ids.dedup_by(|a, b| a.eq_ignore_ascii_case(b));
    let mut file = None;
    let (value, place) = match ids.as_slice() {
        [only] => {
            let mut same = resources
                .iter()
                .filter(|it| it.id.eq_ignore_ascii_case(only));
            file = same.find_map(|it| it.file.clone());
            (
                Partial::Known(Value::Text(Text::new(only))),
                format!("{ONLY}{kind}"),
            )
        }
        [] => (unfilled(slot, &format!("{NONE_OF}{kind}")), String::new()),
        several => (
            unfilled(
                slot,
                &format!(
                    "the case has {} of {kind}: {}",
                    several.len(),
                    several.join(", ")
                ),
            ),
            String::new(),
        ),
    };
    GivenSlot {
        slot: id,
        path: Vec::new(),
        value,
        from: Provenance {
            kind: "case".to_owned(),
            place,
            file,
            time: None,
        },
    }
}

fn unfilled(slot: &Slot, detail: &str) -> Partial {
    Partial::Unknown(not_collected(slot, detail))
}

pub(crate) fn misuse(name: &str, problem: Problem) -> Misuse {
    Misuse {
        name: name.to_owned(),
        problem,
        nearest: None,
    }
}

fn find_symptom(program: &Program, name: &str) -> Result<SymptomId, Misuse> {
    program.symptom_named(name).ok_or_else(|| Misuse {
        nearest: nearest(
            name,
            program.symptoms.iter().map(|it| it.named.name.as_str()),
        ),
        ..misuse(name, Problem::NoSuchSymptom)
    })
}

fn asked_symptom(program: &Program, name: &str) -> Result<SymptomId, Misuse> {
    let id = find_symptom(program, name)?;
    match program.symptoms.get(id.0 as usize) {
        Some(symptom) if !symptom.asks.is_empty() => Ok(id),
        _ => Err(misuse(name, Problem::NoQuestion)),
    }
}

/// A quantity that can be given.
pub(crate) struct Target<'p> {
    pub(crate) slot: SlotId,
    /// Numbers of fields from the outermost; empty for the slot as a whole.
    pub(crate) path: Vec<u32>,
    pub(crate) ty: &'p Type,
    pub(crate) default: Option<&'p Partial>,
    secret: bool,
}

impl<'p> Target<'p> {
    /// What goes by that full name.
    pub(crate) fn named(program: &'p Sealed, name: &str) -> Result<Target<'p>, Misuse> {
        let (id, slot, rest) = split_name(program, name)?;
        let mut target = Target::whole(id, slot);
        for word in rest {
            let Some(record) = target.ty.record() else {
                let problem = match target.ty.kind {
                    Kind::List(_) | Kind::Set(_) => Problem::ThroughList,
                    _ => Problem::NoSuchFact,
                };
                return Err(misuse(name, problem));
            };
            let Some((at, field)) = record.field(word) else {
                let names = record.fields.iter().map(|it| it.name.as_str());
                let prefix = name.rsplit_once(word).map_or("", |(before, _)| before);
                return Err(Misuse {
                    nearest: nearest(word, names).map(|name| format!("{prefix}{name}")),
                    ..misuse(name, Problem::NoSuchFact)
                });
            };
            target.path.push(u32::try_from(at).unwrap_or(u32::MAX));
            target.ty = &field.ty;
            target.default = field.default.as_ref();
            target.secret |= field.secret;
        }
        Ok(target)
    }

    /// A fact or param as a whole.
    pub(crate) fn whole(id: SlotId, slot: &'p Slot) -> Target<'p> {
        Target {
            slot: id,
            path: Vec::new(),
            ty: &slot.ty,
            default: slot.default.as_ref(),
            secret: slot.secret,
        }
    }

    /// A value of it that does not fit.
    pub(crate) fn unfit(&self, name: &str, error: &GivenError) -> Misuse {
        let why = match self.secret {
            true => "it is secret and not shown".to_owned(),
            false => error.to_string(),
        };
        misuse(name, Problem::DoesNotFit(why))
    }
}

pub(crate) fn given_slot(program: &Sealed, given: Given) -> Result<GivenSlot, Misuse> {
    let target = Target::named(program, &given.name)?;
    let value = decode::decode_given(&given.name, target.ty, target.default, &given.value);
    let value = value.map_err(|error| target.unfit(&given.name, &error))?;
    Ok(GivenSlot {
        slot: target.slot,
        path: target.path,
        value,
        from: Provenance {
            kind: "given".to_owned(),
            place: given.name,
            file: given.file,
            time: None,
        },
    })
}

/// Whether the pack declares what is given by that name as secret: the fact, a field on the way to it, or something in it. None for a name
/// that it does not know.
#[must_use]
pub fn is_secret_name(program: &Sealed, name: &str) -> Option<bool> {
    let (_, slot, rest) = split_name(program, name).ok()?;
    let (mut ty, mut secret) = (&slot.ty, slot.secret);
    for word in rest {
        let (_, field) = ty.record()?.field(word)?;
        ty = &field.ty;
        secret |= field.secret;
    }
    Some(secret || ty.has_secret())
}

/// The longest declared name that the given one begins with, and the fields after it.
pub(crate) fn split_name<'p, 'n>(
    program: &'p Sealed,
    name: &'n str,
) -> Result<(SlotId, &'p Slot, impl Iterator<Item = &'n str> + use<'n>), Misuse> {
    let ends = std::iter::once(name.len()).chain(name.rmatch_indices('.').map(|(at, _)| at));
    for end in ends {
        let Some((head, rest)) = name.split_at_checked(end) else {
            continue;
        };
        let Some(id) = find_slot(program, head) else {
            continue;
        };
        if let Some(slot) = program.slots.get(id.0 as usize) {
            return Ok((id, slot, rest.split('.').filter(|word| !word.is_empty())));
        }
    }
    if program.let_named(name).is_some() {
        return Err(misuse(name, Problem::Derived));
    }
    Err(Misuse {
        nearest: nearest(name, program.slots.iter().map(|it| it.named.name.as_str())),
        ..misuse(name, Problem::NoSuchFact)
    })
}

/// The slot of that name: slots of a sealed program are sorted by it. With its pack in front it is looked for one by one.
fn find_slot(program: &Sealed, name: &str) -> Option<SlotId> {
    if name.contains('/') {
        return program.slot_named(name);
    }
    let at = program
        .slots
        .partition_point(|it| it.named.name.as_str() < name);
    let is_it = |at: usize| {
        program
            .slots
            .get(at)
            .is_some_and(|it| it.named.name == name)
    };
    // A name that two packs have needs its pack.
    (is_it(at) && !is_it(at + 1)).then_some(SlotId(u32::try_from(at).ok()?))
}

/// The name that is most like the wanted one, if it is like it at all.
fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    nearest_of(wanted, names).map(str::to_owned)
}

/// Like [`nearest`], borrowed.
pub(crate) fn nearest_of<'a>(
    wanted: &str,
    names: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    names
        .map(|name| (strsim::jaro_winkler(wanted, name), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|left, right| left.0.total_cmp(&right.0).then(right.1.cmp(left.1)))
        .map(|(_, name)| name)
}
