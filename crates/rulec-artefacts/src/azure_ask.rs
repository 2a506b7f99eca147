//! Which address of Azure a request asks: the same one for what is fetched and for what was saved, so that both are found by it.
//!
//! Also what has to be granted for it, and what is never asked: an action that changes something, and a list of secrets. Pure; which host
//! answers, and with which sign-in, is the business of a provider.

use rulec_facts::literal;
use rulec_facts::provider::Request;
use rulec_facts::reason::Why;
use rulec_facts::source::arm_path;
use serde_json::{Value as Json, json};

use crate::arm_json::Method;
use crate::secrets;

mod versions;

/// Who is asked; each has a sign-in of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Audience {
    /// Azure Resource Manager: resources, activity log, metrics.
    ResourceManager,
    /// Microsoft Graph: the directory.
    Graph,
    /// Log Analytics.
    Logs,
}

impl Audience {
    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Audience::ResourceManager => "Azure Resource Manager",
            Audience::Graph => "Microsoft Graph",
            Audience::Logs => "Log Analytics",
        }
    }
}

/// One question to Azure.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// Who answers.
    pub audience: Audience,
    /// How it is asked.
    pub method: Method,
    /// Begins with a stroke; percent-encoded.
    pub path: String,
    /// What follows `?`, percent-encoded; may be empty.
    pub query: String,
    /// What is sent along, for a query on logs.
    pub body: Option<Json>,
    /// What has to be granted, in the words of the system.
    pub permission: String,
    /// The request itself wants a part of a list: its further pages are not asked for.
    pub part: bool,
}

/// Why a request is not asked at all.
pub type Refusal = (Why, String);

/// The activity log keeps so many days, in nanoseconds.
pub const ACTIVITY_KEPT: i128 = 90 * 86_400 * 1_000_000_000;

/// Actions that are asked by POST, change nothing, need no body, and tell no secret: type of resource and action.
///
/// Left out, although they only read: what hands out an address with a key in it (`getVpnProfilePackageUrl`), and `list…` of keys.
const ACTIONS: &[(&str, &str)] = &[
    (
        "Microsoft.Network/networkInterfaces",
        "effectiveNetworkSecurityGroups",
    ),
    ("Microsoft.Network/networkInterfaces", "effectiveRouteTable"),
    (
        "Microsoft.Network/p2sVpnGateways",
        "getP2sVpnConnectionHealth",
    ),
    (
        "Microsoft.Network/virtualNetworkGateways",
        "getBgpPeerStatus",
    ),
    (
        "Microsoft.Network/virtualNetworkGateways",
        "getLearnedRoutes",
    ),
    (
        "Microsoft.Network/virtualNetworkGateways",
        "getVpnClientConnectionHealth",
    ),
    (
        "Microsoft.Network/virtualNetworkGateways",
        "getVpnClientIpsecParameters",
    ),
    (
        "Microsoft.Network/virtualNetworkGateways",
        "supportedVpnDevices",
    ),
];

/// Words of types, actions and paths that stand for secrets; [`secrets::is_secret`] knows others.
const SECRETS: &[&str] = &[
    "accountsas",
    "devicelocalcredentials",
    "keys",
    "publishxml",
    "recoverykeys",
    "secrets",
    "servicesas",
];

/// Permissions of Microsoft Graph, by what the path begins with; without case.
const GRAPH: &[(&str, &str)] = &[
    (
        "auditlogs",
        "AuditLog.Read.All (Microsoft Graph; needs Entra ID P1)",
    ),
    (
        "identity/conditionalaccess",
        "Policy.Read.All (Microsoft Graph)",
    ),
    ("policies", "Policy.Read.All (Microsoft Graph)"),
    (
        "serviceprincipals",
        "Application.Read.All (Microsoft Graph)",
    ),
    ("applications", "Application.Read.All (Microsoft Graph)"),
    ("users", "User.Read.All (Microsoft Graph)"),
    ("groups", "GroupMember.Read.All (Microsoft Graph)"),
    ("devices", "Device.Read.All (Microsoft Graph)"),
    (
        "devicemanagement",
        "DeviceManagementConfiguration.Read.All (Microsoft Graph)",
    ),
];

impl Ask {
    /// The question that a request of system `azure` is.
    ///
    /// # Errors
    /// It names no address, or one that is never asked.
    pub fn of(request: &Request) -> Result<Ask, Refusal> {
        let locator = request.locator.as_deref().unwrap_or("");
        if request.on.as_deref().is_some_and(|it| !it.is_empty()) {
            let detail = format!("`azure {}` takes no `on`", request.kind);
            return Err((Why::Unsupported, detail));
        }
        match request.kind.as_str() {
            "arm" => resource(locator, request),
            "activity" => activity(locator, request),
            "metrics" => metrics(locator, request),
            "logs" => logs(locator, request),
            "graph" => graph(locator),
            other => Err((
                Why::Unsupported,
                format!("`azure {other}` is not asked of the cloud"),
            )),
        }
    }

    /// What identifies it among saved exchanges.
    pub fn key(&self) -> String {
        key(
            self.method,
            &format!("{}?{}", self.path, self.query),
            self.body.as_ref(),
        )
    }
}

/// What identifies an exchange by its address, of which scheme and host are cut.
pub(crate) fn key(method: Method, uri: &str, body: Option<&Json>) -> String {
    let rest = match uri.split_once("://") {
        // What begins with a stroke has no host: the address of another stands in its query.
        Some((_, rest)) if !uri.starts_with('/') => {
            rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("")
        }
        _ => uri,
    };
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let body = body.map(|it| in_order(it).to_string()).unwrap_or_default();
    format!(
        "{method:?} {}?{} {body}",
        path.to_lowercase(),
        plain_query(query)
    )
}

/// A query with its parameters in order of name, names without case: values are those of filters, metrics and pages, and keep theirs.
pub(crate) fn plain_query(query: &str) -> String {
    let parameters = query.split('&').filter(|it| !it.is_empty());
    let mut all: Vec<String> = parameters
        .map(|it| {
            let (name, value) = it.split_once('=').unwrap_or((it, ""));
            format!("{}={value}", decoded(name).to_lowercase())
        })
        .collect();
    all.sort();
    all.join("&")
}

/// The same document with the members of its objects in order of name.
fn in_order(json: &Json) -> Json {
    match json {
        Json::Array(items) => items.iter().map(in_order).collect(),
        Json::Object(members) => {
            let mut all: Vec<(String, Json)> = members
                .iter()
                .map(|(name, it)| (name.clone(), in_order(it)))
                .collect();
            all.sort_by(|a, b| a.0.cmp(&b.0));
            Json::Object(all.into_iter().collect())
        }
        other => other.clone(),
    }
}

fn malformed(message: impl Into<String>) -> Refusal {
    (Why::Malformed, message.into())
}

fn argument<'r>(request: &'r Request, word: &str) -> Option<&'r str> {
    let found = request.arguments.iter().find(|(name, _)| name == word);
    found.map(|(_, values)| values.first().map_or("", String::as_str))
}

/// The path of a resource or list below a subscription or provider, encoded.
fn place(locator: &str) -> Result<String, Refusal> {
    let path = arm_path(locator).map_err(malformed)?;
    let plain = plain(&path)?;
    let lower = plain.to_ascii_lowercase();
    let known = ["/subscriptions", "/providers"]
        .iter()
        .any(|root| lower == *root || lower.starts_with(&format!("{root}/")));
    if !known {
        let message =
            "it is no resource ID: it begins with neither `/subscriptions/` nor `/providers/`";
        return Err(malformed(message));
    }
    if climbs(&plain) {
        return Err(malformed("a part of the resource ID is `.` or `..`"));
    }
    if plain.matches('/').count() != path.matches('/').count() {
        return Err(malformed("a part of the resource ID has an encoded `/`"));
    }
    Ok(encode(&path, PATH))
}

/// A part of a path, nothing of which is encoded, is what a client or a service takes for a step upwards.
fn climbs(plain: &str) -> bool {
    plain.split(['/', '\\']).any(|it| it == "." || it == "..")
}

/// So often is percent-encoding taken away: what was written into an address that was encoded already is encoded twice.
const ROUNDS: usize = 4;

/// What a text says once nothing in it is percent-encoded: whoever stands before a service may decode once more than it does.
fn plain(text: &str) -> Result<String, Refusal> {
    let mut plain = text.to_owned();
    for _ in 0..ROUNDS {
        let next = decoded(&plain);
        if next == plain {
            return Ok(plain);
        }
        plain = next;
    }
    Err(malformed("it is percent-encoded again and again"))
}

/// Takes percent-encoding away, once.
pub(crate) fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digit = |byte: u8| char::from(byte).to_digit(16);
        rest = match (first, after) {
            (b'%', [a, b, after @ ..]) if digit(*a).is_some() && digit(*b).is_some() => {
                let byte = digit(*a).unwrap_or(0) * 16 + digit(*b).unwrap_or(0);
                bytes.push(byte as u8);
                after
            }
            _ => {
                bytes.push(*first);
                after
            }
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn resource(locator: &str, request: &Request) -> Result<Ask, Refusal> {
    let path = place(locator)?;
    let post = argument(request, "post").is_some();
    let kind = Kind::of(&path);
    refuse_secret(&plain(&path)?)?;
    let permission = match (post, &kind.rest) {
        (true, Some(action)) => {
            let known = ACTIONS.iter().any(|(kind_of, name)| {
                kind.name.eq_ignore_ascii_case(kind_of) && action.eq_ignore_ascii_case(name)
            });
            if !known {
                let detail = format!(
                    "`{action}` is not sent: it is none of the actions that are known to change nothing and to tell no secret"
                );
                return Err((Why::Unsupported, detail));
            }
            format!("{}/{action}/action", kind.name)
        }
        (true, None) => return Err(malformed("the resource ID ends in no action for `post`")),
        (false, Some(list)) => format!("{}/read", kind.below(list)),
        (false, None) => format!("{}/read", kind.name),
    };
    let version = match argument(request, "api") {
        Some(version) => encode(version, VALUE),
        None => {
            let name = match (&kind.rest, post) {
                (Some(list), false) => kind.below(list),
                _ => kind.name.clone(),
            };
            let known = versions::of(&name);
            let known = known.ok_or_else(|| {
                let detail =
                    format!("no API version of `{name}` is known; write `api \"…\"` behind its ID");
                (Why::Unsupported, detail)
            })?;
            known.to_owned()
        }
    };
    Ok(Ask {
        audience: Audience::ResourceManager,
        method: if post { Method::Post } else { Method::Get },
        path,
        query: format!("api-version={version}"),
        body: None,
        permission,
        part: false,
    })
}

/// Never asked, whoever may read it: what is a secret, by the words of its type, or by its own name. Nothing in the path is encoded.
fn refuse_secret(plain: &str) -> Result<(), Refusal> {
    let kind = Kind::of(plain);
    let mut words = kind.name.split('/').skip(1).chain(kind.rest.as_deref());
    // These were encoded, or would not be here: they end nothing.
    let whole = plain.replace(['?', '#'], "");
    match words.any(is_secret) || secrets::names_secret(&whole) {
        true => Err(never()),
        false => Ok(()),
    }
}

fn never() -> Refusal {
    let detail = "it is a secret, and is never asked for";
    (Why::Denied, detail.to_owned())
}

/// A word of a type, an action, a path or a selection stands for a secret.
fn is_secret(word: &str) -> bool {
    let name = word.split(';').next().unwrap_or("");
    let name = name.chars().filter(char::is_ascii_alphanumeric);
    let name: String = name.map(|c| c.to_ascii_lowercase()).collect();
    let listed = name.strip_prefix("list").unwrap_or(&name);
    SECRETS.contains(&listed) || secrets::is_secret(word)
}

/// A query of the directory picks members that are secrets.
fn selects_secret(query: &str) -> Result<bool, Refusal> {
    for part in query.split('&') {
        let part = plain(part)?;
        let (name, value) = part.split_once('=').unwrap_or((&part, ""));
        let name = name.trim().trim_start_matches('$');
        let picks = ["select", "expand"]
            .iter()
            .any(|it| name.eq_ignore_ascii_case(it));
        let mut words = value.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        if picks && words.any(is_secret) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The type of a resource, and what stands behind the last whole pair: a list below it or an action.
#[derive(Debug, PartialEq)]
struct Kind {
    /// `Microsoft.Network/virtualNetworks/subnets`.
    name: String,
    /// `peerings`, `getBgpPeerStatus`.
    rest: Option<String>,
}

impl Kind {
    fn of(path: &str) -> Kind {
        let lower = path.to_ascii_lowercase();
        let (mut name, rest) = match lower.rfind("/providers/") {
            Some(at) => {
                let rest = path.get(at + "/providers/".len()..).unwrap_or("");
                let (namespace, rest) = rest.split_once('/').unwrap_or((rest, ""));
                (namespace.to_owned(), rest)
            }
            None => (
                "Microsoft.Resources".to_owned(),
                path.trim_start_matches('/'),
            ),
        };
        let segments: Vec<&str> = rest.split('/').filter(|it| !it.is_empty()).collect();
        let (pairs, last) = segments.as_chunks::<2>();
        for [word, _] in pairs {
            name.push('/');
            name.push_str(word);
        }
        Kind {
            name,
            rest: last.first().map(|it| (*it).to_owned()),
        }
    }

    fn below(&self, list: &str) -> String {
        format!("{}/{list}", self.name)
    }
}

/// From when to when, as the services write it; and whether the log keeps all of that.
fn window(request: &Request, kept: i128) -> Result<(String, String, bool), Refusal> {
    let since = argument(request, "since").unwrap_or("");
    let since = literal::duration(since).map_err(malformed)?;
    let now = argument(request, "now").unwrap_or("");
    let now = literal::time(now).map_err(malformed)?;
    let text = |at: i128| {
        let time = jiff::Timestamp::from_nanosecond(at);
        time.map(|it| it.to_string())
            .map_err(|_| malformed("the time lies outside of the years that the service knows"))
    };
    let from = text(now.saturating_sub(since.min(kept)))?;
    Ok((from, text(now)?, since <= kept))
}

/// Whether the log keeps all that the request wants.
pub(crate) fn is_kept(request: &Request) -> bool {
    window(request, ACTIVITY_KEPT).is_ok_and(|(_, _, whole)| whole)
}

/// The log is asked for the whole resource group, because its own filter by resource does not promise those below it (a peering is
/// written below its network); what is of no use is left out when it is read.
fn activity(locator: &str, request: &Request) -> Result<Ask, Refusal> {
    let path = place(locator)?;
    let (from, to, _) = window(request, ACTIVITY_KEPT)?;
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let (subscription, group) = match segments.as_slice() {
        [word, subscription, rest @ ..] if word.eq_ignore_ascii_case("subscriptions") => {
            let group = match rest {
                [word, group, ..] if word.eq_ignore_ascii_case("resourceGroups") => Some(*group),
                _ => None,
            };
            (*subscription, group)
        }
        _ => return Err(malformed("the activity log is kept below a subscription")),
    };
    let mut filter = format!("eventTimestamp ge '{from}' and eventTimestamp le '{to}'");
    if let Some(group) = group {
        let group = plain(group)?;
        if group.contains('\'') {
            return Err(malformed("no resource group has a `'` in its name"));
        }
        filter.push_str(&format!(" and resourceGroupName eq '{group}'"));
    }
    let select = "eventTimestamp,operationName,status,properties,caller,resourceId";
    Ok(Ask {
        audience: Audience::ResourceManager,
        method: Method::Get,
        path: format!("/subscriptions/{subscription}{ACTIVITY}"),
        query: format!(
            "api-version=2015-04-01&$filter={}&$select={select}",
            encode(&filter, VALUE)
        ),
        body: None,
        permission: "Microsoft.Insights/eventtypes/values/read".to_owned(),
        part: false,
    })
}

/// Behind a subscription: where its activity log lies.
const ACTIVITY: &str = "/providers/Microsoft.Insights/eventtypes/management/values";
/// Behind a resource: where its metrics lie.
const METRICS: &str = "/providers/Microsoft.Insights/metrics";

/// Points are asked for the time up to the case's own, with every way to count them.
fn metrics(locator: &str, request: &Request) -> Result<Ask, Refusal> {
    let path = place(locator)?;
    let (from, to, _) = window(request, i128::MAX)?;
    let metric = argument(request, "metric").unwrap_or("");
    Ok(Ask {
        audience: Audience::ResourceManager,
        method: Method::Get,
        path: format!("{path}{METRICS}"),
        query: format!(
            "api-version=2023-10-01&metricnames={}&timespan={from}/{to}&aggregation=Average,Count,Maximum,Minimum,Total",
            encode(metric, VALUE)
        ),
        body: None,
        permission: "Microsoft.Insights/metrics/read".to_owned(),
        part: false,
    })
}

fn logs(locator: &str, request: &Request) -> Result<Ask, Refusal> {
    let path = if locator.trim_start().starts_with('/') {
        format!("/v1{}", place(locator)?)
    } else {
        let id = locator.trim();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if id.is_empty() || !id.chars().all(plain) {
            return Err(malformed(
                "it is neither the ID of a workspace nor that of a resource",
            ));
        }
        format!("/v1/workspaces/{id}")
    };
    let query = argument(request, "query").unwrap_or("");
    let mut body = json!({ "query": query });
    if argument(request, "since").is_some()
        && let Some(body) = body.as_object_mut()
    {
        let (from, to, _) = window(request, i128::MAX)?;
        body.insert("timespan".to_owned(), format!("{from}/{to}").into());
    }
    Ok(Ask {
        audience: Audience::Logs,
        method: Method::Post,
        path: format!("{path}/query"),
        query: String::new(),
        body: Some(body),
        permission: "Microsoft.OperationalInsights/workspaces/query/read".to_owned(),
        part: false,
    })
}

fn graph(locator: &str) -> Result<Ask, Refusal> {
    let (path, query) = locator.split_once('?').unwrap_or((locator, ""));
    let path = path.trim().trim_matches('/');
    let plain = plain(path)?;
    if path.is_empty() || plain.contains("://") || climbs(&plain) {
        return Err(malformed(
            "it is no path below the version of Microsoft Graph",
        ));
    }
    if plain.split(['/', '\\', '(']).any(is_secret) || selects_secret(query)? {
        return Err(never());
    }
    let lower = plain.to_ascii_lowercase();
    let permission = GRAPH.iter().find(|(root, _)| lower.starts_with(root));
    let permission = permission.map_or("Directory.Read.All (Microsoft Graph)", |(_, it)| it);
    let query = encode(query.trim(), QUERY);
    let part = query
        .to_ascii_lowercase()
        .split('&')
        .any(|it| it.starts_with("$top=") || it.starts_with("%24top="));
    Ok(Ask {
        audience: Audience::Graph,
        method: Method::Get,
        path: format!("/v1.0/{}", encode(path, PATH)),
        query,
        body: None,
        permission: permission.to_owned(),
        part,
    })
}

/// What may stand in a path as it is.
const PATH: &str = "/:@!$&'()*,;=-._~";
/// What may stand in a query that was written as one.
const QUERY: &str = "/:@!$&'()*,;=-._~?";
/// What may stand in the value of a parameter.
const VALUE: &str = "/:'()*,-._~";

/// Percent-encodes all but letters, digits and `keep`; what is encoded already stays.
fn encode(text: &str, keep: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let is_encoded = c == '%' && {
            let ahead = rest.as_str().as_bytes();
            matches!(ahead, [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit())
        };
        if c.is_ascii_alphanumeric() || keep.contains(c) || is_encoded {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;
