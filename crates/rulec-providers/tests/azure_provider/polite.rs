//! What is asked no oftener than it helps, and what a refusal says is missing.

use crate::*;

#[test]
fn an_operation_that_names_no_time_to_wait_is_not_asked_without_end() {
    let never = cloud(|_, number| match number {
        0 => {
            let address = ("location", "https://management.azure.com/results/1");
            Ok(reply(202, &[address, ("retry-after", "0")], ""))
        }
        _ => Ok(reply(202, &[("retry-after", "0")], "")),
    });
    assert_eq!(unknown(never.ask(&health())).0, Why::TimedOut);
    let most = Limits::default().action.as_secs() as usize;
    assert!(never.urls().len() <= most + 1, "{}", never.urls().len());
}

#[test]
fn a_result_on_another_host_is_looked_for_in_the_status_on_the_own_one() {
    let cloud = cloud(|call, number| match number {
        0 => Ok(reply(
            202,
            &[
                ("location", "https://evil.example/results/1"),
                (
                    "azure-asyncoperation",
                    "https://management.azure.com/operations/1",
                ),
            ],
            "",
        )),
        _ => {
            assert_eq!(call.url, "https://management.azure.com/operations/1");
            Ok(reply(
                200,
                &[],
                r#"{"status": "Succeeded", "properties": {"output": {"value": [1]}}}"#,
            ))
        }
    });
    assert_eq!(found(cloud.ask(&health())), json!({ "value": [1] }));
}

#[test]
fn a_page_that_leads_to_itself_is_asked_once() {
    let parent = GATEWAY.rsplit_once('/').unwrap().0;
    let cloud = cloud(|_, _| {
        let next = "https://management.azure.com/next?page=1";
        let page = json!({ "value": [{ "name": "a" }], "nextLink": next });
        Ok(reply(200, &[], &page.to_string()))
    });
    let (why, detail) = unknown(cloud.ask(&request("arm", parent, &[])));
    assert_eq!(why, Why::OverBudget);
    assert!(detail.contains("there already"), "{detail}");
    assert_eq!(cloud.urls().len(), 2);
}

/// Hands out a new token each time when it has to be fresh, and counts these.
struct Counted(Arc<AtomicU64>);

impl SignIn for Counted {
    fn token(&self, _: Audience, _: &str, fresh: bool, _: Duration) -> Result<Token, String> {
        let number = match fresh {
            true => self.0.fetch_add(1, Ordering::SeqCst) + 1,
            false => self.0.load(Ordering::SeqCst),
        };
        Ok(Token::new(&format!("token-number-{number}")))
    }
}

#[test]
fn of_many_that_were_refused_with_one_token_one_signs_in_anew() {
    let count = Arc::new(AtomicU64::new(0));
    // All have their refusal before one of them gets another token.
    let refused = Arc::new(std::sync::Barrier::new(8));
    let answers = move |call: &Call, _: usize| match call.token.as_ref().map(Token::secret) {
        Some("token-number-0") => {
            refused.wait();
            Ok(reply(401, &[], ""))
        }
        _ => Ok(reply(200, &[], FOUND)),
    };
    let cloud = with(Box::new(answers), Box::new(Counted(Arc::clone(&count))));
    std::thread::scope(|scope| {
        for number in 0..8 {
            let cloud = &cloud;
            scope.spawn(move || {
                let asked = request("arm", &format!("{GATEWAY}{number}"), &[]);
                assert!(!matches!(
                    cloud.ask(&asked),
                    Answer::Unknown(Why::Denied, ..)
                ));
            });
        }
    });
    assert_eq!(count.load(Ordering::SeqCst), 1);
    assert_eq!(cloud.urls().len(), 16);
}

#[test]
fn a_refusal_without_words_names_the_permission_of_what_was_asked() {
    struct Signed;
    impl SignIn for Signed {
        fn token(&self, _: Audience, _: &str, _: bool, _: Duration) -> Result<Token, String> {
            Ok(Token::new("a-token"))
        }
    }
    let now = ("now", "2026-11-06T09:30:00Z");
    let logs = [("query", "T"), ("since", "1d"), now];
    let activity = [("since", "1d"), now];
    for (asked, code, wanted) in [
        (
            request("graph", "users", &[]),
            "Authorization_RequestDenied",
            "`User.Read.All (Microsoft Graph)`",
        ),
        (
            request("logs", GATEWAY, &logs),
            "InsufficientAccessError",
            "`az role assignment create --assignee OBJECT-ID --role \"Log Analytics Reader\" --scope \"/subscriptions/s/",
        ),
        (
            request("logs", "00-11", &logs),
            "Forbidden",
            "--scope \"WORKSPACE-ID\"",
        ),
        (
            request("activity", GATEWAY, &activity),
            "Forbidden",
            "`Microsoft.Insights/eventtypes/values/read`",
        ),
    ] {
        let body = json!({ "error": { "code": code, "message": "no" } }).to_string();
        let cloud = with(
            Box::new(move |_, _| Ok(reply(403, &[], &body))),
            Box::new(Signed),
        );
        let (why, detail) = unknown(cloud.ask(&asked));
        assert_eq!(why, Why::Denied);
        assert!(detail.contains(wanted), "{detail}");
    }
}
