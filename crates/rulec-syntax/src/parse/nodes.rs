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

/// The parts of one statement, and room for those of the next.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    list: Vec<Node>,
    /// Parts that are begun and not yet ended.
    open: Vec<usize>,
}

impl Nodes {
    pub(super) fn list(&self) -> &[Node] {
        &self.list
    }

    /// Reads `text` by one rule of the grammar; its parts replace those of the text before.
    pub(super) fn read(&mut self, rule: Rule, text: &str) -> Result<(), Stop> {
        self.list.clear();
        self.open.clear();
        let pairs = Reader::parse(rule, text).map_err(stop)?;
        // Bare tokens: a pair would share the whole queue, and cost as much again.
        for token in pairs.tokens() {
            match token {
                Token::Start {
                    rule: Rule::EOI, ..
                } => break,
                Token::Start { rule, pos } => {
                    let at = pos.pos() as u32;
                    self.open.push(self.list.len());
                    self.list.push(Node {
                        rule,
                        start: at,
                        end: at,
                    });
                }
                Token::End { pos, .. } => self.end(pos.pos() as u32),
            }
        }
        Ok(())
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
