//! What other tools read: SARIF, annotations, JUnit, baselines, watching, pictures, and the page on continuous integration, through the
//! real binary. Texts that mean something to a format are tried in the unit tests of `listing`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::expect_used
)]

#[cfg(unix)]
#[path = "formats/page.rs"]
mod page;
#[path = "formats/picture.rs"]
mod picture;
#[path = "started.rs"]
mod started;
#[path = "formats/watch.rs"]
mod watch;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use started::Outcome;

fn rulec_at(dir: &Path, arguments: &[&str]) -> Outcome {
    started::rulec_at(dir, arguments, "")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder with one sound pack, `rules/my-pack`.
fn repository() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("rules")).unwrap();
    rulec_at(dir.path(), &["new", "rules/my-pack"]).ends_with(0);
    dir
}

/// An error with a repair, a warning, and a second file.
const BROKEN: &str = "rule other:\n    symptom nowhere\n    when wireles\n    => no fix\n\n/// Wireless.\nfact wireless: bool\n    ask \"Wireless?\"\n";
const UNUSED: &str = "/// Nobody asks for it.\nfact lonely: bool\n    ask \"Lonely?\"\n";

fn broken() -> tempfile::TempDir {
    let dir = repository();
    fs::write(dir.path().join("rules/my-pack/broken.rules"), BROKEN).unwrap();
    dir
}

fn valid_sarif(log: &Json) {
    let schema = root().join("tests/fixtures/schemas/sarif-2.1.0.json");
    // One pattern, for `language`, has a bracket too many, which is no regular expression without an escape.
    let text = fs::read_to_string(schema).unwrap();
    let mended = text.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}\\\\]?$");
    let schema = serde_json::from_str(&mended).unwrap();
    let options = jsonschema::options().should_validate_formats(true);
    let validator = options.build(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(log)
        .map(|it| it.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}\n{log:#}");
}

fn valid_junit(text: &str) {
    let schema = root().join("tests/fixtures/schemas/junit-10.xsd");
    let schema = fs::read_to_string(schema).unwrap();
    let schema = xmloxide::validation::xsd::parse_xsd(&schema).unwrap();
    let document = xmloxide::Document::parse_str(text).unwrap();
    let result = xmloxide::validation::xsd::validate_xsd(&document, &schema);
    assert!(result.is_valid, "{:?}\n{text}", result.errors);
}

#[test]
fn sarif_of_a_broken_pack_is_valid_and_says_what_the_text_says() {
    let dir = broken();
    let outcome = rulec_at(dir.path(), &["check", "rules/my-pack", "--format", "sarif"]);
    let log = outcome.ends_with(1).json();
    valid_sarif(&log);
    let run = &log["runs"][0];
    assert_eq!(run["invocations"][0]["exitCode"], 1);
    let results = run["results"].as_array().unwrap();
    let json = rulec_at(dir.path(), &["check", "rules/my-pack", "--format", "json"]).json();
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(results.len(), findings.len());
    for (result, finding) in results.iter().zip(findings) {
        assert_eq!(result["ruleId"], finding["code"]);
        assert_eq!(result["level"], finding["level"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], finding["file"]);
        assert_eq!(place["region"]["startLine"], finding["line"]);
        assert_eq!(place["region"]["startColumn"], finding["column"]);
        assert_eq!(place["region"]["endColumn"], finding["end_column"]);
        let text = result["message"]["text"].as_str().unwrap();
        assert!(text.starts_with(finding["message"].as_str().unwrap()));
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        let page = rulec_at(
            dir.path(),
            &["check", "--explain", rule["id"].as_str().unwrap()],
        );
        assert_eq!(rule["help"]["markdown"], page.out.trim_end());
    }
    let fixed = results.iter().find(|it| !it["fixes"].is_null());
    let fix = &fixed.expect("no fix")["fixes"][0]["artifactChanges"][0];
    assert_eq!(
        fix["replacements"][0]["insertedContent"]["text"],
        "wireless"
    );
    let sound = repository();
    let clean = rulec_at(
        sound.path(),
        &["check", "--no-prove", "rules/my-pack", "--format", "sarif"],
    );
    let clean = clean.ends_with(0).json();
    valid_sarif(&clean);
    assert_eq!(clean["runs"][0]["results"], Json::Array(Vec::new()));
}

#[test]
fn no_output_for_machines_names_a_path_of_this_one() {
    let dir = broken();
    let elsewhere = tempfile::tempdir().unwrap();
    let pack = dir.path().join("rules/my-pack");
    let pack = pack.to_str().unwrap();
    let winding = format!("{}/../my-pack/", pack);
    let missing = format!("{pack}/no/such/pack");
    for format in ["sarif", "github", "junit"] {
        for (from, path) in [
            (elsewhere.path(), pack),
            (elsewhere.path(), &winding),
            (dir.path(), pack),
            (elsewhere.path(), &missing),
        ] {
            let outcome = rulec_at(from, &["check", path, "--format", format]);
            outcome.ends_with(if path == missing { 2 } else { 1 });
            let places: Vec<&str> = outcome
                .out
                .lines()
                .filter(|it| it.contains(".rules"))
                .collect();
            assert!(
                places
                    .iter()
                    .all(|it| !it.contains("/tmp") && !it.contains("..")),
                "{places:?}"
            );
            // Within the folder in which it runs: from there; else from the pack.
            let want = if from == dir.path() {
                "rules/my-pack/broken.rules"
            } else {
                "broken.rules"
            };
            if path != missing {
                assert!(outcome.out.contains(want), "{}", outcome.out);
            }
            match format {
                "sarif" => valid_sarif(&outcome.json()),
                "junit" => valid_junit(&outcome.out),
                _ => assert!(outcome.out.starts_with("::error file="), "{}", outcome.out),
            }
        }
    }
}

#[test]
#[cfg(unix)]
fn hostile_names_of_files_stay_names() {
    let dir = repository();
    let name = "a \"b\"\n::error file=x,line=1::%0A \u{1b}[31m日,ü.rules";
    fs::write(dir.path().join("rules/my-pack").join(name), BROKEN).unwrap();
    let of = |format| rulec_at(dir.path(), &["check", "rules/my-pack", "--format", format]);
    let log = of("sarif").ends_with(1).json();
    valid_sarif(&log);
    let result = &log["runs"][0]["results"][0];
    let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    let uri = uri.as_str().unwrap();
    assert!(
        uri.starts_with("rules/my-pack/a%20%22b%22%0A%3A%3Aerror%20file%3Dx%2Cline"),
        "{uri}"
    );
    valid_junit(&of("junit").ends_with(1).out);
    let annotations = of("github");
    let lines: Vec<&str> = annotations.ends_with(1).out.lines().collect();
    let commands = lines.iter().filter(|it| it.starts_with("::"));
    assert_eq!(
        commands.count(),
        log["runs"][0]["results"].as_array().unwrap().len()
    );
    assert!(
        lines[0].contains("%0A%3A%3Aerror file=x%2Cline=1%3A%3A%250A"),
        "{}",
        lines[0]
    );
}

#[test]
fn annotations_of_a_broken_pack_read_well() {
    let dir = broken();
    let outcome = rulec_at(
        dir.path(),
        &["check", "rules/my-pack", "--format", "github"],
    );
    let expected = [
        "::error file=rules/my-pack/broken.rules,line=2,col=13,endColumn=20,title=unknown-symptom::",
        "::error file=rules/my-pack/broken.rules,line=3,col=10,endColumn=17,title=unknown-name::",
    ];
    let lines: Vec<&str> = outcome.ends_with(1).out.lines().collect();
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.starts_with(expected), "{line}");
    }
    assert!(
        lines[1].ends_with("%0Ahelp: did you mean `wireless`?"),
        "{}",
        lines[1]
    );
    let last = lines
        .iter()
        .find(|it| it.contains("files checked"))
        .unwrap();
    assert!(last.contains("2 errors"), "{last}");
}

/// A pack whose only test expects the contrary.
fn failing() -> tempfile::TempDir {
    let dir = repository();
    let path = dir.path().join("rules/my-pack/pack.rules");
    let text = fs::read_to_string(&path).unwrap();
    let wrong = text.replacen("expect ruled out", "expect confirmed", 1);
    assert_ne!(wrong, text);
    fs::write(path, wrong).unwrap();
    dir
}

#[test]
fn results_of_tests_have_the_same_formats() {
    let (sound, wrong) = (repository(), failing());
    for (dir, code) in [(&sound, 0), (&wrong, 1)] {
        let of = |format| rulec_at(dir.path(), &["test", "rules/my-pack", "--format", format]);
        let log = of("sarif").ends_with(code).json();
        valid_sarif(&log);
        let results = log["runs"][0]["results"].as_array().unwrap();
        assert_eq!(results.len(), code as usize);
        let junit = of("junit");
        valid_junit(&junit.ends_with(code).out);
        assert_eq!(junit.out.matches("<failure ").count(), code as usize);
        let tests = of("json").json()["tests"].as_array().unwrap().len();
        assert_eq!(junit.out.matches("<testcase ").count(), tests);
        let github = of("github");
        let commands = github
            .ends_with(code)
            .out
            .lines()
            .filter(|it| it.starts_with("::error "));
        assert_eq!(commands.count(), code as usize);
        assert!(github.out.contains("passed"), "{}", github.out);
        if code == 1 {
            assert_eq!(results[0]["ruleId"], "failed-test");
            assert!(github.out.contains("but it is ruled out"), "{}", github.out);
        }
    }
    let list = ["test", "rules/my-pack", "--list", "--format", "junit"];
    rulec_at(sound.path(), &list).ends_with(2);
    let broken = broken();
    for format in ["sarif", "github", "junit"] {
        let outcome = rulec_at(
            broken.path(),
            &["test", "rules/my-pack", "--format", format],
        );
        assert!(
            outcome.ends_with(1).out.contains("unknown-name"),
            "{}",
            outcome.out
        );
    }
}

#[test]
fn only_what_makes_the_check_fail_is_a_failure_in_junit() {
    let dir = repository();
    fs::write(dir.path().join("rules/my-pack/unused.rules"), UNUSED).unwrap();
    let check = ["check", "--no-prove", "rules/my-pack", "--format", "junit"];
    let mild = rulec_at(dir.path(), &check);
    valid_junit(&mild.ends_with(0).out);
    assert!(
        !mild.out.contains("<failure") && mild.out.contains("unused-fact"),
        "{}",
        mild.out
    );
    let strict = rulec_at(
        dir.path(),
        &[&check[..], &["--fail-on", "warning"]].concat(),
    );
    valid_junit(&strict.ends_with(1).out);
    assert_eq!(strict.out.matches("<failure ").count(), 1, "{}", strict.out);
    assert!(strict.out.contains("no findings"), "{}", strict.out);
}

#[test]
fn a_baseline_forgives_what_was_there_wherever_it_has_moved() {
    let dir = broken();
    let at = |arguments: &[&str]| rulec_at(dir.path(), arguments);
    let check = ["check", "rules/my-pack", "--baseline", "known.json"];
    at(&check).ends_with(2);
    at(&["check", "rules/my-pack", "--write-baseline", "known.json"]).ends_with(0);
    let known = at(&check);
    assert!(
        known
            .ends_with(0)
            .out
            .contains("2 findings of the baseline not shown"),
        "{}",
        known.out
    );
    // Moved, and read from elsewhere by another path.
    let file = dir.path().join("rules/my-pack/broken.rules");
    fs::write(&file, format!("// A remark.\n\n{BROKEN}")).unwrap();
    at(&check).ends_with(0);
    let pack = dir.path().join("rules/my-pack");
    let elsewhere = tempfile::tempdir().unwrap();
    let baseline = dir.path().join("known.json");
    let far = [
        "check",
        pack.to_str().unwrap(),
        "--baseline",
        baseline.to_str().unwrap(),
    ];
    rulec_at(elsewhere.path(), &far).ends_with(0);
    // One more of the same is new; so is another.
    fs::write(
        &file,
        format!("{BROKEN}\nrule third:\n    symptom nowhere\n    when wireless\n    => no fix\n"),
    )
    .unwrap();
    let more = at(&[&check[..], &["--format", "json"]].concat());
    let more = more.ends_with(1).json();
    assert_eq!(more["findings"].as_array().unwrap().len(), 1, "{more:#}");
    let sarif = at(&[&check[..], &["--format", "sarif"]].concat()).json();
    valid_sarif(&sarif);
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 1);
    // Repaired ones are told.
    fs::write(&file, BROKEN.replace("wireles\n", "wireless\n")).unwrap();
    let fewer = at(&check);
    assert!(
        fewer
            .ends_with(0)
            .out
            .contains("1 finding of the baseline not found any more"),
        "{}",
        fewer.out
    );
    fs::write(&baseline, "{\"format\": 2, \"findings\": []}").unwrap();
    assert!(at(&check).ends_with(2).err.contains("its format is 2"));
    fs::write(&baseline, "{").unwrap();
    assert!(at(&check).ends_with(2).err.contains("is no baseline"));
}

#[test]
fn what_cannot_be_read_is_never_forgiven() {
    let dir = repository();
    fs::write(dir.path().join("rules/my-pack/bad.rules"), b"// \xff").unwrap();
    let write = ["check", "rules/my-pack", "--write-baseline", "known.json"];
    rulec_at(dir.path(), &write).ends_with(2);
    let check = ["check", "rules/my-pack", "--baseline", "known.json"];
    rulec_at(dir.path(), &check).ends_with(2);
}

#[test]
fn each_line_of_a_batch_is_a_report_or_an_error_by_its_schema() {
    let dir = repository();
    let lines = [
        "{\"service.running\": false}",
        "{\"service.running\": 5}",
        "",
        "{\"no.such.fact\": true}",
        "not json \u{1b}[31m",
        "[1]",
        "{\"symptoms\": [\"no-answer\"], \"facts\": {\"service.running\": true}}",
    ];
    fs::write(dir.path().join("cases.jsonl"), lines.join("\n")).unwrap();
    let run = [
        "run",
        "--pack",
        "rules/my-pack",
        "--facts",
        "cases.jsonl",
        "--format",
        "json",
    ];
    let outcome = rulec_at(dir.path(), &run);
    outcome.ends_with(2);
    let of = |name: &str| {
        let path = root().join("book/src/reference").join(name);
        let schema = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        jsonschema::validator_for(&schema).unwrap()
    };
    let (report, error) = (of("report.schema.json"), of("batch-error.schema.json"));
    let told: Vec<(bool, bool, u64)> = outcome
        .out
        .lines()
        .map(|line| {
            let line: Json = serde_json::from_str(line).unwrap();
            let number = line["line"].as_u64().unwrap_or(0);
            (report.is_valid(&line), error.is_valid(&line), number)
        })
        .collect();
    let (good, bad) = ((true, false, 0), |line| (false, true, line));
    assert_eq!(told, [good, bad(2), bad(4), bad(5), bad(6), good]);
}
