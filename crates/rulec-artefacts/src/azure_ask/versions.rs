//! The API version of each type of resource that is asked where the clause names none.

/// By what the type begins with, lower case; the longest that fits counts.
const VERSIONS: &[(&str, &str)] = &[
    ("microsoft.authorization/", "2022-04-01"),
    ("microsoft.compute/", "2024-07-01"),
    (
        "microsoft.insights/diagnosticsettings",
        "2021-05-01-preview",
    ),
    ("microsoft.keyvault/vaults", "2023-07-01"),
    ("microsoft.managedidentity/", "2023-01-31"),
    ("microsoft.network/", "2024-05-01"),
    ("microsoft.network/dnsforwardingrulesets", "2022-07-01"),
    ("microsoft.network/dnsresolvers", "2022-07-01"),
    ("microsoft.network/dnszones", "2018-05-01"),
    ("microsoft.network/privatednszones", "2024-06-01"),
    ("microsoft.operationalinsights/workspaces", "2022-10-01"),
    ("microsoft.resourcehealth/", "2022-10-01"),
    ("microsoft.resources/", "2022-12-01"),
    ("microsoft.storage/", "2023-05-01"),
    ("microsoft.web/", "2023-12-01"),
];

/// The version for a type such as `Microsoft.Network/virtualNetworks/subnets`.
pub(super) fn of(kind: &str) -> Option<&'static str> {
    let lower = format!("{}/", kind.to_ascii_lowercase());
    let fits = |prefix: &str| {
        lower
            .strip_prefix(prefix)
            .is_some_and(|rest| prefix.ends_with('/') || rest.starts_with('/'))
    };
    let found = VERSIONS.iter().filter(|(prefix, _)| fits(prefix));
    found
        .max_by_key(|(prefix, _)| prefix.len())
        .map(|(_, version)| *version)
}
