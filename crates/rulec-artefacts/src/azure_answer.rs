//! What the activity log, metrics, logs and the directory answered, as the documents that `azure activity`, `metrics`, `logs` and `graph` promise.

use std::sync::Arc;

use rulec_facts::literal;
use rulec_facts::provider::{Answer, Provenance, Request};
use rulec_facts::reason::Why;
use rulec_facts::source::{arm_key, arm_path};
use rulec_facts::untold;
use serde_json::{Map, Value as Json};

use crate::arm_json::{ArmError, error_of, one_line};
use crate::azure_ask::{self, Ask};

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
    let mut answer = error.unknown(from);
    if let (403, None, Answer::Unknown(_, detail, _)) = (error.status, error.repair(), &mut answer)
        && let Ok(ask) = Ask::of(request)
    {
        detail.push_str("; ");
        detail.push_str(&grant(request, &ask));
    }
    answer
}

/// What has to be granted, and how, where the error itself does not tell.
fn grant(request: &Request, ask: &Ask) -> String {
    let permission = &ask.permission;
    if request.kind == "graph" {
        return format!(
            "the sign-in lacks a permission such as `{permission}`: an administrator grants it to the application or role of the sign-in"
        );
    }
    let role = match request.kind.as_str() {
        "logs" => "Log Analytics Reader",
        _ => "Monitoring Reader",
    };
    let place = request.locator.as_deref().unwrap_or("").trim();
    // The number of a workspace is no scope.
    let scope = match place.starts_with('/') && !place.contains(['`', '"']) {
        true => one_line(place),
        false => "WORKSPACE-ID".to_owned(),
    };
    format!(
        "the sign-in lacks the permission `{permission}`: `az role assignment create --assignee OBJECT-ID --role \"{role}\" --scope \"{scope}\"`, and sign in again"
    )
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

/// Entries about the resource and what lies below it, the newest first. Of an entry that cannot be read it is not told whether it is one.
fn activity(request: &Request, body: &Json) -> Document {
    let place = arm_path(request.locator.as_deref().unwrap_or(""));
    let place = arm_key(&place.map_err(|message| (Why::Malformed, message))?);
    let operation = argument(request, "operation").map(str::to_lowercase);
    let status = argument(request, "status").map(str::to_lowercase);
    let is = |entry: &Json, name: &str, wanted: &Option<String>| match wanted {
        Some(wanted) => named(entry, name).map(|it| it.to_lowercase() == *wanted),
        None => Some(true),
    };
    let fits = |entry: &Json| {
        let parts = [
            is_below(entry, &place),
            is(entry, "operationName", &operation),
            is(entry, "status", &status),
        ];
        match parts.contains(&Some(false)) {
            true => Some(false),
            false => (!parts.contains(&None)).then_some(true),
        }
    };
    let listed = listed(body)?;
    let unread = listed.iter().any(|it| fits(it).is_none());
    let mut entries: Vec<&Json> = listed.iter().filter(|it| fits(it) == Some(true)).collect();
    let time = |entry: &Json| {
        let text = entry.get("eventTimestamp").and_then(Json::as_str);
        text.and_then(|it| literal::time(it).ok())
    };
    entries.sort_by_key(|it| std::cmp::Reverse(time(it)));
    let newest = argument(request, "newest").and_then(|it| it.trim().parse::<usize>().ok());
    let dated = entries.iter().all(|it| time(it).is_some());
    if newest.is_some() && unread {
        return Err((Why::Malformed, UNREAD.to_owned()));
    }
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
            list.extend(unread.then(|| untold::many(Why::Malformed, UNREAD)));
            list.extend(older.map(|it| untold::many(Why::NotCollected, it)));
            Ok(Some(Json::Array(list)))
        }
    }
}

/// Why a list may have members that are not in it.
const UNREAD: &str = "an entry of the log cannot be read: what it is about is not known";

/// The entry is about the place or what lies below it; none where it does not say about what.
fn is_below(entry: &Json, place: &str) -> Option<bool> {
    let id = named(entry, "resourceId").filter(|it| !it.is_empty())?;
    let id = arm_key(id.trim_end_matches('/'));
    let rest = id.strip_prefix(place);
    Some(rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
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
    for metric in listed(body)? {
        let text = |name: &str| metric.get(name).and_then(Json::as_str);
        if let Some(code) = metric.get("errorCode").filter(|it| !it.is_null())
            && !text("errorCode").is_some_and(|it| it.eq_ignore_ascii_case("Success"))
        {
            let code = code
                .as_str()
                .map_or_else(|| code.to_string(), str::to_owned);
            let message = text("errorMessage").unwrap_or("");
            let detail = one_line(&format!("the metric was not answered: {code} {message}"));
            return Err((Why::NotCollected, detail));
        }
        for series in inner(metric, "timeseries")? {
            for point in inner(series, "data")? {
                points.push(record_of(point)?);
            }
        }
    }
    Ok(Some(Json::Array(points)))
}

fn inner<'j>(json: &'j Json, name: &str) -> Result<&'j [Json], (Why, String)> {
    let list = json.get(name).and_then(Json::as_array);
    list.map(Vec::as_slice).ok_or_else(|| {
        let detail = format!("a part of the answer has no list named `{name}`");
        (Why::Malformed, detail)
    })
}

fn record_of(point: &Json) -> Result<Json, (Why, String)> {
    let time = point.get("timeStamp").and_then(Json::as_str);
    let time = time.filter(|it| literal::time(it).is_ok());
    let (Some(point), Some(time)) = (point.as_object(), time) else {
        let detail = "a point of the metric has no time that can be read";
        return Err((Why::Malformed, detail.to_owned()));
    };
    let mut record = Map::from_iter([("time".to_owned(), time.into())]);
    let others = point.iter().filter(|(name, _)| *name != "timeStamp");
    record.extend(others.map(|(name, value)| (name.clone(), value.clone())));
    Ok(Json::Object(record))
}

/// Each row of the first table as a record with the names of its columns.
fn rows(body: &Json) -> Document {
    if body.get("error").is_some_and(|it| !it.is_null()) {
        let (code, message) = error_of(body).unwrap_or_default();
        let detail = format!("the query was answered in part: {code} {message}");
        return Err((Why::OverBudget, detail.trim_end().to_owned()));
    }
    let table = body.get("tables").and_then(|it| it.get(0));
    let part = |name: &str| table.and_then(|it| it.get(name)).and_then(Json::as_array);
    let (Some(columns), Some(rows)) = (part("columns"), part("rows")) else {
        let detail = "the answer has no table";
        return Err((Why::Malformed, detail.to_owned()));
    };
    let malformed = |detail: &str| (Why::Malformed, detail.to_owned());
    let names = columns.iter().map(|it| it.get("name")?.as_str());
    let names: Option<Vec<&str>> = names.collect();
    let names = names.ok_or_else(|| malformed("a column of the answer has no name"))?;
    let record = |row: &Json| {
        let cells = row.as_array().filter(|it| it.len() == names.len());
        let cells =
            cells.ok_or_else(|| malformed("a row of the answer does not fit its columns"))?;
        let named = names.iter().zip(cells);
        Ok(Json::Object(
            named
                .map(|(name, cell)| ((*name).to_owned(), cell.clone()))
                .collect(),
        ))
    };
    let rows: Result<Vec<Json>, (Why, String)> = rows.iter().map(record).collect();
    Ok(Some(Json::Array(rows?)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const GATEWAY: &str = "/subscriptions/s/resourceGroups/g/providers/M.N/gateways/gw";

    fn ask(kind: &str, arguments: &[(&str, &str)], body: Json) -> Answer {
        let mut arguments: Vec<(String, Vec<String>)> = arguments
            .iter()
            .map(|(word, value)| ((*word).to_owned(), vec![(*value).to_owned()]))
            .collect();
        arguments.extend([
            ("now".to_owned(), vec!["2026-11-06T09:30:00Z".to_owned()]),
            ("since".to_owned(), vec!["1d".to_owned()]),
        ]);
        let request = Request {
            system: "azure".to_owned(),
            kind: kind.to_owned(),
            locator: Some(GATEWAY.to_owned()),
            arguments,
            on: None,
            secret: false,
        };
        found(&request, &Arc::new(body), Provenance::default())
    }

    fn document(answer: Answer) -> Json {
        match answer {
            Answer::Found(json, _) => Json::clone(&json),
            other => panic!("{other:?}"),
        }
    }

    fn why(answer: Answer) -> (Why, String) {
        match answer {
            Answer::Unknown(why, detail, _) => (why, detail),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_metric_that_failed_or_cannot_be_read_is_no_empty_list() {
        let point = json!({ "timeStamp": "2026-11-06T09:00:00Z", "average": 3 });
        let metric = |data: Json| json!({ "value": [{ "timeseries": [{ "data": data }] }] });
        let points = ask("metrics", &[], metric(json!([point])));
        assert_eq!(
            document(points),
            json!([{ "time": "2026-11-06T09:00:00Z", "average": 3 }])
        );
        let none = json!({ "value": [{ "errorCode": "Success", "timeseries": [] }] });
        assert_eq!(document(ask("metrics", &[], none)), json!([]));
        let failed = json!({ "value": [{ "errorCode": "Throttled", "errorMessage": "later", "timeseries": [] }] });
        let (reason, detail) = why(ask("metrics", &[], failed));
        assert_eq!(reason, Why::NotCollected);
        assert!(detail.ends_with("Throttled later"), "{detail}");
        let odd = json!({ "value": [{ "errorCode": 7, "timeseries": [] }] });
        assert_eq!(why(ask("metrics", &[], odd)).0, Why::NotCollected);
        for broken in [
            json!({ "value": [{}] }),
            json!({ "value": [7] }),
            json!({ "value": [{ "timeseries": null }] }),
            json!({ "value": [{ "timeseries": [{ "data": 3 }] }] }),
            metric(json!([3])),
            metric(json!([point, { "average": 3 }])),
            metric(json!([{ "timeStamp": "yesterday" }])),
        ] {
            let shown = broken.to_string();
            assert_eq!(
                why(ask("metrics", &[], broken)).0,
                Why::Malformed,
                "{shown}"
            );
        }
    }

    #[test]
    fn an_entry_of_the_log_that_cannot_be_read_may_be_the_one_that_is_sought() {
        let sought = [("operation", "M.N/gateways/write")];
        let entry = |operation: Json, id: Json| json!({ "eventTimestamp": "2026-11-06T09:00:00Z", "operationName": operation, "status": "Failed", "resourceId": id });
        let good = entry("M.N/gateways/write".into(), GATEWAY.into());
        let other = entry("M.N/gateways/read".into(), Json::Null);
        let whole = json!({ "value": [good, other] });
        let list = document(ask("activity", &sought, whole));
        assert_eq!(list.as_array().map(Vec::len), Some(1), "{list}");
        for odd in [
            json!(7),
            entry("M.N/gateways/write".into(), Json::Null),
            entry("M.N/gateways/write".into(), "".into()),
            entry(
                json!({ "localizedValue": "x" }),
                json!({ "value": GATEWAY }),
            ),
        ] {
            let body = json!({ "value": [good, odd] });
            let list = document(ask("activity", &sought, body.clone()));
            let mark = untold::many(Why::Malformed, UNREAD);
            assert_eq!(
                list.as_array().and_then(|it| it.get(1)),
                Some(&mark),
                "{odd}"
            );
            let newest = [sought[0], ("newest", "1")];
            assert_eq!(
                why(ask("activity", &newest, body)).0,
                Why::Malformed,
                "{odd}"
            );
        }
    }

    #[test]
    fn rows_in_part_or_beside_their_columns_are_unknown() {
        let with =
            |columns: Json, rows: Json| json!({ "tables": [{ "columns": columns, "rows": rows }] });
        let names = json!([{ "name": "A" }, { "name": "B" }]);
        let rows = document(ask("logs", &[], with(names.clone(), json!([[1, "x"]]))));
        assert_eq!(rows, json!([{ "A": 1, "B": "x" }]));
        for broken in [
            with(names.clone(), json!([[1]])),
            with(names.clone(), json!([7])),
            with(names.clone(), json!([[1, 2, 3]])),
            with(json!([{}, { "name": "B" }]), json!([])),
        ] {
            let shown = broken.to_string();
            assert_eq!(why(ask("logs", &[], broken)).0, Why::Malformed, "{shown}");
        }
        for error in [json!("cut"), json!({}), json!({ "code": "PartialError" })] {
            let mut part = with(names.clone(), json!([]));
            part["error"] = error.clone();
            assert_eq!(why(ask("logs", &[], part)).0, Why::OverBudget, "{error}");
        }
        let mut whole = with(names, json!([]));
        whole["error"] = Json::Null;
        assert_eq!(document(ask("logs", &[], whole)), json!([]));
    }
}
