//! What the grammar recognised, as one flat list in the order of the text.
//!
//! Here ends the reach of the grammar library: everything behind works on [`Node`]s.

use pest::error::{ErrorVariant, InputLocation};
use pest::{Parser, Token};

use crate::grammar::{Reader, Rule};

/// A recognised part: its rule and its range in the statement's text. A part stands before its own parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) rule: Rule,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Where the grammar could not go on, and what it would have taken there.
#[derive(Debug)]
pub(super) struct Stop {
    pub(super) at: usize,
    pub(super) expected: Vec<Rule>,
}

/// The parts of one statement or of many, and room for those that follow.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    list: Vec<Node>,
    /// Parts that are begun and not yet ended.
    open: Vec<usize>,
    /// Of many statements: how many parts there are up to each one's end.
    ends: Vec<usize>,
}

impl Nodes {
    pub(super) fn list(&self) -> &[Node] {
        &self.list
    }

    /// The parts of one of the statements that were read together.
    pub(super) fn of(&self, number: usize) -> &[Node] {
        let start = number
            .checked_sub(1)
            .map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(number).copied());
        range
            .and_then(|(start, end)| self.list.get(start..end))
            .unwrap_or_default()
    }

    /// Reads `text` by one rule of the grammar; its parts replace those of the text before.
    pub(super) fn read(&mut self, rule: Rule, text: &str) -> Result<(), Stop> {
        self.read_from(rule, text, &[0]).map(|_| ())
    }

    /// Reads statements that begin at `starts` with a border between them; the places of a statement's parts count from its own start.
    /// False if they cannot be read so, and then each is to be read alone.
    pub(super) fn read_many(&mut self, text: &str, starts: &[usize]) -> bool {
        matches!(self.read_from(Rule::statements, text, starts), Ok(true))
    }

    /// True if the borders stand exactly where they were put.
    fn read_from(&mut self, rule: Rule, text: &str, starts: &[usize]) -> Result<bool, Stop> {
        self.list.clear();
        self.open.clear();
        self.ends.clear();
        let mut starts = starts.iter().copied();
        let mut base = starts.next().unwrap_or_default();
        let pairs = Reader::parse(rule, text).map_err(stop)?;
        // Bare tokens: a pair would share the whole queue, and cost as much again.
        for token in pairs.tokens() {
            match token {
                Token::Start {
                    rule: Rule::EOI, ..
                } => break,
                Token::Start {
                    rule: Rule::border,
                    pos,
                } => {
                    self.ends.push(self.list.len());
                    match starts.next() {
                        Some(next) if next == pos.pos() + 1 => base = next,
                        _ => return Ok(false),
                    }
                }
                Token::End {
                    rule: Rule::border, ..
                } => {}
                Token::Start { rule, pos } => {
                    let at = (pos.pos() - base) as u32;
                    self.open.push(self.list.len());
                    self.list.push(Node {
                        rule,
                        start: at,
                        end: at,
                    });
                }
                Token::End { pos, .. } => self.end((pos.pos() - base) as u32),
            }
        }
        self.ends.push(self.list.len());
        Ok(starts.next().is_none())
    }

    /// The part that was begun last ends here.
    fn end(&mut self, at: u32) {
        let opened = self.open.pop();
        if let Some(node) = opened.and_then(|opened| self.list.get_mut(opened)) {
            node.end = at;
        }
    }
}

fn stop(error: pest::error::Error<Rule>) -> Stop {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let expected = match error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives,
        ErrorVariant::CustomError { .. } => Vec::new(),
    };
    Stop { at, expected }
}
