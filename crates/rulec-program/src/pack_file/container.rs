//! The container: magic, version, a table of sections, a checksum for each page of each section, the sections.
//!
//! A page is held against its checksum when something in it is read for the first time, so that reading little costs little.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::PackFileError;

/// What every pack file begins with.
pub const MAGIC: &[u8; 8] = b"RULEPACK";
/// The only version that is read.
pub const VERSION: u32 = 2;

pub(super) const HASH: usize = blake3::OUT_LEN;
/// Bytes under one checksum; each section begins a new page.
pub(super) const PAGE: usize = 4096;
/// Magic, version, length of the table, its checksum.
const HEADER: usize = MAGIC.len() + 4 + 4 + HASH;
const TABLE: &str = "table";

/// What the file says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Table {
    /// Names and lengths, in the order in which the sections stand.
    sections: Vec<(String, u64)>,
    /// BLAKE3 of all checksums of pages.
    pages: [u8; HASH],
}

/// A section and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Section {
    pub(super) name: String,
    /// In the bytes behind the checksums.
    start: usize,
    length: usize,
    /// Number of its first page.
    page: usize,
}

/// A file whose table was read.
#[derive(Debug, Clone)]
pub(super) struct Container<'b> {
    /// Somebody vouches for the bytes: no page is held against its checksum.
    trusted: bool,
    pages: &'b [[u8; HASH]],
    body: &'b [u8],
    pub(super) sections: Vec<Section>,
}

/// Gives bytes of a container, each page checked once.
#[derive(Debug)]
pub(super) struct Reader<'f, 'b> {
    container: &'f Container<'b>,
    checked: Vec<bool>,
}

pub(super) fn damaged(part: &str) -> PackFileError {
    PackFileError::Damaged(part.to_owned())
}

impl<'b> Container<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Container<'b>, PackFileError> {
        let Some(rest) = bytes.strip_prefix(MAGIC) else {
            return Err(PackFileError::NotAPack);
        };
        let too_short = |wanted: usize| PackFileError::Length {
            wanted: wanted as u64,
            found: bytes.len() as u64,
        };
        let header = || too_short(HEADER);
        let (version, rest) = rest.split_first_chunk::<4>().ok_or_else(header)?;
        let version = u32::from_le_bytes(*version);
        if version != VERSION {
            return Err(PackFileError::Version(version));
        }
        let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(header)?;
        let (hash, rest) = rest.split_first_chunk::<HASH>().ok_or_else(header)?;
        let length = u32::from_le_bytes(*length) as usize;
        let (table, rest) = rest
            .split_at_checked(length)
            .ok_or_else(|| too_short(HEADER.saturating_add(length)))?;
        if blake3::hash(table).as_bytes() != hash {
            return Err(damaged(TABLE));
        }
        let table: Table = decoded(TABLE, table)?;
        let (sections, pages, body) = laid_out(&table.sections).ok_or_else(|| damaged(TABLE))?;
        let wanted = (HEADER + length)
            .saturating_add(pages * HASH)
            .saturating_add(body);
        let (hashes, rest) = rest
            .split_at_checked(pages * HASH)
            .ok_or_else(|| too_short(wanted))?;
        if rest.len() != body {
            return Err(too_short(wanted));
        }
        if blake3::hash(hashes).as_bytes() != &table.pages {
            return Err(damaged(TABLE));
        }
        Ok(Container {
            trusted: false,
            pages: hashes.as_chunks::<HASH>().0,
            body: rest,
            sections,
        })
    }

    pub(super) fn trusted(self) -> Container<'b> {
        Container {
            trusted: true,
            ..self
        }
    }

    pub(super) fn section(&self, name: &str) -> Result<&Section, PackFileError> {
        let mut sections = self.sections.iter();
        sections
            .find(|it| it.name == name)
            .ok_or_else(|| damaged(name))
    }

    pub(super) fn reader(&self) -> Reader<'_, 'b> {
        Reader {
            container: self,
            checked: vec![self.trusted; self.pages.len()],
        }
    }
}

/// Sections with their places, how many pages they have, how many bytes.
fn laid_out(table: &[(String, u64)]) -> Option<(Vec<Section>, usize, usize)> {
    let (mut start, mut page) = (0usize, 0usize);
    let mut sections = Vec::with_capacity(table.len());
    for (name, length) in table {
        let length = usize::try_from(*length).ok()?;
        sections.push(Section {
            name: name.clone(),
            start,
            length,
            page,
        });
        start = start.checked_add(length)?;
        page = page.checked_add(length.div_ceil(PAGE))?;
    }
    page.checked_mul(HASH)?;
    Some((sections, page, start))
}

impl Section {
    pub(super) fn length(&self) -> usize {
        self.length
    }
}

impl<'b> Reader<'_, 'b> {
    /// Bytes of a section, after its pages were checked.
    pub(super) fn bytes(
        &mut self,
        section: &Section,
        range: Range<usize>,
    ) -> Result<&'b [u8], PackFileError> {
        let lost = || damaged(&section.name);
        let whole = section.start..section.start + section.length;
        let whole = self.container.body.get(whole).ok_or_else(lost)?;
        let bytes = whole.get(range.clone()).ok_or_else(lost)?;
        if bytes.is_empty() {
            return Ok(bytes);
        }
        for page in range.start / PAGE..=(range.end - 1) / PAGE {
            let number = section.page + page;
            if self.checked.get(number) == Some(&true) {
                continue;
            }
            let end = whole.len().min((page + 1) * PAGE);
            let content = whole.get(page * PAGE..end).ok_or_else(lost)?;
            if self.container.pages.get(number) != Some(blake3::hash(content).as_bytes()) {
                return Err(lost());
            }
            if let Some(checked) = self.checked.get_mut(number) {
                *checked = true;
            }
        }
        Ok(bytes)
    }

    /// A whole section, decoded.
    pub(super) fn whole<T: Deserialize<'b>>(
        &mut self,
        section: &Section,
    ) -> Result<T, PackFileError> {
        let bytes = self.bytes(section, 0..section.length)?;
        decoded(&section.name, bytes)
    }
}

/// The content of bytes after which nothing follows.
pub(super) fn decoded<'b, T: Deserialize<'b>>(
    part: &str,
    bytes: &'b [u8],
) -> Result<T, PackFileError> {
    match postcard::take_from_bytes(bytes) {
        Ok((content, [])) => Ok(content),
        _ => Err(damaged(part)),
    }
}

/// Collects sections and makes a file of them.
#[derive(Default)]
pub(super) struct Writer {
    sections: Vec<(String, u64)>,
    pages: Vec<u8>,
    body: Vec<u8>,
}

impl Writer {
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) {
        self.sections.push((name.to_owned(), bytes.len() as u64));
        for page in bytes.chunks(PAGE) {
            self.pages.extend_from_slice(blake3::hash(page).as_bytes());
        }
        self.body.extend_from_slice(bytes);
    }

    pub(super) fn file(self) -> Result<Vec<u8>, PackFileError> {
        let table = stored(&Table {
            sections: self.sections,
            pages: *blake3::hash(&self.pages).as_bytes(),
        })?;
        let length = u32::try_from(table.len())
            .map_err(|_| PackFileError::Unwritable("its table is too long".to_owned()))?;
        let hash = blake3::hash(&table);
        let parts = [
            &MAGIC[..],
            &VERSION.to_le_bytes(),
            &length.to_le_bytes(),
            hash.as_bytes(),
            &table,
            &self.pages,
            &self.body,
        ];
        Ok(parts.concat())
    }
}

pub(super) fn stored(content: &impl Serialize) -> Result<Vec<u8>, PackFileError> {
    postcard::to_stdvec(content).map_err(|error| PackFileError::Unwritable(error.to_string()))
}
