//! The clouds of Azure: who answers in each, and for whom a token has to be.

use std::net::IpAddr;

use rulec_artefacts::azure_ask::Audience;
use serde_json::Value as Json;

/// One cloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cloud {
    /// Where one signs in; no stroke at the end.
    pub authority: String,
    arm: Endpoint,
    graph: Option<Endpoint>,
    logs: Option<Endpoint>,
    /// It was given by its address, and may tell the rest itself.
    custom: bool,
}

/// Who answers for an audience.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Scheme, host, port; no stroke at the end.
    pub url: String,
    /// For what a token is asked.
    pub scope: String,
}

impl Endpoint {
    fn new(url: &str) -> Endpoint {
        Endpoint {
            url: url.to_owned(),
            scope: format!("{url}/.default"),
        }
    }

    /// Scheme, host and port of an address are its own.
    pub fn owns(&self, address: &str) -> bool {
        let own = self.url.to_ascii_lowercase();
        let address = address.to_ascii_lowercase();
        let Some(rest) = address.strip_prefix(&own) else {
            return false;
        };
        let rest = rest.strip_prefix(":443").unwrap_or(rest);
        rest.starts_with('/') && !rest.contains('\\')
    }
}

impl Cloud {
    /// Most of the world.
    pub fn public() -> Cloud {
        Cloud::known(
            "https://login.microsoftonline.com",
            "https://management.azure.com",
            "https://graph.microsoft.com",
            "https://api.loganalytics.io",
        )
    }

    /// Operated by 21Vianet.
    pub fn china() -> Cloud {
        Cloud::known(
            "https://login.chinacloudapi.cn",
            "https://management.chinacloudapi.cn",
            "https://microsoftgraph.chinacloudapi.cn",
            "https://api.loganalytics.azure.cn",
        )
    }

    /// US Government.
    pub fn government() -> Cloud {
        Cloud::known(
            "https://login.microsoftonline.us",
            "https://management.usgovcloudapi.net",
            "https://graph.microsoft.us",
            "https://api.loganalytics.us",
        )
    }

    fn known(authority: &str, arm: &str, graph: &str, logs: &str) -> Cloud {
        Cloud {
            authority: authority.to_owned(),
            arm: Endpoint::new(arm),
            graph: Some(Endpoint::new(graph)),
            logs: Some(Endpoint::new(logs)),
            custom: false,
        }
    }

    /// `public`, `china`, `government`, or the address of a resource manager.
    ///
    /// # Errors
    /// It is none of these; why.
    pub fn named(text: &str) -> Result<Cloud, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "public" => Ok(Cloud::public()),
            "china" => Ok(Cloud::china()),
            "government" => Ok(Cloud::government()),
            _ => Cloud::custom(text),
        }
    }

    /// A cloud by the address of its resource manager: `https://HOST[:PORT]`; plain `http` only on this machine.
    ///
    /// # Errors
    /// It is no such address.
    pub fn custom(url: &str) -> Result<Cloud, String> {
        let url = address(url).ok_or_else(|| {
            format!(
                "`{}` is neither `public`, `china`, `government` nor an address such as `https://management.local.azurestack.external`",
                short(url)
            )
        })?;
        let mut cloud = Cloud::public();
        cloud.arm = Endpoint::new(&url);
        cloud.graph = None;
        cloud.logs = None;
        cloud.custom = true;
        Ok(cloud)
    }

    /// Who answers for an audience; none where the cloud does not tell.
    pub fn endpoint(&self, audience: Audience) -> Option<&Endpoint> {
        match audience {
            Audience::ResourceManager => Some(&self.arm),
            Audience::Graph => self.graph.as_ref(),
            Audience::Logs => self.logs.as_ref(),
        }
    }

    /// Where a cloud that was given by its address tells of itself; asked without a token.
    pub(super) fn metadata(&self) -> Option<String> {
        self.custom
            .then(|| format!("{}/metadata/endpoints?api-version=2022-09-01", self.arm.url))
    }

    /// A token for that audience may be sent to this resource manager: whoever answers there must not get one that opens another cloud.
    fn may_be_for(&self, audience: &str) -> bool {
        let Some(host) = host(audience) else {
            // The number or name of an application says nothing of its cloud, and may be one of a known cloud.
            return false;
        };
        let known = KNOWN
            .iter()
            .find(|(_, domains)| domains.iter().any(|it| is_under(&host, it)));
        known.is_none_or(|(arm, _)| {
            let own = self::host(&self.arm.url);
            own.is_some_and(|it| is_under(&it, arm))
        })
    }

    /// Takes what such a cloud tells: where to sign in, for whom, and its other services. What is no address is left out.
    pub(super) fn learn(&mut self, told: &Json) {
        let told = told.get(0).unwrap_or(told);
        let text = |json: &Json, name: &str| address(json.get(name)?.as_str()?);
        if let Some(sign_in) = told.get("authentication") {
            if let Some(authority) = text(sign_in, "loginEndpoint") {
                self.authority = authority;
            }
            let audience = sign_in.get("audiences").and_then(|it| it.get(0));
            let audience = audience.and_then(Json::as_str);
            if let Some(audience) = audience.filter(|it| is_scope(it) && self.may_be_for(it)) {
                self.arm.scope = format!("{}/.default", audience.trim_end_matches('/'));
            }
        }
        let endpoint = |name: &str| text(told, name).map(|url| Endpoint::new(&url));
        self.graph = endpoint("microsoftGraphResourceId").or(self.graph.take());
        self.logs = endpoint("logAnalyticsResourceId").or(self.logs.take());
    }
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}

/// The host of the resource manager of a known cloud, and the domains in which the names of its audiences lie.
const KNOWN: &[(&str, &[&str])] = &[
    (
        "management.azure.com",
        &[
            "azure.com",
            "azure.net",
            "loganalytics.io",
            "microsoft.com",
            "microsoftonline.com",
            "office.com",
            "sharepoint.com",
            "windows.net",
        ],
    ),
    (
        "management.chinacloudapi.cn",
        &["azure.cn", "chinacloudapi.cn", "partner.microsoftonline.cn"],
    ),
    (
        "management.usgovcloudapi.net",
        &[
            "azure.us",
            "loganalytics.us",
            "microsoft.us",
            "microsoftonline.us",
            "usgovcloudapi.net",
        ],
    ),
];

/// The host in an address, lower case; none where it has none.
fn host(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', ':']).next()?.trim_end_matches('.');
    let known = ["https", "http"]
        .iter()
        .any(|it| scheme.eq_ignore_ascii_case(it));
    (known && !host.is_empty()).then(|| host.to_ascii_lowercase())
}

fn is_under(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn is_scope(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/.:-_".contains(c);
    !text.is_empty() && text.chars().all(plain)
}

/// Scheme, host and port of an address; `http` only of this machine, no user, nothing behind it.
fn address(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('/');
    let (scheme, host) = text.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    if host.is_empty() || !host.chars().all(plain) {
        return None;
    }
    match scheme.as_str() {
        "https" => {}
        "http" if is_this_machine(host) => {}
        _ => return None,
    }
    Some(format!("{scheme}://{}", host.to_ascii_lowercase()))
}

fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(""),
        None => host.split(':').next().unwrap_or(""),
    };
    let loopback = name.parse::<IpAddr>().is_ok_and(|it| it.is_loopback());
    loopback || name.eq_ignore_ascii_case("localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for good in [
            "http://127.0.0.1:4010",
            "http://[::1]:1/",
            "http://localhost",
            "https://management.example",
        ] {
            assert!(Cloud::custom(good).is_ok(), "{good}");
        }
        for bad in [
            "http://management.example",
            "http://127.0.0.1.example",
            "http://localhost@evil.example",
            "https://user@host",
            "https://host/path",
            "ftp://127.0.0.1",
            "publik",
            "https://",
        ] {
            assert!(Cloud::custom(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_link_of_another_host_is_not_owned() {
        let cloud = Cloud::public();
        let arm = cloud.endpoint(Audience::ResourceManager).unwrap();
        assert!(arm.owns("https://management.azure.com/subscriptions?x=1"));
        assert!(arm.owns("https://Management.Azure.com:443/subscriptions"));
        for other in [
            "https://management.azure.com.evil.example/x",
            "https://management.azure.com@evil.example/x",
            "https://management.azure.com:444/x",
            "http://management.azure.com/x",
            "//management.azure.com/x",
            "https://management.azure.com\\@evil.example/",
        ] {
            assert!(!arm.owns(other), "{other}");
        }
    }

    #[test]
    fn a_cloud_tells_where_to_sign_in_and_who_else_answers() {
        let mut cloud = Cloud::custom("https://management.example").unwrap();
        assert_eq!(cloud.endpoint(Audience::Graph), None);
        cloud.learn(&serde_json::json!({
            "authentication": { "loginEndpoint": "https://login.example/", "audiences": ["https://management.example/id", "x"] },
            "microsoftGraphResourceId": "https://graph.example/",
            "logAnalyticsResourceId": "javascript:alert(1)",
        }));
        assert_eq!(cloud.authority, "https://login.example");
        let arm = cloud.endpoint(Audience::ResourceManager).unwrap();
        assert_eq!(arm.scope, "https://management.example/id/.default");
        assert_eq!(
            cloud.endpoint(Audience::Graph).unwrap().url,
            "https://graph.example"
        );
        assert_eq!(cloud.endpoint(Audience::Logs), None);
    }
}
