//! What a test says about the world: facts, params, `now` and the complaint (T6, S1, S3).

use std::collections::{BTreeMap, BTreeSet};

use rulec_syntax::ast::{self, SymptomRef, TestLine, Value, ValueKind};

use crate::program::Program;
use crate::types::{Kind, Type};
use crate::value::{Code, Collection, Element, Needs, Partial, Scalar};
use crate::{Fails, codes, compare, literal};

/// The state of a case.
#[derive(Debug, Clone, Default)]
pub struct Case {
    facts: BTreeMap<String, Partial>,
    now: Option<Scalar>,
    /// Symptoms named.
    pub symptoms: BTreeSet<String>,
    /// Codes named.
    pub codes: Vec<Code>,
}

impl Case {
    /// The case of a test.
    pub fn new(program: &Program<'_>, test: &str) -> Fails<Case> {
        let mut case = Case::default();
        case.read(program, test)?;
        Ok(case)
    }

    /// A state: what is not among the facts is unknown, and nothing but these codes is complained of.
    pub fn of(facts: BTreeMap<String, Partial>, now: Option<Scalar>, codes: Vec<Code>) -> Case {
        Case {
            facts,
            now,
            symptoms: BTreeSet::new(),
            codes,
        }
    }

    /// A fact or param; what is not written is unknown.
    pub fn fact(&self, name: &str) -> Partial {
        let written = self.facts.get(name).cloned();
        written.unwrap_or_else(|| Partial::unknown(Needs::of(name)))
    }

    /// `now`; T6.
    pub fn now(&self) -> Partial {
        let known = self.now.clone().map(Partial::Known);
        known.unwrap_or_else(|| Partial::unknown(Needs::of("now")))
    }

    /// Names of facts of which something is written.
    pub fn known(&self) -> Vec<String> {
        self.facts.keys().cloned().collect()
    }

    /// Replaces what is known of a fact.
    pub fn put(&mut self, name: &str, value: Partial) {
        self.facts.insert(name.to_owned(), value);
    }

    /// Nothing is known of the time.
    pub fn forget_now(&mut self) {
        self.now = None;
    }

    fn read(&mut self, program: &Program<'_>, test: &str) -> Fails<()> {
        let written = program
            .tests
            .get(test)
            .ok_or_else(|| format!("no test `{test}`"))?;
        for line in &written.lines {
            if let TestLine::GivenTest(other) = line {
                self.read(program, &other.text)?;
            }
        }
        for line in &written.lines {
            self.line(program, line)?;
        }
        Ok(())
    }

    fn line(&mut self, program: &Program<'_>, line: &TestLine) -> Fails<()> {
        match line {
            TestLine::GivenTest(_) | TestLine::Expect(_) => {}
            TestLine::GivenCase(_) | TestLine::Pasted(_) => {
                return Err("case folders and pasted texts are not followed".to_owned());
            }
            TestLine::Symptom(named) => {
                for symptom in named {
                    self.complaint(symptom)?;
                }
            }
            TestLine::Now(time) => self.now = Some(literal::read(time, Some(&Kind::Time))?),
            TestLine::Set(path, value) => self.set(program, &path.name.text, value)?,
        }
        Ok(())
    }

    fn complaint(&mut self, symptom: &SymptomRef) -> Fails<()> {
        match symptom {
            SymptomRef::Name(name) => {
                self.symptoms.insert(name.text.to_string());
            }
            SymptomRef::Code(text) => {
                let code = codes::of_text(&text.text)
                    .ok_or_else(|| format!("`{}` is no code that is followed", text.text))?;
                self.codes.push(code);
            }
        }
        Ok(())
    }

    /// `NAME = V`, where the name may go into the fields of a record.
    fn set(&mut self, program: &Program<'_>, path: &str, value: &Value) -> Fails<()> {
        let name = longest(program.places.keys(), path).ok_or_else(|| format!("no `{path}`"))?;
        let place = program.places.get(name).ok_or("no place")?;
        let fields: Vec<&str> = path
            .get(name.len() + 1..)
            .map_or_else(Vec::new, |rest| rest.split('.').collect());
        let before = self.fact(name);
        let after = put(
            name,
            before,
            &place.ty,
            place.default.as_ref(),
            &fields,
            value,
        )?;
        self.facts.insert(name.to_owned(), after);
        Ok(())
    }
}

/// The longest of the names that is `path` or ends at one of its dots.
pub fn longest<'n>(names: impl Iterator<Item = &'n String>, path: &str) -> Option<&'n String> {
    names
        .filter(|name| {
            path.strip_prefix(name.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
        .max_by_key(|name| name.len())
}

/// `before` with the value put at some of its fields.
fn put(
    fact: &str,
    before: Partial,
    ty: &Type,
    default: Option<&Value>,
    fields: &[&str],
    value: &Value,
) -> Fails<Partial> {
    let Some((first, rest)) = fields.split_first() else {
        return read(fact, ty, default, value);
    };
    let field = ty
        .kind
        .field(first)
        .ok_or_else(|| format!("`{fact}` has no `{first}`"))?;
    let mut record = match before {
        Partial::Record(record) => record,
        _ => unknown_record(fact, &ty.kind),
    };
    for (name, slot) in &mut record {
        if name == first {
            *slot = put(
                fact,
                slot.clone(),
                &field.ty,
                field.default.as_ref(),
                rest,
                value,
            )?;
        }
    }
    Ok(Partial::Record(record))
}

/// A record of which nothing is known but that it is there.
fn unknown_record(fact: &str, kind: &Kind) -> Vec<(String, Partial)> {
    let Kind::Record(fields) = kind else {
        return Vec::new();
    };
    fields
        .iter()
        .map(|field| (field.name.clone(), Partial::unknown(Needs::of(fact))))
        .collect()
}

/// A value as written for a place of this type.
fn read(fact: &str, ty: &Type, default: Option<&Value>, value: &Value) -> Fails<Partial> {
    match (&value.kind, &ty.kind) {
        (ValueKind::Absent, _) => not_there(fact, ty, default),
        (ValueKind::Unknown(_), _) => Ok(Partial::unknown(Needs::of(fact))),
        (ValueKind::List(values), Kind::List(element)) => {
            let elements = elements(fact, element, values)?;
            let set = false;
            Ok(Partial::List(Collection { set, elements }))
        }
        (ValueKind::List(values), Kind::Set(element)) => {
            let elements = distinct(elements(fact, element, values)?);
            let set = true;
            Ok(Partial::List(Collection { set, elements }))
        }
        (ValueKind::Record(entries), Kind::Record(fields)) => {
            let mut record = unknown_record(fact, &ty.kind);
            for (name, written) in entries {
                let field = fields.iter().find(|field| field.name == name.text.as_str());
                let field = field.ok_or_else(|| format!("`{fact}` has no `{}`", name.text))?;
                let read = read(fact, &field.ty, field.default.as_ref(), written)?;
                record
                    .iter_mut()
                    .filter(|(own, _)| *own == field.name)
                    .for_each(|(_, slot)| *slot = read.clone());
            }
            Ok(Partial::Record(record))
        }
        _ => Ok(Partial::Known(scalar(&ty.kind, value)?)),
    }
}

/// S3: with a `default` that; else absent if the type has `?`; else unknown.
fn not_there(fact: &str, ty: &Type, default: Option<&Value>) -> Fails<Partial> {
    match default {
        Some(default) => read(fact, ty, None, default),
        None if ty.optional => Ok(Partial::Absent),
        None => Ok(Partial::unknown(Needs::of(fact))),
    }
}

fn elements(fact: &str, kind: &Kind, values: &[Value]) -> Fails<Vec<Element>> {
    let ty = Type::certain(kind.clone());
    let mut found = Vec::new();
    for value in values {
        let (times, value) = match &value.kind {
            ValueKind::Of(times, value) => (times.text.parse::<usize>(), value.as_ref()),
            _ => (Ok(1), value),
        };
        let times = times.map_err(|_| "a count")?;
        let element = Element::certain(read(fact, &ty, None, value)?);
        found.extend(std::iter::repeat_n(element, times));
    }
    Ok(found)
}

/// T3: a set keeps no duplicates; an unknown member may equal another, so it stays.
pub fn distinct(elements: Vec<Element>) -> Vec<Element> {
    let mut kept: Vec<Element> = Vec::new();
    for element in elements {
        let again = kept
            .iter()
            .any(|other| compare::identical(&other.value, &element.value));
        if !again {
            kept.push(element);
        }
    }
    kept
}

fn scalar(kind: &Kind, value: &Value) -> Fails<Scalar> {
    match &value.kind {
        ValueKind::Literal(written) => literal::read(written, Some(kind)),
        ValueKind::Code(code) => Ok(Scalar::Code(codes::of_literal(code)?)),
        ValueKind::Word(word) => member(kind, word),
        other => Err(format!("{other:?} is no value of {kind:?}")),
    }
}

/// A member of an enum, or a bare symbol of a code.
pub fn member(kind: &Kind, word: &ast::Name) -> Fails<Scalar> {
    let Kind::Enum(of) = kind else {
        return Err(format!("`{}` stands where no member can", word.text));
    };
    let known = of.members.iter().map(|(name, _)| name).chain(&of.other);
    for name in known {
        if literal::fold(name) == literal::fold(&word.text) {
            return Ok(Scalar::Member(name.clone()));
        }
    }
    Err(format!("no member `{}`", word.text))
}
