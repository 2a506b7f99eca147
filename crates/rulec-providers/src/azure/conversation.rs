//! From a question to its answer: sign-in, retries, operations that take long, pages of a list; each within its budget.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::time::Duration;

use rulec_artefacts::arm_json::{self, Method};
use rulec_artefacts::azure_ask::{Ask, Audience};
use rulec_artefacts::secrets;
use rulec_facts::fixture::strict_json;
use rulec_facts::reason::Why;
use serde_json::Value as Json;

use super::cloud::Endpoint;
use super::token::{Token, scrub, scrub_json};
use super::wire::{Call, Fault, Reply};
use super::{Parts, Shared, lock};

/// What came of a question, as it is recorded.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outcome {
    /// An answer, good or bad.
    Reply {
        /// HTTP status.
        status: u16,
        /// Those that are of use later.
        headers: Vec<(String, String)>,
        /// JSON, or the text where it is none.
        body: Json,
    },
    /// No answer.
    Failure(Why, String),
}

/// Longest text of an answer that is no JSON which is kept, characters: the page of a proxy.
const LONGEST_TEXT: usize = 2000;

/// Headers that are kept.
const KEPT: &[&str] = &[
    "date",
    "retry-after",
    "x-ms-correlation-request-id",
    "x-ms-failure-cause",
    "x-ms-request-id",
];

/// One question.
pub(super) struct Conversation<'a> {
    pub parts: &'a Parts,
    pub endpoint: &'a Endpoint,
    pub audience: Audience,
    /// What it has in common with others.
    pub shared: &'a Mutex<Shared>,
    /// Held while it asks for a token.
    pub signing_in: &'a Mutex<()>,
    /// When it is over, by the clock of the parts.
    pub deadline: Duration,
    /// Bytes that were read.
    pub read: usize,
}

type Failed = (Why, String);

impl Conversation<'_> {
    /// Asks, and waits for the answer.
    pub(super) fn ask(&mut self, ask: &Ask) -> Outcome {
        match self.whole(ask) {
            Ok(outcome) => outcome,
            Err((why, detail)) => Outcome::Failure(why, scrub(&detail, &self.tokens())),
        }
    }

    fn whole(&mut self, ask: &Ask) -> Result<Outcome, Failed> {
        let query = match ask.query.as_str() {
            "" => String::new(),
            query => format!("?{query}"),
        };
        let url = format!("{}{}{query}", self.endpoint.url, ask.path);
        let body = ask.body.as_ref().map(Json::to_string);
        let mut reply = self.send(ask.method, &url, body)?;
        if reply.status == 202 {
            reply = self.operation(reply)?;
        }
        let mut outcome = self.outcome(&reply);
        if let Outcome::Reply {
            status: 200..=299,
            body,
            ..
        } = &mut outcome
            && !ask.part
        {
            self.pages(&ask.path, body)?;
        }
        if let Outcome::Reply { body, .. } = &mut outcome {
            match secrets::names_secret(&ask.path) {
                true => secrets::hide_all(body),
                false => secrets::hide(body),
            }
        }
        Ok(outcome)
    }

    /// Tokens that were handed out.
    fn tokens(&self) -> Vec<Token> {
        lock(self.shared).tokens.clone()
    }

    /// Time that is left; the reason where it is over.
    fn left(&self) -> Result<Duration, Failed> {
        let left = self.deadline.saturating_sub(self.parts.clock.elapsed());
        if left.is_zero() {
            return Err((
                Why::TimedOut,
                "the time for this question is over".to_owned(),
            ));
        }
        Ok(left)
    }

    /// Sends, again where that may help. A token that was refused is renewed once.
    fn send(&mut self, method: Method, url: &str, body: Option<String>) -> Result<Reply, Failed> {
        let limits = &self.parts.limits;
        let mut renewed = false;
        let mut attempt = 0;
        let mut token = self.token(None)?;
        loop {
            let call = Call {
                method,
                url: url.to_owned(),
                token: Some(token.clone()),
                body: body.clone(),
            };
            let limit = self.left()?.min(limits.attempt);
            let room = limits.room.saturating_sub(self.read);
            let sent = self.parts.wire.send(&call, limit, room);
            attempt += 1;
            let told = match &sent {
                Ok(reply) if reply.status == 401 && !renewed => {
                    renewed = true;
                    // Where there is no other token, the refusal itself says more.
                    if let Ok(other) = self.token(Some(&token)) {
                        token = other;
                        continue;
                    }
                    None
                }
                Ok(reply) if is_passing(reply.status) => Some(retry_after(reply)),
                Err(fault) if fault.passes() => Some(None),
                _ => None,
            };
            if let Some(told) = told
                && attempt < limits.attempts
                && self.wait_again(told, attempt)
            {
                continue;
            }
            return self.received(sent);
        }
    }

    /// Waits as long as the service says, else longer each time. False where there is no retry or no time left.
    fn wait_again(&mut self, told: Option<Duration>, attempt: u32) -> bool {
        let own = self
            .parts
            .limits
            .pause
            .saturating_mul(1 << attempt.min(8).saturating_sub(1));
        let wait = told.unwrap_or(own);
        let enough = self.left().is_ok_and(|left| wait < left);
        if !enough || !Shared::retry(self.shared) {
            return false;
        }
        self.parts.clock.sleep(wait);
        true
    }

    fn received(&mut self, sent: Result<Reply, Fault>) -> Result<Reply, Failed> {
        let host = self.endpoint.url.split_once("://").map_or("", |(_, it)| it);
        let reply = sent.map_err(|fault| fault.reason(host, self.parts.limits.room))?;
        self.read += reply.body.len();
        if (300..400).contains(&reply.status) {
            let to = reply.header("location").unwrap_or("");
            let to = to.split_once("://").map_or("", |(_, it)| it);
            let to = to.split(['/', '?', '#']).next().unwrap_or("");
            let to: String = to
                .chars()
                .filter(|c| c.is_ascii_graphic())
                .take(80)
                .collect();
            let detail = format!(
                "HTTP {}: a redirect to `{to}`, which is not followed",
                reply.status
            );
            return Err((Why::NotCollected, detail));
        }
        Ok(reply)
    }

    /// A token; another one than that which was `refused`.
    fn token(&mut self, refused: Option<&Token>) -> Result<Token, Failed> {
        let found = {
            let _one_at_a_time = lock(self.signing_in);
            // Others may have signed in until here: that took its time, and what they got is as good.
            let limit = self.left()?;
            let token = |fresh| {
                let sign_in = &self.parts.sign_in;
                sign_in.token(self.audience, &self.endpoint.scope, fresh, limit)
            };
            match token(false) {
                Ok(kept) if refused == Some(&kept) => token(true),
                other => other,
            }
        };
        match found {
            Ok(token) => {
                let tokens = &mut lock(self.shared).tokens;
                if !tokens.contains(&token) {
                    tokens.push(token.clone());
                }
                Ok(token)
            }
            Err(detail) => {
                let detail = format!("not signed in to {}: {detail}", self.audience.name());
                Err((Why::Denied, detail))
            }
        }
    }

    /// Waits for the result of an operation that takes long: it lies at `Location`, or in the status at `Azure-AsyncOperation`.
    fn operation(&mut self, accepted: Reply) -> Result<Reply, Failed> {
        let mut reply = accepted;
        let find = |reply: &Reply, name: &str| reply.header(name).map(str::to_owned);
        let mut result = find(&reply, "location");
        let mut status = find(&reply, "azure-asyncoperation");
        loop {
            let limits = &self.parts.limits;
            // A service that names no time to wait at all is not asked without end.
            let wait = retry_after(&reply).map_or(limits.poll, |it| it.max(limits.pause));
            if self.left()? <= wait {
                let detail = "HTTP 202: the operation had not ended in time";
                return Err((Why::TimedOut, detail.to_owned()));
            }
            self.parts.clock.sleep(wait);
            let (address, is_status) = self.place_of_result(&result, &status)?;
            reply = self.send(Method::Get, &address, None)?;
            match reply.status {
                202 => {
                    result = find(&reply, "location").or(result);
                    status = find(&reply, "azure-asyncoperation").or(status);
                }
                200 => {
                    if let Some(body) = ended(&reply, is_status)? {
                        return Ok(Reply { body, ..reply });
                    }
                }
                // It is about the address of the result, never about the place that was asked.
                404 | 410 => {
                    let detail =
                        format!("HTTP {}: the result of the operation is gone", reply.status);
                    return Err((Why::NotCollected, detail));
                }
                _ => return Ok(reply),
            }
        }
    }

    /// Where to look for the result, and whether that is the status of the operation: the first of both that lies on the own host.
    fn place_of_result(
        &self,
        result: &Option<String>,
        status: &Option<String>,
    ) -> Result<(String, bool), Failed> {
        let told = [(result, false), (status, true)];
        let own = |it: &Option<String>| it.clone().filter(|it| self.endpoint.owns(it));
        let mut found = told.iter().filter_map(|(it, sort)| Some((own(it)?, *sort)));
        found.next().ok_or_else(|| {
            let detail = match (result, status) {
                (None, None) => "HTTP 202 does not say where the result will lie",
                _ => "the result of the operation lies on another host, which is not asked",
            };
            (Why::NotCollected, detail.to_owned())
        })
    }

    fn outcome(&self, reply: &Reply) -> Outcome {
        let text = String::from_utf8_lossy(&reply.body);
        let text = text.trim_start_matches('\u{FEFF}');
        let tokens = self.tokens();
        let clean = || scrub(text, &tokens);
        let body = match strict_json(text) {
            // A text is kept as the JSON that it was, so that it is not taken for what its content may look like.
            Ok(Json::String(_)) => Json::String(clean()),
            Ok(mut json) => {
                scrub_json(&mut json, &tokens);
                json
            }
            Err(_) if text.trim().is_empty() => Json::String(String::new()),
            Err(_) => Json::String(clean().chars().take(LONGEST_TEXT).collect()),
        };
        let kept = reply
            .headers
            .iter()
            .filter(|(name, _)| KEPT.contains(&name.as_str()));
        Outcome::Reply {
            status: reply.status,
            headers: kept
                .map(|(name, value)| (name.clone(), one_line(&scrub(value, &tokens))))
                .collect(),
            body,
        }
    }

    /// Puts the further pages of a list into its first one.
    fn pages(&mut self, path: &str, first: &mut Json) -> Result<(), Failed> {
        let told = |detail: &str| format!("a further page of the list: {detail}");
        let over = |detail: String| (Why::OverBudget, told(&detail));
        let mut pages = 1;
        let mut seen = BTreeSet::new();
        while let Some(link) = next_link(first) {
            if !seen.insert(link.clone()) {
                return Err(over("it is one that was there already".to_owned()));
            }
            if !self.endpoint.owns(&link) {
                return Err(over(
                    "it lies on another host, which is not asked".to_owned(),
                ));
            }
            if !arm_json::continues(path, &link) {
                return Err(over(
                    "it belongs to another list, which is not asked".to_owned(),
                ));
            }
            pages += 1;
            if pages > self.parts.limits.pages {
                return Err(over(format!(
                    "there are more than {}",
                    self.parts.limits.pages
                )));
            }
            let reply = self
                .send(Method::Get, &link, None)
                .map_err(|(why, detail)| (why, told(&detail)))?;
            let Outcome::Reply {
                status, body: page, ..
            } = self.outcome(&reply)
            else {
                return Ok(());
            };
            let members = page.get("value").and_then(Json::as_array);
            let Some(members) = members.filter(|_| status == 200) else {
                let (why, detail) = arm_json::failed_page(status, &page);
                return Err((why, told(&detail)));
            };
            let next = next_link(&page);
            let Some(object) = first.as_object_mut() else {
                return Ok(());
            };
            if let Some(Json::Array(all)) = object.get_mut("value") {
                all.extend(members.iter().cloned());
            }
            for name in NEXT {
                object.shift_remove(*name);
            }
            if let Some(next) = next {
                object.insert("nextLink".to_owned(), next.into());
            }
        }
        Ok(())
    }
}

/// Names of the address of a further page.
const NEXT: &[&str] = &["nextLink", "@odata.nextLink"];

fn next_link(page: &Json) -> Option<String> {
    page.get("value").filter(|it| it.is_array())?;
    let link = NEXT.iter().find_map(|name| page.get(*name)?.as_str())?;
    (!link.is_empty()).then(|| link.to_owned())
}

/// What an operation came to; none where it has not ended. Some services give its status also where the result should lie: a document of
/// that form is no result.
fn ended(reply: &Reply, is_status: bool) -> Result<Option<Vec<u8>>, Failed> {
    let text = String::from_utf8_lossy(&reply.body);
    let json = strict_json(text.trim_start_matches('\u{FEFF}')).unwrap_or(Json::Null);
    let status = json.get("status").and_then(Json::as_str);
    if !is_status && (status.is_none() || json.get("value").is_some()) {
        return Ok(Some(reply.body.clone()));
    }
    let status = status.unwrap_or("");
    match status.to_ascii_lowercase().as_str() {
        "succeeded" => {
            let output = json.get("properties").and_then(|it| it.get("output"));
            let output = output.filter(|it| !it.is_null()).ok_or_else(|| {
                let detail = "the operation has ended, and its status does not hold the result";
                (Why::NotCollected, detail.to_owned())
            })?;
            Ok(Some(output.to_string().into_bytes()))
        }
        "failed" | "canceled" | "cancelled" => {
            let error = json.get("error");
            let part = |name: &str| error.and_then(|it| it.get(name)).and_then(Json::as_str);
            let detail = format!(
                "the operation has ended as {status}: {} {}",
                part("code").unwrap_or(""),
                part("message").unwrap_or("")
            );
            Err((Why::NotCollected, one_line(&detail)))
        }
        "" => {
            let detail = "the status of the operation cannot be read";
            Err((Why::Malformed, detail.to_owned()))
        }
        _ => Ok(None),
    }
}

/// Too many requests, or a service that has no time or no answer now.
pub(super) fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502..=504)
}

/// `Retry-After`: seconds, or a date, which is counted from the answer's own.
pub(super) fn retry_after(reply: &Reply) -> Option<Duration> {
    let text = reply.header("retry-after")?.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(Duration::from_secs(seconds.into()));
    }
    let date = |text: &str| jiff::fmt::rfc2822::parse(text).ok();
    let (until, now) = (date(text)?, date(reply.header("date")?)?);
    let wait = until.timestamp().duration_since(now.timestamp());
    Some(Duration::try_from(wait).unwrap_or(Duration::ZERO))
}

fn one_line(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let text: String = plain.take(500).collect();
    text.trim().to_owned()
}
