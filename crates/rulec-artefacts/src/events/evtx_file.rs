//! `.evtx` files: what of one is damaged, which log it is, and its records that fit a query.

use std::collections::BTreeSet;
use std::io::Cursor;

use evtx::{EvtxParser, ParserSettings, SerializedEvtxRecord};
use serde_json::{Map, Value as Json};

use super::{Query, Record, document};
use crate::Finding;

/// Bytes of the head of a file, and of a chunk.
const HEAD: usize = 4096;
const CHUNK: usize = 1 << 16;
/// Records that are looked at to learn the name of the log; some have none.
const FIRST: usize = 200;
/// Most records of an answer.
const MOST: usize = 10_000;
/// Deepest element of the user's own data that is looked into.
const DEEPEST: usize = 16;

/// Whether a file begins as a log does.
pub fn is_evtx(bytes: &[u8]) -> bool {
    bytes.starts_with(b"ElfFile\0")
}

/// Chunks that are no chunks, by their first bytes, and a last one that is cut.
pub(super) fn damage(bytes: &[u8]) -> Vec<Finding> {
    let announced = bytes.get(42..44).map_or(0, |it| {
        it.iter()
            .rev()
            .fold(0_usize, |all, byte| all << 8 | usize::from(*byte))
    });
    let chunks = bytes.get(HEAD..).unwrap_or(&[]).chunks(CHUNK);
    let mut bad = 0;
    let mut cut = false;
    for (at, chunk) in chunks.enumerate() {
        let empty = chunk.iter().take(8).all(|byte| *byte == 0);
        bad += usize::from(!chunk.starts_with(b"ElfChnk\0") && (!empty || at < announced));
        cut |= chunk.len() < CHUNK;
    }
    let mut findings = Vec::new();
    if bad > 0 {
        findings.push(Finding::whole(format!(
            "{bad} chunks of the log are damaged; the others are read"
        )));
    }
    if cut {
        findings.push(Finding::whole(
            "the last chunk of the log is cut; its records are read as far as they go",
        ));
    }
    findings
}

fn parser(bytes: &[u8]) -> Result<EvtxParser<Cursor<&[u8]>>, Finding> {
    let settings = ParserSettings::default().validate_checksums(false);
    EvtxParser::from_read_seek(Cursor::new(bytes))
        .map(|it| it.with_configuration(settings))
        .map_err(|error| {
            Finding::whole(format!(
                "the log cannot be read: {}",
                one_line(&error.to_string())
            ))
        })
}

fn one_line(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(200)
        .collect()
}

/// The name of the log, as its records say.
pub(super) fn channel(bytes: &[u8]) -> Result<String, Finding> {
    let mut parser = parser(bytes)?;
    let mut records = parser.records_json_value().take(FIRST).flatten();
    records
        .find_map(|record| {
            record
                .data
                .pointer("/Event/System/Channel")?
                .as_str()
                .map(str::to_owned)
        })
        .ok_or_else(|| Finding::whole("no record says which log this is"))
}

/// What a saved log does not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Missing {
    /// Places that could not be read, each a record or a chunk of many.
    pub lost: usize,
    /// More records fit than are kept.
    pub over: bool,
    /// Records that the log had were not saved.
    pub part: Option<&'static str>,
}

/// Adds the records that fit; returns what the file does not tell.
pub(super) fn records(bytes: &[u8], query: &Query, found: &mut Vec<Record>) -> Missing {
    // What the parser passes over without a word, `damage` sees.
    let mut missing = Missing {
        lost: damage(bytes).len(),
        ..Missing::default()
    };
    let Ok(mut parser) = parser(bytes) else {
        missing.lost += 1;
        return missing;
    };
    let from = query.from;
    let all = parser.serialized_records(move |record| {
        let record = record?;
        let (number, time) = (record.event_record_id, record.timestamp.as_nanosecond());
        // The rendering costs most; what is too old is not rendered.
        let shown = match from.is_some_and(|from| time < from) {
            true => None,
            false => Some(record.into_json_value()?),
        };
        Ok((number, time, shown))
    });
    let mut extent = Extent::default();
    for record in all {
        let Ok((number, time, shown)) = record else {
            missing.lost += 1;
            continue;
        };
        extent.add(number, time);
        if let Some(record) = shown.map(|it| read(it.into())).filter(|it| query.wants(it)) {
            match found.len() < MOST {
                true => found.push(record),
                false => missing.over = true,
            }
        }
    }
    missing.part = extent.missing(from);
    missing
}

/// The numbers and the earliest time of the records of a file; a log numbers its records from 1 without a gap.
#[derive(Default)]
struct Extent {
    numbers: BTreeSet<u64>,
    earliest: Option<i128>,
}

impl Extent {
    fn add(&mut self, number: u64, time: i128) {
        self.numbers.insert(number);
        self.earliest = Some(self.earliest.map_or(time, |it| it.min(time)));
    }

    /// Why there may be records since `from` that are not in the file.
    fn missing(&self, from: Option<i128>) -> Option<&'static str> {
        let (first, last) = (*self.numbers.first()?, *self.numbers.last()?);
        let late = from
            .zip(self.earliest)
            .is_some_and(|(from, earliest)| earliest > from);
        if last - first >= self.numbers.len() as u64 {
            Some("the log was saved with a filter or in part: numbers of its records are missing")
        } else if late && first > 1 {
            Some("the saved log begins later than what is asked for")
        } else {
            None
        }
    }
}

/// A record as it was taken out of a log.
pub(super) struct Taken {
    /// `Event`, with its attributes as `#attributes` and its text as `#text`.
    pub data: Json,
    /// Its number in the log.
    pub number: Option<u64>,
    /// When it was written, RFC 3339, and in nanoseconds since 1970.
    pub stamp: String,
    pub nanoseconds: i128,
}

impl From<SerializedEvtxRecord<Json>> for Taken {
    fn from(record: SerializedEvtxRecord<Json>) -> Taken {
        Taken {
            data: record.data,
            number: Some(record.event_record_id),
            stamp: record.timestamp.to_string(),
            nanoseconds: record.timestamp.as_nanosecond(),
        }
    }
}

pub(super) fn read(record: Taken) -> Record {
    let event = record.data.get("Event");
    let system = event.and_then(|it| it.get("System"));
    let field = |name: &str| system.and_then(|it| it.get(name));
    let provider = field("Provider").and_then(|it| it.get("#attributes"));
    let names = ["Name", "EventSourceName"].iter();
    let providers: Vec<String> = names
        .filter_map(|name| provider?.get(*name)?.as_str())
        .map(str::to_owned)
        .collect();
    let id = field("EventID")
        .and_then(|it| it.get("#text").unwrap_or(it).as_i64())
        .unwrap_or(-1);
    let mut strings = Vec::new();
    let mut data = Map::new();
    if let Some(inside) = event.and_then(|it| it.get("EventData")) {
        event_data(inside, &mut strings, &mut data);
    }
    if let Some(inside) = event.and_then(|it| it.get("UserData")) {
        user_data(inside, &mut strings, &mut data, 0);
    }
    let level = field("Level").cloned().unwrap_or(Json::Null);
    Record {
        document: document(&providers, id, level, record.stamp.into(), strings, data),
        providers,
        id,
        number: record.number,
        time: Some((record.nanoseconds, 0)),
    }
}

/// Insertion strings without names (`Data`), or data by name; the position of both counts.
fn event_data(inside: &Json, strings: &mut Vec<String>, data: &mut Map<String, Json>) {
    let Some(object) = inside.as_object() else {
        return;
    };
    for (name, value) in object {
        let value = value.get("#text").unwrap_or(value);
        match (name.as_str(), value) {
            ("#attributes", _) => {}
            ("Data", Json::Array(all)) => strings.extend(all.iter().map(text)),
            ("Data", Json::Null) => {}
            ("Data", one) => strings.push(text(one)),
            ("Binary", one) => _ = data.insert("Binary".to_owned(), one.clone()),
            (_, one) => {
                strings.push(text(one));
                data.insert(name.clone(), one.clone());
            }
        }
    }
}

/// The user's own elements by their names, and their attributes as `NAME@ATTRIBUTE`; of equal names the first counts.
fn user_data(inside: &Json, strings: &mut Vec<String>, data: &mut Map<String, Json>, depth: usize) {
    let Some(object) = inside.as_object().filter(|_| depth < DEEPEST) else {
        return;
    };
    // Its attributes were taken with its name; `xmlns` is one.
    for (name, value) in object.iter().filter(|(name, _)| *name != "#attributes") {
        let several = std::slice::from_ref(value);
        for value in value.as_array().map_or(several, Vec::as_slice) {
            let attributes = value.get("#attributes").and_then(Json::as_object);
            for (attribute, value) in attributes.into_iter().flatten() {
                data.entry(format!("{name}@{attribute}"))
                    .or_insert_with(|| value.clone());
            }
            match value.get("#text").unwrap_or(value) {
                Json::Object(_) => user_data(value, strings, data, depth + 1),
                Json::Null | Json::Array(_) => {}
                leaf => {
                    strings.push(text(leaf));
                    data.entry(name.clone()).or_insert_with(|| leaf.clone());
                }
            }
        }
    }
}

fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::Extent;

    fn missing(numbers: &[u64], earliest: i128, from: Option<i128>) -> bool {
        let mut extent = Extent::default();
        for number in numbers {
            extent.add(*number, earliest);
        }
        extent.missing(from).is_some()
    }

    #[test]
    fn a_log_with_gaps_or_that_begins_too_late_is_a_part() {
        assert!(!missing(&[], 0, Some(5)));
        assert!(!missing(&[7, 8, 9], 3, Some(5)));
        assert!(!missing(&[9, 8, 8, 7], 3, None));
        // A filter leaves gaps.
        assert!(missing(&[7, 9], 3, Some(5)));
        assert!(missing(&[7, 9], 3, None));
        // What was before its first record, unless that is the first of the log.
        assert!(missing(&[7, 8], 6, Some(5)));
        assert!(!missing(&[1, 2], 6, Some(5)));
    }
}
