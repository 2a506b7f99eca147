//! Records that PowerShell printed: `Get-EventLog … | Format-List`, and `Get-WinEvent … | ConvertTo-Json`.

use rulec_facts::literal;
use rulec_facts::reason::Why;
use rulec_facts::untold;
use serde_json::{Map, Value as Json, json};

use super::{DAY, Record, document};

/// Blanks before a line that goes on with the value above it.
const INDENT: usize = 8;

/// Whether a text is such a list, by its keys, which are not translated.
pub fn is_list(text: &str) -> bool {
    let has = |key: &str| {
        text.lines()
            .any(|line| line.split_once(':').is_some_and(|(it, _)| it.trim() == key))
    };
    has("EventID") && has("ReplacementStrings") && has("Source")
}

/// The records of a list. Its times have neither zone nor order of day and month: they stand for a day or two at best.
pub fn from_list(text: &str) -> Vec<Record> {
    let mut records = Vec::new();
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let indented = line.len() - line.trim_start().len() >= INDENT;
        match line.split_once(':') {
            Some((key, value)) if !indented && key.trim().chars().all(char::is_alphanumeric) => {
                let key = key.trim();
                if fields.iter().any(|(it, _)| it == key) {
                    records.extend(record(&fields));
                    fields.clear();
                }
                fields.push((key.to_owned(), value.trim().to_owned()));
            }
            _ => {
                if let Some((_, value)) = fields.last_mut().filter(|_| !line.trim().is_empty()) {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
        }
    }
    records.extend(record(&fields));
    records
}

fn record(fields: &[(String, String)]) -> Option<Record> {
    let field = |name: &str| {
        fields
            .iter()
            .find(|(it, _)| it == name)
            .map(|(_, value)| value.as_str())
    };
    let id = field("EventID")?.parse().ok()?;
    let source = field("Source")?.to_owned();
    let list = field("ReplacementStrings").unwrap_or("");
    let list = list
        .strip_prefix('{')
        .and_then(|it| it.strip_suffix('}'))
        .unwrap_or(list);
    // A long list is cut by `...`: what was cut is no string.
    let strings: Vec<String> = list
        .split(", ")
        .filter(|it| *it != "..." && *it != "…")
        .map(str::to_owned)
        .collect();
    let printed = field("TimeGenerated").unwrap_or("");
    let detail = format!("the time is printed without its zone: `{printed}`");
    let level = match field("EntryType") {
        Some("Error") => json!(2),
        Some("Warning") => json!(3),
        Some("Information") => json!(4),
        _ => untold::value(
            Why::NotCollected,
            "the level is printed in a language that is not read",
        ),
    };
    let time = untold::value(Why::Malformed, &detail);
    let providers = vec![source];
    Some(Record {
        document: document(&providers, id, level, time, strings, Map::new()),
        providers,
        id,
        number: None,
        time: rough_time(printed),
    })
}

/// `3/18/2016 1:29:21 PM`: the noon of the day, within a day and a zone, if the order of day and month is sure.
fn rough_time(text: &str) -> Option<(i128, i128)> {
    let date = text.split_whitespace().next()?;
    let mut numbers = date.split(['/', '.', '-']).map(|it| it.parse::<i16>().ok());
    let (a, b, c) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let (year, month, day) = match (a, b, c) {
        (year @ 1990.., month, day) => (year, month, day),
        (month, day @ 13..=31, year) => (year, month, day),
        (day @ 13..=31, month, year) => (year, month, day),
        (same, other, year) if same == other => (year, same, same),
        _ => return None,
    };
    let noon = literal::time(&format!("{year:04}-{month:02}-{day:02}T12:00:00Z")).ok()?;
    Some((noon, DAY + DAY / 24 * 2))
}

/// Records of `Get-WinEvent | ConvertTo-Json`, and their log where all are of one.
pub fn from_json(json: &Json) -> Option<(Option<String>, Vec<Record>)> {
    let one = std::slice::from_ref(json);
    let items = json.as_array().map_or(one, Vec::as_slice);
    let records: Vec<Record> = items.iter().map(json_record).collect::<Option<_>>()?;
    if records.is_empty() {
        return None;
    }
    let log = |it: &Json| it.get("LogName").and_then(Json::as_str).map(str::to_owned);
    let first = items.first().and_then(log);
    let same = items.iter().all(|it| log(it) == first);
    Some((first.filter(|_| same), records))
}

fn json_record(item: &Json) -> Option<Record> {
    let provider = item.get("ProviderName")?.as_str()?.to_owned();
    let id = item.get("Id")?.as_i64()?;
    let properties = item.get("Properties")?.as_array()?;
    let strings = properties
        .iter()
        .map(|it| match it.get("Value").unwrap_or(it) {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        });
    let strings: Vec<String> = strings.collect();
    let stamp = item.get("TimeCreated").and_then(time);
    let time = match &stamp {
        Some(stamp) => json!(stamp.to_string()),
        None => untold::value(Why::Malformed, "the record has no time that can be read"),
    };
    let level = item.get("Level").cloned().unwrap_or(Json::Null);
    let providers = vec![provider];
    Some(Record {
        document: document(&providers, id, level, time, strings, Map::new()),
        providers,
        id,
        number: item.get("RecordId").and_then(Json::as_u64),
        time: stamp.map(|it| (it.as_nanosecond(), 0)),
    })
}

/// `/Date(1458307761000)/` of Windows PowerShell, or RFC 3339 of PowerShell 7.
pub(crate) fn time(value: &Json) -> Option<jiff::Timestamp> {
    let text = value.get("value").unwrap_or(value).as_str()?;
    let inner = text
        .strip_prefix("/Date(")
        .and_then(|it| it.strip_suffix(")/"));
    match inner {
        Some(number) => jiff::Timestamp::from_millisecond(number.parse().ok()?).ok(),
        None => text.parse().ok(),
    }
}
