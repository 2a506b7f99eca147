//! A line of a batch, read as it comes and decided by a part of the pack, gives what a tree of its values and the whole pack give: the same
//! report to the last byte, or the same mistakes. Lines are made by a seed: names and values of the built-in pack's own facts, most of them right.

use rulec_eval::report::json;
use rulec_eval::report::texts::Texts;
use rulec_eval::{Case, CaseInput, Given, LineError, Lines, Pack, Session};
use rulec_facts::fixture::strict_json;
use rulec_facts::types::{Kind, Type};
use rulec_generate::Random;
use rulec_program::program::Slot;
use rulec_program::seal::Sealed;
use serde_json::{Map, Value as Json};

use super::BUILT_IN;

/// Lines that are compared.
const LINES: u64 = 250;

/// A line through a tree of its values and the whole program.
fn by_a_tree(program: &Sealed, shared: &CaseInput, line: &str) -> Result<String, LineError> {
    let tree = strict_json(line).map_err(LineError::Text)?;
    let Json::Object(object) = tree else {
        let message = "the line is no object of names with values";
        return Err(LineError::Form(message.to_owned()));
    };
    let mut input = shared.clone();
    let give = |named: Map<String, Json>, input: &mut CaseInput| {
        let named = named.into_iter();
        let given = named.map(|(name, value)| Given::new(&name, value));
        input.given.extend(given);
    };
    let parts = ["facts", "symptoms", "params"];
    if !parts.iter().any(|it| object.contains_key(*it)) {
        give(object, &mut input);
    } else {
        for (key, value) in object {
            let misplaced = format!("`{key}` is no key of a case, or its value does not fit");
            match (key.as_str(), value) {
                ("facts" | "params", Json::Object(named)) => give(named, &mut input),
                ("symptoms", Json::Array(all)) => {
                    let all = all.iter().map(|it| match it {
                        Json::String(text) => text.clone(),
                        other => other.to_string(),
                    });
                    input.texts = all.collect();
                }
                ("now", Json::String(now)) => input.now = Some(now),
                ("locale", Json::String(locale)) => input.locale = Some(locale),
                _ => return Err(LineError::Form(misplaced)),
            }
        }
    }
    let locale = input.locale.clone();
    let case = Case::new(program, input).map_err(LineError::Misuses)?;
    let session = Session::new(program, case);
    let texts = Texts::new(program, locale.as_deref());
    Ok(json::line(&session.report_in(&texts)))
}

fn as_it_comes(program: &Sealed, lines: &mut Lines<'_>, line: &str) -> Result<String, LineError> {
    let mut case = lines.read(line)?;
    let texts = Texts::new(program, case.locale());
    Ok(json::line(&case.session().report_in(&texts)))
}

/// The time of a case stands anywhere in a line, and first in what is given.
fn sorted(mut read: Result<String, LineError>) -> Result<String, LineError> {
    if let Err(LineError::Misuses(all)) = &mut read {
        all.sort_by_key(|it| format!("{it:?}"));
    }
    read
}

/// Makes lines.
struct Made<'p> {
    random: Random,
    program: &'p Sealed,
}

impl Made<'_> {
    fn one_in(&mut self, many: u64) -> bool {
        self.random.below(many) == 0
    }

    fn line(&mut self) -> String {
        let facts = self.facts();
        if self.one_in(4) {
            return facts;
        }
        let count = self.random.below(2);
        let symptoms: Vec<String> = (0..=count).map(|_| self.symptom()).collect();
        let mut parts = vec![
            format!("\"symptoms\": [{}]", symptoms.join(", ")),
            format!("\"facts\": {facts}"),
        ];
        if self.one_in(3) {
            parts.push("\"now\": \"2026-11-01T10:00:00Z\"".to_owned());
        }
        if self.one_in(4) {
            parts.push("\"locale\": \"zh-TW\"".to_owned());
        }
        if self.one_in(9) {
            parts.push(format!("\"params\": {}", self.facts()));
        }
        if self.one_in(20) {
            parts.push("\"stores\": {}".to_owned());
        }
        self.shuffle(&mut parts);
        format!("{{{}}}", parts.join(", "))
    }

    fn shuffle(&mut self, all: &mut [String]) {
        for at in (1..all.len()).rev() {
            let other = self.random.below(at as u64 + 1) as usize;
            all.swap(at, other);
        }
    }

    fn symptom(&mut self) -> String {
        let at = self.random.below(self.program.symptoms.len() as u64) as usize;
        let symptom = &self.program.symptoms[at];
        match (self.random.below(3), symptom.texts.first()) {
            (0, Some(text)) => Json::from(text.as_str()).to_string(),
            (1, _) => "-2146893018".to_owned(),
            _ => format!("\"{}\"", symptom.named.name),
        }
    }

    fn facts(&mut self) -> String {
        let count = self.random.below(12);
        let mut all: Vec<String> = (0..count).map(|_| self.fact()).collect();
        if self.one_in(30)
            && let Some(first) = all.first().cloned()
        {
            all.push(first);
        }
        format!("{{{}}}", all.join(", "))
    }

    fn fact(&mut self) -> String {
        let at = self.random.below(self.program.slots.len() as u64) as usize;
        let slot: &Slot = &self.program.slots[at];
        let (mut name, mut ty) = (slot.named.name.to_string(), &slot.ty);
        if let Some(record) = ty.record().filter(|_| self.random.below(3) == 0) {
            let field = self.random.below(record.fields.len() as u64) as usize;
            let field = &record.fields[field];
            name = format!("{name}.{}", field.name);
            ty = &field.ty;
        }
        if self.one_in(80) {
            name.push('s');
        }
        if self.one_in(40) {
            name = format!("azure.p2s/{name}");
        }
        let value = self.value(ty);
        format!("\"{name}\": {value}")
    }

    fn value(&mut self, ty: &Type) -> String {
        match self.random.below(200) {
            0..5 => return "null".to_owned(),
            5..9 => return "{\"unknown\": \"denied\"}".to_owned(),
            9 => return "{\"unknown\": \"no reason\"}".to_owned(),
            10 => return "{\"unknown\": \"denied\", \"more\": 1}".to_owned(),
            11 => return "[[1], {\"a\": []}]".to_owned(),
            12 => return "\"0x10\"".to_owned(),
            13 => return "7.0".to_owned(),
            _ => {}
        }
        let texts = [
            "\"contoso\"",
            "\"a \\u00e4\\n\\\"b\\\"\"",
            "\"\"",
            "\" yes \"",
        ];
        match &ty.kind {
            Kind::Bool => self.random.choose(&["true", "false", "\"Yes\"", "0"]),
            Kind::Int(_) => self.random.choose(&["0", "1", "3", "\"0x1\"", "4e0"]),
            Kind::Text => self.random.choose(&texts),
            Kind::Enum(members) => {
                let at = self.random.below(members.members.len() as u64) as usize;
                return format!("\"{}\"", members.members[at].name.to_uppercase());
            }
            Kind::Version => self.random.choose(&["\"10.0.19045\"", "5", "\"1.0\""]),
            Kind::Time => "\"2026-10-01T00:00:00+02:00\"",
            Kind::Duration(_) => self.random.choose(&["\"5min\"", "\"30d\""]),
            Kind::Ip => self.random.choose(&["\"10.0.0.4\"", "\"::1\""]),
            Kind::Cidr => self
                .random
                .choose(&["\"10.0.0.0/8\"", "\"10.0.0.0/255.0.0.0\""]),
            Kind::Code => self.random.choose(&["\"0x80090326\"", "\"ras 798\"", "5"]),
            Kind::List(member) | Kind::Set(member) => {
                let count = self.random.below(3);
                let all: Vec<String> = (0..count).map(|_| self.value(member)).collect();
                return format!("[{}]", all.join(","));
            }
            Kind::Record(record) => {
                let mut all: Vec<String> = Vec::new();
                for field in &record.fields {
                    if !self.one_in(4) {
                        let value = self.value(&field.ty);
                        all.push(format!("\"{}\":{value}", field.name));
                    }
                }
                if self.one_in(60) {
                    all.push("\"no_such_field\": [1]".to_owned());
                }
                if self.one_in(60)
                    && let Some(first) = all.first().cloned()
                {
                    all.push(first);
                }
                self.shuffle(&mut all);
                return format!("{{ {} }}", all.join(" , "));
            }
        }
        .to_owned()
    }
}

#[test]
fn a_line_as_it_comes_gives_what_a_tree_of_it_gives() {
    let pack = Pack::open(BUILT_IN).unwrap();
    let program = pack.program().unwrap();
    let shared = CaseInput {
        given: vec![Given::new("gateway_id", "/subscriptions/1/gateways/g")],
        ..CaseInput::default()
    };
    let mut lines = Lines::new(&program, Some(&pack), shared.clone()).unwrap();
    let mut made = Made {
        random: Random::new(20_261_129),
        program: &program,
    };
    let [mut reports, mut texts, mut forms, mut misuses] = [0; 4];
    for _ in 0..LINES {
        let line = made.line();
        let tree = by_a_tree(&program, &shared, &line);
        let read = as_it_comes(&program, &mut lines, &line);
        match &tree {
            Ok(_) => reports += 1,
            Err(LineError::Text(_)) => texts += 1,
            Err(LineError::Form(_)) => forms += 1,
            Err(_) => misuses += 1,
        }
        assert_eq!(sorted(read), sorted(tree), "{line}");
    }
    let all = [reports, texts, forms, misuses];
    assert!(
        all.iter().all(|it| *it > 3) && reports * 3 > LINES,
        "{all:?}"
    );
}

#[test]
fn what_is_no_case_costs_its_line_and_nothing_else() {
    let pack = Pack::open(BUILT_IN).unwrap();
    let program = pack.program().unwrap();
    let mut lines = Lines::new(&program, Some(&pack), CaseInput::default()).unwrap();
    let good = "{\"symptoms\": [\"0x80090326\"], \"facts\": {\"os.build\": 19045}}";
    let report = as_it_comes(&program, &mut lines, good).unwrap();
    for line in [
        "",
        "null",
        "[]",
        "7",
        "\"a\"",
        "{",
        "{\"facts\"",
        "{\"facts\": 3}",
        "{\"facts\": [1]}",
        "{\"symptoms\": {}}",
        "{\"symptoms\": [null]}",
        "{\"now\": 3, \"facts\": {}}",
        "{\"os.build\": 1, \"facts\": {}}",
        "{\"facts\": {}, \"facts\": {}}",
        "{\"os.build\": 1, \"os.build\": 1}",
        "{\"os.build\": 1} {}",
        "{\"os.build\": [1]}",
        "{\"os.build\": 1e999}",
        "{\"facts\": {\"now\": \"2026-01-01T00:00:00Z\"}, \"now\": \"2026-01-01T00:00:00Z\"}",
        "{\"\\ud800\": 1}",
    ] {
        let read = as_it_comes(&program, &mut lines, line);
        assert!(read.is_err(), "{line}");
        assert_eq!(
            as_it_comes(&program, &mut lines, good).as_ref(),
            Ok(&report),
            "{line}"
        );
    }
    let deep = format!(
        "{{\"os.build\": {}1{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert!(as_it_comes(&program, &mut lines, &deep).is_err());
}
