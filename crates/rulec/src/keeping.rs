//! `kept.json`: what was known of a case, fact by fact, in place of its files.

use rulec_eval::kept::Kept;
use rulec_eval::{CaseInput, Provenance};
use rulec_facts::fixture::{TextError, strict_json, utf8};
use serde_json::{Map, Value as Json, json};

/// Version of the form.
const FORM: u64 = 1;

/// The text of a case file: what was given of a case, but nothing that is secret, or whose name nobody knows: it may be that of a secret, misspelt.
pub fn case_file(input: &CaseInput, is_secret: impl Fn(&str) -> Option<bool>) -> String {
    let (mut params, mut facts) = (Map::new(), Map::new());
    for given in &input.given {
        if is_secret(&given.name) != Some(false) {
            continue;
        }
        let named = match given.file {
            None => &mut params,
            Some(_) => &mut facts,
        };
        named.insert(given.name.clone(), given.value.clone());
    }
    let mut case = json!({ "symptoms": input.texts, "now": input.now });
    if let Some(case) = case.as_object_mut() {
        let rest = [
            ("params", Json::Object(params)),
            ("facts", Json::Object(facts)),
            ("locale", json!(input.locale)),
        ];
        let said = rest.into_iter().filter(|(_, it)| !it.is_null());
        case.extend(said.map(|(name, value)| (name.to_owned(), value)));
    }
    format!("{case:#}\n")
}

/// The text of the file.
pub fn text(pack: &Json, facts: &[Kept]) -> String {
    let facts: Vec<Json> = facts.iter().map(line).collect();
    let file = json!({ "recorder": "rulec", "kept": FORM, "redacted": true, "pack": pack, "facts": facts });
    format!("{file:#}\n")
}

fn line(kept: &Kept) -> Json {
    let from = &kept.from;
    let mut line = Map::new();
    line.insert("name".to_owned(), json!(kept.name));
    line.insert("value".to_owned(), kept.value.clone());
    line.insert("kind".to_owned(), json!(from.kind));
    line.insert("place".to_owned(), json!(from.place));
    for (key, text) in [("file", &from.file), ("time", &from.time)] {
        if let Some(text) = text {
            line.insert(key.to_owned(), json!(text));
        }
    }
    Json::Object(line)
}

/// Reads such a file.
///
/// # Errors
/// It is no JSON, or not of this form.
pub fn read(bytes: &[u8]) -> Result<Vec<Kept>, TextError> {
    let wrong = |message: &str| TextError {
        line: 1,
        column: 1,
        message: message.to_owned(),
    };
    let file = strict_json(utf8(bytes)?)?;
    if file.get("kept").and_then(Json::as_u64) != Some(FORM) {
        return Err(wrong("it was kept by another version of `rulec`"));
    }
    let facts = file.get("facts").and_then(Json::as_array);
    let facts = facts.ok_or_else(|| wrong("it has no `facts`"))?;
    let all: Option<Vec<Kept>> = facts.iter().map(fact).collect();
    all.ok_or_else(|| wrong("a fact in it has no `name`, `value`, `kind` and `place`"))
}

fn fact(line: &Json) -> Option<Kept> {
    let text = |key: &str| line.get(key).and_then(Json::as_str).map(str::to_owned);
    Some(Kept {
        name: text("name")?,
        value: line.get("value")?.clone(),
        from: Provenance {
            kind: text("kind")?,
            place: text("place")?,
            file: text("file"),
            time: text("time"),
        },
    })
}
