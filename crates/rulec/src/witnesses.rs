//! Cases of findings, kept: as folders that `rulec run --case` reads, and as `test` statements of the pack.
//!
//! Each is read back and run before it is kept. What does not come out as the finding says is left out, and why is told.

mod folders;
mod statements;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rulec_check::Analysis;
use rulec_check::shown::Shown;
use rulec_facts::truth::Truth;
use rulec_program::program::Named;
use rulec_program::seal::Sealed;
use rulec_syntax::diagnostic::Diagnostic;
use rulec_syntax::source::Sources;

use crate::failure::Failure;
use crate::output::Output;
use crate::statement::Expected;

pub use folders::save;
pub use statements::{HEAD, statements};

/// Names that are tried for a file beside another.
const MOST_BESIDE: u32 = 100;

/// Longest name of a folder, characters.
const LONGEST_NAME: usize = 100;

/// A finding whose case is not kept.
pub struct LeftOut {
    code: &'static str,
    place: String,
    why: String,
}

impl LeftOut {
    fn new(shown: &Shown, sources: &Sources, why: impl Into<String>) -> LeftOut {
        let place = sources.get(shown.span.file).map_or_else(String::new, |it| {
            let at = it.line_column(shown.span.start);
            format!("{}:{}:{}", it.path, at.line, at.column)
        });
        LeftOut {
            code: shown.code.name,
            place,
            why: why.into(),
        }
    }
}

/// Says what is not kept.
pub fn tell(left_out: &[LeftOut], output: &mut Output) {
    for it in left_out {
        let text = format!(
            "the case of `{}` at {} is not kept: {}",
            it.code, it.place, it.why
        );
        output.note("note", &text);
    }
}

/// The cases of the findings that are shown, in their order, each with its name: `gap-no-resources`. No two have one name, not even where
/// names have no case, and none has one that is taken.
fn of_findings<'a>(
    analysis: &'a Analysis,
    program: &Sealed,
    findings: &[Diagnostic],
    mut taken: BTreeSet<String>,
) -> Vec<(String, &'a Shown)> {
    let mut all: Vec<(String, &Shown)> = Vec::new();
    for finding in findings {
        for shown in analysis.shown.iter().filter(|it| it.belongs_to(finding)) {
            if all.iter().any(|(_, it)| std::ptr::eq(*it, shown)) {
                continue;
            }
            let plain = name(program, shown);
            let (mut name, mut times) = (plain.clone(), 1);
            while !taken.insert(name.to_lowercase()) {
                times += 1;
                name = format!("{plain}-{times}");
            }
            all.push((name, shown));
        }
    }
    all
}

/// Code and subjects, as the name of a folder may be.
fn name(program: &Sealed, shown: &Shown) -> String {
    let symptoms = shown.symptoms.iter();
    let symptoms = symptoms.filter_map(|it| program.symptoms.get(it.0 as usize));
    let mut subjects: Vec<&Named> = symptoms.map(|it| &it.named).collect();
    if subjects.is_empty() {
        let rules = shown.about.iter();
        let rules = rules.filter_map(|it| program.rules.get(it.0 as usize));
        subjects.extend(rules.map(|it| &it.named));
    }
    let mut name = shown.code.name.to_owned();
    for subject in subjects {
        name.push('-');
        name.push_str(&subject.name);
    }
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    name.chars().map(plain).take(LONGEST_NAME).collect()
}

/// What comes out of the case.
fn expected(program: &Sealed, shown: &Shown) -> Expected {
    let mut expected = Expected::default();
    for (rule, truth) in &shown.verdicts {
        let Some(rule) = program.rules.get(rule.0 as usize) else {
            continue;
        };
        let ambiguous = program.rule_named(&rule.named.name).is_none();
        let name = program.shown_name(&rule.named, ambiguous);
        match truth {
            Truth::True => expected.confirmed.push(name),
            Truth::False => expected.ruled_out.push(name),
            Truth::Unknown => expected.open.push(name),
        }
    }
    expected
}

/// Writes beside the file and renames, so that no half-written file is ever seen. Of what lies beside it nothing is touched.
pub fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let fail = |error: io::Error| Failure::unwritable(path, &error);
    let (mut file, beside) = new_beside(path).map_err(fail)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| {
        if let Ok(about) = fs::metadata(path) {
            file.set_permissions(about.permissions())?;
        }
        drop(file);
        fs::rename(&beside, path)
    });
    written.map_err(|error| {
        // It is ours: it was made here.
        let _ = fs::remove_file(&beside);
        fail(error)
    })
}

/// A file of a name that nothing has.
fn new_beside(path: &Path) -> io::Result<(fs::File, PathBuf)> {
    let mut number = 0;
    loop {
        let mut beside = path.as_os_str().to_owned();
        beside.push(format!(".new{number}"));
        let beside = PathBuf::from(beside);
        let made = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&beside);
        match made {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < MOST_BESIDE => {
                number += 1;
            }
            made => return Ok((made?, beside)),
        }
    }
}
