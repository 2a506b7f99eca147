//! Any bytes as a compiled pack: as they are, and with their checksums made right, as somebody would who means harm.
//! What is whole and loads is altered in one byte, which must be noticed.
#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use rulec_eval::{CaseInput, Pack, run_session};
use rulec_program::pack_file::{Needed, PackFile};
use rulec_program::program::SymptomId;

const HEADER: usize = 48;
const HASH: usize = 32;
const PAGE: usize = 4096;

fuzz_target!(|bytes: &[u8]| {
    let whole = look(bytes);
    if whole {
        alter(bytes);
    }
    if let Some(mended) = mended(bytes.to_vec()) {
        look(&mended);
    }
});

/// Reads everything in every way; the program is whole and sound.
fn look(bytes: &[u8]) -> bool {
    let Ok(file) = PackFile::open(bytes) else {
        return false;
    };
    let _ = file.verify();
    let _ = file.symptom_named("slow");
    let _ = file.slot_named("now");
    let _ = file.known(|_| true);
    for questioned in [&[SymptomId(0)][..], &[SymptomId(1), SymptomId(u32::MAX)]] {
        let needed = Needed {
            questioned,
            ..Needed::default()
        };
        let _ = file.part(&needed, |_| false);
    }
    run(bytes, &["798".to_owned()]);
    run(bytes, &[]);
    file.program(|_| true).is_ok()
}

/// A case without any answer.
fn run(bytes: &[u8], texts: &[String]) {
    let input = CaseInput {
        texts: texts.to_vec(),
        ..CaseInput::default()
    };
    let Ok(pack) = Pack::open(bytes) else {
        return;
    };
    if let Ok(loaded) = pack.load(&input)
        && let Ok(mut session) = loaded.session(input)
    {
        run_session(&mut session, &[], Duration::ZERO);
        let _ = session.report();
    }
}

/// One byte in 64 places that hang on the content.
fn alter(bytes: &[u8]) {
    let mut altered = bytes.to_vec();
    let mut number = bytes.iter().fold(bytes.len(), |sum, it| sum.wrapping_mul(31).wrapping_add(usize::from(*it)));
    for _ in 0..64 {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let at = (number >> 16) % altered.len();
        let bit = 1 << ((number >> 8) % 8);
        altered[at] ^= bit;
        let noticed = PackFile::open(&altered).and_then(|it| it.verify());
        assert!(noticed.is_err(), "byte {at} of {}", altered.len());
        altered[at] ^= bit;
    }
}

/// The same with the checksums that these bytes should have.
fn mended(mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let length = u32::from_le_bytes(bytes.get(12..16)?.try_into().ok()?) as usize;
    let table = bytes.get(HEADER..HEADER.checked_add(length)?)?;
    let lengths = lengths(table)?;
    let pages = lengths.iter().try_fold(0usize, |sum, it| sum.checked_add(it.div_ceil(PAGE)))?;
    let first = HEADER + length;
    let mut at = first.checked_add(pages.checked_mul(HASH)?)?;
    let mut hashes = Vec::new();
    for length in lengths {
        let section = bytes.get(at..at.checked_add(length)?)?;
        for page in section.chunks(PAGE) {
            hashes.extend_from_slice(blake3::hash(page).as_bytes());
        }
        at += length;
    }
    bytes.get_mut(first..first + hashes.len())?.copy_from_slice(&hashes);
    // The table ends with the checksum of checksums.
    let of_hashes = blake3::hash(&hashes);
    bytes.get_mut(first.checked_sub(HASH)?..first)?.copy_from_slice(of_hashes.as_bytes());
    let of_table = blake3::hash(bytes.get(HEADER..first)?);
    bytes.get_mut(HEADER - HASH..HEADER)?.copy_from_slice(of_table.as_bytes());
    Some(bytes)
}

/// Lengths of the sections: a count, then name and length each.
fn lengths(table: &[u8]) -> Option<Vec<usize>> {
    let (count, mut rest) = varint(table)?;
    let mut lengths = Vec::new();
    for _ in 0..count.min(1000) {
        let (name, after) = varint(rest)?;
        let (length, after) = varint(after.get(name..)?)?;
        rest = after;
        lengths.push(length);
    }
    Some(lengths)
}

/// A number as postcard writes it, and what follows.
fn varint(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0usize;
    for (at, byte) in bytes.iter().enumerate().take(9) {
        value |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((value, bytes.get(at + 1..)?));
        }
    }
    None
}
