//! `causes.tsv` of the pack: one line a cause, with its rule or the reason why it has none.

use std::fs;
use std::path::Path;

/// A line.
#[derive(Debug)]
pub struct Cause {
    /// `S03`.
    pub entry: String,
    /// In the words of the list.
    #[allow(dead_code, reason = "shown where the line is at fault")]
    pub words: String,
    /// Its rule.
    pub rule: Option<String>,
    /// More about it; the reason where there is no rule.
    pub note: String,
}

/// All lines; a line that has not four columns or stands there twice fails.
pub fn read(root: &Path) -> Vec<Cause> {
    let text = fs::read_to_string(root.join("rules/azure-p2s/causes.tsv")).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("scenario\tcause\trule\tnote"));
    let mut seen = std::collections::BTreeSet::new();
    lines
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let [entry, words, rule, note] = columns[..] else {
                panic!("not four columns: {line}");
            };
            assert!(!words.is_empty(), "no cause: {line}");
            assert!(seen.insert((entry, words, rule)), "twice: {line}");
            Cause {
                entry: entry.to_owned(),
                words: words.to_owned(),
                rule: (!rule.is_empty()).then(|| rule.to_owned()),
                note: note.to_owned(),
            }
        })
        .collect()
}
