//! The wall clock, for a case that is opened now.

/// Now, RFC 3339, whole seconds, UTC.
pub fn now() -> String {
    let now = jiff::Timestamp::now();
    let whole = jiff::Timestamp::from_second(now.as_second()).unwrap_or(now);
    whole.to_string()
}
