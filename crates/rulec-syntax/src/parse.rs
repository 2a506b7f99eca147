//! From text to tree: never fails, never panics, whatever the text.
//!
//! A text is split into statements, each is looked over for what no grammar can place well, read by the
//! grammar, and built into the tree. A statement that cannot be read costs one finding and itself.

mod build;
mod codes;
mod comments;
mod expected;
mod expr;
mod fix;
mod hidden;
mod item;
mod literal;
mod names;
mod nearest;
mod nodes;
mod phrase;
mod rule;
mod scan;
mod split;
mod test;
#[cfg(test)]
mod together;
mod trap;
mod types;

use std::iter::Peekable;
use std::ops::Range;

use compact_str::CompactString;

use crate::ast::{Comment, Expr, File, LostStatement, Name, Place, Statement, Text};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Level;
use crate::grammar::Rule;
use crate::source::{FileId, Span};
use crate::template;

pub use codes::*;
pub(crate) use item::ARGUMENTS;
pub use item::Keyword;
pub(crate) use scan::LONGEST;
pub use split::{Piece, PieceKind, Split, split};

use build::Builder;
use expected::Broken;
use item::misplaced_description;
use names::{CLAUSE_WORDS, RESERVED};
use nearest::nearest;
use nodes::{Node, Nodes};
use scan::{DEEPEST, Fault, Mark};

/// Findings after which a text is read no further.
const MOST_FINDINGS: usize = 1_000;
/// Bytes of statements that one call of the grammar reads, or a few more: a call costs as much as a short statement.
const TOGETHER: usize = 4 << 10;

/// What a text gives: always a tree, and what is wrong with the text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parsed {
    /// The statements that could be read.
    pub file: File,
    /// In order of place.
    pub findings: Vec<Diagnostic>,
}

/// Reads a rule file.
pub fn parse(file: FileId, text: &str) -> Parsed {
    read_file(FileReader::new(file, text))
}

/// Reads a rule file without its tests, for a caller that runs none: they are most of many packs.
pub fn parse_without_tests(file: FileId, text: &str) -> Parsed {
    let mut reader = FileReader::new(file, text);
    reader.tests = false;
    read_file(reader)
}

fn read_file(mut reader: FileReader<'_>) -> Parsed {
    let (file, text) = (reader.file, reader.text);
    if u32::try_from(text.len()).is_err() {
        let place = Span::new(file, 0, 0);
        let message = "this text has more than 4 GiB";
        reader
            .parsed
            .findings
            .push(STATEMENT_TOO_LONG.at(place, message));
        return reader.parsed;
    }
    let mut pieces = split(text).peekable();
    while let Some(piece) = pieces.next() {
        if reader.gives_up(piece) {
            break;
        }
        reader.piece(piece, &mut pieces);
    }
    reader.read_waiting();
    hidden::find(file, text, &mut reader.parsed.findings);
    reader.parsed.findings.sort_by_key(|finding| finding.span);
    let errors = reader
        .parsed
        .findings
        .iter()
        .filter(|finding| finding.level == Level::Error);
    reader.parsed.file.faulty = errors.count() > 0;
    reader.parsed
}

/// Reads one expression, as `rulec eval` takes it.
pub fn parse_expression(file: FileId, text: &str) -> Result<Expr, Vec<Diagnostic>> {
    let broken = Broken {
        file,
        base: 0,
        text,
        keyword: None,
    };
    let mut marks = Vec::new();
    if let Err(fault) = scan::scan(text, &mut marks) {
        return Err(vec![fault_finding(&broken, fault)]);
    }
    let mut nodes = Nodes::default();
    let bare = scan::bare(text, &marks);
    if let Err(stop) = nodes.read(Rule::lone_expression, &bare) {
        return Err(vec![broken.finding(&stop)]);
    }
    let mut findings = Vec::new();
    let mut builder = Builder {
        file,
        base: 0,
        text,
        nodes: nodes.list(),
        at: 0,
        findings: &mut findings,
        keyword: None,
    };
    match builder.expression() {
        Ok(expr) if findings.is_empty() => Ok(expr),
        _ => Err(findings),
    }
}

/// Reads the pieces of one text.
struct FileReader<'t> {
    file: FileId,
    text: &'t str,
    parsed: Parsed,
    /// Tests are read, too.
    tests: bool,
    /// There were too many findings.
    given_up: bool,
    /// Statements that are read in the next call of the grammar.
    waiting: Vec<Waiting>,
    /// Bytes of them with which they are read.
    most_together: usize,
    /// Their texts as the grammar reads them, with a border between them.
    together: String,
    /// Where each begins in there.
    starts: Vec<usize>,
    /// What the grammar shall not see of them.
    marks: Vec<Mark>,
    nodes: Nodes,
}

/// A statement that was looked over and not yet read.
struct Waiting {
    piece: Piece,
    keyword: Keyword,
    /// Its own of the marks.
    marks: Range<usize>,
}

impl<'t> FileReader<'t> {
    fn new(file: FileId, text: &'t str) -> Self {
        Self {
            file,
            text,
            parsed: Parsed::default(),
            tests: true,
            given_up: false,
            waiting: Vec::new(),
            most_together: TOGETHER,
            together: String::new(),
            starts: Vec::new(),
            marks: Vec::new(),
            nodes: Nodes::default(),
        }
    }

    fn find(&mut self, finding: Diagnostic) {
        self.parsed.findings.push(finding);
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start as u32, end as u32)
    }

    /// Whether there are so many findings that nothing from this piece on is read; then one more says so.
    fn gives_up(&mut self, piece: Piece) -> bool {
        if self.parsed.findings.len() >= MOST_FINDINGS && !self.given_up {
            self.given_up = true;
            let message =
                format!("more than {MOST_FINDINGS} findings; the text is read no further");
            let finding = TOO_MANY_FINDINGS.at(self.span(piece.head, piece.head), message);
            self.find(finding.help("this may be no rule file"));
        }
        self.given_up
    }

    fn piece(&mut self, mut piece: Piece, pieces: &mut Peekable<Split<'t>>) {
        if piece.kind != PieceKind::Statement {
            self.read_waiting();
        }
        match piece.kind {
            PieceKind::Tail => self.tail(piece),
            PieceKind::Stray => {
                self.clauses_in_column_one(&mut piece, pieces, false);
                self.stray(piece);
            }
            PieceKind::Statement => {
                self.clauses_in_column_one(&mut piece, pieces, true);
                self.statement(piece);
            }
        }
    }

    /// Adds the pieces that follow and are clauses of this one; each is a finding if `told`.
    fn clauses_in_column_one(
        &mut self,
        piece: &mut Piece,
        pieces: &mut Peekable<Split<'t>>,
        told: bool,
    ) {
        while let Some(next) = pieces.peek().copied()
            && let Some(word) = self.clause_in_column_one(next)
        {
            pieces.next();
            piece.end = next.end;
            if told {
                self.read_waiting();
            }
            if told && self.parsed.findings.len() < MOST_FINDINGS {
                self.find(unindented(
                    self.span(next.head, next.head + word.len()),
                    word,
                ));
            }
        }
    }

    /// The first word of a piece if it is a clause that should have been indented.
    fn clause_in_column_one(&self, piece: Piece) -> Option<&'t str> {
        let line = self.text.get(piece.head..piece.end)?;
        match piece.kind {
            PieceKind::Tail => None,
            PieceKind::Stray => ["=>", "|"].into_iter().find(|sign| line.starts_with(sign)),
            PieceKind::Statement => {
                let word = first_word(line);
                let clause = CLAUSE_WORDS.contains(&word)
                    || matches!(word, "language" | "level" | "and" | "or");
                (clause && Keyword::from_word(word).is_none()).then_some(word)
            }
        }
    }

    fn tail(&mut self, piece: Piece) {
        let lead = comments::lead(self.file, self.text, piece.start, piece.end);
        if let Some((start, end)) = lead.doc_at {
            let finding = misplaced_description(self.span(start, end));
            self.find(finding);
        }
        self.parsed.file.tail = lead.comments;
    }

    fn stray(&mut self, piece: Piece) {
        let line = self.text.get(piece.head..piece.end).unwrap_or("");
        let indent = line.len() - line.trim_start().len();
        let start = piece.head + indent;
        let trimmed = line.trim_start();
        let word = first_word(trimmed);
        let end = start
            + if word.is_empty() {
                trimmed.chars().next().map_or(0, char::len_utf8)
            } else {
                word.len()
            };
        let message = if indent > 0 {
            "this is indented, but no statement stands before it"
        } else {
            "no statement begins like this"
        };
        let place = self.span(start, end);
        let finding = MISPLACED_TEXT.at(place, message);
        let exact = Keyword::from_word(word).map(Keyword::word);
        let finding = match exact.or_else(|| nearest(word, Keyword::ALL.map(Keyword::word))) {
            Some(meant) => {
                self.lose(
                    Piece {
                        head: start,
                        ..piece
                    },
                    meant,
                    trimmed,
                );
                let whole = self.span(piece.head, end);
                let help = format!("begin it with `{meant}` in column one");
                finding
                    .help(help)
                    .repair(format!("write `{meant}`"), whole, meant)
            }
            None if indent > 0 => finding.help("a statement begins in column one"),
            None => finding
                .help("a statement begins with a word in lower case; its clauses are indented"),
        };
        self.find(finding);
    }

    fn statement(&mut self, piece: Piece) {
        let text = self.statement_text(piece);
        let word = first_word(text);
        let Some(keyword) = Keyword::from_word(word) else {
            self.read_waiting();
            return self.unknown(piece, word, text);
        };
        if keyword == Keyword::Test && !self.tests {
            return;
        }
        let from = self.marks.len();
        if let Err(fault) = scan::scan(text, &mut self.marks) {
            self.marks.truncate(from);
            self.read_waiting();
            let broken = self.broken(piece, keyword, text);
            self.find(fault_finding(&broken, fault));
            return self.lose(piece, keyword.word(), text);
        }
        if !self.waiting.is_empty() {
            self.together.push(scan::BORDER);
        }
        self.starts.push(self.together.len());
        let marks = from..self.marks.len();
        let own = self.marks.get(from..).unwrap_or_default();
        scan::add_bare(&mut self.together, text, own);
        self.waiting.push(Waiting {
            piece,
            keyword,
            marks,
        });
        if self.together.len() >= self.most_together {
            self.read_waiting();
        }
    }

    fn unknown(&mut self, piece: Piece, word: &str, text: &str) {
        let place = self.span(piece.head, piece.head + word.len());
        let meant = nearest(word, Keyword::ALL.map(Keyword::word));
        let finding = match meant {
            Some(meant) => UNKNOWN_STATEMENT
                .at(place, format!("no statement begins with `{word}`"))
                .help(format!("did you mean `{meant}`?"))
                .repair(format!("write `{meant}`"), place, meant),
            None if CLAUSE_WORDS.contains(&word) => {
                CLAUSE_IN_COLUMN_ONE
                    .at(place, format!("`{word}` begins a clause, and no statement stands before it"))
                    .help("a clause stands under its statement, indented")
            }
            None => UNKNOWN_STATEMENT
                .at(place, format!("no statement begins with `{word}`"))
                .help("statements begin with `pack`, `use`, `param`, `type`, `fact`, `let`, `assume`, `symptom`, `rule`, `fix` or `test`"),
        };
        self.find(finding);
        self.lose(piece, meant.unwrap_or(word), text);
    }

    /// Notes what a statement that could not be read was about.
    fn lose(&mut self, piece: Piece, keyword: &str, text: &str) {
        let rest = text.get(first_word(text).len()..).unwrap_or("");
        let start = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let rest = rest.get(start..).unwrap_or("");
        let is_name = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '-' | '.');
        let length = rest.find(|sign| !is_name(sign)).unwrap_or(rest.len());
        let at = piece.head + first_word(text).len() + start;
        let name = rest
            .get(..length)
            .filter(|name| !name.is_empty())
            .map(|name| Name {
                text: CompactString::from(name),
                place: Place(self.span(at, at + length)),
            });
        let place = Place(self.span(piece.head, piece.head + text.trim_end().len()));
        let keyword = CompactString::from(keyword);
        self.parsed.file.lost.push(LostStatement {
            keyword,
            name,
            place,
        });
    }

    /// Reads the statements that wait: in one call of the grammar, or one by one if one of them cannot be read.
    fn read_waiting(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let waiting = std::mem::take(&mut self.waiting);
        let mut nodes = std::mem::take(&mut self.nodes);
        let all = nodes.read_many(&self.together, &self.starts);
        for (number, one) in waiting.iter().enumerate() {
            if self.gives_up(one.piece) {
                break;
            }
            let text = self.statement_text(one.piece);
            let before = self.parsed.findings.len();
            let kept = if all {
                self.keep(one, text, nodes.of(number))
            } else {
                self.read_alone(one, text, &mut nodes)
            };
            if kept.is_none() {
                debug_assert!(self.parsed.findings.len() > before);
                self.lose(one.piece, one.keyword.word(), text);
            }
        }
        self.nodes = nodes;
        self.waiting = waiting;
        self.waiting.clear();
        self.together.clear();
        self.starts.clear();
        self.marks.clear();
    }

    /// Reads a statement into the tree; none if it is lost, and then a finding says why.
    fn read_alone(&mut self, one: &Waiting, text: &str, nodes: &mut Nodes) -> Option<()> {
        let marks = self.marks.get(one.marks.clone()).unwrap_or_default();
        let bare = scan::bare(text, marks);
        match nodes.read(one.keyword.grammar(), &bare) {
            Ok(()) => self.keep(one, text, nodes.list()),
            Err(stop) => {
                let finding = self.broken(one.piece, one.keyword, text).finding(&stop);
                self.find(finding);
                None
            }
        }
    }

    /// Makes a statement of its parts; none if it is lost, and then a finding says why.
    fn keep(&mut self, one: &Waiting, text: &str, nodes: &[Node]) -> Option<()> {
        let Piece { start, head, .. } = one.piece;
        let mut builder = Builder {
            file: self.file,
            base: head as u32,
            text,
            nodes,
            at: 0,
            findings: &mut self.parsed.findings,
            keyword: Some(one.keyword),
        };
        let (item, allows) = builder.item(one.keyword).ok()?;
        let end = builder.last_end();
        let lead = comments::lead(self.file, self.text, start, head);
        let mut comments = lead.comments;
        let marks = self.marks.get(one.marks.clone()).unwrap_or_default();
        comments.extend(self.inner_comments(head, marks));
        self.parsed.file.statements.push(Statement {
            doc: lead.doc,
            item,
            allows,
            place: Place(self.span(head, head + end as usize)),
            comments,
            blank_before: lead.blank_before,
        });
        Some(())
    }

    fn statement_text(&self, piece: Piece) -> &'t str {
        self.text.get(piece.head..piece.end).unwrap_or("")
    }

    fn broken<'a>(&self, piece: Piece, keyword: Keyword, text: &'a str) -> Broken<'a> {
        Broken {
            file: self.file,
            base: piece.head as u32,
            text,
            keyword: Some(keyword),
        }
    }

    fn inner_comments(&self, head: usize, marks: &[Mark]) -> impl Iterator<Item = Comment> {
        let comments = marks.iter().filter(|mark| mark.comment);
        comments.map(move |mark| {
            comments::comment(self.file, self.text, head + mark.start, head + mark.end)
        })
    }
}

fn unindented(place: Span, word: &str) -> Diagnostic {
    let before = Span::new(place.file, place.start, place.start);
    CLAUSE_IN_COLUMN_ONE
        .at(
            place,
            format!("`{word}` begins a clause, and clauses are indented"),
        )
        .help("put blanks before it")
        .repair("indent it", before, "    ")
}

/// The lower-case word at the start of a text.
fn first_word(text: &str) -> &str {
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let length = text.bytes().take_while(part).count();
    text.get(..length).unwrap_or("")
}

fn fault_finding(broken: &Broken<'_>, fault: Fault) -> Diagnostic {
    let span = |start: usize, end: usize| {
        Span::new(
            broken.file,
            broken.base + start as u32,
            broken.base + end as u32,
        )
    };
    match fault {
        Fault::OpenQuote(start, end) => UNCLOSED_TEXT
            .at(span(start, end), "this text is not closed on its line")
            .help("close it with a quote; a quote inside a text is written twice"),
        Fault::OpenBracket(at) => UNCLOSED_BRACKET
            .at(span(at, at + 1), "this bracket is never closed")
            .help("close it, or leave it out"),
        Fault::StrayBracket(at, None) => UNCLOSED_BRACKET
            .at(span(at, at + 1), "this bracket closes nothing")
            .help("leave it out, or open it before"),
        Fault::StrayBracket(at, Some(open)) => UNCLOSED_BRACKET
            .at(
                span(at, at + 1),
                "this bracket does not close the one that is open",
            )
            .also(span(open, open + 1), "this one is open")
            .help("close the open one first"),
        Fault::TooDeep(start, end) => NESTED_TOO_DEEPLY
            .at(
                span(start, end),
                format!("more than {DEEPEST} brackets or quantifiers within each other"),
            )
            .help("give parts of it a name with `let`"),
        Fault::Control(at) => CONTROL_CHARACTER
            .at(
                span(at, at + 1),
                format!(
                    "a control character, U+{:04X}",
                    broken.text.as_bytes().get(at).copied().unwrap_or(0)
                ),
            )
            .help("leave it out; this may be no text file"),
        Fault::TooLong => STATEMENT_TOO_LONG
            .at(
                span(0, first_word(broken.text).len()),
                format!("this statement has more than {LONGEST} bytes"),
            )
            .help("split it into several statements"),
    }
}

impl Builder<'_> {
    /// A text with holes must have its braces in order.
    pub(crate) fn check_template(&mut self, text: &Text) {
        if memchr::memchr2(b'{', b'}', text.text.as_bytes()).is_none() {
            return;
        }
        if let Err(error) = template::read(&text.text) {
            let at = error.offset();
            let finding = BAD_BRACES.at(template::place(text, at, at + 1), error.message());
            self.find(finding.help(
                "a fact stands in braces as in `{gateway.sku}`; a brace itself is written twice",
            ));
        }
    }
}

/// Whether no name may begin with this word.
pub fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}
