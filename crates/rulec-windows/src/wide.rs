//! Texts as Windows takes and gives them: UTF-16 that ends in a zero.

/// A text for a call.
pub(crate) fn of(text: &str) -> Vec<u16> {
    // A zero inside would cut the name, and another place would be read.
    let whole = text.encode_utf16().filter(|it| *it != 0);
    whole.chain([0]).collect()
}

/// A text up to its zero or its end.
pub(crate) fn text(units: &[u16]) -> String {
    let end = units.iter().position(|it| *it == 0);
    String::from_utf16_lossy(units.get(..end.unwrap_or(units.len())).unwrap_or(&[]))
}

/// The text behind a pointer; empty for none.
///
/// # Safety
/// The pointer is null, or what it points to ends in a zero and stays as it is.
pub(crate) unsafe fn behind(pointer: *const u16) -> String {
    if pointer.is_null() {
        return String::new();
    }
    let mut length = 0;
    // SAFETY: no unit behind the zero is read.
    while unsafe { *pointer.add(length) } != 0 {
        length += 1;
    }
    // SAFETY: as many were just read.
    text(unsafe { std::slice::from_raw_parts(pointer, length) })
}
