//! The files of a case, from a folder or a zip, within bounds: no link is followed, no path leads out, nothing grows without end.

mod folder;
mod zip;

use std::io::{self, Read};
use std::path::Path;

/// Most files of a case.
const MOST_FILES: usize = 10_000;
/// Deepest folder.
const DEEPEST: usize = 16;
/// Largest file that is read, bytes.
pub const LARGEST: u64 = 64 << 20;
/// Most bytes of all files together.
const TOTAL: u64 = 512 << 20;

/// What is told of a folder by the name of a file that would be read, as `case.yaml`.
const FOLDER: &str = "it is a folder, and a file of this name would be read";

/// A file of a case.
#[derive(Debug)]
pub struct CaseFile {
    /// Path inside the case, with `/`.
    pub name: String,
    /// Its bytes, or why it could not be read; none for a kind of file that nothing reads yet.
    pub bytes: Option<Result<Vec<u8>, String>>,
}

/// All files in order of name, and what was refused, with its path.
#[derive(Debug, Default)]
pub struct Files {
    /// Files.
    pub files: Vec<CaseFile>,
    /// Path and reason.
    pub refused: Vec<(String, String)>,
}

/// Reads a folder or a zip; `wanted` says by name which files are read.
///
/// # Errors
/// The path does not exist, cannot be opened, or is a file that is no zip.
pub fn open(path: &Path, wanted: fn(&str) -> bool) -> io::Result<Files> {
    let mut found = if std::fs::metadata(path)?.is_dir() {
        folder::read(path, wanted)?
    } else {
        zip::read(path, wanted)?
    };
    found.files.sort_by(|a, b| a.name.cmp(&b.name));
    found.refused.sort();
    Ok(found)
}

/// Most bytes that are made room for before any is read.
const ROOM: u64 = 1 << 16;

/// What may still be read.
struct Budget {
    left: u64,
}

impl Budget {
    fn new() -> Budget {
        Budget { left: TOTAL }
    }

    /// Reads a file to its end; the reason where it is too large or fails. `said` is its size as its
    /// folder tells: a hint, for a small file without room takes ten reads.
    fn read(&mut self, from: impl Read, said: u64) -> Result<Vec<u8>, String> {
        let limit = self.left.min(LARGEST);
        let mut bytes = Vec::with_capacity(said.min(ROOM) as usize + 1);
        from.take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| reason(&error))?;
        let size = bytes.len() as u64;
        if size > LARGEST {
            return Err(format!("it is larger than {} MB", LARGEST >> 20));
        }
        if size > limit {
            self.left = 0;
            return Err(format!(
                "the files of the case are larger than {} MB together",
                TOTAL >> 20
            ));
        }
        self.left -= size;
        Ok(bytes)
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}
