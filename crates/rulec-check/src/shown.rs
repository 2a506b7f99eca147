//! Findings that a case shows, as data: for whoever keeps the case as a file or a test. How it is printed under the finding is not said here.

use rulec_facts::truth::Truth;
use rulec_program::decide::{Decider, Scratch};
use rulec_program::encode::{Found, Witness};
use rulec_program::program::{RuleId, SymptomId};
use rulec_program::seal::Sealed;
use rulec_syntax::diagnostic::{Code, Diagnostic};
use rulec_syntax::source::Span;

/// A finding with the case that shows it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Which kind.
    pub code: &'static Code,
    /// Its place.
    pub span: Span,
    /// What it says.
    pub message: String,
    /// The case.
    pub witness: Witness,
    /// The rules that the finding is about.
    pub about: Vec<RuleId>,
    /// The symptoms that it is about, if it is one of symptoms.
    pub symptoms: Vec<SymptomId>,
    /// What comes out for these, and which other rules are confirmed, on what is told of the case; in order.
    pub verdicts: Vec<(RuleId, Truth)>,
}

impl Shown {
    /// Looks at the case.
    pub(crate) fn new(
        program: &Sealed,
        finding: &Diagnostic,
        found: &Found,
        witness: Witness,
    ) -> Shown {
        let about = found.rules();
        let mut scratch = Scratch::default();
        for (text, value) in &witness.pins {
            scratch.pin(text.raw(), value.clone());
        }
        let mut decider = Decider::new(program, &witness.state, &mut scratch);
        let rules = (0u32..).zip(&program.rules).map(|(at, _)| RuleId(at));
        let verdicts = rules.map(|it| (it, decider.verdict(it)));
        let verdicts = verdicts.filter(|(it, truth)| about.contains(it) || *truth == Truth::True);
        Shown {
            code: finding.code,
            span: finding.span,
            message: finding.message.clone(),
            verdicts: verdicts.collect(),
            witness,
            about,
            symptoms: found.symptoms(),
        }
    }

    /// It is the case of that finding.
    pub fn belongs_to(&self, finding: &Diagnostic) -> bool {
        // A message of absurd length is cut where it is shown.
        let start = |it: &str| it.chars().take(500).collect::<String>();
        self.code == finding.code
            && self.span == finding.span
            && start(&self.message) == start(&finding.message)
    }
}
