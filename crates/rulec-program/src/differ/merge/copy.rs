//! Expressions of a program copied into the merged one, each closed one once.

use std::collections::{BTreeMap, BTreeSet};

use rulec_facts::code::Code;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Partial, Value};
use rustc_hash::FxHashMap;

use super::super::shapes::{Numbers, Shapes, Variables};
use super::{Causes, named, rules_of, symptom_name};
use crate::node::{Arm, Comparison, LetId, NodeId, Op, Operands, Pattern, Place, SlotId};
use crate::program::{Assume, Let, PackId, Program, SymptomId};
use crate::seal::Sealed;

/// The merged program in the making.
pub(super) struct Copying<'m> {
    pub program: &'m mut Program,
    shapes: Shapes,
    /// Closed expressions by shape.
    closed: FxHashMap<u32, NodeId>,
    /// Derived facts by what they stand for.
    lets: FxHashMap<NodeId, LetId>,
    /// Expressions of this program's own making.
    made: FxHashMap<(Making, Vec<NodeId>), NodeId>,
    /// What says that a code of a symptom is reported.
    reported: FxHashMap<String, NodeId>,
    assumed: BTreeSet<NodeId>,
    /// Facts below a node, as far as they were asked.
    facts: FxHashMap<NodeId, BTreeSet<SlotId>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Making {
    All,
    Any,
    Not,
    Slot(SlotId),
    Let(LetId),
    Yes,
    No,
}

/// One of the two programs, as far as it is copied.
pub(super) struct Side<'s> {
    slots: &'s [SlotId],
    by_symptom: &'s BTreeMap<String, (SlotId, SlotId)>,
    shared_reports: &'s BTreeSet<SlotId>,
    /// Number of its first file.
    files: u32,
    lets: Vec<Option<LetId>>,
    /// By node: its shape and its variables.
    shapes: Vec<Option<(u32, Variables)>>,
    copied: FxHashMap<NodeId, NodeId>,
}

impl<'m> Copying<'m> {
    pub(super) fn new(program: &'m mut Program) -> Copying<'m> {
        Copying {
            program,
            shapes: Shapes::default(),
            closed: FxHashMap::default(),
            lets: FxHashMap::default(),
            made: FxHashMap::default(),
            reported: FxHashMap::default(),
            assumed: BTreeSet::new(),
            facts: FxHashMap::default(),
        }
    }

    /// Begins with a program: copies its derived facts.
    pub(super) fn side<'s>(
        &mut self,
        of: &Sealed,
        slots: &'s [SlotId],
        files: u32,
        by_symptom: &'s BTreeMap<String, (SlotId, SlotId)>,
        shared_reports: &'s BTreeSet<SlotId>,
    ) -> Side<'s> {
        let mut side = Side {
            slots,
            by_symptom,
            shared_reports,
            files,
            lets: vec![None; of.lets.len()],
            shapes: vec![None; of.nodes.ops.len()],
            copied: FxHashMap::default(),
        };
        for (at, it) in of.lets.iter().enumerate() {
            let value = side.copy(self, of, it.value);
            let id = self.derived(&it.named.name, &it.ty, value);
            if let Some(place) = side.lets.get_mut(at) {
                *place = Some(id);
            }
        }
        side
    }

    /// The derived fact of that value.
    fn derived(&mut self, name: &str, ty: &Type, value: NodeId) -> LetId {
        if let Some(known) = self.lets.get(&value) {
            return *known;
        }
        let id = LetId(u32::try_from(self.program.lets.len()).unwrap_or(u32::MAX));
        self.program.lets.push(Let {
            named: named(name),
            ty: ty.clone(),
            value,
        });
        self.lets.insert(value, id);
        id
    }

    fn make(&mut self, what: Making, mut operands: Vec<NodeId>) -> NodeId {
        if matches!(what, Making::All | Making::Any) {
            operands.sort_unstable();
            operands.dedup();
            if let [one] = operands.as_slice() {
                return *one;
            }
            if operands.is_empty() {
                let empty = if what == Making::All {
                    Making::Yes
                } else {
                    Making::No
                };
                return self.make(empty, operands);
            }
        }
        let key = (what, operands);
        if let Some(known) = self.made.get(&key) {
            return *known;
        }
        let nodes = &mut self.program.nodes;
        let place = Place::default();
        let one = key.1.first().copied().unwrap_or(NodeId(0));
        let node = match what {
            Making::All => {
                let list = nodes.push_operands(&key.1);
                nodes.push(Op::And(list), place)
            }
            Making::Any => {
                let list = nodes.push_operands(&key.1);
                nodes.push(Op::Or(list), place)
            }
            Making::Not => nodes.push(Op::Not(one), place),
            Making::Slot(slot) => nodes.push(Op::Slot(slot), place),
            Making::Let(id) => nodes.push(Op::Let(id), place),
            Making::Yes => nodes.push_constant(Partial::Known(Value::Bool(true)), place),
            Making::No => nodes.push_constant(Partial::Known(Value::Bool(false)), place),
        };
        self.made.insert(key, node);
        node
    }

    /// A truth with a name of its own, so that it is written once however often it is used.
    fn called(&mut self, name: &str, value: NodeId) -> NodeId {
        if super::is_let(self.program.nodes.op(value)) {
            return value;
        }
        let id = self.derived(name, &Type::of(Kind::Bool), value);
        self.make(Making::Let(id), Vec::new())
    }

    /// Some of them hold.
    pub(super) fn any(&mut self, all: Vec<NodeId>) -> NodeId {
        let any = self.make(Making::Any, all);
        self.called("some cause", any)
    }

    /// The first holds, and the second (false if there is none) does not.
    pub(super) fn but_not(&mut self, one: NodeId, other: Option<NodeId>) -> NodeId {
        let Some(other) = other else {
            return one;
        };
        let not = self.make(Making::Not, vec![other]);
        let both = self.make(Making::All, vec![one, not]);
        self.called("differs", both)
    }

    /// Facts that expressions depend on.
    pub(super) fn facts_of(&mut self, nodes: impl Iterator<Item = NodeId>) -> BTreeSet<SlotId> {
        let mut found = BTreeSet::new();
        let mut met = BTreeSet::new();
        let mut open: Vec<NodeId> = nodes.collect();
        while let Some(node) = open.pop() {
            if !met.insert(node) {
                continue;
            }
            if let Some(known) = self.facts.get(&node) {
                found.extend(known);
                continue;
            }
            let Some(op) = self.program.nodes.op(node) else {
                continue;
            };
            match op {
                Op::Slot(slot) => {
                    found.insert(slot);
                }
                Op::Let(id) => {
                    let value = self.program.lets.get(id.0 as usize);
                    open.extend(value.map(|it| it.value));
                }
                _ => self.program.nodes.each_operand(op, |it| open.push(it)),
            }
            if matches!(op, Op::Reported(_)) {
                let slots = (0u32..).zip(&self.program.slots);
                let reporting = slots.filter(|(_, slot)| slot.reports.is_some());
                found.extend(reporting.map(|(at, _)| SlotId(at)));
            }
        }
        found
    }
}

impl Side<'_> {
    /// A node of the program in the merged one.
    fn copy(&mut self, into: &mut Copying<'_>, of: &Sealed, root: NodeId) -> NodeId {
        self.shape_all(into, of, root);
        self.place(into, of, root)
    }

    /// What an expression means, in words that are the same where the other program means the same.
    pub(super) fn meaning(&mut self, into: &mut Copying<'_>, of: &Sealed, root: NodeId) -> String {
        self.shape_all(into, of, root);
        match self.shapes.get(root.0 as usize).copied().flatten() {
            Some((shape, _)) => format!("<{shape}>"),
            // What has no shape is like nothing in the other program.
            None => format!("<of {}: {}>", self.files, root.0),
        }
    }

    fn shape_all(&mut self, into: &mut Copying<'_>, of: &Sealed, root: NodeId) {
        let mut wanted = BTreeSet::new();
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            let known = self.shapes.get(node.0 as usize).copied().flatten();
            if known.is_some() || !wanted.insert(node) {
                continue;
            }
            if let Some(op) = of.nodes.op(node) {
                of.nodes.each_operand(op, |it| open.push(it));
            }
        }
        // Operands stand before what uses them.
        for node in &wanted {
            self.shape(into, of, *node);
        }
    }

    fn shape(&mut self, into: &mut Copying<'_>, of: &Sealed, node: NodeId) {
        let Some(op) = of.nodes.op(node) else { return };
        let mut operands = Vec::new();
        of.nodes.each_operand(op, |it| operands.push(it));
        let known = |it: &NodeId| self.shapes.get(it.0 as usize).copied().flatten();
        let inside: Option<Vec<(u32, Variables)>> = operands.iter().map(known).collect();
        let Some(inside) = inside else { return };
        let numbers = Numbers {
            slots: self.slots,
            lets: &self.lets,
            own_reports: self.own_reports(of),
        };
        let shapes = inside.iter().map(|it| it.0).collect();
        let shape = into.shapes.of(&of.nodes, op, shapes, &numbers);
        let variables: Vec<Variables> = inside.iter().map(|it| it.1).collect();
        let variables = Variables::of(op, &variables);
        if let Some(place) = self.shapes.get_mut(node.0 as usize) {
            *place = shape.map(|shape| (shape, variables));
        }
    }

    /// Its number, if facts report here that do not in the other program.
    fn own_reports(&self, of: &Sealed) -> Option<u32> {
        let number = |id: &SlotId| self.slots.get(id.0 as usize).copied().unwrap_or(*id);
        let mut own = of.reporting().iter().map(number);
        own.any(|it| !self.shared_reports.contains(&it))
            .then_some(self.files)
    }

    /// Places a node whose operands have shapes; depth is bounded by the seal.
    fn place(&mut self, into: &mut Copying<'_>, of: &Sealed, node: NodeId) -> NodeId {
        if let Some(known) = self.copied.get(&node) {
            return *known;
        }
        let shape = self.shapes.get(node.0 as usize).copied().flatten();
        let closed = shape.filter(|it| it.1.can_be_shared()).map(|it| it.0);
        if let Some(known) = closed.and_then(|it| into.closed.get(&it)) {
            self.copied.insert(node, *known);
            return *known;
        }
        let Some(op) = of.nodes.op(node) else {
            return NodeId(0);
        };
        let op = self.moved(into, of, op);
        let place = of.nodes.place(node);
        let place = Place {
            file: place.file + self.files,
            ..place
        };
        let mut made = into.program.nodes.push(op, place);
        if let Op::Reported(code) = op {
            made = self.with_own_reports(into, of, made, code);
        }
        if let Some(shape) = closed {
            into.closed.insert(shape, made);
        }
        self.copied.insert(node, made);
        made
    }

    /// An operation with its operands placed and its numbers those of the merged program.
    fn moved(&mut self, into: &mut Copying<'_>, of: &Sealed, mut op: Op) -> Op {
        op.each_direct_operand(|it| *it = self.place(into, of, *it));
        match op {
            Op::Constant(number) => Op::Constant(self.constant(into, of, number)),
            Op::Slot(slot) => Op::Slot(self.slots.get(slot.0 as usize).copied().unwrap_or(slot)),
            Op::Let(id) => Op::Let(
                self.lets
                    .get(id.0 as usize)
                    .copied()
                    .flatten()
                    .unwrap_or(id),
            ),
            Op::And(list) => Op::And(self.list(into, of, list)),
            Op::Or(list) => Op::Or(self.list(into, of, list)),
            Op::List(list) => Op::List(self.list(into, of, list)),
            Op::Match { scrutinee, arms } => {
                let mut moved = Vec::new();
                for arm in of.nodes.arms_of(arms) {
                    let patterns = arm.patterns.iter().map(|it| match it {
                        Pattern::Absent => Pattern::Absent,
                        Pattern::Constant(number) => {
                            Pattern::Constant(self.constant(into, of, *number))
                        }
                    });
                    let patterns = patterns.collect();
                    let value = self.place(into, of, arm.value);
                    moved.push(Arm { patterns, value });
                }
                let start = u32::try_from(into.program.nodes.arms.len()).unwrap_or(u32::MAX);
                into.program.nodes.arms.extend(moved);
                Op::Match {
                    scrutinee,
                    arms: Operands {
                        start,
                        len: arms.len,
                    },
                }
            }
            op => op,
        }
    }

    fn constant(&self, into: &mut Copying<'_>, of: &Sealed, number: u32) -> u32 {
        let constants = &mut into.program.nodes.constants;
        let value = of
            .nodes
            .constant(number)
            .cloned()
            .unwrap_or(Partial::Absent);
        constants.push(value);
        u32::try_from(constants.len()).unwrap_or(u32::MAX) - 1
    }

    fn list(&mut self, into: &mut Copying<'_>, of: &Sealed, list: Operands) -> Operands {
        let mut placed = Vec::new();
        for operand in of.nodes.list(list) {
            placed.push(self.place(into, of, *operand));
        }
        into.program.nodes.push_operands(&placed)
    }

    /// `c in reported`, with the facts that report in this program alone (T7).
    fn with_own_reports(
        &self,
        into: &mut Copying<'_>,
        of: &Sealed,
        shared: NodeId,
        code: NodeId,
    ) -> NodeId {
        let mut parts = vec![shared];
        for id in of.reporting() {
            let number = self.slots.get(id.0 as usize).copied().unwrap_or(*id);
            let Some(slot) = of.slots.get(id.0 as usize) else {
                continue;
            };
            if self.shared_reports.contains(&number) {
                continue;
            }
            let fact = into.make(Making::Slot(number), Vec::new());
            let nodes = &mut into.program.nodes;
            let place = Place::default();
            let many = slot.ty.member().is_some();
            let inner = slot.ty.member().unwrap_or(&slot.ty);
            let field = slot.reports.flatten();
            let field_type =
                field.and_then(|it| Some(&inner.record()?.fields.get(it as usize)?.ty));
            let (codes, are_many) = match (field, many) {
                (Some(field), true) => (nodes.push(Op::Project(fact, field), place), true),
                (Some(field), false) => {
                    let many = field_type.is_some_and(|it| it.member().is_some());
                    (nodes.push(Op::Field(fact, field), place), many)
                }
                (None, many) => (fact, many),
            };
            parts.push(match are_many {
                true => nodes.push(Op::Member(code, codes), place),
                false => {
                    // An absent code is not reported, not even beside an absent fact (O6).
                    let same = nodes.push(Op::Compare(Comparison::Equal, code, codes), place);
                    let absent = nodes.push(Op::IsAbsent(code), place);
                    let there = nodes.push(Op::Not(absent), place);
                    let both = nodes.push_operands(&[same, there]);
                    nodes.push(Op::And(both), place)
                }
            });
        }
        match parts.as_slice() {
            [one] => *one,
            _ => {
                let list = into.program.nodes.push_operands(&parts);
                into.program.nodes.push(Op::Or(list), Place::default())
            }
        }
    }

    /// A code of a symptom is reported.
    fn reported(&mut self, into: &mut Copying<'_>, of: &Sealed, code: &Code) -> NodeId {
        let constant = Partial::Known(Value::Code(code.clone()));
        let key = format!("{:?} {constant:?}", self.own_reports(of));
        if let Some(known) = into.reported.get(&key) {
            return *known;
        }
        let nodes = &mut into.program.nodes;
        let code = nodes.push_constant(constant, Place::default());
        let shared = nodes.push(Op::Reported(code), Place::default());
        let reported = self.with_own_reports(into, of, shared, code);
        into.reported.insert(key, reported);
        reported
    }

    /// V4, as a derived fact.
    fn present(&mut self, into: &mut Copying<'_>, of: &Sealed, id: SymptomId) -> NodeId {
        let name = symptom_name(of, id);
        let Some(symptom) = of.symptoms.get(id.0 as usize) else {
            return into.make(Making::No, Vec::new());
        };
        let mut parts = Vec::new();
        if let Some((reported, answered)) = self.by_symptom.get(&name) {
            parts.push(into.make(Making::Slot(*reported), Vec::new()));
            if !symptom.asks.is_empty() {
                parts.push(into.make(Making::Slot(*answered), Vec::new()));
            }
        }
        for code in &symptom.codes {
            parts.push(self.reported(into, of, code));
        }
        for seen in &symptom.seen {
            let seen = self.copy(into, of, *seen);
            parts.push(into.called("sign", seen));
        }
        let any = into.make(Making::Any, parts);
        into.called(&format!("{name} is there"), any)
    }

    /// Every rule of every symptom, and those without one: what says that it is a cause.
    pub(super) fn causes(&mut self, into: &mut Copying<'_>, of: &Sealed) -> Causes {
        let mut present = Vec::new();
        for number in 0..of.symptoms.len() {
            let id = SymptomId(u32::try_from(number).unwrap_or(u32::MAX));
            present.push(self.present(into, of, id));
        }
        let mut confirmed: Vec<Option<NodeId>> = vec![None; of.rules.len()];
        // Each stands after those that it waits for.
        for id in of.rules_in_order() {
            let node = self.confirmed(into, of, *id, &present, &confirmed);
            if let Some(place) = confirmed.get_mut(id.0 as usize) {
                *place = Some(node);
            }
        }
        let mut causes = Causes::new();
        let mut add = |key: (bool, String), rule: String, node: NodeId| {
            causes.entry(key).or_default().insert(rule, node);
        };
        let known = |id: crate::program::RuleId| confirmed.get(id.0 as usize).copied().flatten();
        for (rule, id) in rules_of(of, None) {
            if let Some(node) = known(id) {
                add((true, String::new()), rule, node);
            }
        }
        for (number, present) in (0u32..).zip(&present) {
            let symptom = SymptomId(number);
            for (rule, id) in rules_of(of, Some(symptom)) {
                if let Some(node) = known(id) {
                    let both = into.make(Making::All, vec![*present, node]);
                    let both = into.called(&format!("cause {rule}"), both);
                    add((false, symptom_name(of, symptom)), rule, both);
                }
            }
        }
        causes
    }

    /// V1 to V3, as a derived fact.
    fn confirmed(
        &mut self,
        into: &mut Copying<'_>,
        of: &Sealed,
        id: crate::program::RuleId,
        present: &[NodeId],
        confirmed: &[Option<NodeId>],
    ) -> NodeId {
        let Some(rule) = of.rules.get(id.0 as usize) else {
            return into.make(Making::No, Vec::new());
        };
        let not = |into: &mut Copying<'_>, other: crate::program::RuleId| {
            let other = confirmed.get(other.0 as usize).copied().flatten();
            other.map(|it| into.make(Making::Not, vec![it]))
        };
        let mut parts = Vec::new();
        if let Some(when) = rule.when {
            let when = self.copy(into, of, when);
            parts.push(into.called("condition", when));
        }
        if !rule.is_latent() {
            let mut under = Vec::new();
            for symptom in &rule.symptoms {
                let mut here: Vec<NodeId> = present
                    .get(symptom.0 as usize)
                    .copied()
                    .into_iter()
                    .collect();
                if rule.otherwise {
                    for other in of.ordinary_rules(*symptom).iter().filter(|it| **it != id) {
                        here.extend(not(into, *other));
                    }
                }
                under.push(into.make(Making::All, here));
            }
            parts.push(into.make(Making::Any, under));
        }
        for other in &rule.overridden_by {
            parts.extend(not(into, *other));
        }
        let all = into.make(Making::All, parts);
        into.called(&format!("{} is confirmed", rule.named.name), all)
    }

    /// The assumptions of the program, beside those that are there.
    pub(super) fn assume(&mut self, into: &mut Copying<'_>, of: &Sealed) {
        for it in &of.assumes {
            let condition = self.copy(into, of, it.condition);
            if into.assumed.insert(condition) {
                into.program.assumes.push(Assume {
                    place: Place {
                        file: it.place.file + self.files,
                        ..it.place
                    },
                    pack: PackId(0),
                    condition,
                    text: it.text.clone(),
                });
            }
        }
    }
}
