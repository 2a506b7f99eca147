//! Whether what a test writes down can be part of an admissible case (C10).
//!
//! Its values become constants of the division into cells, so that each is told from all others, and everything that it says of a place is a
//! root beside the assumptions. Where the answer is *no*, no case that fits has all assumptions true.

use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Partial, Value};
use rulec_prove::{Answer, FormulaId, Solver};

use super::atlas::{PlaceId, Shape, Step};
use super::copies::{Needs, NotEnough};
use super::domain::{Order, Test};
use super::encoder::Encoder;
use super::engine::Consistent;
use super::judge::{Asked, Judge};
use super::prover::{Limits, Reason, Undecided};
use super::replay::Replay;
use crate::node::{NodeId, SlotId};
use crate::seal::Sealed;
use crate::state::State;

/// Whether a case fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fits {
    /// Some admissible total state has all that is given.
    Yes,
    /// None has; together with what is given these assumptions clash, by number.
    No(Vec<u32>),
    /// It could not be told.
    Undecided(Undecided),
}

/// Whether some admissible total state has the known values of a state. Symptoms, codes and answers of people are free.
pub fn fits(program: &Sealed, given: &State, limits: &Limits) -> Fits {
    let mut encoder = Encoder::new(program);
    encoder.named_sets = false;
    let conditions: Vec<NodeId> = program.assumes.iter().map(|it| it.condition).collect();
    for condition in &conditions {
        encoder.truth(*condition);
    }
    let known = known_places(&encoder, given);
    for (place, value) in &known {
        tell_apart(&mut encoder, *place, value);
    }
    encoder.settle(limits.cells);
    let not_enough = count(&mut encoder, &conditions, &known, limits);
    let assumed = conditions.iter().map(|it| encoder.truth(*it).t);
    let mut roots: Vec<FormulaId> = assumed.collect();
    for (place, value) in &known {
        roots.push(is_value(&mut encoder, *place, value));
    }
    let mut replay = Replay::default();
    let mut judge = Judge {
        encoder: &encoder,
        replay: &mut replay,
        asked: Asked::All(&[]),
        assumes: &conditions,
        base: None,
        strict: true,
        passes: limits.passes,
        found: None,
        passed: None,
        broken: false,
    };
    let formulas = &encoder.logic.formulas;
    let answer = Solver::new().ask(formulas, &roots, &mut judge, &limits.search);
    let (passed, broken) = (judge.passed, judge.broken);
    let open = |node: Option<NodeId>, reason| {
        Fits::Undecided(Undecided {
            node,
            place: node.map(|it| program.nodes.place(it)),
            reason,
        })
    };
    match (answer, not_enough) {
        (Answer::Point(_), _) => Fits::Yes,
        (Answer::Undecided(limit), _) => open(passed, Reason::Search(limit)),
        (Answer::None { .. }, _) if broken => open(passed, Reason::Replay),
        (Answer::None { .. }, _) if passed.is_some() => open(passed, Reason::Term),
        (Answer::None { .. }, Some(why)) => open(Some(why.node), why.reason()),
        (Answer::None { core }, None) => {
            let mut theory = Consistent { encoder: &encoder };
            let mut solver = Solver::new();
            let least = solver.minimal_core(formulas, &roots, &mut theory, &limits.search);
            let core = least.map_or(core, |it| it.roots);
            let of_assumes = core.iter().filter(|it| **it < conditions.len());
            Fits::No(of_assumes.map(|it| *it as u32).collect())
        }
    }
}

/// What is given of places that assumptions name.
fn known_places(encoder: &Encoder<'_>, given: &State) -> Vec<(PlaceId, Partial)> {
    let slots = (0..).zip(given.slots());
    let named = slots.filter_map(|(number, value)| {
        let place = encoder.atlas.find_slot(SlotId(number))?;
        (!value.is_unknown()).then(|| (place, value.clone()))
    });
    named.collect()
}

/// Numbers of copies that suffice for the assumptions, and for the lists that are given.
fn count(
    encoder: &mut Encoder<'_>,
    conditions: &[NodeId],
    known: &[(PlaceId, Partial)],
    limits: &Limits,
) -> Option<NotEnough> {
    let mut needs = Needs::times(1);
    for condition in conditions {
        encoder.need(&mut needs, *condition, true);
    }
    for (place, value) in known {
        encoder.need_given(&mut needs, *place, value);
    }
    let (copies, not_enough) = encoder.count_copies(&needs, limits.copies);
    encoder.set_copies(&std::sync::Arc::new(copies));
    not_enough
}

/// Says that the place is asked whether it has this value.
fn tell_apart(encoder: &mut Encoder<'_>, place: PlaceId, value: &Partial) {
    each_inside(encoder, place, value, &mut |encoder, place, value| {
        let kind = encoder.atlas.kind_of(place);
        if let Partial::Known(value) = value {
            let test = Test::Compare(Order::Equal, value.clone());
            encoder.classes.gather(kind, test);
        }
    });
}

/// Calls for each scalar that is known in a value.
fn each_inside(
    encoder: &mut Encoder<'_>,
    place: PlaceId,
    value: &Partial,
    call: &mut dyn FnMut(&mut Encoder<'_>, PlaceId, &Partial),
) {
    let Some(ty) = encoder.atlas.ty(place).cloned() else {
        return;
    };
    match (Shape::of(&ty), value) {
        (Shape::Scalar, _) => call(encoder, place, value),
        (Shape::Record, Partial::Known(Value::Record(fields))) => {
            for (number, value) in (0..).zip(fields.iter()) {
                if let Some(inside) = field(encoder, place, number) {
                    each_inside(encoder, inside, value, call);
                }
            }
        }
        (Shape::Elements, Partial::Known(all)) => {
            for (copy, value) in (0..).zip(elements_of(all)) {
                if let Some(inside) = element(encoder, place, &ty, copy) {
                    each_inside(encoder, inside, &value, call);
                }
            }
        }
        _ => {}
    }
}

/// That the place has what is known of a value.
fn is_value(encoder: &mut Encoder<'_>, place: PlaceId, value: &Partial) -> FormulaId {
    let Some(ty) = encoder.atlas.ty(place).cloned() else {
        return encoder.logic.yes();
    };
    let absent = encoder.absent(place);
    let known = match value {
        Partial::Unknown(_) => return encoder.logic.yes(),
        Partial::Absent => return absent,
        Partial::Known(known) => known,
    };
    let there = encoder.logic.not(absent);
    let inside = match (Shape::of(&ty), known) {
        (Shape::Scalar, _) => is_scalar(encoder, place, value),
        (Shape::Record, Value::Record(fields)) => {
            let mut all = Vec::new();
            for (number, value) in (0..).zip(fields.iter()) {
                if let Some(inside) = field(encoder, place, number) {
                    all.push(is_value(encoder, inside, value));
                }
            }
            encoder.logic.and(all)
        }
        (Shape::Elements, known) => are_elements(encoder, place, &ty, known),
        _ => encoder.logic.yes(),
    };
    encoder.logic.and([there, inside])
}

fn is_scalar(encoder: &mut Encoder<'_>, place: PlaceId, value: &Partial) -> FormulaId {
    let kind = encoder.atlas.kind_of(place);
    let number = encoder
        .classes
        .domain(kind)
        .and_then(|it| it.cell_of(value));
    match number {
        Some(number) => encoder.in_cells(place, &[number]),
        // It has no cells: nothing is said of it.
        None => encoder.logic.yes(),
    }
}

fn are_elements(encoder: &mut Encoder<'_>, place: PlaceId, ty: &Type, known: &Value) -> FormulaId {
    let elements = elements_of(known);
    let is_set = matches!(ty.kind, Kind::Set(_));
    if is_set && elements.iter().any(Partial::is_unknown) {
        // It may be one of the others.
        return encoder.logic.yes();
    }
    let (length, copies) = encoder.length(place);
    let Some(count) = u32::try_from(elements.len())
        .ok()
        .filter(|it| *it <= copies)
    else {
        return encoder.logic.no();
    };
    let mut all = vec![encoder.logic.is(length, count)];
    for (copy, value) in (0..).zip(&elements) {
        if let Some(inside) = element(encoder, place, ty, copy) {
            all.push(is_value(encoder, inside, value));
        }
    }
    encoder.logic.and(all)
}

/// Elements of a list or set; one that may not belong is not looked at.
fn elements_of(value: &Value) -> Vec<Partial> {
    match value {
        Value::List(all) | Value::Set(all) => all.iter().map(|it| it.value.clone()).collect(),
        _ => Vec::new(),
    }
}

fn field(encoder: &mut Encoder<'_>, place: PlaceId, number: u32) -> Option<PlaceId> {
    let step = Step::Field(number);
    let kind = encoder.atlas.kind_of(place);
    // What no assumption names need not be told.
    encoder.atlas.find_inside_kind(kind, step)?;
    let ty = encoder.atlas.ty(place)?.clone();
    let field = ty.record()?.fields.get(number as usize)?.ty.clone();
    Some(encoder.atlas.inside(place, step, &field))
}

fn element(encoder: &mut Encoder<'_>, place: PlaceId, ty: &Type, copy: u32) -> Option<PlaceId> {
    let step = Step::Element(copy);
    let kind = encoder.atlas.kind_of(place);
    encoder.atlas.find_inside_kind(kind, step)?;
    Some(encoder.atlas.inside(place, step, ty.member()?))
}

impl Encoder<'_> {
    /// As many elements as are given.
    fn need_given(&mut self, needs: &mut Needs, place: PlaceId, value: &Partial) {
        let Some(ty) = self.atlas.ty(place).cloned() else {
            return;
        };
        match (Shape::of(&ty), value) {
            (Shape::Record, Partial::Known(Value::Record(fields))) => {
                for (number, value) in (0..).zip(fields.iter()) {
                    if let Some(inside) = field(self, place, number) {
                        self.need_given(needs, inside, value);
                    }
                }
            }
            (Shape::Elements, Partial::Known(all)) => {
                let elements = elements_of(all);
                let count = u32::try_from(elements.len()).unwrap_or(u32::MAX);
                needs.want_of(self.kind_id(place), count);
                for (copy, value) in (0..).zip(&elements) {
                    if let Some(inside) = element(self, place, &ty, copy) {
                        self.need_given(needs, inside, value);
                    }
                }
            }
            _ => {}
        }
    }
}
