//! The two places of a case that is being collected: `OUT.part` with the answers as they came, and `OUT` with what may be sent.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rulec_eval::{Answer, Request};
use rulec_providers::{answered, case_output};

use crate::failure::{Failure, io_reason};

/// The first file of answers as they came.
const NOTICE: &str = "00-NOT-REDACTED.txt";
const NOTICE_TEXT: &str =
    "This folder holds answers as they came, with names, addresses and identifiers.
Do not send it to anybody who may not know them: `rulec redact` makes a case that may be sent.
A folder whose name ends in `.part` is of a case that is being collected, or was interrupted:
`rulec collect --resume` goes on with it.
";

const NEW: &str = "without `--resume` a new case is begun";

/// Where a case is being collected.
pub struct Store {
    out: PathBuf,
    work: PathBuf,
    count: usize,
    /// Called between each two changes of the disk.
    step: Box<dyn Fn()>,
}

impl Store {
    /// The folder of answers as they came that belongs to a case.
    pub fn work_of(out: &Path) -> PathBuf {
        let mut name = OsString::from(out.as_os_str());
        // `4711/` is `4711`.
        while let Some(shorter) = name
            .to_str()
            .and_then(|it| it.strip_suffix(std::path::is_separator))
        {
            name = OsString::from(shorter);
        }
        name.push(".part");
        PathBuf::from(name)
    }

    /// Begins a case; its folder of answers has these files, by name.
    pub fn begin(out: &Path, files: &[(String, Vec<u8>)]) -> Result<Store, Failure> {
        Store::begin_watched(out, files, Box::new(|| ()))
    }

    fn begin_watched(
        out: &Path,
        files: &[(String, Vec<u8>)],
        step: Box<dyn Fn()>,
    ) -> Result<Store, Failure> {
        Store::refuse_taken(out)?;
        let work = Store::work_of(out);
        let mut all = vec![(NOTICE.to_owned(), NOTICE_TEXT.as_bytes().to_vec())];
        all.extend_from_slice(files);
        case_output::begin_folder(&work, &all, &[answered::FOLDER], &*step)
            .map_err(|error| Failure::unwritable(&work, &error))?;
        Ok(Store {
            out: out.to_owned(),
            work,
            count: 0,
            step,
        })
    }

    /// Goes on with one that was interrupted.
    pub fn resume(out: &Path) -> Result<Store, Failure> {
        let work = Store::work_of(out);
        let read = match fs::read_dir(work.join(answered::FOLDER)) {
            Ok(read) => read,
            Err(_) if is_left_over(&work) && case_output::is_taken(out) => {
                return Err(Store::ended_already(out, &work));
            }
            Err(_) if !work.is_dir() => {
                let text = format!("`{}` is not there: nothing was interrupted", work.display());
                return Err(Failure::new(text).help(NEW).about(&work));
            }
            Err(error) => {
                let text = format!(
                    "cannot go on with `{}`: {}",
                    work.display(),
                    io_reason(&error)
                );
                return Err(Failure::new(text).help(NEW).about(&work));
            }
        };
        case_output::sweep(&work);
        let numbers = read.flatten().filter_map(|it| {
            let name = it.file_name().to_string_lossy().into_owned();
            name.strip_suffix(".json")?.parse::<usize>().ok()
        });
        Ok(Store {
            out: out.to_owned(),
            count: numbers.max().unwrap_or(0),
            work,
            step: Box::new(|| ()),
        })
    }

    /// Only the taking away was interrupted: it is done now.
    fn ended_already(out: &Path, work: &Path) -> Failure {
        if let Err(error) = remove_work(work, &|| ()) {
            return unremoved(work, &error);
        }
        let (out, work) = (out.display(), work.display());
        Failure::new(format!(
            "`{out}` is whole: nothing is left to ask; what was left of `{work}` is taken away"
        ))
    }

    /// Something lies where a new case is to go.
    pub fn refuse_taken(out: &Path) -> Result<(), Failure> {
        if case_output::is_taken(out) {
            let text = format!("`{}` is there already", out.display());
            return Err(Failure::new(text).help("give a name that is not taken"));
        }
        let work = Store::work_of(out);
        if fs::symlink_metadata(&work).is_ok() {
            let text = format!("`{}` is there: a case that was interrupted", work.display());
            return Err(Failure::new(text).help("`--resume` goes on with it; or take it away"));
        }
        Ok(())
    }

    /// Keeps an answer; it is on the disk when this returns. A place that a secret names is not kept.
    pub fn keep(&mut self, request: &Request, answer: &Answer) -> io::Result<()> {
        let Some(text) = answered::text(request, answer) else {
            return Ok(());
        };
        self.put(&answered::file_name(self.count + 1), text.as_bytes())?;
        self.count += 1;
        Ok(())
    }

    /// Writes the case that may be sent, in place of what was there of it before.
    pub fn publish(&self, files: &[(String, String)]) -> io::Result<()> {
        case_output::replace_case(&self.out, files, &self.work, &*self.step)
    }

    /// Makes the answers as they came the case itself.
    pub fn publish_raw(&self) -> io::Result<()> {
        case_output::sweep(&self.work);
        if case_output::is_zip(&self.out) {
            let mut files = Vec::new();
            for folder in ["", answered::FOLDER] {
                files_of(&self.work, folder, &mut files)?;
            }
            files.sort();
            case_output::replace_case(&self.out, &files, &self.work, &*self.step)?;
            return remove_work(&self.work, &*self.step);
        }
        // An empty folder of that name makes room.
        let _ = fs::remove_dir(&self.out);
        fs::rename(&self.work, &self.out)?;
        (self.step)();
        Ok(())
    }

    /// Takes the answers as they came away: the case is whole.
    pub fn end(self) -> Result<(), Failure> {
        remove_work(&self.work, &*self.step).map_err(|error| unremoved(&self.work, &error))
    }

    /// Takes the case away that may not be sent after all.
    pub fn withdraw(&self) {
        // What is not there need not go.
        let _ = fs::remove_file(&self.out).or_else(|_| fs::remove_dir_all(&self.out));
    }

    /// The folder of the answers as they came.
    pub fn work(&self) -> &Path {
        &self.work
    }

    fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        case_output::replace(&self.work.join(name), bytes, &self.work, &*self.step)
    }
}

/// Takes a folder of answers as they came away. The answers go first, all at once, so that nobody goes on with a part of them; what tells
/// what the folder is goes last.
fn remove_work(work: &Path, step: case_output::Step<'_>) -> io::Result<()> {
    if work.join(answered::FOLDER).exists() {
        case_output::cast_off(work, answered::FOLDER)?;
        step();
    }
    case_output::sweep(work);
    step();
    let mut entries = fs::read_dir(work)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(|it| it.file_name() == NOTICE);
    for entry in entries {
        match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path())?,
            false => fs::remove_file(entry.path())?,
        }
        step();
    }
    fs::remove_dir(work)?;
    step();
    Ok(())
}

/// What an interrupted [`remove_work`] leaves.
fn is_left_over(work: &Path) -> bool {
    let empty = || fs::read_dir(work).is_ok_and(|mut it| it.next().is_none());
    work.join(NOTICE).is_file() || empty()
}

fn unremoved(work: &Path, error: &io::Error) -> Failure {
    let text = format!("cannot remove `{}`: {}", work.display(), io_reason(error));
    Failure::new(text).help("remove it by hand: it is not redacted")
}

fn files_of(work: &Path, folder: &str, files: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in fs::read_dir(work.join(folder))? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let name = match folder {
                "" => name,
                folder => format!("{folder}/{name}"),
            };
            files.push((name, fs::read_to_string(entry.path())?));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
