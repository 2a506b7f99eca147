//! A question that could be neither proved nor refuted within its limits: said with the finding it belongs to, the term and the limit.

use std::collections::BTreeSet;

use rulec_program::encode::{Reason, Undecided};
use rulec_program::program::RuleId;
use rulec_prove::Limit;
use rulec_syntax::diagnostic::{Code, Diagnostic, Level};
use rulec_syntax::source::Span;

use super::proving::Proving;
use super::{Check, Run};
use crate::tests::TestCase;

static UNDECIDED: Code = Code {
    name: "undecided",
    level: Level::Warning,
    page: include_str!("../../../../book/src/diagnostics/undecided.md"),
};

/// The other checks report it where it arises; there is nothing left to ask.
pub(super) const CHECK: Check = Check {
    code: &UNDECIDED,
    run: Run::Proves(|_| {}),
};

/// What stays undecided of a rule for one reason.
pub(super) fn finding(
    proving: &Proving<'_, '_>,
    codes: &BTreeSet<&str>,
    rule: RuleId,
    why: &Undecided,
) -> Diagnostic {
    let codes: Vec<String> = codes.iter().map(|it| format!("`{it}`")).collect();
    let verb = if codes.len() == 1 { "is" } else { "are" };
    let message = format!(
        "{} {verb} undecided for `{}`: {}",
        codes.join(", "),
        proving.name(rule),
        limit(why)
    );
    at(proving, proving.span(rule), message, why)
}

/// Whether the assumptions of the program can hold together stays undecided.
pub(super) fn of_assumptions(
    proving: &Proving<'_, '_>,
    code: &Code,
    span: Span,
    why: &Undecided,
) -> Diagnostic {
    let message = format!(
        "`{}` is undecided for the assumptions of the program: {}",
        code.name,
        limit(why)
    );
    at(proving, span, message, why)
}

/// Whether the case of a test can be stays undecided.
pub(super) fn of_test(
    proving: &Proving<'_, '_>,
    code: &Code,
    test: &TestCase,
    why: &Undecided,
) -> Diagnostic {
    let message = format!(
        "`{}` is undecided for the test `{}`: {}",
        code.name,
        test.name,
        limit(why)
    );
    at(proving, test.place, message, why)
}

fn at(proving: &Proving<'_, '_>, span: Span, message: String, why: &Undecided) -> Diagnostic {
    let finding = UNDECIDED.at(span, message).help(advice(why));
    match why.place {
        Some(place) => finding.also(proving.subject.span(place), "this term"),
        None => finding,
    }
}

/// Names the reason, so that equal ones are said once.
pub(super) fn word(why: &Undecided) -> &'static str {
    match why.reason {
        Reason::Search(_) => "search",
        Reason::Elements(_) => "elements",
        Reason::Alternation => "alternation",
        Reason::Term => "term",
        Reason::Assumptions => "assumptions",
        Reason::Replay => "replay",
    }
}

/// Which limit, with its count.
fn limit(why: &Undecided) -> String {
    match why.reason {
        Reason::Search(Limit::Nodes(count)) => format!("the search ended after {count} splits"),
        Reason::Search(Limit::Rounds(count)) => {
            format!("{count} candidates had values that do not fit together")
        }
        Reason::Search(Limit::Work(count)) => format!("the search ended after {count} steps"),
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

fn advice(why: &Undecided) -> &'static str {
    match why.reason {
        Reason::Search(_) | Reason::Elements(_) => {
            "split the rule, or accept it with its reason: `allow undecided \"…\"`"
        }
        Reason::Alternation | Reason::Term => {
            "compare with a constant where that is what is meant, or accept it with its reason: `allow undecided \"…\"`"
        }
        Reason::Assumptions => "look at what else is undecided about the assumptions",
        Reason::Replay => "this is a fault of rulec: please report it with this pack",
    }
}
