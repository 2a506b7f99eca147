//! A case kept as what was known of it: facts by name with their values, the reasons of what was unknown, and where each was read.
//!
//! A case read back from that settles what it settled before: the same facts are looked for, in the same order, but what was kept of
//! one stands in place of its answers. Nothing here says what of it may be told to whom.

use rulec_facts::decode::decode_kept;
use rulec_facts::provider::Provenance;
use rulec_facts::reason::Why;
use rulec_facts::types::Type;
use rulec_facts::value::Partial;
use rulec_facts::written;
use rulec_program::node::SlotId;
use rulec_program::program::Slot;
use rulec_program::seal::Sealed;
use serde_json::{Value as Json, json};

use crate::case::{CLOCK, Case, GivenSlot, split_name};
use crate::progress::{Failure, path_text};
use crate::session::Session;

/// Kinds of provenance of what is there before anything is looked for.
const AT_FIRST: &[&str] = &["given", "ask", "case", CLOCK];

/// What was known of one fact, or of a field of one that was given by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Full name.
    pub name: String,
    /// As [`rulec_facts::written::kept`] writes it.
    pub value: Json,
    /// Where it was read.
    pub from: Provenance,
}

/// The same, typed.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptSlot {
    /// The fact.
    pub slot: SlotId,
    /// Numbers of fields from the outermost; empty for the fact as a whole.
    pub path: Vec<u32>,
    /// What was known.
    pub value: Partial,
    /// Where it was read.
    pub from: Provenance,
}

/// What a person said of symptoms, and what of facts a person did not know: name, and the answer if there was one.
pub type SaidOf = Vec<(String, Option<bool>)>;

impl Kept {
    /// It is there before anything is looked for.
    pub(crate) fn is_first(&self) -> bool {
        AT_FIRST.contains(&self.from.kind.as_str())
    }
}

impl KeptSlot {
    /// To be written.
    pub fn named(&self, program: &Sealed) -> Option<Kept> {
        let slot = program.slots.get(self.slot.0 as usize)?;
        Some(Kept {
            name: self.name(program)?,
            value: written::kept(&self.value, type_at(slot, &self.path)?.0)?,
            from: self.from.clone(),
        })
    }

    /// Nothing is known of it because nobody looked, or nobody here can read its places: another machine still may, or a file that is added.
    pub fn is_uncollected(&self) -> bool {
        let nobody = |why: Why| matches!(why, Why::Unsupported | Why::NotCollected);
        matches!(&self.value, Partial::Unknown(reasons) if reasons.iter().all(|it| nobody(it.why)))
    }

    /// Full name, with its pack where two have the same.
    pub fn name(&self, program: &Sealed) -> Option<String> {
        let slot = program.slots.get(self.slot.0 as usize)?;
        Some(full_name(program, slot, &self.path))
    }

    /// The type of the part, and whether the pack declares it, or something around it, as secret.
    pub fn ty<'p>(&self, program: &'p Sealed) -> Option<(&'p Type, bool)> {
        type_at(program.slots.get(self.slot.0 as usize)?, &self.path)
    }
}

fn full_name(program: &Sealed, slot: &Slot, path: &[u32]) -> String {
    let ambiguous = program.slot_named(&slot.named.name).is_none();
    let name = program.shown_name(&slot.named, ambiguous);
    match path.is_empty() {
        true => name,
        false => format!("{name}.{}", path_text(&slot.ty, path)),
    }
}

fn type_at<'p>(slot: &'p Slot, path: &[u32]) -> Option<(&'p Type, bool)> {
    let (mut ty, mut secret) = (&slot.ty, slot.secret);
    for at in path {
        let field = ty.record()?.fields.get(*at as usize)?;
        ty = &field.ty;
        secret |= field.secret;
    }
    Some((ty, secret))
}

impl Case {
    /// Names that this pack does not have are passed over: another version of it has kept them.
    pub(crate) fn take_kept(&mut self, program: &Sealed, all: &[Kept]) {
        for kept in all {
            let Some(slot) = typed(program, kept) else {
                continue;
            };
            let same = |it: &GivenSlot| it.slot == slot.slot && it.path == slot.path;
            if self.given.iter().any(same) {
                continue;
            }
            match kept.is_first() {
                true => self.given.push(GivenSlot {
                    slot: slot.slot,
                    path: slot.path,
                    value: slot.value,
                    from: slot.from,
                }),
                false => self.kept.push(slot),
            }
        }
    }
}

fn typed(program: &Sealed, kept: &Kept) -> Option<KeptSlot> {
    let (id, slot, rest) = split_name(program, &kept.name).ok()?;
    let mut path = Vec::new();
    let mut ty = &slot.ty;
    for word in rest {
        let (at, field) = ty.record()?.field(word)?;
        path.push(u32::try_from(at).ok()?);
        ty = &field.ty;
    }
    Some(KeptSlot {
        slot: id,
        path,
        value: decode_kept(&slot.named.name, ty, &kept.value),
        from: kept.from.clone(),
    })
}

impl Session<'_> {
    /// What is known of every fact that somebody gave or that was looked for.
    pub fn kept(&self) -> Vec<KeptSlot> {
        let mut all = Vec::new();
        for (number, (slot, progress)) in (0u32..).zip(self.program.slots.iter().zip(&self.slots)) {
            let kept = |path: &[u32], value: &Partial, from: &Provenance| KeptSlot {
                slot: SlotId(number),
                path: path.to_vec(),
                value: value.clone(),
                from: from.clone(),
            };
            match &progress.settled {
                Some((value, from)) => all.push(kept(&[], value, from)),
                None if !progress.failures.is_empty() => {
                    let from = progress.source().unwrap_or_default();
                    let value = progress.value_of_whole(slot);
                    all.push(kept(&[], &value, &from));
                }
                None => {}
            }
            let parts = progress.parts.iter();
            all.extend(parts.map(|it| kept(&it.path, &it.value, &it.from)));
        }
        all
    }

    /// What a person said beside values of facts.
    pub fn said(&self) -> SaidOf {
        let mut all = SaidOf::new();
        for (number, symptom) in (0u32..).zip(&self.program.symptoms) {
            let id = rulec_program::program::SymptomId(number);
            let answer = self.state.answered(id);
            if answer.is_some() || self.unsure.contains(&id) {
                let ambiguous = self.program.symptom_named(&symptom.named.name).is_none();
                all.push((self.program.shown_name(&symptom.named, ambiguous), answer));
            }
        }
        for (slot, progress) in self.program.slots.iter().zip(&self.slots) {
            let fields = progress.asked_fields.iter().map(Vec::as_slice);
            let whole = progress.asked.then_some(&[][..]);
            for path in whole.into_iter().chain(fields) {
                all.push((full_name(self.program, slot, path), None));
            }
        }
        all
    }
}

/// A line of `answers.jsonl`.
pub fn said_line((name, answer): &(String, Option<bool>)) -> String {
    let line = match answer {
        Some(answer) => json!({ "name": name, "answer": answer }),
        None => json!({ "name": name, "unknown": true }),
    };
    line.to_string()
}

/// The end of the search for a fact: its places are not read, what was kept of them stands.
pub(crate) fn apply(
    kept: (Partial, Provenance),
    sources: usize,
    progress: &mut crate::progress::Progress,
) {
    progress.next = sources;
    match kept {
        (Partial::Unknown(reasons), from) => progress.failures.push(Failure { reasons, from }),
        settled => progress.settled = Some(settled),
    }
}
