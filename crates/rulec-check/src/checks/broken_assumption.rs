//! A test whose case the assumptions do not admit: what it shows says nothing about the pack.
//!
//! Finds assumptions that are false on what the test and those that it starts from write down. That several are false only together, however
//! the rest is filled in, is not looked for yet; a recorded case folder is not read here, and what a run finds broken there its report says (A1).

use rulec_facts::truth::Truth;
use rulec_facts::types::Type;
use rulec_facts::value::{Partial, Value};
use rulec_program::decide::{Decider, Scratch};
use rulec_program::seal::Sealed;
use rulec_program::state::State;
use rulec_syntax::diagnostic::{Code, Level};

use super::proving::Proving;
use super::{Check, Run};
use crate::tests::{Given, TestCase};

static BROKEN_ASSUMPTION: Code = Code {
    name: "broken-assumption",
    level: Level::Error,
    page: include_str!("../../../../book/src/diagnostics/broken-assumption.md"),
};

pub(super) const CHECK: Check = Check {
    code: &BROKEN_ASSUMPTION,
    run: Run::Proves(run),
};

fn run(proving: &mut Proving<'_, '_>) {
    if proving.is_contradictory() {
        return;
    }
    let (program, tests) = (proving.program, proving.subject.tests);
    let mut scratch = Scratch::default();
    for test in tests.iter().filter(|it| it.pack.0 < proving.subject.roots) {
        let mut state = State::new(program);
        give(program, tests, test, &mut state, tests.len());
        let mut decider = Decider::new(program, &state, &mut scratch);
        let broken = program
            .assumes
            .iter()
            .find(|it| decider.truth(it.condition) == Truth::False);
        if let Some(assume) = broken {
            let message = format!(
                "the case of `{}` breaks the assumption `{}`",
                test.name, assume.text
            );
            let finding = BROKEN_ASSUMPTION
                .at(test.place, message)
                .also(proving.subject.span(assume.place), "this assumption")
                .help("mend the case, or take back the assumption");
            proving.report(finding);
        }
    }
}

/// Puts what a test writes down into a state, after what it starts from: a chain of at most all tests, as circles are errors of their own.
fn give(program: &Sealed, tests: &[TestCase], test: &TestCase, state: &mut State, chain: usize) {
    for given in &test.given {
        if let (Given::Test(number), Some(chain)) = (given, chain.checked_sub(1))
            && let Some(other) = tests.get(*number as usize)
        {
            give(program, tests, other, state, chain);
        }
    }
    if let (Some(now), Some(slot)) = (test.now, program.slot_named("now")) {
        state.set(slot, Partial::Known(Value::Time(now)));
    }
    for set in &test.sets {
        let (Some(old), Some(slot)) = (state.get(set.slot), program.slots.get(set.slot.0 as usize))
        else {
            continue;
        };
        let value = with(old, &slot.ty, &set.path, &set.value);
        state.set(set.slot, value);
    }
}

/// A value with a part replaced; a record of which nothing else is known comes to be known by it.
fn with(old: &Partial, ty: &Type, path: &[u32], value: &Partial) -> Partial {
    let (Some((field, rest)), Some(record)) = (path.split_first(), ty.record()) else {
        return value.clone();
    };
    let unknown = Partial::Unknown(std::sync::Arc::from([]));
    let mut fields: Vec<Partial> = match old {
        Partial::Known(Value::Record(fields)) => fields.to_vec(),
        _ => vec![unknown; record.fields.len()],
    };
    if let (Some(place), Some(inner)) = (
        fields.get_mut(*field as usize),
        record.fields.get(*field as usize),
    ) {
        *place = with(place, &inner.ty, rest, value);
    }
    Partial::Known(Value::Record(fields.into()))
}
