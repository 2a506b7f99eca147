//! All saved answers of a case, by method and address.

use std::collections::BTreeMap;
use std::sync::Arc;

use rulec_facts::provider::{Answer, Provenance, Request};
use rulec_facts::reason::Why;
use rulec_facts::source::{arm_key, arm_path};
use serde_json::Value as Json;

use super::{Method, Outcome, SavedAnswer};
use crate::azure_answer;
use crate::azure_ask::{self, Ask};

/// A resource of the case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Resource {
    /// `Microsoft.Network/virtualNetworkGateways`.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// The file that it was saved in.
    pub file: String,
}

/// Saved answers by what was asked; addresses compare without case.
#[derive(Debug, Clone, Default)]
pub struct ArmIndex {
    answers: BTreeMap<(Method, String), Entry>,
    /// Further pages of lists, by their whole address.
    pages: BTreeMap<String, Entry>,
    /// Exchanges by all that was asked.
    asked: BTreeMap<String, Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    saved: SavedAnswer,
    file: String,
}

impl ArmIndex {
    /// Nothing was saved.
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// Takes the answers of one file. Of two answers to one request the one that stands alone is better than one inside another
    /// resource, then the newer one. Told is each request with two different answers of which none is known to be newer.
    pub fn add(&mut self, file: &str, answers: Vec<SavedAnswer>) -> Vec<String> {
        let mut told = Vec::new();
        for saved in answers {
            if let Some(uri) = saved
                .uri
                .as_deref()
                .filter(|uri| uri.to_ascii_lowercase().contains("skiptoken"))
            {
                let key = page_key(uri);
                self.pages.insert(
                    key,
                    Entry {
                        saved,
                        file: file.to_owned(),
                    },
                );
                continue;
            }
            let key = (saved.method, place(&saved.path));
            let new = Entry {
                saved,
                file: file.to_owned(),
            };
            if let Some(asked) = new.saved.asked.clone() {
                let kept = self.asked.get(&asked.key);
                if kept.is_none_or(|old| better(&old.saved, &new.saved) == Some(true)) {
                    self.asked.insert(asked.key, new.clone());
                }
                if asked.part {
                    continue;
                }
            }
            match self.answers.get_mut(&key) {
                None => {
                    self.answers.insert(key, new);
                }
                Some(old) => match better(&old.saved, &new.saved) {
                    Some(true) => *old = new,
                    Some(false) => {}
                    None => told.push(format!(
                        "`{}` was saved twice with different content, also in `{}`; that one is used",
                        new.saved.path, old.file
                    )),
                },
            }
        }
        told
    }

    /// The answer to a request; the file that holds it, if one does. `exact` is what identifies the whole question, its version and query
    /// included: an exchange that asked just that counts before what else was saved of the place.
    pub fn answer(
        &self,
        method: Method,
        locator: &str,
        exact: Option<&str>,
    ) -> (Answer, Option<&str>) {
        let from = |file: Option<&str>, time: Option<&String>| Provenance {
            kind: "azure arm".to_owned(),
            place: locator.to_owned(),
            file: file.map(str::to_owned),
            time: time.cloned(),
        };
        let path = match arm_path(locator) {
            Ok(path) => path,
            Err(message) => {
                return (
                    Answer::Unknown(Why::Malformed, message, from(None, None)),
                    None,
                );
            }
        };
        let key = place(&path);
        let exact = exact.and_then(|it| self.asked.get(it));
        let ended =
            |it: &&Entry| !matches!(it.saved.outcome, Outcome::Pending(_) | Outcome::Summary);
        let exact = exact.filter(|it| it.saved.recorded).filter(ended);
        let result = exact.or_else(|| self.result(method, key.clone()));
        let Some(entry) = result.or_else(|| self.refused(method, &key)) else {
            let detail = "no saved answer for it is in the case".to_owned();
            return (
                Answer::Unknown(Why::NotCollected, detail, from(None, None)),
                None,
            );
        };
        let from = from(Some(&entry.file), entry.saved.time.as_ref());
        let pointed = place(&entry.saved.path) != place(&path);
        let answer = match &entry.saved.outcome {
            // It is about the address of the result, never about the place that was asked.
            Outcome::Failed(error) if pointed && matches!(error.status, 404 | 410) => {
                let detail = format!("HTTP {}: the result of the operation is gone", error.status);
                Answer::Unknown(Why::NotCollected, detail, from)
            }
            Outcome::Failed(error) => error.answer(&path, from),
            Outcome::Found(json) if pointed => match output(json) {
                Some(json) => self.whole(&entry.saved.path, &json, from),
                None => {
                    let detail = "the operation has ended, and its status does not hold the result";
                    Answer::Unknown(Why::NotCollected, detail.to_owned(), from)
                }
            },
            Outcome::Found(json) => self.whole(&path, json, from),
            Outcome::Pending(_) => {
                let detail = "HTTP 202: the operation had not ended, and its result was not saved";
                Answer::Unknown(Why::NotCollected, detail.to_owned(), from)
            }
            Outcome::Unanswered(why, detail) => Answer::Unknown(*why, detail.clone(), from),
            Outcome::Summary => {
                let detail = "only that it exists was saved, not its properties";
                Answer::Unknown(Why::NotCollected, detail.to_owned(), from)
            }
        };
        (answer, Some(&entry.file))
    }

    /// An exchange of that kind was saved: `activity`, `metrics`, `logs`, `graph`.
    pub fn has(&self, kind: &str) -> bool {
        let mut paths = self.asked.values().map(|it| it.saved.path.to_lowercase());
        paths.any(|path| match kind {
            "activity" => path.ends_with("/microsoft.insights/eventtypes/management/values"),
            "metrics" => path.ends_with("/providers/microsoft.insights/metrics"),
            "logs" => path.starts_with("/v1/") && path.ends_with("/query"),
            "graph" => path.starts_with("/v1.0/"),
            _ => false,
        })
    }

    /// The answer to a request of such a kind: only an exchange that asked exactly this has it.
    pub fn asked(&self, request: &Request) -> (Answer, Option<&str>) {
        let mut from = Provenance {
            kind: format!("{} {}", request.system, request.kind),
            place: request.locator.clone().unwrap_or_default(),
            ..Provenance::default()
        };
        let entry = match Ask::of(request) {
            Ok(ask) => self.asked.get(&ask.key()),
            Err((why, detail)) => return (Answer::Unknown(why, detail, from), None),
        };
        let Some(entry) = entry else {
            let detail = "no saved answer for it is in the case".to_owned();
            return (Answer::Unknown(Why::NotCollected, detail, from), None);
        };
        from.file = Some(entry.file.clone());
        from.time = entry.saved.time.clone();
        let answer = match &entry.saved.outcome {
            Outcome::Found(body) => azure_answer::found(request, body, from),
            Outcome::Failed(error) => azure_answer::failed(request, error, from),
            Outcome::Unanswered(why, detail) => Answer::Unknown(*why, detail.clone(), from),
            Outcome::Pending(_) | Outcome::Summary => {
                let detail = "what was saved is no answer to this question";
                Answer::Unknown(Why::NotCollected, detail.to_owned(), from)
            }
        };
        (answer, Some(&entry.file))
    }

    /// An error that came when a part of that place was asked for: it is one of the place, where nothing else was saved of it.
    fn refused(&self, method: Method, key: &str) -> Option<&Entry> {
        let mut parts = self.asked.values().filter(|it| {
            matches!(it.saved.outcome, Outcome::Failed(_)) && it.saved.method == method
        });
        parts.find(|it| place(&it.saved.path) == key)
    }

    /// The answer to a request, or what was saved at the address to which it points.
    fn result(&self, method: Method, key: String) -> Option<&Entry> {
        let entry = self.answers.get(&(method, key))?;
        let Outcome::Pending(addresses) = &entry.saved.outcome else {
            return Some(entry);
        };
        let ended = addresses
            .iter()
            .filter_map(|address| arm_path(address).ok())
            .filter_map(|path| self.answers.get(&(Method::Get, place(&path))))
            .find(|it| !matches!(it.saved.outcome, Outcome::Pending(_)) && !goes_on(it));
        ended.or(Some(entry))
    }

    /// A list with all its pages; a page that was not saved leaves the list unknown, because it is cut.
    fn whole(&self, path: &str, first: &Arc<Json>, from: Provenance) -> Answer {
        let Some(mut next) = next_link(first) else {
            return Answer::Found(Arc::clone(first), from);
        };
        let mut members = first
            .get("value")
            .and_then(Json::as_array)
            .cloned()
            .unwrap_or_default();
        for _ in 0..=self.pages.len() {
            if !continues(path, &next) {
                let detail = "the list goes on in a page that belongs to another list";
                return Answer::Unknown(Why::OverBudget, detail.to_owned(), from);
            }
            let page = match self
                .pages
                .get(&page_key(&next))
                .map(|entry| &entry.saved.outcome)
            {
                Some(Outcome::Found(page)) => page,
                Some(Outcome::Failed(error)) => {
                    let (why, shown) = error.of_page();
                    let detail = format!("a further page of the list: {shown}");
                    return Answer::Unknown(why, detail, from);
                }
                Some(Outcome::Unanswered(why, shown)) => {
                    let detail = format!("a further page of the list: {shown}");
                    return Answer::Unknown(*why, detail, from);
                }
                _ => break,
            };
            let Some(listed) = page.get("value").and_then(Json::as_array) else {
                let detail = "a further page of the list: it has no list named `value`";
                return Answer::Unknown(Why::OverBudget, detail.to_owned(), from);
            };
            members.extend(listed.iter().cloned());
            match next_link(page) {
                Some(link) => next = link,
                None => {
                    return Answer::Found(Arc::new(serde_json::json!({ "value": members })), from);
                }
            }
        }
        Answer::Unknown(
            Why::OverBudget,
            "the list goes on in a page that was not saved".to_owned(),
            from,
        )
    }

    /// Resources that were saved, in order of type and id.
    pub fn resources(&self) -> Vec<Resource> {
        let found = self.answers.values().filter(|entry| {
            !entry.saved.recorded
                && entry.saved.method == Method::Get
                && matches!(entry.saved.outcome, Outcome::Found(_) | Outcome::Summary)
        });
        let mut all: Vec<Resource> = found
            .filter_map(|entry| {
                let id = entry.saved.path.clone();
                Some(Resource {
                    kind: kind_of(&id)?,
                    id,
                    file: entry.file.clone(),
                })
            })
            .collect();
        all.sort();
        all
    }
}

/// What identifies an address: without case, and however it is encoded, as what was recorded is.
fn place(path: &str) -> String {
    arm_key(&azure_ask::decoded(path))
}

/// What stands where a page lies: without case, but for the values in its query, which may be base64.
fn page_key(uri: &str) -> String {
    let (place, query) = uri.split_once('?').unwrap_or((uri, ""));
    format!("{}?{}", place.to_lowercase(), azure_ask::plain_query(query))
}

/// A link leads to a further page of a list: it has the same place, or one that is no place of a resource.
pub fn continues(path: &str, link: &str) -> bool {
    let Ok(to) = arm_path(link) else {
        return true;
    };
    let to = place(&to);
    let is_resource = ["/subscriptions/", "/providers/"]
        .iter()
        .any(|it| to.starts_with(it));
    !is_resource || to == place(path)
}

fn next_link(json: &Json) -> Option<String> {
    let link = json.get("nextLink")?.as_str()?;
    (!link.is_empty()).then(|| link.to_owned())
}

/// What an operation came to: the `output` of its status, or the document itself; none for a status that holds no result.
fn output(json: &Arc<Json>) -> Option<Arc<Json>> {
    let Some(status) = json.get("status").and_then(Json::as_str) else {
        return Some(Arc::clone(json));
    };
    let output = json.get("properties").and_then(|it| it.get("output"));
    let is_result = json.get("value").is_some() || !status.eq_ignore_ascii_case("succeeded");
    match output.filter(|it| !it.is_null()) {
        Some(output) => Some(Arc::new(output.clone())),
        None => is_result.then(|| Arc::clone(json)),
    }
}

/// A status of an operation that has not come to a result.
fn goes_on(entry: &Entry) -> bool {
    match &entry.saved.outcome {
        Outcome::Found(json) => json
            .get("status")
            .and_then(Json::as_str)
            .is_some_and(|it| it != "Succeeded" && json.get("properties").is_none()),
        _ => false,
    }
}

/// The new answer is better than the old one; none where they differ and nothing says.
fn better(old: &SavedAnswer, new: &SavedAnswer) -> Option<bool> {
    if old.outcome == new.outcome {
        return Some(false);
    }
    let poor = |it: &SavedAnswer| matches!(it.outcome, Outcome::Pending(_) | Outcome::Summary);
    if poor(old) != poor(new) {
        return Some(poor(old));
    }
    if old.nested != new.nested {
        return Some(old.nested);
    }
    // A member of a list often has less than the resource itself; a run that asked for both counted the latter.
    let recorded = old.recorded && new.recorded;
    if recorded && old.asked.is_some() != new.asked.is_some() {
        return Some(new.asked.is_some());
    }
    // Two questions about one place; each finds its own answer.
    if recorded && old.asked.as_ref().map(|it| &it.key) != new.asked.as_ref().map(|it| &it.key) {
        return Some(false);
    }
    match (&old.time, &new.time) {
        (Some(old), Some(new)) if old != new => Some(new > old),
        _ if old.nested => Some(false),
        _ => None,
    }
}

/// `Microsoft.Network/virtualNetworks/subnets` of `…/providers/Microsoft.Network/virtualNetworks/v/subnets/s`; none for a collection.
fn kind_of(path: &str) -> Option<String> {
    let lower = path.to_lowercase();
    let start = lower.rfind("/providers/")? + "/providers/".len();
    let mut segments = path.get(start..)?.split('/');
    let mut kind = segments.next()?.to_owned();
    let rest: Vec<&str> = segments.collect();
    if rest.is_empty() || !rest.len().is_multiple_of(2) {
        return None;
    }
    for word in rest.iter().step_by(2) {
        kind.push('/');
        kind.push_str(word);
    }
    Some(kind)
}
