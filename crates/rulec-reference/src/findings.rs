//! What the checker should find in a small pack, by looking at every state: clauses C1 to C10, each in a function that
//! names it.
//!
//! Slow and obvious: the states of a pack are listed (`space`), each with the verdicts of all rules (`rows`), and a clause
//! is a question about that list. Values are enough of each type for any question (`domain`), elements of lists as
//! many as can matter (`survey`); what does not fit in is an error in words, never a guess. Like all of this crate it
//! shares no code with the engine but the tree of the parser. C11, witnesses, is not looked at: there are none.
//!
//! # Subjects
//!
//! A finding is a code and a subject: a rule (`unsatisfiable-condition`, `unreachable-rule`, `always-true-condition`,
//! `self-excluding-fixes`), two rules in order of name as `a, b` (`conflicting-rules`, `contradicting-fixes`, `duplicate-rule`,
//! `overlapping-causes`, `two-otherwise`), `r by s` (`subsumed-rule`), `e over r` (`override-across-symptoms`), a symptom
//! (`gap`), `rule r 12..20 safe` or `let l 12..20 total-only` (`redundant-literal`, with the bytes of the literal), a path
//! (`assume-implies-present`), a test (`broken-assumption`), nothing (`contradictory-assumptions`).

#![allow(
    clippy::indexing_slicing,
    reason = "numbers of places, rules and symptoms are counted here; one out of bounds is a fault of the oracle, which must stop a test and not be passed over"
)]

mod changes;
mod compare;
mod domain;
mod doubt;
mod networks;
mod pack;
mod presence;
mod rewrite;
mod rows;
mod shape;
mod space;
mod survey;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use rulec_syntax::ast::{self, Link};

pub use changes::{Becomes, Changed, changes};
pub use compare::{Comparison, Run, compare, small_enough};
pub use doubt::Doubt;

use crate::Fails;
use crate::case::Case;
use crate::value::Partial;
use domain::Values;
use pack::{Pack, share};
use rows::{Row, Shortened};
use space::{Kleene, Node, Source, Space};
use survey::Survey;

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Its name.
    pub code: &'static str,
    /// Of what; see the module.
    pub subject: String,
    /// Why it can be said that it is none, if that can be said.
    pub doubt: Option<Doubt>,
}

/// What was found in a pack.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// In order.
    pub findings: BTreeSet<Finding>,
    /// Distinct combinations of verdicts that its states come to.
    pub rows: usize,
}

/// A pack with all that the clauses ask about.
struct Question<'q, 'a> {
    pack: &'q Pack<'a>,
    shortened: &'q [Shortened],
    rows: Vec<Row>,
    /// For each rule, whether its condition is true somewhere.
    holds: Vec<bool>,
    /// For each rule, whether something confirms it.
    lives: Vec<bool>,
    found: BTreeSet<Finding>,
}

/// Everything that C1 to C10 say of a pack of one file.
///
/// # Errors
/// What the pack holds that is not enumerated, or that it is not small.
pub fn findings(file: &ast::File) -> Fails<Found> {
    findings_with_spare(file, 0)
}

/// The same with so many values of each type, and elements of each list, more than are thought to be enough: what is found
/// must not change.
///
/// # Errors
/// As before.
pub fn findings_with_spare(file: &ast::File, spare: usize) -> Fails<Found> {
    let pack = Pack::new(&[file])?;
    let shortened = rows::shortened(&pack);
    let conditions: Vec<ast::Expr> = shortened
        .iter()
        .flat_map(|it| it.whens.values().cloned())
        .collect();
    let mut survey = Survey::of(&pack, &conditions)?;
    survey.spare = spare;
    let mut space = Space::new(&pack, &survey)?;
    let mut question = Question {
        pack: &pack,
        shortened: &shortened,
        rows: Vec::new(),
        holds: Vec::new(),
        lives: Vec::new(),
        found: BTreeSet::new(),
    };
    if !space.is_possible() {
        question.contradictory_assumptions();
        return Ok(Found {
            findings: question.found,
            rows: 0,
        });
    }
    question.rows = rows::rows(&pack, &mut space, &shortened)?;
    let total =
        |test: &dyn Fn(&Row) -> bool| question.rows.iter().any(|row| row.total && test(row));
    let rules = 0..pack.rules.len();
    let holds = rules.clone();
    let holds = holds.map(|rule| total(&|row| row.when[rule] == Kleene::True));
    let lives = rules.map(|rule| total(&|row| row.conf[rule] == Kleene::True));
    (question.holds, question.lives) = (holds.collect(), lives.collect());
    question.of_rules();
    question.excluding_fixes();
    question.contradicting_fixes(&mut space)?;
    question.redundant_literals();
    question.alike();
    question.together();
    question.gaps();
    question.precedence();
    question.assumptions();
    question.tests(&survey)?;
    Ok(Found {
        rows: question.rows.len(),
        findings: question.found,
    })
}

impl Question<'_, '_> {
    fn report(&mut self, code: &'static str, subject: String, doubt: Option<Doubt>) {
        let finding = |doubt| Finding {
            code,
            subject: subject.clone(),
            doubt,
        };
        // What is certain for one reason is not in doubt for another.
        if doubt.is_some() && self.found.contains(&finding(None)) {
            return;
        }
        if doubt.is_none() {
            let same = |own: &Finding| own.code == code && own.subject == subject;
            self.found.retain(|own| !same(own));
        }
        self.found.insert(finding(doubt));
    }

    fn name(&self, rule: usize) -> String {
        self.pack.rules[rule].name.clone()
    }

    /// Two rules in order of name, which is that of their numbers.
    fn pair(&self, one: usize, other: usize) -> String {
        format!(
            "{}, {}",
            self.name(one.min(other)),
            self.name(one.max(other))
        )
    }

    /// Rules in twos.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let count = self.pack.rules.len();
        let pairs = (0..count).flat_map(|one| (one + 1..count).map(move |other| (one, other)));
        pairs.collect()
    }

    /// Whether some total state passes (V6: that is as good as any state, for what is T).
    fn some_total(&self, test: impl Fn(&Row) -> bool) -> bool {
        self.rows.iter().any(|row| row.total && test(row))
    }

    fn every_total(&self, test: impl Fn(&Row) -> bool) -> bool {
        !self.some_total(|row| !test(row))
    }

    fn both_confirmed(&self, one: usize, other: usize) -> bool {
        self.some_total(|row| row.conf[one] == Kleene::True && row.conf[other] == Kleene::True)
    }

    /// C1: "Adm empty; nothing else is reported". What needs no state might be said all the same.
    fn contradictory_assumptions(&mut self) {
        self.report("contradictory-assumptions", String::new(), None);
        self.assumptions();
        self.precedence();
        self.own_fixes();
        let only = Some(Doubt::BesideContradiction);
        let found = std::mem::take(&mut self.found);
        for finding in found {
            let first = finding.code == "contradictory-assumptions";
            let doubt = if first { None } else { only };
            self.report(finding.code, finding.subject, doubt);
        }
    }

    /// C2: "`when` T nowhere"; "not C2, conf T nowhere". C5: "`when` present in the text and T in every total admissible
    /// state".
    fn of_rules(&mut self) {
        for rule in 0..self.pack.rules.len() {
            let name = self.name(rule);
            if !self.holds[rule] {
                self.report("unsatisfiable-condition", name, None);
                continue;
            }
            if !self.lives[rule] {
                self.report("unreachable-rule", name.clone(), None);
            }
            let written = self.pack.rules[rule].when.is_some();
            if written && self.every_total(|row| row.when[rule] == Kleene::True) {
                self.report("always-true-condition", name, None);
            }
        }
    }

    /// C3: "some state confirms both, and fixes of them exclude each other (excludes is symmetric; symptoms need not be
    /// shared). With `or`, only if every choice clashes."
    fn excluding_fixes(&mut self) {
        for (one, other) in self.pairs() {
            let ours = self.pack.rules[one].choices();
            let theirs = self.pack.rules[other].choices();
            let clash = ours
                .iter()
                .all(|own| theirs.iter().all(|their| self.clash(own, their)));
            let planned = !ours.is_empty() && !theirs.is_empty();
            if planned && clash && self.both_confirmed(one, other) {
                self.report("conflicting-rules", self.pair(one, other), None);
            }
        }
        self.own_fixes();
    }

    /// C3: "One rule whose `and` or `meanwhile` fixes exclude each other: error, no state needed."
    fn own_fixes(&mut self) {
        for (at, rule) in self.pack.rules.iter().enumerate() {
            let all: Vec<String> = rule.fixes().into_iter().collect();
            let together = matches!(rule.link(), Some(Link::And | Link::Meanwhile));
            if together && self.clash(&all, &all) {
                // C2: an unsatisfiable condition "alone is reported for the rule".
                let alone = self.holds.get(at) == Some(&false);
                let doubt = alone.then_some(Doubt::BesideUnsatisfiable);
                self.report("self-excluding-fixes", rule.name.clone(), doubt);
            }
        }
    }

    /// Whether a fix of one and a fix of the other exclude each other.
    fn clash(&self, ours: &[String], theirs: &[String]) -> bool {
        let excludes = |one: &String, other: &String| {
            let fix = self.pack.fixes.get(one);
            fix.is_some_and(|fix| fix.excludes.contains(other))
        };
        ours.iter().any(|own| {
            theirs
                .iter()
                .any(|their| own != their && (excludes(own, their) || excludes(their, own)))
        })
    }

    /// C4: "two rules confirmed together in some state, whose fixes' verify expressions are both T in none". What is
    /// verified is fetched anew, so that state is another one.
    fn contradicting_fixes(&mut self, space: &mut Space<'_, '_>) -> Fails<()> {
        let mut verify: BTreeMap<String, Node> = BTreeMap::new();
        for (name, fix) in &self.pack.fixes {
            let mut parts = Vec::new();
            for condition in &fix.verify {
                parts.push(space.node(condition)?);
            }
            if !parts.is_empty() {
                verify.insert(name.clone(), Node::And(parts));
            }
        }
        for (one, other) in self.pairs() {
            if !self.both_confirmed(one, other) {
                continue;
            }
            let (ours, theirs) = (&self.pack.rules[one], &self.pack.rules[other]);
            let chosen = |link| matches!(link, Some(Link::Or | Link::Else));
            let choice = chosen(ours.link()) || chosen(theirs.link());
            for (own, their) in ours.fixes().iter().flat_map(|own| {
                let theirs = theirs.fixes();
                theirs.into_iter().map(move |their| (own.clone(), their))
            }) {
                let (Some(first), Some(second)) = (verify.get(&own), verify.get(&their)) else {
                    continue;
                };
                if own == their || holds_somewhere(space, &[first, second])? {
                    continue;
                }
                let alone =
                    !holds_somewhere(space, &[first])? || !holds_somewhere(space, &[second])?;
                let doubt = if alone {
                    Some(Doubt::VerifyNeverHolds)
                } else {
                    choice.then_some(Doubt::VerifyOfChoice)
                };
                self.report("contradicting-fixes", self.pair(one, other), doubt);
            }
        }
        Ok(())
    }

    /// C6: "Safe: conf(r) the same in all of Adm, T, F and U. Total-only: the same on total states."
    fn redundant_literals(&mut self) {
        for (at, shortened) in self.shortened.iter().enumerate() {
            let rules: Vec<usize> = shortened.whens.keys().copied().collect();
            let lives: Vec<bool> = rules.iter().map(|rule| self.lives[*rule]).collect();
            // C2: not reported for a rule that nothing confirms.
            if !lives.contains(&true) {
                continue;
            }
            let same = |row: &Row, all: bool| {
                rules.iter().enumerate().all(|(number, rule)| {
                    let counts = all || lives[number];
                    !counts || row.dropped[at][number] == row.conf[*rule]
                })
            };
            let kind = |all: bool, wide: bool| {
                let every = |test: &dyn Fn(&Row) -> bool| {
                    let rows = self.rows.iter().filter(|row| test(row));
                    rows.into_iter().all(|row| same(row, all))
                };
                if every(&|row| wide || row.plain) {
                    Some("safe")
                } else if every(&|row| row.total) {
                    Some("total-only")
                } else {
                    None
                }
            };
            let kinds = [kind(true, true), kind(true, false), kind(false, true)];
            let compound = shortened.dropped.compound.then_some(Doubt::Compound);
            let hidden = (kinds[0] != kinds[1]).then_some(Doubt::Hidden);
            let dead = (kinds[0] != kinds[2]).then_some(Doubt::UsedByDeadRule);
            let doubt = compound.or(hidden).or(dead);
            let place = rows::place(shortened.dropped.span);
            for kind in kinds.into_iter().flatten().collect::<BTreeSet<_>>() {
                let subject = format!("{} {place} {kind}", shortened.owner);
                self.report("redundant-literal", subject, doubt);
            }
        }
    }

    /// C7: "duplicate-rule: conf equal in all of Adm, same fixes. subsumed-rule r by s: S(r) within S(s), conf(r) = T
    /// implies conf(s) = T in all of Adm, same fixes, and r has no cause, override or likelihood that s lacks."
    fn alike(&mut self) {
        for (one, other) in self.pairs() {
            // C2: C7 is not reported for a rule that nothing confirms.
            if !self.lives[one] || !self.lives[other] {
                continue;
            }
            let (ours, theirs) = (&self.pack.rules[one], &self.pack.rules[other]);
            if ours.fixes() != theirs.fixes() {
                continue;
            }
            let plans = ours.choices() != theirs.choices() || ours.link() != theirs.link();
            let plans = plans.then_some(Doubt::OtherPlan);
            let equal = |row: &Row| row.conf[one] == row.conf[other];
            let duplicate = self.rows.iter().all(equal);
            let nearly = self.rows.iter().filter(|row| row.plain).all(equal);
            if nearly {
                let doubt = plans.or((!duplicate).then_some(Doubt::Hidden));
                self.report("duplicate-rule", self.pair(one, other), doubt);
            }
            for (narrow, wide) in [(one, other), (other, one)] {
                let implied =
                    |row: &Row| row.conf[narrow] != Kleene::True || row.conf[wide] == Kleene::True;
                let within = self.within(narrow, wide) && self.adds_nothing(narrow, wide);
                if within && self.rows.iter().filter(|row| row.plain).all(implied) {
                    let doubt = if nearly {
                        Some(Doubt::DuplicateToo)
                    } else if !self.rows.iter().all(implied) {
                        Some(Doubt::Hidden)
                    } else {
                        plans
                    };
                    let subject = format!("{} by {}", self.name(narrow), self.name(wide));
                    self.report("subsumed-rule", subject, doubt);
                }
            }
        }
    }

    /// S(r) within S(s); a latent fault has no symptoms.
    fn within(&self, narrow: usize, wide: usize) -> bool {
        let none = BTreeSet::new();
        let narrow = self.pack.rules[narrow].symptoms.as_ref().unwrap_or(&none);
        let wide = self.pack.rules[wide].symptoms.as_ref().unwrap_or(&none);
        narrow.is_subset(wide)
    }

    fn adds_nothing(&self, narrow: usize, wide: usize) -> bool {
        let (narrow, wide) = (&self.pack.rules[narrow], &self.pack.rules[wide]);
        let (ours, theirs) = (narrow.written, wide.written);
        let cause = ours.cause.is_none() || ours.cause == theirs.cause;
        let likelihood = ours.likelihood.is_none() || ours.likelihood == theirs.likelihood;
        cause && likelihood && narrow.overrides.is_subset(&wide.overrides)
    }

    /// C8: "overlapping-causes: some state confirms both, a symptom shared, neither overrides. two-otherwise: the same for
    /// two rules with `otherwise`".
    fn together(&mut self) {
        for (one, other) in self.pairs() {
            let (ours, theirs) = (&self.pack.rules[one], &self.pack.rules[other]);
            let overrides = ours.overrides.contains(&other) || theirs.overrides.contains(&one);
            if overrides
                || !share(&ours.symptoms, &theirs.symptoms)
                || !self.both_confirmed(one, other)
            {
                continue;
            }
            let last = ours.otherwise && theirs.otherwise;
            let doubt = last.then_some(Doubt::OverlapOfOtherwise);
            self.report("overlapping-causes", self.pair(one, other), doubt);
            if last {
                self.report("two-otherwise", self.pair(one, other), None);
            }
        }
    }

    /// C9: "gap(s): s has rules, present(s) = T, no rule of s is T, in some total state."
    fn gaps(&mut self) {
        for (at, symptom) in self.pack.symptoms.iter().enumerate() {
            let rules = self.pack.rules.iter().enumerate();
            let own: Vec<usize> = rules
                .filter(|(_, rule)| rule.symptoms.as_ref().is_some_and(|all| all.contains(&at)))
                .map(|(rule, _)| rule)
                .collect();
            let open = |row: &Row| {
                let confirmed = own.iter().any(|rule| row.conf[*rule] == Kleene::True);
                row.present[at] == Kleene::True && !confirmed
            };
            if !own.is_empty() && self.some_total(open) {
                self.report("gap", symptom.name.clone(), None);
            }
        }
    }

    /// C9: "override-across-symptoms: e has symptoms, overrides r, and S(r) is not within S(e)."
    fn precedence(&mut self) {
        for (at, rule) in self.pack.rules.iter().enumerate() {
            for other in &rule.overrides {
                if rule.symptoms.is_some() && !self.within(*other, at) {
                    let dead = |rule: &usize| self.holds.get(*rule) == Some(&false);
                    let alone = dead(&at) || dead(other);
                    let doubt = alone.then_some(Doubt::BesideUnsatisfiable);
                    let subject = format!("{} over {}", rule.name, self.name(*other));
                    self.report("override-across-symptoms", subject, doubt);
                }
            }
        }
    }

    /// A2: `assume-implies-present`.
    fn assumptions(&mut self) {
        for (written, _) in &self.pack.assumes {
            for (path, certain) in presence::implied(self.pack, written) {
                let doubt = (!certain).then_some(Doubt::PresenceElsewhere);
                self.report("assume-implies-present", path, doubt);
            }
        }
    }

    /// C10: "a test's state is not in Adm (not only: an assume is F)": no total state that refines it makes all
    /// assumptions true.
    fn tests(&mut self, survey: &Survey) -> Fails<()> {
        let all = self.pack.assumes.iter().map(|(_, assume)| assume.clone());
        let all: Vec<ast::Expr> = all.collect();
        if all.is_empty() {
            return Ok(());
        }
        for test in self.pack.program.tests.keys() {
            let case = Case::new(&self.pack.program, test)?;
            if !self.is_admissible(&case, &all, survey)? {
                self.report("broken-assumption", test.clone(), None);
            }
        }
        Ok(())
    }

    fn is_admissible(&self, case: &Case, assumes: &[ast::Expr], survey: &Survey) -> Fails<bool> {
        let mut values = Values::new(survey, &self.pack.shapes);
        let mut states: Vec<BTreeMap<String, Partial>> = vec![BTreeMap::new()];
        for (name, shape) in &self.pack.shapes {
            if !space::mentions(self.pack, assumes, name) {
                continue;
            }
            let known = values.completions(&case.fact(name), shape, name)?;
            let longer = states.iter().flat_map(|facts| {
                known.iter().map(move |value| {
                    let mut facts = facts.clone();
                    facts.insert(name.clone(), value.clone());
                    facts
                })
            });
            states = longer.collect();
            if states.len() > space::MOST {
                return Err("too many completions".to_owned());
            }
        }
        let nows = match case.now() {
            Partial::Unknown(_) => values.now()?,
            known => vec![known],
        };
        for facts in &states {
            for now in &nows {
                let now = match now {
                    Partial::Known(now) => Some(now.clone()),
                    _ => None,
                };
                let total = Case::of(facts.clone(), now, Vec::new());
                let mut holds = true;
                for assume in assumes {
                    let source = Source::Condition(assume.clone());
                    holds &= space::evaluate(self.pack, &total, &source)? == Kleene::True;
                }
                if holds {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

/// Whether some admissible total state makes all of them true.
fn holds_somewhere(space: &Space<'_, '_>, nodes: &[&Node]) -> Fails<bool> {
    let places = space.mentioned(nodes);
    let states = space.states(&places, true)?;
    Ok(states.iter().any(|state| {
        let truths = space.truths(state);
        let mut each = nodes.iter();
        each.all(|node| space.decide(node, &truths) == Kleene::True)
    }))
}
