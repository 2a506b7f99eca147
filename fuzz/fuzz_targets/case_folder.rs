//! Any bytes as what a customer sends: a zip, a saved answer, a case file, facts, a certificate. The first byte chooses.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rulec_artefacts::arm_json::{self, ArmIndex, Method};
use rulec_facts::decode::{Outcome, decode_given, select_and_decode};
use rulec_facts::fixture::{Format, facts};
use rulec_facts::path::PathLanguage;
use rulec_facts::provider::Answer;
use rulec_facts::source::built_in_types;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::Partial;
use rulec_providers::case_folder::CaseFolder;

static TYPES: LazyLock<Vec<Type>> = LazyLock::new(|| {
    let records = built_in_types().iter().map(|it| Type::of(Kind::Record(it.clone())));
    let lists = built_in_types().iter().map(|it| Type::of(Kind::Record(it.clone())));
    let lists = lists.map(|it| Type::of(Kind::Set(it.into())));
    records.chain(lists).chain([Type::of(Kind::Text), Type::of(Kind::Code)]).collect()
});

static FILE: LazyLock<(tempfile::TempDir, std::path::PathBuf)> = LazyLock::new(|| {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("case.zip");
    (dir, file)
});

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else {
        return;
    };
    match choice % 5 {
        0 => zip(bytes),
        1 => saved(bytes),
        2 => given(bytes, Format::Json),
        3 => given(bytes, Format::Yaml),
        _ => {
            let _ = rulec_facts::certificate::from_der(bytes);
            if let Ok(text) = std::str::from_utf8(bytes) {
                let _ = rulec_facts::certificate::certificate(text);
            }
        }
    }
});

fn zip(bytes: &[u8]) {
    if std::fs::write(&FILE.1, bytes).is_ok() {
        if let Ok(case) = CaseFolder::open(&FILE.1) {
            let inside = |name: &&str| !name.starts_with('/') && name.split('/').all(|part| part != "..");
            assert!(case.unread().iter().all(inside));
        }
    }
}

/// Each address that a file speaks of is answered, and the answer decodes to something.
fn saved(bytes: &[u8]) {
    let Ok(answers) = arm_json::read(bytes) else {
        return;
    };
    let paths: Vec<String> = answers.iter().take(20).map(|it| it.path.clone()).collect();
    let mut index = ArmIndex::default();
    index.add("a.json", answers);
    for path in paths {
        for method in [Method::Get, Method::Post] {
            if let Answer::Found(document, _) = index.answer(method, &path, None).0 {
                decode(&document);
            }
        }
    }
}

fn decode(document: &serde_json::Value) {
    for ty in TYPES.iter() {
        for at in ["$", "$.value[*]", "$.properties", "$..name"] {
            let outcome = select_and_decode("f", ty, None, Some(at), PathLanguage::Json, document);
            assert_ne!(outcome, Outcome::Settled(Partial::Absent), "no type here is optional");
        }
    }
}

fn given(bytes: &[u8], format: Format) {
    let Ok(given) = facts(bytes, format) else {
        return;
    };
    for (name, value) in given.iter() {
        for ty in TYPES.iter() {
            let _ = decode_given(name, ty, None, &value.value);
        }
    }
}
