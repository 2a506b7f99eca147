//! `.evtx` files: what of one is damaged, which log it is, and its records that fit a query.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;

use evtx::{EvtxParser, ParserSettings, SerializedEvtxRecord};
use serde_json::{Map, Value as Json};

use super::{Query, Record, document};
use crate::Finding;

/// Bytes of the head of a file, and of a chunk.
const HEAD: u64 = 4096;
const CHUNK: u64 = 1 << 16;
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

/// What a log is read from.
pub trait Bytes: Read + Seek {}

impl<T: Read + Seek> Bytes for T {}

/// A log that is opened each time when it is read: a large one is never held whole.
#[derive(Clone)]
pub struct Log(Arc<Opener>);

type Opener = dyn Fn() -> io::Result<Box<dyn Bytes>> + Send + Sync;

impl Log {
    /// That is opened so.
    pub fn lying(open: impl Fn() -> io::Result<Box<dyn Bytes>> + Send + Sync + 'static) -> Log {
        Log(Arc::new(open))
    }

    /// Whose bytes are held.
    pub fn held(bytes: Vec<u8>) -> Log {
        let bytes: Arc<[u8]> = bytes.into();
        Log::lying(move || Ok(Box::new(Cursor::new(Arc::clone(&bytes)))))
    }

    fn open(&self) -> Result<Box<dyn Bytes>, Finding> {
        (self.0)().map_err(|error| unread(&error.to_string()))
    }

    /// Chunks that are no chunks, by their first bytes, and a last one that is cut.
    pub(super) fn damage(&self) -> Vec<Finding> {
        let looked = self
            .open()
            .and_then(|from| damage(from).map_err(|error| unread(&error.to_string())));
        looked.unwrap_or_else(|finding| vec![finding])
    }

    fn parser(&self) -> Result<EvtxParser<Box<dyn Bytes>>, Finding> {
        let settings = ParserSettings::default().validate_checksums(false);
        EvtxParser::from_read_seek(self.open()?)
            .map(|it| it.with_configuration(settings))
            .map_err(|error| unread(&error.to_string()))
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Log")
    }
}

fn unread(why: &str) -> Finding {
    Finding::whole(format!("the log cannot be read: {}", one_line(why)))
}

fn damage(mut from: impl Bytes) -> io::Result<Vec<Finding>> {
    let length = from.seek(SeekFrom::End(0))?;
    let announced = match start_of::<2>(&mut from, 42)? {
        Some(bytes) if length >= 44 => u64::from(u16::from_le_bytes(bytes)),
        _ => 0,
    };
    let mut bad = 0;
    let mut cut = false;
    let starts = (0..).map(|it| (it, HEAD + it * CHUNK));
    for (number, start) in starts.take_while(|(_, start)| *start < length) {
        let chunk = start_of::<8>(&mut from, start)?;
        let empty = chunk == Some([0; 8]);
        bad += usize::from(chunk != Some(*b"ElfChnk\0") && (!empty || number < announced));
        cut |= length - start < CHUNK;
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
    Ok(findings)
}

/// So many bytes from there; none where there are fewer.
fn start_of<const N: usize>(from: &mut impl Bytes, at: u64) -> io::Result<Option<[u8; N]>> {
    let mut bytes = [0; N];
    from.seek(SeekFrom::Start(at))?;
    match from.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
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
pub(super) fn channel(log: &Log) -> Result<String, Finding> {
    let mut parser = log.parser()?;
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
pub(super) fn records(log: &Log, query: &Query, found: &mut Vec<Record>) -> Missing {
    let mut missing = Missing::default();
    let Ok(mut parser) = log.parser() else {
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
    /// Runs of numbers without a gap, each from its first to its last: of a whole log there is one.
    numbers: BTreeMap<u64, u64>,
    earliest: Option<i128>,
}

impl Extent {
    fn add(&mut self, number: u64, time: i128) {
        self.number(number);
        self.earliest = Some(self.earliest.map_or(time, |it| it.min(time)));
    }

    fn number(&mut self, number: u64) {
        let mut first = number;
        if let Some((start, end)) = self.numbers.range_mut(..=number).next_back() {
            if number <= *end {
                return;
            }
            if number - *end == 1 {
                *end = number;
                first = *start;
            }
        }
        let after = number.checked_add(1);
        let end = after.and_then(|it| self.numbers.remove(&it));
        self.numbers.insert(first, end.unwrap_or(number));
    }

    /// Why there may be records since `from` that are not in the file.
    fn missing(&self, from: Option<i128>) -> Option<&'static str> {
        let (first, _) = self.numbers.first_key_value()?;
        let late = from
            .zip(self.earliest)
            .is_some_and(|(from, earliest)| earliest > from);
        if self.numbers.len() > 1 {
            Some("the log was saved with a filter or in part: numbers of its records are missing")
        } else if late && *first > 1 {
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
        assert!(!missing(
            &[3, 1, 5, 2, 4, 3, u64::MAX - 1, u64::MAX][..6],
            3,
            None
        ));
        assert!(missing(&[1, 2, u64::MAX], 3, None));
        // A filter leaves gaps.
        assert!(missing(&[7, 9], 3, Some(5)));
        assert!(missing(&[7, 9], 3, None));
        // What was before its first record, unless that is the first of the log.
        assert!(missing(&[7, 8], 6, Some(5)));
        assert!(!missing(&[1, 2], 6, Some(5)));
    }
}
