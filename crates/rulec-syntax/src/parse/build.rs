//! From the flat list of recognised parts to the tree: the cursor that every reader of a part uses.

use compact_str::CompactString;

use super::codes::SYNTAX_ERROR;
use super::item::Keyword;
use super::nodes::Node;
use crate::ast::{Literal, LiteralKind, Name, Place, Text};
use crate::diagnostic::Diagnostic;
use crate::grammar::Rule;
use crate::source::{FileId, Span};

/// The statement cannot be kept; the finding that says why is already written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lost;

/// A part of the tree, or a finding that cost the statement.
pub(super) type Built<T> = Result<T, Lost>;

/// A cursor over the parts of one statement, with the findings on the way.
pub(super) struct Builder<'a> {
    pub(super) file: FileId,
    /// Where `text` begins in its file.
    pub(super) base: u32,
    /// The statement.
    pub(super) text: &'a str,
    pub(super) nodes: &'a [Node],
    pub(super) at: usize,
    pub(super) findings: &'a mut Vec<Diagnostic>,
    /// The statement's keyword; none for an expression alone.
    pub(super) keyword: Option<Keyword>,
}

impl Builder<'_> {
    /// The rule of the part at the cursor.
    pub(super) fn peek(&self) -> Option<Rule> {
        self.nodes.get(self.at).map(|node| node.rule)
    }

    /// The part at the cursor, which moves on.
    pub(super) fn next(&mut self) -> Option<Node> {
        let node = self.nodes.get(self.at).copied();
        self.at += usize::from(node.is_some());
        node
    }

    /// The part at the cursor if it is of that rule.
    pub(super) fn eat(&mut self, rule: Rule) -> Option<Node> {
        if self.peek() == Some(rule) {
            return self.next();
        }
        None
    }

    /// The part at the cursor, which the grammar promises to be of that rule.
    pub(super) fn must(&mut self, rule: Rule) -> Built<Node> {
        match self.eat(rule) {
            Some(node) => Ok(node),
            None => self.unforeseen(),
        }
    }

    /// Whether the part at the cursor begins before `end`.
    pub(super) fn within(&self, end: u32) -> bool {
        self.nodes.get(self.at).is_some_and(|node| node.start < end)
    }

    /// Where the part before the cursor ends.
    pub(super) fn last_end(&self) -> u32 {
        self.at
            .checked_sub(1)
            .and_then(|at| self.nodes.get(at))
            .map_or(0, |node| node.end)
    }

    /// The grammar and the tree disagree: a finding, never a panic.
    pub(super) fn unforeseen<T>(&mut self) -> Built<T> {
        let span = match self.nodes.get(self.at) {
            Some(node) => self.span(*node),
            None => self.range(self.text.len() as u32, self.text.len() as u32),
        };
        self.lose(SYNTAX_ERROR.at(span, "this cannot be read here"))
    }

    /// Writes a finding that costs the statement.
    pub(super) fn lose<T>(&mut self, finding: Diagnostic) -> Built<T> {
        self.findings.push(finding);
        Err(Lost)
    }

    /// Writes a finding that leaves the statement in the tree.
    pub(super) fn find(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// The characters of a part.
    pub(super) fn slice(&self, node: Node) -> &str {
        self.cut(node.start, node.end)
    }

    /// The characters of a range of the statement.
    pub(super) fn cut(&self, start: u32, end: u32) -> &str {
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// Where a part stands in its file.
    pub(super) fn span(&self, node: Node) -> Span {
        self.range(node.start, node.end)
    }

    /// From a part's first byte to what was read last: a part's own end may lie behind white space.
    pub(super) fn so_far(&self, node: Node) -> Place {
        Place(self.range(node.start, self.last_end()))
    }

    /// Whether nothing but blanks stands before `at` in its line.
    pub(super) fn first_on_line(&self, at: u32) -> bool {
        self.cut(0, at)
            .trim_end_matches([' ', '\t'])
            .ends_with('\n')
    }

    /// A range of the statement as a place in the file.
    pub(super) fn range(&self, start: u32, end: u32) -> Span {
        Span::new(self.file, self.base + start, self.base + end)
    }

    /// A part as a name.
    pub(super) fn as_name(&self, node: Node) -> Name {
        Name {
            text: CompactString::from(self.slice(node)),
            place: Place(self.span(node)),
        }
    }

    /// The next part as a name, unchecked.
    pub(super) fn name(&mut self) -> Built<Name> {
        let node = self.must(Rule::name)?;
        Ok(self.as_name(node))
    }

    /// The following names; commas leave no part.
    pub(super) fn names(&mut self) -> Built<Vec<Name>> {
        let mut names = vec![self.name()?];
        while let Some(node) = self.eat(Rule::name) {
            names.push(self.as_name(node));
        }
        Ok(names)
    }

    /// A quoted part, cooked.
    pub(super) fn as_text(&self, node: Node) -> Text {
        Text {
            text: cooked(self.slice(node)),
            place: Place(self.span(node)),
        }
    }

    /// The next part as a text.
    pub(super) fn text(&mut self) -> Built<Text> {
        let node = self.must(Rule::string)?;
        Ok(self.as_text(node))
    }

    /// A quoted part as a constant.
    pub(super) fn text_literal(&self, node: Node) -> Literal {
        Literal {
            kind: LiteralKind::Text,
            text: cooked(self.slice(node)),
            place: Place(self.span(node)),
        }
    }
}

/// A quoted text without its quotes, `""` as one.
pub(super) fn cooked(quoted: &str) -> CompactString {
    let inner = quoted
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(quoted);
    if memchr::memchr(b'"', inner.as_bytes()).is_none() {
        return CompactString::from(inner);
    }
    CompactString::from(inner.replace("\"\"", "\""))
}
