//! What other tools read: findings and failed tests as SARIF, as annotations of GitHub, and as JUnit; baselines of known ones.
//!
//! Our own JSON and the text for people are in `findings`, which the build script shares.

pub mod baseline;
pub mod entry;
mod github;
#[cfg(test)]
mod hostile;
pub mod junit;
mod sarif;

use rulec_syntax::diagnostic::Diagnostic;
use rulec_syntax::source::{LineColumn, Sources};

use crate::args::ResultFormat;
use crate::failure::Failure;
use crate::load::UNREADABLE_FILE;
use crate::places::{self, Places};
use entry::{Entry, Key, Region};

/// What a command lists for other machines.
pub struct Listing<'e> {
    /// The command: `rulec check`.
    pub command: &'static str,
    /// In order of place.
    pub entries: &'e [Entry],
    /// Paths of all files that were looked at, so that those without findings can be named.
    pub files: &'e [String],
    /// Its exit code.
    pub exit: u8,
}

/// Findings with their places as other machines know them; `fails` says which make the command fail.
pub fn entries(
    findings: &[Diagnostic],
    sources: &Sources,
    places: &Places,
    fails: impl Fn(&Diagnostic) -> bool,
) -> Vec<Entry> {
    let with_verdict = |finding: &Diagnostic| Entry {
        fails: fails(finding),
        ..Entry::new(finding, sources, places)
    };
    findings.iter().map(with_verdict).collect()
}

/// The listing in a format for machines other than our own JSON.
pub fn for_machines(format: ResultFormat, listing: &Listing<'_>) -> String {
    match format {
        ResultFormat::Github => github::annotations(listing.entries),
        ResultFormat::Junit => {
            let suites = suites(listing);
            // Writing into memory does not fail.
            junit::document(listing.command, &suites).unwrap_or_default()
        }
        ResultFormat::Sarif | ResultFormat::Json | ResultFormat::Text => {
            format!("{:#}\n", sarif::log(listing.entries, listing.exit))
        }
    }
}

/// A suite a file; a case a finding, or one that passed.
fn suites(listing: &Listing<'_>) -> Vec<junit::Suite> {
    let mut paths: Vec<&str> = listing.files.iter().map(String::as_str).collect();
    let found = listing.entries.iter();
    paths.extend(found.map(|it| it.region.file.path.as_str()));
    paths.sort_unstable();
    paths.dedup();
    let suite = |path: &str| {
        let here = listing.entries.iter();
        let here = here.filter(|it| it.region.file.path == path);
        let mut cases: Vec<junit::Case> = here.map(case).collect();
        if cases.is_empty() {
            cases.push(junit::Case {
                name: "no findings".to_owned(),
                class: path.to_owned(),
                outcome: junit::Outcome::Passed,
                time: None,
            });
        }
        junit::Suite {
            name: path.to_owned(),
            cases,
        }
    };
    paths.into_iter().map(suite).collect()
}

fn case(entry: &Entry) -> junit::Case {
    let start = entry.region.start;
    let name = format!("{} {}:{}", entry.title, start.line, start.column);
    let text = format!("{}: {}", entry.place(), entry.text());
    let failed = junit::Failed {
        kind: entry.level.name().to_owned(),
        message: entry.message.clone(),
        text: text.clone(),
    };
    let outcome = if entry.code == &UNREADABLE_FILE {
        junit::Outcome::Error(failed)
    } else if entry.fails {
        junit::Outcome::Failed(failed)
    } else {
        junit::Outcome::Said(format!("{}: {text}", entry.level.name()))
    };
    junit::Case {
        name,
        class: entry.region.file.path.clone(),
        outcome,
        time: None,
    }
}

/// A path that could not be read, as a finding at its beginning; none for other failures.
pub fn of_failure(format: ResultFormat, failure: &Failure) -> Option<String> {
    let Failure::Message {
        message,
        help,
        path: Some(path),
    } = failure
    else {
        return None;
    };
    let file = places::of_path(path);
    let start = LineColumn { line: 1, column: 1 };
    let help = help.iter().map(|it| format!("help: {it}"));
    let entry = Entry {
        code: &UNREADABLE_FILE,
        level: UNREADABLE_FILE.level,
        title: UNREADABLE_FILE.name.to_owned(),
        message: message.clone(),
        details: help.collect(),
        key: Key {
            code: UNREADABLE_FILE.name.to_owned(),
            pack: file.pack.clone(),
            file: file.in_pack.clone(),
            line: String::new(),
            marked: String::new(),
        },
        region: Region {
            file,
            start,
            end: start,
        },
        related: Vec::new(),
        fixes: Vec::new(),
        fails: true,
    };
    let listing = Listing {
        command: "rulec",
        entries: &[entry],
        files: &[],
        exit: 2,
    };
    Some(for_machines(format, &listing))
}
