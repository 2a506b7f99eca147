//! The repairs of all confirmed causes as one course: what to do first, what only if that does not help, what instead.
//!
//! Each rule has its own plan; here they become one list that keeps the order of every plan, takes of each choice one fix (the best
//! first, unless another would have to be done anyway or the best excludes one that must be done), and puts relief before repair and
//! the harmless before the risky. Changes no verdict (U4).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{FixLine, Link, VerdictLine, VerdictWord, say};

/// Combinations of choices that are compared; beyond, each choice takes its best.
const MOST_COMBINATIONS: usize = 4096;

/// A repair in the course of all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CourseLine {
    /// Its name; see [`super::Report::fixes`].
    pub fix: String,
    /// When it is done.
    pub when: When,
    /// Confirmed rules that it is for, sorted.
    pub rules: Vec<String>,
    /// Repairs of the course that come before it: of the same plan, in its order.
    pub after: Vec<String>,
    /// Other choices of its plans, best first.
    pub instead: Vec<String>,
    /// Repairs of the course that it must not be combined with: a person has to decide.
    pub clashes: Vec<String>,
}

/// When a repair of a course is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// At once, as relief until the repair is done.
    Relief,
    /// In any case.
    Do,
    /// If what comes before it did not help.
    IfNotHelped,
}

/// The course for the confirmed rules, in order.
pub(super) fn course(verdicts: &[VerdictLine], fixes: &[FixLine]) -> Vec<CourseLine> {
    let plans = plans(verdicts, fixes);
    let known: BTreeMap<&str, &FixLine> = fixes.iter().map(|it| (it.name.as_str(), it)).collect();
    let chosen = choose(&plans, &known);
    let mut lines: BTreeMap<&str, CourseLine> = BTreeMap::new();
    for (plan, choice) in plans.iter().zip(chosen) {
        plan.add_to(&mut lines, choice);
    }
    let mut lines: Vec<CourseLine> = lines.into_values().collect();
    note_clashes(&mut lines, &known);
    in_order(lines, &known, &plans)
}

/// What is left of a rule's plan.
struct Plan<'r> {
    rule: &'r VerdictLine,
    fixes: Vec<&'r str>,
}

fn plans<'r>(verdicts: &'r [VerdictLine], fixes: &'r [FixLine]) -> Vec<Plan<'r>> {
    let confirmed = verdicts.iter();
    let confirmed = confirmed.filter(|it| it.verdict == VerdictWord::Confirmed);
    let plans = confirmed.map(|rule| {
        let all = say::fixes_among(fixes, rule);
        Plan {
            rule,
            fixes: all.into_iter().map(|it| it.name.as_str()).collect(),
        }
    });
    plans.filter(|it| !it.fixes.is_empty()).collect()
}

impl<'r> Plan<'r> {
    fn is_choice(&self) -> bool {
        self.rule.link == Link::Or && self.fixes.len() > 1
    }

    /// Fixes that are done whatever is chosen elsewhere.
    fn must(&self) -> &[&'r str] {
        match self.rule.link {
            Link::Or if self.is_choice() => &[],
            Link::Else => self.fixes.get(..1).unwrap_or_default(),
            _ => &self.fixes,
        }
    }

    /// Adds its fixes, of a choice the chosen one.
    fn add_to(&self, lines: &mut BTreeMap<&'r str, CourseLine>, choice: usize) {
        let mut before: Option<&str> = None;
        for (at, fix) in self.fixes.iter().enumerate() {
            let when = match (self.rule.link, at) {
                (Link::Or, at) if at != choice => continue,
                (Link::Else, 1..) => When::IfNotHelped,
                (Link::Meanwhile, 1..) => When::Relief,
                _ => When::Do,
            };
            let line = lines.entry(fix).or_insert_with(|| CourseLine {
                fix: (*fix).to_owned(),
                when,
                rules: Vec::new(),
                after: Vec::new(),
                instead: Vec::new(),
                clashes: Vec::new(),
            });
            // What one rule needs in any case is no fallback of another.
            if when == When::Do || line.when == When::IfNotHelped {
                line.when = when;
            }
            add(&mut line.rules, &self.rule.rule);
            if let Some(before) = before.filter(|_| self.rule.link != Link::Meanwhile) {
                add(&mut line.after, before);
            }
            if self.is_choice() {
                let others = self.fixes.iter().filter(|it| *it != fix);
                others.for_each(|it| add(&mut line.instead, it));
            }
            before = Some(fix);
        }
        if self.rule.link == Link::Meanwhile {
            let reliefs = self.fixes.get(1..).unwrap_or_default();
            if let Some(repair) = self.fixes.first().and_then(|it| lines.get_mut(it)) {
                reliefs.iter().for_each(|it| add(&mut repair.after, it));
            }
        }
    }
}

fn add(all: &mut Vec<String>, new: &str) {
    if !all.iter().any(|it| it == new) {
        all.push(new.to_owned());
    }
}

/// Of each plan which of its fixes is taken; 0 where there is no choice.
fn choose(plans: &[Plan<'_>], fixes: &BTreeMap<&str, &FixLine>) -> Vec<usize> {
    let must: BTreeSet<&str> = plans.iter().flat_map(Plan::must).copied().collect();
    let mut chosen = vec![0; plans.len()];
    let mut free: Vec<usize> = Vec::new();
    for (at, (plan, choice)) in plans.iter().zip(&mut chosen).enumerate() {
        if !plan.is_choice() {
            continue;
        }
        match plan.fixes.iter().position(|it| must.contains(it)) {
            Some(done_anyway) => *choice = done_anyway,
            None => free.push(at),
        }
    }
    let sizes = free
        .iter()
        .filter_map(|at| Some(plans.get(*at)?.fixes.len()));
    let count = sizes.clone().try_fold(1_usize, usize::checked_mul);
    let Some(count) = count.filter(|it| *it <= MOST_COMBINATIONS) else {
        return chosen;
    };
    let sizes: Vec<usize> = sizes.collect();
    let all = (0..count).map(|number| combination(&chosen, &free, &sizes, number));
    let best = all.min_by_key(|choices| cost(plans, choices, &must, fixes));
    best.unwrap_or(chosen)
}

fn combination(chosen: &[usize], free: &[usize], sizes: &[usize], number: usize) -> Vec<usize> {
    let mut choices = chosen.to_vec();
    let mut rest = number;
    for (at, size) in free.iter().zip(sizes) {
        if let Some(choice) = choices.get_mut(*at) {
            *choice = rest % size;
        }
        rest /= size;
    }
    choices
}

/// First no two that exclude each other, then what the plans call best, then few repairs, then harmless ones.
fn cost(
    plans: &[Plan<'_>],
    choices: &[usize],
    must: &BTreeSet<&str>,
    fixes: &BTreeMap<&str, &FixLine>,
) -> (usize, usize, usize, Vec<Harm>) {
    let mut done: BTreeSet<&str> = must.clone();
    let mut second_best = 0;
    for (plan, choice) in plans.iter().zip(choices) {
        if plan.is_choice() {
            done.extend(plan.fixes.get(*choice));
            second_best += if must.contains(plan.fixes.get(*choice).unwrap_or(&"")) {
                0
            } else {
                *choice
            };
        }
    }
    let pairs = done.iter().flat_map(|a| done.iter().map(move |b| (*a, *b)));
    let clashing = pairs.filter(|(a, b)| a < b && exclude(fixes, a, b)).count();
    let harm = done.iter().filter_map(|it| fixes.get(it));
    let mut harm: Vec<Harm> = harm.map(|it| Harm::of(it)).collect();
    harm.sort_by(|a, b| b.cmp(a));
    (clashing, second_best, done.len(), harm)
}

/// Excluding is symmetric (C3).
fn exclude(fixes: &BTreeMap<&str, &FixLine>, a: &str, b: &str) -> bool {
    let says = |a: &str, b: &str| {
        let fix = fixes.get(a);
        fix.is_some_and(|it| it.excludes.iter().any(|it| it == b))
    };
    says(a, b) || says(b, a)
}

fn note_clashes(lines: &mut [CourseLine], fixes: &BTreeMap<&str, &FixLine>) {
    let all: Vec<(String, When)> = lines.iter().map(|it| (it.fix.clone(), it.when)).collect();
    for line in lines {
        // A fallback takes the place of what did not help.
        let both = all
            .iter()
            .filter(|(_, when)| line.when != When::IfNotHelped && *when != When::IfNotHelped);
        let clashing = both.filter(|(other, _)| exclude(fixes, &line.fix, other));
        line.clashes = clashing.map(|(other, _)| other.clone()).collect();
    }
}

/// How much a repair can break, and what it takes; less is done first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Harm {
    level: usize,
    scope: usize,
    privileges: usize,
    steps: usize,
}

impl Harm {
    fn of(fix: &FixLine) -> Harm {
        const LEVELS: [&str; 5] = ["none", "restart", "outage", "security", "data-loss"];
        const SCOPES: [&str; 6] = [
            "user",
            "machine",
            "network",
            "gateway",
            "all-clients",
            "tenant",
        ];
        let place = |all: &[&str], word: &str| all.iter().position(|it| *it == word);
        // A fix that says nothing of its risk is not taken for harmless.
        let risks = fix.risks.iter();
        let level = risks
            .clone()
            .filter_map(|it| place(&LEVELS, &it.level))
            .max();
        let scope = risks
            .filter_map(|it| place(&SCOPES, it.scope.as_deref()?))
            .max();
        Harm {
            level: level.unwrap_or(2),
            scope: scope.map_or(0, |it| it + 1),
            privileges: fix.needs.len(),
            steps: fix.steps.len(),
        }
    }
}

/// What must come before stands before; among the rest relief before repair, the harmless before the risky, then by name. Plans that
/// contradict each other's order are followed as far as they go.
fn in_order(
    mut left: Vec<CourseLine>,
    fixes: &BTreeMap<&str, &FixLine>,
    plans: &[Plan<'_>],
) -> Vec<CourseLine> {
    let rank = |line: &CourseLine| {
        let harm = fixes.get(line.fix.as_str()).map(|it| Harm::of(it));
        let of_line = |plan: &&Plan<'_>| line.rules.contains(&plan.rule.rule);
        let likely = plans
            .iter()
            .filter(of_line)
            .map(|it| say::likelihood_rank(it.rule));
        (line.when, harm, likely.min(), line.fix.clone())
    };
    let mut done: Vec<CourseLine> = Vec::new();
    while !left.is_empty() {
        let waits = |line: &CourseLine| {
            let mut before = line.after.iter();
            before.any(|it| left.iter().any(|other| other.fix == *it))
        };
        let keys = left
            .iter()
            .enumerate()
            .map(|(at, it)| ((waits(it), rank(it)), at));
        let Some((_, next)) = keys.min() else {
            break;
        };
        done.push(left.remove(next));
    }
    for line in &mut done {
        line.rules.sort();
    }
    done
}
