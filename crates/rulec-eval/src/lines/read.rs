//! One line of JSON, read once, from its first byte to its last.

use std::fmt;

use rulec_facts::decode::{GivenSeed, twice};
use rulec_facts::fixture::json_with;
use rulec_facts::value::Partial;
use rulec_program::node::SlotId;
use rulec_program::seal::Sealed;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;

use super::LineError;
use crate::case::{Given, Misuse, Problem, Target, given_slot, misuse};

/// Keys by which a line is known as an object with the keys of a case, where the pack has no fact of that name.
const PARTS: [&str; 3] = ["facts", "symptoms", "params"];

/// What a line says.
#[derive(Default)]
pub(super) struct Line {
    pub(super) facts: Vec<LineFact>,
    /// The complaint, if it says one.
    pub(super) texts: Option<Vec<String>>,
    pub(super) locale: Option<String>,
    pub(super) wrong: Vec<Misuse>,
}

/// A value of a line, by the numbers of the whole program.
pub(super) struct LineFact {
    pub(super) slot: SlotId,
    pub(super) path: Vec<u32>,
    pub(super) value: Partial,
    /// As it was written, where that is not simply the name of the fact.
    written: Option<String>,
}

impl LineFact {
    /// The name as it was written.
    pub(super) fn name(&self, program: &Sealed) -> String {
        let slot = program.slots.get(self.slot.0 as usize);
        let name = self.written.as_deref();
        let name = name.or(slot.map(|it| it.named.name.as_str()));
        name.unwrap_or_default().to_owned()
    }
}

/// Knows the names of a program.
pub(super) struct Reader<'p> {
    program: &'p Sealed,
    /// Facts and params of which there is one of that name.
    names: FxHashMap<&'p str, SlotId>,
    /// Facts and fields that are given once for all lines.
    shared: FxHashSet<(SlotId, Vec<u32>)>,
    /// By slot: the object in which it was met last; objects are counted over all lines.
    met: Vec<u64>,
    objects: u64,
    /// By slot: the first object of the line by which it was given last.
    given: Vec<u64>,
}

impl<'p> Reader<'p> {
    /// `shared` are facts and fields that no line must give again.
    pub(super) fn new(program: &'p Sealed, shared: FxHashSet<(SlotId, Vec<u32>)>) -> Reader<'p> {
        let mut names = FxHashMap::default();
        let mut several = FxHashSet::default();
        for (at, slot) in (0..).zip(&program.slots) {
            let name = slot.named.name.as_str();
            if names.insert(name, SlotId(at)).is_some() {
                several.insert(name);
            }
        }
        names.retain(|name, _| !several.contains(name));
        Reader {
            program,
            names,
            shared,
            met: vec![0; program.slots.len()],
            given: vec![0; program.slots.len()],
            objects: 0,
        }
    }

    pub(super) fn read(&mut self, text: &str) -> Result<Line, LineError> {
        let mut reading = Reading::new(self);
        let read = json_with(text, Flat(&mut reading));
        let read = match reading.has_parts {
            true => {
                reading = Reading::new(self);
                json_with(text, Whole(&mut reading))
            }
            false => read,
        };
        match (read, reading.form) {
            (Err(error), _) => Err(LineError::Text(error)),
            (_, Some(message)) => Err(LineError::Form(message)),
            _ => Ok(reading.line),
        }
    }
}

/// A line that is read.
struct Reading<'r, 'p> {
    reader: &'r mut Reader<'p>,
    line: Line,
    /// The first object of this line.
    first: u64,
    /// Other names than those of whole facts.
    others: FxHashSet<String>,
    /// Other parts of facts than whole facts.
    parts: FxHashSet<(SlotId, Vec<u32>)>,
    /// The first thing that has no place in a line.
    form: Option<String>,
    /// It has the keys of a case.
    has_parts: bool,
}

enum Name {
    Fact(SlotId),
    Other(String),
}

impl<'r, 'p> Reading<'r, 'p> {
    fn new(reader: &'r mut Reader<'p>) -> Reading<'r, 'p> {
        Reading {
            first: reader.objects + 1,
            reader,
            line: Line::default(),
            others: FxHashSet::default(),
            parts: FxHashSet::default(),
            form: None,
            has_parts: false,
        }
    }

    fn misplaced(&mut self, key: &str) {
        self.form.get_or_insert_with(|| {
            format!("`{key}` is no key of a case, or its value does not fit")
        });
    }

    fn next_object(&mut self) {
        self.reader.objects += 1;
        self.others.clear();
    }

    fn wrong(&mut self, it: Misuse) {
        self.line.wrong.push(it);
    }

    /// Facts by name.
    fn facts<'de, A: MapAccess<'de>>(&mut self, mut entries: A) -> Result<(), A::Error> {
        self.next_object();
        while let Some(name) = entries.next_key_seed(NameSeed(&self.reader.names))? {
            self.fact(name, &mut entries)?;
        }
        Ok(())
    }

    fn fact<'de, A: MapAccess<'de>>(
        &mut self,
        name: Name,
        entries: &mut A,
    ) -> Result<(), A::Error> {
        let program = self.reader.program;
        match name {
            Name::Fact(id) => match program.slots.get(id.0 as usize) {
                Some(slot) => {
                    let target = Target::whole(id, slot);
                    self.value(&target, &slot.named.name, None, entries)
                }
                None => Ok(()),
            },
            Name::Other(name) => {
                if !self.others.insert(name.clone()) {
                    return Err(twice(&name));
                }
                match Target::named(program, &name) {
                    Ok(target) => self.value(&target, &name, Some(&name), entries),
                    Err(it) => {
                        self.wrong(it);
                        entries.next_value::<IgnoredAny>().map(|_| ())
                    }
                }
            }
        }
    }

    fn value<'de, A: MapAccess<'de>>(
        &mut self,
        target: &Target<'_>,
        name: &str,
        written: Option<&str>,
        entries: &mut A,
    ) -> Result<(), A::Error> {
        if let Some(met) = self.reader.met.get_mut(target.slot.0 as usize)
            && written.is_none()
            && std::mem::replace(met, self.reader.objects) == self.reader.objects
        {
            return Err(twice(name));
        }
        let value = entries.next_value_seed(GivenSeed {
            fact: name,
            ty: target.ty,
            default: target.default,
        })?;
        let value = match value {
            Ok(value) if self.is_new(target) => value,
            Ok(_) => {
                self.wrong(misuse(name, Problem::Twice));
                return Ok(());
            }
            Err(error) => {
                self.wrong(target.unfit(name, &error));
                return Ok(());
            }
        };
        self.line.facts.push(LineFact {
            slot: target.slot,
            path: target.path.clone(),
            value,
            written: written.map(str::to_owned),
        });
        Ok(())
    }

    /// Neither the line nor what all lines share has given it before.
    fn is_new(&mut self, target: &Target<'_>) -> bool {
        let shared = &self.reader.shared;
        if !shared.is_empty() && shared.contains(&(target.slot, target.path.clone())) {
            return false;
        }
        match self.reader.given.get_mut(target.slot.0 as usize) {
            Some(given) if target.path.is_empty() => {
                std::mem::replace(given, self.first) != self.first
            }
            _ => self.parts.insert((target.slot, target.path.clone())),
        }
    }

    /// A value after one of the keys of a case.
    fn part<'de, A: MapAccess<'de>>(&mut self, key: &str, entries: &mut A) -> Result<(), A::Error> {
        match key {
            "facts" | "params" => {
                if !entries.next_value_seed(Facts(self))? {
                    self.misplaced(key);
                }
            }
            "symptoms" => match symptoms(entries.next_value()?) {
                Ok(texts) => self.line.texts = Some(texts),
                Err(Some(message)) => _ = self.form.get_or_insert(message),
                Err(None) => self.misplaced(key),
            },
            "now" => match entries.next_value()? {
                Json::String(now) => self.now(now),
                _ => self.misplaced(key),
            },
            "locale" => match entries.next_value()? {
                Json::String(locale) => self.line.locale = Some(locale),
                _ => self.misplaced(key),
            },
            other => {
                entries.next_value::<IgnoredAny>()?;
                self.misplaced(other);
            }
        }
        Ok(())
    }

    fn now(&mut self, now: String) {
        match given_slot(self.reader.program, Given::new("now", now)) {
            Ok(given) => {
                if let Some(line) = self.reader.given.get_mut(given.slot.0 as usize)
                    && std::mem::replace(line, self.first) == self.first
                {
                    self.wrong(misuse("now", Problem::Twice));
                    return;
                }
                self.line.facts.push(LineFact {
                    slot: given.slot,
                    path: given.path,
                    value: given.value,
                    written: None,
                });
            }
            Err(it) => self.wrong(it),
        }
    }
}

/// A code may be a number: `-2146893018`. The error has a message where the form alone says too little.
fn symptoms(json: Json) -> Result<Vec<String>, Option<String>> {
    let text_of = |symptom: Json| match symptom {
        Json::String(text) => Some(text),
        Json::Number(code) => Some(code.to_string()),
        _ => None,
    };
    match json {
        Json::Array(texts) => {
            let texts = texts.into_iter().map(text_of);
            let texts: Option<Vec<String>> = texts.collect();
            texts.ok_or_else(|| Some("a symptom is a text or a code".to_owned()))
        }
        one => text_of(one).map(|text| vec![text]).ok_or(None),
    }
}

/// A name of a fact, or something else.
struct NameSeed<'r, 'p>(&'r FxHashMap<&'p str, SlotId>);

impl<'de> DeserializeSeed<'de> for NameSeed<'_, '_> {
    type Value = Name;
    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Name, D::Error> {
        reader.deserialize_str(self)
    }
}

impl Visitor<'_> for NameSeed<'_, '_> {
    type Value = Name;
    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a name")
    }
    fn visit_str<E: Error>(self, name: &str) -> Result<Name, E> {
        Ok(match self.0.get(name) {
            Some(slot) => Name::Fact(*slot),
            None => Name::Other(name.to_owned()),
        })
    }
}

/// Visits what is no object: it is read, and not what is wanted.
macro_rules! not_an_object {
    ($value:expr) => {
        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("an object")
        }
        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok($value(self))
        }
        fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
            Ok($value(self))
        }
        fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
            Ok($value(self))
        }
        fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
            Ok($value(self))
        }
        fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
            Ok($value(self))
        }
        fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
            Ok($value(self))
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
            while items.next_element::<IgnoredAny>()?.is_some() {}
            Ok($value(self))
        }
    };
}

/// A line of which it is not known yet that it has the keys of a case: facts by name.
struct Flat<'a, 'r, 'p>(&'a mut Reading<'r, 'p>);

impl<'de> DeserializeSeed<'de> for Flat<'_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

fn no_object(line: Flat<'_, '_, '_>) {
    let message = "the line is no object of names with values";
    line.0.form = Some(message.to_owned());
}

impl<'de> Visitor<'de> for Flat<'_, '_, '_> {
    type Value = ();
    not_an_object!(no_object);

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let reading = self.0;
        reading.next_object();
        while let Some(name) = entries.next_key_seed(NameSeed(&reading.reader.names))? {
            if matches!(&name, Name::Other(name) if PARTS.contains(&name.as_str())) {
                reading.has_parts = true;
                return Err(A::Error::custom("read in another way"));
            }
            reading.fact(name, &mut entries)?;
        }
        Ok(())
    }
}

/// A line with the keys of a case.
struct Whole<'a, 'r, 'p>(&'a mut Reading<'r, 'p>);

impl<'de> DeserializeSeed<'de> for Whole<'_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Whole<'_, '_, '_> {
    type Value = ();
    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let mut met = FxHashSet::default();
        while let Some(key) = entries.next_key::<String>()? {
            if met.contains(&key) {
                return Err(twice(&key));
            }
            self.0.part(&key, &mut entries)?;
            met.insert(key);
        }
        Ok(())
    }
}

/// An object of facts by name; false for anything else.
struct Facts<'a, 'r, 'p>(&'a mut Reading<'r, 'p>);

impl<'de> DeserializeSeed<'de> for Facts<'_, '_, '_> {
    type Value = bool;
    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<bool, D::Error> {
        reader.deserialize_any(self)
    }
}

fn none(_: Facts<'_, '_, '_>) -> bool {
    false
}

impl<'de> Visitor<'de> for Facts<'_, '_, '_> {
    type Value = bool;
    not_an_object!(none);

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<bool, A::Error> {
        self.0.facts(entries)?;
        Ok(true)
    }
}
