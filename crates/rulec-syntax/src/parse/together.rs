//! Statements that are read in one call of the grammar give what each gives that is read alone.
#![allow(clippy::expect_used, reason = "a test")]

use std::path::Path;

use proptest::prelude::*;

use super::{FileReader, Parsed, read_file, split};
use crate::source::FileId;

fn read(text: &str, most_together: usize) -> Parsed {
    let mut reader = FileReader::new(FileId(0), text);
    reader.most_together = most_together;
    read_file(reader)
}

/// All rule files of the project's packs.
fn packs() -> Vec<String> {
    fn add(folder: &Path, texts: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                add(&path, texts);
            } else if path.extension().is_some_and(|end| end == "rules") {
                texts.push(std::fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    let mut texts = Vec::new();
    add(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules"),
        &mut texts,
    );
    texts.sort();
    texts
}

#[test]
fn all_packs_are_the_same() {
    let texts = packs();
    assert!(texts.len() > 20, "{}", texts.len());
    for text in texts {
        let together = read(&text, usize::MAX);
        assert!(together == read(&text, 0));
        assert!(!together.file.statements.is_empty() && together.findings.is_empty());
    }
}

/// One change of a text: at a place (in thousandths), this many characters away, this put in.
#[derive(Debug, Clone)]
struct Slip {
    at: usize,
    out: usize,
    put: &'static str,
}

fn slip() -> impl Strategy<Value = Slip> {
    let put = prop::sample::select(vec![
        "",
        "\u{2}",
        "\u{c}",
        "\"",
        "{",
        "}",
        "(",
        ")",
        "///",
        "// ",
        "\n",
        "\nrule x:",
        " and ",
        ":",
        "=> ",
        "é",
        "\u{2}rule",
        "\n  /// a\u{2}b\n",
        "//\u{2}",
        ",",
    ]);
    (0..1000_usize, 0..12_usize, put).prop_map(|(at, out, put)| Slip { at, out, put })
}

fn slipped(text: &str, slips: &[Slip]) -> String {
    let mut signs: Vec<char> = text.chars().collect();
    for slip in slips {
        let at = slip.at * signs.len() / 1000;
        let end = (at + slip.out).min(signs.len());
        signs.splice(at..end, slip.put.chars());
    }
    signs.into_iter().collect()
}

#[test]
fn slips_are_told_the_same() {
    let texts = packs();
    let mut config = ProptestConfig::with_cases(400);
    config.failure_persistence = None;
    let (mut clean, mut faulty) = (0, 0);
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    let seen = std::cell::RefCell::new((&mut clean, &mut faulty));
    let which = 0..texts.len();
    let result = runner.run(
        &(which, prop::collection::vec(slip(), 0..4), 0..2000_usize),
        |(which, slips, from)| {
            let text = texts.get(which).expect("within");
            // Some forty statements of a file.
            let pieces: Vec<_> = split(text).collect();
            let some = pieces.iter().skip(from % pieces.len()).take(40);
            let part: String = some
                .map(|piece| text.get(piece.start..piece.end).expect("a piece"))
                .collect();
            let text = slipped(&part, &slips);
            let alone = read(&text, 0);
            let mut seen = seen.borrow_mut();
            if alone.findings.is_empty() {
                *seen.0 += 1;
            } else {
                *seen.1 += 1;
            }
            for most in [1_000, 4_096, usize::MAX] {
                prop_assert!(read(&text, most) == alone, "{most}: {text}");
            }
            Ok(())
        },
    );
    result.expect("no difference");
    assert!(clean > 60 && faulty > 200, "{clean} clean, {faulty} faulty");
}

/// Many findings end the reading at the same statement.
#[test]
fn it_gives_up_at_the_same_place() {
    let text = "rule a: when and => no fix\nlet b = 1\n".repeat(1_200);
    let alone = read(&text, 0);
    assert!(alone == read(&text, 4_096) && alone == read(&text, usize::MAX));
    let last = alone.findings.last().expect("there are many");
    assert_eq!(last.code.name, "too-many-findings");
    assert_eq!(alone.findings.len(), super::MOST_FINDINGS + 1);
}
