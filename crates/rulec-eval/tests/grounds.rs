//! What a report shows as the ground of a verdict: bounds, names, networks, texts that were looked through.

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
use serde_json::{Value as Json, json};
use world::written::compile;
use world::*;

/// A page of a pack with these statements; line ends of the wrapping become blanks.
fn page(statements: &str, facts: &[(&str, Json)], locale: Option<&str>) -> String {
    let source =
        format!("pack test.pack 1.0.0\nsymptom s =\n    | text \"It is broken.\"\n{statements}");
    let program = compile(&source);
    let mut case = input(&["s"], facts);
    case.locale = locale.map(str::to_owned);
    let report = run(&program, case, &Places::default());
    let texts = Texts::new(&program, locale);
    let page = text::render(&report, &texts, 400, text::Style::plain());
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn holds(page: &str, wanted: &str) {
    assert!(page.contains(wanted), "no `{wanted}` in\n{page}");
}

#[test]
fn an_element_between_two_bounds_shows_both() {
    let text = "type Event = { time: time }\n/// Sleeps.\nfact sleeps: list of Event\n    ask \"?\"\n/// End of the connection.\nfact ended: time\n\
                rule slept:\n    symptom s\n    when any x in sleeps: x.time <= ended and ended <= x.time + 1min\n    => no fix\n";
    let facts = [
        ("sleeps", json!([{ "time": "2026-11-01T12:31:05Z" }])),
        ("ended", json!("2026-11-01T12:31:09Z")),
    ];
    let english = page(text, &facts, None);
    holds(
        &english,
        "ended = 2026-11-01T12:31:09Z ≥ 2026-11-01T12:31:05Z and ≤ 2026-11-01T12:31:05Z + 1 min",
    );
    let chinese = page(text, &facts, Some("zh-TW"));
    holds(&chinese, "，且 ≤ 2026-11-01T12:31:05Z + 1 分鐘");
}

#[test]
fn a_number_that_is_none_of_some_is_shown_beside_them_and_a_word_is_not() {
    let text = "fact build: int\n/// State.\nfact state: enum { Good, Bad }\n\
                rule a:\n    symptom s\n    when build in [14393, 15063]\n    => no fix\n\
                rule b:\n    symptom s\n    when state == Bad\n    => no fix\n";
    let facts = [("build", json!(26100)), ("state", json!("Good"))];
    let page = page(text, &facts, None);
    holds(&page, "a: build = 26100 ≠ 14393, 15063");
    holds(&page, "b: State: Good");
    assert!(!page.contains("Good ≠"), "{page}");
}

#[test]
fn names_stay_whole_so_that_equal_ones_are_seen_to_be_equal() {
    let name = "azuregateway-11111111-2222-4333-8444-000000000001-012345678901.vpn.azure.com";
    let text = "/// Server of the package.\nfact wanted: string\n/// Server that is dialled.\nfact dialled: string\n\
                rule other-server:\n    symptom s\n    when wanted != dialled\n    => no fix\n";
    let facts = [("wanted", json!(name)), ("dialled", json!(name))];
    let page = page(text, &facts, None);
    holds(
        &page,
        &format!("Server of the package: {name}; Server that is dialled: {name}"),
    );
}

#[test]
fn networks_overlap_or_lie_inside_others_and_share_no_entries() {
    let text = "type Link = {\n    /// Networks of a link.\n    nets: list of cidr\n}\n/// Pool.\nfact pool: list of cidr\n/// Links.\nfact links: list of Link\n    ask \"?\"\n\
                /// Target.\nfact target: ip\n\
                rule overlapping:\n    symptom s\n    when pool overlaps links.nets\n    => no fix\n\
                rule inside:\n    symptom s\n    when target in links.nets\n    => no fix\n";
    let facts = [
        ("pool", json!(["10.0.0.0/24"])),
        ("links", json!([{ "nets": ["10.1.0.0/16"] }])),
        ("target", json!("10.2.0.1")),
    ];
    let english = page(text, &facts, None);
    holds(&english, "Pool: does not overlap \"");
    holds(&english, "Target: not inside \"Networks of a link\"");
    assert!(!english.contains("shares"), "{english}");
    let chinese = page(text, &facts, Some("zh-TW"));
    holds(&chinese, "不重疊");
    holds(&chinese, "不在「Networks of a link」的範圍內");
}

#[test]
fn a_text_that_was_looked_through_is_named_once_and_shown_where_it_was_looked_at() {
    let text = "/// Pasted text.\nfact given_text: string\n\
                rule binary:\n    symptom s\n    when given_text starts with \"0x\" or given_text contains \"KEY\" or given_text matches \"MI?Q*\"\n    => no fix\n";
    let long = format!("{}0x{}", "A".repeat(100), "B".repeat(100));
    let facts = [("given_text", json!(long))];
    let english = page(text, &facts, None);
    let start = format!("({}…)", "A".repeat(60));
    holds(
        &english,
        &format!(
            "binary: Pasted text: not beginning with 0x, not containing KEY, not like MI?Q* {start}"
        ),
    );
    let chinese = page(text, &facts, Some("zh-TW"));
    holds(&chinese, "不以 0x 開頭、不含 KEY、不符合 MI?Q*");
}

#[test]
fn the_registry_value_that_was_read_stands_with_its_key() {
    let text = "/// TLS 1.2 is on.\nfact tls: int\n    from windows registry \"HKLM\\SYSTEM\\TLS\" at \"Enabled\"\n\
                rule off:\n    symptom s\n    when tls == 0\n    => no fix\n";
    let source = format!("pack test.pack 1.0.0\nsymptom s =\n    | text \"It is broken.\"\n{text}");
    let program = compile(&source);
    let places = Places::new(&[("HKLM\\SYSTEM\\TLS", json!({ "Enabled": 0 }))]);
    let report = run(&program, input(&["s"], &[]), &places);
    let texts = Texts::new(&program, None);
    let page = text::render(&report, &texts, 400, text::Style::plain());
    holds(&page, "Windows registry: HKLM\\SYSTEM\\TLS, value Enabled");
}
