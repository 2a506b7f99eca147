//! Symbols of Windows codes and their numbers, read from `names.tsv` on first use, and what codes mean, from `meanings.tsv`.
//!
//! Names and numbers are from `raserror.h`, `winerror.h` and `eaphosterror.h`, meanings from the error pages of MicrosoftDocs/win32
//! (CC BY 4.0, see `NOTICE`) and, for HTTP, our own. Not complete: a code that is not named here is a code all the same.

use std::sync::OnceLock;

const NAMES: &str = include_str!("names.tsv");
const MEANINGS: &str = include_str!("meanings.tsv");

/// A row: canonical kind, number, symbol in upper case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) kind: &'static str,
    pub(super) number: u64,
    pub(super) name: &'static str,
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

/// Sorted by symbol; every symbol has one kind.
fn by_name() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let mut all: Vec<Row> = rows().collect();
        all.sort_by_key(|it| it.name);
        all
    })
}

/// All rows, in order of kind and number; of several symbols of one number the one that is told stands first.
pub(super) fn rows() -> impl Iterator<Item = Row> {
    NAMES.lines().skip(1).filter_map(row)
}

fn row(line: &'static str) -> Option<Row> {
    let mut cells = line.split('\t');
    let (kind, number, name) = (cells.next()?, cells.next()?, cells.next()?);
    let number = number_of(number)?;
    Some(Row { kind, number, name })
}

/// The symbol of a number of a canonical kind. Searched in the text itself, which is sorted: a run asks for a few, and a table of all
/// would cost more than those.
pub(super) fn name(kind: &str, number: u64) -> Option<&'static str> {
    let (_, all) = NAMES.split_once('\n')?;
    let (mut from, mut to) = (0, all.len());
    while from < to {
        let middle = from + (to - from) / 2;
        let start = all.get(from..middle)?.rfind('\n');
        let start = start.map_or(from, |at| from + at + 1);
        let line = all.get(start..)?.lines().next()?;
        let it = row(line)?;
        match (it.kind, it.number) < (kind, number) {
            true => from = start + line.len() + 1,
            false => to = start,
        }
    }
    let found = row(all.get(from..)?.lines().next()?)?;
    (found.kind == kind && found.number == number).then_some(found.name)
}

/// The row of a symbol, given in upper case.
pub(super) fn symbol(name: &str) -> Option<Row> {
    let all = by_name();
    let at = all.binary_search_by_key(&name, |it| it.name).ok()?;
    all.get(at).copied()
}
