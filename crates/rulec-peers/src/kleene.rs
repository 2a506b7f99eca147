//! The reference: Kleene logic, read off the rules as they were made. Slow and obvious.

use crate::made::{Fact, Literal, Tree, WORDS};

/// True, false, or neither.
pub fn truth(tree: &Tree, facts: &[Fact]) -> Option<bool> {
    match tree {
        Tree::Leaf(it) => literal(it, facts),
        Tree::Not(it) => literal(it, facts).map(|it| !it),
        Tree::And(parts) => all(parts.iter().map(|it| truth(it, facts))),
        Tree::Or(parts) => all(parts.iter().map(|it| truth(it, facts).map(|it| !it))).map(|it| !it),
    }
}

fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let parts: Vec<Option<bool>> = parts.collect();
    match parts.contains(&Some(false)) {
        true => Some(false),
        false if parts.contains(&None) => None,
        false => Some(true),
    }
}

fn literal(literal: &Literal, facts: &[Fact]) -> Option<bool> {
    let number = |fact: usize, holds: &dyn Fn(i64) -> bool| match facts[fact] {
        Fact::Unknown => None,
        Fact::Number(it) => Some(holds(it)),
        _ => Some(false),
    };
    let word = |fact: usize, holds: &dyn Fn(&str) -> bool| match facts[fact] {
        Fact::Unknown => None,
        Fact::Word(it) => Some(holds(it)),
        _ => Some(false),
    };
    match literal {
        Literal::Is(fact) => number(*fact, &|it| it != 0),
        Literal::Less(fact, bound) => number(*fact, &|it| it < *bound),
        Literal::Equal(fact, with) => number(*fact, &|it| it == *with),
        Literal::Member(fact, with) => number(*fact, &|it| it == i64::from(*with)),
        Literal::Text(fact, at) => word(*fact, &|it| it == WORDS[*at]),
        Literal::OneOf(fact, all) => word(*fact, &|it| all.iter().any(|at| it == WORDS[*at])),
        Literal::Absent(fact) => match facts[*fact] {
            Fact::Unknown => None,
            other => Some(other == Fact::Absent),
        },
    }
}
