//! Plug-ins through the real binary: the two examples by the kit, a pack that uses one, and a record that gives the same report.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::started::Outcome;
use super::{at_root, folder, rulec, write};

/// The example in Python.
fn hosts() -> String {
    let python = Command::new("python3").arg("--version").output();
    assert!(
        python.is_ok_and(|it| it.status.success()),
        "this test needs Python 3: `apt-get install python3`"
    );
    at_root("crates/rulec-providers/examples/rulec-provider-hosts")
}

/// The example in Rust.
fn listing() -> String {
    let path = Path::new(env!("CARGO_BIN_EXE_rulec")).with_file_name("examples");
    let path = path.join("rulec-provider-folder");
    assert!(
        path.is_file(),
        "build it first: `cargo build -p rulec-providers --examples`"
    );
    path.to_str().unwrap().to_owned()
}

const RULES: &str = r#"pack net.hosts 1.0.0
    language 1

/// Addresses that the hosts file gives the server.
fact server.addresses: list of ip
    from hosts entry "vpn.contoso.example"
    default []

/// It does not connect.
symptom no-connection =
    | text "It does not connect."

rule pinned:
    symptom no-connection
    when server.addresses is not empty
    cause "The hosts file pins the server to {server.addresses}."
    => fix "Take its line out of the hosts file."

rule in-future:
    symptom no-connection
    when now > 2999-01-01
    => fix "Set the clock."

test "pinned":
    symptom no-connection
    server.addresses = [192.0.2.7]
    now = 2026-11-01T00:00:00Z
    expect confirmed pinned
    expect ruled out in-future

test "nothing is known":
    symptom no-connection
    expect open pinned, in-future
"#;

/// A pack that uses the example, with the description beside it.
fn pack(dir: &tempfile::TempDir, rules: &str) -> String {
    let pack = dir.path().join("net-hosts");
    fs::create_dir_all(pack.join("sources")).unwrap();
    fs::write(pack.join("pack.rules"), rules).unwrap();
    let described = rulec(&["provider", "describe", &hosts()]);
    fs::write(pack.join("sources/hosts.json"), &described.ends_with(0).out).unwrap();
    pack.to_str().unwrap().to_owned()
}

/// With a hosts file of its own, and the example on the PATH.
fn with_hosts(dir: &tempfile::TempDir, arguments: &[&str]) -> Outcome {
    let file = write(dir, "hosts", "192.0.2.7 vpn.contoso.example # pinned\n");
    let beside: PathBuf = Path::new(&hosts()).parent().unwrap().to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(beside).chain(std::env::split_paths(&path));
    let output = Command::new(env!("CARGO_BIN_EXE_rulec"))
        .args(arguments)
        .env("HOSTS_FILE", file)
        .env("PATH", std::env::join_paths(folders).unwrap())
        .output()
        .unwrap();
    Outcome {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn the_examples_keep_to_the_protocol() {
    for exe in [hosts(), listing()] {
        rulec(&["provider", "test", &exe])
            .ends_with(0)
            .says("8 checks: 8 passed, 0 failed");
        let json = rulec(&["provider", "test", &exe, "--format", "json"]);
        assert_eq!(json.ends_with(0).json()["findings"], serde_json::json!([]));
    }
    let none = rulec(&["provider", "test", "./no-such-file"]);
    none.ends_with(2).says("there is no executable");
    let none = rulec(&["provider", "test", "no-such-name"]);
    none.ends_with(2).says("rulec-provider-no-such-name");
}

#[test]
fn a_pack_is_checked_by_the_description_beside_it_and_runs_nothing() {
    let dir = folder();
    let good = pack(&dir, RULES);
    rulec(&["check", &good]).ends_with(0);
    rulec(&["test", &good]).ends_with(0).says("2 passed");
    let other = RULES.replace("list of ip", "int");
    fs::write(Path::new(&good).join("pack.rules"), other).unwrap();
    rulec(&["check", &good])
        .ends_with(1)
        .says("`hosts entry` yields `list of ip`");
    let other = RULES.replace("hosts entry", "hosts entri");
    fs::write(Path::new(&good).join("pack.rules"), other).unwrap();
    rulec(&["check", &good])
        .ends_with(1)
        .says("did you mean `entry`?");
    fs::write(Path::new(&good).join("pack.rules"), RULES).unwrap();
    fs::remove_file(Path::new(&good).join("sources/hosts.json")).unwrap();
    rulec(&["check", &good])
        .ends_with(1)
        .says("`sources/hosts.json`");
    let forged = r#"{"protocol":1,"system":"windows","kinds":[]}"#;
    fs::write(Path::new(&good).join("sources/x.json"), forged).unwrap();
    rulec(&["check", &good])
        .ends_with(2)
        .says("`windows` is one of rulec's own");
}

#[test]
fn what_a_plug_in_answered_is_told_recorded_and_replayed_to_the_byte() {
    let dir = folder();
    let pack = pack(&dir, RULES);
    let complaint = ["--symptom", "It does not connect."];
    let run = |more: &[&str]| {
        let all = [&["run", "--pack", &pack], more].concat();
        with_hosts(&dir, &all)
    };
    run(&[&["--live", "hosts"][..], &complaint].concat())
        .ends_with(0)
        .says("The hosts file pins the server to 192.0.2.7.")
        .hides("given by the case");
    let json = run(&[
        &["--provider", &hosts(), "--format", "json"][..],
        &complaint,
    ]
    .concat());
    let json = json.ends_with(0).json();
    let sources: Vec<&str> = json["facts"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["source"]["kind"].as_str())
        .collect();
    assert_eq!(sources, ["clock", "hosts entry"]);
    for format in ["text", "json", "markdown", "html"] {
        let record = dir.path().join(format);
        let record = record.to_str().unwrap();
        let live = ["--live", "hosts", "--record", record, "--format", format];
        let live = run(&[&live[..], &complaint].concat());
        live.ends_with(0);
        let replayed = rulec(&["run", "--pack", &pack, "--case", record, "--format", format]);
        assert_eq!(replayed.ends_with(0).out, live.out);
    }
    rulec(&["run", "--pack", &pack, "--symptom", "It does not connect."])
        .ends_with(4)
        .says("hosts entry");
    with_hosts(&dir, &["facts", "--pack", &pack, "--provider", "hosts"])
        .ends_with(0)
        .says("server.addresses = 192.0.2.7")
        .says("from hosts entry vpn.contoso.example");
    with_hosts(&dir, &["sources", "--provider", "hosts"])
        .ends_with(0)
        .says("hosts entry")
        .says("list of ip")
        .hides("azure arm");
}

#[test]
fn plug_ins_are_refused_where_they_cannot_answer() {
    let dir = folder();
    let pack = pack(&dir, RULES);
    let run = |more: &[&str]| with_hosts(&dir, &[&["run", "--pack", &pack], more].concat());
    run(&["--live", "hosts", "--provider", &hosts()])
        .ends_with(2)
        .says("two plug-ins answer for `hosts`");
    run(&["--live", "hosts", "--cloud", "china"])
        .ends_with(2)
        .says("not of `hosts`");
    let batch = write(&dir, "cases.jsonl", "{}\n");
    run(&["--provider", "hosts", "--facts", &batch])
        .ends_with(2)
        .says("a batch is not asked live");
    run(&["--record", "x"]).ends_with(2);
    let no_plugin = write(&dir, "plain", "");
    run(&["--provider", &no_plugin])
        .ends_with(2)
        .says("no plug-in that can be used");
}
