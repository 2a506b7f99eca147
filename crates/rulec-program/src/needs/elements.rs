//! What is needed of a list: of some elements their value, of others only whether they belong (N1 over O5 to O8 and O11 to O13).
//!
//! `count` and `is empty` ask nothing of what an element is, and an element that cannot be equal to `x` has no part in `x in L`.

use std::collections::BTreeSet;

use rulec_facts::ops;
use rulec_facts::truth::Truth;
use rulec_facts::value::{Element, Partial, Value};

use super::{Gather, Part};
use crate::decide::{Decider, Elements};
use crate::node::{NodeId, Op, Operands};

/// Elements of a list, by their place in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    /// What they are.
    values: BTreeSet<usize>,
    /// Whether they belong.
    members: BTreeSet<usize>,
}

impl Wanted {
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty() && self.members.is_empty()
    }

    /// Adds these; gives those that are new.
    pub(super) fn add(&mut self, other: Wanted) -> Wanted {
        let new = Wanted {
            values: &other.values - &self.values,
            members: &other.members - &self.members,
        };
        self.values.extend(&new.values);
        self.members.extend(&new.members);
        new
    }

    /// Everything that is not known of these elements.
    fn whole<'a>(all: &Elements<'a>) -> Wanted {
        let mut wanted = Wanted::default();
        for (at, value, membership) in all.numbered() {
            if !value.is_total() {
                wanted.values.insert(at);
            }
            if membership.is_unknown() {
                wanted.members.insert(at);
            }
        }
        wanted
    }
}

/// A quantifier or `each` around the node that is looked at.
#[derive(Debug)]
pub(super) struct Frame {
    list: NodeId,
    /// The element that its variable is.
    at: usize,
    /// What is wanted of the list.
    wanted: Wanted,
}

impl Frame {
    fn new(list: NodeId) -> Frame {
        Frame {
            list,
            at: 0,
            wanted: Wanted::default(),
        }
    }

    /// The same place, nothing wanted yet.
    pub(super) fn again(&self) -> Frame {
        Frame {
            at: self.at,
            ..Frame::new(self.list)
        }
    }
}

impl Gather {
    /// The value of the element that a variable is.
    pub(super) fn want_variable(&mut self, number: u32) {
        if let Some(frame) = self.frames.get_mut(number as usize) {
            frame.wanted.values.insert(frame.at);
        }
    }

    fn move_to(&mut self, at: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.at = at;
        }
    }

    fn leave(&mut self) -> Wanted {
        self.frames
            .pop()
            .map_or_else(Wanted::default, |it| it.wanted)
    }
}

impl<'a> Decider<'a> {
    /// O5: what undecided elements need; of an unknown list its needs, and what stands behind it.
    pub(super) fn need_any(
        &mut self,
        list: NodeId,
        filter: Option<NodeId>,
        body: NodeId,
        gather: &mut Gather,
    ) {
        let all = Elements::of(self.term_of(list));
        if let Elements::Unknown(_) = all {
            self.need(list, gather);
            self.guard(list, filter.into_iter().chain([body]), gather);
            return;
        }
        let mut members = Wanted::default();
        gather.frames.push(Frame::new(list));
        for (at, value, membership) in all.numbered() {
            gather.move_to(at);
            self.under(value, |it| {
                if !it.holds(membership, filter, body).is_unknown() {
                    return;
                }
                if membership.is_unknown() {
                    members.members.insert(at);
                }
                for part in filter.into_iter().chain([body]) {
                    it.need(part, gather);
                }
            });
        }
        let mut wanted = gather.leave();
        wanted.add(members);
        self.need_elements(list, &wanted, gather);
    }

    /// Everything that is not known of a computed list.
    pub(super) fn need_list(&mut self, node: NodeId, gather: &mut Gather) {
        let all = Elements::of(self.term_of(node));
        if !matches!(all, Elements::Unknown(_)) {
            self.need_elements(node, &Wanted::whole(&all), gather);
            return;
        }
        match self.program.nodes.op(node) {
            Some(Op::Each { list, filter, .. }) => {
                self.need(list, gather);
                self.guard(list, filter, gather);
            }
            Some(Op::Project(of, field)) => self.need_unknown_fields(of, field, gather),
            _ => {}
        }
    }

    /// O7: whether elements belong; of a set also what they are, for they may be equal.
    pub(super) fn need_membership(&mut self, list: NodeId, gather: &mut Gather) {
        let term = self.term_of(list);
        let is_set = term.with(|it| matches!(it, Partial::Known(Value::Set(_))));
        let all = Elements::of(term);
        if let Elements::Unknown(_) = all {
            self.need(list, gather);
            return;
        }
        let mut wanted = Wanted::whole(&all);
        if !is_set {
            wanted.values.clear();
        }
        self.need_elements(list, &wanted, gather);
    }

    /// O6: the item, and those elements that it may be.
    pub(super) fn need_member(&mut self, item: NodeId, list: NodeId, gather: &mut Gather) {
        let all = Elements::of(self.term_of(list));
        if let Elements::Unknown(_) = all {
            self.need(item, gather);
            self.need(list, gather);
            return;
        }
        let sought = self.term_of(item).into_partial();
        let mut wanted = Wanted::default();
        let mut open = false;
        for (at, value, membership) in all.numbered() {
            let same = value.with(|value| ops::is_member(&sought, value));
            if !membership.and(same).is_unknown() {
                continue;
            }
            if membership.is_unknown() {
                wanted.members.insert(at);
            }
            if same.is_unknown() {
                open = true;
                if !value.is_total() {
                    wanted.values.insert(at);
                }
            }
        }
        if open {
            self.need(item, gather);
        }
        self.need_elements(list, &wanted, gather);
    }

    /// O12: the elements of pairs that may overlap.
    pub(super) fn need_overlap(&mut self, a: NodeId, b: NodeId, gather: &mut Gather) {
        let (Some(ours), Some(theirs)) = (self.side(a), self.side(b)) else {
            self.need(a, gather);
            self.need(b, gather);
            return;
        };
        let (mut own, mut other) = (Wanted::default(), Wanted::default());
        for (at, left) in ours.iter().enumerate() {
            for (beside, right) in theirs.iter().enumerate() {
                let same = ops::overlaps(&left.value, &right.value);
                let certain = left.certain && right.certain;
                if same == Truth::False || (same == Truth::True && certain) {
                    continue;
                }
                for (wanted, at, element) in [(&mut own, at, left), (&mut other, beside, right)] {
                    if !element.certain {
                        wanted.members.insert(at);
                    }
                    if same.is_unknown() && !element.value.is_total() {
                        wanted.values.insert(at);
                    }
                }
            }
        }
        self.need_elements(a, &own, gather);
        self.need_elements(b, &other, gather);
    }

    /// One side of `overlaps`: a scalar is the list of it. None if it is unknown.
    fn side(&mut self, node: NodeId) -> Option<Vec<Element>> {
        match self.term_of(node).into_partial() {
            Partial::Unknown(_) => None,
            Partial::Absent => Some(Vec::new()),
            Partial::Known(value) => Some(match value.elements() {
                Some(elements) => elements.to_vec(),
                None => vec![Element {
                    value: Partial::Known(value),
                    certain: true,
                }],
            }),
        }
    }

    /// What is wanted of the elements of a list that is not unknown as a whole.
    pub(super) fn need_elements(&mut self, node: NodeId, wanted: &Wanted, gather: &mut Gather) {
        if wanted.is_empty() {
            return;
        }
        match self.program.nodes.op(node) {
            Some(Op::Let(id)) => gather.look_through(id, Part::Elements(wanted.clone())),
            Some(Op::Each { list, filter, .. }) => {
                self.need_filtered(list, filter, wanted, gather);
            }
            Some(Op::Project(of, field)) => self.need_projected(of, field, wanted, gather),
            Some(Op::List(operands)) => self.need_written(operands, wanted, gather),
            Some(Op::Match { scrutinee, arms }) => {
                if let Ok(value) = self.arm(scrutinee, arms) {
                    self.need_elements(value, wanted, gather);
                }
            }
            _ => self.need(node, gather),
        }
    }

    /// T3: elements whose filter is F are gone, so that the others have another place in the list below.
    fn need_filtered(
        &mut self,
        list: NodeId,
        filter: Option<NodeId>,
        wanted: &Wanted,
        gather: &mut Gather,
    ) {
        let Some(filter) = filter else {
            return self.need_elements(list, wanted, gather);
        };
        let all = Elements::of(self.term_of(list));
        let mut below = Wanted::default();
        let mut kept = 0;
        gather.frames.push(Frame::new(list));
        for (at, value, membership) in all.numbered() {
            gather.move_to(at);
            self.under(value, |it| {
                if membership.and(it.truth_of(filter)) == Truth::False {
                    return;
                }
                if wanted.values.contains(&kept) {
                    below.values.insert(at);
                }
                if wanted.members.contains(&kept) {
                    if membership.is_unknown() {
                        below.members.insert(at);
                    }
                    it.need(filter, gather);
                }
                kept += 1;
            });
        }
        below.add(gather.leave());
        self.need_elements(list, &below, gather);
    }

    /// O11: elements of which the field is absent are gone; those of a field that is a list stand in a row.
    fn need_projected(&mut self, of: NodeId, field: u32, wanted: &Wanted, gather: &mut Gather) {
        let (flat, optional) = self.kind_of_field(of, field);
        let mut below = Wanted::default();
        let mut next = 0;
        for (at, element, doubtful) in self.doubted(of) {
            let part = ops::field(&element.value, field as usize);
            // Of each element that comes of this one, whether the field says that it may not belong.
            let inner: Vec<bool> = match part {
                Partial::Absent => continue,
                Partial::Known(value) if flat => {
                    let inner = elements_of(value);
                    inner
                        .map(|(_, it, doubtful)| doubtful || !it.certain)
                        .collect()
                }
                Partial::Unknown(_) => vec![optional],
                Partial::Known(_) => vec![false],
            };
            for open in inner {
                let is_asked = wanted.members.contains(&next);
                if wanted.values.contains(&next) || (is_asked && (doubtful || open)) {
                    below.values.insert(at);
                }
                if is_asked && !element.certain {
                    below.members.insert(at);
                }
                next += 1;
            }
        }
        self.need_elements(of, &below, gather);
    }

    /// O11: the fields that are unknown lists, so that the whole is unknown.
    fn need_unknown_fields(&mut self, of: NodeId, field: u32, gather: &mut Gather) {
        let list = Elements::of(self.term_of(of));
        if let Elements::Unknown(_) = list {
            self.need(of, gather);
            return;
        }
        let mut below = Wanted::default();
        for (at, element, _) in self.doubted(of) {
            if ops::field(&element.value, field as usize).is_unknown() {
                below.values.insert(at);
                if !element.certain {
                    below.members.insert(at);
                }
            }
        }
        self.need_elements(of, &below, gather);
    }

    /// The elements of a list by their place, with whether they may turn out equal to another of their set.
    fn doubted(&mut self, list: NodeId) -> Vec<(usize, Element, bool)> {
        match self.term_of(list).into_partial() {
            Partial::Known(value) => elements_of(&value)
                .map(|(at, element, doubtful)| (at, element.clone(), doubtful))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Whether this field of the members is a list or set, and whether it can be absent.
    fn kind_of_field(&self, of: NodeId, field: u32) -> (bool, bool) {
        let list = self.program.type_of(of);
        let record = list.and_then(|list| list.member()?.record());
        let field = record.and_then(|record| record.fields.get(field as usize));
        field.map_or((false, false), |field| {
            (field.ty.member().is_some(), field.ty.optional)
        })
    }

    /// O13: absent operands are left out.
    fn need_written(&mut self, operands: Operands, wanted: &Wanted, gather: &mut Gather) {
        let mut next = 0;
        for operand in self.program.nodes.list(operands) {
            if self.term_of(*operand).into_partial() == Partial::Absent {
                continue;
            }
            if wanted.values.contains(&next) || wanted.members.contains(&next) {
                self.need(*operand, gather);
            }
            next += 1;
        }
    }

    /// What is wanted of the lists of all variables that are set, each seen from where it stands.
    pub(super) fn need_of_variables(&mut self, gather: &mut Gather) {
        let around = self.variables.clone();
        while let Some(frame) = gather.frames.pop() {
            self.variables.truncate(gather.frames.len());
            self.need_elements(frame.list, &frame.wanted, gather);
        }
        self.variables = around;
    }
}

/// The elements of a list or set by their place, with whether they may turn out equal to another of their set.
fn elements_of(value: &Value) -> impl Iterator<Item = (usize, &Element, bool)> {
    let doubtful = ops::doubtful(value);
    let all = value.elements().unwrap_or(&[]).iter().enumerate();
    all.map(move |(at, element)| {
        let doubtful = doubtful.get(at).copied().unwrap_or(false);
        (at, element, doubtful)
    })
}
