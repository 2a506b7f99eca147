//! A case from the command line: its folder, facts, params and complaint, ready for a session.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use rulec_eval::{Case, CaseInput, Given, Misuse, Resource, Said};
use rulec_facts::fixture::{self, Format};
use rulec_facts::provider::Provider;
use rulec_program::seal::Sealed;
use rulec_providers::azure::Azure;
use rulec_providers::case_folder::{ANSWERS, CaseFolder, KEPT};
use rulec_providers::plugin::Plugin;
use rulec_providers::recording::Recording;

use crate::args::CaseArgs;
use crate::dialogue;
use crate::failure::{Failure, io_reason};
use crate::keeping;
use crate::output::Output;

/// Longest text after `--symptom`, bytes: a pasted screen or a log, never a dump.
const LONGEST_COMPLAINT: usize = 16 << 20;

/// A case as it was given.
#[derive(Default)]
pub struct Opened {
    /// What is known of it.
    pub input: CaseInput,
    /// Its folder or zip.
    pub folder: Option<CaseFolder>,
    /// The cloud itself, asked before the folder.
    pub live: Option<Azure>,
    /// The machine on which this runs, asked before the folder.
    pub machine: Option<Box<dyn Provider>>,
    /// The machine, once its answers are kept.
    pub recorded: Option<Recording>,
    /// Plug-ins, asked before the folder too.
    pub plugins: Vec<Plugin>,
}

impl Opened {
    /// Something of the case could not be read or used.
    pub fn damaged(&self) -> bool {
        self.folder
            .as_ref()
            .is_some_and(|folder| !folder.findings.is_empty())
    }

    /// Those who answer for this case.
    pub fn providers(&self) -> Vec<&dyn Provider> {
        let live = self.live.iter().map(|it| it as &dyn Provider);
        let plugins = self.plugins.iter().map(|it| it as &dyn Provider);
        let folder = self.folder.iter().map(|it| it as &dyn Provider);
        let machine = self.machine.iter().map(|it| &**it);
        // It also answers for what nobody reads, so the others come first.
        let recorded = self.recorded.iter().map(|it| it as &dyn Provider);
        let others = live.chain(machine).chain(plugins);
        others.chain(recorded).chain(folder).collect()
    }
}

/// Opens what the arguments name; tells on standard error what could not be read.
pub fn open(args: &CaseArgs, output: &mut Output) -> Result<Opened, Failure> {
    let mut opened = Opened::default();
    if let Some(path) = &args.case {
        opened = open_folder(path)?;
        for finding in opened.folder.iter().flat_map(|folder| &folder.findings) {
            output.mistake(&format!("{finding}; the report lacks this input"));
        }
    }
    if let Some(path) = &args.facts {
        opened.input.given.extend(facts(path)?);
    }
    for param in &args.params {
        opened.input.given.push(assignment(param)?);
    }
    if let Some(now) = &args.now {
        opened.input.now = Some(now.clone());
        opened.input.now_file = None;
    }
    Ok(opened)
}

/// A case folder or zip alone.
pub fn open_folder(path: &Path) -> Result<Opened, Failure> {
    let mut folder = CaseFolder::open(path).map_err(|error| {
        Failure::new(format!(
            "cannot read the case `{}`: {}",
            path.display(),
            io_reason(&error)
        ))
        .help("give a folder with `case.yaml` and `azure/*.json`, or a zip of one")
        .about(path)
    })?;
    let kept = match folder.kept.as_deref().map(keeping::read) {
        Some(Ok(kept)) => kept,
        Some(Err(error)) => {
            folder.complain(KEPT, Some((error.line, error.column)), error.message);
            Vec::new()
        }
        None => Vec::new(),
    };
    let case = &folder.case;
    let named = case.params.iter().chain(case.facts.iter());
    let given = named.map(|(name, value)| Given {
        name: name.to_owned(),
        value: value.value.clone(),
        file: folder.case_file.clone(),
    });
    let said = match &folder.answers {
        Some(bytes) => dialogue::read(&path.join(ANSWERS), bytes)?,
        None => Vec::new(),
    };
    let resources = folder.resources().into_iter();
    let input = CaseInput {
        texts: case.symptoms.clone(),
        now: case.now.clone(),
        now_file: folder.case_file.clone(),
        given: given.collect(),
        said,
        resources: resources
            .map(|it| Resource {
                kind: it.kind,
                id: it.id,
                file: Some(it.file),
            })
            .collect(),
        kept,
        locale: case.locale.clone(),
        ..CaseInput::default()
    };
    Ok(Opened {
        input,
        folder: Some(folder),
        ..Opened::default()
    })
}

/// The bytes of a file, a pipe, or standard input for `-`, refused as soon as they are more than `longest`: a device never ends.
pub fn read_bounded(path: &Path, longest: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let limit = longest as u64 + 1;
    let read = if path == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    read.map_err(|error| Failure::unreadable(path, &error))?;
    if bytes.len() > longest {
        let name = match path.to_str() {
            Some("-") => "standard input".to_owned(),
            _ => format!("`{}`", path.display()),
        };
        return Err(Failure::new(format!(
            "{name} is larger than {} MB",
            longest >> 20
        )));
    }
    Ok(bytes)
}

/// What a file of answers says; nothing while there is none.
pub fn answers(path: &Path) -> Result<Vec<Said>, Failure> {
    match path.exists() {
        true => dialogue::read(path, &read_bounded(path, fixture::LONGEST)?),
        false => Ok(Vec::new()),
    }
}

/// Facts by name from a file, or from standard input for `-`.
fn facts(path: &Path) -> Result<Vec<Given>, Failure> {
    let bytes = read_bounded(path, fixture::LONGEST)?;
    let name = match path.to_str() {
        Some("-") => "standard input".to_owned(),
        _ => path.display().to_string(),
    };
    let format = if path == Path::new("-") {
        Format::Either
    } else {
        Format::of_name(&name)
    };
    let given = fixture::facts(&bytes, format).map_err(|error| {
        Failure::new(format!(
            "{name}:{}:{}: {}",
            error.line, error.column, error.message
        ))
    })?;
    Ok(given
        .iter()
        .map(|(fact, value)| Given {
            name: fact.to_owned(),
            value: value.value.clone(),
            file: Some(name.clone()),
        })
        .collect())
}

fn assignment(text: &str) -> Result<Given, Failure> {
    let (name, value) = text.split_once('=').ok_or_else(|| {
        Failure::new(format!("`{text}` is no assignment")).help("write `--param NAME=VALUE`")
    })?;
    Ok(Given {
        name: name.trim().to_owned(),
        value: serde_json::Value::String(value.to_owned()),
        file: None,
    })
}

/// Fits a case to a program.
pub fn fit(program: &Sealed, input: CaseInput) -> Result<Case, Failure> {
    Case::new(program, input).map_err(|wrong| misuse(&wrong))
}

/// All mistakes in one message.
pub fn misuse(wrong: &[Misuse]) -> Failure {
    let lines: Vec<String> = wrong
        .iter()
        .map(|it| format!("{it}; {}", it.help()))
        .collect();
    Failure::several(&lines)
}

/// Standard input can be read once only; a dialogue reads it too.
pub fn one_reader(args: &CaseArgs, symptoms: &[String], ask: bool) -> Result<(), Failure> {
    let facts = args.facts.as_deref() == Some(Path::new("-"));
    let named = symptoms.iter().filter(|it| *it == "-").count();
    let readers = named + usize::from(facts) + usize::from(ask);
    if readers > 1 {
        return Err(
            Failure::new("standard input is asked for twice, and can be read once only")
                .help("give one of them as a file: `--symptom @FILE`, `--facts FILE`"),
        );
    }
    Ok(())
}

/// What a person typed for `--symptom`: the text itself, `-` for standard input, `@FILE` for a file.
pub fn complaint(texts: &[String]) -> Result<Vec<String>, Failure> {
    texts.iter().map(|text| complaint_text(text)).collect()
}

fn complaint_text(text: &str) -> Result<String, Failure> {
    let bytes = if text == "-" {
        read_bounded(Path::new("-"), LONGEST_COMPLAINT)?
    } else if let Some(path) = text.strip_prefix('@') {
        read_bounded(Path::new(path), LONGEST_COMPLAINT)?
    } else {
        return Ok(text.to_owned());
    };
    // A pasted screen may hold anything; what is no text is shown as such and recognised as nothing.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
