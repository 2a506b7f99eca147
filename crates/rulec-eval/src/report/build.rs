//! Makes the report of a session. Adds nothing to it: every verdict, reason and place was settled before.

use std::collections::{BTreeMap, BTreeSet};

use rulec_facts::provider::Provenance;
use rulec_facts::reason::Reason;
use rulec_facts::show;
use rulec_facts::source as kinds;
use rulec_facts::truth::Truth;
use rulec_facts::types::Type;
use rulec_facts::value::{Partial, Value};
use rulec_program::decide::{Because as Part, Decider, Scratch};
use rulec_program::node::SlotId;
use rulec_program::program::{FixId, Link as PlanLink, Named, Origin, RuleId, SymptomId};
use rulec_program::seal::Sealed;
use rulec_program::why::{self, Seen};
use rustc_hash::FxHashSet;

use super::brief::{At, secret as secret_word, spelled};
use super::fill::{Fill, TextOf, slot_kind};
use super::grounds::path_of;
use super::reads::Reads;
use super::texts::{self, Texts};
use super::{
    Because, BrokenAssumption, By, Evidence, FORMAT, FactLine, Known, Link, OpenFact, OpenQuestion,
    PackLine, ReasonLine, Report, Scope, Source, SymptomLine, VerdictLine, VerdictWord,
};
use super::{course, places, remedy};
use crate::place;
use crate::plan::{Planner, Reach};
use crate::readable::readable;
use crate::recognise::Match;
use crate::session::Session;
use crate::settle;

/// The report of a session, finished or not.
pub(crate) fn report(session: &Session<'_>, texts: &Texts) -> Report {
    let mut scratch = Scratch::default();
    let fill = Fill {
        program: session.program,
        texts,
        look: Decider::new(session.program, &session.state, &mut scratch),
    };
    let mut build = Build::new(session, fill);
    let mut verdicts = build.verdicts();
    sort(&mut verdicts);
    let latent = build.latent();
    let fixes = build.fixes(&verdicts, &latent);
    let open = build.open();
    let questions = build.questions();
    let facts = build.facts();
    let broken = build.broken_assumptions();
    let build_symptom = |build: &Build<'_, '_, '_>, all: &[Match]| -> Vec<SymptomLine> {
        all.iter().map(|it| build.symptom(it)).collect()
    };
    Report {
        format: FORMAT,
        pack: pack(session.program),
        locale: texts.locale().to_owned(),
        scope: session.scope.kind,
        symptoms: build_symptom(&build, &session.recognised.symptoms),
        candidates: build_symptom(&build, &session.recognised.candidates),
        unrecognised: session.recognised.unrecognised.clone(),
        course: course::course(&verdicts, &fixes),
        verdicts,
        latent,
        fixes,
        next: Vec::new(),
        open,
        questions,
        files: files(&facts),
        facts,
        broken_assumptions: broken,
    }
}

pub(crate) fn pack(program: &Sealed) -> PackLine {
    let pack = program.packs.first();
    PackLine {
        name: pack.map_or_else(String::new, |it| it.name.to_string()),
        version: pack.map_or_else(String::new, |it| it.version.to_string()),
    }
}

fn sort(verdicts: &mut [VerdictLine]) {
    verdicts.sort_by(|a, b| (a.symptoms.first(), &a.rule).cmp(&(b.symptoms.first(), &b.rule)));
}

fn files(facts: &[FactLine]) -> Vec<String> {
    let sources = facts.iter().filter_map(|it| it.source.as_ref());
    let files: BTreeSet<&str> = sources
        .filter_map(|it| it.file.as_deref())
        .flat_map(|it| it.split(", "))
        .collect();
    files.into_iter().map(str::to_owned).collect()
}

/// What knows a session's names, texts and values.
pub(crate) struct Build<'s, 'p, 't> {
    session: &'s Session<'p>,
    pub(crate) fill: Fill<'t, 'p>,
    /// Facts that open verdicts need, with these rules.
    needed: BTreeMap<SlotId, BTreeSet<String>>,
    /// Symptoms that open verdicts hang on, with these rules.
    asked: BTreeMap<SymptomId, BTreeSet<String>>,
    /// Why open verdicts are open: the reasons of what they read.
    read: FxHashSet<Reason>,
}

impl<'s, 'p, 't> Build<'s, 'p, 't> {
    pub(crate) fn new(session: &'s Session<'p>, fill: Fill<'t, 'p>) -> Build<'s, 'p, 't> {
        Build {
            session,
            fill,
            needed: BTreeMap::new(),
            read: FxHashSet::default(),
            asked: BTreeMap::new(),
        }
    }

    pub(super) fn program(&self) -> &'s Sealed {
        self.session.program
    }

    pub(super) fn session(&self) -> &'s Session<'p> {
        self.session
    }

    pub(crate) fn symptom(&self, found: &Match) -> SymptomLine {
        let symptom = self.program().symptoms.get(found.symptom.0 as usize);
        SymptomLine {
            name: self.symptom_name(found.symptom),
            score: found.score,
            by: found.by,
            title: symptom.and_then(|it| self.fill.title("symptom", &it.named)),
            matched: match found.by {
                By::Name => String::new(),
                _ => found.matched.clone(),
            },
            spelled: found.code.as_ref().map(spelled),
        }
    }

    pub(crate) fn symptom_name(&self, id: SymptomId) -> String {
        let all = &self.program().symptoms;
        shown_name(self.program(), id.0, |at| Some(&all.get(at)?.named))
    }

    pub(crate) fn rule_name(&self, id: RuleId) -> String {
        let all = &self.program().rules;
        shown_name(self.program(), id.0, |at| Some(&all.get(at)?.named))
    }

    pub(crate) fn slot_name(&self, id: SlotId) -> String {
        let all = &self.program().slots;
        shown_name(self.program(), id.0, |at| Some(&all.get(at)?.named))
    }

    fn fix_name(&self, id: FixId) -> String {
        let all = &self.program().fixes;
        shown_name(self.program(), id.0, |at| Some(&all.get(at)?.named))
    }

    /// Its name and title.
    fn named_fix(&self, id: FixId) -> (String, Option<String>) {
        let fix = self.program().fixes.get(id.0 as usize);
        let title = fix.and_then(|it| self.fill.title("fix", &it.named));
        (self.fix_name(id), title)
    }

    fn rule_names(&self, rules: impl IntoIterator<Item = RuleId>) -> Vec<String> {
        let names: BTreeSet<String> = rules.into_iter().map(|it| self.rule_name(it)).collect();
        names.into_iter().collect()
    }

    /// One verdict a rule in question. A complaint of which nothing was recognised confirms no rule that has a symptom (V7).
    fn verdicts(&mut self) -> Vec<VerdictLine> {
        let unrecognised = self.session.scope.kind == Scope::Unrecognised;
        let session = self.session;
        let mut scratch = Scratch::default();
        let mut decider = Decider::new(session.program, &session.state, &mut scratch);
        let mut lines = Vec::new();
        for id in &session.scope.rules {
            let rule = session.program.rules.get(id.0 as usize);
            if !(unrecognised && rule.is_some_and(|it| !it.symptoms.is_empty())) {
                lines.extend(self.verdict(&mut decider, *id, None));
            }
        }
        lines
    }

    /// Rules of other symptoms whose condition holds or is open, each symptom taken as present (V8).
    fn latent(&mut self) -> Vec<VerdictLine> {
        if self.session.scope.latent.is_empty() {
            return Vec::new();
        }
        let state = crate::scope::Scope::all_present(self.session.program, &self.session.state);
        let mut scratch = Scratch::default();
        let mut decider = Decider::new(self.session.program, &state, &mut scratch);
        let mut lines: Vec<VerdictLine> = Vec::new();
        for id in &self.session.scope.latent {
            let word = match decider.verdict(*id) {
                Truth::True => VerdictWord::Latent,
                Truth::Unknown => VerdictWord::Open,
                Truth::False => continue,
            };
            lines.extend(self.verdict(&mut decider, *id, Some(word)));
        }
        sort(&mut lines);
        lines
    }

    fn verdict(
        &mut self,
        decider: &mut Decider<'_>,
        id: RuleId,
        word: Option<VerdictWord>,
    ) -> Option<VerdictLine> {
        let rule = self.program().rules.get(id.0 as usize)?;
        let judged = decider.judge(id);
        let verdict = word.unwrap_or(match judged.truth {
            Truth::True => VerdictWord::Confirmed,
            Truth::False => VerdictWord::RuledOut,
            Truth::Unknown => VerdictWord::Open,
        });
        let [needs, waits_for, asks] = match verdict {
            VerdictWord::Open => self.needs(decider, id),
            _ => Default::default(),
        };
        let decided_by = match verdict {
            VerdictWord::RuledOut => self.decided_by(decider, id, judged.because),
            _ => Vec::new(),
        };
        let leaves = match verdict {
            VerdictWord::Open => Vec::new(),
            _ => self.leaves_of(decider, id),
        };
        Some(VerdictLine {
            rule: self.rule_name(id),
            symptoms: self.symptoms_of(rule.any_symptom, &rule.symptoms),
            verdict,
            because: because(judged.because),
            needs,
            not_known: Vec::new(),
            waits_for,
            asks,
            decided_by,
            fixes: rule
                .plan
                .fixes
                .iter()
                .map(|it| self.fix_name(*it))
                .collect(),
            link: link(rule.plan.link),
            evidence: self.evidence(&leaves),
            grounds: match (self.grounds(&leaves), verdict) {
                (none, VerdictWord::Confirmed) if none.is_empty() && !rule.otherwise => {
                    vec![self.symptom_alone()]
                }
                (grounds, _) => grounds,
            },
            title: self.fill.title("rule", &rule.named),
            cause: rule.cause.as_ref().map(|cause| {
                let of = TextOf {
                    kind: "rule",
                    name: &rule.named.name,
                    attribute: "cause",
                };
                self.fill.template(of, cause)
            }),
            likelihood: rule.likelihood.map(remedy::likelihood),
            otherwise: rule.otherwise,
        })
    }

    /// Those in question first; of `symptom any` only those.
    fn symptoms_of(&self, any: bool, symptoms: &[SymptomId]) -> Vec<String> {
        let asked = |it: &&SymptomId| self.session.scope.symptoms.binary_search(it).is_ok();
        let mut names: Vec<String> = symptoms
            .iter()
            .filter(asked)
            .map(|it| self.symptom_name(*it))
            .collect();
        names.sort();
        if !any || names.is_empty() {
            let mut others: Vec<String> = symptoms
                .iter()
                .filter(|it| !asked(it))
                .map(|it| self.symptom_name(*it))
                .collect();
            others.sort();
            names.extend(others);
        }
        names
    }

    /// Facts that an open rule needs, rules that it waits for, symptoms that it hangs on.
    fn needs(&mut self, decider: &mut Decider<'_>, id: RuleId) -> [Vec<String>; 3] {
        let rule = self.rule_name(id);
        let needs = decider.needs_of_rule(id);
        self.read.extend(decider.reasons_of_rule(id));
        let mut names = BTreeSet::new();
        for slot in needs.all() {
            names.insert(self.slot_name(slot));
            let rules = self.needed.entry(slot).or_default();
            rules.insert(rule.clone());
        }
        let mut asks = BTreeSet::new();
        for symptom in &needs.asks {
            asks.insert(self.symptom_name(*symptom));
            let rules = self.asked.entry(*symptom).or_default();
            rules.insert(rule.clone());
        }
        let waits_for = self.rule_names(needs.waits_for);
        [
            names.into_iter().collect(),
            waits_for,
            asks.into_iter().collect(),
        ]
    }

    /// Confirmed rules that override a rule, or go before its `otherwise`.
    fn decided_by(&self, decider: &mut Decider<'_>, id: RuleId, because: Part) -> Vec<String> {
        let program = self.program();
        let Some(rule) = program.rules.get(id.0 as usize) else {
            return Vec::new();
        };
        let others: Vec<RuleId> = match because {
            Part::Overridden => rule.overridden_by.clone(),
            Part::Otherwise => rule
                .symptoms
                .iter()
                .flat_map(|it| program.ordinary_rules(*it).iter().copied())
                .collect(),
            _ => Vec::new(),
        };
        let confirmed = others
            .into_iter()
            .filter(|it| decider.verdict(*it) == Truth::True);
        self.rule_names(confirmed)
    }

    /// What decided a rule: the facts that its symptom was seen in, then those of its condition.
    fn leaves_of(&self, decider: &mut Decider<'_>, id: RuleId) -> Vec<why::Evidence> {
        let why = decider.why(id);
        let symptoms = match (why.because, why.truth) {
            (Part::Symptom, _) => self
                .program()
                .rules
                .get(id.0 as usize)
                .map_or_else(Vec::new, |it| it.symptoms.clone()),
            (_, Truth::True) => why.symptoms,
            _ => Vec::new(),
        };
        let mut leaves = Vec::new();
        for symptom in symptoms {
            leaves.extend(decider.why_present(symptom));
        }
        leaves.extend(why.evidence);
        leaves
    }

    /// Each part of a fact once; of a record what some of the leaves read.
    fn evidence(&self, leaves: &[why::Evidence]) -> Vec<Evidence> {
        let reads = Reads::of(self.session.program, leaves.iter().map(|it| it.node));
        let mut lines = Vec::new();
        for leaf in leaves {
            let test = crate::express::text(self.session.program, leaf.node);
            let seen = leaf.seen.iter();
            let seen = seen.map(|it| self.seen_by(it, &reads, &test)).collect();
            add_new(&mut lines, seen);
        }
        lines
    }

    /// A part of a fact, with what conditions read of it.
    pub(crate) fn seen_by(&self, seen: &Seen, reads: &Reads, test: &str) -> Evidence {
        let slot = self.program().slots.get(seen.slot.0 as usize);
        let progress = self.session.slots.get(seen.slot.0 as usize);
        let from = match (slot, progress) {
            (Some(slot), Some(progress)) => progress.source_at(slot, &seen.path),
            _ => None,
        };
        let from_kind = from.as_ref().map(|it| it.kind.as_str());
        let value = slot.and_then(|it| places::registry_value(it, from_kind?));
        let fact = self.slot_name(seen.slot);
        let path = path_of(&fact, &seen.path);
        let reads = reads.below(seen.slot, &seen.path);
        let at = At {
            owner: slot.and_then(|it| self.fill.owner_of_part(it, &seen.path)),
            reads: reads.iter().map(String::as_str).collect(),
        };
        Evidence {
            fact,
            path,
            value: self.json(&seen.value, seen.ty.as_ref(), seen.secret),
            source: from.map(|from| source(from, seen.secret)),
            title: slot.and_then(|it| self.fill.part_title(it, &seen.path)),
            shown: self.shown(&seen.value, seen.ty.as_ref(), seen.secret, &at),
            test: Some(test.to_owned()),
            label: self.label(seen),
            titled: None,
            at: value,
            said: false,
            leaf: 0,
        }
    }

    fn json(&self, value: &Partial, ty: Option<&Type>, secret: bool) -> serde_json::Value {
        match (value, ty) {
            (Partial::Known(_), _) if secret => show::SECRET.into(),
            (value, Some(ty)) => show::json(value, ty),
            (Partial::Known(Value::Bool(it)), None) => (*it).into(),
            (Partial::Known(it), None) => show::scalar_text(it, None).into(),
            (_, None) => serde_json::Value::Null,
        }
    }

    fn shown(&self, value: &Partial, ty: Option<&Type>, secret: bool, at: &At<'_>) -> String {
        match value {
            Partial::Known(_) if secret => secret_word(self.fill.texts),
            value => self.fill.brief(value, ty, at),
        }
    }

    /// The repairs of what is confirmed or latent.
    fn fixes(&mut self, verdicts: &[VerdictLine], latent: &[VerdictLine]) -> Vec<super::FixLine> {
        let wanted: BTreeSet<&String> = verdicts
            .iter()
            .chain(latent)
            .filter(|it| matches!(it.verdict, VerdictWord::Confirmed | VerdictWord::Latent))
            .flat_map(|it| &it.fixes)
            .collect();
        let mut lines = Vec::new();
        for at in 0..self.program().fixes.len() as u32 {
            let name = self.fix_name(FixId(at));
            let Some(fix) = self.program().fixes.get(at as usize) else {
                continue;
            };
            if wanted.contains(&name) {
                let excludes = fix.excludes.iter().map(|it| self.named_fix(*it)).collect();
                lines.push(remedy::fix(&mut self.fill, name, fix, excludes));
            }
        }
        remedy::keep_offered(&mut lines);
        lines
    }

    /// What open verdicts need, and how to get it.
    fn open(&mut self) -> Vec<OpenFact> {
        let mut scratch = Scratch::default();
        let session = self.session;
        let decider = Decider::new(session.program, &session.state, &mut scratch);
        let mut planner = Planner::new(session, decider);
        let mut needed = std::mem::take(&mut self.needed);
        for (id, rules) in needed.clone() {
            for origin in origins(session, id) {
                let all = needed.entry(origin).or_default();
                all.extend(rules.iter().cloned());
            }
        }
        let mut lines = Vec::new();
        for (id, rules) in needed {
            let (Some(slot), Some(value)) = (
                session.program.slots.get(id.0 as usize),
                session.state.get(id),
            ) else {
                continue;
            };
            let reach = planner.reach(id);
            let all = slot.sources.iter();
            let sources = all.clone().map(|it| sources_line(&mut planner, it));
            let sources = sources.collect();
            let places = all
                .map(|it| places::of_clause(&mut self.fill, it))
                .collect();
            lines.push(OpenFact {
                name: self.slot_name(id),
                title: self.fill.slot_title(slot),
                reasons: self.reasons_read(value),
                obtainable: reach > Reach::Never,
                sources,
                places,
                question: self.fill.question(slot),
                rules: rules.into_iter().collect(),
                rank: 0,
            });
        }
        lines.sort_by(|a, b| a.name.cmp(&b.name));
        lines
    }

    /// What a person would have to say of symptoms that open verdicts hang on.
    fn questions(&mut self) -> Vec<OpenQuestion> {
        let asked = std::mem::take(&mut self.asked);
        let mut lines: Vec<OpenQuestion> = asked
            .into_iter()
            .filter_map(|(id, rules)| {
                let symptom = self.program().symptoms.get(id.0 as usize)?;
                let numbers = 0..symptom.asks.len();
                let questions =
                    numbers.filter_map(|at| texts::question(self.fill.texts, symptom, at));
                Some(OpenQuestion {
                    symptom: self.symptom_name(id),
                    title: self.fill.title("symptom", &symptom.named),
                    questions: questions.collect(),
                    rules: rules.into_iter().collect(),
                })
            })
            .collect();
        lines.sort_by(|a, b| a.symptom.cmp(&b.symptom));
        lines
    }

    /// Why a fact is unknown, as far as open verdicts read it: what it holds besides is unknown for reasons that decide nothing.
    fn reasons_read(&self, value: &Partial) -> Vec<ReasonLine> {
        let mut all: Vec<&Reason> = Vec::new();
        gather(value, &mut all);
        let read: Vec<&Reason> = all
            .iter()
            .copied()
            .filter(|it| self.read.contains(*it))
            .collect();
        // A guarded fact was not read yet.
        lines_of(if read.is_empty() { all } else { read })
    }

    /// Of what can be read for what is in question, what was given or looked for; what nobody looked for stands only under `open`.
    fn facts(&self) -> Vec<FactLine> {
        let readable = readable(self.session);
        let is_readable = |at: usize| readable.get(at).copied().unwrap_or(false);
        let mut lines: Vec<FactLine> = Vec::new();
        for (at, (slot, progress)) in self
            .program()
            .slots
            .iter()
            .zip(&self.session.slots)
            .enumerate()
        {
            let id = SlotId(at as u32);
            let Some(value) = self.session.state.get(id) else {
                continue;
            };
            let wanted = self.session.look_at.contains(&id);
            let is_told = is_readable(at) && (progress.touched() || wanted);
            if !is_told && slot.origin == Origin::Fact {
                continue;
            }
            let known = match value {
                Partial::Unknown(reasons) => Known::Unknown(show::main_reason(reasons).name()),
                value => Known::Value(self.json(value, Some(&slot.ty), slot.secret)),
            };
            let reasons = reasons_in(value);
            let detail = reasons.first().map(|it| it.detail.clone());
            // Only the pack names members of an enum after the fact that declares it.
            let owner = self.fill.texts.translates();
            let owner = owner.then(|| self.fill.owner_of_part(slot, "")).flatten();
            let at = At {
                owner,
                reads: Vec::new(),
            };
            lines.push(FactLine {
                name: self.slot_name(id),
                known,
                detail: detail.filter(|it| value.is_unknown() && !it.is_empty()),
                source: progress.source().map(|it| source(it, slot.secret)),
                role: slot_kind(slot),
                title: self.fill.slot_title(slot),
                shown: self.shown(value, Some(&slot.ty), slot.secret, &at),
                reasons,
            });
        }
        lines.sort_by(|a, b| a.name.cmp(&b.name));
        lines
    }

    /// Assumes that are F; U is not reported (A1).
    fn broken_assumptions(&mut self) -> Vec<BrokenAssumption> {
        let session = self.session;
        let mut lines = Vec::new();
        let mut scratch = Scratch::default();
        let mut decider = Decider::new(session.program, &session.state, &mut scratch);
        for assume in &session.program.assumes {
            if decider.truth(assume.condition) != Truth::False {
                continue;
            }
            let leaves = decider.why_node(assume.condition);
            lines.push(BrokenAssumption {
                text: assume.text.clone(),
                file: session
                    .program
                    .files
                    .get(assume.place.file as usize)
                    .cloned()
                    .unwrap_or_default(),
                evidence: self.evidence(&leaves),
                grounds: self.grounds(&leaves),
            });
        }
        lines
    }
}

/// Other facts because of which this one is unknown: those of its locators.
pub(crate) fn origins(session: &Session<'_>, id: SlotId) -> Vec<SlotId> {
    let Some(value) = session.state.get(id) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    gather(value, &mut found);
    let slots = found
        .iter()
        .filter_map(|it| session.program.slot_named(&it.fact));
    slots.filter(|it| *it != id).collect()
}

/// Adds lines that are not there yet: one part of a fact may have decided several tests, the first is told.
fn add_new(lines: &mut Vec<Evidence>, new: Vec<Evidence>) {
    for line in new {
        if !lines.iter().any(|it| it.path == line.path) {
            lines.push(line);
        }
    }
}

/// The name, with its pack in front where two packs have it; tables are sorted by name.
fn shown_name<'a>(program: &Sealed, at: u32, get: impl Fn(usize) -> Option<&'a Named>) -> String {
    let at = at as usize;
    let Some(named) = get(at) else {
        return String::new();
    };
    let same = |other: Option<&Named>| other.is_some_and(|other| other.name == named.name);
    let twice = same(at.checked_sub(1).and_then(&get)) || same(get(at + 1));
    program.shown_name(named, twice)
}

/// The place, filled where it can be, with what narrows it down: without event number or name of a value nobody finds it.
pub(crate) fn sources_line(
    planner: &mut Planner<'_, '_>,
    it: &rulec_program::program::Source,
) -> String {
    let line = place_line(planner, it);
    match &it.at {
        Some(at) => format!("{line} at \"{at}\""),
        None => line,
    }
}

/// The same without what a fact wants of it.
pub(crate) fn place_line(
    planner: &mut Planner<'_, '_>,
    it: &rulec_program::program::Source,
) -> String {
    let mut line = match place::resolve(&mut planner.look, it) {
        place::Resolved::One(request) => request.shown(),
        _ => {
            let locator = it.locator.as_ref().map(settle::template_text);
            let locator = locator.map_or_else(String::new, |it| format!(" \"{it}\""));
            format!("{} {}{locator}", it.system, it.kind)
        }
    };
    let kind = kinds::find(&it.system, &it.kind);
    for (word, values) in &it.arguments {
        let quoted = kind
            .and_then(|it| it.argument(word))
            .is_some_and(|it| it.value == kinds::ArgumentValue::Text);
        let values: Vec<String> = values
            .iter()
            .map(settle::template_text)
            .map(|it| if quoted { format!("\"{it}\"") } else { it })
            .collect();
        line = format!("{line} {word} {}", values.join(", "));
        line.truncate(line.trim_end().len());
    }
    if let Some(on) = &it.on {
        line = format!("{line} on \"{}\"", settle::template_text(on));
    }
    line
}

/// Every reason in a value, of its parts too, each once.
fn reasons_in(value: &Partial) -> Vec<ReasonLine> {
    let mut found: Vec<&Reason> = Vec::new();
    gather(value, &mut found);
    lines_of(found)
}

fn lines_of(reasons: Vec<&Reason>) -> Vec<ReasonLine> {
    let mut known: FxHashSet<&Reason> = FxHashSet::default();
    let new = reasons.into_iter().filter(|it| known.insert(*it));
    let lines = new.map(|reason| ReasonLine {
        fact: reason.fact.to_string(),
        reason: reason.why.name(),
        detail: reason.detail.to_string(),
    });
    lines.collect()
}

fn gather<'v>(value: &'v Partial, found: &mut Vec<&'v Reason>) {
    match value {
        Partial::Unknown(reasons) => found.extend(reasons.iter()),
        Partial::Known(Value::Record(fields)) => fields.iter().for_each(|it| gather(it, found)),
        Partial::Known(Value::List(list) | Value::Set(list)) => {
            list.iter().for_each(|it| gather(&it.value, found));
        }
        _ => {}
    }
}

fn source(from: Provenance, secret: bool) -> Source {
    let shown = from.kind == "given" || from.kind == "case" || !secret;
    Source {
        kind: from.kind,
        place: match shown {
            true => from.place,
            false => show::SECRET.to_owned(),
        },
        file: from.file,
        time: from.time,
    }
}

pub(crate) fn because(part: Part) -> Because {
    match part {
        Part::Symptom => Because::Symptom,
        Part::Condition => Because::Condition,
        Part::Overridden => Because::Overridden,
        Part::Otherwise => Because::Otherwise,
    }
}

fn link(link: PlanLink) -> Link {
    match link {
        PlanLink::And => Link::And,
        PlanLink::Or => Link::Or,
        PlanLink::Else => Link::Else,
        PlanLink::Meanwhile => Link::Meanwhile,
    }
}
