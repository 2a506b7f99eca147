//! Hostile input through the real binary: a clear finding each, an exit code that means something, no panic, no hang.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Where a process is taken to hang; no measure of speed.
const HANG: Duration = Duration::from_secs(60);
/// Address space of the process, kB.
const MEMORY: u64 = 2_000_000;

struct Outcome {
    code: i32,
    out: String,
    err: String,
}

impl Outcome {
    fn says(&self, text: &str) -> &Outcome {
        assert!(
            self.out.contains(text) || self.err.contains(text),
            "no `{text}` in\n{}\n{}",
            short(&self.out),
            short(&self.err)
        );
        self
    }

    fn ends_with(&self, code: i32) -> &Outcome {
        assert_eq!(
            self.code,
            code,
            "{}\n{}",
            short(&self.out),
            short(&self.err)
        );
        self
    }
}

fn short(text: &str) -> String {
    text.chars().take(3000).collect()
}

fn rulec(arguments: &[&str], input: Option<&[u8]>) -> Outcome {
    let command = format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\"");
    let mut child = Command::new("bash")
        .args(["-c", &command, env!("CARGO_BIN_EXE_rulec")])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let input = input.map(<[u8]>::to_vec);
    let feeder = std::thread::spawn(move || {
        // The process may well stop reading early; that is its right.
        let _ = input.map(|bytes| pipe.write_all(&bytes));
    });
    let mut out = child.stdout.take().unwrap();
    let mut err = child.stderr.take().unwrap();
    let read_out = std::thread::spawn(move || read(&mut out));
    let read_err = std::thread::spawn(move || read(&mut err));
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > HANG {
            child.kill().unwrap();
            panic!("`rulec {}` hangs", arguments.join(" "));
        }
        sleep(Duration::from_millis(5));
    };
    feeder.join().unwrap();
    let outcome = Outcome {
        code: status.code().unwrap_or(-1),
        out: read_out.join().unwrap(),
        err: read_err.join().unwrap(),
    };
    assert!(
        outcome.code >= 0 && outcome.code <= 4,
        "`rulec {}` ended with {:?}\n{}",
        arguments.join(" "),
        status,
        short(&outcome.err)
    );
    assert!(!outcome.err.contains("panicked"), "{}", outcome.err);
    outcome
}

fn read(from: &mut impl std::io::Read) -> String {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn check(text: &[u8]) -> Outcome {
    rulec(&["check", "-"], Some(text))
}

const GOOD: &str = "fact a: bool\n    ask \"A?\"\nsymptom s =\n    | code ras 798\nrule r:\n    symptom s\n    when a\n    => no fix\n";

fn pack(dir: &Path) -> PathBuf {
    let path = dir.join("pack");
    fs::create_dir(&path).unwrap();
    fs::write(path.join("a.rules"), GOOD).unwrap();
    path
}

fn case(dir: &Path, yaml: &str) -> PathBuf {
    let path = dir.join("case");
    fs::create_dir_all(path.join("azure")).unwrap();
    fs::write(path.join("case.yaml"), yaml).unwrap();
    path
}

fn run(pack: &Path, case: &Path) -> Outcome {
    rulec(
        &[
            "run",
            "--pack",
            pack.to_str().unwrap(),
            "--case",
            case.to_str().unwrap(),
            "--symptom",
            "ras 798",
        ],
        None,
    )
}

#[test]
fn ten_megabytes_of_one_line() {
    let line = "a ".repeat(5 << 20);
    check(line.as_bytes()).ends_with(1);
    let long = format!("{GOOD}let x = a{}\n", " and a".repeat(1 << 20));
    let outcome = check(long.as_bytes());
    assert!(
        outcome.out.len() < 100_000,
        "a finding repeats a line of ten megabytes"
    );
    check(format!("fact b: string\n    default \"{}\"\n", "x".repeat(10 << 20)).as_bytes());
    check(format!("// {}\n", "x".repeat(10 << 20)).as_bytes()).ends_with(0);
}

#[test]
fn ten_thousand_open_brackets() {
    for open in ["(", "[", "{", "not ", "any x in [", "match a { b => "] {
        let text = format!("{GOOD}let x = {}\n", open.repeat(10_000));
        let outcome = check(text.as_bytes());
        outcome.ends_with(1);
    }
    let balanced = format!(
        "{GOOD}let x = {}a{}\n",
        "(".repeat(10_000),
        ")".repeat(10_000)
    );
    check(balanced.as_bytes()).ends_with(1).says("nested");
}

#[test]
fn nul_bytes_and_control_characters() {
    check(format!("{GOOD}\0\0let x = a\0\n").as_bytes()).ends_with(1);
    check(b"\0\0\0\0").ends_with(1);
    let outcome = check(format!("{GOOD}let \x1b[31mx = a\n").as_bytes());
    outcome.ends_with(1);
    assert!(
        !outcome.out.contains("\x1b[31mx"),
        "a terminal escape of the text reached the terminal"
    );
}

#[test]
fn text_that_is_not_utf8() {
    let mut text = GOOD.as_bytes().to_vec();
    text.extend_from_slice(b"let x = \xff\xfe\n");
    check(&text).ends_with(2).says("UTF-8");
    let utf16: Vec<u8> = "\u{feff}pack a 1.0.0\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    check(&utf16).ends_with(2).says("UTF-8");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_do_no_harm() {
    check(format!("\u{feff}{GOOD}").as_bytes()).ends_with(0);
    check(GOOD.replace('\n', "\r\n").as_bytes()).ends_with(0);
    let both = format!("\u{feff}{}", GOOD.replace('\n', "\r\n"));
    check(both.as_bytes()).ends_with(0);
    let formatted = rulec(&["fmt", "-"], Some(both.as_bytes()));
    let plain = rulec(&["fmt", "-"], Some(GOOD.as_bytes()));
    assert_eq!(
        formatted.out,
        plain.out.replace("\n", "\r\n"),
        "line ends stay what they were"
    );
}

#[test]
fn files_that_are_none() {
    let dir = tempfile::tempdir().unwrap();
    let pack = pack(dir.path());
    fs::create_dir(pack.join("folder.rules")).unwrap();
    rulec(&["check", pack.to_str().unwrap()], None)
        .ends_with(2)
        .says("folder.rules");
    fs::remove_dir(pack.join("folder.rules")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("loop.rules", pack.join("loop.rules")).unwrap();
        rulec(&["check", pack.to_str().unwrap()], None)
            .ends_with(2)
            .says("loop.rules");
        fs::remove_file(pack.join("loop.rules")).unwrap();
        let pipe = pack.join("pipe.rules");
        assert!(
            Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        rulec(&["check", pack.to_str().unwrap()], None)
            .ends_with(2)
            .says("pipe.rules");
        fs::remove_file(pipe).unwrap();
        std::os::unix::fs::symlink("/proc/self/mem", pack.join("memory.rules")).unwrap();
        rulec(&["check", pack.to_str().unwrap()], None)
            .ends_with(2)
            .says("memory.rules");
    }
}

#[test]
fn translations_that_are_no_files_or_no_text() {
    let dir = tempfile::tempdir().unwrap();
    let pack = pack(dir.path());
    let name = pack.to_str().unwrap();
    fs::create_dir_all(pack.join("locales/de.ftl")).unwrap();
    fs::write(
        pack.join("locales/fr.ftl"),
        b"# note\nrule-r =\n    .cause = \xff\n",
    )
    .unwrap();
    fs::write(pack.join("texts"), "not a folder").unwrap();
    let outcome = rulec(&["check", "--format", "json", name], None);
    outcome
        .ends_with(2)
        .says("locales/de.ftl\",\"line\":1,")
        .says("it is a folder")
        .says("locales/fr.ftl\",\"line\":3,\"column\":14,")
        .says("texts\",\"line\":1,");
}

#[test]
fn an_empty_pack_and_no_pack() {
    let dir = tempfile::tempdir().unwrap();
    rulec(&["check", dir.path().to_str().unwrap()], None)
        .ends_with(2)
        .says("rulec new");
    rulec(&["check", "no/such/folder"], None)
        .ends_with(2)
        .says("no such file or folder");
    check(b"").ends_with(0).says("empty-pack");
    let file = dir.path().join("empty.rules");
    fs::write(&file, b"").unwrap();
    rulec(&["run", "--pack", file.to_str().unwrap()], None)
        .ends_with(4)
        .says("the pack has no rule");
}

#[test]
fn json_a_thousand_levels_deep() {
    let dir = tempfile::tempdir().unwrap();
    let pack = pack(dir.path());
    let case = case(dir.path(), "facts: { a: true }\n");
    let deep = "[".repeat(1000) + &"]".repeat(1000);
    fs::write(case.join("azure/deep.json"), &deep).unwrap();
    run(&pack, &case).says("deep.json").says("confirmed");
    fs::write(case.join("azure/deeper.json"), "{\"a\":".repeat(200_000)).unwrap();
    run(&pack, &case).says("deeper.json");
    let facts = dir.path().join("facts.json");
    fs::write(&facts, format!("{{\"a\": {deep}}}")).unwrap();
    rulec(
        &[
            "run",
            "--pack",
            pack.to_str().unwrap(),
            "--facts",
            facts.to_str().unwrap(),
        ],
        None,
    )
    .ends_with(2)
    .says("facts.json");
}

#[test]
fn yaml_that_expands_or_nests_without_end() {
    let dir = tempfile::tempdir().unwrap();
    let pack = pack(dir.path());
    let mut bomb = String::from("a: &a [x,x,x,x,x,x,x,x,x,x]\n");
    for (from, to) in ('a'..'k').zip('b'..'l') {
        bomb.push_str(&format!(
            "{to}: &{to} [{}]\n",
            vec![format!("*{from}"); 10].join(",")
        ));
    }
    let case = case(dir.path(), &bomb);
    run(&pack, &case).ends_with(2).says("case.yaml");
    fs::write(
        case.join("case.yaml"),
        format!("facts: {}", "[".repeat(100_000)),
    )
    .unwrap();
    run(&pack, &case).ends_with(2).says("case.yaml");
    fs::write(case.join("case.yaml"), b"facts: { a: \xff }\n").unwrap();
    run(&pack, &case).ends_with(2).says("case.yaml");
}

#[test]
fn damaged_files_of_a_case_cost_themselves_only() {
    let dir = tempfile::tempdir().unwrap();
    let pack = pack(dir.path());
    let case = case(dir.path(), "facts: { a: true }\n");
    fs::write(
        case.join("azure/cut.json"),
        "{\"id\": \"/subscriptions/1\", \"prop",
    )
    .unwrap();
    fs::write(case.join("azure/nul.json"), b"\0\0\0").unwrap();
    fs::write(case.join("azure/empty.json"), b"").unwrap();
    fs::create_dir(case.join("azure/folder.json")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("loop.json", case.join("azure/loop.json")).unwrap();
        std::os::unix::fs::symlink("..", case.join("azure/up")).unwrap();
        assert!(
            Command::new("mkfifo")
                .arg(case.join("azure/pipe.json"))
                .status()
                .unwrap()
                .success()
        );
    }
    run(&pack, &case).says("cut.json").says("confirmed");
}

fn zip_with(path: &Path, entries: &[(&str, &[u8])]) {
    let mut writer = zip::ZipWriter::new(fs::File::create(path).unwrap());
    for (name, bytes) in entries {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
}

#[test]
fn a_zip_bomb_and_a_path_that_climbs_out() {
    let dir = tempfile::tempdir().unwrap();
    let pack = pack(dir.path());
    let zeros = vec![b' '; 512 << 20];
    let bomb = dir.path().join("bomb.zip");
    zip_with(
        &bomb,
        &[
            ("case.yaml", b"facts: { a: true }\n"),
            ("azure/big.json", &zeros),
        ],
    );
    drop(zeros);
    run(&pack, &bomb).says("big.json");
    let climbs = dir.path().join("climbs.zip");
    zip_with(
        &climbs,
        &[
            ("case.yaml", b"facts: { a: true }\n"),
            ("../../outside.json", b"{}"),
            ("/etc/x.json", b"{}"),
        ],
    );
    run(&pack, &climbs).says("outside.json").says("confirmed");
    assert!(!dir.path().join("../outside.json").exists());
    let broken = dir.path().join("broken.zip");
    fs::write(&broken, b"PK\x03\x04 this is no zip").unwrap();
    run(&pack, &broken).ends_with(2).says("broken.zip");
}

#[test]
fn windows_paths_in_a_zip_are_paths() {
    let dir = tempfile::tempdir().unwrap();
    let pack = pack(dir.path());
    let path = dir.path().join("case.zip");
    zip_with(
        &path,
        &[
            ("4711\\case.yaml", b"facts: { a: true }\n"),
            ("4711\\azure\\a.json", b"{}"),
        ],
    );
    run(&pack, &path).says("confirmed");
}

/// Nothing but line ends and the colours of rulec itself.
fn is_harmless(outcome: &Outcome) {
    for text in [&outcome.out, &outcome.err] {
        let bare = text.replace("\u{1b}[", "\u{1b}");
        for part in bare.split('\u{1b}').skip(1) {
            let end = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
            assert!(end.starts_with('m'), "{}", short(text));
        }
        let bad = |c: char| c == '\u{7}' || c == '\r' || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!text.contains(bad), "{}", short(text));
        assert!(
            !text.lines().any(|line| line.starts_with("forged")),
            "{}",
            short(text)
        );
    }
}

#[test]
fn nothing_that_is_echoed_reaches_the_terminal_as_a_command() {
    let dir = tempfile::tempdir().unwrap();
    let pack = pack(dir.path());
    let pack = pack.to_str().unwrap();
    let bad = "no\u{1b}[2Jpe\u{7}\u{202e}\nforged";
    let rules = dir.path().join("bad.rules");
    fs::write(&rules, "pack p 1.0.0\n\nlet a = \"\u{1b}[2J\u{202e}\"\n").unwrap();
    let param = format!("{bad}=1");
    let inputs = [
        vec!["check", bad],
        vec!["check", rules.to_str().unwrap()],
        vec!["check", "--explain", bad],
        vec!["run", "--pack", bad],
        vec!["run", "--pack", pack, "--symptom", bad],
        vec!["run", "--pack", pack, "--param", &param],
        vec!["run", "--pack", pack, "--now", bad],
        vec!["eval", bad, "--pack", pack],
        vec!["show", bad, "--pack", pack],
        vec!["test", pack, bad],
    ];
    for mut arguments in inputs {
        arguments.extend(["--color", "always"]);
        is_harmless(&rulec(&arguments, None));
    }
}

/// JSON leaves such characters as they are; whoever looks at it in a terminal must not suffer for it.
#[test]
fn json_holds_no_character_that_a_terminal_obeys() {
    let dir = tempfile::tempdir().unwrap();
    let rules = dir.path().join("pack.rules");
    let text = GOOD.replace("fact a: bool", "fact b: string\nfact a: bool");
    let text = text.replace("when a\n", "when a and b contains \"x\"\n");
    fs::write(&rules, text).unwrap();
    let value = "x\u{9b}31m\u{7f}\u{202e}\u{1b}[2J\n";
    let facts = dir.path().join("facts.json");
    let json = serde_json::json!({ "a": true, "b": value });
    fs::write(&facts, json.to_string()).unwrap();
    let other = dir.path().join("other.json");
    let without = serde_json::json!({ "a": true, "b": &value[1..] });
    fs::write(&other, without.to_string()).unwrap();
    let batch = dir.path().join("facts.jsonl");
    fs::write(&batch, format!("{json}\n")).unwrap();
    let (pack, facts) = (rules.to_str().unwrap(), facts.to_str().unwrap());
    let complaint = format!("ras 798 {value}");
    for command in [
        vec!["run", "--symptom", &complaint, "--facts", facts],
        vec![
            "run",
            "--symptom",
            &complaint,
            "--facts",
            batch.to_str().unwrap(),
        ],
        vec!["why", "r", "--symptom", &complaint, "--facts", facts],
        vec![
            "why-not",
            "r",
            "--symptom",
            &complaint,
            "--facts",
            other.to_str().unwrap(),
        ],
        vec!["facts", "--facts", facts],
        vec!["eval", "b", "--facts", facts],
    ] {
        let outcome = rulec(
            &[&command[..], &["--pack", pack, "--format", "json"]].concat(),
            None,
        );
        assert!(outcome.out.contains("31m"), "{command:?}\n{}", outcome.out);
        let bad = outcome
            .out
            .chars()
            .find(|c| *c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(c)));
        assert_eq!(bad, None, "{command:?}\n{}", outcome.out);
        // It means what it meant.
        let read: serde_json::Value = serde_json::from_str(&outcome.out).unwrap();
        assert!(
            read.to_string().contains("\u{9b}31m"),
            "{command:?}\n{read}"
        );
    }
}

#[cfg(unix)]
#[test]
fn names_of_files_in_a_case_forge_no_line() {
    let dir = tempfile::tempdir().unwrap();
    let pack = pack(dir.path());
    let case = case(dir.path(), "now: \"\\e[2J\"\n");
    fs::write(case.join("a\u{1b}[2J\nforged.json"), "{").unwrap();
    fs::write(case.join("b\u{1b}[2J\nforged.txt"), "x").unwrap();
    for command in ["run", "facts"] {
        let paths = [pack.to_str().unwrap(), case.to_str().unwrap()];
        let arguments = [
            command, "--pack", paths[0], "--case", paths[1], "--color", "always",
        ];
        is_harmless(&rulec(&arguments, None));
    }
}

#[test]
fn very_many_findings_are_shown_in_part_and_soon() {
    let mut text = String::from("pack p 1.0.0\n");
    for number in 0..5_000 {
        text.push_str(&format!("\nlet a{number} = nothing.here{number}\n"));
    }
    let outcome = check(text.as_bytes());
    outcome
        .ends_with(1)
        .says("more findings; `rulec check --format json` gives them all");
    assert!(outcome.out.len() < 200_000, "{}", outcome.out.len());
}

#[test]
fn a_cycle_through_everything_is_shown_by_its_ends() {
    let mut text = String::from("pack p 1.0.0\n");
    let count = 5_000;
    for number in 0..count {
        text.push_str(&format!("\nlet a{number} = a{}\n", (number + 1) % count));
    }
    let outcome = check(text.as_bytes());
    outcome.ends_with(1).says("circular-definition");
    assert!(outcome.out.len() < 200_000, "{}", outcome.out.len());
}

#[test]
fn a_word_of_a_megabyte_is_not_echoed() {
    let word = "x".repeat(1 << 20);
    let outcome = check(format!("pack p 1.0.0\n\n{word}\n").as_bytes());
    outcome.ends_with(1);
    assert!(outcome.out.len() < 20_000, "{}", outcome.out.len());
}

#[test]
fn characters_that_nobody_sees_are_a_warning() {
    for hidden in ['\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}'] {
        let text = format!("pack p 1.0.0\n\n// a{hidden}b\n");
        check(text.as_bytes()).ends_with(0).says("hidden-character");
    }
    let proper = "pack p 1.0.0\n\n// 👩\u{200d}🔧 می\u{200c}خواهم\n";
    let outcome = check(proper.as_bytes());
    assert!(!outcome.out.contains("hidden-character"), "{}", outcome.out);
}

#[test]
fn an_endless_device_is_refused_and_not_read_to_the_end() {
    let dir = tempfile::tempdir().unwrap();
    let pack = pack(dir.path());
    let pack = pack.to_str().unwrap();
    rulec(&["run", "--pack", pack, "--facts", "/dev/zero"], None)
        .ends_with(2)
        .says("`/dev/zero` is larger than 64 MB");
    rulec(&["run", "--pack", pack, "--symptom", "@/dev/zero"], None)
        .ends_with(2)
        .says("`/dev/zero` is larger than 16 MB");
}

#[test]
fn a_hundred_thousand_numbers_are_recognised_in_time() {
    let dir = tempfile::tempdir().unwrap();
    let pack = pack(dir.path());
    let numbers: Vec<String> = (0..100_000).map(|it| it.to_string()).collect();
    let text = numbers.join(" ");
    let arguments = ["run", "--pack", pack.to_str().unwrap(), "--symptom", "-"];
    rulec(&arguments, Some(text.as_bytes())).says("RAS 798");
    let yaml = format!("symptoms: {}", serde_json::json!(numbers));
    let folder = case(dir.path(), &yaml);
    let arguments = [
        "run",
        "--pack",
        pack.to_str().unwrap(),
        "--case",
        folder.to_str().unwrap(),
        "--format",
        "json",
    ];
    rulec(&arguments, None).says("ras 798");
}

#[test]
fn a_line_of_a_batch_that_is_too_long_costs_itself() {
    let dir = tempfile::tempdir().unwrap();
    let pack = pack(dir.path());
    let cases = dir.path().join("cases.jsonl");
    let good = "{\"symptoms\":\"ras 798\",\"facts\":{\"a\":true}}\n";
    let long = format!("{{\"a\":\"{}\"}}\n", "x".repeat(65 << 20));
    fs::write(&cases, [good, &long, good].concat()).unwrap();
    let arguments = [
        "run",
        "--pack",
        pack.to_str().unwrap(),
        "--facts",
        cases.to_str().unwrap(),
    ];
    let outcome = rulec(&arguments, None);
    outcome.ends_with(2).says("the line is longer than 64 MB");
    let reports = outcome.out.lines().filter(|it| it.contains("confirmed"));
    assert_eq!((outcome.out.lines().count(), reports.count()), (3, 2));
}
