//! `case.yaml`: what is known of a case beside its files.
//!
//! Values stay as written; the program's types read them later. An unknown key is a finding, never ignored.

use rulec_facts::fixture::{Format, Given, TextError, Yaml, strict_json, utf8, yaml};
use serde_json::Value as Json;

use crate::case_folder::CaseFinding;

/// What `case.yaml` says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CaseFile {
    /// Pasted texts, codes or names of symptoms.
    pub symptoms: Vec<String>,
    /// The case's own time, RFC 3339.
    pub now: Option<String>,
    /// Params by name.
    pub params: Given,
    /// Facts by full name.
    pub facts: Given,
    /// Language of the report.
    pub locale: Option<String>,
    /// Certificate stores, each with the files that were exported from it.
    pub stores: Vec<(String, Vec<String>)>,
}

const KEYS: &[&str] = &["symptoms", "params", "now", "facts", "locale", "stores"];

/// Reads the bytes of a case file; `name` is its path inside the case. What cannot be used is a finding, the rest is kept.
///
/// # Errors
/// The text as a whole cannot be read.
pub fn read(
    name: &str,
    bytes: &[u8],
    findings: &mut Vec<CaseFinding>,
) -> Result<CaseFile, TextError> {
    let text = utf8(bytes)?;
    let document = match Format::of_name(name) {
        Format::Json => Document {
            value: strict_json(text)?,
            yaml: None,
        },
        _ => {
            let parsed = yaml(text)?;
            Document {
                value: parsed.value.clone(),
                yaml: Some(parsed),
            }
        }
    };
    let mut reader = Reader {
        name,
        document: &document,
        findings,
    };
    let file = match &document.value {
        Json::Object(_) => reader.file(),
        Json::Null => CaseFile::default(),
        _ => {
            reader.complain(
                &[],
                "a case file has the keys `symptoms`, `params`, `now`, `facts`, `locale` and `stores`",
            );
            CaseFile::default()
        }
    };
    Ok(file)
}

struct Document {
    value: Json,
    yaml: Option<Yaml>,
}

struct Reader<'a> {
    name: &'a str,
    document: &'a Document,
    findings: &'a mut Vec<CaseFinding>,
}

impl Reader<'_> {
    fn complain(&mut self, path: &[&str], message: impl Into<String>) {
        let place = self
            .document
            .yaml
            .as_ref()
            .and_then(|yaml| yaml.place(path));
        self.findings.push(CaseFinding {
            file: self.name.to_owned(),
            place: place.or(Some((1, 1))),
            message: message.into(),
        });
    }

    fn file(&mut self) -> CaseFile {
        let mut file = CaseFile::default();
        let document = self.document;
        for (key, value) in document.value.as_object().into_iter().flatten() {
            match key.as_str() {
                "symptoms" => file.symptoms = self.texts(key, value),
                "now" => file.now = self.text(key, value),
                "locale" => file.locale = self.text(key, value),
                "params" => file.params = self.named(key, value),
                "facts" => file.facts = self.named(key, value),
                "stores" => file.stores = self.stores(key, value),
                other => {
                    let near = KEYS
                        .iter()
                        .max_by(|a, b| strsim::jaro(a, other).total_cmp(&strsim::jaro(b, other)));
                    let near =
                        near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                    self.complain(&[key], format!("a case file has no key `{other}`{near}"));
                }
            }
        }
        file
    }

    fn text(&mut self, key: &str, value: &Json) -> Option<String> {
        match value {
            Json::String(text) => Some(text.clone()),
            Json::Number(number) => Some(number.to_string()),
            Json::Null => None,
            _ => {
                self.complain(&[key], format!("`{key}` is one text"));
                None
            }
        }
    }

    fn texts(&mut self, key: &str, value: &Json) -> Vec<String> {
        match value {
            Json::Array(items) => items
                .iter()
                .filter_map(|item| self.text(key, item))
                .collect(),
            other => self.text(key, other).into_iter().collect(),
        }
    }

    fn stores(&mut self, key: &str, value: &Json) -> Vec<(String, Vec<String>)> {
        match value {
            Json::Object(object) => object
                .iter()
                .map(|(store, files)| (store.clone(), self.texts(key, files)))
                .collect(),
            Json::Null => Vec::new(),
            _ => {
                let message =
                    "`stores` has stores with their files, as in `CurrentUser\\My: [leaf.cer]`";
                self.complain(&[key], message);
                Vec::new()
            }
        }
    }

    fn named(&mut self, key: &str, value: &Json) -> Given {
        let mut given = Given::default();
        match value {
            Json::Object(object) => {
                for (name, value) in object {
                    let place = self
                        .document
                        .yaml
                        .as_ref()
                        .and_then(|yaml| yaml.place(&[key, name]));
                    given.insert(name, value.clone(), place);
                }
            }
            Json::Null => {}
            _ => self.complain(
                &[key],
                format!("`{key}` has names with values, as in `os.build: 19045`"),
            ),
        }
        given
    }
}
