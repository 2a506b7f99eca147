//! A case as a person reads it under a finding: one line a symptom and a fact, as a test would write them.

use rulec_facts::code::Code;
use rulec_facts::show;
use rulec_facts::value::Partial;
use rulec_program::encode::Witness;
use rulec_program::program::{Symptom, SymptomId};
use rulec_program::seal::Sealed;
use rulec_program::state::State;

/// The case's lines.
pub(super) fn text(program: &Sealed, witness: &Witness) -> String {
    let mut lines = lines(program, &witness.state);
    let pins = witness.pins.iter();
    lines.extend(pins.map(|(text, _)| {
        format!(
            "// `{}` stands for any text that a function reads so",
            text.raw()
        )
    }));
    lines.join("\n")
}

fn lines(program: &Sealed, state: &State) -> Vec<String> {
    let symptoms = (0u32..).zip(&program.symptoms);
    let reported = symptoms.filter(|(number, _)| state.is_reported(SymptomId(*number)));
    let reported: Vec<&Symptom> = reported.map(|(_, symptom)| symptom).collect();
    let names = reported.iter().map(|it| &it.named.name);
    let mut lines: Vec<String> = names.map(|name| format!("symptom {name}")).collect();
    // Whoever reports a code of a symptom reports the symptom.
    let said = |code: &Code| reported.iter().any(|it| it.codes.contains(code));
    let codes = state.codes().iter().filter(|it| !said(it));
    lines.extend(codes.map(|code| format!("symptom \"{}\"", show::code(code))));
    for (number, symptom) in (0u32..).zip(&program.symptoms) {
        if let Some(answer) = state.answered(SymptomId(number)) {
            let said = if answer { "yes" } else { "no" };
            lines.push(format!("// asked for `{}`: {said}", symptom.named.name));
        }
    }
    for (slot, value) in program.slots.iter().zip(state.slots()) {
        if !matches!(value, Partial::Unknown(_)) {
            lines.push(format!(
                "{} = {}",
                program.shown_name(&slot.named, program.slot_named(&slot.named.name).is_none()),
                show::source(value, &slot.ty)
            ));
        }
    }
    lines
}
