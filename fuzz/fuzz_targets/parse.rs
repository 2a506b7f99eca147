//! Any text: parsing ends, and each finding stands inside the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rulec_syntax::parse::{parse, parse_expression};
use rulec_syntax::source::FileId;

fuzz_target!(|text: &str| {
    let parsed = parse(FileId(0), text);
    for finding in &parsed.findings {
        assert!(finding.span.start <= finding.span.end);
        assert!(finding.span.end as usize <= text.len());
    }
    let _ = parse_expression(FileId(0), text);
});
