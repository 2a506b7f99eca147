//! Case folders and zips, whole and damaged.

use std::fs;
use std::io::Write;
use std::path::Path;

use rulec_facts::reason::Why;
use serde_json::Value as Json;

use super::*;

const GATEWAY: &str =
    "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/virtualNetworkGateways/gw";

fn request(locator: &str) -> Request {
    Request {
        system: "azure".to_owned(),
        kind: "arm".to_owned(),
        locator: Some(locator.to_owned()),
        arguments: Vec::new(),
        on: None,
        secret: false,
    }
}

fn folder(files: &[(&str, &str)]) -> (tempfile::TempDir, CaseFolder) {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let folder = CaseFolder::open(dir.path()).unwrap();
    (dir, folder)
}

fn zip_of(path: &Path, files: &[(&str, &str)]) {
    let mut writer = ::zip::ZipWriter::new(fs::File::create(path).unwrap());
    for (name, text) in files {
        writer
            .start_file(*name, ::zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap();
}

fn ask(folder: &CaseFolder, locator: &str) -> Answer {
    folder.fetch(&request(locator), Duration::from_secs(1))
}

#[test]
fn a_saved_resource_is_found_by_its_id_without_case() {
    let text = format!(
        "{{\"id\": \"{GATEWAY}\", \"name\": \"gw\", \"properties\": {{\"vpnType\": \"RouteBased\"}}}}"
    );
    let (_dir, folder) = folder(&[
        (
            "case.yaml",
            "symptoms: \"0x80090326\"\nfacts: { os.build: 010 }\n",
        ),
        ("azure/any-name.json", &text),
        ("notes.txt", "x"),
    ]);
    assert_eq!(folder.findings, []);
    assert_eq!(folder.case.symptoms, ["0x80090326"]);
    assert_eq!(
        folder.case.facts.get("os.build"),
        Some(&serde_json::json!("010"))
    );
    let Answer::Found(json, from) = ask(&folder, &GATEWAY.to_uppercase()) else {
        panic!("not found")
    };
    assert_eq!(json["properties"]["vpnType"], "RouteBased");
    assert_eq!(from.file.as_deref(), Some("azure/any-name.json"));
    assert_eq!(folder.unread(), ["notes.txt"]);
    assert_eq!(
        folder.resources()[0].kind,
        "Microsoft.Network/virtualNetworkGateways"
    );
}

#[test]
fn what_was_not_saved_is_not_collected_and_never_not_there() {
    let (_dir, folder) = folder(&[("case.yaml", "")]);
    assert!(matches!(
        ask(&folder, GATEWAY),
        Answer::Unknown(Why::NotCollected, ..)
    ));
}

#[test]
fn each_damaged_file_is_a_finding_and_the_rest_is_read() {
    let good = format!("{{\"id\": \"{GATEWAY}\", \"properties\": {{}}}}");
    let deep = "[".repeat(1000);
    let (_dir, folder) = folder(&[
        ("case.yaml", "symptom: x\nfacts: { a: 1 }\n"),
        ("azure/cut.json", "{\"id\": "),
        ("azure/deep.json", &deep),
        ("azure/empty.json", ""),
        ("azure/good.json", &good),
    ]);
    let files: Vec<&str> = folder.findings.iter().map(|it| it.file.as_str()).collect();
    assert_eq!(
        files,
        [
            "azure/cut.json",
            "azure/deep.json",
            "azure/empty.json",
            "case.yaml"
        ]
    );
    assert!(
        folder.findings[3].message.contains("`symptoms`"),
        "{}",
        folder.findings[3]
    );
    assert_eq!(folder.findings[3].place, Some((1, 1)));
    assert!(matches!(ask(&folder, GATEWAY), Answer::Found(..)));
    assert_eq!(folder.case.facts.get("a"), Some(&serde_json::json!("1")));
}

#[test]
fn a_zip_of_the_folder_is_the_case_and_backslashes_are_paths() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("case.zip");
    let text = format!("{{\"id\": \"{GATEWAY}\", \"properties\": {{}}}}");
    zip_of(
        &path,
        &[
            ("4711\\case.yaml", "now: 2026-11-01\n"),
            ("4711\\azure\\gw.json", &text),
        ],
    );
    let folder = CaseFolder::open(&path).unwrap();
    assert_eq!(folder.case.now.as_deref(), Some("2026-11-01"));
    assert!(matches!(ask(&folder, GATEWAY), Answer::Found(..)));
}

#[test]
fn a_name_that_a_zip_holds_twice_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("case.zip");
    zip_of(&path, &[("a.json", "{}"), ("b.json", "{}"), ("c.txt", "")]);
    // The library writes no name twice.
    let mut bytes = fs::read(&path).unwrap();
    while let Some(at) = bytes.windows(6).position(|it| it == b"b.json") {
        bytes[at] = b'a';
    }
    fs::write(&path, bytes).unwrap();
    let folder = CaseFolder::open(&path).unwrap();
    let found: Vec<String> = folder.findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        ["a.json: the zip holds it more than once; the last is used"]
    );
}

#[test]
fn a_folder_by_the_name_of_the_case_file_is_told() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("case.yaml")).unwrap();
    fs::create_dir(dir.path().join("azure")).unwrap();
    let folder = CaseFolder::open(dir.path()).unwrap();
    let found: Vec<String> = folder.findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        ["case.yaml: it is a folder, and a file of this name would be read"]
    );
}

#[test]
fn a_name_twice_in_one_object_is_told_with_its_place() {
    let text = format!("{{\"id\": \"{GATEWAY}\",\n \"properties\": {{\"a\": 1, \"a\": 2}}}}");
    let (_dir, folder) = folder(&[("azure/gw.json", &text)]);
    let found: Vec<String> = folder.findings.iter().map(ToString::to_string).collect();
    assert_eq!(found, ["azure/gw.json:2:27: `a` stands twice"]);
    assert!(!matches!(ask(&folder, GATEWAY), Answer::Found(..)));
}

#[test]
fn names_that_lead_out_of_a_zip_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("case.zip");
    zip_of(
        &path,
        &[
            ("../up.json", "{}"),
            ("/abs.json", "{}"),
            ("C:\\x.json", "{}"),
            ("case.yaml", ""),
        ],
    );
    let folder = CaseFolder::open(&path).unwrap();
    assert_eq!(folder.findings.len(), 3, "{:?}", folder.findings);
}

#[test]
fn a_file_that_is_no_zip_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("case.zip");
    fs::write(&path, b"PK\x03\x04 no zip").unwrap();
    assert!(CaseFolder::open(&path).is_err());
    assert!(CaseFolder::open(&dir.path().join("missing")).is_err());
}

fn windows(kind: &str, locator: &str) -> Request {
    Request {
        system: "windows".to_owned(),
        kind: kind.to_owned(),
        ..request(locator)
    }
}

#[test]
fn the_zip_of_a_client_package_is_read_where_it_lies() {
    let dir = tempfile::tempdir().unwrap();
    let settings =
        "<VpnProfile><VpnServer>g.example</VpnServer><VpnType>SSTP</VpnType></VpnProfile>";
    zip_of(
        &dir.path().join("vnet.zip"),
        &[
            ("Generic\\VpnSettings.xml", settings),
            ("..\\out.txt", "x"),
            ("WindowsAmd64\\setup.exe", "MZ\0\0"),
        ],
    );
    let folder = CaseFolder::open(dir.path()).unwrap();
    let found: Vec<String> = folder.findings.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("vnet.zip/..\\out.txt: "), "{found:?}");
    let package = Request {
        kind: "vpn-package".to_owned(),
        ..request("C:\\Users\\u\\Downloads\\vnet.zip")
    };
    let Answer::Found(json, from) = folder.fetch(&package, Duration::from_secs(1)) else {
        panic!("not found")
    };
    assert_eq!(json["server"], "g.example");
    assert_eq!(
        from.file.as_deref(),
        Some("vnet.zip/Generic/VpnSettings.xml")
    );
}

#[test]
fn kinds_of_which_nothing_was_saved_are_left_to_others() {
    let (_dir, folder) = folder(&[
        ("case.yaml", ""),
        ("a.reg", "REGEDIT4\n[HKLM\\A]\n\"v\"=\"1\"\n"),
    ]);
    assert!(folder.answers(&windows("registry", "HKLM\\B")));
    assert!(!folder.answers(&windows("routes", "")));
    let Answer::Found(json, _) = folder.fetch(&windows("registry", "HKLM\\A"), Duration::ZERO)
    else {
        panic!("not found")
    };
    assert_eq!(json["v"], "1");
}

#[test]
fn stores_name_files_of_the_case_and_a_missing_one_is_told() {
    let (_dir, folder) = folder(&[
        (
            "case.yaml",
            "stores: { 'CurrentUser\\My': [a.cer, b.cer] }\n",
        ),
        ("b.cer", "no certificate"),
    ]);
    let found: Vec<String> = folder.findings.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found
            .iter()
            .all(|it| it.starts_with("case.yaml: `stores` names")),
        "{found:?}"
    );
}

/// A log of the pack's cases, in a folder of its own, made so large that no file of that size is held.
fn large_log(dir: &Path, name: &str) -> std::path::PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../rules/azure-p2s/cases/s01-key-left-behind/Application.evtx");
    let path = dir.join(name);
    fs::copy(own, &path).unwrap();
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    // Chunks that were never used follow.
    file.set_len(4096 + (files::LARGEST / 65_536 + 2) * 65_536)
        .unwrap();
    path
}

fn dials(folder: &CaseFolder) -> Answer {
    let mut dials = request("Application");
    dials.system = "windows".to_owned();
    dials.kind = "events".to_owned();
    dials.arguments = vec![
        ("id".to_owned(), vec!["20227".to_owned()]),
        ("provider".to_owned(), vec!["RasClient".to_owned()]),
    ];
    folder.fetch(&dials, Duration::from_secs(1))
}

#[test]
fn a_log_that_is_too_large_to_be_held_is_read_from_where_it_lies() {
    let dir = tempfile::tempdir().unwrap();
    let path = large_log(dir.path(), "Application.evtx");
    let large = CaseFolder::open(dir.path()).unwrap();
    assert_eq!(large.findings, []);
    let small = {
        let dir = tempfile::tempdir().unwrap();
        let bytes = fs::read(&path).unwrap();
        fs::write(dir.path().join("Application.evtx"), &bytes[..69_632]).unwrap();
        CaseFolder::open(dir.path()).unwrap()
    };
    let Answer::Found(found, _) = dials(&large) else {
        panic!("{:?}", dials(&large));
    };
    assert!(!found.as_array().unwrap().is_empty());
    assert_eq!(dials(&large), dials(&small));
    // What is gone meanwhile is unknown, and never an empty log.
    fs::remove_file(path).unwrap();
    let mark = serde_json::to_string(&match dials(&large) {
        Answer::Found(found, _) => Json::clone(&found),
        other => panic!("{other:?}"),
    });
    assert!(mark.unwrap().contains("malformed"));
}
