//! Why a verdict is as it is, what would confirm a rule, what to look at next: read from a session, which stays as it is.
//!
//! Each answer is one value, as JSON with a schema in the book, and as text in the locale of the case. Texts are made here, nothing
//! is printed.

mod ask_next;
mod atoms;
mod changes;
mod residual;
mod smallest;
pub mod text;
mod why;
mod why_not;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use crate::report::{Because, Evidence, PackLine, Source, SymptomLine, VerdictWord};

/// Why a rule has its verdict.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proof {
    /// Version of the JSON form, as of a report.
    pub format: u32,
    /// The root pack.
    pub pack: PackLine,
    /// Locale of the texts.
    pub locale: String,
    /// Name of the rule.
    pub rule: String,
    /// First sentence of its description.
    pub title: Option<String>,
    /// The cause, filled.
    pub cause: Option<String>,
    /// What came out.
    pub verdict: VerdictWord,
    /// By what part of it.
    pub because: Because,
    /// What the complaint names.
    pub symptoms: Vec<SymptomLine>,
    /// How few facts force the verdict; none for a full proof, and for an open verdict, which nothing forces.
    pub forced: Option<Forced>,
    /// The steps, from the rule down to the facts. Unless the proof is full, only those facts are taken as known, and steps that do
    /// not matter are left out.
    pub proof: StepLine,
}

/// A set of facts that forces a verdict: with them alone known it is the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forced {
    /// By these facts.
    pub facts: Vec<ForcingFact>,
    /// And by these answers about symptoms.
    pub answers: Vec<SaidOfSymptom>,
    /// No smaller set does. Otherwise none of these can be left out, and whether fewer others would do was not found within the limit.
    pub smallest: bool,
    /// Sets that were tried.
    pub checks: u32,
}

/// A fact that is needed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ForcingFact {
    /// Name of the fact.
    pub fact: String,
    /// The part that counts, as it would be written.
    pub path: String,
    /// Only that it is there counts, not what it holds.
    pub only_there: bool,
    /// Its value; null for absent, and where only that it is there counts.
    pub value: Json,
    /// The value as a person reads it.
    pub shown: String,
    /// Title of the fact or field.
    pub title: Option<String>,
    /// Where it was read.
    pub source: Option<Source>,
}

/// What a person said of a symptom.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SaidOfSymptom {
    /// The symptom.
    pub symptom: String,
    /// It is there.
    pub answer: bool,
}

/// A step of a proof.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepLine {
    /// What is claimed.
    pub claim: Claim,
    /// Name of the rule, symptom or derived fact; place of an element.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Title of what has a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The condition as a rule would write it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The same in plain words, for people.
    #[serde(skip)]
    pub said: Option<String>,
    /// Its truth.
    pub truth: TruthWord,
    /// Facts that a test, a quantifier's list or an element is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Evidence>,
    /// What it follows from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<StepLine>,
    /// Elements that are not told, because there are too many.
    #[serde(skip_serializing_if = "is_zero")]
    pub left_out: u32,
    /// Where its parts are, if not here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<Elsewhere>,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// What a step claims, and how its truth follows from its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Claim {
    /// The rule is confirmed: all parts.
    Rule,
    /// A symptom of the rule counts: any part.
    Symptoms,
    /// The symptom is there and no ordinary rule claims it: all parts.
    Free,
    /// The symptom is there: any part.
    Present,
    /// No ordinary rule of the symptom is confirmed: all parts.
    Unclaimed,
    /// The complaint names the symptom.
    Named,
    /// The code is reported.
    Reported,
    /// A person said that the symptom is there.
    Answered,
    /// The only part does not hold.
    Not,
    /// All parts.
    And,
    /// Any part.
    Or,
    /// A derived fact: as its only part.
    Let,
    /// Some element fulfils it: any part.
    Any,
    /// It belongs to its list, and all parts hold.
    Element,
    /// A comparison, a test or a Boolean fact.
    Test,
}

/// Three-valued truth as JSON spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "plain")]
pub enum TruthWord {
    True,
    False,
    Unknown,
}

/// Where the parts of a step are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Elsewhere {
    /// At an earlier step for the same rule or derived fact.
    Before,
    /// Nowhere: it lies too deep, or there are too many.
    Deeper,
}

/// What to find out next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Next {
    /// Version of the JSON form, as of a report.
    pub format: u32,
    /// The root pack.
    pub pack: PackLine,
    /// Locale of the texts.
    pub locale: String,
    /// Rules that are open, sorted.
    pub open: Vec<String>,
    /// Everything that they need, what is worth most first.
    pub facts: Vec<NextLine>,
}

/// Something that open verdicts need.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NextLine {
    /// Name of the fact, param or symptom.
    pub name: String,
    /// It is a symptom, of which a person says whether it is there.
    pub symptom: bool,
    /// Its title.
    pub title: Option<String>,
    /// What it costs to find out, with what its privilege costs.
    pub seconds: f64,
    /// What it tells, in bits a second; compares facts of one case, no more.
    pub score: f64,
    /// The pack's assumptions leave it one answer: asked for last, for they are no evidence.
    pub foretold: bool,
    /// A source or a person is left to ask (N2).
    pub obtainable: bool,
    /// Where it would be read, in order.
    pub sources: Vec<String>,
    /// What one must be to read it there, each once.
    pub privileges: Vec<String>,
    /// What to ask a person.
    pub questions: Vec<String>,
    /// Open rules that need it, sorted.
    pub rules: Vec<String>,
    /// What some answers would settle at once; the most telling first.
    pub answers: Vec<Answer>,
    /// Where it would be read, in plain words, for people.
    #[serde(skip)]
    pub places: Vec<String>,
    /// What one must be to read it there, in plain words.
    #[serde(skip)]
    pub wanted: Vec<String>,
    /// Titles of the rules that it names.
    #[serde(skip)]
    pub titles: BTreeMap<String, String>,
}

/// An answer, and what it settles by itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// How the tests on it come out.
    pub tests: Vec<TestLine>,
    /// Rules that are confirmed then, sorted.
    pub confirms: Vec<String>,
    /// Rules that are ruled out then, sorted.
    pub rules_out: Vec<String>,
}

/// A test, and whether it holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TestLine {
    /// As a rule would write it; the name of a symptom.
    pub text: String,
    /// It holds.
    pub holds: bool,
    /// The test, or its denial where it does not hold, in plain words.
    #[serde(skip)]
    pub said: String,
}

/// What would have to be otherwise for a rule to be confirmed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhyNot {
    /// Version of the JSON form, as of a report.
    pub format: u32,
    /// The root pack.
    pub pack: PackLine,
    /// Locale of the texts.
    pub locale: String,
    /// Name of the rule.
    pub rule: String,
    /// First sentence of its description.
    pub title: Option<String>,
    /// What came out.
    pub verdict: VerdictWord,
    /// By what part of it.
    pub because: Because,
    /// Ways to its being confirmed, the one with the fewest changes first. Empty if it is confirmed, or if none was found.
    pub ways: Vec<Way>,
    /// It is proved that no change of what the rule reads confirms it, with everything else as it is. Where this is false and no way
    /// was found, it is not known whether there is one.
    pub impossible: bool,
    /// It is proved that so many changes at least are needed, if any can do it.
    pub at_least: u32,
    /// The search ended by itself: values that tests name, and those beside them, were tried as far as they matter; of lists few of all
    /// that they could be.
    pub complete: bool,
    /// States that were tried.
    pub tries: u32,
}

/// Changes that together confirm a rule; each is needed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Way {
    /// What would be otherwise.
    pub changes: Vec<ChangeLine>,
    /// It is proved that no fewer changes do; said of the first way alone.
    pub smallest: bool,
}

/// A fact, a part of one or a symptom that would be otherwise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeLine {
    /// It is a symptom: somebody would have to report it.
    pub symptom: bool,
    /// Name of the fact or symptom.
    pub fact: String,
    /// The part that counts, as it would be written.
    pub path: String,
    /// Its title.
    pub title: Option<String>,
    /// What it is now; `{"unknown": reason}` for what nobody knows.
    pub now: Json,
    /// The same as a person reads it.
    pub now_shown: String,
    /// What it would be: one value of those that do.
    pub wanted: Json,
    /// The same as a person reads it.
    pub wanted_shown: String,
    /// Of a list of records the one element and its fields that would be otherwise, if that is all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChange>,
    /// Where it was read.
    pub source: Option<Source>,
}

/// A field of an element that would be otherwise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldChange {
    /// Where it stands: `certs.user_my[0].has_private_key`.
    pub path: String,
    /// What it is now, as a person reads it.
    pub now: String,
    /// What it would be.
    pub wanted: String,
}
