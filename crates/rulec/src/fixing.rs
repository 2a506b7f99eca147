//! `rulec check --fix`: repairs carried out in the texts, each checked again before it is kept.
//!
//! A repair stays only if its finding is gone and nothing else has come; one that is called safe, only if it is proved anew that the pack
//! means the same. Files are written when all is done, each at once.

mod edit;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use rulec_check::Analysis;
use rulec_program::differ::{Kind, difference};
use rulec_program::encode::Limits;
use rulec_program::seal::Sealed;
use rulec_syntax::ast::{Item, Statement};
use rulec_syntax::diagnostic::{Applies, Diagnostic, Level, Repair};
use rulec_syntax::source::{FileId, Sources, Span};
use similar::TextDiff;

use crate::args::Check;
use crate::failure::Failure;
use crate::findings;
use crate::harmless;
use crate::load::{self, Loaded};
use crate::output::Output;
use crate::witnesses::replace;

/// Rounds of repairs; each settles a finding, so this is far beyond any pack.
const MOST_ROUNDS: usize = 500;

/// What became of it.
pub enum Ending {
    /// Files were written, or nothing was to be done; the packs are to be checked as ever.
    Fixed,
    /// It was only shown, or refused: the exit code.
    Ended(u8),
}

/// A repair that may be carried out.
#[derive(Debug, Clone)]
struct Candidate {
    code: &'static str,
    message: String,
    span: Span,
    repair: Repair,
}

/// A finding by what it says.
type Key = (&'static str, String);

/// The packs at a moment, in memory.
struct Checked {
    loaded: Loaded,
    analysis: Analysis,
    findings: Vec<Diagnostic>,
}

/// Carries out what can be.
pub fn run(args: &Check, paths: &[PathBuf], output: &mut Output) -> Result<Ending, Failure> {
    if paths.iter().any(|it| it == Path::new("-")) {
        return Err(Failure::new("standard input cannot be written back")
            .help("give a folder or a file to `--fix`"));
    }
    let first = Checked::new(load::load(paths, &args.packs)?);
    if first.program().is_none() {
        let colored = output.colored();
        let text = findings::to_text(
            &first.findings,
            &first.loaded.sources,
            colored,
            output.width(),
        );
        output.write_all(text.as_bytes())?;
        writeln!(
            output,
            "nothing is changed in a pack with errors: mend them first"
        )?;
        let unreadable = first.loaded.unreadable();
        return Ok(Ending::Ended(if unreadable { 2 } else { 1 }));
    }
    let before = first.loaded.sources.clone();
    let mut fixing = Fixing {
        args,
        now: first,
        done: Vec::new(),
        refused: BTreeMap::new(),
    };
    fixing.all();
    let changed = fixing.changed_since(&before);
    if args.diff {
        for it in &changed {
            let diff = TextDiff::from_lines(it.old.as_str(), it.new.as_str());
            let text = diff.unified_diff().header(&it.shown, &it.shown).to_string();
            output.exact(&text)?;
        }
        fixing.tell_refused(output);
        return Ok(Ending::Ended(u8::from(!changed.is_empty())));
    }
    // Before the first is written: all or none, as far as that can be told.
    changed.iter().try_for_each(Changed::is_as_read)?;
    for it in &changed {
        // A link stays one: what it leads to is written.
        let path = fs::canonicalize(&it.path).unwrap_or_else(|_| it.path.clone());
        replace(&path, &it.new)?;
    }
    for line in &fixing.done {
        writeln!(output, "fixed {}", harmless::line(line))?;
    }
    output.flush()?;
    fixing.tell_refused(output);
    Ok(Ending::Fixed)
}

/// A file that is to be written.
struct Changed {
    path: PathBuf,
    shown: String,
    old: String,
    new: String,
}

impl Changed {
    /// Proofs take a while: what somebody wrote into the file since it was read is not overwritten.
    fn is_as_read(&self) -> Result<(), Failure> {
        let about = fs::metadata(&self.path);
        if about.is_ok_and(|it| it.permissions().readonly()) {
            let text = format!("`{}` is read-only: nothing is written", self.path.display());
            return Err(Failure::new(text)
                .help("make it writable, or look at what would be done with `--diff`")
                .about(&self.path));
        }
        match fs::read(&self.path) {
            Ok(now) if now == self.old.as_bytes() => Ok(()),
            Ok(_) => Err(Failure::new(format!(
                "`{}` was changed while it was checked: nothing is written",
                self.path.display()
            ))
            .help("run it again")
            .about(&self.path)),
            Err(error) => Err(Failure::unreadable(&self.path, &error)),
        }
    }
}

struct Fixing<'a> {
    args: &'a Check,
    now: Checked,
    done: Vec<String>,
    /// Repairs that were tried and taken back, with the reason.
    refused: BTreeMap<(Key, String), (String, String)>,
}

impl Fixing<'_> {
    /// Until nothing is left that can be done.
    fn all(&mut self) {
        for _ in 0..MOST_ROUNDS {
            let batch = self.batch();
            match batch.as_slice() {
                [] => return,
                [_] => {}
                all => {
                    if let Ok(next) = self.now.after(all) {
                        self.keep(all, next);
                        continue;
                    }
                }
            }
            // Together they do not do: one by one, until the first that does.
            for one in &batch {
                let one = std::slice::from_ref(one);
                match self.now.after(one) {
                    Ok(next) => {
                        self.keep(one, next);
                        break;
                    }
                    Err(why) => self.refuse(one, why),
                }
            }
        }
    }

    fn keep(&mut self, all: &[Candidate], next: Checked) {
        for it in all {
            self.done.push(self.now.told(it));
        }
        self.now = next;
    }

    fn refuse(&mut self, all: &[Candidate], why: String) {
        for it in all {
            let key = ((it.code, it.message.clone()), it.repair.title.clone());
            self.refused.insert(key, (self.now.told(it), why.clone()));
        }
    }

    /// Repairs that can be carried out together: the safe ones first, one a statement.
    fn batch(&self) -> Vec<Candidate> {
        let all = self.candidates();
        let safe = all.iter().any(|it| it.repair.applies == Applies::Safe);
        let mut met: BTreeSet<(FileId, u32)> = BTreeSet::new();
        let mut chosen: Vec<Candidate> = Vec::new();
        for it in all {
            let span = it.repair.span;
            let overlaps = |other: &Candidate| {
                let other = other.repair.span;
                other.file == span.file && other.start <= span.end && span.start <= other.end
            };
            let own = !safe || it.repair.applies == Applies::Safe;
            let statement = self.now.statement_of(span);
            let is_let = statement.is_some_and(|it| matches!(it.item, Item::Let(_)));
            // A part of a rule and one of a derived fact that it uses may each be redundant beside the other; parts of two rules are not,
            // because each leaves every verdict as it is.
            if own && is_let && it.code == "redundant-literal" {
                if chosen.is_empty() {
                    return vec![it];
                }
                continue;
            }
            let statement = statement.map_or(0, |it| it.place.0.start);
            if own && !chosen.iter().any(overlaps) && met.insert((span.file, statement)) {
                chosen.push(it);
            }
        }
        chosen
    }

    fn candidates(&self) -> Vec<Candidate> {
        let mut found = Vec::new();
        for finding in &self.now.findings {
            if finding.code.name == "gap" && !self.args.gaps {
                continue;
            }
            let wanted = |it: &&Repair| match it.applies {
                Applies::Safe => true,
                Applies::Unsafe => self.args.allow_unsafe,
                Applies::ByHand => false,
            };
            let repairs = finding.repairs.iter().filter(wanted);
            found.extend(repairs.map(|repair| Candidate {
                code: finding.code.name,
                message: finding.message.clone(),
                span: finding.span,
                repair: repair.clone(),
            }));
        }
        found.retain(|it| {
            let key = ((it.code, it.message.clone()), it.repair.title.clone());
            !self.refused.contains_key(&key) && self.now.loaded.is_of_root(it.repair.span.file)
        });
        found
    }

    /// The files that are to be written.
    fn changed_since(&self, before: &Sources) -> Vec<Changed> {
        let loaded = &self.now.loaded;
        let changed = before.iter().filter_map(|(id, old)| {
            let new = loaded.sources.get(id).filter(|it| it.text != old.text)?;
            let path = loaded.path_of(id).unwrap_or(Path::new(&old.path));
            Some(Changed {
                path: path.to_owned(),
                shown: old.path.clone(),
                old: old.text.to_string(),
                new: new.text.to_string(),
            })
        });
        changed.collect()
    }

    fn tell_refused(&self, output: &mut Output) {
        for (it, why) in self.refused.values() {
            output.note("note", &format!("not fixed: {it}: {why}"));
        }
    }
}

impl Checked {
    fn new(loaded: Loaded) -> Checked {
        let analysis = loaded.prove(true);
        let findings = loaded.all_findings(&analysis);
        Checked {
            loaded,
            analysis,
            findings,
        }
    }

    /// The program, if nothing was lost on the way to it.
    fn program(&self) -> Option<&Sealed> {
        let lost = self
            .loaded
            .findings
            .iter()
            .any(|it| it.level == Level::Error);
        self.analysis.program.as_ref().filter(|_| !lost)
    }

    /// Code, place and what is done.
    fn told(&self, it: &Candidate) -> String {
        let place = self
            .loaded
            .sources
            .get(it.span.file)
            .map_or_else(String::new, |file| {
                format!(" in {}:{}", file.path, file.line_column(it.span.start).line)
            });
        format!("`{}`{place}: {}", it.code, it.repair.title)
    }

    /// The statement that holds a place, or stands before it.
    fn statement_of(&self, span: Span) -> Option<&Statement> {
        let packs = self.loaded.input.packs.iter();
        let file = packs.flat_map(|it| &it.files).find(|it| it.id == span.file);
        let statements = file.map_or(&[][..], |it| &it.tree.statements);
        let after = statements.partition_point(|it| it.place.0.start <= span.start);
        after.checked_sub(1).and_then(|at| statements.get(at))
    }

    fn counts(&self) -> BTreeMap<Key, usize> {
        let mut counts = BTreeMap::new();
        for it in &self.findings {
            *counts
                .entry((it.code.name, it.message.clone()))
                .or_default() += 1;
        }
        counts
    }

    /// The packs with these repairs; why they are not to be kept, if they are not.
    fn after(&self, repairs: &[Candidate]) -> Result<Checked, String> {
        let mut texts = BTreeMap::new();
        let files: BTreeSet<FileId> = repairs.iter().map(|it| it.repair.span.file).collect();
        for id in files {
            let own = repairs.iter().filter(|it| it.repair.span.file == id);
            let own: Vec<&Repair> = own.map(|it| &it.repair).collect();
            let old = self.loaded.sources.get(id).map_or("", |it| &*it.text);
            texts.insert(id, edit::applied(old, &own).ok_or("its place is gone")?);
        }
        let next = Checked::new(self.loaded.with_texts(&texts));
        let (Some(old), Some(new)) = (self.program(), next.program()) else {
            let errors = next.findings.iter().filter(|it| it.level == Level::Error);
            let first = errors.map(|it| it.message.clone()).next();
            return Err(format!(
                "the pack would have an error: {}",
                first.unwrap_or_default()
            ));
        };
        self.nothing_new(&next, repairs)?;
        if repairs.iter().all(|it| it.repair.applies == Applies::Safe) {
            means_the_same(old, new)?;
        }
        Ok(next)
    }

    /// The findings are gone, and no others have come.
    fn nothing_new(&self, next: &Checked, repairs: &[Candidate]) -> Result<(), String> {
        let (before, after) = (self.counts(), next.counts());
        for it in repairs {
            let key = (it.code, it.message.clone());
            let count = |of: &BTreeMap<Key, usize>| of.get(&key).copied().unwrap_or(0);
            if count(&after) >= count(&before) {
                return Err("the finding would stay".to_owned());
            }
        }
        let of_code = |of: &BTreeMap<Key, usize>, code: &str| -> usize {
            of.iter().filter(|it| it.0.0 == code).map(|it| it.1).sum()
        };
        for (key, count) in &after {
            // Of two literals that say the same each is told with the other in mind.
            let fewer =
                key.0 == "redundant-literal" && of_code(&after, key.0) < of_code(&before, key.0);
            if *count > before.get(key).copied().unwrap_or(0) && !fewer {
                return Err(format!("it would bring `{}`: {}", key.0, key.1));
            }
        }
        Ok(())
    }
}

/// Every verdict is what it was; a rule that is gone was confirmed only beside another that stays.
fn means_the_same(old: &Sealed, new: &Sealed) -> Result<(), String> {
    let found = difference(old, new, Limits::default());
    let found = found.map_err(|_| "it cannot be compared with what it was".to_owned())?;
    let gone = |rule: &str| new.rule_named(rule).is_none() && old.rule_named(rule).is_some();
    for bucket in &found.buckets {
        let mut changes = bucket.changes.iter();
        if let Some(change) = changes.find(|it| !gone(&it.rule) || it.kind != Kind::Change) {
            return Err(format!("`{}` would come out otherwise", change.rule));
        }
        if let Some(open) = bucket.open.first() {
            let text = format!(
                "that `{}` comes out as before could not be proved",
                open.rule
            );
            return Err(text);
        }
    }
    if !found.outline.is_empty() {
        return Err("more than verdicts would be otherwise".to_owned());
    }
    match found.contradictory {
        true => Err("its assumptions clash".to_owned()),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_meanwhile_is_not_overwritten() {
        let path = std::env::temp_dir().join(format!("rulec-fixing-{}", std::process::id()));
        let changed = Changed {
            path: path.clone(),
            shown: "p.rules".to_owned(),
            old: "as read".to_owned(),
            new: "mended".to_owned(),
        };
        assert!(changed.is_as_read().is_err(), "it is not there any more");
        fs::write(&path, "as read").unwrap_or_default();
        assert!(changed.is_as_read().is_ok());
        fs::write(&path, "as somebody left it").unwrap_or_default();
        let why = changed.is_as_read().err().map(|it| it.to_string());
        let _ = fs::remove_file(&path);
        let why = why.unwrap_or_default();
        assert!(why.contains("was changed while it was checked"), "{why}");
    }
}
