//! Any bytes as a file of a case: decoded, known by their form, read, and asked for by every kind.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rulec_artefacts::evidence::Evidence;
use rulec_artefacts::{text, text_dumps};
use rulec_facts::provider::Request;
use rulec_facts::source;

fuzz_target!(|bytes: &[u8]| {
    if let Some(text) = text::decode(bytes) {
        text_dumps::read(&text);
    }
    let mut evidence = Evidence::default();
    evidence.take("a.txt", bytes.to_vec());
    for kind in source::all() {
        let request = Request {
            system: kind.system.to_owned(),
            kind: kind.kind.to_owned(),
            locator: Some("a.txt".to_owned()),
            arguments: Vec::new(),
            on: None,
            secret: false,
        };
        evidence.answer(&request);
    }
});
