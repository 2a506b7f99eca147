//! How far one slot has come: what was given, which sources have failed and why, what settled it (S1 to S4).

use std::sync::Arc;

use rulec_facts::provider::Provenance;
use rulec_facts::reason::{Reason, Reasons, Why};
use rulec_facts::types::Type;
use rulec_facts::value::{Partial, Value};
use rulec_program::program::Slot;

/// A slot of the case.
#[derive(Debug, Clone, Default)]
pub(crate) struct Progress {
    /// The source to try next.
    pub(crate) next: usize,
    /// Sources that left it unknown, in order.
    pub(crate) failures: Vec<Failure>,
    /// What was kept of an earlier search: it stands in place of all sources.
    pub(crate) kept: Option<(Partial, Provenance)>,
    /// What ended the search.
    pub(crate) settled: Option<(Partial, Provenance)>,
    /// Fields that were given one by one.
    pub(crate) parts: Vec<PartGiven>,
    /// A person was asked.
    pub(crate) asked: bool,
    /// Fields for which a person was asked.
    pub(crate) asked_fields: Vec<Vec<u32>>,
    /// Its next source waits for a fact that only a person knows.
    pub(crate) blocked: Option<Reasons>,
}

/// A source that left a fact unknown.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    pub(crate) reasons: Reasons,
    pub(crate) from: Provenance,
}

/// A field that was given.
#[derive(Debug, Clone)]
pub(crate) struct PartGiven {
    pub(crate) path: Vec<u32>,
    pub(crate) value: Partial,
    pub(crate) from: Provenance,
}

impl Progress {
    /// Somebody gave it, or some source was tried.
    pub(crate) fn touched(&self) -> bool {
        self.settled.is_some()
            || !self.failures.is_empty()
            || !self.parts.is_empty()
            || self.blocked.is_some()
    }

    /// What is known of it now.
    pub(crate) fn value(&self, slot: &Slot) -> Partial {
        let base = self.value_of_whole(slot);
        self.parts.iter().fold(base, |base, part| {
            lay_over(base, &slot.ty, &part.path, &part.value, slot)
        })
    }

    /// The same without what was given of its fields.
    pub(crate) fn value_of_whole(&self, slot: &Slot) -> Partial {
        match &self.settled {
            Some((value, _)) => value.clone(),
            None => Partial::Unknown(self.reasons(slot)),
        }
    }

    /// Where the value came from; of an unknown one, the first place that did not answer `unsupported`.
    pub(crate) fn source(&self) -> Option<Provenance> {
        if let Some((_, from)) = &self.settled {
            return Some(from.clone());
        }
        let unsupported = |it: &&Failure| it.reasons.iter().all(|it| it.why == Why::Unsupported);
        self.failures
            .iter()
            .find(|it| !unsupported(it))
            .or(self.failures.first())
            .map(|it| it.from.clone())
            .or_else(|| self.parts.first().map(|it| it.from.clone()))
    }

    /// Where the part at that path (`p2s.roots[2].data`) came from: the field that was given there, else the fact's own place.
    pub(crate) fn source_at(&self, slot: &Slot, path: &str) -> Option<Provenance> {
        let given = self.parts.iter().find(|part| {
            let name = path_text(&slot.ty, &part.path);
            path.strip_prefix(name.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        });
        given
            .map(|part| part.from.clone())
            .or_else(|| self.source())
    }

    /// Every reason in order (S4).
    fn reasons(&self, slot: &Slot) -> Reasons {
        let mut all: Vec<Reason> = Vec::new();
        let failed = self.failures.iter().flat_map(|it| it.reasons.iter());
        let blocked = self.blocked.iter().flat_map(|it| it.iter());
        for reason in failed.chain(blocked) {
            if !all.contains(reason) {
                all.push(reason.clone());
            }
        }
        match all.is_empty() {
            true => not_collected(slot, ""),
            false => Arc::from(all),
        }
    }
}

/// Names of fields, with dots.
pub(crate) fn path_text(ty: &Type, path: &[u32]) -> String {
    let mut names: Vec<&str> = Vec::new();
    let mut ty = ty;
    for at in path {
        let Some(field) = ty.record().and_then(|it| it.fields.get(*at as usize)) else {
            break;
        };
        names.push(&field.name);
        ty = &field.ty;
    }
    names.join(".")
}

/// Unknown because nobody looked.
pub(crate) fn not_collected(slot: &Slot, detail: &str) -> Reasons {
    Arc::from([Reason {
        fact: slot.named.name.clone(),
        why: Why::NotCollected,
        detail: Arc::from(detail),
    }])
}

/// Puts a value at a path of fields into what is known of the whole; the other fields stay as known as before.
pub(crate) fn lay_over(
    base: Partial,
    ty: &Type,
    path: &[u32],
    value: &Partial,
    slot: &Slot,
) -> Partial {
    let Some((first, rest)) = path.split_first() else {
        return value.clone();
    };
    let Some(record) = ty.record() else {
        return base;
    };
    let count = record.fields.len();
    let mut fields: Vec<Partial> = match base {
        Partial::Known(Value::Record(fields)) => fields.to_vec(),
        Partial::Unknown(reasons) => vec![Partial::Unknown(reasons); count],
        Partial::Known(_) => return base,
        Partial::Absent => record
            .fields
            .iter()
            .map(|field| match field.ty.optional {
                true => Partial::Absent,
                false => Partial::Unknown(not_collected(
                    slot,
                    "its record is absent, yet a field of it was given",
                )),
            })
            .collect(),
    };
    if let (Some(place), Some(field)) = (
        fields.get_mut(*first as usize),
        record.fields.get(*first as usize),
    ) {
        let old = std::mem::replace(place, Partial::Absent);
        *place = lay_over(old, &field.ty, rest, value, slot);
    }
    Partial::Known(Value::Record(Arc::from(fields)))
}
