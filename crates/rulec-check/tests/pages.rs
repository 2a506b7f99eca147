//! Every page of the book on a finding of this crate: its bad example gives exactly that finding, its good one none.

#![allow(clippy::unwrap_used, reason = "a page without its rules fails")]

mod support;

use rulec_check::checks::Run;
use rulec_syntax::diagnostic::Code;
use support::{Checked, check_packs, prove_packs};

/// What the examples use.
const BASE: &str = "pack windows.base 1.0.0\n\nfact os.build: int\n    ask \"Which build?\"\n";

/// Codes that no text can provoke, or none that fits on a page.
const WITHOUT_EXAMPLE: [&str; 2] = ["internal-error", "too-large"];

/// The files of one example.
type Example = Vec<(String, String)>;

/// The blocks of a page with what stands behind their fence; lines hidden in the book begin with `~`.
fn blocks(page: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(fence) = line.strip_prefix("```").filter(|it| !it.is_empty()) {
            let block = lines.by_ref().take_while(|line| *line != "```");
            let block = block.map(|line| format!("{}\n", line.strip_prefix('~').unwrap_or(line)));
            found.push((fence, block.collect()));
        }
    }
    found
}

/// The bad and the good examples of a page. On a page about files beside the rules, ```` ```rulec with-files ```` belongs to
/// each block of such a file, whose fence has its path.
fn examples(page: &str) -> (Vec<Example>, Vec<Example>) {
    let (mut bad, mut good) = (Vec::new(), Vec::new());
    let mut rules = None;
    for (fence, text) in blocks(page) {
        let words: Vec<&str> = fence.split(' ').collect();
        let main = |text: &String| ("page.rules".to_owned(), text.clone());
        match words.as_slice() {
            ["rulec"] => good.push(vec![main(&text)]),
            ["rulec", "bad"] => bad.push(vec![main(&text)]),
            ["rulec", "with-files"] => rules = Some(main(&text)),
            ["ftl" | "tsv", path, rest @ ..] => {
                let example = vec![rules.clone().unwrap(), ((*path).to_owned(), text)];
                match rest {
                    ["bad"] => bad.push(example),
                    _ => good.push(example),
                }
            }
            _ => {}
        }
    }
    (bad, good)
}

/// What a page shows to be wrong can have consequences that only proofs see; they belong to pages of their own, and a repaired example has none.
/// A short example leaves things unused that a pack would use: that counts only on the pages about it.
fn checked(example: &Example, code: &Code, good: bool) -> Checked {
    let files: Vec<(&str, &str)> = example
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let packs: [&[(&str, &str)]; 2] = [&files, &[("base.rules", BASE)]];
    let mut checked = match good || is_proved(code) {
        true => prove_packs(&packs),
        false => check_packs(&packs),
    };
    let minor = |name: &str| {
        name.starts_with("unused-")
            || name.starts_with("unob")
            || ["empty-pack", "gap"].contains(&name)
    };
    checked
        .analysis
        .findings
        .retain(|it| it.code == code || !minor(it.code.name));
    checked
}

fn is_proved(code: &Code) -> bool {
    let mut checks = rulec_check::checks::CHECKS.iter();
    checks.any(|it| it.code == code && matches!(it.run, Run::Proves(_)))
}

#[test]
fn each_bad_example_gives_its_finding_alone_and_each_good_one_none() {
    let (mut count, mut wrong) = (0, Vec::new());
    for code in rulec_check::codes() {
        assert!(
            code.page.starts_with(&format!("# {}\n", code.name)),
            "{}",
            code.name
        );
        let (bad, good) = examples(code.page);
        let wanted = usize::from(!WITHOUT_EXAMPLE.contains(&code.name));
        assert_eq!(
            (bad.len(), good.len()),
            (wanted, wanted),
            "examples of {}",
            code.name
        );
        for text in bad {
            let checked = checked(&text, code, false);
            if checked.codes() != [code.name] {
                wrong.push(format!("bad: {}\n{}", code.name, checked.printed()));
            }
            let level = rulec_syntax::diagnostic::Level::Error;
            // What is proved of a program is said of a program that can be run.
            let proved = is_proved(code);
            assert_eq!(
                checked.analysis.program.is_none(),
                code.level == level && !proved,
                "{}",
                code.name
            );
            count += 1;
        }
        for text in good {
            let checked = checked(&text, code, true);
            if !checked.printed().is_empty() {
                wrong.push(format!("repaired: {}\n{}", code.name, checked.printed()));
            }
            assert!(checked.analysis.program.is_some(), "{}", code.name);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 55, "only {count} examples");
}

#[test]
fn the_findings_of_the_pages_read_well() {
    let mut out = String::new();
    for code in rulec_check::codes() {
        for text in examples(code.page).0 {
            out.push_str(&checked(&text, code, false).printed());
        }
    }
    insta::assert_snapshot!(out);
}
