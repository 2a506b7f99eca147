//! Programs built by hand, and a world that answers requests from a table. For tests of the evaluator alone, without parser and checker.

#![allow(dead_code, reason = "each test binary uses a part")]

pub mod written;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rulec_eval::{Case, CaseInput, Given, Report, Session, run_session};
use rulec_facts::code::Code;
use rulec_facts::provider::{Answer, Provenance, Provider, Request};
use rulec_facts::reason::Why;
use rulec_facts::types::{FieldType, Kind, RecordType, Type};
use rulec_facts::value::{Partial, Text, Value};
use rulec_program::node::{Comparison, NodeId, Op, Place, SlotId};
use rulec_program::program::{
    Fix, FixId, Link, Named, Origin, Pack, PackId, Piece, Plan, Program, Rule, RuleId, Slot,
    Source, Symptom, SymptomId, Template,
};
use rulec_program::seal::Sealed;
use serde_json::{Value as Json, json};

pub fn text() -> Type {
    Type::of(Kind::Text)
}

pub fn int() -> Type {
    Type::of(Kind::Int(None))
}

pub fn boolean() -> Type {
    Type::of(Kind::Bool)
}

pub fn list(member: Type) -> Type {
    Type::of(Kind::List(Arc::new(member)))
}

pub fn record(fields: &[(&str, Type, &str)]) -> Type {
    let fields = fields.iter().map(|(name, ty, at)| FieldType {
        name: (*name).into(),
        ty: ty.clone(),
        at: (!at.is_empty()).then(|| (*at).into()),
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

pub fn known_text(it: &str) -> Partial {
    Partial::Known(Value::Text(Text::new(it)))
}

pub fn named(name: &str, title: &str) -> Named {
    Named {
        name: name.into(),
        pack: PackId(0),
        title: (!title.is_empty()).then(|| title.to_owned()),
        description: None,
        place: Place::default(),
    }
}

pub fn fact(name: &str, ty: Type) -> Slot {
    Slot::bare(named(name, ""), ty, Origin::Fact)
}

pub fn param(name: &str, arm: Option<&str>) -> Slot {
    Slot {
        origin: Origin::Param {
            arm: arm.map(str::to_owned),
        },
        ..fact(name, text())
    }
}

pub fn now() -> Slot {
    Slot {
        origin: Origin::Now,
        ..fact("now", Type::of(Kind::Time))
    }
}

/// A rule with the names of its symptoms, of the rules that override it, and of its fixes.
type NamedRule = (Rule, Vec<String>, Vec<String>, Vec<String>);

/// A program in the making. Slots come first; their numbers are final.
pub struct World {
    pub program: Program,
    rules: Vec<NamedRule>,
}

impl World {
    pub fn new(mut slots: Vec<Slot>) -> World {
        slots.sort_by(|a, b| a.named.name.cmp(&b.named.name));
        let program = Program {
            packs: vec![Pack {
                name: "test.pack".into(),
                version: "1.0.0".into(),
                title: None,
            }],
            files: vec!["test.rules".to_owned()],
            slots,
            ..Program::default()
        };
        World {
            program,
            rules: Vec::new(),
        }
    }

    pub fn push(&mut self, op: Op) -> NodeId {
        self.program.nodes.push(op, Place::default())
    }

    pub fn constant(&mut self, value: Value) -> NodeId {
        let nodes = &mut self.program.nodes;
        nodes.push_constant(Partial::Known(value), Place::default())
    }

    pub fn slot_id(&self, name: &str) -> SlotId {
        self.program.slot_named(name).expect("a slot of that name")
    }

    /// A fact or field by its full name.
    pub fn name(&mut self, name: &str) -> NodeId {
        let mut ends: Vec<usize> = name.match_indices('.').map(|(at, _)| at).collect();
        ends.push(name.len());
        let end = ends
            .into_iter()
            .rev()
            .find(|end| self.program.slot_named(&name[..*end]).is_some())
            .expect("a slot of that name");
        let id = self.slot_id(&name[..end]);
        let mut ty = self.program.slots[id.0 as usize].ty.clone();
        let mut node = self.push(Op::Slot(id));
        for word in name[end..].split('.').filter(|it| !it.is_empty()) {
            let (at, field) = ty.record().expect("a record").field(word).expect("a field");
            let at = at as u32;
            let field = field.ty.clone();
            node = self.push(Op::Field(node, at));
            ty = field;
        }
        node
    }

    pub fn is_int(&mut self, name: &str, value: i128) -> NodeId {
        let left = self.name(name);
        let right = self.constant(Value::Int(value));
        self.push(Op::Compare(Comparison::Equal, left, right))
    }

    pub fn is_text(&mut self, name: &str, value: &str) -> NodeId {
        let left = self.name(name);
        let right = self.constant(Value::Text(Text::new(value)));
        self.push(Op::Compare(Comparison::Equal, left, right))
    }

    pub fn and(&mut self, all: &[NodeId]) -> NodeId {
        let operands = self.program.nodes.push_operands(all);
        self.push(Op::And(operands))
    }

    pub fn or(&mut self, all: &[NodeId]) -> NodeId {
        let operands = self.program.nodes.push_operands(all);
        self.push(Op::Or(operands))
    }

    pub fn not(&mut self, it: NodeId) -> NodeId {
        self.push(Op::Not(it))
    }

    /// A text whose braces name facts and fields; `{x}` is the element of `each x in`.
    pub fn template(&mut self, text: &str) -> Template {
        let mut pieces = Vec::new();
        for part in text.split_inclusive('}') {
            let (before, hole) = part.split_once('{').unwrap_or((part, ""));
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            match hole.trim_end_matches('}') {
                "" => {}
                "x" => {
                    let node = self.push(Op::Variable(0));
                    pieces.push(Piece::Hole("x".to_owned(), node));
                }
                name => {
                    let node = self.name(name);
                    pieces.push(Piece::Hole(name.to_owned(), node));
                }
            }
        }
        Template { pieces }
    }

    pub fn source(&mut self, kind: &str, locator: &str, at: &str) -> Source {
        let (system, kind) = kind.split_once(' ').expect("system and kind");
        Source {
            system: system.into(),
            kind: kind.into(),
            locator: Some(self.template(locator)),
            arguments: Vec::new(),
            each: None,
            on: None,
            at: (!at.is_empty()).then(|| at.to_owned()),
            place: Place::default(),
        }
    }

    /// Adds `from azure arm "LOCATOR" at "AT"`.
    pub fn from(&mut self, name: &str, locator: &str, at: &str) {
        let source = self.source("azure arm", locator, at);
        let id = self.slot_id(name);
        self.program.slots[id.0 as usize].sources.push(source);
    }

    /// Adds `from azure arm "LOCATOR" each x in LIST at "AT"`.
    pub fn each_from(&mut self, name: &str, locator: &str, each: &str, at: &str) {
        let each = self.name(each);
        let source = self.source("azure arm", locator, at);
        let id = self.slot_id(name);
        self.program.slots[id.0 as usize].sources.push(Source {
            each: Some(each),
            ..source
        });
    }

    pub fn slot(&mut self, name: &str) -> &mut Slot {
        let id = self.slot_id(name);
        &mut self.program.slots[id.0 as usize]
    }

    pub fn symptom(&mut self, name: &str) -> &mut Symptom {
        self.program.symptoms.push(Symptom {
            named: named(name, ""),
            implicit: false,
            codes: Vec::new(),
            texts: Vec::new(),
            local_texts: Vec::new(),
            hints: Vec::new(),
            asks: Vec::new(),
            seen: Vec::new(),
            rules: Vec::new(),
        });
        self.program.symptoms.last_mut().expect("just added")
    }

    pub fn fix(&mut self, name: &str) -> &mut Fix {
        self.program.fixes.push(Fix {
            named: named(name, ""),
            unnamed: false,
            steps: Vec::new(),
            risks: Vec::new(),
            needs: Vec::new(),
            excludes: Vec::new(),
            verify: Vec::new(),
            undo: Vec::new(),
            docs: Vec::new(),
        });
        self.program.fixes.last_mut().expect("just added")
    }

    pub fn rule(&mut self, name: &str, symptoms: &[&str], when: Option<NodeId>) -> &mut Rule {
        self.rule_with(name, symptoms, when, &[], &[])
    }

    pub fn rule_with(
        &mut self,
        name: &str,
        symptoms: &[&str],
        when: Option<NodeId>,
        overridden_by: &[&str],
        fixes: &[&str],
    ) -> &mut Rule {
        let rule = Rule {
            named: named(name, ""),
            symptoms: Vec::new(),
            any_symptom: false,
            when,
            otherwise: false,
            overridden_by: Vec::new(),
            likelihood: None,
            cause: None,
            plan: Plan {
                fixes: Vec::new(),
                link: Link::And,
            },
        };
        let strings = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect();
        self.rules.push((
            rule,
            strings(symptoms),
            strings(overridden_by),
            strings(fixes),
        ));
        &mut self.rules.last_mut().expect("just added").0
    }

    /// Sorts the tables, puts numbers for names, and seals.
    pub fn seal(mut self) -> Sealed {
        let program = &mut self.program;
        program
            .symptoms
            .sort_by(|a, b| a.named.name.cmp(&b.named.name));
        program
            .fixes
            .sort_by(|a, b| a.named.name.cmp(&b.named.name));
        self.rules
            .sort_by(|a, b| a.0.named.name.cmp(&b.0.named.name));
        let rule_names: Vec<String> = self
            .rules
            .iter()
            .map(|it| it.0.named.name.to_string())
            .collect();
        for (rule, symptoms, overridden_by, fixes) in self.rules {
            let mut rule = rule;
            rule.symptoms = symptoms
                .iter()
                .map(|it| program.symptom_named(it).expect("a symptom"))
                .collect();
            rule.symptoms.sort();
            rule.overridden_by = overridden_by
                .iter()
                .map(|it| {
                    RuleId(
                        rule_names
                            .iter()
                            .position(|name| name == it)
                            .expect("a rule") as u32,
                    )
                })
                .collect();
            rule.overridden_by.sort();
            rule.plan.fixes = fixes
                .iter()
                .map(|it| program.fix_named(it).expect("a fix"))
                .collect::<Vec<FixId>>();
            let id = RuleId(program.rules.len() as u32);
            for SymptomId(at) in &rule.symptoms {
                program.symptoms[*at as usize].rules.push(id);
            }
            program.rules.push(rule);
        }
        self.program.seal().expect("a sound program")
    }
}

/// `hresult 0x80090326`.
pub fn hresult() -> Code {
    Code::new("hresult", 0x8009_0326)
}

/// A world: places by locator, and how often it was asked.
#[derive(Default)]
pub struct Places {
    pub documents: BTreeMap<String, Json>,
    pub failures: BTreeMap<String, Why>,
    pub asked: AtomicU32,
}

impl Places {
    pub fn new(documents: &[(&str, Json)]) -> Places {
        Places {
            documents: documents
                .iter()
                .map(|(place, it)| ((*place).to_owned(), it.clone()))
                .collect(),
            ..Places::default()
        }
    }

    pub fn count(&self) -> u32 {
        self.asked.load(Ordering::Relaxed)
    }

    /// What the place answers. A document `null` is *not there*.
    pub fn answer(&self, request: &Request) -> Answer {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let place = request.locator.clone().unwrap_or_default();
        let from = Provenance {
            file: Some(format!("{}.json", place.trim_start_matches('/'))),
            ..Provenance::default()
        };
        match (self.documents.get(&place), self.failures.get(&place)) {
            (_, Some(why)) => Answer::Unknown(*why, format!("asked {place}"), from),
            (Some(Json::Null), _) => Answer::NotThere(from),
            (Some(document), _) => Answer::Found(Arc::new(document.clone()), from),
            (None, None) => {
                Answer::Unknown(Why::NotCollected, "not in the folder".to_owned(), from)
            }
        }
    }
}

impl Provider for Places {
    fn name(&self) -> &str {
        "test"
    }

    fn answers(&self, request: &Request) -> bool {
        request.system == "azure"
    }

    fn fetch(&self, request: &Request, _budget: Duration) -> Answer {
        self.answer(request)
    }
}

pub fn given(name: &str, value: Json) -> Given {
    Given {
        name: name.to_owned(),
        value,
        file: None,
    }
}

pub fn input(texts: &[&str], facts: &[(&str, Json)]) -> CaseInput {
    CaseInput {
        texts: texts.iter().map(|it| (*it).to_owned()).collect(),
        given: facts
            .iter()
            .map(|(name, value)| given(name, value.clone()))
            .collect(),
        ..CaseInput::default()
    }
}

pub fn run(program: &Sealed, input: CaseInput, places: &Places) -> Report {
    let case = Case::new(program, input).expect("a case that fits");
    let mut session = Session::new(program, case);
    run_session(&mut session, &[places], Duration::from_secs(5));
    session.report()
}

pub fn verdict<'r>(report: &'r Report, rule: &str) -> &'r rulec_eval::report::VerdictLine {
    report
        .verdicts
        .iter()
        .find(|it| it.rule == rule)
        .unwrap_or_else(|| panic!("no verdict for {rule}: {report:#?}"))
}

pub fn word(report: &Report, rule: &str) -> String {
    json!(verdict(report, rule).verdict)
        .as_str()
        .expect("a word")
        .to_owned()
}
