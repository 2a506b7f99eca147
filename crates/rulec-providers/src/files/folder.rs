//! The files of a folder, by a walk that follows no link.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{Budget, CaseFile, DEEPEST, FOLDER, Files, HEAD, HELD, MOST_FILES, Wanted, reason};

pub(super) fn read(root: &Path, wanted: Wanted, budget: &mut Budget) -> io::Result<Files> {
    fs::read_dir(root)?;
    let mut walk = Walk {
        found: Files::default(),
        budget,
        wanted,
    };
    let mut pending = vec![(root.to_owned(), String::new(), 0)];
    while let Some((dir, prefix, depth)) = pending.pop() {
        let entries = match entries(&dir) {
            Ok(entries) => entries,
            Err(error) => {
                walk.refuse(&prefix, &reason(&error));
                continue;
            }
        };
        for path in entries {
            if walk.found.files.len() >= MOST_FILES {
                walk.refuse(
                    &prefix,
                    &format!("the case has more than {MOST_FILES} files; the others are not read"),
                );
                return Ok(walk.found);
            }
            let name = format!(
                "{prefix}{}",
                path.file_name().unwrap_or_default().to_string_lossy()
            );
            match fs::symlink_metadata(&path) {
                Ok(about) if about.is_dir() && depth >= DEEPEST => {
                    walk.refuse(&name, "it lies too deep")
                }
                Ok(about) if about.is_dir() => {
                    if (wanted.named)(&name) {
                        walk.refuse(&name, FOLDER);
                    }
                    pending.push((path, format!("{name}/"), depth + 1));
                }
                Ok(about) if about.is_file() => walk.file(&path, name, about.len()),
                Ok(about) if about.is_symlink() => {
                    walk.refuse(&name, "it is a symbolic link, and these are not followed")
                }
                Ok(_) => walk.refuse(&name, "it is no regular file"),
                Err(error) => walk.refuse(&name, &reason(&error)),
            }
        }
    }
    Ok(walk.found)
}

fn entries(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(dir)?.take(MOST_FILES + 1) {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths)
}

struct Walk<'a> {
    found: Files,
    budget: &'a mut Budget,
    wanted: Wanted,
}

impl Walk<'_> {
    fn refuse(&mut self, name: &str, why: &str) {
        self.found
            .refused
            .push((name.trim_end_matches('/').to_owned(), why.to_owned()));
    }

    fn file(&mut self, path: &Path, name: String, said: u64) {
        let stays = (said > HELD && self.may_stay(path)).then(|| path.to_owned());
        let bytes = match File::open(path) {
            Ok(_) if stays.is_some() => None,
            Ok(file) => self.budget.read_wanted(file, &name, said, self.wanted),
            Err(error) => Some(Err(reason(&error))),
        };
        self.found.files.push(CaseFile { name, bytes, stays });
    }

    fn may_stay(&self, path: &Path) -> bool {
        let mut head = Vec::new();
        let read = File::open(path).and_then(|it| it.take(HEAD as u64).read_to_end(&mut head));
        read.is_ok() && (self.wanted.may_stay)(&head)
    }
}
