//! Files with sections and keys, as Windows writes phonebooks and profiles of Connection Manager: no escapes, no remarks behind values,
//! keys that repeat, blank lines inside sections.

use rulec_facts::fold::fold;
use serde_json::{Map, Value as Json};

use crate::secrets;

/// Sections in the order of the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ini {
    /// Name, and keys with their values in order.
    pub sections: Vec<(String, Vec<(String, String)>)>,
}

/// Whether a text begins with a section that has keys, or with several sections.
pub fn is_ini(text: &str) -> bool {
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with(';'));
    let Some(first) = lines.next() else {
        return false;
    };
    let heading = |line: &str| section_name(line).is_some();
    heading(first)
        && lines
            .next()
            .is_some_and(|line| heading(line) || line.contains('='))
}

fn section_name(line: &str) -> Option<&str> {
    line.strip_prefix('[')?.strip_suffix(']')
}

/// Reads all sections; a line that is neither a section nor a key is passed over.
pub fn read(text: &str) -> Ini {
    let mut ini = Ini::default();
    for line in text.lines() {
        let line = line.trim();
        if let Some(name) = section_name(line) {
            ini.sections.push((name.to_owned(), Vec::new()));
        } else if line.starts_with(';') {
            // A remark.
        } else if let (Some((key, value)), Some((_, keys))) =
            (line.split_once('='), ini.sections.last_mut())
        {
            keys.push((key.trim().to_owned(), value.trim().to_owned()));
        }
    }
    ini
}

impl Ini {
    /// The first section of that name, without case.
    pub fn section(&self, name: &str) -> Option<&[(String, String)]> {
        let mut all = self.sections.iter();
        all.find(|(it, _)| same(it, name))
            .map(|(_, keys)| keys.as_slice())
    }

    /// The first value of a key.
    pub fn value(&self, section: &str, key: &str) -> Option<&str> {
        value(self.section(section)?, key)
    }

    /// Section, key, value; a key that repeats has a list. Secrets are marked, not told.
    pub fn document(&self) -> Json {
        let mut document = Map::new();
        for (name, keys) in &self.sections {
            let section = document
                .entry(name.clone())
                .or_insert_with(|| Json::Object(Map::new()));
            let Some(section) = section.as_object_mut() else {
                continue;
            };
            for (key, value) in keys {
                let mut new = Json::String(value.clone());
                secrets::hide_member(key, &mut new);
                match section.get_mut(key) {
                    None => _ = section.insert(key.clone(), new),
                    Some(Json::Array(all)) => all.push(new),
                    Some(one) => *one = Json::Array(vec![one.take(), new]),
                }
            }
        }
        Json::Object(document)
    }
}

/// The first value of a key in a section, without case.
pub fn value<'a>(keys: &'a [(String, String)], key: &str) -> Option<&'a str> {
    let mut all = keys.iter();
    all.find(|(it, _)| same(it, key))
        .map(|(_, value)| value.as_str())
}

fn same(a: &str, b: &str) -> bool {
    a == b || fold(a).as_deref().unwrap_or(a) == fold(b).as_deref().unwrap_or(b)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_repeat_values_keep_their_signs_and_secrets_stay() {
        let text = "[Ein Büro; #1]\r\nA=1\r\nA=\r\n\r\nPath=C:\\x;y#z\r\nPreSharedKey=hunter2\r\nUrl=https://x/?sig=hunter2&a=1\r\nPem=-----BEGIN PRIVATE KEY-----hunter2\r\nrubbish\r\n[b]\r\nk = v\r\n";
        assert!(is_ini(text) && !is_ini("[\n  1,\n  2\n]") && !is_ini("x=1"));
        let ini = read(text);
        let document = ini.document();
        assert_eq!(document["Ein Büro; #1"]["A"], json!(["1", ""]));
        assert_eq!(document["Ein Büro; #1"]["Path"], "C:\\x;y#z");
        assert_eq!(ini.value("B", "K"), Some("v"));
        assert!(!document.to_string().contains("hunter2"));
    }
}
