//! Conversations with a cloud that is a list of replies, and a clock that only waits when it is told to.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod azure_provider {
    pub mod chance;
    pub mod clouds;
    pub mod polite;
    pub mod told_apart;
}

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rulec_artefacts::arm_json::Method;
use rulec_artefacts::azure_ask::Audience;
use rulec_facts::provider::{Answer, Provider, Request};
use rulec_facts::reason::Why;
use rulec_providers::azure::{
    Azure, Call, Clock, Cloud, Fault, GivenToken, Limits, Recorder, Reply, SignIn, Token, Wire,
};
use rulec_providers::case_folder::CaseFolder;
use serde_json::{Value as Json, json};

const GATEWAY: &str =
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworkGateways/gw";
const TOKEN: &str = "opaque-token-of-the-test";

/// Milliseconds that have passed; each message takes one.
#[derive(Clone, Default)]
struct Moments(Arc<AtomicU64>);

impl Clock for Moments {
    fn elapsed(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::SeqCst))
    }

    fn sleep(&self, time: Duration) {
        self.0.fetch_add(time.as_millis() as u64, Ordering::SeqCst);
    }
}

type Answers = Box<dyn Fn(&Call, usize) -> Result<Reply, Fault> + Send + Sync>;

/// Answers the message of that number.
struct Scripted {
    answers: Answers,
    sent: Arc<Mutex<Vec<Call>>>,
    clock: Moments,
}

impl Wire for Scripted {
    fn send(&self, call: &Call, limit: Duration, room: usize) -> Result<Reply, Fault> {
        let number = {
            let mut sent = self.sent.lock().unwrap();
            sent.push(call.clone());
            sent.len() - 1
        };
        assert!(!limit.is_zero() && room > 0);
        let answer = (self.answers)(call, number);
        let took = match answer {
            Err(Fault::TimedOut) => limit,
            _ => Duration::from_millis(1),
        };
        self.clock.sleep(took);
        answer
    }
}

struct Cloudy {
    azure: Azure,
    sent: Arc<Mutex<Vec<Call>>>,
    clock: Moments,
}

fn cloud(answers: impl Fn(&Call, usize) -> Result<Reply, Fault> + Send + Sync + 'static) -> Cloudy {
    with(
        Box::new(answers),
        Box::new(GivenToken::read(TOKEN).unwrap()),
    )
}

fn with(answers: Answers, sign_in: Box<dyn SignIn>) -> Cloudy {
    let sent = Arc::new(Mutex::new(Vec::new()));
    let clock = Moments::default();
    let wire = Scripted {
        answers,
        sent: Arc::clone(&sent),
        clock: clock.clone(),
    };
    let azure = Azure::with(
        Cloud::public(),
        Box::new(wire),
        sign_in,
        Box::new(clock.clone()),
        Limits::default(),
    );
    Cloudy { azure, sent, clock }
}

impl Cloudy {
    fn ask(&self, request: &Request) -> Answer {
        self.azure.fetch(request, Duration::from_secs(120))
    }

    fn urls(&self) -> Vec<String> {
        let sent = self.sent.lock().unwrap();
        sent.iter().map(|it| it.url.clone()).collect()
    }
}

fn request(kind: &str, locator: &str, arguments: &[(&str, &str)]) -> Request {
    let mut arguments: Vec<(String, Vec<String>)> = arguments
        .iter()
        .map(|(word, value)| ((*word).to_owned(), vec![(*value).to_owned()]))
        .collect();
    arguments.sort();
    Request {
        system: "azure".to_owned(),
        kind: kind.to_owned(),
        locator: Some(locator.to_owned()),
        arguments,
        on: None,
        secret: false,
    }
}

fn gateway() -> Request {
    request("arm", GATEWAY, &[])
}

fn reply(status: u16, headers: &[(&str, &str)], body: &str) -> Reply {
    Reply {
        status,
        headers: headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: body.as_bytes().to_vec(),
    }
}

fn found(answer: Answer) -> Json {
    match answer {
        Answer::Found(json, _) => Json::clone(&json),
        other => panic!("{other:?}"),
    }
}

fn unknown(answer: Answer) -> (Why, String) {
    match answer {
        Answer::Unknown(why, detail, _) => (why, detail),
        other => panic!("{other:?}"),
    }
}

const FOUND: &str = r#"{"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworkGateways/gw", "properties": {"gatewayType": "Vpn"}}"#;

#[test]
fn a_place_is_asked_once_whoever_asks_and_whatever_came() {
    let cloud = cloud(|call, _| match call.url.contains("gone") {
        true => Ok(reply(403, &[], "")),
        false => Ok(reply(
            200,
            &[("date", "Fri, 13 Dec 2019 15:23:04 GMT")],
            FOUND,
        )),
    });
    for _ in 0..3 {
        let answer = cloud.ask(&gateway());
        let Answer::Found(json, from) = answer else {
            panic!()
        };
        assert_eq!(json["properties"]["gatewayType"], "Vpn");
        assert_eq!(from.time.as_deref(), Some("2019-12-13T15:23:04Z"));
        assert_eq!(from.file, None);
        cloud.ask(&request("arm", &format!("{GATEWAY}gone"), &[]));
    }
    // Another way to write the same place.
    found(cloud.ask(&request(
        "arm",
        &format!("{}/x/..", GATEWAY.to_uppercase()),
        &[],
    )));
    let urls = cloud.urls();
    assert_eq!(urls.len(), 2, "{urls:?}");
    let odd =
        "/subscriptions/s/resourceGroups/Büro (alt)/providers/Microsoft.Network/virtualNetworks/v";
    found(cloud.ask(&request("arm", odd, &[])));
    assert!(cloud.urls()[2].contains("/B%C3%BCro%20(alt)/"));
    assert_eq!(
        urls[0],
        format!("https://management.azure.com{GATEWAY}?api-version=2024-05-01")
    );
}

#[test]
fn too_many_requests_are_waited_for_as_long_as_it_says_and_no_longer() {
    let cloud = cloud(|_, number| match number {
        0 => Ok(reply(429, &[("retry-after", "7")], "")),
        1 => Ok(reply(
            503,
            &[
                ("retry-after", "Fri, 13 Dec 2019 15:23:14 GMT"),
                ("date", "Fri, 13 Dec 2019 15:23:04 GMT"),
            ],
            "",
        )),
        2 => Ok(reply(503, &[], "")),
        _ => Ok(reply(200, &[], FOUND)),
    });
    found(cloud.ask(&gateway()));
    // 7 and 10 as told, then the third pause of its own, 4 seconds; 4 messages.
    assert_eq!(cloud.clock.elapsed(), Duration::from_millis(21_004));
}

#[test]
fn a_wait_beyond_the_deadline_is_not_begun() {
    let cloud = cloud(|_, _| {
        Ok(reply(
            429,
            &[("retry-after", "3600")],
            r#"{"error": {"code": "TooManyRequests", "message": "later"}}"#,
        ))
    });
    let (why, detail) = unknown(cloud.ask(&gateway()));
    assert_eq!(
        (why, detail.as_str()),
        (Why::TimedOut, "HTTP 429 TooManyRequests: later")
    );
    assert!(cloud.clock.elapsed() < Duration::from_secs(1));
}

#[test]
fn retries_of_a_case_have_an_end() {
    let cloud = cloud(|_, _| Ok(reply(503, &[("retry-after", "0")], "")));
    for number in 0..40 {
        let answer = cloud.ask(&request("arm", &format!("{GATEWAY}{number}"), &[]));
        assert_eq!(unknown(answer), (Why::TimedOut, "HTTP 503".to_owned()));
    }
    assert_eq!(cloud.urls().len(), 40 + Limits::default().retries as usize);
}

#[test]
fn all_questions_together_have_a_deadline() {
    let cloud = cloud(|_, _| Err(Fault::TimedOut));
    for number in 0..40 {
        let answer = cloud.ask(&request("arm", &format!("{GATEWAY}{number}"), &[]));
        assert_eq!(unknown(answer).0, Why::TimedOut);
    }
    assert_eq!(cloud.clock.elapsed(), Limits::default().case);
}

#[test]
fn pages_are_followed_on_their_own_host_only() {
    let connections = format!("{GATEWAY}/../../connections");
    let page = |host: &str, name: &str, next: &str| {
        json!({ "value": [{ "name": name }], "nextLink": format!("https://{host}/next?{next}") })
            .to_string()
    };
    let ours = cloud(move |_, number| match number {
        0 => Ok(reply(200, &[], &page("management.azure.com", "a", "1"))),
        1 => Ok(reply(200, &[], &page("management.azure.com", "b", "2"))),
        _ => Ok(reply(200, &[], r#"{"value": [{"name": "c"}]}"#)),
    });
    let list = found(ours.ask(&request("arm", &connections, &[])));
    let names: Vec<&Json> = list["value"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["name"])
        .collect();
    assert_eq!(names, ["a", "b", "c"]);
    let theirs = cloud(move |_, _| {
        Ok(reply(
            200,
            &[],
            &page("management.azure.com.evil.example", "a", "1"),
        ))
    });
    let (why, detail) = unknown(theirs.ask(&request("arm", &connections, &[])));
    assert_eq!(why, Why::OverBudget);
    assert!(detail.contains("another host"), "{detail}");
    assert_eq!(theirs.urls().len(), 1);
    let endless = cloud(move |_, number| {
        Ok(reply(
            200,
            &[],
            &page("management.azure.com", "a", &number.to_string()),
        ))
    });
    assert_eq!(
        unknown(endless.ask(&request("arm", &connections, &[]))).0,
        Why::OverBudget
    );
    assert_eq!(endless.urls().len(), Limits::default().pages);
    let broken = cloud(move |_, number| match number {
        0 => Ok(reply(200, &[], &page("management.azure.com", "a", "1"))),
        _ => Ok(reply(200, &[], "<html>")),
    });
    assert_eq!(
        unknown(broken.ask(&request("arm", &connections, &[]))).0,
        Why::OverBudget
    );
}

fn health() -> Request {
    request(
        "arm",
        &format!("{GATEWAY}/getVpnClientConnectionHealth"),
        &[("post", "")],
    )
}

#[test]
fn a_long_action_is_waited_for_at_its_location() {
    let cloud = cloud(|call, number| {
        let location = ("location", "https://management.azure.com/results/1");
        match number {
            0 => {
                assert_eq!(call.method, Method::Post);
                Ok(reply(202, &[location, ("retry-after", "10")], "null"))
            }
            1 | 2 => {
                assert_eq!(call.method, Method::Get);
                Ok(reply(202, &[("retry-after", "10")], ""))
            }
            _ => Ok(reply(200, &[], r#"{"value": [{"vpnUserName": "u"}]}"#)),
        }
    });
    let sessions = found(cloud.ask(&health()));
    assert_eq!(sessions["value"][0]["vpnUserName"], "u");
    assert_eq!(cloud.clock.elapsed(), Duration::from_millis(30_004));
}

#[test]
fn a_long_action_is_waited_for_in_its_status() {
    let status = (
        "azure-asyncoperation",
        "https://management.azure.com/operations/1",
    );
    let done = cloud(move |_, number| match number {
        0 => Ok(reply(202, &[status], "")),
        1 => Ok(reply(200, &[], r#"{"status": "InProgress"}"#)),
        _ => Ok(reply(
            200,
            &[],
            r#"{"status": "Succeeded", "properties": {"output": {"value": []}}}"#,
        )),
    });
    assert_eq!(found(done.ask(&health())), json!({ "value": [] }));
    let failed = cloud(move |_, number| match number {
        0 => Ok(reply(202, &[status], "")),
        _ => Ok(reply(
            200,
            &[],
            r#"{"status": "Failed", "error": {"code": "GatewayBusy", "message": "later"}}"#,
        )),
    });
    let (why, detail) = unknown(failed.ask(&health()));
    assert_eq!(why, Why::NotCollected);
    assert!(detail.contains("Failed: GatewayBusy later"), "{detail}");
    let never = cloud(move |_, number| match number {
        0 => Ok(reply(202, &[status], "")),
        _ => Ok(reply(200, &[], r#"{"status": "InProgress"}"#)),
    });
    assert_eq!(unknown(never.ask(&health())).0, Why::TimedOut);
    assert!(never.clock.elapsed() <= Limits::default().action);
    let away = cloud(|_, _| {
        Ok(reply(
            202,
            &[("location", "https://evil.example/results/1")],
            "",
        ))
    });
    assert!(unknown(away.ask(&health())).1.contains("another host"));
    assert_eq!(away.urls().len(), 1);
}

#[test]
fn a_result_that_is_gone_is_not_an_absent_one() {
    for status in [404, 410] {
        for header in ["location", "azure-asyncoperation"] {
            let gone = cloud(move |_, number| match number {
                0 => {
                    let address = "https://management.azure.com/results/1";
                    Ok(reply(202, &[(header, address)], ""))
                }
                _ => Ok(reply(
                    status,
                    &[],
                    r#"{"error": {"code": "NotFound", "message": "no such operation"}}"#,
                )),
            });
            let (why, detail) = unknown(gone.ask(&health()));
            assert_eq!(why, Why::NotCollected);
            assert!(
                detail.ends_with("the result of the operation is gone"),
                "{detail}"
            );
        }
    }
}

#[test]
fn the_status_of_an_operation_is_never_its_result() {
    let polled = |header: &'static str, body: &'static str| {
        cloud(move |_, number| match number {
            0 => {
                let address = "https://management.azure.com/results/1";
                Ok(reply(202, &[(header, address)], ""))
            }
            1 => Ok(reply(200, &[], body)),
            _ => Ok(reply(200, &[], r#"{"value": [7]}"#)),
        })
    };
    for header in ["location", "azure-asyncoperation"] {
        for body in [
            r#"{"status": "Succeeded"}"#,
            r#"{"status": "succeeded", "properties": null}"#,
            r#"{"status": "Succeeded", "properties": {"output": null}}"#,
            r#"{"status": "Failed", "error": {"code": "Busy"}}"#,
        ] {
            let (why, detail) = unknown(polled(header, body).ask(&health()));
            assert_eq!(why, Why::NotCollected, "{header} {body}: {detail}");
        }
        let body = r#"{"status": "Succeeded", "properties": {"output": {"value": [1]}}}"#;
        let output = found(polled(header, body).ask(&health()));
        assert_eq!(output, json!({ "value": [1] }), "{header}");
    }
    for body in [
        r#"{"status": "InProgress"}"#,
        r#"{"status": "Running", "properties": {}}"#,
        "\u{FEFF}{\"status\": \"Accepted\", \"percentComplete\": 10}",
    ] {
        let later = polled("location", body);
        assert_eq!(
            found(later.ask(&health())),
            json!({ "value": [7] }),
            "{body}"
        );
        assert_eq!(later.urls().len(), 3, "{body}");
    }
    // A result may have a member of that name.
    let body = r#"{"status": "Unknown", "value": [1]}"#;
    let result = found(polled("location", body).ask(&health()));
    assert_eq!(result["value"], json!([1]));
}

#[test]
fn a_redirect_is_told_and_not_followed() {
    let cloud = cloud(|_, _| {
        Ok(reply(
            302,
            &[("location", "https://login.example/x?secret=1")],
            "",
        ))
    });
    let (why, detail) = unknown(cloud.ask(&gateway()));
    assert_eq!(why, Why::NotCollected);
    assert_eq!(
        detail,
        "HTTP 302: a redirect to `login.example`, which is not followed"
    );
    assert_eq!(cloud.urls().len(), 1);
}

struct Renewed;

impl SignIn for Renewed {
    fn token(&self, _: Audience, _: &str, fresh: bool, _: Duration) -> Result<Token, String> {
        Ok(Token::new(if fresh {
            "the-second-token"
        } else {
            "the-first-token"
        }))
    }
}

#[test]
fn a_refused_token_is_renewed_once() {
    let answers = |call: &Call, _: usize| match call.token.as_ref().map(Token::secret) {
        Some("the-second-token") => Ok(reply(200, &[], FOUND)),
        _ => Ok(reply(401, &[], "")),
    };
    let renewed = with(Box::new(answers), Box::new(Renewed));
    found(renewed.ask(&gateway()));
    let never = with(Box::new(|_, _| Ok(reply(401, &[], ""))), Box::new(Renewed));
    let (why, detail) = unknown(never.ask(&gateway()));
    assert_eq!(why, Why::Denied);
    assert!(detail.contains("`az login`"), "{detail}");
    assert_eq!(never.urls().len(), 2);
}

#[test]
fn without_a_sign_in_for_it_a_kind_is_denied_and_nothing_is_sent() {
    let cloud = cloud(|_, _| panic!("sent"));
    let now = ("now", "2026-11-06T09:30:00Z");
    for asked in [
        request("graph", "users", &[]),
        request("logs", "w", &[("query", "T"), ("since", "1d"), now]),
    ] {
        let (why, detail) = unknown(cloud.ask(&asked));
        assert_eq!(why, Why::Denied);
        assert!(detail.starts_with("not signed in to "), "{detail}");
    }
}

#[test]
fn wrong_tenant_and_missing_permission_are_told_with_their_repair() {
    let body = |code: &str, message: &str| {
        json!({ "error": { "code": code, "message": message } }).to_string()
    };
    let tenant = body(
        "InvalidAuthenticationTokenTenant",
        "The access token is from the wrong issuer 'https://sts.windows.net/aaa-1/'. It must match the tenant 'https://sts.windows.net/bbb-2/' associated with this subscription.",
    );
    let permission = body(
        "AuthorizationFailed",
        &format!(
            "The client 'c' with object id '00-11' does not have authorization to perform action 'Microsoft.Network/virtualNetworkGateways/read' over scope '{GATEWAY}' or the scope is invalid."
        ),
    );
    for (status, body, wanted) in [
        (401, tenant, "`az login --tenant bbb-2`".to_owned()),
        (
            403,
            permission,
            format!("`az role assignment create --assignee 00-11 --role Reader --scope {GATEWAY}`"),
        ),
        (
            404,
            body(
                "SubscriptionNotFound",
                "The subscription 's' could not be found.",
            ),
            "`az account list --all`".to_owned(),
        ),
    ] {
        let cloud = cloud(move |_, _| Ok(reply(status, &[], &body)));
        let (why, detail) = unknown(cloud.ask(&gateway()));
        assert_ne!(why, Why::NotCollected);
        assert!(detail.contains(&wanted), "{detail}");
    }
}

#[test]
fn only_a_404_about_the_place_itself_is_not_there() {
    let about = |name: &str| {
        json!({ "error": { "code": "ResourceNotFound", "message": format!("The Resource 'Microsoft.Network/virtualNetworkGateways/{name}' under resource group 'rg' was not found.") } }).to_string()
    };
    let itself = about("gw");
    let there = cloud(move |_, _| Ok(reply(404, &[], &itself)));
    assert!(matches!(there.ask(&gateway()), Answer::NotThere(_)));
    let other = about("other");
    let unclear = cloud(move |_, _| Ok(reply(404, &[], &other)));
    assert_eq!(unknown(unclear.ask(&gateway())).0, Why::Missing);
}

#[test]
fn the_activity_log_tells_what_lies_below_too() {
    let events = json!({ "value": [
        { "eventTimestamp": "2026-11-01T10:00:00.1234567Z", "operationName": { "value": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write" }, "status": { "value": "Succeeded" }, "caller": "o@x", "resourceId": "/subscriptions/s/resourcegroups/RG/providers/Microsoft.Network/virtualNetworks/v/virtualNetworkPeerings/p", "properties": {} },
        { "eventTimestamp": "2026-11-02T10:00:00Z", "operationName": { "value": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write" }, "status": { "value": "Failed" }, "resourceId": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v", "properties": { "statusMessage": "{\"error\":{\"code\":\"Busy\",\"message\":\"another operation\"}}" } },
        { "eventTimestamp": "2026-11-03T10:00:00Z", "operationName": { "value": "x" }, "status": { "value": "Succeeded" }, "resourceId": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v2" },
    ]});
    let text = events.to_string();
    let cloud = cloud(move |_, _| Ok(reply(200, &[], &text)));
    let network =
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v";
    let now = ("now", "2026-11-06T09:30:00Z");
    let all = found(cloud.ask(&request("activity", network, &[("since", "90d"), now])));
    assert_eq!(all.as_array().unwrap().len(), 2, "{all}");
    assert_eq!(all[0]["code"], "Busy");
    assert_eq!(all[0]["message"], "another operation");
    let newest = found(cloud.ask(&request(
        "activity",
        network,
        &[
            ("since", "90d"),
            ("status", "Succeeded"),
            ("newest", "1"),
            now,
        ],
    )));
    assert_eq!(newest["caller"], "o@x");
    let none = cloud.ask(&request(
        "activity",
        network,
        &[("since", "90d"), ("operation", "y"), ("newest", "1"), now],
    ));
    assert!(matches!(none, Answer::NotThere(_)));
    // The log does not reach so far back: that there was none is not known.
    let far = cloud.ask(&request(
        "activity",
        network,
        &[("since", "200d"), ("operation", "y"), ("newest", "1"), now],
    ));
    assert_eq!(unknown(far).0, Why::NotCollected);
    assert_eq!(
        cloud.urls().len(),
        1,
        "the log is asked once, for as long as it keeps"
    );
}

struct Everywhere;

impl SignIn for Everywhere {
    fn token(&self, audience: Audience, _: &str, _: bool, _: Duration) -> Result<Token, String> {
        Ok(Token::new(&format!("token-for-{audience:?}")))
    }
}

#[test]
fn metrics_logs_and_the_directory_have_their_own_hosts_and_tokens() {
    let answers = |call: &Call, _: usize| {
        let token = call.token.as_ref().map_or("", Token::secret);
        let host = call.url.split('/').nth(2).unwrap_or("");
        let body = match (host, token) {
            ("management.azure.com", "token-for-ResourceManager") => {
                r#"{"value": [{"timeseries": [{"data": [{"timeStamp": "2026-11-06T09:00:00Z", "average": 3}, {"timeStamp": "2026-11-06T09:01:00Z"}]}]}]}"#
            }
            ("api.loganalytics.io", "token-for-Logs") => {
                r#"{"tables": [{"name": "PrimaryResult", "columns": [{"name": "A"}, {"name": "B"}], "rows": [[1, "x"]]}]}"#
            }
            ("graph.microsoft.com", "token-for-Graph") => {
                return Ok(reply(
                    404,
                    &[],
                    r#"{"error": {"code": "Request_ResourceNotFound", "message": "no"}}"#,
                ));
            }
            other => panic!("{other:?}"),
        };
        Ok(reply(200, &[], body))
    };
    let cloud = with(Box::new(answers), Box::new(Everywhere));
    let now = ("now", "2026-11-06T09:30:00Z");
    let points = found(cloud.ask(&request(
        "metrics",
        GATEWAY,
        &[("metric", "P2SConnectionCount"), ("since", "1h"), now],
    )));
    assert_eq!(
        points,
        json!([{ "time": "2026-11-06T09:00:00Z", "average": 3 }, { "time": "2026-11-06T09:01:00Z" }])
    );
    let rows = found(cloud.ask(&request(
        "logs",
        "w",
        &[("query", "T"), ("since", "1h"), now],
    )));
    assert_eq!(rows, json!([{ "A": 1, "B": "x" }]));
    let missing = cloud.ask(&request("graph", "users/x", &[]));
    assert!(matches!(missing, Answer::NotThere(_)));
}

#[test]
fn a_record_holds_neither_token_nor_secret_and_answers_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let body = json!({ "id": GATEWAY, "properties": { "radiusServerSecret": "hush-hush", "echo": TOKEN, "sas": "https://x/?sv=1&sig=hush" } }).to_string();
    let cloud = cloud(move |call, _| match call.url.contains("gw?") {
        true => Ok(reply(200, &[("x-ms-request-id", TOKEN)], &body)),
        false => Err(Fault::Tls("not the name".to_owned())),
    });
    let Cloudy { azure, .. } = cloud;
    let azure = azure.recording(Recorder::new(&folder.path().join("case")).unwrap());
    let budget = Duration::from_secs(60);
    let now = ("now", "2026-11-06T09:30:00Z");
    let asked = [
        gateway(),
        request(
            "arm",
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/connections",
            &[],
        ),
        request("arm", &format!("{GATEWAY}/reset"), &[("post", "")]),
        request("graph", "users", &[]),
        request("activity", GATEWAY, &[("since", "1d"), now]),
        request("metrics", "no id", &[("metric", "m"), ("since", "1d"), now]),
    ];
    let live: Vec<Answer> = asked.iter().map(|it| azure.fetch(it, budget)).collect();
    assert_eq!(azure.record_failure(), None);
    let saved = CaseFolder::open(&folder.path().join("case")).unwrap();
    assert_eq!(saved.findings, []);
    for (request, live) in asked.iter().zip(&live) {
        assert!(saved.answers(request), "{}", request.shown());
        assert_eq!(&saved.fetch(request, budget), live, "{}", request.shown());
    }
    assert_eq!(
        saved.resources(),
        [],
        "what was asked by name fills no param"
    );
    for file in std::fs::read_dir(folder.path().join("case/azure")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(!text.contains("hush") && !text.contains(TOKEN), "{text}");
    }
    assert!(
        Recorder::new(&folder.path().join("case")).is_err(),
        "nothing is overwritten"
    );
}
