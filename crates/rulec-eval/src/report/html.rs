//! The report as one HTML file that needs nothing else: no network, no script, both themes, paper.
//!
//! Every text goes through the template library's escaping; what comes from a case stands in `bdi`, so that it cannot turn the text
//! around it, and control characters are shown as their pictures.

mod causes;
mod picture;

use std::collections::HashMap;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use rulec_facts::show::visible;

use self::causes::Anchor;
use super::say::{self, Say, Told};
use super::text::Length;
use super::texts::Texts;
use super::{Because, FactLine, Known, Report, Scope, SymptomLine, VerdictLine, VerdictWord};

const STYLE: &str = include_str!("html/style.css");

/// The report as an HTML document.
pub fn render(report: &Report, texts: &Texts, length: Length) -> String {
    let page = Page {
        say: Say::of(texts, report),
        texts,
        report,
        told: Told::of(report, length),
        anchors: causes::anchors(report),
    };
    page.document().into_string()
}

struct Page<'r> {
    say: Say<'r>,
    texts: &'r Texts,
    report: &'r Report,
    told: Told,
    /// Where each repair stands first: its cause, and its own number.
    anchors: HashMap<&'r str, Anchor>,
}

impl Page<'_> {
    fn document(&self) -> Markup {
        let pack = format!("{} {}", self.report.pack.name, self.report.pack.version);
        let title = self.title();
        html! {
            (DOCTYPE)
            html lang=(self.report.locale) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    // Nothing is loaded and nothing runs, whatever may stand in it.
                    meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                    title { (clean(&title)) " · " (clean(&pack)) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a.skip href="#main" { (self.word("skip-to-causes")) }
                    header {
                        p.pack { (clean(&pack)) }
                        h1 { (clean(&title)) }
                        (self.complaint())
                        (self.glance())
                    }
                    main id="main" tabindex="-1" {
                        (self.causes())
                        (self.course())
                        (self.picture())
                        (self.latent())
                        (self.next())
                        (self.open())
                        (self.missing())
                        (self.questions())
                        (self.covered())
                        (self.ruled_out())
                        (self.facts())
                        (self.files())
                        (self.broken())
                    }
                }
            }
        }
    }

    /// What people see: the first symptom; the heading that says there is none, else.
    fn title(&self) -> String {
        let first = self.report.symptoms.first();
        let first = first.map(|it| it.title.clone().unwrap_or_else(|| it.name.clone()));
        first.unwrap_or_else(|| self.texts.word("html-title"))
    }

    fn complaint(&self) -> Markup {
        let report = self.report;
        html! {
            @for text in self.say.unrecognised(report) {
                p { bdi { (clean(&text)) } }
            }
            @match report.scope {
                Scope::Complaint => (self.symptoms("heading-symptom", &report.symptoms)),
                Scope::All => p { (clean(&self.say.no_complaint(report))) },
                Scope::Unrecognised => p { (self.word("nothing-recognised-at-all")) },
            }
            @if !report.candidates.is_empty() {
                (self.symptoms("heading-candidates", &report.candidates))
            }
        }
    }

    fn symptoms(&self, heading: &str, all: &[SymptomLine]) -> Markup {
        html! {
            dl.symptoms {
                dt { (self.word(heading)) }
                @for symptom in all {
                    dd {
                        (clean(symptom.title.as_ref().unwrap_or(&symptom.name)))
                        " " code { (clean(&symptom.name)) }
                        span.by { (clean(&self.say.by(symptom))) }
                    }
                }
            }
        }
    }

    /// How many rules came out how.
    fn glance(&self) -> Markup {
        let covered = |it: &&VerdictLine| {
            it.verdict == VerdictWord::RuledOut && it.because == Because::Overridden
        };
        let all = self.report.verdicts.iter();
        let explained = all.clone().filter(covered).count();
        let count = |word: VerdictWord| {
            all.clone()
                .filter(|it| it.verdict == word && !covered(it))
                .count()
        };
        html! {
            ul.glance {
                @for (word, class, mark) in [
                    (VerdictWord::Confirmed, "confirmed", "✔"),
                    (VerdictWord::Open, "open", "?"),
                    (VerdictWord::RuledOut, "ruled-out", "✘"),
                ] {
                    li class=(class) {
                        span.mark aria-hidden="true" { (mark) }
                        " " b { (count(word)) } " " (self.word(&format!("glance-{class}")))
                    }
                }
                @if explained > 0 {
                    li.covered {
                        span.mark aria-hidden="true" { "✔" }
                        " " b { (explained) } " " (self.word("glance-covered"))
                    }
                }
            }
        }
    }

    fn course(&self) -> Markup {
        let course = say::course(self.report);
        if course.is_empty() {
            return html! {};
        }
        html! {
            section {
                h2 { (self.word("heading-course")) }
                ol.steps {
                    @for (at, line) in course.iter().enumerate() {
                        @let id = format!("course-{at}");
                        li {
                            input type="checkbox" id=(id);
                            label for=(id) { (clean(&self.say.course_line(self.report, line))) }
                            " " a href=(self.link_to_fix(&line.fix)) { (self.word("course-link")) }
                            @for (key, text) in self.say.of_course_line(self.report, line) {
                                p.more { (self.label(key)) (clean(&text)) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// What to find out first, how, and what each answer would settle.
    fn next(&self) -> Markup {
        let Some(first) = self.report.next.first() else {
            return html! {};
        };
        html! {
            section {
                h2 { (self.word("heading-next")) }
                article.next aria-labelledby="next" {
                    h3 id="next" {
                        span.mark aria-hidden="true" { "?" } " "
                        (clean(first.title.as_ref().unwrap_or(&first.name)))
                        " " code { (clean(&first.name)) }
                    }
                    dl.of-fix {
                        @for (key, text) in self.say.how(first) {
                            dt { (self.word(key)) }
                            dd { bdi { (clean(&text)) } }
                        }
                    }
                    ul { @for text in self.say.answers(first, say::FEW_ANSWERS) { li { (clean(&text)) } } }
                }
                @if let Some(text) = self.say.next_then(self.report) { p.more { (clean(&text)) } }
            }
        }
    }

    fn open(&self) -> Markup {
        let open = say::open(self.report);
        if open.is_empty() {
            return html! {};
        }
        html! {
            section {
                h2 { (self.word("heading-open")) }
                @if self.told.open {
                    (self.open_rules(&open))
                } @else {
                    p { (clean(&self.say.open_count(open.len(), self.report.open.len()))) }
                }
            }
        }
    }

    fn open_rules(&self, open: &[&VerdictLine]) -> Markup {
        html! {
            ul.rules {
                @for verdict in open {
                    li.open {
                        span.mark aria-hidden="true" { "?" } " "
                        (clean(verdict.title.as_ref().unwrap_or(&verdict.rule)))
                        " " code { (clean(&verdict.rule)) }
                        @for line in self.say.open(verdict) {
                            p.more { (clean(&line)) }
                        }
                    }
                }
            }
        }
    }

    fn missing(&self) -> Markup {
        let missing = say::missing(self.report, self.told);
        if missing.is_empty() {
            return html! {};
        }
        html! {
            section {
                h2 { (self.word("heading-missing")) }
                p { (self.word("missing-help-html")) }
                table {
                    thead { tr {
                        @for column in ["column-fact", "column-why", "column-from"] {
                            th scope="col" { (self.word(column)) }
                        }
                    } }
                    tbody {
                        @for fact in missing {
                            @let lines = self.say.of_open_fact(fact);
                            tr {
                                th scope="row" {
                                    @if let Some(title) = &fact.title { (clean(title)) br; }
                                    code { (clean(&fact.name)) }
                                }
                                td { @for (_, text) in lines.iter().filter(|(key, _)| *key == "missing-why") {
                                    p { bdi { (clean(text)) } }
                                } }
                                td { @for (key, text) in lines.iter().filter(|(key, _)| *key != "missing-why") {
                                    p { @if *key == "missing-ask" { (self.label(key)) } bdi { (clean(text)) } }
                                } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn questions(&self) -> Markup {
        let all = &self.report.questions;
        if all.is_empty() {
            return html! {};
        }
        html! {
            section {
                h2 { (self.word("heading-questions")) }
                ul.rules {
                    @for asked in all {
                        li {
                            (clean(&self.say.named(&asked.symptom, asked.title.as_ref())))
                            @for question in &asked.questions { p.more { (clean(question)) } }
                        }
                    }
                }
            }
        }
    }

    fn covered(&self) -> Markup {
        let covered = self.say.covered(self.report);
        if covered.is_empty() {
            return html! {};
        }
        html! {
            section {
                h2 { (self.word("heading-covered")) }
                ul.rules {
                    @for (why, rules) in &covered {
                        li.covered {
                            span.mark aria-hidden="true" { "✔" } " "
                            (clean(&self.say.titled_list(rules.iter().copied())))
                            p.more { bdi { (clean(why)) } }
                        }
                    }
                }
            }
        }
    }

    fn ruled_out(&self) -> Markup {
        let out = self.say.ruled_out(self.report);
        if out.by.is_empty() && out.silent == 0 {
            return html! {};
        }
        html! {
            section {
                h2 { (self.word("heading-ruled-out")) }
                @if !out.by.is_empty() { p { (self.word("ruled-out-note")) } }
                ul.rules {
                    @for (why, rules) in &out.by {
                        li.ruled-out {
                            span.mark aria-hidden="true" { "✘" } " "
                            (clean(&self.say.titled_list(rules.iter().copied())))
                            p.more { bdi { (clean(why)) } }
                        }
                    }
                    @if out.silent > 0 { li { (clean(&self.say.silent(out.silent))) } }
                }
            }
        }
    }

    /// What was given or read for what is in question, with where from; what could not be read as well, but not what nobody looked at.
    fn facts(&self) -> Markup {
        let looked_at = |it: &&FactLine| match it.known {
            Known::Value(_) => true,
            Known::Unknown(reason) => !["not-collected", "unsupported"].contains(&reason),
        };
        let facts: Vec<&FactLine> = self.report.facts.iter().filter(looked_at).collect();
        if facts.is_empty() {
            return html! {};
        }
        html! {
            section {
                h2 { (self.word("heading-all-facts")) }
                details {
                    summary { (clean(&self.texts.word_with("value-entries", &[("count", &facts.len().to_string())]))) }
                    table {
                        thead { tr {
                            @for column in ["column-fact", "column-value", "column-from"] {
                                th scope="col" { (self.word(column)) }
                            }
                        } }
                        tbody {
                            @for fact in facts {
                                tr {
                                    th scope="row" {
                                        @if let Some(title) = &fact.title { (clean(title)) br; }
                                        code { (clean(&fact.name)) }
                                    }
                                    td { bdi.value { (clean(&fact.shown)) } }
                                    td { @if let Some(source) = &fact.source { bdi { (clean(&self.say.source(source))) } } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn files(&self) -> Markup {
        if self.report.files.is_empty() {
            return html! {};
        }
        html! {
            section {
                h2 { (self.word("heading-files")) }
                ul { @for file in say::files(self.report) { li { code { bdi { (clean(&file)) } } } } }
            }
        }
    }

    fn broken(&self) -> Markup {
        if self.report.broken_assumptions.is_empty() {
            return html! {};
        }
        html! {
            section {
                h2 { (self.word("heading-broken")) }
                @for assumption in &self.report.broken_assumptions {
                    p { code { (clean(&assumption.text)) } " " code { (clean(&assumption.file)) } }
                    (self.evidence(&say::evidence(&assumption.grounds)))
                }
                p { (self.word("broken-note")) }
            }
        }
    }

    fn link_to_fix(&self, name: &str) -> String {
        let anchor = self.anchors.get(name);
        anchor.map_or_else(|| "#main".to_owned(), |it| format!("#{}", it.id))
    }

    fn word(&self, key: &str) -> String {
        self.texts.word(key)
    }

    fn label(&self, key: &str) -> String {
        let label = self.say.word_label(key);
        match label.ends_with(char::is_whitespace) {
            true => label,
            false => format!("{label} "),
        }
    }
}

/// Line ends become blanks, control characters their pictures, marks of direction are replaced. Escaping is the template's.
fn clean(text: &str) -> String {
    let all = text.chars().map(|c| match c {
        '\n' | '\r' | '\t' => ' ',
        c => visible(c),
    });
    all.collect()
}
