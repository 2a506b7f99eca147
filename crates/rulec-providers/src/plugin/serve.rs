//! The other side of the protocol, for plug-ins that are written in Rust.

use std::io::{self, BufRead, Write};

use rulec_facts::fixture::strict_json;
use rulec_facts::provider::{Answer, Provenance, Request};
use rulec_facts::reason::Why;
use rulec_facts::source::{PROTOCOL, describe};
use serde_json::{Value as Json, json};

/// Answers every line of `input` with one of `output`, until the input ends: the description, or what `fetch` says of a request for one
/// of the described kinds.
///
/// # Errors
/// The description is none, or a line cannot be read or written.
pub fn serve(
    description: &Json,
    input: impl BufRead,
    mut output: impl Write,
    mut fetch: impl FnMut(&Request) -> Answer,
) -> io::Result<()> {
    let kinds = describe(description).map_err(io::Error::other)?;
    for line in input.lines() {
        let line = line?;
        let asked = strict_json(&line).ok();
        let id = asked.as_ref().and_then(|it| it.get("id")).cloned();
        let mut known = |request: &Request| {
            let mut kinds = kinds.kinds.iter();
            match kinds.any(|it| it.kind == request.kind) {
                true => fetch(request),
                false => {
                    let detail = "there is no such kind".to_owned();
                    Answer::Unknown(Why::Unsupported, detail, Provenance::default())
                }
            }
        };
        let mut reply = match &asked {
            None => json!({ "error": "this line is no JSON" }),
            Some(asked) => reply(asked, description, &kinds.system, &mut known),
        };
        put(&mut reply, "id", id.unwrap_or_default());
        writeln!(output, "{reply}")?;
        output.flush()?;
    }
    Ok(())
}

fn reply(
    asked: &Json,
    description: &Json,
    system: &str,
    fetch: &mut dyn FnMut(&Request) -> Answer,
) -> Json {
    let text = |name: &str| asked.get(name).and_then(Json::as_str).map(str::to_owned);
    if asked.get("protocol").and_then(Json::as_u64) != Some(PROTOCOL) {
        return json!({ "error": format!("only version {PROTOCOL} is spoken here") });
    }
    match text("ask").as_deref() {
        Some("describe") => description.clone(),
        Some("fetch") => {
            let words = asked.get("arguments").and_then(Json::as_object);
            let values = |it: &Json| {
                let all = it.as_array().map(Vec::as_slice).unwrap_or_default();
                all.iter()
                    .filter_map(Json::as_str)
                    .map(str::to_owned)
                    .collect()
            };
            let request = Request {
                system: system.to_owned(),
                kind: text("kind").unwrap_or_default(),
                locator: text("locator"),
                arguments: words
                    .into_iter()
                    .flatten()
                    .map(|(word, it)| (word.clone(), values(it)))
                    .collect(),
                on: text("on"),
                secret: asked.get("secret").and_then(Json::as_bool) == Some(true),
            };
            told(fetch(&request))
        }
        _ => json!({ "error": "`ask` is `describe` or `fetch`" }),
    }
}

fn put(json: &mut Json, name: &str, value: Json) {
    if let Some(object) = json.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

fn told(answer: Answer) -> Json {
    let (mut json, from) = match answer {
        Answer::Found(found, from) => (json!({ "found": *found }), from),
        Answer::NotThere(from) => (json!({ "not_there": true }), from),
        Answer::Unknown(why, detail, from) => {
            (json!({ "unknown": why.name(), "detail": detail }), from)
        }
    };
    if let Some(time) = from.time {
        put(&mut json, "time", time.into());
    }
    json
}
