//! The half of the text report about what is not confirmed: open rules, what is missing, what is ruled out and by what.

use super::Page;
use crate::report::say;
use crate::report::{OpenFact, Report, VerdictLine};

impl Page<'_> {
    pub(super) fn open(&mut self, report: &Report) {
        let open = say::open(report);
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
        let text = self.say.open_count(rules, facts);
        self.wrapped(2, &text);
        let help = self.texts.word("open-count-help");
        self.wrapped(2, &help);
    }

    pub(super) fn open_rule(&mut self, verdict: &VerdictLine) {
        let style = self.style.open;
        self.named(style, "? ", verdict, false);
        for line in self.say.open(verdict) {
            self.wrapped(4, &line);
        }
    }

    pub(super) fn missing(&mut self, report: &Report) {
        if report.open.is_empty() {
            return;
        }
        self.heading("heading-missing");
        let help = self.texts.word("missing-help");
        self.wrapped(2, &help);
        for fact in say::missing(report) {
            self.open_fact(fact);
        }
    }

    fn open_fact(&mut self, fact: &OpenFact) {
        let head = self.say.named(&fact.name, fact.title.as_ref());
        self.wrapped(2, &head);
        for (key, text) in self.say.of_open_fact(fact) {
            let label = self.say.word_label(key);
            self.hanging(4, &label, &text);
        }
    }

    /// Symptoms of which nobody said whether they are there, with what to ask.
    pub(super) fn questions(&mut self, report: &Report) {
        if report.questions.is_empty() {
            return;
        }
        self.heading("heading-questions");
        let label = self.say.word_label("missing-ask");
        for asked in &report.questions {
            let head = self.say.named(&asked.symptom, asked.title.as_ref());
            self.wrapped(2, &head);
            for question in &asked.questions {
                self.hanging(4, &label, question);
            }
            let name = [("name", asked.symptom.as_str())];
            let give = self.texts.word_with("question-give", &name);
            self.dim(4, &give);
        }
    }

    /// Those whose symptom is not there are only counted.
    pub(super) fn ruled_out(&mut self, report: &Report) {
        let out = self.say.ruled_out(report);
        if out.by.is_empty() && out.silent == 0 {
            return;
        }
        self.heading("heading-ruled-out");
        for (why, rules) in out.by {
            let label = self.say.label(&self.say.titled_list(rules));
            self.hanging(2, "- ", &format!("{label}{why}"));
        }
        if out.silent > 0 {
            let text = self.say.silent(out.silent);
            self.dim(2, &format!("- {text}"));
        }
    }
}
