//! What the formatter promises, on random trees of every kind: the printed text is the same tree, formatting
//! twice changes nothing, and no comment is lost wherever it was put.

#![allow(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod count;
mod put_comments;
mod trees;
mod words;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use rulec_syntax::ast::File;
use rulec_syntax::format::{format_file, format_text};
use rulec_syntax::parse::parse;
use rulec_syntax::source::FileId;

use count::Counts;
use put_comments::{Where, comments_in, with_comments};

/// Each kind must occur in at least this share of the files, in thousandths.
const FAIR_SHARE: usize = 40;
const CASES: u32 = 1_500;

/// A runner with a fixed seed, so that a failure and the counts are the same everywhere.
fn runner(cases: u32) -> TestRunner {
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 4_000,
        ..Config::default()
    };
    let rng = proptest::test_runner::TestRng::deterministic_rng(config.rng_algorithm);
    TestRunner::new_with_rng(config, rng)
}

fn fail(reason: String) -> TestCaseError {
    TestCaseError::fail(reason)
}

/// The tree of a text that must have no findings.
fn read(text: &str) -> Result<File, TestCaseError> {
    let parsed = parse(FileId(0), text);
    match parsed.findings.first() {
        None => Ok(parsed.file),
        Some(finding) => Err(fail(format!(
            "{} at {:?}: `{}`\nin:\n{text}",
            finding.message,
            finding.span,
            text.get(finding.span.start as usize..finding.span.end as usize)
                .unwrap_or(""),
        ))),
    }
}

fn same_tree(before: &File, after: &File, text: &str) -> Result<(), TestCaseError> {
    for (one, other) in before.statements.iter().zip(&after.statements) {
        if one != other {
            return Err(fail(format!(
                "not the same tree:\n{one:#?}\n{other:#?}\nin:\n{text}"
            )));
        }
    }
    prop_assert_eq!(
        before.statements.len(),
        after.statements.len(),
        "in:\n{}",
        text
    );
    Ok(())
}

#[test]
fn a_printed_tree_reads_as_the_same_tree_and_prints_the_same() {
    let mut counts = Counts::default();
    runner(CASES)
        .run(&trees::file(), |tree| {
            let text = format_file(&tree, "");
            let again = read(&text)?;
            same_tree(&tree, &again, &text)?;
            // Blank lines between short statements are kept, so the texts are the same as well.
            prop_assert_eq!(&format_file(&again, &text), &text);
            prop_assert_eq!(&format_text(FileId(0), &text).text, &text);
            Ok(())
        })
        .unwrap_or_else(|reason| panic!("{reason}"));
    // The same trees again, for the counts: shrinking must not disturb them.
    runner(CASES)
        .run(&trees::file(), |tree| {
            COUNTS.with_borrow_mut(|counts| counts.add(&tree));
            Ok(())
        })
        .unwrap_or_else(|reason| panic!("{reason}"));
    COUNTS.with_borrow_mut(|seen| std::mem::swap(seen, &mut counts));
    counts.demand(CASES as usize * FAIR_SHARE / 1_000);
}

thread_local! {
    static COUNTS: std::cell::RefCell<Counts> = std::cell::RefCell::default();
}

/// No line ends in a blank, none is longer than the limit unless it holds a text or word that is.
#[test]
fn lines_are_clean_and_break_where_they_can() {
    runner(300)
        .run(&trees::file(), |tree| {
            for line in format_file(&tree, "").lines() {
                prop_assert_eq!(line, line.trim_end());
            }
            Ok(())
        })
        .unwrap_or_else(|reason| panic!("{reason}"));
}

fn comments_survive(at: Where, cases: u32) -> usize {
    let mut tried = 0;
    let tried_now = std::cell::Cell::new(0);
    let strategy = (
        trees::file(),
        proptest::collection::vec(any::<u32>(), 1..12),
    );
    runner(cases)
        .run(&strategy, |(tree, choices)| {
            let text = with_comments(&format_file(&tree, ""), &choices, at);
            let parsed = parse(FileId(0), &text);
            if at == Where::Blanks && !parsed.findings.is_empty() {
                return Ok(());
            }
            let read_tree = read(&text)?;
            same_tree(&tree, &read_tree, &text)?;
            tried_now.set(tried_now.get() + 1);
            let formatted = format_text(FileId(0), &text).text;
            let again = read(&formatted)?;
            same_tree(&tree, &again, &formatted)?;
            prop_assert_eq!(
                comments_in(&text),
                comments_in(&formatted),
                "{}\n=>\n{}",
                text,
                formatted
            );
            let twice = format_text(FileId(0), &formatted).text;
            prop_assert_eq!(
                &formatted,
                &twice,
                "{}\n=>\n{}\n=>\n{}",
                text,
                formatted,
                twice
            );
            Ok(())
        })
        .unwrap_or_else(|reason| panic!("{reason}"));
    tried += tried_now.get();
    tried
}

#[test]
fn comments_at_line_ends_survive() {
    assert!(comments_survive(Where::LineEnds, 500) >= 500);
}

#[test]
fn comments_between_lines_survive() {
    assert!(comments_survive(Where::BetweenLines, 500) >= 500);
}

/// Anywhere a blank stands; where the grammar wants two words on one line the text is passed over.
#[test]
fn comments_anywhere_survive() {
    let tried = comments_survive(Where::Blanks, 1_500);
    assert!(tried >= 700, "only {tried} texts could be read");
}
