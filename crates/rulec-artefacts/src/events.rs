//! `windows events` from saved logs: `.evtx` files, and lists that PowerShell printed.
//!
//! A log is read when it is asked, chunk by chunk, so that a large one costs no more room than the records that were asked for. What `since`,
//! `newest`, provider and IDs leave out is left out here, as the live log does.

mod evtx_file;
mod printed;
mod xml_record;

use std::collections::BTreeSet;

use rulec_facts::literal;
use rulec_facts::provider::{Answer, Provenance};
use rulec_facts::reason::Why;
use rulec_facts::untold;
use serde_json::{Map, Value as Json, json};

use crate::{Finding, secrets};

pub use evtx_file::{Bytes, Log, is_evtx};
pub use printed::{from_json, from_list, is_list};
pub use xml_record::from_xml;

/// Nanoseconds of a day.
const DAY: i128 = 86_400 * 1_000_000_000;

/// What is asked of a log.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// The provider that wrote the records, without case.
    pub provider: String,
    /// Their IDs.
    pub ids: Vec<i64>,
    /// Nothing older, nanoseconds since 1970.
    pub from: Option<i128>,
    /// Only so many, the newest.
    pub newest: Option<usize>,
}

impl Query {
    /// The words and values after the locator.
    ///
    /// # Errors
    /// A duration, time or number that is none.
    pub fn of(arguments: &[(String, Vec<String>)]) -> Result<Query, String> {
        let mut query = Query::default();
        let (mut since, mut now) = (None, None);
        for (word, values) in arguments {
            let first = values.first().map_or("", String::as_str);
            match word.as_str() {
                "provider" => query.provider = first.to_owned(),
                "id" => {
                    let ids = values.iter().map(|it| it.trim().parse::<i64>());
                    query.ids = ids
                        .collect::<Result<_, _>>()
                        .map_err(|_| "an event ID is no number")?;
                }
                "since" => since = Some(literal::duration(first)?),
                "now" => now = Some(literal::time(first)?),
                "newest" => {
                    query.newest = Some(first.trim().parse().map_err(|_| "`newest` is no number")?)
                }
                _ => {}
            }
        }
        if let (Some(since), Some(now)) = (since, now) {
            query.from = Some(now.saturating_sub(since));
        }
        Ok(query)
    }

    /// Recent enough, of that provider and with one of these IDs.
    pub fn fits(&self, record: &Record) -> bool {
        self.wants(record) && is_recent(record, self) != Some(false)
    }

    fn wants(&self, record: &Record) -> bool {
        let provider = self.provider.to_lowercase();
        record
            .providers
            .iter()
            .any(|it| it.to_lowercase() == provider)
            && self.ids.contains(&record.id)
    }
}

/// A record of a log.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Names of who wrote it: as registered, and of a classic source.
    pub providers: Vec<String>,
    /// Event ID.
    pub id: i64,
    /// Its number in the log, where the form has it: the same record in two files of one log counts once.
    pub number: Option<u64>,
    /// Nanoseconds since 1970, and within how many; none where the text does not say.
    pub time: Option<(i128, i128)>,
    /// As a document.
    pub document: Map<String, Json>,
}

/// The answer to a query that was put to a log itself: the records that it handed out, how many of them could not be read, and why older
/// ones may have fitted that it has no more.
pub fn live(
    records: Vec<Record>,
    lost: usize,
    part: Option<&'static str>,
    query: &Query,
    from: Provenance,
) -> Answer {
    let gathered = Gathered {
        records,
        lost,
        part,
        over: false,
    };
    gathered.answer(query, from)
}

/// The saved logs of a case.
#[derive(Debug, Default)]
pub struct EventLogs {
    logs: Vec<Saved>,
}

#[derive(Debug)]
struct Saved {
    file: String,
    /// `Application`, …; none for printed lists, which do not say.
    channel: Option<String>,
    form: Form,
}

#[derive(Debug)]
enum Form {
    /// With how much of it is damaged.
    Evtx(Log, usize),
    /// Printed; a selection of the log.
    Printed(Vec<Record>),
}

impl EventLogs {
    /// No log was saved.
    pub fn is_empty(&self) -> bool {
        self.logs.is_empty()
    }

    /// Takes an `.evtx` file. Told is what of it is damaged.
    pub fn add_evtx(&mut self, file: &str, log: Log) -> Vec<Finding> {
        let findings = log.damage();
        match evtx_file::channel(&log) {
            Ok(channel) => {
                self.logs.push(Saved {
                    file: file.to_owned(),
                    channel: Some(channel),
                    // What the parser passes over without a word.
                    form: Form::Evtx(log, findings.len()),
                });
                findings
            }
            Err(finding) => findings.into_iter().chain([finding]).collect(),
        }
    }

    /// Takes records that were printed.
    pub fn add_printed(&mut self, file: &str, channel: Option<String>, records: Vec<Record>) {
        self.logs.push(Saved {
            file: file.to_owned(),
            channel,
            form: Form::Printed(records),
        });
    }

    /// Records of a log; none where it was not saved. The files that were read come along.
    pub fn answer(
        &self,
        log: &str,
        query: &Query,
        from: Provenance,
    ) -> Option<(Answer, Vec<String>)> {
        let wanted = log.to_lowercase();
        let fits = |it: &&Saved| match (&it.channel, &it.form) {
            (Some(channel), _) => channel.to_lowercase() == wanted,
            (None, Form::Printed(records)) => records.iter().any(|it| query.wants(it)),
            (None, Form::Evtx(..)) => false,
        };
        let logs: Vec<&Saved> = self.logs.iter().filter(fits).collect();
        if logs.is_empty() {
            return None;
        }
        let files: Vec<String> = logs.iter().map(|it| it.file.clone()).collect();
        let mut found = Gathered::default();
        for log in logs {
            found.take(log, query);
        }
        let from = Provenance {
            file: Some(files.join(", ")),
            ..from
        };
        Some((found.answer(query, from), files))
    }
}

/// Records that fit, and how many are not told.
#[derive(Default)]
struct Gathered {
    records: Vec<Record>,
    /// Records that the reader had to leave out.
    lost: usize,
    /// Why others may be missing: a selection was saved or printed.
    part: Option<&'static str>,
    /// More records fit than are kept.
    over: bool,
}

impl Gathered {
    fn take(&mut self, log: &Saved, query: &Query) {
        match &log.form {
            Form::Evtx(log, damaged) => {
                let missing = evtx_file::records(log, query, &mut self.records);
                self.lost += damaged + missing.lost;
                self.over |= missing.over;
                self.part = self.part.or(missing.part);
            }
            Form::Printed(records) => {
                let why = "a selection of the log was printed; it may have others";
                self.part = self.part.or(Some(why));
                let fit = records
                    .iter()
                    .filter(|it| query.wants(it) && is_recent(it, query) != Some(false));
                self.records.extend(fit.cloned());
            }
        }
    }

    fn answer(mut self, query: &Query, from: Provenance) -> Answer {
        self.records
            .sort_by_key(|it| std::cmp::Reverse(it.time.map(|(at, _)| at)));
        let mut seen = BTreeSet::new();
        self.records.retain(|it| {
            it.number
                .is_none_or(|number| seen.insert((number, it.time)))
        });
        let from = Provenance {
            time: self
                .records
                .first()
                .and_then(|it| Some(it.document.get("time")?.as_str()?.to_owned())),
            ..from
        };
        if self.over {
            let detail = "more records of the log fit than are read";
            return Answer::Unknown(Why::OverBudget, detail.to_owned(), from);
        }
        let lost = "a part of the log is damaged and cannot be read";
        let part = self.part.unwrap_or_default();
        let is_part = self.part.is_some();
        if query.newest == Some(1) {
            return match self.records.into_iter().next() {
                // One that is lost or was not printed may be newer.
                Some(_) if self.lost > 0 => Answer::Unknown(Why::Malformed, lost.to_owned(), from),
                Some(_) if is_part => Answer::Unknown(Why::NotCollected, part.to_owned(), from),
                Some(record) => match entry(record, query) {
                    (document, true) => Answer::Found(document.into(), from),
                    _ => Answer::Unknown(
                        Why::NotCollected,
                        "the printed time does not say whether it is recent enough".to_owned(),
                        from,
                    ),
                },
                None if self.lost > 0 => Answer::Unknown(Why::Malformed, lost.to_owned(), from),
                None if is_part => Answer::Unknown(Why::NotCollected, part.to_owned(), from),
                None => Answer::NotThere(from),
            };
        }
        let most = query.newest.unwrap_or(usize::MAX);
        // Newer ones that are not told may push any of these out.
        let open = query.newest.is_some() && (self.lost > 0 || is_part);
        let mut list: Vec<Json> = self
            .records
            .into_iter()
            .take(most)
            .map(|it| match open {
                true => untold::perhaps(it.document, Why::NotCollected, "others may be newer"),
                false => entry(it, query).0,
            })
            .collect();
        if self.lost > 0 {
            list.push(untold::many(Why::Malformed, lost));
        }
        if is_part {
            list.push(untold::many(Why::NotCollected, part));
        }
        Answer::Found(Json::Array(list).into(), from)
    }
}

/// A record as a member of the list, and whether it certainly belongs to it.
fn entry(record: Record, query: &Query) -> (Json, bool) {
    match is_recent(&record, query) {
        Some(_) => (Json::Object(record.document), true),
        None => {
            let detail = "the printed time does not say whether it is recent enough";
            (
                untold::perhaps(record.document, Why::NotCollected, detail),
                false,
            )
        }
    }
}

/// Not older than asked; none where its time is not exact enough to say.
fn is_recent(record: &Record, query: &Query) -> Option<bool> {
    let Some(from) = query.from else {
        return Some(true);
    };
    let (at, within) = record.time?;
    if at - within >= from {
        Some(true)
    } else if at + within < from {
        Some(false)
    } else {
        None
    }
}

/// A document of a record; those of RasClient have their fields by name.
fn document(
    providers: &[String],
    id: i64,
    level: Json,
    time: Json,
    strings: Vec<String>,
    data: Map<String, Json>,
) -> Map<String, Json> {
    let mut data = Json::Object(data);
    let strings = strings_and_data(strings, &mut data);
    let mut document = Map::new();
    if providers
        .iter()
        .any(|it| it.eq_ignore_ascii_case("RasClient"))
    {
        let text = |at: usize| strings.get(at).cloned().unwrap_or(Json::Null);
        let is_number = |it: &&Json| {
            it.as_str()
                .is_some_and(|it| it.trim().parse::<i64>().is_ok())
        };
        let code = strings.get(3).filter(is_number);
        document.insert("activity".to_owned(), text(0));
        document.insert("user".to_owned(), text(1));
        document.insert("connection".to_owned(), text(2));
        document.insert("code".to_owned(), code.map_or(Json::Null, |it| json!(it)));
    }
    let fields = [
        ("time", time),
        ("id", json!(id)),
        ("provider", json!(providers.first())),
        ("level", level),
        ("strings", Json::Array(strings)),
        ("data", data),
    ];
    document.extend(
        fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value)),
    );
    document
}

/// Takes secrets out of both: what is hidden in the data stays hidden where it stands by its position.
fn strings_and_data(strings: Vec<String>, data: &mut Json) -> Vec<Json> {
    let before = data.clone();
    secrets::hide(data);
    for value in data.as_object_mut().into_iter().flat_map(Map::values_mut) {
        if value.as_str().is_some_and(secrets::tells_secret) {
            *value = secrets::hidden();
        }
    }
    let object = before.as_object().into_iter().flatten();
    let gone: BTreeSet<&str> = object
        .filter(|(name, old)| data.get(name.as_str()) != Some(*old))
        .filter_map(|(_, old)| old.as_str())
        .collect();
    let told = strings.into_iter().map(|text| {
        if gone.contains(text.as_str()) || secrets::tells_secret(&text) {
            return secrets::hidden();
        }
        let mut text = Json::String(text);
        secrets::hide(&mut text);
        text
    });
    told.collect()
}

#[cfg(test)]
mod tests;
