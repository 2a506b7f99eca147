//! Where the files of packs lie, for outputs that other machines read: never a path of this one.
//!
//! A path is relative to the folder in which rulec runs, which in CI is the root of the repository; of a pack that lies elsewhere it is
//! relative to the pack. Nothing is read here but where folders really are.

use std::fs;
use std::path::{Component, Path, PathBuf};

use rulec_syntax::source::{FileId, Sources};

use crate::load::{Home, Loaded};

/// A file as other machines find it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilePlace {
    /// Relative, with `/`: to the folder in which rulec runs, or to that of the pack.
    pub path: String,
    /// The pack lies elsewhere.
    pub elsewhere: bool,
    /// Name of the pack's folder.
    pub pack: String,
    /// Relative to the pack, with `/`.
    pub in_pack: String,
}

impl Loaded {
    /// Where each text lies, for other machines.
    pub fn places(&self) -> Places {
        Places::new(&self.sources, &self.homes)
    }
}

/// Places of all files of a run, by number.
#[derive(Debug, Clone, Default)]
pub struct Places(Vec<FilePlace>);

impl Places {
    /// Asks the file system once a file, for links and `..` are paths of this machine too.
    fn new(sources: &Sources, homes: &[Home]) -> Places {
        let here = fs::canonicalize(".").unwrap_or_default();
        let stray = Home::default();
        let all = sources.iter().map(|(id, file)| {
            let home = homes.get(id.0 as usize).unwrap_or(&stray);
            place(&here, home, &file.path)
        });
        Places(all.collect())
    }

    /// The place of a file.
    pub fn get(&self, id: FileId) -> FilePlace {
        self.0.get(id.0 as usize).cloned().unwrap_or_default()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &FilePlace> {
        self.0.iter()
    }
}

/// The place of something that is no part of a pack, or was not found.
pub fn of_path(path: &str) -> FilePlace {
    let here = fs::canonicalize(".").unwrap_or_default();
    place(&here, &Home::default(), path)
}

fn place(here: &Path, home: &Home, shown: &str) -> FilePlace {
    let Some(folder) = &home.folder else {
        return FilePlace {
            path: plain(Path::new(shown)).unwrap_or_else(|| last(shown)),
            elsewhere: plain(Path::new(shown)).is_none(),
            pack: home.name.clone(),
            in_pack: last(shown),
        };
    };
    let full = full(Path::new(shown));
    let within = |dir: &Path| full.strip_prefix(dir).ok().and_then(plain);
    let in_pack = within(&self::full(folder)).unwrap_or_else(|| last(shown));
    // What was typed stays as it is, also through a link.
    let from_here = plain(Path::new(shown)).or_else(|| within(here));
    FilePlace {
        elsewhere: from_here.is_none(),
        path: from_here.unwrap_or_else(|| in_pack.clone()),
        pack: home.name.clone(),
        in_pack,
    }
}

/// Without links; of a file that cannot be found, its folder is.
fn full(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| {
        let folder = path.parent().and_then(|it| fs::canonicalize(it).ok());
        folder
            .zip(path.file_name())
            .map_or_else(|| path.to_owned(), |(folder, name)| folder.join(name))
    })
}

/// With `/`, if it leads nowhere but down.
fn plain(path: &Path) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(part) => parts.push(part.to_string_lossy()),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

fn last(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

/// A relative path as a URI reference: whatever is no letter, digit or `-._~/` is encoded, so that no name can end a path or begin a scheme.
pub fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_this_machine_is_never_shown() {
        let dir = fs::canonicalize(std::env::temp_dir()).unwrap();
        let home = Home {
            folder: Some(dir.clone()),
            name: "tmp".to_owned(),
            ..Home::default()
        };
        let here = Path::new("/somewhere/else");
        let file = dir.join("locales/de.ftl");
        let place = place(here, &home, file.to_str().unwrap());
        assert!(place.elsewhere);
        assert_eq!(place.path, "locales/de.ftl");
        let down = super::place(here, &home, "rules/./a b/x.rules");
        assert_eq!(down.path, "rules/a b/x.rules");
        assert!(!down.elsewhere);
        assert_eq!(of_path("../../secret/name.rules").path, "name.rules");
    }

    #[test]
    fn a_uri_holds_nothing_that_means_something() {
        assert_eq!(
            uri("a b/%41:#?\"\n.rules"),
            "a%20b/%2541%3A%23%3F%22%0A.rules"
        );
        assert_eq!(uri("日"), "%E6%97%A5");
    }
}
