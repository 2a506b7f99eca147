//! Expressions, literals and the values of tests and defaults.

use compact_str::CompactString;

use super::{Name, Place, Text};

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// Which.
    pub kind: ExprKind,
    /// Where; without enclosing parentheses.
    pub place: Place,
}

/// Kinds of expressions. Parentheses are no node: the printer writes those that are needed.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// `7d`, `0.0.0.0/0`, `"text"`, `true`.
    Literal(Literal),
    /// `ras 798`.
    Code(CodeLiteral),
    /// `now`.
    Now,
    /// `reported`.
    Reported,
    /// A dotted name: a fact, param, let, quantified variable or enum member, fields included.
    Path(Path),
    /// A field of something that is not a path: `certificate(r.data).thumbprint`. Dots in the name are several fields.
    Field(Box<Expr>, Name),
    /// `count(L)`, `certificate(text)`, …
    Call(Name, Vec<Expr>),
    /// `not a`.
    Not(Box<Expr>),
    /// `a and b and c`: two or more.
    And(Vec<Expr>),
    /// `a or b or c`: two or more.
    Or(Vec<Expr>),
    /// `a == b`, `x in L`, `a + b`, …
    Binary(Binary, Box<Expr>, Box<Expr>),
    /// `e is [not] absent|present|empty|base64`.
    Is {
        /// What is tested.
        operand: Box<Expr>,
        /// `is not`.
        negated: bool,
        /// For what.
        test: Test,
    },
    /// `any x in L [where P]: Q`.
    Quantified {
        /// `any`, `all` or `no`.
        quantifier: Quantifier,
        /// The variable.
        variable: Name,
        /// The list.
        list: Box<Expr>,
        /// After `where`.
        filter: Option<Box<Expr>>,
        /// After the colon.
        body: Box<Expr>,
    },
    /// `each x in L [where P]`: a list.
    Each {
        /// The variable.
        variable: Name,
        /// The list.
        list: Box<Expr>,
        /// After `where`.
        filter: Option<Box<Expr>>,
    },
    /// `[a, b]`.
    List(Vec<Expr>),
    /// `match E { A => v, B or C => v, absent => v, else => v }`.
    Match {
        /// What is matched.
        scrutinee: Box<Expr>,
        /// In order.
        arms: Vec<Arm>,
    },
}

/// Operators between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are those of the language")]
pub enum Binary {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    In,
    NotIn,
    Contains,
    Overlaps,
    StartsWith,
    EndsWith,
    Matches,
    Plus,
    Minus,
}

impl Binary {
    /// As written in the language.
    pub fn symbol(self) -> &'static str {
        match self {
            Binary::Equal => "==",
            Binary::NotEqual => "!=",
            Binary::Less => "<",
            Binary::LessEqual => "<=",
            Binary::Greater => ">",
            Binary::GreaterEqual => ">=",
            Binary::In => "in",
            Binary::NotIn => "not in",
            Binary::Contains => "contains",
            Binary::Overlaps => "overlaps",
            Binary::StartsWith => "starts with",
            Binary::EndsWith => "ends with",
            Binary::Matches => "matches",
            Binary::Plus => "+",
            Binary::Minus => "-",
        }
    }
}

/// What `is` tests for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are those of the language")]
pub enum Test {
    Absent,
    Present,
    Empty,
    Base64,
}

/// `any`, `all`, `no`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are those of the language")]
pub enum Quantifier {
    Any,
    All,
    No,
}

/// An arm of a `match`.
#[derive(Debug, Clone, PartialEq)]
pub struct Arm {
    /// `B or C`; at least one.
    pub patterns: Vec<Pattern>,
    /// After `=>`.
    pub value: Expr,
}

/// What an arm takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Pattern {
    /// `absent`.
    Absent(Place),
    /// `else`.
    Else(Place),
    /// An enum member.
    Word(Name),
    /// A constant.
    Literal(Literal),
    /// A code.
    Code(CodeLiteral),
}

/// A dotted name, perhaps with its pack: `windows.base/os.build`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The pack before the slash.
    pub pack: Option<Name>,
    /// All segments with their dots; which of them are fields is settled when names are resolved.
    pub name: Name,
}

/// A constant as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// Its lexical kind; the type decides what `Dotted` is.
    pub kind: LiteralKind,
    /// As written, except a cooked text; a sign included.
    pub text: CompactString,
    /// Where.
    pub place: Place,
}

/// Lexical kinds of constants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LiteralKind {
    /// `true`, `false`.
    Bool,
    /// `42`, `-1`.
    Int,
    /// `0x2A`.
    Hex,
    /// `7d`, `500ms`, `-2h`.
    Duration,
    /// `2026-11-01`, `2026-11-01T00:00:00Z`.
    Time,
    /// `10.0.0.1`, `16299.334`: ip or version.
    Dotted,
    /// `10.0.0.0/8`, `fd00::/8`.
    Cidr,
    /// `fe80::1`.
    Ipv6,
    /// A cooked text.
    Text,
}

/// `ras 798`, `sspi SEC_E_ILLEGAL_MESSAGE`, `nps "IAS_AUTH_FAILURE"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeLiteral {
    /// The kind.
    pub kind: Name,
    /// Number, word or text.
    pub number: CodeNumber,
    /// Where, from the kind on.
    pub place: Place,
}

/// What follows the kind of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeNumber {
    /// Decimal or hexadecimal, unsigned, as written.
    Number(Literal),
    /// Begins with an upper-case letter.
    Word(Name),
    /// Any text.
    Text(Text),
}

/// A value in a test, or after `default`.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Which.
    pub kind: ValueKind,
    /// Where.
    pub place: Place,
}

/// Kinds of such values.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueKind {
    /// A constant.
    Literal(Literal),
    /// An enum member, or a code's symbol.
    Word(Name),
    /// A code.
    Code(CodeLiteral),
    /// `absent`.
    Absent,
    /// `unknown [REASON]`.
    Unknown(Option<Name>),
    /// `128 of { … }`: that many equal elements.
    Of(Literal, Box<Value>),
    /// `[a, b]`; a list or set.
    List(Vec<Value>),
    /// `{ a: 1, b: 2 }`.
    Record(Vec<(Name, Value)>),
}

impl From<&Text> for Literal {
    fn from(text: &Text) -> Self {
        Literal {
            kind: LiteralKind::Text,
            text: text.text.clone(),
            place: text.place,
        }
    }
}
