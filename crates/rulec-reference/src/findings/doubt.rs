//! Where the text that defines findings can be read in two ways: the oracle says so instead of choosing.

/// Why it can be said that a finding is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// C1, "nothing else is reported": does that go for findings that need no state?
    BesideContradiction,
    /// C2, "it alone is reported for the rule": does that go for findings that need no state?
    BesideUnsatisfiable,
    /// C4: the verify of one fix never holds, whatever the other demands.
    VerifyNeverHolds,
    /// C4: a plan with `or` or `else` has a fix that does not contradict.
    VerifyOfChoice,
    /// C6, "a leaf": is `not (a and b)` as a whole one, besides `a` and `b`?
    Compound,
    /// C6, C7, "a known-mask on facts and on element fields and on lists": it depends on whether params, `now`, answers to
    /// questions, and members of lists and sets of scalars are masked too.
    Hidden,
    /// C6, "against all rules that use it": one of these is never confirmed.
    UsedByDeadRule,
    /// C7, "same fixes": the same fixes in another order or joined otherwise.
    OtherPlan,
    /// C7: duplicates are subsumed by each other.
    DuplicateToo,
    /// C8: two rules with `otherwise` overlap too.
    OverlapOfOtherwise,
    /// A2: an ordering that does not stand alone, or another operator that is F for an absent value.
    PresenceElsewhere,
}
