//! As much of DER as it takes to open a PKCS#7 bundle and to know a PKCS#12 file.

/// Its OID, 1.2.840.113549.1.7.2, as it is encoded.
const SIGNED_DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];

/// An element: tag, content, all its bytes, and what follows.
struct Element<'a> {
    tag: u8,
    content: &'a [u8],
    whole: &'a [u8],
    rest: &'a [u8],
}

/// The first element; none where the bytes are cut or its length is not definite.
fn element(bytes: &[u8]) -> Option<Element<'_>> {
    let (tag, _) = bytes.split_first()?;
    let (head, length) = lengths(bytes)?;
    let end = head.checked_add(length)?;
    Some(Element {
        tag: *tag,
        content: bytes.get(head..end)?,
        whole: bytes.get(..end)?,
        rest: bytes.get(end..)?,
    })
}

/// Bytes of tag and length, and of the content.
fn lengths(bytes: &[u8]) -> Option<(usize, usize)> {
    match *bytes.get(1)? {
        short @ 0..=0x7F => Some((2, usize::from(short))),
        long @ 0x81..=0x84 => {
            let count = usize::from(long & 0x7F);
            let digits = bytes.get(2..2 + count)?;
            let length = digits
                .iter()
                .fold(0_usize, |all, byte| all << 8 | usize::from(*byte));
            Some((2 + count, length))
        }
        _ => None,
    }
}

/// How many bytes the first element says it has, with its head.
pub(super) fn whole_length(bytes: &[u8]) -> Option<usize> {
    let (head, length) = lengths(bytes)?;
    head.checked_add(length)
}

/// The certificates and revocation lists of a PKCS#7 bundle, each DER.
pub(super) fn signed_data(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let outer = element(bytes).filter(|it| it.tag == 0x30)?;
    let oid = element(outer.content).filter(|it| it.tag == 0x06 && it.content == SIGNED_DATA)?;
    let explicit = element(oid.rest).filter(|it| it.tag == 0xA0)?;
    let inner = element(explicit.content).filter(|it| it.tag == 0x30)?;
    let mut found = Vec::new();
    let mut rest = inner.content;
    while let Some(part) = element(rest) {
        if matches!(part.tag, 0xA0 | 0xA1) {
            let mut members = part.content;
            while let Some(member) = element(members) {
                found.push(member.whole);
                members = member.rest;
            }
        }
        rest = part.rest;
    }
    Some(found)
}

/// Version 3, then a sequence: a PKCS#12 file.
pub(super) fn is_pkcs12(bytes: &[u8]) -> bool {
    let Some(outer) = element(bytes).filter(|it| it.tag == 0x30) else {
        return false;
    };
    let version = element(outer.content).filter(|it| it.tag == 0x02 && it.content == [3]);
    version
        .and_then(|it| element(it.rest))
        .is_some_and(|it| it.tag == 0x30)
}
