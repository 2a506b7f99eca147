//! Addresses inside networks, networks that overlap, members of lists (O3, O6, O12).

use rulec_facts::ops;
use rulec_facts::truth::Truth;
use rulec_facts::types::Kind;
use rulec_facts::value::{Partial, Value};

use super::atlas::PlaceId;
use super::domain::Test;
use super::encoder::{Between, Encoder};
use super::scalar::IfAbsent;
use super::term::{Rails, Sym};
use crate::node::NodeId;

impl Encoder<'_> {
    pub(super) fn within(&mut self, a: NodeId, b: NodeId) -> Rails {
        let (a, b) = (self.term(a), self.term(b));
        self.over_pairs(&a, &b, Self::within_rails)
    }

    pub(super) fn within_rails(&mut self, a: &Sym, b: &Sym) -> Rails {
        let value = match (a, b) {
            (Sym::Unknown | Sym::Constant(Partial::Absent), _)
            | (_, Sym::Unknown | Sym::Constant(Partial::Absent)) => self.logic.no(),
            (Sym::Constant(a), Sym::Constant(b)) => {
                let holds = ops::within(a, b) == Truth::True;
                self.logic.constant(holds)
            }
            (Sym::Place(place), Sym::Constant(Partial::Known(Value::Cidr(network)))) => {
                self.test(*place, Test::Within(*network))
            }
            (Sym::Constant(Partial::Known(value)), Sym::Place(place)) => {
                self.test(*place, Test::Holds(value.clone()))
            }
            (Sym::Place(a), Sym::Place(b)) if a == b => {
                let absent = self.absent(*a);
                self.logic.not(absent)
            }
            (Sym::Place(a), Sym::Place(b)) => self.between(Between::Within, *a, *b),
            _ => self.opaque().t,
        };
        self.on_both(a, b, value, IfAbsent::False)
    }

    /// Two members overlap (O12): as networks, of other types if they are equal.
    pub(super) fn overlap_rails(&mut self, a: &Sym, b: &Sym) -> Rails {
        let value = match (a, b) {
            (Sym::Unknown | Sym::Constant(Partial::Absent), _)
            | (_, Sym::Unknown | Sym::Constant(Partial::Absent)) => self.logic.no(),
            (Sym::Constant(a), Sym::Constant(b)) => {
                let holds = ops::overlaps(a, b) == Truth::True;
                self.logic.constant(holds)
            }
            (Sym::Place(place), Sym::Constant(Partial::Known(value)))
            | (Sym::Constant(Partial::Known(value)), Sym::Place(place))
                if self.is_address(*place) =>
            {
                self.test(*place, Test::Overlaps(value.clone()))
            }
            (Sym::Place(a), Sym::Place(b)) if a == b => {
                let absent = self.absent(*a);
                self.logic.not(absent)
            }
            (Sym::Place(a), Sym::Place(b)) if self.is_network(*a) || self.is_network(*b) => {
                self.between(Between::Overlaps, *a.min(b), *a.max(b))
            }
            _ => {
                let equal = self.equal_value(a, b);
                let absent = self.absent_sym(a);
                let there = self.logic.not(absent);
                self.logic.and([equal, there])
            }
        };
        self.on_both(a, b, value, IfAbsent::False)
    }

    fn is_network(&self, place: PlaceId) -> bool {
        matches!(self.kind_at(place), Some(Kind::Cidr))
    }

    fn is_address(&self, place: PlaceId) -> bool {
        matches!(self.kind_at(place), Some(Kind::Cidr | Kind::Ip))
    }

    /// `a` is this member (O6), or inside it if it is a network.
    pub(super) fn is_member(&mut self, a: &Sym, member: &Sym) -> Rails {
        let network = match member {
            Sym::Place(place) => matches!(self.kind_at(*place), Some(Kind::Cidr)),
            Sym::Constant(value) => matches!(value, Partial::Known(Value::Cidr(_))),
            _ => false,
        };
        if network {
            return self.within_rails(a, member);
        }
        let equal = self.equal_value(a, member);
        let absent = self.absent_sym(a);
        let there = self.logic.not(absent);
        let value = self.logic.and([equal, there]);
        self.on_both(a, member, value, IfAbsent::False)
    }
}
