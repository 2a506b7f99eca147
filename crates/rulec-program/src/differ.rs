//! What two programs say differently: for each symptom, the cases that gain, lose or change their confirmed causes, each with a case that
//! shows it; that nothing differs is proved.
//!
//! Both programs become one of derived facts over the facts of both ([`merge`]), so that a difference is a question like any other. What
//! is found is replayed by [`crate::decide`] in both programs before it is told. Only total states that the assumptions of both admit are looked at.

mod case;
mod merge;
mod outline;
mod shapes;

use crate::encode::{Claim, Limits, Proof, Prover, Reason, Undecided};
use crate::node::{NodeId, Place};
use crate::seal::{SealError, Sealed};

pub use case::DifferingCase;
pub use outline::Outline;

use merge::{Merged, Pair};

/// What differs between two programs.
#[derive(Debug, Clone)]
pub struct Difference {
    /// Symptoms in order of name, rules without one last; only those of which something is to be said.
    pub buckets: Vec<Bucket>,
    /// What differs besides verdicts, and what could keep them from being compared.
    pub outline: Outline,
    /// No case is admitted by the assumptions of both, so that nothing can be compared.
    pub contradictory: bool,
    /// Rules and symptoms that were compared.
    pub compared: usize,
}

/// What is to be said of a symptom.
#[derive(Debug, Clone)]
pub struct Bucket {
    /// Its name; none for rules without a symptom.
    pub symptom: Option<String>,
    /// What was found, in order of rule.
    pub changes: Vec<Change>,
    /// What could not be told, in order of rule.
    pub open: Vec<Open>,
}

/// What becomes of the causes of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// It had none, and has some.
    Gain,
    /// It had some, and has none.
    Lose,
    /// It has others.
    Change,
}

/// A case whose confirmed causes are not the same.
#[derive(Debug, Clone)]
pub struct Change {
    /// What becomes of them.
    pub kind: Kind,
    /// The rule that is confirmed by one program and not by the other.
    pub rule: String,
    /// Rules that the old program certainly confirms, by name.
    pub before: Vec<String>,
    /// Those of the new one.
    pub after: Vec<String>,
    /// The case.
    pub case: DifferingCase,
}

/// A question that could not be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// What it was about.
    pub rule: String,
    /// Why.
    pub why: Why,
}

/// Why something could not be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// A limit, or a term outside what is decided; the place is one of the old program, or (true) of the new one.
    Prover(Reason, Option<(bool, Place)>),
    /// A fact that it depends on has another type in the other program.
    OtherType(String),
}

/// Compares two programs.
///
/// # Errors
/// They cannot be put together: a fault of this tool.
pub fn difference(
    old: &Sealed,
    new: &Sealed,
    limits: Limits,
) -> Result<Difference, Vec<SealError>> {
    let merged = merge::merge(old, new)?;
    let mut difference = Difference {
        buckets: Vec::new(),
        outline: outline::outline(&merged),
        contradictory: false,
        compared: merged.compared,
    };
    // What is written alike is alike in every case: there is nothing to ask.
    if merged.buckets.is_empty() {
        return Ok(difference);
    }
    let mut asking = Asking {
        prover: Prover::new(&merged.program, limits),
        merged: &merged,
        old,
        new,
    };
    difference.contradictory = matches!(asking.prover.admissible(), Proof::Impossible(_));
    if difference.contradictory {
        return Ok(difference);
    }
    for bucket in &merged.buckets {
        let mut told = Bucket {
            symptom: bucket.symptom.clone(),
            changes: Vec::new(),
            open: Vec::new(),
        };
        for pair in &bucket.pairs {
            asking.compare(pair, (bucket.any_old, bucket.any_new), &mut told);
        }
        if !told.changes.is_empty() || !told.open.is_empty() {
            difference.buckets.push(told);
        }
    }
    Ok(difference)
}

struct Asking<'a> {
    prover: Prover<'a>,
    merged: &'a Merged,
    old: &'a Sealed,
    new: &'a Sealed,
}

impl Asking<'_> {
    /// A rule of a symptom: first whether it differs at all, then in which ways.
    fn compare(&mut self, pair: &Pair, any: (NodeId, NodeId), bucket: &mut Bucket) {
        let sides = [
            (pair.gained, any.0, Kind::Gain),
            (pair.lost, any.1, Kind::Lose),
        ];
        for (differs, others, alone) in sides {
            let Some(differs) = differs else { continue };
            if matches!(
                self.prover.possible(&[Claim::Condition(differs, true)]),
                Proof::Impossible(_)
            ) {
                continue;
            }
            for (kind, among) in [(alone, false), (Kind::Change, true)] {
                if kind == Kind::Change && bucket.has(&pair.rule, kind) {
                    continue;
                }
                let claims = [
                    Claim::Condition(differs, true),
                    Claim::Condition(others, among),
                ];
                match self.told(pair, kind, &claims, bucket) {
                    Ok(Some(change)) => bucket.changes.push(change),
                    Ok(None) => {}
                    Err(why) => {
                        let why = Open {
                            rule: pair.rule.clone(),
                            why,
                        };
                        if !bucket.open.contains(&why) {
                            bucket.open.push(why);
                        }
                    }
                }
            }
        }
    }

    fn told(
        &mut self,
        pair: &Pair,
        kind: Kind,
        claims: &[Claim],
        bucket: &Bucket,
    ) -> Result<Option<Change>, Why> {
        let found = match self.prover.possible(claims) {
            Proof::Impossible(_) => return Ok(None),
            Proof::Undecided(why) => return Err(self.why(&why)),
            Proof::Possible(found) => found,
        };
        // Two facts stand for the one: values of one say nothing about the other.
        if let Some(fact) = &pair.other_type {
            return Err(Why::OtherType(fact.clone()));
        }
        let witness = self.prover.witness(&found).map_err(|why| self.why(&why))?;
        let case = DifferingCase::of(self.merged, &witness);
        let symptom = bucket.symptom.as_deref();
        let before = case.causes(self.old, symptom);
        let after = case.causes(self.new, symptom);
        let change = Change {
            kind,
            rule: pair.rule.clone(),
            before: before.confirmed.clone(),
            after: after.confirmed.clone(),
            case,
        };
        let does = match kind {
            Kind::Gain => before.is_none() && !after.confirmed.is_empty(),
            Kind::Lose => after.is_none() && !before.confirmed.is_empty(),
            Kind::Change => {
                let known = |a: &case::Causes, b: &case::Causes| {
                    a.confirmed.contains(&pair.rule) && b.denies(&pair.rule)
                };
                let differ = known(&before, &after) || known(&after, &before);
                differ && !before.confirmed.is_empty() && !after.confirmed.is_empty()
            }
        };
        match does {
            true => Ok(Some(change)),
            false => Err(Why::Prover(Reason::Replay, None)),
        }
    }

    fn why(&self, why: &Undecided) -> Why {
        Why::Prover(why.reason, why.place.map(|it| self.merged.place(it)))
    }
}

impl Bucket {
    fn has(&self, rule: &str, kind: Kind) -> bool {
        self.changes
            .iter()
            .any(|it| it.rule == rule && it.kind == kind)
    }
}
