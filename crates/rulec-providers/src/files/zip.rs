//! The files of a zip: names with backslashes are paths, names that lead out are refused, a bomb is not unpacked.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use ::zip::read::ZipFile;
use ::zip::{ZipArchive, result::ZipError};

use super::{Budget, CaseFile, Files, MOST_FILES};

/// A file that is this much larger than its packed form, and larger than [`SMALL`], is taken for a bomb.
const MOST_RATIO: u64 = 200;
/// Files up to this size may be packed as well as they like, bytes.
const SMALL: u64 = 8 << 20;

pub(super) fn read(path: &Path, wanted: fn(&str) -> bool) -> io::Result<Files> {
    let file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is neither a folder nor a zip"));
    }
    let mut archive = ZipArchive::new(BufReader::new(file))
        .map_err(|error| io::Error::other(zip_reason(&error)))?;
    let mut found = Files::default();
    let mut budget = Budget::new();
    for at in 0..archive.len() {
        if at >= MOST_FILES {
            found.refused.push((
                String::new(),
                format!("the zip has more than {MOST_FILES} files; the others are not read"),
            ));
            break;
        }
        match archive.by_index(at) {
            Ok(entry) => take(entry, wanted, &mut budget, &mut found),
            Err(error) => found
                .refused
                .push((format!("entry {}", at + 1), zip_reason(&error))),
        }
    }
    Ok(found)
}

fn take<R: io::Read>(
    entry: ZipFile<'_, R>,
    wanted: fn(&str) -> bool,
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
    if raw.ends_with('/') || raw.ends_with('\\') {
        return;
    }
    let name = match inner_path(&raw) {
        Ok(name) => name,
        Err(why) => {
            found.refused.push((raw, why.to_owned()));
            return;
        }
    };
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
    let bytes = wanted(&name).then(|| {
        if bomb {
            Err(format!(
                "it unpacks to more than {MOST_RATIO} times its packed size, and is not unpacked"
            ))
        } else {
            let said = entry.size();
            budget.read(entry, said)
        }
    });
    found.files.push(CaseFile { name, bytes });
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
