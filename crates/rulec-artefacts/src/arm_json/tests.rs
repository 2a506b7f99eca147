//! Every form in which answers are saved, and errors in their five shapes.

use rulec_facts::provider::Answer;
use rulec_facts::reason::Why;
use serde_json::{Value as Json, json};

use super::*;
use crate::azure_ask;

const TABLE: &str = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/routeTables/rt";

fn index(files: &[Json]) -> ArmIndex {
    let mut index = ArmIndex::default();
    for (number, file) in files.iter().enumerate() {
        let answers = read(file.to_string().as_bytes()).unwrap();
        assert_eq!(
            index.add(&format!("{number}.json"), answers),
            Vec::<String>::new()
        );
    }
    index
}

fn exchange(uri: &str, status: u16, body: &str) -> Json {
    json!({ "request": { "method": "GET", "uri": uri }, "response": { "status": status, "headers": { "Date": "Fri, 13 Dec 2019 15:23:04 GMT" }, "body": body } })
}

fn get(index: &ArmIndex, path: &str) -> Answer {
    index.answer(Method::Get, path, None).0
}

fn failed(status: u16, body: &str) -> Answer {
    get(
        &index(&[exchange(
            &format!("{TABLE}?api-version=2024-01-01"),
            status,
            body,
        )]),
        TABLE,
    )
}

#[test]
fn a_flattened_resource_gets_its_properties_back() {
    let flat = json!({
        "id": TABLE, "name": "rt", "location": "westeurope", "resourceGroup": "rg",
        "routes": [{ "id": format!("{TABLE}/routes/r"), "name": "r", "addressPrefix": "0.0.0.0/0", "resourceGroup": "rg" }],
        "subnets": [{ "id": "/subscriptions/1/x/subnets/s", "resourceGroup": "rg" }],
    });
    let Answer::Found(json, _) = get(&index(&[flat]), TABLE) else {
        panic!("not found")
    };
    assert_eq!(
        json["properties"]["routes"][0]["properties"]["addressPrefix"],
        "0.0.0.0/0"
    );
    assert_eq!(json["properties"].get("location"), None);
    assert_eq!(
        json["properties"]["subnets"][0].get("properties"),
        None,
        "a reference is no resource"
    );
}

#[test]
fn a_resource_inside_another_answers_too_but_its_own_file_is_better() {
    let vnet = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v";
    let subnet = format!("{vnet}/subnets/GatewaySubnet");
    let inner = json!({ "id": subnet, "name": "GatewaySubnet", "properties": { "addressPrefix": "10.0.0.0/24" } });
    let outer = json!({ "id": vnet, "name": "v", "properties": { "subnets": [inner] } });
    let own = json!({ "id": subnet, "name": "GatewaySubnet", "properties": { "addressPrefix": "10.0.1.0/24" } });
    let Answer::Found(nested, _) = get(&index(std::slice::from_ref(&outer)), &subnet) else {
        panic!()
    };
    assert_eq!(nested["properties"]["addressPrefix"], "10.0.0.0/24");
    for files in [[outer.clone(), own.clone()], [own, outer]] {
        let Answer::Found(json, _) = get(&index(&files), &subnet) else {
            panic!()
        };
        assert_eq!(json["properties"]["addressPrefix"], "10.0.1.0/24");
    }
}

#[test]
fn lists_answer_for_their_members_and_for_themselves() {
    let item = json!({ "id": TABLE, "name": "rt", "properties": {} });
    let parent = TABLE.rsplit_once('/').unwrap().0;
    for file in [json!([item]), json!({ "value": [item] })] {
        let index = index(&[file]);
        assert!(matches!(get(&index, TABLE), Answer::Found(..)));
        let Answer::Found(list, _) = get(&index, parent) else {
            panic!()
        };
        assert_eq!(list["value"].as_array().unwrap().len(), 1);
    }
}

fn item(name: &str) -> Json {
    json!({ "id": format!("{TABLE}/routes/{name}"), "name": name, "properties": {} })
}

#[test]
fn a_list_goes_on_in_its_further_pages_and_is_unknown_without_them() {
    let uri = format!("https://management.azure.com{TABLE}/routes?api-version=2024-01-01");
    let next = format!("{uri}&%24skipToken=2");
    let first = exchange(
        &uri,
        200,
        &json!({ "value": [item("a")], "nextLink": next }).to_string(),
    );
    let second = exchange(&next, 200, &json!({ "value": [item("b")] }).to_string());
    let place = format!("{TABLE}/routes");
    assert!(matches!(
        get(&index(std::slice::from_ref(&first)), &place),
        Answer::Unknown(Why::OverBudget, ..)
    ));
    let Answer::Found(list, from) = get(&index(&[second, first]), &place) else {
        panic!()
    };
    assert_eq!(list["value"].as_array().unwrap().len(), 2);
    assert_eq!(from.time.as_deref(), Some("2019-12-13T15:23:04Z"));
}

#[test]
fn pages_are_told_apart_by_the_case_of_their_tokens() {
    let uri = format!("https://management.azure.com{TABLE}/routes?api-version=2024-01-01");
    let next = |token: &str| format!("{uri}&$skiptoken={token}");
    let page = |name: &str, link: Option<String>| {
        json!({ "value": [item(name)], "nextLink": link }).to_string()
    };
    let files = [
        exchange(&uri, 200, &page("a", Some(next("eyA")))),
        exchange(&next("eyA"), 200, &page("b", Some(next("EYa")))),
        exchange(&next("EYa"), 200, &page("c", None)),
    ];
    let Answer::Found(list, _) = get(&index(&files), &format!("{TABLE}/routes")) else {
        panic!("a page was taken for another")
    };
    let names: Vec<&Json> = list["value"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["name"])
        .collect();
    assert_eq!(names, ["a", "b", "c"]);
}

#[test]
fn a_link_to_the_list_of_another_resource_is_not_followed() {
    let uri = format!("https://management.azure.com{TABLE}/routes?api-version=2024-01-01");
    let other = "https://management.azure.com/subscriptions/x/resourceGroups/y/providers/Microsoft.Network/routeTables/z/routes?$skiptoken=2";
    let first = json!({ "value": [item("a")], "nextLink": other }).to_string();
    let second = json!({ "value": [item("b")] }).to_string();
    let files = [exchange(&uri, 200, &first), exchange(other, 200, &second)];
    let Answer::Unknown(Why::OverBudget, detail, _) =
        get(&index(&files), &format!("{TABLE}/routes"))
    else {
        panic!("members of another list are in this one")
    };
    assert!(detail.contains("another list"), "{detail}");
}

#[test]
fn why_a_page_failed_is_told() {
    let uri = format!("https://management.azure.com{TABLE}/routes?api-version=2024-01-01");
    let next = format!("{uri}&$skiptoken=2");
    let first = json!({ "value": [item("a")], "nextLink": next }).to_string();
    for (status, why) in [
        (403, Why::Denied),
        (503, Why::TimedOut),
        (404, Why::OverBudget),
    ] {
        let error = r#"{"error": {"code": "SomeCode", "message": "some words"}}"#;
        let files = [exchange(&uri, 200, &first), exchange(&next, status, error)];
        let Answer::Unknown(found, detail, _) = get(&index(&files), &format!("{TABLE}/routes"))
        else {
            panic!("{status}")
        };
        assert_eq!(found, why, "{status}");
        assert!(
            detail.contains("further page") && detail.contains("SomeCode"),
            "{detail}"
        );
    }
}

#[test]
fn two_questions_about_one_place_have_their_own_answers() {
    let asked = |version: &str, body: &str| {
        let uri = format!("https://management.azure.com{TABLE}?api-version={version}");
        let mut file = exchange(&uri, 200, body);
        file["recorder"] = RECORDER.into();
        file
    };
    let body = |at: u32| json!({ "id": TABLE, "properties": { "at": at } }).to_string();
    let all = index(&[asked("2023-01-01", &body(1)), asked("2024-01-01", &body(2))]);
    for (version, at) in [("2023-01-01", 1), ("2024-01-01", 2)] {
        let key = azure_ask::key(Method::Get, &format!("{TABLE}?api-version={version}"), None);
        let (Answer::Found(json, _), _) = all.answer(Method::Get, TABLE, Some(&key)) else {
            panic!("not found")
        };
        assert_eq!(json["properties"]["at"], at);
    }
}

#[test]
fn questions_are_told_apart_by_values_and_bodies_and_not_by_order() {
    let key = |uri: &str, body: Option<Json>| azure_ask::key(Method::Post, uri, body.as_ref());
    assert_eq!(key("https://h/A?X=1&b=2", None), key("/a?B=2&x=1", None));
    assert_ne!(
        key("/a?$filter=name eq 'B'", None),
        key("/a?$filter=name eq 'b'", None)
    );
    assert_eq!(key("/a?%24filter=b", None), key("/a?$filter=b", None));
    assert_ne!(
        key("/a", Some(json!({ "query": "T" }))),
        key("/a", Some(json!({ "query": "t" })))
    );
    assert_eq!(
        key("/a", Some(json!({ "query": "T", "timespan": 1 }))),
        key("/a", Some(json!({ "timespan": 1, "query": "T" })))
    );
}

#[test]
fn an_error_is_understood_in_all_five_shapes() {
    let bodies = [
        "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"no\"}}",
        "{\"code\":\"AuthorizationFailed\",\"message\":\"no\"}",
        "{\"Error\":{\"Code\":\"AuthorizationFailed\",\"Message\":\"no\"}}",
        "{\"Code\":\"AuthorizationFailed\",\"Message\":\"no\"}",
    ];
    for body in bodies {
        let Answer::Unknown(Why::Denied, detail, _) = failed(403, body) else {
            panic!("{body}")
        };
        assert_eq!(detail, "HTTP 403 AuthorizationFailed: no");
    }
    let Answer::Unknown(Why::TimedOut, detail, _) = failed(503, "") else {
        panic!()
    };
    assert_eq!(detail, "HTTP 503");
    let Answer::Unknown(_, detail, _) = failed(502, "<html>\n<b>Bad\u{1b}[31m gateway</b>") else {
        panic!()
    };
    assert!(
        !detail.contains('\u{1b}') && !detail.contains('\n'),
        "{detail:?}"
    );
}

#[test]
fn only_a_404_about_the_asked_resource_is_not_there() {
    let about = |code: &str, message: &str| {
        failed(
            404,
            &json!({ "error": { "code": code, "message": message } }).to_string(),
        )
    };
    let own =
        "The Resource 'Microsoft.Network/routeTables/RT' under resource group 'rg' was not found.";
    let other = "The Resource 'Microsoft.Network/virtualNetworks/v' under resource group 'rg' was not found.";
    assert!(matches!(
        about("ResourceNotFound", own),
        Answer::NotThere(_)
    ));
    assert!(matches!(
        about("NotFound", "nothing here"),
        Answer::NotThere(_)
    ));
    assert!(matches!(
        about("ResourceNotFound", other),
        Answer::Unknown(Why::Missing, ..)
    ));
    assert!(matches!(
        about("ResourceGroupNotFound", "no group"),
        Answer::Unknown(Why::Missing, ..)
    ));
    assert!(matches!(failed(404, ""), Answer::Unknown(Why::Missing, ..)));
    assert!(matches!(failed(401, ""), Answer::Unknown(Why::Denied, ..)));
}

#[test]
fn an_operation_that_goes_on_is_no_answer_yet() {
    assert!(matches!(
        failed(202, ""),
        Answer::Unknown(Why::NotCollected, ..)
    ));
    assert!(matches!(
        failed(200, "{\"id\": "),
        Answer::Unknown(Why::Malformed, ..)
    ));
}

#[test]
fn the_newer_of_two_answers_is_used_and_a_tie_is_told() {
    let body = |state: &str| json!({ "id": TABLE, "name": "rt", "properties": { "s": state } });
    let old = exchange(TABLE, 200, &body("old").to_string());
    let mut new = exchange(TABLE, 200, &body("new").to_string());
    new["response"]["headers"] = json!({ "date": ["Sat, 14 Dec 2019 15:23:04 GMT"] });
    for files in [[old.clone(), new.clone()], [new, old]] {
        let Answer::Found(json, _) = get(&index(&files), TABLE) else {
            panic!()
        };
        assert_eq!(json["properties"]["s"], "new");
    }
    let mut both = ArmIndex::default();
    both.add("a.json", read(body("a").to_string().as_bytes()).unwrap());
    assert_eq!(
        both.add("b.json", read(body("b").to_string().as_bytes()).unwrap())
            .len(),
        1
    );
    assert_eq!(
        both.add("c.json", read(body("a").to_string().as_bytes()).unwrap())
            .len(),
        0
    );
}

#[test]
fn encodings_of_powershell_are_read_and_bad_bytes_have_a_place() {
    let text = json!({ "id": TABLE, "name": "rt", "properties": {} }).to_string();
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read(&utf16).unwrap(), read(text.as_bytes()).unwrap());
    assert_eq!(read(format!("\u{feff}{text}").as_bytes()).unwrap().len(), 1);
    let error = read(b"{\n \"a\": \"\xff\"}").unwrap_err();
    assert_eq!((error.line, error.column), (2, 8));
    assert!(read("[".repeat(1000).as_bytes()).is_err());
    assert!(read(b" ").is_err());
    assert_eq!(read(b"{\"unrelated\": 1}").unwrap(), []);
}

#[test]
fn an_action_is_answered_by_its_own_exchange_only() {
    let uri = format!("{TABLE}/doIt?api-version=2024-01-01");
    let mut post = exchange(&uri, 200, "{\"value\": [1]}");
    post["request"]["method"] = json!("POST");
    let index = index(&[post]);
    let path = format!("{TABLE}/doIt");
    assert!(matches!(
        index.answer(Method::Post, &path, None).0,
        Answer::Found(..)
    ));
    assert!(matches!(
        index.answer(Method::Get, &path, None).0,
        Answer::Unknown(Why::NotCollected, ..)
    ));
}

/// `az resource list` says that a resource exists; that it has no point-to-site configuration does not follow.
#[test]
fn a_summary_is_no_answer_but_the_resource_exists() {
    let kinds = [
        json!({ "id": TABLE, "name": "rt", "type": "Microsoft.Network/routeTables", "location": "w", "properties": null, "provisioningState": "Succeeded", "createdTime": "2026-01-01T00:00:00Z", "sku": null }),
        json!({ "id": TABLE, "name": "rt", "type": "Microsoft.Network/routeTables" }),
    ];
    for summary in kinds {
        let list = index(&[json!([summary])]);
        assert!(matches!(
            get(&list, TABLE),
            Answer::Unknown(Why::NotCollected, ..)
        ));
        let parent = TABLE.rsplit_once('/').unwrap().0;
        assert!(matches!(
            get(&list, parent),
            Answer::Unknown(Why::NotCollected, ..)
        ));
        assert_eq!(list.resources().len(), 1);
        let full = json!({ "id": TABLE, "name": "rt", "properties": {} });
        for files in [[json!([summary]), full.clone()], [full, json!([summary])]] {
            assert!(matches!(get(&index(&files), TABLE), Answer::Found(..)));
        }
    }
}

#[test]
fn a_reference_with_some_properties_is_no_answer_for_what_it_names() {
    let subnet = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s";
    let reference =
        json!({ "id": subnet, "name": "s", "properties": { "addressPrefix": "10.0.0.0/24" } });
    let table = json!({ "id": TABLE, "name": "rt", "properties": { "subnets": [reference] } });
    let flat = json!({ "id": TABLE, "name": "rt", "routes": [], "subnets": [{ "id": subnet, "name": "s", "resourceGroup": "rg" }] });
    for file in [table, flat] {
        let index = index(&[file]);
        assert!(matches!(get(&index, TABLE), Answer::Found(..)));
        assert!(matches!(
            get(&index, subnet),
            Answer::Unknown(Why::NotCollected, ..)
        ));
    }
}

#[test]
fn a_filtered_list_answers_for_its_members_only() {
    let item = json!({ "id": TABLE, "name": "rt", "properties": {} });
    let parent = TABLE.rsplit_once('/').unwrap().0;
    let body = json!({ "value": [item] }).to_string();
    for query in ["%24filter=name%20eq%20'rt'", "$top=1"] {
        let uri = format!("{parent}?api-version=2024-01-01&{query}");
        let index = index(&[exchange(&uri, 200, &body)]);
        assert!(matches!(get(&index, TABLE), Answer::Found(..)));
        assert!(matches!(
            get(&index, parent),
            Answer::Unknown(Why::NotCollected, ..)
        ));
    }
}

#[test]
fn the_result_of_an_operation_is_found_where_it_points() {
    let place = "/subscriptions/1/providers/Microsoft.Network/locations/w/operationResults/7";
    let mut post = exchange(&format!("{TABLE}/doIt"), 202, "null");
    post["request"]["method"] = json!("POST");
    post["response"]["headers"]["Location"] =
        json!(format!("https://management.azure.com{place}?api-version=1"));
    let later = exchange(&format!("{place}?api-version=1"), 202, "null");
    let ended = exchange(&format!("{place}?api-version=1"), 200, "{\"value\": [7]}");
    let status = exchange(
        place,
        200,
        "{\"status\": \"Succeeded\", \"properties\": {\"output\": {\"value\": [7]}}}",
    );
    let going = exchange(place, 200, "{\"status\": \"InProgress\"}");
    let empty = exchange(place, 200, "{\"status\": \"Succeeded\"}");
    let gone = exchange(place, 404, "{\"error\": {\"code\": \"NotFound\"}}");
    let action = format!("{TABLE}/doIt");
    for end in [ended, status] {
        let index = index(&[later.clone(), post.clone(), end]);
        let Answer::Found(json, from) = index.answer(Method::Post, &action, None).0 else {
            panic!("not found")
        };
        assert_eq!(*json, json!({ "value": [7] }));
        assert_eq!(from.file.as_deref(), Some("2.json"));
    }
    for files in [
        vec![post.clone()],
        vec![post.clone(), later],
        vec![post.clone(), empty],
        vec![post.clone(), gone],
        vec![post, going],
    ] {
        assert!(matches!(
            index(&files).answer(Method::Post, &action, None).0,
            Answer::Unknown(Why::NotCollected, ..)
        ));
    }
}

#[test]
fn two_answers_of_which_only_one_says_when_are_told() {
    let body = |state: &str| json!({ "id": TABLE, "name": "rt", "properties": { "s": state } });
    let dated = exchange(TABLE, 200, &body("old").to_string());
    let mut index = ArmIndex::default();
    index.add("a.json", read(dated.to_string().as_bytes()).unwrap());
    let told = index.add("b.json", read(body("new").to_string().as_bytes()).unwrap());
    assert_eq!(told.len(), 1);
}

#[test]
fn in_a_record_what_was_asked_for_itself_counts_before_a_member_of_a_list() {
    let body = |state: &str| json!({ "id": TABLE, "name": "rt", "properties": { "s": state } });
    let recorded = |uri: &str, body: Json| {
        let mut exchange = exchange(uri, 200, &body.to_string());
        exchange["recorder"] = RECORDER.into();
        exchange
    };
    let list = TABLE.trim_end_matches("/rt");
    let list = recorded(list, json!({ "value": [body("member")] }));
    let itself = recorded(TABLE, body("itself"));
    for files in [[list.clone(), itself.clone()], [itself, list]] {
        let index = index(&files);
        let Answer::Found(json, _) = get(&index, TABLE) else {
            panic!("not found")
        };
        assert_eq!(json["properties"]["s"], "itself");
        assert_eq!(index.resources(), [], "it fills no param");
    }
}
