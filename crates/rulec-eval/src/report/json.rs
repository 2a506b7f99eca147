//! The report as JSON, format 1. The schema is `book/src/reference/report.schema.json`; the order of everything is part of the promise.

use super::Report;

/// One line, for batches and tools.
pub fn line(report: &Report) -> String {
    serde_json::to_string(report).unwrap_or_else(|error| failed(&error))
}

/// Indented, for people who look at it.
pub fn pretty(report: &Report) -> String {
    serde_json::to_string_pretty(report).unwrap_or_else(|error| failed(&error))
}

/// A report holds texts, numbers and lists only; should that ever change, the line still says so.
fn failed(error: &serde_json::Error) -> String {
    serde_json::json!({ "format": super::FORMAT, "error": error.to_string() }).to_string()
}
