//! Hostile cases: each trap is one finding with its file, and what is sound beside it is still read, in bounded time.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test"
)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use rulec_facts::provider::{Answer, Provider, Request};
use rulec_providers::case_folder::CaseFolder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TABLE: &str = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/routeTables/rt";

fn good() -> String {
    format!("{{\"id\": \"{TABLE}\", \"properties\": {{}}}}")
}

fn is_answered(case: &CaseFolder) -> bool {
    let request = Request {
        system: "azure".to_owned(),
        kind: "arm".to_owned(),
        locator: Some(TABLE.to_owned()),
        arguments: Vec::new(),
        on: None,
        secret: false,
    };
    matches!(
        case.fetch(&request, Duration::from_secs(1)),
        Answer::Found(..)
    )
}

/// Opens a folder in which a trap lies beside a sound file, and gives the findings as `FILE: MESSAGE`.
fn findings(lay: impl FnOnce(&Path)) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("good.json"), good()).unwrap();
    lay(dir.path());
    let start = Instant::now();
    let case = CaseFolder::open(dir.path()).unwrap();
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "it takes too long"
    );
    assert!(is_answered(&case), "the sound file is read");
    case.findings
        .iter()
        .map(|it| format!("{}: {}", it.file, it.message))
        .collect()
}

/// The only finding is about that file and says so.
fn one(findings: &[String], file: &str, part: &str) {
    let [only] = findings else {
        panic!("{findings:?}");
    };
    assert!(only.starts_with(&format!("{file}: ")), "{only}");
    assert!(only.contains(part), "{only}");
}

#[test]
fn files_that_are_no_json_of_this_world_cost_themselves_only() {
    let deep = "[".repeat(1_000) + &"]".repeat(1_000);
    let wide = format!("[{}", "{\"a\":".repeat(10_000));
    let texts: [(&[u8], &str); 7] = [
        (deep.as_bytes(), "recursion"),
        (wide.as_bytes(), "recursion"),
        (b"{\"a\": \0\0}", "JSON"),
        (b"\xff\xfe{\x00\x22", "UTF-16"),
        (b"{\"a\": \"\xc3\x28\"}", "UTF-8"),
        (b"", "empty"),
        (b"<html>proxy</html>", "JSON"),
    ];
    for (bytes, part) in texts {
        let found = findings(|dir| fs::write(dir.join("x.json"), bytes).unwrap());
        one(&found, "x.json", part);
    }
}

#[test]
fn ten_megabytes_of_one_line_are_one_finding() {
    let line = "x".repeat(10 << 20);
    one(
        &findings(|dir| fs::write(dir.join("x.json"), &line).unwrap()),
        "x.json",
        "JSON",
    );
}

#[test]
fn a_case_file_that_is_none_is_a_finding_with_its_place() {
    let mut bomb = "facts:\n  a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..9 {
        let below = vec![format!("*a{}", level - 1); 9].join(",");
        bomb.push_str(&format!("  a{level}: &a{level} [{below}]\n"));
    }
    for (text, part) in [
        (bomb.as_str(), "nodes"),
        ("now: [", "YAML"),
        ("now: 1\nnow: 2\n", "twice"),
        ("- just\n- a list\n", "keys"),
    ] {
        let found = findings(|dir| fs::write(dir.join("case.yaml"), text).unwrap());
        one(&found, "case.yaml", part);
    }
}

#[test]
fn a_folder_in_place_of_a_file_is_told() {
    let found = findings(|dir| {
        fs::create_dir(dir.join("case.yaml")).unwrap();
        fs::create_dir(dir.join("x.json")).unwrap();
    });
    let names: Vec<&str> = found.iter().filter_map(|it| it.split(':').next()).collect();
    assert_eq!(names, ["case.yaml", "x.json"], "{found:?}");
    assert!(found.iter().all(|it| it.contains("folder")), "{found:?}");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_other_things_not_opened() {
    use std::os::unix::fs::symlink;
    let found = findings(|dir| {
        symlink(dir, dir.join("loop")).unwrap();
        symlink("/etc/passwd", dir.join("out.json")).unwrap();
        symlink("nowhere", dir.join("dangling.json")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(dir.join("socket.json")).unwrap();
    });
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(
        found.iter().filter(|it| it.contains("link")).count() == 3,
        "{found:?}"
    );
}

#[test]
fn folders_without_end_are_cut() {
    let found = findings(|dir| {
        let mut path = dir.to_path_buf();
        for _ in 0..40 {
            path.push("d");
        }
        fs::create_dir_all(&path).unwrap();
    });
    assert_eq!(found.len(), 1, "{found:?}");
}

fn zipped(write: impl FnOnce(&mut ZipWriter<fs::File>, SimpleFileOptions)) -> CaseFolder {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("case.zip");
    let mut zip = ZipWriter::new(fs::File::create(&path).unwrap());
    let options = SimpleFileOptions::default();
    zip.start_file("good.json", options).unwrap();
    zip.write_all(good().as_bytes()).unwrap();
    write(&mut zip, options);
    zip.finish().unwrap();
    CaseFolder::open(&path).unwrap()
}

#[test]
fn a_zip_bomb_is_not_unpacked() {
    let case = zipped(|zip, options| {
        zip.start_file("bomb.json", options).unwrap();
        let zeros = vec![b' '; 1 << 20];
        for _ in 0..200 {
            zip.write_all(&zeros).unwrap();
        }
    });
    assert!(is_answered(&case));
    assert_eq!(case.findings.len(), 1, "{:?}", case.findings);
    assert_eq!(case.findings[0].file, "bomb.json");
}

#[test]
fn names_of_a_zip_cannot_climb_and_links_in_it_are_refused() {
    let case = zipped(|zip, options| {
        for name in [
            "../up.json",
            "a/../../up.json",
            "..\\up.json",
            "/abs.json",
            "C:\\x.json",
        ] {
            zip.start_file(name, options).unwrap();
            zip.write_all(b"{}").unwrap();
        }
        zip.add_symlink("link.json", "/etc/passwd", options)
            .unwrap();
    });
    assert!(is_answered(&case));
    assert_eq!(case.findings.len(), 6, "{:?}", case.findings);
}
