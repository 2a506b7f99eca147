//! Twenty mistakes of more than forty kinds, put into random statements of a pack of two hundred: exactly these findings
//! come out, each at its place, none of them twice, and nothing that only follows from them. A thousand seeded runs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

#[path = "mistakes/kinds.rs"]
mod kinds;
#[path = "mistakes/pack.rs"]
mod pack;

use std::collections::BTreeMap;

use kinds::{KINDS, Mistake};
use pack::{Pack, hides};
use rulec_check::{Input, PackInput, RuleFile, look_over};
use rulec_syntax::diagnostic::Level;
use rulec_syntax::parse::parse;
use rulec_syntax::source::{SourceFile, Sources};

const GROUPS: usize = 9;
const RUNS: u64 = 1000;
const MISTAKES: usize = 20;

/// Code and first byte of each finding, sorted.
fn findings(text: &str) -> Vec<(String, usize, String)> {
    let mut sources = Sources::new();
    let id = sources.add(SourceFile::new("clean.rules", text));
    let parsed = parse(id, text);
    let mut pack = PackInput::new("clean.pack");
    pack.files.push(RuleFile {
        id,
        tree: parsed.file,
    });
    let analysis = look_over(
        &Input {
            packs: vec![pack],
            roots: 1,
        },
        &sources,
    );
    let mut found: Vec<_> = parsed
        .findings
        .iter()
        .chain(&analysis.findings)
        .filter(|it| it.level >= Level::Warning)
        .map(|it| {
            (
                it.code.name.to_owned(),
                it.span.start as usize,
                it.message.clone(),
            )
        })
        .collect();
    found.sort();
    found
}

struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

/// Puts a mistake into a statement; gives the place at which it must be found.
fn put(pack: &mut Pack, at: usize, mistake: &Mistake) -> usize {
    let (_, group, text) = &pack.statements[at];
    let from = mistake.from.replace('@', &group.to_string());
    let to = mistake.to.replace('@', &group.to_string());
    assert_eq!(
        text.matches(&from).count(),
        1,
        "{}: `{from}` must stand once in\n{text}",
        mistake.name
    );
    let begin = text.find(&from).unwrap();
    let mark = to
        .find('«')
        .unwrap_or_else(|| panic!("{}: no mark", mistake.name));
    let changed = text.replacen(&from, &to.replace('«', ""), 1);
    pack.statements[at].2 = changed;
    begin + mark
}

fn statement(pack: &Pack, target: &str, group: usize) -> usize {
    pack.statements
        .iter()
        .position(|it| it.0 == target && it.1 == group)
        .unwrap_or_else(|| panic!("no `{target}`"))
}

#[test]
fn the_pack_without_mistakes_is_clean() {
    let pack = Pack::clean(GROUPS);
    assert!(pack.statements.len() + 2 >= 200);
    assert_eq!(findings(&pack.text().0), []);
}

#[test]
fn each_mistake_alone_is_one_finding_at_its_place() {
    let mut wrong = Vec::new();
    for mistake in KINDS {
        let mut pack = Pack::clean(3);
        let at = statement(&pack, mistake.target, 2);
        let offset = put(&mut pack, at, mistake);
        let (text, starts) = pack.text();
        let place = starts[at] + offset;
        let found = findings(&text);
        let right = found.len() == 1 && found[0].0 == mistake.code && found[0].1 == place;
        if !right {
            let line = |at: usize| text[..at.min(text.len())].lines().count();
            let shown: Vec<_> = found
                .iter()
                .map(|it| format!("{} at line {} byte {}: {}", it.0, line(it.1), it.1, it.2))
                .collect();
            wrong.push(format!(
                "{}: wanted {} at line {} byte {place}, found {shown:#?}",
                mistake.name,
                mistake.code,
                line(place)
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        KINDS.len(),
        wrong.join("\n")
    );
}

#[test]
fn there_are_at_least_forty_kinds_of_at_least_thirty_codes() {
    let codes: std::collections::BTreeSet<_> = KINDS.iter().map(|it| it.code).collect();
    let names: std::collections::BTreeSet<_> = KINDS.iter().map(|it| it.name).collect();
    assert_eq!(names.len(), KINDS.len());
    assert!(
        KINDS.len() >= 40 && codes.len() >= 30,
        "{} kinds, {} codes",
        KINDS.len(),
        codes.len()
    );
}

#[test]
fn twenty_mistakes_at_once_are_exactly_twenty_findings() {
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 1..=RUNS {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let mut pack = Pack::clean(GROUPS);
        let mut wanted = Vec::new();
        let mut taken = std::collections::BTreeSet::new();
        while taken.len() < MISTAKES {
            let mistake = &KINDS[random.below(KINDS.len())];
            let group = 1 + random.below(GROUPS);
            let at = statement(&pack, mistake.target, group);
            let hidden = taken.iter().any(|it: &usize| {
                pack.statements[*it].1 == group && hides(pack.statements[*it].0, mistake.target)
            });
            if !hidden && taken.insert(at) {
                let offset = put(&mut pack, at, mistake);
                wanted.push((mistake, at, offset));
                *used.entry(mistake.name).or_default() += 1;
            }
        }
        let (text, starts) = pack.text();
        let mut wanted: Vec<_> = wanted
            .iter()
            .map(|(it, at, offset)| (it.code.to_owned(), starts[*at] + offset))
            .collect();
        wanted.sort();
        let found = findings(&text);
        let places: Vec<_> = found.iter().map(|it| (it.0.clone(), it.1)).collect();
        assert_eq!(places, wanted, "seed {seed}\n{found:#?}");
    }
    assert_eq!(used.len(), KINDS.len(), "some kinds were never drawn");
}
