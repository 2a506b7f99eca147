//! The jobs of the page on continuous integration: each command of each job is run, on a sound pack and on a broken one.
//!
//! Steps that name an action or a task of a service (`uses:`, `task:`) can only be read here. Installing is run with a `cargo` that
//! looks at the arguments and hands over the binary that is being tested: building it once more would take minutes.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;

use super::{BROKEN, repository, root, valid_junit, valid_sarif};

/// The YAML blocks of the page, under their headings.
fn jobs() -> Vec<(String, Json)> {
    let page = fs::read_to_string(root().join("book/src/continuous-integration.md")).unwrap();
    let mut jobs = Vec::new();
    for section in page.split("\n## ").skip(1) {
        let heading = section.lines().next().unwrap().to_owned();
        for block in section.split("```yaml\n").skip(1) {
            let block = block.split("```").next().unwrap();
            let job: Json =
                serde_saphyr::from_str(block).unwrap_or_else(|it| panic!("{heading}: {it}"));
            jobs.push((heading.clone(), job));
        }
    }
    jobs
}

/// Commands in order, wherever they stand.
fn commands(job: &Json, found: &mut Vec<String>) {
    match job {
        Json::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value) {
                    ("run" | "script" | "entry", Json::String(text)) => {
                        found.extend(text.lines().map(str::to_owned));
                    }
                    _ => commands(value, found),
                }
            }
        }
        Json::Array(all) => all.iter().for_each(|it| commands(it, found)),
        _ => {}
    }
}

/// `rulec`, and a `cargo` that only installs it.
fn tools(dir: &Path) {
    let rulec = env!("CARGO_BIN_EXE_rulec");
    std::os::unix::fs::symlink(rulec, dir.join("rulec")).unwrap();
    let cargo = "#!/bin/sh\n[ \"$*\" = 'install --locked --path crates/rulec' ] && [ -f crates/rulec/Cargo.toml ] && [ -f Cargo.lock ]\n";
    fs::write(dir.join("cargo"), cargo).unwrap();
    fs::set_permissions(dir.join("cargo"), fs::Permissions::from_mode(0o755)).unwrap();
}

fn run(command: &str, dir: &Path, tools: &Path) -> (i32, String) {
    let path = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap());
    let output = Command::new("bash")
        .args(["-ec", command])
        .current_dir(dir)
        .env("PATH", path)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let text = text + &String::from_utf8_lossy(&output.stderr);
    (output.status.code().unwrap_or(-1), text)
}

/// A repository as the page has it: its pack has the name of ours, and is small.
fn sound() -> tempfile::TempDir {
    let dir = repository();
    let at = |path: &str| dir.path().join(path);
    fs::rename(at("rules/my-pack"), at("rules/azure-p2s")).unwrap();
    fs::create_dir_all(at("crates/rulec")).unwrap();
    for file in ["crates/rulec/Cargo.toml", "Cargo.lock"] {
        fs::copy(root().join(file), at(file)).unwrap();
    }
    dir
}

#[test]
fn every_command_of_every_job_does_what_the_page_says() {
    let jobs = jobs();
    let headings: Vec<&str> = jobs.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(
        headings,
        ["GitHub Actions", "Azure Pipelines", "pre-commit"]
    );
    let bin = tempfile::tempdir().unwrap();
    tools(bin.path());
    for (heading, job) in &jobs {
        let mut lines = Vec::new();
        commands(job, &mut lines);
        assert!(lines.len() >= 3, "{heading}: {lines:?}");
        let (clean, faulty) = (sound(), sound());
        fs::write(faulty.path().join("rules/azure-p2s/broken.rules"), BROKEN).unwrap();
        let mut failed = 0;
        for line in &lines {
            let (code, text) = run(line, clean.path(), bin.path());
            assert_eq!(code, 0, "{heading}: {line}\n{text}");
            let (code, text) = run(line, faulty.path(), bin.path());
            let fails = (line.contains("rulec check") || line.contains("rulec test"))
                && !line.contains("--fail-on never");
            assert_eq!(code, i32::from(fails), "{heading}: {line}\n{text}");
            failed += code;
            if line.contains("github") {
                assert!(
                    text.contains("::error file=rules/azure-p2s/broken.rules,"),
                    "{text}"
                );
            }
        }
        assert!(failed > 0, "{heading} lets a broken pack pass");
        for dir in [&clean, &faulty] {
            for entry in fs::read_dir(dir.path()).unwrap().flatten() {
                let text = || fs::read_to_string(entry.path()).unwrap();
                let name = entry.file_name().into_string().unwrap();
                if name.ends_with(".sarif") {
                    valid_sarif(&serde_json::from_str(&text()).unwrap());
                } else if name.ends_with(".xml") {
                    valid_junit(&text());
                }
            }
        }
    }
}
