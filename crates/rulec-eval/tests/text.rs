//! From text to report: what a person wrote is what the report shows again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail"
)]

mod world;

use rulec_check::{Input, PackInput, RuleFile, analyse};
use rulec_eval::report::text;
use rulec_eval::report::texts::Texts;
use rulec_program::seal::Sealed;
use rulec_syntax::source::{SourceFile, Sources};
use serde_json::json;
use world::*;

fn compile(text: &str) -> Sealed {
    let mut sources = Sources::new();
    let id = sources.add(SourceFile::new("test.rules", text));
    let parsed = rulec_syntax::parse::parse(id, text);
    assert!(parsed.findings.is_empty(), "{:?}\n{text}", parsed.findings);
    let mut pack = PackInput::new("test.pack");
    pack.files.push(RuleFile {
        id,
        tree: parsed.file,
    });
    let analysis = analyse(
        &Input {
            packs: vec![pack],
            roots: 1,
        },
        &sources,
    );
    let findings: Vec<&String> = analysis.findings.iter().map(|it| &it.message).collect();
    analysis
        .program
        .unwrap_or_else(|| panic!("{findings:?}\n{text}"))
}

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
