//! How deeply stored types and values may lie within each other: a pack file is bytes that anybody may have made, and
//! reading it must not exhaust the stack.

use std::cell::Cell;

use serde::{Deserialize, Deserializer, de};

/// Types and values of rule files nest less deeply: a text may nest a hundred brackets.
const DEEPEST: u32 = 128;

thread_local! {
    /// How many parts are being read around this one. `serde` hands nothing down that could count.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Reads a part that may hold parts of its own kind.
///
/// # Errors
/// What the part says, or that it lies too deep.
pub(crate) fn bounded<'de, D, T>(reader: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let depth = DEPTH.get();
    if depth >= DEEPEST {
        return Err(de::Error::custom("types or values nest too deeply"));
    }
    DEPTH.set(depth + 1);
    let read = T::deserialize(reader);
    DEPTH.set(depth);
    read
}
