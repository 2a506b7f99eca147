//! Answers as they came, one file a place: what `rulec collect` keeps while it asks, and what a case folder gives back.
//!
//! The form holds for every kind of source. It is that of a record, not of an export: the place is named exactly, and answers for itself alone.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use rulec_facts::fixture::{TextError, strict_json, utf8};
use rulec_facts::provider::{Answer, Provenance, Provider, Request};
use rulec_facts::reason::Why;
use serde_json::{Map, Value as Json, json};

/// Version of the form.
const FORM: u64 = 1;

/// The folder of the files inside a case.
pub const FOLDER: &str = "answered";

/// Answers by place.
#[derive(Debug, Clone, Default)]
pub struct Answered {
    places: BTreeMap<String, Answer>,
}

impl Answered {
    /// Adds an answer; of two for one place the one that says something stands, else the later.
    pub fn add(&mut self, request: &Request, answer: Answer) {
        let place = request.place_key();
        let says = |it: &Answer| !matches!(it, Answer::Unknown(..));
        match self.places.get(&place) {
            Some(old) if says(old) && !says(&answer) => {}
            _ => {
                self.places.insert(place, answer);
            }
        }
    }

    /// The answer of a place.
    pub fn get(&self, request: &Request) -> Option<&Answer> {
        self.places.get(&request.place_key())
    }

    /// No place has an answer.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}

impl Provider for Answered {
    fn name(&self) -> &str {
        "kept answers"
    }

    fn answers(&self, request: &Request) -> bool {
        self.get(request).is_some()
    }

    fn fetch(&self, request: &Request, _budget: Duration) -> Answer {
        self.get(request).cloned().unwrap_or_else(|| {
            crate::gather::unknown(request, Why::NotCollected, "it was not asked")
        })
    }
}

/// The name of the file of an answer, counted from 1.
pub fn file_name(number: usize) -> String {
    format!("{FOLDER}/{number:04}.json")
}

/// The text of the file. None for a place that is named by a secret: it is not to be kept.
pub fn text(request: &Request, answer: &Answer) -> Option<String> {
    if request.secret {
        return None;
    }
    let place = json!({
        "system": request.system,
        "kind": request.kind,
        "locator": request.locator,
        "arguments": request.arguments,
        "on": request.on,
    });
    let mut file = Map::new();
    file.insert("recorder".to_owned(), json!("rulec"));
    file.insert("answered".to_owned(), json!(FORM));
    file.insert("place".to_owned(), place);
    let (Answer::Found(_, from) | Answer::NotThere(from) | Answer::Unknown(_, _, from)) = answer;
    for (key, text) in [("file", &from.file), ("time", &from.time)] {
        if let Some(text) = text {
            file.insert(key.to_owned(), json!(text));
        }
    }
    let (key, said) = match answer {
        Answer::Found(document, _) => ("found", Json::clone(document)),
        Answer::NotThere(_) => ("not_there", json!(true)),
        Answer::Unknown(why, detail, _) => {
            ("unknown", json!({ "reason": why.name(), "detail": detail }))
        }
    };
    file.insert(key.to_owned(), said);
    Some(format!("{:#}\n", Json::Object(file)))
}

/// Whether bytes are such a file, by their beginning.
pub fn is_answer(bytes: &[u8]) -> bool {
    let head = bytes.get(..80).unwrap_or(bytes);
    let words: Vec<u8> = head
        .iter()
        .copied()
        .filter(|it| !it.is_ascii_whitespace())
        .collect();
    words.starts_with(br#"{"recorder":"rulec","answered":"#)
}

/// Reads such a file of that name.
///
/// # Errors
/// It is no JSON, or not of this form.
pub fn read(name: &str, bytes: &[u8]) -> Result<(Request, Answer), TextError> {
    let wrong = |message: &str| TextError {
        line: 1,
        column: 1,
        message: message.to_owned(),
    };
    let file = strict_json(utf8(bytes)?)?;
    if file.get("answered").and_then(Json::as_u64) != Some(FORM) {
        return Err(wrong("it was kept by another version of `rulec`"));
    }
    let request = file
        .get("place")
        .and_then(request)
        .ok_or_else(|| wrong("its `place` has no `system` and `kind`"))?;
    let from = Provenance {
        kind: format!("{} {}", request.system, request.kind),
        place: request.locator.clone().unwrap_or_default(),
        file: Some(name.to_owned()),
        time: text_of(&file, "time"),
    };
    let answer = if let Some(found) = file.get("found") {
        Answer::Found(Arc::new(found.clone()), from)
    } else if file.get("not_there").and_then(Json::as_bool) == Some(true) {
        Answer::NotThere(from)
    } else {
        let unknown = file.get("unknown");
        let why = unknown
            .and_then(|it| it.get("reason")?.as_str())
            .and_then(Why::from_name)
            .ok_or_else(|| wrong("it has neither `found` nor `not_there` nor a reason"))?;
        let detail = unknown.and_then(|it| text_of(it, "detail"));
        Answer::Unknown(why, detail.unwrap_or_default(), from)
    };
    Ok((request, answer))
}

fn request(place: &Json) -> Option<Request> {
    let arguments = place.get("arguments")?.as_array()?.iter().map(|it| {
        let values = it.get(1)?.as_array()?.iter();
        let values: Option<Vec<String>> = values.map(|it| Some(it.as_str()?.to_owned())).collect();
        Some((it.get(0)?.as_str()?.to_owned(), values?))
    });
    Some(Request {
        system: text_of(place, "system")?,
        kind: text_of(place, "kind")?,
        locator: text_of(place, "locator"),
        arguments: arguments.collect::<Option<_>>()?,
        on: text_of(place, "on"),
        secret: false,
    })
}

fn text_of(json: &Json, key: &str) -> Option<String> {
    json.get(key).and_then(Json::as_str).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(secret: bool) -> Request {
        Request {
            system: "windows".to_owned(),
            kind: "events".to_owned(),
            locator: Some("System \"é\"".to_owned()),
            arguments: vec![("id".to_owned(), vec!["13".to_owned(), "14".to_owned()])],
            on: Some("nps".to_owned()),
            secret,
        }
    }

    #[test]
    fn each_sort_of_answer_comes_back_as_it_was() {
        let from = Provenance {
            time: Some("2026-11-01T00:00:00Z".to_owned()),
            ..Provenance::default()
        };
        let answers = [
            Answer::Found(Arc::new(json!({ "a": [1, null, "x"] })), from.clone()),
            Answer::Found(Arc::new(Json::Null), from.clone()),
            Answer::NotThere(from.clone()),
            Answer::Unknown(Why::Denied, "who are you".to_owned(), from),
        ];
        for answer in answers {
            let text = text(&asked(false), &answer).unwrap();
            assert!(is_answer(text.as_bytes()), "{text}");
            let (request, back) = read("answered/0001.json", text.as_bytes()).unwrap();
            assert_eq!(request, asked(false));
            let mut kept = Answered::default();
            kept.add(&request, back.clone());
            assert_eq!(kept.fetch(&asked(false), Duration::ZERO), back);
            match (answer, back) {
                (Answer::Found(a, _), Answer::Found(b, from)) => {
                    assert_eq!((a, from.time.as_deref()), (b, Some("2026-11-01T00:00:00Z")));
                }
                (Answer::NotThere(_), Answer::NotThere(_)) => {}
                (Answer::Unknown(a, b, _), Answer::Unknown(c, d, _)) => {
                    assert_eq!((a, b), (c, d));
                }
                (a, b) => panic!("{a:?} became {b:?}"),
            }
        }
    }

    #[test]
    fn a_place_that_a_secret_names_is_not_kept() {
        let answer = Answer::NotThere(Provenance::default());
        assert_eq!(text(&asked(true), &answer), None);
    }

    #[test]
    fn what_is_cut_or_of_another_version_is_told_and_is_no_answer() {
        let whole = text(&asked(false), &Answer::NotThere(Provenance::default())).unwrap();
        for cut in 0..whole.trim_end().len() {
            assert!(read("x", &whole.as_bytes()[..cut]).is_err(), "{cut}");
        }
        let other = whole.replace("\"answered\": 1", "\"answered\": 2");
        assert!(read("x", other.as_bytes()).is_err());
    }

    #[test]
    fn what_says_something_is_not_replaced_by_what_does_not() {
        let mut kept = Answered::default();
        let unknown = crate::gather::unknown(&asked(false), Why::TimedOut, "late");
        let there = Answer::NotThere(Provenance::default());
        kept.add(&asked(false), unknown.clone());
        kept.add(&asked(false), there.clone());
        kept.add(&asked(false), unknown);
        assert_eq!(kept.get(&asked(false)), Some(&there));
    }
}
