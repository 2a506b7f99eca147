//! What the activity log, metrics, logs and the directory answered, as the documents that `azure activity`, `metrics`, `logs` and `graph` promise.

use std::sync::Arc;

use rulec_facts::literal;
use rulec_facts::provider::{Answer, Provenance, Request};
use rulec_facts::reason::Why;
use rulec_facts::source::{arm_key, arm_path};
use rulec_facts::untold;
use serde_json::{Map, Value as Json};

use crate::arm_json::{ArmError, error_of};
use crate::azure_ask;

/// The answer in a body that came back for a request of one of these kinds.
pub(crate) fn found(request: &Request, body: &Arc<Json>, from: Provenance) -> Answer {
    let document = match request.kind.as_str() {
        "activity" => activity(request, body),
        "metrics" => points(body),
        "logs" => rows(body),
        _ => return Answer::Found(Arc::clone(body), from),
    };
    match document {
        Ok(Some(json)) => Answer::Found(Arc::new(json), from),
        Ok(None) => Answer::NotThere(from),
        Err((why, detail)) => Answer::Unknown(why, detail, from),
    }
}

/// What an error says about the place: of these kinds only the directory says that an object is not there.
pub(crate) fn failed(request: &Request, error: &ArmError, from: Provenance) -> Answer {
    let missing =
        error.status == 404 && error.code.eq_ignore_ascii_case("Request_ResourceNotFound");
    if request.kind == "graph" && missing {
        return Answer::NotThere(from);
    }
    error.unknown(from)
}

type Document = Result<Option<Json>, (Why, String)>;

fn argument<'r>(request: &'r Request, word: &str) -> Option<&'r str> {
    let found = request.arguments.iter().find(|(name, _)| name == word);
    found.and_then(|(_, values)| values.first().map(String::as_str))
}

/// The list in a body; a body without one is something else.
fn listed(body: &Json) -> Result<&[Json], (Why, String)> {
    let list = body.get("value").and_then(Json::as_array);
    list.map(Vec::as_slice).ok_or_else(|| {
        let detail = "the answer has no list named `value`";
        (Why::Malformed, detail.to_owned())
    })
}

/// Entries about the resource and what lies below it, the newest first.
fn activity(request: &Request, body: &Json) -> Document {
    let place = arm_path(request.locator.as_deref().unwrap_or(""));
    let place = arm_key(&place.map_err(|message| (Why::Malformed, message))?);
    let operation = argument(request, "operation").map(str::to_lowercase);
    let status = argument(request, "status").map(str::to_lowercase);
    let is = |entry: &Json, name: &str, wanted: &Option<String>| match wanted {
        Some(wanted) => named(entry, name).is_some_and(|it| it.to_lowercase() == *wanted),
        None => true,
    };
    let mut entries: Vec<&Json> = listed(body)?
        .iter()
        .filter(|it| is_below(it, &place) && is(it, "operationName", &operation))
        .filter(|it| is(it, "status", &status))
        .collect();
    let time = |entry: &Json| {
        let text = entry.get("eventTimestamp").and_then(Json::as_str);
        text.and_then(|it| literal::time(it).ok())
    };
    entries.sort_by_key(|it| std::cmp::Reverse(time(it)));
    let newest = argument(request, "newest").and_then(|it| it.trim().parse::<usize>().ok());
    let dated = entries.iter().all(|it| time(it).is_some());
    if newest.is_some() && !dated {
        let detail = "an entry has no time: which one is the newest is not known";
        return Err((Why::Malformed, detail.to_owned()));
    }
    let full = newest.is_some_and(|newest| entries.len() >= newest);
    entries.truncate(newest.unwrap_or(usize::MAX));
    let mut list: Vec<Json> = entries.into_iter().map(entry).collect();
    let older = (!azure_ask::is_kept(request) && !full)
        .then_some("the activity log keeps 90 days; what is older is not told");
    match (newest, older) {
        (Some(1), None) => Ok(list.pop()),
        (Some(1), Some(older)) => Err((Why::NotCollected, older.to_owned())),
        (_, older) => {
            list.extend(older.map(|it| untold::many(Why::NotCollected, it)));
            Ok(Some(Json::Array(list)))
        }
    }
}

fn is_below(entry: &Json, place: &str) -> bool {
    let id = entry.get("resourceId").map(|it| match it {
        Json::Object(object) => object.get("value").and_then(Json::as_str).unwrap_or(""),
        other => other.as_str().unwrap_or(""),
    });
    let id = arm_key(id.unwrap_or("").trim_end_matches('/'));
    id.strip_prefix(place)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// `{"value": "Succeeded", "localizedValue": …}`, or the text itself.
fn named<'e>(entry: &'e Json, name: &str) -> Option<&'e str> {
    let member = entry.get(name)?;
    member
        .get("value")
        .and_then(Json::as_str)
        .or_else(|| member.as_str())
}

/// An ActivityEvent.
fn entry(raw: &Json) -> Json {
    let mut record = Map::new();
    let mut put = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            record.insert(name.to_owned(), value.into());
        }
    };
    put("operation", named(raw, "operationName"));
    put("status", named(raw, "status"));
    put("time", raw.get("eventTimestamp").and_then(Json::as_str));
    put(
        "caller",
        Some(raw.get("caller").and_then(Json::as_str).unwrap_or("")),
    );
    let properties = raw.get("properties");
    let told = properties
        .and_then(|it| it.get("statusMessage"))
        .and_then(Json::as_str)
        .unwrap_or("");
    let error = serde_json::from_str(told).ok().as_ref().and_then(error_of);
    let (code, message) = match error {
        Some((code, message)) => (Some(code), message),
        None => (None, told.to_owned()),
    };
    put("code", code.as_deref());
    put("message", Some(&message));
    Json::Object(record)
}

/// Each point of each series, with its `time` and how it was counted.
fn points(body: &Json) -> Document {
    let mut points = Vec::new();
    let inner = |json: &Json, name: &str| {
        let list = json.get(name).and_then(Json::as_array);
        list.cloned().unwrap_or_default()
    };
    for metric in listed(body)? {
        for series in inner(metric, "timeseries") {
            for point in inner(&series, "data") {
                let Json::Object(mut point) = point else {
                    continue;
                };
                let time = point.shift_remove("timeStamp").unwrap_or(Json::Null);
                let mut record = Map::from_iter([("time".to_owned(), time)]);
                record.extend(point);
                points.push(Json::Object(record));
            }
        }
    }
    Ok(Some(Json::Array(points)))
}

/// Each row of the first table as a record with the names of its columns.
fn rows(body: &Json) -> Document {
    if let Some((code, message)) = body.get("error").and_then(|_| error_of(body)) {
        let detail = format!("the query was answered in part: {code} {message}");
        return Err((Why::OverBudget, detail.trim_end().to_owned()));
    }
    let table = body.get("tables").and_then(|it| it.get(0));
    let part = |name: &str| table.and_then(|it| it.get(name)).and_then(Json::as_array);
    let (Some(columns), Some(rows)) = (part("columns"), part("rows")) else {
        let detail = "the answer has no table";
        return Err((Why::Malformed, detail.to_owned()));
    };
    let names: Vec<&str> = columns
        .iter()
        .map(|it| it.get("name").and_then(Json::as_str).unwrap_or(""))
        .collect();
    let record = |row: &Json| {
        let cells = row.as_array().map_or(&[][..], Vec::as_slice);
        let named = names.iter().zip(cells);
        Json::Object(
            named
                .map(|(name, cell)| ((*name).to_owned(), cell.clone()))
                .collect(),
        )
    };
    Ok(Some(Json::Array(rows.iter().map(record).collect())))
}
