//! The made-up rules as a program, and their cases as states.

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

use super::made::{
    FACTS, FIELDS, Fact, Literal, MadeRule, SCALARS, SYMPTOMS, Tree, WORDS, What, what,
};

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
    Slot::bare(named(&format!("fact{at:04}")), ty, Origin::Fact)
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
