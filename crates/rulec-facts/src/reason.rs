//! Why something is unknown (clause T1).

use std::sync::Arc;

use compact_str::CompactString;

/// Kinds of not knowing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
