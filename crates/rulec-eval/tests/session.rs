//! Rounds, sources and needs: clauses S1 to S6, N1 to N3, L1 to L3, A1.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail"
)]

mod world;

use std::sync::Arc;
use std::time::Duration;

use rulec_eval::{Case, Reply, Session, is_secret_name, run_session};
use rulec_facts::provider::Answer;
use rulec_facts::reason::Why;
use rulec_facts::types::Kind;
use rulec_facts::value::{Partial, Value};
use rulec_program::program::{Assume, Verify};
use serde_json::json;
use world::*;

/// `when a == 1`, under the symptom `s`.
fn one_rule(world: &mut World) {
    let when = world.is_int("a", 1);
    world.symptom("s");
    world.rule("r", &["s"], Some(when));
}

#[test]
fn s1_given_comes_first_and_ends_the_search() {
    let mut world = World::new(vec![fact("a", int())]);
    world.from("a", "/a", "$.v");
    one_rule(&mut world);
    let program = world.seal();
    let places = Places::new(&[("/a", json!({ "v": 1 }))]);
    let report = run(&program, input(&["s"], &[("a", json!(2))]), &places);
    assert_eq!(word(&report, "r"), "ruled-out");
    assert_eq!(places.count(), 0);
    let denied = run(
        &program,
        input(&["s"], &[("a", json!({ "unknown": "denied" }))]),
        &places,
    );
    assert_eq!(word(&denied, "r"), "open");
    assert_eq!(places.count(), 0, "given as unknown ends the search too");
}

#[test]
fn s2_a_source_is_asked_only_after_all_before_it_and_malformed_goes_on() {
    let mut world = World::new(vec![fact("a", int())]);
    world.from("a", "/first", "$.v");
    world.from("a", "/second", "$.v");
    world.from("a", "/third", "$.v");
    one_rule(&mut world);
    let program = world.seal();
    let mut places = Places::new(&[
        ("/second", json!({ "v": "text" })),
        ("/third", json!({ "v": 1 })),
    ]);
    places.failures.insert("/first".to_owned(), Why::Denied);
    let case = Case::new(&program, input(&["s"], &[])).unwrap();
    let mut session = Session::new(&program, case);
    let mut order = Vec::new();
    while !session.finished() {
        let requests = session.requests();
        assert_eq!(requests.len(), 1, "one source at a time");
        for (id, request) in requests {
            order.push(request.locator.clone().unwrap());
            session.answer(id, places.answer(&request));
        }
    }
    assert_eq!(order, ["/first", "/second", "/third"]);
    let report = session.report();
    assert_eq!(word(&report, "r"), "confirmed");
    let source = verdict(&report, "r").evidence[0].source.clone().unwrap();
    assert_eq!(
        (source.kind.as_str(), source.place.as_str()),
        ("azure arm", "/third")
    );
    assert_eq!(source.file.as_deref(), Some("third.json"));
}

#[test]
fn s3_not_there_is_the_default_else_absent_else_missing() {
    let places = Places::new(&[("/a", json!(null))]);
    let run_with = |change: &dyn Fn(&mut World)| {
        let mut world = World::new(vec![fact("a", int())]);
        world.from("a", "/a", "$.v");
        change(&mut world);
        one_rule(&mut world);
        let program = world.seal();
        run(&program, input(&["s"], &[]), &places)
    };
    let default = run_with(&|world| world.slot("a").default = Some(Partial::Known(Value::Int(1))));
    assert_eq!(word(&default, "r"), "confirmed");
    assert_eq!(default.facts[0].source.as_ref().unwrap().kind, "default");
    let absent = run_with(&|world| world.slot("a").ty.optional = true);
    assert_eq!(word(&absent, "r"), "ruled-out");
    let missing = run_with(&|_| {});
    assert_eq!(word(&missing, "r"), "open");
    assert_eq!(json!(missing.facts[0])["unknown"], "missing");
}

#[test]
fn s4_every_reason_is_kept_in_order_and_unsupported_does_not_stand_for_them() {
    let mut world = World::new(vec![fact("a", int())]);
    let other = world.source("windows registry", "HKLM", "A");
    world.slot("a").sources.push(other);
    world.from("a", "/first", "$.v");
    world.from("a", "/second", "$.v");
    one_rule(&mut world);
    let program = world.seal();
    let mut places = Places::default();
    places.failures.insert("/first".to_owned(), Why::Denied);
    places.failures.insert("/second".to_owned(), Why::TimedOut);
    let report = run(&program, input(&["s"], &[]), &places);
    let reasons: Vec<&str> = report.facts[0].reasons.iter().map(|it| it.reason).collect();
    assert_eq!(reasons, ["unsupported", "denied", "timed-out"]);
    assert_eq!(json!(report.facts[0])["unknown"], "denied");
    assert_eq!(report.facts[0].source.as_ref().unwrap().place, "/first");
    assert!(!report.open[0].obtainable);
}

#[test]
fn s5_an_unknown_name_passes_its_reason_on_and_an_absent_one_is_not_there() {
    let build = || {
        let mut world = World::new(vec![fact("a", int()), fact("id", text().optional())]);
        world.from("a", "{id}/v", "$.v");
        world.from("id", "/id", "$.id");
        one_rule(&mut world);
        world
    };
    let mut denied = Places::default();
    denied.failures.insert("/id".to_owned(), Why::Denied);
    let program = build().seal();
    let report = run(&program, input(&["s"], &[]), &denied);
    let reason = &report.facts[0].reasons[0];
    assert_eq!((reason.fact.as_str(), reason.reason), ("id", "denied"));
    let absent = Places::new(&[("/id", json!({}))]);
    let mut world = build();
    world.slot("a").default = Some(Partial::Known(Value::Int(1)));
    let program = world.seal();
    let report = run(&program, input(&["s"], &[]), &absent);
    assert_eq!(word(&report, "r"), "confirmed");
    assert_eq!(
        absent.count(),
        1,
        "nothing to read at the place of an absent name"
    );
}

#[test]
fn a_name_that_a_pack_declares_secret_is_known_before_anything_is_kept() {
    let mut ty = record(&[("key", text(), ""), ("size", int(), "")]);
    if let Kind::Record(record) = &mut ty.kind {
        Arc::make_mut(record).fields[0].secret = true;
    }
    let facts = vec![
        fact("a", int()),
        fact("all", list(ty.clone())),
        fact("psk", text()),
        fact("tunnel", ty),
    ];
    let mut world = World::new(facts);
    world.slot("psk").secret = true;
    one_rule(&mut world);
    let program = world.seal();
    for (name, secret) in [
        ("a", Some(false)),
        ("psk", Some(true)),
        ("tunnel", Some(true)),
        ("all", Some(true)),
        ("tunnel.key", Some(true)),
        ("tunnel.size", Some(false)),
        ("pks", None),
        ("tunnel.kye", None),
    ] {
        assert_eq!(is_secret_name(&program, name), secret, "{name}");
    }
}

#[test]
fn s5_a_value_cannot_climb_out_of_its_place_and_a_secret_hides_it() {
    let mut world = World::new(vec![fact("a", int()), fact("id", text())]);
    world.from("a", "/x/y/../{id}/v", "$.v");
    world.slot("id").secret = true;
    one_rule(&mut world);
    let program = world.seal();
    let case = Case::new(&program, input(&["s"], &[("id", json!("b/../../c?q"))])).unwrap();
    let session = Session::new(&program, case);
    let request = session.requests()[0].1.clone();
    assert!(request.secret);
    assert_eq!(request.shown(), "azure arm \"[secret]\"");
    assert_eq!(
        request.locator.as_deref(),
        Some("/x/b/%2E%2E/%2E%2E/c%3Fq/v")
    );
}

#[test]
fn s6_one_place_is_read_once_whoever_asks_failures_included() {
    let mut world = World::new(vec![
        fact("a", int()),
        fact("b", int()),
        fact("c", int()),
        fact("d", int()),
    ]);
    world.from("a", "/Same", "$.a");
    world.from("b", "/same", "$.b");
    world.from("c", "/gone", "$.c");
    world.from("c", "/same", "$.c");
    world.from("d", "/gone", "$.d");
    let tests: Vec<_> = ["a", "b", "c", "d"]
        .iter()
        .map(|it| world.is_int(it, 1))
        .collect();
    let when = world.and(&tests);
    world.symptom("s");
    world.rule("r", &["s"], Some(when));
    let program = world.seal();
    let mut places = Places::new(&[("/Same", json!({ "a": 1, "b": 1, "c": 1 }))]);
    places.failures.insert("/gone".to_owned(), Why::TimedOut);
    let report = run(&program, input(&["s"], &[]), &places);
    assert_eq!(places.count(), 2, "two places, five sources");
    assert_eq!(verdict(&report, "r").needs, ["d"]);
}

#[test]
fn nothing_is_fetched_that_no_verdict_needs() {
    let mut world = World::new(vec![fact("a", int()), fact("b", int()), fact("c", int())]);
    for name in ["a", "b", "c"] {
        world.from(name, &format!("/{name}"), "$.v");
    }
    let a = world.is_int("a", 1);
    let b = world.is_int("b", 1);
    let both = world.and(&[a, b]);
    let c = world.is_int("c", 1);
    world.symptom("other");
    world.symptom("s");
    world.rule("r", &["s"], Some(both));
    world.rule("unasked", &["other"], Some(c));
    let program = world.seal();
    let places = Places::new(&[("/b", json!({ "v": 1 })), ("/c", json!({ "v": 1 }))]);
    let report = run(&program, input(&["s"], &[("a", json!(2))]), &places);
    assert_eq!(
        places.count(),
        0,
        "false whatever b is, and nobody asked for c"
    );
    assert_eq!(report.verdicts.len(), 1);
}

#[test]
fn l1_presence_goes_first_and_rounds_end() {
    let mut world = World::new(vec![fact("a", int()), fact("p", int())]);
    world.from("a", "/a", "$.v");
    world.from("p", "/p", "$.v");
    let when = world.is_int("a", 1);
    let seen = world.is_int("p", 1);
    world.symptom("s").seen.push(seen);
    world.rule("r", &["s"], Some(when));
    let program = world.seal();
    for (present, asked) in [(1, 2), (0, 1)] {
        let places = Places::new(&[("/p", json!({ "v": present })), ("/a", json!({ "v": 1 }))]);
        let case = Case::new(&program, input(&[], &[])).unwrap();
        let mut session = Session::new(&program, case);
        assert_eq!(session.requests()[0].1.locator.as_deref(), Some("/p"));
        run_session(&mut session, &[&places], Duration::from_secs(5));
        assert_eq!((places.count(), session.rounds()), (asked, asked));
    }
}

#[test]
fn l2_a_late_or_unknown_answer_changes_nothing() {
    let mut world = World::new(vec![fact("a", int())]);
    world.from("a", "/a", "$.v");
    one_rule(&mut world);
    let program = world.seal();
    let case = Case::new(&program, input(&["s"], &[])).unwrap();
    let mut session = Session::new(&program, case);
    let (id, request) = session.requests()[0].clone();
    let late = Answer::Unknown(
        Why::TimedOut,
        "5 s were over".to_owned(),
        Default::default(),
    );
    session.answer(id, late);
    let before = session.report();
    let places = Places::new(&[("/a", json!({ "v": 1 }))]);
    session.answer(id, places.answer(&request));
    assert_eq!(session.report(), before);
    assert_eq!(word(&before, "r"), "open");
}

#[test]
fn n2_guarded_facts_are_fetched_only_while_their_guard_can_be_had() {
    use rulec_program::node::Op;
    let build = || {
        let mut world = World::new(vec![fact("b", int()), fact("xs", list(int()))]);
        world.from("xs", "/xs", "$[*]");
        world.from("b", "/b", "$.v");
        let xs = world.name("xs");
        let x = world.push(Op::Variable(0));
        let b = world.name("b");
        let body = world.push(Op::Compare(rulec_program::node::Comparison::Equal, x, b));
        let any = world.push(Op::Any {
            list: xs,
            variable: 0,
            filter: None,
            body,
        });
        world.symptom("s");
        world.rule("r", &["s"], Some(any));
        world.seal()
    };
    let program = build();
    let places = Places::new(&[("/xs", json!([1])), ("/b", json!({ "v": 1 }))]);
    let report = run(&program, input(&["s"], &[]), &places);
    assert_eq!(word(&report, "r"), "confirmed");
    let places = Places::new(&[("/b", json!({ "v": 1 }))]);
    let gone = json!({ "unknown": "denied" });
    let report = run(&program, input(&["s"], &[("xs", gone)]), &places);
    assert_eq!(places.count(), 0, "nothing can decide it any more");
    assert_eq!(
        verdict(&report, "r").needs,
        ["b", "xs"],
        "guarded needs are told all the same"
    );
}

#[test]
fn each_x_in_list_is_one_request_an_element_with_its_key() {
    let row = record(&[("key", text(), ""), ("v", int(), "$.v")]);
    let mut world = World::new(vec![fact("ids", list(text())), fact("rows", list(row))]);
    world.each_from("rows", "/row/{x}", "ids", "$");
    let empty = {
        let rows = world.name("rows");
        world.push(rulec_program::node::Op::IsEmpty(rows))
    };
    world.symptom("s");
    world.rule("r", &["s"], Some(empty));
    let program = world.seal();
    let mut places = Places::new(&[("/row/b", json!({ "v": 2 })), ("/row/a", json!({ "v": 1 }))]);
    places.failures.insert("/row/c".to_owned(), Why::Denied);
    let report = run(
        &program,
        input(&["s"], &[("ids", json!(["b", "c", "a"]))]),
        &places,
    );
    assert_eq!(places.count(), 3);
    assert_eq!(word(&report, "r"), "ruled-out");
    let rows = report.facts.iter().find(|it| it.name == "rows").unwrap();
    assert_eq!(
        json!(rows)["value"].to_string(),
        r#"[{"key":"a","v":1},{"key":"b","v":2},{"unknown":"denied"}]"#
    );
    let none = run(
        &program,
        input(&["s"], &[("ids", json!([]))]),
        &Places::default(),
    );
    assert_eq!(word(&none, "r"), "confirmed");
}

#[test]
fn a_param_is_filled_by_the_only_resource_of_its_type() {
    use rulec_eval::Resource;
    let gateway = |id: &str| Resource {
        kind: "microsoft.network/VirtualNetworkGateways".to_owned(),
        id: id.to_owned(),
        file: None,
    };
    let mut world = World::new(vec![
        fact("a", int()),
        param(
            "gateway_id",
            Some("Microsoft.Network/virtualNetworkGateways"),
        ),
    ]);
    world.from("a", "{gateway_id}", "$.v");
    one_rule(&mut world);
    let program = world.seal();
    let places = Places::new(&[("/g1", json!({ "v": 1 }))]);
    let with = |resources: Vec<Resource>| {
        let mut input = input(&["s"], &[]);
        input.resources = resources;
        run(&program, input, &places)
    };
    let one = with(vec![gateway("/g1"), gateway("/G1")]);
    assert_eq!(word(&one, "r"), "confirmed");
    assert_eq!(one.facts[1].source.as_ref().unwrap().kind, "case");
    let two = with(vec![gateway("/g1"), gateway("/g2")]);
    assert_eq!(word(&two, "r"), "open");
    let reasons = &two
        .facts
        .iter()
        .find(|it| it.name == "gateway_id")
        .unwrap()
        .reasons;
    assert!(reasons[0].detail.contains("/g1, /g2"), "{reasons:?}");
    assert_eq!(reasons[0].reason, "not-collected");
    assert_eq!(word(&with(Vec::new()), "r"), "open");
}

#[test]
fn t6_nothing_reads_a_clock_so_now_is_unknown_unless_given() {
    let mut world = World::new(vec![fact("a", int()), now()]);
    let mut source = world.source("windows events", "Application", "Data[0]");
    source.arguments = vec![("since".into(), vec![world.template("7d")])];
    world.slot("a").sources.push(source);
    one_rule(&mut world);
    let program = world.seal();
    let open = run(&program, input(&["s"], &[]), &Places::default());
    let reason = &open.facts.iter().find(|it| it.name == "a").unwrap().reasons[0];
    assert_eq!(
        (reason.fact.as_str(), reason.reason),
        ("now", "not-collected")
    );
    let mut with_now = input(&["s"], &[]);
    with_now.now = Some("2026-11-01T00:00:00Z".to_owned());
    let session = Session::new(&program, Case::new(&program, with_now).unwrap());
    let request = session.requests()[0].1.clone();
    assert_eq!(
        request.arguments,
        [
            ("now".to_owned(), vec!["2026-11-01T00:00:00Z".to_owned()]),
            ("since".to_owned(), vec!["7d".to_owned()])
        ]
    );
}

#[test]
fn questions_come_one_at_a_time_after_all_places_and_are_followed_by_rounds() {
    let mut world = World::new(vec![
        fact("a", int()),
        fact("id", text()),
        fact("idle", int()),
    ]);
    world.from("a", "/{id}", "$.v");
    world.slot("id").ask = Some("Which one?".to_owned());
    world.slot("idle").ask = Some("Needed by nobody?".to_owned());
    one_rule(&mut world);
    world.program.symptoms[0].asks.push("Is it so?".to_owned());
    let program = world.seal();
    let places = Places::new(&[("/g", json!({ "v": 1 }))]);
    let mut session = Session::new(&program, Case::new(&program, input(&[], &[])).unwrap());
    assert!(session.finished(), "only a person knows");
    let question = session.question().unwrap();
    assert_eq!(question.text, "Is it so?");
    session
        .reply(&question, &Reply::Value(json!(true)))
        .unwrap();
    let question = session.question().unwrap();
    assert_eq!(question.text, "Which one?");
    assert!(
        session
            .reply(&question, &Reply::Value(json!(["x"])))
            .is_err()
    );
    session.reply(&question, &Reply::Value(json!("g"))).unwrap();
    run_session(&mut session, &[&places], Duration::from_secs(5));
    assert_eq!(word(&session.report(), "r"), "confirmed");
    assert_eq!(
        session.question(),
        None,
        "nothing that a verdict needs is left"
    );
    let mut unsure = Session::new(&program, Case::new(&program, input(&["s"], &[])).unwrap());
    let question = unsure.question().unwrap();
    unsure.reply(&question, &Reply::DoNotKnow).unwrap();
    assert_eq!(unsure.question(), None, "asked once");
    assert_eq!(word(&unsure.report(), "r"), "open");
}

#[test]
fn a1_only_a_false_assumption_is_reported_and_none_causes_a_fetch() {
    let mut world = World::new(vec![fact("a", int()), fact("b", int())]);
    world.from("b", "/b", "$.v");
    one_rule(&mut world);
    for (name, text) in [("a", "a == 7"), ("b", "b == 7")] {
        let condition = world.is_int(name, 7);
        world.program.assumes.push(Assume {
            place: Default::default(),
            pack: rulec_program::program::PackId(0),
            condition,
            text: text.to_owned(),
        });
    }
    let program = world.seal();
    let places = Places::default();
    let report = run(&program, input(&["s"], &[("a", json!(1))]), &places);
    assert_eq!(places.count(), 0);
    let broken: Vec<&str> = report
        .broken_assumptions
        .iter()
        .map(|it| it.text.as_str())
        .collect();
    assert_eq!(broken, ["a == 7"]);
    assert_eq!(report.broken_assumptions[0].evidence[0].path, "a");
    assert_eq!(
        word(&report, "r"),
        "confirmed",
        "an assumption is never evidence"
    );
}

#[test]
fn l3_verify_and_assume_cause_no_fetch() {
    let mut world = World::new(vec![fact("a", int()), fact("b", int()), fact("c", int())]);
    for (name, place) in [("a", "/a"), ("b", "/b"), ("c", "/c")] {
        world.from(name, place, "$.v");
    }
    let (when, assumed, healed) = (
        world.is_int("a", 1),
        world.is_int("b", 7),
        world.is_int("c", 2),
    );
    world.symptom("s");
    world.fix("f").verify.push(Verify::Condition(healed));
    world.rule_with("r", &["s"], Some(when), &[], &["f"]);
    world.program.assumes.push(Assume {
        place: Default::default(),
        pack: rulec_program::program::PackId(0),
        condition: assumed,
        text: "b == 7".to_owned(),
    });
    let program = world.seal();
    let places = Places::new(&[
        ("/a", json!({ "v": 1 })),
        ("/b", json!({ "v": 8 })),
        ("/c", json!({ "v": 3 })),
    ]);
    let report = run(&program, input(&["s"], &[]), &places);
    assert_eq!(word(&report, "r"), "confirmed");
    assert_eq!(places.count(), 1, "only what the rule asks for");
    assert!(report.broken_assumptions.is_empty(), "nobody looked at `b`");
}

#[test]
fn a_field_given_alone_is_laid_over_what_is_fetched() {
    let gateway = record(&[("sku", int(), "$.sku"), ("state", int(), "$.state")]);
    let mut world = World::new(vec![fact("gateway", gateway)]);
    world.from("gateway", "/g", "");
    let sku = world.is_int("gateway.sku", 1);
    let state = world.is_int("gateway.state", 1);
    world.symptom("s");
    world.rule("by-sku", &["s"], Some(sku));
    world.rule("by-state", &["s"], Some(state));
    let program = world.seal();
    let places = Places::new(&[("/g", json!({ "sku": 1, "state": 1 }))]);
    let report = run(
        &program,
        input(&["s"], &[("gateway.sku", json!(2))]),
        &places,
    );
    assert_eq!(word(&report, "by-sku"), "ruled-out");
    assert_eq!(word(&report, "by-state"), "confirmed");
    let given = verdict(&report, "by-sku").evidence[0]
        .source
        .clone()
        .unwrap();
    let read = verdict(&report, "by-state").evidence[0]
        .source
        .clone()
        .unwrap();
    assert_eq!(
        (given.kind.as_str(), read.kind.as_str()),
        ("given", "azure arm")
    );
}
