//! Every page of the book on a finding of this crate: its bad example gives exactly that finding, its good one none.

mod support;

use support::{Checked, check_packs};

/// What the examples use.
const BASE: &str = "pack windows.base 1.0.0\n\nfact os.build: int\n    ask \"Which build?\"\n";

/// Codes that no text can provoke, or none that fits on a page.
const WITHOUT_EXAMPLE: [&str; 2] = ["internal-error", "too-large"];

/// The blocks of a page after a fence; lines hidden in the book begin with `~`.
fn blocks(page: &str, fence: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line == fence {
            let block = lines.by_ref().take_while(|line| *line != "```");
            found.push(
                block
                    .map(|line| format!("{}\n", line.strip_prefix('~').unwrap_or(line)))
                    .collect(),
            );
        }
    }
    found
}

/// A short example leaves things unused that a pack would use: that counts only on the pages about it.
fn checked(text: &str, code: &str) -> Checked {
    let mut checked = check_packs(&[&[("page.rules", text)], &[("base.rules", BASE)]]);
    let minor = |name: &str| name.starts_with("unused-") || name.starts_with("unob");
    checked
        .analysis
        .findings
        .retain(|it| it.code.name == code || !minor(it.code.name));
    checked
}

#[test]
fn each_bad_example_gives_its_finding_alone_and_each_good_one_none() {
    let mut examples = 0;
    for code in rulec_check::codes() {
        assert!(
            code.page.starts_with(&format!("# {}\n", code.name)),
            "{}",
            code.name
        );
        let (bad, good) = (
            blocks(code.page, "```rulec bad"),
            blocks(code.page, "```rulec"),
        );
        let wanted = usize::from(!WITHOUT_EXAMPLE.contains(&code.name));
        assert_eq!(
            (bad.len(), good.len()),
            (wanted, wanted),
            "examples of {}",
            code.name
        );
        for text in bad {
            let checked = checked(&text, code.name);
            assert_eq!(
                checked.codes(),
                [code.name],
                "{}\n{}",
                code.name,
                checked.printed()
            );
            let level = rulec_syntax::diagnostic::Level::Error;
            assert_eq!(
                checked.analysis.program.is_none(),
                code.level == level,
                "{}",
                code.name
            );
            examples += 1;
        }
        for text in good {
            let checked = checked(&text, code.name);
            assert_eq!(
                checked.printed(),
                "",
                "the repaired example of {}",
                code.name
            );
            assert!(checked.analysis.program.is_some(), "{}", code.name);
        }
    }
    assert!(examples >= 40, "only {examples} examples");
}

#[test]
fn the_findings_of_the_pages_read_well() {
    let mut out = String::new();
    for code in rulec_check::codes() {
        for text in blocks(code.page, "```rulec bad") {
            out.push_str(&checked(&text, code.name).printed());
        }
    }
    insta::assert_snapshot!(out);
}
