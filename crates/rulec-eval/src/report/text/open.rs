//! The half of the text report about what is not confirmed: open rules, what is missing, what is ruled out and by what.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{Page, likelihood_rank};
use crate::report::{
    Because, Evidence, OpenFact, ReasonLine, Report, VerdictLine, VerdictWord, detail,
};

impl Page<'_> {
    pub(super) fn open(&mut self, report: &Report) {
        let open: Vec<&VerdictLine> = report
            .verdicts
            .iter()
            .filter(|it| it.verdict == VerdictWord::Open)
            .collect();
        if open.is_empty() {
            return;
        }
        self.heading("heading-open");
        for verdict in open {
            self.open_rule(verdict);
        }
    }

    pub(super) fn open_count(&mut self, rules: usize, facts: usize) {
        self.heading("heading-open");
        let (rules, facts) = (rules.to_string(), facts.to_string());
        let counts = [("rules", rules.as_str()), ("facts", facts.as_str())];
        let text = self.texts.word_with("open-count", &counts);
        self.wrapped(2, &text);
        let help = self.texts.word("open-count-help");
        self.wrapped(2, &help);
    }

    pub(super) fn open_rule(&mut self, verdict: &VerdictLine) {
        let style = self.style.open;
        self.named(style, "? ", verdict, false);
        // The cause is a claim, and nothing is shown yet: the title says as well which cause is meant.
        if let (None, Some(cause)) = (&verdict.title, &verdict.cause) {
            let text = self.texts.word_with("open-cause", &[("cause", cause)]);
            self.wrapped(4, &text);
        }
        for (key, variable, all) in [
            ("open-needs", "facts", &verdict.needs),
            ("open-asks", "symptoms", &verdict.asks),
            ("open-waits", "rules", &verdict.waits_for),
        ] {
            if !all.is_empty() {
                let all = self.list(all);
                let text = self.texts.word_with(key, &[(variable, &all)]);
                self.wrapped(4, &text);
            }
        }
    }

    /// First what the likeliest causes need, of that what unknown facts do not hide, of that what decides most rules.
    pub(super) fn missing(&mut self, report: &Report) {
        if report.open.is_empty() {
            return;
        }
        self.heading("heading-missing");
        let help = self.texts.word("missing-help");
        self.wrapped(2, &help);
        let verdicts = report.verdicts.iter().chain(&report.latent);
        let ranks: BTreeMap<&str, usize> = verdicts
            .map(|it| (it.rule.as_str(), likelihood_rank(it)))
            .collect();
        let mut facts: Vec<&OpenFact> = report.open.iter().collect();
        facts.sort_by_key(|fact| {
            let ranks = fact.rules.iter().filter_map(|it| ranks.get(it.as_str()));
            let hidden =
                !fact.reasons.is_empty() && fact.reasons.iter().all(|it| it.fact != fact.name);
            (ranks.min().copied(), hidden, Reverse(fact.rules.len()))
        });
        for fact in facts {
            self.open_fact(fact);
        }
    }

    fn open_fact(&mut self, fact: &OpenFact) {
        let head = match &fact.title {
            Some(title) => format!("{}{title}", self.label(&fact.name)),
            None => fact.name.clone(),
        };
        self.wrapped(2, &head);
        let label = self.word_label("missing-why");
        for reason in &fact.reasons {
            let text = self.reason(fact, reason);
            self.hanging(4, &label, &text);
        }
        let label = self.word_label("missing-from");
        for source in &fact.sources {
            self.hanging(4, &label, source);
        }
        if let Some(question) = &fact.question {
            let label = self.word_label("missing-ask");
            self.hanging(4, &label, question);
        }
    }

    fn reason(&self, fact: &OpenFact, reason: &ReasonLine) -> String {
        let mut text = self.texts.word(&format!("reason-{}", reason.reason));
        let detail = detail::of_reason(self.texts, &reason.detail);
        if !detail.is_empty() {
            text = format!("{}{detail}", self.label(&text));
        }
        match reason.fact == fact.name {
            true => text,
            false => format!("{}{text}", self.label(&reason.fact)),
        }
    }

    /// Symptoms of which nobody said whether they are there, with what to ask.
    pub(super) fn questions(&mut self, report: &Report) {
        if report.questions.is_empty() {
            return;
        }
        self.heading("heading-questions");
        let label = self.word_label("missing-ask");
        for asked in &report.questions {
            let head = match &asked.title {
                Some(title) => format!("{}{title}", self.label(&asked.symptom)),
                None => asked.symptom.clone(),
            };
            self.wrapped(2, &head);
            for question in &asked.questions {
                self.hanging(4, &label, question);
            }
            let name = [("name", asked.symptom.as_str())];
            let give = self.texts.word_with("question-give", &name);
            self.dim(4, &give);
        }
    }

    /// By what: rules that one thing rules out stand together, where the first of them would; those whose symptom is not there are
    /// only counted.
    pub(super) fn ruled_out(&mut self, report: &Report) {
        let out: Vec<&VerdictLine> = report
            .verdicts
            .iter()
            .filter(|it| it.verdict == VerdictWord::RuledOut)
            .collect();
        if out.is_empty() {
            return;
        }
        self.heading("heading-ruled-out");
        let (silent, others): (Vec<&VerdictLine>, Vec<&VerdictLine>) = out
            .into_iter()
            .partition(|it| it.because == Because::Symptom);
        let mut by_reason: Vec<(String, Vec<&String>)> = Vec::new();
        for verdict in others {
            let why = self.ruled_out_by(verdict);
            match by_reason.iter_mut().find(|(known, _)| *known == why) {
                Some((_, rules)) => rules.push(&verdict.rule),
                None => by_reason.push((why, vec![&verdict.rule])),
            }
        }
        for (why, rules) in by_reason {
            let label = self.label(&self.list(rules));
            self.hanging(2, "- ", &format!("{label}{why}"));
        }
        if !silent.is_empty() {
            let count = silent.len().to_string();
            let text = self
                .texts
                .word_with("ruled-out-symptoms", &[("count", &count)]);
            self.dim(2, &format!("- {text}"));
        }
    }

    fn ruled_out_by(&self, verdict: &VerdictLine) -> String {
        let rules = self.list(&verdict.decided_by);
        match verdict.because {
            Because::Overridden => self
                .texts
                .word_with("ruled-out-overridden", &[("rules", &rules)]),
            Because::Otherwise => self
                .texts
                .word_with("ruled-out-otherwise", &[("rules", &rules)]),
            _ => {
                // What is unknown decided nothing, though the rule's text names it.
                let known = verdict.evidence.iter().filter(|it| !it.is_unknown());
                let facts: Vec<String> = known.map(|it| self.in_short(it)).collect();
                match facts.is_empty() {
                    true => self.texts.word("ruled-out-condition"),
                    false => self.list(&facts),
                }
            }
        }
    }

    /// What is confirmed has its proof whole; of what is not, records are only counted: that they were looked at is what matters.
    fn in_short(&self, evidence: &Evidence) -> String {
        let shown = match &evidence.value {
            Json::Array(all) if all.iter().any(Json::is_object) => {
                let count = all.len().to_string();
                self.texts.word_with("value-entries", &[("count", &count)])
            }
            Json::Object(_) => self.texts.word("plain-there"),
            _ => evidence.shown.clone(),
        };
        format!("{} = {shown}", evidence.path)
    }
}
