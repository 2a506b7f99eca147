//! What a reader of this room found: tokens that come back escaped, answers that were taken for one another, reasons that were lost.

use crate::*;

#[test]
fn a_link_to_another_list_is_not_followed_and_why_a_page_failed_is_told() {
    let connections = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/connections";
    let list = move |next: &str| {
        let link = format!("https://management.azure.com{next}?api-version=1&$skiptoken=A");
        json!({ "value": [{ "name": "a" }], "nextLink": link }).to_string()
    };
    let other = cloud(move |_, _| {
        Ok(reply(
            200,
            &[],
            &list(&connections.replace("/rg/", "/other/")),
        ))
    });
    let (why, detail) = unknown(other.ask(&request("arm", connections, &[])));
    assert_eq!(why, Why::OverBudget);
    assert!(detail.contains("another list"), "{detail}");
    assert_eq!(other.urls().len(), 1, "it is not asked");
    let refused = r#"{"error": {"code": "AuthorizationFailed", "message": "not for you"}}"#;
    for (status, expected) in [(403, Why::Denied), (400, Why::NotCollected)] {
        let failing = cloud(move |_, number| match number {
            0 => Ok(reply(
                200,
                &[],
                &list(
                    &connections
                        .to_uppercase()
                        .replace("/SUBSCRIPTIONS/", "/subscriptions/"),
                ),
            )),
            _ => Ok(reply(status, &[], refused)),
        });
        let (why, detail) = unknown(failing.ask(&request("arm", connections, &[])));
        assert_eq!(why, expected);
        assert!(
            detail.contains("further page") && detail.contains("not for you"),
            "{detail}"
        );
    }
    let silent = cloud(move |_, number| match number {
        0 => Ok(reply(200, &[], &list(connections))),
        _ => Err(Fault::TimedOut),
    });
    assert_eq!(
        unknown(silent.ask(&request("arm", connections, &[]))).0,
        Why::TimedOut
    );
}

#[test]
fn an_escaped_token_comes_back_nowhere() {
    let escaped: String = TOKEN
        .chars()
        .map(|c| format!("\\u{:04x}", c as u32))
        .collect();
    let nested = serde_json::to_string(&format!("{{\"error\": \"{escaped}\"}}")).unwrap();
    for (status, body) in [
        (
            200,
            format!(
                "{{\"id\": \"{GATEWAY}\", \"properties\": {{\"a\": \"{escaped}\", \"{escaped}\": {nested}}}}}"
            ),
        ),
        (
            400,
            format!("{{\"error\": {{\"code\": \"Bad\", \"message\": \"{escaped}\"}}}}"),
        ),
        (400, format!("<p>{escaped}</p>")),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let Cloudy { azure, .. } = cloud(move |_, _| Ok(reply(status, &[], &body)));
        let azure = azure.recording(Recorder::new(&folder.path().join("case")).unwrap());
        let answer = format!("{:?}", azure.fetch(&gateway(), Duration::from_secs(60)));
        let file = std::fs::read_to_string(folder.path().join("case/azure/0001.json")).unwrap();
        for shown in [&answer, &file] {
            assert!(
                !shown.contains(TOKEN) && !shown.contains("\\u006f"),
                "{shown}"
            );
            assert!(
                shown.contains("[token]") || shown.contains("[hidden]"),
                "{shown}"
            );
        }
    }
}

#[test]
fn two_versions_of_one_resource_are_two_answers_live_and_from_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let Cloudy { azure, .. } = cloud(|call, _| {
        let (_, version) = call.url.split_once("api-version=").unwrap();
        Ok(reply(
            200,
            &[],
            &json!({ "id": GATEWAY, "properties": { "version": version } }).to_string(),
        ))
    });
    let azure = azure.recording(Recorder::new(&folder.path().join("case")).unwrap());
    let asked = ["2023-01-01", "2024-01-01"].map(|it| request("arm", GATEWAY, &[("api", it)]));
    let live: Vec<Answer> = asked
        .iter()
        .map(|it| azure.fetch(it, Duration::from_secs(60)))
        .collect();
    let saved = CaseFolder::open(&folder.path().join("case")).unwrap();
    for ((request, live), version) in asked.iter().zip(&live).zip(["2023-01-01", "2024-01-01"]) {
        assert_eq!(found(live.clone())["properties"]["version"], version);
        assert_eq!(&saved.fetch(request, Duration::ZERO), live);
    }
}

#[test]
fn secrets_in_columns_of_logs_are_taken_out() {
    let body = r#"{"tables": [{"name": "PrimaryResult", "columns": [{"name": "Who"}, {"name": "shared_key"}], "rows": [["x", "hush-hush"]]}]}"#;
    let cloud = with(
        Box::new(move |_, _| Ok(reply(200, &[], body))),
        Box::new(Everywhere),
    );
    let asked = request(
        "logs",
        "w",
        &[
            ("query", "T"),
            ("since", "1h"),
            ("now", "2026-11-06T09:30:00Z"),
        ],
    );
    let rows = found(cloud.ask(&asked));
    assert_eq!(rows[0]["Who"], "x");
    assert!(!rows.to_string().contains("hush"), "{rows}");
}

#[test]
fn a_cloud_is_asked_again_who_belongs_to_it() {
    let tries = |answers: Answers| {
        let sent = Arc::new(Mutex::new(Vec::new()));
        let clock = Moments::default();
        let wire = Scripted {
            answers,
            sent: Arc::clone(&sent),
            clock: clock.clone(),
        };
        let custom = Cloud::custom("https://management.example").unwrap();
        let azure = Azure::with(
            custom,
            Box::new(wire),
            Box::new(Everywhere),
            Box::new(clock),
            Limits::default(),
        );
        let answer = azure.fetch(&request("graph", "users/x", &[]), Duration::from_secs(60));
        let urls: Vec<String> = sent
            .lock()
            .unwrap()
            .iter()
            .map(|it| it.url.clone())
            .collect();
        (answer, urls.len())
    };
    let told = r#"{"authentication": {"loginEndpoint": "https://login.example", "audiences": ["https://management.example/id"]}, "microsoftGraphResourceId": "https://graph.example/"}"#;
    let (answer, sent) = tries(Box::new(move |_, number| match number {
        0 => Ok(reply(503, &[("retry-after", "1")], "")),
        1 => Err(Fault::Cut("broke".to_owned())),
        2 => Ok(reply(200, &[], told)),
        _ => Ok(reply(200, &[], r#"{"id": "x"}"#)),
    }));
    assert_eq!((found(answer)["id"].clone(), sent), (json!("x"), 4));
    let (answer, sent) = tries(Box::new(|_, _| Ok(reply(503, &[], ""))));
    assert_eq!(unknown(answer).0, Why::Unsupported);
    assert_eq!(sent, Limits::default().attempts as usize, "it has an end");
    let (_, sent) = tries(Box::new(|_, _| Ok(reply(404, &[], ""))));
    assert_eq!(sent, 1, "what is not there is not asked for again");
}
