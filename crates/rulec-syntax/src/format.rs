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

use crate::ast::{File, Item, Statement};
use comments::{Attached, Leading, Words};
use layout::Layout;

/// The canonical text of `file`, which was read from `text`. A tree that was made by hand has no comments and
/// needs no text.
///
/// Line ends are `\n`, or `\r\n` where the first line of `text` ends so. What is no statement of the tree is
/// not written: for a text with broken statements see [`format_text`].
pub fn format_file(file: &File, text: &str) -> String {
    let mut pieces: Vec<Piece<'_>> = file
        .statements
        .iter()
        .map(|statement| Piece::of_statement(statement, text))
        .collect();
    pieces.extend(Piece::of_tail(file));
    with_line_ends_of(text, join(pieces))
}

/// What is written as one block: a statement with its comments, or bytes that stay as they are.
struct Piece<'t> {
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

impl<'t> Piece<'t> {
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
        Piece {
            keyword: Some(keyword(&statement.item)),
            leading,
            gap,
            body,
            loose,
            blank_before: statement.blank_before,
        }
    }

    /// The comments after the last statement.
    fn of_tail(file: &'t File) -> Option<Self> {
        let first = file.tail.first()?;
        Some(Piece {
            keyword: None,
            leading: file.tail.iter().map(Leading::from).collect(),
            gap: false,
            body: String::new(),
            loose: Vec::new(),
            blank_before: first.blank_before,
        })
    }

    /// A blank line belongs between `self` and `next`.
    fn parted_from(&self, next: &Piece<'_>) -> bool {
        let short = |piece: &Piece<'_>| !piece.body.contains('\n');
        match (self.keyword, next.keyword) {
            (Some(one), Some(other)) => {
                next.blank_before || one != other || !short(self) || !short(next)
            }
            _ => next.blank_before,
        }
    }
}

/// The pieces one after another, with the blank lines that belong between them.
fn join(pieces: Vec<Piece<'_>>) -> String {
    let mut out = String::new();
    let mut before: Option<Piece<'_>> = None;
    for piece in pieces {
        let parted = before
            .as_ref()
            .is_some_and(|before| before.parted_from(&piece));
        let loose = before.map(|before| before.loose).unwrap_or_default();
        let moves = !piece.blank_before && piece.leading.is_empty() && piece.keyword.is_some();
        if parted && !moves {
            push_lines(&mut out, &loose);
            out.push('\n');
        } else if parted {
            out.push('\n');
            push_lines(&mut out, &loose);
        } else {
            push_lines(&mut out, &loose);
        }
        for (at, comment) in piece.leading.iter().enumerate() {
            if at > 0 && comment.blank_before {
                out.push('\n');
            }
            push_lines(&mut out, &[comment.text]);
        }
        if piece.gap {
            out.push('\n');
        }
        if !piece.body.is_empty() {
            push_lines(&mut out, &[&piece.body]);
        }
        before = Some(piece);
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
