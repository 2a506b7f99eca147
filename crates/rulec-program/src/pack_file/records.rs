//! Tables of a pack file of which each entry can be read alone.
//!
//! Entries of different length have their ends in front: how many there are, where each ends, then the entries one behind the other.
//! Nodes and operands are plain numbers of a fixed length and are read where they lie.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::PackFileError;
use super::container::{Container, Reader, Section, damaged, decoded, stored};
use super::flat::{self, WORDS};
use crate::node::{NodeId, Op, Operands, Place};

const WORD: usize = 4;

/// Entries of different length.
#[derive(Debug)]
pub(super) struct Records<'f, T> {
    section: &'f Section,
    count: usize,
    content: PhantomData<T>,
}

impl<'f, T> Records<'f, T> {
    pub(super) fn open<'b>(
        container: &'f Container<'b>,
        reader: &mut Reader<'_, 'b>,
        name: &str,
    ) -> Result<Records<'f, T>, PackFileError> {
        let section = container.section(name)?;
        let count = word(reader, section, 0)? as usize;
        // A count that the section cannot hold would be memory for nothing.
        if count >= section.length() / WORD {
            return Err(damaged(name));
        }
        Ok(Records {
            section,
            count,
            content: PhantomData,
        })
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The bytes of an entry.
    fn bytes<'b>(
        &self,
        reader: &mut Reader<'_, 'b>,
        number: u32,
    ) -> Result<&'b [u8], PackFileError> {
        let number = number as usize;
        if number >= self.count {
            return Err(damaged(&self.section.name));
        }
        let start = match number {
            0 => 0,
            later => word(reader, self.section, later)?,
        };
        let end = word(reader, self.section, number + 1)?;
        let front = WORD * (self.count + 1);
        let [start, end] = [start, end].map(|it| front.saturating_add(it as usize));
        let whole = number + 1 < self.count || end == self.section.length();
        if start > end || !whole {
            return Err(damaged(&self.section.name));
        }
        reader.bytes(self.section, start..end)
    }

    /// The name with which an entry begins.
    pub(super) fn name<'b>(
        &self,
        reader: &mut Reader<'_, 'b>,
        number: u32,
    ) -> Result<&'b str, PackFileError> {
        let bytes = self.bytes(reader, number)?;
        let lost = |_| damaged(&self.section.name);
        postcard::take_from_bytes(bytes)
            .map_err(lost)
            .map(|it| it.0)
    }

    /// The entry of that name, of a table that is sorted by it.
    pub(super) fn named(
        &self,
        reader: &mut Reader<'_, '_>,
        name: &str,
    ) -> Result<Option<u32>, PackFileError> {
        let (mut low, mut high) = (0u32, u32::try_from(self.count).unwrap_or(u32::MAX));
        while low < high {
            let middle = low + (high - low) / 2;
            match self.name(reader, middle)?.cmp(name) {
                std::cmp::Ordering::Equal => return Ok(Some(middle)),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Ok(None)
    }
}

impl<T: for<'d> Deserialize<'d>> Records<'_, T> {
    pub(super) fn get(&self, reader: &mut Reader<'_, '_>, number: u32) -> Result<T, PackFileError> {
        decoded(&self.section.name, self.bytes(reader, number)?)
    }

    pub(super) fn all(&self, reader: &mut Reader<'_, '_>) -> Result<Vec<T>, PackFileError> {
        let numbers = 0..u32::try_from(self.count).unwrap_or(u32::MAX);
        numbers.map(|it| self.get(reader, it)).collect()
    }
}

/// Entries as the bytes of a section.
pub(super) fn stored_records<T: Serialize>(
    all: impl ExactSizeIterator<Item = T>,
) -> Result<Vec<u8>, PackFileError> {
    let too_long = |_| PackFileError::Unwritable("it is too long".to_owned());
    let mut front = u32::try_from(all.len())
        .map_err(too_long)?
        .to_le_bytes()
        .to_vec();
    let mut entries = Vec::new();
    for entry in all {
        entries.extend(stored(&entry)?);
        let end = u32::try_from(entries.len()).map_err(too_long)?;
        front.extend(end.to_le_bytes());
    }
    front.extend(entries);
    Ok(front)
}

/// The arena of a file.
#[derive(Debug)]
pub(super) struct Arena<'f> {
    nodes: &'f Section,
    operands: &'f Section,
}

impl<'f> Arena<'f> {
    pub(super) fn open(container: &'f Container<'_>) -> Result<Arena<'f>, PackFileError> {
        let arena = Arena {
            nodes: container.section("nodes")?,
            operands: container.section("operands")?,
        };
        let odd = |section: &Section, size: usize| !section.length().is_multiple_of(size);
        if odd(arena.nodes, WORD * WORDS) || odd(arena.operands, WORD) {
            return Err(damaged("nodes"));
        }
        Ok(arena)
    }

    pub(super) fn count(&self) -> usize {
        self.nodes.length() / (WORD * WORDS)
    }

    /// How many operands all lists have together.
    pub(super) fn operand_count(&self) -> usize {
        self.operands.length() / WORD
    }

    pub(super) fn node(
        &self,
        reader: &mut Reader<'_, '_>,
        node: NodeId,
    ) -> Result<(Op, Place), PackFileError> {
        let size = WORD * WORDS;
        let start = (node.0 as usize).saturating_mul(size);
        let bytes = reader.bytes(self.nodes, start..start.saturating_add(size))?;
        let mut words = [0; WORDS];
        for (word, bytes) in words.iter_mut().zip(bytes.as_chunks::<WORD>().0) {
            *word = u32::from_le_bytes(*bytes);
        }
        flat::node(words).ok_or_else(|| damaged("nodes"))
    }

    pub(super) fn operands<'b>(
        &self,
        reader: &mut Reader<'_, 'b>,
        list: Operands,
    ) -> Result<impl Iterator<Item = NodeId> + use<'b>, PackFileError> {
        let start = (list.start as usize).saturating_mul(WORD);
        let length = (list.len as usize).saturating_mul(WORD);
        let bytes = reader.bytes(self.operands, start..start.saturating_add(length))?;
        let words = bytes.as_chunks::<WORD>().0.iter();
        Ok(words.map(|it| NodeId(u32::from_le_bytes(*it))))
    }
}

/// Number of that place among the words of a section.
fn word(reader: &mut Reader<'_, '_>, section: &Section, at: usize) -> Result<u32, PackFileError> {
    let start = at.saturating_mul(WORD);
    let bytes = reader.bytes(section, start..start.saturating_add(WORD))?;
    let word = bytes.first_chunk::<WORD>();
    word.map(|it| u32::from_le_bytes(*it))
        .ok_or_else(|| damaged(&section.name))
}
