//! Writing a case: a folder, or a zip where the name ends so. All of it is there, or nothing of it. A case that grows is there at each moment
//! as it was before a write or as it is after it.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
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

/// Writes a file, or puts another in its place: at each moment the old one or the new one is there, whole. It is on the disk when this
/// returns. What is begun lies in `scratch`, a folder on the same disk.
///
/// # Errors
/// It cannot be written; then the old one stays.
pub fn replace(path: &Path, bytes: &[u8], scratch: &Path) -> io::Result<()> {
    let mut begun = begin(scratch)?;
    begun.write_all(bytes)?;
    settle(begun, path)
}

/// Writes a case, or puts another in its place: file by file in a folder, at once for a zip.
///
/// # Errors
/// It cannot be written; what was there stays.
pub fn replace_case(path: &Path, files: &[(String, String)], scratch: &Path) -> io::Result<()> {
    if is_zip(path) {
        let mut begun = begin(scratch)?;
        zip_into(begun.as_file_mut(), files)?;
        return settle(begun, path);
    }
    if fs::read_dir(path).is_ok_and(|mut it| it.next().is_some()) {
        let mut names = files.iter();
        return names
            .try_for_each(|(name, text)| replace(&path.join(name), text.as_bytes(), scratch));
    }
    let begun = tempfile::Builder::new().prefix(BEGUN).tempdir_in(scratch)?;
    for (name, text) in files {
        let mut file = File::create_new(begun.path().join(name))?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
    }
    // An empty folder of that name makes room.
    let _ = fs::remove_dir(path);
    fs::rename(begun.path(), path)?;
    // It lies elsewhere now.
    let _ = begun.keep();
    sync_folder(path);
    Ok(())
}

/// A new folder that only its owner can look into, where the system knows such.
///
/// # Errors
/// There is something of that name, or it cannot be made.
pub fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Takes away what was begun in a folder and never ended.
pub fn sweep(scratch: &Path) {
    for entry in fs::read_dir(scratch).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(BEGUN) {
            let path = entry.path();
            // What cannot be removed does no harm.
            let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path));
        }
    }
}

/// What the name of something begins with that is not ended.
const BEGUN: &str = ".begun-";

fn begin(scratch: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new().prefix(BEGUN).tempfile_in(scratch)
}

fn settle(begun: NamedTempFile, path: &Path) -> io::Result<()> {
    begun.as_file().sync_all()?;
    begun.persist(path).map_err(|error| error.error)?;
    sync_folder(path);
    Ok(())
}

/// Puts the entry of a file in its folder onto the disk, where the system wants that said. Some file systems refuse; then the file itself is
/// all that can be made sure of.
fn sync_folder(path: &Path) {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        let folder = match folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => folder,
        };
        let _ = File::open(folder).and_then(|it| it.sync_all());
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// The name says that it is to be a zip.
pub fn is_zip(path: &Path) -> bool {
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
    let mut file = File::create_new(path)?;
    zip_into(&mut file, files)?;
    file.sync_all()
}

fn zip_into(file: &mut File, files: &[(String, String)]) -> io::Result<()> {
    let mut writer = ZipWriter::new(file);
    for (name, text) in files {
        writer.start_file(name.as_str(), SimpleFileOptions::default())?;
        writer.write_all(text.as_bytes())?;
    }
    writer.finish()?;
    Ok(())
}
