//! `texts/<locale>.tsv`: the texts by which symptoms are recognised in other languages, line by line.

use rulec_syntax::source::{FileId, Span};

/// The first line.
pub(crate) const HEADER: &str = "symptom\ttext\tsource";

/// A line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line<'t> {
    /// The first line, as written.
    Header(Span, &'t str),
    /// One with another number of columns than three.
    Columns(Span, usize),
    /// A text.
    Row(Row<'t>),
}

/// One text by which a symptom is recognised.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Row<'t> {
    /// Name of the symptom.
    pub(crate) symptom: &'t str,
    /// Where it stands.
    pub(crate) symptom_span: Span,
    /// The text.
    pub(crate) text: &'t str,
    /// Where it stands.
    pub(crate) text_span: Span,
    /// The whole line.
    pub(crate) line: Span,
}

/// All lines but empty ones; a file without any has an empty header.
pub(crate) fn lines(file: FileId, text: &str) -> Vec<Line<'_>> {
    let span = |piece: &str| {
        let start = (piece.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let within = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(file, within(start), within(start + piece.len()))
    };
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut all = body.split('\n');
    let header = all.next().unwrap_or_default();
    let header = header.strip_suffix('\r').unwrap_or(header);
    let mut found = vec![Line::Header(span(header), header)];
    for line in all {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.trim().is_empty() {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        found.push(match columns.as_slice() {
            [symptom, text, _] => Line::Row(Row {
                symptom: symptom.trim(),
                symptom_span: span(symptom.trim()),
                text: text.trim(),
                text_span: span(text.trim()),
                line: span(line),
            }),
            other => Line::Columns(span(line), other.len()),
        });
    }
    found
}
