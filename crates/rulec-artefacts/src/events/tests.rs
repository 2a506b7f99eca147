//! Printed lists, what a query leaves out, and logs that are damaged before their first record.

use serde_json::json;

use super::*;

const LIST: &str = "EventID            : 20227\nEntryType          : Error\nMessage            : the user u dialed c,\n                        which has failed\n\
                    Source             : RasClient\nReplacementStrings : {{A-1}, u, c, 809}\nTimeGenerated      : 3/18/2016 1:29:21 PM\n\n\
                    EventID            : 20226\nSource             : RasClient\nReplacementStrings : {{A-1}, u, c, 829}\nTimeGenerated      : 3/19/2016 1:29:21 PM\n";

fn arguments(since: &str, now: &str, newest: Option<&str>) -> Vec<(String, Vec<String>)> {
    let mut all = vec![
        ("id", "20227"),
        ("now", now),
        ("provider", "rasclient"),
        ("since", since),
    ];
    all.extend(newest.map(|it| ("newest", it)));
    all.into_iter()
        .map(|(word, value)| (word.to_owned(), vec![value.to_owned()]))
        .collect()
}

fn ask(since: &str, now: &str, newest: Option<&str>) -> Answer {
    let mut logs = EventLogs::default();
    assert!(is_list(LIST));
    logs.add_printed("a.txt", None, from_list(LIST));
    let query = Query::of(&arguments(since, now, newest)).unwrap();
    logs.answer("Application", &query, Provenance::default())
        .unwrap()
        .0
}

fn ask_first() -> Json {
    match ask("7d", "2016-03-20T00:00:00Z", None) {
        Answer::Found(list, _) => list[0].clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_lost_record_may_be_the_newest_and_more_than_are_kept_are_none() {
    let query = Query::of(&arguments("7d", "2016-03-20T00:00:00Z", Some("1"))).unwrap();
    let gathered = |lost, over| {
        let found = Gathered {
            records: from_list(LIST).into_iter().take(1).collect(),
            lost,
            part: None,
            over,
        };
        found.answer(&query, Provenance::default())
    };
    assert!(matches!(gathered(0, false), Answer::Found(..)));
    let lost = gathered(1, false);
    assert!(matches!(lost, Answer::Unknown(Why::Malformed, ..)));
    let over = gathered(0, true);
    assert!(matches!(over, Answer::Unknown(Why::OverBudget, ..)));
}

#[test]
fn a_printed_record_has_its_strings_and_no_exact_time() {
    let Answer::Found(list, from) = ask("7d", "2016-03-20T00:00:00Z", None) else {
        panic!("not found")
    };
    assert_eq!(from.file.as_deref(), Some("a.txt"));
    let list = list.as_array().unwrap();
    assert_eq!(
        list.len(),
        2,
        "the record, and a mark that the log may have others"
    );
    assert_eq!(list[0]["activity"], "{A-1}");
    assert_eq!(list[0]["connection"], "c");
    assert_eq!(list[0]["code"], "809");
    assert_eq!(list[0]["level"], 2);
    assert!(list[0]["time"].is_object());
}

#[test]
fn a_printed_day_near_the_limit_does_not_say_whether_it_counts() {
    let members = |now: &str| match ask("1d", now, None) {
        Answer::Found(list, _) => list.as_array().map_or(0, Vec::len),
        _ => 99,
    };
    assert_eq!(members("2016-03-30T00:00:00Z"), 1, "too old: only the mark");
    let Answer::Unknown(why, ..) = ask("1d", "2016-03-19T12:00:00Z", Some("1")) else {
        panic!("it is told")
    };
    assert_eq!(why, Why::NotCollected);
    // The log may have a newer one that was not printed.
    assert!(matches!(
        ask("7d", "2016-03-20T00:00:00Z", Some("1")),
        Answer::Unknown(Why::NotCollected, ..)
    ));
    let Answer::Found(list, _) = ask("7d", "2016-03-20T00:00:00Z", Some("2")) else {
        panic!("no list")
    };
    assert_ne!(list[0], ask_first(), "it may not be among the newest");
}

#[test]
fn a_secret_is_hidden_by_its_name_and_by_its_position() {
    let data = json!({ "Password": "hunter2", "Url": "https://x/?sig=hunter2", "Plain": "p" });
    let strings = ["hunter2", "https://x/?sig=hunter2", "p"].map(str::to_owned);
    let providers = ["P".to_owned()];
    let data = data.as_object().unwrap().clone();
    let document = document(&providers, 1, json!(4), json!(null), strings.to_vec(), data);
    assert!(
        !json!(document).to_string().contains("hunter2"),
        "{document:?}"
    );
    assert_eq!(document["strings"][2], "p");
}

#[test]
fn records_of_powershell_carry_their_log_and_time() {
    let json = json!([{
        "Id": 20227, "ProviderName": "RasClient", "LogName": "Application", "Level": 2, "TimeCreated": "/Date(1458307761000)/",
        "Properties": [{ "Value": "{A-1}" }, { "Value": "u" }, { "Value": "c" }, { "Value": "-2146762495" }]
    }]);
    let (log, records) = from_json(&json).unwrap();
    assert_eq!(log.as_deref(), Some("Application"));
    assert_eq!(records[0].document["code"], "-2146762495");
    assert_eq!(records[0].document["time"], "2016-03-18T13:29:21Z");
}

#[test]
fn a_log_that_is_no_log_is_told_and_nothing_of_it_is_answered() {
    let mut logs = EventLogs::default();
    let mut bytes = b"ElfFile\0".to_vec();
    assert_eq!(logs.add_evtx("a.evtx", Log::held(bytes.clone())).len(), 1);
    bytes.resize(4096 + 70_000, 0x41);
    let findings = logs.add_evtx("a.evtx", Log::held(bytes));
    assert!(
        findings.iter().any(|it| it.message.contains("2 chunks")),
        "{findings:?}"
    );
    assert!(logs.is_empty());
}

#[test]
fn a_log_that_cannot_be_opened_is_told() {
    let mut logs = EventLogs::default();
    let log = Log::lying(|| Err(std::io::Error::other("gone")));
    let findings = logs.add_evtx("a.evtx", log);
    assert!(
        findings.iter().any(|it| it.message.contains("gone")),
        "{findings:?}"
    );
    assert!(logs.is_empty());
}
