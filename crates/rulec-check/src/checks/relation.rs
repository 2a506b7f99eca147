//! How the verdicts of two rules with the same plan lie to each other: what `duplicate-rule` and `subsumed-rule` both look at.

use rulec_program::encode::{Claim, Proof, Split, Subject as Looked, Undecided};
use rulec_program::program::{Rule, RuleId, SymptomId};

use super::proving::Proving;

/// In every admissible case, unknown facts included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// Nothing of what follows.
    None,
    /// They are equal.
    Same,
    /// Where the first is confirmed, the second is, which has all its symptoms.
    FirstWithin,
    /// The other way round.
    SecondWithin,
    /// Both: they differ only in when they are open.
    BothWithin,
}

/// How two rules lie to each other; those with different plans are not looked at.
pub fn relation(
    proving: &mut Proving<'_, '_>,
    first: RuleId,
    second: RuleId,
) -> Result<Relation, Box<Undecided>> {
    if let Some(known) = proving.relations.get(&(first, second)) {
        return known.clone();
    }
    let found = match relation_afresh(proving, first, second) {
        // Of a rule that is never confirmed that alone is said (C2).
        Ok(related) if related != Relation::None => {
            match [first, second].into_iter().find_map(|it| proving.doubt(it)) {
                Some(why) => Err(Box::new(why)),
                None => Ok(related),
            }
        }
        other => other,
    };
    proving.relations.insert((first, second), found.clone());
    found
}

fn relation_afresh(
    proving: &mut Proving<'_, '_>,
    first: RuleId,
    second: RuleId,
) -> Result<Relation, Box<Undecided>> {
    if !proving.meeting().have_one_plan(first, second)
        || !proving.is_live(first)
        || !proving.is_live(second)
    {
        return Ok(Relation::None);
    }
    let one = is_within(proving, first, second)?;
    let two = is_within(proving, second, first)?;
    if one && two {
        let any = proving.differs(Looked::Rule(first), Looked::Rule(second), Split::Any);
        if settled(any)? {
            return Ok(Relation::Same);
        }
    }
    let fewer = |a, b| {
        let (few, many) = (symptoms(proving, a), symptoms(proving, b));
        few.iter().all(|it| many.contains(it))
    };
    Ok(
        match (one && fewer(first, second), two && fewer(second, first)) {
            (true, true) => Relation::BothWithin,
            (true, _) => Relation::FirstWithin,
            (_, true) => Relation::SecondWithin,
            _ => Relation::None,
        },
    )
}

/// The rule has a cause, a rule that it overrides or a likelihood that the other one lacks.
pub fn adds_something(proving: &Proving<'_, '_>, rule: RuleId, other: RuleId) -> bool {
    let (Some(it), Some(that)) = (proving.rule(rule), proving.rule(other)) else {
        return true;
    };
    let overrides_more = proving.program.rules.iter().any(|overridden| {
        overridden.overridden_by.contains(&rule) && !overridden.overridden_by.contains(&other)
    });
    (it.cause.is_some() && it.cause != that.cause)
        || (it.likelihood.is_some() && it.likelihood != that.likelihood)
        || overrides_more
}

fn symptoms<'s>(proving: &Proving<'s, '_>, rule: RuleId) -> &'s [SymptomId] {
    proving.rule(rule).map_or(&[][..], |it: &Rule| &it.symptoms)
}

/// Where the first is confirmed, the second is.
fn is_within(
    proving: &mut Proving<'_, '_>,
    first: RuleId,
    second: RuleId,
) -> Result<bool, Box<Undecided>> {
    let claims = [
        Claim::Confirmed(first, true),
        Claim::Confirmed(second, false),
    ];
    if !settled(proving.exists(&claims))? {
        return Ok(false);
    }
    settled(proving.differs(
        Looked::Rule(first),
        Looked::Rule(second),
        Split::NotFollowed,
    ))
}

/// Nothing is possible.
fn settled(proof: Proof) -> Result<bool, Box<Undecided>> {
    match proof {
        Proof::Possible(_) => Ok(false),
        Proof::Impossible(_) => Ok(true),
        Proof::Undecided(why) => Err(Box::new(why)),
    }
}
