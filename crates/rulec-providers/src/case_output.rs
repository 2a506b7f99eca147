//! Writing a case: a folder, or a zip where the name ends so. All of it is there, or nothing of it.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Something lies there already.
pub fn is_taken(path: &Path) -> bool {
    match fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_some() || is_zip(path),
        Err(_) => fs::symlink_metadata(path).is_ok(),
    }
}

/// Writes files, by name, into a new folder or zip.
///
/// # Errors
/// Something lies there already, or it cannot be written.
pub fn write(path: &Path, files: &[(String, String)]) -> io::Result<()> {
    if is_taken(path) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let beside = beside(path);
    let written = match is_zip(path) {
        true => zip(&beside, files),
        false => folder(&beside, files),
    };
    let written = written.and_then(|()| {
        // An empty folder of that name makes room.
        let _ = fs::remove_dir(path);
        fs::rename(&beside, path)
    });
    if written.is_err() {
        let _ = fs::remove_file(&beside);
        let _ = fs::remove_dir_all(&beside);
    }
    written
}

/// Writes a file that is for its owner alone, where the system knows such.
///
/// # Errors
/// There is one of that name, or it cannot be written.
pub fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

fn is_zip(path: &Path) -> bool {
    path.extension()
        .is_some_and(|it| it.eq_ignore_ascii_case("zip"))
}

fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(".new");
    PathBuf::from(name)
}

fn folder(path: &Path, files: &[(String, String)]) -> io::Result<()> {
    fs::create_dir(path)?;
    for (name, text) in files {
        fs::write(path.join(name), text)?;
    }
    Ok(())
}

fn zip(path: &Path, files: &[(String, String)]) -> io::Result<()> {
    let mut writer = ZipWriter::new(File::create_new(path)?);
    for (name, text) in files {
        writer.start_file(name.as_str(), SimpleFileOptions::default())?;
        writer.write_all(text.as_bytes())?;
    }
    writer.finish()?.sync_all()
}
