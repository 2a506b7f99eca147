//! All total states of a small program, one by one.

use std::sync::Arc;

use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Element, Partial, Value};
use rulec_program::node::SlotId;
use rulec_program::program::{Origin, SymptomId};
use rulec_program::seal::Sealed;
use rulec_program::state::State;

/// Every value of a type; lists up to `longest` elements, orders left out.
pub fn values(ty: &Type, longest: usize) -> Vec<Partial> {
    let mut all: Vec<Partial> = match &ty.kind {
        Kind::Bool => [false, true]
            .map(|it| Partial::Known(Value::Bool(it)))
            .to_vec(),
        Kind::Int(Some((low, high))) => (*low..=*high)
            .map(|it| Partial::Known(Value::Int(it.into())))
            .collect(),
        Kind::Enum(ty) => (0..ty.members.len())
            .map(|it| Partial::Known(Value::Enum(u16::try_from(it).unwrap())))
            .collect(),
        Kind::Record(record) => {
            let mut rows: Vec<Vec<Partial>> = vec![Vec::new()];
            for field in &record.fields {
                let own = values(&field.ty, longest);
                rows = rows
                    .iter()
                    .flat_map(|row| {
                        own.iter().map(|it| {
                            let mut row = row.clone();
                            row.push(it.clone());
                            row
                        })
                    })
                    .collect();
            }
            rows.into_iter()
                .map(|row| Partial::Known(Value::Record(Arc::from(row))))
                .collect()
        }
        Kind::List(member) => bags(&values(member, longest), longest, true)
            .into_iter()
            .map(|it| Partial::Known(Value::List(Arc::from(it))))
            .collect(),
        Kind::Set(member) => {
            let members = values(member, longest);
            let longest = members.len();
            bags(&members, longest, false)
                .into_iter()
                .map(|it| Partial::Known(rulec_facts::ops::set(it, member)))
                .collect()
        }
        _ => vec![any(ty)],
    };
    if ty.optional {
        all.push(Partial::Absent);
    }
    all
}

fn any(ty: &Type) -> Partial {
    match ty.kind {
        Kind::Time => Partial::Known(Value::Time(0)),
        _ => panic!("no values of {ty:?}"),
    }
}

/// Every choice of up to `longest` of these, each perhaps several times.
fn bags(of: &[Partial], longest: usize, repeat: bool) -> Vec<Vec<Element>> {
    let mut all: Vec<(usize, Vec<Element>)> = vec![(0, Vec::new())];
    let mut done = 0;
    while done < all.len() {
        let (from, row) = all[done].clone();
        done += 1;
        if row.len() == longest {
            continue;
        }
        for (at, value) in of.iter().enumerate().skip(from) {
            let mut more = row.clone();
            more.push(Element::certain(value.clone()));
            all.push((if repeat { at } else { at + 1 }, more));
        }
    }
    all.into_iter().map(|(_, row)| row).collect()
}

/// All total states; none if there are more than `most`. Slots that no expression names have one value.
pub fn states(program: &Sealed, longest: usize, most: usize) -> Option<Vec<State>> {
    let mut all = vec![State::new(program)];
    for (number, slot) in program.slots.iter().enumerate() {
        let id = SlotId(u32::try_from(number).unwrap());
        let named = program
            .nodes
            .ops
            .contains(&rulec_program::node::Op::Slot(id));
        let mut own = match slot.origin {
            Origin::Now => vec![Partial::Known(Value::Time(0))],
            _ => values(&slot.ty, longest),
        };
        if !named {
            own.truncate(1);
        }
        all = product(&all, own.len(), most, |state, at| {
            state.set(id, own[at].clone())
        })?;
    }
    for (number, symptom) in program.symptoms.iter().enumerate() {
        let id = SymptomId(u32::try_from(number).unwrap());
        all = product(&all, 2, most, |state, at| state.set_reported(id, at == 1))?;
        if !symptom.asks.is_empty() {
            all = product(&all, 2, most, |state, at| state.answer(id, Some(at == 1)))?;
        }
    }
    Some(all)
}

/// So many random total states, with lists of up to `longest` elements.
pub fn some_states(program: &Sealed, longest: usize, count: usize, seed: u64) -> Vec<State> {
    let mut random = rulec_generate::Random::new(seed);
    let mut below =
        |end: usize| usize::try_from(random.below(u64::try_from(end).unwrap())).unwrap();
    let all: Vec<Vec<Partial>> = program
        .slots
        .iter()
        .map(|slot| match slot.origin {
            Origin::Now => vec![Partial::Known(Value::Time(0))],
            _ => values(&slot.ty, longest),
        })
        .collect();
    let mut states = Vec::with_capacity(count);
    for _ in 0..count {
        let mut state = State::new(program);
        for (number, values) in all.iter().enumerate() {
            let value = values[below(values.len())].clone();
            state.set(SlotId(u32::try_from(number).unwrap()), value);
        }
        for number in 0..program.symptoms.len() {
            let id = SymptomId(u32::try_from(number).unwrap());
            state.set_reported(id, below(2) == 1);
            state.answer(id, Some(below(2) == 1));
        }
        states.push(state);
    }
    states
}

fn product(
    states: &[State],
    count: usize,
    most: usize,
    set: impl Fn(&mut State, usize),
) -> Option<Vec<State>> {
    if states.len() * count > most {
        return None;
    }
    Some(
        states
            .iter()
            .flat_map(|state| {
                let set = &set;
                (0..count).map(move |at| {
                    let mut state = state.clone();
                    set(&mut state, at);
                    state
                })
            })
            .collect(),
    )
}
