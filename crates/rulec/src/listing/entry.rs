//! One thing that an output for machines lists: a finding of the checker, or an expectation of a test that failed.

use rulec_syntax::diagnostic::{Code, Diagnostic, Level};
use rulec_syntax::source::{LineColumn, Sources, Span};

use crate::harmless;
use crate::places::{FilePlace, Places};

/// A place in a file.
#[derive(Debug, Clone)]
pub struct Region {
    /// The file.
    pub file: FilePlace,
    /// Its first character.
    pub start: LineColumn,
    /// The one behind its last.
    pub end: LineColumn,
}

/// A change that repairs it.
pub struct Fix {
    /// What it does.
    pub title: String,
    /// What is replaced.
    pub region: Region,
    /// By what.
    pub text: String,
}

/// What is listed.
pub struct Entry {
    /// Which kind.
    pub code: &'static Code,
    /// How serious.
    pub level: Level,
    /// The heading of it: the code, or the name of a test.
    pub title: String,
    /// One line.
    pub message: String,
    /// What to do, what shows it: lines below the message.
    pub details: Vec<String>,
    /// Where.
    pub region: Region,
    /// Other places, each with what is there.
    pub related: Vec<(Region, String)>,
    /// Repairs.
    pub fixes: Vec<Fix>,
    /// Makes the command fail.
    pub fails: bool,
    /// What it is known by when lines have moved.
    pub key: Key,
}

/// Code, file and content: the same for the same finding after lines were added above it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The kind.
    pub code: String,
    /// Folder of the pack.
    pub pack: String,
    /// File in the pack.
    pub file: String,
    /// The line without what lies around its words.
    pub line: String,
    /// What of it is marked.
    pub marked: String,
}

/// Characters of a line, or of what is marked, by which a finding is known.
const LONGEST: usize = 300;

impl Key {
    /// The key of a place.
    pub fn new(code: &str, span: Span, sources: &Sources, file: &FilePlace) -> Key {
        let text = sources.get(span.file).map_or("", |it| &*it.text);
        let bytes = text.as_bytes();
        let at = (span.start as usize).min(text.len());
        let before = bytes.get(..at).unwrap_or(&[]);
        let from = before.iter().rposition(|it| *it == b'\n');
        let after = bytes.get(at..).unwrap_or(&[]);
        let to = after.iter().position(|it| *it == b'\n');
        let line = text.get(from.map_or(0, |it| it + 1)..to.map_or(text.len(), |it| at + it));
        Key {
            code: code.to_owned(),
            pack: file.pack.clone(),
            file: file.in_pack.clone(),
            line: words(line.unwrap_or("")),
            marked: words(sources.slice(span)),
        }
    }
}

/// Blanks and line ends that a formatter may move do not count.
fn words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    harmless::shortened(&words.join(" "), LONGEST).into_owned()
}

impl Region {
    /// The lines and columns of a span.
    pub fn new(span: Span, sources: &Sources, places: &Places) -> Region {
        let first = LineColumn { line: 1, column: 1 };
        let file = sources.get(span.file);
        Region {
            file: places.get(span.file),
            start: file.map_or(first, |it| it.line_column(span.start)),
            end: file.map_or(first, |it| it.line_column(span.end)),
        }
    }
}

impl Entry {
    /// A finding, with what its places are called elsewhere.
    pub fn new(finding: &Diagnostic, sources: &Sources, places: &Places) -> Entry {
        let region = |span| Region::new(span, sources, places);
        let witness = finding.witness.as_ref();
        let witness = witness.map(|it| format!("for example:\n{it}"));
        let help = finding.help.iter().map(|it| format!("help: {it}"));
        let related = finding.related.iter();
        let fixes = finding.repairs.iter().map(|it| Fix {
            title: it.title.clone(),
            region: region(it.span),
            text: it.text.clone(),
        });
        Entry {
            code: finding.code,
            level: finding.level,
            title: finding.code.name.to_owned(),
            message: finding.message.clone(),
            details: help.chain(witness).collect(),
            region: region(finding.span),
            related: related
                .map(|it| (region(it.span), it.message.clone()))
                .collect(),
            fixes: fixes.collect(),
            fails: finding.level == Level::Error,
            key: Key::new(
                finding.code.name,
                finding.span,
                sources,
                &places.get(finding.span.file),
            ),
        }
    }

    /// Message and details, without what a terminal or a log would obey.
    pub fn text(&self) -> String {
        let lines = [&self.message].into_iter().chain(&self.details);
        let lines: Vec<String> = lines.map(|it| harmless::lines(it)).collect();
        lines.join("\n")
    }

    /// `file:line:column`.
    pub fn place(&self) -> String {
        let LineColumn { line, column } = self.region.start;
        format!("{}:{line}:{column}", self.region.file.path)
    }
}
