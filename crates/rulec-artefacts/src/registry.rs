//! `windows registry` from exports (`.reg`, both versions), and what other saved texts tell of single values.
//!
//! A key that an export has answers for its values and its subkeys: what it does not have is *not there*. A key that no export has is
//! unknown, unless an export of a key above it has others below: `reg export` always takes all of them.

mod reg_file;

use std::collections::BTreeMap;

use rulec_facts::reason::Why;
use rulec_facts::untold;
use serde_json::{Map, Value as Json};

pub use reg_file::{RegFile, bytes, is_export, kept, read};

/// What is known of a key.
#[derive(Debug, Clone, Default)]
struct Key {
    /// As it is written.
    name: String,
    values: Map<String, Json>,
    file: String,
    /// Told in part, by something other than an export.
    partial: Option<&'static str>,
    /// Keys below it were exported along with it, in that file.
    with_subkeys: bool,
}

/// All exported keys of a case.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    keys: BTreeMap<String, Key>,
}

/// What the exports say of a place.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A document and the file that holds it.
    Document(Json, String),
    /// A key above was exported whole, and this one is not in it.
    NotThere(String),
    /// Nothing is known of it.
    NotTold,
}

/// What a store of the registry holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Blobs {
    /// None for one that is missing or damaged.
    pub blobs: Vec<Option<Vec<u8>>>,
    /// Marks for keys that were not exported.
    pub marks: Vec<Json>,
    /// The file that holds them.
    pub file: String,
}

impl Registry {
    /// Nothing was exported.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Takes an export. Told are keys of which another file says something else.
    pub fn add(&mut self, file: &str, export: RegFile) -> Vec<String> {
        let mut told = Vec::new();
        let common = common_root(&export);
        // Of a damaged file, what is missing says nothing.
        let cut = export.cut;
        for (name, values) in export.keys {
            let key = folded(&name);
            let with_subkeys = !cut && common.as_ref() == Some(&key);
            let new = Key {
                name,
                values,
                file: file.to_owned(),
                partial: None,
                with_subkeys,
            };
            match self.keys.get(&key) {
                Some(old) if old.partial.is_none() && old.values != new.values => {
                    told.push(format!(
                        "`{}` is exported with other values in `{}`; these are used",
                        new.name, old.file
                    ))
                }
                Some(old) if old.partial.is_none() => {}
                _ => {
                    self.keys.insert(key, new);
                }
            }
        }
        told
    }

    /// Values that another text tells of a key, which counts less than an export.
    pub fn hint(&mut self, file: &str, key: &str, values: Map<String, Json>, by: &'static str) {
        self.keys.entry(folded(key)).or_insert_with(|| Key {
            name: key.to_owned(),
            values,
            file: file.to_owned(),
            partial: Some(by),
            with_subkeys: false,
        });
    }

    /// The values of a key, or with `\*` at its end each subkey as a record with `key`.
    pub fn answer(&self, locator: &str) -> Found {
        match locator.trim().strip_suffix("\\*") {
            Some(parent) => self.subkeys(&self.key(parent)),
            None => self.values(&self.key(locator.trim())),
        }
    }

    fn values(&self, wanted: &str) -> Found {
        let Some(key) = self.keys.get(wanted) else {
            return self.missing(wanted);
        };
        let mut values = key.values.clone();
        if let Some(by) = key.partial {
            untold::rest(&mut values, Why::NotCollected, by);
        }
        Found::Document(Json::Object(values), key.file.clone())
    }

    fn subkeys(&self, wanted: &str) -> Found {
        let below = format!("{wanted}\\");
        let records: Vec<(&Key, &str)> = self
            .keys
            .range(below.clone()..)
            .take_while(|(at, _)| at.starts_with(&below))
            .filter_map(|(at, key)| {
                let rest = at.strip_prefix(&below)?;
                let own = !rest.contains('\\') && key.partial.is_none();
                own.then(|| (key, key.name.rsplit('\\').next().unwrap_or("")))
            })
            .collect();
        let whole = self.is_whole(wanted);
        let Some((first, _)) = records.first() else {
            return match self.keys.get(wanted) {
                Some(key) if whole => Found::Document(Json::Array(Vec::new()), key.file.clone()),
                _ => self.missing(wanted),
            };
        };
        let file = first.file.clone();
        let mut list: Vec<Json> = records
            .into_iter()
            .map(|(key, name)| {
                let mut record = key.values.clone();
                record.insert("key".to_owned(), Json::String(name.to_owned()));
                Json::Object(record)
            })
            .collect();
        if !whole {
            let detail = "the key itself was not exported whole, only some below it";
            list.push(untold::many(Why::NotCollected, detail));
        }
        Found::Document(Json::Array(list), file)
    }

    /// All keys below one are known: it or one above was exported with others below it.
    fn is_whole(&self, wanted: &str) -> bool {
        let Some(own) = self.keys.get(wanted).filter(|it| it.partial.is_none()) else {
            return false;
        };
        let mut at = wanted;
        loop {
            let key = self.keys.get(at);
            if key.is_some_and(|it| it.with_subkeys && it.file == own.file) {
                return true;
            }
            match at.rsplit_once('\\') {
                Some((parent, _)) => at = parent,
                None => return false,
            }
        }
    }

    fn missing(&self, wanted: &str) -> Found {
        let mut above = wanted;
        while let Some((parent, _)) = above.rsplit_once('\\') {
            if let Some(key) = self.keys.get(parent).filter(|it| it.with_subkeys) {
                return Found::NotThere(key.file.clone());
            }
            above = parent;
        }
        Found::NotTold
    }

    /// Keys directly below one, with the value `Blob` of each: certificates are kept so. An empty list where it is known that there are none.
    pub fn blobs(&self, parent: &str) -> Option<Blobs> {
        match self.subkeys(&self.key(parent)) {
            Found::Document(Json::Array(mut list), file) => {
                let marks = list.extract_if(.., |it| it.get("key").is_none()).collect();
                let blob = |it: &Json| reg_file::bytes(it.get("Blob")?.as_str()?);
                Some(Blobs {
                    blobs: list.iter().map(blob).collect(),
                    marks,
                    file,
                })
            }
            Found::NotThere(file) => Some(Blobs {
                blobs: Vec::new(),
                marks: Vec::new(),
                file,
            }),
            _ => None,
        }
    }

    /// The form in which keys are kept: short root, no case, and `CurrentControlSet` as it was exported.
    fn key(&self, locator: &str) -> String {
        let key = folded(locator.trim_end_matches('\\'));
        let current = "hklm\\system\\currentcontrolset";
        let Some(rest) = key.strip_prefix(current) else {
            return key;
        };
        if self
            .keys
            .range(current.to_owned()..)
            .next()
            .is_some_and(|(at, _)| at.starts_with(current))
        {
            return key;
        }
        match self.control_set() {
            Some(set) => format!("hklm\\system\\{set}{rest}"),
            None => key,
        }
    }

    /// The control set that is current: the one that `Select` names, or the only one that was exported.
    fn control_set(&self) -> Option<String> {
        let select = self.keys.get("hklm\\system\\select");
        if let Some(number) = select.and_then(|it| it.values.get("Current")?.as_u64()) {
            return Some(format!("controlset{number:03}"));
        }
        let start = "hklm\\system\\controlset";
        let mut sets: Vec<&str> = self
            .keys
            .range(start.to_owned()..)
            .take_while(|(at, _)| at.starts_with(start))
            .filter_map(|(at, _)| at.split('\\').nth(2))
            .collect();
        sets.dedup();
        match sets.as_slice() {
            [only] => Some((*only).to_owned()),
            _ => None,
        }
    }
}

/// The key above all others of an export that has more than one: so `reg export` writes them.
fn common_root(export: &RegFile) -> Option<String> {
    let mut keys = export.keys.iter().map(|(name, _)| folded(name));
    let first = keys.next()?;
    let below = format!("{first}\\");
    let mut several = false;
    for key in keys {
        several = true;
        if !key.starts_with(&below) {
            return None;
        }
    }
    several.then_some(first)
}

const ROOTS: &[(&str, &str)] = &[
    ("hkey_local_machine", "hklm"),
    ("hkey_current_user", "hkcu"),
    ("hkey_classes_root", "hkcr"),
    ("hkey_users", "hku"),
    ("hkey_current_config", "hkcc"),
];

/// A key without case and with the short name of its root.
fn folded(name: &str) -> String {
    let lower = name.to_lowercase();
    for (long, short) in ROOTS {
        if let Some(rest) = lower.strip_prefix(long) {
            return format!("{short}{rest}");
        }
    }
    lower
}

#[cfg(test)]
mod tests;
