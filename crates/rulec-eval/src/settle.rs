//! What the answers of a round mean for a slot: settled, or the next source's turn (S2 to S4). Decoding itself is `rulec-facts`'.

use std::collections::BTreeMap;
use std::sync::Arc;

use rulec_facts::decode::{Decoder, Outcome};
use rulec_facts::path::{CompiledPath, Level, PathLanguage};
use rulec_facts::provider::{Answer, Provenance, Request};
use rulec_facts::reason::{Reason, Reasons, Why};
use rulec_facts::show;
use rulec_facts::source::{self, Shape, Yields};
use rulec_facts::value::{Element, Partial, Value};
use rulec_program::program::{Piece, Slot, Source, Template};

use crate::kept;
use crate::place::{Part, PartRequest, Resolved};
use crate::plan::Item;
use crate::progress::{Failure, Progress};

/// Applies what a round found out about a slot.
pub(crate) fn apply(
    slot: &Slot,
    item: &Item,
    places: &BTreeMap<String, Answer>,
    progress: &mut Progress,
) {
    progress.blocked.clone_from(&item.blocked);
    for (number, reasons) in &item.failed {
        let from = slot.sources.get(*number).map(as_written);
        fail(progress, *number, reasons.clone(), from.unwrap_or_default());
    }
    let Some((number, resolved)) = &item.then else {
        return;
    };
    if let Some(kept) = progress.kept.take() {
        kept::apply(kept, slot.sources.len(), progress);
        return;
    }
    let Some(source) = slot.sources.get(*number) else {
        return;
    };
    let reading = Reading {
        slot,
        source,
        places,
    };
    let (outcome, from) = match resolved {
        Resolved::One(request) => reading.one(request),
        Resolved::Each(parts) => reading.each(parts),
        Resolved::NotThere => (
            reading.not_there(),
            reading.missing_from(as_written(source)),
        ),
        Resolved::Unknown(reasons, _) => (Outcome::Unsettled(reasons.clone()), as_written(source)),
    };
    match outcome {
        Outcome::Settled(value) => {
            progress.next = number + 1;
            progress.settled = Some((value, from));
        }
        Outcome::Unsettled(reasons) => fail(progress, *number, reasons, from),
    }
}

fn fail(progress: &mut Progress, number: usize, reasons: Reasons, from: Provenance) {
    progress.next = number + 1;
    progress.failures.push(Failure { reasons, from });
}

/// The source clause of a slot whose answers are there.
struct Reading<'a> {
    slot: &'a Slot,
    source: &'a Source,
    places: &'a BTreeMap<String, Answer>,
}

impl Reading<'_> {
    fn name(&self) -> &str {
        &self.slot.named.name
    }

    fn decoder(&self) -> Result<Decoder, Reasons> {
        let decoder = Decoder::new(
            &self.slot.ty,
            self.slot.default.as_ref(),
            language(self.source),
            self.source.at.as_deref(),
        );
        decoder
            .map(|it| it.secret(self.slot.secret))
            .map_err(|error| self.reason(Why::Unsupported, &error))
    }

    fn reason(&self, why: Why, detail: &str) -> Reasons {
        Arc::from([Reason {
            fact: self.name().into(),
            why,
            detail: Arc::from(detail),
        }])
    }

    fn not_there(&self) -> Outcome {
        match self.decoder() {
            Ok(decoder) => decoder.not_there(self.name()),
            Err(reasons) => Outcome::Unsettled(reasons),
        }
    }

    fn answer(&self, request: &Request) -> Answer {
        let answer = match self.places.get(&request.place_key()).cloned() {
            // What a place says about itself may repeat its secret name.
            Some(Answer::Unknown(why, _, from)) if request.secret => {
                Some(Answer::Unknown(why, show::SECRET.to_owned(), from))
            }
            answer => answer,
        };
        answer.unwrap_or_else(|| {
            let from = sent_to(request);
            Answer::Unknown(Why::NotCollected, "nobody answered".to_owned(), from)
        })
    }

    fn one(&self, request: &Request) -> (Outcome, Provenance) {
        let answer = self.answer(request);
        let from = provenance(request, &answer);
        let outcome = match self.decoder() {
            Ok(decoder) => decoder.answer(self.name(), &answer),
            Err(reasons) => Outcome::Unsettled(reasons),
        };
        let from = match answer {
            Answer::NotThere(_) => self.missing_from(from),
            _ => from,
        };
        (outcome, from)
    }

    fn each(&self, parts: &[Part]) -> (Outcome, Provenance) {
        let answers: Vec<(String, Answer)> = parts
            .iter()
            .map(|part| (part.key.clone().unwrap_or_default(), self.part(part)))
            .collect();
        let from = joined_provenance(self.source, parts, &answers);
        let joined = joins(self.source);
        let uncertain = parts.iter().any(|part| !part.certain);
        let outcome = match self.decoder() {
            Err(reasons) => Outcome::Unsettled(reasons),
            Ok(_) if uncertain && joined => Outcome::Unsettled(self.reason(
                Why::NotCollected,
                "it is not known which elements belong to the list that it is read for",
            )),
            Ok(decoder) => decoder.each(self.name(), &answers, joined),
        };
        (with_memberships(outcome, parts), from)
    }

    fn part(&self, part: &Part) -> Answer {
        match &part.request {
            PartRequest::Send(request) => {
                let answer = self.answer(request);
                with_provenance(&answer, provenance(request, &answer))
            }
            PartRequest::NotThere => Answer::NotThere(as_written(self.source)),
            PartRequest::Unknown(reasons) => {
                let first = show::main_reason(reasons);
                let facts: Vec<&str> = reasons.iter().map(|it| it.fact.as_str()).collect();
                let detail = format!("its place needs `{}`", facts.join("`, `"));
                Answer::Unknown(first, detail, as_written(self.source))
            }
        }
    }

    /// A default that stands for what is not there is no reading of a place.
    fn missing_from(&self, from: Provenance) -> Provenance {
        match self.slot.default {
            Some(_) => Provenance {
                place: format!("{} {}", from.kind, from.place).trim().to_owned(),
                kind: "default".to_owned(),
                ..from
            },
            None => from,
        }
    }
}

fn language(source: &Source) -> PathLanguage {
    source::find(&source.system, &source.kind).map_or(PathLanguage::Json, |kind| kind.path)
}

/// One answer may have several nodes: the path is not singular, or the kind yields a list.
fn joins(source: &Source) -> bool {
    if let Some(at) = &source.at {
        return CompiledPath::compile(language(source), Level::Fact, at)
            .is_ok_and(|path| !path.is_singular());
    }
    match source::find(&source.system, &source.kind).map(|kind| &kind.result) {
        Some(Yields::Records(_)) => !newest_one(source),
        Some(Yields::One(shapes)) => shapes
            .iter()
            .any(|it| matches!(it, Shape::ListOf(_) | Shape::SetOfText | Shape::ListOfIp)),
        _ => false,
    }
}

fn newest_one(source: &Source) -> bool {
    source.arguments.iter().any(|(word, values)| {
        word == "newest"
            && matches!(values.as_slice(), [Template { pieces }]
                if matches!(pieces.as_slice(), [Piece::Text(text)] if text == "1"))
    })
}

/// Elements of an undecided list stay undecided. Sets were merged: there it cannot be told apart, and `each` refuses it.
fn with_memberships(outcome: Outcome, parts: &[Part]) -> Outcome {
    if parts.iter().all(|part| part.certain) {
        return outcome;
    }
    let Outcome::Settled(Partial::Known(Value::List(elements))) = &outcome else {
        return outcome;
    };
    let elements: Vec<Element> = elements
        .iter()
        .zip(parts)
        .map(|(element, part)| Element {
            value: element.value.clone(),
            certain: element.certain && part.certain,
        })
        .collect();
    Outcome::Settled(Partial::Known(Value::List(Arc::from(elements))))
}

fn provenance(request: &Request, answer: &Answer) -> Provenance {
    let (Answer::Found(_, from) | Answer::NotThere(from) | Answer::Unknown(_, _, from)) = answer;
    let asked = sent_to(request);
    Provenance {
        kind: asked.kind,
        place: asked.place,
        // A file may be named after the place.
        file: from.file.clone().filter(|_| !request.secret),
        time: from.time.clone(),
    }
}

fn with_provenance(answer: &Answer, from: Provenance) -> Answer {
    match answer {
        Answer::Found(document, _) => Answer::Found(Arc::clone(document), from),
        Answer::NotThere(_) => Answer::NotThere(from),
        Answer::Unknown(why, detail, _) => Answer::Unknown(*why, detail.clone(), from),
    }
}

/// The place of a request; a secret one is hidden.
fn sent_to(request: &Request) -> Provenance {
    let place = match (&request.locator, request.secret) {
        (Some(_), true) => show::SECRET.to_owned(),
        (Some(locator), false) => locator.clone(),
        (None, _) => String::new(),
    };
    Provenance {
        kind: format!("{} {}", request.system, request.kind),
        place,
        file: None,
        time: None,
    }
}

/// The place of a source whose braces could not be filled.
fn as_written(source: &Source) -> Provenance {
    Provenance {
        kind: format!("{} {}", source.system, source.kind),
        place: source
            .locator
            .as_ref()
            .map(template_text)
            .unwrap_or_default(),
        file: None,
        time: None,
    }
}

/// A template as the rule file has it.
pub(crate) fn template_text(template: &Template) -> String {
    let pieces = template.pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Hole(name, _) => format!("{{{name}}}"),
    });
    pieces.collect()
}

/// One provenance for the answers of `each x in LIST`: what they share, places and files listed.
fn joined_provenance(source: &Source, parts: &[Part], answers: &[(String, Answer)]) -> Provenance {
    let mut places: Vec<String> = Vec::new();
    let mut files: Vec<String> = Vec::new();
    let mut times: Vec<String> = Vec::new();
    for (_, answer) in answers {
        let (Answer::Found(_, from) | Answer::NotThere(from) | Answer::Unknown(_, _, from)) =
            answer;
        for (list, new) in [
            (&mut places, Some(&from.place)),
            (&mut files, from.file.as_ref()),
            (&mut times, from.time.as_ref()),
        ] {
            if let Some(new) = new.filter(|new| !list.contains(new)) {
                list.push(new.clone());
            }
        }
    }
    let written = as_written(source);
    if parts.is_empty() {
        return written;
    }
    Provenance {
        kind: written.kind,
        place: places.join(", "),
        file: (!files.is_empty()).then(|| files.join(", ")),
        // The oldest: nothing in the list was seen before it.
        time: times.into_iter().min(),
    }
}
