//! A case after the repair, beside the same case before it: which checks now hold, which causes are gone, what is new. The value behind
//! `rulec verify`; its schema is `book/src/reference/verified.schema.json`.
//!
//! Both are cases of one program. Checks are evaluated on the facts of the later one (L3); [`conditions`] says which it has to read for
//! that.

use std::collections::{BTreeMap, BTreeSet};

use rulec_facts::truth::Truth;
use rulec_program::decide::{Decider, Scratch};
use rulec_program::node::NodeId;
use rulec_program::program::{Fix, RuleId, Verify};
use serde::Serialize;

use super::build::pack;
use super::fill::Fill;
use super::texts::Texts;
use super::{Because, FORMAT, PackLine, Report, VerdictWord, plain, remedy};
use crate::express;
use crate::session::Session;

/// What a repair has changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verified {
    /// [`FORMAT`].
    pub format: u32,
    /// The root pack.
    pub pack: PackLine,
    /// Locale of the texts.
    pub locale: String,
    /// Causes that were confirmed before or are now, sorted by name.
    pub causes: Vec<ChangedCause>,
    /// Repairs of the causes that were confirmed before, with their checks, sorted by name.
    pub fixes: Vec<CheckedFix>,
}

/// What became of a cause.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangedCause {
    /// Name of the rule.
    pub rule: String,
    /// First sentence of its description.
    pub title: Option<String>,
    /// What became of it.
    pub change: Change,
    /// Unknown facts that it needs, sorted.
    pub needs: Vec<String>,
    /// Confirmed rules that override it now, sorted.
    pub decided_by: Vec<String>,
}

/// What became of a cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It was there, and its condition holds no longer.
    Gone,
    /// It was there and is still.
    Still,
    /// It was not confirmed before.
    New,
    /// It was there; another confirmed cause now hides whether it still is.
    Hidden,
    /// It was there; what is known now does not decide it.
    Unknown,
}

/// A repair with its checks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckedFix {
    /// Its name.
    pub fix: String,
    /// First sentence of its description.
    pub title: Option<String>,
    /// Rules that were confirmed before and that it is for, sorted.
    pub rules: Vec<String>,
    /// Its checks, in order, each part of what belongs together on its own.
    pub checks: Vec<CheckLine>,
}

/// A check.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckLine {
    /// As written.
    pub check: String,
    /// In plain words.
    pub said: String,
    /// What came out.
    pub result: CheckResult,
    /// Unknown facts that it needs, sorted.
    pub needs: Vec<String>,
}

/// What came out of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckResult {
    /// It holds.
    Holds,
    /// It does not.
    Fails,
    /// What is known does not decide it.
    Unknown,
    /// Only a person can see it.
    Person,
}

impl Verified {
    /// Something is not known: a cause or a check.
    pub fn is_open(&self) -> bool {
        let causes = self.causes.iter();
        let mut causes = causes.map(|it| it.change);
        let mut checks = self.fixes.iter().flat_map(|it| &it.checks);
        causes.any(|it| matches!(it, Change::Unknown | Change::Hidden))
            || checks.any(|it| it.result == CheckResult::Unknown)
    }

    /// A cause is confirmed now, old or new.
    pub fn is_confirmed(&self) -> bool {
        let mut causes = self.causes.iter();
        causes.any(|it| matches!(it.change, Change::Still | Change::New))
    }
}

/// The conditions by which one sees that repairs of the confirmed causes worked: what the later case has to evaluate.
pub fn conditions(before: &Session<'_>) -> Vec<NodeId> {
    let fixes = repairs(before);
    let all = fixes.iter().flat_map(|(fix, _)| &fix.verify);
    let conditions = all.filter_map(|it| match it {
        Verify::Condition(node) => Some(*node),
        Verify::Text(_) => None,
    });
    conditions.collect()
}

/// Compares two finished cases of one program.
pub fn verified(before: &Session<'_>, after: &Session<'_>) -> Verified {
    let (old, new) = (before.report(), after.report());
    let texts = Texts::new(after.program, after.locale.as_deref());
    let mut scratch = Scratch::default();
    let mut fill = Fill {
        program: after.program,
        texts: &texts,
        look: Decider::new(after.program, &after.state, &mut scratch),
    };
    let fixes = repairs(before);
    let fixes = fixes.into_iter().map(|(fix, rules)| CheckedFix {
        fix: fix.named.name.to_string(),
        title: fill.title("fix", &fix.named),
        rules: rules.into_iter().collect(),
        checks: checks(&mut fill, fix),
    });
    let fixes = fixes.collect();
    Verified {
        format: FORMAT,
        pack: pack(after.program),
        locale: texts.locale().to_owned(),
        causes: causes(&old, &new),
        fixes,
    }
}

/// Repairs of the rules that are confirmed, by name, with the names of these rules.
fn repairs<'p>(session: &Session<'p>) -> Vec<(&'p Fix, BTreeSet<String>)> {
    let program = session.program;
    let mut scratch = Scratch::default();
    let mut look = Decider::new(program, &session.state, &mut scratch);
    let mut found: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for RuleId(at) in &session.scope.rules {
        let Some(rule) = program.rules.get(*at as usize) else {
            continue;
        };
        if look.verdict(RuleId(*at)) == Truth::True {
            for fix in &rule.plan.fixes {
                let rules = found.entry(fix.0).or_default();
                rules.insert(rule.named.name.to_string());
            }
        }
    }
    let fixes = found.into_iter();
    let fixes = fixes.filter_map(|(at, rules)| Some((program.fixes.get(at as usize)?, rules)));
    fixes.collect()
}

fn checks(fill: &mut Fill<'_, '_>, fix: &Fix) -> Vec<CheckLine> {
    let mut lines = Vec::new();
    for (at, verify) in fix.verify.iter().enumerate() {
        match verify {
            Verify::Condition(node) => {
                for (node, said) in plain::parts(fill, *node, "plain-must-not") {
                    lines.push(condition(fill, node, said));
                }
            }
            Verify::Text(text) => {
                let said = remedy::verify_text(fill, fix, at, text);
                lines.push(CheckLine {
                    check: said.clone(),
                    said,
                    result: CheckResult::Person,
                    needs: Vec::new(),
                });
            }
        }
    }
    lines
}

fn condition(fill: &mut Fill<'_, '_>, node: NodeId, said: String) -> CheckLine {
    let result = match fill.look.truth(node) {
        Truth::True => CheckResult::Holds,
        Truth::False => CheckResult::Fails,
        Truth::Unknown => CheckResult::Unknown,
    };
    let needs = fill.look.needs_of(node);
    let slots = needs.all().into_iter();
    let names = slots.filter_map(|it| fill.program.slots.get(it.0 as usize));
    let names: BTreeSet<String> = names.map(|it| it.named.name.to_string()).collect();
    CheckLine {
        check: express::text(fill.program, node),
        said,
        result,
        needs: names.into_iter().collect(),
    }
}

fn causes(old: &Report, new: &Report) -> Vec<ChangedCause> {
    let confirmed = |report: &Report, rule: &str| {
        let mut all = report.verdicts.iter();
        all.any(|it| it.rule == rule && it.verdict == VerdictWord::Confirmed)
    };
    let mut lines: Vec<ChangedCause> = Vec::new();
    for verdict in &new.verdicts {
        let was = confirmed(old, &verdict.rule);
        let change = match (was, verdict.verdict, verdict.because) {
            (true, VerdictWord::Confirmed, _) => Change::Still,
            (false, VerdictWord::Confirmed, _) => Change::New,
            (false, ..) => continue,
            (true, VerdictWord::RuledOut, Because::Condition | Because::Symptom) => Change::Gone,
            (true, VerdictWord::RuledOut, _) => Change::Hidden,
            (true, ..) => Change::Unknown,
        };
        lines.push(ChangedCause {
            rule: verdict.rule.clone(),
            title: verdict.title.clone(),
            change,
            needs: verdict.needs.clone(),
            decided_by: verdict.decided_by.clone(),
        });
    }
    // What is in question now lacks none that was in question before, unless its symptom was named by evidence alone.
    let asked = |rule: &str| new.verdicts.iter().any(|it| it.rule == rule);
    let lost = old.verdicts.iter();
    let lost = lost.filter(|it| it.verdict == VerdictWord::Confirmed && !asked(&it.rule));
    lines.extend(lost.map(|it| ChangedCause {
        rule: it.rule.clone(),
        title: it.title.clone(),
        change: Change::Unknown,
        needs: Vec::new(),
        decided_by: Vec::new(),
    }));
    lines.sort_by(|a, b| a.rule.cmp(&b.rule));
    lines
}
