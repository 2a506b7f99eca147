//! From places to commands: what each kind is read from by the readers of case folders, and how Windows prints or copies that.

use std::collections::{BTreeMap, BTreeSet};

use rulec_eval::wanted::WantedPlace;

use super::quoting::{argument, echoed, for_powershell, plain};

/// Fewest parts of a registry key that is exported whole, `HKLM\SOFTWARE\Vendor`: above it there is too much.
const LEAST_PARTS: usize = 3;

/// Folders whose name may stand before a path as a variable.
const FOLDERS: &[&str] = &[
    "%APPDATA%",
    "%LOCALAPPDATA%",
    "%PROGRAMDATA%",
    "%SYSTEMROOT%",
    "%USERPROFILE%",
    "%WINDIR%",
];

/// `ConvertTo-Json` in UTF-8, whatever the code page.
const POWERSHELL: &str =
    "powershell -NoProfile -Command \"[Console]::OutputEncoding=[Text.Encoding]::UTF8; ";

/// What is to be gathered, each thing once.
#[derive(Debug, Default)]
pub struct Steps {
    registry: BTreeSet<String>,
    logs: BTreeSet<String>,
    stores: BTreeSet<String>,
    services: BTreeSet<String>,
    files: BTreeSet<String>,
    packages: BTreeSet<String>,
    printed: BTreeSet<&'static str>,
    phonebooks: bool,
    /// Places for which there is no command, with why and the facts.
    left_out: BTreeMap<(String, &'static str), Vec<String>>,
}

const OTHER_TOOL: &str = "no command that Windows ships prints it so that it can be read";
const NOT_WINDOWS: &str = "it is not on this machine";
const PROBE: &str = "it is a probe";
const NOT_KNOWN: &str = "it is not known yet which one it is";
const OTHER_MACHINE: &str = "it is on another machine: run this script there";
const CHARACTERS: &str = "its name has characters that a batch file cannot hold safely";

impl Steps {
    /// Adds the place of a fact.
    pub fn add(&mut self, place: &WantedPlace, fact: &str) {
        if let Err(why) = self.try_add(place) {
            let facts = self.left_out.entry((place.shown.clone(), why)).or_default();
            if !facts.iter().any(|it| it == fact) {
                facts.push(fact.to_owned());
            }
        }
    }

    fn try_add(&mut self, place: &WantedPlace) -> Result<(), &'static str> {
        if place.on {
            return Err(OTHER_MACHINE);
        }
        match (place.system.as_str(), place.kind.as_str()) {
            ("windows", "registry") => each(place, true, |name| self.key(name).ok_or(CHARACTERS)),
            ("windows", "events") => each(place, false, |name| {
                self.logs.insert(argument(name).ok_or(CHARACTERS)?);
                Ok(())
            }),
            ("windows", "certificates") => each(place, false, |name| {
                let (_, store) = name.split_once('\\').ok_or(CHARACTERS)?;
                argument(store)
                    .and(for_powershell(name))
                    .ok_or(CHARACTERS)?;
                self.stores.insert(name.to_owned());
                Ok(())
            }),
            ("windows", "service") => each(place, false, |name| {
                let key = format!("HKLM\\SYSTEM\\CurrentControlSet\\Services\\{name}");
                argument(&key).and(for_powershell(name)).ok_or(CHARACTERS)?;
                self.services.insert(name.to_owned());
                Ok(())
            }),
            ("windows", "phonebook" | "phonebooks" | "cm-profile") => {
                self.phonebooks = true;
                Ok(())
            }
            ("windows", "adapters" | "routes" | "system" | "updates" | "nrpt" | "appx") => {
                self.print(&place.kind);
                Ok(())
            }
            ("windows", "command") if place.locator.as_deref() == Some("dsregcmd /status") => {
                self.printed.insert("dsregcmd /status");
                Ok(())
            }
            ("file", _) => each(place, false, |name| {
                self.files.insert(path(name).ok_or(CHARACTERS)?);
                Ok(())
            }),
            ("azure", "vpn-package") => each(place, false, |name| {
                self.packages.insert(path(name).ok_or(CHARACTERS)?);
                Ok(())
            }),
            ("windows", _) => Err(OTHER_TOOL),
            ("network", _) => Err(PROBE),
            _ => Err(NOT_WINDOWS),
        }
    }

    fn print(&mut self, kind: &str) {
        let commands: &[&'static str] = match kind {
            "adapters" => &["ipconfig /all"],
            // Names of interfaces stand in what `ipconfig` prints.
            "routes" => &["ipconfig /all", "route print"],
            "system" => &["systeminfo"],
            "updates" => &["systeminfo", "Get-HotFix"],
            "nrpt" => &["Get-DnsClientNrptPolicy"],
            _ => &["Get-AppxPackage"],
        };
        self.printed.extend(commands);
    }

    /// A key, or the part of its name that is known where that is not too much.
    fn key(&mut self, name: &str) -> Option<()> {
        let name = name.trim_end_matches("\\*").trim_end_matches('\\');
        argument(name)?;
        self.registry.insert(name.to_owned());
        Some(())
    }

    /// The commands.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        self.printed_lines(&mut lines);
        self.registry_lines(&mut lines);
        self.log_lines(&mut lines);
        self.store_lines(&mut lines);
        self.service_lines(&mut lines);
        self.file_lines(&mut lines);
        if !self.left_out.is_empty() {
            lines.push(String::new());
            lines.push("rem Not gathered:".to_owned());
        }
        for ((place, why), facts) in &self.left_out {
            let facts = facts.join(", ");
            lines.push(format!(
                "rem   {}: {why}; for {}",
                plain(place),
                plain(&facts)
            ));
        }
        lines
    }

    fn printed_lines(&self, lines: &mut Vec<String>) {
        for command in &self.printed {
            let name = command.split(' ').next().unwrap_or(command);
            section(lines, command);
            let columns = match *command {
                "Get-AppxPackage" => "Name,Version,PackageFamilyName",
                "Get-DnsClientNrptPolicy" => "Namespace,NameServers",
                "Get-HotFix" => "HotFixID",
                printed => {
                    let file = file(&format!("{name}.txt"));
                    lines.push(format!("{printed} >{file} {LOGGED}"));
                    continue;
                }
            };
            let command = format!("{command} | Select-Object {columns}");
            lines.push(json_step(&command, &format!("{name}.json")));
        }
    }

    fn registry_lines(&self, lines: &mut Vec<String>) {
        if self.registry.is_empty() {
            return;
        }
        section(lines, "registry");
        lines.push(folder("registry"));
        for (number, key) in (1..).zip(&self.registry) {
            let to = file(&format!("registry\\{number:03}.reg"));
            lines.extend(argument(key).map(|it| format!("reg export {it} {to} /y {INTO_LOG}")));
            // That a key is missing is told by an export of the one above it.
            let above = key.rsplit_once('\\').map(|(above, _)| above);
            let above = above.filter(|it| it.split('\\').count() >= LEAST_PARTS);
            let above = above.and_then(argument);
            lines.extend(
                above.map(|it| format!("if errorlevel 1 reg export {it} {to} /y {INTO_LOG}")),
            );
        }
    }

    fn log_lines(&self, lines: &mut Vec<String>) {
        if self.logs.is_empty() {
            return;
        }
        section(lines, "event logs");
        lines.push(folder("events"));
        for (number, log) in (1..).zip(&self.logs) {
            // Whole logs: of a filtered one nobody knows what is missing.
            let to = file(&format!("events\\{number:03}.evtx"));
            lines.push(format!("wevtutil epl {log} {to} /ow:true {INTO_LOG}"));
        }
    }

    fn store_lines(&self, lines: &mut Vec<String>) {
        if self.stores.is_empty() {
            return;
        }
        section(lines, "certificate stores");
        lines.push(folder("certificates"));
        for (number, name) in (1..).zip(&self.stores) {
            let Some((place, store)) = name.split_once('\\') else {
                continue;
            };
            let user = match place.eq_ignore_ascii_case("CurrentUser") {
                true => "-user ",
                false => "",
            };
            let bare = store;
            let Some(store) = argument(store) else {
                continue;
            };
            // The command stands above its output: that is how it is known whose store it is. It also tells that a store is empty.
            let to = file(&format!("certificates\\{number:03}.txt"));
            let shown = echoed(&format!("certutil {user}-store \"{bare}\""));
            lines.push(format!(">{to} echo {shown}"));
            lines.push(format!("certutil {user}-store {store} >>{to} {LOGGED}"));
            if let Some(path) = for_powershell(&format!("Cert:\\{name}")) {
                let command = format!(
                    "Get-ChildItem -LiteralPath {path} | Select-Object PSParentPath,RawData,HasPrivateKey"
                );
                lines.push(json_step(
                    &command,
                    &format!("certificates\\{number:03}.json"),
                ));
            }
        }
    }

    fn service_lines(&self, lines: &mut Vec<String>) {
        if self.services.is_empty() {
            return;
        }
        section(lines, "services");
        lines.push(folder("services"));
        for (number, name) in (1..).zip(&self.services) {
            let key = argument(&format!(
                "HKLM\\SYSTEM\\CurrentControlSet\\Services\\{name}"
            ));
            let to = file(&format!("services\\{number:03}.reg"));
            lines.extend(key.map(|it| format!("reg export {it} {to} /y {INTO_LOG}")));
            if let Some(name) = for_powershell(name) {
                let command = format!(
                    "Get-Service -Name {name} | Select-Object ServiceName,Status,StartType"
                );
                lines.push(json_step(&command, &format!("services\\{number:03}.json")));
            }
        }
    }

    fn file_lines(&self, lines: &mut Vec<String>) {
        if self.phonebooks {
            section(lines, "phonebooks");
            for (from, to) in [
                ("%APPDATA%", "AppData\\Roaming"),
                ("%PROGRAMDATA%", "ProgramData"),
            ] {
                for part in ["Pbk", "Cm"] {
                    let path = format!("Microsoft\\Network\\Connections\\{part}");
                    let to = file(&format!("{to}\\{path}"));
                    lines.push(format!(
                        "if exist \"{from}\\{path}\" xcopy \"{from}\\{path}\" {to} /e /i /h /y /q {INTO_LOG}"
                    ));
                }
            }
        }
        if !self.files.is_empty() {
            section(lines, "files");
        }
        for (number, from) in (1..).zip(&self.files) {
            lines.push(folder(&format!("files\\{number:03}")));
            let to = file(&format!("files\\{number:03}"));
            lines.push(format!("copy /y {from} {to} {INTO_LOG}"));
        }
        if !self.packages.is_empty() {
            section(lines, "client package");
        }
        for (number, from) in (1..).zip(&self.packages) {
            lines.push(folder(&format!("package\\{number:03}")));
            let to = file(&format!("package\\{number:03}"));
            lines.push(format!("xcopy {from} {to} /e /i /h /y /q {INTO_LOG}"));
        }
    }
}

/// What a command says goes into the log.
const INTO_LOG: &str = ">>\"%LOG%\" 2>&1";
/// What it complains about does.
const LOGGED: &str = "2>>\"%LOG%\"";

fn section(lines: &mut Vec<String>, what: &str) {
    lines.push(String::new());
    lines.push(format!("echo   {what}"));
}

fn file(name: &str) -> String {
    format!("\"%OUT%\\{name}\"")
}

fn folder(name: &str) -> String {
    format!("md {} {INTO_LOG}", file(name))
}

fn json_step(command: &str, name: &str) -> String {
    let to = file(name);
    format!("{POWERSHELL}{command} | ConvertTo-Json -Depth 4\" >{to} {LOGGED}")
}

/// Each name that a place is known by. Where it is not known which one it is, with `above` the part before that.
fn each(
    place: &WantedPlace,
    above: bool,
    mut add: impl FnMut(&str) -> Result<(), &'static str>,
) -> Result<(), &'static str> {
    let names = place.requests.iter().filter_map(|it| {
        // A name that is a secret is written nowhere.
        it.locator.as_deref().filter(|_| !it.secret)
    });
    let mut all = Ok(());
    for name in names {
        all = add(name).and(all);
    }
    if !place.open {
        return all;
    }
    let locator = place.locator.as_deref().unwrap_or("");
    let before = locator
        .split_once('{')
        .map_or(locator, |(before, _)| before);
    let part = before.rsplit_once('\\').map(|(above, _)| above);
    match part.filter(|it| above && it.split('\\').count() >= LEAST_PARTS) {
        Some(part) => add(part).and(all),
        None => Err(NOT_KNOWN),
    }
}

/// A path, with the variable of a known folder at its beginning.
fn path(name: &str) -> Option<String> {
    let name = name.trim_end_matches('\\');
    let known = FOLDERS.iter().find(|it| {
        name.get(..it.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(it))
    });
    match known {
        Some(folder) => {
            let rest = argument(name.get(folder.len()..)?)?;
            Some(format!("\"{folder}{}", rest.strip_prefix('"')?))
        }
        None => argument(name),
    }
}
