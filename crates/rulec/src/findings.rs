//! Findings for people (frames by miette) and for programs (JSON), in one deterministic order.

use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, Severity, SourceCode,
};
use rulec_syntax::diagnostic::{Diagnostic, Level};
use rulec_syntax::source::{SourceFile, Sources, Span};
use serde_json::{Value as Json, json};

/// Lines longer than this (bytes) are shown in part.
const LONG_LINE: usize = 400;
/// Characters shown on either side of a place in a long line, bytes.
const AROUND: usize = 80;

/// Sorts by file, line, column, code; leaves out what is off, and exact repetitions.
pub fn in_order(findings: &[Diagnostic], sources: &Sources) -> Vec<Diagnostic> {
    let mut sorted: Vec<Diagnostic> = findings
        .iter()
        .filter(|finding| finding.level != Level::Off)
        .cloned()
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

/// Number of findings of a level.
pub fn count(findings: &[Diagnostic], level: Level) -> usize {
    findings.iter().filter(|it| it.level == level).count()
}

/// Each finding in its frame.
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
    for finding in findings {
        let shown = Shown::new(finding, sources);
        if handler.render_report(&mut text, &shown).is_err() {
            text.push_str(&format!("{}: {}\n", finding.code.name, finding.message));
        }
        text.push('\n');
    }
    text
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
                json!({ "title": it.title, "text": it.text }),
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
    source: NamedSource<String>,
    labels: Vec<LabeledSpan>,
    elsewhere: Vec<Elsewhere>,
}

/// A place in another file, or far away in a long line.
struct Elsewhere {
    message: String,
    source: NamedSource<String>,
    label: LabeledSpan,
}

impl Shown {
    fn new(finding: &Diagnostic, sources: &Sources) -> Shown {
        let excerpt = Excerpt::new(sources, finding.span);
        let mut labels = vec![excerpt.label(finding.span, None)];
        let mut elsewhere = Vec::new();
        for related in &finding.related {
            let text = Some(related.message.clone());
            if excerpt.holds(related.span) {
                labels.push(excerpt.label(related.span, text));
            } else {
                let other = Excerpt::new(sources, related.span);
                elsewhere.push(Elsewhere {
                    message: related.message.clone(),
                    label: other.label(related.span, None),
                    source: other.named(),
                });
            }
        }
        let witness = finding
            .witness
            .as_ref()
            .map(|it| format!("for example:\n{it}"));
        let help = match (finding.help.clone(), witness) {
            (Some(help), Some(witness)) => Some(format!("{help}\n{witness}")),
            (help, witness) => help.or(witness),
        };
        Shown {
            message: finding.message.clone(),
            code: finding.code.name,
            level: finding.level,
            help,
            source: excerpt.named(),
            labels,
            elsewhere,
        }
    }
}

/// The text that is shown for a place: the whole file, or a piece of a very long line.
struct Excerpt {
    name: String,
    text: String,
    /// Where the text begins in the file, bytes.
    start: usize,
    span: Span,
}

impl Excerpt {
    fn new(sources: &Sources, span: Span) -> Excerpt {
        let Some(file) = sources.get(span.file) else {
            return Excerpt {
                name: String::new(),
                text: String::new(),
                start: 0,
                span,
            };
        };
        let (from, to) = lines_around(&file.text, span);
        let long = file
            .text
            .get(from..to)
            .unwrap_or("")
            .lines()
            .any(|line| line.len() > LONG_LINE);
        if long {
            return Excerpt::piece(file, span);
        }
        Excerpt {
            name: file.path.clone(),
            text: file.text.to_string(),
            start: 0,
            span,
        }
    }

    fn piece(file: &SourceFile, span: Span) -> Excerpt {
        let place = file.line_column(span.start);
        let at = (span.start as usize).min(file.text.len());
        let end = (span.end as usize)
            .clamp(at, at + AROUND)
            .min(file.text.len());
        let from = boundary(&file.text, at.saturating_sub(AROUND));
        let to = boundary(&file.text, (end + AROUND).min(file.text.len()));
        let piece = file.text.get(from..to).unwrap_or("");
        Excerpt {
            name: format!("{}:{}:{}", file.path, place.line, place.column),
            text: piece.replace(['\n', '\r'], " "),
            start: from,
            span,
        }
    }

    fn holds(&self, span: Span) -> bool {
        span.file == self.span.file
            && span.start as usize >= self.start
            && span.end as usize <= self.start + self.text.len()
    }

    fn label(&self, span: Span, text: Option<String>) -> LabeledSpan {
        let at = (span.start as usize)
            .saturating_sub(self.start)
            .min(self.text.len());
        let end = (span.end as usize)
            .saturating_sub(self.start)
            .clamp(at, self.text.len());
        LabeledSpan::new(text, at, end - at)
    }

    fn named(&self) -> NamedSource<String> {
        NamedSource::new(&self.name, self.text.clone())
    }
}

/// The bytes of the lines that a frame would show for a span: one more on either side.
fn lines_around(text: &str, span: Span) -> (usize, usize) {
    let start = (span.start as usize).min(text.len());
    let end = (span.end as usize).clamp(start, text.len());
    let bytes = text.as_bytes();
    let before = bytes.get(..start).unwrap_or(&[]);
    let line = before.iter().rposition(|byte| *byte == b'\n').unwrap_or(0);
    let from = before
        .get(..line)
        .unwrap_or(&[])
        .iter()
        .rposition(|byte| *byte == b'\n')
        .unwrap_or(0);
    let after = bytes.get(end..).unwrap_or(&[]);
    let mut ends = after
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\n')
        .map(|(at, _)| at);
    let to = ends.nth(1).map_or(text.len(), |at| end + at);
    (boundary(text, from), boundary(text, to))
}

/// The nearest start of a character at or before a byte.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
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
        Some(&self.source)
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
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(self.label.clone())))
    }
}
