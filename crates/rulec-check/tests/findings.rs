//! What the checker finds in small packs against what a list of all their states says (C1 to C10), finding by finding and both ways.
//!
//! The oracle shares no code with the prover. `RULEC_PACKS` and `RULEC_FIRST` name other packs than the usual ones, `RULEC_CASES` more of them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

use std::cell::RefCell;
use std::collections::BTreeSet;

use rulec_check::{Input, PackInput, RuleFile, prove};
use rulec_reference::findings::{Run, compare};
use rulec_syntax::diagnostic::Diagnostic;
use rulec_syntax::parse::parse;
use rulec_syntax::source::{SourceFile, Sources};

/// Packs of a run; `RULEC_CASES` multiplies them.
const PACKS: u64 = 60;
/// Packs that differed. Whether the rule of 1054 is ever confirmed is not decided: that a literal of it is redundant may not be said then (C2).
const DIFFERED: &[u64] = &[1054, 201_644];
/// Differences that are printed.
const SHOWN: usize = 12;

/// What is compared.
const CODES: &[&str] = &[
    "contradictory-assumptions",
    "unsatisfiable-condition",
    "unreachable-rule",
    "conflicting-rules",
    "contradicting-fixes",
    "always-true-condition",
    "redundant-literal",
    "duplicate-rule",
    "subsumed-rule",
    "overlapping-causes",
    "gap",
    "two-otherwise",
    "override-across-symptoms",
    "broken-assumption",
    "self-excluding-fixes",
];

/// Findings of a text as the oracle names them.
fn found(text: &str) -> Vec<(String, String)> {
    // What is usually off is wanted here.
    let text_with_level = text.replacen(
        "    language 1\n",
        "    language 1\n    level overlapping-causes note \"compared\"\n",
        1,
    );
    let added = text_with_level.len() - text.len();
    let mut sources = Sources::new();
    let id = sources.add(SourceFile::new("small.rules", text_with_level.as_str()));
    let mut pack = PackInput::new("small");
    pack.files.push(RuleFile {
        id,
        tree: parse(id, &text_with_level).file,
    });
    let input = Input {
        packs: vec![pack],
        roots: 1,
    };
    let analysis = prove(&input, &sources, true);
    let findings = analysis.findings.iter();
    findings
        .map(|it| {
            (
                it.code.name.to_owned(),
                subject(&text_with_level, it, added),
            )
        })
        .collect()
}

/// Of what a finding is, in the oracle's words.
fn subject(text: &str, finding: &Diagnostic, added: usize) -> String {
    let mut names = finding.message.split('`').skip(1).step_by(2);
    let (first, second) = (names.next().unwrap_or(""), names.next().unwrap_or(""));
    match finding.code.name {
        "contradictory-assumptions" => String::new(),
        "conflicting-rules"
        | "contradicting-fixes"
        | "duplicate-rule"
        | "overlapping-causes"
        | "two-otherwise" => {
            let (one, other) = (first.min(second), first.max(second));
            format!("{one}, {other}")
        }
        "subsumed-rule" => format!("{first} by {second}"),
        "override-across-symptoms" => format!("{first} over {second}"),
        "redundant-literal" => {
            let kind = match finding.message.starts_with("where everything is known") {
                true => "total-only",
                false => "safe",
            };
            let (start, end) = (finding.span.start as usize, finding.span.end as usize);
            let (start, end) = (start - added, end - added);
            let keyword = statement(text, finding);
            format!("{keyword} {first} {start}..{end} {kind}")
        }
        "self-excluding-fixes" => {
            let span = finding.span.start as usize..finding.span.end as usize;
            text.get(span).unwrap_or("").to_owned()
        }
        _ => first.to_owned(),
    }
}

/// The keyword of the statement in which a finding lies, `rule` also for one without a name.
fn statement(text: &str, finding: &Diagnostic) -> &'static str {
    let before = text.get(..finding.span.end as usize).unwrap_or("");
    let begins = |it: &&str| it.starts_with(|it: char| it.is_ascii_lowercase());
    let line = before.lines().rev().find(begins).unwrap_or("");
    match line.starts_with("let ") {
        true => "let",
        false => "rule",
    }
}

#[test]
fn findings_are_those_of_a_list_of_all_states() {
    let undecided = differing(Run::from_environment(PACKS).unwrap());
    assert!(undecided.0 * 10 <= undecided.1, "too much is undecided");
}

#[test]
fn packs_that_once_differed_do_not() {
    for first in DIFFERED {
        differing(Run {
            first: *first,
            packs: 1,
        });
    }
}

/// No pack differs; of how many something is undecided, and how many there are.
fn differing(run: Run) -> (u64, u64) {
    let undecided = RefCell::new(BTreeSet::new());
    let compared = compare(run, CODES, |text| {
        let all = found(text);
        if all.iter().any(|(code, _)| code == "undecided") {
            undecided.borrow_mut().insert(text.to_owned());
        }
        all
    });
    let mut found = compared.unwrap();
    let undecided = undecided.into_inner();
    // Where the checker says that it could not tell, it may have missed something; it may never invent.
    found.differences.retain(|difference| {
        let open = undecided
            .iter()
            .any(|pack| difference.ends_with(pack.as_str()));
        !open || difference.contains("\ninvented: ")
    });
    println!("{}", found.summary(SHOWN));
    println!("packs with something undecided {}", undecided.len());
    assert!(
        found.differences.is_empty(),
        "{} packs differ",
        found.differences.len()
    );
    (undecided.len() as u64, found.packs)
}
