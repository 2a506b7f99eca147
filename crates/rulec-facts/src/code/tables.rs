//! Symbols of Windows codes and their numbers, read from `names.tsv` on first use, and what codes mean, from `meanings.tsv`.
//!
//! Names and numbers are from `raserror.h`, `winerror.h` and `eaphosterror.h`, meanings from the error pages of MicrosoftDocs/win32
//! (CC BY 4.0, see `NOTICE`) and, for HTTP, our own. Not complete: a code that is not named here is a code all the same.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

const NAMES: &str = include_str!("names.tsv");
const MEANINGS: &str = include_str!("meanings.tsv");

/// A row: canonical kind, number, symbol in upper case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) kind: &'static str,
    pub(super) number: u64,
    pub(super) name: &'static str,
}

struct Tables {
    /// Every symbol has one kind.
    by_name: FxHashMap<&'static str, Row>,
    /// Of several symbols the first in the file.
    by_number: BTreeMap<(&'static str, u64), &'static str>,
}

/// What a number of a canonical kind means: its name, where that is not a symbol, and a sentence.
pub(super) fn meaning(kind: &str, number: u64) -> Option<(&'static str, &'static str)> {
    // Asked of a few codes a run: reading the lines is cheaper than a table of all.
    MEANINGS.lines().skip(1).find_map(|line| {
        let mut cells = line.strip_prefix(kind)?.strip_prefix('\t')?.split('\t');
        let (found, name, meaning) = (cells.next()?, cells.next()?, cells.next()?);
        (number_of(found)? == number).then_some((name, meaning))
    })
}

fn number_of(text: &str) -> Option<u64> {
    match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut tables = Tables {
            by_name: FxHashMap::default(),
            by_number: BTreeMap::new(),
        };
        for row in rows() {
            tables.by_name.insert(row.name, row);
            tables
                .by_number
                .entry((row.kind, row.number))
                .or_insert(row.name);
        }
        tables
    })
}

/// All rows, in order of kind and number.
pub(super) fn rows() -> impl Iterator<Item = Row> {
    NAMES.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        let (kind, number, name) = (cells.next()?, cells.next()?, cells.next()?);
        let number = number_of(number)?;
        Some(Row { kind, number, name })
    })
}

/// The symbol of a number of a canonical kind.
pub(super) fn name(kind: &str, number: u64) -> Option<&'static str> {
    let kind = ["ras", "win32", "hresult"]
        .into_iter()
        .find(|known| *known == kind)?;
    tables().by_number.get(&(kind, number)).copied()
}

/// The row of a symbol, given in upper case.
pub(super) fn symbol(name: &str) -> Option<Row> {
    tables().by_name.get(name).copied()
}
