//! Reports as Markdown and HTML: what comes from a case is never markup, in any format.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail"
)]

mod world;

use pulldown_cmark::{Event, Options, Parser, Tag};
use rulec_eval::Report;
use rulec_eval::report::text::{Length, Style};
use rulec_eval::report::texts::Texts;
use rulec_eval::report::{html, json, markdown, text};
use rulec_facts::show::visible;
use rulec_program::seal::Sealed;
use serde_json::json;
use world::written::compile;
use world::*;

/// Values of a case end up in causes, steps, risks, undo, evidence, places and the list of what was given.
const PACK: &str = r#"pack test.pack 1.0.0

type Entry = { name: string, note: string?, kind: enum { small, large, else other } }

/// Name of it.
param name: string
/// Its entries.
fact entries: list of Entry
/// What it says.
fact answer: string
    from azure arm "/x/{name}" at "$.answer"
/// Where it is.
fact place: string
    from azure arm "/y/{name}" at "$.place"

symptom broken =
    | text "It is broken."

/// It is named so.
rule named:
    symptom broken
    when name is not empty and (any e in entries: e.note == name)
    likelihood common
    cause "It is named {name}, with {entries.note}, and says {answer}."
    => fix mend or fix leave

/// It is elsewhere.
rule elsewhere:
    symptom broken
    when place == "here"
    => no fix

/// It is not there at all.
rule nameless:
    symptom broken
    when name is empty
    => no fix

/// Mend it.
fix mend:
    step "Mend {name}."
    step "Look at {place}."
        when place == name
    risk outage for user "{name} stops."
    needs azure "Owner"
    excludes leave
    verify name is empty
    verify "{name} is gone."
    undo "Call it {name} again."
    docs "https://example.org/mend"

/// Leave it.
fix leave:
    step "Leave {name}."
    risk none
    excludes mend
    undo "None."
"#;

/// A text that means nothing anywhere.
const PLAIN: &str = "plain";

const HOSTILE: [&str; 22] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "'><b>",
    "</style></title></bdi></td></table>",
    "<!-- --> --> ]]>",
    "&lt;b&gt; &#60;b&#62;",
    "\u{1b}[31mred\u{1b}]0;title\u{7}",
    "\u{9b}31m",
    "a\u{202e}gpj.exe\u{2066}\u{200f}",
    "one\ntwo\r\n## forged\n\n- [x] done\n",
    "| a | b |\n|---|---|\n| c | d |",
    "`code` ``more`` ```fence",
    "\\` \\| \\\\",
    "[link](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "[ref]: https://evil.example \"x\"",
    "**bold** _it_ ~~gone~~ # heading",
    "1. one",
    "- item",
    "@everyone and @octocat",
    "{name} {{x}} { $count }",
    "\0\u{7f}\u{feff}",
];

fn report_of(program: &Sealed, value: &str) -> Report {
    let entry = |note: &str| json!({ "name": note, "note": note, "kind": note });
    let facts = [
        ("name", json!(value)),
        ("entries", json!([entry(value), entry("x")])),
        ("answer", json!(value)),
    ];
    let mut case = input(&["It is broken.", value], &facts);
    case.all = true;
    run(program, case, &Places::default())
}

fn pages(program: &Sealed, report: &Report, locale: Option<&str>) -> [String; 4] {
    let texts = Texts::new(program, locale);
    [
        text::render(report, &texts, 80, Style::plain()),
        text::render(report, &texts, 200, Style::plain()),
        markdown::render(report, &texts, Length::Full),
        html::render(report, &texts, Length::Full),
    ]
}

/// All tags, without the picture, in which longer texts have more lines.
fn tags(page: &str) -> Vec<&str> {
    let (before, rest) = page.split_once("<svg").unwrap();
    let (_, after) = rest.split_once("</svg>").unwrap();
    let pieces = before.split('<').skip(1).chain(after.split('<').skip(1));
    pieces.map(|it| it.split_once('>').unwrap().0).collect()
}

fn markup(page: &str) -> Vec<String> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let mut found = Vec::new();
    for event in Parser::new_ext(page, options) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => found.push(format!("link {dest_url}")),
            Event::Start(Tag::Image { dest_url, .. }) => found.push(format!("image {dest_url}")),
            Event::Start(tag) => found.push(format!("{tag:?}")),
            // What is put between `@` and a name; a line break in a cell.
            Event::InlineHtml(it) if &*it == "<!-- -->" || &*it == "<br>" => {}
            Event::Html(it) | Event::InlineHtml(it) => found.push(format!("html {it}")),
            Event::TaskListMarker(done) => found.push(format!("box {done}")),
            _ => {}
        }
    }
    found
}

#[test]
fn what_a_case_holds_is_never_markup_nor_obeyed_by_a_terminal() {
    let program = compile(PACK);
    for locale in [None, Some("zh-TW")] {
        let [_, _, plain_markdown, plain_html] =
            pages(&program, &report_of(&program, PLAIN), locale);
        assert!(
            plain_markdown.matches(PLAIN).count() > 10,
            "{plain_markdown}"
        );
        assert!(plain_html.matches(PLAIN).count() > 10, "{plain_html}");
        for value in HOSTILE {
            let report = report_of(&program, value);
            let all = pages(&program, &report, locale);
            for page in &all {
                let bad = page.chars().find(|c| {
                    c.is_control() && *c != '\n'
                        || matches!(*c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
                });
                assert_eq!(bad, None, "{value:?}\n{page}");
            }
            for told in [json::line(&report), json::pretty(&report)] {
                let bad = told.chars().find(|c| *c != '\n' && visible(*c) != *c);
                assert_eq!(bad, None, "{value:?}\n{told}");
                let read: serde_json::Value = serde_json::from_str(&told).unwrap();
                assert_eq!(read, serde_json::to_value(&report).unwrap());
            }
            let [_, _, markdown, html] = all;
            assert_eq!(tags(&html), tags(&plain_html), "{value:?}");
            assert_eq!(
                markup(&markdown),
                markup(&plain_markdown),
                "{value:?}\n{markdown}"
            );
        }
    }
}

/// What was written stands in the page again, for a reader of the page.
#[test]
fn escaped_text_reads_as_it_was() {
    let program = compile(PACK);
    let value = "a <b> & | `c` *d* [e](f) \\ _g_";
    let report = report_of(&program, value);
    let [_, wide, markdown, html] = pages(&program, &report, None);
    assert!(wide.contains(&format!("Mend {value}.")), "{wide}");
    assert!(
        html.contains("Mend a &lt;b&gt; &amp; | `c` *d* [e](f) \\ _g_."),
        "{html}"
    );
    let mut read = String::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS;
    for event in Parser::new_ext(&markdown, options) {
        match event {
            Event::Text(it) | Event::Code(it) => read.push_str(&it),
            _ => read.push('\n'),
        }
    }
    assert!(read.contains(&format!("Mend {value}.")), "{read}");
    let notes = read.lines().filter(|line| *line == value).count();
    assert!(notes >= 2, "evidence and what was given\n{read}");
}

#[test]
fn a_value_of_a_megabyte_makes_no_long_report() {
    let program = compile(PACK);
    for value in [
        "A".repeat(1 << 20),
        "很 ".repeat(1 << 15),
        "\u{1b}<".repeat(1 << 16),
    ] {
        let report = report_of(&program, &value);
        for page in pages(&program, &report, None) {
            assert!(page.len() < 200_000, "{}", page.len());
        }
        // A program gets it whole, and once per place.
        assert!(json::line(&report).len() > value.len());
    }
}

#[test]
fn the_html_needs_nothing_else_and_says_its_language() {
    let program = compile(PACK);
    let mut case = input(&["It is broken."], &[("name", json!("x"))]);
    case.locale = Some("zh-TW".to_owned());
    let report = run(&program, case, &Places::default());
    let page = html::render(&report, &Texts::new(&program, Some("zh-TW")), Length::Full);
    assert!(
        page.starts_with("<!DOCTYPE html><html lang=\"zh-TW\">"),
        "{page}"
    );
    for word in [
        "<script", " src=", "url(", "@import", "<link", "<iframe", " on",
    ] {
        let lower = page.to_ascii_lowercase();
        let found = lower.split('<').any(|tag| {
            let inside = tag.split('>').next().unwrap();
            format!("<{inside}").contains(word)
        });
        assert!(!found, "{word}");
    }
    assert!(page.contains("prefers-color-scheme: dark"));
    assert!(page.contains("@media print"));
}

/// Every id once, every label's and link's target there.
#[test]
fn labels_and_links_of_the_html_lead_somewhere() {
    let program = compile(PACK);
    let page = html::render(
        &report_of(&program, PLAIN),
        &Texts::new(&program, None),
        Length::Full,
    );
    let values = |attribute: &str| -> Vec<String> {
        let opening = format!(" {attribute}=\"");
        let all = page.split(&opening).skip(1);
        all.map(|it| it.split('"').next().unwrap().to_owned())
            .collect()
    };
    let mut ids = values("id");
    ids.sort();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "{ids:?}");
    let mut targets = values("for");
    assert!(targets.len() >= 4, "{targets:?}");
    targets.extend(
        values("href")
            .into_iter()
            .filter_map(|it| Some(it.strip_prefix('#')?.to_owned())),
    );
    for names in values("aria-labelledby") {
        targets.extend(names.split(' ').map(str::to_owned));
    }
    for target in targets {
        assert!(ids.contains(&target), "{target} of {ids:?}");
    }
}

#[test]
fn steps_and_checks_have_boxes_to_tick() {
    let program = compile(PACK);
    let [_, _, markdown, html] = pages(&program, &report_of(&program, PLAIN), None);
    assert!(markdown.contains("1. [ ] Mend plain."), "{markdown}");
    assert!(
        markdown.contains("- [ ] **Check:** Name of it: none"),
        "{markdown}"
    );
    assert!(html.matches("type=\"checkbox\"").count() >= 5, "{html}");
}

#[test]
fn the_list_of_facts_has_what_was_looked_at_alone() {
    let program = compile(PACK);
    let facts = [
        ("name", json!("vpn")),
        ("answer", json!({ "unknown": "denied" })),
    ];
    let report = run(
        &program,
        input(&["It is broken."], &facts),
        &Places::default(),
    );
    let page = html::render(&report, &Texts::new(&program, None), Length::Full);
    let (_, list) = page.split_once("<details>").unwrap();
    let (list, _) = list.split_once("</details>").unwrap();
    // Two were given, one of them as denied; nobody looked at `place`.
    assert!(list.contains("2 entries"), "{list}");
    for (name, there) in [("name", true), ("answer", true), ("place", false)] {
        let row = format!("<code>{name}</code>");
        assert_eq!(list.contains(&row), there, "{name}\n{list}");
        assert!(report.facts.iter().any(|it| it.name == name), "{name}");
    }
}
