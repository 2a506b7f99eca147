//! The report of each case folder of the pack `azure.p2s` in both languages, word for word, as an engineer gets it on a terminal's
//! plain output. `INSTA_UPDATE=always cargo test -p rulec --test reports` renews them; what changed is to be read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value as Json;

const PACK: &str = "rules/azure-p2s";
const LOCALES: [&str; 2] = ["en", "zh-TW"];

fn main() {
    let arguments = Arguments::from_args();
    let cases = cases();
    let mut trials = Vec::new();
    for case in &cases {
        for locale in LOCALES {
            let name = case.clone();
            trials.push(Trial::test(format!("{case} in {locale}"), move || {
                report(&name, locale)
            }));
        }
        let name = case.clone();
        trials.push(Trial::test(
            format!("{case} finds a cause of its entry"),
            move || finds_its_cause(&name),
        ));
    }
    for case in cases.clone() {
        trials.push(Trial::test(
            format!("{case} as a file for a browser and as Markdown"),
            move || files(&case),
        ));
    }
    trials.push(Trial::test("each entry has a case", move || {
        each_entry_has_one(&cases)
    }));
    trials.push(Trial::test("the README shows what comes out", readme));
    libtest_mimic::run(&arguments, trials).exit();
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Names of the case folders.
fn cases() -> Vec<String> {
    let mut cases: Vec<String> = fs::read_dir(root().join(PACK).join("cases"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    cases.sort();
    cases
}

/// `s03-default-route` is a case of S03.
fn entry(case: &str) -> String {
    case.split('-').next().unwrap().to_uppercase()
}

fn each_entry_has_one(cases: &[String]) -> Result<(), Failed> {
    let there: BTreeSet<String> = cases.iter().map(|it| entry(it)).collect();
    let missing: Vec<String> = (1..=28)
        .map(|number| format!("S{number:02}"))
        .filter(|it| !there.contains(it))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("no case folder of {missing:?}").into())
    }
}

/// What `rulec run` prints; open verdicts (4) are no failure.
fn run(case: &str, more: &[&str]) -> Result<String, Failed> {
    let output = Command::new(env!("CARGO_BIN_EXE_rulec"))
        .current_dir(root())
        .args(["run", "--pack", PACK, "--case"])
        .arg(format!("{PACK}/cases/{case}"))
        .args(more)
        .env_remove("RULEC_LOCALE")
        .output()?;
    let errors = String::from_utf8(output.stderr)?;
    match output.status.code() {
        Some(0 | 4) if errors.is_empty() => Ok(String::from_utf8(output.stdout)?),
        code => Err(format!("ended with {code:?}: {errors}").into()),
    }
}

fn report(case: &str, locale: &str) -> Result<(), Failed> {
    let text = run(case, &["--locale", locale])?;
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("reports");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("{case}.{locale}"), text));
    Ok(())
}

/// Most bytes of the HTML of a case.
const LARGEST: usize = 500_000;

/// Small enough to mail, in its language, without anything to load or to run; the Markdown tells the same causes.
fn files(case: &str) -> Result<(), Failed> {
    let json: Json = serde_json::from_str(&run(case, &["--format", "json"])?)?;
    let page = run(case, &["--format", "html", "--locale", "zh-TW", "--all"])?;
    let ids = page.split(" id=\"").skip(1);
    let mut ids: Vec<&str> = ids.filter_map(|it| it.split('"').next()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() < count {
        return Err(format!("some of {count} ids stand twice").into());
    }
    let lower = page.to_lowercase();
    let loads = ["<script", "<link", "<img", "<iframe", "url(", "@import"];
    if let Some(word) = loads.iter().find(|it| lower.contains(**it)) {
        return Err(format!("the page has {word}").into());
    }
    if page.len() > LARGEST || !page.contains("<html lang=\"zh-TW\">") {
        return Err(format!("{} bytes: {:.100}", page.len(), page).into());
    }
    let markdown = run(case, &["--format", "markdown", "--locale", "en"])?;
    for verdict in json["verdicts"].as_array().expect("verdicts") {
        let rule = verdict["rule"].as_str().unwrap();
        let told = markdown.contains(&format!("\n\n`{rule}`"));
        let shown = page.contains(rule) || verdict["because"] == "symptom";
        if told != (verdict["verdict"] == "confirmed") || !shown {
            return Err(format!("{rule} is {}:\n{markdown}", verdict["verdict"]).into());
        }
    }
    Ok(())
}

/// A case of an entry that confirms no cause of that entry shows nothing.
fn finds_its_cause(case: &str) -> Result<(), Failed> {
    let report: Json = serde_json::from_str(&run(case, &["--format", "json"])?)?;
    let confirmed: Vec<&str> = report["verdicts"]
        .as_array()
        .expect("a report has verdicts")
        .iter()
        .filter(|it| it["verdict"] == "confirmed")
        .map(|it| it["rule"].as_str().unwrap())
        .collect();
    let causes = fs::read_to_string(root().join(PACK).join("causes.tsv"))?;
    let listed = causes.lines().any(|line| {
        let mut columns = line.split('\t');
        let of_entry = columns.next() == Some(entry(case).as_str());
        of_entry && columns.nth(1).is_some_and(|it| confirmed.contains(&it))
    });
    if listed {
        Ok(())
    } else {
        Err(format!("confirmed are {confirmed:?}").into())
    }
}

/// The block after an opening such as ```` ```text ````.
fn block<'a>(text: &'a str, opening: &str) -> &'a str {
    let (_, rest) = text
        .split_once(opening)
        .unwrap_or_else(|| panic!("the README has no {opening}"));
    rest.split_once("\n```").unwrap().0
}

/// What it shows is what its words in English give, with `…` for what is left out.
fn readme() -> Result<(), Failed> {
    let readme = fs::read_to_string(root().join("README.md"))?;
    let (_, english) = readme.split_once("`--locale en --symptom \"").unwrap();
    let (pasted, _) = english.split_once("\"`").unwrap();
    let out = run(
        "s03-default-route",
        &["--locale", "en", "--symptom", pasted],
    )?;
    let out = words(&out);
    let mut rest = out.as_str();
    for piece in words(block(&readme, "```text\n")).split('…') {
        let Some((_, after)) = rest.split_once(piece.trim()) else {
            return Err(format!("not printed after what stands before it: `{piece}`").into());
        };
        rest = after;
    }
    Ok(())
}

/// The text on one line: how it is broken does not matter.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
