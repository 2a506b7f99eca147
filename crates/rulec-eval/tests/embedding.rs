//! What the page "Embedding" promises, by the examples that it points to.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

#[allow(dead_code, reason = "an example has a `main` of its own")]
#[path = "../examples/embed.rs"]
mod embed;
#[allow(dead_code, reason = "an example has a `main` of its own")]
#[path = "../examples/embed_async.rs"]
mod embed_async;

use std::cell::Cell;
use std::process::Command;
use std::sync::Arc;
use std::task::Poll;
use std::thread;

use embed::{Host, diagnose};
use rulec_check::{Input, PackInput, RuleFile, analyse};
use rulec_eval::pack::Loaded;
use rulec_eval::report::VerdictWord;
use rulec_eval::serde_json::json;
use rulec_eval::{
    Answer, Case, CaseInput, Given, LineError, Lines, Misuse, Pack, Provenance, Recogniser, Report,
    Request, Session, Why,
};
use rulec_program::pack_file::{self, PackFileError};
use rulec_program::seal::Sealed;
use rulec_syntax::parse::parse;
use rulec_syntax::source::{SourceFile, Sources};

const RULES: &str = r#"
/// Resource ID of the gateway.
param gateway_id: arm "Microsoft.Network/virtualNetworkGateways"

/// State of its last change.
fact gateway.state: enum { Succeeded, Failed, else other }
    from azure arm "{gateway_id}" at "$.properties.provisioningState"

/// End of its certificate.
fact gateway.until: time
    from azure arm "{gateway_id}" at "$.properties.until"

/// It does not connect.
symptom no-connection =
    | code ras 798
    | text "It does not connect."

rule change-failed:
    symptom no-connection
    when gateway.state == Failed
    => fix "Repeat the last change."

rule expired:
    symptom no-connection
    when gateway.until < now
    => fix "Renew the certificate."

/// It is slow.
symptom slow =
    | text "It is slow."

rule too-far:
    symptom slow
    when gateway.state == other
    => fix "Move it."
"#;

const GATEWAY: &str =
    "/subscriptions/1/resourceGroups/g/providers/Microsoft.Network/virtualNetworkGateways/gw";

fn pack() -> Vec<u8> {
    let mut sources = Sources::default();
    let id = sources.add(SourceFile::new("gateway.rules", RULES));
    let parsed = parse(id, RULES);
    assert!(parsed.findings.is_empty(), "{:?}", parsed.findings);
    let mut pack = PackInput::new("gateway");
    pack.files.push(RuleFile {
        id,
        tree: parsed.file,
    });
    let input = Input {
        packs: vec![pack],
        roots: 1,
    };
    let analysis = analyse(&input, &sources);
    let program = analysis
        .program
        .unwrap_or_else(|| panic!("{:?}", analysis.findings));
    pack_file::write(&program).unwrap()
}

fn resource(_: &Request) -> Answer {
    let properties = json!({ "provisioningState": "Succeeded", "until": "2026-06-01T00:00:00Z" });
    let resource = json!({ "properties": properties });
    Answer::Found(Arc::new(resource), Provenance::default())
}

fn verdict(report: &Report, rule: &str) -> VerdictWord {
    let verdict = report.verdicts.iter().find(|it| it.rule == rule);
    verdict
        .unwrap_or_else(|| panic!("no verdict of {rule}"))
        .verdict
}

#[test]
fn facts_come_from_a_closure_and_the_clock_from_the_host() {
    let pack = pack();
    let asked = Cell::new(0);
    let at = |now| {
        let read = |request: &Request| {
            asked.set(asked.get() + 1);
            resource(request)
        };
        let host = Host {
            read: &read,
            now,
            cancelled: &|| false,
        };
        diagnose(&pack, "RAS 798", GATEWAY, &host).unwrap()
    };
    let before = at("2026-05-31T00:00:00Z");
    assert_eq!(verdict(&before, "expired"), VerdictWord::RuledOut);
    let after = at("2026-06-02T00:00:00Z");
    assert_eq!(verdict(&after, "expired"), VerdictWord::Confirmed);
    assert_eq!(verdict(&after, "change-failed"), VerdictWord::RuledOut);
    // One place a case, although two facts lie there.
    assert_eq!(asked.get(), 2);
}

#[test]
fn a_case_that_is_cancelled_is_open_and_asks_nothing() {
    let host = Host {
        read: &|_| panic!("nobody is asked"),
        now: "2026-06-02T00:00:00Z",
        cancelled: &|| true,
    };
    let report = diagnose(&pack(), "It does not connect.", GATEWAY, &host).unwrap();
    assert_eq!(verdict(&report, "expired"), VerdictWord::Open);
}

#[test]
fn an_async_host_reads_the_places_of_a_round_side_by_side() {
    let pack = pack();
    let read = |request: Request| -> embed_async::Reading {
        let mut polled = false;
        Box::pin(std::future::poll_fn(move |context| {
            // Answers when it is asked again, as a socket would.
            if std::mem::replace(&mut polled, true) {
                return Poll::Ready(resource(&request));
            }
            let waker = context.waker().clone();
            thread::spawn(move || waker.wake());
            Poll::Pending
        }))
    };
    let future = embed_async::diagnose(&pack, "It does not connect.", GATEWAY, read);
    fn may_move_between_threads<T: Send>(it: T) -> T {
        it
    }
    let report = embed_async::block_on(may_move_between_threads(future)).unwrap();
    assert_eq!(verdict(&report, "change-failed"), VerdictWord::RuledOut);
    // Without a clock `now` is unknown.
    assert_eq!(verdict(&report, "expired"), VerdictWord::Open);
}

#[test]
fn everything_may_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Pack<'static>>();
    shared::<Loaded>();
    shared::<Sealed>();
    shared::<CaseInput>();
    shared::<Case>();
    shared::<Session<'static>>();
    shared::<Recogniser<'static>>();
    shared::<Lines<'static>>();
    shared::<LineError>();
    shared::<Report>();
    shared::<Misuse>();
    shared::<PackFileError>();
    let bytes = pack();
    let pack = Pack::open(&bytes).unwrap();
    let reports = thread::scope(|scope| {
        let runs = (0..4).map(|_| {
            scope.spawn(|| {
                let input = CaseInput {
                    texts: vec!["It does not connect.".to_owned()],
                    ..CaseInput::default()
                };
                let loaded = pack.load(&input).unwrap();
                loaded.session(input).unwrap().report()
            })
        });
        let runs: Vec<_> = runs.collect();
        runs.into_iter()
            .map(|it| it.join().unwrap())
            .collect::<Vec<_>>()
    });
    assert!(reports.iter().all(|it| *it == reports[0]));
}

#[test]
fn lines_share_what_is_given_once_and_list_what_can_be_read() {
    let bytes = pack();
    let pack = Pack::open(&bytes).unwrap();
    let program = pack.program().unwrap();
    let shared = CaseInput {
        now: Some("2026-07-01T00:00:00Z".to_owned()),
        given: vec![Given::new("gateway_id", GATEWAY)],
        ..CaseInput::default()
    };
    let report = |pack, line: &str| {
        let mut lines = Lines::new(&program, pack, shared.clone()).unwrap();
        let mut case = lines.read(line)?;
        Ok::<Report, LineError>(case.session().report())
    };
    let own = r#"{"facts": {"gateway.until": "2026-06-01T00:00:00Z", "gateway.state": "Failed"}, "symptoms": "slow"}"#;
    let earlier = r#"{"now": "2026-05-01T00:00:00Z", "symptoms": ["RAS 798"], "facts": {"gateway.until": "2026-06-01T00:00:00Z", "gateway.state": "Failed"}}"#;
    for (line, rule, word, facts) in [
        // The end of the certificate says nothing about what is slow.
        (
            own,
            "too-far",
            VerdictWord::RuledOut,
            ["gateway.state", "gateway_id", "now"].as_slice(),
        ),
        (
            earlier,
            "expired",
            VerdictWord::RuledOut,
            &["gateway.state", "gateway.until", "gateway_id", "now"],
        ),
        (
            &earlier.replace("-05-", "-08-"),
            "expired",
            VerdictWord::Confirmed,
            &["gateway.state", "gateway.until", "gateway_id", "now"],
        ),
    ] {
        let told = report(Some(&pack), line).unwrap();
        assert_eq!(told, report(None, line).unwrap(), "{line}");
        assert_eq!(verdict(&told, rule), word, "{line}");
        let names: Vec<&str> = told.facts.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, facts, "{line}");
    }
    // What no rule in question reads is held against its type all the same, and a shared fact is given once.
    for wrong in [
        own.replace("2026-06-01T00:00:00Z", "soon"),
        own.replace("gateway.until", "gateway_id"),
    ] {
        let error = report(Some(&pack), &wrong).unwrap_err();
        assert!(
            matches!(&error, LineError::Misuses(all) if all.len() == 1),
            "{error}"
        );
    }
}

#[test]
fn mistakes_are_data() {
    let mut bytes = pack();
    let nobody = Host {
        read: &|_| Answer::Unknown(Why::Unsupported, String::new(), Provenance::default()),
        now: "today",
        cancelled: &|| false,
    };
    let wrong_clock = diagnose(&bytes, "RAS 798", GATEWAY, &nobody).unwrap_err();
    assert!(wrong_clock.to_string().contains("now"), "{wrong_clock}");
    let input = CaseInput {
        symptoms: vec!["no-conection".to_owned()],
        given: vec![Given::new("gateway.stat", "Failed")],
        ..CaseInput::default()
    };
    let loaded = Pack::open(&bytes).unwrap().load(&input).unwrap();
    let wrong = loaded.session(input).unwrap_err();
    let nearest: Vec<_> = wrong
        .0
        .iter()
        .filter_map(|it| it.nearest.as_deref())
        .collect();
    assert_eq!(nearest, ["no-connection", "gateway.state"]);
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let damaged = Pack::open(&bytes).unwrap().program().unwrap_err();
    assert!(matches!(damaged, PackFileError::Damaged(_)), "{damaged}");
}

#[test]
fn it_needs_neither_the_parser_nor_the_graph() {
    let tree = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--locked",
            "-p",
            "rulec-eval",
            "-e",
            "normal",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo is there");
    let text = String::from_utf8_lossy(&tree.stdout);
    assert!(
        tree.status.success(),
        "{}",
        String::from_utf8_lossy(&tree.stderr)
    );
    assert!(text.contains("rulec-program"), "{text}");
    for unwanted in [
        "pest",
        "petgraph",
        "miette",
        "clap",
        "tokio",
        "rulec-syntax",
        "rulec-check",
    ] {
        assert!(!text.contains(unwanted), "{unwanted} in\n{text}");
    }
}
