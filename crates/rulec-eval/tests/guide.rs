//! What a report says for going on from it: what to find out next, why verdicts are open, causes of symptoms that nobody reported; in
//! every renderer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail"
)]

mod world;

use rulec_eval::explain::text::{
    render_next, render_proof, render_question, render_reason, render_why_not,
};
use rulec_eval::report::text::{Length, Style};
use rulec_eval::report::texts::Texts;
use rulec_eval::report::{html, json, markdown, text};
use rulec_eval::{Case, CaseInput, Report, Session, run_session};
use rulec_facts::source as kinds;
use rulec_program::seal::Sealed;
use serde_json::{Value as Json, json};
use world::written::compile;
use world::*;

const PACK: &str = r#"pack test.pack 1.0.0

/// What it says.
fact answer: string
    from azure arm "/x" at "$.answer"
    ask "What does it say?"
/// The light is on.
fact light: bool
    ask "Is the light on?"
    cost 5s
/// Days until the certificate expires.
fact days: int
    from azure arm "/y" at "$.days"

/// It is about to end.
let ending = days < 30

symptom broken =
    | text "It is broken."

/// Nobody sees that it ends.
symptom over =
    | text "It has ended."

/// The light is off.
rule off:
    symptom broken
    when not light
    likelihood common
    => no fix

/// It says something else.
rule other-answer:
    symptom broken
    when light and answer != "here" and (no x in [answer]: x == "there")
    => no fix

/// It is nearly at its end.
rule ends-soon:
    symptom over
    when ending
    cause "It has {days} days left."
    => fix "Renew it."

/// It says that it has ended.
rule says-so:
    symptom over
    when answer == "ended"
    => fix "Wait."
"#;

fn session<'p>(program: &'p Sealed, input: CaseInput) -> Session<'p> {
    let mut session = Session::new(program, Case::new(program, input).unwrap());
    run_session(
        &mut session,
        &[&Places::default()],
        std::time::Duration::from_secs(5),
    );
    session
}

fn pages(program: &Sealed, report: &Report, locale: Option<&str>, length: Length) -> [String; 3] {
    let texts = Texts::new(program, locale);
    [
        text::render_as(report, &texts, 100, Style::plain(), length),
        markdown::render(report, &texts, length),
        html::render(report, &texts, length),
    ]
}

fn validator(name: &str) -> jsonschema::Validator {
    let path = format!(
        "{}/../../book/src/reference/{name}.schema.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let schema = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn a_guided_report_says_what_to_find_out_and_why_it_is_open_in_every_renderer() {
    let program = compile(PACK);
    let session = session(&program, input(&["It is broken."], &[]));
    assert!(session.report().next.is_empty());
    let report = session.guided_report();
    let names: Vec<&str> = report.next.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["light", "answer"]);
    let not_known: Vec<Vec<&str>> = report
        .verdicts
        .iter()
        .map(|it| it.not_known.iter().map(|it| it.text.as_str()).collect())
        .collect();
    assert_eq!(not_known[0], ["not light"]);
    assert_eq!(
        not_known[1],
        [
            "light",
            "answer != \"here\"",
            "no x in [answer]: x == \"there\""
        ]
    );
    let line: Json = serde_json::from_str(&json::line(&report)).unwrap();
    assert!(validator("report").is_valid(&line), "{line:#}");
    assert_eq!(line["next"][0]["name"], "light");
    for page in pages(&program, &report, None, Length::Full) {
        for told in [
            "Find out next",
            "The light is on",
            "Is the light on?",
            "if The light is on: yes → rules out The light is off",
            "after that: What it says",
            "not known whether: The light is on",
        ] {
            let plain = page.replace("\\[", "[").replace("&quot;", "\"");
            assert!(plain.contains(told), "no `{told}` in\n{page}");
        }
    }
    for page in pages(&program, &report, Some("zh-TW"), Length::Full) {
        for told in ["接下來查明", "之後：", "尚不知是否："] {
            assert!(page.contains(told), "no `{told}` in\n{page}");
        }
    }
}

/// Rules with a symptom that nobody reported: `ends-soon` holds, `says-so` is open.
#[test]
fn v8_causes_of_symptoms_that_nobody_reported_are_told_in_every_renderer() {
    let program = compile(PACK);
    let mut case = input(&["It is broken."], &[("days", json!(12))]);
    case.all = true;
    let report = session(&program, case).report();
    let latent: Vec<(&str, Json)> = report
        .latent
        .iter()
        .map(|it| (it.rule.as_str(), json!(it.verdict)))
        .collect();
    assert_eq!(
        latent,
        [("ends-soon", json!("latent")), ("says-so", json!("open"))]
    );
    for page in pages(&program, &report, None, Length::Full) {
        for told in [
            "Would be a cause under another symptom",
            "It is nearly at its end",
            "It has 12 days left.",
            "Renew it.",
            "It says that it has ended",
        ] {
            assert!(page.contains(told), "no `{told}` in\n{page}");
        }
    }
    let [chinese, ..] = pages(&program, &report, Some("zh-TW"), Length::Full);
    assert!(!chinese.contains("Would be a cause"), "{chinese}");
    // Nobody is told of it in a run that looks at the complaint alone.
    let report = session(&program, input(&["It is broken."], &[("days", json!(12))])).report();
    assert!(report.latent.is_empty());
    // Without a complaint each symptom is looked at. None of these is seen, so nothing is confirmed.
    let report = session(&program, input(&[], &[("days", json!(12))])).report();
    assert_eq!(word(&report, "ends-soon"), "ruled-out");
}

#[test]
fn many_open_rules_of_other_symptoms_are_counted() {
    let mut text = PACK.to_owned();
    for at in 0..20 {
        text.push_str(&format!(
            "\n/// Number {at}.\nrule more-{at}:\n    symptom over\n    when answer == \"{at}\"\n    => no fix\n"
        ));
    }
    let program = compile(&text);
    let facts = [("days", json!(12)), ("light", json!(false))];
    let mut case = input(&["It is broken."], &facts);
    case.all = true;
    let report = session(&program, case).report();
    assert_eq!(report.latent.len(), 22);
    for page in pages(&program, &report, None, Length::Short) {
        assert!(page.contains("21 more rules"), "{page}");
        assert!(page.contains("It is nearly at its end"), "{page}");
        // Nor what only these need.
        assert!(!page.contains("Number 7"), "{page}");
        assert!(!page.contains("Facts that are missing"), "{page}");
    }
    for page in pages(&program, &report, None, Length::Full) {
        assert!(page.contains("Number 7"), "{page}");
        assert!(page.contains("Facts that are missing"), "{page}");
    }
}

#[test]
fn privileges_of_places_have_words_in_every_locale() {
    for locale in ["en", "zh-TW"] {
        let path = format!("{}/locales/{locale}.ftl", env!("CARGO_MANIFEST_DIR"));
        let words = std::fs::read_to_string(path).unwrap();
        for kind in kinds::all().filter(|it| it.privilege != "none") {
            let key: String = kind
                .privilege
                .chars()
                .filter(|c| !matches!(c, '`' | '\'' | ';'))
                .map(|c| {
                    if c == ' ' {
                        '-'
                    } else {
                        c.to_ascii_lowercase()
                    }
                })
                .collect();
            let line = format!("\nprivilege-{key} = ");
            assert!(words.contains(&line), "{locale}: {line}");
        }
    }
}

/// What a case holds reaches no terminal as a command, from no explanation.
#[test]
fn hostile_values_are_harmless_in_every_explanation() {
    let program = compile(PACK);
    // More than a megabyte.
    let long = "\u{1b}]0;x\u{7}".repeat(1 << 18);
    let values = [
        "\u{1b}[31mred\u{1b}]0;title\u{7}",
        "\u{9b}31m\u{8}\u{7f}",
        "a\u{202e}gpj.exe\u{2066}\u{200f}",
        "one\ntwo\r\n> forged\n",
        "\0\u{feff}",
        long.as_str(),
    ];
    let cases = values.map(|it| (None, it)).into_iter();
    let short = values.map(|it| (Some("zh-TW"), it)).into_iter();
    for (locale, value) in cases.chain(short.take(values.len() - 1)) {
        let texts = Texts::new(&program, locale);
        let facts = [("answer", json!(value)), ("light", json!(true))];
        let mut case = input(&["It is broken.", value], &facts);
        case.locale = locale.map(str::to_owned);
        let whole = session(&program, case);
        let mut out = String::new();
        for rule in ["off", "other-answer", "says-so"] {
            let id = program.rule_named(rule).unwrap();
            for full in [false, true] {
                let proof = whole.why(id, full).unwrap();
                out += &render_proof(&proof, &texts, 80, Style::plain());
            }
            let why_not = whole.why_not(id).unwrap();
            out += &render_why_not(&why_not, &texts, 80, Style::plain());
        }
        let open = session(
            &program,
            input(&["It is broken.", "It has ended.", value], &[]),
        );
        let next = open.next();
        out += &render_next(&next, &texts, 80, Style::plain(), 9);
        let question = open.next_question().unwrap();
        let start: String = value.chars().take(40).collect();
        out += &render_question(&question, 1, 2, &start, &texts, 80, Style::plain());
        out += &render_reason(&next.facts[0], &start, &texts, 80, Style::plain());
        let [text, markdown, html] = pages(&program, &open.guided_report(), locale, Length::Full);
        out += &text;
        out += &markdown;
        out += &html;
        let bad = out.chars().find(|c| {
            c.is_control() && *c != '\n'
                || matches!(*c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        });
        assert_eq!(bad, None, "{start:?}");
        assert!(!out.contains("\n> forged"), "{out}");
        assert!(out.len() < 200_000, "{}", out.len());
    }
}
