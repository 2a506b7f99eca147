//! `windows command "dsregcmd /status"`: labels with values, which this command never translates.

use serde_json::{Map, Value as Json};

use crate::secrets;

/// The command as clauses name it.
pub const COMMAND: &str = "dsregcmd /status";

/// Labels that every output has.
const SURE: &[&str] = &["AzureAdJoined", "DomainJoined"];

/// The values by label; none for a text that is no output of this command. Of a label that stands twice the first counts.
pub fn read(text: &str) -> Option<Json> {
    let mut values = Map::new();
    for line in text.lines() {
        let Some((label, value)) = line.split_once(" : ") else {
            continue;
        };
        let (label, value) = (label.trim(), value.trim());
        if label.is_empty() || label.contains(' ') {
            continue;
        }
        let kept = match secrets::is_secret(label) {
            true => secrets::hidden(),
            false => Json::String(value.to_owned()),
        };
        values.entry(label.to_owned()).or_insert(kept);
    }
    let whole = SURE.iter().all(|it| values.contains_key(*it));
    whole.then_some(Json::Object(values))
}
