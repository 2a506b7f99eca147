//! What came out of a case, as one value: every renderer reads this and nothing else.
//!
//! Made by [`crate::Session::report`]. Texts are already in the locale of the case, values already shown, secrets
//! already hidden. Fields are added within format 1, never changed.

pub(crate) mod brief;
pub(crate) mod build;
mod course;
pub(crate) mod detail;
pub(crate) mod fill;
mod grounds;
mod guide;
pub mod html;
pub mod json;
pub mod markdown;
pub(crate) mod places;
pub(crate) mod plain;
pub(crate) mod reads;
mod remedy;
mod ruled_out;
pub mod said;
pub(crate) mod say;
pub mod text;
pub mod texts;
pub mod verified;

use serde::Serialize;
use serde_json::Value as Json;

pub use course::{CourseLine, When};

use crate::explain::NextLine;

/// Version of the JSON form.
pub const FORMAT: u32 = 1;

/// A case, looked at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// [`FORMAT`].
    pub format: u32,
    /// The root pack.
    pub pack: PackLine,
    /// Locale of the texts.
    pub locale: String,
    /// What was put in question (V7).
    pub scope: Scope,
    /// What the complaint names, sorted by name.
    pub symptoms: Vec<SymptomLine>,
    /// Symptoms that a hint points to, or one of several near texts that fit equally well; they put nothing in question. Sorted by name.
    pub candidates: Vec<SymptomLine>,
    /// Texts of the complaint in which nothing was recognised, in the order given.
    pub unrecognised: Vec<String>,
    /// One a rule in question, sorted by (symptom, name).
    pub verdicts: Vec<VerdictLine>,
    /// Rules of other symptoms whose condition holds (V8); only on request, never confirmed.
    pub latent: Vec<VerdictLine>,
    /// Repairs of the confirmed and latent rules, sorted by name.
    pub fixes: Vec<FixLine>,
    /// The repairs of all confirmed rules as one course, in order.
    pub course: Vec<CourseLine>,
    /// Of what open verdicts need, what is worth finding out first; only in [`crate::Session::guided_report`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<NextLine>,
    /// Facts that open verdicts need, sorted by name.
    pub open: Vec<OpenFact>,
    /// Symptoms that open verdicts hang on, sorted by name.
    pub questions: Vec<OpenQuestion>,
    /// `now`, params, and of the facts that can be read for what is in question those that were given or looked for, sorted by name.
    pub facts: Vec<FactLine>,
    /// Files that a fact was read from, sorted.
    pub files: Vec<String>,
    /// Assumptions of the pack that do not hold in this case (A1).
    pub broken_assumptions: Vec<BrokenAssumption>,
}

/// A pack.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PackLine {
    /// `azure.p2s`.
    pub name: String,
    /// `1.0.0`.
    pub version: String,
}

/// What was put in question (V7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The symptoms that the complaint names.
    Complaint,
    /// All symptoms: nobody complained.
    All,
    /// There is a complaint, and nothing in it was recognised: no symptom.
    Unrecognised,
}

/// A symptom of the complaint.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SymptomLine {
    /// Its name.
    pub name: String,
    /// 1 for what is exact, less for a near text or a candidate.
    pub score: f64,
    /// What it was recognised by.
    pub by: By,
    /// First sentence of its description.
    pub title: Option<String>,
    /// What of the complaint was recognised: the code, or the symptom's text.
    pub matched: String,
    /// For people: the code as it was pasted, and what it is.
    #[serde(skip)]
    pub spelled: Option<String>,
}

/// What a symptom was recognised by, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Its name.
    Name,
    /// One of its codes.
    Code,
    /// One of its texts.
    Text,
    /// A text like one of its own.
    Near,
    /// One of its hints (candidates only).
    Hint,
}

/// A verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictWord {
    /// It is the cause.
    Confirmed,
    /// It is not.
    RuledOut,
    /// Not decided by what is known.
    Open,
    /// It would be the cause if its symptom were there (V8).
    Latent,
}

/// What decided a verdict, or keeps it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// Whether its symptom is present.
    Symptom,
    /// Its condition.
    Condition,
    /// Rules that override it.
    Overridden,
    /// Rules that go before an `otherwise`.
    Otherwise,
}

/// The verdict of one rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VerdictLine {
    /// Name of the rule.
    pub rule: String,
    /// Its symptoms; those in question first, each part sorted; `any` stands for every symptom.
    pub symptoms: Vec<String>,
    /// What came out.
    pub verdict: VerdictWord,
    /// By what.
    pub because: Because,
    /// Unknown facts that it needs, sorted.
    pub needs: Vec<String>,
    /// Conditions of an open one that nobody knows, in order; only in [`crate::Session::guided_report`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_known: Vec<OpenTest>,
    /// Undecided rules that it waits for, sorted.
    pub waits_for: Vec<String>,
    /// Symptoms that it hangs on and of which nobody said whether they are there, sorted; see [`Report::questions`].
    pub asks: Vec<String>,
    /// Rules that decided it by overriding it or going before it, sorted.
    pub decided_by: Vec<String>,
    /// Names of its fixes, in order of the plan.
    pub fixes: Vec<String>,
    /// How the fixes belong together.
    pub link: Link,
    /// What decided it; empty for an open one.
    pub evidence: Vec<Evidence>,
    /// The same for people: with what was looked for, and with values that were computed from facts.
    #[serde(skip)]
    pub grounds: Vec<Evidence>,
    /// First sentence of its description.
    pub title: Option<String>,
    /// The cause, filled.
    pub cause: Option<String>,
    /// `common`, `occasional`, `rare`.
    pub likelihood: Option<&'static str>,
    /// It holds where no ordinary rule does: people are told it last.
    #[serde(skip)]
    pub otherwise: bool,
}

/// A condition that nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenTest {
    /// As a rule would write it.
    pub text: String,
    /// The same in plain words, for people.
    #[serde(skip)]
    pub said: String,
}

/// How the fixes of a plan belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Link {
    /// All, in this order.
    And,
    /// A choice, best first.
    Or,
    /// The next if the one before did not help.
    Else,
    /// The others are relief until the first is done.
    Meanwhile,
}

/// A fact, or a part of one, that decided a verdict.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// Name of the fact.
    pub fact: String,
    /// The part that counted, as it would be written: `gateway.p2s.roots[0].certificate`.
    pub path: String,
    /// Its value; null for absent.
    pub value: Json,
    /// Where it was read.
    pub source: Option<Source>,
    /// Title of the fact.
    pub title: Option<String>,
    /// The value as a person reads it.
    pub shown: String,
    /// What was asked of it, as written in the rule.
    pub test: Option<String>,
    /// What people call the part: elements by what identifies them.
    #[serde(skip)]
    pub label: String,
    /// The same by titles, where the fact has one.
    #[serde(skip)]
    pub titled: Option<String>,
    /// Of a registry key: the value of it that was read, as the rule's author wrote it.
    #[serde(skip)]
    pub at: Option<String>,
    /// It is words alone: what was looked for among the facts that follow.
    #[serde(skip)]
    pub said: bool,
    /// Number of the condition that it belongs to, from 1; 0 where that is not known.
    #[serde(skip)]
    pub leaf: usize,
}

impl Evidence {
    /// Its value was not known.
    pub fn is_unknown(&self) -> bool {
        let object = self.value.as_object();
        object.is_some_and(|it| it.len() == 1 && it.contains_key("unknown"))
    }

    /// It is a field of a record that stands among these and shows it, or a list whose only member does.
    pub(crate) fn is_told(&self, all: &[&Evidence]) -> bool {
        let only = self.value.as_array().is_some_and(|it| it.len() == 1);
        let member = format!("{}[0]", self.path);
        all.iter().any(|other| {
            let field = self.path.strip_prefix(other.path.as_str());
            let below = field.is_some_and(|it| it.starts_with('.'));
            let shown = other.value.is_object() && !other.is_unknown();
            let there = other.shown.contains(&self.shown);
            shown && there && (below || only && other.path == member)
        })
    }
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// `azure arm`, `given`, `ask`, `default`, `case`, …
    pub kind: String,
    /// Resolved locator, or the question; a secret one is hidden.
    pub place: String,
    /// File inside the case folder.
    pub file: Option<String>,
    /// When it was observed, RFC 3339.
    pub time: Option<String>,
}

/// A repair.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FixLine {
    /// Its name.
    pub name: String,
    /// First sentence of its description.
    pub title: Option<String>,
    /// What to do; steps whose condition is false are left out.
    pub steps: Vec<StepLine>,
    /// It has steps, and none of them applies.
    #[serde(skip)]
    pub idle: bool,
    /// What it can break.
    pub risks: Vec<RiskLine>,
    /// Privileges, as a person reads them.
    pub needs: Vec<String>,
    /// Repairs that it must not be combined with.
    pub excludes: Vec<String>,
    /// Those of them that this report offers too, with their titles, for people.
    #[serde(skip)]
    pub not_with: Vec<String>,
    /// How one sees that it worked; conditions as written.
    pub verify: Vec<String>,
    /// The same for people: conditions in plain words, each of what belongs together on its own.
    #[serde(skip)]
    pub checks: Vec<String>,
    /// How to take it back.
    pub undo: Vec<String>,
    /// Links.
    pub docs: Vec<String>,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepLine {
    /// What to do, filled.
    pub text: String,
    /// Not known whether it is needed: only if this holds, as written.
    pub only_if: Option<String>,
    /// The same for people, in plain words.
    #[serde(skip)]
    pub only_if_plain: Option<String>,
}

/// What a repair can break.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RiskLine {
    /// `none`, `restart`, `outage`, `data-loss`, `security`.
    pub level: String,
    /// `user`, `machine`, `network`, `gateway`, `all-clients`, `tenant`.
    pub scope: Option<String>,
    /// More about it, filled.
    pub note: Option<String>,
}

/// A symptom that open verdicts hang on, and what a person would have to say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpenQuestion {
    /// Name of the symptom; naming it in the complaint says yes.
    pub symptom: String,
    /// Its title.
    pub title: Option<String>,
    /// What to ask; any yes makes it present.
    pub questions: Vec<String>,
    /// Open rules that hang on it, sorted.
    pub rules: Vec<String>,
}

/// A fact that open verdicts need.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpenFact {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Why it is unknown, every reason in order.
    pub reasons: Vec<ReasonLine>,
    /// A source or a person is left to ask (N2).
    pub obtainable: bool,
    /// Where it would be read, in order: `azure arm "…"`.
    pub sources: Vec<String>,
    /// The same in plain words, for people.
    #[serde(skip)]
    pub places: Vec<String>,
    /// What to ask a person.
    pub question: Option<String>,
    /// Open rules that need it, sorted.
    pub rules: Vec<String>,
    /// Its place among what is worth finding out, if that was looked at.
    #[serde(skip)]
    pub rank: usize,
}

/// Why something is unknown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReasonLine {
    /// The fact that it began with.
    pub fact: String,
    /// `not-collected`, `denied`, …
    pub reason: &'static str,
    /// What was asked and what came back.
    pub detail: String,
}

/// What is known of a fact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactLine {
    /// Its name.
    pub name: String,
    /// What it is.
    #[serde(flatten)]
    pub known: Known,
    /// Where it came from; for an unknown one, the place that failed.
    pub source: Option<Source>,
    /// `fact`, `param` or `now`.
    pub role: &'static str,
    /// Its title.
    pub title: Option<String>,
    /// The value as a person reads it.
    pub shown: String,
    /// For an unknown one: what was asked and what came back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Why it, or a part of it, is unknown, every reason in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<ReasonLine>,
}

/// A value, or the reason why there is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// null for absent; an unknown part is `{"unknown": reason}`.
    Value(Json),
    /// The first reason that is not `unsupported` (S4).
    Unknown(&'static str),
}

/// An assumption that does not hold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BrokenAssumption {
    /// As written.
    pub text: String,
    /// Its file.
    pub file: String,
    /// What makes it false.
    pub evidence: Vec<Evidence>,
    /// The same for people.
    #[serde(skip)]
    pub grounds: Vec<Evidence>,
}
