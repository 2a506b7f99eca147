//! What every renderer for people says alike: the words, the order, what belongs together. How it looks is theirs.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rulec_facts::show::SECRET;

use super::brief::{self, bounded, code_words, joined};
use super::text::Length;
use super::texts::Texts;
use super::{
    By, CourseLine, Evidence, FactLine, FixLine, Known, Link, OpenFact, ReasonLine, Report,
    RiskLine, Scope, Source, StepLine, SymptomLine, VerdictLine, VerdictWord, When, detail, places,
};
use crate::case::CLOCK;
use crate::explain::{Answer, NextLine};

/// Says the parts of a report in its locale.
pub(crate) struct Say<'t> {
    pub(super) texts: &'t Texts,
    /// Titles of rules and symptoms by their names.
    titles: BTreeMap<String, String>,
}

/// Conditions that are told of one open rule.
const FEW_TESTS: usize = 3;
/// Answers that are told of the fact to find out next.
pub(super) const FEW_ANSWERS: usize = 3;

/// Open rules that a short report shows one by one, where nobody complained or rules of other symptoms are looked at.
const FEW_OPEN: usize = 10;

/// What is told one by one, and not only counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    /// Open rules, and what they need.
    pub(super) open: bool,
    /// Open rules of other symptoms, and what only they need.
    pub(super) latent: bool,
}

impl Told {
    pub(super) fn of(report: &Report, length: Length) -> Told {
        let short = length == Length::Short;
        let latent = latent(report).1.len();
        Told {
            open: !(short && report.scope == Scope::All && open(report).len() > FEW_OPEN),
            latent: !(short && latent > FEW_OPEN),
        }
    }
}

impl<'t> Say<'t> {
    /// Knows no title.
    pub(super) fn new(texts: &'t Texts) -> Say<'t> {
        Say {
            texts,
            titles: BTreeMap::new(),
        }
    }

    /// Knows the titles of what these lines hang on.
    pub(crate) fn of_next(texts: &'t Texts, lines: &[NextLine]) -> Say<'t> {
        let titles = lines.iter().flat_map(|it| &it.titles);
        Say {
            texts,
            titles: titles.map(|(a, b)| (a.clone(), b.clone())).collect(),
        }
    }

    /// Knows the titles of the report.
    pub(super) fn of(texts: &'t Texts, report: &Report) -> Say<'t> {
        let rules = report.verdicts.iter().chain(&report.latent);
        let rules = rules.map(|it| (&it.rule, &it.title));
        let symptoms = report.questions.iter().map(|it| (&it.symptom, &it.title));
        let titles = rules.chain(symptoms);
        let titles = titles.filter_map(|(name, title)| Some((name.clone(), title.clone()?)));
        Say {
            texts,
            titles: titles.collect(),
        }
    }

    /// Parts of a list, joined as the locale does.
    pub(super) fn list<S: AsRef<str>>(&self, all: impl IntoIterator<Item = S>) -> String {
        let all = all.into_iter().map(|it| it.as_ref().to_owned());
        let all: Vec<String> = all.collect();
        joined(self.texts, &all)
    }

    /// `Title [name]` of rules or symptoms, as a list.
    pub(crate) fn titled_list<'n>(&self, names: impl IntoIterator<Item = &'n String>) -> String {
        let names = names.into_iter();
        self.list(names.map(|it| titled(self.titles.get(it), it)))
    }

    pub(crate) fn label(&self, text: &str) -> String {
        format!("{text}{}", self.texts.word("colon"))
    }

    pub(crate) fn word_label(&self, key: &str) -> String {
        self.label(&self.texts.word(key))
    }

    pub(super) fn in_brackets(&self, text: &str) -> String {
        self.texts.word_with("in-brackets", &[("text", text)])
    }

    /// How a symptom was recognised.
    pub(super) fn by(&self, symptom: &SymptomLine) -> String {
        match symptom.by {
            By::Name => self.texts.word("by-name"),
            By::Code => {
                let matched = symptom.spelled.clone();
                let matched = matched.unwrap_or_else(|| code_words(&symptom.matched));
                let matched = [("matched", matched.as_str())];
                self.texts.word_with("by-code", &matched)
            }
            By::Text => self.texts.word("by-text"),
            By::Near => {
                let percent = format!("{:.0}", symptom.score * 100.0);
                self.texts.word_with("by-near", &[("percent", &percent)])
            }
            By::Hint => self.texts.word("by-hint"),
        }
    }

    /// `Title [name], by its text`.
    pub(super) fn symptom(&self, symptom: &SymptomLine) -> String {
        let name = titled(symptom.title.as_ref(), &symptom.name);
        let by = self.by(symptom);
        self.texts
            .word_with("with-more", &[("text", &name), ("more", &by)])
    }

    /// How often it is the cause, if its rule says.
    pub(super) fn likelihood(&self, verdict: &VerdictLine) -> Option<String> {
        let likelihood = verdict.likelihood?;
        Some(self.texts.word(&format!("likelihood-{likelihood}")))
    }

    /// What nobody complained about, or how many of the pack's symptoms were looked at.
    pub(super) fn no_complaint(&self, report: &Report) -> String {
        let names: BTreeSet<&String> = report.verdicts.iter().flat_map(|it| &it.symptoms).collect();
        let count = names.len().to_string();
        self.texts.word_with("no-complaint", &[("count", &count)])
    }

    /// That nothing was recognised in these texts.
    pub(super) fn unrecognised(&self, report: &Report) -> Vec<String> {
        let all = report.unrecognised.iter().map(|text| {
            let text: String = text.chars().take(200).collect();
            self.texts
                .word_with("nothing-recognised", &[("text", text.trim())])
        });
        all.collect()
    }

    /// `gateway.state = Failed`, with its title.
    pub(super) fn evidence(&self, evidence: &Evidence) -> String {
        if evidence.said {
            return evidence.shown.clone();
        }
        let mut text = self.equation(evidence);
        if let Some(title) = &evidence.title {
            text.push_str(&self.in_brackets(title));
        }
        text
    }

    /// `gateway.state = Failed`; of an empty list that it is empty.
    pub(super) fn equation(&self, evidence: &Evidence) -> String {
        let empty = evidence.value.as_array().is_some_and(Vec::is_empty);
        match empty {
            true => self.is_empty(&evidence.label),
            false => format!("{} = {}", evidence.label, evidence.shown),
        }
    }

    fn is_empty(&self, label: &str) -> String {
        self.texts.word_with("is-empty", &[("list", label)])
    }

    /// The place of these lines above.
    pub(super) fn source_of(&self, source: &Source, lines: &[&Evidence]) -> String {
        let mut values: Vec<&str> = lines.iter().filter_map(|it| it.at.as_deref()).collect();
        values.dedup();
        let text = self.source_at(source, &values);
        let count = lines.len().to_string();
        match lines.len() {
            0 | 1 => text,
            _ => {
                let both = [("count", count.as_str()), ("source", text.as_str())];
                self.texts.word_with("source-of-all", &both)
            }
        }
    }

    pub(super) fn source(&self, source: &Source) -> String {
        self.source_at(source, &[])
    }

    /// With the values that were read there.
    pub(super) fn source_at(&self, source: &Source, values: &[&str]) -> String {
        let mut text = match source.kind.as_str() {
            "given" => self.texts.word("source-given"),
            CLOCK => self.texts.word("source-clock"),
            "ask" => self.texts.word("source-ask"),
            "case" => {
                let place = detail::of_place(self.texts, &source.place);
                format!("{}{place}", self.word_label("source-case"))
            }
            "default" => {
                let place = places::of_written(self.texts, &source.place);
                format!("{}{place}", self.word_label("source-default"))
            }
            kind => places::of_source(self.texts, kind, &source.place),
        };
        if !values.is_empty() {
            let values = self.list(values);
            let value = self
                .texts
                .word_with("place-at-value", &[("value", &values)]);
            text = format!("{text}{}{value}", self.texts.word("comma"));
        }
        if let Some(file) = &source.file {
            text = format!("{text} [{}]", bounded(file));
        }
        if let Some(time) = &source.time {
            let time = self.texts.word_with("at-time", &[("time", time)]);
            text = format!("{text} {time}");
        }
        match text.contains(SECRET) {
            true => text.replace(SECRET, &brief::secret(self.texts)),
            false => text,
        }
    }

    /// What to do, and when only.
    pub(super) fn step(&self, step: &StepLine) -> String {
        match &step.only_if_plain {
            Some(condition) => {
                let condition = [("condition", condition.as_str())];
                let condition = self.texts.word_with("only-if", &condition);
                format!("{}{}", step.text, self.in_brackets(&condition))
            }
            None => step.text.clone(),
        }
    }

    /// No risk has nobody whom it hits.
    pub(super) fn risk(&self, risk: &RiskLine) -> String {
        let level = self.texts.word(&format!("risk-{}", risk.level));
        let mut text = match risk.scope.as_ref().filter(|_| risk.level != "none") {
            Some(scope) => {
                let scope = self.texts.word(&format!("scope-{scope}"));
                self.texts
                    .word_with("risk-for", &[("risk", &level), ("scope", &scope)])
            }
            None => level,
        };
        if let Some(note) = &risk.note {
            text = match risk.level.as_str() {
                // Nothing is at risk, and yet something is to be known.
                "none" => {
                    let both = [("text", text.as_str()), ("more", note.as_str())];
                    self.texts.word_with("risk-note", &both)
                }
                _ => format!("{}{note}", self.label(&text)),
            };
        }
        text
    }

    /// `or, if that does not help: Title`.
    pub(super) fn course_line(&self, report: &Report, line: &CourseLine) -> String {
        let title = title_of_fix(report, &line.fix);
        match line.when {
            When::Do => title,
            When::Relief => format!("{}{title}", self.word_label("fix-meanwhile")),
            When::IfNotHelped => format!("{}{title}", self.word_label("fix-else")),
        }
    }

    /// What a line of the course leaves to a person: word and titles of each line.
    pub(super) fn of_course_line(
        &self,
        report: &Report,
        line: &CourseLine,
    ) -> Vec<(&'static str, String)> {
        let all = [
            ("course-instead", &line.instead),
            ("excludes", &line.clashes),
        ];
        let some = all.into_iter().filter(|(_, names)| !names.is_empty());
        let lines = some.map(|(key, names)| {
            let titles = names.iter().map(|it| title_of_fix(report, it));
            (key, self.list(titles))
        });
        lines.collect()
    }

    /// What is left to say of a repair after its steps and risks: word and text of each line.
    pub(super) fn of_fix<'f>(&self, fix: &'f FixLine) -> Vec<(&'static str, &'f String)> {
        let mut lines = Vec::new();
        for (key, all) in [
            ("needs", &fix.needs),
            ("excludes", &fix.not_with),
            ("verify", &fix.checks),
            ("undo", &fix.undo),
            ("docs", &fix.docs),
        ] {
            lines.extend(all.iter().map(|it| (key, it)));
        }
        lines
    }

    /// Why an open rule is open.
    pub(super) fn open(&self, verdict: &VerdictLine) -> Vec<String> {
        let mut lines = Vec::new();
        // The cause is a claim, and nothing is shown yet: the title says as well which cause is meant.
        if let (None, Some(cause)) = (&verdict.title, &verdict.cause) {
            lines.push(self.texts.word_with("open-cause", &[("cause", cause)]));
        }
        if !verdict.not_known.is_empty() {
            let tests = self.some(verdict.not_known.iter().map(|it| it.said.as_str()));
            lines.push(self.texts.word_with("open-tests", &[("tests", &tests)]));
        }
        for (key, variable, all) in [
            ("open-needs", "facts", &verdict.needs),
            ("open-asks", "symptoms", &verdict.asks),
            ("open-waits", "rules", &verdict.waits_for),
        ] {
            if !all.is_empty() {
                // Facts have no title here: they stand with theirs further down.
                let all = self.titled_list(all);
                lines.push(self.texts.word_with(key, &[(variable, &all)]));
            }
        }
        lines
    }

    /// The first of these, and how many more there are.
    fn some<'a>(&self, all: impl ExactSizeIterator<Item = &'a str>) -> String {
        let more = all.len().saturating_sub(FEW_TESTS);
        let mut shown: Vec<String> = all.take(FEW_TESTS).map(bounded).collect();
        if more > 0 {
            let count = more.to_string();
            shown.push(self.texts.word_with("codes-more", &[("count", &count)]));
        }
        shown.join(&self.texts.word("semicolon"))
    }

    /// How a fact is found out that a verdict needs: word and text of each line.
    pub(crate) fn how(&self, line: &NextLine) -> Vec<(&'static str, String)> {
        let mut lines = Vec::new();
        for (key, all) in [
            ("missing-from", &line.places),
            ("needs", &line.wanted),
            ("missing-ask", &line.questions),
        ] {
            lines.extend(all.iter().map(|it| (key, it.clone())));
        }
        lines
    }

    /// What the answers to a line settle; which rules hang on it, where no answer settles one by itself.
    pub(crate) fn answers(&self, line: &NextLine, most: usize) -> Vec<String> {
        if line.answers.is_empty() {
            let mut rules = self.titled_list(line.rules.iter().take(most));
            let more = line.rules.len().saturating_sub(most);
            if more > 0 {
                let more = self
                    .texts
                    .word_with("codes-more", &[("count", &more.to_string())]);
                rules = self.list([rules, more]);
            }
            return vec![self.texts.word_with("next-rules", &[("rules", &rules)])];
        }
        let answers = line.answers.iter().take(most);
        answers.map(|it| self.answer(line, it)).collect()
    }

    /// `if X: confirms A; rules out B`.
    fn answer(&self, line: &NextLine, answer: &Answer) -> String {
        let tests = answer
            .tests
            .iter()
            .map(|it| match (line.symptom, it.holds) {
                (true, true) => self.texts.word("value-yes"),
                (true, false) => self.texts.word("value-no"),
                (false, _) => bounded(&it.said),
            });
        let tests: Vec<String> = tests.collect();
        let tests = tests.join(&self.texts.word("plain-and"));
        let both = [
            ("next-confirms", &answer.confirms),
            ("next-rules-out", &answer.rules_out),
        ];
        let settled = both.into_iter().filter(|(_, rules)| !rules.is_empty());
        let settled: Vec<String> = settled
            .map(|(key, rules)| {
                let rules = self.titled_list(rules);
                self.texts.word_with(key, &[("rules", &rules)])
            })
            .collect();
        let settled = settled.join(&self.texts.word("semicolon"));
        let both = [("condition", tests.as_str()), ("text", settled.as_str())];
        self.texts.word_with("next-if", &both)
    }

    /// What comes after the first of the lines.
    pub(super) fn next_then(&self, report: &Report) -> Option<String> {
        let others = report.next.iter().skip(1);
        let names: Vec<String> = others
            .map(|it| titled(it.title.as_ref(), &it.name))
            .collect();
        let facts = self.list(&names);
        (!names.is_empty()).then(|| self.texts.word_with("next-then", &[("facts", &facts)]))
    }

    /// How many rules of other symptoms are open.
    pub(super) fn latent_count(&self, report: &Report) -> String {
        let count = latent(report).1.len().to_string();
        self.texts.word_with("latent-count", &[("count", &count)])
    }

    pub(super) fn open_count(&self, rules: usize, facts: usize) -> String {
        let (rules, facts) = (rules.to_string(), facts.to_string());
        let counts = [("rules", rules.as_str()), ("facts", facts.as_str())];
        self.texts.word_with("open-count", &counts)
    }

    /// `name: Title`.
    pub(super) fn named(&self, name: &str, title: Option<&String>) -> String {
        match title {
            Some(title) => format!("{}{title}", self.label(name)),
            None => name.to_owned(),
        }
    }

    /// What is left to say of a missing fact after its name: word and text of each line.
    pub(super) fn of_open_fact(&self, fact: &OpenFact) -> Vec<(&'static str, String)> {
        let mut lines = Vec::new();
        let reasons = fact.reasons.iter().map(|it| self.reason(fact, it));
        lines.extend(reasons.map(|it| ("missing-why", it)));
        let places = fact.places.iter().cloned();
        lines.extend(places.map(|it| ("missing-from", it)));
        let question = fact.question.iter().cloned();
        lines.extend(question.map(|it| ("missing-ask", it)));
        lines
    }

    fn reason(&self, fact: &OpenFact, reason: &ReasonLine) -> String {
        let mut text = self.texts.word(&format!("reason-{}", reason.reason));
        let detail = detail::of_reason(self.texts, &reason.detail);
        if !detail.is_empty() {
            text = format!("{}{}", self.label(&text), bounded(&detail));
        }
        match reason.fact == fact.name {
            true => text,
            false => format!("{}{text}", self.label(&reason.fact)),
        }
    }
}

/// Confirmed causes, the likeliest first, what holds only for want of another cause last; and confirmed faults without a symptom.
pub(super) fn confirmed(report: &Report) -> (Vec<&VerdictLine>, Vec<&VerdictLine>) {
    let all = report.verdicts.iter();
    let all = all.filter(|it| it.verdict == VerdictWord::Confirmed);
    let (mut causes, faults): (Vec<&VerdictLine>, Vec<&VerdictLine>) =
        all.partition(|it| !it.symptoms.is_empty());
    causes.sort_by_key(|it| (likelihood_rank(it), &it.rule));
    (causes, faults)
}

/// The course of all repairs, where it says more than the plan of the one cause.
pub(super) fn course(report: &Report) -> &[CourseLine] {
    let rules = report.course.iter().flat_map(|it| &it.rules);
    let rules: BTreeSet<&String> = rules.collect();
    match report.course.len() > 1 && rules.len() > 1 {
        true => &report.course,
        false => &[],
    }
}

/// Rules of other symptoms: those that hold, and those that are open.
pub(super) fn latent(report: &Report) -> (Vec<&VerdictLine>, Vec<&VerdictLine>) {
    let all = report.latent.iter();
    all.partition(|it| it.verdict == VerdictWord::Latent)
}

/// The open rules.
pub(super) fn open(report: &Report) -> Vec<&VerdictLine> {
    let all = report.verdicts.iter();
    all.filter(|it| it.verdict == VerdictWord::Open).collect()
}

/// What is known of what decided a verdict, each once: what is unknown decided nothing, though the rule's text names it.
pub(super) fn evidence(all: &[Evidence]) -> Vec<&Evidence> {
    let known = all.iter().filter(|it| !it.is_unknown());
    let known: Vec<&Evidence> = known.collect();
    let told = |it: &&&Evidence| !it.is_told(&known);
    known.iter().filter(told).copied().collect()
}

/// What came from one place, where the first of it stands.
pub(super) fn by_source<'e>(all: &[&'e Evidence]) -> Vec<(Option<&'e Source>, Vec<&'e Evidence>)> {
    let mut by: Vec<(Option<&Source>, Vec<&Evidence>)> = Vec::new();
    for evidence in all {
        let source = evidence.source.as_ref();
        let known = by
            .iter_mut()
            .find(|(known, _)| *known == source && source.is_some());
        match known {
            Some((_, lines)) => lines.push(evidence),
            None => by.push((source, vec![evidence])),
        }
    }
    by
}

/// The pieces of a text in order; true for a command, which stands in backticks after a colon.
pub(super) fn commands(text: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let (mut rest, mut from) = (text, 0);
    while let Some(open) = rest.get(from..).and_then(|it| it.find('`')) {
        let open = from + open;
        let (before, inside) = rest.split_at(open);
        let inside = inside.get(1..).unwrap_or_default();
        let Some(close) = inside.find('`') else {
            break;
        };
        if !before.trim_end().ends_with([':', '：']) {
            from = open + close + 2;
            continue;
        }
        let command = inside.get(..close).unwrap_or_default();
        pieces.extend([(before.trim(), false), (command.trim(), true)]);
        rest = inside.get(close + 1..).unwrap_or_default();
        rest = rest.trim_start_matches(['.', '。']);
        from = 0;
    }
    pieces.push((rest.trim(), false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

/// The repairs of a verdict with the word before each; one of which no step applies is nothing that could be done.
pub(super) fn fixes<'r>(
    report: &'r Report,
    verdict: &VerdictLine,
) -> Vec<(&'static str, &'r FixLine)> {
    let all = fixes_among(&report.fixes, verdict);
    let words = all.into_iter().enumerate().map(|(at, fix)| {
        let word = match (at, verdict.link) {
            (0, _) => "fix",
            (_, Link::And) => "fix-and",
            (_, Link::Or) => "fix-or",
            (_, Link::Else) => "fix-else",
            (_, Link::Meanwhile) => "fix-meanwhile",
        };
        (word, fix)
    });
    words.collect()
}

/// The repairs of a verdict that could be done, in the order of its plan; all if none could.
pub(super) fn fixes_among<'f>(fixes: &'f [FixLine], verdict: &VerdictLine) -> Vec<&'f FixLine> {
    let named = |name: &String| fixes.iter().find(|it| it.name == *name);
    let all: Vec<&FixLine> = verdict.fixes.iter().filter_map(named).collect();
    let some = all.iter().any(|it| !it.idle);
    all.into_iter().filter(|it| !some || !it.idle).collect()
}

/// Missing facts: in the order in which they are worth finding out, if that was looked at; first what the likeliest causes need, of that what unknown facts do not hide, of that what decides most rules.
pub(super) fn missing(report: &Report, told: Told) -> Vec<&OpenFact> {
    let latent = report.latent.iter().filter(|_| told.latent);
    let verdicts = report.verdicts.iter().filter(|_| told.open);
    let verdicts = verdicts.chain(latent);
    let ranks: BTreeMap<&str, usize> = verdicts
        .map(|it| (it.rule.as_str(), likelihood_rank(it)))
        .collect();
    let is_told = |it: &&OpenFact| it.rules.iter().any(|it| ranks.contains_key(it.as_str()));
    let mut facts: Vec<&OpenFact> = report.open.iter().filter(is_told).collect();
    facts.sort_by_key(|fact| {
        let ranks = fact.rules.iter().filter_map(|it| ranks.get(it.as_str()));
        let hidden = !fact.reasons.is_empty() && fact.reasons.iter().all(|it| it.fact != fact.name);
        let rank = ranks.min().copied();
        (fact.rank, rank, hidden, Reverse(fact.rules.len()))
    });
    facts
}

/// Files that were read; a name from a case may be of any length.
pub(super) fn files(report: &Report) -> Vec<String> {
    report.files.iter().map(|it| bounded(it)).collect()
}

/// What a person or the case put in; what was read stands with the verdicts.
pub(super) fn given(report: &Report) -> Vec<&FactLine> {
    let known = |it: &&FactLine| matches!(it.known, Known::Value(_));
    let all = report.facts.iter().filter(known);
    all.filter(|it| it.role != "fact").collect()
}

/// 0 for what is mostly the cause; a rule that says no likelihood after those that do, one with `otherwise` last.
pub(super) fn likelihood_rank(verdict: &VerdictLine) -> usize {
    match (verdict.otherwise, verdict.likelihood) {
        (true, _) => 4,
        (_, Some("common")) => 0,
        (_, Some("occasional")) => 1,
        (_, Some(_)) => 2,
        (_, None) => 3,
    }
}

fn title_of_fix(report: &Report, name: &str) -> String {
    let fix = report.fixes.iter().find(|it| it.name == name);
    titled(fix.and_then(|it| it.title.as_ref()), name)
}

/// `Title [name]`.
pub(crate) fn titled(title: Option<&String>, name: &str) -> String {
    match title {
        Some(title) => format!("{title} [{name}]"),
        None => name.to_owned(),
    }
}
