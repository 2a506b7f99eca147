//! How many copies of each list's element a question needs (X1, X2).
//!
//! Everything that a question says of lists is said by quantifiers. In a state that fulfils it, keep of each list one element for each quantifier
//! that asks for one (as many as the greatest constant and one more for a count), and what stands under a quantifier for all elements still
//! holds. A quantifier that asks for an element for each element of another list needs one for each copy of that; if this comes round to
//! the list itself, no number is enough, and *no point* proves nothing.

use std::sync::Arc;

use rulec_facts::types::Type;
use rulec_facts::value::{Partial, Value};
use rustc_hash::{FxHashMap, FxHashSet};

use super::atlas::{KindId, Shape, Step};
use super::encoder::Encoder;
use super::many::{COUNTED, KEPT};
use super::prover::Reason;
use crate::node::{NodeId, Op};
use crate::program::{RuleId, SymptomId};

/// Numbers of copies by list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Copies {
    of: FxHashMap<KindId, u32>,
    others: u32,
}

impl Copies {
    /// Enough to see each pair of elements while tests are gathered.
    pub(crate) fn gathering() -> Copies {
        Copies::of_each(2)
    }

    /// The same number of each list.
    pub(crate) fn of_each(copies: u32) -> Copies {
        Copies {
            of: FxHashMap::default(),
            others: copies,
        }
    }

    pub(crate) fn of(&self, kind: KindId) -> u32 {
        self.of.get(&kind).copied().unwrap_or(self.others)
    }
}

/// What a question needs of lists.
#[derive(Debug, Default)]
pub(crate) struct Needs {
    /// What is needed besides.
    below: Option<Arc<Needs>>,
    wants: Vec<Want>,
    seen: FxHashSet<(NodeId, bool, Vec<bool>)>,
    rules: FxHashSet<(RuleId, bool)>,
    symptoms: FxHashSet<(SymptomId, bool)>,
    /// Quantifiers around the node that is looked at.
    around: Vec<Binder>,
    /// Times every want counts: both rails of partial states ask for elements of their own.
    times: u32,
}

#[derive(Debug, Clone)]
struct Binder {
    lists: Vec<KindId>,
    for_all: bool,
}

/// Elements that a quantifier asks for.
#[derive(Debug, Clone)]
struct Want {
    lists: Vec<KindId>,
    times: u32,
    /// For each element of these.
    each: Vec<KindId>,
    node: NodeId,
}

/// Why a number of copies is no proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotEnough {
    /// The quantifier.
    pub node: NodeId,
    /// Its list.
    pub list: KindId,
    /// The number that was taken.
    pub copies: u32,
    /// The limit on copies cut it; else quantifiers alternate in a circle.
    pub limited: bool,
}

impl NotEnough {
    /// Which limit that is.
    pub(crate) fn reason(&self) -> Reason {
        match self.limited {
            true => Reason::Elements(self.copies),
            false => Reason::Alternation,
        }
    }
}

impl Needs {
    /// Of states whose every want counts so many times.
    pub(crate) fn times(times: u32) -> Needs {
        Needs {
            times,
            ..Needs::default()
        }
    }

    /// Besides these.
    pub(crate) fn above(below: &Arc<Needs>) -> Needs {
        Needs {
            below: Some(Arc::clone(below)),
            times: below.times,
            ..Needs::default()
        }
    }

    /// So many elements of a list are wanted.
    pub(crate) fn want_of(&mut self, list: KindId, times: u32) {
        self.wants.push(Want {
            lists: vec![list],
            times,
            each: Vec::new(),
            node: NodeId(0),
        });
    }

    /// Nothing is needed besides.
    pub(crate) fn is_empty(&self) -> bool {
        self.wants.is_empty()
    }

    fn all_wants(&self) -> impl Iterator<Item = &Want> {
        let below = self.below.iter().flat_map(|it| &it.wants);
        below.chain(&self.wants)
    }

    /// Whether that was not looked at yet.
    fn is_new(&mut self, node: NodeId, truth: bool, flags: Vec<bool>) -> bool {
        let key = (node, truth, flags);
        let known = self.below.as_ref().is_some_and(|it| it.seen.contains(&key));
        !known && self.seen.insert(key)
    }
}

impl Encoder<'_> {
    /// The condition is wanted to be true, or false.
    pub(crate) fn need(&mut self, needs: &mut Needs, node: NodeId, truth: bool) {
        if !self.statics.has_lists(node) {
            return;
        }
        let flags = self.flags(needs, node);
        if !needs.is_new(node, truth, flags) {
            return;
        }
        let program = self.program;
        let Some(op) = program.nodes.op(node) else {
            return;
        };
        match op {
            Op::Not(of) => self.need(needs, of, !truth),
            Op::And(list) | Op::Or(list) => {
                for it in program.nodes.list(list) {
                    self.need(needs, *it, truth);
                }
            }
            Op::Let(id) => {
                if let Some(it) = program.lets.get(id.0 as usize) {
                    let around = std::mem::take(&mut needs.around);
                    self.need(needs, it.value, truth);
                    needs.around = around;
                }
            }
            Op::Any {
                list, filter, body, ..
            } => {
                self.need_list(needs, node, list, truth, 1);
                self.under(needs, list, !truth, |it, needs| {
                    if let Some(filter) = filter {
                        it.need(needs, filter, truth);
                    }
                    it.need(needs, body, truth);
                });
            }
            Op::Member(a, list) => {
                self.need_term(needs, a);
                self.need_list(needs, node, list, truth, 1);
            }
            Op::Overlaps(a, b) => {
                self.need_list(needs, node, a, truth, 1);
                self.need_list(needs, node, b, truth, 1);
            }
            Op::IsEmpty(list) => self.need_list(needs, node, list, !truth, 1),
            Op::Reported(code) => {
                self.need_term(needs, code);
                if truth {
                    self.need_reported(needs, node);
                }
            }
            Op::Compare(_, a, b) => self.need_compared(needs, a, b),
            _ => program
                .nodes
                .each_operand(op, |it| self.need_term(needs, it)),
        }
    }

    /// A comparison: of a count in it so many elements are wanted as tell it from what it is compared with.
    fn need_compared(&mut self, needs: &mut Needs, a: NodeId, b: NodeId) {
        let times = match self.counted(a).max(self.counted(b)) {
            told if told <= COUNTED + 1 => told,
            _ => KEPT,
        };
        self.need_measured(needs, a, times);
        self.need_measured(needs, b, times);
    }

    /// Of each quantifier around the node whose variable it mentions: whether it is for all elements.
    fn flags(&self, needs: &Needs, node: NodeId) -> Vec<bool> {
        let around = needs.around.iter().zip(0..);
        let mentioned = around.filter(|(_, number)| self.statics.has_variable(node, *number));
        mentioned.map(|(it, _)| it.for_all).collect()
    }

    fn under(
        &mut self,
        needs: &mut Needs,
        list: NodeId,
        for_all: bool,
        call: impl FnOnce(&mut Self, &mut Needs),
    ) {
        let mut lists = Vec::new();
        self.lists_of(list, &mut lists);
        needs.around.push(Binder { lists, for_all });
        call(self, needs);
        needs.around.pop();
    }

    /// A list of which an element is wanted (or, not `one`, all of which fulfil something).
    fn need_list(&mut self, needs: &mut Needs, node: NodeId, list: NodeId, one: bool, times: u32) {
        if one {
            let mut lists = Vec::new();
            self.lists_of(list, &mut lists);
            let root = self.root_variable(list);
            self.want(needs, node, lists, times, root);
        }
        self.need_inside(needs, list, one);
    }

    /// `root`: the variable in whose element the list lies. For each such element it is another list.
    fn want(
        &mut self,
        needs: &mut Needs,
        node: NodeId,
        lists: Vec<KindId>,
        times: u32,
        root: Option<u32>,
    ) {
        let each = needs
            .around
            .iter()
            .zip(0..)
            .filter(|(it, number)| it.for_all && self.statics.has_variable(node, *number))
            .filter(|(_, number)| Some(*number) != root)
            .flat_map(|(it, _)| it.lists.iter().copied());
        let each = each.collect();
        let times = times.saturating_mul(needs.times.max(1));
        needs.wants.push(Want {
            lists,
            times,
            each,
            node,
        });
    }

    fn is_list(&self, node: NodeId) -> bool {
        let ty = self.program.type_of(node);
        ty.is_some_and(|it| it.member().is_some())
    }

    fn root_variable(&self, list: NodeId) -> Option<u32> {
        match self.program.nodes.op(list)? {
            Op::Variable(number) => Some(number),
            Op::Field(of, _) | Op::Project(of, _) | Op::Each { list: of, .. } => {
                self.root_variable(of)
            }
            _ => None,
        }
    }

    /// Filters on the way to a list.
    fn need_inside(&mut self, needs: &mut Needs, list: NodeId, one: bool) {
        let program = self.program;
        let Some(op) = program.nodes.op(list) else {
            return;
        };
        match op {
            Op::Let(id) => {
                if let Some(it) = program.lets.get(id.0 as usize) {
                    let around = std::mem::take(&mut needs.around);
                    self.need_inside(needs, it.value, one);
                    needs.around = around;
                }
            }
            Op::Each {
                list: inner,
                filter,
                ..
            } => {
                self.need_inside(needs, inner, one);
                if let Some(filter) = filter {
                    self.under(needs, inner, !one, |it, needs| it.need(needs, filter, one));
                }
            }
            Op::Project(inner, _) => self.need_inside(needs, inner, one),
            Op::Match { scrutinee, arms } => {
                self.need_term(needs, scrutinee);
                for arm in program.nodes.arms_of(arms) {
                    self.need_inside(needs, arm.value, one);
                }
            }
            _ => program
                .nodes
                .each_operand(op, |it| self.need_term(needs, it)),
        }
    }

    /// Several elements may be wanted at once (X1: a count is of both kinds): what one needs to belong is needed for each.
    fn need_filters_for_each(&mut self, needs: &mut Needs, list: NodeId) {
        let program = self.program;
        match program.nodes.op(list) {
            Some(Op::Let(id)) => {
                if let Some(it) = program.lets.get(id.0 as usize) {
                    let around = std::mem::take(&mut needs.around);
                    self.need_filters_for_each(needs, it.value);
                    needs.around = around;
                }
            }
            Some(Op::Each {
                list: inner,
                filter,
                ..
            }) => {
                self.need_filters_for_each(needs, inner);
                if let Some(filter) = filter {
                    self.under(needs, inner, true, |it, needs| it.need(needs, filter, true));
                }
            }
            Some(Op::Project(inner, _)) => self.need_filters_for_each(needs, inner),
            Some(Op::Match { arms, .. }) => {
                for arm in program.nodes.arms_of(arms) {
                    self.need_filters_for_each(needs, arm.value);
                }
            }
            _ => {}
        }
    }

    /// What decides a value may come out either way.
    fn need_term(&mut self, needs: &mut Needs, node: NodeId) {
        if !self.statics.has_lists(node) {
            return;
        }
        let program = self.program;
        let Some(op) = program.nodes.op(node) else {
            return;
        };
        match op {
            Op::Let(id) => {
                if let Some(it) = program.lets.get(id.0 as usize) {
                    let around = std::mem::take(&mut needs.around);
                    self.need_term(needs, it.value);
                    needs.around = around;
                }
            }
            Op::Count(_) | Op::Min(_) | Op::Max(_) => self.need_measured(needs, node, 2),
            Op::Size(of) if self.is_list(of) => {
                // Networks to try sizes with.
                self.need_list(needs, node, of, true, 1);
                self.need_term(needs, of);
            }
            Op::Each { .. } | Op::Project(..) => {
                self.need_inside(needs, node, true);
                self.need_inside(needs, node, false);
                self.need_filters_for_each(needs, node);
            }
            Op::Match { scrutinee, arms } => {
                self.need_term(needs, scrutinee);
                for arm in program.nodes.arms_of(arms) {
                    self.need_term(needs, arm.value);
                }
            }
            Op::Field(of, _) | Op::Call(_, of) | Op::Size(of) => self.need_term(needs, of),
            Op::Add(a, b) | Op::Subtract(a, b) => {
                self.need_term(needs, a);
                self.need_term(needs, b);
            }
            Op::List(list) => {
                for it in program.nodes.list(list) {
                    self.need_term(needs, *it);
                }
            }
            Op::Constant(_) | Op::Slot(_) | Op::Variable(_) => {}
            _ => {
                self.need(needs, node, true);
                self.need(needs, node, false);
            }
        }
    }

    /// An operand of a comparison: of a count so many elements are wanted, and as many that do not belong can be spared.
    fn need_measured(&mut self, needs: &mut Needs, node: NodeId, times: u32) {
        let program = self.program;
        match program.nodes.op(node) {
            Some(Op::Count(list)) => {
                self.need_list(needs, node, list, true, times.max(1));
                self.need_inside(needs, list, false);
                self.need_filters_for_each(needs, list);
            }
            Some(Op::Min(list) | Op::Max(list)) => {
                // One for a member that decides it, one for that there is any.
                self.need_list(needs, node, list, true, 2);
                self.need_inside(needs, list, false);
                self.need_filters_for_each(needs, list);
            }
            Some(Op::Add(a, b) | Op::Subtract(a, b)) => {
                self.need_measured(needs, a, times);
                self.need_measured(needs, b, times);
            }
            Some(Op::Let(id)) => {
                if let Some(it) = program.lets.get(id.0 as usize) {
                    let around = std::mem::take(&mut needs.around);
                    self.need_measured(needs, it.value, times);
                    needs.around = around;
                }
            }
            _ => self.need_term(needs, node),
        }
    }

    /// One more than the greatest constant in an operand: so many elements tell a count from it.
    fn counted(&self, node: NodeId) -> u32 {
        let nodes = &self.program.nodes;
        let of = |it: Option<&Partial>| match it {
            Some(Partial::Known(Value::Int(it))) => {
                u32::try_from(it.unsigned_abs()).unwrap_or(u32::MAX)
            }
            _ => 0,
        };
        match nodes.op(node) {
            Some(Op::Constant(number)) => of(nodes.constant(number)).saturating_add(1),
            Some(Op::Add(a, b) | Op::Subtract(a, b)) => {
                self.counted(a).saturating_add(self.counted(b))
            }
            Some(Op::Let(id)) => {
                let it = self.program.lets.get(id.0 as usize);
                it.map_or(1, |it| self.counted(it.value))
            }
            Some(Op::Match { arms, .. }) => {
                let arms = self.program.nodes.arms_of(arms);
                arms.iter()
                    .map(|it| self.counted(it.value))
                    .max()
                    .unwrap_or(1)
            }
            Some(Op::Slot(_) | Op::Variable(_) | Op::Count(_) | Op::Field(..)) => 1,
            // Something else may come to any constant; one that is told by the value itself is looked at as if it were that great.
            _ => COUNTED,
        }
    }

    /// The lists from which the elements of an expression come.
    fn lists_of(&mut self, node: NodeId, lists: &mut Vec<KindId>) {
        let program = self.program;
        match program.nodes.op(node) {
            Some(Op::Each { list, .. }) => self.lists_of(list, lists),
            Some(Op::Let(id)) => {
                if let Some(it) = program.lets.get(id.0 as usize) {
                    self.lists_of(it.value, lists);
                }
            }
            Some(Op::Match { arms, .. }) => {
                for arm in program.nodes.arms_of(arms) {
                    self.lists_of(arm.value, lists);
                }
            }
            Some(Op::Project(of, _)) => {
                self.lists_of(of, lists);
                for kind in self.kinds_of(node) {
                    self.add_list(kind, lists);
                }
            }
            Some(Op::Slot(_) | Op::Field(..) | Op::Variable(_)) => {
                for kind in self.kinds_of(node) {
                    self.add_list(kind, lists);
                }
            }
            _ => {}
        }
    }

    fn add_list(&self, kind: KindId, lists: &mut Vec<KindId>) {
        let is_list = |it: &super::atlas::PlaceKind| Shape::of(&it.ty) == Shape::Elements;
        if self.atlas.kind(kind).is_some_and(is_list) && !lists.contains(&kind) {
            lists.push(kind);
        }
    }

    /// The kinds of places that an expression can stand for; of a projection those of the field.
    pub(super) fn kinds_of(&mut self, node: NodeId) -> Vec<KindId> {
        let program = self.program;
        match program.nodes.op(node) {
            Some(Op::Slot(slot)) => match program.slots.get(slot.0 as usize) {
                Some(it) => vec![self.atlas.slot_kind(slot, &it.ty)],
                None => Vec::new(),
            },
            Some(Op::Let(id)) => match program.lets.get(id.0 as usize) {
                Some(it) => self.kinds_of(it.value),
                None => Vec::new(),
            },
            Some(Op::Each { list, .. }) => self.kinds_of(list),
            Some(Op::Match { arms, .. }) => {
                let arms = program.nodes.arms_of(arms);
                arms.iter()
                    .flat_map(|arm| self.kinds_of(arm.value))
                    .collect()
            }
            Some(Op::Variable(_)) => match program.list_of_variable(node) {
                Some(list) => self.element_kinds(list),
                None => Vec::new(),
            },
            Some(Op::Field(of, field)) => {
                let of = self.kinds_of(of);
                self.field_kinds(of, field)
            }
            Some(Op::Project(of, field)) => {
                let of = self.element_kinds(of);
                self.field_kinds(of, field)
            }
            _ => Vec::new(),
        }
    }

    /// The kinds of a list's elements; a projection of lists is flat.
    fn element_kinds(&mut self, list: NodeId) -> Vec<KindId> {
        let kinds = self.kinds_of(list);
        let mut inside = Vec::with_capacity(kinds.len());
        for kind in kinds {
            let ty = self.atlas.kind(kind).map(|it| it.ty.clone());
            match ty.as_ref().and_then(Type::member) {
                Some(member) => inside.push(self.atlas.inside_kind(kind, Step::Element(0), member)),
                None => inside.push(kind),
            }
        }
        inside
    }

    fn field_kinds(&mut self, of: Vec<KindId>, field: u32) -> Vec<KindId> {
        let mut fields = Vec::with_capacity(of.len());
        for kind in of {
            let ty = self.atlas.kind(kind).map(|it| it.ty.clone());
            let record = ty.as_ref().and_then(Type::record);
            if let Some(it) = record.and_then(|it| it.fields.get(field as usize)) {
                fields.push(self.atlas.inside_kind(kind, Step::Field(field), &it.ty));
            }
        }
        fields
    }

    /// A code is wanted to be reported by some fact.
    fn need_reported(&mut self, needs: &mut Needs, node: NodeId) {
        let program = self.program;
        for id in program.reporting() {
            let Some(slot) = program.slots.get(id.0 as usize) else {
                continue;
            };
            let mut kind = self.atlas.slot_kind(*id, &slot.ty);
            let mut lists = Vec::new();
            self.add_list(kind, &mut lists);
            if let Some(member) = slot.ty.member() {
                kind = self.atlas.inside_kind(kind, Step::Element(0), member);
            }
            if let Some(Some(field)) = slot.reports {
                for kind in self.field_kinds(vec![kind], field) {
                    self.add_list(kind, &mut lists);
                }
            }
            self.want(needs, node, lists, 1, None);
        }
    }

    /// The symptom is wanted to be present, or not.
    pub(crate) fn need_present(&mut self, needs: &mut Needs, id: SymptomId, truth: bool) {
        if !needs.symptoms.insert((id, truth)) {
            return;
        }
        let program = self.program;
        let Some(symptom) = program.symptoms.get(id.0 as usize) else {
            return;
        };
        if truth {
            for _ in &symptom.codes {
                self.need_reported(needs, NodeId(u32::MAX));
            }
        }
        for condition in &symptom.seen {
            self.need(needs, *condition, truth);
        }
    }

    /// The rule is wanted to be confirmed, or not.
    pub(crate) fn need_rule(&mut self, needs: &mut Needs, id: RuleId, truth: bool) {
        let program = self.program;
        let mut waiting = vec![(id, truth)];
        while let Some((id, truth)) = waiting.pop() {
            if !needs.rules.insert((id, truth)) {
                continue;
            }
            let Some(rule) = program.rules.get(id.0 as usize) else {
                continue;
            };
            if let Some(when) = rule.when {
                self.need(needs, when, truth);
            }
            self.need_around(needs, id, truth, &mut waiting);
        }
    }

    /// The rule is wanted to be confirmed if its condition is true.
    pub(crate) fn need_rest_of_rule(&mut self, needs: &mut Needs, id: RuleId) {
        let mut waiting = Vec::new();
        self.need_around(needs, id, true, &mut waiting);
        for (other, truth) in waiting {
            self.need_rule(needs, other, truth);
        }
    }

    /// Of a rule all but its condition; gives the rules that are wanted to be confirmed or not.
    fn need_around(
        &mut self,
        needs: &mut Needs,
        id: RuleId,
        truth: bool,
        waiting: &mut Vec<(RuleId, bool)>,
    ) {
        let program = self.program;
        let Some(rule) = program.rules.get(id.0 as usize) else {
            return;
        };
        waiting.extend(rule.overridden_by.iter().map(|it| (*it, !truth)));
        for symptom in &rule.symptoms {
            self.need_present(needs, *symptom, truth);
            if rule.otherwise {
                let others = program.ordinary_rules(*symptom).iter();
                waiting.extend(others.filter(|it| **it != id).map(|it| (*it, !truth)));
            }
        }
    }

    /// The numbers that fulfil all needs, at most `limit` of one list; with the first quantifier for which they are no proof.
    pub(crate) fn count_copies(&self, needs: &Needs, limit: u32) -> (Copies, Option<NotEnough>) {
        let mut wants: FxHashMap<KindId, Vec<&Want>> = FxHashMap::default();
        for want in needs.all_wants() {
            for (at, list) in want.lists.iter().enumerate() {
                let before = want.lists.get(..at).unwrap_or_default();
                if !before.contains(list) {
                    wants.entry(*list).or_default().push(want);
                }
            }
        }
        let mut solve = Solve {
            encoder: self,
            wants,
            limit,
            of: FxHashMap::default(),
            open: Vec::new(),
            not_enough: None,
        };
        let lists: Vec<KindId> = needs
            .all_wants()
            .flat_map(|it| it.lists.iter().copied())
            .collect();
        for list in lists {
            solve.copies(list);
        }
        let copies = Copies {
            of: solve.of,
            others: 0,
        };
        (copies, solve.not_enough)
    }
}

/// Works the numbers out, lists of which others need more first.
struct Solve<'a, 'p> {
    encoder: &'a Encoder<'p>,
    wants: FxHashMap<KindId, Vec<&'a Want>>,
    limit: u32,
    of: FxHashMap<KindId, u32>,
    open: Vec<KindId>,
    not_enough: Option<NotEnough>,
}

impl Solve<'_, '_> {
    fn copies(&mut self, list: KindId) -> u32 {
        if let Some(known) = self.of.get(&list) {
            return *known;
        }
        self.open.push(list);
        let wants = self.wants.get(&list).cloned().unwrap_or_default();
        let mut sum = 0_u32;
        let mut last = NodeId(0);
        for want in wants {
            last = want.node;
            let mut times = want.times;
            for each in &want.each {
                times = match self.open.contains(each) {
                    true => {
                        self.no_proof(want.node, list, 0, false);
                        times
                    }
                    false => times.saturating_mul(self.total(*each).max(1)),
                };
            }
            sum = sum.saturating_add(times);
        }
        if sum > self.limit {
            self.no_proof(last, list, self.limit, true);
            sum = self.limit;
        }
        self.open.pop();
        self.of.insert(list, sum);
        sum
    }

    /// Elements of all lists of this kind together.
    fn total(&mut self, list: KindId) -> u32 {
        let mut total = 1_u32;
        let mut at = Some(list);
        while let Some(kind) = at {
            let encoder = self.encoder;
            let Some(it) = encoder.atlas.kind(kind) else {
                break;
            };
            if Shape::of(&it.ty) == Shape::Elements {
                if self.open.contains(&kind) && kind != list {
                    self.no_proof(NodeId(0), list, 0, false);
                } else {
                    total = total.saturating_mul(self.copies(kind));
                }
            }
            at = it.parent.map(|(kind, _)| kind);
        }
        total
    }

    fn no_proof(&mut self, node: NodeId, list: KindId, copies: u32, limited: bool) {
        self.not_enough.get_or_insert(NotEnough {
            node,
            list,
            copies,
            limited,
        });
    }
}
