//! Every command through the real binary, as the book's command line page promises it: outputs, exit codes, pipes, secrets. Hostile
//! input has a test of its own.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::expect_used
)]

#[cfg(unix)]
#[path = "plugins.rs"]
mod plugins;
#[path = "started.rs"]
mod started;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use started::{Outcome, rulec_in};

fn rulec(arguments: &[&str]) -> Outcome {
    rulec_in(arguments, "")
}

fn at_root(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join(path).to_str().unwrap().to_owned()
}

fn mission() -> String {
    at_root("tests/fixtures/mission")
}

fn write(dir: &tempfile::TempDir, name: &str, text: &str) -> String {
    let path: PathBuf = dir.path().join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

const FACTS: &str = r#"{"udr.default_on_gateway_subnet": true}"#;

/// `run` on the mission's pack; the facts come from standard input.
fn run(more: &[&str], facts: &str) -> Outcome {
    let pack = mission();
    let mut arguments = vec!["run", "--pack", &pack, "--facts", "-"];
    arguments.extend(more);
    rulec_in(&arguments, facts)
}

#[test]
fn the_line_of_the_mission_checks_runs_and_is_formatted() {
    let pack = mission();
    // Its symptom can have another cause: no mistake, and said in one line.
    rulec(&["check", &pack])
        .ends_with(0)
        .says("1 file checked: 1 note");
    rulec(&["fmt", "--check", &pack]).ends_with(0);
    rulec(&["test", &pack]).ends_with(0).says("3 passed");
    run(&["--symptom", "0x80090326"], FACTS)
        .ends_with(0)
        .says("1 confirmed cause");
}

#[test]
fn alone_it_shows_three_examples() {
    let outcome = rulec(&[]);
    outcome.ends_with(0);
    assert_eq!(outcome.out.matches("\n  rulec ").count(), 3);
}

#[test]
fn a_new_pack_is_clean_formatted_and_its_tests_pass() {
    let dir = folder();
    let path = dir.path().join("my-pack");
    let path = path.to_str().unwrap();
    rulec(&["new", path]).ends_with(0);
    rulec(&["check", path])
        .ends_with(0)
        .says(" checked: 1 note");
    rulec(&["check", "--no-prove", path]).says("no findings");
    rulec(&["fmt", "--check", path]).ends_with(0);
    rulec(&["test", path]).ends_with(0).says("0 failed");
    let rules = fs::read_to_string(dir.path().join("my-pack/pack.rules")).unwrap();
    assert!(rules.contains("my-pack does not answer"), "{rules}");
    assert!(
        !rules.contains("example") && !rules.contains("azure"),
        "{rules}"
    );
    rulec(&["new", path]).ends_with(2).says("already exists");
}

#[test]
fn a_mistake_is_shown_at_its_place_with_the_nearest_name() {
    let text = "symptom s =\n    | code ras 798\nrule r:\n    symptom s\n    when prox\n    => no fix\n/// Proxy.\nfact proxy: bool\n    ask \"Proxy?\"\n";
    rulec_in(&["check", "-"], text)
        .ends_with(1)
        .says("unknown-name")
        .says("did you mean `proxy`?");
    let json = rulec_in(&["check", "-", "--format", "json"], text);
    let json = json.ends_with(1).json();
    let finding = &json["findings"][0];
    assert_eq!(
        (&finding["line"], &finding["column"], &finding["end_column"]),
        (&5.into(), &10.into(), &14.into())
    );
    rulec(&["check", "--explain", "unknown-name"])
        .ends_with(0)
        .says("# unknown-name");
    rulec(&["check", "--explain", "no-such-code"]).ends_with(2);
}

#[test]
fn everything_is_proved_unless_it_is_said_otherwise() {
    let dir = folder();
    let pack = |when: &str| {
        let text = format!(
            "fact os.build: int in 0..100000\n    ask \"Which build?\"\n\nsymptom s =\n    | code ras 798\n\nrule r:\n    symptom s\n    when {when}\n    => no fix\n"
        );
        write(&dir, "p.rules", &text)
    };
    let never = pack("os.build < 10 and os.build > 20");
    rulec(&["check", "--no-prove", &never]).ends_with(0);
    let proved = rulec(&["check", &never]);
    proved.ends_with(1).says("unsatisfiable-condition");
    let sound = pack("os.build < 10");
    let gaps = rulec(&["check", "--gaps", &sound]);
    gaps.ends_with(0).says("symptom s").says("os.build = ");
    let wrong = pack("os.biuld < 10");
    let wrong = rulec(&["check", "--prove", &wrong]);
    wrong
        .ends_with(1)
        .says("nothing is proved of a pack with errors");
}

#[test]
fn formatting_checks_shows_and_writes() {
    let dir = folder();
    let ugly = "/// A.\nfact  a : bool\n  ask \"A?\"\n";
    let path = write(&dir, "a.rules", ugly);
    rulec(&["fmt", "--check", &path])
        .ends_with(1)
        .says("a.rules");
    rulec(&["fmt", "--diff", &path])
        .says("-fact  a : bool")
        .says("+fact a: bool");
    assert_eq!(fs::read_to_string(&path).unwrap(), ugly);
    let piped = rulec_in(&["fmt", "-"], ugly);
    rulec(&["fmt", &path]).ends_with(0);
    assert_eq!(fs::read_to_string(&path).unwrap(), piped.ends_with(0).out);
    rulec(&["fmt", "--check", &path]).ends_with(0);
}

#[test]
fn a_failing_test_ends_with_1_and_says_what_came_out() {
    let text = fs::read_to_string(at_root("tests/fixtures/mission/pack.rules")).unwrap();
    let dir = folder();
    let wrong = text.replace("expect ruled out", "expect confirmed");
    let path = write(&dir, "a.rules", &wrong);
    rulec(&["test", &path])
        .ends_with(1)
        .says("1 failed")
        .says("but it is ruled out");
    rulec(&["test", &path, "leaves it open"]).ends_with(0);
    rulec(&["test", &path, "no such test"]).ends_with(2);
    let list = rulec(&["test", &path, "--list"]);
    assert_eq!(list.ends_with(0).out.lines().count(), 3);
}

#[test]
fn a_case_is_printed_as_a_test_that_passes_where_it_is_pasted() {
    let dir = folder();
    let pack = dir.path().join("p");
    let name = pack.to_str().unwrap();
    rulec(&["new", name]).ends_with(0);
    let case = at_root("rules/azure-p2s/cases/s03-route-halves");
    let azure = at_root("rules/azure-p2s");
    let printed = rulec(&["test", &azure, "--from", &case, "--name", "two \"halves\""]);
    let printed = printed.ends_with(0);
    assert_eq!(printed.err, "");
    printed
        .says("test \"two \"\"halves\"\"\":\n    pasted ")
        .says("expect confirmed route-table-default-only");
    // The built-in pack is the same one, where no rules lie.
    let mut built_in = Command::new(env!("CARGO_BIN_EXE_rulec"));
    built_in.args(["test", "--format", "json", "--from", &case]);
    let output = built_in.current_dir(dir.path()).output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let statement = json["statement"].as_str().unwrap();
    let after = |text: &str| text.split_once('\n').unwrap().1.to_owned();
    assert_eq!(after(statement), after(&printed.out));
    assert_eq!(json["linked"], serde_json::Value::Null);
    // A case of another pack says what this one does not know.
    let other = at_root("rules/azure-p2s/cases/s01-key-left-behind");
    rulec(&["test", name, "--from", &other])
        .ends_with(2)
        .says("no fact or param is named");
    let own = pack.join("case 9");
    fs::create_dir(&own).unwrap();
    fs::write(own.join("case.yaml"), "symptoms: [nobody knows]\n").unwrap();
    let empty = rulec(&["test", name, "--from", own.to_str().unwrap()]);
    let file = pack.join("more.rules");
    fs::write(&file, &empty.ends_with(0).out).unwrap();
    rulec(&["test", name, "case 9"])
        .ends_with(0)
        .says("1 passed");
    rulec(&["fmt", "--check", name]).ends_with(0);
    rulec(&["test", name, "--from", name, "--list"]).ends_with(2);
    rulec(&["test", name, "--from", name, "--format", "junit"]).ends_with(2);
}

#[test]
fn a_symptom_is_a_code_in_any_spelling_a_name_a_file_or_standard_input() {
    let dir = folder();
    let file = write(&dir, "said.txt", "Error -2146893018 in the log\n");
    let at_file = format!("@{file}");
    let name = "hresult-0x80090326";
    for symptom in ["-2146893018", "2148074278", "0x80090326", name, &at_file] {
        run(&["--symptom", symptom], FACTS)
            .ends_with(0)
            .says("1 confirmed");
    }
    let facts = write(&dir, "facts.json", FACTS);
    let pack = mission();
    let arguments = ["run", "--pack", &pack, "--facts", &facts, "--symptom", "-"];
    rulec_in(&arguments, "0x80090326")
        .ends_with(0)
        .says("1 confirmed");
    run(&["--symptom", "@no-such-file"], FACTS).ends_with(2);
}

#[test]
fn exit_codes_tell_settled_confirmed_misuse_and_open() {
    let symptom = ["--symptom", "0x80090326"];
    run(&symptom, FACTS).ends_with(0);
    run(&[&symptom[..], &["--fail-on", "confirmed"]].concat(), FACTS).ends_with(1);
    let open = r#"{"root.revoked": {"unknown": "denied"}}"#;
    run(&symptom, open).ends_with(4).says("access was refused");
    run(&[&symptom[..], &["--fail-on", "never"]].concat(), open).ends_with(0);
    run(&["--symptom", "something else"], FACTS).ends_with(4);
    for bad in ["[1", "{\"root.revoked\": 5}", "{\"root.revokd\": true}"] {
        run(&symptom, bad).ends_with(2);
    }
    rulec(&["run", "--pack", "no/such/pack"]).ends_with(2);
    rulec(&["run", "--pack", &mission(), "--case", "no/such/case"]).ends_with(2);
    rulec(&["frobnicate"]).ends_with(2);
    let dir = folder();
    let broken = write(
        &dir,
        "a.rules",
        "rule r:\n    when nothing\n    => no fix\n",
    );
    rulec(&["run", "--pack", &broken]).ends_with(1);
}

#[test]
fn yaml_facts_are_read_by_the_declared_type() {
    run(
        &["--symptom", "0x80090326"],
        "udr.default_on_gateway_subnet: no\nroot.revoked: no\n",
    )
    .ends_with(0)
    .says("Ruled out");
}

#[test]
fn a_batch_keeps_a_line_a_case_and_ends_with_the_worst() {
    let dir = folder();
    let pack = mission();
    let settled = "{\"symptoms\":[-2146893018],\"facts\":{\"root.revoked\":true}}\n";
    let open = "{\"symptoms\":\"0x80090326\",\"facts\":{}}\n";
    let bad = "{\"root.revoked\": tru\n\n{\"symptoms\":[[]]}\n";
    for (text, code, lines, errors) in [
        (settled.to_owned(), 0, 1, 0),
        ([open, settled].concat(), 4, 2, 0),
        ([settled, bad, open].concat(), 2, 4, 2),
    ] {
        let path = write(&dir, "cases.jsonl", &text);
        let outcome = rulec(&["run", "--pack", &pack, "--facts", &path]);
        outcome.ends_with(code);
        let read = |line| serde_json::from_str::<serde_json::Value>(line).unwrap();
        let all: Vec<_> = outcome.out.lines().map(read).collect();
        let wrong = all.iter().filter(|it| it.get("error").is_some()).count();
        assert_eq!((all.len(), wrong), (lines, errors), "{}", outcome.out);
    }
}

#[test]
fn a_batch_without_a_case_is_no_clean_bill_and_editors_may_mark_a_file() {
    let dir = folder();
    let pack = mission();
    let at = |bytes: &[u8]| {
        let path = dir.path().join("cases.jsonl");
        fs::write(&path, bytes).unwrap();
        rulec(&["run", "--pack", &pack, "--facts", path.to_str().unwrap()])
    };
    at(b"\n \n").ends_with(4).says("has no case");
    at(b"").ends_with(4).says("has no case");
    at(b"\xff\xfe{\0}\0").ends_with(2).says("UTF-16");
    let marked = "\u{feff}{\"symptoms\":[-2146893018],\"facts\":{\"root.revoked\":true}}\r\n";
    at(marked.as_bytes()).ends_with(0).says("confirmed");
    // What is wrong for every line is told once.
    let path = dir.path().join("cases.jsonl");
    let path = path.to_str().unwrap();
    let wrong = [
        "run",
        "--pack",
        &pack,
        "--facts",
        path,
        "--param",
        "no.such=1",
    ];
    let outcome = rulec(&wrong);
    outcome
        .ends_with(2)
        .says("no fact or param is named `no.such`");
    assert_eq!(outcome.out, "");
}

#[test]
fn a_report_in_json_has_the_promised_fields() {
    let report = run(&["--symptom", "0x80090326", "--format", "json"], FACTS).json();
    assert_eq!(report["format"], 1);
    let keys = |of: &serde_json::Value, names: &[&str]| {
        for name in names {
            assert!(of.get(name).is_some(), "no `{name}` in {of}");
        }
    };
    keys(&report, &["pack", "symptoms", "verdicts", "facts"]);
    keys(&report["symptoms"][0], &["name", "score", "by"]);
    let verdict = &report["verdicts"][0];
    keys(
        verdict,
        &[
            "rule",
            "symptoms",
            "verdict",
            "because",
            "needs",
            "waits_for",
            "fixes",
        ],
    );
    keys(
        &verdict["evidence"][0],
        &["fact", "path", "value", "source"],
    );
    keys(
        &verdict["evidence"][0]["source"],
        &["kind", "place", "file", "time"],
    );
    keys(&report["facts"][0], &["name", "source"]);
}

#[test]
fn the_other_commands_answer() {
    let pack = at_root("rules/azure-p2s");
    let case = at_root("rules/azure-p2s/cases/s03-default-route");
    let on_case = ["--pack", &pack, "--case", &case];
    let of = |words: &[&str], more: &[&str]| rulec(&[words, more].concat());
    of(&["facts", "gateway"], &on_case)
        .ends_with(0)
        .says("azure/gateway.json");
    of(&["facts", "no_such_fact"], &on_case).ends_with(2);
    let state = of(&["eval", "gateway.state"], &on_case);
    assert_eq!(state.ends_with(0).out, "Succeeded\n");
    of(&["eval", "os.build > 3"], &on_case)
        .ends_with(4)
        .says("os.build");
    of(&["eval", "1 +"], &on_case)
        .ends_with(2)
        .says("the expression has 1 error");
    of(&["eval", "no_such_fact"], &on_case).ends_with(2);
    of(&["run", "--locale", "zh-TW"], &on_case)
        .ends_with(4)
        .says("已確認 1 個原因");
    let on_pack = ["--pack", pack.as_str()];
    of(&["list", "rules"], &on_pack)
        .ends_with(0)
        .says("root-expired");
    of(&["show", "root-expired"], &on_pack)
        .ends_with(0)
        .says("rule root-expired:");
    of(&["show", "rot-expired"], &on_pack)
        .ends_with(2)
        .says("`root-expired`");
    of(&["graph", "--format", "dot"], &on_pack)
        .ends_with(0)
        .says("digraph");
    of(&["graph", "--format", "mermaid"], &on_pack)
        .ends_with(0)
        .says("flowchart");
    assert_eq!(
        of(&["graph", "--format", "json"], &on_pack).json()["format"],
        1
    );
    rulec(&["sources", "arm"]).ends_with(0).says("azure arm");
    rulec(&["completions", "bash"])
        .ends_with(0)
        .says("_rulec()");
    rulec(&["man"]).ends_with(0).says(".TH rulec");
}

#[test]
fn a_closed_pipe_is_no_mistake() {
    let pack = at_root("rules/azure-p2s");
    for arguments in [&["man"][..], &["list", "--pack", &pack], &["sources"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rulec"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        let mut pipe = child.stderr.take().unwrap();
        pipe.read_to_string(&mut err).unwrap();
        assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
    }
}

const SECRETS: &str = "/// Token.
fact a.token: string secret
    ask \"Token?\"

type Conn = {
    name: string
    psk: string secret
}

/// Connections.
fact conns: list of Conn
    ask \"Conns?\"

let copy = a.token
    allow unused-let \"asked for by hand\"

symptom s =
    | code ras 798

rule r:
    symptom s
    when a.token == \"good\" and any c in conns: c.psk == \"x\"
    cause \"Token {a.token}.\"
    => fix \"use {a.token}\"
";

#[test]
fn a_secret_is_in_no_output_and_no_mistake() {
    let dir = folder();
    let pack = write(&dir, "a.rules", SECRETS);
    rulec(&["check", &pack]).hides("error");
    let good = r#"{"a.token":"hunter2","conns":[{"name":"n","psk":"hunter2"}]}"#;
    let asked: [&[&str]; 8] = [
        &["run", "--symptom", "s", "--all"],
        &["facts"],
        &["eval", "a.token"],
        &["eval", "copy"],
        &["eval", "conns"],
        &["eval", "conns.psk"],
        &["eval", "copy == \"hunter\""],
        &["eval", "conns.name"],
    ];
    for format in ["text", "json"] {
        for words in asked {
            let more = ["--pack", &pack, "--facts", "-", "--format", format];
            let outcome = rulec_in(&[words, &more[..]].concat(), good);
            outcome.hides("hunter2");
            assert!(outcome.code != 1 && outcome.code != 2, "{}", outcome.err);
        }
    }
    for bad in [
        r#"{"a.token":["hunter2"]}"#,
        r#"{"a.token":{"unknown":"hunter2"}}"#,
        r#"{"conns":"hunter2"}"#,
        r#"{"conns":["hunter2"]}"#,
        r#"{"conns":{"unknown":"hunter2"}}"#,
        r#"{"conns":[{"name":"n","psk":["hunter2"]}]}"#,
    ] {
        rulec_in(&["run", "--pack", &pack, "--facts", "-"], bad)
            .ends_with(2)
            .hides("hunter2");
    }
}

/// What would decide an open case is shown, also where it is only a question about the symptom (V4).
#[test]
fn an_open_symptom_is_shown_with_its_question() {
    let dir = folder();
    let pack = write(
        &dir,
        "asked.rules",
        "/// It is stopped.\nfact stopped: bool\n    ask \"Stopped?\"\n\nsymptom api-unreachable =\n    | ask \"Does it time out?\"\n\n/// It was stopped.\nrule was-stopped:\n    symptom api-unreachable\n    when stopped\n    cause \"It is stopped.\"\n    => fix \"Start it.\"\n",
    );
    let facts = ["run", "--pack", &pack, "--facts", "-"];
    let text = rulec_in(&facts, "{\"stopped\": true}");
    text.ends_with(4);
    text.says("hangs on whether api-unreachable is there");
    text.says("Does it time out?");
    text.says("--symptom api-unreachable");
    // An open cause is no claim.
    text.hides("It is stopped.");
    let json = [&facts[..], &["--format", "json"]].concat();
    let report = rulec_in(&json, "{\"stopped\": true}").json();
    assert_eq!(report["verdicts"][0]["asks"][0], "api-unreachable");
    assert_eq!(report["questions"][0]["questions"][0], "Does it time out?");
}

/// Facts that only a person can tell are facts of the case too.
#[test]
fn facts_lists_what_nobody_was_asked() {
    let dir = folder();
    let pack = write(
        &dir,
        "asked.rules",
        "fact stopped: bool\n    ask \"Stopped?\"\n\nlet on = not stopped\n\nrule r:\n    when stopped\n    => fix \"Start it.\"\n",
    );
    let all = rulec(&["facts", "--pack", &pack]);
    all.says("stopped: unknown (not-collected)");
    let run = [
        "run",
        "--pack",
        &pack,
        "--facts",
        "-",
        "--fail-on",
        "warning",
    ];
    let warned = rulec_in(&run, "{\"stopped\": false}");
    warned.ends_with(1);
    warned.says("the pack has 1 warning;");
}

#[test]
fn findings_are_json_on_standard_output_for_every_command_that_was_asked_for_json() {
    let dir = folder();
    let pack = write(&dir, "m.rules", "pack p 1.0.0\n\nlet a = nothing.here\n");
    for command in ["run", "facts", "list", "graph", "check"] {
        let flag = if command == "check" {
            vec![]
        } else {
            vec!["--pack"]
        };
        let arguments = [vec![command], flag, vec![pack.as_str(), "--format", "json"]].concat();
        let outcome = rulec(&arguments);
        outcome.ends_with(1);
        let json = outcome.json();
        assert_eq!(json["format"], 1, "{command}");
        assert_eq!(json["findings"][0]["code"], "unknown-name", "{command}");
        assert_eq!(json["findings"][0]["line"], 3, "{command}");
    }
    for arguments in [
        vec!["check", "nope-at-all", "--format", "json"],
        vec!["run", "--pack", "nope-at-all", "--format", "json"],
        vec![
            "run",
            "--pack",
            &mission(),
            "--case",
            "nope-at-all",
            "--format",
            "json",
        ],
    ] {
        let outcome = rulec(&arguments);
        outcome.ends_with(2);
        let json = outcome.json();
        assert_eq!(json["findings"][0]["code"], "unreadable-file");
        assert_eq!(json["findings"][0]["file"], "nope-at-all");
    }
}

#[test]
fn what_of_a_case_could_not_be_read_is_an_error_and_named_in_the_report() {
    let dir = folder();
    write(&dir, "case.yaml", "symptms: [a]\n");
    let case = dir.path().to_str().unwrap();
    let outcome = rulec(&["run", "--pack", &mission(), "--case", case]);
    outcome.ends_with(2);
    assert!(outcome.err.contains("error: case.yaml"), "{}", outcome.err);
    assert!(
        outcome.err.contains("the report lacks this input"),
        "{}",
        outcome.err
    );
    assert!(
        outcome
            .out
            .contains("missing here, because it could not be read:\n  case.yaml"),
        "{}",
        outcome.out
    );
}

#[test]
fn a_folder_that_is_no_case_is_said_to_be_of_no_use() {
    let outcome = rulec(&["run", "--pack", &mission(), "--case", &mission()]);
    outcome.says("nothing was read from the case; files that nothing read:");
}

#[test]
fn standard_input_is_read_by_one_only_and_help_is_a_command_too() {
    run(&["--symptom", "-"], FACTS)
        .ends_with(2)
        .says("standard input is asked for twice");
    rulec(&["help", "run"]).ends_with(0).says("--symptom");
    rulec(&["--help"])
        .ends_with(0)
        .says("prove it, test it")
        .hides("The `rulec` binary");
}

#[test]
fn a_place_in_a_long_line_is_written_once() {
    let dir = folder();
    let text = format!(
        "pack p 1.0.0\n\nlet a = {}nothing.here\n",
        "(".repeat(3) + &" ".repeat(500)
    );
    let pack = write(
        &dir,
        "m.rules",
        &text.replacen("nothing.here", "nothing.here)))", 1),
    );
    let outcome = rulec(&["check", &pack]);
    outcome.ends_with(1);
    outcome.says("m.rules:3:512]").hides("m.rules:3:512:");
}

/// Long options of a help text, at the start of their lines.
fn options(help: &str) -> Vec<String> {
    let lines = help.lines().filter_map(|line| {
        let line = line.trim_start();
        let line = line
            .strip_prefix("-h, ")
            .or(line.strip_prefix("-V, "))
            .unwrap_or(line);
        line.starts_with("--").then(|| {
            line.chars()
                .take_while(|c| c.is_ascii_lowercase() || *c == '-')
                .collect()
        })
    });
    lines.collect()
}

#[test]
fn the_page_of_the_command_line_has_every_command_and_option() {
    let page = fs::read_to_string(at_root("book/src/command-line.md")).unwrap();
    let top = rulec(&["--help"]).out;
    let commands: Vec<&str> = top
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(commands.len() > 10, "{top}");
    for command in commands.into_iter().filter(|it| *it != "help") {
        let heading = format!("### `rulec {command}`\n");
        let section = page.split(&heading).nth(1);
        let section = section.unwrap_or_else(|| panic!("no section for `{command}`"));
        let section = section.split("\n## ").next().unwrap();
        let section = section.split("\n### ").next().unwrap();
        for option in options(&rulec(&[command, "--help"]).out) {
            let common = ["--help", "--color"].contains(&option.as_str());
            let place = if common { page.as_str() } else { section };
            assert!(
                place.contains(&format!("`{option}")),
                "`{command}` has no `{option}`"
            );
        }
    }
}

/// Where a compiled pack goes, and what compiling it said.
fn compiled(dir: &tempfile::TempDir, pack: &str, name: &str) -> String {
    let file = dir.path().join(name).to_str().unwrap().to_owned();
    let outcome = rulec(&["compile", pack, "-o", &file]);
    outcome.ends_with(0).says(" bytes");
    file
}

#[test]
fn a_compiled_pack_runs_like_its_folder_byte_for_byte() {
    let dir = tempfile::tempdir().unwrap();
    let folder = at_root("rules/azure-p2s");
    let file = compiled(&dir, &folder, "p2s.rulepack");
    let case = at_root("rules/azure-p2s/cases/s03-default-route");
    for ending in [
        &["run", "--case", &case][..],
        &["run", "--case", &case, "--locale", "zh-TW", "--all"],
        &["run", "--case", &case, "--format", "json"],
        &["facts", "--case", &case],
        &["symptom", "0x80090326"],
        &["symptom", "no such trouble"],
    ] {
        let of = |pack: &str| {
            let arguments: Vec<&str> = ending.iter().copied().chain(["--pack", pack]).collect();
            rulec(&arguments)
        };
        let (text, bytes) = (of(&folder), of(&file));
        assert_eq!(text.out, bytes.out, "{ending:?}");
        bytes.ends_with(text.code);
    }
}

#[test]
fn a_compiled_pack_has_the_same_bytes_wherever_its_folder_lies() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let pack = |dir: &tempfile::TempDir| {
        let folder = dir.path().join("dns-client");
        rulec(&["new", folder.to_str().unwrap()]).ends_with(0);
        fs::read(compiled(dir, folder.to_str().unwrap(), "x.rulepack")).unwrap()
    };
    assert!(pack(&one) == pack(&other));
}

#[test]
fn what_is_no_whole_compiled_pack_is_said_so() {
    let dir = tempfile::tempdir().unwrap();
    let file = compiled(&dir, &mission(), "m.rulepack");
    rulec(&["check", &file])
        .ends_with(2)
        .says("is a compiled pack, without its texts");
    let bytes = fs::read(&file).unwrap();
    let cut = dir.path().join("cut.rulepack");
    fs::write(&cut, &bytes[..bytes.len() - 1]).unwrap();
    let run = ["run", "--symptom", "0x80090326", "--pack"];
    let of = |path: &str| rulec(&[&run[..], &[path]].concat());
    of(cut.to_str().unwrap())
        .ends_with(2)
        .says("this compiled pack should have")
        .says("compile it anew");
    let mut altered = bytes;
    let last = altered.len() - 1;
    altered[last] ^= 1;
    fs::write(&cut, &altered).unwrap();
    of(cut.to_str().unwrap())
        .ends_with(2)
        .says("is damaged in its part");
    let faulty = write(
        &dir,
        "faulty.rules",
        "rule a:\n    when nowhere\n    => no fix\n",
    );
    let target = dir.path().join("never.rulepack");
    rulec(&["compile", &faulty, "-o", target.to_str().unwrap()])
        .ends_with(1)
        .says("nowhere");
    assert!(!target.exists());
}

#[test]
fn run_passes_over_tests_and_translations_that_nobody_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("dns-client");
    let pack = folder.to_str().unwrap();
    rulec(&["new", pack]).ends_with(0);
    let run = ["run", "--format", "json", "--pack", pack];
    let before = rulec(&run);
    fs::write(
        folder.join("z-tests.rules"),
        "test \"broken\":\n    nonsense\n",
    )
    .unwrap();
    fs::create_dir(folder.join("locales")).unwrap();
    fs::write(folder.join("locales/de.ftl"), "rule-x =\n    .cause = {\n").unwrap();
    rulec(&["check", pack]).ends_with(1).says("z-tests.rules");
    let after = rulec(&run);
    after.ends_with(before.code);
    assert_eq!(after.out, before.out);
    let in_german = [&run[..], &["--locale", "de"]].concat();
    rulec(&in_german).ends_with(1).says("de.ftl");
}
