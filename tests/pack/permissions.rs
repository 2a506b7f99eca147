//! What has to be granted for each fact that Azure answers: the table in the book is worked out from the questions that would be sent.

use std::fmt::Write as _;
use std::fs;

use rulec_artefacts::azure_ask::{Ask, Audience};
use rulec_facts::provider::Request;
use rulec_program::program::{Piece, Source, Template};

use super::{checked, program, root};

const PAGE: &str = "book/src/asking-azure.md";
const BEGIN: &str = "<!-- permissions -->\n";
const END: &str = "<!-- end of permissions -->";

/// An ID for what stands in braces; for one fact where several mean different things by a name.
const SAMPLES: &[(&str, &str, &str)] = &[
    (
        "",
        "gateway_id",
        "Microsoft.Network/virtualNetworkGateways/x",
    ),
    (
        "",
        "gateway.subnet",
        "Microsoft.Network/virtualNetworks/x/subnets/x",
    ),
    (
        "",
        "gateway_subnet.table",
        "Microsoft.Network/routeTables/x",
    ),
    (
        "",
        "target_nsg_id",
        "Microsoft.Network/networkSecurityGroups/x",
    ),
    ("", "resolver_id", "Microsoft.Network/dnsResolvers/x"),
    ("", "zone_id", "Microsoft.Network/privateDnsZones/x"),
    (
        "site.prefixes",
        "network",
        "Microsoft.Network/localNetworkGateways/x",
    ),
    ("", "network", "Microsoft.Network/virtualNetworks/x"),
    ("", "sign_in_name", ""),
    ("", "gateway.p2s.aad_audience", ""),
];

fn sample(fact: &str, hole: &str) -> String {
    let found = SAMPLES
        .iter()
        .find(|(of, name, _)| *name == hole && (of.is_empty() || *of == fact));
    let (_, _, id) =
        found.unwrap_or_else(|| panic!("say in SAMPLES what `{{{hole}}}` of `{fact}` names"));
    match *id {
        "" => "x".to_owned(),
        id => format!("/subscriptions/x/resourceGroups/x/providers/{id}"),
    }
}

fn filled(fact: &str, template: &Template) -> String {
    let pieces = template.pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Hole(name, _) => sample(fact, name),
    });
    pieces.collect()
}

/// As it is written, without what narrows it.
fn written(source: &Source) -> String {
    let pieces = source.locator.iter().flat_map(|it| &it.pieces);
    let text: String = pieces
        .map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Hole(name, _) => format!("{{{name}}}"),
        })
        .collect();
    let text = text.split('?').next().unwrap_or("").to_owned();
    let post = if source.arguments.iter().any(|(word, _)| word == "post") {
        " post"
    } else {
        ""
    };
    format!("azure {} \"{text}\"{post}", source.kind)
}

fn ask(fact: &str, source: &Source) -> Ask {
    let mut arguments: Vec<(String, Vec<String>)> = source
        .arguments
        .iter()
        .map(|(word, values)| {
            (
                word.to_string(),
                values.iter().map(|it| filled(fact, it)).collect(),
            )
        })
        .collect();
    arguments.push(("now".to_owned(), vec!["2026-11-01T00:00:00Z".to_owned()]));
    let request = Request {
        system: source.system.to_string(),
        kind: source.kind.to_string(),
        locator: source.locator.as_ref().map(|it| filled(fact, it)),
        arguments,
        on: None,
        secret: false,
    };
    Ask::of(&request).unwrap_or_else(|(_, detail)| panic!("`{fact}` is never answered: {detail}"))
}

fn table() -> String {
    let analysis = checked();
    let mut rows = Vec::new();
    for slot in &program(&analysis).slots {
        let azure = slot
            .sources
            .iter()
            .filter(|it| it.system == "azure" && it.kind != "vpn-package");
        for source in azure {
            let ask = ask(&slot.named.name, source);
            let who = match ask.audience {
                Audience::ResourceManager => "",
                other => other.name(),
            };
            assert!(
                who.is_empty() || ask.permission.contains(who) || ask.audience == Audience::Logs
            );
            rows.push(format!(
                "| `{}` | `{}` | {} |",
                slot.named.name,
                written(source),
                ask.permission
            ));
        }
    }
    rows.sort();
    let mut table = "| fact | asked | permission |\n|---|---|---|\n".to_owned();
    for row in rows {
        let _ = writeln!(table, "{row}");
    }
    table
}

#[test]
fn the_book_lists_what_each_fact_of_azure_needs_to_be_granted() {
    let path = root().join(PAGE);
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (kept, after) = rest.split_once(END).unwrap();
    let table = table();
    assert!(table.lines().count() > 15, "{table}");
    if std::env::var("INSTA_UPDATE").is_ok_and(|it| it == "always") {
        fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(kept, table, "INSTA_UPDATE=always renews {PAGE}");
}
