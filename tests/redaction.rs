//! `rulec redact` through the real binary: two hundred secrets and identities in every form that a reader knows, none of which is left in
//! the case that may be sent, in its reports, or in anything that is said about it; and the same verdicts.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

#[path = "redaction/collecting.rs"]
mod collecting;
#[path = "redaction/seeds.rs"]
mod seeds;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use seeds::Seeds;
use serde_json::Value as Json;

fn rulec(dir: &Path, arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rulec"))
        .args(arguments.split(' '))
        .current_dir(dir)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

fn shown(output: &Output) -> String {
    let code = output.status.code();
    assert!(
        code.is_some() && code != Some(101),
        "it ended by itself: {output:?}"
    );
    format!(
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// What of a seed would give it away.
fn traces(sort: &str, seed: &str) -> Vec<String> {
    let parts: Vec<&str> = match sort {
        "mail" => seed
            .split(['@', '.'])
            .filter(|it| *it != "example")
            .collect(),
        "sid" => seed.split('-').filter(|it| it.len() > 6).collect(),
        "host" => vec![seed.trim_start_matches("PC-")],
        _ => vec![seed],
    };
    parts.into_iter().map(str::to_lowercase).collect()
}

fn texts(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        text.push_str(&format!(
            "{}\n{}",
            path.display(),
            fs::read_to_string(&path).unwrap()
        ));
    }
    text
}

fn verdicts(output: &Output) -> Vec<(Json, Json)> {
    let report: Json =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", shown(output)));
    let all = report["verdicts"].as_array().unwrap().iter();
    all.map(|it| (it["rule"].clone(), it["verdict"].clone()))
        .collect()
}

/// A case with seeds, and their pack.
fn seeded(dir: &Path) -> Seeds {
    fs::write(dir.join("leak.rules"), seeds::pack()).unwrap();
    seeds::seed(&dir.join("case"))
}

/// All that is told of a case, in small letters.
fn told_of(dir: &Path, case: &str) -> String {
    let mut told = String::new();
    for format in ["text", "json", "markdown", "html"] {
        for more in ["--full", "--all", "--locale zh-TW"] {
            let run = format!("run --pack leak.rules --format {format} --case {case} {more}");
            told.push_str(&shown(&rulec(dir, &run)));
        }
    }
    for command in ["facts", "facts --format json", "next"] {
        let run = format!("{command} --pack leak.rules --case {case}");
        told.push_str(&shown(&rulec(dir, &run)));
    }
    told.to_lowercase()
}

#[test]
fn of_two_hundred_secrets_and_identities_none_is_left() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let seeds = seeded(dir);
    let count = seeds.identities.len() + seeds.secrets.len();
    assert!(count >= 200, "{count}");
    let output = rulec(dir, "redact case -o sent --pack leak.rules");
    assert_eq!(output.status.code(), Some(0), "{}", shown(&output));
    let files = texts(&dir.join("sent")) + &shown(&output);
    let (old, new) = (
        told_of(dir, "case"),
        told_of(dir, "sent") + &files.to_lowercase(),
    );
    let mut seen: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (sort, seed) in &seeds.identities {
        let traces = traces(sort, seed);
        for trace in &traces {
            let left = new.contains(trace.as_str());
            assert!(!left, "{sort} `{seed}` is left:\n{}", around(&new, trace));
        }
        let (all, read) = seen.entry(sort).or_default();
        *all += 1;
        *read += usize::from(traces.iter().all(|it| old.contains(it.as_str())));
    }
    for secret in &seeds.secrets {
        let secret = secret.to_lowercase();
        for text in [&old, &new] {
            assert!(
                !text.contains(&secret),
                "`{secret}` is left:\n{}",
                around(text, &secret)
            );
        }
    }
    // The test can fail: most of it was read.
    for (sort, (all, read)) in seen {
        assert!(read * 3 >= all * 2, "of {all} {sort} only {read} were read");
    }
}

#[test]
fn the_same_comes_out_of_both_cases() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    seeded(dir);
    rulec(dir, "redact case -o sent --pack leak.rules");
    let run = |case: &str| {
        let run = format!("run --pack leak.rules --format json --all --case {case}");
        verdicts(&rulec(dir, &run))
    };
    let (old, new) = (run("case"), run("sent"));
    assert_eq!(old, new);
    for word in ["confirmed", "ruled-out"] {
        assert!(old.iter().any(|it| it.1 == word), "{old:?}");
    }
}

fn around(text: &str, what: &str) -> String {
    let at = text.find(what).unwrap_or(0);
    let bytes = &text.as_bytes()[at.saturating_sub(200)..(at + 200).min(text.len())];
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn damaged_files_and_wrong_use_tell_no_secret_and_write_nothing_by_halves() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let mut seeds = seeded(dir);
    for (name, before) in [
        ("cut.json", "{\"sharedKey\": \""),
        ("cut.xml", "<a><serversecret>"),
        ("cut.reg", "REGEDIT4\r\n[HKLM\\A]\r\n\"Password\"=\""),
        ("cut.pem", "-----BEGIN RSA PRIVATE KEY-----\n"),
    ] {
        let text = format!("{before}{}", seeds.secret());
        fs::write(dir.join("case").join(name), text).unwrap();
    }
    let output = rulec(
        dir,
        "redact case -o sent.zip --pack leak.rules --format json",
    );
    assert_eq!(output.status.code(), Some(2), "{}", shown(&output));
    let mut all = shown(&output);
    assert!(all.contains("lacks this input"), "{all}");
    let facts = rulec(dir, "facts --pack leak.rules --case sent.zip");
    assert_eq!(facts.status.code(), Some(0));
    all.push_str(&shown(&facts));
    for again in [
        "redact case -o sent.zip",
        "redact none -o x",
        "redact case -o none/x --pack leak.rules",
        "redact case -o x --map m --pack leak.rules",
    ] {
        let output = rulec(dir, again);
        assert_eq!(output.status.code(), Some(2), "{}", shown(&output));
        all.push_str(&shown(&output));
    }
    for secret in &seeds.secrets {
        assert!(!all.contains(secret), "`{secret}` is left");
    }
    assert!(!dir.join("x").exists() && !dir.join("sent.zip.new").exists());
}

#[test]
fn a_sealed_map_turns_tokens_back_for_who_has_its_key_and_holds_no_secret() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let seeds = seeded(dir);
    let output = rulec(
        dir,
        "redact case -o sent --pack leak.rules --map map --map-key map.key",
    );
    assert_eq!(output.status.code(), Some(0), "{}", shown(&output));
    let sealed = fs::read_to_string(dir.join("map")).unwrap();
    let (_, user) = seeds.identities.iter().find(|it| it.0 == "user").unwrap();
    assert!(!sealed.contains(user.as_str()), "{sealed}");
    let open = |key: &str| rulec(dir, &format!("redact --open map --map-key {key}"));
    let map = open("map.key");
    let map: Json =
        serde_json::from_slice(&map.stdout).unwrap_or_else(|_| panic!("{}", shown(&map)));
    let tokens = map["tokens"].as_object().unwrap();
    let (token, _) = tokens.iter().find(|(_, it)| *it == user).unwrap();
    assert!(texts(&dir.join("sent")).contains(token));
    let secret = |it: &Json| seeds.secrets.iter().any(|secret| it == secret.as_str());
    assert!(!tokens.values().any(secret));
    fs::write(dir.join("other.key"), "5".repeat(64)).unwrap();
    fs::write(dir.join("no.key"), "five").unwrap();
    for key in ["other.key", "no.key", "none.key"] {
        assert_eq!(open(key).status.code(), Some(2), "{key}");
    }
}
