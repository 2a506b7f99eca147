//! Small random packs over types whose values have no end, and states of values near what the packs ask.

use rulec_facts::code::Code;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Element, Partial, Value, Version};
use rulec_generate::Random;
use rulec_program::node::SlotId;
use rulec_program::program::{Origin, SymptomId};
use rulec_program::seal::Sealed;
use rulec_program::state::State;
use std::sync::Arc;

const FACTS: &str = r#"pack test 1.0.0
    language 1

type Row = {
    name: string
    net: cidr
    until: time
}

fact s: string
    ask "s?"
fact t: string?
    ask "t?"
fact v: version
    ask "v?"
fact w: version?
    ask "w?"
fact begun: time
    ask "begun?"
fact ended: time?
    ask "ended?"
fact long: duration
    ask "long?"
fact a: ip
    ask "a?"
fact net: cidr?
    ask "net?"
fact k: code
    ask "k?"
fact rows: list of Row
    ask "rows?"
fact words: set of string
    ask "words?"
fact nets: list of cidr
    ask "nets?"
"#;

const ATOMS: &[&str] = &[
    "s == \"ab\"",
    "s == \"abc\"",
    "s == t",
    "t is absent",
    "s starts with \"a\"",
    "t ends with \"c\"",
    "s contains \"b\"",
    "s matches \"a*c\"",
    "s is empty",
    "length(s) > 2",
    "length(t) == 3",
    "s is base64",
    "t is base64",
    "t contains s",
    "version(s) >= 1.5",
    "version(s) is absent",
    "v == 1.2",
    "v < 1.5",
    "v <= w",
    "w < v",
    "v == w",
    "w >= 2.0",
    "begun < now",
    "ended < now",
    "begun == ended",
    "begun + 2d <= ended",
    "ended - begun > 30d",
    "begun < 2026-03-01",
    "now - begun < long",
    "long > 2h",
    "long == 3h",
    "a in 10.0.0.0/8",
    "a in 10.1.0.0/16",
    "a == 10.1.2.3",
    "a in net",
    "net in 10.0.0.0/8",
    "net overlaps 10.1.0.0/16",
    "net == 10.0.0.0/8",
    "net is absent",
    "a in nets",
    "net in nets",
    "nets overlaps net",
    "k == win32 5",
    "k == ras 798",
    "k in reported",
    "win32 5 in reported",
    "(any r in rows: r.name == s)",
    "(any r in rows: r.until < now)",
    "(all r in rows: r.until > begun)",
    "(no r in rows: r.net overlaps 10.0.0.0/8)",
    "(any r in rows: a in r.net)",
    "rows is empty",
    "count(rows) >= 2",
    "s in words",
    "\"ab\" in words",
    "words is empty",
    "count(words) == 2",
    "s in rows.name",
    "rows.name overlaps words",
    "max(rows.until) < now",
    "(any r in rows: r.name in words)",
    "(all r in rows: (any q in rows: q.until > r.until or r.name == \"ab\"))",
];

pub struct Mixed {
    random: Random,
}

impl Mixed {
    pub fn new(seed: u64) -> Mixed {
        Mixed {
            random: Random::new(seed ^ 0x0f0f),
        }
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.random.below(u64::try_from(end).unwrap())).unwrap()
    }

    fn atom(&mut self) -> String {
        let not = if self.below(4) == 0 { "not " } else { "" };
        format!("{not}{}", ATOMS[self.below(ATOMS.len())])
    }

    fn condition(&mut self, depth: usize) -> String {
        if depth == 0 || self.below(5) == 0 {
            return self.atom();
        }
        let parts: Vec<String> = (0..2 + self.below(2))
            .map(|_| self.condition(depth - 1))
            .collect();
        let word = if self.below(2) == 0 { " and " } else { " or " };
        format!("({})", parts.join(word))
    }

    pub fn pack(&mut self) -> String {
        let mut text = FACTS.to_owned();
        for _ in 0..self.below(3) {
            let condition = self.condition(1);
            text.push_str(&format!("assume {condition}\n"));
        }
        text.push_str("symptom s0 =\n    | ask \"s0?\"\n    | code win32 5\n");
        for number in 0..3 {
            let condition = self.condition(2);
            let symptom = if self.below(2) == 0 {
                "    symptom s0\n"
            } else {
                ""
            };
            text.push_str(&format!(
                "rule r{number}:\n{symptom}    when {condition}\n    => fix \"repair {number}\"\n"
            ));
        }
        text
    }

    /// A state of values near what the atoms ask.
    pub fn state(&mut self, program: &Sealed) -> State {
        let mut state = State::new(program);
        for (number, slot) in program.slots.iter().enumerate() {
            let ty = match slot.origin {
                Origin::Now => Type::of(Kind::Time),
                _ => slot.ty.clone(),
            };
            let value = self.value(&ty);
            state.set(SlotId(u32::try_from(number).unwrap()), value);
        }
        for number in 0..program.symptoms.len() {
            let id = SymptomId(u32::try_from(number).unwrap());
            state.set_reported(id, self.below(2) == 1);
            state.answer(id, Some(self.below(2) == 1));
        }
        state
    }

    fn value(&mut self, ty: &Type) -> Partial {
        if ty.optional && self.below(4) == 0 {
            return Partial::Absent;
        }
        let day = 86_400_000_000_000_i128;
        Partial::Known(match &ty.kind {
            Kind::Text => {
                let all = [
                    "ab", "AB", "abc", "", "a", "c", "bc", "1.6", "1", "abcd", "YWI=", "ywi=", "zz",
                ];
                Value::text(all[self.below(all.len())])
            }
            Kind::Version => {
                let all: [&[u64]; 7] = [&[1, 2], &[1, 5], &[1], &[2], &[2, 1], &[], &[1, 2, 1]];
                Value::Version(Version::new(all[self.below(7)]))
            }
            Kind::Time => Value::Time(20_500 * day + i128::try_from(self.below(40)).unwrap() * day),
            Kind::Duration(_) => {
                let hours = i128::try_from(self.below(5)).unwrap();
                Value::Duration(hours * 3_600_000_000_000)
            }
            Kind::Ip => {
                let all = ["10.1.2.3", "10.1.0.1", "10.2.0.1", "192.168.0.1", "::1"];
                Value::Ip(all[self.below(5)].parse().unwrap())
            }
            Kind::Cidr => {
                let all = [
                    "10.0.0.0/8",
                    "10.1.0.0/16",
                    "10.1.2.0/24",
                    "192.168.0.0/16",
                    "0.0.0.0/0",
                    "10.2.0.0/16",
                ];
                Value::Cidr(all[self.below(6)].parse().unwrap())
            }
            Kind::Code => {
                let all = ["win32 5", "ras 798", "http 503"];
                Value::Code(Code::of_text(all[self.below(3)]).unwrap())
            }
            Kind::List(member) => {
                let all: Vec<Element> = (0..self.below(4))
                    .map(|_| Element::certain(self.value(member)))
                    .collect();
                Value::List(Arc::from(all))
            }
            Kind::Set(member) => {
                let all = (0..self.below(4))
                    .map(|_| Element::certain(self.value(member)))
                    .collect();
                rulec_facts::ops::set(all, member)
            }
            Kind::Record(record) => {
                Value::Record(record.fields.iter().map(|it| self.value(&it.ty)).collect())
            }
            Kind::Bool => Value::Bool(self.below(2) == 1),
            Kind::Int(_) | Kind::Enum(_) => panic!("no such fact"),
        })
    }
}
