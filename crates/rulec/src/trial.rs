//! One `test` of a pack, run: its case is opened as any case is, and what comes out is held against what it expects.

use std::path::{Path, PathBuf};

use rulec_check::tests::{Complaint, Expect, Expected, Given, TestCase};
use rulec_eval::report::{Report, VerdictLine, VerdictWord};
use rulec_eval::{Case, CaseInput, Session, run_session};
use rulec_facts::provider::Provenance;
use rulec_facts::truth::Truth;
use rulec_facts::value::{Partial, Value};
use rulec_program::decide::{Decider, Scratch};
use rulec_program::node::SlotId;
use rulec_program::program::{RuleId, SymptomId};
use rulec_program::seal::Sealed;
use rulec_program::state::State;
use rulec_syntax::diagnostic::{Code, Level};
use rulec_syntax::source::{Sources, Span};

use crate::commands::run::BUDGET;
use crate::failure::Failure;
use crate::opening::{self, Opened};
use crate::ready::Ready;

/// An expectation of a test that did not hold.
pub static FAILED_TEST: Code = Code {
    name: "failed-test",
    level: Level::Error,
    page: include_str!("../../../book/src/diagnostics/failed-test.md"),
};

/// What a test did.
pub struct Outcome {
    /// Each expectation that failed, and what made the case unusable; none: passed.
    pub failures: Vec<Fault>,
}

/// A failed expectation.
pub struct Fault {
    /// Its place, or that of the test.
    pub span: Span,
    /// What was expected and what came out.
    pub message: String,
    /// Why it came out.
    pub because: Vec<String>,
}

/// A test, with all that it starts from put together.
#[derive(Default)]
struct Gathered {
    opened: Opened,
    complaint: Vec<Complaint>,
    sets: Vec<(SlotId, Vec<u32>, Partial)>,
}

/// Runs one test.
pub fn run(ready: &Ready, test: &TestCase) -> Outcome {
    let mut gathered = Gathered::default();
    let failures = match gathered
        .take(ready, test, 0)
        .and_then(|()| gathered.case(ready))
    {
        Ok(case) => {
            let mut session = Session::new(&ready.program, case);
            run_session(&mut session, &gathered.opened.providers(), BUDGET);
            judge(ready, test, &session)
        }
        Err(fault) => vec![fault],
    };
    Outcome { failures }
}

/// The case of a test, with what it answers from, and its complaint as texts.
pub fn case_of(ready: &Ready, test: &TestCase) -> Result<(Case, Opened, Vec<String>), Fault> {
    let mut gathered = Gathered::default();
    gathered.take(ready, test, 0)?;
    let complaint = gathered.complaint.iter().map(|it| match it {
        Complaint::Symptom(id) => {
            let symptom = ready.program.symptoms.get(id.0 as usize);
            symptom.map_or_else(String::new, |it| it.named.name.to_string())
        }
        Complaint::Code(text, _) | Complaint::Pasted(text) => text.to_string(),
    });
    let mut texts: Vec<String> = complaint.collect();
    texts.extend(gathered.opened.input.texts.iter().cloned());
    let case = gathered.case(ready)?;
    Ok((case, gathered.opened, texts))
}

/// The case folders that a test starts from itself.
pub fn cases<'t>(ready: &'t Ready, test: &'t TestCase) -> impl Iterator<Item = PathBuf> + 't {
    test.given.iter().filter_map(move |given| match given {
        Given::Case(path, span) => Some(base_folder(ready, *span).join(path.as_str())),
        Given::Test(_) => None,
    })
}

/// What is read of a recorded case for proofs, whatever is complained of; none if it cannot be read whole.
pub fn recorded(program: &Sealed, sources: &Sources, path: &str, span: Span) -> Option<State> {
    let mut opened = opening::open_folder(&folder_of(sources, span).join(path)).ok()?;
    let mut findings = opened.folder.iter().flat_map(|it| &it.findings);
    if findings.next().is_some() {
        return None;
    }
    let mut input = std::mem::take(&mut opened.input);
    input.texts.clear();
    let mut session = Session::new(program, opening::fit(program, input).ok()?);
    run_session(&mut session, &opened.providers(), BUDGET);
    Some(session.state().clone())
}

/// Longest chain of `given "other test"`; the checker refuses cycles.
const LONGEST_CHAIN: usize = 64;

impl Gathered {
    fn take(&mut self, ready: &Ready, test: &TestCase, depth: usize) -> Result<(), Fault> {
        for given in &test.given {
            match given {
                Given::Case(path, span) => {
                    let folder = base_folder(ready, *span).join(path.as_str());
                    self.opened =
                        opening::open_folder(&folder).map_err(|failure| fault(*span, &failure))?;
                    self.damage(*span)?;
                }
                Given::Test(number) => {
                    let other = ready
                        .analysis
                        .tests
                        .get(*number as usize)
                        .filter(|_| depth < LONGEST_CHAIN);
                    let other = other.ok_or_else(|| {
                        fault(
                            test.place,
                            &Failure::new("the test that it starts from is not there"),
                        )
                    })?;
                    self.take(ready, other, depth + 1)?;
                }
            }
        }
        if !test.complaint.is_empty() {
            self.complaint.clone_from(&test.complaint);
            self.opened.input.texts.clear();
        }
        if let Some(now) = test.now {
            let slot = ready.program.slot_named("now");
            self.opened.input.now = None;
            self.sets
                .extend(slot.map(|slot| (slot, Vec::new(), Partial::Known(Value::Time(now)))));
        }
        let sets = test
            .sets
            .iter()
            .map(|set| (set.slot, set.path.clone(), set.value.clone()));
        self.sets.extend(sets);
        Ok(())
    }

    /// A recorded case that cannot be read whole proves nothing.
    fn damage(&self, span: Span) -> Result<(), Fault> {
        let findings = self
            .opened
            .folder
            .iter()
            .flat_map(|folder| &folder.findings);
        let because: Vec<String> = findings.map(ToString::to_string).collect();
        if because.is_empty() {
            return Ok(());
        }
        Err(Fault {
            span,
            message: "the case cannot be read whole".to_owned(),
            because,
        })
    }

    fn case(&mut self, ready: &Ready) -> Result<Case, Fault> {
        let mut texts = std::mem::take(&mut self.opened.input.texts);
        let input = std::mem::take(&mut self.opened.input);
        let resources = input.resources.clone();
        let mut case = Case::new(&ready.program, input)
            .map_err(|wrong| fault(Span::default(), &opening::misuse(&wrong)))?;
        let mut symptoms: Vec<SymptomId> = Vec::new();
        for complaint in &self.complaint {
            match complaint {
                Complaint::Symptom(symptom) => symptoms.push(*symptom),
                Complaint::Code(text, _) | Complaint::Pasted(text) => texts.push(text.to_string()),
            }
        }
        case.complain(texts, symptoms);
        for (slot, path, value) in self.sets.drain(..) {
            let from = Provenance {
                kind: "given".to_owned(),
                place: "test".to_owned(),
                ..Provenance::default()
            };
            case.give(slot, path, value, from);
        }
        self.opened.input = CaseInput {
            resources,
            ..CaseInput::default()
        };
        Ok(case)
    }
}

fn fault(span: Span, failure: &Failure) -> Fault {
    Fault {
        span,
        message: failure.to_string(),
        because: Vec::new(),
    }
}

/// The folder of the rule file in which something is written.
fn base_folder(ready: &Ready, span: Span) -> PathBuf {
    folder_of(&ready.sources, span)
}

fn folder_of(sources: &Sources, span: Span) -> PathBuf {
    let file = sources.get(span.file).map_or("", |file| &file.path);
    Path::new(file)
        .parent()
        .map_or_else(PathBuf::new, Path::to_owned)
}

fn judge(ready: &Ready, test: &TestCase, session: &Session<'_>) -> Vec<Fault> {
    let report = session.report();
    let mut failures = Vec::new();
    for expect in &test.expects {
        failures.extend(hold(ready, session, &report, expect));
    }
    if !test.others {
        let listed: Vec<&str> = test
            .expects
            .iter()
            .filter(|it| it.verdict == Expected::Confirmed)
            .filter_map(|it| rule_name(ready, it.rule))
            .collect();
        let confirmed = report
            .verdicts
            .iter()
            .filter(|it| it.verdict == VerdictWord::Confirmed);
        for line in confirmed.filter(|it| !listed.contains(&it.rule.as_str())) {
            failures.push(Fault {
                span: test.place,
                message: format!(
                    "`{}` is confirmed, and the test does not expect it",
                    line.rule
                ),
                because: evidence(line),
            });
        }
    }
    failures
}

fn rule_name(ready: &Ready, rule: RuleId) -> Option<&str> {
    ready
        .program
        .rules
        .get(rule.0 as usize)
        .map(|it| it.named.name.as_str())
}

/// One expectation against what came out.
fn hold(ready: &Ready, session: &Session<'_>, report: &Report, expect: &Expect) -> Option<Fault> {
    let name = rule_name(ready, expect.rule).unwrap_or("");
    let line = report.verdicts.iter().find(|it| it.rule == name);
    let came_out = match line {
        Some(line) => line.verdict,
        None => not_in_question(ready, session, expect.rule),
    };
    let wanted = match &expect.verdict {
        Expected::Confirmed => VerdictWord::Confirmed,
        Expected::RuledOut => VerdictWord::RuledOut,
        Expected::Open(_) => VerdictWord::Open,
    };
    if came_out != wanted {
        let asked = if line.is_none() {
            ", and its symptom is not in question"
        } else {
            ""
        };
        return Some(Fault {
            span: expect.place,
            message: format!(
                "expected {} `{name}`, but it is {}{asked}",
                words(wanted),
                words(came_out)
            ),
            because: line.map(|line| because(line, report)).unwrap_or_default(),
        });
    }
    let Expected::Open(needs) = &expect.verdict else {
        return None;
    };
    let all = line.map(|line| line.needs.as_slice()).unwrap_or_default();
    let slots = needs
        .iter()
        .filter_map(|slot| ready.program.slots.get(slot.0 as usize));
    let missing: Vec<String> = slots
        .map(|slot| slot.named.name.to_string())
        .filter(|name| !all.contains(name))
        .collect();
    (!missing.is_empty()).then(|| Fault {
        span: expect.place,
        message: format!("`{name}` is open, but does not need {}", missing.join(", ")),
        because: vec![format!("it needs {}", all.join(", "))],
    })
}

/// A rule of a symptom that the complaint does not name is looked at all the same when a test asks for it.
fn not_in_question(ready: &Ready, session: &Session<'_>, rule: RuleId) -> VerdictWord {
    let mut scratch = Scratch::default();
    match Decider::new(&ready.program, session.state(), &mut scratch).verdict(rule) {
        Truth::True => VerdictWord::Confirmed,
        Truth::False => VerdictWord::RuledOut,
        Truth::Unknown => VerdictWord::Open,
    }
}

fn words(verdict: VerdictWord) -> &'static str {
    match verdict {
        VerdictWord::Confirmed => "confirmed",
        VerdictWord::RuledOut => "ruled out",
        VerdictWord::Open => "open",
        VerdictWord::Latent => "latent",
    }
}

fn because(line: &VerdictLine, report: &Report) -> Vec<String> {
    let mut lines = evidence(line);
    if !line.decided_by.is_empty() {
        lines.push(format!("decided by {}", line.decided_by.join(", ")));
    }
    if !line.waits_for.is_empty() {
        lines.push(format!("it waits for {}", line.waits_for.join(", ")));
    }
    for fact in report
        .open
        .iter()
        .filter(|it| line.needs.contains(&it.name))
    {
        let reasons: Vec<String> = fact
            .reasons
            .iter()
            .map(|it| format!("{}: {}", it.reason, it.detail))
            .collect();
        lines.push(format!("it needs {} ({})", fact.name, reasons.join("; ")));
    }
    lines
}

fn evidence(line: &VerdictLine) -> Vec<String> {
    line.evidence
        .iter()
        .map(|it| match &it.test {
            Some(test) => format!("{} = {} ({test})", it.path, it.shown),
            None => format!("{} = {}", it.path, it.shown),
        })
        .collect()
}

#[cfg(test)]
mod requests;
