//! Tests: whatever stands in names, paths and messages, outputs for machines are valid by their schemas and are read back as they were.

use std::path::Path;

use rulec_syntax::diagnostic::{Code, Level};
use rulec_syntax::source::LineColumn;
use xmloxide::Document;
use xmloxide::validation::xsd::{parse_xsd, validate_xsd};

use super::entry::{Entry, Fix, Key, Region};
use super::{Listing, for_machines, junit};
use crate::args::ResultFormat;
use crate::places::FilePlace;

static CODE: Code = Code {
    name: "some-code",
    level: Level::Warning,
    page: "# some-code\n\n**Warning.** It is [so](x.md). And more.\n",
};

/// Texts that mean something to one of the formats, or to a terminal.
const TEXTS: &[&str] = &[
    "plain",
    "a \"quoted\" 'name' <b>&amp;</b> ]]> <!-- -->",
    "first\nsecond\r\nthird\rfourth\ttab",
    "::error file=other.rules,line=1::forged",
    "a,b=c:d::e%0A::warning::f%25",
    "##[error]forged ##[group]x",
    "\u{0}\u{1}\u{8}\u{b}\u{1b}[31mred\u{1b}[0m\u{7f}\u{85}\u{9b}",
    "\u{202e}txet\u{2066}\u{200f}",
    "\u{fffe}\u{ffff}\u{fffd}\u{feff}\u{2028}\u{2029}",
    "日本語 ünïcödé 🦀 e\u{301}",
    "[a link](http://example.org) {0} {1} {{",
    "../../etc/passwd",
    "C:\\temp\\x.rules",
    "https://example.org/x#y?z",
    "  ",
    "",
];

fn region(path: &str, elsewhere: bool) -> Region {
    Region {
        file: FilePlace {
            path: path.to_owned(),
            elsewhere,
            pack: "pack".to_owned(),
            in_pack: path.to_owned(),
        },
        start: LineColumn { line: 3, column: 5 },
        end: LineColumn { line: 3, column: 9 },
    }
}

/// An entry in which every text is this one.
fn entry(text: &str, level: Level) -> Entry {
    Entry {
        code: &CODE,
        level,
        title: text.to_owned(),
        message: text.to_owned(),
        details: vec![format!("help: {text}"), text.to_owned()],
        region: region(text, text.starts_with('.')),
        related: vec![(region(text, false), text.to_owned())],
        fixes: vec![Fix {
            title: text.to_owned(),
            region: region(text, false),
            text: text.to_owned(),
        }],
        fails: level == Level::Error,
        key: Key {
            code: text.to_owned(),
            pack: text.to_owned(),
            file: text.to_owned(),
            line: text.to_owned(),
            marked: text.to_owned(),
        },
    }
}

fn entries() -> Vec<Entry> {
    let levels = [Level::Error, Level::Warning, Level::Note];
    let all = TEXTS
        .iter()
        .flat_map(|text| levels.map(|it| entry(text, it)));
    all.collect()
}

fn written(format: ResultFormat, entries: &[Entry]) -> String {
    let listing = Listing {
        command: "rulec check",
        entries,
        files: &["clean.rules".to_owned()],
        exit: 1,
    };
    for_machines(format, &listing)
}

fn schema(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/schemas");
    std::fs::read_to_string(root.join(name)).unwrap()
}

/// The official schema; one pattern of it, for `language`, has a bracket too many, which is no regular expression without an escape.
fn sarif_schema() -> jsonschema::Validator {
    let text = schema("sarif-2.1.0.json");
    let mended = text.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}\\\\]?$");
    assert_ne!(text, mended, "the schema is mended by now");
    let schema = serde_json::from_str(&mended).unwrap();
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&schema).unwrap()
}

#[test]
fn sarif_is_valid_by_the_official_schema_and_keeps_every_path() {
    let validator = sarif_schema();
    let all = entries();
    for one in all.chunks(1).chain([&all[..], &[]]) {
        let log: serde_json::Value =
            serde_json::from_str(&written(ResultFormat::Sarif, one)).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&log)
            .map(|it| it.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
        for (entry, result) in one
            .iter()
            .zip(log["runs"][0]["results"].as_array().unwrap())
        {
            let place = &result["locations"][0]["physicalLocation"]["artifactLocation"];
            let uri = place["uri"].as_str().unwrap();
            assert!(
                uri.bytes().all(|it| it.is_ascii_graphic() && it != b':'),
                "{uri}"
            );
            assert_eq!(decoded(uri), entry.region.file.path);
            let base = place["uriBaseId"].as_str().unwrap();
            assert!(log["runs"][0]["originalUriBaseIds"].get(base).is_some());
            let said = result["message"]["text"].as_str().unwrap();
            // No link: its bracket is escaped.
            let links = said.replace("\\](", "").contains("](");
            assert!(!links && !said.contains('\u{1b}'), "{said}");
        }
    }
    let mut wrong: serde_json::Value =
        serde_json::from_str(&written(ResultFormat::Sarif, &all)).unwrap();
    wrong["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!validator.is_valid(&wrong), "the schema looks at nothing");
}

fn decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let hex = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// As the runner of GitHub Actions reads a line: command, properties, message.
fn read_back(line: &str) -> (String, Vec<(String, String)>, String) {
    let rest = line.strip_prefix("::").expect("no command");
    let (head, data) = rest.split_once("::").expect("no end of the command");
    let (command, properties) = head.split_once(' ').unwrap();
    let properties = properties.split(',').map(|it| {
        let (name, value) = it.split_once('=').expect("no property");
        let value = value.replace("%0D", "\r").replace("%0A", "\n");
        let value = value.replace("%3A", ":").replace("%2C", ",");
        (name.to_owned(), value.replace("%25", "%"))
    });
    let data = data.replace("%0D", "\r").replace("%0A", "\n");
    (
        command.to_owned(),
        properties.collect(),
        data.replace("%25", "%"),
    )
}

#[test]
fn annotations_are_one_line_each_and_are_read_back_as_they_were() {
    let all = entries();
    let text = written(ResultFormat::Github, &all);
    // As .NET reads lines.
    let lines: Vec<&str> = text.trim_end_matches('\n').split(['\n', '\r']).collect();
    assert_eq!(lines.len(), all.len());
    for (line, entry) in lines.iter().zip(&all) {
        let (command, properties, data) = read_back(line);
        let expected = match entry.level {
            Level::Error => "error",
            Level::Warning => "warning",
            _ => "notice",
        };
        assert_eq!(command, expected);
        let names: Vec<&str> = properties.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(names, ["file", "line", "col", "endColumn", "title"]);
        assert_eq!(data, entry.text());
        let shown = |text: &str| -> String {
            let keep = |c| matches!(c, '\n' | '\r');
            let picture = |c| {
                if keep(c) {
                    c
                } else {
                    rulec_facts::show::visible(c)
                }
            };
            text.chars().map(picture).collect()
        };
        assert_eq!(properties[0].1, shown(&entry.region.file.path));
        assert_eq!(properties[4].1, shown(&entry.title));
        assert!(!line.contains('\u{1b}') && !line.contains('\u{202e}'));
    }
}

fn errors_of(xml: &str) -> Vec<String> {
    let xsd = parse_xsd(&schema("junit-10.xsd")).unwrap();
    let document = match Document::parse_str(xml) {
        Ok(document) => document,
        Err(error) => return vec![error.to_string()],
    };
    let result = validate_xsd(&document, &xsd);
    result.errors.iter().map(|it| it.to_string()).collect()
}

#[test]
fn junit_is_valid_by_the_schema_of_jenkins() {
    let all = entries();
    for one in all.chunks(1).chain([&all[..], &[]]) {
        let xml = written(ResultFormat::Junit, one);
        assert_eq!(errors_of(&xml), Vec::<String>::new(), "{xml}");
        let failed = one.iter().filter(|it| it.fails).count();
        assert_eq!(xml.matches("<failure ").count(), failed, "{xml}");
    }
    let case = |outcome| junit::Case {
        name: "a".to_owned(),
        class: "b".to_owned(),
        outcome,
        time: Some(std::time::Duration::from_millis(1234)),
    };
    let failed = || junit::Failed {
        kind: "k".to_owned(),
        message: "m\nn".to_owned(),
        text: "t".to_owned(),
    };
    let suite = junit::Suite {
        name: "s".to_owned(),
        cases: vec![
            case(junit::Outcome::Passed),
            case(junit::Outcome::Said("s".to_owned())),
            case(junit::Outcome::Failed(failed())),
            case(junit::Outcome::Error(failed())),
        ],
    };
    let xml = junit::document("rulec test", &[suite]).unwrap();
    assert_eq!(errors_of(&xml), Vec::<String>::new(), "{xml}");
    assert!(
        xml.contains("time=\"1.234\"") && xml.contains("errors=\"1\""),
        "{xml}"
    );
    // The schema looks at what is there, and at what is not.
    for wrong in [
        xml.replace("<testcase name=\"a\"", "<testcase"),
        xml.replace("errors=", "faults="),
        xml.replace("failure", "defeat"),
    ] {
        assert!(!errors_of(&wrong).is_empty(), "{wrong}");
    }
}
