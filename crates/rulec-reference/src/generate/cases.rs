//! Cases: partly known facts, what refines them by one unknown, and what leaves nothing unknown.

use std::collections::BTreeMap;

use super::model::{Declared, Model, Ty, What, is_paired};
use super::random::Random;
use super::values::{constant, spelled};
use super::{Case, CaseKind, GeneratedPack, Value};

const REASONS: &[&str] = &[
    "not-collected",
    "denied",
    "timed-out",
    "unsupported",
    "malformed",
    "missing",
    "over-budget",
];

/// How much of a value is unknown, in percent at each place.
#[derive(Clone, Copy)]
struct Doubt(usize);

impl GeneratedPack {
    /// A case of its own.
    pub(super) fn first_case(&self, random: &mut Random, complaints: &[String]) -> Case {
        let mut facts = BTreeMap::new();
        let doubt = Doubt(8 + random.below(25));
        for place in &self.model.places {
            let paired = is_paired(place);
            if random.chance(if paired { 40 } else { doubt.0 }) {
                continue;
            }
            if paired && random.chance(50) {
                facts.insert(place.name.clone(), Value::Absent);
                continue;
            }
            let value = self.model.value(place, doubt, random);
            facts.insert(place.name.clone(), value);
        }
        let mut complaint = Vec::new();
        for said in complaints {
            if random.chance(45) {
                complaint.push(said.clone());
            }
        }
        if random.chance(25) {
            complaint.clear();
        }
        Case {
            name: String::new(),
            kind: CaseKind::First,
            complaint,
            now: random
                .chance(70)
                .then(|| constant(&self.model, &Ty::Time, random)),
            facts,
            given: None,
        }
    }

    /// The case with one unknown less; none if it has none.
    pub(super) fn refine(&self, from: usize, random: &mut Random) -> Option<Case> {
        let unknowns = self.unknowns(from);
        if unknowns == 0 {
            return None;
        }
        let at = random.below(unknowns);
        self.refine_at(from, at, random)
    }

    /// How many unknowns a case has: `now`, facts, and what is unknown within facts that are known in part.
    pub(super) fn unknowns(&self, from: usize) -> usize {
        let Some(case) = self.cases.get(from) else {
            return 0;
        };
        let places = self.model.places.iter();
        let within =
            places.map(|place| self.model.unknowns(case.facts.get(&place.name), &place.ty));
        usize::from(case.now.is_none()) + within.sum::<usize>()
    }

    /// The case with the unknown of that number known.
    pub(super) fn refine_at(
        &self,
        from: usize,
        mut at: usize,
        random: &mut Random,
    ) -> Option<Case> {
        let before = self.cases.get(from)?;
        let mut after = self.behind(from, before, random);
        if after.now.is_none() {
            if at == 0 {
                after.now = Some(constant(&self.model, &Ty::Time, random));
                return Some(after);
            }
            at -= 1;
        }
        let mut left = Some(at);
        for place in &self.model.places {
            let settled = self
                .model
                .settle(after.facts.get(&place.name), place, &mut left, random);
            match settled {
                Some(value) => after.facts.insert(place.name.clone(), value),
                None => after.facts.remove(&place.name),
            };
        }
        Some(after)
    }

    /// The case with everything known, questions of symptoms included.
    pub(super) fn total(&self, from: usize, random: &mut Random) -> Case {
        let Some(before) = self.cases.get(from) else {
            return Case::default();
        };
        let mut after = self.behind(from, before, random);
        after.kind = CaseKind::Total(from);
        if after.now.is_none() {
            after.now = Some(constant(&self.model, &Ty::Time, random));
        }
        for place in &self.model.places {
            let known = self
                .model
                .complete(after.facts.get(&place.name), place, random);
            after.facts.insert(place.name.clone(), known);
        }
        for symptom in &self.asked {
            if !after.complaint.contains(symptom) {
                after.complaint.push(symptom.clone());
            }
        }
        after
    }

    fn behind(&self, from: usize, before: &Case, random: &mut Random) -> Case {
        Case {
            kind: CaseKind::Refined(from),
            given: random.chance(40).then_some(from),
            ..before.clone()
        }
    }

    /// A case as a statement.
    pub fn test(&self, number: usize) -> String {
        let Some(case) = self.cases.get(number) else {
            return String::new();
        };
        let mut lines = vec![format!("test \"{}\":", case.name)];
        let given = case.given.and_then(|at| self.cases.get(at));
        if let Some(given) = given {
            lines.push(format!("    given \"{}\"", given.name));
        }
        // Whether a complaint adds to that of the other test or stands for it is of no account here: it is written whole.
        if given.is_none_or(|given| given.complaint != case.complaint) {
            let said = case.complaint.iter();
            lines.extend(said.map(|said| format!("    symptom {said}")));
        }
        if let Some(now) = &case.now {
            lines.push(format!("    now = {now}"));
        }
        for place in &self.model.places {
            let value = case.facts.get(&place.name);
            let before = given.and_then(|given| given.facts.get(&place.name));
            if given.is_some() && value == before {
                continue;
            }
            match value {
                Some(value) => lines.extend(assignments(&place.name, value, case.name.len())),
                None if given.is_some() => lines.push(format!("    {} = unknown", place.name)),
                None => {}
            }
        }
        lines.join("\n")
    }
}

impl Default for Case {
    fn default() -> Case {
        Case {
            name: String::new(),
            kind: CaseKind::First,
            complaint: Vec::new(),
            now: None,
            facts: BTreeMap::new(),
            given: None,
        }
    }
}

impl Model {
    /// A value for a place; what is missing in it is unknown.
    fn value(&self, of: &Declared, doubt: Doubt, random: &mut Random) -> Value {
        let gone = of.optional || of.default.is_some();
        if gone && random.chance(22) {
            return Value::Absent;
        }
        if random.chance(doubt.0 / 2) {
            return unknown(random);
        }
        self.there(&of.ty, doubt, random)
    }

    fn there(&self, ty: &Ty, doubt: Doubt, random: &mut Random) -> Value {
        match ty {
            // A set of which no member is known: O7 still says how many there are at least.
            Ty::Set(_) if doubt.0 > 0 && random.chance(30) => {
                let count = 1 + random.below(2);
                Value::List((0..count).map(|_| unknown(random)).collect())
            }
            Ty::List(element) | Ty::Set(element) => {
                let count = random.below(4);
                let mut values: Vec<Value> = Vec::new();
                for _ in 0..count {
                    let value = match values.last() {
                        Some(last) if random.chance(20) => last.clone(),
                        _ if random.chance(doubt.0 / 2) => unknown(random),
                        _ => self.there(element, doubt, random),
                    };
                    values.push(value);
                }
                Value::List(values)
            }
            Ty::Record(record) => {
                let mut fields = Vec::new();
                for field in self.fields(*record) {
                    if !random.chance(doubt.0 / 2) {
                        let value = self.value(field, doubt, random);
                        fields.push((field.name.clone(), value));
                    }
                }
                Value::Record(fields)
            }
            scalar => Value::Known(spelled(self, scalar, random)),
        }
    }

    /// How many unknowns a value has; none stands for one.
    fn unknowns(&self, value: Option<&Value>, ty: &Ty) -> usize {
        match (value, ty) {
            (None | Some(Value::Unknown(_)), _) => 1,
            (Some(Value::List(values)), Ty::List(element) | Ty::Set(element)) => values
                .iter()
                .map(|value| self.unknowns(Some(value), element))
                .sum(),
            (Some(Value::Record(fields)), Ty::Record(record)) => self
                .fields(*record)
                .iter()
                .map(|field| self.unknowns(find(fields, &field.name), &field.ty))
                .sum(),
            _ => 0,
        }
    }

    /// The value with its unknown of that number settled, counting down in `left`.
    fn settle(
        &self,
        value: Option<&Value>,
        of: &Declared,
        left: &mut Option<usize>,
        random: &mut Random,
    ) -> Option<Value> {
        match (value, &of.ty) {
            (None | Some(Value::Unknown(_)), _) => match *left {
                Some(0) => {
                    *left = None;
                    Some(self.known(of, random))
                }
                other => {
                    *left = other.map(|left| left - 1);
                    value.cloned()
                }
            },
            (Some(Value::List(values)), Ty::List(element) | Ty::Set(element)) => {
                let of = member(element);
                let settled = values
                    .iter()
                    .filter_map(|value| self.settle(Some(value), &of, left, random));
                Some(Value::List(settled.collect()))
            }
            (Some(Value::Record(fields)), Ty::Record(record)) => {
                let mut settled = Vec::new();
                for field in self.fields(*record) {
                    let value = find(fields, &field.name);
                    if let Some(value) = self.settle(value, field, left, random) {
                        settled.push((field.name.clone(), value));
                    }
                }
                Some(Value::Record(settled))
            }
            (other, _) => other.cloned(),
        }
    }

    /// Anything but an unknown, though there may be unknowns in it.
    fn known(&self, of: &Declared, random: &mut Random) -> Value {
        if of.optional && random.chance(30) {
            return Value::Absent;
        }
        self.there(&of.ty, Doubt(random.below(40)), random)
    }

    /// The value without unknowns.
    fn complete(&self, value: Option<&Value>, of: &Declared, random: &mut Random) -> Value {
        match (value, &of.ty) {
            (None | Some(Value::Unknown(_)), _) => self.value(of, Doubt(0), random),
            (Some(Value::List(values)), Ty::List(element) | Ty::Set(element)) => {
                let of = member(element);
                let known = values
                    .iter()
                    .map(|value| self.complete(Some(value), &of, random));
                Value::List(known.collect())
            }
            (Some(Value::Record(fields)), Ty::Record(record)) => {
                let mut known = Vec::new();
                for field in self.fields(*record) {
                    let value = self.complete(find(fields, &field.name), field, random);
                    known.push((field.name.clone(), value));
                }
                Value::Record(known)
            }
            (Some(other), _) => other.clone(),
        }
    }
}

fn member(ty: &Ty) -> Declared {
    super::model::declared("", ty.clone(), false, What::Field)
}

fn find<'v>(fields: &'v [(String, Value)], name: &str) -> Option<&'v Value> {
    let found = fields.iter().find(|(own, _)| own == name);
    found.map(|(_, value)| value)
}

fn unknown(random: &mut Random) -> Value {
    let reason = random.chance(60).then(|| random.word(REASONS));
    Value::Unknown(reason)
}

/// Lines for one fact: as a whole, or now and then a record field by field.
fn assignments(name: &str, value: &Value, salt: usize) -> Vec<String> {
    match value {
        Value::Record(fields) if !fields.is_empty() && (name.len() + salt).is_multiple_of(3) => {
            let mut lines = vec![format!("    {name} = {{}}")];
            lines.retain(|_| salt.is_multiple_of(2));
            // A record of which a test says nothing but some fields is there.
            lines.extend(
                fields
                    .iter()
                    .map(|(field, value)| format!("    {name}.{field} = {}", written(value))),
            );
            lines
        }
        value => vec![format!("    {name} = {}", written(value))],
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::Known(text) => text.clone(),
        Value::Absent => "absent".to_owned(),
        Value::Unknown(None) => "unknown".to_owned(),
        Value::Unknown(Some(reason)) => format!("unknown {reason}"),
        Value::List(values) => format!("[{}]", items(values).join(", ")),
        Value::Record(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{name}: {}", written(value)))
                .collect();
            format!("{{ {} }}", fields.join(", "))
        }
    }
}

/// Runs of equal elements as `2 of …`.
fn items(values: &[Value]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = values;
    while let Some(first) = rest.first() {
        let run = rest.iter().take_while(|value| *value == first).count();
        let text = written(first);
        found.push(if run > 1 {
            format!("{run} of {text}")
        } else {
            text
        });
        rest = rest.get(run..).unwrap_or(&[]);
    }
    found
}
