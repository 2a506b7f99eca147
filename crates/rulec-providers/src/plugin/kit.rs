//! Whether an executable keeps to the protocol: what a person who writes a plug-in runs before it is handed out.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rulec_artefacts::plugin_answers;
use rulec_facts::decode::{Decoder, Outcome};
use rulec_facts::path::PathLanguage;
use rulec_facts::provider::{Answer, Provenance, Request};
use rulec_facts::reason::Why;
use rulec_facts::source::{self, Description, PROTOCOL, SourceKind, Yields};
use rulec_facts::types::Type;
use rulec_facts::value::{Partial, Value};
use serde_json::{Value as Json, json};

use super::process::{Process, Trouble};
use super::{Limits, question, without_id};

/// Something that a plug-in does otherwise than it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The check, a word: `describe`, `garbage`, …
    pub check: &'static str,
    /// What was seen.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}

/// What was tried, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Checks that were made, in order.
    pub checks: Vec<&'static str>,
    /// What is wrong, in order.
    pub findings: Vec<Finding>,
}

/// Tries an executable.
pub fn test(path: &Path, limits: &Limits) -> Report {
    let mut kit = Kit {
        path,
        limits,
        report: Report::default(),
    };
    if let Some(description) = kit.describe() {
        kit.same_again(&description.0);
        kit.examples(&description.1);
        kit.unknown_kind();
        kit.garbage();
        kit.version();
        kit.half_lines();
        kit.ends();
    }
    kit.report
}

struct Kit<'a> {
    path: &'a Path,
    limits: &'a Limits,
    report: Report,
}

impl Kit<'_> {
    fn check(&mut self, check: &'static str, help: &'static str, found: Result<(), String>) {
        self.report.checks.push(check);
        if let Err(message) = found {
            self.report.findings.push(Finding {
                check,
                message,
                help,
            });
        }
    }

    fn start(&self) -> Result<Process, String> {
        Process::start(self.path, self.limits)
    }

    fn described(&self) -> Result<Json, String> {
        let mut process = self.start()?;
        let asked = process.ask(json!({ "ask": "describe" }), self.limits.describe);
        asked.map(without_id).map_err(|it| it.to_string())
    }

    fn describe(&mut self) -> Option<(Json, std::sync::Arc<Description>)> {
        let told = self.described();
        let read = told.and_then(|told| Ok((told.clone(), source::describe(&told)?)));
        let help = "answer `describe` as the book's page on plug-ins has it, under a system word of your own";
        let fault = read.as_ref().err().cloned().map_or(Ok(()), Err);
        self.check("describe", help, fault);
        read.ok()
    }

    /// The description is the same each time.
    fn same_again(&mut self, first: &Json) {
        let again = self.described();
        let fault = match again {
            Ok(again) if again == *first => Ok(()),
            Ok(_) => Err("it describes itself otherwise the second time".to_owned()),
            Err(why) => Err(why),
        };
        let help = "describe what the plug-in can do, not what is there now";
        self.check("same-description", help, fault);
    }

    /// The example of each kind is answered as described, in time, and the same again.
    fn examples(&mut self, description: &Description) {
        for (row, request) in description.kinds.iter().zip(&description.examples) {
            let fault = self.example(row, request);
            let help = "let the example be answered by what is always there, with `found`, as `result` says, or with `not_there`";
            self.check(
                "example",
                help,
                fault.map_err(|it| format!("`{}`: {it}", row.example)),
            );
        }
    }

    fn example(&mut self, row: &SourceKind, request: &Request) -> Result<(), String> {
        let mut process = self.start()?;
        let first = self.fetch(&mut process, request)?;
        let again = self.fetch(&mut process, request)?;
        if first != again {
            return Err("the second answer differs from the first".to_owned());
        }
        let other = self.fetch(&mut self.start()?, request)?;
        if first != other {
            return Err("another process answers otherwise".to_owned());
        }
        let (Yields::Described(ty), Some(found)) = (row.result, first.get("found")) else {
            return match first.get("unknown") {
                Some(why) => Err(format!("it is unknown: {why}")),
                None => Ok(()),
            };
        };
        fits(ty, found)
    }

    /// One answer, without its number and time.
    fn fetch(&self, process: &mut Process, request: &Request) -> Result<Json, String> {
        let start = Instant::now();
        let answer = process.ask(question(request, self.limits.fetch), self.limits.fetch);
        let mut answer = answer.map_err(|it| it.to_string())?;
        plugin_answers::answer(&answer, Provenance::default())?;
        if start.elapsed() > self.limits.fetch {
            return Err("the answer came too late".to_owned());
        }
        if let Some(object) = answer.as_object_mut() {
            object.shift_remove("time");
        }
        Ok(without_id(answer))
    }

    /// What it does not know is unknown, and it lives on.
    fn unknown_kind(&mut self) {
        let request = Request {
            system: String::new(),
            kind: "no_such_kind".to_owned(),
            locator: Some("x".to_owned()),
            arguments: Vec::new(),
            on: None,
            secret: false,
        };
        let fault = self.start().and_then(|mut process| {
            let answer = process
                .ask(question(&request, self.limits.fetch), self.limits.fetch)
                .map_err(|it| it.to_string())?;
            match plugin_answers::answer(&answer, Provenance::default())? {
                Answer::Unknown(Why::Unsupported, _, _) => self.alive(&mut process),
                _ => Err("a kind that it does not have is answered".to_owned()),
            }
        });
        let help = "answer a kind that you do not describe with `\"unknown\": \"unsupported\"`";
        self.check("unknown-kind", help, fault);
    }

    fn garbage(&mut self) {
        let fault = self.start().and_then(|mut process| {
            process.send(b"{\"protocol\": 1, \"id\"\n".to_vec());
            let line = process
                .line(self.limits.fetch)
                .map_err(|it| it.to_string())?;
            let json = process.answer(&line, None).map_err(|it| it.to_string())?;
            match json.get("error").is_some_and(Json::is_string) {
                true => self.alive(&mut process),
                false => Err("a line that is no JSON is not refused".to_owned()),
            }
        });
        let help = "answer a line that cannot be read with `{\"id\": null, \"error\": \"…\"}`, and read on";
        self.check("garbage", help, fault);
    }

    fn version(&mut self) {
        let fault = self.start().and_then(|mut process| {
            let asked = json!({ "protocol": PROTOCOL + 998, "id": 7, "ask": "describe" });
            process.send(format!("{asked}\n").into_bytes());
            let line = process
                .line(self.limits.fetch)
                .map_err(|it| it.to_string())?;
            match process.answer(&line, Some(7)) {
                Err(Trouble {
                    why: Why::Unsupported,
                    ..
                }) => self.alive(&mut process),
                Err(trouble) => Err(trouble.to_string()),
                Ok(_) => Err("a question in another version is answered".to_owned()),
            }
        });
        let help =
            "answer another `protocol` than yours with `\"error\"` and the `id`, and read on";
        self.check("version", help, fault);
    }

    /// A line that comes in two parts is one line, and two that come at once are two.
    fn half_lines(&mut self) {
        let fault = self.start().and_then(|mut process| {
            let ask = |id: u64| json!({ "protocol": PROTOCOL, "id": id, "ask": "describe" });
            let first = ask(1).to_string().into_bytes();
            let (one, two) = first.split_at(first.len() / 2);
            process.send(one.to_vec());
            thread::sleep(Duration::from_millis(150));
            process.send([two, format!("\n{}\n", ask(2)).as_bytes()].concat());
            for id in [1, 2] {
                let line = process
                    .line(self.limits.describe)
                    .map_err(|it| it.to_string())?;
                process
                    .answer(&line, Some(id))
                    .map_err(|it| it.to_string())?;
            }
            Ok(())
        });
        let help = "read whole lines, whatever pieces they come in, and answer each with one line";
        self.check("half-lines", help, fault);
    }

    fn ends(&mut self) {
        let fault = self.start().and_then(|mut process| {
            self.alive(&mut process)?;
            match process.close() {
                true => Ok(()),
                false => Err("it goes on after its input has ended".to_owned()),
            }
        });
        self.check("end", "end when standard input ends", fault);
    }

    fn alive(&self, process: &mut Process) -> Result<(), String> {
        let asked = process.ask(json!({ "ask": "describe" }), self.limits.describe);
        match asked {
            Ok(_) => Ok(()),
            Err(why) => Err(format!("afterwards it does not answer: {why}")),
        }
    }
}

/// The document is of the type that was described.
fn fits(ty: &Type, found: &Json) -> Result<(), String> {
    let decoder = Decoder::new(ty, None, PathLanguage::Json, None)?;
    let value = match decoder.document("the answer", found) {
        Outcome::Settled(value) => value,
        Outcome::Unsettled(reasons) => Partial::Unknown(reasons),
    };
    match misfit(&value) {
        Some(why) => Err(format!("the answer is not of the described type: {why}")),
        None => Ok(()),
    }
}

/// The first part of a value that is unknown since it does not fit.
fn misfit(value: &Partial) -> Option<String> {
    match value {
        Partial::Unknown(reasons) => reasons.first().map(|it| match it.detail.is_empty() {
            true => it.why.name().to_owned(),
            false => it.detail.to_string(),
        }),
        Partial::Known(Value::Record(fields)) => fields.iter().find_map(misfit),
        Partial::Known(Value::List(all) | Value::Set(all)) => {
            all.iter().find_map(|it| misfit(&it.value))
        }
        _ => None,
    }
}
