//! `why`, `why-not`, `next` and the dialogue of `run --ask` through the real binary: what is typed and what comes back.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::expect_used,
    reason = "a test may fail loudly"
)]

#[path = "started.rs"]
mod started;

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};

use started::rulec_in as rulec;

const PACK: &str = r#"pack test.pack 1.0.0
    language 1

/// Whether it is on.
fact on: bool
    ask "Is it on?"

/// Its colours.
fact colours: list of enum { red, green }
    ask "Which lamps are lit?"

/// Build number.
fact build: int in 0..30000
    ask "Which build is it?"

/// Name of the connection.
fact profile: string
    ask "What is it called?"

/// Its entry.
fact entry: string
    from windows registry "HKLM\SOFTWARE\{profile}" at "Entry"

/// What the other office says.
fact office: string
    ask "What does the other office say?"
    cost 2h

symptom broken =
    | text "It is broken."

symptom lost =
    | text "It is lost."

rule empty-entry:
    symptom lost
    when entry == "" or office == "lost"
    => no fix

rule off:
    symptom broken
    when not on
    likelihood common
    => no fix

rule red-lamp:
    symptom broken
    when on and red in colours
    => no fix

rule old-build:
    symptom broken
    when on and build < 19041
    => no fix
"#;

/// A pack, and a folder of a case in which it is broken.
fn set_up() -> (tempfile::TempDir, String, String) {
    let dir = tempfile::tempdir().unwrap();
    let pack = dir.path().join("test-pack");
    let case = dir.path().join("case");
    fs::create_dir(&pack).unwrap();
    fs::create_dir(&case).unwrap();
    fs::write(pack.join("pack.rules"), PACK).unwrap();
    fs::write(case.join("case.yaml"), "symptoms: [broken]\n").unwrap();
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let (pack, case) = (text(&pack), text(&case));
    (dir, pack, case)
}

fn events(out: &str) -> Vec<Json> {
    out.lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect()
}

fn names(events: &[Json]) -> Vec<&str> {
    events
        .iter()
        .map(|it| it["event"].as_str().unwrap())
        .collect()
}

#[test]
fn a_dialogue_asks_explains_takes_back_and_ends_when_nothing_can_change() {
    let (_dir, pack, case) = set_up();
    let ask = [
        "run", "--pack", &pack, "--case", &case, "--ask", "--who", "anna", "--format", "json",
    ];
    let typed = "{\"explain\": true}\n{\"answer\": 7}\n{\"answer\": false}\n";
    let outcome = rulec(&ask, typed);
    assert_eq!(outcome.code, 0, "{}\n{}", outcome.out, outcome.err);
    let said = events(&outcome.out);
    // The one that decides about all rules comes first, and a no settles them all.
    assert_eq!(
        names(&said),
        [
            "question",
            "explanation",
            "question",
            "refused",
            "question",
            "changed",
            "report"
        ]
    );
    assert_eq!(said[0]["name"], "on");
    assert_eq!(said[0]["type"], "bool");
    assert_eq!(
        said[1]["fact"]["rules"],
        json!(["off", "old-build", "red-lamp"])
    );
    let changed = said[5]["verdicts"].as_array().unwrap();
    assert_eq!(changed.len(), 3);
    let kept = fs::read_to_string(Path::new(&case).join("answers.jsonl")).unwrap();
    let kept = events_of_file(&kept);
    assert_eq!(kept.len(), 1);
    assert_eq!(
        (&kept[0]["name"], &kept[0]["answer"], &kept[0]["by"]),
        (&json!("on"), &json!(false), &json!("anna"))
    );
    assert!(kept[0]["at"].as_str().unwrap().ends_with('Z'));
    known_from_now_on(&pack, &case, &kept[0]["at"]);
}

/// What was said is a fact of the case, with who and when.
fn known_from_now_on(pack: &str, case: &str, at: &Json) {
    let again = rulec(
        &["run", "--pack", pack, "--case", case, "--format", "json"],
        "",
    );
    assert_eq!(again.code, 0);
    let report: Json = serde_json::from_str(&again.out).unwrap();
    let on = report["facts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["name"] == "on")
        .unwrap();
    assert_eq!(
        (&on["source"]["kind"], &on["source"]["place"]),
        (&json!("ask"), &json!("anna"))
    );
    assert_eq!(on["source"]["time"], *at);
    let why = rulec(&["why", "off", "--pack", pack, "--case", case], "");
    assert_eq!(why.code, 0);
    assert!(
        why.out.contains("is confirmed") && why.out.contains("on = no"),
        "{}",
        why.out
    );
}

fn events_of_file(text: &str) -> Vec<Json> {
    text.lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect()
}

#[test]
fn an_answer_that_is_taken_back_does_not_count_and_is_asked_again() {
    let (_dir, pack, case) = set_up();
    let ask = [
        "run", "--pack", &pack, "--case", &case, "--ask", "--format", "json",
    ];
    let typed = "{\"answer\": true}\n{\"back\": true}\n{\"back\": true}\n{\"unknown\": true}\n";
    let outcome = rulec(&ask, typed);
    let said = events(&outcome.out);
    let back: Vec<&Json> = said
        .iter()
        .filter(|it| it["event"] == "taken-back")
        .collect();
    assert_eq!(
        (&back[0]["name"], &back[1]["name"]),
        (&json!("on"), &Json::Null)
    );
    // Not known whether it is on: nothing else could settle a rule, but `red-lamp` and `old-build` may still be ruled out.
    let kept = fs::read_to_string(Path::new(&case).join("answers.jsonl")).unwrap();
    let kept = events_of_file(&kept);
    assert_eq!(kept[1]["taken_back"], true);
    assert_eq!(kept[2]["unknown"], true);
    // It is not asked again what the person did not know.
    let outcome = rulec(&ask, "{\"stop\": true}\n");
    assert_eq!(outcome.code, 4);
    let said = events(&outcome.out);
    assert_eq!(said[0]["event"], "question");
    assert_ne!(said[0]["name"], "on");
}

#[test]
fn what_an_answer_leads_to_is_read_before_the_next_question() {
    let (_dir, pack, _) = set_up();
    let ask = [
        "run",
        "--pack",
        &pack,
        "--symptom",
        "lost",
        "--ask",
        "--format",
        "json",
    ];
    let typed = "{\"answer\": \"vpn\"}\n{\"answer\": \"here\"}\n";
    let outcome = rulec(&ask, typed);
    let said = events(&outcome.out);
    let asked = said.iter().filter(|it| it["event"] == "question");
    let asked: Vec<&str> = asked.map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(asked, ["profile", "office"]);
    assert_eq!(outcome.code, 4, "{}\n{}", outcome.out, outcome.err);
}

#[test]
fn a_person_types_words_and_sees_what_follows() {
    let (_dir, pack, case) = set_up();
    let ask = ["run", "--pack", &pack, "--case", &case, "--ask"];
    let outcome = rulec(&ask, "perhaps\n?\nyes\n-\nnone\n");
    assert_eq!(outcome.code, 4, "{}\n{}", outcome.out, outcome.err);
    for text in [
        "Is it on?",
        "yes or no, please",
        "It decides about off, old-build, red-lamp.",
        "rules out off",
        "rules out red-lamp",
    ] {
        assert!(
            outcome.out.contains(text),
            "no `{text}` in\n{}",
            outcome.out
        );
    }
    let chinese = [
        "run",
        "--pack",
        &pack,
        "--symptom",
        "broken",
        "--ask",
        "--locale",
        "zh-TW",
    ];
    let outcome = rulec(&chinese, "否\n");
    assert_eq!(outcome.code, 0);
    assert!(
        outcome.out.contains("問題 1") && outcome.out.contains("確認 off"),
        "{}",
        outcome.out
    );
    assert!(
        outcome.err.contains("answers are not kept"),
        "{}",
        outcome.err
    );
}

#[test]
fn a_question_that_is_put_again_keeps_its_number() {
    let (_dir, pack, case) = set_up();
    let ask = ["run", "--pack", &pack, "--case", &case, "--ask"];
    let outcome = rulec(&ask, "perhaps\n<\n-\n2x\n<\n<\n?\n");
    let heads = outcome.out.lines().filter(|it| it.starts_with("Question "));
    let numbers: Vec<&str> = heads
        .map(|it| it.split_whitespace().nth(1).unwrap())
        .collect();
    // First; nothing to take back; not known, so the second, which is refused; taken back; nothing to take back; why.
    assert_eq!(
        numbers,
        ["1", "1", "2", "2", "1", "1", "1"],
        "{}",
        outcome.out
    );
    // Said once, without the fact that the question is about.
    assert!(
        outcome.out.contains("that does not fit: `2x` is"),
        "{}",
        outcome.out
    );
}

#[test]
fn answers_of_a_front_end_that_are_none_are_refused_one_by_one() {
    let (_dir, pack, case) = set_up();
    let ask = [
        "run", "--pack", &pack, "--case", &case, "--ask", "--format", "json",
    ];
    let garbage = [
        "garbage",
        "{\"answer\": 1",
        "[]",
        "{}",
        "null",
        "{\"answer\": {\"a\": [1]}}",
        "{\"answer\": true, \"unknown\": true}",
        "{\"fact\": \"on\"}",
        "{\"back\": 1}",
        "\u{1b}[31m\u{7}",
        "{\"answer\": \"\u{9b}31m\u{202e}\"}",
    ];
    let typed = garbage.join("\n");
    let outcome = rulec(&ask, &typed);
    // The end of the input ends it, with a report.
    assert_eq!(outcome.code, 4, "{}", outcome.err);
    let said = events(&outcome.out);
    let refused = said.iter().filter(|it| it["event"] == "refused");
    assert_eq!(refused.count(), garbage.len(), "{}", outcome.out);
    assert_eq!(said.last().unwrap()["event"], "report");
    let bad = outcome
        .out
        .chars()
        .find(|c| *c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(c)));
    assert_eq!(bad, None, "{}", outcome.out);
    assert!(!Path::new(&case).join("answers.jsonl").exists());
}

#[test]
fn explanations_tell_wrong_names_and_what_is_open() {
    let (_dir, pack, case) = set_up();
    let of = ["--pack", &pack, "--case", &case];
    let command = |words: &[&str]| rulec(&[words, &of].concat(), "");
    let wrong = command(&["why", "of"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("did you mean `off`?"), "{}", wrong.err);
    let open = command(&["why", "off"]);
    assert_eq!(open.code, 4);
    assert!(open.out.contains("is open"), "{}", open.out);
    let next = command(&["next"]);
    assert_eq!(next.code, 4);
    assert!(
        next.out.contains("1. Whether it is on [on]"),
        "{}",
        next.out
    );
    let way = command(&["why-not", "red-lamp"]);
    assert_eq!(way.code, 0);
    assert!(
        way.out.contains("on = yes") && way.out.contains("colours = red"),
        "{}",
        way.out
    );
    let twice = rulec(&["run", "--pack", &pack, "--facts", "-", "--ask"], "{}");
    assert_eq!(twice.code, 2);
    fs::write(
        Path::new(&case).join("answers.jsonl"),
        "{\"name\": \"on\"}\n",
    )
    .unwrap();
    let damaged = command(&["next"]);
    assert_eq!(damaged.code, 2);
    assert!(damaged.err.contains("answers.jsonl:1"), "{}", damaged.err);
}
