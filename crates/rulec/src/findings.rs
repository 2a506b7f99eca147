//! Findings for people (frames by miette) and for programs (JSON), in one deterministic order.

mod excerpt;

use std::fmt;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, SourceCode};
use rulec_syntax::diagnostic::{Applies, Diagnostic, Level, Repair};
use rulec_syntax::source::{Sources, Span};
use serde_json::{Value as Json, json};

use crate::harmless;
use excerpt::Excerpt;

/// Findings that are shown to a person, the errors among them first; nobody reads more at once.
const MOST_SHOWN: usize = 100;
/// Other places that are shown with a finding, from both ends.
const MOST_PLACES: usize = 12;
/// Characters of a message; longer ones echo a text that no person wrote.
const LONGEST_MESSAGE: usize = 1_000;

/// Sorts by file, line, column, code; leaves out what is off, and exact repetitions; cuts messages of absurd length.
pub fn in_order(findings: &[Diagnostic], sources: &Sources) -> Vec<Diagnostic> {
    let mut sorted: Vec<Diagnostic> = findings
        .iter()
        .filter(|finding| finding.level != Level::Off)
        .cloned()
        .map(within_bounds)
        .collect();
    sorted.sort_by_cached_key(|finding| {
        let path = path_of(sources, finding.span).to_owned();
        (
            path,
            finding.span.start,
            finding.span.end,
            finding.code.name,
            finding.message.clone(),
        )
    });
    sorted.dedup();
    sorted
}

fn within_bounds(mut finding: Diagnostic) -> Diagnostic {
    let related = finding.related.iter_mut().map(|it| &mut it.message);
    let texts = [&mut finding.message].into_iter().chain(related);
    for text in texts.chain(&mut finding.help).chain(&mut finding.witness) {
        if text.len() > LONGEST_MESSAGE {
            *text = harmless::shortened(text, LONGEST_MESSAGE).into_owned();
        }
    }
    finding
}

/// Number of findings of a level.
pub fn count(findings: &[Diagnostic], level: Level) -> usize {
    findings.iter().filter(|it| it.level == level).count()
}

/// Each finding in its frame; of very many, those that matter most.
pub fn to_text(findings: &[Diagnostic], sources: &Sources, colored: bool, width: usize) -> String {
    let theme = if colored {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(width)
        .with_links(false);
    let mut text = String::new();
    for finding in worst(findings) {
        let shown = Shown::new(finding, sources);
        if handler.render_report(&mut text, &shown).is_err() {
            text.push_str(&format!("{}: {}\n", finding.code.name, finding.message));
        }
        text.push('\n');
    }
    if let Some(more) = findings.len().checked_sub(MOST_SHOWN).filter(|it| *it > 0) {
        let rest =
            format!("… and {more} more findings; `rulec check --format json` gives them all\n\n");
        text.push_str(&rest);
    }
    text
}

/// The errors first if not all can be shown; in order of place.
fn worst(findings: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut numbered: Vec<(usize, &Diagnostic)> = findings.iter().enumerate().collect();
    if findings.len() > MOST_SHOWN {
        // Keeps the order of place among equals.
        numbered.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.level));
        numbered.truncate(MOST_SHOWN);
        numbered.sort_by_key(|(at, _)| *at);
    }
    numbered.into_iter().map(|(_, finding)| finding).collect()
}

/// The findings of `--format json`, format 1.
pub fn to_json(findings: &[Diagnostic], sources: &Sources) -> Json {
    let all: Vec<Json> = findings
        .iter()
        .map(|finding| one_json(finding, sources))
        .collect();
    json!({ "format": 1, "findings": all })
}

fn one_json(finding: &Diagnostic, sources: &Sources) -> Json {
    let related: Vec<Json> = finding
        .related
        .iter()
        .map(|it| with_place(json!({ "message": it.message }), it.span, sources))
        .collect();
    let repairs: Vec<Json> = finding
        .repairs
        .iter()
        .map(|it| {
            with_place(
                json!({ "title": it.title, "text": it.text, "applies": it.applies.name() }),
                it.span,
                sources,
            )
        })
        .collect();
    let head = json!({ "code": finding.code.name, "level": finding.level.name() });
    let mut object = with_place(head, finding.span, sources);
    if let Json::Object(fields) = &mut object {
        fields.insert("message".into(), json!(finding.message));
        fields.insert("help".into(), json!(finding.help));
        fields.insert("related".into(), Json::Array(related));
        fields.insert("witness".into(), json!(finding.witness));
        fields.insert("fixes".into(), Json::Array(repairs));
    }
    object
}

fn with_place(mut object: Json, span: Span, sources: &Sources) -> Json {
    if let (Json::Object(fields), Some(file)) = (&mut object, sources.get(span.file)) {
        let start = file.line_column(span.start);
        let end = file.line_column(span.end);
        fields.insert("file".into(), json!(file.path));
        fields.insert("line".into(), json!(start.line));
        fields.insert("column".into(), json!(start.column));
        fields.insert("end_line".into(), json!(end.line));
        fields.insert("end_column".into(), json!(end.column));
    }
    object
}

fn path_of(sources: &Sources, span: Span) -> &str {
    sources.get(span.file).map_or("", |file| &file.path)
}

/// A finding as miette wants it.
struct Shown {
    message: String,
    code: &'static str,
    level: Level,
    help: Option<String>,
    source: Box<dyn SourceCode>,
    labels: Vec<LabeledSpan>,
    elsewhere: Vec<Elsewhere>,
}

/// A place in another file, or far away in a long line.
struct Elsewhere {
    message: String,
    source: Box<dyn SourceCode>,
    label: LabeledSpan,
}

impl Shown {
    fn new(finding: &Diagnostic, sources: &Sources) -> Shown {
        let excerpt = Excerpt::new(sources, finding.span);
        let mut labels = vec![excerpt.label(finding.span, None)];
        let mut elsewhere = Vec::new();
        let count = finding.related.len();
        let middle = MOST_PLACES / 2..count.saturating_sub(MOST_PLACES / 2).max(MOST_PLACES / 2);
        let places = finding.related.iter().enumerate();
        for (_, related) in places.filter(|(at, _)| !middle.contains(at)) {
            let text = Some(harmless::line(&related.message));
            if excerpt.holds(related.span) {
                labels.push(excerpt.label(related.span, text));
            } else {
                let other = Excerpt::new(sources, related.span);
                elsewhere.push(Elsewhere {
                    message: harmless::line(&related.message),
                    label: other.label(related.span, None),
                    source: Box::new(other.into_source()),
                });
            }
        }
        let witness = finding
            .witness
            .as_ref()
            .map(|it| format!("for example:\n{it}"));
        let offered = finding.repairs.iter().filter_map(offered);
        let offered: Vec<String> = finding.help.iter().cloned().chain(offered).collect();
        let help = (!offered.is_empty()).then(|| offered.join("\n"));
        let help = match (help, witness) {
            (Some(help), Some(witness)) => Some(format!("{help}\n{witness}")),
            (help, witness) => help.or(witness),
        };
        let hidden = middle.len();
        let help = match help {
            Some(help) if hidden > 0 => Some(format!("{help}\n{hidden} more places are not shown")),
            None if hidden > 0 => Some(format!("{hidden} more places are not shown")),
            help => help,
        };
        Shown {
            message: harmless::line(&finding.message),
            code: finding.code.name,
            level: finding.level,
            help: help.map(|it| harmless::lines(&it)),
            source: Box::new(excerpt.into_source()),
            labels,
            elsewhere,
        }
    }
}

/// How a repair that need not be typed is carried out.
fn offered(repair: &Repair) -> Option<String> {
    let flags = match repair.applies {
        Applies::ByHand => return None,
        Applies::Safe => "--fix",
        Applies::Unsafe => "--fix --unsafe",
    };
    Some(format!("`rulec check {flags}` does this: {}", repair.title))
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl miette::Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn severity(&self) -> Option<Severity> {
        Some(match self.level {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Note | Level::Off => Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help
            .as_ref()
            .map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&*self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        if self.elsewhere.is_empty() {
            return None;
        }
        Some(Box::new(
            self.elsewhere
                .iter()
                .map(|it| it as &dyn miette::Diagnostic),
        ))
    }
}

impl fmt::Debug for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Elsewhere {}

impl miette::Diagnostic for Elsewhere {
    fn severity(&self) -> Option<Severity> {
        Some(Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&*self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(self.label.clone())))
    }
}
