//! A part of a condition without which no verdict changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rulec_program::encode::{Claim, Found, Proof, Reason, Split, Subject as Looked, Undecided};
use rulec_program::node::{LetId, NodeId, Nodes, Op};
use rulec_program::program::RuleId;
use rulec_syntax::diagnostic::{Applies, Code, Level};

use super::proving::Proving;
use super::{Check, Run};
use crate::repairs;

static REDUNDANT_LITERAL: Code = Code {
    name: "redundant-literal",
    level: Level::Warning,
    page: include_str!("../../../../book/src/diagnostics/redundant-literal.md"),
};

pub(super) const CHECK: Check = Check {
    code: &REDUNDANT_LITERAL,
    run: Run::Proves(run),
};

fn run(proving: &mut Proving<'_, '_>) {
    if proving.is_contradictory() {
        return;
    }
    let users = users(proving);
    for rule in proving.rules_of_roots() {
        if !proving.is_live(rule) {
            continue;
        }
        if let Some(when) = proving.rule(rule).and_then(|it| it.when) {
            for leaf in leaves(&proving.program.nodes, when) {
                judge(proving, &[rule], leaf, None);
            }
        }
    }
    let program = proving.program;
    for (number, it) in (0u32..).zip(&program.lets) {
        // Of a rule that is never confirmed, that alone is said (C2).
        let rules = users.get(&LetId(number)).map_or(&[][..], Vec::as_slice);
        let rules = rules.iter().copied().filter(|it| proving.is_live(*it));
        let rules: Vec<RuleId> = rules.collect();
        if it.named.pack.0 < proving.subject.roots && !rules.is_empty() {
            for leaf in leaves(&program.nodes, it.value) {
                judge(proving, &rules, leaf, Some(it.named.name.as_str()));
            }
        }
    }
}

/// What came of leaving a literal out, for all rules that it stands in.
enum Without {
    /// Some verdict changes.
    Changes,
    /// None does, in any case.
    Nothing,
    /// None does where everything is known; else these cases, if they exist: decided earlier, decided later.
    OnlyWhereUnknown(Option<Arc<Found>>, Option<Arc<Found>>),
}

fn judge(proving: &mut Proving<'_, '_>, rules: &[RuleId], leaf: NodeId, within: Option<&str>) {
    let mut whole = Without::Nothing;
    for rule in rules {
        match without(proving, *rule, leaf) {
            Ok(Without::Changes) => return,
            Ok(Without::Nothing) => {}
            Ok(other) => whole = other,
            Err(why) => return proving.undecided(&REDUNDANT_LITERAL, *rule, &why),
        }
    }
    // Nothing changes in a rule that is never confirmed, of which that alone is said (C2).
    if let Some((rule, why)) = rules.iter().find_map(|it| Some((*it, proving.doubt(*it)?))) {
        return proving.undecided(&REDUNDANT_LITERAL, rule, &why);
    }
    let Some(first) = rules.first() else { return };
    let written = proving.written(leaf);
    let owner = within.unwrap_or_else(|| proving.name(*first));
    let finding = |message| REDUNDANT_LITERAL.at(proving.node_span(leaf), message);
    match whole {
        Without::Changes => {}
        Without::Nothing => {
            let message = format!("`{owner}` says the same without `{written}`");
            let place = proving.node_span(leaf);
            // Only verdicts were asked; a derived fact also stands in assumptions, steps, `verify` and other packs.
            let applies = match within {
                Some(_) => Applies::Unsafe,
                None => Applies::Safe,
            };
            let repair = repairs::without_operand(proving.subject, place, applies);
            let finding = finding(message)
                .help("leave it out, or keep it for the reader with `allow redundant-literal \"reason\"`")
                .repaired(repair);
            proving.report(finding);
        }
        Without::OnlyWhereUnknown(earlier, later) => {
            let message =
                format!("where everything is known, `{owner}` says the same without `{written}`");
            let when = match (&earlier, &later) {
                (Some(_), Some(_)) => {
                    "without it the rule is decided earlier in some cases and later in others"
                }
                (Some(_), None) => "without it the rule is decided earlier in some cases",
                _ => "without it the rule is decided later in some cases",
            };
            let place = proving.node_span(leaf);
            let repair = repairs::without_operand(proving.subject, place, Applies::Unsafe);
            let finding = finding(message)
                .help(format!(
                    "{when}; leave it out, or keep it with `allow redundant-literal \"reason\"`"
                ))
                .repaired(repair);
            match earlier.or(later) {
                Some(found) => proving.report_with(*first, finding, &found),
                None => proving.report(finding),
            }
        }
    }
}

fn without(
    proving: &mut Proving<'_, '_>,
    rule: RuleId,
    leaf: NodeId,
) -> Result<Without, Box<Undecided>> {
    // If a long search does not even find a case of the rule itself, one for each of its literals finds no more.
    if let Proof::Undecided(why) = proving.confirmed(rule)
        && matches!(why.reason, Reason::Search(_))
    {
        return Err(Box::new(why));
    }
    // An operand of `and` mostly rules out, so that without it more is confirmed: that is asked first, as one case settles it.
    let either = [false, true].map(|truth| {
        vec![
            Claim::Confirmed(rule, truth),
            Claim::ConfirmedWithout(rule, leaf, !truth),
        ]
    });
    let questions = match proving.can_matter(rule, leaf) {
        true => vec![vec![Claim::Matters(rule, leaf)]],
        false => Vec::from(either),
    };
    for claims in questions {
        match proving.exists(&claims) {
            Proof::Possible(_) => return Ok(Without::Changes),
            Proof::Impossible(_) => {}
            Proof::Undecided(why) => return Err(Box::new(why)),
        }
    }
    // The shorter rule comes first, so that `Earlier` is its being decided earlier.
    let (short, long) = (Looked::Without(rule, leaf), Looked::Rule(rule));
    let mut case = |how| match proving.differs(short, long, how) {
        Proof::Possible(found) => Ok(Some(found)),
        Proof::Impossible(_) => Ok(None),
        Proof::Undecided(why) => Err(Box::new(why)),
    };
    let (earlier, later) = (case(Split::Earlier)?, case(Split::Later)?);
    Ok(match (&earlier, &later) {
        (None, None) => Without::Nothing,
        _ => Without::OnlyWhereUnknown(earlier, later),
    })
}

/// Operands of `and` and `or` that are none themselves, at any depth, in the order of the text.
fn leaves(nodes: &Nodes, root: NodeId) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut open = vec![(root, false)];
    while let Some((node, operand)) = open.pop() {
        let Some(op) = nodes.op(node) else { continue };
        let group = matches!(op, Op::And(_) | Op::Or(_));
        if operand && !group {
            found.push(node);
        }
        let start = open.len();
        nodes.each_operand(op, |it| open.push((it, group)));
        open.get_mut(start..).unwrap_or_default().reverse();
    }
    found
}

/// The rules that name a derived fact, directly or through others.
fn users(proving: &Proving<'_, '_>) -> BTreeMap<LetId, Vec<RuleId>> {
    let program = proving.program;
    let mut users: BTreeMap<LetId, Vec<RuleId>> = BTreeMap::new();
    for rule in (0u32..)
        .zip(&program.rules)
        .map(|(number, _)| RuleId(number))
    {
        let when = proving.rule(rule).and_then(|it| it.when);
        let mut open: Vec<NodeId> = when.into_iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(node) = open.pop() {
            let Some(op) = program.nodes.op(node) else {
                continue;
            };
            if let Op::Let(number) = op
                && seen.insert(number)
            {
                users.entry(number).or_default().push(rule);
                let value = program.lets.get(number.0 as usize).map(|it| it.value);
                open.extend(value);
            }
            program.nodes.each_operand(op, |it| open.push(it));
        }
    }
    users
}
