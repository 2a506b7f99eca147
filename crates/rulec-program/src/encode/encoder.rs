//! Conditions and values as formulas: the walk over the arena, variables of the cell problem and what they stand for.
//!
//! What is not handled becomes a variable that may be true or false (the state that makes it so may not exist): a formula is
//! fulfilled by every state that does what it says, and perhaps by points that no state has. So *no point* is a proof, and a point is
//! none until its state was replayed.

use std::cell::RefCell;
use std::sync::Arc;

use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Partial, Value};
use rulec_prove::{FormulaId, Mask, Variable};
use rustc_hash::FxHashMap;

use super::atlas::{Atlas, KindId, PlaceId, Shape, Step};
use super::classes::Classes;
use super::copies::Copies;
use super::domain::{Order, Test};
use super::dropped::Dropped;
use super::logic::Logic;
use super::many::Manys;
pub(crate) use super::meaning::{Between, Meaning};
use super::memory::{Begun, Memory};
use super::statics::Statics;
use super::term::{Choice, Rails, Sym, Term};
use crate::node::{NodeId, Op, Operands, Pattern, SlotId};
use crate::program::{RuleId, SymptomId};
use crate::seal::Sealed;
use crate::state::State;

/// Most alternatives of one value; beyond, it is not handled.
const CHOICES: usize = 256;

/// Which states are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Mode {
    /// Everything is known.
    Total,
    /// A value, and whether it is known.
    Partial,
}

/// The values that members of a set can have, with a number each.
pub(super) type Named = Arc<[(u32, Partial)]>;

/// Writes a program as formulas.
#[derive(Debug)]
pub(crate) struct Encoder<'p> {
    pub program: &'p Sealed,
    pub statics: Statics,
    pub atlas: Atlas,
    pub classes: Classes,
    pub logic: Logic,
    /// How many elements of each list are looked at.
    copies: Arc<Copies>,
    pub mode: Mode,
    pub dropped: Arc<Dropped>,
    pub memory: Memory,
    /// A state of which nothing is known.
    pub blank: State,
    /// Codes that the program names, sorted.
    pub codes: Vec<rulec_facts::code::Code>,
    variables: FxHashMap<Meaning, Variable>,
    meanings: Vec<Option<Meaning>>,
    /// Where a variable was first written about.
    written: Vec<NodeId>,
    /// By place: the variable over its cells.
    cell_of: Vec<Option<Variable>>,
    pub(super) around: Vec<Term>,
    /// The node that is being written.
    pub(super) at: NodeId,
    free: u32,
    /// Sets of few values are one truth a value. Not where partial states are looked at: there members may be unknown.
    pub named_sets: bool,
    /// Counts beyond what copies tell.
    pub(super) manys: Manys,
    /// Kinds of places that a term names, of those that are not handled.
    pub(super) around_terms: FxHashMap<NodeId, Arc<[KindId]>>,
    pub(super) of_kind: FxHashMap<KindId, Vec<Variable>>,
    /// By variable: each of its cells has a value whatever other variables are.
    plain: Vec<bool>,
    /// Values of the members of sets, by the kind of the set.
    pub(super) named: RefCell<FxHashMap<KindId, Option<Named>>>,
}

impl<'p> Encoder<'p> {
    pub(crate) fn new(program: &'p Sealed) -> Encoder<'p> {
        Encoder {
            program,
            statics: Statics::of(program),
            atlas: Atlas::default(),
            classes: Classes::default(),
            logic: Logic::new(),
            copies: Arc::new(Copies::gathering()),
            mode: Mode::Total,
            dropped: Arc::default(),
            memory: Memory::default(),
            blank: State::new(program),
            codes: super::verdicts::codes(program),
            variables: FxHashMap::default(),
            meanings: Vec::new(),
            written: Vec::new(),
            cell_of: Vec::new(),
            around: Vec::new(),
            at: NodeId(0),
            free: 0,
            named_sets: true,
            manys: Manys::default(),
            around_terms: FxHashMap::default(),
            of_kind: FxHashMap::default(),
            plain: Vec::new(),
            named: RefCell::default(),
        }
    }

    /// For the same program and division, with nothing written yet.
    pub(crate) fn like(other: &Encoder<'p>, named_sets: bool) -> Encoder<'p> {
        Encoder {
            atlas: other.atlas.clone(),
            classes: other.classes.clone(),
            logic: Logic::writing(),
            copies: Arc::default(),
            named_sets,
            ..Encoder::new(other.program)
        }
    }

    /// Both rails are to be written.
    pub(crate) fn two(&self) -> bool {
        self.mode == Mode::Partial
    }

    /// Ends gathering: what was written is forgotten, and everything is divided into cells.
    pub(crate) fn settle(&mut self, limit: u32) {
        self.classes.settle(&self.atlas, limit);
        self.logic = Logic::writing();
        self.copies = Arc::default();
        self.memory.forget();
        self.variables.clear();
        self.meanings.clear();
        self.plain.clear();
        self.of_kind.clear();
        self.manys = Manys::default();
        self.named.borrow_mut().clear();
        self.written.clear();
        self.cell_of.clear();
    }

    /// How many elements of each list are looked at.
    pub(crate) fn copies(&self) -> &Arc<Copies> {
        &self.copies
    }

    /// From now on so many elements of each list are looked at; whether that is something new.
    pub(crate) fn set_copies(&mut self, copies: &Arc<Copies>) -> bool {
        let new = !Arc::ptr_eq(&self.copies, copies) && self.copies != *copies;
        if new {
            self.copies = Arc::clone(copies);
            self.memory.other_copies();
        }
        new
    }

    /// When the condition is true, and when false. Its variables, if it has any, are those around it.
    pub(crate) fn truth(&mut self, node: NodeId) -> Rails {
        let closed = self.is_remembered(node);
        if closed && let Some(known) = self.memory.truth(self.mode, node, &self.copies) {
            return known;
        }
        let begun = self.memory.begin();
        let before = std::mem::replace(&mut self.at, node);
        let rails = match self.program.nodes.op(node) {
            Some(op) => self.truth_of(node, op),
            None => self.opaque(),
        };
        self.at = before;
        if closed {
            let key = (self.mode, node);
            self.memory.keep_truth(key, begun, &self.copies, rails);
        }
        rails
    }

    pub(super) fn remembered_symptom(&mut self, symptom: SymptomId) -> Option<Rails> {
        self.memory.symptom(self.mode, symptom, &self.copies)
    }

    pub(super) fn keep_symptom(&mut self, symptom: SymptomId, begun: Begun, rails: Rails) {
        let key = (self.mode, symptom);
        self.memory.keep_symptom(key, begun, &self.copies, rails);
    }

    pub(super) fn remembered_rule(&mut self, rule: RuleId) -> Option<Rails> {
        self.memory.rule(self.mode, rule, &self.copies)
    }

    pub(super) fn keep_rule(&mut self, rule: RuleId, begun: Begun, rails: Rails) {
        let key = (self.mode, rule);
        self.memory.keep_rule(key, begun, &self.copies, rails);
    }

    fn is_remembered(&self, node: NodeId) -> bool {
        self.statics.is_closed(node) && !self.dropped.around.contains(&node)
    }

    fn truth_of(&mut self, node: NodeId, op: Op) -> Rails {
        let two = self.two();
        match op {
            Op::Not(of) => {
                let of = self.truth(of);
                self.logic.negate(of)
            }
            Op::And(list) => {
                let parts = self.parts(list);
                self.logic.all(&parts, two)
            }
            Op::Or(list) => {
                let parts = self.parts(list);
                self.logic.any(&parts, two)
            }
            Op::Compare(comparison, a, b) => self.compare(comparison, a, b),
            Op::TextTest(test, a, b) => self.text_test(test, a, b),
            Op::Member(a, list) => self.member(a, list),
            Op::Within(a, b) => self.within(a, b),
            Op::Overlaps(a, b) => self.overlaps(a, b),
            Op::Reported(code) => self.reported(code),
            Op::IsAbsent(of) => self.is_absent(of),
            Op::IsEmpty(of) => self.is_empty(of),
            Op::IsBase64(of) => self.is_base64(of),
            Op::Any {
                list, filter, body, ..
            } => self.quantified(list, filter, body),
            Op::Let(id) => match self.program.lets.get(id.0 as usize) {
                Some(it) => {
                    let around = std::mem::take(&mut self.around);
                    let rails = self.truth(it.value);
                    self.around = around;
                    rails
                }
                None => self.opaque(),
            },
            _ => {
                let term = self.term(node);
                self.truth_of_term(&term)
            }
        }
    }

    fn parts(&mut self, list: Operands) -> Vec<Rails> {
        let program = self.program;
        let mut parts = Vec::new();
        for it in program.nodes.list(list) {
            if self.dropped.node != Some(*it) {
                parts.push(self.truth(*it));
            }
        }
        parts
    }

    fn truth_of_term(&mut self, term: &Term) -> Rails {
        let two = self.two();
        let mut parts = Vec::with_capacity(term.len());
        for choice in term.iter() {
            let rails = match &choice.sym {
                Sym::Truth(rails) => *rails,
                Sym::Constant(Partial::Known(Value::Bool(it))) => self.logic.rails(*it, two),
                Sym::Constant(_) => self.logic.rails(false, two),
                Sym::Unknown => self.unknown(),
                Sym::Place(place) => self.is_true(*place),
                _ => self.opaque(),
            };
            parts.push((choice.guard, rails));
        }
        self.logic.guarded(&parts, two)
    }

    /// A Boolean place as a condition.
    pub(super) fn is_true(&mut self, place: PlaceId) -> Rails {
        let test = Test::Compare(Order::Equal, Value::Bool(true));
        let value = self.test(place, test);
        let known = self.known(place);
        self.on_known(known, value)
    }

    /// On neither rail.
    pub(super) fn unknown(&self) -> Rails {
        Rails {
            t: self.logic.no(),
            f: Some(self.logic.no()),
        }
    }

    /// True if it is known and `value`, false if it is known and not.
    pub(super) fn on_known(&mut self, known: FormulaId, value: FormulaId) -> Rails {
        if !self.two() {
            return Rails { t: value, f: None };
        }
        let not = self.logic.not(value);
        Rails {
            t: self.logic.and([known, value]),
            f: Some(self.logic.and([known, not])),
        }
    }

    /// A condition that is not handled: it may be anything.
    pub(super) fn opaque(&mut self) -> Rails {
        let value = self.free_truth();
        if !self.two() {
            return Rails { t: value, f: None };
        }
        let known = self.free_truth();
        self.on_known(known, value)
    }

    fn free_truth(&mut self) -> FormulaId {
        if self.logic.is_gathering() {
            return self.logic.some();
        }
        self.look_around(self.at);
        let number = self.free;
        self.free += 1;
        let variable = self.variable(Meaning::Free(self.at, number), 2);
        self.logic.is(variable, 1)
    }

    /// The variable of that meaning; `cells` are wanted if it is new.
    pub(super) fn variable(&mut self, meaning: Meaning, cells: u32) -> Variable {
        if let Some(known) = self.variables.get(&meaning) {
            return *known;
        }
        let variable = self.logic.formulas.variable(cells);
        let at = variable.number() as usize;
        if self.meanings.len() <= at {
            self.meanings.resize(at + 1, None);
        }
        if let Some(place) = self.meanings.get_mut(at) {
            *place = Some(meaning.clone());
        }
        if self.plain.len() <= at {
            self.plain.resize(at + 1, false);
        }
        if let Meaning::Cell(place) | Meaning::Absent(place) | Meaning::Length(place, _) = &meaning
        {
            let kind = self.atlas.kind_of(*place);
            self.of_kind.entry(kind).or_default().push(variable);
        }
        let plain = self.is_plain_meaning(&meaning);
        if let Some(place) = self.plain.get_mut(at) {
            *place = plain;
        }
        if self.written.len() <= at {
            self.written.resize(at + 1, NodeId(0));
        }
        if let Some(place) = self.written.get_mut(at) {
            *place = self.at;
        }
        self.variables.insert(meaning, variable);
        variable
    }

    /// Each cell has a value whatever cells other variables have: a point of such variables alone is a state.
    pub(crate) fn is_plain(&self, variable: Variable) -> bool {
        let found = self.plain.get(variable.number() as usize);
        found.copied().unwrap_or(false)
    }

    fn is_plain_meaning(&self, meaning: &Meaning) -> bool {
        match meaning {
            // What a function makes of a text hangs on the text.
            Meaning::Cell(place) | Meaning::Absent(place) => self.atlas.argument(*place).is_none(),
            // Members of a set differ.
            Meaning::Length(place, _) => !self.is_set(*place),
            Meaning::Has(..)
            | Meaning::Known(_)
            | Meaning::Reported(_)
            | Meaning::Answer(_)
            | Meaning::Answered(_)
            | Meaning::Code(_) => true,
            Meaning::Test(..)
            | Meaning::Difference(..)
            | Meaning::Same(..)
            | Meaning::Between(..)
            | Meaning::Many(_)
            | Meaning::Free(..) => false,
        }
    }

    pub(crate) fn meaning(&self, variable: Variable) -> Option<&Meaning> {
        self.meanings.get(variable.number() as usize)?.as_ref()
    }

    /// The variable of that meaning, if it was written.
    pub(crate) fn find(&self, meaning: &Meaning) -> Option<Variable> {
        self.variables.get(meaning).copied()
    }

    /// The node in which a variable was first written.
    pub(crate) fn written(&self, variable: Variable) -> Option<NodeId> {
        self.meaning(variable)?;
        self.written.get(variable.number() as usize).copied()
    }

    pub(super) fn slot(&mut self, slot: SlotId) -> Option<PlaceId> {
        let ty = &self.program.slots.get(slot.0 as usize)?.ty;
        Some(self.atlas.slot(slot, ty))
    }

    /// The value at a place fulfils a test.
    pub(super) fn test(&mut self, place: PlaceId, test: Test) -> FormulaId {
        let kind = self.atlas.kind_of(place);
        if self.logic.is_gathering() {
            self.classes.gather(kind, test);
            return self.logic.some();
        }
        let Some(mask) = self.classes.mask(kind, &test).cloned() else {
            return self.left_out(place, &test);
        };
        match self.cell(place) {
            Some(variable) => self.logic.literal(variable, mask),
            None => self.free_truth(),
        }
    }

    /// A test that was too much for the cells of its place, or that is not handled at all.
    fn left_out(&mut self, place: PlaceId, test: &Test) -> FormulaId {
        let number = self.classes.left_out(self.atlas.kind_of(place), test);
        let (Some(number), Some(_)) = (number, self.cell(place)) else {
            return self.free_truth();
        };
        let variable = self.variable(Meaning::Test(place, number), 2);
        let value = self.logic.is(variable, 1);
        let absent = self.absent(place);
        // Of an absent text `is empty` is true, all others are false.
        match test.holds(&Partial::Absent) {
            true => self.logic.or([value, absent]),
            false => {
                let there = self.logic.not(absent);
                self.logic.and([value, there])
            }
        }
    }

    /// The variable over the cells of a scalar place.
    pub(super) fn cell(&mut self, place: PlaceId) -> Option<Variable> {
        let at = place.0 as usize;
        if let Some(Some(known)) = self.cell_of.get(at) {
            return Some(*known);
        }
        let cells = self.classes.cells(self.atlas.kind_of(place))?.len();
        let variable = self.variable(Meaning::Cell(place), cells);
        if self.cell_of.len() <= at {
            self.cell_of.resize(at + 1, None);
        }
        if let Some(kept) = self.cell_of.get_mut(at) {
            *kept = Some(variable);
        }
        Some(variable)
    }

    /// The place is in one of these cells of its class.
    pub(super) fn in_cells(&mut self, place: PlaceId, cells: &[u32]) -> FormulaId {
        let kind = self.atlas.kind_of(place);
        let Some(all) = self.classes.cells(kind) else {
            return self.free_truth();
        };
        let mask = Mask::of(all.len(), cells.iter().filter_map(|it| all.cell(*it)));
        match self.cell(place) {
            Some(variable) => self.logic.literal(variable, mask),
            None => self.free_truth(),
        }
    }

    /// Absent, by value.
    pub(super) fn absent(&mut self, place: PlaceId) -> FormulaId {
        let Some(ty) = self.atlas.ty(place) else {
            return self.logic.no();
        };
        if !ty.optional {
            return self.logic.no();
        }
        match Shape::of(ty) {
            Shape::Scalar => {
                let kind = self.atlas.kind_of(place);
                if self.logic.is_gathering() {
                    // Asked nothing else, it still has cells.
                    self.classes.know(kind);
                    return self.logic.some();
                }
                let absent = self.classes.cells(kind).and_then(|it| it.absent());
                match (absent, self.cell(place)) {
                    (Some(absent), Some(variable)) => self.logic.is(variable, absent),
                    _ => self.free_truth(),
                }
            }
            Shape::Record => {
                let variable = self.variable(Meaning::Absent(place), 2);
                self.logic.is(variable, 1)
            }
            Shape::Elements => match self.named(place) {
                Some(_) => {
                    let variable = self.variable(Meaning::Absent(place), 2);
                    self.logic.is(variable, 1)
                }
                None => {
                    let (variable, copies) = self.length(place);
                    self.logic.is(variable, copies + 1)
                }
            },
        }
    }

    /// How many elements a list has, and up to how many are looked at.
    pub(super) fn length(&mut self, place: PlaceId) -> (Variable, u32) {
        let kind = self.atlas.kind_of(place);
        self.memory.meet(kind);
        let optional = self.atlas.ty(place).is_some_and(|ty| ty.optional);
        let copies = self.copies.of(kind);
        let cells = copies + 1 + u32::from(optional);
        (self.variable(Meaning::Length(place, copies), cells), copies)
    }

    /// The place's own value is known; what lies inside has its own say.
    pub(super) fn known(&mut self, place: PlaceId) -> FormulaId {
        if !self.two() {
            return self.logic.yes();
        }
        let place = self.atlas.argument(place).unwrap_or(place);
        let ty = self.atlas.ty(place);
        if ty.is_some_and(|ty| !ty.optional && Shape::of(ty) == Shape::Record) {
            // As if all its fields were unknown.
            return self.logic.yes();
        }
        let variable = self.variable(Meaning::Known(place), 2);
        self.logic.is(variable, 1)
    }

    /// Values of an expression, behind guards.
    pub(crate) fn term(&mut self, node: NodeId) -> Term {
        // What is made as fast as it is found is not remembered.
        if let Some(op @ (Op::Constant(_) | Op::Slot(_) | Op::Variable(_))) =
            self.program.nodes.op(node)
        {
            let before = std::mem::replace(&mut self.at, node);
            let term = self.term_of(node, op);
            self.at = before;
            return term;
        }
        let closed = self.is_remembered(node);
        if closed && let Some(known) = self.memory.term(self.mode, node, &self.copies) {
            return known;
        }
        let begun = self.memory.begin();
        let before = std::mem::replace(&mut self.at, node);
        let mut term = match self.program.nodes.op(node) {
            Some(op) => self.term_of(node, op),
            None => self.one(Sym::Opaque),
        };
        if term.len() > CHOICES {
            term = self.one(Sym::Opaque);
        }
        self.at = before;
        if closed {
            let key = (self.mode, node);
            self.memory.keep_term(key, begun, &self.copies, &term);
        }
        term
    }

    /// A value without alternatives.
    pub(super) fn one(&self, sym: Sym) -> Term {
        Arc::from([Choice {
            guard: self.logic.yes(),
            sym,
        }])
    }

    fn term_of(&mut self, node: NodeId, op: Op) -> Term {
        match op {
            Op::Constant(number) => match self.program.nodes.constant(number) {
                Some(value) => self.one(Sym::Constant(value.clone())),
                None => self.one(Sym::Opaque),
            },
            Op::Slot(slot) => match self.slot(slot) {
                Some(place) => self.one(Sym::Place(place)),
                None => self.one(Sym::Opaque),
            },
            Op::Let(id) => match self.program.lets.get(id.0 as usize) {
                Some(it) => {
                    let around = std::mem::take(&mut self.around);
                    let term = self.term(it.value);
                    self.around = around;
                    term
                }
                None => self.one(Sym::Opaque),
            },
            Op::Variable(number) => match self.around.get(number as usize) {
                Some(value) => Arc::clone(value),
                None => self.one(Sym::Opaque),
            },
            Op::Field(of, field) => {
                let of = self.term(of);
                self.field(&of, field)
            }
            Op::Match { scrutinee, arms } => self.choose(scrutinee, arms),
            Op::Project(of, field) => self.project(of, field),
            Op::Each { list, filter, .. } => self.each(list, filter),
            Op::List(list) => self.list(list),
            Op::Count(_) | Op::Min(_) | Op::Max(_) => self.measure(op),
            Op::Size(of) => self.size(of),
            Op::Call(function, of) => self.call(function, of),
            Op::Add(a, b) => self.sum(a, b, false),
            Op::Subtract(a, b) => self.sum(a, b, true),
            _ => {
                let rails = self.truth_of(node, op);
                self.one(Sym::Truth(rails))
            }
        }
    }

    /// T9: the field of a record.
    pub(super) fn field(&mut self, of: &Term, field: u32) -> Term {
        let mut choices = Vec::new();
        for choice in of.iter() {
            match &choice.sym {
                Sym::Place(place) => self.field_of_place(choice.guard, *place, field, &mut choices),
                Sym::Constant(value) => choices.push(Choice {
                    guard: choice.guard,
                    sym: Sym::Constant(rulec_facts::ops::field(value, field as usize).clone()),
                }),
                Sym::Unknown => choices.push(choice.clone()),
                _ => choices.push(Choice {
                    guard: choice.guard,
                    sym: Sym::Opaque,
                }),
            }
        }
        Arc::from(choices)
    }

    fn field_of_place(
        &mut self,
        guard: FormulaId,
        place: PlaceId,
        field: u32,
        choices: &mut Vec<Choice>,
    ) {
        let ty = self.atlas.ty(place).cloned();
        let record = ty.as_ref().and_then(Type::record);
        let Some(field_type) = record.and_then(|it| it.fields.get(field as usize)) else {
            return choices.push(Choice {
                guard,
                sym: Sym::Opaque,
            });
        };
        let inside = self.atlas.inside(place, Step::Field(field), &field_type.ty);
        self.if_there(guard, place, Sym::Place(inside), choices);
    }

    /// `sym` where the place has a value, absent where it is absent, unknown where it is unknown.
    pub(super) fn if_there(
        &mut self,
        guard: FormulaId,
        place: PlaceId,
        sym: Sym,
        choices: &mut Vec<Choice>,
    ) {
        if !self.atlas.ty(place).is_some_and(|ty| ty.optional) {
            return choices.push(Choice { guard, sym });
        }
        let (known, absent) = (self.known(place), self.absent(place));
        let not_known = self.logic.not(known);
        let there = self.logic.not(absent);
        let alternatives = [
            ([known, there], sym),
            ([known, absent], Sym::Constant(Partial::Absent)),
            ([not_known, not_known], Sym::Unknown),
        ];
        for (conditions, sym) in alternatives {
            let guard = self.logic.and([guard, conditions[0], conditions[1]]);
            if guard != self.logic.no() {
                choices.push(Choice { guard, sym });
            }
        }
    }

    /// O9.
    fn choose(&mut self, scrutinee: NodeId, arms: Operands) -> Term {
        let program = self.program;
        let value = self.term(scrutinee);
        let arms = program.nodes.arms_of(arms);
        let terms: Vec<Term> = arms.iter().map(|arm| self.term(arm.value)).collect();
        let mut choices = Vec::new();
        for choice in value.iter() {
            let known = self.known_sym(&choice.sym);
            let not_known = self.logic.not(known);
            let mut open = self.logic.and([choice.guard, known]);
            for (arm, term) in arms.iter().zip(&terms) {
                let fits = self.fits(&choice.sym, &arm.patterns);
                let here = self.logic.and([open, fits]);
                let not = self.logic.not(fits);
                open = self.logic.and([open, not]);
                for it in term.iter() {
                    let guard = self.logic.and([here, it.guard]);
                    if guard != self.logic.no() {
                        let sym = it.sym.clone();
                        choices.push(Choice { guard, sym });
                    }
                }
            }
            // What no arm takes is not known to be anything; over total states it is neither true nor false, and has no guard.
            if self.two() {
                let unknown = self.logic.and([choice.guard, not_known]);
                let guard = self.logic.or([open, unknown]);
                if guard != self.logic.no() {
                    let sym = Sym::Unknown;
                    choices.push(Choice { guard, sym });
                }
            }
            if choices.len() > CHOICES {
                return self.one(Sym::Opaque);
            }
        }
        Arc::from(choices)
    }

    fn fits(&mut self, sym: &Sym, patterns: &[Pattern]) -> FormulaId {
        if patterns.is_empty() {
            return self.logic.yes();
        }
        let program = self.program;
        let mut parts = Vec::with_capacity(patterns.len());
        for pattern in patterns {
            parts.push(match pattern {
                Pattern::Absent => self.absent_sym(sym),
                Pattern::Constant(number) => match program.nodes.constant(*number) {
                    Some(value) => self.equal_value(sym, &Sym::Constant(value.clone())),
                    None => self.free_truth(),
                },
            });
        }
        self.logic.or(parts)
    }

    /// The declared kind of what lies at a place.
    pub(super) fn kind_at(&self, place: PlaceId) -> Option<&Kind> {
        self.atlas.ty(place).map(|ty| &ty.kind)
    }

    pub(crate) fn is_set(&self, place: PlaceId) -> bool {
        matches!(self.kind_at(place), Some(Kind::Set(_)))
    }

    /// A set whose members are told apart by the replay alone: records, and numbers that differences may tie together.
    pub(crate) fn is_set_of_loose_members(&self, place: PlaceId) -> bool {
        let Some(Kind::Set(member)) = self.kind_at(place) else {
            return false;
        };
        let is_number = matches!(
            member.kind,
            Kind::Int(_) | Kind::Time | Kind::Duration(_) | Kind::Version
        );
        is_number || Shape::of(member) != Shape::Scalar
    }

    pub(super) fn kind_id(&self, place: PlaceId) -> KindId {
        self.atlas.kind_of(place)
    }
}
