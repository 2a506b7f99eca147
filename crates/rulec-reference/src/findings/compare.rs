//! The findings of somebody else against those of the oracle, pack by pack and both ways.

use std::collections::{BTreeMap, BTreeSet};

use rulec_syntax::parse::parse;
use rulec_syntax::source::FileId;

use super::{Finding, Found, findings};
use crate::Fails;
use crate::generate::small;

/// Packs that are drawn for a seed until one is small.
const ATTEMPTS: u64 = 60;

/// Which packs are compared.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// Seed of the first pack.
    pub first: u64,
    /// How many packs.
    pub packs: u64,
}

/// What a comparison came to.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// Packs compared.
    pub packs: u64,
    /// Packs that were drawn and were too large.
    pub passed_over: u64,
    /// How many findings of each code the oracle has for certain, in how many packs.
    pub certain: BTreeMap<&'static str, (u64, u64)>,
    /// How many it is in doubt of, by code and doubt.
    pub doubtful: BTreeMap<(&'static str, String), u64>,
    /// Packs without any finding but gaps and overlaps.
    pub clean: u64,
    /// Each difference, with its pack.
    pub differences: Vec<String>,
}

impl Run {
    /// From the environment: `RULEC_FIRST` is the first seed, `RULEC_PACKS` the number of packs, or `RULEC_CASES` what the
    /// usual number is multiplied by.
    ///
    /// # Errors
    /// A variable that is no number.
    pub fn from_environment(usual: u64) -> Fails<Run> {
        let number = |name: &str| match std::env::var(name) {
            Ok(text) => match text.parse::<u64>() {
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(format!("{name} is no number: {text}")),
            },
            Err(_) => Ok(None),
        };
        let times = number("RULEC_CASES")?.unwrap_or(1);
        Ok(Run {
            first: number("RULEC_FIRST")?.unwrap_or(0),
            packs: number("RULEC_PACKS")?.unwrap_or(usual * times),
        })
    }
}

/// Compares what `engine` finds in the text of each generated pack, as codes and subjects (see the module), with what the
/// oracle finds. Only codes in `codes` are looked at, so that an engine can be compared before it has them all.
///
/// # Errors
/// A pack that the oracle cannot follow, which the generator should not have written.
pub fn compare(
    run: Run,
    codes: &[&str],
    engine: impl Fn(&str) -> Vec<(String, String)>,
) -> Fails<Comparison> {
    let mut comparison = Comparison::default();
    for seed in run.first..run.first + run.packs {
        let (pack, found) = small_enough(seed, &mut comparison.passed_over)?;
        let theirs: BTreeSet<(String, String)> = engine(&pack)
            .into_iter()
            .filter(|(code, _)| codes.contains(&code.as_str()))
            .collect();
        comparison.count(&found);
        let differences = differences(&found, &theirs, codes);
        if !differences.is_empty() {
            let list = differences.join("\n");
            let text = format!("seed {seed}:\n{list}\nin\n{pack}");
            comparison.differences.push(text);
        }
    }
    Ok(comparison)
}

/// The first pack of a seed that is small, and what the oracle finds in it.
///
/// # Errors
/// A pack that the oracle cannot follow for another reason than its size, or none that is small.
pub fn small_enough(seed: u64, passed_over: &mut u64) -> Fails<(String, Found)> {
    for attempt in 0..ATTEMPTS {
        let pack = small::draw(seed, attempt);
        match findings(&parse(FileId(0), &pack).file) {
            Ok(found) => return Ok((pack, found)),
            Err(error) if error.starts_with("too ") => *passed_over += 1,
            Err(error) => return Err(format!("seed {seed}: {error} in\n{pack}")),
        }
    }
    Err(format!("seed {seed} has no pack that is small"))
}

/// What one has and the other has not; a finding in doubt may be there or not.
fn differences(found: &Found, theirs: &BTreeSet<(String, String)>, codes: &[&str]) -> Vec<String> {
    let key = |finding: &Finding| (finding.code.to_owned(), finding.subject.clone());
    let mut list = Vec::new();
    for finding in &found.findings {
        let wanted = finding.doubt.is_none() && codes.contains(&finding.code);
        if wanted && !theirs.contains(&key(finding)) {
            list.push(format!("missed: {} {}", finding.code, finding.subject));
        }
    }
    let known: BTreeSet<(String, String)> = found.findings.iter().map(key).collect();
    for (code, subject) in theirs.difference(&known) {
        list.push(format!("invented: {code} {subject}"));
    }
    list
}

impl Comparison {
    fn count(&mut self, found: &Found) {
        self.packs += 1;
        let mut met = BTreeSet::new();
        for finding in &found.findings {
            match finding.doubt {
                None => {
                    let slot = self.certain.entry(finding.code).or_default();
                    slot.0 += 1;
                    slot.1 += u64::from(met.insert(finding.code));
                }
                Some(doubt) => {
                    let key = (finding.code, format!("{doubt:?}"));
                    *self.doubtful.entry(key).or_default() += 1;
                }
            }
        }
        let plain = |code: &&str| matches!(*code, "gap" | "overlapping-causes");
        self.clean += u64::from(met.iter().all(plain));
    }

    /// Codes that too few packs have, of a hundred.
    pub fn missed(&self, wanted: &[(&'static str, u64)]) -> Vec<String> {
        let mut missed = Vec::new();
        for (code, percent) in wanted {
            let packs = self.certain.get(code).map_or(0, |(_, packs)| *packs);
            if packs * 100 < self.packs * percent {
                missed.push(format!("{code}: {packs} of {} packs", self.packs));
            }
        }
        missed
    }

    /// Figures, and the first differences.
    pub fn summary(&self, shown: usize) -> String {
        let mut lines = vec![format!(
            "packs {}, clean {}, passed over as too large {}",
            self.packs, self.clean, self.passed_over
        )];
        for (code, (all, packs)) in &self.certain {
            lines.push(format!("{code}: {all} in {packs} packs"));
        }
        for ((code, doubt), all) in &self.doubtful {
            lines.push(format!("{code} in doubt, {doubt}: {all}"));
        }
        lines.push(format!("packs that differ {}", self.differences.len()));
        lines.extend(self.differences.iter().take(shown).cloned());
        lines.join("\n")
    }
}
