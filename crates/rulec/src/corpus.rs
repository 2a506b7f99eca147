//! Stored cases replayed against two packs: which causes each gains or loses, and what is newly open or no longer.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use rulec_eval::report::VerdictWord;
use rulec_eval::{Recogniser, Session, run_session};
use rulec_program::seal::Sealed;
use serde_json::{Value as Json, json};

use crate::commands::run::BUDGET;
use crate::failure::Failure;
use crate::harmless;
use crate::opening;
use crate::output::Output;

/// Cases that are told to a person; the JSON has all.
const MOST_TOLD: usize = 50;

/// What came of all cases.
#[derive(Default)]
pub struct Replayed {
    /// How many were run.
    pub cases: usize,
    /// Those that do not come out the same.
    pub changed: Vec<ChangedCase>,
    /// Those that could not be run, and why.
    pub failed: Vec<(String, String)>,
}

/// A case that does not come out the same.
pub struct ChangedCase {
    name: String,
    gained: Vec<String>,
    lost: Vec<String>,
    newly_open: Vec<String>,
    /// Were open, and are ruled out or not in question.
    no_longer_open: Vec<String>,
}

/// Rules by verdict.
struct Verdicts {
    confirmed: BTreeSet<String>,
    open: BTreeSet<String>,
}

/// Replays each case folder and zip in a folder.
pub fn replay(
    dir: &Path,
    old: &Sealed,
    new: &Sealed,
    output: &mut Output,
) -> Result<Replayed, Failure> {
    let cases = cases(dir)?;
    if cases.is_empty() {
        return Err(Failure::new(format!("`{}` holds no case", dir.display()))
            .help("give a folder of case folders or zips")
            .about(dir));
    }
    let recognisers = (Recogniser::new(old), Recogniser::new(new));
    let mut replayed = Replayed::default();
    for path in cases {
        let name = path
            .file_name()
            .map_or_else(String::new, |it| it.to_string_lossy().into_owned());
        let one = verdicts(&path, old, &recognisers.0);
        let two = verdicts(&path, new, &recognisers.1);
        match (one, two) {
            (Ok(before), Ok(after)) => {
                replayed.cases += 1;
                let changed = ChangedCase::of(name, &before, &after);
                replayed.changed.extend(changed);
            }
            (Err(why), _) | (_, Err(why)) => {
                output.mistake(&format!("{}: {why}; the case is left out", path.display()));
                replayed.failed.push((name, why));
            }
        }
    }
    Ok(replayed)
}

/// Folders and zips, in order of name.
fn cases(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).map_err(|error| Failure::unreadable(dir, &error))? {
        let path = entry
            .map_err(|error| Failure::unreadable(dir, &error))?
            .path();
        if path.is_dir()
            || path
                .extension()
                .is_some_and(|it| it.eq_ignore_ascii_case("zip"))
        {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn verdicts(
    path: &Path,
    program: &Sealed,
    recogniser: &Recogniser<'_>,
) -> Result<Verdicts, String> {
    let mut opened = opening::open_folder(path).map_err(|failure| failure.to_string())?;
    if let Some(finding) = opened.folder.iter().flat_map(|it| &it.findings).next() {
        return Err(finding.to_string());
    }
    let input = std::mem::take(&mut opened.input);
    let case = opening::fit(program, input).map_err(|failure| failure.to_string())?;
    let mut session = Session::with(program, recogniser, case);
    run_session(&mut session, &opened.providers(), BUDGET);
    let report = session.report();
    let of = |word: VerdictWord| {
        let lines = report.verdicts.iter().filter(|it| it.verdict == word);
        lines.map(|it| it.rule.clone()).collect()
    };
    Ok(Verdicts {
        confirmed: of(VerdictWord::Confirmed),
        open: of(VerdictWord::Open),
    })
}

impl ChangedCase {
    fn of(name: String, before: &Verdicts, after: &Verdicts) -> Option<ChangedCase> {
        let less = |a: &BTreeSet<String>, b: &BTreeSet<String>| -> Vec<String> {
            a.difference(b).cloned().collect()
        };
        let case = ChangedCase {
            name,
            gained: less(&after.confirmed, &before.confirmed),
            lost: less(&before.confirmed, &after.confirmed),
            newly_open: less(&after.open, &before.open),
            // What is confirmed now is gained already.
            no_longer_open: less(&before.open, &after.open)
                .into_iter()
                .filter(|it| !after.confirmed.contains(it))
                .collect(),
        };
        let same = case.parts().iter().all(|it| it.1.is_empty());
        (!same).then_some(case)
    }

    fn parts(&self) -> [(&'static str, &[String]); 4] {
        [
            ("gains", &self.gained),
            ("loses", &self.lost),
            ("newly open", &self.newly_open),
            ("no longer open", &self.no_longer_open),
        ]
    }
}

impl Replayed {
    /// How many cases gain, lose, have something newly open, or no longer.
    fn counts(&self) -> [usize; 4] {
        let count = |of: fn(&ChangedCase) -> &[String]| {
            self.changed.iter().filter(|it| !of(it).is_empty()).count()
        };
        [
            count(|it| &it.gained),
            count(|it| &it.lost),
            count(|it| &it.newly_open),
            count(|it| &it.no_longer_open),
        ]
    }

    /// For a person.
    pub fn text(&self, output: &mut Output) -> Result<(), Failure> {
        for case in self.changed.iter().take(MOST_TOLD) {
            let parts = case.parts().into_iter().filter(|it| !it.1.is_empty());
            let parts: Vec<String> = parts
                .map(|(word, rules)| format!("{word} {}", rules.join(", ")))
                .collect();
            writeln!(
                output,
                "case {}: {}",
                harmless::line(&case.name),
                parts.join("; ")
            )?;
        }
        let more = self.changed.len().saturating_sub(MOST_TOLD);
        if more > 0 {
            writeln!(output, "… and {more} more; `--format json` gives them all")?;
        }
        let [gained, lost, open, settled] = self.counts();
        let cases = match self.cases {
            1 => "1 stored case".to_owned(),
            count => format!("{count} stored cases"),
        };
        writeln!(
            output,
            "{cases} replayed: {gained} gained a cause, {lost} lost one, {open} with something newly open, {settled} with something no longer open"
        )?;
        Ok(())
    }

    /// For programs.
    pub fn json(&self) -> Json {
        let [gained, lost, open, settled] = self.counts();
        let changed = self.changed.iter().map(|it| {
            json!({
                "case": it.name,
                "gained": it.gained,
                "lost": it.lost,
                "newly_open": it.newly_open,
                "no_longer_open": it.no_longer_open,
            })
        });
        let failed = self
            .failed
            .iter()
            .map(|(case, why)| json!({ "case": case, "why": why }));
        json!({
            "cases": self.cases,
            "gained": gained,
            "lost": lost,
            "newly_open": open,
            "no_longer_open": settled,
            "changed": changed.collect::<Vec<_>>(),
            "failed": failed.collect::<Vec<_>>(),
        })
    }
}
