//! The pack file: a program as bytes of which a case loads only what it needs, without parser and checker.
//!
//! ```text
//! "RULEPACK"  version u32  length of the table u32  BLAKE3 of the table (32 bytes)
//! table       postcard: name and length of each section, BLAKE3 of all checksums
//! checksums   BLAKE3 of each page of 4096 bytes of each section
//! sections    one behind the other, nothing between or after
//! ```
//!
//! Numbers are little-endian, so that a pack has the same bytes on every machine. Whatever is loaded passes the same seal as a
//! program that the checker made, because a checksum keeps nobody from writing nonsense.
//! Which part of a program a case needs, and why its report cannot tell the part from the whole, stands at [`PackFile::part`].

mod assemble;
mod container;
mod expressions;
mod flat;
mod part;
mod records;
mod write;

use std::fmt;
use std::sync::OnceLock;

use compact_str::CompactString;
use rulec_facts::code::Code;
use rulec_facts::value::{Partial, Value};
use serde::{Deserialize, Serialize};

use crate::node::{Nodes, SlotId};
use crate::program::{Assume, Locale, Pack, Program, RuleId, Symptom, SymptomId};
use crate::seal::{SealError, Sealed};
use container::{Container, Reader};
use part::Parts;
use records::Records;

pub use container::{MAGIC, VERSION};
pub use part::{Needed, Part};

const HEAD: &str = "program";
const SLOTS: &str = "facts";
const LETS: &str = "derived facts";
const SYMPTOMS: &str = "symptoms";
const TEXTS: &str = "texts";
const RULES: &str = "rules";
const FIXES: &str = "fixes";
const NODES: &str = "nodes";
const OPERANDS: &str = "operands";
const ARMS: &str = "arms";
const CONSTANTS: &str = "constants";
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

/// What every case needs.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Head {
    packs: Vec<Pack>,
    files: Vec<String>,
    assumes: Vec<Assume>,
    /// `now`, params, facts that report codes: a report shows them, or they can decide, whatever is in question.
    always: Vec<SlotId>,
    /// Rules without a symptom (V8).
    latent: Vec<RuleId>,
    /// Codes that are words and stand in expressions.
    words: Vec<Code>,
    /// Two packs have one name for something, so that names are shown with their pack.
    ambiguous: bool,
}

/// What a symptom is recognised by, besides name and codes.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Texts {
    texts: Vec<String>,
    local_texts: Vec<(CompactString, String)>,
    hints: Vec<String>,
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
    let file = write::sections(program)?.file()?;
    // A file that cannot be read is none. A sealed program can be anything that reading takes, but for the depth of its types.
    match PackFile::open(&file)?.program(|_| true) {
        Ok(_) => Ok(file),
        Err(_) => Err(PackFileError::Unwritable(
            "its types or values lie too deeply within each other".to_owned(),
        )),
    }
}

/// A pack file whose table was read; all else is read when it is asked for.
#[derive(Debug, Clone)]
pub struct PackFile<'b> {
    container: Container<'b>,
    head: OnceLock<Head>,
}

impl<'b> PackFile<'b> {
    /// Reads the table.
    ///
    /// # Errors
    /// The bytes are no pack file, of another version, too few or too many, or the table is damaged.
    pub fn open(bytes: &'b [u8]) -> Result<PackFile<'b>, PackFileError> {
        Ok(PackFile {
            container: Container::open(bytes)?,
            head: OnceLock::new(),
        })
    }

    /// For bytes for which somebody else vouches, as for those of a running program, of which they are a part: their pages are not held
    /// against their checksums. What they hold is looked at as that of any file.
    #[must_use]
    pub fn trusted(self) -> PackFile<'b> {
        PackFile {
            container: self.container.trusted(),
            head: self.head,
        }
    }

    /// Locales that the pack is translated into.
    pub fn locales(&self) -> impl Iterator<Item = &str> + Clone {
        let names = self.container.sections.iter().map(|it| it.name.as_str());
        names.filter_map(|name| name.strip_prefix(LOCALE))
    }

    /// The whole program, with those of its translations that are wanted.
    ///
    /// # Errors
    /// A part is damaged, or the program is not sound.
    pub fn program(&self, wanted: impl FnMut(&str) -> bool) -> Result<Sealed, PackFileError> {
        let reader = self.container.reader();
        let mut parts = Parts::open(&self.container, reader, self.head()?)?;
        parts.choose_all()?;
        let (mut program, mut reader) = parts.assembled()?;
        let texts: Records<'_, Texts> = Records::open(&self.container, &mut reader, TEXTS)?;
        with_texts(&mut program.symptoms, texts.all(&mut reader)?);
        program.locales = self.translations(&mut reader, wanted)?;
        program.seal().map_err(PackFileError::Unsound)
    }

    /// What a case needs of the program when these symptoms are in question: its verdicts, reasons and texts come out as from
    /// the whole, because V7 settles what is in question from the complaint alone, and nothing outside of the part is read for it.
    /// Rules of these symptoms and those that decide about them, latent faults, `now`, params, facts that report codes, assumes;
    /// and from there every fact, derived fact, symptom and fix that they name. Names that two packs have make it the whole program.
    ///
    /// # Errors
    /// A part that is read is damaged, or not sound.
    pub fn part(
        &self,
        needed: &Needed<'_>,
        wanted: impl FnMut(&str) -> bool,
    ) -> Result<Part, PackFileError> {
        let head = self.head()?;
        let mut parts = Parts::open(&self.container, self.container.reader(), head)?;
        if head.ambiguous {
            parts.choose_all()?;
        } else {
            parts.choose(needed)?;
        }
        let symptoms = parts.symptoms.chosen.sorted();
        let slots = parts.slots.chosen.sorted();
        let (mut program, mut reader) = parts.assembled()?;
        program.locales = self.translations(&mut reader, wanted)?;
        let program = program.seal().map_err(PackFileError::Unsound)?;
        Ok(Part::new(program, symptoms, slots))
    }

    /// What recognises a complaint and nothing more: symptoms under their numbers in the whole program, with names, codes and texts;
    /// and the codes that are words. It has no rules and passes no seal.
    ///
    /// # Errors
    /// A part that is read is damaged.
    pub fn known(&self, wanted: impl FnMut(&str) -> bool) -> Result<Program, PackFileError> {
        let mut reader = self.container.reader();
        let head = self.head()?;
        let symptoms: Records<'_, Symptom> = Records::open(&self.container, &mut reader, SYMPTOMS)?;
        let texts: Records<'_, Texts> = Records::open(&self.container, &mut reader, TEXTS)?;
        let mut symptoms = symptoms.all(&mut reader)?;
        with_texts(&mut symptoms, texts.all(&mut reader)?);
        for symptom in &mut symptoms {
            symptom.seen.clear();
            symptom.rules.clear();
        }
        let words = head.words.iter().cloned().map(Value::Code);
        Ok(Program {
            packs: head.packs.clone(),
            symptoms,
            nodes: Nodes {
                constants: words.map(Partial::Known).collect(),
                ..Nodes::default()
            },
            locales: self.translations(&mut reader, wanted)?,
            ..Program::default()
        })
    }

    /// Holds every byte against its checksum, without loading anything.
    ///
    /// # Errors
    /// A part is damaged.
    pub fn verify(&self) -> Result<(), PackFileError> {
        let mut reader = self.container.reader();
        for section in &self.container.sections {
            reader.bytes(section, 0..section.length())?;
        }
        Ok(())
    }

    /// Rules of the whole program.
    ///
    /// # Errors
    /// The part that is read is damaged.
    pub fn rule_count(&self) -> Result<usize, PackFileError> {
        let mut reader = self.container.reader();
        let rules: Records<'_, ()> = Records::open(&self.container, &mut reader, RULES)?;
        Ok(rules.count())
    }

    /// The symptom of that name, without its pack in front; its number is that of the whole program.
    ///
    /// # Errors
    /// A part that is read is damaged.
    pub fn symptom_named(&self, name: &str) -> Result<Option<SymptomId>, PackFileError> {
        Ok(self.named(SYMPTOMS, name)?.map(SymptomId))
    }

    /// The fact or param of that name, without its pack in front; its number is that of the whole program.
    ///
    /// # Errors
    /// A part that is read is damaged.
    pub fn slot_named(&self, name: &str) -> Result<Option<SlotId>, PackFileError> {
        Ok(self.named(SLOTS, name)?.map(SlotId))
    }

    fn named(&self, section: &str, name: &str) -> Result<Option<u32>, PackFileError> {
        let mut reader = self.container.reader();
        let records: Records<'_, ()> = Records::open(&self.container, &mut reader, section)?;
        records.named(&mut reader, name)
    }

    fn head(&self) -> Result<&Head, PackFileError> {
        if let Some(head) = self.head.get() {
            return Ok(head);
        }
        let section = self.container.section(HEAD)?;
        let head = self.container.reader().whole(section)?;
        Ok(self.head.get_or_init(|| head))
    }

    fn translations(
        &self,
        reader: &mut Reader<'_, 'b>,
        mut wanted: impl FnMut(&str) -> bool,
    ) -> Result<Vec<Locale>, PackFileError> {
        let mut locales = Vec::new();
        for section in &self.container.sections {
            let Some(name) = section.name.strip_prefix(LOCALE) else {
                continue;
            };
            if wanted(name) {
                locales.push(Locale {
                    name: name.into(),
                    resources: reader.whole(section)?,
                });
            }
        }
        Ok(locales)
    }
}

fn with_texts(symptoms: &mut [Symptom], texts: Vec<Texts>) {
    for (symptom, it) in symptoms.iter_mut().zip(texts) {
        symptom.texts = it.texts;
        symptom.local_texts = it.local_texts;
        symptom.hints = it.hints;
    }
}
