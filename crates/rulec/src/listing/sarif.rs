//! Findings as SARIF 2.1.0, the format in which analysers hand their results to code scanning.

use rulec_syntax::diagnostic::{Code, Level};
use serde_json::{Value as Json, json};

use super::entry::{Entry, Region};
use crate::harmless;
use crate::places::{FilePlace, uri};

/// Where relative paths begin: the folder in which rulec ran.
const ROOT: &str = "%SRCROOT%";

/// The log of one run; `exit` is the exit code of the command.
pub fn log(entries: &[Entry], exit: u8) -> Json {
    let codes = codes(entries);
    let rules: Vec<Json> = codes.iter().map(|it| rule(it)).collect();
    let results: Vec<Json> = entries.iter().map(|it| result(it, &codes)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "rulec",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "invocations": [{
                // 2: something could not be read, so that the results are not all there is.
                "executionSuccessful": exit != 2,
                "exitCode": exit,
            }],
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": bases(entries),
            "results": results,
        }],
    })
}

/// Each code once, by name.
fn codes(entries: &[Entry]) -> Vec<&'static Code> {
    let mut codes: Vec<&'static Code> = entries.iter().map(|it| it.code).collect();
    codes.sort_by_key(|it| it.name);
    codes.dedup_by_key(|it| it.name);
    codes
}

/// A kind of finding, with its page of the book as help.
fn rule(code: &Code) -> Json {
    let page = code.page.trim_end();
    let first = page.lines().nth(2).unwrap_or(code.name);
    let first = first.split_once(".** ").map_or(first, |(_, rest)| rest);
    let short = first
        .split_once(". ")
        .map_or(first.to_owned(), |(it, _)| format!("{it}."));
    json!({
        "id": code.name,
        "shortDescription": { "text": short },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level(code.level) },
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
        Level::Off => "none",
    }
}

fn result(entry: &Entry, codes: &[&'static Code]) -> Json {
    let related = entry.related.iter().enumerate();
    let related: Vec<Json> = related
        .map(|(number, (region, text))| {
            json!({
                "id": number + 1,
                "message": message(text),
                "physicalLocation": location(region),
            })
        })
        .collect();
    let fixes: Vec<Json> = entry.fixes.iter().map(fix).collect();
    let index = codes.iter().position(|it| it.name == entry.code.name);
    let mut result = json!({
        "ruleId": entry.code.name,
        "ruleIndex": index,
        "level": level(entry.level),
        "message": message(&entry.text()),
        "locations": [{ "physicalLocation": location(&entry.region) }],
        "partialFingerprints": { "rulec/v1": fingerprint(entry) },
    });
    if let Json::Object(fields) = &mut result {
        for (name, list) in [("relatedLocations", related), ("fixes", fixes)] {
            if !list.is_empty() {
                fields.insert(name.to_owned(), Json::Array(list));
            }
        }
    }
    result
}

/// Text as it is: brackets and parentheses of rules must not become a link.
fn message(text: &str) -> Json {
    let text = harmless::lines(text);
    if text.contains("](") {
        return json!({ "text": text.replace('[', "\\[").replace(']', "\\]") });
    }
    json!({ "text": text })
}

fn location(region: &Region) -> Json {
    json!({ "artifactLocation": artifact(&region.file), "region": lines(region) })
}

fn lines(region: &Region) -> Json {
    json!({
        "startLine": region.start.line,
        "startColumn": region.start.column,
        "endLine": region.end.line,
        "endColumn": region.end.column,
    })
}

fn artifact(file: &FilePlace) -> Json {
    json!({ "uri": uri(&file.path), "uriBaseId": base(file) })
}

fn base(file: &FilePlace) -> &str {
    if file.elsewhere { &file.pack } else { ROOT }
}

fn fix(fix: &super::entry::Fix) -> Json {
    json!({
        "description": message(&fix.title),
        "artifactChanges": [{
            "artifactLocation": artifact(&fix.region.file),
            "replacements": [{
                "deletedRegion": lines(&fix.region),
                "insertedContent": { "text": fix.text },
            }],
        }],
    })
}

/// What each base is; where it lies on this machine is nobody's business.
fn bases(entries: &[Entry]) -> Json {
    let mut all = serde_json::Map::new();
    let text = "the folder in which rulec ran";
    all.insert(ROOT.to_owned(), json!({ "description": { "text": text } }));
    for entry in entries {
        let related = entry.related.iter().map(|(region, _)| region);
        for region in related.chain([&entry.region]) {
            if region.file.elsewhere {
                let text = "the folder of a pack that lies elsewhere";
                let described = json!({ "description": { "text": text } });
                all.insert(region.file.pack.clone(), described);
            }
        }
    }
    Json::Object(all)
}

/// The same after lines were added above.
fn fingerprint(entry: &Entry) -> String {
    let mut hash = blake3::Hasher::new();
    let key = &entry.key;
    for part in [&key.code, &key.pack, &key.file, &key.line, &key.marked] {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().to_hex().chars().take(32).collect()
}
