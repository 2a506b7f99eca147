//! Versions: a line without gaps. Between two different versions there is always another one, because parts are without end, and
//! after the greatest part comes one part more; only `0` has none below it.

use rulec_facts::value::{Value, Version};
use rustc_hash::FxHashSet;

use super::line::{Line, Stretch};
use super::{Order, Room, Shape, Split, Test, TooMany};

/// A cut in the line: just before a version, or just after it.
type Cut = (Version, bool);

/// Versions that look right wherever they lie in a cell.
const NATURAL: [&[u64]; 8] = [
    &[10, 0, 19045],
    &[10, 0, 22631],
    &[10, 0, 26100],
    &[2, 1],
    &[1, 0, 3],
    &[4, 8],
    &[3, 2, 5],
    &[7, 4, 1],
];

/// The cells of versions.
#[derive(Debug, Clone)]
pub(super) struct Versions {
    line: Line<Cut>,
}

pub(super) fn split(tests: &[Test], limit: u32) -> Result<Split, TooMany> {
    let stretches: Vec<Option<Stretch<Cut>>> = tests
        .iter()
        .map(|test| match test {
            Test::Compare(order, Value::Version(version)) => stretch(*order, version),
            _ => None,
        })
        .collect();
    let first = (Version::new(&[]), false);
    let line = Line::cut(first, &stretches, tests.contains(&Test::Ordered), limit)?;
    Ok(Split {
        cells: line.count(),
        holds: stretches
            .iter()
            .map(|stretch| line.cells_of(stretch.as_ref()))
            .collect(),
        shape: Shape::Versions(Versions { line }),
    })
}

fn stretch(order: Order, version: &Version) -> Option<Stretch<Cut>> {
    let least = (Version::new(&[]), false);
    let before = (version.clone(), false);
    let after = (version.clone(), true);
    let (start, end) = match order {
        Order::Equal => (before, Some(after)),
        Order::Less => (least, Some(before)),
        Order::LessEqual => (least, Some(after)),
        Order::Greater => (after, None),
        Order::GreaterEqual => (before, None),
    };
    (Some(&start) != end.as_ref()).then_some((start, end))
}

impl Versions {
    pub(super) fn value(&self, cell: u32, nth: u32) -> Option<Value> {
        let natural = NATURAL.map(Version::new);
        let inside = natural.into_iter().filter(|it| self.cell(it) == Some(cell));
        let near = self.line.stretches(cell).flat_map(|stretch| near(&stretch));
        let wanted = nth as usize + 1;
        let more = self.line.stretches(cell).flat_map(|(start, end)| {
            let more = between(&start.0, end.map(|(version, _)| version).as_ref());
            more.into_iter().flatten().take(wanted)
        });
        let mut seen = FxHashSet::default();
        inside
            .chain(near)
            .chain(more)
            .filter(|version| seen.insert(version.clone()))
            .nth(nth as usize)
            .map(Value::Version)
    }

    pub(super) fn room(&self, cell: u32) -> Room {
        let mut points = 0;
        for (start, end) in self.line.stretches(cell) {
            if end.is_none_or(|end| end.0 != start.0) {
                return Room::Many;
            }
            points += 1;
        }
        Room::of(points)
    }

    pub(super) fn cell_of(&self, value: &Value) -> Option<u32> {
        match value {
            Value::Version(version) => self.cell(version),
            _ => None,
        }
    }

    fn cell(&self, version: &Version) -> Option<u32> {
        self.line.cell_of(&(version.clone(), false))
    }
}

fn within(version: &Version, (start, end): &Stretch<Cut>) -> bool {
    let cut = (version.clone(), false);
    *start <= cut && end.as_ref().is_none_or(|end| cut < *end)
}

/// The versions that a person would think of first: the constant itself, its last part one more or one less.
fn near(stretch: &Stretch<Cut>) -> Vec<Version> {
    let (start, end) = stretch;
    let moved = |version: &Version, by: i64| {
        let mut parts = version.parts().to_vec();
        let last = parts.last_mut()?;
        *last = last.checked_add_signed(by)?;
        Some(Version::new(&parts))
    };
    let mut near = vec![start.0.clone()];
    near.extend(moved(&start.0, 1));
    near.extend(end.as_ref().and_then(|(end, _)| moved(end, -1)));
    near.retain(|version| within(version, stretch));
    // `0` is the version of nothing that is installed.
    near.sort_by_key(|version| {
        version.parts().is_empty() && end.as_ref().is_none_or(|end| end.0 != start.0)
    });
    near
}

/// Versions between two, both excluded, ascending from near the first one; none if they are equal.
pub(super) fn between(
    low: &Version,
    high: Option<&Version>,
) -> Option<impl Iterator<Item = Version> + use<>> {
    if high.is_some_and(|high| low >= high) {
        return None;
    }
    // A part behind the end of both is free: what decides against `high` stands before it.
    let length = high
        .map_or(0, |high| high.parts().len())
        .max(low.parts().len());
    let mut parts = low.parts().to_vec();
    parts.resize(length, 0);
    Some((1..=u64::MAX).map(move |last| {
        let mut parts = parts.clone();
        parts.push(last);
        Version::new(&parts)
    }))
}
