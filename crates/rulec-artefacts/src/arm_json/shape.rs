//! Which kind of file a JSON text is, and the answers in it.

use std::sync::Arc;

use rulec_facts::source::{arm_key, arm_path};
use serde_json::{Map, Value as Json};

use super::envelope::{error_of, member, one_line};
use super::{ArmError, Method, Outcome, SavedAnswer};

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
    has("request", "uri") && has("response", "status")
}

/// A resource or a list that does not say how it was asked.
fn bare(json: &Json, found: &mut Vec<SavedAnswer>) {
    if json.get("value").is_some_and(Json::is_array) && json.get("id").is_none() {
        list(json, None, None, found);
    } else if let Some(path) = id_of(json) {
        push(found, path, json.clone(), None, None, false);
    }
}

fn exchange(json: &Json, found: &mut Vec<SavedAnswer>) {
    let text = |name: &str, inner: &str| {
        json.get(name)
            .and_then(|it| it.get(inner))
            .and_then(Json::as_str)
    };
    let uri = text("request", "uri").unwrap_or("");
    let Ok(path) = arm_path(uri) else { return };
    let method = match text("request", "method") {
        Some(word) if word.eq_ignore_ascii_case("POST") => Method::Post,
        Some(word) if !word.eq_ignore_ascii_case("GET") => return,
        _ => Method::Get,
    };
    let response = json.get("response");
    let status = response
        .and_then(|it| it.get("status"))
        .and_then(Json::as_u64)
        .and_then(|it| u16::try_from(it).ok())
        .unwrap_or(0);
    let time = response.and_then(|it| it.get("headers")).and_then(date);
    let outcome = outcome(status, response.and_then(|it| it.get("body")));
    if method == Method::Get
        && let Outcome::Found(body) = &outcome
    {
        if body.get("value").is_some_and(Json::is_array) {
            list(body, Some((&path, uri)), time, found);
        } else {
            push(found, path, Json::clone(body), Some(uri), time, false);
        }
        return;
    }
    found.push(SavedAnswer {
        method,
        path,
        uri: Some(uri.to_owned()),
        outcome,
        time,
        nested: false,
    });
}

fn outcome(status: u16, body: Option<&Json>) -> Outcome {
    let parsed = match body {
        Some(Json::String(text)) if text.trim().is_empty() => Ok(Json::Null),
        Some(Json::String(text)) => serde_json::from_str(text),
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
        Ok(json) if (200..300).contains(&status) && status != 202 && !json.is_null() => {
            Outcome::Found(Arc::new(json))
        }
        Ok(_) if status == 202 => failed(
            status,
            "",
            "the operation had not ended when this was saved".to_owned(),
        ),
        Ok(json) => {
            let (code, message) = error_of(&json).unwrap_or_default();
            failed(status, &code, message)
        }
        Err(error) if (200..300).contains(&status) => {
            failed(status, "", format!("the body is not JSON: {error}"))
        }
        Err(_) => {
            let text = body.and_then(Json::as_str).unwrap_or("");
            failed(status, "", one_line(text))
        }
    }
}

/// `Date: Fri, 13 Dec 2019 15:23:04 GMT`, in any case of the name.
fn date(headers: &Json) -> Option<String> {
    let value = member(headers.as_object()?, "date")?;
    let text = match value {
        Json::Array(several) => several.first()?.as_str()?,
        other => other.as_str()?,
    };
    let zoned = jiff::fmt::rfc2822::parse(text).ok()?;
    Some(zoned.timestamp().to_string())
}

/// A list: its members, each an answer of its own, and the list itself where its place is known.
fn list(
    json: &Json,
    asked: Option<(&str, &str)>,
    time: Option<String>,
    found: &mut Vec<SavedAnswer>,
) {
    let bare = json.is_array();
    let members = if bare {
        json.as_array()
    } else {
        json.get("value").and_then(Json::as_array)
    };
    let members = members.map_or(&[][..], Vec::as_slice);
    let path = match asked {
        Some((path, _)) => Some(path.to_owned()),
        None => parent_of_all(members),
    };
    for item in members {
        if let Some(path) = id_of(item) {
            push(found, path, item.clone(), None, time.clone(), false);
        }
    }
    if let Some(path) = path {
        let whole = if bare {
            serde_json::json!({ "value": members })
        } else {
            json.clone()
        };
        let whole = restore(whole);
        found.push(SavedAnswer {
            method: Method::Get,
            path,
            uri: asked.map(|(_, uri)| uri.to_owned()),
            outcome: Outcome::Found(Arc::new(whole)),
            time,
            nested: false,
        });
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
    let json = restore(json);
    let key = arm_key(&path);
    inside(&json, &key, &time, found);
    found.push(SavedAnswer {
        method: Method::Get,
        path,
        uri: uri.map(str::to_owned),
        outcome: Outcome::Found(Arc::new(json)),
        time,
        nested,
    });
}

/// Resources inside a resource: with an id of their own and `properties`. A bare `{"id": …}` is a reference.
fn inside(json: &Json, outer: &str, time: &Option<String>, found: &mut Vec<SavedAnswer>) {
    match json {
        Json::Array(items) => items
            .iter()
            .for_each(|item| inside(item, outer, time, found)),
        Json::Object(object) => {
            if let (Some(path), Some(Json::Object(_))) = (id_of(json), object.get("properties"))
                && arm_key(&path) != outer
            {
                found.push(SavedAnswer {
                    method: Method::Get,
                    path,
                    uri: None,
                    outcome: Outcome::Found(Arc::new(json.clone())),
                    time: time.clone(),
                    nested: true,
                });
            }
            object
                .values()
                .for_each(|value| inside(value, outer, time, found));
        }
        _ => {}
    }
}

/// Puts `properties` back where the command line has flattened them: into every object with an id of its own, a name, and no `properties`.
fn restore(json: Json) -> Json {
    match json {
        Json::Array(items) => Json::Array(items.into_iter().map(restore).collect()),
        Json::Object(object) => {
            let flat = object.contains_key("name")
                && !object.contains_key("properties")
                && object
                    .get("id")
                    .and_then(Json::as_str)
                    .is_some_and(|id| id.starts_with("/subscriptions/"));
            let mut object: Map<String, Json> = object
                .into_iter()
                .map(|(key, value)| (key, restore(value)))
                .collect();
            if flat {
                let inner: Map<String, Json> = object
                    .iter()
                    .filter(|(key, _)| !BESIDE.contains(&key.as_str()))
                    .map(|(key, value)| (key.clone(), value.clone()))
                    .collect();
                object.insert("properties".to_owned(), Json::Object(inner));
            }
            Json::Object(object)
        }
        other => other,
    }
}
