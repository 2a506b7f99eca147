//! A compiled pack inside of another program, which brings facts, clock and patience: `embed PACK COMPLAINT GATEWAY`.

use std::error::Error;

use rulec_eval::serde_json::json;
use rulec_eval::{Answer, CaseInput, Given, Pack, Provenance, Report, Request, Why};

/// What the program around it brings.
pub struct Host<'h> {
    /// Reads a place that the pack asks about.
    pub read: &'h dyn Fn(&Request) -> Answer,
    /// The time of the case, RFC 3339.
    pub now: &'h str,
    /// Nobody waits for the report any more.
    pub cancelled: &'h dyn Fn() -> bool,
}

/// What a complaint comes from, as far as it was found out.
pub fn diagnose(
    pack: &[u8],
    complaint: &str,
    gateway: &str,
    host: &Host<'_>,
) -> Result<Report, Box<dyn Error>> {
    let input = CaseInput {
        texts: vec![complaint.to_owned()],
        now: Some(host.now.to_owned()),
        given: vec![Given::new("gateway_id", gateway)],
        ..CaseInput::default()
    };
    let loaded = Pack::open(pack)?.load(&input)?;
    let mut session = loaded.session(input)?;
    while !session.finished() && !(host.cancelled)() {
        for (id, request) in session.requests() {
            session.answer(id, (host.read)(&request));
        }
    }
    Ok(session.report())
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, complaint, gateway] = arguments.as_slice() else {
        return Err("usage: embed PACK COMPLAINT GATEWAY".into());
    };
    let host = Host {
        read: &|request| match request.kind.as_str() {
            "arm" => {
                let resource = json!({ "properties": { "provisioningState": "Failed" } });
                Answer::Found(resource.into(), Provenance::default())
            }
            _ => Answer::Unknown(Why::Unsupported, String::new(), Provenance::default()),
        },
        now: "2026-11-28T12:00:00Z",
        cancelled: &|| false,
    };
    for verdict in diagnose(&std::fs::read(file)?, complaint, gateway, &host)?.verdicts {
        println!("{}: {:?}", verdict.rule, verdict.verdict);
    }
    Ok(())
}
