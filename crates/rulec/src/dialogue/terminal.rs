//! The dialogue for a person: a question, and a line typed for an answer. Plain lines, so that it works wherever text does.

use std::io::{self, BufRead, Read, Write};

use rulec_eval::explain::NextLine;
use rulec_eval::explain::text::{render_note, render_question, render_reason, render_settled};
use rulec_eval::report::VerdictWord;
use rulec_eval::report::texts::Texts;
use rulec_eval::{Question, Reply};
use rulec_facts::types::{Kind, Type};
use serde_json::Value as Json;

use super::json::members;
use super::{Changed, Counts, Front, Said};
use crate::failure::Failure;
use crate::output::Output;

/// Longest line that is read, bytes.
const LONGEST: u64 = 1 << 20;

/// Speaks the person's language.
pub struct Terminal<'t> {
    texts: &'t Texts,
    /// What may be typed for it.
    hint: String,
}

impl<'t> Terminal<'t> {
    /// In that language.
    pub fn new(texts: &'t Texts) -> Terminal<'t> {
        Terminal {
            texts,
            hint: String::new(),
        }
    }

    fn say(&self, text: &str, output: &mut Output) -> Result<(), Failure> {
        let page = render_note(text, self.texts, output.width(), output.style());
        output.write_all(page.as_bytes())?;
        output.flush()?;
        Ok(())
    }
}

impl Front for Terminal<'_> {
    fn ask(
        &mut self,
        question: &Question,
        counts: Counts,
        output: &mut Output,
    ) -> Result<Option<Said>, Failure> {
        self.hint = hint(self.texts, question.ty.as_ref());
        let page = render_question(
            question,
            counts.number,
            counts.open,
            &self.hint,
            self.texts,
            output.width(),
            output.style(),
        );
        output.write_all(page.as_bytes())?;
        loop {
            write!(output, "> ")?;
            output.flush()?;
            let Some(line) = line(LONGEST)? else {
                writeln!(output)?;
                return Ok(None);
            };
            match line.trim() {
                "" => {}
                "?" => return Ok(Some(Said::Explain)),
                "<" => return Ok(Some(Said::Back)),
                "." => return Ok(Some(Said::Stop)),
                "-" => return Ok(Some(Said::Reply(Reply::DoNotKnow))),
                typed => match reply(self.texts, typed, question.ty.as_ref()) {
                    Some(reply) => return Ok(Some(Said::Reply(reply))),
                    None => {
                        let text = self.texts.word("ask-yes-or-no");
                        self.say(&text, output)?;
                    }
                },
            }
        }
    }

    fn explain(
        &mut self,
        question: &Question,
        line: &NextLine,
        output: &mut Output,
    ) -> Result<(), Failure> {
        let page = render_reason(
            line,
            &question.name,
            self.texts,
            output.width(),
            output.style(),
        );
        output.write_all(page.as_bytes())?;
        Ok(())
    }

    fn refuse(&mut self, message: &str, output: &mut Output) -> Result<(), Failure> {
        // What is wrong is told in English; what is wanted, in each language.
        let text = match self.texts.locale().starts_with("en") {
            true => message,
            false => self.hint.as_str(),
        };
        let text = self.texts.word_with("ask-refused", &[("text", text)]);
        self.say(&text, output)
    }

    fn changed(&mut self, changes: &[Changed], output: &mut Output) -> Result<(), Failure> {
        for (word, key) in [
            (VerdictWord::Confirmed, "next-confirms"),
            (VerdictWord::RuledOut, "next-rules-out"),
        ] {
            let rules = changes.iter().filter(|it| it.verdict == word);
            let rules = rules.map(|it| (it.rule.as_str(), it.title.as_deref()));
            let rules: Vec<(&str, Option<&str>)> = rules.collect();
            if !rules.is_empty() {
                let page = render_settled(key, &rules, self.texts, output.width(), output.style());
                output.write_all(page.as_bytes())?;
            }
        }
        Ok(())
    }

    fn taken_back(&mut self, name: Option<&str>, output: &mut Output) -> Result<(), Failure> {
        let text = match name {
            Some(name) => self.texts.word_with("ask-taken-back", &[("name", name)]),
            None => self.texts.word("ask-nothing-to-take-back"),
        };
        self.say(&text, output)
    }
}

/// What may be typed.
fn hint(texts: &Texts, ty: Option<&Type>) -> String {
    let Some(ty) = ty else {
        return texts.word("ask-hint-yes-no");
    };
    match &ty.kind {
        Kind::Bool => texts.word("ask-hint-yes-no"),
        Kind::Enum(_) => members(ty).join(" | "),
        Kind::List(_) | Kind::Set(_) => {
            let members = members(ty).join(" | ");
            match members.is_empty() {
                true => texts.word("ask-hint-list"),
                false => format!("{} {members}", texts.word("ask-hint-list")),
            }
        }
        Kind::Record(_) => texts.word("ask-hint-record"),
        Kind::Time => "2026-01-31T08:00:00Z".to_owned(),
        Kind::Int(_) => texts.word("ask-hint-int"),
        Kind::Duration(_) => texts.word("ask-hint-duration"),
        Kind::Version => texts.word("ask-hint-version"),
        Kind::Ip => texts.word("ask-hint-ip"),
        Kind::Cidr => texts.word("ask-hint-cidr"),
        Kind::Code => texts.word("ask-hint-code"),
        Kind::Text => texts.word("ask-hint-value"),
    }
}

/// What a typed line says; none if yes or no was asked for and neither was typed.
fn reply(texts: &Texts, typed: &str, ty: Option<&Type>) -> Option<Reply> {
    let is = |key: &str| {
        let words = texts.word(key);
        let mut words = words.split_whitespace();
        words.any(|it| it.eq_ignore_ascii_case(typed))
    };
    let is_list = ty.is_some_and(|it| it.member().is_some());
    if ty.is_some() && is("ask-words-none") {
        return Some(match is_list {
            true => Reply::Value(Json::Array(Vec::new())),
            false => Reply::NotThere,
        });
    }
    let json = match ty.map(|it| &it.kind) {
        None | Some(Kind::Bool) => match (is("ask-words-yes"), is("ask-words-no")) {
            (true, _) => Json::Bool(true),
            (_, true) => Json::Bool(false),
            _ => return None,
        },
        Some(_) if typed.starts_with(['[', '{']) => {
            serde_json::from_str(typed).unwrap_or_else(|_| Json::String(typed.to_owned()))
        }
        Some(_) if is_list => {
            let items = typed.split([',', '、', '，']).map(str::trim);
            let items = items.filter(|it| !it.is_empty());
            Json::Array(items.map(|it| Json::String(it.to_owned())).collect())
        }
        Some(_) => Json::String(typed.to_owned()),
    };
    Some(Reply::Value(json))
}

/// A line of standard input; none at its end.
pub fn line(longest: u64) -> Result<Option<String>, Failure> {
    let mut bytes = Vec::new();
    let read = io::stdin()
        .lock()
        .take(longest)
        .read_until(b'\n', &mut bytes);
    let read = read.map_err(|error| Failure::new(format!("cannot read the answer: {error}")))?;
    // What is no text is shown as such, and fits nothing.
    Ok((read > 0).then(|| String::from_utf8_lossy(&bytes).into_owned()))
}
