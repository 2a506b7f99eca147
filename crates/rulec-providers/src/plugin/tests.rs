//! Plug-ins that do everything wrong, as scripts of a shell: what each costs, and that nothing of it is left.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Instant;

use super::*;

/// What a well-behaved script describes.
const DESCRIBED: &str = r#""protocol":1,"system":"acme","kinds":[{"kind":"port","title":"A port","locator":"a switch","result":{"record":{"up":"bool"}},"example":{"locator":"core-1"}}]"#;

fn limits() -> Limits {
    Limits {
        describe: Duration::from_secs(5),
        fetch: Duration::from_millis(700),
        end: Duration::from_millis(700),
        line: 10_000,
        total: 100_000,
        starts: 3,
    }
}

/// A script that describes itself once it is asked, then goes on so.
fn script(dir: &Path, then: &str) -> PathBuf {
    whole(
        dir,
        &format!("read q\nprintf '%s\\n' '{{\"id\":1,{DESCRIBED}}}'\n{then}\n"),
    )
}

fn whole(dir: &Path, text: &str) -> PathBuf {
    let path = dir.join("rulec-provider-acme");
    // Renamed into place: a file that somebody still writes cannot be run.
    let new = dir.join("new");
    fs::write(&new, format!("#!/bin/sh\n{text}")).unwrap();
    fs::set_permissions(&new, fs::Permissions::from_mode(0o755)).unwrap();
    fs::rename(&new, &path).unwrap();
    path
}

fn request(locator: &str) -> Request {
    Request {
        system: "acme".to_owned(),
        kind: "port".to_owned(),
        locator: Some(locator.to_owned()),
        arguments: Vec::new(),
        on: None,
        secret: false,
    }
}

fn fetch(then: &str, request: &Request) -> Answer {
    let dir = tempfile::tempdir().unwrap();
    let plugin = start(&script(dir.path(), then));
    plugin.fetch(request, Duration::from_secs(60))
}

/// Another test that starts a process at this moment may still hold the file that was written: then it cannot be run yet.
fn start(path: &Path) -> Plugin {
    loop {
        match Plugin::start(path, limits()) {
            Err(why) if why.contains("busy") => std::thread::sleep(Duration::from_millis(10)),
            started => return started.unwrap(),
        }
    }
}

fn unknown_of(answer: Answer) -> (Why, String) {
    match answer {
        Answer::Unknown(why, detail, _) => (why, detail),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_good_one_is_asked_once_a_place() {
    let then = r#"read q; printf '%s\n' '{"id":2,"found":{"up":true},"time":"2026-11-01T00:00:00Z"}'; read q; printf '%s\n' '{"id":3,"not_there":true}'"#;
    let dir = tempfile::tempdir().unwrap();
    let plugin = start(&script(dir.path(), then));
    assert!(plugin.answers(&request("a")));
    let other = Request {
        system: "azure".to_owned(),
        ..request("a")
    };
    assert!(!plugin.answers(&other));
    let first = plugin.fetch(&request("a"), Duration::from_secs(60));
    let Answer::Found(found, from) = &first else {
        panic!("{first:?}");
    };
    assert_eq!(**found, json!({ "up": true }));
    assert_eq!(from.kind, "acme port");
    assert_eq!(from.time.as_deref(), Some("2026-11-01T00:00:00Z"));
    assert_eq!(from.file, None);
    let second = plugin.fetch(&request("b"), Duration::from_secs(60));
    assert!(matches!(second, Answer::NotThere(_)), "{second:?}");
    assert_eq!(plugin.fetch(&request("a"), Duration::from_secs(60)), first);
}

/// What a script does once it is asked, the reason that follows, and a part of what is told.
const WRONGS: &[(&str, Why, &str)] = &[
    ("sleep 1000", Why::TimedOut, "no answer within 700 ms"),
    ("read q; yes", Why::Malformed, "a line is no JSON object"),
    (
        "read q; yes | tr -d '\\n'",
        Why::OverBudget,
        "a line is longer than 10000 bytes",
    ),
    (
        "read q; echo garbage",
        Why::Malformed,
        "a line is no JSON object",
    ),
    (
        "read q; printf '\\377\\376\\n'",
        Why::Malformed,
        "a line is no JSON object",
    ),
    (
        "read q; printf '{\"id\":2,\"fou'",
        Why::Malformed,
        "in the middle of a line",
    ),
    (
        "read q; printf '{\"id\":2,\"fou'; sleep 1000",
        Why::TimedOut,
        "no answer within",
    ),
    (
        "read q; echo 'disk on fire' >&2; exit 3",
        Why::NotCollected,
        "it ended without an answer (exit status: 3); it says: disk on fire",
    ),
    (
        "read q; kill -9 $$",
        Why::NotCollected,
        "it ended without an answer (signal: 9",
    ),
    (
        "read q; exec >&-; sleep 1000",
        Why::NotCollected,
        "it closed its output",
    ),
    (
        "read q; echo '{\"id\":3,\"found\":1}'",
        Why::Malformed,
        "another `id`",
    ),
    (
        "read q; echo '{\"found\":1}'",
        Why::Malformed,
        "another `id`",
    ),
    (
        "read q; echo '{\"id\":2,\"error\":\"busy\"}'",
        Why::Unsupported,
        "it refuses the question: busy",
    ),
    (
        "read q; echo '{\"id\":2}'",
        Why::Malformed,
        "exactly one of",
    ),
    (
        "read q; echo '{\"id\":2,\"found\":1,\"not_there\":true}'",
        Why::Malformed,
        "exactly one of",
    ),
    (
        "read q; echo '{\"id\":2,\"unknown\":\"tired\"}'",
        Why::Malformed,
        "`unknown` is one of",
    ),
    (
        "read q; echo '{\"id\":2,\"unknown\":\"denied\",\"detail\":\"no\\u001b[2J login\"}'",
        Why::Denied,
        "no [2J login",
    ),
];

#[test]
fn whatever_goes_wrong_costs_one_answer() {
    std::thread::scope(|scope| {
        for (then, why, wanted) in WRONGS {
            scope.spawn(move || {
                let start = Instant::now();
                let (found, detail) = unknown_of(fetch(then, &request("core-1")));
                assert_eq!(found, *why, "{then}: {detail}");
                assert!(detail.contains(wanted), "{then}: {detail}");
                assert!(!detail.contains('\u{1b}'), "{then}: {detail}");
                assert!(start.elapsed() < Duration::from_secs(20), "{then}");
            });
        }
    });
}

#[test]
fn all_that_it_says_is_bounded() {
    let dir = tempfile::tempdir().unwrap();
    let then = "n=1; while read q; do n=$((n+1)); printf '{\"id\":%d,\"found\":\"%09000d\"}\\n' $n 0; done";
    let plugin = start(&script(dir.path(), then));
    let answers =
        (0..12).map(|it| plugin.fetch(&request(&it.to_string()), Duration::from_secs(60)));
    let answers: Vec<Answer> = answers.collect();
    let found = answers.iter().filter(|it| matches!(it, Answer::Found(..)));
    // One more was answered by a second process.
    assert_eq!(found.count(), 11);
    let over = answers
        .into_iter()
        .find(|it| matches!(it, Answer::Unknown(..)));
    let (why, detail) = unknown_of(over.unwrap());
    assert_eq!(
        (why, detail.as_str()),
        (Why::OverBudget, "it wrote more than 100000 bytes")
    );
}

#[test]
fn a_wrong_description_is_no_plug_in() {
    let cases = [
        (
            r#"{"id":1,"protocol":1,"system":"azure","kinds":[]}"#,
            "is one of rulec's own",
        ),
        (
            r#"{"id":1,"protocol":2,"system":"acme","kinds":[]}"#,
            "it speaks version 2",
        ),
        (
            r#"{"id":9,"protocol":1,"system":"acme","kinds":[]}"#,
            "another `id`",
        ),
        ("garbage", "no JSON object"),
        ("", "no JSON object"),
    ];
    let dir = tempfile::tempdir().unwrap();
    for (line, wanted) in cases {
        let path = whole(dir.path(), &format!("read q\nprintf '%s\\n' '{line}'\n"));
        let error = loop {
            let error = Plugin::start(&path, limits()).unwrap_err();
            if !error.contains("busy") {
                break error;
            }
        };
        assert!(error.contains(wanted), "{line}: {error}");
    }
    let none = Plugin::start(&dir.path().join("nothing"), limits()).unwrap_err();
    assert!(none.starts_with("cannot start"), "{none}");
}

/// A process that a plug-in starts so, and that writes its number into a file, is gone once the plug-in was ended.
fn is_ended(started: &str) {
    let dir = tempfile::tempdir().unwrap();
    let pid = dir.path().join("pid");
    let child = format!("echo $$ > {}; sleep 1000", pid.display());
    let then = format!("read q\n{started} '{child}' &\nwait");
    let plugin = start(&script(dir.path(), &then));
    let (why, _) = unknown_of(plugin.fetch(&request("a"), Duration::from_secs(60)));
    assert_eq!(why, Why::TimedOut);
    let number = fs::read_to_string(&pid).unwrap();
    let process = Path::new("/proc").join(number.trim());
    let start = Instant::now();
    // One that has ended and is not yet reaped is no process any more.
    let runs = || {
        let status = fs::read_to_string(process.join("status")).unwrap_or_default();
        !status.is_empty() && !status.contains("State:\tZ")
    };
    while runs() && start.elapsed() < Duration::from_secs(5) {
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(!runs(), "the child {number} lives on");
}

#[test]
fn children_end_with_it() {
    is_ended("sh -c");
}

#[test]
#[cfg(target_os = "linux")]
fn children_that_left_its_group_end_with_it() {
    is_ended("setsid sh -c");
    // In the middle of a chain whose first process has ended.
    is_ended("setsid -f sh -c");
}

#[test]
fn it_is_started_again_and_not_for_ever() {
    let dir = tempfile::tempdir().unwrap();
    let count = dir.path().join("count");
    let text = format!("echo x >> {}\nread q\nexit 1\n", count.display());
    let then = format!("echo x >> {}\nread q\nexit 1", count.display());
    let path = script(dir.path(), &then);
    let plugin = start(&path);
    whole(dir.path(), &text);
    let mut details = Vec::new();
    for place in ["a", "b", "c", "d", "e"] {
        details.push(unknown_of(plugin.fetch(&request(place), Duration::from_secs(60))).1);
    }
    assert_eq!(fs::read_to_string(&count).unwrap().lines().count(), 3);
    assert!(details[2].contains("it ended"), "{details:?}");
    assert!(details[3].contains("failed 3 times"), "{details:?}");
}

#[test]
fn secrets_are_told_to_nobody_else() {
    let secret = Request {
        secret: true,
        ..request("hunter2")
    };
    let loud = "read q; echo \"$q\" >&2; exit 1";
    let (_, detail) = unknown_of(fetch(loud, &secret));
    assert_eq!(detail, "the plug-in failed");
    // A later question on the same process, which has kept it.
    let dir = tempfile::tempdir().unwrap();
    let then = r#"read q; echo '{"id":2,"found":1}'; read r; echo "$q" >&2; exit 1"#;
    let plugin = start(&script(dir.path(), then));
    plugin.fetch(&secret, Duration::from_secs(60));
    let (_, detail) = unknown_of(plugin.fetch(&request("a"), Duration::from_secs(60)));
    assert!(!detail.contains("hunter2"), "{detail}");
    // What is named like a secret does not leave.
    let then = r#"read q; echo '{"id":2,"found":{"password":"hunter2","up":true}}'"#;
    let Answer::Found(found, _) = fetch(then, &request("a")) else {
        panic!("nothing was found");
    };
    assert!(!found.to_string().contains("hunter2"), "{found}");
    assert_eq!(found["up"], true);
}

#[test]
fn a_record_answers_the_same_and_holds_no_secret_place() {
    let dir = tempfile::tempdir().unwrap();
    let then = r#"read q; echo '{"id":2,"found":{"up":true}}'; read q; echo '{"id":3,"found":1}'; read q; exit 1"#;
    let record = dir.path().join("case");
    let plugin = start(&script(dir.path(), then));
    let plugin = plugin.recording(Recorder::new(&record).unwrap());
    let secret = Request {
        secret: true,
        ..request("hunter2")
    };
    let requests = [request("a"), secret, request("c")];
    let live = requests
        .clone()
        .map(|it| plugin.fetch(&it, Duration::from_secs(60)));
    assert_eq!(plugin.record_failure(), None);
    let case = crate::case_folder::CaseFolder::open(&record).unwrap();
    assert_eq!(case.findings, []);
    let replayed = requests.map(|it| case.fetch(&it, Duration::ZERO));
    assert_eq!(replayed[0], live[0]);
    assert_eq!(replayed[2], live[2]);
    assert_eq!(unknown_of(replayed[1].clone()).0, Why::NotCollected);
    for entry in fs::read_dir(record.join("plugins")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(!text.contains("hunter2"), "{text}");
    }
    let names = fs::read_dir(record.join("plugins")).unwrap();
    assert_eq!(names.count(), 2);
}

#[test]
fn the_kit_says_what_is_wrong_and_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let limits = limits();
    // It describes itself to whatever it is asked, in whatever version, and never ends.
    let deaf = format!(
        "while true; do read q; n=$((n+1)); printf '%s\\n' '{{\"id\":'$n',{DESCRIBED}}}'; done\n"
    );
    let report = test(&whole(dir.path(), &deaf), &limits);
    let wrong: Vec<&str> = report.findings.iter().map(|it| it.check).collect();
    assert_eq!(
        wrong,
        ["example", "unknown-kind", "garbage", "version", "end"]
    );
    assert_eq!(report.checks.len(), 8);
    let report = test(
        &whole(dir.path(), "sleep 1000\n"),
        &Limits {
            describe: Duration::from_millis(200),
            ..limits.clone()
        },
    );
    assert_eq!(report.checks, ["describe"]);
    assert!(
        report.findings[0]
            .message
            .contains("no answer within 200 ms")
    );
    // Another description each time, and an answer of another type.
    let odd = r#"read q; d=$(date +%N)
printf '%s\n' '{"id":1,"version":"'$d'",DESCRIBED}'
read q; printf '%s\n' '{"id":2,"found":{"up":"perhaps"}}'
"#;
    let report = test(
        &whole(dir.path(), &odd.replace("DESCRIBED", DESCRIBED)),
        &limits,
    );
    assert!(
        report
            .findings
            .iter()
            .any(|it| it.check == "same-description"),
        "{report:?}"
    );
}

#[test]
fn a_name_leads_nowhere_but_to_the_path() {
    let dir = tempfile::tempdir().unwrap();
    let path = whole(dir.path(), "");
    assert_eq!(find("acme", dir.path().as_os_str()), Some(path));
    assert_eq!(find("../acme", dir.path().as_os_str()), None);
    assert_eq!(find("", dir.path().as_os_str()), None);
    assert_eq!(find("acme", "relative".as_ref()), None);
}
