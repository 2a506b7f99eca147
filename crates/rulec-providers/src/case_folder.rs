//! A case as a folder or a zip: `case.yaml`, and beside it what was saved of Azure and of Windows.
//!
//! Opening reads everything that can be read; what cannot is a finding with its file and place, and costs itself only. What the files
//! mean is decided in `rulec-artefacts`; what they do not tell is unknown, never *not there*.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rulec_artefacts::arm_json::Resource;
use rulec_artefacts::events::Log;
use rulec_artefacts::evidence::{self, Evidence};
use rulec_facts::provider::{Answer, Provider, Request};
use rulec_facts::reason::Why;

use crate::answered::{self, Answered};
use crate::case_file::{self, CaseFile};
use crate::case_output::{NEXT, is_begun};
use crate::files::{self, Files, Wanted};
use crate::gather;

/// Names of the file that says what is known; the first that exists is read.
const CASE_FILES: &[&str] = &["case.yaml", "case.yml", "case.json"];
/// The file of what persons have answered, line by line; who asks them reads and writes it.
pub const ANSWERS: &str = "answers.jsonl";
/// The file of what was known of a case whose files were not kept.
pub const KEPT: &str = "kept.json";

/// An opened case.
#[derive(Debug)]
pub struct CaseFolder {
    /// What its `case.yaml` says.
    pub case: CaseFile,
    /// The path of that file, if there is one.
    pub case_file: Option<String>,
    /// What could not be read or used, in order of file.
    pub findings: Vec<CaseFinding>,
    /// The bytes of [`ANSWERS`].
    pub answers: Option<Vec<u8>>,
    /// The bytes of [`KEPT`].
    pub kept: Option<Vec<u8>>,
    /// All files, in order of name.
    files: Vec<String>,
    /// Answers that were kept as they came.
    answered: Answered,
    evidence: Evidence,
    used: Mutex<BTreeSet<String>>,
}

/// Something in a case that could not be read or used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CaseFinding {
    /// Path inside the case.
    pub file: String,
    /// Line and column, from 1.
    pub place: Option<(u32, u32)>,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for CaseFinding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.place {
            Some((line, column)) => write!(f, "{}:{line}:{column}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

impl CaseFolder {
    /// Opens a folder or a zip.
    ///
    /// # Errors
    /// The path does not exist, cannot be opened, or is neither.
    pub fn open(path: &Path) -> io::Result<CaseFolder> {
        Ok(CaseFolder::from_files(files::open(path, WANTED)?))
    }

    fn from_files(found: Files) -> CaseFolder {
        let top = top_folder(&found);
        let mut folder = CaseFolder {
            case: CaseFile::default(),
            case_file: None,
            findings: Vec::new(),
            answers: None,
            kept: None,
            files: Vec::new(),
            answered: Answered::default(),
            evidence: Evidence::default(),
            used: Mutex::default(),
        };
        for (name, why) in found.refused {
            if !is_begun(&name) {
                folder.complain(&name, None, why);
            }
        }
        let mut files: BTreeMap<String, files::CaseFile> = BTreeMap::new();
        for file in found.files {
            let name = file
                .name
                .strip_prefix(&top)
                .unwrap_or(&file.name)
                .to_owned();
            if is_begun(&name) {
                continue;
            }
            match name.strip_prefix(NEXT).and_then(|it| it.strip_prefix('/')) {
                // Whoever put it there was stopped before it was in its place.
                Some(name) => {
                    files.insert(name.to_owned(), file);
                }
                None => {
                    files.entry(name.to_owned()).or_insert(file);
                }
            }
        }
        for (name, file) in files {
            match (file.bytes, file.stays) {
                (_, Some(path)) => folder.leave(&name, path),
                (Some(Ok(bytes)), _) => folder.take(&name, bytes),
                (Some(Err(why)), _) => folder.complain(&name, None, why),
                (None, None) => {}
            }
            folder.files.push(name);
        }
        folder.assign_stores();
        folder.findings.sort();
        folder
    }

    /// A large log is read from where it lies.
    fn leave(&mut self, name: &str, path: PathBuf) {
        let log = Log::lying(move || Ok(Box::new(BufReader::new(File::open(&path)?))));
        for finding in self.evidence.take_log(name, log) {
            self.complain(name, finding.place, finding.message);
        }
    }

    fn take(&mut self, name: &str, bytes: Vec<u8>) {
        if name == ANSWERS {
            self.answers = Some(bytes);
            self.use_file(name);
            return;
        }
        if name == KEPT {
            self.kept = Some(bytes);
            self.use_file(name);
            return;
        }
        if CASE_FILES.contains(&name) {
            if let Some(first) = &self.case_file {
                let message = format!("`{first}` is the case file; this one is not read");
                self.complain(name, None, message);
                return;
            }
            self.case_file = Some(name.to_owned());
            match case_file::read(name, &bytes, &mut self.findings) {
                Ok(case) => self.case = case,
                Err(error) => self.complain(name, Some((error.line, error.column)), error.message),
            }
            self.use_file(name);
            return;
        }
        if name.ends_with(".json") && answered::is_answer(&bytes) {
            match answered::read(name, &bytes) {
                Ok((request, answer)) => self.answered.add(&request, answer),
                Err(error) => self.complain(name, Some((error.line, error.column)), error.message),
            }
            return;
        }
        for finding in self.evidence.take(name, bytes) {
            self.complain(name, finding.place, finding.message);
        }
    }

    /// What `stores` of the case file says.
    fn assign_stores(&mut self) {
        for (store, files) in self.case.stores.clone() {
            for missing in self.evidence.assign_store(&store, &files) {
                let file = self.case_file.clone().unwrap_or_default();
                let message = format!(
                    "`stores` names `{missing}`, which is not in the case or holds no certificate"
                );
                self.complain(&file, None, message);
            }
        }
    }

    /// Notes what could not be read of a file.
    pub fn complain(&mut self, file: &str, place: Option<(u32, u32)>, message: impl Into<String>) {
        self.findings.push(CaseFinding {
            file: file.to_owned(),
            place,
            message: message.into(),
        });
    }

    /// Resources that were saved; they fill `arm` params.
    pub fn resources(&self) -> Vec<Resource> {
        self.evidence.resources()
    }

    /// Files that nothing has read so far.
    pub fn unread(&self) -> Vec<&str> {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        self.files
            .iter()
            .map(String::as_str)
            .filter(|name| !used.contains(*name))
            .collect()
    }

    /// There are files, and none of them was of use.
    pub fn nothing_read(&self) -> bool {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.is_empty() && !self.files.is_empty()
    }

    /// It holds what a search has found: what is not in it was not asked, whatever its kind.
    fn is_collected(&self) -> bool {
        self.kept.is_some() || !self.answered.is_empty()
    }

    fn kept(&self, answer: &Answer) -> Answer {
        let (Answer::Found(_, from) | Answer::NotThere(from) | Answer::Unknown(_, _, from)) =
            answer;
        if let Some(file) = &from.file {
            self.use_file(file);
        }
        answer.clone()
    }

    fn use_file(&self, name: &str) {
        self.used
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name.to_owned());
    }
}

/// Nobody asked for it when the case was collected.
const NOT_ASKED: &str = "it was not asked when the case was collected";

/// Files that are read when the case is opened.
const WANTED: Wanted = Wanted {
    named: |name| {
        let base = name.rsplit('/').next().unwrap_or(name);
        CASE_FILES.contains(&base)
            || base == ANSWERS
            || base.to_ascii_lowercase().ends_with(".json")
    },
    begins: evidence::is_of_use,
    may_be: evidence::may_be_of_use,
    may_stay: evidence::may_stay,
};

/// A zip often holds the folder itself: `4711/case.yaml`. What all names begin with is no part of them.
fn top_folder(found: &Files) -> String {
    let mut tops = found
        .files
        .iter()
        .map(|file| file.name.split_once('/').map(|(top, _)| top));
    let Some(Some(first)) = tops.next() else {
        return String::new();
    };
    if !["azure", "plugins"].contains(&first) && tops.all(|top| top == Some(first)) {
        format!("{first}/")
    } else {
        String::new()
    }
}

impl Provider for CaseFolder {
    fn name(&self) -> &str {
        "case folder"
    }

    fn answers(&self, request: &Request) -> bool {
        self.is_collected() || self.answered.answers(request) || self.evidence.answers(request)
    }

    fn fetch(&self, request: &Request, _budget: Duration) -> Answer {
        let kept = self.answered.get(request);
        if let Some(answer) = kept.filter(|it| !matches!(it, Answer::Unknown(..))) {
            return self.kept(answer);
        }
        let (answer, files) = match self.evidence.answers(request) || !self.is_collected() {
            true => self.evidence.answer(request),
            false => (
                gather::unknown(request, Why::NotCollected, NOT_ASKED),
                Vec::new(),
            ),
        };
        match (kept, &answer) {
            // Files that were added since may know what could not be read then.
            (Some(kept), Answer::Unknown(..)) => self.kept(kept),
            _ => {
                for file in files {
                    self.use_file(&file);
                }
                answer
            }
        }
    }
}

#[cfg(test)]
mod tests;
