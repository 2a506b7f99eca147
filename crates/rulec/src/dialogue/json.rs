//! The dialogue as lines of JSON, for other front ends: an event a line out, an answer a line in. The book has the form of each.

use std::io::Write;

use rulec_eval::explain::NextLine;
use rulec_eval::{Question, Reply};
use rulec_facts::fixture::strict_json;
use rulec_facts::types::{Kind, Type};
use serde_json::{Value as Json, json};

use super::{Changed, Counts, Front, Said};
use crate::failure::Failure;
use crate::output::Output;

/// Longest line that is read, bytes.
const LONGEST: u64 = 1 << 20;

/// Speaks JSON.
pub struct Lines;

impl Front for Lines {
    fn ask(
        &mut self,
        question: &Question,
        counts: Counts,
        output: &mut Output,
    ) -> Result<Option<Said>, Failure> {
        let event = json!({
            "event": "question",
            "name": question.name,
            "text": question.text,
            "type": question.ty.as_ref().map_or("bool", type_name),
            "members": question.ty.as_ref().map_or_else(Vec::new, members),
            "open": counts.open,
        });
        say(&event, output)?;
        loop {
            let Some(line) = super::terminal::line(LONGEST)? else {
                return Ok(None);
            };
            if line.trim().is_empty() {
                continue;
            }
            match read(&line) {
                Ok(said) => return Ok(Some(said)),
                Err(message) => self.refuse(&message, output)?,
            }
        }
    }

    fn explain(
        &mut self,
        _: &Question,
        line: &NextLine,
        output: &mut Output,
    ) -> Result<(), Failure> {
        say(&json!({ "event": "explanation", "fact": line }), output)
    }

    fn refuse(&mut self, message: &str, output: &mut Output) -> Result<(), Failure> {
        say(&json!({ "event": "refused", "message": message }), output)
    }

    fn changed(&mut self, changes: &[Changed], output: &mut Output) -> Result<(), Failure> {
        let rules = changes.iter();
        let rules = rules.map(|it| json!({ "rule": it.rule, "verdict": it.verdict }));
        let rules: Vec<Json> = rules.collect();
        say(&json!({ "event": "changed", "verdicts": rules }), output)
    }

    fn taken_back(&mut self, name: Option<&str>, output: &mut Output) -> Result<(), Failure> {
        say(&json!({ "event": "taken-back", "name": name }), output)
    }
}

fn say(event: &Json, output: &mut Output) -> Result<(), Failure> {
    writeln!(output, "{event}")?;
    // Whoever waits for a question must get it.
    output.flush()?;
    Ok(())
}

fn read(line: &str) -> Result<Said, String> {
    let json = strict_json(line.trim()).map_err(|error| error.message)?;
    let Json::Object(object) = json else {
        return Err("an answer is an object".to_owned());
    };
    let mut keys = object.iter();
    match (keys.next(), keys.next()) {
        (Some((key, value)), None) => match (key.as_str(), value) {
            ("answer", Json::Null) => Ok(Said::Reply(Reply::NotThere)),
            ("answer", value) => Ok(Said::Reply(Reply::Value(value.clone()))),
            ("unknown", Json::Bool(true)) => Ok(Said::Reply(Reply::DoNotKnow)),
            ("explain", Json::Bool(true)) => Ok(Said::Explain),
            ("back", Json::Bool(true)) => Ok(Said::Back),
            ("stop", Json::Bool(true)) => Ok(Said::Stop),
            _ => Err(format!("`{key}` is no answer")),
        },
        _ => Err("an answer has one of `answer`, `unknown`, `explain`, `back`, `stop`".to_owned()),
    }
}

/// The kind of an answer.
fn type_name(ty: &Type) -> &'static str {
    match ty.kind {
        Kind::Bool => "bool",
        Kind::Int(_) => "int",
        Kind::Text => "string",
        Kind::Enum(_) => "enum",
        Kind::Version => "version",
        Kind::Time => "time",
        Kind::Duration(_) => "duration",
        Kind::Ip => "ip",
        Kind::Cidr => "cidr",
        Kind::Code => "code",
        Kind::List(_) => "list",
        Kind::Set(_) => "set",
        Kind::Record(_) => "record",
    }
}

/// The members of an enum, or of what the members of a list are.
pub fn members(ty: &Type) -> Vec<String> {
    match &ty.member().unwrap_or(ty).kind {
        Kind::Enum(of) => of.members.iter().map(|it| it.name.to_string()).collect(),
        _ => Vec::new(),
    }
}
