//! The machine that this runs on.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant, UNIX_EPOCH};

use rulec_facts::reason::Why;
use rulec_windows::{
    Adapter, Data, Device, First, Held, Place, Power, Read, Route, Service, Trouble, certificates,
    devices, events, network, power, ras, registry, services,
};

use super::system::{Entry, System};
use crate::files::LARGEST;

/// Most things in a folder that are listed.
const MOST: usize = 10_000;
/// Most bytes that a command prints.
const LONGEST: u64 = 8 << 20;
/// How often it is looked whether a command has ended.
const LOOK: Duration = Duration::from_millis(20);

/// This machine, as the user of this process sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Machine;

impl System for Machine {
    fn values(&self, key: &str) -> Read<Vec<Data>> {
        registry::values(key)
    }

    fn subkeys(&self, key: &str) -> Read<Vec<String>> {
        registry::subkeys(key)
    }

    fn certificates(&self, place: Place, store: &str, part: Option<&str>) -> Read<Vec<Held>> {
        certificates::of_store(place, store, part)
    }

    fn events(
        &self,
        log: &str,
        query: &str,
        first: First,
        each: &mut dyn FnMut(&str) -> bool,
    ) -> Result<(), Trouble> {
        events::of_log(log, query, first, each)
    }

    fn service(&self, name: &str) -> Read<Service> {
        services::service(name)
    }

    fn connections(&self) -> Result<Vec<String>, Trouble> {
        ras::connections()
    }

    fn adapters(&self) -> Result<Vec<Adapter>, Trouble> {
        network::adapters()
    }

    fn routes(&self) -> Result<Vec<Route>, Trouble> {
        network::routes()
    }

    fn power(&self) -> Result<Power, Trouble> {
        power::timeouts()
    }

    fn device(&self, id: &str) -> Read<Device> {
        devices::device(id)
    }

    fn version(&self) -> Result<(u32, u32, u32), Trouble> {
        rulec_windows::system::version()
    }

    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn folder(&self, path: &str) -> Read<Vec<Entry>> {
        let mut found = Vec::new();
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => return nothing(&error, "listing the folder"),
        };
        for entry in entries {
            let told = entry.and_then(|it| Ok((it.file_name(), it.metadata()?)));
            let (name, about) = match told {
                Ok(told) => told,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return nothing(&error, "listing the folder"),
            };
            if found.len() == MOST {
                let detail = "the folder has more in it than is listed";
                return Err(Trouble::new(Why::OverBudget, detail));
            }
            let changed = about
                .modified()
                .ok()
                .and_then(|it| it.duration_since(UNIX_EPOCH).ok());
            found.push(Entry {
                name: name.to_string_lossy().into_owned(),
                folder: about.is_dir(),
                changed: changed.and_then(|it| i64::try_from(it.as_secs()).ok()),
            });
        }
        Ok(Some(found))
    }

    fn file(&self, path: &str) -> Read<Vec<u8>> {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) => return nothing(&error, "opening the file"),
        };
        let mut bytes = Vec::new();
        if let Err(error) = file.take(LARGEST + 1).read_to_end(&mut bytes) {
            return Err(failed(&error, "reading the file"));
        }
        if bytes.len() as u64 > LARGEST {
            let detail = format!("the file is larger than {} MB", LARGEST >> 20);
            return Err(Trouble::new(Why::OverBudget, detail));
        }
        Ok(Some(bytes))
    }

    fn run(&self, program: &str, arguments: &[&str], limit: Duration) -> Read<Vec<u8>> {
        let Some(windows) = self.variable("SystemRoot") else {
            let detail = "the environment does not tell where Windows is";
            return Err(Trouble::new(Why::Unsupported, detail));
        };
        // By its whole path: a program of that name in the current folder is not Windows' own.
        let path = format!("{windows}\\System32\\{program}.exe");
        if !Path::new(&path).is_file() {
            return Ok(None);
        }
        run(Command::new(path).args(arguments), limit).map(Some)
    }
}

/// What a command prints until it ends.
fn run(command: &mut Command, limit: Duration) -> Result<Vec<u8>, Trouble> {
    let what = "running the command";
    let end = Instant::now() + limit;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| failed(&error, what))?;
    let Some(out) = child.stdout.take() else {
        let _ = child.kill();
        return Err(Trouble::new(Why::Unsupported, "the command has no output"));
    };
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        out.take(LONGEST + 1).read_to_end(&mut bytes).map(|_| bytes)
    });
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if Instant::now() < end => thread::sleep(LOOK),
            Ok(None) => {
                let _ = child.kill();
                let _ = child.wait();
                let detail = format!("the command did not end within {} s", limit.as_secs());
                return Err(Trouble::new(Why::TimedOut, detail));
            }
            Err(error) => return Err(failed(&error, what)),
        }
    };
    let bytes = match reader.join() {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(error)) => return Err(failed(&error, "reading what the command prints")),
        Err(_) => return Err(Trouble::new(Why::Malformed, "its output cannot be read")),
    };
    if bytes.len() as u64 > LONGEST {
        let detail = "the command prints more than is read";
        return Err(Trouble::new(Why::OverBudget, detail));
    }
    match status.code() {
        Some(0) => Ok(bytes),
        Some(5) => Err(Trouble::of(what, 5)),
        code => {
            let code = code.unwrap_or(-1);
            let detail = format!("the command ended with {code}");
            Err(Trouble::new(Why::Unsupported, detail))
        }
    }
}

/// Nothing there, or why it cannot be read.
fn nothing<T>(error: &io::Error, what: &str) -> Read<T> {
    match error.kind() {
        io::ErrorKind::NotFound => Ok(None),
        _ => Err(failed(error, what)),
    }
}

fn failed(error: &io::Error, what: &str) -> Trouble {
    match error.raw_os_error() {
        Some(code) => Trouble::of(what, code.cast_unsigned()),
        None => Trouble::new(Why::Unsupported, format!("{what}: {error}")),
    }
}
