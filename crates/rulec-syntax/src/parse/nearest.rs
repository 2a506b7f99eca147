//! The nearest of a few known words.

/// Longest word for which a nearest one is looked for.
const LONGEST: usize = 40;

/// The known word that a misspelt one most probably means; upper and lower case count as equal.
pub(super) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    if word.len() > LONGEST {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    // One slip for short words, two for longer ones.
    let most = if word.len() < 5 { 1 } else { 2 };
    known
        .into_iter()
        .filter(|candidate| *candidate != word)
        .map(|candidate| (strsim::damerau_levenshtein(&lower, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= most && *distance < candidate.len())
        .min()
        .map(|(_, candidate)| candidate)
}
