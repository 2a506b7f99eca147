//! Lists and sets (O5 to O8, O11 to O13): a list is as many copies of its element as a question needs, each there or not.

use std::sync::Arc;

use rulec_facts::ops;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Element, Partial, Value};
use rulec_prove::FormulaId;

use super::atlas::{PlaceId, Shape, Step};
use super::domain::{Order, Room, Test};
use super::encoder::{Encoder, Meaning, Named};
use super::many::COUNTED;
use super::scalar::mirrored;
use super::term::{Choice, Member, Members, Rails, Side, Sym, Term};
use crate::node::{NodeId, Op, Operands};

/// A set whose members have no more values than this is one truth for each value.
const NAMED: u64 = 16;

impl Encoder<'_> {
    /// The elements of what an expression gives; none of what is absent (O6).
    pub(super) fn members(&mut self, list: NodeId) -> Arc<Members> {
        let term = self.term(list);
        self.members_of(&term)
    }

    pub(super) fn members_of(&mut self, term: &Term) -> Arc<Members> {
        if let [
            Choice {
                sym: Sym::Members(members),
                guard,
            },
        ] = term.as_ref()
            && *guard == self.logic.yes()
        {
            return Arc::clone(members);
        }
        let two = self.two();
        let (mut known, mut all) = (Vec::new(), Vec::new());
        let (mut is_set, mut open) = (true, false);
        for choice in term.iter() {
            let members = self.members_of_sym(&choice.sym);
            is_set &= members.is_set;
            open |= members.open;
            known.push(self.logic.and([choice.guard, members.known]));
            let not = self.logic.not(choice.guard);
            let here = Rails {
                t: choice.guard,
                f: two.then_some(not),
            };
            for member in &members.all {
                all.push(Member {
                    belongs: self.logic.all(&[here, member.belongs], two),
                    value: Arc::clone(&member.value),
                });
            }
        }
        Arc::new(Members {
            known: self.logic.or(known),
            all,
            is_set,
            open,
        })
    }

    fn members_of_sym(&mut self, sym: &Sym) -> Arc<Members> {
        let none = |known| {
            Arc::new(Members {
                known,
                all: Vec::new(),
                is_set: true,
                open: false,
            })
        };
        match sym {
            Sym::Members(members) => Arc::clone(members),
            Sym::Place(place) => Arc::new(self.members_of_place(*place)),
            Sym::Constant(Partial::Known(value)) => Arc::new(self.members_of_value(value)),
            Sym::Constant(_) => none(self.logic.yes()),
            Sym::Unknown => none(self.logic.no()),
            _ => {
                // Not handled: any element at all.
                let belongs = self.opaque();
                let value = self.one(Sym::Opaque);
                let known = match self.two() {
                    true => self.opaque().t,
                    false => self.logic.yes(),
                };
                Arc::new(Members {
                    known,
                    all: vec![Member { belongs, value }],
                    is_set: false,
                    open: true,
                })
            }
        }
    }

    fn members_of_value(&mut self, value: &Value) -> Members {
        let two = self.two();
        let elements: &[Element] = value.elements().unwrap_or(&[]);
        let all = elements.iter().map(|it| Member {
            belongs: self.logic.rails(true, two),
            value: self.one(Sym::Constant(it.value.clone())),
        });
        Members {
            all: all.collect(),
            known: self.logic.yes(),
            is_set: matches!(value, Value::Set(_)),
            open: false,
        }
    }

    fn members_of_place(&mut self, place: PlaceId) -> Members {
        let known = self.known(place);
        let Some(ty) = self.atlas.ty(place).cloned() else {
            return Members {
                known,
                all: Vec::new(),
                is_set: false,
                open: true,
            };
        };
        let is_set = matches!(ty.kind, Kind::Set(_));
        let Some(member) = ty.member() else {
            return Members {
                known,
                all: Vec::new(),
                is_set,
                open: true,
            };
        };
        let all = match self.named(place) {
            Some(values) => self.named_members(place, &values),
            None => self.copied_members(place, member, is_set),
        };
        Members {
            known,
            all,
            is_set,
            open: false,
        }
    }

    fn named_members(&mut self, place: PlaceId, values: &[(u32, Partial)]) -> Vec<Member> {
        let two = self.two();
        let absent = self.absent(place);
        let there = self.logic.not(absent);
        let mut all = Vec::with_capacity(values.len());
        for (cell, value) in values {
            let has = self.variable(Meaning::Has(place, *cell), 2);
            let has = self.logic.is(has, 1);
            let t = self.logic.and([there, has]);
            let f = two.then(|| self.logic.not(t));
            all.push(Member {
                belongs: Rails { t, f },
                value: self.one(Sym::Constant(value.clone())),
            });
        }
        all
    }

    fn copied_members(&mut self, place: PlaceId, member: &Type, is_set: bool) -> Vec<Member> {
        let two = self.two();
        let (length, copies) = self.length(place);
        let cells = self.logic.formulas.cells(length);
        let mut all = Vec::with_capacity(copies as usize);
        for copy in 0..copies {
            let mask = rulec_prove::Mask::of(cells, copy + 1..copies + 1);
            let t = self.logic.literal(length, mask);
            let f = two.then(|| self.logic.not(t));
            let element = self.atlas.inside(place, Step::Element(copy), member);
            if Shape::of(member) == Shape::Scalar {
                let kind = self.kind_id(element);
                self.classes.know(kind);
                if is_set && !self.logic.is_gathering() {
                    // Members differ: a candidate tells their cells.
                    self.cell(element);
                }
            }
            all.push(Member {
                belongs: Rails { t, f },
                value: self.one(Sym::Place(element)),
            });
        }
        all
    }

    /// The values that members of a set can have, with their cells, if there are few. Partial states have unknown members besides.
    pub(super) fn named(&self, place: PlaceId) -> Option<Named> {
        if !self.named_sets || self.logic.is_gathering() {
            return None;
        }
        let kind = self.kind_id(place);
        if let Some(known) = self.named.borrow().get(&kind) {
            return known.clone();
        }
        let found = self.named_afresh(place);
        self.named.borrow_mut().insert(kind, found.clone());
        found
    }

    fn named_afresh(&self, place: PlaceId) -> Option<Named> {
        let Kind::Set(member) = &self.atlas.ty(place)?.kind else {
            return None;
        };
        if Shape::of(member) != Shape::Scalar {
            return None;
        }
        let kind = self
            .atlas
            .find_inside_kind(self.kind_id(place), Step::Element(0))?;
        let cells = self.classes.cells(kind)?;
        let mut total = 0;
        for cell in 0..cells.len() {
            match self.classes.room(kind, cell) {
                Some(Room::Exactly(room)) => total += room,
                _ => return None,
            }
            if total > NAMED {
                return None;
            }
        }
        let mut values = Vec::new();
        for cell in 0..cells.len() {
            for nth in 0..NAMED as u32 {
                match self.classes.value(kind, cell, nth) {
                    Some(value) => values.push((values.len() as u32, value)),
                    None => break,
                }
            }
        }
        Some(Arc::from(values))
    }

    /// O5.
    pub(super) fn quantified(
        &mut self,
        list: NodeId,
        filter: Option<NodeId>,
        body: NodeId,
    ) -> Rails {
        let members = self.members(list);
        let two = self.two();
        let mut parts = Vec::with_capacity(members.all.len());
        for member in &members.all {
            self.around.push(Arc::clone(&member.value));
            let mut conditions = vec![member.belongs];
            if let Some(filter) = filter {
                conditions.push(self.truth(filter));
            }
            conditions.push(self.truth(body));
            self.around.pop();
            parts.push(self.logic.all(&conditions, two));
        }
        let found = self.logic.any(&parts, two);
        self.if_known(members.known, found)
    }

    fn if_known(&mut self, known: FormulaId, rails: Rails) -> Rails {
        match rails.f {
            None => rails,
            Some(f) => Rails {
                t: self.logic.and([known, rails.t]),
                f: Some(self.logic.and([known, f])),
            },
        }
    }

    /// O6.
    pub(super) fn member(&mut self, a: NodeId, list: NodeId) -> Rails {
        let two = self.two();
        let (a, members) = (self.term(a), self.members(list));
        let mut behind = Vec::with_capacity(a.len());
        for choice in a.iter() {
            let mut parts = Vec::with_capacity(members.all.len());
            for member in &members.all {
                let one = self.one(choice.sym.clone());
                let is = self.over_pairs(&one, &member.value, Self::is_member);
                parts.push(self.logic.all(&[member.belongs, is], two));
            }
            let found = self.logic.any(&parts, two);
            let mut rails = self.if_known(members.known, found);
            if let Some(f) = rails.f {
                // An absent one is in no list, not even in an unknown one.
                let known = self.known_sym(&choice.sym);
                let absent = self.absent_sym(&choice.sym);
                let gone = self.logic.and([known, absent]);
                let there = self.logic.not(gone);
                rails = Rails {
                    t: self.logic.and([there, rails.t]),
                    f: Some(self.logic.or([gone, f])),
                };
            }
            behind.push((choice.guard, rails));
        }
        self.logic.guarded(&behind, two)
    }

    /// O12.
    pub(super) fn overlaps(&mut self, a: NodeId, b: NodeId) -> Rails {
        let two = self.two();
        let (a, b) = (self.side(a), self.side(b));
        let mut parts = Vec::new();
        for one in &a.all {
            for other in &b.all {
                let is = self.over_pairs(&one.value, &other.value, Self::overlap_rails);
                parts.push(self.logic.all(&[one.belongs, other.belongs, is], two));
            }
        }
        let found = self.logic.any(&parts, two);
        if !two {
            return found;
        }
        let both = self.logic.and([a.known, b.known]);
        let rails = self.if_known(both, found);
        // F as soon as one side is known to have nothing that may belong.
        let mut falses: Vec<FormulaId> = rails.f.into_iter().collect();
        for side in [&a, &b] {
            let mut gone = vec![side.known];
            for it in &side.all {
                gone.push(self.logic.false_of(it.belongs));
            }
            falses.push(self.logic.and(gone));
        }
        Rails {
            t: rails.t,
            f: Some(self.logic.or(falses)),
        }
    }

    /// An operand of `overlaps`: a scalar is its own only member, an absent one has none.
    fn side(&mut self, node: NodeId) -> Arc<Members> {
        let is_list = self
            .program
            .type_of(node)
            .is_some_and(|ty| ty.member().is_some());
        if is_list {
            return self.members(node);
        }
        let two = self.two();
        let term = self.term(node);
        let (mut known, mut all) = (Vec::new(), Vec::new());
        for choice in term.iter() {
            // Of a list of enum members the type is not told by its nodes.
            let is_list = match &choice.sym {
                Sym::Constant(Partial::Known(value)) => value.elements().is_some(),
                Sym::Members(_) => true,
                _ => false,
            };
            if is_list {
                return self.members_of(&term);
            }
            let (is_known, absent) = (self.known_sym(&choice.sym), self.absent_sym(&choice.sym));
            known.push(self.logic.and([choice.guard, is_known]));
            let there = self.logic.not(absent);
            let here = self.logic.and([choice.guard, there]);
            let not = self.logic.not(here);
            all.push(Member {
                belongs: Rails {
                    t: here,
                    f: two.then_some(not),
                },
                value: self.one(choice.sym.clone()),
            });
        }
        Arc::new(Members {
            known: self.logic.or(known),
            all,
            is_set: false,
            open: false,
        })
    }

    /// O6, O7: of a text, list or set.
    pub(super) fn is_empty(&mut self, of: NodeId) -> Rails {
        let two = self.two();
        let term = self.term(of);
        let mut parts = Vec::with_capacity(term.len());
        for choice in term.iter() {
            let rails = match &choice.sym {
                Sym::Place(place)
                    if self.atlas.ty(*place).map(Shape::of) == Some(Shape::Scalar) =>
                {
                    let value = self.test(*place, Test::IsEmpty);
                    let known = self.known(*place);
                    self.on_known(known, value)
                }
                Sym::Constant(value) => {
                    let holds = ops::is_empty(value) == rulec_facts::truth::Truth::True;
                    self.logic.rails(holds, two)
                }
                Sym::Unknown => self.unknown(),
                Sym::Place(_) | Sym::Members(_) => {
                    let members = self.members_of_sym(&choice.sym);
                    let belongs: Vec<Rails> = members.all.iter().map(|it| it.belongs).collect();
                    let some = self.logic.any(&belongs, two);
                    let empty = self.logic.negate(some);
                    self.if_known(members.known, empty)
                }
                _ => self.opaque(),
            };
            parts.push((choice.guard, rails));
        }
        self.logic.guarded(&parts, two)
    }

    /// `each x in L where p`.
    pub(super) fn each(&mut self, list: NodeId, filter: Option<NodeId>) -> Term {
        let Some(filter) = filter else {
            return self.term(list);
        };
        let members = self.members(list);
        let two = self.two();
        let mut all = Vec::with_capacity(members.all.len());
        for member in &members.all {
            self.around.push(Arc::clone(&member.value));
            let kept = self.truth(filter);
            self.around.pop();
            all.push(Member {
                belongs: self.logic.all(&[member.belongs, kept], two),
                value: Arc::clone(&member.value),
            });
        }
        self.one(Sym::Members(Arc::new(Members {
            known: members.known,
            all,
            is_set: members.is_set,
            open: members.open,
        })))
    }

    /// O11.
    pub(super) fn project(&mut self, of: NodeId, field: u32) -> Term {
        let program = self.program;
        let member_type = program.type_of(of).and_then(Type::member);
        let record = member_type.and_then(Type::record);
        let Some(field_type) = record.and_then(|it| it.fields.get(field as usize)) else {
            return self.one(Sym::Opaque);
        };
        let members = self.members(of);
        if self.two() && members.is_set {
            // Members that may turn out equal to others are undecided in the list.
            return self.one(Sym::Opaque);
        }
        let flat = Shape::of(&field_type.ty) == Shape::Elements;
        let (mut known, mut all) = (vec![members.known], Vec::new());
        let mut open = members.open;
        for member in &members.all {
            let value = self.field(&member.value, field);
            match flat {
                true => open |= self.flatten(member.belongs, &value, &mut known, &mut all),
                false => {
                    let optional = field_type.ty.optional;
                    self.keep_there(member.belongs, &value, optional, &mut all);
                }
            }
        }
        let known = self.logic.and(known);
        self.one(Sym::Members(Arc::new(Members {
            known,
            all,
            is_set: false,
            open,
        })))
    }

    /// The field of one element, unless it is absent; if it is unknown and may be absent, its membership is open.
    fn keep_there(&mut self, belongs: Rails, value: &Term, optional: bool, all: &mut Vec<Member>) {
        let two = self.two();
        for choice in value.iter() {
            let (known, absent) = (self.known_sym(&choice.sym), self.absent_sym(&choice.sym));
            let there = self.logic.not(absent);
            let not_here = self.logic.not(choice.guard);
            let t = match two && !optional {
                // Of a type without `?`: there, known or not.
                true => choice.guard,
                false => self.logic.and([choice.guard, known, there]),
            };
            let gone = self.logic.and([known, absent]);
            let f = two.then(|| self.logic.or([not_here, gone]));
            let here = Rails { t, f };
            all.push(Member {
                belongs: self.logic.all(&[belongs, here], two),
                value: self.one(choice.sym.clone()),
            });
        }
    }

    fn flatten(
        &mut self,
        belongs: Rails,
        value: &Term,
        known: &mut Vec<FormulaId>,
        all: &mut Vec<Member>,
    ) -> bool {
        let two = self.two();
        let inner = self.members_of(value);
        if two {
            let gone = self.logic.false_of(belongs);
            known.push(self.logic.or([gone, inner.known]));
        }
        for member in &inner.all {
            all.push(Member {
                belongs: self.logic.all(&[belongs, member.belongs], two),
                value: Arc::clone(&member.value),
            });
        }
        inner.open
    }

    /// O13.
    pub(super) fn list(&mut self, list: Operands) -> Term {
        let program = self.program;
        let two = self.two();
        let mut all = Vec::new();
        for operand in program.nodes.list(list) {
            let value = self.term(*operand);
            let optional = program.can_be_absent(*operand);
            let certain = self.logic.rails(true, two);
            self.keep_there(certain, &value, optional, &mut all);
        }
        let known = self.logic.yes();
        self.one(Sym::Members(Arc::new(Members {
            known,
            all,
            is_set: false,
            open: false,
        })))
    }

    /// O7, O8.
    pub(super) fn measure(&mut self, op: Op) -> Term {
        let (list, side) = match op {
            Op::Count(list) => (list, None),
            Op::Min(list) => (list, Some(Side::Least)),
            Op::Max(list) => (list, Some(Side::Greatest)),
            _ => return self.one(Sym::Opaque),
        };
        let members = self.members(list);
        self.one(match side {
            // How many unknown members of a set are equal is open.
            None if members.open || (self.two() && members.is_set) => Sym::Opaque,
            None => Sym::Count(members, 0),
            Some(_) if members.open || self.two() => Sym::Opaque,
            Some(side) => Sym::Extreme(members, side),
        })
    }

    pub(super) fn size(&mut self, of: NodeId) -> Term {
        let term = self.term(of);
        let mut choices = Vec::new();
        for choice in term.iter() {
            let guard = choice.guard;
            let sym = match &choice.sym {
                Sym::Unknown => Sym::Unknown,
                Sym::Constant(value) => Sym::Constant(ops::size(value)),
                Sym::Place(place) if matches!(self.kind_at(*place), Some(Kind::Cidr)) => {
                    self.if_there(guard, *place, Sym::Size(*place), &mut choices);
                    continue;
                }
                sym => {
                    // Not handled: but there are to be networks to try it with.
                    let members = self.members_of_sym(sym);
                    for member in &members.all {
                        for choice in member.value.iter() {
                            if let Sym::Place(place) = choice.sym {
                                self.classes.know(self.kind_id(place));
                                if !self.logic.is_gathering() {
                                    self.cell(place);
                                }
                            }
                        }
                    }
                    Sym::Opaque
                }
            };
            choices.push(Choice { guard, sym });
        }
        Arc::from(choices)
    }

    /// Comparisons of counts and of the ends of a list with a constant.
    pub(super) fn bounded(&mut self, order: Order, a: &Sym, b: &Sym) -> Option<Rails> {
        match (a, b) {
            (Sym::Count(members, added), Sym::Constant(bound)) => {
                Some(self.count(members, *added, order, bound))
            }
            (Sym::Constant(bound), Sym::Count(members, added)) => {
                Some(self.count(members, *added, mirrored(order), bound))
            }
            (Sym::Extreme(members, side), Sym::Constant(_)) => {
                Some(self.extreme(members, *side, order, b))
            }
            (Sym::Constant(_), Sym::Extreme(members, side)) => {
                Some(self.extreme(members, *side, mirrored(order), a))
            }
            _ => None,
        }
    }

    fn count(&mut self, members: &Members, added: i128, order: Order, bound: &Partial) -> Rails {
        let two = self.two();
        let Partial::Known(Value::Int(bound)) = bound else {
            // A count is never absent.
            return self.logic.rails(false, two);
        };
        let Some(bound) = bound.checked_sub(added) else {
            return self.opaque();
        };
        let rails = match order {
            Order::GreaterEqual => self.counts(members, bound),
            Order::Greater => self.counts(members, bound.saturating_add(1)),
            Order::Less => {
                let reached = self.counts(members, bound);
                self.logic.negate(reached)
            }
            Order::LessEqual => {
                let reached = self.counts(members, bound.saturating_add(1));
                self.logic.negate(reached)
            }
            Order::Equal => {
                let reached = self.counts(members, bound);
                let passed = self.counts(members, bound.saturating_add(1));
                let not_passed = self.logic.negate(passed);
                self.logic.all(&[reached, not_passed], two)
            }
        };
        self.if_known(members.known, rails)
    }

    /// At least so many belong.
    fn counts(&mut self, members: &Members, least: i128) -> Rails {
        let two = self.two();
        if least <= 0 {
            return self.logic.rails(true, two);
        }
        if self.logic.is_gathering() {
            let some = self.logic.some();
            return self.on_known(some, some);
        }
        let least = usize::try_from(least).unwrap_or(usize::MAX);
        let certain: Vec<FormulaId> = members.all.iter().map(|it| it.belongs.t).collect();
        let t = self.reached(members, &certain, least);
        let f = two.then(|| {
            let mut possible = Vec::with_capacity(members.all.len());
            for it in &members.all {
                let gone = self.logic.false_of(it.belongs);
                possible.push(self.logic.not(gone));
            }
            let reached = self.reached(members, &possible, least);
            self.logic.not(reached)
        });
        Rails { t, f }
    }

    fn reached(&mut self, members: &Members, belongs: &[FormulaId], least: usize) -> FormulaId {
        let are_told = members.all.iter().all(|it| {
            let of_place = |it: &Choice| matches!(it.sym, Sym::Place(_));
            !it.value.iter().any(of_place)
        });
        match are_told || least <= COUNTED as usize {
            true => self.logic.at_least(belongs, least),
            false => self.many(members, belongs, least),
        }
    }

    /// O8 against a constant, over total states: of the greatest, `<` says that all members are less and that there are some.
    fn extreme(&mut self, members: &Members, side: Side, order: Order, bound: &Sym) -> Rails {
        if let Sym::Constant(Partial::Absent) = bound {
            let none = self.extreme_absent(members);
            return match order {
                Order::Equal => none,
                _ => self.logic.rails(false, false),
            };
        }
        let mut some = Vec::new();
        let (mut one, mut all) = (Vec::new(), Vec::new());
        // The comparison that one member decides, and that which all must fulfil.
        let by_one = match (side, order) {
            (Side::Greatest, Order::Greater | Order::GreaterEqual)
            | (Side::Least, Order::Less | Order::LessEqual) => Some(order),
            (_, Order::Equal) => Some(Order::Equal),
            _ => None,
        };
        let by_all = match (side, order) {
            (Side::Greatest, Order::Less | Order::LessEqual)
            | (Side::Least, Order::Greater | Order::GreaterEqual) => Some(order),
            (Side::Greatest, Order::Equal) => Some(Order::LessEqual),
            (Side::Least, Order::Equal) => Some(Order::GreaterEqual),
            _ => None,
        };
        let bound = self.one(bound.clone());
        for member in &members.all {
            let belongs = member.belongs.t;
            some.push(belongs);
            if let Some(order) = by_one {
                let holds = self.against(&member.value, order, &bound);
                one.push(self.logic.and([belongs, holds]));
            }
            if let Some(order) = by_all {
                let holds = self.against(&member.value, order, &bound);
                let not = self.logic.not(belongs);
                all.push(self.logic.or([not, holds]));
            }
        }
        let mut parts = vec![self.logic.or(some)];
        if by_one.is_some() {
            parts.push(self.logic.or(one));
        }
        parts.extend(all);
        let value = self.logic.and(parts);
        let yes = self.logic.yes();
        self.on_known(yes, value)
    }

    fn against(&mut self, value: &Term, order: Order, bound: &Term) -> FormulaId {
        self.ordered_pairs(value, order, bound).t
    }

    /// Only total states get this far.
    pub(super) fn extreme_absent(&mut self, members: &Members) -> Rails {
        let belongs: Vec<FormulaId> = members.all.iter().map(|it| it.belongs.t).collect();
        let some = self.logic.or(belongs);
        let none = self.logic.not(some);
        self.on_known(members.known, none)
    }
}
