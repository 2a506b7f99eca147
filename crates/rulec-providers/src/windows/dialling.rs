//! `windows phonebooks`, `phonebook`, `cm-profile` and `connection`.
//!
//! Phonebooks are read as the files that they are: what the calls of RAS say is nothing where the service behind them is missing, and
//! looks like an empty phonebook.

use rulec_artefacts::ini;
use rulec_artefacts::phonebooks::Phonebooks;
use rulec_artefacts::text;
use rulec_facts::reason::Why;
use rulec_facts::untold;
use rulec_windows::{Read, Trouble};
use serde_json::{Value as Json, json};

use super::system::System;

/// Variables that say where phonebooks lie, and how that folder is called in the reader of files.
const PLACES: &[(&str, &str)] = &[
    ("APPDATA", "AppData/Roaming"),
    ("ProgramData", "ProgramData"),
];
const BELOW: &str = "Microsoft\\Network\\Connections";
/// The service behind all of this.
const SERVICE: &str = "RasMan";

/// All phonebooks, and why there may be more.
struct Found {
    phonebooks: Phonebooks,
    troubles: Vec<Trouble>,
}

/// Without its service nothing can be dialled, and RAS answers as if there were nothing.
fn served(system: &dyn System) -> Result<(), Trouble> {
    match system.service(SERVICE)? {
        Some(_) => Ok(()),
        None => {
            let detail = "this system has no service `RasMan`: it cannot tell of connections";
            Err(Trouble::new(Why::Unsupported, detail))
        }
    }
}

fn read(system: &dyn System) -> Found {
    let mut found = Found {
        phonebooks: Phonebooks::default(),
        troubles: Vec::new(),
    };
    for (variable, called) in PLACES {
        let Some(root) = system.variable(variable) else {
            let detail = "the environment does not tell where a folder of phonebooks is";
            found.troubles.push(Trouble::new(Why::Unsupported, detail));
            continue;
        };
        let path = format!("{root}\\{BELOW}");
        let name = format!("{called}/{}", BELOW.replace('\\', "/"));
        found.folder(system, &format!("{path}\\Pbk"), &format!("{name}/Pbk"), 1);
        found.folder(system, &format!("{path}\\Cm"), &format!("{name}/Cm"), 1);
    }
    if let Err(trouble) = served(system) {
        found.troubles.push(trouble);
    }
    found
}

impl Found {
    /// Takes the files of a folder, and of the folders in it `deeper` levels down.
    fn folder(&mut self, system: &dyn System, path: &str, name: &str, deeper: u8) {
        let entries = match system.folder(path) {
            Ok(entries) => entries.unwrap_or_default(),
            Err(trouble) => return self.troubles.push(trouble),
        };
        for entry in entries {
            let (path, name) = (
                format!("{path}\\{}", entry.name),
                format!("{name}/{}", entry.name),
            );
            let lower = entry.name.to_lowercase();
            if entry.folder && deeper > 0 {
                self.folder(system, &path, &name, deeper - 1);
            } else if [".pbk", ".cms"].iter().any(|it| lower.ends_with(it)) {
                self.file(system, &path, &name);
            }
        }
    }

    fn file(&mut self, system: &dyn System, path: &str, name: &str) {
        let text = match system.file(path) {
            Ok(None) => return,
            Ok(Some(bytes)) => text::decode(&bytes),
            Err(trouble) => return self.troubles.push(trouble),
        };
        match text {
            Some(text) => _ = self.phonebooks.add(name, &ini::read(&text)),
            None => {
                let detail = "a phonebook is no text";
                self.troubles.push(Trouble::new(Why::Malformed, detail));
            }
        }
    }

    fn first_trouble(self) -> Result<(), Trouble> {
        match self.troubles.into_iter().next() {
            Some(trouble) => Err(trouble),
            None => Ok(()),
        }
    }
}

pub(super) fn phonebooks(system: &dyn System) -> Read<Json> {
    let found = read(system);
    let marks = found.troubles.iter();
    let marks = marks.map(|it| untold::many(it.why, &it.detail)).collect();
    Ok(Some(found.phonebooks.with(marks).0))
}

/// A connection; not there only where every phonebook was read.
pub(super) fn phonebook(system: &dyn System, name: &str) -> Read<Json> {
    let found = read(system);
    if let Some((entry, _)) = found.phonebooks.entry(name) {
        return Ok(Some(entry));
    }
    found.first_trouble()?;
    Ok(None)
}

/// A profile with its folder, and the date of the newest file in that.
pub(super) fn profile(system: &dyn System, name: &str) -> Read<Json> {
    let found = read(system);
    let Some((mut profile, _)) = found.phonebooks.cm_profile(name) else {
        found.first_trouble()?;
        return Ok(None);
    };
    let folder = profile.get("folder").and_then(Json::as_str);
    let folder = folder.and_then(|it| it.strip_prefix("%APPDATA%"));
    let installed = folder.map(|below| installed(system, below));
    if let (Some(object), Some(installed)) = (profile.as_object_mut(), installed) {
        let told = installed.unwrap_or_else(|it| untold::value(it.why, &it.detail));
        object.insert("installed-at".to_owned(), told);
    }
    Ok(Some(profile))
}

fn installed(system: &dyn System, below: &str) -> Result<Json, Trouble> {
    let missing = || Trouble::new(Why::Missing, "the folder of the profile is not there");
    let root = system.variable("APPDATA").ok_or_else(missing)?;
    let entries = system.folder(&format!("{root}{below}"))?;
    let newest = entries
        .ok_or_else(missing)?
        .iter()
        .filter(|it| !it.folder)
        .filter_map(|it| it.changed)
        .max();
    let newest = newest.and_then(|it| jiff::Timestamp::from_second(it).ok());
    Ok(json!(newest.ok_or_else(missing)?.to_string()))
}

/// Whether a connection is up.
pub(super) fn connection(system: &dyn System, name: &str) -> Read<Json> {
    served(system)?;
    let name = name.to_lowercase();
    let up = system
        .connections()?
        .iter()
        .any(|it| it.to_lowercase() == name);
    Ok(Some(json!({ "connected": up })))
}
