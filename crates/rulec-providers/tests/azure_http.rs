//! HTTP for real against a server on loopback that does everything wrong: each fault is told, costs its time and no more, and the token
//! goes to nobody else. Needs the feature `azure`; run by `.ci/azure`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod azure_http {
    pub mod server;
}

use std::sync::Arc;
use std::time::{Duration, Instant};

use azure_http::server::{Deed, Server, tls_server};
use rulec_artefacts::arm_json::Method;
use rulec_facts::provider::{Answer, Provider, Request};
use rulec_facts::reason::Why;
use rulec_providers::azure::{Azure, Call, Cloud, GivenToken, Http, Limits, MachineClock, Wire};

const GATEWAY: &str =
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworkGateways/gw";
const TOKEN: &str = "opaque-token-of-the-test";
const FOUND: &str = r#"{"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworkGateways/gw", "properties": {}}"#;

fn limits() -> Limits {
    let moment = Duration::from_millis;
    Limits {
        attempt: moment(400),
        read: moment(1500),
        action: moment(1500),
        pause: moment(5),
        poll: moment(5),
        ..Limits::default()
    }
}

fn azure(url: &str, http: Http, limits: Limits) -> Azure {
    Azure::with(
        Cloud::custom(url).unwrap(),
        Box::new(http),
        Box::new(GivenToken::read(TOKEN).unwrap()),
        Box::new(MachineClock::default()),
        limits,
    )
}

fn request(locator: &str, post: bool) -> Request {
    let arguments = if post {
        vec![("post".to_owned(), Vec::new())]
    } else {
        Vec::new()
    };
    Request {
        system: "azure".to_owned(),
        kind: "arm".to_owned(),
        locator: Some(locator.to_owned()),
        arguments,
        on: None,
        secret: false,
    }
}

/// What comes of these deeds, one a connection; the last one is repeated.
fn ask(deeds: Vec<Deed>) -> (Answer, usize) {
    let server = Server::start(deeds);
    let azure = azure(&server.url(), Http::new().unwrap(), limits());
    let started = Instant::now();
    let answer = azure.fetch(&request(GATEWAY, false), Duration::from_secs(60));
    assert!(
        started.elapsed() < Duration::from_secs(4),
        "{:?}",
        started.elapsed()
    );
    let shown = format!("{answer:?}");
    assert!(!shown.contains(TOKEN), "{shown}");
    (answer, server.served())
}

fn unknown(deeds: Vec<Deed>) -> (Why, String, usize) {
    match ask(deeds) {
        (Answer::Unknown(why, detail, _), served) => (why, detail, served),
        other => panic!("{other:?}"),
    }
}

fn says(status: u16, headers: &str, body: &str) -> Deed {
    Deed::Answer(format!(
        "HTTP/1.1 {status} X\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    ))
}

/// The cloud tells nothing about itself; that is the first connection.
fn no_metadata() -> Deed {
    says(404, "", "")
}

#[test]
fn an_answer_is_found_and_the_token_is_sent_to_its_host() {
    let server = Server::start(vec![no_metadata(), says(200, "", FOUND)]);
    let azure = azure(&server.url(), Http::new().unwrap(), limits());
    let answer = azure.fetch(&request(GATEWAY, false), Duration::from_secs(60));
    assert!(matches!(answer, Answer::Found(..)), "{answer:?}");
    let heard = server.heard();
    assert!(
        !heard[0].contains(TOKEN),
        "the metadata are asked without a token"
    );
    assert!(
        heard[1].contains(&format!("Bearer {TOKEN}")),
        "{}",
        heard[1]
    );
    assert!(
        heard[1].starts_with(&format!("GET {GATEWAY}?api-version=")),
        "{}",
        heard[1]
    );
}

#[test]
fn refusals_and_missing_places() {
    let error = |code: &str| format!(r#"{{"error": {{"code": "{code}", "message": "m"}}}}"#);
    let (why, detail, _) = unknown(vec![
        no_metadata(),
        says(
            401,
            "www-authenticate: Bearer\r\n",
            &error("ExpiredAuthenticationToken"),
        ),
    ]);
    assert_eq!(why, Why::Denied);
    assert!(detail.contains("az login"), "{detail}");
    let (why, _, served) = unknown(vec![
        no_metadata(),
        says(403, "", &error("AuthorizationFailed")),
    ]);
    assert_eq!((why, served), (Why::Denied, 2));
    let (why, ..) = unknown(vec![
        no_metadata(),
        says(404, "", &error("ResourceGroupNotFound")),
    ]);
    assert_eq!(why, Why::Missing);
    let (there, _) = ask(vec![no_metadata(), says(404, "", &error("NotFound"))]);
    assert!(matches!(there, Answer::NotThere(_)));
}

#[test]
fn too_many_requests_and_no_time() {
    let later = says(429, "retry-after: 0\r\n", "");
    let (answer, served) = ask(vec![
        no_metadata(),
        later,
        says(429, "", ""),
        says(503, "", ""),
        says(200, "", FOUND),
    ]);
    assert!(matches!(answer, Answer::Found(..)), "{answer:?}");
    assert_eq!(served, 5);
    let (why, detail, served) = unknown(vec![no_metadata(), says(503, "", "")]);
    assert_eq!(
        (why, detail.as_str(), served),
        (Why::TimedOut, "HTTP 503", 5)
    );
    let (why, _, served) = unknown(vec![no_metadata(), says(429, "retry-after: 3600\r\n", "")]);
    assert_eq!((why, served), (Why::TimedOut, 2));
}

#[test]
fn a_page_of_a_proxy_is_no_answer() {
    let html = "<html><body>Please sign in to the proxy</body></html>";
    let (why, detail, _) = unknown(vec![
        no_metadata(),
        says(200, "content-type: text/html\r\n", html),
    ]);
    assert_eq!(why, Why::Malformed);
    assert!(detail.contains("cannot be read"), "{detail}");
    let (why, detail, _) = unknown(vec![no_metadata(), says(407, "", html)]);
    assert_eq!(why, Why::NotCollected);
    assert!(detail.contains("sign in to the proxy"), "{detail}");
}

#[test]
fn a_cut_body_is_asked_for_again() {
    let cut = Deed::Answer(format!(
        "HTTP/1.1 200 X\r\ncontent-length: 999\r\n\r\n{FOUND}"
    ));
    let (answer, _) = ask(vec![no_metadata(), cut.clone(), says(200, "", FOUND)]);
    assert!(matches!(answer, Answer::Found(..)), "{answer:?}");
    let (why, detail, served) = unknown(vec![no_metadata(), cut]);
    assert_eq!((why, served), (Why::NotCollected, 5));
    assert!(detail.contains("before the answer was whole"), "{detail}");
}

#[test]
fn a_slow_drip_and_silence_end_at_the_deadline() {
    for deed in [Deed::Drip, Deed::Silence] {
        let (why, detail, served) = unknown(vec![no_metadata(), deed]);
        assert_eq!((why, served), (Why::TimedOut, 2));
        assert!(detail.contains("did not answer in time"), "{detail}");
    }
}

#[test]
fn ten_gigabytes_are_refused_before_they_come() {
    let announced =
        Deed::Answer("HTTP/1.1 200 X\r\ncontent-length: 10737418240\r\n\r\n{".to_owned());
    let (why, detail, _) = unknown(vec![no_metadata(), announced]);
    assert_eq!(why, Why::OverBudget);
    assert!(detail.contains("larger than 32 MB"), "{detail}");
    let (why, ..) = unknown(vec![no_metadata(), Deed::Endless]);
    assert!(matches!(why, Why::OverBudget | Why::TimedOut), "{why:?}");
}

#[test]
fn no_redirect_is_followed_and_the_other_host_hears_nothing() {
    let other = Server::start(vec![says(200, "", FOUND)]);
    for status in [301, 302, 303, 307, 308] {
        let location = format!("location: {}/steal\r\n", other.url());
        let (why, detail, _) = unknown(vec![no_metadata(), says(status, &location, "")]);
        assert_eq!(why, Why::NotCollected);
        assert!(detail.contains("is not followed"), "{detail}");
    }
    let pages = format!(r#"{{"value": [], "nextLink": "{}/steal"}}"#, other.url());
    let (why, ..) = unknown(vec![no_metadata(), says(200, "", &pages)]);
    assert_eq!(why, Why::OverBudget);
    assert_eq!(other.served(), 0);
}

#[test]
fn nobody_there_is_told() {
    let url = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let azure = azure(&url, Http::new().unwrap(), limits());
    let answer = azure.fetch(&request(GATEWAY, false), Duration::from_secs(60));
    let Answer::Unknown(Why::NotCollected, detail, _) = answer else {
        panic!("{answer:?}")
    };
    assert!(detail.contains("cannot be reached"), "{detail}");
}

const CA: &str = include_str!("azure_http/ca.pem");

#[test]
fn a_certificate_of_another_name_or_root_stops_before_the_token_is_sent() {
    let (url, heard) = tls_server();
    for http in [Http::trusting(&[CA]).unwrap(), Http::new().unwrap()] {
        let azure = azure(&url, http, limits());
        let answer = azure.fetch(&request(GATEWAY, false), Duration::from_secs(60));
        let Answer::Unknown(Why::NotCollected, detail, _) = answer else {
            panic!("{answer:?}")
        };
        assert!(detail.contains("nothing was sent"), "{detail}");
        assert!(detail.contains("certificate"), "{detail}");
    }
    assert_eq!(Arc::clone(&heard).lock().unwrap().as_str(), "");
}

#[test]
fn inside_another_runtime_nothing_panics() {
    let server = Server::start(vec![no_metadata(), says(200, "", FOUND)]);
    let azure = azure(&server.url(), Http::new().unwrap(), limits());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let answer =
        runtime.block_on(async { azure.fetch(&request(GATEWAY, false), Duration::from_secs(60)) });
    assert!(matches!(answer, Answer::Found(..)), "{answer:?}");
}

/// xorshift.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    /// What a cloud at `own` may do, that would like the token to go to `other`.
    fn deed(&mut self, own: &str, other: &str) -> Deed {
        let steal = format!("location: {other}/steal\r\n");
        let result = format!("location: {own}/result\r\nretry-after: 0\r\n");
        let missing = r#"{"error": {"code": "ResourceNotFound", "message": "m"}}"#;
        let raw = |text: String| Deed::Answer(text);
        match self.roll(16) {
            0 => Deed::Silence,
            1 => Deed::Drip,
            2 => Deed::Close,
            3 => raw("HTTP/1.1 200 X\r\ncontent-length: 10737418240\r\n\r\n".to_owned()),
            4 => raw("HTTP/9 nonsense\r\n\r\n".to_owned()),
            5 => says(302, &steal, ""),
            6 => says(202, &steal, ""),
            7 => says(202, &result, ""),
            8 => says(429, "retry-after: 0\r\n", ""),
            9 => says(503, "", ""),
            10 => says(401, "", &format!("{{\"echo\": \"{TOKEN}\"}}")),
            11 => says(200, "", "<html>"),
            12 => raw(format!(
                "HTTP/1.1 200 X\r\ncontent-length: 999\r\n\r\n{FOUND}"
            )),
            13 => says(404, "", missing),
            _ => says(200, "", FOUND),
        }
    }
}

#[test]
fn a_thousand_random_sequences_over_the_wire() {
    let other = Server::start(vec![says(200, "", FOUND)]);
    let own = Server::start(vec![]);
    let (url, steal) = (own.url(), other.url());
    let moment = Duration::from_millis;
    let limits = Limits {
        attempt: moment(60),
        read: moment(150),
        action: moment(150),
        pause: moment(1),
        poll: moment(1),
        ..Limits::default()
    };
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut kinds = std::collections::BTreeMap::new();
    let started = Instant::now();
    let mut azure = None;
    for number in 0..1000 {
        if number % 20 == 0 {
            azure = Some(self::azure(&url, Http::new().unwrap(), limits.clone()));
        }
        own.next((0..4).map(|_| dice.deed(&url, &steal)).collect());
        let post = dice.roll(3) == 0;
        let action = if post {
            "/getVpnClientConnectionHealth"
        } else {
            ""
        };
        let asked = request(&format!("{GATEWAY}{number}{action}"), post);
        let before = Instant::now();
        let answer = azure
            .as_ref()
            .unwrap()
            .fetch(&asked, Duration::from_secs(60));
        assert!(before.elapsed() < Duration::from_secs(5), "{number}");
        let shown = format!("{answer:?}");
        assert!(!shown.contains(TOKEN), "{shown}");
        let kind = match &answer {
            Answer::Found(..) => "found",
            Answer::NotThere(_) => "not there",
            Answer::Unknown(why, ..) => why.name(),
        };
        *kinds.entry(kind).or_insert(0) += 1;
    }
    println!("1000 sequences in {:?}: {kinds:?}", started.elapsed());
    assert!(kinds.len() >= 5, "{kinds:?}");
    assert_eq!(other.served(), 0, "another host heard something");
}

const GROUP: &str = "/subscriptions/subid/resourceGroups/rg1/providers/Microsoft.Network";

/// What is asked of the contract: whether by POST, and what its example has.
const PLACES: &[(&str, bool, &str)] = &[
    (
        "virtualNetworkGateways/vpngw",
        false,
        "/properties/vpnClientConfiguration/vpnClientProtocols/0",
    ),
    ("virtualNetworkGateways", false, "/value/0/id"),
    (
        "virtualNetworkGateways/vpngw/connections",
        false,
        "/value/0/id",
    ),
    ("connections", false, "/value/0/id"),
    ("connections/conn", false, "/properties/connectionType"),
    ("localNetworkGateways", false, "/value/0/id"),
    (
        "localNetworkGateways/local",
        false,
        "/properties/localNetworkAddressSpace/addressPrefixes/0",
    ),
    (
        "virtualNetworkGateways/vpngw/getVpnClientConnectionHealth",
        true,
        "/value/0/vpnUserName",
    ),
    ("virtualNetworkGateways/vpngw/getBgpPeerStatus", true, ""),
    ("virtualNetworkGateways/vpngw/getLearnedRoutes", true, ""),
    (
        "virtualNetworkGateways/vpngw/getvpnclientipsecparameters",
        true,
        "",
    ),
    ("virtualNetworkGateways/vpngw/supportedvpndevices", true, ""),
];

#[test]
#[ignore = "needs Prism with Microsoft's contract at RULEC_PRISM; `.ci/azure` starts it"]
fn microsofts_contract_takes_every_question_and_its_examples_are_read() {
    let url = std::env::var("RULEC_PRISM").unwrap();
    let azure = azure(&url, Http::new().unwrap(), Limits::default());
    let ask = |locator: &str, post: bool| {
        let mut request = request(&format!("{GROUP}/{locator}"), post);
        let version = vec!["2019-07-01".to_owned()];
        request.arguments.insert(0, ("api".to_owned(), version));
        azure.fetch(&request, Duration::from_secs(60))
    };
    let mut read = 0;
    for (locator, post, pointer) in PLACES {
        let answer = ask(locator, *post);
        let Answer::Found(json, _) = answer else {
            panic!("{locator}: {answer:?}")
        };
        assert!(json.pointer(pointer).is_some(), "{locator}: {json:#}");
        read += 1;
    }
    let refused = ask("connections/conn/sharedkey", false);
    assert!(
        matches!(refused, Answer::Unknown(Why::Denied, ..)),
        "{refused:?}"
    );
    println!(
        "{read} of {} questions answered by the contract",
        PLACES.len()
    );
    // Whoever brings no token is refused.
    let call = Call {
        method: Method::Get,
        url: format!("{url}{GROUP}/virtualNetworkGateways/vpngw?api-version=2019-07-01"),
        token: None,
        body: None,
    };
    let reply = Http::new()
        .unwrap()
        .send(&call, Duration::from_secs(20), 1 << 20)
        .unwrap();
    assert_eq!(reply.status, 401);
}
