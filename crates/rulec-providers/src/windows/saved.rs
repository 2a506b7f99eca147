//! `file …`: a file of this machine, read by the readers of saved files.

use rulec_artefacts::evidence::Evidence;
use rulec_facts::provider::{Answer, Request};
use rulec_facts::reason::Why;
use rulec_windows::{Read, Trouble};

use super::system::System;

/// The answer of the reader, or nothing where the folder is there and the file is not in it.
pub(super) fn file(system: &dyn System, request: &Request) -> Read<Answer> {
    let path = request.locator.as_deref().unwrap_or("").replace('/', "\\");
    let path = expanded(system, &path)?;
    let Some(bytes) = system.file(&path)? else {
        let folder = path.rsplit_once('\\').map_or("", |(folder, _)| folder);
        let found = system.folder(folder)?.is_some();
        let never = matches!(request.kind.as_str(), "certificates" | "crl");
        return match found && !never {
            true => Ok(None),
            false => Err(Trouble::new(Why::Missing, "there is no such file")),
        };
    };
    let mut evidence = Evidence::default();
    let findings = evidence.take(&path.replace('\\', "/"), bytes);
    let (answer, _) = evidence.answer(request);
    if let Answer::Unknown(Why::NotCollected, ..) = &answer {
        let detail = match findings.first() {
            Some(finding) => format!("the file cannot be read as that: {}", finding.message),
            None => "the file is not one of that kind".to_owned(),
        };
        return Err(Trouble::new(Why::Malformed, detail));
    }
    Ok(Some(answer))
}

/// A path with the variables in it filled, `%APPDATA%\…`.
fn expanded(system: &dyn System, path: &str) -> Result<String, Trouble> {
    let mut parts = path.split('%');
    let mut whole = parts.next().unwrap_or("").to_owned();
    while let Some(name) = parts.next() {
        let Some(rest) = parts.next() else {
            // A sign that no other follows.
            whole.push('%');
            whole.push_str(name);
            break;
        };
        let value = system.variable(name).ok_or_else(|| {
            let detail = "the path has a variable that the environment does not";
            Trouble::new(Why::Missing, detail)
        })?;
        whole.push_str(&value);
        whole.push_str(rest);
    }
    Ok(whole)
}
