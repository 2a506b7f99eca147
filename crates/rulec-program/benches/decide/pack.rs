//! A made-up pack of the survey's shape: rules over 500 facts, 2 to 8 literals a rule, and cases with 10 to 30 % of the
//! facts missing. The same rules come out as a program and as Rust text (the yardstick).

use std::fmt::Write as _;
use std::sync::Arc;

use rulec_facts::reason::{Reason, Why};
use rulec_facts::types::{EnumMember, EnumType, FieldType, Kind, RecordType, Type};
use rulec_facts::value::{Partial, Text, Value};
use rulec_program::node::{Comparison, NodeId, Nodes, Op, Place, SlotId};
use rulec_program::program::{
    Named, Origin, Pack, PackId, Plan, Program, Rule, RuleId, Slot, Symptom, SymptomId,
};
use rulec_program::seal::Sealed;
use rulec_program::state::State;

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

pub fn rules(count: usize) -> Vec<MadeRule> {
    let mut dice = Dice::new(7);
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

/// The same rules as a sealed program.
pub fn program(rules: &[MadeRule]) -> Sealed {
    let mut program = Program {
        packs: vec![Pack {
            name: "bench".into(),
            version: "1.0.0".into(),
            title: None,
        }],
        ..Program::default()
    };
    let record = Type::of(Kind::Record(Arc::new(RecordType {
        name: None,
        fields: (SCALARS..SCALARS + FIELDS).map(field).collect(),
    })));
    let scalars = (0..SCALARS).map(|at| slot(at, type_of(what(at))));
    let records = SCALARS..SCALARS + (FACTS - SCALARS) / FIELDS;
    program.slots = scalars
        .chain(records.map(|at| slot(at, record.clone())))
        .collect();
    program.symptoms = (0..SYMPTOMS).map(symptom).collect();
    let mut nodes = Nodes::default();
    for (at, made) in rules.iter().enumerate() {
        let id = RuleId(at as u32);
        program.symptoms[made.symptom].rules.push(id);
        program.rules.push(Rule {
            named: named(&format!("rule-{at:05}")),
            symptoms: vec![SymptomId(made.symptom as u32)],
            any_symptom: false,
            when: Some(lower(&made.when, &mut nodes)),
            otherwise: made.otherwise,
            overridden_by: overriding(rules, at),
            likelihood: None,
            cause: None,
            plan: Plan::default(),
        });
    }
    program.nodes = nodes;
    program
        .seal()
        .unwrap_or_else(|faults| panic!("{}", faults[0]))
}

/// Only ordinary rules override, so that nothing waits for itself.
pub fn overriding(rules: &[MadeRule], at: usize) -> Vec<RuleId> {
    let by = rules[at].overridden_by.filter(|by| !rules[*by].otherwise);
    by.map(|by| RuleId(by as u32)).into_iter().collect()
}

fn named(name: &str) -> Named {
    Named {
        name: name.into(),
        pack: PackId(0),
        title: None,
        description: None,
        place: Place::default(),
    }
}

fn type_of(what: What) -> Type {
    match what {
        What::Bool => Type::of(Kind::Bool),
        What::Int => Type::of(Kind::Int(None)),
        What::OptionalInt => Type::of(Kind::Int(None)).optional(),
        What::Text => Type::of(Kind::Text),
        What::Enum => Type::of(Kind::Enum(Arc::new(EnumType {
            name: None,
            members: ["a", "b", "c", "d"]
                .map(|name| EnumMember {
                    name: name.into(),
                    wire: None,
                    label: None,
                })
                .into(),
            open: false,
        }))),
    }
}

fn field(at: usize) -> FieldType {
    FieldType {
        name: format!("f{at}").into(),
        ty: type_of(what(at)),
        at: None,
        default: None,
        ask: None,
        secret: false,
        title: None,
    }
}

fn slot(at: usize, ty: Type) -> Slot {
    Slot {
        named: named(&format!("fact{at:04}")),
        ty,
        origin: Origin::Fact,
        sources: Vec::new(),
        default: None,
        ask: None,
        reports: None,
        cost: None,
        secret: false,
    }
}

fn symptom(at: usize) -> Symptom {
    Symptom {
        named: named(&format!("symptom-{at:03}")),
        implicit: false,
        codes: Vec::new(),
        texts: Vec::new(),
        local_texts: Vec::new(),
        hints: Vec::new(),
        asks: Vec::new(),
        seen: Vec::new(),
        rules: Vec::new(),
    }
}

fn lower(tree: &Tree, nodes: &mut Nodes) -> NodeId {
    let place = Place::default();
    match tree {
        Tree::Leaf(literal) => lower_literal(literal, nodes),
        Tree::Not(literal) => {
            let of = lower_literal(literal, nodes);
            nodes.push(Op::Not(of), place)
        }
        Tree::And(parts) | Tree::Or(parts) => {
            let parts: Vec<NodeId> = parts.iter().map(|it| lower(it, nodes)).collect();
            let operands = nodes.push_operands(&parts);
            let op = match tree {
                Tree::And(_) => Op::And(operands),
                _ => Op::Or(operands),
            };
            nodes.push(op, place)
        }
    }
}

fn lower_literal(literal: &Literal, nodes: &mut Nodes) -> NodeId {
    let place = Place::default();
    let text = |word: usize| Partial::Known(Value::Text(Text::new(WORDS[word])));
    let int = |it: i64| Partial::Known(Value::Int(i128::from(it)));
    let mut compare = |comparison, fact: usize, constant| {
        let fact = lower_fact(fact, nodes);
        let constant = nodes.push_constant(constant, place);
        nodes.push(Op::Compare(comparison, fact, constant), place)
    };
    match literal {
        Literal::Is(fact) => lower_fact(*fact, nodes),
        Literal::Less(fact, bound) => compare(Comparison::Less, *fact, int(*bound)),
        Literal::Equal(fact, with) => compare(Comparison::Equal, *fact, int(*with)),
        Literal::Member(fact, with) => {
            compare(Comparison::Equal, *fact, Partial::Known(Value::Enum(*with)))
        }
        Literal::Text(fact, word) => compare(Comparison::Equal, *fact, text(*word)),
        Literal::OneOf(fact, words) => {
            let fact = lower_fact(*fact, nodes);
            let words = words.map(|word| nodes.push_constant(text(word), place));
            let operands = nodes.push_operands(&words);
            let list = nodes.push(Op::List(operands), place);
            nodes.push(Op::Member(fact, list), place)
        }
        Literal::Absent(fact) => {
            let fact = lower_fact(*fact, nodes);
            nodes.push(Op::IsAbsent(fact), place)
        }
    }
}

fn lower_fact(fact: usize, nodes: &mut Nodes) -> NodeId {
    let place = Place::default();
    if fact < SCALARS {
        return nodes.push(Op::Slot(SlotId(fact as u32)), place);
    }
    let inner = fact - SCALARS;
    let record = nodes.push(Op::Slot(SlotId((SCALARS + inner / FIELDS) as u32)), place);
    nodes.push(Op::Field(record, (inner % FIELDS) as u32), place)
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

/// The same facts as a state in which every symptom is reported.
pub fn state(program: &Sealed, facts: &[Fact]) -> State {
    let mut state = State::new(program);
    for (at, fact) in facts.iter().enumerate().take(SCALARS) {
        state.set(SlotId(at as u32), partial(at, *fact));
    }
    for (at, fields) in facts[SCALARS..].chunks(FIELDS).enumerate() {
        let first = SCALARS + at * FIELDS;
        let fields = fields.iter().enumerate();
        let fields = fields.map(|(field, fact)| partial(first + field, *fact));
        let record = Value::Record(fields.collect());
        state.set(SlotId((SCALARS + at) as u32), Partial::Known(record));
    }
    for at in 0..SYMPTOMS {
        state.report(SymptomId(at as u32));
    }
    state
}

fn partial(at: usize, fact: Fact) -> Partial {
    match (fact, what(at)) {
        (Fact::Unknown, _) => Partial::Unknown(Arc::from([Reason {
            fact: format!("fact{at:04}").into(),
            why: Why::NotCollected,
            detail: Arc::from(""),
        }])),
        (Fact::Absent, _) => Partial::Absent,
        (Fact::Word(word), _) => Partial::Known(Value::Text(Text::new(word))),
        (Fact::Number(it), What::Bool) => Partial::Known(Value::Bool(it != 0)),
        (Fact::Number(it), What::Enum) => Partial::Known(Value::Enum(it as u16)),
        (Fact::Number(it), _) => Partial::Known(Value::Int(i128::from(it))),
    }
}

/// The rules as Rust, one line a rule.
pub fn as_rust(rules: &[MadeRule]) -> String {
    let mut out =
        String::from("// Written by `WRITE_YARDSTICK=1 cargo bench -p rulec-program`.\n{\n");
    for (at, rule) in rules.iter().enumerate() {
        let _ = writeln!(out, "    out[{at}] = {};", tree_as_rust(&rule.when));
    }
    out.push_str("}\n");
    out
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
