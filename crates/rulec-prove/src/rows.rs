//! Reading rows of numbers by their number without a panic.
//!
//! Everything here is numbered by the code that wrote it, so a row that is not there is a fault of this crate: a build for
//! tests stops at it, any other reads the default.

/// Row `at`.
pub(crate) fn at<T: Copy + Default>(rows: &[T], at: u32) -> T {
    debug_assert!((at as usize) < rows.len(), "no row {at}");
    rows.get(at as usize).copied().unwrap_or_default()
}

/// Puts `value` into row `at`.
pub(crate) fn put<T>(rows: &mut [T], at: u32, value: T) {
    debug_assert!((at as usize) < rows.len(), "no row {at}");
    if let Some(row) = rows.get_mut(at as usize) {
        *row = value;
    }
}

/// Puts `value` into row `at`, which is made if there is none yet.
pub(crate) fn put_grown<T: Clone + Default>(rows: &mut Vec<T>, at: u32, value: T) {
    if rows.len() <= at as usize {
        rows.resize(at as usize + 1, T::default());
    }
    put(rows, at, value);
}

/// The `width` rows from `at` on.
pub(crate) fn span<T>(rows: &[T], at: u32, width: u32) -> &[T] {
    let found = rows.get(at as usize..at as usize + width as usize);
    debug_assert!(found.is_some(), "no rows {at} to {}", at + width);
    found.unwrap_or(&[])
}

/// How many rows there are, as the number that the next one gets.
pub(crate) fn count<T>(rows: &[T]) -> u32 {
    u32::try_from(rows.len()).unwrap_or(u32::MAX)
}
