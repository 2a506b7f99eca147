//! Any text as a registry export of either version; every key of it is asked for.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rulec_artefacts::registry::{Registry, read};

fuzz_target!(|text: &str| {
    for header in [
        "Windows Registry Editor Version 5.00\r\n\r\n",
        "REGEDIT4\n",
        "",
    ] {
        let export = read(&format!("{header}{text}"));
        let keys: Vec<String> = export
            .keys
            .iter()
            .map(|(name, _)| name.clone())
            .take(50)
            .collect();
        let mut registry = Registry::default();
        registry.add("a.reg", export);
        for key in keys {
            registry.answer(&key);
            registry.answer(&format!("{key}\\*"));
            registry.blobs(&key);
        }
    }
});
