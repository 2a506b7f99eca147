//! Which request is answered from what.

use std::sync::Arc;

use rulec_facts::provider::{Answer, Provenance, Request};
use rulec_facts::reason::Why;
use rulec_facts::source;
use rulec_facts::untold;
use serde_json::{Map, Value as Json, json};

use super::Evidence;
use super::files::{Form, Match, SavedFile};
use super::machine::{Named, SELECTION, Told};
use crate::arm_json::Method;
use crate::azure_ask::Ask;
use crate::certificates::{self, Contents};
use crate::events::Query;
use crate::registry::{Blobs, Found};

/// An answer, and the files that it was read from.
pub type Answered = (Answer, Vec<String>);

impl Evidence {
    /// Something of that kind was saved, so that requests for it are answered, if only with *unknown*.
    pub fn answers(&self, request: &Request) -> bool {
        let any = |fits: fn(&SavedFile) -> bool| self.files.all().iter().any(fits);
        match (request.system.as_str(), request.kind.as_str()) {
            ("azure", "arm") => true,
            ("azure", "activity" | "metrics" | "logs" | "graph") => self.arm.has(&request.kind),
            ("azure", "vpn-package") => any(is_package),
            ("file", "xml") => any(is_xml),
            ("file", "ini") => any(is_ini),
            ("file", "json") => any(is_json),
            ("file", "lines") => any(is_text),
            ("file", "certificates" | "crl") => any(has_certificates),
            ("windows", "registry") => !self.registry.is_empty(),
            ("windows", "events") => !self.events.is_empty(),
            ("windows", "phonebook" | "phonebooks") => !self.phonebooks.is_empty(),
            ("windows", "cm-profile") => !self.phonebooks.has_no_profile(),
            ("windows", "adapters") => self.machine.adapters().is_some(),
            ("windows", "routes") => self.machine.has_routes(),
            ("windows", "system") => self.machine.system().is_some(),
            ("windows", "updates") => self.machine.updates().is_some(),
            ("windows", "nrpt") => self.machine.nrpt.is_some(),
            ("windows", "command") => self
                .machine
                .command(request.locator.as_deref().unwrap_or(""))
                .is_some(),
            ("windows", "service") => {
                !self.machine.services.is_empty() || !self.registry.is_empty()
            }
            ("windows", "appx") => !self.machine.apps.is_empty(),
            ("windows", "certificates") => self.machine.has_stores() || !self.registry.is_empty(),
            _ => self.plugins.has(request),
        }
    }

    /// What a plug-in answered.
    fn plugin(&self, request: &Request, from: Provenance) -> Answered {
        let Some(answer) = self.plugins.answer(request) else {
            let detail = "nothing was recorded of this place".to_owned();
            return (Answer::Unknown(Why::NotCollected, detail, from), Vec::new());
        };
        let (Answer::Found(_, from) | Answer::NotThere(from) | Answer::Unknown(_, _, from)) =
            answer;
        let file = from.file.clone();
        (answer.clone(), file.into_iter().collect())
    }

    /// The answer to a request.
    pub fn answer(&self, request: &Request) -> Answered {
        let locator = request.locator.as_deref().unwrap_or("");
        let from = Provenance {
            kind: format!("{} {}", request.system, request.kind),
            place: locator.to_owned(),
            ..Provenance::default()
        };
        if !source::systems().contains(&request.system.as_str()) {
            return self.plugin(request, from);
        }
        if let Some(on) = request.on.as_deref().filter(|it| !it.is_empty()) {
            let detail = match request.secret {
                _ if request.system == "azure" => format!("`azure {}` takes no `on`", request.kind),
                true => "the case holds files of one machine, not of another".to_owned(),
                false => format!("the case holds files of one machine, not of `{on}`"),
            };
            return (Answer::Unknown(Why::Unsupported, detail, from), Vec::new());
        }
        let machine = &self.machine;
        match (request.system.as_str(), request.kind.as_str()) {
            ("azure", "arm") => self.arm(request, locator),
            ("azure", "activity" | "metrics" | "logs" | "graph") => {
                let (answer, file) = self.arm.asked(request);
                (answer, file.into_iter().map(str::to_owned).collect())
            }
            ("azure", "vpn-package") => self.package(locator, from),
            ("file", kind) => self.file(kind, locator, from),
            ("windows", "registry") => self.key(locator, from),
            ("windows", "events") => self.log(request, locator, from),
            ("windows", "phonebooks") => {
                let (list, files) = self.phonebooks.all();
                found(
                    list,
                    &files.join(", "),
                    files.iter().map(|it| (*it).to_owned()).collect(),
                    from,
                )
            }
            ("windows", "phonebook") => one(
                self.phonebooks.entry(locator),
                "no saved phonebook has this connection; others may",
                from,
            ),
            ("windows", "cm-profile") => one(
                self.phonebooks.cm_profile(locator),
                "no saved profile is of this connection; others may",
                from,
            ),
            ("windows", "adapters") => told(machine.adapters().cloned(), from),
            ("windows", "routes") => told(machine.routes(), from),
            ("windows", "system") => told(machine.system(), from),
            ("windows", "updates") => told(machine.updates().cloned(), from),
            ("windows", "nrpt") => told(machine.nrpt.clone(), from),
            ("windows", "command") => told(machine.command(locator), from),
            ("windows", "service") => self.service(locator, from),
            ("windows", "appx") => named(&machine.apps, locator, from),
            ("windows", "certificates") => self.store(locator, from),
            _ => unknown(Why::Unsupported, "no saved file tells this", from),
        }
    }

    fn arm(&self, request: &Request, locator: &str) -> Answered {
        let post = request.arguments.iter().any(|(word, _)| word == "post");
        let method = if post { Method::Post } else { Method::Get };
        let exact = Ask::of(request).map(|it| it.key()).ok();
        let (answer, file) = self.arm.answer(method, locator, exact.as_deref());
        (answer, file.into_iter().map(str::to_owned).collect())
    }

    fn key(&self, locator: &str, from: Provenance) -> Answered {
        match self.registry.answer(locator) {
            Found::Document(json, file) => found(json, &file, vec![file.clone()], from),
            Found::NotThere(file) => (
                Answer::NotThere(Provenance {
                    file: Some(file.clone()),
                    ..from
                }),
                vec![file],
            ),
            Found::NotTold => unknown(
                Why::NotCollected,
                "no export in the case has this key",
                from,
            ),
        }
    }

    fn log(&self, request: &Request, locator: &str, from: Provenance) -> Answered {
        let query = match Query::of(&request.arguments) {
            Ok(query) => query,
            Err(message) => return unknown(Why::Malformed, &message, from),
        };
        match self.events.answer(locator, &query, from.clone()) {
            Some(answered) => answered,
            None => unknown(Why::NotCollected, "this log was not saved", from),
        }
    }

    fn package(&self, locator: &str, from: Provenance) -> Answered {
        let packages: Vec<(&SavedFile, &Json)> = self
            .files
            .all()
            .iter()
            .filter_map(|file| match &file.form {
                Form::Xml(_, Some(package)) => Some((file, package)),
                _ => None,
            })
            .collect();
        let name = locator
            .replace('\\', "/")
            .trim_end_matches('/')
            .to_lowercase();
        let name = name.rsplit('/').next().unwrap_or("");
        let inside = |file: &&(&SavedFile, &Json)| {
            let path = file.0.name.to_lowercase();
            path.split('/').any(|part| !name.is_empty() && part == name)
        };
        let named: Vec<&(&SavedFile, &Json)> = packages.iter().filter(inside).collect();
        match (named.as_slice(), packages.as_slice()) {
            ([(file, package)], _) | ([], [(file, package)]) => found(
                (*package).clone(),
                &file.name,
                vec![file.name.clone()],
                from,
            ),
            _ => unknown(
                Why::NotCollected,
                "several packages are in the case, and none or several of them lie in such a folder",
                from,
            ),
        }
    }

    fn service(&self, name: &str, from: Provenance) -> Answered {
        let services = &self.machine.services;
        if services.get(name).is_some() {
            return named(services, name, from);
        }
        let key = format!("HKLM\\SYSTEM\\CurrentControlSet\\Services\\{name}");
        match self.registry.answer(&key) {
            Found::Document(values, file) if values.get("Start").is_some() => {
                let state = untold::value(
                    Why::NotCollected,
                    "the registry does not tell whether a service runs",
                );
                let document =
                    json!({ "name": name, "start": values.get("Start"), "state": state });
                found(document, &file, vec![file.clone()], from)
            }
            _ => unknown(
                Why::NotCollected,
                "no saved file tells of this service",
                from,
            ),
        }
    }

    /// A store: as a person assigned files to it, as it was listed, or as the registry keeps it.
    fn store(&self, locator: &str, from: Provenance) -> Answered {
        let name = locator.trim().to_lowercase();
        let assigned = self
            .machine
            .assigned
            .iter()
            .find(|(store, _)| *store == name);
        let told = match assigned {
            Some((_, files)) => Some((self.assigned(files), files.join(", "))),
            None => self
                .machine
                .store(&name)
                .or_else(|| self.kept_in_registry(&name)),
        };
        let Some((mut list, file)) = told else {
            return unknown(
                Why::NotCollected,
                "no saved file says what is in this store",
                from,
            );
        };
        if let Some(records) = list.as_array_mut() {
            certificates::complete(records, &self.all_certificates());
        }
        let files = file.split(", ").map(str::to_owned).collect();
        found(list, &file, files, from)
    }

    fn assigned(&self, files: &[String]) -> Json {
        let mut list = Vec::new();
        for file in files {
            let Some(contents) = self.files.contents(file) else {
                let detail = format!(
                    "`{file}` is not in the case, or holds no certificate that can be read"
                );
                list.push(untold::many(Why::NotCollected, &detail));
                continue;
            };
            for der in &contents.certificates {
                let Some(mut record) = of_file(contents, der) else {
                    list.push(certificates::unreadable());
                    continue;
                };
                if !contents.private_key {
                    let detail = "a certificate that was exported does not tell whether its key lies beside it";
                    record.insert(
                        "has_private_key".to_owned(),
                        untold::value(Why::NotCollected, detail),
                    );
                }
                list.push(Json::Object(record));
            }
            list.extend(damaged(contents));
            if contents.locked {
                list.push(untold::many(Why::Denied, LOCKED));
            }
        }
        Json::Array(list)
    }

    /// The registry keeps the stores of the machine, and of a user those that are not personal. Of a store all its parts are shown, or the
    /// one that is named: `localmachine\root\.default`.
    fn kept_in_registry(&self, name: &str) -> Option<Told> {
        let mut words = name.splitn(3, '\\');
        let (place, store, part) = (words.next()?, words.next()?, words.next());
        if place == "currentuser" && store == "my" && part.is_none_or(|it| it == ".default") {
            return None;
        }
        let parts = certificates::parts(place, store);
        let mut parts = parts
            .iter()
            .filter(|(it, _)| part.is_none_or(|part| part == *it));
        let kept = self.registry.blobs(&parts.next()?.1)?;
        let mut list = records(&kept);
        for (_, other) in parts {
            match self.registry.blobs(other) {
                Some(others) => list.extend(records(&others)),
                None => list.push(untold::many(
                    Why::NotCollected,
                    &format!("the store shows those of `{other}` as well, which was not exported"),
                )),
            }
        }
        Some((Json::Array(list), kept.file))
    }

    /// Every certificate of the case whose bytes or fields are known.
    fn all_certificates(&self) -> Vec<Json> {
        let files = self
            .files
            .all()
            .iter()
            .filter_map(|it| it.contents.as_ref());
        let ders = files.flat_map(|it| &it.certificates);
        let saved = ders
            .filter_map(|der| certificates::document(der, false))
            .map(Json::Object);
        let stores = [
            "localmachine\\root",
            "localmachine\\ca",
            "currentuser\\root",
            "currentuser\\ca",
        ];
        let kept = stores.iter().filter_map(|it| self.kept_in_registry(it));
        let kept = kept.flat_map(|(list, _)| match list {
            Json::Array(all) => all,
            _ => Vec::new(),
        });
        saved
            .chain(self.machine.printed().cloned())
            .chain(kept)
            .collect()
    }

    fn file(&self, kind: &str, path: &str, from: Provenance) -> Answered {
        let fits: fn(&SavedFile) -> bool = match kind {
            "xml" => is_xml,
            "ini" => is_ini,
            "json" => is_json,
            "lines" => is_text,
            _ => has_certificates,
        };
        let file = match self.files.find(path, fits) {
            Match::One(file) => file,
            Match::None => {
                return unknown(
                    Why::NotCollected,
                    "no file of this name and kind is in the case",
                    from,
                );
            }
            Match::Several => {
                return unknown(
                    Why::NotCollected,
                    "several files of the case have this name",
                    from,
                );
            }
        };
        let files = vec![file.name.clone()];
        let document = match (kind, &file.form) {
            ("xml", Form::Xml(root, _)) => Some(root.clone()),
            ("ini", Form::Ini(document)) => Some(document.clone()),
            ("json", _) => file.json(),
            ("lines", _) => file.lines(),
            _ => return self.contents(kind, file, from),
        };
        match document {
            Some(document) => found(document, &file.name, files, from),
            None => (
                Answer::Unknown(
                    Why::OverBudget,
                    "the file is too large to be kept".to_owned(),
                    Provenance {
                        file: Some(file.name.clone()),
                        ..from
                    },
                ),
                files,
            ),
        }
    }

    fn contents(&self, kind: &str, file: &SavedFile, from: Provenance) -> Answered {
        let from = Provenance {
            file: Some(file.name.clone()),
            ..from
        };
        let files = vec![file.name.clone()];
        let Some(contents) = &file.contents else {
            return unknown(Why::NotCollected, "the file holds no certificate", from);
        };
        if contents.locked {
            return (Answer::Unknown(Why::Denied, LOCKED.to_owned(), from), files);
        }
        let found = |json: Json| (Answer::Found(Arc::new(json), from.clone()), files.clone());
        if kind == "certificates" {
            let records = contents.certificates.iter().map(|der| {
                of_file(contents, der).map_or_else(certificates::unreadable, Json::Object)
            });
            let mut records: Vec<Json> = records.collect();
            certificates::complete(&mut records, &self.all_certificates());
            records.extend(damaged(contents));
            return found(Json::Array(records));
        }
        let mut lists: Vec<Json> = contents
            .crls
            .iter()
            .filter_map(|der| certificates::crl(der))
            .collect();
        match (lists.pop(), lists.is_empty()) {
            (Some(only), true) => found(only),
            (Some(_), false) => (
                Answer::Unknown(
                    Why::Malformed,
                    "the file holds several revocation lists".to_owned(),
                    from,
                ),
                files,
            ),
            (None, _) => (
                Answer::Unknown(
                    Why::Malformed,
                    "the file holds no revocation list".to_owned(),
                    from,
                ),
                files,
            ),
        }
    }
}

/// A mark for each part of a file that could not be read: it may have held any number of certificates.
fn damaged(contents: &Contents) -> impl Iterator<Item = Json> + '_ {
    let findings = contents.findings.iter();
    findings.map(|it| untold::many(Why::Malformed, &it.message))
}

/// A certificate of a file. Whether it has a key is known only where it is alone with one.
fn of_file(contents: &Contents, der: &[u8]) -> Option<Map<String, Json>> {
    let mut record = certificates::document(der, contents.private_key)?;
    if !contents.private_key || contents.certificates.len() > 1 {
        let detail = match contents.private_key {
            true => "the file has a key; of which of its certificates, is not read",
            false => "a certificate that was exported does not tell whether its key lies beside it",
        };
        let mark = untold::value(Why::NotCollected, detail);
        record.insert("has_private_key".to_owned(), mark);
    }
    Some(record)
}

const LOCKED: &str = "it is a PKCS#12 file; what is in it is behind its password";

fn is_package(file: &SavedFile) -> bool {
    matches!(file.form, Form::Xml(_, Some(_)))
}

fn is_xml(file: &SavedFile) -> bool {
    matches!(file.form, Form::Xml(..))
}

fn is_ini(file: &SavedFile) -> bool {
    matches!(file.form, Form::Ini(_))
}

fn is_json(file: &SavedFile) -> bool {
    file.form == Form::Json
}

fn is_text(file: &SavedFile) -> bool {
    matches!(file.form, Form::Text | Form::Ini(_))
}

fn has_certificates(file: &SavedFile) -> bool {
    file.contents.is_some()
}

fn records(kept: &Blobs) -> Vec<Json> {
    let record = |blob: &Option<Vec<u8>>| {
        let (der, key) = certificates::of_blob(blob.as_deref()?)?;
        certificates::document(der, key).map(Json::Object)
    };
    let records = kept.blobs.iter();
    records
        .map(|it| record(it).unwrap_or_else(certificates::unreadable))
        .chain(kept.marks.iter().cloned())
        .collect()
}

fn found(json: Json, file: &str, files: Vec<String>, from: Provenance) -> Answered {
    let from = Provenance {
        file: Some(file.to_owned()),
        ..from
    };
    (Answer::Found(Arc::new(json), from), files)
}

fn unknown(why: Why, detail: &str, from: Provenance) -> Answered {
    (Answer::Unknown(why, detail.to_owned(), from), Vec::new())
}

fn told(told: Option<Told>, from: Provenance) -> Answered {
    match told {
        Some((json, file)) => found(json, &file, vec![file.clone()], from),
        None => unknown(Why::NotCollected, "no saved file tells this", from),
    }
}

fn one(entry: Option<(Json, &str)>, missing: &str, from: Provenance) -> Answered {
    match entry {
        Some((json, file)) => found(json, file, vec![file.to_owned()], from),
        None => unknown(Why::NotCollected, missing, from),
    }
}

fn named(list: &Named, name: &str, from: Provenance) -> Answered {
    match list.get(name) {
        Some((json, file)) => found(json.clone(), file, vec![file.clone()], from),
        None => unknown(Why::NotCollected, SELECTION, from),
    }
}
