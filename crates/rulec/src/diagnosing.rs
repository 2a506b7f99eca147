//! A case that is looked at for an explanation: the whole pack, the case as it was given, and its session at the end of collecting.
//! What `why`, `why-not` and `next` do alike.

use std::io::Write;

use rulec_check::nearest;
use rulec_eval::report::text::Style;
use rulec_eval::report::texts::Texts;
use rulec_eval::{Case, Session, run_session};
use rulec_program::program::RuleId;
use rulec_program::seal::Sealed;
use serde::Serialize;

use crate::args::{Format, OfCase};
use crate::commands::run::BUDGET;
use crate::failure::Failure;
use crate::locale;
use crate::opening::{self, Opened};
use crate::output::Output;
use crate::ready::{Readiness, runnable};

/// What a command asks of a session, and how the answer reads.
pub struct Asked<'a, T> {
    /// The rule that it is about, if it is about one.
    pub rule: Option<&'a str>,
    /// The answer; none if there is none.
    pub answer: &'a dyn Fn(&Session<'_>, Option<RuleId>) -> Option<T>,
    /// Its text, in so many columns.
    pub text: &'a dyn Fn(&T, &Texts, usize, Style) -> String,
    /// The exit code of a case of which everything could be read.
    pub code: &'a dyn Fn(&T) -> u8,
}

/// Looks at a case and tells the answer.
pub fn explain<T: Serialize>(
    of: &OfCase,
    asked: &Asked<'_, T>,
    output: &mut Output,
) -> Result<u8, Failure> {
    let mut diagnosed = match diagnosed(of, output)? {
        Readiness::Ready(diagnosed) => *diagnosed,
        Readiness::NotReady(code) => return Ok(code),
    };
    let rule = asked.rule.map(|it| diagnosed.rule(it)).transpose()?;
    let damaged = diagnosed.opened.damaged();
    let locale = diagnosed.locale.clone();
    let session = diagnosed.session(rule);
    let Some(answer) = (asked.answer)(&session, rule) else {
        return Ok(2);
    };
    match of.told.format {
        Format::Json => output.json_of(&answer)?,
        Format::Text => {
            let texts = Texts::new(session.program(), locale.as_deref());
            let page = (asked.text)(&answer, &texts, output.width(), output.style());
            output.write_all(page.as_bytes())?;
        }
    }
    Ok(if damaged { 2 } else { (asked.code)(&answer) })
}

/// What is needed to open the session.
struct Diagnosed {
    /// The whole program: a rule of another symptom may be asked about.
    program: Sealed,
    /// The language of the answer.
    locale: Option<String>,
    opened: Opened,
    case: Case,
}

/// Loads pack and case.
fn diagnosed(args: &OfCase, output: &mut Output) -> Result<Readiness<Diagnosed>, Failure> {
    let locale = args.told.locale.clone().or_else(locale::of_environment);
    let ready = match runnable(&args.packs, false, locale.as_deref(), output)? {
        Readiness::Ready(ready) => *ready,
        Readiness::NotReady(code) => return Ok(Readiness::NotReady(code)),
    };
    let program = ready.whole()?;
    opening::one_reader(&args.case, &args.seen.symptom, false)?;
    let mut opened = opening::open(&args.case, output)?;
    let typed = opening::complaint(&args.seen.symptom)?;
    if !typed.is_empty() {
        opened.input.texts = typed;
    }
    if args.told.locale.is_some() || opened.input.locale.is_none() {
        opened.input.locale = locale;
    }
    let locale = opened.input.locale.clone();
    let input = std::mem::take(&mut opened.input);
    let case = opening::fit(&program, input)?;
    Ok(Readiness::Ready(Box::new(Diagnosed {
        program,
        locale,
        opened,
        case,
    })))
}

impl Diagnosed {
    /// The rule of that name.
    fn rule(&self, name: &str) -> Result<RuleId, Failure> {
        self.program.rule_named(name).ok_or_else(|| {
            let names = self.program.rules.iter().map(|it| it.named.name.as_str());
            let help = match nearest(name, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`rulec list rules` names the rules of a pack".to_owned(),
            };
            Failure::new(format!("the pack has no rule `{name}`")).help(help)
        })
    }

    /// Collects what the verdicts in question need, and what that rule needs.
    fn session(&mut self, rule: Option<RuleId>) -> Session<'_> {
        let rule = rule.and_then(|it| self.program.rules.get(it.0 as usize));
        let mut case = std::mem::take(&mut self.case);
        case.look_at(
            Vec::new(),
            rule.and_then(|it| it.when).into_iter().collect(),
        );
        let mut session = Session::new(&self.program, case);
        run_session(&mut session, &self.opened.providers(), BUDGET);
        session
    }
}
