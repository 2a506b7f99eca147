//! Simple Unicode case folding (clause T4).

use std::borrow::Cow;

use icu_casemap::CaseMapper;

/// The folded text, or none where folding changes nothing.
pub fn fold(text: &str) -> Option<String> {
    if text
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        return None;
    }
    if text.is_ascii() {
        return Some(text.to_ascii_lowercase());
    }
    let mapper = CaseMapper::new();
    let folded: String = text.chars().map(|c| mapper.simple_fold(c)).collect();
    (folded != text).then_some(folded)
}

/// Both texts are the same but for case.
pub fn same(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        return one.eq_ignore_ascii_case(other);
    }
    let folded = |text| fold(text).map_or(Cow::Borrowed(text), Cow::Owned);
    folded(one) == folded(other)
}
