//! What the engine itself says about a place or a reason, in the locale.
//!
//! Details are English text, as JSON has them; those that this crate and the decoder make are known here, and a text report has
//! them in its own language. What a provider says stays as it is.

use super::places;
use super::texts::Texts;

/// Before the kind of a place that no provider reads.
pub(crate) const UNREAD: &str = "nothing here reads ";
/// Before the type of the one resource that filled a param.
pub(crate) const ONLY: &str = "the only ";
/// Before the type of the resource that would fill a param.
pub(crate) const NONE_OF: &str = "the case has no ";
/// The time of a case was over before the place was asked.
pub(crate) const TIME_OVER: &str = "the time for this case was over";

/// A person was asked.
pub(crate) const NOT_KNOWN: &str = "the person who was asked does not know";

/// The detail of a reason; empty where the reason and the place that stands beside it say the same.
pub(super) fn of_reason(texts: &Texts, detail: &str) -> String {
    if detail.starts_with(UNREAD) || detail == rulec_facts::decode::GIVEN_AS_UNKNOWN {
        return String::new();
    }
    if detail == TIME_OVER {
        return texts.word("detail-time-over");
    }
    if detail == NOT_KNOWN {
        return texts.word("detail-not-known");
    }
    let own = places::own_sentence(texts, "detail", detail);
    own.unwrap_or_else(|| of_place(texts, detail))
}

/// The place of what the case filled in.
pub(super) fn of_place(texts: &Texts, place: &str) -> String {
    for (english, key) in [(ONLY, "detail-only"), (NONE_OF, "detail-none")] {
        if let Some(kind) = place.strip_prefix(english) {
            return texts.word_with(key, &[("kind", kind)]);
        }
    }
    place.to_owned()
}
