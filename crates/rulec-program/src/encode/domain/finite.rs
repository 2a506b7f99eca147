//! Types of which only equality is asked: truth values and enums, which have few values, and codes, which have many.

use rulec_facts::code::Code;
use rulec_facts::value::Value;
use rustc_hash::FxHashMap;

use super::{Order, Room, Shape, Split, Test, TooMany};

/// Cells of listed values.
#[derive(Debug, Clone)]
pub(super) struct Finite {
    cells: Vec<Vec<Value>>,
}

/// `false` and `true`, in this order, whatever is asked: a condition takes the second cell.
pub(super) fn split_bool(tests: &[Test]) -> Split {
    let cells = [false, true].map(|it| vec![Value::Bool(it)]).to_vec();
    let holds = tests
        .iter()
        .map(|test| match test {
            Test::Compare(Order::Equal, Value::Bool(it)) => vec![u32::from(*it)],
            _ => Vec::new(),
        })
        .collect();
    Split {
        cells: 2,
        shape: Shape::Finite(Finite { cells }),
        holds,
    }
}

/// No cell at all.
pub(super) fn split_nothing(tests: &[Test]) -> Split {
    Split {
        cells: 0,
        holds: vec![Vec::new(); tests.len()],
        shape: Shape::Finite(Finite { cells: Vec::new() }),
    }
}

/// Members that all tests answer alike are one cell, so each member that is asked for has its own and the others share one.
pub(super) fn split_enum(members: usize, tests: &[Test], limit: u32) -> Result<Split, TooMany> {
    let asked = |test: &Test| match test {
        Test::Compare(Order::Equal, Value::Enum(it)) if usize::from(*it) < members => Some(*it),
        _ => None,
    };
    let mut named: Vec<u16> = tests.iter().filter_map(asked).collect();
    named.sort_unstable();
    named.dedup();
    let mut cells: Vec<Vec<Value>> = named.iter().map(|it| vec![Value::Enum(*it)]).collect();
    let all = (0..members).filter_map(|it| u16::try_from(it).ok());
    let others: Vec<Value> = all
        .filter(|it| named.binary_search(it).is_err())
        .map(Value::Enum)
        .collect();
    if !others.is_empty() {
        cells.push(others);
    }
    if cells.len() > limit as usize {
        return Err(TooMany {
            what: "cells",
            limit: limit.into(),
        });
    }
    let holds = tests.iter().map(|test| {
        let at = asked(test).and_then(|it| named.binary_search(&it).ok());
        at.map(|at| at as u32).into_iter().collect()
    });
    Ok(Split {
        holds: holds.collect(),
        cells: cells.len() as u32,
        shape: Shape::Finite(Finite { cells }),
    })
}

impl Finite {
    pub(super) fn value(&self, cell: u32, nth: u32) -> Option<Value> {
        self.cells.get(cell as usize)?.get(nth as usize).cloned()
    }

    pub(super) fn room(&self, cell: u32) -> Room {
        Room::of(self.cells.get(cell as usize).map_or(0, Vec::len) as u128)
    }

    pub(super) fn cell_of(&self, value: &Value) -> Option<u32> {
        let at = self.cells.iter().position(|cell| cell.contains(value))?;
        Some(at as u32)
    }
}

/// A cell for each code that is asked for, the last one for all others.
#[derive(Debug, Clone)]
pub(super) struct Codes {
    named: Vec<Code>,
    numbers: FxHashMap<Code, u32>,
}

/// Codes that a person meets, for the cell of all others.
const MET: [(&str, u64); 8] = [
    ("ras", 691),
    ("ras", 809),
    ("win32", 5),
    ("ras", 789),
    ("hresult", 0x8009_030C),
    ("win32", 1460),
    ("ras", 720),
    ("http", 403),
];

pub(super) fn split_codes(tests: &[Test], limit: u32) -> Result<Split, TooMany> {
    let mut codes = Codes {
        named: Vec::new(),
        numbers: FxHashMap::default(),
    };
    let mut holds = Vec::with_capacity(tests.len());
    for test in tests {
        let Test::Compare(Order::Equal, Value::Code(code)) = test else {
            holds.push(Vec::new());
            continue;
        };
        let next = codes.named.len() as u32;
        let cell = *codes.numbers.entry(code.clone()).or_insert(next);
        if cell == next {
            codes.named.push(code.clone());
        }
        holds.push(vec![cell]);
    }
    if codes.named.len() >= limit as usize {
        return Err(TooMany {
            what: "cells",
            limit: limit.into(),
        });
    }
    Ok(Split {
        holds,
        cells: codes.named.len() as u32 + 1,
        shape: Shape::Codes(codes),
    })
}

impl Codes {
    pub(super) fn value(&self, cell: u32, nth: u32) -> Option<Value> {
        if let Some(code) = self.named.get(cell as usize) {
            return (nth == 0).then(|| Value::Code(code.clone()));
        }
        if cell as usize != self.named.len() {
            return None;
        }
        let met = MET.iter().map(|(kind, number)| Code::new(kind, *number));
        // Numbers of Entra are not unwrapped and have no table, so that these are all different.
        let more = (50_000..=u64::from(u32::MAX)).map(|it| Code::new("aadsts", it));
        let code = met
            .chain(more)
            .filter(|code| !self.numbers.contains_key(code))
            .nth(nth as usize)?;
        Some(Value::Code(code))
    }

    pub(super) fn room(&self, cell: u32) -> Room {
        if (cell as usize) < self.named.len() {
            Room::Exactly(1)
        } else {
            Room::Many
        }
    }

    pub(super) fn cell_of(&self, value: &Value) -> Option<u32> {
        let Value::Code(code) = value else {
            return None;
        };
        let others = self.named.len() as u32;
        Some(self.numbers.get(code).copied().unwrap_or(others))
    }
}
