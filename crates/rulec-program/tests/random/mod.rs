//! Random programs with every operator, random total states, and states that know less.
#![allow(dead_code, reason = "each test binary uses a part")]

use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Element, Partial, Value};
use rulec_program::node::{Comparison, Function, NodeId, Op, SlotId, TextTest};
use rulec_program::seal::Sealed;
use rulec_program::state::State;

use crate::builder::*;

/// Gives choices from a list, and zeros after its end, so that a failing case can be shrunk.
pub struct Chooser {
    choices: std::vec::IntoIter<u32>,
}

impl Chooser {
    pub fn new(choices: Vec<u32>) -> Chooser {
        Chooser {
            choices: choices.into_iter(),
        }
    }

    pub fn below(&mut self, bound: u32) -> u32 {
        self.choices.next().unwrap_or(0) % bound
    }

    fn one_in(&mut self, of: u32) -> bool {
        self.below(of) == of - 1
    }
}

/// A random program with the expressions that are looked at.
pub struct Made {
    pub program: Sealed,
    pub conditions: Vec<NodeId>,
    pub terms: Vec<NodeId>,
}

const WORDS: [&str; 4] = ["", "a", "Ab", "1.2"];
const NETS: [&str; 3] = ["10.0.0.0/8", "10.1.0.0/16", "192.168.0.0/24"];
const IPS: [&str; 3] = ["10.1.0.1", "10.2.0.1", "192.168.1.1"];

/// Facts of every program, by name; their number is their slot.
const B: u32 = 0;
const B2: u32 = 1;
const CODES: u32 = 2;
const E: u32 = 3;
const EVENTS: u32 = 4;
const I: u32 = 5;
const I2: u32 = 6;
const IP: u32 = 7;
const ITEMS: u32 = 8;
const N: u32 = 9;
const NETWORKS: u32 = 10;
const NUMBERS: u32 = 11;
const PLACE: u32 = 12;
const T: u32 = 13;
const T2: u32 = 14;

fn facts(b: &mut Builder) {
    let code = Type::of(Kind::Code);
    let item = record_type(&[
        ("n", int_type()),
        ("m", int_type().optional()),
        ("up", bool_type()),
        ("tags", set_of(text_type()).optional()),
    ]);
    let all = [
        ("b", bool_type()),
        ("b2", bool_type()),
        ("codes", set_of(code.clone())),
        ("e", enum_type(&["A", "B", "C"])),
        ("events", list_of(record_type(&[("code", code.optional())]))),
        ("i", int_type()),
        ("i2", int_type().optional()),
        ("ip", Type::of(Kind::Ip).optional()),
        ("items", list_of(item.clone())),
        ("n", list_of(int_type()).optional()),
        ("networks", list_of(Type::of(Kind::Cidr))),
        ("numbers", set_of(int_type())),
        ("place", item.optional()),
        ("t", text_type()),
        ("t2", text_type().optional()),
    ];
    for (name, ty) in all {
        b.fact(name, ty);
    }
    b.program.slots[CODES as usize].reports = Some(None);
    b.program.slots[EVENTS as usize].reports = Some(Some(0));
}

/// A random program: three symptoms, some derived facts, eight rules, and terms of all kinds.
pub fn made(choose: &mut Chooser) -> Made {
    let mut b = Builder::default();
    facts(&mut b);
    let mut make = Make {
        b,
        choose,
        variables: Vec::new(),
        lets: Vec::new(),
    };
    for _ in 0..3 {
        let node = make.condition(2);
        let it = make.b.derive(node);
        make.lets.push(it);
    }
    let mut terms = Vec::new();
    for _ in 0..4 {
        let term = match make.choose.below(4) {
            0 => make.number(2),
            1 => make.text(2),
            2 => make.items(2),
            _ => make.numbers(2),
        };
        make.b.derive(term);
        terms.push(term);
    }
    let mut conditions = Vec::new();
    symptoms(&mut make, &mut conditions);
    rules(&mut make, &mut conditions);
    Made {
        program: make.b.seal(),
        conditions,
        terms,
    }
}

fn symptoms(make: &mut Make<'_>, conditions: &mut Vec<NodeId>) {
    for name in ["s0", "s1", "s2"] {
        let symptom = make.b.symptom(name).0 as usize;
        if make.choose.one_in(2) {
            let node = make.condition(1);
            make.b.program.symptoms[symptom].seen.push(node);
            conditions.push(node);
        }
        let it = &mut make.b.program.symptoms[symptom];
        if make.choose.one_in(2) {
            it.codes.push(code("ras", 600 + symptom as u64));
        }
        if make.choose.one_in(3) {
            it.asks.push("so?".to_owned());
        }
    }
}

/// Ordinary rules are overridden by earlier ordinary ones, others by any earlier one: nothing waits for itself.
fn rules(make: &mut Make<'_>, conditions: &mut Vec<NodeId>) {
    use rulec_program::program::{RuleId, SymptomId};
    let mut ordinary: Vec<bool> = Vec::new();
    for at in 0..8u32 {
        let when = (!make.choose.one_in(8)).then(|| make.condition(3));
        conditions.extend(when);
        let mut has: Vec<SymptomId> = (0..3)
            .filter(|_| make.choose.one_in(2))
            .map(SymptomId)
            .collect();
        if has.is_empty() && when.is_none() {
            has.push(SymptomId(0));
        }
        let rule = make.b.rule(&format!("r{at}"), &has, when);
        let otherwise = !has.is_empty() && make.choose.one_in(4);
        if otherwise {
            make.b.otherwise(rule);
        }
        for by in 0..at {
            let may = otherwise || ordinary[by as usize];
            if may && make.choose.one_in(6) {
                make.b.overrides(RuleId(by), rule);
            }
        }
        ordinary.push(!otherwise);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Var {
    Item,
    Number,
}

struct Make<'c> {
    b: Builder,
    choose: &'c mut Chooser,
    variables: Vec<Var>,
    lets: Vec<rulec_program::node::LetId>,
}

impl Make<'_> {
    fn slot(&mut self, slot: u32) -> NodeId {
        self.b.get(SlotId(slot))
    }

    /// A variable of that kind, if one is in scope.
    fn variable(&mut self, kind: Var) -> Option<NodeId> {
        let all: Vec<usize> = (0..self.variables.len())
            .filter(|at| self.variables[*at] == kind)
            .collect();
        if all.is_empty() {
            return None;
        }
        let at = all[self.choose.below(all.len() as u32) as usize];
        Some(self.b.var(at as u32))
    }

    fn condition(&mut self, depth: u32) -> NodeId {
        if depth == 0 {
            return self.test(0);
        }
        match self.choose.below(9) {
            0 => {
                let of = self.condition(depth - 1);
                self.b.not(of)
            }
            1 | 2 => {
                let all = self.several(depth);
                self.b.and(&all)
            }
            3 | 4 => {
                let all = self.several(depth);
                self.b.or(&all)
            }
            5 => self.quantifier(depth),
            _ => self.test(depth),
        }
    }

    fn several(&mut self, depth: u32) -> Vec<NodeId> {
        let count = 2 + self.choose.below(2);
        (0..count).map(|_| self.condition(depth - 1)).collect()
    }

    fn quantifier(&mut self, depth: u32) -> NodeId {
        let (list, kind) = match self.choose.below(2) {
            0 => (self.items(depth - 1), Var::Item),
            _ => (self.numbers(depth - 1), Var::Number),
        };
        let variable = self.variables.len() as u32;
        self.variables.push(kind);
        let filter = self.choose.one_in(3).then(|| self.condition(0));
        let body = self.condition(depth - 1);
        self.variables.pop();
        self.b.any(list, variable, filter, body)
    }

    #[allow(clippy::too_many_lines, reason = "one arm for each operator")]
    fn test(&mut self, depth: u32) -> NodeId {
        match self.choose.below(16) {
            0 => self.slot(B),
            1 => self.slot(B2),
            2 | 3 => {
                let comparison = match self.choose.below(3) {
                    0 => Comparison::Equal,
                    1 => Comparison::Less,
                    _ => Comparison::LessEqual,
                };
                let (a, b) = (self.number(depth), self.number(depth));
                self.b.push(Op::Compare(comparison, a, b))
            }
            4 => self.against_constant(),
            5 => {
                let test = match self.choose.below(4) {
                    0 => TextTest::Contains,
                    1 => TextTest::StartsWith,
                    2 => TextTest::EndsWith,
                    _ => TextTest::Matches,
                };
                let (a, b) = (self.text(depth), self.text(depth));
                self.b.text_test(test, a, b)
            }
            6 => {
                let (a, b) = (self.text(depth), self.text(depth));
                self.b.equal(a, b)
            }
            7 => {
                let (a, list) = (self.number(depth), self.numbers(depth));
                self.b.push(Op::Member(a, list))
            }
            8 => {
                let ip = self.slot(IP);
                let networks = self.slot(NETWORKS);
                self.b.push(Op::Member(ip, networks))
            }
            9 => {
                let (a, b) = (self.numbers(depth), self.numbers(depth));
                self.b.push(Op::Overlaps(a, b))
            }
            10 => self.reported(),
            11 => {
                let of = match self.choose.below(3) {
                    0 => self.number(depth),
                    1 => self.text(depth),
                    _ => self.slot(PLACE),
                };
                self.b.push(Op::IsAbsent(of))
            }
            12 => {
                let of = match self.choose.below(3) {
                    0 => self.numbers(depth),
                    1 => self.items(depth),
                    _ => self.text(depth),
                };
                self.b.push(Op::IsEmpty(of))
            }
            13 => {
                let of = self.text(depth);
                self.b.push(Op::IsBase64(of))
            }
            14 if !self.lets.is_empty() => {
                let at = self.choose.below(self.lets.len() as u32) as usize;
                self.b.push(Op::Let(self.lets[at]))
            }
            _ => match self.variable(Var::Item) {
                Some(item) => self.b.field(item, 2),
                None => self.against_constant(),
            },
        }
    }

    /// A fact or field tested against a constant: what the decision code does itself.
    fn against_constant(&mut self) -> NodeId {
        let (fact, constant) = match self.choose.below(6) {
            0 => (self.slot(B), yes()),
            1 => {
                let member = self.choose.below(3) as u16;
                (self.slot(E), Partial::Known(Value::Enum(member)))
            }
            2 => {
                let place = self.slot(PLACE);
                let field = self.choose.below(2);
                (self.b.field(place, field), int(1))
            }
            3 => {
                let slot = if self.choose.one_in(2) { T } else { T2 };
                let word = self.choose.below(4) as usize;
                (self.slot(slot), text(WORDS[word]))
            }
            _ => {
                let slot = if self.choose.one_in(2) { I } else { I2 };
                let value = i128::from(self.choose.below(4));
                (self.slot(slot), int(value))
            }
        };
        let ordered = constant
            .known()
            .is_some_and(|it| matches!(it, Value::Int(_)));
        if matches!(constant.known(), Some(Value::Text(_))) && self.choose.one_in(2) {
            let words = ["a", "1.2"].map(|word| self.b.constant(text(word)));
            let list = self.b.list(&words);
            return self.b.push(Op::Member(fact, list));
        }
        let comparison = match self.choose.below(3) {
            1 if ordered => Comparison::Less,
            2 if ordered => Comparison::LessEqual,
            _ => Comparison::Equal,
        };
        let constant = self.b.constant(constant);
        match self.choose.one_in(2) {
            true => self.b.push(Op::Compare(comparison, fact, constant)),
            false => self.b.push(Op::Compare(comparison, constant, fact)),
        }
    }

    fn reported(&mut self) -> NodeId {
        let number = 600 + u64::from(self.choose.below(4));
        let wanted = match self.choose.below(3) {
            0 => {
                let text = self.text(0);
                self.b.call(Function::Code, text)
            }
            _ => self
                .b
                .constant(Partial::Known(Value::Code(code("ras", number)))),
        };
        self.b.push(Op::Reported(wanted))
    }

    fn number(&mut self, depth: u32) -> NodeId {
        match self.choose.below(if depth == 0 { 5 } else { 11 }) {
            0 => self.slot(I),
            1 => self.slot(I2),
            2 => {
                let value = i128::from(self.choose.below(4));
                self.b.int(value)
            }
            3 => match self.variable(Var::Number) {
                Some(it) => it,
                None => self.slot(I),
            },
            4 => {
                let record = self.variable(Var::Item);
                let record = record.unwrap_or_else(|| self.slot(PLACE));
                let field = self.choose.below(2);
                self.b.field(record, field)
            }
            5 | 6 => {
                let list = match self.choose.below(2) {
                    0 => self.items(depth - 1),
                    _ => self.numbers(depth - 1),
                };
                self.b.push(Op::Count(list))
            }
            7 => {
                let list = self.numbers(depth - 1);
                let op = if self.choose.one_in(2) {
                    Op::Min(list)
                } else {
                    Op::Max(list)
                };
                self.b.push(op)
            }
            8 => {
                let text = self.text(depth - 1);
                self.b.call(Function::Length, text)
            }
            9 => {
                let (a, b) = (self.number(depth - 1), self.number(depth - 1));
                let op = if self.choose.one_in(2) {
                    Op::Add(a, b)
                } else {
                    Op::Subtract(a, b)
                };
                self.b.push(op)
            }
            _ => {
                let (one, two) = (self.number(depth - 1), self.number(depth - 1));
                self.matching(one, two)
            }
        }
    }

    fn text(&mut self, depth: u32) -> NodeId {
        match self.choose.below(if depth == 0 { 3 } else { 4 }) {
            0 => self.slot(T),
            1 => self.slot(T2),
            2 => {
                let word = self.choose.below(4) as usize;
                self.b.constant(text(WORDS[word]))
            }
            _ => {
                let (one, two) = (self.text(depth - 1), self.text(depth - 1));
                self.matching(one, two)
            }
        }
    }

    fn matching(&mut self, one: NodeId, two: NodeId) -> NodeId {
        if self.choose.one_in(2) {
            let scrutinee = self.slot(E);
            let member = Some(Partial::Known(Value::Enum(0)));
            return self.b.matching(scrutinee, &[(&[member], one), (&[], two)]);
        }
        let scrutinee = self.number(0);
        self.b
            .matching(scrutinee, &[(&[None, Some(int(1))], one), (&[], two)])
    }

    /// A list of items, derived ones included.
    fn items(&mut self, depth: u32) -> NodeId {
        let list = self.slot(ITEMS);
        if depth == 0 || self.choose.one_in(2) {
            return list;
        }
        self.each(list, Var::Item, depth)
    }

    fn each(&mut self, list: NodeId, kind: Var, depth: u32) -> NodeId {
        let variable = self.variables.len() as u32;
        self.variables.push(kind);
        let filter = self.condition(depth - 1);
        self.variables.pop();
        self.b.each(list, variable, filter)
    }

    /// A list or set of numbers, derived ones included.
    fn numbers(&mut self, depth: u32) -> NodeId {
        let list = match self.choose.below(5) {
            0 => self.slot(N),
            1 => self.slot(NUMBERS),
            2 => {
                let (a, b) = (self.number(0), self.number(0));
                self.b.list(&[a, b])
            }
            _ => {
                let items = self.items(depth.saturating_sub(1));
                let field = self.choose.below(2);
                self.b.push(Op::Project(items, field))
            }
        };
        match depth > 0 && self.choose.one_in(3) {
            true => self.each(list, Var::Number, depth),
            false => list,
        }
    }
}

/// A state in which everything is known.
pub fn total(program: &Sealed, choose: &mut Chooser) -> State {
    let mut state = State::new(program);
    for (at, slot) in program.slots.iter().enumerate() {
        state.set(SlotId(at as u32), value(&slot.ty, choose));
    }
    for at in 0..program.symptoms.len() {
        let symptom = rulec_program::program::SymptomId(at as u32);
        state.set_reported(symptom, choose.one_in(2));
        state.answer(symptom, Some(choose.one_in(2)));
    }
    if choose.one_in(4) {
        state.report_code(code("ras", 600 + u64::from(choose.below(4))));
    }
    state
}

fn value(ty: &Type, choose: &mut Chooser) -> Partial {
    if ty.optional && choose.one_in(3) {
        return Partial::Absent;
    }
    Partial::Known(match &ty.kind {
        Kind::Bool => Value::Bool(choose.one_in(2)),
        Kind::Int(_) => Value::Int(i128::from(choose.below(4))),
        Kind::Enum(_) => Value::Enum(choose.below(3) as u16),
        Kind::Ip => return ip(IPS[choose.below(3) as usize]),
        Kind::Cidr => return cidr(NETS[choose.below(3) as usize]),
        Kind::Code => Value::Code(code("ras", 600 + u64::from(choose.below(4)))),
        Kind::Record(record) => {
            let fields = record.fields.iter().map(|it| value(&it.ty, choose));
            Value::Record(fields.collect())
        }
        Kind::List(member) => {
            let count = choose.below(4);
            let all = (0..count).map(|_| Element::certain(value(member, choose)));
            Value::List(all.collect())
        }
        Kind::Set(member) => {
            let mut all: Vec<Element> = Vec::new();
            for _ in 0..choose.below(4) {
                let new = Element::certain(value(member, choose));
                if !all.contains(&new) {
                    all.push(new);
                }
            }
            Value::Set(all.into())
        }
        _ => return text(WORDS[choose.below(4) as usize]),
    })
}

/// A state that knows less: facts, fields and elements are forgotten; what was answered may be open.
pub fn blur(program: &Sealed, state: &State, choose: &mut Chooser) -> State {
    let mut less = state.clone();
    for (at, slot) in program.slots.iter().enumerate() {
        let slot_id = SlotId(at as u32);
        if let Some(value) = state.get(slot_id) {
            less.set(slot_id, blurred(value, &slot.ty, choose, 6));
        }
    }
    for at in 0..program.symptoms.len() {
        if choose.one_in(4) {
            less.answer(rulec_program::program::SymptomId(at as u32), None);
        }
    }
    less
}

fn blurred(value: &Partial, ty: &Type, choose: &mut Chooser, one_in: u32) -> Partial {
    if choose.one_in(one_in) {
        return unknown();
    }
    let Partial::Known(known) = value else {
        return value.clone();
    };
    Partial::Known(match (known, &ty.kind) {
        (Value::Record(fields), Kind::Record(record)) => {
            let fields = fields.iter().zip(&record.fields);
            Value::Record(
                fields
                    .map(|(it, field)| blurred(it, &field.ty, choose, 8))
                    .collect(),
            )
        }
        (Value::List(all), Kind::List(member)) => Value::List(
            all.iter()
                .map(|it| Element::certain(blurred(&it.value, member, choose, 8)))
                .collect(),
        ),
        (Value::Set(all), Kind::Set(member)) => {
            let mut less: Vec<Element> = Vec::new();
            for element in all.iter() {
                let blurred = Element::certain(blurred(&element.value, member, choose, 8));
                // An unknown member may turn out to be one that is there already (T3).
                if blurred.value.is_unknown() && choose.one_in(3) {
                    less.push(blurred.clone());
                }
                less.push(blurred);
            }
            Value::Set(less.into())
        }
        (other, _) => other.clone(),
    })
}
