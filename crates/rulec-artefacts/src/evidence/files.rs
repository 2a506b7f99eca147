//! Files of a case as `file` kinds ask for them: by the end of the path that a rule names.

use rulec_facts::fixture::strict_json;
use serde_json::Value as Json;

use crate::certificates::Contents;
use crate::secrets;

/// Largest text that is kept, bytes; what is larger is over the budget.
const LARGEST: usize = 4 << 20;

/// What a file is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    /// Its tree; and as a package, if it is the settings of one.
    Xml(Json, Option<Json>),
    Ini(Json),
    Json,
    Text,
    /// Neither a text nor read as one.
    Bytes,
}

/// A file of the case.
#[derive(Debug)]
pub(super) struct SavedFile {
    pub(super) name: String,
    pub(super) form: Form,
    text: Option<String>,
    pub(super) contents: Option<Contents>,
}

/// All files that are of some use by themselves.
#[derive(Debug, Default)]
pub(super) struct SavedFiles {
    files: Vec<SavedFile>,
}

/// Which file a path means.
pub(super) enum Match<'a> {
    One(&'a SavedFile),
    None,
    Several,
}

impl SavedFiles {
    pub(super) fn add(&mut self, name: &str, form: Form, text: Option<&str>) {
        self.files.push(SavedFile {
            name: name.to_owned(),
            form,
            text: text.filter(|it| it.len() <= LARGEST).map(str::to_owned),
            contents: None,
        });
    }

    pub(super) fn add_certificates(&mut self, name: &str, contents: Contents) {
        match self.files.last_mut().filter(|it| it.name == name) {
            Some(file) => file.contents = Some(contents),
            None => {
                self.add(name, Form::Bytes, None);
                if let Some(file) = self.files.last_mut() {
                    file.contents = Some(contents);
                }
            }
        }
    }

    pub(super) fn all(&self) -> &[SavedFile] {
        &self.files
    }

    /// The certificates of the file of exactly that name.
    pub(super) fn contents(&self, name: &str) -> Option<&Contents> {
        self.files
            .iter()
            .find(|it| it.name == name)?
            .contents
            .as_ref()
    }

    /// Of the files that fit, the one whose path ends as the asked one does, in as many parts as possible and at least in its name.
    pub(super) fn find(&self, path: &str, fits: fn(&SavedFile) -> bool) -> Match<'_> {
        let wanted = parts(path);
        let mut best: (usize, Match<'_>) = (0, Match::None);
        for file in self.files.iter().filter(|it| fits(it)) {
            let own = parts(&file.name);
            let same = own
                .iter()
                .rev()
                .zip(wanted.iter().rev())
                .take_while(|(a, b)| a == b)
                .count();
            if same > best.0 {
                best = (same, Match::One(file));
            } else if same == best.0 && same > 0 {
                best = (same, Match::Several);
            }
        }
        best.1
    }
}

fn parts(path: &str) -> Vec<String> {
    path.replace('\\', "/")
        .split('/')
        .filter(|it| !it.is_empty() && *it != ".")
        .map(str::to_lowercase)
        .collect()
}

impl SavedFile {
    /// The document of `file lines`.
    pub(super) fn lines(&self) -> Option<Json> {
        Some(secrets::lines(self.text.as_deref()?))
    }

    /// The document of `file json`.
    pub(super) fn json(&self) -> Option<Json> {
        let mut json = strict_json(self.text.as_deref()?.trim_start_matches('\u{FEFF}')).ok()?;
        secrets::hide(&mut json);
        Some(json)
    }
}
