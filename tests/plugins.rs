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

/// A definition of the published schema.
fn schema(of: &str) -> jsonschema::Validator {
    let path = at_root("book/src/reference/plug-in.schema.json");
    let mut schema: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let root = schema.as_object_mut().unwrap();
    root.remove("oneOf");
    root.insert("$ref".to_owned(), format!("#/$defs/{of}").into());
    jsonschema::validator_for(&schema).unwrap()
}

/// The example, so that all that it is asked and answers is written into files of that name.
#[cfg(unix)]
fn listening(dir: &tempfile::TempDir, name: &str) -> (String, PathBuf, PathBuf) {
    use std::os::unix::fs::PermissionsExt;

    let at = |end: &str| dir.path().join(format!("{name}.{end}"));
    let (to, fro) = (at("to"), at("fro"));
    let text = format!(
        "#!/bin/sh\ntee -a '{}' | '{}' | tee -a '{}'\n",
        to.display(),
        hosts(),
        fro.display()
    );
    let exe = write(dir, name, &text);
    fs::set_permissions(&exe, fs::Permissions::from_mode(0o755)).unwrap();
    (exe, to, fro)
}

fn lines(path: &Path) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().map(serde_json::from_str);
    lines.collect::<Result<_, _>>().unwrap()
}

#[test]
#[cfg(unix)]
fn every_line_that_goes_to_and_fro_fits_the_published_schema() {
    let dir = folder();
    let rules = pack(&dir, RULES);
    let (question, answer) = (schema("question"), schema("answer"));
    let (exe, to, fro) = listening(&dir, "asked");
    with_hosts(&dir, &["facts", "--pack", &rules, "--provider", &exe]).ends_with(0);
    let (asked, told) = (lines(&to), lines(&fro));
    assert_eq!((asked.len(), told.len()), (2, 2));
    for line in &asked {
        assert!(question.is_valid(line) && !answer.is_valid(line), "{line}");
    }
    for line in &told {
        assert!(answer.is_valid(line) && !question.is_valid(line), "{line}");
    }
    // The kit asks what is refused, too.
    let (exe, _, fro) = listening(&dir, "tried");
    with_hosts(&dir, &["provider", "test", &exe]).ends_with(0);
    let told = lines(&fro);
    assert!(told.iter().any(|it| it.get("error").is_some()));
    for line in told {
        assert!(answer.is_valid(&line), "{line}");
    }
    for wrong in [
        serde_json::json!({ "id": 1 }),
        serde_json::json!({ "id": 1, "found": 1, "not_there": true }),
        serde_json::json!({ "id": 1, "not_there": false }),
        serde_json::json!({ "id": 1, "unknown": "maybe" }),
        serde_json::json!({ "found": 1 }),
    ] {
        assert!(!answer.is_valid(&wrong), "{wrong}");
    }
}

#[test]
fn what_the_published_schema_refuses_the_checker_refuses() {
    let dir = folder();
    let rules = pack(&dir, RULES);
    let file = Path::new(&rules).join("sources/hosts.json");
    let described: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let fits = schema("described");
    assert!(fits.is_valid(&described));
    for (at, wrong) in [
        ("/protocol", serde_json::json!(2)),
        ("/system", "windows".into()),
        ("/system", "Hosts".into()),
        ("/kinds", serde_json::json!([])),
        ("/kinds/0/title", "".into()),
        ("/kinds/0/result", "text".into()),
        (
            "/kinds/0/result",
            serde_json::json!({ "list": { "optional": "int" } }),
        ),
        ("/kinds/0/example", "localhost".into()),
        ("/kinds/0/cost_ms", serde_json::json!(600_001)),
    ] {
        let mut other = described.clone();
        *other.pointer_mut(at).unwrap() = wrong;
        assert!(!fits.is_valid(&other), "{other}");
        fs::write(&file, other.to_string()).unwrap();
        assert_ne!(rulec(&["check", &rules]).code, 0, "{other}");
    }
}

/// The same at a terminal, at which something is typed; both outputs are what it shows.
#[cfg(target_os = "linux")]
fn at_terminal(dir: &tempfile::TempDir, arguments: &[&str], typed: &str) -> Outcome {
    use std::io::Write;
    use std::process::Stdio;

    let file = write(dir, "hosts", "192.0.2.7 vpn.contoso.example\n");
    let words = [&[env!("CARGO_BIN_EXE_rulec")], arguments].concat();
    let line: Vec<String> = words.iter().map(|it| format!("'{it}'")).collect();
    let mut terminal = Command::new("script")
        .args(["-qec", &line.join(" "), "/dev/null"])
        .env("HOSTS_FILE", file)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("this test needs `script`: `apt-get install bsdutils`");
    let mut keys = terminal.stdin.take().unwrap();
    keys.write_all(typed.as_bytes()).unwrap();
    let output = terminal.wait_with_output().unwrap();
    drop(keys);
    Outcome {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
#[cfg(target_os = "linux")]
fn at_a_terminal_it_is_asked_whether_to_collect_and_only_yes_means_yes() {
    let dir = folder();
    let pack = pack(&dir, RULES);
    let out = dir.path().join("case");
    let collect = |typed: &str| {
        let arguments = [
            "collect",
            "--pack",
            &pack,
            "--provider",
            &hosts(),
            "--symptom",
            "It does not connect.",
            "-o",
            out.to_str().unwrap(),
        ];
        at_terminal(&dir, &arguments, typed)
    };
    for typed in ["n\n", "\n", "yesterday\n", "\u{4}"] {
        let refused = collect(typed);
        assert_eq!(refused.code, 2, "{}", refused.out);
        assert!(refused.out.contains("Ask them? [y/N]"), "{}", refused.out);
        assert!(refused.out.contains("hosts entry"), "{}", refused.out);
        assert!(
            refused
                .out
                .contains("nothing was asked, and nothing was written"),
            "{}",
            refused.out
        );
        assert!(!out.exists() && !dir.path().join("case.part").exists());
    }
    let agreed = collect("y\n");
    assert_eq!(agreed.code, 0, "{}", agreed.out);
    assert!(
        agreed.out.contains("1 place asked, 1 answered"),
        "{}",
        agreed.out
    );
    rulec(&["run", "--pack", &pack, "--case", out.to_str().unwrap()])
        .ends_with(0)
        .says("The hosts file pins the server to ");
}
