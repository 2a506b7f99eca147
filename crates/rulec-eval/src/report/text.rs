//! The report for a terminal: what is the matter, what to do, what else is known. Plain lines, wrapped at the caller's width.
//!
//! Colour is the caller's choice: a [`Style`] with no colours gives bare text.

mod open;
mod verified;

use rulec_facts::show::visible;

pub use verified::render_verified;

use super::said::{Candidate, CodeLine, Said};
pub(crate) use super::say::titled;
use super::say::{self, Say, Told};
use super::texts::Texts;
use super::{By, Evidence, FixLine, Report, Scope, Source, SymptomLine, VerdictLine, VerdictWord};

/// Colours of the parts of a report.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style {
    /// Headings.
    pub heading: anstyle::Style,
    /// Confirmed causes.
    pub confirmed: anstyle::Style,
    /// What is open.
    pub open: anstyle::Style,
    /// Risks.
    pub risk: anstyle::Style,
    /// What matters less: places, names.
    pub dim: anstyle::Style,
}

impl Style {
    /// No colours.
    pub fn plain() -> Style {
        Style::default()
    }

    /// The usual colours of a terminal.
    pub fn coloured() -> Style {
        use anstyle::AnsiColor::{Green, Red, Yellow};
        let bold = anstyle::Style::new().bold();
        Style {
            heading: bold,
            confirmed: bold.fg_color(Some(Green.into())),
            open: anstyle::Style::new().fg_color(Some(Yellow.into())),
            risk: anstyle::Style::new().fg_color(Some(Red.into())),
            dim: anstyle::Style::new().dimmed(),
        }
    }
}

/// How much is told where nobody complained, so that every rule of the pack is in question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Many open rules and missing facts are counted.
    Short,
    /// Each is shown.
    Full,
}

/// The report as text, each open rule shown; see [`render_as`].
pub fn render(report: &Report, texts: &Texts, width: usize, style: Style) -> String {
    render_as(report, texts, width, style, Length::Full)
}

/// The report as text, with a line end after the last line. `width` in columns; less than 40 is taken as 40.
pub fn render_as(
    report: &Report,
    texts: &Texts,
    width: usize,
    style: Style,
    length: Length,
) -> String {
    let mut page = Page::new(texts, width, style);
    page.say = Say::of(texts, report);
    let told = Told::of(report, length);
    page.title(report);
    page.symptoms(report);
    page.confirmed(report);
    page.course(report);
    page.latent(report, told);
    page.next(report);
    match told.open {
        true => page.open(report),
        false => page.open_count(say::open(report).len(), report.open.len()),
    }
    page.missing(report, told);
    page.questions(report);
    page.covered(report);
    page.ruled_out(report);
    page.facts(report);
    page.files(report);
    page.broken(report);
    page.out
}

/// What was recognised in a text, as text.
pub fn render_said(said: &Said, texts: &Texts, width: usize, style: Style) -> String {
    let mut page = Page::new(texts, width, style);
    page.said(said);
    page.out
}

/// Codes of a text that are shown; a log may hold thousands of numbers.
const MOST_CODES: usize = 20;

/// A text in the making: lines, wrapped and made harmless.
pub(crate) struct Page<'t> {
    pub(crate) say: Say<'t>,
    pub(crate) texts: &'t Texts,
    width: usize,
    pub(crate) style: Style,
    pub(crate) out: String,
}

impl<'t> Page<'t> {
    /// An empty one; `width` in columns, less than 40 is taken as 40.
    pub(crate) fn new(texts: &'t Texts, width: usize, style: Style) -> Page<'t> {
        Page {
            say: Say::new(texts),
            texts,
            width: width.max(40),
            style,
            out: String::new(),
        }
    }

    fn title(&mut self, report: &Report) {
        let title = format!("{} {}", report.pack.name, report.pack.version);
        let shown = paint(self.style.dim, &title);
        self.line(0, &shown);
    }

    fn symptoms(&mut self, report: &Report) {
        for text in self.say.unrecognised(report) {
            self.gap();
            self.wrapped(0, &text);
        }
        match report.scope {
            Scope::Complaint => {
                self.heading("heading-symptom");
                for symptom in &report.symptoms {
                    self.symptom(symptom);
                }
            }
            Scope::All => {
                let text = self.say.no_complaint(report);
                self.gap();
                self.wrapped(0, &text);
                let help = self.texts.word("no-complaint-help");
                self.wrapped(0, &help);
            }
            Scope::Unrecognised => {
                let text = self.texts.word("nothing-recognised-at-all");
                self.wrapped(0, &text);
                let help = self.texts.word("nothing-recognised-help");
                self.wrapped(0, &help);
            }
        }
        if !report.candidates.is_empty() {
            self.heading("heading-candidates");
            for symptom in &report.candidates {
                self.symptom(symptom);
            }
        }
    }

    fn said(&mut self, said: &Said) {
        let (hints, sure): (Vec<&Candidate>, Vec<&Candidate>) =
            said.candidates.iter().partition(|it| it.by == By::Hint);
        if sure.is_empty() && said.undecided.is_empty() {
            let text = self.texts.word("belongs-to-nothing");
            self.wrapped(0, &text);
        }
        for (heading, all) in [
            ("heading-recognised", sure),
            ("heading-undecided", said.undecided.iter().collect()),
            ("heading-candidates", hints),
        ] {
            if !all.is_empty() {
                self.heading(heading);
                all.into_iter().for_each(|it| self.candidate(it));
            }
        }
        if !said.codes.is_empty() {
            self.heading("heading-codes");
        }
        let mut codes: Vec<&CodeLine> = said.codes.iter().collect();
        // Of many, those that say something.
        codes.sort_by_key(|it| (it.claimed_by.is_empty(), it.name.is_none()));
        for code in codes.iter().take(MOST_CODES) {
            self.code(code);
        }
        if codes.len() > MOST_CODES {
            let more = (codes.len() - MOST_CODES).to_string();
            let text = self.texts.word_with("codes-more", &[("count", &more)]);
            self.wrapped(2, &text);
        }
    }

    fn candidate(&mut self, it: &Candidate) {
        self.symptom(&SymptomLine {
            name: it.symptom.clone(),
            score: it.score,
            by: it.by,
            title: it.title.clone(),
            matched: it.matched.clone(),
            spelled: it.spelled.clone(),
        });
    }

    fn code(&mut self, code: &CodeLine) {
        let name = code.name.map_or_else(String::new, |it| format!(" ({it})"));
        let label = format!("{}{name}: ", code.shown);
        let meaning = code
            .meaning
            .map_or_else(String::new, |it| format!("{it}; "));
        let claimed = match code.claimed_by.as_slice() {
            [] => self.texts.word("code-unclaimed"),
            all => {
                let symptoms = all.join(", ");
                self.texts
                    .word_with("code-claimed", &[("symptoms", &symptoms)])
            }
        };
        self.hanging(2, &label, &format!("{meaning}{claimed}"));
    }

    fn symptom(&mut self, symptom: &SymptomLine) {
        let text = self.say.symptom(symptom);
        self.wrapped(2, &text);
    }

    fn confirmed(&mut self, report: &Report) {
        let (causes, faults) = say::confirmed(report);
        let open = !say::open(report).is_empty();
        if causes.is_empty() {
            if report.scope != Scope::Unrecognised {
                self.gap();
                let key = if open {
                    "nothing-confirmed"
                } else {
                    "nothing-left"
                };
                let text = self.texts.word(key);
                self.wrapped(0, &text);
            }
        } else {
            let count = causes.len().to_string();
            let text = self
                .texts
                .word_with("heading-confirmed", &[("count", &count)]);
            self.gap();
            let text = paint(self.style.heading, &text);
            self.line(0, &text);
            for cause in causes {
                self.cause(report, cause);
            }
        }
        if !faults.is_empty() {
            self.heading("heading-faults");
            for fault in faults {
                self.cause(report, fault);
            }
        }
    }

    fn cause(&mut self, report: &Report, verdict: &VerdictLine) {
        let style = self.style.confirmed;
        self.named(
            style,
            "* ",
            verdict,
            verdict.verdict != VerdictWord::Confirmed,
        );
        if let Some(cause) = &verdict.cause {
            self.wrapped(4, cause);
        }
        let known = say::evidence(&verdict.grounds);
        if !known.is_empty() {
            let because = self.texts.word("because");
            self.line(4, &because);
            self.all_evidence(6, &known);
        }
        if verdict.fixes.is_empty() {
            let text = self.texts.word("fix-none");
            self.line(4, &text);
        }
        for (word, fix) in say::fixes(report, verdict) {
            self.fix(word, fix);
        }
    }

    /// `* Title [rule], a common cause`.
    fn named(&mut self, style: anstyle::Style, mark: &str, verdict: &VerdictLine, likely: bool) {
        let mut text = titled(verdict.title.as_ref(), &verdict.rule);
        if let Some(more) = self.say.likelihood(verdict).filter(|_| likely) {
            let both = [("text", text.as_str()), ("more", more.as_str())];
            text = self.texts.word_with("with-more", &both);
        }
        self.painted(style, 2, mark, &text);
    }

    /// Parts of a list, joined as the locale does.
    pub(crate) fn list<S: AsRef<str>>(&self, all: impl IntoIterator<Item = S>) -> String {
        self.say.list(all)
    }

    pub(crate) fn label(&self, text: &str) -> String {
        self.say.label(text)
    }

    pub(crate) fn word_label(&self, key: &str) -> String {
        self.say.word_label(key)
    }

    /// Facts that decided; what came from one place stands together, and is followed by that place once.
    pub(crate) fn all_evidence(&mut self, indent: usize, all: &[&Evidence]) {
        for (source, lines) in say::by_source(all) {
            for evidence in &lines {
                let text = self.say.evidence(evidence);
                self.hanging(indent, "- ", &text);
            }
            if let Some(source) = source {
                let text = self.say.source_of(source, &lines);
                self.dim(indent + 4, &text);
            }
        }
    }

    pub(crate) fn source(&self, source: &Source) -> String {
        self.say.source(source)
    }

    fn fix(&mut self, word: &str, fix: &FixLine) {
        let label = self.say.word_label(word);
        let head = titled(fix.title.as_ref(), &fix.name);
        self.wrapped(4, &format!("{label}{head}"));
        for (at, step) in fix.steps.iter().enumerate() {
            let number = format!("{}. ", at + 1);
            let text = self.say.step(step);
            self.with_commands(6, &number, &text);
        }
        for risk in &fix.risks {
            let text = self.say.risk(risk);
            let label = paint(self.style.risk, &self.say.word_label("risk"));
            self.hanging(6, &label, &text);
        }
        for (key, text) in self.say.of_fix(fix) {
            let label = self.say.word_label(key);
            self.with_commands(6, &label, text);
        }
    }

    fn course(&mut self, report: &Report) {
        let course = say::course(report);
        if !course.is_empty() {
            self.heading("heading-course");
        }
        for (at, line) in course.iter().enumerate() {
            let text = self.say.course_line(report, line);
            self.hanging(2, &format!("{}. ", at + 1), &text);
            for (key, text) in self.say.of_course_line(report, line) {
                let label = self.say.word_label(key);
                self.hanging(5, &label, &text);
            }
        }
    }

    fn latent(&mut self, report: &Report, told: Told) {
        let (latent, open) = say::latent(report);
        if report.latent.is_empty() {
            return;
        }
        self.heading("heading-latent");
        for verdict in latent {
            self.cause(report, verdict);
        }
        if told.latent {
            open.into_iter().for_each(|it| self.open_rule(it));
        } else {
            let text = self.say.latent_count(report);
            self.wrapped(2, &text);
            let help = self.texts.word("latent-count-help");
            self.wrapped(2, &help);
        }
    }

    fn facts(&mut self, report: &Report) {
        let given = say::given(report);
        if given.is_empty() {
            return;
        }
        self.heading("heading-facts");
        for fact in given {
            let text = format!("{} = {}", fact.name, fact.shown);
            self.wrapped(2, &text);
            if let Some(source) = &fact.source {
                let text = self.say.source(source);
                self.dim(4, &text);
            }
        }
    }

    fn files(&mut self, report: &Report) {
        if report.files.is_empty() {
            return;
        }
        self.heading("heading-files");
        for file in say::files(report) {
            let shown: String = file.chars().map(visible).collect();
            self.line(2, &shown);
        }
    }

    fn broken(&mut self, report: &Report) {
        if report.broken_assumptions.is_empty() {
            return;
        }
        self.heading("heading-broken");
        for assumption in &report.broken_assumptions {
            let text = format!("{} [{}]", assumption.text, assumption.file);
            self.wrapped(2, &text);
            self.all_evidence(4, &say::evidence(&assumption.grounds));
        }
        let note = self.texts.word("broken-note");
        self.wrapped(2, &note);
    }

    pub(crate) fn heading(&mut self, key: &str) {
        self.gap();
        let text = self.texts.word(key);
        let text = paint(self.style.heading, &text);
        self.line(0, &text);
    }

    pub(crate) fn gap(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    fn line(&mut self, indent: usize, text: &str) {
        self.out.push_str(&" ".repeat(indent));
        self.out.push_str(text);
        self.out.push('\n');
    }

    pub(crate) fn dim(&mut self, indent: usize, text: &str) {
        self.painted(self.style.dim, indent, "", text);
    }

    pub(crate) fn painted(
        &mut self,
        style: anstyle::Style,
        indent: usize,
        label: &str,
        text: &str,
    ) {
        let start = self.out.len();
        self.hanging(indent, label, text);
        let lines = self.out.split_off(start);
        for line in lines.lines() {
            let text = paint(style, line.trim_start());
            let indent = line.len() - line.trim_start().len();
            self.line(indent, &text);
        }
    }

    /// A text; what stands in backticks in it is a command, which gets a line of its own that is never broken.
    fn with_commands(&mut self, indent: usize, label: &str, text: &str) {
        let mut label = label.to_owned();
        let wide = textwrap::core::display_width(&label);
        let inside = indent + wide + 2;
        for (piece, command) in say::commands(text) {
            match command {
                true => {
                    let shown: String = piece.chars().map(visible).collect();
                    self.line(inside, &shown);
                }
                false => self.hanging(indent, &label, piece),
            }
            label = " ".repeat(wide);
        }
    }

    pub(crate) fn wrapped(&mut self, indent: usize, text: &str) {
        self.hanging(indent, "", text);
    }

    /// A label, then text that is wrapped under itself. Line ends and control characters of the text become blanks.
    pub(crate) fn hanging(&mut self, indent: usize, label: &str, text: &str) {
        let clean: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { visible(c) })
            .collect();
        let first = format!("{}{label}", " ".repeat(indent));
        let wide = |text: &str| textwrap::core::display_width(text);
        if wide(&first) + wide(clean.trim_end()) <= self.width {
            let line = format!("{first}{clean}");
            self.out.push_str(line.trim_end());
            self.out.push('\n');
            return;
        }
        let rest = " ".repeat(textwrap::core::display_width(&first).min(self.width / 2));
        let options = textwrap::Options::new(self.width)
            .initial_indent(&first)
            .subsequent_indent(&rest)
            .word_separator(separator(&clean))
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(false);
        for line in textwrap::wrap(&clean, options) {
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }
}

/// Only blanks separate words, so that ids and paths stay whole and can be copied; texts without blanks follow Unicode, but not
/// within what is ASCII: `C:\Windows` would be broken after the colon.
fn separator(text: &str) -> textwrap::WordSeparator {
    match text
        .chars()
        .any(|c| matches!(u32::from(c), 0x2E80..=0x9FFF | 0xAC00..=0xD7AF))
    {
        true => textwrap::WordSeparator::Custom(whole_ascii),
        false => textwrap::WordSeparator::AsciiSpace,
    }
}

fn whole_ascii(line: &str) -> Box<dyn Iterator<Item = textwrap::core::Word<'_>> + '_> {
    let unicode = textwrap::WordSeparator::UnicodeBreakProperties;
    let mut words: Vec<textwrap::core::Word<'_>> = Vec::new();
    let mut start = 0;
    let mut end = 0;
    // A path after a full-width colon or a blank is not one word with what stands before: Unicode breaks no line before a slash.
    let colons = line.match_indices('：').map(|(at, it)| at + it.len());
    let paths = line.match_indices(" /").map(|(at, _)| at + 1);
    let mut ends: Vec<usize> = colons.chain(paths).chain([line.len()]).collect();
    ends.sort_unstable();
    let mut from = 0;
    let parts = ends.into_iter().flat_map(|to| {
        let part = line.get(from..to).unwrap_or_default();
        from = to;
        unicode.find_words(part)
    });
    for word in parts {
        let next = end + word.word.len() + word.whitespace.len();
        let inside = |before: &str| {
            let before = before.chars().next_back();
            let after = word.word.chars().next();
            // A name that was cut in the middle is one as well.
            before.is_some_and(|c| c.is_ascii_graphic() || c == '…')
                && after.is_some_and(|c| c.is_ascii() || c == '…')
        };
        if end > start && line.get(start..end).is_some_and(inside) {
            words.pop();
        } else {
            start = end;
        }
        words.extend(line.get(start..next).map(textwrap::core::Word::from));
        end = next;
    }
    Box::new(words.into_iter())
}

fn paint(style: anstyle::Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}
