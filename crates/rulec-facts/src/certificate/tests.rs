//! The spellings of a certificate, and what is read from it. The samples were made for these tests with OpenSSL; expected values were
//! read out with it.

use base64::Engine;

use super::*;

const LEAF: &str = include_str!("samples/leaf.pem");
const ROOT: &str = include_str!("samples/root.pem");
const WITHOUT_CONSTRAINTS: &str = include_str!("samples/root-without-constraints.pem");

fn field(value: &Value, name: &str) -> Partial {
    let ty = certificate_type();
    let (at, _) = ty.field(name).unwrap();
    let Value::Record(fields) = value else {
        panic!("no record");
    };
    fields[at].clone()
}

fn shown(value: &Value, name: &str) -> String {
    let ty = certificate_type();
    let (_, declared) = ty.field(name).unwrap();
    crate::show::text(&field(value, name), &declared.ty)
}

fn body(pem: &str) -> String {
    pem.lines()
        .filter(|line| !line.starts_with("-----"))
        .collect()
}

#[test]
fn every_field_of_a_leaf_is_read() {
    let leaf = certificate(LEAF).unwrap();
    for (name, wanted) in [
        ("thumbprint", "96F139BECF50CB8EC6D28B9924D00B09A02A94C4"),
        ("subject", "O=Example, CN=client"),
        ("issuer", "CN=Test Root"),
        ("serial", "F00001"),
        ("not_before", "2026-11-24T07:39:30Z"),
        ("not_after", "2046-11-19T07:39:30Z"),
        ("eku", "1.3.6.1.4.1.311.20.2.2, 1.3.6.1.5.5.7.3.2"),
        (
            "names",
            "10.0.0.4, a@corp.example, a@example.com, client.example",
        ),
        ("is_ca", "false"),
        ("self_signed", "false"),
        ("has_private_key", "false"),
        ("crl_urls", "http://crl.example/root.crl"),
    ] {
        assert_eq!(shown(&leaf, name), wanted, "{name}");
    }
    let root = certificate(ROOT).unwrap();
    assert_eq!(shown(&leaf, "issuer_key_id"), shown(&root, "key_id"));
    for unknown_to_a_text in ["issuer_thumbprint", "root_thumbprint", "strong_protection"] {
        assert_eq!(field(&leaf, unknown_to_a_text), Partial::Absent);
    }
}

#[test]
fn a_self_signed_root_is_its_own_issuer_and_root() {
    let root = certificate(ROOT).unwrap();
    assert_eq!(
        shown(&root, "thumbprint"),
        "BDF072033BC171D0D78AF34893BC9BEFA73AB7CC"
    );
    for name in ["issuer_thumbprint", "root_thumbprint"] {
        assert_eq!(
            shown(&root, name),
            "BDF072033BC171D0D78AF34893BC9BEFA73AB7CC"
        );
    }
    assert_eq!(
        field(&root, "self_signed"),
        Partial::Known(Value::Bool(true))
    );
    assert_eq!(field(&root, "is_ca"), Partial::Known(Value::Bool(true)));
    assert_eq!(
        field(&root, "eku"),
        Partial::Absent,
        "no such extension: any purpose"
    );
}

#[test]
fn a_root_whose_key_may_sign_certificates_is_a_ca_without_constraints() {
    let root = certificate(WITHOUT_CONSTRAINTS).unwrap();
    assert_eq!(field(&root, "is_ca"), Partial::Known(Value::Bool(true)));
}

#[test]
fn f1_pem_base64_with_or_without_line_breaks_and_base64_of_pem_are_one_certificate() {
    let wanted = certificate(ROOT).unwrap();
    let dense = body(ROOT);
    let wrapped = ROOT
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect::<Vec<_>>()
        .join("\r\n");
    let spellings = [
        ROOT.replace('\n', "\r\n"),
        ROOT.replace('\n', ""),
        format!("subject=/CN=Test Root\n{ROOT}\n"),
        dense.clone(),
        dense.trim_end_matches('=').to_owned(),
        format!("\r\n{wrapped}\r\n\r\n"),
        base64::engine::general_purpose::STANDARD.encode(ROOT),
    ];
    for text in spellings {
        assert_eq!(certificate(&text).as_ref(), Some(&wanted), "{text}");
    }
}

#[test]
fn f1_what_is_not_exactly_one_certificate_is_absent() {
    let der = base64::engine::general_purpose::STANDARD
        .decode(body(ROOT))
        .unwrap();
    let twice =
        base64::engine::general_purpose::STANDARD.encode([der.clone(), der.clone()].concat());
    let cut = base64::engine::general_purpose::STANDARD.encode(&der[..der.len() - 5]);
    let label = ROOT.replace("CERTIFICATE", "PKCS7");
    let texts = [
        String::new(),
        "MIIC5z".to_owned(),
        "-----BEGIN CERTIFICATE-----MIIC5z-----END CERTIFICATE-----".to_owned(),
        format!("{ROOT}{LEAF}"),
        format!("{ROOT}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
        "-----BEGIN CERTIFICATE-----".to_owned(),
        "not base64 at all".to_owned(),
        String::from_utf8_lossy(&der).into_owned(),
        "A".repeat(3 << 20),
        twice,
        cut,
        label,
    ];
    for text in texts {
        assert_eq!(
            certificate(&text),
            None,
            "{}",
            text.chars().take(40).collect::<String>()
        );
    }
}

proptest::proptest! {
    #[test]
    fn no_text_and_no_damage_makes_it_panic(text in ".{0,200}", at in 0_usize..400, byte in 0_u8..=255) {
        let _ = certificate(&text);
        let mut der = base64::engine::general_purpose::STANDARD.decode(body(LEAF)).unwrap();
        let at = at % der.len();
        der[at] = byte;
        let _ = from_der(&der);
    }
}
