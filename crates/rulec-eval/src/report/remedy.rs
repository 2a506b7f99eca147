//! A repair as a person reads it: steps that apply, what they can break, who may do it, how to check and to undo it.

use std::collections::BTreeSet;

use rulec_facts::truth::Truth;
use rulec_program::program::{Fix, Likelihood, Need, Risk, Template, Verify};

use super::fill::{Fill, TextOf};
use super::say::titled;
use super::texts::Texts;
use super::{FixLine, RiskLine, StepLine, places, plain};
use crate::express;

/// The repair, its texts filled; `excludes` by name and title. [`keep_offered`] settles which of these are told.
pub(super) fn fix(
    fill: &mut Fill<'_, '_>,
    name: String,
    fix: &Fix,
    excludes: Vec<(String, Option<String>)>,
) -> FixLine {
    let titled = |(name, title): &(String, Option<String>)| titled(title.as_ref(), name);
    let steps = steps(fill, fix);
    FixLine {
        title: fill.title("fix", &fix.named),
        idle: steps.is_empty() && !fix.steps.is_empty(),
        steps,
        risks: risks(fill, fix),
        needs: fix.needs.iter().map(|it| need(fill, it)).collect(),
        not_with: excludes.iter().map(titled).collect(),
        excludes: excludes.into_iter().map(|(name, _)| name).collect(),
        verify: verify(fill, fix),
        checks: checks(fill, fix),
        undo: undo(fill, fix),
        docs: fix.docs.clone(),
        name,
    }
}

/// A repair that nobody is offered need not be warned of.
pub(super) fn keep_offered(fixes: &mut [FixLine]) {
    let offered: BTreeSet<String> = fixes
        .iter()
        .filter(|it| !it.idle)
        .map(|it| it.name.clone())
        .collect();
    for fix in fixes {
        let all = fix.excludes.iter().zip(std::mem::take(&mut fix.not_with));
        let told = all.filter(|(name, _)| offered.contains(*name));
        fix.not_with = told.map(|(_, titled)| titled).collect();
    }
}

/// `common`, `occasional`, `rare`.
pub(super) fn likelihood(likelihood: Likelihood) -> &'static str {
    match likelihood {
        Likelihood::Common => "common",
        Likelihood::Occasional => "occasional",
        Likelihood::Rare => "rare",
    }
}

/// A step whose condition is F is left out; at U it is shown with its condition (U4). Numbers of translations count all steps.
fn steps(fill: &mut Fill<'_, '_>, fix: &Fix) -> Vec<StepLine> {
    let mut lines = Vec::new();
    for (at, (step, when)) in fix.steps.iter().enumerate() {
        let truth = when.map_or(Truth::True, |when| fill.look.truth(when));
        if truth == Truth::False {
            continue;
        }
        let attribute = format!("step-{}", at + 1);
        let of = TextOf {
            kind: "fix",
            name: &fix.named.name,
            attribute: &attribute,
        };
        let text = fill.template(of, step);
        let condition = when.filter(|_| truth.is_unknown());
        lines.push(StepLine {
            text,
            only_if: condition.map(|when| express::text(fill.program, when)),
            only_if_plain: condition.map(|when| plain::whole(fill, when)),
        });
    }
    lines
}

fn risks(fill: &mut Fill<'_, '_>, fix: &Fix) -> Vec<RiskLine> {
    let lines = fix.risks.iter().enumerate().map(|(at, risk)| {
        let Risk { level, scope, note } = risk;
        RiskLine {
            level: level.to_string(),
            scope: scope.as_ref().map(ToString::to_string),
            note: note.as_ref().map(|note| {
                let attribute = numbered("risk", at);
                let of = TextOf {
                    kind: "fix",
                    name: &fix.named.name,
                    attribute: &attribute,
                };
                fill.template(of, note)
            }),
        }
    });
    lines.collect()
}

fn verify(fill: &mut Fill<'_, '_>, fix: &Fix) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, verify) in fix.verify.iter().enumerate() {
        lines.push(match verify {
            Verify::Condition(node) => express::text(fill.program, *node),
            Verify::Text(text) => verify_text(fill, fix, at, text),
        });
    }
    lines
}

fn checks(fill: &mut Fill<'_, '_>, fix: &Fix) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, verify) in fix.verify.iter().enumerate() {
        match verify {
            Verify::Condition(node) => {
                lines.extend(
                    plain::parts(fill, *node, "plain-must-not")
                        .into_iter()
                        .map(|(_, said)| said),
                );
            }
            Verify::Text(text) => lines.push(verify_text(fill, fix, at, text)),
        }
    }
    lines
}

pub(super) fn verify_text(
    fill: &mut Fill<'_, '_>,
    fix: &Fix,
    at: usize,
    text: &Template,
) -> String {
    let attribute = numbered("verify", at);
    let of = TextOf {
        kind: "fix",
        name: &fix.named.name,
        attribute: &attribute,
    };
    fill.template(of, text)
}

fn undo(fill: &mut Fill<'_, '_>, fix: &Fix) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, undo) in fix.undo.iter().enumerate() {
        let attribute = numbered("undo", at);
        let of = TextOf {
            kind: "fix",
            name: &fix.named.name,
            attribute: &attribute,
        };
        lines.push(fill.template(of, undo));
    }
    lines
}

/// `risk`, `risk-2`, …: counted over all clauses of that kind.
fn numbered(word: &str, at: usize) -> String {
    match at {
        0 => word.to_owned(),
        more => format!("{word}-{}", more + 1),
    }
}

fn need(fill: &Fill<'_, '_>, need: &Need) -> String {
    match need {
        Need::Administrator => fill.texts.word("need-administrator"),
        Need::Azure(role) => with_role(fill.texts, "need-azure", role),
        Need::Entra(role) => with_role(fill.texts, "need-entra", role),
    }
}

/// A role by the name that the portal shows in the locale, where it is known, and by its English one, which commands take.
fn with_role(texts: &Texts, key: &str, role: &str) -> String {
    let own = places::own_sentence(texts, "role", role);
    let role = own.unwrap_or_else(|| role.to_owned());
    texts.word_with(key, &[("role", &role)])
}
