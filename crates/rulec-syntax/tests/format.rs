//! Ugly texts in, canonical texts out, held as snapshots; and what holds beyond single examples: broken
//! statements stay, line ends stay, time grows with the text.

#![allow(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::time::{Duration, Instant};

use rulec_syntax::format::{Formatted, format_parsed, format_text};
use rulec_syntax::parse::parse;
use rulec_syntax::source::FileId;

fn formatted(text: &str) -> Formatted {
    format_text(FileId(0), text)
}

/// Formats a text without errors; checks tree and comments by the way.
fn canonical(text: &str) -> String {
    let first = formatted(text);
    let findings: Vec<_> = first
        .findings
        .iter()
        .map(|finding| {
            let place = finding.span.start as usize..finding.span.end as usize;
            format!("{}: {}", finding.message, &text[place])
        })
        .collect();
    assert!(findings.is_empty(), "{findings:#?}");
    let (before, after) = (parse(FileId(0), text), parse(FileId(0), &first.text));
    assert_eq!(before.file, after.file, "{}", first.text);
    assert_eq!(formatted(&first.text).text, first.text);
    first.text
}

#[test]
fn statements_are_written_in_one_way() {
    insta::assert_snapshot!(canonical(include_str!("ugly/statements.rules")));
}

#[test]
fn comments_stay_where_they_belong() {
    let text = include_str!("ugly/comments.rules");
    let result = canonical(text);
    assert_eq!(result.matches("//").count(), text.matches("//").count());
    insta::assert_snapshot!(result);
}

#[test]
fn broken_statements_stay_byte_for_byte() {
    let text = include_str!("ugly/broken.rules");
    let result = formatted(text);
    assert!(!result.findings.is_empty());
    for kept in [
        "// above the broken one\nrule broken:\n    when   a and and b   // kept\n    => fix   x\n",
        "let   c   =   a and b or c\n",
        "Stray text   here\n    that goes   on\n",
        "fix unfinished:\n    step \"open\n",
    ] {
        assert!(
            result.text.contains(kept),
            "`{kept}` is not in:\n{}",
            result.text
        );
    }
    assert_eq!(formatted(&result.text).text, result.text);
    insta::assert_snapshot!(result.text);
}

#[test]
fn a_description_of_nothing_is_kept() {
    let result = formatted("let a   = 1\n\n/// of nothing\n");
    assert_eq!(result.text, "let a = 1\n\n/// of nothing\n");
}

#[test]
fn line_ends_stay_those_of_the_first_line() {
    assert_eq!(
        formatted("let a  = 1\r\nlet b = 2\r\n").text,
        "let a = 1\r\nlet b = 2\r\n"
    );
    assert_eq!(
        formatted("let a  = 1\nlet b = 2").text,
        "let a = 1\nlet b = 2\n"
    );
    assert_eq!(formatted("").text, "");
    assert_eq!(formatted("\n\n").text, "");
}

#[test]
fn comments_and_broken_statements_keep_carriage_returns_too() {
    for text in [
        include_str!("ugly/comments.rules"),
        include_str!("ugly/broken.rules"),
    ] {
        let with_returns = text.replace('\n', "\r\n");
        let expected = formatted(text).text.replace('\n', "\r\n");
        assert_eq!(formatted(&with_returns).text, expected);
    }
}

#[test]
fn a_byte_order_mark_is_dropped() {
    assert_eq!(formatted("\u{feff}let a  = 1\n").text, "let a = 1\n");
}

/// Both found by fuzzing.
#[test]
fn what_stays_as_it_is_takes_nothing_from_its_neighbours() {
    let comment = "test \"a\":\n    ck.\n/// Described.\n// Why.\npack a 1.0.0\n";
    let once = formatted(comment).text;
    assert_eq!(
        once,
        "test \"a\":\n    ck.\n\n// Why.\n/// Described.\npack a 1.0.0\n"
    );
    assert_eq!(formatted(&once).text, once);
    let mark = formatted("\n\u{feff}").text;
    assert_eq!(formatted(&mark).text, mark);
}

/// 100 characters, not bytes, are a line; one more breaks it. A comment at its end does not count.
#[test]
fn lines_break_behind_a_hundred_characters() {
    let of_length = |length: usize| {
        let rest = "let a = \"\" in b and c".len();
        format!("let a = \"{}\" in b and c", "ä".repeat(length - rest))
    };
    let fits = of_length(100);
    assert_eq!(canonical(&fits), format!("{fits}\n"));
    let with_comment = format!("{fits}  // why");
    assert_eq!(canonical(&with_comment), format!("{with_comment}\n"));
    let broken = of_length(101).replace(" and c", "\n    and c");
    assert_eq!(canonical(&of_length(101)), format!("{broken}\n"));
}

#[test]
fn blank_lines_stay_between_short_statements_and_come_between_long_ones() {
    let text = "let a = 1\nlet b = 2\n\n\nlet c = 3\nassume a == 1\nfix x:\n    step \"y\"\nfix z:\n    step \"y\"\n";
    let expected = "let a = 1\nlet b = 2\n\nlet c = 3\n\nassume a == 1\n\nfix x:\n    step \"y\"\n\nfix z:\n    step \"y\"\n";
    assert_eq!(canonical(text), expected);
}

#[test]
fn only_needed_brackets_are_written() {
    for (written, canonical_text) in [
        ("((a))", "a"),
        ("(a and b) and c", "(a and b) and c"),
        ("(a and b) or (c and not (d))", "(a and b) or (c and not d)"),
        ("not (a == b)", "not a == b"),
        ("not (a and b)", "not (a and b)"),
        ("(not a) == b", "(not a) == b"),
        ("(a + 1) < (b - 1)", "a + 1 < b - 1"),
        ("(a + 1) - (b - 1)", "a + 1 - (b - 1)"),
        ("(any x in (l): (x.y)) and b", "(any x in l: x.y) and b"),
        ("b and (any x in l: x.y)", "b and any x in l: x.y"),
        (
            "any x in (each y in l where y.z): x.y",
            "any x in (each y in l where y.z): x.y",
        ),
        ("(certificate(a)).b", "certificate(a).b"),
        (
            "(each x in l where x.y).name",
            "(each x in l where x.y).name",
        ),
        ("(a == b) is absent", "(a == b) is absent"),
        ("(a is absent) == (b in c)", "(a is absent) == (b in c)"),
    ] {
        let text = format!("let v = {written}\n");
        assert_eq!(canonical(&text), format!("let v = {canonical_text}\n"));
    }
}

/// Time for writing a text that was read before, the best of three.
fn time_of(text: &str, longer_than: usize) -> Duration {
    let parsed = parse(FileId(0), text);
    assert!(parsed.findings.is_empty());
    (0..3)
        .map(|_| {
            let begin = Instant::now();
            assert!(format_parsed(&parsed, text).len() > longer_than);
            begin.elapsed()
        })
        .min()
        .unwrap_or_default()
}

/// Ten times the text in far less than a hundred times the time.
fn grows_evenly(text: impl Fn(usize) -> String) {
    let (few, many) = (text(1_000), text(10_000));
    let (short, long) = (time_of(&few, few.len() / 2), time_of(&many, many.len() / 2));
    assert!(
        long < short * 30,
        "1,000 took {short:?}, 10,000 took {long:?}"
    );
    assert!(long < Duration::from_secs(20), "10,000 took {long:?}");
}

#[test]
fn time_grows_with_the_number_of_statements() {
    grows_evenly(|count| {
        "rule r: // why\n    when a.b == 1 and (c or d) and (any x in l where x.y: x.z in [1, 2])\n    => fix f and fix g\n"
            .repeat(count)
    });
}

/// A condition of many operands, each with its comment, in one statement: none is looked at twice.
#[test]
fn time_grows_with_the_length_of_one_statement() {
    grows_evenly(|count| {
        let operands = vec!["some.name == other.name // c"; count].join("\n    and ");
        format!("let a = {operands}\n")
    });
}

/// As deep as the parser reads: the layout does not recurse deeper than the tree.
#[test]
fn the_deepest_nesting_is_formatted() {
    for (open, inner, close) in [("[", "x", "]"), ("f(", "x", ")"), ("(not ", "x", ") == y")] {
        let text = format!("let a = {}{inner}{}\n", open.repeat(60), close.repeat(60));
        canonical(&text);
    }
}
