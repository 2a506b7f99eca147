//! From text to report: what a person wrote is what the report shows again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail"
)]

mod world;

use rulec_eval::report::text;
use rulec_eval::report::texts::Texts;
use rulec_program::seal::Sealed;
use serde_json::json;
use world::written::compile;
use world::*;

const FACTS: &str = r#"pack test.pack 1.0.0

type Root = { name: string, data: string, until: time?, serial: int, kind: enum { Old, New, else other } }
type Gateway = { sku: enum { Basic, VpnGw1, else other }, roots: list of Root, pools: list of cidr, note: string? }
param address: ip
fact gateway: Gateway
fact others: list of cidr
fact build: int
fact update: version
fact failure: code?
fact started: time
fact waited: duration
fact on: bool

symptom broken =
    | text "It is broken."
"#;

/// Conditions as people write them; the report must show them so. Names of quantified variables are the report's own.
const CONDITIONS: [&str; 30] = [
    "on",
    "not on",
    "build == 7600",
    "build != 7600",
    "build > 7600 and build <= 22000",
    "(build > 7600 or on) and not (on and build < 3)",
    "gateway.sku == Basic",
    "gateway.sku in [Basic, VpnGw1]",
    "gateway.note is absent",
    "gateway.note is present",
    "gateway.roots is not empty",
    "gateway.roots is empty",
    "gateway.note contains \"a \"\"b\"\"\"",
    "gateway.note starts with \"x\"",
    "gateway.note matches \"*.local\"",
    "address in gateway.pools",
    "address not in 10.0.0.0/8",
    "gateway.pools overlaps others",
    "0.0.0.0/0 in others",
    "update < 10.0.17763",
    "failure == ras 798",
    "win32 5010 in reported",
    "win32 5010 not in reported",
    "any x in gateway.roots: x.until < now",
    "no x in gateway.roots where x.kind == Old: x.serial == 1",
    "all x in gateway.roots: certificate(x.data) is present",
    "count(gateway.roots) > 20",
    "size(gateway.pools) < 256",
    "waited > 90s",
    "now - started < 7d",
];

#[test]
fn conditions_are_shown_as_they_were_written() {
    for condition in CONDITIONS {
        let source = format!(
            "{FACTS}\nrule r:\n    symptom broken\n    => fix repair\n\nfix repair:\n    step \"Do.\"\n    verify {condition}\n"
        );
        let program = compile(&source);
        let report = run(&program, input(&["It is broken"], &[]), &Places::default());
        let shown = &report.fixes[0].verify[0];
        assert_eq!(shown, condition);
    }
}

#[test]
fn what_is_shown_parses_again_and_means_the_same() {
    for condition in CONDITIONS {
        let of = |condition: &str| {
            let source = format!(
                "{FACTS}\nrule r:\n    symptom broken\n    => fix repair\n\nfix repair:\n    step \"Do.\"\n    verify {condition}\n"
            );
            let program = compile(&source);
            let report = run(&program, input(&["broken"], &[]), &Places::default());
            (report.fixes[0].verify[0].clone(), program.nodes.ops.clone())
        };
        let (shown, ops) = of(condition);
        let (again, same_ops) = of(&shown);
        assert_eq!(shown, again);
        assert_eq!(ops, same_ops, "{condition}");
    }
}

#[test]
fn the_line_of_the_mission_runs() {
    let program = compile(
        "pack test.pack 1.0.0\n\nfact udr.default_on_gateway_subnet: bool\n\nfact root.revoked: bool\n\n\
         symptom \"0x80090326\" when udr.default_on_gateway_subnet or root.revoked => fix \"Remove the route.\"\n",
    );
    for (code, value, expected) in [
        ("-2146893018", true, "confirmed"),
        ("SEC_E_ILLEGAL_MESSAGE", false, "open"),
    ] {
        let facts = [("root.revoked", json!(value))];
        let report = run(&program, input(&[code], &facts), &Places::default());
        assert_eq!(json!(report.verdicts[0].verdict), expected);
        assert_eq!(
            report.verdicts[0].rule,
            "hresult-0x80090326/remove-the-route"
        );
    }
    let facts = [("root.revoked", json!(true))];
    let report = run(&program, input(&["0x80090326"], &facts), &Places::default());
    let page = text::render(
        &report,
        &Texts::new(&program, None),
        80,
        text::Style::plain(),
    );
    assert!(page.contains("1. Remove the route."), "{page}");
    assert!(page.contains("- root.revoked = yes"), "{page}");
}

fn page_of(program: &Sealed, symptoms: &[&str], facts: &[(&str, serde_json::Value)]) -> String {
    let report = run(program, input(symptoms, facts), &Places::default());
    text::render(
        &report,
        &Texts::new(program, None),
        100,
        text::Style::plain(),
    )
}

#[test]
fn without_a_complaint_many_open_rules_are_counted() {
    let mut rules = String::from("pack test.pack 1.0.0\n");
    for at in 0..11 {
        rules += &format!(
            "fact f{at}: bool\nsymptom s{at} =\n    | text \"It is number {at}.\"\nrule r{at}:\n    symptom s{at}\n    when f{at}\n    => no fix\n"
        );
    }
    let program = compile(&rules);
    // Of a symptom that nobody named, nothing is present: the rules are open only where something may show it.
    let seen = rules.replace("    | text \"It", "    | ask \"It");
    let asked = compile(&seen);
    let report = run(&asked, input(&[], &[]), &Places::default());
    let texts = Texts::new(&asked, None);
    let page = |length| text::render_as(&report, &texts, 100, text::Style::plain(), length);
    let (short, full) = (page(text::Length::Short), page(text::Length::Full));
    assert!(short.contains("11 rules are open, "), "{short}");
    assert!(short.contains("--full"), "{short}");
    assert!(!short.contains("? r3"), "{short}");
    assert!(full.contains("? r3") && !full.contains("--full"), "{full}");
    // With a complaint every open rule is shown.
    let report = run(&program, input(&["s3"], &[]), &Places::default());
    let texts = Texts::new(&program, None);
    let short = text::render_as(
        &report,
        &texts,
        100,
        text::Style::plain(),
        text::Length::Short,
    );
    assert!(short.contains("? r3"), "{short}");
}

#[test]
fn rules_that_one_thing_rules_out_stand_together() {
    let text = "pack test.pack 1.0.0\nfact f: bool\nsymptom s =\n    | text \"It is broken.\"\n\
                rule a:\n    symptom s\n    when f\n    => no fix\nrule b:\n    symptom s\n    when f\n    => fix \"Try.\"\n";
    let page = page_of(&compile(text), &["s"], &[("f", json!(false))]);
    assert!(page.contains("- a, b: f = no"), "{page}");
    assert_eq!(page.matches("f = no").count(), 1, "{page}");
}

#[test]
fn an_unknown_value_is_no_evidence_for_a_confirmed_rule() {
    let text = "pack test.pack 1.0.0\nfact f: int\nfact g: int\nfact h: int\nsymptom s =\n    | text \"It is broken.\"\n\
                rule a:\n    symptom s\n    when f in [g, h]\n    => no fix\n";
    let page = page_of(&compile(text), &["s"], &[("f", json!(1)), ("h", json!(1))]);
    assert!(page.contains("1 confirmed cause"), "{page}");
    assert!(page.contains("- h = 1"), "{page}");
    assert!(!page.contains("g = unknown"), "{page}");
}

#[test]
fn a_path_in_a_chinese_text_is_not_broken_after_its_drive() {
    let text = "pack test.pack 1.0.0\nfact f: bool\nsymptom s =\n    | text \"It is broken.\"\n\
                rule a:\n    symptom s\n    when f\n    cause \"PADDINGC:\\Windows\\Temp\\vpn-profile.log 之後\"\n    => no fix\n";
    for padding in 0..30 {
        let text = text.replace("PADDING", &"檔".repeat(padding));
        let program = compile(&text);
        let report = run(
            &program,
            input(&["s"], &[("f", json!(true))]),
            &Places::default(),
        );
        let page = text::render(
            &report,
            &Texts::new(&program, None),
            40,
            text::Style::plain(),
        );
        assert!(
            page.contains("C:\\Windows\\Temp\\vpn-profile.log"),
            "{page}"
        );
    }
}

/// A check of a fix in plain words, in that locale.
fn checks(condition: &str, locale: Option<&str>) -> Vec<String> {
    let source = format!(
        "{TITLED}\nrule r:\n    symptom broken\n    => fix repair\n\nfix repair:\n    step \"Do.\"\n    verify {condition}\n"
    );
    let program = compile(&source);
    let mut case = input(&["broken"], &[]);
    case.locale = locale.map(str::to_owned);
    let report = run(&program, case, &Places::default());
    report.fixes[0].checks.clone()
}

const TITLED: &str = r#"pack test.pack 1.0.0

type Gateway = {
    /// State of the change.
    state: enum { Done, Failed }
    /// Pools.
    pools: list of cidr
}

/// The gateway.
fact gateway: Gateway
/// Certificates.
fact certificates: list of Certificate
/// Folder.
fact folder: string
/// Service of dials.
fact service: Service?
/// Build of Windows.
fact build: int
/// It is switched on.
fact on: bool
fact untitled: bool
/// Servers.
fact servers: list of ip
/// Other servers.
fact others: list of ip
/// It is all well.
let well = on and build > 3

symptom broken =
    | text "It is broken."
"#;

#[test]
fn checks_are_in_plain_words_by_titles() {
    for (condition, said) in [
        ("on", &["It is switched on: yes"][..]),
        ("not well", &["not true afterwards: It is all well"]),
        ("on == false", &["not true afterwards: It is switched on"]),
        ("gateway.state == Done", &["State of the change: Done"]),
        ("gateway.state != Done", &["State of the change: not Done"]),
        (
            "gateway.state in [Done, Failed]",
            &["State of the change: Done or Failed"],
        ),
        (
            "gateway.pools is not empty and gateway.state == Done",
            &["Pools: at least one", "State of the change: Done"],
        ),
        (
            "on or (build == 3 and gateway.pools is empty)",
            &["It is switched on: yes or (Build of Windows: 3 and Pools: none)"],
        ),
        (
            "not (on and build == 3)",
            &["not true afterwards: It is switched on or Build of Windows: not 3"],
        ),
        ("build > 3", &["Build of Windows: more than 3"]),
        ("build <= 3", &["Build of Windows: at most 3"]),
        ("service is present", &["Service of dials: is there"]),
        (
            "service.start == disabled",
            &["Service of dials > How it starts: disabled"],
        ),
        ("10.0.0.0/8 in gateway.pools", &["Pools: with 10.0.0.0/8"]),
        (
            "folder starts with \"C:\\\"",
            &["Folder: beginning with C:\\"],
        ),
        (
            "no c in certificates: c.is_ca",
            &["Certificates: none with \"It may sign certificates: yes\""],
        ),
        (
            "no c in certificates: not c.is_ca",
            &["Certificates: none with \"It may sign certificates: no\""],
        ),
        (
            "any x in servers: x in others",
            &["Servers: shares an entry with \"Other servers\""],
        ),
        (
            "10.0.0.0/8 not in gateway.pools",
            &["Pools: without 10.0.0.0/8"],
        ),
        ("count(servers) > 2", &["number of Servers: more than 2"]),
        (
            "servers overlaps others",
            &["Servers: shares an entry with \"Other servers\""],
        ),
    ] {
        assert_eq!(checks(condition, None), said, "{condition}");
    }
}

#[test]
fn what_has_no_title_or_no_plain_form_is_shown_as_it_was_written() {
    for condition in [
        "untitled",
        "count((each x in servers where x in 10.0.0.0/8)) > 2",
        "any x in servers: x in 10.0.0.0/8",
    ] {
        assert_eq!(checks(condition, None), [condition]);
    }
}

#[test]
fn plain_words_and_titles_of_built_in_fields_are_those_of_the_locale() {
    assert_eq!(
        checks("service.start == disabled", Some("zh-TW")),
        ["Service of dials > 啟動類型：已停用"]
    );
    assert_eq!(
        checks("not on", Some("zh-TW")),
        ["處理後不成立：It is switched on"]
    );
}

/// Confirmed causes as they follow each other in the text.
fn order(rules: &str) -> Vec<String> {
    let program = compile(&format!("{TITLED}\n{rules}"));
    let report = run(
        &program,
        input(&["broken"], &[("on", json!(true))]),
        &Places::default(),
    );
    let page = text::render(
        &report,
        &Texts::new(&program, None),
        80,
        text::Style::plain(),
    );
    let lines = page.lines().filter_map(|it| it.strip_prefix("  * "));
    lines.map(str::to_owned).collect()
}

#[test]
fn confirmed_causes_stand_by_likelihood_and_the_verdicts_by_name() {
    let rule = |name: &str, more: &str| {
        format!(
            "/// Cause {name}.\nrule {name}:\n    symptom broken\n    when on\n{more}    => no fix\n\n"
        )
    };
    let rules = [
        rule("a", ""),
        rule("b", "    likelihood rare\n"),
        rule("d", "    likelihood common\n"),
        rule("c", "    likelihood common\n"),
        rule("e", "    likelihood occasional\n"),
    ]
    .concat();
    assert_eq!(
        order(&rules),
        [
            "Cause c [c]",
            "Cause d [d]",
            "Cause e [e]",
            "Cause b [b]",
            "Cause a [a]"
        ]
    );
    let program = compile(&format!("{TITLED}\n{rules}"));
    let report = run(&program, input(&["broken"], &[]), &Places::default());
    let names: Vec<&str> = report.verdicts.iter().map(|it| it.rule.as_str()).collect();
    assert_eq!(names, ["a", "b", "c", "d", "e"]);
}

#[test]
fn a_rule_with_otherwise_is_told_last() {
    let rules = "symptom lost =\n    | text \"It is lost.\"\n\n\
        rule a:\n    symptom lost\n    otherwise\n    likelihood common\n    => no fix\n\n\
        rule b:\n    symptom broken\n    when on\n    => no fix\n";
    let program = compile(&format!("{TITLED}\n{rules}"));
    let facts = [("on", json!(true))];
    let report = run(
        &program,
        input(&["broken", "lost"], &facts),
        &Places::default(),
    );
    let page = text::render(
        &report,
        &Texts::new(&program, None),
        80,
        text::Style::plain(),
    );
    let of = |rule: &str| page.find(&format!("  * {rule}")).unwrap();
    assert!(of("b") < of("a"), "{page}");
}

#[test]
fn a_fix_of_which_no_step_applies_is_left_out_of_a_choice() {
    let rules = "rule r:\n    symptom broken\n    => fix first or fix second\n\n\
        fix first:\n    step \"Do.\"\n        when not on\n\n\
        fix second:\n    step \"Do it.\"\n";
    let program = compile(&format!("{TITLED}\n{rules}"));
    for (on, told) in [(true, false), (false, true)] {
        let facts = [("on", json!(on))];
        let report = run(&program, input(&["broken"], &facts), &Places::default());
        assert_eq!(report.fixes.len(), 2, "the value has both");
        let page = text::render(
            &report,
            &Texts::new(&program, None),
            80,
            text::Style::plain(),
        );
        assert_eq!(page.contains("Fix: first"), told, "{page}");
        assert!(page.contains("second"), "{page}");
    }
}

fn keys_of(file: &str) -> Vec<String> {
    let path = format!("{}/locales/{file}.ftl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter_map(|it| it.split_once(" = "));
    let mut keys: Vec<String> = lines.map(|(key, _)| key.to_owned()).collect();
    keys.sort();
    keys
}

/// The English ones stand in the table of source kinds; members of enums are called by their names where these are words.
#[test]
fn each_field_of_a_built_in_record_and_each_member_has_a_word_in_every_other_locale() {
    let mut wanted = Vec::new();
    for record in rulec_facts::source::built_in_types() {
        for field in &record.fields {
            let name = format!("{}-{}", record.name.as_deref().unwrap(), field.name);
            wanted.push(format!("field-{name}"));
            let ty = field.ty.member().unwrap_or(&field.ty);
            if let rulec_facts::types::Kind::Enum(of) = &ty.kind {
                let labels = of.members.iter();
                wanted.extend(labels.map(|it| format!("label-{name}-{}", it.name)));
            }
        }
    }
    wanted.sort();
    assert_eq!(keys_of("zh-TW-fields"), wanted);
    let english = keys_of("en-fields");
    assert!(english.len() > 15);
    for label in english {
        assert!(wanted.contains(&label), "{label}");
    }
}

#[test]
fn each_kind_of_source_and_each_of_its_arguments_has_a_word() {
    let mut wanted = Vec::new();
    for kind in rulec_facts::source::all() {
        wanted.push(format!("place-{}-{}", kind.system, kind.kind));
        let arguments = kind.arguments.iter();
        wanted.extend(arguments.map(|it| format!("place-{}", it.word)));
    }
    let more = ["each", "on", "at-entry", "at-field", "at-lines", "at-value"];
    wanted.extend(more.map(|it| format!("place-{it}")));
    wanted.sort();
    wanted.dedup();
    let there: Vec<String> = keys_of("en")
        .into_iter()
        .filter(|it| it.starts_with("place-"))
        .collect();
    assert_eq!(there, wanted);
}

const PROVED: &str = r#"pack test.pack 1.0.0

type Policy = {
    name: string
    state: enum { on, off }
    owner: string?
    excluded: list of string
    hours: int?
    apps: string
    service: Service?
}

/// Policies of the tenant.
fact policies: list of Policy
/// Who dials.
param user: string

let short = each p in policies where p.hours < 3 and user not in p.excluded
let chosen = each p in short where p.service.state == running and p.owner is absent

symptom broken =
    | text "It is broken."

rule short-policy:
    symptom broken
    when chosen is not empty
    => no fix
"#;

fn proved(locale: Option<&str>) -> String {
    let program = compile(PROVED);
    let service = |state: &str| json!({ "name": "X", "state": state, "start": "manual" });
    let policy = |name: &str, hours: i64, state: &str| {
        json!({ "name": name, "state": "on", "owner": null, "excluded": ["Eve"], "hours": hours,
            "apps": "All", "service": service(state) })
    };
    let policies = json!([
        policy("A", 9, "running"),
        policy("B", 2, "stopped"),
        policy("C", 2, "running"),
    ]);
    let facts = [("policies", policies), ("user", json!("Anna"))];
    let mut case = input(&["broken"], &facts);
    case.locale = locale.map(str::to_owned);
    let report = run(&program, case, &Places::default());
    let texts = Texts::new(&program, locale);
    text::render(&report, &texts, 200, text::Style::plain())
}

/// Of several elements the one that was chosen, with the fields that decided it, in the condition's order, after its first.
#[test]
fn a_proof_shows_the_element_and_the_fields_that_the_condition_read() {
    let page = proved(None);
    let shown = "one of policies = { name: C, hours: 2, excluded: [Eve], service: { Short name: X, State: running }, owner: not there } (Policies of the tenant)";
    assert!(page.contains(shown), "{page}");
    // What it was compared with stands beside it, and no other field a second time.
    let lines = page.lines().filter(|it| it.contains("policies["));
    let lines: Vec<&str> = lines.map(str::trim).collect();
    let compared = "- policies[C].hours = 2 < 3 (Policies of the tenant)";
    assert_eq!(lines, [compared], "{page}");
    assert!(page.contains("user = Anna"), "{page}");
}

#[test]
fn values_inside_records_are_in_the_words_of_the_locale() {
    let page = proved(Some("zh-TW"));
    let shown = "policies 之一 = { name：C，hours：2，excluded：[Eve]，service：{ 服務的簡短名稱：X，狀態：執行中 }，owner：不存在 }";
    assert!(page.contains(shown), "{page}");
}

const TOLD: &str = r#"pack test.pack 1.0.0

param gateway_id: string

type Gateway = {
    state: string at "$.state"
    note: string at "$.note"
}

/// The gateway.
fact gateway: Gateway
    from azure arm "{gateway_id}"

/// The pool.
fact pool: string
    from azure arm "/pool" at "$.prefix"

/// The server's port.
fact port: enum { open, filtered, refused }
    from network tcp "{pool}:443"

/// The table.
fact table: string
    from azure arm "/table" at "$.name"

symptom broken =
    | text "It is broken."

rule failed:
    symptom broken
    when gateway.state == "Failed"
    cause "The pool {pool} is not served, the port is {port}."
    => fix repair

rule other:
    symptom broken
    when gateway.state == "Gone"
    cause "The table {table} is gone."
    => no fix

/// Repair it.
fix repair:
    step "Do it."
    undo "Undo it."
"#;

/// What only the text of a confirmed rule names is read when the verdicts are settled: not for rules that are ruled out, and nothing that
/// asks for consent.
#[test]
fn what_a_confirmed_cause_names_is_read_and_changes_no_verdict() {
    let program = compile(TOLD);
    let places = Places::new(&[
        ("/g", json!({ "state": "Failed", "note": "" })),
        ("/pool", json!({ "prefix": "10.9.0.0/24" })),
        ("/table", json!({ "name": "t" })),
    ]);
    let facts = [("gateway_id", json!("/g"))];
    let report = run(&program, input(&["broken"], &facts), &places);
    let cause = report.verdicts[0].cause.as_deref();
    let said = "The pool 10.9.0.0/24 is not served, the port is [The server's port].";
    assert_eq!(cause, Some(said));
    assert_eq!(places.count(), 2);
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["verdicts"][1]["verdict"], "ruled-out");
}

#[test]
fn a_place_is_told_in_words_with_what_is_not_known_of_it_by_title() {
    let source = r#"pack test.pack 1.0.0

/// Name of the connection.
param profile: string

/// The phone book entry.
fact entry: PhonebookEntry?
    from windows phonebook "{profile}"

/// Failed dials.
fact failures: list of RasEvent
    from windows events "Application" provider "RasClient" id 20227, 20226 since 7d

/// TLS 1.2 is on.
fact tls: int
    from windows registry "HKLM\SYSTEM\TLS 1.2\Client" at "Enabled"

/// Names as the servers tell them.
fact names: list of ip
    from network dns "{profile}" server "{server}" each server in servers

/// Servers of the network.
fact servers: list of string
    from azure arm "/net" at "$.properties.servers[*]"

symptom broken =
    | text "It is broken."

rule a:
    symptom broken
    when entry is absent and failures is empty and tls == 0 and names is empty
    => no fix
"#;
    let program = compile(source);
    let told = |locale: Option<&str>| -> Vec<String> {
        let mut case = input(&["broken"], &[]);
        case.locale = locale.map(str::to_owned);
        let report = run(&program, case, &Places::default());
        report.open.into_iter().flat_map(|it| it.places).collect()
    };
    assert_eq!(
        told(None),
        [
            "VPN connection in the phone book: [Name of the connection]",
            "Windows event log: Application, event ID 20227, 20226, source RasClient, of the last 7 days",
            "DNS lookup: [Name of the connection], asked of the server [server], once for each of \"Servers of the network\"",
            "Azure resource: /net, field properties.servers[*]",
            "Windows registry: HKLM\\SYSTEM\\TLS 1.2\\Client, value Enabled",
        ]
    );
    assert_eq!(
        told(Some("zh-TW"))[1],
        "Windows 事件記錄檔：Application、事件識別碼 20227, 20226、來源 RasClient、最近 7 天內"
    );
}

#[test]
fn a_fix_is_not_warned_of_where_it_is_not_offered() {
    let rules = |second: &str| {
        format!(
            "rule r:\n    symptom broken\n    => fix first{second}\n\nrule q:\n    symptom broken\n    when on\n    => fix second\n\n\
             /// First way.\nfix first:\n    step \"Do.\"\n    excludes second\n\n\
             /// Second way.\nfix second:\n    step \"Do it.\"\n    excludes first\n"
        )
    };
    for (more, told) in [(" or fix second", true), ("", false)] {
        let program = compile(&format!("{TITLED}\n{}", rules(more)));
        let facts = [("on", json!(false))];
        let report = run(&program, input(&["broken"], &facts), &Places::default());
        assert_eq!(report.fixes[0].excludes, ["second"]);
        let page = page_of(&program, &["broken"], &facts);
        let warned = page.contains("Not together with: Second way [second]");
        assert_eq!(warned, told, "{page}");
    }
}

#[test]
fn rules_elsewhere_in_a_report_are_called_by_their_titles() {
    let text = "pack test.pack 1.0.0\nfact f: bool\nfact g: bool\nsymptom s =\n    | text \"It is broken.\"\n\
                /// First cause.\nrule a:\n    symptom s\n    when f\n    => no fix\n\
                /// Second cause.\nrule b:\n    symptom s\n    when g\n    overrides a\n    => no fix\n";
    let program = compile(text);
    let page = page_of(&program, &["s"], &[("f", json!(true))]);
    assert!(
        page.contains("to be decided first: Second cause [b]"),
        "{page}"
    );
    let page = page_of(&program, &["s"], &[("f", json!(true)), ("g", json!(true))]);
    let said = "- First cause [a]: already explained by Second cause [b]";
    assert!(page.contains(said), "{page}");
}

#[test]
fn a_command_after_a_colon_has_a_line_of_its_own() {
    let long = "set-thing -name 'a b' -value 1 ".repeat(6);
    let step = format!("In a terminal: `{}`. Then `dial` again.", long.trim());
    let text = format!(
        "{TITLED}rule broken-rule:\n    symptom broken\n    when on\n    => fix mend\n\n/// Mend it.\nfix mend:\n    step \"{step}\"\n"
    );
    let page = page_of(&compile(&text), &["broken"], &[("on", json!(true))]);
    let lines: Vec<&str> = page.lines().map(str::trim).collect();
    assert!(lines.contains(&long.trim()), "{page}");
    assert!(lines.contains(&"1. In a terminal:"), "{page}");
    assert!(lines.contains(&"Then `dial` again."), "{page}");
}

#[test]
fn a_rule_that_another_explains_is_not_called_ruled_out() {
    let text = "pack test.pack 1.0.0\nfact f: bool\nfact g: bool\nsymptom s =\n    | text \"It is broken.\"\n\
                rule a:\n    symptom s\n    when f\n    => no fix\n\
                rule b:\n    symptom s\n    when g\n    overrides a\n    => no fix\n";
    let page = page_of(
        &compile(text),
        &["s"],
        &[("f", json!(true)), ("g", json!(true))],
    );
    assert!(
        page.contains("Explained by another cause\n  - a: already explained by b"),
        "{page}"
    );
    assert!(!page.contains("Ruled out"), "{page}");
}

#[test]
fn what_was_compared_is_shown_with_what_was_looked_for() {
    let text = "pack test.pack 1.0.0\n/// A session.\ntype Session = {\n    /// Who it is.\n    id: string at \"$.id\"\n    \
                /// Its age in days.\n    age: int at \"$.age\"\n}\n/// Sessions.\nfact sessions: list of Session\n    ask \"Which?\"\n\
                /// Number of sessions.\nlet number = count(sessions)\n/// Old sessions.\nlet old = each x in sessions where x.age > 9\n\
                symptom s =\n    | text \"It is broken.\"\n\
                rule many:\n    symptom s\n    when number >= 2\n    => no fix\n\
                rule aged:\n    symptom s\n    when old is not empty\n    => no fix\n";
    let sessions = json!([{ "id": "b", "age": 1 }, { "id": "a", "age": 2 }]);
    let page = page_of(&compile(text), &["s"], &[("sessions", sessions)]);
    assert!(
        page.contains("number = 2 ≥ 2 (Number of sessions)"),
        "{page}"
    );
    assert!(
        page.contains("  - aged: Old sessions: none (Sessions: 2 entries)"),
        "{page}"
    );
    let sessions = json!([{ "id": "b", "age": 1 }, { "id": "a", "age": 20 }]);
    let page = page_of(&compile(text), &["s"], &[("sessions", sessions)]);
    assert!(
        page.contains("one of sessions = { Who it is: a, Its age in days: 20 }"),
        "{page}"
    );
    assert!(page.contains("sessions[a].age = 20 > 9"), "{page}");
}
