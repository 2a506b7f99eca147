//! Expressions: from operands and operators in turn to a tree.
//!
//! From loose to tight: `and` and `or` (one kind at a level), `not`, comparisons and `is` tests (never
//! chained), `+` and `-`, operands. What is written where a reader could mistake it is a finding here;
//! see `trap` for these.

use compact_str::CompactString;

use super::build::{Builder, Built};
use super::codes::{NESTED_TOO_DEEPLY, SYNTAX_ERROR};
use super::literal::blank_in;
use super::names::Naming;
use super::nodes::Node;
use super::scan::DEEPEST;
use super::trap::{Link, swallowed};
use crate::ast::{
    Arm, Binary, Expr, ExprKind, Literal, LiteralKind, Name, Path, Pattern, Place, Quantifier, Test,
};
use crate::grammar::Rule;

/// Operands with `and`s and `or`s between them.
pub(super) struct Operands {
    pub(super) exprs: Vec<Expr>,
    /// Of each operand: its range with parentheses, for repairs.
    pub(super) ranges: Vec<(u32, u32)>,
    /// What stands behind each operand but the last.
    pub(super) links: Vec<Link>,
}

impl Builder<'_> {
    /// The next part as an expression.
    pub(super) fn expression(&mut self) -> Built<Expr> {
        let node = self.must(Rule::expression)?;
        self.logical(node.end)
    }

    fn logical(&mut self, end: u32) -> Built<Expr> {
        let start = self.next_start();
        let first = self.negated(end)?;
        let Some(mut link) = self.logical_link(end) else {
            return Ok(first);
        };
        let mut operands = Operands {
            exprs: Vec::with_capacity(4),
            ranges: Vec::with_capacity(4),
            links: Vec::with_capacity(4),
        };
        operands.exprs.push(first);
        operands.ranges.push((start, self.last_end()));
        loop {
            self.at += 1;
            operands.links.push(link);
            let start = self.next_start();
            operands.exprs.push(self.negated(end)?);
            operands.ranges.push((start, self.last_end()));
            match self.logical_link(end) {
                Some(next) => link = next,
                None => break,
            }
        }
        Ok(self.join(operands))
    }

    fn join(&mut self, operands: Operands) -> Expr {
        if let Some(first) = operands.links.first().copied()
            && operands.links.iter().all(|link| *link == first)
        {
            return self.joined(operands.exprs, &operands.ranges, first);
        }
        self.mixed(operands)
    }

    /// Operands with one kind of operator between them.
    pub(super) fn joined(&self, mut exprs: Vec<Expr>, ranges: &[(u32, u32)], link: Link) -> Expr {
        let (start, end) = around(ranges);
        let place = Place(self.range(start, end));
        if exprs.len() == 1
            && let Some(only) = exprs.pop()
        {
            return only;
        }
        let kind = match link {
            Link::And => ExprKind::And(exprs),
            Link::Or => ExprKind::Or(exprs),
        };
        Expr { kind, place }
    }

    /// `and` or `or` at the cursor; the cursor stays.
    fn logical_link(&self, end: u32) -> Option<Link> {
        match self.operator(end)? {
            Operator::Link(link) => Some(link),
            _ => None,
        }
    }

    /// The operator at the cursor; the cursor stays.
    fn operator(&self, end: u32) -> Option<Operator> {
        let node = self.nodes.get(self.at)?;
        if node.rule != Rule::operator || node.start >= end {
            return None;
        }
        operator_of(self.slice(*node).as_bytes())
    }

    /// The comparison at the cursor; the cursor stays.
    fn comparison_sign(&self, end: u32) -> Option<Binary> {
        match self.operator(end)? {
            Operator::Comparison(binary) => Some(binary),
            _ => None,
        }
    }

    /// The plus or minus at the cursor; the cursor stays.
    fn sum_sign(&self, end: u32) -> Option<Binary> {
        match self.operator(end)? {
            Operator::Sum(binary) => Some(binary),
            _ => None,
        }
    }

    pub(super) fn next_start(&self) -> u32 {
        self.nodes
            .get(self.at)
            .map_or(self.text.len() as u32, |node| node.start)
    }

    /// `not` binds looser than comparisons: `not a == b` denies the comparison.
    fn negated(&mut self, end: u32) -> Built<Expr> {
        let start = self.next_start();
        let mut count = 0;
        while let Some(node) = self.eat(Rule::negation) {
            count += 1;
            if count > DEEPEST {
                return self.too_deep(node);
            }
        }
        let mut expr = self.comparison(end)?;
        for _ in 0..count {
            let place = Place(self.range(start, self.last_end()));
            expr = Expr {
                kind: ExprKind::Not(Box::new(expr)),
                place,
            };
        }
        Ok(expr)
    }

    fn too_deep<T>(&mut self, node: Node) -> Built<T> {
        let message = format!("this is nested more than {DEEPEST} deep");
        let finding = NESTED_TOO_DEEPLY.at(self.span(node), message);
        self.lose(finding.help("give parts of it a name with `let`"))
    }

    fn comparison(&mut self, end: u32) -> Built<Expr> {
        let start = self.next_start();
        let left = self.sum(end)?;
        let (expr, compared) = self.compare(start, left, end)?;
        if !compared || !self.comparison_follows(end) {
            return Ok(expr);
        }
        self.chained(start, expr, end)
    }

    /// `left` with the comparison or test behind it, and whether one is there.
    pub(super) fn compare(&mut self, start: u32, left: Expr, end: u32) -> Built<(Expr, bool)> {
        if self.within(end)
            && let Some(node) = self.eat(Rule::test)
        {
            let (negated, test) = test_of(self.slice(node));
            let place = Place(self.range(start, node.end));
            let kind = ExprKind::Is {
                operand: Box::new(left),
                negated,
                test,
            };
            return Ok((Expr { kind, place }, true));
        }
        let Some(binary) = self.comparison_sign(end) else {
            return Ok((left, false));
        };
        self.at += 1;
        let right = self.sum(end)?;
        let place = Place(self.range(start, self.last_end()));
        let kind = ExprKind::Binary(binary, Box::new(left), Box::new(right));
        Ok((Expr { kind, place }, true))
    }

    /// Whether one more comparison or test stands at the cursor.
    pub(super) fn comparison_follows(&self, end: u32) -> bool {
        (self.within(end) && self.peek() == Some(Rule::test)) || self.comparison_sign(end).is_some()
    }

    pub(super) fn sum(&mut self, end: u32) -> Built<Expr> {
        let start = self.next_start();
        let mut left = self.operand()?;
        let mut count = 0;
        while let Some(binary) = self.sum_sign(end) {
            let Some(sign) = self.next() else { break };
            count += 1;
            if count > DEEPEST {
                return self.too_deep(sign);
            }
            let right = self.operand()?;
            if binary == Binary::Minus {
                self.check_hyphen(&left, sign, &right)?;
            }
            let place = Place(self.range(start, self.last_end()));
            left = Expr {
                kind: ExprKind::Binary(binary, Box::new(left), Box::new(right)),
                place,
            };
        }
        Ok(left)
    }

    pub(super) fn operand(&mut self) -> Built<Expr> {
        let Some(node) = self.next() else {
            return self.unforeseen();
        };
        let place = Place(self.span(node));
        match node.rule {
            Rule::word => self.word_operand(node),
            Rule::number => Ok(Expr {
                kind: ExprKind::Literal(self.as_number(node)?),
                place,
            }),
            Rule::string => Ok(Expr {
                kind: ExprKind::Literal(self.text_literal(node)),
                place,
            }),
            Rule::constant => Ok(self.constant(node)),
            Rule::group => {
                let inner = self.expression()?;
                self.must(Rule::close_paren)?;
                self.with_field(node, inner)
            }
            Rule::list => {
                let items = self.expressions()?;
                self.must(Rule::close_bracket)?;
                Ok(Expr {
                    kind: ExprKind::List(items),
                    place: self.so_far(node),
                })
            }
            Rule::quantified => self.quantified(node),
            Rule::each => self.each(node),
            Rule::matched => self.matched(node),
            Rule::negation => self.tight_negation(node),
            _ => {
                self.at -= 1;
                self.unforeseen()
            }
        }
    }

    /// `a == not b`: `not` stands where only an operand can.
    fn tight_negation(&mut self, node: Node) -> Built<Expr> {
        let finding = SYNTAX_ERROR.at(self.span(node), "expected a value, found `not`");
        self.lose(finding.help("put parentheses around the `not` and what it denies"))
    }

    fn constant(&self, node: Node) -> Expr {
        let kind = match self.slice(node) {
            "now" => ExprKind::Now,
            "reported" => ExprKind::Reported,
            _ => ExprKind::Literal(self.as_bool(node)),
        };
        Expr {
            kind,
            place: Place(self.span(node)),
        }
    }

    /// A path, a code, or a call.
    fn word_operand(&mut self, node: Node) -> Built<Expr> {
        let text = self.slice(node);
        if let Some(gap) = blank_in(text) {
            let place = Place(self.span(node));
            return Ok(Expr {
                kind: ExprKind::Code(self.as_code(node, gap)?),
                place,
            });
        }
        if self.peek() != Some(Rule::arguments) {
            let place = Place(self.span(node));
            if self.swallows(node) {
                return self.lose(swallowed(place.0, self.slice(node)));
            }
            return Ok(Expr {
                kind: ExprKind::Path(self.as_path(node)),
                place,
            });
        }
        let name = self.as_name(node);
        self.at += 1;
        let arguments = self.expressions()?;
        self.must(Rule::close_paren)?;
        let place = Place(self.range(node.start, self.last_end()));
        let call = Expr {
            kind: ExprKind::Call(name, arguments),
            place,
        };
        self.with_field(node, call)
    }

    /// `inner` with the field behind it, if there is one.
    fn with_field(&mut self, from: Node, inner: Expr) -> Built<Expr> {
        let Some(node) = self.eat(Rule::member_of) else {
            return Ok(inner);
        };
        let name = Name {
            text: CompactString::from(self.cut(node.start + 1, node.end)),
            place: Place(self.range(node.start + 1, node.end)),
        };
        let place = Place(self.range(from.start, node.end));
        Ok(Expr {
            kind: ExprKind::Field(Box::new(inner), name),
            place,
        })
    }

    fn expressions(&mut self) -> Built<Vec<Expr>> {
        let mut items = Vec::new();
        while self.peek() == Some(Rule::expression) {
            items.push(self.expression()?);
        }
        Ok(items)
    }

    /// A dotted name, with its pack before a slash.
    pub(super) fn as_path(&self, node: Node) -> Path {
        let text = self.slice(node);
        let Some(slash) = memchr::memchr(b'/', text.as_bytes()).map(|at| node.start + at as u32)
        else {
            return Path {
                pack: None,
                name: self.as_name(node),
            };
        };
        let part = |start, end| Name {
            text: CompactString::from(self.cut(start, end)),
            place: Place(self.range(start, end)),
        };
        Path {
            pack: Some(part(node.start, slash)),
            name: part(slash + 1, node.end),
        }
    }

    /// The next part as a path.
    pub(super) fn path(&mut self) -> Built<Path> {
        let node = self.must(Rule::path)?;
        Ok(self.as_path(node))
    }

    fn quantified(&mut self, node: Node) -> Built<Expr> {
        let word = self.must(Rule::quantifier)?;
        let quantifier = match self.slice(word) {
            "any" => Quantifier::Any,
            "all" => Quantifier::All,
            _ => Quantifier::No,
        };
        let (variable, list, filter) = self.range_over()?;
        self.must(Rule::colon)?;
        let body_at = self.at;
        let body = self.expression()?;
        self.check_body(node, &variable, &body, body_at);
        let kind = ExprKind::Quantified {
            quantifier,
            variable,
            list: Box::new(list),
            filter: filter.map(Box::new),
            body: Box::new(body),
        };
        Ok(Expr {
            kind,
            place: self.so_far(node),
        })
    }

    fn each(&mut self, node: Node) -> Built<Expr> {
        self.must(Rule::each_word)?;
        let (variable, list, filter) = self.range_over()?;
        let kind = ExprKind::Each {
            variable,
            list: Box::new(list),
            filter: filter.map(Box::new),
        };
        Ok(Expr {
            kind,
            place: self.so_far(node),
        })
    }

    /// The next part as a variable.
    pub(super) fn variable(&mut self) -> Built<Name> {
        let node = self.must(Rule::variable)?;
        let name = self.as_name(node);
        self.check_name(Naming::Variable, &name);
        Ok(name)
    }

    /// `x in L where P`
    fn range_over(&mut self) -> Built<(Name, Expr, Option<Expr>)> {
        let variable = self.variable()?;
        self.must(Rule::in_word)?;
        let list = self.operand()?;
        let filter = match self.eat(Rule::where_word) {
            Some(_) => Some(self.expression()?),
            None => None,
        };
        Ok((variable, list, filter))
    }

    fn matched(&mut self, node: Node) -> Built<Expr> {
        self.must(Rule::match_word)?;
        let scrutinee = Box::new(self.expression()?);
        self.must(Rule::open_brace)?;
        let mut arms = Vec::new();
        let mut before = None;
        while let Some(arm) = self.eat(Rule::arm) {
            self.check_separated(before, arm.start);
            let mut patterns = vec![self.pattern()?];
            while self.eat(Rule::or_word).is_some() {
                patterns.push(self.pattern()?);
            }
            self.must(Rule::arrow)?;
            arms.push(Arm {
                patterns,
                value: self.expression()?,
            });
            before = Some(self.last_end());
        }
        self.must(Rule::close_brace)?;
        let kind = ExprKind::Match { scrutinee, arms };
        Ok(Expr {
            kind,
            place: self.so_far(node),
        })
    }

    fn pattern(&mut self) -> Built<Pattern> {
        self.must(Rule::pattern)?;
        let Some(node) = self.next() else {
            return self.unforeseen();
        };
        let place = Place(self.span(node));
        match node.rule {
            Rule::absent_word => Ok(Pattern::Absent(place)),
            Rule::else_word => Ok(Pattern::Else(place)),
            Rule::number => Ok(Pattern::Literal(self.as_number(node)?)),
            Rule::string => Ok(Pattern::Literal(self.text_literal(node))),
            Rule::constant => {
                let literal = self.as_bool(node);
                self.only_bool(node, &literal)?;
                Ok(Pattern::Literal(literal))
            }
            _ => match blank_in(self.slice(node)) {
                Some(gap) => Ok(Pattern::Code(self.as_code(node, gap)?)),
                None => Ok(Pattern::Word(self.as_name(node))),
            },
        }
    }

    /// `now` and `reported` are no constants.
    pub(super) fn only_bool(&mut self, node: Node, literal: &Literal) -> Built<()> {
        debug_assert_eq!(literal.kind, LiteralKind::Bool);
        if matches!(literal.text.as_str(), "true" | "false") {
            return Ok(());
        }
        let message = format!("expected a constant, found `{}`", literal.text);
        self.lose(SYNTAX_ERROR.at(self.span(node), message))
    }
}

/// What an operator joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Link(Link),
    Comparison(Binary),
    Sum(Binary),
}

/// From the first of these ranges to the last.
pub(super) fn around(ranges: &[(u32, u32)]) -> (u32, u32) {
    let start = ranges.first().map_or(0, |range| range.0);
    (start, ranges.last().map_or(0, |range| range.1))
}

/// Which operator this is, by no more bytes than tell it from the others: the grammar has read it.
fn operator_of(written: &[u8]) -> Option<Operator> {
    let comparison = match written {
        [b'a', ..] => return Some(Operator::Link(Link::And)),
        [b'o', b'r'] => return Some(Operator::Link(Link::Or)),
        [b'+'] => return Some(Operator::Sum(Binary::Plus)),
        [b'-'] => return Some(Operator::Sum(Binary::Minus)),
        [b'=', ..] => Binary::Equal,
        [b'!', ..] => Binary::NotEqual,
        [b'<'] => Binary::Less,
        [b'<', ..] => Binary::LessEqual,
        [b'>'] => Binary::Greater,
        [b'>', ..] => Binary::GreaterEqual,
        [b'i', ..] => Binary::In,
        [b'n', ..] => Binary::NotIn,
        [b'c', ..] => Binary::Contains,
        [b'o', ..] => Binary::Overlaps,
        [b's', ..] => Binary::StartsWith,
        [b'e', ..] => Binary::EndsWith,
        [b'm', ..] => Binary::Matches,
        _ => return None,
    };
    Some(Operator::Comparison(comparison))
}

/// `is [not] absent|present|empty|base64`
fn test_of(written: &str) -> (bool, Test) {
    let words = written.strip_prefix("is").unwrap_or(written).trim_start();
    let (negated, word) = match words.strip_prefix("not") {
        Some(rest) => (true, rest.trim_start()),
        None => (false, words),
    };
    let test = match word {
        "absent" => Test::Absent,
        "present" => Test::Present,
        "empty" => Test::Empty,
        _ => Test::Base64,
    };
    (negated, test)
}
