//! Rows of Azure, and resource IDs.

use super::{
    Argument, ArgumentValue, BuiltIn, Locator, Presence, Shape, SourceKind, Yields, argument,
    needed, seconds,
};
use crate::path::PathLanguage;

const API: Argument = argument(
    "api",
    ArgumentValue::Text,
    "API version; without it the one that rulec was tested with",
);
const SINCE: Argument = needed(
    "since",
    ArgumentValue::Duration,
    "how far back, counted from the case's `now`",
);

pub(super) const KINDS: &[SourceKind] = &[
    SourceKind {
        system: "azure",
        kind: "activity",
        title: "Entries of the activity log of a resource",
        locator: Locator::Required("a resource ID"),
        arguments: &[
            argument(
                "newest",
                ArgumentValue::Number,
                "only the newest entries; with 1 the result is one entry that may be absent",
            ),
            argument("operation", ArgumentValue::Text, "only this operation"),
            SINCE,
            argument(
                "status",
                ArgumentValue::OneOf(&["Started", "Accepted", "Succeeded", "Failed"]),
                "only this outcome",
            ),
        ],
        each: false,
        path: PathLanguage::Json,
        at: Presence::Never,
        result: Yields::Records(&[BuiltIn::ActivityEvent]),
        privilege: "Reader",
        permission: "Microsoft.Insights/eventtypes/values/read",
        not_there: "no entry, for `newest 1`",
        cost: seconds(3),
        consent: false,
        example: "from azure activity \"{gateway_id}\" operation \"Microsoft.Network/virtualNetworkGateways/write\" since 90d",
    },
    SourceKind {
        system: "azure",
        kind: "arm",
        title: "A resource, or a list of them, as the resource manager answers",
        locator: Locator::Required(
            "a resource ID; `/..` drops its last segment, `/child` goes below it",
        ),
        arguments: &[
            API,
            argument(
                "post",
                ArgumentValue::Flag,
                "an action that is asked by POST; it changes nothing",
            ),
        ],
        each: true,
        path: PathLanguage::Json,
        at: Presence::Optional,
        result: Yields::Declared,
        privilege: "Reader; for `post` a role that has the action",
        permission: "RESOURCE TYPE/read, or RESOURCE TYPE/ACTION/action",
        not_there: "a 404 that names the asked resource itself (`ResourceNotFound`, `NotFound`)",
        cost: seconds(1),
        consent: false,
        example: "from azure arm \"{gateway.subnet}\" at \"$.properties.routeTable.id\"",
    },
    SourceKind {
        system: "azure",
        kind: "graph",
        title: "A directory object, as Microsoft Graph answers",
        locator: Locator::Required("a path below the version, `servicePrincipals(appId='…')`"),
        arguments: &[],
        each: true,
        path: PathLanguage::Json,
        at: Presence::Optional,
        result: Yields::Declared,
        privilege: "a directory reader",
        permission: "Directory.Read.All, or the one of the object",
        not_there: "a 404 that names the asked object itself (`Request_ResourceNotFound`)",
        cost: seconds(1),
        consent: false,
        example: "from azure graph \"servicePrincipals(appId='{azvpn.audience}')\" at \"$.accountEnabled\"",
    },
    SourceKind {
        system: "azure",
        kind: "logs",
        title: "Rows of a query on a Log Analytics workspace",
        locator: Locator::Required("a workspace ID"),
        arguments: &[
            needed("query", ArgumentValue::Text, "the query"),
            argument(
                "since",
                ArgumentValue::Duration,
                "how far back, counted from the case's `now`",
            ),
        ],
        each: false,
        path: PathLanguage::Json,
        at: Presence::Optional,
        result: Yields::Declared,
        privilege: "Log Analytics Reader",
        permission: "Microsoft.OperationalInsights/workspaces/query/read",
        not_there: "never: no row is an empty list",
        cost: seconds(5),
        consent: false,
        example: "from azure logs \"{workspace}\" query \"AzureDiagnostics | where Category == 'P2SDiagnosticLog'\" since 7d",
    },
    SourceKind {
        system: "azure",
        kind: "metrics",
        title: "Points of a metric of a resource",
        locator: Locator::Required("a resource ID"),
        arguments: &[
            needed("metric", ArgumentValue::Text, "name of the metric"),
            SINCE,
        ],
        each: false,
        path: PathLanguage::Json,
        at: Presence::Optional,
        result: Yields::Declared,
        privilege: "Monitoring Reader",
        permission: "Microsoft.Insights/metrics/read",
        not_there: "never: no point is an empty list",
        cost: seconds(2),
        consent: false,
        example: "from azure metrics \"{gateway_id}\" metric \"P2SConnectionCount\" since 1d",
    },
    SourceKind {
        system: "azure",
        kind: "vpn-package",
        title: "The client package of a gateway",
        locator: Locator::Required("a folder or zip"),
        arguments: &[],
        each: false,
        path: PathLanguage::None,
        at: Presence::Never,
        result: Yields::One(&[
            Shape::One(BuiltIn::Package),
            Shape::Optional(BuiltIn::Package),
        ]),
        privilege: "none",
        permission: "read access to the file",
        not_there: "the folder was read and holds no package",
        cost: seconds(1),
        consent: false,
        example: "from azure vpn-package \"{folder}\"",
    },
];

/// The address of a resource or list: `..` drops the segment before it, a scheme and host and what follows `?` are cut, no stroke at the
/// end. The error says why it is none.
pub fn arm_path(locator: &str) -> Result<String, String> {
    let text = locator.trim();
    let text = text.split(['?', '#']).next().unwrap_or("");
    let text = match text.split_once("://") {
        // What begins with a stroke has no host: a value in it must not become one.
        Some((_, rest)) if !text.starts_with('/') => {
            rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("")
        }
        _ => text,
    };
    if !text.starts_with('/') {
        return Err(format!(
            "`{}` is not a resource ID: it does not begin with `/`",
            short(locator)
        ));
    }
    let mut segments: Vec<&str> = Vec::new();
    for segment in text.split('/').filter(|it| !it.is_empty()) {
        if segment != ".." {
            segments.push(segment);
        } else if segments.pop().is_none() {
            return Err(format!("`{}` leads out of the resource ID", short(locator)));
        }
    }
    if segments.is_empty() {
        return Err(format!("`{}` names no resource", short(locator)));
    }
    Ok(format!("/{}", segments.join("/")))
}

/// Resource IDs are equal if their keys are: without case.
pub fn arm_key(path: &str) -> String {
    crate::value::Text::new(path).folded().to_owned()
}

/// `doubles`: a value stands between two `'`, and ends at the next one.
pub(super) fn escape(value: &str, doubles: bool) -> String {
    let mut out = String::with_capacity(value.len());
    for (at, segment) in value.split('/').enumerate() {
        if at > 0 {
            out.push('/');
        }
        if segment == ".." {
            out.push_str("%2E%2E");
            continue;
        }
        for c in segment.chars() {
            if c == '\'' && doubles {
                out.push_str("''");
            } else if c.is_control() || matches!(c, '?' | '#' | '&' | '\\' | '%') {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    out.push_str(&format!("%{byte:02X}"));
                }
            } else {
                out.push(c);
            }
        }
    }
    out
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_dots_drop_a_segment_and_ids_compare_without_case() {
        let path = arm_path(
            "/subscriptions/s/resourceGroups/RG/providers/M.N/gateways/g/../../connections",
        )
        .unwrap();
        assert_eq!(
            path,
            "/subscriptions/s/resourceGroups/RG/providers/M.N/connections"
        );
        assert_eq!(
            arm_key(&path),
            arm_key("/SUBSCRIPTIONS/s/resourcegroups/rg/providers/m.n/Connections")
        );
    }

    #[test]
    fn a_recorded_address_is_the_id_that_it_asks_for() {
        let path =
            arm_path("https://management.azure.com/subscriptions/s/x/y/?api-version=2019-09-01")
                .unwrap();
        assert_eq!(path, "/subscriptions/s/x/y");
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in ["System Route", "", "/", "/a/../..", "https://host"] {
            assert!(arm_path(text).is_err(), "{text}");
        }
    }

    #[test]
    fn s5_a_filled_value_cannot_climb_or_add_a_query() {
        let all = super::super::escape;
        assert_eq!(all("azure", "arm", "a/../b?c#d"), "a/%2E%2E/b%3Fc%23d");
        // What is encoded already would be decoded behind every check.
        assert_eq!(all("azure", "arm", "shared%4Bey"), "shared%254Bey");
        let name = "o'neil@x&$top=1";
        assert_eq!(all("azure", "graph", name), "o''neil@x%26$top=1");
        assert_eq!(all("azure", "graph", "o%27neil"), "o%2527neil");
        assert_eq!(all("azure", "arm", name), "o'neil@x%26$top=1");
        assert_eq!(all("windows", "file", r"a\..\*\b"), r"a\b");
    }

    #[test]
    fn a_value_with_an_address_leads_to_no_other_resource() {
        let text = "/subscriptions/s/x/a://evil/subscriptions/other";
        assert_eq!(
            arm_path(text).unwrap(),
            "/subscriptions/s/x/a:/evil/subscriptions/other"
        );
    }
}
