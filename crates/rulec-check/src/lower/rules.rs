//! Rules: their symptoms, names, conditions and who overrides whom.

use compact_str::CompactString;
use rulec_program::program::{FixId, Likelihood, Link, Plan, Rule, RuleId, SymptomId};
use rulec_syntax::ast::{self, FixRef, Item, Name, Overrides, Symptoms};
use rulec_syntax::source::Span;
use rustc_hash::FxHashSet;

use super::Lowering;
use super::precedence::{Wait, Waits};
use crate::analysed::span_of;
use crate::codes;
use crate::declare::report_duplicate;
use crate::index::{Declaration, DeclarationId, Kind};
use crate::infer::Holes;
use crate::names::{Found, nearest, suggest};
use crate::slug::slug;

/// Pairs of a rule with `symptom any` and a symptom that a program may have.
const MOST_PAIRS: usize = 20_000_000;

/// A rule with its names settled and its expressions not yet read.
pub(crate) struct RuleParts<'a> {
    pub id: DeclarationId,
    pub pack: u32,
    pub rule: &'a ast::Rule,
    pub symptoms: Vec<DeclarationId>,
    /// Fixes of its plan, in order; one that could not be found is left out.
    pub fixes: Vec<DeclarationId>,
    /// Fixes written in its plan, with their words.
    pub written: Vec<(DeclarationId, &'a ast::Text)>,
}

impl<'a> Lowering<'a> {
    /// `symptom any` in many rules of many symptoms would fill the memory: what is too much is said once.
    fn check_size(&mut self, parts: &[RuleParts<'a>]) -> bool {
        let mut any = parts
            .iter()
            .filter(|part| matches!(part.rule.symptoms, Symptoms::Any(_)));
        let count = any.clone().count();
        if count.saturating_mul(self.program.symptoms.len()) <= MOST_PAIRS {
            return true;
        }
        if let Some(Symptoms::Any(place)) = any.next().map(|part| &part.rule.symptoms) {
            let message = format!(
                "{count} rules stand for each of {} symptoms, more than {MOST_PAIRS} pairs",
                self.program.symptoms.len()
            );
            let finding = codes::TOO_LARGE
                .at(place.0, message)
                .help("name the symptoms that each of these rules is about");
            self.analysed.report(finding);
        }
        false
    }

    /// Symptoms, names and fixes of all rules.
    pub(super) fn rule_parts(&mut self) -> Vec<RuleParts<'a>> {
        let all: Vec<(DeclarationId, u32)> = self
            .analysed
            .of_kind(Kind::Rule)
            .map(|(id, it)| (id, it.pack))
            .collect();
        let mut parts = Vec::with_capacity(all.len());
        for (id, pack) in all {
            let Some(Item::Rule(rule)) = self.analysed.item(id) else {
                continue;
            };
            let symptoms = match &rule.symptoms {
                Symptoms::None | Symptoms::Any(_) => Vec::new(),
                Symptoms::Listed(all) => all
                    .iter()
                    .filter_map(|it| self.symptom_of(pack, id, it))
                    .collect(),
            };
            let mut part = RuleParts {
                id,
                pack,
                rule,
                symptoms,
                fixes: Vec::new(),
                written: Vec::new(),
            };
            let prefix = self.name_rule(&part);
            self.plan_of(&mut part, prefix.as_deref());
            parts.push(part);
        }
        parts
    }

    /// Gives an unnamed rule its name (U2); returns what the names of its unnamed fixes begin with. None if
    /// there is nothing to call it by, or another rule is called so: its fixes are then not said twice.
    fn name_rule(&mut self, part: &RuleParts<'a>) -> Option<CompactString> {
        if let Some(name) = &part.rule.name {
            return Some(name.text.clone());
        }
        let symptom = match &part.rule.symptoms {
            Symptoms::Any(_) => CompactString::const_new("any"),
            _ => self
                .analysed
                .index
                .get(*part.symptoms.first()?)?
                .name
                .clone(),
        };
        let mut words: Vec<CompactString> = (part.rule.plan.fixes())
            .map(|it| match it {
                FixRef::Name(name) => name.text.clone(),
                FixRef::Text(text) => slug(&text.text),
            })
            .collect();
        if words.is_empty() {
            words.push(CompactString::const_new("no-fix"));
        }
        words.retain(|it| !it.is_empty());
        let span = self.analysed.name_span(part.id);
        if words.is_empty() {
            self.report_nameless(span, "rule");
            return None;
        }
        let name = CompactString::from(format!("{symptom}/{}", words.join("-")));
        let free = self.enter_unnamed(Kind::Rule, part.pack, name, part.id);
        free.then_some(symptom)
    }

    fn report_nameless(&mut self, span: Span, what: &str) {
        let finding = codes::NAMELESS
            .at(span, format!("this {what} has no words to call it by"))
            .help(format!("name it: `{what} NAME:`"));
        self.analysed.report(finding);
    }

    /// Enters the name of an unnamed statement; false if it is taken.
    fn enter_unnamed(
        &mut self,
        kind: Kind,
        pack: u32,
        name: CompactString,
        id: DeclarationId,
    ) -> bool {
        if let Some(declaration) = self.analysed.index.declarations.get_mut(id.0 as usize) {
            declaration.name = name.clone();
        }
        let Some(names) = self.analysed.packs.get_mut(pack as usize) else {
            return false;
        };
        let table = if kind == Kind::Rule {
            &mut names.rules
        } else {
            &mut names.fixes
        };
        let before = table.get(&name).copied();
        match before {
            None => {
                table.insert(name, id);
                true
            }
            Some(first) => {
                report_duplicate(&mut self.analysed, kind, &name, first, id);
                false
            }
        }
    }

    fn plan_of(&mut self, part: &mut RuleParts<'a>, prefix: Option<&str>) {
        let rule = part.rule;
        for fix in rule.plan.fixes() {
            match fix {
                FixRef::Name(name) => {
                    if let Some(id) = self.fix_named(part.pack, Some(part.id), name) {
                        part.fixes.push(id);
                    }
                }
                FixRef::Text(text) => {
                    let id = self.written_fix(part, text, prefix);
                    part.fixes.push(id);
                    part.written.push((id, text));
                }
            }
        }
    }

    fn written_fix(
        &mut self,
        part: &RuleParts<'a>,
        text: &'a ast::Text,
        prefix: Option<&str>,
    ) -> DeclarationId {
        let span = text.place.0;
        let id = self.analysed.declare(
            Declaration {
                kind: Kind::Fix,
                name: CompactString::default(),
                pack: part.pack,
                name_span: span,
                span,
                statement: None,
                unnamed: true,
                title: Some(text.text.clone()),
            },
            None,
        );
        self.analysed.refer(Some(part.id), id, span);
        let words = slug(&text.text);
        if words.is_empty() {
            // A rule that has no name for the same reason was reported already.
            if part.rule.name.is_some() {
                self.report_nameless(span, "fix");
            }
        } else if let Some(prefix) = prefix {
            let name = CompactString::from(format!("{prefix}/{words}"));
            self.enter_unnamed(Kind::Fix, part.pack, name, id);
        }
        id
    }

    /// A fix by its name; none after a finding.
    pub(super) fn fix_named(
        &mut self,
        pack: u32,
        owner: Option<DeclarationId>,
        name: &Name,
    ) -> Option<DeclarationId> {
        self.other_named(pack, owner, name, Kind::Fix)
    }

    /// A rule by its name; none after a finding.
    pub(crate) fn rule_named(
        &mut self,
        pack: u32,
        owner: Option<DeclarationId>,
        name: &Name,
    ) -> Option<DeclarationId> {
        self.other_named(pack, owner, name, Kind::Rule)
    }

    fn other_named(
        &mut self,
        pack: u32,
        owner: Option<DeclarationId>,
        name: &Name,
        kind: Kind,
    ) -> Option<DeclarationId> {
        match self.analysed.find_other(pack, kind, &name.text) {
            Found::Name(id, _) => {
                self.analysed.refer(owner, id, span_of(name));
                Some(id)
            }
            Found::Ambiguous(first, second) => {
                self.analysed
                    .report_ambiguous(span_of(name), &name.text, first, second);
                None
            }
            Found::Missing | Found::NoPack => {
                let code = if kind == Kind::Fix {
                    &codes::UNKNOWN_FIX
                } else {
                    &codes::UNKNOWN_RULE
                };
                self.analysed
                    .report_missing(code, pack, kind.name(), name, &[kind]);
                None
            }
            Found::Broken => None,
        }
    }

    /// Reads all rules into the program and orders them.
    pub(super) fn rules(&mut self, parts: Vec<RuleParts<'a>>) {
        let order = self.number(parts.iter().map(|it| it.id).collect());
        let small = self.check_size(&parts);
        let count = order.len();
        let mut waits = Waits::new(order);
        let mut rules = Vec::with_capacity(count);
        for part in &parts {
            let number = self.number_of(part.id).unwrap_or_default();
            waits.note_rule(number, part);
            rules.push((part.id, self.rule(part, small)));
        }
        self.program.rules = self.in_order(count, rules);
        self.rules_of_symptoms();
        for part in &parts {
            self.overrides(part, &mut waits);
        }
        self.overrides_all(&mut waits);
        for rule in &mut self.program.rules {
            rule.overridden_by.sort_unstable();
            rule.overridden_by.dedup();
        }
        waits.check(&self.program, &mut self.analysed);
        self.check_plans(&parts);
    }

    fn rule(&mut self, part: &RuleParts<'a>, small: bool) -> Rule {
        let written = part.rule;
        let mut reader = self.reader(part.pack, Some(part.id));
        let when = written.when.as_ref().map(|it| reader.condition(it));
        let cause = written
            .cause
            .as_ref()
            .map(|it| reader.template(it, Holes::Shown));
        self.check_clauses(part);
        let any = matches!(written.symptoms, Symptoms::Any(_));
        let mut symptoms: Vec<SymptomId> = if any && small {
            (0u32..)
                .map(SymptomId)
                .take(self.program.symptoms.len())
                .collect()
        } else {
            part.symptoms
                .iter()
                .filter_map(|id| self.symptom_id(*id))
                .collect()
        };
        symptoms.sort_unstable();
        symptoms.dedup();
        Rule {
            named: self.named(part.id),
            symptoms,
            any_symptom: any,
            when,
            otherwise: written.otherwise.is_some(),
            overridden_by: Vec::new(),
            likelihood: self.likelihood(written.likelihood.as_ref()),
            cause,
            plan: self.plan(part),
        }
    }

    fn plan(&self, part: &RuleParts<'a>) -> Plan {
        let link = match &part.rule.plan {
            ast::Plan::Fixes {
                link: ast::Link::Or,
                ..
            } => Link::Or,
            ast::Plan::Fixes {
                link: ast::Link::Else,
                ..
            } => Link::Else,
            ast::Plan::Fixes {
                link: ast::Link::Meanwhile,
                ..
            } => Link::Meanwhile,
            _ => Link::And,
        };
        let fixes = part
            .fixes
            .iter()
            .filter_map(|id| self.number_of(*id))
            .map(FixId)
            .collect();
        Plan { fixes, link }
    }

    fn likelihood(&mut self, name: Option<&Name>) -> Option<Likelihood> {
        let name = name?;
        match name.text.as_str() {
            "common" => Some(Likelihood::Common),
            "occasional" => Some(Likelihood::Occasional),
            "rare" => Some(Likelihood::Rare),
            _ => {
                self.unknown_word(name, "likelihood", &["common", "occasional", "rare"]);
                None
            }
        }
    }

    /// A word that must be one of a few.
    pub(crate) fn unknown_word(&mut self, name: &Name, what: &str, known: &[&str]) {
        let finding =
            codes::UNKNOWN_WORD.at(span_of(name), format!("`{}` is no {what}", name.text));
        let finding = match nearest(&name.text, known.iter().copied()) {
            Some(near) => suggest(finding, Some(near), span_of(name)),
            None => {
                let all: Vec<String> = known.iter().map(|it| format!("`{it}`")).collect();
                finding.help(format!("one of {}", all.join(", ")))
            }
        };
        self.analysed.report(finding);
    }

    fn check_clauses(&mut self, part: &RuleParts<'a>) {
        let rule = part.rule;
        if !matches!(rule.symptoms, Symptoms::None) {
            return;
        }
        let span = self.analysed.name_span(part.id);
        if rule.when.is_none() {
            let finding = codes::EMPTY_RULE
                .at(span, "this rule has neither a symptom nor a condition")
                .help("say under which `symptom`, or `when`, it holds");
            self.analysed.report(finding);
            return;
        }
        let places = [
            rule.otherwise.map(|place| (place, "otherwise")),
            match &rule.overrides {
                Overrides::All(place) => Some((*place, "overrides all")),
                _ => None,
            },
        ];
        for (place, word) in places.into_iter().flatten() {
            let finding = codes::MISPLACED_OTHERWISE
                .at(
                    place.0,
                    format!(
                        "`{word}` looks at the other rules of a symptom, and this rule has none"
                    ),
                )
                .help("give the rule a symptom, or leave the clause out");
            self.analysed.report(finding);
        }
    }

    fn rules_of_symptoms(&mut self) {
        for (number, rule) in (0u32..).zip(&self.program.rules) {
            for symptom in &rule.symptoms {
                if let Some(symptom) = self.program.symptoms.get_mut(symptom.0 as usize) {
                    symptom.rules.push(RuleId(number));
                }
            }
        }
    }

    fn overrides(&mut self, part: &RuleParts<'a>, waits: &mut Waits) {
        let Overrides::Listed(names) = &part.rule.overrides else {
            return;
        };
        let Some(own) = self.number_of(part.id) else {
            return;
        };
        for name in names {
            let Some(over) = self.rule_named(part.pack, Some(part.id), name) else {
                continue;
            };
            if let Some(other) = self.number_of(over) {
                self.override_one(own, other, span_of(name), waits);
            }
        }
    }

    fn override_one(&mut self, by: u32, over: u32, span: Span, waits: &mut Waits) {
        if let Some(rule) = self.program.rules.get_mut(over as usize) {
            rule.overridden_by.push(RuleId(by));
        }
        waits.add(over, Wait::Overridden(by, span));
    }

    /// `overrides all`: every other rule of the rule's symptoms. Two such rules of one symptom wait for each
    /// other; the second then overrides the first only, or a pack of nothing else would grow with its square.
    fn overrides_all(&mut self, waits: &mut Waits) {
        let mut done: FxHashSet<(u32, u32)> = FxHashSet::default();
        for symptom in 0..self.program.symptoms.len() {
            let rules = self
                .program
                .symptoms
                .get(symptom)
                .map(|it| it.rules.clone())
                .unwrap_or_default();
            let all: Vec<(u32, Span)> = rules
                .iter()
                .filter_map(|it| Some((it.0, waits.overrides_all(it.0)?)))
                .collect();
            let Some((first, span)) = all.first().copied() else {
                continue;
            };
            for over in rules.iter().map(|it| it.0).filter(|it| *it != first) {
                if done.insert((first, over)) {
                    self.override_one(first, over, span, waits);
                }
            }
            for (by, span) in all.iter().skip(1) {
                if done.insert((*by, first)) {
                    self.override_one(*by, first, *span, waits);
                }
            }
        }
    }

    /// C3: fixes that are done together must not exclude each other.
    fn check_plans(&mut self, parts: &[RuleParts<'a>]) {
        for part in parts {
            let together = matches!(
                &part.rule.plan,
                ast::Plan::Fixes {
                    link: ast::Link::And | ast::Link::Meanwhile,
                    ..
                }
            );
            // One fix alone that excludes itself was told where it is declared.
            if !together || part.fixes.len() < 2 {
                continue;
            }
            let fixes: Vec<u32> = part
                .fixes
                .iter()
                .filter_map(|id| self.number_of(*id))
                .collect();
            let clash = fixes.iter().find_map(|one| {
                let fix = self.program.fixes.get(*one as usize)?;
                let other = fixes
                    .iter()
                    .find(|it| fix.excludes.contains(&FixId(**it)))?;
                Some((
                    fix.named.name.clone(),
                    self.program.fixes.get(*other as usize)?.named.name.clone(),
                ))
            });
            if let Some((one, other)) = clash {
                let finding = codes::SELF_EXCLUDING_FIXES
                    .at(
                        self.analysed.name_span(part.id),
                        format!(
                            "this plan combines `{one}` and `{other}`, which exclude each other"
                        ),
                    )
                    .help("offer one of them: `or`, or `else`");
                self.analysed.report(finding);
            }
        }
    }
}
