//! Simple Unicode case folding (clause T4).

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
