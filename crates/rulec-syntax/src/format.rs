//! The canonical text of a rule file.
//!
//! Written anew from the tree, so whatever was written comes out in one way: clauses in the order of the
//! language's page, lines of at most 100 characters where they can be broken, only the brackets that are
//! needed. Statements keep their order, comments their clause. Formatting twice changes nothing more.
//!
//! It never loses what it does not understand: a statement that is broken, or about which the parser has an
//! error, stays byte for byte.

mod comments;
mod expr;
mod item;
mod layout;
mod types;

use crate::ast::{Comment, File, Item, Statement};
use crate::diagnostic::{Diagnostic, Level};
use crate::parse::{LONGEST, Parsed, Piece, PieceKind, parse, split};
use crate::source::FileId;
use comments::{Attached, Leading, Words};
use layout::Layout;

/// A formatted text with what the parser said about it.
#[derive(Debug, Clone)]
pub struct Formatted {
    /// The canonical text; statements with errors are as they were.
    pub text: String,
    /// The parser's findings, with places in the text as it was given.
    pub findings: Vec<Diagnostic>,
}

/// Reads `text` and writes it in the canonical way.
///
/// Never fails: a statement that cannot be read, or about which the parser has an error, is left byte for byte
/// as it is, with its comments; only the blank lines before it may change. Line ends are those of the first line.
pub fn format_text(file: FileId, text: &str) -> Formatted {
    let parsed = parse(file, text);
    Formatted {
        text: format_parsed(&parsed, text),
        findings: parsed.findings,
    }
}

/// The canonical text of what was read from `text`; see [`format_text`].
pub fn format_parsed(parsed: &Parsed, text: &str) -> String {
    let mut errors: Vec<usize> = parsed
        .findings
        .iter()
        .filter(|finding| finding.level == Level::Error)
        .map(|finding| finding.span.start as usize)
        .collect();
    errors.sort_unstable();
    let mut statements = parsed.file.statements.iter().peekable();
    let mut pieces = split(text).peekable();
    let blocks = std::iter::from_fn(|| {
        let mut piece = pieces.next()?;
        let statement = statements.next_if(|next| next.place.0.start as usize <= piece.head);
        // A clause that stands in column one by mistake is read as part of the statement before it.
        let end = statement.map_or(0, |statement| statement.place.0.end as usize);
        while let Some(more) = pieces.next_if(|more| more.start < end) {
            piece.end = more.end;
        }
        let first = errors.partition_point(|at| *at < piece.start);
        let has_error = errors.get(first).is_some_and(|at| *at < piece.end);
        Some(match (piece.kind, statement) {
            _ if has_error => Block::unchanged(text, piece),
            (PieceKind::Statement, Some(statement)) => Block::of_statement(statement, text)
                .within(LONGEST)
                .unwrap_or_else(|| Block::unchanged(text, piece)),
            (PieceKind::Tail, _) => {
                Block::of_tail(&parsed.file.tail).unwrap_or_else(|| Block::unchanged(text, piece))
            }
            _ => Block::unchanged(text, piece),
        })
    });
    with_line_ends_of(text, join(blocks))
}

/// The canonical text of `file`, which was read from `text` without errors. A tree that was made by hand has no
/// comments and needs no text.
pub fn format_file(file: &File, text: &str) -> String {
    let statements = file.statements.iter();
    let blocks = statements.map(|statement| Block::of_statement(statement, text));
    with_line_ends_of(text, join(blocks.chain(Block::of_tail(&file.tail))))
}

/// What is written as one block: a statement with its comments, or bytes that stay as they are.
struct Block<'t> {
    /// Its first word; none for what stays as it is.
    keyword: Option<&'static str>,
    /// Comments above it.
    leading: Vec<Leading<'t>>,
    /// A blank line stands between them and the statement.
    gap: bool,
    /// Description and statement, without a line end after the last line.
    body: String,
    /// Comments after the last clause that stand in column one: above the next statement, if it follows at once.
    loose: Vec<&'t str>,
    /// A blank line stands before it.
    blank_before: bool,
}

impl<'t> Block<'t> {
    fn of_statement(statement: &'t Statement, text: &'t str) -> Self {
        let start = statement.place.0.start;
        let inside = statement
            .comments
            .partition_point(|comment| comment.place.0.start < start);
        let (above, inside) = statement.comments.split_at(inside);
        let words = if inside.is_empty() {
            Words::default()
        } else {
            Words::new(text, start, statement.place.0.end)
        };
        let mut layout = Layout::new(words);
        layout.statement(statement);
        let mut attached = Attached::new(&layout.anchors, inside);

        let mut leading: Vec<_> = above.iter().map(Leading::from).collect();
        leading.extend(attached.take_first());
        let gap = above
            .last()
            .is_some_and(|last| blank_line_follows(text, last.place.0.end));
        let in_column_one = inside
            .iter()
            .rev()
            .take(attached.dangling().len())
            .take_while(|comment| starts_line(text, comment.place.0.start))
            .count();
        let loose = attached.take_dangling(in_column_one);

        let mut body = String::new();
        for line in &statement.doc {
            body.push_str(types::doc_line(line).trim_end());
            body.push('\n');
        }
        layout.print(&attached, &mut body);
        Block {
            keyword: Some(keyword(&statement.item)),
            leading,
            gap,
            body,
            loose,
            blank_before: statement.blank_before,
        }
    }

    /// None where it has more than `longest` bytes.
    fn within(self, longest: usize) -> Option<Self> {
        (self.body.len() <= longest).then_some(self)
    }

    /// The comments after the last statement.
    fn of_tail(tail: &'t [Comment]) -> Option<Self> {
        let first = tail.first()?;
        Some(Block {
            keyword: None,
            leading: tail.iter().map(Leading::from).collect(),
            gap: false,
            body: String::new(),
            loose: Vec::new(),
            blank_before: first.blank_before,
        })
    }

    /// A piece of the text as it is.
    fn unchanged(text: &'t str, piece: Piece) -> Self {
        let whole = text.get(piece.start..piece.end).unwrap_or("");
        let mut body = whole;
        while let Some((line, rest)) = body.split_once('\n')
            && line.trim().is_empty()
        {
            body = rest;
        }
        if body.trim().is_empty() {
            body = "";
        }
        Block {
            keyword: None,
            leading: Vec::new(),
            gap: false,
            blank_before: body.len() < whole.len(),
            body: body.strip_suffix('\n').unwrap_or(body).to_owned(),
            loose: Vec::new(),
        }
    }

    /// Only blank lines.
    fn is_empty(&self) -> bool {
        self.body.is_empty() && self.leading.is_empty()
    }

    /// A blank line belongs between `self` and `next`.
    fn parted_from(&self, next: &Block<'_>) -> bool {
        let short = |block: &Block<'_>| !block.body.contains('\n');
        match (self.keyword, next.keyword) {
            (Some(one), Some(other)) => {
                next.blank_before || one != other || !short(self) || !short(next)
            }
            // What stays as it is would take comments that follow at once to itself.
            _ => next.blank_before || (self.keyword.is_none() && !next.leading.is_empty()),
        }
    }
}

/// The blocks one after another, with the blank lines that belong between them.
fn join<'t>(blocks: impl Iterator<Item = Block<'t>>) -> String {
    let mut out = String::new();
    let mut before: Option<Block<'t>> = None;
    for block in blocks {
        if block.is_empty() {
            continue;
        }
        // At the very beginning a byte order mark is dropped; a stray one stays a mistake.
        if out.is_empty() && block.body.starts_with('\u{feff}') {
            out.push('\n');
        }
        let parted = before
            .as_ref()
            .is_some_and(|before| before.parted_from(&block));
        let loose = before.map(|before| before.loose).unwrap_or_default();
        let moves = !block.blank_before && block.keyword.is_some();
        if parted && !moves {
            push_lines(&mut out, &loose);
            out.push('\n');
        } else if parted {
            out.push('\n');
            push_lines(&mut out, &loose);
        } else {
            push_lines(&mut out, &loose);
        }
        for (at, comment) in block.leading.iter().enumerate() {
            if at > 0 && comment.blank_before {
                out.push('\n');
            }
            push_lines(&mut out, &[comment.text]);
        }
        if block.gap {
            out.push('\n');
        }
        if !block.body.is_empty() {
            push_lines(&mut out, &[&block.body]);
        }
        before = Some(block);
    }
    let loose = before.map(|before| before.loose).unwrap_or_default();
    push_lines(&mut out, &loose);
    out
}

fn push_lines(out: &mut String, lines: &[&str]) {
    for line in lines {
        out.push_str(line);
        out.push('\n');
    }
}

/// An empty line follows the line that ends at `at`, before anything else.
fn blank_line_follows(text: &str, at: u32) -> bool {
    text.get(at as usize..)
        .unwrap_or("")
        .chars()
        .take_while(|c| c.is_whitespace())
        .filter(|c| *c == '\n')
        .count()
        > 1
}

fn starts_line(text: &str, at: u32) -> bool {
    let before = text.get(..at as usize).unwrap_or("");
    before.is_empty() || before.ends_with('\n')
}

/// Lines that end in `\n` alone end in `\r\n` where the first line of `text` does.
fn with_line_ends_of(text: &str, formatted: String) -> String {
    let first_line = text.split_inclusive('\n').next().unwrap_or("");
    if first_line.ends_with("\r\n") {
        formatted.replace("\r\n", "\n").replace('\n', "\r\n")
    } else {
        formatted
    }
}

fn keyword(item: &Item) -> &'static str {
    match item {
        Item::Pack(_) => "pack",
        Item::Use(_) => "use",
        Item::Param(_) => "param",
        Item::Type(_) => "type",
        Item::Fact(_) => "fact",
        Item::Let(_) => "let",
        Item::Assume(_) => "assume",
        Item::Symptom(_) => "symptom",
        Item::Rule(rule) if rule.name.is_none() => "symptom",
        Item::Rule(_) => "rule",
        Item::Fix(_) => "fix",
        Item::Test(_) => "test",
    }
}
