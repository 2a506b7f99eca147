//! With how many elements of each list a question is asked: a few first, then as many as it can need.
//!
//! A state with few elements shows that something is possible as well as one with many, and most questions have one. All questions
//! share what is written for these few; only where they do not suffice lists get the numbers that make *no point* a proof (X1, X2).

use std::sync::Arc;

use super::{Engine, Root};
use crate::encode::copies::{Copies, Needs, NotEnough};
use crate::encode::prover::{Proof, Question, Reason};

/// Elements of each list that are looked at first.
const FEW: u32 = 2;

/// Elements of each list that are looked at where no number would make *no point* a proof: what is possible at all shows with few.
const UNPROVED: u32 = 6;

/// Candidates that are passed over with few elements.
const FEW_PASSES: u32 = 6;

/// How the answer to a question with certain numbers is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Weight {
    /// That there is no point says nothing of states with more elements, where it hangs on lists.
    Few,
    /// *No point* is a proof, unless it is said why not.
    Enough(Option<NotEnough>),
}

impl Weight {
    /// Candidates that may be passed over: with few elements not many are worth a try.
    pub(super) fn passes(self, most: u32) -> u32 {
        match self {
            Weight::Few => most.min(FEW_PASSES),
            Weight::Enough(_) => most,
        }
    }

    /// Where *no point* would be no proof, only a point is worth a search, and those that exist are found soon.
    pub(super) fn limits(self, limits: &rulec_prove::Limits) -> rulec_prove::Limits {
        match self {
            Weight::Enough(None) => *limits,
            Weight::Few | Weight::Enough(Some(_)) => short(limits),
        }
    }
}

/// For a search that is not worth a long one.
pub(super) fn short(limits: &rulec_prove::Limits) -> rulec_prove::Limits {
    rulec_prove::Limits {
        conflicts: limits.conflicts / 100,
        large_nodes: limits.large_nodes / 10,
        ..*limits
    }
}

impl Engine<'_> {
    /// Asks with few elements, and if that tells nothing, with enough. `write` writes the roots for the present numbers.
    pub(super) fn in_sizes(
        &mut self,
        add: impl FnOnce(&mut Self, &mut Needs),
        write: impl Fn(&mut Self) -> Vec<Root>,
        asked: &Question,
    ) -> Proof {
        let few = Arc::clone(&self.few);
        self.set_copies(&few);
        self.encoder.memory.end();
        let roots = write(self);
        // Where no list is met no number matters.
        let first = match roots.iter().any(|it| it.lists) {
            true => Weight::Few,
            false => Weight::Enough(None),
        };
        if let Some(proof) = self.ask(roots, asked, first) {
            return proof;
        }
        let not_enough = self.copies_for(add);
        let roots = write(self);
        let proof = self.ask(roots, asked, Weight::Enough(not_enough));
        proof.unwrap_or_else(|| self.undecided(None, Reason::Term))
    }

    /// Sets the numbers of copies that a question can need; why they are no proof, if they are none.
    pub(super) fn copies_for(
        &mut self,
        add: impl FnOnce(&mut Self, &mut Needs),
    ) -> Option<NotEnough> {
        self.encoder.memory.end();
        let mut needs = Needs::above(&self.needs);
        add(self, &mut needs);
        let (copies, not_enough) = match needs.is_empty() {
            true => self.alone.clone(),
            false => {
                let (mut copies, mut not_enough) =
                    self.encoder.count_copies(&needs, self.limits.copies);
                if not_enough.is_some() {
                    let most = self.limits.copies.min(UNPROVED);
                    (copies, not_enough) = self.encoder.count_copies(&needs, most);
                }
                (Arc::new(copies), not_enough)
            }
        };
        self.set_copies(&copies);
        not_enough
    }

    pub(super) fn set_copies(&mut self, copies: &Arc<Copies>) {
        if self.encoder.set_copies(copies) || self.assumes.is_empty() {
            self.assume();
        }
    }

    /// The few that are looked at first.
    pub(super) fn few() -> Arc<Copies> {
        Arc::new(Copies::of_each(FEW))
    }
}
