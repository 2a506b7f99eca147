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

/// Where a case is being collected.
pub struct Store {
    out: PathBuf,
    work: PathBuf,
    count: usize,
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
        Store::refuse_taken(out)?;
        let work = Store::work_of(out);
        let unwritable = |error: io::Error| Failure::unwritable(&work, &error);
        case_output::private_folder(&work).map_err(unwritable)?;
        let store = Store {
            out: out.to_owned(),
            work: work.clone(),
            count: 0,
        };
        let written = store.put(NOTICE, NOTICE_TEXT.as_bytes()).and_then(|()| {
            fs::create_dir(work.join(answered::FOLDER))?;
            let mut files = files.iter();
            files.try_for_each(|(name, bytes)| store.put(name, bytes))
        });
        match written {
            Ok(()) => Ok(store),
            Err(error) => {
                // Nothing of a case is in it yet.
                let _ = fs::remove_dir_all(&work);
                Err(unwritable(error))
            }
        }
    }

    /// Goes on with one that was interrupted.
    pub fn resume(out: &Path) -> Result<Store, Failure> {
        let work = Store::work_of(out);
        let read = fs::read_dir(work.join(answered::FOLDER)).map_err(|error| {
            let text = format!(
                "cannot go on with `{}`: {}",
                work.display(),
                io_reason(&error)
            );
            Failure::new(text)
                .help("without `--resume` a new case is begun")
                .about(&work)
        })?;
        case_output::sweep(&work);
        let numbers = read.flatten().filter_map(|it| {
            let name = it.file_name().to_string_lossy().into_owned();
            name.strip_suffix(".json")?.parse::<usize>().ok()
        });
        Ok(Store {
            out: out.to_owned(),
            count: numbers.max().unwrap_or(0),
            work,
        })
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
        case_output::replace_case(&self.out, files, &self.work)
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
            case_output::replace_case(&self.out, &files, &self.work)?;
            return fs::remove_dir_all(&self.work);
        }
        // An empty folder of that name makes room.
        let _ = fs::remove_dir(&self.out);
        fs::rename(&self.work, &self.out)
    }

    /// Takes the answers as they came away: the case is whole.
    pub fn end(self) -> Result<(), Failure> {
        fs::remove_dir_all(&self.work).map_err(|error| {
            let text = format!(
                "cannot remove `{}`: {}",
                self.work.display(),
                io_reason(&error)
            );
            Failure::new(text).help("remove it by hand: it is not redacted")
        })
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
        case_output::replace(&self.work.join(name), bytes, &self.work)
    }
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
