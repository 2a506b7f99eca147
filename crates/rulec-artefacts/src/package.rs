//! `azure vpn-package`: what the client package of a gateway says, from its `VpnSettings.xml`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rulec_facts::reason::Why;
use rulec_facts::untold;
use serde_json::{Map, Value as Json, json};

use crate::certificates;
use crate::xml::{children, text};

/// Whether a tree is the settings of a package.
pub fn is_settings(root: &Json) -> bool {
    root.get("name").and_then(Json::as_str) == Some("VpnProfile")
        && text(root, &["VpnServer"]).is_some()
}

/// The built-in record `Package`.
pub fn document(root: &Json) -> Json {
    let value = |name: &str| {
        text(root, &[name])
            .map(str::trim)
            .filter(|it| !it.is_empty())
    };
    let parts = |name: &str| -> Vec<&str> {
        let all = value(name).unwrap_or("").split(',').map(str::trim);
        all.filter(|it| !it.is_empty()).collect()
    };
    let absent =
        "a package has no date of its own, and the dates of files change when they are copied";
    let fields = [
        ("generated_at", untold::value(Why::NotCollected, absent)),
        ("server", value("VpnServer").map_or(Json::Null, Json::from)),
        ("protocols", json!(parts("VpnType"))),
        ("roots", roots(root)),
        ("routes", json!(parts("Routes"))),
        ("dns_servers", json!(parts("CustomDnsServers"))),
    ];
    let fields: Map<String, Json> = fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    Json::Object(fields)
}

/// Thumbprints of `CaCert`, or of each text in `CaCerts`.
fn roots(root: &Json) -> Json {
    let lists =
        children(root).filter(|it| it.get("name").and_then(Json::as_str) == Some("CaCerts"));
    let several = lists
        .flat_map(children)
        .filter_map(|it| it.get("text")?.as_str());
    let texts = text(root, &["CaCert"]).into_iter().chain(several);
    let thumbprints = texts.filter(|it| !it.trim().is_empty()).map(|it| {
        let thumbprint = thumbprint(it);
        thumbprint.unwrap_or_else(|| untold::value(Why::Malformed, "it is no certificate"))
    });
    thumbprints.collect()
}

fn thumbprint(text: &str) -> Option<Json> {
    let dense: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let der = STANDARD.decode(dense).ok()?;
    certificates::document(&der, false)?.remove("thumbprint")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml;

    #[test]
    fn both_forms_of_settings_are_read_and_empty_elements_are_empty_lists() {
        let text = "<VpnProfile><VpnServer>g.example</VpnServer><VpnType>SSTP,IkeV2</VpnType><CaCerts><string>rubbish</string></CaCerts>\
                    <Routes>10.0.0.0/16,10.1.0.0/16</Routes><CustomDnsServers /></VpnProfile>";
        let root = xml::read(text).unwrap();
        assert!(is_settings(&root));
        let package = document(&root);
        assert_eq!(package["protocols"], json!(["SSTP", "IkeV2"]));
        assert_eq!(package["routes"], json!(["10.0.0.0/16", "10.1.0.0/16"]));
        assert_eq!(package["dns_servers"], json!([]));
        assert_eq!(package["roots"].as_array().map(Vec::len), Some(1));
    }
}
