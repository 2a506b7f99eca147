//! `windows command "dsregcmd /status"`: labels with values, which this command never translates.

use rulec_facts::reason::Why;
use rulec_facts::untold;
use serde_json::{Map, Value as Json};

use crate::secrets;

/// The command as clauses name it.
pub const COMMAND: &str = "dsregcmd /status";

/// Labels that every output has.
const SURE: &[&str] = &["AzureAdJoined", "DomainJoined"];

/// The values by label; none for a text that is no output of this command. Which labels are printed depends on the version and on the
/// state, and nothing marks the end of the output: a label that a saved text does not have is not told.
pub fn read(text: &str) -> Option<Json> {
    let mut values = values(text)?;
    let detail = "the saved output has no such label, and may be cut";
    untold::rest(&mut values, Why::NotCollected, detail);
    Some(Json::Object(values))
}

/// The values of an output that is known to be whole. Of a label that stands twice the first counts.
pub fn values(text: &str) -> Option<Map<String, Json>> {
    let mut values = Map::new();
    for line in text.lines() {
        let Some((label, value)) = line.split_once(" : ") else {
            continue;
        };
        let (label, value) = (label.trim(), value.trim());
        if label.is_empty() {
            continue;
        }
        let mut kept = Json::String(value.to_owned());
        secrets::hide_member(label, &mut kept);
        values.entry(label.to_owned()).or_insert(kept);
    }
    SURE.iter()
        .all(|it| values.contains_key(*it))
        .then_some(values)
}
