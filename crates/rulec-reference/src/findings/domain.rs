//! Values of facts: enough of them that every query over the pack has an answer among them if it has one at all.
//!
//! Bools, enums and short ranges: all values. Otherwise conditions compare with constants, and with each other only those
//! of a type that `linked` names. Where they do not, one value for each way of standing to the constants is enough;
//! where they do, as many as there are values of that type in a state, so that they can be equal or differ, or
//! stand in any order, within any such way. Offsets: see `ints` and `times`.

use std::collections::{BTreeMap, BTreeSet};

use super::networks;
use super::shape::{Body, Shape};
use super::survey::Survey;
use super::texts;
use crate::Fails;
use crate::compare;
use crate::types::Kind;
use crate::value::{Code, Collection, Element, Needs, Partial, Scalar};

/// Values of one type beyond which a pack is not small.
const MOST: usize = 3_000;
/// A range of so many numbers is taken whole.
const SHORT: i128 = 8;
/// Where times stand that are compared with each other only: 2026-01-01.
const SOME_TIME: i128 = 1_767_225_600_000_000_000;

/// Scalars of each type, worked out once.
pub struct Values<'s> {
    survey: &'s Survey,
    shapes: &'s BTreeMap<String, Shape>,
    texts: Option<Vec<String>>,
}

impl<'s> Values<'s> {
    pub fn new(survey: &'s Survey, shapes: &'s BTreeMap<String, Shape>) -> Values<'s> {
        Values {
            survey,
            shapes,
            texts: None,
        }
    }

    /// All total values of a place or part of one.
    pub fn of(&mut self, shape: &Shape, key: &str) -> Fails<Vec<Partial>> {
        let mut found = match &shape.body {
            Body::Scalar(kind) => self
                .scalars(kind)?
                .into_iter()
                .map(Partial::Known)
                .collect(),
            Body::Int(range) => self.ints(*range)?,
            Body::List(element) => self.lists(element, key, false)?,
            Body::Set(element) => self.lists(element, key, true)?,
            Body::Record(fields) => self.records(fields, key)?,
        };
        if shape.optional {
            found.push(Partial::Absent);
        }
        if found.len() > MOST {
            return Err(format!("too many values of `{key}`"));
        }
        Ok(found)
    }

    /// Fields that nothing mentions have one value: nothing depends on it.
    fn records(&mut self, fields: &[(String, Shape)], key: &str) -> Fails<Vec<Partial>> {
        let mut records = vec![Vec::new()];
        for (name, shape) in fields {
            let mut values = self.of(shape, &format!("{key}.{name}"))?;
            if !self.survey.fields.contains(name) {
                values.truncate(1);
            }
            let mut longer = Vec::new();
            for record in &records {
                for value in &values {
                    let mut record: Vec<(String, Partial)> = record.clone();
                    record.push((name.clone(), value.clone()));
                    longer.push(record);
                }
            }
            records = longer;
            if records.len() > MOST {
                return Err(format!("too many values of `{key}`"));
            }
        }
        Ok(records.into_iter().map(Partial::Record).collect())
    }

    /// All lists of up to as many elements as make a difference, equal ones only where they are counted. Their
    /// order is invisible (T3).
    fn lists(&mut self, element: &Shape, key: &str, set: bool) -> Fails<Vec<Partial>> {
        let most = match self.survey.elements.get(key) {
            Some(most) => most + self.survey.spare,
            None => 0,
        };
        let again = !set && self.survey.counted.contains(key);
        let elements = if most == 0 {
            Vec::new()
        } else {
            self.of(element, &format!("{key}[]"))?
        };
        let mut found = vec![Vec::new()];
        let mut last: Vec<Vec<usize>> = vec![Vec::new()];
        for _ in 0..most {
            let mut longer = Vec::new();
            for list in &last {
                let from = match list.last() {
                    Some(at) if again => *at,
                    Some(at) => at + 1,
                    None => 0,
                };
                for next in from..elements.len() {
                    let mut list = list.clone();
                    list.push(next);
                    longer.push(list);
                }
            }
            found.extend(longer.iter().cloned());
            last = longer;
            if found.len() > MOST {
                return Err(format!("too many values of `{key}`"));
            }
        }
        let list = |members: Vec<usize>| {
            let members = members.into_iter().filter_map(|at| elements.get(at));
            let elements = members.cloned().map(Element::certain).collect();
            Partial::List(Collection { set, elements })
        };
        Ok(found.into_iter().map(list).collect())
    }

    /// How many values of a type a condition can set against each other.
    fn each(&self, kind: &'static str) -> usize {
        if !self.survey.linked.contains(kind) {
            return 1 + self.survey.spare;
        }
        let places = self.shapes.iter().filter(|(name, _)| {
            let mut parts = name.split('.');
            parts.all(|part| self.survey.fields.contains(part))
        });
        let count: usize = places
            .map(|(name, shape)| self.variables(shape, name, kind))
            .sum();
        // `now` is a time too.
        (count + usize::from(kind == "time")).max(1) + self.survey.spare
    }

    fn variables(&self, shape: &Shape, key: &str, kind: &str) -> usize {
        match &shape.body {
            Body::Int(_) => usize::from(kind == "int"),
            Body::Scalar(own) => {
                let own = match own {
                    Kind::Version => "version",
                    Kind::Time => "time",
                    Kind::Duration => "duration",
                    Kind::Code => "code",
                    Kind::Text => "text",
                    Kind::Ip | Kind::Cidr => "address",
                    _ => "",
                };
                usize::from(own == kind)
            }
            Body::List(element) | Body::Set(element) => {
                let most = self.survey.elements.get(key).copied().unwrap_or(0);
                most * self.variables(element, &format!("{key}[]"), kind)
            }
            Body::Record(fields) => fields
                .iter()
                .filter(|(name, _)| self.survey.fields.contains(name))
                .map(|(name, shape)| self.variables(shape, &format!("{key}.{name}"), kind))
                .sum(),
        }
    }

    fn scalars(&mut self, kind: &Kind) -> Fails<Vec<Scalar>> {
        let survey = self.survey;
        Ok(match kind {
            Kind::Bool => vec![Scalar::Bool(true), Scalar::Bool(false)],
            Kind::Enum(of) => {
                let names = of.members.iter().map(|(name, _)| name).chain(&of.other);
                names.map(|name| Scalar::Member(name.clone())).collect()
            }
            Kind::Text => self.texts()?.into_iter().map(Scalar::Text).collect(),
            Kind::Version => self.versions(),
            Kind::Time => self.times()?,
            Kind::Duration => {
                let each = self.each("duration");
                let found = around(&survey.durations, each);
                found.into_iter().map(Scalar::Duration).collect()
            }
            Kind::Ip => {
                let each = self.each("address");
                let found = networks::addresses(&survey.networks, &survey.addresses, each);
                found.into_iter().map(Scalar::Ip).collect()
            }
            Kind::Cidr => {
                let each = self.each("address");
                let found = networks::networks(&survey.networks, &survey.addresses, each);
                found.into_iter().map(Scalar::Cidr).collect()
            }
            Kind::Code => self.codes(),
            other => return Err(format!("{other:?} is no scalar")),
        })
    }

    fn texts(&mut self) -> Fails<Vec<String>> {
        if let Some(texts) = &self.texts {
            return Ok(texts.clone());
        }
        let each = self.each("text");
        let texts = texts::texts(&self.survey.globs, self.survey.base64, each)?;
        self.texts = Some(texts.clone());
        Ok(texts)
    }

    /// Named codes, and strangers, which are all alike (T7: equality is all there is).
    fn codes(&self) -> Vec<Scalar> {
        let mut found: Vec<Code> = Vec::new();
        for code in &self.survey.codes {
            if !found.contains(code) {
                found.push(code.clone());
            }
        }
        let each = self.each("code");
        found.extend((0..each).map(|at| Code::Word("stranger".to_owned(), format!("S{at}"))));
        found.into_iter().map(Scalar::Code).collect()
    }

    /// Numbers, of which n are compared with each other and with constants up to a shift d. Take a state, and a gap
    /// between two neighbours, constants included, of more than d + 1: all comparisons across it stay as they are if it
    /// shrinks to d + 1. So all numbers within n (d + 1) of a constant are enough; the ends of a range are constants.
    fn ints(&self, range: Option<(i128, i128)>) -> Fails<Vec<Partial>> {
        let number = |number| Partial::Known(Scalar::Int(number));
        if let Some((low, high)) = range
            && high - low < SHORT
        {
            return Ok((low..=high).map(number).collect());
        }
        let shift = self.survey.shift;
        let each = self.each("int") as i128;
        let mut constants = self.survey.ints.clone();
        constants.extend(range.into_iter().flat_map(|(low, high)| [low, high]));
        if constants.is_empty() {
            constants.insert(0);
        }
        let mut found = if shift == 0 {
            around(&constants, self.each("int"))
        } else {
            let reach = each * (shift + 1);
            if reach > 100 {
                return Err("too far a shift".to_owned());
            }
            let near = constants.iter().flat_map(|at| at - reach..=at + reach);
            near.collect()
        };
        if let Some((low, high)) = range {
            found.retain(|number| (low..=high).contains(number));
        }
        Ok(found.into_iter().map(number).collect())
    }

    /// T2: order alone; between two versions there is always another, below `0` none.
    fn versions(&self) -> Vec<Scalar> {
        let each = self.each("version") as u64;
        let mut constants: Vec<Vec<u64>> = self.survey.versions.iter().cloned().collect();
        // A whole number may be meant as a version as well.
        let whole = |number: &i128| u64::try_from(*number).ok().map(|number| vec![number]);
        constants.extend(self.survey.ints.iter().filter_map(whole));
        for parts in &mut constants {
            while parts.last() == Some(&0) {
                parts.pop();
            }
        }
        constants.push(Vec::new());
        constants.sort();
        constants.dedup();
        let deep = constants.iter().map(Vec::len).max().unwrap_or(0);
        let mut found = Vec::new();
        for parts in constants {
            found.push(parts.clone());
            // Right above a constant, so near that no other constant is between.
            for at in 1..=each {
                let mut above = parts.clone();
                above.resize(deep, 0);
                above.push(at);
                found.push(above);
            }
        }
        found.into_iter().map(Scalar::Version).collect()
    }

    /// Instants, of which n are compared with each other: all of them, or, where they are compared with `now` only, one and
    /// `now`. Without offsets as for durations. With them a time stands at, right before or right after a constant,
    /// or another time plus or minus an offset; a chain of such comparisons has at most n links. Without constants the
    /// whole can be moved, so that `now` stands where we like, and then a time is only set against points.
    fn times(&self) -> Fails<Vec<Scalar>> {
        let mut constants = self.survey.times.clone();
        let mut each = self.each("time");
        let mut links = each;
        if !self.survey.apart {
            let fixed = constants.is_empty();
            each = if fixed { 1 } else { each.min(2) } + self.survey.spare;
            links = each;
        }
        if constants.is_empty() {
            constants.insert(SOME_TIME);
        }
        let mut offsets: BTreeSet<i128> = BTreeSet::from([0]);
        if !self.survey.offsets.is_empty() {
            let shifts = self.survey.offsets.iter().chain(&self.survey.durations);
            offsets.extend(shifts.flat_map(|shift| [*shift, -shift]));
        }
        let mut grid: BTreeSet<i128> = constants;
        for _ in 0..links {
            grid = grid
                .iter()
                .flat_map(|at| offsets.iter().map(move |shift| at + shift))
                .collect();
            if grid.len() > MOST {
                return Err("too many times".to_owned());
            }
        }
        let found = around(&grid, each);
        Ok(found.into_iter().map(Scalar::Time).collect())
    }

    /// Values of `now`: without constants and offsets one is enough, because everything else moves with it.
    pub fn now(&self) -> Fails<Vec<Partial>> {
        if self.survey.times.is_empty() {
            return Ok(vec![Partial::Known(Scalar::Time(SOME_TIME))]);
        }
        Ok(self.times()?.into_iter().map(Partial::Known).collect())
    }
}

/// The constants, and so many numbers in each gap, or all there are.
fn around(constants: &BTreeSet<i128>, each: usize) -> Vec<i128> {
    let each = each as i128;
    let mut found = BTreeSet::new();
    let mut before: Option<i128> = None;
    if constants.is_empty() {
        return (0..each).collect();
    }
    for at in constants {
        match before {
            None => found.extend(at - each..*at),
            Some(before) => found.extend((before + 1..*at).take(each as usize)),
        }
        found.insert(*at);
        before = Some(*at);
    }
    found.extend(before.into_iter().flat_map(|at| at + 1..=at + each));
    found.into_iter().collect()
}

/// A text of its own for each value.
pub fn key(value: &Partial) -> String {
    let mut text = String::new();
    spell(value, &mut text);
    text
}

fn spell(value: &Partial, text: &mut String) {
    let part = match value {
        Partial::Absent => "-".to_owned(),
        Partial::Unknown(_) => "?".to_owned(),
        Partial::Record(fields) => {
            text.push('{');
            fields.iter().for_each(|(_, field)| spell(field, text));
            "}".to_owned()
        }
        Partial::List(list) => {
            text.push('[');
            let elements = list.elements.iter();
            elements.for_each(|element| spell(&element.value, text));
            "]".to_owned()
        }
        Partial::Known(Scalar::Bool(holds)) => format!("b{holds};"),
        Partial::Known(Scalar::Int(number)) => format!("i{number};"),
        Partial::Known(Scalar::Text(of)) => format!("t{}:{of}", of.len()),
        Partial::Known(Scalar::Member(name)) => format!("m{name};"),
        Partial::Known(other) => format!("{other:?};"),
    };
    text.push_str(&part);
}

/// What is seen of a value when some of it is hidden, that itself first: each with whether only facts, lists and fields are
/// hidden in it, or also members of lists and sets of scalars.
pub fn masks(value: &Partial) -> Fails<Vec<(Partial, bool)>> {
    let hidden = || Partial::unknown(Needs::default());
    match value {
        Partial::Record(fields) => {
            let mut records = vec![(Vec::new(), true)];
            for (name, field) in fields {
                let seen = masks_with_whole(field)?;
                let named = |value| (name.clone(), value);
                records = longer(&records, &seen, named)?;
            }
            let records = records.into_iter();
            let whole = |(record, plain)| (Partial::Record(record), plain);
            Ok(records.map(whole).collect())
        }
        Partial::List(list) => {
            let mut lists = vec![(Vec::new(), true)];
            for element in &list.elements {
                let seen = match &element.value {
                    Partial::Record(_) => masks(&element.value)?,
                    scalar => vec![(scalar.clone(), true), (hidden(), false)],
                };
                lists = longer(&lists, &seen, |value| value)?;
                // T3: in another order it is the same, so what can be had of some elements is had once.
                let mut met = BTreeSet::new();
                lists
                    .iter_mut()
                    .for_each(|(members, _)| members.sort_by_cached_key(key));
                lists.retain(|(members, plain)| {
                    met.insert((members.iter().map(key).collect::<String>(), *plain))
                });
            }
            let lists = lists.into_iter();
            let whole = |(members, plain)| (collection(list.set, members), plain);
            Ok(lists.map(whole).collect())
        }
        other => Ok(vec![(other.clone(), true)]),
    }
}

/// Each of them with each of the values behind it.
fn longer<T: Clone>(
    before: &[(Vec<T>, bool)],
    values: &[(Partial, bool)],
    with: impl Fn(Partial) -> T,
) -> Fails<Vec<(Vec<T>, bool)>> {
    if before.len() * values.len() > MOST {
        return Err("too many ways of hiding".to_owned());
    }
    let mut found = Vec::new();
    for (members, plain) in before {
        for (value, own) in values {
            let mut members = members.clone();
            members.push(with(value.clone()));
            found.push((members, *plain && *own));
        }
    }
    Ok(found)
}

/// The same, and the whole hidden.
pub fn masks_with_whole(value: &Partial) -> Fails<Vec<(Partial, bool)>> {
    let mut found = masks(value)?;
    found.push((Partial::unknown(Needs::default()), true));
    Ok(found)
}

/// T3: the order of elements is invisible, so one order stands for all.
fn collection(set: bool, mut members: Vec<Partial>) -> Partial {
    members.sort_by_cached_key(key);
    let elements = members.into_iter().map(Element::certain).collect();
    Partial::List(Collection { set, elements })
}

impl Values<'_> {
    /// All total values that refine what a test says of a place.
    pub fn completions(
        &mut self,
        value: &Partial,
        shape: &Shape,
        key: &str,
    ) -> Fails<Vec<Partial>> {
        match (value, &shape.body) {
            (Partial::Unknown(_), _) => self.of(shape, key),
            (Partial::Record(known), Body::Record(fields)) => {
                let mut records = vec![Vec::new()];
                for ((name, value), (_, shape)) in known.iter().zip(fields) {
                    let values = self.completions(value, shape, &format!("{key}.{name}"))?;
                    records = product(&records, &values, |value| (name.clone(), value));
                    if records.len() > MOST {
                        return Err("too many completions".to_owned());
                    }
                }
                Ok(records.into_iter().map(Partial::Record).collect())
            }
            (Partial::List(list), Body::List(element) | Body::Set(element)) => {
                let mut lists = vec![Vec::new()];
                for member in &list.elements {
                    let values = self.completions(&member.value, element, &format!("{key}[]"))?;
                    lists = product(&lists, &values, |value| value);
                    if lists.len() > MOST {
                        return Err("too many completions".to_owned());
                    }
                }
                let set = list.set;
                let whole = |members: Vec<Partial>| {
                    let mut distinct: Vec<Partial> = Vec::new();
                    for member in members {
                        let again = |own: &Partial| set && compare::identical(own, &member);
                        if !distinct.iter().any(again) {
                            distinct.push(member);
                        }
                    }
                    collection(set, distinct)
                };
                Ok(lists.into_iter().map(whole).collect())
            }
            (known, _) => Ok(vec![known.clone()]),
        }
    }
}

fn product<T: Clone, U: Clone>(
    before: &[Vec<T>],
    values: &[U],
    with: impl Fn(U) -> T,
) -> Vec<Vec<T>> {
    let mut longer = Vec::new();
    for list in before {
        for value in values {
            let mut list = list.clone();
            list.push(with(value.clone()));
            longer.push(list);
        }
    }
    longer
}
