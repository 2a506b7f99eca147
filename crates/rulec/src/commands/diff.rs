//! `rulec diff`: what two packs say differently of the same cases.

use std::io::Write;
use std::path::{Path, PathBuf};

use rulec_facts::types::Type;
use rulec_facts::value::Partial;
use rulec_facts::{show, written};
use rulec_program::differ::{self, Change, Difference, DifferingCase, Kind, Open, Outline, Why};
use rulec_program::encode::{Limits, Reason};
use rulec_program::node::Place;
use rulec_program::seal::Sealed;
use serde_json::{Map, Value as Json, json};

use crate::args::{Diff, Format, RunPackArgs};
use crate::corpus::{self, Replayed};
use crate::failure::Failure;
use crate::output::Output;
use crate::ready::{Readiness, runnable};

/// Changes of a symptom that are told to a person; the JSON has all.
const MOST_TOLD: usize = 12;

/// Compares; 0 nothing differs, 1 something does, 3 something could not be told.
pub fn run(args: &Diff, output: &mut Output) -> Result<u8, Failure> {
    let (old, new) = match (
        side(&args.old, args, output)?,
        side(&args.new, args, output)?,
    ) {
        (Readiness::Ready(old), Readiness::Ready(new)) => (old, new),
        (Readiness::NotReady(code), _) | (_, Readiness::NotReady(code)) => return Ok(code),
    };
    let difference = differ::difference(&old, &new, Limits::default()).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        let text = format!("the packs cannot be put together: {}", lines.join("; "));
        Failure::new(text).help("this is a fault of rulec: please report it with both packs")
    })?;
    let replayed = match &args.corpus {
        Some(dir) => Some(corpus::replay(dir, &old, &new, output)?),
        None => None,
    };
    let told = Told {
        args,
        old: &old,
        new: &new,
        difference: &difference,
        replayed: replayed.as_ref(),
    };
    match args.format {
        Format::Json => output.json_of(&told.json())?,
        Format::Text => told.text(output)?,
    }
    Ok(match &replayed {
        Some(it) if !it.failed.is_empty() => 2,
        _ if told.differs() => 1,
        _ if told.is_open() => 3,
        _ => 0,
    })
}

/// A pack: a folder, a file, or a compiled one.
fn side(path: &Path, args: &Diff, output: &mut Output) -> Result<Readiness<Sealed>, Failure> {
    let packs = RunPackArgs {
        pack: Some(path.to_owned()),
        packs: args.packs.clone(),
    };
    Ok(match runnable(&packs, false, None, output)? {
        Readiness::Ready(ready) => Readiness::Ready(Box::new(ready.whole()?)),
        Readiness::NotReady(code) => Readiness::NotReady(code),
    })
}

struct Told<'a> {
    args: &'a Diff,
    old: &'a Sealed,
    new: &'a Sealed,
    difference: &'a Difference,
    replayed: Option<&'a Replayed>,
}

impl Told<'_> {
    fn differs(&self) -> bool {
        let changed = self
            .difference
            .buckets
            .iter()
            .any(|it| !it.changes.is_empty());
        changed || self.replayed.is_some_and(|it| !it.changed.is_empty())
    }

    fn is_open(&self) -> bool {
        let open = self.difference.buckets.iter().any(|it| !it.open.is_empty());
        open || self.difference.contradictory
    }

    fn text(&self, output: &mut Output) -> Result<(), Failure> {
        for bucket in &self.difference.buckets {
            match &bucket.symptom {
                Some(name) => writeln!(output, "{name}")?,
                None => writeln!(output, "without a symptom")?,
            }
            for change in bucket.changes.iter().take(MOST_TOLD) {
                self.change(change, output)?;
            }
            let more = bucket.changes.len().saturating_sub(MOST_TOLD);
            if more > 0 {
                writeln!(
                    output,
                    "  … and {more} more; `--format json` gives them all"
                )?;
            }
            for open in &bucket.open {
                writeln!(
                    output,
                    "  `{}` is undecided: {}",
                    open.rule,
                    self.why(&open.why)
                )?;
            }
            writeln!(output)?;
        }
        for (head, names) in outlined(&self.difference.outline) {
            if !names.is_empty() {
                writeln!(output, "{head}: {}", names.join(", "))?;
            }
        }
        if let Some(replayed) = self.replayed {
            replayed.text(output)?;
        }
        self.summary(output)
    }

    fn change(&self, change: &Change, output: &mut Output) -> Result<(), Failure> {
        let list = |names: &[String]| match names {
            [] => "no cause".to_owned(),
            names => names.join(", "),
        };
        let what = match change.kind {
            Kind::Gain => "cases gain a cause",
            Kind::Lose => "cases lose their cause",
            Kind::Change => "cases change their causes",
        };
        writeln!(output, "  {what} with `{}`, for example:", change.rule)?;
        for line in lines(&change.case) {
            writeln!(output, "      {line}")?;
        }
        writeln!(
            output,
            "    before: {}; after: {}",
            list(&change.before),
            list(&change.after)
        )?;
        Ok(())
    }

    fn summary(&self, output: &mut Output) -> Result<(), Failure> {
        let count = self.difference.compared;
        let changed = self
            .difference
            .buckets
            .iter()
            .filter(|it| !it.changes.is_empty());
        let changed = changed.count();
        let open: usize = self.difference.buckets.iter().map(|it| it.open.len()).sum();
        if self.difference.contradictory {
            writeln!(
                output,
                "nothing can be compared: no case is admitted by the assumptions of both"
            )?;
        } else if changed > 0 {
            let ending = if changed == 1 { " differs" } else { "s differ" };
            writeln!(output, "{changed} symptom{ending}")?;
        } else if open == 0 {
            writeln!(
                output,
                "no case has other confirmed causes: proved for all that the assumptions of both admit ({count} compared)"
            )?;
        }
        if open > 0 {
            let ending = if open == 1 { " is" } else { "s are" };
            writeln!(output, "{open} question{ending} undecided")?;
        }
        Ok(())
    }

    /// Why something is undecided.
    fn why(&self, why: &Why) -> String {
        match why {
            Why::OtherType(fact) => {
                format!("it depends on `{fact}`, which has another type in the other pack")
            }
            Why::Prover(reason, place) => {
                let text = reason_text(*reason);
                match place.and_then(|(is_new, place)| self.place(is_new, place)) {
                    Some(place) => format!("{text} ({place})"),
                    None => text,
                }
            }
        }
    }

    /// The place of a term: its file, and its line if the file can be read.
    fn place(&self, is_new: bool, place: Place) -> Option<String> {
        let program = if is_new { self.new } else { self.old };
        // The start of the first file stands for no place.
        if place.end == 0 {
            return None;
        }
        let path = program.files.get(place.file as usize)?;
        let text = std::fs::read_to_string(PathBuf::from(path)).ok();
        let before = text.as_ref().and_then(|it| it.get(..place.start as usize));
        Some(match before {
            Some(before) => format!("{path}:{}", before.matches('\n').count() + 1),
            None => path.clone(),
        })
    }

    fn json(&self) -> Json {
        let buckets = self.difference.buckets.iter().map(|bucket| {
            let changes: Vec<Json> = bucket.changes.iter().map(change_json).collect();
            let open = bucket.open.iter().map(|it| self.open_json(it));
            json!({
                "symptom": bucket.symptom,
                "changes": changes,
                "undecided": open.collect::<Vec<_>>(),
            })
        });
        let outline = &self.difference.outline;
        let result = match (self.differs(), self.is_open()) {
            (true, _) => "different",
            (false, true) => "undecided",
            (false, false) => "same",
        };
        json!({
            "format": 1,
            "old": self.args.old.display().to_string(),
            "new": self.args.new.display().to_string(),
            "result": result,
            "compared": self.difference.compared,
            "contradictory": self.difference.contradictory,
            "symptoms": buckets.collect::<Vec<_>>(),
            "facts_gone": outline.facts_gone,
            "facts_new": outline.facts_new,
            "facts_of_other_type": outline.facts_of_other_type,
            "facts_read_otherwise": outline.facts_read_otherwise,
            "assumes_gone": outline.assumes_gone,
            "assumes_new": outline.assumes_new,
            "assumes_changed": outline.assumes_changed,
            "symptoms_gone": outline.symptoms_gone,
            "symptoms_new": outline.symptoms_new,
            "symptoms_of_other_codes": outline.symptoms_of_other_codes,
            "texts": outline.texts,
            "plans": outline.plans,
            "fixes": outline.fixes,
            "corpus": self.replayed.map(Replayed::json),
        })
    }

    fn open_json(&self, open: &Open) -> Json {
        json!({ "rule": open.rule, "why": self.why(&open.why) })
    }
}

/// What differs besides verdicts, with its heading.
fn outlined(outline: &Outline) -> [(&'static str, &[String]); 13] {
    [
        ("facts only in the old pack", &outline.facts_gone),
        ("facts only in the new pack", &outline.facts_new),
        ("facts of another type", &outline.facts_of_other_type),
        ("facts read otherwise", &outline.facts_read_otherwise),
        ("assumed with another meaning", &outline.assumes_changed),
        ("assumed only by the old pack", &outline.assumes_gone),
        ("assumed only by the new pack", &outline.assumes_new),
        ("symptoms only in the old pack", &outline.symptoms_gone),
        ("symptoms only in the new pack", &outline.symptoms_new),
        (
            "symptoms with other codes or questions",
            &outline.symptoms_of_other_codes,
        ),
        ("recognised by other texts", &outline.texts),
        ("another plan, cause or likelihood", &outline.plans),
        ("fixes with other content", &outline.fixes),
    ]
}

fn reason_text(reason: Reason) -> String {
    match reason {
        Reason::Search(_) => "the search reached its limit".to_owned(),
        Reason::Elements(count) => {
            format!("no case was found with up to {count} elements of a list, and more might do")
        }
        Reason::Alternation => "quantifiers over lists depend on each other in a circle".to_owned(),
        Reason::Term => {
            "a term is outside what is decided, and no case was found by trying".to_owned()
        }
        Reason::Assumptions => "whether all assumptions can hold together is not known".to_owned(),
        Reason::Replay => "the case that was found does not do what it should".to_owned(),
    }
}

/// A case as a test would write it.
fn lines(case: &DifferingCase) -> Vec<String> {
    let mut lines: Vec<String> = case
        .reported
        .iter()
        .map(|it| format!("symptom {it}"))
        .collect();
    let codes = case.codes.iter();
    lines.extend(codes.map(|it| format!("symptom \"{}\"", show::code(it))));
    for (symptom, answer) in &case.answers {
        let said = if *answer { "yes" } else { "no" };
        lines.push(format!("// asked for `{symptom}`: {said}"));
    }
    for (name, ty, value) in &case.facts {
        lines.push(format!("{name} = {}", show::source(value, ty)));
    }
    for (text, _) in &case.pins {
        let text = text.raw();
        lines.push(format!(
            "// `{text}` stands for any text that a function reads so"
        ));
    }
    lines
}

fn change_json(change: &Change) -> Json {
    let kind = match change.kind {
        Kind::Gain => "gain",
        Kind::Lose => "lose",
        Kind::Change => "change",
    };
    json!({
        "kind": kind,
        "rule": change.rule,
        "before": change.before,
        "after": change.after,
        "case": case_json(&change.case),
    })
}

/// A case as `case.yaml` has it, with what persons answer.
fn case_json(case: &DifferingCase) -> Json {
    let codes = case.codes.iter().map(show::code);
    let symptoms: Vec<String> = case.reported.iter().cloned().chain(codes).collect();
    let value = |(name, ty, value): &(String, Type, Partial)| {
        let value = written::json(value, ty).unwrap_or_else(|| show::json(value, ty));
        (name.clone(), value)
    };
    let (now, facts): (Vec<_>, Vec<_>) = case.facts.iter().map(value).partition(|it| it.0 == "now");
    json!({
        "symptoms": symptoms,
        "answers": case.answers.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
        "now": now.into_iter().next().map(|it| it.1),
        "facts": facts.into_iter().collect::<Map<_, _>>(),
    })
}
