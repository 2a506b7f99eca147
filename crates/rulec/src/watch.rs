//! `--watch`: runs a command again whenever something changes that it reads. It sleeps in between; the system wakes it.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use crate::failure::Failure;
use crate::load::Home;
use crate::output::Output;

/// An editor writes a file in several steps, and a change of branch many files: when nothing came for so long, they are done.
const QUIET: Duration = Duration::from_millis(100);
/// Longest wait for quiet.
const LONGEST: Duration = Duration::from_secs(2);
/// Changed files that are named.
const MOST_NAMED: usize = 3;

/// What a command read.
#[derive(Debug, Default)]
pub struct Watched {
    /// Folders of packs: their rules, translations and texts count.
    folders: BTreeSet<PathBuf>,
    /// Folders and files of which everything counts.
    whole: BTreeSet<PathBuf>,
    /// What was named, and is not there.
    missing: BTreeSet<PathBuf>,
}

impl Watched {
    /// What was named on the command line, whether it can be read or not.
    pub fn path(&mut self, path: &Path) {
        let folder = if path.is_dir() {
            Some(path)
        } else {
            path.parent()
        };
        let folder = folder.map(|it| {
            let here = it == Path::new("");
            if here { Path::new(".") } else { it }
        });
        if let Some(folder) = folder.and_then(|it| fs::canonicalize(it).ok()) {
            // One that is put away and back is seen from above.
            self.folders.extend(folder.parent().map(Path::to_owned));
            if let Some(name) = path.file_name().filter(|_| !path.exists()) {
                self.missing.insert(folder.join(name));
            }
            self.folders.insert(folder);
        }
    }

    /// The folders of packs that were read.
    pub fn homes(&mut self, homes: &[Home]) {
        for folder in homes.iter().filter_map(|it| it.folder.as_ref()) {
            let Ok(folder) = fs::canonicalize(folder) else {
                continue;
            };
            for side in ["locales", "texts"] {
                let side = folder.join(side);
                if side.is_dir() {
                    self.folders.insert(side);
                }
            }
            self.folders.insert(folder);
        }
    }

    /// A case folder or zip.
    pub fn case(&mut self, path: &Path) {
        if let Ok(path) = fs::canonicalize(path) {
            self.whole.insert(path);
        }
    }

    /// Whether a change there is one of what was read.
    fn holds(&self, path: &Path) -> bool {
        let name = path.file_name().and_then(|it| it.to_str()).unwrap_or("");
        let ending = Path::new(name).extension().and_then(|it| it.to_str());
        let in_pack = matches!(ending, Some("rules" | "ftl" | "tsv"))
            || matches!(name, "locales" | "texts")
            || self.folders.contains(path)
            || self.missing.contains(path);
        in_pack || self.whole.iter().any(|it| path.starts_with(it))
    }
}

/// Runs `once` again and again; ends only when nobody reads the output, or when nothing can be watched.
pub fn repeat(
    output: &mut Output,
    mut once: impl FnMut(&mut Output, &mut Watched) -> Result<u8, Failure>,
) -> Result<u8, Failure> {
    let (sender, events) = channel();
    let mut watcher = notify::recommended_watcher(sender).map_err(|error| unwatchable(&error))?;
    loop {
        let mut watched = Watched::default();
        match once(output, &mut watched) {
            Err(Failure::ClosedPipe) => return Err(Failure::ClosedPipe),
            Err(failure) => output.report(&failure),
            Ok(_) => {}
        }
        watch(&mut watcher, &watched)?;
        writeln!(output, "\nwatching for changes; Ctrl+C ends")?;
        output.flush()?;
        let changed = changes(&events, &watched)?;
        writeln!(output, "\n── changed: {}", names(&changed))?;
    }
}

/// A folder that is gone by now is no failure: the one above it is watched.
fn watch(watcher: &mut RecommendedWatcher, watched: &Watched) -> Result<(), Failure> {
    let single = watched.folders.iter();
    let single = single.map(|it| (it, RecursiveMode::NonRecursive));
    let whole = watched.whole.iter();
    let whole = whole.map(|it| (it, RecursiveMode::Recursive));
    let mut problem = None;
    let mut count = 0;
    for (path, mode) in single.chain(whole) {
        match watcher.watch(path, mode) {
            Ok(()) => count += 1,
            Err(error) => problem = Some(error),
        }
    }
    match problem {
        Some(error) if count == 0 => Err(unwatchable(&error)),
        None if count == 0 => Err(Failure::new("there is no folder to watch")
            .help("give the folder of a pack, or a file; standard input cannot be watched")),
        _ => Ok(()),
    }
}

/// Sleeps until something that counts has changed, and the changes are over.
fn changes(
    events: &Receiver<notify::Result<notify::Event>>,
    watched: &Watched,
) -> Result<BTreeSet<PathBuf>, Failure> {
    let mut changed = BTreeSet::new();
    while changed.is_empty() {
        let event = events.recv().map_err(|_| over())?;
        changed.extend(paths(event, watched));
    }
    let first = Instant::now();
    while first.elapsed() < LONGEST {
        match events.recv_timeout(QUIET) {
            Ok(event) => changed.extend(paths(event, watched)),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return Err(over()),
        }
    }
    Ok(changed)
}

/// Paths of an event that counts: reading is none, nor is a change of times and rights.
fn paths(event: notify::Result<notify::Event>, watched: &Watched) -> Vec<PathBuf> {
    let Ok(event) = event else {
        return Vec::new();
    };
    let counts = match event.kind {
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => false,
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => true,
    };
    let paths = event.paths.into_iter().filter(|it| watched.holds(it));
    paths.filter(|_| counts).collect()
}

fn names(changed: &BTreeSet<PathBuf>) -> String {
    let name = |path: &PathBuf| {
        let name = path.file_name().unwrap_or(path.as_os_str());
        crate::harmless::line(&name.to_string_lossy())
    };
    let names: Vec<String> = changed.iter().take(MOST_NAMED).map(name).collect();
    match changed.len() - names.len() {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

fn unwatchable(error: &notify::Error) -> Failure {
    Failure::new(format!("cannot watch for changes: {error}"))
}

fn over() -> Failure {
    Failure::new("cannot watch for changes any more: the system tells none")
}
