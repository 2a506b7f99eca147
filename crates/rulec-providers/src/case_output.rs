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
/// returns. What is begun lies in `scratch`, a folder on the same disk. `step` is called between each two changes of the disk.
///
/// # Errors
/// It cannot be written; then the old one stays.
pub fn replace(path: &Path, bytes: &[u8], scratch: &Path, step: Step<'_>) -> io::Result<()> {
    let mut begun = begin(scratch)?;
    step();
    begun.write_all(bytes)?;
    step();
    settle(begun, path, step)
}

/// Writes a case, or puts another in its place: at each moment a reader sees all files of the old one, or all of the new one. `step` is
/// called between each two changes of the disk.
///
/// # Errors
/// It cannot be written; what was there stays.
pub fn replace_case(
    path: &Path,
    files: &[(String, String)],
    scratch: &Path,
    step: Step<'_>,
) -> io::Result<()> {
    if is_zip(path) {
        let mut begun = begin(scratch)?;
        step();
        zip_into(begun.as_file_mut(), files)?;
        step();
        return settle(begun, path, step);
    }
    let taken = fs::read_dir(path).is_ok_and(|mut it| it.next().is_some());
    if taken {
        bring_in(path, step)?;
    }
    let begun = tempfile::Builder::new().prefix(BEGUN).tempdir_in(scratch)?;
    for (name, text) in files {
        let mut file = File::create_new(begun.path().join(name))?;
        step();
        file.write_all(text.as_bytes())?;
        step();
        file.sync_all()?;
    }
    let to = match taken {
        // From here on its files count, and no longer those beside it.
        true => path.join(NEXT),
        false => {
            // An empty folder of that name makes room.
            let _ = fs::remove_dir(path);
            path.to_owned()
        }
    };
    step();
    fs::rename(begun.path(), &to)?;
    // It lies elsewhere now.
    let _ = begun.keep();
    sync_folder(&to);
    step();
    match taken {
        true => bring_in(path, step),
        false => Ok(()),
    }
}

/// Puts the files of [`NEXT`] in the place of those that they stand for.
fn bring_in(path: &Path, step: Step<'_>) -> io::Result<()> {
    let next = path.join(NEXT);
    let entries = match fs::read_dir(&next) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        fs::rename(entry.path(), path.join(entry.file_name()))?;
        step();
    }
    sync_folder(&next);
    fs::remove_dir(&next)?;
    step();
    Ok(())
}

/// Writes a folder with files and empty folders, for its owner alone, where the system knows such: all of it is there, or nothing.
/// `step` is called between each two changes of the disk.
///
/// # Errors
/// There is something of that name, or it cannot be written.
pub fn begin_folder(
    path: &Path,
    files: &[(String, Vec<u8>)],
    folders: &[&str],
    step: Step<'_>,
) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!("{BEGUN}{name}-");
    let parent = folder_of(path);
    // Of those that were killed in here.
    sweep_named(parent, &prefix);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    let begun = builder.tempdir_in(parent)?;
    step();
    for name in folders {
        fs::create_dir(begun.path().join(name))?;
        step();
    }
    for (name, bytes) in files {
        let mut file = File::create_new(begun.path().join(name))?;
        step();
        file.write_all(bytes)?;
        file.sync_all()?;
        step();
    }
    if fs::symlink_metadata(path).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(begun.path(), path)?;
    let _ = begun.keep();
    sync_folder(path);
    step();
    Ok(())
}

/// Takes away what was begun in a folder and never ended.
pub fn sweep(scratch: &Path) {
    sweep_named(scratch, BEGUN);
}

fn sweep_named(folder: &Path, prefix: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(prefix) {
            let path = entry.path();
            // What cannot be removed does no harm.
            let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path));
        }
    }
}

/// Gives something in a folder a name by which it counts as begun and not ended, so that nobody reads it any more; `sweep` takes it away.
///
/// # Errors
/// It is not there, or cannot be renamed.
pub fn cast_off(folder: &Path, name: &str) -> io::Result<()> {
    fs::rename(folder.join(name), folder.join(format!("{BEGUN}{name}")))
}

/// Called between each two changes of the disk: a test looks there at what a process would leave that is killed.
pub type Step<'a> = &'a dyn Fn();

/// What the name of something begins with that is not ended; no reader of a case looks at it.
const BEGUN: &str = ".begun-";

/// The folder in a case of files that stand for those of the same names beside it, until they are put in their place.
pub(crate) const NEXT: &str = ".next";

/// A path inside a case leads to something that was begun and not ended.
pub(crate) fn is_begun(name: &str) -> bool {
    name.split('/').any(|it| it.starts_with(BEGUN))
}

fn begin(scratch: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new().prefix(BEGUN).tempfile_in(scratch)
}

fn settle(begun: NamedTempFile, path: &Path, step: Step<'_>) -> io::Result<()> {
    begun.as_file().sync_all()?;
    begun.persist(path).map_err(|error| error.error)?;
    sync_folder(path);
    step();
    Ok(())
}

/// Puts the entry of a file in its folder onto the disk, where the system wants that said. Some file systems refuse; then the file itself is
/// all that can be made sure of.
fn sync_folder(path: &Path) {
    #[cfg(unix)]
    let _ = File::open(folder_of(path)).and_then(|it| it.sync_all());
    #[cfg(not(unix))]
    let _ = path;
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
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
