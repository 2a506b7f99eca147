//! Any text as a file with sections, as a phonebook, and as a profile of Connection Manager.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rulec_artefacts::ini;
use rulec_artefacts::phonebooks::Phonebooks;

fuzz_target!(|text: &str| {
    for start in [
        "",
        "[x]\nType=2\nVpnStrategy=5\nCustomAuthKey=13\nCustomAuthData=31444243",
        "[Connection Manager]\nServiceName=x\n",
    ] {
        let ini = ini::read(&format!("{start}{text}"));
        ini.document();
        let mut phonebooks = Phonebooks::default();
        phonebooks.add("a.pbk", &ini);
        phonebooks.all();
        phonebooks.entry("x");
        phonebooks.cm_profile("x");
    }
});
