//! Own certificates in every wrapping, and damaged ones.

use serde_json::{Value as Json, json};

use super::*;

const LEAF: &str = include_str!("samples/leaf.pem");
const ROOT: &str = include_str!("samples/root.pem");
const BUNDLE: &[u8] = include_bytes!("samples/bundle.p7b");
const LIST: &[u8] = include_bytes!("samples/list.crl");

fn der(pem: &str) -> Vec<u8> {
    read_pem(pem).certificates.remove(0)
}

#[test]
fn one_certificate_is_the_same_in_every_wrapping() {
    let leaf = der(LEAF);
    let only = vec![leaf.clone()];
    assert_eq!(read_der(&leaf).certificates, only);
    let line_end = [leaf.as_slice(), b"\r\n"].concat();
    assert_eq!(read_der(&line_end).certificates, only);
    let bundle = read_der(BUNDLE);
    assert_eq!(bundle.certificates, [leaf.clone(), der(ROOT)]);
    assert_eq!(bundle.findings, []);
    let text = format!(
        "Bag Attributes\r\n{}between\n{ROOT}",
        LEAF.replace('\n', "\r\n")
    );
    assert_eq!(read_pem(&text).certificates, [leaf.clone(), der(ROOT)]);
    let body: String = LEAF.lines().filter(|it| !it.starts_with('-')).collect();
    assert_eq!(
        read_base64(&body).map(|it| it.certificates),
        Some(vec![leaf])
    );
}

#[test]
fn a_document_has_the_fields_of_the_record_and_what_stands_beside_them() {
    let leaf = document(&der(LEAF), false).unwrap();
    assert_eq!(
        leaf["thumbprint"],
        "B9C3B291E39EFBE2FE583F6B19BFDB924B4692A9"
    );
    assert_eq!(leaf["subject"], "CN=sample client");
    assert_eq!(leaf["serial"], "0ABC");
    assert_eq!(leaf["not_after"], "2027-11-28T15:16:40Z");
    assert_eq!(leaf["eku"], json!(["1.3.6.1.5.5.7.3.2"]));
    assert_eq!(leaf["issuer_thumbprint"], Json::Null);
    assert_eq!(leaf["signature"], "sha256RSA");
    assert_eq!(leaf["unknown-critical"], json!(["1.3.6.1.4.1.99999.1"]));
    let list = crl(&read_der(LIST).crls.remove(0)).unwrap();
    assert_eq!(list["serials"], json!(["0ABC"]));
    assert_eq!(list["next-update"], "2026-12-28T15:16:40Z");
}

#[test]
fn what_is_cut_or_damaged_is_told_and_the_rest_is_read() {
    let leaf = der(LEAF);
    let cut = read_der(&leaf[..100]);
    assert!(
        cut.findings[0].message.contains("100 of"),
        "{:?}",
        cut.findings
    );
    let broken = LEAF.replace("-----END CERTIFICATE-----", "");
    let text = format!(
        "{broken}\n{}\n{ROOT}",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
    );
    let contents = read_pem(&text);
    assert_eq!(contents.certificates, [der(ROOT)]);
    assert_eq!(contents.findings.len(), 2, "{:?}", contents.findings);
    assert_eq!(contents.findings[0].place, Some((1, 1)));
    for end in 0..leaf.len() {
        read_der(&leaf[..end]);
        read_der(&BUNDLE[..end]);
    }
}

#[test]
fn a_private_key_is_noted_and_a_locked_file_is_known() {
    let text = format!("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n{LEAF}");
    let contents = read_pem(&text);
    assert!(
        contents.private_key && contents.certificates.len() == 1 && contents.findings.is_empty()
    );
    // Version 3, then a sequence, as long as a real one.
    let mut locked = vec![0x30, 0x81, 0x85, 0x02, 0x01, 0x03, 0x30, 0x81, 0x80];
    locked.resize(9 + 0x80 - 1 + 1, 0);
    locked[2] = (locked.len() - 3) as u8;
    assert!(read_der(&locked).locked);
}

#[test]
fn a_blob_of_the_registry_holds_a_certificate_and_tells_of_its_key() {
    let leaf = der(LEAF);
    let property = |number: u32, bytes: &[u8]| {
        let head = [number, 1, bytes.len() as u32]
            .map(u32::to_le_bytes)
            .concat();
        [head.as_slice(), bytes].concat()
    };
    let blob = [
        property(3, &[0; 20]),
        property(2, b"key"),
        property(32, &leaf),
    ]
    .concat();
    assert_eq!(of_blob(&blob), Some((leaf.as_slice(), true)));
    assert_eq!(of_blob(&blob[..blob.len() - 1]), None);
}
