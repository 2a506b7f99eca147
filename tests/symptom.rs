//! `rulec symptom`, and what `rulec run --symptom` says of the same texts, through the real binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

#[path = "started.rs"]
mod started;

use std::path::Path;

use serde_json::{Value, json};

use started::rulec_in;

fn at_root(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join(path).to_str().unwrap().to_owned()
}

/// Exit code, standard output, standard error.
fn rulec(arguments: &[&str], input: &str) -> (i32, String, String) {
    let pack = at_root("rules/azure-p2s");
    let (command, more) = arguments.split_first().unwrap();
    let arguments = [&[*command, "--pack", &pack], more].concat();
    let outcome = rulec_in(&arguments, input);
    (outcome.code, outcome.out, outcome.err)
}

/// The JSON of `rulec symptom`, which fits its schema, and the exit code.
fn said(text: &str) -> (i32, Value) {
    let (code, out, err) = rulec(&["symptom", "--format", "json", "--", text], "");
    assert_eq!(err, "", "{text}");
    let value: Value = serde_json::from_str(&out).unwrap();
    let schema =
        std::fs::read_to_string(at_root("book/src/reference/symptom.schema.json")).unwrap();
    let schema = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .map(|it| it.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{out}");
    (code, value)
}

#[test]
fn a_code_is_a_symptom_and_is_named() {
    let (code, value) = said("找不到憑證。 (錯誤 0x800705B4)");
    assert_eq!(code, 0);
    let meaning = "This operation returned because the timeout period expired";
    assert_eq!(
        value,
        json!({
            "format": 1,
            "candidates": [{ "symptom": "platform-did-not-trigger-1460", "score": 1.0, "by": "code" }],
            "codes": [{ "kind": "win32", "number": 1460, "name": "ERROR_TIMEOUT", "meaning": meaning }],
        })
    );
}

#[test]
fn a_code_that_no_entry_claims_is_named_and_belongs_to_none() {
    for (text, kind, name) in [
        ("Error 691", "ras", "ERROR_AUTHENTICATION_FAILURE"),
        ("807", "ras", "ERROR_VPN_DISCONNECT"),
        ("10054", "win32", "WSAECONNRESET"),
        ("IKE failed: 13801", "win32", "ERROR_IPSEC_IKE_AUTH_FAIL"),
        ("HTTP 404", "http", "Not Found"),
    ] {
        let (code, value) = said(text);
        assert_eq!((code, &value["candidates"]), (4, &json!([])), "{text}");
        assert_eq!(value["codes"][0]["kind"], kind, "{text}");
        assert_eq!(value["codes"][0]["name"], name, "{text}");
        assert!(value["codes"][0]["meaning"].is_string(), "{text}");
    }
}

#[test]
fn the_same_number_of_another_kind_names_nothing() {
    assert_eq!(
        said("HTTP 800"),
        (4, json!({ "format": 1, "candidates": [], "codes": [] }))
    );
    let (code, value) = said("win32 812");
    assert_eq!((code, &value["candidates"]), (4, &json!([])));
    assert_eq!(said("ras 812").0, 0);
}

#[test]
fn texts_near_texts_names_hints_and_nothing_are_told_apart() {
    let first = |text: &str| {
        let (code, value) = said(text);
        let first = &value["candidates"][0];
        (
            code,
            first["by"].as_str().map(str::to_owned),
            first["score"].as_f64(),
        )
    };
    let by = |text: &str| Some(text.to_owned());
    let exact = "the remote  connection was not made because the attempted VPN tunnels failed";
    assert_eq!(first(exact), (0, by("text"), Some(1.0)));
    let (code, way, score) =
        first("The rem0te conection was not mode because the attempted VPN tunels faild");
    assert_eq!((code, way), (0, by("near")));
    assert!(score.is_some_and(|it| it > 0.84 && it < 1.0));
    assert_eq!(first("tunnels-failed-800"), (0, by("name"), Some(1.0)));
    assert_eq!(
        first("Cannot install the VPN client"),
        (4, by("hint"), Some(0.5))
    );
    assert_eq!(first("the coffee machine is out of beans"), (4, None, None));
}

#[test]
fn what_two_entries_say_alike_is_one_of_them() {
    let (code, value) = said("Failed to save virtual network gateway");
    assert_eq!((code, &value["candidates"]), (4, &json!([])));
    let mut names: Vec<&str> = value["undecided"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["symptom"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "portal-root-cert-data-invalid",
            "portal-root-cert-name-invalid"
        ]
    );
}

#[test]
fn texts_come_from_arguments_files_and_pipes() {
    let (code, out, _) = rulec(&["symptom", "Error", "798"], "");
    assert!(
        code == 0 && out.contains("client-cert-missing-798"),
        "{out}"
    );
    let (code, out, _) = rulec(&["symptom", "-2146893018"], "");
    assert!(code == 0 && out.contains("80090326"), "{out}");
    let (code, out, _) = rulec(&["symptom", "-"], "log\nerror 812 at dial\n");
    assert!(code == 0 && out.contains("radius-policy-812"), "{out}");
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("mail.txt");
    std::fs::write(&path, "Fehler 0x800B0109").unwrap();
    let (code, out, _) = rulec(&["symptom", &format!("@{}", path.display())], "");
    assert!(code == 0 && out.contains("untrusted-root"), "{out}");
    for wrong in [
        &["symptom"][..],
        &["symptom", ""],
        &["symptom", "-", "-"],
        &["symptom", "@no-such-file"],
    ] {
        assert_eq!(rulec(wrong, "").0, 2, "{wrong:?}");
    }
}

#[test]
fn a_misspelt_name_is_told_with_the_nearest() {
    let hint = "did you mean `client-cert-missing-798`?";
    for command in [
        &["symptom", "client-cert-mising-798"][..],
        &["run", "--symptom", "client-cert-mising-798"],
    ] {
        let (code, _, err) = rulec(command, "");
        assert_eq!(code, 4, "{command:?}");
        assert!(err.contains(hint), "{command:?}: {err}");
    }
}

#[test]
fn a_report_says_how_near_a_text_is_and_a_hint_is_no_symptom() {
    let near = "The rem0te conection was not mode because the attempted VPN tunels faild";
    let (_, out, _) = rulec(&["run", "--symptom", near, "--format", "json"], "");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["symptoms"][0]["name"], "tunnels-failed-800");
    assert_eq!(report["symptoms"][0]["by"], "near");
    assert!(
        report["symptoms"][0]["score"]
            .as_f64()
            .is_some_and(|it| it < 1.0)
    );
    let (_, out, _) = rulec(
        &[
            "run",
            "--symptom",
            "Cannot install the VPN client",
            "--format",
            "json",
        ],
        "",
    );
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&report["symptoms"], &report["scope"]),
        (&json!([]), &json!("unrecognised"))
    );
    assert_eq!(report["candidates"][0]["by"], "hint");
}

#[test]
fn the_answer_for_people_is_ranked_with_titles_and_meanings() {
    let text =
        "First (Error 809), then error 691 and HTTP 503; at the end it only said 0x8009030E.";
    for locale in ["en", "zh-TW"] {
        let (code, out, err) = rulec(&["symptom", "--locale", locale, text], "");
        assert_eq!((code, err.as_str()), (0, ""));
        insta::assert_snapshot!(format!("a_text_with_four_codes_{locale}"), out);
    }
}

#[test]
fn a_long_log_is_read() {
    let mut log = "2026-11-01 10:00:00 the tunnel is up, nothing to see here\n".repeat(20_000);
    log.insert_str(
        1_000_000 / 58 * 58,
        "2026-11-01 10:00:01 RasClient: failed, error 809\n",
    );
    assert!(log.len() > 1_100_000);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.log");
    std::fs::write(&path, log).unwrap();
    let (code, out, _) = rulec(&["symptom", &format!("@{}", path.display())], "");
    assert!(
        code == 0 && out.contains("ikev2-server-not-responding-809"),
        "{out}"
    );
}
