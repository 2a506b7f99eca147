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

/// Reads `text` by one rule of the grammar; the parts replace what is in `nodes`.
pub(super) fn read(rule: Rule, text: &str, nodes: &mut Vec<Node>) -> Result<(), Stop> {
    nodes.clear();
    let pairs = Reader::parse(rule, text).map_err(stop)?;
    // Bare tokens: a pair would share the whole queue, and cost as much again.
    let mut open = Vec::new();
    for token in pairs.tokens() {
        match token {
            Token::Start {
                rule: Rule::EOI, ..
            } => break,
            Token::Start { rule, pos } => {
                let at = pos.pos() as u32;
                open.push(nodes.len());
                nodes.push(Node {
                    rule,
                    start: at,
                    end: at,
                });
            }
            Token::End { pos, .. } => {
                if let Some(node) = open.pop().and_then(|opened| nodes.get_mut(opened)) {
                    node.end = pos.pos() as u32;
                }
            }
        }
    }
    Ok(())
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
