//! Any text as XML, and as the settings of a client package.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rulec_artefacts::{package, xml};

fuzz_target!(|text: &str| {
    for text in [
        text.to_owned(),
        format!("<VpnProfile><VpnServer>x</VpnServer>{text}</VpnProfile>"),
    ] {
        if let Ok(root) = xml::read(&text) {
            package::document(&root);
        }
    }
});
