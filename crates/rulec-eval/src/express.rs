//! Expressions as text again, in the language's own spelling: for conditions that a report must show.
//!
//! Sugar that lowering took away comes back (`!=`, `not in`, `no`, `is present`), so that people read what they know. Names of
//! quantified variables are not kept by a program; they are `x`, `y`, `z`.

use rulec_facts::show;
use rulec_facts::types::Type;
use rulec_facts::value::{Partial, Value};
use rulec_program::node::{Comparison, Function, NodeId, Op, Pattern, TextTest};
use rulec_program::seal::Sealed;

/// Nesting that is still written out.
const DEEPEST: usize = 48;

/// How tightly an operator binds; an operand that binds less stands in parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    /// A quantifier, which swallows everything to its right, or `and` beside `or`.
    Open,
    Not,
    Compare,
    Sum,
    Operand,
}

/// The expression as text.
pub(crate) fn text(program: &Sealed, node: NodeId) -> String {
    Writer { program, depth: 0 }.at(node, Level::Open)
}

/// That the expression does not hold, as text.
pub(crate) fn denial(program: &Sealed, node: NodeId) -> String {
    match program.nodes.op(node) {
        Some(Op::Not(of)) => text(program, of),
        _ => Writer { program, depth: 0 }.negated(node).0,
    }
}

struct Writer<'p> {
    program: &'p Sealed,
    depth: usize,
}

impl Writer<'_> {
    fn at(&mut self, node: NodeId, wanted: Level) -> String {
        if self.depth >= DEEPEST {
            return "…".to_owned();
        }
        self.depth += 1;
        let (text, level) = self.write(node);
        self.depth -= 1;
        match level < wanted {
            true => format!("({text})"),
            false => text,
        }
    }

    fn write(&mut self, node: NodeId) -> (String, Level) {
        let Some(op) = self.program.nodes.op(node) else {
            return (String::new(), Level::Operand);
        };
        match op {
            Op::Not(inner) => self.negated(inner),
            Op::And(list) => (self.joined(list, " and "), Level::Open),
            Op::Or(list) => (self.joined(list, " or "), Level::Open),
            Op::Any { .. } => self.quantified("any", node, false),
            Op::Compare(kind, left, right) => self.comparison(kind, left, right),
            Op::TextTest(test, left, right) => self.infix(left, text_test(test), right),
            Op::Member(left, right) | Op::Within(left, right) => self.infix(left, "in", right),
            Op::Overlaps(left, right) => self.infix(left, "overlaps", right),
            Op::Reported(code) => (
                format!("{} in reported", self.operand(code)),
                Level::Compare,
            ),
            Op::IsAbsent(it) => self.postfix(it, "is absent"),
            Op::IsEmpty(it) => self.postfix(it, "is empty"),
            Op::IsBase64(it) => self.postfix(it, "is base64"),
            Op::Add(left, right) => self.sum(left, "+", right),
            Op::Subtract(left, right) => self.sum(left, "-", right),
            other => (self.simple(other), Level::Operand),
        }
    }

    fn simple(&mut self, op: Op) -> String {
        match op {
            Op::Constant(at) => self.constant(at, None),
            Op::Slot(slot) => {
                let slot = self.program.slots.get(slot.0 as usize);
                slot.map_or_else(String::new, |it| it.named.name.to_string())
            }
            Op::Let(at) => {
                let it = self.program.lets.get(at.0 as usize);
                it.map_or_else(String::new, |it| it.named.name.to_string())
            }
            Op::Variable(at) => variable(at),
            Op::Field(record, at) | Op::Project(record, at) => {
                let name = crate::walk::field(self.program, record, at).map(|it| it.name.clone());
                format!("{}.{}", self.operand(record), name.unwrap_or_default())
            }
            Op::Each {
                list,
                variable: at,
                filter,
            } => {
                let list = self.at(list, Level::Sum);
                let filter = self.filter(filter);
                format!("(each {} in {list}{filter})", variable(at))
            }
            Op::Count(it) => format!("count({})", self.at(it, Level::Open)),
            Op::Min(it) => format!("min({})", self.at(it, Level::Open)),
            Op::Max(it) => format!("max({})", self.at(it, Level::Open)),
            Op::Size(it) => format!("size({})", self.at(it, Level::Open)),
            Op::Call(function, it) => {
                format!("{}({})", function_name(function), self.at(it, Level::Open))
            }
            Op::List(list) => {
                let parts: Vec<String> = self
                    .program
                    .nodes
                    .list(list)
                    .iter()
                    .map(|it| self.at(*it, Level::Open))
                    .collect();
                format!("[{}]", parts.join(", "))
            }
            Op::Match { scrutinee, arms } => self.matched(scrutinee, arms),
            _ => String::new(),
        }
    }

    fn operand(&mut self, node: NodeId) -> String {
        self.at(node, Level::Operand)
    }

    fn negated(&mut self, inner: NodeId) -> (String, Level) {
        match self.program.nodes.op(inner) {
            Some(Op::Compare(Comparison::Equal, left, right)) => {
                let (left, right) = self.pair(left, right);
                (format!("{left} != {right}"), Level::Compare)
            }
            Some(Op::Member(left, right) | Op::Within(left, right)) => {
                self.infix(left, "not in", right)
            }
            Some(Op::Reported(code)) => (
                format!("{} not in reported", self.operand(code)),
                Level::Compare,
            ),
            Some(Op::IsAbsent(it)) => self.postfix(it, "is present"),
            Some(Op::IsEmpty(it)) => self.postfix(it, "is not empty"),
            Some(Op::Any { body, .. }) => {
                match matches!(self.program.nodes.op(body), Some(Op::Not(_))) {
                    true => self.quantified("all", inner, true),
                    false => self.quantified("no", inner, false),
                }
            }
            _ => (format!("not {}", self.at(inner, Level::Not)), Level::Not),
        }
    }

    /// `unwrap`: the body stands under a `not` that `all` takes away.
    fn quantified(&mut self, word: &str, node: NodeId, unwrap: bool) -> (String, Level) {
        let Some(Op::Any {
            list,
            variable: at,
            filter,
            body,
        }) = self.program.nodes.op(node)
        else {
            return (String::new(), Level::Operand);
        };
        let body = match self.program.nodes.op(body) {
            Some(Op::Not(inner)) if unwrap => inner,
            _ => body,
        };
        let list = self.at(list, Level::Sum);
        let filter = self.filter(filter);
        let body = self.at(body, Level::Open);
        (
            format!("{word} {} in {list}{filter}: {body}", variable(at)),
            Level::Open,
        )
    }

    fn filter(&mut self, filter: Option<NodeId>) -> String {
        match filter {
            Some(filter) => format!(" where {}", self.at(filter, Level::Not)),
            None => String::new(),
        }
    }

    fn comparison(&mut self, kind: Comparison, left: NodeId, right: NodeId) -> (String, Level) {
        let sign = match kind {
            Comparison::Equal => "==",
            Comparison::Less => "<",
            Comparison::LessEqual => "<=",
        };
        let constant_first = matches!(self.program.nodes.op(left), Some(Op::Constant(_)));
        let (a, b) = self.pair(left, right);
        // `x > 3` was lowered to `3 < x`: people write the fact first.
        let text = match (constant_first, kind) {
            (true, Comparison::Less) => format!("{b} > {a}"),
            (true, Comparison::LessEqual) => format!("{b} >= {a}"),
            _ => format!("{a} {sign} {b}"),
        };
        (text, Level::Compare)
    }

    /// Two operands of one type: an enum member as a constant has its name from the other.
    fn pair(&mut self, left: NodeId, right: NodeId) -> (String, String) {
        let left_type = self.program.type_of(left).cloned();
        let right_type = self.program.type_of(right).cloned();
        (
            self.typed(left, right_type.as_ref()),
            self.typed(right, left_type.as_ref()),
        )
    }

    fn typed(&mut self, node: NodeId, other: Option<&Type>) -> String {
        match self.program.nodes.op(node) {
            Some(Op::Constant(at)) => self.constant(at, other),
            _ => self.at(node, Level::Sum),
        }
    }

    fn infix(&mut self, left: NodeId, word: &str, right: NodeId) -> (String, Level) {
        let list = self.program.type_of(right).cloned();
        let member = list.as_ref().and_then(Type::member).or(list.as_ref());
        let member = member.cloned();
        let left_type = self.program.type_of(left).cloned();
        let left = self.typed(left, member.as_ref());
        let right = match self.program.nodes.op(right) {
            Some(Op::List(operands)) => {
                let parts: Vec<String> = self
                    .program
                    .nodes
                    .list(operands)
                    .iter()
                    .map(|it| self.typed(*it, left_type.as_ref()))
                    .collect();
                format!("[{}]", parts.join(", "))
            }
            _ => self.typed(right, left_type.as_ref()),
        };
        (format!("{left} {word} {right}"), Level::Compare)
    }

    fn postfix(&mut self, it: NodeId, words: &str) -> (String, Level) {
        (
            format!("{} {words}", self.at(it, Level::Sum)),
            Level::Compare,
        )
    }

    fn sum(&mut self, left: NodeId, sign: &str, right: NodeId) -> (String, Level) {
        let left = self.at(left, Level::Sum);
        let right = self.at(right, Level::Operand);
        (format!("{left} {sign} {right}"), Level::Sum)
    }

    fn joined(&mut self, list: rulec_program::node::Operands, word: &str) -> String {
        let parts: Vec<String> = self
            .program
            .nodes
            .list(list)
            .iter()
            .map(|it| self.at(*it, Level::Not))
            .collect();
        parts.join(word)
    }

    fn matched(&mut self, scrutinee: NodeId, arms: rulec_program::node::Operands) -> String {
        let ty = self.program.type_of(scrutinee).cloned();
        let mut parts = Vec::new();
        for arm in self.program.nodes.arms_of(arms) {
            let patterns: Vec<String> = arm
                .patterns
                .iter()
                .map(|it| match it {
                    Pattern::Absent => "absent".to_owned(),
                    Pattern::Constant(at) => self.constant(*at, ty.as_ref()),
                })
                .collect();
            let patterns = match patterns.is_empty() {
                true => "else".to_owned(),
                false => patterns.join(" or "),
            };
            parts.push(format!("{patterns} => {}", self.at(arm.value, Level::Open)));
        }
        format!(
            "match {} {{ {} }}",
            self.operand(scrutinee),
            parts.join(", ")
        )
    }

    fn constant(&self, at: u32, other: Option<&Type>) -> String {
        let value = self.program.nodes.constant(at);
        value.map_or_else(String::new, |value| constant_text(value, other))
    }
}

fn constant_text(value: &Partial, ty: Option<&Type>) -> String {
    match value {
        Partial::Absent => "absent".to_owned(),
        Partial::Unknown(_) => "unknown".to_owned(),
        Partial::Known(Value::Text(text)) => format!("\"{}\"", text.raw().replace('"', "\"\"")),
        Partial::Known(Value::List(elements) | Value::Set(elements)) => {
            let member = ty.and_then(Type::member).or(ty);
            let parts: Vec<String> = elements
                .iter()
                .map(|it| constant_text(&it.value, member))
                .collect();
            format!("[{}]", parts.join(", "))
        }
        Partial::Known(value) => show::scalar_text(value, ty),
    }
}

fn variable(at: u32) -> String {
    match at {
        0 => "x".to_owned(),
        1 => "y".to_owned(),
        2 => "z".to_owned(),
        more => format!("x{more}"),
    }
}

fn text_test(test: TextTest) -> &'static str {
    match test {
        TextTest::Contains => "contains",
        TextTest::StartsWith => "starts with",
        TextTest::EndsWith => "ends with",
        TextTest::Matches => "matches",
    }
}

pub(crate) fn function_name(function: Function) -> &'static str {
    match function {
        Function::Certificate => "certificate",
        Function::Code => "code",
        Function::Version => "version",
        Function::Length => "length",
    }
}
