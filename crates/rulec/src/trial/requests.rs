//! How many places each test of the pack needs, against all that there are: evidence is asked for lazily.
//!
//! What a test gives stands for what its place would answer, so a fact counts once the session looks for it; what is not given is looked for
//! in vain. Facts of one place are one request.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use rulec_check::tests::TestCase;
use rulec_eval::kept::Kept;
use rulec_eval::{Case, CaseInput, Said, Session, run_session};
use rulec_program::node::SlotId;
use rulec_program::seal::Sealed;

use super::case_of;
use crate::args::{Color, ResultFormat};
use crate::commands::run::BUDGET;
use crate::output::Output;
use crate::ready::{Readiness, Ready, ready_with};

/// Places by the name of a fact, as they are written.
type Places = BTreeMap<String, Vec<String>>;

/// What one test needs.
struct Count {
    test: String,
    /// Rules that it says something of.
    rules: BTreeSet<String>,
    needed: usize,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn pack() -> Ready {
    let mut output = Output::new(Color::Never, ResultFormat::Text);
    let path = root().join("rules/azure-p2s");
    match ready_with(&[path], &[], &mut output, |_| Ok(())) {
        Ok(Readiness::Ready(ready)) => *ready,
        _ => panic!("the pack has errors"),
    }
}

/// The places of all facts.
fn places(program: &Sealed) -> Places {
    let mut case = Case::new(program, CaseInput::default()).unwrap();
    let slots = (0u32..).map(SlotId).zip(&program.slots);
    case.look_at(slots.map(|(id, _)| id).collect(), Vec::new());
    let wanted = Session::new(program, case).wanted();
    let read = wanted.into_iter().filter(|it| !it.places.is_empty());
    let shown = read.map(|fact| {
        let places = fact.places.into_iter().map(|it| it.shown);
        (fact.name, places.collect())
    });
    shown.collect()
}

fn count(ready: &Ready, places: &Places, test: &TestCase) -> Count {
    let program = &ready.program;
    let (case, opened, texts) =
        case_of(ready, test).unwrap_or_else(|fault| panic!("{}", fault.message));
    let mut told = Session::new(program, case);
    run_session(&mut told, &opened.providers(), BUDGET);
    let known = |session: &Session<'_>| -> BTreeMap<String, bool> {
        let kept = session.kept().into_iter();
        kept.filter_map(|it| Some((it.name(program)?, !it.value.is_unknown())))
            .collect()
    };
    let all_known = known(&told);
    let (mut given, mut whole) = (BTreeSet::new(), false);
    let lazy = loop {
        let input = CaseInput {
            texts: texts.clone(),
            kept: behind_places(program, &told, places, &given),
            said: said(&told),
            ..CaseInput::default()
        };
        let case = Case::new(program, input).unwrap_or_else(|wrong| panic!("{wrong:?}"));
        let mut lazy = Session::new(program, case);
        run_session(&mut lazy, &[], BUDGET);
        // What a test gives although the place of it cannot be named: it was looked for, and is given after all.
        let unknown = known(&lazy).into_iter().filter(|(_, known)| !known);
        let still = lazy.wanted().into_iter().map(|it| it.name);
        let lost: BTreeSet<String> = unknown
            .map(|it| it.0)
            .chain(still)
            .filter(|it| all_known.get(it) == Some(&true) && !given.contains(it))
            .collect();
        let same = verdicts(&told) == verdicts(&lazy);
        if lost.is_empty() && (same || whole) {
            break lazy;
        }
        if lost.is_empty() {
            // Something is known otherwise than a place would tell it: all of it is given, and counts.
            whole = true;
            given.extend(all_known.keys().cloned());
        }
        given.extend(lost);
    };
    assert_eq!(verdicts(&told), verdicts(&lazy), "{}", test.name);
    let rules = test.expects.iter();
    let rules = rules.filter_map(|it| program.rules.get(it.rule.0 as usize));
    Count {
        test: test.name.to_string(),
        rules: rules.map(|it| it.named.name.to_string()).collect(),
        needed: read(&lazy, places),
    }
}

/// How many places a session has read.
fn read(session: &Session<'_>, places: &Places) -> usize {
    let mut all = BTreeSet::new();
    for mut kept in session.kept() {
        kept.path.clear();
        let name = kept.name(session.program()).unwrap_or_default();
        // Where one place tells it, the next one is not asked.
        let most = match kept.value.is_unknown() {
            true => usize::MAX,
            false => 1,
        };
        all.extend(places.get(&name).into_iter().flatten().take(most));
    }
    all.len()
}

/// What is known of a case, where each fact that has a place is still to be looked for.
fn behind_places(
    program: &Sealed,
    told: &Session<'_>,
    places: &Places,
    given: &BTreeSet<String>,
) -> Vec<Kept> {
    let kept = told.kept();
    // Of a fact that is given in parts nobody knows what its place would tell beside them.
    let parts: BTreeSet<SlotId> = kept
        .iter()
        .filter(|it| !it.path.is_empty())
        .map(|it| it.slot)
        .collect();
    let mut all = BTreeMap::new();
    for kept in kept {
        let in_parts = parts.contains(&kept.slot);
        let Some(mut kept) = kept.named(program) else {
            continue;
        };
        if places.contains_key(&kept.name) && !in_parts && !given.contains(&kept.name) {
            kept.from.kind = "place".to_owned();
        } else if places.contains_key(&kept.name) || in_parts {
            kept.from.kind = "given".to_owned();
        }
        all.insert(kept.name.clone(), kept);
    }
    all.into_values().collect()
}

fn said(told: &Session<'_>) -> Vec<Said> {
    let said = told.said().into_iter();
    said.map(|(name, answer)| Said {
        name,
        value: answer.map(serde_json::Value::Bool),
        by: None,
        at: None,
        file: None,
    })
    .collect()
}

fn verdicts(session: &Session<'_>) -> Vec<String> {
    let report = session.report();
    let lines = report.verdicts.iter();
    lines
        .map(|it| format!("{} {:?}", it.rule, it.verdict))
        .collect()
}

/// A test as a line.
fn line(count: &Count) -> String {
    format!("{}\t{}", count.test, count.needed)
}

/// The page of the book: a line a rule.
fn page(counts: &[Count], all: usize) -> String {
    let mut rules: BTreeMap<&String, Vec<usize>> = BTreeMap::new();
    for count in counts {
        for rule in &count.rules {
            rules.entry(rule).or_default().push(count.needed);
        }
    }
    let needed: usize = counts.iter().map(|it| it.needed).sum();
    let everything = all * counts.len();
    let share = (needed * 100 + everything / 2) / everything.max(1);
    let mut text = PAGE
        .replace("@TESTS@", &counts.len().to_string())
        .replace("@ALL@", &all.to_string())
        .replace("@NEEDED@", &needed.to_string())
        .replace("@EVERYTHING@", &everything.to_string())
        .replace("@SHARE@", &share.to_string());
    for (rule, needed) in rules {
        let fewest = needed.iter().min().unwrap_or(&0);
        let most = needed.iter().max().unwrap_or(&0);
        let read = match fewest == most {
            true => most.to_string(),
            false => format!("{fewest} to {most}"),
        };
        let _ = writeln!(text, "| `{rule}` | {} | {read} |", needed.len());
    }
    text
}

const PAGE: &str = "# What the tests of azure.p2s need to read

Evidence is asked for lazily: a place is read when a verdict in question can still depend on it. For each of the @TESTS@ tests of the pack, what it gives was put behind the places of its facts, and the places were counted that are read until every verdict is what it is with all of it given. Facts of one place are one request; what a test does not give is looked for in vain, in all of its places; and a fact of which it gives fields alone counts as read, so that the numbers are rather too high.

All tests together read @NEEDED@ places; to read all @ALL@ places of the pack for each of them would take @EVERYTHING@ requests: @SHARE@ in 100 are needed.

`.ci/requests` computes the page and the number of each single test (`tests/pack/requests.tsv`); every fortieth test is held by the tests.

| rule | tests that say something of it | places read, fewest to most |
|---|---|---|
";

/// Holds a computed file; with `INSTA_UPDATE=always` it is written anew.
fn holds(path: &str, computed: &str) {
    let file = root().join(path);
    if std::env::var("INSTA_UPDATE").is_ok_and(|it| it == "always") {
        fs::write(&file, computed).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    let differs = kept.lines().zip(computed.lines()).find(|(a, b)| a != b);
    assert!(
        kept == computed,
        "renew `{path}`: `INSTA_UPDATE=always .ci/requests`. First difference: {differs:?}"
    );
}

/// Where the number of each test is kept.
const TABLE: &str = "tests/pack/requests.tsv";

#[test]
fn what_a_test_of_the_pack_needs_to_read_is_what_the_table_says() {
    let ready = pack();
    let places = places(&ready.program);
    let table = fs::read_to_string(root().join(TABLE)).unwrap();
    for test in ready.analysis.tests.iter().step_by(40) {
        let line = line(&count(&ready, &places, test));
        assert!(
            table.lines().any(|it| it == line),
            "`INSTA_UPDATE=always .ci/requests` renews `{TABLE}`, in which is no line `{line}`"
        );
    }
}

#[test]
#[ignore = "all of them take two minutes where nothing is optimised: `.ci/requests`"]
fn what_each_test_of_the_pack_needs_to_read() {
    let ready = pack();
    let places = places(&ready.program);
    let all: BTreeSet<&String> = places.values().flatten().collect();
    let tests = ready.analysis.tests.iter();
    let counts: Vec<Count> = tests.map(|it| count(&ready, &places, it)).collect();
    for it in &counts {
        assert!(it.needed <= all.len(), "{}", it.test);
    }
    let lines: Vec<String> = counts.iter().map(line).collect();
    holds(TABLE, &(lines.join("\n") + "\n"));
    holds(
        "book/src/packs/azure-p2s-requests.md",
        &page(&counts, all.len()),
    );
}
