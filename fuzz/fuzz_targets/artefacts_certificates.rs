//! Any bytes as DER, as a blob of the registry, and as a text with PEM; all that comes out is described.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rulec_artefacts::certificates::{
    Contents, crl, document, of_blob, read_base64, read_der, read_pem,
};

fuzz_target!(|bytes: &[u8]| {
    describe(&read_der(bytes));
    if let Some((der, key)) = of_blob(bytes) {
        document(der, key);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        describe(&read_pem(text));
        if let Some(contents) = read_base64(text) {
            describe(&contents);
        }
    }
});

fn describe(contents: &Contents) {
    for der in &contents.certificates {
        document(der, contents.private_key);
    }
    for der in &contents.crls {
        crl(der);
    }
}
