//! What the command processor makes of the texts of a script, by a model of how it reads a line.

use rulec_eval::Request;
use rulec_eval::wanted::WantedPlace;
use serde_json::json;

use super::quoting::{argument, for_powershell, json_line};
use super::*;

/// Texts that packs and persons could put into names.
const HOSTILE: &[&str] = &[
    "plain name",
    "%PATH%",
    "100%",
    "%%a %~dp0",
    "a & calc",
    "a | calc",
    "a > b < c",
    "a ^& b ^",
    "(a) b)",
    "!PATH! wow!",
    "it's 'quoted'",
    "$(calc) `calc` ; calc",
    "a\\b\\%c%\\*",
    "--/? -o /y",
];

/// Texts that cannot stand in a script.
const IMPOSSIBLE: &[&str] = &[
    "",
    "a \" b",
    "a\r\ncalc",
    "a\u{1}b",
    "Verbindung für alle",
    "‘calc’",
    "公司",
];

/// What is left of a line when variables are filled in; none stands in it.
fn filled(line: &str) -> String {
    let rest = line.replace("%%", "\u{0}");
    assert!(!rest.contains('%'), "a variable in {line}");
    rest.replace('\u{0}', "%")
}

/// What a command is given: quotes and carets are read. Nothing in it may end the command or go elsewhere.
fn read(line: &str) -> String {
    let mut out = String::new();
    let mut quoted = false;
    let filled = filled(line);
    let mut signs = filled.chars();
    while let Some(c) = signs.next() {
        match c {
            '"' => {
                quoted = !quoted;
                out.push(c);
            }
            '^' if !quoted => out.extend(signs.next()),
            '&' | '|' | '<' | '>' | '(' | ')' if !quoted => panic!("`{c}` counts in {line}"),
            c => out.push(c),
        }
    }
    assert!(!quoted, "a quote is open in {line}");
    out
}

#[test]
fn an_argument_is_taken_for_what_it_is() {
    for text in HOSTILE {
        let quoted = argument(text).unwrap();
        assert_eq!(read(&quoted), format!("\"{text}\""));
        let single = for_powershell(text).unwrap();
        let inside = read(&format!("\"{single}\""));
        let doubled = text.replace('\'', "''");
        assert_eq!(inside, format!("\"'{doubled}'\""));
        assert_eq!(read(&echoed(text)), *text);
    }
    for text in IMPOSSIBLE {
        assert_eq!(
            (argument(text), for_powershell(text)),
            (None, None),
            "{text}"
        );
    }
    assert_eq!(argument("a\\"), None);
}

#[test]
fn what_is_known_is_written_as_json_whatever_stands_in_it() {
    let texts = HOSTILE.iter().chain(IMPOSSIBLE);
    let known = json!({ "symptoms": texts.collect::<Vec<_>>(), "now": "2026-11-01T00:00:00Z" });
    let mut printed = String::from("{\n");
    for line in case_file(&known).iter().skip(4) {
        let (to, said) = line.split_once("echo ").unwrap();
        // Of these the command processor takes others for a question to itself.
        assert!(!matches!(
            said.trim().to_lowercase().as_str(),
            "" | "on" | "off" | "/?"
        ));
        assert_eq!(to, ">>\"%OUT%\\case.json\" ");
        printed.push_str(&read(said));
        printed.push('\n');
    }
    let back: Json = serde_json::from_str(&printed).unwrap_or_else(|it| panic!("{it}: {printed}"));
    assert_eq!(back["symptoms"], known["symptoms"]);
    assert_eq!(back.get("now"), None);
    assert_eq!(json_line("a%b"), "a\\u0025b");
}

fn place(kind: &str, locator: &str) -> WantedPlace {
    let (system, kind) = kind.split_once(' ').unwrap();
    WantedPlace {
        system: system.to_owned(),
        kind: kind.to_owned(),
        locator: Some(locator.to_owned()),
        on: false,
        shown: format!("{system} {kind} \"{locator}\""),
        requests: vec![Request {
            system: system.to_owned(),
            kind: kind.to_owned(),
            locator: Some(locator.to_owned()),
            arguments: Vec::new(),
            on: None,
            secret: false,
        }],
        open: false,
    }
}

fn lines(places: &[WantedPlace]) -> Vec<String> {
    let mut steps = Steps::default();
    for place in places {
        steps.add(place, "fact");
    }
    steps.lines()
}

#[test]
fn hostile_places_of_every_kind_run_nothing() {
    let kinds = [
        "windows registry",
        "windows events",
        "windows certificates",
        "windows service",
        "windows command",
        "file lines",
        "azure vpn-package",
        "azure arm",
        "network tcp",
        "third party",
    ];
    let mut commands = 0;
    for text in HOSTILE.iter().chain(IMPOSSIBLE) {
        for kind in kinds {
            let name = match kind {
                "windows registry" => format!("HKLM\\SOFTWARE\\{text}"),
                "windows certificates" => format!("CurrentUser\\{text}"),
                _ => (*text).to_owned(),
            };
            for line in lines(&[place(kind, &name)]) {
                assert!(line.is_ascii() && !line.contains(['\r', '\n']), "{line}");
                if let Some(remark) = line.strip_prefix("rem ") {
                    assert!(
                        !remark.contains(['%', '^', '&', '|', '<', '>', '!', '"']),
                        "{line}"
                    );
                    continue;
                }
                // What the script itself says, taken away: its own variables and where output goes.
                let own = line
                    .replace("%OUT%", "OUT")
                    .replace("%LOG%", "LOG")
                    .replace(" 2>&1", "")
                    .replace(">>\"", " \"")
                    .replace(">\"", " \"");
                read(&own);
                commands += 1;
            }
        }
    }
    assert!(commands > 200, "{commands}");
}

#[test]
fn a_key_that_is_missing_is_told_by_the_one_above_unless_that_is_too_much() {
    let all = lines(&[
        place("windows registry", "HKLM\\SOFTWARE\\Vendor\\Product"),
        place("windows registry", "HKLM\\SOFTWARE\\Alone"),
    ]);
    let exports: Vec<&str> = all
        .iter()
        .filter_map(|it| it.split_once("reg export ").map(|it| it.1))
        .collect();
    let keys: Vec<&str> = exports
        .iter()
        .map(|it| it.split("\" ").next().unwrap())
        .collect();
    assert_eq!(
        keys,
        [
            "\"HKLM\\SOFTWARE\\Alone",
            "\"HKLM\\SOFTWARE\\Vendor\\Product",
            "\"HKLM\\SOFTWARE\\Vendor"
        ]
    );
}

#[test]
fn what_is_not_known_yet_secret_or_elsewhere_is_left_out_with_a_remark() {
    let mut open = place("windows events", "{log}");
    (open.open, open.requests) = (true, Vec::new());
    let mut other = place("windows events", "System");
    other.on = true;
    let mut above = place("windows registry", "HKLM\\SOFTWARE\\Vendor\\{name}\\x");
    (above.open, above.requests) = (true, Vec::new());
    let mut secret = place("file lines", "C:\\hush");
    secret.requests[0].secret = true;
    secret.shown = "file lines \"[secret]\"".to_owned();
    let text = lines(&[open, other, above, secret]).join("\n");
    assert!(
        text.contains("reg export \"HKLM\\SOFTWARE\\Vendor\" "),
        "{text}"
    );
    assert!(text.contains("not known yet") && text.contains("another machine"));
    assert!(
        !text.contains("hush") && !text.contains("wevtutil"),
        "{text}"
    );
}

#[test]
fn the_folder_of_a_variable_stays_one_and_everything_else_does_not() {
    let text = lines(&[
        place("file lines", "%AppData%\\Microsoft\\a.txt"),
        place("file lines", "%TEMP%\\%USERNAME%.txt"),
    ])
    .join("\n");
    assert!(
        text.contains("copy /y \"%APPDATA%\\Microsoft\\a.txt\" "),
        "{text}"
    );
    assert!(
        text.contains("copy /y \"%%TEMP%%\\%%USERNAME%%.txt\" "),
        "{text}"
    );
}
