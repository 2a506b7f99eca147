//! From a candidate back to a case: a value for each slot.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use rulec_facts::ops;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Element, Partial, Text, Value, Version};
use rulec_prove::{Cube, Point, Variable};
use rustc_hash::FxHashMap;

use super::atlas::{PlaceId, Shape, Step};
use super::copies::Copies;
use super::encoder::{Encoder, Meaning};
use super::relations;
use crate::node::SlotId;
use crate::program::SymptomId;
use crate::state::State;

/// Texts of a cell that are tried for what a function is to make of them.
const TRIED: u32 = 64;

/// Noon of 2026-06-15, in nanoseconds.
const SOME_TIME: i128 = 1_781_524_800_000_000_000;

/// What `certificate` is taken to give for a text.
pub(crate) type Pin = (Text, Partial);

/// How much of a state is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// What the candidate names; the rest is unknown.
    Named,
    /// Everything.
    All,
    /// Of what the candidate names that which it says is known.
    Masked,
}

/// An admissible point for what a question does not name, with the numbers of copies that were looked at for it.
///
/// A question brings all assumptions that share variables with it, so that what it does not name stands for itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Base {
    pub point: Point,
    pub copies: Arc<Copies>,
    values: FxHashMap<PlaceId, Partial>,
    pins: Vec<Pin>,
}

impl Base {
    /// With the values that were found for the point.
    pub(crate) fn of(encoder: &Encoder<'_>, point: Point) -> Option<Base> {
        let scene = Scene::of(encoder, &point, None).ok()?;
        let (values, pins) = (scene.values, scene.pins);
        Some(Base {
            copies: Arc::clone(encoder.copies()),
            values,
            pins,
            point,
        })
    }
}

/// A candidate with values for its places.
pub(crate) struct Scene<'a, 'p> {
    encoder: &'a Encoder<'p>,
    point: &'a Point,
    base: Option<&'a Base>,
    values: FxHashMap<PlaceId, Partial>,
    /// How many equal elements an element stands for.
    times: FxHashMap<PlaceId, u64>,
    pins: Vec<Pin>,
}

impl<'a, 'p> Scene<'a, 'p> {
    /// Finds values.
    ///
    /// # Errors
    /// Cubes in which there are none.
    pub(crate) fn of(
        encoder: &'a Encoder<'p>,
        point: &'a Point,
        base: Option<&'a Base>,
    ) -> Result<Scene<'a, 'p>, Vec<Cube>> {
        let named: Vec<Variable> = point.iter().map(|(variable, _)| variable).collect();
        let cells = |variable: Variable| cell_of(point, base, variable);
        let values = relations::values(encoder, &named, &cells)?;
        let times = super::many::times(encoder, &named, &cells)?;
        let mut scene = Scene {
            encoder,
            point,
            base,
            values,
            times,
            pins: base.map_or_else(Vec::new, |it| it.pins.clone()),
        };
        scene.fit_results();
        if let Some(base) = base {
            for (place, value) in &base.values {
                let free = scene.values.entry(*place);
                free.or_insert_with(|| value.clone());
            }
        }
        Ok(scene)
    }

    /// Certificates that texts of the state are taken for.
    pub(crate) fn pins(&self) -> &[Pin] {
        &self.pins
    }

    /// The state.
    pub(crate) fn state(&self, told: Told) -> State {
        let program = self.encoder.program;
        let mut state = self.encoder.blank.clone();
        for (slot, number) in program.slots.iter().zip(0..) {
            let place = self.encoder.atlas.find_slot(SlotId(number));
            let value = self.value(place, &slot.ty, told);
            if !value.is_unknown() {
                state.set(SlotId(number), value);
            }
        }
        for (symptom, number) in program.symptoms.iter().zip(0..) {
            let id = SymptomId(number);
            state.set_reported(id, self.is(&Meaning::Reported(id)) == Some(true));
            let answer = match (told, self.is(&Meaning::Answer(id))) {
                (Told::Masked, answer) => match self.is(&Meaning::Answered(id)) {
                    Some(true) => Some(answer.unwrap_or(false)),
                    _ => None,
                },
                (Told::All, answer) => Some(answer.unwrap_or(false)),
                (Told::Named, answer) => answer,
            };
            if !symptom.asks.is_empty() {
                state.answer(id, answer);
            }
        }
        for (code, number) in self.encoder.codes.iter().zip(0..) {
            if self.is(&Meaning::Code(number)) == Some(true) {
                state.report_code(code.clone());
                // Having a code of a symptom is a report of it.
                for (symptom, number) in program.symptoms.iter().zip(0..) {
                    if symptom.codes.contains(code) {
                        state.set_reported(SymptomId(number), true);
                    }
                }
            }
        }
        state
    }

    fn is(&self, meaning: &Meaning) -> Option<bool> {
        self.cell(meaning).map(|it| it == 1)
    }

    fn cell(&self, meaning: &Meaning) -> Option<u32> {
        cell_of(self.point, self.base, self.encoder.find(meaning)?)
    }

    fn value(&self, place: Option<PlaceId>, ty: &Type, told: Told) -> Partial {
        let Some(place) = place else {
            return untold(ty, told);
        };
        if told == Told::Masked {
            let flagged = ty.optional || Shape::of(ty) != Shape::Record;
            if flagged && self.is(&Meaning::Known(place)) != Some(true) {
                return unknown();
            }
        }
        match Shape::of(ty) {
            Shape::Scalar => match self.values.get(&place) {
                Some(value) => value.clone(),
                None => untold(ty, told),
            },
            Shape::Record => self.record(place, ty, told),
            Shape::Elements => self.elements(place, ty, told),
        }
    }

    fn record(&self, place: PlaceId, ty: &Type, told: Told) -> Partial {
        let absent = match ty.optional {
            true => self.is(&Meaning::Absent(place)),
            false => Some(false),
        };
        if absent == Some(true) {
            return Partial::Absent;
        }
        let Some(record) = ty.record() else {
            return unknown();
        };
        let fields: Vec<Partial> = record
            .fields
            .iter()
            .zip(0..)
            .map(|(field, number)| {
                let inside = self.encoder.atlas.find_inside(place, Step::Field(number));
                self.value(inside, &field.ty, told)
            })
            .collect();
        let nothing = fields.iter().all(Partial::is_unknown) && !fields.is_empty();
        match told {
            Told::All if absent.is_none() => return Partial::Absent,
            Told::Named if nothing => return unknown(),
            _ => {}
        }
        Partial::Known(Value::Record(Arc::from(fields)))
    }

    fn elements(&self, place: PlaceId, ty: &Type, told: Told) -> Partial {
        let Some(member) = ty.member() else {
            return unknown();
        };
        if let Some(values) = self.encoder.named(place) {
            return self.named_elements(place, ty, member, &values, told);
        }
        let kind = self.encoder.atlas.kind_of(place);
        let length = |copies: &Copies| {
            let copies = copies.of(kind);
            Some((self.cell(&Meaning::Length(place, copies))?, copies))
        };
        let found = length(self.encoder.copies()).or_else(|| length(&self.base?.copies));
        let Some((length, copies)) = found else {
            return untold(ty, told);
        };
        if length > copies {
            return Partial::Absent;
        }
        let mut elements = Vec::with_capacity(length as usize);
        for copy in 0..length {
            let inside = self.encoder.atlas.find_inside(place, Step::Element(copy));
            let element = Element::certain(self.value(inside, member, told));
            let times = inside.and_then(|it| self.times.get(&it)).copied();
            elements.extend((0..times.unwrap_or(1)).map(|_| element.clone()));
        }
        Partial::Known(collection(ty, elements))
    }

    fn named_elements(
        &self,
        place: PlaceId,
        ty: &Type,
        member: &Type,
        values: &[(u32, Partial)],
        told: Told,
    ) -> Partial {
        debug_assert_eq!(ty.member(), Some(member));
        let absent = self.is(&Meaning::Absent(place));
        if absent == Some(true) {
            return Partial::Absent;
        }
        let mut named = absent.is_some();
        let mut elements = Vec::new();
        for (number, value) in values {
            let has = self.is(&Meaning::Has(place, *number));
            named |= has.is_some();
            if has == Some(true) {
                elements.push(Element::certain(value.clone()));
            }
        }
        match named {
            true => Partial::Known(collection(ty, elements)),
            false => untold(ty, told),
        }
    }

    /// Texts of which functions make what the candidate says.
    fn fit_results(&mut self) {
        let mut texts: Vec<PlaceId> = self.values.keys().copied().collect();
        texts.sort_unstable();
        for text in texts {
            let results = relations::results_of(self.encoder, text);
            if results.is_empty() {
                continue;
            }
            let Some(Partial::Known(_)) = self.values.get(&text) else {
                continue;
            };
            let certificate = self.certificate(&results);
            if let Some(value) = self.fitting(text, &results, certificate.as_ref()) {
                if let (Some(certificate), Partial::Known(Value::Text(text))) =
                    (certificate, &value)
                    && self.pinned(text).is_none()
                {
                    self.pins.push((text.clone(), certificate));
                }
                self.values.insert(text, value);
            }
        }
    }

    /// The certificate that a candidate speaks of, if it says that there is one.
    fn certificate(&self, results: &[(Step, PlaceId)]) -> Option<Partial> {
        let is_certificate = |step: &Step| *step == Step::Call(crate::node::Function::Certificate);
        let (_, place) = results.iter().find(|(step, _)| is_certificate(step))?;
        let ty = self.encoder.atlas.ty(*place)?;
        if self.is(&Meaning::Absent(*place)) != Some(false) {
            return None;
        }
        match self.record(*place, ty, Told::All) {
            Partial::Absent => None,
            record => Some(record),
        }
    }

    fn pinned(&self, text: &Text) -> Option<&Partial> {
        let pin = self.pins.iter().find(|(it, _)| it.raw() == text.raw());
        pin.map(|(_, value)| value)
    }

    fn fitting(
        &self,
        text: PlaceId,
        results: &[(Step, PlaceId)],
        certificate: Option<&Partial>,
    ) -> Option<Partial> {
        let encoder = self.encoder;
        let kind = encoder.atlas.kind_of(text);
        let cell = self.cell(&Meaning::Cell(text))?;
        let number = encoder.classes.cells(kind)?.number(cell)?;
        let domain = encoder.classes.domain(kind)?;
        let spelled = results
            .iter()
            .filter_map(|(_, place)| self.values.get(place).and_then(spelled));
        let tried = (0..TRIED).map_while(|nth| domain.value(number, nth));
        let mut all = self
            .values
            .get(&text)
            .cloned()
            .into_iter()
            .chain(spelled)
            .chain(tried);
        all.find(|value| {
            let pinned = match value {
                Partial::Known(Value::Text(text)) => self.pinned(text),
                _ => None,
            };
            // Of one text there is one certificate.
            (pinned.is_none() || pinned == certificate)
                && domain.cell_of(value) == Some(number)
                && results
                    .iter()
                    .all(|(step, place)| self.gives(*step, *place, value))
        })
    }

    /// The function makes of the text what lies in the cell of its result.
    fn gives(&self, step: Step, place: PlaceId, text: &Partial) -> bool {
        use crate::node::Function;
        let Step::Call(function) = step else {
            return false;
        };
        if function == Function::Certificate && self.is(&Meaning::Absent(place)) == Some(false) {
            // It is pinned.
            return true;
        }
        let result = match function {
            Function::Version => ops::version(text),
            Function::Code => ops::code(text),
            Function::Length => ops::length(text),
            Function::Certificate => rulec_facts::certificate::function(text),
        };
        let encoder = self.encoder;
        let kind = encoder.atlas.kind_of(place);
        match self.cell(&Meaning::Cell(place)) {
            Some(cell) => {
                let number = encoder.classes.cells(kind).and_then(|it| it.number(cell));
                let domain = encoder.classes.domain(kind);
                domain.and_then(|it| it.cell_of(&result)) == number
            }
            None => match self.is(&Meaning::Absent(place)) {
                Some(absent) => absent == (result == Partial::Absent),
                None => true,
            },
        }
    }
}

fn cell_of(point: &Point, base: Option<&Base>, variable: Variable) -> Option<u32> {
    let own = point.cell(variable);
    own.or_else(|| base.and_then(|it| it.point.cell(variable)))
}

fn spelled(value: &Partial) -> Option<Partial> {
    let text = match value.known()? {
        Value::Version(version) if version.parts().is_empty() => "0".to_owned(),
        Value::Version(version) => {
            let parts: Vec<String> = version.parts().iter().map(u64::to_string).collect();
            parts.join(".")
        }
        Value::Code(code) => code.to_string(),
        _ => return None,
    };
    Some(Partial::Known(Value::text(&text)))
}

fn collection(ty: &Type, elements: Vec<Element>) -> Value {
    match (&ty.kind, ty.member()) {
        (Kind::Set(_), Some(member)) => ops::set(elements, member),
        _ => Value::List(Arc::from(elements)),
    }
}

fn unknown() -> Partial {
    Partial::Unknown(rulec_facts::reason::Reasons::default())
}

/// Something that nothing is asked of.
fn untold(ty: &Type, told: Told) -> Partial {
    match told {
        Told::All => any_value(ty),
        Told::Named | Told::Masked => unknown(),
    }
}

/// Some value of a type; absent if it can be.
fn any_value(ty: &Type) -> Partial {
    if ty.optional {
        return Partial::Absent;
    }
    Partial::Known(match &ty.kind {
        Kind::Bool => Value::Bool(false),
        Kind::Int(None) => Value::Int(0),
        Kind::Int(Some((low, high))) => Value::Int(i128::from(0.clamp(*low, *high))),
        Kind::Text => Value::text("something"),
        Kind::Enum(_) => Value::Enum(0),
        Kind::Version => Value::Version(Version::new(&[1])),
        Kind::Time => Value::Time(SOME_TIME),
        Kind::Duration(_) => Value::Duration(0),
        Kind::Ip => Value::Ip(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1))),
        Kind::Cidr => match "10.0.0.0/24".parse() {
            Ok(network) => Value::Cidr(network),
            Err(_) => return unknown(),
        },
        Kind::Code => match ops::code(&Partial::Known(Value::text("win32 5"))) {
            Partial::Known(code) => code,
            other => return other,
        },
        Kind::List(_) => Value::List(Arc::from([])),
        Kind::Set(_) => Value::Set(Arc::from([])),
        Kind::Record(record) => Value::Record(
            record
                .fields
                .iter()
                .map(|field| any_value(&field.ty))
                .collect(),
        ),
    })
}
