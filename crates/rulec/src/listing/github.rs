//! Findings as annotations of GitHub Actions: one workflow command a finding, escaped as the runner reads them back.
//!
//! `%`, carriage return and line feed are encoded everywhere, `:` and `,` in properties too, so that no name can end a property, a
//! command or a line. GitHub shows ten errors, ten warnings and ten notices of a step; the log has all.

use rulec_syntax::diagnostic::Level;

use super::entry::Entry;
use crate::harmless;

/// One line an entry.
pub fn annotations(entries: &[Entry]) -> String {
    entries.iter().map(annotation).collect()
}

fn annotation(entry: &Entry) -> String {
    let command = match entry.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note | Level::Off => "notice",
    };
    let (start, end) = (entry.region.start, entry.region.end);
    let mut properties = vec![
        ("file", entry.region.file.path.clone()),
        ("line", start.line.to_string()),
    ];
    // GitHub takes columns only where the place is within one line.
    if start.line == end.line {
        properties.push(("col", start.column.to_string()));
        properties.push(("endColumn", end.column.to_string()));
    } else {
        properties.push(("endLine", end.line.to_string()));
    }
    properties.push(("title", entry.title.clone()));
    let properties: Vec<String> = properties
        .into_iter()
        .map(|(name, value)| format!("{name}={}", property(&value)))
        .collect();
    format!(
        "::{command} {}::{}\n",
        properties.join(","),
        data(&entry.text())
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    // A line end in a name is part of it; what a terminal would obey is not.
    let text = text.replace('%', "%25");
    let text = text.replace('\r', "%0D").replace('\n', "%0A");
    harmless::line(&text)
        .replace(':', "%3A")
        .replace(',', "%2C")
}
