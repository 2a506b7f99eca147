//! What the formatter promises, on random trees of every kind: the printed text is the same tree, formatting
//! twice changes nothing, and no comment is lost wherever it was put.

#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod count;
mod put_comments;
mod trees;
mod words;

use std::cell::{Cell, RefCell};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRng, TestRunner};
use rulec_syntax::ast::File;
use rulec_syntax::format::{format_file, format_text};
use rulec_syntax::parse::{Parsed, parse};
use rulec_syntax::source::FileId;

use count::Counts;
use put_comments::{Where, comments_in, with_comments, with_mistakes};

/// Each kind must occur in at least this share of the files, in thousandths.
const FAIR_SHARE: usize = 40;

/// Runs a property. The seed is fixed, so that failures and counts are the same everywhere; with
/// `PROPTEST_CASES` set, that many cases of a new seed are tried instead.
fn hold<S: Strategy>(
    cases: u32,
    strategy: S,
    property: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let wanted = std::env::var("PROPTEST_CASES").ok();
    let config = Config {
        cases: wanted.as_deref().map_or(cases, |wanted| {
            wanted.parse().expect("`PROPTEST_CASES` is a number")
        }),
        failure_persistence: None,
        max_shrink_iters: 4_000,
        ..Config::default()
    };
    let mut runner = match wanted {
        Some(_) => TestRunner::new(config),
        None => {
            let rng = TestRng::deterministic_rng(config.rng_algorithm);
            TestRunner::new_with_rng(config, rng)
        }
    };
    if let Err(reason) = runner.run(&strategy, property) {
        panic!("{reason}");
    }
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
                "not the same tree in:\n{text}\n{one:#?}\n{other:#?}"
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
    let counts = RefCell::new(Counts::default());
    hold(1_500, trees::file(), |tree| {
        let text = format_file(&tree, "");
        let again = read(&text)?;
        same_tree(&tree, &again, &text)?;
        prop_assert_eq!(&format_file(&again, &text), &text);
        prop_assert_eq!(&format_text(FileId(0), &text).text, &text);
        for line in text.lines() {
            prop_assert_eq!(line, line.trim_end());
        }
        counts.borrow_mut().add(&tree);
        Ok(())
    });
    counts.into_inner().demand(FAIR_SHARE);
}

/// Puts comments into formatted texts; gives the number of texts that could be read with them.
fn comments_survive(at: Where, cases: u32) -> (u32, u32) {
    let (all, readable) = (Cell::new(0), Cell::new(0));
    let choices = proptest::collection::vec(any::<u32>(), 1..12);
    hold(cases, (trees::file(), choices), |(tree, choices)| {
        let text = with_comments(&format_file(&tree, ""), &choices, at);
        all.set(all.get() + 1);
        if at == Where::Blanks && !parse(FileId(0), &text).findings.is_empty() {
            return Ok(());
        }
        readable.set(readable.get() + 1);
        same_tree(&tree, &read(&text)?, &text)?;
        let formatted = format_text(FileId(0), &text).text;
        same_tree(&tree, &read(&formatted)?, &formatted)?;
        nothing_is_lost(&text, &formatted)
    });
    (readable.get(), all.get())
}

/// All comments of `text` are in `formatted`, which is formatted for good.
fn nothing_is_lost(text: &str, formatted: &str) -> Result<(), TestCaseError> {
    let told = format!("{text}\n=>\n{formatted}");
    prop_assert_eq!(comments_in(text), comments_in(formatted), "{}", told);
    let twice = format_text(FileId(0), formatted).text;
    prop_assert_eq!(formatted, &twice, "{}\n=>\n{}", told, twice);
    Ok(())
}

#[test]
fn comments_at_line_ends_survive() {
    let (readable, all) = comments_survive(Where::LineEnds, 500);
    assert_eq!(readable, all);
}

#[test]
fn comments_between_lines_survive() {
    let (readable, all) = comments_survive(Where::BetweenLines, 500);
    assert_eq!(readable, all);
}

/// Anywhere a blank stands; where the grammar wants two words on one line the text is passed over.
#[test]
fn comments_anywhere_survive() {
    let (readable, all) = comments_survive(Where::Blanks, 1_500);
    assert!(readable * 2 > all, "only {readable} of {all} could be read");
}

/// Cuts out of, or adds to, a formatted text with comments, so that some statements are broken: what can be
/// read says the same afterwards, and what cannot is still there.
#[test]
fn texts_with_mistakes_lose_nothing() {
    let (all, broken) = (Cell::new(0), Cell::new(0));
    let choices = proptest::collection::vec(any::<u32>(), 1..6);
    hold(1_500, (trees::file(), choices), |(tree, choices)| {
        let text = with_comments(&format_file(&tree, ""), &choices, Where::BetweenLines);
        let text = with_mistakes(&text, &choices);
        let before = parse(FileId(0), &text);
        let formatted = format_text(FileId(0), &text).text;
        let after = parse(FileId(0), &formatted);
        same_tree(
            &before.file,
            &after.file,
            &format!("{text}\n=>\n{formatted}"),
        )?;
        let findings = |parsed: &Parsed| {
            let codes = parsed.findings.iter().map(|finding| finding.code.name);
            codes.collect::<Vec<_>>()
        };
        prop_assert_eq!(
            findings(&before),
            findings(&after),
            "{}\n=>\n{}",
            text,
            formatted
        );
        all.set(all.get() + 1);
        broken.set(broken.get() + u32::from(!before.findings.is_empty()));
        nothing_is_lost(&text, &formatted)
    });
    let (all, broken) = (all.get(), broken.get());
    assert!(broken * 3 > all, "only {broken} of {all} were broken");
    assert!(broken < all, "no text was left whole");
}
