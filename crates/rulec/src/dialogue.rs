//! `rulec run --ask`: asks a person what no place tells, what is worth most first, until nothing that could be said changes a verdict.
//!
//! At a terminal it speaks the person's language; for other front ends it speaks JSON, a line an event. What was said is kept with who
//! and when, line by line, so that a dialogue that breaks off goes on where it was.

mod answers;
mod json;
mod terminal;

use rulec_eval::explain::NextLine;
use rulec_eval::question::About;
use rulec_eval::report::VerdictWord;
use rulec_eval::report::texts::Texts;
use rulec_eval::{Misuse, Problem, Provider, Question, Reply, Session, run_session};

use crate::args::{ReportFormat, Run};
use crate::commands::run::BUDGET;
use crate::failure::Failure;
use crate::opening::Opened;
use crate::output::Output;
pub use answers::{Keeper, read};

/// What a person does with a question.
pub enum Said {
    /// Answers it.
    Reply(Reply),
    /// Wants to know why it is asked.
    Explain,
    /// Takes the last answer back.
    Back,
    /// Has enough.
    Stop,
}

/// A verdict that an answer changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Name of the rule.
    pub rule: String,
    /// Its title.
    pub title: Option<String>,
    /// What came out.
    pub verdict: VerdictWord,
}

/// Where a dialogue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// The question is the how many-th; what is asked again keeps its number.
    pub number: usize,
    /// Rules that are open.
    pub open: usize,
}

/// Whoever stands between the dialogue and the person.
pub trait Front {
    /// Puts a question and reads what the person does with it; nothing if there is nobody any more.
    fn ask(
        &mut self,
        question: &Question,
        counts: Counts,
        output: &mut Output,
    ) -> Result<Option<Said>, Failure>;
    /// Says why it is asked, and what hangs on it.
    fn explain(
        &mut self,
        question: &Question,
        line: &NextLine,
        output: &mut Output,
    ) -> Result<(), Failure>;
    /// Says that an answer does not fit; it is asked again.
    fn refuse(&mut self, message: &str, output: &mut Output) -> Result<(), Failure>;
    /// Says which verdicts an answer has settled or opened again.
    fn changed(&mut self, changes: &[Changed], output: &mut Output) -> Result<(), Failure>;
    /// Says that an answer was taken back, or that there is none to take back.
    fn taken_back(&mut self, name: Option<&str>, output: &mut Output) -> Result<(), Failure>;
}

/// Runs the dialogue on a session that has collected what it could.
pub fn run(
    session: &mut Session<'_>,
    args: &Run,
    opened: &Opened,
    texts: &Texts,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut keeper = Keeper::new(args, opened, output);
    let mut front: Box<dyn Front> = match args.format {
        ReportFormat::Json => Box::new(json::Lines),
        ReportFormat::Text => Box::new(terminal::Terminal::new(texts)),
        ReportFormat::Markdown | ReportFormat::Html => {
            let why = "`--ask` talks where the report would be written";
            return Err(Failure::new(why).help("give `--format text` or `json`; the answers are kept, so that a run after it has them"));
        }
    };
    converse(
        session,
        front.as_mut(),
        &opened.providers(),
        &mut keeper,
        output,
    )
}

fn converse<'p>(
    session: &mut Session<'p>,
    front: &mut dyn Front,
    providers: &[&dyn Provider],
    keeper: &mut Keeper,
    output: &mut Output,
) -> Result<(), Failure> {
    // A session is small beside what a person types: each answer keeps the one before it.
    let mut before: Vec<(Session<'p>, String)> = Vec::new();
    while let Some(question) = session.next_question() {
        let verdicts = verdicts(session);
        let open = verdicts.iter().filter(|it| it.verdict == VerdictWord::Open);
        let counts = Counts {
            number: before.len() + 1,
            open: open.count(),
        };
        let Some(said) = front.ask(&question, counts, output)? else {
            return Ok(());
        };
        match said {
            Said::Stop => return Ok(()),
            Said::Explain => {
                if let Some(line) = line_of(session, &question) {
                    front.explain(&question, &line, output)?;
                }
            }
            Said::Back => match before.pop() {
                Some((earlier, name)) => {
                    keeper.take_back(&name)?;
                    *session = earlier;
                    front.taken_back(Some(&name), output)?;
                }
                None => front.taken_back(None, output)?,
            },
            Said::Reply(reply) => {
                let earlier = session.clone();
                if let Err(misuse) = session.reply(&question, &reply) {
                    front.refuse(&why(&misuse), output)?;
                    continue;
                }
                // An answer may say where else to read (L1).
                run_session(session, providers, BUDGET);
                keeper.keep(&question, &reply)?;
                before.push((earlier, question.name.clone()));
                front.changed(&changes(&verdicts, session), output)?;
            }
        }
    }
    Ok(())
}

/// What is wrong with an answer; which fact it is about stands in the question.
fn why(misuse: &Misuse) -> String {
    match &misuse.problem {
        Problem::DoesNotFit(why) => {
            let label = format!("`{}`: ", misuse.name);
            why.strip_prefix(&label).unwrap_or(why).to_owned()
        }
        _ => misuse.to_string(),
    }
}

fn verdicts(session: &Session<'_>) -> Vec<Changed> {
    let lines = session.report().verdicts.into_iter();
    let lines = lines.map(|it| Changed {
        rule: it.rule,
        title: it.title,
        verdict: it.verdict,
    });
    lines.collect()
}

/// Verdicts that are not what they were.
fn changes(before: &[Changed], session: &Session<'_>) -> Vec<Changed> {
    let now = verdicts(session).into_iter();
    now.filter(|it| !before.contains(it)).collect()
}

/// The line of what to find out next that the question is about.
fn line_of(session: &Session<'_>, question: &Question) -> Option<NextLine> {
    let next = session.next();
    let is_symptom = matches!(question.about, About::Symptom(..));
    let name = question.name.as_str();
    let of = |it: &NextLine| {
        let rest = name.strip_prefix(it.name.as_str());
        it.symptom == is_symptom && rest.is_some_and(|it| it.is_empty() || it.starts_with('.'))
    };
    next.facts.into_iter().find(of)
}
