//! The report as Markdown (GitHub's), to paste into a ticket: headings, tables, boxes to tick.
//!
//! What comes from a case is never markup: values stand in code spans, everything else is escaped, line ends and control characters
//! do not get through.

mod escape;

use escape::{cell, code, prose};

use super::say::{self, Say, Told, titled};
use super::text::Length;
use super::texts::Texts;
use super::{Evidence, FixLine, Report, Scope, VerdictLine, VerdictWord};

/// The report as Markdown, with a line end after the last line.
pub fn render(report: &Report, texts: &Texts, length: Length) -> String {
    let mut page = Page {
        say: Say::of(texts, report),
        texts,
        out: String::new(),
    };
    let told = Told::of(report, length);
    page.title(report);
    page.symptoms(report);
    page.confirmed(report);
    page.course(report);
    page.latent(report, told);
    page.next(report);
    match told.open {
        true => page.open(report),
        false => page.open_count(report),
    }
    page.missing(report, told);
    page.questions(report);
    page.covered(report);
    page.ruled_out(report);
    page.rest(report);
    page.out
}

struct Page<'t> {
    say: Say<'t>,
    texts: &'t Texts,
    out: String,
}

impl Page<'_> {
    fn title(&mut self, report: &Report) {
        let title = prose(&format!("{} {}", report.pack.name, report.pack.version));
        self.line(&format!("# {title}"));
    }

    fn symptoms(&mut self, report: &Report) {
        for text in self.say.unrecognised(report) {
            self.paragraph(&prose(&text));
        }
        match report.scope {
            Scope::Complaint => {
                self.heading("heading-symptom");
                let all = report.symptoms.iter().map(|it| self.say.symptom(it));
                self.bullets(all.collect());
            }
            Scope::All => {
                let text = self.say.no_complaint(report);
                self.paragraph(&prose(&text));
            }
            Scope::Unrecognised => {
                let text = self.texts.word("nothing-recognised-at-all");
                self.paragraph(&prose(&text));
            }
        }
        if !report.candidates.is_empty() {
            self.heading("heading-candidates");
            let all = report.candidates.iter().map(|it| self.say.symptom(it));
            self.bullets(all.collect());
        }
    }

    fn confirmed(&mut self, report: &Report) {
        let (causes, faults) = say::confirmed(report);
        if !causes.is_empty() {
            let count = [("count", &*causes.len().to_string())];
            let text = self.texts.word_with("heading-confirmed", &count);
            self.headed(&text);
        } else if report.scope != Scope::Unrecognised {
            let open = !say::open(report).is_empty();
            let key = if open {
                "nothing-confirmed"
            } else {
                "nothing-left"
            };
            let text = self.texts.word(key);
            self.paragraph(&format!("**{}**", prose(&text)));
        }
        causes.into_iter().for_each(|it| self.cause(report, it));
        if !faults.is_empty() {
            self.heading("heading-faults");
            faults.into_iter().for_each(|it| self.cause(report, it));
        }
    }

    fn cause(&mut self, report: &Report, verdict: &VerdictLine) {
        let title = verdict.title.as_ref().unwrap_or(&verdict.rule);
        self.paragraph(&format!("### {}", prose(title)));
        let mut line = code(&verdict.rule);
        let sure = verdict.verdict == VerdictWord::Confirmed;
        if let Some(likelihood) = self.say.likelihood(verdict).filter(|_| !sure) {
            line.push_str(" · ");
            line.push_str(&prose(&likelihood));
        }
        self.paragraph(&line);
        if let Some(cause) = &verdict.cause {
            self.paragraph(&prose(cause));
        }
        self.evidence(&say::evidence(&verdict.grounds));
        if verdict.fixes.is_empty() {
            let text = self.texts.word("fix-none");
            self.paragraph(&prose(&text));
        }
        for (word, fix) in say::fixes(report, verdict) {
            self.fix(word, fix);
        }
    }

    fn evidence(&mut self, all: &[&Evidence]) {
        if all.is_empty() {
            return;
        }
        let because = self.texts.word("because");
        self.paragraph(&format!("**{}**", prose(&because)));
        self.table(&["column-fact", "column-value", "column-from"]);
        for evidence in all {
            let title = evidence
                .title
                .as_deref()
                .map(|it| format!(" {}", prose(it)));
            if evidence.said {
                let row = [prose(&evidence.shown), String::new(), String::new()];
                self.row(&row);
                continue;
            }
            let fact = format!("{}{}", cell(&evidence.label), title.unwrap_or_default());
            let source = evidence.source.as_ref();
            let source = source.map(|it| self.say.source_of(it, &[evidence]));
            let source = source.map_or_else(String::new, |it| prose(&it));
            self.row(&[fact, cell(&evidence.shown), source]);
        }
    }

    /// Steps and checks have boxes to tick.
    fn fix(&mut self, word: &str, fix: &FixLine) {
        let title = fix.title.as_ref().unwrap_or(&fix.name);
        let title = format!("{}{title}", self.say.word_label(word));
        self.paragraph(&format!("**{}** {}", prose(&title), code(&fix.name)));
        self.gap();
        for (at, step) in fix.steps.iter().enumerate() {
            let text = with_commands(&self.say.step(step));
            self.line(&format!("{}. [ ] {text}", at + 1));
        }
        self.gap();
        let label = prose(&self.say.word_label("risk"));
        for risk in &fix.risks {
            let text = prose(&self.say.risk(risk));
            self.line(&format!("- **{label}** {text}"));
        }
        for (key, text) in self.say.of_fix(fix) {
            let label = prose(&self.say.word_label(key));
            let text = if key == "docs" {
                link(text)
            } else {
                with_commands(text)
            };
            let tick = if key == "verify" { "[ ] " } else { "" };
            self.line(&format!("- {tick}**{label}** {text}"));
        }
    }

    fn course(&mut self, report: &Report) {
        let course = say::course(report);
        if !course.is_empty() {
            self.heading("heading-course");
            self.gap();
        }
        for (at, line) in course.iter().enumerate() {
            let text = prose(&self.say.course_line(report, line));
            self.line(&format!("{}. [ ] {text}", at + 1));
            for (key, text) in self.say.of_course_line(report, line) {
                let label = self.say.word_label(key);
                self.line(&format!("   - {}", prose(&format!("{label}{text}"))));
            }
        }
    }

    fn latent(&mut self, report: &Report, told: Told) {
        if report.latent.is_empty() {
            return;
        }
        self.heading("heading-latent");
        let (latent, open) = say::latent(report);
        latent.into_iter().for_each(|it| self.cause(report, it));
        if told.latent {
            self.open_rules(&open);
        } else {
            let text = self.say.latent_count(report);
            self.paragraph(&prose(&text));
        }
    }

    fn open_count(&mut self, report: &Report) {
        self.heading("heading-open");
        let text = self
            .say
            .open_count(say::open(report).len(), report.open.len());
        self.paragraph(&prose(&text));
    }

    fn next(&mut self, report: &Report) {
        let Some(first) = report.next.first() else {
            return;
        };
        self.heading("heading-next");
        let title = first.title.as_ref().unwrap_or(&first.name);
        self.paragraph(&format!("**{}** {}", prose(title), code(&first.name)));
        self.gap();
        for (key, text) in self.say.how(first) {
            let label = prose(&self.say.word_label(key));
            self.line(&format!("- **{label}** {}", prose(&text)));
        }
        for text in self.say.answers(first, say::FEW_ANSWERS) {
            self.line(&format!("- {}", prose(&text)));
        }
        if let Some(text) = self.say.next_then(report) {
            self.paragraph(&prose(&text));
        }
    }

    fn open(&mut self, report: &Report) {
        let open = say::open(report);
        if !open.is_empty() {
            self.heading("heading-open");
            self.open_rules(&open);
        }
    }

    fn open_rules(&mut self, open: &[&VerdictLine]) {
        let lines = open.iter().map(|it| {
            let name = titled(it.title.as_ref(), &it.rule);
            let more = self.say.list(self.say.open(it));
            self.say.named(&name, Some(&more))
        });
        self.bullets(lines.collect());
    }

    fn missing(&mut self, report: &Report, told: Told) {
        let missing = say::missing(report, told);
        if missing.is_empty() {
            return;
        }
        self.heading("heading-missing");
        let help = self.texts.word("missing-help");
        self.paragraph(&prose(&help));
        self.table(&["column-fact", "column-why", "column-from"]);
        for fact in missing {
            let title = fact.title.as_deref().map(|it| format!(" {}", prose(it)));
            let (mut why, mut from) = (Vec::new(), Vec::new());
            for (key, text) in self.say.of_open_fact(fact) {
                match key {
                    "missing-why" => why.push(prose(&text)),
                    "missing-ask" => {
                        from.push(prose(&self.say.named(&self.texts.word(key), Some(&text))))
                    }
                    _ => from.push(prose(&text)),
                }
            }
            self.row(&[
                format!("{}{}", cell(&fact.name), title.unwrap_or_default()),
                why.join("<br>"),
                from.join("<br>"),
            ]);
        }
    }

    fn questions(&mut self, report: &Report) {
        if report.questions.is_empty() {
            return;
        }
        self.heading("heading-questions");
        self.gap();
        for asked in &report.questions {
            let name = self.say.named(&asked.symptom, asked.title.as_ref());
            self.line(&format!("- {}", prose(&name)));
            for question in &asked.questions {
                self.line(&format!("  - [ ] {}", prose(question)));
            }
        }
    }

    fn covered(&mut self, report: &Report) {
        let covered = self.say.covered(report);
        if covered.is_empty() {
            return;
        }
        self.heading("heading-covered");
        let lines = covered.into_iter().map(|(why, rules)| {
            let rules = self.say.titled_list(rules);
            format!("{}{why}", self.say.label(&rules))
        });
        self.bullets(lines.collect());
    }

    fn ruled_out(&mut self, report: &Report) {
        let out = self.say.ruled_out(report);
        if out.by.is_empty() && out.silent == 0 {
            return;
        }
        self.heading("heading-ruled-out");
        let lines = out.by.into_iter().map(|(why, rules)| {
            let rules = self.say.titled_list(rules);
            format!("{}{why}", self.say.label(&rules))
        });
        let mut lines: Vec<String> = lines.collect();
        if !lines.is_empty() {
            let note = self.texts.word("ruled-out-note");
            self.paragraph(&prose(&note));
        }
        if out.silent > 0 {
            lines.push(self.say.silent(out.silent));
        }
        self.bullets(lines);
    }

    /// What was put in, what was read, what the pack took for granted in vain.
    fn rest(&mut self, report: &Report) {
        let given = say::given(report);
        if !given.is_empty() {
            self.heading("heading-facts");
            self.table(&["column-fact", "column-value", "column-from"]);
            for fact in given {
                let source = fact.source.as_ref().map(|it| self.say.source(it));
                let source = source.map_or_else(String::new, |it| prose(&it));
                self.row(&[cell(&fact.name), cell(&fact.shown), source]);
            }
        }
        if !report.files.is_empty() {
            self.heading("heading-files");
            self.gap();
            for file in say::files(report) {
                self.line(&format!("- {}", code(&file)));
            }
        }
        if !report.broken_assumptions.is_empty() {
            self.heading("heading-broken");
            for assumption in &report.broken_assumptions {
                let file = code(&assumption.file);
                self.paragraph(&format!("{} {file}", code(&assumption.text)));
                self.evidence(&say::evidence(&assumption.grounds));
            }
            let note = self.texts.word("broken-note");
            self.paragraph(&prose(&note));
        }
    }

    fn heading(&mut self, key: &str) {
        let text = self.texts.word(key);
        self.headed(&text);
    }

    fn headed(&mut self, text: &str) {
        self.paragraph(&format!("## {}", prose(text)));
    }

    fn bullets(&mut self, all: Vec<String>) {
        self.gap();
        for text in all {
            self.line(&format!("- {}", prose(&text)));
        }
    }

    fn table(&mut self, columns: &[&str]) {
        let names: Vec<String> = columns
            .iter()
            .map(|it| prose(&self.texts.word(it)))
            .collect();
        self.gap();
        self.line(&format!("| {} |", names.join(" | ")));
        self.line(&format!("|{}", "---|".repeat(columns.len())));
    }

    fn row(&mut self, cells: &[String]) {
        self.line(&format!("| {} |", cells.join(" | ")));
    }

    fn paragraph(&mut self, text: &str) {
        self.gap();
        self.line(text);
    }

    /// An empty line, not two.
    fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }
}

/// A text; commands in it as code.
fn with_commands(text: &str) -> String {
    let pieces = say::commands(text).into_iter();
    let pieces = pieces.map(|(piece, command)| match command {
        true => code(piece),
        false => prose(piece),
    });
    let pieces: Vec<String> = pieces.collect();
    pieces.join(" ")
}

/// A link of the pack; anything else than a web address is shown as text.
fn link(text: &str) -> String {
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '|' | '\\');
    match text.starts_with("https://") && text.chars().all(plain) {
        true => format!("<{text}>"),
        false => prose(text),
    }
}
