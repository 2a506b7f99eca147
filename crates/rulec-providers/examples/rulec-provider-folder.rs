//! A plug-in in Rust: `folder listing "PATH"`, the files of a folder. `rulec provider test target/debug/examples/rulec-provider-folder` tries it.

use std::fs;
use std::io::{self, ErrorKind};
use std::sync::Arc;

use rulec_facts::provider::{Answer, Provenance, Request};
use rulec_facts::reason::Why;
use rulec_providers::plugin::serve;
use serde_json::{Value as Json, json};

fn main() -> io::Result<()> {
    let description = json!({
        "protocol": 1, "name": "Folders of this machine", "version": "1.0", "system": "folder",
        "kinds": [{
            "kind": "listing", "title": "Files of a folder, in order of name", "locator": "path of a folder",
            "arguments": { "suffix": { "value": "text", "about": "only names that end so" } },
            "result": { "list": { "record": { "name": "string", "bytes": "int" } } },
            "privilege": "none", "permission": "to list the folder", "not_there": "there is no such folder",
            "cost_ms": 20, "consent": false, "example": { "locator": "/no/such/folder" },
        }],
    });
    serve(
        &description,
        io::stdin().lock(),
        io::stdout().lock(),
        listing,
    )
}

fn listing(request: &Request) -> Answer {
    let from = Provenance::default();
    let suffix = request.arguments.iter().find(|(word, _)| word == "suffix");
    let suffix = suffix
        .and_then(|(_, values)| values.first())
        .map_or("", String::as_str);
    match files(request.locator.as_deref().unwrap_or(""), suffix) {
        Ok(list) => Answer::Found(Arc::new(Json::Array(list)), from),
        Err(error) => match error.kind() {
            ErrorKind::NotFound => Answer::NotThere(from),
            ErrorKind::PermissionDenied => Answer::Unknown(Why::Denied, String::new(), from),
            _ => Answer::Unknown(Why::NotCollected, error.to_string(), from),
        },
    }
}

fn files(folder: &str, suffix: &str) -> io::Result<Vec<Json>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(suffix) && entry.file_type()?.is_file() {
            all.push((name, entry.metadata()?.len()));
        }
    }
    all.sort();
    let json = all.into_iter();
    Ok(json
        .map(|(name, bytes)| json!({ "name": name, "bytes": bytes }))
        .collect())
}
