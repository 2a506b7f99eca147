//! The files of a case, from a folder or a zip, within bounds: no link is followed, no path leads out, nothing grows without end.

mod folder;
mod zip;

use std::io::{self, Read};
use std::path::{Path, PathBuf};

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
    /// What is in it; none for a kind of file that nothing reads.
    pub bytes: Option<Result<Vec<u8>, String>>,
    /// Where it stays: it is read when it is asked.
    pub stays: Option<PathBuf>,
}

/// All files in order of name, and what was refused, with its path.
#[derive(Debug, Default)]
pub struct Files {
    /// Files.
    pub files: Vec<CaseFile>,
    /// Path and reason.
    pub refused: Vec<(String, String)>,
}

/// Which files are read.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// By name, whatever is in them; a folder of such a name is told.
    pub named: fn(&str) -> bool,
    /// By their first bytes; those that are too large are told.
    pub begins: fn(&[u8]) -> bool,
    /// By their first bytes; those that are too large are not, because most such files are something else.
    pub may_be: fn(&[u8]) -> bool,
    /// By their first bytes: those that stay where they lie once they are larger than [`HELD`], if that is a folder.
    pub may_stay: fn(&[u8]) -> bool,
}

/// Largest file that is held where it could stay, bytes.
const HELD: u64 = 4 << 20;

/// Reads a folder or a zip, and zips inside.
///
/// # Errors
/// The path does not exist, cannot be opened, or is a file that is no zip.
pub fn open(path: &Path, wanted: Wanted) -> io::Result<Files> {
    let mut budget = Budget::new();
    let mut found = if std::fs::metadata(path)?.is_dir() {
        folder::read(path, wanted, &mut budget)?
    } else {
        zip::read(path, wanted, &mut budget)?
    };
    unpack(&mut found, wanted, &mut budget);
    found.files.sort_by(|a, b| a.name.cmp(&b.name));
    found.refused.sort();
    Ok(found)
}

/// What a zip begins with.
const ZIP: &[u8] = b"PK\x03\x04";

/// Puts the files of each zip beside it, as `ZIP/NAME`; a zip in such a zip stays closed.
fn unpack(found: &mut Files, wanted: Wanted, budget: &mut Budget) {
    let mut inner = Vec::new();
    for file in &mut found.files {
        let Some(Ok(bytes)) = file
            .bytes
            .take_if(|it| matches!(it, Ok(bytes) if bytes.starts_with(ZIP)))
        else {
            continue;
        };
        let room = MOST_FILES.saturating_sub(inner.len());
        match zip::read_bytes(&bytes, wanted, budget, room) {
            Ok(files) => {
                let named = |name: String| format!("{}/{name}", file.name);
                found.refused.extend(
                    files
                        .refused
                        .into_iter()
                        .map(|(name, why)| (named(name), why)),
                );
                inner.extend(files.files.into_iter().map(|it| CaseFile {
                    name: named(it.name),
                    ..it
                }));
            }
            Err(error) => found.refused.push((file.name.clone(), error.to_string())),
        }
    }
    found.files.extend(inner);
}

/// First bytes of a file, by which it is told what it may be.
const HEAD: usize = 4096;

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

    /// Reads a file of that name, if it is wanted.
    fn read_wanted(
        &mut self,
        mut from: impl Read,
        name: &str,
        said: u64,
        wanted: Wanted,
    ) -> Option<Result<Vec<u8>, String>> {
        let mut head = Vec::with_capacity(HEAD);
        if let Err(error) = (&mut from).take(HEAD as u64).read_to_end(&mut head) {
            return Some(Err(reason(&error)));
        }
        let surely = (wanted.named)(name) || (wanted.begins)(&head) || head.starts_with(ZIP);
        if !surely && (said > LARGEST || !(wanted.may_be)(&head)) {
            return None;
        }
        Some(self.read(head.as_slice().chain(from), said))
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
