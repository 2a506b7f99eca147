//! The pack file: a program as bytes that load without parser and checker.
//!
//! ```text
//! "RULEPACK"  version u32  length of the table u32  BLAKE3 of the table (32 bytes)
//! table       postcard: for each section its name, where it begins behind the table, its length, its BLAKE3
//! sections    one behind the other, nothing between or after: "program", then "locale NAME" each
//! ```
//!
//! Numbers are little-endian, so that a pack has the same bytes on every machine. A section is held against its checksum when it is
//! read; what is loaded passes the same seal as a program that the checker made, because a checksum keeps nobody from writing nonsense.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::program::{Locale, Program};
use crate::seal::{SealError, Sealed};

/// What every pack file begins with.
pub const MAGIC: &[u8; 8] = b"RULEPACK";
/// The only version there is.
pub const VERSION: u32 = 1;

const HASH: usize = blake3::OUT_LEN;
/// Magic, version, length of the table, its checksum.
const HEADER: usize = MAGIC.len() + 4 + 4 + HASH;
const PROGRAM: &str = "program";
const LOCALE: &str = "locale ";

/// Why bytes are no pack that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackFileError {
    /// They do not begin like one.
    NotAPack,
    /// Made by another version of rulec.
    Version(u32),
    /// There are fewer bytes, or more, than the file says of itself.
    Length {
        /// As the file says.
        wanted: u64,
        /// As it is.
        found: u64,
    },
    /// A part differs from its checksum, or holds what it must not hold.
    Damaged(String),
    /// The parts are whole and make no sound program.
    Unsound(Vec<SealError>),
    /// A program that cannot be written; the reason of the serialiser.
    Unwritable(String),
}

impl fmt::Display for PackFileError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PackFileError::NotAPack => out.write_str("this is no compiled pack"),
            PackFileError::Version(found) => write!(
                out,
                "this pack was compiled in format {found}, and this rulec reads format {VERSION}"
            ),
            PackFileError::Length { wanted, found } => write!(
                out,
                "this compiled pack should have {wanted} bytes and has {found}"
            ),
            PackFileError::Damaged(part) => {
                write!(out, "this compiled pack is damaged in its part `{part}`")
            }
            PackFileError::Unsound(faults) => {
                out.write_str("this compiled pack holds no sound program")?;
                faults.iter().try_for_each(|it| write!(out, "; {it}"))
            }
            PackFileError::Unwritable(reason) => {
                write!(out, "this pack cannot be written as a file: {reason}")
            }
        }
    }
}

impl std::error::Error for PackFileError {}

/// A part of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Section {
    name: String,
    /// First byte, counted behind the table.
    start: u64,
    length: u64,
    hash: [u8; HASH],
}

/// The bytes begin like a pack file.
pub fn is_pack_file(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// The program as a pack file.
///
/// # Errors
/// [`PackFileError::Unwritable`]: its types or values nest more deeply than reading allows.
pub fn write(program: &Sealed) -> Result<Vec<u8>, PackFileError> {
    let mut bare: Program = (**program).clone();
    let locales = std::mem::take(&mut bare.locales);
    bare.files.iter_mut().for_each(shorten);
    let mut sections = Vec::new();
    let mut body = Vec::new();
    append(&mut sections, &mut body, PROGRAM.to_owned(), &bare)?;
    for locale in &locales {
        let name = format!("{LOCALE}{}", locale.name);
        append(&mut sections, &mut body, name, &locale.resources)?;
    }
    let table = stored(&sections)?;
    let length = u32::try_from(table.len())
        .map_err(|_| PackFileError::Unwritable("its table is too long".to_owned()))?;
    let mut file = Vec::with_capacity(HEADER + table.len() + body.len());
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(&VERSION.to_le_bytes());
    file.extend_from_slice(&length.to_le_bytes());
    file.extend_from_slice(blake3::hash(&table).as_bytes());
    file.extend_from_slice(&table);
    file.extend_from_slice(&body);
    // A file that cannot be read is none. A sealed program can be anything that reading takes, but for the depth of its types.
    match PackFile::open(&file)?.program(|_| true) {
        Ok(_) => Ok(file),
        Err(_) => Err(PackFileError::Unwritable(
            "its types or values lie too deeply within each other".to_owned(),
        )),
    }
}

/// Folder and name: where the pack lay when it was compiled is nobody's business, and differs from machine to machine.
fn shorten(path: &mut String) {
    let mut ends = path.rmatch_indices(['/', '\\']).map(|(at, _)| at + 1);
    if let Some(start) = ends.nth(1) {
        path.drain(..start);
    }
}

fn append(
    sections: &mut Vec<Section>,
    body: &mut Vec<u8>,
    name: String,
    content: &impl Serialize,
) -> Result<(), PackFileError> {
    let bytes = stored(content)?;
    sections.push(Section {
        name,
        start: body.len() as u64,
        length: bytes.len() as u64,
        hash: *blake3::hash(&bytes).as_bytes(),
    });
    body.extend_from_slice(&bytes);
    Ok(())
}

fn stored(content: &impl Serialize) -> Result<Vec<u8>, PackFileError> {
    postcard::to_stdvec(content).map_err(|error| PackFileError::Unwritable(error.to_string()))
}

/// A pack file whose table was read; its sections are read when they are asked for.
#[derive(Debug, Clone)]
pub struct PackFile<'b> {
    body: &'b [u8],
    sections: Vec<Section>,
}

impl<'b> PackFile<'b> {
    /// Reads the table.
    ///
    /// # Errors
    /// The bytes are no pack file, of another version, too few or too many, or the table is damaged.
    pub fn open(bytes: &'b [u8]) -> Result<PackFile<'b>, PackFileError> {
        if !is_pack_file(bytes) {
            return Err(PackFileError::NotAPack);
        }
        let header = Header::read(bytes)?;
        let table = bytes.get(HEADER..header.end).ok_or_else(|| {
            let wanted = header.end as u64;
            length(wanted, bytes)
        })?;
        let sections: Vec<Section> = part("table", table, &header.hash)?;
        let body = bytes.get(header.end..).unwrap_or(&[]);
        let mut end = 0u64;
        for section in &sections {
            if section.start != end {
                return Err(PackFileError::Damaged("table".to_owned()));
            }
            end = end.saturating_add(section.length);
        }
        if end != body.len() as u64 {
            return Err(length(end.saturating_add(header.end as u64), bytes));
        }
        Ok(PackFile { body, sections })
    }

    /// Locales that the pack is translated into.
    pub fn locales(&self) -> impl Iterator<Item = &str> {
        let names = self.sections.iter().map(|it| it.name.as_str());
        names.filter_map(|name| name.strip_prefix(LOCALE))
    }

    /// The program, with those of its translations that are wanted.
    ///
    /// # Errors
    /// A part is damaged, or the program is not sound.
    pub fn program(&self, mut wanted: impl FnMut(&str) -> bool) -> Result<Sealed, PackFileError> {
        let mut program: Program = self.section(PROGRAM)?;
        program.locales = self
            .locales()
            .filter(|name| wanted(name))
            .map(|name| {
                Ok(Locale {
                    name: name.into(),
                    resources: self.section(&format!("{LOCALE}{name}"))?,
                })
            })
            .collect::<Result<_, PackFileError>>()?;
        program.seal().map_err(PackFileError::Unsound)
    }

    fn section<T: for<'d> Deserialize<'d>>(&self, name: &str) -> Result<T, PackFileError> {
        let damaged = || PackFileError::Damaged(name.to_owned());
        let mut sections = self.sections.iter();
        let section = sections.find(|it| it.name == name).ok_or_else(damaged)?;
        let bytes = section.range().and_then(|range| self.body.get(range));
        part(name, bytes.ok_or_else(damaged)?, &section.hash)
    }
}

impl Section {
    fn range(&self) -> Option<Range<usize>> {
        let start = usize::try_from(self.start).ok()?;
        let length = usize::try_from(self.length).ok()?;
        Some(start..start.checked_add(length)?)
    }
}

struct Header {
    /// Byte after the table.
    end: usize,
    hash: [u8; HASH],
}

impl Header {
    fn read(bytes: &[u8]) -> Result<Header, PackFileError> {
        let too_short = || length(HEADER as u64, bytes);
        let rest = bytes.get(MAGIC.len()..).unwrap_or(&[]);
        let (version, rest) = rest.split_first_chunk::<4>().ok_or_else(too_short)?;
        let version = u32::from_le_bytes(*version);
        if version != VERSION {
            return Err(PackFileError::Version(version));
        }
        let (table, rest) = rest.split_first_chunk::<4>().ok_or_else(too_short)?;
        let (hash, _) = rest.split_first_chunk::<HASH>().ok_or_else(too_short)?;
        Ok(Header {
            end: HEADER.saturating_add(u32::from_le_bytes(*table) as usize),
            hash: *hash,
        })
    }
}

fn length(wanted: u64, bytes: &[u8]) -> PackFileError {
    PackFileError::Length {
        wanted,
        found: bytes.len() as u64,
    }
}

/// A part, if it is what its checksum says, and nothing follows it.
fn part<T: for<'d> Deserialize<'d>>(
    name: &str,
    bytes: &[u8],
    hash: &[u8; HASH],
) -> Result<T, PackFileError> {
    let damaged = || PackFileError::Damaged(name.to_owned());
    if blake3::hash(bytes).as_bytes() != hash {
        return Err(damaged());
    }
    match postcard::take_from_bytes(bytes) {
        Ok((content, [])) => Ok(content),
        _ => Err(damaged()),
    }
}
