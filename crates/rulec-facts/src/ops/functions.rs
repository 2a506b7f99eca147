//! Functions from text to structure (clause F1): strict; what cannot be turned is absent. `certificate` stands
//! with the built-in records, `size` in [`super::size`].

use crate::code::Code;
use crate::literal;
use crate::value::{Partial, Text, Value};

/// `length(text)`: Unicode scalar values.
pub fn length(text: &Partial) -> Partial {
    strict(text, |text| {
        Some(Value::Int(i128::try_from(text.raw().chars().count()).ok()?))
    })
}

/// `version(text)`: dotted numbers.
pub fn version(text: &Partial) -> Partial {
    strict(text, |text| {
        literal::version(text.raw()).ok().map(Value::Version)
    })
}

/// `code(text)`: the one identity of a spelling; see [`Code::of_text`].
pub fn code(text: &Partial) -> Partial {
    strict(text, |text| Code::of_text(text.raw()).map(Value::Code))
}

fn strict(text: &Partial, turn: impl Fn(&Text) -> Option<Value>) -> Partial {
    match text {
        Partial::Known(Value::Text(text)) => turn(text).map_or(Partial::Absent, Partial::Known),
        Partial::Known(_) => Partial::Absent,
        Partial::Absent => Partial::Absent,
        Partial::Unknown(reasons) => Partial::Unknown(reasons.clone()),
    }
}
