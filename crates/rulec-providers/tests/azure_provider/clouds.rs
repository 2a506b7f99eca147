//! Clouds that are given by the address of their resource manager, and tell of themselves.

use crate::*;

#[test]
fn a_cloud_that_was_given_by_its_address_is_asked_once_about_itself_without_a_token() {
    let sent = Arc::new(Mutex::new(Vec::new()));
    let clock = Moments::default();
    let answers = |call: &Call, _: usize| match call.url.as_str() {
        "https://management.own.example/metadata/endpoints?api-version=2022-09-01" => {
            assert_eq!(call.token, None);
            Ok(reply(
                200,
                &[],
                r#"{"microsoftGraphResourceId": "https://graph.own.example/"}"#,
            ))
        }
        url if url.starts_with("https://graph.own.example/v1.0/users") => Ok(reply(200, &[], "{}")),
        _ => Ok(reply(200, &[], FOUND)),
    };
    let wire = Scripted {
        answers: Box::new(answers),
        sent: Arc::clone(&sent),
        clock: clock.clone(),
    };
    let own = Cloud::named("https://management.own.example").unwrap();
    let azure = Azure::with(
        own,
        Box::new(wire),
        Box::new(Everywhere),
        Box::new(clock),
        Limits::default(),
    );
    let budget = Duration::from_secs(60);
    found(azure.fetch(&request("graph", "users", &[]), budget));
    found(azure.fetch(&gateway(), budget));
    assert_eq!(sent.lock().unwrap().len(), 3);
    // Nothing tells where its logs are.
    let logs = request("logs", "w", &[("query", "T")]);
    assert_eq!(unknown(azure.fetch(&logs, budget)).0, Why::Unsupported);
}

/// Keeps for what a token was wanted.
struct Wanted(Arc<Mutex<Vec<String>>>);

impl SignIn for Wanted {
    fn token(&self, _: Audience, scope: &str, _: bool, _: Duration) -> Result<Token, String> {
        self.0.lock().unwrap().push(scope.to_owned());
        Err("nobody is here".to_owned())
    }
}

/// For what a token is wanted by a cloud at that address that tells this audience.
fn scope(endpoint: &str, audience: &str) -> String {
    let told = json!({ "authentication": { "audiences": [audience] } }).to_string();
    let clock = Moments::default();
    let wire = Scripted {
        answers: Box::new(move |_, _| Ok(reply(200, &[], &told))),
        sent: Arc::default(),
        clock: clock.clone(),
    };
    let wanted = Arc::default();
    let azure = Azure::with(
        Cloud::named(endpoint).unwrap(),
        Box::new(wire),
        Box::new(Wanted(Arc::clone(&wanted))),
        Box::new(clock),
        Limits::default(),
    );
    let (why, _) = unknown(azure.fetch(&gateway(), Duration::from_secs(60)));
    assert_eq!(why, Why::Denied);
    wanted.lock().unwrap()[0].clone()
}

#[test]
fn no_token_of_a_known_cloud_is_asked_for_another_host() {
    for audience in [
        "https://management.azure.com",
        "https://management.core.windows.net/",
        "https://Management.Azure.com:443/",
        "https://management.azure.com./",
        "https://graph.microsoft.com",
        "https://vault.azure.net",
        "https://management.usgovcloudapi.net",
        "https://management.core.chinacloudapi.cn",
        "https://api.loganalytics.us",
        "api://management.azure.com/x",
        "797f4846-ba00-4fd7-ba43-dac1f8f63013",
        "management.azure.com",
    ] {
        for endpoint in [
            "https://evil.example",
            "https://management.azure.com.evil.example",
            "https://evilmanagement.azure.com",
            "https://evil.cloudapp.azure.com",
        ] {
            let asked = scope(endpoint, audience);
            assert_eq!(asked, format!("{endpoint}/.default"), "{audience}");
        }
    }
    // A cloud's own, and one that is nobody's.
    for (endpoint, audience) in [
        (
            "https://westus.management.azure.com",
            "https://management.core.windows.net",
        ),
        (
            "https://management.usgovcloudapi.net",
            "https://management.core.usgovcloudapi.net",
        ),
        (
            "https://management.local.azurestack.external",
            "https://management.contoso.example/4de2-11",
        ),
    ] {
        assert_eq!(scope(endpoint, audience), format!("{audience}/.default"));
    }
}
