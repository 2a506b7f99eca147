//! Tests of single values (O3, O4, O6 on texts, O10, F1): a value against a constant is a mask of cells, a value against another one goes cell by
//! cell, and what is left open inside one cell is a variable that a candidate is checked for.

use std::sync::Arc;

use rulec_facts::ops;
use rulec_facts::truth::Truth;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Partial, Value};
use rulec_prove::FormulaId;

use super::atlas::{PlaceId, Shape, Step};
use super::domain::{Order, Room, Test};
use super::encoder::{Between, Encoder, Meaning};
use super::term::{Choice, Linear, Rails, Sym, Term};
use crate::node::{Comparison, Function, NodeId, TextTest};

/// Cell numbers of [`Meaning::Difference`].
pub(crate) const LESS: u32 = 0;
pub(crate) const EQUAL: u32 = 1;
pub(crate) const GREATER: u32 = 2;

/// What an absent operand does to a test (O3).
#[derive(Debug, Clone, Copy)]
pub(super) enum IfAbsent {
    /// F, also against unknown.
    False,
    /// As `==`: whether each operand can be absent.
    Equal(bool, bool),
}

impl Encoder<'_> {
    pub(super) fn compare(&mut self, comparison: Comparison, a: NodeId, b: NodeId) -> Rails {
        let program = self.program;
        let (a_term, b_term) = (self.term(a), self.term(b));
        match comparison {
            Comparison::Equal => {
                let rule = IfAbsent::Equal(program.can_be_absent(a), program.can_be_absent(b));
                self.pairs(&a_term, &b_term, Order::Equal, rule)
            }
            Comparison::Less => self.pairs(&a_term, &b_term, Order::Less, IfAbsent::False),
            Comparison::LessEqual => {
                self.pairs(&a_term, &b_term, Order::LessEqual, IfAbsent::False)
            }
        }
    }

    fn pairs(&mut self, a: &Term, b: &Term, order: Order, rule: IfAbsent) -> Rails {
        self.over_pairs(a, b, |it, a, b| {
            if let Some(rails) = it.bounded(order, a, b) {
                return rails;
            }
            let value = match order {
                Order::Equal => it.equal_value(a, b),
                _ => it.less_value(order, a, b),
            };
            it.on_both(a, b, value, rule)
        })
    }

    pub(super) fn ordered_pairs(&mut self, a: &Term, order: Order, b: &Term) -> Rails {
        let rule = match order {
            Order::Equal => IfAbsent::Equal(true, true),
            _ => IfAbsent::False,
        };
        self.pairs(a, b, order, rule)
    }

    /// What it is for each pair of alternatives.
    pub(super) fn over_pairs(
        &mut self,
        a: &Term,
        b: &Term,
        mut test: impl FnMut(&mut Self, &Sym, &Sym) -> Rails,
    ) -> Rails {
        let two = self.two();
        if let ([left], [right]) = (&**a, &**b) {
            let guard = self.logic.and([left.guard, right.guard]);
            if guard == self.logic.no() {
                return self.logic.guarded(&[], two);
            }
            let rails = test(self, &left.sym, &right.sym);
            return self.logic.guarded(&[(guard, rails)], two);
        }
        let mut parts = Vec::with_capacity(a.len() * b.len());
        for left in a.iter() {
            for right in b.iter() {
                let guard = self.logic.and([left.guard, right.guard]);
                if guard != self.logic.no() {
                    parts.push((guard, test(self, &left.sym, &right.sym)));
                }
            }
        }
        self.logic.guarded(&parts, two)
    }

    /// O3: `value` if both operands are known.
    pub(super) fn on_both(&mut self, a: &Sym, b: &Sym, value: FormulaId, rule: IfAbsent) -> Rails {
        if !self.two() {
            return Rails { t: value, f: None };
        }
        let (a_known, b_known) = (self.known_sym(a), self.known_sym(b));
        let (a_absent, b_absent) = (self.absent_sym(a), self.absent_sym(b));
        let not = self.logic.not(value);
        let mut falses = vec![self.logic.and([a_known, b_known, not])];
        let (by_a, by_b) = match rule {
            IfAbsent::False => (true, true),
            IfAbsent::Equal(a_optional, b_optional) => (!b_optional, !a_optional),
        };
        let (no_a, no_b) = (self.logic.not(a_known), self.logic.not(b_known));
        if by_a {
            falses.push(self.logic.and([a_known, a_absent, no_b]));
        }
        if by_b {
            falses.push(self.logic.and([b_known, b_absent, no_a]));
        }
        Rails {
            t: self.logic.and([a_known, b_known, value]),
            f: Some(self.logic.or(falses)),
        }
    }

    /// A value is known.
    pub(super) fn known_sym(&mut self, sym: &Sym) -> FormulaId {
        if !self.two() {
            return self.logic.yes();
        }
        match sym {
            Sym::Unknown => self.logic.no(),
            Sym::Constant(_) => self.logic.yes(),
            Sym::Place(place) | Sym::Length(place) | Sym::Size(place) => self.known(*place),
            Sym::Truth(rails) => {
                let f = self.logic.false_of(*rails);
                self.logic.or([rails.t, f])
            }
            Sym::Linear(linear) => {
                let (mut known, mut gone) = (Vec::new(), Vec::new());
                for place in linear.places() {
                    let (is_known, absent) = (self.known(place), self.absent(place));
                    known.push(is_known);
                    // One absent operand settles a sum, whatever the others.
                    gone.push(self.logic.and([is_known, absent]));
                }
                let known = self.logic.and(known);
                gone.push(known);
                self.logic.or(gone)
            }
            Sym::Members(members) => members.known,
            Sym::Count(..) | Sym::Extreme(..) | Sym::Opaque => self.opaque().t,
        }
    }

    /// A value that is known is absent.
    pub(super) fn absent_sym(&mut self, sym: &Sym) -> FormulaId {
        match sym {
            Sym::Constant(value) => self.logic.constant(*value == Partial::Absent),
            Sym::Place(place) | Sym::Length(place) | Sym::Size(place) => self.absent(*place),
            Sym::Linear(linear) => {
                let places: Vec<PlaceId> = linear.places().collect();
                let absent: Vec<FormulaId> = places.iter().map(|it| self.absent(*it)).collect();
                self.logic.or(absent)
            }
            Sym::Extreme(members, _) => {
                let belongs: Vec<FormulaId> = members.all.iter().map(|it| it.belongs.t).collect();
                let some = self.logic.or(belongs);
                self.logic.not(some)
            }
            Sym::Opaque => self.opaque().t,
            Sym::Unknown | Sym::Truth(_) | Sym::Members(_) | Sym::Count(..) => self.logic.no(),
        }
    }

    /// `a == b`, both known.
    pub(super) fn equal_value(&mut self, a: &Sym, b: &Sym) -> FormulaId {
        match (a, b) {
            (Sym::Unknown, _) | (_, Sym::Unknown) => self.logic.no(),
            (Sym::Constant(a), Sym::Constant(b)) => {
                let equal = ops::equal(a, true, b, true) == Truth::True;
                self.logic.constant(equal)
            }
            (Sym::Truth(truth), other) | (other, Sym::Truth(truth)) => {
                let other = match other {
                    Sym::Truth(other) => other.t,
                    Sym::Constant(Partial::Known(Value::Bool(it))) => self.logic.constant(*it),
                    Sym::Constant(_) => return self.logic.no(),
                    Sym::Place(place) => {
                        // Against an absent one: different.
                        let is_true = self.is(*place, Order::Equal, Value::Bool(true));
                        let is_false = self.is(*place, Order::Equal, Value::Bool(false));
                        let not = self.logic.not(truth.t);
                        let both = self.logic.and([truth.t, is_true]);
                        let neither = self.logic.and([not, is_false]);
                        return self.logic.or([both, neither]);
                    }
                    _ => return self.opaque().t,
                };
                self.logic.same(truth.t, other)
            }
            (other, Sym::Constant(Partial::Absent)) | (Sym::Constant(Partial::Absent), other) => {
                self.absent_sym(other)
            }
            (Sym::Place(a), Sym::Place(b)) if !self.is_number(*a) || !self.is_number(*b) => {
                self.same_place(*a, *b)
            }
            (Sym::Place(place), Sym::Constant(Partial::Known(value)))
            | (Sym::Constant(Partial::Known(value)), Sym::Place(place))
                if !self.is_number(*place) =>
            {
                self.is(*place, Order::Equal, value.clone())
            }
            _ => self.by_number(Order::Equal, a, b),
        }
    }

    /// `a < b` or `a <= b`, both known; no if one is absent.
    fn less_value(&mut self, order: Order, a: &Sym, b: &Sym) -> FormulaId {
        match (a, b) {
            (Sym::Unknown | Sym::Constant(Partial::Absent), _)
            | (_, Sym::Unknown | Sym::Constant(Partial::Absent)) => self.logic.no(),
            (Sym::Constant(a), Sym::Constant(b)) => {
                let holds = match order {
                    Order::LessEqual => ops::less_equal(a, b),
                    _ => ops::less(a, b),
                };
                self.logic.constant(holds == Truth::True)
            }
            (Sym::Place(a), Sym::Place(b)) if !self.is_number(*a) || !self.is_number(*b) => {
                self.ordered_places(order, *a, *b)
            }
            (Sym::Place(place), Sym::Constant(Partial::Known(value)))
                if !self.is_number(*place) =>
            {
                self.is(*place, order, value.clone())
            }
            (Sym::Constant(Partial::Known(value)), Sym::Place(place))
                if !self.is_number(*place) =>
            {
                self.is(*place, mirrored(order), value.clone())
            }
            _ => self.by_number(order, a, b),
        }
    }

    /// Comparisons of what is a whole number inside.
    fn by_number(&mut self, order: Order, a: &Sym, b: &Sym) -> FormulaId {
        if let (Sym::Length(place), Some(number)) = (a, whole(b)) {
            return self.test(*place, Test::Length(order, number));
        }
        if let (Some(number), Sym::Length(place)) = (whole(a), b) {
            return self.test(*place, Test::Length(mirrored(order), number));
        }
        if let (Sym::Size(place), Some(number)) = (a, whole(b)) {
            return self.test(*place, Test::Size(order, number));
        }
        if let (Some(number), Sym::Size(place)) = (whole(a), b) {
            return self.test(*place, Test::Size(mirrored(order), number));
        }
        match (a, whole(a), b, whole(b)) {
            // Most comparisons: as below, in fewer steps.
            (Sym::Place(place), _, _, Some(bound)) if self.is_number(*place) => {
                return self.there_and(*place, order, bound);
            }
            (_, Some(bound), Sym::Place(place), _) if self.is_number(*place) => {
                return self.there_and(*place, mirrored(order), bound);
            }
            _ => {}
        }
        match (self.linear(a), self.linear(b)) {
            (Some(left), Some(right)) => self.compare_linear(order, &left, &right),
            _ => self.opaque().t,
        }
    }

    /// The number at a place against a constant; no if there is none.
    fn there_and(&mut self, place: PlaceId, order: Order, bound: i128) -> FormulaId {
        let absent = self.absent(place);
        let there = self.logic.not(absent);
        let value = self.number_is(place, order, bound);
        self.logic.and([there, value])
    }

    fn compare_linear(&mut self, order: Order, a: &Linear, b: &Linear) -> FormulaId {
        let places: Vec<PlaceId> = a.places().chain(b.places()).collect();
        let mut absent = Vec::new();
        for place in places {
            absent.push(self.absent(place));
        }
        let one_absent = self.logic.or(absent);
        let there = self.logic.not(one_absent);
        let value = self.balance(order, a, b);
        let value = self.logic.and([there, value]);
        if order != Order::Equal {
            return value;
        }
        let (a, b) = (Sym::Linear(a.clone()), Sym::Linear(b.clone()));
        let (a, b) = (self.absent_sym(&a), self.absent_sym(&b));
        let both = self.logic.and([a, b]);
        self.logic.or([value, both])
    }

    /// `a ⋈ b` with nothing absent: everything on one side.
    fn balance(&mut self, order: Order, a: &Linear, b: &Linear) -> FormulaId {
        let mut plus: Vec<PlaceId> = a.plus.iter().chain(&b.minus).copied().collect();
        let mut minus: Vec<PlaceId> = a.minus.iter().chain(&b.plus).copied().collect();
        plus.retain(|it| match minus.iter().position(|other| other == it) {
            Some(at) => {
                minus.swap_remove(at);
                false
            }
            None => true,
        });
        let Some(bound) = b.offset.checked_sub(a.offset) else {
            return self.opaque().t;
        };
        match (plus.as_slice(), minus.as_slice()) {
            ([], []) => {
                let holds = match order {
                    Order::Equal => 0 == bound,
                    Order::Less => 0 < bound,
                    Order::LessEqual => 0 <= bound,
                    Order::Greater => 0 > bound,
                    Order::GreaterEqual => 0 >= bound,
                };
                self.logic.constant(holds)
            }
            ([place], []) => self.number_is(*place, order, bound),
            ([], [place]) => match bound.checked_neg() {
                Some(bound) => self.number_is(*place, mirrored(order), bound),
                None => self.opaque().t,
            },
            ([a], [b]) if bound == 0 => match order {
                Order::Equal => self.same_place(*a, *b),
                _ => self.ordered_places(order, *a, *b),
            },
            ([a], [b]) => self.difference(*a, *b, order, bound),
            _ => self.opaque().t,
        }
    }

    fn number_is(&mut self, place: PlaceId, order: Order, bound: i128) -> FormulaId {
        let value = match self.kind_at(place) {
            Some(Kind::Time) => Value::Time(bound),
            Some(Kind::Duration(_)) => Value::Duration(bound),
            _ => Value::Int(bound),
        };
        self.is(place, order, value)
    }

    fn is(&mut self, place: PlaceId, order: Order, value: Value) -> FormulaId {
        match self.atlas.ty(place).map(Shape::of) {
            Some(Shape::Scalar) => self.test(place, Test::Compare(order, value)),
            _ => self.opaque().t,
        }
    }

    /// `a - b ⋈ bound`, both there.
    fn difference(&mut self, a: PlaceId, b: PlaceId, order: Order, bound: i128) -> FormulaId {
        let (a, b, order, bound) = match a < b {
            true => (a, b, order, bound),
            false => match bound.checked_neg() {
                Some(bound) => (b, a, mirrored(order), bound),
                None => return self.opaque().t,
            },
        };
        if self.logic.is_gathering() {
            for place in [a, b] {
                let kind = self.kind_id(place);
                self.classes.gather(kind, Test::Ordered);
            }
            return self.logic.some();
        }
        self.with_cells(a, b);
        let variable = self.variable(Meaning::Difference(a, b, bound), 3);
        let cells: &[u32] = match order {
            Order::Equal => &[EQUAL],
            Order::Less => &[LESS],
            Order::LessEqual => &[LESS, EQUAL],
            Order::Greater => &[GREATER],
            Order::GreaterEqual => &[EQUAL, GREATER],
        };
        let mask = rulec_prove::Mask::of(3, cells.iter().copied());
        self.logic.literal(variable, mask)
    }

    /// Sees to it that a candidate can tell the cells of both.
    fn with_cells(&mut self, a: PlaceId, b: PlaceId) {
        if !self.logic.is_gathering() {
            self.cell(a);
            self.cell(b);
        }
    }

    /// Two places hold equal values, or both are absent.
    pub(super) fn same_place(&mut self, a: PlaceId, b: PlaceId) -> FormulaId {
        if a == b {
            return self.logic.yes();
        }
        let scalar = |it: PlaceId| self.atlas.ty(it).map(Shape::of) == Some(Shape::Scalar);
        if !scalar(a) || !scalar(b) {
            return self.opaque().t;
        }
        let (a, b) = (a.min(b), a.max(b));
        let (kind_a, kind_b) = (self.kind_id(a), self.kind_id(b));
        if self.logic.is_gathering() {
            self.classes.join(kind_a, kind_b, false);
            return self.logic.some();
        }
        if !self.classes.share(kind_a, kind_b) {
            return self.opaque().t;
        }
        let mut parts = Vec::new();
        for (first, equal) in self.shared_cells(a, b) {
            let (in_a, in_b) = (self.in_cells(a, &equal), self.in_cells(b, &equal));
            let mut conditions = vec![in_a, in_b];
            if self.classes.room_of(kind_a, first) != Some(Room::Exactly(1)) {
                conditions.push(match self.classes.is_ordered(kind_a) {
                    true => self.difference(a, b, Order::Equal, 0),
                    false => {
                        let variable = self.variable(Meaning::Same(a, b), 2);
                        self.logic.is(variable, 1)
                    }
                });
            }
            parts.push(self.logic.and(conditions));
        }
        self.logic.or(parts)
    }

    /// `a < b` and the like for two places of ordered values; no if one is absent.
    fn ordered_places(&mut self, order: Order, a: PlaceId, b: PlaceId) -> FormulaId {
        let (kind_a, kind_b) = (self.kind_id(a), self.kind_id(b));
        if self.logic.is_gathering() {
            self.classes.join(kind_a, kind_b, true);
            return self.logic.some();
        }
        if a != b && !self.classes.share(kind_a, kind_b) {
            return self.opaque().t;
        }
        let (low, high, strict) = match order {
            Order::Less => (a, b, true),
            Order::LessEqual => (a, b, false),
            Order::Greater => (b, a, true),
            _ => (b, a, false),
        };
        if a == b {
            let absent = self.absent(a);
            return match strict {
                true => self.logic.no(),
                false => self.logic.not(absent),
            };
        }
        let absent = self.classes.absent_number(kind_a);
        let numbers: Vec<u32> = self.classes.numbers(kind_a, kind_b);
        let numbers: Vec<u32> = numbers
            .into_iter()
            .filter(|it| Some(*it) != absent)
            .collect();
        let mut parts = Vec::new();
        for (at, number) in numbers.iter().enumerate() {
            let in_low = self.in_cells(low, &[*number]);
            let above = numbers.get(at + 1..).unwrap_or(&[]);
            let higher = self.in_cells(high, above);
            parts.push(self.logic.and([in_low, higher]));
            let in_high = self.in_cells(high, &[*number]);
            let mut conditions = vec![in_low, in_high];
            match self.classes.room_of(kind_a, *number) {
                Some(Room::Exactly(1)) if strict => continue,
                Some(Room::Exactly(1)) => {}
                _ => {
                    let order = if strict {
                        Order::Less
                    } else {
                        Order::LessEqual
                    };
                    conditions.push(self.difference(low, high, order, 0));
                }
            }
            parts.push(self.logic.and(conditions));
        }
        self.logic.or(parts)
    }

    /// Numbers of the cells, of their class, in which both places can lie, with those whose values can be equal to theirs.
    fn shared_cells(&self, a: PlaceId, b: PlaceId) -> Vec<(u32, Vec<u32>)> {
        let (a, b) = (self.kind_id(a), self.kind_id(b));
        let mut groups: Vec<(u32, Vec<u32>)> = Vec::new();
        for number in self.classes.numbers(a, b) {
            let first = self.classes.equal_number(a, number);
            match groups.iter_mut().find(|(it, _)| *it == first) {
                Some((_, numbers)) => numbers.push(number),
                None => groups.push((first, vec![number])),
            }
        }
        groups
    }

    fn is_number(&self, place: PlaceId) -> bool {
        matches!(
            self.kind_at(place),
            Some(Kind::Int(_) | Kind::Time | Kind::Duration(_))
        )
    }

    fn linear(&self, sym: &Sym) -> Option<Linear> {
        match sym {
            Sym::Constant(_) => Some(Linear {
                offset: whole(sym)?,
                ..Linear::default()
            }),
            Sym::Place(place) if self.is_number(*place) => Some(Linear {
                plus: vec![*place],
                ..Linear::default()
            }),
            Sym::Linear(linear) => Some(linear.clone()),
            _ => None,
        }
    }

    /// O10.
    pub(super) fn sum(&mut self, a: NodeId, b: NodeId, subtract: bool) -> Term {
        let (a, b) = (self.term(a), self.term(b));
        let mut choices = Vec::new();
        for left in a.iter() {
            for right in b.iter() {
                let guard = self.logic.and([left.guard, right.guard]);
                if guard != self.logic.no() {
                    let sym = self.sum_of(&left.sym, &right.sym, subtract);
                    choices.push(Choice { guard, sym });
                }
            }
        }
        Arc::from(choices)
    }

    fn sum_of(&mut self, a: &Sym, b: &Sym, subtract: bool) -> Sym {
        match (a, b) {
            (Sym::Constant(a), Sym::Constant(b)) => Sym::Constant(match subtract {
                true => ops::subtract(a, b),
                false => ops::add(a, b),
            }),
            (Sym::Constant(Partial::Absent), _) | (_, Sym::Constant(Partial::Absent)) => {
                Sym::Constant(Partial::Absent)
            }
            (Sym::Unknown, Sym::Constant(_)) | (Sym::Constant(_), Sym::Unknown) => Sym::Unknown,
            (Sym::Count(members, added), other) => match whole(other) {
                Some(number) if subtract => Sym::Count(Arc::clone(members), added - number),
                Some(number) => Sym::Count(Arc::clone(members), added + number),
                None => Sym::Opaque,
            },
            (other, Sym::Count(members, added)) if !subtract => match whole(other) {
                Some(number) => Sym::Count(Arc::clone(members), added + number),
                None => Sym::Opaque,
            },
            _ => match (self.linear(a), self.linear(b)) {
                (Some(a), Some(b)) => a.with(b, subtract).map_or(Sym::Opaque, Sym::Linear),
                _ => Sym::Opaque,
            },
        }
    }

    /// O3 on texts.
    pub(super) fn text_test(&mut self, test: TextTest, a: NodeId, b: NodeId) -> Rails {
        let (a, b) = (self.term(a), self.term(b));
        self.over_pairs(&a, &b, |it, a, b| {
            let value = it.text_value(test, a, b);
            it.on_both(a, b, value, IfAbsent::False)
        })
    }

    fn text_value(&mut self, test: TextTest, a: &Sym, b: &Sym) -> FormulaId {
        match (a, b) {
            (Sym::Unknown | Sym::Constant(Partial::Absent), _)
            | (_, Sym::Unknown | Sym::Constant(Partial::Absent)) => self.logic.no(),
            (Sym::Constant(a), Sym::Constant(b)) => {
                let holds = match test {
                    TextTest::Contains => ops::contains(a, b),
                    TextTest::StartsWith => ops::starts_with(a, b),
                    TextTest::EndsWith => ops::ends_with(a, b),
                    TextTest::Matches => ops::matches(a, b),
                };
                self.logic.constant(holds == Truth::True)
            }
            (Sym::Place(place), Sym::Constant(Partial::Known(Value::Text(text)))) => {
                self.test(*place, Test::Text(test, text.clone()))
            }
            (Sym::Constant(Partial::Known(Value::Text(text))), Sym::Place(place)) => {
                self.test(*place, Test::TextOf(text.clone(), test))
            }
            (Sym::Place(a), Sym::Place(b)) => self.between(Between::Text(test), *a, *b),
            _ => self.opaque().t,
        }
    }

    /// A truth between two places that is looked at in candidates only; no if one is absent.
    pub(super) fn between(&mut self, what: Between, a: PlaceId, b: PlaceId) -> FormulaId {
        for place in [a, b] {
            let kind = self.kind_id(place);
            self.classes.know(kind);
        }
        self.with_cells(a, b);
        let variable = self.variable(Meaning::Between(what, a, b), 2);
        let value = self.logic.is(variable, 1);
        let (a, b) = (self.absent(a), self.absent(b));
        let (a, b) = (self.logic.not(a), self.logic.not(b));
        self.logic.and([a, b, value])
    }

    /// O4.
    pub(super) fn is_absent(&mut self, of: NodeId) -> Rails {
        let two = self.two();
        let term = self.term(of);
        let mut parts = Vec::with_capacity(term.len());
        for choice in term.iter() {
            let rails = match &choice.sym {
                // A number of which only bounds are known is there.
                Sym::Count(members, _) => {
                    let known = members.known;
                    let no = self.logic.no();
                    self.on_known(known, no)
                }
                Sym::Extreme(members, _) if two => {
                    let members = Arc::clone(members);
                    self.extreme_absent(&members)
                }
                sym => {
                    let (known, absent) = (self.known_sym(sym), self.absent_sym(sym));
                    self.on_known(known, absent)
                }
            };
            parts.push((choice.guard, rails));
        }
        self.logic.guarded(&parts, two)
    }

    pub(super) fn is_base64(&mut self, of: NodeId) -> Rails {
        let term = self.term(of);
        let two = self.two();
        let mut parts = Vec::with_capacity(term.len());
        for choice in term.iter() {
            let value = match &choice.sym {
                Sym::Constant(value) => {
                    let holds = ops::is_base64(value) == Truth::True;
                    self.logic.constant(holds)
                }
                Sym::Place(place) => self.test(*place, Test::IsBase64),
                Sym::Unknown => self.logic.no(),
                _ => self.opaque().t,
            };
            let known = self.known_sym(&choice.sym);
            parts.push((choice.guard, self.on_known(known, value)));
        }
        self.logic.guarded(&parts, two)
    }

    /// F1.
    pub(super) fn call(&mut self, function: Function, of: NodeId) -> Term {
        let ty = self.program.type_of(self.at).cloned();
        let term = self.term(of);
        let mut choices = Vec::new();
        for choice in term.iter() {
            let guard = choice.guard;
            let sym = match &choice.sym {
                Sym::Unknown => Sym::Unknown,
                Sym::Constant(value) => match function {
                    Function::Code => Sym::Constant(ops::code(value)),
                    Function::Version => Sym::Constant(ops::version(value)),
                    Function::Length => Sym::Constant(ops::length(value)),
                    Function::Certificate => {
                        Sym::Constant(rulec_facts::certificate::function(value))
                    }
                },
                Sym::Place(place) => {
                    let sym = match (function, &ty) {
                        (Function::Length, _) => Sym::Length(*place),
                        (_, Some(ty)) => Sym::Place(self.result(*place, function, ty)),
                        _ => Sym::Opaque,
                    };
                    self.if_there(guard, *place, sym, &mut choices);
                    continue;
                }
                _ => Sym::Opaque,
            };
            choices.push(Choice { guard, sym });
        }
        Arc::from(choices)
    }

    fn result(&mut self, place: PlaceId, function: Function, ty: &Type) -> PlaceId {
        let ty = Type {
            optional: true,
            ..ty.clone()
        };
        self.atlas.inside(place, Step::Call(function), &ty)
    }
}

/// The number inside a constant.
fn whole(sym: &Sym) -> Option<i128> {
    match sym {
        Sym::Constant(Partial::Known(value)) => whole_value(value),
        _ => None,
    }
}

/// The number inside an integer, a time or a duration.
pub(crate) fn whole_value(value: &Value) -> Option<i128> {
    match value {
        Value::Int(it) | Value::Time(it) | Value::Duration(it) => Some(*it),
        _ => None,
    }
}

/// The same comparison with its operands exchanged.
pub(super) fn mirrored(order: Order) -> Order {
    match order {
        Order::Equal => Order::Equal,
        Order::Less => Order::Greater,
        Order::LessEqual => Order::GreaterEqual,
        Order::Greater => Order::Less,
        Order::GreaterEqual => Order::LessEqual,
    }
}

impl Linear {
    fn places(&self) -> impl Iterator<Item = PlaceId> {
        self.plus.iter().chain(&self.minus).copied()
    }

    fn with(mut self, other: Linear, subtract: bool) -> Option<Linear> {
        let (plus, minus, offset) = match subtract {
            false => (
                other.plus,
                other.minus,
                self.offset.checked_add(other.offset),
            ),
            true => (
                other.minus,
                other.plus,
                self.offset.checked_sub(other.offset),
            ),
        };
        self.plus.extend(plus);
        self.minus.extend(minus);
        self.offset = offset?;
        Some(self)
    }
}
