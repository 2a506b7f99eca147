//! The piece of a text that a frame shows: never more than a person reads, and without what a terminal would obey.

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use rulec_syntax::source::{SourceFile, Sources, Span};

use crate::harmless;

/// Lines longer than this (bytes) are shown in part.
const LONG_LINE: usize = 400;
/// Shown on either side of a place in a long line, bytes.
const AROUND: usize = 80;
/// Texts up to this size (bytes) are given whole, so that far places share a frame; of larger ones, the lines around.
const WHOLE: usize = 64 << 10;
/// A place longer than this (bytes) is marked in its first line only.
const LONG_PLACE: usize = 2_000;
/// Stands where a long line was cut.
const CUT: &str = "…";

/// The text that is shown for a place.
pub struct Excerpt {
    /// As it stands in the file.
    raw: String,
    /// Where it begins in the file, bytes.
    start: usize,
    /// The line was cut before it.
    cut: bool,
    span: Span,
    source: Shown,
}

impl Excerpt {
    /// The lines around a place.
    pub fn new(sources: &Sources, span: Span) -> Excerpt {
        let Some(file) = sources.get(span.file) else {
            return Excerpt {
                raw: String::new(),
                start: 0,
                cut: false,
                span,
                source: Shown::default(),
            };
        };
        let text = &file.text;
        let at = boundary(text, (span.start as usize).min(text.len()));
        let end = boundary(text, (span.end as usize).clamp(at, at + LONG_PLACE));
        let (from, to) = lines_around(text, at, end);
        let lines = text.get(from..to).unwrap_or("");
        if lines.lines().any(|line| line.len() > LONG_LINE) {
            let (from, to) = within_line(text, at, end);
            Excerpt::piece(file, span, from, to)
        } else if text.len() <= WHOLE {
            Excerpt::piece(file, span, 0, text.len())
        } else {
            Excerpt::piece(file, span, from, to)
        }
    }

    fn piece(file: &SourceFile, span: Span, from: usize, to: usize) -> Excerpt {
        let raw = file.text.get(from..to).unwrap_or("").to_owned();
        let bytes = file.text.as_bytes();
        let inside = |at: usize| bytes.get(at).is_some_and(|byte| *byte != b'\n');
        let cut = from > 0 && inside(from - 1);
        let ends = to > from && inside(to - 1) && inside(to);
        let place = file.line_column(u32::try_from(from).unwrap_or(u32::MAX));
        let column = (place.column as usize).saturating_sub(1);
        let text = format!(
            "{}{}{}",
            if cut { CUT } else { "" },
            shown(&raw),
            if ends { CUT } else { "" }
        );
        Excerpt {
            raw,
            start: from,
            cut,
            span,
            source: Shown {
                name: harmless::line(&file.path),
                text,
                line: (place.line as usize).saturating_sub(1),
                column: column.saturating_sub(usize::from(cut)),
            },
        }
    }

    /// Whether a place can be marked in it.
    pub fn holds(&self, span: Span) -> bool {
        span.file == self.span.file
            && span.start as usize >= self.start
            && span.end as usize <= self.start + self.raw.len()
    }

    /// The mark of a place.
    pub fn label(&self, span: Span, text: Option<String>) -> LabeledSpan {
        let start = self.offset(span.start as usize);
        let mut end = self.offset(span.end as usize).max(start);
        let marked = self.source.text.get(start..end).unwrap_or("");
        if marked.len() > LONG_PLACE {
            end = start + marked.find('\n').unwrap_or(marked.len());
        }
        LabeledSpan::new(text, start, end - start)
    }

    /// The text for the frame.
    pub fn into_source(self) -> impl SourceCode {
        self.source
    }

    /// Where a byte of the file stands in what is shown.
    fn offset(&self, at: usize) -> usize {
        let at = boundary(&self.raw, at.saturating_sub(self.start).min(self.raw.len()));
        let before = shown(self.raw.get(..at).unwrap_or("")).len();
        before + if self.cut { CUT.len() } else { 0 }
    }
}

/// A piece of a file that knows where in the file it stands.
#[derive(Default)]
struct Shown {
    name: String,
    text: String,
    /// Lines before it.
    line: usize,
    /// Characters before it in its first line.
    column: usize,
}

impl SourceCode for Shown {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let inner = self.text.read_span(span, before, after)?;
        // Without context it is asked for the place in the heading, which counts characters as all else here does.
        let column = if before == 0 {
            let head = self.text.get(..span.offset()).unwrap_or("");
            let line = head.rsplit('\n').next().unwrap_or("");
            let first = line.len() == head.len();
            line.chars().count() + if first { self.column } else { 0 }
        } else {
            inner.column()
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            inner.data(),
            *inner.span(),
            inner.line() + self.line,
            column,
            inner.line_count(),
        )))
    }
}

/// Line ends of Windows would be pictures in every line.
fn shown(raw: &str) -> String {
    harmless::lines(&raw.replace('\r', " "))
}

/// The bytes of the lines of a place, and one more on either side.
fn lines_around(text: &str, at: usize, end: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let before = bytes.get(..at).unwrap_or(&[]);
    let own = before.iter().rposition(|byte| *byte == b'\n');
    let from = own.map_or(0, |own| {
        let above = bytes.get(..own).unwrap_or(&[]);
        let ends = above.iter().rposition(|byte| *byte == b'\n');
        ends.map_or(0, |at| at + 1)
    });
    let after = bytes.get(end..).unwrap_or(&[]);
    let mut ends = after.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let to = ends.nth(1).map_or(text.len(), |(at, _)| end + at);
    (from, to)
}

/// A part of the line of a place.
fn within_line(text: &str, at: usize, end: usize) -> (usize, usize) {
    let from = boundary(text, at.saturating_sub(AROUND));
    let head = text.get(from..at).unwrap_or("");
    let from = head.rfind('\n').map_or(from, |end| from + end + 1);
    let to = boundary(text, (end.min(at + AROUND) + AROUND).min(text.len()));
    let tail = text.get(at..to).unwrap_or("");
    let to = tail.find('\n').map_or(to, |end| at + end);
    (from, to)
}

/// The nearest start of a character at or before a byte.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
