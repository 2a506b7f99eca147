//! A thousand sequences of faults by chance: each ends in time, none shows the token, none tells a lie about what is there.

use std::collections::HashSet;

use crate::*;

/// xorshift; the seed is the number of the sequence.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// What may come back; one repeats the token.
const BODIES: &[&str] = &[
    "",
    "null",
    "{",
    "[]",
    "\"text\"",
    "<html>proxy</html>",
    FOUND,
    r#"{"seen": "Bearer opaque-token-of-the-test"}"#,
    r#"{"value": [{"name": "a"}], "nextLink": "https://management.azure.com/next"}"#,
    r#"{"value": [{"name": "a"}], "nextLink": "https://evil.example/next"}"#,
    r#"{"value": [], "nextLink": 3}"#,
    r#"{"status": "InProgress"}"#,
    r#"{"status": "Succeeded", "properties": {"output": {"value": []}}}"#,
    r#"{"status": "Canceled"}"#,
    r#"{"error": {"code": "ResourceNotFound", "message": "no"}}"#,
    r#"{"error": {"code": "AuthorizationFailed", "message": "perform action '"}}"#,
    "\u{FEFF}{}",
    "{\"a\": 1, \"a\": 2}",
];

fn any(dice: &mut Dice, call: &Call) -> Result<Reply, Fault> {
    let statuses = [
        200, 202, 204, 301, 302, 307, 400, 401, 403, 404, 408, 409, 418, 429, 500, 502, 503, 504,
        600,
    ];
    let status = statuses[dice.roll(statuses.len() as u64) as usize];
    let mut body = BODIES[dice.roll(BODIES.len() as u64) as usize]
        .as_bytes()
        .to_vec();
    if dice.roll(8) == 0 {
        body.truncate(dice.roll(body.len() as u64 + 1) as usize);
        body.push(0xFF);
    }
    let values = [
        ("retry-after", "0"),
        ("retry-after", "3"),
        ("retry-after", "99999999999999999999"),
        ("retry-after", "Fri, 13 Dec 2019 15:23:14 GMT"),
        ("date", "Fri, 13 Dec 2019 15:23:04 GMT"),
        ("location", "https://management.azure.com/results/1"),
        ("location", "https://evil.example/results/1"),
        ("location", call.url.as_str()),
        (
            "azure-asyncoperation",
            "https://management.azure.com/operations/1",
        ),
        ("azure-asyncoperation", "not an address"),
        ("x-ms-request-id", TOKEN),
    ];
    let headers: Vec<(&str, &str)> = (0..dice.roll(5))
        .map(|_| values[dice.roll(values.len() as u64) as usize])
        .collect();
    let text = format!("broken, said {TOKEN}");
    match dice.roll(12) {
        0 => Err(Fault::TimedOut),
        1 => Err(Fault::TooLarge),
        2 => Err(Fault::Tls(text)),
        3 => Err(Fault::Unreachable(text)),
        4 => Err(Fault::Cut(text)),
        _ => {
            let mut answer = reply(status, &headers, "");
            answer.body = body;
            Ok(answer)
        }
    }
}

#[test]
fn a_thousand_sequences_of_faults_end_in_time_and_show_no_token() {
    let mut messages = 0;
    let mut kinds = HashSet::new();
    for seed in 1..=1000u64 {
        let folder = tempfile::tempdir().unwrap();
        let dice = Mutex::new(Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1));
        let cloud = cloud(move |call, _| {
            let host = call.url.split('/').nth(2);
            assert_eq!(
                host,
                Some("management.azure.com"),
                "the token went to {host:?}"
            );
            any(&mut dice.lock().unwrap(), call)
        });
        let Cloudy { azure, sent, clock } = cloud;
        let azure = azure.recording(Recorder::new(&folder.path().join("case")).unwrap());
        let asked = [
            gateway(),
            health(),
            request("arm", &format!("{GATEWAY}/../../connections"), &[]),
            request(
                "activity",
                GATEWAY,
                &[("since", "1d"), ("now", "2026-11-06T09:30:00Z")],
            ),
        ];
        let mut live = Vec::new();
        for request in &asked {
            let before = clock.elapsed();
            live.push(azure.fetch(request, Duration::from_secs(60)));
            assert!(
                clock.elapsed() - before <= Duration::from_secs(61),
                "{seed}"
            );
        }
        assert!(
            clock.elapsed() <= Limits::default().case + Duration::from_secs(1),
            "{seed}"
        );
        messages += sent.lock().unwrap().len();
        let shown = format!("{live:?}{:?}", sent.lock().unwrap());
        assert!(!shown.contains(TOKEN), "{seed}: {shown}");
        let saved = CaseFolder::open(&folder.path().join("case")).unwrap();
        for (request, live) in asked.iter().zip(&live) {
            kinds.insert(std::mem::discriminant(live));
            assert_eq!(
                &saved.fetch(request, Duration::ZERO),
                live,
                "{seed}: {}",
                request.shown()
            );
        }
        for file in std::fs::read_dir(folder.path().join("case/azure")).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            assert!(!text.contains(TOKEN), "{seed}: {text}");
        }
    }
    assert!(messages > 5000, "{messages}");
    assert_eq!(kinds.len(), 3, "found, not there and unknown all came up");
}
