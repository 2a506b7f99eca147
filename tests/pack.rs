//! The pack `azure.p2s` as a whole: its list of causes is complete and true, each rule is tested in all three ways, and the page of
//! the book says what is computed here. What its rules say is tested beside them, in the pack's own tests.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

#[path = "pack/causes.rs"]
mod causes;
#[path = "pack/conflicts.rs"]
mod conflicts;
#[path = "pack/figures.rs"]
mod figures;
#[path = "pack/permissions.rs"]
mod permissions;
#[path = "pack/places.rs"]
mod places;
#[path = "started.rs"]
mod started;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use causes::Cause;
use figures::{Figures, Ground};
use rulec_check::tests::Expected;
use rulec_check::{Analysis, Input, PackInput, RuleFile, analyse, look_over};
use rulec_program::program::{Named, Program};
use rulec_syntax::parse::parse;
use rulec_syntax::source::{SourceFile, Sources};

/// The pack, then those that it uses.
const PACKS: [&str; 3] = ["azure-p2s", "azure-base", "windows-base"];
/// Entries of the article, and those that a later version of it added.
const ENTRIES: u32 = 28;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn entries() -> Vec<String> {
    (1..=ENTRIES)
        .map(|number| format!("S{number:02}"))
        .collect()
}

/// Reads one folder of rules.
fn read(folder: &str, sources: &mut Sources) -> PackInput {
    let mut pack = PackInput::new(folder);
    let dir = root().join("rules").join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "rules"))
        .collect();
    paths.sort();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let id = sources.add(SourceFile::new(format!("{folder}/{name}"), text.as_str()));
        let parsed = parse(id, &text);
        assert!(parsed.findings.is_empty(), "{name} does not parse");
        pack.files.push(RuleFile {
            id,
            tree: parsed.file,
        });
    }
    pack
}

fn all() -> (Input, Sources) {
    let mut sources = Sources::new();
    let packs = PACKS
        .iter()
        .map(|folder| read(folder, &mut sources))
        .collect();
    (Input { packs, roots: 1 }, sources)
}

fn checked() -> Analysis {
    let (input, sources) = all();
    analyse(&input, &sources)
}

fn program(analysis: &Analysis) -> &Program {
    analysis.program.as_ref().expect("the pack has errors")
}

/// What the pack itself declares, not the packs that it uses.
fn own(named: &Named) -> bool {
    named.pack.0 == 0
}

/// The entry in whose file a symptom stands. S22 is a second text of S05's.
fn entry_of(program: &Program, symptom: &Named) -> String {
    let file = &program.files[symptom.place.file as usize];
    let name = file.rsplit('/').next().unwrap();
    name.split('-').next().unwrap().to_uppercase()
}

/// The entries to which each rule belongs by its symptoms.
fn entries_of_rules(program: &Program) -> BTreeMap<String, BTreeSet<String>> {
    let rules = program.rules.iter().filter(|rule| own(&rule.named));
    rules
        .map(|rule| {
            let symptoms = rule.symptoms.iter().map(|it| it.0 as usize);
            let entries = symptoms.map(|it| entry_of(program, &program.symptoms[it].named));
            (rule.named.name.to_string(), entries.collect())
        })
        .collect()
}

#[test]
fn looking_over_finds_the_same_and_makes_no_program() {
    let (input, sources) = all();
    let alone = look_over(&input, &sources);
    assert!(alone.program.is_none());
    let analysis = analyse(&input, &sources);
    assert_eq!(alone.findings, analysis.findings);
    assert_eq!(alone.index, analysis.index);
}

#[test]
fn each_entry_has_causes() {
    let causes = causes::read(&root());
    for entry in entries() {
        let listed = causes.iter().any(|it| it.entry == entry);
        assert!(listed, "causes.tsv has no row of {entry}");
    }
    let known = entries();
    let strange: Vec<&Cause> = causes
        .iter()
        .filter(|it| !known.contains(&it.entry))
        .collect();
    assert!(strange.is_empty(), "no such entry: {strange:#?}");
}

#[test]
fn each_cause_has_a_rule_of_its_entry_or_a_reason() {
    let analysis = checked();
    let rules = entries_of_rules(program(&analysis));
    for cause in causes::read(&root()) {
        let Some(rule) = &cause.rule else {
            let (kind, reason) = cause.note.split_once(':').unwrap_or((&cause.note, ""));
            assert!(
                kind.starts_with("no rule") || kind.starts_with("no fix"),
                "without a rule, the note says `no rule` or `no fix`: {cause:#?}"
            );
            assert!(
                reason.trim().len() > 10,
                "why is there none, after a colon? {cause:#?}"
            );
            continue;
        };
        let entries = rules
            .get(rule)
            .unwrap_or_else(|| panic!("the pack has no such rule: {cause:#?}"));
        let entry = if cause.entry == "S22" {
            "S05"
        } else {
            &cause.entry
        };
        assert!(
            entries.contains(entry),
            "the rule is none of the entry's symptom but of {entries:?}: {cause:#?}"
        );
    }
}

#[test]
fn each_rule_stands_in_the_list_of_causes_under_each_of_its_entries() {
    let analysis = checked();
    let causes = causes::read(&root());
    let mut missing = Vec::new();
    for (rule, entries) in entries_of_rules(program(&analysis)) {
        assert!(!entries.is_empty(), "`{rule}` belongs to no entry");
        for entry in entries {
            let listed = causes
                .iter()
                .any(|it| it.entry == entry && it.rule.as_ref() == Some(&rule));
            if !listed {
                missing.push(format!("{entry} {rule}"));
            }
        }
    }
    assert!(missing.is_empty(), "not in causes.tsv: {missing:#?}");
}

#[test]
fn the_packs_are_clean_and_formatted_and_their_own_tests_pass() {
    for pack in PACKS {
        let path = format!("rules/{pack}");
        let with = |arguments: &[&str]| started::rulec_at(&root(), arguments, "");
        let check = ["check", "--no-prove", &path, "--packs", "rules"];
        with(&[&check[..], &["--fail-on", "warning"]].concat()).ends_with(0);
        with(&["fmt", "--check", &path]).ends_with(0);
        with(&["test", &path, "--packs", "rules"])
            .ends_with(0)
            .says(" 0 failed");
    }
}

#[test]
fn nothing_is_found_in_the_packs_that_this_one_uses() {
    for pack in &PACKS[1..] {
        let path = format!("rules/{pack}");
        let check = ["check", &path, "--packs", "rules", "--fail-on", "warning"];
        started::rulec_at(&root(), &check, "").ends_with(0);
    }
}

#[test]
#[ignore = "proofs of the whole pack take too long without optimisation: `.ci/prove` runs it"]
fn what_is_proved_of_the_pack_leaves_open_what_the_book_says() {
    let check = ["check", "rules/azure-p2s", "--format", "json"];
    let json = started::rulec_at(&root(), &check, "").ends_with(0).json();
    let mut open = BTreeSet::new();
    for finding in json["findings"].as_array().unwrap() {
        let message = finding["message"].as_str().unwrap();
        match finding["code"].as_str().unwrap() {
            "gap" => {}
            "undecided" => {
                let (_, rule) = message.split_once(" undecided for `").unwrap();
                open.insert(rule.split('`').next().unwrap().to_owned());
            }
            other => panic!("{other}: {message}"),
        }
    }
    let page = fs::read_to_string(root().join("book/src/diagnostics/undecided.md")).unwrap();
    let (_, table) = page.split_once("## In `rules/azure-p2s`").unwrap();
    let rows = table.lines().filter(|it| it.starts_with("| `"));
    let rules = rows.map(|it| it.split('|').nth(1).unwrap());
    let named: BTreeSet<String> = rules
        .flat_map(|it| it.split('`').skip(1).step_by(2))
        .map(str::to_owned)
        .collect();
    assert_eq!(open, named, "the table of the page against what is found");
}

#[test]
fn each_rule_is_tested_confirmed_ruled_out_and_open() {
    let analysis = checked();
    let figures = Figures::of(&analysis, &root());
    let untested: Vec<_> = figures
        .rules
        .iter()
        .filter(|rule| rule.confirmed == 0 || rule.ruled_out == 0 || rule.open == 0)
        .map(|rule| {
            let counts = (rule.confirmed, rule.ruled_out, rule.open);
            format!("{}: {counts:?}", rule.name)
        })
        .collect();
    assert!(
        untested.is_empty(),
        "(confirmed, ruled out, open): {untested:#?}"
    );
}

/// One rule of each ground, the asked fact behind a derived one.
const GROUNDS: &str = "/// One.
fact a.asked: bool
    ask \"Is it?\"

/// Two.
fact a.read: bool
    from windows registry \"HKLM\\SOFTWARE\\A\" at \"b\"
    ask \"Is it?\"

/// Three.
param pasted_length: int
    ask \"How many?\"

let a.often = a.asked and pasted_length > 3

symptom s =
    | code ras 798

rule asked:
    symptom s
    when a.often
    => fix \"Do.\"

rule evidence:
    symptom s
    when a.often and not a.read
    => fix \"Do.\"

rule given-alone:
    symptom s
    when pasted_length == 1
    => fix \"Do.\"

rule nothing:
    symptom s
    => fix \"Do.\"
";

#[test]
fn what_a_rule_rests_on_is_seen_through_derived_facts() {
    let mut sources = Sources::new();
    let id = sources.add(SourceFile::new("grounds.rules", GROUNDS));
    let mut pack = PackInput::new("grounds");
    let tree = parse(id, GROUNDS).file;
    pack.files.push(RuleFile { id, tree });
    let packs = vec![pack];
    let analysis = analyse(&Input { packs, roots: 1 }, &sources);
    let rules = figures::rules(&analysis);
    let grounds: Vec<_> = rules
        .iter()
        .map(|it| (it.name.as_str(), it.ground, it.asked.join(" ")))
        .collect();
    assert_eq!(
        grounds,
        [
            ("asked", Ground::Asked, "a.asked".to_owned()),
            ("evidence", Ground::Evidence, "a.asked".to_owned()),
            ("given-alone", Ground::Given, "pasted_length".to_owned()),
            ("nothing", Ground::Nothing, String::new()),
        ]
    );
}

#[test]
fn at_most_one_rule_in_eight_rests_on_answers_of_people_alone() {
    let analysis = checked();
    let figures = Figures::of(&analysis, &root());
    let asked = figures.asked_alone();
    assert!(
        asked.len() * 8 <= figures.rules.len(),
        "{} of {} rules: {asked:#?}",
        asked.len(),
        figures.rules.len()
    );
}

/// Contradictions of the article that the pack has to settle.
const CONFLICTS: u32 = 12;

#[test]
fn each_conflict_of_the_article_is_a_test_with_the_rules_of_both_sides() {
    let analysis = checked();
    let program = program(&analysis);
    let conflicts = conflicts::read(&root());
    let numbers: BTreeSet<u32> = conflicts.iter().map(|it| it.number).collect();
    assert_eq!(numbers, (1..=CONFLICTS).collect());
    for conflict in conflicts {
        let test = analysis.tests.iter().find(|it| it.name == conflict.test);
        let test = test.unwrap_or_else(|| panic!("no such test: {conflict:#?}"));
        assert!(conflict.rules.len() > 1, "one side only: {conflict:#?}");
        let mut confirmed = 0;
        for rule in &conflict.rules {
            let expected = test.expects.iter().find(|it| {
                let expected = &program.rules[it.rule.0 as usize];
                expected.named.name == *rule
            });
            let expected =
                expected.unwrap_or_else(|| panic!("expects nothing of `{rule}`: {conflict:#?}"));
            match expected.verdict {
                Expected::Confirmed => confirmed += 1,
                Expected::RuledOut => {}
                Expected::Open(_) => {
                    panic!("`{rule}` is open, so nothing is settled: {conflict:#?}")
                }
            }
        }
        assert!(confirmed > 0, "no side is right: {conflict:#?}");
    }
}

#[test]
fn each_fact_of_the_survey_is_read_from_a_place_or_has_a_reason() {
    let analysis = checked();
    let program = program(&analysis);
    let placed = places::read(&root());
    assert!(placed.len() > 100, "{}", placed.len());
    let faults: Vec<String> = placed
        .iter()
        .filter_map(|it| Some(format!("{}: {it:?}", places::fault(program, it)?)))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

/// With `INSTA_UPDATE=always`, which renews the snapshots as well, the page is written anew.
#[test]
fn the_page_of_the_pack_says_what_is_computed() {
    let analysis = checked();
    let computed = Figures::of(&analysis, &root()).page();
    let path = root().join("book/src/packs/azure-p2s.md");
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page
        .split_once(figures::BEGIN)
        .expect("the mark of the begin");
    let (written, after) = rest.split_once(figures::END).expect("the mark of the end");
    if std::env::var("INSTA_UPDATE").is_ok_and(|it| it == "always") {
        let whole = [before, figures::BEGIN, &computed, figures::END, after].concat();
        fs::write(path, whole).unwrap();
        return;
    }
    assert!(
        written == computed,
        "renew book/src/packs/azure-p2s.md: INSTA_UPDATE=always cargo test -p rulec --test pack. Computed:\n{computed}"
    );
}
