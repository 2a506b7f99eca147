//! What the variables of the cell problem stand for.

use super::atlas::PlaceId;
use crate::node::NodeId;
use crate::program::SymptomId;

/// What a variable of the cell problem stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Meaning {
    /// The cell of a scalar.
    Cell(PlaceId),
    /// Cell 1: the text, if there is one, fulfils a test that its cells do not tell; the test's number in the class.
    Test(PlaceId, u32),
    /// Cell 1: the record is absent.
    Absent(PlaceId),
    /// How many elements a list has, up to this many; one cell more: absent.
    Length(PlaceId, u32),
    /// The set has this value of its members' type: number of the member's cell.
    Has(PlaceId, u32),
    /// The value at the place is known.
    Known(PlaceId),
    /// The first minus the second against a number: less, equal, greater.
    Difference(PlaceId, PlaceId, i128),
    /// The one is the other, though both lie in one cell.
    Same(PlaceId, PlaceId),
    /// A truth between two places that is only looked at in a candidate.
    Between(Between, PlaceId, PlaceId),
    /// A term that is not handled; several of one node are told apart by a number.
    Free(NodeId, u32),
    /// Cell 1: more elements of a list than are told one by one; number of the count.
    Many(u32),
    /// The complaint names the symptom.
    Reported(SymptomId),
    /// The symptom's question is answered by yes.
    Answer(SymptomId),
    /// The symptom's question is answered.
    Answered(SymptomId),
    /// The complaint has the code: its number among those that the program names.
    Code(u32),
}

/// Truths between two places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Between {
    Text(crate::node::TextTest),
    Within,
    Overlaps,
}
