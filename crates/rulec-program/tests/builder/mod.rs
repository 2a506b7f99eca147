//! Small programs built by hand, without a parser: facts by name in any order, expressions as nodes.
#![allow(dead_code, reason = "each test binary uses a part")]

use std::sync::Arc;

use rulec_facts::code::{Code, Number};
use rulec_facts::reason::{Reason, Why};
use rulec_facts::truth::Truth;
use rulec_facts::types::{EnumMember, EnumType, FieldType, Kind, RecordType, Type};
use rulec_facts::value::{Element, Partial, Text, Value};
use rulec_program::decide::{Decider, Scratch};
use rulec_program::node::{
    Arm, Comparison, Function, LetId, NodeId, Op, Pattern, Place, SlotId, TextTest,
};
use rulec_program::program::{
    Let, Named, Origin, Pack, PackId, Plan, Program, Rule, RuleId, Slot, Symptom, SymptomId,
};
use rulec_program::seal::{SealError, Sealed};
use rulec_program::state::State;

pub fn int(value: i128) -> Partial {
    Partial::Known(Value::Int(value))
}

pub fn text(value: &str) -> Partial {
    Partial::Known(Value::Text(Text::new(value)))
}

pub fn yes() -> Partial {
    Partial::Known(Value::Bool(true))
}

pub fn no() -> Partial {
    Partial::Known(Value::Bool(false))
}

pub fn cidr(value: &str) -> Partial {
    Partial::Known(Value::Cidr(value.parse().unwrap()))
}

pub fn ip(value: &str) -> Partial {
    Partial::Known(Value::Ip(value.parse().unwrap()))
}

pub fn code(kind: &str, number: u64) -> Code {
    Code {
        kind: Arc::from(kind),
        number: Number::Number(number),
    }
}

pub fn unknown() -> Partial {
    unknown_of("x", Why::Denied)
}

pub fn unknown_of(fact: &str, why: Why) -> Partial {
    Partial::Unknown(Arc::from([Reason {
        fact: fact.into(),
        why,
        detail: Arc::from(""),
    }]))
}

pub fn list(values: impl IntoIterator<Item = Partial>) -> Partial {
    Partial::Known(Value::List(
        values.into_iter().map(Element::certain).collect(),
    ))
}

pub fn set(values: impl IntoIterator<Item = Partial>) -> Partial {
    Partial::Known(Value::Set(
        values.into_iter().map(Element::certain).collect(),
    ))
}

pub fn record(fields: impl IntoIterator<Item = Partial>) -> Partial {
    Partial::Known(Value::Record(fields.into_iter().collect()))
}

pub fn list_of(member: Type) -> Type {
    Type::of(Kind::List(Arc::new(member)))
}

pub fn set_of(member: Type) -> Type {
    Type::of(Kind::Set(Arc::new(member)))
}

pub fn int_type() -> Type {
    Type::of(Kind::Int(None))
}

pub fn bool_type() -> Type {
    Type::of(Kind::Bool)
}

pub fn text_type() -> Type {
    Type::of(Kind::Text)
}

pub fn enum_type(members: &[&str]) -> Type {
    let members = members.iter().map(|name| EnumMember {
        name: (*name).into(),
        wire: None,
        label: None,
    });
    Type::of(Kind::Enum(Arc::new(EnumType {
        name: None,
        members: members.collect(),
        open: false,
    })))
}

pub fn record_type(fields: &[(&str, Type)]) -> Type {
    let fields = fields.iter().map(|(name, ty)| FieldType {
        name: (*name).into(),
        ty: ty.clone(),
        at: None,
        default: None,
        ask: None,
        secret: false,
        title: None,
    });
    Type::of(Kind::Record(Arc::new(RecordType {
        name: None,
        fields: fields.collect(),
    })))
}

/// A program in the making. Facts, symptoms and rules come in order of their names.
pub struct Builder {
    pub program: Program,
}

impl Default for Builder {
    fn default() -> Builder {
        Builder {
            program: Program {
                packs: vec![Pack {
                    name: "test".into(),
                    version: "1.0.0".into(),
                    title: None,
                }],
                files: vec!["test.rules".into()],
                ..Program::default()
            },
        }
    }
}

pub fn named(name: &str) -> Named {
    Named {
        name: name.into(),
        pack: PackId(0),
        title: None,
        description: None,
        place: Place::default(),
    }
}

impl Builder {
    pub fn fact(&mut self, name: &str, ty: Type) -> SlotId {
        self.program
            .slots
            .push(Slot::bare(named(name), ty, Origin::Fact));
        SlotId(self.program.slots.len() as u32 - 1)
    }

    pub fn push(&mut self, op: Op) -> NodeId {
        let at = self.program.nodes.ops.len() as u32;
        let place = Place {
            file: 0,
            start: at,
            end: at + 1,
        };
        self.program.nodes.push(op, place)
    }

    pub fn constant(&mut self, value: Partial) -> NodeId {
        self.program.nodes.constants.push(value);
        let at = self.program.nodes.constants.len() as u32 - 1;
        self.push(Op::Constant(at))
    }

    pub fn int(&mut self, value: i128) -> NodeId {
        self.constant(int(value))
    }

    pub fn get(&mut self, slot: SlotId) -> NodeId {
        self.push(Op::Slot(slot))
    }

    pub fn var(&mut self, number: u32) -> NodeId {
        self.push(Op::Variable(number))
    }

    pub fn field(&mut self, of: NodeId, field: u32) -> NodeId {
        self.push(Op::Field(of, field))
    }

    pub fn not(&mut self, of: NodeId) -> NodeId {
        self.push(Op::Not(of))
    }

    pub fn and(&mut self, all: &[NodeId]) -> NodeId {
        let operands = self.program.nodes.push_operands(all);
        self.push(Op::And(operands))
    }

    pub fn or(&mut self, all: &[NodeId]) -> NodeId {
        let operands = self.program.nodes.push_operands(all);
        self.push(Op::Or(operands))
    }

    pub fn list(&mut self, all: &[NodeId]) -> NodeId {
        let operands = self.program.nodes.push_operands(all);
        self.push(Op::List(operands))
    }

    pub fn equal(&mut self, a: NodeId, b: NodeId) -> NodeId {
        self.push(Op::Compare(Comparison::Equal, a, b))
    }

    pub fn less(&mut self, a: NodeId, b: NodeId) -> NodeId {
        self.push(Op::Compare(Comparison::Less, a, b))
    }

    pub fn less_equal(&mut self, a: NodeId, b: NodeId) -> NodeId {
        self.push(Op::Compare(Comparison::LessEqual, a, b))
    }

    pub fn text_test(&mut self, test: TextTest, a: NodeId, b: NodeId) -> NodeId {
        self.push(Op::TextTest(test, a, b))
    }

    pub fn call(&mut self, function: Function, of: NodeId) -> NodeId {
        self.push(Op::Call(function, of))
    }

    /// `any x in list [where filter]: body`; the parts see the variable of that number.
    pub fn any(
        &mut self,
        list: NodeId,
        variable: u32,
        filter: Option<NodeId>,
        body: NodeId,
    ) -> NodeId {
        self.push(Op::Any {
            list,
            variable,
            filter,
            body,
        })
    }

    pub fn each(&mut self, list: NodeId, variable: u32, filter: NodeId) -> NodeId {
        self.push(Op::Each {
            list,
            variable,
            filter: Some(filter),
        })
    }

    /// Arms: constants (none: absent), value; the last may be without patterns: `else`.
    pub fn matching(&mut self, scrutinee: NodeId, arms: &[(&[Option<Partial>], NodeId)]) -> NodeId {
        let start = self.program.nodes.arms.len() as u32;
        for (patterns, value) in arms {
            let mut arm = Arm {
                patterns: Vec::new(),
                value: *value,
            };
            for pattern in *patterns {
                arm.patterns.push(match pattern {
                    None => Pattern::Absent,
                    Some(constant) => {
                        self.program.nodes.constants.push(constant.clone());
                        Pattern::Constant(self.program.nodes.constants.len() as u32 - 1)
                    }
                });
            }
            self.program.nodes.arms.push(arm);
        }
        let arms = rulec_program::node::Operands {
            start,
            len: arms.len() as u32,
        };
        self.push(Op::Match { scrutinee, arms })
    }

    /// A derived fact; also how an expression of a test gets into the program.
    pub fn derive(&mut self, value: NodeId) -> LetId {
        let at = self.program.lets.len();
        self.program.lets.push(Let {
            named: named(&format!("let{at}")),
            ty: bool_type(),
            value,
        });
        LetId(at as u32)
    }

    pub fn symptom(&mut self, name: &str) -> SymptomId {
        self.program.symptoms.push(Symptom {
            named: named(name),
            implicit: false,
            codes: Vec::new(),
            texts: Vec::new(),
            local_texts: Vec::new(),
            hints: Vec::new(),
            asks: Vec::new(),
            seen: Vec::new(),
            rules: Vec::new(),
        });
        SymptomId(self.program.symptoms.len() as u32 - 1)
    }

    pub fn rule(&mut self, name: &str, symptoms: &[SymptomId], when: Option<NodeId>) -> RuleId {
        let id = RuleId(self.program.rules.len() as u32);
        for symptom in symptoms {
            self.program.symptoms[symptom.0 as usize].rules.push(id);
        }
        self.program.rules.push(Rule {
            named: named(name),
            symptoms: symptoms.to_vec(),
            any_symptom: false,
            when,
            otherwise: false,
            overridden_by: Vec::new(),
            likelihood: None,
            cause: None,
            plan: Plan::default(),
        });
        id
    }

    pub fn otherwise(&mut self, rule: RuleId) {
        self.program.rules[rule.0 as usize].otherwise = true;
    }

    /// `by` overrides `rule`.
    pub fn overrides(&mut self, by: RuleId, rule: RuleId) {
        let all = &mut self.program.rules[rule.0 as usize].overridden_by;
        all.push(by);
        all.sort();
    }

    pub fn try_seal(self) -> Result<Sealed, Vec<SealError>> {
        self.program.seal()
    }

    pub fn seal(self) -> Sealed {
        self.try_seal()
            .unwrap_or_else(|faults| panic!("{faults:?}"))
    }

    /// Truth of one expression on a state.
    pub fn truth(self, node: NodeId, facts: &[(SlotId, Partial)]) -> Truth {
        self.truths(&[node], facts)[0]
    }

    pub fn truths(mut self, nodes: &[NodeId], facts: &[(SlotId, Partial)]) -> Vec<Truth> {
        for node in nodes {
            self.derive(*node);
        }
        let program = self.seal();
        let state = state(&program, facts);
        let mut scratch = Scratch::default();
        let mut decider = Decider::new(&program, &state, &mut scratch);
        nodes.iter().map(|it| decider.truth(*it)).collect()
    }

    /// Value of one expression on a state.
    pub fn term(mut self, node: NodeId, facts: &[(SlotId, Partial)]) -> Partial {
        self.derive(node);
        let program = self.seal();
        let state = state(&program, facts);
        let mut scratch = Scratch::default();
        Decider::new(&program, &state, &mut scratch).term(node)
    }
}

pub fn state(program: &Sealed, facts: &[(SlotId, Partial)]) -> State {
    let mut state = State::new(program);
    for (slot, value) in facts {
        state.set(*slot, value.clone());
    }
    state
}
