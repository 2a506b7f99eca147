//! One scalar place, a fact, a field or a param, split into cells by everything that the pack asks of it.
//!
//! A [`Test`] is a question with a constant in it; a cell is a set of values that answer all tests alike, so that a question
//! becomes a mask of cells. Cells are never empty and together they hold every value that the declared type allows (T8).
//! An optional type has one more cell, the last one: absent. Nothing is known here of unknown values; that is the encoding's.
//!
//! What tests mean is taken from `rulec_facts::ops` and stands once, in [`Test::holds`]; how the cells are found, how many values
//! each has and which value looks natural is the business of one file for each kind of type.

use std::cell::RefCell;

use ipnet::IpNet;
use rulec_facts::ops;
use rulec_facts::truth::Truth;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Partial, Text, Value};
use rulec_prove::Mask;
use rustc_hash::FxHashMap;

use crate::node::TextTest;

mod finite;
mod line;
mod networks;
mod numbers;
mod signature;
mod texts;
mod versions;

pub(crate) use texts::loose;

/// A question that a pack asks of a place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Test {
    /// `place == constant`, `place < constant` and so on.
    Compare(Order, Value),
    /// Holds nowhere; stands for a test that is left out.
    Never,
    /// Holds nowhere. Says that the place is compared with other places by order, so that each cell has to be one interval.
    Ordered,
    /// `place contains constant` and the like.
    Text(TextTest, Text),
    /// `constant contains place` and the like.
    TextOf(Text, TextTest),
    /// `place is base64`.
    IsBase64,
    /// `place is empty`, of a text.
    IsEmpty,
    /// `length(place) <= constant` and so on.
    Length(Order, i128),
    /// `place in constant`, of an address or a network.
    Within(IpNet),
    /// `constant in place`, of a network: the constant is an address or a network.
    Holds(Value),
    /// `place overlaps constant`: the constant is an address or a network.
    Overlaps(Value),
    /// `size(place) <= constant` and so on, of a network.
    Size(Order, i128),
}

/// How a place is compared with a constant; all five, because over an absent place no one is the complement of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Order {
    Equal,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

impl Order {
    /// On partial values, exactly as the evaluator does it.
    fn holds(self, place: &Partial, constant: &Partial) -> Truth {
        match self {
            Order::Equal => ops::equal(place, true, constant, true),
            Order::Less => ops::less(place, constant),
            Order::LessEqual => ops::less_equal(place, constant),
            Order::Greater => ops::less(constant, place),
            Order::GreaterEqual => ops::less_equal(constant, place),
        }
    }
}

impl Test {
    /// The answer for a value or absent, by the evaluator's own operators.
    pub(crate) fn holds(&self, place: &Partial) -> bool {
        let known = |value: &Value| Partial::Known(value.clone());
        let text = |text: &Text| Partial::Known(Value::Text(text.clone()));
        let number = |number: &i128| Partial::Known(Value::Int(*number));
        let truth = match self {
            Test::Compare(order, constant) => order.holds(place, &known(constant)),
            Test::Never | Test::Ordered => Truth::False,
            Test::Text(test, constant) => text_test(*test, place, &text(constant)),
            Test::TextOf(constant, test) => text_test(*test, &text(constant), place),
            Test::IsBase64 => ops::is_base64(place),
            Test::IsEmpty => ops::is_empty(place),
            Test::Length(order, constant) => order.holds(&ops::length(place), &number(constant)),
            Test::Within(network) => ops::within(place, &known(&Value::Cidr(*network))),
            Test::Holds(constant) => ops::within(&known(constant), place),
            Test::Overlaps(constant) => ops::overlaps(place, &known(constant)),
            Test::Size(order, constant) => order.holds(&ops::size(place), &number(constant)),
        };
        truth == Truth::True
    }
}

impl Test {
    /// What comes first where not all tests fit.
    fn cost(&self) -> u8 {
        match self {
            Test::Never | Test::Ordered => 0,
            Test::Compare(..) | Test::IsEmpty => 1,
            Test::Text(TextTest::StartsWith | TextTest::EndsWith, _) => 2,
            Test::IsBase64 => 3,
            _ => 4,
        }
    }
}

fn text_test(test: TextTest, a: &Partial, b: &Partial) -> Truth {
    match test {
        TextTest::Contains => ops::contains(a, b),
        TextTest::StartsWith => ops::starts_with(a, b),
        TextTest::EndsWith => ops::ends_with(a, b),
        TextTest::Matches => ops::matches(a, b),
    }
}

/// Why a place could not be split: a counted limit, never time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TooMany {
    /// What there was too much of, for a person: "cells".
    pub what: &'static str,
    /// How many are allowed.
    pub limit: u64,
}

/// How many values a cell has that differ under `==`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Room {
    Exactly(u64),
    /// More than [`Room::BOUND`], perhaps without end.
    Many,
}

impl Room {
    /// Up to here rooms are exact.
    pub(crate) const BOUND: u64 = 1 << 16;

    fn of(count: u128) -> Room {
        match u64::try_from(count) {
            Ok(count) if count <= Room::BOUND => Room::Exactly(count),
            _ => Room::Many,
        }
    }
}

/// A place and its cells.
#[derive(Debug, Clone)]
pub(crate) struct Domain {
    shape: Shape,
    masks: Vec<Mask>,
    cells: u32,
    optional: bool,
    /// Values that were made already: candidates ask for the same ones again and again.
    made: RefCell<FxHashMap<(u32, u32), Option<Partial>>>,
}

/// The values of a type, cut into cells; absent is not among them.
#[derive(Debug, Clone)]
enum Shape {
    Finite(finite::Finite),
    Numbers(numbers::Numbers),
    Versions(versions::Versions),
    Codes(finite::Codes),
    Networks(networks::Networks),
    Texts(Box<texts::Texts>),
}

/// A shape and, for each test, the cells in which it holds.
struct Split {
    shape: Shape,
    cells: u32,
    holds: Vec<Vec<u32>>,
}

impl Domain {
    /// Splits a type by tests into at most `limit` cells. Tests that no value of the type can answer hold in no cell.
    pub(crate) fn split(ty: &Type, tests: &[Test], limit: u32) -> Result<Domain, TooMany> {
        let split = match &ty.kind {
            Kind::Bool => finite::split_bool(tests),
            Kind::Enum(members) => finite::split_enum(members.members.len(), tests, limit)?,
            Kind::Int(_) | Kind::Time | Kind::Duration(_) => {
                numbers::split(&ty.kind, tests, limit)?
            }
            Kind::Version => versions::split(tests, limit)?,
            Kind::Code => finite::split_codes(tests, limit)?,
            Kind::Ip => networks::split(true, tests, limit)?,
            Kind::Cidr => networks::split(false, tests, limit)?,
            Kind::Text => texts::split(tests, limit)?,
            // Structures have no cells of their own; their fields and elements have.
            Kind::List(_) | Kind::Set(_) | Kind::Record(_) => finite::split_nothing(tests),
        };
        let cells = split.cells + u32::from(ty.optional);
        if cells > limit {
            return Err(TooMany {
                what: "cells",
                limit: limit.into(),
            });
        }
        let masks = tests.iter().zip(&split.holds).map(|(test, holds)| {
            let absent = (ty.optional && test.holds(&Partial::Absent)).then_some(split.cells);
            Mask::of(cells, holds.iter().copied().chain(absent))
        });
        Ok(Domain {
            masks: masks.collect(),
            shape: split.shape,
            cells,
            optional: ty.optional,
            made: RefCell::default(),
        })
    }

    /// Splits by as many of the tests as the limits allow, and says which are left out, by number, ascending, and which limit that was. Tests
    /// that cost least come first: comparisons, then how a text begins and ends, then the others in their order. A test that is left out holds nowhere
    /// here; it is for the caller not to take that for an answer.
    pub(crate) fn split_most(
        ty: &Type,
        tests: &[Test],
        limit: u32,
    ) -> (Option<Domain>, Vec<usize>, Option<TooMany>) {
        let mut refused = match Domain::split(ty, tests, limit) {
            Ok(domain) => return (Some(domain), Vec::new(), None),
            Err(refused) => refused,
        };
        let mut order: Vec<usize> = (0..tests.len()).collect();
        order.sort_by_key(|at| tests.get(*at).map(Test::cost));
        let mut found = None;
        // The first `fits` tests fit, as far as is known, and the first `fails` do not.
        let (mut fits, mut fails) = (0, tests.len());
        while found.is_none() || fits + 1 < fails {
            let middle = fits + (fails - fits) / 2;
            let left_out = order.get(middle..).unwrap_or_default();
            let part: Vec<Test> = tests
                .iter()
                .enumerate()
                .map(|(at, test)| match left_out.contains(&at) {
                    true => Test::Never,
                    false => test.clone(),
                })
                .collect();
            match Domain::split(ty, &part, limit) {
                Ok(domain) => {
                    found = Some(domain);
                    fits = middle;
                }
                // Not even without tests: the type alone has too many cells.
                Err(_) if middle == 0 => break,
                Err(why) => {
                    refused = why;
                    fails = middle;
                }
            }
        }
        let mut left_out = order.split_off(fits.min(order.len()));
        left_out.sort_unstable();
        (found, left_out, Some(refused))
    }

    /// How many cells, absent included.
    pub(crate) fn cells(&self) -> u32 {
        self.cells
    }

    /// The cell of absent, if the type has one.
    pub(crate) fn absent(&self) -> Option<u32> {
        self.optional.then(|| self.cells.saturating_sub(1))
    }

    /// The cells in which the test is true.
    pub(crate) fn holds(&self, test: usize) -> Option<&Mask> {
        self.masks.get(test)
    }

    /// The nth different value of a cell (counted from 0), natural ones first; none if the cell has no more.
    pub(crate) fn value(&self, cell: u32, nth: u32) -> Option<Partial> {
        if Some(cell) == self.absent() {
            return (nth == 0).then_some(Partial::Absent);
        }
        if let Some(known) = self.made.borrow().get(&(cell, nth)) {
            return known.clone();
        }
        let value = self.made_afresh(cell, nth);
        self.made.borrow_mut().insert((cell, nth), value.clone());
        value
    }

    fn made_afresh(&self, cell: u32, nth: u32) -> Option<Partial> {
        let value = match &self.shape {
            Shape::Finite(shape) => shape.value(cell, nth),
            Shape::Numbers(shape) => shape.value(cell, nth),
            Shape::Versions(shape) => shape.value(cell, nth),
            Shape::Codes(shape) => shape.value(cell, nth),
            Shape::Networks(shape) => shape.value(cell, nth),
            Shape::Texts(shape) => shape.value(cell, nth),
        };
        value.map(Partial::Known)
    }

    /// How many values a cell has.
    pub(crate) fn room(&self, cell: u32) -> Room {
        if Some(cell) == self.absent() {
            return Room::Exactly(1);
        }
        match &self.shape {
            Shape::Finite(shape) => shape.room(cell),
            Shape::Numbers(shape) => shape.room(cell),
            Shape::Versions(shape) => shape.room(cell),
            Shape::Codes(shape) => shape.room(cell),
            Shape::Networks(shape) => shape.room(cell),
            Shape::Texts(shape) => shape.room(cell),
        }
    }

    /// The other cell whose values are equal to those of this one (`==`), number for number: texts that are base64 or not by the case of
    /// their letters. Values of any other two cells differ.
    pub(crate) fn twin(&self, cell: u32) -> Option<u32> {
        match &self.shape {
            Shape::Texts(shape) => shape.twin(cell),
            _ => None,
        }
    }

    /// Least and greatest number of a cell that is one interval of whole numbers; none for an end that only the 128 bits set.
    pub(crate) fn interval(&self, cell: u32) -> Option<(Option<i128>, Option<i128>)> {
        match &self.shape {
            Shape::Numbers(shape) if Some(cell) != self.absent() => shape.interval(cell),
            _ => None,
        }
    }

    /// A number of that cell between the two, the most natural one.
    pub(crate) fn near(&self, cell: u32, low: i128, high: i128) -> Option<Value> {
        match &self.shape {
            Shape::Numbers(shape) if Some(cell) != self.absent() => shape.near(cell, low, high),
            _ => None,
        }
    }

    /// The cell of a value; none if the type does not allow the value, or it is unknown.
    pub(crate) fn cell_of(&self, value: &Partial) -> Option<u32> {
        let value = match value {
            Partial::Known(value) => value,
            Partial::Absent => return self.absent(),
            Partial::Unknown(_) => return None,
        };
        match &self.shape {
            Shape::Finite(shape) => shape.cell_of(value),
            Shape::Numbers(shape) => shape.cell_of(value),
            Shape::Versions(shape) => shape.cell_of(value),
            Shape::Codes(shape) => shape.cell_of(value),
            Shape::Networks(shape) => shape.cell_of(value),
            Shape::Texts(shape) => shape.cell_of(value),
        }
    }
}

#[cfg(test)]
mod tests;
