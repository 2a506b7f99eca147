//! What plug-ins answered, as a recorder keeps it: one exchange a file, a request and its answer.
//!
//! Only the exact request is answered. A kind of rulec's own has its readers, and no recorded exchange can take their place.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rulec_facts::provider::{Answer, Provenance, Request};
use rulec_facts::reason::Why;
use rulec_facts::source;
use serde_json::{Map, Value as Json, json};

use crate::arm_json::RECORDER;

/// Member of an exchange that holds the request, and marks the file as one.
const MARK: &str = "plugin";

/// Exchanges of a case, by what was asked.
#[derive(Debug, Default)]
pub struct PluginAnswers {
    kinds: BTreeSet<(String, String)>,
    answers: BTreeMap<String, Answer>,
}

/// An exchange as it is kept: an answer of a plug-in in the form of the protocol, `found`, `not_there` or `unknown`.
pub fn exchange(request: &Request, answer: &Json) -> Json {
    json!({ "recorder": RECORDER, MARK: asked(request), "answer": answer })
}

/// The file may be an exchange of a plug-in.
pub(crate) fn may_be(bytes: &[u8]) -> bool {
    let mark = format!("\"{MARK}\"");
    memchr::memmem::find(bytes, mark.as_bytes()).is_some()
}

/// The answer in the form of the protocol; why it is none.
///
/// # Errors
/// What is wrong with it, without quoting a value.
pub fn answer(json: &Json, from: Provenance) -> Result<Answer, String> {
    let object = json.as_object().ok_or("an answer is an object")?;
    let from = Provenance {
        time: object
            .get("time")
            .and_then(Json::as_str)
            .filter(|it| rulec_facts::literal::time(it).is_ok())
            .map(str::to_owned),
        ..from
    };
    let forms = ["found", "not_there", "unknown"];
    let mut given = forms.iter().filter(|it| object.contains_key(**it));
    match (given.next().copied(), given.next()) {
        (Some("found"), None) => {
            let found = object.get("found").cloned().unwrap_or_default();
            Ok(Answer::Found(Arc::new(found), from))
        }
        (Some("not_there"), None) if object.get("not_there") == Some(&Json::Bool(true)) => {
            Ok(Answer::NotThere(from))
        }
        (Some("unknown"), None) => {
            let why = object.get("unknown").and_then(Json::as_str);
            let why = why.and_then(Why::from_name);
            let names: Vec<&str> = Why::ALL.iter().map(|it| it.name()).collect();
            let why = why.ok_or_else(|| format!("`unknown` is one of {}", names.join(", ")))?;
            let detail = object.get("detail").and_then(Json::as_str).unwrap_or("");
            Ok(Answer::Unknown(why, one_line(detail), from))
        }
        _ => Err("exactly one of `found`, `not_there`: true and `unknown` is wanted".to_owned()),
    }
}

/// A text of somebody else on one line, of bounded length.
pub fn one_line(text: &str) -> String {
    const LONGEST: usize = 500;
    let mut line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST)
        .collect();
    line.truncate(line.trim_end().len());
    line
}

impl PluginAnswers {
    /// Takes an exchange. False if the file is none.
    pub fn take(&mut self, file: &str, json: &Json) -> Option<Result<(), String>> {
        let request = json.get(MARK)?.as_object()?;
        if json.get("recorder").and_then(Json::as_str) != Some(RECORDER) {
            return None;
        }
        Some(self.add(file, request, json.get("answer")))
    }

    fn add(
        &mut self,
        file: &str,
        request: &Map<String, Json>,
        told: Option<&Json>,
    ) -> Result<(), String> {
        let word = |name: &str| request.get(name).and_then(Json::as_str).map(str::to_owned);
        let (system, kind) = word("system")
            .zip(word("kind"))
            .ok_or("the exchange does not say what was asked")?;
        if source::systems().contains(&system.as_str()) {
            return Err(format!(
                "`{system}` is one of rulec's own kinds, and no plug-in answers for it"
            ));
        }
        let from = Provenance {
            kind: format!("{system} {kind}"),
            place: word("locator").unwrap_or_default(),
            file: Some(file.to_owned()),
            time: None,
        };
        let answer = answer(told.ok_or("the exchange has no answer")?, from)?;
        self.answers
            .insert(Json::Object(request.clone()).to_string(), answer);
        self.kinds.insert((system, kind));
        Ok(())
    }

    /// Something of that kind was recorded.
    pub fn has(&self, request: &Request) -> bool {
        let kind = (request.system.clone(), request.kind.clone());
        self.kinds.contains(&kind)
    }

    /// What was answered to exactly this request.
    pub fn answer(&self, request: &Request) -> Option<&Answer> {
        self.answers.get(&asked(request).to_string())
    }
}

fn asked(request: &Request) -> Json {
    json!({
        "system": request.system,
        "kind": request.kind,
        "locator": request.locator,
        "arguments": request.arguments.iter().cloned().collect::<BTreeMap<_, _>>(),
        "on": request.on,
    })
}
