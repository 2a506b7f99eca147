//! Why something is unknown (clause T1).

use std::sync::Arc;

use compact_str::CompactString;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

/// Kinds of not knowing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Why {
    /// Nobody looked.
    NotCollected,
    /// Access was refused.
    Denied,
    /// No answer before the deadline.
    TimedOut,
    /// This source cannot be read here.
    Unsupported,
    /// What was found does not fit the declared type.
    Malformed,
    /// The place was read, nothing was there, and the type has no absent.
    Missing,
    /// Too large to be read whole.
    OverBudget,
}

impl Why {
    /// All kinds, in the order of the language page.
    pub const ALL: [Why; 7] = [
        Why::NotCollected,
        Why::Denied,
        Why::TimedOut,
        Why::Unsupported,
        Why::Malformed,
        Why::Missing,
        Why::OverBudget,
    ];

    /// As written in tests, cases and reports: `not-collected`, …
    pub fn name(self) -> &'static str {
        match self {
            Why::NotCollected => "not-collected",
            Why::Denied => "denied",
            Why::TimedOut => "timed-out",
            Why::Unsupported => "unsupported",
            Why::Malformed => "malformed",
            Why::Missing => "missing",
            Why::OverBudget => "over-budget",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Why> {
        Why::ALL.into_iter().find(|why| why.name() == name)
    }
}

/// One reason why a fact (or a field of it) is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reason {
    /// Full name of the fact or param.
    pub fact: CompactString,
    /// Kind.
    pub why: Why,
    /// For a person: what was asked and what came back; never a secret. May be empty.
    pub detail: Arc<str>,
}

/// One or more reasons, in the order in which they arose.
pub type Reasons = Arc<[Reason]>;

/// The reasons of both, in order, each once.
#[must_use]
pub fn merge(first: &Reasons, second: &Reasons) -> Reasons {
    if second.iter().all(|reason| first.contains(reason)) {
        return Arc::clone(first);
    }
    merge_all([first, second])
}

/// The reasons of all, in order, each once.
pub fn merge_all<'a>(all: impl IntoIterator<Item = &'a Reasons>) -> Reasons {
    let mut seen = FxHashSet::default();
    let mut last: Option<&Reasons> = None;
    let mut merged: Vec<Reason> = Vec::new();
    for reasons in all {
        // Most often the elements of one list share their reasons.
        if last.is_some_and(|last| Arc::ptr_eq(last, reasons)) {
            continue;
        }
        last = Some(reasons);
        merged.extend(
            reasons
                .iter()
                .filter(|reason| seen.insert(*reason))
                .cloned(),
        );
    }
    Arc::from(merged)
}

/// The kind that stands for all of them in one line: the first that is not `unsupported` (clause S4).
pub fn leading(reasons: &[Reason]) -> Option<&Reason> {
    reasons
        .iter()
        .find(|reason| reason.why != Why::Unsupported)
        .or(reasons.first())
}
