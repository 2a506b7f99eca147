//! A case made over into one that may be sent: everything that is known of it is looked up, what is personal is replaced, and what comes
//! out of the new case is held against what came out of the old one.

use std::sync::Arc;

use rulec_artefacts::redact::{Counts, Redactor, Vocabulary};
use rulec_eval::kept::{Kept, KeptSlot, said_line};
use rulec_eval::report::{Report, VerdictLine, VerdictWord};
use rulec_eval::{Case, CaseInput, Provenance, Provider, Session, run_session};
use rulec_program::node::SlotId;
use rulec_program::seal::Sealed;
use rulec_providers::case_folder::{ANSWERS, KEPT};
use serde_json::{Map, Value as Json, json};

use crate::commands::run::BUDGET;
use crate::failure::Failure;
use crate::{keeping, opening};

/// The file of the complaint.
const CASE: &str = "case.json";

/// A redacted case.
pub struct Redacted {
    /// Its files, by name.
    pub files: Vec<(String, String)>,
    /// What was replaced.
    pub counts: Counts,
    /// Token and what it stands for.
    pub map: Vec<(String, String)>,
    /// What is known of the case, to be run.
    pub input: CaseInput,
}

/// The harmless words of a pack.
pub fn vocabulary(program: &Sealed) -> Result<Arc<Vocabulary>, Failure> {
    let program: &rulec_program::program::Program = program;
    // By way of a text: a value in memory has no room for every number of a pack, such as a time in nanoseconds after 2554.
    let json = serde_json::to_string(program).and_then(|it| serde_json::from_str(&it));
    let json: Result<Json, serde_json::Error> = json;
    let json = json.map_err(|error| Failure::new(format!("cannot read the pack: {error}")))?;
    Ok(Arc::new(Vocabulary::of(&json)))
}

/// Looks up everything that the pack asks for.
pub fn look_up<'p>(
    program: &'p Sealed,
    mut case: Case,
    providers: &[&dyn Provider],
) -> Session<'p> {
    let slots = (0u32..).map(SlotId).zip(&program.slots);
    case.look_at(slots.map(|(id, _)| id).collect(), Vec::new());
    let mut session = Session::new(program, case);
    run_session(&mut session, providers, BUDGET);
    session
}

/// Replaces what is personal in all that a session knows, and in the complaint.
pub fn redact(
    session: &Session<'_>,
    texts: &[String],
    locale: Option<&str>,
    vocabulary: &Arc<Vocabulary>,
    key: [u8; 32],
) -> Result<Redacted, Failure> {
    redact_kept(session, &session.kept(), texts, locale, vocabulary, key)
}

/// The same of a part of what a session knows.
pub fn redact_kept(
    session: &Session<'_>,
    all: &[KeptSlot],
    texts: &[String],
    locale: Option<&str>,
    vocabulary: &Arc<Vocabulary>,
    key: [u8; 32],
) -> Result<Redacted, Failure> {
    let program = session.program();
    let mut redactor = Redactor::new(key, Arc::clone(vocabulary));
    for kept in all {
        if let (Some(name), Some((ty, _))) = (kept.name(program), kept.ty(program)) {
            redactor.learn(&name, &kept.value, ty);
        }
        redactor.learn_text(&kept.from.place);
        kept.from.file.iter().for_each(|it| redactor.learn_text(it));
    }
    texts.iter().for_each(|it| redactor.learn_text(it));
    redactor.learnt();
    let facts: Vec<Kept> = all
        .iter()
        .map(|it| fact(&mut redactor, program, it))
        .collect::<Result<_, Failure>>()?;
    redactor.of_file(None);
    let texts: Vec<String> = texts.iter().map(|it| redactor.text(it)).collect();
    let said = session.said();
    let mut files = vec![
        (CASE.to_owned(), case_file(&texts, locale)),
        (KEPT.to_owned(), keeping::text(&pack(program), &facts)),
    ];
    if !said.is_empty() {
        let lines: Vec<String> = said.iter().map(said_line).collect();
        files.push((ANSWERS.to_owned(), lines.join("\n") + "\n"));
    }
    let said = said.into_iter().map(|(name, answer)| rulec_eval::Said {
        name,
        value: answer.map(Json::Bool),
        by: None,
        at: None,
        file: None,
    });
    Ok(Redacted {
        input: CaseInput {
            texts,
            said: said.collect(),
            kept: facts,
            locale: locale.map(str::to_owned),
            ..CaseInput::default()
        },
        files,
        counts: redactor.counts().clone(),
        map: redactor.map().clone().into_iter().collect(),
    })
}

fn fact(redactor: &mut Redactor, program: &Sealed, old: &KeptSlot) -> Result<Kept, Failure> {
    let name = old.name(program).unwrap_or_default();
    let unwritten = || Failure::new(format!("`{name}` cannot be written"));
    let (ty, secret) = old.ty(program).ok_or_else(unwritten)?;
    redactor.of_file(old.from.file.as_deref());
    let new = KeptSlot {
        value: redactor.value(&name, &old.value, ty, secret),
        from: Provenance {
            kind: old.from.kind.clone(),
            place: redactor.text(&old.from.place),
            file: old.from.file.as_deref().map(|it| redactor.text(it)),
            time: old.from.time.clone(),
        },
        ..old.clone()
    };
    new.named(program).ok_or_else(unwritten)
}

fn pack(program: &Sealed) -> Json {
    let root = program.packs.first();
    root.map_or(
        Json::Null,
        |it| json!({ "name": it.name, "version": it.version }),
    )
}

fn case_file(texts: &[String], locale: Option<&str>) -> String {
    let mut case = Map::new();
    case.insert("symptoms".to_owned(), json!(texts));
    if let Some(locale) = locale {
        case.insert("locale".to_owned(), json!(locale));
    }
    format!("{:#}\n", Json::Object(case))
}

/// What comes out of a case, without the rules of other symptoms and with them.
pub fn outcomes(program: &Sealed, case: &Case, providers: &[&dyn Provider]) -> [Report; 2] {
    [false, true].map(|all| outcome(program, case.clone(), providers, all))
}

fn outcome(program: &Sealed, mut case: Case, providers: &[&dyn Provider], all: bool) -> Report {
    case.look_at_all(all);
    let mut session = Session::new(program, case);
    run_session(&mut session, providers, BUDGET);
    session.report()
}

/// The same of a redacted case.
pub fn outcomes_of(program: &Sealed, redacted: &Redacted) -> Result<[Report; 2], Failure> {
    let case = opening::fit(program, redacted.input.clone())?;
    Ok(outcomes(program, &case, &[]))
}

/// What comes out otherwise, for people; nothing if all comes out the same.
pub fn differences(old: &[Report], new: &[Report]) -> Vec<String> {
    let mut all = Vec::new();
    for (old, new) in old.iter().zip(new) {
        let symptoms = |it: &Report| {
            let found = it.symptoms.iter().chain(&it.candidates);
            found.map(|it| it.name.clone()).collect::<Vec<_>>()
        };
        if symptoms(old) != symptoms(new) || old.scope != new.scope {
            let (old, new) = (symptoms(old).join("`, `"), symptoms(new).join("`, `"));
            all.push(format!("recognised is `{new}` in place of `{old}`"));
        }
        let lines = |it: &Report| {
            let lines = it.verdicts.iter().chain(&it.latent);
            lines.map(told).collect::<Vec<_>>()
        };
        let (old, new) = (lines(old), lines(new));
        all.extend(
            old.iter()
                .filter(|it| !new.contains(it))
                .map(|(rule, word)| {
                    let other = new.iter().find(|it| it.0 == *rule);
                    let other = other.map_or("not in question", |it| word_of(it.1));
                    format!("`{rule}` is {other} in place of {}", word_of(*word))
                }),
        );
        let more = new.iter().filter(|it| !old.iter().any(|old| old.0 == it.0));
        all.extend(more.map(|(rule, _)| format!("`{rule}` comes into question")));
    }
    all.sort();
    all.dedup();
    all
}

fn told(line: &VerdictLine) -> (String, VerdictWord) {
    (line.rule.clone(), line.verdict)
}

fn word_of(word: VerdictWord) -> &'static str {
    match word {
        VerdictWord::Confirmed => "confirmed",
        VerdictWord::RuledOut => "ruled out",
        VerdictWord::Open => "open",
        VerdictWord::Latent => "latent",
    }
}

#[cfg(test)]
mod tests;
