//! Recognition, scope, verdicts and the report: clauses V1 to V8, T7, T8, U3, U4, and the published schema.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail"
)]

mod world;

use rulec_eval::report::{By, Scope, json, text, texts::Texts};
use rulec_eval::{Case, CaseInput, Problem, Session};
use rulec_facts::value::{Partial, Value};
use rulec_program::node::Op;
use rulec_program::program::{Likelihood, Link, Locale, Need, Program, Risk, Verify};
use rulec_program::seal::Sealed;
use serde_json::json;
use world::*;

/// A symptom with a code, texts and a hint; a rule of each kind of outcome; a fix with everything.
fn full() -> World {
    let mut world = World::new(vec![
        fact("a", int()),
        fact("b", int()),
        fact("names", list(text())),
        fact("password", text()),
    ]);
    world.from("b", "/b", "$.v");
    world.slot("a").named.title = Some("The first".to_owned());
    world.slot("b").named.title = Some("The second".to_owned());
    world.slot("b").ask = Some("How many?".to_owned());
    world.slot("password").secret = true;
    let a = world.is_int("a", 1);
    let not_a = world.not(a);
    let b = world.is_int("b", 2);
    let symptom = world.symptom("bad-format");
    symptom.named.title = Some("The message was badly formatted".to_owned());
    symptom.codes.push(hresult());
    symptom
        .texts
        .push("The message received was unexpected or badly formatted.".to_owned());
    symptom.texts.push("Dialing … has failed".to_owned());
    symptom.local_texts.push((
        "zh-TW".into(),
        "收到的訊息是非預期的或格式不正確。".to_owned(),
    ));
    symptom.hints.push("custom script failed".to_owned());
    world.symptom("other");
    let cause = world.template("It is {a}: {names}, {b}, {password}.");
    let rule = world.rule_with(
        "first",
        &["bad-format"],
        Some(a),
        &[],
        &["repair", "relief"],
    );
    rule.cause = Some(cause);
    rule.likelihood = Some(Likelihood::Rare);
    rule.plan.link = Link::Meanwhile;
    world.rule("false-one", &["bad-format"], Some(not_a));
    world.rule("open-one", &["bad-format"], Some(b));
    world.rule_with("overridden-one", &["bad-format"], Some(a), &["first"], &[]);
    world.rule_with("waits", &["bad-format"], Some(a), &["open-one"], &[]);
    world.rule("otherwise-one", &["bad-format"], None).otherwise = true;
    world.rule("elsewhere", &["other"], Some(a));
    world.rule("fault", &[], Some(a));
    full_fix(&mut world, a, b);
    world
}

fn full_fix(
    world: &mut World,
    yes: rulec_program::node::NodeId,
    open: rulec_program::node::NodeId,
) {
    let no = world.not(yes);
    let step = world.template("Open {names}.");
    let left_out = world.template("Never.");
    let perhaps = world.template("Perhaps.");
    let undo = world.template("Put {a} back.");
    let note = world.template("seconds");
    let fix = world.fix("repair");
    fix.named.title = Some("Repair it".to_owned());
    fix.steps = vec![
        (left_out, Some(no)),
        (step, Some(yes)),
        (perhaps, Some(open)),
    ];
    fix.risks = vec![Risk {
        level: "outage".into(),
        scope: Some("all-clients".into()),
        note: Some(note),
    }];
    fix.needs = vec![
        Need::Azure("Network Contributor".to_owned()),
        Need::Administrator,
    ];
    fix.verify = vec![Verify::Condition(no)];
    fix.undo = vec![undo];
    fix.docs = vec!["https://example.org".to_owned()];
    world.fix("relief");
}

fn facts() -> Vec<(&'static str, serde_json::Value)> {
    vec![
        ("a", json!(1)),
        ("names", json!(["y", "x"])),
        ("password", json!("hunter2")),
    ]
}

#[test]
fn v4_a_symptom_is_named_by_its_name_its_codes_in_any_spelling_or_its_texts() {
    let program = full().seal();
    let by = |text: &str| {
        let report = run(&program, input(&[text], &[]), &Places::default());
        assert_eq!(report.scope, Scope::Complaint, "{text}");
        assert_eq!(report.symptoms[0].name, "bad-format");
        report.symptoms[0].by
    };
    assert_eq!(by("bad-format"), By::Name);
    for code in [
        "0x80090326",
        "80090326",
        "-2146893018",
        "2148074278",
        "SEC_E_ILLEGAL_MESSAGE",
    ] {
        assert_eq!(by(code), By::Code, "{code}");
        assert_eq!(
            by(&format!("it says: Error {code}, twice")),
            By::Code,
            "{code}"
        );
    }
    assert_eq!(
        by("the MESSAGE received  was\n unexpected or badly formatted"),
        By::Text
    );
    assert_eq!(
        by("Ｔｈｅ message received was unexpected or badly\u{200b} formatted。"),
        By::Text
    );
    assert_eq!(by("User dialing Office VPN (2) has failed today"), By::Text);
    assert_eq!(by("錯誤：收到的訊息是非預期的或格式不正確"), By::Text);
}

#[test]
fn v4_texts_do_not_match_inside_words_or_out_of_order() {
    let program = full().seal();
    for text in [
        "has failed. Dialing x",
        "redialing x has failed",
        "dialing x has failedly",
        "",
    ] {
        let report = run(&program, input(&[text], &[]), &Places::default());
        assert_eq!(report.scope, Scope::Unrecognised, "{text}");
    }
}

#[test]
fn v4_a_hint_is_a_candidate_and_never_makes_a_symptom_present() {
    let program = full().seal();
    let report = run(
        &program,
        input(&["Custom script failed!"], &facts()),
        &Places::default(),
    );
    assert_eq!(report.scope, Scope::Unrecognised);
    assert_eq!(report.candidates[0].name, "bad-format");
    assert_eq!(report.unrecognised, ["Custom script failed!"]);
}

#[test]
fn v4_a_bare_number_reports_every_identity_that_it_can_spell() {
    use rulec_facts::code::Code;
    let mut world = World::new(vec![fact("a", int())]);
    for (symptom, kind) in [
        ("as-http", "http"),
        ("as-ras", "ras"),
        ("as-win32", "win32"),
    ] {
        world.symptom(symptom).codes.push(Code::new(kind, 812));
        world.rule(&format!("rule-{symptom}"), &[symptom], None);
    }
    let program = world.seal();
    let report = run(&program, input(&["error 812"], &[]), &Places::default());
    let names: Vec<&str> = report.symptoms.iter().map(|it| it.name.as_str()).collect();
    assert!(
        names.contains(&"as-ras") && names.contains(&"as-win32"),
        "{names:?}"
    );
    let report = run(&program, input(&["RAS 812"], &[]), &Places::default());
    assert_eq!(report.symptoms.len(), 1);
}

#[test]
fn t7_codes_that_are_words_are_found_in_pasted_text() {
    use rulec_facts::code::Code;
    let mut world = World::new(vec![fact("a", int())]);
    let code = world.constant(Value::Code(Code::new("arm", "InvalidResourceName")));
    let reported = world.push(Op::Reported(code));
    world.symptom("s");
    world.rule("r", &["s"], Some(reported));
    let program = world.seal();
    let report = run(
        &program,
        input(&["s", "{ \"code\": \"invalidresourcename\" }"], &[]),
        &Places::default(),
    );
    assert_eq!(word(&report, "r"), "confirmed");
    let report = run(
        &program,
        input(&["s", "InvalidResourceNames"], &[]),
        &Places::default(),
    );
    assert_eq!(word(&report, "r"), "ruled-out");
}

#[test]
fn v7_the_scope_is_that_of_the_complaint_and_a_complaint_of_nothing_confirms_nothing() {
    let program = full().seal();
    let rules = |texts: &[&str]| -> Vec<String> {
        let report = run(&program, input(texts, &facts()), &Places::default());
        report.verdicts.iter().map(|it| it.rule.clone()).collect()
    };
    let of_bad_format = [
        "fault",
        "false-one",
        "first",
        "open-one",
        "otherwise-one",
        "overridden-one",
        "waits",
    ];
    assert_eq!(rules(&["bad-format"]), of_bad_format);
    assert_eq!(rules(&["other"]), ["fault", "elsewhere"]);
    assert_eq!(rules(&["blah"]), ["fault"]);
    assert_eq!(rules(&[]).len(), 8);
    let report = run(&program, input(&["blah"], &facts()), &Places::default());
    assert_eq!(report.unrecognised, ["blah"]);
    assert_eq!(
        word(&report, "fault"),
        "confirmed",
        "a latent fault is in question in every run"
    );
}

#[test]
fn v7_rules_that_v1_needs_are_in_question_too() {
    let mut world = World::new(vec![fact("a", int())]);
    let a = world.is_int("a", 1);
    world.symptom("far");
    world.symptom("near");
    world.rule("wins", &["far"], Some(a));
    world.rule_with("loses", &["near"], Some(a), &["wins"], &[]);
    let program = world.seal();
    let report = run(
        &program,
        input(&["near"], &[("a", json!(1))]),
        &Places::default(),
    );
    assert_eq!(word(&report, "wins"), "ruled-out");
    assert_eq!(
        word(&report, "loses"),
        "confirmed",
        "an overriding rule counts with its own symptom (V2)"
    );
}

#[test]
fn v8_on_request_other_rules_are_latent_and_never_confirmed() {
    let program = full().seal();
    let mut all = input(&["bad-format"], &facts());
    all.all = true;
    let report = run(&program, all, &Places::default());
    let latent: Vec<_> = report
        .latent
        .iter()
        .map(|it| (it.rule.as_str(), json!(it.verdict)))
        .collect();
    assert_eq!(latent, [("elsewhere", json!("latent"))]);
    assert!(report.verdicts.iter().all(|it| it.rule != "elsewhere"));
}

#[test]
fn verdicts_say_by_which_part_and_what_they_wait_for() {
    let program = full().seal();
    let report = run(
        &program,
        input(&["bad-format"], &facts()),
        &Places::default(),
    );
    let said = |rule: &str| {
        let line = verdict(&report, rule);
        (
            json!(line.verdict).as_str().unwrap().to_owned(),
            json!(line.because).as_str().unwrap().to_owned(),
            line.needs.join(","),
            line.waits_for.join(","),
            line.decided_by.join(","),
        )
    };
    let of = |it: [&str; 5]| {
        let [a, b, c, d, e] = it.map(str::to_owned);
        (a, b, c, d, e)
    };
    assert_eq!(said("first"), of(["confirmed", "condition", "", "", ""]));
    assert_eq!(
        said("false-one"),
        of(["ruled-out", "condition", "", "", ""])
    );
    assert_eq!(said("open-one"), of(["open", "condition", "b", "", ""]));
    assert_eq!(
        said("overridden-one"),
        of(["ruled-out", "overridden", "", "", "first"])
    );
    assert_eq!(
        said("waits"),
        of(["open", "overridden", "b", "open-one", ""])
    );
    assert_eq!(
        said("otherwise-one"),
        of(["ruled-out", "otherwise", "", "", "first"])
    );
    assert_eq!(report.open.len(), 1);
    let open = &report.open[0];
    assert_eq!(
        (open.name.as_str(), open.obtainable),
        ("b", true),
        "a person can still say"
    );
    assert_eq!(open.sources, ["azure arm \"/b\" at \"$.v\""]);
    assert_eq!(open.rules, ["open-one", "waits"]);
    assert_eq!(open.reasons[0].detail, "not in the folder");
}

#[test]
fn u3_the_proof_is_the_first_deciding_operand_and_all_of_a_true_and() {
    let mut world = World::new(vec![fact("a", int()), fact("b", int())]);
    let (a, b) = (world.is_int("a", 1), world.is_int("b", 1));
    let or = world.or(&[b, a]);
    let and = world.and(&[b, a]);
    world.symptom("s");
    world.rule("either", &["s"], Some(or));
    world.rule("both", &["s"], Some(and));
    let program = world.seal();
    let report = run(
        &program,
        input(&["s"], &[("a", json!(1)), ("b", json!(1))]),
        &Places::default(),
    );
    let paths = |rule: &str| -> Vec<&str> {
        verdict(&report, rule)
            .evidence
            .iter()
            .map(|it| it.path.as_str())
            .collect()
    };
    assert_eq!(paths("either"), ["b"]);
    assert_eq!(paths("both"), ["b", "a"]);
    assert_eq!(
        verdict(&report, "either").evidence[0].test.as_deref(),
        Some("b == 1")
    );
}

#[test]
fn u4_steps_that_do_not_apply_are_left_out_and_undecided_ones_show_their_condition() {
    let program = full().seal();
    let report = run(
        &program,
        input(&["bad-format"], &facts()),
        &Places::default(),
    );
    let fix = report.fixes.iter().find(|it| it.name == "repair").unwrap();
    let steps: Vec<(&str, Option<&str>)> = fix
        .steps
        .iter()
        .map(|it| (it.text.as_str(), it.only_if.as_deref()))
        .collect();
    assert_eq!(steps, [("Open x, y.", None), ("Perhaps.", Some("b == 2"))]);
    assert_eq!(fix.verify, ["a != 1"]);
    assert_eq!(fix.undo, ["Put 1 back."]);
}

#[test]
fn texts_are_filled_lists_with_commas_unknown_as_title_secret_as_token() {
    let program = full().seal();
    let report = run(
        &program,
        input(&["bad-format"], &facts()),
        &Places::default(),
    );
    let cause = verdict(&report, "first").cause.clone().unwrap();
    assert_eq!(cause, "It is 1: x, y, [The second], [secret].");
    assert!(!json::line(&report).contains("hunter2"));
}

fn translated() -> Sealed {
    let mut world = full();
    world.program.locales = vec![Locale {
        name: "zh-TW".into(),
        resources: vec![
            "# of cause 000000\nrule-first =\n    .cause = 是 { $a }:{ $names }\nfix-repair =\n    .step-2 = 開啟 { $names }。\n    \
             .step-3 = { $nobody }\nfact-b =\n    .title = 第二個\n    .question = 多少?\n"
                .to_owned(),
        ],
    }];
    world.seal()
}

#[test]
fn texts_of_a_locale_fall_back_to_english_one_by_one() {
    let program = translated();
    for locale in ["zh-TW", "zh_tw", "zh"] {
        let mut chinese = input(&["bad-format"], &facts());
        chinese.locale = Some(locale.to_owned());
        let report = run(&program, chinese, &Places::default());
        assert_eq!(report.locale, "zh-TW");
        assert_eq!(
            verdict(&report, "first").cause.as_deref(),
            Some("是 1:x、y")
        );
        let fix = report.fixes.iter().find(|it| it.name == "repair").unwrap();
        assert_eq!(fix.steps[0].text, "開啟 x、y。");
        assert_eq!(
            fix.steps[1].text, "Perhaps.",
            "a translation that names what is not there is not shown"
        );
        assert_eq!(report.open[0].title.as_deref(), Some("第二個"));
        assert_eq!(report.open[0].question.as_deref(), Some("多少?"));
        assert_eq!(fix.title.as_deref(), Some("Repair it"));
    }
}

#[test]
fn the_reports_own_words_are_complete_in_every_locale() {
    let program = full().seal();
    let keys = |locale: &str| -> Vec<String> {
        let read = |name: String| {
            let path = format!("{}/locales/{name}.ftl", env!("CARGO_MANIFEST_DIR"));
            std::fs::read_to_string(path).unwrap()
        };
        let source = read(locale.to_owned()) + &read(format!("{locale}-explain"));
        let lines = source
            .lines()
            .filter(|it| it.contains(" =") && !it.starts_with([' ', '#']));
        lines
            .map(|it| it.split(" =").next().unwrap().to_owned())
            .collect()
    };
    let english = keys("en");
    assert!(english.len() > 60);
    // Names of roles, which the portal shows, and sentences that others write have words in other locales alone.
    let elsewhere = |it: &String| {
        let of_others = it.starts_with("role-") || it.starts_with("detail-");
        of_others && !english.contains(it)
    };
    let mut chinese = keys("zh-TW");
    chinese.retain(|it| !elsewhere(it));
    assert_eq!(english, chinese);
    let variables = [
        "count",
        "number",
        "text",
        "matched",
        "condition",
        "risk",
        "scope",
        "role",
        "rules",
        "facts",
        "cause",
        "symptoms",
        "name",
        "reason",
        "time",
        "percent",
        "files",
        "subject",
        "value",
        "left",
        "right",
        "kind",
        "more",
        "tests",
        "list",
        "source",
        "thumbprint",
    ]
    .map(|it| (it, "1"));
    for locale in ["en", "zh-TW"] {
        let texts = Texts::new(&program, Some(locale));
        for key in &english {
            assert_ne!(&texts.word_with(key, &variables), key, "{locale} {key}");
        }
    }
}

/// Every key that the renderer asks for stands in the words.
#[test]
fn every_word_that_is_asked_for_is_there() {
    let program = translated();
    let mut all = input(&["bad-format", "unheard of"], &facts());
    all.all = true;
    let report = run(&program, all, &Places::default());
    let words =
        std::fs::read_to_string(format!("{}/locales/en.ftl", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let page = text::render(
        &report,
        &Texts::new(&program, None),
        100,
        text::Style::plain(),
    );
    for line in words
        .lines()
        .filter(|it| it.contains(" =") && !it.starts_with([' ', '#']))
    {
        let key = line.split(" =").next().unwrap();
        if key.contains('-') {
            assert!(
                !page.split_whitespace().any(|word| word == key),
                "{key} was not found:\n{page}"
            );
        }
    }
}

#[test]
fn the_text_report_says_what_to_do() {
    let program = full().seal();
    let places = Places::default();
    let report = run(&program, input(&["0x80090326"], &facts()), &places);
    let page = text::render(
        &report,
        &Texts::new(&program, None),
        80,
        text::Style::plain(),
    );
    insta::assert_snapshot!(page);
    assert!(
        page.lines().all(|line| line.chars().count() <= 80),
        "{page}"
    );
    let coloured = text::render(
        &report,
        &Texts::new(&program, None),
        80,
        text::Style::coloured(),
    );
    assert!(coloured.contains('\u{1b}'));
    assert!(!page.contains('\u{1b}'));
}

#[test]
fn control_characters_of_a_customer_never_reach_the_terminal() {
    let program = full().seal();
    let mut evil = facts();
    evil[1].1 = json!(["\u{1b}[2J\u{7}"]);
    let report = run(
        &program,
        input(&["bad-format", "\u{1b}[31m?"], &evil),
        &Places::default(),
    );
    let page = text::render(
        &report,
        &Texts::new(&program, None),
        80,
        text::Style::plain(),
    );
    assert!(!page.contains(['\u{1b}', '\u{7}']), "{page:?}");
}

#[test]
fn reports_fit_the_published_schema() {
    let path = format!(
        "{}/../../book/src/reference/report.schema.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let schema = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let program = translated();
    let mut all = input(&["bad-format"], &facts());
    all.all = true;
    for input in [
        all,
        input(&[], &facts()),
        input(&["what?"], &[]),
        input(&["other"], &[("a", json!({"unknown": "denied"}))]),
    ] {
        let report = run(&program, input, &Places::default());
        let line: serde_json::Value = serde_json::from_str(&json::line(&report)).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&line)
            .map(|it| it.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:#?}\n{line:#}");
    }
    assert!(!validator.is_valid(&json!({ "format": 2 })));
}

#[test]
fn t8_what_is_given_wrongly_is_told_with_the_nearest_name() {
    let gateway = record(&[("sku", int(), ""), ("rows", list(int()), "")]);
    let mut world = World::new(vec![fact("gateway", gateway), fact("os.build", int())]);
    world.symptom("bad-format");
    let program = world.seal();
    let wrong = |name: &str, value: serde_json::Value| {
        let error = Case::new(&program, input(&[], &[(name, value)])).unwrap_err();
        assert_eq!(error.len(), 1);
        error[0].clone()
    };
    let typo = wrong("os.buidl", json!(1));
    assert_eq!(
        (typo.problem, typo.nearest.as_deref()),
        (Problem::NoSuchFact, Some("os.build"))
    );
    let field = wrong("gateway.sk", json!(1));
    assert_eq!(field.nearest.as_deref(), Some("gateway.sku"));
    assert_eq!(
        wrong("gateway.rows.x", json!(1)).problem,
        Problem::ThroughList
    );
    assert!(matches!(
        wrong("os.build", json!("x")).problem,
        Problem::DoesNotFit(_)
    ));
    let twice = Case::new(
        &program,
        input(&[], &[("os.build", json!(1)), ("os.build", json!(2))]),
    );
    assert_eq!(twice.unwrap_err()[0].problem, Problem::Twice);
    let symptom = Case::new(
        &program,
        CaseInput {
            symptoms: vec!["bad-fromat".to_owned()],
            ..CaseInput::default()
        },
    );
    assert_eq!(
        symptom.unwrap_err()[0].nearest.as_deref(),
        Some("bad-format")
    );
}

#[test]
fn a_secret_is_nowhere_in_a_report() {
    let mut world = World::new(vec![fact("a", int()), fact("key", text())]);
    world.slot("key").secret = true;
    world.from("a", "/{key}", "$.v");
    let a = world.is_int("a", 1);
    let key = world.is_text("key", "other");
    let either = world.or(&[a, key]);
    world.symptom("s");
    world.rule("r", &["s"], Some(either));
    world.rule("by-key", &["s"], Some(key));
    let program = world.seal();
    let report = run(
        &program,
        input(&["s"], &[("key", json!("hunter2"))]),
        &Places::default(),
    );
    assert_eq!(
        (word(&report, "r"), word(&report, "by-key")),
        ("open".to_owned(), "ruled-out".to_owned())
    );
    let page = text::render(
        &report,
        &Texts::new(&program, None),
        80,
        text::Style::plain(),
    );
    assert!(page.contains("[secret]"));
    assert!(!format!("{}{page}", json::line(&report)).contains("hunter2"));
    let wrong = Case::new(&program, input(&[], &[("key", json!(["hunter2"]))])).unwrap_err();
    assert!(!wrong[0].to_string().contains("hunter2"));
}

#[test]
fn v4_codes_that_a_fact_reports_make_a_symptom_present() {
    use rulec_facts::types::{Kind, Type};
    let mut world = World::new(vec![
        fact("a", int()),
        fact("failures", list(Type::of(Kind::Code))),
    ]);
    world.slot("failures").reports = Some(None);
    world.from("failures", "/failures", "$[*]");
    world.from("a", "/a", "$.v");
    let a = world.is_int("a", 1);
    world.symptom("s").codes.push(hresult());
    world.rule("r", &["s"], Some(a));
    let program = world.seal();
    for (code, verdict, asked) in [
        ("0x80090326", "confirmed", 2),
        ("0x80090327", "ruled-out", 1),
    ] {
        let places = Places::new(&[("/failures", json!([code])), ("/a", json!({ "v": 1 }))]);
        let report = run(&program, input(&[], &[]), &places);
        assert_eq!(word(&report, "r"), verdict);
        assert_eq!(places.count(), asked, "presence first (L1)");
    }
}

#[test]
fn sessions_and_reports_cross_threads() {
    fn sendable<T: Send + Sync>() {}
    sendable::<Session<'static>>();
    sendable::<rulec_eval::Report>();
    sendable::<Case>();
    sendable::<Program>();
    let _ = Partial::Absent;
}
