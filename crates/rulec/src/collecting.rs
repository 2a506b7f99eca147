//! `rulec collect`: asks what the verdicts in question can still use, keeps each answer as it comes, and writes a case that may be sent.
//!
//! While it asks, answers lie as they came in a folder beside the case (`OUT.part`); the case itself has them without what is personal, and
//! grows with each. So whatever ends it, what was told as done is there, and the rest is *not collected*.

pub mod plan;
mod store;
mod telling;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rulec_artefacts::redact::Vocabulary;
use rulec_eval::wanted::WantedPlace;
use rulec_eval::{Answer, Case, Provider, Request, RequestId, Session, Why};
use rulec_facts::source as kinds;
use rulec_program::seal::Sealed;
use rulec_providers::answered::Answered;
use rulec_providers::case_folder::CaseFolder;
use rulec_providers::gather::{self, Asked, Event, Limits, gather};

use crate::failure::{Failure, io_reason};
use crate::redacting::{self, Redacted};

pub use store::Store;
pub use telling::Telling;

/// Places that are asked at one time.
const AT_ONCE: usize = 16;

/// Why a place has no answer when it was stopped before.
const STOPPED: &str = "collecting ended before it was asked";
/// Why a probe has none that nobody agreed to.
const NOT_ALLOWED: &str = "nobody agreed to a probe: `--probe`";
/// Why a place has none that was not in the plan.
const NOT_PLANNED: &str = "it was not in the plan that was agreed to";

/// Whom to ask, for what, and how long.
pub struct Collector {
    /// Who can be asked live, first those that are asked first.
    pub live: Vec<Arc<dyn Provider>>,
    /// What is known already.
    pub folder: Option<Arc<CaseFolder>>,
    /// Kinds of places that were agreed to.
    pub agreed: BTreeSet<(String, String)>,
    /// Probes were.
    pub probes: bool,
    /// Time for each place.
    pub each: Duration,
    /// Time for all.
    pub all: Duration,
}

/// What came of it.
pub struct Collected<'p> {
    /// The case, as far as it is known.
    pub session: Session<'p>,
    /// What each place answered that was asked, in order.
    pub places: Vec<(Request, Answer)>,
    /// All answers by place, those that were known before too.
    pub answered: Answered,
    /// It was stopped before all was asked.
    pub stopped: bool,
    /// Why something could not be kept.
    pub lost: Option<String>,
}

/// How the case is made that may be sent.
pub struct Redaction<'a> {
    /// The complaint, as it was given.
    pub texts: &'a [String],
    /// The language.
    pub locale: Option<&'a str>,
    /// Words that stay.
    pub vocabulary: Arc<Vocabulary>,
    /// For this run alone.
    pub key: [u8; 32],
}

impl Redaction<'_> {
    /// What is known of a session, without what is personal. What nobody could read here is left out: another machine may.
    pub fn of(&self, session: &Session<'_>) -> Result<Redacted, Failure> {
        let mut all = session.kept();
        all.retain(|it| !it.is_uncollected());
        redacting::redact_kept(
            session,
            &all,
            self.texts,
            self.locale,
            &self.vocabulary,
            self.key,
        )
    }

    /// What comes out of the redacted case otherwise than out of what was answered; for people.
    pub fn differences(
        &self,
        program: &Sealed,
        case: &Case,
        collected: &Collected<'_>,
        redacted: &Redacted,
    ) -> Result<Vec<String>, Failure> {
        let old = redacting::outcomes(program, case, &[&collected.answered]);
        let new = redacting::outcomes_of(program, redacted)?;
        Ok(redacting::differences(&old, &new))
    }
}

impl Collector {
    /// Asks until nothing is left that a verdict in question can use, or until it is stopped. Without redaction the case itself is written
    /// at the end alone.
    pub fn run<'p>(
        &self,
        session: Session<'p>,
        store: &mut Store,
        redaction: Option<&Redaction<'_>>,
        stop: &AtomicBool,
        telling: &mut Telling,
    ) -> Collected<'p> {
        let mut course = Course {
            collector: self,
            store,
            redaction,
            telling,
            start: Instant::now(),
            found: Collected {
                session,
                places: Vec::new(),
                answered: Answered::default(),
                stopped: false,
                lost: None,
            },
        };
        while !course.found.session.finished() && !course.found.stopped {
            course.round(stop);
        }
        course.telling.end();
        course.found
    }

    /// Who answers for a place.
    fn whom(&self, request: &Request) -> Whom {
        if let Some(answer) = self.known(request) {
            return Whom::Known(answer);
        }
        let kind = format!("{} {}", request.system, request.kind);
        let Some(provider) = self.live.iter().find(|it| it.answers(request)) else {
            return Whom::Nobody(Why::Unsupported, format!("nothing here reads `{kind}`"));
        };
        if is_probe(&request.system, &request.kind) && !self.probes {
            return Whom::Nobody(Why::NotCollected, NOT_ALLOWED.to_owned());
        }
        let named = (request.system.clone(), request.kind.clone());
        if !self.agreed.contains(&named) {
            return Whom::Nobody(Why::NotCollected, NOT_PLANNED.to_owned());
        }
        Whom::Live(Arc::clone(provider))
    }

    /// Who reads a place of that sort here.
    pub fn reader(&self, place: &WantedPlace) -> Option<&Arc<dyn Provider>> {
        let sample = plan::sample(place);
        self.live.iter().find(|it| it.answers(&sample))
    }

    /// What the case says of a place already.
    pub fn known(&self, request: &Request) -> Option<Answer> {
        let folder = self.folder.as_ref().filter(|it| it.answers(request))?;
        let answer = folder.fetch(request, self.each);
        (!matches!(answer, Answer::Unknown(..))).then_some(answer)
    }
}

/// Answers of a round, by number.
type Answers = BTreeMap<RequestId, Answer>;

/// A case while it is being collected.
struct Course<'a, 'p> {
    collector: &'a Collector,
    store: &'a mut Store,
    redaction: Option<&'a Redaction<'a>>,
    telling: &'a mut Telling,
    start: Instant,
    found: Collected<'p>,
}

impl Course<'_, '_> {
    /// Asks what the session wants to know now.
    fn round(&mut self, stop: &AtomicBool) {
        let mut answers = Answers::new();
        let asked = self.sort_out(&mut answers);
        if !self.found.stopped {
            self.ask(asked, &mut answers, stop);
        }
        match self.found.stopped {
            true => self.found.session = ended(&self.found.session, &answers),
            false => {
                for (id, answer) in answers {
                    self.found.session.answer(id, answer);
                }
            }
        }
    }

    /// Answers what is known, or what nobody is asked; the rest is to be asked.
    fn sort_out(&mut self, answers: &mut Answers) -> Vec<Asked> {
        let mut asked = Vec::new();
        for (id, request) in self.found.session.requests() {
            match self.collector.whom(&request) {
                Whom::Nobody(why, detail) => {
                    answers.insert(id, gather::unknown(&request, why, &detail));
                }
                Whom::Known(answer) => {
                    // Kept with the others, so that the case stands alone.
                    if let Err(error) = self.store.keep(&request, &answer) {
                        self.lost(&request, &io_reason(&error));
                    }
                    self.found.answered.add(&request, answer.clone());
                    answers.insert(id, answer);
                }
                Whom::Live(provider) => asked.push(Asked {
                    number: id.0,
                    request,
                    provider,
                }),
            }
        }
        asked
    }

    fn ask(&mut self, asked: Vec<Asked>, answers: &mut Answers, stop: &AtomicBool) {
        let requests: BTreeMap<u32, Request> = asked
            .iter()
            .map(|it| (it.number, it.request.clone()))
            .collect();
        let limits = Limits {
            each: self.collector.each,
            all: self.collector.all.saturating_sub(self.start.elapsed()),
            at_once: AT_ONCE,
        };
        let end = gather(asked, limits, stop, &mut |event| {
            match event {
                Event::Answered(number, answer) => {
                    if let Some(request) = requests.get(&number) {
                        return self.heard(number, request, answer, answers);
                    }
                }
                Event::Begun(number) => {
                    if let Some(request) = requests.get(&number) {
                        self.telling.begun(number, request);
                    }
                }
                Event::Waiting => self.telling.waiting(),
            }
            ControlFlow::Continue(())
        });
        self.found.stopped |= end == gather::Ended::Stopped || stop.load(Ordering::SeqCst);
    }

    /// Keeps an answer, and then tells that it is there.
    fn heard(
        &mut self,
        number: u32,
        request: &Request,
        answer: Answer,
        answers: &mut Answers,
    ) -> ControlFlow<()> {
        answers.insert(RequestId(number), answer.clone());
        let kept = self.store.keep(request, &answer);
        let kept = kept.map_err(|it| io_reason(&it));
        if let Err(reason) = kept.and_then(|()| self.publish(answers)) {
            self.lost(request, &reason);
            return ControlFlow::Break(());
        }
        self.telling.answered(number, request, &answer);
        self.found.answered.add(request, answer.clone());
        self.found.places.push((request.clone(), answer));
        ControlFlow::Continue(())
    }

    /// Writes the case that may be sent, as far as it is known.
    fn publish(&self, answers: &Answers) -> Result<(), String> {
        let Some(redaction) = self.redaction else {
            return Ok(());
        };
        let so_far = ended(&self.found.session, answers);
        let redacted = redaction.of(&so_far).map_err(|it| it.to_string())?;
        let published = self.store.publish(&redacted.files);
        published.map_err(|error| io_reason(&error))
    }

    fn lost(&mut self, request: &Request, reason: &str) {
        self.found.lost = Some(format!("{}: {reason}", request.shown()));
        self.found.stopped = true;
    }
}

/// It sends something into the network to see what answers.
pub fn is_probe(system: &str, kind: &str) -> bool {
    kinds::find(system, kind).is_some_and(|it| it.consent)
}

/// Who answers for a place.
enum Whom {
    /// It is known already.
    Known(Answer),
    /// Ask this one.
    Live(Arc<dyn Provider>),
    /// Nobody, and why.
    Nobody(Why, String),
}

/// The session as it would be if nothing more were asked.
fn ended<'p>(session: &Session<'p>, answers: &BTreeMap<RequestId, Answer>) -> Session<'p> {
    let mut session = session.clone();
    while !session.finished() {
        for (id, request) in session.requests() {
            let answer = answers.get(&id).cloned();
            let answer =
                answer.unwrap_or_else(|| gather::unknown(&request, Why::NotCollected, STOPPED));
            session.answer(id, answer);
        }
    }
    session
}

#[cfg(test)]
mod tests;
