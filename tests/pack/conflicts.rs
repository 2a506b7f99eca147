//! `conflicts.tsv` of the pack: where the article contradicts itself, and which tests hold both sides.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A line: one test of a conflict.
#[derive(Debug)]
pub struct Conflict {
    /// From 1.
    pub number: u32,
    /// Rules of both sides.
    pub rules: Vec<String>,
    /// Name of the test.
    pub test: String,
}

/// All lines; one that has not four columns or stands there twice fails.
pub fn read(root: &Path) -> Vec<Conflict> {
    let text = fs::read_to_string(root.join("rules/azure-p2s/conflicts.tsv")).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("conflict\twhat\trules\ttest"));
    let mut seen = BTreeSet::new();
    lines
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let [number, what, rules, test] = columns[..] else {
                panic!("not four columns: {line}");
            };
            assert!(!what.is_empty(), "no words: {line}");
            assert!(seen.insert((number, test)), "twice: {line}");
            Conflict {
                number: number.parse().unwrap(),
                rules: rules.split(", ").map(str::to_owned).collect(),
                test: test.to_owned(),
            }
        })
        .collect()
}
