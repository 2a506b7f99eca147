//! The files of a zip: names with backslashes are paths, names that lead out are refused, a bomb is not unpacked.

use std::collections::{BTreeSet, HashSet};
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use ::zip::read::ZipFile;
use ::zip::{ZipArchive, result::ZipError};

use super::{Budget, CaseFile, FOLDER, Files, MOST_FILES, Wanted};

/// A file that is this much larger than its packed form, and larger than [`SMALL`], is taken for a bomb.
const MOST_RATIO: u64 = 200;
/// Files up to this size may be packed as well as they like, bytes.
const SMALL: u64 = 8 << 20;

/// What an entry of the directory begins with, and bytes before its name.
const SIGNATURE: &[u8] = b"PK\x01\x02";
const ENTRY: usize = 46;

pub(super) fn read(path: &Path, wanted: Wanted, budget: &mut Budget) -> io::Result<Files> {
    let file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is neither a folder nor a zip"));
    }
    let again = BufReader::new(File::open(path)?);
    entries(BufReader::new(file), again, wanted, budget, MOST_FILES)
}

/// A zip that is a file of a case.
pub(super) fn read_bytes(
    bytes: &[u8],
    wanted: Wanted,
    budget: &mut Budget,
    room: usize,
) -> io::Result<Files> {
    entries(Cursor::new(bytes), Cursor::new(bytes), wanted, budget, room)
}

fn entries<R: Read + Seek>(
    from: R,
    again: R,
    wanted: Wanted,
    budget: &mut Budget,
    room: usize,
) -> io::Result<Files> {
    let mut archive =
        ZipArchive::new(from).map_err(|error| io::Error::other(zip_reason(&error)))?;
    let mut found = Files::default();
    for name in twice(again, archive.central_directory_start())? {
        let why = "the zip holds it more than once; the last is used";
        found.refused.push((name, why.to_owned()));
    }
    for at in 0..archive.len() {
        if at >= room {
            found.refused.push((
                String::new(),
                format!("the zip has more than {MOST_FILES} files; the others are not read"),
            ));
            break;
        }
        match archive.by_index(at) {
            Ok(entry) => take(entry, wanted, budget, &mut found),
            Err(error) => found
                .refused
                .push((format!("entry {}", at + 1), zip_reason(&error))),
        }
    }
    Ok(found)
}

/// Names that stand in the directory of the zip more than once; the library keeps the last of each and says nothing.
fn twice(mut reader: impl Read + Seek, start: u64) -> io::Result<BTreeSet<String>> {
    reader.seek(SeekFrom::Start(start))?;
    let mut names: HashSet<Vec<u8>> = HashSet::new();
    let mut twice = BTreeSet::new();
    let mut head = [0; ENTRY];
    while reader.read_exact(&mut head).is_ok() && head.starts_with(SIGNATURE) {
        let length = |at: usize| match head.get(at..at + 2) {
            Some(&[low, high]) => u16::from_le_bytes([low, high]),
            _ => 0,
        };
        let mut name = vec![0; usize::from(length(28))];
        if reader.read_exact(&mut name).is_err() {
            break;
        }
        reader.seek(SeekFrom::Current(
            i64::from(length(30)) + i64::from(length(32)),
        ))?;
        if !names.insert(name.clone()) {
            twice.insert(String::from_utf8_lossy(&name).replace('\\', "/"));
        }
    }
    Ok(twice)
}

fn take<R: io::Read>(
    entry: ZipFile<'_, R>,
    wanted: Wanted,
    budget: &mut Budget,
    found: &mut Files,
) {
    let raw = match entry.name() {
        Ok(name) => name.into_owned(),
        Err(error) => {
            found
                .refused
                .push(("an entry".to_owned(), zip_reason(&error)));
            return;
        }
    };
    let is_folder = raw.ends_with('/') || raw.ends_with('\\');
    let name = match inner_path(&raw) {
        Ok(name) => name,
        Err(_) if is_folder => return,
        Err(why) => {
            found.refused.push((raw, why.to_owned()));
            return;
        }
    };
    if is_folder {
        if (wanted.named)(&name) {
            found.refused.push((name, FOLDER.to_owned()));
        }
        return;
    }
    if entry.is_symlink() {
        found.refused.push((
            name,
            "it is a symbolic link, and these are not followed".to_owned(),
        ));
        return;
    }
    if found.files.iter().any(|file| file.name == name) {
        found
            .refused
            .push((name, "the zip holds it twice; the first is used".to_owned()));
        return;
    }
    let bomb = entry.size() > SMALL && entry.size() / entry.compressed_size().max(1) > MOST_RATIO;
    let bytes = if !bomb {
        let said = entry.size();
        budget.read_wanted(entry, &name, said, wanted)
    } else {
        Some(Err(format!(
            "it unpacks to more than {MOST_RATIO} times its packed size, and is not unpacked"
        )))
    };
    found.files.push(CaseFile {
        name,
        bytes,
        stays: None,
    });
}

/// A name of a zip as a path inside the case.
fn inner_path(raw: &str) -> Result<String, &'static str> {
    let name = raw.replace('\\', "/");
    let drive = name.as_bytes().get(1) == Some(&b':');
    if name.starts_with('/') || drive {
        return Err("its path is absolute, and is not used");
    }
    if name.contains('\0') {
        return Err("its name holds a NUL byte");
    }
    let parts: Vec<&str> = name
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    if parts.contains(&"..") {
        return Err("its path leads out of the zip, and is not used");
    }
    Ok(parts.join("/"))
}

fn zip_reason(error: &ZipError) -> String {
    match error {
        ZipError::InvalidArchive(_) => "it is neither a folder nor a readable zip".to_owned(),
        ZipError::UnsupportedArchive(_) => {
            "it is packed or encrypted in a way that cannot be read".to_owned()
        }
        other => other.to_string(),
    }
}
