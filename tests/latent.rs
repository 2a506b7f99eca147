//! Runs in which nobody complained of what is wrong: faults of the pack `azure.p2s` that are found before anybody notices, in every
//! form of a report.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

#[path = "started.rs"]
mod started;

use std::path::Path;

use serde_json::{Value as Json, json};
use started::{Outcome, rulec_at};

const FORMATS: [&str; 3] = ["text", "markdown", "html"];

fn run(arguments: &[&str], input: &str) -> Outcome {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let begin = ["run", "--pack", "rules/azure-p2s"];
    rulec_at(&root, &[&begin, arguments].concat(), input)
}

/// Verdict by rule, of one list of the report.
fn verdict(report: &Json, list: &str, rule: &str) -> Json {
    let lines = report[list].as_array().unwrap();
    let line = lines.iter().find(|it| it["rule"] == rule);
    line.map_or(Json::Null, |it| it["verdict"].clone())
}

/// A gateway to which 245 clients of 256 addresses are connected.
fn nearly_full() -> String {
    let p2s = json!({
        "protocols": ["OpenVPN"], "pool": ["172.16.0.0/24"], "auth": ["Certificate"], "roots": [], "revoked": [],
    });
    let gateway =
        json!({ "sku": "VpnGw1", "state": "Succeeded", "active_active": false, "p2s": p2s });
    let sessions: Vec<Json> = (0..245)
        .map(|at| json!({ "id": format!("OVPN_{at}") }))
        .collect();
    json!({ "gateway": gateway, "gateway.sessions": sessions }).to_string()
}

#[test]
fn an_address_pool_that_is_nearly_used_up_is_found_before_anybody_complains() {
    let rule = "address-pool-nearly-used-up";
    let facts = nearly_full();
    // Without a complaint the symptom is seen in the evidence.
    let report = run(&["--facts", "-", "--format", "json"], &facts).json();
    assert_eq!(verdict(&report, "verdicts", rule), "confirmed");
    // Beside another complaint it is looked at on request, and told as what it is.
    let other = ["--facts", "-", "--symptom", "0x80090326"];
    let report = run(&[&other[..], &["--format", "json"]].concat(), &facts).json();
    assert_eq!(report["latent"], json!([]));
    assert_eq!(verdict(&report, "verdicts", rule), Json::Null);
    let all = [&other[..], &["--all"]].concat();
    let report = run(&[&all[..], &["--format", "json"]].concat(), &facts).json();
    assert_eq!(verdict(&report, "latent", rule), "latent");
    for (locale, heading, title) in [
        (
            "en",
            "Would be a cause under another symptom",
            "The address pool is nearly used up",
        ),
        ("zh-TW", "在其他症狀下會是原因", "位址集區快要用完"),
    ] {
        for format in FORMATS {
            let more = ["--format", format, "--locale", locale];
            let outcome = run(&[&all[..], &more].concat(), &facts);
            outcome.ends_with(4).says(heading).says(title).says("245");
            // What is only open there is counted.
            let page = outcome.out.len();
            assert!(page < 80_000, "{page} bytes of {format}");
        }
    }
}

#[test]
fn a_root_that_is_about_to_expire_is_found_beside_another_complaint() {
    let case = [
        "--case",
        "rules/azure-p2s/cases/s03-expired-root",
        "--now",
        "2025-12-10T00:00:00Z",
    ];
    let report = run(&[&case[..], &["--all", "--format", "json"]].concat(), "").json();
    assert_eq!(verdict(&report, "latent", "root-expires-soon"), "latent");
    for format in FORMATS {
        let outcome = run(&[&case[..], &["--all", "--format", format]].concat(), "");
        outcome
            .says("Root on the gateway expires within 30 days")
            .says("contoso-root-2023");
        let outcome = run(&[&case[..], &["--format", format]].concat(), "");
        outcome.hides("Root on the gateway expires within 30 days");
    }
    // On the day of the case it has expired: that is another cause.
    let now = [
        "--case",
        "rules/azure-p2s/cases/s03-expired-root",
        "--all",
        "--format",
        "json",
    ];
    let report = run(&now, "").json();
    assert_eq!(verdict(&report, "latent", "root-expires-soon"), Json::Null);
    assert_eq!(verdict(&report, "verdicts", "root-expired"), "confirmed");
}
