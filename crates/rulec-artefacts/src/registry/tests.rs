//! Exports as `reg export` writes them, damaged ones, and what may be concluded.

use serde_json::json;

use super::*;

const WIDE: &str = "Windows Registry Editor Version 5.00\r\n\r\n";

fn registry(files: &[&str]) -> Registry {
    let mut registry = Registry::default();
    for (number, text) in files.iter().enumerate() {
        let export = read(text);
        assert_eq!(export.findings, []);
        assert_eq!(
            registry.add(&format!("{number}.reg"), export),
            Vec::<String>::new()
        );
    }
    registry
}

fn document(registry: &Registry, locator: &str) -> Json {
    match registry.answer(locator) {
        Found::Document(json, _) => json,
        other => panic!("{locator}: {other:?}"),
    }
}

#[test]
fn values_of_all_kinds_are_read_and_names_compare_without_case() {
    let text = format!(
        "{WIDE}[HKEY_LOCAL_MACHINE\\SOFTWARE\\A B]\r\n@=\"own \\\"x\\\" C:\\\\y\"\r\n\"n\"=dword:0000000a ; a remark\r\n\
         \"q\"=hex(b):01,00,00,00,00,00,00,00\r\n\"e\"=hex(2):25,00,41,00,\\\r\n  25,00,00,00\r\n\
         \"m\"=hex(7):61,00,00,00,62,00,63,00,00,00,00,00\r\n\"b\"=hex:de,ad\r\n\"DefaultPassword\"=\"hunter2\"\r\n"
    );
    let registry = registry(&[&text]);
    let found = document(&registry, "hklm\\software\\a b");
    assert_eq!(found[""], "own \"x\" C:\\y");
    assert_eq!(found["n"], 10);
    assert_eq!(found["q"], 1);
    assert_eq!(found["e"], "%A%");
    assert_eq!(found["m"], json!(["a", "bc"]));
    assert_eq!(found["b"], "DEAD");
    assert!(!found.to_string().contains("hunter2"));
}

#[test]
fn what_an_export_does_not_have_is_not_there_only_below_what_it_has() {
    let whole =
        format!("{WIDE}[HKEY_LOCAL_MACHINE\\S\\R]\n\n[HKEY_LOCAL_MACHINE\\S\\R\\X]\n\"a\"=\"1\"\n");
    let registry = registry(&[&whole]);
    assert_eq!(
        registry.answer("HKLM\\S\\R\\Y\\Z"),
        Found::NotThere("0.reg".to_owned())
    );
    assert_eq!(registry.answer("HKLM\\S\\Other"), Found::NotTold);
    assert_eq!(registry.answer("HKLM\\S"), Found::NotTold);
    assert_eq!(
        document(&registry, "HKLM\\S\\R\\*"),
        json!([{ "a": "1", "key": "X" }])
    );
    assert_eq!(document(&registry, "HKLM\\S\\R\\X\\*"), json!([]));
    assert!(registry.blobs("HKLM\\S\\R\\Y").unwrap().marks.is_empty());
    // One key alone may be written by hand, and says nothing of keys below it.
    let alone = super::tests::registry(&[&format!("{WIDE}[HKLM\\S\\R]\n\"a\"=\"1\"\n")]);
    assert_eq!(alone.answer("HKLM\\S\\R\\Y"), Found::NotTold);
    assert_eq!(alone.answer("HKLM\\S\\R\\*"), Found::NotTold);
}

#[test]
fn a_file_that_is_cut_says_nothing_of_what_is_missing() {
    let start = format!("{WIDE}[HKLM\\S]\r\n\r\n[HKLM\\S\\A]\r\n\"a\"=\"1\"\r\n");
    let whole = registry(&[&start]);
    assert_eq!(
        whole.answer("HKLM\\S\\B"),
        Found::NotThere("0.reg".to_owned())
    );
    let long = format!("{start}{}[HKLM\\S\\B]\r\n", "\r\n".repeat(500_001));
    for (text, message) in [
        (format!("{start}\"b\"=dword:0000"), "ends inside"),
        (format!("{start}\"b\"=hex:01,02"), "ends inside"),
        (format!("{start}\"b\"=hex:01,02,\\\r\n"), "cut"),
        (
            format!("{start}\"b\"=hex:01,02,\\\r\n\r\n[HKLM\\S\\C]\r\n"),
            "cut",
        ),
        (format!("{start}\"b\"=\"te"), "closing quote"),
        (long, "left out"),
    ] {
        let export = read(&text);
        assert_eq!(export.findings.len(), 1, "{message}");
        assert!(
            export.findings[0].message.contains(message),
            "{:?}",
            export.findings
        );
        let mut registry = Registry::default();
        registry.add("a.reg", export);
        assert_eq!(registry.answer("HKLM\\S\\B"), Found::NotTold, "{message}");
        let found = document(&registry, "HKLM\\S\\A");
        assert_eq!(found["a"], "1");
        assert!(
            found.get("b").is_none() && found.as_object().unwrap().len() == 2,
            "{found}"
        );
    }
    let cut = read(start.trim_end());
    assert!(cut.cut && cut.findings.is_empty());
}

#[test]
fn a_store_of_which_one_key_was_exported_or_is_damaged_is_not_whole() {
    let one = registry(&[&format!("{WIDE}[HKLM\\C\\AA]\r\n\"Blob\"=hex:01,02\r\n")]);
    let kept = one.blobs("HKLM\\C").unwrap();
    assert_eq!((kept.blobs, kept.marks.len()), (vec![Some(vec![1, 2])], 1));
    let all = format!("{WIDE}[HKLM\\C]\r\n\r\n[HKLM\\C\\AA]\r\n\"x\"=\"1\"\r\n");
    let kept = registry(&[&all]).blobs("HKLM\\C").unwrap();
    assert_eq!((kept.blobs, kept.marks), (vec![None], vec![]));
}

#[test]
fn the_only_control_set_or_the_selected_one_is_the_current_one() {
    let one = format!("{WIDE}[HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\X]\n\"a\"=\"1\"\n");
    let two = format!("{WIDE}[HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet002\\X]\n\"a\"=\"2\"\n");
    let select =
        format!("{WIDE}[HKEY_LOCAL_MACHINE\\SYSTEM\\Select]\n\"Current\"=dword:00000002\n");
    let current = "HKLM\\SYSTEM\\CurrentControlSet\\X";
    assert_eq!(document(&registry(&[&one]), current)["a"], "1");
    assert_eq!(registry(&[&one, &two]).answer(current), Found::NotTold);
    assert_eq!(
        document(&registry(&[&one, &two, &select]), current)["a"],
        "2"
    );
}

#[test]
fn a_damaged_line_costs_itself() {
    let export = read(&format!(
        "{WIDE}[HKLM\\A]\n\"a\"=dword:zz\n\"b\"=dword:1\nrubbish\n[HKLM\\B\n\"c\"=\"1\"\n"
    ));
    let lines: Vec<u32> = export
        .findings
        .iter()
        .filter_map(|it| Some(it.place?.0))
        .collect();
    assert_eq!(lines, [4, 6, 7, 8]);
    assert!(export.cut, "a key is missing");
    let mut registry = Registry::default();
    registry.add("a.reg", export);
    let found = document(&registry, "HKLM\\A");
    assert_eq!(found["b"], 1);
    let told = rulec_facts::decode::select_and_decode(
        "f",
        &rulec_facts::types::Type::of(rulec_facts::types::Kind::Text).optional(),
        None,
        Some("a"),
        rulec_facts::path::PathLanguage::Registry,
        &found,
    );
    assert!(
        matches!(told, rulec_facts::decode::Outcome::Unsettled(_)),
        "the damaged value is not absent: {told:?}"
    );
    assert_eq!(registry.answer("HKLM\\A\\B"), Found::NotTold);
}

#[test]
fn a_text_that_takes_away_is_no_export() {
    for text in ["[-HKLM\\A]\n", "[HKLM\\A]\n\"a\"=-\n"] {
        let export = read(&format!("REGEDIT4\n\n[HKLM\\B]\n\"b\"=\"1\"\n{text}"));
        assert!(export.keys.is_empty());
        assert_eq!(export.findings.len(), 1);
    }
}

#[test]
fn an_ansi_export_holds_texts_of_one_byte() {
    let export = read(
        "REGEDIT4\n\n; a remark\n[HKLM\\A]\n\"e\"=hex(2):25,41,25,00\n\"m\"=hex(7):61,00,62,00,00\n",
    );
    assert_eq!(export.keys[0].1["e"], "%A%");
    assert_eq!(export.keys[0].1["m"], json!(["a", "b"]));
}
