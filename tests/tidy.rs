//! House rules as tests: arrows between crates, length of files, module docs, banned names, a page per code.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What each crate may depend on; the whole architecture in one table.
const ARROWS: &[(&str, &[&str])] = &[
    ("rulec-syntax", &[]),
    ("rulec-facts", &[]),
    ("rulec-prove", &[]),
    ("rulec-program", &["rulec-facts", "rulec-prove"]),
    (
        "rulec-check",
        &[
            "rulec-syntax",
            "rulec-facts",
            "rulec-prove",
            "rulec-program",
        ],
    ),
    (
        "rulec-eval",
        &["rulec-facts", "rulec-prove", "rulec-program"],
    ),
    ("rulec-artefacts", &["rulec-facts"]),
    ("rulec-windows", &["rulec-facts"]),
    (
        "rulec-providers",
        &["rulec-facts", "rulec-artefacts", "rulec-windows"],
    ),
    ("rulec-wasm", &["rulec-syntax", "rulec-check"]),
    (
        "rulec",
        &[
            "rulec-syntax",
            "rulec-facts",
            "rulec-prove",
            "rulec-program",
            "rulec-check",
            "rulec-eval",
            "rulec-artefacts",
            "rulec-providers",
        ],
    ),
];

/// Crates that exist for tests and benches only; nothing else may depend on them outside `dev-dependencies`.
const TEST_ONLY: &[&str] = &["rulec-generate", "rulec-peers", "rulec-reference"];

const BANNED: &[&str] = &[
    "utils", "util", "common", "helpers", "helper", "misc", "prelude",
];
const LONGEST: usize = 800;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(dir: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(dir) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if name != "target" && name != "corpus" && name != ".git" {
                files(&path, ending, found);
            }
        } else if name.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
}

fn rust_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for dir in ["crates", "tests", "fuzz"] {
        files(&root().join(dir), ".rs", &mut found);
    }
    assert!(
        found.len() > 20,
        "the walk found only {} files",
        found.len()
    );
    found
}

/// The names in `[dependencies]` of a crate that are crates of ours.
fn own_dependencies(manifest: &str) -> Vec<String> {
    let mut section = "";
    let mut found = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section == "[dependencies]" && line.starts_with("rulec") {
            let name: String = line
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
                .collect();
            found.push(name);
        }
    }
    found
}

#[test]
fn crates_depend_only_along_the_arrows() {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut seen = 0;
    for entry in fs::read_dir(root().join("crates")).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if TEST_ONLY.contains(&name.as_str()) {
            continue;
        }
        let manifest = fs::read_to_string(entry.path().join("Cargo.toml")).unwrap();
        let allowed = allowed
            .get(name.as_str())
            .unwrap_or_else(|| panic!("`{name}` is in no row of ARROWS"));
        for dependency in own_dependencies(&manifest) {
            assert!(
                allowed.contains(&dependency.as_str()),
                "`{name}` must not depend on `{dependency}`"
            );
        }
        seen += 1;
    }
    assert_eq!(seen, ARROWS.len());
}

#[test]
fn the_reference_shares_nothing_with_the_engine_but_the_tree() {
    let manifest = root().join("crates/rulec-reference/Cargo.toml");
    let manifest = fs::read_to_string(manifest).unwrap();
    assert_eq!(own_dependencies(&manifest), ["rulec-syntax"]);
}

#[test]
fn no_file_is_longer_than_800_lines() {
    let long: Vec<_> = rust_files()
        .into_iter()
        .chain({
            let mut grammar = Vec::new();
            files(&root().join("grammar"), ".pest", &mut grammar);
            grammar
        })
        .filter(|path| fs::read_to_string(path).unwrap().lines().count() > LONGEST)
        .collect();
    assert!(long.is_empty(), "split these: {long:?}");
}

#[test]
fn each_file_says_what_it_is_for() {
    let silent: Vec<_> = rust_files()
        .into_iter()
        .filter(|path| {
            let text = fs::read_to_string(path).unwrap();
            !text
                .trim_start_matches("#![no_main]")
                .trim_start()
                .starts_with("//!")
        })
        .collect();
    assert!(silent.is_empty(), "open these with `//!`: {silent:?}");
}

#[test]
fn no_file_has_a_name_that_means_nothing() {
    let bad: Vec<_> = rust_files()
        .into_iter()
        .filter(|path| {
            path.file_stem()
                .is_some_and(|stem| BANNED.contains(&stem.to_string_lossy().as_ref()))
        })
        .collect();
    assert!(
        bad.is_empty(),
        "name these for the one thing in them: {bad:?}"
    );
}

#[test]
fn each_code_has_its_page_and_each_page_its_code() {
    let mut pages = Vec::new();
    files(&root().join("book/src/diagnostics"), ".md", &mut pages);
    let mut pages: Vec<String> = pages
        .iter()
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "README")
        .collect();
    pages.sort();
    let mut codes: Vec<String> = rulec_syntax::CODES
        .iter()
        .copied()
        .chain(rulec_check::codes())
        .map(|code| code.name.to_owned())
        .chain(["unreadable-file", "failed-test"].map(str::to_owned)) // the binary's own: it alone reads files and runs tests
        .collect();
    codes.sort();
    assert_eq!(codes, pages);
    let summary = fs::read_to_string(root().join("book/src/SUMMARY.md")).unwrap();
    for code in codes {
        assert!(
            summary.contains(&format!("diagnostics/{code}.md")),
            "`{code}` is not in the summary of the book"
        );
    }
}

#[test]
fn no_path_of_one_machine_is_in_the_project() {
    let mut texts = Vec::new();
    for ending in [".rs", ".md", ".rules", ".toml", ".yaml", ".pest", "run"] {
        files(&root(), ending, &mut texts);
    }
    let needles = [["/wo", "rk/"].concat(), ["/ro", "ot/"].concat()];
    let bad: Vec<_> = texts
        .into_iter()
        .filter(|path| {
            fs::read_to_string(path)
                .is_ok_and(|text| needles.iter().any(|needle| text.contains(needle.as_str())))
        })
        .collect();
    assert!(bad.is_empty(), "take the paths out of {bad:?}");
}

#[test]
fn book_links_lead_somewhere() {
    let book = root().join("book/src");
    let mut pages = Vec::new();
    files(&book, ".md", &mut pages);
    let mut broken = Vec::new();
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        for part in text.split("](").skip(1) {
            let target = part.split([')', '#']).next().unwrap_or("");
            let local = !target.is_empty() && !target.contains("://") && !target.contains(' ');
            if local && !page.parent().unwrap().join(target).exists() {
                broken.push(format!("{} -> {target}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "broken links: {broken:#?}");
}

/// Clauses of the semantics, and how many of each letter there are.
const CLAUSES: &[(char, usize)] = &[
    ('t', 9),
    ('o', 13),
    ('f', 3),
    ('v', 8),
    ('n', 3),
    ('s', 6),
    ('l', 3),
    ('a', 3),
    ('u', 4),
];

/// What tests are called: functions marked `#[test]`, and headings of the suites.
fn names_of_tests() -> Vec<String> {
    let mut names = Vec::new();
    for path in rust_files() {
        let text = fs::read_to_string(path).unwrap();
        for part in text.split("#[test]").skip(1) {
            let function = part.split("fn ").nth(1).unwrap_or("");
            names.push(function.split('(').next().unwrap_or("").to_owned());
        }
    }
    let mut suites = Vec::new();
    files(&root().join("tests/suite"), ".md", &mut suites);
    for path in suites {
        let text = fs::read_to_string(path).unwrap();
        let headings = text.lines().filter_map(|line| line.strip_prefix("## "));
        names.extend(headings.map(|it| it.to_lowercase().replace(' ', "_")));
    }
    names
}

#[test]
fn each_clause_of_the_semantics_has_a_test_that_names_it() {
    let names = names_of_tests();
    let mut untested = Vec::new();
    for (letter, count) in CLAUSES {
        for number in 1..=*count {
            let clause = format!("{letter}{number}");
            // The clause is a word at the beginning, where several may stand: `n1_n2_…`.
            let named = names.iter().any(|name| {
                let words = name.split('_').take_while(|it| {
                    let digits = it.get(1..).unwrap_or("");
                    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
                });
                words.into_iter().any(|word| word == clause)
            });
            if !named {
                untested.push(clause);
            }
        }
    }
    assert!(untested.is_empty(), "no test names these: {untested:?}");
}

/// What a reader of files or a pack says as a fixed sentence is translated by its letters: a sentence that nobody says any more would
/// leave its translation behind, and a report half in English.
#[test]
fn sentences_that_a_locale_translates_by_their_letters_are_said_somewhere() {
    let mut sources = Vec::new();
    for (dir, ending) in [
        ("crates/rulec-artefacts/src", ".rs"),
        ("crates/rulec-providers/src", ".rs"),
        ("rules", ".rules"),
    ] {
        files(&root().join(dir), ending, &mut sources);
    }
    let mut said: Vec<String> = Vec::new();
    for path in &sources {
        let text = fs::read_to_string(path).unwrap();
        // Texts, and what stands between them.
        let texts = text.split('"').skip(1);
        said.extend(texts.map(letters));
    }
    let words = |locale: &str| {
        let path = root().join(format!("crates/rulec-eval/locales/{locale}.ftl"));
        let text = fs::read_to_string(path).unwrap();
        let keys = text.lines().filter_map(|it| it.split_once(" = "));
        keys.map(|it| it.0.to_owned()).collect::<Vec<_>>()
    };
    let english = words("en");
    let own: Vec<String> = words("zh-TW")
        .into_iter()
        .filter(|it| !english.contains(it))
        .collect();
    assert!(own.len() > 10, "{own:?}");
    for key in own {
        let (_, sentence) = key.split_once('-').unwrap();
        assert!(said.iter().any(|it| it == sentence), "nobody says {key}");
    }
}

/// As the report makes a key of a sentence.
fn letters(sentence: &str) -> String {
    let letters = sentence
        .chars()
        .filter(|c| !matches!(c, '`' | '\'' | ';' | ','));
    let key: String = letters.map(|c| if c == ' ' { '-' } else { c }).collect();
    key.to_ascii_lowercase()
}
