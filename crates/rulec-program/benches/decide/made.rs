//! Made-up rules of the survey's shape: over 500 facts, 2 to 8 literals a rule, and cases with 10 to 30 % of the facts
//! missing. Knows no engine: each contestant puts them into its own words; here they become Rust text (the yardstick).

use std::fmt::Write as _;

/// Facts: each kind has a share of 100; the last 100 are fields of 20 records.
pub const FACTS: usize = 500;
pub const SCALARS: usize = 400;
pub const FIELDS: usize = 5;
pub const SYMPTOMS: usize = 100;

/// A small generator of pseudo-random numbers (xorshift), so that rules and cases are the same on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound
    }
}

/// What a fact is; facts take turns.
#[derive(Clone, Copy, PartialEq)]
pub enum What {
    Bool,
    Int,
    Enum,
    Text,
    OptionalInt,
}

pub fn what(fact: usize) -> What {
    match fact % 5 {
        0 => What::Bool,
        1 => What::Int,
        2 => What::Enum,
        3 => What::Text,
        _ => What::OptionalInt,
    }
}

pub const WORDS: [&str; 6] = [
    "sstp",
    "ikev2",
    "openvpn",
    "succeeded",
    "failed",
    "updating",
];

#[derive(Clone)]
pub enum Literal {
    Is(usize),
    Less(usize, i64),
    Equal(usize, i64),
    Member(usize, u16),
    Text(usize, usize),
    OneOf(usize, [usize; 3]),
    Absent(usize),
}

#[derive(Clone)]
pub enum Tree {
    Leaf(Literal),
    Not(Literal),
    And(Vec<Tree>),
    Or(Vec<Tree>),
}

pub struct MadeRule {
    pub symptom: usize,
    pub otherwise: bool,
    pub overridden_by: Option<usize>,
    pub when: Tree,
}

/// Rules of a seed.
pub fn rules(seed: u64, count: usize) -> Vec<MadeRule> {
    let mut dice = Dice::new(seed);
    (0..count)
        .map(|at| {
            let otherwise = dice.below(20) == 0;
            let overridden = at > 0 && dice.below(20) == 0;
            MadeRule {
                symptom: at % SYMPTOMS,
                otherwise,
                overridden_by: overridden.then(|| at - 1),
                when: condition(&mut dice),
            }
        })
        .collect()
}

/// 2 to 8 literals in conjunctions with some alternatives.
fn condition(dice: &mut Dice) -> Tree {
    let mut left = 2 + dice.below(7);
    let mut parts = Vec::new();
    while left > 0 {
        if left >= 2 && dice.below(3) == 0 {
            parts.push(Tree::Or(vec![leaf(dice), leaf(dice)]));
            left -= 2;
        } else {
            parts.push(leaf(dice));
            left -= 1;
        }
    }
    if parts.len() == 1 {
        parts.push(leaf(dice));
    }
    Tree::And(parts)
}

fn leaf(dice: &mut Dice) -> Tree {
    let fact = dice.below(FACTS as u64) as usize;
    let literal = match what(fact) {
        What::Bool => Literal::Is(fact),
        What::Int if dice.below(3) == 0 => Literal::Equal(fact, dice.below(4) as i64),
        What::Int => Literal::Less(fact, dice.below(100) as i64),
        What::Enum => Literal::Member(fact, dice.below(4) as u16),
        What::Text if dice.below(3) == 0 => {
            let word = dice.below(4) as usize;
            Literal::OneOf(fact, [word, word + 1, word + 2])
        }
        What::Text => Literal::Text(fact, dice.below(WORDS.len() as u64) as usize),
        What::OptionalInt if dice.below(2) == 0 => Literal::Absent(fact),
        What::OptionalInt => Literal::Less(fact, dice.below(100) as i64),
    };
    match dice.below(4) {
        0 => Tree::Not(literal),
        _ => Tree::Leaf(literal),
    }
}

/// Facts as the yardstick reads them: known numbers and words, or how they are not.
#[derive(Clone, Copy, PartialEq)]
pub enum Fact {
    Number(i64),
    Word(&'static str),
    Absent,
    Unknown,
}

/// Facts of a case.
pub fn case(seed: u64) -> Vec<Fact> {
    let mut dice = Dice::new(seed + 1000);
    let missing = 10 + dice.below(21);
    (0..FACTS)
        .map(|fact| {
            if dice.below(100) < missing {
                return Fact::Unknown;
            }
            match what(fact) {
                What::Bool => Fact::Number(dice.below(2) as i64),
                What::Int => Fact::Number(dice.below(100) as i64),
                What::Enum => Fact::Number(dice.below(4) as i64),
                What::Text => Fact::Word(WORDS[dice.below(6) as usize]),
                What::OptionalInt if dice.below(3) == 0 => Fact::Absent,
                What::OptionalInt => Fact::Number(dice.below(100) as i64),
            }
        })
        .collect()
}

/// The rules as Rust, one line a rule.
pub fn as_rust(rules: &[MadeRule]) -> String {
    let mut out =
        String::from("// Written by `WRITE_YARDSTICK=1 cargo bench -p rulec-program`.\n{\n");
    for (at, rule) in rules.iter().enumerate() {
        let _ = writeln!(out, "{}", line(at, rule));
    }
    out.push_str("}\n");
    out
}

/// A rule as a statement of Rust.
pub fn line(at: usize, rule: &MadeRule) -> String {
    format!("    out[{at}] = {};", tree_as_rust(&rule.when))
}

fn tree_as_rust(tree: &Tree) -> String {
    let all = |parts: &[Tree]| {
        let parts: Vec<String> = parts.iter().map(tree_as_rust).collect();
        parts.join(", ")
    };
    match tree {
        Tree::Leaf(literal) => literal_as_rust(literal),
        Tree::Not(literal) => format!("not({})", literal_as_rust(literal)),
        Tree::And(parts) => format!("and!({})", all(parts)),
        Tree::Or(parts) => format!("or!({})", all(parts)),
    }
}

fn literal_as_rust(literal: &Literal) -> String {
    match literal {
        Literal::Is(fact) => format!("number(f[{fact}], |it| it != 0)"),
        Literal::Less(fact, bound) => format!("number(f[{fact}], |it| it < {bound})"),
        Literal::Equal(fact, with) => format!("number(f[{fact}], |it| it == {with})"),
        Literal::Member(fact, with) => format!("number(f[{fact}], |it| it == {with})"),
        Literal::Text(fact, word) => format!("word(f[{fact}], |it| it == {:?})", WORDS[*word]),
        Literal::OneOf(fact, words) => {
            let words = words.map(|word| WORDS[word]);
            format!("word(f[{fact}], |it| {words:?}.contains(&it))")
        }
        Literal::Absent(fact) => format!("absent(f[{fact}])"),
    }
}
