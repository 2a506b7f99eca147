//! A pack file gives back what was written, and notices every change.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::sync::Arc;

use builder::*;
use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Partial, Value, Version};
use rulec_program::pack_file::{PackFile, PackFileError, VERSION, write};
use rulec_program::program::{Locale, Piece, Program, Template};
use rulec_program::seal::Sealed;

mod builder;

/// A bit of everything that is stored in a way of its own.
fn program() -> Sealed {
    let mut b = Builder::default();
    b.program.files = vec!["/home/anna/rules/vpn-client/a.rules".into()];
    let states = b.fact("client.states", set_of(enum_type(&["up", "down"])));
    let entries = b.fact(
        "net.routes",
        list_of(record_type(&[
            ("prefix", text_type()),
            ("metric", int_type()),
        ])),
    );
    let constants = [
        text("Straße"),
        int(i128::from(i64::MIN)),
        cidr("10.0.0.0/8"),
        ip("fe80::1"),
        Partial::Known(Value::Version(Version::new(&[10, 0, 19_045]))),
        Partial::Known(Value::Code(code("ras", 798))),
        list([text("a"), text("b")]),
    ];
    for constant in constants {
        let node = b.constant(constant);
        b.derive(node);
    }
    let states = b.get(states);
    let entries = b.get(entries);
    let both = [
        b.push(rulec_program::node::Op::IsEmpty(states)),
        b.push(rulec_program::node::Op::IsEmpty(entries)),
    ];
    let when = b.and(&both);
    let symptom = b.symptom("trouble");
    let rule = b.rule("cause", &[symptom], Some(when));
    b.program.rules[rule.0 as usize].cause = Some(Template {
        pieces: vec![
            Piece::Text("Because of ".into()),
            Piece::Hole("net.routes".into(), entries),
        ],
    });
    for name in ["de", "zh-TW"] {
        b.program.locales.push(Locale {
            name: name.into(),
            resources: vec![format!("rule-cause = {name}\n")],
        });
    }
    b.seal()
}

fn everything(bytes: &[u8]) -> Result<Sealed, PackFileError> {
    PackFile::open(bytes)?.program(|_| true)
}

/// As far as a person can see it; a program has no equality of its own.
fn shown(program: &Program) -> String {
    format!("{program:?}")
}

#[test]
fn what_was_written_is_read() {
    let written = program();
    let read = everything(&write(&written).unwrap()).unwrap();
    let mut expected = (*written).clone();
    expected.files = vec!["vpn-client/a.rules".into()];
    assert_eq!(shown(&read), shown(&expected));
    assert_eq!(write(&read).unwrap(), write(&written).unwrap());
}

#[test]
fn every_altered_byte_is_noticed() {
    let bytes = write(&program()).unwrap();
    for at in 0..bytes.len() {
        for bit in [0x01, 0x80] {
            let mut altered = bytes.clone();
            altered[at] ^= bit;
            assert!(
                everything(&altered).is_err(),
                "byte {at} of {}",
                bytes.len()
            );
        }
    }
}

#[test]
fn a_file_that_is_cut_or_goes_on_is_noticed() {
    let bytes = write(&program()).unwrap();
    for length in 0..bytes.len() {
        assert!(everything(&bytes[..length]).is_err(), "{length} bytes");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    let wanted = bytes.len() as u64;
    let found = wanted + 1;
    assert_eq!(
        everything(&longer).unwrap_err(),
        PackFileError::Length { wanted, found }
    );
}

#[test]
fn another_version_is_named() {
    let mut bytes = write(&program()).unwrap();
    bytes[8] = 7;
    assert_eq!(everything(&bytes).unwrap_err(), PackFileError::Version(7));
    let message = PackFileError::Version(7).to_string();
    assert!(
        message.contains(&format!("reads format {VERSION}")),
        "{message}"
    );
    assert_eq!(everything(b"rule x:").unwrap_err(), PackFileError::NotAPack);
}

#[test]
fn a_translation_is_read_only_where_it_is_wanted() {
    let bytes = write(&program()).unwrap();
    let file = PackFile::open(&bytes).unwrap();
    assert_eq!(file.locales().collect::<Vec<_>>(), ["de", "zh-TW"]);
    let one = file.program(|name| name == "de").unwrap();
    assert_eq!(one.locales.len(), 1);
    // The last byte belongs to the last section.
    let mut altered = bytes.clone();
    *altered.last_mut().unwrap() ^= 1;
    let file = PackFile::open(&altered).unwrap();
    assert!(file.program(|name| name == "de").is_ok());
    assert_eq!(
        file.program(|_| true).unwrap_err(),
        PackFileError::Damaged("locale zh-TW".into())
    );
}

/// A list of a list of … of Booleans.
fn nested(depth: u32) -> Result<Vec<u8>, PackFileError> {
    let mut b = Builder::default();
    let lists = (0..depth).fold(bool_type(), |ty, _| Type::of(Kind::List(Arc::new(ty))));
    b.fact("deep", lists);
    write(&b.seal())
}

#[test]
fn types_that_nest_without_end_are_not_written() {
    assert!(everything(&nested(100).unwrap()).is_ok());
    let error = nested(200).unwrap_err();
    assert!(error.to_string().contains("too deeply"), "{error}");
}
