//! The pack that is built into the binary: what commands do without `--pack`, and what the build script says of a pack with errors.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

#[path = "built_in/lines.rs"]
mod lines;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use rulec_eval::pack::Loaded;
use rulec_eval::report::json;
use rulec_eval::{CaseInput, Given, Pack, Resource, run_session};
use rulec_providers::case_folder::CaseFolder;

/// What the build script wrote.
static BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/built-in.rulepack"));

fn at_root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

/// Runs in an empty folder, or in that one.
fn rulec(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rulec"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the binary starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The build script as cargo runs it, for the pack in a folder.
fn build_script(pack: &Path, out: &Path) -> Output {
    Command::new(env!("RULEC_BUILD_SCRIPT"))
        .env("RULEC_BUILT_IN_PACK", pack)
        .env("CARGO_MANIFEST_DIR", env!("CARGO_MANIFEST_DIR"))
        .env("OUT_DIR", out)
        .output()
        .expect("the build script starts")
}

#[test]
fn commands_that_show_rules_use_it_too() {
    let empty = tempfile::tempdir().unwrap();
    let pack = at_root("rules/azure-p2s").to_str().unwrap().to_owned();
    let here = empty.path();
    for (arguments, code) in [
        (&["list", "rules"][..], 0),
        (&["list", "tests"], 0),
        (&["graph", "--format", "json"], 0),
        (&["graph", "--format", "svg"], 0),
        (&["eval", "os.build > 1"], 4),
    ] {
        let own = rulec(arguments, here);
        let named = rulec(&[arguments, &["--pack", &pack]].concat(), here);
        assert_eq!(own.status.code(), Some(code), "{}", said(&own));
        assert!(own.stdout == named.stdout, "{arguments:?}");
    }
    let shown = rulec(&["show", "gateway-subnet-default-route"], here);
    let text = String::from_utf8(shown.stdout).unwrap();
    let first = text.lines().next().unwrap();
    assert!(
        first.starts_with("// azure-p2s/s03-message-badly-formatted.rules:"),
        "{first}"
    );
    assert!(
        text.contains("rule gateway-subnet-default-route:"),
        "{text}"
    );
    // Who stands in a folder of rules is told.
    fs::write(
        here.join("own.rules"),
        "/// A.\nfact a: bool\n    ask \"A?\"\n",
    )
    .unwrap();
    let told = rulec(&["list", "facts"], here);
    assert!(
        said(&told).contains("`--pack .` takes the rules of this folder"),
        "{}",
        said(&told)
    );
}

#[test]
fn without_a_pack_the_built_in_one_is_used() {
    let empty = tempfile::tempdir().unwrap();
    let pack = at_root("rules/azure-p2s").to_str().unwrap().to_owned();
    let case = at_root("rules/azure-p2s/cases/s03-default-route");
    let case = case.to_str().unwrap();
    for arguments in [
        &["run", "--case", case][..],
        &["run", "--case", case, "--locale", "zh-TW", "--all"],
        &["facts", "--case", case, "--format", "json"],
        &["symptom", "0x80090326"],
    ] {
        let named = rulec(&[arguments, &["--pack", &pack]].concat(), empty.path());
        let built_in = rulec(arguments, empty.path());
        assert_eq!(named.status.code(), built_in.status.code(), "{arguments:?}");
        assert!(named.stdout == built_in.stdout, "{arguments:?}");
        assert!(!built_in.stdout.is_empty(), "{}", said(&built_in));
    }
}

#[test]
fn the_built_in_pack_is_that_of_the_folder() {
    let dir = tempfile::tempdir().unwrap();
    let pack = at_root("rules/azure-p2s");
    let arguments = ["compile", pack.to_str().unwrap(), "-o", "now.rulepack"];
    let outcome = rulec(&arguments, dir.path());
    assert!(outcome.status.success(), "{}", said(&outcome));
    let now = fs::read(dir.path().join("now.rulepack")).unwrap();
    assert!(
        now == BUILT_IN,
        "touch crates/rulec/build.rs: cargo has not noticed that the pack changed"
    );
}

#[test]
fn a_pack_that_is_named_wins_over_the_built_in_one() {
    let dir = tempfile::tempdir().unwrap();
    let new = rulec(&["new", "my-pack"], dir.path());
    assert!(new.status.success(), "{}", said(&new));
    let folder = dir.path().join("my-pack");
    let by_name = rulec(&["run", "--pack", ".", "--format", "json"], &folder);
    assert!(String::from_utf8_lossy(&by_name.stdout).contains("\"my.pack\""));
    let built_in = rulec(&["run", "--format", "json"], &folder);
    assert!(String::from_utf8_lossy(&built_in.stdout).contains("\"azure.p2s\""));
    assert!(
        said(&built_in).contains("`--pack .` takes the rules of this folder"),
        "{}",
        said(&built_in)
    );
}

#[test]
fn folders_of_used_packs_need_a_pack_that_uses_them() {
    let dir = tempfile::tempdir().unwrap();
    let outcome = rulec(&["run", "--packs", "."], dir.path());
    assert_eq!(outcome.status.code(), Some(2));
    assert!(said(&outcome).contains("--pack"), "{}", said(&outcome));
}

#[test]
fn a_pack_with_errors_stops_the_build_with_the_messages_of_check() {
    let dir = tempfile::tempdir().unwrap();
    let pack = dir.path().join("broken-pack");
    fs::create_dir(&pack).unwrap();
    let rules = "symptom \"0x80090326\" when network.lost => fix \"mend it\"\n";
    fs::write(pack.join("a.rules"), rules).unwrap();
    let outcome = build_script(&pack, dir.path());
    assert_eq!(outcome.status.code(), Some(1));
    let checked = rulec(&["check", pack.to_str().unwrap()], dir.path());
    assert_eq!(checked.status.code(), Some(1));
    let text = said(&outcome);
    assert!(text.contains("unknown-name"), "{text}");
    assert!(text.contains("network.lost"), "{text}");
    assert!(text.contains("has errors"), "{text}");
    assert!(!dir.path().join("built-in.rulepack").exists());
}

#[test]
fn a_folder_without_rules_stops_the_build() {
    let dir = tempfile::tempdir().unwrap();
    let outcome = build_script(&dir.path().join("nowhere"), dir.path());
    assert_eq!(outcome.status.code(), Some(1));
    assert!(
        said(&outcome).contains("no such file or folder"),
        "{}",
        said(&outcome)
    );
}

#[test]
fn the_build_script_writes_the_same_bytes_and_watches_rules_only() {
    let dir = tempfile::tempdir().unwrap();
    let outcome = build_script(&at_root("rules/azure-p2s"), dir.path());
    assert!(outcome.status.success(), "{}", said(&outcome));
    let bytes = fs::read(dir.path().join("built-in.rulepack")).unwrap();
    assert!(bytes == BUILT_IN);
    let lines = String::from_utf8(outcome.stdout).unwrap();
    let watched = lines
        .lines()
        .filter_map(|it| it.strip_prefix("cargo:rerun-if-changed="));
    let rules = watched.clone().filter(|it| it.ends_with(".rules")).count();
    assert!(rules > 50, "{lines}");
    assert_eq!(watched.filter(|it| it.contains("/cases")).count(), 0);
}

/// What the command gives of a case folder.
fn input(folder: &CaseFolder) -> CaseInput {
    let case = &folder.case;
    let given = case.params.iter().chain(case.facts.iter());
    let resources = folder.resources().into_iter();
    CaseInput {
        texts: case.symptoms.clone(),
        now: case.now.clone(),
        given: given
            .map(|(name, value)| Given {
                name: name.to_owned(),
                value: value.value.clone(),
                file: folder.case_file.clone(),
            })
            .collect(),
        resources: resources
            .map(|it| Resource {
                kind: it.kind,
                id: it.id,
                file: Some(it.file),
            })
            .collect(),
        ..CaseInput::default()
    }
}

/// The report as JSON, or what is wrong with the case.
fn report(loaded: &Loaded, input: CaseInput, folder: &CaseFolder) -> String {
    let mut session = match loaded.session(input) {
        Ok(session) => session,
        Err(wrong) => return format!("{wrong:?}"),
    };
    run_session(&mut session, &[folder], Duration::from_secs(60));
    json::pretty(&session.report())
}

#[test]
fn a_part_of_the_pack_reports_like_the_whole() {
    let pack = Pack::open(BUILT_IN).unwrap();
    let whole = Loaded::whole(pack.program().unwrap());
    let symptoms = whole.program.symptoms.iter();
    let names: Vec<String> = symptoms.map(|it| it.named.name.to_string()).collect();
    let mut names = names.iter().cycle();
    let (mut compared, mut smaller) = (0, 0);
    let cases = fs::read_dir(at_root("rules/azure-p2s/cases")).unwrap();
    for (number, entry) in cases.enumerate() {
        let path = entry.unwrap().path();
        if !path.is_dir() {
            continue;
        }
        let folder = CaseFolder::open(&path).unwrap();
        let plain = input(&folder);
        let with = |change: &dyn Fn(&mut CaseInput)| {
            let mut input = plain.clone();
            change(&mut input);
            input
        };
        let (one, two) = (names.next().unwrap(), names.next().unwrap());
        let given = |name: &str| Given {
            name: name.to_owned(),
            value: serde_json::json!({ "unknown": "denied" }),
            file: None,
        };
        let others = [
            with(&|it| it.locale = Some("zh-TW".to_owned())),
            with(&|it| {
                it.texts.clear();
                it.symptoms = vec![one.clone(), two.clone()];
            }),
            with(&|it| it.texts = vec![two.clone(), "0x80090326".to_owned()]),
            with(&|it| it.texts = vec!["an idea that nobody ever had".to_owned()]),
            with(&|it| it.given.push(given("gateway.state"))),
            with(&|it| it.given.push(given("gateway.stat"))),
            with(&|it| it.all = true),
        ];
        // Each case with some of them: with all it takes a minute.
        let some = others.iter().cycle().skip(2 * number).take(2);
        for input in [&plain].into_iter().chain(some) {
            let part = pack.load(input).unwrap();
            compared += 1;
            smaller += usize::from(part.program.rules.len() < whole.program.rules.len());
            assert_eq!(
                report(&part, input.clone(), &folder),
                report(&whole, input.clone(), &folder),
                "{path:?} {input:?}"
            );
        }
    }
    assert!(compared > 100, "{compared}");
    assert!(smaller * 10 > compared * 6, "{smaller} of {compared}");
}
