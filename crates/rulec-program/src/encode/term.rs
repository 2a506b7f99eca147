//! What an expression is, as far as it hangs on the state: values behind guards, and truths on two rails.

use std::sync::Arc;

use rulec_facts::value::Partial;
use rulec_prove::FormulaId;

use super::atlas::PlaceId;

/// When a condition is true, and when it is false. Over total states one is the negation of the other, and `f` is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rails {
    pub t: FormulaId,
    pub f: Option<FormulaId>,
}

/// A value that an expression can have.
#[derive(Debug, Clone)]
pub(crate) enum Sym {
    /// Not known; only in partial states.
    Unknown,
    /// This value, or absent.
    Constant(Partial),
    /// What lies at a place.
    Place(PlaceId),
    /// A computed truth.
    Truth(Rails),
    /// A computed list or set.
    Members(Arc<Members>),
    /// How many belong to the list, and a number added.
    Count(Arc<Members>, i128),
    /// The greatest or least of the members.
    Extreme(Arc<Members>, Side),
    /// Length of the text at a place.
    Length(PlaceId),
    /// Number of addresses of the network at a place.
    Size(PlaceId),
    /// `plus - minus + offset`; absent if one of the places is.
    Linear(Linear),
    /// Outside of what is handled.
    Opaque,
}

/// Which end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Least,
    Greatest,
}

/// A sum of whole numbers, times or durations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Linear {
    pub plus: Vec<PlaceId>,
    pub minus: Vec<PlaceId>,
    pub offset: i128,
}

/// A value and when it is that one.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub guard: FormulaId,
    pub sym: Sym,
}

/// Guards exclude each other, and one of them holds.
pub(crate) type Term = Arc<[Choice]>;

/// A list or set, element by element.
#[derive(Debug, Clone)]
pub(crate) struct Members {
    /// It is known which there are.
    pub known: FormulaId,
    pub all: Vec<Member>,
    /// Counted as a set.
    pub is_set: bool,
    /// There may be more: only whether there is one, and what one can be, is told.
    pub open: bool,
}

/// An element that may belong to a list.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// It belongs; on neither rail: undecided.
    pub belongs: Rails,
    /// What it is if it does not certainly not belong; never absent.
    pub value: Term,
}
