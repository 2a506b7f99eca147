//! Any bytes as an event log, and any text as a printed list of records.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rulec_artefacts::events::{EventLogs, Log, Query, from_list};
use rulec_facts::provider::Provenance;

fuzz_target!(|bytes: &[u8]| {
    let mut logs = EventLogs::default();
    logs.add_evtx("a.evtx", Log::held([b"ElfFile\0".as_slice(), bytes].concat()));
    if let Ok(text) = std::str::from_utf8(bytes) {
        logs.add_printed("a.txt", None, from_list(text));
    }
    let query = Query {
        provider: "RasClient".to_owned(),
        ids: vec![20227],
        ..Query::default()
    };
    for log in ["Application", "System"] {
        logs.answer(log, &query, Provenance::default());
    }
});
