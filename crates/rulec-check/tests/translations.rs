//! Translations and texts of other languages: what is said about them, where, and what it offers.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod support;

use support::{Checked, check_packs};

const RULES: &str = r#"/// Test pack. It is small.
pack test.pack 1.0.0
    language 1

/// The server's state.
fact server.state: enum { Up "running", Down }
    ask "In which state is it?"

type Disk = {
    /// Its size.
    size: int
        ask "How large is it?"
}

fact disk: Disk
    ask "Which disk?"

symptom s =
    | code ras 798
    | ask "Is it slow?"
    | ask "Does it fail?"

symptom t =
    | code ras 691

/// The disk of {braces} is full.
rule full:
    symptom s
    when server.state == Down and disk.size > 1
    cause "The server is {server.state}, the brace is {{."
    => fix "Delete files."

rule other:
    symptom t
    => fix clean

fix clean:
    step "First."
    step "Then {disk.size}."
    risk none
    risk outage "A note."
    verify server.state == Up
    verify "It runs."
    undo "Nothing."
"#;

fn checked(files: &[(&str, &str)]) -> Checked {
    let mut all = vec![("main.rules", RULES)];
    all.extend(files);
    check_packs(&[&all])
}

/// What the finding for an empty locale offers to add.
fn skeleton() -> String {
    let checked = checked(&[("locales/de.ftl", "")]);
    let findings = &checked.analysis.findings;
    let mut text = String::new();
    for finding in findings {
        assert_eq!(finding.code.name, "missing-translation");
        text.push_str(&finding.repairs[0].text);
    }
    text
}

#[test]
fn the_lines_to_paste_have_all_texts_and_leave_nothing_to_say() {
    let text = skeleton();
    insta::assert_snapshot!(text);
    assert_eq!(checked(&[("locales/de.ftl", &text)]).printed(), "");
    // With a mark of byte order and ends of lines as Windows writes them, too.
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(checked(&[("locales/de.ftl", &windows)]).printed(), "");
}

#[test]
fn many_missing_messages_are_one_finding_and_few_are_one_each() {
    let without = checked(&[("locales/de.ftl", "")]);
    assert_eq!(without.codes(), ["missing-translation"; 9]);
    let more = format!(
        "{RULES}\n/// One.\nlet one = 1\n\n/// Two.\nlet two = 2\n\n/// Three.\nlet three = 3\n\n/// Four.\nlet four = 4\n"
    );
    let many = check_packs(&[&[("main.rules", &more), ("locales/de.ftl", "")]]);
    let missing: Vec<_> = many
        .all()
        .into_iter()
        .filter(|it| it.code.name == "missing-translation")
        .collect();
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].message, "`de` lacks 13 of 13 messages");
    assert!(
        missing[0]
            .help
            .as_ref()
            .unwrap()
            .contains("let-two =\n    .title = Two")
    );
}

#[test]
fn without_a_locale_nothing_is_missing() {
    assert_eq!(checked(&[]).printed(), "");
}

#[test]
fn mistakes_are_found_each_at_its_place() {
    let text = skeleton()
        .replace(
            "    .step-2 = Then { $disk-size }.",
            "    .step-2 = Then { $disk-sise }.",
        )
        .replace(
            "    .verify-2 = It runs.",
            "    .verify-2 = { -name } runs { NUMBER(1) }.\n    .note = What?",
        )
        .replace("# of question", "# of question 12345, qestion")
        .replace("# of title b", "# note b")
        .replace("rule-full =", "rule-ful =")
        + "\nfact-disk =\n    .question = Again?\n\nsymptom-s\n    = broken\n";
    insta::assert_snapshot!(checked(&[("locales/de.ftl", &text)]).printed());
}

#[test]
fn a_missing_attribute_is_told_with_its_line_and_hash() {
    let text = skeleton().replace("    .step-2 = Then { $disk-size }.\n", "");
    let checked = checked(&[("locales/de.ftl", &text)]);
    assert_eq!(checked.codes(), ["missing-translation"]);
    let finding = &checked.analysis.findings[0];
    assert_eq!(finding.message, "`fix-clean` has no `.step-2` in `de`");
    assert!(
        finding
            .help
            .as_ref()
            .unwrap()
            .ends_with("    .step-2 = Then { $disk-size }.")
    );
    assert_eq!(checked.sources.slice(finding.span), "fix-clean");
}

#[test]
fn a_changed_english_text_makes_its_translation_stale_and_its_repair_mends_that() {
    let text = skeleton();
    let changed = RULES.replace("step \"First.\"", "step \"First, wait.\"");
    let run =
        |text: &str| check_packs(&[&[("main.rules", changed.as_str()), ("locales/de.ftl", text)]]);
    let stale = run(&text);
    assert_eq!(stale.codes(), ["stale-translation"]);
    let repair = &stale.analysis.findings[0].repairs[0];
    let (start, end) = (repair.span.start as usize, repair.span.end as usize);
    let mended = format!("{}{}{}", &text[..start], repair.text, &text[end..]);
    assert_eq!(run(&mended).printed(), "");
}

#[test]
fn levels_and_allow_are_respected() {
    let allowed = RULES.replace(
        "    step \"First.\"",
        "    allow missing-translation \"not worth it\"\n    step \"First.\"",
    );
    let run = |rules: &str| check_packs(&[&[("main.rules", rules), ("locales/de.ftl", "")]]);
    let printed = run(&allowed).printed();
    assert!(
        !printed.contains("fix-clean") && printed.contains("rule-full"),
        "{printed}"
    );
    let level = |level: &str| {
        RULES.replace(
            "    language 1\n",
            &format!("    language 1\n    level missing-translation {level} \"so\"\n"),
        )
    };
    assert_eq!(run(&level("off")).printed(), "");
    let strict = run(&level("error"));
    assert!(strict.analysis.program.is_none());
}

#[test]
fn a_used_pack_is_asked_about_faults_of_its_own_locales_only() {
    let main = "pack a.main 1.0.0\n\nuse b.used\n\nsymptom s =\n    | code ras 798\n\nrule r:\n    symptom s\n    when b.on\n    => no fix\n";
    let used = "pack b.used 1.0.0\n\n/// It is on.\nfact b.on: bool\n    ask \"On?\"\n";
    let run = |text: &str| {
        let checked = check_packs(&[
            &[("main.rules", main)],
            &[("used.rules", used), ("locales/de.ftl", text)],
        ]);
        checked.codes()
    };
    assert_eq!(run(""), [""; 0]);
    assert_eq!(run("fact-b-on =\n    .title = An\n"), ["missing-hash"]);
    assert_eq!(run("what is this\n"), ["broken-translation"]);
}

#[test]
fn a_name_that_fluent_cannot_write_is_told_at_the_name() {
    let rules = RULES.replace("Delete files.", "路由を消す");
    let checked = check_packs(&[&[("main.rules", &rules), ("locales/ja.ftl", "")]]);
    let finding = checked
        .all()
        .into_iter()
        .find(|it| it.message.contains("cannot be translated"))
        .unwrap()
        .clone();
    assert_eq!(checked.sources.slice(finding.span), "\"路由を消す\"");
}

#[test]
fn texts_of_other_languages_are_checked_line_by_line() {
    let table = "symptom\ttext\tsource\ns\tLangsam …\tbuch\nt\tLangsam  …\tbuch\nu\tNichts\tbuch\n\ns\tnur zwei\ns\t \tbuch\n";
    insta::assert_snapshot!(checked(&[("texts/de.tsv", table), ("texts/fr.tsv", "")]).printed());
    let once = "symptom\ttext\tsource\r\ns\tLent …\tlivre\r\n";
    let found = checked(&[
        ("texts/fr.tsv", once),
        ("texts/de.tsv", &once.replace("\ns\t", "\nt\t")),
    ]);
    assert_eq!(found.printed(), "");
    let program = found.analysis.program.unwrap();
    assert_eq!(
        program.symptoms[0].local_texts,
        [("fr".into(), "Lent …".to_owned())]
    );
}

#[test]
fn braces_without_end_take_no_stack() {
    let text = format!("rule-full =\n    .title = {}\n", "{".repeat(200_000));
    let checked = checked(&[("locales/de.ftl", &text)]);
    assert_eq!(checked.codes(), ["broken-translation"]);
    let many = r#"{"{"}"#.repeat(100);
    let text = skeleton().replace("First.", &many);
    assert_eq!(self::checked(&[("locales/de.ftl", &text)]).printed(), "");
}
