//! Facts and fields as decision code reads them: one number each, set when the fact is set.
//!
//! A cell says nothing that its value does not say. What does not fit in a number (or not in its declared type) is marked, and
//! the arena is asked instead.

use rulec_facts::types::Kind;
use rulec_facts::value::{Partial, Value};
use rustc_hash::FxHashMap;

/// The greatest number in a cell, and the least without its sign: the difference of two fits in a word.
pub(crate) const MOST: i64 = (1 << 62) - 1;

/// One fact or field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cell {
    pub what: CellState,
    /// The value, if it is known: a truth value as 0 or 1, an enum member's number, the number of a word.
    pub number: i64,
}

/// As a number: where the answers for it begin in those of a probe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellState {
    Unknown = 0,
    Absent = 4,
    Known = 8,
    /// Only the value itself can tell.
    Other = 12,
}

/// What number a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellKind {
    Bool,
    Int,
    Enum,
    Text,
    Time,
    Duration,
    Other,
}

impl CellKind {
    pub(crate) fn of(kind: &Kind) -> CellKind {
        match kind {
            Kind::Bool => CellKind::Bool,
            Kind::Int(_) => CellKind::Int,
            Kind::Enum(_) => CellKind::Enum,
            Kind::Text => CellKind::Text,
            Kind::Time => CellKind::Time,
            Kind::Duration(_) => CellKind::Duration,
            _ => CellKind::Other,
        }
    }
}

/// Which cells a program has: one a slot, in order, then one a field that its rules test.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layout {
    kinds: Vec<CellKind>,
    /// By slot: fields on the way, and the cell.
    paths: Vec<Vec<(Vec<u32>, u32)>>,
    /// Folded texts with which rules compare.
    words: FxHashMap<Box<str>, i64>,
}

impl Layout {
    /// A layout with the cells of the slots alone.
    pub(crate) fn of_slots(kinds: Vec<CellKind>) -> Layout {
        Layout {
            paths: vec![Vec::new(); kinds.len()],
            kinds,
            words: FxHashMap::default(),
        }
    }

    pub(crate) fn kind(&self, cell: u32) -> CellKind {
        self.kinds
            .get(cell as usize)
            .copied()
            .unwrap_or(CellKind::Other)
    }

    /// The cell of a field; made if it is new.
    pub(crate) fn path(&mut self, slot: u32, fields: &[u32], kind: CellKind) -> Option<u32> {
        let paths = self.paths.get_mut(slot as usize)?;
        if let Some((_, cell)) = paths.iter().find(|(it, _)| it == fields) {
            return Some(*cell);
        }
        let cell = self.kinds.len() as u32;
        paths.push((fields.to_vec(), cell));
        self.kinds.push(kind);
        Some(cell)
    }

    /// The number of a constant, if a cell of that kind can be compared with it.
    pub(crate) fn constant(&mut self, kind: CellKind, value: &Value) -> Option<i64> {
        if let (CellKind::Text, Value::Text(text)) = (kind, value) {
            let next = self.words.len() as i64 + 1;
            return Some(*self.words.entry(text.folded().into()).or_insert(next));
        }
        self.number(kind, value)
    }

    /// The number of a value; a text that no rule compares with is 0.
    fn number(&self, kind: CellKind, value: &Value) -> Option<i64> {
        match (kind, value) {
            (CellKind::Bool, Value::Bool(it)) => Some(i64::from(*it)),
            (CellKind::Enum, Value::Enum(it)) => Some(i64::from(*it)),
            (CellKind::Text, Value::Text(it)) => {
                Some(self.words.get(it.folded()).copied().unwrap_or(0))
            }
            (CellKind::Int, Value::Int(it))
            | (CellKind::Time, Value::Time(it))
            | (CellKind::Duration, Value::Duration(it)) => {
                let number = i64::try_from(*it).ok()?;
                (-MOST..=MOST).contains(&number).then_some(number)
            }
            _ => None,
        }
    }

    fn cell(&self, kind: CellKind, value: &Partial) -> Cell {
        let (what, number) = match value {
            Partial::Unknown(_) => (CellState::Unknown, 0),
            Partial::Absent => (CellState::Absent, 0),
            Partial::Known(value) => match self.number(kind, value) {
                Some(number) => (CellState::Known, number),
                None => (CellState::Other, 0),
            },
        };
        Cell { what, number }
    }

    /// Cells of a state in which nothing is known.
    pub(crate) fn unknown(&self) -> Vec<Cell> {
        let unknown = Cell {
            what: CellState::Unknown,
            number: 0,
        };
        vec![unknown; self.kinds.len()]
    }

    /// Sets the cells of a slot.
    pub(crate) fn set(&self, cells: &mut [Cell], slot: u32, value: &Partial) {
        let mut put = |cell: u32, value: &Partial| {
            let read = self.cell(self.kind(cell), value);
            if let Some(place) = cells.get_mut(cell as usize) {
                *place = read;
            }
        };
        put(slot, value);
        for (fields, cell) in self.paths.get(slot as usize).into_iter().flatten() {
            let field = |value, field: &u32| rulec_facts::ops::field(value, *field as usize);
            put(*cell, fields.iter().fold(value, field));
        }
    }
}
