//! What the checks that prove share: one prover a program, what is already known of each rule, and how an answer becomes a finding.
//!
//! A question that could not be decided is reported here, at the rule that it is about, so that no check can forget it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use compact_str::CompactString;
use rulec_program::encode::{
    Claim, Core, Found, Proof, Prover, Reason, Split, Subject as Looked, Undecided, Witness,
};
use rulec_program::node::{NodeId, Place};
use rulec_program::program::{Fix, FixId, Link, Rule, RuleId, Verify};
use rulec_program::seal::Sealed;
use rulec_syntax::ast::Item;
use rulec_syntax::diagnostic::{Code, Diagnostic, Level, Repair};
use rulec_syntax::source::Span;
use rustc_hash::FxHashMap;

use super::meeting::Meeting;
use super::relation::Relation;
use super::written_cases::WrittenCases;
use super::{Subject, undecided, witness};
use crate::ReadCase;
use crate::repairs;
use crate::shown::Shown;

/// A program with what is proved of it so far.
pub struct Proving<'s, 'a> {
    /// What is known without proofs.
    pub subject: &'s Subject<'s, 'a>,
    /// The program, sealed.
    pub program: &'s Sealed,
    /// Show each gap instead of counting them.
    pub gaps: bool,
    /// Reads recorded cases.
    pub(super) read_case: &'s ReadCase<'s>,
    pub(super) prover: Prover<'s>,
    findings: Vec<Diagnostic>,
    shown: Vec<Shown>,
    undecided: BTreeMap<(RuleId, Option<Place>, &'static str), Open>,
    admissible: Option<Proof>,
    conditions: Vec<Option<Proof>>,
    by_condition: FxHashMap<NodeId, RuleId>,
    confirmed: Vec<Option<Proof>>,
    /// Which rules can have something to do with each other.
    meeting: Meeting,
    /// How rules with the same plan lie to each other, as far as it was asked.
    pub(super) relations: FxHashMap<(RuleId, RuleId), Result<Relation, Box<Undecided>>>,
    verified: FxHashMap<(FixId, FixId), bool>,
    /// The cases of the tests, once they were asked for.
    pub(super) written: Option<WrittenCases>,
    /// Codes whose level the packs set to something else than off.
    raised: Vec<CompactString>,
}

/// Questions of one rule that stay undecided for one reason.
struct Open {
    codes: BTreeSet<&'static str>,
    why: Undecided,
}

impl<'s, 'a> Proving<'s, 'a> {
    /// Nothing is proved yet.
    pub fn new(
        subject: &'s Subject<'s, 'a>,
        program: &'s Sealed,
        prover: Prover<'s>,
        (gaps, read_case): (bool, &'s ReadCase<'s>),
    ) -> Proving<'s, 'a> {
        let rules = program.rules.len();
        Proving {
            subject,
            program,
            gaps,
            read_case,
            prover,
            findings: Vec::new(),
            shown: Vec::new(),
            undecided: BTreeMap::new(),
            admissible: None,
            conditions: vec![None; rules],
            by_condition: by_condition(program),
            meeting: Meeting::of(program, subject.roots),
            relations: FxHashMap::default(),
            confirmed: vec![None; rules],
            verified: FxHashMap::default(),
            written: None,
            raised: raised(subject),
        }
    }

    /// What was found, and what stays undecided; and the cases that show some of it.
    pub fn into_findings(mut self) -> (Vec<Diagnostic>, Vec<Shown>) {
        for ((rule, ..), open) in std::mem::take(&mut self.undecided) {
            let finding = undecided::finding(&self, &open.codes, rule, &open.why);
            self.findings.push(finding);
        }
        (self.findings, self.shown)
    }

    /// Adds a finding.
    pub fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Rules of the packs that were asked for; those of used packs are their authors' business.
    pub fn rules_of_roots(&self) -> impl Iterator<Item = RuleId> + use<'s> {
        let roots = self.subject.roots;
        (0u32..)
            .zip(&self.program.rules)
            .filter(move |(_, rule)| rule.named.pack.0 < roots)
            .map(|(number, _)| RuleId(number))
    }

    /// Which rules can have something to do with each other.
    pub fn meeting(&self) -> &Meeting {
        &self.meeting
    }

    /// The rule of that number.
    pub fn rule(&self, rule: RuleId) -> Option<&'s Rule> {
        self.program.rules.get(rule.0 as usize)
    }

    /// The rule with that condition.
    pub(super) fn rule_with(&self, when: NodeId) -> Option<RuleId> {
        self.by_condition.get(&when).copied()
    }

    /// Its name.
    pub fn name(&self, rule: RuleId) -> &'s str {
        self.rule(rule).map_or("", |it| it.named.name.as_str())
    }

    /// Where it is written.
    pub fn span(&self, rule: RuleId) -> Span {
        self.rule(rule)
            .map(|it| self.subject.span(it.named.place))
            .unwrap_or_default()
    }

    /// Some admissible case fulfils all claims.
    pub fn possible(&mut self, claims: &[Claim]) -> Proof {
        self.prover.possible(claims)
    }

    /// Whether a literal changes a verdict can be asked at once.
    pub fn can_matter(&mut self, rule: RuleId, literal: NodeId) -> bool {
        self.prover.can_matter(rule, literal)
    }

    /// Some case is admissible.
    pub fn admissible(&mut self) -> Proof {
        let known = self.admissible.clone();
        let found = known.unwrap_or_else(|| self.prover.admissible());
        self.admissible = Some(found.clone());
        found
    }

    /// The assumptions clash: nothing else is proved.
    pub fn is_contradictory(&mut self) -> bool {
        matches!(self.admissible(), Proof::Impossible(_))
    }

    /// The rule's condition is true in some admissible case.
    pub fn condition(&mut self, rule: RuleId) -> Proof {
        let known = self.conditions.get(rule.0 as usize).cloned().flatten();
        known.unwrap_or_else(|| {
            // What confirms the rule fulfils its condition.
            match self.confirmed(rule) {
                Proof::Possible(found) => return Proof::Possible(found),
                // A search as long as that for a case in which it is confirmed would find no more.
                Proof::Undecided(why) if matches!(why.reason, Reason::Search(_)) => {
                    return Proof::Undecided(why);
                }
                Proof::Impossible(_) | Proof::Undecided(_) => {}
            }
            let when = self.rule(rule).and_then(|it| it.when);
            let claims = when.map(|when| Claim::Condition(when, true));
            let found = self.exists(claims.as_slice());
            keep(&mut self.conditions, rule, &found);
            found
        })
    }

    /// The rule is confirmed in some admissible case.
    pub fn confirmed(&mut self, rule: RuleId) -> Proof {
        let known = self.confirmed.get(rule.0 as usize).cloned().flatten();
        known.unwrap_or_else(|| {
            let found = self.exists(&[Claim::Confirmed(rule, true)]);
            keep(&mut self.confirmed, rule, &found);
            found
        })
    }

    /// Nothing shows that the rule is never confirmed: what else is said of it is worth proving.
    pub fn is_live(&mut self, rule: RuleId) -> bool {
        !matches!(self.confirmed(rule), Proof::Impossible(_))
    }

    /// Why it is not known whether the rule is ever confirmed, if it is not: then nothing is said of it that is not said of a rule that never is.
    pub fn doubt(&mut self, rule: RuleId) -> Option<Undecided> {
        match self.confirmed(rule) {
            Proof::Undecided(why) => Some(why),
            Proof::Possible(_) | Proof::Impossible(_) => None,
        }
    }

    /// Says that a question about a rule stays undecided; what has one reason is one finding.
    pub fn undecided(&mut self, code: &'static Code, rule: RuleId, why: &Undecided) {
        let key = (rule, why.place, undecided::word(why));
        let open = self.undecided.entry(key).or_insert_with(|| Open {
            codes: BTreeSet::new(),
            why: why.clone(),
        });
        open.codes.insert(code.name);
    }

    /// The case in which both rules are confirmed, if there is one; what is undecided is reported.
    pub fn together(
        &mut self,
        code: &'static Code,
        first: RuleId,
        second: RuleId,
    ) -> Option<Arc<Found>> {
        if !self.is_live(first) || !self.is_live(second) {
            return None;
        }
        match self.possible(&[
            Claim::Confirmed(first, true),
            Claim::Confirmed(second, true),
        ]) {
            Proof::Possible(found) => Some(found),
            Proof::Impossible(_) => None,
            Proof::Undecided(why) => {
                self.undecided(code, second, &why);
                None
            }
        }
    }

    /// Neither rule overrides the other.
    pub fn override_each_other(&self, first: RuleId, second: RuleId) -> bool {
        let overridden = |rule, by| {
            self.rule(rule)
                .is_some_and(|it| it.overridden_by.contains(&by))
        };
        overridden(first, second) || overridden(second, first)
    }

    /// The repair that lets one of two rules override the other.
    pub fn overriding(&self, first: RuleId, second: RuleId) -> Option<Repair> {
        repairs::overriding(self.subject, self.program, first, second)
    }

    /// How two verdicts can differ in some admissible case, in which facts may be unknown.
    pub fn differs(&mut self, first: Looked, second: Looked, how: Split) -> Proof {
        self.prover.differs(first, second, how)
    }

    /// No case fulfils a condition in the `verify` of one fix and one of the other, though each can hold.
    pub fn never_both_verified(
        &mut self,
        first: FixId,
        second: FixId,
    ) -> Result<bool, Box<Undecided>> {
        let key = (first.min(second), first.max(second));
        if let Some(known) = self.verified.get(&key) {
            return Ok(*known);
        }
        let claims = |fix: Option<&Fix>| -> Vec<Claim> {
            let all = fix.into_iter().flat_map(|it| &it.verify);
            all.filter_map(|it| match it {
                Verify::Condition(node) => Some(Claim::Condition(*node, true)),
                Verify::Text(_) => None,
            })
            .collect()
        };
        let fix = |id: FixId| self.program.fixes.get(id.0 as usize);
        let (one, two) = (claims(fix(first)), claims(fix(second)));
        // A `verify` that nothing fulfils is no quarrel of two fixes.
        let both = [one.clone(), two.clone()].concat();
        let never = !one.is_empty()
            && !two.is_empty()
            && !self.can_be(&both)?
            && self.can_be(&one)?
            && self.can_be(&two)?;
        self.verified.insert(key, never);
        Ok(never)
    }

    fn can_be(&mut self, claims: &[Claim]) -> Result<bool, Box<Undecided>> {
        match self.exists(claims) {
            Proof::Possible(_) => Ok(true),
            Proof::Impossible(_) => Ok(false),
            Proof::Undecided(why) => Err(Box::new(why)),
        }
    }

    /// The name of a fix.
    pub fn fix_name(&self, fix: FixId) -> &'s str {
        let fix = self.program.fixes.get(fix.0 as usize);
        fix.map_or("", |it| it.named.name.as_str())
    }

    /// Where a fix is written.
    pub fn fix_span(&self, fix: FixId) -> Span {
        let fix = self.program.fixes.get(fix.0 as usize);
        fix.map(|it| self.subject.span(it.named.place))
            .unwrap_or_default()
    }

    /// Where a node is written.
    pub fn node_span(&self, node: NodeId) -> Span {
        self.subject.span(self.program.nodes.place(node))
    }

    /// A node as it is written.
    pub fn written(&self, node: NodeId) -> &'s str {
        let span = self.node_span(node);
        let text = self
            .subject
            .analysed
            .sources
            .get(span.file)
            .map_or("", |it| &*it.text);
        text.get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    /// The least part of a core, of claims that are impossible.
    pub fn minimal(&mut self, claims: &[Claim], core: &Core) -> Core {
        self.prover.minimal(claims, core)
    }

    /// Adds what clashes to a finding.
    pub fn blame(&self, finding: Diagnostic, core: &Core, part: &str) -> Diagnostic {
        let literals = core.literals.iter().map(|it| (self.node_span(*it), part));
        let rules = core
            .rules
            .iter()
            .map(|it| (self.span(*it), "this rule comes first"));
        let assumes = core
            .assumes
            .iter()
            .map(|it| (self.assume_span(*it), "under this assumption"));
        let mut places: Vec<(Span, &str)> = literals.chain(rules).chain(assumes).collect();
        places.dedup();
        let places = places.into_iter();
        places.fold(finding, |finding, (span, what)| finding.also(span, what))
    }

    /// Where an assumption is written.
    pub fn assume_span(&self, number: u32) -> Span {
        let assume = self.program.assumes.get(number as usize);
        assume
            .map(|it| self.subject.span(it.place))
            .unwrap_or_default()
    }

    /// The case of a point.
    pub fn witness(&mut self, found: &Found) -> Option<Witness> {
        self.prover.witness(found).ok()
    }

    /// Adds a finding about a rule with the case that shows it.
    pub fn report_with(&mut self, rule: RuleId, mut finding: Diagnostic, found: &Found) {
        match self.prover.witness(found) {
            Ok(case) => {
                finding.witness = Some(witness::text(self.program, &case));
                let shown = Shown::new(self.program, &finding, found, case);
                self.shown.push(shown);
                self.report(finding);
            }
            Err(why) => self.undecided(finding.code, rule, &why),
        }
    }

    /// The pack of a symptom, rule or fix wants findings of that code: their usual level is not off, or the pack raises it.
    pub fn is_wanted(&self, code: &Code) -> bool {
        code.level != Level::Off || self.raised.iter().any(|it| it == code.name)
    }
}

/// A pair of fixes, one of each plan, that clash, if whoever follows both plans cannot avoid it.
pub fn clash(
    first: &Rule,
    second: &Rule,
    clash: impl Fn(FixId, FixId) -> bool,
) -> Option<(FixId, FixId)> {
    let mut found = None;
    for one in choices(first) {
        for two in choices(second) {
            let pairs = one.iter().flat_map(|a| two.iter().map(move |b| (*a, *b)));
            let pair = pairs.into_iter().find(|(a, b)| clash(*a, *b))?;
            found = found.or(Some(pair));
        }
    }
    found
}

/// What may be carried out of a plan: with `or` one of its fixes, else all.
fn choices(rule: &Rule) -> Vec<&[FixId]> {
    match rule.plan.link {
        Link::Or => rule.plan.fixes.chunks(1).collect(),
        Link::And | Link::Else | Link::Meanwhile => vec![&rule.plan.fixes],
    }
}

fn by_condition(program: &Sealed) -> FxHashMap<NodeId, RuleId> {
    let rules = (0u32..).zip(&program.rules);
    rules
        .filter_map(|(number, rule)| Some((rule.when?, RuleId(number))))
        .collect()
}

fn keep(all: &mut [Option<Proof>], rule: RuleId, found: &Proof) {
    if let Some(place) = all.get_mut(rule.0 as usize) {
        *place = Some(found.clone());
    }
}

/// Codes that packs set to a level that is reported.
fn raised(subject: &Subject<'_, '_>) -> Vec<CompactString> {
    let packs = subject.analysed.packs.iter().filter_map(|it| it.statement);
    let levels = packs.filter_map(|it| match &it.item {
        Item::Pack(pack) => Some(&pack.levels),
        _ => None,
    });
    levels
        .flatten()
        .filter(|it| Level::from_name(&it.level.text).is_some_and(|level| level != Level::Off))
        .map(|it| it.code.text.clone())
        .collect()
}
