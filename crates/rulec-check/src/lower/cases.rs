//! Tests of a pack, as data.

use compact_str::CompactString;
use rulec_facts::types::Type;
use rulec_facts::value::{Partial, Value};
use rulec_program::node::{Op, SlotId};
use rulec_program::program::{PackId, RuleId};
use rulec_syntax::ast::{self, Item, Literal, Name, Path, SymptomRef, TestLine, ValueKind};
use rulec_syntax::source::Span;
use rustc_hash::FxHashMap;

use super::Lowering;
use crate::analysed::span_of;
use crate::codes;
use crate::constant::Place;
use crate::index::{DeclarationId, Kind};
use crate::names::{Found, suggest};
use crate::tests::{Complaint, Expect, Expected, Given, TestCase, TestSet};
use crate::types::{error_type, is_error, shown};

/// A fact or param in a test, with the fields that its name goes on with.
struct Target {
    slot: SlotId,
    path: Vec<u32>,
    ty: Type,
    default: Option<Partial>,
    fact: CompactString,
}

impl<'a> Lowering<'a> {
    /// All tests, in the order of packs, files and places.
    pub(super) fn tests(&mut self) -> Vec<TestCase> {
        let all: Vec<DeclarationId> = self
            .analysed
            .of_kind(Kind::Test)
            .map(|(id, _)| id)
            .collect();
        let numbers: FxHashMap<DeclarationId, u32> = all.iter().copied().zip(0u32..).collect();
        let tests: Vec<TestCase> = all.iter().map(|id| self.test(*id, &numbers)).collect();
        self.check_given(&all, &tests);
        tests
    }

    fn test(&mut self, id: DeclarationId, numbers: &FxHashMap<DeclarationId, u32>) -> TestCase {
        let declaration = self.analysed.index.get(id);
        let pack = declaration.map_or(0, |it| it.pack);
        let mut test = TestCase {
            name: declaration.map(|it| it.name.clone()).unwrap_or_default(),
            pack: PackId(pack),
            place: declaration.map(|it| it.span).unwrap_or_default(),
            given: Vec::new(),
            complaint: Vec::new(),
            now: None,
            sets: Vec::new(),
            expects: Vec::new(),
            others: false,
        };
        if let Some(Item::Test(written)) = self.analysed.item(id) {
            for line in &written.lines {
                self.line(pack, id, line, numbers, &mut test);
            }
        }
        test
    }

    fn line(
        &mut self,
        pack: u32,
        id: DeclarationId,
        line: &'a TestLine,
        numbers: &FxHashMap<DeclarationId, u32>,
        test: &mut TestCase,
    ) {
        match line {
            TestLine::GivenCase(text) => test
                .given
                .push(Given::Case(text.text.clone(), text.place.0)),
            TestLine::GivenTest(text) => {
                let other = self.test_named(pack, id, text);
                let number = other.and_then(|other| numbers.get(&other).copied());
                test.given.extend(number.map(Given::Test));
            }
            TestLine::Pasted(text) => test.complaint.push(Complaint::Pasted(text.text.clone())),
            TestLine::Symptom(all) => {
                for named in all {
                    let complaint = self.complaint(pack, id, named);
                    test.complaint.extend(complaint);
                }
            }
            TestLine::Now(literal) => test.now = self.now_of(literal),
            TestLine::Set(path, value) => {
                let set = self.set(pack, id, path, value);
                test.sets.extend(set);
            }
            TestLine::Expect(it) => self.expect(pack, id, it, test),
        }
    }

    fn test_named(
        &mut self,
        pack: u32,
        id: DeclarationId,
        text: &ast::Text,
    ) -> Option<DeclarationId> {
        let name = Name {
            text: text.text.clone(),
            place: text.place,
        };
        match self.analysed.find_other(pack, Kind::Test, &text.text) {
            Found::Name(other, _) => {
                self.analysed.refer(Some(id), other, span_of(&name));
                Some(other)
            }
            Found::Ambiguous(..) | Found::Broken => None,
            Found::Missing | Found::NoPack => {
                let finding = codes::UNKNOWN_TEST.at(
                    span_of(&name),
                    format!("there is no test \"{}\"", name.text),
                );
                let near = self
                    .analysed
                    .nearest_declared(pack, &name.text, &[Kind::Test]);
                let near = near.map(|it| format!("\"{it}\""));
                self.analysed
                    .report(suggest(finding, near.as_deref(), span_of(&name)));
                None
            }
        }
    }

    fn complaint(&mut self, pack: u32, id: DeclarationId, named: &SymptomRef) -> Option<Complaint> {
        match named {
            SymptomRef::Name(name) => {
                let symptom = self.symptom_named(pack, name)?;
                self.analysed.refer(Some(id), symptom, span_of(name));
                self.symptom_id(symptom).map(Complaint::Symptom)
            }
            SymptomRef::Code(text) => {
                let spelled = self.spelled(text)?;
                Some(Complaint::Code(text.text.clone(), spelled))
            }
        }
    }

    fn now_of(&mut self, literal: &Literal) -> Option<i128> {
        let time = Type::of(rulec_facts::types::Kind::Time);
        match self.analysed.read_literal(literal, Some(&time))? {
            (_, Value::Time(now)) => Some(now),
            _ => {
                self.analysed.report_wrong_constant(literal, &time);
                None
            }
        }
    }

    fn set(
        &mut self,
        pack: u32,
        id: DeclarationId,
        path: &Path,
        value: &ast::Value,
    ) -> Option<TestSet> {
        let target = self.target(pack, id, path)?;
        let place = Place::Test(target.fact);
        let value = match (&value.kind, target.default) {
            // S1: what is given as not there has the default of S3.
            (ValueKind::Absent, Some(default)) => default,
            _ => self.analysed.repeated_or_plain(value, &target.ty, &place)?,
        };
        Some(TestSet {
            slot: target.slot,
            path: target.path,
            value,
            place: span_of(&path.name),
        })
    }

    /// A source fact or param, and fields of it.
    fn target(&mut self, pack: u32, id: DeclarationId, path: &Path) -> Option<Target> {
        let span = span_of(&path.name);
        let (found, rest) = self.value_named(pack, id, path)?;
        if self.analysed.index.get(found)?.kind == Kind::Let {
            let finding = codes::SET_DERIVED_FACT
                .at(
                    span,
                    format!(
                        "`{}` is a derived fact: it follows from others",
                        path.name.text
                    ),
                )
                .also(self.analysed.name_span(found), "derived here")
                .help("give the facts from which it follows");
            self.analysed.report(finding);
            return None;
        }
        let Some(Op::Slot(slot)) = self.room.bindings.get(found.0 as usize).copied().flatten()
        else {
            return None;
        };
        let mut ty = self
            .analysed
            .type_of(found)
            .cloned()
            .unwrap_or_else(error_type);
        let mut default = self
            .program
            .slots
            .get(slot.0 as usize)
            .and_then(|it| it.default.clone());
        let mut numbers = Vec::new();
        let mut start = span.end - u32::try_from(rest.len()).unwrap_or_default();
        for name in rest.split('.').filter(|it| !it.is_empty()) {
            let length = u32::try_from(name.len()).unwrap_or_default();
            let at = Span::new(span.file, start, start + length);
            start += length + 1;
            let (number, field_type, field_default) = self.target_field(&ty, name, at)?;
            numbers.push(number);
            ty = field_type;
            default = field_default;
        }
        if is_error(&ty) {
            return None;
        }
        let fact = self
            .program
            .slots
            .get(slot.0 as usize)
            .map(|it| it.named.name.clone())
            .unwrap_or_default();
        Some(Target {
            slot,
            path: numbers,
            ty,
            default,
            fact,
        })
    }

    fn target_field(
        &mut self,
        ty: &Type,
        name: &str,
        span: Span,
    ) -> Option<(u32, Type, Option<Partial>)> {
        if is_error(ty) {
            return None;
        }
        let Some(record) = ty.record().cloned() else {
            let finding = codes::BAD_TEST_VALUE
                .at(
                    span,
                    format!("{} has no fields that can be given one by one", shown(ty)),
                )
                .help("give the whole value");
            self.analysed.report(finding);
            return None;
        };
        let Some((at, field)) = record.field(name) else {
            self.analysed.report_no_field(name, span, &record);
            return None;
        };
        Some((
            u32::try_from(at).ok()?,
            field.ty.clone(),
            field.default.clone(),
        ))
    }

    /// A value by its name, with the fields that are left; none after a finding.
    fn value_named<'p>(
        &mut self,
        pack: u32,
        id: DeclarationId,
        path: &'p Path,
    ) -> Option<(DeclarationId, &'p str)> {
        let span = span_of(&path.name);
        match self.analysed.find_value(pack, path) {
            Found::Name(found, rest) => {
                self.analysed.refer(Some(id), found, span);
                Some((found, rest))
            }
            Found::Ambiguous(first, second) => {
                self.analysed
                    .report_ambiguous(span, &path.name.text, first, second);
                None
            }
            Found::Broken => None,
            Found::Missing | Found::NoPack => {
                let kinds = [Kind::Param, Kind::Fact];
                let what = "fact or param";
                self.analysed
                    .report_missing(&codes::UNKNOWN_NAME, pack, what, &path.name, &kinds);
                None
            }
        }
    }

    fn expect(&mut self, pack: u32, id: DeclarationId, expect: &ast::Expect, test: &mut TestCase) {
        let (rules, verdict) = match expect {
            ast::Expect::Confirmed(rules) => (rules, Expected::Confirmed),
            ast::Expect::RuledOut(rules) => (rules, Expected::RuledOut),
            ast::Expect::Open { rules, needs } => {
                let needs = needs
                    .iter()
                    .filter_map(|path| self.need(pack, id, path))
                    .collect();
                (rules, Expected::Open(needs))
            }
            ast::Expect::NothingElse(_) => return,
            ast::Expect::Others(_) => {
                test.others = true;
                return;
            }
        };
        for name in rules {
            let rule = self
                .rule_named(pack, Some(id), name)
                .and_then(|rule| self.number_of(rule));
            test.expects.extend(rule.map(|rule| Expect {
                rule: RuleId(rule),
                verdict: verdict.clone(),
                place: span_of(name),
            }));
        }
    }

    /// A fact whose value is needed; a field stands for its fact (N1).
    fn need(&mut self, pack: u32, id: DeclarationId, path: &Path) -> Option<SlotId> {
        let (found, _) = self.value_named(pack, id, path)?;
        match self.room.bindings.get(found.0 as usize).copied().flatten() {
            Some(Op::Slot(slot)) => Some(slot),
            _ => {
                let finding = codes::SET_DERIVED_FACT
                    .at(
                        span_of(&path.name),
                        format!(
                            "`{}` is a derived fact and is never fetched",
                            path.name.text
                        ),
                    )
                    .help("name the fact that it waits for");
                self.analysed.report(finding);
                None
            }
        }
    }

    /// A test that is given itself, at last.
    fn check_given(&mut self, ids: &[DeclarationId], tests: &[TestCase]) {
        let next = |test: u32| -> Vec<u32> {
            let given = tests
                .get(test as usize)
                .map(|it| it.given.as_slice())
                .unwrap_or_default();
            let others = given.iter().filter_map(|it| match it {
                Given::Test(other) => Some(*other),
                Given::Case(..) => None,
            });
            others.collect()
        };
        // 0: not seen, 1: on the way, 2: done.
        let mut seen = vec![0u8; tests.len()];
        for start in 0..u32::try_from(tests.len()).unwrap_or(u32::MAX) {
            let mut way: Vec<(u32, usize)> = vec![(start, 0)];
            while let Some((test, at)) = way.last().copied() {
                let state = seen.get(test as usize).copied().unwrap_or(2);
                if at == 0 && state == 1 {
                    let name = tests
                        .get(test as usize)
                        .map(|it| it.name.clone())
                        .unwrap_or_default();
                    let span = ids
                        .get(test as usize)
                        .map(|id| self.analysed.name_span(*id))
                        .unwrap_or_default();
                    let message = format!("test \"{name}\" is given itself");
                    self.analysed.report(
                        codes::CIRCULAR_DEFINITION
                            .at(span, message)
                            .help("leave one `given` out"),
                    );
                    way.pop();
                    continue;
                }
                let target = next(test).get(at).copied();
                if let Some(slot) = seen.get_mut(test as usize) {
                    *slot = if target.is_some() && state != 2 { 1 } else { 2 };
                }
                match target.filter(|_| state != 2) {
                    Some(target) => {
                        if let Some(last) = way.last_mut() {
                            last.1 += 1;
                        }
                        way.push((target, 0));
                    }
                    None => {
                        way.pop();
                    }
                }
            }
        }
    }
}
