//! Conditions in the one form that every peer can say: no negation, and each atom holds only if its fact is known.
//!
//! The peers do not know "unknown"; a rule whose literals all demand a known fact is true for them exactly where Kleene logic
//! calls it certainly true.

use crate::made::{Fact, Literal, Tree, WORDS, What, what};

/// What a fact is compared with.
#[derive(Clone, Copy)]
pub enum Constant {
    Bool(bool),
    Number(i64),
    Word(&'static str),
    Absent,
}

/// How.
#[derive(Clone, Copy, PartialEq)]
pub enum Test {
    Equal,
    NotEqual,
    Less,
    AtLeast,
}

impl Test {
    /// As all three peers write it.
    pub fn sign(self) -> &'static str {
        match self {
            Test::Equal => "==",
            Test::NotEqual => "!=",
            Test::Less => "<",
            Test::AtLeast => ">=",
        }
    }
}

/// One comparison, false where the fact is unknown.
pub type Atom = (usize, Test, Constant);

/// One of these groups holds whole.
pub type Alternatives = Vec<Vec<Atom>>;

/// A condition: every one of these.
pub fn condition(tree: &Tree) -> Vec<Alternatives> {
    match tree {
        Tree::And(parts) => parts.iter().flat_map(condition).collect(),
        Tree::Or(parts) => {
            let groups = parts.iter().flat_map(condition).flatten();
            vec![groups.collect()]
        }
        Tree::Leaf(it) => vec![literal(it)],
        Tree::Not(it) => vec![denied(it)],
    }
}

/// The constant by which a known fact is handed to a peer.
pub fn value(fact: usize, it: Fact) -> Option<Constant> {
    match (it, what(fact)) {
        (Fact::Unknown, _) => None,
        (Fact::Absent, _) => Some(Constant::Absent),
        (Fact::Word(word), _) => Some(Constant::Word(word)),
        (Fact::Number(it), What::Bool) => Some(Constant::Bool(it != 0)),
        (Fact::Number(it), _) => Some(Constant::Number(it)),
    }
}

fn literal(literal: &Literal) -> Alternatives {
    let equal = |fact: usize, with| vec![(fact, Test::Equal, with)];
    match literal {
        Literal::Is(fact) => vec![equal(*fact, Constant::Bool(true))],
        Literal::Less(fact, bound) => {
            let mut group = present(*fact);
            group.push((*fact, Test::Less, Constant::Number(*bound)));
            vec![group]
        }
        Literal::Equal(fact, with) => vec![equal(*fact, Constant::Number(*with))],
        Literal::Member(fact, with) => vec![equal(*fact, Constant::Number(i64::from(*with)))],
        Literal::Text(fact, at) => vec![equal(*fact, Constant::Word(WORDS[*at]))],
        Literal::OneOf(fact, all) => all
            .iter()
            .map(|at| equal(*fact, Constant::Word(WORDS[*at])))
            .collect(),
        Literal::Absent(fact) => vec![equal(*fact, Constant::Absent)],
    }
}

fn denied(literal: &Literal) -> Alternatives {
    let other = |fact: usize, than| (fact, Test::NotEqual, than);
    match literal {
        Literal::Is(fact) => vec![vec![(*fact, Test::Equal, Constant::Bool(false))]],
        Literal::Less(fact, bound) => {
            let mut group = present(*fact);
            group.push((*fact, Test::AtLeast, Constant::Number(*bound)));
            let mut all = vec![group];
            if what(*fact) == What::OptionalInt {
                all.push(vec![(*fact, Test::Equal, Constant::Absent)]);
            }
            all
        }
        Literal::Equal(fact, with) => vec![vec![other(*fact, Constant::Number(*with))]],
        Literal::Member(fact, with) => vec![vec![other(*fact, Constant::Number(i64::from(*with)))]],
        Literal::Text(fact, at) => vec![vec![other(*fact, Constant::Word(WORDS[*at]))]],
        Literal::OneOf(fact, all) => {
            vec![
                all.iter()
                    .map(|at| other(*fact, Constant::Word(WORDS[*at])))
                    .collect(),
            ]
        }
        Literal::Absent(fact) => vec![vec![other(*fact, Constant::Absent)]],
    }
}

/// What an order asks before: that the fact is there.
fn present(fact: usize) -> Vec<Atom> {
    match what(fact) {
        What::OptionalInt => vec![(fact, Test::NotEqual, Constant::Absent)],
        _ => Vec::new(),
    }
}

/// The condition in the manner of C: `atom` writes one comparison.
pub fn infix(tree: &Tree, atom: impl Fn(&Atom) -> String) -> String {
    let group = |group: &Vec<Atom>| {
        let all: Vec<String> = group.iter().map(&atom).collect();
        all.join(" && ")
    };
    let each = condition(tree);
    let each = each.iter().map(|all| {
        let all: Vec<String> = all.iter().map(|it| format!("({})", group(it))).collect();
        format!("({})", all.join(" || "))
    });
    each.collect::<Vec<String>>().join(" && ")
}
