//! A case that is looked at for an explanation: the whole pack, the case as it was given, and its session at the end of collecting.

use rulec_check::nearest;
use rulec_eval::{Case, Session, run_session};
use rulec_program::program::RuleId;
use rulec_program::seal::Sealed;

use crate::args::OfCase;
use crate::commands::run::BUDGET;
use crate::failure::Failure;
use crate::locale;
use crate::opening::{self, Opened};
use crate::output::Output;
use crate::ready::{Readiness, runnable};

/// What is needed to open the session.
pub struct Diagnosed {
    /// The whole program: a rule of another symptom may be asked about.
    pub program: Sealed,
    /// The language of the answer.
    pub locale: Option<String>,
    opened: Opened,
    case: Case,
}

/// Loads pack and case.
pub fn diagnosed(args: &OfCase, output: &mut Output) -> Result<Readiness<Diagnosed>, Failure> {
    let locale = args.locale.clone().or_else(locale::of_environment);
    let ready = match runnable(&args.packs, false, locale.as_deref(), output)? {
        Readiness::Ready(ready) => *ready,
        Readiness::NotReady(code) => return Ok(Readiness::NotReady(code)),
    };
    let program = ready.whole()?;
    opening::one_reader(&args.case, &args.symptom, false)?;
    let mut opened = opening::open(&args.case, output)?;
    let typed = opening::complaint(&args.symptom)?;
    if !typed.is_empty() {
        opened.input.texts = typed;
    }
    if args.locale.is_some() || opened.input.locale.is_none() {
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
    pub fn rule(&self, name: &str) -> Result<RuleId, Failure> {
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
    pub fn session(&mut self, rule: Option<RuleId>) -> Session<'_> {
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

    /// Something of the case could not be read or used.
    pub fn damaged(&self) -> bool {
        self.opened.damaged()
    }
}
