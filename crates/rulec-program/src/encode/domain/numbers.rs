//! Integers, times and durations: exact numbers on a line, with the natural ones first.

use rulec_facts::literal::days_from_civil;
use rulec_facts::types::Kind;
use rulec_facts::value::Value;
use rustc_hash::FxHashSet;

use super::line::{Line, Stretch};
use super::{Order, Room, Shape, Split, Test, TooMany};

const SECOND: i128 = 1_000_000_000;
const MINUTE: i128 = 60 * SECOND;
const HOUR: i128 = 60 * MINUTE;
const DAY: i128 = 24 * HOUR;

/// Builds of Windows, for integers that are asked about in their neighbourhood.
const BUILDS: [i128; 9] = [19045, 22631, 26100, 20348, 17763, 14393, 10240, 9600, 7601];
/// Where a constant is taken for a build of Windows.
const BUILD_LIKE: std::ops::RangeInclusive<i128> = 6000..=30_000;

/// The cells of a numeric type.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    what: What,
    line: Line<i128>,
    low: i128,
    high: i128,
    natural: Vec<i128>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Int,
    Time,
    Duration,
}

impl What {
    fn value(self, number: i128) -> Value {
        match self {
            What::Int => Value::Int(number),
            What::Time => Value::Time(number),
            What::Duration => Value::Duration(number),
        }
    }

    fn number(self, value: &Value) -> Option<i128> {
        match (self, value) {
            (What::Int, Value::Int(it))
            | (What::Time, Value::Time(it))
            | (What::Duration, Value::Duration(it)) => Some(*it),
            _ => None,
        }
    }

    /// From coarse to fine: round numbers come first.
    fn steps(self) -> &'static [i128] {
        match self {
            What::Int => &[1],
            What::Time => &[DAY, HOUR, MINUTE, SECOND, 1],
            What::Duration => &[DAY, HOUR, MINUTE, SECOND, 1_000_000, 1],
        }
    }
}

/// The type's own bounds (T2, T8), both inclusive. Durations are written with a sign and within 128 bits.
fn bounds(kind: &Kind) -> (What, i128, i128) {
    match kind {
        Kind::Time => {
            let first = days_from_civil(0, 1, 1) * DAY;
            (What::Time, first, days_from_civil(10_000, 1, 1) * DAY - 1)
        }
        Kind::Duration(_) => (What::Duration, i128::MIN, i128::MAX),
        Kind::Int(Some((low, high))) => (What::Int, (*low).into(), (*high).into()),
        _ => (What::Int, i64::MIN.into(), i64::MAX.into()),
    }
}

pub(super) fn split(kind: &Kind, tests: &[Test], limit: u32) -> Result<Split, TooMany> {
    let (what, low, high) = bounds(kind);
    let constant = |test: &Test| match test {
        Test::Compare(order, value) => Some((*order, what.number(value)?)),
        _ => None,
    };
    let stretches: Vec<_> = tests
        .iter()
        .map(|test| stretch(constant(test)?, low, high))
        .collect();
    let ordered = tests.contains(&Test::Ordered);
    let line = Line::cut(low, &stretches, ordered, limit)?;
    let asked = tests.iter().filter_map(constant).map(|(_, number)| number);
    let numbers = Numbers {
        natural: natural(what, asked),
        what,
        low,
        high,
        line,
    };
    Ok(Split {
        cells: numbers.line.count(),
        holds: stretches
            .iter()
            .map(|stretch| numbers.line.cells_of(stretch.as_ref()))
            .collect(),
        shape: Shape::Numbers(numbers),
    })
}

/// Where a comparison holds between `low` and `high`.
fn stretch((order, number): (Order, i128), low: i128, high: i128) -> Option<Stretch<i128>> {
    let below = number.checked_sub(1);
    let above = number.checked_add(1);
    let (first, last) = match order {
        Order::Equal => (number, number),
        Order::Less => (low, below?),
        Order::LessEqual => (low, number),
        Order::Greater => (above?, high),
        Order::GreaterEqual => (number, high),
    };
    let (first, last) = (first.max(low), last.min(high));
    let end = (last < high).then(|| last.checked_add(1)).flatten();
    (first <= last).then_some((first, end))
}

/// Numbers that look right wherever they lie in a cell.
fn natural(what: What, asked: impl Iterator<Item = i128>) -> Vec<i128> {
    match what {
        What::Int => {
            let mut asked = asked;
            let builds = asked.any(|number| BUILD_LIKE.contains(&number));
            if builds { BUILDS.to_vec() } else { Vec::new() }
        }
        What::Time => [(2026, 11), (2026, 6), (2025, 11), (2027, 11), (2024, 2)]
            .map(|(year, month)| days_from_civil(year, month, 1) * DAY)
            .to_vec(),
        What::Duration => vec![HOUR, DAY, 10 * MINUTE, 30 * SECOND, 7 * DAY, SECOND],
    }
}

impl Numbers {
    pub(super) fn value(&self, cell: u32, nth: u32) -> Option<Value> {
        let stretches = self.stretches(cell);
        let inside = |number: &i128| stretches.iter().any(|(a, b)| a <= number && number <= b);
        let natural = self.natural.iter().copied().filter(inside);
        let wanted = nth as usize + 1;
        let mut seen = FxHashSet::default();
        let mut take = |number: i128| seen.insert(number) && seen.len() == wanted;
        for number in natural {
            if take(number) {
                return Some(self.what.value(number));
            }
        }
        for (low, high) in &stretches {
            for number in self.walk(*low, *high, wanted) {
                if take(number) {
                    return Some(self.what.value(number));
                }
            }
        }
        None
    }

    /// Up to `wanted` numbers between the two for each step, round ones first, beginning at the end that a constant set.
    fn walk(&self, low: i128, high: i128, wanted: usize) -> impl Iterator<Item = i128> {
        let upwards = low != self.low;
        let downwards = !upwards && high != self.high;
        let middle = match (upwards, downwards) {
            (true, _) => low,
            (_, true) => high,
            _ => low.max(0).min(high),
        };
        self.what
            .steps()
            .iter()
            .flat_map(move |step| {
                let start = if downwards {
                    middle.div_euclid(*step).checked_mul(*step)
                } else {
                    round_up(middle, *step)
                };
                let step = if downwards { -step } else { *step };
                let next = move |at: &i128| at.checked_add(step);
                std::iter::successors(start, next)
                    .take_while(move |at| low <= *at && *at <= high)
                    .take(wanted)
            })
            .chain(
                // Without a bound of a constant the walk began in the middle; what lies below it comes last.
                std::iter::successors(middle.checked_sub(1), |at| at.checked_sub(1))
                    .take_while(move |at| !upwards && !downwards && low <= *at)
                    .take(wanted),
            )
    }

    /// First and last numbers of the stretches of a cell: those that begin at a constant and are not negative come first.
    fn stretches(&self, cell: u32) -> Vec<(i128, i128)> {
        let end = |end: Option<i128>| end.and_then(|it| it.checked_sub(1)).unwrap_or(self.high);
        let mut stretches: Vec<_> = self
            .line
            .stretches(cell)
            .map(|(first, after)| (first, end(after)))
            .collect();
        stretches.sort_by_key(|(low, high)| (*high < 0, *low == self.low, *low));
        stretches
    }

    pub(super) fn room(&self, cell: u32) -> Room {
        let count = |(low, high): &(i128, i128)| high.abs_diff(*low).saturating_add(1);
        let stretches = self.stretches(cell);
        Room::of(stretches.iter().map(count).fold(0, u128::saturating_add))
    }

    pub(super) fn cell_of(&self, value: &Value) -> Option<u32> {
        let number = self.what.number(value)?;
        let allowed = self.low <= number && number <= self.high;
        allowed.then(|| self.line.cell_of(&number)).flatten()
    }

    /// Least and greatest number of a cell that is one interval; none for an end that only the 128 bits set.
    pub(super) fn interval(&self, cell: u32) -> Option<(Option<i128>, Option<i128>)> {
        let stretches = self.stretches(cell);
        let [(low, high)] = stretches.as_slice() else {
            return None;
        };
        let low = (*low != i128::MIN).then_some(*low);
        let high = (*high != i128::MAX).then_some(*high);
        Some((low, high))
    }

    /// A number of that cell between the two, the most natural one.
    pub(super) fn near(&self, cell: u32, low: i128, high: i128) -> Option<Value> {
        for (first, last) in self.stretches(cell) {
            let (first, last) = (first.max(low), last.min(high));
            if first > last {
                continue;
            }
            let natural = self.natural.iter().copied();
            let number = natural
                .filter(|it| (first..=last).contains(it))
                .chain(self.walk(first, last, 1))
                .next();
            if let Some(number) = number {
                return Some(self.what.value(number));
            }
        }
        None
    }
}

/// The first multiple of `step` from `number` on.
fn round_up(number: i128, step: i128) -> Option<i128> {
    match number.rem_euclid(step) {
        0 => Some(number),
        rest => number.checked_add(step - rest),
    }
}
