//! `answers.jsonl`: what persons have said, a line each, with who and when. Lines are only added; taking back is a line too.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use rulec_eval::{Question, Reply, Said};
use rulec_facts::fixture::strict_json;
use rulec_facts::show;
use rulec_providers::case_folder::ANSWERS;
use serde_json::{Value as Json, json};

use crate::args::Run;
use crate::failure::Failure;
use crate::opening::Opened;
use crate::output::Output;

/// Writes down what is said.
pub struct Keeper {
    path: Option<PathBuf>,
    who: Option<String>,
}

impl Keeper {
    /// Into the file that was named, else into the case folder; into nothing, which is told, where there is none.
    pub fn new(args: &Run, opened: &Opened, output: &mut Output) -> Keeper {
        let folder = args.case.case.as_deref().filter(|it| it.is_dir());
        let folder = folder.filter(|_| opened.folder.is_some());
        let path = args.answers.clone().or(folder.map(|it| it.join(ANSWERS)));
        if path.is_none() {
            output.note(
                "note",
                "answers are not kept: there is no case folder; `--answers FILE` keeps them",
            );
        }
        let user = ["USER", "USERNAME", "LOGNAME"]
            .into_iter()
            .find_map(|name| {
                let name = std::env::var(name).ok();
                name.filter(|it| !it.is_empty())
            });
        Keeper {
            path,
            who: args.who.clone().or(user),
        }
    }

    /// Adds an answer.
    pub fn keep(&self, question: &Question, reply: &Reply) -> Result<(), Failure> {
        let mut line = json!({ "name": question.name, "question": question.text });
        let (key, value) = match reply {
            Reply::Value(value) => ("answer", value.clone()),
            Reply::NotThere => ("answer", Json::Null),
            Reply::DoNotKnow => ("unknown", Json::Bool(true)),
        };
        if let Some(object) = line.as_object_mut() {
            object.insert(key.to_owned(), value);
        }
        self.add(line)
    }

    /// Adds that an answer does not count any more.
    pub fn take_back(&self, name: &str) -> Result<(), Failure> {
        self.add(json!({ "name": name, "taken_back": true }))
    }

    fn add(&self, mut line: Json) -> Result<(), Failure> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        // Whole seconds: a person is not quicker.
        let now = now.map_or(0, |it| i128::from(it.as_secs()) * 1_000_000_000);
        if let Some(object) = line.as_object_mut() {
            object.insert("by".to_owned(), json!(self.who));
            object.insert("at".to_owned(), show::time(now).into());
        }
        let file = OpenOptions::new().create(true).append(true).open(path);
        let mut file = file.map_err(|error| Failure::unwritable(path, &error))?;
        writeln!(file, "{line}").map_err(|error| Failure::unwritable(path, &error))
    }
}

/// What a file of answers says; of several answers to one question the last counts.
pub fn read(path: &Path, bytes: &[u8]) -> Result<Vec<Said>, Failure> {
    let name = path.display().to_string();
    let wrong = |number: usize, message: &str| {
        Failure::new(format!("{name}:{number}: {message}"))
            .help("take the line out, or the whole file: answers are asked for anew")
    };
    let text = std::str::from_utf8(bytes).map_err(|_| wrong(1, "it is not UTF-8 text"))?;
    let mut said: Vec<Said> = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if line.trim().is_empty() {
            continue;
        }
        let json = strict_json(line).map_err(|error| wrong(number, &error.message))?;
        let text = |key: &str| json.get(key).and_then(Json::as_str).map(str::to_owned);
        let Some(about) = text("name") else {
            return Err(wrong(number, "an answer has a `name`"));
        };
        said.retain(|it| it.name != about);
        if json.get("taken_back").is_some() {
            continue;
        }
        let unknown = json.get("unknown") == Some(&Json::Bool(true));
        if !unknown && json.get("answer").is_none() {
            return Err(wrong(number, "an answer has `answer` or `unknown`"));
        }
        said.push(Said {
            name: about,
            value: json.get("answer").filter(|_| !unknown).cloned(),
            by: text("by"),
            at: text("at"),
            file: Some(name.clone()),
        });
    }
    Ok(said)
}
