//! Every test and every case folder of the pack comes out the same after redaction, and nothing that was replaced is left.

use std::path::{Path, PathBuf};

use super::*;
use crate::args::{Color, ResultFormat};
use crate::output::Output;
use crate::ready::{Readiness, Ready, ready_with};
use crate::trial;

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

/// What went wrong with one case.
fn trouble(
    ready: &Ready,
    vocabulary: &Arc<Vocabulary>,
    (case, providers): (&Case, &[&dyn Provider]),
    texts: &[String],
) -> Vec<String> {
    let program = &ready.program;
    let session = look_up(program, case.clone(), providers);
    let redacted = redact(&session, texts, None, vocabulary, [3; 32]).unwrap();
    let new = opening::fit(program, redacted.input.clone()).unwrap();
    let old = outcome(program, case.clone(), providers, true);
    let new = outcome(program, new, &[], true);
    let mut all = match shape(&old) == shape(&new) {
        true => Vec::new(),
        false => vec![format!(
            "the report has another shape: {:?} {:?}",
            shape(&old),
            shape(&new)
        )],
    };
    all.extend(differences(&[old], &[new]));
    all.extend(left(&redacted));
    all
}

/// What of a report no name is in.
fn shape(report: &Report) -> Vec<String> {
    let facts = report.facts.iter().map(|it| {
        let known = matches!(it.known, rulec_eval::report::Known::Value(_));
        let kind = it.source.as_ref().map_or("", |it| &it.kind);
        let whys: Vec<String> = it.reasons.iter().map(|it| it.reason.to_string()).collect();
        format!("{} {known} {kind} {whys:?}", it.name)
    });
    let verdicts = report.verdicts.iter().map(|it| {
        let evidence = it.evidence.len();
        format!(
            "{} {evidence} {:?} {:?} {:?}",
            it.rule, it.needs, it.because, it.fixes
        )
    });
    let open = report.open.iter().map(|it| it.name.clone());
    let files = [report.files.len().to_string()];
    facts.chain(verdicts).chain(open).chain(files).collect()
}

/// Words that were replaced and still stand somewhere.
fn left(redacted: &Redacted) -> Vec<String> {
    let text: Vec<String> = redacted
        .files
        .iter()
        .map(|it| it.1.to_lowercase())
        .collect();
    let text = text.join("\n");
    let originals = redacted.map.iter().filter(|(_, it)| it.len() > 4);
    let still = originals.filter(|(_, it)| text.contains(&it.to_lowercase()));
    still.map(|(_, it)| format!("`{it}` is left")).collect()
}

/// Which of the pack's tests.
fn troubles_of_tests(wanted: impl Fn(usize) -> bool) -> Vec<String> {
    let ready = pack();
    let vocabulary = vocabulary(&ready.program).unwrap();
    assert!(ready.analysis.tests.len() > 600);
    let mut all = Vec::new();
    for (at, test) in ready.analysis.tests.iter().enumerate() {
        if !wanted(at) {
            continue;
        }
        let case = trial::case_of(&ready, test);
        let (case, opened, texts) = case.unwrap_or_else(|fault| panic!("{}", fault.message));
        let providers = opened.providers();
        let trouble = trouble(&ready, &vocabulary, (&case, &providers), &texts);
        all.extend(trouble.into_iter().map(|it| format!("{}: {it}", test.name)));
    }
    all
}

#[test]
fn tests_of_the_pack_come_out_the_same() {
    nothing_in(&troubles_of_tests(|at| at % 40 == 0));
}

fn nothing_in(troubles: &[String]) {
    let all = troubles.join("\n");
    assert!(troubles.is_empty(), "{} troubles:\n{all}", troubles.len());
}

#[test]
#[ignore = "all of them take three minutes where nothing is optimised: `.ci/redact`"]
fn every_test_of_the_pack_comes_out_the_same() {
    nothing_in(&troubles_of_tests(|_| true));
}

#[test]
fn every_case_of_the_pack_comes_out_the_same() {
    let ready = pack();
    let vocabulary = vocabulary(&ready.program).unwrap();
    let mut all = Vec::new();
    let mut count = 0;
    for entry in std::fs::read_dir(root().join("rules/azure-p2s/cases")).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        let opened = opening::open_folder(&folder).unwrap();
        let case = opening::fit(&ready.program, opened.input.clone()).unwrap();
        let providers = opened.providers();
        let trouble = trouble(
            &ready,
            &vocabulary,
            (&case, &providers),
            &opened.input.texts,
        );
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        all.extend(trouble.into_iter().map(|it| format!("{name}: {it}")));
        count += 1;
    }
    assert!(count >= 35, "{count}");
    assert!(
        all.is_empty(),
        "{} troubles:\n{}",
        all.len(),
        all.join("\n")
    );
}
