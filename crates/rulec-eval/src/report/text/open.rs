//! The half of the text report about what is not confirmed: open rules, what is missing, what is ruled out and by what.

use super::{Page, titled};
use crate::explain::NextLine;
use crate::report::say::{self, Told};
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

    /// What to find out first, how, and what each answer would settle.
    pub(super) fn next(&mut self, report: &Report) {
        let Some(first) = report.next.first() else {
            return;
        };
        self.heading("heading-next");
        self.next_line(2, "", first, say::FEW_ANSWERS);
        if let Some(text) = self.say.next_then(report) {
            self.wrapped(2, &text);
        }
    }

    /// A fact that open verdicts need.
    pub(crate) fn next_line(&mut self, indent: usize, mark: &str, line: &NextLine, answers: usize) {
        let head = titled(line.title.as_ref(), &line.name);
        let style = self.style.open;
        self.painted(style, indent, mark, &head);
        let inner = indent + mark.len().max(2);
        if line.foretold {
            let text = self.texts.word("next-foretold");
            self.wrapped(inner, &text);
        }
        for (key, text) in self.say.how(line) {
            let label = self.say.word_label(key);
            self.hanging(inner, &label, &text);
        }
        for text in self.say.answers(line, answers) {
            self.wrapped(inner, &text);
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

    pub(super) fn missing(&mut self, report: &Report, told: Told) {
        let missing = say::missing(report, told);
        if missing.is_empty() {
            return;
        }
        self.heading("heading-missing");
        let help = self.texts.word("missing-help");
        self.wrapped(2, &help);
        for fact in missing {
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

    /// Whose condition holds, and which another cause explains.
    pub(super) fn covered(&mut self, report: &Report) {
        let covered = self.say.covered(report);
        if covered.is_empty() {
            return;
        }
        self.heading("heading-covered");
        for (why, rules) in covered {
            let label = self.say.label(&self.say.titled_list(rules));
            self.hanging(2, "- ", &format!("{label}{why}"));
        }
    }

    /// Those whose symptom is not there are only counted.
    pub(super) fn ruled_out(&mut self, report: &Report) {
        let out = self.say.ruled_out(report);
        if out.by.is_empty() && out.silent == 0 {
            return;
        }
        self.heading("heading-ruled-out");
        if !out.by.is_empty() {
            let note = self.texts.word("ruled-out-note");
            self.wrapped(2, &note);
        }
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
