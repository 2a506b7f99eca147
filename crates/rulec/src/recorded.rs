//! A case as a `test` of a pack: what is known of it, or where it lies, and what comes out of it.
//!
//! Values are written down where the language can write them. Where it cannot, or where one is secret, the test starts from the case
//! itself. Either way the statement is run in the pack first: it passes as it stands, and it knows what the case tells.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use rulec_check::tests::TestCase;
use rulec_eval::report::{Report, VerdictWord};
use rulec_eval::{Session, run_session};
use rulec_facts::types::Type;
use rulec_facts::value::{Partial, Value};
use rulec_facts::written;
use rulec_program::program::SymptomId;
use rulec_program::seal::Sealed;
use rulec_program::state::State;

use crate::commands::run::BUDGET;
use crate::failure::Failure;
use crate::load::Loaded;
use crate::opening;
use crate::ready::Ready;
use crate::statement::tried::{self, Draft};
use crate::statement::{Expected, Statement};
use crate::trial;

/// A case as a test.
pub struct Recorded {
    /// The test's name.
    pub name: String,
    /// Its statement, in the one layout.
    pub text: String,
    /// Why it starts from the case itself; none if it holds all values.
    pub linked: Option<String>,
}

/// A case, and where a test of it is to stand.
pub struct Recording<'a> {
    /// The case: a folder or a zip.
    pub case: &'a Path,
    /// The test's name; none: that of the case.
    pub name: Option<&'a str>,
    /// Start from the case itself in any event.
    pub link: bool,
}

impl Recording<'_> {
    /// The statement, tried in a copy of the pack, which is the first of those that were loaded.
    pub fn write(&self, ready: &Ready, loaded: &Loaded) -> Result<Recorded, Failure> {
        let program = &ready.program;
        let mut opened = opening::open_folder(self.case)?;
        let findings = opened.folder.iter().flat_map(|it| &it.findings);
        let damage: Vec<String> = findings.map(ToString::to_string).collect();
        if !damage.is_empty() {
            return Err(Failure::several(&damage).help(
                "mend the case, or take away what cannot be read: half a case proves nothing",
            ));
        }
        let input = std::mem::take(&mut opened.input);
        let texts = input.texts.clone();
        let mut session = Session::new(program, opening::fit(program, input)?);
        run_session(&mut session, &opened.providers(), BUDGET);
        let name = self.named(ready)?;
        let expected = expected(&session.report());
        let mut why = self.link.then(|| "it was asked for".to_owned());
        if why.is_none() {
            let text = values(program, &name, session.state(), &texts, &expected);
            match text.and_then(|text| checked(text, &session, loaded)) {
                Ok(text) => {
                    return Ok(Recorded {
                        name,
                        text,
                        linked: None,
                    });
                }
                Err(reason) => why = Some(reason),
            }
        }
        let why = why.unwrap_or_default();
        let text = self.linking(program, &name, &expected, loaded, &why)?;
        match checked(text, &session, loaded) {
            Ok(text) => Ok(Recorded {
                name,
                text,
                linked: Some(why),
            }),
            Err(why) => Err(Failure::new(format!(
                "the case does not come out the same as a test: {why}"
            ))
            .help(
                "give the test another name with `--name`, or write it by hand with `given case`",
            )),
        }
    }

    /// A name that no test of the pack has.
    fn named(&self, ready: &Ready) -> Result<String, Failure> {
        let taken = |name: &str| {
            let mut tests = ready.analysis.tests.iter();
            tests.any(|it| it.pack.0 == 0 && it.name == *name)
        };
        if let Some(name) = self.name {
            let name = name.replace(char::is_control, " ");
            return match taken(&name) {
                false => Ok(name),
                true => Err(Failure::new(format!("the pack has a test named `{name}`"))
                    .help("give another name with `--name`")),
            };
        }
        let full = fs::canonicalize(self.case).unwrap_or_else(|_| self.case.to_owned());
        let stem = match full.is_dir() {
            true => full.file_name(),
            false => full.file_stem(),
        };
        let plain = stem.map_or("case".into(), |it| it.to_string_lossy());
        let plain = plain.replace(char::is_control, " ");
        let mut names = (2..).map(|number| format!("{plain} ({number})"));
        let mut name = plain.clone();
        while taken(&name) {
            name = names.next().unwrap_or_default();
        }
        Ok(name)
    }

    /// The statement that starts from the case itself.
    fn linking(
        &self,
        program: &Sealed,
        name: &str,
        expected: &Expected,
        loaded: &Loaded,
        why: &str,
    ) -> Result<String, Failure> {
        let wrong = |what: &str| {
            Failure::new(format!(
                "the values of the case cannot be written down, since {why}"
            ))
            .help(what)
        };
        let folder = folder_of(loaded).ok_or_else(|| {
            wrong("name the folder of the pack, `rulec test PACK --from CASE`: then the test starts from the case where it lies")
        })?;
        let path = from(&folder, self.case)
            .filter(|it| written::text(it).is_some())
            .ok_or_else(|| wrong("put the case into the folder of the pack, under a plain name"))?;
        let mut statement = Statement::new(program, None, name);
        let given = statement.quoted("given case", &path);
        given
            .ok_or_else(|| wrong("put the case into the folder of the pack, under a plain name"))?;
        statement.expect(expected);
        statement.line("expect nothing else confirmed");
        Ok(statement.text())
    }
}

/// The statement that holds all values; why there can be none.
fn values(
    program: &Sealed,
    name: &str,
    state: &State,
    texts: &[String],
    expected: &Expected,
) -> Result<String, String> {
    for (slot, value) in program.slots.iter().zip(state.slots()) {
        if slot.secret && known(value) || holds_secret(value, &slot.ty) {
            return Err(format!("`{}` is secret", slot.named.name));
        }
    }
    let mut statement = Statement::new(program, None, name);
    for text in texts {
        // A screen that was pasted has lines, and a text of the language has one.
        let line: Vec<&str> = text.split(char::is_control).map(str::trim).collect();
        let unwritten = || "what the person pasted cannot be written".to_owned();
        let pasted = statement.quoted("pasted", line.join(" ").trim());
        pasted.ok_or_else(unwritten)?;
    }
    for (number, symptom) in (0u32..).zip(&program.symptoms) {
        match state.answered(SymptomId(number)) {
            Some(true) => statement.symptom(SymptomId(number)),
            Some(false) => {
                let name = &symptom.named.name;
                return Err(format!("a test cannot say no to the question of `{name}`"));
            }
            None => {}
        }
    }
    let unwritten = statement.values(state, true);
    unwritten.map_err(|name| format!("the language cannot write the value of `{name}`"))?;
    statement.expect(expected);
    statement.line("expect nothing else confirmed");
    Ok(statement.text())
}

fn known(value: &Partial) -> bool {
    matches!(value, Partial::Known(_))
}

/// A secret field in it has a value.
fn holds_secret(value: &Partial, ty: &Type) -> bool {
    let Partial::Known(value) = value else {
        return false;
    };
    match (value, ty.record(), ty.member()) {
        (Value::Record(fields), Some(record), _) => {
            let mut fields = record.fields.iter().zip(fields.iter());
            fields.any(|(field, value)| {
                field.secret && known(value) || holds_secret(value, &field.ty)
            })
        }
        (Value::List(all) | Value::Set(all), _, Some(member)) => {
            all.iter().any(|it| holds_secret(&it.value, member))
        }
        _ => false,
    }
}

/// What came out, in the order of the report.
fn expected(report: &Report) -> Expected {
    let mut expected = Expected::default();
    for line in &report.verdicts {
        let list = match line.verdict {
            VerdictWord::Confirmed => &mut expected.confirmed,
            VerdictWord::RuledOut => &mut expected.ruled_out,
            VerdictWord::Open => &mut expected.open,
            VerdictWord::Latent => continue,
        };
        list.push(line.rule.clone());
    }
    expected
}

/// The statement, if it stands in the pack, knows what the case tells and passes; else why not.
fn checked(text: String, session: &Session<'_>, loaded: &Loaded) -> Result<String, String> {
    let mut copy = loaded.with_texts(&BTreeMap::new());
    let beside = folder_of(loaded).unwrap_or_default().join("test");
    let draft = Draft::new(text.clone(), &beside.to_string_lossy(), 0, &mut copy);
    let faults = tried::faults(&[draft], copy, |ready, test, _| other(ready, test, session));
    match faults.into_iter().next() {
        Some((_, why)) => Err(why),
        None => Ok(text),
    }
}

/// What the test knows otherwise than the case, or what fails.
fn other(ready: &Ready, test: &TestCase, session: &Session<'_>) -> Option<String> {
    let (case, opened, _) = match trial::case_of(ready, test) {
        Ok(it) => it,
        Err(fault) => return Some(fault.message),
    };
    let mut own = Session::new(&ready.program, case);
    run_session(&mut own, &opened.providers(), BUDGET);
    let (one, other) = (session.state(), own.state());
    let values = one.slots().iter().zip(other.slots());
    let slots = ready.program.slots.iter().zip(values);
    for (slot, (one, other)) in slots {
        if !written::is_same(one, other) {
            let name = &slot.named.name;
            return Some(format!(
                "the value of `{name}` would be read as another one"
            ));
        }
    }
    for (number, symptom) in (0u32..).zip(&ready.program.symptoms) {
        let id = SymptomId(number);
        let there = |it: &State| it.is_reported(id) || it.answered(id) == Some(true);
        if there(one) != there(other) {
            let name = &symptom.named.name;
            return Some(format!("`{name}` would be recognised otherwise"));
        }
    }
    if one.codes() != other.codes() {
        return Some("other codes would be recognised".to_owned());
    }
    let failures = trial::run(ready, test).failures;
    failures.into_iter().next().map(|it| it.message)
}

/// The folder of the first pack; none of one that is built in or was read from standard input.
fn folder_of(loaded: &Loaded) -> Option<PathBuf> {
    loaded.homes.first().and_then(|it| it.folder.clone())
}

/// The way from a folder to a file or folder, with `/`; the whole path where no way leads there, as from one drive to another.
fn from(folder: &Path, to: &Path) -> Option<String> {
    let folder = fs::canonicalize(folder).ok()?;
    let to = fs::canonicalize(to).ok()?;
    let same = folder.components().zip(to.components());
    let same = same.take_while(|(a, b)| a == b).count();
    let starts = |path: &Path| path.components().next().map(|it| it.as_os_str().to_owned());
    if starts(&folder) != starts(&to) {
        return Some(to.to_str()?.replace('\\', "/"));
    }
    let up = folder.components().skip(same).map(|_| "..");
    let down = to.components().skip(same).map(|it| match it {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    let down: Vec<&str> = down.collect::<Option<_>>()?;
    Some(up.chain(down).collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests;
