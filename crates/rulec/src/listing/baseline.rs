//! Findings that are known and forgiven, so that an old pack can be checked from today on: only new ones count.
//!
//! A finding is known by its code, its file in the pack and what stands there, never by its line: whoever adds a rule above makes
//! nothing new. Two of the same are two: a third is new.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rulec_syntax::diagnostic::Diagnostic;
use rulec_syntax::source::Sources;
use serde::{Deserialize, Serialize};

use super::entry::Key;
use crate::failure::Failure;
use crate::load::UNREADABLE_FILE;
use crate::places::Places;

/// The version of the file.
const FORMAT: u32 = 1;

/// The file.
#[derive(Serialize, Deserialize)]
struct File {
    format: u32,
    findings: Vec<Known>,
}

/// Findings of one kind at places that look the same.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    code: String,
    pack: String,
    file: String,
    line: String,
    marked: String,
    #[serde(default = "once")]
    count: usize,
}

fn once() -> usize {
    1
}

/// What became of the known ones.
pub struct Forgiven {
    /// They are still there, and are not shown.
    pub shown_before: usize,
    /// They are there no more.
    pub gone: usize,
}

/// Keeps what the baseline does not know.
pub fn forgive(
    path: &Path,
    findings: &mut Vec<Diagnostic>,
    sources: &Sources,
    places: &Places,
) -> Result<Forgiven, Failure> {
    let mut known = read(path)?;
    let before = findings.len();
    findings.retain(|finding| {
        let key = key(finding, sources, places);
        match known.get_mut(&key).filter(|count| **count > 0) {
            // What could not be read was not checked.
            Some(count) if finding.code != &UNREADABLE_FILE => {
                *count -= 1;
                false
            }
            _ => true,
        }
    });
    Ok(Forgiven {
        shown_before: before - findings.len(),
        gone: known.values().fold(0, |all, it| all.saturating_add(*it)),
    })
}

/// Writes down all findings; how many.
pub fn write(
    path: &Path,
    findings: &[Diagnostic],
    sources: &Sources,
    places: &Places,
) -> Result<usize, Failure> {
    let mut counted: BTreeMap<Key, usize> = BTreeMap::new();
    let lasting = findings.iter().filter(|it| it.code != &UNREADABLE_FILE);
    for finding in lasting {
        *counted.entry(key(finding, sources, places)).or_default() += 1;
    }
    // A finding a line, so that a difference of two baselines can be read.
    let lines: Vec<String> = counted
        .iter()
        .map(|(key, count)| {
            let known = Known {
                code: key.code.clone(),
                pack: key.pack.clone(),
                file: key.file.clone(),
                line: key.line.clone(),
                marked: key.marked.clone(),
                count: *count,
            };
            serde_json::to_string(&known).map(|it| format!("\n{it}"))
        })
        .collect::<Result<_, _>>()
        .map_err(|error| Failure::new(format!("cannot write a finding: {error}")))?;
    let end = if lines.is_empty() { "" } else { "\n" };
    let text = format!(
        "{{\"format\": {FORMAT}, \"findings\": [{}{end}]}}\n",
        lines.join(",")
    );
    fs::write(path, text).map_err(|error| Failure::unwritable(path, &error))?;
    Ok(counted.values().sum())
}

fn key(finding: &Diagnostic, sources: &Sources, places: &Places) -> Key {
    let file = places.get(finding.span.file);
    Key::new(finding.code.name, finding.span, sources, &file)
}

fn read(path: &Path) -> Result<BTreeMap<Key, usize>, Failure> {
    let help = "`rulec check --write-baseline FILE` writes one";
    let text =
        fs::read_to_string(path).map_err(|error| Failure::unreadable(path, &error).help(help))?;
    let wrong = |why: String| {
        let message = format!("`{}` is no baseline: {why}", path.display());
        Failure::new(message).help(help).about(path)
    };
    let file: File = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    if file.format != FORMAT {
        return Err(wrong(format!(
            "its format is {}, not {FORMAT}",
            file.format
        )));
    }
    let mut known: BTreeMap<Key, usize> = BTreeMap::new();
    for it in file.findings {
        let key = Key {
            code: it.code,
            pack: it.pack,
            file: it.file,
            line: it.line,
            marked: it.marked,
        };
        let count = known.entry(key).or_default();
        *count = count.saturating_add(it.count);
    }
    Ok(known)
}
