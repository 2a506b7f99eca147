//! A certificate changed in place: names, serial number, keys, identifiers of keys and signature become others of the same length, so that it
//! stays one. Times, purposes and what it may sign stay. Nobody can check its signature afterwards; nothing here does.

use super::Redactor;
use super::networks;

/// Deepest nesting that is followed; certificates have some ten levels.
const DEEPEST: usize = 32;
/// Shorter whole numbers are versions and lengths of paths, not serial numbers.
const SHORTEST_NUMBER: usize = 8;
/// Shorter bit strings are switches.
const SHORTEST_BITS: usize = 4;

impl Redactor {
    /// Another certificate in place of this one; none if that cannot be made.
    pub(super) fn certificate_of(&mut self, der: &[u8]) -> Option<Vec<u8>> {
        let mut new = der.to_vec();
        self.replace_all(&mut new, 0)?;
        rulec_facts::certificate::from_der(&new).map(|_| new)
    }

    /// Replaces all values that stand one after the other; none if these bytes are no such values.
    fn replace_all(&mut self, bytes: &mut [u8], depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        let mut rest = bytes;
        while !rest.is_empty() {
            let (tag, start, end) = header(rest)?;
            let (value, after) = rest.split_at_mut_checked(end)?;
            let content = value.get_mut(start..)?;
            match tag & 0x20 != 0 {
                true => self.replace_all(content, depth + 1)?,
                false => self.replace_one(tag, content, depth),
            }
            rest = after;
        }
        Some(())
    }

    fn replace_one(&mut self, tag: u8, content: &mut [u8], depth: usize) {
        match tag {
            // UTF8, numeric, printable, teletex, IA5, visible; e-mail, DNS and URI among alternative names.
            0x0c | 0x12 | 0x13 | 0x14 | 0x16 | 0x1a | 0x81 | 0x82 | 0x86 => {
                self.replace_text(content)
            }
            // UTF-16 and UTF-32.
            0x1e | 0x1c => self.noise_in(content.get_mut(1..).unwrap_or_default()),
            0x80 => self.noise_in(content),
            0x87 => self.replace_address(content),
            0x02 if content.len() >= SHORTEST_NUMBER => {
                self.noise_in(content.get_mut(1..).unwrap_or_default())
            }
            0x03 if content.len() >= SHORTEST_BITS => {
                self.noise_in(content.get_mut(1..).unwrap_or_default())
            }
            0x04 if is_values(content) => {
                let _ = self.replace_all(content, depth + 1);
            }
            0x04 => self.noise_in(content),
            _ => {}
        }
    }

    fn noise_in(&self, bytes: &mut [u8]) {
        let old = bytes.to_vec();
        self.tokens.stream("bytes", &old, bytes);
    }

    /// A text of as many bytes: its tokens where they fit, cut or filled up where they do not.
    fn replace_text(&mut self, bytes: &mut [u8]) {
        let Ok(old) = std::str::from_utf8(bytes) else {
            self.noise_in(bytes);
            bytes.iter_mut().for_each(|it| *it = b'a' + *it % 26);
            return;
        };
        let old = old.to_owned();
        let new = self.without_counts(|it| it.plain(&old));
        if new == old {
            return;
        }
        let filled = new.bytes().chain(std::iter::repeat(b'x'));
        if new.is_ascii() || new.len() == bytes.len() {
            for (place, byte) in bytes.iter_mut().zip(filled) {
                *place = byte;
            }
        } else {
            bytes.fill(b'x');
        }
    }

    fn replace_address(&mut self, bytes: &mut [u8]) {
        let Some(old) = networks::of_bytes(bytes) else {
            return;
        };
        let new = self.without_counts(|it| it.address(old));
        networks::to_bytes(new, bytes);
    }
}

/// These bytes are values one after the other, to the last.
fn is_values(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while !rest.is_empty() {
        let Some((tag, start, end)) = header(rest) else {
            return false;
        };
        // Tags that certificates have.
        let known = matches!(tag, 0x01..=0x06 | 0x0c | 0x13 | 0x16 | 0x17 | 0x18 | 0x30 | 0x31 | 0x80..=0x8f | 0xa0..=0xaf);
        if !known || start > end {
            return false;
        }
        let Some(after) = rest.get(end..) else {
            return false;
        };
        rest = after;
    }
    !bytes.is_empty()
}

/// Tag, and where the content begins and ends.
fn header(bytes: &[u8]) -> Option<(u8, usize, usize)> {
    let [tag, length, ..] = bytes else {
        return None;
    };
    // Tags of several bytes and lengths that are not told are not in certificates.
    if tag & 0x1f == 0x1f {
        return None;
    }
    let (start, length) = match length {
        0x00..=0x7f => (2, usize::from(*length)),
        0x81..=0x84 => {
            let more = usize::from(length & 0x7f);
            let digits = bytes.get(2..2 + more)?;
            let length = digits
                .iter()
                .fold(0usize, |sum, it| sum << 8 | usize::from(*it));
            (2 + more, length)
        }
        _ => return None,
    };
    let end = start.checked_add(length)?;
    (end <= bytes.len()).then_some((*tag, start, end))
}
