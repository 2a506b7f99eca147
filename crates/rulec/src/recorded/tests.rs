//! Every case of the pack as a test: in a copy of the pack it stands as it was printed, and passes.

use super::*;
use crate::args::{Color, PackArgs, ResultFormat};
use crate::output::Output;
use crate::ready::{Readiness, ready_and};
use rulec_syntax::format::format_text;
use rulec_syntax::source::FileId;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn pack(folder: &Path) -> (Ready, Loaded) {
    let mut output = Output::new(Color::Never, ResultFormat::Text);
    let mut loaded = None;
    let packs = PackArgs {
        pack: Some(folder.to_owned()),
        packs: Vec::new(),
    };
    let ready = ready_and(&packs, &mut output, |it| {
        loaded = Some(it.with_texts(&BTreeMap::new()));
        Ok(())
    });
    match ready {
        Ok(Readiness::Ready(ready)) => (*ready, loaded.unwrap()),
        _ => panic!("the pack has errors"),
    }
}

fn written(pack: &(Ready, Loaded), case: &Path, link: bool) -> Recorded {
    let recording = Recording {
        case,
        name: None,
        link,
    };
    let recorded = recording.write(&pack.0, &pack.1);
    recorded.unwrap_or_else(|failure| panic!("{}: {failure}", case.display()))
}

/// Folders in a folder, in order.
fn folders(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|it| it.unwrap().path());
    let mut all: Vec<PathBuf> = entries.filter(|it| it.is_dir()).collect();
    all.sort();
    all
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
}

#[test]
fn every_case_of_the_pack_is_a_test_that_passes_as_it_was_printed() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("azure-p2s");
    copy(&root().join("rules"), dir.path());
    let before = pack(&folder);
    // Recorded answers of the cloud lie elsewhere.
    let elsewhere = root().join("tests/fixtures/live-azure");
    let cases = folders(&folder.join("cases"));
    assert!(cases.len() >= 35, "{}", cases.len());
    let mut texts = Vec::new();
    let mut linked = Vec::new();
    for (number, case) in cases.iter().chain(&folders(&elsewhere)).enumerate() {
        let recorded = written(&before, case, false);
        assert!(recorded.text.contains("expect "), "{}", recorded.text);
        linked.extend(
            recorded
                .linked
                .map(|why| format!("{}: {why}", recorded.name)),
        );
        texts.push(recorded.text);
        if number % 9 == 0 {
            let recording = Recording {
                case,
                name: Some(&format!("linked {number}")),
                link: true,
            };
            texts.push(recording.write(&before.0, &before.1).unwrap().text);
        }
    }
    let file = folder.join("zz-cases.rules");
    let text = texts.join("\n");
    assert_eq!(format_text(FileId(0), &text).text, text);
    fs::write(&file, text).unwrap();
    let (ready, _) = pack(&folder);
    let own: Vec<&TestCase> = ready.analysis.tests.iter().collect();
    let own = own.into_iter().filter(|it| {
        let path = ready.sources.get(it.place.file).map(|it| &it.path);
        path.is_some_and(|it| it.ends_with("zz-cases.rules"))
    });
    let mut passed = 0;
    for test in own {
        let failures = trial::run(&ready, test).failures;
        let told: Vec<&String> = failures.iter().map(|it| &it.message).collect();
        assert!(told.is_empty(), "{}: {told:?}", test.name);
        passed += 1;
    }
    assert_eq!(passed, texts.len());
    // Of all others the values themselves stand in the test.
    let wanted = [
        "s03-default-route: the language cannot write the value of `gateway`",
        "s08-begin-and-end: the language cannot write the value of `new_root_data`",
        "s08-line-breaks: the language cannot write the value of `new_root_data`",
        "s10-filter-blocks-storage: `download.link` is secret",
        "s28-blanks-in-xml: the language cannot write the value of `intune.profile_uploaded`",
    ];
    assert_eq!(linked, wanted);
}

const RULES: &str = r#"pack shop 1.0.0
    language 1

/// Key that both sides share.
fact psk: string?
    ask "Which key is set?"
    secret

type Till = {
    /// Its name.
    name: string
    /// Code that opens it.
    code: string? secret
}

/// The tills.
fact tills: list of Till
    ask "Which tills are there?"

/// Lines of the banner.
fact banner: string
    ask "What does the banner say?"

/// Doors that are open.
fact open_doors: int
    ask "How many doors are open?"

symptom alarm =
    | text "The alarm rings"
    | ask "Does the alarm ring?"

rule no-key:
    symptom alarm
    when psk is absent
    => fix "Set a key."

rule doors:
    symptom alarm
    when open_doors > 2
    => fix "Close doors."

rule no-banner:
    symptom alarm
    when banner == ""
    => fix "Write a banner."

rule no-tills:
    symptom alarm
    when tills is empty
    => fix "Buy a till."

test "keys and banners":
    symptom alarm
    expect open no-key, doors, no-banner, no-tills
"#;

/// A pack of its own with one case, and the statement of that case.
fn of_case(files: &[(&str, &str)]) -> (tempfile::TempDir, Recorded) {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("shop.rules"), RULES).unwrap();
    let case = dir.path().join("keys and banners");
    fs::create_dir(&case).unwrap();
    for (name, text) in files {
        fs::write(case.join(name), text).unwrap();
    }
    let recorded = written(&pack(dir.path()), &case, false);
    (dir, recorded)
}

#[test]
fn a_statement_says_what_is_known_and_why_something_is_not() {
    let case = "symptoms:\n- |-\n  Till 7:\n  \"The alarm rings\"\nfacts:\n  psk: null\n  open_doors: { unknown: denied }\n  tills: [{ name: \"A {x} \"\"B\" }]\n";
    let case = case.replace("\"\"B", "'B");
    let (_dir, recorded) = of_case(&[("case.yaml", &case)]);
    assert_eq!(recorded.linked, None);
    let wanted = r#"test "keys and banners (2)":
    pasted "Till 7: ""The alarm rings"""
    open_doors = unknown denied
    psk = absent
    tills = [{ name: "A {x} 'B" }]
    expect confirmed no-key
    expect ruled out no-tills
    expect open doors, no-banner
    expect nothing else confirmed
"#;
    assert_eq!(recorded.text, wanted);
}

#[test]
fn what_cannot_be_written_or_is_secret_stays_in_the_case() {
    let said = r#"{"name": "alarm", "answer": false}"#;
    let alarm = r#"{"symptoms": ["alarm"], "facts": {"#;
    let cases = [
        (r#""psk": "hunter2" }}"#, "", "`psk` is secret"),
        (
            r#""tills": [{ "name": "A", "code": "hunter2" }] }}"#,
            "",
            "`tills` is secret",
        ),
        (
            r#""banner": "one\ntwo" }}"#,
            "",
            "the language cannot write the value of `banner`",
        ),
        (
            r#""open_doors": 3 }}"#,
            said,
            "a test cannot say no to the question of `alarm`",
        ),
    ];
    for (facts, answers, why) in cases {
        let case = format!("{alarm}{facts}");
        let mut files = vec![("case.json", case.as_str())];
        files.extend((!answers.is_empty()).then_some(("answers.jsonl", answers)));
        let (_dir, recorded) = of_case(&files);
        assert_eq!(recorded.linked.as_deref(), Some(why));
        let start =
            "test \"keys and banners (2)\":\n    given case \"keys and banners\"\n    expect ";
        assert!(recorded.text.starts_with(start), "{}", recorded.text);
        assert!(!recorded.text.contains("hunter2"), "{}", recorded.text);
    }
}

#[test]
fn half_a_case_is_no_test() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("shop.rules"), RULES).unwrap();
    let case = dir.path().join("c");
    fs::create_dir_all(case.join("azure")).unwrap();
    fs::write(case.join("azure/gateway.json"), "{").unwrap();
    let (ready, loaded) = pack(dir.path());
    let recording = Recording {
        case: &case,
        name: None,
        link: false,
    };
    let Err(failure) = recording.write(&ready, &loaded) else {
        panic!("half a case was written");
    };
    assert!(
        failure.to_string().contains("azure/gateway.json"),
        "{failure}"
    );
}
