//! What the files of a case tell, and the answers to requests from it.
//!
//! [`Evidence::take`] sees by its content what a file is and reads it; [`Evidence::answer`] answers one request. A kind of which nothing was
//! saved is not answered at all; a place that the saved files do not tell is unknown, not collected.

mod answer;
mod files;
mod machine;

use rulec_facts::fixture::strict_json;

use crate::arm_json::{self, ArmIndex, Resource};
use crate::certificates::{self, Contents};
use crate::events::{self, EventLogs};
use crate::ini;
use crate::package;
use crate::phonebooks::Phonebooks;
use crate::plugin_answers::{self, PluginAnswers};
use crate::registry::{self, Registry};
use crate::text;
use crate::text_dumps::{self, powershell};
use crate::{Finding, xml};

use files::{Form, SavedFiles};
use machine::Machine;

/// Everything that the files of a case tell.
#[derive(Debug, Default)]
pub struct Evidence {
    arm: ArmIndex,
    registry: Registry,
    events: EventLogs,
    phonebooks: Phonebooks,
    files: SavedFiles,
    machine: Machine,
    plugins: PluginAnswers,
}

/// Largest text that is taken for what a command printed, for a phonebook or for PEM, bytes: from lines much larger lists are made.
const LARGEST_PRINTED: usize = 4 << 20;

/// Whether a file is surely one that is read, by its first bytes.
pub fn is_of_use(head: &[u8]) -> bool {
    events::is_evtx(head) || certificates::begins_like_der(head)
}

/// Whether a file may stay where it lies, however large it is, by its first bytes: a log is read chunk by chunk.
pub fn may_stay(head: &[u8]) -> bool {
    events::is_evtx(head)
}

/// Whether a file may be one that is read, by its first bytes: some text.
pub fn may_be_of_use(head: &[u8]) -> bool {
    is_of_use(head) || text::may_be_text(head)
}

impl Evidence {
    /// Takes a file of a case. What of it is damaged is told; the rest of it is used.
    pub fn take(&mut self, name: &str, bytes: Vec<u8>) -> Vec<Finding> {
        if events::is_evtx(&bytes) {
            return self.take_log(name, events::Log::held(bytes));
        }
        if certificates::begins_like_der(&bytes) {
            let contents = certificates::read_der(&bytes);
            return self.certificates(name, contents);
        }
        if name.to_ascii_lowercase().ends_with(".json") {
            return self.json(name, &bytes);
        }
        match text::decode(&bytes) {
            Some(text) => self.text(name, &text, &bytes),
            None => Vec::new(),
        }
    }

    /// Takes an event log that stays where it lies.
    pub fn take_log(&mut self, name: &str, log: events::Log) -> Vec<Finding> {
        self.events.add_evtx(name, log)
    }

    /// A person says that the certificates of these files are those of a store.
    pub fn assign_store(&mut self, store: &str, files: &[String]) -> Vec<String> {
        let known = |file: &&String| self.files.contents(file).is_none();
        let missing: Vec<String> = files.iter().filter(known).cloned().collect();
        self.machine.assign_store(store, files.to_vec());
        missing
    }

    /// Azure resources that were saved.
    pub fn resources(&self) -> Vec<Resource> {
        self.arm.resources()
    }

    fn text(&mut self, name: &str, text: &str, bytes: &[u8]) -> Vec<Finding> {
        let start = text.trim_start().trim_start_matches('\u{FEFF}');
        if registry::is_export(start) {
            return self.export(name, start);
        }
        if xml::is_xml(start) {
            return self.xml(name, start);
        }
        if start.starts_with(['{', '[']) && strict_json(start).is_ok() {
            return self.json(name, bytes);
        }
        if text.len() > LARGEST_PRINTED {
            self.files.add(name, Form::Text, None);
            return Vec::new();
        }
        if ini::is_ini(start) {
            let ini = ini::read(start);
            self.phonebooks.add(name, &ini);
            self.files.add(name, Form::Ini(ini.document()), Some(text));
            return Vec::new();
        }
        self.files.add(name, Form::Text, Some(text));
        if certificates::has_pem(text) {
            let contents = certificates::read_pem(text);
            return self.certificates(name, contents);
        }
        if let Some(contents) = certificates::read_base64(start) {
            return self.certificates(name, contents);
        }
        if events::is_list(text) {
            self.events.add_printed(name, None, events::from_list(text));
        }
        for dump in text_dumps::read(text) {
            self.machine.dump(name, dump, &mut self.registry);
        }
        Vec::new()
    }

    fn certificates(&mut self, name: &str, contents: Contents) -> Vec<Finding> {
        let findings = contents.findings.clone();
        self.files.add_certificates(name, contents);
        findings
    }

    fn export(&mut self, name: &str, text: &str) -> Vec<Finding> {
        let mut export = registry::read(text);
        let mut findings = std::mem::take(&mut export.findings);
        let told = self.registry.add(name, export);
        findings.extend(told.into_iter().map(Finding::whole));
        findings
    }

    fn xml(&mut self, name: &str, text: &str) -> Vec<Finding> {
        match xml::read(text) {
            Ok(root) => {
                let package = package::is_settings(&root).then(|| package::document(&root));
                self.files.add(name, Form::Xml(root, package), Some(text));
                Vec::new()
            }
            Err(finding) => {
                self.files.add(name, Form::Text, Some(text));
                vec![finding]
            }
        }
    }

    fn json(&mut self, name: &str, bytes: &[u8]) -> Vec<Finding> {
        if plugin_answers::may_be(bytes)
            && let Some(json) = text::decode(bytes).and_then(|it| strict_json(&it).ok())
            && let Some(taken) = self.plugins.take(name, &json)
        {
            return taken.err().map(Finding::whole).into_iter().collect();
        }
        let answers = match arm_json::read(bytes) {
            Ok(answers) => answers,
            Err(error) => {
                let place = (error.line > 0).then_some((error.line, error.column));
                let message = error.message;
                return vec![Finding { place, message }];
            }
        };
        let text = text::decode(bytes);
        if answers.is_empty()
            && let Some(json) = text.as_deref().and_then(|it| strict_json(it).ok())
            && let Some(listing) = powershell::read(&json)
        {
            self.listing(name, listing);
        }
        self.files.add(name, Form::Json, text.as_deref());
        self.arm
            .add(name, answers)
            .into_iter()
            .map(Finding::whole)
            .collect()
    }

    fn listing(&mut self, name: &str, listing: powershell::Listing) {
        match listing {
            powershell::Listing::Events(log, records) => {
                self.events.add_printed(name, log, records)
            }
            other => self.machine.listing(name, other),
        }
    }
}

#[cfg(test)]
mod tests;
