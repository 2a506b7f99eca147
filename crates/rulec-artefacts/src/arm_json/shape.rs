//! Which kind of file a JSON text is, and the answers in it.

use std::sync::Arc;

use rulec_facts::fixture::strict_json;
use rulec_facts::reason::Why;
use rulec_facts::source::{arm_key, arm_path};
use serde_json::{Map, Value as Json};

use super::envelope::{error_of, member, one_line};
use super::{ArmError, Asked, Method, Outcome, RECORDER, SavedAnswer};
use crate::azure_ask;

/// Members that stand beside `properties` in every resource.
const BESIDE: &[&str] = &[
    "id",
    "name",
    "type",
    "location",
    "tags",
    "etag",
    "zones",
    "identity",
    "kind",
    "plan",
    "managedBy",
    "extendedLocation",
    "systemData",
    "resourceGroup",
];

/// Members that a summary of a resource has beside these.
const SUMMARY: &[&str] = &[
    "sku",
    "properties",
    "changedTime",
    "createdTime",
    "provisioningState",
    "subscriptionId",
    "tenantId",
];

/// All answers of a file.
pub(super) fn answers(json: Json) -> Vec<SavedAnswer> {
    let mut found = Vec::new();
    match json {
        Json::Array(items) if items.iter().any(is_exchange) => {
            for item in &items {
                exchange(item, &mut found);
            }
        }
        Json::Array(items) => list(&Json::Array(items), None, None, &mut found),
        Json::Object(_) if is_exchange(&json) => exchange(&json, &mut found),
        Json::Object(ref object) => {
            let body = object
                .get("responses")
                .and_then(|it| it.get("200"))
                .and_then(|it| it.get("body"));
            bare(body.unwrap_or(&json), &mut found);
        }
        _ => {}
    }
    found
}

fn is_exchange(json: &Json) -> bool {
    let has = |name: &str, inner: &str| json.get(name).and_then(|it| it.get(inner)).is_some();
    has("request", "uri") && (has("response", "status") || has("failure", "reason"))
}

/// A resource or a list that does not say how it was asked.
fn bare(json: &Json, found: &mut Vec<SavedAnswer>) {
    if json.get("id").is_none() && json.get("value").is_some_and(Json::is_array) {
        list(json, None, None, found);
    } else if let Some(rows) = json.get("data").and_then(Json::as_array) {
        // Rows of a graph query: the query may leave resources out.
        members(rows, &None, found);
    } else if let Some(path) = id_of(json) {
        push(found, path, restored(json), None, None, false);
    }
}

/// The answers in an exchange; of these the one to exactly its request is marked as such.
fn exchange(json: &Json, found: &mut Vec<SavedAnswer>) {
    let before = found.len();
    let Some(uri) = read_exchange(json, found) else {
        return;
    };
    let recorded = json.get("recorder").and_then(Json::as_str) == Some(RECORDER);
    for answer in found.iter_mut().skip(before) {
        answer.recorded = recorded;
        if answer.uri.as_deref() == Some(uri) && !answer.nested {
            let body = json.get("request").and_then(|it| it.get("body"));
            answer.asked = Some(Asked {
                key: azure_ask::key(answer.method, uri, body),
                part: is_part(uri),
            });
        }
    }
}

/// Why a recorder got no answer, in the words of [`Why`].
fn failure(json: &Json) -> Option<Outcome> {
    let text = |name: &str| json.get("failure")?.get(name)?.as_str();
    let why = Why::from_name(text("reason")?)?;
    let detail = one_line(text("detail").unwrap_or(""));
    Some(Outcome::Unanswered(why, detail))
}

fn read_exchange<'j>(json: &'j Json, found: &mut Vec<SavedAnswer>) -> Option<&'j str> {
    let text = |name: &str, inner: &str| {
        json.get(name)
            .and_then(|it| it.get(inner))
            .and_then(Json::as_str)
    };
    let uri = text("request", "uri").unwrap_or("");
    let path = arm_path(uri).ok()?;
    let method = match text("request", "method") {
        Some(word) if word.eq_ignore_ascii_case("POST") => Method::Post,
        Some(word) if !word.eq_ignore_ascii_case("GET") => return None,
        _ => Method::Get,
    };
    let response = json.get("response");
    let status = response
        .and_then(|it| it.get("status"))
        .and_then(Json::as_u64)
        .and_then(|it| u16::try_from(it).ok())
        .unwrap_or(0);
    let time = response.and_then(|it| it.get("headers")).and_then(date);
    let outcome = match (failure(json), status) {
        (Some(failure), _) => failure,
        (None, 202) => Outcome::Pending(response.map(result_addresses).unwrap_or_default()),
        _ => outcome(status, response.and_then(|it| it.get("body"))),
    };
    if is_part(uri)
        && let Outcome::Found(body) = &outcome
    {
        let listed = body.get("value").and_then(Json::as_array);
        members(listed.map_or(&[][..], Vec::as_slice), &time, found);
        found.push(whole(method, path, uri, outcome, time));
        return Some(uri);
    }
    if method == Method::Get
        && let Outcome::Found(body) = &outcome
    {
        if body.get("value").is_some_and(Json::is_array) {
            list(body, Some((&path, uri)), time, found);
        } else {
            push(found, path, Json::clone(body), Some(uri), time, false);
        }
        return Some(uri);
    }
    found.push(whole(method, path, uri, outcome, time));
    Some(uri)
}

/// The answer to the request of an exchange.
fn whole(
    method: Method,
    path: String,
    uri: &str,
    outcome: Outcome,
    time: Option<String>,
) -> SavedAnswer {
    SavedAnswer {
        method,
        path,
        uri: Some(uri.to_owned()),
        outcome,
        time,
        nested: false,
        asked: None,
        recorded: false,
    }
}

fn outcome(status: u16, body: Option<&Json>) -> Outcome {
    let parsed = match body {
        Some(Json::String(text)) if text.trim().is_empty() => Ok(Json::Null),
        Some(Json::String(text)) => strict_json(text),
        Some(other) => Ok(other.clone()),
        None => Ok(Json::Null),
    };
    let failed = |status: u16, code: &str, message: String| {
        Outcome::Failed(ArmError {
            status,
            code: code.to_owned(),
            message,
        })
    };
    match parsed {
        Ok(json) if (200..300).contains(&status) && !json.is_null() => {
            Outcome::Found(Arc::new(json))
        }
        Ok(json) => {
            let (code, message) = error_of(&json).unwrap_or_default();
            failed(status, &code, message)
        }
        Err(error) if (200..300).contains(&status) => {
            failed(status, "", format!("the body cannot be read: {error}"))
        }
        Err(_) => {
            let text = body.and_then(Json::as_str).unwrap_or("");
            failed(status, "", one_line(text))
        }
    }
}

/// A list that was filtered or cut by the request answers for its members, not for the whole.
fn is_part(uri: &str) -> bool {
    let query = uri.split_once('?').map_or("", |(_, query)| query);
    let query = query.to_ascii_lowercase().replace("%24", "$");
    query
        .split('&')
        .any(|it| it.starts_with("$filter=") || it.starts_with("$top="))
}

/// Where the result of an operation lies that had not ended.
fn result_addresses(response: &Json) -> Vec<String> {
    ["location", "azure-asyncoperation"]
        .iter()
        .filter_map(|name| header(response.get("headers")?, name))
        .map(str::to_owned)
        .collect()
}

/// The first value of a header, in any case of the name.
fn header<'a>(headers: &'a Json, name: &str) -> Option<&'a str> {
    match member(headers.as_object()?, name)? {
        Json::Array(several) => several.first()?.as_str(),
        other => other.as_str(),
    }
}

/// `Date: Fri, 13 Dec 2019 15:23:04 GMT`, in any case of the name.
fn date(headers: &Json) -> Option<String> {
    let text = header(headers, "date")?;
    let zoned = jiff::fmt::rfc2822::parse(text).ok()?;
    Some(zoned.timestamp().to_string())
}

/// A list: its members, each an answer of its own, and the list itself where its place is known and its members are whole.
fn list(
    json: &Json,
    asked: Option<(&str, &str)>,
    time: Option<String>,
    found: &mut Vec<SavedAnswer>,
) {
    let bare = json.is_array();
    let listed = if bare {
        json.as_array()
    } else {
        json.get("value").and_then(Json::as_array)
    };
    let listed = listed.map_or(&[][..], Vec::as_slice);
    members(listed, &time, found);
    let whole = match asked {
        Some((path, _)) => Some((path.to_owned(), json.clone())),
        None if listed.iter().any(is_summary) => None,
        None => parent_of_all(listed).map(|path| {
            let restored: Vec<Json> = listed.iter().map(restored).collect();
            let mut whole = serde_json::json!({ "value": restored });
            if let (Some(whole), Some(next)) = (whole.as_object_mut(), json.get("nextLink")) {
                whole.insert("nextLink".to_owned(), next.clone());
            }
            (path, whole)
        }),
    };
    if let Some((path, whole)) = whole {
        found.push(SavedAnswer {
            method: Method::Get,
            path,
            uri: asked.map(|(_, uri)| uri.to_owned()),
            outcome: Outcome::Found(Arc::new(whole)),
            time,
            nested: false,
            asked: None,
            recorded: false,
        });
    }
}

fn members(listed: &[Json], time: &Option<String>, found: &mut Vec<SavedAnswer>) {
    for item in listed {
        if let Some(path) = id_of(item) {
            push(found, path, restored(item), None, time.clone(), false);
        }
    }
}

/// The collection of a list that names none: what stands before the last segment of every member's id.
fn parent_of_all(members: &[Json]) -> Option<String> {
    let mut parents = members.iter().map(|item| {
        let path = id_of(item)?;
        path.rsplit_once('/').map(|(parent, _)| parent.to_owned())
    });
    let first = parents.next()??;
    let key = arm_key(&first);
    parents
        .all(|it| it.is_some_and(|it| arm_key(&it) == key))
        .then_some(first)
}

fn id_of(json: &Json) -> Option<String> {
    let id = json.get("id")?.as_str()?;
    id.to_ascii_lowercase()
        .starts_with("/subscriptions/")
        .then(|| arm_path(id).ok())?
}

fn push(
    found: &mut Vec<SavedAnswer>,
    path: String,
    json: Json,
    uri: Option<&str>,
    time: Option<String>,
    nested: bool,
) {
    let outcome = if id_of(&json).is_some() && is_summary(&json) {
        Outcome::Summary
    } else {
        inside(&json, &arm_key(&path), &time, found);
        Outcome::Found(Arc::new(json))
    };
    found.push(SavedAnswer {
        method: Method::Get,
        path,
        uri: uri.map(str::to_owned),
        outcome,
        time,
        nested,
        asked: None,
        recorded: false,
    });
}

/// Resources inside a resource: with `properties` and an id below its own. Others are references, sometimes with a part of their
/// properties, from which nothing may be concluded.
fn inside(json: &Json, outer: &str, time: &Option<String>, found: &mut Vec<SavedAnswer>) {
    match json {
        Json::Array(items) => items
            .iter()
            .for_each(|item| inside(item, outer, time, found)),
        Json::Object(object) => {
            if let (Some(path), Some(Json::Object(_))) = (id_of(json), object.get("properties"))
                && arm_key(&path)
                    .strip_prefix(outer)
                    .is_some_and(|rest| rest.starts_with('/'))
            {
                found.push(SavedAnswer {
                    method: Method::Get,
                    path,
                    uri: None,
                    outcome: Outcome::Found(Arc::new(json.clone())),
                    time: time.clone(),
                    nested: true,
                    asked: None,
                    recorded: false,
                });
            }
            object
                .values()
                .for_each(|value| inside(value, outer, time, found));
        }
        _ => {}
    }
}

/// It has no properties, neither under that name nor flattened: that they are missing says nothing.
fn is_summary(json: &Json) -> bool {
    json.as_object().is_some_and(|object| {
        !object.get("properties").is_some_and(Json::is_object)
            && object
                .keys()
                .all(|key| BESIDE.contains(&key.as_str()) || SUMMARY.contains(&key.as_str()))
    })
}

/// A resource with its `properties` put back where the command line has flattened them, and so with the resources inside it.
fn restored(json: &Json) -> Json {
    let flat = !is_summary(json) && !json.get("properties").is_some_and(Json::is_object);
    if flat && id_of(json).is_some() {
        restore(json.clone())
    } else {
        json.clone()
    }
}

/// Puts `properties` back into every object with an id, no `properties`, and more than what names it.
fn restore(json: Json) -> Json {
    match json {
        Json::Array(items) => Json::Array(items.into_iter().map(restore).collect()),
        Json::Object(object) => {
            let flat = !object.get("properties").is_some_and(Json::is_object)
                && object
                    .get("id")
                    .and_then(Json::as_str)
                    .is_some_and(|id| id.starts_with("/subscriptions/"))
                && object.keys().any(|key| !BESIDE.contains(&key.as_str()));
            let mut object: Map<String, Json> = object
                .into_iter()
                .map(|(key, value)| (key, restore(value)))
                .collect();
            if flat {
                let inner: Map<String, Json> = object
                    .iter()
                    .filter(|(key, _)| !BESIDE.contains(&key.as_str()) && *key != "properties")
                    .map(|(key, value)| (key.clone(), value.clone()))
                    .collect();
                object.insert("properties".to_owned(), Json::Object(inner));
            }
            Json::Object(object)
        }
        other => other,
    }
}
