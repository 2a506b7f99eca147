//! Addresses, permissions, and what is never asked.

use rulec_facts::source::{self, escape};

use super::*;

const GATEWAY: &str =
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworkGateways/gw";

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

fn ask(kind: &str, locator: &str, arguments: &[(&str, &str)]) -> Result<Ask, Refusal> {
    Ask::of(&request(kind, locator, arguments))
}

fn arm(locator: &str) -> Ask {
    ask("arm", locator, &[]).unwrap()
}

#[test]
fn a_resource_is_read_with_its_version_and_permission() {
    let gateway = arm(GATEWAY);
    assert_eq!(gateway.path, GATEWAY);
    assert_eq!(gateway.query, "api-version=2024-05-01");
    assert_eq!(
        gateway.permission,
        "Microsoft.Network/virtualNetworkGateways/read"
    );
    let list = arm(&format!("{GATEWAY}/../../connections"));
    assert!(list.path.ends_with("/Microsoft.Network/connections"));
    assert_eq!(list.permission, "Microsoft.Network/connections/read");
    let zone = arm(
        "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/privateDnsZones/z/virtualNetworkLinks",
    );
    assert_eq!(zone.query, "api-version=2024-06-01");
    assert_eq!(
        arm("/subscriptions/s").permission,
        "Microsoft.Resources/subscriptions/read"
    );
    let own = ask("arm", GATEWAY, &[("api", "2019-07-01")]).unwrap();
    assert_eq!(own.query, "api-version=2019-07-01");
}

#[test]
fn a_type_without_a_known_version_wants_one() {
    let id = "/subscriptions/s/resourceGroups/r/providers/Contoso.Things/things/t";
    let (why, detail) = ask("arm", id, &[]).unwrap_err();
    assert_eq!(why, Why::Unsupported);
    assert!(detail.contains("`Contoso.Things/things`"), "{detail}");
    assert!(ask("arm", id, &[("api", "2020-01-01")]).is_ok());
}

#[test]
fn only_actions_that_change_nothing_are_sent() {
    for (kind, action) in ACTIONS {
        let id = format!("/subscriptions/s/resourceGroups/r/providers/{kind}/x/{action}");
        let asked = ask("arm", &id, &[("post", "")]).unwrap();
        assert_eq!(asked.method, Method::Post);
        assert_eq!(asked.permission, format!("{kind}/{action}/action"));
    }
    for other in [
        "reset",
        "generatevpnprofile",
        "getVpnProfilePackageUrl",
        "listKeys",
        "disconnectVirtualNetworkGatewayVpnConnections",
    ] {
        let id = format!("{GATEWAY}/{other}");
        assert!(ask("arm", &id, &[("post", "")]).is_err(), "{other}");
    }
    assert!(ask("arm", GATEWAY, &[("post", "")]).is_err(), "no action");
}

#[test]
fn nothing_that_lists_secrets_is_asked() {
    let root = "/subscriptions/s/resourceGroups/rg/providers";
    for path in [
        "Microsoft.Network/connections/c/sharedKey",
        "Microsoft.Network/connections/c/sharedkey/",
        "Microsoft.Storage/storageAccounts/a/listKeys",
        "Microsoft.KeyVault/vaults/v/secrets",
        "Microsoft.KeyVault/vaults/v/secrets/s",
        "Microsoft.Web/sites/w/publishxml",
        "Microsoft.Network/virtualNetworkGateways/g/radiusServerSecret",
    ] {
        for arguments in [&[][..], &[("api", "2020-01-01")], &[("post", "")]] {
            let asked = ask("arm", &format!("{root}/{path}"), arguments);
            assert!(asked.is_err(), "{path}");
        }
    }
    assert!(ask("graph", "applications/x/passwordCredentials", &[]).is_err());
    // A name that only sounds like one is a resource like others.
    assert!(
        ask(
            "arm",
            &format!("{root}/Microsoft.Network/virtualNetworks/keys/subnets/s"),
            &[]
        )
        .is_ok()
    );
}

#[test]
fn no_locator_leaves_its_host_or_climbs() {
    for locator in [
        "//evil.example/x",
        "https://evil.example",
        "/evil",
        "System Route",
        "/subscriptions/s/%2E%2E/providers",
        "/subscriptions/s/.%2e/providers",
        "/subscriptions/s/./providers",
    ] {
        let asked = ask("arm", locator, &[("api", "1")]);
        assert!(asked.is_err(), "{locator}");
    }
    // The host of an address is not kept.
    assert_eq!(
        arm(&format!("https://evil.example{GATEWAY}?x=1")).path,
        GATEWAY
    );
    let odd =
        arm("/subscriptions/s/resourceGroups/rg ü/providers/Microsoft.Network/virtualNetworks/v#x");
    assert_eq!(
        odd.path,
        "/subscriptions/s/resourceGroups/rg%20%C3%BC/providers/Microsoft.Network/virtualNetworks/v"
    );
    for path in [
        "../beta/users",
        "users/..%2F",
        "https://evil.example/x",
        "",
        "users/%2e%2e/x",
    ] {
        let refused = ask("graph", path, &[]);
        let kept =
            refused.is_ok_and(|it| it.path.starts_with("/v1.0/") && !it.path.contains("/../"));
        assert!(kept || ask("graph", path, &[]).is_err(), "{path}");
    }
}

#[test]
fn the_activity_log_is_asked_for_the_group_and_ninety_days() {
    let now = ("now", "2026-11-06T09:30:00Z");
    let asked = ask("activity", &format!("{GATEWAY}/x"), &[("since", "1d"), now]).unwrap();
    assert_eq!(
        asked.path,
        "/subscriptions/s/providers/Microsoft.Insights/eventtypes/management/values"
    );
    assert!(
        asked.query.contains("$filter=eventTimestamp%20ge%20'2026-11-05T09:30:00Z'%20and%20eventTimestamp%20le%20'2026-11-06T09:30:00Z'%20and%20resourceGroupName%20eq%20'rg'"),
        "{}",
        asked.query
    );
    let long = request("activity", GATEWAY, &[("since", "200d"), now]);
    assert!(!is_kept(&long));
    assert!(
        Ask::of(&long)
            .unwrap()
            .query
            .contains("2026-08-08T09:30:00Z")
    );
    // Two facts about one group and time are one question.
    let other = ask(
        "activity",
        GATEWAY,
        &[("since", "1d"), now, ("status", "Failed")],
    )
    .unwrap();
    assert_eq!(other.key(), asked.key());
    assert!(
        ask("activity", GATEWAY, &[("since", "1d")]).is_err(),
        "no time of its own"
    );
}

#[test]
fn a_filter_of_the_directory_is_encoded_and_cannot_be_left() {
    let name = escape("azure", "graph", "o'neil+x&$top=9@contoso.example");
    let asked = ask(
        "graph",
        &format!("auditLogs/signIns?$filter=userPrincipalName eq '{name}'&$top=1"),
        &[],
    )
    .unwrap();
    assert_eq!(
        asked.query,
        "$filter=userPrincipalName%20eq%20'o''neil%2Bx%26$top=9@contoso.example'&$top=1"
    );
    assert!(asked.part);
    assert!(asked.permission.starts_with("AuditLog.Read.All"));
    assert_eq!(asked.audience, Audience::Graph);
}

#[test]
fn a_query_on_logs_is_sent_along() {
    let asked = ask(
        "logs",
        "11111111-2222-3333-4444-555555555555",
        &[
            ("query", "T | take 1"),
            ("since", "1d"),
            ("now", "2026-11-06T09:30:00Z"),
        ],
    )
    .unwrap();
    assert_eq!(
        asked.path,
        "/v1/workspaces/11111111-2222-3333-4444-555555555555/query"
    );
    assert_eq!(
        asked.body.unwrap()["timespan"],
        "2026-11-05T09:30:00Z/2026-11-06T09:30:00Z"
    );
    assert!(ask("logs", "../x", &[("query", "")]).is_err());
}

#[test]
fn every_kind_of_the_table_that_the_cloud_answers_is_asked() {
    for kind in source::all().filter(|it| it.system == "azure" && it.kind != "vpn-package") {
        let arguments = [
            ("since", "1d"),
            ("now", "2026-11-06T09:30:00Z"),
            ("metric", "m"),
            ("query", "q"),
        ];
        let locator = if kind.kind == "graph" {
            "users"
        } else {
            GATEWAY
        };
        let asked = ask(kind.kind, locator, &arguments).unwrap();
        if !["arm", "graph"].contains(&kind.kind) {
            assert_eq!(asked.permission, kind.permission, "{}", kind.kind);
        }
    }
}

#[test]
fn a_secret_is_refused_however_its_name_is_encoded() {
    let root = "/subscriptions/s/resourceGroups/rg/providers";
    for path in [
        "Microsoft.Network/connections/c/shared%4Bey",
        "Microsoft.Network/connections/c/%73haredkey",
        "Microsoft.Network/connections/c/shared%254Bey",
        "Microsoft.Network/connections/c%2FsharedKey",
        "Microsoft.Network/connections/c/sharedKey%3Fx",
        "Microsoft.KeyVault/vaults/v/secret%73/s",
        "Microsoft.KeyVault/vaults/v/secrets%20/s",
        "Microsoft.KeyVault/vaults/v/secrets;x=1/s",
    ] {
        let locator = format!("{root}/{path}");
        let asked = ask("arm", &locator, &[("api", "2020-01-01")]);
        assert!(asked.is_err(), "{path}: {asked:?}");
    }
    for path in [
        "applications/x/%70asswordCredentials",
        "servicePrincipals/x/synchronization/secre%74s",
    ] {
        assert_eq!(ask("graph", path, &[]).unwrap_err().0, Why::Denied);
    }
    let endless = format!("{root}/M.N/things/{}41", "%25".repeat(9));
    assert!(
        ask("arm", &endless, &[("api", "1")]).is_ok(),
        "no more than an odd name"
    );
    let endless = format!("{root}/M.N/things/%{}41", "25".repeat(9));
    assert!(ask("arm", &endless, &[("api", "1")]).is_err());
    // A space or a letter of another language is encoded by need.
    let id = format!("{root}/Microsoft.Network/virtualNetworks/B%C3%BCro%20(alt)");
    assert_eq!(arm(&id).path, id);
    // A filled value is asked for as it is written, not as it would be decoded.
    let name = escape("azure", "arm", "shared%4Bey");
    assert!(ask("arm", &format!("{GATEWAY}/{name}"), &[("api", "1")]).is_err());
    let name = escape("azure", "arm", "100%41");
    let asked = arm(&format!("{root}/Microsoft.Network/virtualNetworks/{name}"));
    assert!(asked.path.ends_with("/100%2541"), "{}", asked.path);
}

#[test]
fn the_directory_refuses_what_lists_secrets_and_what_selects_them() {
    for path in [
        "servicePrincipals/x/synchronization/secrets",
        "informationProtection/bitlocker/recoveryKeys",
        "informationProtection/bitlocker/recoveryKeys/1?$select=key",
        "directory/deviceLocalCredentials/1",
        "directory/deviceLocalCredentials('1')?$select=credentials",
        "users/x?$select=id,passwordProfile",
        "users/x?%24select=id,%70asswordProfile",
        "applications?$top=1&$SELECT=passwordCredentials",
        "users?$expand=a($select=clientSecret)",
    ] {
        let (why, detail) = ask("graph", path, &[]).unwrap_err();
        assert_eq!(why, Why::Denied, "{path}: {detail}");
    }
    for path in [
        "users/x?$select=id,userPrincipalName",
        "users?$filter=userPrincipalName eq 'password@contoso.example'",
        "applications/x/keyCredentials",
    ] {
        assert!(ask("graph", path, &[]).is_ok(), "{path}");
    }
}

#[test]
fn an_address_in_a_filter_cuts_nothing_off_its_key() {
    let asked = |of: &str| {
        let locator = format!("servicePrincipals?$filter={of} eq 'https://x.example/a'");
        ask("graph", &locator, &[]).unwrap().key()
    };
    assert_ne!(asked("homepage"), asked("loginUrl"));
    // Nor does it lead to another resource, where it is a name in an ID.
    let id = "/subscriptions/s/resourceGroups/a://evil/subscriptions/other";
    assert_eq!(
        arm_path(id).unwrap(),
        "/subscriptions/s/resourceGroups/a:/evil/subscriptions/other"
    );
    let same = "/v1.0/users?$filter=homepage%20eq%20'https://x.example/a'";
    let live = format!("https://graph.microsoft.com{same}");
    assert_eq!(key(Method::Get, same, None), key(Method::Get, &live, None));
}

#[test]
fn only_the_directory_doubles_quotation_marks() {
    let name = |kind: &str| escape("azure", kind, "o'neil");
    assert_eq!(name("graph"), "o''neil");
    for kind in ["arm", "activity", "metrics", "logs"] {
        assert_eq!(name(kind), "o'neil", "{kind}");
    }
    // Encoded by whom the value is from, it must not end its quotation either.
    assert_eq!(escape("azure", "graph", "o%27neil"), "o%2527neil");
    // Nor may a group end that of the activity log.
    let now = [("since", "1d"), ("now", "2026-11-06T09:30:00Z")];
    for group in ["rg' or 1 eq 1", "rg%27", "rg%2527"] {
        let id = format!("/subscriptions/s/resourceGroups/{group}");
        assert!(ask("activity", &id, &now).is_err(), "{group}");
    }
}
